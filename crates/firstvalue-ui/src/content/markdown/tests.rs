use super::*;
use crate::content::link;
use proptest::prelude::*;

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn paragraph(text: &str) -> Vec<Inline> {
    match parse(text).as_slice() {
        [Block::Paragraph(content)] => content.clone(),
        other => panic!("not one paragraph: {other:?}"),
    }
}

fn link(address: &str, label: &str) -> Inline {
    Inline::Link {
        href: link::read(address).expect("an allowed address"),
        content: vec![text(label)],
    }
}

#[test]
fn emphasis_nests() {
    assert_eq!(
        paragraph("a **b** c"),
        [text("a "), Inline::Strong(vec![text("b")]), text(" c")]
    );
    assert_eq!(
        paragraph("*a **b** c*"),
        [Inline::Emphasis(vec![
            text("a "),
            Inline::Strong(vec![text("b")]),
            text(" c")
        ])]
    );
    assert_eq!(
        paragraph("*a **b***"),
        [Inline::Emphasis(vec![
            text("a "),
            Inline::Strong(vec![text("b")])
        ])]
    );
}

#[test]
fn stars_that_open_nothing_are_text() {
    for written in ["2 * 3 * 4", "**", "a ** b", "*", "***", "**open", "a*"] {
        assert_eq!(
            paragraph(&format!("x{written}")),
            [text(&format!("x{written}"))],
            "{written}"
        );
    }
}

#[test]
fn code_is_taken_literally() {
    assert_eq!(
        paragraph("press `Ctrl *K*`"),
        [text("press "), Inline::Code("Ctrl *K*".to_owned())]
    );
    assert_eq!(
        paragraph("**a `**` b**"),
        [Inline::Strong(vec![
            text("a "),
            Inline::Code("**".to_owned()),
            text(" b")
        ])]
    );
    assert_eq!(paragraph("a ` b"), [text("a ` b")]);
}

#[test]
fn paragraphs_lists_and_breaks() {
    assert_eq!(
        parse("one\ntwo  \nthree\n\n- a\n  more\n* **b**\n\nend"),
        [
            Block::Paragraph(vec![text("one two"), Inline::Break, text("three")]),
            Block::List(vec![
                vec![text("a more")],
                vec![Inline::Strong(vec![text("b")])]
            ]),
            Block::Paragraph(vec![text("end")]),
        ]
    );
    assert_eq!(parse(" \n\n "), []);
}

#[test]
fn backslash_takes_the_meaning_away() {
    assert_eq!(
        paragraph(r"\*a\* \[b](c) \\ \d"),
        [text(r"*a* [b](c) \ \d")]
    );
}

#[test]
fn links_lead_only_where_they_may() {
    assert_eq!(
        paragraph("see [docs](https://example.com/a)."),
        [
            text("see "),
            link("https://example.com/a", "docs"),
            text("."),
        ]
    );
    assert_eq!(
        paragraph("[mail](mailto:a@b.c)"),
        [link("mailto:a@b.c", "mail")]
    );
    for hostile in [
        "[x](javascript:alert(1))",
        "[x](java\u{1}script:alert)",
        "[x]( &#106;avascript:alert)",
        "[x](data:text/html,hello)",
        "[x](VBSCRIPT:x)",
        "[](https://example.com)",
    ] {
        assert_eq!(paragraph(hostile), [text(hostile)], "{hostile}");
    }
}

#[test]
fn raw_html_is_text() {
    for hostile in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "&lt;script&gt;",
        "<!--x--><style>@import'x'</style>",
        "![x](https://example.com/x.png)",
        "<https://example.com>",
    ] {
        let plain = parse(hostile);
        let mut spoken = String::new();
        plain.iter().for_each(|block| block.push_plain(&mut spoken));
        assert!(
            !spoken.is_empty()
                && elements(&plain)
                    .iter()
                    .all(|name| *name == "p" || *name == "a"),
            "{hostile}"
        );
    }
    assert_eq!(paragraph("<b>hi</b>"), [text("<b>hi</b>")]);
}

/// The names of the elements that components draw for a tree.
fn elements(blocks: &[Block]) -> Vec<&'static str> {
    fn inlines(content: &[Inline], to: &mut Vec<&'static str>) {
        for inline in content {
            match inline {
                Inline::Text(_) => {}
                Inline::Break => to.push("br"),
                Inline::Code(_) => to.push("code"),
                Inline::Strong(content) => {
                    to.push("strong");
                    inlines(content, to);
                }
                Inline::Emphasis(content) => {
                    to.push("em");
                    inlines(content, to);
                }
                Inline::Link { href, content } => {
                    assert_eq!(link::read(&href.address).as_ref(), Some(href));
                    to.push("a");
                    inlines(content, to);
                }
            }
        }
    }
    let mut names = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(content) => {
                names.push("p");
                inlines(content, &mut names);
            }
            Block::List(items) => {
                names.push("ul");
                items.iter().for_each(|item| inlines(item, &mut names));
            }
        }
    }
    names
}

/// Were reading quadratic in these, the test would not end.
#[test]
fn long_hostile_texts_are_read_to_their_end() {
    for part in ["*", "**", "[", "[a](", "`", "*a **b ", "\\", "[*", "- "] {
        assert!(
            !parse(&part.repeat(20_000 / part.len())).is_empty(),
            "{part}"
        );
    }
}

proptest! {
    #[test]
    fn never_panics_and_draws_only_what_is_listed(text in "([*`\\[\\]()\\\\ \n-]|javascript:|https://a|[a-zäß<>&;]|\u{1}){0,200}") {
        let names = elements(&parse(&text));
        prop_assert!(names.iter().all(|name| ["p", "ul", "br", "code", "strong", "em", "a"].contains(name)));
        prop_assert!(names.len() <= 2 * text.len() + 1);
    }

    #[test]
    fn any_text_at_all(text in any::<String>()) {
        elements(&parse(&text));
    }
}
