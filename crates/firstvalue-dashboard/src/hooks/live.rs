//! The live connection: asks the collector again and again while it is wanted.

use crate::api::{Events, Overview};
use crate::feed::{Action, Answer, Feed};
use crate::fetch::{FetchError, get};
use gloo_timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What the collector says, kept up to date while `running`.
#[hook]
pub fn use_live(token: &Rc<str>, running: bool) -> UseReducerHandle<Feed> {
    let feed = use_reducer(Feed::default);
    {
        let dispatcher = feed.dispatcher();
        let due = feed.due;
        // Each question that ends raises the round, which starts the next one.
        use_effect_with(
            (token.clone(), running, feed.round),
            move |(token, running, _)| {
                let report = move |action| dispatcher.dispatch(action);
                let question = running.then(|| Question::ask_at(due, token.clone(), report));
                move || drop(question)
            },
        );
    }
    feed
}

/// One question that is waiting for its time or for its answer. Dropping it makes sure
/// that nothing is heard of it any more.
struct Question {
    _timeout: Timeout,
    dropped: Rc<Cell<bool>>,
}

impl Question {
    fn ask_at(due: f64, token: Rc<str>, report: impl Fn(Action) + 'static) -> Self {
        let wait = (due - js_sys::Date::now()).max(0.0) as u32;
        let dropped = Rc::new(Cell::new(false));
        let watched = Rc::clone(&dropped);
        let timeout = Timeout::new(wait, move || {
            spawn_local(async move {
                let result = ask(&token).await;
                if !watched.get() {
                    report(match result {
                        Ok(answer) => Action::Answered(answer),
                        Err(reason) => Action::Failed {
                            reason,
                            at: js_sys::Date::now(),
                        },
                    });
                }
            });
        });
        Question {
            _timeout: timeout,
            dropped,
        }
    }
}

impl Drop for Question {
    fn drop(&mut self) {
        self.dropped.set(true);
    }
}

async fn ask(token: &str) -> Result<Answer, FetchError> {
    let overview: Overview = get("/api/overview", token).await?;
    let received = js_sys::Date::now();
    let events: Events = get("/api/events?limit=50", token).await?;
    Ok(Answer {
        overview: Rc::new(overview),
        events: Rc::from(events.events),
        received,
    })
}
