//! Firstvalue in yew applications.
//!
//! The page brings Firstvalue in by its script; this calls it, and has components rendered anew when something
//! becomes known of the user:
//!
//! ```html
//! <script src="https://collector.example.com/sdk/firstvalue.iife.js" data-write-key="YOUR-KEY"></script>
//! ```
//!
//! ```
//! use firstvalue_yew::{track, use_milestone};
//! use serde_json::json;
//! use yew::prelude::*;
//!
//! #[component]
//! fn Reports() -> Html {
//!     let activated = use_milestone("activated");
//!     let create = |_| track("report.created", json!({ "template": "board" }));
//!     html! {
//!         <>
//!             <button onclick={create}>{ "New report" }</button>
//!             if !activated { <p>{ "Share a report, and your colleagues see what you see." }</p> }
//!         </>
//!     }
//! }
//! ```
//!
//! Nothing here fails and nothing waits. Where the script did not come — it is blocked, or this runs on a server —
//! calls do nothing, and nothing is known.

mod calls;
mod happenings;
mod hooks;
mod options;
mod page;
mod state;

pub use calls::{
    alias, back, consent, destroy, group, identify, init, next, outcome, page, reset, start, state,
    stop, track,
};
pub use happenings::{
    ActionCalled, GuideChanged, Happening, Listener, MilestoneReached, Problem, StepShown, on,
};
pub use hooks::{use_firstvalue, use_milestone};
pub use options::{Consent, Forward, Options, Storage};
pub use state::{GuideState, MilestoneState, Running, State};
