//! The collector's answer about one account as rows of tables.

use super::answer::{amount, items, milestone_address, moment, or_dash, time, words};
use super::health_rows::health;
use super::listing::{Cell, HEALTH, Line, Listing};
use super::rows::member;
use super::user_rows::traits;
use crate::api::Overview;
use crate::format::count;
use serde_json::Value;

/// Everything about an account: who it is, traits, milestones, what it has achieved, its users.
pub fn account(text: &str, overview: &Overview) -> serde_json::Result<Listing> {
    let account: Value = serde_json::from_str(text)?;
    let users = items(&account, "users");
    let known = vec![
        vec![
            Cell::Text(String::from("Since")),
            moment(&account, "signup_at"),
        ],
        vec![
            Cell::Text(String::from("Users now")),
            Cell::Text(count(users.len() as u64)),
        ],
    ];
    let milestones = items(&account, "milestones").iter().map(|milestone| {
        let id = words(milestone, "id");
        vec![
            Cell::Link(milestone_address(&id), overview.milestone_title(&id)),
            moment(milestone, "reached_at"),
            time(milestone, "ttv_ms"),
        ]
    });
    let achieved = account.get("achieved").unwrap_or(&Value::Null);
    let outcomes = items(achieved, "outcomes").iter().map(outcome);
    let mut rows = vec![
        known,
        traits(&account),
        milestones.collect(),
        outcomes.collect(),
        users.iter().map(|user| member(user, overview)).collect(),
    ];
    if overview.health.of_accounts {
        rows.insert(HEALTH, health(&account));
    }
    Ok(Listing { rows, next: None })
}

fn outcome(outcome: &Value) -> Line {
    let sums: Vec<f64> = items(outcome, "sums")
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    let all: f64 = sums.iter().sum();
    let unit = in_english(outcome, "unit");
    let measured = |sum: f64| Cell::Number(format!("{} {unit}", amount(sum)).trim_end().into());
    let worth = outcome.get("value_of_one").and_then(|money| {
        let worth = amount(all * money.get("amount")?.as_f64()?);
        Some(format!("{worth} {}", words(money, "currency")))
    });
    vec![
        Cell::Text(in_english(outcome, "title")),
        measured(sums.last().copied().unwrap_or_default()),
        measured(all),
        Cell::Number(or_dash(worth.unwrap_or_default())),
    ]
}

/// A text by language, in that of this page if there is such, else in the first; of many things, where it
/// depends on their number.
fn in_english(of: &Value, name: &str) -> String {
    let texts = of.get(name).and_then(Value::as_object);
    let text = texts.and_then(|texts| texts.get("en").or_else(|| texts.values().next()));
    let text = text.and_then(|text| text.get("other").or(Some(text)));
    String::from(text.and_then(Value::as_str).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_says_how_much_of_what_and_what_it_is_worth() {
        let hours = serde_json::json!({
            "id": "hours", "title": { "de": "Stunden", "en": "Hours saved" },
            "unit": { "en": { "one": "hour", "other": "hours" } },
            "value_of_one": { "amount": 50.5, "currency": "EUR" }, "sums": [1_000.0, 200.0, 2.5],
        });
        let number = |text: &str| Cell::Number(String::from(text));
        assert_eq!(
            outcome(&hours),
            [
                Cell::Text(String::from("Hours saved")),
                number("2.5 hours"),
                number("1,203 hours"),
                number("60,726 EUR"),
            ]
        );
        let reports = serde_json::json!({
            "id": "reports", "title": { "": "Reports" }, "unit": null, "value_of_one": null, "sums": [-4.0],
        });
        assert_eq!(
            outcome(&reports),
            [
                Cell::Text(String::from("Reports")),
                number("-4"),
                number("-4"),
                number("–"),
            ]
        );
    }
}
