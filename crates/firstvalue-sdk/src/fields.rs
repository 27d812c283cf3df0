//! A JSON object, written field by field.

use firstvalue_model::json;
use firstvalue_model::message::Object;
use serde_json::Value;

/// An object that is being written.
pub struct Fields(String);

impl Fields {
    /// One without fields.
    pub fn new() -> Self {
        Self(String::from("{"))
    }

    /// Adds a field whose value is JSON already.
    pub fn raw(&mut self, name: &str, json: &str) -> &mut Self {
        self.name(name);
        self.0.push_str(json);
        self
    }

    /// Adds a string.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.name(name);
        json::write_text(text, &mut self.0);
        self
    }

    /// Adds a string, if there is one.
    pub fn maybe(&mut self, name: &str, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// Adds a whole number.
    pub fn number(&mut self, name: &str, number: i64) -> &mut Self {
        self.value(name, &number.into())
    }

    /// Adds any value.
    pub fn value(&mut self, name: &str, value: &Value) -> &mut Self {
        self.name(name);
        json::write(value, &mut self.0);
        self
    }

    /// Adds a truth.
    pub fn flag(&mut self, name: &str, is: bool) -> &mut Self {
        self.raw(name, if is { "true" } else { "false" })
    }

    /// Adds an object.
    pub fn object(&mut self, name: &str, object: &Object) -> &mut Self {
        self.name(name);
        json::write_object(object, &mut self.0);
        self
    }

    /// The text, of which nothing is left here.
    pub fn end(&mut self) -> String {
        self.0.push('}');
        std::mem::take(&mut self.0)
    }

    fn name(&mut self, name: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        json::write_text(name, &mut self.0);
        self.0.push(':');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_an_object() {
        let inner = Object::from_iter([("n".to_owned(), 1.into())]);
        let mut text = Fields::new();
        text.text("a", "\"b\"")
            .maybe("c", None)
            .number("d", -5)
            .raw("e", "[1,2]")
            .object("f", &inner);
        assert_eq!(text.end(), r#"{"a":"\"b\"","d":-5,"e":[1,2],"f":{"n":1}}"#);
        assert_eq!(Fields::new().end(), "{}");
    }
}
