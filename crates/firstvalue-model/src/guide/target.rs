//! What a step points at, how long that is waited for, and what the user may do with it.

use serde::{Deserialize, Serialize};

/// How an element of the host's page is found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Target {
    /// A CSS selector: that of all ways together if there are several. `*` with a text means the innermost
    /// element that contains it.
    pub css: String,
    /// Text that the element must contain, letter case and white space aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its accessible name, letter case and white space aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Several ways to find it: the first by which something can be seen is taken. Empty if there is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Target>,
}

impl Target {
    /// Whatever matches a selector.
    pub fn of(css: impl Into<String>) -> Self {
        Self {
            css: css.into(),
            ..Self::default()
        }
    }

    /// The first of several ways by which something can be seen.
    pub fn any(ways: Vec<Self>) -> Self {
        let css: Vec<&str> = ways.iter().map(|way| way.css.as_str()).collect();
        Self {
            css: css.join(","),
            ways,
            ..Self::default()
        }
    }
}

/// What becomes of a step whose target does not come, or does not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// The guide ends, and is reported as failed.
    #[default]
    End,
    /// The next step is shown.
    Skip,
    /// It is shown in the middle of the page, without its target.
    Middle,
    /// It is waited for as long as it takes; meanwhile nothing is shown.
    Hold,
}

impl Missing {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What the user may do with the target of a step while it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interaction {
    /// What they like.
    #[default]
    Allow,
    /// Nothing: it is there to be looked at.
    Block,
    /// They must use it before the buttons lead on.
    Require,
}

impl Interaction {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
