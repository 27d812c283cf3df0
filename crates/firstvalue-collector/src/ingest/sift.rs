//! The events of a request: those that can be stored, and those that are refused.

use firstvalue_model::time::Millis;
use firstvalue_store::{NewEvent, NewRefusal};
use uuid::Uuid;

use super::check::{self, Arrived};
use super::client::Client;
use super::envelope::Envelope;
use super::form::Form;
use super::reply::Reply;
use crate::limits::Limits;

/// Every event of a request, on one of the two sides.
#[derive(Debug, Default)]
pub(crate) struct Sifted {
    /// What is answered if all that can be stored is new.
    pub(crate) reply: Reply,
    pub(crate) events: Vec<NewEvent>,
    pub(crate) refused: Vec<NewRefusal>,
}

/// Looks at each event.
pub(crate) fn sift(
    envelope: Envelope<'_>,
    form: Form,
    client: &Client,
    now: Millis,
    limits: &Limits,
) -> Sifted {
    let arrived = Arrived {
        at: now,
        client,
        sent_at: envelope.sent_at,
        live: true,
    };
    let mut sifted = Sifted::default();
    for event in envelope.events {
        match check::check(event, form, arrived, limits, new_id) {
            Ok(event) => {
                sifted.reply.accept(&event.message_id);
                sifted.events.push(event);
            }
            Err(refusal) => {
                sifted.reply.reject(&refusal);
                sifted.refused.push(refusal);
            }
        }
    }
    sifted
}

/// An id for an event whose client gave none. It is of the time, so that it stands at the end of the
/// index.
fn new_id() -> String {
    Uuid::now_v7().to_string()
}
