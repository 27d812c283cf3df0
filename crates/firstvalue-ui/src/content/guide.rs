//! A guide in one language.
//!
//! The model keeps a text in all its languages. A browser shows one, and leaving the others behind
//! while reading keeps two kilobytes of maps out of the package.

use firstvalue_model::guide::{Action, Effect, GuideContent, GuideKind, Placement, Target, Theme};

/// A guide in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// How it is drawn.
    pub kind: GuideKind,
    /// Colours and shape.
    pub theme: Theme,
    /// One screen after another.
    pub steps: Vec<Step>,
}

/// A step in one language; see [`firstvalue_model::guide::Step`].
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The element that it points at.
    pub target: Option<Target>,
    /// The heading.
    pub title: Option<String>,
    /// The text, in a subset of Markdown.
    pub body: Option<String>,
    /// The side of the target, or the edge of the page.
    pub placement: Option<Placement>,
    /// Whether a click on the target moves on.
    pub advances: bool,
    /// What its buttons say and do; those usual for the kind when empty.
    pub actions: Vec<(String, Effect)>,
}

impl Guide {
    /// What the model holds, in the language of a locale.
    pub fn in_locale(content: &GuideContent, locale: &str) -> Self {
        let label = |action: &Action| (action.label.in_locale(locale).to_owned(), action.effect);
        let steps = content.steps.iter().map(|step| Step {
            target: step.target.clone(),
            title: step
                .title
                .as_ref()
                .map(|text| text.in_locale(locale).to_owned()),
            body: step
                .body
                .as_ref()
                .map(|text| text.in_locale(locale).to_owned()),
            placement: step.placement,
            advances: step.advance.is_some(),
            actions: step.actions.iter().map(label).collect(),
        });
        Self {
            kind: content.kind,
            theme: content.theme.clone(),
            steps: steps.collect(),
        }
    }
}
