//! A walk over raw JSON that knows where everything stands, and the splice that uses it.

use super::quoted::{escape, value};
use super::{Limit, MaskError};
use crate::spec::MaskLimits;
use std::borrow::Cow;
use std::ops::Range;

/// Most digits of a number that is read as a whole one.
const INTEGER: usize = 40;

/// One step from the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment<'json> {
    /// Into an object.
    Key(Cow<'json, str>),
    /// Into an array.
    Index(usize),
}

impl Segment<'_> {
    /// The place of an element.
    pub(super) fn index(&self) -> Option<usize> {
        match self {
            Segment::Index(index) => Some(*index),
            Segment::Key(_) => None,
        }
    }

    /// Whether it is one of some keys.
    pub(super) fn is_named(&self, names: &[&str]) -> bool {
        match self {
            Segment::Key(key) => names.iter().any(|name| key.eq_ignore_ascii_case(name)),
            Segment::Index(_) => false,
        }
    }
}

/// A text in the making: another one with some of its bytes replaced, from its beginning to its end.
#[derive(Debug)]
pub(super) struct Splice<'text> {
    text: &'text str,
    /// So much of the text is done.
    from: usize,
    out: String,
    /// Replacements.
    pub(super) count: usize,
}

impl<'text> Splice<'text> {
    pub(super) fn of(text: &'text str) -> Self {
        Self { text, from: 0, out: String::new(), count: 0 }
    }

    /// Whether a place is one of those that were replaced, or stands before them.
    pub(super) fn is_past(&self, at: usize) -> bool {
        at < self.from
    }

    /// Puts what is written in the place of some bytes; nothing where nothing is to be put, or where these bytes are past.
    pub(super) fn put(&mut self, range: Range<usize>, write: impl FnOnce(&mut String) -> bool) -> bool {
        if self.is_past(range.start) {
            return false;
        }
        if self.out.is_empty() {
            self.out.reserve(self.text.len());
        }
        let before = self.out.len();
        self.out.push_str(self.text.get(self.from..range.start).unwrap_or_default());
        let put = write(&mut self.out);
        if put {
            self.from = range.end;
            self.count += 1;
        } else {
            self.out.truncate(before);
        }
        put
    }

    /// The same inside of a string.
    pub(super) fn put_escaped(&mut self, range: Range<usize>, write: impl FnOnce(&mut String) -> bool) -> bool {
        self.put(range, |out| {
            let from = out.len();
            let put = write(out);
            let loud = |byte: u8| !byte.is_ascii_graphic() || matches!(byte, b'"' | b'\\');
            // Placeholders hold nothing that JSON escapes; what an operator keeps of a value may.
            if out.as_bytes().get(from..).unwrap_or_default().iter().fold(false, |any, byte| any | loud(*byte)) {
                let escaped = escape(out.get(from..).unwrap_or_default());
                out.truncate(from);
                out.push_str(&escaped);
            }
            put
        })
    }

    /// The text as it is now.
    pub(super) fn finish(mut self) -> String {
        if self.count == 0 {
            return self.text.to_owned();
        }
        self.out.push_str(self.text.get(self.from..).unwrap_or_default());
        self.out
    }
}

/// What stands between the quotes of a string.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'json> {
    pub(super) text: &'json str,
    pub(super) at: usize,
    pub(super) escaped: bool,
}

impl<'json> Raw<'json> {
    pub(super) fn value(self) -> Result<Cow<'json, str>, MaskError> {
        if !self.escaped {
            return Ok(Cow::Borrowed(self.text));
        }
        value(self.text).ok_or(MaskError::Malformed(self.at))
    }
}

/// What a walk meets.
pub(super) trait Visitor {
    /// An object or array begins.
    fn enter(&mut self, path: &[Segment<'_>]);
    /// It ends; its bytes.
    fn leave(&mut self, path: &[Segment<'_>], range: Range<usize>);
    /// A string.
    fn string(&mut self, path: &[Segment<'_>], raw: Raw<'_>) -> Result<(), MaskError>;
    /// A number.
    fn number(&mut self, path: &[Segment<'_>], raw: &str, at: usize) -> Result<(), MaskError>;
    /// A key.
    fn key(&mut self, path: &[Segment<'_>], raw: Raw<'_>) -> Result<(), MaskError>;
    /// Anything else.
    fn word(&mut self);
}

/// Walks a document from end to end.
pub(super) fn walk<V: Visitor>(text: &str, limits: MaskLimits, visitor: &mut V) -> Result<(), MaskError> {
    let mut walker = Walker { text, bytes: text.as_bytes(), at: 0, path: Vec::new(), limits };
    walker.value(visitor)?;
    walker.blanks();
    if walker.at == text.len() { Ok(()) } else { Err(MaskError::Malformed(walker.at)) }
}

/// The digits of a number that is whole but spelled with a fraction or an exponent: `4.1e3` is `4100`.
pub(super) fn integer(raw: &str) -> Option<String> {
    memchr::memchr3(b'.', b'e', b'E', raw.as_bytes())?;
    let (mantissa, exponent) = raw.split_once(['e', 'E']).unwrap_or((raw, "0"));
    let (whole, fraction) =
        mantissa.trim_start_matches('-').split_once('.').unwrap_or((mantissa.trim_start_matches('-'), ""));
    let places: i32 = exponent.parse().ok()?;
    let point = i32::try_from(whole.len()).ok()?.checked_add(places)?;
    let point = usize::try_from(point).ok().filter(|point| *point <= INTEGER)?;
    let mut digits = format!("{whole}{fraction}");
    if digits.len() < point {
        digits.extend(std::iter::repeat_n('0', point - digits.len()));
    }
    let rest = digits.split_off(point);
    let digits = digits.trim_start_matches('0');
    (!digits.is_empty() && rest.bytes().all(|byte| byte == b'0')).then(|| digits.to_owned())
}

struct Walker<'json> {
    text: &'json str,
    bytes: &'json [u8],
    at: usize,
    path: Vec<Segment<'json>>,
    limits: MaskLimits,
}

impl<'json> Walker<'json> {
    fn value<V: Visitor>(&mut self, visitor: &mut V) -> Result<(), MaskError> {
        self.blanks();
        match self.peek() {
            Some(b'"') => {
                let raw = self.quoted()?;
                visitor.string(&self.path, raw)
            }
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                self.number()?;
                visitor.number(&self.path, self.text.get(start..self.at).unwrap_or_default(), start)
            }
            Some(open @ (b'{' | b'[')) => {
                if self.path.len() >= self.limits.depth {
                    return Err(MaskError::Limit(Limit::Depth(self.limits.depth)));
                }
                let start = self.at;
                visitor.enter(&self.path);
                if open == b'{' {
                    self.object(visitor)?
                } else {
                    self.array(visitor)?
                }
                visitor.leave(&self.path, start..self.at);
                Ok(())
            }
            Some(_) => {
                let rest = self.bytes.get(self.at..).unwrap_or_default();
                let word = [&b"true"[..], b"false", b"null"].into_iter().find(|word| rest.starts_with(word));
                self.at += word.ok_or(MaskError::Malformed(self.at))?.len();
                visitor.word();
                Ok(())
            }
            None => Err(MaskError::Malformed(self.at)),
        }
    }

    /// `-12.5e+3`, as RFC 8259 spells it: what a reader could not read is not let through either.
    fn number(&mut self) -> Result<(), MaskError> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let zero = self.peek() == Some(b'0');
        if self.digits()? > 1 && zero {
            return Err(MaskError::Malformed(self.at));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<usize, MaskError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(MaskError::Malformed(self.at)) } else { Ok(self.at - start) }
    }

    fn object<V: Visitor>(&mut self, visitor: &mut V) -> Result<(), MaskError> {
        self.take(b'{')?;
        if self.closes(b'}') {
            return Ok(());
        }
        loop {
            self.blanks();
            let raw = self.quoted()?;
            visitor.key(&self.path, raw)?;
            let key = raw.value()?;
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

    fn array<V: Visitor>(&mut self, visitor: &mut V) -> Result<(), MaskError> {
        self.take(b'[')?;
        if self.closes(b']') {
            return Ok(());
        }
        self.path.push(Segment::Index(0));
        loop {
            self.value(visitor)?;
            if self.closes(b']') {
                self.path.pop();
                return Ok(());
            }
            self.take(b',')?;
            if let Some(Segment::Index(index)) = self.path.last_mut() {
                *index += 1;
            }
        }
    }

    /// The raw text of a string; stands behind its closing quote afterwards.
    fn quoted(&mut self) -> Result<Raw<'json>, MaskError> {
        self.take(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let step = memchr::memchr2(b'"', b'\\', rest).ok_or(MaskError::Malformed(self.at))?;
            self.at += step;
            if self.at - start > self.limits.string {
                return Err(MaskError::Limit(Limit::Leaf(self.limits.string)));
            }
            if self.peek() == Some(b'"') {
                let text = self.text.get(start..self.at).ok_or(MaskError::Malformed(start))?;
                self.at += 1;
                return Ok(Raw { text, at: start, escaped });
            }
            escaped = true;
            self.at += 2;
        }
    }

    fn closes(&mut self, end: u8) -> bool {
        self.blanks();
        let closes = self.peek() == Some(end);
        self.at += usize::from(closes);
        closes
    }

    fn take(&mut self, wanted: u8) -> Result<(), MaskError> {
        if self.peek() == Some(wanted) {
            self.at += 1;
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
            self.at += 1;
        }
    }
}
