//! What is said of conditions without knowing anybody, against what the engine decides of somebody.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use std::collections::BTreeMap;

use firstvalue_engine::population::{Call, Said};
use firstvalue_engine::{Population, Rules, State, compile};
use firstvalue_model::guide::{Checklist, Frequency, Guide, GuideContent, GuideKind, Step, Theme};
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
        json!(["a", "b", 2]),
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
        Measure::Sum("p".to_owned()),
        Measure::Distinct("p".to_owned()),
    ])
}

/// What can be asked of users and of accounts.
fn behaviour() -> impl Strategy<Value = Condition> {
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
        1 => queries().prop_map(Condition::Account),
    ]
}

fn milestone(ids: Vec<&'static str>) -> BoxedStrategy<Condition> {
    if ids.is_empty() {
        return Just(Condition::Any(Vec::new())).boxed();
    }
    let ago = proptest::option::of(comparisons(-1, 6));
    (prop::sample::select(ids), ago)
        .prop_map(|(id, ago)| Condition::Milestone {
            id: id.to_owned(),
            ago,
        })
        .boxed()
}

/// What can be asked of users, of each by themselves.
fn of_member(milestones: Vec<&'static str>) -> impl Strategy<Value = Condition> {
    let standing = prop_oneof![Just(GuideStanding::Shown), Just(GuideStanding::Dismissed)];
    prop_oneof![
        12 => behaviour(),
        3 => milestone(milestones),
        1 => standing.prop_map(|is| Condition::Guide { id: "g0".to_owned(), is }),
        2 => queries().prop_map(Condition::User),
        1 => prop::sample::select(vec!["/a", "/b", "/a/*", "/*", "/**", "/a/b"])
            .prop_map(|glob| Condition::Page(glob.to_owned())),
        1 => Just(Condition::Element("#x".to_owned())),
    ]
}

fn users() -> impl Strategy<Value = Condition> {
    (of_member(Vec::new()), comparisons(-1, 3)).prop_map(|(of, count)| Condition::Users {
        of: Box::new(of),
        count,
    })
}

fn of_user(milestones: Vec<&'static str>) -> impl Strategy<Value = Condition> {
    let audience = Just(Condition::Audience("everyone-else".to_owned()));
    joined(prop_oneof![14 => of_member(milestones), 1 => users(), 1 => audience])
}

fn of_account() -> impl Strategy<Value = Condition> {
    joined(prop_oneof![4 => behaviour(), 1 => users()])
}

fn joined(leaf: impl Strategy<Value = Condition> + 'static) -> impl Strategy<Value = Condition> {
    leaf.prop_recursive(3, 8, 3, |inner| {
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
            title: None,
            slot: None,
            checklist: Checklist::default(),
            theme: Theme::default(),
            steps: vec![Step::default()],
            panel: None,
        },
        parts: BTreeMap::new(),
    }
}

prop_compose! {
    fn playbooks()(
        everyone_else in joined(of_member(Vec::new())),
        of_accounts in of_account(),
        of_users in (of_user(vec!["account"]), of_user(vec!["account", "m0"])),
        guides in prop::collection::vec(of_user(vec!["account", "m0", "m1"]), 4),
    ) -> Playbook {
        let milestone = |per, when| Milestone { per, title: String::new(), when, target: None };
        let named = |(place, when)| (format!("g{place}"), guide(when));
        Playbook {
            audiences: BTreeMap::from([("everyone-else".to_owned(), everyone_else)]),
            milestones: BTreeMap::from([
                ("account".to_owned(), milestone(Per::Account, of_accounts)),
                ("m0".to_owned(), milestone(Per::User, of_users.0)),
                ("m1".to_owned(), milestone(Per::User, of_users.1)),
            ]),
            guides: guides.into_iter().enumerate().map(named).collect(),
            ..Playbook::default()
        }
    }
}

#[derive(Debug, Clone)]
enum Happened {
    Event(&'static str, Object),
    Identify(Object),
    Group(&'static str, Object),
}

#[derive(Debug, Clone)]
struct Line {
    at: i64,
    user: &'static str,
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
        3 => (prop::sample::select(vec!["x", "y"]), object())
            .prop_map(|(account, traits)| Happened::Group(account, traits)),
    ];
    // The offsets that a message can have.
    let offset = prop::sample::select(vec![-1_440, -720, 0, 840, 1_440]);
    let user = prop::sample::select(vec!["u", "u", "v"]);
    let line = (0..END, user, offset, what).prop_map(|(at, user, offset, what)| Line {
        at,
        user,
        offset,
        what,
    });
    prop::collection::vec(line, 1..14).prop_map(|mut log| {
        log.sort_by_key(|line| line.at);
        log
    })
}

fn as_object(value: Value) -> Object {
    value.as_object().expect("an object").clone()
}

/// What is so at one moment: which guides are due for each user, and which accounts have reached
/// the milestone of accounts.
struct Moment {
    due: Vec<Vec<bool>>,
    reached: bool,
}

/// The moments of a log: after every line, and at every millisecond.
fn moments(rules: &Rules, log: &[Line]) -> Vec<Moment> {
    let (mut population, mut decisions) = (Population::new(), Vec::new());
    let account = rules.milestone("account").expect("it is declared");
    let now = |population: &Population| Moment {
        due: population
            .users()
            .map(|(_, user)| due(rules, user))
            .collect(),
        reached: population
            .accounts()
            .any(|(_, state)| state.milestone(account).is_some()),
    };
    let mut moments = Vec::new();
    for at in 0..=END + 12 {
        population.advance(rules, at, &mut decisions);
        moments.push(now(&population));
        for line in log.iter().filter(|line| line.at == at) {
            let what = match &line.what {
                Happened::Event(name, properties) => Said::Event {
                    name,
                    properties: Some(properties),
                },
                Happened::Identify(traits) => Said::Identify(traits),
                Happened::Group(account, traits) => Said::Group {
                    account,
                    traits: Some(traits),
                },
            };
            let call = Call {
                user: line.user,
                joins: None,
                at,
                utc_offset: line.offset,
                what,
            };
            population.apply(rules, &call, &mut decisions);
            moments.push(now(&population));
        }
    }
    moments
}

fn due(rules: &Rules, user: &State) -> Vec<bool> {
    let guides = 0..rules.guides.len();
    guides.map(|guide| user.is_eligible(guide)).collect()
}

/// What is said of the conditions of guides, and of that on accounts.
#[derive(Debug)]
struct Claims {
    unreachable: bool,
    never: Vec<usize>,
    always: Vec<usize>,
    /// Whenever the first is due, the second is.
    follows: Vec<(usize, usize)>,
    exclude: Vec<(usize, usize)>,
    cover: Vec<(usize, usize)>,
}

fn claims(playbook: &Playbook) -> Claims {
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
    Claims {
        unreachable: logic.never(&playbook.milestones["account"].when, Per::Account),
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

/// Whether everything that is said of a playbook is so at every moment of the logs.
fn holds_up(playbook: &Playbook, logs: &[Vec<Line>]) -> Result<(), TestCaseError> {
    let claims = claims(playbook);
    let rules = compile(playbook).rules;
    for Moment { due, reached } in logs.iter().flat_map(|log| moments(&rules, log)) {
        prop_assert!(!(reached && claims.unreachable), "no account reaches it");
        for due in due {
            for &never in &claims.never {
                prop_assert!(!due[never], "g{never} never holds");
            }
            for &always in &claims.always {
                prop_assert!(due[always], "g{always} always holds");
            }
            for &(a, b) in &claims.follows {
                prop_assert!(!due[a] || due[b], "g{b} follows from g{a}");
            }
            for &(a, b) in &claims.exclude {
                prop_assert!(!(due[a] && due[b]), "g{a} and g{b} exclude each other");
            }
            for &(a, b) in &claims.cover {
                prop_assert!(due[a] || due[b], "g{a} or g{b} always holds");
            }
        }
    }
    Ok(())
}

/// Conditions that are so much alike that there is something to say of most pairs.
fn alike() -> impl Strategy<Value = Condition> {
    let event = || {
        let one = Some(as_object(json!({ "p": 1 })));
        prop::sample::select(vec![None, None, None, one]).prop_map(|query| EventMatch {
            name: "a".to_owned(),
            query,
        })
    };
    let query = prop::sample::select(vec![
        json!({ "p": "a" }),
        json!({ "p": 1 }),
        json!({ "p": { "$in": ["a", 2] } }),
        json!({ "p": { "$in": ["b"] } }),
        json!({ "p": { "$gt": 1 } }),
        json!({ "p": { "$exists": true } }),
    ]);
    let leaf = prop_oneof![
        6 => (event(), measures(), comparisons(0, 2), windows())
            .prop_map(|(event, measure, is, within)| Condition::Did { event, measure, is, within }),
        3 => (event(), comparisons(0, 10)).prop_map(|(event, ago)| Condition::Last { event, ago }),
        3 => (event(), comparisons(0, 10)).prop_map(|(event, ago)| Condition::First { event, ago }),
        1 => event().prop_map(Condition::Never),
        2 => (prop::collection::vec(event(), 1..3), windows()).prop_map(|(events, within)| {
            Condition::Sequence { events, within, without: Vec::new() }
        }),
        4 => milestone(vec!["m0"]),
        2 => query.prop_map(|query| Condition::User(as_object(query))),
    ];
    (leaf, any::<bool>()).prop_map(|(leaf, holds)| match holds {
        true => leaf,
        false => Condition::Not(Box::new(leaf)),
    })
}

fn playbooks_of_alike() -> impl Strategy<Value = Playbook> {
    let first = alike().prop_filter("no cycle", |first| {
        let text = format!("{first:?}");
        !text.contains("Milestone")
    });
    (first, prop::collection::vec(alike(), 8)).prop_map(|(first, guides)| {
        let milestone = |per, when| Milestone {
            per,
            title: String::new(),
            when,
            target: None,
        };
        let named = |(place, when)| (format!("g{place}"), guide(when));
        Playbook {
            milestones: BTreeMap::from([
                (
                    "account".to_owned(),
                    milestone(Per::Account, Condition::Any(Vec::new())),
                ),
                ("m0".to_owned(), milestone(Per::User, first)),
            ]),
            guides: guides.into_iter().enumerate().map(named).collect(),
            ..Playbook::default()
        }
    })
}

/// Logs of one user, to whom little but the same happens.
fn logs_of_alike() -> impl Strategy<Value = Vec<Line>> {
    let what = prop_oneof![
        4 => prop::sample::select(vec![0, 1])
            .prop_map(|p| Happened::Event("a", as_object(json!({ "p": p })))),
        1 => values().prop_map(|value| Happened::Identify(as_object(json!({ "p": value })))),
    ];
    let line = (0..END, what).prop_map(|(at, what)| Line {
        at,
        user: "u",
        offset: 0,
        what,
    });
    prop::collection::vec(line, 1..8).prop_map(|mut log| {
        log.sort_by_key(|line| line.at);
        log
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_is_said_is_so_at_every_moment(
        playbook in playbooks(),
        logs in prop::collection::vec(logs(), 3),
    ) {
        holds_up(&playbook, &logs)?;
    }

    #[test]
    fn what_is_said_of_conditions_that_are_alike_is_so(
        playbook in playbooks_of_alike(),
        logs in prop::collection::vec(logs_of_alike(), 8),
    ) {
        holds_up(&playbook, &logs)?;
    }
}

/// Of the conditions above, so that the test of what is said is one of something.
#[test]
fn there_is_something_to_say() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let mut counts = [0; 5];
    for _ in 0..300 {
        let playbook = playbooks()
            .new_tree(&mut runner)
            .expect("a playbook")
            .current();
        let claims = claims(&playbook);
        let lengths = [
            claims.never.len(),
            claims.always.len(),
            claims.follows.len(),
            claims.exclude.len(),
            usize::from(claims.unreachable),
        ];
        for (count, length) in counts.iter_mut().zip(lengths) {
            *count += length;
        }
    }
    assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
}
