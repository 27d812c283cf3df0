use firstvalue_model::message::{MessageKind, Object};

use super::posthog;

/// The form in which a route takes events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Segment's, any number of any call.
    Batch,
    /// Segment's, one call of this kind.
    Call(MessageKind),
    /// PostHog's, one or many.
    PostHog,
}

impl Form {
    /// An event in Segment's form.
    pub(crate) fn translate(self, mut event: Object) -> Object {
        match self {
            Self::Batch => event,
            Self::Call(kind) => {
                event.insert("type".into(), kind.name().into());
                event
            }
            Self::PostHog => posthog::translate(event),
        }
    }
}
