//! Events that arrive after time has passed beyond them.

use std::collections::BTreeMap;

use firstvalue_model::message::Message;
use firstvalue_model::time::Millis;

use crate::Subject;
use crate::history::account_named;

/// The log in the order and at the moments in which it is taken.
///
/// "The engine's clock never runs backwards: an event that is older than the clock is taken as
/// happening at the clock." Whoever an event touches has a clock: the user, the account that they
/// belong to, and the account that a `group` call names. (Of several users whose playbook looks at
/// nothing but the traits of accounts each has their own, which is not told here.)
pub(crate) fn in_order(log: &[(Message, Millis)]) -> Vec<(Message, Millis)> {
    let mut clocks: BTreeMap<Subject, Millis> = BTreeMap::new();
    let mut accounts: BTreeMap<&str, &str> = BTreeMap::new();
    let mut taken = Vec::new();
    for (message, at) in log {
        let Some(user) = message.user() else { continue };
        let before = accounts.get(user).copied();
        let named = account_named(message);
        accounts.extend(named.map(|account| (user, account)));
        let touched = [before, named].into_iter().flatten();
        let touched: Vec<Subject> = touched
            .map(|account| Subject::Account(account.to_owned()))
            .chain([Subject::User(user.to_owned())])
            .collect();
        let clock = touched.iter().filter_map(|it| clocks.get(it)).max();
        let at = clock.map_or(*at, |clock| *at.max(clock));
        clocks.extend(touched.into_iter().map(|subject| (subject, at)));
        taken.push((message.clone(), at));
    }
    // Stable, so that lines of one moment stay in order.
    taken.sort_by_key(|(_, at)| *at);
    taken
}
