//! Verification: chain, files and heads, and the first place that differs.

use super::AuditError;
use super::heads::{Head, Heads};
use super::line::{GENESIS, hash};
use serde_json::{Map, Value, json};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Where a log first differs from what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file's name.
    pub file: String,
    /// Bytes from its beginning.
    pub offset: u64,
    /// The record's number.
    pub seq: u64,
    /// `edited`, `missing`, `reordered`, `truncated`, `rolled back`, `unknown file`.
    pub what: &'static str,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at record {} (byte {}) of `{}`", self.what, self.seq, self.offset, self.file)
    }
}

/// One of the four verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it holds.
    pub holds: bool,
    /// What it was checked against, or what is wrong.
    pub detail: String,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// Every line hangs on the one before.
    pub integrity: Verdict,
    /// No file and no number is missing.
    pub completeness: Verdict,
    /// No tail is cut, relative to the head rows.
    pub freshness: Verdict,
    /// No bytes after the last newline.
    pub tail: Verdict,
    /// The first difference.
    pub first: Option<Difference>,
    /// Records read.
    pub records: u64,
    /// Files read.
    pub files: u64,
}

impl Verdicts {
    /// 1 tampered, 4 torn tail only, 3 consistent but unanchored. Never 0: no external anchor exists yet.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let good = self.integrity.holds && self.completeness.holds && self.freshness.holds;
        match (good, self.tail.holds) {
            (false, _) => 1,
            (true, false) => 4,
            (true, true) => 3,
        }
    }

    /// For machines.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let verdict = |verdict: &Verdict| json!({"holds": verdict.holds, "detail": verdict.detail});
        let first = self
            .first
            .as_ref()
            .map(|first| json!({"file": first.file, "offset": first.offset, "seq": first.seq, "what": first.what}));
        let mut map = Map::new();
        map.insert("integrity".into(), verdict(&self.integrity));
        map.insert("completeness".into(), verdict(&self.completeness));
        map.insert("freshness".into(), verdict(&self.freshness));
        map.insert("tail".into(), verdict(&self.tail));
        map.insert("first_difference".into(), json!(first));
        map.insert("records".into(), json!(self.records));
        map.insert("files".into(), json!(self.files));
        map.insert("exit_code".into(), json!(self.exit_code()));
        map
    }
}

impl fmt::Display for Verdicts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} records in {} files", self.records, self.files)?;
        let lines = [
            ("integrity", &self.integrity),
            ("completeness", &self.completeness),
            ("freshness", &self.freshness),
            ("crash tail", &self.tail),
        ];
        for (name, verdict) in lines {
            writeln!(out, "{name:<13} {}  {}", if verdict.holds { "ok " } else { "BAD" }, verdict.detail)?;
        }
        if let Some(first) = &self.first {
            writeln!(out, "first difference: {first}")?;
        }
        write!(
            out,
            "{}",
            match self.exit_code() {
                1 => "verdict: tampered with, or damaged",
                4 => "verdict: consistent up to a torn tail; the next start sets it aside",
                _ => "verdict: consistent but unanchored (tamper-evident relative to the head rows)",
            }
        )
    }
}

/// One log, read and checked by itself.
pub(super) struct Chain {
    pub(super) name: String,
    pub(super) kernel: String,
    pub(super) seq: u64,
    pub(super) bytes: u64,
    /// Bytes after the last newline.
    pub(super) torn: u64,
    pub(super) difference: Option<Difference>,
    /// What disagrees with the head, if anything.
    pub(super) against_head: Option<Difference>,
}

/// Checks every log of a directory against its own chain and the head rows.
///
/// # Errors
/// What cannot be read; a difference is a verdict, not an error.
pub fn verify(dir: &Path, heads: &Path) -> Result<Verdicts, AuditError> {
    let heads = match Heads::read(heads)? {
        Some(heads) => heads.all()?,
        None => Vec::new(),
    };
    let mut chains = Vec::new();
    for path in log_files(dir)? {
        let head = heads.iter().find(|head| kernel_of(&path) == head.kernel);
        chains.push(read_chain(&path, head, |_, _| {})?);
    }
    let integrity = chains.iter().find_map(|chain| chain.difference.clone().filter(|found| found.what == "edited"));
    let gap = chains.iter().find_map(|chain| chain.difference.clone().filter(|found| found.what != "edited"));
    let missing = heads
        .iter()
        .find(|head| !chains.iter().any(|chain| chain.kernel == head.kernel))
        .map(|head| Difference { file: format!("{}.000001.jsonl", head.kernel), offset: 0, seq: 1, what: "missing" });
    let unknown = chains.iter().find(|chain| !heads.iter().any(|head| head.kernel == chain.kernel) && chain.seq > 0);
    let unknown = unknown.map(|chain| Difference { file: chain.name.clone(), offset: 0, seq: 1, what: "unknown file" });
    let stale = chains.iter().find_map(|chain| chain.against_head.clone());
    let torn = chains.iter().find(|chain| chain.torn > 0);
    let incomplete = gap.or(missing).or(unknown);
    let verdict = |bad: Option<&Difference>, good: &str| Verdict {
        holds: bad.is_none(),
        detail: bad.map_or_else(|| good.to_owned(), ToString::to_string),
    };
    Ok(Verdicts {
        integrity: verdict(integrity.as_ref(), "every line hangs on the hash of the one before"),
        completeness: verdict(incomplete.as_ref(), "numbers are contiguous; files match the head rows"),
        freshness: verdict(stale.as_ref(), "no log ends before its head row; no external anchor"),
        tail: Verdict {
            holds: torn.is_none(),
            detail: torn.map_or_else(
                || "every log ends in a whole line".to_owned(),
                |chain| format!("{} bytes after the last line of `{}`", chain.torn, chain.name),
            ),
        },
        records: chains.iter().fold(0, |sum, chain| sum.saturating_add(chain.seq)),
        files: u64::try_from(chains.len()).unwrap_or(u64::MAX),
        first: integrity.or(incomplete).or(stale),
    })
}

/// The logs of a directory, by name, which is by time.
pub(super) fn log_files(dir: &Path) -> Result<Vec<PathBuf>, AuditError> {
    let mut files = Vec::new();
    if dir.exists() {
        for entry in fs::read_dir(dir).map_err(AuditError::io(dir))? {
            let path = entry.map_err(AuditError::io(dir))?.path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The kernel that a log's name speaks of.
pub(super) fn kernel_of(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// Reads a log line by line; `visit` gets each whole line and its record, as far as the chain holds.
pub(super) fn read_chain(
    path: &Path,
    head: Option<&Head>,
    mut visit: impl FnMut(&str, &Value),
) -> Result<Chain, AuditError> {
    let bytes = fs::read(path).map_err(AuditError::io(path))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let kernel = kernel_of(path);
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last.saturating_add(1));
    let length = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let mut chain = Chain {
        name: name.clone(),
        kernel: kernel.clone(),
        seq: 0,
        bytes: length(whole),
        torn: length(bytes.len().saturating_sub(whole)),
        difference: None,
        against_head: None,
    };
    let (mut prev, mut offset, mut before) = (GENESIS.to_owned(), 0_u64, 0_u64);
    let mut at_head = None;
    for line in bytes.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n') {
        if line.is_empty() && offset == chain.bytes {
            break;
        }
        let differs = |offset, seq, what| Some(Difference { file: name.clone(), offset, seq, what });
        let seq = chain.seq.saturating_add(1);
        let text = std::str::from_utf8(line).unwrap_or_default();
        let record: Value = serde_json::from_str(text).unwrap_or_default();
        let number = record.get("seq").and_then(Value::as_u64);
        if record.get("k").and_then(Value::as_str) != Some(kernel.as_str()) || number.is_none() {
            chain.difference = differs(offset, seq, "edited");
            break;
        }
        if number != Some(seq) {
            chain.difference = differs(offset, seq, if number > Some(seq) { "missing" } else { "reordered" });
            break;
        }
        if record.get("prev").and_then(Value::as_str) != Some(prev.as_str()) {
            // The line before is not the one that this line was written after.
            chain.difference = differs(before, chain.seq.max(1), "edited");
            break;
        }
        visit(text, &record);
        prev = hash(line);
        if head.is_some_and(|head| head.seq == seq) {
            at_head = Some(prev.clone());
        }
        chain.seq = seq;
        before = offset;
        offset = offset.saturating_add(length(line.len())).saturating_add(1);
    }
    if let (Some(head), None) = (head, &chain.difference) {
        let differs = |offset, seq, what| Some(Difference { file: name.clone(), offset, seq, what });
        chain.against_head = match at_head {
            Some(hash) if hash == head.hash => None,
            Some(_) => differs(before, head.seq, "edited"),
            None if head.seq == 0 => None,
            None => differs(chain.bytes, chain.seq.saturating_add(1), "truncated"),
        };
    }
    Ok(chain)
}
