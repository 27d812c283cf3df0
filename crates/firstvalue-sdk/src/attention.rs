//! What guides have taken of the user's attention, and which one is running.

use firstvalue_engine::schedule::Session;
use firstvalue_model::json;
use firstvalue_model::time::Millis;
use serde_json::Value;

use crate::fields::Fields;

/// After so long without anything a new session begins, and a guide that was left is over.
const PAUSE: Millis = 30 * 60_000;

/// The running session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attention {
    started: u32,
    last_ended: Option<Millis>,
    last_active: Millis,
    /// The guide that is running.
    pub running: Option<Running>,
    /// One at rest that comes back when that has ended.
    below: Option<String>,
}

/// A guide that has begun and not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its id.
    pub guide: String,
    /// The step that is shown, from 0.
    pub step: u32,
    /// Whether it was seen.
    pub seen: bool,
    /// Whether it has folded itself up, so that others may run.
    pub resting: bool,
    /// What was answered so far: JSON, as the renderer reports it, with commas between.
    pub answers: String,
}

impl Attention {
    /// Reads what was written; whatever is missing has not happened. What lies ahead was written by a clock that was wrong.
    pub fn read(value: &Value, now: Millis) -> Self {
        let read = Self {
            started: small(value, "started"),
            last_ended: value.get("lastEnded").and_then(Value::as_i64),
            last_active: value.get("lastActive").and_then(Value::as_i64).unwrap_or(0),
            ..Self::default()
        };
        if read.last_active.saturating_sub(now) > PAUSE {
            return Self::default();
        }
        read
    }

    /// Writes it as JSON, without what runs.
    pub fn write(&self) -> String {
        let mut fields = Fields::new();
        fields
            .number("started", self.started.into())
            .number("lastActive", self.last_active);
        if let Some(ended) = self.last_ended {
            fields.number("lastEnded", ended);
        }
        fields.end()
    }

    /// Goes on with what ran in this tab on the page before, unless it was shown to somebody else.
    pub fn resume(&mut self, running: &str, user: &str) {
        let running = json::read(running).unwrap_or_default();
        let text = |name| running.get(name).and_then(Value::as_str).map(str::to_owned);
        if text("user").as_deref() != Some(user) {
            return;
        }
        self.below = text("below");
        self.running = text("guide").map(|guide| Running {
            guide,
            step: small(&running, "step"),
            seen: small(&running, "seen") > 0,
            resting: small(&running, "resting") > 0,
            answers: text("answers").unwrap_or_default(),
        });
    }

    /// Writes what runs in this tab as JSON; nothing if nothing does.
    pub fn running(&self, user: &str) -> String {
        let Some(running) = &self.running else {
            return String::new();
        };
        Fields::new()
            .text("user", user)
            .text("guide", &running.guide)
            .number("step", running.step.into())
            .number("seen", running.seen.into())
            .number("resting", running.resting.into())
            .text("answers", &running.answers)
            .maybe("below", self.below.as_deref())
            .end()
    }

    /// Time has come to this moment, perhaps because the user did something. Returns whether the guide that
    /// was running is over by that.
    pub fn goes_on(&mut self, at: Millis, is_user: bool) -> bool {
        let is_new = at.saturating_sub(self.last_active) > PAUSE;
        if is_new || is_user {
            self.last_active = self.last_active.max(at);
        }
        if is_new {
            self.below = None;
            self.started = 0;
        }
        is_new && self.running.take().is_some()
    }

    /// What the scheduler must know.
    pub fn session(&self) -> Session {
        Session {
            started: self.started,
            last_ended: self.last_ended,
        }
    }

    /// A guide begins. One that the host starts takes nothing from what others may take.
    pub fn begin(&mut self, guide: String, automatic: bool) {
        self.started += u32::from(automatic);
        let before = self.running.replace(Running {
            guide,
            step: 0,
            seen: false,
            resting: false,
            answers: String::new(),
        });
        if let Some(before) = before.filter(|before| before.resting) {
            self.below = Some(before.guide);
        }
    }

    /// The running guide has ended; one that rests below it is back.
    pub fn end(&mut self, at: Millis) {
        self.running = self.below.take().map(|guide| Running {
            guide,
            step: 0,
            seen: true,
            resting: true,
            answers: String::new(),
        });
        self.last_ended = Some(at);
    }
}

fn small(of: &Value, name: &str) -> u32 {
    let number = of.get(name).and_then(Value::as_u64);
    number.and_then(|it| u32::try_from(it).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the next page in this tab reads it.
    fn read_again(attention: &Attention) -> Attention {
        let written = serde_json::from_str(&attention.write()).unwrap();
        let mut again = Attention::read(&written, 0);
        again.resume(&attention.running("u1"), "u1");
        again
    }

    #[test]
    fn a_pause_begins_a_new_session_and_ends_the_guide() {
        let mut attention = Attention::default();
        attention.goes_on(1, true);
        attention.begin("tour".to_owned(), true);
        assert!(!attention.goes_on(PAUSE + 1, true));
        assert_eq!(attention.session().started, 1);
        assert!(attention.goes_on(2 * PAUSE + 2, true));
        assert_eq!((attention.session().started, attention.running), (0, None));
    }

    #[test]
    fn is_the_same_when_read_again() {
        let mut attention = Attention::default();
        assert_eq!(Attention::read(&Value::Null, 0), attention);
        attention.goes_on(7, true);
        attention.begin("tour".to_owned(), true);
        attention.end(8);
        attention.begin("tour".to_owned(), true);
        assert_eq!(read_again(&attention), attention);
        let mut other = Attention::default();
        other.resume(&attention.running("u1"), "u2");
        assert_eq!(other, Attention::default());
    }

    #[test]
    fn what_a_clock_that_was_ahead_has_written_is_forgotten() {
        let mut attention = Attention::default();
        attention.goes_on(9 * PAUSE, true);
        attention.begin("tour".to_owned(), true);
        attention.end(9 * PAUSE);
        let written = serde_json::from_str(&attention.write()).unwrap();
        assert_eq!(Attention::read(&written, 0), Attention::default());
        assert_eq!(Attention::read(&written, 8 * PAUSE), attention);
    }

    #[test]
    fn a_guide_at_rest_is_back_after_another() {
        let mut attention = Attention::default();
        attention.begin("list".to_owned(), true);
        attention.running.as_mut().unwrap().resting = true;
        attention.begin("tour".to_owned(), true);
        let mut attention = read_again(&attention);
        attention.end(5);
        let back = attention.running.clone().unwrap();
        assert_eq!((back.guide.as_str(), back.resting), ("list", true));
        attention.end(6);
        assert_eq!(attention.running, None);
    }

    #[test]
    fn guides_of_the_host_are_not_counted() {
        let mut attention = Attention::default();
        attention.begin("tour".to_owned(), false);
        attention.end(5);
        assert_eq!(
            attention.session(),
            Session {
                started: 0,
                last_ended: Some(5)
            }
        );
    }
}
