//! Bytes in, rows out, whatever the format.

use super::CheckError;
use super::cell::Cell;
use super::csv_rows::Rows;
use super::jsonl::Lines;
use crate::spec::{DatasetSpec, Reader};

/// What a reader finds.
pub(super) enum Item {
    /// The columns, once and first.
    Header(Vec<String>),
    /// One row in the order of the columns.
    Row {
        /// Its cells.
        cells: Vec<Cell>,
        /// It has a field that stands in no column.
        further: bool,
    },
}

/// An incremental reader of one dataset.
pub(super) enum Source {
    Csv {
        rows: Box<Rows>,
        begun: bool,
    },
    Jsonl(Lines),
    /// Not from one end to the other, but by its columns.
    Parquet,
}

impl Source {
    /// The reader, and what it knows before the first byte.
    pub(super) fn new(dataset: &'static DatasetSpec) -> Result<(Self, Vec<Item>), CheckError> {
        Ok(match dataset.reader.ok_or(CheckError::NoReader)? {
            Reader::Csv => (Self::Csv { rows: Box::default(), begun: false }, Vec::new()),
            Reader::Jsonl => {
                let columns = dataset.schema.columns;
                let header = columns.iter().map(|column| column.name.to_owned()).collect();
                (Self::Jsonl(Lines::new(columns)), vec![Item::Header(header)])
            }
            Reader::Parquet => (Self::Parquet, Vec::new()),
        })
    }

    /// Reads what is whole in the next bytes.
    pub(super) fn push(&mut self, chunk: &[u8], into: &mut Vec<Item>) -> Result<(), CheckError> {
        match self {
            Source::Csv { rows, begun } => {
                let mut found = Vec::new();
                rows.push(chunk, &mut found);
                words(found, begun, into)
            }
            Source::Jsonl(lines) => lines.push(chunk, into),
            Source::Parquet => Err(CheckError::NoReader),
        }
    }

    /// Reads the rest.
    pub(super) fn finish(self, into: &mut Vec<Item>) -> Result<(), CheckError> {
        match self {
            Source::Csv { rows, mut begun } => {
                let mut found = Vec::new();
                rows.finish(&mut found);
                words(found, &mut begun, into)
            }
            Source::Jsonl(lines) => lines.finish(into),
            Source::Parquet => Err(CheckError::NoReader),
        }
    }
}

fn words(found: Vec<super::csv_rows::Row>, begun: &mut bool, into: &mut Vec<Item>) -> Result<(), CheckError> {
    for row in found {
        let row = row?;
        if *begun {
            let cells = row.into_iter().map(|text| if text.is_empty() { Cell::Null } else { Cell::Word(text) });
            into.push(Item::Row { cells: cells.collect(), further: false });
        } else {
            *begun = true;
            let header = row.into_iter().map(|name| name.trim_start_matches('\u{feff}').to_owned());
            into.push(Item::Header(header.collect()));
        }
    }
    Ok(())
}
