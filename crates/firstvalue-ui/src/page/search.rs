//! Waiting for a target that is not there yet, or not any more.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::frames::Frames;
use super::listener::{Listener, Phase};
use super::mutations::Mutations;
use super::script::look;
use super::timeout::Timeout;
use super::{document, now};

/// How often at most shadow roots are searched, in milliseconds: that visits every element.
const DEEP_EVERY: f64 = 250.0;

/// What can make an element visible without a mutation.
const OTHER_SIGNS: [&str; 4] = ["transitionend", "animationend", "toggle", "load"];

/// How a search ended.
#[derive(Debug)]
pub enum Outcome {
    /// The target can be seen, and how many elements might be meant.
    Found(Element, u32),
    /// It did not come in time.
    Missing(Miss),
}

/// What is said of a target that did not come.
#[derive(Debug, Clone, PartialEq)]
pub struct Miss {
    /// What is wrong: `missing`, `hidden`, or `offscreen`.
    pub reason: &'static str,
    /// How many elements match although none can be seen.
    pub matches: u32,
    /// How long it was waited for, in milliseconds.
    pub waited: f64,
}

/// A search that goes on until it ends or is dropped. The page is looked at only after it changed,
/// and once a frame at most.
pub struct Search {
    _watch: Rc<Watch>,
    _deadline: Option<Timeout>,
    _signs: Vec<Listener>,
}

struct Watch {
    /// As JSON.
    target: String,
    started: f64,
    last_deep: Cell<f64>,
    owes_deep: Cell<bool>,
    mutations: RefCell<Option<Mutations>>,
    pass: RefCell<Option<Frames>>,
    end: Box<dyn Fn(Outcome)>,
}

impl Search {
    /// Looks at once for a target (JSON), and goes on for this many milliseconds if there is nothing, or for
    /// as long as it takes. The end may be told from within this call.
    pub fn new(target: String, patience: Option<i32>, end: impl Fn(Outcome) + 'static) -> Self {
        let watch = Rc::new_cyclic(|weak: &Weak<Watch>| {
            let changed = weak.clone();
            let mutations = Mutations::new(move || {
                if let Some(watch) = changed.upgrade() {
                    watch.look_before_next_frame();
                }
            });
            Watch {
                target,
                started: now(),
                last_deep: Cell::new(f64::NEG_INFINITY),
                owes_deep: Cell::new(true),
                mutations: RefCell::new(mutations),
                pass: RefCell::default(),
                end: Box::new(end),
            }
        });
        let document = document();
        if let (Some(document), Some(mutations)) = (&document, &*watch.mutations.borrow()) {
            mutations.watch_everything(document);
        }
        let signs = document.iter().flat_map(|document| {
            OTHER_SIGNS.map(|sign| {
                let watch = Rc::downgrade(&watch);
                Listener::new(document, sign, Phase::Capture, move |_| {
                    if let Some(watch) = watch.upgrade() {
                        watch.look_before_next_frame();
                    }
                })
            })
        });
        let signs = signs.collect();
        let last = Rc::downgrade(&watch);
        let deadline = patience.map(|milliseconds| {
            Timeout::new(milliseconds, move || {
                if let Some(watch) = last.upgrade() {
                    watch.last_deep.set(f64::NEG_INFINITY);
                    if let Some(miss) = watch.look() {
                        watch.finish(Outcome::Missing(miss));
                    }
                }
            })
        });
        // What is there already is shown in this frame, not in the next.
        if watch.look().is_some() {
            watch.look_before_next_frame();
        }
        Self {
            _watch: watch,
            _deadline: deadline,
            _signs: signs,
        }
    }
}

impl Watch {
    fn look_before_next_frame(self: &Rc<Self>) {
        let mut pass = self.pass.borrow_mut();
        if pass.is_none() {
            let watch = Rc::downgrade(self);
            *pass = Some(Frames::new(move || {
                let Some(watch) = watch.upgrade() else {
                    return ControlFlow::Break(());
                };
                let missed = watch.look().is_some();
                // Shadow roots whose turn had not come are looked at in a later frame.
                if missed && watch.owes_deep.get() {
                    return ControlFlow::Continue(());
                }
                if missed {
                    watch.pass.take();
                }
                ControlFlow::Break(())
            }));
        }
    }

    /// Looks once; what there is to say if the target is not to be seen.
    fn look(&self) -> Option<Miss> {
        let time = now();
        let deep = time - self.last_deep.get() >= DEEP_EVERY;
        self.owes_deep.set(!deep);
        if deep {
            self.last_deep.set(time);
        }
        let sighting = look(&self.target, deep);
        if let Some(mutations) = &*self.mutations.borrow() {
            for root in sighting.roots().iter() {
                mutations.watch_everything(root.unchecked_ref());
            }
        }
        match sighting.visible() {
            Some(element) => {
                self.finish(Outcome::Found(element, sighting.seen()));
                None
            }
            None => Some(Miss {
                reason: if sighting.matches() == 0 {
                    "missing"
                } else {
                    "hidden"
                },
                matches: sighting.matches(),
                waited: time - self.started,
            }),
        }
    }

    fn finish(&self, outcome: Outcome) {
        self.mutations.take();
        (self.end)(outcome);
    }
}
