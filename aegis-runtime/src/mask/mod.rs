//! The masker: every string, key and number of every message north, masked in place.
//!
//! *Invariants.* The raw JSON is walked and spliced, so untouched bytes stay identical. Every field is scanned unless its exact
//! place is exempt; a field that nobody thought of is scanned. Masking twice is masking once. A document over a limit is
//! an error, and the caller withholds it: there is no path on which a failure returns the original.

mod boxes;
mod bytes;
mod column;
mod common;
mod context;
mod custom;
mod decoded;
mod der;
mod detect;
mod document;
mod doubt;
mod escapes;
mod exempt;
mod form;
mod glued;
mod grid;
mod guard;
mod header;
mod held;
mod inserts;
mod json;
mod keyed;
mod kill;
mod kin;
mod kinds;
mod lexicon;
mod marked;
mod memory;
mod normal;
mod operate;
mod pairs;
mod phrases;
mod plain;
mod plan;
mod quoted;
mod read;
mod report;
mod respelled;
mod rooms;
mod said;
mod scan;
mod settle;
mod shapes;
mod siblings;
mod spare;
mod spelled;
mod spread;
mod survey;
mod tables;
mod tags;
mod talk;
mod thead;
mod unquoted;
mod valid;
mod views;

pub use held::Held;
pub use plan::Plan;
pub use report::Report;
pub use said::Said;

use crate::spec::{MaskLimits, MaskSpec, Spec, ToolSpec};
use crate::vocabulary::Capability;
use context::Around;
use custom::Customs;
use document::Kind;
use json::Splice;
use memory::Memory;
use operate::Tokens;
use read::{Look, Reader};
use rooms::Rooms;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Why a document is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MaskError {
    /// It is over a limit.
    #[error("over {0}")]
    Limit(Limit),
    /// It is no JSON.
    #[error("no JSON at byte {0}")]
    Malformed(usize),
}

/// The masker's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// Bytes of a document.
    #[error("{}", size(*.0))]
    Document(usize),
    /// Nesting.
    #[error("{0} levels")]
    Depth(usize),
    /// Bytes of one string.
    #[error("{} in one string", size(*.0))]
    Leaf(usize),
    /// Places to mask.
    #[error("{0} places")]
    Spans(usize),
}

/// Bytes, in the largest unit that they are a whole number of.
fn size(bytes: usize) -> String {
    let units = [(1 << 20, " MiB"), (1 << 10, " KiB"), (1, " bytes")];
    let (unit, name) = units.into_iter().find(|(unit, _)| bytes.is_multiple_of(*unit)).unwrap_or((1, " bytes"));
    format!("{}{name}", bytes / unit)
}

impl MaskLimits {
    /// An error where so many places are too many.
    fn take_places(&self, places: usize) -> Result<(), MaskError> {
        if places > self.places { Err(MaskError::Limit(Limit::Spans(self.places))) } else { Ok(()) }
    }
}

/// One kernel's masker.
pub struct Masker {
    spec: &'static Spec,
    tokens: Tokens,
    customs: Customs,
    held: RwLock<Arc<Held>>,
    memory: RwLock<Memory>,
    /// What one call leaves to the next, unless another has it.
    rooms: Mutex<Rooms>,
    /// Domains that the agent has written to, a bit each.
    written: [AtomicU64; 4],
}

impl Masker {
    /// A masker with a tenant key: equal values give equal tokens under one key.
    #[must_use]
    pub fn new(spec: &'static Spec, key: [u8; 32]) -> Self {
        Self {
            spec,
            tokens: Tokens::new(key),
            customs: Customs::of(spec),
            held: RwLock::new(Arc::new(Held::default())),
            memory: RwLock::new(Memory::default()),
            rooms: Mutex::default(),
            written: [const { AtomicU64::new(0) }; 4],
        }
    }

    /// Takes a credential, which from now on never leaves, in no spelling of [`Held`]'s.
    /// Values under 4 bytes are not looked for; they would stand in every other word.
    pub fn hold(&self, secret: &str) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        *held = Arc::new(held.with(secret));
    }

    /// How results of a tool are masked: its declared fields, the personal columns of its server, and the operators of the
    /// transforms that the decision granted.
    #[must_use]
    pub fn plan(&self, tool: &'static ToolSpec, masks: &[&'static MaskSpec]) -> Plan {
        Plan::of_tool(self.spec, tool, masks)
    }

    /// How text of no tool is masked: by every transform of the policy, without declared fields.
    #[must_use]
    pub fn everywhere(&self) -> Plan {
        Plan::everywhere(self.spec)
    }

    /// Notes that a call with these capabilities is about to be made. What is read from a domain that the agent can have changed
    /// is no longer compared with the values of other results: a guess written and read back would come back masked if, and
    /// only if, it were right.
    pub fn wrote(&self, capabilities: &[Capability]) {
        for capability in capabilities.iter().filter(|capability| capability.effect.changes_data()) {
            let domain = capability.domain.0;
            if let Some(bits) = self.written.get(usize::from(domain / 64)) {
                bits.fetch_or(1 << (domain % 64), Ordering::SeqCst);
            }
        }
    }

    /// Whether values of other results may be recognised in the answer to a call with these capabilities.
    #[must_use]
    pub fn recalls(&self, capabilities: &[Capability]) -> bool {
        capabilities.iter().all(|capability| {
            let domain = capability.domain.0;
            self.written
                .get(usize::from(domain / 64))
                .is_some_and(|bits| bits.load(Ordering::SeqCst) & (1 << (domain % 64)) == 0)
        })
    }

    /// Masks one JSON document, and remembers what its declared places taught.
    ///
    /// # Errors
    /// A limit, or text that is no JSON; the caller withholds the document.
    pub fn json(&self, json: &str, plan: &Plan) -> Result<(String, Report), MaskError> {
        self.with(json, plan, |reader, report| document::mask(reader, json, &self.tokens, report))
    }

    /// Masks plain text.
    ///
    /// # Errors
    /// A limit; the caller withholds the text.
    pub fn text(&self, text: &str, plan: &Plan) -> Result<(String, Report), MaskError> {
        self.with(text, plan, |reader, report| {
            let hits = reader.text(text, &Around::default(), Look::All, 0);
            plan.limits.take_places(hits.len())?;
            let trail = reader.trails.of(&[], None);
            let mut splice = Splice::of(text);
            for hit in hits {
                let replace = |out: &mut String| document::replace(reader, &self.tokens, &hit, Kind::Text, text, out);
                if splice.put(hit.start..hit.end, replace) {
                    report.count(&hit, trail, &reader.trails, || None);
                }
            }
            Ok(splice.finish())
        })
    }

    fn with(
        &self,
        text: &str,
        plan: &Plan,
        work: impl FnOnce(&mut Reader<'_>, &mut Report) -> Result<String, MaskError>,
    ) -> Result<(String, Report), MaskError> {
        if text.len() > plan.limits.bytes {
            return Err(MaskError::Limit(Limit::Document(plan.limits.bytes)));
        }
        let held = Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner));
        let mut report = Report::default();
        let (masked, (learned, rooms)) = {
            let memory = self.memory.read().unwrap_or_else(PoisonError::into_inner);
            let known = Some(&*memory).filter(|memory| plan.remembers && !memory.is_empty());
            let mut reader = Reader::new(plan, &held, &self.customs, known, self.take_rooms());
            (work(&mut reader, &mut report)?, reader.finish())
        };
        if rooms.are_kept() {
            *self.rooms.lock().unwrap_or_else(PoisonError::into_inner) = rooms;
        }
        if plan.teaches && !learned.is_empty() {
            self.memory.write().unwrap_or_else(PoisonError::into_inner).merge(learned);
        }
        Ok((masked, report))
    }

    fn take_rooms(&self) -> Rooms {
        std::mem::take(&mut *self.rooms.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether a text holds a placeholder or token of ours, as an agent would if it wrote back what it read.
    #[must_use]
    pub fn holds_placeholder(spec: &'static Spec, text: &str) -> bool {
        guard::holds_placeholder(text, &Plan::everywhere(spec))
    }
}

/// Whether a text holds a credential, by every detector of secrets and in every reading of the text. For what is about to be written
/// down where no masker stands.
#[must_use]
pub fn holds_secret(text: &str) -> bool {
    let (plan, held, customs) = (Plan::secrets(), Held::default(), Customs::default());
    let mut reader = Reader::new(&plan, &held, &customs, None, Rooms::default());
    text.len() > plan.limits.bytes || !reader.text(text, &Around::default(), Look::All, 0).is_empty()
}

#[cfg(test)]
mod tests;
