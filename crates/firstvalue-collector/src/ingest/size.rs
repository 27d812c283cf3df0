//! How deep and how wide an event is. What is far beyond anything that people mean would only cost
//! whoever reads it.

use firstvalue_model::message::Object;
use serde_json::Value;

use crate::limits::Limits;

/// Whether an event keeps to the limits.
pub(crate) fn check(event: &Object, limits: &Limits) -> Result<(), String> {
    let mut keys = 0;
    let depth = of_object(event, &mut keys);
    if depth > limits.depth {
        return Err(format!(
            "an event has objects and arrays at most {} deep",
            limits.depth
        ));
    }
    if keys > limits.keys {
        return Err(format!("an event has at most {} keys", limits.keys));
    }
    Ok(())
}

fn of_object(object: &Object, keys: &mut usize) -> usize {
    *keys += object.len();
    1 + deepest(object.values(), keys)
}

/// JSON is read to a depth of 128, so that this ends.
fn of_value(value: &Value, keys: &mut usize) -> usize {
    match value {
        Value::Array(values) => 1 + deepest(values.iter(), keys),
        Value::Object(object) => of_object(object, keys),
        _ => 0,
    }
}

fn deepest<'v>(values: impl Iterator<Item = &'v Value>, keys: &mut usize) -> usize {
    values.map(|value| of_value(value, keys)).max().unwrap_or(0)
}
