//! The engine with the rules of the benchmark, as a program and as a page would call it.
//!
//! The WebAssembly package is built as the core package is (`cargo xtask pack`): the same flags,
//! the same allocator, and strings handed over in the same way.

#[cfg(target_family = "wasm")]
#[path = "../../../crates/firstvalue-sdk/src/allocator.rs"]
mod allocator;

pub mod workload;

use firstvalue_engine::{Change, Input, Rules, State, What};
use firstvalue_model::time::Millis;
use wasm_bindgen::prelude::*;

use workload::Workload;

/// One user under the rules of the benchmark.
#[wasm_bindgen]
pub struct Contestant {
    rules: Rules,
    state: State,
    names: Vec<String>,
    changes: Vec<Change>,
}

#[wasm_bindgen]
impl Contestant {
    /// A user of whom nothing is known yet.
    #[wasm_bindgen(constructor)]
    pub fn new(rules: u32, names: u32) -> Self {
        let compiled = Workload { rules, names }.compile();
        Self {
            state: State::user(&compiled),
            rules: compiled,
            names: (0..names).map(Workload::name).collect(),
            changes: Vec::new(),
        }
    }

    /// Somebody else under the same rules.
    pub fn reset(&mut self) {
        self.state = State::user(&self.rules);
    }

    /// Takes in an event by its name, and gives how often a rule began or ceased to hold.
    pub fn apply(&mut self, name: &str, at: f64) -> usize {
        take(
            &self.rules,
            &mut self.state,
            &mut self.changes,
            name,
            at as Millis,
        )
    }

    /// Takes in an event by the number of its name, which need not be copied.
    pub fn apply_numbered(&mut self, name: u32, at: f64) -> usize {
        let name = self.names.get(name as usize).map_or("", String::as_str);
        take(
            &self.rules,
            &mut self.state,
            &mut self.changes,
            name,
            at as Millis,
        )
    }

    /// What changed at a place: twice the rule's number, and one more if it began to hold.
    pub fn change(&self, place: usize) -> u32 {
        match self.changes.get(place) {
            Some(Change::Guide {
                guide, eligible, ..
            }) => (*guide as u32) << 1 | u32::from(*eligible),
            _ => u32::MAX,
        }
    }
}

fn take(
    rules: &Rules,
    state: &mut State,
    changes: &mut Vec<Change>,
    name: &str,
    at: Millis,
) -> usize {
    changes.clear();
    let what = What::Event {
        name,
        properties: None,
    };
    let utc_offset = 0;
    state.apply(
        rules,
        &Input {
            at,
            utc_offset,
            what,
        },
        changes,
    );
    changes.len()
}
