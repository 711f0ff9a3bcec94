//! The files of an audit directory, and their lines.

use super::AuditError;
use crate::own;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Longest line that a reader takes; the writer's are far shorter.
const LINE_LIMIT: u64 = 64 << 20;

/// `KERNEL.SEGMENT.jsonl`.
pub(super) fn segment_path(dir: &Path, kernel: &str, segment: u32) -> PathBuf {
    dir.join(format!("{kernel}.{segment:06}.jsonl"))
}

/// The segments of each kernel, in order; kernels by id, which is by time.
pub(super) fn kernels(dir: &Path) -> Result<BTreeMap<String, Vec<(u32, PathBuf)>>, AuditError> {
    let mut found: BTreeMap<String, Vec<(u32, PathBuf)>> = BTreeMap::new();
    if dir.exists() {
        for entry in fs::read_dir(dir).map_err(AuditError::io(dir))? {
            let path = entry.map_err(AuditError::io(dir))?.path();
            let name = name_of(&path);
            let Some((kernel, segment)) = name.strip_suffix(".jsonl").and_then(|stem| stem.rsplit_once('.')) else {
                continue;
            };
            if let Ok(segment) = segment.parse() {
                own::regular(&path)?;
                found.entry(kernel.to_owned()).or_default().push((segment, path));
            }
        }
    }
    found.values_mut().for_each(|segments| segments.sort());
    Ok(found)
}

/// All log files, by kernel and segment.
pub(super) fn log_files(dir: &Path) -> Result<Vec<PathBuf>, AuditError> {
    Ok(kernels(dir)?.into_values().flatten().map(|(_, path)| path).collect())
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A file's whole lines, one at a time, in memory for two.
pub(super) struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    current: Vec<u8>,
    ahead: Vec<u8>,
    /// Where the line that was read last begins.
    pub(super) start: u64,
    /// Where the next one begins; in the end, the bytes of all whole lines.
    pub(super) offset: u64,
    /// Bytes after the last newline, once everything was read.
    pub(super) torn: u64,
}

impl Lines {
    pub(super) fn open(path: &Path) -> Result<Self, AuditError> {
        Self::open_at(path, 0)
    }

    /// From a place where a line begins.
    pub(super) fn open_at(path: &Path, offset: u64) -> Result<Self, AuditError> {
        let mut file = own::plain(path, OpenOptions::new().read(true))?;
        file.seek(SeekFrom::Start(offset)).map_err(AuditError::io(path))?;
        let reader = BufReader::with_capacity(1 << 18, file);
        let (current, ahead) = (Vec::new(), Vec::new());
        let mut lines = Self { path: path.to_owned(), reader, current, ahead, start: offset, offset, torn: 0 };
        lines.fill()?;
        Ok(lines)
    }

    /// The next line without its newline.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, AuditError> {
        if self.is_overlong() {
            return Err(AuditError::Place { path: self.path.clone(), reason: "holds a line over 64 MiB" });
        }
        if self.ahead.last() != Some(&b'\n') {
            self.torn = length(&self.ahead);
            return Ok(None);
        }
        std::mem::swap(&mut self.current, &mut self.ahead);
        self.fill()?;
        self.start = self.offset;
        self.offset = self.offset.saturating_add(length(&self.current));
        self.current.pop();
        Ok(Some(&self.current))
    }

    /// Whether the next line is longer than any that was ever written.
    pub(super) fn is_overlong(&self) -> bool {
        length(&self.ahead) >= LINE_LIMIT
    }

    /// The line after the one that was read last, if it is whole.
    pub(super) fn peek(&self) -> Option<&[u8]> {
        self.ahead.strip_suffix(b"\n")
    }

    /// The same file from its beginning.
    pub(super) fn again(&self) -> Result<Self, AuditError> {
        Self::open(&self.path)
    }

    fn fill(&mut self) -> Result<(), AuditError> {
        self.ahead.clear();
        let mut limited = (&mut self.reader).take(LINE_LIMIT);
        limited.read_until(b'\n', &mut self.ahead).map_err(AuditError::io(&self.path))?;
        Ok(())
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// Whether a kernel lives: it holds a lock on its first file. Who asks holds another for a moment, and whoever starts in that
/// moment takes a kernel that is gone for one that lives: only asked where it matters.
pub(crate) fn lives(dir: &Path, kernel: &str) -> bool {
    let first = own::plain(&segment_path(dir, kernel, 1), OpenOptions::new().read(true));
    first.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}
