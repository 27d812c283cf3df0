//! The rules and the log that everybody who is compared gets: `workload.mjs` says the same.

use std::collections::BTreeMap;

use firstvalue_engine::{Rules, compile};
use firstvalue_model::guide::{Checklist, Frequency, Guide, GuideContent, GuideKind, Theme};
use firstvalue_model::time::Millis;
use firstvalue_model::{Comparison, Condition, EventMatch, Measure, Playbook};

const MINUTE: Millis = 60_000;
const DAY: Millis = 24 * 60 * MINUTE;
const START: Millis = 1_760_000_000_000;

/// The windows that rules look at.
const WINDOWS: [Millis; 4] = [DAY, 7 * DAY, 14 * DAY, 28 * DAY];

/// How often an event of a name comes, on average, in milliseconds.
const EVERY: u32 = 6 * 60 * 60_000;

/// What rules count up to.
const MOST: u32 = 10;

/// So many rules over so many names of events.
#[derive(Clone, Copy)]
pub struct Workload {
    /// How many rules there are.
    pub rules: u32,
    /// How many names they are over; each name has as many rules as any other.
    pub names: u32,
}

impl Workload {
    /// The name of events with a number.
    pub fn name(number: u32) -> String {
        format!("feature-{number:04}.used")
    }

    /// The rules: whether an event happened so often in a window, each as the condition of a guide,
    /// so that it is told whenever a rule begins to hold and whenever it ceases to.
    pub fn compile(self) -> Rules {
        let guides = (0..self.rules)
            .map(|rule| (format!("rule-{rule:05}"), self.guide(rule)))
            .collect();
        let playbook = Playbook {
            product: "Bench".to_owned(),
            guides,
            ..Playbook::default()
        };
        compile(&playbook).rules
    }

    fn guide(self, rule: u32) -> Guide {
        Guide {
            parts: BTreeMap::new(),
            audience: None,
            when: Some(self.condition(rule)),
            page: None,
            frequency: Frequency::default(),
            priority: 0,
            content: GuideContent {
                kind: GuideKind::Banner,
                title: None,
                slot: None,
                checklist: Checklist::default(),
                theme: Theme::default(),
                steps: Vec::new(),
                panel: None,
            },
        }
    }

    fn condition(self, rule: u32) -> Condition {
        let nth = rule / self.names;
        let window = WINDOWS.iter().cycle().nth(nth as usize % WINDOWS.len());
        // A minute more for each, so that no two rules are the same.
        let within = window.map(|window| window + Millis::from(nth) * MINUTE);
        Condition::Did {
            event: EventMatch {
                name: Self::name(rule % self.names),
                query: None,
            },
            measure: Measure::Times,
            is: Comparison::at_least(f64::from(1 + nth % MOST)),
            within,
        }
    }

    /// The log: events of every name come every six hours on average, whatever the number of names.
    pub fn log(self) -> impl Iterator<Item = (u32, Millis)> {
        let mean = EVERY / self.names;
        (0_u32..).scan(START, move |at, event| {
            *at += Millis::from(1 + hash(2 * event + 1) % (2 * mean));
            Some((hash(2 * event) % self.names, *at))
        })
    }
}

/// Numbers that look like chance, and are the same in JavaScript.
pub fn hash(number: u32) -> u32 {
    let mut mixed = number.wrapping_mul(0x9e37_79b1);
    mixed ^= mixed >> 15;
    mixed = mixed.wrapping_mul(0x85eb_ca6b);
    mixed ^= mixed >> 13;
    mixed = mixed.wrapping_mul(0xc2b2_ae35);
    mixed ^ (mixed >> 16)
}
