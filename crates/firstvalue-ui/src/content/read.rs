//! A guide in one language, from the JSON form of a compiled playbook.
//!
//! The model's derived readers (serde) do the same in 27,000 bytes of the package (Brotli), more than
//! everything else in it but yew. That both agree is a test.

use firstvalue_model::Comparison;
use firstvalue_model::guide::{
    Advance, Earlier, Effect, GuideKind, Placement, QuestionForm, Scheme, Target, Theme,
};

use super::guide::{Action, Guide, Question, Step};
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
const PLACEMENTS: &[(&str, Placement)] = &[
    ("top", Placement::Top),
    ("right", Placement::Right),
    ("bottom", Placement::Bottom),
    ("left", Placement::Left),
    ("before", Placement::Before),
    ("after", Placement::After),
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

/// The word for a form of question.
pub fn form_name(form: QuestionForm) -> &'static str {
    let found = FORMS.iter().find(|(_, known)| *known == form);
    found.map_or("", |(name, _)| name)
}

/// Reads a guide; `None` if it is not what the collector compiles, or of a kind that this version
/// does not draw.
pub fn guide(text: &str, locale: &str) -> Option<Guide> {
    let json = Reader {
        json: Json::read(text)?,
        locale,
    };
    Some(Guide {
        kind: json.choice("kind", kinds())??,
        title: json.text("title"),
        slot: json.word("slot"),
        theme: match json.at("theme") {
            Some(theme) => Theme {
                accent: theme.word("accent"),
                scheme: theme.choice("scheme", SCHEMES)?,
            },
            None => Theme::default(),
        },
        steps: json.each("steps", step)?,
    })
}

/// A value, and the language that is wanted of it.
struct Reader<'a> {
    json: Json,
    locale: &'a str,
}

impl Reader<'_> {
    fn at(&self, key: &str) -> Option<Self> {
        Some(Self {
            json: self.json.get(key)?,
            ..*self
        })
    }

    fn word(&self, key: &str) -> Option<String> {
        self.json.get(key)?.text()
    }

    /// What a word stands for, if there is one; `None` if it is none of these.
    fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Option<Option<T>> {
        let Some(word) = self.json.get(key) else {
            return Some(None);
        };
        let word = word.text()?;
        let (_, choice) = choices.iter().find(|(name, _)| *name == word)?;
        Some(Some(*choice))
    }

    /// The elements of an array; none if there is none.
    fn each<T>(&self, key: &str, read: fn(Self) -> Option<T>) -> Option<Vec<T>> {
        let mut all = Vec::new();
        if let Some(list) = self.json.get(key) {
            for json in list.list()? {
                all.push(read(Self { json, ..*self })?);
            }
        }
        Some(all)
    }

    /// A text, in the language chosen as [`firstvalue_model::guide::Text::in_locale`] does.
    fn text(&self, key: &str) -> Option<String> {
        let text = self.json.get(key)?;
        let language = self.locale.split('-').next().unwrap_or_default();
        let chosen = [self.locale, language, "", "en"]
            .into_iter()
            .find_map(|tag| text.get(tag));
        let any = || text.get(text.keys().first()?);
        let chosen = chosen.or_else(any).and_then(|text| text.text());
        Some(chosen.unwrap_or_default())
    }
}

fn step(json: Reader<'_>) -> Option<Step> {
    let target = match json.at("target") {
        None => None,
        Some(target) => Some(Target {
            css: target.word("css")?,
            text: target.word("text"),
        }),
    };
    let advance = match json.at("advance") {
        None => None,
        Some(advance) => Some(match &*advance.word("on")? {
            "click" => Advance::Click,
            "input" => Advance::Input,
            "event" => Advance::Event {
                event: advance.word("event")?,
            },
            "route" => Advance::Route {
                page: advance.word("page")?,
            },
            "milestone" => Advance::Milestone {
                milestone: advance.word("milestone")?,
            },
            _ => return None,
        }),
    };
    let ask = match json.at("ask").filter(|_| ALL) {
        None => None,
        Some(ask) => Some(question(ask)?),
    };
    Some(Step {
        id: json.word("id"),
        target,
        title: json.text("title"),
        body: json.text("body"),
        placement: json.choice("placement", PLACEMENTS)?,
        advance,
        actions: json.each("actions", action)?,
        ask,
        only_if: if ALL {
            json.each("if", earlier)?
        } else {
            Vec::new()
        },
        done: json.word("done"),
    })
}

fn action(json: Reader<'_>) -> Option<Action> {
    Some(Action {
        label: json.text("label")?,
        effect: json.choice("do", EFFECTS)??,
        with: json.word("with"),
    })
}

fn question(json: Reader<'_>) -> Option<Question> {
    Some(Question {
        id: json.word("id")?,
        form: json.choice("form", FORMS)??,
        low: json.text("low"),
        high: json.text("high"),
        options: json.each("options", |json| {
            Some((json.word("value")?, json.text("label")?))
        })?,
        optional: json.json.get("optional").is_some(),
    })
}

fn earlier(json: Reader<'_>) -> Option<Earlier> {
    let is = json.json.get("is").map(|is| {
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
        question: json.word("question")?,
        is,
        any: json.each("any", |json| json.json.text())?,
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

    fn any_text() -> impl Strategy<Value = Text> {
        prop::collection::btree_map("(|en|de|de-AT)", any::<String>(), 0..3).prop_map(Text)
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
        let target =
            (any::<String>(), of(any::<String>())).prop_map(|(css, text)| Target { css, text });
        let action =
            (any_text(), one_of(EFFECTS), of(any::<String>())).prop_map(|(label, effect, with)| {
                model::Action {
                    label,
                    effect,
                    with,
                }
            });
        let advance = prop_oneof![
            Just(Advance::Click),
            Just(Advance::Input),
            any::<String>().prop_map(|event| Advance::Event { event }),
            any::<String>().prop_map(|page| Advance::Route { page }),
            any::<String>().prop_map(|milestone| Advance::Milestone { milestone }),
        ];
        let said = (
            of(any::<String>()),
            of(any_text()),
            of(any_text()),
            vec(action, 0..3),
        );
        let placed = (of(target), of(one_of(PLACEMENTS)), of(advance));
        let asked = (
            of(any_question()),
            vec(any_earlier(), 0..2),
            of(any::<String>()),
        );
        (said, placed, asked).prop_map(
            |((id, title, body, actions), (target, placement, advance), (ask, only_if, done))| {
                model::Step {
                    id,
                    target,
                    title,
                    body,
                    placement,
                    advance,
                    actions,
                    ask,
                    only_if,
                    done,
                }
            },
        )
    }

    proptest! {
        /// The model's own writer (serde), and its own choice of a language, are the measure.
        #[test]
        fn agrees_with_the_model(
            kind in one_of(KINDS),
            (title, slot) in (of(any_text()), of(any::<String>())),
            accent in of("#[0-9a-f]{6}"),
            scheme in of(one_of(SCHEMES)),
            steps in prop::collection::vec(any_step(), 0..4),
            locale in "(|en|en-GB|de|de-AT|fr)",
        ) {
            let theme = Theme { accent, scheme };
            let content = GuideContent { kind, title, slot, theme, steps, panel: None };
            let text = serde_json::to_string(&content).expect("content can be written");
            prop_assert_eq!(guide(&text, &locale), Some(Guide::in_locale(&content, &locale)));
        }
    }

    #[test]
    fn refuses_what_it_cannot_draw() {
        for text in [
            "",
            r#"{"kind":"hologram","steps":[]}"#,
            r#"{"kind":"survey","steps":[{"ask":{"id":"x","form":"guess"}}]}"#,
            r#"{"kind":"tour","steps":[{"advance":{"on":"event"}}]}"#,
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
