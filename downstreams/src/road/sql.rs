//! The statements of the road, spelled from names of the estate and quoted literals.

use super::{Count, Measure, relation};
use crate::estate::{Column, Dialect, Estate, Kind, Table, literal, quoted};

/// One row: rows, misfits, then a number for each check in order, null where the pass over the rows counts or there is none.
///
/// A column misfits when it is null where it must not be, or holds what its declared type does not.
///
/// # Errors
/// A relation or column that is not declared.
pub fn counts(estate: &Estate, measure: &Measure, dialect: Dialect) -> Result<String, String> {
    let table = relation(estate, &measure.table)?;
    let mut misfits = Vec::new();
    for column in &table.columns {
        let at = format!("s.{}", quoted(&column.name));
        misfits.extend(measure.required.contains(&column.name).then(|| format!("{at} IS NULL")));
        misfits.extend(misfit(column.kind, &at, dialect));
    }
    for name in &measure.required {
        column(table, name)?;
    }
    let mut out = vec!["count(*)".to_owned(), rows_where(&any(misfits))];
    for check in &measure.checks {
        out.push(one(estate, table, check, dialect)?);
    }
    Ok(format!("SELECT {} FROM {} AS s", out.join(", "), place(table, dialect)))
}

/// Every row in an order that is the same wherever the rows are: by key, then by everything else.
#[must_use]
pub fn rows(table: &Table, dialect: Dialect) -> String {
    let shown: Vec<String> = table.columns.iter().map(|column| spelled(&at(column), dialect)).collect();
    let (key, rest): (Vec<&Column>, Vec<&Column>) = table.columns.iter().partition(|column| column.key);
    let order: Vec<String> = key.into_iter().chain(rest).map(|column| exact(column, dialect)).collect();
    format!("SELECT {} FROM {} AS s ORDER BY {}", shown.join(", "), place(table, dialect), order.join(", "))
}

/// Takes every row out of a relation, and puts those of another in.
#[must_use]
pub fn replace(silver: &Table, gold: &Table, dialect: Dialect) -> [String; 2] {
    let (from, to) = (place(silver, dialect), place(gold, dialect));
    let columns = silver.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ");
    [format!("DELETE FROM {to}"), format!("INSERT INTO {to} ({columns}) SELECT {columns} FROM {from}")]
}

fn one(estate: &Estate, table: &Table, check: &Count, dialect: Dialect) -> Result<String, String> {
    let each = |columns: &[String], test: &dyn Fn(&Column) -> String| -> Result<String, String> {
        let tests = columns.iter().map(|name| column(table, name).map(test));
        Ok(rows_where(&any(tests.collect::<Result<_, _>>()?)))
    };
    let words = |words: &[String]| words.iter().map(|word| literal(word)).collect::<Vec<_>>().join(", ");
    match check {
        Count::RowCount {} => Ok("count(*)".to_owned()),
        Count::Pattern { .. } => Ok("CAST(NULL AS bigint)".to_owned()),
        Count::NullValues { columns } => each(columns, &|column| format!("{} IS NULL", at(column))),
        Count::MissingValues { columns, words: given } => {
            let list = words(&[&[String::new()], given.as_slice()].concat());
            each(columns, &|column| format!("({0} IS NULL OR {1} IN ({list}))", at(column), text(column, dialect)))
        }
        Count::OneOf { columns, words: given } => {
            // No list matches nothing, and IN takes no empty one in every dialect.
            let list = if given.is_empty() { "NULL".to_owned() } else { words(given) };
            each(columns, &|column| {
                format!("({0} IS NOT NULL AND ({1} IN ({list})) IS NOT TRUE)", at(column), text(column, dialect))
            })
        }
        Count::Length { columns, minimum, maximum } => each(columns, &|column| {
            let length = format!("{}({})", characters(dialect), text(column, dialect));
            let below = minimum.map(|minimum| format!("{length} < {minimum}"));
            let above = maximum.map(|maximum| format!("{length} > {maximum}"));
            any(below.into_iter().chain(above).collect())
        }),
        Count::Range { columns, minimum, maximum } => {
            let bounds = (minimum.map(|value| format!("{value:?}")), maximum.map(|value| format!("{value:?}")));
            each(columns, &|column| outside(column, &bounds, dialect))
        }
        Count::DuplicateValues { columns } => {
            let key = columns.iter().map(|name| column(table, name).map(|column| exact(column, dialect)));
            let key = key.collect::<Result<Vec<_>, _>>()?.join(", ");
            let from = place(table, dialect);
            Ok(format!("count(*) - (SELECT count(*) FROM (SELECT DISTINCT {key} FROM {from} AS s) AS d)"))
        }
        Count::MissingReferences { column: name, table: other, of } => {
            let (here, other) = (column(table, name)?, relation(estate, other)?);
            let there = format!("o.{}", quoted(&column(other, of)?.name));
            let (from, to, here) = (place(table, dialect), place(other, dialect), at(here));
            // One engine builds a set of the inner rows for IN, the other for EXISTS.
            let absent = match dialect {
                Dialect::Sqlite => format!("{here} NOT IN (SELECT {there} FROM {to} AS o WHERE {there} IS NOT NULL)"),
                Dialect::Postgres => format!("NOT EXISTS (SELECT 1 FROM {to} AS o WHERE {there} = {here})"),
            };
            Ok(format!("(SELECT count(*) FROM {from} AS s WHERE {here} IS NOT NULL AND {absent})"))
        }
        Count::Age { column: name } => {
            let at = at(column(table, name)?);
            Ok(match dialect {
                Dialect::Sqlite => format!(
                    "CASE WHEN {} = 0 THEN max({INSTANT}({at})) END",
                    rows_where(&format!("{at} IS NOT NULL AND {INSTANT}({at}) IS NULL"))
                ),
                Dialect::Postgres => format!(
                    "CASE WHEN {} = 0 THEN pg_catalog.floor(extract(epoch FROM max({at})))::bigint END",
                    rows_where(&format!("NOT pg_catalog.isfinite({at})"))
                ),
            })
        }
    }
}

/// SQLite keeps no instants: this function of ours reads a text as one, and gives null for what is none.
pub const INSTANT: &str = "aegis_instant";
/// SQLite's own `length` stops at a NUL: this one does not.
pub const CHARACTERS: &str = "aegis_characters";

fn characters(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => CHARACTERS,
        Dialect::Postgres => "pg_catalog.char_length",
    }
}

fn misfit(kind: Kind, at: &str, dialect: Dialect) -> Option<String> {
    match (dialect, kind) {
        (Dialect::Sqlite, Kind::Integer) => Some(format!("typeof({at}) NOT IN ('integer', 'null')")),
        (Dialect::Sqlite, Kind::Text) => Some(format!("typeof({at}) NOT IN ('text', 'null')")),
        (Dialect::Sqlite, Kind::Blob) => Some(format!("typeof({at}) NOT IN ('blob', 'null')")),
        (Dialect::Sqlite, Kind::Number) => Some(format!(
            "(typeof({at}) NOT IN ('integer', 'real', 'null') OR abs({at} * 1.0) > 1.7976931348623157e308)"
        )),
        (Dialect::Sqlite, Kind::Boolean) => {
            Some(format!("({at} IS NOT NULL AND (typeof({at}) <> 'integer' OR {at} NOT IN (0, 1)))"))
        }
        (Dialect::Sqlite, Kind::Timestamp) => Some(format!("({at} IS NOT NULL AND {INSTANT}({at}) IS NULL)")),
        (Dialect::Postgres, Kind::Number) => Some(format!("{at}::text IN ('NaN', 'Infinity', '-Infinity')")),
        (Dialect::Postgres, Kind::Timestamp) => Some(format!("{at}::text IN ('infinity', '-infinity')")),
        // The engine holds these types itself, and the estate was held against it.
        (Dialect::Postgres, Kind::Integer | Kind::Text | Kind::Boolean | Kind::Blob) => None,
    }
}

/// What is no number is outside of every range, and so is NaN.
fn outside(column: &Column, (minimum, maximum): &(Option<String>, Option<String>), dialect: Dialect) -> String {
    let at = at(column);
    if !matches!(column.kind, Kind::Integer | Kind::Number) {
        return format!("{at} IS NOT NULL");
    }
    let mut inside = vec![match dialect {
        Dialect::Sqlite => format!("typeof({at}) IN ('integer', 'real')"),
        Dialect::Postgres => format!("{at}::text <> 'NaN'"),
    }];
    inside.extend(minimum.as_ref().map(|minimum| format!("{at} >= ({minimum})")));
    inside.extend(maximum.as_ref().map(|maximum| format!("{at} <= ({maximum})")));
    format!("({at} IS NOT NULL AND NOT ({}))", inside.join(" AND "))
}

fn column<'table>(table: &'table Table, name: &str) -> Result<&'table Column, String> {
    table.column(name).ok_or_else(|| format!("`{}` has no column `{name}`", table.name))
}

fn place(table: &Table, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => format!("main.{}", quoted(&table.name)),
        Dialect::Postgres => format!("public.{}", quoted(&table.name)),
    }
}

fn at(column: &Column) -> String {
    format!("s.{}", quoted(&column.name))
}

/// A value as the pass reads it: SQLite's own, or PostgreSQL's text of it.
fn spelled(at: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => at.to_owned(),
        Dialect::Postgres => format!("{at}::text"),
    }
}

/// A value as a text.
fn text(column: &Column, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => format!("CAST({} AS TEXT)", at(column)),
        Dialect::Postgres => format!("{}::text", at(column)),
    }
}

/// A value to be told apart and put in order by itself and no collation.
fn exact(column: &Column, dialect: Dialect) -> String {
    match (dialect, column.kind) {
        (Dialect::Sqlite, _) => format!("{} COLLATE BINARY", at(column)),
        (Dialect::Postgres, Kind::Text) => format!("{}::text COLLATE \"C\"", at(column)),
        (Dialect::Postgres, Kind::Integer | Kind::Number | Kind::Boolean | Kind::Timestamp | Kind::Blob) => at(column),
    }
}

fn rows_where(test: &str) -> String {
    format!("count(*) FILTER (WHERE {test})")
}

fn any(tests: Vec<String>) -> String {
    if tests.is_empty() { "1 = 0".to_owned() } else { tests.join(" OR ") }
}
