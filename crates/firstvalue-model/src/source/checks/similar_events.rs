//! Events that are named once and almost like another one, in a playbook without a tracking plan.

use std::collections::BTreeMap;

use crate::source::diagnostic::Span;
use crate::source::reader::Reader;

/// The shortest word in which a letter more or less, or two in the other order, is taken for a slip.
const SHORTEST: usize = 5;

/// Likewise another letter: short words that differ by one are often both meant (`shipped`, `skipped`).
const SHORTEST_REPLACED: usize = 8;

pub(super) fn check(reader: &mut Reader) {
    if reader.plan.is_some() {
        return;
    }
    let mut named: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for (name, span) in std::mem::take(&mut reader.events_named) {
        let spans = named.entry(name).or_default();
        // What an alias repeats is written once.
        if !spans.contains(&span) {
            spans.push(span);
        }
    }
    for (name, spans) in &named {
        let &[span] = spans.as_slice() else { continue };
        let other = named.iter().find(|(other, others)| {
            // Of two that are named once each, the second one is asked about.
            let comes_first = others.len() > 1 || others.iter().any(|it| it.start < span.start);
            comes_first && is_slip(name, other)
        });
        let Some((other, others)) = other else {
            continue;
        };
        let message = format!("the event `{name}` is named only here");
        let warning = reader.warning("similar-events", span, message);
        if let Some(at) = others.first() {
            warning.see(*at, "almost the same");
        }
        warning.help(format!(
            "did you mean `{other}`? if not, list both in a tracking plan: `events: {{ {other}: {{}}, {name}: {{}} }}`"
        ));
    }
}

/// Whether two names differ in one word, and there by a slip.
fn is_slip(name: &str, other: &str) -> bool {
    let (words, others) = (name.split('.'), other.split('.'));
    if words.clone().count() != others.clone().count() {
        return false;
    }
    let mut different = words.zip(others).filter(|(word, other)| word != other);
    let (Some((word, other)), None) = (different.next(), different.next()) else {
        return false;
    };
    let has_digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let [length, other_length] = [word, other].map(|word| word.chars().count());
    let is_replaced = length == other_length && strsim::levenshtein(word, other) == 1;
    let shortest = if is_replaced {
        SHORTEST_REPLACED
    } else {
        SHORTEST
    };
    // `ejected` and `rejected` are two words.
    let begins_alike = word.chars().next() == other.chars().next();
    begins_alike
        && strsim::osa_distance(word, other) == 1
        && length.min(other_length) >= shortest
        && !has_digit(word)
        && !has_digit(other)
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn slips_are_told_from_what_is_meant() {
        for (name, other, expected) in [
            ("report.craeted", "report.created", true),
            ("report.created", "reports.created", true),
            ("report.dowmloaded", "report.downloaded", true),
            ("plan.changed", "plan.charged", false),
            ("order.shipped", "order.skipped", false),
            ("project.started", "project.starred", false),
            ("message.ejected", "message.rejected", false),
            ("card.posted", "card.ported", false),
            ("step1.completed", "step2.completed", false),
            ("deal.won", "deal.wons", false),
            ("report.opened", "report.shared", false),
            ("report.created", "created", false),
        ] {
            assert_eq!(is_slip(name, other), expected, "{name} {other}");
        }
    }
}
