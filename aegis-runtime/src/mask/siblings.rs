//! Adjacency: values that were cut apart, over the siblings of one array or object, or over the seam of two text blocks.

use super::context::Around;
use super::detect::{self, Gate, Hit};
use super::document::{Kind, Leaf};
use super::json::Segment;
use super::read::{DEPTH, Look, Reader};

/// Longest fragment, and most of them in a row.
const LONGEST: usize = 24;
const MOST: usize = 12;
/// So much of either side of a seam is looked at.
const SEAM: usize = 64;

/// A short sibling that may be a part of something.
pub(super) struct Fragment {
    pub(super) leaf: Leaf,
    pub(super) value: String,
}

/// Fragments in a row, and the text blocks before: one, or one and the short ones that follow it.
#[derive(Default)]
pub(super) struct Siblings {
    row: Vec<Fragment>,
    blocks: Vec<Block>,
}

/// The end of a text block, and where in it that begins.
struct Block {
    leaf: Leaf,
    tail: String,
    at: usize,
}

impl Siblings {
    pub(super) fn is_empty(&self) -> bool {
        self.row.is_empty()
    }

    /// Whether the next text block has a seam.
    pub(super) fn has_blocks(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// Whether a string can be a part: a few digits, one side of an `@`, the beginning of an issued secret, or more of it.
    pub(super) fn takes(&self, value: &str, kind: Kind) -> bool {
        let digits = || (1..=8).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
        let sided = || value.len() <= LONGEST && (value.ends_with('@') || value.starts_with('@') && value.len() > 3);
        let cut = || match self.row.first() {
            Some(first) => detect::is_cut_secret(&first.value) && detect::can_go_on(value),
            None => detect::is_cut_secret(value),
        };
        let after = || {
            self.row.last().is_some_and(|last| last.value.ends_with('@')) && value.len() <= 64 && value.contains('.')
        };
        kind == Kind::Text
            && self.row.len() < MOST
            && (digits() || sided() || after() || self.row.is_empty() && local(value) || cut())
    }

    pub(super) fn push(&mut self, fragment: Fragment) {
        self.row.push(fragment);
    }

    pub(super) fn take(&mut self) -> Vec<Fragment> {
        std::mem::take(&mut self.row)
    }

    /// What stands over the seams of this text block and those before.
    pub(super) fn seam(&mut self, reader: &mut Reader<'_>, leaf: Leaf, value: &str) -> Vec<(Leaf, Hit)> {
        let head = cut(value, 0, SEAM.min(value.len()));
        let mut found = Vec::new();
        if !self.blocks.is_empty() {
            let mut joined = String::new();
            let mut places = Vec::new();
            for (block, part, at) in
                self.blocks.iter().map(|block| (block.leaf, block.tail.as_str(), block.at)).chain([(leaf, head, 0)])
            {
                places.push((block, joined.len()..joined.len() + part.len(), at));
                joined.push_str(part);
            }
            for hit in reader.text(&joined, &Around::default(), Look::All, DEPTH) {
                let touched = || places.iter().filter(|(_, place, _)| place.start < hit.end && hit.start < place.end);
                if touched().count() > 1 {
                    found.extend(touched().map(|(block, place, at)| {
                        let start = at + hit.start.max(place.start) - place.start;
                        let end = at + hit.end.min(place.end) - place.start;
                        (*block, Hit { start, end, gate: Gate::Joined, ..hit })
                    }));
                }
            }
        }
        let tail = cut(value, value.len().saturating_sub(SEAM), value.len());
        // A short block may be a part from the middle.
        if value.len() > LONGEST || self.blocks.len() >= MOST {
            self.blocks.clear();
        }
        self.blocks.push(Block { leaf, tail: tail.to_owned(), at: value.len() - tail.len() });
        found
    }
}

fn local(value: &str) -> bool {
    (1..=LONGEST).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.')
        && value.contains('.')
}

/// A part of a text that does not cut a character.
fn cut(text: &str, mut from: usize, mut to: usize) -> &str {
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(from..to).unwrap_or_default()
}

/// Whether a path is that of a text block.
pub(super) fn is_block_text(path: &[Segment<'_>]) -> bool {
    matches!(path, [content, Segment::Index(_), text] if content.is_named(&["content"]) && text.is_named(&["text"]))
}

/// The fragments that are something when they are joined.
pub(super) fn joined(reader: &mut Reader<'_>, fragments: &[Fragment], around: &Around<'_>) -> Vec<(Leaf, Hit)> {
    let digits = fragments.iter().all(|fragment| fragment.value.bytes().all(|byte| byte.is_ascii_digit()));
    let (mut text, mut places) = (String::new(), Vec::new());
    for fragment in fragments {
        if digits && !text.is_empty() {
            text.push('-');
        }
        places.push((text.len(), fragment));
        text.push_str(&fragment.value);
    }
    let hits = reader.text(&text, around, Look::All, DEPTH);
    let mut found = Vec::new();
    // What looked like the beginning of a secret may stand before something else that was cut.
    if hits.is_empty()
        && let [first, rest @ ..] = fragments
        && rest.len() > 1
        && detect::is_cut_secret(&first.value)
    {
        return joined(reader, rest, around);
    }
    for hit in hits {
        let touched = || places.iter().filter(|(at, fragment)| *at < hit.end && at + fragment.value.len() > hit.start);
        if touched().count() > 1 {
            found.extend(touched().map(|(_, fragment)| {
                (fragment.leaf, Hit { start: 0, end: fragment.value.len(), gate: Gate::Joined, ..hit })
            }));
        }
    }
    found
}
