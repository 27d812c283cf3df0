//! The core WebAssembly package of Firstvalue: what a page loads to record what the user does,
//! decide which milestones are reached and which guide is due, and keep every event.
//!
//! It is driven by a small script, the supervisor (`www/loader`), which owns the queue of calls, makes
//! them into messages, keeps and sends these, and survives whatever happens here. What is decided is
//! decided by `firstvalue-engine`; here calls become inputs, and decisions become effects:
//!
//! ```text
//! queue ─▶ call ─▶ tracker ─▶ effects ─▶ supervisor (queue, guides, handlers, store)
//!                    │  ▲              └─▶ page (listeners, timer)
//!                    ▼  │
//!                  engine
//! ```
//!
//! What touches the browser is in the loader (`page.ts`): the same in Rust takes five times the bytes. All
//! else is free of the browser, but for `agent`, and tested natively.

#[cfg(target_family = "wasm")]
mod allocator;

mod agent;
mod attention;
mod browser;
mod call;
mod fields;
mod identity;
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

    pub fn kept(&mut self, key: String, bytes: Vec<u8>) {
        self.0.kept(key, bytes);
    }

    pub fn open(&mut self) {
        self.0.open();
    }

    pub fn playbook(&mut self, text: &str) -> bool {
        self.0.playbook(text)
    }

    pub fn apply(
        &mut self,
        at: f64,
        utc_offset: i32,
        kind: &str,
        name: Option<String>,
        body: Option<String>,
        id: &str,
    ) {
        self.0.apply(at, utc_offset, kind, name, body, id);
    }

    pub fn report(&mut self, kind: &str, step: u32, detail: &str) {
        self.0.report(kind, step, detail);
    }

    pub fn settle(&mut self) {
        self.0.settle();
    }

    pub fn save(&mut self) {
        self.0.save();
    }

    pub fn state(&mut self) -> String {
        self.0.state()
    }
}

#[cfg(feature = "explain")]
#[wasm_bindgen]
#[expect(
    missing_docs,
    reason = "documented where it is called, in www/debugger/explain.ts"
)]
impl Core {
    pub fn explain(&self, now: f64) -> String {
        self.0.explain(now)
    }
}

#[cfg(test)]
mod tests {
    use firstvalue_model::message::PAGE_VIEWED;
    use serde_json::Value;

    #[test]
    fn the_loader_names_the_same_version() {
        let manifest: Value =
            serde_json::from_str(include_str!("../../../www/loader/package.json")).unwrap();
        assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    }

    #[test]
    fn the_loader_names_a_page_in_the_same_way() {
        let messages = include_str!("../../../www/loader/message.ts");
        assert!(messages.contains(&format!("\"{PAGE_VIEWED}\"")));
    }
}
