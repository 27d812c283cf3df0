//! The condition language means what GrowthBook's SDK cases say, all of them.

use firstvalue_engine::query::matches_with_groups;
use firstvalue_model::message::Object;
use serde_json::Value;

/// A name, a query, an object, and whether the object matches; saved groups may follow.
type Case = (String, Object, Object, bool, Option<Object>);

#[test]
fn every_case_of_the_specification_holds() {
    let rows: Vec<Vec<Value>> =
        serde_json::from_str(include_str!("growthbook/eval-condition.json")).expect("rows of JSON");
    assert_eq!(rows.len(), 583, "the cases of specification 0.12.0");
    let failed: Vec<String> = rows
        .into_iter()
        .map(|mut row| {
            row.resize(5, Value::Null);
            serde_json::from_value(Value::Array(row)).expect("a case")
        })
        .filter(|(_, query, object, expected, groups): &Case| {
            matches_with_groups(query, object, groups.as_ref()) != *expected
        })
        .map(|(name, query, object, expected, _)| {
            format!("{name}: {query:?} over {object:?} should be {expected}")
        })
        .collect();
    assert!(
        failed.is_empty(),
        "{} cases fail:\n{}",
        failed.len(),
        failed.join("\n")
    );
}
