//! What is said of conditions without knowing anybody, against what the engine decides of somebody.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use std::collections::BTreeMap;

use firstvalue_engine::{Input, Rules, User, What, compile};
use firstvalue_model::guide::{Frequency, Guide, GuideContent, GuideKind, Step, Theme};
use firstvalue_model::message::{Object, PAGE_VIEWED, guide_event};
use firstvalue_model::playbook::{Milestone, Per};
use firstvalue_model::source::logic::Logic;
use firstvalue_model::{Comparison, Condition, EventMatch, GuideStanding, Measure, Playbook};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

/// Everything happens in these first milliseconds.
const END: i64 = 30;

/// Few names, paths, values and numbers: only what meets can contradict.
fn values() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!(1),
        json!(2),
        json!("a"),
        json!("b"),
        json!(true),
        json!(null),
        json!(["a"]),
        json!(["a", 2]),
        json!({ "a": 1 }),
    ])
}

fn operators() -> impl Strategy<Value = Value> {
    let one = prop_oneof![
        (
            prop::sample::select(vec!["$eq", "$ne", "$gt", "$gte", "$lt", "$lte"]),
            values()
        )
            .prop_map(|(name, value)| json!({ name: value })),
        (
            prop::sample::select(vec!["$in", "$nin", "$ini", "$all"]),
            prop::collection::vec(values(), 0..3)
        )
            .prop_map(|(name, values)| json!({ name: values })),
        any::<bool>().prop_map(|exists| json!({ "$exists": exists })),
        prop::sample::select(vec![
            "string", "number", "boolean", "array", "object", "null"
        ])
        .prop_map(|name| json!({ "$type": name })),
        prop::sample::select(vec![
            json!({ "$regex": "a" }),
            json!({ "$vgte": "1.0" }),
            json!({ "$size": 1 }),
            json!({ "$elemMatch": { "$eq": "a" } }),
            json!({ "$nothing": 1 }),
            json!({}),
        ]),
    ];
    let merged = |list: Vec<Value>| {
        let keys = list.into_iter().filter_map(|one| one.as_object().cloned());
        Value::Object(keys.flatten().collect())
    };
    prop::collection::vec(one, 1..3)
        .prop_map(merged)
        .prop_flat_map(|one| {
            prop::sample::select(vec![one.clone(), one.clone(), json!({ "$not": one })])
        })
}

fn queries() -> impl Strategy<Value = Object> {
    let path = prop::sample::select(vec!["p", "p", "q", "p.a", "p.0"]);
    let leaf = (path, prop_oneof![values(), operators()])
        .prop_map(|(path, expected)| json!({ path: expected }));
    let query = leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (
                prop::sample::select(vec!["$and", "$or", "$nor"]),
                prop::collection::vec(inner.clone(), 0..3)
            )
                .prop_map(|(name, list)| json!({ name: list })),
            inner.clone().prop_map(|query| json!({ "$not": query })),
            prop::collection::vec(inner, 2..3).prop_map(|list| {
                let keys = list.into_iter().filter_map(|one| one.as_object().cloned());
                Value::Object(keys.flatten().collect())
            }),
        ]
    });
    query.prop_map(|query| query.as_object().expect("an object").clone())
}

fn events() -> impl Strategy<Value = EventMatch> {
    (0..2_usize, proptest::option::weighted(0.3, queries())).prop_map(|(name, query)| EventMatch {
        name: ["a", "b"][name].to_owned(),
        query,
    })
}

fn comparisons(least: i64, most: i64) -> impl Strategy<Value = Comparison> {
    (0..8_usize, least..=most, least..=most).prop_map(|(kind, a, b)| {
        let (a, b) = (Some(a as f64), Some(b as f64));
        let none = Comparison::default();
        match kind {
            0 => Comparison { gte: a, ..none },
            1 => Comparison { gt: a, ..none },
            2 => Comparison { lte: a, ..none },
            3 => Comparison { lt: a, ..none },
            4 => Comparison { eq: a, ..none },
            5 => Comparison { ne: a, ..none },
            6 => Comparison {
                gte: a,
                lt: b,
                ..none
            },
            _ => Comparison {
                gt: a,
                ne: b,
                ..none
            },
        }
    })
}

fn windows() -> impl Strategy<Value = Option<i64>> {
    prop::sample::select(vec![None, None, Some(0), Some(5), Some(10)])
}

fn measures() -> impl Strategy<Value = Measure> {
    prop::sample::select(vec![
        Measure::Times,
        Measure::Times,
        Measure::Days,
        Measure::Weeks,
    ])
}

fn leaves(milestones: usize) -> impl Strategy<Value = Condition> {
    let standing = prop_oneof![Just(GuideStanding::Shown), Just(GuideStanding::Dismissed)];
    let milestone = (
        0..milestones.max(1),
        proptest::option::of(comparisons(-1, 6)),
    )
        .prop_map(move |(place, ago)| match milestones {
            0 => Condition::Any(Vec::new()),
            _ => Condition::Milestone {
                id: format!("m{place}"),
                ago,
            },
        });
    prop_oneof![
        6 => (events(), measures(), comparisons(-1, 4), windows())
            .prop_map(|(event, measure, is, within)| Condition::Did { event, measure, is, within }),
        2 => (events(), comparisons(-1, 12)).prop_map(|(event, ago)| Condition::Last { event, ago }),
        2 => (events(), comparisons(-1, 12)).prop_map(|(event, ago)| Condition::First { event, ago }),
        2 => events().prop_map(Condition::Never),
        2 => (
            prop::collection::vec(events(), 1..3),
            windows(),
            prop::collection::vec(events(), 0..2),
        )
            .prop_map(|(events, within, without)| Condition::Sequence { events, within, without }),
        1 => comparisons(-5, 20).prop_map(Condition::SinceSignup),
        3 => milestone,
        1 => standing.prop_map(|is| Condition::Guide { id: "g0".to_owned(), is }),
        2 => queries().prop_map(Condition::User),
        1 => queries().prop_map(Condition::Account),
        1 => prop::sample::select(vec!["/a", "/b", "/a/*", "/*", "/**", "/a/b"])
            .prop_map(|glob| Condition::Page(glob.to_owned())),
        1 => Just(Condition::Element("#x".to_owned())),
        1 => Just(Condition::Audience("everyone-else".to_owned())),
    ]
}

fn conditions(milestones: usize) -> impl Strategy<Value = Condition> {
    leaves(milestones).prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::All),
            2 => prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::Any),
            1 => inner.clone().prop_map(|part| Condition::Not(Box::new(part))),
            // Parts that resemble each other are what there is something to say about.
            1 => (inner.clone(), any::<bool>()).prop_map(|(part, all)| {
                let parts = vec![part.clone(), Condition::Not(Box::new(part))];
                if all { Condition::All(parts) } else { Condition::Any(parts) }
            }),
        ]
    })
}

fn guide(when: Condition) -> Guide {
    Guide {
        audience: None,
        when: Some(when),
        page: None,
        frequency: Frequency::default(),
        priority: 0,
        content: GuideContent {
            kind: GuideKind::Modal,
            theme: Theme::default(),
            steps: vec![Step::default()],
        },
    }
}

prop_compose! {
    fn playbooks()(
        everyone_else in conditions(0),
        milestones in (conditions(0), conditions(1)),
        guides in prop::collection::vec(conditions(2), 4),
    ) -> Playbook {
        let milestone = |when| Milestone { per: Per::User, title: String::new(), when, target: None };
        // An audience that refers to nothing, so that there is no cycle.
        let everyone_else = match everyone_else {
            Condition::Audience(_) => Condition::All(Vec::new()),
            other => without_audiences(other),
        };
        let named = |(place, when)| (format!("g{place}"), guide(when));
        Playbook {
            audiences: BTreeMap::from([("everyone-else".to_owned(), everyone_else)]),
            milestones: BTreeMap::from([
                ("m0".to_owned(), milestone(milestones.0)),
                ("m1".to_owned(), milestone(milestones.1)),
            ]),
            guides: guides.into_iter().enumerate().map(named).collect(),
            ..Playbook::default()
        }
    }
}

fn without_audiences(condition: Condition) -> Condition {
    let each = |parts: Vec<Condition>| parts.into_iter().map(without_audiences).collect();
    match condition {
        Condition::Audience(_) => Condition::All(Vec::new()),
        Condition::All(parts) => Condition::All(each(parts)),
        Condition::Any(parts) => Condition::Any(each(parts)),
        Condition::Not(part) => Condition::Not(Box::new(without_audiences(*part))),
        other => other,
    }
}

#[derive(Debug, Clone)]
enum Happened {
    Event(&'static str, Object),
    Identify(Object),
    Account(Object),
}

#[derive(Debug, Clone)]
struct Line {
    at: i64,
    offset: i32,
    what: Happened,
}

fn logs() -> impl Strategy<Value = Vec<Line>> {
    let object = || {
        let properties = (
            proptest::option::of(values()),
            proptest::option::of(values()),
        );
        properties.prop_map(|(p, q)| {
            let named = [("p", p), ("q", q)].into_iter();
            named
                .filter_map(|(name, value)| Some((name.to_owned(), value?)))
                .collect::<Object>()
        })
    };
    let of_guide = prop::sample::select(vec![guide_event::SHOWN, guide_event::DISMISSED]);
    let page = prop::sample::select(vec!["/a", "/b", "/a/b", "/a/c", "/"]);
    let sign_up = (-10..40_i64).prop_map(|at| json!({ "createdAt": at }));
    let what = prop_oneof![
        8 => (prop::sample::select(vec!["a", "b"]), object())
            .prop_map(|(name, properties)| Happened::Event(name, properties)),
        1 => of_guide.prop_map(|name| Happened::Event(name, as_object(json!({ "guide": "g0" })))),
        1 => page.prop_map(|path| Happened::Event(PAGE_VIEWED, as_object(json!({ "path": path })))),
        1 => object().prop_map(Happened::Identify),
        1 => sign_up.prop_map(|traits| Happened::Identify(as_object(traits))),
        1 => object().prop_map(Happened::Account),
    ];
    // The offsets that a message can have.
    let offset = prop::sample::select(vec![-1_440, -720, 0, 840, 1_440]);
    let line = (0..END, offset, what).prop_map(|(at, offset, what)| Line { at, offset, what });
    prop::collection::vec(line, 1..12).prop_map(|mut log| {
        log.sort_by_key(|line| line.at);
        log
    })
}

fn as_object(value: Value) -> Object {
    value.as_object().expect("an object").clone()
}

/// Which guides are due at each moment of a log: after every line, and at every millisecond.
fn moments(rules: &Rules, log: &[Line]) -> Vec<Vec<bool>> {
    let (mut user, mut changes) = (User::new(rules), Vec::new());
    let due = |user: &User| {
        (0..rules.guides.len())
            .map(|guide| user.is_eligible(guide))
            .collect()
    };
    let mut moments = Vec::new();
    for now in 0..=END + 12 {
        user.advance(rules, now, &mut changes);
        if user.signup().is_some() {
            moments.push(due(&user));
        }
        for line in log.iter().filter(|line| line.at == now) {
            let what = match &line.what {
                Happened::Event(name, properties) => What::Event {
                    name,
                    properties: Some(properties),
                },
                Happened::Identify(traits) => What::Identify(traits),
                Happened::Account(traits) => What::Account(traits),
            };
            let input = Input {
                at: now,
                utc_offset: line.offset,
                what,
            };
            user.apply(rules, &input, &mut changes);
            moments.push(due(&user));
        }
    }
    moments
}

/// What is said of the guides' conditions.
#[derive(Debug, Default, PartialEq)]
struct Said {
    never: Vec<usize>,
    always: Vec<usize>,
    /// Whenever the first is due, the second is.
    follows: Vec<(usize, usize)>,
    exclude: Vec<(usize, usize)>,
    cover: Vec<(usize, usize)>,
}

fn said(playbook: &Playbook) -> Said {
    let logic = Logic::of(playbook);
    let conditions: Vec<&Condition> = playbook
        .guides
        .values()
        .filter_map(|guide| guide.when.as_ref())
        .collect();
    let places = || 0..conditions.len();
    let pairs = || {
        places()
            .flat_map(move |a| places().map(move |b| (a, b)))
            .filter(|(a, b)| a != b)
    };
    let per = Per::User;
    Said {
        never: places()
            .filter(|&a| logic.never(conditions[a], per))
            .collect(),
        always: places()
            .filter(|&a| logic.always(conditions[a], per))
            .collect(),
        follows: pairs()
            .filter(|&(a, b)| logic.follows(&[conditions[a]], conditions[b], per))
            .collect(),
        exclude: pairs()
            .filter(|&(a, b)| logic.exclude(&[conditions[a], conditions[b]], per))
            .collect(),
        cover: pairs()
            .filter(|&(a, b)| logic.cover(&[conditions[a], conditions[b]], per))
            .collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn what_is_said_is_so_at_every_moment(
        playbook in playbooks(),
        logs in prop::collection::vec(logs(), 3),
    ) {
        let said = said(&playbook);
        let rules = compile(&playbook).rules;
        for log in &logs {
            for due in moments(&rules, log) {
                for &never in &said.never {
                    prop_assert!(!due[never], "g{never} never holds");
                }
                for &always in &said.always {
                    prop_assert!(due[always], "g{always} always holds");
                }
                for &(a, b) in &said.follows {
                    prop_assert!(!due[a] || due[b], "g{b} follows from g{a}");
                }
                for &(a, b) in &said.exclude {
                    prop_assert!(!(due[a] && due[b]), "g{a} and g{b} exclude each other");
                }
                for &(a, b) in &said.cover {
                    prop_assert!(due[a] || due[b], "g{a} or g{b} always holds");
                }
            }
        }
    }
}

/// Of the conditions above, so that the test of what is said is one of something.
#[test]
fn there_is_something_to_say() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let mut counts = [0; 4];
    for _ in 0..300 {
        let playbook = playbooks()
            .new_tree(&mut runner)
            .expect("a playbook")
            .current();
        let said = said(&playbook);
        let lengths = [
            said.never.len(),
            said.always.len(),
            said.follows.len(),
            said.exclude.len(),
        ];
        for (count, length) in counts.iter_mut().zip(lengths) {
            *count += length;
        }
    }
    assert!(counts.iter().all(|count| *count > 60), "{counts:?}");
}
