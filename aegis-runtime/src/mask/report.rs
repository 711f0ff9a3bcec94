//! What was masked: classes, counts, places and keyed tokens; for the audit, which gets no values.

use super::detect::{Gate, Hit};
use super::json::Segment;
use crate::vocabulary::Class;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// Most places that are told apart.
pub(super) const SPOTS: usize = 64;

/// A place of a result, elements of arrays taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spot {
    class: &'static str,
    trail: u32,
    path: String,
    by: &'static str,
    gate: &'static str,
    context: Option<&'static str>,
    count: u64,
    token: Option<String>,
}

/// Counts of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    classes: Vec<(Class, u64)>,
    held: u64,
    binaries: u64,
    spots: Vec<Spot>,
}

/// Patterns of paths, by number.
#[derive(Debug, Default)]
pub(super) struct Trails {
    paths: Vec<String>,
    hashes: Vec<u64>,
}

impl Trails {
    /// Where hashes over patterns begin.
    pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

    /// One more step of a pattern's hash.
    pub(super) fn step(hash: u64, segment: &Segment<'_>, last: bool) -> u64 {
        match shown(segment, last) {
            Shown::Key(key) => mix(hash, key.as_bytes()),
            Shown::Index(index) => mix(hash, &index.to_le_bytes()),
            Shown::Any => mix(hash, b"*"),
        }
    }

    /// The number of a path's pattern: `/rows/*/2`; keys that are no names are `*` too. A pattern that is known allocates
    /// nothing; its hash may be known, too.
    pub(super) fn of(&mut self, path: &[Segment<'_>], hash: Option<u64>) -> u32 {
        let steps = || {
            let ends = (1..=path.len()).map(|place| place == path.len());
            path.iter().zip(ends).fold(Self::SEED, |hash, (one, last)| Self::step(hash, one, last))
        };
        let hash = hash.unwrap_or_else(steps);
        if let Some(known) = self.hashes.iter().position(|known| *known == hash) {
            return u32::try_from(known).unwrap_or(u32::MAX);
        }
        if self.paths.len() >= SPOTS {
            return u32::MAX;
        }
        let mut text = String::new();
        for (place, segment) in path.iter().enumerate() {
            let _ = match shown(segment, place + 1 == path.len()) {
                Shown::Key(key) => write!(text, "/{key}"),
                Shown::Index(index) => write!(text, "/{index}"),
                Shown::Any => write!(text, "/*"),
            };
        }
        let number = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        self.paths.push(text);
        self.hashes.push(hash);
        number
    }

    fn path(&self, number: u32) -> &str {
        usize::try_from(number).ok().and_then(|number| self.paths.get(number)).map_or("", String::as_str)
    }
}

enum Shown<'path> {
    Key(&'path str),
    Index(usize),
    Any,
}

fn shown<'path>(segment: &'path Segment<'_>, last: bool) -> Shown<'path> {
    match segment {
        Segment::Key(key) if key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_') => {
            Shown::Key(key)
        }
        // The last index is a column's place.
        Segment::Index(index) if last && *index < 100 => Shown::Index(*index),
        Segment::Key(_) | Segment::Index(_) => Shown::Any,
    }
}

/// One step of a hash over parts of a path.
pub(super) fn mix(hash: u64, bytes: &[u8]) -> u64 {
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(step(hash, 0x2f), |hash, word| step(hash, u64::from_le_bytes(*word)));
    step(hash, rest.iter().fold(1, |word, byte| word << 8 | u64::from(*byte)))
}

impl Report {
    /// Counts a hit; the first of a place and class gives its token.
    pub(super) fn count(&mut self, hit: &Hit, trail: u32, trails: &Trails, token: impl FnOnce() -> Option<String>) {
        match hit.class {
            Some(class) => match self.classes.iter_mut().find(|(known, _)| *known == class) {
                Some((_, count)) => *count += 1,
                None => self.classes.push((class, 1)),
            },
            None if hit.gate == Gate::Held => self.held += 1,
            None => self.binaries += 1,
        }
        let class = hit.class.map_or(if hit.gate == Gate::Held { "held" } else { "binary" }, Class::as_str);
        // Names are statics, mostly the same ones.
        let same = |one: &'static str, other: &'static str| std::ptr::eq(one, other) || one == other;
        let known = |spot: &&mut Spot| spot.trail == trail && same(spot.by, hit.by) && same(spot.class, class);
        if let Some(spot) = self.spots.iter_mut().find(known) {
            spot.count += 1;
        } else if self.spots.len() < SPOTS {
            let context = if let Gate::Context(word) = hit.gate { Some(word) } else { None };
            self.spots.push(Spot {
                class,
                trail,
                path: trails.path(trail).to_owned(),
                by: hit.by,
                gate: hit.gate.as_str(),
                context,
                count: 1,
                token: token(),
            });
        }
    }

    pub(super) fn binary(&mut self) {
        self.binaries += 1;
    }

    /// Places masked.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.classes.iter().fold(self.held, |sum, (_, count)| sum + count)
    }

    /// Counts by class; `held` for credentials of the kernel, `binary` for dropped content.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let mut classes = self.classes.clone();
        classes.sort_unstable();
        let mut map: Map<String, Value> =
            classes.iter().map(|(class, count)| (class.as_str().to_owned(), json!(count))).collect();
        for (name, count) in [("held", self.held), ("binary", self.binaries)] {
            if count > 0 {
                map.insert(name.into(), json!(count));
            }
        }
        map
    }

    /// Where it was masked, by class and pattern of the path, with the keyed token of the first value: at most 64 places.
    #[must_use]
    pub fn places(&self) -> Value {
        self.spots
            .iter()
            .map(|spot| json!({"class": spot.class, "path": spot.path, "count": spot.count, "token": spot.token}))
            .collect()
    }

    /// Why it was masked: detector, gate and context word of every place.
    #[must_use]
    pub fn reasons(&self) -> Value {
        self.spots
            .iter()
            .map(|spot| json!({"class": spot.class, "path": spot.path, "count": spot.count, "detector": spot.by, "gate": spot.gate, "context": spot.context}))
            .collect()
    }
}
