//! Reading whole playbooks. What is said of bad ones is tested where it is printed, in the command.

mod accounts;
mod arbitrary;
mod decoding;
mod measured;
mod positions;

use super::{Read, read};
use crate::Playbook;

const LEDGERLY: &str = include_str!("tests/ledgerly.yaml");

/// The playbook of a text in which there is nothing to find.
fn good(text: &str) -> Playbook {
    let Read {
        playbook,
        diagnostics,
    } = read(text);
    assert_eq!(diagnostics, [], "nothing is wrong");
    playbook.expect("a playbook")
}
