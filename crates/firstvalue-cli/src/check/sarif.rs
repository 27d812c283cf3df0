//! What was found, as a log in SARIF 2.1.0 (Static Analysis Results Interchange Format).

use firstvalue_model::source::{CODES, Code, Diagnostic, Span};
use serde_json::{Value, json};

use super::json::severity;
use super::region::Region;
use crate::playbook_file::Loaded;

/// Everything that was found in all playbooks.
///
/// # Errors
/// Never: what is written has no keys but text.
pub fn log(loaded: &[Loaded]) -> serde_json::Result<String> {
    let results: Vec<Value> = loaded
        .iter()
        .flat_map(|loaded| {
            let found = loaded.read.diagnostics.iter();
            found.map(move |found| result(loaded, found))
        })
        .collect();
    let rules: Vec<Value> = CODES.iter().map(rule).collect();
    serde_json::to_string_pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "firstvalue",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.name,
        "shortDescription": { "text": code.said_of },
        "help": { "text": code.remedy },
        "defaultConfiguration": { "level": severity(code.severity) },
    })
}

fn result(loaded: &Loaded, found: &Diagnostic) -> Value {
    let help = found.help.iter().map(|help| format!("\n{help}"));
    let text: String = [found.message.clone()].into_iter().chain(help).collect();
    let mut result = json!({
        "ruleId": found.code,
        "level": severity(found.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": place(loaded, found.span) }],
    });
    let index = CODES.iter().position(|code| code.name == found.code);
    if let (Some(index), Some(result)) = (index, result.as_object_mut()) {
        result.insert("ruleIndex".to_owned(), index.into());
    }
    let related = found.related.iter().map(|related| {
        json!({
            "message": { "text": related.message },
            "physicalLocation": place(loaded, related.span),
        })
    });
    let related: Vec<Value> = related.collect();
    if let (false, Some(result)) = (related.is_empty(), result.as_object_mut()) {
        result.insert("relatedLocations".to_owned(), related.into());
    }
    result
}

fn place(loaded: &Loaded, span: Span) -> Value {
    let region = Region::of(span, &loaded.text);
    json!({
        "artifactLocation": { "uri": uri(&loaded.path) },
        "region": {
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
        },
    })
}

/// A path as a reference that is relative to where the command was run, unless it is absolute.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("play books/ä.yaml"), "play%20books/%C3%A4.yaml");
        assert_eq!(uri("/etc/playbook.yaml"), "file:///etc/playbook.yaml");
    }
}
