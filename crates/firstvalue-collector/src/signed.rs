//! Ids that the host's server has signed, so that a browser may be told something: the write key is public, and ids
//! can be guessed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::product::Product;
use crate::secret;

/// Whose id is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signed {
    User,
    Account,
}

impl Signed {
    /// Whether a hash is that of an id: HMAC-SHA256 of it with the product's identity secret, in hexadecimal. Accounts
    /// have a key of their own, so that no user, whatever they are called, is taken for one.
    pub(crate) fn by(self, product: &Product, id: &str, hash: &str) -> bool {
        let secret = product.identity_secret.as_deref();
        secret.is_some_and(|secret| self.with(secret, id, hash))
    }

    /// The time does not tell how much of the hash is right.
    fn with(self, secret: &str, id: &str, hash: &str) -> bool {
        let key = match self {
            Self::User => secret.to_owned(),
            Self::Account => format!("{secret}:account"),
        };
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
            return false;
        };
        mac.update(id.as_bytes());
        secret::bytes(hash).is_some_and(|hash| mac.verify_slice(&hash).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::Signed::{Account, User};

    #[test]
    fn hashes_are_those_of_every_other_program() {
        // printf %s ann | openssl dgst -sha256 -hmac is_test
        let hash = "25579878b3b6203f93682ecfc3a9332ac094d21988d348f95c063fc7796eb962";
        assert!(User.with("is_test", "ann", hash));
        assert!(User.with("is_test", "ann", &hash.to_uppercase()));
        for (secret, user, hash) in [
            ("is_other", "ann", hash),
            ("is_test", "bob", hash),
            ("is_test", "ann", &hash[2..]),
            ("is_test", "ann", ""),
            ("", "ann", hash),
        ] {
            assert!(!User.with(secret, user, hash));
        }
    }

    #[test]
    fn nobody_is_taken_for_an_account_that_is_called_as_they_are() {
        // printf %s acme | openssl dgst -sha256 -hmac is_test:account
        let account = "e726f19536df7ad5450dd2dbf6b7262322add740b7ac5379a588f5947db7b24b";
        assert!(Account.with("is_test", "acme", account));
        assert!(!User.with("is_test", "acme", account));
        // printf %s acme | openssl dgst -sha256 -hmac is_test
        let user = "1235f0079439f939e3a7afa4ec8c7ef88fb6d716ccf534792c734fdba162005b";
        assert!(User.with("is_test", "acme", user));
        assert!(!Account.with("is_test", "acme", user));
    }
}
