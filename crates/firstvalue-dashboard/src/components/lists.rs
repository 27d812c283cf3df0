//! The lists of a page, and what can be done from them.

use super::confirm::Confirm;
use super::list::List;
use crate::api::Overview;
use crate::download::download;
use crate::fetch::ask;
use crate::view::{self, Deed};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How long something may take that changes the collector's data, in milliseconds.
const LIMIT: u32 = 120_000;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub lists: Vec<view::List>,
    pub token: Rc<str>,
    pub overview: Rc<Overview>,
    pub running: bool,
    /// By how much the collector's clock is ahead of this computer's.
    pub ahead: f64,
}

/// What has come of the last deed, and when.
#[derive(Clone, Default, PartialEq)]
struct Done {
    text: String,
    at: f64,
}

#[component]
pub fn Lists(props: &Props) -> Html {
    let asked = use_state(|| None::<Deed>);
    let done = use_state(Done::default);
    let said = use_node_ref();
    {
        // What the focus was on may be gone, and whoever does not see the page hears what happened.
        let said = said.clone();
        use_effect_with(done.at, move |_| {
            if let Some(said) = said.cast::<HtmlElement>() {
                // A text that cannot be focused is read all the same.
                let _ = said.focus();
            }
        });
    }
    let perform = {
        let (done, token) = (done.setter(), props.token.clone());
        Callback::from(move |deed: Deed| {
            let (done, token) = (done.clone(), token.clone());
            spawn_local(async move {
                let text = perform(&deed, &token).await;
                let at = js_sys::Date::now();
                done.set(Done { text, at });
            });
        })
    };
    let on_deed = {
        let (asked, perform) = (asked.setter(), perform.clone());
        Callback::from(move |deed: Deed| match deed.question() {
            Some(_) => asked.set(Some(deed)),
            None => perform.emit(deed),
        })
    };
    let on_end = {
        let asked = asked.setter();
        Callback::from(move |()| asked.set(None))
    };
    let lists = props.lists.iter().map(|list| {
        html! {
            <List
                list={list.clone()}
                token={props.token.clone()}
                overview={props.overview.clone()}
                running={props.running}
                ahead={props.ahead}
                done={done.at}
                on_deed={on_deed.clone()}
            />
        }
    });
    html! {
        <>
            <div role="status">
                if !done.text.is_empty() {
                    <p ref={said} class="notice" tabindex="-1">{done.text.clone()}</p>
                }
            </div>
            { for lists }
            if let Some((deed, question)) = asked.as_ref().and_then(|deed| Some((deed, deed.question()?))) {
                <Confirm deed={deed.clone()} {question} on_yes={perform} {on_end} />
            }
        </>
    }
}

/// Does it, and says what came of it.
async fn perform(deed: &Deed, token: &str) -> String {
    let (method, path) = deed.request();
    match ask(method, &path, token, LIMIT).await {
        Ok(answer) => {
            if let Deed::Export(_) = deed
                && download("events.ndjson", &answer).is_none()
            {
                return deed.failed("this browser takes no file from here");
            }
            deed.done(&answer)
        }
        Err(reason) => deed.failed(&reason.to_string()),
    }
}
