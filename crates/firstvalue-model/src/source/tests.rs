//! Reading whole playbooks. What is said of bad ones is tested where it is printed, in the command.

mod accounts;
mod arbitrary;
mod decoding;
mod measured;
mod positions;

use super::{Read, Severity, read};
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
