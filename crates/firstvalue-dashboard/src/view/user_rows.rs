//! Answers of the collector about one user as rows of tables.

use super::answer::{
    account, beginning, items, joined, milestone_address, moment, number, one_table, or_dash,
    stage, time, words,
};
use super::deed::Deed;
use super::event_row::{details, plain};
use super::health_rows::health;
use super::listing::{Cell, HEALTH, Line, Listing};
use crate::api::Overview;
use crate::format::count;
use serde_json::Value;

/// Everything about a user but what they did: who it is, traits, milestones, guides.
pub fn user(text: &str, overview: &Overview) -> serde_json::Result<Listing> {
    let user: Value = serde_json::from_str(text)?;
    let id = words(&user, "user");
    let known = vec![
        named("Account", account(&user)),
        named("Since", moment(&user, "signup_at")),
        named("Last seen", moment(&user, "last_seen_at")),
        named("Stage", stage(&user, overview)),
        named("Audiences", joined(&user, "audiences")),
        named("Other ids", joined(&user, "anonymous_ids")),
        named(
            "What is kept",
            Cell::Deeds(vec![Deed::Export(id.clone()), Deed::Erase(id)]),
        ),
    ];
    let milestones = items(&user, "milestones").iter().map(|milestone| {
        let id = words(milestone, "id");
        vec![
            Cell::Link(milestone_address(&id), overview.milestone_title(&id)),
            moment(milestone, "reached_at"),
            time(milestone, "ttv_ms"),
        ]
    });
    let due = items(&user, "eligible");
    let guides = items(&user, "guides").iter().map(|met| guide(met, due));
    let mut rows = vec![known, traits(&user), milestones.collect(), guides.collect()];
    if overview.health.of_users {
        rows.insert(HEALTH, health(&user));
    }
    Ok(Listing { rows, next: None })
}

fn named(name: &str, cell: Cell) -> Line {
    vec![Cell::Text(String::from(name)), cell]
}

/// What a user or an account was told to be.
pub fn traits(of: &Value) -> Vec<Line> {
    let traits = of.get("traits").and_then(Value::as_object);
    let traits = traits.into_iter().flatten();
    let traits = traits.map(|(name, value)| named(name, Cell::Text(plain(value))));
    traits.collect()
}

/// How a guide has gone; `due` are those that may come again.
fn guide(met: &Value, due: &[Value]) -> Line {
    let is = |name: &str| met.get(name) == Some(&Value::Bool(true));
    let mut went = vec!["completed", "dismissed", "snoozed"];
    went.retain(|name| is(name));
    if number(met, "withheld").unwrap_or_default() > 0 {
        went.push("held out");
    }
    if met.get("id").is_some_and(|id| due.contains(id)) {
        went.push("due");
    }
    let shown = number(met, "shown").unwrap_or_default().unsigned_abs();
    vec![
        Cell::Text(words(met, "title")),
        Cell::Number(count(shown)),
        Cell::Text(or_dash(went.join(", "))),
    ]
}

/// What a user did.
pub fn timeline(text: &str, _: &Overview) -> serde_json::Result<Listing> {
    let all: Value = serde_json::from_str(text)?;
    let rows = items(&all, "events").iter().map(|event| {
        let mut name = words(event, "event");
        if name.is_empty() {
            name = words(event, "type");
        }
        let with = event.get("properties").and_then(Value::as_object);
        let with = with.map(details).unwrap_or_default().into_iter();
        let with: Vec<_> = with
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        vec![
            Cell::Text(name),
            moment(event, "at"),
            Cell::Text(or_dash(beginning(&with.join(", ")))),
        ]
    });
    Ok(one_table(&all, "before", rows.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::listing::tests::overview;

    #[test]
    fn a_guide_says_how_it_went_and_whether_it_comes_again() {
        let met = serde_json::json!({ "id": "tour", "title": "Your first report", "shown": 2, "withheld": 0,
            "completed": true, "dismissed": true, "snoozed": false });
        let text = |due: &[Value]| match guide(&met, due).pop() {
            Some(Cell::Text(text)) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(text(&[]), "completed, dismissed");
        assert_eq!(text(&[Value::from("tour")]), "completed, dismissed, due");
    }

    #[test]
    fn a_call_without_an_event_goes_by_its_kind_in_the_time_line_too() {
        let answer = r#"{"events":[{"at":5,"type":"identify","event":null,"properties":null}],"next":"5.1"}"#;
        let listing = timeline(answer, &overview()).unwrap();
        assert_eq!(listing.rows[0][0][0], Cell::Text(String::from("identify")));
        assert_eq!(listing.next.as_deref(), Some("&before=5.1"));
    }
}
