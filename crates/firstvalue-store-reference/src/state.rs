//! Everything that is kept, and what is done to it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use firstvalue_model::message::PAGE_VIEWED;
use firstvalue_model::time::Millis;
use firstvalue_store::{
    Claim, Deed, DeedOf, Erased, Erasure, Fate, Identities, KeptDeed, KeptPlaybook, KeptUnder, Key,
    NewEvent, NewPlaybook, NewRefusal, Position, QUARANTINE_SIZE, Refusal, Removals, Status,
    StoreError, Touched,
};

use crate::event::Event;

/// How far positions are apart: nobody may take them for places in a list.
const STEP: i64 = 10;

#[derive(Debug, Default)]
pub(crate) struct State {
    /// In the order of storing.
    pub(crate) events: Vec<Event>,
    /// The last that was given out.
    last: i64,
    /// Events that were ever taken out.
    pub(crate) removals: i64,
    /// In the order of arrival, as what follows.
    pub(crate) refused: Vec<Refusal>,
    refusals: i64,
    pub(crate) deeds: Vec<KeptDeed>,
    pub(crate) playbooks: Vec<KeptPlaybook>,
    pub(crate) snapshot: Option<(Key, Vec<u8>)>,
    commits: u64,
    committed: Option<Instant>,
}

impl State {
    pub(crate) fn commit(&mut self) {
        self.commits += 1;
        self.committed = Some(Instant::now());
    }

    pub(crate) fn status(&self) -> Status {
        Status {
            failing: false,
            since_commit: self.committed.map(|at| at.elapsed()),
            commits: self.commits,
            failures: 0,
            committing: Duration::ZERO,
        }
    }

    pub(crate) fn append(&mut self, events: Vec<NewEvent>, refused: Vec<NewRefusal>) -> Vec<Fate> {
        for refused in refused {
            self.refusals += 1;
            let id = self.refusals;
            self.refused.push(Refusal { id, refused });
        }
        let oldest = self.refusals - i64::from(QUARANTINE_SIZE);
        self.refused.retain(|refusal| refusal.id > oldest);
        events.into_iter().map(|event| self.store(event)).collect()
    }

    fn store(&mut self, new: NewEvent) -> Fate {
        let known = |event: &Event| event.new.message_id == new.message_id;
        if self.events.iter().any(known) {
            return Fate::Duplicate;
        }
        self.last += STEP;
        let position = self.last.into();
        self.events.push(Event { position, new });
        Fate::Stored
    }

    pub(crate) fn erase(&mut self, whom: &Erasure, deed: DeedOf) -> Result<Erased, StoreError> {
        let KeptUnder { ids, others } = KeptUnder::find(self, &whom.user, whom.joined)?;
        let touched = Touched {
            users: self.named_with(&ids),
            accounts: self.accounts_of(&ids),
            pages: self
                .events
                .iter()
                .any(|event| event.is_of(&ids) && event.new.name.as_deref() == Some(PAGE_VIEWED)),
            removals: Removals::default(),
        };
        let refused = self.refused.len();
        self.refused.retain(|refusal| {
            let user = refusal.refused.user.as_ref();
            !user.is_some_and(|user| ids.contains(user))
        });
        let before = self.removals;
        let events = self.take_out(|event| event.is_of(&ids));
        // It may be in there, whether or not there are events.
        self.snapshot = None;
        let erased = Erased {
            left: others,
            events,
            refused: refused - self.refused.len(),
            overwritten: true,
            touched: Touched {
                removals: Removals {
                    before,
                    after: self.removals,
                },
                ..touched
            },
            ids,
        };
        self.note(deed(&erased));
        Ok(erased)
    }

    pub(crate) fn forget_before(&mut self, moment: Millis, limit: usize) -> usize {
        let mut old = self.by_time();
        old.retain(|event| event.new.at < moment);
        old.truncate(limit);
        let old: BTreeSet<Position> = old.iter().map(|event| event.position).collect();
        let mut refusals = 0;
        self.refused.retain(|refusal| {
            let is_old = refusal.refused.received_at < moment && refusals < limit;
            refusals += usize::from(is_old);
            !is_old
        });
        self.take_out(|event| old.contains(&event.position))
    }

    fn take_out(&mut self, which: impl Fn(&Event) -> bool) -> usize {
        let before = self.events.len();
        self.events.retain(|event| !which(event));
        let taken_out = before - self.events.len();
        if taken_out > 0 {
            self.snapshot = None;
        }
        self.removals += i64::try_from(taken_out).unwrap_or(i64::MAX);
        taken_out
    }

    pub(crate) fn note(&mut self, deed: Deed) {
        self.deeds.push(KeptDeed {
            id: number(self.deeds.len() + 1),
            at: deed.at,
            actor: deed.actor,
            action: deed.action.to_owned(),
            subject: deed.subject,
            detail: deed.detail,
        });
    }

    pub(crate) fn publish(&mut self, playbook: NewPlaybook) -> i64 {
        let version = number(self.playbooks.len() + 1);
        self.note(playbook.deed(version));
        self.playbooks.push(KeptPlaybook { version, playbook });
        version
    }

    pub(crate) fn keep_snapshot(&mut self, key: &Key, body: &[u8]) -> bool {
        if !self.events.iter().any(|event| event.position == key.taken) {
            return false;
        }
        let holds = key.removals == self.removals;
        self.snapshot = holds.then(|| (key.clone(), body.to_vec()));
        holds
    }

    /// In the order in which they happened.
    pub(crate) fn by_time(&self) -> Vec<Event> {
        let mut events = self.events.clone();
        events.sort_by_key(Event::place);
        events
    }

    pub(crate) fn named_with(&self, ids: &[String]) -> Vec<String> {
        let mut named = Vec::new();
        for event in &self.events {
            let Some(earlier) = event.earlier() else {
                continue;
            };
            if ids.contains(&earlier) {
                named.push(Some(event.new.user.clone()));
            }
            if event.is_of(ids) {
                named.push(Some(earlier));
            }
        }
        each_once(named.into_iter())
    }

    pub(crate) fn accounts_of(&self, ids: &[String]) -> Vec<String> {
        let theirs = self.events.iter().filter(|event| event.is_of(ids));
        each_once(theirs.map(Event::account))
    }

    pub(crate) fn users_of(&self, accounts: &[String]) -> Vec<String> {
        let named = |event: &&Event| event.account().is_some_and(|id| accounts.contains(&id));
        let theirs = self.events.iter().filter(named);
        each_once(theirs.map(|event| Some(event.new.user.clone())))
    }
}

impl Identities for State {
    fn claims(&self, id: &str) -> Result<Vec<Claim>, StoreError> {
        let mut claims: Vec<Claim> = Vec::new();
        for event in self.by_time() {
            let user = event.new.user.clone();
            if let Some(earlier) = event.earlier()
                && (earlier == id || user == id)
                && !claims
                    .iter()
                    .any(|claim| claim.earlier == earlier && claim.user == user)
            {
                let (at, position) = event.place();
                claims.push(Claim {
                    at,
                    position,
                    earlier,
                    user,
                });
            }
        }
        Ok(claims)
    }

    fn named_by(&self, id: &str) -> Result<Vec<String>, StoreError> {
        let own = self.events.iter().filter(|event| event.new.user == id);
        let mut named = each_once(own.map(|event| event.text("anonymousId")));
        let claimed = each_once(self.events.iter().map(Event::earlier));
        named.retain(|other| other != id && !claimed.contains(other));
        Ok(named)
    }

    fn is_signed_in(&self, id: &str) -> Result<bool, StoreError> {
        let mut own = self.events.iter().filter(|event| event.new.user == id);
        Ok(own.any(|event| event.text("userId").is_some()))
    }
}

fn each_once(ids: impl Iterator<Item = Option<String>>) -> Vec<String> {
    Vec::from_iter(BTreeSet::from_iter(ids.flatten()))
}

fn number(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
