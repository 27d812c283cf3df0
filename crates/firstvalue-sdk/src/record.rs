//! What is written down on the device, apart from messages.

/// A key, and what is to stand there; nothing if it is to be removed.
pub type Record = (String, Option<Vec<u8>>);

/// Who the user is, their account, and what guides have taken of their attention.
pub const DEVICE: &str = "device";

/// Before the id of a user: that user's state.
const USER: &str = "user:";

/// Where a user's state stands.
pub fn of_user(id: &str) -> String {
    let mut key = USER.to_owned();
    key.push_str(id);
    key
}

/// Whose state stands under a key, if it is a user's.
pub fn user_of(key: &str) -> Option<&str> {
    key.strip_prefix(USER)
}
