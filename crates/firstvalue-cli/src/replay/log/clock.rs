//! Moments as logs have them, one shortly after the other.

use firstvalue_model::time::{self, Millis, Timestamp};

/// Reads moments, and remembers the day of the latest: mostly that of the next is the same.
#[derive(Default)]
pub(super) struct Clock {
    day: [u8; 10],
    midnight: Millis,
}

impl Clock {
    /// What [`time::timestamp`] reads.
    pub(super) fn read(&mut self, text: &str) -> Option<Timestamp> {
        let Some((day, time)) = usual(text) else {
            return time::timestamp(text);
        };
        if *day != self.day {
            self.midnight = time::timestamp(text)?.at - time;
            self.day = *day;
        }
        Some(Timestamp {
            at: self.midnight + time,
            offset: None,
        })
    }
}

/// The day and the milliseconds of a moment such as `2026-01-05T10:00:00.000Z`.
fn usual(text: &str) -> Option<(&[u8; 10], Millis)> {
    let (day, time) = text.as_bytes().split_first_chunk::<10>()?;
    let &[
        b'T',
        h,
        hh,
        b':',
        m,
        mm,
        b':',
        s,
        ss,
        b'.',
        c,
        cc,
        ccc,
        b'Z',
    ] = time
    else {
        return None;
    };
    let digits = [h, hh, m, mm, s, ss, c, cc, ccc].map(|digit| Millis::from(digit) - 48);
    let [h, hh, m, mm, s, ss, c, cc, ccc] = digits;
    let is_usual =
        digits.iter().all(|digit| (0..10).contains(digit)) && 10 * h + hh < 24 && m < 6 && s < 6;
    let minutes = 60 * (10 * h + hh) + 10 * m + mm;
    let seconds = 60 * minutes + 10 * s + ss;
    is_usual.then_some((day, 1_000 * seconds + 100 * c + 10 * cc + ccc))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn moments_mean_the_same_read_quickly(
            texts in prop::collection::vec(
                "20[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]\\.[0-9]{3}(Z|)",
                1..6,
            ),
            place in any::<prop::sample::Index>(),
            other in any::<char>(),
        ) {
            let mut clock = Clock::default();
            for text in texts {
                for text in [text.clone(), text] {
                    prop_assert_eq!(clock.read(&text), time::timestamp(&text));
                }
            }
            let text = "2026-01-05T10:00:00.000Z";
            prop_assert_eq!(clock.read(text), time::timestamp(text));
            let place = place.index(text.len());
            let damaged = format!("{}{other}{}", &text[..place], &text[place + 1..]);
            prop_assert_eq!(clock.read(&damaged), time::timestamp(&damaged));
        }
    }
}
