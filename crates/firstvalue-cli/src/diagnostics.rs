//! Errors and warnings as text, with the lines that they are about.

use std::io::IsTerminal;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use firstvalue_model::source::{Diagnostic, Severity};

/// The most that is printed at once; who has more to put right reads the rest next time.
const MOST: usize = 50;

/// What is printed of all that was found in a text. It is in colour where standard error is a
/// terminal that has not asked for none.
pub fn render(path: &str, text: &str, diagnostics: &[Diagnostic]) -> String {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let shown = diagnostics
        .iter()
        .take(MOST)
        .map(|found| one(&renderer, path, text, found));
    let left = diagnostics.len().saturating_sub(MOST);
    let more = (left > 0).then(|| format!("… and {left} more"));
    let parts: Vec<String> = shown.chain(more).collect();
    parts.join("\n\n") + "\n"
}

fn one(renderer: &Renderer, path: &str, text: &str, found: &Diagnostic) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let related = found.related.iter().map(|other| {
        AnnotationKind::Context
            .span(other.span.start..other.span.end)
            .label(other.message.as_str())
    });
    let place = Snippet::source(text)
        .path(path)
        .annotation(AnnotationKind::Primary.span(found.span.start..found.span.end))
        .annotations(related);
    let mut group = level
        .primary_title(found.message.as_str())
        .id(found.code)
        .element(place);
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group]).to_string()
}
