//! The compiled playbook, as far as this package looks into it.

use firstvalue_engine::{FORMAT, Rules};
use firstvalue_model::json;
use serde_json::Value;

/// A playbook in force. What guides show passes through unread: the renderer knows what it means.
pub struct Playbook {
    /// What decides.
    pub rules: Rules,
    /// What is drawn, by guide.
    content: Value,
}

impl Playbook {
    /// Reads the form that `firstvalue compile` writes; `None` if this version does not know it.
    pub fn read(text: &str) -> Option<Self> {
        let mut playbook = json::read(text)?;
        if playbook.get("format").and_then(Value::as_u64) != Some(FORMAT.into()) {
            return None;
        }
        let mut part = |name| playbook.get_mut(name).map_or(Value::Null, Value::take);
        Some(Self {
            rules: Rules::read(&mut part("rules"))?,
            content: part("content"),
        })
    }

    /// What a guide shows.
    pub fn content(&self, guide: usize) -> Option<&Value> {
        self.content.get(&self.rules.guides.get(guide)?.id)
    }

    /// A step of a guide.
    pub fn step(&self, guide: usize, step: u32) -> Option<&Value> {
        self.content(guide)?.get("steps")?.get(step as usize)
    }

    /// The selector of the element that a guide's first step points at.
    pub fn first_target(&self, guide: usize) -> Option<&str> {
        self.step(guide, 0)?.get("target")?.get("css")?.as_str()
    }
}
