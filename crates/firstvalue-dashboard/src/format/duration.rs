//! Lengths of time, in one unit each so that a column of them can be compared.

use super::decimal;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// `40 s`, `12 min`, `5.2 h`, `3.4 d`, `2 w`
pub fn duration(milliseconds: i64) -> String {
    let (number, unit) = in_one_unit(milliseconds);
    format!("{number} {}", unit.short)
}

/// `40 seconds`, `1 hour`, `3.4 days`: for screen readers and for sentences.
pub fn duration_in_words(milliseconds: i64) -> String {
    let (number, unit) = in_one_unit(milliseconds);
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {}{plural}", unit.long)
}

/// `just now`, `12 s ago`, `4 min ago`
pub fn ago(milliseconds: i64) -> String {
    if milliseconds < SECOND {
        return String::from("just now");
    }
    // Whole units: nobody needs to see how the tenths of an hour pass by.
    let unit = unit_of(milliseconds);
    format!("{} {} ago", milliseconds / unit.length, unit.short)
}

struct Unit {
    length: i64,
    short: &'static str,
    long: &'static str,
}

#[rustfmt::skip]
const UNITS: [Unit; 4] = [
    Unit { length: DAY, short: "d", long: "day" },
    Unit { length: HOUR, short: "h", long: "hour" },
    Unit { length: MINUTE, short: "min", long: "minute" },
    Unit { length: SECOND, short: "s", long: "second" },
];

const WEEKS: Unit = Unit {
    length: WEEK,
    short: "w",
    long: "week",
};

fn unit_of(milliseconds: i64) -> &'static Unit {
    let [.., seconds] = &UNITS;
    UNITS
        .iter()
        .find(|unit| milliseconds >= unit.length)
        .unwrap_or(seconds)
}

fn in_one_unit(milliseconds: i64) -> (String, &'static Unit) {
    let milliseconds = milliseconds.max(0);
    // Weeks are used where they are exact (targets, axes) or where days grow long.
    if milliseconds >= WEEK && (milliseconds % WEEK == 0 || milliseconds >= 20 * WEEK) {
        return (decimal(milliseconds as f64 / WEEK as f64), &WEEKS);
    }
    let unit = unit_of(milliseconds);
    let exact = milliseconds as f64 / unit.length as f64;
    // One decimal only where it says something: `3.4 d`, but `23 d` and `40 s`.
    let rounded = if exact < 10.0 && unit.length >= MINUTE {
        exact
    } else {
        exact.round()
    };
    (decimal(rounded), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_one_unit_and_at_most_one_decimal() {
        assert_eq!(duration(0), "0 s");
        assert_eq!(duration(-5), "0 s");
        assert_eq!(duration(40_400), "40 s");
        assert_eq!(duration(12 * MINUTE + 20 * SECOND), "12 min");
        assert_eq!(duration(5 * HOUR + 12 * MINUTE), "5.2 h");
        assert_eq!(duration(26 * HOUR), "1.1 d");
        assert_eq!(duration(3 * DAY), "3 d");
        assert_eq!(duration(23 * DAY + HOUR), "23 d");
        assert_eq!(duration(2 * WEEK), "2 w");
        assert_eq!(duration(30 * WEEK + DAY), "30.1 w");
    }

    #[test]
    fn words_agree_in_number() {
        assert_eq!(duration_in_words(HOUR), "1 hour");
        assert_eq!(duration_in_words(90 * MINUTE), "1.5 hours");
        assert_eq!(duration_in_words(WEEK), "1 week");
        assert_eq!(duration_in_words(3 * DAY), "3 days");
    }

    #[test]
    fn the_past_is_told_in_whole_units() {
        assert_eq!(ago(-20), "just now");
        assert_eq!(ago(999), "just now");
        assert_eq!(ago(12_900), "12 s ago");
        assert_eq!(ago(119 * SECOND), "1 min ago");
        assert_eq!(ago(49 * HOUR), "2 d ago");
    }
}
