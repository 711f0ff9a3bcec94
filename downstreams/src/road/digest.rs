//! One pass over a relation's rows, in order: their digest, and the counts of patterns, which no two engines read alike.

use super::Count;
use crate::estate::Table;
use crate::hex;
use regex::Regex;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// A value as its engine stores it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'row> {
    /// None.
    Null,
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text, or the engine's own spelling of anything else.
    Text(&'row [u8]),
    /// Bytes.
    Blob(&'row [u8]),
}

/// What a pass found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Rows.
    pub rows: u64,
    /// SHA-256 over names of columns and values, each with kind and length; lower-case hex.
    pub digest: String,
    /// By the place of a check: rows that do not match its pattern.
    pub patterns: Vec<(usize, i64)>,
}

/// A pass in the making.
pub struct Pass {
    hasher: Sha256,
    rows: u64,
    patterns: Vec<Pattern>,
}

struct Pattern {
    check: usize,
    columns: Vec<usize>,
    regex: Regex,
    count: i64,
}

impl Pass {
    /// Begins a pass over a relation.
    ///
    /// # Errors
    /// A pattern that does not compile, or a column that is not declared.
    pub fn new(table: &Table, checks: &[Count]) -> Result<Self, String> {
        let mut patterns = Vec::new();
        for (check, count) in checks.iter().enumerate() {
            let Count::Pattern { columns, pattern } = count else { continue };
            let regex =
                Regex::new(&format!(r"\A(?:{pattern})\z")).map_err(|_| "a pattern cannot be used".to_owned())?;
            let place = |name: &String| {
                let place = table.columns.iter().position(|column| column.name == *name);
                place.ok_or_else(|| format!("`{}` has no column `{name}`", table.name))
            };
            let columns = columns.iter().map(place).collect::<Result<_, _>>()?;
            patterns.push(Pattern { check, columns, regex, count: 0 });
        }
        let mut hasher = Sha256::new();
        for column in &table.columns {
            text(&mut hasher, b'c', column.name.as_bytes());
        }
        Ok(Self { hasher, rows: 0, patterns })
    }

    /// Takes the next row, every column of the relation in its order.
    pub fn row(&mut self, cells: &[Cell<'_>]) {
        self.rows = self.rows.saturating_add(1);
        for cell in cells {
            match cell {
                Cell::Null => self.hasher.update(b"n"),
                Cell::Integer(number) => fixed(&mut self.hasher, b'i', number.to_be_bytes()),
                Cell::Real(number) => fixed(&mut self.hasher, b'r', number.to_bits().to_be_bytes()),
                Cell::Text(bytes) => text(&mut self.hasher, b't', bytes),
                Cell::Blob(bytes) => text(&mut self.hasher, b'b', bytes),
            }
        }
        for pattern in &mut self.patterns {
            let spelled = |at: &usize| cells.get(*at).and_then(Cell::spelled);
            if pattern.columns.iter().filter_map(spelled).any(|value| !pattern.regex.is_match(&value)) {
                pattern.count = pattern.count.saturating_add(1);
            }
        }
    }

    /// Ends it.
    #[must_use]
    pub fn finish(self) -> Totals {
        let digest = hex(&self.hasher.finalize());
        let patterns = self.patterns.iter().map(|pattern| (pattern.check, pattern.count)).collect();
        Totals { rows: self.rows, digest, patterns }
    }
}

impl Cell<'_> {
    fn spelled(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Cell::Null => return None,
            Cell::Integer(number) => Cow::Owned(number.to_string()),
            Cell::Real(number) => Cow::Owned(number.to_string()),
            Cell::Text(bytes) => String::from_utf8_lossy(bytes),
            Cell::Blob(bytes) => Cow::Owned(hex(bytes)),
        })
    }
}

fn fixed(hasher: &mut Sha256, kind: u8, bytes: [u8; 8]) {
    hasher.update([kind]);
    hasher.update(bytes);
}

fn text(hasher: &mut Sha256, kind: u8, bytes: &[u8]) {
    fixed(hasher, kind, u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    hasher.update(bytes);
}
