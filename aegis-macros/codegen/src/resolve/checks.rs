//! The checks of a dataset, in ODCS terms.

use super::word;
use crate::diag::{Code, Diag, suggest};
use crate::ir::{Check, Metric};
use crate::model::estate::{CheckToml, DatasetToml, LocationToml};
use std::collections::BTreeMap;
use toml::Spanned;

type Columns = [(String, &'static str, bool)];
type Datasets = BTreeMap<Spanned<String>, DatasetToml>;

/// The metrics, as they are spelled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Rows,
    Null,
    Missing,
    Duplicate,
    Invalid,
    References,
    Age,
}

const METRICS: [(&str, Word); 7] = [
    ("rowCount", Word::Rows),
    ("nullValues", Word::Null),
    ("missingValues", Word::Missing),
    ("duplicateValues", Word::Duplicate),
    ("invalidValues", Word::Invalid),
    ("missingReferences", Word::References),
    ("age", Word::Age),
];
const COUNTS: [(&str, &str); 2] = [("rows", "Rows"), ("percent", "Percent")];
const AGES: [(&str, &str); 4] = [("seconds", "Seconds"), ("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")];

pub(super) fn check(
    toml: &CheckToml,
    columns: &Columns,
    silver: &LocationToml,
    datasets: &Datasets,
    path: &str,
    diags: &mut Vec<Diag>,
) -> Option<Check> {
    for column in &toml.columns {
        known_column(column, columns.iter().map(|(name, ..)| name.as_str()), path, diags);
    }
    let word_of = word(&toml.metric, "metric", &METRICS, path, diags)?;
    let metric = metric(word_of, toml, columns, (silver, datasets), path, diags)?;
    let expect = expect(toml, path, diags)?;
    let unit = match (&toml.unit, word_of) {
        (Some(unit), Word::Age) => word(unit, "unit of an age", &AGES, path, diags)?,
        (Some(unit), Word::Rows) => word(unit, "unit of `rowCount`", &COUNTS[..1], path, diags)?,
        (Some(unit), _) => word(unit, "unit", &COUNTS, path, diags)?,
        (None, Word::Age) => "Hours",
        (None, _) => "Rows",
    };
    let severity =
        toml.severity.as_ref().map(|value| word(value, "severity", &[("fail", false), ("warn", true)], path, diags));
    Some(Check {
        id: toml.id.get_ref().clone(),
        metric,
        columns: toml.columns.iter().map(|column| column.get_ref().clone()).collect(),
        expect,
        unit,
        warn: severity.flatten().unwrap_or(false),
    })
}

fn known_column<'name>(
    column: &Spanned<String>,
    known: impl Iterator<Item = &'name str> + Clone,
    path: &str,
    diags: &mut Vec<Diag>,
) {
    if !known.clone().any(|name| name == column.get_ref()) {
        let message = format!("unknown column `{}`", column.get_ref());
        diags.push(Diag::error(Code::UnknownColumn, path, column.span(), message, suggest(column.get_ref(), known)));
    }
}

fn metric(
    word: Word,
    toml: &CheckToml,
    columns: &Columns,
    (silver, datasets): (&LocationToml, &Datasets),
    path: &str,
    diags: &mut Vec<Diag>,
) -> Option<Metric> {
    let range = (toml.minimum.is_some() || toml.maximum.is_some()).then_some((toml.minimum, toml.maximum));
    let length = (toml.min_length.is_some() || toml.max_length.is_some()).then_some((toml.min_length, toml.max_length));
    let validity = [toml.pattern.is_some(), toml.one_of.is_some(), range.is_some(), length.is_some()];
    let given = validity.iter().filter(|given| **given).count();
    let mut wrong = |message: &str, help: &str| {
        diags.push(Diag::error(Code::UnknownWord, path, toml.metric.span(), message, help));
        None
    };
    if (word == Word::Rows) != toml.columns.is_empty() {
        return wrong(
            "the columns do not fit the metric",
            "`rowCount` counts over no columns, every other metric over at least one",
        );
    }
    if (word == Word::Invalid) != (given == 1) || given > 1 {
        return wrong(
            "the validity does not fit the metric",
            "`invalidValues` takes exactly one of `pattern`, `one-of`, `minimum` and `maximum`, or `min-length` and `max-length`; no other metric takes any",
        );
    }
    if (word == Word::References) != toml.references.is_some() || (word == Word::References && toml.columns.len() != 1)
    {
        return wrong(
            "the references do not fit the metric",
            "`missingReferences` takes one column and `references = { dataset = \"customers\", column = \"id\" }`; no other metric does",
        );
    }
    if word != Word::Missing && toml.missing_values.is_some() {
        return wrong("the words do not fit the metric", "only `missingValues` takes `missing-values`");
    }
    let is_time = |column: &Spanned<String>| {
        columns.iter().any(|(name, kind, _)| name == column.get_ref() && *kind == "Timestamp")
    };
    if word == Word::Age && !(toml.columns.len() == 1 && toml.columns.iter().all(is_time)) {
        return wrong("an age is that of one column of type `timestamp`", "name one: `columns = [\"created_at\"]`");
    }
    Some(match word {
        Word::Rows => Metric::RowCount,
        Word::Null => Metric::NullValues,
        Word::Missing => Metric::MissingValues(toml.missing_values.clone().unwrap_or_default()),
        Word::Duplicate => Metric::DuplicateValues,
        Word::Age => Metric::Age,
        Word::References => {
            let references = toml.references.as_ref()?;
            let (dataset, column) = (&references.dataset, &references.column);
            let place = datasets.keys().position(|name| name.get_ref() == dataset.get_ref());
            let Some((place, (_, of))) =
                place.zip(datasets.iter().find(|(name, _)| name.get_ref() == dataset.get_ref()))
            else {
                let help = suggest(dataset.get_ref(), datasets.keys().map(|name| name.get_ref().as_str()));
                let message = format!("unknown dataset `{}`", dataset.get_ref());
                diags.push(Diag::error(Code::UnknownDataset, path, dataset.span(), message, help));
                return None;
            };
            let rows = [silver, &of.silver].map(|place| place.table.as_ref().map(|_| place.server.get_ref()));
            if rows[0] != rows[1] {
                let message = format!("`{}` cannot be looked up in from here", dataset.get_ref());
                let help = "rows are looked up in tables of the same server, and objects in objects";
                diags.push(Diag::error(Code::TableDataset, path, dataset.span(), message, help));
            }
            known_column(column, of.schema.columns.keys().map(|name| name.get_ref().as_str()), path, diags);
            Metric::MissingReferences(place, column.get_ref().clone())
        }
        Word::Invalid => match (&toml.pattern, &toml.one_of, length) {
            (Some(pattern), ..) => Metric::Pattern(pattern.get_ref().clone()),
            (None, Some(words), _) => Metric::OneOf(words.clone()),
            (None, None, Some((minimum, maximum))) => Metric::Length(minimum, maximum),
            (None, None, None) => {
                let (minimum, maximum) = range.unwrap_or_default();
                Metric::Range(minimum, maximum)
            }
        },
    })
}

fn expect(toml: &CheckToml, path: &str, diags: &mut Vec<Diag>) -> Option<(&'static str, Vec<f64>)> {
    let one = |name, value: Option<f64>| value.map(|value| (name, vec![value]));
    let two = |name, value: Option<[f64; 2]>| value.map(|value| (name, value.to_vec()));
    let mut given: Vec<_> = [
        one("Equal", toml.must_be),
        one("NotEqual", toml.must_not_be),
        one("Greater", toml.must_be_greater_than),
        one("GreaterOrEqual", toml.must_be_greater_or_equal_to),
        one("Less", toml.must_be_less_than),
        one("LessOrEqual", toml.must_be_less_or_equal_to),
        two("Between", toml.must_be_between),
        two("NotBetween", toml.must_not_be_between),
    ]
    .into_iter()
    .flatten()
    .collect();
    if given.len() != 1 {
        let message = format!("check `{}` has {} expectations", toml.id.get_ref(), given.len());
        diags.push(Diag::error(
            Code::UnknownWord,
            path,
            toml.id.span(),
            message,
            "give exactly one, such as `must-be = 0`",
        ));
        return None;
    }
    given.pop()
}
