//! Taking out everything that is kept of a user.

use crate::audit::Deed;

/// Whom to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Any of their ids.
    pub user: String,
    /// Whether also what was done under ids by which somebody has signed in, and that messages say are
    /// the same person's.
    pub joined: bool,
}

/// Says what is written down of an erasure, once it is known how much that was.
pub type DeedOf = Box<dyn FnOnce(&Erased) -> Deed + Send>;

/// What was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The ids that the user was known by.
    pub ids: Vec<String>,
    /// Ids that are said to be the same person's, and under which somebody has signed in, or that belong to
    /// such an id; what was done under them is left.
    pub left: Vec<String>,
    /// Events, with the ids by which they would have been known again.
    pub events: usize,
    /// Refused messages.
    pub refused: usize,
    /// Whether nothing of it is left on the disk. If not, somebody still reads what was there before, or the disk
    /// refuses; the store sees to it when that ends, for as long as it is open, or else when it is opened again.
    pub overwritten: bool,
    /// Whom what is known of others depended on.
    pub touched: Touched,
}

/// Others about whom something may have been decided by what was taken out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Ids that some message joined, or would have joined, with one of those taken out.
    pub users: Vec<String>,
    /// Accounts that one of those taken out was ever said to belong to.
    pub accounts: Vec<String>,
    /// Whether pages were among what was taken out.
    pub pages: bool,
    /// What had been taken out before, and since.
    pub removals: Removals,
}

/// What [`Reader::removals`](crate::Reader::removals) said before something, and after it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removals {
    /// Before it.
    pub before: i64,
    /// After it.
    pub after: i64,
}
