//! From a playbook to rules: conditions become nodes, and what they ask of events becomes atoms.

mod awaited;
mod building;

use std::collections::BTreeMap;

use firstvalue_model::guide::{Guide, GuideContent, with_parts};
use firstvalue_model::playbook::{self, Per};
use firstvalue_model::{Comparison, Condition, EventMatch, Measure, Playbook};

use self::building::Building;
use crate::graph::{Counted, Node, Quantity, Sequence};
use crate::memory::{DistinctKept, Keep, SumKept, enough_for};
use crate::rules::{
    CompiledPlaybook, FORMAT, GuideRule, Health, HealthPart, MilestoneRule, Rules, Score, Shared,
    StageRule,
};

/// Compiles a playbook whose references resolve without cycles, as
/// [`firstvalue_model::source`] makes sure. A reference that does not, or a form that cannot be
/// asked of what it is asked of, is a condition that never holds.
pub fn compile(playbook: &Playbook) -> CompiledPlaybook {
    let playbook = &Playbook {
        guides: with_parts(&playbook.guides),
        ..playbook.clone()
    };
    let rules = Compiler::new(playbook).rules();
    let in_browsers = Compiler::new(&awaited::with_conditions_of_steps(playbook)).rules();
    let elements = in_browsers
        .users
        .nodes
        .iter()
        .filter_map(|node| match node {
            Node::Element(selector) => Some(selector.clone()),
            _ => None,
        });
    CompiledPlaybook {
        format: FORMAT,
        product: playbook.product.clone(),
        capture: playbook.capture.clone(),
        elements: elements.collect(),
        rules,
        in_browsers,
        content: content(playbook, |guide| !guide.content.kind.stands()),
        standing: content(playbook, |guide| guide.content.panel.is_some()),
        outcomes: playbook.outcomes.clone(),
    }
}

/// What some of the guides show.
fn content(playbook: &Playbook, of: fn(&Guide) -> bool) -> BTreeMap<String, GuideContent> {
    let guides = playbook.guides.iter().filter(|(_, guide)| of(guide));
    guides
        .map(|(id, guide)| (id.clone(), guide.content.clone()))
        .collect()
}

struct Compiler<'a> {
    playbook: &'a Playbook,
    users: Building,
    accounts: Building,
    shared: Shared,
    /// The node of each milestone; `None` while it is being compiled.
    milestones: BTreeMap<&'a str, Option<u32>>,
    /// Likewise of each audience, as asked of users and as asked of accounts.
    audiences: BTreeMap<(&'a str, bool), Option<u32>>,
}

impl<'a> Compiler<'a> {
    fn new(playbook: &'a Playbook) -> Self {
        Self {
            playbook,
            users: Building::default(),
            accounts: Building::default(),
            shared: Shared::default(),
            milestones: BTreeMap::new(),
            audiences: BTreeMap::new(),
        }
    }

    fn rules(mut self) -> Rules {
        let playbook = self.playbook;
        let mut milestones: Vec<_> = playbook
            .milestones
            .iter()
            .map(|(id, milestone)| MilestoneRule {
                id: id.clone(),
                title: milestone.title.clone(),
                per: milestone.per,
                target: milestone.target,
                when: self.milestone(id),
            })
            .collect();
        let mut audiences: Vec<_> = playbook
            .audiences
            .keys()
            .map(|id| (id.clone(), self.audience(Per::User, id)))
            .collect();
        let mut guides: Vec<_> = playbook
            .guides
            .iter()
            .map(|(id, guide)| self.guide(id, guide))
            .collect();
        let mut stages: Vec<_> = playbook
            .stages
            .iter()
            .map(|stage| StageRule {
                id: stage.id.clone(),
                title: stage.title.clone(),
                when: self.node(Per::User, &stage.when),
            })
            .collect();
        let mut health = Health {
            users: self.health(Per::User, &playbook.health.weights),
            accounts: self.health(Per::Account, &playbook.health.account_weights),
        };
        // In the order in which users and accounts are evaluated.
        let (mut users, new_place) = self.users.in_rounds();
        let (mut accounts, new_account_place) = self.accounts.in_rounds();
        let mut shared = self.shared;
        for milestone in &mut milestones {
            match milestone.per {
                Per::User => new_place.of(&mut milestone.when),
                Per::Account => new_account_place.of(&mut milestone.when),
            }
        }
        audiences
            .iter_mut()
            .for_each(|(_, node)| new_place.of(node));
        guides
            .iter_mut()
            .for_each(|guide| new_place.of(&mut guide.when));
        stages
            .iter_mut()
            .for_each(|stage| new_place.of(&mut stage.when));
        shared
            .of_users
            .iter_mut()
            .for_each(|node| new_place.of(node));
        shared
            .of_accounts
            .iter_mut()
            .for_each(|node| new_account_place.of(node));
        for (parts, new_place) in [
            (&mut health.users, &new_place),
            (&mut health.accounts, &new_account_place),
        ] {
            for part in parts {
                if let Score::Condition(node) = &mut part.score {
                    new_place.of(node);
                }
            }
        }
        for (place, milestone) in (0..).zip(&milestones) {
            let graph = match milestone.per {
                Per::User => &mut users,
                Per::Account => &mut accounts,
            };
            if let Some(decides) = graph.uses.decided_by(milestone.when) {
                decides.milestones.push(place);
            }
        }
        for (place, guide) in (0..).zip(&guides) {
            if let Some(decides) = users.uses.decided_by(guide.when) {
                decides.guides.push(place);
            }
        }
        for (graph, nodes) in [
            (&mut users, &shared.of_users),
            (&mut accounts, &shared.of_accounts),
        ] {
            for (place, node) in (0..).zip(nodes) {
                if let Some(decides) = graph.uses.decided_by(*node) {
                    decides.shared = Some(place);
                }
            }
        }
        Rules {
            milestones,
            guides,
            throttle: playbook.throttle.clone(),
            holdout: playbook.holdout,
            stages,
            audiences,
            health,
            users,
            accounts,
            shared,
            page_unknown: false,
        }
    }

    fn guide(&mut self, id: &str, guide: &Guide) -> GuideRule {
        let audience = guide
            .audience
            .as_ref()
            .map(|audience| self.audience(Per::User, audience));
        let when = guide.when.as_ref().map(|when| self.node(Per::User, when));
        GuideRule {
            id: id.to_owned(),
            page: guide.page.clone(),
            frequency: guide.frequency.clone(),
            priority: guide.priority,
            automatic: guide.starts_by_itself(),
            when: match (audience, when) {
                (None, Some(only)) | (Some(only), None) => only,
                (audience, when) => self
                    .users
                    .add(Node::All(audience.into_iter().chain(when).collect()), 0),
            },
        }
    }

    fn milestone(&mut self, id: &str) -> u32 {
        let playbook = self.playbook;
        let Some((id, milestone)) = playbook.milestones.get_key_value(id) else {
            return self.never(Per::User);
        };
        if let Some(known) = self.milestones.get(id.as_str()) {
            return known.unwrap_or_else(|| self.never(milestone.per));
        }
        self.milestones.insert(id, None);
        let node = self.node(milestone.per, &milestone.when);
        self.milestones.insert(id, Some(node));
        node
    }

    fn audience(&mut self, per: Per, id: &str) -> u32 {
        let playbook = self.playbook;
        let Some((id, condition)) = playbook.audiences.get_key_value(id) else {
            return self.never(per);
        };
        let key = (id.as_str(), per == Per::User);
        if let Some(known) = self.audiences.get(&key) {
            return known.unwrap_or_else(|| self.never(per));
        }
        self.audiences.insert(key, None);
        let node = self.node(per, condition);
        self.audiences.insert(key, Some(node));
        node
    }

    fn health(&mut self, per: Per, parts: &[playbook::HealthPart]) -> Vec<HealthPart> {
        parts
            .iter()
            .map(|part| HealthPart {
                name: part.name.clone(),
                weight: part.weight,
                score: match &part.score {
                    playbook::Score::Condition(condition) => {
                        Score::Condition(self.node(per, condition))
                    }
                    playbook::Score::Scaled { number, from, to } => Score::Scaled {
                        of: self.number(per, number, [*from, *to]),
                        from: *from,
                        to: *to,
                    },
                },
            })
            .collect()
    }

    fn number(&mut self, per: Per, number: &playbook::Number, bounds: [f64; 2]) -> Quantity {
        use playbook::Number;
        let building = self.of(per);
        match number {
            Number::Did {
                event,
                measure,
                within,
            } => building.measure(event, measure, *within, enough_for(bounds.into_iter())),
            Number::Last(event) => Quantity::Last(building.atom(event, Keep::default())),
            Number::First(event) => Quantity::First(building.atom(event, Keep::default())),
            Number::SinceSignup => Quantity::Signup,
            Number::User(path) => Quantity::User(path.clone()),
            Number::Account(path) => Quantity::Account(path.clone()),
        }
    }

    /// The node of a condition on users or on accounts.
    fn node(&mut self, per: Per, condition: &Condition) -> u32 {
        let node = match condition {
            Condition::Did {
                event,
                measure,
                is,
                within,
            } => Node::Compare {
                of: self.of(per).measure(
                    event,
                    measure,
                    *within,
                    enough_for(is.bounds().into_iter().flatten()),
                ),
                is: *is,
            },
            Condition::Last { event, ago } => Node::Compare {
                of: Quantity::Last(self.of(per).atom(event, Keep::default())),
                is: *ago,
            },
            Condition::First { event, ago } => Node::Compare {
                of: Quantity::First(self.of(per).atom(event, Keep::default())),
                is: *ago,
            },
            Condition::Never(event) => Node::Compare {
                of: Quantity::Times(Counted {
                    atom: self.of(per).atom(event, Keep::default()),
                    within: None,
                }),
                is: Comparison {
                    lt: Some(1.0),
                    ..Comparison::default()
                },
            },
            Condition::Sequence {
                events,
                within,
                without,
            } => Node::Sequence(self.of(per).sequence(events, *within, without)),
            Condition::SinceSignup(is) => Node::Compare {
                of: Quantity::Signup,
                is: *is,
            },
            Condition::Milestone { id, ago } => return self.reached(per, id, *ago),
            Condition::Users { of, count } => {
                let counted = self.node(Per::User, of);
                let round = self.users.round(counted);
                let place = place_of(&mut self.shared.of_users, counted);
                let node = Node::Compare {
                    of: Quantity::Users(place),
                    is: *count,
                };
                let node = self.accounts.add(node, round);
                return self.theirs(per, node);
            }
            Condition::Account(query) => Node::Account(query.clone()),
            Condition::Audience(id) => return self.audience(per, id),
            Condition::All(parts) => {
                Node::All(parts.iter().map(|part| self.node(per, part)).collect())
            }
            Condition::Any(parts) => {
                Node::Any(parts.iter().map(|part| self.node(per, part)).collect())
            }
            Condition::Not(part) => Node::Not(self.node(per, part)),
            Condition::Guide { .. }
            | Condition::User(_)
            | Condition::Page(_)
            | Condition::Element(_)
                if per == Per::Account =>
            {
                return self.never(per);
            }
            Condition::Guide { id, is } => {
                let Some(guide) = position(self.playbook.guides.keys(), id) else {
                    return self.never(per);
                };
                Node::Guide { guide, is: *is }
            }
            Condition::User(query) => Node::User(query.clone()),
            Condition::Page(glob) => Node::Page(glob.clone()),
            Condition::Element(selector) => Node::Element(selector.clone()),
        };
        self.of(per).add(node, 0)
    }

    /// That a milestone is reached, and perhaps how long ago.
    fn reached(&mut self, per: Per, id: &str, ago: Option<Comparison>) -> u32 {
        // Its own condition comes first, so that it is reached before it is looked at.
        let when = self.milestone(id);
        let keys = self.playbook.milestones.keys();
        let (Some(place), Some(milestone)) = (position(keys, id), self.playbook.milestones.get(id))
        else {
            return self.never(per);
        };
        if per == Per::Account && milestone.per == Per::User {
            return self.never(per);
        }
        let node = match ago {
            None => Node::Reached(place),
            Some(is) => Node::Compare {
                of: Quantity::Reached(place),
                is,
            },
        };
        let building = self.of(milestone.per);
        let round = building.round(when);
        let node = building.add(node, round);
        match milestone.per {
            Per::User => node,
            Per::Account => self.theirs(per, node),
        }
    }

    /// A condition on accounts as asked of an account, or of a user about theirs.
    fn theirs(&mut self, per: Per, node: u32) -> u32 {
        match per {
            Per::Account => node,
            Per::User => {
                let round = self.accounts.round(node) + 1;
                let place = place_of(&mut self.shared.of_accounts, node);
                self.users.add(Node::Theirs(place), round)
            }
        }
    }

    fn never(&mut self, per: Per) -> u32 {
        self.of(per).add(Node::Any(Vec::new()), 0)
    }

    fn of(&mut self, per: Per) -> &mut Building {
        match per {
            Per::User => &mut self.users,
            Per::Account => &mut self.accounts,
        }
    }
}

impl Building {
    /// The number that a measure gives, counted as far as is enough.
    fn measure(
        &mut self,
        event: &EventMatch,
        measure: &Measure,
        within: Option<i64>,
        enough: u32,
    ) -> Quantity {
        let mut keep = Keep::default();
        match measure {
            // Without a window the number alone is enough.
            Measure::Times if within.is_none() => {}
            Measure::Times => keep.times = enough,
            Measure::Days => keep.days = enough,
            Measure::Weeks => keep.weeks = enough,
            Measure::Sum(property) => keep.sums.push(SumKept {
                property: property.clone(),
                within,
            }),
            Measure::Distinct(property) => keep.distinct.push(DistinctKept {
                property: property.clone(),
                most: enough,
            }),
        }
        let atom = self.atom(event, keep.clone());
        let counted = Counted { atom, within };
        match measure {
            Measure::Times => Quantity::Times(counted),
            Measure::Days => Quantity::Days(counted),
            Measure::Weeks => Quantity::Weeks(counted),
            Measure::Sum(_) => {
                let kept = self.kept(atom).sums.iter();
                Quantity::Sum(atom, place(kept, |sum| keep.sums.contains(sum)))
            }
            Measure::Distinct(property) => {
                let kept = self.kept(atom).distinct.iter();
                Quantity::Distinct(counted, place(kept, |kept| kept.property == *property))
            }
        }
    }

    fn sequence(
        &mut self,
        events: &[EventMatch],
        within: Option<i64>,
        without: &[EventMatch],
    ) -> u32 {
        self.add_sequence(Sequence {
            events: events.to_vec(),
            within,
            without: without.to_vec(),
            key: 0,
        })
    }
}

/// The place of a node in a list, to which it is added if it is not there.
fn place_of(list: &mut Vec<u32>, node: u32) -> u32 {
    let place = list.iter().position(|known| *known == node);
    let place = place.unwrap_or_else(|| {
        list.push(node);
        list.len() - 1
    });
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn place<T>(mut list: impl Iterator<Item = T>, same: impl Fn(T) -> bool) -> u32 {
    let place = list.position(same);
    place
        .and_then(|place| u32::try_from(place).ok())
        .unwrap_or(u32::MAX)
}

fn position<'k>(mut keys: impl Iterator<Item = &'k String>, id: &str) -> Option<u32> {
    u32::try_from(keys.position(|key| key == id)?).ok()
}
