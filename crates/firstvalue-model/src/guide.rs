//! Guides: anything that is shown to end users.

mod branch;
mod checklist;
mod panel;
mod parts;
mod question;
mod target;
mod text;

pub use branch::Branch;
pub use checklist::{Checklist, Dismissal};
pub use panel::{Colours, Entry, Item, Notice, Panel, Section};
pub use parts::with_parts;
pub use question::{AnswerOption, Earlier, Question, QuestionForm};
pub use target::{Interaction, Missing, Target};
pub use text::{CATEGORIES, Phrase, Text};

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
    /// On what condition a part of a panel is shown, by the part's id; always when absent.
    pub parts: BTreeMap<String, Condition>,
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

impl Frequency {
    /// What is usual for a kind of guide: a checklist is there until it is done or sent away, and
    /// everything else is shown once.
    pub fn usual(kind: GuideKind) -> Self {
        Self {
            limit: (kind != GuideKind::Checklist).then_some(1),
            ..Self::default()
        }
    }

    /// That of a rule which only decides, and is never shown.
    pub fn never() -> Self {
        Self {
            limit: Some(0),
            ..Self::default()
        }
    }

    /// Whether it is that of a rule which only decides.
    pub fn is_never(&self) -> bool {
        self.limit == Some(0)
    }
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
    /// The heading of a checklist or of a panel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The slot in the host's page that it is drawn in, `<div data-fv-slot="…">`; above the page when
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// Colours and shape.
    #[serde(default, skip_serializing_if = "Theme::is_default")]
    pub theme: Theme,
    /// What only a checklist has.
    #[serde(default, skip_serializing_if = "Checklist::is_default")]
    pub checklist: Checklist,
    /// One screen after another; at least one, but none in a guide that stands on the page.
    pub steps: Vec<Step>,
    /// What a guide that stands on the page has instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<Panel>,
}

/// How a guide is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GuideKind {
    /// Steps that point at one element after another.
    Tour,
    /// A hint beside one element.
    Tooltip,
    /// A beacon on an element, which opens a hint when it is pressed.
    Hotspot,
    /// A dialog over the page, which cannot be used meanwhile.
    Modal,
    /// A card in a corner of the page, which goes on.
    Slideout,
    /// A strip along an edge of the page, or before or after an element.
    Banner,
    /// Questions, one after another, in a corner of the page.
    Survey,
    /// Tasks, which are done when their milestones are reached, in a corner of the page.
    Checklist,
    /// What is new, behind a button that counts what was not read yet.
    Announcement,
    /// Articles, tours and links, to be searched, behind a button.
    ResourceCenter,
    /// What the customer has achieved, month by month, behind a button.
    ValueReport,
}

impl GuideKind {
    /// Whether it stands on the page beside the others, and is opened by its launcher, rather than being
    /// shown when it is its turn.
    pub fn stands(self) -> bool {
        matches!(
            self,
            Self::Announcement | Self::ResourceCenter | Self::ValueReport
        )
    }
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
    /// The radius of its corners, in CSS pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius: Option<u8>,
    /// How much room there is around what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub density: Option<Density>,
    /// The font.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font: Option<Font>,
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

/// How much room there is around what a guide says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Density {
    Compact,
    Comfortable,
}

/// In which font a guide is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Font {
    /// In ours, which is that of the reader's system.
    Own,
    /// In that of the page.
    Inherit,
}

/// One screen of a guide, or one task of a checklist.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Step {
    /// The name by which buttons go to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The path in the product to which users are taken, if they are elsewhere, when the guide comes to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The element that it points at, or beside which a banner lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// How long the target may take to come, in milliseconds; as long as is usual when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Millis>,
    /// What becomes of the step if its target does not come.
    #[serde(default, skip_serializing_if = "Missing::is_default")]
    pub missing: Missing,
    /// What the user may do with the target.
    #[serde(default, skip_serializing_if = "Interaction::is_default")]
    pub interaction: Interaction,
    /// The heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The text, in a subset of Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// The side of the target, or the edge of the page; chosen by room when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
    /// What besides the buttons moves on to the next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<Advance>,
    /// Where it leads; to the next step if none of these is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Branch>,
    /// The buttons; those usual for the kind when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// What it asks, in a survey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<Question>,
    /// What earlier questions must have been answered for it to be shown; all of it.
    #[serde(default, rename = "if", skip_serializing_if = "Vec::is_empty")]
    pub only_if: Vec<Earlier>,
    /// The milestone by which the task is done, in a checklist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<String>,
}

/// Where a step stands: a side of its target, an edge of the page, or before or after an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Placement {
    Top,
    Right,
    Bottom,
    Left,
    Before,
    After,
}

/// What besides the buttons moves a guide on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "lowercase")]
pub enum Advance {
    /// The target is clicked; the click does in the host what it always does.
    Click,
    /// Something is entered or chosen in the target.
    Input,
    /// The user does something.
    Event {
        /// The name of the event.
        event: String,
    },
    /// The user comes to a page; at once if they are there.
    Route {
        /// A glob over the path.
        page: String,
    },
    /// The user reaches a milestone; at once if they have.
    Milestone {
        /// Its id.
        milestone: String,
    },
    /// A condition holds; at once if it does.
    When {
        /// The rule that decides it for the guide renderer: that of a guide without content, which is due
        /// while the condition holds.
        rule: String,
        /// The condition; absent in what browsers load.
        #[serde(skip)]
        when: Option<Condition>,
    },
}

/// A button of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What the button says.
    pub label: Text,
    /// What it does.
    #[serde(rename = "do")]
    pub effect: Effect,
    /// With what it does that, as the effect says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
}

/// What a button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Shows the step that this one leads to, or completes the guide.
    Next,
    /// Shows the step before.
    Back,
    /// Ends the guide as followed to its end.
    Complete,
    /// Ends the guide as sent away.
    Dismiss,
    /// Starts another guide: this one is completed by that, or a checklist folded up.
    Start,
    /// Shows the step with this id.
    GoTo,
    /// Puts the guide off for so many milliseconds; if it does not say, it comes again after the time that
    /// is to lie between two showings.
    Snooze,
    /// Opens an address, and moves on.
    Link,
    /// Records an event, and moves on.
    Track,
    /// Tells the host's handlers this name, and moves on.
    Call,
}

impl Effect {
    /// The key under which a playbook says with what (it must, but for [`Self::Snooze`]); `None` if there is
    /// nothing to say.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Start => Some("guide"),
            Self::GoTo => Some("step"),
            Self::Link => Some("href"),
            Self::Track => Some("event"),
            Self::Call => Some("name"),
            Self::Snooze => Some("for"),
            Self::Next | Self::Back | Self::Complete | Self::Dismiss => None,
        }
    }

    /// Whether the next step, or the end, comes by it.
    pub fn moves_on(self) -> bool {
        matches!(self, Self::Next | Self::Link | Self::Track | Self::Call)
    }
}
