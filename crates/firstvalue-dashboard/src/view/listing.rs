//! Lists of the collector as tables.

use super::answer::encoded;
use super::deed::Deed;
use super::{account_rows, rows, user_rows};
use crate::api::Overview;
use crate::format::count;
use crate::page::Page;
use std::borrow::Cow;

/// What a page shows of an answer: one table or several, one below the other.
#[derive(Clone, Debug)]
pub struct List {
    pub path: String,
    /// Reads an answer; the overview knows what people call things.
    pub read: fn(&str, &Overview) -> serde_json::Result<Listing>,
    pub parts: Vec<Part>,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub title: String,
    /// What is in it.
    pub note: Cow<'static, str>,
    /// What to say when there is nothing in it.
    pub empty: &'static str,
    /// The columns, and whether numbers stand in them.
    pub columns: &'static [(&'static str, bool)],
}

impl PartialEq for List {
    /// Where it is says how it is read.
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.parts == other.parts
    }
}

/// What an answer says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// The rows of every part. Where the list goes on, they are those of the last.
    pub rows: Vec<Vec<Line>>,
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
    /// What can be done with it.
    Deeds(Vec<Deed>),
}

/// The place of the health score among the parts of a user or an account, where there is one.
pub const HEALTH: usize = 1;

/// Of accounts, the last where they have health scores.
const ACCOUNTS: &[(&str, bool)] = &[
    ("Account", false),
    ("Users", true),
    ("Since", false),
    ("Milestones, and the time to them", false),
    ("Health", true),
];

/// Rows of a part of a list.
pub const ROWS: usize = 50;

impl List {
    /// What a page shows, if lists are what it shows.
    pub fn of(page: &Page, overview: &Overview) -> Vec<Self> {
        let one = |path: String, read, part| List {
            path,
            read,
            parts: vec![part],
        };
        let list = match page {
            Page::Overview | Page::Events | Page::Unknown => return Vec::new(),
            Page::User(id) => return user(id, overview),
            Page::Milestone(id) => return vec![milestone(id, overview)],
            Page::Users => one(
                format!("/api/users?limit={ROWS}"),
                rows::users,
                Part {
                    title: String::from("Users"),
                    note: Cow::Borrowed("By id"),
                    empty: "None yet.",
                    columns: &[
                        ("User", false),
                        ("Account", false),
                        ("Since", false),
                        ("Last seen", false),
                        ("Stage", false),
                        ("Milestones", false),
                    ],
                },
            ),
            Page::Accounts => one(
                format!("/api/accounts?limit={ROWS}"),
                rows::accounts,
                Part {
                    title: String::from("Accounts"),
                    note: Cow::Borrowed("By id"),
                    empty: "None yet. An account is known once a group call names it.",
                    columns: match ACCOUNTS {
                        [columns @ .., _health] if !overview.health.of_accounts => columns,
                        columns => columns,
                    },
                },
            ),
            Page::Account(id) => return vec![account(id, overview)],
            Page::Playbook => one(
                format!("/api/playbooks?limit={ROWS}"),
                rows::versions,
                Part {
                    title: String::from("Versions of the playbook"),
                    note: Cow::Borrowed("Newest first"),
                    empty: "None was published yet.",
                    columns: &[
                        ("Version", false),
                        ("Since", false),
                        ("Note", false),
                        ("By", false),
                        ("Go back", false),
                    ],
                },
            ),
            Page::Delivery => one(
                String::from("/api/delivery"),
                rows::delivery,
                Part {
                    title: String::from("Delivery"),
                    note: Cow::Borrowed(
                        "What pages sent in the last 30 days. A week after their last, what is missing is lost",
                    ),
                    empty: "Nothing yet. Pages number what they send, so that it is known what does not come.",
                    columns: &[
                        ("Browser", false),
                        ("Sent by", false),
                        ("Came", true),
                        ("May still come", true),
                        ("Lost", true),
                        ("Share lost", true),
                    ],
                },
            ),
            Page::Refused => one(
                format!("/api/quarantine?limit={ROWS}"),
                rows::refused,
                Part {
                    title: String::from("Refused events"),
                    note: Cow::Borrowed("The latest 10,000, newest first"),
                    empty: "None. What a client sends and cannot be taken stands here, with the reason.",
                    columns: &[
                        ("Reason", false),
                        ("When", false),
                        ("Who", false),
                        ("What was sent", false),
                    ],
                },
            ),
            Page::Audit => one(
                format!("/api/audit?limit={ROWS}"),
                rows::deeds,
                Part {
                    title: String::from("Audit"),
                    note: Cow::Borrowed("Who did what to the data, newest first"),
                    empty: "Nothing was exported, erased, imported or published yet.",
                    columns: &[
                        ("What", false),
                        ("When", false),
                        ("Of whom or what", false),
                        ("How much", false),
                        ("By", false),
                    ],
                },
            ),
        };
        vec![list]
    }
}

/// Who has reached a milestone.
fn milestone(id: &str, overview: &Overview) -> List {
    let known = overview.milestone(id);
    let (who, columns): (_, &[_]) = match known {
        Some(milestone) if milestone.is_of_accounts() => (
            "accounts",
            &[("Account", false), ("Reached", false), ("Time to it", true)],
        ),
        _ => (
            "users",
            &[("User", false), ("Reached", false), ("Time to it", true)],
        ),
    };
    List {
        path: format!("/api/milestones/{}/{who}?limit={ROWS}", encoded(id)),
        read: rows::reached,
        parts: vec![Part {
            title: overview.milestone_title(id),
            note: match known {
                Some(milestone) => Cow::Owned(format!(
                    "{} of {} {who} reached it; by id",
                    count(milestone.reached),
                    count(milestone.users)
                )),
                None => Cow::Borrowed("Who has reached it, by id"),
            },
            empty: "Nobody has reached it yet.",
            columns,
        }],
    }
}

/// Everything about one user.
fn user(id: &str, overview: &Overview) -> Vec<List> {
    let path = format!("/api/users/{}", encoded(id));
    let events = List {
        path: format!("{path}/events?limit={ROWS}"),
        read: user_rows::timeline,
        parts: vec![Part {
            title: String::from("Timeline"),
            note: Cow::Borrowed("Newest first"),
            empty: "Nothing is kept.",
            columns: &[("Event", false), ("When", false), ("With", false)],
        }],
    };
    let mut parts = vec![
        part(id, "Who it is", "", &[("What", false), ("Is", false)]),
        traits(),
        reached("Reached by this user"),
        part(
            "Guides",
            "Met by this user",
            "None was met yet.",
            &[("Guide", false), ("Shown", true), ("How it went", false)],
        ),
    ];
    if overview.health.of_users {
        parts.insert(HEALTH, health());
    }
    let known = List {
        path,
        read: user_rows::user,
        parts,
    };
    vec![known, events]
}

/// What the health score of a user or an account is made of.
fn health() -> Part {
    part(
        "Health",
        "From 0 to 100, and what each part adds to it",
        "Nothing is known of any part yet.",
        &[("Part", false), ("Is", true), ("Points", true)],
    )
}

/// What is known of a user or an account besides what they did.
fn traits() -> Part {
    part(
        "Traits",
        "As they were last told",
        "None were told.",
        &[("Trait", false), ("Is", false)],
    )
}

/// The milestones that a user or an account has reached.
fn reached(note: &'static str) -> Part {
    part(
        "Milestones",
        note,
        "None was reached yet.",
        &[
            ("Milestone", false),
            ("Reached", false),
            ("Time to it", true),
        ],
    )
}

/// Everything about one account.
fn account(id: &str, overview: &Overview) -> List {
    let mut list = List {
        path: format!("/api/accounts/{}", encoded(id)),
        read: account_rows::account,
        parts: vec![
            part(id, "Which it is", "", &[("What", false), ("Is", false)]),
            traits(),
            reached("Reached by this account"),
            part(
                "Outcomes",
                "What its users have achieved, by months of UTC",
                "The playbook names none.",
                &[
                    ("Outcome", false),
                    ("This month", true),
                    ("Twelve months", true),
                    ("Worth, twelve months", true),
                ],
            ),
            part(
                "Users",
                "Who belongs to it now, by id",
                "Nobody belongs to it now.",
                &[
                    ("User", false),
                    ("Since", false),
                    ("Last seen", false),
                    ("Stage", false),
                    ("Milestones", false),
                ],
            ),
        ],
    };
    if overview.health.of_accounts {
        list.parts.insert(HEALTH, health());
    }
    list
}

fn part(
    title: &str,
    note: &'static str,
    empty: &'static str,
    columns: &'static [(&'static str, bool)],
) -> Part {
    Part {
        title: String::from(title),
        note: Cow::Borrowed(note),
        empty,
        columns,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::api::Milestone;
    use crate::page::TABS;
    use crate::view::milestone_row::tests::milestone;

    /// Of a playbook with a milestone of users and one of accounts.
    pub(in crate::view) fn overview() -> Overview {
        let counts = r#"{"product":"Ledgerly","now":5,"users":{"total":3,"active_7d":0,"new_7d":0},
            "events":{"total":0,"last_at":null},"milestones":[],"guides":[]}"#;
        let mut overview: Overview = serde_json::from_str(counts).unwrap();
        overview.milestones = vec![
            milestone(),
            Milestone {
                id: String::from("team"),
                per: String::from("account"),
                ..milestone()
            },
        ];
        overview
    }

    #[test]
    fn a_milestone_of_accounts_is_asked_for_accounts() {
        let path = |id: &str| {
            let page = Page::Milestone(String::from(id));
            List::of(&page, &overview()).swap_remove(0).path
        };
        assert_eq!(
            path("first-report"),
            "/api/milestones/first-report/users?limit=50"
        );
        assert_eq!(path("team"), "/api/milestones/team/accounts?limit=50");
        assert_eq!(path("no such"), "/api/milestones/no%20such/users?limit=50");
    }

    #[test]
    fn a_milestones_page_has_its_title_and_says_how_many() {
        let part = |id: &str| {
            let page = Page::Milestone(String::from(id));
            List::of(&page, &overview()).swap_remove(0).parts.remove(0)
        };
        let known = part("first-report");
        assert_eq!(known.title, "First report");
        assert_eq!(known.note, "1,200 of 1,500 users reached it; by id");
        let gone = part("no-such");
        assert_eq!(gone.title, "no-such");
        assert_eq!(gone.note, "Who has reached it, by id");
    }

    #[test]
    fn every_row_has_a_cell_for_each_column() {
        let id = || String::from("a");
        let answers = [
            (
                Page::Accounts,
                r#"{"accounts":[{"account":"a","users":2,"signup_at":5,"milestones":[],"health":null}],"next":null}"#,
            ),
            (
                Page::Account(id()),
                r#"{"account":"a","traits":{"plan":"pro"},"milestones":[{"id":"m","reached_at":5}],
                    "achieved":{"outcomes":[{"title":{"":"Reports"},"sums":[1]}]},"users":[{"user":"u"}],
                    "health":{"score":3,"parts":[]}}"#,
            ),
            (Page::Users, r#"{"users":[{"user":"u"}],"next":null}"#),
            (
                Page::User(id()),
                r#"{"user":"a","traits":{"role":"admin"},"milestones":[{"id":"m"}],
                    "guides":[{"id":"g","title":"G"}],"eligible":["g"],
                    "health":{"score":3,"parts":[]}}"#,
            ),
            (
                Page::Milestone(id()),
                r#"{"users":[{"user":"u","reached_at":5,"ttv_ms":3}],"next":null}"#,
            ),
            (
                Page::Milestone(String::from("team")),
                r#"{"accounts":[{"account":"u","reached_at":5,"ttv_ms":3}],"next":null}"#,
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
                Page::Delivery,
                r#"{"all":{"delivered":1,"awaited":0,"lost":0,"loss":null},
                    "ways":[{"browser":null,"transport":"fetch","delivered":1,"awaited":0,"lost":0,"loss":0.5}]}"#,
            ),
            (
                Page::Audit,
                r#"{"deeds":[{"id":1,"at":5,"actor":"x","action":"export","subject":"all users","detail":"csv"}]}"#,
            ),
        ];
        let mut scored = overview();
        (scored.health.of_users, scored.health.of_accounts) = (true, true);
        for overview in [overview(), scored] {
            for (page, answer) in &answers {
                let list = List::of(page, &overview).swap_remove(0);
                let listing = (list.read)(answer, &overview).unwrap();
                assert_eq!(listing.rows.len(), list.parts.len(), "{page:?}");
                for (rows, part) in listing.rows.iter().zip(&list.parts) {
                    assert_eq!(rows[0].len(), part.columns.len(), "{page:?} {}", part.title);
                }
                assert_eq!(listing.next, None);
            }
        }
        let lists = TABS
            .iter()
            .filter(|(.., page)| !List::of(page, &overview()).is_empty());
        assert_eq!(lists.count(), 6);
        let timeline = List::of(&Page::User(id()), &overview()).swap_remove(1);
        let answer =
            r#"{"events":[{"at":5,"type":"track","event":"e","properties":{"a":1}}],"next":"5.1"}"#;
        let listing = (timeline.read)(answer, &overview()).unwrap();
        assert_eq!(listing.rows[0][0].len(), timeline.parts[0].columns.len());
    }
}
