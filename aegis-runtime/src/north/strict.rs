//! JSON read strictly: one meaning or none.
//!
//! *Invariants.* A duplicate key at any depth, a nesting over 64, more than 100,000 nodes and a number that a double does not
//! hold exactly are errors, never a choice made for the sender. Nothing is repaired.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::Cell;
use std::fmt;

const DEPTH: usize = 64;
const NODES: usize = 100_000;
/// 2^53: from here on neighbouring integers share a double.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads one JSON text.
///
/// # Errors
/// `serde_json`'s error; its category is `Data` where the text is JSON but breaks one of the rules above.
pub(super) fn parse(text: &[u8]) -> Result<Value, serde_json::Error> {
    let nodes = Cell::new(0);
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Node { depth: 0, nodes: &nodes }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

#[derive(Clone, Copy)]
struct Node<'a> {
    depth: usize,
    nodes: &'a Cell<usize>,
}

impl Node<'_> {
    fn inner<E: Error>(self) -> Result<Self, E> {
        if self.depth >= DEPTH {
            return Err(E::custom("nested too deeply"));
        }
        Ok(Self { depth: self.depth.saturating_add(1), ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.nodes.set(self.nodes.get().saturating_add(1));
        if self.nodes.get() > NODES {
            return Err(D::Error::custom("too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).filter(|_| value.abs() < EXACT);
        number.map(Value::Number).ok_or_else(|| E::custom("a number that a double does not hold exactly"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(inner)?;
            if map.insert(key, value).is_some() {
                return Err(A::Error::custom("a key stands twice"));
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::parse;
    use serde_json::error::Category;

    #[test]
    fn ordinary_values_keep_their_meaning_and_order() {
        let text = br#"{"z":[1,-2,0.5,"x\u00e9",null,true],"a":18446744073709551615}"#;
        let value = parse(text).unwrap();
        assert_eq!(value.to_string(), r#"{"z":[1,-2,0.5,"xé",null,true],"a":18446744073709551615}"#);
    }

    #[test]
    fn two_meanings_are_none() {
        let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
        let wide = format!("[{}0]", "0,".repeat(100_000));
        for text in [r#"{"a":{"b":1,"b":2}}"#, "9007199254740993.0", "18446744073709551616", &deep, &wide] {
            assert_eq!(parse(text.as_bytes()).unwrap_err().classify(), Category::Data, "{}", text.len());
        }
        for text in ["{", "nul", "[1,]", "{} {}", "NaN", "\"\u{1}\""] {
            assert_ne!(parse(text.as_bytes()).unwrap_err().classify(), Category::Data, "{text}");
        }
        assert!(parse(format!("{}{}", "[".repeat(64), "]".repeat(64)).as_bytes()).is_ok());
    }
}
