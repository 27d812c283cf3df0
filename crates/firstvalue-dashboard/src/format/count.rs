//! Counts and plain numbers.

/// `12,431`
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with at most one decimal: `3.4`, `12`. Used for coordinates too, and
/// written by way of whole numbers because the formatting of floats costs kilobytes.
pub fn decimal(number: f64) -> String {
    let tenths = (number * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    match tenth {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_by_thousands() {
        let text = |number| count(number);
        assert_eq!(text(0), "0");
        assert_eq!(text(999), "999");
        assert_eq!(text(1_000), "1,000");
        assert_eq!(text(12_431), "12,431");
        assert_eq!(text(1_234_567), "1,234,567");
    }

    #[test]
    fn decimals_lose_a_trailing_zero() {
        assert_eq!(decimal(3.44), "3.4");
        assert_eq!(decimal(3.96), "4");
        assert_eq!(decimal(-0.04), "0");
        assert_eq!(decimal(-1.25), "-1.3");
    }
}
