//! Which guide starts by itself: a table of situations.

use std::collections::BTreeMap;

use firstvalue_engine::schedule::{self, Block, Choice, Session, blocks};
use firstvalue_engine::{Input, Rules, State, What, compile};
use firstvalue_model::guide::{Checklist, Frequency, Guide, GuideContent, GuideKind, Theme, Until};
use firstvalue_model::message::guide_event;
use firstvalue_model::playbook::Throttle;
use firstvalue_model::{Condition, Playbook};
use serde_json::json;

fn always(priority: i32, page: Option<&str>, frequency: Frequency) -> Guide {
    Guide {
        audience: None,
        when: Some(Condition::All(Vec::new())),
        page: page.map(str::to_owned),
        frequency,
        priority,
        content: GuideContent {
            kind: GuideKind::Modal,
            title: None,
            slot: None,
            checklist: Checklist::default(),
            theme: Theme::default(),
            steps: Vec::new(),
            panel: None,
        },
        parts: BTreeMap::new(),
    }
}

fn rules(guides: &[(&str, Guide)], throttle: Throttle) -> Rules {
    let guides: BTreeMap<_, _> = guides
        .iter()
        .map(|(id, guide)| ((*id).to_owned(), guide.clone()))
        .collect();
    compile(&Playbook {
        guides,
        throttle,
        ..Playbook::default()
    })
    .rules
}

/// A user to whom these guide events happened, each at its time.
fn user(rules: &Rules, events: &[(i64, &str, &str)]) -> State {
    user_who_chose(rules, events, None)
}

/// Likewise, who said for how long a guide is to be put off.
fn user_who_chose(rules: &Rules, events: &[(i64, &str, &str)], length: Option<i64>) -> State {
    let (mut user, mut changes) = (State::user(rules), Vec::new());
    user.apply(
        rules,
        &Input {
            at: 0,
            utc_offset: 0,
            what: What::Seen,
        },
        &mut changes,
    );
    for &(at, name, guide) in events {
        let mut properties = json!({ "guide": guide }).as_object().cloned();
        if let (guide_event::SNOOZED, Some(length), Some(properties)) =
            (name, length, &mut properties)
        {
            properties.insert("for".to_owned(), length.into());
        }
        let what = What::Event {
            name,
            properties: properties.as_ref(),
        };
        user.apply(
            rules,
            &Input {
                at,
                utc_offset: 0,
                what,
            },
            &mut changes,
        );
    }
    user
}

/// What is chosen. Exactly what is chosen is blocked by nothing.
fn choose(rules: &Rules, user: &State, session: &Session, path: &str, now: i64) -> Choice {
    let choice = schedule::choose(rules, user, session, path, now);
    for guide in 0..rules.guides.len() {
        let free = blocks(rules, user, session, path, now, guide).is_empty();
        assert_eq!(free, choice == Choice::Start(guide), "guide {guide}");
    }
    choice
}

const FRESH: Session = Session {
    started: 0,
    last_ended: None,
};

#[test]
fn the_highest_priority_wins_and_the_id_decides_among_equals() {
    let once = Frequency::default;
    let guides = [
        ("a", always(1, None, once())),
        ("b", always(5, None, once())),
        ("c", always(5, None, once())),
    ];
    let rules = rules(&guides, Throttle::default());
    assert_eq!(
        choose(&rules, &user(&rules, &[]), &FRESH, "/", 1),
        Choice::Start(1)
    );
}

#[test]
fn a_guide_starts_on_its_pages_only() {
    let rules = rules(
        &[("a", always(0, Some("/reports/*"), Frequency::default()))],
        Throttle::default(),
    );
    let user = user(&rules, &[]);
    assert_eq!(
        choose(&rules, &user, &FRESH, "/reports/7", 1),
        Choice::Start(0)
    );
    assert_eq!(choose(&rules, &user, &FRESH, "/", 1), Choice::None);
}

#[test]
fn the_default_is_once() {
    let rules = rules(
        &[("a", always(0, None, Frequency::default()))],
        Throttle::default(),
    );
    let user = user(&rules, &[(1, guide_event::SHOWN, "a")]);
    assert_eq!(choose(&rules, &user, &FRESH, "/", 2), Choice::None);
}

#[test]
fn a_repeated_guide_keeps_its_distance_and_ends_when_told() {
    let frequency = Frequency {
        limit: Some(3),
        every: Some(100),
        until: Until::Completed,
    };
    let rules = rules(&[("a", always(0, None, frequency))], Throttle::default());
    let shown = [
        (10, guide_event::SHOWN, "a"),
        (11, guide_event::DISMISSED, "a"),
    ];
    let after = |events: &[_], now| choose(&rules, &user(&rules, events), &FRESH, "/", now);
    assert_eq!(after(&shown, 50), Choice::Wait(110));
    assert_eq!(after(&shown, 110), Choice::Start(0));
    assert_eq!(
        after(&[(10, guide_event::COMPLETED, "a")], 500),
        Choice::None
    );
    assert_eq!(
        after(&[(10, guide_event::SHOWN, "a"); 3], 500),
        Choice::None
    );
}

#[test]
fn what_ends_a_guide_for_good_does_so_however_often_it_is_shown_again() {
    for (until, end) in [
        (Until::Interacted, guide_event::DISMISSED),
        (Until::Dismissed, guide_event::DISMISSED),
        (Until::Interacted, guide_event::COMPLETED),
    ] {
        let frequency = Frequency {
            limit: Some(5),
            every: None,
            until,
        };
        let rules = rules(&[("a", always(0, None, frequency))], Throttle::default());
        // The last time by the product.
        let user = user(
            &rules,
            &[
                (10, guide_event::SHOWN, "a"),
                (11, end, "a"),
                (20, guide_event::SHOWN, "a"),
            ],
        );
        let history = user.guide_history(0).expect("the guide");
        assert!(!history.dismissed(), "not this time");
        let saved = State::load(&rules, &user.save(&rules)).expect("what was saved");
        assert_eq!(saved.guide_history(0), Some(history));
        for user in [user, saved] {
            assert_eq!(choose(&rules, &user, &FRESH, "/", 30), Choice::None);
        }
    }
}

#[test]
fn all_guides_together_take_no_more_attention_than_allowed() {
    let throttle = Throttle {
        max_per_session: Some(2),
        min_gap: Some(1_000),
        never_over: Vec::new(),
    };
    let rules = rules(&[("a", always(0, None, Frequency::default()))], throttle);
    let user = user(&rules, &[]);
    let after = |started, last_ended, now| {
        choose(
            &rules,
            &user,
            &Session {
                started,
                last_ended,
            },
            "/",
            now,
        )
    };
    assert_eq!(after(1, Some(5_000), 5_500), Choice::Wait(6_000));
    assert_eq!(after(1, Some(5_000), 6_000), Choice::Start(0));
    assert_eq!(after(2, Some(5_000), 9_000), Choice::None);
}

#[test]
fn a_guide_that_was_put_off_for_a_chosen_time_comes_after_it() {
    for every in [None, Some(500)] {
        let frequency = Frequency {
            every,
            ..Frequency::default()
        };
        let rules = rules(&[("a", always(0, None, frequency))], Throttle::default());
        let events = [
            (5, guide_event::SHOWN, "a"),
            (60, guide_event::SNOOZED, "a"),
        ];
        for length in [1_000, 900_000_000] {
            let put_off = user_who_chose(&rules, &events, Some(length));
            let choice = |now| choose(&rules, &put_off, &Session::default(), "/", now);
            assert_eq!(choice(61), Choice::Wait(60 + length), "{every:?}");
            assert_eq!(choice(60 + length), Choice::Start(0), "{every:?}");
        }
    }
}

#[test]
fn a_guide_that_was_put_off_comes_again() {
    const DAY: i64 = 86_400_000;
    let often = Frequency {
        every: Some(2 * DAY),
        ..Frequency::default()
    };
    for (frequency, pause) in [(Frequency::default(), DAY), (often, 2 * DAY)] {
        let rules = rules(&[("a", always(0, None, frequency))], Throttle::default());
        let mut events = vec![(5, guide_event::SHOWN, "a"), (6, guide_event::SNOOZED, "a")];
        let put_off = user(&rules, &events);
        let choice = |user, now| choose(&rules, user, &FRESH, "/", now);
        assert_eq!(choice(&put_off, 7), Choice::Wait(5 + pause));
        assert_eq!(choice(&put_off, 5 + pause), Choice::Start(0));
        events.push((5 + pause, guide_event::SHOWN, "a"));
        let again = user(&rules, &events);
        assert_eq!(choice(&again, 10 * DAY), Choice::None, "that was it");
    }
}

#[test]
fn every_reason_that_keeps_a_guide_back_is_named() {
    let once = Frequency {
        limit: Some(1),
        every: Some(100),
        until: Until::Dismissed,
    };
    let guides = [
        ("a", always(0, Some("/reports/*"), once)),
        ("b", always(1, None, Frequency::default())),
        ("c", always(1, None, Frequency::default())),
    ];
    let throttle = Throttle {
        max_per_session: Some(1),
        min_gap: Some(50),
        ..Throttle::default()
    };
    let rules = rules(&guides, throttle);
    let user = user(
        &rules,
        &[
            (1, guide_event::SHOWN, "a"),
            (2, guide_event::DISMISSED, "a"),
        ],
    );
    let session = Session {
        started: 1,
        last_ended: Some(2),
    };
    let of = |guide| blocks(&rules, &user, &session, "/", 10, guide);
    assert_eq!(
        of(0),
        [
            Block::Page,
            Block::Ended,
            Block::Limit,
            Block::Every(101),
            Block::Session,
            Block::Gap(52),
            Block::Outdone(1)
        ]
    );
    assert_eq!(of(1), [Block::Session, Block::Gap(52)]);
    assert_eq!(of(2), [Block::Session, Block::Gap(52), Block::Outdone(1)]);
    assert_eq!(
        blocks(&rules, &State::user(&rules), &FRESH, "/", 10, 1),
        [Block::Condition]
    );
}
