//! What is in a banner: the same as in a card, in one line where there is room.

use super::node::{Node, node};
use super::{OnAct, TITLE_ID, body, close_button, foot};
use crate::content::Screen;

/// Draws what is in a banner into it; `on_act` is told what the user does.
pub fn strip(surface: Node, screen: &Screen, on_act: &OnAct) -> Node {
    let mut words = node("div", "words");
    if let Some(title) = &screen.title {
        words = words.child(node("p", "title").fixed("id", TITLE_ID).text(title));
    }
    surface
        .child(words.child(body(screen)))
        .child(foot(screen, false, false, on_act))
        .child(close_button(screen, on_act))
}
