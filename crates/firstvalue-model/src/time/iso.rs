//! ISO 8601, read and written in so little code that browsers can afford it.

use super::{DAY, Millis};

/// A moment read from text, with the offset from UTC in minutes where the text has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timestamp {
    /// Milliseconds since the epoch.
    pub at: Millis,
    /// Minutes ahead of UTC, as written; `None` for `Z` or nothing.
    pub offset: Option<i32>,
}

/// Reads an ISO 8601 moment (`2026-01-05T10:00:00.000+01:00`) or date (its midnight in UTC).
///
/// Returns `None` if the text is neither. A time without an offset is taken as UTC. The separators
/// may be left out (`20260105T100000Z`), and a time zone in brackets says nothing.
pub fn timestamp(text: &str) -> Option<Timestamp> {
    let mut reader = Reader(text.as_bytes());
    let days = reader.date()?;
    let (mut time, mut offset) = (0, None);
    if reader.takes(b"Tt ") {
        time = reader.time()?;
        if !reader.takes(b"Zz") {
            offset = reader.offset()?;
        }
    }
    reader.zone();
    if !reader.0.is_empty() {
        return None;
    }
    let at = days * DAY + time - offset.unwrap_or(0) * 1_000;
    (EARLIEST..=LATEST).contains(&at).then_some(Timestamp {
        at,
        offset: offset.map(|seconds| (seconds / 60) as i32),
    })
}

/// Writes a moment as ISO 8601 in UTC with milliseconds.
pub fn to_iso(at: Millis) -> String {
    if !(EARLIEST..=LATEST).contains(&at) {
        return crate::json::to_text(&at.into());
    }
    let (year, month, day) = civil(at.div_euclid(DAY));
    let rest = at.rem_euclid(DAY);
    let mut text = String::with_capacity(24);
    if year < 0 {
        text.push('-');
    }
    let parts = [
        (year.abs(), if year < 0 { 6 } else { 4 }, '-'),
        (month, 2, '-'),
        (day, 2, 'T'),
        (rest / 3_600_000, 2, ':'),
        (rest / 60_000 % 60, 2, ':'),
        (rest / 1_000 % 60, 2, '.'),
        (rest % 1_000, 3, 'Z'),
    ];
    for (number, digits, end) in parts {
        for place in (0..digits).rev() {
            let digit = number / 10_i64.pow(place) % 10;
            text.push(char::from(b'0' + digit as u8));
        }
        text.push(end);
    }
    text
}

/// The first and last moment of a date that has at most four digits for its year, and room for any
/// offset.
const EARLIEST: Millis = -377_705_023_201_000;
const LATEST: Millis = 253_402_207_200_999;

/// The days from the epoch to a date of the Gregorian calendar: years begin in March, so that the
/// leap day is the last of a year, and 400 years are 146,097 days.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days from the epoch.
pub(super) fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// What is left of the text.
struct Reader<'t>(&'t [u8]);

impl Reader<'_> {
    /// Passes over the next byte, if it is one of these.
    fn takes(&mut self, bytes: &[u8]) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if bytes.contains(first) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// A number of exactly so many digits.
    fn number(&mut self, digits: usize, most: i64) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        let mut sum = 0;
        for byte in number {
            sum = sum * 10 + i64::from(char::from(*byte).to_digit(10)?);
        }
        (sum <= most).then_some(sum)
    }

    /// `2026-01-05` or `20260105`: days from the epoch.
    fn date(&mut self) -> Option<i64> {
        let before = self.takes(b"-");
        let year = if before || self.takes(b"+") {
            let year = self.number(6, 9_999)?;
            // There is no year minus nought.
            if before && year == 0 {
                return None;
            }
            if before { -year } else { year }
        } else {
            self.number(4, 9_999)?
        };
        let apart = self.takes(b"-");
        let month = self.number(2, 12)?;
        if apart != self.takes(b"-") {
            return None;
        }
        let day = self.number(2, 31)?;
        let days = days(year, month, day);
        // The 30th of February is some other day.
        (civil(days) == (year, month, day)).then_some(days)
    }

    /// `10`, `10:00`, `10:00:00.5` or the same without colons: milliseconds.
    fn time(&mut self) -> Option<Millis> {
        let mut time = self.number(2, 23)? * 3_600_000;
        let apart = self.takes(b":");
        let more = |rest: &[u8]| rest.first().is_some_and(u8::is_ascii_digit);
        if !apart && !more(self.0) {
            return Some(time);
        }
        time += self.number(2, 59)? * 60_000;
        if !(if apart {
            self.takes(b":")
        } else {
            more(self.0)
        }) {
            return Some(time);
        }
        // A leap second is taken as the one before it.
        time += self.number(2, 60)?.min(59) * 1_000;
        if self.takes(b".,") {
            time += self.fraction()?;
        }
        Some(time)
    }

    /// One to nine digits after the point: whole milliseconds.
    fn fraction(&mut self) -> Option<Millis> {
        let count = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if !(1..=9).contains(&count) {
            return None;
        }
        let (kept, rest) = (count.min(3), count.saturating_sub(3));
        let number = self.number(kept, 999)?;
        self.number(rest, i64::MAX)?;
        Some(number * 10_i64.pow(3 - kept as u32))
    }

    /// `+01:00`, `+0100`, `+01`, with seconds if need be: seconds; nothing if nothing follows.
    fn offset(&mut self) -> Option<Option<i64>> {
        let behind = self.takes(b"-");
        if !behind && !self.takes(b"+") {
            return Some(None);
        }
        let mut offset = self.number(2, 25)? * 3_600;
        let apart = self.takes(b":");
        if apart || self.0.first().is_some_and(u8::is_ascii_digit) {
            offset += self.number(2, 59)? * 60;
            if if apart {
                self.takes(b":")
            } else {
                self.0.first().is_some_and(u8::is_ascii_digit)
            } {
                offset += self.number(2, 59)?;
            }
        }
        Some(Some(if behind { -offset } else { offset }))
    }

    /// `[Europe/Paris]`.
    fn zone(&mut self) {
        while let [b'[', rest @ ..] = self.0 {
            let Some(end) = rest.iter().position(|byte| *byte == b']') else {
                return;
            };
            self.0 = rest.get(end + 1..).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by a library that knows all of ISO 8601.
    fn by_jiff(text: &str) -> Option<Timestamp> {
        use jiff::civil::Time;
        use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};
        use jiff::tz::Offset;

        let pieces = DateTimeParser::new().parse_pieces(text).ok()?;
        let (offset, written) = match pieces.offset() {
            Some(PiecesOffset::Numeric(numeric)) => {
                (numeric.offset(), Some(numeric.offset().seconds() / 60))
            }
            _ => (Offset::UTC, None),
        };
        let civil = pieces
            .date()
            .to_datetime(pieces.time().unwrap_or(Time::midnight()));
        let at = offset.to_timestamp(civil).ok()?.as_millisecond();
        Some(Timestamp {
            at,
            offset: written,
        })
    }

    #[test]
    fn reads_what_clients_write() {
        for text in [
            "2026-01-05",
            "2026-01-05T10:00:00.000Z",
            "2026-01-05T10:00:00+01:00",
            "2026-01-05 10:00",
            "20260105T100000Z",
            "2026-01-05T10",
            "2026-01-05T10:00:00.123456789-03:30",
            "2024-02-29T23:59:60Z",
            "2026-01-05T10:00:00+0530",
            "2026-01-05T10:00:00-00:00",
            "2026-01-05T10:00:00,5Z",
            "2026-01-05T10:00+01[Europe/Paris]",
            "2026-01-05t10:00:00z",
            "0000-01-01",
            "+002026-01-05",
        ] {
            assert!(timestamp(text).is_some(), "{text}");
            assert_eq!(timestamp(text), by_jiff(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "yesterday",
            "2026",
            "2026-02-30",
            "2025-02-29",
            "2026-13-01",
            "2026-01-05T25:00",
            "2026-01-05T",
            "2026-01-05T10:00:00+",
            "2026-01-05T10:00:00.Z",
            "2026-0105",
            "202601-05",
            "2026-01-05T10:00:61Z",
            "2026-01-05T10:00:00Zulu",
            "-000000-01-01",
            "5.1.2026",
            "2026-00-10",
            "2026-01-00",
        ] {
            assert_eq!(timestamp(text), None, "{text}");
            assert_eq!(by_jiff(text), None, "jiff: {text}");
        }
    }

    #[test]
    fn writes_what_a_browser_writes() {
        assert_eq!(to_iso(250), "1970-01-01T00:00:00.250Z");
        assert_eq!(to_iso(-1), "1969-12-31T23:59:59.999Z");
        assert_eq!(to_iso(1_795_321_277_547), "2026-11-22T04:21:17.547Z");
    }

    proptest! {
        #[test]
        fn writes_what_jiff_writes_and_reads_it_again(at in EARLIEST..LATEST) {
            let text = to_iso(at);
            let theirs = jiff::Timestamp::from_millisecond(at).unwrap();
            prop_assert_eq!(&text, &format!("{theirs:.3}"));
            prop_assert_eq!(timestamp(&text), Some(Timestamp { at, offset: None }));
        }

        #[test]
        fn reads_as_jiff_does(
            // Before 1970 jiff rounds parts of a millisecond the other way.
            date in r"(19[7-9][0-9]|2[0-9]{3})-?(0[1-9]|1[0-2])-?([0-2][0-9]|3[01])",
            time in r"([Tt ]([01][0-9]|2[0-4])(:?[0-6][0-9](:?[0-6][0-9]([.,][0-9]{1,10})?)?)?)?",
            offset in r"(|Z|z|[+-][01][0-9](:?[0-5][0-9])?|\[[A-Z][a-z]+/[A-Z][a-z]+\])",
        ) {
            let text = [date, time, offset].concat();
            prop_assert_eq!(timestamp(&text), by_jiff(&text), "{}", text);
        }
    }
}
