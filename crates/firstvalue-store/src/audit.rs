//! Who did what to the data, other than adding to it.

use firstvalue_model::time::Millis;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Millis,
    /// Who did it.
    pub actor: String,
    /// What.
    pub action: &'static str,
    /// Of whom or what; no personal data.
    pub subject: String,
    /// How much.
    pub detail: String,
}

/// Something that was done, as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDeed {
    /// Its place in the order in which things were done.
    pub id: i64,
    /// When.
    pub at: Millis,
    /// Who did it.
    pub actor: String,
    /// What.
    pub action: String,
    /// Of whom or what.
    pub subject: String,
    /// How much.
    pub detail: String,
}
