//! Random conditions, biased to the moments and numbers at which something changes.

use firstvalue_model::playbook::Per;
use firstvalue_model::{Comparison, Condition, EventMatch, GuideStanding, Measure, Query};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::playbooks::MILESTONES;

/// A condition of any form. It may not make sense where it stands: see [`Place::fitted`].
pub fn conditions() -> impl Strategy<Value = Condition> {
    leaves().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            2 => prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            2 => inner.clone().prop_map(|part| Condition::Not(Box::new(part))),
            3 => (inner, comparisons(2)).prop_map(|(of, count)| users(of, count)),
        ]
    })
}

fn users(of: Condition, count: Comparison) -> Condition {
    let of = Box::new(of);
    Condition::Users { of, count }
}

fn leaves() -> impl Strategy<Value = Condition> {
    let milestone = (0..MILESTONES, option::of(comparisons(8))).prop_map(|(place, ago)| {
        let id = format!("m{place}");
        Condition::Milestone { id, ago }
    });
    let guide = (0..2_usize, standings()).prop_map(|(guide, is)| {
        let id = format!("g{guide}");
        Condition::Guide { id, is }
    });
    let audience = select(&["a0", "a1"]).prop_map(|id| Condition::Audience(id.to_owned()));
    prop_oneof![
        // The first is what others shrink to.
        1 => Just(Condition::All(Vec::new())),
        6 => did(),
        2 => (events(), comparisons(12)).prop_map(|(event, ago)| Condition::Last { event, ago }),
        2 => (events(), comparisons(12)).prop_map(|(event, ago)| Condition::First { event, ago }),
        1 => events().prop_map(Condition::Never),
        3 => sequences(),
        2 => comparisons(20).prop_map(Condition::SinceSignup),
        4 => milestone,
        2 => guide,
        2 => queries("role", &["admin", "member"]).prop_map(Condition::User),
        2 => queries("plan", &["pro", "trial"]).prop_map(Condition::Account),
        2 => audience,
        2 => select(&["/a", "/*", "/**"]).prop_map(|glob| Condition::Page(glob.to_owned())),
        1 => Just(Condition::Element("#x".to_owned())),
    ]
}

/// One of a list.
pub fn select<T: Copy + std::fmt::Debug + 'static>(list: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(list)
}

fn did() -> impl Strategy<Value = Condition> {
    let measures = prop_oneof![
        3 => Just((Measure::Times, 3)),
        2 => Just((Measure::Days, 3)),
        1 => Just((Measure::Weeks, 2)),
        2 => Just((Measure::Sum("v".to_owned()), 4)),
        2 => Just((Measure::Distinct("v".to_owned()), 3)),
    ];
    let measured = measures.prop_flat_map(|(measure, most)| (Just(measure), comparisons(most)));
    (events(), measured, windows()).prop_map(|(event, (measure, is), within)| Condition::Did {
        event,
        measure,
        is,
        within,
    })
}

fn sequences() -> impl Strategy<Value = Condition> {
    let events_in_order = prop::collection::vec(events(), 1..4);
    let without = prop::collection::vec(events(), 0..2);
    (events_in_order, windows(), without).prop_map(|(events, within, without)| {
        Condition::Sequence {
            events,
            within,
            without,
        }
    })
}

pub fn windows() -> impl Strategy<Value = Option<i64>> {
    option::of(0..12_i64)
}

pub fn events() -> impl Strategy<Value = EventMatch> {
    let names = select(&["a", "a", "b", "page.viewed"]);
    (names, option::weighted(0.3, 0..2_i64)).prop_map(|(name, n)| EventMatch {
        name: name.to_owned(),
        query: n.map(|n| object(json!({ "n": n }))),
    })
}

fn queries(of: &'static str, values: &'static [&'static str]) -> impl Strategy<Value = Query> {
    select(values).prop_map(move |value| object(json!({ of: value })))
}

pub fn object(json: Value) -> Query {
    json.as_object().cloned().expect("an object")
}

fn standings() -> impl Strategy<Value = GuideStanding> {
    select(&[
        GuideStanding::Shown,
        GuideStanding::Completed,
        GuideStanding::Dismissed,
        GuideStanding::Snoozed,
    ])
}

/// A comparison with a number from 0 to `most`, or with two.
pub fn comparisons(most: i64) -> impl Strategy<Value = Comparison> {
    (0..7_usize, 0..=most, 0..=most).prop_map(|(kind, a, b)| {
        let (a, b) = (a as f64, b as f64);
        let mut comparison = Comparison::default();
        match kind {
            0 => comparison.gte = Some(a),
            1 => comparison.gt = Some(a),
            2 => comparison.lte = Some(a),
            3 => comparison.lt = Some(a),
            4 => comparison.eq = Some(a),
            5 => comparison.ne = Some(a),
            _ => (comparison.gte, comparison.lt) = (Some(a.min(b)), Some(a.max(b) + 1.0)),
        }
        comparison
    })
}

/// Where a condition stands: of whom it is, and what it may refer to.
#[derive(Clone, Copy)]
pub struct Place<'m> {
    pub per: Per,
    /// Of whom the milestones are that stand before it.
    pub before: &'m [Per],
    /// Whether audiences may be named.
    pub audiences: bool,
    /// Whether accounts may be looked at by counting users.
    pub counts: bool,
}

impl Place<'_> {
    /// The same condition where it makes sense, and the nearest that does where it does not:
    /// accounts count the users of whom they may not ask, and what is not there to be referred to
    /// always holds.
    pub fn fitted(self, condition: Condition) -> Condition {
        let all = |parts: Vec<Condition>| parts.into_iter().map(|part| self.fitted(part)).collect();
        let nothing = Condition::All(Vec::new());
        match condition {
            Condition::All(parts) => Condition::All(all(parts)),
            Condition::Any(parts) => Condition::Any(all(parts)),
            Condition::Not(part) => Condition::Not(Box::new(self.fitted(*part))),
            Condition::Users { of, count } if self.counts => {
                users(self.counted().fitted(*of), count)
            }
            Condition::Users { of, .. } => self.fitted(*of),
            Condition::Audience(_) if !self.audiences => nothing,
            // The second audience is about users only.
            Condition::Audience(_) if self.per == Per::Account => Condition::Audience("a0".into()),
            Condition::Milestone { ref id, .. } => {
                let place = id.strip_prefix('m').and_then(|place| place.parse().ok());
                match place.and_then(|place: usize| self.before.get(place)) {
                    Some(Per::User) => self.of_user(condition),
                    Some(Per::Account) => condition,
                    None => nothing,
                }
            }
            Condition::User(_)
            | Condition::Guide { .. }
            | Condition::Page(_)
            | Condition::Element(_) => self.of_user(condition),
            other => other,
        }
    }

    /// What can only be asked of a user.
    fn of_user(self, condition: Condition) -> Condition {
        match self.per {
            Per::User => condition,
            Per::Account if self.counts => users(condition, Comparison::at_least(1.0)),
            Per::Account => Condition::All(Vec::new()),
        }
    }

    /// Within `users` there is no second one.
    fn counted(self) -> Self {
        Self {
            per: Per::User,
            counts: false,
            ..self
        }
    }
}
