//! The text of a step: a small part of Markdown, read into a tree that components draw as nodes.
//!
//! Paragraphs, unordered lists, `**strong**`, `*emphasis*`, `` `code` ``, links and line breaks.
//! Whatever else is written, raw HTML above all, is text. There is no way from here to an HTML string.

mod inline;

use super::link::Href;

/// Lists and emphasis within emphasis deeper than this are text.
const DEEPEST: usize = 8;

/// A paragraph or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// An unordered list, by item.
    List(Vec<Vec<Inline>>),
}

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// As it stands.
    Text(String),
    /// Of importance.
    Strong(Vec<Inline>),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// Something to be typed or found letter by letter.
    Code(String),
    /// A link.
    Link {
        /// Where it leads.
        href: Href,
        /// What it says.
        content: Vec<Inline>,
    },
    /// A line ends here.
    Break,
}

impl Block {
    /// Appends what the block says, without its form.
    pub fn push_plain(&self, to: &mut String) {
        match self {
            Self::Paragraph(content) => push_plain(content, to),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        to.push_str(", ");
                    }
                    push_plain(item, to);
                }
            }
        }
    }
}

fn push_plain(content: &[Inline], to: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => to.push_str(text),
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Link { content, .. } => {
                push_plain(content, to);
            }
            Inline::Break => to.push(' '),
        }
    }
}

/// Reads a text.
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let mut items: Vec<Vec<&str>> = Vec::new();
    for line in text.lines().chain([""]) {
        if let Some(item) = list_item(line) {
            end_paragraph(&mut lines, &mut blocks);
            items.push(vec![item]);
        } else if line.trim().is_empty() {
            end_paragraph(&mut lines, &mut blocks);
            end_list(&mut items, &mut blocks);
        } else if let Some(item) = items.last_mut() {
            item.push(line);
        } else {
            lines.push(line);
        }
    }
    blocks
}

fn list_item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("- ")
        .or_else(|| line.strip_prefix("* "))
        .or_else(|| line.strip_prefix("+ "))
}

fn end_paragraph(lines: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if !lines.is_empty() {
        blocks.push(Block::Paragraph(inline::parse(lines)));
        lines.clear();
    }
}

fn end_list(items: &mut Vec<Vec<&str>>, blocks: &mut Vec<Block>) {
    if !items.is_empty() {
        blocks.push(Block::List(
            items.iter().map(|lines| inline::parse(lines)).collect(),
        ));
        items.clear();
    }
}

#[cfg(test)]
mod tests;
