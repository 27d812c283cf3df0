//! Of a playbook with a mistake in it the schema says no more than the decoders, and as much
//! wherever a key is unknown or missing, or something is of the wrong type.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::{as_json, errors, objections, playbooks_in};
use crate::source::tests::{playbooks, written};

/// The problems that a schema can see.
const SHAPE: [&str; 3] = ["unknown-key", "missing-key", "wrong-type"];

#[test]
fn bad_playbooks_are_refused() {
    let mut refused = 0;
    for (name, text) in playbooks_in("bad") {
        // What is no YAML, no editor shows to a schema.
        let Some(playbook) = as_json(&text) else {
            continue;
        };
        let errors = errors(&text);
        if let Some(error) = errors.iter().find(|error| SHAPE.contains(&error.code)) {
            assert_ne!(
                objections(&playbook),
                Vec::<String>::new(),
                "{name}: {error:?}"
            );
            refused += 1;
        }
    }
    assert!(
        refused > 10,
        "most bad playbooks are of a wrong shape: {refused}"
    );
}

/// One mistake.
#[derive(Debug, Clone)]
enum Mistake {
    /// A key that is not known, or stands elsewhere.
    Added(&'static str),
    Removed(Index),
    Replaced(Value),
}

fn mistake() -> impl Strategy<Value = Mistake> {
    let keys = vec![
        "titel", "when", "within", "times", "sum", "is", "ago", "user", "users", "count", "number",
        "from", "$eq", "$and", "steps", "body", "did",
    ];
    let values = vec![
        json!(null),
        json!(true),
        json!(3),
        json!(-1.5),
        json!("7d"),
        json!("report.created"),
        json!(" "),
        json!([]),
        json!(["x"]),
        json!([{}]),
        json!({}),
        json!({ "gte": 3 }),
        json!({ "did": "report.created" }),
        json!({ "$in": ["x"] }),
    ];
    prop_oneof![
        select(keys).prop_map(Mistake::Added),
        any::<Index>().prop_map(Mistake::Removed),
        select(values).prop_map(Mistake::Replaced),
    ]
}

/// The places of all values in a value, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                places(member, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(elements) => {
            for (place, element) in elements.iter().enumerate() {
                places(element, &format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
}

/// Makes a mistake somewhere.
fn spoil(playbook: &mut Value, at: &Index, mistake: &Mistake) {
    let mut found = Vec::new();
    places(playbook, "", &mut found);
    if !matches!(mistake, Mistake::Replaced(_)) {
        let is_mapping = |place: &String| playbook.pointer(place).is_some_and(Value::is_object);
        found.retain(is_mapping);
    }
    let place = at.get(&found);
    let Some(value) = playbook.pointer_mut(place) else {
        return;
    };
    match (mistake, value) {
        (Mistake::Replaced(other), value) => *value = other.clone(),
        (Mistake::Added(key), Value::Object(members)) => {
            members.insert((*key).to_owned(), json!("report.created"));
        }
        (Mistake::Removed(which), Value::Object(members)) if !members.is_empty() => {
            let key = which.get(&members.keys().collect::<Vec<_>>()).to_string();
            members.remove(&key);
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn schema_and_decoders_see_the_same_mistakes(
        playbook in playbooks::playbook(),
        mistakes in prop::collection::vec((any::<Index>(), mistake()), 1..4),
    ) {
        let written = written::playbook(&playbook);
        for (at, mistake) in mistakes {
            let mut spoilt = written.clone();
            spoil(&mut spoilt, &at, &mistake);
            let errors = errors(&format!("{spoilt:#}"));
            let objections = objections(&spoilt);
            if errors.is_empty() {
                prop_assert_eq!(objections, Vec::<String>::new(), "{:#}", spoilt);
            } else if let Some(error) = errors.iter().find(|error| SHAPE.contains(&error.code)) {
                prop_assert!(!objections.is_empty(), "{:?} is seen by both: {:#}", error, spoilt);
            }
        }
    }
}
