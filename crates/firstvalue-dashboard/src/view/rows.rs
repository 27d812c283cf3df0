//! Answers of the collector as rows of tables.

use super::listing::{Cell, Line, Listing, ROWS};
use crate::api::{AccountUsers, Accounts, Audit, Playbooks, Quarantine};
use crate::format::{count, duration};

/// The most letters of what was sent.
const MOST_LETTERS: usize = 240;

pub fn accounts(text: &str) -> serde_json::Result<Listing> {
    let all: Accounts = serde_json::from_str(text)?;
    let rows = all.accounts.iter().map(|account| {
        let milestones = account
            .milestones
            .iter()
            .map(|milestone| match milestone.ttv_ms {
                Some(ttv) => format!("{} in {}", milestone.id, duration(ttv)),
                None => milestone.id.clone(),
            });
        let id = &account.account;
        let cells = vec![
            Cell::Link(format!("#/accounts/{}", encoded(id)), id.clone()),
            Cell::Number(count(account.users)),
            moment(account.signup_at),
            Cell::Text(or_dash(milestones.collect())),
        ];
        line(id, cells)
    });
    Ok(Listing {
        rows: rows.collect(),
        next: all
            .next
            .map(|id| format!("/api/accounts?limit={ROWS}&after={}", encoded(&id))),
    })
}

pub fn users(text: &str) -> serde_json::Result<Listing> {
    let account: AccountUsers = serde_json::from_str(text)?;
    let rows = account.users.into_iter().map(|user| {
        let cells = vec![
            Cell::Text(user.user.clone()),
            moment(user.signup_at),
            moment(user.last_seen_at),
            Cell::Text(or_dash(user.stage.into_iter().collect())),
            Cell::Text(or_dash(user.milestones)),
        ];
        line(&user.user, cells)
    });
    Ok(Listing {
        rows: rows.collect(),
        next: None,
    })
}

pub fn versions(text: &str) -> serde_json::Result<Listing> {
    let all: Playbooks = serde_json::from_str(text)?;
    let last = all.versions.last().map(|one| one.version);
    let next = older("playbooks", last, all.versions.len());
    let rows = all.versions.into_iter().map(|one| {
        let version = one.version.to_string();
        let cells = vec![
            match all.in_force == Some(one.version) {
                true => Cell::Marked(version.clone(), "in force"),
                false => Cell::Text(version.clone()),
            },
            Cell::When(one.at),
            Cell::Text(or_dash(
                Some(one.note)
                    .filter(|note| !note.is_empty())
                    .into_iter()
                    .collect(),
            )),
            Cell::Text(by(one.actor)),
        ];
        line(&version, cells)
    });
    Ok(Listing {
        rows: rows.collect(),
        next,
    })
}

pub fn refused(text: &str) -> serde_json::Result<Listing> {
    let all: Quarantine = serde_json::from_str(text)?;
    let last = all.refused.last().map(|one| one.id);
    let next = older("quarantine", last, all.refused.len());
    let rows = all.refused.into_iter().map(|one| {
        let cells = vec![
            Cell::Text(one.reason),
            Cell::When(one.received_at),
            Cell::Text(one.user.unwrap_or_else(|| String::from("nobody"))),
            Cell::Code(beginning(&one.body)),
        ];
        line(&one.id.to_string(), cells)
    });
    Ok(Listing {
        rows: rows.collect(),
        next,
    })
}

pub fn deeds(text: &str) -> serde_json::Result<Listing> {
    let all: Audit = serde_json::from_str(text)?;
    let last = all.deeds.last().map(|one| one.id);
    let next = older("audit", last, all.deeds.len());
    let rows = all.deeds.into_iter().map(|one| {
        let cells = vec![
            Cell::Text(one.action),
            Cell::When(one.at),
            Cell::Text(one.subject),
            Cell::Text(one.detail),
            Cell::Text(by(one.actor)),
        ];
        line(&one.id.to_string(), cells)
    });
    Ok(Listing {
        rows: rows.collect(),
        next,
    })
}

/// As a part of an address.
pub fn encoded(id: &str) -> String {
    let mut address = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

fn line(key: &str, cells: Vec<Cell>) -> Line {
    Line {
        key: String::from(key),
        cells,
    }
}

/// Where a list goes on that was filled up to its last row.
fn older(list: &str, last: Option<i64>, rows: usize) -> Option<String> {
    let last = last.filter(|_| rows >= ROWS)?;
    Some(format!("/api/{list}?limit={ROWS}&before={last}"))
}

fn moment(at: Option<i64>) -> Cell {
    at.map_or_else(|| Cell::Text(String::from("–")), Cell::When)
}

fn or_dash(texts: Vec<String>) -> String {
    match texts.is_empty() {
        true => String::from("–"),
        false => texts.join(", "),
    }
}

/// Who did something, as the collector writes it.
fn by(actor: String) -> String {
    match actor.as_str() {
        "file" => String::from("the settings"),
        _ => actor,
    }
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => String::from(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_says_how_soon_it_got_where() {
        let text = r#"{"accounts":[{"account":"a/b","users":1200,"signup_at":null,"milestones":[
            {"id":"team-active","reached_at":9,"ttv_ms":7200000},{"id":"big","reached_at":9}]}],
            "next":"a/b"}"#;
        let listing = accounts(text).unwrap();
        assert_eq!(
            listing.rows[0].cells,
            [
                Cell::Link(String::from("#/accounts/a%2Fb"), String::from("a/b")),
                Cell::Number(String::from("1,200")),
                Cell::Text(String::from("–")),
                Cell::Text(String::from("team-active in 2 h, big")),
            ]
        );
        let next = listing.next.unwrap();
        assert_eq!(next, "/api/accounts?limit=50&after=a%2Fb");
    }

    #[test]
    fn a_full_part_goes_on_before_its_last_row() {
        let deed = |id: usize| {
            format!(
                r#"{{"id":{id},"at":1,"actor":"file","action":"publish","subject":"","detail":""}}"#
            )
        };
        let all: Vec<String> = (1..=ROWS).rev().map(deed).collect();
        let text = |deeds: &[String]| format!(r#"{{"deeds":[{}]}}"#, deeds.join(","));
        let listing = deeds(&text(&all)).unwrap();
        assert_eq!(listing.next.unwrap(), "/api/audit?limit=50&before=1");
        assert_eq!(deeds(&text(&all[1..])).unwrap().next, None);
    }

    #[test]
    fn what_was_sent_is_cut_between_letters() {
        let text = "ä".repeat(MOST_LETTERS + 1);
        assert_eq!(beginning(&text).chars().count(), MOST_LETTERS + 1);
        assert_eq!(beginning("{}"), "{}");
    }
}
