//! Parquet: rows out of columns, from wherever in an object they stand.
//!
//! The metadata and the headers of pages are read here; what is in a page, levels and encodings, is decoded by the `parquet` crate.
//!
//! *Invariants.* A hostile file costs bounded memory: every size and count that something is allocated by was compared with a
//! limit, and with the bytes that are there, before the crate heard of it. What it costs in time is bounded by its size, times a
//! hundred, or by 16 GiB for what is small.
//! Statistics, indexes and checksums are claims of the file, and nothing rests on them. No error holds a cell. A panic of the
//! crate ends the thread that reads, and the caller takes it for an error.

mod column;
mod footer;
mod meaning;
mod object;
mod page;
mod thrift;

pub(super) use object::Object;
pub use object::Pieces;

use super::CheckError;
use super::source::Item;
use column::Values;

type File<T> = Result<T, CheckError>;

/// Rows between two looks whether anybody still wants them.
const STRIDE: u64 = 4096;

const fn refused(what: &'static str) -> CheckError {
    CheckError::File(what)
}

/// Reads the wanted columns of an object, row by row: the header first. Cells of other columns are null.
pub(super) fn rows(object: &Object, wanted: &[&str], mut found: impl FnMut(Item) -> File<()>) -> File<()> {
    let footer::Footer { names, columns, groups } = footer::read(object, wanted)?;
    let width = names.len();
    found(Item::Header(names))?;
    for group in groups {
        let chunks = columns.iter().zip(&group.chunks);
        let mut readers: Vec<(usize, Values)> = chunks
            .map(|(column, chunk)| Ok((column.at, Values::new(object, column, chunk, group.rows)?)))
            .collect::<File<_>>()?;
        for row in 0..group.rows {
            if row.is_multiple_of(STRIDE) {
                object.go_on()?;
            }
            let mut cells = vec![super::cell::Cell::Null; width];
            let mut bytes = 0;
            for (at, values) in &mut readers {
                let cell = values.next(object, &mut bytes)?;
                if let Some(place) = cells.get_mut(*at) {
                    *place = cell;
                }
            }
            object.grow(bytes)?;
            found(Item::Row { cells, further: false })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
