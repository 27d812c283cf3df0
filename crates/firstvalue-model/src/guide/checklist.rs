//! How a checklist is worked through, and when it can be sent away.

use serde::{Deserialize, Serialize};

/// What only checklists have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checklist {
    /// Each task waits until those before it are done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ordered: bool,
    /// When users can send it away.
    #[serde(default, skip_serializing_if = "Dismissal::is_default")]
    pub dismiss: Dismissal,
}

impl Checklist {
    /// Whether it is as usual: tasks in any order, and sent away whenever the user likes.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// When users can send a checklist away. They can fold it up at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dismissal {
    /// Whenever they like.
    #[default]
    Always,
    /// Once all tasks are done.
    WhenDone,
    /// Never: it goes when its tasks are done and they say so.
    Never,
}

impl Dismissal {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
