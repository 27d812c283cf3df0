//! Random playbooks.

use std::collections::BTreeMap;

use firstvalue_model::guide::{Checklist, Frequency, Guide, GuideContent, GuideKind, Step, Theme};
use firstvalue_model::playbook::{Health, HealthPart, Milestone, Number, Per, Score, Stage};
use firstvalue_model::{Condition, EventMatch, Measure, Playbook};
use proptest::option;
use proptest::prelude::*;

use crate::conditions::{Place, conditions, events, select, windows};
use crate::shown::Shown;

/// The milestones of a playbook: each refers to those that stand before it here, so that the order
/// of references is not that of their ids.
pub const MILESTONES: &[&str] = &["m2", "m0", "m3", "m1"];

/// A playbook about users and accounts.
pub fn playbooks() -> impl Strategy<Value = Shown<Playbook>> {
    of(&[Per::User, Per::Account], true)
}

/// One that looks at what accounts do.
pub fn with_accounts() -> impl Strategy<Value = Shown<Playbook>> {
    let seen = Condition::Never(EventMatch {
        name: "x".to_owned(),
        query: None,
    });
    playbooks().prop_map(move |mut playbook| {
        let milestone = milestone(Per::Account, seen.clone());
        playbook.0.milestones.insert("seen".to_owned(), milestone);
        playbook
    })
}

/// One that asks nothing of accounts.
pub fn of_one_user() -> impl Strategy<Value = Shown<Playbook>> {
    of(&[Per::User], false)
}

/// A playbook with two audiences, of which `a1` may be asked of users only, two guides and two
/// stages.
fn of(pers: &'static [Per], counts: bool) -> impl Strategy<Value = Shown<Playbook>> {
    let milestones = prop::array::uniform4((select(pers), conditions()));
    let audiences = prop::array::uniform2(conditions());
    let guides = prop::array::uniform2((
        option::weighted(0.3, select(&["a0", "a1"])),
        option::weighted(0.9, conditions()),
    ));
    let stages = prop::array::uniform2(conditions());
    (milestones, audiences, guides, stages, health()).prop_map(
        move |(milestones, audiences, guides, stages, health)| {
            let pers = milestones.each_ref().map(|(per, _)| *per);
            let place = |per, before| Place {
                per,
                before,
                audiences: true,
                counts,
            };
            let of_user = place(Per::User, &pers);
            // Audiences may be named by any milestone, so they look at none; and within `users`,
            // so they do not count users.
            let audience = |per, when| {
                let place = Place {
                    audiences: false,
                    counts: false,
                    ..place(per, &[])
                };
                place.fitted(when)
            };
            let [a0, a1] = audiences;
            let (a0, a1) = (audience(Per::Account, a0), audience(Per::User, a1));
            let declared = milestones.into_iter().enumerate();
            Shown(Playbook {
                milestones: declared
                    .map(|(n, (per, when))| {
                        let before = pers.get(..n).unwrap_or_default();
                        let when = place(per, before).fitted(when);
                        (MILESTONES[n].to_owned(), milestone(per, when))
                    })
                    .collect(),
                audiences: [("a0".to_owned(), a0), ("a1".to_owned(), a1)].into(),
                guides: (0..)
                    .zip(guides)
                    .map(|(n, (audience, when))| {
                        let when = when.map(|when| of_user.fitted(when));
                        (format!("g{n}"), guide(audience, when))
                    })
                    .collect(),
                stages: (0..)
                    .zip(stages)
                    .map(|(n, when)| Stage {
                        id: format!("s{n}"),
                        title: String::new(),
                        when: of_user.fitted(when),
                    })
                    .collect(),
                health: fitted(health, of_user),
                ..Playbook::default()
            })
        },
    )
}

fn milestone(per: Per, when: Condition) -> Milestone {
    Milestone {
        per,
        title: String::new(),
        when,
        target: None,
    }
}

fn guide(audience: Option<&str>, when: Option<Condition>) -> Guide {
    Guide {
        audience: audience.map(str::to_owned),
        when,
        page: Some("/a/*".to_owned()),
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

fn health() -> impl Strategy<Value = Health> {
    let parts = || prop::collection::vec(parts(), 0..3);
    (parts(), parts()).prop_map(|(weights, account_weights)| Health {
        weights,
        account_weights,
    })
}

fn parts() -> impl Strategy<Value = HealthPart> {
    let bounds = (0..5_i64, 1..9_i64, any::<bool>()).prop_map(|(from, more, turned)| {
        let (from, to) = (from as f64, (from + more) as f64);
        if turned { (to, from) } else { (from, to) }
    });
    let scores = prop_oneof![
        1 => conditions().prop_map(Score::Condition),
        2 => (numbers(), bounds).prop_map(|(number, (from, to))| Score::Scaled { number, from, to }),
    ];
    (1..4_i64, scores).prop_map(|(weight, score)| HealthPart {
        name: String::new(),
        weight: weight as f64,
        score,
    })
}

fn numbers() -> impl Strategy<Value = Number> {
    let measures = prop_oneof![
        Just(Measure::Times),
        Just(Measure::Days),
        Just(Measure::Weeks),
        Just(Measure::Sum("v".to_owned())),
        Just(Measure::Distinct("v".to_owned())),
    ];
    prop_oneof![
        4 => (events(), measures, windows())
            .prop_map(|(event, measure, within)| Number::Did { event, measure, within }),
        1 => events().prop_map(Number::Last),
        1 => events().prop_map(Number::First),
        1 => Just(Number::SinceSignup),
        1 => select(&["nps", "of.x"]).prop_map(|path| Number::User(path.to_owned())),
        1 => select(&["seats", "of.x"]).prop_map(|path| Number::Account(path.to_owned())),
    ]
}

fn fitted(health: Health, of_user: Place<'_>) -> Health {
    let of_account = Place {
        per: Per::Account,
        ..of_user
    };
    let fit = |parts: Vec<HealthPart>, place: Place<'_>| {
        let fit = |part: HealthPart| HealthPart {
            score: match (part.score, place.per) {
                (Score::Condition(condition), _) => Score::Condition(place.fitted(condition)),
                (
                    Score::Scaled {
                        number: Number::User(path),
                        from,
                        to,
                    },
                    Per::Account,
                ) => {
                    let number = Number::Account(path);
                    Score::Scaled { number, from, to }
                }
                (score, _) => score,
            },
            ..part
        };
        parts.into_iter().map(fit).collect()
    };
    Health {
        weights: fit(health.weights, of_user),
        account_weights: fit(health.account_weights, of_account),
    }
}
