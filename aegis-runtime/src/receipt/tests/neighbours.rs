//! Kernels that run beside each other over one database, and the hands of somebody who writes to it.

use super::{copy, decide, earn, say, session, stop};
use crate::audit::{CallId, Event};
use crate::denial::Code;
use crate::receipt::{Fate, ReceiptError};
use serde_json::json;
use std::path::Path;

fn change(dir: &Path, sql: &str) {
    rusqlite::Connection::open(dir.join("receipts.db")).unwrap().execute_batch(sql).unwrap();
}

const AGAIN: &str = "UPDATE receipt SET state = 'valid', ended_by = NULL";

/// The other kernel was there before anything was earned or spent.
#[test]
fn a_neighbour_knows_what_was_spent_since_it_began() {
    let dir = tempfile::tempdir().unwrap();
    let ((log, receipts), (other, neighbour)) = (session(dir.path()), session(dir.path()));
    let receipt = earn(&log, &receipts);
    let ids = [receipt.id.clone()];
    let call = CallId::new();
    let hold = receipts.reserve(&ids, &call).unwrap();
    decide(&log, &call, &receipt.id);
    receipts.settle(hold, Fate::Consumed).unwrap();
    change(dir.path(), AGAIN);
    let tried = || neighbour.reserve(&ids, &CallId::new()).map(|_| ()).map_err(|error| error.code());
    assert_eq!(tried(), Err(Code::ReceiptRolledBack));
    // A file that nobody registered gives nothing back.
    let released = json!({"ev": "call.outcome", "call": call.as_str(), "receipts": "released"});
    std::fs::write(dir.path().join("audit/zz.jsonl"), format!("{released}\n")).unwrap();
    assert_eq!(tried(), Err(Code::ReceiptRolledBack));
    // What its kernel gave back stands again as soon as its outcome is signed.
    say(&log, Event::CallOutcome, Some(&call), json!({"receipts": "released"}));
    assert_eq!(tried(), Err(Code::ReceiptTaken));
    say(&log, Event::ReceiptMinted, None, json!({"id": "another"}));
    assert_eq!(tried(), Ok(()));
    stop(&other);
    stop(&log);
}

#[test]
fn a_row_that_appears_or_changes_beside_a_running_kernel_is_not_believed() {
    let dir = tempfile::tempdir().unwrap();
    let ((log, receipts), (other, neighbour)) = (session(dir.path()), session(dir.path()));
    let receipt = earn(&log, &receipts);
    let columns = super::super::store::COLUMNS;
    let values = columns.replacen("id,", "'forged',", 1).replace("dataset,", "'more',");
    change(dir.path(), &format!("INSERT INTO receipt ({columns}) SELECT {values} FROM receipt"));
    for by in [&receipts, &neighbour] {
        let refused = by.reserve(&["forged".to_owned()], &CallId::new()).unwrap_err().code();
        assert_eq!(refused, Code::ReceiptRolledBack);
    }
    for what in ["content_digest", "version", "inputs", "assurance"] {
        let old = dir.path().join("old.db");
        copy(&dir.path().join("receipts.db"), &old);
        let value = if what == "inputs" { "{\"a\":\"b\"}" } else { "other" };
        change(dir.path(), &format!("UPDATE receipt SET {what} = '{value}'"));
        for by in [&receipts, &neighbour] {
            let refused = by.reserve(std::slice::from_ref(&receipt.id), &CallId::new()).unwrap_err().code();
            assert_eq!(refused, Code::ReceiptRolledBack, "{what}");
        }
        copy(&old, &dir.path().join("receipts.db"));
    }
    assert!(neighbour.reserve(&[receipt.id], &CallId::new()).is_ok(), "as it was");
    stop(&other);
    stop(&log);
}

/// Somebody sets the row back between one kernel's reservation and its decision.
#[test]
fn of_two_that_were_made_to_hold_one_receipt_none_spends_it() {
    let dir = tempfile::tempdir().unwrap();
    let ((log, receipts), (other, neighbour)) = (session(dir.path()), session(dir.path()));
    let receipt = earn(&log, &receipts);
    let ids = [receipt.id.clone()];
    let (one, two) = (CallId::new(), CallId::new());
    let first = receipts.reserve(&ids, &one).unwrap();
    change(dir.path(), AGAIN);
    let second = neighbour.reserve(&ids, &two).unwrap();
    decide(&log, &one, &receipt.id);
    assert!(receipts.is_alone(&first, &one).is_ok(), "the other has not decided");
    decide(&other, &two, &receipt.id);
    assert_eq!(neighbour.is_alone(&second, &two).unwrap_err().code(), Code::ReceiptRolledBack);
    assert_eq!(receipts.is_alone(&first, &one).unwrap_err().code(), Code::ReceiptRolledBack);
    stop(&other);
    stop(&log);
}

/// A cut, an edit and a dropped file, after the neighbour had read what stood there.
#[test]
fn a_log_that_changes_under_a_running_kernel_bears_nothing_out() {
    type Hands = fn(&Path, &Path);
    let hands: [Hands; 3] = [
        |file, _| {
            let text = std::fs::read_to_string(file).unwrap();
            let kept = text.lines().take_while(|line| !line.contains("\"need\"")).map(|line| format!("{line}\n"));
            std::fs::write(file, kept.collect::<String>()).unwrap();
        },
        |file, _| {
            let text = std::fs::read_to_string(file).unwrap();
            std::fs::write(file, text.replace("\"need\"", "\"knee\"")).unwrap();
        },
        |file, audit| {
            std::fs::remove_file(file).unwrap();
            std::fs::write(audit.join("registry.log"), "").unwrap();
        },
    ];
    for hand in hands {
        let dir = tempfile::tempdir().unwrap();
        let ((log, receipts), (_other, neighbour)) = (session(dir.path()), session(dir.path()));
        let receipt = earn(&log, &receipts);
        let ids = [receipt.id.clone()];
        let call = CallId::new();
        neighbour.witness().listen(&receipt.kernel).unwrap();
        drop(receipts.reserve(&ids, &call).unwrap());
        decide(&log, &call, &receipt.id);
        stop(&log);
        change(dir.path(), AGAIN);
        let file = dir.path().join(format!("audit/{}.000001.jsonl", receipt.kernel));
        hand(&file, &dir.path().join("audit"));
        let refused = neighbour.reserve(&ids, &CallId::new()).unwrap_err();
        assert!(matches!(refused, ReceiptError::Log(_)), "{refused}");
    }
}
