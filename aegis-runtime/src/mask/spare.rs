//! Placeholders of ours in a text that is masked: they stay, so that masking twice is masking once.

use super::detect::{Gate, Hit};
use super::operate::{BINARY, HELD, LEAF_TOKEN, Placeholder, placeholder_at};
use super::plan::Plan;
use super::read::Look;
use super::settle::sift;
use crate::vocabulary::{Class, Operator};
use std::borrow::Cow;
use std::ops::Range;

/// What is known of placeholders under a plan.
pub(super) struct Ours<'plan>(pub(super) &'plan Plan);

impl Ours<'_> {
    /// Placeholders stay as they are, but for tokens of a statement's leaves in a class that is redacted.
    pub(super) fn spare(&self, text: &str, look: Look<'_>, from: usize, out: &mut Vec<Hit>) {
        // Where nothing was found, only tokens of leaves matter.
        let nothing = out.len() <= from;
        let placeholders = self.placeholders(text, |found| !nothing || is_leaf(found));
        if placeholders.is_empty() {
            return;
        }
        sift(out, from, |hit| spare(hit, &placeholders));
        if matches!(look, Look::All) {
            let leaves = placeholders.iter().filter(|found| is_leaf(found));
            out.extend(leaves.filter_map(|found| self.collapse(text, &found.name, &found.range)));
        }
    }

    /// Some placeholders of ours, in order.
    fn placeholders(&self, text: &str, some: impl Fn(&Placeholder) -> bool) -> Vec<Placeholder> {
        let mut found = Vec::new();
        let mut from = 0;
        for at in memchr::memchr_iter(b'[', text.as_bytes()) {
            if at >= from
                && let Some(one) = placeholder_at(text, at)
                && some(&one)
                && text.get(one.name.clone()).is_some_and(|name| self.is_ours(name))
            {
                from = one.range.end;
                found.push(one);
            }
        }
        found
    }

    fn is_ours(&self, name: &str) -> bool {
        class_of(name).is_some()
            || name == HELD
            || name == BINARY
            || self.0.custom().any(|class| class.placeholder() == name)
    }

    fn collapse(&self, text: &str, name: &Range<usize>, range: &Range<usize>) -> Option<Hit> {
        let class = class_of(text.get(name.clone())?)?;
        match self.0.operator(class)? {
            Operator::Redact | Operator::Drop => Some(Hit {
                start: range.start,
                end: range.end,
                class: Some(class),
                by: "leaf-token",
                gate: Gate::Declared,
            }),
            Operator::Token | Operator::KeepLast(_) | Operator::KeepDomain | Operator::Bucket | Operator::DateShift => {
                None
            }
        }
    }
}

/// Whether it is a token that a server of ours made inside of a statement.
fn is_leaf(placeholder: &Placeholder) -> bool {
    placeholder.detail.as_ref().is_some_and(|detail| detail.len() == LEAF_TOKEN)
}

/// Cuts a hit where it reaches into a placeholder; false where it stands inside of one.
fn spare(hit: &mut Hit, placeholders: &[Placeholder]) -> bool {
    let first = placeholders.partition_point(|one| one.range.end <= hit.start);
    for range in placeholders.iter().skip(first).map(|one| &one.range) {
        if range.start >= hit.end {
            break;
        }
        let (begins, ends) = (hit.start >= range.start, hit.end <= range.end);
        if begins && ends {
            return false;
        }
        if ends && hit.end < range.end {
            hit.end = range.start;
            return true;
        }
        if begins && hit.start > range.start {
            hit.start = range.end;
        }
    }
    true
}

fn class_of(name: &str) -> Option<Class> {
    Class::ALL.iter().copied().find(|class| class.placeholder() == name)
}

/// Most bytes of a placeholder.
const LONGEST: usize = 100;

/// Whether a word is one of a placeholder of ours.
pub(super) fn in_placeholder(text: &str, word: &Range<usize>) -> bool {
    let reach = text.as_bytes().get(word.start.saturating_sub(LONGEST)..word.start).unwrap_or_default();
    let inside = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'_';
    let from = word.start - reach.iter().rev().take_while(inside).count();
    from.checked_sub(1).and_then(|open| ours_at(text, open)).is_some_and(|range| word.end <= range.end)
}

/// A part of a text without placeholders of ours: what they are called says nothing of what stands beside them, or masking twice
/// would find more than masking once.
pub(super) fn unspoken(text: &str, part: Range<usize>) -> Cow<'_, str> {
    let said = text.get(part.clone()).unwrap_or_default();
    if memchr::memchr(b']', said.as_bytes()).is_none() {
        return Cow::Borrowed(said);
    }
    let mut said = said.as_bytes().to_vec();
    let from = part.start.saturating_sub(LONGEST);
    for open in memchr::memchr_iter(b'[', text.as_bytes().get(from..part.end).unwrap_or_default()) {
        let Some(range) = ours_at(text, from + open) else { continue };
        let (start, end) =
            (range.start.max(part.start) - part.start, range.end.min(part.end).max(part.start) - part.start);
        said.get_mut(start..end).unwrap_or_default().fill(b' ');
    }
    String::from_utf8(said).map_or(Cow::Borrowed(""), Cow::Owned)
}

/// The placeholder of ours that begins at a place.
fn ours_at(text: &str, open: usize) -> Option<Range<usize>> {
    let found = placeholder_at(text, open)?;
    let name = text.get(found.name)?;
    (class_of(name).is_some() || name == HELD || name == BINARY).then_some(found.range)
}

/// Whether a value is nothing but a placeholder of ours.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    placeholder_at(value, 0).is_some_and(|found| {
        let name = value.get(found.name.clone()).unwrap_or_default();
        let rest = value.get(found.range.end..).unwrap_or_default();
        // `keep-domain` leaves a domain behind its placeholder.
        (class_of(name).is_some() || name == HELD || name == BINARY) && (rest.is_empty() || rest.starts_with('@'))
    })
}
