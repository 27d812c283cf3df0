//! A log replayed by the engine, told as the reference tells it.

use std::collections::BTreeMap;

use firstvalue_engine::{
    Call, Change as Decided, Decision, Input, Joins, Population, Rules, Said, State,
};
use firstvalue_engine::{Subject as Place, What, compile};
use firstvalue_model::Playbook;
use firstvalue_model::message::{Message, MessageKind, Object};
use firstvalue_model::time::Millis;
use firstvalue_reference::{Change, Line, Subject};

use crate::logs::UNTIL;

/// The rules for a log.
pub fn rules(playbook: &Playbook, log: &[(Message, Millis)]) -> Rules {
    let rules = compile(playbook).rules;
    let mut messages = log.iter().map(|(message, _)| message);
    match messages.any(|message| message.kind == MessageKind::Page) {
        true => rules,
        false => rules.without_pages(),
    }
}

/// What a population decides over a log, in the order of `replay`.
pub fn replay(rules: &Rules, log: &[(Message, Millis)]) -> (Population, Vec<Line>) {
    let mut joins = Joins::new();
    let mut replay = loop {
        if let Some(replay) = attempt(rules, log, &mut joins) {
            break replay;
        }
    };
    let mut lines = Vec::new();
    replay.end(rules, &mut lines);
    (replay.population, in_order(lines))
}

/// Goes through a log for as long as what it says of one person was said under one id, or under one
/// after the other; `None` if it has to be gone through again now that the ids are known to be one.
fn attempt(rules: &Rules, log: &[(Message, Millis)], joins: &mut Joins) -> Option<Replay> {
    let mut replay = Replay::default();
    for (message, at) in log {
        let call = Call::of(message, *at).expect("everybody has a name here");
        if let Some(id) = call.joins
            && joins.join(id, call.user)
            && !replay.population.rename(id, joins.of(call.user))
        {
            return None;
        }
        let user = joins.of(call.user);
        let call = Call { user, ..call };
        replay.population.apply(rules, &call, &mut replay.decisions);
    }
    Some(replay)
}

/// The log with the ids that everybody goes by at its end.
pub fn joined(log: &[(Message, Millis)]) -> Vec<(Message, Millis)> {
    let mut joins = Joins::new();
    for (message, at) in log {
        let call = Call::of(message, *at).expect("everybody has a name here");
        call.joins.map(|id| joins.join(id, call.user));
    }
    let named = |(message, at): &(Message, Millis)| {
        let user = joins.of(message.user().expect("everybody has a name here"));
        let user_id = Some(user.to_owned());
        let message = message.clone();
        (Message { user_id, ..message }, *at)
    };
    log.iter().map(named).collect()
}

/// Likewise with two populations, each with the accounts that one of them would have on a core of
/// its own: users who change between them are handed over.
pub fn replay_in_two(rules: &Rules, log: &[(Message, Millis)]) -> Vec<Line> {
    let mut halves = [(); 2].map(|()| Replay::default());
    let mut lines = Vec::new();
    let mut homes = BTreeMap::new();
    for (message, at) in log {
        let call = Call::of(message, *at).expect("everybody has a name here");
        let home = homes.entry(call.user).or_insert(0);
        let next = match call.what {
            Said::Group { account, .. } => usize::from(account == "y"),
            _ => *home,
        };
        if next != *home {
            let there = &mut halves[*home];
            let decisions = &mut there.decisions;
            let member = there.population.take(rules, call.user, *at, decisions);
            there.tell(rules, call.user, &mut lines);
            *home = next;
            member
                .into_iter()
                .for_each(|member| halves[*home].population.put(member));
        }
        let half = &mut halves[*home];
        half.population.apply(rules, &call, &mut half.decisions);
        half.tell(rules, "", &mut lines);
    }
    for half in &mut halves {
        half.end(rules, &mut lines);
    }
    in_order(lines)
}

/// Likewise with a population that is saved and loaded again after each message whose bit is set.
pub fn replay_saved(rules: &Rules, log: &[(Message, Millis)], saved: u16) -> Vec<Line> {
    let (mut replay, mut lines) = (Replay::default(), Vec::new());
    for (place, (message, at)) in log.iter().enumerate() {
        let call = Call::of(message, *at).expect("everybody has a name here");
        replay.population.apply(rules, &call, &mut replay.decisions);
        if saved >> (place % 16) & 1 == 1 {
            // Places are others then.
            replay.tell(rules, "", &mut lines);
            let bytes = replay.population.save(rules);
            replay.population = Population::load(rules, &bytes).expect("it was just saved");
            assert_eq!(replay.population.save(rules), bytes);
        }
    }
    replay.end(rules, &mut lines);
    in_order(lines)
}

/// What the state of one user decides over their log and by waiting then; it is saved and loaded again after each
/// message whose bit is set.
pub fn replay_alone(
    rules: &Rules,
    log: &[(Message, Millis)],
    until: Millis,
    saved: u16,
) -> (State, Vec<Line>) {
    let (mut state, mut changes) = (State::user(rules), Vec::new());
    let mut accounts: BTreeMap<&str, Object> = BTreeMap::new();
    for (place, (message, at)) in log.iter().enumerate() {
        let call = Call::of(message, *at).expect("everybody has a name here");
        let what = match call.what {
            Said::Event { name, properties } => What::Event { name, properties },
            Said::Identify(traits) => What::Identify(traits),
            Said::Group { account, traits } => {
                let known = accounts.entry(account).or_default();
                known.extend(traits.cloned().unwrap_or_default());
                What::Account(known)
            }
            Said::Nothing => What::Seen,
        };
        let (at, utc_offset) = (call.at, call.utc_offset);
        let input = Input {
            at,
            utc_offset,
            what,
        };
        state.apply(rules, &input, &mut changes);
        if saved & (1 << place) != 0 {
            state = State::load(rules, &state.save(rules)).expect("what was saved can be loaded");
        }
    }
    state.advance(rules, until, &mut changes);
    let user = |change| line(rules, Subject::User("u0".to_owned()), change);
    (state, in_order(changes.into_iter().map(user).collect()))
}

/// A population, and what it has decided that is not told yet.
#[derive(Default)]
struct Replay {
    population: Population,
    decisions: Vec<Decision>,
}

impl Replay {
    fn end(&mut self, rules: &Rules, lines: &mut Vec<Line>) {
        self.population.advance(rules, UNTIL, &mut self.decisions);
        self.tell(rules, "", lines);
    }

    /// Turns what was decided into lines. Whoever was taken out just now has no name any more.
    fn tell(&mut self, rules: &Rules, taken: &str, lines: &mut Vec<Line>) {
        for Decision { subject, change } in self.decisions.drain(..) {
            let name = match self.population.name(subject) {
                "" => taken.to_owned(),
                name => name.to_owned(),
            };
            let subject = match subject {
                Place::Account(_) => Subject::Account(name),
                Place::User(_) => Subject::User(name),
            };
            lines.push(line(rules, subject, change));
        }
    }
}

fn line(rules: &Rules, subject: Subject, change: Decided) -> Line {
    let at = change.at();
    let change = match change {
        Decided::Milestone {
            milestone,
            time_to_value,
            ..
        } => Change::Milestone {
            id: rules.milestones[milestone].id.clone(),
            time_to_value,
        },
        Decided::Guide {
            guide, eligible, ..
        } => Change::Guide {
            id: rules.guides[guide].id.clone(),
            eligible,
        },
    };
    Line {
        at,
        subject,
        change,
    }
}

/// In the order in which `firstvalue replay` tells: by time, then subject; of one moment milestones before
/// guides, each by its place; then as it happened.
fn in_order(mut lines: Vec<Line>) -> Vec<Line> {
    let what = |line: &Line| match &line.change {
        Change::Milestone { id, .. } => (false, id.clone()),
        Change::Guide { id, .. } => (true, id.clone()),
    };
    lines.sort_by_cached_key(|line| (line.at, line.subject.clone(), what(line)));
    lines
}
