//! What is known of the user, named in a text: `{{user.name|there}}`, `{{account.mrr:EUR|something}}`.

use crate::source::diagnostic::Span;
use crate::source::nearest;
use crate::source::node::{Node, shortened};
use crate::source::reader::Reader;

/// How a value is written besides as a currency, which has three capital letters.
const FORMATS: [&str; 2] = ["date", "percent"];

const HELP: &str = "name a trait, and what stands there without it: `{{user.name|there}}`";

/// Notes variables that cannot be meant, and those that leave a gap where nothing is known; not the one that
/// is counted by, which is none then.
pub(super) fn check(reader: &mut Reader, node: &Node, text: &str, counted: Option<&str>) {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((inner, after)) = after.split_once("}}") else {
            let message = "`{{` begins a variable that does not end";
            reader
                .error("variable", reader.within(node, "{{"), message)
                .help(HELP);
            return;
        };
        let written = format!("{{{{{inner}}}}}");
        let span = reader.within(node, &written);
        variable(reader, span, inner, counted);
        rest = after;
    }
}

fn variable(reader: &mut Reader, span: Span, inner: &str, counted: Option<&str>) {
    let (named, otherwise) = match inner.split_once('|') {
        Some((named, otherwise)) => (named, Some(otherwise)),
        None => (inner, None),
    };
    let (path, format) = match named.split_once(':') {
        Some((path, format)) => (path, Some(format.trim())),
        None => (named, None),
    };
    if path_is_wrong(path) || otherwise.is_some_and(|it| it.contains(['{', '}'])) {
        let message = format!("`{}` names nothing that is known", shortened(inner.trim()));
        reader.error("variable", span, message).help(HELP);
        return;
    }
    if let Some(format) = format {
        let is_currency = format.len() == 3 && format.bytes().all(|it| it.is_ascii_uppercase());
        if !is_currency && !FORMATS.contains(&format) {
            let message = format!("a value is not written as `{}`", shortened(format));
            let hint = nearest::nearest(format, FORMATS).map(|it| format!("did you mean `{it}`?"));
            let usual = "use `date`, `percent` or a currency such as `EUR`; numbers need nothing";
            let error = reader.error("variable", span, message);
            error.help(hint.unwrap_or_else(|| usual.to_owned()));
            return;
        }
    }
    let path = path.trim();
    if otherwise.is_none_or(|it| it.trim().is_empty()) && counted != Some(path) {
        let message = format!("where `{path}` is not known, this text has a gap");
        let error = reader.warning("variable-gap", span, message);
        error.help(format!(
            "say what stands there then: `{{{{{}|…}}}}`",
            named.trim()
        ));
    }
}

/// Whether a path is not that of a trait.
pub(super) fn path_is_wrong(path: &str) -> bool {
    let path = path.trim();
    let trait_name = path
        .strip_prefix("user.")
        .or_else(|| path.strip_prefix("account."));
    trait_name.is_none_or(|it| it.split('.').any(|part| part.trim().is_empty()))
        || path.contains(['{', '}'])
}
