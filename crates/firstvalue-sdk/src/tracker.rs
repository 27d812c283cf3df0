//! What is known of the user on this device, and what follows from each call: no browser in here.

#[cfg(any(feature = "explain", test))]
mod explain;
mod guides;

use firstvalue_engine::{Change, Input, State, What};
use firstvalue_model::json;
use firstvalue_model::message::{Object, PAGE_VIEWED, merge};
use firstvalue_model::time::Millis;
use serde_json::Value;

use crate::attention::Attention;
use crate::call::{Call, Circumstances};
use crate::fields::Fields;
use crate::identity::Identity;
use crate::playbook::Playbook;
use crate::record::{self, Record};
use crate::settings::Settings;

/// What is to be done because of a call.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// To be recorded as an event, before anything else happens.
    Track(&'static str, Object),
    /// To be told to the host's handlers: what, and the details. What only a step waits for has no name, and
    /// is for the renderer alone.
    Tell(&'static str, String),
    /// A step of a guide is to be shown.
    Present(usize, u32),
    /// The guide is to be taken away.
    Hide,
}

/// The account that the user belongs to.
#[derive(Debug, Clone, Default, PartialEq)]
struct Account {
    id: String,
    traits: Object,
}

/// The user's state: decided by a playbook, or as it was saved until there is one.
#[expect(clippy::large_enum_variant, reason = "there is one")]
enum Person {
    Decided(Playbook, State),
    Saved(Option<Vec<u8>>),
}

/// Follows the user of this device.
pub struct Tracker {
    identity: Identity,
    account: Option<Account>,
    attention: Attention,
    person: Person,
    /// The states of others who have used this device, by their id.
    others: Vec<(String, Vec<u8>)>,
    /// Records of users before this one: their states as they were left, or nothing where those go on as another's.
    former: Vec<Record>,
    path: String,
    /// Guides that could not be shown on this page.
    set_aside: Vec<usize>,
    /// Whether the running guide is on the page, and not only in the record of an earlier one.
    on_stage: bool,
}

impl Tracker {
    /// Goes on from what was kept. Takes from the settings who the user is, and what ran in this tab.
    pub fn open(records: Vec<(String, Vec<u8>)>, settings: &mut Settings, now: Millis) -> Self {
        let mut device = Value::Null;
        let mut others = Vec::new();
        for (key, bytes) in records {
            if let Some(user) = record::user_of(&key) {
                others.push((user.to_owned(), bytes));
            } else if key == record::DEVICE {
                device = std::str::from_utf8(&bytes)
                    .ok()
                    .and_then(json::read)
                    .unwrap_or_default();
            }
        }
        let part = |name| device.get(name).unwrap_or_default();
        let who = std::mem::take(&mut settings.identity);
        let kept = Identity::read(part("identity")).unwrap_or_else(|| who.clone());
        let state = take(&mut others, kept.id());
        let mut tracker = Self {
            identity: kept,
            account: Account::read(part("account")),
            attention: Attention::read(part("attention"), now),
            person: Person::Saved(state),
            others,
            former: Vec::new(),
            path: settings.path.clone(),
            set_aside: Vec::new(),
            on_stage: false,
        };
        // The supervisor may have been told something after the last record was written.
        tracker.become_user(who, &mut Vec::new());
        tracker
            .attention
            .resume(&settings.running, tracker.identity.id());
        tracker
    }

    /// The guide that runs, for the next page in this tab; JSON, empty if none does.
    pub fn running(&self) -> String {
        self.attention.running(self.identity.id())
    }

    /// The playbook in force.
    pub fn playbook(&self) -> Option<&Playbook> {
        match &self.person {
            Person::Decided(playbook, _) => Some(playbook),
            Person::Saved(_) => None,
        }
    }

    /// Puts a playbook in force; what is known of the user goes over to it.
    pub fn adopt(&mut self, playbook: Playbook) {
        let saved = match &self.person {
            Person::Decided(playbook, user) => Some(user.save(&playbook.rules)),
            Person::Saved(bytes) => bytes.clone(),
        };
        let user = revive(&playbook, saved.as_deref(), &self.path);
        self.set_aside.clear();
        self.person = Person::Decided(playbook, user);
        // One that rests is on the page.
        self.take_back();
        // It may have no guide any more that ran on the page before.
        if !self.on_stage && self.interrupted().is_none() {
            self.attention.running = None;
        }
    }

    /// Carries out a call.
    pub fn apply(&mut self, call: Call, now: Circumstances<'_>, effects: &mut Vec<Effect>) {
        // Time goes on, and pages change, also when nobody is there.
        let is_user = !matches!(call, Call::Tick | Call::Elements(_));
        if self.attention.goes_on(now.at, is_user) && self.on_stage {
            self.on_stage = false;
            effects.push(Effect::Hide);
        }
        match &call {
            Call::Identify(user, _) if self.identity.user_id.as_ref() != Some(user) => {
                let user_id = Some(user.clone());
                let next = Identity {
                    user_id,
                    changed_at: now.at,
                    ..self.identity.clone()
                };
                self.become_user(next, effects);
            }
            Call::Reset => {
                self.become_user(Identity::anonymous(now.id.to_owned(), now.at), effects);
            }
            Call::Alias(user) => {
                self.former
                    .push((record::of_user(self.identity.id()), None));
                self.identity.user_id = Some(user.clone());
            }
            Call::Page(_, properties) | Call::Moved(properties) => self.visit(properties),
            Call::Start(guide) => self.start(guide, effects),
            Call::Stop => self.stop(now.at, effects),
            Call::Track(name, Some(properties)) => self.follow(name, properties, now.at, effects),
            _ => {}
        }
        let nothing = Object::new();
        let what = match &call {
            Call::Identify(_, traits) => What::Identify(traits),
            Call::Group(account, traits) => {
                self.join(account, traits);
                What::Account(
                    self.account
                        .as_ref()
                        .map_or(&nothing, |account| &account.traits),
                )
            }
            // Also what was done in other tabs, of which a page that is shown there comes as an event.
            Call::Track(name, properties) => What::Elsewhere {
                name,
                properties: properties.as_ref(),
            },
            Call::Page(_, properties) => What::Event {
                name: PAGE_VIEWED,
                properties: Some(properties),
            },
            Call::Elements(visible) => What::Elements(visible),
            Call::Tick => {
                self.advance(now.at, effects);
                return;
            }
            Call::Alias(_) | Call::Reset | Call::Moved(_) | Call::Start(_) | Call::Stop => return,
        };
        decide(
            &mut self.person,
            &Input {
                at: now.at,
                utc_offset: now.utc_offset,
                what,
            },
            effects,
        );
    }

    /// Lets time pass.
    fn advance(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        if let Person::Decided(playbook, user) = &mut self.person {
            let mut changes = Vec::new();
            user.advance(&playbook.rules, now, &mut changes);
            tell(playbook, changes, effects);
        }
    }

    /// When something may change by waiting.
    pub fn next_deadline(&mut self) -> Option<Millis> {
        match &mut self.person {
            Person::Decided(_, user) => user.next_deadline(),
            Person::Saved(_) => None,
        }
    }

    /// What is known of the user, for the host; or with what steps wait for, for the renderer; JSON.
    pub fn state(&self, with_awaited: bool) -> String {
        let (mut milestones, mut guides) = (Fields::new(), Fields::new());
        let mut audiences = Value::Array(Vec::new());
        let (mut stage, mut health) = (Value::Null, Value::Null);
        if let Person::Decided(playbook, user) = &self.person {
            for (place, rule) in playbook.rules.milestones.iter().enumerate() {
                let mut known = Fields::new();
                if let (Some(reached), Some(signup)) = (user.milestone(place), user.signup()) {
                    known
                        .number("reachedAt", reached)
                        .number("timeToValue", reached - signup);
                } else {
                    known.raw("reachedAt", "null").raw("timeToValue", "null");
                }
                milestones.raw(&rule.id, &known.end());
            }
            for (place, rule) in playbook.rules.guides.iter().enumerate() {
                if !with_awaited && rule.frequency.is_never() {
                    continue;
                }
                let Some(history) = user.guide_history(place) else {
                    continue;
                };
                let mut known = Fields::new();
                known
                    .flag("due", user.is_eligible(place))
                    .number("shown", history.shown.into())
                    .flag("completed", history.completed)
                    .flag("dismissed", history.dismissed());
                guides.raw(&rule.id, &known.end());
            }
            audiences = user.audiences(&playbook.rules).collect();
            stage = user.stage(&playbook.rules).map(|stage| &*stage.id).into();
            health = user.health_score(&playbook.rules).into();
        }
        let mut state = Fields::new();
        state.text("anonymousId", &self.identity.anonymous_id);
        let account = self.account.as_ref().map(|account| account.id.as_str());
        for (name, text) in [
            ("userId", self.identity.user_id.as_deref()),
            ("accountId", account),
        ] {
            match text {
                Some(text) => state.text(name, text),
                None => state.raw(name, "null"),
            };
        }
        let running = self.attention.running.as_ref().map(|running| {
            Fields::new()
                .text("guide", &running.guide)
                .number("step", running.step.into())
                .end()
        });
        let [user, account] = self.traits();
        state
            .raw("user", user)
            .raw("account", account)
            .raw("milestones", &milestones.end())
            .raw("guides", &guides.end())
            .value("audiences", &audiences)
            .value("stage", &stage)
            .value("health", &health)
            .raw("running", running.as_deref().unwrap_or("null"))
            .end()
    }

    /// What is to be written down, and what is to be removed.
    pub fn save(&mut self) -> Vec<Record> {
        let mut records = std::mem::take(&mut self.former);
        let mut device = Fields::new();
        device
            .raw("identity", &self.identity.write())
            .raw("attention", &self.attention.write());
        if let Some(account) = &self.account {
            let mut fields = Fields::new();
            fields
                .text("id", &account.id)
                .object("traits", &account.traits);
            device.raw("account", &fields.end());
        }
        records.push((record::DEVICE.to_owned(), Some(device.end().into_bytes())));
        if let Person::Decided(playbook, user) = &self.person {
            let key = record::of_user(self.identity.id());
            records.push((key, Some(user.save(&playbook.rules))));
        }
        records
    }

    /// What follows is somebody else, or the same person known by name.
    fn become_user(&mut self, next: Identity, effects: &mut Vec<Effect>) {
        let same = |id: fn(&Identity) -> &str| id(&next) == id(&self.identity);
        if same(Identity::id) && same(|identity| &identity.anonymous_id) {
            return;
        }
        let before = std::mem::replace(&mut self.identity, next);
        let known = take(&mut self.others, self.identity.id());
        let is_known_now = before.becomes_known_as(&self.identity);
        if is_known_now {
            self.former.push((record::of_user(before.id()), None));
            if known.is_none() {
                // What happened before they were known is theirs.
                return;
            }
        }
        let saved = match &self.person {
            Person::Decided(playbook, user) => Some(user.save(&playbook.rules)),
            Person::Saved(bytes) => bytes.clone(),
        };
        let saved = saved.filter(|_| before.user_id.is_some());
        if let Some(saved) = &saved {
            self.others.push((before.id().to_owned(), saved.clone()));
        }
        self.former.push((record::of_user(before.id()), saved));
        // It was said of the same person.
        if !is_known_now {
            self.account = None;
        }
        self.attention = Attention::default();
        if std::mem::take(&mut self.on_stage) {
            effects.push(Effect::Hide);
        }
        match &mut self.person {
            Person::Decided(playbook, user) => {
                *user = revive(playbook, known.as_deref(), &self.path);
            }
            Person::Saved(bytes) => *bytes = known,
        }
    }

    fn join(&mut self, account: &str, traits: &Object) {
        let known = self.account.get_or_insert_default();
        if known.id != account {
            *known = Account {
                id: account.to_owned(),
                traits: Object::new(),
            };
        }
        merge(&mut known.traits, traits);
    }

    /// Notes the page that is shown now.
    fn visit(&mut self, properties: &Object) {
        if let Some(Value::String(path)) = properties.get("path")
            && *path != self.path
        {
            self.path.clone_from(path);
            self.take_back();
        }
    }
}

fn revive(playbook: &Playbook, saved: Option<&[u8]>, path: &str) -> State {
    let rules = &playbook.rules;
    saved
        .and_then(|bytes| State::load_at(rules, bytes, path).ok())
        .unwrap_or_else(|| State::user(rules))
}

fn decide(person: &mut Person, input: &Input<'_>, effects: &mut Vec<Effect>) {
    if let Person::Decided(playbook, user) = person {
        let mut changes = Vec::new();
        user.apply(&playbook.rules, input, &mut changes);
        tell(playbook, changes, effects);
    }
}

/// Says what has changed, by name.
fn tell(playbook: &Playbook, changes: Vec<Change>, effects: &mut Vec<Effect>) {
    for change in changes {
        let mut detail = Fields::new();
        let happening = match change {
            Change::Milestone {
                milestone,
                at,
                time_to_value,
            } => {
                let Some(rule) = playbook.rules.milestones.get(milestone) else {
                    continue;
                };
                detail
                    .text("milestone", &rule.id)
                    .number("at", at)
                    .number("timeToValue", time_to_value);
                "milestone"
            }
            Change::Guide {
                guide, eligible, ..
            } => {
                let Some(rule) = playbook.rules.guides.get(guide) else {
                    continue;
                };
                let state = if eligible { "due" } else { "undue" };
                detail.text("guide", &rule.id).text("state", state);
                if rule.frequency.is_never() {
                    ""
                } else {
                    "guide"
                }
            }
        };
        effects.push(Effect::Tell(happening, detail.end()));
    }
}

/// What went wrong, as handlers are told.
fn problem(code: &str, message: &str) -> String {
    Fields::new()
        .text("code", code)
        .text("message", message)
        .end()
}

/// Takes what stands under a key out of a list.
fn take(list: &mut Vec<(String, Vec<u8>)>, key: &str) -> Option<Vec<u8>> {
    let place = list.iter().position(|(one, _)| one == key)?;
    Some(list.swap_remove(place).1)
}

impl Account {
    fn read(value: &Value) -> Option<Self> {
        let traits = value.get("traits")?.as_object()?.clone();
        Some(Self {
            id: value.get("id")?.as_str()?.to_owned(),
            traits,
        })
    }
}

#[cfg(test)]
mod tests;
