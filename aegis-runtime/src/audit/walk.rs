//! One kernel's log from its first line to its last, compared with everything that is known of it from elsewhere.
//!
//! *Invariants.* A line is accepted only if it is of this kernel, has the next number, and names the hash of the line before;
//! files are contiguous, each begins by naming the key that the file before it sealed, and ends in one seal by its own key.

use super::line::{GENESIS, Lead, hash, lead};
use super::merkle::{Frontier, Hash};
use super::note::{Checkpoint, Note, PublicKey};
use super::scan::{Lines, lives, name_of, segment_path};
use super::verdict::{Difference, Kind};
use super::writer::origin;
use super::{AuditError, hex};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What is known of a log from elsewhere.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The key of the first file, by the registry.
    pub(super) key: Option<PublicKey>,
    /// Numbers and hashes of records: head row, registry.
    pub(super) marks: Vec<(u64, String)>,
    /// Its last record, by the registry or a closed head row.
    pub(super) end: Option<u64>,
    /// Checkpoints that somebody kept elsewhere, by size.
    pub(super) anchors: Vec<(Note, Checkpoint)>,
}

/// What a walk found; where the log grows, it goes on from there.
#[derive(Debug)]
pub(super) struct Walk {
    kernel: String,
    pub(super) known: Known,
    dir: PathBuf,
    /// The file that was read last; 0 before the first.
    number: u32,
    pub(super) seq: u64,
    pub(super) hash: Hash,
    pub(super) difference: Option<Difference>,
    /// The size of the last settling checkpoint that more records follow: no honest head row is older.
    pub(super) settled: u64,
    settling: u64,
    /// The last checkpoint.
    pub(super) signed: u64,
    /// Bytes after the last newline of the last file, and its whole length.
    pub(super) torn: u64,
    pub(super) whole: u64,
    pub(super) last_file: PathBuf,
    tree: Frontier,
    /// Every key so far; the last one is the current file's.
    keys: Vec<PublicKey>,
    next: Option<PublicKey>,
    sealed: bool,
    file: String,
    before: (String, u64),
}

/// Walks a log; `visit` gets every accepted line.
pub(super) fn walk(
    dir: &Path,
    kernel: &str,
    segments: &[(u32, PathBuf)],
    known: Known,
    visit: impl FnMut(&[u8], &Lead<'_>),
) -> Result<Walk, AuditError> {
    let mut walk = Walk::new(dir, kernel, known);
    walk.on(segments, visit)?;
    Ok(walk)
}

impl Walk {
    /// At the beginning.
    pub(super) fn new(dir: &Path, kernel: &str, known: Known) -> Self {
        Self {
            kernel: kernel.to_owned(),
            dir: dir.to_owned(),
            number: 0,
            seq: 0,
            hash: GENESIS,
            difference: None,
            settled: 0,
            settling: 0,
            signed: 0,
            torn: 0,
            whole: 0,
            last_file: segment_path(dir, kernel, 1),
            tree: Frontier::default(),
            keys: Vec::new(),
            next: known.key.clone(),
            sealed: false,
            file: String::new(),
            before: (String::new(), 0),
            known,
        }
    }

    /// Reads what is new since the last time; `segments` are all files as they are now.
    pub(super) fn on(
        &mut self,
        segments: &[(u32, PathBuf)],
        mut visit: impl FnMut(&[u8], &Lead<'_>),
    ) -> Result<(), AuditError> {
        for (index, (segment, path)) in segments.iter().enumerate() {
            let due = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
            if self.difference.is_some() || due < self.number {
                continue;
            }
            if *segment != due {
                let name = name_of(&segment_path(&self.dir, &self.kernel, due));
                self.difference = Some(Difference::new(name, 0, self.next_seq(), Kind::Missing));
            } else if due > 1 && due > self.number && !self.sealed {
                self.differs(self.whole, self.next_seq(), Kind::Truncated);
            } else {
                self.segment(due, path, &mut visit)?;
            }
        }
        if self.difference.is_none() {
            self.close();
        }
        Ok(())
    }

    /// Whether the kernel of the log lives.
    pub(super) fn lives(&self) -> bool {
        lives(&self.dir, &self.kernel)
    }

    fn next_seq(&self) -> u64 {
        self.seq.saturating_add(1)
    }

    fn differs(&mut self, offset: u64, seq: u64, what: Kind) {
        self.difference = Some(Difference::new(self.file.clone(), offset, seq, what));
    }

    fn segment(
        &mut self,
        number: u32,
        path: &Path,
        visit: &mut impl FnMut(&[u8], &Lead<'_>),
    ) -> Result<(), AuditError> {
        if number != self.number {
            (self.number, self.whole, self.sealed) = (number, 0, false);
            (self.file, self.last_file) = (name_of(path), path.to_owned());
        }
        let mut lines = Lines::open_at(path, self.whole)?;
        let mut first = self.whole == 0;
        loop {
            if lines.is_overlong() {
                self.differs(lines.offset, self.next_seq(), Kind::Inserted);
                break;
            }
            let Some(line) = lines.next()? else { break };
            let line = line.to_vec();
            let at = lines.start;
            let Some(record) = lead(&line) else {
                self.differs(at, self.next_seq(), Kind::Edited);
                break;
            };
            self.place(&record, &line, &lines, first);
            if self.difference.is_none() {
                self.meaning(&record, &line, &lines, number, first);
            }
            if self.difference.is_some() {
                break;
            }
            visit(&line, &record);
            first = false;
            self.before = (self.file.clone(), at);
        }
        (self.torn, self.whole) = (lines.torn, lines.offset);
        if self.difference.is_none() && self.sealed && self.torn > 0 {
            // A seal is the last that is written to a file: no crash leaves anything behind it.
            self.differs(self.whole, self.next_seq(), Kind::Inserted);
        }
        Ok(())
    }

    /// Kernel, number, hash of the line before.
    fn place(&mut self, record: &Lead<'_>, line: &[u8], lines: &Lines, first: bool) {
        let (at, due) = (lines.start, self.next_seq());
        // Parsed only where something is wrong.
        let next = || lines.peek().and_then(lead);
        if record.kernel != self.kernel {
            return self.differs(at, due, if first { Kind::Swapped } else { Kind::Spliced });
        }
        if record.seq != due {
            if first && self.seq > 0 && record.event == "segment.open" {
                return self.differs(at, due, Kind::Swapped);
            }
            if record.seq > due {
                let later = reads_later(lines, due);
                return self.differs(at, due, if later { Kind::Reordered } else { Kind::Missing });
            }
            // One of two with a number is the intruder: the one that the next line does not hang on.
            let this_is_genuine = next().is_some_and(|next| next.prev == hex(&hash(line)));
            if record.seq == self.seq && this_is_genuine {
                let (file, at) = self.before.clone();
                self.difference = Some(Difference::new(file, at, record.seq, Kind::Inserted));
                return;
            }
            return self.differs(at, record.seq, Kind::Inserted);
        }
        if record.prev != hex(&self.hash) {
            let own = hex(&hash(line));
            let genuine = match next() {
                Some(next) if next.seq == due => return self.differs(at, due, Kind::Inserted),
                Some(next) => next.prev == own,
                None => self.known.marks.iter().any(|(seq, hash)| *seq == due && *hash == own),
            };
            if genuine && self.seq > 0 {
                // The line before is not the one that this line was written after.
                let (file, at) = self.before.clone();
                self.difference = Some(Difference::new(file, at, self.seq, Kind::Edited));
            } else {
                self.differs(at, due, Kind::Edited);
                if let Some(difference) = &mut self.difference {
                    difference.from = self.seq.max(1);
                }
            }
        }
    }

    /// Keys, seals, signatures, and what is known from elsewhere.
    fn meaning(&mut self, record: &Lead<'_>, line: &[u8], lines: &Lines, number: u32, first: bool) {
        let at = lines.start;
        let own = hash(line);
        // Whether the chain goes on over this line as it stands: then it was not merely edited.
        let chained = || lines.peek().and_then(lead).is_some_and(|next| next.prev == hex(&own));
        if self.sealed {
            return self.differs(at, record.seq, Kind::Inserted);
        }
        if first != (record.event == "segment.open") {
            return self.differs(at, record.seq, if first { Kind::Missing } else { Kind::Inserted });
        }
        if let Some((_, stated)) = self.known.marks.iter().find(|(seq, _)| *seq == record.seq)
            && *stated != hex(&own)
        {
            return self.rewritten(at, record.seq, chained());
        }
        match record.event {
            "segment.open" if !self.opens(line, number) => return self.rewritten(at, record.seq, chained()),
            "checkpoint" | "segment.seal" => {
                match self.signature(line, number, record.event == "segment.seal") {
                    Ok(()) => {}
                    // Signed, but of other records than these: the chain before it was written anew.
                    Err(Kind::Forked) => return self.rewritten(at, record.seq, true),
                    Err(Kind::OldKey) => return self.differs(at, record.seq, Kind::OldKey),
                    Err(_) => return self.rewritten(at, record.seq, chained()), // no signature of this log's
                }
            }
            _ => self.settled = self.settling, // other records say nothing of the log itself
        }
        self.seq = record.seq;
        self.hash = own;
        self.tree.push(line);
        let size = self.tree.size();
        if let Some((_, anchor)) = self.known.anchors.iter().find(|(_, anchor)| anchor.size == size)
            && anchor.root != self.tree.root()
        {
            self.rewritten(at, record.seq, true);
        }
    }

    /// Edited, or part of another history that was written since the last good checkpoint.
    fn rewritten(&mut self, at: u64, seq: u64, chained: bool) {
        self.differs(at, seq, if chained { Kind::Forked } else { Kind::Edited });
        if let Some(difference) = self.difference.as_mut().filter(|_| chained) {
            difference.from = self.signed.saturating_add(1).min(seq);
        }
    }

    fn opens(&mut self, line: &[u8], number: u32) -> bool {
        let record: Value = serde_json::from_slice(line).unwrap_or_default();
        let key = record.get("key").and_then(Value::as_str).and_then(|key| key.parse::<PublicKey>().ok());
        let right = record.get("segment").and_then(Value::as_u64) == Some(u64::from(number));
        // Where no registry names the first key, the log's own word is all there is; the caller says so.
        let Some(key) = key.filter(|key| right && self.next.as_ref().is_none_or(|next| next == key)) else {
            return false;
        };
        self.keys.push(key);
        self.next = None;
        true
    }

    fn signature(&mut self, line: &[u8], number: u32, seal: bool) -> Result<(), Kind> {
        let record: Value = serde_json::from_slice(line).map_err(|_| Kind::Edited)?;
        let note: Note =
            record.get("note").and_then(Value::as_str).and_then(|note| note.parse().ok()).ok_or(Kind::Edited)?;
        let Some(text) = self.keys.last().and_then(|key| note.open(key)) else {
            let old = self.keys.iter().rev().skip(1).any(|key| note.open(key).is_some());
            return Err(if old { Kind::OldKey } else { Kind::Edited });
        };
        let checkpoint: Checkpoint = text.parse().map_err(|()| Kind::Edited)?;
        let fits = checkpoint.origin == origin(&self.kernel)
            && checkpoint.size == self.tree.size()
            && checkpoint.root == self.tree.root();
        let number_fits = !seal || record.get("segment").and_then(Value::as_u64) == Some(u64::from(number));
        if !fits || !number_fits || (!seal && checkpoint.next.is_some()) {
            return Err(Kind::Forked);
        }
        self.signed = checkpoint.size;
        if record.get("settles").and_then(Value::as_bool) == Some(true) {
            self.settling = checkpoint.size;
        }
        if seal {
            (self.sealed, self.next) = (true, checkpoint.next);
        }
        Ok(())
    }

    /// What is known of records that are not there, or not supposed to be.
    fn close(&mut self) {
        let further = self.known.marks.iter().map(|(seq, _)| *seq).max().unwrap_or_default();
        let anchored = self.known.anchors.iter().map(|(_, anchor)| anchor.size).max().unwrap_or_default();
        if further > self.seq {
            self.differs(self.whole, self.next_seq(), Kind::Truncated);
        } else if anchored > self.seq {
            // Log and head rows agree with each other, and both are older than what was seen outside.
            self.differs(self.whole, self.next_seq(), Kind::RolledBack);
        } else if self.known.end.is_some_and(|end| self.seq > end) {
            let end = self.known.end.unwrap_or_default();
            self.differs(self.whole, end.saturating_add(1), Kind::Inserted);
        } else if self.known.end.is_some() && self.torn > 0 {
            // Its end was written down when it stood: half a line came later.
            self.differs(self.whole, self.next_seq(), Kind::Inserted);
        } else if self.next.is_some() && self.sealed {
            // Sealed with a successor whose file is gone, or was never made: a crash in between has no end recorded.
            if self.known.end.is_some_and(|end| end != self.seq) {
                self.differs(self.whole, self.next_seq(), Kind::Missing);
            }
        }
        if self.difference.is_none()
            && self.known.anchors.iter().any(|(note, _)| !self.keys.iter().any(|key| note.open(key).is_some()))
        {
            self.differs(0, 1, Kind::Forked);
        }
    }
}

/// Whether a record with this number stands further down in the same file.
fn reads_later(lines: &Lines, seq: u64) -> bool {
    let Ok(mut again) = lines.again() else { return false };
    while let Ok(Some(line)) = again.next() {
        if lead(line).is_some_and(|record| record.seq == seq) {
            return true;
        }
    }
    false
}
