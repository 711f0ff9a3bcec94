//! The log's disk fails under a running kernel: nothing goes south after the failing write, the agent gets the named error at
//! once, and nothing that was said is lost.
//!
//! Needs root, `strace` and `mount`; where they are missing the tests fail and say so.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use support::{AEGIS, Client, Era, aegis, state};
use tempfile::TempDir;

/// A named error comes within this time, whatever the disk does.
const AT_ONCE: Duration = Duration::from_secs(3);

/// What the server received: it keeps a file for every put.
fn received(dir: &Path) -> usize {
    fs::read_dir(dir.join("objects/bronze")).unwrap().count()
}

fn put(client: &mut Client, n: usize) -> Value {
    client.call("s3__put_object", json!({"key": format!("bronze/{n}.txt"), "body": "x"}))
}

/// A program that starts another one under `strace`, with faults.
fn under_strace(dir: &Path, program: &Path, faults: &str) -> PathBuf {
    let found = Command::new("strace").arg("-V").output();
    assert!(found.is_ok_and(|output| output.status.success()), "strace is missing: apt-get install strace");
    let script = dir.join("traced");
    let text = format!(
        "#!/bin/sh\nexec strace -f -qq -o /dev/null -e trace=fdatasync,pwrite64 -e inject={faults} -- {} \"$@\"\n",
        program.display()
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
    script
}

/// Calls until one is refused; how many were answered, and the code.
fn call_until_refused(client: &mut Client, dir: &Path) -> (usize, String) {
    for n in 0..500 {
        let before = received(dir);
        let started = Instant::now();
        let result = put(client, n);
        if result["isError"] == true {
            let code = code_of(&result);
            // A result that is withheld took as long as its server, which may have had to start.
            if code == "AEG-D400" {
                assert!(started.elapsed() < AT_ONCE, "{:?}", started.elapsed());
                assert_eq!(received(dir), before, "a refused call went south");
            }
            return (n, code);
        }
        assert_eq!(received(dir), n + 1);
    }
    panic!("no fault showed in 500 calls");
}

fn code_of(result: &Value) -> String {
    let blocks = result["content"].as_array().unwrap();
    let data: Option<Value> = blocks.iter().find_map(|block| serde_json::from_str(block["text"].as_str()?).ok());
    data.unwrap_or_else(|| panic!("no structured denial: {result}"))["code"].as_str().unwrap().to_owned()
}

/// After the first refusal: every call is refused by name, at once, and the server gets nothing.
fn stays_latched(client: &mut Client, dir: &Path) {
    let before = received(dir);
    for n in 0..5 {
        let started = Instant::now();
        let result = put(client, 1000 + n);
        assert_eq!(code_of(&result), "AEG-D400", "{result}");
        assert!(result.to_string().contains("latched"), "{result}");
        assert!(started.elapsed() < AT_ONCE, "{:?}", started.elapsed());
    }
    assert_eq!(received(dir), before, "nothing goes south once the log is latched");
}

/// A log that no decision is missing from: what the server received is not more than what was allowed.
fn nothing_is_lost(dir: &Path) {
    let mut allowed = 0;
    for entry in fs::read_dir(dir.join("audit")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            allowed += fs::read_to_string(&path).unwrap().matches("\"decision\":\"allow\"").count();
        }
    }
    assert!(allowed >= received(dir), "{allowed} decisions, {} effects", received(dir));
}

fn gone(mut client: Client) {
    client.child.kill().unwrap();
    client.child.wait().unwrap();
}

#[test]
fn a_sync_that_fails_once_closes_the_log_for_good() {
    let program = Path::new(AEGIS);
    // The kernel never asks the same file again: only the third sync of a thread fails, and later ones would succeed.
    for (fault, reason) in
        [("EIO", "Input/output error"), ("EROFS", "Read-only file system"), ("ENOSPC", "No space left")]
    {
        let dir = state();
        let traced = under_strace(dir.path(), program, &format!("fdatasync:error={fault}:when=3"));
        let mut client = Client::spawn(&traced, dir.path(), Era::Legacy);
        let (answered, code) = call_until_refused(&mut client, dir.path());
        assert!(code == "AEG-D400" || code == "AEG-D401", "{code} after {answered}");
        stays_latched(&mut client, dir.path());
        let result = put(&mut client, 1);
        assert!(result.to_string().contains(reason), "{result}");
        // A denial is all that leaves, and it leaves at once too.
        assert_eq!(code_of(&client.call("postgres__execute", json!({"sql": "DROP TABLE customers"}))), "AEG-D400");
        // Not killed: that would end the tracer and leave the kernel to itself.
        assert_eq!(client.end(), Some(2), "a latched kernel does not end as if all were well");
        nothing_is_lost(dir.path());
        // The next start says what happened.
        let mut next = Client::spawn(program, dir.path(), Era::Legacy);
        assert_ne!(put(&mut next, 2)["isError"], true);
        next.close();
        let log = fs::read_to_string(support::log_of(dir.path())).unwrap();
        assert!(log.contains("\"ev\":\"audit.latched\"") && log.contains("sync failed"), "{log}");
        assert_eq!(aegis(&["audit", "verify"], dir.path()).status.code(), Some(3));
    }
}

/// What is written to a file without a name goes with the kernel.
#[test]
fn a_log_that_was_removed_is_closed() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    assert_ne!(put(&mut client, 0)["isError"], true);
    fs::remove_dir_all(dir.path().join("audit")).unwrap();
    let (before, result) = (received(dir.path()), put(&mut client, 1));
    assert_eq!(code_of(&result), "AEG-D400", "{result}");
    assert!(result.to_string().contains("was removed") && received(dir.path()) == before, "{result}");
    stays_latched(&mut client, dir.path());
    assert_eq!(client.end(), Some(2));
}

/// Who has the log's file under another name can change it, and who put another in its place is taken for it.
#[test]
fn a_log_that_was_moved_or_has_another_name_is_closed_at_the_next_checkpoint() {
    type Change = fn(&Path, &Path);
    let changes: [(Change, &str); 4] = [
        (|log, away| fs::rename(log, away).unwrap(), "was moved"),
        (|log, away| fs::rename(log, away).and_then(|()| fs::copy(away, log).map(drop)).unwrap(), "was moved"),
        (|log, away| fs::rename(log.parent().unwrap(), away).unwrap(), "was moved"),
        (|log, away| fs::hard_link(log, away).unwrap(), "second name"),
    ];
    for (change, reason) in changes {
        let dir = state();
        let mut client = Client::open(dir.path(), Era::Legacy);
        assert_ne!(put(&mut client, 0)["isError"], true);
        change(&support::log_of(dir.path()), &dir.path().join("away"));
        let begun = Instant::now();
        while put(&mut client, 1)["isError"] != true {
            assert!(begun.elapsed() < AT_ONCE, "{reason}: not seen");
            std::thread::sleep(Duration::from_millis(50));
        }
        stays_latched(&mut client, dir.path());
        let result = put(&mut client, 1);
        assert!(result.to_string().contains(reason), "{result}");
        assert_eq!(client.end(), Some(2));
    }
}

/// Whoever moves the state directory takes the operator's brake with it.
#[test]
fn a_state_directory_that_was_moved_halts_everything() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    assert_ne!(put(&mut client, 0)["isError"], true);
    let away = dir.path().with_extension("away");
    assert!(aegis(&["halt"], dir.path()).status.success());
    fs::rename(dir.path(), &away).unwrap();
    assert_eq!(code_of(&put(&mut client, 1)), "AEG-D313");
    fs::create_dir(dir.path()).unwrap();
    assert_eq!(code_of(&put(&mut client, 2)), "AEG-D313");
    // A server that starts in this moment finds its place in what stands there now.
    fs::remove_dir_all(dir.path()).unwrap();
    fs::rename(&away, dir.path()).unwrap();
    assert!(aegis(&["resume"], dir.path()).status.success());
    assert_ne!(put(&mut client, 3)["isError"], true);
    client.close();
}

/// A file system of 64 KiB over the audit directory, gone with the value.
struct Small(PathBuf);

impl Small {
    fn over(dir: &Path, options: &str) -> Self {
        let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
        assert!(root, "this test mounts a file system: run it as root");
        fs::create_dir_all(dir).unwrap();
        let status = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(dir).status();
        assert!(status.is_ok_and(|status| status.success()), "mount failed: this test needs mount and CAP_SYS_ADMIN");
        Self(dir.to_owned())
    }

    fn remount(&self, options: &str) {
        let status = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.0).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ignored = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_cut_back_to_the_last_whole_line_and_closes_the_log() {
    let program = Path::new(AEGIS);
    let dir = state();
    let _small = Small::over(&dir.path().join("audit"), "size=64k,mode=700");
    let mut client = Client::spawn(program, dir.path(), Era::Legacy);
    let (answered, code) = call_until_refused(&mut client, dir.path());
    assert!(answered > 5, "{answered}");
    assert!(code == "AEG-D400" || code == "AEG-D401", "{code}");
    stays_latched(&mut client, dir.path());
    gone(client);
    nothing_is_lost(dir.path());
    let verified = aegis(&["audit", "verify"], dir.path());
    let page = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert_eq!(verified.status.code(), Some(3), "no torn tail, no lost record: {page}");
}

/// The operator's brake works where nothing else does: it says less and holds more.
#[test]
fn a_halt_on_a_full_disk_halts_everything() {
    let dir = support::private();
    let _small = Small::over(dir.path(), "size=4m,mode=700");
    let made = state();
    for part in ["warehouse", "objects"] {
        let copied = Command::new("cp").arg("-R").arg(made.path().join(part)).arg(dir.path()).status();
        assert!(copied.is_ok_and(|status| status.success()));
    }
    let mut client = Client::open(dir.path(), Era::Legacy);
    assert_ne!(put(&mut client, 0)["isError"], true);
    let mut full = fs::File::create(dir.path().join("full")).unwrap();
    while std::io::Write::write_all(&mut full, &[0; 4096]).is_ok() {}
    let halted = aegis(&["halt", "postgres"], dir.path());
    let said = String::from_utf8_lossy(&halted.stdout).into_owned();
    assert!(said.contains("halted: everything"), "{said} {}", String::from_utf8_lossy(&halted.stderr));
    assert_eq!(halted.status.code(), Some(2), "there is no room to record it");
    drop(full);
    fs::remove_file(dir.path().join("full")).unwrap();
    // The running kernel may have lost its log to the disk; the next one has room, and the brake is on.
    client.end();
    let mut client = Client::open(dir.path(), Era::Legacy);
    assert_eq!(code_of(&client.call("s3__list_objects", json!({}))), "AEG-D313");
    assert!(aegis(&["resume"], dir.path()).status.success());
    assert_ne!(client.call("s3__list_objects", json!({}))["isError"], true);
    client.close();
}

#[test]
fn a_directory_that_cannot_be_written_refuses_to_start() {
    let program = Path::new(AEGIS);
    let dir = state();
    let small = Small::over(&dir.path().join("audit"), "size=1m,mode=700");
    Client::spawn(program, dir.path(), Era::Legacy).close();
    small.remount("ro");
    let output = Command::new(program).args(["serve", "--state"]).arg(dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("Read-only file system") && error.contains("audit"), "{error}");
}

/// A start that is refused, with words that say why.
fn refused(dir: &TempDir, words: &str) {
    let output = Command::new(AEGIS).args(["serve", "--state"]).arg(dir.path()).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains(words), "{error}");
}

#[test]
fn places_that_others_could_stand_in_refuse_to_start() {
    let program = Path::new(AEGIS);
    let dir = state();
    std::os::unix::fs::symlink("/tmp", dir.path().join("audit")).unwrap();
    refused(&dir, "symbolic link");

    let dir = state();
    fs::create_dir(dir.path().join("audit")).unwrap();
    fs::set_permissions(dir.path().join("audit"), fs::Permissions::from_mode(0o777)).unwrap();
    refused(&dir, "chmod 700");

    let dir = state();
    fs::write(dir.path().join("audit"), "").unwrap();
    refused(&dir, "no directory");

    // A FIFO where a log would be: whoever reads it must not hang.
    let dir = state();
    Client::spawn(program, dir.path(), Era::Legacy).close();
    let fifo = dir.path().join("audit/01900000-0000-7000-8000-000000000000.000001.jsonl");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    refused(&dir, "no regular file");
}

#[test]
fn heads_that_are_missing_corrupt_or_locked() {
    let program = Path::new(AEGIS);
    let dir = state();
    Client::spawn(program, dir.path(), Era::Legacy).close();
    let heads = dir.path().join("heads.db");
    let kept = fs::read(&heads).unwrap();
    fs::remove_file(&heads).unwrap();
    refused(&dir, "is missing beside a log");
    assert!(!heads.exists(), "it is not made anew over a log");
    fs::write(&heads, vec![b'x'; 4096]).unwrap();
    refused(&dir, "heads");
    fs::write(&heads, kept).unwrap();

    let mut client = Client::spawn(program, dir.path(), Era::Legacy);
    assert_ne!(put(&mut client, 0)["isError"], true);
    let database = rusqlite::Connection::open(&heads).unwrap();
    database.busy_timeout(Duration::from_secs(5)).unwrap();
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    let before = received(dir.path());
    let started = Instant::now();
    // The call under way at the lock waits out the busy time; then the log is closed.
    let first = put(&mut client, 1);
    assert!(started.elapsed() < AT_ONCE, "{:?}", started.elapsed());
    if first["isError"] != true {
        assert_eq!(received(dir.path()), before + 1);
    }
    stays_latched(&mut client, dir.path());
    database.execute_batch("ROLLBACK").unwrap();
    stays_latched(&mut client, dir.path());
    gone(client);
    nothing_is_lost(dir.path());
}

#[test]
fn checkpoints_that_were_kept_elsewhere_verify_and_an_edit_shows_against_them() {
    let dir = state();
    // What an operator's command would have kept, taken from the log itself.
    let mut client = Client::open(dir.path(), Era::Legacy);
    client.denied("postgres__execute", json!({"sql": "DROP TABLE customers"}));
    client.close();
    let log = fs::read_to_string(support::log_of(dir.path())).unwrap();
    let notes = log
        .lines()
        .filter_map(|line| Some(serde_json::from_str::<Value>(line).unwrap().get("note")?.as_str()?.to_owned()));
    let anchor = dir.path().join("anchor");
    fs::write(&anchor, notes.collect::<String>()).unwrap();
    let anchored = |dir: &Path| aegis(&["audit", "verify", "--anchor", anchor.to_str().unwrap()], dir).status.code();
    assert_eq!(anchored(dir.path()), Some(0));
    fs::write(support::log_of(dir.path()), log.replacen("tester", "nobody", 1)).unwrap();
    assert_eq!(anchored(dir.path()), Some(1));
}
