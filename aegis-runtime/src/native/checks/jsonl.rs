//! JSONL: one object a line. A key that stands twice is an error, since two readers would disagree about it.

use super::CheckError;
use super::cell::Cell;
use super::source::Item;
use crate::spec::SchemaColumn;
use serde::Deserializer as _;
use serde::de::{Error, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Longest line, in bytes.
const LINE_LIMIT: usize = 16 * 1024 * 1024;

/// An incremental reader.
pub(super) struct Lines {
    columns: &'static [SchemaColumn],
    seen: Vec<bool>,
    rest: Vec<u8>,
    ordinal: u64,
}

impl Lines {
    pub(super) fn new(columns: &'static [SchemaColumn]) -> Self {
        Self { columns, seen: vec![false; columns.len()], rest: Vec::new(), ordinal: 0 }
    }

    pub(super) fn push(&mut self, mut chunk: &[u8], into: &mut Vec<Item>) -> Result<(), CheckError> {
        while let Some(end) = memchr::memchr(b'\n', chunk) {
            let (line, more) = chunk.split_at(end);
            chunk = more.get(1..).unwrap_or_default();
            if self.rest.is_empty() {
                self.line(line, into)?;
            } else {
                self.rest.extend_from_slice(line);
                let whole = std::mem::take(&mut self.rest);
                self.line(&whole, into)?;
            }
        }
        self.rest.extend_from_slice(chunk);
        if self.rest.len() > LINE_LIMIT { Err(self.malformed("over 16 MiB")) } else { Ok(()) }
    }

    /// A column that no row has is missing, not null.
    pub(super) fn finish(mut self, into: &mut Vec<Item>) -> Result<(), CheckError> {
        let last = std::mem::take(&mut self.rest);
        self.line(&last, into)?;
        let absent = self.columns.iter().zip(&self.seen).find(|(_, seen)| !**seen);
        match absent {
            Some((column, _)) if self.ordinal > 0 => Err(CheckError::Header(format!("lacks `{}`", column.name))),
            Some(_) | None => Ok(()),
        }
    }

    fn line(&mut self, line: &[u8], into: &mut Vec<Item>) -> Result<(), CheckError> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        self.ordinal = self.ordinal.saturating_add(1);
        let mut cells = vec![Cell::Null; self.columns.len()];
        let mut further = false;
        let mut reader = serde_json::Deserializer::from_slice(line);
        let Object(fields) =
            reader.deserialize_map(Fields).map_err(|_| self.malformed("no JSON object of distinct keys"))?;
        reader.end().map_err(|_| self.malformed("more than one object"))?;
        for (name, value) in fields {
            match self.columns.iter().position(|column| column.name == name) {
                None => further = true,
                Some(at) => {
                    if let (Some(cell), Some(seen)) = (cells.get_mut(at), self.seen.get_mut(at)) {
                        (*cell, *seen) = (cell_of(value), true);
                    }
                }
            }
        }
        into.push(Item::Row { cells, further });
        Ok(())
    }

    fn malformed(&self, reason: &'static str) -> CheckError {
        CheckError::Malformed { row: self.ordinal, reason }
    }
}

fn cell_of(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(value) => Cell::Boolean(value),
        Value::String(text) => Cell::Text(text),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => Cell::Integer(integer),
            (None, Some(float)) if number.is_f64() => Cell::Number(float),
            (None, _) => Cell::Odd(number.to_string()),
        },
        Value::Array(_) | Value::Object(_) => Cell::Odd(value.to_string()),
    }
}

struct Object(Vec<(String, Value)>);

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Object;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut fields: Vec<(String, Value)> = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            if fields.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom("a key stands twice"));
            }
            fields.push((name, value));
        }
        Ok(Object(fields))
    }
}
