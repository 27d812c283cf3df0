//! What is known, kept beside the events, so that after a start only what came since has to be read.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::time::UNIX_EPOCH;

use firstvalue_engine::{CompiledPlaybook, Population};
use firstvalue_model::time::Millis;
use firstvalue_store::{Key, Position, Reader, Store, StoreError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{GuideCounts, Ledger, Projection, Seen};

/// What a projection is made for, besides the events: a digest of the playbook and of this program, since
/// another build of it may decide otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Basis([u8; 32]);

impl Basis {
    /// That of a playbook as it was written.
    pub(crate) fn of(playbook: &str) -> Self {
        let mut digest = Sha256::new();
        digest.update(playbook);
        let program = std::env::current_exe().and_then(fs::metadata);
        if let Ok(program) = program {
            digest.update(program.len().to_le_bytes());
            let modified = program.modified().ok();
            let modified = modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            digest.update(modified.unwrap_or_default().as_nanos().to_le_bytes());
        }
        Self(digest.finalize().into())
    }
}

/// A projection as it is written. Whoever is to be decided anew stays so.
#[derive(Serialize, Deserialize)]
struct Kept<Name: Ord + Eq + std::hash::Hash, Maps> {
    holds_pages: bool,
    last_event: Option<Millis>,
    /// All ids of whoever has several, first the one that they go by.
    joins: Vec<Vec<Name>>,
    outdated: Vec<Name>,
    outdated_accounts: Vec<Name>,
    maps: Maps,
    population: Vec<u8>,
}

type Written<'p> = Kept<&'p str, WrittenMaps<'p>>;
type WrittenMaps<'p> = (&'p [GuideCounts], &'p HashMap<String, Seen>, &'p Ledger);
type Found = Kept<String, FoundMaps>;
type FoundMaps = (Vec<GuideCounts>, HashMap<String, Seen>, Ledger);

impl Projection {
    /// Keeps what is known, unless there is nothing, or not everything can be relied on. Returns whether
    /// it is kept.
    pub(super) fn keep(&self, store: &dyn Store, reader: &dyn Reader) -> Result<bool, StoreError> {
        // Something was taken out that is still known here.
        if self.stale || self.taken == Position::START || self.removals != reader.removals()? {
            return Ok(false);
        }
        let kept: Written<'_> = Kept {
            holds_pages: self.holds_pages,
            last_event: self.last_event,
            joins: self.joins.people().collect(),
            outdated: self.outdated.iter().map(String::as_str).collect(),
            outdated_accounts: self.outdated_accounts.iter().map(String::as_str).collect(),
            maps: (&self.guides, &self.seen, &self.delivery),
            population: self.population.save(&self.rules),
        };
        let body = match postcard::to_stdvec(&kept) {
            Ok(body) => body,
            Err(error) => {
                tracing::warn!(%error, "what is known cannot be written down");
                return Ok(false);
            }
        };
        let key = Key {
            by: self.basis.0,
            taken: self.taken,
            removals: self.removals,
        };
        store.keep_snapshot(&key, &body)
    }

    /// What was kept, if it was made for the same, and everything that it was made of is still there.
    pub(super) fn found(
        playbook: &CompiledPlaybook,
        basis: Basis,
        store: &dyn Store,
    ) -> Result<Option<Self>, StoreError> {
        let Some((key, body)) = store.snapshot(&basis.0)? else {
            return Ok(None);
        };
        let found = postcard::from_bytes(&body).ok();
        Ok(found.and_then(|found| Self::restored(playbook.clone(), basis, &key, found)))
    }

    fn restored(playbook: CompiledPlaybook, basis: Basis, key: &Key, found: Found) -> Option<Self> {
        let mut projection = Self::of(playbook, found.holds_pages);
        let (guides, seen, delivery) = found.maps;
        if guides.len() != projection.guides.len() {
            return None;
        }
        let population = Population::load(&projection.rules, &found.population);
        projection.population = population.ok()?;
        for ids in &found.joins {
            let (name, others) = ids.split_first()?;
            for id in others {
                projection.joins.join(id, name);
            }
        }
        Some(Self {
            basis,
            guides,
            delivery,
            events: seen.values().map(|seen| seen.events).sum(),
            seen,
            last_event: found.last_event,
            taken: key.taken,
            removals: key.removals,
            outdated: HashSet::from_iter(found.outdated),
            outdated_accounts: HashSet::from_iter(found.outdated_accounts),
            ..projection
        })
    }
}
