//! The state of the live connection: what was last answered, and when to ask again.
//! Errors never take away what is shown.

use crate::api::{Event, Overview};
use crate::fetch::FetchError;
use std::rc::Rc;
use yew::Reducible;

/// How often a collector that answers is asked, in milliseconds.
const INTERVAL: f64 = 2_000.0;
/// The longest wait between two tries while it does not answer.
const LONGEST_WAIT: f64 = 30_000.0;

/// Times are of this computer's clock, in milliseconds, but for those in the answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    pub answer: Option<Answer>,
    pub connection: Connection,
    /// Grows with every question that came to an end; starts the next one.
    pub round: u32,
    /// When to ask next.
    pub due: f64,
    /// The collector's clock at the first answer: what came later is new to the eye.
    pub opened_at: i64,
}

/// What the collector last answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub overview: Rc<Overview>,
    pub events: Rc<[Event]>,
    pub received: f64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Connection {
    /// Nothing has been heard yet.
    #[default]
    Opening,
    Live,
    Lost {
        failures: u32,
        reason: FetchError,
    },
    /// The token is not, or no longer, accepted.
    Refused,
}

pub enum Action {
    Answered(Answer),
    Failed { reason: FetchError, at: f64 },
    AskNow,
}

impl Answer {
    /// The collector's clock when this computer's says `now`. The two need not agree.
    pub fn collector_time(&self, now: f64) -> i64 {
        self.overview.now + (now - self.received).max(0.0) as i64
    }
}

impl Feed {
    fn after(&self, action: Action) -> Feed {
        let round = self.round.wrapping_add(1);
        match action {
            Action::Answered(answer) => {
                let first = self.answer.is_none();
                Feed {
                    opened_at: if first {
                        answer.overview.now
                    } else {
                        self.opened_at
                    },
                    due: answer.received + INTERVAL,
                    answer: Some(answer),
                    connection: Connection::Live,
                    round,
                }
            }
            Action::Failed {
                reason: FetchError::Refused,
                ..
            } => Feed {
                connection: Connection::Refused,
                round,
                ..self.clone()
            },
            Action::Failed { reason, at } => {
                let failures = match &self.connection {
                    Connection::Lost { failures, .. } => failures + 1,
                    _ => 1,
                };
                let due = at + wait_after(failures);
                Feed {
                    connection: Connection::Lost { failures, reason },
                    due,
                    round,
                    ..self.clone()
                }
            }
            Action::AskNow => Feed {
                due: 0.0,
                round,
                ..self.clone()
            },
        }
    }
}

impl Reducible for Feed {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

/// Twice as long after each failure.
fn wait_after(failures: u32) -> f64 {
    let doubled = INTERVAL * f64::from(1_u32 << failures.saturating_sub(1).min(8));
    doubled.min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{EventCounts, HealthScores, UserCounts};

    fn answer(now: i64, received: f64) -> Answer {
        let overview = Overview {
            product: String::from("Ledgerly"),
            recomputing: None,
            now,
            users: UserCounts {
                total: 1,
                active_7d: 1,
                new_7d: 1,
            },
            events: EventCounts {
                total: 1,
                last_at: None,
            },
            milestones: Vec::new(),
            stages: Vec::new(),
            health: HealthScores::default(),
            guides: Vec::new(),
        };
        Answer {
            overview: Rc::new(overview),
            events: Rc::from([]),
            received,
        }
    }

    fn failed(at: f64) -> Action {
        Action::Failed {
            reason: FetchError::Unreachable,
            at,
        }
    }

    #[test]
    fn errors_back_off_and_keep_what_is_shown() {
        let mut feed = Feed::default().after(Action::Answered(answer(1_000, 50.0)));
        assert_eq!(feed.due, 2_050.0);
        let mut waits = Vec::new();
        for _ in 0..6 {
            feed = feed.after(failed(10_000.0));
            waits.push(feed.due - 10_000.0);
        }
        assert_eq!(
            waits,
            [2_000.0, 4_000.0, 8_000.0, 16_000.0, 30_000.0, 30_000.0]
        );
        assert!(feed.answer.is_some());
        assert!(matches!(
            feed.connection,
            Connection::Lost { failures: 6, .. }
        ));

        feed = feed.after(Action::Answered(answer(9_000, 20_000.0)));
        assert_eq!(feed.connection, Connection::Live);
        assert_eq!(feed.due, 22_000.0);
        assert_eq!(feed.opened_at, 1_000);
    }

    #[test]
    fn every_end_of_a_question_starts_the_next_round() {
        let feed = Feed::default().after(failed(0.0));
        assert_eq!(feed.round, 1);
        let feed = feed.after(Action::AskNow);
        assert_eq!((feed.round, feed.due), (2, 0.0));
    }

    #[test]
    fn a_refused_token_is_not_a_lost_connection() {
        let refused = Action::Failed {
            reason: FetchError::Refused,
            at: 0.0,
        };
        assert_eq!(
            Feed::default().after(refused).connection,
            Connection::Refused
        );
    }

    #[test]
    fn the_collectors_clock_goes_on_between_answers() {
        let answer = answer(1_000, 50.0);
        assert_eq!(answer.collector_time(550.0), 1_500);
        assert_eq!(answer.collector_time(0.0), 1_000);
    }
}
