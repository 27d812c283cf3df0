//! What is drawn, as plain functions from a screen to nodes.
//!
//! A component of its own for each would be two more copies of yew's life cycle in the package.

mod card;
mod strip;
mod text;

pub use card::card;
pub use strip::strip;
pub use text::text;

use firstvalue_model::guide::Effect;
use yew::prelude::*;

use crate::content::Screen;

/// The ids that name a surface and describe it; they are unique within the shadow root.
pub const TITLE_ID: &str = "title";
/// The id of the text.
pub const BODY_ID: &str = "body";

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

/// Progress and buttons.
fn foot(screen: &Screen, on_effect: &Callback<Effect>) -> Html {
    let progress = screen.progress.map(|(step, count)| {
        let words = [
            &step.to_string(),
            " ",
            screen.words.of,
            " ",
            &count.to_string(),
        ]
        .concat();
        html! { <span class="progress">{ words }</span> }
    });
    let buttons = screen.buttons.iter().map(|button| {
        let effect = button.effect;
        let onclick = on_effect.reform(move |_: MouseEvent| effect);
        // An attribute and not a class: yew reads lists of classes word by word.
        let primary = button.primary.then_some("");
        html! { <button type="button" class="button" data-primary={primary} {onclick}>{ &button.label }</button> }
    });
    html! {
        <div class="foot">
            { for progress }
            if !screen.buttons.is_empty() {
                <div class="actions">{ for buttons }</div>
            }
        </div>
    }
}

/// The button that sends a guide away.
fn close_button(screen: &Screen, on_effect: &Callback<Effect>) -> Html {
    let onclick = on_effect.reform(|_: MouseEvent| Effect::Dismiss);
    html! {
        <button type="button" class="close" aria-label={screen.words.close} {onclick}>
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 3.5l9 9m0-9l-9 9" /></svg>
        </button>
    }
}
