//! `firstvalue serve --config`: settings in a file, and several products in one collector.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod serving;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use serving::{Server, agent};

/// `printf %s at_b | sha256sum`
const HASH: &str = "00d980f937b9e5eee38783006df14a66bf51f2547252e290ec1d635090c016fc";

fn serve(folder: &Path, settings: &str) -> Command {
    std::fs::write(folder.join("settings.toml"), settings).unwrap();
    for product in ["a", "b"] {
        let playbook = format!("version: 1\nproduct: Product {product}\n");
        std::fs::write(folder.join(format!("{product}.yaml")), playbook).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_firstvalue"));
    command
        .args(["serve", "--config", "settings.toml"])
        .current_dir(folder);
    command
}

#[test]
fn a_file_sets_up_several_products() {
    let folder = tempfile::tempdir().unwrap();
    let settings = format!(
        "listen = '127.0.0.1:0'\ndata = 'kept'\nmax-events = 1\n\
         [[product]]\nname = 'a'\nplaybook = 'a.yaml'\nadmin-tokens = ['at_a']\n\
         write-keys = [{{ key = 'wk_a', origins = ['https://a.example'] }}]\n\
         [[product]]\nname = 'b'\nplaybook = 'b.yaml'\nadmin-tokens = ['sha256:{HASH}']\n\
         write-keys = [{{ key = 'wk_b', rate = 0.001, burst = 1 }}]\n"
    );
    let mut process = serve(folder.path(), &settings)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(process.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    let origin = line
        .trim()
        .strip_prefix("listening on ")
        .unwrap()
        .to_owned();
    let server = Server {
        process,
        origin: origin.clone(),
    };
    let send = |key: &str, origin_of_page: &str, events: usize| {
        let events = vec![json!({ "userId": "u1", "event": "report.created" }); events];
        let answer = agent()
            .post(format!("{origin}/v1/batch"))
            .header("origin", origin_of_page)
            .send_json(json!({ "writeKey": key, "batch": events }));
        answer.unwrap().status().as_u16()
    };
    assert_eq!(send("wk_a", "https://a.example", 1), 200);
    assert_eq!(send("wk_a", "https://b.example", 1), 403);
    assert_eq!(send("wk_a", "https://a.example", 2), 413);
    assert_eq!(send("wk_b", "https://b.example", 1), 200);
    assert_eq!(send("wk_b", "https://b.example", 1), 429);
    for (token, product) in [("at_a", "Product a"), ("at_b", "Product b")] {
        let mut answer = agent()
            .get(format!("{origin}/api/overview"))
            .header("authorization", format!("Bearer {token}"))
            .call()
            .unwrap();
        let overview: Value = answer.body_mut().read_json().unwrap();
        assert_eq!(overview["product"], product);
        assert_eq!(overview["events"]["total"], 1);
    }
    assert!(server.terminate().success());
    for product in ["a", "b"] {
        assert!(
            folder
                .path()
                .join("kept")
                .join(product)
                .join("firstvalue.db")
                .is_file()
        );
    }
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let product = |name: &str, key: &str| {
        format!(
            "[[product]]\nname = '{name}'\nplaybook = 'a.yaml'\nadmin-tokens = ['at_{key}']\n\
             write-keys = [{{ key = 'wk_{key}' }}]\n"
        )
    };
    for (settings, reason) in [
        (
            format!("write-key = 'wk'\n{}", product("a", "a")),
            "`write-key` is for a collector of one product; say it of each `[[product]]`",
        ),
        (
            product("a", "a") + &product("a", "b"),
            "there are two products `a`",
        ),
        (
            product("a", "a") + &product("b", "a"),
            "a key of the product `b` is used twice",
        ),
        (
            product("../a", "a"),
            "the product `../a` needs a name of letters, digits, `-` and `_`",
        ),
        (
            product("a", "a").replace("['at_a']", "[]"),
            "needs at least one write key and one admin token",
        ),
        (
            "rate = 0\nwrite-key = 'wk'\nadmin-token = 'at'\nplaybook = 'a.yaml'".to_owned(),
            "the rate of a write key must be more than no events a second",
        ),
        ("max-bodies = 7".to_owned(), "unknown field `max-bodies`"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let settings = format!("listen = '127.0.0.1:0'\n{settings}");
        let output = serve(folder.path(), &settings).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(reason), "{said}");
    }
}
