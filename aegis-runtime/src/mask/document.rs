//! One JSON document: what was found in it, and the edits that follow.

use super::detect::{Gate, Hit};
use super::json::{self, Edit};
use super::memory::Memory;
use super::operate::{BINARY, HELD, Tokens};
use super::read::{Look, Reader, is_placeholder};
use super::report::Report;
use super::spread::Spread;
use super::survey::survey;
use super::{Limit, MaskError};
use crate::vocabulary::{Class, Operator};
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
) -> Result<Vec<Edit>, MaskError> {
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
        Look::All => survey(reader, text, depth).ok()?,
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
    ) -> Result<Vec<Edit>, MaskError> {
        let mut edits: Vec<Edit> = Vec::new();
        self.found.sort_by_key(|found| (found.leaf.at, found.hit.start, std::cmp::Reverse(found.hit.end)));
        let dropped = std::mem::take(&mut self.dropped);
        let is_dropped = |at: usize| dropped.iter().any(|range| range.contains(&at));
        for group in self.found.chunk_by(|one, other| one.leaf.at == other.leaf.at) {
            let Some(leaf) = group.first().map(|found| found.leaf) else { continue };
            if !dropped.is_empty() && is_dropped(leaf.at) {
                continue;
            }
            leaf_edits(group, leaf, reader, text, tokens, report, &mut edits)?;
            if edits.len() > SPANS {
                return Err(MaskError::Limit(Limit::Spans));
            }
        }
        for nested in std::mem::take(&mut self.nested) {
            if is_dropped(nested.leaf.at) {
                continue;
            }
            let mut inner: Vec<Edit> = Vec::new();
            for (range, document) in nested.parts {
                let part = nested.value.get(range.clone()).unwrap_or_default();
                let part_edits = document.edits(reader, part, tokens, report)?;
                inner.extend(
                    part_edits.into_iter().map(|(edit, with)| (range.start + edit.start..range.start + edit.end, with)),
                );
            }
            if !inner.is_empty() {
                let masked = json::splice(&nested.value, &inner);
                edits.push((nested.leaf.at..nested.leaf.at + nested.leaf.len, json::escape(&masked)));
            }
        }
        for range in dropped {
            report.binary();
            edits.push((range, format!(r#"{{"type":"text","text":"[{BINARY}]"}}"#)));
        }
        edits.sort_by_key(|(range, _)| range.start);
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
    edits: &mut Vec<Edit>,
) -> Result<(), MaskError> {
    let raw = text.get(leaf.at..leaf.at + leaf.len).ok_or(MaskError::Malformed(leaf.at))?;
    let value = json::value(raw).ok_or(MaskError::Malformed(leaf.at))?;
    let map = if value.len() == raw.len() { None } else { json::map(raw, &value) };
    let place = |byte: usize| map.as_ref().map_or(Some(byte), |map| map.get(byte).copied());
    let mut group = group.iter().peekable();
    while let Some(found) = group.next() {
        let mut hit = found.hit;
        while let Some(next) = group.next_if(|next| next.hit.start < hit.end) {
            hit.end = hit.end.max(next.hit.end);
        }
        let with = replacement(reader, tokens, &hit, leaf.kind, &value);
        let Some(with) = with else { continue };
        let token = || hit.class.zip(value.get(hit.start..hit.end)).map(|(class, value)| tokens.token(class, value));
        report.count(&hit, found.trail, &reader.trails, token);
        if leaf.kind == Kind::Number {
            edits.push((leaf.at..leaf.at + leaf.len, format!("\"{}\"", json::escape(&with))));
            break;
        }
        let (Some(from), Some(to)) = (place(hit.start), place(hit.end)) else {
            return Err(MaskError::Malformed(leaf.at));
        };
        edits.push((leaf.at + from..leaf.at + to, escaped(with)));
    }
    Ok(())
}

/// Placeholders hold nothing that JSON escapes; what an operator keeps of a value may.
fn escaped(with: String) -> String {
    if with.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\')) {
        with
    } else {
        json::escape(&with)
    }
}

/// What stands in place of a hit; nothing where the policy leaves its class alone.
pub(super) fn replacement(reader: &Reader<'_>, tokens: &Tokens, hit: &Hit, kind: Kind, value: &str) -> Option<String> {
    let Some(class) = hit.class else {
        return Some(format!("[{}]", if hit.gate == Gate::Held { HELD } else { BINARY }));
    };
    let mut operator = reader.plan.operator(class)?;
    // Keys must stay apart.
    if kind == Kind::Key && class != Class::Secret && matches!(operator, Operator::Redact | Operator::Drop) {
        operator = Operator::Token;
    }
    let value = value.get(hit.start..hit.end).unwrap_or_default();
    if hit.by == "leaf-token" && operator == Operator::Token {
        return None;
    }
    Some(tokens.apply(operator, class, value))
}
