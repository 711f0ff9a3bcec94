//! What a start demands of the logs: that they are not older than what is anchored, and that they hold together where somebody
//! rests on them.
//!
//! *Invariants.* Whoever can write to the state directory can put back an older copy of all of it, logs, head rows, keys and
//! receipts together, and nothing in that copy shows it: only a checkpoint that is kept elsewhere, and asked for, does.

use super::AuditError;
use super::anchor;
use super::heads::Heads;
use super::note::{Checkpoint, Note};
use super::registry::{self, Event, Reading};
use super::scan::{kernels, name_of, segment_path};
use super::verdict::{Difference, Kind};
use super::verify::{known, registry_against};
use super::walk::walk;
use super::writer::origin;
use std::collections::BTreeMap;
use std::path::Path;

/// Walks the logs of every kernel that may have said something since the first of these began, oldest first: chains, keys,
/// signatures, registry and head rows. `visit` gets the kernel and each line.
///
/// # Errors
/// What cannot be read, and a difference: then nothing rests on any of it.
pub(crate) fn since(
    dir: &Path,
    heads: &Path,
    first: &[&str],
    mut visit: impl FnMut(&str, &[u8], &str),
) -> Result<(), AuditError> {
    let rows = Heads::read(heads)?;
    let reading = registry::read(dir, true)?;
    if let Some(difference) = reading.difference {
        return Err(AuditError::Tampered(difference));
    }
    let begun = reading.started().find(|(entry, _)| first.contains(&entry.kernel.as_str()));
    // A kernel that nobody registered told nobody anything.
    let Some((begun, _)) = begun.map(|(entry, _)| (entry.seq, entry)) else { return Ok(()) };
    let is_over = |kernel: &str| {
        let end =
            reading.entries.iter().find(|entry| entry.kernel == kernel && matches!(entry.event, Event::End { .. }));
        end.is_some_and(|end| end.seq < begun)
    };
    let files = kernels(dir)?;
    for (entry, _) in reading.started().filter(|(entry, _)| !is_over(&entry.kernel)) {
        let kernel = entry.kernel.as_str();
        let head = rows.as_ref().map_or(Ok(None), |rows| rows.of(kernel))?;
        let segments = files.get(kernel).ok_or_else(|| missing(dir, kernel))?;
        let known = known(kernel, &reading, head.as_ref(), Vec::new());
        let walked = walk(dir, kernel, segments, &known, |line, lead| visit(kernel, line, lead.event))?;
        if let Some(difference) = walked.difference {
            return Err(AuditError::Tampered(difference));
        }
    }
    Ok(())
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
    let walked = walk(dir, &kernel, segments, &known, |_, _| {})?;
    walked.difference.map_or(Ok(()), |difference| Err(AuditError::Tampered(difference)))
}

fn missing(dir: &Path, kernel: &str) -> AuditError {
    AuditError::Tampered(Difference::new(name_of(&segment_path(dir, kernel, 1)), 0, 1, Kind::Missing))
}
