//! Events as they come in.

use crate::api::{Event, Events};
use crate::fetch::{FetchError, get, request, unreachable};
use crate::stream::Stream;
use js_sys::{Promise, Reflect, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, ReadableStreamDefaultReader};
use yew::prelude::*;

/// The most events that are shown.
const MOST: usize = 200;

/// How long to wait before the collector is asked again, in milliseconds.
const PAUSE: i32 = 2_000;

/// The latest events, newest first, and what comes in while `running`; nothing until the first answer.
#[hook]
pub fn use_stream(token: &Rc<str>, running: bool) -> Option<Rc<[Event]>> {
    let events = use_state(|| None);
    {
        let show = events.setter();
        use_effect_with((token.clone(), running), move |(token, running)| {
            let controller = running.then(AbortController::new).and_then(Result::ok);
            if let Some(controller) = controller.clone() {
                spawn_local(follow(token.clone(), controller, move |events| {
                    show.set(Some(events));
                }));
            }
            move || {
                if let Some(controller) = controller {
                    controller.abort();
                }
            }
        });
    }
    (*events).clone()
}

/// Shows events until it is aborted; connects again when the connection is lost.
async fn follow(token: Rc<str>, controller: AbortController, show: impl Fn(Rc<[Event]>)) {
    let known = RefCell::new(Vec::new());
    let mut stream = Stream::default();
    while !controller.signal().aborted() {
        let add = |new: Vec<Event>| {
            let mut known = known.borrow_mut();
            let new = new.into_iter().rev();
            known.splice(..0, new);
            known.truncate(MOST);
            show(Rc::from(known.as_slice()));
        };
        // Whatever went wrong: the bar says that the collector does not answer.
        let _ = connected(&token, &controller, &mut stream, &known, add).await;
        if controller.signal().aborted() {
            return;
        }
        pause().await;
    }
}

/// Waits. A timer as a future of a crate's own would bring a channel along.
async fn pause() {
    let waiting = Promise::new(&mut |done, _| {
        if let Some(window) = web_sys::window() {
            // Only a page that is gone has no timers.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, PAUSE);
        }
    });
    let _ = JsFuture::from(waiting).await;
}

async fn connected(
    token: &str,
    controller: &AbortController,
    stream: &mut Stream,
    known: &RefCell<Vec<Event>>,
    add: impl Fn(Vec<Event>),
) -> Result<(), FetchError> {
    stream.reconnect();
    // First, so that nothing is missed that comes while the latest are asked for.
    let last = stream.last().map(String::from);
    let response = request(
        "GET",
        "/api/events/live",
        token,
        last.as_deref(),
        controller,
    )
    .await?;
    if last.is_none() {
        let latest: Events = get("/api/events?limit=50", token).await?;
        known.borrow_mut().clear();
        add(latest.events.into_iter().rev().collect());
    }
    let body = response.body().ok_or(FetchError::Unreachable)?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let read = JsFuture::from(reader.read()).await.map_err(unreachable)?;
        let value = Reflect::get(&read, &JsValue::from_str("value")).map_err(unreachable)?;
        if controller.signal().aborted() || value.is_undefined() {
            return Ok(());
        }
        let events = stream.read(&Uint8Array::new(&value).to_vec());
        if !events.is_empty() {
            add(events);
        }
    }
}
