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

        /// What stands under a key, if this is an object and it is there.
        pub fn get(&self, key: &str) -> Option<Self> {
            let value = script::member(&self.0, key);
            (!value.is_undefined()).then_some(Self(value))
        }

        /// The text, if this is one.
        pub fn text(&self) -> Option<String> {
            self.0.as_string()
        }

        /// The number, if this is one.
        pub fn number(&self) -> Option<f64> {
            self.0.as_f64()
        }

        /// The elements, if this is a list.
        pub fn list(&self) -> Option<Vec<Self>> {
            let list = self.0.dyn_ref::<js_sys::Array>()?;
            Some(list.iter().map(Self).collect())
        }

        /// The keys of an object, by letter.
        pub fn keys(&self) -> Vec<String> {
            let keys = Self(script::keys(&self.0)).list().into_iter().flatten();
            keys.filter_map(|key| key.text()).collect()
        }
    }
}

#[cfg(not(target_family = "wasm"))]
mod native {
    use firstvalue_model::json;
    use serde_json::Value;

    /// A value.
    #[derive(Debug, Clone)]
    pub struct Json(Value);

    impl Json {
        /// Reads a text; `None` if it is not JSON.
        pub fn read(text: &str) -> Option<Self> {
            json::read(text).map(Self)
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

        /// The elements, if this is a list.
        pub fn list(&self) -> Option<Vec<Self>> {
            Some(self.0.as_array()?.iter().cloned().map(Self).collect())
        }

        /// The keys of an object, by letter.
        pub fn keys(&self) -> Vec<String> {
            let object = self.0.as_object().into_iter();
            object.flat_map(|object| object.keys().cloned()).collect()
        }
    }
}
