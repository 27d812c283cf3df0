//! From a playbook to rules: conditions become nodes, and what they ask of events becomes atoms.

use std::collections::BTreeMap;

use firstvalue_model::{Comparison, Condition, EventMatch, Measure, Playbook};

use crate::memory::{Keep, enough_for};
use crate::rules::{
    Atom, CompiledPlaybook, Declared, FORMAT, GuideRule, MilestoneRule, Node, Rules, Sequence,
};

/// Compiles a playbook whose references resolve without cycles, as
/// [`firstvalue_model::source`] makes sure. A reference that does not is a condition that never
/// holds.
pub fn compile(playbook: &Playbook) -> CompiledPlaybook {
    CompiledPlaybook {
        format: FORMAT,
        product: playbook.product.clone(),
        rules: Compiler::new(playbook).rules(),
        content: playbook
            .guides
            .iter()
            .map(|(id, guide)| (id.clone(), guide.content.clone()))
            .collect(),
    }
}

struct Compiler<'a> {
    playbook: &'a Playbook,
    nodes: Vec<Node>,
    atoms: Vec<Atom>,
    sequences: Vec<Sequence>,
    /// The node of each milestone and audience; `None` while it is being compiled.
    milestones: BTreeMap<&'a str, Option<u32>>,
    audiences: BTreeMap<&'a str, Option<u32>>,
}

impl<'a> Compiler<'a> {
    fn new(playbook: &'a Playbook) -> Self {
        Self {
            playbook,
            nodes: Vec::new(),
            atoms: Vec::new(),
            sequences: Vec::new(),
            milestones: BTreeMap::new(),
            audiences: BTreeMap::new(),
        }
    }

    fn rules(mut self) -> Rules {
        let playbook = self.playbook;
        let milestones = playbook
            .milestones
            .iter()
            .map(|(id, milestone)| MilestoneRule {
                id: id.clone(),
                title: milestone.title.clone(),
                target: milestone.target,
                when: self.milestone(id),
            })
            .collect();
        let audiences = playbook
            .audiences
            .keys()
            .map(|id| (id.clone(), self.audience(id)))
            .collect();
        let guides = playbook
            .guides
            .iter()
            .map(|(id, guide)| {
                let audience = guide
                    .audience
                    .as_ref()
                    .map(|audience| self.audience(audience));
                let when = guide.when.as_ref().map(|when| self.node(when));
                GuideRule {
                    id: id.clone(),
                    page: guide.page.clone(),
                    frequency: guide.frequency.clone(),
                    priority: guide.priority,
                    automatic: guide.when.is_some(),
                    when: match (audience, when) {
                        (None, Some(only)) | (Some(only), None) => only,
                        (audience, when) => {
                            self.add(Node::All(audience.into_iter().chain(when).collect()))
                        }
                    },
                }
            })
            .collect();
        Rules::from(Declared {
            milestones,
            guides,
            capture: playbook.capture.clone(),
            throttle: playbook.throttle.clone(),
            audiences,
            nodes: self.nodes,
            atoms: self.atoms,
            sequences: self.sequences,
        })
    }

    fn milestone(&mut self, id: &str) -> u32 {
        let playbook = self.playbook;
        let Some((id, milestone)) = playbook.milestones.get_key_value(id) else {
            return self.never();
        };
        if let Some(known) = self.milestones.get(id.as_str()) {
            return known.unwrap_or_else(|| self.never());
        }
        self.milestones.insert(id, None);
        let node = self.node(&milestone.when);
        self.milestones.insert(id, Some(node));
        node
    }

    fn audience(&mut self, id: &str) -> u32 {
        let playbook = self.playbook;
        let Some((id, condition)) = playbook.audiences.get_key_value(id) else {
            return self.never();
        };
        if let Some(known) = self.audiences.get(id.as_str()) {
            return known.unwrap_or_else(|| self.never());
        }
        self.audiences.insert(id, None);
        let node = self.node(condition);
        self.audiences.insert(id, Some(node));
        node
    }

    fn node(&mut self, condition: &Condition) -> u32 {
        let node = match condition {
            Condition::Did {
                event,
                measure,
                is,
                within,
            } => {
                let (keep, is, within) = (keep(measure, is, within.is_some()), *is, *within);
                let atom = self.atom(event, keep);
                match measure {
                    Measure::Times => Node::Times { atom, is, within },
                    Measure::Days => Node::Days { atom, is, within },
                    Measure::Weeks => Node::Weeks { atom, is, within },
                    Measure::Sum(_) | Measure::Distinct(_) => return self.never(),
                }
            }
            Condition::Users { .. } | Condition::Element(_) => return self.never(),
            Condition::Last { event, ago } => Node::Last {
                atom: self.atom(event, Keep::default()),
                ago: *ago,
            },
            Condition::First { event, ago } => Node::First {
                atom: self.atom(event, Keep::default()),
                ago: *ago,
            },
            Condition::Never(event) => Node::Times {
                atom: self.atom(event, Keep::default()),
                is: Comparison {
                    lt: Some(1.0),
                    ..Comparison::default()
                },
                within: None,
            },
            Condition::Sequence {
                events,
                within,
                without,
            } => Node::Sequence(self.sequence(events, *within, without)),
            Condition::SinceSignup(is) => Node::Signup(*is),
            Condition::Milestone { id, ago } => {
                // Its own condition comes first, so that it is reached before it is looked at.
                self.milestone(id);
                let Some(milestone) = position(self.playbook.milestones.keys(), id) else {
                    return self.never();
                };
                Node::Milestone {
                    milestone,
                    ago: *ago,
                }
            }
            Condition::Guide { id, is } => {
                let Some(guide) = position(self.playbook.guides.keys(), id) else {
                    return self.never();
                };
                Node::Guide { guide, is: *is }
            }
            Condition::User(query) => Node::User(query.clone()),
            Condition::Account(query) => Node::Account(query.clone()),
            Condition::Audience(id) => return self.audience(id),
            Condition::Page(glob) => Node::Page(glob.clone()),
            Condition::All(parts) => Node::All(parts.iter().map(|part| self.node(part)).collect()),
            Condition::Any(parts) => Node::Any(parts.iter().map(|part| self.node(part)).collect()),
            Condition::Not(part) => Node::Not(self.node(part)),
        };
        self.add(node)
    }

    fn never(&mut self) -> u32 {
        self.add(Node::Any(Vec::new()))
    }

    /// Equal conditions are evaluated once.
    fn add(&mut self, node: Node) -> u32 {
        place_or_push(&mut self.nodes, |known| *known == node, || node.clone())
    }

    fn atom(&mut self, event: &EventMatch, keep: Keep) -> u32 {
        let place = place_or_push(
            &mut self.atoms,
            |known| known.event == *event,
            || Atom {
                event: event.clone(),
                keep: Keep::default(),
                key: key(event),
            },
        );
        if let Some(atom) = self.atoms.get_mut(place as usize) {
            atom.keep = Keep {
                times: atom.keep.times.max(keep.times),
                days: atom.keep.days.max(keep.days),
                weeks: atom.keep.weeks.max(keep.weeks),
            };
        }
        place
    }

    fn sequence(
        &mut self,
        events: &[EventMatch],
        within: Option<i64>,
        without: &[EventMatch],
    ) -> u32 {
        let mut sequence = Sequence {
            events: events.to_vec(),
            within,
            without: without.to_vec(),
            key: 0,
        };
        sequence.key = key(&sequence);
        let known = sequence.key;
        place_or_push(&mut self.sequences, |other| other.key == known, || sequence)
    }
}

/// What must be remembered so that a measure can be taken.
fn keep(measure: &Measure, count: &Comparison, windowed: bool) -> Keep {
    match measure {
        // Without a window the number alone is enough.
        Measure::Times if !windowed => Keep::default(),
        Measure::Times => Keep {
            times: enough_for(count),
            ..Keep::default()
        },
        Measure::Days => Keep {
            days: enough_for(count),
            ..Keep::default()
        },
        Measure::Weeks => Keep {
            weeks: enough_for(count),
            ..Keep::default()
        },
        Measure::Sum(_) | Measure::Distinct(_) => Keep::default(),
    }
}

fn place_or_push<T>(list: &mut Vec<T>, same: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> u32 {
    let place = list.iter().position(same).unwrap_or_else(|| {
        list.push(new());
        list.len() - 1
    });
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn position<'k>(mut keys: impl Iterator<Item = &'k String>, id: &str) -> Option<u32> {
    u32::try_from(keys.position(|key| key == id)?).ok()
}

/// A number that stands for a value in saved states: FNV-1a over its JSON, cut to the 53 bits that
/// survive a JavaScript number.
fn key(value: &impl serde::Serialize) -> u64 {
    let json = serde_json::to_string(value).unwrap_or_default();
    let hash = json.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash & ((1 << 53) - 1)
}
