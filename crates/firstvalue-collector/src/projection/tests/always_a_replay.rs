//! Whatever is done to the store and the projection, what is known is what a replay of the store finds.

use std::collections::HashSet;
use std::sync::Arc;

use firstvalue_store::{Deed, DeedOf, Erasure};
use firstvalue_store_reference::MemoryStore;

use super::*;

/// What happens to a collector.
#[derive(Debug, Clone)]
enum Happens {
    Said(Vec<Message>),
    Asked,
    Erased(&'static str, bool),
    Restarted,
}

fn happens() -> impl Strategy<Value = Happens> {
    let id = prop::sample::select(vec!["u1", "u2", "u3", "d1", "d2"]);
    prop_oneof![
        6 => prop::collection::vec(message(), 1..6).prop_map(Happens::Said),
        3 => Just(Happens::Asked),
        2 => (id, any::<bool>()).prop_map(|(id, joined)| Happens::Erased(id, joined)),
        2 => Just(Happens::Restarted),
    ]
}

/// A collector's projection and store, and the log that should be in it.
struct Running {
    store: Arc<dyn Store>,
    reader: Box<dyn Reader>,
    projection: Projection,
    log: Vec<(String, Message)>,
    said: usize,
}

impl Running {
    fn start(store: Arc<dyn Store>) -> Self {
        Self {
            reader: store.reader().unwrap(),
            projection: Projection::new(playbook()),
            store,
            log: Vec::new(),
            said: 0,
        }
    }

    async fn happens(&mut self, what: Happens) {
        match what {
            Happens::Said(messages) => {
                let events = messages.iter().zip(self.said..);
                let events: Vec<_> = events.map(|(message, id)| new(message, id)).collect();
                self.said += events.len();
                self.store.append(events, vec![]).await.unwrap();
                let users = messages
                    .iter()
                    .map(|message| message.user().unwrap().to_owned());
                self.log.extend(users.zip(messages.iter().cloned()));
                self.projection.catch_up(&*self.reader).unwrap();
            }
            Happens::Asked => self.check(),
            Happens::Erased(user, joined) => {
                let whom = Erasure {
                    user: user.to_owned(),
                    joined,
                };
                let erased = self.store.erase(whom, deed()).await.unwrap();
                assert!(erased.overwritten);
                let ids = HashSet::<_>::from_iter(&erased.ids);
                self.log.retain(|(user, _)| !ids.contains(user));
                self.projection.erase(&erased, &*self.reader).unwrap();
                assert!(
                    !self.projection.stale,
                    "only those concerned are decided anew"
                );
            }
            Happens::Restarted => {
                let kept = self.projection.keep(&*self.store, &*self.reader).unwrap();
                let basis = self.projection.basis;
                let found = Projection::found(&playbook(), basis, &*self.store).unwrap();
                assert_eq!(found.is_some(), kept);
                self.projection = found.unwrap_or_else(|| {
                    // Everything was erased up to the last event.
                    let mut anew = Projection::new(playbook());
                    let progress = recomputing::Progress::default();
                    anew.rebuild(&*self.reader, &progress).unwrap();
                    anew
                });
            }
        }
    }

    fn check(&mut self) {
        self.projection.complete(&*self.reader).unwrap();
        let log: Vec<_> = self
            .log
            .iter()
            .map(|(_, message)| message.clone())
            .collect();
        assert_eq!(reached(&self.projection), replayed(&log));
        assert_eq!(self.projection.events().0, log.len() as u64);
        let last = log.iter().map(|message| message.at().unwrap()).max();
        assert_eq!(self.projection.events().1, last);
    }

    /// What is known is also what reading everything anew finds, and the store agrees who is who.
    fn check_everything(&mut self) {
        self.check();
        let mut anew = Projection::new(playbook());
        anew.rebuild(&*self.reader, &recomputing::Progress::default())
            .unwrap();
        assert_eq!(reached(&anew), reached(&self.projection));
        assert_eq!(anew.seen, self.projection.seen);
        assert_eq!(known(&anew), known(&self.projection));
        for id in ["u1", "u2", "u3", "d1", "d2"] {
            let person = self.projection.person(id);
            let mut ids = self.projection.ids(person);
            ids.sort_unstable_by_key(|id| (*id != person, *id));
            assert_eq!(self.reader.ids_of(id).unwrap(), ids);
        }
    }
}

fn deed() -> DeedOf {
    Box::new(|_| Deed {
        at: 0,
        actor: String::new(),
        action: "erase",
        subject: String::new(),
        detail: String::new(),
    })
}

fn known(projection: &Projection) -> Vec<(String, Option<String>, Vec<u8>)> {
    let users = projection.population.users();
    let mut users: Vec<_> = users
        .map(|(id, state)| {
            let account = projection.population.account_of(id).map(str::to_owned);
            (id.to_owned(), account, state.save(&projection.rules))
        })
        .collect();
    users.sort();
    users
}

proptest! {
    // Each case has a store of its own.
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whoever_asks_gets_what_a_replay_of_everything_stored_finds(
        happenings in prop::collection::vec(happens(), 1..12),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let (_folder, sqlite) = stored(&[]).await;
            for store in [Arc::new(sqlite) as Arc<dyn Store>, Arc::new(MemoryStore::new())] {
                let mut running = Running::start(store);
                for what in &happenings {
                    running.happens(what.clone()).await;
                }
                running.check_everything();
            }
        });
    }
}
