//! Screens over URLs and over resources of several parts, over real stdio with real children: what is permitted leads where the
//! server says it leads, and what is not never reaches it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail loudly"
)]

#[path = "support/runner.rs"]
mod runner;
#[path = "support/mod.rs"]
mod support;

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use support::{Client, Era, log_of, records};
use tempfile::TempDir;

aegis_macros::kernel!("screens/manifests", "screens/policy.toml");

fn main() -> ExitCode {
    runner::main::<Kernel>(&[
        ("a_url_leads_where_it_was_judged_to_lead", a_url_leads_where_it_was_judged_to_lead),
        ("a_url_that_leads_elsewhere_reaches_nobody", a_url_that_leads_elsewhere_reaches_nobody),
        ("one_url_of_several_is_enough", one_url_of_several_is_enough),
        ("a_resource_is_all_of_its_parts", a_resource_is_all_of_its_parts),
        ("a_resource_elsewhere_reaches_nobody", a_resource_elsewhere_reaches_nobody),
    ])
}

fn open() -> (TempDir, Client) {
    let dir = support::private();
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens/server.py");
    fs::copy(server, dir.path().join("server.py")).unwrap();
    fs::create_dir(dir.path().join("data")).unwrap();
    let client = Client::over(&mut Command::new(std::env::current_exe().unwrap()), dir.path(), Era::Legacy);
    (dir, client)
}

/// What the server made of a call.
fn answer(client: &mut Client, tool: &str, arguments: Value) -> Value {
    let result = client.call(tool, arguments.clone());
    assert_ne!(result["isError"], true, "{arguments}: {result}");
    serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap()
}

/// The arguments that reached a server.
fn seen(state: &Path, server: &str) -> Vec<Value> {
    let text = fs::read_to_string(state.join("data").join(server)).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn a_url_leads_where_it_was_judged_to_lead() {
    let (dir, mut client) = open();
    let cases = [
        ("https://wiki.docs.example.com/a?b=c#d", "wiki.docs.example.com", Value::Null, "read:docs"),
        ("https://WIKI.docs.example.com:443/", "wiki.docs.example.com", json!(443), "read:docs"),
        ("https://a.b.docs.example.com?to=https://evil.test/@x", "a.b.docs.example.com", Value::Null, "read:docs"),
        ("https://wiki.docs.example.com/%2e%2e/a:b@c", "wiki.docs.example.com", Value::Null, "read:docs"),
        ("http://localhost:8080/x", "localhost", json!(8080), "read:docs"),
        ("https://api.partner.example/v1", "api.partner.example", Value::Null, "read:partners"),
    ];
    for (url, host, port, _) in &cases {
        let read = answer(&mut client, "web__get", json!({"url": url}));
        assert_eq!((&read["host"], &read["port"], &read["user"]), (&json!(host), port, &Value::Null), "{url}");
    }
    let told = json!({"url": "https://api.partner.example/v1", "text": "hello"});
    assert_eq!(answer(&mut client, "web__post", told)["host"], "api.partner.example");
    client.close();
    assert_eq!(seen(dir.path(), "web").len(), cases.len() + 1);
    let records = records(&log_of(dir.path()));
    let decided: Vec<_> = records.iter().filter(|record| record["ev"] == "call.decided").collect();
    for (record, (url, _, _, capability)) in decided.iter().zip(&cases) {
        assert_eq!(record["caps"][0], *capability, "{record}");
        assert_eq!(record["facts"]["urls"], json!([url]), "{record}");
    }
    // To a sink a URL is data: reading from it shows that something left.
    assert_eq!(decided[5]["caps"], json!(["read:partners", "egress:partners"]));
    assert_eq!(decided[6]["caps"], json!(["write:partners", "egress:partners"]));
}

fn a_url_that_leads_elsewhere_reaches_nobody() {
    let (dir, mut client) = open();
    let cases = [
        ("https://keys.docs.example.com/", "AEG-D110", "closed-vault"),
        ("https://paste.example.net/?q=a+customer", "AEG-D110", "nothing-leaves"),
        ("https://docs.example.com/", "AEG-D264", "-"),
        ("https://wiki.docs.example.com.evil.test/", "AEG-D264", "-"),
        ("https://evildocs.example.com/", "AEG-D264", "-"),
        ("http://wiki.docs.example.com/", "AEG-D264", "-"),
        ("https://wiki.docs.example.com:8443/", "AEG-D264", "-"),
        ("http://localhost/", "AEG-D264", "-"),
        ("https://localhost:8080/", "AEG-D264", "-"),
        ("https://wiki.docs.example.com@evil.test/", "AEG-D262", "-"),
        ("https://wiki.docs.example.com\\@evil.test/", "AEG-D260", "-"),
        ("https://wiki.docs.example.com\n.evil.test/", "AEG-D260", "-"),
        ("https://w\u{456}ki.docs.example.com/", "AEG-D260", "-"),
        ("file:///etc/passwd", "AEG-D261", "-"),
        ("//wiki.docs.example.com/", "AEG-D261", "-"),
        ("https://169.254.169.254/latest/meta-data/", "AEG-D263", "-"),
        ("https://2130706433/", "AEG-D263", "-"),
        ("https://[::1]/", "AEG-D263", "-"),
        ("https://xn--wki-hma.docs.example.com/", "AEG-D263", "-"),
        ("https://wiki.docs.example.com./", "AEG-D263", "-"),
    ];
    for (url, code, rule) in cases {
        let (came, by) = client.denied("web__get", json!({"url": url}));
        assert_eq!((came.as_str(), by.as_str()), (code, rule), "{url}");
        if rule == "-" {
            assert_eq!(client.denied("web__post", json!({"url": url, "text": "x"})).0, code, "{url}");
        }
    }
    client.close();
    assert!(seen(dir.path(), "web").is_empty());
    let records = records(&log_of(dir.path()));
    let refused = records.iter().filter(|record| record["decision"] == "deny").count();
    assert_eq!(refused, cases.len() * 2 - 2, "each is a record");
}

fn one_url_of_several_is_enough() {
    let (dir, mut client) = open();
    let good = "https://wiki.docs.example.com/";
    let hosts = answer(&mut client, "web__crawl", json!({"urls": [good, "http://localhost:8080/"]}));
    assert_eq!((&hosts[0]["host"], &hosts[1]["host"]), (&json!("wiki.docs.example.com"), &json!("localhost")));
    for (bad, code) in [
        ("https://evil.test/", "AEG-D264"),
        ("https://keys.docs.example.com/", "AEG-D110"),
        ("https://paste.example.net/", "AEG-D110"),
    ] {
        for urls in [[good, bad], [bad, good]] {
            assert_eq!(client.denied("web__crawl", json!({"urls": urls})).0, code, "{bad}");
        }
    }
    let result = client.call("web__crawl", json!({"urls": [good, "https://evil.test/"]}));
    assert!(result.to_string().contains("/urls/1"), "the place is named: {result}");
    client.close();
    assert_eq!(seen(dir.path(), "web").len(), 1);
}

fn a_resource_is_all_of_its_parts() {
    let (dir, mut client) = open();
    assert_eq!(answer(&mut client, "hub__look", json!({"owner": "acme", "repo": "site"})), "the site");
    assert_eq!(
        answer(&mut client, "hub__issue", json!({"owner": "acme", "repo": "site", "text": "a bug"})),
        "the site"
    );
    client.close();
    let records = records(&log_of(dir.path()));
    let decided: Vec<_> = records.iter().filter(|record| record["ev"] == "call.decided").collect();
    assert_eq!((&decided[0]["caps"], &decided[1]["caps"]), (&json!(["read:code"]), &json!(["write:code"])));
    assert_eq!(decided[0]["facts"], json!({"resources": ["acme/site"]}));
}

fn a_resource_elsewhere_reaches_nobody() {
    let (dir, mut client) = open();
    let cases = [
        ("acme", "vault", "AEG-D110"),
        // The server would take these for the vault.
        ("acme", "VAULT", "AEG-D223"),
        ("ACME", "vault", "AEG-D223"),
        ("Acme", "site", "AEG-D223"),
        ("other", "site", "AEG-D224"),
        ("acmes", "site", "AEG-D224"),
        ("acme/vault", "x", "AEG-D222"),
        ("acme", "vault/x", "AEG-D222"),
        ("acme", "..", "AEG-D222"),
        ("acme", "", "AEG-D222"),
        ("", "acme", "AEG-D221"),
        ("acme", "vault.", "AEG-D223"),
        ("acme", " vault", "AEG-D223"),
        ("acme", "%76ault", "AEG-D223"),
        ("acme", "v\u{430}ult", "AEG-D223"),
        ("acme", "vault\u{0}", "AEG-D223"),
    ];
    for (owner, repo, code) in cases {
        assert_eq!(client.denied("hub__look", json!({"owner": owner, "repo": repo})).0, code, "{owner}/{repo}");
        let issue = json!({"owner": owner, "repo": repo, "text": "x"});
        assert_eq!(client.denied("hub__issue", issue).0, code, "{owner}/{repo}");
    }
    client.close();
    assert!(seen(dir.path(), "hub").is_empty());
}
