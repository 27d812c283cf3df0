//! The colours and the shape of a guide.

use serde_json::{Value, json};

use super::shape::{choice, described, object, whole};
use crate::source::guide::{DENSITIES, FONTS, MOST_ROUND, SCHEMES};

pub(super) fn theme() -> Value {
    object(
        "Colours and shape.",
        vec![
            (
                "accent",
                described(
                    "The colour of its primary buttons. In YAML it needs quotes.",
                    json!({
                        "type": "string",
                        "pattern": "^#[0-9A-Fa-f]{6}$",
                        "examples": ["#2459d6"],
                    }),
                ),
            ),
            (
                "scheme",
                described(
                    "Light or dark; as the reader's system is set when absent.",
                    choice(SCHEMES),
                ),
            ),
            (
                "radius",
                described(
                    "The radius of its corners in pixels; as the host's \
                     `--firstvalue-radius` says when absent, else 14.",
                    whole(0, MOST_ROUND),
                ),
            ),
            (
                "density",
                described(
                    "How much room there is around what it says; as the host's \
                     `--firstvalue-space` says when absent, else comfortable.",
                    choice(DENSITIES),
                ),
            ),
            (
                "font",
                described(
                    "Our own font, which is that of the reader's system, or that of the page; as the \
                     host's `--firstvalue-font` says when absent, else our own.",
                    choice(FONTS),
                ),
            ),
        ],
        &[],
    )
}
