//! What is written down of what was done to the data.

use firstvalue_model::time::Millis;
use firstvalue_store::{Deed, DeedOf};

use crate::secret::Secret;

/// A user without their name: the row stays when they are erased, and whoever knows the id finds it.
fn user(id: &str) -> String {
    format!("user {}", Secret::new(id).label())
}

/// That a user is erased.
pub fn erasure(at: Millis, actor: String, id: &str) -> DeedOf {
    let subject = user(id);
    Box::new(move |erased| Deed {
        at,
        actor,
        action: "erase",
        subject,
        detail: format!("{} events, {} refused", erased.events, erased.refused),
    })
}

/// That events are handed out: those of a user, or of all.
pub fn export(at: Millis, actor: String, id: Option<&str>, format: &str) -> Deed {
    Deed {
        at,
        actor,
        action: "export",
        subject: id.map_or_else(|| "all users".to_owned(), user),
        detail: format.to_owned(),
    }
}

/// That events came from a file.
pub fn import(at: Millis, actor: String, stored: u64, duplicates: u64, refused: u64) -> Deed {
    Deed {
        at,
        actor,
        action: "import",
        subject: "events".to_owned(),
        detail: format!("{stored} stored, {duplicates} known already, {refused} refused"),
    }
}

/// That events were taken out because they were old.
pub fn retention(at: Millis, days: u32, events: usize) -> Deed {
    Deed {
        at,
        actor: "retention".to_owned(),
        action: "forget",
        subject: format!("events older than {days} days"),
        detail: format!("{events} events"),
    }
}
