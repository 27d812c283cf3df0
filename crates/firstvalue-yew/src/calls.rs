//! What the script can do, as functions. Each is put in a queue, and carried out when the browser is idle.

use serde::Serialize;

use crate::options::{Consent, Options};
use crate::page::{call, text};
use crate::state::State;

const NOTHING: [(); 0] = [];

/// Starts Firstvalue, unless the script tag has done so.
pub fn init(options: &Options) {
    call("init", &(options,));
}

/// Follows what the user agrees to, in every tab. `Consent::None` takes everything away, and forgets all that is
/// kept on this device.
pub fn consent(level: Consent) {
    call("consent", &(level,));
}

/// Says who the user is. What happened on this device before they were known becomes theirs. `user_hash` is as
/// [`Options::user_hash`].
pub fn identify(user: &str, traits: impl Serialize, user_hash: Option<&str>) {
    call("identify", &(user, traits, user_hash));
}

/// Gives the user another id: what they did under the one before stays theirs.
pub fn alias(user: &str) {
    call("alias", &(user,));
}

/// Says to which account (customer organisation) the user belongs. `account_hash` lets a value report show the
/// account's outcomes: the HMAC-SHA256 of the account's id with the collector's identity secret and `:account` after
/// it, in hexadecimal, made by your server for whoever may see them.
pub fn group(account: &str, traits: impl Serialize, account_hash: Option<&str>) {
    call("group", &(account, traits, account_hash));
}

/// Forgets who the user is, as after signing out: what follows is somebody new.
pub fn reset() {
    call("reset", &NOTHING);
}

/// Records that the user did something, named `object.action` in the past tense. Properties, and traits, are
/// whatever is an object in JSON: a struct, a map, `json!({ … })`; `()` for none.
pub fn track(event: &str, properties: impl Serialize) {
    call("track", &(event, properties));
}

/// Records a business result, such as hours saved, by the name that it has in the playbook. What is no finite number
/// is ignored.
pub fn outcome(name: &str, value: f64) {
    call("outcome", &(name, value));
}

/// Records that a page is shown. Needed only if the options say that a change of the address is none.
pub fn page(name: Option<&str>, properties: impl Serialize) {
    call("page", &(name, properties));
}

/// Starts a guide now, whatever its conditions and frequency say.
pub fn start(guide: &str) {
    call("start", &(guide,));
}

/// Takes the running guide away; it does not count as dismissed.
pub fn stop() {
    call("stop", &NOTHING);
}

/// Shows the next step of the running guide; on the last step it completes.
pub fn next() {
    call("next", &NOTHING);
}

/// Shows the step before.
pub fn back() {
    call("back", &NOTHING);
}

/// Takes everything away: what is shown, every listener and timer. Events that were not sent stay stored.
pub fn destroy() {
    call("destroy", &NOTHING);
}

/// What is known of the user; nothing until Firstvalue is ready.
pub fn state() -> Option<State> {
    serde_json::from_str(&state_text()?).ok()
}

/// The same as JSON.
pub(crate) fn state_text() -> Option<String> {
    text(&call("state", &NOTHING)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_server_nothing_happens_and_nothing_is_known() {
        init(&Options::default());
        identify("ann", [()], None);
        group("acme", (), None);
        track("report.created", ());
        outcome("hours-saved", 2.5);
        assert_eq!(state(), None);
    }
}
