//! What was masked: classes, counts, places and keyed tokens; for the audit, which gets no values.

use super::detect::{Gate, Hit};
use super::json::Segment;
use crate::vocabulary::Class;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Most places that are told apart.
const SPOTS: usize = 64;

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
    classes: BTreeMap<Class, u64>,
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
    /// The number of a path's pattern: `/rows/*/2`; keys that are no names are `*` too. A pattern that is known allocates
    /// nothing.
    pub(super) fn of(&mut self, path: &[Segment<'_>]) -> u32 {
        let hash = path.iter().enumerate().fold(SEED, |hash, (place, segment)| match shown(path, place, segment) {
            Shown::Key(key) => mix(hash, key.as_bytes()),
            Shown::Index(index) => mix(hash, &index.to_le_bytes()),
            Shown::Any => mix(hash, b"*"),
        });
        if let Some(known) = self.hashes.iter().position(|known| *known == hash) {
            return u32::try_from(known).unwrap_or(u32::MAX);
        }
        if self.paths.len() >= SPOTS {
            return u32::MAX;
        }
        let mut text = String::new();
        for (place, segment) in path.iter().enumerate() {
            let _ = match shown(path, place, segment) {
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

fn shown<'path>(path: &[Segment<'_>], place: usize, segment: &'path Segment<'_>) -> Shown<'path> {
    match segment {
        Segment::Key(key) if key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_') => {
            Shown::Key(key)
        }
        // The last index is a column's place.
        Segment::Index(index) if place + 1 == path.len() && *index < 100 => Shown::Index(*index),
        Segment::Key(_) | Segment::Index(_) => Shown::Any,
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

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
            Some(class) => *self.classes.entry(class).or_default() += 1,
            None if hit.gate == Gate::Held => self.held += 1,
            None => self.binaries += 1,
        }
        let class = hit.class.map_or(if hit.gate == Gate::Held { "held" } else { "binary" }, Class::as_str);
        let known = |spot: &&mut Spot| spot.trail == trail && spot.by == hit.by && spot.class == class;
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
        self.classes.values().fold(self.held, |sum, count| sum + count)
    }

    /// Counts by class; `held` for credentials of the kernel, `binary` for dropped content.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let mut map: Map<String, Value> =
            self.classes.iter().map(|(class, count)| (class.as_str().to_owned(), json!(count))).collect();
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
