//! Whatever the text is, it is read without a panic, and what is said about it points into it.

use proptest::prelude::*;

use super::{LEDGERLY, decoded, playbooks, written};
use crate::source::{Severity, read};

fn check(text: &str) {
    let read = read(text);
    for found in &read.diagnostics {
        let span = found.span;
        let before = text
            .get(..span.start)
            .expect("the span begins at a character");
        assert!(
            text.get(span.start..span.end).is_some(),
            "{span:?} ends at a character"
        );
        assert_eq!(before.matches('\n').count() + 1, span.line, "{span:?}");
        assert!(!found.message.is_empty() && span.column > 0);
    }
    let failed = read
        .diagnostics
        .iter()
        .any(|found| found.severity == Severity::Error);
    assert_eq!(
        read.playbook.is_none(),
        failed,
        "an error is what keeps a playbook away"
    );
}

/// Pieces of which YAML is made, and words of playbooks.
fn yamlish() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\n  ",
        "\n    ",
        "\t",
        " ",
        ": ",
        "- ",
        "? ",
        "{ ",
        " }",
        "[ ",
        " ]",
        ", ",
        "#",
        "&a ",
        "*a",
        "!!str ",
        "|",
        ">",
        "'",
        "\"",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "~",
        "1",
        "1.5",
        "7d",
        "version",
        "product",
        "milestones",
        "guides",
        "when",
        "did",
        "all",
        "not",
        "sequence",
        "x",
        "within",
        "times",
        "gte",
        "steps",
        "title",
        "kind",
        "tour",
        "é",
        "\u{feff}",
        "\r\n",
        "\u{0}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// A good playbook with a stretch of it replaced.
fn damaged() -> impl Strategy<Value = String> {
    let at = 0..LEDGERLY.chars().count();
    (at, 0_usize..40, yamlish()).prop_map(|(at, length, instead)| {
        let before = LEDGERLY.chars().take(at);
        let after = LEDGERLY.chars().skip(at + length);
        before
            .chain(instead.chars().take(12))
            .chain(after)
            .collect()
    })
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn text_like_yaml(text in yamlish()) {
        check(&text);
        check(&format!("version: 1\nproduct: x\n{text}"));
        check(&format!("version: 1\nproduct: x\nmilestones: {{ a: {{ when: {text} }} }}"));
    }

    #[test]
    fn playbooks_written_and_read_again(playbook in playbooks::playbook()) {
        let text = format!("{:#}", written::playbook(&playbook));
        let (read, diagnostics) = decoded(&text);
        prop_assert_eq!(diagnostics, [], "{}", text);
        prop_assert_eq!(read, Some(playbook));
    }

    #[test]
    fn damaged_playbooks(text in damaged()) {
        check(&text);
    }
}

#[test]
fn nesting_and_unfolding_have_limits() {
    for opening in ["[", "{a: ", "- ", "? ", "{ not: ", "a:\n "] {
        check(&opening.repeat(2_000));
    }
    let mut aliases = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..40 {
        let under = level - 1;
        aliases += &format!("a{level}: &a{level} [*a{under}, *a{under}, *a{under}, *a{under}]\n");
    }
    check(&aliases);
    let inner = "a: &a [*a]\n";
    check(inner);
}
