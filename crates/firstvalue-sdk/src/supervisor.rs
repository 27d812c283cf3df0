//! The script that stands between this package and the page; see `www/loader/core.ts`.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The supervisor. Every function may be called at any time: it never calls back at once.
    #[derive(Clone)]
    pub type Supervisor;

    /// What the device keeps was read; whether a playbook is in force.
    #[wasm_bindgen(method, catch)]
    pub fn opened(this: &Supervisor, playbook: bool) -> Result<(), JsValue>;

    /// Puts a call into the queue behind those of the host.
    #[wasm_bindgen(method, catch)]
    pub fn call(
        this: &Supervisor,
        kind: &str,
        name: Option<&str>,
        body: Option<&str>,
    ) -> Result<(), JsValue>;

    /// Shows a step of a guide.
    #[wasm_bindgen(method, catch)]
    pub fn present(this: &Supervisor, guide: &str, step: u32, context: &str) -> Result<(), JsValue>;

    /// Takes the guide away.
    #[wasm_bindgen(method, catch)]
    pub fn hide(this: &Supervisor) -> Result<(), JsValue>;

    /// Tells the host's handlers.
    #[wasm_bindgen(method, catch)]
    pub fn emit(this: &Supervisor, happening: &str, detail: &str) -> Result<(), JsValue>;

    /// The user is now somebody else.
    #[wasm_bindgen(method, catch)]
    pub fn identity(this: &Supervisor, identity: &str) -> Result<(), JsValue>;

    /// These calls no longer depend on this page.
    #[wasm_bindgen(method, catch)]
    pub fn safe(this: &Supervisor, ids: &str) -> Result<(), JsValue>;

    /// An attempt to send has ended.
    #[wasm_bindgen(method, catch)]
    pub fn flushed(this: &Supervisor) -> Result<(), JsValue>;

    /// A new identifier.
    #[wasm_bindgen(method, catch)]
    pub fn uuid(this: &Supervisor) -> Result<String, JsValue>;

    /// A function that does the same, but whose trap reaches nobody.
    #[wasm_bindgen(method, catch)]
    pub fn guard(this: &Supervisor, entrance: &Function) -> Result<Function, JsValue>;
}
