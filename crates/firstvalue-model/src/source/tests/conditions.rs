//! Arbitrary conditions.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::time::Millis;
use crate::{Comparison, Condition, EventMatch, GuideStanding, Measure, Query};

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    User,
    /// A user who is counted.
    Member,
    Account,
}

impl About {
    /// The id of the audience on a level that may be asked for there.
    pub(super) fn audience(self, level: u8) -> String {
        format!("{self:?}s-{level}")
    }

    /// The id of the milestone on a level.
    pub(super) fn milestone(self, level: u8) -> String {
        let whose = if self == Self::Account { "team" } else { "own" };
        format!("{whose}-{level}")
    }
}

/// A condition that names what is on lower levels.
pub(super) fn condition(about: About, level: u8) -> BoxedStrategy<Condition> {
    let mut leaves = vec![behaviour(), standing(about)];
    if level > 0 {
        leaves.push(reference(about, level - 1));
    }
    if about != About::Account {
        leaves.push(of_user());
    }
    if about != About::Member {
        let of = condition(About::Member, level);
        let users = (of, comparison(count())).prop_map(|(of, count)| Condition::Users {
            of: Box::new(of),
            count,
        });
        leaves.push(users.boxed());
    }
    let leaf = prop::strategy::Union::new(leaves);
    let joined = leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Condition::All),
            vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|inner| Condition::Not(Box::new(inner))),
        ]
    });
    joined.boxed()
}

/// What was done.
fn behaviour() -> BoxedStrategy<Condition> {
    let ago = || comparison(duration());
    let sequence = (vec(event(), 1..4), option::of(millis()), vec(event(), 0..2));
    prop_oneof![
        4 => (measured(), within()).prop_map(|((event, measure, is), within)| Condition::Did {
            event,
            measure,
            is,
            within,
        }),
        1 => (event(), ago()).prop_map(|(event, ago)| Condition::Last { event, ago }),
        1 => (event(), ago()).prop_map(|(event, ago)| Condition::First { event, ago }),
        1 => event().prop_map(Condition::Never),
        1 => sequence.prop_map(|(events, within, without)| Condition::Sequence {
            events,
            within,
            without,
        }),
    ]
    .boxed()
}

fn measured() -> BoxedStrategy<(EventMatch, Measure, Comparison)> {
    let counts = vec![Measure::Times, Measure::Days, Measure::Weeks];
    let counted = (event(), select(counts), comparison(count()));
    let of_property = of_property().prop_flat_map(|(event, measure)| {
        let is = match measure {
            Measure::Sum(_) => comparison(number()).boxed(),
            _ => comparison(count()).boxed(),
        };
        (Just(event), Just(measure), is)
    });
    prop_oneof![counted, of_property].boxed()
}

/// A measure of a property, and the event that has it.
pub(super) fn of_property() -> impl Strategy<Value = (EventMatch, Measure)> {
    let measures = vec![
        Measure::Sum("rows".to_owned()),
        Measure::Sum("billing.amount".to_owned()),
        Measure::Distinct("template".to_owned()),
        Measure::Distinct("tags".to_owned()),
    ];
    let created = of_name("report.created", REPORTS);
    (created, select(measures))
}

pub(super) fn within() -> impl Strategy<Value = Option<Millis>> {
    option::of(millis())
}

/// A duration in whole seconds.
pub(super) fn millis() -> impl Strategy<Value = Millis> {
    let units = select(vec![1, 60, 3_600, 86_400, 604_800_i64]);
    (0..100_i64, units).prop_map(|(number, unit)| number * unit * 1_000)
}

fn duration() -> BoxedStrategy<f64> {
    millis().prop_map(|duration| duration as f64).boxed()
}

fn count() -> BoxedStrategy<f64> {
    (0..9_u32).prop_map(f64::from).boxed()
}

fn number() -> BoxedStrategy<f64> {
    (-400..400_i32)
        .prop_map(|quarters| f64::from(quarters) / 4.0)
        .boxed()
}

fn comparison(bound: BoxedStrategy<f64>) -> impl Strategy<Value = Comparison> {
    let some = || option::weighted(0.3, bound.clone());
    let bounds = (some(), some(), some(), some(), some(), some());
    (bounds, bound).prop_map(|((gte, gt, lte, lt, eq, ne), otherwise)| {
        let comparison = Comparison {
            gte,
            gt,
            lte,
            lt,
            eq,
            ne,
        };
        match comparison.bounds().iter().flatten().next() {
            Some(_) => comparison,
            None => Comparison::at_least(otherwise),
        }
    })
}

/// Queries over the properties of a report, as the tracking plan has them.
const REPORTS: &[&str] = &[
    r#"{ "rows": { "$gte": 1000, "$lt": 9.5 } }"#,
    r#"{ "template": { "$in": ["board", "bank"] }, "board": true }"#,
    r#"{ "$or": [{ "rows": 3 }, { "$not": { "template": { "$regex": "^[a-z]+$" } } }] }"#,
    r#"{ "tags": { "$elemMatch": { "$eq": "board" }, "$size": { "$gt": 2 } } }"#,
    r#"{ "billing.plan": "pro", "template": { "$exists": true, "$ne": null } }"#,
];

/// Queries over what is not declared.
const ANY: &[&str] = &[
    r#"{ "role": "admin" }"#,
    r#"{ "plan": { "$nin": ["trial", 3, null, true] } }"#,
    r#"{ "$and": [{ "seats": { "$gt": 5, "$lte": 9 } }, { "$nor": [{ "a.b": [1, 2] }] }] }"#,
    r#"{ "version": { "$vgte": "1.2.3" }, "kind": { "$type": "string" }, "$browser": "x" }"#,
    r#"{ "email": { "$regexi": "@example\\.com$", "$not": { "$gt": "m" } } }"#,
    r#"{ "list": { "$all": [1, { "$gt": 2 }], "$elemMatch": { "deep": { "$exists": false } } } }"#,
    r#"{ "address": { "city": "Rome", "zip": [] }, "name": { "$ini": ["Ada"] } }"#,
];

fn query(queries: &'static [&'static str]) -> impl Strategy<Value = Query> {
    select(queries).prop_map(|query| serde_json::from_str(query).expect("JSON"))
}

fn of_name(
    name: &'static str,
    queries: &'static [&'static str],
) -> impl Strategy<Value = EventMatch> {
    option::of(query(queries)).prop_map(move |query| EventMatch {
        name: name.to_owned(),
        query,
    })
}

/// An event of the tracking plan, or one that Firstvalue itself records.
pub(super) fn event() -> BoxedStrategy<EventMatch> {
    prop_oneof![
        of_name("report.created", REPORTS),
        of_name("report.shared", ANY),
        of_name("page.viewed", ANY),
    ]
    .boxed()
}

/// What can be asked of everybody.
fn standing(about: About) -> BoxedStrategy<Condition> {
    let signup = comparison(duration()).prop_map(Condition::SinceSignup);
    let account = query(ANY).prop_map(Condition::Account);
    match about {
        About::Account => prop_oneof![signup, account].boxed(),
        _ => prop_oneof![signup, account, query(ANY).prop_map(Condition::User)].boxed(),
    }
}

/// What can be asked of one user only.
fn of_user() -> BoxedStrategy<Condition> {
    let standings = vec![
        GuideStanding::Shown,
        GuideStanding::Completed,
        GuideStanding::Dismissed,
        GuideStanding::Snoozed,
    ];
    prop_oneof![
        (0..2_u8, select(standings)).prop_map(|(guide, is)| Condition::Guide {
            id: format!("guide-{guide}"),
            is,
        }),
        Just(Condition::Page("/reports/**".to_owned())),
        Just(Condition::Element("#people".to_owned())),
    ]
    .boxed()
}

/// What is on lower levels.
fn reference(about: About, highest: u8) -> BoxedStrategy<Condition> {
    let audiences = match about {
        About::User => vec![About::User, About::Member, About::Account],
        About::Member => vec![About::Member],
        About::Account => vec![About::Account],
    };
    let milestones = match about {
        About::Account => vec![About::Account],
        _ => vec![About::User, About::Account],
    };
    let ago = option::of(comparison(duration()));
    prop_oneof![
        (select(audiences), 0..=highest)
            .prop_map(|(about, level)| Condition::Audience(about.audience(level))),
        (select(milestones), 0..=highest, ago).prop_map(|(about, level, ago)| {
            Condition::Milestone {
                id: about.milestone(level),
                ago,
            }
        }),
    ]
    .boxed()
}
