//! A list that is loaded page by page, and looked at again now and then.

use crate::api::Overview;
use crate::fetch::{FetchError, text};
use crate::view::{Line, List, Listing};
use gloo_timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// How long what is shown is good for, in milliseconds.
const GOOD_FOR: u32 = 10_000;

/// What was loaded so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// The rows of every part.
    pub rows: Vec<Vec<Line>>,
    /// Where it goes on; nothing if this is all.
    pub next: Option<String>,
    pub failure: Option<FetchError>,
    /// Whether anything was answered yet.
    pub known: bool,
    /// What comes next is to be put under what is there.
    more: bool,
    /// Whether more than the first part was loaded: then it stays as it is.
    is_long: bool,
    /// Whether it is to be asked for at once, whatever is shown.
    is_stale: bool,
    /// Grows with every question that came to an end.
    round: u32,
}

pub enum Action {
    Answered(Listing),
    Failed(FetchError),
    More,
    /// Something was done: all of it is to be asked for again.
    Again,
}

impl Reducible for Loaded {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.round = next.round.wrapping_add(1);
        match action {
            Action::More => next.more = true,
            Action::Again => {
                next.is_stale = true;
                next.more = false;
            }
            Action::Failed(reason) => {
                if matches!(reason, FetchError::Status(404, _)) {
                    // What is no longer there is not shown.
                    next.rows.clear();
                    next.next = None;
                }
                next.failure = Some(reason);
                next.more = false;
                next.is_stale = false;
            }
            Action::Answered(listing) => {
                match next.rows.last_mut() {
                    Some(rows) if next.more => rows.extend(listing.rows.into_iter().flatten()),
                    _ => next.rows = listing.rows,
                }
                next.is_long = next.more || next.is_long && !next.is_stale;
                next.is_stale = false;
                next.next = listing.next;
                next.failure = None;
                next.known = true;
                next.more = false;
            }
        }
        Rc::new(next)
    }
}

/// A list as the collector gives it, kept up to date while `running`.
#[hook]
pub fn use_list(
    token: &Rc<str>,
    list: &List,
    overview: &Rc<Overview>,
    running: bool,
) -> UseReducerHandle<Loaded> {
    let loaded = use_reducer(Loaded::default);
    {
        let dispatcher = loaded.dispatcher();
        let path = match &loaded.next {
            Some(next) if loaded.more => format!("{}{next}", list.path),
            _ => list.path.clone(),
        };
        let is_first = !(loaded.known || loaded.failure.is_some());
        let wait = match loaded.more || loaded.is_stale || is_first {
            true => 0,
            false => GOOD_FOR,
        };
        let wanted = loaded.is_stale || running && (loaded.more || !loaded.is_long);
        let (token, overview, read) = (token.clone(), overview.clone(), list.read);
        use_effect_with((wanted, loaded.round), move |(wanted, _)| {
            let gone = Rc::new(Cell::new(false));
            let watched = Rc::clone(&gone);
            let asking = wanted.then(|| {
                Timeout::new(wait, move || {
                    spawn_local(async move {
                        let answer = text(&path, &token).await.and_then(|text| {
                            read(&text, &overview)
                                .map_err(|error| FetchError::Unreadable(error.to_string()))
                        });
                        if !watched.get() {
                            dispatcher.dispatch(match answer {
                                Ok(listing) => Action::Answered(listing),
                                Err(reason) => Action::Failed(reason),
                            });
                        }
                    });
                })
            });
            move || {
                gone.set(true);
                drop(asking);
            }
        });
    }
    loaded
}
