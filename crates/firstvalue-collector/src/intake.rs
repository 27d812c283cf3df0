//! Events from files, as `firstvalue import` reads them.

use firstvalue_model::time::Millis;
use firstvalue_store::{NewEvent, NewRefusal};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::ingest::check::{self, Arrived};
use crate::ingest::form::Form;
use crate::ingest::refusal;
use crate::limits::Limits;
use crate::secret::hexadecimal;

/// Reads a line of a log, one event in Segment's format. Its times are believed, however old they
/// are.
///
/// `occurrence` tells lines apart that are the same to the byte, without a message id: the first is
/// 0. It makes the id of the event, so that reading a file again adds nothing.
///
/// # Errors
/// If it is no event; what is returned says why, and is for the quarantine.
pub fn read_line(
    line: &[u8],
    occurrence: u32,
    now: Millis,
    limits: &Limits,
) -> Result<NewEvent, NewRefusal> {
    let line = str::from_utf8(line).map_err(|_| {
        let reason = "the line is not readable as UTF-8".to_owned();
        refusal::of(&String::from_utf8_lossy(line), reason, now, limits)
    })?;
    let event: &RawValue = serde_json::from_str(line).map_err(|error| {
        let reason = format!("the line is not readable as JSON: {error}");
        refusal::of(line, reason, now, limits)
    })?;
    let arrived = Arrived {
        at: now,
        sent_at: None,
        live: false,
    };
    let id = || {
        let mut hash = Sha256::new_with_prefix(line.trim());
        hash.update(occurrence.to_le_bytes());
        let hash = hash.finalize();
        format!("line-{}", hexadecimal(hash.get(..16).unwrap_or_default()))
    };
    check::check(event, Form::Batch, arrived, limits, id)
}
