//! The share of users who get no guide.

use super::node::{Content, Node, shortened};
use super::reader::Reader;

/// A percentage, or a number from 0 to 1.
pub(super) fn holdout(reader: &mut Reader, node: &Node) -> Option<f64> {
    const EXPECTED: &str = "a share of the users such as `5%` or `0.05`";
    let (share, written) = match &node.content {
        Content::Number(number) => (number.as_f64(), number.to_string()),
        Content::Text(text) => (percentage(text), text.clone()),
        _ => {
            reader.wrong_type(node, EXPECTED);
            return None;
        }
    };
    let Some(share) = share else {
        let message = format!("expected {EXPECTED}, found {}", node.describe());
        let error = reader.error("invalid-value", node.span, message);
        error.help("a share is a number and `%`, or a number from 0 to 1");
        return None;
    };
    if (0.0..=1.0).contains(&share) {
        return Some(share);
    }
    let message = format!(
        "`{}` is not between none and all users",
        shortened(&written)
    );
    let error = reader.error("invalid-value", node.span, message);
    // `5` is far more often meant as 5 % than as five times everybody.
    if matches!(node.content, Content::Number(_)) && (1.0..=100.0).contains(&share) {
        error.help(format!("write `{written}%`"));
    } else {
        error.help("a share is from `0%` to `100%`, or from 0 to 1");
    }
    None
}

/// The share that a text such as `2.5%` names.
fn percentage(text: &str) -> Option<f64> {
    let number = text.strip_suffix('%')?.trim_end();
    let plain = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    if !number.bytes().all(plain) {
        return None;
    }
    // Rather than by a division, so that `2.3%` and `0.023` are the same number.
    format!("{number}e-2").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::percentage;

    #[test]
    fn percentages_are_exact() {
        for (text, expected) in [
            ("5%", Some(0.05)),
            ("2.3%", Some(0.023)),
            ("12 %", Some(0.12)),
            ("0%", Some(0.0)),
            ("150%", Some(1.5)),
            ("%", None),
            (".%", None),
            ("1e1%", None),
            ("-5%", None),
            ("5", None),
        ] {
            assert_eq!(percentage(text), expected, "{text}");
        }
    }
}
