//! The compiled playbook, as far as this package looks into it.

use firstvalue_engine::{FORMAT, Rules};
use firstvalue_model::json;
use serde_json::Value;

/// A playbook in force. What guides show passes through unread: the renderer knows what it means.
pub struct Playbook {
    /// What decides.
    pub rules: Rules,
    /// The clicks that are recorded; JSON, an array of `event` and `selector`.
    pub capture: String,
    /// What is drawn, by guide.
    content: Value,
}

impl Playbook {
    /// Reads the form that `firstvalue compile` writes; `Err` says why it cannot be.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let mut playbook = json::read(text).ok_or("the playbook is not JSON")?;
        if playbook.get("format").and_then(Value::as_u64) != Some(FORMAT.into()) {
            return Err("the playbook is not in the compiled form that this version knows");
        }
        let rules = playbook.get("rules").and_then(Rules::read);
        let capture = playbook.get("rules").and_then(|rules| rules.get("capture"));
        let capture = capture.map_or_else(|| "[]".to_owned(), json::to_text);
        let content = playbook.get_mut("content").map(Value::take);
        match (rules, content) {
            (Some(rules), Some(content)) => Ok(Self {
                rules,
                capture,
                content,
            }),
            _ => Err("the playbook has rules that this version does not know"),
        }
    }

    /// The elements that conditions look at; JSON, an array of selectors.
    pub fn elements(&self) -> String {
        json::to_text(&self.rules.elements().map(Value::from).collect())
    }

    /// What a guide shows.
    pub fn content(&self, guide: usize) -> Option<&Value> {
        self.content.get(&self.rules.guides.get(guide)?.id)
    }

    /// The selector of the element that a guide's first step points at.
    pub fn first_target(&self, guide: usize) -> Option<&str> {
        self.content(guide)?
            .get("steps")?
            .get(0)?
            .get("target")?
            .get("css")?
            .as_str()
    }
}
