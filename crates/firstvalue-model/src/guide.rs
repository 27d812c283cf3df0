//! Guides: anything that is shown to end users.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::time::Millis;

/// A guide as the playbook declares it: when it is due, and what it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// The audience that it is for; everybody when absent.
    pub audience: Option<String>,
    /// When it is due; `None` if only the host starts it.
    pub when: Option<Condition>,
    /// Glob over the path on which it may start; any page when absent.
    pub page: Option<String>,
    /// How often it may start by itself.
    pub frequency: Frequency,
    /// Of several that are due the highest wins; the id decides among equals.
    pub priority: i32,
    /// What is shown.
    pub content: GuideContent,
}

/// How often a guide may start by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    /// The most times that it is shown; as often as it is due when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The least time between one showing and the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Millis>,
    /// What ends it for good.
    pub until: Until,
}

impl Default for Frequency {
    /// Once.
    fn default() -> Self {
        Self {
            limit: Some(1),
            every: None,
            until: Until::Interacted,
        }
    }
}

/// What ends a guide for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Until {
    /// Only its limit.
    Never,
    /// The user followed it to its end.
    Completed,
    /// The user sent it away.
    Dismissed,
    /// The user did either.
    Interacted,
}

/// What the guide renderer needs to draw a guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GuideContent {
    /// How it is drawn.
    pub kind: GuideKind,
    /// Colours and shape.
    #[serde(default, skip_serializing_if = "Theme::is_default")]
    pub theme: Theme,
    /// One screen after another; at least one.
    pub steps: Vec<Step>,
}

/// How a guide is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GuideKind {
    /// Steps that point at one element after another.
    Tour,
    /// A hint beside one element.
    Tooltip,
    /// A dialog over the page, which cannot be used meanwhile.
    Modal,
    /// A strip along an edge of the page.
    Banner,
}

/// Colours and shape of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Theme {
    /// The colour of primary buttons, as `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// Light, dark, or as the reader's system is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Scheme>,
}

impl Theme {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Light or dark; as the reader's system is set when a theme names neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Scheme {
    Light,
    Dark,
}

/// One screen of a guide.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Step {
    /// The element that it points at; none for a modal or a banner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The text, in a subset of Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// The side of the target, or the edge of the page for a banner; chosen by room when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
    /// What besides the buttons moves on to the next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<Advance>,
    /// The buttons; those usual for the kind when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}

/// How an element of the host's page is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// A CSS selector.
    pub css: String,
    /// Text that the element must contain, letter case and white space aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Text by language tag; what is written without a language stands under `""`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// The text for a locale (`pt-BR`): that language tag, then its language, then what has no
    /// language, then English, then whatever there is.
    pub fn in_locale(&self, locale: &str) -> &str {
        let language = locale.split('-').next().unwrap_or_default();
        [locale, language, "", "en"]
            .into_iter()
            .find_map(|tag| self.0.get(tag))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(BTreeMap::from([(String::new(), text.to_owned())]))
    }
}

/// Where a step stands: a side of its target, or an edge of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Placement {
    Top,
    Right,
    Bottom,
    Left,
}

/// What besides the buttons moves a guide on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance {
    /// What must happen to the target.
    pub on: AdvanceTrigger,
}

/// What must happen to a target for its guide to move on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdvanceTrigger {
    /// It is clicked; the click does in the host what it always does.
    Click,
}

/// A button of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What the button says.
    pub label: Text,
    /// What it does.
    #[serde(rename = "do")]
    pub effect: Effect,
}

/// What a button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Shows the next step, or completes the guide on its last.
    Next,
    /// Shows the step before.
    Back,
    /// Ends the guide as followed to its end.
    Complete,
    /// Ends the guide as sent away.
    Dismiss,
}
