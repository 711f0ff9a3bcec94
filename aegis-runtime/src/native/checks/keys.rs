//! Keys of rows, sorted on disk: what duplicates and references are counted with, in bounded memory.
//!
//! *Invariants.* A key is 128 bits of a digest that a secret of this pass begins, so that the file holds nothing that can be
//! guessed back; the file is 0600, has no name once it is open, and goes with the pass. What does not fit fails the dataset.

use super::CheckError;
use super::cell::Cell;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// A key and the ordinal of its row.
type Entry = ([u8; 16], u64);
/// Bytes of an entry in the file.
const WIDTH: usize = 24;
/// Entries sorted in memory at one time: 6 MiB a check.
const RUN: usize = 256 * 1024;
/// Runs of one check: 268 million rows, and 25 MiB to merge them.
const RUNS: usize = 1024;
/// Entries read at one time from a run.
const READ: usize = 1024;

/// What all keys of one pass share.
#[derive(Clone)]
pub(super) struct Scratch {
    dir: PathBuf,
    secret: [u8; 32],
    run: usize,
}

impl Scratch {
    pub(super) fn new(dir: &Path) -> Result<Self, CheckError> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|_| CheckError::Scratch("no randomness"))?;
        Ok(Self { dir: dir.to_owned(), secret, run: RUN })
    }

    #[cfg(test)]
    pub(super) fn with_run(mut self, run: usize) -> Self {
        self.run = run;
        self
    }

    /// The key of some cells, each with its length, so that `a,b` and `ab,` differ, and a null differs from an empty text.
    pub(super) fn key<'row>(&self, cells: impl Iterator<Item = &'row Cell>) -> [u8; 16] {
        let mut hasher = Sha256::new_with_prefix(self.secret);
        for cell in cells {
            match cell.spelled() {
                None => hasher.update(u64::MAX.to_be_bytes()),
                Some(text) => {
                    hasher.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
                    hasher.update(text.as_bytes());
                }
            }
        }
        hasher.finalize().first_chunk().copied().unwrap_or_default()
    }
}

/// Keys in the making.
pub(super) struct Keys {
    scratch: Scratch,
    memory: Vec<Entry>,
    runs: Vec<(u64, usize)>,
    file: Option<File>,
    end: u64,
}

impl Keys {
    pub(super) fn new(scratch: &Scratch) -> Self {
        Self { scratch: scratch.clone(), memory: Vec::new(), runs: Vec::new(), file: None, end: 0 }
    }

    /// What makes keys.
    pub(super) fn scratch(&self) -> &Scratch {
        &self.scratch
    }

    pub(super) fn push(&mut self, key: [u8; 16], ordinal: u64) -> Result<(), CheckError> {
        self.memory.push((key, ordinal));
        if self.memory.len() >= self.scratch.run { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> Result<(), CheckError> {
        if self.runs.len() >= RUNS {
            return Err(CheckError::Scratch("more rows than can be told apart"));
        }
        self.memory.sort_unstable();
        let mut bytes = Vec::with_capacity(self.memory.len().saturating_mul(WIDTH));
        for (key, ordinal) in &self.memory {
            bytes.extend_from_slice(key);
            bytes.extend_from_slice(&ordinal.to_be_bytes());
        }
        if self.file.is_none() {
            self.file = Some(unnamed(&self.scratch.dir)?);
        }
        let file = self.file.as_ref().ok_or(CheckError::Scratch("no file"))?;
        file.write_all_at(&bytes, self.end).map_err(|_| CheckError::Scratch("the disk is full or fails"))?;
        self.runs.push((self.end, self.memory.len()));
        self.end = self.end.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        self.memory.clear();
        Ok(())
    }

    /// All entries in order.
    pub(super) fn sorted(mut self) -> Result<Sorted, CheckError> {
        self.memory.sort_unstable();
        let mut sorted = Sorted { file: self.file, runs: Vec::new(), heap: BinaryHeap::new() };
        sorted.runs.push(Run { buffer: self.memory, at: 0, offset: 0, left: 0 });
        sorted.runs.extend(self.runs.iter().map(|(offset, left)| Run {
            buffer: Vec::new(),
            at: 0,
            offset: *offset,
            left: *left,
        }));
        for index in 0..sorted.runs.len() {
            sorted.advance(index)?;
        }
        Ok(sorted)
    }
}

/// A file that nobody else can open.
fn unnamed(dir: &Path) -> Result<File, CheckError> {
    let failed = |_| CheckError::Scratch("no file can be made for the keys of rows");
    let path = dir.join(format!(".keys-{}", uuid::Uuid::now_v7()));
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
    fs::remove_file(&path).map_err(failed)?;
    Ok(file)
}

struct Run {
    buffer: Vec<Entry>,
    at: usize,
    offset: u64,
    left: usize,
}

/// A merge of runs.
pub(super) struct Sorted {
    file: Option<File>,
    runs: Vec<Run>,
    heap: BinaryHeap<Reverse<(Entry, usize)>>,
}

impl Sorted {
    /// The next entry in order.
    pub(super) fn next(&mut self) -> Result<Option<Entry>, CheckError> {
        let Some(Reverse((entry, index))) = self.heap.pop() else { return Ok(None) };
        self.advance(index)?;
        Ok(Some(entry))
    }

    fn advance(&mut self, index: usize) -> Result<(), CheckError> {
        let Some(run) = self.runs.get_mut(index) else { return Ok(()) };
        if run.at >= run.buffer.len() && run.left > 0 {
            let count = run.left.min(READ);
            let mut bytes = vec![0; count.saturating_mul(WIDTH)];
            let file = self.file.as_ref().ok_or(CheckError::Scratch("no file"))?;
            file.read_exact_at(&mut bytes, run.offset).map_err(|_| CheckError::Scratch("the disk fails"))?;
            run.buffer = bytes.as_chunks::<WIDTH>().0.iter().filter_map(entry).collect();
            run.at = 0;
            run.left = run.left.saturating_sub(count);
            run.offset = run.offset.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        }
        if let Some(entry) = run.buffer.get(run.at) {
            self.heap.push(Reverse((*entry, index)));
            run.at = run.at.saturating_add(1);
        }
        Ok(())
    }
}

fn entry(bytes: &[u8; WIDTH]) -> Option<Entry> {
    let (key, ordinal) = bytes.split_first_chunk::<16>()?;
    Some((*key, u64::from_be_bytes(*ordinal.first_chunk()?)))
}
