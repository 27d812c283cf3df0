//! The theme of a guide, as styles.

use firstvalue_model::colour::{Colour, DARK_SURFACE, LIGHT_SURFACE};
use firstvalue_model::guide::{Density, Font};

use crate::content::guide::Guide;
use crate::page::script;

/// The theme as custom properties, with colours for text on the accent and in it that can be read.
pub(super) fn style(guide: &Guide) -> String {
    let theme = &guide.theme;
    let mut style = String::new();
    if let Some(accent) = theme.accent.as_deref().and_then(Colour::read) {
        style = [
            "--fv-accent:",
            &accent.write(),
            ";--fv-on-accent:",
            &accent.text_on().write(),
            ";--fv-link:light-dark(",
            &accent.readable_on(LIGHT_SURFACE).write(),
            ",",
            &accent.readable_on(DARK_SURFACE).write(),
            ");",
        ]
        .concat();
    }
    if let Some(radius) = theme.radius {
        style.push_str(&["--fv-radius:", &radius.to_string(), "px;"].concat());
    }
    style.push_str(match theme.density {
        Some(Density::Compact) => "--fv-space:.6;",
        Some(Density::Comfortable) => "--fv-space:1;",
        None => "",
    });
    match theme.font {
        Some(Font::Own) => style.push_str("--fv-font:var(--fv-own)"),
        Some(Font::Inherit) => style.push_str(&["--fv-font:", &script::host_font()].concat()),
        None => {}
    }
    style
}
