//! What a start demands of the logs: that they hold together, as far as it reads them, and are not older than what is anchored.
//!
//! It reads the newest logs from end to end, as many as a moment permits; of a newest one that is longer, the last file, which must
//! lead line by line to the end that the registry signed. Every log must be there. `aegis audit verify` reads the rest.
//!
//! *Invariants.* Whoever can write to the state directory can put back an older copy of all of it, logs, head rows, keys and
//! receipts together, and nothing in that copy shows it: only a checkpoint that is kept elsewhere, and asked for, does.

use super::anchor;
use super::follow::missing;
use super::heads::Heads;
use super::line::{hash, lead};
use super::note::{Checkpoint, Note};
use super::registry::Reading;
use super::scan::{Lines, kernels, name_of};
use super::verdict::{Difference, Kind};
use super::verify::{known, registry_against};
use super::walk::walk;
use super::writer::origin;
use super::{AuditError, hex};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// So many bytes of the newest logs a start reads from end to end.
pub(super) const READ: u64 = 8 << 20;

/// Looks at the logs of kernels that ended. Those of kernels that are gone without an end are the recovery's.
///
/// # Errors
/// The first difference.
pub(super) fn held(dir: &Path, heads: &Heads, reading: &Reading, most: u64) -> Result<(), AuditError> {
    let files = kernels(dir)?;
    let started: Vec<_> = reading.started().map(|(entry, _)| entry.kernel.as_str()).collect();
    let ends: BTreeMap<&str, (u64, &str)> = reading.ends().collect();
    let ended = started.iter().rev().filter_map(|kernel| Some((*kernel, *ends.get(kernel)?)));
    let mut read = 0_u64;
    for (index, (kernel, (records, end))) in ended.enumerate() {
        let segments = files.get(kernel).ok_or_else(|| missing(dir, kernel))?;
        let length = |path: &Path| fs::symlink_metadata(path).map_or(0, |meta| meta.len());
        read = segments.iter().fold(read, |read, (_, path)| read.saturating_add(length(path)));
        let difference = if read <= most {
            let known = known(kernel, reading, heads.of(kernel)?.as_ref(), Vec::new());
            walk(dir, kernel, segments, known, |_, _| {})?.difference
        } else if let (0, Some((_, last))) = (index, segments.last()) {
            leads_to(last, records, end)?
        } else {
            None
        };
        difference.map_or(Ok(()), |difference| Err(AuditError::Tampered(difference)))?;
    }
    Ok(())
}

/// Whether each line of a file names the one before it, and the last is the one that is known.
fn leads_to(path: &Path, records: u64, end: &str) -> Result<Option<Difference>, AuditError> {
    let differs = |at, seq, kind| Ok(Some(Difference::new(name_of(path), at, seq, kind)));
    let mut lines = Lines::open(path)?;
    let mut before: Option<(u64, String)> = None;
    while let Some(line) = lines.next()? {
        let own = hex(&hash(line));
        let record = lead(line).map(|record| (record.seq, record.prev.to_owned()));
        let at = lines.start;
        match (record, &before) {
            (Some((seq, _)), None) => before = Some((seq, own)),
            (Some((seq, prev)), Some((last, hash))) if seq == last.saturating_add(1) && prev == *hash => {
                before = Some((seq, own));
            }
            (_, before) => {
                return differs(at, before.as_ref().map_or(1, |(seq, _)| seq.saturating_add(1)), Kind::Edited);
            }
        }
    }
    match before {
        Some((seq, hash)) if seq == records && hash == end => Ok(None),
        Some((seq, _)) if seq == records => differs(lines.start, seq, Kind::Edited),
        Some((seq, _)) if seq > records => differs(lines.start, seq, Kind::Inserted),
        last => differs(lines.offset, last.map_or(1, |(seq, _)| seq.saturating_add(1)), Kind::Truncated),
    }
}

/// Asks the anchor for the newest checkpoint that it holds, and holds the registry and that kernel's log against it.
///
/// # Errors
/// An anchor that cannot be asked, or lost what it took; a log or a registry that is older than it, or another.
pub(super) fn anchored(dir: &Path, heads: &Heads, reading: &Reading, argv: &[&str]) -> Result<(), AuditError> {
    let unanchored = |reason: String| AuditError::Unanchored { reason };
    let Some((program, arguments)) = argv.split_first() else { return Ok(()) };
    let text = anchor::ask(program, arguments).map_err(|error| unanchored(error.to_string()))?;
    let foreign = || unanchored(format!("what `{program}` holds is no file of checkpoints"));
    let Some(note) = Note::parse_all(&text).ok_or_else(foreign)?.pop() else {
        // Nothing is anchored before the first kernel; later, only where the anchor is new.
        let was = dir.join(anchor::NOTED).exists();
        return if was { Err(unanchored(format!("`{program}` holds none of those it took"))) } else { Ok(()) };
    };
    let checkpoint: Checkpoint = note.unchecked().parse().map_err(|()| foreign())?;
    let kernel = checkpoint.origin.strip_prefix(&origin("")).ok_or_else(foreign)?.to_owned();
    let notes = BTreeMap::from([(checkpoint.origin.clone(), vec![(note.clone(), checkpoint.clone())])]);
    if let Some(difference) = registry_against(reading, None, None, &notes)? {
        return Err(AuditError::Tampered(difference));
    }
    let files = kernels(dir)?;
    let segments = files.get(&kernel).ok_or_else(|| missing(dir, &kernel))?;
    let head = heads.of(&kernel)?;
    let known = known(&kernel, reading, head.as_ref(), vec![(note, checkpoint)]);
    let walked = walk(dir, &kernel, segments, known, |_, _| {})?;
    walked.difference.map_or(Ok(()), |difference| Err(AuditError::Tampered(difference)))
}
