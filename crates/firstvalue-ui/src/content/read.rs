//! A guide, from what `js/language.js` makes of the JSON form of a compiled playbook: all texts are strings.
//!
//! The model's derived readers (serde) do the same in 27,000 bytes of the package (Brotli), more than
//! everything else in it but yew. That both agree is a test.

use firstvalue_model::Comparison;
use firstvalue_model::guide::{
    Checklist, Density, Dismissal, Earlier, Effect, Font, GuideKind, Interaction, Missing,
    Placement, QuestionForm, Scheme, Theme,
};

use super::guide::{Action, Advance, Branch, Guide, Question, Step};
use super::json::Json;
use crate::ALL;

/// The first of these are all that the package without the others draws.
const KINDS: &[(&str, GuideKind)] = &[
    ("tour", GuideKind::Tour),
    ("tooltip", GuideKind::Tooltip),
    ("modal", GuideKind::Modal),
    ("hotspot", GuideKind::Hotspot),
    ("slideout", GuideKind::Slideout),
    ("banner", GuideKind::Banner),
    ("survey", GuideKind::Survey),
    ("checklist", GuideKind::Checklist),
];
/// How many of them.
const FIRST_KINDS: usize = 3;
const SCHEMES: &[(&str, Scheme)] = &[("light", Scheme::Light), ("dark", Scheme::Dark)];
const DENSITIES: &[(&str, Density)] = &[
    ("compact", Density::Compact),
    ("comfortable", Density::Comfortable),
];
const FONTS: &[(&str, Font)] = &[("own", Font::Own), ("inherit", Font::Inherit)];
const DISMISSALS: &[(&str, Dismissal)] = &[
    ("always", Dismissal::Always),
    ("when-done", Dismissal::WhenDone),
    ("never", Dismissal::Never),
];
const PLACEMENTS: &[(&str, Placement)] = &[
    ("top", Placement::Top),
    ("right", Placement::Right),
    ("bottom", Placement::Bottom),
    ("left", Placement::Left),
    ("before", Placement::Before),
    ("after", Placement::After),
];
const MISSING: &[(&str, Missing)] = &[
    ("end", Missing::End),
    ("skip", Missing::Skip),
    ("middle", Missing::Middle),
    ("hold", Missing::Hold),
];
const INTERACTIONS: &[(&str, Interaction)] = &[
    ("allow", Interaction::Allow),
    ("block", Interaction::Block),
    ("require", Interaction::Require),
];
const EFFECTS: &[(&str, Effect)] = &[
    ("next", Effect::Next),
    ("back", Effect::Back),
    ("complete", Effect::Complete),
    ("dismiss", Effect::Dismiss),
    ("start", Effect::Start),
    ("go-to", Effect::GoTo),
    ("snooze", Effect::Snooze),
    ("link", Effect::Link),
    ("track", Effect::Track),
    ("call", Effect::Call),
];
const FORMS: &[(&str, QuestionForm)] = &[
    ("nps", QuestionForm::Nps),
    ("csat", QuestionForm::Csat),
    ("ces", QuestionForm::Ces),
    ("choice", QuestionForm::Choice),
    ("choices", QuestionForm::Choices),
    ("text", QuestionForm::Text),
];

/// The kinds that this package draws.
fn kinds() -> &'static [(&'static str, GuideKind)] {
    if ALL {
        KINDS
    } else {
        KINDS.get(..FIRST_KINDS).unwrap_or_default()
    }
}

/// The word for a kind of guide.
pub fn kind_name(kind: GuideKind) -> &'static str {
    let found = KINDS.iter().find(|(_, known)| *known == kind);
    found.map_or("", |(name, _)| name)
}

/// The word for a form of question.
pub fn form_name(form: QuestionForm) -> &'static str {
    let found = FORMS.iter().find(|(_, known)| *known == form);
    found.map_or("", |(name, _)| name)
}

/// Reads a guide; `None` if it is not what the collector compiles, or of a kind that this version
/// does not draw.
pub fn guide(json: Json) -> Option<Guide> {
    let json = Reader(json);
    Some(Guide {
        kind: json.choice("kind", kinds())??,
        title: json.text("title"),
        slot: json.text("slot"),
        checklist: match json.at("checklist").filter(|_| ALL) {
            Some(checklist) => Checklist {
                ordered: checklist.0.get("ordered").is_some(),
                dismiss: checklist.choice("dismiss", DISMISSALS)?.unwrap_or_default(),
            },
            None => Checklist::default(),
        },
        theme: match json.at("theme") {
            Some(theme) => Theme {
                accent: theme.text("accent"),
                scheme: theme.choice("scheme", SCHEMES)?,
                radius: theme
                    .0
                    .get("radius")
                    .and_then(|it| it.number())
                    .map(|it| it as u8),
                density: theme.choice("density", DENSITIES)?,
                font: theme.choice("font", FONTS)?,
            },
            None => Theme::default(),
        },
        steps: json.each("steps", step)?,
    })
}

/// A value.
struct Reader(Json);

impl Reader {
    fn at(&self, key: &str) -> Option<Self> {
        self.0.get(key).map(Self)
    }

    fn text(&self, key: &str) -> Option<String> {
        self.0.get(key)?.text()
    }

    /// What a word stands for, if there is one; `None` if it is none of these.
    fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Option<Option<T>> {
        let Some(word) = self.0.get(key) else {
            return Some(None);
        };
        let word = word.text()?;
        let (_, choice) = choices.iter().find(|(name, _)| *name == word)?;
        Some(Some(*choice))
    }

    /// The elements of an array; none if there is none.
    fn each<T>(&self, key: &str, read: fn(Self) -> Option<T>) -> Option<Vec<T>> {
        let mut all = Vec::new();
        if let Some(list) = self.0.get(key) {
            for json in list.list()? {
                all.push(read(Self(json))?);
            }
        }
        Some(all)
    }
}

fn step(json: Reader) -> Option<Step> {
    let advance = match json.at("advance") {
        None => None,
        Some(advance) => Some(match &*advance.text("on")? {
            "click" => Advance::Click,
            "input" => Advance::Input,
            "event" => Advance::Event(advance.text("event")?),
            "route" => Advance::Route(advance.text("page")?),
            "milestone" => Advance::Milestone(advance.text("milestone")?),
            "when" => Advance::When(advance.text("rule")?),
            _ => return None,
        }),
    };
    let ask = match json.at("ask").filter(|_| ALL) {
        None => None,
        Some(ask) => Some(question(ask)?),
    };
    Some(Step {
        id: json.text("id"),
        path: json.text("path"),
        target: json.0.get("target").map(|target| target.written()),
        wait: json
            .0
            .get("wait")
            .and_then(|wait| wait.number())
            .map(|wait| wait as i32),
        missing: json.choice("missing", MISSING)?.unwrap_or_default(),
        interaction: json
            .choice("interaction", INTERACTIONS)?
            .unwrap_or_default(),
        title: json.text("title"),
        body: json.text("body"),
        placement: json.choice("placement", PLACEMENTS)?,
        advance,
        next: json.each("next", |json| {
            Some(Branch {
                to: json.text("to"),
                rule: json.text("rule"),
            })
        })?,
        actions: json.each("actions", action)?,
        ask,
        only_if: if ALL {
            json.each("if", earlier)?
        } else {
            Vec::new()
        },
        done: json.text("done"),
    })
}

fn action(json: Reader) -> Option<Action> {
    Some(Action {
        label: json.text("label")?,
        effect: json.choice("do", EFFECTS)??,
        with: json.text("with"),
    })
}

fn question(json: Reader) -> Option<Question> {
    Some(Question {
        id: json.text("id")?,
        form: json.choice("form", FORMS)??,
        low: json.text("low"),
        high: json.text("high"),
        options: json.each("options", |json| {
            Some((json.text("value")?, json.text("label")?))
        })?,
        optional: json.0.get("optional").is_some(),
    })
}

fn earlier(json: Reader) -> Option<Earlier> {
    let is = json.0.get("is").map(|is| {
        let bound = |name| is.get(name)?.number();
        Comparison {
            gte: bound("gte"),
            gt: bound("gt"),
            lte: bound("lte"),
            lt: bound("lt"),
            eq: bound("eq"),
            ne: bound("ne"),
        }
    });
    Some(Earlier {
        question: json.text("question")?,
        is,
        any: json.each("any", |json| json.0.text())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use firstvalue_model::guide::{self as model, AnswerOption, GuideContent, Text};
    use proptest::collection::vec;
    use proptest::option::of;
    use proptest::prelude::*;
    use proptest::sample::select;
    use serde_json::Value;

    fn any_text() -> impl Strategy<Value = Text> {
        any::<String>().prop_map(|text| Text::from(&*text))
    }

    fn one_of<T: Copy + std::fmt::Debug + 'static>(
        choices: &'static [(&'static str, T)],
    ) -> impl Strategy<Value = T> {
        select(choices).prop_map(|(_, choice)| choice)
    }

    fn any_question() -> impl Strategy<Value = model::Question> {
        let option =
            (any::<String>(), any_text()).prop_map(|(value, label)| AnswerOption { value, label });
        let ends = (of(any_text()), of(any_text()));
        let rest = (vec(option, 0..3), any::<bool>());
        (any::<String>(), one_of(FORMS), ends, rest).prop_map(
            |(id, form, (low, high), (options, optional))| model::Question {
                id,
                form,
                low,
                high,
                options,
                optional,
            },
        )
    }

    fn any_earlier() -> impl Strategy<Value = Earlier> {
        let bound = || of((-9..9_i32).prop_map(|halves| f64::from(halves) / 2.0));
        let is = (bound(), bound(), bound(), bound(), bound(), bound()).prop_map(
            |(gte, gt, lte, lt, eq, ne)| Comparison {
                gte,
                gt,
                lte,
                lt,
                eq,
                ne,
            },
        );
        let any_of = vec(any::<String>(), 0..3);
        (any::<String>(), of(is), any_of).prop_map(|(question, is, any)| Earlier {
            question,
            is,
            any,
        })
    }

    fn any_step() -> impl Strategy<Value = model::Step> {
        let way = (any::<String>(), of(any::<String>()), of(any::<String>())).prop_map(
            |(css, text, name)| model::Target {
                text,
                name,
                ..model::Target::of(css)
            },
        );
        let target = prop_oneof![way.clone(), vec(way, 1..3).prop_map(model::Target::any)];
        let action =
            (any_text(), one_of(EFFECTS), of(any::<String>())).prop_map(|(label, effect, with)| {
                model::Action {
                    label,
                    effect,
                    with,
                }
            });
        let advance = prop_oneof![
            Just(model::Advance::Click),
            Just(model::Advance::Input),
            any::<String>().prop_map(|event| model::Advance::Event { event }),
            any::<String>().prop_map(|page| model::Advance::Route { page }),
            any::<String>().prop_map(|milestone| model::Advance::Milestone { milestone }),
            any::<String>().prop_map(|rule| model::Advance::When { rule, when: None }),
        ];
        let said = (
            of(any::<String>()),
            of(any_text()),
            of(any_text()),
            vec(action, 0..3),
        );
        let branch =
            (of(any::<String>()), of(any::<String>())).prop_map(|(to, rule)| model::Branch {
                to,
                rule,
                when: None,
            });
        let leading = (of(advance), vec(branch, 0..3), of(any::<String>()));
        let placed = (of(target), of(one_of(PLACEMENTS)), leading);
        let sought = (of(0..9_000_i64), one_of(MISSING), one_of(INTERACTIONS));
        let asked = (
            of(any_question()),
            vec(any_earlier(), 0..2),
            of(any::<String>()),
        );
        (said, placed, sought, asked).prop_map(
            |(
                (id, title, body, actions),
                (target, placement, (advance, next, path)),
                (wait, missing, interaction),
                (ask, only_if, done),
            )| {
                model::Step {
                    id,
                    path,
                    target,
                    wait,
                    missing,
                    interaction,
                    title,
                    body,
                    placement,
                    advance,
                    next,
                    actions,
                    ask,
                    only_if,
                    done,
                }
            },
        )
    }

    /// As `js/language.js` does with texts in no language.
    fn put_into_words(part: &mut Value) {
        match part {
            Value::Array(parts) => parts.iter_mut().for_each(put_into_words),
            Value::Object(parts) => match parts.get("").cloned() {
                Some(text) => *part = text,
                None => parts.values_mut().for_each(put_into_words),
            },
            _ => {}
        }
    }

    proptest! {
        /// The model's own writer (serde) is the measure.
        #[test]
        fn agrees_with_the_model(
            kind in one_of(KINDS),
            (title, slot) in (of(any_text()), of(any::<String>())),
            accent in of("#[0-9a-f]{6}"),
            (scheme, radius) in (of(one_of(SCHEMES)), of(any::<u8>())),
            (density, font) in (of(one_of(DENSITIES)), of(one_of(FONTS))),
            (ordered, dismiss) in (any::<bool>(), one_of(DISMISSALS)),
            steps in prop::collection::vec(any_step(), 0..4),
        ) {
            let checklist = Checklist { ordered, dismiss };
            let theme = Theme { accent, scheme, radius, density, font };
            let content = GuideContent { kind, title, slot, checklist, theme, steps, panel: None };
            let mut written = serde_json::to_value(&content).expect("content can be written");
            put_into_words(&mut written);
            let read = guide(Json::read(&written.to_string()).expect("it was written just now"));
            prop_assert_eq!(read, Some(Guide::in_words(&content)));
        }
    }

    #[test]
    fn refuses_what_it_cannot_draw() {
        for text in [
            r#"{"kind":"hologram","steps":[]}"#,
            r#"{"kind":"survey","steps":[{"ask":{"id":"x","form":"guess"}}]}"#,
            r#"{"kind":"tour","steps":[{"advance":{"on":"event"}}]}"#,
            r#"{"kind":"tour","steps":{}}"#,
            r#"{"kind":"tour","steps":[{"missing":"panic"}]}"#,
            r#"{"kind":"tour","steps":[{"placement":"above"}]}"#,
            r#"{"kind":"tour","steps":[{"advance":{"on":"hover"}}]}"#,
            r#"{"kind":"tour","steps":[{"actions":[{"label":"x","do":"explode"}]}]}"#,
            r#"{"kind":"tour","steps":[{"advance":{"on":"when"}}]}"#,
            r#"{"kind":"tour","theme":{"scheme":"sepia"},"steps":[]}"#,
            r#"{"steps":[]}"#,
        ] {
            assert_eq!(guide(Json::read(text).unwrap()), None, "{text}");
        }
    }
}
