//! What happens, told as it does.

use js_sys::{Array, Function};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::page::{IS_PAGE, apply, read};

/// Something that [`on`] listens to.
pub trait Happening: DeserializeOwned + 'static {
    /// What the script calls it.
    const NAME: &'static str;
}

/// A milestone was reached. It is told once, in the page in which it happened; what is reached by time alone happens in
/// every page of the product that is open at that moment.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MilestoneReached {
    /// Its id.
    pub milestone: String,
    /// When, in milliseconds since the epoch.
    pub at: f64,
    /// Milliseconds from sign-up to then.
    pub time_to_value: f64,
}

impl Happening for MilestoneReached {
    const NAME: &'static str = "milestone";
}

/// Something happened to a guide.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GuideChanged {
    /// Its id.
    pub guide: String,
    /// What: `due`, `undue`, `shown`, `completed`, `dismissed`, `snoozed`, `failed` or `stopped`.
    pub state: String,
    /// The step at which it happened, from 0; none for `due` and `undue`.
    pub step: Option<u32>,
}

impl Happening for GuideChanged {
    const NAME: &'static str = "guide";
}

/// A step of a guide was painted, is in view and can be clicked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StepShown {
    /// The guide's id.
    pub guide: String,
    /// From 0.
    pub step: u32,
}

impl Happening for StepShown {
    const NAME: &'static str = "step";
}

/// A button of a guide asks the host to do something (`do: call` in the playbook).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ActionCalled {
    /// What the button names.
    pub name: String,
}

impl Happening for ActionCalled {
    const NAME: &'static str = "action";
}

/// What went wrong without harm to the page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// What kind of thing: `handler`, `argument`, `playbook`, `storage` or `rejected`.
    pub code: String,
    /// The same for people.
    pub message: String,
}

impl Happening for Problem {
    const NAME: &'static str = "error";
}

/// Calls `handler` whenever it happens, until what this gives is dropped.
///
/// ```no_run
/// use firstvalue_yew::{MilestoneReached, on};
///
/// let listener = on(|reached: MilestoneReached| {
///     // Confetti for the first report.
///     assert_eq!(reached.milestone, "first-report");
/// });
/// drop(listener);
/// ```
#[must_use = "it listens until this is dropped"]
pub fn on<H: Happening>(handler: impl Fn(H) + 'static) -> Listener {
    Listener::new(H::NAME, move |detail| {
        if let Some(happening) = read(&detail) {
            handler(happening);
        }
    })
}

/// Listens as long as it is there.
pub struct Listener {
    /// What ends it.
    end: Option<Function>,
    /// What the script calls; perhaps again while it is being called.
    handler: Option<Closure<dyn Fn(JsValue)>>,
}

impl Listener {
    pub(crate) fn new(happening: &str, handler: impl Fn(JsValue) + 'static) -> Self {
        let handler = IS_PAGE.then(|| Closure::<dyn Fn(JsValue)>::new(handler));
        let end = handler.as_ref().and_then(|handler| {
            let end = apply("on", &Array::of2(&happening.into(), handler.as_ref()))?;
            end.dyn_into().ok()
        });
        Self { end, handler }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        match &self.end {
            // The script's own; it throws nothing.
            Some(end) => drop(end.call0(&JsValue::UNDEFINED)),
            // The stub gives nothing that would end it, so it may still be called.
            None => {
                if let Some(handler) = self.handler.take() {
                    handler.forget();
                }
            }
        }
    }
}
