//! The fields of a record, written as they come: a record is made for every call, and a tree of it would be made and thrown away.
//!
//! *Invariants.* The text is the inside of one JSON object in which no key stands twice, and none that the writer says itself; a field
//! that comes a second time is left out.

use serde::Serialize;
use serde_json::{Map, Value};

/// Fields that stand at the beginning of a line; a body cannot say them again.
const LEADING: [&str; 10] = ["v", "k", "seq", "prev", "ts", "mono_ns", "ev", "call", "principal", "policy"];

/// The fields of a record that is in the making.
#[derive(Debug, Clone)]
pub struct Fields {
    /// A comma before each.
    text: Vec<u8>,
    /// Where each key stands in the text, quotes included.
    keys: Vec<(usize, usize)>,
    pub(super) code: Option<String>,
    pub(super) decision: Option<String>,
}

/// As long as those of nearly every call.
const ROOM: usize = 512;

impl Default for Fields {
    fn default() -> Self {
        Self { text: Vec::with_capacity(ROOM), keys: Vec::with_capacity(16), code: None, decision: None }
    }
}

impl Fields {
    /// Adds a field.
    pub fn put(&mut self, key: &str, value: &(impl Serialize + ?Sized)) {
        if LEADING.contains(&key) {
            return;
        }
        let before = self.text.len();
        self.text.push(b',');
        let begin = self.text.len();
        let written = serde_json::to_writer(&mut self.text, key);
        let end = self.text.len();
        self.text.push(b':');
        let value_at = self.text.len();
        let written = written.and_then(|()| serde_json::to_writer(&mut self.text, value));
        // What cannot be said in JSON is left out whole; nothing of ours is such.
        if written.is_err() || self.has(begin..end) {
            self.text.truncate(before);
            return;
        }
        self.keys.push((begin, end));
        match key {
            "code" => self.code = self.word(value_at),
            "decision" => self.decision = self.word(value_at),
            _ => {} // nothing that the writer reads
        }
    }

    /// Adds every field of an object.
    pub fn extend(&mut self, fields: &Map<String, Value>) {
        fields.iter().for_each(|(key, value)| self.put(key, value));
    }

    /// Without the comma before the first.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    fn has(&self, key: std::ops::Range<usize>) -> bool {
        let key = self.text.get(key);
        self.keys.iter().any(|(begin, end)| self.text.get(*begin..*end) == key)
    }

    fn word(&self, at: usize) -> Option<String> {
        serde_json::from_slice(self.text.get(at..)?).ok()
    }
}

impl From<Map<String, Value>> for Fields {
    fn from(map: Map<String, Value>) -> Self {
        let mut fields = Self::default();
        fields.extend(&map);
        fields
    }
}
