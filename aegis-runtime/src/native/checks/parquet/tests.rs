use super::super::cell::Cell;
use super::super::source::Item;
use super::super::{CheckError, CheckReport, Checker};
use super::{Object, Pieces, rows};
use crate::spec::{
    CheckSpec, ColumnKind, DatasetSpec, Expect, Location, Metric, Place, Reader, SchemaColumn, SchemaMode, SchemaSpec,
    ServerId, Severity, Unit, Validity,
};
use crate::vocabulary::DomainId;
use bytes::Bytes;
use proptest::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A file in memory, in pieces that most things do not fit in.
pub(super) struct Memory(pub(super) Vec<u8>, pub(super) u64);

impl Pieces for Memory {
    fn size(&self) -> u64 {
        self.0.len().try_into().unwrap()
    }

    fn piece(&self) -> u64 {
        self.1
    }

    fn get(&mut self, number: u64) -> Result<Bytes, CheckError> {
        let piece = usize::try_from(self.1).unwrap();
        let from = usize::try_from(number).unwrap() * piece;
        Ok(Bytes::copy_from_slice(&self.0[from..(from + piece).min(self.0.len())]))
    }

    fn is_wanted(&self) -> bool {
        true
    }
}

/// Files that pyarrow wrote; `tests/parquet/make.py` says how.
fn file(name: &str) -> Vec<u8> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/parquet");
    std::fs::read(format!("{dir}/{name}.parquet")).unwrap()
}

pub(super) fn cells(bytes: Vec<u8>, piece: u64, wanted: &[&str]) -> Result<(Vec<String>, Vec<Vec<Cell>>), CheckError> {
    let (mut names, mut all) = (Vec::new(), Vec::new());
    rows(&Object::new(Box::new(Memory(bytes, piece))), wanted, |item| {
        match item {
            Item::Header(header) => names = header,
            Item::Row { cells, .. } => all.push(cells),
        }
        Ok(())
    })?;
    Ok((names, all))
}

const COLUMNS: &[&str] = &["id", "who", "paid", "at", "new"];

const fn check(id: &'static str, metric: Metric, columns: &'static [&'static str]) -> CheckSpec {
    let (expect, unit, severity) = (Expect::Equal(0.0), Unit::Rows, Severity::Fail);
    CheckSpec { id, metric, columns, expect, unit, severity }
}

static VISITS: DatasetSpec = DatasetSpec {
    name: "visits",
    silver: Location { server: ServerId(0), place: Place::Object("silver/visits.parquet"), domain: DomainId(0) },
    gold: Location { server: ServerId(0), place: Place::Object("gold/visits.parquet"), domain: DomainId(1) },
    reader: Some(Reader::Parquet),
    schema: SchemaSpec {
        mode: SchemaMode::Superset,
        columns: &[
            SchemaColumn { name: "id", kind: ColumnKind::Integer, required: true },
            SchemaColumn { name: "who", kind: ColumnKind::Text, required: false },
            SchemaColumn { name: "paid", kind: ColumnKind::Number, required: true },
            SchemaColumn { name: "at", kind: ColumnKind::Timestamp, required: true },
            SchemaColumn { name: "new", kind: ColumnKind::Boolean, required: true },
        ],
    },
    checks: &[
        check("unique", Metric::DuplicateValues, &["id"]),
        check("person", Metric::InvalidValues(Validity::Pattern("person-[0-9]+")), &["who"]),
        check("amount", Metric::InvalidValues(Validity::Range { minimum: Some(0.0), maximum: Some(10.0) }), &["paid"]),
    ],
    checks_digest: "",
    allow_empty: false,
};

fn validated(bytes: Vec<u8>) -> Result<CheckReport, CheckError> {
    let mut checker = Checker::new(&VISITS, &std::env::temp_dir())?;
    checker.columns(Box::new(Memory(bytes, 1000)))?;
    checker.report(String::new())
}

#[test]
fn every_codec_page_and_encoding_reads_the_same_rows() {
    let (names, first) = cells(file("visits-none-v1"), 1000, COLUMNS).unwrap();
    assert_eq!(names, COLUMNS);
    assert_eq!(first.len(), 300);
    assert_eq!(first[1][..3], [Cell::Integer(2), Cell::Text("person-1".into()), Cell::Decimal("0.01".into())]);
    assert_eq!(first[1][3], Cell::Instant("2026-03-01T00:01:00Z".parse().unwrap()));
    assert_eq!((&first[0][1], &first[3][4]), (&Cell::Null, &Cell::Boolean(true)));
    let others = ["none-v2", "snappy-v1", "snappy-v2", "gzip-v1", "gzip-v2", "zstd-v1", "zstd-v2", "delta", "split"];
    for name in others {
        let (_, rows) =
            cells(file(&format!("visits-{name}")), 977, COLUMNS).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(rows == first, "{name}");
    }
    // Where the pieces are cut changes nothing, nor do many small pages.
    for piece in [7, 64, 100_000] {
        assert!(cells(file("visits-zstd-v2"), piece, COLUMNS).unwrap().1 == first, "{piece}");
    }
    let (_, many) = cells(file("visits-pages"), 512, COLUMNS).unwrap();
    assert_eq!((many.len(), &many[..300] == first.as_slice()), (700, true));
    // What nobody asked for is not read.
    let (_, one) = cells(file("visits-further"), 1000, &["id"]).unwrap();
    assert_eq!(one[299][..2], [Cell::Integer(300), Cell::Null]);
}

#[test]
fn each_type_is_what_it_means() {
    let (names, rows) = cells(file("kinds"), 333, &[]).unwrap();
    assert!(rows.iter().flatten().all(|cell| *cell == Cell::Null));
    let wanted: Vec<&str> = names.iter().map(String::as_str).collect();
    let (_, rows) = cells(file("kinds"), 333, &wanted).unwrap();
    let of = |name: &str| {
        let at = names.iter().position(|column| column == name).unwrap();
        assert_eq!(rows[1][at], Cell::Null, "{name}");
        (rows[0][at].clone(), rows[2][at].clone())
    };
    let instant = |text: &str| Cell::Instant(text.parse().unwrap());
    assert_eq!(of("tiny"), (Cell::Integer(-1), Cell::Integer(127)));
    assert_eq!(of("natural"), (Cell::Integer(4_294_967_295), Cell::Integer(0)));
    assert_eq!(of("huge"), (Cell::Odd("18446744073709551615".into()), Cell::Integer(1)));
    assert_eq!(of("single").0, Cell::Number(0.5));
    assert!(matches!(of("single").1, Cell::Number(number) if number.is_nan()));
    assert_eq!(of("double"), (Cell::Number(0.1), Cell::Number(f64::INFINITY)));
    assert_eq!(of("day"), (Cell::Date("1969-12-31".parse().unwrap()), Cell::Date("2026-01-02".parse().unwrap())));
    assert_eq!(of("moment"), (instant("1969-12-31T23:59:59.005Z"), instant("2026-01-02T00:00:00Z")));
    assert_eq!(of("nano"), (instant("1970-01-01T00:00:00.000000001Z"), instant("1969-12-31T23:59:59.999999999Z")));
    assert_eq!(of("time").0, Cell::Odd("3723000000".into()));
    assert_eq!(of("price"), (Cell::Decimal("-0.05".into()), Cell::Decimal("99999999999999999999.99".into())));
    assert_eq!(of("count"), (Cell::Decimal("12345678901234567890123456789".into()), Cell::Integer(7)));
    assert_eq!(of("text"), (Cell::Text("ä".into()), Cell::Text(String::new())));
    assert_eq!(of("bytes"), (Cell::Bytes("00ff".into()), Cell::Bytes(String::new())));
    assert_eq!(of("fixed").0, Cell::Bytes("61626364".into()));
    assert_eq!(of("uuid").0, Cell::Text("00010203-0405-0607-0809-0a0b0c0d0e0f".into()));
    assert_eq!(of("truth"), (Cell::Boolean(true), Cell::Boolean(false)));
    assert!(matches!(of("half").0, Cell::Odd(_)));
    let (_, rows) = cells(file("kinds-int96"), 333, &["moment"]).unwrap();
    assert_eq!((&rows[0][1], &rows[2][1]), (&instant("1969-12-31T23:59:59.005Z"), &instant("2026-01-02T00:00:00Z")));
}

#[test]
fn checks_count_over_columns() {
    let missed = |name: &str| {
        let report = validated(file(name)).unwrap();
        let results = report.results.iter().filter(|result| !result.passed);
        results.map(|result| (result.id, result.measured)).collect::<Vec<_>>()
    };
    assert_eq!(missed("visits-snappy-v1"), []);
    assert_eq!(missed("visits-further"), []);
    assert_eq!(missed("visits-empty"), [("not-empty", 0.0)]);
    assert_eq!(missed("visits-canary"), [("unique", 299.0), ("person", 300.0)]);
    assert_eq!(missed("visits-types"), [("schema", 300.0)]);
    let report = validated(file("visits-canary")).unwrap();
    assert!(!serde_json::to_string(&report.to_json()).unwrap().contains("canary"));
    for (name, why) in [
        ("visits-lacks", "the header lacks `at`"),
        ("visits-nested", "the file is nested where the schema declares one value"),
        ("visits-prefixes", "the file is in the encoding DELTA_BYTE_ARRAY, which is not read"),
        ("visits-lz4", "the file is compressed in a way that is not read: use snappy, gzip or zstd"),
    ] {
        assert_eq!(validated(file(name)).unwrap_err().to_string(), why);
    }
}

/// The metadata's length says more than there is, or more than anybody needs.
#[test]
fn a_frame_that_lies_is_refused() {
    let whole = file("visits-none-v1");
    let at = whole.len() - 8;
    for length in [0_u32, 1, 100, 0x0100_0001, u32::MAX] {
        let mut bytes = whole.clone();
        bytes[at..at + 4].copy_from_slice(&length.to_le_bytes());
        assert!(validated(bytes).is_err(), "{length}");
    }
    for cut in [0, 3, 4, 8, 11, 12, 500, whole.len() - 1] {
        assert!(validated(whole[..cut].to_vec()).is_err(), "{cut}");
    }
    for magic in [b"PARE", b"CSV!"] {
        let mut bytes = whole.clone();
        bytes[at + 4..].copy_from_slice(magic);
        assert!(validated(bytes).is_err());
    }
}

/// As the kernel does: a panic is a failure.
fn survives(bytes: Vec<u8>, wanted: &[&str]) {
    let read = catch_unwind(AssertUnwindSafe(|| cells(bytes, 4096, wanted)));
    if let Ok(Err(error)) = read {
        assert!(!error.to_string().contains("person-"), "{error}");
    }
}

/// Bytes all over a file: nothing grows beyond its bounds, nothing hangs, nothing is told of a cell.
#[test]
fn damage_anywhere_is_an_error_or_other_rows_and_costs_little() {
    std::panic::set_hook(Box::new(|_| ())); // the decoder may panic; the noise helps nobody
    for (name, wanted) in [("visits-zstd-v2", COLUMNS), ("visits-snappy-v1", COLUMNS), ("visits-delta", COLUMNS)] {
        let whole = file(name);
        for at in (0..whole.len()).step_by(3) {
            let mut bytes = whole.clone();
            bytes[at] = if at % 2 == 0 { 0xff } else { whole[at] ^ 0x81 };
            survives(bytes, wanted);
        }
    }
    let _default = std::panic::take_hook();
}

proptest! {
    #[test]
    fn noise_behind_a_frame_is_refused(mut noise in proptest::collection::vec(any::<u8>(), 0..400)) {
        let length = u32::try_from(noise.len()).unwrap().to_le_bytes();
        let mut bytes = b"PAR1".to_vec();
        bytes.append(&mut noise);
        bytes.extend_from_slice(&length);
        bytes.extend_from_slice(b"PAR1");
        prop_assert!(validated(bytes).is_err());
    }
}
