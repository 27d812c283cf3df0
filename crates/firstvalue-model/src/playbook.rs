//! The playbook: the file that declares everything for one product.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::guide::Guide;
use crate::time::Millis;

/// A playbook as read, with every reference known to resolve.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Playbook {
    /// The product's name.
    pub product: String,
    /// The tracking plan, by event name; empty when the playbook has none.
    pub events: BTreeMap<String, EventSpec>,
    /// Events that need no code in the host.
    pub capture: Vec<CaptureRule>,
    /// Named conditions over traits and behaviour.
    pub audiences: BTreeMap<String, Condition>,
    /// What is reached once and stays so.
    pub milestones: BTreeMap<String, Milestone>,
    /// What customers signed up for.
    pub goals: BTreeMap<String, Goal>,
    /// What is shown.
    pub guides: BTreeMap<String, Guide>,
    /// How much attention all guides together may take.
    pub throttle: Throttle,
}

/// One line of the tracking plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventSpec {
    /// What it means that this happened.
    pub description: Option<String>,
    /// The properties that it carries, by name.
    pub properties: BTreeMap<String, PropertyType>,
}

/// The type of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are JSON's own")]
pub enum PropertyType {
    String,
    Number,
    Boolean,
    Array,
    Object,
}

/// An event that is recorded from what happens on the page, without code in the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureRule {
    /// The name of the event that is recorded.
    pub event: String,
    /// What must happen.
    pub on: CaptureTrigger,
    /// The element that it must happen on or within.
    pub selector: String,
}

/// What a capture rule listens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CaptureTrigger {
    /// A click, or a key press that the browser turns into one.
    Click,
}

/// A named condition that stays reached once it was true.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// What people read on the dashboard.
    pub title: String,
    /// When it is reached.
    pub when: Condition,
    /// The time to value that the product team aims at.
    pub target: Option<Millis>,
}

/// What a customer signed up for; groups milestones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// What people read on the dashboard.
    pub title: String,
    /// The milestones on the way there.
    pub milestones: Vec<String>,
}

/// How much attention guides may take together. Guides that a person starts are exempt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Throttle {
    /// The most guides that start by themselves in one session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_per_session: Option<u32>,
    /// The least time between the end of one guide and the start of the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_gap: Option<Millis>,
    /// No guide starts while an element matches one of these selectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never_over: Vec<String>,
}
