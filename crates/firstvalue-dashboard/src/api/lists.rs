//! What lists of the collector answer.

use serde::Deserialize;

/// `GET /api/accounts`
#[derive(Deserialize)]
pub struct Accounts {
    pub accounts: Vec<Account>,
    /// There are more after this.
    pub next: Option<String>,
}

#[derive(Deserialize)]
pub struct Account {
    pub account: String,
    pub users: u64,
    pub signup_at: Option<i64>,
    pub milestones: Vec<Reached>,
}

#[derive(Deserialize)]
pub struct Reached {
    pub id: String,
    pub ttv_ms: Option<i64>,
}

/// `GET /api/accounts/{id}`
#[derive(Deserialize)]
pub struct AccountUsers {
    pub users: Vec<User>,
}

#[derive(Deserialize)]
pub struct User {
    pub user: String,
    pub signup_at: Option<i64>,
    pub last_seen_at: Option<i64>,
    pub stage: Option<String>,
    #[serde(default)]
    pub milestones: Vec<String>,
}

/// `GET /api/playbooks`, newest first.
#[derive(Deserialize)]
pub struct Playbooks {
    pub in_force: Option<i64>,
    pub versions: Vec<Version>,
}

#[derive(Deserialize)]
pub struct Version {
    pub version: i64,
    pub at: i64,
    pub actor: String,
    pub note: String,
}

/// `GET /api/quarantine`, newest first.
#[derive(Deserialize)]
pub struct Quarantine {
    pub refused: Vec<Refused>,
}

#[derive(Deserialize)]
pub struct Refused {
    pub id: i64,
    pub received_at: i64,
    pub user: Option<String>,
    pub reason: String,
    pub body: String,
}

/// `GET /api/audit`, newest first.
#[derive(Deserialize)]
pub struct Audit {
    pub deeds: Vec<Deed>,
}

#[derive(Deserialize)]
pub struct Deed {
    pub id: i64,
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub subject: String,
    pub detail: String,
}
