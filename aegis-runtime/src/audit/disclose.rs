//! Disclosing one value to an auditor: one record, the key of one field, and the proof that a signed checkpoint covers it.
//! Nothing of any other record is given away.

use super::find::commitments;
use super::keys::{SegmentKey, mac};
use super::line::lead;
use super::merkle::{Hash, climb, leaf, proof};
use super::note::{Checkpoint, Note, PublicKey};
use super::scan::{Lines, kernels, name_of};
use super::{AuditError, hex};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;

/// What is handed over.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// The log file it is from.
    pub file: String,
    /// The record, byte for byte.
    pub record: String,
    /// The record's number in its kernel's log, from 1.
    pub seq: u64,
    /// Which value of it.
    pub field: String,
    /// The key of this value's commitment, hex.
    pub key: String,
    /// The signed checkpoint that covers the record: compare it with the anchor you hold.
    pub checkpoint: String,
    /// The public key that signed it.
    pub signer: String,
    /// Hashes from the record up to the checkpoint's root, hex.
    pub proof: Vec<String>,
}

/// Digits of an id that `show` lists, and that name a call.
const SHORT: usize = 12;

fn named(id: &str, call: &str) -> bool {
    id == call || (call.len() >= SHORT && id.ends_with(call))
}

/// Makes the disclosure of one field of a call, named by its id or the end of it: `args`, `args/N`, `asked`, `asked/N`,
/// `result`.
///
/// # Errors
/// No such call or field, a destroyed key, or no checkpoint that covers it yet.
pub fn disclose(dir: &Path, call: &str, field: &str) -> Result<Disclosure, AuditError> {
    for (kernel, segments) in kernels(dir)? {
        let (mut leaves, mut wanted, mut signer) = (Vec::new(), None, String::new());
        for (_, path) in segments {
            let mut lines = Lines::open(&path)?;
            while let Some(line) = lines.next()? {
                let Some(head) = lead(line) else { continue };
                let read = || serde_json::from_slice::<Value>(line).unwrap_or_default();
                match head.event {
                    "call.decided" | "call.outcome" if wanted.is_none() => {
                        let record = read();
                        if named(text(&record, "call"), call)
                            && let Some((_, commit)) = commitments(&record).into_iter().find(|(name, _)| name == field)
                        {
                            wanted =
                                Some((name_of(&path), String::from_utf8_lossy(line).into_owned(), head.seq, commit));
                        }
                    }
                    "segment.open" => text(&read(), "key").clone_into(&mut signer),
                    "checkpoint" | "segment.seal" if wanted.is_some() => {
                        let Some((file, record, seq, commit)) = wanted.take() else { continue };
                        let id: Value = serde_json::from_str(&record).unwrap_or_default();
                        let id = text(&id, "call");
                        let key =
                            segment_key(dir, &kernel, &commit)?.ok_or_else(|| AuditError::Shredded(file.clone()))?;
                        return Ok(Disclosure {
                            file,
                            record,
                            seq,
                            field: field.to_owned(),
                            key: hex(key.of(id, field).as_slice()),
                            checkpoint: text(&read(), "note").to_owned(),
                            signer,
                            proof: proof(&leaves, index(seq)).iter().map(|hash| hex(hash)).collect(),
                        });
                    }
                    _ => {} // other records only fill the tree
                }
                leaves.push(leaf(line));
            }
        }
        if wanted.is_some() {
            return Err(AuditError::Disclosure("no checkpoint covers the record yet; try again in a second"));
        }
    }
    Err(AuditError::NoCall(super::line::plain(&format!("{call}` with a value `{field}"))))
}

/// Checks a disclosure against the value that was handed over with it.
///
/// # Errors
/// What does not hold.
pub fn check(disclosure: &Disclosure, value: &[u8]) -> Result<(), AuditError> {
    let fails = AuditError::Disclosure;
    let key: PublicKey = disclosure.signer.parse().map_err(|()| fails("the signer's key cannot be read"))?;
    let note: Note = disclosure.checkpoint.parse().map_err(|()| fails("the checkpoint cannot be read"))?;
    let text = note.open(&key).ok_or(fails("the checkpoint is not signed by that key"))?;
    let checkpoint: Checkpoint = text.parse().map_err(|()| fails("the checkpoint cannot be read"))?;
    let path: Option<Vec<Hash>> = disclosure.proof.iter().map(|hash| unhex(hash)).collect();
    let path = path.ok_or(fails("the proof cannot be read"))?;
    let at = disclosure.seq.saturating_sub(1);
    if climb(leaf(disclosure.record.as_bytes()), at, checkpoint.size, &path) != Some(checkpoint.root) {
        return Err(fails("the record is not under the checkpoint"));
    }
    let record: Value = serde_json::from_str(&disclosure.record).map_err(|_| fails("the record cannot be read"))?;
    let key = unhex(&disclosure.key).ok_or(fails("the value's key cannot be read"))?;
    let commit = commitments(&record).into_iter().find(|(name, _)| *name == disclosure.field);
    let stated = commit.as_ref().and_then(|(_, commit)| commit.split_once(':')).map(|(_, hex)| hex);
    if stated == Some(hex(&mac(&key, value)).as_str()) {
        Ok(())
    } else {
        Err(fails("the record did not commit to this value"))
    }
}

fn segment_key(dir: &Path, kernel: &str, commit: &str) -> Result<Option<SegmentKey>, AuditError> {
    match commit.split_once(':').and_then(|(segment, _)| segment.parse().ok()) {
        Some(segment) => SegmentKey::read(dir, kernel, segment),
        None => Ok(None),
    }
}

fn text<'record>(record: &'record Value, key: &str) -> &'record str {
    record.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn index(seq: u64) -> usize {
    usize::try_from(seq.saturating_sub(1)).unwrap_or(usize::MAX)
}

fn unhex(text: &str) -> Option<Hash> {
    let pairs = text.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    pairs.collect::<Option<Vec<u8>>>()?.try_into().ok()
}
