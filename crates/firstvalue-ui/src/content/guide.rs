//! A guide for one reader.
//!
//! The model keeps a text in all its languages and forms. A reader is shown one, and leaving the others
//! behind while reading keeps two kilobytes of maps out of the package.

#[cfg(test)]
use firstvalue_model::guide::{self as model, GuideContent, Text};
use firstvalue_model::guide::{
    Checklist, Earlier, Effect, GuideKind, Interaction, Missing, Placement, QuestionForm, Theme,
};

/// A guide for one reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// How it is drawn.
    pub kind: GuideKind,
    /// The heading of a checklist.
    pub title: Option<String>,
    /// The slot in the page that it is drawn in.
    pub slot: Option<String>,
    /// How a checklist is worked through.
    pub checklist: Checklist,
    /// Colours and shape.
    pub theme: Theme,
    /// One screen after another.
    pub steps: Vec<Step>,
}

/// A step for one reader; see [`firstvalue_model::guide::Step`].
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the model says what each is")]
pub struct Step {
    pub id: Option<String>,
    pub path: Option<String>,
    /// As JSON: only the script that looks for it reads it.
    pub target: Option<String>,
    /// In milliseconds.
    pub wait: Option<i32>,
    pub missing: Missing,
    pub interaction: Interaction,
    pub title: Option<String>,
    pub body: Option<String>,
    pub placement: Option<Placement>,
    pub advance: Option<Advance>,
    pub next: Vec<Branch>,
    /// Those usual for the kind when empty.
    pub actions: Vec<Action>,
    pub ask: Option<Question>,
    pub only_if: Vec<Earlier>,
    pub done: Option<String>,
}

/// What moves on; see [`firstvalue_model::guide::Advance`]. Conditions are rules here, which others decide: to take
/// apart what a condition is made of takes hundreds of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the model says what each is")]
pub enum Advance {
    Click,
    Input,
    Event(String),
    Route(String),
    Milestone(String),
    When(String),
}

/// A way on from a step; see [`firstvalue_model::guide::Branch`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the model says what each is")]
pub struct Branch {
    pub to: Option<String>,
    pub rule: Option<String>,
}

/// A button for one reader; see [`firstvalue_model::guide::Action`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the model says what each is")]
pub struct Action {
    pub label: String,
    pub effect: Effect,
    pub with: Option<String>,
}

/// A question for one reader; see [`firstvalue_model::guide::Question`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the model says what each is")]
pub struct Question {
    pub id: String,
    pub form: QuestionForm,
    pub low: Option<String>,
    pub high: Option<String>,
    /// What is reported, and what users read.
    pub options: Vec<(String, String)>,
    pub optional: bool,
}

impl Step {
    /// Has it shown in the middle, without its target.
    pub fn stand_alone(&mut self) {
        self.target = None;
        self.placement = None;
        self.interaction = Interaction::Allow;
        if matches!(self.advance, Some(Advance::Click | Advance::Input)) {
            self.advance = None;
        }
    }
}

#[cfg(test)]
impl Guide {
    /// What the model holds, if its texts are in no language.
    pub fn in_words(content: &GuideContent) -> Self {
        let text = |text: &Text| text.in_locale("").to_owned();
        let perhaps = |perhaps: &Option<Text>| perhaps.as_ref().map(text);
        let action = |action: &model::Action| Action {
            label: text(&action.label),
            effect: action.effect,
            with: action.with.clone(),
        };
        let question = |question: &model::Question| Question {
            id: question.id.clone(),
            form: question.form,
            low: perhaps(&question.low),
            high: perhaps(&question.high),
            options: question
                .options
                .iter()
                .map(|option| (option.value.clone(), text(&option.label)))
                .collect(),
            optional: question.optional,
        };
        let steps = content.steps.iter().map(|step| Step {
            id: step.id.clone(),
            path: step.path.clone(),
            target: step.target.as_ref().map(|target| {
                let target = serde_json::to_value(target).unwrap_or_default();
                target.to_string()
            }),
            wait: step.wait.map(|wait| wait as i32),
            missing: step.missing,
            interaction: step.interaction,
            title: perhaps(&step.title),
            body: perhaps(&step.body),
            placement: step.placement,
            advance: step.advance.clone().map(|advance| match advance {
                model::Advance::Click => Advance::Click,
                model::Advance::Input => Advance::Input,
                model::Advance::Event { event } => Advance::Event(event),
                model::Advance::Route { page } => Advance::Route(page),
                model::Advance::Milestone { milestone } => Advance::Milestone(milestone),
                model::Advance::When { rule, .. } => Advance::When(rule),
            }),
            next: step
                .next
                .iter()
                .map(|branch| Branch {
                    to: branch.to.clone(),
                    rule: branch.rule.clone(),
                })
                .collect(),
            actions: step.actions.iter().map(action).collect(),
            ask: step.ask.as_ref().map(question),
            only_if: step.only_if.clone(),
            done: step.done.clone(),
        });
        Self {
            kind: content.kind,
            title: perhaps(&content.title),
            slot: content.slot.clone(),
            checklist: content.checklist,
            theme: content.theme.clone(),
            steps: steps.collect(),
        }
    }
}
