//! Diagnostics say where they stand.

use crate::source::read;

/// What the first diagnostic points at, with its line and column.
fn pointed_at(text: &str) -> (&str, usize, usize) {
    let read = read(text);
    let span = read.diagnostics.first().expect("something is wrong").span;
    (&text[span.start..span.end], span.line, span.column)
}

#[test]
fn columns_count_characters_and_offsets_count_bytes() {
    let text =
        "version: 1\nproduct: 帳簿\nguides: { 案内: { kind: ツアー, steps: [ { title: あ } ] } }\n";
    assert_eq!(pointed_at(text), ("ツアー", 3, 23));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_not_shift() {
    let text = "\u{feff}version: 1\r\nproduct: Ledgerly\r\nguide: {}\r\n";
    assert_eq!(pointed_at(text), ("guide", 3, 1));
    assert_eq!(
        pointed_at("\u{feff}versio: 1\nversion: 1\nproduct: x\n"),
        ("versio", 1, 1)
    );
}

#[test]
fn an_audience_that_does_not_fit_is_pointed_at_where_it_is_used() {
    let text = "version: 1\nproduct: Ledgerly\naudiences:\n  admins: { user: { role: admin } }\n\
                milestones:\n  staffed:\n    per: account\n    when:\n      audience: admins\n";
    assert_eq!(pointed_at(text), ("admins", 9, 17));
}

#[test]
fn what_spans_lines_is_pointed_at_by_its_first() {
    let text = "version: 1\nproduct: Ledgerly\nguides:\n  - kind: tour\n    steps: []\n";
    assert_eq!(pointed_at(text), ("- kind: tour", 4, 3));
}
