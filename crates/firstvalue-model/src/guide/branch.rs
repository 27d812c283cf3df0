//! Where a step leads if that is not the next one.

use serde::{Deserialize, Serialize};

use crate::condition::Condition;

/// A way on from a step; of several the first that is open is taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// The id of the step that it leads to; the guide is completed when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The rule that decides for the guide renderer whether it is open, as in
    /// [`Advance::When`](super::Advance::When); it always is when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The condition of that rule; absent in what browsers load.
    #[serde(skip)]
    pub when: Option<Condition>,
}
