use std::borrow::Cow;

use firstvalue_model::message::{MessageKind, Object};

use super::{body, posthog};
use crate::error::HttpError;
use crate::limits::Limits;

/// Segment's calls, and the initials by which its browser client has them.
pub(crate) const CALLS: [(&str, &str, MessageKind); 6] = [
    ("track", "t", MessageKind::Track),
    ("identify", "i", MessageKind::Identify),
    ("group", "g", MessageKind::Group),
    ("page", "p", MessageKind::Page),
    ("screen", "s", MessageKind::Screen),
    ("alias", "a", MessageKind::Alias),
];

/// The paths of PostHog's clients, of different versions; all with and without a slash at the end.
pub(crate) const POSTHOG: [&str; 4] = ["/batch", "/capture", "/e", "/i/v0/e"];

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
    /// What is taken at a path.
    pub(crate) fn of(path: &str) -> Option<Self> {
        if POSTHOG.contains(&path.strip_suffix('/').unwrap_or(path)) {
            return Some(Self::PostHog);
        }
        let call = path.strip_prefix("/v1/")?;
        if matches!(call, "batch" | "b") {
            return Some(Self::Batch);
        }
        let known = CALLS
            .iter()
            .find(|(name, initial, _)| [*name, *initial].contains(&call));
        known.map(|(_, _, kind)| Self::Call(*kind))
    }

    /// The JSON of a body as it was sent.
    pub(crate) fn unpack<'s>(
        self,
        sent: &'s [u8],
        limits: &Limits,
    ) -> Result<Cow<'s, [u8]>, HttpError> {
        let body = body::unpack(sent, limits)?;
        match self {
            Self::PostHog => posthog::beacon::unpack(body),
            Self::Batch | Self::Call(_) => Ok(body),
        }
    }

    /// Takes the write key out of an event, in which some clients put it. Returns whether it was there.
    pub(crate) fn remove_key(self, event: &mut Object) -> bool {
        match self {
            Self::Batch | Self::Call(_) => event.remove("writeKey").is_some(),
            Self::PostHog => posthog::remove_key(event),
        }
    }

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
