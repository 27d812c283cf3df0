//! What users and accounts have achieved: business results, as their users recorded them. Stores say what was
//! recorded, and who belonged where; whose it is is decided here, for all.

use std::collections::HashMap;

use firstvalue_model::time::Millis;

use crate::error::StoreError;
use crate::event::Position;
use crate::people::safe_ids;
use crate::reader::Reader;

/// A business result.
#[derive(Debug, Clone, PartialEq)]
pub struct Achieved {
    /// Which, by the name under which the host reports it.
    pub outcome: String,
    /// How much.
    pub value: f64,
    /// When.
    pub at: Millis,
}

/// A business result as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Under which id.
    pub user: String,
    /// By which event.
    pub position: Position,
    /// What.
    pub achieved: Achieved,
}

/// Says that a user belongs to an account from now on, as a `group` call does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouped {
    /// Under which id.
    pub user: String,
    /// When it was said.
    pub at: Millis,
    /// By which event.
    pub position: Position,
    /// The account.
    pub account: String,
}

pub(crate) fn of_user(
    reader: &(impl Reader + ?Sized),
    user: &str,
    from: Millis,
    each: &mut dyn FnMut(Achieved),
) -> Result<(), StoreError> {
    let ids = safe_ids(reader, user)?;
    reader.recorded(&ids, from, &mut |recorded| each(recorded.achieved))
}

pub(crate) fn of_account(
    reader: &(impl Reader + ?Sized),
    account: &str,
    from: Millis,
    each: &mut dyn FnMut(Achieved),
) -> Result<(), StoreError> {
    let (mut people, mut ids) = (HashMap::<String, usize>::new(), Vec::new());
    for (person, id) in reader.users_of(&[account.to_owned()])?.iter().enumerate() {
        if people.contains_key(id) {
            continue;
        }
        for id in safe_ids(reader, id)? {
            people.insert(id.clone(), person);
            ids.push(id);
        }
    }
    // By person: from when they belonged to it, and from when to another one.
    let mut groups: HashMap<usize, Vec<(Millis, Position, bool)>> = HashMap::new();
    reader.grouped(&ids, &mut |grouped| {
        if let Some(person) = people.get(&grouped.user) {
            let group = (grouped.at, grouped.position, grouped.account == account);
            groups.entry(*person).or_default().push(group);
        }
    })?;
    reader.recorded(&ids, from, &mut |recorded| {
        let person = people.get(&recorded.user);
        let groups = person.and_then(|person| groups.get(person));
        let groups = groups.map_or(&[][..], Vec::as_slice);
        let place = (recorded.achieved.at, recorded.position);
        let before = groups.partition_point(|(at, position, _)| (*at, *position) < place);
        let latest = before.checked_sub(1).and_then(|place| groups.get(place));
        if latest.is_some_and(|(.., is_theirs)| *is_theirs) {
            each(recorded.achieved);
        }
    })
}
