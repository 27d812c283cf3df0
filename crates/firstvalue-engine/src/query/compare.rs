//! Comparing JSON values without converting between their types.

use std::cmp::Ordering;

use serde_json::Value;

/// Whether two values are the same: numbers by what they are worth, objects in whatever order.
/// `ignore_case` concerns texts only, and not those inside arrays and objects.
pub(super) fn equal(a: &Value, b: &Value, ignore_case: bool) -> bool {
    match (a, b) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::String(a), Value::String(b)) if ignore_case => super::text::same_letters(a, b),
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b, false))
        }
        (Value::Object(a), Value::Object(b)) => {
            let same = |(key, a)| b.get(key).is_some_and(|b| equal(a, b, false));
            a.len() == b.len() && a.iter().all(same)
        }
        _ => false,
    }
}

/// The order of two numbers or of two texts, as JavaScript has it.
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::String(a), Value::String(b)) => Some(order_of_texts(a, b)),
        _ => None,
    }
}

/// The order of two texts, by UTF-16 code units.
pub(super) fn order_of_texts(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Whether a value, or any element of it if it is an array, is one of a list; `None` if there is
/// no list.
pub(super) fn is_in(list: &Value, actual: &Value, ignore_case: bool) -> Option<bool> {
    let list = list.as_array()?;
    let listed = |value: &Value| list.iter().any(|item| equal(item, value, ignore_case));
    Some(match actual {
        Value::Array(elements) => elements.iter().any(listed),
        value => listed(value),
    })
}

/// The name that `$type` has for the type of a value.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
