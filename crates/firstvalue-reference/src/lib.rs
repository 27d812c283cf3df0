//! What a playbook means, written down without care for time or memory: everything that was ever
//! said is kept, every question goes through all of it again, and every millisecond is looked at.
//!
//! For tests only: the engine must give the same answers. What is quoted is the design, section 4.

mod condition;
mod health;
mod history;
mod late;
mod measure;
mod order;
mod people;

use std::collections::{BTreeMap, BTreeSet};

use firstvalue_model::Playbook;
use firstvalue_model::message::Message;
use firstvalue_model::playbook::{Milestone, Per};
use firstvalue_model::time::Millis;

pub use health::HealthScore;
use history::History;

/// Whom something is about. Accounts come before users.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Subject {
    Account(String),
    User(String),
}

/// A line of `firstvalue replay --format json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Millis,
    /// Of whom.
    pub subject: Subject,
    /// What.
    pub change: Change,
}

/// What became true or false.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A milestone was reached.
    Milestone {
        /// Its id.
        id: String,
        /// "Time to value is that moment less sign-up."
        time_to_value: Millis,
    },
    /// A guide became eligible or ceased to be.
    Guide {
        /// Its id.
        id: String,
        /// Whether it is now.
        eligible: bool,
    },
}

impl Change {
    /// What it is about: whether a guide, and its id.
    fn what(&self) -> (bool, String) {
        match self {
            Self::Milestone { id, .. } => (false, id.clone()),
            Self::Guide { id, .. } => (true, id.clone()),
        }
    }
}

/// What is known at a moment: everything that was said, and what was found until now.
#[derive(Debug)]
pub struct World<'p> {
    playbook: &'p Playbook,
    /// "Page and element conditions are true unless the log holds pages."
    pages_known: bool,
    history: History,
    now: Millis,
    reached: BTreeMap<(Subject, String), Millis>,
    eligible: BTreeSet<(String, String)>,
    lines: Vec<Line>,
}

/// Replays a log, in which each message stands with the moment at which it is said to have
/// happened, until a moment that is not before the last of them.
pub fn replay<'p>(playbook: &'p Playbook, log: &[(Message, Millis)], until: Millis) -> World<'p> {
    let log = late::in_order(&people::by_name(log));
    let mut world = World {
        playbook,
        pages_known: log.iter().any(|(message, _)| history::is_page(message)),
        history: History::default(),
        now: log.first().map_or(until, |(_, at)| *at),
        reached: BTreeMap::new(),
        eligible: BTreeSet::new(),
        lines: Vec::new(),
    };
    loop {
        // "Whatever becomes true or false by waiting at a moment ≤ t is taken first."
        world.look();
        for (message, at) in &log {
            if *at == world.now {
                world.history.push(message, *at);
                world.look();
            }
        }
        if world.now >= until {
            return world;
        }
        world.now += 1;
    }
}

impl World<'_> {
    /// What was found: "by time, then by whom it is about; of one moment milestones before guides, each by
    /// id", then as it happened.
    pub fn lines(&self) -> Vec<Line> {
        let order = |line: &Line| (line.at, line.subject.clone(), line.change.what());
        let mut lines = self.lines.clone();
        lines.sort_by_cached_key(order);
        lines
    }

    /// Lets a millisecond pass in which nothing is said.
    pub fn wait(&mut self) {
        self.now += 1;
        self.look();
    }

    /// Looks at everything once.
    fn look(&mut self) {
        let mut found = Vec::new();
        // "Within one moment milestones come before what refers to them."
        for (id, milestone) in order::milestones(self.playbook) {
            for subject in self.subjects(milestone.per) {
                found.extend(self.look_at_milestone(id, milestone, subject));
            }
        }
        for subject in self.subjects(Per::User) {
            found.extend(self.look_at_guides(&subject));
        }
        self.lines.extend(found);
    }

    /// "A milestone is reached at the first moment when its condition holds … and stays reached."
    fn look_at_milestone(
        &mut self,
        id: &str,
        milestone: &Milestone,
        subject: Subject,
    ) -> Option<Line> {
        let key = (subject.clone(), id.to_owned());
        if self.reached.contains_key(&key) || !self.holds(&milestone.when, &subject) {
            return None;
        }
        self.reached.insert(key, self.now);
        let time_to_value = self.now - self.signup(&subject)?;
        let id = id.to_owned();
        Some(self.line(subject, Change::Milestone { id, time_to_value }))
    }

    /// "At each change of `audience and when` (false to begin with)."
    fn look_at_guides(&mut self, subject: &Subject) -> Vec<Line> {
        let mut found = Vec::new();
        for (id, guide) in &self.playbook.guides {
            let key = (name(subject).to_owned(), id.clone());
            let audience = guide.audience.as_ref();
            let eligible = audience.is_none_or(|audience| self.is_in(audience, subject))
                && guide
                    .when
                    .as_ref()
                    .is_none_or(|when| self.holds(when, subject));
            let changed = if eligible {
                self.eligible.insert(key)
            } else {
                self.eligible.remove(&key)
            };
            if changed {
                let id = id.clone();
                found.push(self.line(subject.clone(), Change::Guide { id, eligible }));
            }
        }
        found
    }

    /// The id of the stage that a user is in: "the last that holds".
    pub fn stage(&self, user: &str) -> Option<&str> {
        let subject = Subject::User(user.to_owned());
        let mut stages = self.playbook.stages.iter().rev();
        let stage = stages.find(|stage| self.holds(&stage.when, &subject))?;
        Some(&stage.id)
    }

    /// The audiences that a user belongs to.
    pub fn audiences(&self, user: &str) -> Vec<&str> {
        let subject = Subject::User(user.to_owned());
        let audiences = self.playbook.audiences.keys().map(String::as_str);
        audiences.filter(|id| self.is_in(id, &subject)).collect()
    }

    fn line(&self, subject: Subject, change: Change) -> Line {
        Line {
            at: self.now,
            subject,
            change,
        }
    }

    /// Everybody of whom anything was said so far.
    fn subjects(&self, per: Per) -> Vec<Subject> {
        match per {
            Per::User => self.history.users().map(Subject::User).collect(),
            Per::Account => self.history.accounts().map(Subject::Account).collect(),
        }
    }
}

/// The id of a user or account.
pub fn name(subject: &Subject) -> &str {
    match subject {
        Subject::Account(id) | Subject::User(id) => id,
    }
}
