//! What is let through is read alike by `regex-lite` and by the regular expressions of browsers,
//! and what is not is told what to write instead.

use proptest::prelude::*;

use super::check;

/// Whether the server finds a pattern in a text.
fn on_the_server(pattern: &str, ignore_case: bool, text: &str) -> bool {
    let mut builder = regex_lite::RegexBuilder::new(pattern);
    let pattern = builder.case_insensitive(ignore_case).build();
    pattern.expect("it was let through").is_match(text)
}

/// Whether a browser does.
fn in_a_browser(pattern: &str, ignore_case: bool, text: &str) -> bool {
    let flags = if ignore_case { "iu" } else { "u" };
    let pattern = regress::Regex::with_flags(pattern, flags);
    pattern.expect("it was let through").find(text).is_some()
}

/// A character that stands for itself, or after a backslash.
fn character() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9_ ,@:<>=!'\"#%日ก-]",
        Just("\\.".to_owned()),
        Just("\\\\".to_owned()),
        Just("\\n".to_owned()),
        Just("\\x61".to_owned()),
        Just("\\u0042".to_owned()),
        Just("\\u{1f600}".to_owned()),
        Just("\\/".to_owned()),
    ]
}

fn class() -> impl Strategy<Value = String> {
    let member = prop_oneof![
        Just("a-f"),
        Just("A-Z"),
        Just("0-5"),
        Just("一-龯"),
        Just("@"),
        Just("."),
        Just("$"),
        Just("\\-"),
        Just("\\]"),
        Just("\\d"),
        Just("\\D"),
        Just("\\n"),
        Just("s"),
    ];
    let members = prop::collection::vec(member, 1..4).prop_map(|members| members.concat());
    (prop::bool::ANY, members, prop::bool::ANY).prop_map(|(not, members, hyphen)| {
        let not = if not { "^" } else { "" };
        let hyphen = if hyphen { "-" } else { "" };
        format!("[{not}{members}{hyphen}]")
    })
}

/// Patterns of the part that both languages share.
fn pattern() -> impl Strategy<Value = String> {
    let atom = prop_oneof![4 => character(), 1 => class(), 1 => Just("\\d".to_owned())];
    atom.prop_recursive(4, 24, 4, |inner| {
        let times = prop_oneof![
            Just(""),
            Just("*"),
            Just("+"),
            Just("?"),
            Just("{2}"),
            Just("{1,}"),
            Just("{0,2}"),
            Just("*?"),
        ];
        let group = prop_oneof![Just("("), Just("(?:")];
        let grouped = (group, inner.clone(), times.clone())
            .prop_map(|(group, inner, times)| format!("{group}{inner}){times}"));
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            1 => prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.join("|")),
            2 => grouped,
            1 => inner.clone().prop_map(|inner| format!("^{inner}")),
            1 => inner.prop_map(|inner| format!("{inner}$")),
        ]
    })
}

/// Texts of which patterns are about, line ends and letters of many kinds among them. The two that
/// only browsers take for another case of an ASCII letter (`ſ` and the Kelvin sign) are left out.
fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9_ ,@.$\\-\\]\\\\/日一ก😀éÉßẞıİσςΣ\n\r\u{2028}\u{a0}\u{feff}\u{661}]{0,8}"
}

proptest! {
    #[test]
    fn what_is_let_through_is_read_alike(
        pattern in pattern(),
        ignore_case in prop::bool::ANY,
        texts in prop::collection::vec(text(), 1..8),
    ) {
        prop_assert_eq!(check(&pattern, ignore_case), Ok(()), "{}", pattern);
        for text in texts {
            prop_assert_eq!(
                on_the_server(&pattern, ignore_case, &text),
                in_a_browser(&pattern, ignore_case, &text),
                "{} in {:?}",
                pattern,
                text
            );
        }
    }

    /// Whatever it is made of: either it is refused, or both can read it and do so alike.
    #[test]
    fn any_pattern(
        pattern in "([abkz日é01 ^$.|(){}\\[\\]?*+,:\\-&~\\\\]|\\(\\?:|\\(\\?|\\{2\\}|\\{1,|a-z|\\\\[a-zA-Z0-9]|\\\\x4|\\\\u0041){0,8}",
        ignore_case in prop::bool::ANY,
        text in text(),
    ) {
        if check(&pattern, ignore_case).is_ok() {
            prop_assert_eq!(
                on_the_server(&pattern, ignore_case, &text),
                in_a_browser(&pattern, ignore_case, &text),
                "{} in {:?}",
                pattern,
                text
            );
        }
    }
}

#[test]
fn what_is_not_read_alike_is_refused() {
    for pattern in [
        ".",
        r"\s",
        r"\S",
        r"[\s]",
        r"\A",
        r"\z",
        r"\Z",
        r"\p{L}",
        r"\0",
        r"\1",
        r"(a)\1",
        r"\k<n>",
        r"\a",
        r"\e",
        r"\cA",
        r"\-",
        r"\#",
        r"\ ",
        r"\x4",
        r"\x{41}",
        r"\u41",
        r"\ud83d",
        r"\ud83d\ude00",
        r"\u{110000}",
        r"\u{}",
        r"\",
        "(?i)a",
        "(?i:a)",
        "(?m)^a",
        "(?s)a",
        "(?x)a",
        "(?P<n>a)",
        "(?<n>a)",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "(?>a)",
        "(?#a)",
        "(?",
        "(",
        ")",
        "(a",
        "a)",
        "]",
        "}",
        "{",
        "a]",
        "a}",
        "a{",
        "a{x}",
        "a{,2}",
        "a{2",
        "a{ 2}",
        "a{3,2}",
        "a{99999999999}",
        "*",
        "a**",
        "a+??",
        "a{2}{2}",
        "^*",
        "$?",
        r"\b*",
        "(*a)",
        "|*",
        "[",
        "[a",
        "[]",
        "[^]",
        "[]a]",
        "[[a]]",
        "[[:alpha:]]",
        "[a&&b]",
        "[a~~b]",
        "[a--b]",
        "[--a]",
        "[a-c-e]",
        r"[a-\d]",
        r"[\d-a]",
        r"[\b]",
        r"[\B]",
        "[z-a]",
    ] {
        let flaw = check(pattern, false).expect_err(pattern);
        assert!(
            !flaw.message.is_empty() && !flaw.help.is_empty(),
            "{pattern}"
        );
    }
}

#[test]
fn with_letter_case_ignored_letters_are_those_of_ascii() {
    for pattern in [
        r"\w",
        r"\W",
        r"\b",
        r"\B",
        r"[\w]",
        "é",
        "[é]",
        r"\u00e9",
        "[à-ü]",
        "ß",
        "σ",
        "ſ",
        "[\u{80}-\u{fff}]",
        r"[\x41-\x43]",
        r"[\u0041-C]",
        r"[A-\x43]",
    ] {
        check(pattern, true).expect_err(pattern);
        let alone = check(pattern, false);
        assert_eq!(alone, Ok(()), "`$regex` has no trouble with {pattern}");
    }
    for pattern in ["[a-z]+", "日本", "[ก-ฮ]", "😀", r"\d{2}", r"[\x30-\x39]"] {
        assert_eq!(check(pattern, true), Ok(()), "{pattern}");
    }
}

#[test]
fn what_is_refused_is_told_what_to_write() {
    for (pattern, ignore_case, help) in [
        (".", false, "`[^\\n]`"),
        (r"\s", false, r"`[ \t\r\n]`"),
        (r"\z", false, "`$`"),
        (r"a\-b", false, "`-`"),
        ("(?i)a", false, "`$regexi`"),
        ("(?!a)", false, "`$not: { $regex: … }`"),
        ("a{,2}", false, "`{2,5}`"),
        (r"\w", true, "`[0-9a-z_]`"),
        ("é", true, "`[éÉ]`"),
    ] {
        let flaw = check(pattern, ignore_case).expect_err(pattern);
        assert!(flaw.help.contains(help), "{pattern}: {flaw:?}");
    }
}

#[test]
fn what_is_too_large_is_refused_before_the_server_meets_it() {
    let nested = "(".repeat(100_000) + &")".repeat(100_000);
    for pattern in ["(?:a{1000}){1000}", nested.as_str()] {
        check(pattern, false).expect_err("it is too large");
    }
}
