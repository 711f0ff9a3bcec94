//! The writer over a file that fails; what becomes of a log that somebody changes.

mod anchor;
mod living;
mod start;
mod tamper;
mod world;

use super::heads::Heads;
use super::keys::SegmentKey;
use super::line::Fixed;
use super::note::PrivateKey;
use super::sink::Sink;
use super::state::State;
use super::writer::Writer;
use super::{AuditError, CallId, Event, Log, Record};
use crate::spec::{Durability, OutcomeDurability};
use serde_json::{Map, json};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, RwLock};

/// A file in memory whose nth operation fails.
#[derive(Clone)]
struct Faulty {
    bytes: Arc<Mutex<Vec<u8>>>,
    appends: Arc<AtomicUsize>,
    appends_left: usize,
    syncs_left: usize,
    short: bool,
}

impl Faulty {
    fn failing(appends_left: usize, syncs_left: usize, short: bool) -> Self {
        Self { bytes: Arc::default(), appends: Arc::default(), appends_left, syncs_left, short }
    }
}

impl Sink for Faulty {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.appends.fetch_add(1, Ordering::SeqCst);
        if self.appends_left == 0 {
            if self.short {
                self.bytes.lock().unwrap().extend_from_slice(&bytes[..bytes.len() / 2]);
            }
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        self.appends_left -= 1;
        self.bytes.lock().unwrap().extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.syncs_left == 0 {
            return Err(io::Error::other("lost page"));
        }
        self.syncs_left -= 1;
        Ok(())
    }

    fn beside(&self) -> Option<std::fs::File> {
        None
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.bytes.lock().unwrap().truncate(usize::try_from(length).unwrap());
        Ok(())
    }

    fn rotate(&mut self, _segment: u32) -> io::Result<()> {
        Ok(())
    }
}

fn log(faulty: &Faulty, dir: &std::path::Path) -> Log {
    let writer = Writer {
        sink: faulty.clone(),
        heads: Heads::open(&dir.join("heads.db")).unwrap(),
        fixed: Fixed::new("k".into(), "p", "d"),
        durability: Durability::Fsync,
        dir: None,
        segment_limit: u64::MAX,
        signer: PrivateKey::new("aegis/k".into()).unwrap(),
        key: Arc::new(RwLock::new(SegmentKey::fixed())),
        registry: None,
        anchor: None,
        state: State::new(),
    };
    Log::over(writer, OutcomeDurability::Group, None)
}

fn record() -> Record {
    Record::new(Event::CallDecided, Some(CallId::new()), Map::new())
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

#[test]
fn records_of_one_round_go_in_one_write_in_their_order_and_fail_together() {
    for (appends, fails) in [(99, false), (0, true)] {
        let dir = tempfile::tempdir().unwrap();
        let faulty = Faulty::failing(appends, 99, true);
        let log = log(&faulty, dir.path());
        block_on(async {
            let append = |log: Log| async move { log.written(record()).await.ok().map(|position| position.seq) };
            let round: Vec<_> = (0..10).map(|_| tokio::spawn(append(log.clone()))).collect();
            for (task, seq) in round.into_iter().zip(1..) {
                assert_eq!(task.await.unwrap(), (!fails).then_some(seq));
            }
        });
        assert_eq!(faulty.appends.load(Ordering::SeqCst), 1);
        let lines = faulty.bytes.lock().unwrap().iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(lines, if fails { 0 } else { 10 }, "what was half written is cut back");
    }
}

#[test]
fn a_round_whose_runtime_ends_is_written_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let faulty = Faulty::failing(99, 99, false);
    let log = log(&faulty, dir.path());
    block_on(async {
        tokio::select! {
            biased;
            _ = log.written(record()) => {}
            () = std::future::ready(()) => {}
        }
    });
    assert_eq!(faulty.appends.load(Ordering::SeqCst), 1);
}

#[test]
fn after_a_failed_write_or_sync_nothing_succeeds_and_the_first_failure_is_named() {
    for (appends, syncs, short, words) in
        [(2, 99, false, "write failed"), (2, 99, true, "write failed"), (99, 2, false, "sync failed")]
    {
        let dir = tempfile::tempdir().unwrap();
        let faulty = Faulty::failing(appends, syncs, short);
        let log = log(&faulty, dir.path());
        block_on(async {
            assert_eq!(log.durable(record()).await.unwrap().seq, 1);
            assert_eq!(log.durable(record()).await.unwrap().seq, 2);
            for _ in 0..3 {
                match log.durable(record()).await {
                    Err(AuditError::Latched { reason }) => assert!(reason.starts_with(words), "{reason}"),
                    other => panic!("{other:?}"),
                }
            }
            assert!(log.written(record()).await.is_err());
            assert!(log.stop().await.is_err());
        });
        let bytes = faulty.bytes.lock().unwrap().clone();
        assert_eq!(bytes.last(), Some(&b'\n'), "no half line stays");
    }
}

#[test]
fn concurrent_records_are_numbered_in_one_order() {
    let dir = tempfile::tempdir().unwrap();
    let faulty = Faulty::failing(9999, 9999, false);
    let log = log(&faulty, dir.path());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let log = log.clone();
            scope.spawn(move || {
                block_on(async {
                    for _ in 0..50 {
                        log.durable(record()).await.unwrap();
                    }
                });
            });
        }
    });
    let text = String::from_utf8(faulty.bytes.lock().unwrap().clone()).unwrap();
    let seqs: Vec<u64> = text
        .lines()
        .filter(|line| !line.contains(r#""ev":"checkpoint""#))
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["seq"].as_u64().unwrap())
        .collect();
    assert_eq!((seqs.len(), seqs.is_sorted()), (400, true));
}

#[test]
fn what_is_shown_is_the_same_json_and_moves_no_terminal() {
    let text = json!({"a\u{9b}": "b\u{202e}c\u{1b}[2J\u{e0041}", "d": "é\n\t"});
    let shown = super::visible(&format!("{text:#}"));
    assert!(!shown.chars().any(|letter| letter != '\n' && super::line::misleads(letter)), "{shown}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), text);
    assert_eq!(super::visible("a\n\tb\u{1b}\r\u{7f}"), "a\n\tb\\u001b\\u000d\\u007f");
}

#[test]
fn nothing_in_a_line_can_mislead_a_terminal() {
    let fixed = Fixed::new("k".into(), "a\u{202e}b\u{1b}[31m\r\n", "d");
    let mut line = Vec::new();
    super::line::render(&mut line, &fixed, 1, &super::line::GENESIS, &record());
    let line = String::from_utf8(line).unwrap();
    assert!(!line.chars().any(super::line::misleads), "{line}");
    let value: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(value["principal"], "a\u{202e}b\u{1b}[31m\r\n");
}
