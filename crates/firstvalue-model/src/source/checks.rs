//! What can be wrong with a playbook that is well formed.
//!
//! Decoders report what they cannot read; these checks look at what was read, as far as it was. An
//! error is what cannot be meant, a warning what is probably not meant, and a note what is worth
//! knowing. [`CODES`](super::CODES) lists them all.

mod answers;
mod collector_only;
mod completion;
mod conditions;
mod contrast;
mod explain;
mod ids;
mod languages;
mod never_due;
mod no_guides;
mod no_time;
mod one_moment;
mod own_events;
mod place;
mod similar_events;
mod stages;
mod unused;
mod window_sum;
mod without_when;

use super::logic::Logic;
use super::node::Node;
use super::reader::Reader;
use crate::Playbook;

/// Checks what was read of a playbook.
pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    // What an error has left out can make the rest look as if it never held, or were never used.
    let is_whole = !reader.has_errors();
    let owned = place::conditions(document, playbook);
    if is_whole {
        let logic = Logic::of(playbook);
        // What rests on no guide being started by the host is a warning at most.
        let due = Logic::of_due_guides(playbook);
        conditions::check(reader, document, &owned, playbook, [&logic, &due]);
        never_due::check(reader, document, playbook, [&logic, &due]);
        stages::check(reader, document, playbook, &logic);
        unused::check(reader, document);
        collector_only::check(reader, document, playbook);
        without_when::check(reader, document, playbook);
    }
    window_sum::check(reader, document, playbook, &owned);
    completion::check(reader, document, playbook);
    languages::check(reader, document, playbook);
    contrast::check(reader, document, playbook);
    no_guides::check(reader, document, playbook);
    no_time::check(reader, document);
    one_moment::check(reader, document, playbook);
    own_events::check(reader, document);
    answers::check(reader, document, playbook);
    similar_events::check(reader);
    ids::check(reader, document);
}
