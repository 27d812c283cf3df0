//! What comes in, without a collector that runs: lines of files, as `firstvalue import` reads them, and
//! requests, as they are read before anything of them is stored.

use axum::http::{HeaderMap, StatusCode};
use firstvalue_model::time::Millis;
use firstvalue_store::{NewEvent, NewRefusal};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::ingest::Reply;
use crate::ingest::check::{self, Arrived};
use crate::ingest::client::Client;
use crate::ingest::envelope::Envelope;
use crate::ingest::form::Form;
use crate::ingest::refusal;
use crate::ingest::sift::{self, Sifted};
use crate::limits::Limits;
use crate::secret::hexadecimal;

/// The largest event of a file. Whoever runs a collector may have set the limits of requests higher than
/// usual, and the file is their own.
const LARGEST: usize = 4 * 1_024 * 1_024;

/// As deep as JSON is read at all.
const DEEPEST: usize = 127;

/// Reads a line of a log, one event in Segment's format. Its times are believed, however old they
/// are, and the limits of requests do not hold for it.
///
/// `occurrence` is asked only of a line without a message id, and tells lines apart that are the same to the
/// byte: the first is 0. It makes the id of the event, so that reading a file again adds nothing.
///
/// # Errors
/// If it is no event; what is returned says why, and is for the quarantine.
pub fn read_line(
    line: &[u8],
    mut occurrence: impl FnMut() -> u32,
    now: Millis,
) -> Result<NewEvent, NewRefusal> {
    let line = str::from_utf8(line)
        .map_err(|_| refuse_line(line, "the line is not readable as UTF-8".to_owned(), now))?;
    let event: &RawValue = serde_json::from_str(line).map_err(|error| {
        let reason = format!("the line is not readable as JSON: {error}");
        refuse_line(line.as_bytes(), reason, now)
    })?;
    let arrived = Arrived {
        at: now,
        client: &Client::default(),
        sent_at: None,
        live: false,
    };
    let limits = Limits {
        event: LARGEST,
        depth: DEEPEST,
        keys: usize::MAX,
        ..Limits::default()
    };
    let id = || {
        let mut hash = Sha256::new_with_prefix(line.trim());
        hash.update(occurrence().to_le_bytes());
        let hash = hash.finalize();
        format!("line-{}", hexadecimal(hash.get(..16).unwrap_or_default()))
    };
    check::check(event, Form::Batch, arrived, &limits, id)
        .map_err(|refused| refuse_line(line.as_bytes(), refused.reason, now))
}

/// A line, or its beginning, that is no event, for the quarantine.
pub fn refuse_line(line: &[u8], reason: String, now: Millis) -> NewRefusal {
    let line = String::from_utf8_lossy(line);
    refusal::of(&line, Form::Batch, reason, now, &Limits::default())
}

/// What a request brings, if its write key is known.
#[derive(Debug)]
pub struct Brought {
    /// The write key that it comes with; empty if with none.
    pub write_key: String,
    /// The events to be stored, in the order in which they were sent.
    pub events: Vec<NewEvent>,
    /// Those that are refused.
    pub refused: Vec<NewRefusal>,
    /// The answer, as JSON, if none of them is stored already.
    pub reply: String,
}

/// Reads a request to a path that takes events, as the collector does before it stores anything; `None` if
/// the path takes none.
///
/// # Errors
/// With the status of the answer, if it cannot be read or is beyond the limits.
pub fn read_request(
    path: &str,
    headers: &HeaderMap,
    body: &[u8],
    now: Millis,
    limits: &Limits,
) -> Option<Result<Brought, StatusCode>> {
    let form = Form::of(path)?;
    let read = || {
        let json = form.unpack(body, limits)?;
        let mut envelope = Envelope::read(&json, form, limits)?;
        let key = envelope.key(headers);
        let client = Client::of(headers);
        Ok((key, sift::sift(envelope, form, &client, now, limits)))
    };
    let brought = |(write_key, sifted): (String, Sifted)| Brought {
        write_key,
        reply: text(&sifted.reply),
        events: sifted.events,
        refused: sifted.refused,
    };
    let read = read().map_err(|error: crate::error::HttpError| error.status());
    Some(read.map(brought))
}

fn text(reply: &Reply) -> String {
    // Nothing in it cannot be written.
    serde_json::to_string(reply).unwrap_or_default()
}
