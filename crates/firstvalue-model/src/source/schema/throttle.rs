//! The throttle of all guides together.

use serde_json::{Value, json};

use super::shape::{Definitions, described, list, object, reference, such_as, whole};

pub(super) fn define(definitions: &mut Definitions) {
    definitions.insert("throttle", throttle());
}

fn throttle() -> Value {
    object(
        "How much attention guides may take together.",
        vec![
            (
                "max-per-session",
                described(
                    "The most guides that start by themselves in one session.",
                    whole(0, i64::from(u32::MAX)),
                ),
            ),
            (
                "min-gap",
                described(
                    "The least time between the end of one guide and the start of the next.",
                    reference("duration"),
                ),
            ),
            (
                "never-over",
                such_as(
                    described(
                        "No guide starts while an element matches one of these.",
                        list(reference("selector")),
                    ),
                    json!([["input:focus", "[role=dialog]"]]),
                ),
            ),
        ],
        &[],
    )
}
