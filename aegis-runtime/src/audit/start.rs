//! What a start demands of the logs: that they are not older than what is anchored.
//!
//! *Invariants.* Whoever can write to the state directory can put back an older copy of all of it, logs, head rows, keys and
//! receipts together, and nothing in that copy shows it: only a checkpoint that is kept elsewhere, and asked for, does.

use super::AuditError;
use super::anchor;
use super::follow::missing;
use super::heads::Heads;
use super::note::{Checkpoint, Note};
use super::registry::Reading;
use super::scan::kernels;
use super::verify::{known, registry_against};
use super::walk::walk;
use super::writer::origin;
use std::collections::BTreeMap;
use std::path::Path;

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
