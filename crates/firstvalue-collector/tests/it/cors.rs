use axum::http::Method;

use crate::harness::Harness;

/// The headers for which recorded browser clients ask.
const ASKED: &str = "anonymousid,authorization,content-type,sentat,x-retry-count";

#[tokio::test]
async fn any_page_may_send_events_with_the_headers_of_real_clients() {
    let harness = Harness::start();
    for path in [
        "/v1/batch",
        "/v1/track",
        "/v1/t",
        "/v1/playbook",
        "/sdk/firstvalue.js",
    ] {
        let asked = [
            ("origin", "https://ledgerly.example"),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", ASKED),
        ];
        let answer = harness.send(Method::OPTIONS, path, &asked, "").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            Some("*"),
            "{path}"
        );
        assert_eq!(
            answer.header("access-control-allow-headers"),
            Some(ASKED),
            "{path}"
        );
        assert!(
            answer
                .header("access-control-allow-methods")
                .unwrap()
                .contains("POST")
        );
        assert_eq!(answer.header("access-control-max-age"), Some("7200"));
        assert_eq!(answer.header("access-control-allow-credentials"), None);
    }
}

#[tokio::test]
async fn answers_can_be_read_by_scripts_also_when_they_are_refusals() {
    let harness = Harness::start();
    let origin = [("origin", "https://ledgerly.example")];
    for (body, status) in [
        (r#"{"batch":[],"writeKey":"wk_test"}"#, 200),
        (r#"{"batch":[]}"#, 401),
        ("{", 400),
    ] {
        let answer = harness.send(Method::POST, "/v1/batch", &origin, body).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(
            answer.header("access-control-expose-headers"),
            Some("retry-after,etag")
        );
        assert_eq!(answer.header("access-control-allow-credentials"), None);
    }
}

#[tokio::test]
async fn other_origins_cannot_read_what_was_collected() {
    let harness = Harness::start();
    let asked = [
        ("origin", "https://ledgerly.example"),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "authorization"),
    ];
    for path in ["/api/overview", "/api/events"] {
        let preflight = harness.send(Method::OPTIONS, path, &asked, "").await;
        assert_eq!(preflight.header("access-control-allow-origin"), None);
        let headers = [
            ("origin", "https://ledgerly.example"),
            ("authorization", "Bearer at_test"),
        ];
        let answer = harness.get(path, &headers).await;
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}
