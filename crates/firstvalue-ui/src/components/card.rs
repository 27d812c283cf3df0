//! What is in a card or a dialog: heading, text, question, progress, buttons.

use super::node::{Node, node};
use super::{NOTE_ID, Note, OnAct, TITLE_ID, body, close_button, foot, question};
use crate::ALL;
use crate::content::{Form, Screen};

/// Draws what is in a card or a dialog into it. `answer` is what was answered so far; `on_act` is told
/// what the user does.
pub fn card(
    surface: Node,
    screen: &Screen,
    note: Option<Note>,
    answer: &[String],
    on_act: &OnAct,
) -> Node {
    let title = screen.title.as_deref().unwrap_or_default();
    let asked = screen.ask.as_ref().filter(|_| ALL);
    let missing = answer.is_empty() && asked.is_some_and(|asked| !asked.optional);
    // Only a dialog is a section of its own; a card that points at something is not.
    let heading = if screen.form == Form::Dialog {
        "h2"
    } else {
        "p"
    };
    let heading = node(heading, "title").fixed("id", TITLE_ID).text(title);
    let head = node("div", "head")
        .child(heading)
        .child(close_button(screen, on_act));
    let mut body = body(screen);
    if let Some(asked) = asked {
        body = body.child(question::question(asked, answer, on_act));
    }
    if let Some(note) = note {
        let class = if note.holds { "note" } else { "unseen" };
        body = body.child(node("p", class).fixed("id", NOTE_ID).text(note.says));
    }
    let holds = note.is_some_and(|note| note.holds);
    surface
        .child(head)
        .child(body)
        .child(foot(screen, missing, holds, on_act))
}
