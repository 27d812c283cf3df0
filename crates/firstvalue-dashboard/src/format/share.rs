//! Shares of a whole.

use super::decimal;

/// `41%`, `4.1%`. Never says all or none of what is only nearly so.
pub fn share(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.05 {
        return String::from("<0.1%");
    }
    if share < 1.0 && percent > 99.0 {
        return String::from("99%");
    }
    let shown = if percent < 9.95 {
        percent
    } else {
        percent.round()
    };
    format!("{}%", decimal(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shares_keep_a_decimal() {
        assert_eq!(share(0.412), "41%");
        assert_eq!(share(0.0412), "4.1%");
        assert_eq!(share(0.0996), "10%");
    }

    #[test]
    fn nearly_all_is_not_all_and_nearly_none_is_not_none() {
        assert_eq!(share(0.0), "0%");
        assert_eq!(share(0.0001), "<0.1%");
        assert_eq!(share(0.9999), "99%");
        assert_eq!(share(1.0), "100%");
    }
}
