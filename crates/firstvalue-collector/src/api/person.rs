//! Whom somebody asks about.

use firstvalue_model::time::Millis;

use crate::auth::Admin;
use crate::error::HttpError;
use crate::projection::{KnownUser, Projection};

/// Looks up the person who is known by an id, as they are at `now`: the id that they go by, and what is to be
/// known of them.
pub(super) async fn find<T: Send + 'static>(
    admin: &Admin,
    id: &str,
    now: Millis,
    look: impl FnOnce(&Projection, &KnownUser<'_>) -> T + Send + 'static,
) -> Result<(String, T), HttpError> {
    let asked = id.to_owned();
    let found = admin.product.projector.ask(move |projection| {
        let user = projection.user_at(projection.person(&asked), now)?;
        Some((user.id.to_owned(), look(projection, &user)))
    });
    found.await?.ok_or_else(|| unknown(id))
}

/// Nobody is known by that id.
pub(super) fn unknown(id: &str) -> HttpError {
    HttpError::not_found(format!("nothing is known of a user `{id}`"))
}
