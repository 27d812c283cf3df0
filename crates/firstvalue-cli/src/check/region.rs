//! Stretches of a text by line and column.

use firstvalue_model::source::Span;

/// Where a stretch of a text begins and ends. Columns count characters from 1, and the end is the
/// place after the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl Region {
    pub fn of(span: Span, text: &str) -> Self {
        let within = text.get(span.start..span.end).unwrap_or_default();
        let last_line = within.rsplit('\n').next().unwrap_or_default();
        let before = match within.contains('\n') {
            true => 1,
            false => span.column,
        };
        Self {
            line: span.line,
            column: span.column,
            end_line: span.line + within.matches('\n').count(),
            end_column: before + last_line.chars().count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_after_the_last_character() {
        let text = "é: ü\nab";
        let span = |start, end| Span {
            start,
            end,
            line: 1,
            column: 4,
        };
        let end = |span| {
            let Region {
                end_line,
                end_column,
                ..
            } = Region::of(span, text);
            (end_line, end_column)
        };
        assert_eq!(end(span(4, 6)), (1, 5));
        assert_eq!(end(span(4, 8)), (2, 2));
        assert_eq!(end(span(4, 4)), (1, 4));
    }
}
