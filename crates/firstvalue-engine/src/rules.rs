//! The compiled playbook: what to remember of which events, and conditions over that.

mod read;

use std::collections::BTreeMap;

use firstvalue_model::guide::{Frequency, GuideContent};
use firstvalue_model::playbook::{CaptureRule, Throttle};
use firstvalue_model::time::Millis;
use firstvalue_model::{Comparison, EventMatch, GuideStanding, Query};
use serde::{Deserialize, Serialize};

use crate::memory::Keep;

/// The version of the compiled form; another one is refused.
pub const FORMAT: u32 = 1;

/// A playbook in the form that browsers load.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompiledPlaybook {
    /// The version of this form, [`FORMAT`].
    pub format: u32,
    /// The product's name.
    pub product: String,
    /// What decides.
    pub rules: Rules,
    /// What is drawn, by guide.
    pub content: BTreeMap<String, GuideContent>,
}

/// What decides about milestones and guides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Declared")]
pub struct Rules {
    /// Milestones, by id.
    pub milestones: Vec<MilestoneRule>,
    /// Guides, by id.
    pub guides: Vec<GuideRule>,
    /// Events that need no code in the host.
    pub capture: Vec<CaptureRule>,
    /// How much attention guides may take together.
    pub throttle: Throttle,
    pub(crate) audiences: BTreeMap<String, u32>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) atoms: Vec<Atom>,
    pub(crate) sequences: Vec<Sequence>,
    /// What follows from all this.
    #[serde(skip)]
    pub(crate) uses: Uses,
    #[serde(skip)]
    pub(crate) page_unknown: bool,
}

/// A milestone and the condition on which it is reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MilestoneRule {
    /// Its id.
    pub id: String,
    /// What people read on the dashboard.
    pub title: String,
    /// The time to value that the product team aims at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Millis>,
    pub(crate) when: u32,
}

/// A guide and the condition on which it is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GuideRule {
    /// Its id.
    pub id: String,
    /// Glob over the path on which it may start; any page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

/// A condition; those that it is made of stand before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Node {
    Times {
        atom: u32,
        is: Comparison,
        within: Option<Millis>,
    },
    Days {
        atom: u32,
        is: Comparison,
        within: Option<Millis>,
    },
    Weeks {
        atom: u32,
        is: Comparison,
        within: Option<Millis>,
    },
    Last {
        atom: u32,
        ago: Comparison,
    },
    First {
        atom: u32,
        ago: Comparison,
    },
    Sequence(u32),
    Signup(Comparison),
    Milestone {
        milestone: u32,
        ago: Option<Comparison>,
    },
    Guide {
        guide: u32,
        is: GuideStanding,
    },
    User(Query),
    Account(Query),
    Page(String),
    All(Vec<u32>),
    Any(Vec<u32>),
    Not(u32),
}

/// Events that match, and what must be remembered of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Atom {
    pub event: EventMatch,
    pub keep: Keep,
    /// Finds what was remembered under another version of the playbook.
    pub key: u64,
}

/// Events that must happen in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sequence {
    pub events: Vec<EventMatch>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Millis>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<EventMatch>,
    /// Finds what was remembered under another version of the playbook.
    pub key: u64,
}

impl Rules {
    /// The same rules for a log that holds no pages: every `page` condition is true.
    #[must_use]
    pub fn without_pages(mut self) -> Self {
        self.page_unknown = true;
        self
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

    /// The condition at a place.
    pub(crate) fn node(&self, place: u32) -> Option<&Node> {
        self.nodes.get(place as usize)
    }
}

/// What is written down of [`Rules`]; the rest follows from it.
#[derive(Deserialize)]
pub(crate) struct Declared {
    pub milestones: Vec<MilestoneRule>,
    pub guides: Vec<GuideRule>,
    #[serde(default)]
    pub capture: Vec<CaptureRule>,
    #[serde(default)]
    pub throttle: Throttle,
    #[serde(default)]
    pub audiences: BTreeMap<String, u32>,
    pub nodes: Vec<Node>,
    #[serde(default)]
    pub atoms: Vec<Atom>,
    #[serde(default)]
    pub sequences: Vec<Sequence>,
}

impl From<Declared> for Rules {
    fn from(declared: Declared) -> Self {
        let uses = Uses::of(&declared);
        let Declared {
            milestones,
            guides,
            capture,
            throttle,
            audiences,
            nodes,
            atoms,
            sequences,
        } = declared;
        Self {
            milestones,
            guides,
            capture,
            throttle,
            audiences,
            nodes,
            atoms,
            sequences,
            uses,
            page_unknown: false,
        }
    }
}

/// Who is to be told when something changes: conditions by what they look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Uses {
    /// Atoms and sequences by the name of an event that touches them, sorted by that.
    pub by_event: Vec<(String, Touched)>,
    /// By atom, and by sequence: the conditions over it.
    pub of_atom: Vec<Vec<u32>>,
    pub of_sequence: Vec<Vec<u32>>,
    /// By condition: those made of it, the milestones reached and the guides due by it.
    pub of_node: Vec<Users>,
    /// By milestone, and by guide: the conditions that name it.
    pub of_milestone: Vec<Vec<u32>>,
    pub of_guide: Vec<Vec<u32>>,
    pub of_signup: Vec<u32>,
    pub of_user_traits: Vec<u32>,
    pub of_account_traits: Vec<u32>,
    pub of_page: Vec<u32>,
}

/// What events of one name touch.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Touched {
    pub atoms: Vec<u32>,
    pub sequences: Vec<u32>,
}

/// What one condition decides.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Users {
    pub nodes: Vec<u32>,
    pub milestones: Vec<u32>,
    pub guides: Vec<u32>,
}

impl Uses {
    fn of(declared: &Declared) -> Self {
        let mut uses = Self {
            of_atom: vec![Vec::new(); declared.atoms.len()],
            of_sequence: vec![Vec::new(); declared.sequences.len()],
            of_node: vec![Users::default(); declared.nodes.len()],
            of_milestone: vec![Vec::new(); declared.milestones.len()],
            of_guide: vec![Vec::new(); declared.guides.len()],
            ..Self::default()
        };
        for (place, atom) in (0..).zip(&declared.atoms) {
            uses.by(&atom.event.name).atoms.push(place);
        }
        for (place, sequence) in (0..).zip(&declared.sequences) {
            for event in sequence.events.iter().chain(&sequence.without) {
                let touched = &mut uses.by(&event.name).sequences;
                // The same event may stand in several places of it.
                if touched.last() != Some(&place) {
                    touched.push(place);
                }
            }
        }
        for (place, node) in (0..).zip(&declared.nodes) {
            uses.add_node(place, node);
        }
        for (place, milestone) in (0..).zip(&declared.milestones) {
            if let Some(users) = uses.of_node.get_mut(milestone.when as usize) {
                users.milestones.push(place);
            }
        }
        for (place, guide) in (0..).zip(&declared.guides) {
            if let Some(users) = uses.of_node.get_mut(guide.when as usize) {
                users.guides.push(place);
            }
        }
        uses
    }

    /// What events of this name touch.
    pub fn event(&self, name: &str) -> Option<&Touched> {
        let place = self.place(name).ok()?;
        self.by_event.get(place).map(|(_, touched)| touched)
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.by_event
            .binary_search_by(|(event, _)| event.as_str().cmp(name))
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "the place was just found or filled"
    )]
    fn by(&mut self, name: &str) -> &mut Touched {
        let place = self.place(name).unwrap_or_else(|place| {
            self.by_event
                .insert(place, (name.to_owned(), Touched::default()));
            place
        });
        &mut self.by_event[place].1
    }

    fn add_node(&mut self, place: u32, node: &Node) {
        let list = match node {
            Node::Times { atom, .. }
            | Node::Days { atom, .. }
            | Node::Weeks { atom, .. }
            | Node::Last { atom, .. }
            | Node::First { atom, .. } => self.of_atom.get_mut(*atom as usize),
            Node::Sequence(sequence) => self.of_sequence.get_mut(*sequence as usize),
            Node::Signup(_) => Some(&mut self.of_signup),
            Node::Milestone { milestone, .. } => self.of_milestone.get_mut(*milestone as usize),
            Node::Guide { guide, .. } => self.of_guide.get_mut(*guide as usize),
            Node::User(_) => Some(&mut self.of_user_traits),
            Node::Account(_) => Some(&mut self.of_account_traits),
            Node::Page(_) => Some(&mut self.of_page),
            Node::All(parts) | Node::Any(parts) => {
                parts.iter().for_each(|&part| self.add_part(part, place));
                None
            }
            Node::Not(part) => {
                self.add_part(*part, place);
                None
            }
        };
        if let Some(list) = list {
            list.push(place);
        }
    }

    /// A condition must stand after its parts; one that does not is never told of them, so that
    /// rules from elsewhere cannot make evaluation go in circles.
    fn add_part(&mut self, part: u32, whole: u32) {
        if let Some(users) = self.of_node.get_mut(part as usize)
            && part < whole
        {
            users.nodes.push(whole);
        }
    }
}
