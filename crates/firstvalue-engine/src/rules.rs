//! The compiled playbook: what to remember of which events, and conditions over that.

mod compiled;
mod tokens;

use std::collections::BTreeMap;

use firstvalue_model::guide::{Frequency, GuideContent};
use firstvalue_model::message::PAGE_VIEWED;
use firstvalue_model::playbook::{CaptureRule, Outcome, Per, Throttle};
use firstvalue_model::time::Millis;
use serde::{Serialize, Serializer};

use crate::bucket;
use crate::graph::{Graph, Quantity};
use crate::state::GUIDE_EVENTS;

/// The version of the compiled form; another one is refused.
pub const FORMAT: u32 = 4;

/// A playbook in the form that browsers load.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompiledPlaybook {
    /// The version of this form, [`FORMAT`].
    pub format: u32,
    /// The product's name.
    pub product: String,
    /// Events that need no code in the host.
    pub capture: Vec<CaptureRule>,
    /// The selectors of the elements that conditions look at.
    pub elements: Vec<String>,
    /// What decides on a server.
    #[serde(skip)]
    pub rules: Rules,
    /// What decides in a browser: the same, and the conditions for which steps of guides wait. Written as
    /// [`Rules::write`] does.
    #[serde(rename = "rules", serialize_with = "written")]
    pub in_browsers: Rules,
    /// What is drawn, by guide.
    pub content: BTreeMap<String, GuideContent>,
    /// What stands on the page until it is opened, by guide.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub standing: BTreeMap<String, GuideContent>,
    /// Business results, by the name under which the host reports them. Browsers ask for them when somebody wants to
    /// see them.
    #[serde(skip)]
    pub outcomes: BTreeMap<String, Outcome>,
}

fn written<S: Serializer>(rules: &Rules, serializer: S) -> Result<S::Ok, S::Error> {
    rules.write().serialize(serializer)
}

/// What decides about milestones and guides.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Milestones, by id.
    pub milestones: Vec<MilestoneRule>,
    /// Guides, by id.
    pub guides: Vec<GuideRule>,
    /// How much attention guides may take together.
    pub throttle: Throttle,
    /// The share of users who get no guide.
    pub holdout: f64,
    /// The stages of the life cycle, in order.
    pub stages: Vec<StageRule>,
    pub(crate) audiences: Vec<(String, u32)>,
    pub(crate) health: Health,
    pub(crate) users: Graph,
    pub(crate) accounts: Graph,
    pub(crate) shared: Shared,
    pub(crate) page_unknown: bool,
}

/// A milestone and the condition on which it is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct MilestoneRule {
    /// Its id.
    pub id: String,
    /// What people read on the dashboard.
    pub title: String,
    /// Whether users or accounts reach it.
    pub per: Per,
    /// The time to value that the product team aims at.
    pub target: Option<Millis>,
    pub(crate) when: u32,
}

/// A guide and the condition on which it is due.
#[derive(Debug, Clone, PartialEq)]
pub struct GuideRule {
    /// Its id.
    pub id: String,
    /// Glob over the path on which it may start; any page when absent.
    pub page: Option<String>,
    /// How often it may start by itself.
    pub frequency: Frequency,
    /// Of several that are due the highest wins.
    pub priority: i32,
    /// Whether it starts by itself; else only the host starts it.
    pub automatic: bool,
    /// Its audience and `when` together.
    pub(crate) when: u32,
}

/// A stage of the life cycle and the condition on which a user is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct StageRule {
    /// Its id.
    pub id: String,
    /// What people read on the dashboard.
    pub title: String,
    pub(crate) when: u32,
}

/// What health scores are made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Health {
    pub users: Vec<HealthPart>,
    pub accounts: Vec<HealthPart>,
}

impl Health {
    pub(crate) fn of(&self, per: Per) -> &[HealthPart] {
        match per {
            Per::User => &self.users,
            Per::Account => &self.accounts,
        }
    }
}

/// One part of a health score.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HealthPart {
    pub name: String,
    pub weight: f64,
    pub score: Score,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Score {
    Condition(u32),
    Scaled { of: Quantity, from: f64, to: f64 },
}

/// What users and accounts look at of each other.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Shared {
    /// Conditions on users that accounts count their users by.
    pub of_users: Vec<u32>,
    /// Conditions on accounts that their users look at.
    pub of_accounts: Vec<u32>,
}

impl Rules {
    /// The same rules for a log that holds no pages: every `page` and `element` condition is true.
    #[must_use]
    pub fn without_pages(mut self) -> Self {
        self.page_unknown = true;
        self
    }

    /// Whether there is a health score of users or accounts.
    pub fn has_health(&self, per: Per) -> bool {
        !self.health.of(per).is_empty()
    }

    /// The place of a milestone in `milestones`.
    pub fn milestone(&self, id: &str) -> Option<usize> {
        self.milestones
            .binary_search_by(|rule| rule.id.as_str().cmp(id))
            .ok()
    }

    /// The place of a guide in `guides`.
    pub fn guide(&self, id: &str) -> Option<usize> {
        self.guides
            .binary_search_by(|rule| rule.id.as_str().cmp(id))
            .ok()
    }

    /// The properties of events of this name that anything depends on; others need not be read.
    pub fn properties_of<'r>(
        &'r self,
        event: &str,
    ) -> impl Iterator<Item = &'r str> + Clone + use<'r> {
        let always: &[_] = if event == PAGE_VIEWED && !self.users.uses.of_page.is_empty() {
            &["path"]
        } else if event.starts_with(GUIDE_EVENTS) {
            &["guide", "for"]
        } else {
            &[]
        };
        let of = |graph: &'r Graph| graph.uses.event(event);
        let accounts = self.has_accounts().then(|| of(&self.accounts)).flatten();
        let touched = of(&self.users).into_iter().chain(accounts);
        let asked = touched.flat_map(|touched| touched.properties.iter().map(String::as_str));
        always.iter().copied().chain(asked)
    }

    /// Whether any condition looks at the page now shown, or at what is on it.
    pub fn looks_at_pages(&self) -> bool {
        !self.users.uses.of_page.is_empty() || !self.users.uses.of_element.is_empty()
    }

    /// Whether a user belongs to the hold-out and gets no guides.
    pub fn is_held_out(&self, user: &str) -> bool {
        bucket::hash("holdout", user, bucket::Version::V2) < self.holdout
    }

    /// What decides about users, or about accounts.
    pub(crate) fn graph(&self, per: Per) -> &Graph {
        match per {
            Per::User => &self.users,
            Per::Account => &self.accounts,
        }
    }

    /// Whether accounts are looked at beyond their traits: by users, or by milestones or a health
    /// score of their own.
    pub(crate) fn has_accounts(&self) -> bool {
        // A health score may measure what no condition looks at.
        !self.accounts.nodes.is_empty()
            || !self.accounts.atoms.is_empty()
            || !self.shared.of_users.is_empty()
    }
}
