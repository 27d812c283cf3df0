//! Write key and admin token: as given, else as kept, else made.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use firstvalue_collector::Secret;
use firstvalue_store::private;
use serde::{Deserialize, Serialize};

/// Where keys that were made are kept in the data folder.
const KEPT_IN: &str = "keys.json";

/// The keys that a collector asks for: themselves if they were given or made now, else their hashes.
pub struct Keys {
    pub write_key: String,
    pub admin_token: String,
    /// Signs ids of users, so that it must be known.
    pub identity_secret: Option<String>,
    /// Nobody has seen them yet.
    pub made_now: bool,
}

/// What is kept of keys that were made: of those that a client shows, the hash is enough.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    write_key: String,
    admin_token: String,
    identity_secret: Option<String>,
}

impl Keys {
    /// The keys as given; what is not given comes from the data folder, where it is made the first
    /// time.
    pub fn of(
        data: &Path,
        write_key: Option<&str>,
        admin_token: Option<&str>,
        identity_secret: Option<&str>,
    ) -> anyhow::Result<Self> {
        for (key, name) in [
            (write_key, "write key"),
            (admin_token, "admin token"),
            (identity_secret, "identity secret"),
        ] {
            anyhow::ensure!(
                key != Some(""),
                "the {name} is empty; leave it out to have one made"
            );
        }
        let given = identity_secret.map(str::to_owned);
        if let (Some(write_key), Some(admin_token)) = (write_key, admin_token) {
            return Ok(Self {
                write_key: write_key.to_owned(),
                admin_token: admin_token.to_owned(),
                identity_secret: given,
                made_now: false,
            });
        }
        let path = data.join(KEPT_IN);
        let failed = || format!("cannot keep keys in `{}`", path.display());
        let made = make(data, &path).with_context(failed)?;
        let made_now = made.is_some();
        let kept = match made {
            Some(made) => made,
            None => serde_json::from_slice(&fs::read(&path).with_context(failed)?).with_context(
                || {
                    format!(
                        "`{}` is damaged; delete it to have new keys made",
                        path.display()
                    )
                },
            )?,
        };
        Ok(Self {
            write_key: write_key.map_or(kept.write_key, str::to_owned),
            admin_token: admin_token.map_or(kept.admin_token, str::to_owned),
            identity_secret: given.or(kept.identity_secret),
            made_now,
        })
    }
}

/// Makes keys unless they are there, and keeps their hashes; returns those made. The file is never
/// there in part.
fn make(data: &Path, path: &Path) -> io::Result<Option<Kept>> {
    if path.exists() {
        return Ok(None);
    }
    private::folder(data)?;
    let made = Kept {
        write_key: secret("wk_")?,
        admin_token: secret("at_")?,
        identity_secret: Some(secret("is_")?),
    };
    let kept = Kept {
        write_key: Secret::new(&made.write_key).to_string(),
        admin_token: Secret::new(&made.admin_token).to_string(),
        identity_secret: made.identity_secret.clone(),
    };
    let draft = data.join(format!("{KEPT_IN}.{}", std::process::id()));
    let mut file = private::file(&draft)?;
    file.write_all(&serde_json::to_vec_pretty(&kept)?)?;
    file.sync_all()?;
    // A link, other than a rename, leaves alone what another process has made meanwhile.
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        linked => linked.map(|()| Some(made)),
    }
}

/// A secret of 160 bits, named by a prefix that says what it is for.
fn secret(prefix: &str) -> io::Result<String> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{prefix}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_their_hashes_kept() {
        let parent = tempfile::tempdir().unwrap();
        let data = parent.path().join("data");
        let first = Keys::of(&data, None, None, None).unwrap();
        let second = Keys::of(&data, None, None, None).unwrap();
        assert!(first.made_now && !second.made_now);
        assert!(Secret::new(&second.write_key).is(&first.write_key));
        assert!(Secret::new(&second.admin_token).is(&first.admin_token));
        assert_eq!(first.identity_secret, second.identity_secret);
        assert!(first.write_key.starts_with("wk_") && first.write_key.len() == 43);
        assert_ne!(first.write_key[3..], first.admin_token[3..]);
        let kept = fs::read_to_string(data.join(KEPT_IN)).unwrap();
        assert!(!kept.contains(&first.write_key) && !kept.contains(&first.admin_token));
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
    }

    #[test]
    fn what_is_given_comes_first_and_is_not_kept() {
        let parent = tempfile::tempdir().unwrap();
        let data = parent.path().join("data");
        let given = Keys::of(&data, Some("wk"), Some("at"), None).unwrap();
        assert_eq!(
            (given.write_key.as_str(), given.admin_token.as_str()),
            ("wk", "at")
        );
        assert!(!given.made_now && !data.exists() && given.identity_secret.is_none());

        let half = Keys::of(&data, Some("wk"), None, Some("is")).unwrap();
        assert_eq!(half.write_key, "wk");
        assert_eq!(half.identity_secret.as_deref(), Some("is"));
        let kept = fs::read_to_string(data.join(KEPT_IN)).unwrap();
        assert!(!kept.contains("\"wk\"") && !kept.contains("\"is\""));
        assert!(Keys::of(&data, Some(""), None, None).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_them() {
        use std::os::unix::fs::PermissionsExt;

        let data = tempfile::tempdir().unwrap();
        Keys::of(data.path(), None, None, None).unwrap();
        let mode = fs::metadata(data.path().join(KEPT_IN))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
