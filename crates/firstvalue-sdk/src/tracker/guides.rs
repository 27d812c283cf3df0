//! Guides: which one starts, how it goes, and how it ends.

use firstvalue_engine::GuideHistory;
use firstvalue_engine::schedule::{self, Choice};
use firstvalue_model::json;
use firstvalue_model::message::{Object, guide_event};
use firstvalue_model::time::Millis;
use serde_json::Value;

use super::{Effect, Person, Tracker, problem};
use crate::fields::Fields;

impl Tracker {
    /// Which guide is to start now.
    pub fn choose(&self, now: Millis) -> Choice {
        match &self.person {
            Person::Decided(playbook, user)
                if self.attention.running.is_none() || self.is_at_rest() =>
            {
                schedule::choose(
                    &playbook.rules,
                    user,
                    &self.attention.session(),
                    &self.path,
                    now,
                )
            }
            _ => Choice::None,
        }
    }

    /// The guide that an earlier page began, and its step, if it is not on this page yet.
    pub fn interrupted(&self) -> Option<(usize, u32)> {
        let running = self.attention.running.as_ref().filter(|_| !self.on_stage)?;
        let Person::Decided(playbook, user) = &self.person else {
            return None;
        };
        let guide = playbook.rules.guide(&running.guide)?;
        let history = user.guide_history(guide);
        if running.seen && history.is_some_and(GuideHistory::dismissed) {
            return None;
        }
        // It may have had more steps then.
        let is_there = playbook.step(guide, running.step).is_some();
        Some((guide, if is_there { running.step } else { 0 }))
    }

    /// Begins a guide that was chosen, or goes on with one; for a user of the hold-out it is only
    /// recorded that it would have been shown.
    pub fn present(&mut self, guide: usize, now: Millis, effects: &mut Vec<Effect>) {
        if self.interrupted().is_none() && self.is_held_out() {
            return self.withhold(guide, now, effects);
        }
        let step = match self.interrupted() {
            Some((interrupted, step)) if interrupted == guide => step,
            _ => {
                let Some(id) = self.guide_id(guide) else {
                    return;
                };
                self.attention.begin(id, true);
                0
            }
        };
        self.on_stage = true;
        // One that rests is on the page already and must not be chosen again.
        if self.is_at_rest()
            && let Some(id) = self.guide_id(guide)
        {
            self.set_aside(&id);
        }
        effects.push(Effect::Present(guide, step));
    }

    pub(super) fn is_held_out(&self) -> bool {
        self.playbook()
            .is_some_and(|playbook| playbook.rules.is_held_out(self.identity.id()))
    }

    /// Has a guide take the attention that it would have taken, so that the hold-out differs from
    /// the others by nothing but what it sees.
    fn withhold(&mut self, guide: usize, now: Millis, effects: &mut Vec<Effect>) {
        let Some(id) = self.guide_id(guide) else {
            return;
        };
        self.attention.begin(id.clone(), true);
        self.attention.end(now);
        self.set_aside(&id);
        let mut properties = Object::new();
        properties.insert("guide".to_owned(), id.into());
        effects.push(Effect::Track(guide_event::WITHHELD, properties));
    }

    fn guide_id(&self, guide: usize) -> Option<String> {
        let rule = self.playbook()?.rules.guides.get(guide)?;
        Some(rule.id.clone())
    }

    /// Takes in what the renderer reports.
    pub fn report(
        &mut self,
        kind: &str,
        step: u32,
        detail: &str,
        now: Millis,
        effects: &mut Vec<Effect>,
    ) {
        let Some(running) = self.attention.running.as_mut().filter(|_| self.on_stage) else {
            return;
        };
        let guide = running.guide.clone();
        let first = !running.seen;
        let mut properties = json::read_object(detail).unwrap_or_default();
        properties.insert("guide".to_owned(), guide.as_str().into());
        properties.insert("step".to_owned(), step.into());
        let record = |name| Effect::Track(name, properties.clone());
        let state = match kind {
            // The user is on the way to this step, and would be after a reload.
            "at" => {
                running.step = step;
                return;
            }
            // Others may run meanwhile, but not itself again.
            "rest" => {
                running.resting = true;
                self.set_aside(&guide);
                return;
            }
            "answered" => {
                effects.push(record(guide_event::ANSWERED));
                if !running.answers.is_empty() {
                    running.answers.push(',');
                }
                running.answers.push_str(detail);
                return;
            }
            "step" => {
                running.step = step;
                running.seen = true;
                running.resting = false;
                if first {
                    effects.push(record(guide_event::SHOWN));
                    effects.push(told(&guide, "shown", step));
                }
                effects.push(record(guide_event::STEP_SHOWN));
                let mut detail = Fields::new();
                detail.text("guide", &guide).number("step", step.into());
                effects.push(Effect::Tell("step", detail.end()));
                return;
            }
            "completed" => {
                effects.push(record(guide_event::COMPLETED));
                "completed"
            }
            "dismissed" => {
                effects.push(record(guide_event::DISMISSED));
                "dismissed"
            }
            "snoozed" => {
                effects.push(record(guide_event::SNOOZED));
                "snoozed"
            }
            _ => {
                effects.push(record(guide_event::FAILED));
                self.set_aside(&guide);
                "failed"
            }
        };
        effects.push(told(&guide, state, step));
        self.attention.end(now);
        self.on_stage = false;
    }

    /// Ends the running guide if it has ended in another page: there it was told and recorded. (By the time that
    /// what was reported here comes by, it does not run any more.)
    pub(super) fn follow(
        &mut self,
        event: &str,
        properties: &Object,
        now: Millis,
        effects: &mut Vec<Effect>,
    ) {
        let running = self.attention.running.as_ref();
        let Some(running) = running.filter(|running| running.seen) else {
            return;
        };
        let is_it = properties.get("guide").and_then(Value::as_str) == Some(&running.guide);
        if is_it && matches!(event, guide_event::COMPLETED | guide_event::DISMISSED) {
            self.attention.end(now);
            if std::mem::take(&mut self.on_stage) {
                effects.push(Effect::Hide);
            }
        }
    }

    /// Notes a guide that cannot be shown here, so that it does not stop the others.
    fn set_aside(&mut self, guide: &str) {
        let Person::Decided(playbook, _) = &mut self.person else {
            return;
        };
        let Some(place) = playbook.rules.guide(guide) else {
            return;
        };
        if let Some(rule) = playbook
            .rules
            .guides
            .get_mut(place)
            .filter(|rule| rule.automatic)
        {
            rule.automatic = false;
            self.set_aside.push(place);
        }
    }

    /// On another page they may be shown after all.
    pub(super) fn take_back(&mut self) {
        let Person::Decided(playbook, _) = &mut self.person else {
            return;
        };
        for place in self.set_aside.drain(..) {
            if let Some(rule) = playbook.rules.guides.get_mut(place) {
                rule.automatic = true;
            }
        }
        let resting = self.attention.running.as_ref().filter(|it| it.resting);
        if let Some(guide) = resting.map(|running| running.guide.clone()) {
            self.set_aside(&guide);
        }
    }

    /// The traits of the user and of the account, which texts may name; JSON.
    pub(super) fn traits(&self) -> [&str; 2] {
        match &self.person {
            Person::Decided(_, user) => user.traits_as_json(),
            Person::Saved(_) => ["{}"; 2],
        }
    }

    /// What was answered so far in the running guide: JSON, with commas between.
    pub fn answers(&self) -> &str {
        let running = self.attention.running.as_ref();
        running.map_or("", |running| &running.answers)
    }

    /// Whether the running guide has folded itself up.
    pub fn is_at_rest(&self) -> bool {
        let running = self.attention.running.as_ref();
        running.is_some_and(|running| running.resting)
    }

    pub(super) fn start(&mut self, guide: &str, effects: &mut Vec<Effect>) {
        let Some(place) = self
            .playbook()
            .and_then(|playbook| playbook.rules.guide(guide))
        else {
            let mut message = "the playbook has no guide ".to_owned();
            json::write_text(guide, &mut message);
            effects.push(Effect::Tell("error", problem("argument", &message)));
            return;
        };
        self.attention.begin(guide.to_owned(), false);
        self.on_stage = true;
        effects.push(Effect::Present(place, 0));
    }

    pub(super) fn stop(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        if let Some(running) = self.attention.running.take() {
            effects.push(Effect::Hide);
            effects.push(told(&running.guide, "stopped", running.step));
            self.attention.end(now);
            self.on_stage = false;
        }
    }
}

fn told(guide: &str, state: &str, step: u32) -> Effect {
    let mut detail = Fields::new();
    detail
        .text("guide", guide)
        .text("state", state)
        .number("step", step.into());
    Effect::Tell("guide", detail.end())
}
