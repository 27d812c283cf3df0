use firstvalue_engine::compile;
use firstvalue_engine::schedule::Choice;
use firstvalue_model::source;

use super::*;

const PLAYBOOK: &str = "
version: 1
product: Test
milestones:
  first: { title: First, when: { did: a.done } }
guides:
  next: { kind: modal, when: { milestone: first }, steps: [ { body: One }, { body: Two } ] }
  urgent: { kind: tooltip, when: { milestone: first }, priority: 5, page: /x/*, steps: [ { target: '#t', body: Here } ] }
";

fn playbook() -> Playbook {
    playbook_with("")
}

/// The playbook with more sections.
fn playbook_with(sections: &str) -> Playbook {
    let read = source::read(&format!("{PLAYBOOK}{sections}"));
    let compiled = compile(&read.playbook.expect("the playbook is right"));
    Playbook::read(&serde_json::to_string(&compiled).unwrap()).unwrap()
}

/// A tracker in a page, with what it has had done.
struct Page {
    tracker: Tracker,
    effects: Vec<Effect>,
    now: Millis,
}

/// Somebody whom the supervisor knows by these ids.
fn who(anonymous: &str, user: Option<&str>) -> Identity {
    Identity {
        user_id: user.map(str::to_owned),
        ..Identity::anonymous(anonymous.to_owned(), 0)
    }
}

fn open(
    records: Vec<(String, Vec<u8>)>,
    identity: Identity,
    running: String,
    now: Millis,
) -> Tracker {
    let mut settings = Settings {
        path: "/".to_owned(),
        identity,
        running,
    };
    Tracker::open(records, &mut settings, now)
}

impl Page {
    /// A page on a device that keeps these records, in a tab where this runs.
    fn open(
        records: Vec<(String, Vec<u8>)>,
        identity: Identity,
        running: String,
        now: Millis,
    ) -> Self {
        let mut tracker = open(records, identity, running, now);
        tracker.adopt(playbook());
        Self {
            tracker,
            effects: Vec::new(),
            now,
        }
    }

    /// The first page of somebody unknown.
    fn first() -> Self {
        Self::open(Vec::new(), who("anon", None), String::new(), 0)
    }

    fn call(&mut self, kind: &str, name: Option<&str>, body: Option<&str>) {
        self.now += 1;
        let call = Call::read(kind, name.map(str::to_owned), body).unwrap();
        self.apply(call);
    }

    fn apply(&mut self, call: Call) {
        let id = format!("m{}", self.now);
        let now = Circumstances {
            at: self.now,
            utc_offset: 0,
            id: &id,
        };
        self.tracker.apply(call, now, &mut self.effects);
    }

    /// Records what is to be recorded, as the supervisor does; the names.
    fn record(&mut self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for effect in std::mem::take(&mut self.effects) {
            match effect {
                Effect::Track(name, properties) => {
                    self.apply(Call::Track(name.to_owned(), Some(properties)));
                    names.push(name);
                }
                other => self.effects.push(other),
            }
        }
        names
    }

    fn report(&mut self, kind: &str, step: u32) -> Vec<&'static str> {
        self.now += 1;
        self.tracker
            .report(kind, step, "", self.now, &mut self.effects);
        self.record()
    }

    /// Starts what is due; its place in the rules, and what was recorded.
    fn presents(&mut self) -> Option<(usize, Vec<&'static str>)> {
        let Choice::Start(guide) = self.tracker.choose(self.now) else {
            return None;
        };
        self.tracker.present(guide, self.now, &mut self.effects);
        Some((guide, self.record()))
    }

    fn present(&mut self) -> Option<usize> {
        self.presents().map(|(guide, _)| guide)
    }

    /// What it leaves to the next.
    fn kept(&mut self) -> Vec<(String, Vec<u8>)> {
        let records = self.tracker.save().into_iter();
        records
            .filter_map(|(key, bytes)| Some((key, bytes?)))
            .collect()
    }

    /// The next page on the same device, so much later.
    fn next_page(&mut self, later: Millis) -> Self {
        let records = self.kept();
        let identity = self.tracker.identity.clone();
        Self::open(records, identity, self.tracker.running(), self.now + later)
    }

    fn state(&self) -> Value {
        serde_json::from_str(&self.tracker.state(false)).unwrap()
    }

    fn has_reached_first(&self) -> bool {
        !self.state()["milestones"]["first"]["reachedAt"].is_null()
    }
}

#[test]
fn progress_outlives_the_page() {
    let mut page = Page::first();
    page.call("track", Some("a.done"), None);
    page.call("group", Some("acme"), Some(r#"{"plan":"pro"}"#));
    let before = page.state();
    assert!(page.has_reached_first());
    assert_eq!(page.next_page(5).state(), before);
}

#[test]
fn what_an_unknown_user_did_becomes_theirs() {
    let mut page = Page::first();
    page.call("track", Some("a.done"), None);
    page.call("identify", Some("u1"), None);
    assert!(page.has_reached_first());
    let records = page.tracker.save();
    let kept = |key: &str| {
        records
            .iter()
            .find(|(one, _)| one == key)
            .map(|(_, bytes)| bytes.is_some())
    };
    assert_eq!(
        (kept("user:u1"), kept("user:anon")),
        (Some(true), Some(false))
    );
}

#[test]
fn another_user_starts_afresh_and_the_first_finds_everything_again() {
    let mut page = Page::first();
    page.call("identify", Some("u1"), None);
    page.call("track", Some("a.done"), None);
    page.call("identify", Some("u2"), None);
    assert!(!page.has_reached_first());
    page.call("identify", Some("u1"), None);
    assert!(page.has_reached_first());
}

#[test]
fn what_was_done_just_before_another_user_came_is_kept() {
    let mut page = Page::first();
    page.call("identify", Some("u1"), None);
    page.call("track", Some("a.done"), None);
    page.call("reset", None, None);
    let mut next = page.next_page(5);
    assert!(!next.has_reached_first());
    next.call("identify", Some("u1"), None);
    assert!(next.has_reached_first());
}

#[test]
fn the_loader_takes_in_states_that_can_be_read() {
    let rules = playbook().rules;
    let state = State::user(&rules).save(&rules);
    let devices = include_str!("../../../../www/loader/devices.ts");
    assert!(devices.contains(&format!("const VERSION = {};", state[0])));
}

#[test]
fn the_account_of_an_unknown_user_is_theirs_also_if_they_were_here_before() {
    let mut page = Page::first();
    page.call("identify", Some("u1"), None);
    page.call("track", Some("a.done"), None);
    page.call("reset", None, None);
    page.call("group", Some("acme"), None);
    page.call("identify", Some("u1"), None);
    assert!(page.has_reached_first());
    assert_eq!(page.state()["accountId"], "acme");
    page.call("identify", Some("u2"), None);
    assert_eq!(page.state()["accountId"], Value::Null);
}

#[test]
fn another_id_for_the_same_user_changes_nothing_else() {
    let mut page = Page::first();
    page.call("identify", Some("u1"), None);
    page.call("group", Some("acme"), None);
    page.call("track", Some("a.done"), None);
    page.call("alias", Some("u2"), None);
    let state = page.state();
    assert_eq!(
        (&state["userId"], &state["accountId"]),
        (&"u2".into(), &"acme".into())
    );
    assert!(page.has_reached_first());
    assert!(page.next_page(5).has_reached_first());
    page.call("identify", Some("u1"), None);
    assert!(!page.has_reached_first());
}

#[test]
fn a_reset_makes_somebody_new() {
    let mut page = Page::first();
    page.call("identify", Some("u1"), None);
    page.call("group", Some("acme"), None);
    page.call("track", Some("a.done"), None);
    page.call("reset", None, None);
    let state = page.state();
    assert_eq!(
        (&state["userId"], &state["accountId"]),
        (&Value::Null, &Value::Null)
    );
    assert_ne!(state["anonymousId"], "anon");
    assert!(!page.has_reached_first());
}

#[test]
fn the_supervisor_may_know_later_who_the_user_is() {
    let mut page = Page::first();
    page.call("identify", Some("u1"), None);
    page.call("track", Some("a.done"), None);
    let kept: Vec<_> = page
        .tracker
        .save()
        .into_iter()
        .filter_map(|(key, it)| Some((key, it?)))
        .collect();
    let now_is = |identity: Identity| {
        let mut page = Page::open(kept.clone(), identity, String::new(), 9);
        page.now += 1;
        (
            page.tracker.identity.id().to_owned(),
            page.has_reached_first(),
        )
    };
    assert_eq!(now_is(who("anon", Some("u1"))), ("u1".to_owned(), true));
    assert_eq!(now_is(who("b", Some("u2"))), ("u2".to_owned(), false));
}

#[test]
fn a_guide_is_shown_once_and_completed() {
    let mut page = Page::first();
    assert_eq!(page.present(), None);
    page.call("track", Some("a.done"), None);
    assert_eq!(page.present(), Some(0));
    assert_eq!(page.present(), None);
    assert_eq!(page.report("step", 0), ["guide.shown", "guide.step_shown"]);
    assert_eq!(page.report("step", 1), ["guide.step_shown"]);
    assert_eq!(page.report("completed", 1), ["guide.completed"]);
    assert_eq!(page.present(), None);
    let guide = &page.state()["guides"]["next"];
    assert_eq!(
        (&guide["shown"], &guide["completed"]),
        (&1.into(), &true.into())
    );
}

#[test]
fn a_guide_goes_on_after_a_reload_unless_it_is_too_old() {
    let mut page = Page::first();
    page.call("track", Some("a.done"), None);
    page.present();
    page.report("step", 0);
    page.report("step", 1);
    let mut soon = page.next_page(60_000);
    assert_eq!(soon.tracker.interrupted(), Some((0, 1)));
    soon.tracker.present(0, soon.now, &mut soon.effects);
    assert_eq!(soon.effects, [Effect::Present(0, 1)]);
    assert_eq!(soon.report("step", 1), ["guide.step_shown"]);
    let mut late = page.next_page(31 * 60_000);
    late.call("tick", None, None);
    assert_eq!(late.tracker.interrupted(), None);
}

#[test]
fn a_guide_that_was_sent_away_in_another_tab_is_over_in_this_one() {
    let mut page = Page::first();
    page.call("track", Some("a.done"), None);
    page.present();
    page.report("step", 0);
    page.call("track", Some("guide.shown"), Some(r#"{"guide":"next"}"#));
    let mut later = page.next_page(9);
    page.call(
        "track",
        Some("guide.dismissed"),
        Some(r#"{"guide":"other"}"#),
    );
    assert_eq!(page.state()["running"]["guide"], "next");
    page.effects.clear();
    let away = |page: &mut Page| {
        page.call(
            "track",
            Some("guide.dismissed"),
            Some(r#"{"guide":"next"}"#),
        );
    };
    away(&mut page);
    assert!(page.effects.contains(&Effect::Hide));
    assert_eq!(page.state()["running"], Value::Null);

    // A page that was not there when it was sent away knows it from what is kept.
    let ran = later.tracker.running();
    away(&mut later);
    let mut again = Page::open(later.kept(), who("anon", None), ran, later.now);
    assert_eq!(again.tracker.interrupted(), None);
    assert_eq!(again.present(), None);
}

#[test]
fn a_guide_that_the_playbook_has_no_more_stops_no_other() {
    let ran = |guide: &str, step: u32| {
        let mut attention = Attention::default();
        attention.begin(guide.to_owned(), true);
        attention.running.as_mut().unwrap().step = step;
        attention.running("anon")
    };
    let mut page = Page::open(Vec::new(), who("anon", None), ran("gone", 0), 0);
    assert_eq!(page.state()["running"], Value::Null);
    page.call("track", Some("a.done"), None);
    assert_eq!(page.present(), Some(0));
    let page = Page::open(Vec::new(), who("anon", None), ran("next", 1), 0);
    assert_eq!(page.tracker.interrupted(), Some((0, 1)));
    let shorter = Page::open(Vec::new(), who("anon", None), ran("next", 2), 0);
    assert_eq!(shorter.tracker.interrupted(), Some((0, 0)));
}

#[test]
fn a_guide_at_rest_is_not_chosen_again_when_the_playbook_arrives() {
    let mut page = Page::first();
    page.call("track", Some("a.done"), None);
    page.present();
    page.report("step", 0);
    page.report("rest", 0);
    page.tracker.adopt(playbook());
    assert_eq!(page.present(), None);
}

#[test]
fn a_guide_that_cannot_be_shown_makes_room_until_the_page_changes() {
    let mut page = Page::first();
    page.call("track", Some("a.done"), None);
    page.call("page", None, Some(r#"{"path":"/x/1"}"#));
    assert_eq!(page.present(), Some(1));
    assert_eq!(page.report("missing", 0), ["guide.failed"]);
    assert_eq!(page.present(), Some(0));
    page.report("dismissed", 0);
    assert_eq!(page.present(), None);
    page.call("page", None, Some(r#"{"path":"/x/2"}"#));
    assert_eq!(page.present(), Some(1));
}

#[test]
fn a_session_ends_while_time_goes_on_and_the_page_changes_by_itself() {
    let mut page = Page::first();
    page.tracker
        .adopt(playbook_with("throttle: { max-per-session: 1 }"));
    page.call("track", Some("a.done"), None);
    assert!(page.present().is_some());
    page.report("dismissed", 0);
    page.call("page", None, Some(r#"{"path":"/x/1"}"#));
    assert_eq!(page.present(), None, "one in a session");
    for _ in 0..29 {
        page.now += 60_000;
        page.apply(Call::Tick);
        page.apply(Call::Elements(vec!["#t".to_owned()]));
    }
    assert_eq!(page.present(), None);
    page.now += 2 * 60_000;
    page.call("page", None, Some(r#"{"path":"/x/2"}"#));
    assert!(page.present().is_some(), "they were away for half an hour");
}

#[test]
fn the_host_may_start_and_stop_a_guide() {
    let mut page = Page::first();
    page.call("start", Some("urgent"), None);
    page.call("stop", None, None);
    page.call("start", Some("nothing"), None);
    let told = |detail: &str| Effect::Tell("guide", detail.to_owned());
    assert_eq!(
        page.effects.get(..3),
        Some(
            &[
                Effect::Present(1, 0),
                Effect::Hide,
                told(r#"{"guide":"urgent","state":"stopped","step":0}"#),
            ][..]
        )
    );
    assert!(matches!(
        page.effects.last(),
        Some(Effect::Tell("error", _))
    ));
}

#[test]
fn the_page_is_that_of_this_tab() {
    let with_audience = || playbook_with("audiences: { here: { page: /x/* } }");
    let is_here = |page: &Page| page.state()["audiences"] == serde_json::json!(["here"]);
    let mut page = Page::first();
    page.tracker.adopt(with_audience());
    page.call("page", None, Some(r#"{"path":"/x/1"}"#));
    assert!(is_here(&page));
    // As the supervisor tells of a page in another tab.
    page.call("track", Some("page.viewed"), Some(r#"{"path":"/y"}"#));
    assert!(is_here(&page));
    // What that tab has saved.
    let mut other = page.next_page(5);
    other.tracker.adopt(with_audience());
    assert!(!is_here(&other), "it is at another path");
    let records = other.tracker.save();
    let records = records.into_iter().filter_map(|(key, it)| Some((key, it?)));
    let mut again = open(records.collect(), who("anon", None), String::new(), 9);
    again.path = "/x/2".to_owned();
    again.adopt(with_audience());
    page.tracker = again;
    assert!(is_here(&page));
}

#[test]
fn what_runs_in_a_tab_stays_there() {
    let mut page = Page::first();
    page.call("track", Some("a.done"), None);
    page.present();
    page.report("step", 0);
    let other_tab = open(page.kept(), who("anon", None), String::new(), 9);
    assert_eq!(other_tab.interrupted(), None);
    assert!(other_tab.attention.running.is_none());
}

#[test]
fn the_hold_out_is_recorded_once_and_sees_nothing() {
    let mut page = Page::first();
    page.tracker.adopt(playbook_with("holdout: 1"));
    page.call("track", Some("a.done"), None);
    page.effects.clear();
    let presented = page.presents();
    assert_eq!(presented, Some((0, vec!["guide.withheld"])));
    assert_eq!(page.effects, [], "nobody is to see it");
    assert_eq!(page.present(), None, "it has had its turn");
    assert_eq!(page.state()["guides"]["next"]["shown"], 0);
}

#[test]
fn everything_is_explained_with_what_keeps_it_back() {
    let mut page = Page::first();
    page.call("track", Some("a.done"), None);
    let explained =
        |page: &Page| -> Value { serde_json::from_str(&page.tracker.explain(page.now)).unwrap() };
    let now = explained(&page);
    let [next, urgent] = [0, 1].map(|place| &now["guides"][place]);
    assert_eq!(
        (&next["id"], &next["blocks"]),
        (&"next".into(), &Value::Array(vec![]))
    );
    assert_eq!(
        urgent["blocks"][0]["text"],
        "it is for `/x/*`, and this page is `/`"
    );
    assert_eq!(urgent["target"], "#t");
    assert_eq!(next["why"]["condition"], "milestone: first");
    assert_eq!(
        now["milestones"][0]["why"]["condition"],
        "did: a.done, times"
    );
    page.present();
    page.report("step", 0);
    page.report("completed", 0);
    let after = explained(&page);
    let texts = [0, 1].map(|place| after["guides"][0]["blocks"][place]["text"].as_str());
    assert_eq!(
        texts.map(Option::unwrap),
        [
            "it is shown until it is completed or sent away, which it was",
            "it may start once, and has: shown once, withheld 0 times"
        ]
    );
}
