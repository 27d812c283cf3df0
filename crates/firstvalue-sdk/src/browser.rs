//! What is asked of the supervisor (`www/loader/core.ts`) and of the page (`www/loader/page.ts`). None of
//! these functions throws, and none calls back before the package is done.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The script that stands between this package and the page.
    pub type Supervisor;
    /// The page at work.
    pub type Page;

    /// The page at work for this package; see there.
    #[wasm_bindgen(method)]
    pub fn page(this: &Supervisor) -> Page;
    /// Puts a call that follows from others into the queue.
    #[wasm_bindgen(method)]
    pub fn call(this: &Supervisor, kind: &str, name: &str, body: &str);
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

    #[wasm_bindgen(method)]
    pub fn alarm(this: &Page, delay: f64);
    #[wasm_bindgen(method, js_name = isBusy)]
    pub fn is_busy(this: &Page, target: Option<&str>, never_over: &str) -> bool;
    #[wasm_bindgen(method)]
    pub fn close(this: &Page);
}

#[wasm_bindgen(module = "/js/text.js")]
extern "C" {
    pub fn matches(pattern: &str, text: &str, ignore_case: bool) -> bool;
    #[wasm_bindgen(js_name = sameLetters)]
    pub fn same_letters(one: &str, other: &str) -> bool;
    fn numeral(number: f64, bytes: &mut [u8]) -> usize;
}

/// The longest text of a number has 24 characters.
const LONGEST: usize = 32;

/// Adds a number of 0 or more.
pub fn write_number(number: f64, out: &mut String) {
    let mut bytes = [0; LONGEST];
    let length = numeral(number, &mut bytes);
    out.extend(bytes.iter().take(length).map(|byte| char::from(*byte)));
}
