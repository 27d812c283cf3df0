//! Rules are read from JSON by hand in browsers, and by serde elsewhere: the same rules.

use firstvalue_engine::{CompiledPlaybook, Rules, compile};
use firstvalue_model::{json, source};

#[test]
fn rules_read_by_hand_are_those_that_serde_reads() {
    let playbook = source::read(include_str!("read/every-form.yaml"));
    assert!(playbook.playbook.is_some(), "{:?}", playbook.diagnostics);
    let text = serde_json::to_string(&compile(&playbook.playbook.unwrap())).unwrap();
    let by_serde: CompiledPlaybook = serde_json::from_str(&text).unwrap();
    let value = json::read(&text).unwrap();
    let by_hand = Rules::read(value.get("rules").unwrap()).unwrap();
    // What nothing decides by about one user is left out.
    let written = |rules: &Rules| {
        let mut value = serde_json::to_value(rules).unwrap();
        for name in ["audiences", "stages", "health", "accounts", "shared"] {
            value.as_object_mut().unwrap().remove(name);
        }
        value["users"].as_object_mut().unwrap().remove("rounds");
        value
    };
    assert_eq!(written(&by_hand), written(&by_serde.rules));
}
