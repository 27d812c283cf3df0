//! Reading whole playbooks. What is said of bad ones is tested where it is printed, in the command.

mod accounts;
mod arbitrary;
mod conditions;
mod decoding;
mod guides;
mod measured;
pub(super) mod playbooks;
mod positions;
pub(super) mod written;

use super::reader::Reader;
use super::{Diagnostic, Read, Severity, document, playbook, read};
use crate::Playbook;

const LEDGERLY: &str = include_str!("tests/ledgerly.yaml");

/// The playbook of a text in which there is nothing to put right.
fn good(text: &str) -> Playbook {
    let Read {
        playbook,
        mut diagnostics,
    } = read(text);
    diagnostics.retain(|found| found.severity > Severity::Note);
    assert_eq!(diagnostics, [], "nothing is wrong");
    playbook.expect("a playbook")
}

/// What a text says by itself, before it is asked whether that makes sense.
pub(super) fn decoded(text: &str) -> (Option<Playbook>, Vec<Diagnostic>) {
    let mut reader = Reader::new(text);
    let playbook = document::parse(text, &mut reader)
        .and_then(|document| playbook::playbook(&mut reader, &document));
    (playbook, reader.into_diagnostics())
}
