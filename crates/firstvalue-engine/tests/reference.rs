//! The engine against something simpler: a reference that keeps everything, looks at every
//! millisecond, and scans the whole history each time.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use std::collections::BTreeMap;

use firstvalue_engine::{Change, Input, Rules, State, What, compile};
use firstvalue_model::guide::{Frequency, Guide, GuideContent, GuideKind, Step, Theme};
use firstvalue_model::message::{Object, guide_event};
use firstvalue_model::playbook::{Milestone, Per};
use firstvalue_model::{Comparison, Condition, EventMatch, GuideStanding, Measure, Playbook, time};
use proptest::prelude::*;
use serde_json::json;

/// Everything happens in the first milliseconds of the epoch; distinct days and weeks come from
/// offsets.
const END: i64 = 60;

#[derive(Debug, Clone)]
struct Happened {
    at: i64,
    offset: i32,
    name: String,
    properties: Object,
}

/// What the reference knows: the whole past.
#[derive(Default)]
struct Reference {
    log: Vec<Happened>,
    reached: BTreeMap<String, i64>,
    eligible: BTreeMap<String, bool>,
}

impl Reference {
    fn matching<'a>(&'a self, event: &'a EventMatch) -> impl Iterator<Item = &'a Happened> {
        self.log.iter().filter(|happened| is_match(event, happened))
    }

    fn holds(&self, condition: &Condition, now: i64) -> bool {
        match condition {
            Condition::Did {
                event,
                measure,
                is,
                within,
            } => {
                let in_window = self
                    .matching(event)
                    .filter(|it| within.is_none_or(|within| now - it.at <= within));
                let day = |it: &Happened| time::day(it.at, it.offset);
                let distinct = |mut numbers: Vec<i64>| {
                    numbers.sort_unstable();
                    numbers.dedup();
                    numbers.len()
                };
                let number = match measure {
                    Measure::Times => in_window.count(),
                    Measure::Days => distinct(in_window.map(day).collect()),
                    Measure::Weeks => distinct(in_window.map(|it| time::week(day(it))).collect()),
                    other => panic!("the reference does not know {other:?}"),
                };
                is.holds(number as f64)
            }
            Condition::Last { event, ago } => self
                .matching(event)
                .last()
                .is_some_and(|it| ago.holds((now - it.at) as f64)),
            Condition::First { event, ago } => self
                .matching(event)
                .next()
                .is_some_and(|it| ago.holds((now - it.at) as f64)),
            Condition::Never(event) => self.matching(event).next().is_none(),
            Condition::Sequence {
                events,
                within,
                without,
            } => (0..self.log.len())
                .any(|first| self.follows(events, *within, without, first, first)),
            Condition::SinceSignup(is) => self
                .log
                .first()
                .is_some_and(|it| is.holds((now - it.at) as f64)),
            Condition::Milestone { id, ago } => self
                .reached
                .get(id)
                .is_some_and(|at| ago.is_none_or(|ago| ago.holds((now - at) as f64))),
            Condition::Guide { id, is } => self.guide_is(id, *is),
            Condition::All(parts) => parts.iter().all(|part| self.holds(part, now)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part, now)),
            Condition::Not(part) => !self.holds(part, now),
            other => panic!("the reference does not know {other:?}"),
        }
    }

    /// Whether `events` happened in order, the first of them at place `first`, the next one at or
    /// after place `from`, with nothing of `without` in between.
    fn follows(
        &self,
        events: &[EventMatch],
        within: Option<i64>,
        without: &[EventMatch],
        first: usize,
        from: usize,
    ) -> bool {
        let Some((event, rest)) = events.split_first() else {
            return true;
        };
        for place in from..self.log.len() {
            let happened = &self.log[place];
            if without.iter().any(|event| is_match(event, happened)) {
                return false;
            }
            let in_time = within.is_none_or(|within| happened.at - self.log[first].at <= within);
            if in_time
                && is_match(event, happened)
                && self.follows(rest, within, without, first, place + 1)
            {
                return true;
            }
            if from == first && place == first {
                return false;
            }
        }
        false
    }

    fn guide_is(&self, id: &str, standing: GuideStanding) -> bool {
        let of_guide = || {
            self.log
                .iter()
                .filter(|it| it.properties.get("guide") == Some(&json!(id)))
        };
        let ever = |name: &str| of_guide().any(|it| it.name == name);
        let since_shown = |name: &str| {
            let ends = [guide_event::SHOWN, guide_event::COMPLETED];
            of_guide()
                .rev()
                .take_while(|it| !ends.contains(&it.name.as_str()))
                .any(|it| it.name == name)
        };
        match standing {
            GuideStanding::Shown => ever(guide_event::SHOWN),
            GuideStanding::Completed => ever(guide_event::COMPLETED),
            GuideStanding::Dismissed => since_shown(guide_event::DISMISSED),
            GuideStanding::Snoozed => since_shown(guide_event::SNOOZED),
        }
    }

    /// Looks at everything once, milestones first.
    fn look(&mut self, playbook: &Playbook, now: i64, changes: &mut Vec<Change>) {
        if self.log.is_empty() {
            return;
        }
        // The generator lets milestones refer to earlier ones only.
        for (milestone, (id, declared)) in playbook.milestones.iter().enumerate() {
            if !self.reached.contains_key(id) && self.holds(&declared.when, now) {
                self.reached.insert(id.clone(), now);
                let time_to_value = now - self.log[0].at;
                changes.push(Change::Milestone {
                    milestone,
                    at: now,
                    time_to_value,
                });
            }
        }
        for (guide, (id, declared)) in playbook.guides.iter().enumerate() {
            let eligible = declared
                .when
                .as_ref()
                .is_none_or(|when| self.holds(when, now));
            if self.eligible.insert(id.clone(), eligible).unwrap_or(false) != eligible {
                changes.push(Change::Guide {
                    guide,
                    at: now,
                    eligible,
                });
            }
        }
    }
}

fn is_match(event: &EventMatch, happened: &Happened) -> bool {
    event.name == happened.name
        && event
            .query
            .as_ref()
            .is_none_or(|query| query.get("n") == happened.properties.get("n"))
}

fn by_reference(playbook: &Playbook, log: &[Happened]) -> Vec<Change> {
    let (mut reference, mut changes) = (Reference::default(), Vec::new());
    for now in 0..=END {
        reference.look(playbook, now, &mut changes);
        for happened in log.iter().filter(|happened| happened.at == now) {
            reference.log.push(happened.clone());
            reference.look(playbook, now, &mut changes);
        }
    }
    changes
}

fn by_engine(rules: &Rules, log: &[Happened], save_after: Option<usize>) -> Vec<Change> {
    let (mut user, mut changes) = (State::user(rules), Vec::new());
    for (place, happened) in log.iter().enumerate() {
        let what = What::Event {
            name: &happened.name,
            properties: Some(&happened.properties),
        };
        let input = Input {
            at: happened.at,
            utc_offset: happened.offset,
            what,
        };
        user.apply(rules, &input, &mut changes);
        if save_after == Some(place) {
            user = State::load(rules, &user.save(rules)).expect("what was saved can be loaded");
        }
    }
    user.advance(rules, END, &mut changes);
    changes
}

fn events() -> impl Strategy<Value = EventMatch> {
    (0..3_usize, proptest::option::of(0..2_i64)).prop_map(|(name, n)| EventMatch {
        name: ["a", "b", "c"][name].to_owned(),
        query: n.map(|n| json!({ "n": n }).as_object().expect("an object").clone()),
    })
}

fn comparisons(most: i64) -> impl Strategy<Value = Comparison> {
    (0..6_usize, 0..=most, 0..=most, any::<bool>()).prop_map(|(kind, a, b, both)| {
        let (a, b) = (a as f64, b as f64);
        let mut comparison = Comparison::default();
        match kind {
            0 => comparison.gte = Some(a),
            1 => comparison.gt = Some(a),
            2 => comparison.lte = Some(a),
            3 => comparison.lt = Some(a),
            4 => comparison.eq = Some(a),
            _ => comparison.ne = Some(a),
        }
        if both {
            comparison.lt = Some(a.max(b) + 1.0);
        }
        comparison
    })
}

fn leaves(milestones: usize) -> impl Strategy<Value = Condition> {
    let within = || proptest::option::of(0..20_i64);
    let standing = prop_oneof![
        Just(GuideStanding::Shown),
        Just(GuideStanding::Completed),
        Just(GuideStanding::Dismissed),
        Just(GuideStanding::Snoozed),
    ];
    let milestone = (0..milestones.max(1), proptest::option::of(comparisons(10))).prop_map(
        move |(place, ago)| match milestones {
            0 => Condition::Any(Vec::new()),
            _ => Condition::Milestone {
                id: format!("m{place}"),
                ago,
            },
        },
    );
    prop_oneof![
        4 => (events(), 0..3_usize, comparisons(4), within()).prop_map(|(event, kind, is, within)| {
            let measure = [Measure::Times, Measure::Days, Measure::Weeks][kind].clone();
            Condition::Did { event, measure, is, within }
        }),
        1 => (events(), comparisons(20)).prop_map(|(event, ago)| Condition::Last { event, ago }),
        1 => (events(), comparisons(20)).prop_map(|(event, ago)| Condition::First { event, ago }),
        1 => events().prop_map(Condition::Never),
        2 => (
            proptest::collection::vec(events(), 1..4),
            within(),
            proptest::collection::vec(events(), 0..2),
        )
            .prop_map(|(events, within, without)| Condition::Sequence { events, within, without }),
        1 => comparisons(40).prop_map(Condition::SinceSignup),
        2 => milestone,
        1 => (0..2_usize, standing).prop_map(|(guide, is)| Condition::Guide { id: format!("g{guide}"), is }),
    ]
}

fn conditions(milestones: usize) -> impl Strategy<Value = Condition> {
    leaves(milestones).prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
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
        m0 in conditions(0), m1 in conditions(1), m2 in conditions(2),
        g0 in conditions(3), g1 in conditions(3),
    ) -> Playbook {
        let milestone = |when| Milestone { per: Per::User, title: String::new(), when, target: None };
        Playbook {
            milestones: [("m0", m0), ("m1", m1), ("m2", m2)]
                .map(|(id, when)| (id.to_owned(), milestone(when)))
                .into(),
            guides: [("g0", g0), ("g1", g1)].map(|(id, when)| (id.to_owned(), guide(when))).into(),
            ..Playbook::default()
        }
    }
}

fn logs() -> impl Strategy<Value = Vec<Happened>> {
    let names = [
        "a",
        "a",
        "b",
        "b",
        "c",
        guide_event::SHOWN,
        guide_event::COMPLETED,
        guide_event::DISMISSED,
        guide_event::SNOOZED,
    ];
    let happened = (0..40_i64, 0..5_usize, 0..names.len(), 0..2_i64, 0..2_usize).prop_map(
        move |(at, offset, name, n, guide)| Happened {
            at,
            offset: [-10_080, -1_440, 0, 1_440, 10_080][offset],
            name: names[name].to_owned(),
            properties: json!({ "n": n, "guide": format!("g{guide}") })
                .as_object()
                .expect("an object")
                .clone(),
        },
    );
    proptest::collection::vec(happened, 1..12).prop_map(|mut log| {
        log.sort_by_key(|happened| happened.at);
        log
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn decides_as_the_reference_does(playbook in playbooks(), log in logs()) {
        let rules = compile(&playbook).rules;
        prop_assert_eq!(by_engine(&rules, &log, None), by_reference(&playbook, &log));
    }

    #[test]
    fn saving_and_loading_changes_nothing(playbook in playbooks(), log in logs(), place in 0..12_usize) {
        let rules = compile(&playbook).rules;
        prop_assert_eq!(by_engine(&rules, &log, Some(place)), by_engine(&rules, &log, None));
    }

    #[test]
    fn the_compiled_form_survives_json(playbook in playbooks()) {
        let compiled = compile(&playbook);
        let json = serde_json::to_string(&compiled).expect("it can be written");
        prop_assert_eq!(serde_json::from_str::<firstvalue_engine::CompiledPlaybook>(&json).expect("and read"), compiled);
    }

    #[test]
    fn damaged_states_are_refused_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let rules = compile(&Playbook::default()).rules;
        let _ = State::load(&rules, &bytes);
    }
}
