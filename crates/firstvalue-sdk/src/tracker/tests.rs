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

impl Page {
    /// A page on a device that keeps these records.
    fn open(records: Vec<(String, Vec<u8>)>, now: Millis) -> Self {
        let mut tracker = Tracker::open(records, None, "anon".to_owned(), "/".to_owned(), now);
        tracker.adopt(playbook());
        Self {
            tracker,
            effects: Vec::new(),
            now,
        }
    }

    fn call(&mut self, kind: &str, name: Option<&str>, body: Option<&str>) {
        self.now += 1;
        let id = format!("m{}", self.now);
        let call = Call::read(kind, name.map(str::to_owned), body).unwrap();
        let now = Circumstances {
            at: self.now,
            utc_offset: 0,
            id: &id,
            body,
        };
        self.tracker.apply(call, now, &mut self.effects);
    }

    fn report(&mut self, kind: &str, step: u32) -> Vec<String> {
        self.now += 1;
        let calls = self
            .tracker
            .report(kind, step, "", self.now, &mut self.effects);
        let name = |call: &Call| match call {
            Call::Track(name, _) => name.clone(),
            other => format!("{other:?}"),
        };
        let names = calls.iter().map(name).collect();
        self.record(calls);
        names
    }

    fn record(&mut self, calls: Vec<Call>) {
        for call in calls {
            let now = Circumstances {
                at: self.now,
                utc_offset: 0,
                id: "g",
                body: None,
            };
            self.tracker.apply(call, now, &mut self.effects);
        }
    }

    /// Starts what is due; its place in the rules.
    fn present(&mut self) -> Option<usize> {
        let Choice::Start(guide) = self.tracker.choose(self.now) else {
            return None;
        };
        let calls = self.tracker.present(guide, self.now, &mut self.effects);
        self.record(calls);
        Some(guide)
    }

    /// The next page on the same device, so much later.
    fn next_page(&mut self, later: Millis) -> Self {
        let kept = self
            .tracker
            .save()
            .into_iter()
            .filter_map(|(key, bytes)| Some((key, bytes?)));
        Self::open(kept.collect(), self.now + later)
    }

    fn state(&self) -> Value {
        serde_json::from_str(&self.tracker.state()).unwrap()
    }

    fn has_reached_first(&self) -> bool {
        !self.state()["milestones"]["first"]["reachedAt"].is_null()
    }
}

#[test]
fn progress_outlives_the_page() {
    let mut page = Page::open(Vec::new(), 0);
    page.call("track", Some("a.done"), None);
    page.call("group", Some("acme"), Some(r#"{"plan":"pro"}"#));
    let before = page.state();
    assert!(page.has_reached_first());
    assert_eq!(page.next_page(5).state(), before);
}

#[test]
fn what_an_unknown_user_did_becomes_theirs() {
    let mut page = Page::open(Vec::new(), 0);
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
    let mut page = Page::open(Vec::new(), 0);
    page.call("identify", Some("u1"), None);
    page.call("track", Some("a.done"), None);
    page.call("identify", Some("u2"), None);
    assert!(!page.has_reached_first());
    page.call("identify", Some("u1"), None);
    assert!(page.has_reached_first());
}

#[test]
fn a_reset_makes_somebody_new() {
    let mut page = Page::open(Vec::new(), 0);
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
    let mut page = Page::open(Vec::new(), 0);
    page.call("identify", Some("u1"), None);
    let kept: Vec<_> = page
        .tracker
        .save()
        .into_iter()
        .filter_map(|(key, it)| Some((key, it?)))
        .collect();
    let mirror = |at| Identity {
        user_id: Some("u2".to_owned()),
        ..Identity::anonymous("b".to_owned(), at)
    };
    let user_at = |at| {
        let tracker = Tracker::open(
            kept.clone(),
            Some(mirror(at)),
            "c".to_owned(),
            String::new(),
            9,
        );
        tracker.identity().id().to_owned()
    };
    assert_eq!(
        (user_at(100), user_at(-100)),
        ("u2".to_owned(), "u1".to_owned())
    );
}

#[test]
fn a_guide_is_shown_once_and_completed() {
    let mut page = Page::open(Vec::new(), 0);
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
    let mut page = Page::open(Vec::new(), 0);
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
fn a_guide_that_cannot_be_shown_makes_room_until_the_page_changes() {
    let mut page = Page::open(Vec::new(), 0);
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
fn the_host_may_start_and_stop_a_guide() {
    let mut page = Page::open(Vec::new(), 0);
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
fn a_message_from_a_journal_counts_if_it_is_of_this_user() {
    let message = |user: &str| {
        serde_json::json!({
            "type": "track", "messageId": "j1", "anonymousId": user, "event": "a.done",
            "timestamp": "2026-01-05T10:00:00.000Z",
        })
    };
    for (user, counts) in [("anon", true), ("somebody", false)] {
        let mut page = Page::open(Vec::new(), 0);
        page.tracker.take_over(&message(user), &mut page.effects);
        assert!(matches!(page.effects.first(), Some(Effect::Send(sealed)) if sealed.id == "j1"));
        assert_eq!(page.has_reached_first(), counts, "{user}");
    }
}

#[test]
fn a_page_call_that_names_no_path_means_the_present_one() {
    let mut page = Page::open(Vec::new(), 0);
    page.call("moved", None, Some(r#"{"path":"/reports"}"#));
    assert!(page.effects.is_empty());
    page.call("page", Some("Reports"), None);
    let Some(Effect::Send(sealed)) = page.effects.first() else {
        panic!("nothing is sent")
    };
    let message: Value = serde_json::from_str(&sealed.json).unwrap();
    assert_eq!(message["properties"]["path"], "/reports");
    assert_eq!(message["context"]["page"]["path"], "/reports");
}

#[test]
fn the_hold_out_is_recorded_once_and_sees_nothing() {
    let mut page = Page::open(Vec::new(), 0);
    page.tracker.adopt(playbook_with("holdout: 1"));
    page.call("track", Some("a.done"), None);
    page.effects.clear();
    assert_eq!(page.present(), Some(0));
    let sent: Vec<_> = page
        .effects
        .iter()
        .map(|effect| match effect {
            Effect::Send(message) => message.json.as_str(),
            other => panic!("nobody is to see {other:?}"),
        })
        .collect();
    assert_eq!(sent.len(), 1);
    assert!(
        sent[0].contains(r#""event":"guide.withheld""#),
        "{}",
        sent[0]
    );
    assert_eq!(page.present(), None, "it has had its turn");
    assert_eq!(page.state()["guides"]["next"]["shown"], 0);
}
