//! The codes of everything that can be said about a playbook.

use super::diagnostic::Severity;

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Its name, which stays the same.
    pub name: &'static str,
    /// How bad it is at worst.
    pub severity: Severity,
    /// What it is said of.
    pub said_of: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

const fn error(name: &'static str, said_of: &'static str, remedy: &'static str) -> Code {
    Code {
        name,
        severity: Severity::Error,
        said_of,
        remedy,
    }
}

const fn warning(name: &'static str, said_of: &'static str, remedy: &'static str) -> Code {
    Code {
        severity: Severity::Warning,
        ..error(name, said_of, remedy)
    }
}

const fn note(name: &'static str, said_of: &'static str, remedy: &'static str) -> Code {
    Code {
        severity: Severity::Note,
        ..error(name, said_of, remedy)
    }
}

/// All codes by name. An error is what cannot be read or cannot be meant, a warning what is probably
/// not meant, and a note what is right and worth knowing.
pub const CODES: &[Code] = &[
    warning(
        "always-holds",
        "a condition that always holds, or parts of an `any` of which one always does",
        "remove it, or put right what it compares with; what is to hold always is `{ all: [] }`",
    ),
    warning(
        "collector-only",
        "a guide that depends on what others of the account do, which browsers do not know",
        "ask what its user did, or what your product says of the account",
    ),
    warning(
        "contrast",
        "a colour on which no text can be read well (WCAG 2.2, 1.4.3)",
        "take a darker or a lighter one",
    ),
    error(
        "cycle",
        "audiences and milestones that refer to each other in a circle",
        "remove one of the references: whether they hold could never be decided",
    ),
    warning(
        "dead-end",
        "a step from which no way leads to an end of its guide",
        "lead on from it, or give it a button that does `complete`",
    ),
    error(
        "duplicate-key",
        "a key that stands in one mapping twice",
        "rename or remove one of the two",
    ),
    warning(
        "event-name",
        "an event that is not named `object.action`",
        "name events in lower case and the past tense, such as `report.created`",
    ),
    error(
        "guide-kind",
        "a step that does not suit its guide's kind",
        "change the step, or make the guide another kind",
    ),
    error(
        "invalid-value",
        "a value of the right type that makes no sense where it stands",
        "write one of those that are named",
    ),
    error(
        "missing-key",
        "something that lacks a key which it must have",
        "add the key",
    ),
    warning(
        "never-completed",
        "a guide that is shown until it is completed, and that nothing completes",
        "give its last step a button that does `complete`, or end it by `until: dismissed`",
    ),
    error(
        "never-due",
        "a guide whose `when` excludes its audience or its page",
        "put one of them right: a guide is due where all of them hold",
    ),
    error(
        "never-holds",
        "a condition that never holds, or parts of an `all` that never do together",
        "put right what it compares with; what is never to hold is `{ any: [] }`",
    ),
    warning(
        "never-starts",
        "a guide without `when` that says where, for whom or how often it starts",
        "say when it is due: a guide without `when` is started by your product or by another guide",
    ),
    warning(
        "no-guides",
        "a holdout of everybody, or a throttle that lets no guide start",
        "write a smaller share, or a larger number",
    ),
    warning(
        "no-time",
        "a window in which nothing has the time to happen",
        "write a longer one, or leave it out for all time",
    ),
    error(
        "not-supported",
        "something that the playbook format has and this version cannot do",
        "do without it, as the message says",
    ),
    error(
        "nothing-to-report",
        "a value report in a playbook without outcomes",
        "declare outcomes, or remove the report",
    ),
    warning(
        "one-moment",
        "a guide that is due when a time is over to the millisecond",
        "write `gte`: then it is due from that moment on",
    ),
    warning(
        "outdone",
        "a guide or a stage that another one always comes before",
        "give the guide a higher priority or the other one a limit; put stages that take more below",
    ),
    warning(
        "own-event",
        "a property of an event that Firstvalue records, compared with what it never is",
        "write the id that was meant, a number without quotes, or a pattern as `$regex`",
    ),
    warning(
        "page-path",
        "a page with a query or a fragment, which no path has",
        "write the path alone",
    ),
    error(
        "pattern",
        "a regular expression that is not read alike in browsers and on the server",
        "write it as the message says",
    ),
    warning(
        "plural-form",
        "a text by number without one of the forms that its language has",
        "add the form; what most numbers have is `other`",
    ),
    error(
        "property-type",
        "a property that is compared with another type than it has in the tracking plan",
        "write a value of that type: nothing is converted",
    ),
    error(
        "query",
        "a query that does not say what it compares, or that everything satisfies",
        "put operators under the name of a value",
    ),
    warning(
        "redundant",
        "a part of an `all` or `any` that adds nothing to another part",
        "remove it, or change it into what was meant",
    ),
    error(
        "scope",
        "what is about one user in a condition on accounts, and the like",
        "count the users of whom it holds",
    ),
    error(
        "several-conditions",
        "a mapping that says two conditions at once",
        "join them by `all` or `any`",
    ),
    warning(
        "similar-events",
        "an event that is named once and almost like another one, where no tracking plan says which there are",
        "write the one that was meant, or list both in a tracking plan",
    ),
    warning(
        "similar-ids",
        "ids that differ by letter case alone, or a guide named like something else",
        "rename one of the two",
    ),
    error(
        "syntax",
        "a text that is not YAML, or not one document",
        "compare the indentation with the lines above, and look for what is not closed",
    ),
    error(
        "too-large",
        "a text that nests or unfolds beyond all bounds",
        "name parts of it as audiences or milestones",
    ),
    warning(
        "translation",
        "a text that lacks a language which other texts have",
        "write it in each language",
    ),
    error(
        "unknown-audience",
        "a reference to an audience that is not declared",
        "declare it, or name another one",
    ),
    error(
        "unknown-event",
        "an event that the tracking plan does not have",
        "add it to the tracking plan, or name another one",
    ),
    error(
        "unknown-guide",
        "a reference to a guide that is not declared",
        "declare it, or name another one",
    ),
    error(
        "unknown-key",
        "a key that is not known where it stands",
        "remove it, or write the one that was meant",
    ),
    error(
        "unknown-milestone",
        "a reference to a milestone that is not declared",
        "declare it, or name another one",
    ),
    error(
        "unknown-operator",
        "an operator that queries do not have",
        "write one of those that they have",
    ),
    error(
        "unknown-outcome",
        "a reference to an outcome that is not declared",
        "declare it, or name another one",
    ),
    error(
        "unknown-property",
        "a property that the tracking plan does not have",
        "add it to the tracking plan, or name another one",
    ),
    error(
        "unknown-question",
        "an answer to a question that no earlier step asks",
        "name a question of an earlier step, or move this step after it",
    ),
    error(
        "unknown-step",
        "a button or a branch that leads to a step that its guide does not have",
        "give a step this `id`, or name another",
    ),
    warning(
        "unreachable",
        "what refers to a milestone, a guide or an audience that never is",
        "put right what it refers to, or remove it",
    ),
    warning(
        "unreachable-branch",
        "a branch of a step after one that is always taken",
        "put it before that one, or give that one a `when`",
    ),
    warning(
        "unreachable-step",
        "a step to which no way leads from the first",
        "give the one before a button that does `next`, or lead to it by a branch",
    ),
    warning(
        "unused",
        "an audience that nothing refers to",
        "remove it, or give it to a guide",
    ),
    note(
        "unused-event",
        "an event of the tracking plan that nothing in the playbook refers to",
        "nothing, if it is recorded for those who look at it elsewhere",
    ),
    warning(
        "useless-button",
        "a button that does nothing",
        "remove it, or let it do something else",
    ),
    error(
        "variable",
        "something in double braces in a text that is no variable",
        "name a trait, and what stands there without it: `{{user.name|there}}`",
    ),
    warning(
        "variable-gap",
        "a variable in a text without anything for users of whom it is not known",
        "add it after a `|`: `{{user.name|there}}`",
    ),
    note(
        "window-sum",
        "a sum over a window, for which every value within it is remembered",
        "nothing, if it is done rarely; else count it, or sum over all time",
    ),
    error(
        "wrong-type",
        "a value of another type than is expected",
        "write what is expected, as the message says",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::CODES;

    /// The codes that the text of a source file notes problems under.
    fn noted(text: &str, found: &mut BTreeSet<String>) {
        for call in [".error(", ".warning(", ".remark("] {
            for (at, _) in text.match_indices(call) {
                let after = text[at + call.len()..].trim_start();
                if let Some(code) = after
                    .strip_prefix('"')
                    .and_then(|rest| rest.split('"').next())
                {
                    found.insert(code.to_owned());
                }
            }
        }
        for (at, arrow) in text.match_indices("=> \"unknown-") {
            let code = &text[at + arrow.len() - "unknown-".len()..];
            found.extend(code.split('"').next().map(str::to_owned));
        }
    }

    fn look_at(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                look_at(&path, found);
            } else if !path.ends_with("codes.rs") {
                noted(&std::fs::read_to_string(&path).expect("text"), found);
            }
        }
    }

    #[test]
    fn the_list_has_each_code_that_is_noted_and_no_other() {
        let mut found = BTreeSet::new();
        look_at(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/source"),
            &mut found,
        );
        let listed: Vec<&str> = CODES.iter().map(|code| code.name).collect();
        assert!(listed.is_sorted(), "by name");
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), listed);
    }
}
