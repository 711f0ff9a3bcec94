//! A state directory with two kernels' logs, in several files each, and the hands of somebody who changes them.

use super::super::line::{hash, lead};
use super::super::scan::segment_path;
use super::super::{AuditError, Event, Evidence, KernelId, Log, LogOptions, Record, Verdicts, hex, verify};
use super::block_on;
use crate::audit::CallId;
use crate::spec::{AuditSpec, Durability, OutcomeDurability};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

pub(super) struct World {
    pub(super) dir: TempDir,
    /// The older and the newer kernel.
    pub(super) kernels: Vec<String>,
}

impl World {
    pub(super) fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), kernels: Vec::new() }
    }

    /// Two kernels that ended in order.
    pub(super) fn new() -> Self {
        let mut world = Self::empty();
        for _ in 0..2 {
            let log = world.open();
            world.write(&log, 12);
            block_on(log.stop()).unwrap();
        }
        world
    }

    /// A kernel that goes on.
    pub(super) fn open(&mut self) -> Log {
        self.open_with(AuditSpec { segment_bytes: 6_000, ..AuditSpec::DEFAULT })
    }

    pub(super) fn open_with(&mut self, audit: AuditSpec) -> Log {
        self.try_open_with(audit).unwrap()
    }

    pub(super) fn try_open_with(&mut self, audit: AuditSpec) -> Result<Log, AuditError> {
        let (log, kernel) = begin(self.dir.path(), audit)?;
        self.kernels.push(kernel);
        Ok(log)
    }

    pub(super) fn write(&self, log: &Log, count: usize) {
        block_on(async {
            for n in 0..count {
                let call = CallId::new();
                let args = Map::from_iter([("sql".to_owned(), json!(format!("SELECT {n}")))]);
                let body = json!({"decision": "allow", "tool": "postgres.query", "args": log.commit_arguments(&call, "args", &args)});
                let record =
                    |event, body: Value| Record::new(event, Some(call.clone()), body.as_object().unwrap().clone());
                log.durable(record(Event::CallDecided, body)).await.unwrap();
                log.durable(record(Event::CallOutcome, json!({"outcome": "ok"}))).await.unwrap();
                // A receipt forces a checkpoint, so that there are some in the middle.
                if n % 4 == 3 {
                    log.durable(record(Event::ReceiptMinted, json!({"kind": "k"}))).await.unwrap();
                }
            }
        });
    }

    pub(super) fn audit(&self) -> PathBuf {
        self.dir.path().join("audit")
    }

    pub(super) fn heads(&self) -> PathBuf {
        self.dir.path().join("heads.db")
    }

    pub(super) fn file(&self, kernel: usize, segment: u32) -> PathBuf {
        segment_path(&self.audit(), &self.kernels[kernel], segment)
    }

    pub(super) fn last_segment(&self, kernel: usize) -> u32 {
        (1..).take_while(|segment| self.file(kernel, *segment).exists()).last().unwrap()
    }

    pub(super) fn lines(&self, kernel: usize, segment: u32) -> Vec<String> {
        fs::read_to_string(self.file(kernel, segment)).unwrap().lines().map(str::to_owned).collect()
    }

    pub(super) fn put(&self, kernel: usize, segment: u32, lines: &[String]) {
        fs::write(self.file(kernel, segment), lines.iter().map(|line| format!("{line}\n")).collect::<String>())
            .unwrap();
    }

    /// A copy of everything, at a moment at which nothing is written: a file may begin a while after the last record is durable.
    pub(super) fn copy(&self) -> Self {
        loop {
            let copy = Self { dir: tempfile::tempdir().unwrap(), kernels: self.kernels.clone() };
            fs::create_dir(copy.audit()).unwrap();
            let before = self.sizes();
            std::thread::sleep(Duration::from_millis(100));
            self.copy_heads(&copy.heads());
            for name in before.keys() {
                fs::copy(self.audit().join(name), copy.audit().join(name)).unwrap();
            }
            if self.sizes() == before {
                return copy;
            }
        }
    }

    fn sizes(&self) -> BTreeMap<OsString, u64> {
        let entries = fs::read_dir(self.audit()).unwrap().map(Result::unwrap);
        entries.map(|entry| (entry.file_name(), entry.metadata().unwrap().len())).collect()
    }

    pub(super) fn copy_heads(&self, to: &Path) {
        let database = rusqlite::Connection::open(self.heads()).unwrap();
        database.execute("VACUUM INTO ?1", [to.to_str().unwrap()]).unwrap();
    }

    pub(super) fn sql(&self, statement: &str) {
        rusqlite::Connection::open(self.heads()).unwrap().execute_batch(statement).unwrap();
    }

    /// The newest checkpoint of a kernel, as an anchor would have received it.
    pub(super) fn note(&self, kernel: usize) -> String {
        let lines = (1..=self.last_segment(kernel)).flat_map(|segment| self.lines(kernel, segment));
        let mut notes = lines
            .filter_map(|line| Some(serde_json::from_str::<Value>(&line).unwrap().get("note")?.as_str()?.to_owned()));
        notes.next_back().unwrap()
    }

    pub(super) fn verify(&self) -> Verdicts {
        verify(&self.audit(), &self.heads(), &Evidence::default()).unwrap()
    }

    pub(super) fn verify_with(&self, anchor: &str) -> Verdicts {
        let path = self.dir.path().join("anchor");
        fs::write(&path, anchor).unwrap();
        verify(&self.audit(), &self.heads(), &Evidence { anchor: Some(path), ..Evidence::default() }).unwrap()
    }
}

/// A kernel of a state directory, with its id.
pub(super) fn begin(state: &Path, audit: AuditSpec) -> Result<(Log, String), AuditError> {
    let kernel = KernelId::new();
    let options = LogOptions {
        dir: state.join("audit"),
        heads: state.join("heads.db"),
        kernel: kernel.clone(),
        policy: "digest",
        principal: "tester".into(),
        durability: Durability::Os,
        outcome: OutcomeDurability::Group,
        audit,
    };
    Ok((Log::open(options)?.0, kernel.to_string()))
}

/// Numbers and chains lines anew from one of them on, as somebody would who knows the format and has no key.
pub(super) fn rechain(lines: &mut [String], from: usize) {
    for index in from.max(1)..lines.len() {
        let before = lines[index - 1].clone();
        let (prev, seq) = (hex(&hash(before.as_bytes())), lead(before.as_bytes()).unwrap().seq + 1);
        let line = lines[index].clone();
        let old = lead(line.as_bytes()).unwrap();
        lines[index] =
            line.replacen(&format!("\"seq\":{},", old.seq), &format!("\"seq\":{seq},"), 1).replacen(old.prev, &prev, 1);
    }
}

pub(super) fn event(line: &str) -> String {
    lead(line.as_bytes()).unwrap().event.to_owned()
}

pub(super) fn seq(line: &str) -> u64 {
    lead(line.as_bytes()).unwrap().seq
}
