//! Which events of a log count, and whether the log is what it was taken for.

use firstvalue_model::time::Millis;

use super::once::Once;
use super::{Assumed, Play};
use crate::replay::shards::Placed;

/// Something about a log that must be known before its first event is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surprise {
    /// An event happened before the one on an earlier line.
    Disorder,
    /// It says which pages were shown.
    Page,
    /// It says that one person has two ids.
    Join,
}

/// Looks at each event in order.
pub struct Sift<'p> {
    play: &'p Play<'p>,
    holds_pages: bool,
    knows_joins: bool,
    once: Once,
    /// The moment of the latest line of all, counted or not.
    latest: Option<Millis>,
    span: Option<(Millis, Millis)>,
    count: u64,
}

impl<'p> Sift<'p> {
    /// Nothing was looked at yet.
    pub fn new(play: &'p Play<'p>, assumed: &Assumed) -> Self {
        Self {
            play,
            holds_pages: assumed.holds_pages,
            knows_joins: assumed.joins.is_some(),
            once: Once::new(),
            latest: None,
            span: None,
            count: 0,
        }
    }

    /// The events of a block that count.
    ///
    /// # Errors
    /// If the log is not what it was taken for.
    pub fn block<'e, 'b>(
        &mut self,
        events: impl Iterator<Item = &'e Placed<'b>>,
    ) -> Result<Vec<&'e Placed<'b>>, Surprise>
    where
        'b: 'e,
    {
        let mut kept = Vec::new();
        let mut events = events.peekable();
        while let Some(placed) = events.next() {
            let event = &placed.event;
            if self.latest > Some(event.at) {
                return Err(Surprise::Disorder);
            }
            self.latest = Some(event.at);
            if !self.holds_pages && event.is_page() {
                return Err(Surprise::Page);
            }
            if !self.knows_joins && event.joins.is_some() {
                return Err(Surprise::Join);
            }
            let is_alone = events.peek().is_some_and(|next| next.event.at != event.at);
            if self.play.until.is_some_and(|until| event.at > until)
                || !self.once.is_new(event.at, event.id.as_deref(), is_alone)
            {
                continue;
            }
            self.count += 1;
            let first = self.span.map_or(event.at, |(first, _)| first);
            self.span = Some((first, event.at));
            if self
                .play
                .only
                .is_none_or(|only| only.contains(&*event.user))
            {
                kept.push(placed);
            }
        }
        Ok(kept)
    }

    /// The moment before which everything has been seen.
    pub fn horizon(&self) -> Millis {
        let latest = self.latest.unwrap_or(Millis::MIN);
        self.play.until.map_or(latest, |until| until.min(latest))
    }

    /// The moment of the last event that counts.
    pub fn last(&self) -> Option<Millis> {
        self.span.map(|(_, last)| last)
    }

    /// The first and last moment of an event that counts.
    pub fn span(&self) -> Option<(Millis, Millis)> {
        self.span
    }

    /// How many events count.
    pub fn count(&self) -> u64 {
        self.count
    }
}
