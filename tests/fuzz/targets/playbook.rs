//! A playbook as somebody typed it: whatever the text is, it is read without a panic, what is said
//! about it points into it, and what has no errors compiles to a form that reads back.
#![no_main]

use firstvalue_engine::{Rules, compile};
use firstvalue_model::source::{Read, Severity, read};
use firstvalue_model::{Playbook, json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let Read {
            playbook,
            diagnostics,
        } = read(text);
        for found in &diagnostics {
            let span = found.span;
            let before = text
                .get(..span.start)
                .expect("a span begins at a character");
            assert!(text.get(span.start..span.end).is_some(), "and ends at one");
            assert_eq!(before.matches('\n').count() + 1, span.line);
            assert!(!found.message.is_empty() && span.column > 0);
        }
        let mut severities = diagnostics.iter().map(|found| found.severity);
        let failed = severities.any(|severity| severity == Severity::Error);
        assert_eq!(
            playbook.is_none(),
            failed,
            "errors are what keeps a playbook away"
        );
        if let Some(playbook) = playbook {
            reads_back(&playbook);
        }
    }
});

fn reads_back(playbook: &Playbook) {
    let compiled = compile(playbook);
    let text = serde_json::to_string(&compiled).expect("it can be written");
    let mut value = json::read(&text).expect("it is JSON");
    let rules = value.get_mut("rules").expect("it has rules");
    let rules = Rules::read(rules).expect("a browser can read it");
    assert_eq!(rules.write(), compiled.rules.write());
}
