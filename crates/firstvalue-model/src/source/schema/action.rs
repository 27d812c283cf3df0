//! Buttons, and what they do.

use serde_json::{Value, json};

use super::shape::{choice, described, object, reference, such_as};
use crate::guide::Effect;
use crate::source::step::EFFECTS;

pub(super) fn action() -> Value {
    let label = described("What it says.", reference("text"));
    let plain: Vec<_> = EFFECTS
        .iter()
        .filter(|(_, effect)| effect.key().is_none() || *effect == Effect::Snooze)
        .copied()
        .collect();
    let mut forms = vec![object(
        "A button.",
        vec![
            ("label", label.clone()),
            ("do", described("What it does.", choice(&plain))),
        ],
        &["label", "do"],
    )];
    for (word, effect) in EFFECTS {
        let (what, with) = match effect {
            Effect::Start => ("starts another guide", reference("id")),
            Effect::GoTo => ("shows another step of the guide", reference("words")),
            Effect::Link => ("opens an address, and moves on", address()),
            Effect::Track => ("records an event, and moves on", reference("words")),
            Effect::Call => (
                "tells the host's handlers a name, and moves on",
                reference("words"),
            ),
            Effect::Snooze => ("puts the guide off for so long", reference("duration")),
            _ => continue,
        };
        let Some(key) = effect.key() else { continue };
        let what = format!("A button that {what}.");
        let does = json!({ "const": word, "description": what });
        let properties = vec![("label", label.clone()), ("do", does), (key, with)];
        forms.push(object(&what, properties, &["label", "do", key]));
    }
    such_as(
        json!({ "anyOf": forms }),
        json!([{ "label": "Done", "do": "complete" }]),
    )
}

/// What a button may open.
pub(super) fn address() -> Value {
    json!({
        "type": "string",
        "pattern": "^([/?#]|https?://|mailto:|tel:)",
        "examples": ["/reports"],
    })
}
