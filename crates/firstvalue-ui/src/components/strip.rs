//! What is in a banner: the same as in a card, in one line where there is room.

use firstvalue_model::guide::Effect;
use yew::prelude::*;

use super::{BODY_ID, TITLE_ID, close_button, foot, text};
use crate::content::Screen;

/// Draws the inside of a banner; `on_effect` is told when a button is pressed.
pub fn strip(screen: &Screen, on_effect: &Callback<Effect>) -> Html {
    html! {
        <>
            <div class="words">
                if let Some(title) = &screen.title {
                    <p class="title" id={TITLE_ID}>{ title }</p>
                }
                <div class="body" id={BODY_ID}>{ text(&screen.body) }</div>
            </div>
            { foot(screen, on_effect) }
            { close_button(screen, on_effect) }
        </>
    }
}
