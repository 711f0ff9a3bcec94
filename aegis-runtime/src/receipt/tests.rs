mod neighbours;

use super::clock::{Clock, Machine};
use super::{Fate, Mint, Receipt, ReceiptError, Receipts, ReceiptsOptions};
use crate::audit::{CallId, Event, KernelId, Log, LogOptions, Record};
use crate::denial::Code;
use crate::spec::{AuditSpec, Durability, OutcomeDurability};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

fn open(dir: &Path, principal: &str, policy: &'static str) -> Receipts {
    Receipts::open(ReceiptsOptions {
        path: dir.join("receipts.db"),
        audit: dir.join("audit"),
        heads: dir.join("heads.db"),
        must_exist: false,
        kernel: "kernel".into(),
        principal: principal.into(),
        policy,
    })
    .unwrap()
}

fn mint(receipts: &Receipts) -> Result<Receipt, ReceiptError> {
    receipts.mint(&Mint {
        id: super::fresh_id(),
        kind: "silver-validation",
        dataset: "people",
        version: "etag",
        version_kind: "etag",
        inputs: &serde_json::Map::new(),
        content_digest: "digest",
        rows: 3,
        checks_digest: "checks",
        audit_seq: 1,
        call: &CallId::new(),
    })
}

fn state(dir: &TempDir, id: &str) -> String {
    let all = Receipts::read(&dir.path().join("receipts.db")).unwrap();
    all.into_iter().find(|receipt| receipt.id == id).unwrap().state
}

#[test]
fn of_two_reservations_exactly_one_wins_across_connections() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (open(dir.path(), "ada", "p"), open(dir.path(), "ada", "p"));
    let receipt = mint(&one).unwrap();
    let ids = [receipt.id.clone()];
    let hold = one.reserve(&ids, &CallId::new()).unwrap();
    assert_eq!(other.reserve(&ids, &CallId::new()).unwrap_err().code(), Code::ReceiptTaken);
    one.settle(hold, Fate::Consumed).unwrap();
    assert_eq!(state(&dir, &receipt.id), "consumed");
    assert_eq!(other.reserve(&ids, &CallId::new()).unwrap_err().code(), Code::ReceiptTaken);
}

#[test]
fn of_many_threads_exactly_one_spends() {
    let dir = tempfile::tempdir().unwrap();
    let (log, receipts) = session(dir.path());
    let id = earn(&log, &receipts).id;
    let won: usize = std::thread::scope(|scope| {
        let racers: Vec<_> = (0..8)
            .map(|_| {
                let (dir, id) = (dir.path(), id.clone());
                scope.spawn(move || {
                    let receipts = open(dir, "ada", "p");
                    let hold = receipts.reserve(&[id], &CallId::new());
                    usize::from(hold.is_ok_and(|hold| receipts.settle(hold, Fate::Consumed).is_ok()))
                })
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).sum()
    });
    assert_eq!(won, 1);
    stop(&log);
}

#[test]
fn what_was_released_stands_and_what_was_burned_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let receipts = open(dir.path(), "ada", "p");
    let id = mint(&receipts).unwrap().id;
    let hold = receipts.reserve(std::slice::from_ref(&id), &CallId::new()).unwrap();
    receipts.settle(hold, Fate::Released).unwrap();
    assert_eq!(state(&dir, &id), "valid");
    let hold = receipts.reserve(std::slice::from_ref(&id), &CallId::new()).unwrap();
    receipts.settle(hold, Fate::Burned).unwrap();
    assert_eq!(state(&dir, &id), "burned");
}

#[test]
fn nobody_else_can_spend_it() {
    let dir = tempfile::tempdir().unwrap();
    let id = mint(&open(dir.path(), "ada", "p")).unwrap().id;
    for other in [open(dir.path(), "bob", "p"), open(dir.path(), "ada", "q")] {
        assert_eq!(other.reserve(std::slice::from_ref(&id), &CallId::new()).unwrap_err().code(), Code::ReceiptTaken);
    }
}

#[test]
fn a_writer_voids_and_keeps_promotions_out_until_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let receipts = open(dir.path(), "ada", "p");
    let id = mint(&receipts).unwrap().id;
    let write = receipts.begin_write(&["people"], &CallId::new()).unwrap();
    assert_eq!(state(&dir, &id), "voided");
    assert_eq!(mint(&receipts).unwrap_err().code(), Code::WriterInFlight);
    receipts.end_write(write).unwrap();
    let id = mint(&receipts).unwrap().id;
    let hold = receipts.reserve(&[id], &CallId::new()).unwrap();
    let blocked = receipts.begin_write(&["people"], &CallId::new()).unwrap_err();
    assert_eq!(blocked.code(), Code::WriterInFlight, "a promotion is under way");
    receipts.settle(hold, Fate::Consumed).unwrap();
}

#[test]
fn a_dead_kernels_reservation_is_burned_and_its_writer_ended() {
    let dir = tempfile::tempdir().unwrap();
    let receipts = open(dir.path(), "ada", "p");
    let id = mint(&receipts).unwrap().id;
    let call = CallId::new();
    drop(receipts.reserve(std::slice::from_ref(&id), &call).unwrap());
    let writer = CallId::new();
    drop(receipts.begin_write(&["others"], &writer).unwrap());
    assert_eq!(receipts.recover().unwrap(), 1);
    assert_eq!(state(&dir, &id), "burned");
    assert!(receipts.begin_write(&["others"], &CallId::new()).is_ok());
}

#[test]
fn time_is_the_boot_clock_and_another_boot_expires() {
    let dir = tempfile::tempdir().unwrap();
    let receipts = open(dir.path(), "ada", "p");
    let database = rusqlite::Connection::open(dir.path().join("receipts.db")).unwrap();
    for change in ["boot_id = 'another'", "mono_s = mono_s + 100000", "mono_s = mono_s - 100000"] {
        let id = mint(&receipts).unwrap().id;
        database.execute(&format!("UPDATE receipt SET {change} WHERE id = ?1"), [&id]).unwrap();
        assert_eq!(
            receipts.reserve(std::slice::from_ref(&id), &CallId::new()).unwrap_err().code(),
            Code::ReceiptTaken,
            "{change}"
        );
    }
}

#[test]
fn a_missing_or_strange_database_is_not_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let options = |must_exist| ReceiptsOptions {
        path: dir.path().join("receipts.db"),
        audit: dir.path().join("audit"),
        heads: dir.path().join("heads.db"),
        must_exist,
        kernel: "k".into(),
        principal: "ada".into(),
        policy: "p",
    };
    assert!(matches!(Receipts::open(options(true)), Err(ReceiptError::Missing(_))));
    let database = rusqlite::Connection::open(dir.path().join("receipts.db")).unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Receipts::open(options(true)), Err(ReceiptError::Version(99))));
    drop(database);
    std::fs::write(dir.path().join("receipts.db"), vec![b'x'; 4096]).unwrap();
    assert!(matches!(Receipts::open(options(true)), Err(ReceiptError::Database(_))));
}

fn options(dir: &Path) -> ReceiptsOptions {
    ReceiptsOptions {
        path: dir.join("receipts.db"),
        audit: dir.join("audit"),
        heads: dir.join("heads.db"),
        must_exist: false,
        kernel: "k".into(),
        principal: "ada".into(),
        policy: "p",
    }
}

/// A wall clock that somebody set.
struct Set(i64);

impl Clock for Set {
    fn boot_s(&self) -> u64 {
        Machine.boot_s()
    }

    fn wall_s(&self) -> u64 {
        Machine.wall_s().saturating_add_signed(self.0)
    }
}

#[test]
fn a_clock_that_was_set_back_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let (log, receipts) = session(dir.path());
    let ids = [earn(&log, &receipts).id];
    let back = Receipts::open_at(options(dir.path()), Box::new(Set(-3600))).unwrap();
    assert_eq!(back.reserve(&ids, &CallId::new()).unwrap_err().code(), Code::ClockBack);
    // Setting it forward makes nothing younger: age is the boot clock's.
    let ahead = Receipts::open_at(options(dir.path()), Box::new(Set(3600))).unwrap();
    assert!(ahead.reserve(&ids, &CallId::new()).is_ok());
    stop(&log);
}

/// A log, and receipts that rest on it.
fn session(dir: &Path) -> (Log, Receipts) {
    let kernel = KernelId::new();
    let receipts = Receipts::open(ReceiptsOptions { kernel: kernel.to_string(), ..options(dir) }).unwrap();
    let (log, _) = Log::open(LogOptions {
        dir: dir.join("audit"),
        heads: dir.join("heads.db"),
        kernel,
        policy: "p",
        principal: "ada".into(),
        durability: Durability::Os,
        outcome: OutcomeDurability::Group,
        audit: AuditSpec::DEFAULT,
    })
    .unwrap();
    (log, receipts)
}

fn say(log: &Log, event: Event, call: Option<&CallId>, body: Value) {
    let record = Record::new(event, call.cloned(), body.as_object().unwrap().clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(log.durable(record)).unwrap();
}

fn stop(log: &Log) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(log.stop()).unwrap();
}

fn minted(receipt: &Receipt) -> Value {
    let Receipt { id, kind, dataset, version, version_kind, checks_digest, content_digest, .. } = receipt;
    json!({"id": id, "kind": kind, "dataset": dataset, "version": version, "version_kind": version_kind,
        "content_digest": content_digest, "checks_digest": checks_digest})
}

/// A receipt, and its record.
fn earn(log: &Log, receipts: &Receipts) -> Receipt {
    let receipt = mint(receipts).unwrap();
    say(log, Event::ReceiptMinted, None, minted(&receipt));
    receipt
}

fn decide(log: &Log, call: &CallId, id: &str) {
    say(log, Event::CallDecided, Some(call), json!({"decision": "allow", "need": [{"id": id}]}));
}

#[test]
fn what_a_living_kernel_has_in_hand_is_not_burned_and_what_a_dead_one_had_is() {
    let dir = tempfile::tempdir().unwrap();
    let (log, receipts) = session(dir.path());
    let id = earn(&log, &receipts).id;
    // Killed here, its log knows of no call.
    let _hold = receipts.reserve(std::slice::from_ref(&id), &CallId::new()).unwrap();
    let _write = receipts.begin_write(&["others"], &CallId::new()).unwrap();
    let (other_log, other) = session(dir.path());
    assert_eq!(mint(&other).unwrap_err().code(), Code::WriterInFlight, "a promotion is under way");
    assert_eq!(other.recover().unwrap(), 0);
    assert_eq!(state(&dir, &id), "reserved");
    assert!(other.begin_write(&["people"], &CallId::new()).is_err());
    stop(&log);
    drop(log);
    assert_eq!(other.recover().unwrap(), 1);
    assert_eq!(state(&dir, &id), "burned");
    assert!(mint(&other).is_ok());
    let database = rusqlite::Connection::open(dir.path().join("receipts.db")).unwrap();
    assert_eq!(database.query_row("SELECT count(*) FROM writer", [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    stop(&other_log);
}

fn copy(from: &Path, to: &Path) {
    let mut to = rusqlite::Connection::open(to).unwrap();
    let from = rusqlite::Connection::open(from).unwrap();
    rusqlite::backup::Backup::new(&from, &mut to)
        .unwrap()
        .run_to_completion(100, std::time::Duration::ZERO, None)
        .unwrap();
}

#[test]
fn a_database_that_was_set_back_spends_nothing_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (log, receipts) = session(dir.path());
    let receipt = earn(&log, &receipts);
    let ids = [receipt.id.clone()];
    let old = dir.path().join("old.db");
    copy(&dir.path().join("receipts.db"), &old);
    let call = CallId::new();
    let hold = receipts.reserve(&ids, &call).unwrap();
    decide(&log, &call, &receipt.id);
    receipts.settle(hold, Fate::Consumed).unwrap();
    copy(&old, &dir.path().join("receipts.db"));
    assert_eq!(state(&dir, &receipt.id), "valid", "the old rows are back");
    let refused = |receipts: &Receipts| receipts.reserve(&ids, &CallId::new()).unwrap_err().code();
    assert_eq!(refused(&receipts), Code::ReceiptRolledBack, "in this process");
    drop(receipts);
    // Another process knows it from the log alone, while its kernel lives and when it is gone.
    let (other, fresh) = session(dir.path());
    assert_eq!(refused(&fresh), Code::ReceiptRolledBack, "after a restart");
    // What was given back may be taken again, until it is taken for good.
    say(&log, Event::CallOutcome, Some(&call), json!({"receipts": "released"}));
    stop(&log);
    stop(&other);
    let (log, fresh) = session(dir.path());
    assert!(fresh.reserve(&ids, &CallId::new()).is_ok());
    stop(&log);
}

#[test]
fn a_row_that_no_record_earned_is_spent_by_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let (log, receipts) = session(dir.path());
    let receipt = earn(&log, &receipts);
    stop(&log);
    let database = rusqlite::Connection::open(dir.path().join("receipts.db")).unwrap();
    for change in
        ["version = 'other'", "dataset = 'other'", "checks_digest = 'other'", "kernel = 'other'", "id = 'other'"]
    {
        let old = dir.path().join("old.db");
        copy(&dir.path().join("receipts.db"), &old);
        database.execute(&format!("UPDATE receipt SET {change}"), []).unwrap();
        let (log, fresh) = session(dir.path());
        let id = if change.starts_with("id") { "other".to_owned() } else { receipt.id.clone() };
        let refused = fresh.reserve(&[id], &CallId::new()).unwrap_err().code();
        assert_eq!(refused, Code::ReceiptRolledBack, "{change}");
        stop(&log);
        copy(&old, &dir.path().join("receipts.db"));
    }
    let (log, fresh) = session(dir.path());
    assert!(fresh.reserve(&[receipt.id], &CallId::new()).is_ok(), "as it was");
    stop(&log);
}

/// Of logs that ended in order nothing else is read at a start; a receipt is what rests on them.
#[test]
fn where_a_receipt_stands_the_logs_since_it_was_earned_are_verified() {
    let dir = tempfile::tempdir().unwrap();
    let (before, _) = session(dir.path());
    stop(&before);
    let (log, receipts) = session(dir.path());
    earn(&log, &receipts);
    stop(&log);
    drop(receipts);
    let mut files: Vec<_> = std::fs::read_dir(dir.path().join("audit"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    let edit = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        std::fs::write(path, text.replacen("kernel.stop", "kernel.stap", 1)).unwrap();
        text
    };
    // A kernel that was gone before could not have spent it.
    let text = edit(&files[0]);
    assert!(Receipts::open(options(dir.path())).is_ok());
    std::fs::write(&files[0], text).unwrap();
    let (third, _) = session(dir.path());
    stop(&third);
    let text = edit(&files[1]);
    let refused = Receipts::open(options(dir.path())).map(|_| ());
    assert!(matches!(refused, Err(ReceiptError::Log(_))), "{refused:?}");
    std::fs::write(&files[1], text).unwrap();
    assert!(Receipts::open(options(dir.path())).is_ok());
}

#[test]
fn a_former_schema_is_brought_up_and_what_stood_under_it_is_voided() {
    let dir = tempfile::tempdir().unwrap();
    let database = rusqlite::Connection::open(dir.path().join("receipts.db")).unwrap();
    database.execute_batch(super::schema::TABLES).unwrap();
    database
        .execute_batch(
            "CREATE UNIQUE INDEX one_standing ON receipt (kind, dataset, principal, policy_digest) WHERE state IN ('valid', 'reserved');
             INSERT INTO receipt VALUES ('old', 'silver-validation', 'people', 'e', 'etag', 'd', 3, 'c', 'ada', 'k', 'p', 't', 1, 'b',
             'valid', NULL, 1);
             PRAGMA user_version = 1",
        )
        .unwrap();
    drop(database);
    let receipts = open(dir.path(), "ada", "p");
    assert_eq!(state(&dir, "old"), "voided");
    let id = mint(&receipts).unwrap().id;
    assert!(receipts.reserve(&[id], &CallId::new()).is_ok());
}
