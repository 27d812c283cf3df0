//! The form that asks for the admin token.

use super::brand::Brand;
use crate::api::Overview;
use crate::fetch::{FetchError, get};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// A token was given before, and it was not accepted.
    pub refused: bool,
    /// Called with a token that the collector has accepted.
    pub on_token: Callback<Rc<str>>,
}

#[component]
pub fn SignIn(props: &Props) -> Html {
    let error = use_state(|| props.refused.then_some(FetchError::Refused));
    let busy = use_state(|| false);
    let input = use_node_ref();

    {
        // A page that is nothing but a form starts in its field.
        let input = input.clone();
        use_effect_with((), move |()| focus(&input));
    }

    let onsubmit = {
        let (error, busy, input) = (error.setter(), busy.clone(), input.clone());
        let on_token = props.on_token.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let typed = input.cast::<HtmlInputElement>().map(|field| field.value());
            let token: Rc<str> = Rc::from(typed.unwrap_or_default().trim());
            if *busy || token.is_empty() {
                focus(&input);
                return;
            }
            busy.set(true);
            let (error, busy) = (error.clone(), busy.setter());
            let (input, on_token) = (input.clone(), on_token.clone());
            spawn_local(async move {
                match get::<Overview>("/api/overview", &token).await {
                    Ok(_) => on_token.emit(token),
                    Err(reason) => {
                        busy.set(false);
                        error.set(Some(reason));
                        focus(&input);
                    }
                }
            });
        })
    };

    let described = if error.is_some() {
        "token-error token-help"
    } else {
        "token-help"
    };
    html! {
        <main class="sign-in">
            <form class="panel sign-in-form" {onsubmit}>
                <Brand />
                <h1>{"Sign in"}</h1>
                <label for="token">{"Admin token"}</label>
                <input
                    ref={input}
                    id="token"
                    type="password"
                    autocomplete="current-password"
                    required=true
                    aria-describedby={described}
                    aria-invalid={error.is_some().then_some("true")}
                />
                <div role="alert">
                    if let Some(reason) = &*error {
                        <p id="token-error" class="field-error">{message(reason)}</p>
                    }
                </div>
                <button class="primary" aria-disabled={busy.then_some("true")}>
                    { if *busy { "Signing in…" } else { "Sign in" } }
                </button>
                <p id="token-help" class="note">
                    {"The collector printed it when it first started, and keeps only a hash of it. \
                      If it is lost, whoever runs the collector can set another as "}
                    <code>{"FIRSTVALUE_ADMIN_TOKEN"}</code>{"."}
                </p>
            </form>
        </main>
    }
}

fn message(reason: &FetchError) -> String {
    match reason {
        FetchError::Refused => {
            String::from("This token is not accepted. Check that it is complete.")
        }
        other => format!("Signing in did not work: {other}."),
    }
}

fn focus(input: &NodeRef) {
    if let Some(field) = input.cast::<HtmlInputElement>() {
        // A field that cannot be focused is not worth an error.
        let _ = field.focus();
    }
}
