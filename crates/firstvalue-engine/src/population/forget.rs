//! Forgetting some, so that what they did can be gone through again.

use super::Population;
use super::account::Account;
use crate::rules::Rules;

impl Population {
    /// Forgets a user, as if nothing had ever been said of them. What they did stays in what is known of
    /// their accounts, until those are forgotten too.
    pub fn forget_user(&mut self, user: &str) {
        let Some((place, member)) = self.users.take(user) else {
            return;
        };
        let account = member
            .account
            .and_then(|account| self.accounts.get_mut(account as usize));
        if let Some(account) = account {
            account.users.remove(&place);
        }
    }

    /// Forgets an account; nobody may belong to it any more.
    pub fn forget_account(&mut self, rules: &Rules, account: &str) {
        let place = self.known_account(account);
        let account = place.and_then(|place| self.accounts.get_mut(place as usize));
        if let Some(account) = account {
            **account = Account::new(rules, &account.id);
        }
    }
}
