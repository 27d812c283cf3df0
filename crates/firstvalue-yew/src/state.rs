//! What is known of the user on this device.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What is known of the user on this device.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    /// The device's own id.
    pub anonymous_id: String,
    /// The id that the user was identified by.
    pub user_id: Option<String>,
    /// The account that they belong to.
    pub account_id: Option<String>,
    /// The user's traits.
    pub user: Map<String, Value>,
    /// The account's.
    pub account: Map<String, Value>,
    /// By id.
    pub milestones: BTreeMap<String, MilestoneState>,
    /// By id; an entry of an announcement, or a section of a resource centre, as `GUIDE/PART`.
    pub guides: BTreeMap<String, GuideState>,
    /// The audiences of the playbook that the user belongs to.
    pub audiences: Vec<String>,
    /// The stage of the life cycle that the user is in, if the playbook has stages.
    pub stage: Option<String>,
    /// The health score, from 0 to 100, if the playbook has one and anything is known of its parts.
    pub health: Option<f64>,
    /// The guide that is being shown.
    pub running: Option<Running>,
}

/// How the user stands with a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MilestoneState {
    /// When it was reached, in milliseconds since the epoch.
    pub reached_at: Option<f64>,
    /// Milliseconds from sign-up to then.
    pub time_to_value: Option<f64>,
}

/// How a guide has gone so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct GuideState {
    /// Its audience and conditions hold now.
    pub due: bool,
    /// How often it was shown.
    pub shown: u32,
    /// It has come to its end.
    pub completed: bool,
    /// It was sent away.
    pub dismissed: bool,
}

/// A guide that is being shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Running {
    /// Its id.
    pub guide: String,
    /// The step, from 0.
    pub step: u32,
}
