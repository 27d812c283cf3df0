//! Everything that a store can be asked, as texts in which positions stand as the message ids of their events: which
//! numbers they are is each store's own matter.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::ControlFlow;
use std::sync::Arc;

use firstvalue_store::{Filter, Position, Reader, Row, Store, StoredEvent};

use crate::happenings::{ACCOUNTS, ACTORS, IDS, WORKED_OUT_BY};

/// A store, and a reader that has been there from the beginning.
pub struct Asking {
    pub reader: Box<dyn Reader>,
    pub store: Arc<dyn Store>,
    /// Every position that was ever given out, and for which event.
    given_out: RefCell<BTreeMap<Position, String>>,
}

impl Asking {
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self {
            reader: store.reader().unwrap(),
            store,
            given_out: RefCell::default(),
        }
    }

    /// The same store, closed and opened again.
    pub fn again(self, open: impl FnOnce() -> Arc<dyn Store>) -> Self {
        let Self {
            reader,
            store,
            given_out,
        } = self;
        drop((reader, store));
        Self {
            given_out,
            ..Self::new(open())
        }
    }

    pub fn everything(&self) -> Vec<String> {
        let rows = self.rows(&Filter::default());
        self.check_positions(&rows);
        assert!(self.reader.count().unwrap() >= rows.len() as u64);
        let last = rows.last().map_or(Position::START, |row| row.position);
        let names = rows.iter().map(|row| (row.position, &*row.message_id));
        let mut told = Told {
            names: names.collect(),
            lines: Vec::new(),
        };
        told.names.insert(Position::START, "none");
        let middle = rows.get(rows.len() / 2).map_or(last, |row| row.position);
        let positions = [Position::START, middle, last];

        self.events(&mut told, &rows, &positions);
        self.people(&mut told, &positions);
        self.beside_events(&mut told);
        told.lines
    }

    /// They grow, and none is given out twice.
    fn check_positions(&self, rows: &[Row]) {
        assert!(rows.is_sorted_by(|one, next| one.position < next.position));
        let mut given_out = self.given_out.borrow_mut();
        let highest = given_out.keys().next_back().copied().unwrap_or_default();
        for row in rows {
            let before = given_out.insert(row.position, row.message_id.clone());
            match before {
                Some(message_id) => assert_eq!(message_id, row.message_id),
                None => assert!(row.position > highest),
            }
        }
    }

    fn rows(&self, filter: &Filter) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut each = |row| {
            rows.push(row);
            ControlFlow::Continue(())
        };
        self.reader.rows(filter, &mut each).unwrap();
        rows
    }

    fn events(&self, told: &mut Told<'_>, rows: &[Row], positions: &[Position]) {
        let reader = &self.reader;
        told.rows("all", rows);
        for (from, until) in [(Some(3), None), (None, Some(3)), (Some(3), Some(9))] {
            for users in [None, Some(ids(&[])), Some(ids(&IDS[..2]))] {
                let filter = Filter { from, until, users };
                told.rows(&filter, &self.rows(&filter));
            }
        }
        let mut first = None;
        let each = &mut |row: Row| {
            first = Some(row.message_id);
            ControlFlow::Break(())
        };
        reader.rows(&Filter::default(), each).unwrap();
        told.line("first", first);

        for &position in positions {
            for limit in [0, 2, u32::MAX] {
                told.events("after", &reader.after(position, limit).unwrap());
            }
            told.line("has pages", reader.has_pages(position).unwrap());
        }
        told.position("last", reader.last().unwrap());
        told.line("removals", reader.removals().unwrap());
        for enough in [3, usize::MAX] {
            let mut seen = Vec::new();
            let last = reader.by_time(&mut |event| {
                seen.push(event);
                match seen.len() < enough {
                    true => ControlFlow::Continue(()),
                    false => ControlFlow::Break(()),
                }
            });
            told.events("by time", &seen);
            told.position("last by time", last.unwrap());
        }
        told.events("latest", &reader.latest(3).unwrap());
    }

    fn people(&self, told: &mut Told<'_>, positions: &[Position]) {
        let reader = &self.reader;
        for ids in [ids(&[]), ids(&["u1"]), ids(&["u2", "d1"]), ids(&IDS)] {
            told.line("of", &ids);
            told.events("latest", &reader.latest_of(&ids, None, 3).unwrap());
            for &position in positions {
                let before = Some((6, position));
                told.events("before", &reader.latest_of(&ids, before, 9).unwrap());
                let mut done = Vec::new();
                let each = &mut |event| done.push(event);
                reader.done_under(&ids, position, each).unwrap();
                told.events("done", &done);
                let mut joined = Vec::new();
                let each = &mut |event| joined.push(event);
                reader.joined_under(&ids, position, each).unwrap();
                told.events("joined", &joined);
            }
            told.in_any_order("named with", reader.named_with(&ids).unwrap());
            told.in_any_order("accounts", reader.accounts_of(&ids).unwrap());
            reader
                .grouped(&ids, &mut |it| {
                    told.position(&(it.at, it.user, it.account), it.position);
                })
                .unwrap();
            reader
                .recorded(&ids, 3, &mut |it| {
                    told.position(&(it.user, it.achieved), it.position);
                })
                .unwrap();
        }
        let mut joins = Vec::new();
        reader.joins(&mut |event| joins.push(event)).unwrap();
        told.events("joins", &joins);
        for id in IDS {
            told.line("who is", id);
            let mut claims = reader.claims(id).unwrap();
            claims.sort_by_key(|claim| (claim.at, claim.position));
            for claim in claims {
                told.position(&(claim.at, claim.earlier, claim.user), claim.position);
            }
            told.in_any_order("named by", reader.named_by(id).unwrap());
            told.line("signed in", reader.is_signed_in(id).unwrap());
            told.line("ids", reader.ids_of(id).unwrap());
            told.line("kept under", reader.kept_under(id, false).unwrap());
            told.line("all kept under", reader.kept_under(id, true).unwrap());
            let each = &mut |achieved| told.line("achieved", achieved);
            reader.achieved_by_user(id, 3, each).unwrap();
        }
        for account in ACCOUNTS {
            told.in_any_order(account, reader.users_of(&ids(&[account])).unwrap());
            let each = &mut |achieved| told.line("achieved", achieved);
            reader.achieved_by_account(account, 3, each).unwrap();
        }
        told.in_any_order("members", reader.users_of(&ids(&ACCOUNTS)).unwrap());
    }

    fn beside_events(&self, told: &mut Told<'_>) {
        let reader = &self.reader;
        told.line("playbooks", reader.playbooks(None, 2).unwrap());
        told.line("playbooks", reader.playbooks(Some(3), 9).unwrap());
        told.line("playbook", reader.playbook(1).unwrap());
        for actor in ACTORS {
            told.line("playbook", reader.last_playbook_of(actor).unwrap());
        }
        let mut before = None;
        loop {
            let refusals = reader.quarantine(before, 2).unwrap();
            let Some(last) = refusals.last() else { break };
            assert!(before.is_none_or(|before| last.id < before));
            before = Some(last.id);
            let refused = refusals.iter().map(|refusal| &refusal.refused);
            told.line("refused", refused.collect::<Vec<_>>());
        }
        let mut before = None;
        loop {
            let deeds = reader.audit(before, 2).unwrap();
            let Some(last) = deeds.last() else { break };
            assert!(before.is_none_or(|before| last.id < before));
            before = Some(last.id);
            for deed in deeds {
                told.line("deed", (deed.at, deed.actor, deed.action));
                told.line("of", (deed.subject, deed.detail));
            }
        }
        for by in &WORKED_OUT_BY {
            match self.store.snapshot(by).unwrap() {
                Some((key, body)) => told.position(&(key.by, key.removals, body), key.taken),
                None => told.line("no snapshot by", by),
            }
        }
    }
}

struct Told<'n> {
    names: BTreeMap<Position, &'n str>,
    lines: Vec<String>,
}

impl Told<'_> {
    fn line(&mut self, what: &str, answer: impl Debug) {
        self.lines.push(format!("{what}: {answer:?}"));
    }

    fn position(&mut self, what: &(impl Debug + ?Sized), position: Position) {
        self.lines
            .push(format!("{what:?}: {}", self.names[&position]));
    }

    fn in_any_order(&mut self, what: &str, mut answer: Vec<String>) {
        answer.sort();
        self.line(what, answer);
    }

    fn events(&mut self, what: &str, events: &[StoredEvent]) {
        self.line(what, events.len());
        for event in events {
            self.position(&(event.at, event.received_at, &event.body), event.position);
        }
    }

    fn rows(&mut self, what: impl Debug, rows: &[Row]) {
        self.lines.push(format!("{what:?}: {} rows", rows.len()));
        for row in rows {
            let row = Row {
                position: Position::START,
                ..row.clone()
            };
            self.lines.push(format!("{row:?}"));
        }
    }
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}
