//! One JSON document: what was found in it, and the edits that follow.

use super::detect::{Gate, Hit};
use super::json::{self, Edits, Raw};
use super::memory::Memory;
use super::operate::{BINARY, HELD, Tokens};
use super::read::{Look, Reader};
use super::report::Report;
use super::spare::is_placeholder;
use super::spread::Spread;
use super::survey::survey;
use super::{Limit, MaskError};
use crate::vocabulary::{Class, Operator};
use std::fmt::Write as _;
use std::ops::Range;

/// Most places to mask in one document.
pub(super) const SPANS: usize = 100_000;

/// What a leaf is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Key,
}

/// Where a leaf stands: its raw bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) kind: Kind,
    /// Whether any of them is an escape.
    pub(super) escaped: bool,
}

impl Leaf {
    /// A string, or a key.
    pub(super) fn of(raw: Raw<'_>, kind: Kind) -> Self {
        Self { at: raw.at, len: raw.text.len(), kind, escaped: raw.escaped }
    }

    pub(super) fn number(raw: &str, at: usize) -> Self {
        Self { at, len: raw.len(), kind: Kind::Number, escaped: false }
    }
}

/// Something found in a leaf's value.
pub(super) struct Found {
    pub(super) leaf: Leaf,
    pub(super) hit: Hit,
    pub(super) trail: u32,
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

/// The edits of a whole message.
pub(super) fn mask(
    reader: &mut Reader<'_>,
    text: &str,
    tokens: &Tokens,
    report: &mut Report,
) -> Result<Edits, MaskError> {
    let mut document = survey(reader, text, 0)?;
    let learned = std::mem::take(&mut reader.learned);
    if !learned.is_empty() {
        document.spread(reader, text, &learned)?;
    }
    reader.learned = learned;
    document.edits(reader, text, tokens, report)
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
    document.hit()
}

impl Document {
    fn spread(&mut self, reader: &mut Reader<'_>, text: &str, memory: &Memory) -> Result<(), MaskError> {
        for nested in &mut self.nested {
            for (range, document) in &mut nested.parts {
                document.spread(reader, nested.value.get(range.clone()).unwrap_or_default(), memory)?;
            }
        }
        let places: Vec<usize> = self.nested.iter().map(|nested| nested.leaf.at).collect();
        self.found.append(&mut Spread::over(text, reader, memory, places)?);
        Ok(())
    }

    fn hit(&self) -> Option<Hit> {
        let inner = || self.nested.iter().flat_map(|nested| &nested.parts).find_map(|(_, document)| document.hit());
        self.found.first().map(|found| found.hit).or_else(inner)
    }

    fn edits(
        mut self,
        reader: &Reader<'_>,
        text: &str,
        tokens: &Tokens,
        report: &mut Report,
    ) -> Result<Edits, MaskError> {
        let mut edits = Edits::default();
        self.found.sort_by_key(|found| (found.leaf.at, found.hit.start, std::cmp::Reverse(found.hit.end)));
        let mut dropped = std::mem::take(&mut self.dropped);
        dropped.sort_by_key(|range| range.start);
        let is_dropped = |at: usize| {
            let behind = dropped.partition_point(|range| range.start <= at);
            behind.checked_sub(1).and_then(|last| dropped.get(last)).is_some_and(|range| range.contains(&at))
        };
        for group in self.found.chunk_by(|one, other| one.leaf.at == other.leaf.at) {
            let Some(leaf) = group.first().map(|found| found.leaf).filter(|leaf| !is_dropped(leaf.at)) else {
                continue;
            };
            leaf_edits(group, leaf, reader, text, tokens, report, &mut edits)?;
            if edits.len() > SPANS {
                return Err(MaskError::Limit(Limit::Spans));
            }
        }
        for nested in std::mem::take(&mut self.nested) {
            if is_dropped(nested.leaf.at) {
                continue;
            }
            let mut inner = Edits::default();
            for (range, document) in nested.parts {
                let part = nested.value.get(range.clone()).unwrap_or_default();
                inner.append(&document.edits(reader, part, tokens, report)?, range.start);
            }
            if inner.len() > 0 {
                let masked = json::escape(&inner.splice(&nested.value));
                edits.put(nested.leaf.at..nested.leaf.at + nested.leaf.len, |out| {
                    out.push_str(&masked);
                    true
                });
            }
        }
        for range in dropped {
            report.binary();
            edits.put(range, |out| {
                let _ = write!(out, r#"{{"type":"text","text":"[{BINARY}]"}}"#);
                true
            });
        }
        Ok(edits)
    }
}

fn leaf_edits(
    group: &[Found],
    leaf: Leaf,
    reader: &Reader<'_>,
    text: &str,
    tokens: &Tokens,
    report: &mut Report,
    edits: &mut Edits,
) -> Result<(), MaskError> {
    let raw = text.get(leaf.at..leaf.at + leaf.len).ok_or(MaskError::Malformed(leaf.at))?;
    let value = if leaf.escaped { json::value(raw).ok_or(MaskError::Malformed(leaf.at))? } else { raw.into() };
    let mut places = json::Places::new(raw, &value);
    let mut group = group.iter().peekable();
    while let Some(found) = group.next() {
        let mut hit = found.hit;
        while let Some(next) = group.next_if(|next| next.hit.start < hit.end) {
            hit.end = hit.end.max(next.hit.end);
        }
        let replace = |out: &mut String| replace(reader, tokens, &hit, leaf.kind, &value, out);
        let put = if leaf.kind == Kind::Number {
            edits.put(leaf.at..leaf.at + leaf.len, |out| quoted(replace, out))
        } else {
            let range = if leaf.escaped {
                places.of(hit.start).zip(places.of(hit.end)).map(|(from, to)| from..to)
            } else {
                Some(hit.start..hit.end)
            };
            let range = range.ok_or(MaskError::Malformed(leaf.at))?;
            edits.put_escaped(leaf.at + range.start..leaf.at + range.end, replace)
        };
        if !put {
            continue;
        }
        let token = || hit.class.zip(value.get(hit.start..hit.end)).map(|(class, value)| tokens.token(class, value));
        report.count(&hit, found.trail, &reader.trails, token);
        if leaf.kind == Kind::Number {
            break;
        }
    }
    Ok(())
}

/// A string in the place of a number.
fn quoted(write: impl FnOnce(&mut String) -> bool, out: &mut String) -> bool {
    let mut with = String::new();
    let put = write(&mut with);
    let _ = write!(out, "\"{}\"", json::escape(&with));
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
