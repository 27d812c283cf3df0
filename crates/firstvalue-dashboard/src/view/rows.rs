//! Answers of the collector as rows of tables.

use super::listing::{Cell, Listing, ROWS};
use crate::format::{count, duration};
use serde_json::Value;

/// The most letters of what was sent.
const MOST_LETTERS: usize = 240;

pub fn accounts(text: &str) -> serde_json::Result<Listing> {
    let all: Value = serde_json::from_str(text)?;
    let rows = items(&all, "accounts").iter().map(|account| {
        let milestones = items(account, "milestones").iter().map(|milestone| {
            let id = words(milestone, "id");
            match number(milestone, "ttv_ms") {
                Some(ttv) => format!("{id} in {}", duration(ttv)),
                None => id,
            }
        });
        let id = words(account, "account");
        let users = number(account, "users").unwrap_or_default().unsigned_abs();
        vec![
            Cell::Link(format!("#/accounts/{}", encoded(&id)), id),
            Cell::Number(count(users)),
            moment(account, "signup_at"),
            Cell::Text(or_dash(milestones.collect::<Vec<_>>().join(", "))),
        ]
    });
    let rows = rows.collect();
    let next = all.get("next").and_then(Value::as_str);
    let next = next.map(|id| format!("/api/accounts?limit={ROWS}&after={}", encoded(id)));
    Ok(Listing { rows, next })
}

pub fn users(text: &str) -> serde_json::Result<Listing> {
    let account: Value = serde_json::from_str(text)?;
    let rows = items(&account, "users").iter().map(|user| {
        let milestones = items(user, "milestones").iter().filter_map(Value::as_str);
        vec![
            Cell::Text(words(user, "user")),
            moment(user, "signup_at"),
            moment(user, "last_seen_at"),
            Cell::Text(or_dash(words(user, "stage"))),
            Cell::Text(or_dash(milestones.collect::<Vec<_>>().join(", "))),
        ]
    });
    let rows = rows.collect();
    Ok(Listing { rows, next: None })
}

pub fn versions(text: &str) -> serde_json::Result<Listing> {
    let all: Value = serde_json::from_str(text)?;
    let in_force = number(&all, "in_force");
    let mut listing = listing(&all, "versions", "playbooks", "version", |one| {
        let name = number(one, "version").unwrap_or_default().to_string();
        vec![
            Cell::Text(name),
            moment(one, "at"),
            Cell::Text(or_dash(words(one, "note"))),
            Cell::Text(by(one)),
        ]
    });
    let in_force = in_force.map(|version| Cell::Text(version.to_string()));
    for cell in listing.rows.iter_mut().filter_map(|row| row.first_mut()) {
        if Some(&*cell) == in_force.as_ref()
            && let Cell::Text(version) = cell
        {
            *cell = Cell::Marked(std::mem::take(version), "in force");
        }
    }
    Ok(listing)
}

pub fn refused(text: &str) -> serde_json::Result<Listing> {
    let all = serde_json::from_str(text)?;
    Ok(listing(&all, "refused", "quarantine", "id", |one| {
        let user = words(one, "user");
        vec![
            Cell::Text(words(one, "reason")),
            moment(one, "received_at"),
            Cell::Text(if user.is_empty() {
                String::from("nobody")
            } else {
                user
            }),
            Cell::Code(beginning(&words(one, "body"))),
        ]
    }))
}

pub fn deeds(text: &str) -> serde_json::Result<Listing> {
    let all = serde_json::from_str(text)?;
    Ok(listing(&all, "deeds", "audit", "id", |one| {
        vec![
            Cell::Text(words(one, "action")),
            moment(one, "at"),
            Cell::Text(words(one, "subject")),
            Cell::Text(words(one, "detail")),
            Cell::Text(by(one)),
        ]
    }))
}

/// The items of an answer; a list that is filled up to its last row goes on before that.
fn listing(all: &Value, name: &str, path: &str, id: &str, row: fn(&Value) -> Vec<Cell>) -> Listing {
    let items = items(all, name);
    let last = items.get(ROWS - 1).and_then(|last| number(last, id));
    Listing {
        rows: items.iter().map(row).collect(),
        next: last.map(|last| format!("/api/{path}?limit={ROWS}&before={last}")),
    }
}

// Read by hand: types for these answers would take several kilobytes, and nothing reckons with them.

fn items<'v>(of: &'v Value, name: &str) -> &'v [Value] {
    of.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn words(of: &Value, name: &str) -> String {
    of.get(name)
        .and_then(Value::as_str)
        .map(String::from)
        .unwrap_or_default()
}

fn number(of: &Value, name: &str) -> Option<i64> {
    of.get(name)?.as_i64()
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

fn moment(of: &Value, name: &str) -> Cell {
    number(of, name).map_or_else(|| Cell::Text(String::from("–")), Cell::When)
}

fn or_dash(text: String) -> String {
    if text.is_empty() {
        String::from("–")
    } else {
        text
    }
}

/// Who did something, as the collector writes it.
fn by(one: &Value) -> String {
    match words(one, "actor") {
        actor if actor == "file" => String::from("the settings"),
        actor => actor,
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
            listing.rows[0],
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
