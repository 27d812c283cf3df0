//! Who is behind an id. Stores say what messages say of it; what follows from that is decided here, for all.

use std::collections::{BTreeSet, HashMap};

use firstvalue_model::joins::Joins;
use firstvalue_model::time::Millis;

use crate::error::StoreError;
use crate::event::Position;

/// Says that an id was an earlier one of a user, as `identify` and `alias` calls do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// When it was said.
    pub at: Millis,
    /// By which event.
    pub position: Position,
    /// The earlier id.
    pub earlier: String,
    /// The id that the user goes by.
    pub user: String,
}

/// What messages say of who is behind an id. A store needs it also while it erases somebody, of what is there at
/// that moment.
pub trait Identities {
    /// What joins an id with others, as the earlier id or as the user's: of claims of the same, the first by time and
    /// position; in any order.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn claims(&self, id: &str) -> Result<Vec<Claim>, StoreError>;

    /// The other ids that are named as `anonymousId` by what was done under an id, and that nobody claims as an
    /// earlier one; each once, in any order.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn named_by(&self, id: &str) -> Result<Vec<String>, StoreError>;

    /// Whether somebody has signed in under an id: something that was done under it has a `userId`.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn is_signed_in(&self, id: &str) -> Result<bool, StoreError>;
}

/// Under which ids something is kept of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptUnder {
    /// The ids that are meant.
    pub ids: Vec<String>,
    /// Ids that are said to be the same person's, and under which somebody has signed in, or that belong to
    /// such an id.
    pub others: Vec<String>,
}

impl KeptUnder {
    /// What is kept of whoever is known by an id; also under ids by which others have signed in, if whoever
    /// asks knows that they are the same person: `joined`.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn find(
        identities: &(impl Identities + ?Sized),
        id: &str,
        joined: bool,
    ) -> Result<Self, StoreError> {
        let everything = ids(identities, id)?;
        let mut own = BTreeSet::from_iter(own_ids(identities, id)?);
        if joined {
            for id in &everything {
                own.extend(own_ids(identities, id)?);
            }
        }
        let others = everything.into_iter();
        Ok(Self {
            others: others.filter(|id| !own.contains(id)).collect(),
            ids: own.into_iter().collect(),
        })
    }
}

/// Everything that was said about who an id and those joined to it are, by time and position.
struct Claims {
    claims: Vec<Claim>,
    /// Whether somebody has signed in under an id that is claimed.
    signed_in: HashMap<String, bool>,
}

impl Claims {
    fn around(identities: &(impl Identities + ?Sized), id: &str) -> Result<Self, StoreError> {
        let mut claims = Vec::new();
        let mut known = BTreeSet::from([id.to_owned()]);
        let mut next = vec![id.to_owned()];
        while let Some(id) = next.pop() {
            for claim in identities.claims(&id)? {
                for id in [&claim.earlier, &claim.user] {
                    if known.insert(id.clone()) {
                        next.push(id.clone());
                    }
                }
                claims.push(claim);
            }
        }
        // Each was found from both of its ends.
        claims.sort_by_key(|claim| (claim.at, claim.position));
        claims.dedup_by_key(|claim| claim.position);
        let mut signed_in = HashMap::new();
        for Claim { earlier, .. } in &claims {
            if !signed_in.contains_key(earlier) {
                signed_in.insert(earlier.clone(), identities.is_signed_in(earlier)?);
            }
        }
        Ok(Self { claims, signed_in })
    }

    /// Who is behind which id if everything is believed.
    fn joins(&self) -> Joins {
        joins(self.claims.iter())
    }

    /// Likewise if nobody is believed to be somebody who has signed in.
    fn safe_joins(&self) -> Joins {
        let is_safe = |claim: &&Claim| self.signed_in.get(&claim.earlier) != Some(&true);
        joins(self.claims.iter().filter(is_safe))
    }
}

fn joins<'c>(claims: impl Iterator<Item = &'c Claim>) -> Joins {
    let mut joins = Joins::new();
    for claim in claims {
        joins.join(&claim.earlier, &claim.user);
    }
    joins
}

/// Every id of a person, from any of them: first the one that they go by. Whoever has the write key
/// can have two ids joined.
pub(crate) fn ids(
    identities: &(impl Identities + ?Sized),
    id: &str,
) -> Result<Vec<String>, StoreError> {
    let joins = Claims::around(identities, id)?.joins();
    let name = joins.of(id);
    let mut ids = joins.ids(name);
    ids.sort_unstable_by_key(|id| (*id != name, *id));
    Ok(ids.into_iter().map(str::to_owned).collect())
}

/// Every id of a person, from any of them, if nobody is believed to be somebody who has signed in. Each id is
/// among those of one person.
pub(crate) fn safe_ids(
    identities: &(impl Identities + ?Sized),
    id: &str,
) -> Result<Vec<String>, StoreError> {
    let joins = Claims::around(identities, id)?.safe_joins();
    let ids = joins.ids(joins.of(id));
    Ok(ids.into_iter().map(str::to_owned).collect())
}

/// The ids under which nobody else can have done anything: those of a person, but for ids under which
/// somebody has signed in as somebody else; and those that their messages name and nobody claims.
fn own_ids(identities: &(impl Identities + ?Sized), id: &str) -> Result<Vec<String>, StoreError> {
    let (mut own, mut next) = (Vec::new(), vec![id.to_owned()]);
    while let Some(id) = next.pop() {
        let joins = Claims::around(identities, &id)?.safe_joins();
        for id in joins.ids(joins.of(&id)) {
            if own.iter().any(|known| known == id) {
                continue;
            }
            own.push(id.to_owned());
            for other in identities.named_by(id)? {
                if !identities.is_signed_in(&other)? {
                    next.push(other);
                }
            }
        }
    }
    own.sort_unstable();
    Ok(own)
}
