//! Accounts: who belongs to them, and how they and their users look at each other.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashSet};

use firstvalue_model::message::Object;
use firstvalue_model::time::Millis;

use super::{Decision, Population, Subject};
use crate::rules::Rules;
use crate::state::{Input, State, What};

/// An account and its users.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) id: Box<str>,
    pub(super) state: State,
    /// When anything was said of its traits last; whoever said it may have left since.
    pub(super) said: Option<Millis>,
    pub(super) users: BTreeSet<u32>,
    /// When something may change by waiting for its users. What was overtaken stays until its time
    /// has come.
    pub(super) due: BinaryHeap<Reverse<(Millis, u32)>>,
}

impl Account {
    /// One that nobody has joined.
    pub(super) fn new(rules: &Rules, id: &str) -> Self {
        Self {
            id: id.into(),
            state: State::account(rules),
            said: None,
            users: BTreeSet::new(),
            due: BinaryHeap::new(),
        }
    }
}

impl Population {
    pub(super) fn account_place(&mut self, rules: &Rules, id: &str) -> u32 {
        if let Some(place) = self.known_account(id) {
            return place;
        }
        let place = u32::try_from(self.accounts.len()).unwrap_or(u32::MAX);
        self.accounts.push(Box::new(Account::new(rules, id)));
        self.account_places
            .insert(place, |place| id_at(&self.accounts, place));
        place
    }

    pub(super) fn known_account(&self, id: &str) -> Option<u32> {
        self.account_places
            .get(id, |place| id_at(&self.accounts, place))
    }

    fn account_mut(&mut self, account: u32) -> Option<&mut Account> {
        Some(self.accounts.get_mut(account as usize)?)
    }

    pub(super) fn account(&self, account: u32) -> Option<&Account> {
        Some(self.accounts.get(account as usize)?)
    }

    /// Moves a user to an account, and tells its users what is known of it now.
    pub(super) fn group(
        &mut self,
        rules: &Rules,
        user: u32,
        account: u32,
        traits: Option<&Object>,
        at: Millis,
        decisions: &mut Vec<Decision>,
    ) {
        // Who joins an account late leaves the one before, and waits, until time is where they join.
        let clock = self.account_mut(account).map(|account| account.state.clock);
        let at = match clock {
            Some(clock) if rules.has_accounts() => at.max(clock),
            _ => at,
        };
        let at = if self.member(user).and_then(|member| member.account) == Some(account) {
            self.bring_to(rules, user, at, decisions)
        } else {
            let at = self.leave(rules, user, at, decisions);
            self.join(rules, user, account, at, decisions)
        };
        let Some(Account {
            state, said, users, ..
        }) = self.account_mut(account)
        else {
            return;
        };
        state.enter(rules, at);
        let mut told = vec![user];
        if let Some(traits) = traits {
            *said = (*said).max(Some(at));
            // Hosts say the same of it with every page that one of its users loads.
            if let Some(traits) = state.account_traits.changed_by(traits) {
                state.set_account_traits(rules, &traits);
                told = users.iter().copied().collect();
            }
        }
        let traits = state.account_traits.clone();
        if !rules.has_accounts() {
            for user in told {
                self.with_user(user, decisions, |state, changes| {
                    state.apply_account_traits(rules, at, &traits, changes);
                });
            }
            return;
        }
        for &user in &told {
            if let Some(member) = self.member_mut(user) {
                member.state.enter(rules, at);
                member.state.set_account_traits(rules, &traits);
            }
        }
        self.settle(rules, account, told, at, decisions);
    }

    /// Lets time pass for a user and whoever shares their time line; gives the moment at which
    /// what happens at `at` is taken to happen.
    fn bring_to(
        &mut self,
        rules: &Rules,
        user: u32,
        at: Millis,
        decisions: &mut Vec<Decision>,
    ) -> Millis {
        // On their own if nobody looks at accounts.
        let account = self.member(user).and_then(|member| member.account);
        let mut clock = at;
        if let Some(account) = account.filter(|_| rules.has_accounts()) {
            self.advance_account(rules, account, at, decisions);
            let account = self.account_mut(account);
            clock = account.map_or(at, |account| account.state.clock);
        } else {
            self.with_user(user, decisions, |state, changes| {
                state.advance(rules, at, changes);
            });
        }
        let of_user = self.member(user).map_or(at, |member| member.state.clock);
        at.max(clock).max(of_user)
    }

    /// Has a user leave the account that they belong to, and gives the moment at which they do.
    pub(super) fn leave(
        &mut self,
        rules: &Rules,
        user: u32,
        at: Millis,
        decisions: &mut Vec<Decision>,
    ) -> Millis {
        let at = self.bring_to(rules, user, at, decisions);
        let Some(member) = self.member_mut(user) else {
            return at;
        };
        let Some(account) = member.account.take() else {
            return at;
        };
        let counted = counted(rules, &member.state);
        if let Some(account) = self.account_mut(account) {
            account.users.remove(&user);
            account.state.enter(rules, at);
            for place in counted {
                let users = account.state.shared(place).saturating_sub(1);
                account.state.set_shared(rules, place, users);
            }
        }
        self.settle(rules, account, Vec::new(), at, decisions);
        at
    }

    /// Has a user who belongs to none join an account, without evaluating anything yet; gives the
    /// moment at which they do.
    fn join(
        &mut self,
        rules: &Rules,
        user: u32,
        account: u32,
        at: Millis,
        decisions: &mut Vec<Decision>,
    ) -> Millis {
        let mut at = at;
        if rules.has_accounts() {
            self.advance_account(rules, account, at, decisions);
            at = self
                .account_mut(account)
                .map_or(at, |account| at.max(account.state.clock));
        }
        let Some(member) = self.users.get_mut(user) else {
            return at;
        };
        let Some(account_state) = self.accounts.get_mut(account as usize) else {
            return at;
        };
        member.account = Some(account);
        account_state.users.insert(user);
        for place in counted(rules, &member.state) {
            let users = account_state.state.shared(place).saturating_add(1);
            account_state.state.set_shared(rules, place, users);
        }
        for (place, node) in (0..).zip(&rules.shared.of_accounts) {
            let holds = account_state.state.holds(*node);
            member.state.set_shared(rules, place, holds.into());
        }
        at
    }

    /// Takes in what happened to a user, and thereby to their account.
    pub(super) fn apply_in_account(
        &mut self,
        rules: &Rules,
        account: u32,
        user: u32,
        input: &Input<'_>,
        decisions: &mut Vec<Decision>,
    ) {
        let at = self.bring_to(rules, user, input.at, decisions);
        let input = Input { at, ..*input };
        let mut touched = false;
        if let Some(member) = self.member_mut(user) {
            member.state.enter(rules, at);
            member.state.take_in(rules, &input);
            touched |= member.state.is_touched_until(u32::MAX);
        }
        if let Some(account) = self.account_mut(account) {
            account.state.enter(rules, at);
            if let What::Event { .. } = input.what {
                account.state.take_in(rules, &input);
            }
            touched |= account.state.is_touched_until(u32::MAX);
        }
        // Most events are none that anybody asks about.
        if touched {
            self.settle(rules, account, vec![user], at, decisions);
        }
    }

    /// Lets time pass for an account and its users, moment by moment.
    pub(super) fn advance_account(
        &mut self,
        rules: &Rules,
        account: u32,
        now: Millis,
        decisions: &mut Vec<Decision>,
    ) {
        loop {
            let Some(Account { state, due, .. }) = self.account_mut(account) else {
                return;
            };
            let of_users = due.peek().map(|Reverse((moment, _))| *moment);
            let Some(moment) = [state.next_deadline(), of_users]
                .into_iter()
                .flatten()
                .min()
                .filter(|moment| *moment <= now)
            else {
                return;
            };
            let mut woken = Vec::new();
            while let Some(&Reverse((at, user))) = due.peek()
                && at <= moment
            {
                due.pop();
                woken.push(user);
            }
            if state.is_due(moment) {
                state.wake(rules, moment);
            }
            woken.retain(|&user| {
                self.member_mut(user).is_some_and(|member| {
                    let is_due = member.account == Some(account) && member.state.is_due(moment);
                    if is_due {
                        member.state.wake(rules, moment);
                    }
                    is_due
                })
            });
            self.settle(rules, account, woken, moment, decisions);
        }
    }

    /// Evaluates what was touched of an account and of some of its users.
    fn settle(
        &mut self,
        rules: &Rules,
        account: u32,
        mut users: Vec<u32>,
        at: Millis,
        decisions: &mut Vec<Decision>,
    ) {
        let before = decisions.len();
        let mut changes = Vec::new();
        let rounds = rules.users.rounds.len().max(rules.accounts.rounds.len());
        for round in 0..=rounds {
            let end = rules.users.end_of_round(round);
            for &user in &users {
                let Some(member) = self.users.get_mut(user) else {
                    continue;
                };
                member.state.evaluate_until(rules, end, at, &mut changes);
                take(&mut changes, Subject::User(user), decisions);
                let told = member.state.take_told();
                if let Some(account) = self.accounts.get_mut(account as usize) {
                    for (place, holds) in told {
                        let users = account.state.shared(place);
                        let users = match holds {
                            true => users.saturating_add(1),
                            false => users.saturating_sub(1),
                        };
                        account.state.set_shared(rules, place, users);
                    }
                }
            }
            let Some(own) = self.accounts.get_mut(account as usize) else {
                break;
            };
            let end = rules.accounts.end_of_round(round);
            own.state.evaluate_until(rules, end, at, &mut changes);
            take(&mut changes, Subject::Account(account), decisions);
            let told = own.state.take_told();
            if told.is_empty() {
                continue;
            }
            let mut listed: HashSet<u32> = users.iter().copied().collect();
            for (place, holds) in told {
                for &user in &own.users {
                    let Some(member) = self.users.get_mut(user) else {
                        continue;
                    };
                    member.state.set_shared(rules, place, holds.into());
                    if member.state.is_touched_until(u32::MAX) && listed.insert(user) {
                        member.state.enter(rules, at);
                        users.push(user);
                    }
                }
            }
        }
        if let Some(decisions) = decisions.get_mut(before..) {
            decisions.sort_by_key(|decision| (decision.subject, decision.change.order()));
        }
        if rules.has_accounts() {
            self.schedule(account, &users);
        }
    }

    /// Notes when something may change next for every user of an account of whom nothing is noted.
    pub(super) fn schedule_all(&mut self, account: u32) {
        let users = self.account(account).map(|account| account.users.clone());
        self.schedule(account, &Vec::from_iter(users.unwrap_or_default()));
    }

    /// Notes when something may change next for some users of an account.
    fn schedule(&mut self, account: u32, users: &[u32]) {
        let Some(account) = self.accounts.get_mut(account as usize) else {
            return;
        };
        let Account {
            users: all, due, ..
        } = &mut **account;
        let mut next = |user: u32| {
            let member = self.users.get_mut(user)?;
            let moment = member.state.next_deadline()?;
            Some(Reverse((moment, user)))
        };
        due.extend(users.iter().filter_map(|&user| next(user)));
        if due.len() > 2 * all.len() + 16 {
            *due = all.iter().filter_map(|&user| next(user)).collect();
        }
    }
}

fn id_at(accounts: &[Box<Account>], place: u32) -> &str {
    let account = accounts.get(place as usize);
    account.map_or("", |account| &account.id)
}

/// The conditions by which accounts count their users that hold of this one.
fn counted(rules: &Rules, state: &State) -> Vec<u32> {
    (0..)
        .zip(&rules.shared.of_users)
        .filter(|(_, node)| state.holds(**node))
        .map(|(place, _)| place)
        .collect()
}

fn take(changes: &mut Vec<crate::state::Change>, subject: Subject, decisions: &mut Vec<Decision>) {
    decisions.extend(changes.drain(..).map(|change| Decision { subject, change }));
}
