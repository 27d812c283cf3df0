//! A graph while it is being built.

use std::collections::HashMap;

use firstvalue_model::EventMatch;
use serde::Serialize;

use crate::graph::{Atom, Graph, Node, Sequence};
use crate::memory::Keep;
use crate::uses::Uses;

/// Conditions on users or on accounts, as far as they are compiled.
#[derive(Default)]
pub(super) struct Building {
    nodes: Vec<Node>,
    /// By node: the round of users and accounts looking at each other in which it can be decided.
    rounds: Vec<u32>,
    atoms: Vec<Atom>,
    sequences: Vec<Sequence>,
    /// Places by what stands there, as JSON: equal things are there once.
    node_places: HashMap<String, u32>,
    atom_places: HashMap<u64, u32>,
    sequence_places: HashMap<u64, u32>,
}

impl Building {
    /// The place of a condition that can be decided in this round, or when those that it is made
    /// of are. Equal conditions are evaluated once.
    pub(super) fn add(&mut self, node: Node, round: u32) -> u32 {
        let place = next(&self.nodes);
        let known = *self.node_places.entry(json(&node)).or_insert(place);
        if known == place {
            let parts: &[u32] = match &node {
                Node::All(parts) | Node::Any(parts) => parts,
                Node::Not(part) => &[*part],
                _ => &[],
            };
            let of_parts = parts.iter().map(|&part| self.round(part)).max();
            self.rounds.push(round.max(of_parts.unwrap_or(0)));
            self.nodes.push(node);
        }
        known
    }

    /// The round in which a condition can be decided.
    pub(super) fn round(&self, node: u32) -> u32 {
        self.rounds.get(node as usize).copied().unwrap_or(0)
    }

    /// The place of what is remembered of events, as much of them as is asked here and elsewhere.
    pub(super) fn atom(&mut self, event: &EventMatch, keep: Keep) -> u32 {
        let (key, place) = (key(event), next(&self.atoms));
        let known = *self.atom_places.entry(key).or_insert(place);
        if known == place {
            self.atoms.push(Atom {
                event: event.clone(),
                keep: Keep::default(),
                key,
            });
        }
        if let Some(atom) = self.atoms.get_mut(known as usize) {
            atom.keep.add(keep);
        }
        known
    }

    /// What is kept of an atom.
    pub(super) fn kept(&self, atom: u32) -> &Keep {
        const NOTHING: &Keep = &Keep {
            times: 0,
            days: 0,
            weeks: 0,
            sums: Vec::new(),
            distinct: Vec::new(),
        };
        self.atoms
            .get(atom as usize)
            .map_or(NOTHING, |atom| &atom.keep)
    }

    pub(super) fn add_sequence(&mut self, mut sequence: Sequence) -> u32 {
        sequence.key = key(&sequence);
        let place = next(&self.sequences);
        let known = *self.sequence_places.entry(sequence.key).or_insert(place);
        if known == place {
            self.sequences.push(sequence);
        }
        known
    }

    /// The graph, with the conditions of each round after those of the rounds before it, and where
    /// each of them is now.
    pub(super) fn in_rounds(self) -> (Graph, NewPlaces) {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        // Stable, so that conditions stay after those that they are made of. What is looked at together,
        // and made of nothing, stands together.
        order.sort_by_key(|&old| {
            let at_least = self.nodes.get(old).and_then(Node::at_least);
            let atom = at_least.map_or(u32::MAX, |(atom, _)| atom);
            (self.rounds.get(old), atom)
        });
        let mut places = vec![0; order.len()];
        for (new, &old) in (0..).zip(&order) {
            if let Some(place) = places.get_mut(old) {
                *place = new;
            }
        }
        let places = NewPlaces(places);
        let nodes: Vec<Node> = order
            .iter()
            .filter_map(|&old| self.nodes.get(old).cloned())
            .map(|mut node| {
                match &mut node {
                    Node::All(parts) | Node::Any(parts) => {
                        parts.iter_mut().for_each(|part| places.of(part));
                    }
                    Node::Not(part) => places.of(part),
                    _ => {}
                }
                node
            })
            .collect();
        let last = self.rounds.iter().max().copied().unwrap_or(0);
        let ends = (0..last).map(|round| {
            let until = self.rounds.iter().filter(|of_node| **of_node <= round);
            u32::try_from(until.count()).unwrap_or(u32::MAX)
        });
        let graph = Graph {
            uses: Uses::of(&nodes, &self.atoms, &self.sequences),
            rounds: ends.collect(),
            nodes,
            atoms: self.atoms,
            sequences: self.sequences,
        };
        (graph, places)
    }
}

/// Where conditions are, by where they were.
pub(super) struct NewPlaces(Vec<u32>);

impl NewPlaces {
    pub(super) fn of(&self, place: &mut u32) {
        if let Some(new) = self.0.get(*place as usize) {
            *place = *new;
        }
    }
}

fn next<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A number that stands for a value in saved states: FNV-1a over its JSON, cut to the 53 bits that
/// survive a JavaScript number.
fn key(value: &impl Serialize) -> u64 {
    let hash = json(value)
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    hash & ((1 << 53) - 1)
}
