//! What a verification says.

use serde_json::{Map, Value, json};
use std::fmt;

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $text:literal;)+) => {
        /// How a log differs from what was written.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($(#[$doc])+ $name,)+ }

        impl Kind {
            /// The word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Kind::$name => $text,)+ }
            }
        }
    };
}

kinds! {
    /// A record is not the one that was written.
    Edited = "edited";
    /// A record that was not written there.
    Inserted = "inserted";
    /// A record of another log.
    Spliced = "spliced";
    /// A record, a file or a row is gone.
    Missing = "missing";
    /// Records that were written are there in another order.
    Reordered = "reordered";
    /// A file stands where another belongs.
    Swapped = "swapped";
    /// The end is gone.
    Truncated = "truncated";
    /// Another history, consistent in itself, stands in place of the one that was signed.
    Forked = "forked";
    /// A signature by a key that was retired, or is not this log's.
    OldKey = "signed with a retired key";
    /// An older state was put back.
    RolledBack = "rolled back";
    /// A log that the registry does not know.
    Unknown = "unknown file";
}

/// Where a log first differs from what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file's name.
    pub file: String,
    /// Bytes from its beginning.
    pub offset: u64,
    /// The record's number.
    pub seq: u64,
    /// How it differs.
    pub what: Kind,
    /// The first record that may differ, where it can only be said between which two.
    pub from: u64,
}

impl Difference {
    pub(super) fn new(file: impl Into<String>, offset: u64, seq: u64, what: Kind) -> Self {
        Self { file: file.into(), offset, seq, what, from: seq }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, offset, seq, what, from } = self;
        write!(out, "{} at record {seq} (byte {offset}) of `{file}`", what.as_str())?;
        if from < seq { write!(out, ", somewhere in records {from} to {seq}") } else { Ok(()) }
    }
}

/// One of the verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it holds.
    pub holds: bool,
    /// What it was checked against, or what is wrong.
    pub detail: String,
}

/// What the verdicts come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overall {
    /// All hold, against an anchor from outside.
    Verified,
    /// One does not.
    Tampered,
    /// All hold but for a torn tail.
    Torn,
    /// All hold, relative to what lies beside the log.
    Unanchored,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// Every line hangs on the one before, and every signature is the right key's.
    pub integrity: Verdict,
    /// No kernel, no file and no number is missing.
    pub completeness: Verdict,
    /// No tail is cut and no past rewritten, relative to the anchors or, without any, the head rows.
    pub freshness: Verdict,
    /// No bytes after the last newline.
    pub tail: Verdict,
    /// The head rows agree with the logs.
    pub heads: Verdict,
    /// Whether an anchor from outside was given, fits, and covers every kernel.
    pub anchored: bool,
    /// The first difference.
    pub first: Option<Difference>,
    /// Records read.
    pub records: u64,
    /// Files read.
    pub files: u64,
}

impl Verdicts {
    /// What the five come to.
    #[must_use]
    pub fn overall(&self) -> Overall {
        let good = self.integrity.holds && self.completeness.holds && self.freshness.holds && self.heads.holds;
        match (good, self.tail.holds, self.anchored) {
            (false, _, _) => Overall::Tampered,
            (true, false, _) => Overall::Torn,
            (true, true, false) => Overall::Unanchored,
            (true, true, true) => Overall::Verified,
        }
    }

    /// 0 verified against an anchor, 1 tampered, 4 torn tail only, 3 consistent but unanchored.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self.overall() {
            Overall::Verified => 0,
            Overall::Tampered => 1,
            Overall::Unanchored => 3,
            Overall::Torn => 4,
        }
    }

    /// The verdict in a sentence.
    #[must_use]
    pub fn sentence(&self) -> &'static str {
        match self.overall() {
            Overall::Verified => "verified: tamper-evident relative to the anchor you gave",
            Overall::Tampered => "tampered with, or damaged",
            Overall::Torn => "consistent up to a torn tail; the next start sets it aside",
            Overall::Unanchored => {
                "consistent but unanchored: tamper-evident relative to the head rows beside the log, no further"
            }
        }
    }

    /// The five verdicts by name.
    #[must_use]
    pub fn lines(&self) -> [(&'static str, &Verdict); 5] {
        [
            ("integrity", &self.integrity),
            ("completeness", &self.completeness),
            ("freshness", &self.freshness),
            ("crash tail", &self.tail),
            ("state heads", &self.heads),
        ]
    }

    /// For machines.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let mut map = Map::new();
        for (name, verdict) in self.lines() {
            map.insert(name.replace(' ', "_"), json!({"holds": verdict.holds, "detail": verdict.detail}));
        }
        let first = self.first.as_ref().map(|first| {
            json!({"file": first.file, "offset": first.offset, "seq": first.seq, "from": first.from, "what": first.what.as_str()})
        });
        map.insert("first_difference".into(), json!(first));
        map.insert("anchored".into(), json!(self.anchored));
        map.insert("records".into(), json!(self.records));
        map.insert("files".into(), json!(self.files));
        map.insert("verdict".into(), json!(self.sentence()));
        map.insert("exit_code".into(), json!(self.exit_code()));
        map
    }
}

impl fmt::Display for Verdicts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} records in {} files", self.records, self.files)?;
        for (name, verdict) in self.lines() {
            writeln!(out, "{name:<13} {}  {}", if verdict.holds { "ok " } else { "BAD" }, verdict.detail)?;
        }
        if let Some(first) = &self.first {
            writeln!(out, "first difference: {first}")?;
        }
        write!(out, "verdict: {}", self.sentence())
    }
}
