//! What a start does with the logs of kernels that are gone.

use super::heads::{Head, Heads, REGISTRY};
use super::registry::{Reading, Registry};
use super::scan::{kernels, name_of, segment_path};
use super::verdict::{Difference, Kind};
use super::verify::known;
use super::walk::{Walk, walk};
use super::{AuditError, CallId, Event, Record, hex};
use crate::own;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions, TryLockError};
use std::io::Write;
use std::path::Path;

/// What a start found out.
#[derive(Debug, Default)]
pub struct Recovery {
    /// Calls that were allowed and of whose outcome nothing is known.
    pub orphaned: Vec<CallId>,
}

/// The recovery, with the records it leaves in the new log.
#[derive(Default)]
pub(super) struct Recovered {
    pub(super) recovery: Recovery,
    pub(super) records: Vec<Record>,
}

/// Sets torn tails aside, finds open intents, and writes down the ends of dead kernels. Logs of living kernels are left alone.
pub(super) fn run(
    dir: &Path,
    heads: &Heads,
    registry: &mut Registry,
    reading: &Reading,
) -> Result<Recovered, AuditError> {
    let mut recovered = Recovered::default();
    let tampered = |file: String, seq, kind| Err(AuditError::Tampered(Difference::new(file, 0, seq, kind)));
    let last = reading.entries.last().map_or(0, |entry| entry.seq);
    match heads.of(REGISTRY)? {
        Some(head) if head.seq > last => return tampered(super::registry::FILE.to_owned(), last, Kind::Truncated),
        Some(head) if reading.entries.iter().any(|entry| entry.seq == head.seq && entry.hash != head.hash) => {
            return tampered(super::registry::FILE.to_owned(), head.seq, Kind::Forked);
        }
        None if last > 1 => return tampered("heads.db".to_owned(), last, Kind::Missing),
        Some(_) | None => {}
    }
    let files = kernels(dir)?;
    let started: BTreeSet<&str> = reading.started().map(|(entry, _)| entry.kernel.as_str()).collect();
    for (kernel, segments) in &files {
        let registered = started.contains(kernel.as_str());
        let empty = segments.iter().all(|(_, path)| fs::metadata(path).is_ok_and(|meta| meta.len() == 0));
        if !registered && !empty {
            return tampered(name_of(&segment_path(dir, kernel, 1)), 1, Kind::Unknown);
        }
    }
    let ended: BTreeSet<&str> = reading.ends().map(|(kernel, _)| kernel).collect();
    for (entry, _) in reading.started().filter(|(entry, _)| !ended.contains(entry.kernel.as_str())) {
        let first = segment_path(dir, &entry.kernel, 1);
        let Some(segments) = files.get(&entry.kernel) else {
            return tampered(name_of(&first), 1, Kind::Missing);
        };
        let file = own::plain(&first, OpenOptions::new().read(true))?;
        match file.try_lock() {
            Ok(()) => {
                let head = heads.of(&entry.kernel)?;
                let known = known(&entry.kernel, reading, head.as_ref(), Vec::new());
                let mut open = BTreeMap::new();
                let walked =
                    walk(dir, &entry.kernel, segments, known, |line, record| intents(&mut open, line, record.event))?;
                one(&entry.kernel, &walked, open, heads, registry, &mut recovered)?;
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(source)) => return Err(AuditError::Io { path: first, source }),
        }
    }
    Ok(recovered)
}

fn intents(open: &mut BTreeMap<String, Value>, line: &[u8], event: &str) {
    if event != "call.decided" && event != "call.outcome" {
        return;
    }
    let record: Value = serde_json::from_slice(line).unwrap_or_default();
    let text = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default();
    if event == "call.outcome" {
        open.remove(text("call"));
    } else if text("decision") == "allow" {
        open.insert(text("call").to_owned(), record.get("tool").cloned().unwrap_or_default());
    }
}

fn one(
    kernel: &str,
    walked: &Walk,
    open: BTreeMap<String, Value>,
    heads: &Heads,
    registry: &mut Registry,
    recovered: &mut Recovered,
) -> Result<(), AuditError> {
    if let Some(difference) = walked.difference.clone() {
        return Err(AuditError::Tampered(difference));
    }
    let mut record = |event, call: Option<CallId>, body: Value| {
        let mut map = Map::from_iter([("kernel".to_owned(), json!(kernel))]);
        map.extend(body.as_object().cloned().unwrap_or_default());
        recovered.records.push(Record::new(event, call, map));
    };
    if walked.torn > 0 {
        set_aside(walked)?;
        record(Event::LogRecovered, None, json!({"torn_bytes": walked.torn}));
    }
    if let Some(reason) = heads.latch_of(kernel)? {
        record(Event::AuditLatched, None, json!({"reason": reason}));
    }
    let orphans = open.len();
    for (call, tool) in open {
        let call = CallId::recorded(&call);
        record(Event::CallOrphaned, Some(call.clone()), json!({"tool": tool}));
        recovered.recovery.orphaned.push(call);
    }
    record(
        Event::KernelRecovered,
        None,
        json!({"records": walked.seq, "hash": hex(&walked.hash), "orphans": orphans, "torn_bytes": walked.torn}),
    );
    let head = Head { kernel: kernel.to_owned(), seq: walked.seq, hash: walked.hash, closed: true };
    heads.put(&head, true)?;
    registry.end(kernel, walked.seq, &walked.hash, "recovered", heads)
}

/// Moves what stands after the last newline to a file of its own.
fn set_aside(walked: &Walk) -> Result<(), AuditError> {
    let path = &walked.last_file;
    let bytes = fs::read(path).map_err(AuditError::io(path))?;
    let tail = bytes.get(usize::try_from(walked.whole).unwrap_or(usize::MAX)..).unwrap_or_default();
    own::fresh(&path.with_extension("torn")).and_then(|mut file| file.write_all(tail)).map_err(AuditError::io(path))?;
    let file = own::open(path, OpenOptions::new().write(true))?;
    file.set_len(walked.whole).and_then(|()| file.sync_data()).map_err(AuditError::io(path))
}
