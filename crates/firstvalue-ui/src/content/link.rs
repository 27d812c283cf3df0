//! Which addresses a link may have.

/// Schemes that a link may name. Whatever else has a scheme (`javascript:`, `data:`, …) is text.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// Where a link may lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Href {
    /// What stands in the attribute.
    pub address: String,
    /// Whether it leaves the host's product, and so opens in a tab of its own.
    pub leaves: bool,
}

/// Reads an address as an author wrote it; `None` if a link must not lead there.
///
/// Browsers drop control characters and white space while they parse an address, so these go first.
/// An entity (`java&#115;cript:`) or a backslash before the path has no honest use and is refused.
pub fn read(written: &str) -> Option<Href> {
    let address: String = written.chars().filter(|c| !is_ignored(*c)).collect();
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    if address.is_empty() || address.contains('\\') || head.contains('&') {
        return None;
    }
    let leaves = match head.split_once(':') {
        None => false,
        Some((scheme, _)) => SCHEMES
            .iter()
            .find(|allowed| scheme.eq_ignore_ascii_case(allowed))?
            .starts_with("http"),
    };
    let leaves = leaves || address.starts_with("//");
    Some(Href { address, leaves })
}

/// Characters that are dropped: control characters, white space, and those that cannot be seen.
fn is_ignored(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn allows_what_a_guide_needs() {
        for (written, leaves) in [
            ("https://example.com/a?b=c&d=e#f", true),
            ("HTTP://example.com", true),
            ("//example.com", true),
            ("mailto:help@example.com", false),
            ("tel:+4912345", false),
            ("/reports?sort=name&page=2", false),
            ("reports/a:b", false),
            ("#top", false),
            ("?page=2", false),
        ] {
            assert_eq!(
                read(written),
                Some(Href {
                    address: written.to_owned(),
                    leaves
                }),
                "{written}"
            );
        }
    }

    #[test]
    fn refuses_what_could_run() {
        for written in [
            "",
            " ",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \t\njavascript:alert(1)",
            "java\tscript:alert(1)",
            "java\u{0}script:alert(1)",
            "java\u{200b}script:alert(1)",
            "\u{1}javascript:alert(1)",
            "\u{feff}javascript:alert(1)",
            "javascript&colon;alert(1)",
            "java&#115;cript:alert(1)",
            "&#x6A;avascript:alert(1)",
            "javascript\\:alert(1)",
            "vbscript:msgbox(1)",
            "data:text/html,<script>alert(1)</script>",
            "blob:https://example.com/1",
            "file:///etc/passwd",
            "about:blank",
            "\\\\example.com",
            "/\\example.com",
            ":alert(1)",
        ] {
            assert_eq!(read(written), None, "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_the_listed_schemes_comes_through(written in "[ \\t\\x00-\\x1fa-zA-Z:&;#/?\\\\.]{0,40}") {
            if let Some(Href { address, .. }) = read(&written) {
                prop_assert!(!address.chars().any(is_ignored));
                let before_path = address.split(['/', '?', '#']).next().unwrap_or_default();
                if let Some((scheme, _)) = before_path.split_once(':') {
                    prop_assert!(SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()));
                }
            }
        }
    }
}
