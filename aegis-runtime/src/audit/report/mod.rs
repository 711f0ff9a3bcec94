//! One HTML page for a person: whether the log can be trusted, and what was allowed, denied and masked.
//!
//! *Invariants.* The page needs no network and no script, and its content policy permits neither. Every text from a record
//! passes [`text`], which escapes what HTML would obey and replaces what would mislead a reader.

mod facts;
mod page;
mod style;

use super::AuditError;
use super::line::plain;
use super::verify::{Evidence, verify};
use std::path::Path;

/// Writes the report of a log directory, as of now.
///
/// # Errors
/// What cannot be read.
pub fn report(dir: &Path, heads: &Path, evidence: &Evidence) -> Result<String, AuditError> {
    let verdicts = verify(dir, heads, evidence)?;
    let facts = facts::gather(dir)?;
    Ok(page::render(&verdicts, &facts))
}

/// A text for HTML, as content or in a quoted attribute.
fn text(raw: &str) -> String {
    plain(raw).chars().fold(String::with_capacity(raw.len()), |mut out, letter| {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
        out
    })
}
