//! Dataset checks: bytes in, counts out, streamed.
//!
//! *Invariants.* A report holds counts and row ordinals, never a cell. An empty dataset fails unless it may be empty; a missing
//! column fails; NaN is outside of every range; what a null is, each reader says. Memory is bounded whatever the size: keys of
//! rows that must be told apart are sorted on disk, and what does not fit there fails the dataset rather than pass it unread.

mod cell;
mod csv_rows;
mod jsonl;
mod keys;
mod measure;
mod parquet;
mod report;
mod source;
mod tally;
mod verdict;

pub use parquet::Pieces;
pub use report::{CheckReport, CheckResult};
pub use verdict::{Totals, judged};

use crate::audit::hex;
use crate::spec::DatasetSpec;
use keys::{Keys, Scratch};
use measure::Measures;
use parquet::Object;
use sha2::{Digest, Sha256};
use source::{Item, Source};
use std::path::Path;

/// Why a dataset cannot be checked at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The bytes are no rows of the declared format.
    #[error("row {row}: {reason}")]
    Malformed {
        /// Its ordinal, a header being 0.
        row: u64,
        /// What is wrong.
        reason: &'static str,
    },
    /// The header does not fit the declared schema.
    #[error("the header {0}")]
    Header(String),
    /// The keys of rows cannot be kept.
    #[error("the keys of rows: {0}")]
    Scratch(&'static str),
    /// A pattern of the estate does not compile.
    #[error("the pattern of check `{0}` cannot be used")]
    Pattern(&'static str),
    /// The bytes are no file of the declared format, or one that would cost too much to read.
    #[error("the file is {0}")]
    File(&'static str),
    /// It is not read from bytes, or not from one end to the other.
    #[error("it has no such reader")]
    NoReader,
    /// A check looks values up in a dataset that was not read.
    #[error("check `{0}` has nothing to look values up in")]
    Unresolved(&'static str),
}

/// One pass over a dataset.
pub struct Checker {
    dataset: &'static DatasetSpec,
    scratch: Scratch,
    references: Vec<(&'static str, Keys)>,
    hasher: Sha256,
    source: Source,
    found: Vec<Item>,
    measures: Option<Measures>,
    ordinal: u64,
}

impl Checker {
    /// Prepares a pass; keys of rows are sorted in files of a directory.
    ///
    /// # Errors
    /// A pattern that does not compile, or a dataset that has no reader.
    pub fn new(dataset: &'static DatasetSpec, scratch: &Path) -> Result<Self, CheckError> {
        measure::patterns(dataset)?;
        let (source, found) = Source::new(dataset)?;
        Ok(Self {
            dataset,
            scratch: Scratch::new(scratch)?,
            references: Vec::new(),
            hasher: Sha256::new(),
            source,
            found,
            measures: None,
            ordinal: 0,
        })
    }

    /// A pass over the column of another dataset that a check of this one looks values up in.
    ///
    /// # Errors
    /// A dataset that has no reader.
    pub fn lookup(
        &self,
        check: &'static str,
        of: &'static DatasetSpec,
        column: &'static str,
    ) -> Result<Lookup, CheckError> {
        let (source, found) = Source::new(of)?;
        let (scratch, keys) = (self.scratch.clone(), Keys::new(&self.scratch));
        Ok(Lookup { check, of, column, at: None, scratch, keys, source, found, ordinal: 0 })
    }

    /// Takes what a lookup gathered, before the first byte.
    pub fn know(&mut self, gathered: Gathered) {
        self.references.push((gathered.check, gathered.keys));
    }

    /// Takes the next bytes, cut anywhere.
    ///
    /// # Errors
    /// Bytes that are no such rows.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), CheckError> {
        self.hasher.update(chunk);
        let mut found = std::mem::take(&mut self.found);
        self.source.push(chunk, &mut found)?;
        found.into_iter().try_for_each(|item| self.item(item))
    }

    /// Ends an object, and gives the digest of its bytes; what is pushed next is another object of the same table.
    ///
    /// # Errors
    /// A last row that is broken, or no header at all.
    pub fn end_object(&mut self) -> Result<String, CheckError> {
        let mut found = std::mem::take(&mut self.found);
        let (next, first) = Source::new(self.dataset)?;
        std::mem::replace(&mut self.source, next).finish(&mut found)?;
        found.into_iter().try_for_each(|item| self.item(item))?;
        self.found = first;
        Ok(hex(&std::mem::take(&mut self.hasher).finalize()))
    }

    /// Takes an object by its columns, which stand anywhere in it; the digest of its bytes is for the caller to make.
    ///
    /// # Errors
    /// Pieces that cannot be had, and bytes that are no such rows.
    pub fn columns(&mut self, pieces: Box<dyn Pieces>) -> Result<(), CheckError> {
        let wanted: Vec<&str> = self.dataset.schema.columns.iter().map(|column| column.name).collect();
        parquet::rows(&Object::new(pieces), &wanted, |item| self.item(item))
    }

    /// Ends the pass, with the digest of everything.
    ///
    /// # Errors
    /// No object, or keys that cannot be sorted.
    pub fn report(self, content_digest: String) -> Result<CheckReport, CheckError> {
        let measures = self.measures.ok_or_else(|| CheckError::Header("is missing".to_owned()))?;
        measures.report(self.dataset, content_digest)
    }

    /// Ends the pass of one object.
    ///
    /// # Errors
    /// As [`Self::end_object`] and [`Self::report`].
    pub fn finish(mut self) -> Result<CheckReport, CheckError> {
        let digest = self.end_object()?;
        self.report(digest)
    }

    fn item(&mut self, item: Item) -> Result<(), CheckError> {
        match (item, &mut self.measures) {
            (Item::Header(header), None) => {
                let references = std::mem::take(&mut self.references);
                self.measures = Some(Measures::new(self.dataset, &header, &self.scratch, references)?);
            }
            (Item::Header(header), Some(measures)) => measures.again(&header)?,
            (Item::Row { .. }, None) => return Err(CheckError::Header("is missing".to_owned())),
            (Item::Row { cells, further }, Some(measures)) => {
                self.ordinal = self.ordinal.saturating_add(1);
                measures.row(self.ordinal, &cells, further)?;
            }
        }
        Ok(())
    }
}

/// A pass over one column of another dataset.
pub struct Lookup {
    check: &'static str,
    of: &'static DatasetSpec,
    column: &'static str,
    at: Option<usize>,
    scratch: Scratch,
    keys: Keys,
    source: Source,
    found: Vec<Item>,
    ordinal: u64,
}

/// The values of the column, as keys.
pub struct Gathered {
    check: &'static str,
    keys: Keys,
}

impl Lookup {
    /// Takes the next bytes, cut anywhere.
    ///
    /// # Errors
    /// Bytes that are no such rows, or rows without the column.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), CheckError> {
        let mut found = std::mem::take(&mut self.found);
        self.source.push(chunk, &mut found)?;
        found.into_iter().try_for_each(|item| self.item(&item))
    }

    /// Takes an object by its columns, of which it reads one.
    ///
    /// # Errors
    /// As [`Checker::columns`].
    pub fn columns(&mut self, pieces: Box<dyn Pieces>) -> Result<(), CheckError> {
        parquet::rows(&Object::new(pieces), &[self.column], |item| self.item(&item))
    }

    /// Ends an object.
    ///
    /// # Errors
    /// As `push`.
    pub fn end_object(&mut self) -> Result<(), CheckError> {
        let mut found = std::mem::take(&mut self.found);
        let (next, first) = Source::new(self.of)?;
        std::mem::replace(&mut self.source, next).finish(&mut found)?;
        self.found = first;
        found.iter().try_for_each(|item| self.item(item))
    }

    /// Ends the pass.
    #[must_use]
    pub fn finish(self) -> Gathered {
        Gathered { check: self.check, keys: self.keys }
    }

    fn item(&mut self, item: &Item) -> Result<(), CheckError> {
        let lacks = || CheckError::Header(format!("of the dataset to look up in lacks `{}`", self.column));
        match item {
            Item::Header(header) => {
                self.at = Some(header.iter().position(|name| name == self.column).ok_or_else(lacks)?);
                Ok(())
            }
            Item::Row { cells, .. } => {
                self.ordinal = self.ordinal.saturating_add(1);
                let cell = self.at.and_then(|at| cells.get(at)).ok_or_else(lacks)?;
                self.keys.push(self.scratch.key(std::iter::once(cell)), self.ordinal)
            }
        }
    }
}

#[cfg(test)]
mod tests;
