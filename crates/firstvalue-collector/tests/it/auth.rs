use axum::http::Method;
use firstvalue_collector::openapi;
use serde_json::Value;

use crate::harness::Harness;

/// Every route with every kind of credential.
#[tokio::test]
async fn each_route_takes_its_own_credential_and_no_other() {
    let harness = Harness::start();
    let none: &[(&str, &str)] = &[];
    let basic_write = &[("authorization", "Basic d2tfdGVzdDo=")][..]; // wk_test:
    let basic_wrong = &[("authorization", "Basic d2tfb3RoZXI6")][..]; // wk_other:
    let basic_admin = &[("authorization", "Basic YXRfdGVzdDo=")][..]; // at_test:
    let basic_broken = &[("authorization", "Basic ???")][..];
    let bearer_admin = &[("authorization", "bearer at_test")][..];
    let bearer_wrong = &[("authorization", "Bearer at_tesT")][..];
    let bearer_write = &[("authorization", "Bearer wk_test")][..];
    let credentials = [
        none,
        basic_write,
        basic_wrong,
        basic_admin,
        basic_broken,
        bearer_admin,
        bearer_wrong,
        bearer_write,
    ];
    let ingest = [401, 200, 401, 401, 401, 401, 401, 401];
    let api = [401, 401, 401, 401, 401, 200, 401, 401];
    let hidden = [401, 401, 401, 401, 401, 404, 401, 401];
    let open = [200; 8];
    let refused = [401; 8];

    let event = r#"{"userId":"u1","event":"a","groupId":"g1","previousId":"a1"}"#;
    let table = [
        (Method::POST, "/v1/batch", r#"{"batch":[]}"#, ingest),
        (Method::POST, "/v1/b", r#"{"batch":[]}"#, ingest),
        (
            Method::POST,
            "/v1/batch",
            r#"{"batch":[],"writeKey":"wk_other"}"#,
            ingest,
        ),
        (Method::POST, "/v1/track", event, ingest),
        (Method::POST, "/v1/identify", event, ingest),
        (Method::POST, "/v1/group", event, ingest),
        (Method::POST, "/v1/page", event, ingest),
        (Method::POST, "/v1/screen", event, ingest),
        (Method::POST, "/v1/alias", event, ingest),
        (Method::POST, "/v1/t", event, ingest),
        (Method::POST, "/batch/", r#"{"batch":[]}"#, ingest),
        (Method::POST, "/i/v0/e/", r#"{"batch":[]}"#, ingest),
        (Method::POST, "/e/", "[]", ingest),
        (Method::POST, "/capture/", r#"{"batch":[]}"#, ingest),
        (Method::GET, "/v1/projects/wk_other/settings", "", refused),
        (Method::GET, "/v1/projects/wk_test/settings", "", open),
        (Method::GET, "/v1/state?key=wk_other", "", refused),
        (
            Method::GET,
            "/v1/state?key=wk_test&user=u1&hash=x",
            "",
            [403; 8],
        ),
        (Method::GET, "/v1/outcomes?key=wk_other", "", refused),
        (
            Method::GET,
            "/v1/outcomes?key=wk_test&account=g1&hash=x",
            "",
            [403; 8],
        ),
        (Method::GET, "/v1/playbook", "", refused),
        (Method::GET, "/v1/playbook?key=at_test", "", refused),
        (Method::GET, "/v1/playbook?key=wk_test", "", open),
        (Method::GET, "/healthz", "", open),
        (Method::GET, "/readyz", "", open),
        (Method::GET, "/metrics", "", api),
        (Method::GET, "/api/overview", "", api),
        (Method::GET, "/api/events", "", api),
        (Method::GET, "/api/guides", "", api),
        (Method::GET, "/api/users", "", api),
        (Method::GET, "/api/accounts", "", api),
        (Method::GET, "/api/accounts/g1", "", api),
        (Method::GET, "/api/accounts/no-such", "", hidden),
        (Method::GET, "/api/events/live", "", api),
        (Method::GET, "/api/quarantine", "", api),
        (Method::GET, "/api/delivery", "", api),
        (Method::GET, "/api/audit", "", api),
        (Method::GET, "/api/playbooks", "", api),
        (Method::GET, "/api/playbooks/1", "", api),
        (Method::GET, "/api/playbooks/x", "", hidden),
        (Method::POST, "/api/playbooks/check", "", api),
        (
            Method::POST,
            "/api/playbooks",
            "no playbook",
            [401, 401, 401, 401, 401, 422, 401, 401],
        ),
        (Method::POST, "/api/playbooks/9/restore", "", hidden),
        (Method::GET, "/api/export", "", api),
        (Method::GET, "/api/users/u1", "", api),
        (Method::GET, "/api/users/u1/events", "", api),
        (Method::GET, "/api/users/u1/export", "", api),
        (Method::DELETE, "/api/users/no-such", "", hidden),
        (Method::GET, "/api/milestones/first-report/users", "", api),
        (Method::GET, "/api/milestones/no-such/users", "", hidden),
        (Method::GET, "/api/milestones/no-such/accounts", "", hidden),
        (Method::GET, "/api/no-such", "", hidden),
        (Method::GET, "/api", "", hidden),
        (Method::DELETE, "/api/events", "", hidden),
    ];
    every_operation_is_in(&table.clone().map(|(method, path, ..)| (method, path)));
    for (method, path, body, expected) in table {
        for (credential, expected) in credentials.iter().zip(expected) {
            // Some answers have no end.
            let status = harness.status(method.clone(), path, credential, body).await;
            assert_eq!(
                status, expected,
                "{method} {path} {body} with {credential:?}"
            );
        }
    }
}

/// Whatever the description of the routes names is tried out.
fn every_operation_is_in(table: &[(Method, &str)]) {
    let description: Value = serde_json::from_str(&openapi().unwrap()).unwrap();
    let mut operations = 0;
    for (template, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            operations += 1;
            let fits = |(tried, path): &(Method, &str)| {
                let path = path.split('?').next().unwrap();
                let (path, template) = (path.split('/'), template.split('/'));
                let same = |(part, wanted): (&str, &str)| wanted.starts_with('{') || part == wanted;
                tried.as_str().eq_ignore_ascii_case(method)
                    && path.clone().count() == template.clone().count()
                    && path.zip(template).all(same)
            };
            assert!(
                table.iter().any(fits),
                "{method} {template} is not in the table"
            );
        }
    }
    assert!(operations >= 28, "{operations}");
}

#[tokio::test]
async fn the_write_key_in_the_body_counts_where_there_is_no_other() {
    let harness = Harness::start();
    let body = r#"{"batch":[],"writeKey":"wk_test"}"#;
    let answer = harness.send(Method::POST, "/v1/batch", &[], body).await;
    assert_eq!(answer.status, 200);
    // Some other software's token does not stand in its way.
    let bearer = [("authorization", "Bearer of-a-proxy")];
    assert_eq!(
        harness
            .send(Method::POST, "/v1/batch", &bearer, body)
            .await
            .status,
        200
    );
    let other = [("authorization", "Basic d2tfb3RoZXI6")];
    assert_eq!(
        harness
            .send(Method::POST, "/v1/batch", &other, body)
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn a_refusal_says_what_to_do_and_stores_nothing() {
    let harness = Harness::start();
    let event = serde_json::json!({ "userId": "u1", "event": "a", "writeKey": "wk_other" });
    let answer = harness.post("/v1/track", event).await;
    assert_eq!(answer.json()["error"]["code"], "unknown_write_key");
    assert_eq!(harness.events().await.len(), 0);

    let answer = harness.get("/api/overview", &[]).await;
    assert_eq!(answer.json()["error"]["code"], "unknown_admin_token");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}
