//! Who stands behind an id.

use firstvalue_model::message::{Message, MessageKind};
use firstvalue_model::time::Millis;

/// The log in which everybody is named by the id that they go by at its end.
///
/// "An `identify` call joins the anonymous id that it names to the user, and an `alias` call the
/// earlier id. An id belongs to whoever it was joined to first … from the beginning."
pub(crate) fn by_name(log: &[(Message, Millis)]) -> Vec<(Message, Millis)> {
    let mut links: Vec<(&str, &str)> = Vec::new();
    for (message, _) in log {
        let Some(user) = message.user() else { continue };
        let before = match message.kind {
            MessageKind::Identify => message.anonymous_id.as_deref(),
            MessageKind::Alias => message.previous_id.as_deref(),
            _ => None,
        };
        if let Some(before) = before.filter(|id| !id.is_empty())
            && !links.iter().any(|(id, _)| *id == before)
            && person(&links, user) != before
        {
            links.push((before, user));
        }
    }
    let named = |(message, at): &(Message, Millis)| {
        let user_id = message.user().map(|user| person(&links, user).to_owned());
        let message = message.clone();
        (Message { user_id, ..message }, *at)
    };
    log.iter().map(named).collect()
}

fn person<'l>(links: &[(&'l str, &'l str)], id: &'l str) -> &'l str {
    let mut links_of = links.iter().filter(|(from, _)| *from == id);
    links_of.next().map_or(id, |(_, to)| person(links, to))
}
