use super::{CheckError, CheckReport, Checker};
use crate::spec::{
    CheckSpec, ColumnKind, DatasetSpec, Expect, Location, Metric, Reader, SchemaColumn, SchemaMode, SchemaSpec,
    ServerId, Severity, Unit, Validity,
};
use crate::vocabulary::DomainId;
use proptest::prelude::*;

static DATASET: DatasetSpec = DatasetSpec {
    name: "people",
    silver: Location { server: ServerId(0), object: "silver/people.csv", domain: DomainId(0) },
    gold: Location { server: ServerId(0), object: "gold/people.csv", domain: DomainId(1) },
    reader: Reader::Csv,
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
    let mut checker = Checker::new(&DATASET)?;
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
    let mut checker = Checker::new(&DATASET).unwrap();
    assert!(checker.push(b"id,mail,age\n1,\xff@b,1\n").is_err());
}

proptest! {
    #[test]
    fn where_the_bytes_are_cut_changes_nothing(cuts in proptest::collection::vec(1_usize..7, 1..40)) {
        let text = "id,mail,age\r\n1,a@b,30\r\n2,\"x\"\"y,\nz\",\r\n2,c@d,NaN\r\n";
        let mut checker = Checker::new(&DATASET).unwrap();
        let (mut rest, mut cuts) = (text.as_bytes(), cuts.into_iter().cycle());
        while !rest.is_empty() {
            let (chunk, left) = rest.split_at(cuts.next().unwrap().min(rest.len()));
            checker.push(chunk).unwrap();
            rest = left;
        }
        prop_assert_eq!(checker.finish().unwrap(), check(text).unwrap());
    }
}
