//! Arbitrary guides.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conditions::{About, condition, millis};
use super::playbooks::{selector, words};
use crate::guide::*;

pub(super) fn guides() -> impl Strategy<Value = BTreeMap<String, Guide>> {
    let id = |place| move |guide| (format!("guide-{place}"), guide);
    // Conditions name both.
    (guide().prop_map(id(0)), guide().prop_map(id(1))).prop_map(|(a, b)| BTreeMap::from([a, b]))
}

fn guide() -> impl Strategy<Value = Guide> {
    let audience = select([About::User, About::Member, About::Account].to_vec());
    let audience = audience.prop_map(|about| about.audience(1));
    let when = option::of(condition(About::User, 2));
    let page = option::of(select(vec!["/reports/*", "**"]).prop_map(str::to_owned));
    let due = (option::of(audience), when, page, frequency(), any::<i32>());
    (due, content()).prop_map(
        |((audience, when, page, frequency, priority), content)| Guide {
            audience,
            when,
            page,
            frequency,
            priority,
            content,
        },
    )
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
    let theme = (accent, scheme).prop_map(|(accent, scheme)| Theme { accent, scheme });
    let kinds = vec![
        GuideKind::Tour,
        GuideKind::Tooltip,
        GuideKind::Modal,
        GuideKind::Banner,
    ];
    (select(kinds), theme, vec(step(), 1..4)).prop_map(|(kind, theme, mut steps)| {
        if let GuideKind::Tooltip | GuideKind::Banner = kind {
            steps.truncate(1);
        }
        for step in &mut steps {
            suit(step, kind);
        }
        GuideContent { kind, theme, steps }
    })
}

/// Takes from a step what its kind of guide cannot have, and gives what it must have.
fn suit(step: &mut Step, kind: GuideKind) {
    let points = match kind {
        GuideKind::Tour => step.target.is_some(),
        GuideKind::Tooltip => true,
        GuideKind::Modal | GuideKind::Banner => false,
    };
    if !points {
        step.target = None;
        step.advance = None;
        let on_edge = kind == GuideKind::Banner;
        step.placement = step.placement.and(on_edge.then_some(Placement::Bottom));
    } else if step.target.is_none() {
        step.target = Some(Target {
            css: "#people".to_owned(),
            text: None,
        });
    }
    if step.title.is_none() && step.body.is_none() {
        step.title = Some(Text::from("Welcome"));
    }
}

fn text() -> impl Strategy<Value = Text> {
    let tag = select(vec!["en", "ja", "pt-BR"]).prop_map(str::to_owned);
    let by_language = prop::collection::btree_map(tag, words(), 1..3).prop_map(Text);
    prop_oneof![
        words().prop_map(|words| Text::from(words.as_str())),
        by_language
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let target = (selector(), option::of(words())).prop_map(|(css, text)| Target { css, text });
    let placement = select(vec![
        Placement::Top,
        Placement::Right,
        Placement::Bottom,
        Placement::Left,
    ]);
    let advance = Just(Advance {
        on: AdvanceTrigger::Click,
    });
    let effects = vec![
        Effect::Next,
        Effect::Back,
        Effect::Complete,
        Effect::Dismiss,
    ];
    let action = (text(), select(effects)).prop_map(|(label, effect)| Action { label, effect });
    let said = (option::of(text()), option::of(text()), vec(action, 0..3));
    let placed = (
        option::of(target),
        option::of(placement),
        option::of(advance),
    );
    (said, placed).prop_map(
        |((title, body, actions), (target, placement, advance))| Step {
            target,
            title,
            body,
            placement,
            advance,
            actions,
        },
    )
}
