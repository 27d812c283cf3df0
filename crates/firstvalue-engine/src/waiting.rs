//! When a condition changes by nothing but waiting.

use firstvalue_model::Comparison;
use firstvalue_model::time::Millis;

/// Whether a condition holds, and the next moment at which that may change by waiting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Truth {
    pub holds: bool,
    pub until: Option<Millis>,
}

impl Truth {
    pub(crate) fn constant(holds: bool) -> Self {
        Self { holds, until: None }
    }
}

/// Compares the time that has passed since `start`.
pub(crate) fn elapsed(since: &Comparison, start: Millis, now: Millis) -> Truth {
    let passed = now.saturating_sub(start);
    let holds = |passed: Millis| since.holds(passed as f64);
    let holds_now = holds(passed);
    // A comparison can only change at a bound or just after it.
    let mut change = Millis::MAX;
    for bound in since.bounds() {
        let Some(bound) = bound else { continue };
        let after = (bound.floor() as Millis).saturating_add(1);
        for candidate in [bound.ceil() as Millis, after] {
            if candidate > passed && candidate < change && holds(candidate) != holds_now {
                change = candidate;
            }
        }
    }
    Truth {
        holds: holds_now,
        until: (change < Millis::MAX).then(|| start.saturating_add(change)),
    }
}

/// How many moments lie within a window before now, both ends of it included; all of them without
/// a window. `latest` gives the n-th latest, counted from 0.
pub(crate) fn in_window(
    moments: usize,
    latest: impl Fn(usize) -> Option<Millis>,
    within: Option<Millis>,
    now: Millis,
) -> usize {
    let Some(within) = within else {
        return moments;
    };
    // Those within come before the others.
    let (mut inside, mut outside) = (0, moments);
    while inside < outside {
        let middle = inside.midpoint(outside);
        if latest(middle).is_some_and(|moment| leaves(moment, within) > now) {
            inside = middle + 1;
        } else {
            outside = middle;
        }
    }
    inside
}

/// Compares the number of moments that lie within a window before now; all of them without a
/// window.
pub(crate) fn counted(
    count: &Comparison,
    moments: usize,
    latest: impl Fn(usize) -> Option<Millis>,
    within: Option<Millis>,
    now: Millis,
) -> Truth {
    let number = in_window(moments, &latest, within, now);
    let holds = count.holds(number as f64);
    // As moments leave, the number goes down one by one; the comparison can only change when the
    // number comes to a bound or just below it. Moments that leave together change the number at
    // once: what lies between is never seen, but looking once too often does no harm.
    let mut change = None;
    for bound in count.bounds() {
        let Some(bound) = bound else { continue };
        for fewer in [bound.floor(), bound.ceil() - 1.0] {
            let comes = fewer >= 0.0 && fewer < number as f64 && count.holds(fewer) != holds;
            if comes && change.is_none_or(|known| known < fewer as usize) {
                change = Some(fewer as usize);
            }
        }
    }
    let until = within
        .zip(change)
        .and_then(|(within, fewer)| latest(fewer).map(|moment| leaves(moment, within)));
    Truth { holds, until }
}

/// The first moment at which another one is no longer in a window.
pub(crate) fn leaves(moment: Millis, within: Millis) -> Millis {
    moment.saturating_add(within).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_window_are_included() {
        let once = Comparison::at_least(1.0);
        let at = |now| counted(&once, 1, |_| Some(100), Some(50), now);
        assert_eq!(
            at(150),
            Truth {
                holds: true,
                until: Some(151)
            }
        );
        assert_eq!(
            at(151),
            Truth {
                holds: false,
                until: None
            }
        );
    }

    #[test]
    fn the_next_change_is_that_of_the_first_moment_whose_leaving_matters() {
        let two = Comparison::at_least(2.0);
        let truth = counted(&two, 3, |n| [30, 20, 10].get(n).copied(), Some(100), 40);
        assert_eq!(
            truth,
            Truth {
                holds: true,
                until: Some(121)
            }
        );
    }

    #[test]
    fn elapsed_time_changes_at_its_bounds() {
        let between = Comparison {
            gte: Some(10.0),
            lt: Some(20.0),
            ..Comparison::default()
        };
        let at = |now| elapsed(&between, 100, now);
        assert_eq!(
            at(100),
            Truth {
                holds: false,
                until: Some(110)
            }
        );
        assert_eq!(
            at(110),
            Truth {
                holds: true,
                until: Some(120)
            }
        );
        assert_eq!(
            at(120),
            Truth {
                holds: false,
                until: None
            }
        );
    }
}
