//! Values as JSON. Common scalars are read here; every other type is handed back to the database, which knows its text best.
//!
//! Numbers that JSON cannot hold exactly (`numeric`) are texts.

use bytes::{BufMut, BytesMut};
use serde_json::{Value, json};
use std::error::Error;
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};
use tokio_postgres::{GenericClient, Row};

/// Most values that one question to the database carries.
const AT_ONCE: usize = 1000;

/// Bytes of a value in its own binary form.
#[derive(Debug)]
struct Raw(Vec<u8>);

impl<'a> FromSql<'a> for Raw {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(raw.to_vec()))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl ToSql for Raw {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.put_slice(&self.0);
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A value that the database is asked for: where it stands, its type, its bytes.
struct Open {
    row: usize,
    column: usize,
    kind: Type,
    raw: Raw,
}

/// The cells of all rows.
pub(crate) async fn cells(client: &impl GenericClient, rows: &[Row]) -> Result<Vec<Vec<Value>>, String> {
    let mut open = Vec::new();
    let mut table = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let mut cells = Vec::with_capacity(row.len());
        for (column, described) in row.columns().iter().enumerate() {
            let kind = described.type_();
            let raw: Option<Raw> = row.try_get(column).map_err(|_| unreadable())?;
            cells.push(match raw {
                None => Value::Null,
                Some(raw) => match known(kind, &raw.0) {
                    Some(value) => value,
                    None => {
                        open.push(Open { row: at, column, kind: kind.clone(), raw });
                        Value::Null
                    }
                },
            });
        }
        table.push(cells);
    }
    for chunk in open.chunks(AT_ONCE) {
        let values = asked(client, chunk).await?;
        for (place, value) in chunk.iter().zip(values) {
            if let Some(cell) = table.get_mut(place.row).and_then(|row| row.get_mut(place.column)) {
                *cell = value;
            }
        }
    }
    Ok(table)
}

fn unreadable() -> String {
    "a value cannot be read; cast its column to text".to_owned()
}

/// Types whose binary form is their value. An outer `None`: the database is asked.
fn known(kind: &Type, raw: &[u8]) -> Option<Value> {
    let text = || std::str::from_utf8(raw).ok();
    match *kind {
        Type::BOOL => Some(json!(raw.first().is_some_and(|byte| *byte != 0))),
        Type::INT2 => Some(json!(i16::from_be_bytes(raw.try_into().ok()?))),
        Type::INT4 => Some(json!(i32::from_be_bytes(raw.try_into().ok()?))),
        Type::INT8 => Some(json!(i64::from_be_bytes(raw.try_into().ok()?))),
        Type::OID => Some(json!(u32::from_be_bytes(raw.try_into().ok()?))),
        // Not a number and the infinities have no JSON; the database writes them as text.
        Type::FLOAT4 => Some(f32::from_be_bytes(raw.try_into().ok()?))
            .filter(|number| number.is_finite())
            .map(|number| json!(number)),
        Type::FLOAT8 => Some(f64::from_be_bytes(raw.try_into().ok()?))
            .filter(|number| number.is_finite())
            .map(|number| json!(number)),
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN => text().map(|text| json!(text)),
        Type::VOID => Some(Value::Null),
        _ => None, // the database is asked
    }
}

async fn asked(client: &impl GenericClient, open: &[Open]) -> Result<Vec<Value>, String> {
    if open.iter().any(|place| place.kind == Type::RECORD || place.kind == Type::RECORD_ARRAY) {
        return Err("a whole row cannot be given out as one value: name its columns".to_owned());
    }
    let places: Vec<String> = (1..).zip(open).map(|(number, place)| shown(number, &place.kind)).collect();
    let sql = format!("SELECT ARRAY[{}]::text[]", places.join(", "));
    let kinds: Vec<Type> = open.iter().map(|place| place.kind.clone()).collect();
    let statement = client.prepare_typed(&sql, &kinds).await.map_err(|_| unreadable())?;
    let values: Vec<&(dyn ToSql + Sync)> = open.iter().map(|place| &place.raw as &(dyn ToSql + Sync)).collect();
    let row = client.query_one(&statement, &values).await.map_err(|_| unreadable())?;
    let texts: Vec<Option<String>> = row.try_get(0).map_err(|_| unreadable())?;
    texts
        .into_iter()
        .map(|text| text.map_or(Ok(Value::Null), |text| serde_json::from_str(&text).map_err(|_| unreadable())))
        .collect()
}

/// JSON text of a bound value. Decimals go by way of text, since a JSON reader would round them.
fn shown(number: usize, kind: &Type) -> String {
    let exact = |kind: &Type| [Type::NUMERIC, Type::MONEY, Type::FLOAT4, Type::FLOAT8].contains(kind);
    let list = if let Kind::Array(of) = kind.kind() { exact(of) } else { false };
    let cast = match (list, exact(kind)) {
        (true, _) => "::text[]",
        (false, true) => "::text",
        (false, false) => "", // its own way into JSON
    };
    format!("pg_catalog.to_json(${number}{cast})::text")
}
