//! What is asked: `user`, `user:guide` or `user:milestone`, each with `@time` or without.

use anyhow::bail;
use firstvalue_engine::Rules;
use firstvalue_model::source::hint;
use firstvalue_model::time::{self, Millis};

/// A question about a user.
#[derive(Debug)]
pub struct Question {
    /// The user.
    pub user: String,
    /// The guide or milestone; without one it is about stage and health.
    pub id: Option<String>,
    /// The moment; the end of the log without one.
    pub at: Option<Millis>,
    /// What is wrong with the question if the log does not know the user.
    pub unless_known: Option<String>,
}

impl Question {
    /// Reads a question to a playbook. Ids of users may hold `:` and `@`: what stands behind the
    /// last of them counts if it is a moment, or a guide or milestone of the playbook.
    ///
    /// # Errors
    /// If there is no user in it.
    pub fn read(text: &str, rules: &Rules) -> anyhow::Result<Self> {
        let moment = |(text, at): (_, &str)| Some((text, Some(time::timestamp(at)?.at)));
        let (text, at) = text
            .rsplit_once('@')
            .and_then(moment)
            .unwrap_or((text, None));
        let (user, id, unless_known) = match text.rsplit_once(':') {
            Some((user, id)) => match unknown(id, rules) {
                None => (user, Some(id), None),
                unknown => (text, None, unknown),
            },
            None => (text, None, None),
        };
        if user.is_empty() {
            bail!("expected `USER`, `USER:GUIDE` or `USER:MILESTONE`, each perhaps with `@TIME`");
        }
        Ok(Self {
            user: user.to_owned(),
            id: id.map(str::to_owned),
            at,
            unless_known,
        })
    }
}

/// That an id is none of a guide or milestone, if it is none.
fn unknown(id: &str, rules: &Rules) -> Option<String> {
    let guides = rules.guides.iter().map(|rule| rule.id.as_str());
    let milestones = rules.milestones.iter().map(|rule| rule.id.as_str());
    let known = guides.chain(milestones);
    let is_known = |id: &str| known.clone().any(|known| known == id);
    if is_known(id) {
        return None;
    }
    if let Some((before, at)) = id.rsplit_once('@')
        && is_known(before)
    {
        return Some(format!(
            "`{at}` is not a moment; write it as `2026-04-01` or `2026-04-01T12:00:00Z`"
        ));
    }
    let hint = hint(id, known).map(|hint| format!("; {hint}"));
    Some(format!(
        "the playbook has neither a guide nor a milestone `{id}`{}",
        hint.unwrap_or_default()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Question, String> {
        let playbook = "version: 1\nproduct: X\nmilestones: { first-report: { title: R, when: { did: a.b } } }\n";
        let playbook = firstvalue_model::source::read(playbook).playbook.unwrap();
        let rules = firstvalue_engine::compile(&playbook).rules;
        Question::read(text, &rules).map_err(|error| error.to_string())
    }

    fn unless_known(text: &str) -> String {
        read(text).unwrap().unless_known.unwrap()
    }

    #[test]
    fn users_may_look_like_anything() {
        for (text, user, id, at) in [
            ("ann", "ann", None, None),
            ("ann:first-report", "ann", Some("first-report"), None),
            ("ann@acme.com", "ann@acme.com", None, None),
            (
                "x:ann@acme.com:first-report@1970-01-01T00:00:01Z",
                "x:ann@acme.com",
                Some("first-report"),
                Some(1_000),
            ),
            ("ann@1970-01-02", "ann", None, Some(86_400_000)),
            ("urn:5", "urn:5", None, None),
            ("urn:5@1970-01-02", "urn:5", None, Some(86_400_000)),
            ("urn:5:first-report", "urn:5", Some("first-report"), None),
        ] {
            let read = read(text).unwrap();
            assert_eq!((&*read.user, read.id.as_deref(), read.at), (user, id, at));
        }
    }

    #[test]
    fn a_moment_that_is_none_is_told_so() {
        assert_eq!(
            unless_known("ann:first-report@yesterday"),
            "`yesterday` is not a moment; write it as `2026-04-01` or `2026-04-01T12:00:00Z`"
        );
    }

    #[test]
    fn what_the_playbook_does_not_have_is_named_with_what_was_meant() {
        assert_eq!(
            unless_known("ann:frist-report"),
            "the playbook has neither a guide nor a milestone `frist-report`; did you mean \
             `first-report`?"
        );
        assert!(
            read(":first-report")
                .unwrap_err()
                .starts_with("expected `USER`")
        );
    }
}
