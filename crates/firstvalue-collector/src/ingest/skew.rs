//! Clocks of clients that are evidently wrong.
//!
//! A client says when a batch is sent, and the server knows when it came. What lies between is the
//! network, or a wrong clock. Up to [`TOLERANCE`] it may be either, and the client's time stands:
//! the browser has decided by it, and so must `firstvalue replay`. Beyond that the clock is wrong, by
//! about as much for each event of the batch.

use firstvalue_model::time::{self, Millis};

/// How far from the server's a client's clock may be and still be believed.
pub(crate) const TOLERANCE: Millis = 5 * 60_000;

/// When something happened, given the client's times of it and of sending.
pub(crate) fn corrected(at: Millis, sent_at: Option<Millis>, received_at: Millis) -> Millis {
    let skew = sent_at.map_or(0, |sent_at| received_at.saturating_sub(sent_at));
    let skew = if skew.abs() > TOLERANCE { skew } else { 0 };
    let corrected = at.saturating_add(skew);
    // Nothing has happened yet that is still to come, and no client is as old as the epoch.
    if corrected > received_at.saturating_add(TOLERANCE) || (skew != 0 && corrected < 0) {
        received_at
    } else {
        corrected
    }
}

/// A moment in the form of another that was read, so that it lies on the user's own day.
pub(crate) fn written_as(at: Millis, offset: Option<i32>) -> String {
    let Some(offset) = offset else {
        return time::to_iso(at);
    };
    let local = time::to_iso(at.saturating_add(i64::from(offset) * 60_000));
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs());
    let local = local.trim_end_matches('Z');
    format!("{local}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_769_904_000_000;
    const MINUTE: Millis = 60_000;
    const YEAR: Millis = 365 * time::DAY;

    #[test]
    fn only_clocks_that_are_evidently_wrong_are_set_right() {
        for (at, sent_at, expected) in [
            // Nothing is known of the clock.
            (NOW - YEAR, None, NOW - YEAR),
            // A network that takes its time, or a clock that is a little off.
            (NOW - 9 * MINUTE, Some(NOW - 5 * MINUTE), NOW - 9 * MINUTE),
            (NOW + 4 * MINUTE, Some(NOW + 5 * MINUTE), NOW + 4 * MINUTE),
            // An hour off, either way.
            (
                NOW - 70 * MINUTE,
                Some(NOW - 60 * MINUTE),
                NOW - 10 * MINUTE,
            ),
            (
                NOW + 50 * MINUTE,
                Some(NOW + 60 * MINUTE),
                NOW - 10 * MINUTE,
            ),
            // A year off.
            (NOW + YEAR - 1, Some(NOW + YEAR), NOW - 1),
            (5_000, Some(6_000), NOW - 1_000),
            // What happened long ago and was sent only now is no matter of clocks.
            (NOW - YEAR, Some(NOW - 1), NOW - YEAR),
            // Nothing comes out of the future, whatever the clock said when it was sent.
            (NOW + YEAR, None, NOW),
            (NOW + YEAR, Some(NOW), NOW),
            (NOW + 2 * YEAR, Some(NOW + YEAR), NOW),
            // Nor is anything made older than clocks.
            (NOW, Some(NOW * 3), NOW),
            (Millis::MIN, Some(Millis::MAX), NOW),
        ] {
            assert_eq!(corrected(at, sent_at, NOW), expected, "{at} {sent_at:?}");
        }
    }

    #[test]
    fn the_offset_stays() {
        for text in [
            "2026-02-01T00:00:00.000Z",
            "2026-02-01T05:30:00.250+05:30",
            "2026-01-31T16:00:00.000-08:00",
        ] {
            let read = time::timestamp(text).unwrap();
            assert_eq!(written_as(read.at, read.offset), text);
        }
    }
}
