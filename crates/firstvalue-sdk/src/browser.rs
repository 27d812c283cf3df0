//! What is asked of the supervisor (`www/loader/core.ts`) and of the page (`js/page.js`). None of
//! these functions throws, and none calls back before the package is done.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The script that stands between this package and the page.
    pub type Supervisor;

    /// What the device keeps was read; whether a playbook is in force.
    #[wasm_bindgen(method)]
    pub fn opened(this: &Supervisor, playbook: bool);
    /// Shows a step of a guide.
    #[wasm_bindgen(method)]
    pub fn present(this: &Supervisor, guide: &str, step: u32, context: &str);
    /// Takes the guide away.
    #[wasm_bindgen(method)]
    pub fn hide(this: &Supervisor);
    /// Sends a message; fresh unless an earlier page has made it.
    #[wasm_bindgen(method)]
    pub fn deliver(this: &Supervisor, id: &str, message: &str, fresh: bool);
    /// Tells the host's handlers.
    #[wasm_bindgen(method)]
    pub fn emit(this: &Supervisor, happening: &str, detail: &str);
    /// The user is now somebody else.
    #[wasm_bindgen(method)]
    pub fn identity(this: &Supervisor, identity: &str);
    /// This call no longer depends on this page.
    #[wasm_bindgen(method)]
    pub fn safe(this: &Supervisor, id: &str);
    /// A new identifier.
    #[wasm_bindgen(method)]
    pub fn uuid(this: &Supervisor) -> String;

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
    pub fn open(this: &Page, keep: bool);
    #[wasm_bindgen(method)]
    pub fn begin(this: &Page) -> bool;
    #[wasm_bindgen(method)]
    pub fn message(this: &Page, id: &str, json: &str);
    #[wasm_bindgen(method)]
    pub fn record(this: &Page, key: &str, bytes: Option<Vec<u8>>);
    #[wasm_bindgen(method)]
    pub fn forget(this: &Page, id: &str);
    #[wasm_bindgen(method)]
    pub fn alarm(this: &Page, delay: f64);
    #[wasm_bindgen(method)]
    pub fn capture(this: &Page, rules: &str);
    #[wasm_bindgen(method)]
    pub fn elements(this: &Page, selectors: &str);
    #[wasm_bindgen(method)]
    pub fn watch(this: &Page, path: &str, kind: &str);
    #[wasm_bindgen(method, js_name = isBusy)]
    pub fn is_busy(this: &Page, target: Option<&str>, never_over: &str) -> bool;
    #[wasm_bindgen(method)]
    pub fn locale(this: &Page) -> String;
    #[wasm_bindgen(method, js_name = utcOffset)]
    pub fn utc_offset(this: &Page, at: f64) -> i32;
    #[wasm_bindgen(method)]
    pub fn close(this: &Page);

    pub fn matches(pattern: &str, text: &str, ignore_case: bool) -> bool;
    #[wasm_bindgen(js_name = sameLetters)]
    pub fn same_letters(one: &str, other: &str) -> bool;
}
