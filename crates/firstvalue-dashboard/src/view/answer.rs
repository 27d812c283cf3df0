//! Reading the collector's answers without types of their own.
//!
//! Types for the answers that are shown as tables would take several kilobytes, and nothing reckons with them.

use super::listing::{Cell, Line, Listing, ROWS};
use crate::api::Overview;
use crate::format::{count, decimal, duration};
use serde_json::Value;

/// The most letters of what was sent.
const MOST_LETTERS: usize = 240;

pub fn items<'v>(of: &'v Value, name: &str) -> &'v [Value] {
    of.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

pub fn words(of: &Value, name: &str) -> String {
    of.get(name)
        .and_then(Value::as_str)
        .map(String::from)
        .unwrap_or_default()
}

pub fn number(of: &Value, name: &str) -> Option<i64> {
    of.get(name)?.as_i64()
}

/// `3.4`, `-12,000`
pub fn amount(number: f64) -> String {
    if number.abs() < 1_000.0 {
        return decimal(number);
    }
    let sign = if number < 0.0 { "-" } else { "" };
    format!("{sign}{}", count(number.abs().round() as u64))
}

pub fn float(of: &Value, name: &str) -> Option<f64> {
    of.get(name)?.as_f64()
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

pub fn moment(of: &Value, name: &str) -> Cell {
    number(of, name).map_or_else(|| Cell::Text(String::from("–")), Cell::When)
}

pub fn or_dash(text: String) -> String {
    if text.is_empty() {
        String::from("–")
    } else {
        text
    }
}

/// Who did something, as the collector writes it.
pub fn by(one: &Value) -> String {
    match words(one, "actor") {
        actor if actor == "file" => String::from("the settings"),
        actor => actor,
    }
}

/// How long something took.
pub fn time(of: &Value, name: &str) -> Cell {
    let time = number(of, name).map(duration);
    Cell::Number(or_dash(time.unwrap_or_default()))
}

/// Words in one line.
pub fn joined(of: &Value, name: &str) -> Cell {
    let words = items(of, name).iter().filter_map(Value::as_str);
    Cell::Text(or_dash(words.collect::<Vec<_>>().join(", ")))
}

/// The stage that a user is in.
pub fn stage(user: &Value, overview: &Overview) -> Cell {
    let id = words(user, "stage");
    Cell::Text(or_dash(overview.stage_title(&id)))
}

/// The milestones that somebody has reached, in one line.
pub fn milestones(user: &Value, overview: &Overview) -> Cell {
    let ids = items(user, "milestones").iter().filter_map(Value::as_str);
    let titles = ids.map(|id| overview.milestone_title(id));
    Cell::Text(or_dash(titles.collect::<Vec<_>>().join(", ")))
}

/// A user, and the way to the page about them.
pub fn who(id: String) -> Cell {
    Cell::Link(user_address(&id), id)
}

/// Where the page about a user is.
pub fn user_address(id: &str) -> String {
    format!("#/users/{}", encoded(id))
}

/// Where the page about who has reached a milestone is.
pub fn milestone_address(id: &str) -> String {
    format!("#/milestones/{}", encoded(id))
}

/// The account that a user belongs to.
pub fn account(user: &Value) -> Cell {
    match words(user, "account") {
        id if id.is_empty() => Cell::Text(or_dash(id)),
        id => Cell::Link(format!("#/accounts/{}", encoded(&id)), id),
    }
}

/// The one table of an answer that says itself where it goes on: `after` or `before` what it names.
pub fn one_table(all: &Value, way: &str, rows: Vec<Line>) -> Listing {
    let next = all.get("next").and_then(Value::as_str);
    Listing {
        rows: vec![rows],
        next: next.map(|place| format!("&{way}={}", encoded(place))),
    }
}

/// The one table of an answer; if it is filled up to its last row, it goes on before that.
pub fn listing(all: &Value, name: &str, id: &str, row: fn(&Value) -> Line) -> Listing {
    let items = items(all, name);
    let last = items.get(ROWS - 1).and_then(|last| number(last, id));
    Listing {
        rows: vec![items.iter().map(row).collect()],
        next: last.map(|last| format!("&before={last}")),
    }
}

pub fn beginning(text: &str) -> String {
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => String::from(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_cut_between_letters() {
        let text = "ä".repeat(MOST_LETTERS + 1);
        assert_eq!(beginning(&text).chars().count(), MOST_LETTERS + 1);
        assert_eq!(beginning("{}"), "{}");
    }
}
