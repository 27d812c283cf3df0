//! The package at work: carries out what follows from calls, and takes in what the page says.

use firstvalue_engine::query::{Text, use_text};
use firstvalue_engine::schedule::Choice;
use firstvalue_model::json;
use firstvalue_model::time::Millis;
use serde_json::Value;

use crate::browser::{self, Page, Supervisor};
use crate::call::Call;
use crate::fields::{Fields, array};
use crate::message::{Circumstances, Sealed};
use crate::playbook::Playbook;
use crate::record::{self, Record};
use crate::settings::Settings;
use crate::tracker::{Effect, Tracker, problem};

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
    /// Whether a write is on its way.
    writing: bool,
    /// Messages that no write has taken yet, and the calls that the next write brings to safety.
    unwritten: Vec<Sealed>,
    unsafe_calls: Vec<String>,
    /// The same for the write on its way.
    in_writing: (Vec<Sealed>, Vec<String>),
    /// A playbook that is to be kept.
    new_playbook: Option<String>,
    /// Whether a guide has gone on without a message that says so.
    went_on: bool,
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
        Self {
            page: browser::page(&supervisor),
            supervisor,
            settings,
            records: Vec::new(),
            tracker: None,
            writing: false,
            unwritten: Vec::new(),
            unsafe_calls: Vec::new(),
            in_writing: (Vec::new(), Vec::new()),
            new_playbook: None,
            went_on: false,
        }
    }

    /// Reads what the device keeps.
    pub fn open(&mut self) {
        self.page.open(self.settings.keep);
    }

    /// A record that the device keeps.
    pub fn kept(&mut self, key: String, bytes: Vec<u8>) {
        self.records.push((key, bytes));
    }

    /// All is read; or nothing can be kept, and what is unsafe stays with the supervisor until it is
    /// delivered.
    pub fn opened(&mut self, usable: bool) {
        if self.settings.keep && !usable {
            self.problem("storage", "nothing can be kept on this device");
        }
        let mut records = std::mem::take(&mut self.records);
        let place = records.iter().position(|(key, _)| key == record::PLAYBOOK);
        let playbook = place.map(|place| records.swap_remove(place).1);
        let (mirror, path) = (self.settings.identity.take(), self.settings.path.clone());
        let tracker = Tracker::open(records, mirror, self.supervisor.uuid(), path, now());
        self.supervisor.identity(&tracker.identity().write());
        self.tracker = Some(tracker);
        let playbook = playbook.and_then(|bytes| String::from_utf8(bytes).ok());
        let adopted = playbook.is_some_and(|text| self.adopt(&text).is_ok());
        let kind = if self.settings.auto_page {
            "page"
        } else {
            "moved"
        };
        self.page.watch(&self.settings.path, kind);
        self.supervisor.opened(adopted);
    }

    /// Puts a playbook in force.
    pub fn playbook(&mut self, text: String) {
        match self.adopt(&text) {
            Ok(()) => self.new_playbook = Some(text),
            Err(reason) => self.problem("playbook", reason),
        }
        self.settle();
    }

    fn adopt(&mut self, text: &str) -> Result<(), &'static str> {
        let playbook = Playbook::read(text)?;
        self.page.capture(&playbook.capture);
        self.page.elements(&playbook.elements);
        if let Some(tracker) = &mut self.tracker {
            tracker.adopt(playbook);
        }
        Ok(())
    }

    /// Takes messages over from a journal.
    pub fn recover(&mut self, messages: &str) {
        let messages = json::read(messages).unwrap_or_default();
        let mut effects = Vec::new();
        for message in messages.as_array().into_iter().flatten() {
            let Some(id) = message.get("messageId").and_then(Value::as_str) else {
                continue;
            };
            self.unsafe_calls.push(id.to_owned());
            if let Some(tracker) = &mut self.tracker {
                tracker.take_over(message, &mut effects);
            }
        }
        self.carry_out(effects);
        self.settle();
    }

    /// Carries out one call from the queue.
    pub fn apply(
        &mut self,
        at: f64,
        kind: &str,
        name: Option<String>,
        body: Option<String>,
        id: String,
    ) {
        let mut effects = Vec::new();
        if let (Some(call), Some(tracker)) =
            (Call::read(kind, name, body.as_deref()), &mut self.tracker)
        {
            let utc_offset = self.page.utc_offset(at);
            let body = body.as_deref();
            let circumstances = Circumstances {
                at: at as Millis,
                utc_offset,
                id: &id,
                body,
            };
            tracker.apply(call, circumstances, &mut effects);
        }
        self.unsafe_calls.push(id);
        self.carry_out(effects);
    }

    /// Takes what the renderer reports.
    pub fn report(&mut self, kind: &str, step: u32, detail: &str) {
        let mut effects = Vec::new();
        let at = now();
        if let Some(tracker) = &mut self.tracker {
            let calls = tracker.report(kind, step, detail, at, &mut effects);
            self.went_on = true;
            self.record(calls, at, &mut effects);
        }
        self.carry_out(effects);
        self.settle();
    }

    /// Carries out calls of our own.
    fn record(&mut self, calls: Vec<Call>, at: Millis, effects: &mut Vec<Effect>) {
        for call in calls {
            let id = self.supervisor.uuid();
            let circumstances = Circumstances {
                at,
                utc_offset: self.page.utc_offset(at as f64),
                id: &id,
                body: None,
            };
            if let Some(tracker) = &mut self.tracker {
                tracker.apply(call, circumstances, effects);
            }
        }
    }

    /// What is known of the user.
    pub fn state(&self) -> String {
        self.tracker
            .as_ref()
            .map_or_else(String::new, Tracker::state)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(message) => {
                    self.supervisor.deliver(&message.id, &message.json, true);
                    self.unwritten.push(message);
                }
                Effect::Tell(happening, detail) => self.supervisor.emit(happening, &detail),
                Effect::Present(guide, step) => self.present(guide, step),
                Effect::Hide => self.supervisor.hide(),
                Effect::Identity(identity) => self.supervisor.identity(&identity.write()),
            }
        }
    }

    fn problem(&self, code: &str, message: &str) {
        self.supervisor.emit("error", &problem(code, message));
    }

    fn present(&self, guide: usize, step: u32) {
        let Some(tracker) = &self.tracker else {
            return;
        };
        let playbook = tracker.playbook();
        let Some(content) = playbook.and_then(|playbook| playbook.content(guide)) else {
            return;
        };
        let locale = self
            .settings
            .locale
            .clone()
            .unwrap_or_else(|| self.page.locale());
        let resting = tracker.is_at_rest().into();
        let context = Fields::new()
            .text("locale", &locale)
            .number("resting", resting)
            .raw("state", &tracker.state())
            .end();
        self.supervisor
            .present(&json::to_text(content), step, &context);
    }

    /// Ends a series of calls: writes down what came of them, and looks which guide is due.
    pub fn settle(&mut self) {
        self.consider();
        self.write();
    }

    /// Starts the guide that is due, or finds out when to look again.
    fn consider(&mut self) {
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
                let calls = tracker.present(guide, now, &mut effects);
                self.record(calls, now, &mut effects);
                self.carry_out(effects);
            }
        }
        let delay = again.map_or(-1, |moment| (moment - now).max(0));
        self.page.alarm(delay as f64);
    }

    /// Writes what is not written, one write at a time.
    fn write(&mut self) {
        let Some(tracker) = self.tracker.as_mut().filter(|_| !self.writing) else {
            return;
        };
        let messages = self.unsafe_calls.len() + self.unwritten.len();
        if messages == 0 && self.new_playbook.is_none() && !self.went_on {
            return;
        }
        self.went_on = false;
        if !self.page.begin() {
            return self.keep_nothing();
        }
        self.writing = true;
        for message in &self.unwritten {
            self.page.message(&message.id, &message.json);
        }
        let playbook = self.new_playbook.take().map(String::into_bytes);
        let playbook = playbook.map(|bytes| (record::PLAYBOOK.to_owned(), Some(bytes)));
        let records: Vec<Record> = tracker.save();
        for (key, bytes) in records.into_iter().chain(playbook) {
            self.page.record(&key, bytes);
        }
        self.in_writing = (
            std::mem::take(&mut self.unwritten),
            std::mem::take(&mut self.unsafe_calls),
        );
    }

    /// Without a store a message is safe when it is delivered; other calls need no safety.
    fn keep_nothing(&mut self) {
        let is_message = |id: &String| self.unwritten.iter().any(|message| message.id == *id);
        let calls = std::mem::take(&mut self.unsafe_calls);
        let (waiting, safe) = calls.into_iter().partition(is_message);
        self.unsafe_calls = waiting;
        self.safe(&safe);
    }

    /// A write has ended, well or not.
    pub fn written(&mut self, well: bool) {
        self.writing = false;
        let (mut messages, mut calls) = std::mem::take(&mut self.in_writing);
        if well {
            self.safe(&calls);
            self.write();
        } else {
            // Tried again with the next write.
            messages.append(&mut self.unwritten);
            calls.append(&mut self.unsafe_calls);
            (self.unwritten, self.unsafe_calls) = (messages, calls);
            self.problem("storage", "nothing can be kept on this device");
        }
    }

    fn safe(&self, calls: &[String]) {
        for id in calls {
            self.supervisor.safe(id);
        }
    }

    /// A message is where it is to go, or will never be.
    pub fn delivered(&mut self, id: &str) {
        self.page.forget(id);
        self.unwritten.retain(|message| message.id != id);
        self.unsafe_calls.retain(|one| one != id);
        self.supervisor.safe(id);
    }

    /// What no write has brought to safety yet; a JSON array of messages.
    pub fn unwritten(&self) -> String {
        let messages = self.in_writing.0.iter().chain(&self.unwritten);
        array(messages.map(|message| message.json.as_str()))
    }
}

fn now() -> Millis {
    browser::now() as Millis
}
