//! JSON as text.

use serde_json::Value;

use super::numbers::write_number;
use crate::message::Object;

/// Adds a value.
pub fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => write_digits(number, out),
            (_, Some(number), _) => {
                out.push('-');
                write_digits(number.unsigned_abs(), out);
            }
            (.., Some(number)) => write_number(number, out),
            _ => out.push_str("null"),
        },
        Value::String(text) => write_text(text, out),
        Value::Array(values) => {
            out.push('[');
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(value, out);
            }
            out.push(']');
        }
        Value::Object(object) => write_object(object, out),
    }
}

fn write_digits(number: u64, out: &mut String) {
    if number > 9 {
        write_digits(number / 10, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Adds an object.
pub fn write_object(object: &Object, out: &mut String) {
    out.push('{');
    for (place, (name, value)) in object.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_text(name, out);
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

/// Adds a string, in quotes.
pub fn write_text(text: &str, out: &mut String) {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    out.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                out.push('\\');
                out.push(char);
            }
            '\0'..'\u{20}' => {
                let (high, low) = (char as usize / 16, char as usize % 16);
                out.push_str("\\u00");
                out.extend([high, low].iter().filter_map(|digit| DIGITS.get(*digit)));
            }
            _ => out.push(char),
        }
    }
    out.push('"');
}
