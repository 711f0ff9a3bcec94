//! Any bytes as a Parquet file: rows or an error, in bounded memory and time.
//!
//! The decoder may panic; the kernel takes that for a failed validation, and so does this.

#![no_main]

use aegis_runtime::native::checks::{CheckError, Checker, Pieces};
use aegis_runtime::spec::{
    ColumnKind, DatasetSpec, Location, Place, Reader, SchemaColumn, SchemaMode, SchemaSpec, ServerId,
};
use aegis_runtime::vocabulary::DomainId;
use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

struct Memory(Bytes);

const PIECE: u64 = 4096;

impl Pieces for Memory {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn piece(&self) -> u64 {
        PIECE
    }

    fn get(&mut self, number: u64) -> Result<Bytes, CheckError> {
        let from = (number * PIECE) as usize;
        Ok(self.0.slice(from..(from + PIECE as usize).min(self.0.len())))
    }

    fn is_wanted(&self) -> bool {
        true
    }
}

const fn column(name: &'static str, kind: ColumnKind) -> SchemaColumn {
    SchemaColumn { name, kind, required: false }
}

/// The columns of `tests/parquet`'s visits, which are the corpus.
static VISITS: DatasetSpec = DatasetSpec {
    name: "visits",
    silver: Location { server: ServerId(0), place: Place::Object("silver/visits.parquet"), domain: DomainId(0) },
    gold: Location { server: ServerId(0), place: Place::Object("gold/visits.parquet"), domain: DomainId(1) },
    reader: Some(Reader::Parquet),
    schema: SchemaSpec {
        mode: SchemaMode::Superset,
        columns: &[
            column("id", ColumnKind::Integer),
            column("who", ColumnKind::Text),
            column("paid", ColumnKind::Number),
            column("at", ColumnKind::Timestamp),
            column("new", ColumnKind::Boolean),
        ],
    },
    checks: &[],
    checks_digest: "",
    allow_empty: true,
};

fuzz_target!(init: set_hook(Box::new(|_| ())), |bytes: &[u8]| {
    let mut checker = Checker::new(&VISITS, &std::env::temp_dir()).unwrap();
    let pieces = Box::new(Memory(Bytes::copy_from_slice(bytes)));
    let _ = catch_unwind(AssertUnwindSafe(|| checker.columns(pieces).map(|()| checker.report(String::new()))));
});
