use std::fs;

use crate::harness::Harness;

fn with_files() -> Harness {
    let harness = Harness::start();
    for (path, content) in [
        ("dashboard/index.html", "<title>Dashboard</title>"),
        ("dashboard/firstvalue_dashboard_bg.wasm", "\0asm"),
        ("sdk/firstvalue.js", "export const plain = 1;"),
        ("sdk/firstvalue.js.br", "as brotli"),
        ("sdk/firstvalue_core_bg.wasm", "\0asm"),
        ("demo/index.html", "<title>Ledgerly</title>"),
        ("demo/app.js", "start();"),
        ("gallery/index.html", "<title>Gallery</title>"),
    ] {
        let path = harness.assets.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    harness
}

#[tokio::test]
async fn every_file_is_where_it_belongs_and_has_its_type() {
    let harness = with_files();
    for (path, status, kind, content) in [
        ("/", 200, "text/html", "<title>Dashboard</title>"),
        ("/index.html", 200, "text/html", "<title>Dashboard</title>"),
        (
            "/firstvalue_dashboard_bg.wasm",
            200,
            "application/wasm",
            "\0asm",
        ),
        (
            "/sdk/firstvalue.js",
            200,
            "text/javascript",
            "export const plain = 1;",
        ),
        (
            "/sdk/firstvalue_core_bg.wasm",
            200,
            "application/wasm",
            "\0asm",
        ),
        ("/demo/", 200, "text/html", "<title>Ledgerly</title>"),
        ("/demo/app.js", 200, "text/javascript", "start();"),
        ("/gallery/", 200, "text/html", "<title>Gallery</title>"),
        (
            "/demo/reports/17",
            200,
            "text/html",
            "<title>Ledgerly</title>",
        ),
    ] {
        let answer = harness.get(path, &[]).await;
        assert_eq!(answer.status, status, "{path}");
        let found = answer.header("content-type").unwrap_or_default();
        assert!(found.starts_with(kind), "{path}: {found}");
        assert_eq!(answer.body, content, "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        assert!(answer.header("etag").is_some() && answer.header("last-modified").is_some());
        let tag = [("if-none-match", answer.header("etag").unwrap())];
        assert_eq!(harness.get(path, &tag).await.status, 304, "{path}");
    }
    for path in [
        "/no-such",
        "/sdk/no-such.js",
        "/demo/no-such.js",
        "/sdk/../data",
        "/v1/no-such",
    ] {
        assert_eq!(harness.get(path, &[]).await.status, 404, "{path}");
    }
    let redirect = harness.get("/demo", &[]).await;
    assert_eq!(
        (redirect.status.as_u16(), redirect.header("location")),
        (308, Some("/demo/"))
    );
}

#[tokio::test]
async fn compressed_files_go_to_those_who_can_read_them() {
    let harness = with_files();
    let answer = harness
        .get("/sdk/firstvalue.js", &[("accept-encoding", "gzip, br")])
        .await;
    assert_eq!(answer.header("content-encoding"), Some("br"));
    assert!(
        answer
            .header("content-type")
            .unwrap()
            .starts_with("text/javascript")
    );
    assert_eq!(answer.body, "as brotli");
}

#[tokio::test]
async fn headers_narrow_what_browsers_may_do() {
    let harness = with_files();
    for path in [
        "/",
        "/no-such",
        "/sdk/firstvalue.js",
        "/demo/",
        "/healthz",
        "/api/overview",
    ] {
        let answer = harness.get(path, &[]).await;
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert!(answer.header("referrer-policy").is_some(), "{path}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
    let policy = harness.get("/", &[]).await;
    let policy = policy.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';"));
    assert!(!policy.contains("unsafe-inline"));
    // Pages of other origins load these.
    let packages = harness.get("/sdk/firstvalue.js", &[]).await;
    assert_eq!(packages.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        packages.header("cross-origin-resource-policy"),
        Some("cross-origin")
    );
    // What was collected stays in no cache.
    assert_eq!(
        harness.ask("/api/overview").await.header("cache-control"),
        Some("no-store")
    );
}

#[tokio::test]
async fn everything_else_works_without_files() {
    let harness = Harness::start();
    for (path, status) in [
        ("/", 404),
        ("/sdk/firstvalue.js", 404),
        ("/demo/", 404),
        ("/healthz", 200),
    ] {
        assert_eq!(harness.get(path, &[]).await.status, status, "{path}");
    }
}
