//! `manifests/estate.toml`.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The data estate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EstateFile {
    /// `[domain.NAME]`.
    #[serde(default)]
    pub domain: BTreeMap<Spanned<String>, DomainToml>,
    /// `[table.NAME]`.
    #[serde(default)]
    pub table: BTreeMap<Spanned<String>, TableToml>,
    /// `[objects.NAME]`.
    #[serde(default)]
    pub objects: BTreeMap<Spanned<String>, ObjectsToml>,
    /// `[files.NAME]`.
    #[serde(default)]
    pub files: BTreeMap<Spanned<String>, FilesToml>,
    /// `[hosts.NAME]`.
    #[serde(default)]
    pub hosts: BTreeMap<Spanned<String>, HostToml>,
    /// `[dataset.NAME]`.
    #[serde(default)]
    pub dataset: BTreeMap<Spanned<String>, DatasetToml>,
    /// `[class.NAME]`.
    #[serde(default)]
    pub class: BTreeMap<Spanned<String>, ClassToml>,
}

/// A class of data of the estate's own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClassToml {
    /// Its reason.
    pub why: Spanned<String>,
    /// Values, found as whole words whatever their case.
    #[serde(default)]
    pub literals: Vec<Spanned<String>>,
    /// A linear-time pattern, found anywhere.
    pub pattern: Option<Spanned<String>>,
}

/// A domain.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DomainToml {
    /// Its reason.
    pub why: Spanned<String>,
    /// Only promotion writes here.
    #[serde(default)]
    pub protected: bool,
    /// Data can leave through it.
    #[serde(default)]
    pub sink: bool,
}

/// A relation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TableToml {
    /// The server that holds it.
    pub server: Spanned<String>,
    /// Its domain.
    pub domain: Spanned<String>,
    /// Its columns, in order.
    pub columns: Vec<ColumnToml>,
}

/// A column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ColumnToml {
    /// Its name.
    pub name: Spanned<String>,
    /// `integer`, `number`, `text`, `boolean`, `timestamp`, `blob`.
    #[serde(rename = "type")]
    pub kind: Spanned<String>,
    /// Part of the key.
    #[serde(default)]
    pub key: bool,
    /// Its class.
    pub pii: Option<Spanned<String>>,
    /// Detectors are expected to find things here.
    #[serde(default)]
    pub free_text: bool,
}

/// Objects under a prefix.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ObjectsToml {
    /// The server that holds them.
    pub server: Spanned<String>,
    /// The prefix.
    pub prefix: Spanned<String>,
    /// Their domain.
    pub domain: Spanned<String>,
}

/// Files of a directory, and everything below it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FilesToml {
    /// The server that works on them.
    pub server: Spanned<String>,
    /// The directory, absolute or below `${state}/`.
    pub path: Spanned<String>,
    /// Their domain.
    pub domain: Spanned<String>,
}

/// A host.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HostToml {
    /// The server that reaches it.
    pub server: Spanned<String>,
    /// Its name, or `*.` and a name for all below.
    pub host: Spanned<String>,
    /// Its port, where it is not the scheme's.
    pub port: Option<u16>,
    /// `https`, unless it says `http`.
    pub scheme: Option<Spanned<String>>,
    /// Its domain.
    pub domain: Spanned<String>,
}

/// A dataset.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DatasetToml {
    /// Where it is validated.
    pub silver: LocationToml,
    /// Where it is published.
    pub gold: LocationToml,
    /// `csv`, `jsonl`, `parquet`; none for a table, which its engine reads.
    pub reader: Option<Spanned<String>>,
    /// Its columns.
    pub schema: SchemaToml,
    /// Whether zero rows may pass.
    #[serde(default)]
    pub allow_empty: bool,
    /// Its checks.
    #[serde(default)]
    pub check: Vec<CheckToml>,
}

/// A place of a dataset.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LocationToml {
    /// The server.
    pub server: Spanned<String>,
    /// The object's key.
    pub object: Option<Spanned<String>>,
    /// All objects under this prefix instead, in the order of their names.
    pub prefix: Option<Spanned<String>>,
    /// A table instead.
    pub table: Option<Spanned<String>>,
}

/// A dataset's columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SchemaToml {
    /// `exact` or `superset`.
    pub mode: Spanned<String>,
    /// `name = "type"`, with `!` for never null.
    pub columns: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// A check, in ODCS terms.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CheckToml {
    /// Its id.
    pub id: Spanned<String>,
    /// `rowCount`, `nullValues`, `missingValues`, `duplicateValues`, `invalidValues`, `missingReferences`, `age`.
    pub metric: Spanned<String>,
    /// The columns it counts over.
    #[serde(default)]
    pub columns: Vec<Spanned<String>>,
    /// Missing, beside null and empty: these words.
    pub missing_values: Option<Vec<String>>,
    /// Where each value must stand.
    pub references: Option<ReferencesToml>,
    /// Valid: at least so many characters.
    pub min_length: Option<u64>,
    /// Valid: at most so many characters.
    pub max_length: Option<u64>,
    /// Valid: matches as a whole.
    pub pattern: Option<Spanned<String>>,
    /// Valid: one of these.
    pub one_of: Option<Vec<String>>,
    /// Valid: at least.
    pub minimum: Option<f64>,
    /// Valid: at most.
    pub maximum: Option<f64>,
    /// `mustBe`.
    pub must_be: Option<f64>,
    /// `mustNotBe`.
    pub must_not_be: Option<f64>,
    /// `mustBeGreaterThan`.
    pub must_be_greater_than: Option<f64>,
    /// `mustBeGreaterOrEqualTo`.
    pub must_be_greater_or_equal_to: Option<f64>,
    /// `mustBeLessThan`.
    pub must_be_less_than: Option<f64>,
    /// `mustBeLessOrEqualTo`.
    pub must_be_less_or_equal_to: Option<f64>,
    /// `mustBeBetween`.
    pub must_be_between: Option<[f64; 2]>,
    /// `mustNotBeBetween`.
    pub must_not_be_between: Option<[f64; 2]>,
    /// `rows` or `percent`; of an age, `seconds`, `minutes`, `hours` or `days`.
    pub unit: Option<Spanned<String>>,
    /// `fail` or `warn`.
    pub severity: Option<Spanned<String>>,
}

/// A column of another dataset.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReferencesToml {
    /// The dataset; its silver location is read.
    pub dataset: Spanned<String>,
    /// The column.
    pub column: Spanned<String>,
}
