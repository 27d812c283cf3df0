//! The tree, built up event by event.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr::Scalar;
use saphyr_parser::{Event, ScalarStyle, Tag};
use serde_json::Number;

use super::Stop;
use crate::source::diagnostic::Span;
use crate::source::node::{Content, Key, Node, shortened};
use crate::source::reader::Reader;

/// No playbook that a person writes nests deeper; what is decoded by recursion stays on the stack.
const DEEPEST: usize = 64;
/// The most nodes, aliases unfolded.
const MOST_NODES: usize = 200_000;

/// The part of the tree that has been read.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) root: Option<Node>,
    /// Lists and mappings that have not ended, outermost first.
    open: Vec<Open>,
    anchors: BTreeMap<usize, Built>,
    nodes: usize,
}

/// A list or mapping that has not ended.
struct Open {
    start: Span,
    anchor: usize,
    size: usize,
    height: usize,
    items: Items,
}

enum Items {
    List(Vec<Node>),
    Mapping {
        entries: Vec<(Key, Node)>,
        /// The key that the next node belongs to, and whether it was there before.
        key: Option<(Key, bool)>,
    },
}

/// A finished node, with the number of nodes in it and how deep they nest.
#[derive(Clone)]
struct Built {
    node: Node,
    size: usize,
    height: usize,
}

impl Tree {
    /// Takes the next event; an error once there is no point in going on.
    pub(super) fn take(
        &mut self,
        event: Event,
        span: Span,
        reader: &mut Reader,
    ) -> Result<(), Stop> {
        self.nodes += 1;
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let key = self.expects_key().then(|| Key {
                    text: text.to_string(),
                    span,
                });
                if let Some(key) = key {
                    self.key(key, reader);
                    return Ok(());
                }
                let content = scalar(&text, style, tag.as_deref());
                self.add(
                    Built {
                        node: Node { span, content },
                        size: 1,
                        height: 0,
                    },
                    anchor,
                    reader,
                )
            }
            Event::SequenceStart(anchor, _) => {
                self.open(Items::List(Vec::new()), span, anchor, reader)
            }
            Event::MappingStart(anchor, _) => {
                let items = Items::Mapping {
                    entries: Vec::new(),
                    key: None,
                };
                self.open(items, span, anchor, reader)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span, reader),
            Event::Alias(anchor) => {
                if self.expects_key() {
                    return Err(key_is_no_text(span, reader));
                }
                match self.anchors.get(&anchor) {
                    Some(Built { size, height, .. }) => {
                        // Looked at before anything is copied, since that is what costs.
                        self.nodes = self.nodes.saturating_add(*size);
                        self.check_limits(span, self.open.len() + height, reader)?;
                        let built = self.anchors.get(&anchor).cloned();
                        built.map_or(Ok(()), |built| self.add(built, 0, reader))
                    }
                    None => {
                        let error =
                            reader.error("syntax", span, "this alias stands inside what it names");
                        error.help("write out what is meant");
                        Err(Stop)
                    }
                }
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                let error = reader.error("syntax", span, "a second document begins here");
                error.help("a playbook is one document; remove the `---`");
                Err(Stop)
            }
            _ => Ok(()),
        }
    }

    fn expects_key(&self) -> bool {
        let items = self.open.last().map(|open| &open.items);
        matches!(items, Some(Items::Mapping { key: None, .. }))
    }

    /// Takes the key that the next node belongs to.
    fn key(&mut self, written: Key, reader: &mut Reader) {
        let Some(Open {
            items: Items::Mapping { entries, key },
            ..
        }) = self.open.last_mut()
        else {
            return;
        };
        let first = entries.iter().find(|(first, _)| first.text == written.text);
        let repeated = first.is_some();
        if let Some((first, _)) = first {
            let message = format!("`{}` is here twice", shortened(&written.text));
            let error = reader.error("duplicate-key", written.span, message);
            error.help(format!(
                "it is first on line {}; rename or remove one",
                first.span.line
            ));
        }
        *key = Some((written, repeated));
    }

    fn open(
        &mut self,
        items: Items,
        start: Span,
        anchor: usize,
        reader: &mut Reader,
    ) -> Result<(), Stop> {
        if self.expects_key() {
            return Err(key_is_no_text(start, reader));
        }
        self.open.push(Open {
            start,
            anchor,
            size: 1,
            height: 1,
            items,
        });
        self.check_limits(start, self.open.len(), reader)
    }

    fn close(&mut self, end: Span, reader: &mut Reader) -> Result<(), Stop> {
        let Some(Open {
            start,
            anchor,
            size,
            height,
            items,
        }) = self.open.pop()
        else {
            return Ok(());
        };
        let span = Span {
            end: end.end.max(start.end),
            ..start
        };
        let content = match items {
            Items::List(nodes) => Content::List(nodes),
            Items::Mapping { entries, .. } => Content::Mapping(entries),
        };
        self.add(
            Built {
                node: Node { span, content },
                size,
                height,
            },
            anchor,
            reader,
        )
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, built: Built, anchor: usize, reader: &mut Reader) -> Result<(), Stop> {
        if anchor > 0 {
            self.anchors.insert(anchor, built.clone());
        }
        let Built { node, size, height } = built;
        self.check_limits(node.span, self.open.len() + height, reader)?;
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        open.size = open.size.saturating_add(size);
        open.height = open.height.max(height + 1);
        match &mut open.items {
            Items::List(nodes) => nodes.push(node),
            Items::Mapping { entries, key } => {
                if let Some((key, false)) = key.take() {
                    entries.push((key, node));
                }
            }
        }
        Ok(())
    }

    fn check_limits(&self, at: Span, depth: usize, reader: &mut Reader) -> Result<(), Stop> {
        let message = if depth > DEEPEST {
            format!("this nests deeper than {DEEPEST} levels")
        } else if self.nodes > MOST_NODES {
            format!("the playbook has more than {MOST_NODES} values, aliases unfolded")
        } else {
            return Ok(());
        };
        reader
            .error("too-large", at, message)
            .help("name parts of it as audiences or milestones");
        Err(Stop)
    }
}

fn key_is_no_text(span: Span, reader: &mut Reader) -> Stop {
    let has_variable = reader.line_of(span).contains("{{");
    let error = reader.error("syntax", span, "a key must be plain text");
    error.help(if has_variable {
        "put the whole text in quotes: without them YAML takes braces for a mapping"
    } else {
        "put it in quotes"
    });
    Stop
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Content {
    let tag = tag.map(Cow::Borrowed);
    match Scalar::parse_from_cow_and_metadata(text.into(), style, tag.as_ref()) {
        Some(Scalar::Null) => Content::Null,
        Some(Scalar::Boolean(value)) => Content::Boolean(value),
        Some(Scalar::Integer(value)) => Content::Number(value.into()),
        Some(Scalar::FloatingPoint(value)) => match Number::from_f64(value.into_inner()) {
            Some(number) => Content::Number(number),
            None => Content::Text(text.to_owned()),
        },
        Some(Scalar::String(_)) | None => Content::Text(text.to_owned()),
    }
}
