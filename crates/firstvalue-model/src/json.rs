//! JSON as text, for browsers: reading and writing [`Value`] in a tenth of the code that
//! `serde_json` brings for that. Natively `serde_json` is the one to use.

mod numbers;
mod read;
mod write;

use serde_json::Value;

use crate::message::Object;

pub use numbers::use_numbers;
pub use read::read;
pub use write::{write, write_object, write_text};

/// Reads an object; `None` if the text is not one.
pub fn read_object(text: &str) -> Option<Object> {
    match read(text)? {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

/// A value as text.
pub fn to_text(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}
