//! One meaning: JSON in which no object has a key twice, at any depth, and which every reader can hold: deep as it may be, and many as
//! its values are.
//!
//! A parser takes the last of two values and another one the first, so such a text means two things. Numbers are left alone here:
//! a server's own 64-bit ids are its business.

use super::misconduct::Misconduct;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

/// So many keys of one object are compared one by one.
const FEW: usize = 16;
/// Most values of a text: read, each may take hundreds of bytes, however few it was written with.
const VALUES: usize = 400_000;

/// Why a text that is JSON by its signs has no one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A key stands twice in one object.
    Twice,
    /// It has more levels than `serde_json` reads: 128.
    Deep,
    /// It has more values than [`VALUES`].
    Many,
    /// A number or a text in it cannot be held.
    Unheld,
}

impl Fault {
    /// The misconduct of saying such a thing.
    pub(super) const fn kind(self) -> Misconduct {
        match self {
            Fault::Twice => Misconduct::Ambiguous,
            Fault::Deep | Fault::Many | Fault::Unheld => Misconduct::Broken,
        }
    }

    /// What is wrong with an answer that has it.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Fault::Twice => "the answer has no one meaning: a key stands twice",
            Fault::Deep => "the answer is nested too deeply: over 128 levels",
            Fault::Many => "the answer has more than 400,000 values",
            Fault::Unheld => "the answer holds a number that no double holds, or half of a surrogate pair",
        }
    }
}

/// What keeps a text from having one meaning.
pub(super) fn fault(text: &[u8]) -> Option<Fault> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let left = Cell::new(VALUES);
    let read = Node(&left).deserialize(&mut reader).and_then(|()| reader.end());
    // The errors of our own are about a key and about room; all others are the parser's, which tells its limit in words only.
    read.err().map(|error| match error.is_data() {
        true if left.get() == 0 => Fault::Many,
        true => Fault::Twice,
        false if error.to_string().starts_with("recursion limit") => Fault::Deep,
        false => Fault::Unheld,
    })
}

/// A value, and how many more there may be.
#[derive(Clone, Copy)]
struct Node<'left>(&'left Cell<usize>);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.set(self.0.get().saturating_sub(1));
        if self.0.get() == 0 {
            return Err(D::Error::custom("too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
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
        while items.next_element_seed(self)?.is_some() {}
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
            entries.next_value_seed(self)?;
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
    use super::{Fault, fault};

    #[test]
    fn a_key_that_stands_twice_anywhere_is_noticed() {
        let wide = |last: &str| {
            let keys: String = (0..40).map(|key| format!(r#""k{key}":{{}},"#)).collect();
            format!(r#"{{{keys}"{last}":1}}"#)
        };
        assert_eq!(fault(wide("k40").as_bytes()), None);
        for last in ["k0", "k15", "k16", "k39", "k\\u0033"] {
            assert_eq!(fault(wide(last).as_bytes()), Some(Fault::Twice), "{last}");
        }
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":[{"b":{"c":1,"d":2,"c":3}}]}"#, r#"{"a":1,"\u0061":2}"#] {
            assert_eq!(fault(text.as_bytes()), Some(Fault::Twice), "{text}");
        }
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert_eq!(fault(deep.as_bytes()), Some(Fault::Deep));
        let many = |times: usize| format!("[{}0]", r#"{"":0},"#.repeat(times));
        assert_eq!(fault(many(150_000).as_bytes()), None);
        assert_eq!(fault(many(250_000).as_bytes()), Some(Fault::Many));
        for text in ["{", r#"{"a":NaN}"#, "1e400", r#"{"a":"\ud800"}"#] {
            assert_eq!(fault(text.as_bytes()), Some(Fault::Unheld), "{text}");
        }
        for text in [r#"{"a":{"a":1},"b":[{"a":1},{"a":2}]}"#, "18446744073709551615", "null"] {
            assert_eq!(fault(text.as_bytes()), None, "{text}");
        }
    }
}
