//! Lists of the collector as tables.

use super::rows;
use crate::page::Page;

/// A list: where it is, and how it is shown.
#[derive(Clone, Debug)]
pub struct List {
    pub title: String,
    /// What is in it.
    pub note: &'static str,
    /// What to say when there is nothing in it.
    pub empty: &'static str,
    /// The columns, and whether numbers stand in them.
    pub columns: &'static [(&'static str, bool)],
    pub path: String,
    pub read: fn(&str) -> serde_json::Result<Listing>,
}

impl PartialEq for List {
    /// Where it is says everything.
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    pub rows: Vec<Line>,
    /// Where it goes on.
    pub next: Option<String>,
}

/// What the row is about, and more about it.
pub type Line = Vec<Cell>;

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(String),
    /// What leads somewhere, and where.
    Link(String, String),
    /// A moment, by the collector's clock.
    When(i64),
    /// What was sent, letter by letter.
    Code(String),
    /// Something that is so, beside what the row is about.
    Marked(String, &'static str),
}

/// Rows of a part of a list.
pub const ROWS: usize = 50;

impl List {
    /// The list that a page shows, if it shows one.
    pub fn of(page: &Page) -> Option<Self> {
        Some(match page {
            Page::Overview | Page::Events => return None,
            Page::Accounts => List {
                title: String::from("Accounts"),
                note: "By id",
                empty: "None yet. An account is known once a group call names it.",
                columns: &[
                    ("Account", false),
                    ("Users", true),
                    ("Since", false),
                    ("Milestones, and the time to them", false),
                ],
                path: format!("/api/accounts?limit={ROWS}"),
                read: rows::accounts,
            },
            Page::Account(id) => List {
                title: id.clone(),
                note: "Users of the account",
                empty: "Nobody belongs to it now.",
                columns: &[
                    ("User", false),
                    ("Since", false),
                    ("Last seen", false),
                    ("Stage", false),
                    ("Milestones", false),
                ],
                path: format!("/api/accounts/{}", rows::encoded(id)),
                read: rows::users,
            },
            Page::Playbook => List {
                title: String::from("Versions of the playbook"),
                note: "Newest first",
                empty: "None was published yet.",
                columns: &[
                    ("Version", false),
                    ("Since", false),
                    ("Note", false),
                    ("By", false),
                ],
                path: format!("/api/playbooks?limit={ROWS}"),
                read: rows::versions,
            },
            Page::Refused => List {
                title: String::from("Refused events"),
                note: "The latest 10,000, newest first",
                empty: "None. What a client sends and cannot be taken stands here, with the reason.",
                columns: &[
                    ("Reason", false),
                    ("When", false),
                    ("Who", false),
                    ("What was sent", false),
                ],
                path: format!("/api/quarantine?limit={ROWS}"),
                read: rows::refused,
            },
            Page::Audit => List {
                title: String::from("Audit"),
                note: "Who did what to the data, newest first",
                empty: "Nothing was exported, erased, imported or published yet.",
                columns: &[
                    ("What", false),
                    ("When", false),
                    ("Of whom or what", false),
                    ("How much", false),
                    ("By", false),
                ],
                path: format!("/api/audit?limit={ROWS}"),
                read: rows::deeds,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::TABS;

    #[test]
    fn every_row_has_a_cell_for_each_column() {
        let answers = [
            (
                Page::Accounts,
                r#"{"accounts":[{"account":"a","users":2,"signup_at":5,"milestones":[]}],"next":null}"#,
            ),
            (
                Page::Account(String::from("a")),
                r#"{"account":"a","users":[{"user":"u"}]}"#,
            ),
            (
                Page::Playbook,
                r#"{"in_force":1,"versions":[{"version":1,"at":5,"actor":"file","note":""}]}"#,
            ),
            (
                Page::Refused,
                r#"{"refused":[{"id":1,"received_at":5,"reason":"odd","body":"{}"}]}"#,
            ),
            (
                Page::Audit,
                r#"{"deeds":[{"id":1,"at":5,"actor":"x","action":"export","subject":"all users","detail":"csv"}]}"#,
            ),
        ];
        for (page, answer) in answers {
            let list = List::of(&page).unwrap();
            let listing = (list.read)(answer).unwrap();
            assert_eq!(listing.rows[0].len(), list.columns.len(), "{page:?}");
            assert_eq!(listing.next, None);
        }
        let lists = TABS.iter().filter(|(.., page)| List::of(page).is_some());
        assert_eq!(lists.count(), 4);
    }
}
