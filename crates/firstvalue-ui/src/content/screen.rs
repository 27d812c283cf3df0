//! One step for one reader: everything that its components draw.

use firstvalue_model::guide::{Effect, GuideKind, Placement};

use super::guide::{Action, Branch, Guide, Question, Step};
use super::words::Words;
use crate::page::script;

/// How a step is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A card beside its target. With a spotlight, the rest of the page is dimmed.
    Anchored {
        /// Whether the page is dimmed but for the target.
        spotlight: bool,
    },
    /// A beacon on its target; pressed, it has a card beside it.
    Beacon,
    /// A dialog over the page, which cannot be used meanwhile.
    Dialog,
    /// A strip along the top or the bottom.
    Strip {
        /// Whether along the top.
        top: bool,
    },
    /// A strip in the page itself: before or after the target, or in a slot.
    Inline(Position),
    /// A card in a corner.
    Corner {
        /// Whether on the left; where text ends when absent.
        left: Option<bool>,
    },
    /// Tasks in a corner, or in a slot of the page.
    Tasks {
        /// Whether in a slot.
        slot: bool,
    },
}

/// Where in the page itself something is drawn; the words of `insertAdjacentElement`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position(pub &'static str);

impl Position {
    /// Before the target.
    pub const BEFORE: Self = Self("beforebegin");
    /// After the target.
    pub const AFTER: Self = Self("afterend");
    /// In the target, which is a slot.
    pub const WITHIN: Self = Self("beforeend");
}

impl Form {
    /// Where in the page itself it is drawn; `None` if above it.
    pub fn in_page(self) -> Option<Position> {
        match self {
            Self::Inline(position) => Some(position),
            Self::Tasks { slot: true } => Some(Position::WITHIN),
            _ => None,
        }
    }
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What it does.
    pub effect: Effect,
    /// With what it does that.
    pub with: Option<String>,
    /// Whether it is the one that most people want.
    pub primary: bool,
}

/// One step for one reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// How it is drawn.
    pub form: Form,
    /// The heading.
    pub title: Option<String>,
    /// The text, marked up; empty if there is none.
    pub body: String,
    /// This step's number from 1, and how many there are; absent for a guide of one step.
    pub progress: Option<(usize, usize)>,
    /// What is asked.
    pub ask: Option<Question>,
    /// From first to last.
    pub buttons: Vec<Button>,
    /// Our own words.
    pub words: &'static Words,
}

impl Screen {
    /// The step at `index`; `None` if there is no such step.
    pub fn of(guide: &Guide, index: usize, words: &'static Words) -> Option<Self> {
        let step = guide.steps.get(index)?;
        let count = guide.steps.len();
        Some(Self {
            form: form(guide, step),
            title: guide
                .title
                .as_ref()
                .or(step.title.as_ref())
                .filter(|title| !title.trim().is_empty())
                .cloned(),
            body: match guide.kind {
                GuideKind::Checklist => String::new(),
                _ => step.body.clone().unwrap_or_default(),
            },
            progress: (count > 1 && !branches(guide)).then_some((index + 1, count)),
            ask: step.ask.clone(),
            // The actions of a checklist's steps are those of its tasks.
            buttons: if step.actions.is_empty() || guide.kind == GuideKind::Checklist {
                usual_buttons(guide, step, index, words)
            } else {
                own_buttons(&step.actions)
            },
            words,
        })
    }

    /// The heading; the text if there is none.
    pub fn name(&self) -> String {
        self.title.clone().unwrap_or_else(|| self.spoken())
    }

    /// Title and text in one line, as a screen reader announces them.
    pub fn spoken(&self) -> String {
        script::spoken(self.title.as_deref().unwrap_or_default(), &self.body)
    }
}

/// A step of a tour that has no target is a dialog: there is nothing that it could stand beside.
fn form(guide: &Guide, step: &Step) -> Form {
    let kind = guide.kind;
    match kind {
        GuideKind::Checklist => Form::Tasks {
            slot: guide.slot.is_some(),
        },
        GuideKind::Slideout | GuideKind::Survey => Form::Corner {
            left: step.placement.map(|it| it == Placement::Left),
        },
        GuideKind::Banner if guide.slot.is_some() => Form::Inline(Position::WITHIN),
        GuideKind::Banner if step.target.is_some() => {
            Form::Inline(if step.placement == Some(Placement::After) {
                Position::AFTER
            } else {
                Position::BEFORE
            })
        }
        GuideKind::Banner => Form::Strip {
            top: step.placement == Some(Placement::Top),
        },
        _ if step.target.is_none() || kind == GuideKind::Modal => Form::Dialog,
        GuideKind::Hotspot => Form::Beacon,
        _ => Form::Anchored {
            spotlight: kind == GuideKind::Tour,
        },
    }
}

/// Whether nobody knows which steps will follow: that depends on the answers, or on other conditions.
fn branches(guide: &Guide) -> bool {
    guide.kind == GuideKind::Survey || guide.steps.iter().any(|step| !step.next.is_empty())
}

/// Whether nothing can follow a step but the end.
fn is_last(guide: &Guide, step: &Step, index: usize) -> bool {
    let always = |branch: &Branch| branch.rule.is_none();
    step.next.iter().all(|branch| branch.to.is_none())
        && (index + 1 == guide.steps.len() || step.next.iter().any(always))
}

/// Back and forth where there are several steps, one word of consent where there is one. What is done
/// by clicking the target needs no button for it, and a banner of one step is only closed.
fn usual_buttons(guide: &Guide, step: &Step, index: usize, words: &Words) -> Vec<Button> {
    let button = |label: &str, effect, primary| Button {
        label: label.to_owned(),
        effect,
        with: None,
        primary,
    };
    let (several, last) = (guide.steps.len() > 1, is_last(guide, step, index));
    let mut buttons = Vec::new();
    if guide.kind == GuideKind::Checklist {
        buttons.push(button(words.done, Effect::Complete, true));
        return buttons;
    }
    // After the last answer there is nothing to go back for.
    if index > 0 && (guide.kind != GuideKind::Survey || step.ask.is_some()) {
        buttons.push(button(words.back, Effect::Back, false));
    }
    match (step.advance.is_some(), several, last) {
        (true, _, _) => {}
        (false, true, false) => buttons.push(button(words.next, Effect::Next, true)),
        (false, false, _) if guide.kind == GuideKind::Survey => {
            buttons.push(button(words.done, Effect::Complete, true));
        }
        (false, true, true) => buttons.push(button(words.done, Effect::Complete, true)),
        (false, false, _) if guide.kind == GuideKind::Banner => {}
        (false, false, _) => buttons.push(button(words.got_it, Effect::Complete, true)),
    }
    buttons
}

/// Whether a button leads on in the guide, and not back or out of it.
pub fn leads_on(effect: Effect) -> bool {
    effect.moves_on() || matches!(effect, Effect::Complete | Effect::Start | Effect::GoTo)
}

/// The author's buttons; the first that leads on is the primary one.
pub fn own_buttons(actions: &[Action]) -> Vec<Button> {
    let primary = actions.iter().position(|it| leads_on(it.effect));
    let buttons = actions.iter().enumerate().map(|(index, action)| Button {
        label: action.label.clone(),
        effect: action.effect,
        with: action.with.clone(),
        primary: primary == Some(index),
    });
    buttons.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::guide::Advance;
    use firstvalue_model::guide::{Checklist, Interaction, Missing, Theme};

    fn step(target: bool) -> Step {
        Step {
            id: None,
            path: None,
            target: target.then(|| r##"{"css":"#a"}"##.to_owned()),
            wait: None,
            missing: Missing::End,
            interaction: Interaction::Allow,
            title: Some("Title".to_owned()),
            body: Some("Some *text*\n\n- one\n- two".to_owned()),
            placement: None,
            advance: None,
            next: Vec::new(),
            actions: Vec::new(),
            ask: None,
            only_if: Vec::new(),
            done: None,
        }
    }

    fn guide(kind: GuideKind, steps: Vec<Step>) -> Guide {
        Guide {
            kind,
            title: None,
            slot: None,
            checklist: Checklist::default(),
            theme: Theme::default(),
            steps,
        }
    }

    fn screen(guide: &Guide, index: usize) -> Screen {
        Screen::of(guide, index, Words::in_locale("en")).expect("the step exists")
    }

    fn labels(guide: &Guide, index: usize) -> Vec<String> {
        screen(guide, index)
            .buttons
            .into_iter()
            .map(|button| button.label)
            .collect()
    }

    #[test]
    fn a_tour_goes_back_and_forth() {
        let tour = guide(GuideKind::Tour, vec![step(true), step(true), step(true)]);
        assert_eq!(labels(&tour, 0), ["Next"]);
        assert_eq!(labels(&tour, 1), ["Back", "Next"]);
        assert_eq!(labels(&tour, 2), ["Back", "Done"]);
        assert_eq!(screen(&tour, 1).progress, Some((2, 3)));
        assert_eq!(Screen::of(&tour, 3, Words::in_locale("en")), None);
    }

    #[test]
    fn single_steps_have_what_is_usual_for_their_kind() {
        assert_eq!(
            labels(&guide(GuideKind::Tooltip, vec![step(true)]), 0),
            ["Got it"]
        );
        assert_eq!(
            labels(&guide(GuideKind::Modal, vec![step(false)]), 0),
            ["Got it"]
        );
        assert!(labels(&guide(GuideKind::Banner, vec![step(false)]), 0).is_empty());
        let click = Step {
            advance: Some(Advance::Click),
            ..step(true)
        };
        assert!(labels(&guide(GuideKind::Tour, vec![click, step(true)]), 0).is_empty());
    }

    #[test]
    fn the_first_action_that_leads_on_is_primary() {
        let action = |label: &str, effect| Action {
            label: label.to_owned(),
            effect,
            with: None,
        };
        let actions = vec![
            action("Later", Effect::Dismiss),
            action("Start", Effect::Next),
        ];
        let modal = guide(
            GuideKind::Modal,
            vec![
                Step {
                    actions,
                    ..step(false)
                },
                step(false),
            ],
        );
        let primary: Vec<bool> = screen(&modal, 0)
            .buttons
            .iter()
            .map(|button| button.primary)
            .collect();
        assert_eq!(primary, [false, true]);
    }

    #[test]
    fn form_follows_kind_and_target() {
        let form = |kind, target| screen(&guide(kind, vec![step(target)]), 0).form;
        assert_eq!(
            form(GuideKind::Tour, true),
            Form::Anchored { spotlight: true }
        );
        assert_eq!(
            form(GuideKind::Tooltip, true),
            Form::Anchored { spotlight: false }
        );
        assert_eq!(form(GuideKind::Tour, false), Form::Dialog);
        assert_eq!(form(GuideKind::Modal, false), Form::Dialog);
        assert_eq!(form(GuideKind::Banner, false), Form::Strip { top: false });
        assert_eq!(
            form(GuideKind::Banner, true),
            Form::Inline(Position::BEFORE)
        );
        assert_eq!(form(GuideKind::Hotspot, true), Form::Beacon);
        let corner = Form::Corner { left: None };
        assert_eq!(form(GuideKind::Slideout, false), corner);
        assert_eq!(form(GuideKind::Survey, false), corner);
        assert_eq!(
            form(GuideKind::Checklist, false),
            Form::Tasks { slot: false }
        );
        let slotted = Guide {
            slot: Some("start".to_owned()),
            ..guide(GuideKind::Banner, vec![step(false)])
        };
        assert_eq!(screen(&slotted, 0).form, Form::Inline(Position::WITHIN));
    }
}
