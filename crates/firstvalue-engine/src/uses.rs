//! Who is to be told when something changes: conditions by what they look at.

use std::collections::BTreeMap;

use firstvalue_model::Query;

use crate::graph::{AtLeast, Atom, Node, Quantity, Sequence, Times};
use crate::names::Names;
use crate::query;

/// What follows from a graph's conditions.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Uses {
    /// Atoms and sequences by the name of an event that touches them.
    pub by_event: Names<Touched>,
    /// By atom: the conditions over it.
    pub of_atom: Vec<OfAtom>,
    /// By sequence: the conditions over it.
    pub of_sequence: Vec<Vec<u32>>,
    /// By condition: those made of it, and what it decides.
    pub of_node: Vec<Decides>,
    /// By milestone, and by guide: the conditions that name it.
    pub of_milestone: Vec<Vec<u32>>,
    pub of_guide: Vec<Vec<u32>>,
    /// By what users and accounts are asked by each other.
    pub of_shared: Vec<Vec<u32>>,
    pub of_signup: Vec<u32>,
    pub of_user_traits: Vec<u32>,
    pub of_account_traits: Vec<u32>,
    pub of_page: Vec<u32>,
    pub of_element: Vec<u32>,
    /// The conditions that change by waiting.
    pub waiting: Vec<u32>,
}

/// What events of one name touch.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Touched {
    pub atoms: Vec<u32>,
    pub sequences: Vec<u32>,
    /// The properties of the event that it looks at; browsers need not know.
    pub properties: Vec<String>,
}

impl Touched {
    fn look_at(&mut self, path: &str) {
        let name = path.split('.').next().unwrap_or(path);
        if !self.properties.iter().any(|known| known == name) {
            self.properties.push(name.to_owned());
        }
    }

    fn look_at_query(&mut self, query: Option<&Query>) {
        for path in query.map(query::paths).unwrap_or_default() {
            self.look_at(path);
        }
    }
}

/// Conditions over one atom.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct OfAtom {
    /// Those to be looked at whenever there is an event.
    pub always: Vec<u32>,
    /// Those that ask for at least so many, which an event cannot end: to be looked at unless they hold.
    /// They mostly stand together.
    pub unless: Vec<Run>,
}

/// Conditions that stand together.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Run {
    /// The place of the first.
    pub first: u32,
    /// What each asks for.
    pub asks: Vec<AtLeast>,
}

impl Run {
    /// The place after the last.
    pub fn end(&self) -> u32 {
        let length = u32::try_from(self.asks.len()).unwrap_or(u32::MAX);
        self.first.saturating_add(length)
    }
}

impl OfAtom {
    fn add(&mut self, place: u32, asks: Option<AtLeast>) {
        let Some(asks) = asks else {
            self.always.push(place);
            return;
        };
        match self.unless.last_mut() {
            Some(run) if run.end() == place => run.asks.push(asks),
            _ => self.unless.push(Run {
                first: place,
                asks: vec![asks],
            }),
        }
    }
}

/// What one condition decides.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Decides {
    pub nodes: Vec<u32>,
    pub milestones: Vec<u32>,
    pub guides: Vec<u32>,
    /// Its place among those that change by waiting, if it does.
    pub waits: Option<u32>,
    /// Of which atom it asks for how many, if it asks that and nothing else.
    pub times: Option<(u32, Times)>,
    /// What the other kind of subject asks about it.
    pub shared: Option<u32>,
}

impl Uses {
    pub fn of(nodes: &[Node], atoms: &[Atom], sequences: &[Sequence]) -> Self {
        let mut uses = Self {
            of_atom: vec![OfAtom::default(); atoms.len()],
            of_sequence: vec![Vec::new(); sequences.len()],
            of_node: vec![Decides::default(); nodes.len()],
            ..Self::default()
        };
        let mut by_event: BTreeMap<&str, Touched> = BTreeMap::new();
        for (place, atom) in (0..).zip(atoms) {
            let touched = by_event.entry(&atom.event.name).or_default();
            touched.atoms.push(place);
            let sums = atom.keep.sums.iter().map(|sum| &sum.property);
            let distinct = atom.keep.distinct.iter().map(|values| &values.property);
            for path in sums.chain(distinct) {
                touched.look_at(path);
            }
            touched.look_at_query(atom.event.query.as_ref());
        }
        for (place, sequence) in (0..).zip(sequences) {
            for event in sequence.events.iter().chain(&sequence.without) {
                let touched = by_event.entry(&event.name).or_default();
                touched.look_at_query(event.query.as_ref());
                // The same event may stand in several places of it.
                if touched.sequences.last() != Some(&place) {
                    touched.sequences.push(place);
                }
            }
        }
        let by_event = by_event.into_iter();
        uses.by_event = Names::of(by_event.map(|(name, it)| (name.to_owned(), it)).collect());
        for (place, node) in (0..).zip(nodes) {
            uses.add_node(place, node);
            if let Node::Compare { of, .. } = node
                && of.waits(atoms)
                && let Some(decides) = uses.of_node.get_mut(place as usize)
            {
                decides.waits = u32::try_from(uses.waiting.len()).ok();
                uses.waiting.push(place);
            }
        }
        uses.note_times();
        uses
    }

    /// Notes with each condition that asks for a number of events of which atom.
    pub fn note_times(&mut self) {
        for (atom, nodes) in (0..).zip(&self.of_atom) {
            for run in &nodes.unless {
                for (node, asks) in (run.first as usize..).zip(&run.asks) {
                    if let (AtLeast::Events(times), Some(decides)) =
                        (asks, self.of_node.get_mut(node))
                    {
                        decides.times = Some((atom, *times));
                    }
                }
            }
        }
    }

    /// What events of this name touch.
    pub fn event(&self, name: &str) -> Option<&Touched> {
        self.by_event.get(name)
    }

    /// What a condition decides, to add to it.
    pub fn decided_by(&mut self, node: u32) -> Option<&mut Decides> {
        self.of_node.get_mut(node as usize)
    }

    fn add_node(&mut self, place: u32, node: &Node) {
        let list = match node {
            Node::Compare { of, .. } => match of {
                Quantity::Times(counted)
                | Quantity::Days(counted)
                | Quantity::Weeks(counted)
                | Quantity::Distinct(counted, _) => {
                    return self.add_over(counted.atom, place, node);
                }
                Quantity::Sum(atom, _) | Quantity::Last(atom) | Quantity::First(atom) => {
                    return self.add_over(*atom, place, node);
                }
                Quantity::Signup => Some(&mut self.of_signup),
                Quantity::Reached(milestone) => at(&mut self.of_milestone, *milestone),
                Quantity::User(_) => Some(&mut self.of_user_traits),
                Quantity::Account(_) => Some(&mut self.of_account_traits),
                Quantity::Users(shared) => at(&mut self.of_shared, *shared),
            },
            Node::Sequence(sequence) => self.of_sequence.get_mut(*sequence as usize),
            Node::Reached(milestone) => at(&mut self.of_milestone, *milestone),
            Node::Guide { guide, .. } => at(&mut self.of_guide, *guide),
            Node::User(_) => Some(&mut self.of_user_traits),
            Node::Account(_) => Some(&mut self.of_account_traits),
            Node::Theirs(shared) => at(&mut self.of_shared, *shared),
            Node::Page(_) => Some(&mut self.of_page),
            Node::Element(_) => Some(&mut self.of_element),
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

    fn add_over(&mut self, atom: u32, place: u32, node: &Node) {
        if let Some(list) = self.of_atom.get_mut(atom as usize) {
            list.add(place, node.at_least().map(|(_, asks)| asks));
        }
    }

    fn add_part(&mut self, part: u32, whole: u32) {
        if let Some(decides) = self.of_node.get_mut(part as usize) {
            decides.nodes.push(whole);
        }
    }
}

/// The list at a place; those up to it are brought in.
fn at(lists: &mut Vec<Vec<u32>>, place: u32) -> Option<&mut Vec<u32>> {
    let place = place as usize;
    if place >= lists.len() {
        lists.resize(place + 1, Vec::new());
    }
    lists.get_mut(place)
}
