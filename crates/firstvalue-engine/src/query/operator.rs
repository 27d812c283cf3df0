//! The operators that compare one value.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Evaluation, Subject, Verdict, compare, decide, operators, text, version};

impl Evaluation<'_> {
    /// Whether `actual` satisfies one operator; `None` if there is no such operator.
    pub(super) fn operator(self, name: &str, operand: &Value, actual: &Value) -> Verdict {
        let holds = match name {
            "$eq" => compare::equal(operand, actual, false),
            "$ne" => !compare::equal(operand, actual, false),
            "$gt" => compare::order(actual, operand).is_some_and(Ordering::is_gt),
            "$gte" => compare::order(actual, operand).is_some_and(Ordering::is_ge),
            "$lt" => compare::order(actual, operand).is_some_and(Ordering::is_lt),
            "$lte" => compare::order(actual, operand).is_some_and(Ordering::is_le),
            "$veq" => version::equal(actual, operand),
            "$vne" => !version::equal(actual, operand),
            "$vgt" => version::order(actual, operand).is_some_and(Ordering::is_gt),
            "$vgte" => version::order(actual, operand).is_some_and(Ordering::is_ge),
            "$vlt" => version::order(actual, operand).is_some_and(Ordering::is_lt),
            "$vlte" => version::order(actual, operand).is_some_and(Ordering::is_le),
            "$in" => compare::is_in(operand, actual, false) == Some(true),
            "$nin" => compare::is_in(operand, actual, false) == Some(false),
            "$ini" => compare::is_in(operand, actual, true) == Some(true),
            "$nini" => compare::is_in(operand, actual, true) == Some(false),
            "$inGroup" => self.is_in_group(operand, actual),
            "$notInGroup" => !self.is_in_group(operand, actual),
            "$exists" => actual.is_null() == matches!(operand, Value::Bool(false)),
            "$type" => operand.as_str() == Some(compare::type_name(actual)),
            "$regex" => matches_pattern(operand, actual, false),
            "$regexi" => matches_pattern(operand, actual, true),
            "$size" => return self.size(operand, actual),
            "$elemMatch" => return self.element(operand, actual),
            "$all" => return self.all(operand, actual, false),
            "$alli" => return self.all(operand, actual, true),
            "$not" => return self.value(operand, actual, false).map(|holds| !holds),
            // They join queries, and a value has no fields to query.
            "$and" | "$or" | "$nor" => false,
            _ => return None,
        };
        Some(holds)
    }

    fn is_in_group(self, group: &Value, actual: &Value) -> bool {
        let members = || self.groups?.get(group.as_str()?);
        members().is_some_and(|members| compare::is_in(members, actual, false) == Some(true))
    }

    /// The number of elements satisfies what is expected of a value.
    fn size(self, expected: &Value, actual: &Value) -> Verdict {
        match actual {
            Value::Array(elements) => self.value(expected, &Value::from(elements.len()), false),
            _ => Some(false),
        }
    }

    /// At least one element satisfies the operators, or, as a subject of its own, the query.
    fn element(self, expected: &Value, actual: &Value) -> Verdict {
        let Value::Array(elements) = actual else {
            return Some(false);
        };
        let joins = |key: &String| matches!(key.as_str(), "$and" | "$or" | "$nor");
        let on_value = operators(expected).is_some_and(|operators| !operators.keys().any(joins));
        let holds = |element: &Value| {
            if on_value {
                self.value(expected, element, false)
            } else {
                self.query(expected.as_object()?, Subject::Element(element))
            }
        };
        // No `null` is an element that could match, in any of GrowthBook's SDKs.
        let elements = elements.iter().filter(|element| !element.is_null());
        decide(&mut elements.map(holds), false)
    }

    /// Each of the expected values is that of some element.
    fn all(self, expected: &Value, actual: &Value, ignore_case: bool) -> Verdict {
        let (Value::Array(expected), Value::Array(elements)) = (expected, actual) else {
            return Some(false);
        };
        let found = |wanted: &Value| {
            let is_it = |element: &Value| self.value(wanted, element, ignore_case);
            decide(&mut elements.iter().map(is_it), false)
        };
        decide(&mut expected.iter().map(found), true)
    }
}

/// Whether a text matches a pattern; a pattern that cannot be read matches nothing.
fn matches_pattern(pattern: &Value, actual: &Value, ignore_case: bool) -> bool {
    let (Value::String(pattern), Value::String(actual)) = (pattern, actual) else {
        return false;
    };
    text::matches(pattern, actual, ignore_case)
}
