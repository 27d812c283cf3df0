//! A user's state as bytes: the same natively and in wasm, and readable under another version of
//! the playbook.
//!
//! What was remembered is found again by what it is about: events by their match, milestones and
//! guides by their id. What the new playbook does not ask about is dropped; what it asks anew
//! starts empty.

use crate::bytes::{Reader, Writer};

use crate::memory::{Keep, Memory, Progress, put};
use crate::rules::Rules;
use crate::state::{GuideHistory, State, Traits};

/// The version of these bytes.
const VERSION: u8 = 3;

/// What stands at the end of a list in place of the key of an atom or a sequence.
const NO_KEY: u64 = 0;

/// What stands at the end of a list in place of the id of a milestone or a guide.
const NO_ID: &str = "";

/// Why a saved state could not be loaded.
#[derive(Debug, thiserror::Error)]
#[error("the saved state cannot be read: it is damaged, or of another version of Firstvalue")]
pub struct LoadError(pub(crate) ());

impl State {
    /// The state as bytes, to be read by [`State::load`].
    pub fn save(&self, rules: &Rules) -> Vec<u8> {
        let mut bytes = Writer(vec![VERSION]);
        bytes.signed(self.clock);
        bytes.maybe(self.first_seen.get());
        bytes.text(self.user_traits.text());
        bytes.text(self.account_traits.text());
        bytes.number(self.page.is_some().into());
        bytes.text(self.page.as_deref().unwrap_or_default());
        // What nothing is known of yet is left out. A list ends with what names nothing.
        let graph = rules.graph(self.per);
        for (atom, memory) in graph.atoms.iter().zip(&self.memories) {
            if memory.count > 0 {
                bytes.number(atom.key);
                memory.write(&atom.keep, &mut bytes);
            }
        }
        bytes.number(NO_KEY);
        for (sequence, progress) in graph.sequences.iter().zip(&self.progress) {
            if progress.is_begun() {
                bytes.number(sequence.key);
                progress.write(&mut bytes);
            }
        }
        bytes.number(NO_KEY);
        for (rule, reached) in rules.milestones.iter().zip(&self.milestones) {
            if let Some(at) = reached.get() {
                bytes.text(&rule.id);
                bytes.signed(at);
            }
        }
        bytes.text(NO_ID);
        for (rule, history) in rules.guides.iter().zip(&self.guides) {
            if history.is_begun() {
                bytes.text(&rule.id);
                bytes.number(history.shown.into());
                bytes.number(history.withheld.into());
                bytes.maybe(history.last_shown.get());
                for number in [
                    history.completed.into(),
                    history.sent_away,
                    history.snoozed.into(),
                ] {
                    bytes.number(number.into());
                }
            }
        }
        bytes.text(NO_ID);
        bytes.0
    }

    /// Reads what [`State::save`] wrote, under the same or another version of the playbook.
    ///
    /// What holds at the moment of saving is found out at once: a milestone that the new version
    /// has brought counts as reached then.
    ///
    /// # Errors
    /// If the bytes are damaged or of another version of Firstvalue.
    pub fn load(rules: &Rules, bytes: &[u8]) -> Result<Self, LoadError> {
        Self::load_into(State::user(rules), rules, bytes)
    }

    /// Likewise while the page with this path is shown: that which was, if any, may have been another one.
    ///
    /// # Errors
    /// As those of [`State::load`].
    pub fn load_at(rules: &Rules, bytes: &[u8], path: &str) -> Result<Self, LoadError> {
        let mut nobody = State::user(rules);
        nobody.page = Some(path.into());
        Self::load_into(nobody, rules, bytes)
    }

    /// Likewise into a state of which nothing is known yet but what it is told by the other kind of subject.
    pub(crate) fn load_into(nobody: Self, rules: &Rules, bytes: &[u8]) -> Result<Self, LoadError> {
        let mut user = match bytes.split_first() {
            Some((&VERSION, bytes)) => read(nobody, rules, bytes).ok_or(LoadError(()))?,
            _ => return Err(LoadError(())),
        };
        if user.first_seen.get().is_some() {
            user.settle(rules);
        }
        Ok(user)
    }
}

fn read(mut user: State, rules: &Rules, bytes: &[u8]) -> Option<State> {
    let mut bytes = Reader(Some(bytes));
    let graph = rules.graph(user.per);
    user.clock = bytes.signed();
    user.first_seen = bytes.maybe().into();
    user.user_traits = Traits::from_text(bytes.text())?;
    user.account_traits = Traits::from_text(bytes.text())?;
    let has_page = bytes.flag();
    let page = bytes.text();
    user.page = has_page.then(|| user.page.unwrap_or_else(|| page.into()));
    while let Some(key) = keyed(bytes.number()) {
        let place = graph.atoms.iter().position(|atom| atom.key == key);
        let atom = place.and_then(|place| graph.atoms.get(place));
        let nothing = Keep::default();
        let memory = Memory::read(&mut bytes, atom.map_or(&nothing, |atom| &atom.keep));
        put(&mut user.memories, place, memory);
    }
    while let Some(key) = keyed(bytes.number()) {
        let progress = Progress::read(&mut bytes);
        let mut sequences = graph.sequences.iter();
        let place = sequences.position(|sequence| sequence.key == key);
        put(&mut user.progress, place, progress);
    }
    while let Some(id) = named(bytes.text()) {
        let reached = bytes.signed().into();
        put(&mut user.milestones, rules.milestone(id), reached);
    }
    while let Some(id) = named(bytes.text()) {
        let history = GuideHistory {
            shown: bytes.small(),
            withheld: bytes.small(),
            last_shown: bytes.maybe().into(),
            completed: bytes.flag(),
            sent_away: bytes.small(),
            snoozed: bytes.flag(),
            eligible: false,
        };
        put(&mut user.guides, rules.guide(id), history);
    }
    bytes.is_done().then_some(user)
}

fn keyed(key: u64) -> Option<u64> {
    (key != NO_KEY).then_some(key)
}

fn named(id: &str) -> Option<&str> {
    (id != NO_ID).then_some(id)
}
