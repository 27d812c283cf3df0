//! Guides that stand on the page: a launcher, and the panel that it opens.

use serde::{Deserialize, Serialize};

use super::{Action, Effect, Placement, Target, Text};
use crate::colour::{Colour, DARK_SURFACE, LIGHT_SURFACE};

/// What opens a panel, and what is in it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Panel {
    /// The element of the host's page that opens it; a button of our own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launcher: Option<Target>,
    /// The corner of that button, left or right; where text ends when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
    /// Colours that go with the author's accent; worked out when the playbook is compiled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colours: Option<Colours>,
    /// What an announcement announces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// What a resource centre holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// The ids of the outcomes that a value report shows; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<String>,
    /// The text of a value report, in a subset of Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// The buttons of a value report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}

/// Colours that can be read on an accent, and the accent as it can be read on a surface; as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colours {
    /// Of text on the accent.
    pub on: String,
    /// The accent on a light surface.
    pub light: String,
    /// The accent on a dark surface.
    pub dark: String,
}

impl Colours {
    /// What goes with an accent; `None` if that is no colour.
    pub fn of(accent: &str) -> Option<Self> {
        let accent = Colour::read(accent)?;
        Some(Self {
            on: accent.text_on().write(),
            light: accent.readable_on(LIGHT_SURFACE).write(),
            dark: accent.readable_on(DARK_SURFACE).write(),
        })
    }
}

/// One thing that is announced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The name by which it is known whether it was read.
    pub id: String,
    /// The day of it, as `2026-03-31`; the newest comes first.
    pub date: String,
    /// The heading.
    pub title: Text,
    /// The text, in a subset of Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// The buttons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// How much is made of it.
    #[serde(default, skip_serializing_if = "Notice::is_usual")]
    pub notice: Notice,
}

/// How much is made of something new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Notice {
    /// It is in the feed.
    Silent,
    /// It is counted at the launcher until it was read.
    #[default]
    Badge,
    /// It is counted, and once comes up by itself in a corner.
    Popup,
}

impl Notice {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// Some of what a resource centre holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The name by which it is known whether its condition holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The heading.
    pub title: Text,
    /// What is in it; at least one.
    pub items: Vec<Item>,
}

/// An article, or something that is done by a press.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What it is called.
    pub title: Text,
    /// Words by which it is found besides those that are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keywords: Option<Text>,
    /// The text of an article, in a subset of Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// The buttons of an article.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// What is done, where there is no article.
    #[serde(default, rename = "do", skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// With what that is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
}
