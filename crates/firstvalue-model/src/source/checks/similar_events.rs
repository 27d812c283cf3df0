//! Events that are named once and almost like another one, in a playbook without a tracking plan.

use std::collections::BTreeMap;

use crate::source::diagnostic::Span;
use crate::source::event::OWN;
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
        // What Firstvalue records is known, and what is almost that is a slip however often.
        if OWN.contains(&name.as_str()) {
            continue;
        }
        if let (Some(own), Some(span)) = (
            OWN.into_iter().find(|own| is_almost(name, own)),
            spans.first(),
        ) {
            let message = format!("this is almost `{own}`, which Firstvalue records itself");
            let warning = reader.warning("similar-events", *span, message);
            warning.help(format!(
                "did you mean `{own}`? if not, list it in a tracking plan: `events: {{ {name}: {{}} }}`"
            ));
            continue;
        }
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

/// Whether a name differs from one of Firstvalue's own by a slip, or by another form of the verb.
fn is_almost(name: &str, own: &str) -> bool {
    let alike = name.chars().zip(own.chars());
    let alike = alike.take_while(|(one, other)| one == other).count();
    let object = own.find('.').unwrap_or_default();
    is_slip(name, own) || alike > object + 3 && strsim::osa_distance(name, own) <= 2
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
    use super::{is_almost, is_slip};

    #[test]
    fn forms_of_what_firstvalue_records_are_told_from_other_events() {
        for (name, own, expected) in [
            ("page.viewd", "page.viewed", true),
            ("page.view", "page.viewed", true),
            ("guide.showed", "guide.shown", true),
            ("outcome.record", "outcome.recorded", true),
            ("page.created", "page.viewed", false),
            ("guide.published", "guide.completed", false),
            ("guides.show", "guide.shown", false),
        ] {
            assert_eq!(is_almost(name, own), expected, "{name} {own}");
        }
    }

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
