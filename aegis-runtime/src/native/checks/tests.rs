use super::cell::Cell;
use super::keys::{Keys, Scratch};
use super::{CheckError, CheckReport, Checker, tally};
use crate::spec::{
    CheckSpec, ColumnKind, DatasetId, DatasetSpec, Expect, Location, Metric, Place, Reader, SchemaColumn, SchemaMode,
    SchemaSpec, ServerId, Severity, Unit, Validity,
};
use crate::vocabulary::DomainId;
use proptest::prelude::*;

static DATASET: DatasetSpec = DatasetSpec {
    name: "people",
    silver: Location { server: ServerId(0), place: Place::Object("silver/people.csv"), domain: DomainId(0) },
    gold: Location { server: ServerId(0), place: Place::Object("gold/people.csv"), domain: DomainId(1) },
    reader: Some(Reader::Csv),
    schema: SchemaSpec {
        mode: SchemaMode::Exact,
        columns: &[
            SchemaColumn { name: "id", kind: ColumnKind::Integer, required: true },
            SchemaColumn { name: "mail", kind: ColumnKind::Text, required: false },
            SchemaColumn { name: "age", kind: ColumnKind::Number, required: false },
        ],
    },
    checks: &[
        CheckSpec {
            id: "unique",
            metric: Metric::DuplicateValues,
            columns: &["id"],
            expect: Expect::Equal(0.0),
            unit: Unit::Rows,
            severity: Severity::Fail,
        },
        CheckSpec {
            id: "mail",
            metric: Metric::InvalidValues(Validity::Pattern("[^@]+@[^@]+")),
            columns: &["mail"],
            expect: Expect::Equal(0.0),
            unit: Unit::Rows,
            severity: Severity::Fail,
        },
        CheckSpec {
            id: "age",
            metric: Metric::InvalidValues(Validity::Range { minimum: Some(0.0), maximum: Some(150.0) }),
            columns: &["age"],
            expect: Expect::LessOrEqual(50.0),
            unit: Unit::Percent,
            severity: Severity::Warn,
        },
    ],
    checks_digest: "",
    allow_empty: false,
};

fn check(text: &str) -> Result<CheckReport, CheckError> {
    let mut checker = Checker::new(&DATASET, &std::env::temp_dir())?;
    checker.push(text.as_bytes())?;
    checker.finish()
}

fn failed(text: &str) -> Vec<&'static str> {
    check(text).unwrap().results.iter().filter(|result| !result.passed).map(|result| result.id).collect()
}

#[test]
fn clean_data_passes() {
    let report = check("id,mail,age\n1,a@b,30\n2,,\n3,\"c\"\"@\n,d\",0\n").unwrap();
    assert!(report.passed, "{report:?}");
    assert_eq!(report.rows, 3);
}

#[test]
fn each_fault_has_its_check() {
    // A percentage of no rows is no number, and passes nothing.
    assert_eq!(failed("id,mail,age\n"), ["not-empty", "age"]);
    assert_eq!(failed("id,mail,age\n1,a@b,1\n1,a@b,1\n"), ["unique"]);
    assert_eq!(failed("id,mail,age\n1,ab,1\n"), ["mail"]);
    assert_eq!(failed("id,mail,age\nx,a@b,1\n"), ["schema"]);
    assert_eq!(failed("id,mail,age\n,a@b,1\n"), ["schema"]);
    assert_eq!(failed("id,mail,age\n1,a@b,200\n"), ["age"]);
    // NaN is no finite number, and inside of no range.
    assert_eq!(failed("id,mail,age\n1,a@b,NaN\n"), ["schema", "age"]);
}

#[test]
fn a_report_names_rows_and_holds_no_cell() {
    let report = check("id,mail,age\n1,secretvalue,1\n2,a@b,1\n").unwrap();
    let mail = report.results.iter().find(|result| result.id == "mail").unwrap();
    assert_eq!(mail.sample_rows, [1]);
    assert!(!serde_json::to_string(&report.to_json()).unwrap().contains("secretvalue"));
}

#[test]
fn what_is_no_such_csv_is_an_error() {
    for text in [
        "",
        "id,mail\n1,a@b\n",
        "id,mail,age,more\n1,a@b,1,2\n",
        "id,id,age\n",
        "id,mail,age\n1,a@b\n",
        "id,mail,age\n1,\"a@b,1\n",
    ] {
        assert!(check(text).is_err(), "{text:?}");
    }
    let mut checker = Checker::new(&DATASET, &std::env::temp_dir()).unwrap();
    assert!(checker.push(b"id,mail,age\n1,\xff@b,1\n").is_err());
}

proptest! {
    #[test]
    fn where_the_bytes_are_cut_changes_nothing(cuts in proptest::collection::vec(1_usize..7, 1..40)) {
        let text = "id,mail,age\r\n1,a@b,30\r\n2,\"x\"\"y,\nz\",\r\n2,c@d,NaN\r\n";
        let mut checker = Checker::new(&DATASET, &std::env::temp_dir()).unwrap();
        let (mut rest, mut cuts) = (text.as_bytes(), cuts.into_iter().cycle());
        while !rest.is_empty() {
            let (chunk, left) = rest.split_at(cuts.next().unwrap().min(rest.len()));
            checker.push(chunk).unwrap();
            rest = left;
        }
        prop_assert_eq!(checker.finish().unwrap(), check(text).unwrap());
    }
}

const fn check_of(id: &'static str, metric: Metric, columns: &'static [&'static str], unit: Unit) -> CheckSpec {
    let expect = Expect::LessOrEqual(0.0);
    CheckSpec { id, metric, columns, expect, unit, severity: Severity::Fail }
}

static EVENTS: DatasetSpec = DatasetSpec {
    name: "events",
    silver: Location { server: ServerId(0), place: Place::Object("silver/events.jsonl"), domain: DomainId(0) },
    gold: Location { server: ServerId(0), place: Place::Object("gold/events.jsonl"), domain: DomainId(1) },
    reader: Some(Reader::Jsonl),
    schema: SchemaSpec {
        mode: SchemaMode::Exact,
        columns: &[
            SchemaColumn { name: "id", kind: ColumnKind::Integer, required: true },
            SchemaColumn { name: "who", kind: ColumnKind::Integer, required: false },
            SchemaColumn { name: "word", kind: ColumnKind::Text, required: false },
            SchemaColumn { name: "at", kind: ColumnKind::Timestamp, required: false },
        ],
    },
    checks: &[
        check_of("missing", Metric::MissingValues(&["n/a"]), &["word"], Unit::Rows),
        check_of("null", Metric::NullValues, &["word"], Unit::Rows),
        check_of("known", Metric::MissingReferences { dataset: DatasetId(0), column: "id" }, &["who"], Unit::Percent),
        check_of(
            "long",
            Metric::InvalidValues(Validity::Length { minimum: None, maximum: Some(3) }),
            &["word"],
            Unit::Rows,
        ),
        CheckSpec {
            id: "fresh",
            metric: Metric::Age,
            columns: &["at"],
            expect: Expect::Less(24.0),
            unit: Unit::Hours,
            severity: Severity::Fail,
        },
    ],
    checks_digest: "",
    allow_empty: false,
};

fn events(text: &str, people: &str) -> Result<CheckReport, CheckError> {
    let mut checker = Checker::new(&EVENTS, &std::env::temp_dir())?;
    let mut lookup = checker.lookup("known", &DATASET, "id")?;
    lookup.push(people.as_bytes())?;
    lookup.end_object()?;
    checker.know(lookup.finish());
    text.as_bytes().chunks(5).try_for_each(|chunk| checker.push(chunk))?;
    checker.finish()
}

const PEOPLE: &str = "id,mail,age\n1,a@b,30\n2,,\n";

/// An event at an hour before now, in UTC.
fn event(hours: i64, rest: &str) -> String {
    let at = jiff::Timestamp::now().checked_sub(jiff::SignedDuration::from_hours(hours)).unwrap();
    format!("{{\"id\": 1, \"at\": \"{at}\", {rest}}}\n")
}

fn missed(text: &str) -> Vec<(&'static str, f64)> {
    let report = events(text, PEOPLE).unwrap();
    report.results.iter().filter(|result| !result.passed).map(|result| (result.id, result.measured)).collect()
}

#[test]
fn each_metric_counts_what_it_says() {
    let good = event(1, r#""who": 2, "word": "abc""#);
    assert_eq!(missed(&good), []);
    // A null is skipped by references and lengths, and an empty text is missing but not null.
    assert_eq!(missed(&event(1, r#""who": null, "word": """#)), [("missing", 1.0)]);
    assert_eq!(missed(&event(1, r#""who": 1, "word": "n/a""#)), [("missing", 1.0)]);
    assert_eq!(missed(&event(1, r#""who": 1, "word": null"#)), [("missing", 1.0), ("null", 1.0)]);
    assert_eq!(missed(&(good.clone() + &event(1, r#""who": 3, "word": "abc""#))), [("known", 50.0)]);
    assert_eq!(missed(&event(1, r#""who": 1, "word": "abcd""#)), [("long", 1.0)]);
    assert_eq!(missed(&event(48, r#""who": 1, "word": "abc""#)).first().unwrap().0, "fresh");
    // Data from the future is not fresh.
    assert_eq!(missed(&event(-1, r#""who": 1, "word": "abc""#)).first().unwrap().0, "fresh");
}

#[test]
fn typed_formats_convert_nothing() {
    assert_eq!(missed(&event(1, r#""who": "1", "word": "abc""#)).first().unwrap().0, "schema");
    assert_eq!(missed(&event(1, r#""who": 1, "word": 7"#)).first().unwrap().0, "schema");
    assert_eq!(missed(&event(1, r#""who": 1, "word": "abc", "more": 1"#)), [("schema", 1.0)]);
    for broken in [r#"{"id": 1, "id": 2}"#, "[1]", "{", r#"{"id": 1} {"id": 2}"#, r#"{"id": 1}"#] {
        assert!(events(broken, PEOPLE).is_err(), "{broken}");
    }
}

#[test]
fn nothing_to_look_up_in_is_an_error_and_not_a_pass() {
    let mut checker = Checker::new(&EVENTS, &std::env::temp_dir()).unwrap();
    assert!(checker.push(b"{}\n").is_err());
    assert!(events("", "mail,age\n").is_err());
}

proptest! {
    #[test]
    fn keys_on_disk_count_as_keys_in_memory(
        rows in proptest::collection::vec(0_i64..40, 0..200), known in proptest::collection::vec(0_i64..40, 0..60),
    ) {
        let scratch = Scratch::new(&std::env::temp_dir()).unwrap().with_run(7);
        let keys = |values: &[i64]| {
            let mut keys = Keys::new(&scratch);
            for (row, value) in (1..).zip(values) {
                keys.push(scratch.key(std::iter::once(&Cell::Integer(*value))), row).unwrap();
            }
            keys
        };
        let mut seen = std::collections::HashSet::new();
        let twice: Vec<u64> = (1..).zip(&rows).filter(|(_, value)| !seen.insert(**value)).map(|(row, _)| row).collect();
        let found = tally::duplicates(keys(&rows)).unwrap();
        prop_assert_eq!(found.count, u64::try_from(twice.len()).unwrap());
        prop_assert_eq!(found.sample, twice.into_iter().take(5).collect::<Vec<_>>());
        let strange: Vec<u64> = (1..).zip(&rows).filter(|(_, value)| !known.contains(value)).map(|(row, _)| row).collect();
        let found = tally::strangers(keys(&rows), keys(&known)).unwrap();
        prop_assert_eq!(found.count, u64::try_from(strange.len()).unwrap());
        prop_assert_eq!(found.sample, strange.into_iter().take(5).collect::<Vec<_>>());
    }
}
