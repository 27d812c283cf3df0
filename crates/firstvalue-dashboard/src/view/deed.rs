//! What can be done from a page.

use super::answer::encoded;
use crate::format::count;
use serde_json::Value;

/// Something that the collector is told to do, or to hand out.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Puts a version of the playbook into force again.
    Restore(String),
    /// Hands out everything that a user has sent.
    Export(String),
    /// Takes out everything that is kept of a user.
    Erase(String),
}

impl Deed {
    /// What stands on its button.
    pub fn label(&self) -> &'static str {
        match self {
            Deed::Restore(_) => "Restore",
            Deed::Export(_) => "Export",
            Deed::Erase(_) => "Erase",
        }
    }

    /// The same for whoever does not see what is beside the button.
    pub fn name(&self) -> String {
        match self {
            Deed::Restore(version) => format!("Restore version {version}"),
            Deed::Export(user) | Deed::Erase(user) => format!("{} {user}", self.label()),
        }
    }

    /// What is asked before it is done. Handing out changes nothing.
    pub fn question(&self) -> Option<String> {
        match self {
            Deed::Restore(version) => Some(format!(
                "Put version {version} into force again? It becomes the newest version, browsers load it \
                 from now on, and everything is decided anew."
            )),
            Deed::Export(_) => None,
            Deed::Erase(user) => Some(format!(
                "Take out everything that is kept of {user}? This cannot be undone."
            )),
        }
    }

    /// The method and path of the request.
    pub fn request(&self) -> (&'static str, String) {
        match self {
            Deed::Restore(version) => ("POST", format!("/api/playbooks/{version}/restore")),
            Deed::Export(user) => ("GET", format!("/api/users/{}/export", encoded(user))),
            Deed::Erase(user) => ("DELETE", format!("/api/users/{}", encoded(user))),
        }
    }

    /// What has happened, from the answer.
    pub fn done(&self, answer: &str) -> String {
        let answer: Value = serde_json::from_str(answer).unwrap_or_default();
        let number = |name| answer.get(name).and_then(Value::as_u64).unwrap_or_default();
        match self {
            Deed::Restore(version) => {
                let new = number("version");
                format!("Version {new} is in force; it is version {version} again.")
            }
            Deed::Export(user) => {
                format!("Everything that {user} has sent is among your downloads.")
            }
            Deed::Erase(user) => {
                let events = count(number("events"));
                format!("Everything of {user} was taken out: {events} events.")
            }
        }
    }

    /// What has not happened.
    pub fn failed(&self, reason: &str) -> String {
        format!("{} did not work: {reason}.", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_something_is_asked_about_and_told() {
        let restore = Deed::Restore(String::from("3"));
        assert!(
            restore
                .question()
                .unwrap()
                .starts_with("Put version 3 into force again?")
        );
        assert_eq!(
            restore.request(),
            ("POST", String::from("/api/playbooks/3/restore"))
        );
        let done = restore.done(r#"{"version":7,"problems":[]}"#);
        assert_eq!(done, "Version 7 is in force; it is version 3 again.");

        let erase = Deed::Erase(String::from("a/b"));
        assert!(erase.question().is_some());
        assert_eq!(
            erase.request(),
            ("DELETE", String::from("/api/users/a%2Fb"))
        );
        let done = erase.done(r#"{"user":"a/b","events":1200,"refused":0}"#);
        assert_eq!(done, "Everything of a/b was taken out: 1,200 events.");
        assert_eq!(
            erase.failed("it is full"),
            "Erase a/b did not work: it is full."
        );

        assert_eq!(Deed::Export(String::from("a")).question(), None);
    }
}
