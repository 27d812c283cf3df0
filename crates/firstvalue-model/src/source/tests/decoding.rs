//! Good playbooks become the right types.

use super::{LEDGERLY, good};
use crate::guide::*;
use crate::playbook::*;
use crate::time::DAY;
use crate::{Comparison, Condition, EventMatch, GuideStanding, Measure, Query};

fn event(name: &str) -> EventMatch {
    EventMatch {
        name: name.to_owned(),
        query: None,
    }
}

fn query(json: &str) -> Query {
    serde_json::from_str(json).expect("a JSON object")
}

fn milestone(id: &str) -> Condition {
    Condition::Milestone {
        id: id.to_owned(),
        ago: None,
    }
}

fn days(days: i64) -> f64 {
    (days * DAY) as f64
}

fn least_days(number: i64) -> Comparison {
    Comparison::at_least(days(number))
}

#[test]
fn the_tracking_plan_and_capture() {
    let playbook = good(LEDGERLY);
    assert_eq!(playbook.product, "Ledgerly");
    let created = &playbook.events["report.created"];
    assert_eq!(created.description.as_deref(), Some("A report was saved"));
    let types: Vec<_> = created
        .properties
        .iter()
        .map(|(n, t)| (n.as_str(), *t))
        .collect();
    assert_eq!(
        types,
        [
            ("rows", PropertyType::Number),
            ("template", PropertyType::String)
        ]
    );
    assert_eq!(playbook.events["session.started"], EventSpec::default());
    let rule = CaptureRule {
        event: "report.shared".to_owned(),
        on: CaptureTrigger::Click,
        selector: Some("[data-fv=share]".to_owned()),
        page: None,
        duration: None,
        describe: false,
    };
    assert_eq!(playbook.capture, [rule]);
}

#[test]
fn audiences() {
    let playbook = good(LEDGERLY);
    let admins = Condition::All(vec![
        Condition::User(query(r#"{"role":"admin"}"#)),
        Condition::Account(query(r#"{"plan":{"$in":["trial","starter"]}}"#)),
    ]);
    assert_eq!(playbook.audiences["trial-admins"], admins);
    let two_weeks = Comparison {
        lte: Some(days(14)),
        ..Comparison::default()
    };
    assert_eq!(
        playbook.audiences["newcomers"],
        Condition::SinceSignup(two_weeks)
    );
}

#[test]
fn milestones_and_goals() {
    let playbook = good(LEDGERLY);
    let first = Condition::Did {
        event: event("report.created"),
        measure: Measure::Times,
        is: Comparison::at_least(1.0),
        within: None,
    };
    let expected = Milestone {
        per: Per::User,
        title: "First report".to_owned(),
        when: first,
        target: None,
    };
    assert_eq!(playbook.milestones["first-report"], expected);

    let activated = &playbook.milestones["activated"];
    assert_eq!(activated.target, Some(3 * DAY));
    let sequence = Condition::Sequence {
        events: vec![event("report.created"), event("report.shared")],
        within: Some(7 * DAY),
        without: Vec::new(),
    };
    assert_eq!(activated.when, sequence);

    let big = &playbook.milestones["big-report"];
    assert_eq!(big.title, "big-report");
    let big_report = Condition::Did {
        event: EventMatch {
            name: "report.created".to_owned(),
            query: Some(query(r#"{"rows":{"$gte":1000},"template":"board"}"#)),
        },
        measure: Measure::Times,
        is: Comparison {
            lt: Some(9.0),
            ..Comparison::at_least(2.0)
        },
        within: None,
    };
    assert_eq!(big.when, big_report);

    let habit = Condition::Did {
        event: event("session.started"),
        measure: Measure::Weeks,
        is: Comparison::at_least(3.0),
        within: Some(28 * DAY),
    };
    assert_eq!(playbook.milestones["habit"].when, habit);
    let goal = Goal {
        title: "Report to the board".to_owned(),
        milestones: vec!["first-report".to_owned(), "activated".to_owned()],
    };
    assert_eq!(playbook.goals["reporting"], goal);
}

#[test]
fn every_other_form_of_condition() {
    let playbook = good(LEDGERLY);
    let once = Comparison {
        eq: Some(1.0),
        ..Comparison::default()
    };
    let expected = vec![
        Condition::Last {
            event: event("session.started"),
            ago: least_days(30),
        },
        Condition::All(vec![
            Condition::Never(event("report.created")),
            Condition::First {
                event: event("session.started"),
                ago: Comparison {
                    gt: Some(days(3)),
                    ..Comparison::default()
                },
            },
        ]),
        Condition::Milestone {
            id: "first-report".to_owned(),
            ago: Some(Comparison {
                ne: Some(days(21)),
                ..least_days(14)
            }),
        },
        Condition::Guide {
            id: "share-your-report".to_owned(),
            is: GuideStanding::Dismissed,
        },
        Condition::Did {
            event: event("report.created"),
            measure: Measure::Days,
            is: once,
            within: None,
        },
        Condition::Audience("newcomers".to_owned()),
        Condition::Page("/reports/**".to_owned()),
        Condition::Account(query(r#"{"seats":{"$gt":5}}"#)),
    ];
    assert_eq!(
        playbook.guides["come-back"].when,
        Some(Condition::Any(expected))
    );
    let quick = Condition::Sequence {
        events: vec![event("report.created"), event("report.shared")],
        within: None,
        without: vec![event("session.started")],
    };
    assert_eq!(playbook.milestones["quick"].when, quick);
}

#[test]
fn guides() {
    let playbook = good(LEDGERLY);
    let guide = &playbook.guides["share-your-report"];
    let viewed = Condition::Did {
        event: event("page.viewed"),
        measure: Measure::Times,
        is: Comparison::at_least(2.0),
        within: Some(7 * DAY),
    };
    let when = Condition::All(vec![
        milestone("first-report"),
        Condition::Not(Box::new(milestone("activated"))),
        viewed,
    ]);
    assert_eq!(guide.when, Some(when));
    assert_eq!(guide.audience.as_deref(), Some("trial-admins"));
    assert_eq!(guide.page.as_deref(), Some("/reports/*"));
    let frequency = Frequency {
        limit: Some(3),
        every: Some(2 * DAY),
        until: Until::Completed,
    };
    assert_eq!(guide.frequency, frequency);
    assert_eq!(guide.priority, 10);

    let text = |tags: &[(&str, &str)]| {
        Text(
            tags.iter()
                .map(|(tag, text)| ((*tag).to_owned(), (*text).into()))
                .collect(),
        )
    };
    let target = |css: &str, text: Option<&str>| {
        Some(Target {
            text: text.map(str::to_owned),
            ..Target::of(css)
        })
    };
    let steps = vec![
        Step {
            target: target("[data-fv=share]", None),
            title: Some(text(&[("en", "Share it"), ("ja", "共有する")])),
            body: Some(text(&[
                ("en", "Send it to a **colleague**."),
                ("ja", "同僚に送る"),
            ])),
            advance: Some(Advance::Click),
            ..Step::default()
        },
        Step {
            target: target("#people", Some("Invite")),
            body: Some(text(&[("en", "Pick someone."), ("ja", "人を選ぶ")])),
            placement: Some(Placement::Right),
            actions: vec![Action {
                label: text(&[("en", "Done"), ("ja", "完了")]),
                effect: Effect::Complete,
                with: None,
            }],
            ..Step::default()
        },
    ];
    let theme = Theme {
        accent: Some("#2459d6".to_owned()),
        ..Theme::default()
    };
    assert_eq!(
        guide.content,
        GuideContent {
            kind: GuideKind::Tour,
            title: None,
            slot: None,
            checklist: Checklist::default(),
            theme,
            steps,
            panel: None,
        }
    );

    let banner = &playbook.guides["come-back"];
    assert_eq!(banner.frequency, Frequency::default());
    assert_eq!(
        banner.content.steps[0].title,
        Some(text(&[("en", "Welcome back"), ("ja", "おかえり")]))
    );
    assert_eq!(banner.content.steps[0].placement, Some(Placement::Top));
}

#[test]
fn the_throttle() {
    let throttle = Throttle {
        max_per_session: Some(2),
        min_gap: Some(600_000),
        never_over: vec!["input:focus".to_owned(), "[role=dialog]".to_owned()],
    };
    assert_eq!(good(LEDGERLY).throttle, throttle);
}

#[test]
fn json_is_as_good_as_yaml() {
    let json = "{\n\t\"version\": 1,\n\t\"product\": \"Ledgerly\",\n\t\"milestones\": {\"first\": \
                {\"title\": \"First\", \"when\": {\"did\": \"report.created\"}}}\n}";
    let yaml = "version: 1\nproduct: Ledgerly\nmilestones:\n  first:\n    title: First\n    \
                when: { did: report.created }\n";
    assert_eq!(good(json), good(yaml));
}

#[test]
fn aliases_stand_for_what_they_name() {
    let playbook = good(
        "version: 1\nproduct: Ledgerly\nmilestones:\n  \
         first: { when: &done { did: report.created } }\n  \
         second: { when: { all: [ *done, { did: report.shared } ] } }\n",
    );
    let Condition::All(parts) = &playbook.milestones["second"].when else {
        panic!("all")
    };
    assert_eq!(parts[0], playbook.milestones["first"].when);
}

#[test]
fn a_guide_may_end_by_the_milestone_that_it_leads_to() {
    good(
        "version: 1\nproduct: Ledgerly\nmilestones:\n  \
         toured: { when: { guide: tour, is: completed } }\nguides:\n  tour:\n    kind: modal\n    \
         when: { not: { milestone: toured } }\n    steps: [ { title: Welcome } ]\n",
    );
}

#[test]
fn empty_sections_are_as_good_as_none() {
    let playbook = good("version: 1\nproduct: Ledgerly\nmilestones:\nguides:\nevents:\ncapture:\n");
    assert_eq!(playbook.guides.len() + playbook.milestones.len(), 0);
}
