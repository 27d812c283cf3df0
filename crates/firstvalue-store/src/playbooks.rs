//! The versions of the playbook that were in force.

use firstvalue_model::time::Millis;

use crate::audit::Deed;

/// A playbook that is to come into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlaybook {
    /// When.
    pub at: Millis,
    /// Who publishes it.
    pub actor: String,
    /// What they say about it.
    pub note: String,
    /// The playbook as it was written.
    pub text: String,
}

impl NewPlaybook {
    /// What is written down of its coming into force.
    pub fn deed(&self, version: i64) -> Deed {
        Deed {
            at: self.at,
            actor: self.actor.clone(),
            action: "publish",
            subject: format!("playbook version {version}"),
            detail: self.note.clone(),
        }
    }
}

/// A playbook that is or was in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPlaybook {
    /// 1, 2, …
    pub version: i64,
    /// What is known of it.
    pub playbook: NewPlaybook,
}
