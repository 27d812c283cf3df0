//! What the supervisor passes on of the options.

use firstvalue_model::json;
use serde_json::Value;

use crate::identity::Identity;

/// The options of `init`, with defaults filled in.
#[derive(Debug, Default)]
pub struct Settings {
    /// The path that is shown.
    pub path: String,
    /// Who the user is.
    pub identity: Identity,
    /// The guide that ran in this tab on the page before; JSON, empty if there was none.
    pub running: String,
}

impl Settings {
    /// Reads them from JSON.
    pub fn read(text: &str) -> Self {
        let settings = json::read(text).unwrap_or_default();
        let field = |name| {
            settings
                .get(name)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        Self {
            path: field("path").unwrap_or_default(),
            identity: Identity::read(settings.get("identity").unwrap_or_default())
                .unwrap_or_default(),
            running: field("running").unwrap_or_default(),
        }
    }
}
