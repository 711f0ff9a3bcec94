//! A walk over raw JSON that knows where everything stands, and the splice that uses it.

use super::{Limit, MaskError};
use std::borrow::Cow;
use std::ops::Range;

/// Deepest nesting.
const DEPTH: usize = 64;
/// Largest string, in bytes.
const LEAF: usize = 4 * 1024 * 1024;

/// One step from the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment<'json> {
    /// Into an object.
    Key(Cow<'json, str>),
    /// Into an array.
    Index(usize),
}

/// A replacement of bytes.
pub(super) type Edit = (Range<usize>, String);

/// What a walk meets.
pub(super) trait Visitor {
    /// A value begins; a replacement skips it as a whole.
    fn enter(&mut self, _path: &[Segment<'_>]) -> Option<String> {
        None
    }

    /// A string, its raw bytes between the quotes.
    fn string(&mut self, path: &[Segment<'_>], raw: &str, at: usize) -> Result<(), MaskError>;

    /// A number.
    fn number(&mut self, path: &[Segment<'_>], raw: &str, at: usize) -> Result<(), MaskError>;

    /// A key, its raw bytes between the quotes.
    fn key(&mut self, _path: &[Segment<'_>], _raw: &str, _at: usize) -> Result<(), MaskError> {
        Ok(())
    }

    /// A value was skipped for a replacement.
    fn skipped(&mut self, _range: Range<usize>, _with: String) {}
}

/// Walks a document from end to end.
pub(super) fn walk(text: &str, visitor: &mut dyn Visitor) -> Result<(), MaskError> {
    let mut walker = Walker { text, bytes: text.as_bytes(), at: 0, path: Vec::new() };
    walker.value(visitor)?;
    walker.blanks();
    if walker.at == text.len() { Ok(()) } else { Err(MaskError::Malformed(walker.at)) }
}

/// Applies edits, which do not overlap and are in order.
pub(super) fn splice(text: &str, edits: &[Edit]) -> String {
    if edits.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (range, with) in edits {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(with);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// A string's value, and for each of its bytes where that byte stands in the raw text; no map where they are the same.
pub(super) fn unescape(raw: &str) -> Option<(Cow<'_, str>, Option<Vec<usize>>)> {
    if !raw.contains('\\') {
        return Some((Cow::Borrowed(raw), None));
    }
    let value: String = serde_json::from_str(&format!("\"{raw}\"")).ok()?;
    let mut map = Vec::with_capacity(value.len().saturating_add(1));
    let mut letters = raw.char_indices().peekable();
    for letter in value.chars() {
        let (at, first) = letters.next()?;
        if first == '\\' && letters.next()?.1 == 'u' {
            // A pair of surrogates is two escapes for one character.
            let units = letter.len_utf16();
            let escapes = units.saturating_mul(6).saturating_sub(2);
            for _ in 0..escapes {
                letters.next()?;
            }
        }
        map.extend(std::iter::repeat_n(at, letter.len_utf8()));
    }
    map.push(raw.len());
    Some((Cow::Owned(value), Some(map)))
}

/// A string as it stands between quotes.
pub(super) fn escape(value: &str) -> String {
    let quoted = serde_json::Value::from(value).to_string();
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(str::to_owned).unwrap_or_default()
}

struct Walker<'json> {
    text: &'json str,
    bytes: &'json [u8],
    at: usize,
    path: Vec<Segment<'json>>,
}

impl<'json> Walker<'json> {
    fn value(&mut self, visitor: &mut dyn Visitor) -> Result<(), MaskError> {
        if self.path.len() > DEPTH {
            return Err(MaskError::Limit(Limit::Depth));
        }
        self.blanks();
        let start = self.at;
        if let Some(with) = visitor.enter(&self.path) {
            self.skim()?;
            visitor.skipped(start..self.at, with);
            return Ok(());
        }
        self.inside(visitor)
    }

    /// Passes over a value without showing it.
    fn skim(&mut self) -> Result<(), MaskError> {
        struct Blind;
        impl Visitor for Blind {
            fn string(&mut self, _path: &[Segment<'_>], _raw: &str, _at: usize) -> Result<(), MaskError> {
                Ok(())
            }
            fn number(&mut self, _path: &[Segment<'_>], _raw: &str, _at: usize) -> Result<(), MaskError> {
                Ok(())
            }
        }
        self.inside(&mut Blind)
    }

    fn inside(&mut self, visitor: &mut dyn Visitor) -> Result<(), MaskError> {
        match self.peek() {
            Some(b'{') => self.object(visitor),
            Some(b'[') => self.array(visitor),
            Some(b'"') => {
                let raw = self.quoted()?;
                visitor.string(&self.path, raw, self.at.saturating_sub(raw.len()).saturating_sub(1))
            }
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
                    self.at = self.at.saturating_add(1);
                }
                visitor.number(&self.path, self.text.get(start..self.at).unwrap_or_default(), start)
            }
            Some(_) => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let word = ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word));
                self.at = self.at.saturating_add(word.ok_or(MaskError::Malformed(self.at))?.len());
                Ok(())
            }
            None => Err(MaskError::Malformed(self.at)),
        }
    }

    fn object(&mut self, visitor: &mut dyn Visitor) -> Result<(), MaskError> {
        self.take(b'{')?;
        if self.closes(b'}') {
            return Ok(());
        }
        loop {
            self.blanks();
            let raw = self.quoted()?;
            visitor.key(&self.path, raw, self.at.saturating_sub(raw.len()).saturating_sub(1))?;
            let (key, _) = unescape(raw).ok_or(MaskError::Malformed(self.at))?;
            self.blanks();
            self.take(b':')?;
            self.path.push(Segment::Key(key));
            self.value(visitor)?;
            self.path.pop();
            if self.closes(b'}') {
                return Ok(());
            }
            self.take(b',')?;
        }
    }

    fn array(&mut self, visitor: &mut dyn Visitor) -> Result<(), MaskError> {
        self.take(b'[')?;
        if self.closes(b']') {
            return Ok(());
        }
        let mut index = 0_usize;
        loop {
            self.path.push(Segment::Index(index));
            self.value(visitor)?;
            self.path.pop();
            if self.closes(b']') {
                return Ok(());
            }
            self.take(b',')?;
            index = index.saturating_add(1);
        }
    }

    /// The raw text of a string; stands behind its closing quote afterwards.
    fn quoted(&mut self) -> Result<&'json str, MaskError> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let step = memchr::memchr2(b'"', b'\\', rest).ok_or(MaskError::Malformed(self.at))?;
            self.at = self.at.saturating_add(step);
            if self.at.saturating_sub(start) > LEAF {
                return Err(MaskError::Limit(Limit::Leaf));
            }
            if self.peek() == Some(b'"') {
                let raw = self.text.get(start..self.at).ok_or(MaskError::Malformed(start))?;
                self.at = self.at.saturating_add(1);
                return Ok(raw);
            }
            self.at = self.at.saturating_add(2);
        }
    }

    fn closes(&mut self, end: u8) -> bool {
        self.blanks();
        let closes = self.peek() == Some(end);
        self.at = self.at.saturating_add(usize::from(closes));
        closes
    }

    fn take(&mut self, wanted: u8) -> Result<(), MaskError> {
        if self.peek() == Some(wanted) {
            self.at = self.at.saturating_add(1);
            Ok(())
        } else {
            Err(MaskError::Malformed(self.at))
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at = self.at.saturating_add(1);
        }
    }
}
