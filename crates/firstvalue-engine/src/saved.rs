//! A user's state as bytes: the same natively and in wasm, and readable under another version of
//! the playbook.
//!
//! What was remembered is found again by what it is about: events by their match, milestones and
//! guides by their id. What the new playbook does not ask about is dropped; what it asks anew
//! starts empty.

use firstvalue_model::message::Object;
use firstvalue_model::time::Millis;
use serde::{Deserialize, Serialize};

use crate::memory::{Memory, Progress};
use crate::rules::Rules;
use crate::user::{GuideHistory, User};

/// The version of these bytes.
const VERSION: u8 = 1;

/// Why a saved state could not be loaded.
#[derive(Debug, thiserror::Error)]
#[error("the saved state cannot be read: it is damaged, or of another version of Firstvalue")]
pub struct LoadError(());

#[derive(Serialize, Deserialize)]
struct Saved {
    clock: Millis,
    first_seen: Option<Millis>,
    /// JSON: traits may hold anything.
    traits: String,
    account: String,
    page: Option<String>,
    memories: Vec<(u64, Memory)>,
    progress: Vec<(u64, Progress)>,
    milestones: Vec<(String, Millis)>,
    guides: Vec<(String, SavedGuide)>,
}

#[derive(Serialize, Deserialize)]
struct SavedGuide {
    shown: u32,
    last_shown: Option<Millis>,
    completed: bool,
    dismissed: bool,
    snoozed: bool,
}

impl User {
    /// The state as bytes, to be read by [`User::load`].
    pub fn save(&self, rules: &Rules) -> Vec<u8> {
        let saved = Saved {
            clock: self.clock,
            first_seen: self.first_seen,
            traits: json(&self.traits),
            account: json(&self.account),
            page: self.page.clone(),
            memories: rules
                .atoms
                .iter()
                .map(|atom| atom.key)
                .zip(self.memories.clone())
                .collect(),
            progress: rules
                .sequences
                .iter()
                .map(|it| it.key)
                .zip(self.progress.clone())
                .collect(),
            milestones: rules
                .milestones
                .iter()
                .zip(&self.milestones)
                .filter_map(|(rule, reached)| Some((rule.id.clone(), (*reached)?)))
                .collect(),
            guides: rules
                .guides
                .iter()
                .zip(&self.guides)
                .map(|(rule, history)| (rule.id.clone(), SavedGuide::from(history)))
                .collect(),
        };
        // Writing to a vector cannot fail.
        postcard::to_extend(&saved, vec![VERSION]).unwrap_or_default()
    }

    /// Reads what [`User::save`] wrote, under the same or another version of the playbook.
    ///
    /// What holds at the moment of saving is found out at once: a milestone that the new version
    /// has brought counts as reached then.
    ///
    /// # Errors
    /// If the bytes are damaged or of another version of Firstvalue.
    pub fn load(rules: &Rules, bytes: &[u8]) -> Result<Self, LoadError> {
        let saved = match bytes.split_first() {
            Some((&VERSION, bytes)) => bytes,
            _ => return Err(LoadError(())),
        };
        let saved: Saved = postcard::from_bytes(saved).map_err(|_| LoadError(()))?;
        let mut user = User::new(rules);
        user.clock = saved.clock;
        user.first_seen = saved.first_seen;
        user.traits = object(&saved.traits)?;
        user.account = object(&saved.account)?;
        user.page = saved.page;
        for (key, memory) in saved.memories {
            if let Some(place) = rules.atoms.iter().position(|atom| atom.key == key)
                && let Some(empty) = user.memories.get_mut(place)
            {
                *empty = memory;
            }
        }
        for (key, progress) in saved.progress {
            if let Some(place) = rules.sequences.iter().position(|it| it.key == key)
                && let Some(empty) = user.progress.get_mut(place)
            {
                *empty = progress;
            }
        }
        for (id, reached) in saved.milestones {
            let place = rules.milestone(&id);
            if let Some(empty) = place.and_then(|place| user.milestones.get_mut(place)) {
                *empty = Some(reached);
            }
        }
        for (id, history) in saved.guides {
            let place = rules.guide(&id);
            if let Some(empty) = place.and_then(|place| user.guides.get_mut(place)) {
                *empty = GuideHistory::from(history);
            }
        }
        if user.first_seen.is_some() {
            user.settle(rules);
        }
        Ok(user)
    }
}

impl From<&GuideHistory> for SavedGuide {
    fn from(history: &GuideHistory) -> Self {
        let GuideHistory {
            shown,
            last_shown,
            completed,
            dismissed,
            snoozed,
            ..
        } = *history;
        Self {
            shown,
            last_shown,
            completed,
            dismissed,
            snoozed,
        }
    }
}

impl From<SavedGuide> for GuideHistory {
    fn from(saved: SavedGuide) -> Self {
        let SavedGuide {
            shown,
            last_shown,
            completed,
            dismissed,
            snoozed,
        } = saved;
        Self {
            shown,
            last_shown,
            completed,
            dismissed,
            snoozed,
            eligible: false,
        }
    }
}

fn json(object: &Object) -> String {
    serde_json::to_string(object).unwrap_or_default()
}

fn object(json: &str) -> Result<Object, LoadError> {
    serde_json::from_str(json).map_err(|_| LoadError(()))
}
