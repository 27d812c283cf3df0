use firstvalue_store::{Fate, NewRefusal};
use serde::Serialize;
use utoipa::ToSchema;

/// What became of each event, in the order in which they were sent.
///
/// Its status is always 200: whatever is refused would be refused again, so that a client should
/// send nothing of it a second time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reply {
    success: bool,
    events: Vec<Event>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EventFate)]
struct Event {
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<String>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Fate)]
enum Status {
    Ok,
    Duplicate,
    Rejected,
}

impl Default for Reply {
    fn default() -> Self {
        Self {
            success: true,
            events: Vec::new(),
        }
    }
}

impl Reply {
    /// The next event is being stored.
    pub(crate) fn accept(&mut self, message_id: &str) {
        let message_id = Some(message_id.to_owned());
        self.events.push(Event {
            message_id,
            status: Status::Ok,
            reason: None,
        });
    }

    /// The next event cannot be stored.
    pub(crate) fn reject(&mut self, refusal: &NewRefusal) {
        self.events.push(Event {
            message_id: refusal.message_id.clone(),
            status: Status::Rejected,
            reason: Some(refusal.reason.clone()),
        });
    }

    /// Fills in what became of the accepted ones.
    pub(crate) fn with(mut self, fates: &[Fate]) -> Self {
        let accepted = self
            .events
            .iter_mut()
            .filter(|event| event.status == Status::Ok);
        for (event, fate) in accepted.zip(fates) {
            if *fate == Fate::Duplicate {
                event.status = Status::Duplicate;
            }
        }
        self
    }

    /// How many events met each fate.
    pub(crate) fn counts(&self) -> [(&'static str, u64); 3] {
        let count = |status| {
            let events = self.events.iter().filter(|event| event.status == status);
            events.count() as u64
        };
        [
            ("ok", count(Status::Ok)),
            ("duplicate", count(Status::Duplicate)),
            ("rejected", count(Status::Rejected)),
        ]
    }
}
