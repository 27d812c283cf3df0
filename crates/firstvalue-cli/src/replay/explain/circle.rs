//! Whose doings can decide something about a user.

use std::collections::{HashMap, HashSet};

use firstvalue_engine::Joins;
use firstvalue_model::source::hint;
use firstvalue_model::time::Millis;

use crate::replay::log::{Lines, Log, LogError, parse};

/// The user, and everybody who is bound to them by accounts: who was ever in an account with them,
/// and so on, since accounts may decide about their users by what these have done elsewhere.
pub fn of(user: &str, joins: &Joins, log: &Log) -> Result<HashSet<String>, LogError> {
    let mut users_of: HashMap<String, HashSet<String>> = HashMap::new();
    for block in log.as_it_lies()? {
        let block = block?;
        let pieces = parse(&block, log.threads(), |line| {
            // Most lines are no `group` calls, which this tells sooner than reading them.
            if memchr::memmem::find(line, b"group").is_none() {
                return Ok(None);
            }
            let event = Lines::new(&[]).read(line)?;
            Ok(event
                .account()
                .map(|account| (joins.of(&event.user).to_owned(), account.to_owned())))
        });
        for (user, account) in pieces.into_iter().flat_map(|piece| piece.events).flatten() {
            users_of.entry(account).or_default().insert(user);
        }
    }
    let mut accounts_of: HashMap<&str, Vec<&str>> = HashMap::new();
    for (account, users) in &users_of {
        for user in users {
            accounts_of.entry(user).or_default().push(account);
        }
    }
    let mut circle = HashSet::from([user.to_owned()]);
    let mut seen = HashSet::new();
    let mut next = vec![user];
    while let Some(user) = next.pop() {
        let accounts = accounts_of.get(user).into_iter().flatten();
        for account in accounts.filter(|account| seen.insert(**account)) {
            for user in users_of.get(*account).into_iter().flatten() {
                if circle.insert(user.clone()) {
                    next.push(user);
                }
            }
        }
    }
    Ok(circle)
}

/// What the log says instead of a user of whom it held nothing up to a moment.
pub enum Instead {
    /// When they come first.
    Later(Millis),
    /// It does not know them; perhaps which user was meant.
    Other(Option<String>),
}

/// What the log says of a user of whom it held nothing up to a moment.
pub fn instead(user: &str, log: &Log) -> Result<Instead, LogError> {
    let mut users = HashSet::new();
    let mut first: Option<Millis> = None;
    for block in log.as_it_lies()? {
        let block = block?;
        let pieces = parse(&block, log.threads(), |line| {
            let event = Lines::new(&[]).read(line)?;
            Ok((event.user, event.at))
        });
        for (other, at) in pieces.into_iter().flat_map(|piece| piece.events) {
            if other == user {
                first = Some(first.map_or(at, |first| first.min(at)));
            } else if !users.contains(&*other) {
                users.insert(other.into_owned());
            }
        }
    }
    Ok(match first {
        Some(at) => Instead::Later(at),
        None => Instead::Other(hint(user, users.iter().map(String::as_str))),
    })
}
