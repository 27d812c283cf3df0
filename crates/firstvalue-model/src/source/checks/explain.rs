//! Why a single condition never holds, or always does.

use super::place::Placed;
use crate::source::diagnostic::Span;
use crate::source::logic::{Logic, most_in};
use crate::source::node::Node;
use crate::time::{self, Millis};
use crate::{Comparison, Condition, EventMatch, Measure};

/// What to say, and where.
pub(super) struct Why {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: String,
}

impl Why {
    fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// In what something is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Count,
    Duration,
    Number,
}

/// Why it never holds.
pub(super) fn never(placed: Placed, logic: &Logic) -> Why {
    let Placed {
        condition,
        node,
        span,
    } = placed;
    for (event, at) in events(condition, node) {
        if logic.never_matches(event) {
            let at = at.get("where").map_or(at.span, |query| query.span);
            let message = format!("no `{}` can satisfy this `where`", event.name);
            return Why::new(
                at,
                message,
                "its parts contradict each other; put one of them right",
            );
        }
    }
    match condition {
        Condition::Sequence {
            events, without, ..
        } => {
            let nodes = node.get("sequence").map_or(&[][..], Node::elements);
            let excluded =
                |event: &&EventMatch| without.iter().any(|other| logic.is_among(event, other));
            let found = events.iter().zip(nodes).find(|(event, _)| excluded(event));
            match found {
                Some((event, node)) => Why::new(
                    node.span,
                    format!(
                        "this sequence waits for `{}` and excludes it by `without`",
                        event.name
                    ),
                    "remove it from one of the two; an event that is excluded counts as that alone",
                ),
                None => Why::new(span, "this sequence can never happen", REMOVE),
            }
        }
        Condition::User(_) => Why::new(span, "no traits of a user can satisfy this", QUERY),
        Condition::Account(_) => Why::new(span, "no traits of an account can satisfy this", QUERY),
        _ => match compared(condition, node) {
            Some(compared) => compared.never(condition),
            None => Why::new(span, "this never holds", REMOVE),
        },
    }
}

/// Why it always holds.
pub(super) fn always(placed: Placed) -> Why {
    let Placed {
        condition,
        node,
        span,
    } = placed;
    match condition {
        Condition::User(_) => Why::new(
            span,
            "everybody satisfies this, whatever their traits",
            QUERY_ALWAYS,
        ),
        Condition::Account(_) => Why::new(
            span,
            "every account satisfies this, whatever its traits",
            QUERY_ALWAYS,
        ),
        Condition::Never(event) => {
            let message = format!(
                "this always holds: no `{}` can satisfy the `where`",
                event.name
            );
            Why::new(
                span,
                message,
                "its parts contradict each other; put one of them right",
            )
        }
        _ => match compared(condition, node) {
            Some(compared) => Why::new(
                compared.span,
                format!(
                    "this always holds: {} is always {}",
                    compared.what,
                    compared.written()
                ),
                match compared.unit {
                    Unit::Count => "write for example `{ gte: 1 }`, or remove the condition",
                    _ => REMOVE,
                },
            ),
            None => Why::new(span, "this always holds", REMOVE),
        },
    }
}

const REMOVE: &str = "put it right, or remove the condition";
const QUERY: &str =
    "its parts contradict each other, or one of them is never true; put that one right";
const QUERY_ALWAYS: &str = "remove it, or put right what it compares with";

/// The events that a condition names, and where.
fn events<'a>(condition: &'a Condition, node: &'a Node) -> Vec<(&'a EventMatch, &'a Node)> {
    let (event, key) = match condition {
        Condition::Did { event, .. } => (event, "did"),
        Condition::Last { event, .. } => (event, "last"),
        Condition::First { event, .. } => (event, "first"),
        Condition::Never(event) => (event, "never"),
        Condition::Sequence { events, .. } => {
            let nodes = node.get("sequence").map_or(&[][..], Node::elements);
            return events.iter().zip(nodes).collect();
        }
        _ => return Vec::new(),
    };
    node.get(key)
        .map(|node| (event, node))
        .into_iter()
        .collect()
}

/// A comparison, and what is compared.
struct Compared<'a> {
    comparison: &'a Comparison,
    unit: Unit,
    what: &'static str,
    /// The window, as it is written.
    within: &'a str,
    span: Span,
}

fn compared<'a>(condition: &'a Condition, node: &'a Node) -> Option<Compared<'a>> {
    let (comparison, unit, key, what) = match condition {
        Condition::Did { measure, is, .. } => match measure {
            Measure::Times => (is, Unit::Count, "times", "the number of times"),
            Measure::Days => (is, Unit::Count, "days", "the number of days"),
            Measure::Weeks => (is, Unit::Count, "weeks", "the number of weeks"),
            Measure::Sum(_) => (is, Unit::Number, "is", "the sum"),
            Measure::Distinct(_) => (is, Unit::Count, "is", "the number of values"),
        },
        Condition::Last { ago, .. } | Condition::First { ago, .. } => {
            (ago, Unit::Duration, "ago", "the time since then")
        }
        Condition::Milestone { ago: Some(ago), .. } => {
            (ago, Unit::Duration, "ago", "the time since then")
        }
        Condition::SinceSignup(is) => (is, Unit::Duration, "is", "the time since sign-up"),
        Condition::Users { count, .. } => (count, Unit::Count, "count", "the number of users"),
        _ => return None,
    };
    Some(Compared {
        comparison,
        unit,
        what,
        within: node
            .get("within")
            .and_then(Node::as_text)
            .unwrap_or_default(),
        span: node.get(key)?.span,
    })
}

impl Compared<'_> {
    fn never(&self, condition: &Condition) -> Why {
        let (written, what) = (self.written(), self.what);
        let several = self.comparison.bounds().iter().flatten().count() > 1;
        let most = match condition {
            Condition::Did {
                measure,
                within: Some(within),
                ..
            } => most_in(*within, measure).map(|most| (most, measure)),
            _ => None,
        };
        if let Some((most, measure)) = most
            && [self.comparison.gte, self.comparison.gt, self.comparison.eq]
                .into_iter()
                .flatten()
                .any(|bound| bound >= most)
        {
            let window = self.within;
            let periods = match measure {
                Measure::Weeks => "weeks",
                _ => "days",
            };
            let message = format!(
                "this never holds: {window} touch at most {most} {periods} of the calendar"
            );
            return Why::new(self.span, message, "lower the number, or widen `within`");
        }
        if several {
            let message = format!("this never holds: {what} is never both {written}");
            let help = "these contradict each other; for one or the other write `any: [ … ]`";
            return Why::new(self.span, message, help);
        }
        let message = format!("this never holds: {what} is never {written}");
        let help = match self.unit {
            Unit::Count => "it is a whole number from 0; for none at all write `{ eq: 0 }`",
            _ => REMOVE,
        };
        Why::new(self.span, message, help)
    }

    /// The comparison in the words of a playbook.
    fn written(&self) -> String {
        let named = Comparison::NAMES.into_iter().zip(self.comparison.bounds());
        let parts: Vec<String> = named
            .filter_map(|(name, bound)| {
                let bound = bound?;
                Some(match self.unit {
                    // Exact: it was read from a duration.
                    Unit::Duration => format!("`{name}: {}`", time::duration_text(bound as Millis)),
                    _ => format!("`{name}: {bound}`"),
                })
            })
            .collect();
        parts.join(" and ")
    }
}
