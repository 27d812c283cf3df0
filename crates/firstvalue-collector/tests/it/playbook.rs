use serde_json::Value;

use crate::harness::Harness;

const PATH: &str = "/v1/playbook?key=wk_test";

#[tokio::test]
async fn browsers_load_the_compiled_playbook_and_then_only_ask_whether_it_changed() {
    let harness = Harness::start();
    let first = harness.get(PATH, &[]).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.header("content-type"), Some("application/json"));
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    let playbook: Value = serde_json::from_slice(&first.body).unwrap();
    assert_eq!(playbook["product"], "Ledgerly");
    let steps = playbook["content"]["welcome"]["steps"].as_array();
    assert_eq!(steps.map(Vec::len), Some(2));

    let tag = first.header("etag").unwrap();
    assert!(
        tag.starts_with('"') && tag.ends_with('"'),
        "a strong tag: {tag}"
    );
    let weak = format!("W/{tag}");
    let list = format!("\"other\", {tag}");
    for known in [tag, weak.as_str(), list.as_str(), "*"] {
        let again = harness.get(PATH, &[("if-none-match", known)]).await;
        assert_eq!(again.status, 304, "{known}");
        assert_eq!(again.body.len(), 0);
        assert_eq!(again.header("etag"), Some(tag));
    }
    let other = harness.get(PATH, &[("if-none-match", "\"other\"")]).await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn the_tag_stays_the_same_over_a_restart() {
    let harness = Harness::start();
    let before = harness.get(PATH, &[]).await;
    let harness = harness.restart();
    let after = harness.get(PATH, &[]).await;
    assert_eq!(before.header("etag"), after.header("etag"));
}
