//! A user's state as bytes: the same natively and in wasm, and readable under another version of
//! the playbook.
//!
//! What was remembered is found again by what it is about: events by their match, milestones and
//! guides by their id. What the new playbook does not ask about is dropped; what it asks anew
//! starts empty.

use firstvalue_model::json;
use firstvalue_model::message::Object;

use crate::bytes::{Reader, Writer};
use crate::memory::{Memory, Progress};
use crate::rules::Rules;
use crate::user::{GuideHistory, User};

/// The version of these bytes.
const VERSION: u8 = 1;

/// Why a saved state could not be loaded.
#[derive(Debug, thiserror::Error)]
#[error("the saved state cannot be read: it is damaged, or of another version of Firstvalue")]
pub struct LoadError(());

impl User {
    /// The state as bytes, to be read by [`User::load`].
    pub fn save(&self, rules: &Rules) -> Vec<u8> {
        let mut bytes = Writer(vec![VERSION]);
        bytes.signed(self.clock);
        bytes.maybe(self.first_seen);
        // JSON: traits may hold anything.
        bytes.text(&to_json(&self.traits));
        bytes.text(&to_json(&self.account));
        bytes.number(self.page.is_some().into());
        bytes.text(self.page.as_deref().unwrap_or_default());
        bytes.number(rules.atoms.len() as u64);
        for (atom, memory) in rules.atoms.iter().zip(&self.memories) {
            bytes.number(atom.key);
            memory.write(&mut bytes);
        }
        bytes.number(rules.sequences.len() as u64);
        for (sequence, progress) in rules.sequences.iter().zip(&self.progress) {
            bytes.number(sequence.key);
            progress.write(&mut bytes);
        }
        bytes.number(rules.milestones.len() as u64);
        for (rule, reached) in rules.milestones.iter().zip(&self.milestones) {
            bytes.text(&rule.id);
            bytes.maybe(*reached);
        }
        bytes.number(rules.guides.len() as u64);
        for (rule, history) in rules.guides.iter().zip(&self.guides) {
            bytes.text(&rule.id);
            bytes.number(history.shown.into());
            bytes.maybe(history.last_shown);
            for flag in [history.completed, history.dismissed, history.snoozed] {
                bytes.number(flag.into());
            }
        }
        bytes.0
    }

    /// Reads what [`User::save`] wrote, under the same or another version of the playbook.
    ///
    /// What holds at the moment of saving is found out at once: a milestone that the new version
    /// has brought counts as reached then.
    ///
    /// # Errors
    /// If the bytes are damaged or of another version of Firstvalue.
    pub fn load(rules: &Rules, bytes: &[u8]) -> Result<Self, LoadError> {
        let mut user = match bytes.split_first() {
            Some((&VERSION, bytes)) => read(rules, bytes).ok_or(LoadError(()))?,
            _ => return Err(LoadError(())),
        };
        if user.first_seen.is_some() {
            user.settle(rules);
        }
        Ok(user)
    }
}

fn read(rules: &Rules, bytes: &[u8]) -> Option<User> {
    let mut bytes = Reader(bytes);
    let mut user = User::new(rules);
    user.clock = bytes.signed()?;
    user.first_seen = bytes.maybe()?;
    user.traits = json::read_object(bytes.text()?)?;
    user.account = json::read_object(bytes.text()?)?;
    let has_page = bytes.flag()?;
    let page = bytes.text()?;
    user.page = has_page.then(|| page.to_owned());
    for _ in 0..bytes.length()? {
        let key = bytes.number()?;
        let memory = Memory::read(&mut bytes)?;
        let place = rules.atoms.iter().position(|atom| atom.key == key);
        put(&mut user.memories, place, memory);
    }
    for _ in 0..bytes.length()? {
        let key = bytes.number()?;
        let progress = Progress::read(&mut bytes)?;
        let place = rules
            .sequences
            .iter()
            .position(|sequence| sequence.key == key);
        put(&mut user.progress, place, progress);
    }
    for _ in 0..bytes.length()? {
        let place = rules.milestone(bytes.text()?);
        let reached = bytes.maybe()?;
        put(&mut user.milestones, place, reached);
    }
    for _ in 0..bytes.length()? {
        let place = rules.guide(bytes.text()?);
        let history = GuideHistory {
            shown: u32::try_from(bytes.number()?).ok()?,
            last_shown: bytes.maybe()?,
            completed: bytes.flag()?,
            dismissed: bytes.flag()?,
            snoozed: bytes.flag()?,
            eligible: false,
        };
        put(&mut user.guides, place, history);
    }
    bytes.0.is_empty().then_some(user)
}

/// Puts what was remembered where this version of the playbook wants it, if it does.
fn put<T>(list: &mut [T], place: Option<usize>, value: T) {
    if let Some(empty) = place.and_then(|place| list.get_mut(place)) {
        *empty = value;
    }
}

fn to_json(object: &Object) -> String {
    let mut text = String::new();
    json::write_object(object, &mut text);
    text
}
