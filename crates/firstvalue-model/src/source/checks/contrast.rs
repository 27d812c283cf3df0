//! Colours on which no text can be read well (WCAG 2.2, 1.4.3).

use crate::Playbook;
use crate::colour::{Colour, LIGHT_SURFACE, READABLE};
use crate::source::node::Node;
use crate::source::reader::Reader;

pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    for (key, node) in document.get("guides").map_or(&[][..], Node::entries) {
        let guide = playbook.guides.get(&key.text);
        let accent = guide.and_then(|guide| guide.content.theme.accent.as_deref());
        let written = node.get("theme").and_then(|theme| theme.get("accent"));
        let (Some(accent), Some(node)) = (accent.and_then(Colour::read), written) else {
            continue;
        };
        let contrast = accent.contrast(accent.text_on());
        if contrast < READABLE {
            let message = format!(
                "text on this colour has a contrast of {contrast:.1}:1 at most, and {READABLE}:1 is needed"
            );
            let darker = accent.readable_on(LIGHT_SURFACE).write();
            let warning = reader.warning("contrast", node.span, message);
            warning.help(format!("a little darker is enough: `\"{darker}\"`"));
        }
    }
}
