//! Conditions, and what is remembered for them.

use firstvalue_model::{Comparison, EventMatch, GuideStanding};
use serde_json::Value;

use super::super::tokens::{Reader, Writer};
use super::uses;
use crate::graph::{Atom, Counted, Graph, Node, Quantity, Sequence};
use crate::memory::{DistinctKept, Keep, SumKept};

const STANDINGS: [GuideStanding; 4] = [
    GuideStanding::Shown,
    GuideStanding::Completed,
    GuideStanding::Dismissed,
    GuideStanding::Snoozed,
];

pub(super) fn write(graph: &Graph, out: &mut Writer) {
    out.list(&graph.nodes, write_node);
    out.list(&graph.atoms, write_atom);
    out.list(&graph.sequences, write_sequence);
    uses::write(&graph.uses, out);
}

pub(super) fn read(tokens: &mut Reader<'_>) -> Graph {
    Graph {
        nodes: tokens.list(read_node),
        atoms: tokens.list(read_atom),
        sequences: tokens.list(read_sequence),
        uses: uses::read(tokens),
        rounds: Vec::new(),
    }
}

fn write_event(event: &EventMatch, out: &mut Writer) {
    out.value(event.name.as_str());
    out.value(event.query.clone().map(Value::Object));
}

fn read_event(tokens: &mut Reader<'_>) -> EventMatch {
    EventMatch {
        name: tokens.text(),
        query: tokens.maybe_object(),
    }
}

fn write_atom(atom: &Atom, out: &mut Writer) {
    write_event(&atom.event, out);
    out.value(atom.keep.times);
    out.value(atom.keep.days);
    out.value(atom.keep.weeks);
    out.list(&atom.keep.sums, |sum, out| {
        out.value(sum.property.as_str());
        out.value(sum.within);
    });
    out.list(&atom.keep.distinct, |values, out| {
        out.value(values.property.as_str());
        out.value(values.most);
    });
    out.value(atom.key);
}

fn read_atom(tokens: &mut Reader<'_>) -> Atom {
    Atom {
        event: read_event(tokens),
        keep: Keep {
            times: tokens.place(),
            days: tokens.place(),
            weeks: tokens.place(),
            sums: tokens.list(|tokens| SumKept {
                property: tokens.text(),
                within: tokens.span(),
            }),
            distinct: tokens.list(|tokens| DistinctKept {
                property: tokens.text(),
                most: tokens.place(),
            }),
        },
        key: tokens.number() as u64,
    }
}

fn write_sequence(sequence: &Sequence, out: &mut Writer) {
    out.list(&sequence.events, write_event);
    out.value(sequence.within);
    out.list(&sequence.without, write_event);
    out.value(sequence.key);
}

fn read_sequence(tokens: &mut Reader<'_>) -> Sequence {
    Sequence {
        events: tokens.list(read_event),
        within: tokens.span(),
        without: tokens.list(read_event),
        key: tokens.number() as u64,
    }
}

fn write_comparison(is: &Comparison, out: &mut Writer) {
    for bound in is.bounds() {
        out.value(bound);
    }
}

fn read_comparison(tokens: &mut Reader<'_>) -> Comparison {
    Comparison {
        gte: tokens.maybe(),
        gt: tokens.maybe(),
        lte: tokens.maybe(),
        lt: tokens.maybe(),
        eq: tokens.maybe(),
        ne: tokens.maybe(),
    }
}

fn write_node(node: &Node, out: &mut Writer) {
    match node {
        Node::Compare { of, is } => {
            out.value(0);
            write_quantity(of, out);
            write_comparison(is, out);
        }
        Node::Sequence(place) => {
            out.value(1);
            out.value(*place);
        }
        Node::Reached(milestone) => {
            out.value(2);
            out.value(*milestone);
        }
        Node::Guide { guide, is } => {
            out.value(3);
            out.value(*guide);
            out.one_of(&STANDINGS, is);
        }
        Node::User(query) => {
            out.value(4);
            out.value(query.clone());
        }
        Node::Account(query) => {
            out.value(5);
            out.value(query.clone());
        }
        Node::Theirs(place) => {
            out.value(6);
            out.value(*place);
        }
        Node::Page(glob) => {
            out.value(7);
            out.value(glob.as_str());
        }
        Node::Element(selector) => {
            out.value(8);
            out.value(selector.as_str());
        }
        Node::All(parts) => {
            out.value(9);
            out.places(parts);
        }
        Node::Any(parts) => {
            out.value(10);
            out.places(parts);
        }
        Node::Not(part) => {
            out.value(11);
            out.value(*part);
        }
    }
}

fn read_node(tokens: &mut Reader<'_>) -> Node {
    match tokens.place() {
        0 => Node::Compare {
            of: read_quantity(tokens),
            is: read_comparison(tokens),
        },
        1 => Node::Sequence(tokens.place()),
        2 => Node::Reached(tokens.place()),
        3 => Node::Guide {
            guide: tokens.place(),
            is: tokens.one_of(&STANDINGS, GuideStanding::Shown),
        },
        4 => Node::User(tokens.object()),
        5 => Node::Account(tokens.object()),
        6 => Node::Theirs(tokens.place()),
        7 => Node::Page(tokens.text()),
        8 => Node::Element(tokens.text()),
        9 => Node::All(tokens.places()),
        10 => Node::Any(tokens.places()),
        11 => Node::Not(tokens.place()),
        _ => {
            tokens.damaged();
            Node::Any(Vec::new())
        }
    }
}

fn write_counted(counted: &Counted, out: &mut Writer) {
    out.value(counted.atom);
    out.value(counted.within);
}

fn read_counted(tokens: &mut Reader<'_>) -> Counted {
    Counted {
        atom: tokens.place(),
        within: tokens.span(),
    }
}

pub(super) fn write_quantity(quantity: &Quantity, out: &mut Writer) {
    match quantity {
        Quantity::Times(counted) => {
            out.value(0);
            write_counted(counted, out);
        }
        Quantity::Days(counted) => {
            out.value(1);
            write_counted(counted, out);
        }
        Quantity::Weeks(counted) => {
            out.value(2);
            write_counted(counted, out);
        }
        Quantity::Sum(atom, place) => {
            out.value(3);
            out.value(*atom);
            out.value(*place);
        }
        Quantity::Distinct(counted, place) => {
            out.value(4);
            write_counted(counted, out);
            out.value(*place);
        }
        Quantity::Last(atom) => {
            out.value(5);
            out.value(*atom);
        }
        Quantity::First(atom) => {
            out.value(6);
            out.value(*atom);
        }
        Quantity::Signup => out.value(7),
        Quantity::Reached(milestone) => {
            out.value(8);
            out.value(*milestone);
        }
        Quantity::User(path) => {
            out.value(9);
            out.value(path.as_str());
        }
        Quantity::Account(path) => {
            out.value(10);
            out.value(path.as_str());
        }
        // Nothing about users asks this, and browsers have nothing else.
        Quantity::Users(_) => out.value(Value::Null),
    }
}

pub(super) fn read_quantity(tokens: &mut Reader<'_>) -> Quantity {
    match tokens.place() {
        0 => Quantity::Times(read_counted(tokens)),
        1 => Quantity::Days(read_counted(tokens)),
        2 => Quantity::Weeks(read_counted(tokens)),
        3 => Quantity::Sum(tokens.place(), tokens.place()),
        4 => Quantity::Distinct(read_counted(tokens), tokens.place()),
        5 => Quantity::Last(tokens.place()),
        6 => Quantity::First(tokens.place()),
        7 => Quantity::Signup,
        8 => Quantity::Reached(tokens.place()),
        9 => Quantity::User(tokens.text()),
        10 => Quantity::Account(tokens.text()),
        _ => {
            tokens.damaged();
            Quantity::Signup
        }
    }
}
