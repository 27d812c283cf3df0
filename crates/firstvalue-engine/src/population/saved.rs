//! A whole population as bytes, to go on from where it was under the same rules.

use super::account::Account;
use super::{Member, Population};
use crate::bytes::{Reader, Writer};
use crate::rules::Rules;
use crate::saved::LoadError;
use crate::state::State;

/// The version of these bytes; those of states have their own.
const VERSION: u64 = 1;

impl Population {
    /// Everybody as bytes, to be read by [`Population::load`] under the same rules.
    pub fn save(&self, rules: &Rules) -> Vec<u8> {
        let mut bytes = Writer(Vec::new());
        bytes.number(VERSION);
        bytes.number(self.accounts.len() as u64);
        for account in &self.accounts {
            bytes.text(&account.id);
            bytes.maybe(account.said);
            state(&account.state, rules, &mut bytes);
        }
        bytes.number(self.users.len() as u64);
        for member in self.users.iter() {
            bytes.text(&member.id);
            bytes.number(member.account.map_or(0, |place| u64::from(place) + 1));
            state(&member.state, rules, &mut bytes);
        }
        bytes.0
    }

    /// Reads what [`Population::save`] wrote under the same rules. What it decides from then on is what
    /// the one that was saved would decide.
    ///
    /// # Errors
    /// If the bytes are damaged or of another version of Firstvalue.
    pub fn load(rules: &Rules, bytes: &[u8]) -> Result<Self, LoadError> {
        let mut bytes = Reader(Some(bytes));
        let mut population = Self::new();
        if bytes.number() != VERSION {
            return Err(LoadError(()));
        }
        for place in 0..bytes.length() as u32 {
            let (id, said) = (bytes.text(), bytes.maybe());
            if population.account_place(rules, id) != place {
                return Err(LoadError(()));
            }
            let state = loaded(State::account(rules), rules, &mut bytes)?;
            if let Some(account) = population.accounts.get_mut(place as usize) {
                account.said = said;
                account.state = state;
            }
        }
        for _ in 0..bytes.length() {
            let id = bytes.text();
            let account = bytes.small::<u32>().checked_sub(1);
            let state = loaded(State::user(rules), rules, &mut bytes)?;
            if population.users.place(id).is_some() {
                return Err(LoadError(()));
            }
            let place = population.users.put(Member {
                id: id.into(),
                state,
                account,
            });
            if let Some(account) = account {
                let account: &mut Account = population
                    .accounts
                    .get_mut(account as usize)
                    .ok_or(LoadError(()))?;
                account.users.insert(place);
            }
        }
        if !bytes.is_done() {
            return Err(LoadError(()));
        }
        if rules.has_accounts() {
            for account in (0..).take(population.accounts.len()) {
                population.schedule_all(account);
            }
        }
        Ok(population)
    }
}

/// Writes a state, and what it is told by the other kind of subject.
fn state(state: &State, rules: &Rules, bytes: &mut Writer) {
    for told in state.all_shared() {
        bytes.number(u64::from(*told));
    }
    let state = state.save(rules);
    bytes.number(state.len() as u64);
    bytes.0.extend_from_slice(&state);
}

/// Reads it into one of which nothing is known yet.
fn loaded(mut nobody: State, rules: &Rules, bytes: &mut Reader<'_>) -> Result<State, LoadError> {
    for place in 0..nobody.all_shared().len() as u32 {
        nobody.set_shared(rules, place, bytes.small());
    }
    let state = bytes.bytes();
    let mut state = State::load_into(nobody, rules, state)?;
    // The other kind of subject knows already.
    state.take_told();
    Ok(state)
}
