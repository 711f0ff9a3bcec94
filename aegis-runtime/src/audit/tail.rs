//! Following the logs of a directory as they grow.

use super::AuditError;
use super::line::plain;
use super::scan::log_files;
use crate::own;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Which records are wanted; all that is left out matches.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// `postgres.query`, or as the agent spells it.
    pub tool: Option<String>,
    /// `allow` or `deny`.
    pub decision: Option<String>,
    /// A rule's id, or a code.
    pub rule: Option<String>,
}

impl Filter {
    /// Whether a record is wanted.
    #[must_use]
    pub fn wants(&self, record: &Value) -> bool {
        let fits = |wanted: &Option<String>, keys: &[&str]| {
            wanted.as_ref().is_none_or(|wanted| keys.iter().any(|key| word(record, key) == wanted))
        };
        let rules = record.get("rules").and_then(Value::as_array);
        let among = |wanted: &String| rules.is_some_and(|rules| rules.iter().any(|rule| rule == wanted.as_str()));
        let tool = self.tool.as_ref().map(|tool| tool.replacen("__", ".", 1));
        fits(&tool, &["tool"])
            && fits(&self.decision, &["decision"])
            && (fits(&self.rule, &["rule", "code"]) || self.rule.as_ref().is_some_and(among))
    }
}

/// The place in each file up to which it was read.
#[derive(Debug)]
pub struct Tail {
    dir: PathBuf,
    read: BTreeMap<PathBuf, u64>,
}

impl Tail {
    /// From the beginning of every log.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), read: BTreeMap::new() }
    }

    /// The whole lines that came since the last time, in order of their file and number.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn poll(&mut self) -> Result<Vec<Value>, AuditError> {
        let mut records = Vec::new();
        for path in log_files(&self.dir)? {
            let from = self.read.entry(path.clone()).or_default();
            let mut file = own::plain(&path, OpenOptions::new().read(true))?;
            if file.metadata().map_err(AuditError::io(&path))?.len() <= *from {
                continue;
            }
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(*from))
                .and_then(|_| file.read_to_end(&mut bytes))
                .map_err(AuditError::io(&path))?;
            let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last.saturating_add(1));
            let lines = bytes.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n');
            records.extend(lines.filter_map(|line| serde_json::from_slice(line).ok()));
            *from = from.saturating_add(u64::try_from(whole).unwrap_or(u64::MAX));
        }
        Ok(records)
    }
}

/// A record on one line, for people.
#[must_use]
pub fn one_line(record: &Value) -> String {
    let said = ["rule", "code", "outcome", "reason", "server", "note", "scope", "dataset", "kind"]
        .iter()
        .map(|key| word(record, key))
        .find(|word| !word.is_empty())
        .and_then(|word| word.lines().next())
        .unwrap_or_default();
    let time = word(record, "ts").get(..19).unwrap_or_default().replace('T', " ");
    let text = format!(
        "{time}  {:<14} {:<5} {:<24} {said}",
        word(record, "ev"),
        word(record, "decision"),
        word(record, "tool")
    );
    plain(text.trim_end())
}

pub(super) fn word<'record>(record: &'record Value, key: &str) -> &'record str {
    record.get(key).and_then(Value::as_str).unwrap_or_default()
}
