//! Distinct values, and when each was met last.

use firstvalue_model::json;
use firstvalue_model::time::Millis;
use serde_json::Value;

use crate::bytes::{Reader, Writer};
use crate::state::Few;

/// Distinct values, each with the latest moment at which it was met, in the order of these.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Distinct<T>(Few<(T, Millis)>);

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self(Few::new())
    }
}

impl<T: PartialEq> Distinct<T> {
    pub(crate) fn add(&mut self, value: T, at: Millis, keep: u32) {
        if keep == 0 {
            return;
        }
        // Mostly it is that of the event before.
        if let Some((last, moment)) = self.0.last_mut()
            && *last == value
        {
            *moment = at;
            return;
        }
        // A traveller's day can come back after a later one, so all of them are looked at.
        self.0.retain(|(other, _)| *other != value);
        // Before it is too long, lest it take memory for one more.
        while self.0.len() >= keep as usize {
            self.0.remove(0);
        }
        // As it grows by itself it would hold room for four at once; mostly fewer are asked for.
        #[cfg(not(target_family = "wasm"))]
        if self.0.len() < 4 {
            self.0.reserve_exact(1);
        }
        self.0.push((value, at));
    }
}

impl<T> Distinct<T> {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The moment at a place, counted from the oldest.
    pub(crate) fn moment(&self, place: usize) -> Option<Millis> {
        self.0.get(place).map(|(_, at)| *at)
    }

    pub(crate) fn write(&self, bytes: &mut Writer, write: impl Fn(&T, &mut Writer)) {
        bytes.number(self.0.len() as u64);
        for (value, at) in &self.0 {
            write(value, bytes);
            bytes.signed(*at);
        }
    }

    pub(crate) fn read<'b>(bytes: &mut Reader<'b>, read: impl Fn(&mut Reader<'b>) -> T) -> Self {
        let mut distinct = Few::new();
        for _ in 0..bytes.length() {
            distinct.push((read(bytes), bytes.signed()));
        }
        Self(distinct)
    }
}

/// What tells a value from others: its JSON, where numbers that are equal are written alike.
/// `null` is no value.
pub(super) fn identity(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        value => {
            let mut text = String::new();
            write_identity(value, &mut text);
            Some(text)
        }
    }
}

fn write_identity(value: &Value, text: &mut String) {
    match value {
        // 1 and 1.0 are one number, and so are 0 and -0.
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default() + 0.0;
            json::write(&Value::from(number), text);
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_identity(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(object) => {
            text.push('{');
            for (name, value) in object {
                json::write_text(name, text);
                text.push(':');
                write_identity(value, text);
                text.push(',');
            }
            text.push('}');
        }
        value => json::write(value, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn equal_values_are_one_and_null_is_none() {
        let same = |a: Value, b: Value| identity(&a) == identity(&b);
        assert!(same(json!(1), json!(1.0)));
        assert!(same(json!(0), json!(-0.0)));
        assert!(same(json!({ "a": [1] }), json!({ "a": [1.0] })));
        assert!(!same(json!(1), json!("1")));
        assert!(!same(json!([1, 2]), json!([12])));
        assert_eq!(identity(&json!(null)), None);
    }
}
