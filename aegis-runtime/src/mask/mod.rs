//! The masker: every string, key and number of every message north, masked in place.
//!
//! *Invariants.* The raw JSON is walked and spliced, so untouched bytes stay identical. Every field is scanned unless its exact
//! place is exempt; a field that nobody thought of is scanned. Masking twice is masking once. A document over a limit is
//! an error, and the caller withholds it: there is no path on which a failure returns the original.

mod csv;
mod detect;
mod held;
mod json;
mod learn;
mod operate;
mod pass;
mod plan;
mod report;
#[allow(dead_code, reason = "detectors take validators up one by one")]
mod valid;

pub use plan::Plan;
pub use report::Report;

use crate::spec::{MaskSpec, Spec, ToolSpec};
use held::Held;
use operate::Tokens;
use std::sync::{Arc, PoisonError, RwLock};

/// Largest document, in bytes.
const DOCUMENT: usize = 8 * 1024 * 1024;

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
    #[error("8 MiB")]
    Document,
    /// Nesting.
    #[error("64 levels")]
    Depth,
    /// Bytes of one string.
    #[error("4 MiB in one string")]
    Leaf,
    /// Places to mask.
    #[error("100,000 places")]
    Spans,
}

/// One kernel's masker.
pub struct Masker {
    spec: &'static Spec,
    tokens: Tokens,
    held: RwLock<Arc<Held>>,
}

impl Masker {
    /// A masker with a tenant key: equal values give equal tokens under one key.
    #[must_use]
    pub fn new(spec: &'static Spec, key: [u8; 32]) -> Self {
        Self { spec, tokens: Tokens::new(key), held: RwLock::new(Arc::new(Held::default())) }
    }

    /// Takes a credential, which from now on never leaves: literally, percent-encoded, in hex, or in base64 at any alignment.
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

    /// Masks one JSON document.
    ///
    /// # Errors
    /// A limit, or text that is no JSON; the caller withholds the document.
    pub fn json(&self, json: &str, plan: &Plan) -> Result<(String, Report), MaskError> {
        if json.len() > DOCUMENT {
            return Err(MaskError::Limit(Limit::Document));
        }
        let mut report = Report::default();
        let edits = self.pass(plan).document(json, &mut report)?;
        Ok((json::splice(json, &edits), report))
    }

    /// Masks plain text.
    ///
    /// # Errors
    /// A limit; the caller withholds the text.
    pub fn text(&self, text: &str, plan: &Plan) -> Result<(String, Report), MaskError> {
        if text.len() > DOCUMENT {
            return Err(MaskError::Limit(Limit::Document));
        }
        let mut report = Report::default();
        let edits = self.pass(plan).text(text, &mut report)?;
        Ok((json::splice(text, &edits), report))
    }

    /// Whether a text holds a placeholder or token of ours, as an agent would if it wrote back what it read.
    #[must_use]
    pub fn holds_placeholder(text: &str) -> bool {
        text.match_indices('[').any(|(at, _)| operate::placeholder_at(text, at).is_some())
    }

    fn pass<'call>(&'call self, plan: &'call Plan) -> pass::Pass<'call> {
        let held = Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner));
        pass::Pass::new(plan, &self.tokens, held)
    }
}

#[cfg(test)]
mod tests;
