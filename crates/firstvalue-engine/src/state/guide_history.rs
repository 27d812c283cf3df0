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
    /// How often it was shown, as far as that can be counted in two bytes: there are those of a million users.
    pub shown: u16,
    /// How often it was not shown because the user belongs to the hold-out.
    pub withheld: u16,
    /// When it was shown or withheld last; or if it was put off for a chosen time, the moment that is so long
    /// before its next turn as lies between two of them.
    pub(crate) last_shown: Moment,
    /// Whether it was ever followed to its end.
    pub completed: bool,
    /// Whether it was ever sent away, which may end it for good: 1 if it was not shown again since, then 2. (In
    /// one byte: there are those of a million users.)
    pub(crate) sent_away: u8,
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

    /// Whether it was last ended by being sent away, and not shown again since.
    pub fn dismissed(&self) -> bool {
        self.sent_away == 1
    }

    fn begin_again(&mut self) {
        self.sent_away = 2 * u8::from(self.sent_away > 0);
        self.snoozed = false;
    }

    pub(super) fn is(&self, standing: GuideStanding) -> bool {
        match standing {
            GuideStanding::Shown => self.shown > 0,
            GuideStanding::Completed => self.completed,
            GuideStanding::Dismissed => self.dismissed(),
            GuideStanding::Snoozed => self.snoozed,
        }
    }

    /// Takes in one of the events by which the guide reports; whether it tells anything. If it is put off,
    /// `longer` says by how much longer than usual, if anybody chose how long.
    pub(super) fn follow(
        &mut self,
        event: &str,
        at: Millis,
        longer: impl FnOnce() -> Option<Millis>,
    ) -> bool {
        match event {
            guide_event::SHOWN => {
                self.shown = self.shown.saturating_add(1);
                self.last_shown = at.into();
                self.begin_again();
            }
            guide_event::WITHHELD => {
                self.withheld = self.withheld.saturating_add(1);
                self.last_shown = at.into();
            }
            guide_event::COMPLETED => {
                self.completed = true;
                self.begin_again();
            }
            guide_event::DISMISSED => self.sent_away = 1,
            guide_event::SNOOZED => {
                self.snoozed = true;
                if let Some(longer) = longer() {
                    self.last_shown = at.saturating_add(longer).into();
                }
            }
            _ => return false,
        }
        true
    }
}
