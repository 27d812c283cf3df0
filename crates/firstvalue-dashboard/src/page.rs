//! The pages, and their addresses: what stands after `#`.

/// A page of the dashboard.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Page {
    #[default]
    Overview,
    /// Who has reached a milestone.
    Milestone(String),
    Users,
    User(String),
    Accounts,
    Account(String),
    Events,
    Playbook,
    Delivery,
    Refused,
    Audit,
    /// An address at which there is nothing.
    Unknown,
}

/// The pages that are always within reach: their address, what stands on their tab, and which they are.
pub const TABS: [(&str, &str, Page); 8] = [
    ("#/", "Overview", Page::Overview),
    ("#/users", "Users", Page::Users),
    ("#/accounts", "Accounts", Page::Accounts),
    ("#/events", "Events", Page::Events),
    ("#/playbook", "Playbook", Page::Playbook),
    ("#/delivery", "Delivery", Page::Delivery),
    ("#/refused", "Refused", Page::Refused),
    ("#/audit", "Audit", Page::Audit),
];

/// What stands before an id in the address of a page about it.
type PageOf = (&'static str, fn(String) -> Page);

const ONE_OF: [PageOf; 3] = [
    ("#/users/", Page::User),
    ("#/accounts/", Page::Account),
    ("#/milestones/", Page::Milestone),
];

impl Page {
    /// The page of an address; `decode` reads what browsers write in percent form.
    pub fn at(hash: &str, decode: impl Fn(&str) -> Option<String>) -> Self {
        for (list, one) in ONE_OF {
            if let Some(id) = hash.strip_prefix(list).and_then(&decode) {
                return one(id);
            }
        }
        let tab = TABS.into_iter().find(|(address, ..)| *address == hash);
        match tab {
            Some((.., page)) => page,
            None if hash.starts_with("#/") => Page::Unknown,
            None => Page::Overview,
        }
    }

    /// What it is called; what is about one thing has its id.
    pub fn name(&self) -> &str {
        match self {
            Page::User(id) | Page::Account(id) | Page::Milestone(id) => id,
            page => {
                let tab = TABS.iter().find(|(.., tab)| tab == page);
                tab.map_or("No such page", |(_, name, _)| *name)
            }
        }
    }

    /// Whether a tab leads to this page, or to the list that it is in.
    pub fn is_under(&self, tab: &Page) -> bool {
        let list = match self {
            Page::User(_) => &Page::Users,
            Page::Account(_) => &Page::Accounts,
            Page::Milestone(_) => &Page::Overview,
            page => page,
        };
        list == tab
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_pages_and_none_to_the_first() {
        let at = |hash: &str| Page::at(hash, |text| Some(text.replace("%2F", "/")));
        for (address, _, page) in TABS {
            assert_eq!(at(address), page);
        }
        assert_eq!(at("#/accounts/a%2Fb"), Page::Account(String::from("a/b")));
        assert_eq!(at("#/users/a%2Fb"), Page::User(String::from("a/b")));
        assert_eq!(at("#/milestones/m"), Page::Milestone(String::from("m")));
        assert_eq!(at(""), Page::Overview);
        assert_eq!(at("#token=x"), Page::Overview);
        for unknown in ["#/no-such", "#/delivery?days=7", "#/user"] {
            assert_eq!(at(unknown).name(), "No such page");
        }
        assert_eq!(at("#/refused").name(), "Refused");
        assert_eq!(at("#/users/u1").name(), "u1");
    }

    #[test]
    fn a_page_about_one_is_under_the_list_that_it_is_in() {
        for ((_, one), expected) in ONE_OF.into_iter().zip(["Users", "Accounts", "Overview"]) {
            let page = one(String::from("acme"));
            let tabs = TABS.iter().filter(|(.., tab)| page.is_under(tab));
            let tabs: Vec<_> = tabs.map(|(_, name, _)| *name).collect();
            assert_eq!(tabs, [expected]);
        }
    }
}
