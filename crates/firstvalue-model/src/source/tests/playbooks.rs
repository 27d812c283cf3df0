//! Arbitrary playbooks, in which everything that a playbook can say is said by some.
//!
//! References are kept free of cycles by levels: what is on one names what is on a lower one.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conditions::{About, condition, event, millis, of_property, within};
use super::guides::{guides, text};
use crate::playbook::*;
use crate::{Condition, Measure};

/// Text that people read: any, but for the control characters that YAML cannot hold.
pub(super) fn words() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9é共🎉{}\\[\\]:#'\"\\\\*&!|>%@` .-]{0,8}[a-z共]"
}

pub(super) fn selector() -> impl Strategy<Value = String> {
    select(vec![
        "#people",
        "[data-fv=share]",
        ".a > :not(.b)",
        "input:focus",
    ])
    .prop_map(str::to_owned)
}

/// A playbook.
pub(in crate::source) fn playbook() -> impl Strategy<Value = Playbook> {
    let declared = (words(), any::<bool>(), vec(capture_rule(), 0..3));
    let reached = (audiences(), milestones(), goals(), stages(), outcomes());
    let reached = reached.boxed();
    let shown = (guides().boxed(), throttle());
    let measured = (health(), select(vec![0.0, 0.05, 0.123, 1.0]));
    (declared, reached, shown, measured).prop_map(|(declared, reached, shown, measured)| {
        let (product, planned, capture) = declared;
        let (audiences, milestones, goals, stages, outcomes) = reached;
        let (guides, throttle) = shown;
        let (health, holdout) = measured;
        let events = if planned { plan() } else { BTreeMap::new() };
        Playbook {
            product,
            events,
            capture,
            audiences,
            milestones,
            goals,
            stages,
            outcomes,
            guides,
            health,
            holdout,
            throttle,
        }
    })
}

/// The tracking plan of all: the events and the properties that conditions name.
fn plan() -> BTreeMap<String, EventSpec> {
    let created = EventSpec {
        description: Some("A report was saved".to_owned()),
        properties: BTreeMap::from([
            ("rows".to_owned(), PropertyType::Number),
            ("template".to_owned(), PropertyType::String),
            ("tags".to_owned(), PropertyType::Array),
            ("board".to_owned(), PropertyType::Boolean),
            ("billing".to_owned(), PropertyType::Object),
        ]),
    };
    BTreeMap::from([
        ("report.created".to_owned(), created),
        ("report.shared".to_owned(), EventSpec::default()),
        ("session.started".to_owned(), EventSpec::default()),
    ])
}

fn capture_rule() -> impl Strategy<Value = CaptureRule> {
    use CaptureTrigger::{Change, Click, Dead, Rage, Route, Submit, Visible};
    let on = select(vec![Click, Submit, Change, Visible, Route, Rage, Dead]);
    let page = select(vec![None, Some("/reports/*".to_owned())]);
    let describe = any::<bool>();
    let rule = (on, selector(), page, option::of(1..100_i64), describe);
    rule.prop_map(|(on, selector, page, seconds, describe)| CaptureRule {
        event: "report.shared".to_owned(),
        on,
        selector: (on != Route).then_some(selector),
        page: if on == Route {
            Some("/**".to_owned())
        } else {
            page
        },
        duration: seconds.filter(|_| on == Visible).map(|it| it * 1_000),
        describe: describe && on != Route,
    })
}

fn audiences() -> impl Strategy<Value = BTreeMap<String, Condition>> {
    let on = |level| {
        [About::User, About::Member, About::Account].map(|about| {
            let id = about.audience(level);
            condition(about, level).prop_map(move |condition| (id.clone(), condition))
        })
    };
    let [a, b, c] = on(0);
    let [d, e, f] = on(1);
    (a, b, c, d, e, f).prop_map(|(a, b, c, d, e, f)| BTreeMap::from([a, b, c, d, e, f]))
}

fn milestones() -> impl Strategy<Value = BTreeMap<String, Milestone>> {
    let of = |about: About, per, level| {
        let id = about.milestone(level);
        let parts = (words(), condition(about, level), option::of(millis()));
        parts.prop_map(move |(title, when, target)| {
            let milestone = Milestone {
                per,
                title,
                when,
                target,
            };
            (id.clone(), milestone)
        })
    };
    let on = |level| {
        (
            of(About::User, Per::User, level),
            of(About::Account, Per::Account, level),
        )
    };
    (on(0), on(1)).prop_map(|((a, b), (c, d))| BTreeMap::from([a, b, c, d]))
}

fn goals() -> impl Strategy<Value = BTreeMap<String, Goal>> {
    let ids = [About::User.milestone(0), About::Account.milestone(1)];
    let goal = (words(), vec(select(ids.to_vec()), 1..3))
        .prop_map(|(title, milestones)| Goal { title, milestones });
    prop::collection::btree_map("[a-z]{1,3}", goal, 0..3)
}

fn stages() -> impl Strategy<Value = Vec<Stage>> {
    vec((words(), condition(About::User, 2)), 0..3).prop_map(|stages| {
        let stage = |(place, (title, when))| Stage {
            id: format!("stage-{place}"),
            title,
            when,
        };
        stages.into_iter().enumerate().map(stage).collect()
    })
}

fn outcomes() -> impl Strategy<Value = BTreeMap<String, Outcome>> {
    let money = (number(), select(vec!["EUR", "JPY"])).prop_map(|(amount, currency)| Money {
        amount,
        currency: currency.to_owned(),
    });
    let outcome =
        (text(), option::of(text()), option::of(money)).prop_map(|(title, unit, value_of_one)| {
            Outcome {
                title,
                unit,
                value_of_one,
            }
        });
    let outcome = outcome.boxed();
    // Reports name the one.
    let others = prop::collection::btree_map("[a-z]{1,3}", outcome.clone(), 0..3);
    (others, outcome).prop_map(|(mut outcomes, saved)| {
        outcomes.insert("saved".to_owned(), saved);
        outcomes
    })
}

fn number() -> impl Strategy<Value = f64> {
    (-4_000..4_000_i32).prop_map(|quarters| f64::from(quarters) / 4.0)
}

fn health() -> impl Strategy<Value = Health> {
    let parts = |about| vec((1..400_u32, score(about)), 0..4).prop_map(named);
    (parts(About::User), parts(About::Account)).prop_map(|(weights, account_weights)| Health {
        weights,
        account_weights,
    })
}

fn named(parts: Vec<(u32, Score)>) -> Vec<HealthPart> {
    let part = |(place, (quarters, score))| HealthPart {
        name: format!("Part {place}"),
        weight: f64::from(quarters) / 4.0,
        score,
    };
    parts.into_iter().enumerate().map(part).collect()
}

fn score(about: About) -> impl Strategy<Value = Score> {
    let counted = select(vec![Measure::Times, Measure::Days, Measure::Weeks]);
    let counted = (event(), counted);
    let amount = prop_oneof![
        (prop_oneof![counted, of_property()], within()).prop_map(|((event, measure), within)| {
            Number::Did {
                event,
                measure,
                within,
            }
        }),
        Just(Number::Account("billing.seats".to_owned())),
        Just(match about {
            About::Account => Number::Account("seats".to_owned()),
            _ => Number::User("nps".to_owned()),
        }),
    ];
    let time = prop_oneof![
        event().prop_map(Number::Last),
        event().prop_map(Number::First),
        Just(Number::SinceSignup),
    ];
    let apart = |(number, from, to): (Number, f64, f64)| Score::Scaled {
        number,
        from,
        to: if from == to { from + 1_000.0 } else { to },
    };
    let duration = || millis().prop_map(|duration| duration as f64);
    prop_oneof![
        condition(about, 2).prop_map(Score::Condition),
        (amount, number(), number()).prop_map(apart),
        (time, duration(), duration()).prop_map(apart),
    ]
}

fn throttle() -> impl Strategy<Value = Throttle> {
    let most = option::of(0..9_u32);
    (most, option::of(millis()), vec(selector(), 0..3)).prop_map(
        |(max_per_session, min_gap, never_over)| Throttle {
            max_per_session,
            min_gap,
            never_over,
        },
    )
}
