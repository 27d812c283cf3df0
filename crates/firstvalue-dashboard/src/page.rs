//! The pages, and their addresses: what stands after `#`.

/// A page of the dashboard.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Page {
    #[default]
    Overview,
    Accounts,
    Account(String),
    Events,
    Playbook,
    Refused,
    Audit,
}

/// The pages that are always within reach: their address, what stands on their tab, and which they are.
pub const TABS: [(&str, &str, Page); 6] = [
    ("#/", "Overview", Page::Overview),
    ("#/accounts", "Accounts", Page::Accounts),
    ("#/events", "Events", Page::Events),
    ("#/playbook", "Playbook", Page::Playbook),
    ("#/refused", "Refused", Page::Refused),
    ("#/audit", "Audit", Page::Audit),
];

impl Page {
    /// The page of an address; `decode` reads what browsers write in percent form.
    pub fn at(hash: &str, decode: impl Fn(&str) -> Option<String>) -> Self {
        if let Some(account) = hash.strip_prefix("#/accounts/").and_then(decode) {
            return Page::Account(account);
        }
        let tab = TABS.into_iter().find(|(address, ..)| *address == hash);
        tab.map(|(.., page)| page).unwrap_or_default()
    }

    /// Whether a tab leads to this page, or to the list that it is in.
    pub fn is_under(&self, tab: &Page) -> bool {
        self == tab || matches!((self, tab), (Page::Account(_), Page::Accounts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_pages_and_unknown_ones_to_the_first() {
        let at = |hash: &str| Page::at(hash, |text| Some(text.replace("%2F", "/")));
        for (address, _, page) in TABS {
            assert_eq!(at(address), page);
        }
        assert_eq!(at("#/accounts/a%2Fb"), Page::Account(String::from("a/b")));
        assert_eq!(at(""), Page::Overview);
        assert_eq!(at("#token=x"), Page::Overview);
        assert_eq!(at("#/no-such"), Page::Overview);
    }

    #[test]
    fn an_account_is_among_the_accounts() {
        let account = Page::Account(String::from("acme"));
        let tabs = TABS.iter().filter(|(.., tab)| account.is_under(tab));
        assert_eq!(
            tabs.map(|(_, name, _)| *name).collect::<Vec<_>>(),
            ["Accounts"]
        );
    }
}
