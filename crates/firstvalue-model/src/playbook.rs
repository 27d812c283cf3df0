//! The playbook: the file that declares everything for one product.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::condition::{Condition, EventMatch, Measure};
use crate::guide::{Guide, Text};
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
    /// The stages of a user's life cycle, from the first to the last: the last whose condition
    /// holds is the user's stage.
    pub stages: Vec<Stage>,
    /// Business results, by the name under which the host reports them.
    pub outcomes: BTreeMap<String, Outcome>,
    /// What is shown.
    pub guides: BTreeMap<String, Guide>,
    /// How well users and accounts are doing, as a number.
    pub health: Health,
    /// The share of users who get no guide, from 0 to 1, for comparison.
    pub holdout: f64,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaptureRule {
    /// The name of the event that is recorded.
    pub event: String,
    /// What must happen.
    pub on: CaptureTrigger,
    /// The element that it must happen on or within; any if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<String>,
    /// The pages on which it counts, as a glob over their paths; all if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// For how many milliseconds an element must be in view.
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    pub duration: Option<Millis>,
    /// Whether the event says on which element it happened.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub describe: bool,
}

/// What a capture rule listens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CaptureTrigger {
    /// A click, or a key press that the browser turns into one.
    Click,
    /// A form that is sent.
    Submit,
    /// A field whose new value the user has committed.
    Change,
    /// An element that is in view for some time; once for each page that is shown.
    Visible,
    /// A page that is shown.
    Route,
    /// Three clicks on the same element within a second.
    Rage,
    /// A click after which nothing happens.
    Dead,
}

/// Whom a milestone or a health score is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// One user.
    #[default]
    User,
    /// One account.
    Account,
}

/// A named condition that stays reached once it was true.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// Whether users or accounts reach it.
    pub per: Per,
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

/// A named stage of the life cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Its id.
    pub id: String,
    /// What people read on the dashboard.
    pub title: String,
    /// When a user is in it, unless a later one holds too.
    pub when: Condition,
}

/// A business result with a number and a unit, which the host reports by the event
/// [`OUTCOME_RECORDED`](crate::message::OUTCOME_RECORDED).
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What people read of it, on the dashboard and in a value report.
    pub title: Text,
    /// The unit of its value, such as `h`.
    pub unit: Option<Text>,
    /// What one unit is worth.
    pub value_of_one: Option<Money>,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Money {
    /// How much.
    pub amount: f64,
    /// The currency's code in ISO 4217.
    pub currency: String,
}

/// What a health score is made of: the mean of its parts by their weights, from 0 to 100. Parts of
/// which nothing is known yet are left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Health {
    /// The parts of a user's score.
    pub weights: Vec<HealthPart>,
    /// The parts of an account's score.
    pub account_weights: Vec<HealthPart>,
}

/// One part of a health score.
#[derive(Debug, Clone, PartialEq)]
pub struct HealthPart {
    /// What people read beside its share.
    pub name: String,
    /// How much it counts, beside the others.
    pub weight: f64,
    /// What it is.
    pub score: Score,
}

/// How well one thing is going.
#[derive(Debug, Clone, PartialEq)]
pub enum Score {
    /// All if it holds, nothing if it does not.
    Condition(Condition),
    /// A number: nothing at `from`, all at `to` (which may be the lesser), in proportion between.
    Scaled {
        /// What is measured.
        number: Number,
        /// Where the score is 0. Durations are in milliseconds.
        from: f64,
        /// Where the score is full.
        to: f64,
    },
}

/// A number known of a user or an account.
#[derive(Debug, Clone, PartialEq)]
pub enum Number {
    /// A measure of what was done.
    Did {
        /// What was done.
        event: EventMatch,
        /// What of it is measured.
        measure: Measure,
        /// How far back events count; for ever when absent.
        within: Option<Millis>,
    },
    /// Milliseconds since the latest matching event; unknown without one.
    Last(EventMatch),
    /// Milliseconds since the earliest matching event; unknown without one.
    First(EventMatch),
    /// Milliseconds since sign-up.
    SinceSignup,
    /// A numeric trait of the user, by its dotted path; unknown if absent or no number.
    User(String),
    /// A numeric trait of the account, likewise.
    Account(String),
}

/// How much attention guides may take together. Guides that a person starts are exempt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Throttle {
    /// The most guides that start by themselves in one session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_per_session: Option<u32>,
    /// The least time between the end of one guide and the start of the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_gap: Option<Millis>,
    /// No guide starts while an element matches one of these selectors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub never_over: Vec<String>,
}
