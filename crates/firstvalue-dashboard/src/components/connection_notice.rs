//! Says that the collector does not answer, how old the figures are, and when the next
//! try is due.

use crate::feed::Connection;
use crate::format::{ago, duration};
use crate::hooks::use_clock;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub connection: Connection,
    /// When the figures that are shown came, by this computer's clock.
    pub received: Option<f64>,
    /// Whether it is these figures that are shown.
    pub is_shown: bool,
    pub due: f64,
    pub on_retry: Callback<()>,
}

#[component]
pub fn ConnectionNotice(props: &Props) -> Html {
    let now = use_clock();
    let Connection::Lost { failures, reason } = &props.connection else {
        return html! {};
    };
    // One failure under figures that are seconds old is no news.
    if *failures == 1 && props.received.is_some() {
        return html! {};
    }
    let seconds = ((props.due - now) / 1_000.0).ceil().max(0.0);
    let next = match seconds as i64 {
        0 => String::from("Trying again now."),
        seconds => format!("Next try in {}.", duration(seconds * 1_000)),
    };
    let reason = sentence(&reason.to_string());
    let age = props
        .received
        .filter(|_| props.is_shown)
        .map(|received| format!("What you see is from {}.", ago((now - received) as i64)));
    let onclick = props.on_retry.reform(|_: MouseEvent| ());
    html! {
        <section class="notice" aria-label="Connection">
            <p><strong>{reason}</strong>{" "}{age}{" "}{next}</p>
            <button {onclick}>{"Try now"}</button>
        </section>
    }
}

/// An error's message as a sentence of its own.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first
        .into_iter()
        .chain(letters)
        .chain(std::iter::once('.'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(
            sentence("the collector does not answer"),
            "The collector does not answer."
        );
    }
}
