//! What is asked of the supervisor (`www/loader/core.ts`) and of the page (`js/page.js`). None of
//! these functions throws, and none calls back before the package is done.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The script that stands between this package and the page.
    pub type Supervisor;

    /// Puts a call that follows from others into the queue.
    #[wasm_bindgen(method)]
    pub fn call(this: &Supervisor, kind: &str, name: &str, body: &str);
    /// What is to be recorded without a call of the host; JSON.
    #[wasm_bindgen(method)]
    pub fn capture(this: &Supervisor, rules: &str);
    /// A record that is to be kept, or no longer.
    #[wasm_bindgen(method)]
    pub fn record(this: &Supervisor, key: &str, bytes: Option<Vec<u8>>);
    /// Which guide runs in this tab.
    #[wasm_bindgen(method)]
    pub fn running(this: &Supervisor, running: &str);
    /// Shows a step of a guide.
    #[wasm_bindgen(method)]
    pub fn present(this: &Supervisor, guide: &str, step: u32, context: &str);
    /// Takes the guide away.
    #[wasm_bindgen(method)]
    pub fn hide(this: &Supervisor);
    /// Tells the host's handlers.
    #[wasm_bindgen(method)]
    pub fn emit(this: &Supervisor, happening: &str, detail: &str);
    /// Milliseconds since the epoch.
    #[wasm_bindgen(js_namespace = Date)]
    pub fn now() -> f64;
}

#[wasm_bindgen(module = "/js/page.js")]
extern "C" {
    /// The page; see there.
    pub type Page;

    pub fn page(supervisor: &Supervisor) -> Page;
    #[wasm_bindgen(method)]
    pub fn alarm(this: &Page, delay: f64);
    #[wasm_bindgen(method)]
    pub fn elements(this: &Page, selectors: &str);
    #[wasm_bindgen(method)]
    pub fn watch(this: &Page, path: &str, kind: &str);
    #[wasm_bindgen(method, js_name = isBusy)]
    pub fn is_busy(this: &Page, target: Option<&str>, never_over: &str) -> bool;
    #[wasm_bindgen(method)]
    pub fn locale(this: &Page) -> String;
    #[wasm_bindgen(method)]
    pub fn close(this: &Page);

    pub fn matches(pattern: &str, text: &str, ignore_case: bool) -> bool;
    #[wasm_bindgen(js_name = sameLetters)]
    pub fn same_letters(one: &str, other: &str) -> bool;
}
