//! What a start does with the logs of kernels that are gone.

use super::heads::{Head, Heads};
use super::verify::{kernel_of, log_files, read_chain};
use super::{AuditError, CallId, Event, Record};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
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

/// Sets torn tails aside, finds open intents, and closes the head rows of dead kernels. Logs of living kernels are left alone.
pub(super) fn run(dir: &Path, heads: &Heads, own: &str) -> Result<Recovered, AuditError> {
    let mut recovered = Recovered::default();
    for path in log_files(dir)? {
        let kernel = kernel_of(&path);
        let head = heads.of(&kernel)?;
        if kernel == own || head.as_ref().is_some_and(|head| head.closed) {
            continue;
        }
        let file = OpenOptions::new().read(true).write(true).open(&path).map_err(AuditError::io(&path))?;
        match file.try_lock() {
            Ok(()) => one(&path, &file, kernel, head.as_ref(), heads, &mut recovered)?,
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(source)) => return Err(AuditError::Io { path, source }),
        }
    }
    Ok(recovered)
}

fn one(
    path: &Path,
    file: &File,
    kernel: String,
    head: Option<&Head>,
    heads: &Heads,
    recovered: &mut Recovered,
) -> Result<(), AuditError> {
    let mut open: BTreeMap<String, Value> = BTreeMap::new();
    let mut last = String::new();
    let chain = read_chain(path, head, |line, record| {
        line.clone_into(&mut last);
        let text = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default();
        match text("ev") {
            "call.decided" if text("decision") == "allow" => {
                open.insert(text("call").to_owned(), record.get("tool").cloned().unwrap_or_default());
            }
            "call.outcome" => {
                open.remove(text("call"));
            }
            _ => {} // other records say nothing of open calls
        }
    })?;
    if let Some(difference) = chain.difference.or(chain.against_head) {
        return Err(AuditError::Tampered(difference));
    }
    if chain.torn > 0 {
        set_aside(path, file, chain.bytes)?;
        let body = Map::from_iter([("kernel".to_owned(), json!(kernel)), ("torn_bytes".to_owned(), json!(chain.torn))]);
        recovered.records.push(Record::new(Event::LogRecovered, None, body));
    }
    for (call, tool) in open {
        let call = CallId::recorded(&call);
        let body = Map::from_iter([("kernel".to_owned(), json!(kernel)), ("tool".to_owned(), tool)]);
        recovered.records.push(Record::new(Event::CallOrphaned, Some(call.clone()), body));
        recovered.recovery.orphaned.push(call);
    }
    let hash = if last.is_empty() { super::line::GENESIS.to_owned() } else { super::line::hash(last.as_bytes()) };
    heads.put(&Head { kernel, seq: chain.seq, hash, bytes: chain.bytes, closed: true })
}

/// Moves what stands after the last newline to a file of its own.
fn set_aside(path: &Path, file: &File, whole: u64) -> Result<(), AuditError> {
    let bytes = fs::read(path).map_err(AuditError::io(path))?;
    let tail = bytes.get(usize::try_from(whole).unwrap_or(usize::MAX)..).unwrap_or_default();
    fs::write(path.with_extension("torn"), tail).map_err(AuditError::io(path))?;
    file.set_len(whole).map_err(AuditError::io(path))?;
    file.sync_data().map_err(AuditError::io(path))
}
