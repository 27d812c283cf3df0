//! Looking at one user or one account, without looking at everybody.

use std::borrow::Cow;

use firstvalue_model::time::Millis;

use super::account::Account;
use super::{Member, Population};
use crate::rules::Rules;
use crate::state::State;

impl Population {
    /// A user as they are at `now`; see [`Population::users_at`].
    pub fn user_at(&self, rules: &Rules, id: &str, now: Millis) -> Option<Cow<'_, State>> {
        let member = self.find(id)?;
        let Some(account) = member.account.filter(|_| rules.has_accounts()) else {
            return Some(member.state.at(rules, now));
        };
        let alone = self.account_alone(rules, account, now)?;
        alone.user(id).cloned().map(Cow::Owned)
    }

    /// An account and its users as they are at `now`, and nobody else; see [`Population::users_at`].
    pub fn account_at(&self, rules: &Rules, id: &str, now: Millis) -> Option<Self> {
        self.account_alone(rules, self.known_account(id)?, now)
    }

    /// An account and its users as they are at `now`, in a population of their own.
    fn account_alone(&self, rules: &Rules, account: u32, now: Millis) -> Option<Self> {
        let account = self.account(account)?;
        let mut alone = Self::default();
        let place = alone.account_place(rules, &account.id);
        let members = account.users.iter().filter_map(|user| self.member(*user));
        let users = members.map(|member| {
            alone.users.put(Member {
                account: Some(place),
                ..member.clone()
            })
        });
        let own = Account {
            state: account.state.clone(),
            said: account.said,
            users: users.collect(),
            ..Account::new(rules, &account.id)
        };
        **alone.accounts.get_mut(place as usize)? = own;
        if rules.has_accounts() {
            alone.schedule_all(place);
            alone.advance_account(rules, place, now, &mut Vec::new());
        } else {
            alone.advance(rules, now, &mut Vec::new());
        }
        Some(alone)
    }
}
