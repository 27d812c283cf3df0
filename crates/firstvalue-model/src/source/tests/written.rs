//! Playbooks as somebody would write them, in JSON.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::guide::{
    Action, Advance, Branch, Earlier, Effect, Entry, Guide, GuideKind, Item, Panel, Question,
    Section, Step, Target, Text,
};
use crate::playbook::*;
use crate::time::Millis;
use crate::{Comparison, Condition, EventMatch, Measure};

/// The playbook as it would be written.
pub(in crate::source) fn playbook(playbook: &Playbook) -> Value {
    let mut written = json!({
        "version": 1,
        "product": playbook.product,
        "capture": playbook.capture.iter().map(capture_rule).collect::<Vec<_>>(),
        "audiences": by_id(&playbook.audiences, condition),
        "milestones": by_id(&playbook.milestones, milestone),
        "goals": by_id(&playbook.goals, |goal| {
            json!({ "title": goal.title, "milestones": goal.milestones })
        }),
        "stages": by_id(
            playbook.stages.iter().map(|stage| (&stage.id, stage)),
            |stage| json!({ "title": stage.title, "when": condition(&stage.when) }),
        ),
        "outcomes": by_id(&playbook.outcomes, outcome),
        "guides": by_id(&playbook.guides, guide),
        "health": {
            "weights": parts(&playbook.health.weights),
            "account-weights": parts(&playbook.health.account_weights),
        },
        "holdout": playbook.holdout,
        "throttle": throttle(&playbook.throttle),
    });
    if !playbook.events.is_empty() {
        written["events"] = by_id(&playbook.events, event_spec);
    }
    written
}

fn by_id<'a, T: 'a>(
    items: impl IntoIterator<Item = (&'a String, &'a T)>,
    written: impl Fn(&T) -> Value,
) -> Value {
    let members = items
        .into_iter()
        .map(|(id, item)| (id.clone(), written(item)));
    Value::Object(members.collect())
}

/// A mapping without the keys that have no value.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let written = members
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(written.collect())
}

/// A word by which serde calls it too.
fn word(value: impl Serialize) -> Option<Value> {
    serde_json::to_value(value).ok()
}

fn duration(duration: Millis) -> Value {
    let days = duration / 86_400_000;
    if duration > 0 && days * 86_400_000 == duration {
        json!(format!("{days}d"))
    } else {
        json!(format!("{}s", duration / 1_000))
    }
}

fn event_spec(spec: &EventSpec) -> Value {
    let type_name = |kind: &PropertyType| json!(format!("{kind:?}").to_lowercase());
    let properties = by_id(&spec.properties, type_name);
    object([
        (
            "description",
            spec.description.as_ref().map(|text| json!(text)),
        ),
        (
            "properties",
            (!spec.properties.is_empty()).then_some(properties),
        ),
    ])
}

fn capture_rule(rule: &CaptureRule) -> Value {
    object([
        ("event", Some(json!(rule.event))),
        ("on", word(rule.on)),
        ("selector", rule.selector.as_ref().map(|it| json!(it))),
        ("page", rule.page.as_ref().map(|it| json!(it))),
        ("for", rule.duration.map(duration)),
        ("describe", rule.describe.then_some(Value::Bool(true))),
    ])
}

fn milestone(milestone: &Milestone) -> Value {
    object([
        ("title", Some(json!(milestone.title))),
        ("per", word(milestone.per)),
        ("when", Some(condition(&milestone.when))),
        ("target", milestone.target.map(duration)),
    ])
}

fn outcome(outcome: &Outcome) -> Value {
    object([
        ("title", Some(text(&outcome.title))),
        ("unit", outcome.unit.as_ref().map(text)),
        ("value-of-one", outcome.value_of_one.as_ref().and_then(word)),
    ])
}

fn throttle(throttle: &Throttle) -> Value {
    let most = throttle.max_per_session;
    object([
        ("max-per-session", most.map(|most| json!(most))),
        ("min-gap", throttle.min_gap.map(duration)),
        ("never-over", Some(json!(throttle.never_over))),
    ])
}

fn parts(parts: &[HealthPart]) -> Value {
    let part = |part: &HealthPart| json!({ "name": part.name, "weight": part.weight, "score": score(&part.score) });
    parts.iter().map(part).collect()
}

fn score(score: &Score) -> Value {
    let (number, from, to) = match score {
        Score::Condition(of) => return condition(of),
        Score::Scaled { number, from, to } => (number, from, to),
    };
    let time = |bound: &f64| duration(*bound as Millis);
    let amount = |bound: &f64| json!(bound);
    let (number, bound): (_, &dyn Fn(&f64) -> Value) = match number {
        Number::Did {
            event,
            measure,
            within,
        } => {
            let (key, value) = match measure {
                Measure::Sum(property) => ("sum", json!(property)),
                Measure::Distinct(property) => ("distinct", json!(property)),
                count => ("count", json!(format!("{count:?}").to_lowercase())),
            };
            let did = object([
                ("did", Some(matching(event))),
                (key, Some(value)),
                ("within", within.map(duration)),
            ]);
            (did, &amount)
        }
        Number::User(path) => (json!({ "user": path }), &amount),
        Number::Account(path) => (json!({ "account": path }), &amount),
        Number::Last(event) => (json!({ "last": matching(event) }), &time),
        Number::First(event) => (json!({ "first": matching(event) }), &time),
        Number::SinceSignup => (json!({ "since": "signup" }), &time),
    };
    json!({ "number": number, "from": bound(from), "to": bound(to) })
}

fn guide(guide: &Guide) -> Value {
    let frequency = object([
        ("limit", guide.frequency.limit.map(|limit| json!(limit))),
        ("every", guide.frequency.every.map(duration)),
        ("until", word(guide.frequency.until)),
    ]);
    let content = &guide.content;
    let panel = content.panel.as_ref();
    let has_turns = !content.kind.stands();
    let competes = has_turns || content.kind == GuideKind::Announcement;
    let part = |part: &Value, id: Option<&String>| {
        let mut part = part.clone();
        if let Some(when) = id.and_then(|id| guide.parts.get(id)) {
            part["when"] = condition(when);
        }
        part
    };
    let entries = |panel: &Panel| {
        let entries = panel.entries.iter();
        entries
            .map(|it| part(&entry(it), Some(&it.id)))
            .collect::<Value>()
    };
    let sections = |panel: &Panel| {
        let sections = panel.sections.iter();
        sections
            .map(|it| part(&section(it), it.id.as_ref()))
            .collect::<Value>()
    };
    let is = |kind| move |_: &&Panel| content.kind == kind;
    let reports = panel.filter(is(GuideKind::ValueReport));
    let shown = reports.filter(|panel| !panel.outcomes.is_empty());
    object([
        ("kind", word(content.kind)),
        ("title", content.title.as_ref().map(text)),
        ("slot", content.slot.as_ref().map(|slot| json!(slot))),
        ("ordered", content.checklist.ordered.then_some(json!(true))),
        (
            "dismiss",
            word(content.checklist.dismiss).filter(|_| content.kind == GuideKind::Checklist),
        ),
        ("audience", guide.audience.as_ref().map(|id| json!(id))),
        ("when", guide.when.as_ref().map(condition)),
        ("page", guide.page.as_ref().map(|page| json!(page))),
        ("frequency", has_turns.then_some(frequency)),
        ("priority", competes.then(|| json!(guide.priority))),
        ("theme", word(&content.theme)),
        (
            "steps",
            has_turns.then(|| content.steps.iter().map(step).collect()),
        ),
        (
            "launcher",
            panel.and_then(|it| it.launcher.as_ref()).map(target),
        ),
        (
            "placement",
            panel.and_then(|it| it.placement).and_then(word),
        ),
        (
            "entries",
            panel.filter(is(GuideKind::Announcement)).map(entries),
        ),
        (
            "sections",
            panel.filter(is(GuideKind::ResourceCenter)).map(sections),
        ),
        ("outcomes", shown.map(|panel| json!(panel.outcomes))),
        ("body", panel.and_then(|it| it.body.as_ref()).map(text)),
        (
            "actions",
            reports.map(|panel| panel.actions.iter().map(action).collect()),
        ),
    ])
}

fn entry(entry: &Entry) -> Value {
    object([
        ("id", Some(json!(entry.id))),
        ("date", Some(json!(entry.date))),
        ("title", Some(text(&entry.title))),
        ("body", entry.body.as_ref().map(text)),
        ("actions", Some(entry.actions.iter().map(action).collect())),
        ("notice", word(entry.notice)),
    ])
}

fn section(section: &Section) -> Value {
    let item = |item: &Item| {
        let with = item.with.as_ref().map(|with| json!(with));
        let actions = item.actions.iter().map(action).collect();
        object([
            ("title", Some(text(&item.title))),
            ("keywords", item.keywords.as_ref().map(text)),
            ("body", item.body.as_ref().map(text)),
            ("actions", item.body.as_ref().map(|_| actions)),
            (item.effect.and_then(Effect::key).unwrap_or("guide"), with),
        ])
    };
    object([
        ("id", section.id.as_ref().map(|id| json!(id))),
        ("title", Some(text(&section.title))),
        ("items", Some(section.items.iter().map(item).collect())),
    ])
}

fn action(action: &Action) -> Value {
    let with = action.with.as_ref().map(|with| match action.effect {
        Effect::Snooze => duration(with.parse().expect("milliseconds")),
        _ => json!(with),
    });
    object([
        ("label", Some(text(&action.label))),
        ("do", word(action.effect)),
        (action.effect.key().unwrap_or("guide"), with),
    ])
}

fn target(target: &Target) -> Value {
    if !target.ways.is_empty() {
        return target.ways.iter().map(self::target).collect();
    }
    match (&target.text, &target.name) {
        (None, None) => json!(target.css),
        _ => json!(target),
    }
}

fn step(step: &Step) -> Value {
    let actions: Vec<Value> = step.actions.iter().map(action).collect();
    object([
        ("path", step.path.as_ref().map(|path| json!(path))),
        ("target", step.target.as_ref().map(target)),
        ("wait", step.wait.map(duration)),
        ("missing", word(step.missing).filter(|it| it != "end")),
        (
            "interaction",
            word(step.interaction).filter(|it| it != "allow"),
        ),
        ("id", step.id.as_ref().map(|id| json!(id))),
        ("title", step.title.as_ref().map(text)),
        ("body", step.body.as_ref().map(text)),
        ("placement", step.placement.and_then(word)),
        ("advance", step.advance.as_ref().and_then(advance)),
        ("next", branches(&step.next)),
        ("actions", Some(json!(actions))),
        ("ask", step.ask.as_ref().map(question)),
        ("if", earlier(&step.only_if)),
        ("done", step.done.as_ref().map(|id| json!(id))),
    ])
}

fn advance(advance: &Advance) -> Option<Value> {
    match advance {
        Advance::When { when, .. } => Some(json!({ "when": condition(when.as_ref()?) })),
        other => word(other),
    }
}

fn branches(branches: &[Branch]) -> Option<Value> {
    let each = branches.iter().map(|branch| {
        object([
            ("when", branch.when.as_ref().map(condition)),
            ("to", branch.to.as_ref().map(|id| json!(id))),
            ("do", branch.to.is_none().then(|| json!("complete"))),
        ])
    });
    let each: Vec<Value> = each.collect();
    (!each.is_empty()).then(|| json!(each))
}

fn question(question: &Question) -> Value {
    let options: Map<String, Value> = question
        .options
        .iter()
        .map(|option| (option.value.clone(), text(&option.label)))
        .collect();
    let form = word(question.form).expect("a form is a word");
    let mut written = object([
        ("low", question.low.as_ref().map(text)),
        ("high", question.high.as_ref().map(text)),
        (
            "options",
            (!options.is_empty()).then_some(Value::Object(options)),
        ),
        ("optional", question.optional.then_some(json!(true))),
    ]);
    written[form.as_str().expect("a word")] = json!(question.id);
    written
}

fn earlier(all: &[Earlier]) -> Option<Value> {
    let each = all.iter().map(|earlier| {
        let is = earlier
            .is
            .map(|is| comparison(&is, |number| json!(number)))
            .unwrap_or_else(|| json!(earlier.any));
        (earlier.question.clone(), is)
    });
    (!all.is_empty()).then(|| Value::Object(each.collect()))
}

fn text(text: &Text) -> Value {
    match text.0.get("") {
        Some(alone) => json!(alone),
        None => json!(text),
    }
}

fn matching(event: &EventMatch) -> Value {
    match &event.query {
        None => json!(event.name),
        Some(query) => json!({ "event": event.name, "where": query }),
    }
}

/// The bounds that there are, each as it is written.
fn comparison(comparison: &Comparison, bound: impl Fn(f64) -> Value) -> Value {
    let written = |number: Option<f64>| number.map(&bound);
    object([
        ("gte", written(comparison.gte)),
        ("gt", written(comparison.gt)),
        ("lte", written(comparison.lte)),
        ("lt", written(comparison.lt)),
        ("eq", written(comparison.eq)),
        ("ne", written(comparison.ne)),
    ])
}

fn count(of: &Comparison) -> Value {
    comparison(of, |number| json!(number as u32))
}

fn time(of: &Comparison) -> Value {
    comparison(of, |number| duration(number as Millis))
}

fn condition(of: &Condition) -> Value {
    match of {
        Condition::Did {
            event,
            measure,
            is,
            within,
        } => {
            let mut did = Map::new();
            did.insert("did".to_owned(), matching(event));
            did.extend(within.map(|within| ("within".to_owned(), duration(within))));
            let (key, value) = match measure {
                Measure::Sum(property) => ("sum", json!(property)),
                Measure::Distinct(property) => ("distinct", json!(property)),
                Measure::Times => ("times", count(is)),
                Measure::Days => ("days", count(is)),
                Measure::Weeks => ("weeks", count(is)),
            };
            did.insert(key.to_owned(), value);
            match measure {
                Measure::Sum(_) => {
                    did.insert("is".to_owned(), comparison(is, |number| json!(number)));
                }
                Measure::Distinct(_) => {
                    did.insert("is".to_owned(), count(is));
                }
                Measure::Times | Measure::Days | Measure::Weeks => {}
            }
            Value::Object(did)
        }
        Condition::Last { event, ago } => json!({ "last": matching(event), "ago": time(ago) }),
        Condition::First { event, ago } => json!({ "first": matching(event), "ago": time(ago) }),
        Condition::Never(event) => json!({ "never": matching(event) }),
        Condition::Sequence {
            events,
            within,
            without,
        } => object([
            ("sequence", Some(events.iter().map(matching).collect())),
            ("within", within.map(duration)),
            ("without", Some(without.iter().map(matching).collect())),
        ]),
        Condition::SinceSignup(is) => json!({ "since": "signup", "is": time(is) }),
        Condition::Milestone { id, ago } => object([
            ("milestone", Some(json!(id))),
            ("ago", ago.as_ref().map(time)),
        ]),
        Condition::Guide { id, is } => json!({ "guide": id, "is": is }),
        Condition::User(query) => json!({ "user": query }),
        Condition::Account(query) => json!({ "account": query }),
        Condition::Audience(id) => json!({ "audience": id }),
        Condition::Users { of, count: number } => {
            json!({ "users": condition(of), "count": count(number) })
        }
        Condition::Page(glob) => json!({ "page": glob }),
        Condition::Element(selector) => json!({ "element": selector }),
        Condition::All(parts) => json!({ "all": parts.iter().map(condition).collect::<Vec<_>>() }),
        Condition::Any(parts) => json!({ "any": parts.iter().map(condition).collect::<Vec<_>>() }),
        Condition::Not(part) => json!({ "not": condition(part) }),
    }
}
