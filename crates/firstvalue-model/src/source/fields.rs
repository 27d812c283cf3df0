//! Reading a mapping with known keys.

use super::diagnostic::Span;
use super::nearest;
use super::node::{Content, Key, Node, shortened};
use super::reader::Reader;

/// A mapping of which every key must be asked for: [`Fields::finish`] reports the others.
pub(super) struct Fields<'n> {
    /// Where it is said that a key is missing.
    at: Span,
    entries: &'n [(Key, Node)],
    known: Vec<&'static str>,
    /// What has been reported already.
    reported: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// The keys of a mapping; `None`, with a problem noted, if the node is something else.
    pub(super) fn of(node: &'n Node, expected: &str, reader: &mut Reader) -> Option<Self> {
        match &node.content {
            Content::Mapping(entries) => Some(Self {
                at: node.span,
                entries,
                known: Vec::new(),
                reported: Vec::new(),
            }),
            _ => {
                reader.wrong_type(node, expected);
                None
            }
        }
    }

    /// Points at the name of the mapping, rather than its first line, if a key is missing.
    pub(super) fn named(self, key: &Key) -> Self {
        Self {
            at: key.span,
            ..self
        }
    }

    /// Everything in the mapping, for one whose keys are names that the playbook gives.
    pub(super) fn entries(&self) -> &'n [(Key, Node)] {
        self.entries
    }

    /// A key and its value, if it is there.
    pub(super) fn entry(&mut self, name: &'static str) -> Option<&'n (Key, Node)> {
        if !self.known.contains(&name) {
            self.known.push(name);
        }
        self.entries.iter().find(|(key, _)| key.text == name)
    }

    /// The value of a key, if it is there.
    pub(super) fn take(&mut self, name: &'static str) -> Option<&'n Node> {
        self.entry(name).map(|(_, node)| node)
    }

    /// The value of a key that must be there.
    pub(super) fn require(
        &mut self,
        name: &'static str,
        example: &str,
        reader: &mut Reader,
    ) -> Option<&'n Node> {
        let node = self.take(name);
        if node.is_none() {
            let error = reader.error("missing-key", self.at, format!("`{name}` is missing"));
            error.help(format!("write for example `{name}: {example}`"));
        }
        node
    }

    /// Reports a key that belongs elsewhere.
    pub(super) fn misplaced(&mut self, name: &'static str, belongs: &str, reader: &mut Reader) {
        if let Some(key) = self.unread(name) {
            let error = reader.error(
                "unknown-key",
                key.span,
                format!("`{name}` does not go here"),
            );
            error.help(belongs);
            self.reported.push(name);
        }
    }

    /// A key that is there and that nobody has asked for.
    fn unread(&self, name: &str) -> Option<&'n Key> {
        let written = self
            .entries
            .iter()
            .map(|(key, _)| key)
            .find(|key| key.text == name);
        written.filter(|_| !self.known.contains(&name))
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self, reader: &mut Reader) {
        for (key, _) in self.entries {
            let name = key.text.as_str();
            if !self.known.contains(&name) && !self.reported.contains(&name) {
                unknown_key(key, self.known.iter().copied(), reader);
            }
        }
    }
}

/// Reports a key that is none of the known ones.
pub(super) fn unknown_key<'a>(
    key: &Key,
    known: impl IntoIterator<Item = &'a str> + Clone,
    reader: &mut Reader,
) {
    let message = format!("unknown key `{}`", shortened(&key.text));
    let hint = match key.text.as_str() {
        "<<" => Some("keys cannot be merged in by `<<`; write them out".to_owned()),
        name => nearest::hint(name, known),
    };
    reader.error("unknown-key", key.span, message).help = hint;
}
