//! Signed notes and checkpoints, as C2SP writes them: text, a blank line, signature lines.
//!
//! A checkpoint's text is an origin, a size and an RFC 6962 root, a line each; then lines of our own, signed with the rest:
//! `registry SEQ HASH`, and `next KEY` where a log file is sealed.

use super::merkle::Hash;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

/// The algorithm's number in key ids and keys: Ed25519.
const ED25519: u8 = 1;
/// An em dash and a space begin each signature line.
const DASH: &str = "\u{2014} ";

/// A public key with its name: `NAME+ID+KEY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicKey {
    name: String,
    key: VerifyingKey,
}

/// A private key; it leaves memory when dropped, and never touches a file but the registry's.
pub(super) struct PrivateKey {
    name: String,
    key: SigningKey,
}

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checkpoint {
    pub(super) origin: String,
    pub(super) size: u64,
    pub(super) root: Hash,
    /// The registry's head when the kernel began.
    pub(super) registry: Option<(u64, String)>,
    /// The key of the next log file.
    pub(super) next: Option<PublicKey>,
}

/// A note whose signatures nobody has checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    text: String,
    signatures: Vec<(String, [u8; 4], Vec<u8>)>,
}

impl PublicKey {
    /// Whether a signature of [`PrivateKey::seal`] over these bytes is this key's.
    pub(super) fn holds(&self, bytes: &[u8], seal: &str) -> bool {
        let signature = BASE64.decode(seal).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
        signature.is_some_and(|signature| self.key.verify_strict(bytes, &signature).is_ok())
    }

    fn id(&self) -> [u8; 4] {
        let digest =
            Sha256::new().chain_update(&self.name).chain_update([b'\n', ED25519]).chain_update(self.key.as_bytes());
        let [a, b, c, d, ..] = <[u8; 32]>::from(digest.finalize());
        [a, b, c, d]
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![ED25519];
        bytes.extend_from_slice(self.key.as_bytes());
        write!(out, "{}+{}+{}", self.name, super::hex(&self.id()), BASE64.encode(bytes))
    }
}

impl FromStr for PublicKey {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Err(()) };
        let bytes = BASE64.decode(key).map_err(|_| ())?;
        let (algorithm, key) = bytes.split_first().ok_or(())?;
        let key = VerifyingKey::from_bytes(key.try_into().map_err(|_| ())?).map_err(|_| ())?;
        let public = Self { name: name.to_owned(), key };
        (*algorithm == ED25519 && !name.is_empty() && super::hex(&public.id()) == id).then_some(public).ok_or(())
    }
}

impl PrivateKey {
    pub(super) fn new(name: String) -> Result<Self, getrandom::Error> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice())?;
        Ok(Self::from_seed(name, &seed))
    }

    pub(super) fn from_seed(name: String, seed: &[u8; 32]) -> Self {
        Self { name, key: SigningKey::from_bytes(seed) }
    }

    /// For the registry's file.
    pub(super) fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.key.to_bytes())
    }

    pub(super) fn public(&self) -> PublicKey {
        PublicKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// A bare signature, base64.
    pub(super) fn seal(&self, bytes: &[u8]) -> String {
        BASE64.encode(self.key.sign(bytes).to_bytes())
    }

    pub(super) fn sign(&self, text: &str) -> Note {
        let signature = self.key.sign(text.as_bytes()).to_bytes().to_vec();
        Note { text: text.to_owned(), signatures: vec![(self.name.clone(), self.public().id(), signature)] }
    }
}

impl Note {
    /// The text, once the key's signature over it holds.
    pub(super) fn open(&self, key: &PublicKey) -> Option<&str> {
        let ours = |(name, id, _): &&(String, [u8; 4], Vec<u8>)| *name == key.name && *id == key.id();
        let (_, _, signature) = self.signatures.iter().find(ours)?;
        let signature = Signature::from_slice(signature).ok()?;
        key.key.verify_strict(self.text.as_bytes(), &signature).ok().map(|()| self.text.as_str())
    }

    /// The text, whoever signed it.
    pub(super) fn unchecked(&self) -> &str {
        &self.text
    }

    /// Every note of a file that notes were appended to. `None` for anything else in it.
    pub(super) fn parse_all(text: &str) -> Option<Vec<Self>> {
        let mut notes = Vec::new();
        let mut rest = text.trim_start_matches('\n');
        while !rest.is_empty() {
            let (body, after) = rest.split_once("\n\n")?;
            let lines = after.split_inclusive('\n').take_while(|line| line.starts_with(DASH));
            let length = lines.map(str::len).sum();
            let (signatures, after) = after.split_at_checked(length)?;
            notes.push(format!("{body}\n\n{signatures}").parse().ok()?);
            rest = after.trim_start_matches('\n');
        }
        Some(notes)
    }
}

impl FromStr for Note {
    type Err = ();

    fn from_str(note: &str) -> Result<Self, ()> {
        let (body, signed) = note.split_once("\n\n").ok_or(())?;
        let mut signatures = Vec::new();
        for line in signed.lines() {
            let (name, encoded) = line.strip_prefix(DASH).and_then(|line| line.split_once(' ')).ok_or(())?;
            let bytes = BASE64.decode(encoded).map_err(|_| ())?;
            let (id, signature) = bytes.split_at_checked(4).ok_or(())?;
            signatures.push((name.to_owned(), id.try_into().map_err(|_| ())?, signature.to_vec()));
        }
        if signatures.is_empty() {
            return Err(());
        }
        Ok(Self { text: format!("{body}\n"), signatures })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.text)?;
        for (name, id, signature) in &self.signatures {
            writeln!(out, "{DASH}{name} {}", BASE64.encode([id.as_slice(), signature].concat()))?;
        }
        Ok(())
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}\n{}\n{}", self.origin, self.size, BASE64.encode(self.root))?;
        if let Some((seq, hash)) = &self.registry {
            writeln!(out, "registry {seq} {hash}")?;
        }
        if let Some(next) = &self.next {
            writeln!(out, "next {next}")?;
        }
        Ok(())
    }
}

impl FromStr for Checkpoint {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut lines = text.lines();
        let mut line = || lines.next().ok_or(());
        let origin = line()?.to_owned();
        let size = line()?.parse().map_err(|_| ())?;
        let root = BASE64.decode(line()?).map_err(|_| ())?.try_into().map_err(|_| ())?;
        let mut checkpoint = Self { origin, size, root, registry: None, next: None };
        for line in lines {
            let (word, rest) = line.split_once(' ').ok_or(())?;
            match word {
                "registry" => {
                    let (seq, hash) = rest.split_once(' ').ok_or(())?;
                    checkpoint.registry = Some((seq.parse().map_err(|_| ())?, hash.to_owned()));
                }
                "next" => checkpoint.next = Some(rest.parse()?),
                _ => return Err(()), // a line that this version does not know the meaning of
            }
        }
        (checkpoint.to_string() == text).then_some(checkpoint).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Checkpoint, Note, PrivateKey, PublicKey};

    /// The example of C2SP's signed-note: key, text and signature are theirs.
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn a_note_of_others_is_read_as_they_wrote_it() {
        let key: PublicKey = KEY.parse().unwrap();
        let note: Note = NOTE.parse().unwrap();
        assert_eq!((key.to_string().as_str(), note.to_string().as_str()), (KEY, NOTE));
        assert!(note.open(&key).is_some());
        let forged: Note = NOTE.replacen("answer", "Answer", 1).parse().unwrap();
        assert!(forged.open(&key).is_none());
    }

    #[test]
    fn checkpoints_survive_a_file_of_several() {
        let key = PrivateKey::new("aegis/k".into()).unwrap();
        let checkpoint = Checkpoint {
            origin: "aegis/k".into(),
            size: 7,
            root: [3; 32],
            registry: Some((2, "ab".into())),
            next: Some(PrivateKey::new("aegis/k".into()).unwrap().public()),
        };
        let note = key.sign(&checkpoint.to_string());
        let notes = Note::parse_all(&format!("{note}{note}\n{note}")).unwrap();
        assert_eq!(notes, [note.clone(), note.clone(), note]);
        assert_eq!(notes[0].open(&key.public()).unwrap().parse(), Ok(checkpoint));
        assert!(notes[0].open(&PrivateKey::new("aegis/k".into()).unwrap().public()).is_none(), "another key");
        assert!(Note::parse_all("not a note").is_none());
    }
}
