//! What somebody puts in the place of a file: no start hangs on it, follows it or goes on from it, and each is told by a code.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "tests may fail loudly"
)]

mod support;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::{AEGIS, Client, Era, log_of, private, state};

/// What a command ends with, and what it said on standard error; it must end by itself.
fn ended(state: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(AEGIS);
    command.args(arguments).arg("--state").arg(state).stdin(Stdio::null()).stdout(Stdio::null());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("`{}` hangs", arguments.join(" "));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A start that is refused, with words that say why.
fn refused(state: &Path, words: &[&str]) {
    let (code, error) = ended(state, &["serve"]);
    assert!(code == Some(2) && words.iter().all(|word| error.contains(word)), "{code:?} {error}");
}

/// What `doctor` finds bad there.
fn found_bad(state: &Path, words: &[&str]) {
    let output = Command::new(AEGIS).args(["doctor", "--state"]).arg(state).output().unwrap();
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    let bad = |line: &str| line.starts_with("bad") && words.iter().all(|word| line.contains(word));
    assert!(output.status.code() == Some(1) && page.lines().any(bad), "{words:?}: {page}");
}

/// A state directory that a kernel used.
fn used() -> tempfile::TempDir {
    let dir = state();
    let (code, error) = ended(dir.path(), &["halt", "s3"]);
    assert_eq!(code, Some(0), "{error}");
    let mut client = Client::open(dir.path(), Era::Legacy);
    assert_ne!(client.call("postgres__list_tables", json!({}))["isError"], true);
    client.close();
    dir
}

fn fifo(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

#[test]
fn no_start_follows_or_waits_for_what_is_no_file() {
    let dir = used();
    let log = log_of(dir.path());
    let log = log.strip_prefix(dir.path()).unwrap().to_str().unwrap();
    for place in ["token.key", "receipts.db", "heads.db", "audit/registry.log", "audit/registry.key", log] {
        let (path, aside) = (dir.path().join(place), dir.path().join("aside"));
        fs::rename(&path, &aside).unwrap();
        fifo(&path);
        refused(dir.path(), &["AEG-S002", "no regular file", "move away"]);
        fs::remove_file(&path).unwrap();
        for target in [aside.as_path(), Path::new("nowhere")] {
            symlink(target, &path).unwrap();
            refused(dir.path(), &["AEG-S001", "symbolic link", "put in its place"]);
            found_bad(dir.path(), &["AEG-S001", place]);
            fs::remove_file(&path).unwrap();
        }
        fs::create_dir(&path).unwrap();
        refused(dir.path(), &["AEG-S002"]);
        fs::remove_dir(&path).unwrap();
        fs::rename(&aside, &path).unwrap();
    }
    for place in ["audit", "said", "home"] {
        let (path, aside) = (dir.path().join(place), dir.path().join("aside"));
        fs::rename(&path, &aside).unwrap();
        symlink(&aside, &path).unwrap();
        found_bad(dir.path(), &["AEG-S001", place]);
        if place == "audit" {
            refused(dir.path(), &["AEG-S001"]);
        } else {
            let mut client = Client::open(dir.path(), Era::Legacy);
            let denied = client.call("postgres__list_tables", json!({})).to_string();
            assert!(denied.contains("AEG-D500") && denied.contains("AEG-S001"), "{place}: {denied}");
            client.close();
        }
        fs::remove_file(&path).unwrap();
        fs::rename(&aside, &path).unwrap();
    }
    Client::open(dir.path(), Era::Legacy).close();
}

#[test]
fn doctor_holds_the_embedded_warehouse_to_its_estate() {
    let dir = state();
    let page = |dir: &Path| {
        let output = Command::new(AEGIS).args(["doctor", "--state"]).arg(dir).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(page(dir.path()).contains("has the schema that the estate declares"), "{}", page(dir.path()));
    let database = rusqlite::Connection::open(dir.path().join("warehouse/warehouse.db")).unwrap();
    database.execute_batch("ALTER TABLE customers ADD COLUMN shoe_size INTEGER").unwrap();
    found_bad(dir.path(), &["postgres", "another schema", "shoe_size"]);
    drop(database);
    fs::remove_file(dir.path().join("warehouse/warehouse.db")).unwrap();
    found_bad(dir.path(), &["postgres", "no such file"]);
}

#[test]
fn no_command_waits_for_what_is_no_file() {
    let dir = used();
    for (place, commands) in [
        ("receipts.db", &[&["receipt", "list"][..]][..]),
        ("heads.db", &[&["audit", "verify"][..]]),
        ("receipt.key", &[&["receipt", "key"][..]]),
        ("audit/registry.log", &[&["audit", "verify"][..], &["audit", "key"]]),
    ] {
        let (path, aside) = (dir.path().join(place), dir.path().join("aside"));
        let _made_later = fs::rename(&path, &aside);
        fifo(&path);
        for command in commands {
            let (code, error) = ended(dir.path(), command);
            assert!(code == Some(2) && error.contains("AEG-S002"), "{place} {command:?}: {code:?} {error}");
        }
        fs::remove_file(&path).unwrap();
        let _made_later = fs::rename(&aside, &path);
    }
    // The brake holds more where it cannot say less.
    fs::remove_file(dir.path().join("halt.json")).unwrap();
    fs::remove_file(dir.path().join("halt.lock")).unwrap();
    fifo(&dir.path().join("halt.lock"));
    let (code, error) = ended(dir.path(), &["halt", "s3"]);
    assert_eq!(code, Some(0), "{error}");
    assert_eq!(fs::read(dir.path().join("halt.json")).unwrap(), b"", "everything is halted");
}

#[test]
fn a_key_of_tokens_is_ours_alone_and_one() {
    let dir = used();
    let path = dir.path().join("token.key");
    for mode in [0o777, 0o644, 0o620] {
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        refused(dir.path(), &["AEG-S004", "chmod 600"]);
    }
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    let key = fs::read(&path).unwrap();
    fs::write(&path, [0; 32]).unwrap();
    refused(dir.path(), &["AEG-S006", "every byte is zero"]);
    fs::write(&path, &key[..7]).unwrap();
    refused(dir.path(), &["AEG-S005"]);
    fs::write(&path, key).unwrap();
    Client::open(dir.path(), Era::Legacy).close();
}

#[test]
fn a_log_that_was_changed_stops_a_start_though_no_receipt_rests_on_it() {
    let dir = used();
    let log = log_of(dir.path());
    let before = fs::read_to_string(&log).unwrap();
    let middle = before.lines().nth(2).unwrap();
    for after in [
        before.replacen("\"principal\":\"tester\"", "\"principal\":\"nobody\"", 1),
        before.replacen(&format!("{middle}\n"), "", 1),
        before[..before.trim_end().rfind('\n').unwrap() + 1].to_owned(),
        String::new(),
    ] {
        fs::write(&log, after).unwrap();
        refused(dir.path(), &["changed since it was written", "aegis audit verify", "restore it"]);
    }
    fs::rename(&log, dir.path().join("aside")).unwrap();
    refused(dir.path(), &["changed since it was written"]);
    fs::write(&log, before).unwrap();
    Client::open(dir.path(), Era::Legacy).close();
}

#[test]
fn the_store_follows_no_link_and_one_odd_name_hides_no_other() {
    let (dir, outside) = (state(), private());
    fs::write(outside.path().join("secret.csv"), "id\n1\n").unwrap();
    let silver = dir.path().join("objects/silver");
    // Within reach of the server's cage, and out of its directory.
    fs::copy(outside.path().join("secret.csv"), dir.path().join("objects/loose.csv")).unwrap();
    symlink("../loose.csv", silver.join("link.csv")).unwrap();
    symlink("..", silver.join("way")).unwrap();
    fs::write(silver.join("odd\nname.csv"), "").unwrap();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let listed = client.call("s3__list_objects", json!({"prefix": "silver/"}));
    assert_eq!(listed["structuredContent"]["left_out"], 3, "{listed}");
    assert_eq!(listed["structuredContent"]["objects"][0]["key"], "silver/customers.csv", "{listed}");
    for key in ["silver/link.csv", "silver/way/loose.csv"] {
        let result = client.call("s3__head_object", json!({"key": key}));
        assert!(result["isError"] == true && result.to_string().contains("AccessDenied: "), "{result}");
    }
    let result = client.call("s3__head_object", json!({"key": "silver/none.csv"}));
    assert!(result.to_string().contains("NoSuchKey: no such object; `list_objects`"), "{result}");
    client.close();
}

#[test]
fn a_whole_number_is_one_however_it_is_spelled() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let result = client.call("postgres__query", json!({"sql": "SELECT id FROM orders", "limit": 1.0}));
    assert_ne!(result["isError"], true, "{result}");
    client.close();
}
