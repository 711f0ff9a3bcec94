//! The registry: a chain of its own that lists every kernel instance and how each ended, so that a whole log cannot be dropped.
//!
//! *Invariants.* Each entry is signed by a key that the entry before it named, and that key is destroyed as soon as the entry
//! stands: who breaks in later cannot write the past anew. The file is locked from the first read to the last write.

use super::heads::{Head, Heads, REGISTRY};
use super::line::{GENESIS, hash};
use super::merkle::Hash;
use super::note::{PrivateKey, PublicKey};
use super::scan::Lines;
use super::verdict::{Difference, Kind};
use super::{AuditError, hex};
use crate::own::{self, Fault};
use serde_json::{Map, Value, json};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The file's name, and the origin and key name of the registry.
pub(super) const FILE: &str = "registry.log";
const NAME: &str = "aegis/registry";
const SIGNATURE: &str = r#","sig":""#;

/// What an entry says of a kernel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// It began, and signs its first file with this key.
    Start(String),
    /// It ended with this record.
    End { records: u64, hash: String },
}

/// One entry.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) seq: u64,
    pub(super) kernel: String,
    pub(super) event: Event,
    pub(super) by: String,
    pub(super) next: String,
    pub(super) offset: u64,
    pub(super) hash: Hash,
}

/// What stands in a registry.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) entries: Vec<Entry>,
    pub(super) torn: u64,
    pub(super) whole: u64,
    pub(super) difference: Option<Difference>,
}

impl Reading {
    /// The last entry that says how a kernel ended.
    pub(super) fn end_of(&self, kernel: &str) -> Option<(u64, &str)> {
        self.ends().find(|(ended, _)| *ended == kernel).map(|(_, end)| end)
    }

    /// The kernels whose end is known, and that end.
    pub(super) fn ends(&self) -> impl Iterator<Item = (&str, (u64, &str))> {
        self.entries.iter().filter_map(|entry| match &entry.event {
            Event::End { records, hash } => Some((entry.kernel.as_str(), (*records, hash.as_str()))),
            Event::Start(_) => None,
        })
    }

    /// The kernels that began, with their first keys.
    pub(super) fn started(&self) -> impl Iterator<Item = (&Entry, &str)> {
        self.entries.iter().filter_map(|entry| match &entry.event {
            Event::Start(key) => Some((entry, key.as_str())),
            Event::End { .. } => None,
        })
    }
}

/// The registry, locked.
pub(super) struct Registry {
    file: File,
    dir: PathBuf,
    seq: u64,
    prev: Hash,
    signer: PrivateKey,
}

impl Registry {
    /// Locks, reads and, where there is none yet, begins the registry.
    pub(super) fn open(dir: &Path) -> Result<(Self, Reading), AuditError> {
        let path = dir.join(FILE);
        let file = own::open(&path, OpenOptions::new().read(true).append(true).create(true).mode(0o600))?;
        file.lock().map_err(AuditError::io(&path))?;
        let reading = read(dir, false)?;
        if let Some(difference) = reading.difference {
            return Err(AuditError::Tampered(difference));
        }
        if reading.torn > 0 {
            // An entry that was never whole: its kernel wrote nothing.
            file.set_len(reading.whole).and_then(|()| file.sync_data()).map_err(AuditError::io(&path))?;
        }
        let last = reading.entries.last();
        let signer = signer(dir, last.map(|entry| entry.next.as_str()))?;
        let (seq, prev) = last.map_or((0, GENESIS), |entry| (entry.seq, entry.hash));
        Ok((Self { file, dir: dir.to_owned(), seq, prev, signer }, reading))
    }

    /// The last entry's number and hash.
    pub(super) fn head(&self) -> (u64, String) {
        (self.seq, hex(&self.prev))
    }

    pub(super) fn start(
        &mut self,
        kernel: &str,
        key: &PublicKey,
        principal: &str,
        policy: &str,
        heads: &Heads,
    ) -> Result<(), AuditError> {
        let body = [
            ("ev", json!("start")),
            ("kernel", json!(kernel)),
            ("principal", json!(super::line::plain(principal))),
            ("policy", json!(policy)),
            ("key", json!(key.to_string())),
        ];
        self.append(body.into_iter(), heads)
    }

    pub(super) fn end(
        &mut self,
        kernel: &str,
        records: u64,
        hash: &Hash,
        how: &str,
        heads: &Heads,
    ) -> Result<(), AuditError> {
        let body = [
            ("ev", json!("end")),
            ("kernel", json!(kernel)),
            ("records", json!(records)),
            ("hash", json!(hex(hash))),
            ("how", json!(how)),
        ];
        self.append(body.into_iter(), heads)
    }

    /// The next key first, then the entry, then the old key's end: a crash in between leaves a key that fits.
    fn append(&mut self, body: impl Iterator<Item = (&'static str, Value)>, heads: &Heads) -> Result<(), AuditError> {
        let failed = AuditError::io(self.dir.join(FILE));
        let next = new_signer()?;
        write_seed(&next_file(&self.dir), &next)?;
        let seq = self.seq.saturating_add(1);
        let mut map = Map::new();
        map.insert("v".into(), json!(1));
        map.insert("seq".into(), json!(seq));
        map.insert("prev".into(), json!(hex(&self.prev)));
        map.insert("ts".into(), json!(format!("{:.6}", jiff::Timestamp::now())));
        map.extend(body.map(|(key, value)| (key.to_owned(), value)));
        map.insert("by".into(), json!(self.signer.public().to_string()));
        map.insert("next".into(), json!(next.public().to_string()));
        let text = Value::Object(map).to_string();
        let signed = text.trim_end_matches('}');
        let line = format!("{signed}{SIGNATURE}{}\"}}", self.signer.seal(signed.as_bytes()));
        self.file.write_all(format!("{line}\n").as_bytes()).and_then(|()| self.file.sync_data()).map_err(failed)?;
        fs::rename(next_file(&self.dir), key_file(&self.dir)).map_err(AuditError::io(key_file(&self.dir)))?;
        (self.seq, self.prev, self.signer) = (seq, hash(line.as_bytes()), next);
        heads.put(&Head { kernel: REGISTRY.to_owned(), seq, hash: self.prev, closed: false }, true)
    }
}

fn key_file(dir: &Path) -> PathBuf {
    dir.join("registry.key")
}

fn next_file(dir: &Path) -> PathBuf {
    dir.join("registry.next")
}

fn new_signer() -> Result<PrivateKey, AuditError> {
    PrivateKey::new(NAME.to_owned()).map_err(|error| AuditError::Randomness(error.to_string()))
}

fn write_seed(path: &Path, key: &PrivateKey) -> Result<(), AuditError> {
    let mut file = own::fresh(path).map_err(AuditError::io(path))?;
    file.write_all(key.seed().as_slice()).and_then(|()| file.sync_all()).map_err(AuditError::io(path))
}

/// The key that the last entry named; a new one where there is no entry.
fn signer(dir: &Path, wanted: Option<&str>) -> Result<PrivateKey, AuditError> {
    let reason = "does not fit the registry; keep this directory, move it aside, and start with a new one";
    let Some(wanted) = wanted else {
        // A key is moved there only when an entry names it: the entries were there, and are gone.
        let lost = own::is_there(&key_file(dir));
        return if lost { Err(AuditError::Place { path: key_file(dir), reason }) } else { new_signer() };
    };
    for path in [key_file(dir), next_file(dir)] {
        let seed = match own::key(&path) {
            // A crash can leave no next key, or half of one.
            Err(error) if error.is_absent() || error.fault == Fault::Size => continue,
            seed => seed?,
        };
        let key = PrivateKey::from_seed(NAME.to_owned(), &seed);
        if key.public().to_string() == wanted {
            // A crash between an entry and its key's move is made good before another key takes its place.
            fs::rename(&path, key_file(dir)).map_err(AuditError::io(&path))?;
            return Ok(key);
        }
    }
    Err(AuditError::Place { path: key_file(dir), reason })
}

/// Whether the key that lies beside the registry is the one that its last entry named; `None` where none lies there, as beside
/// a copy that was made without secrets.
pub(super) fn key_fits(dir: &Path, reading: &Reading) -> Option<bool> {
    let wanted = reading.entries.last().map(|entry| entry.next.as_str());
    let seeds = [key_file(dir), next_file(dir)].map(|path| own::read(&path, 32));
    // Before the first entry stands, there is a next key and no other.
    if matches!(seeds, [Err(_), _]) && (wanted.is_none() || matches!(seeds, [_, Err(_)])) {
        return None;
    }
    Some(seeds.iter().flatten().any(|bytes| {
        let seed = <&[u8; 32]>::try_from(bytes.as_slice());
        seed.is_ok_and(|seed| {
            Some(PrivateKey::from_seed(NAME.to_owned(), seed).public().to_string().as_str()) == wanted
        })
    }))
}

/// The same while no kernel starts or ends: key and entry are written one after the other.
pub(super) fn key_fits_at_rest(dir: &Path) -> Result<bool, AuditError> {
    let path = dir.join(FILE);
    let Ok(lock) = own::plain(&path, OpenOptions::new().read(true)) else { return Ok(false) };
    lock.lock_shared().map_err(AuditError::io(&path))?;
    Ok(key_fits(dir, &read(dir, false)?) != Some(false))
}

/// Reads the chain; `signatures` checks every one of them, which takes its time.
pub(super) fn read(dir: &Path, signatures: bool) -> Result<Reading, AuditError> {
    read_from(dir, if signatures { 0 } else { u64::MAX })
}

/// Reads the chain, and checks the signatures of entries after this one.
pub(super) fn read_from(dir: &Path, checked: u64) -> Result<Reading, AuditError> {
    let path = dir.join(FILE);
    let mut reading = Reading::default();
    if !own::is_there(&path) {
        return Ok(reading);
    }
    let mut lines = Lines::open(&path)?;
    let mut prev = GENESIS;
    loop {
        let seq = reading.entries.last().map_or(1, |entry| entry.seq.saturating_add(1));
        if lines.is_overlong() {
            reading.difference = Some(Difference::new(FILE, lines.offset, seq, Kind::Inserted));
            break;
        }
        let Some(line) = lines.next()? else { break };
        let (line, offset) = (line.to_vec(), lines.start);
        let differs = |kind, seq, offset| Some(Difference::new(FILE, offset, seq, kind));
        let Some((entry, number, stated, signed, seal)) = entry(&line, offset) else {
            reading.difference = differs(Kind::Edited, seq, offset);
            break;
        };
        let last = reading.entries.last();
        if number != seq {
            reading.difference = differs(if number > seq { Kind::Missing } else { Kind::Inserted }, seq, offset);
        } else if stated != hex(&prev) {
            let (seq, offset) = last.map_or((1, 0), |entry| (entry.seq, entry.offset));
            reading.difference = differs(Kind::Edited, seq, offset);
        } else if last.is_some_and(|last| last.next != entry.by) {
            let old = reading.entries.iter().any(|earlier| earlier.by == entry.by);
            reading.difference = differs(if old { Kind::OldKey } else { Kind::Forked }, seq, offset);
        } else if seq > checked && !entry.by.parse::<PublicKey>().is_ok_and(|key| key.holds(&signed, &seal)) {
            reading.difference = differs(Kind::Edited, seq, offset);
        }
        if reading.difference.is_some() {
            break;
        }
        prev = entry.hash;
        reading.entries.push(entry);
    }
    (reading.torn, reading.whole) = (lines.torn, lines.offset);
    Ok(reading)
}

type Parsed = (Entry, u64, String, Vec<u8>, String);

fn entry(line: &[u8], offset: u64) -> Option<Parsed> {
    let text = std::str::from_utf8(line).ok()?;
    let (signed, seal) = text.rsplit_once(SIGNATURE)?;
    let value: Value = serde_json::from_str(text).ok()?;
    let word = |key: &str| value.get(key).and_then(Value::as_str);
    let event = match word("ev")? {
        "start" => Event::Start(word("key")?.to_owned()),
        "end" => Event::End { records: value.get("records")?.as_u64()?, hash: word("hash")?.to_owned() },
        _ => return None, // an event of another version
    };
    let seq = value.get("seq")?.as_u64()?;
    let entry = Entry {
        seq,
        kernel: word("kernel")?.to_owned(),
        event,
        by: word("by")?.to_owned(),
        next: word("next")?.to_owned(),
        offset,
        hash: hash(line),
    };
    Some((entry, seq, word("prev")?.to_owned(), signed.as_bytes().to_vec(), seal.strip_suffix("\"}")?.to_owned()))
}
