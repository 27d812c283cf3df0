//! What the collector's `/api` answers. All times are milliseconds.

use serde::Deserialize;
use serde_json::{Map, Value};

/// `GET /api/overview`
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Overview {
    pub product: String,
    /// The collector's clock when it answered.
    pub now: i64,
    /// A new playbook is being taken up; the figures are those of the one before.
    #[serde(default)]
    pub recomputing: Option<Recomputing>,
    pub users: UserCounts,
    pub events: EventCounts,
    pub milestones: Vec<Milestone>,
    /// The stages of the life cycle, in order.
    #[serde(default)]
    pub stages: Vec<Stage>,
    #[serde(default)]
    pub health: HealthScores,
    pub guides: Vec<Guide>,
}

impl Overview {
    pub fn milestone(&self, id: &str) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.id == id)
    }

    /// What people call a milestone. One that the playbook no longer has goes by its id.
    pub fn milestone_title(&self, id: &str) -> String {
        let known = self.milestone(id);
        String::from(known.map_or(id, |milestone| &milestone.title))
    }

    /// What people call a stage, likewise.
    pub fn stage_title(&self, id: &str) -> String {
        let known = self.stages.iter().find(|stage| stage.id == id);
        String::from(known.map_or(id, |stage| &stage.title))
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Stage {
    pub id: String,
    pub title: String,
}

/// Of whom there are health scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub struct HealthScores {
    pub of_users: bool,
    pub of_accounts: bool,
}

/// Events that were read, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Recomputing {
    pub read: u64,
    pub events: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct UserCounts {
    pub total: u64,
    pub active_7d: u64,
    pub new_7d: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct EventCounts {
    pub total: u64,
    pub last_at: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Milestone {
    pub id: String,
    pub title: String,
    /// Who reaches it: `user` or `account`.
    #[serde(default)]
    pub per: String,
    pub target_ms: Option<i64>,
    /// The share that gets there within the target; `None` as long as nobody has been here for that long.
    pub in_target: Option<f64>,
    pub reached: u64,
    /// How many there are of those who may reach it.
    pub users: u64,
    /// Share of all of these, 0 to 1.
    pub share: f64,
    pub ttv: TimeToValue,
    /// Share that has reached it by a time since sign-up (Kaplan–Meier).
    pub curve: Vec<CurvePoint>,
}

impl Milestone {
    pub fn is_of_accounts(&self) -> bool {
        self.per == "account"
    }

    /// Who reaches it, as a word.
    pub fn who(&self) -> &'static str {
        if self.is_of_accounts() {
            "accounts"
        } else {
            "users"
        }
    }
}

/// Quantiles of the time to value. One that fewer users have reached is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct TimeToValue {
    pub p25_ms: Option<i64>,
    pub median_ms: Option<i64>,
    pub p75_ms: Option<i64>,
    pub p90_ms: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct CurvePoint {
    pub ttv_ms: i64,
    pub share: f64,
}

/// Counts are of distinct users.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Guide {
    pub id: String,
    pub title: String,
    pub kind: String,
    pub eligible: u64,
    pub shown: u64,
    pub completed: u64,
    pub dismissed: u64,
    pub failed: u64,
    pub steps: Vec<GuideStep>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct GuideStep {
    pub title: String,
    pub shown: u64,
    /// For how many it ended at this step, before its end.
    #[serde(default)]
    pub ended: Vec<Ended>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Ended {
    /// `dismissed`, or why the step could not be shown.
    pub reason: String,
    pub users: u64,
}

/// `GET /api/events`, newest first.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Events {
    pub events: Vec<Event>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Event {
    pub at: i64,
    pub received_at: i64,
    #[serde(default)]
    pub user: Option<String>,
    /// The kind of call: `track`, `identify`, `page`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// The event's name, where the call has one.
    #[serde(default)]
    pub event: Option<String>,
    #[serde(default)]
    pub properties: Option<Map<String, Value>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_may_lack_a_name_a_user_and_properties() {
        let text = r#"{"events":[
            {"at":5,"received_at":6,"type":"identify","user":"u1","event":null,"properties":null},
            {"at":5,"received_at":6,"type":"track","event":"report.created","properties":{"rows":2}}
        ]}"#;
        let read: Events = serde_json::from_str(text).unwrap();
        assert_eq!(read.events[0].event, None);
        assert_eq!(read.events[1].user, None);
        assert_eq!(read.events[1].properties.as_ref().unwrap()["rows"], 2);
    }
}
