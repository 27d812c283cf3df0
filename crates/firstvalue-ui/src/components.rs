//! What is drawn, as plain functions from a screen to nodes.
//!
//! A component of its own for each would be two more copies of yew's life cycle in the package.

mod card;
pub mod node;
mod question;
mod strip;
mod tasks;
mod text;

pub use card::card;
pub use strip::strip;
pub use tasks::{Tasks, tasks};
pub use text::text;

use firstvalue_model::guide::Effect;
use node::{Node, button, node};
use yew::prelude::*;

use crate::content::{Button, Screen, leads_on};

/// What a user does to a guide.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Presses a button of the author's, or one of ours that does the same; and with what it does that.
    Do(Effect, Option<String>),
    /// Presses Escape.
    Escape,
    /// Opens what is closed, or closes what is open.
    Fold,
    /// Opens or closes a task.
    Task(usize),
    /// Chooses an answer, or takes the choice back where there can be several.
    Choose(String),
    /// Writes an answer.
    Write(String),
}

/// Who is told of it.
pub type OnAct = Callback<Act>;

/// The ids that name a surface and describe it; they are unique within the shadow root.
pub const TITLE_ID: &str = "title";
/// The id of the text.
pub const BODY_ID: &str = "body";

/// The id of what is said of the target.
pub const NOTE_ID: &str = "note";

/// What is said of the target of a step, which may not or must be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// In the reader's language.
    pub says: &'static str,
    /// Whether nothing leads on until it is used. If so everybody sees what is said; else those hear it
    /// who do not see that nothing happens.
    pub holds: bool,
}

/// What names a surface: its heading, or its text if it has none.
pub fn name_of(screen: &Screen) -> &'static str {
    if screen.title.is_some() {
        TITLE_ID
    } else {
        BODY_ID
    }
}

/// What describes a surface, unless it names it already.
pub fn description_of(screen: &Screen) -> Option<&'static str> {
    (screen.title.is_some() && !screen.body.is_empty()).then_some(BODY_ID)
}

/// "2 of 4".
fn progress(done: usize, count: usize, screen: &Screen) -> Node {
    let words = [
        &done.to_string(),
        " ",
        screen.words.of,
        " ",
        &count.to_string(),
    ];
    node("span", "progress").text(&words.concat())
}

/// Buttons; the primary one cannot be pressed while an answer is missing. Those that lead on say so if they
/// do nothing yet, and keep the focus.
fn buttons(buttons: &[Button], missing: bool, holds: bool, on_act: &OnAct) -> Node {
    let mut all = node("div", "actions");
    for one in buttons {
        let act = Act::Do(one.effect, one.with.clone());
        // An attribute and not a class: yew reads lists of classes word by word.
        let button = button("button", on_act, act)
            .flag("data-primary", one.primary)
            .flag("disabled", missing && one.primary)
            .perhaps(
                "aria-disabled",
                Some("true").filter(|_| holds && leads_on(one.effect)),
            )
            .text(&one.label);
        all = all.child(button);
    }
    all
}

/// Progress and buttons.
fn foot(screen: &Screen, missing: bool, holds: bool, on_act: &OnAct) -> Node {
    let mut foot = node("div", "foot");
    if let Some((step, count)) = screen.progress {
        foot = foot.child(progress(step, count, screen));
    }
    if !screen.buttons.is_empty() {
        foot = foot.child(buttons(&screen.buttons, missing, holds, on_act));
    }
    foot
}

/// The button that sends a guide away.
fn close_button(screen: &Screen, on_act: &OnAct) -> Node {
    button("close", on_act, Act::Do(Effect::Dismiss, None))
        .fixed("aria-label", screen.words.close)
        .child(icon("M3.5 3.5l9 9m0-9l-9 9"))
}

/// A drawing of one line.
fn icon(path: &'static str) -> Node {
    let line = node("path", "").fixed("d", path);
    node("svg", "")
        .fixed("viewBox", "0 0 16 16")
        .fixed("aria-hidden", "true")
        .child(line)
}

/// The text of a screen, and what follows it there.
fn body(screen: &Screen) -> Node {
    let body = node("div", "body").fixed("id", BODY_ID);
    text(&screen.body, body)
}
