//! Time: milliseconds since the epoch, durations as people write them, and calendar days.

mod iso;

pub use iso::{Timestamp, timestamp, to_iso};

/// Milliseconds: a moment since the epoch, or a duration.
pub type Millis = i64;

/// Milliseconds of a day; a day of a playbook is always 86,400 s.
pub const DAY: Millis = 86_400_000;

/// The longest duration that a playbook may name: 100 years.
pub const LONGEST: Millis = 36_525 * DAY;

/// Reads a duration: a whole number with `s`, `m`, `h`, `d` or `w`.
///
/// ```
/// assert_eq!(firstvalue_model::time::duration("7d"), Some(7 * 86_400_000));
/// assert_eq!(firstvalue_model::time::duration("7 days"), None);
/// ```
pub fn duration(text: &str) -> Option<Millis> {
    let number = text.strip_suffix(['s', 'm', 'h', 'd', 'w'])?;
    if number.is_empty() || !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let unit = match text.as_bytes().last()? {
        b's' => 1_000,
        b'm' => 60_000,
        b'h' => 3_600_000,
        b'd' => DAY,
        _ => 7 * DAY,
    };
    number.parse::<Millis>().ok()?.checked_mul(unit)
}

/// A duration as people write it: in the largest unit of which it is a whole number. What is no
/// whole number of seconds ends in `ms`, which [`duration`] does not read.
///
/// ```
/// assert_eq!(firstvalue_model::time::duration_text(36 * 3_600_000), "36h");
/// ```
pub fn duration_text(duration: Millis) -> String {
    let units = [
        ("w", 7 * DAY),
        ("d", DAY),
        ("h", 3_600_000),
        ("m", 60_000),
        ("s", 1_000),
    ];
    let whole = |(_, unit): &(&str, Millis)| duration % unit == 0;
    match units.into_iter().find(whole) {
        Some((_, _)) if duration == 0 => "0s".to_owned(),
        Some((name, unit)) => format!("{}{name}", duration / unit),
        None => format!("{duration}ms"),
    }
}

/// The number of the calendar day at a moment, where clocks are `offset` minutes ahead of UTC.
pub fn day(at: Millis, offset: i32) -> i64 {
    at.saturating_add(i64::from(offset) * 60_000)
        .div_euclid(DAY)
}

/// The number of the calendar week that holds a day; weeks begin on Monday.
pub fn week(day: i64) -> i64 {
    (day + 3).div_euclid(7)
}

/// The number of the calendar month that holds a day; January of the year 0 is 0.
pub fn month(day: i64) -> i64 {
    let (year, month, _) = iso::civil(day);
    12 * year + month - 1
}

/// A month as ISO 8601 writes it.
///
/// ```
/// use firstvalue_model::time::{day, month, month_text};
///
/// assert_eq!(month_text(month(day(0, -60))), "1969-12");
/// ```
pub fn month_text(month: i64) -> String {
    format!(
        "{:04}-{:02}",
        month.div_euclid(12),
        month.rem_euclid(12) + 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_a_number_and_a_unit() {
        for (text, expected) in [
            ("90s", Some(90_000)),
            ("10m", Some(600_000)),
            ("2w", Some(14 * DAY)),
            ("d", None),
            ("-1d", None),
            ("1.5h", None),
            ("99999999999999999w", None),
        ] {
            assert_eq!(duration(text), expected, "{text}");
        }
    }

    #[test]
    fn days_and_weeks_are_the_users_own() {
        // 1970-01-01 was a Thursday, the 5th a Monday.
        assert_eq!(day(0, -1), -1);
        assert_eq!(day(DAY - 1, 1), 1);
        assert_eq!((week(3), week(4)), (0, 1));
        assert_eq!((week(-4), week(-3)), (-1, 0));
    }

    #[test]
    fn timestamps_keep_the_offset_that_was_written() {
        let read = |text| timestamp(text).map(|read| (read.at, read.offset));
        assert_eq!(read("1970-01-01T01:00:00.250+01:00"), Some((250, Some(60))));
        assert_eq!(read("1970-01-01T00:00:01Z"), Some((1_000, None)));
        assert_eq!(read("1970-01-02"), Some((DAY, None)));
        assert_eq!(read("yesterday"), None);
        assert_eq!(to_iso(250), "1970-01-01T00:00:00.250Z");
    }
}
