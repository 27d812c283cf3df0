//! Arbitrary guides.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conditions::{About, condition, millis};
use super::playbooks::{selector, words};
use crate::Condition;
use crate::guide::*;
use crate::source::guide::{DENSITIES, DISMISSALS, FONTS, KINDS};
use crate::source::panel::DONE_IN_PANELS;
use crate::source::question::FORMS;
use crate::source::step::{EFFECTS, PLACEMENTS, name_rules};
use crate::source::target::{INTERACTIONS, MISSING};

pub(super) fn guides() -> impl Strategy<Value = BTreeMap<String, Guide>> {
    let id = |number| {
        move |mut guide: Guide| {
            let id = format!("guide-{number}");
            for (place, step) in guide.content.steps.iter_mut().enumerate() {
                name_rules(step, &id, place);
            }
            (id, guide)
        }
    };
    // Conditions name the first two.
    let named = (guide().prop_map(id(0)), guide().prop_map(id(1)));
    let all = (named, standing().prop_map(id(2)));
    all.prop_map(|((a, b), c)| BTreeMap::from([a, b, c]))
}

fn guide() -> impl Strategy<Value = Guide> {
    let audience = select([About::User, About::Member, About::Account].to_vec());
    let audience = audience.prop_map(|about| about.audience(1));
    let when = option::of(condition(About::User, 2));
    let page = option::of(select(vec!["/reports/*", "**"]).prop_map(str::to_owned));
    let due = (option::of(audience), when, page, frequency(), any::<i32>());
    (due, content().boxed()).prop_map(|((audience, when, page, frequency, priority), content)| {
        Guide {
            audience,
            when,
            page,
            frequency,
            priority,
            content,
            parts: BTreeMap::new(),
        }
    })
}

/// A guide that stands on the page.
fn standing() -> impl Strategy<Value = Guide> {
    let page = option::of(Just("/reports/*".to_owned()));
    let when = option::of(condition(About::User, 2));
    let parts = option::of(condition(About::User, 2));
    let opened = (
        option::of(target()),
        option::of(select(vec![Placement::Left, Placement::Right])),
    );
    let kind = select(vec![
        GuideKind::Announcement,
        GuideKind::ResourceCenter,
        GuideKind::ValueReport,
    ]);
    let due = (page, when, any::<i32>(), kind);
    let shown = select(vec![Vec::new(), vec!["saved".to_owned()]]);
    let report = (shown, option::of(text()), vec(press(), 0..2));
    (
        due,
        (parts, report),
        text(),
        opened,
        vec(entry().boxed(), 1..3),
        vec(section().boxed(), 1..3),
    )
        .prop_map(
            |(
                (page, when, priority, kind),
                (part, (outcomes, body, actions)),
                title,
                (launcher, placement),
                entries,
                sections,
            )| {
                let mut panel = Panel {
                    launcher,
                    placement,
                    ..Panel::default()
                };
                let announces = kind == GuideKind::Announcement;
                if announces {
                    panel.entries = entries;
                    for (place, entry) in panel.entries.iter_mut().enumerate() {
                        entry.id = format!("part-{place}");
                    }
                } else if kind == GuideKind::ResourceCenter {
                    panel.sections = sections;
                    panel.sections[0].id = Some("part-0".to_owned());
                } else {
                    (panel.outcomes, panel.body, panel.actions) = (outcomes, body, actions);
                }
                let part = part.filter(|_| kind != GuideKind::ValueReport);
                Guide {
                    audience: None,
                    when,
                    page,
                    frequency: Frequency::usual(kind),
                    priority: if announces { priority } else { 0 },
                    content: GuideContent {
                        kind,
                        title: Some(title),
                        slot: None,
                        checklist: Checklist::default(),
                        theme: Theme::default(),
                        steps: Vec::new(),
                        panel: Some(panel),
                    },
                    parts: part
                        .map(|it| ("part-0".to_owned(), it))
                        .into_iter()
                        .collect(),
                }
            },
        )
}

fn entry() -> impl Strategy<Value = Entry> {
    let said = (text(), option::of(text()), vec(press(), 0..2));
    let notice = select(vec![Notice::Silent, Notice::Badge, Notice::Popup]);
    (said, notice).prop_map(|((title, body, actions), notice)| Entry {
        id: String::new(),
        date: "2026-03-31".to_owned(),
        title,
        body,
        actions,
        notice,
    })
}

fn section() -> impl Strategy<Value = Section> {
    (text(), vec(item(), 1..3)).prop_map(|(title, items)| Section {
        id: None,
        title,
        items,
    })
}

fn item() -> impl Strategy<Value = Item> {
    let said = (text(), option::of(text()), text(), vec(press(), 0..2));
    (said, option::of(press())).prop_map(|((title, keywords, body, actions), press)| {
        let is_article = press.is_none();
        let (effect, with) = press.map(|press| (press.effect, press.with)).unzip();
        Item {
            title,
            keywords,
            body: is_article.then_some(body),
            actions: if is_article { actions } else { Vec::new() },
            effect,
            with: with.flatten(),
        }
    })
}

fn frequency() -> impl Strategy<Value = Frequency> {
    let until = select(vec![
        Until::Never,
        Until::Completed,
        Until::Dismissed,
        Until::Interacted,
    ]);
    (option::of(1..9_u32), option::of(millis()), until).prop_map(|(limit, every, until)| {
        Frequency {
            limit,
            every,
            until,
        }
    })
}

fn content() -> impl Strategy<Value = GuideContent> {
    let accent = option::of(Just("#2459d6".to_owned()));
    let scheme = option::of(select(vec![Scheme::Light, Scheme::Dark]));
    let radius = option::of(select(vec![0, 20]));
    let density = option::of(select(DENSITIES)).prop_map(|it| it.map(|(_, it)| it));
    let font = option::of(select(FONTS)).prop_map(|it| it.map(|(_, it)| it));
    let theme = (accent, scheme, radius, density, font).prop_map(
        |(accent, scheme, radius, density, font)| Theme {
            accent,
            scheme,
            radius,
            density,
            font,
        },
    );
    let kinds = KINDS
        .iter()
        .map(|(_, kind)| *kind)
        .filter(|kind| !kind.stands());
    // There is more to a survey than to others.
    let kinds: Vec<_> = kinds.chain([GuideKind::Survey; 4]).collect();
    let dismissals = DISMISSALS.iter().map(|(_, dismiss)| *dismiss);
    let checklist = (any::<bool>(), select(dismissals.collect::<Vec<_>>()));
    (
        select(kinds),
        theme,
        vec(step().boxed(), 1..4),
        text(),
        checklist,
    )
        .prop_map(|(kind, theme, mut steps, title, (ordered, dismiss))| {
            if let GuideKind::Tooltip | GuideKind::Hotspot | GuideKind::Banner = kind {
                steps.truncate(1);
            }
            for (place, step) in steps.iter_mut().enumerate() {
                suit(step, kind, place);
                step.id = Some(format!("step-{place}"));
            }
            GuideContent {
                kind,
                title: (kind == GuideKind::Checklist).then_some(title),
                slot: matches!(kind, GuideKind::Banner | GuideKind::Checklist)
                    .then(|| "start".to_owned()),
                checklist: match kind {
                    GuideKind::Checklist => Checklist { ordered, dismiss },
                    _ => Checklist::default(),
                },
                theme,
                steps,
                panel: None,
            }
        })
}

/// Takes from a step what its kind of guide cannot have, and gives what it must have.
fn suit(step: &mut Step, kind: GuideKind, place: usize) {
    use Placement::{After, Before, Bottom, Left, Right, Top};
    let pointing = match kind {
        GuideKind::Tour | GuideKind::Banner => step.target.is_some(),
        GuideKind::Tooltip | GuideKind::Hotspot => true,
        _ => false,
    };
    if !pointing {
        step.target = None;
    } else if step.target.is_none() {
        step.target = Some(Target::of("#people"));
    }
    let points = pointing && kind != GuideKind::Banner;
    if !points {
        step.missing = Missing::End;
    } else if step.missing == Missing::Skip && kind != GuideKind::Tour {
        step.missing = Missing::Hold;
    }
    step.wait = step
        .wait
        .filter(|_| pointing && step.missing != Missing::Hold);
    let placements: &[Placement] = match (kind, pointing) {
        (GuideKind::Banner, true) => &[Before, After],
        (GuideKind::Banner, false) => &[Top, Bottom],
        (GuideKind::Slideout | GuideKind::Survey, _) => &[Left, Right],
        (_, true) => &[Top, Right, Bottom, Left],
        (_, false) => &[],
    };
    let fits = |placement: &Placement| placements.contains(placement);
    let beside = (kind == GuideKind::Banner && pointing).then_some(Before);
    step.placement = step.placement.filter(fits).or(beside);
    let moves_on = !matches!(kind, GuideKind::Survey | GuideKind::Checklist);
    step.advance = step.advance.take().filter(|advance| {
        moves_on && (pointing || !matches!(advance, Advance::Click | Advance::Input))
    });
    if !matches!(
        kind,
        GuideKind::Tour | GuideKind::Modal | GuideKind::Slideout
    ) {
        step.next = Vec::new();
        step.path = None;
    }
    // After one that is always taken there is none.
    let always = step.next.iter().position(|branch| branch.when.is_none());
    step.next
        .truncate(always.map_or(usize::MAX, |place| place + 1));
    if !points || matches!(step.advance, Some(Advance::Click | Advance::Input)) {
        step.interaction = Interaction::Allow;
    }
    if kind == GuideKind::Survey {
        ask(step, place);
    } else {
        step.ask = None;
    }
    step.done = (kind == GuideKind::Checklist).then(|| "own-0".to_owned());
    let says_nothing = step.title.is_none() && step.body.is_none();
    if says_nothing || (step.title.is_none() && kind == GuideKind::Checklist) {
        step.title = Some(Text::from("Welcome"));
    }
}

/// Gives the question of this place a name of its own, and has what follows the first depend on it.
fn ask(step: &mut Step, place: usize) {
    if place == 0 && step.ask.is_none() {
        step.ask = Some(Question {
            id: String::new(),
            form: QuestionForm::Nps,
            low: None,
            high: None,
            options: Vec::new(),
            optional: false,
        });
    }
    if let Some(question) = &mut step.ask {
        question.id = format!("question-{place}");
    }
    if place == 0
        && let Some(question) = &mut step.ask
    {
        question.form = QuestionForm::Nps;
        question.options = Vec::new();
    } else if place > 0 {
        step.only_if = vec![Earlier {
            question: "question-0".to_owned(),
            is: Some(crate::Comparison::at_least(place as f64)),
            any: Vec::new(),
        }];
    }
}

fn question() -> impl Strategy<Value = Question> {
    let forms = FORMS.iter().map(|(_, form)| *form).collect::<Vec<_>>();
    let ends = (option::of(text()), option::of(text()));
    (select(forms), ends, text(), any::<bool>()).prop_map(|(form, (low, high), label, optional)| {
        let is_scale = form.scale().is_some();
        let has_options = matches!(form, QuestionForm::Choice | QuestionForm::Choices);
        let option = |value: &str| AnswerOption {
            value: value.to_owned(),
            label: label.clone(),
        };
        Question {
            id: String::new(),
            form,
            low: low.filter(|_| is_scale),
            high: high.filter(|_| is_scale),
            options: if has_options {
                vec![option("a"), option("b")]
            } else {
                Vec::new()
            },
            optional,
        }
    })
}

pub(super) fn text() -> impl Strategy<Value = Text> {
    let tag = select(vec!["en", "ja", "pt-BR"]).prop_map(str::to_owned);
    let forms = (plain(), plain()).prop_map(|(one, other)| Phrase::Plural {
        plural: "user.reports".to_owned(),
        forms: [("one", one), ("other", other)]
            .map(|(form, text)| (form.to_owned(), text))
            .into(),
    });
    let phrase = prop_oneof![3 => plain().prop_map(Phrase::Plain), 1 => forms];
    let by_language = prop::collection::btree_map(tag, phrase, 1..3).prop_map(Text);
    prop_oneof![
        plain().prop_map(|words| Text::from(words.as_str())),
        by_language
    ]
}

fn target() -> impl Strategy<Value = Target> {
    let way = || {
        (selector(), option::of(words()), option::of(words())).prop_map(|(css, text, name)| {
            Target {
                text,
                name,
                ..Target::of(css)
            }
        })
    };
    prop_oneof![3 => way(), 1 => vec(way(), 1..3).prop_map(Target::any)]
}

/// A button in a panel.
fn press() -> impl Strategy<Value = Action> {
    action(DONE_IN_PANELS.to_vec())
}

fn action(effects: Vec<Effect>) -> impl Strategy<Value = Action> {
    (text(), select(effects)).prop_map(|(label, effect)| Action {
        label,
        effect,
        with: effect.key().map(|_| {
            let with = match effect {
                Effect::Link => "/reports",
                Effect::Start => "guide-0",
                Effect::Track => "report.created",
                Effect::Snooze => "86400000",
                _ => "step-0",
            };
            with.to_owned()
        }),
    })
}

/// Words that begin no variable, and sometimes one that is.
fn plain() -> impl Strategy<Value = String> {
    let variable = select(vec!["", "{{user.name|there}}", "{{account.mrr:EUR|much}}"]);
    (words(), variable).prop_map(|(words, variable)| words.replace('{', "(") + variable)
}

fn step() -> impl Strategy<Value = Step> {
    let placements = PLACEMENTS.iter().map(|(_, it)| *it).collect::<Vec<_>>();
    let advance = select(vec![
        Advance::Click,
        Advance::Input,
        Advance::Event {
            event: "report.created".to_owned(),
        },
        Advance::Route {
            page: "/reports/*".to_owned(),
        },
        Advance::Milestone {
            milestone: "own-0".to_owned(),
        },
        Advance::When {
            rule: String::new(),
            when: Some(Condition::Page("/reports/*".to_owned())),
        },
    ]);
    let path = option::of(select(vec!["/", "/reports?by=date#new"]).prop_map(str::to_owned));
    let when = option::of(Just(Condition::Page("/reports/*".to_owned())));
    let branch = (option::of(Just("step-0".to_owned())), when);
    let branch = branch.prop_map(|(to, when)| Branch {
        to,
        rule: None,
        when,
    });
    let action = action(EFFECTS.iter().map(|(_, effect)| *effect).collect());
    let said = (option::of(text()), option::of(text()), vec(action, 0..3));
    let placed = (
        option::of(target()),
        option::of(select(placements)),
        option::of(advance),
        (vec(branch, 0..3), path),
    );
    let sought = (
        option::of(select(vec![3_600_000, 86_400_000])),
        select(MISSING).prop_map(|(_, it)| it),
        select(INTERACTIONS).prop_map(|(_, it)| it),
    );
    (said, placed, sought, option::of(question())).prop_map(
        |(
            (title, body, actions),
            (target, placement, advance, (next, path)),
            (wait, missing, interaction),
            ask,
        )| Step {
            id: None,
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
            only_if: Vec::new(),
            done: None,
        },
    )
}
