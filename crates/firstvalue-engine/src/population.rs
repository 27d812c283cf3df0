//! All users of a product, and the accounts that they belong to.

mod account;
mod call;
mod forget;
mod join;
mod only;
mod places;
mod saved;
mod users;

use std::borrow::Cow;

use firstvalue_model::message::Object;
use firstvalue_model::time::Millis;

use self::account::Account;
pub use self::call::{Call, Said};
use self::places::Places;
use self::users::Users;
use crate::rules::Rules;
use crate::state::{Change, Input, State, What};
pub use firstvalue_model::joins::Joins;

/// The states of all users and accounts. Calls must come by time for the result to be that of
/// `replay`; see [`Population::is_late`].
///
/// Users whose playbook asks nothing of accounts beyond their traits are each on their own. Else
/// an account and its users share one time line: time passes for all of them at once, and in every
/// moment they are evaluated in rounds, users before their account, and those of its users who
/// look back at it after it.
#[derive(Debug, Clone, Default)]
pub struct Population {
    users: Users,
    /// Each on its own, so that the list can grow without moving what is known of them.
    #[expect(
        clippy::vec_box,
        reason = "a list of a hundred thousand accounts is not moved"
    )]
    accounts: Vec<Box<Account>>,
    account_places: Places,
}

/// A user, and the account that they belong to.
#[derive(Debug, Clone)]
pub struct Member {
    id: Box<str>,
    state: State,
    account: Option<u32>,
}

/// A user or an account of a population.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An account, by its place.
    Account(u32),
    /// A user, by their place.
    User(u32),
}

/// Something that became true or false of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Of whom.
    pub subject: Subject,
    /// What.
    pub change: Change,
}

impl Population {
    /// Nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in what a client said.
    pub fn apply(&mut self, rules: &Rules, call: &Call<'_>, decisions: &mut Vec<Decision>) {
        let user = self.user_place(rules, call.user);
        let what = match call.what {
            Said::Event { name, properties } => What::Event { name, properties },
            Said::Identify(traits) => What::Identify(traits),
            Said::Group { account, traits } => {
                let account = self.account_place(rules, account);
                return self.group(rules, user, account, traits, call.at, decisions);
            }
            Said::Nothing => What::Seen,
        };
        let input = Input {
            at: call.at,
            utc_offset: call.utc_offset,
            what,
        };
        match self.member(user).and_then(|member| member.account) {
            Some(account) if rules.has_accounts() => {
                self.apply_in_account(rules, account, user, &input, decisions);
            }
            _ => self.apply_alone(rules, user, &input, decisions),
        }
    }

    fn apply_alone(
        &mut self,
        rules: &Rules,
        user: u32,
        input: &Input<'_>,
        decisions: &mut Vec<Decision>,
    ) {
        self.with_user(user, decisions, |state, changes| {
            state.apply(rules, input, changes);
        });
    }

    /// Lets time pass for everybody until `now`. It costs little if nothing changes by that.
    pub fn advance(&mut self, rules: &Rules, now: Millis, decisions: &mut Vec<Decision>) {
        if rules.has_accounts() {
            for account in (0..).take(self.accounts.len()) {
                self.advance_account(rules, account, now, decisions);
            }
        }
        for user in self.users.places() {
            if self.member(user).is_some_and(|member| {
                member.state.is_due(now) && (member.account.is_none() || !rules.has_accounts())
            }) {
                self.with_user(user, decisions, |state, changes| {
                    state.advance(rules, now, changes);
                });
            }
        }
    }

    /// Whether the call would be taken as happening later than it did, because time has already
    /// passed beyond it for somebody whom it touches.
    pub fn is_late(&self, rules: &Rules, call: &Call<'_>) -> bool {
        let passed = |state: &State| state.clock() > call.at;
        let has_passed = |account: &Account| rules.has_accounts() && passed(&account.state);
        let user = self.find(call.user);
        let account = |place: Option<u32>| self.account(place?);
        let belongs = account(user.and_then(|member| member.account));
        // What the two did under one id and the other comes together at the moment of the join.
        let before = call.joins.and_then(|id| self.user(id));
        let joined_late = |id: &str, traits: Option<&Object>| {
            account(self.known_account(id)).is_some_and(|account| {
                let known = &account.state.account_traits;
                // Else nobody else is touched, and there are many calls for each that changes anything.
                let changes = traits.is_some_and(|traits| known.changed_by(traits).is_some());
                let mut users = account
                    .users
                    .iter()
                    .filter_map(|user| self.users.get(*user));
                has_passed(account)
                    || account.said > Some(call.at)
                    || changes && users.any(|member| passed(&member.state))
            })
        };
        user.is_some_and(|member| passed(&member.state))
            || before.is_some_and(passed)
            || belongs.is_some_and(has_passed)
            || matches!(call.what, Said::Group { account, traits } if joined_late(account, traits))
    }

    /// The id of a user or an account.
    pub fn name(&self, subject: Subject) -> &str {
        match subject {
            Subject::User(place) => self.member(place).map_or("", |member| &member.id),
            Subject::Account(place) => self.account(place).map_or("", |account| &account.id),
        }
    }

    /// All users, in no particular order.
    pub fn users(&self) -> impl Iterator<Item = (&str, &State)> {
        let users = self.users.iter();
        users.map(|member| (&*member.id, &member.state))
    }

    /// All accounts, in no particular order.
    pub fn accounts(&self) -> impl Iterator<Item = (&str, &State)> {
        // One that nobody has joined is only being spoken of.
        let accounts = self.accounts.iter();
        let known = accounts.filter(|account| account.state.signup().is_some());
        known.map(|account| (&*account.id, &account.state))
    }

    /// A user's state.
    pub fn user(&self, id: &str) -> Option<&State> {
        self.find(id).map(|member| &member.state)
    }

    /// The account that a user belongs to.
    pub fn account_of(&self, user: &str) -> Option<&str> {
        let account = self.find(user)?.account?;
        Some(self.name(Subject::Account(account)))
    }

    /// The users of an account, in no particular order.
    pub fn users_of(&self, account: &str) -> impl Iterator<Item = &str> {
        let place = self.known_account(account);
        let account = place.and_then(|place| self.accounts.get(place as usize));
        let users = account.into_iter().flat_map(|account| &account.users);
        users.filter_map(|user| self.member(*user).map(|member| &*member.id))
    }

    /// Everybody by id, as they are at `now`, while their states stay where the latest call has
    /// left them: looking must not make late what is still on its way.
    pub fn users_at(&self, rules: &Rules, now: Millis) -> Vec<(&str, Cow<'_, State>)> {
        let members = self.users.iter();
        let mut users: Vec<_> = match self.at(rules, now) {
            Cow::Owned(later) => {
                let states = later.users.iter().map(|member| member.state.clone());
                let named = members.zip(states);
                named
                    .map(|(member, later)| (&*member.id, Cow::Owned(later)))
                    .collect()
            }
            Cow::Borrowed(_) => members
                .map(|member| (&*member.id, member.state.at(rules, now)))
                .collect(),
        };
        users.sort_unstable_by_key(|(id, _)| *id);
        users
    }

    /// All accounts, and those of their users on whom they depend, as they are at `now`; see
    /// [`Population::users_at`].
    pub fn at(&self, rules: &Rules, now: Millis) -> Cow<'_, Self> {
        if !rules.has_accounts() || !self.is_due(now) {
            return Cow::Borrowed(self);
        }
        let mut later = self.clone();
        later.advance(rules, now, &mut Vec::new());
        Cow::Owned(later)
    }

    fn is_due(&self, now: Millis) -> bool {
        self.accounts
            .iter()
            .any(|account| account.state.is_due(now))
            || self.users.iter().any(|member| member.state.is_due(now))
    }

    /// How many users there are.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.users.len() == 0
    }

    /// Takes a user out, to be put into another population. They leave their account at `at`.
    pub fn take(
        &mut self,
        rules: &Rules,
        user: &str,
        at: Millis,
        decisions: &mut Vec<Decision>,
    ) -> Option<Member> {
        let place = self.users.place(user)?;
        let at = self.leave(rules, place, at, decisions);
        let (_, mut member) = self.users.take(user)?;
        member.state.enter(rules, at);
        Some(member)
    }

    /// Puts in a user who was taken out of another population.
    pub fn put(&mut self, member: Member) {
        self.users.put(member);
    }

    fn user_place(&mut self, rules: &Rules, id: &str) -> u32 {
        if let Some(place) = self.users.place(id) {
            return place;
        }
        self.users.put(Member {
            id: id.into(),
            state: State::user(rules),
            account: None,
        })
    }

    fn find(&self, user: &str) -> Option<&Member> {
        self.member(self.users.place(user)?)
    }

    fn member(&self, user: u32) -> Option<&Member> {
        self.users.get(user)
    }

    fn member_mut(&mut self, user: u32) -> Option<&mut Member> {
        self.users.get_mut(user)
    }

    fn with_user(
        &mut self,
        user: u32,
        decisions: &mut Vec<Decision>,
        act: impl FnOnce(&mut State, &mut Vec<Change>),
    ) {
        let Some(member) = self.member_mut(user) else {
            return;
        };
        let mut changes = Vec::new();
        act(&mut member.state, &mut changes);
        let subject = Subject::User(user);
        decisions.extend(
            changes
                .into_iter()
                .map(|change| Decision { subject, change }),
        );
    }
}
