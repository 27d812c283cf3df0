//! Everything that was said so far.

use std::collections::BTreeSet;

use firstvalue_model::message::{Message, MessageKind, Object, PAGE_VIEWED};
use firstvalue_model::time::{self, Millis};
use serde_json::Value;

use crate::{Subject, World};

/// All messages in the order in which they were taken.
#[derive(Debug, Default)]
pub(crate) struct History(Vec<Said>);

/// A message, and the moment at which it was taken.
#[derive(Debug)]
struct Said {
    at: Millis,
    user: String,
    message: Message,
}

/// Something that a user did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Event<'h> {
    pub at: Millis,
    pub utc_offset: i32,
    pub name: &'h str,
    properties: Option<&'h Object>,
}

impl<'h> Event<'h> {
    fn of(said: &'h Said) -> Option<Self> {
        let name = match said.message.kind {
            MessageKind::Track => said.message.event.as_deref()?,
            // "`page` calls are events named `page.viewed` with their properties."
            MessageKind::Page => PAGE_VIEWED,
            _ => return None,
        };
        Some(Self {
            at: said.at,
            utc_offset: said.message.utc_offset(),
            name,
            properties: said.message.properties.as_ref(),
        })
    }

    pub fn properties(&self) -> Object {
        self.properties.cloned().unwrap_or_default()
    }

    pub fn property(&self, path: &str) -> Option<&'h Value> {
        value_at(self.properties?, path)
    }
}

/// The value at a dotted path; elements of lists are named by their number.
pub(crate) fn value_at<'h>(object: &'h Object, path: &str) -> Option<&'h Value> {
    let mut names = path.split('.');
    let first = object.get(names.next()?)?;
    names.try_fold(first, |value, name| match value {
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        value => value.get(name),
    })
}

pub(crate) fn is_page(message: &Message) -> bool {
    let said = Said {
        at: 0,
        user: String::new(),
        message: message.clone(),
    };
    Event::of(&said).is_some_and(|event| event.name == PAGE_VIEWED)
}

/// The account that a message says its user belongs to.
pub(crate) fn account_named(message: &Message) -> Option<&str> {
    match message.kind {
        MessageKind::Group => message.group_id.as_deref(),
        _ => None,
    }
}

impl History {
    /// Takes in a message; one that names nobody says nothing.
    pub fn push(&mut self, message: &Message, at: Millis) {
        self.0.extend(message.user().map(|user| Said {
            at,
            user: user.to_owned(),
            message: message.clone(),
        }));
    }

    pub fn users(&self) -> impl Iterator<Item = String> {
        let users: BTreeSet<_> = self.0.iter().map(|said| said.user.clone()).collect();
        users.into_iter()
    }

    pub fn accounts(&self) -> impl Iterator<Item = String> {
        let named = self
            .0
            .iter()
            .filter_map(|said| account_named(&said.message));
        let accounts: BTreeSet<_> = named.map(str::to_owned).collect();
        accounts.into_iter()
    }

    /// "A user belongs to the account of the latest `group` call."
    pub fn account_of(&self, user: &str) -> Option<&str> {
        latest_account(&self.0, user)
    }

    pub fn members(&self, account: &str) -> impl Iterator<Item = String> {
        self.users()
            .filter(move |user| self.account_of(user) == Some(account))
    }

    /// What a user did, or what an account's users did while they belonged to it.
    pub fn events(&self, subject: &Subject) -> Vec<Event<'_>> {
        let mut events = Vec::new();
        for (place, said) in self.0.iter().enumerate() {
            let (before, _) = self.0.split_at(place);
            let is_theirs = match subject {
                Subject::User(user) => said.user == *user,
                Subject::Account(account) => {
                    latest_account(before, &said.user) == Some(account.as_str())
                }
            };
            events.extend(Event::of(said).filter(|_| is_theirs));
        }
        events
    }

    /// The traits of all `identify` calls of a user, or all `group` calls that name an account; of
    /// several values the latest.
    pub fn traits(&self, subject: &Subject) -> Object {
        let is_about = |said: &&Said| match subject {
            Subject::User(user) => said.message.kind == MessageKind::Identify && said.user == *user,
            Subject::Account(account) => account_named(&said.message) == Some(account.as_str()),
        };
        let said = self.0.iter().filter(is_about);
        let traits = said.filter_map(|said| said.message.traits.clone());
        traits.flatten().collect()
    }

    /// The time of a user's first line of any type, or of the first `group` call that names an
    /// account.
    fn first_seen(&self, subject: &Subject) -> Option<Millis> {
        let mut said = self.0.iter();
        let first = said.find(|said| match subject {
            Subject::User(user) => said.user == *user,
            Subject::Account(account) => account_named(&said.message) == Some(account.as_str()),
        })?;
        Some(first.at)
    }
}

fn latest_account<'h>(said: &'h [Said], user: &str) -> Option<&'h str> {
    let theirs = said.iter().filter(|said| said.user == user);
    theirs
        .filter_map(|said| account_named(&said.message))
        .next_back()
}

impl World<'_> {
    /// "Sign-up is the … trait `createdAt` (ISO 8601 or milliseconds) as last known, else the time
    /// of the … first line of any type."
    pub(crate) fn signup(&self, subject: &Subject) -> Option<Millis> {
        let created = match self.history.traits(subject).get("createdAt") {
            Some(Value::String(text)) => time::timestamp(text).map(|read| read.at),
            Some(Value::Number(number)) => number.as_f64().map(|at| at as Millis),
            _ => None,
        };
        created.or_else(|| self.history.first_seen(subject))
    }
}
