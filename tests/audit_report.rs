//! The report in a real browser: what a person sees, and that nothing hostile in a log is obeyed.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{AEGIS, Client, Era, aegis, state};

const HOSTILE: &str = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

/// Debian's browser. A report that no browser was shown proves nothing, so a machine without one fails.
fn browser() -> PathBuf {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found =
        std::env::split_paths(&paths).flat_map(|dir| names.map(|name| dir.join(name))).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("no browser: apt-get install chromium"))
}

fn run(page: &Path, profile: &Path, arguments: &[&str]) -> String {
    let output = Command::new(browser())
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"])
        .args(["--no-first-run", "--disable-background-networking"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A session with something of everything in it.
fn session() -> tempfile::TempDir {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    for _ in 0..6 {
        client.call("postgres__query", json!({"sql": "SELECT name, email, phone FROM customers"}));
        client.call("s3__head_object", json!({"key": "silver/customers.csv"}));
    }
    client.denied("postgres__execute", json!({"sql": "DROP TABLE customers"}));
    client.denied("s3__put_object", json!({"key": "gold/customers.csv", "body": "x"}));
    client.denied("aegis__promote", json!({"dataset": "customers"}));
    client.call("aegis__validate", json!({"dataset": "customers"}));
    client.call("aegis__promote", json!({"dataset": "customers"}));
    client.call("aegis__validate", json!({"dataset": "customers"}));
    // A tool that nobody declared, with a name to be careful with.
    client.request("tools/call", json!({"name": HOSTILE, "arguments": {}}));
    client.close();
    // A principal that is as bad.
    let mut child = Command::new(AEGIS)
        .args(["serve", "--principal", HOSTILE, "--state"])
        .arg(dir.path())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    child.wait().unwrap();
    dir
}

#[test]
fn a_person_sees_verdict_counts_rules_and_receipts_and_nothing_hostile_runs() {
    let dir = session();
    let page = dir.path().join("report.html");
    let written = aegis(&["audit", "report", "--output", page.to_str().unwrap()], dir.path());
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let source = fs::read_to_string(&page).unwrap();
    for forbidden in ["<script", "<img", "http://", "https://", "src=", "@import", "url("] {
        // Hostile text may stand there, escaped; nothing of ours needs any of it.
        let escaped = source.replace("src=x onerror", "");
        assert!(!escaped.contains(forbidden), "{forbidden}");
    }
    let profile = dir.path().join("profile");
    let dom = run(&page, &profile, &["--dump-dom"]);
    for wanted in [
        "<title>Aegis audit report</title>",
        "Consistent, but unanchored",
        "postgres.query",
        "no-destructive-ops",
        "gold-is-published",
        "calls denied",
        "places masked",
        "inside SQL",
        "silver-validation",
        "unspent",
        "consumed",
    ] {
        assert!(dom.contains(wanted), "{wanted}\n{dom}");
    }
    assert!(!dom.contains("owned</title>"), "something of the log was run");
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, flags) in [("light", &[][..]), ("dark", &["--force-dark-mode"][..])] {
        let shot = shots.join(format!("report-{name}.png"));
        let _ignored = fs::remove_file(&shot);
        let target = format!("--screenshot={}", shot.display());
        run(&page, &profile, &[flags, &["--window-size=1180,2300", target.as_str()]].concat());
        assert!(fs::metadata(&shot).unwrap().len() > 40_000, "an empty picture: {}", shot.display());
    }
}

#[test]
fn a_tampered_log_is_said_on_top_of_the_page() {
    let dir = session();
    let log = support::log_of(dir.path());
    let first = fs::read_dir(dir.path().join("audit"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "jsonl") && *path != log)
        .unwrap();
    let text = fs::read_to_string(&first).unwrap();
    fs::write(&first, text.replacen("no-destructive-ops", "no-destructive-opt", 1)).unwrap();
    let page = dir.path().join("report.html");
    assert!(aegis(&["audit", "report", "-o", page.to_str().unwrap()], dir.path()).status.success());
    let dom = run(&page, &dir.path().join("profile"), &["--dump-dom"]);
    assert!(dom.contains("Tampered with, or damaged") && dom.contains("First difference: edited"), "{dom}");
}

#[test]
fn every_record_leaves_in_the_words_of_others_with_their_version_on_it() {
    let dir = session();
    for (format, pointer, version) in [
        ("ocsf", "/metadata/version", "1.5.0"),
        ("ecs", "/ecs/version", "8.17.0"),
        ("otlp", "/resourceLogs/0/scopeLogs/0/scope/name", "aegis.audit"),
    ] {
        let output = aegis(&["audit", "export", "--format", format], dir.path());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.lines().count() > 30, "{format}");
        for line in text.lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            assert_eq!(record.pointer(pointer), Some(&json!(version)), "{line}");
        }
        assert!(text.contains("no-destructive-ops"), "{format}");
    }
    let ocsf = String::from_utf8(aegis(&["audit", "export", "--format", "ocsf"], dir.path()).stdout).unwrap();
    let denied = ocsf.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let denied: Vec<Value> = denied.filter(|record| record["disposition_id"] == 2).collect();
    assert!(denied.len() >= 4);
    assert!(denied.iter().all(|record| record["class_uid"] == 6003
        && record["type_uid"] == 600_399
        && record["time"].as_i64() > Some(0)));
}

#[test]
fn tail_filters_and_find_and_disclose_work_from_the_command_line() {
    let dir = session();
    let tail = |arguments: &[&str]| {
        let output = aegis(&[&["audit", "tail", "--once", "--lines", "1000"], arguments].concat(), dir.path());
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(tail(&["--rule", "no-destructive-ops"]).lines().count(), 1);
    assert_eq!(tail(&["--tool", "postgres.query", "--decision", "allow"]).lines().count(), 6);
    assert_eq!(tail(&["--decision", "deny"]).lines().count(), 4);

    let sql = "SELECT name, email, phone FROM customers";
    let found = aegis(&["audit", "find", "DROP TABLE customers", "--json"], dir.path());
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(found["tool"], "postgres.execute", "denied calls are committed to as well");
    assert_eq!(
        aegis(&["audit", "find", sql], dir.path()).status.code(),
        Some(0),
        "as asked, though it went south rewritten"
    );

    let call = found["call"].as_str().unwrap();
    let disclosed = aegis(&["audit", "disclose", call, "--field", "args/0"], dir.path());
    let file = dir.path().join("disclosure.json");
    fs::write(&file, &disclosed.stdout).unwrap();
    for (value, code) in [("DROP TABLE customers", 0), ("DROP TABLE orders", 1)] {
        fs::write(dir.path().join("value"), value).unwrap();
        let status = Command::new(AEGIS)
            .args(["audit", "disclose", "--check", file.to_str().unwrap()])
            .stdin(fs::File::open(dir.path().join("value")).unwrap())
            .output()
            .unwrap();
        assert_eq!(status.status.code(), Some(code), "{value}");
    }
}
