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
    let until = since
        .bounds()
        .flat_map(|bound| {
            [
                bound.ceil() as Millis,
                (bound.floor() as Millis).saturating_add(1),
            ]
        })
        .filter(|&candidate| candidate > passed && holds(candidate) != holds_now)
        .min()
        .map(|change| start.saturating_add(change));
    Truth {
        holds: holds_now,
        until,
    }
}

/// Compares the number of `moments` (oldest first) that lie within a window before now; all of
/// them without a window. Both ends of the window are included.
pub(crate) fn counted(
    count: &Comparison,
    moments: impl DoubleEndedIterator<Item = Millis>,
    within: Option<Millis>,
    now: Millis,
) -> Truth {
    let Some(within) = within else {
        return Truth::constant(count.holds(moments.count() as f64));
    };
    let leaves = |moment: Millis| moment.saturating_add(within).saturating_add(1);
    // From the latest back: the n-th of them leaves when n - 1 are left.
    let mut in_window = 0_u32;
    let mut until = None;
    let mut later_holds = count.holds(0.0);
    for moment in moments.rev() {
        let leaves = leaves(moment);
        if leaves <= now {
            break;
        }
        in_window += 1;
        let holds = count.holds(f64::from(in_window));
        if holds != later_holds {
            until = Some(leaves);
        }
        later_holds = holds;
    }
    // Moments that leave together change the count at once: what lies between is never seen, but
    // looking once too often does no harm.
    Truth {
        holds: later_holds,
        until,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_window_are_included() {
        let once = Comparison::at_least(1.0);
        let at = |now| counted(&once, [100].into_iter(), Some(50), now);
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
        let truth = counted(&two, [10, 20, 30].into_iter(), Some(100), 40);
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
