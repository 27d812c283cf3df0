//! How everything looks: one constructable style sheet for the shadow root.

/// The sheet, by layer: tokens, the frame around everything, and one part per form.
pub const STYLE: &str = concat!(
    include_str!("style/root.css"),
    include_str!("style/tokens.css"),
    include_str!("style/card.css"),
    include_str!("style/anchored.css"),
    include_str!("style/dialog.css"),
    include_str!("style/strip.css"),
    include_str!("style/corner.css"),
    include_str!("style/question.css"),
    include_str!("style/tasks.css"),
    include_str!("style/preferences.css"),
);
