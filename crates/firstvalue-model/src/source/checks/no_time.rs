//! Windows in which nothing has the time to happen.

use crate::source::node::{Content, Node};
use crate::source::reader::Reader;
use crate::time;

pub(super) fn check(reader: &mut Reader, node: &Node) {
    match &node.content {
        Content::List(nodes) => nodes.iter().for_each(|node| check(reader, node)),
        Content::Mapping(entries) => {
            for (key, node) in entries {
                match key.text.as_str() {
                    // What stands there are names of the host's.
                    "user" | "account" | "where" => {}
                    "within" if node.as_text().and_then(time::duration) == Some(0) => {
                        let message =
                            "this is no time: it holds at the very moment of an event alone";
                        let warning = reader.warning("no-time", node.span, message);
                        warning.help("write for example `7d`, or leave `within` out for all time");
                    }
                    _ => check(reader, node),
                }
            }
        }
        _ => {}
    }
}
