//! An explanation as a tree for people.

use std::io::{self, Write};

use firstvalue_engine::Explanation;
use firstvalue_model::time::{self, DAY, Millis};
use serde_json::Value;

/// Writes what holds and what does not, each with what was found, and then what stands in the way.
pub fn write(out: &mut impl Write, why: &Explanation) -> io::Result<()> {
    branch(out, why, 0)?;
    if let Some(cause) = cause(why).filter(|cause| *cause != why) {
        writeln!(out, "what stands in the way first: {}", cause.condition)?;
    }
    Ok(())
}

fn branch(out: &mut impl Write, why: &Explanation, depth: usize) -> io::Result<()> {
    let mark = if why.holds { '✓' } else { '✗' };
    write!(
        out,
        "{:indent$}{mark} {}",
        "",
        why.condition,
        indent = 2 * depth
    )?;
    let is = match (&why.value, why.compared_with.as_str()) {
        (Value::Null, "") => None,
        (Value::Null, asked) => Some(format!("nothing known, asked for {asked}")),
        (value, "") => Some(said(why, value)),
        (value, asked) => Some(format!("{}, asked for {asked}", said(why, value))),
    };
    if let Some(is) = is {
        write!(out, " — {is}")?;
    }
    if let Some(at) = why.changes_at.filter(|_| why.parts.is_empty()) {
        write!(out, "; may change by waiting at {}", time::to_iso(at))?;
    }
    writeln!(out)?;
    for part in &why.parts {
        branch(out, part, depth + 1)?;
    }
    Ok(())
}

/// What was found, as people say it: milliseconds as a moment or a duration.
fn said(why: &Explanation, value: &Value) -> String {
    let is_moment = why.condition.starts_with("milestone:") && why.compared_with.is_empty();
    // What is compared with durations is one.
    let is_duration = why
        .compared_with
        .ends_with(|char: char| char.is_ascii_alphabetic());
    match (value, value.as_i64()) {
        (Value::String(text), _) => text.clone(),
        (_, Some(at)) if is_moment => format!("reached at {}", time::to_iso(at)),
        (_, Some(millis)) if is_duration => duration(millis),
        (value, _) => value.to_string(),
    }
}

/// A duration to the millisecond: `4d 23h`.
fn duration(millis: Millis) -> String {
    let units = [
        ("d", DAY),
        ("h", 3_600_000),
        ("m", 60_000),
        ("s", 1_000),
        ("ms", 1),
    ];
    let mut left = millis;
    let mut parts = Vec::new();
    for (name, unit) in units {
        let count = left / unit;
        left %= unit;
        if count != 0 {
            parts.push(format!("{count}{name}"));
        }
    }
    if parts.is_empty() {
        return "0s".to_owned();
    }
    parts.join(" ")
}

/// The first of the conditions that do not hold, down to one that is not made of others.
fn cause(why: &Explanation) -> Option<&Explanation> {
    if why.holds {
        return None;
    }
    let inner = why.parts.iter().find_map(cause);
    Some(inner.unwrap_or(why))
}
