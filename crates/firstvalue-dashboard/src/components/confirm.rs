//! Asks before something is done.

use crate::view::Deed;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub deed: Deed,
    pub question: String,
    pub on_yes: Callback<Deed>,
    /// Called when the question is answered, either way.
    pub on_end: Callback<()>,
}

#[component]
pub fn Confirm(props: &Props) -> Html {
    let dialog = use_node_ref();
    {
        // As a modal dialog the browser keeps the keyboard in it, and takes Escape for a no.
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                // It is on the page and not open: there is nothing to refuse.
                let _ = dialog.show_modal();
            }
        });
    }
    // Closing first gives the focus back to where it was.
    let close = move |dialog: &NodeRef| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            dialog.close();
        }
    };
    let on_no = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| close(&dialog))
    };
    let on_yes = {
        let (dialog, deed, on_yes) = (dialog.clone(), props.deed.clone(), props.on_yes.clone());
        Callback::from(move |_: MouseEvent| {
            close(&dialog);
            on_yes.emit(deed.clone());
        })
    };
    let onclose = props.on_end.reform(|_: Event| ());
    html! {
        <dialog ref={dialog} class="confirm" aria-labelledby="confirm-question" {onclose}>
            <p id="confirm-question">{props.question.clone()}</p>
            <p class="confirm-answers">
                <button onclick={on_no}>{"Cancel"}</button>
                <button class="primary" onclick={on_yes}>{props.deed.name()}</button>
            </p>
        </dialog>
    }
}
