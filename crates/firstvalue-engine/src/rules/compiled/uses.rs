//! Who is told when something changes.

use serde_json::Value;

use super::super::tokens::{Reader, Writer};
use crate::graph::{AtLeast, Times};
use crate::names::Names;
use crate::uses::{Decides, OfAtom, Run, Touched, Uses};

pub(super) fn write(uses: &Uses, out: &mut Writer) {
    out.list(uses.by_event.entries(), |(name, touched), out| {
        out.value(name.as_str());
        out.places(&touched.atoms);
        out.places(&touched.sequences);
    });
    out.list(&uses.of_atom, |nodes, out| {
        out.places(&nodes.always);
        out.list(&nodes.unless, |run, out| {
            out.value(run.first);
            out.list(&run.asks, write_at_least);
        });
    });
    out.list(&uses.of_node, |decides, out| {
        out.places(&decides.nodes);
        out.places(&decides.milestones);
        out.places(&decides.guides);
        out.value(decides.waits);
    });
    for lists in [&uses.of_sequence, &uses.of_milestone, &uses.of_guide] {
        out.list(lists, |nodes, out| out.places(nodes));
    }
    for nodes in [
        &uses.of_signup,
        &uses.of_user_traits,
        &uses.of_account_traits,
        &uses.of_page,
        &uses.of_element,
        &uses.waiting,
    ] {
        out.places(nodes);
    }
}

pub(super) fn read(tokens: &mut Reader<'_>) -> Uses {
    let mut uses = Uses {
        by_event: Names::of(tokens.list(|tokens| {
            let name = tokens.text();
            let touched = Touched {
                atoms: tokens.places(),
                sequences: tokens.places(),
                properties: Vec::new(),
            };
            (name, touched)
        })),
        of_atom: tokens.list(|tokens| OfAtom {
            always: tokens.places(),
            unless: tokens.list(|tokens| Run {
                first: tokens.place(),
                asks: tokens.list(read_at_least),
            }),
        }),
        of_node: tokens.list(|tokens| Decides {
            nodes: tokens.places(),
            milestones: tokens.places(),
            guides: tokens.places(),
            waits: tokens.maybe().map(|slot| slot as u32),
            times: None,
            shared: None,
        }),
        of_sequence: tokens.list(Reader::places),
        of_milestone: tokens.list(Reader::places),
        of_guide: tokens.list(Reader::places),
        of_signup: tokens.places(),
        of_user_traits: tokens.places(),
        of_account_traits: tokens.places(),
        of_page: tokens.places(),
        of_element: tokens.places(),
        of_shared: Vec::new(),
        waiting: tokens.places(),
    };
    uses.note_times();
    uses
}

/// Whether conditions are told only of such as stand before them, so that evaluation cannot go in
/// circles.
pub(super) fn is_in_order(uses: &Uses) -> bool {
    let mut decides = (0..).zip(&uses.of_node);
    decides.all(|(place, decides)| decides.nodes.iter().all(|whole| *whole > place))
}

fn write_at_least(asks: &AtLeast, out: &mut Writer) {
    match asks {
        AtLeast::Others => out.value(Value::Null),
        AtLeast::Events(times) => {
            out.value(times.least);
            out.value(times.within);
        }
    }
}

fn read_at_least(tokens: &mut Reader<'_>) -> AtLeast {
    match tokens.maybe() {
        None => AtLeast::Others,
        Some(least) => AtLeast::Events(Times {
            least: least as u32,
            within: tokens.span(),
        }),
    }
}
