//! The tree of a document, in which everything knows where it stands.

use serde_json::Number;

use super::diagnostic::Span;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) content: Content,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Null,
    Boolean(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    /// In the order of the text, each key once.
    Mapping(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) span: Span,
}

impl Node {
    /// What it is, for a message: "a list", "the number `3`".
    pub(super) fn describe(&self) -> String {
        match &self.content {
            Content::Null => "nothing".to_owned(),
            Content::Boolean(value) => format!("`{value}`"),
            Content::Number(value) => format!("the number `{value}`"),
            Content::Text(text) => format!("the text `{}`", shortened(text)),
            Content::List(_) => "a list".to_owned(),
            Content::Mapping(_) => "a mapping".to_owned(),
        }
    }

    /// The key and the value of a mapping under a name.
    pub(super) fn entry(&self, name: &str) -> Option<&(Key, Self)> {
        self.entries().iter().find(|(key, _)| key.text == name)
    }

    /// The value of a mapping under a name.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        self.entry(name).map(|(_, node)| node)
    }

    /// The keys and values of a mapping; nothing else has any.
    pub(super) fn entries(&self) -> &[(Key, Self)] {
        match &self.content {
            Content::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The elements of a list; nothing else has any.
    pub(super) fn elements(&self) -> &[Self] {
        match &self.content {
            Content::List(nodes) => nodes,
            _ => &[],
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The beginning of a text, without line breaks, short enough for a message.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut characters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}
