//! How everything looks: one constructable style sheet for the shadow root.

use crate::ALL;

/// Style sheets, one after another.
macro_rules! sheets {
    ($($name:literal)*) => { concat!($(include_str!(concat!("style/", $name, ".css"))),*) };
}

/// The sheet, by layer: tokens, the frame around everything, one part per form, and last what readers
/// prefer.
pub const STYLE: &str = if ALL {
    sheets!("root" "tokens" "card" "anchored" "dialog" "beacon" "strip" "corner" "question" "tasks" "slot" "preferences")
} else {
    sheets!("root" "tokens" "card" "anchored" "dialog" "preferences")
};
