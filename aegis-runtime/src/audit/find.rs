//! Looking a value up: which records committed to it.

use super::AuditError;
use super::keys::SegmentKey;
use super::line::lead;
use super::scan::{Lines, kernels, name_of};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// A record that committed to the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The log file.
    pub file: String,
    /// The record's number.
    pub seq: u64,
    /// The call.
    pub call: String,
    /// `args`, `args/N` for the nth value in them, `asked` and `asked/N` where something else went south, or `result`.
    pub field: String,
    /// When.
    pub time: String,
    /// The tool.
    pub tool: String,
}

impl Match {
    /// For machines.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let Self { file, seq, call, field, time, tool } = self;
        json!({"file": file, "seq": seq, "call": call, "field": field, "ts": time, "tool": tool})
    }
}

impl fmt::Display for Match {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seq, call, field, time, tool, .. } = self;
        write!(out, "{time}  {call}  {field:<8} {}  (record {seq})", super::line::plain(tool))
    }
}

/// Every record that committed to these bytes: a whole arguments object or result as JSON, or one value in the arguments.
/// Files whose key was destroyed hold no evidence of values any more and are passed over.
///
/// # Errors
/// What cannot be read.
pub fn find(dir: &Path, value: &[u8]) -> Result<Vec<Match>, AuditError> {
    let mut found = Vec::new();
    for (kernel, segments) in kernels(dir)? {
        let mut keys = Keys { dir, kernel: &kernel, known: BTreeMap::new() };
        for (_, path) in segments {
            let mut lines = Lines::open(&path)?;
            while let Some(line) = lines.next()? {
                let Some(head) = lead(line).filter(|head| matches!(head.event, "call.decided" | "call.outcome")) else {
                    continue;
                };
                let record: Value = serde_json::from_slice(line).unwrap_or_default();
                let text = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                for (field, commit) in commitments(&record) {
                    let Some((segment, _)) = commit.split_once(':') else { continue };
                    let Some(key) = keys.of(segment)? else { continue };
                    if key.commit(&text("call"), &field, value) == commit {
                        let (file, seq) = (name_of(&path), head.seq);
                        found.push(Match {
                            file,
                            seq,
                            call: text("call"),
                            field,
                            time: text("ts"),
                            tool: text("tool"),
                        });
                    }
                }
            }
        }
    }
    Ok(found)
}

/// The commitments of a record, by field.
pub(super) fn commitments(record: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for field in ["args", "asked", "result"] {
        let Some(part) = record.get(field) else { continue };
        let whole = part.get("commit").and_then(Value::as_str);
        found.extend(whole.map(|commit| (field.to_owned(), commit.to_owned())));
        let leaves = part.get("leaves").and_then(Value::as_array).into_iter().flatten().enumerate();
        found.extend(leaves.filter_map(|(n, leaf)| Some((format!("{field}/{n}"), leaf.as_str()?.to_owned()))));
    }
    found
}

/// The keys of one kernel, each read once.
struct Keys<'log> {
    dir: &'log Path,
    kernel: &'log str,
    known: BTreeMap<u32, Option<SegmentKey>>,
}

impl Keys<'_> {
    fn of(&mut self, segment: &str) -> Result<Option<&SegmentKey>, AuditError> {
        let Ok(segment) = segment.parse() else { return Ok(None) };
        if !self.known.contains_key(&segment) {
            self.known.insert(segment, SegmentKey::read(self.dir, self.kernel, segment)?);
        }
        Ok(self.known.get(&segment).and_then(Option::as_ref))
    }
}
