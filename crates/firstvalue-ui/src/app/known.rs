//! What the renderer is told of the user besides the guide.

use super::answers::Answers;
use crate::ALL;
use crate::content::json::Json;

/// What is known of the user when a guide begins, and what they have reached since.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The milestones as they stood, by id.
    milestones: Option<Json>,
    /// Those that were reached since.
    reached: Vec<String>,
    /// What steps wait for as it stood, by rule, and guides likewise.
    awaited: Option<Json>,
    /// What has come to hold since, or holds no more.
    due: Vec<(String, bool)>,
    /// Whether the guide was folded up when they last saw it.
    pub folded: bool,
    /// What they have answered in it before the page was loaded again.
    pub(super) answers: Answers,
}

impl Known {
    /// Reads the context with which a guide is shown; what is missing is not so.
    pub fn read(context: &Json) -> Self {
        let state = |key| context.get("state")?.get(key);
        Self {
            milestones: state("milestones"),
            reached: Vec::new(),
            awaited: state("guides"),
            due: Vec::new(),
            folded: context.get("resting").and_then(|it| it.number()) == Some(1.0),
            answers: if ALL {
                Answers::read(context)
            } else {
                Answers::default()
            },
        }
    }

    /// Whether a milestone is reached.
    pub fn has_reached(&self, milestone: &str) -> bool {
        let before = || {
            let known = self.milestones.as_ref()?.get(milestone)?;
            known.get("reachedAt")?.number()
        };
        self.reached.iter().any(|one| one == milestone) || before().is_some()
    }

    /// Whether what a step waits for holds.
    pub fn is_due(&self, rule: &str) -> bool {
        let before = || Some(self.awaited.as_ref()?.get(rule)?.get("due")?.truth());
        let since = self.due.iter().rev().find(|(id, _)| id == rule);
        since.map_or_else(|| before() == Some(true), |(_, due)| *due)
    }

    /// A rule comes to hold now, or holds no more.
    pub fn note_due(&mut self, rule: String, due: bool) {
        self.due.retain(|(id, _)| *id != rule);
        self.due.push((rule, due));
    }

    /// A milestone is reached now.
    pub fn reach(&mut self, milestone: String) {
        self.reached.push(milestone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_core_package_says() {
        let context = r#"{"locale":"en","resting":1,"state":{"milestones":{
            "a":{"reachedAt":5,"timeToValue":1},
            "b":{"reachedAt":null,"timeToValue":null}},
            "guides":{"g#0":{"due":true,"shown":0}}}}"#;
        let known = |text| Known::read(&Json::read(text).unwrap());
        let mut it = known(context);
        assert!(it.folded && it.has_reached("a"));
        assert!(!it.has_reached("b") && !it.has_reached("c"));
        assert!(it.is_due("g#0") && !it.is_due("g#1"));
        it.note_due("g#0".to_owned(), false);
        it.note_due("g#1".to_owned(), true);
        assert!(!it.is_due("g#0") && it.is_due("g#1"));
        it.reach("b".to_owned());
        assert!(it.has_reached("b"));
        assert!(!known("{}").folded);
    }
}
