//! What the paths of two globs have in common.
//!
//! A glob is a small automaton: a place in it is where a path has led to. So two of them are followed
//! at once through all characters that tell anything apart.

use std::collections::BTreeSet;

/// One step of a glob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// This character.
    One(char),
    /// Anything within a segment.
    Star,
    /// Anything.
    DoubleStar,
}

/// Where a path may have led to: numbers of steps that are behind it.
type Places = BTreeSet<usize>;

/// The most pairs of places that are looked at.
const MOST: usize = 2_000;

/// Whether every path that matches `narrow` matches `wide`. `false` leaves it open.
pub(in crate::source) fn covers(wide: &str, narrow: &str) -> bool {
    let escapes = |narrow_ends: bool, wide_ends: bool| narrow_ends && !wide_ends;
    wide == narrow || find(narrow, wide, escapes) == Some(false)
}

/// Whether some path matches both. `true` leaves it open.
pub(super) fn meet(one: &str, other: &str) -> bool {
    find(one, other, |one_ends, other_ends| one_ends && other_ends) != Some(false)
}

/// Whether there is a path such that whether it matches each is as wanted; `None` if that takes too
/// long to find out.
fn find(a: &str, b: &str, wanted: impl Fn(bool, bool) -> bool) -> Option<bool> {
    let (a, b) = (steps(a), steps(b));
    let written = a.iter().chain(&b).filter_map(|step| match step {
        Step::One(character) => Some(*character),
        _ => None,
    });
    // One that neither glob has stands for all those.
    let other = ('a'..).find(|c| !a.iter().chain(&b).any(|step| *step == Step::One(*c)))?;
    let alphabet: BTreeSet<char> = written.chain(['/', other]).collect();
    let mut seen = BTreeSet::new();
    let mut open = vec![(start(&a), start(&b))];
    while let Some((at_a, at_b)) = open.pop() {
        if at_a.is_empty() || !seen.insert((at_a.clone(), at_b.clone())) {
            continue;
        }
        if seen.len() > MOST {
            return None;
        }
        if wanted(at_a.contains(&a.len()), at_b.contains(&b.len())) {
            return Some(true);
        }
        open.extend(
            alphabet
                .iter()
                .map(|&next| (after(&a, &at_a, next), after(&b, &at_b, next))),
        );
    }
    Some(false)
}

fn steps(glob: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut characters = glob.chars().peekable();
    while let Some(character) = characters.next() {
        steps.push(match character {
            '*' if characters.next_if_eq(&'*').is_some() => Step::DoubleStar,
            '*' => Step::Star,
            character => Step::One(character),
        });
    }
    steps
}

fn start(steps: &[Step]) -> Places {
    past_stars(steps, Places::from([0]))
}

/// Where the next character leads.
fn after(steps: &[Step], places: &Places, next: char) -> Places {
    let one = |&place: &usize| match *steps.get(place)? {
        Step::One(character) => (character == next).then_some(place + 1),
        Step::Star => (next != '/').then_some(place),
        Step::DoubleStar => Some(place),
    };
    past_stars(steps, places.iter().filter_map(one).collect())
}

/// A star may stand for nothing.
fn past_stars(steps: &[Step], mut places: Places) -> Places {
    for (place, step) in steps.iter().enumerate() {
        if places.contains(&place) && matches!(step, Step::Star | Step::DoubleStar) {
            places.insert(place + 1);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covering_is_for_every_path() {
        for (wide, narrow, expected) in [
            ("/reports/**", "/reports/*", true),
            ("/reports/*", "/reports/**", false),
            ("/reports/*", "/reports/r-*", true),
            ("**", "/a/b", true),
            ("/*/edit", "/reports/edit", true),
            ("/*/edit", "/reports/7/edit", false),
            ("/a*b*", "/a*", false),
            ("/**/edit", "/reports/*/edit", true),
        ] {
            assert_eq!(covers(wide, narrow), expected, "{wide} covers {narrow}");
        }
    }

    #[test]
    fn meeting_is_in_one_path() {
        for (one, other, expected) in [
            ("/reports", "/people", false),
            ("/reports/*", "/*/new", true),
            ("/reports/*", "/reports/", true),
            ("/*", "/a/b", false),
            ("/**", "/a/b", true),
        ] {
            assert_eq!(meet(one, other), expected, "{one} meets {other}");
        }
    }
}
