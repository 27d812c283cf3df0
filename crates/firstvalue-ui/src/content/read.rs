//! A guide in one language, from the JSON form of a compiled playbook.
//!
//! The model's derived readers (serde) do the same in 27,000 bytes of the package (Brotli), more than
//! everything else in it but yew. That both agree is a test.

use firstvalue_model::guide::{Effect, GuideKind, Placement, Scheme, Target, Theme};
use firstvalue_model::json;
use serde_json::Value;

use super::guide::{Guide, Step};

/// Reads a guide; `None` if it is not what the collector compiles, or of a kind that this version
/// does not draw.
pub fn guide(text: &str, locale: &str) -> Option<Guide> {
    let json = json::read(text)?;
    let kind = match word(&json, "kind")? {
        "tour" => GuideKind::Tour,
        "tooltip" => GuideKind::Tooltip,
        "modal" => GuideKind::Modal,
        "banner" => GuideKind::Banner,
        _ => return None,
    };
    let mut steps = Vec::new();
    for json in list(&json, "steps")? {
        steps.push(step(json, locale)?);
    }
    Some(Guide {
        kind,
        theme: theme(&json)?,
        steps,
    })
}

/// The string under a key.
fn word<'a>(json: &'a Value, key: &str) -> Option<&'a str> {
    json.get(key)?.as_str()
}

/// The elements of the array under a key; none if there is none.
fn list<'a>(json: &'a Value, key: &str) -> Option<&'a [Value]> {
    match json.get(key) {
        None => Some(&[]),
        Some(value) => value.as_array().map(Vec::as_slice),
    }
}

fn theme(json: &Value) -> Option<Theme> {
    let Some(json) = json.get("theme") else {
        return Some(Theme::default());
    };
    let scheme = match word(json, "scheme") {
        None => None,
        Some("light") => Some(Scheme::Light),
        Some("dark") => Some(Scheme::Dark),
        Some(_) => return None,
    };
    Some(Theme {
        accent: word(json, "accent").map(str::to_owned),
        scheme,
    })
}

fn step(json: &Value, locale: &str) -> Option<Step> {
    let placement = match word(json, "placement") {
        None => None,
        Some("top") => Some(Placement::Top),
        Some("right") => Some(Placement::Right),
        Some("bottom") => Some(Placement::Bottom),
        Some("left") => Some(Placement::Left),
        Some(_) => return None,
    };
    let advances = match json.get("advance") {
        None => false,
        Some(advance) if word(advance, "on")? == "click" => true,
        Some(_) => return None,
    };
    let target = match json.get("target") {
        None => None,
        Some(target) => Some(Target {
            css: word(target, "css")?.to_owned(),
            text: word(target, "text").map(str::to_owned),
        }),
    };
    let mut actions = Vec::new();
    for action in list(json, "actions")? {
        let effect = match word(action, "do")? {
            "next" => Effect::Next,
            "back" => Effect::Back,
            "complete" => Effect::Complete,
            "dismiss" => Effect::Dismiss,
            _ => return None,
        };
        actions.push((in_locale(action.get("label")?, locale), effect));
    }
    let text = |key| json.get(key).map(|text| in_locale(text, locale));
    Some(Step {
        target,
        title: text("title"),
        body: text("body"),
        placement,
        advances,
        actions,
    })
}

/// The text for a locale, chosen as [`firstvalue_model::guide::Text::in_locale`] does.
fn in_locale(text: &Value, locale: &str) -> String {
    let language = locale.split('-').next().unwrap_or_default();
    let chosen = [locale, language, "", "en"]
        .into_iter()
        .find_map(|tag| text.get(tag));
    let any = || text.as_object()?.values().next();
    chosen
        .or_else(any)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use firstvalue_model::guide::{
        self as model, Action, Advance, AdvanceTrigger, GuideContent, Text,
    };
    use proptest::option::of;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn any_text() -> impl Strategy<Value = Text> {
        prop::collection::btree_map("(|en|de|de-AT)", any::<String>(), 0..3).prop_map(Text)
    }

    fn any_step() -> impl Strategy<Value = model::Step> {
        let target =
            (any::<String>(), of(any::<String>())).prop_map(|(css, text)| Target { css, text });
        let placement = select(vec![
            Placement::Top,
            Placement::Right,
            Placement::Bottom,
            Placement::Left,
        ]);
        let effect = select(vec![
            Effect::Next,
            Effect::Back,
            Effect::Complete,
            Effect::Dismiss,
        ]);
        let action = (any_text(), effect).prop_map(|(label, effect)| Action { label, effect });
        let actions = prop::collection::vec(action, 0..3);
        let advance = of(Just(Advance {
            on: AdvanceTrigger::Click,
        }));
        (
            of(target),
            of(any_text()),
            of(any_text()),
            of(placement),
            advance,
            actions,
        )
            .prop_map(
                |(target, title, body, placement, advance, actions)| model::Step {
                    target,
                    title,
                    body,
                    placement,
                    advance,
                    actions,
                },
            )
    }

    proptest! {
        /// The model's own writer (serde), and its own choice of a language, are the measure.
        #[test]
        fn agrees_with_the_model(
            kind in select(vec![GuideKind::Tour, GuideKind::Tooltip, GuideKind::Modal, GuideKind::Banner]),
            accent in of("#[0-9a-f]{6}"),
            scheme in of(select(vec![Scheme::Light, Scheme::Dark])),
            steps in prop::collection::vec(any_step(), 0..4),
            locale in "(|en|en-GB|de|de-AT|fr)",
        ) {
            let content = GuideContent { kind, theme: Theme { accent, scheme }, steps };
            let text = serde_json::to_string(&content).expect("content can be written");
            prop_assert_eq!(guide(&text, &locale), Some(Guide::in_locale(&content, &locale)));
        }
    }

    #[test]
    fn refuses_what_it_cannot_draw() {
        for text in [
            "",
            r#"{"kind":"survey","steps":[]}"#,
            r#"{"kind":"tour","steps":{}}"#,
            r#"{"kind":"tour","steps":[{"target":{"text":"x"}}]}"#,
            r#"{"kind":"tour","steps":[{"placement":"above"}]}"#,
            r#"{"kind":"tour","steps":[{"advance":{"on":"hover"}}]}"#,
            r#"{"kind":"tour","steps":[{"actions":[{"label":{"":"x"},"do":"explode"}]}]}"#,
            r#"{"kind":"tour","theme":{"scheme":"sepia"},"steps":[]}"#,
            r#"{"steps":[]}"#,
        ] {
            assert_eq!(guide(text, "en"), None, "{text}");
        }
    }
}
