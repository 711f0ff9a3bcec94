//! Commitments: HMAC-SHA-256, a key for each record and field, all derived from the segment's key.
//!
//! Short values cannot be guessed from a commitment; one can be disclosed, by its own key, without the others; equal values
//! do not show as equal; and destroying a segment's key file shreds the evidence of values while the chain still verifies.

use super::{AuditError, CallId, hex};
use crate::own;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::Sha256;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The key of one segment.
#[derive(Clone)]
pub(super) struct SegmentKey {
    segment: u32,
    /// What every key is expanded from: HKDF's extraction of the key in the file.
    root: Zeroizing<[u8; 32]>,
}

/// What a record holds of a call's arguments.
#[derive(Debug, Serialize)]
pub struct Commitment {
    commit: String,
    len: usize,
    /// Of the values in them.
    leaves: Vec<String>,
}

/// Values inside of arguments that get a commitment of their own, in document order.
const LEAVES: usize = 32;

impl SegmentKey {
    pub(super) fn path(dir: &Path, kernel: &str, segment: u32) -> PathBuf {
        dir.join(format!("{kernel}.{segment:06}.key"))
    }

    /// Makes a key beside the segment, 0600.
    pub(super) fn create(dir: &Path, kernel: &str, segment: u32) -> Result<Self, AuditError> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut_slice()).map_err(|error| AuditError::Randomness(error.to_string()))?;
        let path = Self::path(dir, kernel, segment);
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(AuditError::io(&path))?;
        file.write_all(key.as_slice()).and_then(|()| file.sync_all()).map_err(AuditError::io(&path))?;
        Ok(Self::of_file(segment, &key))
    }

    /// The key of a segment, unless somebody destroyed it.
    pub(super) fn read(dir: &Path, kernel: &str, segment: u32) -> Result<Option<Self>, AuditError> {
        let path = Self::path(dir, kernel, segment);
        if !own::is_there(&path) {
            return Ok(None);
        }
        let key = own::key(&path)?;
        Ok(Some(Self::of_file(segment, &key)))
    }

    #[cfg(test)]
    pub(super) fn fixed() -> Self {
        Self::of_file(1, &[1; 32])
    }

    fn of_file(segment: u32, key: &[u8; 32]) -> Self {
        let (root, _) = Hkdf::<Sha256>::extract(None, key);
        Self { segment, root: Zeroizing::new(root.into()) }
    }

    /// The key of one field of one call.
    pub(super) fn of(&self, call: &str, field: &str) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        let info = [b"aegis audit v1\0".as_slice(), call.as_bytes(), b"\0", field.as_bytes()];
        // The only failures are a root under one hash and an output over 255; both are one.
        if let Ok(root) = Hkdf::<Sha256>::from_prk(self.root.as_slice()) {
            let _ignored = root.expand_multi_info(&info, key.as_mut_slice());
        }
        key
    }

    /// `SEGMENT:HEX`, so that a reader knows whose key it is under.
    pub(super) fn commit(&self, call: &str, field: &str, bytes: &[u8]) -> String {
        format!("{}:{}", self.segment, hex(&mac(&self.of(call, field), bytes)))
    }

    pub(super) fn commit_arguments(&self, call: &CallId, field: &str, arguments: &Map<String, Value>) -> Commitment {
        // Keys are texts and values are JSON, so this does not fail.
        let text = serde_json::to_string(arguments).unwrap_or_default();
        let mut leaves = Vec::new();
        arguments.values().for_each(|value| gather(value, &mut leaves));
        let leaves: Vec<String> = leaves
            .iter()
            .enumerate()
            .map(|(index, leaf)| self.commit(call.as_str(), &format!("{field}/{index}"), leaf.as_bytes()))
            .collect();
        Commitment { commit: self.commit(call.as_str(), field, text.as_bytes()), len: text.len(), leaves }
    }
}

/// Texts as they are, other scalars as JSON.
fn gather(value: &Value, leaves: &mut Vec<String>) {
    if leaves.len() >= LEAVES {
        return;
    }
    match value {
        Value::Null => {}
        Value::String(text) => leaves.push(text.clone()),
        Value::Bool(_) | Value::Number(_) => leaves.push(value.to_string()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, leaves)),
        Value::Object(map) => map.values().for_each(|item| gather(item, leaves)),
    }
}

pub(super) fn mac(key: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length; the error type is shared with ciphers that do not.
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(bytes);
            mac.finalize().into_bytes().into()
        }
        Err(_) => [0; 32],
    }
}
