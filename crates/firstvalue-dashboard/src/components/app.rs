//! Signed in or not.

use super::board::Board;
use super::sign_in::SignIn;
use crate::session;
use gloo_events::EventListener;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
enum Session {
    /// `refused`: there was a token, and the collector did not accept it.
    SignedOut {
        refused: bool,
    },
    SignedIn(Rc<str>),
}

#[component]
pub fn App() -> Html {
    let session = use_state(
        || match session::take_from_address().or_else(session::kept) {
            Some(token) => Session::SignedIn(token),
            None => Session::SignedOut { refused: false },
        },
    );

    {
        // A link with a token that is opened in a tab where the page already is only
        // changes the part after `#`.
        let session = session.setter();
        use_effect_with((), move |()| {
            let listening = web_sys::window().map(|window| {
                EventListener::new(&window, "hashchange", move |_| {
                    if let Some(token) = session::take_from_address() {
                        session.set(Session::SignedIn(token));
                    }
                })
            });
            move || drop(listening)
        });
    }

    let on_token = {
        let session = session.setter();
        Callback::from(move |token: Rc<str>| {
            session::keep(&token);
            session.set(Session::SignedIn(token));
        })
    };
    let on_end = {
        let session = session.setter();
        Callback::from(move |refused: bool| {
            session::forget();
            session.set(Session::SignedOut { refused });
        })
    };

    match &*session {
        Session::SignedOut { refused } => html! { <SignIn refused={*refused} {on_token} /> },
        // The key makes sure that another token starts with nothing on the page.
        Session::SignedIn(token) => {
            html! { <Board key={token.to_string()} token={token.clone()} {on_end} /> }
        }
    }
}
