//! All users of a product, and the accounts that they belong to.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use firstvalue_model::message::{Message, MessageKind, Object, PAGE_VIEWED};
use firstvalue_model::time::Millis;

use crate::rules::Rules;
use crate::user::{Change, Input, User, What};

/// The states of all users. Messages must come by time for the result to be that of `replay`; see
/// [`Population::is_late`].
#[derive(Debug, Clone, Default)]
pub struct Population {
    users: BTreeMap<String, Member>,
    accounts: BTreeMap<String, Account>,
}

#[derive(Debug, Clone)]
struct Member {
    state: User,
    account: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Account {
    traits: Object,
    /// When the traits changed last; by then who changed them may have left.
    changed: Option<Millis>,
    users: BTreeSet<String>,
}

impl Population {
    /// Nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in what a client sent, as having happened at `at`. A message that names nobody
    /// changes nothing.
    pub fn apply(
        &mut self,
        rules: &Rules,
        message: &Message,
        at: Millis,
        changes: &mut Vec<(String, Change)>,
    ) {
        let Some(id) = message.user() else { return };
        if message.kind == MessageKind::Group
            && let Some(account) = &message.group_id
        {
            self.group(rules, id, account, message, at, changes);
            return;
        }
        let what = match message.kind {
            MessageKind::Track => match &message.event {
                Some(name) => What::Event {
                    name,
                    properties: message.properties.as_ref(),
                },
                None => What::Seen,
            },
            MessageKind::Page => What::Event {
                name: PAGE_VIEWED,
                properties: message.properties.as_ref(),
            },
            MessageKind::Identify => message.traits.as_ref().map_or(What::Seen, What::Identify),
            MessageKind::Group | MessageKind::Screen | MessageKind::Alias => What::Seen,
        };
        self.tell(
            rules,
            id,
            &Input {
                at,
                utc_offset: message.utc_offset(),
                what,
            },
            changes,
        );
    }

    /// Moves a user to an account, and tells all its users what is known of it now.
    fn group(
        &mut self,
        rules: &Rules,
        id: &str,
        account_id: &str,
        message: &Message,
        at: Millis,
        changes: &mut Vec<(String, Change)>,
    ) {
        let utc_offset = message.utc_offset();
        let member = self.member(rules, id);
        if let Some(before) = member.account.replace(account_id.to_owned())
            && before != account_id
            && let Some(before) = self.accounts.get_mut(&before)
        {
            before.users.remove(id);
        }
        let account = self.accounts.entry(account_id.to_owned()).or_default();
        account.users.insert(id.to_owned());
        let changed = message
            .traits
            .as_ref()
            .is_some_and(|traits| !traits.is_empty());
        if let Some(traits) = &message.traits {
            account.traits.extend(traits.clone());
            account.changed = account.changed.max(Some(at));
        }
        let (traits, users) = (account.traits.clone(), account.users.clone());
        for user in users.iter().filter(|user| changed || *user == id) {
            self.tell(
                rules,
                user,
                &Input {
                    at,
                    utc_offset,
                    what: What::Account(&traits),
                },
                changes,
            );
        }
    }

    fn member(&mut self, rules: &Rules, id: &str) -> &mut Member {
        self.users.entry(id.to_owned()).or_insert_with(|| Member {
            state: User::new(rules),
            account: None,
        })
    }

    fn tell(
        &mut self,
        rules: &Rules,
        id: &str,
        input: &Input<'_>,
        changes: &mut Vec<(String, Change)>,
    ) {
        let mut own = Vec::new();
        self.member(rules, id).state.apply(rules, input, &mut own);
        changes.extend(own.into_iter().map(|change| (id.to_owned(), change)));
    }

    /// Lets time pass for everybody until `now`.
    pub fn advance(&mut self, rules: &Rules, now: Millis, changes: &mut Vec<(String, Change)>) {
        let mut own = Vec::new();
        for (id, member) in &mut self.users {
            member.state.advance(rules, now, &mut own);
            changes.extend(own.drain(..).map(|change| (id.clone(), change)));
        }
    }

    /// Whether the message would be taken as happening later than it did, because time has already
    /// passed beyond it for somebody whom it touches.
    pub fn is_late(&self, message: &Message, at: Millis) -> bool {
        let passed = |id: &str| {
            self.users
                .get(id)
                .is_some_and(|member| member.state.clock() > at)
        };
        let account = match message.kind {
            MessageKind::Group => message
                .group_id
                .as_ref()
                .and_then(|id| self.accounts.get(id)),
            _ => None,
        };
        message.user().is_some_and(passed)
            || account.is_some_and(|account| {
                account.changed > Some(at) || account.users.iter().any(|id| passed(id))
            })
    }

    /// Everybody by id, as they are at `now`, while their states stay where the latest message
    /// has left them: looking must not make late what is still on its way.
    pub fn users_at<'p>(
        &'p self,
        rules: &'p Rules,
        now: Millis,
    ) -> impl Iterator<Item = (&'p str, Cow<'p, User>)> {
        self.users
            .iter()
            .map(move |(id, member)| (id.as_str(), member.state.at(rules, now)))
    }

    /// How many users there are.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }
}
