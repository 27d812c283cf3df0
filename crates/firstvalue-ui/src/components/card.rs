//! What is in a card or a dialog: heading, text, progress, buttons.

use firstvalue_model::guide::Effect;
use yew::prelude::*;

use super::{BODY_ID, TITLE_ID, close_button, foot, text};
use crate::content::{Form, Screen};

/// Draws the inside of a card or a dialog; `on_effect` is told when a button is pressed.
pub fn card(screen: &Screen, on_effect: &Callback<Effect>) -> Html {
    let title = screen.title.clone().unwrap_or_default();
    html! {
        <>
            <div class="head">
                // Only a dialog is a section of its own; a card that points at something is not.
                if screen.form == Form::Dialog {
                    <h2 class="title" id={TITLE_ID}>{ title }</h2>
                } else {
                    <p class="title" id={TITLE_ID}>{ title }</p>
                }
                { close_button(screen, on_effect) }
            </div>
            <div class="body" id={BODY_ID}>{ text(&screen.body) }</div>
            { foot(screen, on_effect) }
        </>
    }
}
