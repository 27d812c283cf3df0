//! The package at work: carries out what follows from calls, and takes in what the page says.

use firstvalue_engine::query::{Text, use_text};
use firstvalue_engine::schedule::Choice;
use firstvalue_model::json;
use firstvalue_model::time::Millis;
use serde_json::Value;

use crate::browser::{self, Page, Supervisor};
use crate::call::{Call, Circumstances};
use crate::fields::Fields;
use crate::playbook::Playbook;
use crate::settings::Settings;
use crate::tracker::{Effect, Tracker};

/// Milliseconds after which it is looked again whether a guide would still interrupt.
const LOOK_AGAIN: Millis = 1_000;

/// Everything that the package holds. Dropping it leaves nothing behind in the page.
pub struct Agent {
    supervisor: Supervisor,
    page: Page,
    settings: Settings,
    /// What the device keeps, until it is all read.
    records: Vec<(String, Vec<u8>)>,
    /// Absent until then.
    tracker: Option<Tracker>,
    /// What the supervisor was told last of the guide that runs in this tab.
    running: String,
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.page.close();
    }
}

impl Agent {
    /// One that waits for `open`.
    pub fn new(supervisor: Supervisor, settings: Settings) -> Self {
        use_text(Text {
            matches: browser::matches,
            same_letters: browser::same_letters,
        });
        json::use_numbers(browser::write_number);
        Self {
            page: supervisor.page(),
            supervisor,
            settings,
            records: Vec::new(),
            tracker: None,
            running: String::new(),
        }
    }

    /// A record that the device keeps.
    pub fn kept(&mut self, key: String, bytes: Vec<u8>) {
        self.records.push((key, bytes));
    }

    /// Goes on from these records.
    pub fn open(&mut self) {
        let records = std::mem::take(&mut self.records);
        self.tracker = Some(Tracker::open(records, &mut self.settings, now()));
    }

    /// Puts a playbook in force. Returns whether it can be read.
    pub fn playbook(&mut self, text: &str) -> bool {
        let (Some(tracker), Some(playbook)) = (&mut self.tracker, Playbook::read(text)) else {
            return false;
        };
        tracker.adopt(playbook);
        true
    }

    /// Carries out one call from the queue.
    pub fn apply(
        &mut self,
        at: f64,
        utc_offset: i32,
        kind: &str,
        name: Option<String>,
        body: Option<String>,
        id: &str,
    ) {
        let mut effects = Vec::new();
        if let (Some(call), Some(tracker)) =
            (Call::read(kind, name, body.as_deref()), &mut self.tracker)
        {
            let circumstances = Circumstances {
                at: at as Millis,
                utc_offset,
                id,
            };
            tracker.apply(call, circumstances, &mut effects);
        }
        self.carry_out(effects);
    }

    /// Takes what the renderer reports.
    pub fn report(&mut self, kind: &str, step: u32, detail: &str) {
        let mut effects = Vec::new();
        if let Some(tracker) = &mut self.tracker {
            tracker.report(kind, step, detail, now(), &mut effects);
        }
        self.carry_out(effects);
    }

    /// What is known of the user.
    pub fn state(&self) -> String {
        self.tracker
            .as_ref()
            .map_or_else(String::new, |tracker| tracker.state(false))
    }

    /// Why everything stands as it does.
    #[cfg(feature = "explain")]
    pub fn explain(&self, now: f64) -> String {
        let tracker = self.tracker.as_ref();
        tracker.map_or_else(String::new, |tracker| tracker.explain(now as Millis))
    }

    /// Hands over what is to be written down.
    pub fn save(&mut self) {
        for (key, bytes) in self.tracker.as_mut().map(Tracker::save).unwrap_or_default() {
            self.supervisor.record(&key, bytes);
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Track(event, properties) => {
                    let properties = json::to_text(&Value::Object(properties));
                    self.supervisor.call("track", event, &properties);
                }
                Effect::Tell(happening, detail) => self.supervisor.emit(happening, &detail),
                Effect::Present(guide, step) => self.present(guide, step),
                Effect::Hide => self.supervisor.hide(),
            }
        }
    }

    fn present(&mut self, guide: usize, step: u32) {
        let Some(tracker) = &self.tracker else {
            return;
        };
        let playbook = tracker.playbook();
        let Some(content) = playbook.and_then(|playbook| playbook.content(guide)) else {
            return;
        };
        let resting = tracker.is_at_rest().into();
        let context = Fields::new()
            .number("resting", resting)
            .raw("state", &tracker.state(true))
            .raw("answers", &["[", tracker.answers(), "]"].concat())
            .end();
        self.supervisor
            .present(&json::to_text(content), step, &context);
    }

    /// Ends a series of calls: starts the guide that is due, or finds out when to look again.
    pub fn settle(&mut self) {
        let now = now();
        let Some(tracker) = &mut self.tracker else {
            return;
        };
        let mut again = tracker.next_deadline();
        let due = match (tracker.interrupted(), tracker.choose(now)) {
            (Some((guide, _)), _) | (None, Choice::Start(guide)) => Some(guide),
            (None, Choice::Wait(moment)) => {
                again = Some(again.map_or(moment, |again| again.min(moment)));
                None
            }
            (None, Choice::None) => None,
        };
        if let (Some(guide), Some(playbook)) = (due, tracker.playbook()) {
            let never_over = Value::from(playbook.rules.throttle.never_over.clone());
            if self
                .page
                .is_busy(playbook.first_target(guide), &json::to_text(&never_over))
            {
                again = Some(now + LOOK_AGAIN);
            } else {
                let mut effects = Vec::new();
                tracker.present(guide, now, &mut effects);
                self.carry_out(effects);
            }
        }
        let delay = again.map_or(-1, |moment| (moment - now).max(0));
        self.page.alarm(delay as f64);
        let running = self.tracker.as_ref().map(Tracker::running);
        if let Some(running) = running.filter(|running| *running != self.running) {
            self.supervisor.running(&running);
            self.running = running;
        }
    }
}

fn now() -> Millis {
    browser::now() as Millis
}
