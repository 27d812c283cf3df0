use std::fmt;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What the text of a hashed secret begins with.
const HASHED: &str = "sha256:";

/// A secret of which only the hash is known.
///
/// One round of SHA-256 is enough for the secrets that `firstvalue serve` makes, which nobody could
/// guess. It comes with a label, by which logs can tell it from others without giving it away.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The secret that a text is, or the one whose hash it is if it reads `sha256:` and 64
    /// hexadecimal digits.
    ///
    /// ```
    /// use firstvalue_collector::Secret;
    ///
    /// let secret = Secret::new("wk_1");
    /// assert_eq!(Secret::new(&secret.to_string()), secret);
    /// assert!(secret.is("wk_1") && !secret.is(&secret.to_string()));
    /// ```
    pub fn new(text: &str) -> Self {
        let hashed = text.strip_prefix(HASHED).and_then(bytes);
        Self(hashed.unwrap_or_else(|| Sha256::digest(text).into()))
    }

    /// Whether a text is this secret, in a time that does not tell how much of it is right.
    pub fn is(&self, given: &str) -> bool {
        let given: [u8; 32] = Sha256::digest(given).into();
        self.0.ct_eq(&given).into()
    }

    /// The first digits of the hash: enough to know the secret again, too few to find it.
    pub fn label(&self) -> String {
        hexadecimal(self.0.get(..4).unwrap_or_default())
    }
}

/// The form in which it is kept.
impl fmt::Display for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{HASHED}{}", hexadecimal(&self.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secret({}…)", self.label())
    }
}

/// Bytes as digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that 64 digits stand for.
pub(crate) fn bytes(digits: &str) -> Option<[u8; 32]> {
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, place) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(digits.get(place..place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_known_from_a_secret_that_looks_alike() {
        let hash = Secret::new("at_1").to_string();
        assert_eq!(hash.len(), 7 + 64);
        assert!(Secret::new(&hash).is("at_1"));
        assert!(Secret::new(&hash.to_uppercase().replace("SHA256", "sha256")).is("at_1"));
        // Too short to be a hash, so it is a secret.
        let cut = &hash[..hash.len() - 1];
        assert!(Secret::new(cut).is(cut));
        assert!(!Secret::new("at_1").is("at_2") && !Secret::new("").is("a"));
    }

    #[test]
    fn nothing_written_gives_it_away() {
        let secret = Secret::new("at_hidden");
        assert!(!format!("{secret:?} {secret}").contains("hidden"));
        assert_eq!(secret.label().len(), 8);
    }
}
