//! JSON as the browser reads it. The library that reads it in Rust would be a tenth of what the package
//! has besides yew.

#[cfg(target_family = "wasm")]
pub use browser::Json;
#[cfg(not(target_family = "wasm"))]
pub use native::Json;

#[cfg(target_family = "wasm")]
mod browser {
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::*;

    use crate::page::script;

    /// A value.
    #[derive(Debug, Clone)]
    pub struct Json(JsValue);

    impl Json {
        /// Reads a text; `None` if it is not JSON.
        pub fn read(text: &str) -> Option<Self> {
            js_sys::JSON::parse(text).ok().map(Self)
        }

        /// What a function of ours gave; `None` if that is nothing.
        pub fn of(value: JsValue) -> Option<Self> {
            (!value.is_undefined()).then_some(Self(value))
        }

        /// What stands under a key, if this is an object and it is there.
        pub fn get(&self, key: &str) -> Option<Self> {
            Self::of(script::member(&self.0, key))
        }

        /// The text, if this is one.
        pub fn text(&self) -> Option<String> {
            self.0.as_string()
        }

        /// The number, if this is one.
        pub fn number(&self) -> Option<f64> {
            self.0.as_f64()
        }

        /// Whether it is true.
        pub fn truth(&self) -> bool {
            self.0.is_truthy()
        }

        /// What it was read from, or says the same.
        pub fn written(&self) -> String {
            js_sys::JSON::stringify(&self.0).map_or_else(|_| String::new(), String::from)
        }

        /// The elements, if this is a list.
        pub fn list(&self) -> Option<Vec<Self>> {
            let list = self.0.dyn_ref::<js_sys::Array>()?;
            Some(list.iter().map(Self).collect())
        }
    }
}

#[cfg(not(target_family = "wasm"))]
mod native {
    use firstvalue_model::json;
    use serde_json::Value;
    use wasm_bindgen::JsValue;

    /// A value.
    #[derive(Debug, Clone)]
    pub struct Json(Value);

    impl Json {
        /// Reads a text; `None` if it is not JSON.
        pub fn read(text: &str) -> Option<Self> {
            json::read(text).map(Self)
        }

        /// What a function of ours gave; outside a browser there are none that give anything but texts.
        pub fn of(value: JsValue) -> Option<Self> {
            Self::read(&value.as_string()?)
        }

        /// What stands under a key, if this is an object and it is there.
        pub fn get(&self, key: &str) -> Option<Self> {
            self.0.get(key).cloned().map(Self)
        }

        /// The text, if this is one.
        pub fn text(&self) -> Option<String> {
            self.0.as_str().map(str::to_owned)
        }

        /// The number, if this is one.
        pub fn number(&self) -> Option<f64> {
            self.0.as_f64()
        }

        /// Whether it is true.
        pub fn truth(&self) -> bool {
            self.0.as_bool() == Some(true)
        }

        /// What it was read from, or says the same.
        pub fn written(&self) -> String {
            self.0.to_string()
        }

        /// The elements, if this is a list.
        pub fn list(&self) -> Option<Vec<Self>> {
            Some(self.0.as_array()?.iter().cloned().map(Self).collect())
        }
    }
}
