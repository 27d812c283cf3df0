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
    let pages = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval';";
    let answers = "default-src 'none'; frame-ancestors 'none'; sandbox";
    for (path, policy, resource) in [
        ("/", pages, "same-origin"),
        ("/no-such", pages, "same-origin"),
        ("/demo/", pages, "same-origin"),
        ("/demo/reports/17", pages, "same-origin"),
        ("/sdk/firstvalue.js", answers, "cross-origin"),
        ("/sdk/no-such.js", answers, "cross-origin"),
        ("/v1/batch", answers, "cross-origin"),
        ("/v1/playbook?key=wk_test", answers, "cross-origin"),
        ("/healthz", answers, "same-origin"),
        ("/readyz", answers, "same-origin"),
        ("/metrics", answers, "same-origin"),
        ("/api/overview", answers, "same-origin"),
        ("/api/no-such", answers, "same-origin"),
    ] {
        for answer in [harness.get(path, &[]).await, harness.ask(path).await] {
            let found = answer.header("content-security-policy").unwrap();
            assert!(found.starts_with(policy), "{path}: {found}");
            assert!(!found.contains("unsafe-inline") && found.contains("frame-ancestors 'none'"));
            for (name, value) in [
                ("cross-origin-resource-policy", resource),
                ("cross-origin-opener-policy", "same-origin"),
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "strict-origin-when-cross-origin"),
            ] {
                assert_eq!(answer.header(name), Some(value), "{path}");
            }
            assert!(answer.header("permissions-policy").is_some(), "{path}");
            assert_eq!(answer.header("set-cookie"), None, "{path}");
        }
    }
    // The gallery shows pages of its own in a frame, and nobody else does.
    let gallery = harness.get("/gallery/", &[]).await;
    let policy = gallery.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with(pages) && policy.ends_with("frame-ancestors 'self'"),
        "{policy}"
    );
    // Pages of other origins load these.
    let packages = harness.get("/sdk/firstvalue.js", &[]).await;
    assert_eq!(packages.header("access-control-allow-origin"), Some("*"));
    // What was collected stays in no cache.
    for path in ["/api/overview", "/api/export", "/metrics"] {
        let answer = harness.ask(path).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
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
