//! The known name that somebody probably meant.

/// The name that is nearest to what was written, if any is near enough to be worth a guess.
pub(super) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written = plain(written);
    // These are no slips, and what they are nearest to (`any` for `and`) is their opposite.
    let meant = match written.trim_start_matches('$') {
        "and" | "&&" => Some("all"),
        "or" | "||" => Some("any"),
        _ => None,
    };
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(name) = known.iter().find(|name| Some(**name) == meant) {
        return Some(name);
    }
    known
        .into_iter()
        .filter_map(|name| {
            let candidate = plain(name);
            let distance = strsim::osa_distance(&written, &candidate);
            // Beyond a third of the letters a guess is more often wrong than right.
            let longest = written.chars().count().max(candidate.chars().count());
            (distance <= longest.div_ceil(3) && distance < longest).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
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
