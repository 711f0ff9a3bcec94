//! Receipts for people elsewhere: a DSSE envelope around an in-toto statement, signed by the state directory's key, verified
//! offline against a public key that the reader already holds.
//!
//! *Invariants.* The key that came inside of a file is never trusted. The signature is over DSSE's pre-authentication encoding,
//! checked strictly, before a byte of the payload is read. An exported receipt is evidence and opens no gate: the kernel reads
//! its own rows only. Formats: DSSE 1.0.2, in-toto Statement v1, predicate test-result v0.1.

use super::Receipt;
use crate::audit::hex;
use crate::own;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use zeroize::Zeroizing;

const PAYLOAD: &str = "application/vnd.in-toto+json";
const STATEMENT: &str = "https://in-toto.io/Statement/v1";
const PREDICATE: &str = "https://in-toto.io/attestation/test-result/v0.1";
/// Longest envelope that is read.
const ENVELOPE: u64 = 1024 * 1024;

/// Why an exported receipt does not verify.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file cannot be read or written.
    #[error("`{path}`: {source}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The signing key is no file of ours, or no key.
    #[error(transparent)]
    Own(#[from] own::OwnError),
    /// The key is none.
    #[error("that is no Ed25519 public key: 64 hexadecimal digits, as `aegis receipt key` prints")]
    Key,
    /// There is no randomness for a key.
    #[error("no randomness")]
    Randomness,
    /// The envelope is none, or not about a receipt.
    #[error("the envelope: {0}")]
    Envelope(&'static str),
    /// The signature is not by the key.
    #[error("no signature of this key stands under it: forged, changed, or signed by another")]
    Signature,
    /// The data is not what was validated.
    #[error("the data is not what the receipt is for: its SHA-256 differs")]
    Data,
}

/// The signing key of a state directory: made once, 0600.
pub struct Signatory {
    key: SigningKey,
}

impl Signatory {
    /// Reads the key, or makes it.
    ///
    /// # Errors
    /// A file that cannot be read or made.
    pub fn open(path: &Path) -> Result<Self, ExportError> {
        let mut new = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *new).map_err(|_| ExportError::Randomness)?;
        let seed = own::key_or(path, &new)?;
        Ok(Self { key: SigningKey::from_bytes(&seed) })
    }

    /// The public key, lower-case hex.
    #[must_use]
    pub fn public(&self) -> String {
        hex(self.key.verifying_key().as_bytes())
    }

    /// A signed envelope about a receipt.
    #[must_use]
    pub fn envelope(&self, receipt: &Receipt) -> Value {
        let payload = statement(receipt).to_string();
        let signature = self.key.sign(&pre_authentication(payload.as_bytes()));
        json!({
            "payloadType": PAYLOAD,
            "payload": STANDARD.encode(&payload),
            "signatures": [{"keyid": key_id(&self.key.verifying_key()), "sig": STANDARD.encode(signature.to_bytes())}],
        })
    }
}

/// Verifies an envelope, and a file of data against it where one is given; returns the statement.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify(envelope: &Path, key: &str, data: Option<&Path>) -> Result<Value, ExportError> {
    let io = |path: &Path| {
        let path = path.display().to_string();
        move |source| ExportError::Io { path, source }
    };
    let key = verifying_key(key)?;
    let mut text = Vec::new();
    fs::File::open(envelope).and_then(|file| file.take(ENVELOPE).read_to_end(&mut text)).map_err(io(envelope))?;
    let statement = opened(&text, &key)?;
    if let Some(path) = data {
        let mut file = fs::File::open(path).map_err(io(path))?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = file.read(&mut buffer).map_err(io(path))?;
            if read == 0 {
                break;
            }
            hasher.update(buffer.get(..read).unwrap_or_default());
        }
        let digest = statement.pointer("/subject/0/digest/sha256").and_then(Value::as_str);
        if digest != Some(hex(&hasher.finalize()).as_str()) {
            return Err(ExportError::Data);
        }
    }
    Ok(statement)
}

fn opened(text: &[u8], key: &VerifyingKey) -> Result<Value, ExportError> {
    let envelope: Value = serde_json::from_slice(text).map_err(|_| ExportError::Envelope("no JSON"))?;
    if envelope.get("payloadType").and_then(Value::as_str) != Some(PAYLOAD) {
        return Err(ExportError::Envelope("another payload type"));
    }
    let decoded = |value: Option<&Value>| value.and_then(Value::as_str).and_then(|text| STANDARD.decode(text).ok());
    let payload = decoded(envelope.get("payload")).ok_or(ExportError::Envelope("no payload"))?;
    let signatures = envelope.get("signatures").and_then(Value::as_array).ok_or(ExportError::Envelope("unsigned"))?;
    let signed = pre_authentication(&payload);
    let holds = signatures.iter().any(|signature| {
        let bytes = decoded(signature.get("sig")).and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
        bytes.is_some_and(|bytes| key.verify_strict(&signed, &Signature::from_bytes(&bytes)).is_ok())
    });
    if !holds {
        return Err(ExportError::Signature);
    }
    let statement: Value = serde_json::from_slice(&payload).map_err(|_| ExportError::Envelope("no JSON inside"))?;
    let is = |pointer: &str, text: &str| statement.pointer(pointer).and_then(Value::as_str) == Some(text);
    if !is("/_type", STATEMENT) || !is("/predicateType", PREDICATE) {
        return Err(ExportError::Envelope("another statement"));
    }
    Ok(statement)
}

fn verifying_key(text: &str) -> Result<VerifyingKey, ExportError> {
    let digits = text.trim().as_bytes();
    let mut bytes = [0_u8; 32];
    if digits.len() != 64 {
        return Err(ExportError::Key);
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
        let pair = std::str::from_utf8(pair).map_err(|_| ExportError::Key)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| ExportError::Key)?;
    }
    VerifyingKey::from_bytes(&bytes).map_err(|_| ExportError::Key)
}

fn key_id(key: &VerifyingKey) -> String {
    hex(&Sha256::digest(key.as_bytes()))
}

/// `DSSEv1 LEN TYPE LEN BODY`.
fn pre_authentication(payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {PAYLOAD} {} ", PAYLOAD.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

fn statement(receipt: &Receipt) -> Value {
    let name = if receipt.dataset.is_empty() { "call" } else { &receipt.dataset };
    json!({
        "_type": STATEMENT,
        "subject": [{"name": name, "digest": {"sha256": receipt.content_digest}}],
        "predicateType": PREDICATE,
        "predicate": {
            "result": "PASSED",
            "configuration": [{"name": "checks", "digest": {"sha256": receipt.checks_digest}},
                {"name": "policy", "digest": {"sha256": receipt.policy_digest}}],
            "receipt": receipt,
        },
    })
}
