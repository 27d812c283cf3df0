//! How guides have gone with a user.

use firstvalue_model::GuideStanding;
use firstvalue_model::message::guide_event;
use firstvalue_model::time::Millis;

use crate::moment::Moment;

/// What the names of all events about guides begin with.
pub(crate) const GUIDE_EVENTS: &str = "guide.";

/// How a guide has gone with a user.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GuideHistory {
    /// How often it was shown.
    pub shown: u32,
    /// How often it was not shown because the user belongs to the hold-out.
    pub withheld: u32,
    /// When it was shown or withheld last.
    pub(crate) last_shown: Moment,
    /// Whether it was ever followed to its end.
    pub completed: bool,
    /// Whether it was last ended by being sent away, and not shown again since.
    pub dismissed: bool,
    /// Whether it was put off, and not shown again since.
    pub snoozed: bool,
    pub(crate) eligible: bool,
}

impl GuideHistory {
    /// Whether there is anything to remember beyond what conditions give.
    pub(crate) fn is_begun(&self) -> bool {
        let remembered = Self {
            eligible: false,
            ..self.clone()
        };
        remembered != Self::default()
    }

    pub(super) fn is(&self, standing: GuideStanding) -> bool {
        match standing {
            GuideStanding::Shown => self.shown > 0,
            GuideStanding::Completed => self.completed,
            GuideStanding::Dismissed => self.dismissed,
            GuideStanding::Snoozed => self.snoozed,
        }
    }

    /// Takes in one of the events by which the guide reports; whether it tells anything.
    pub(super) fn follow(&mut self, event: &str, at: Millis) -> bool {
        match event {
            guide_event::SHOWN => {
                self.shown = self.shown.saturating_add(1);
                self.last_shown = at.into();
                (self.dismissed, self.snoozed) = (false, false);
            }
            guide_event::WITHHELD => {
                self.withheld = self.withheld.saturating_add(1);
                self.last_shown = at.into();
            }
            guide_event::COMPLETED => {
                self.completed = true;
                (self.dismissed, self.snoozed) = (false, false);
            }
            guide_event::DISMISSED => self.dismissed = true,
            guide_event::SNOOZED => self.snoozed = true,
            _ => return false,
        }
        true
    }
}
