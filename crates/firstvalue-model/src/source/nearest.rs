//! The known name that somebody probably meant.

use std::cmp::Reverse;

/// What is no slip but another word, beside the one that was meant: what such words are nearest to is often their
/// opposite (`any` for `and`).
const MEANT: [(&str, &str); 21] = [
    ("and", "all"),
    ("&&", "all"),
    ("every", "all"),
    ("both", "all"),
    ("or", "any"),
    ("||", "any"),
    ("either", "any"),
    ("didnt", "never"),
    ("didn't", "never"),
    ("ge", "gte"),
    ("le", "lte"),
    (">=", "gte"),
    ("<=", "lte"),
    ("$ge", "$gte"),
    ("$le", "$lte"),
    ("$any", "$in"),
    ("$len", "$size"),
    ("$length", "$size"),
    ("$like", "$regex"),
    ("text", "body"),
    ("element", "target"),
];

/// The name that is nearest to what was written, if any is near enough to be worth a guess.
pub(super) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written = plain(written);
    let known: Vec<&str> = known.into_iter().collect();
    let is_word = |word: &str| word == written || written.strip_prefix('$') == Some(word);
    let meant = |name: &&&str| {
        MEANT
            .iter()
            .any(|(word, meant)| is_word(word) && **name == *meant)
    };
    if let Some(name) = known.iter().find(meant) {
        return Some(name);
    }
    let letters = |name: &str| name.trim_start_matches('$').chars().count();
    known
        .into_iter()
        .filter_map(|name| {
            let candidate = plain(name);
            let distance = strsim::osa_distance(&written, &candidate);
            // Beyond a third of the letters a guess is more often wrong than right.
            let most = letters(&written).max(letters(&candidate)) / 3;
            let pairs = written.chars().zip(candidate.chars());
            let alike = pairs.take_while(|(one, other)| one == other).count();
            // A letter too few or too many is likelier than another one.
            let replaced = written.len() == candidate.len();
            let rank = (
                distance,
                replaced,
                Reverse(alike),
                Reverse(name.len()),
                name,
            );
            (distance <= most).then_some(rank)
        })
        .min()
        .map(|(.., name)| name)
}

/// Letter case and the choice of separator are no reason to be far apart.
fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', ' '], "-")
}

/// A hint for a name that is not known: the nearest, else those there are if they are few.
pub fn hint<'a>(written: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(name) = nearest(written, known.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    const FEW: usize = 20;
    let names: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    (1..=FEW)
        .contains(&names.len())
        .then(|| format!("known here: {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_lead_to_what_they_mean_and_never_to_the_opposite() {
        let comparisons = ["gte", "gt", "lte", "lt", "eq", "ne"];
        let operators = [
            "$gte", "$gt", "$lte", "$lt", "$eq", "$in", "$all", "$size", "$regex",
        ];
        let conditions = ["did", "never", "last", "all", "any", "not", "element"];
        let keys = ["title", "body", "target", "placement", "next", "slot"];
        for (written, known, expected) in [
            ("ge", &comparisons[..], Some("gte")),
            ("le", &comparisons, Some("lte")),
            ("gtt", &comparisons, Some("gt")),
            ("g", &comparisons, None),
            ("$ge", &operators, Some("$gte")),
            ("$le", &operators, Some("$lte")),
            ("$any", &operators, Some("$in")),
            ("$len", &operators, Some("$size")),
            ("$like", &operators, Some("$regex")),
            ("$date", &operators, None),
            ("$null", &operators, None),
            ("$and", &operators, None),
            ("didnt", &conditions, Some("never")),
            ("every", &conditions, Some("all")),
            ("both", &conditions, Some("all")),
            ("$or", &conditions, Some("any")),
            ("has", &conditions, None),
            ("text", &keys, Some("body")),
            ("element", &keys, Some("target")),
            ("show", &keys, None),
        ] {
            assert_eq!(
                nearest(written, known.iter().copied()),
                expected,
                "{written}"
            );
        }
    }

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let known = [
            "milestones",
            "guides",
            "goals",
            "min-gap",
            "report.created",
            "did",
            "any",
            "all",
        ];
        for (written, expected) in [
            ("milestone", Some("milestones")),
            ("Guides", Some("guides")),
            ("gaols", Some("goals")),
            ("min_gap", Some("min-gap")),
            ("report.craeted", Some("report.created")),
            ("dd", Some("did")),
            ("and", Some("all")),
            ("or", Some("any")),
            ("AND", Some("all")),
            ("anny", Some("any")),
            ("weather", None),
            ("x", None),
        ] {
            assert_eq!(nearest(written, known), expected, "{written}");
        }
    }
}
