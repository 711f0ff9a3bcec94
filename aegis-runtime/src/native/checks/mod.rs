//! Dataset checks: bytes in, counts out, streamed.
//!
//! *Invariants.* A report holds counts and row ordinals, never a cell. An empty dataset fails unless it may be empty; a missing
//! column fails; NaN is outside of every range; a null is an empty field. Memory is bounded but for the digests of rows that
//! must be unique, and those are capped: a full set fails the dataset rather than pass it unread.

mod csv_rows;
mod measure;
mod report;

pub use report::{CheckReport, CheckResult};

use crate::audit::hex;
use crate::spec::DatasetSpec;
use csv_rows::Rows;
use measure::Measures;
use sha2::{Digest, Sha256};

/// Why a dataset cannot be checked at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The bytes are no CSV of equal rows.
    #[error("row {row}: {reason}")]
    Malformed {
        /// Its ordinal, the header being 0.
        row: u64,
        /// What is wrong.
        reason: &'static str,
    },
    /// The header does not fit the declared schema.
    #[error("the header {0}")]
    Header(String),
    /// More distinct rows than can be told apart here.
    #[error("over {0} distinct rows to tell apart")]
    TooMany(usize),
    /// A pattern of the estate does not compile.
    #[error("the pattern of check `{0}` cannot be used")]
    Pattern(&'static str),
}

/// One pass over a dataset.
pub struct Checker {
    dataset: &'static DatasetSpec,
    hasher: Sha256,
    bytes: u64,
    rows: Rows,
    measures: Option<Measures>,
    ordinal: u64,
}

impl Checker {
    /// Prepares a pass.
    ///
    /// # Errors
    /// A pattern that does not compile.
    pub fn new(dataset: &'static DatasetSpec) -> Result<Self, CheckError> {
        measure::patterns(dataset)?;
        Ok(Self { dataset, hasher: Sha256::new(), bytes: 0, rows: Rows::default(), measures: None, ordinal: 0 })
    }

    /// Takes the next bytes, cut anywhere.
    ///
    /// # Errors
    /// Bytes that are no such CSV.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), CheckError> {
        self.hasher.update(chunk);
        self.bytes = self.bytes.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        let mut found = Vec::new();
        self.rows.push(chunk, &mut found);
        found.into_iter().try_for_each(|row| self.row(&row?))
    }

    /// Ends the pass.
    ///
    /// # Errors
    /// A last row that is broken, or no header at all.
    pub fn finish(mut self) -> Result<CheckReport, CheckError> {
        let mut found = Vec::new();
        std::mem::take(&mut self.rows).finish(&mut found);
        found.into_iter().try_for_each(|row| self.row(&row?))?;
        let measures = self.measures.ok_or_else(|| CheckError::Header("is missing".to_owned()))?;
        Ok(measures.report(self.dataset, hex(&self.hasher.finalize()), self.bytes))
    }

    fn row(&mut self, fields: &[String]) -> Result<(), CheckError> {
        match &mut self.measures {
            None => self.measures = Some(Measures::new(self.dataset, fields)?),
            Some(measures) => {
                self.ordinal = self.ordinal.saturating_add(1);
                measures.row(self.ordinal, fields)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
