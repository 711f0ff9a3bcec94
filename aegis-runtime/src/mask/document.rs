//! One JSON document: what was found in it, and the edits that follow.

use super::MaskError;
use super::detect::{Gate, Hit};
use super::json::{Raw, Splice};
use super::memory::Memory;
use super::operate::{BINARY, HELD, Tokens};
use super::quoted;
use super::read::{Look, Reader};
use super::report::{Report, SPOTS};
use super::spare::is_placeholder;
use super::spread::Spread;
use super::survey::survey;
use crate::vocabulary::{Class, Operator};
use std::fmt::Write as _;
use std::ops::Range;

/// What a leaf is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    /// A number where no text may stand.
    Bare,
    Key,
}

/// Where a leaf stands: its raw bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leaf {
    at: u32,
    len: u32,
    pub(super) kind: Kind,
    /// Whether any of them is an escape.
    escaped: bool,
}

impl Leaf {
    /// A string, or a key.
    pub(super) fn of(raw: Raw<'_>, kind: Kind) -> Self {
        Self { at: short(raw.at), len: short(raw.text.len()), kind, escaped: raw.escaped }
    }

    pub(super) fn number(raw: &str, at: usize, bare: bool) -> Self {
        let kind = if bare { Kind::Bare } else { Kind::Number };
        Self { at: short(at), len: short(raw.len()), kind, escaped: false }
    }

    fn range(self) -> Range<usize> {
        let at = long(self.at);
        at..at + long(self.len)
    }
}

/// Something found in a leaf's value. There may be a hundred thousand of them, so it is small.
pub(super) struct Found {
    leaf: Leaf,
    start: u32,
    end: u32,
    sort: u32,
}

/// What makes one find like another: everything but its place in the text.
#[derive(Debug, Clone, Copy)]
struct Sort {
    class: Option<Class>,
    by: &'static str,
    gate: Gate,
    trail: u32,
}

/// What was found in all documents of a call. Some may stand twice.
#[derive(Debug, Default)]
pub(super) struct Sorts {
    sorts: Vec<Sort>,
    /// The last of each path's pattern.
    last: Vec<usize>,
}

impl Sorts {
    /// So many are compared before another is noted.
    const RECENT: usize = 8;

    pub(super) fn found(&mut self, leaf: Leaf, hit: &Hit, trail: u32) -> Found {
        let like = |sort: &Sort| {
            std::ptr::eq(sort.by, hit.by) && sort.class == hit.class && sort.gate == hit.gate && sort.trail == trail
        };
        // Patterns are few; the last of them stands for all that are not told apart.
        let place = long(trail).min(SPOTS);
        if self.last.len() <= place {
            self.last.resize(place + 1, 0);
        }
        let last = self.last.get_mut(place);
        let sort = match last {
            Some(last) if self.sorts.get(*last).is_some_and(like) => *last,
            last => {
                let known = self.sorts.iter().rev().take(Self::RECENT).position(like);
                let sort = known.map_or(self.sorts.len(), |back| self.sorts.len() - 1 - back);
                if known.is_none() {
                    self.sorts.push(Sort { class: hit.class, by: hit.by, gate: hit.gate, trail });
                }
                if let Some(last) = last {
                    *last = sort;
                }
                sort
            }
        };
        Found { leaf, start: short(hit.start), end: short(hit.end), sort: short(sort) }
    }

    fn of(&self, found: &Found) -> Option<&Sort> {
        self.sorts.get(long(found.sort))
    }
}

impl Sort {
    fn hit(&self, found: &Found) -> Hit {
        Hit { start: long(found.start), end: long(found.end), class: self.class, by: self.by, gate: self.gate }
    }
}

/// A place in a document, which is never longer than [`super::DOCUMENT`].
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn long(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

/// Documents inside of a leaf: JSON, or lines of it.
pub(super) struct Nested {
    pub(super) leaf: Leaf,
    pub(super) value: String,
    pub(super) parts: Vec<(Range<usize>, Document)>,
}

/// What was found in a document.
#[derive(Default)]
pub(super) struct Document {
    pub(super) found: Vec<Found>,
    pub(super) nested: Vec<Nested>,
    /// Content blocks that are dropped.
    pub(super) dropped: Vec<Range<usize>>,
}

/// A whole message, masked.
pub(super) fn mask(
    reader: &mut Reader<'_>,
    text: &str,
    tokens: &Tokens,
    report: &mut Report,
) -> Result<String, MaskError> {
    let mut document = survey(reader, text, 0)?;
    let learned = std::mem::take(&mut reader.learned);
    if !learned.is_empty() {
        document.spread(reader, text, &learned)?;
    }
    reader.learned = learned;
    let mut splice = Splice::of(text);
    document.write(&mut Writer { reader, tokens, report }, text, 0, &mut splice)?;
    Ok(splice.finish())
}

/// Whether a string is JSON of its own.
pub(super) fn embedded(value: &str) -> bool {
    let inner = value.trim();
    (inner.starts_with('{') && inner.ends_with('}'))
        || (inner.starts_with('[') && inner.ends_with(']') && inner.len() > 2 && !is_placeholder(inner))
}

/// The first thing found in JSON that was decoded out of something else.
pub(super) fn first(reader: &mut Reader<'_>, text: &str, look: Look<'_>, depth: u8) -> Option<Hit> {
    let mut document = match look {
        Look::All | Look::Sure => survey(reader, text, depth).ok()?,
        Look::Learned(_) => Document::default(),
    };
    if let Look::Learned(memory) = look {
        document.spread(reader, text, memory).ok()?;
    }
    document.hit(&reader.sorts)
}

impl Document {
    fn spread(&mut self, reader: &mut Reader<'_>, text: &str, memory: &Memory) -> Result<(), MaskError> {
        for nested in &mut self.nested {
            for (range, document) in &mut nested.parts {
                document.spread(reader, nested.value.get(range.clone()).unwrap_or_default(), memory)?;
            }
        }
        let places: Vec<usize> = self.nested.iter().map(|nested| nested.leaf.range().start).collect();
        self.found.append(&mut Spread::over(text, reader, memory, places)?);
        Ok(())
    }

    fn hit(&self, sorts: &Sorts) -> Option<Hit> {
        let inner =
            || self.nested.iter().flat_map(|nested| &nested.parts).find_map(|(_, document)| document.hit(sorts));
        self.found.first().and_then(|found| Some(sorts.of(found)?.hit(found))).or_else(inner)
    }

    /// Masks a document that begins at some place of the text in the making.
    fn write(
        mut self,
        writer: &mut Writer<'_, '_>,
        text: &str,
        base: usize,
        splice: &mut Splice<'_>,
    ) -> Result<(), MaskError> {
        self.found.sort_by_key(|found| (found.leaf.at, found.start, std::cmp::Reverse(found.end)));
        let nested = self.nested.into_iter().map(Other::Nested);
        let mut others: Vec<Other> = self.dropped.into_iter().map(Other::Dropped).chain(nested).collect();
        others.sort_by_key(|other| other.range().start);
        let mut others = others.into_iter().peekable();
        let before = splice.count;
        for group in self.found.chunk_by(|one, other| one.leaf.at == other.leaf.at) {
            let Some(leaf) = group.first().map(|found| found.leaf) else { continue };
            while let Some(other) = others.next_if(|other| other.range().start <= leaf.range().start) {
                writer.other(other, base, splice)?;
            }
            // What stands in a block that was dropped is past.
            if !splice.is_past(base + leaf.range().start) {
                writer.leaf(group, leaf, text, base, splice)?;
            }
            writer.reader.plan.limits.take_places(splice.count - before)?;
        }
        others.try_for_each(|other| writer.other(other, base, splice))
    }
}

/// What is replaced as a whole.
enum Other {
    /// A content block.
    Dropped(Range<usize>),
    /// A leaf that holds documents.
    Nested(Nested),
}

impl Other {
    fn range(&self) -> Range<usize> {
        match self {
            Other::Dropped(range) => range.clone(),
            Other::Nested(nested) => nested.leaf.range(),
        }
    }
}

/// What writing needs.
struct Writer<'pass, 'call> {
    reader: &'pass Reader<'call>,
    tokens: &'pass Tokens,
    report: &'pass mut Report,
}

impl Writer<'_, '_> {
    fn other(&mut self, other: Other, base: usize, splice: &mut Splice<'_>) -> Result<(), MaskError> {
        let range = other.range();
        let range = base + range.start..base + range.end;
        match other {
            Other::Dropped(_) => {
                self.report.binary();
                splice.put(range, |out| write!(out, r#"{{"type":"text","text":"[{BINARY}]"}}"#).is_ok());
            }
            Other::Nested(_) if splice.is_past(range.start) => {}
            Other::Nested(nested) => {
                let mut inner = Splice::of(&nested.value);
                for (part, document) in nested.parts {
                    let text = nested.value.get(part.clone()).unwrap_or_default();
                    document.write(self, text, part.start, &mut inner)?;
                }
                if inner.count > 0 {
                    let masked = quoted::escape(&inner.finish());
                    splice.put(range, |out| {
                        out.push_str(&masked);
                        true
                    });
                }
            }
        }
        Ok(())
    }

    fn leaf(
        &mut self,
        group: &[Found],
        leaf: Leaf,
        text: &str,
        base: usize,
        splice: &mut Splice<'_>,
    ) -> Result<(), MaskError> {
        let Range { start: at, end } = leaf.range();
        let malformed = || MaskError::Malformed(at);
        let raw = text.get(at..end).ok_or_else(malformed)?;
        let value = if leaf.escaped { quoted::value(raw).ok_or_else(malformed)? } else { raw.into() };
        let mut places = leaf.escaped.then(|| quoted::Places::new(raw, &value));
        let mut group = group.iter().peekable();
        while let Some(found) = group.next() {
            let sort = self.reader.sorts.of(found).ok_or_else(malformed)?;
            let mut hit = sort.hit(found);
            while let Some(next) = group.next_if(|next| long(next.start) < hit.end) {
                hit.end = hit.end.max(long(next.end));
            }
            let replace = |out: &mut String| replace(self.reader, self.tokens, &hit, leaf.kind, &value, out);
            let put = match leaf.kind {
                Kind::Number | Kind::Bare => {
                    splice.put(base + at..base + end, |out| in_place_of_number(leaf.kind, replace, out))
                }
                Kind::Text | Kind::Key => {
                    let (from, to) = match &mut places {
                        Some(places) => places.of(hit.start).zip(places.of(hit.end)).ok_or_else(malformed)?,
                        None => (hit.start, hit.end),
                    };
                    splice.put_escaped(base + at + from..base + at + to, replace)
                }
            };
            if !put {
                continue;
            }
            let token =
                || hit.class.zip(value.get(hit.start..hit.end)).map(|(class, value)| self.tokens.token(class, value));
            self.report.count(&hit, sort.trail, &self.reader.trails, token);
            if matches!(leaf.kind, Kind::Number | Kind::Bare) {
                break;
            }
        }
        Ok(())
    }
}

/// A string in the place of a number, or null where no string may stand.
fn in_place_of_number(kind: Kind, write: impl FnOnce(&mut String) -> bool, out: &mut String) -> bool {
    let mut with = String::new();
    let put = write(&mut with);
    if kind == Kind::Bare {
        out.push_str("null");
    } else {
        let _ = write!(out, "\"{}\"", quoted::escape(&with));
    }
    put
}

/// Writes what stands in place of a hit; false where the policy leaves its class alone.
pub(super) fn replace(
    reader: &Reader<'_>,
    tokens: &Tokens,
    hit: &Hit,
    kind: Kind,
    value: &str,
    out: &mut String,
) -> bool {
    let Some(class) = hit.class else {
        let _ = write!(out, "[{}]", if hit.gate == Gate::Held { HELD } else { BINARY });
        return true;
    };
    let Some(mut operator) = reader.plan.operator(class) else { return false };
    // Keys must stay apart.
    if kind == Kind::Key && class != Class::Secret && matches!(operator, Operator::Redact | Operator::Drop) {
        operator = Operator::Token;
    }
    if hit.by == "leaf-token" && operator == Operator::Token {
        return false;
    }
    tokens.apply(operator, class, value.get(hit.start..hit.end).unwrap_or_default(), out);
    true
}
