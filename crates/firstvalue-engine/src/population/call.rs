//! What clients say, as far as it matters here.

use firstvalue_model::message::{Message, MessageKind, Object, PAGE_VIEWED};
use firstvalue_model::time::Millis;

/// Something that a client said.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The user that it is about.
    pub user: &'a str,
    /// Another id by which the same person was known before, if it says so; see [`Joins`](super::Joins).
    pub joins: Option<&'a str>,
    /// When it happened.
    pub at: Millis,
    /// The user's offset from UTC in minutes.
    pub utc_offset: i32,
    /// What.
    pub what: Said<'a>,
}

/// What a client can say of a user.
#[derive(Debug, Clone, Copy)]
pub enum Said<'a> {
    /// They did something.
    Event {
        /// The event's name.
        name: &'a str,
        /// What it carries.
        properties: Option<&'a Object>,
    },
    /// Their traits, which are merged into those known.
    Identify(&'a Object),
    /// They belong to this account.
    Group {
        /// The account.
        account: &'a str,
        /// Its traits, which are merged into those known.
        traits: Option<&'a Object>,
    },
    /// Nothing but that they were there.
    Nothing,
}

impl<'a> Call<'a> {
    /// What a message says, as having happened at `at`; `None` if it names nobody.
    pub fn of(message: &'a Message, at: Millis) -> Option<Self> {
        let properties = message.properties.as_ref();
        let what = match message.kind {
            MessageKind::Track => message
                .event
                .as_ref()
                .map(|name| Said::Event { name, properties }),
            MessageKind::Page => Some(Said::Event {
                name: PAGE_VIEWED,
                properties,
            }),
            MessageKind::Identify => message.traits.as_ref().map(Said::Identify),
            MessageKind::Group => message.group_id.as_ref().map(|account| Said::Group {
                account,
                traits: message.traits.as_ref(),
            }),
            MessageKind::Screen | MessageKind::Alias => None,
        };
        let user = message.user()?;
        Some(Self {
            user,
            joins: message.earlier_id(),
            at,
            utc_offset: message.utc_offset(),
            what: what.unwrap_or(Said::Nothing),
        })
    }

    /// Whether it says which page is shown.
    pub fn is_page(&self) -> bool {
        matches!(
            self.what,
            Said::Event {
                name: PAGE_VIEWED,
                ..
            }
        )
    }
}
