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
    // Closing first gives the focus back to where it was. The browser tells of it only later, when the question may have
    // been asked again: so it ends here.
    let close = {
        let (dialog, on_end) = (dialog.clone(), props.on_end.clone());
        move || {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
            on_end.emit(());
        }
    };
    let on_no = {
        let close = close.clone();
        Callback::from(move |_: MouseEvent| close())
    };
    let oncancel = {
        let close = close.clone();
        Callback::from(move |escape: Event| {
            escape.prevent_default();
            close();
        })
    };
    let on_yes = {
        let (deed, on_yes) = (props.deed.clone(), props.on_yes.clone());
        Callback::from(move |_: MouseEvent| {
            close();
            on_yes.emit(deed.clone());
        })
    };
    // Browsers may close it without asking.
    let onclose = props.on_end.reform(|_: Event| ());
    html! {
        <dialog ref={dialog} class="confirm" aria-labelledby="confirm-question" {oncancel} {onclose}>
            <p id="confirm-question">{props.question.clone()}</p>
            <p class="confirm-answers">
                <button onclick={on_no}>{"Cancel"}</button>
                <button class="primary" onclick={on_yes}>{props.deed.name()}</button>
            </p>
        </dialog>
    }
}
