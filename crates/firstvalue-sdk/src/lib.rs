//! The core WebAssembly package of Firstvalue: what a page loads to record what the user does,
//! decide which milestones are reached and which guide is due, and keep every event.
//!
//! It is driven by a small script, the supervisor (`www/loader`), which owns the queue of calls and
//! survives whatever happens here, and sends. What is decided is decided by `firstvalue-engine`; here calls
//! become messages and inputs, and decisions become effects:
//!
//! ```text
//! queue ─▶ call ─▶ tracker ─▶ effects ─▶ supervisor (sender, guides, handlers)
//!                    │  ▲              └─▶ page (store, listeners, timer)
//!                    ▼  │
//!                  engine
//! ```
//!
//! What touches the browser is in `js/page.js`: the same in Rust takes five times the bytes. All
//! else is free of the browser, but for `agent`, and tested natively.

#[cfg(target_family = "wasm")]
mod allocator;

mod agent;
mod attention;
mod browser;
mod call;
mod fields;
mod identity;
mod message;
mod playbook;
mod record;
mod settings;
mod tracker;

use agent::Agent;
use browser::Supervisor;
use settings::Settings;
use wasm_bindgen::prelude::*;

/// The package at work; `www/loader/core.ts` says what each function means. Only the supervisor
/// calls them, one at a time.
#[wasm_bindgen]
pub struct Core(Agent);

#[wasm_bindgen]
#[expect(
    missing_docs,
    reason = "documented where they are called, in www/loader/core.ts"
)]
impl Core {
    #[wasm_bindgen(constructor)]
    pub fn new(supervisor: Supervisor, settings: &str) -> Self {
        Self(Agent::new(supervisor, Settings::read(settings)))
    }

    pub fn open(&mut self) {
        self.0.open();
    }

    pub fn playbook(&mut self, text: String) {
        self.0.playbook(text);
    }

    pub fn recover(&mut self, messages: &str) {
        self.0.recover(messages);
    }

    pub fn apply(
        &mut self,
        at: f64,
        kind: &str,
        name: Option<String>,
        body: Option<String>,
        id: String,
    ) {
        self.0.apply(at, kind, name, body, id);
    }

    pub fn settle(&mut self) {
        self.0.settle();
    }

    pub fn report(&mut self, kind: &str, step: u32, detail: &str) {
        self.0.report(kind, step, detail);
    }

    pub fn state(&mut self) -> String {
        self.0.state()
    }

    pub fn unwritten(&mut self) -> String {
        self.0.unwritten()
    }

    pub fn kept(&mut self, key: String, bytes: Vec<u8>) {
        self.0.kept(key, bytes);
    }

    pub fn opened(&mut self, usable: bool) {
        self.0.opened(usable);
    }

    pub fn written(&mut self, well: bool) {
        self.0.written(well);
    }

    pub fn delivered(&mut self, id: &str) {
        self.0.delivered(id);
    }
}
