//! Rules from JSON that was read already: for browsers, where what serde derives for this is larger
//! than the engine itself.

use firstvalue_model::guide::{Frequency, Until};
use firstvalue_model::playbook::{CaptureRule, CaptureTrigger, Per, Throttle};
use firstvalue_model::{Comparison, EventMatch, GuideStanding};
use serde_json::Value;

use super::{Declared, GuideRule, MilestoneRule, Rules};
use crate::graph::{Atom, Counted, DeclaredGraph, Node, Quantity, Sequence};
use crate::memory::{DistinctKept, Keep, SumKept};

impl Rules {
    /// Reads the `rules` of a compiled playbook: what deserialising them gives of all that decides
    /// about one user. Accounts, stages, health and the names of audiences are left out, and nobody
    /// learns what is wrong with rules that cannot be read.
    pub fn read(rules: &Value) -> Option<Self> {
        let users = rules.get("users")?;
        let declared = Declared {
            milestones: list(rules.get("milestones"), milestone)?,
            guides: list(rules.get("guides"), guide)?,
            capture: list(rules.get("capture"), capture)?,
            throttle: throttle(rules.get("throttle"))?,
            holdout: rules.get("holdout").and_then(Value::as_f64).unwrap_or(0.0),
            stages: Vec::new(),
            audiences: Default::default(),
            health: Default::default(),
            users: DeclaredGraph {
                nodes: list(users.get("nodes"), node)?,
                atoms: list(users.get("atoms"), atom)?,
                sequences: list(users.get("sequences"), sequence)?,
                rounds: Vec::new(),
            }
            .into(),
            accounts: Default::default(),
            shared: Default::default(),
        };
        Some(declared.into())
    }
}

/// A list of whatever `read` makes of one; an absent one is empty.
fn list<T>(values: Option<&Value>, read: fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    match values {
        None => Some(Vec::new()),
        // A loop, because collecting takes several times the code for each kind of list.
        Some(values) => {
            let mut list = Vec::new();
            for value in values.as_array()? {
                list.push(read(value)?);
            }
            Some(list)
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn field(value: &Value, name: &str) -> Option<String> {
    text(value.get(name)?)
}

fn small(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

/// A place in one of the lists.
fn place(value: &Value, name: &str) -> Option<u32> {
    small(value.get(name)?)
}

fn millis(value: &Value, name: &str) -> Option<i64> {
    value.get(name)?.as_i64()
}

fn milestone(value: &Value) -> Option<MilestoneRule> {
    Some(MilestoneRule {
        id: field(value, "id")?,
        title: field(value, "title")?,
        per: match value.get("per") {
            None => Per::User,
            Some(_) => Per::Account,
        },
        target: millis(value, "target"),
        when: place(value, "when")?,
    })
}

fn guide(value: &Value) -> Option<GuideRule> {
    let frequency = value.get("frequency")?;
    Some(GuideRule {
        id: field(value, "id")?,
        page: field(value, "page"),
        frequency: Frequency {
            limit: place(frequency, "limit"),
            every: millis(frequency, "every"),
            until: match frequency.get("until")?.as_str()? {
                "never" => Until::Never,
                "completed" => Until::Completed,
                "dismissed" => Until::Dismissed,
                "interacted" => Until::Interacted,
                _ => return None,
            },
        },
        priority: i32::try_from(millis(value, "priority")?).ok()?,
        automatic: value.get("automatic")?.as_bool()?,
        when: place(value, "when")?,
    })
}

fn capture(value: &Value) -> Option<CaptureRule> {
    Some(CaptureRule {
        event: field(value, "event")?,
        on: match value.get("on")?.as_str()? {
            "click" => CaptureTrigger::Click,
            _ => return None,
        },
        selector: field(value, "selector")?,
    })
}

fn throttle(value: Option<&Value>) -> Option<Throttle> {
    let Some(value) = value else {
        return Some(Throttle::default());
    };
    Some(Throttle {
        max_per_session: place(value, "max_per_session"),
        min_gap: millis(value, "min_gap"),
        never_over: list(value.get("never_over"), text)?,
    })
}

fn comparison(value: &Value) -> Comparison {
    let bound = |name| value.get(name)?.as_f64();
    Comparison {
        gte: bound("gte"),
        gt: bound("gt"),
        lte: bound("lte"),
        lt: bound("lt"),
        eq: bound("eq"),
        ne: bound("ne"),
    }
}

fn event(value: &Value) -> Option<EventMatch> {
    let query = value.get("where").and_then(Value::as_object);
    Some(EventMatch {
        name: field(value, "name")?,
        query: query.cloned(),
    })
}

fn atom(value: &Value) -> Option<Atom> {
    let keep = value.get("keep")?;
    let number = |name| place(keep, name).unwrap_or(0);
    Some(Atom {
        event: event(value.get("event")?)?,
        keep: Keep {
            times: number("times"),
            days: number("days"),
            weeks: number("weeks"),
            sums: list(keep.get("sums"), |sum| {
                Some(SumKept {
                    property: field(sum, "property")?,
                    within: millis(sum, "within"),
                })
            })?,
            distinct: list(keep.get("distinct"), |values| {
                Some(DistinctKept {
                    property: field(values, "property")?,
                    most: place(values, "most")?,
                })
            })?,
        },
        key: value.get("key")?.as_u64()?,
    })
}

fn sequence(value: &Value) -> Option<Sequence> {
    Some(Sequence {
        events: list(value.get("events"), event)?,
        within: millis(value, "within"),
        without: list(value.get("without"), event)?,
        key: value.get("key")?.as_u64()?,
    })
}

/// What is written as an object with one key: the key and its value.
fn form(value: &Value) -> Option<(&str, &Value)> {
    let (form, value) = value.as_object()?.iter().next()?;
    Some((form, value))
}

fn node(value: &Value) -> Option<Node> {
    let (form, value) = form(value)?;
    let query = || value.as_object().cloned();
    Some(match form {
        "compare" => Node::Compare {
            of: quantity(value.get("of")?)?,
            is: comparison(value.get("is")?),
        },
        "sequence" => Node::Sequence(small(value)?),
        "reached" => Node::Reached(small(value)?),
        "guide" => Node::Guide {
            guide: place(value, "guide")?,
            is: match value.get("is")?.as_str()? {
                "shown" => GuideStanding::Shown,
                "completed" => GuideStanding::Completed,
                "dismissed" => GuideStanding::Dismissed,
                "snoozed" => GuideStanding::Snoozed,
                _ => return None,
            },
        },
        "user" => Node::User(query()?),
        "account" => Node::Account(query()?),
        "theirs" => Node::Theirs(small(value)?),
        "page" => Node::Page(text(value)?),
        "element" => Node::Element(text(value)?),
        "all" => Node::All(list(Some(value), small)?),
        "any" => Node::Any(list(Some(value), small)?),
        "not" => Node::Not(small(value)?),
        _ => return None,
    })
}

/// The numbers that conditions on users compare.
fn quantity(value: &Value) -> Option<Quantity> {
    if value.as_str() == Some("signup") {
        return Some(Quantity::Signup);
    }
    let (form, value) = form(value)?;
    let counted = |value: &Value| {
        Some(Counted {
            atom: place(value, "atom")?,
            within: millis(value, "within"),
        })
    };
    let second = || small(value.get(1)?);
    Some(match form {
        "times" => Quantity::Times(counted(value)?),
        "days" => Quantity::Days(counted(value)?),
        "weeks" => Quantity::Weeks(counted(value)?),
        "sum" => Quantity::Sum(small(value.get(0)?)?, second()?),
        "distinct" => Quantity::Distinct(counted(value.get(0)?)?, second()?),
        "last" => Quantity::Last(small(value)?),
        "first" => Quantity::First(small(value)?),
        "reached" => Quantity::Reached(small(value)?),
        _ => return None,
    })
}
