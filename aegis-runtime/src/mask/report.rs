//! What was masked: classes, counts, places and keyed tokens; for the audit, which gets no values.

use super::detect::{Gate, Hit};
use super::json::Segment;
use crate::vocabulary::Class;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

/// Most places that are told apart.
const SPOTS: usize = 64;

/// A place of a result, elements of arrays taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spot {
    class: &'static str,
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
    index: HashMap<u64, usize>,
}

/// A path's pattern, ready to be reported.
#[derive(Debug, Clone, Default)]
pub(super) struct Trail {
    hash: u64,
    path: String,
}

impl Trail {
    /// The pattern of a path: `/rows/*/2`; keys that are no names are `*` too.
    pub(super) fn of(path: &[Segment<'_>]) -> Self {
        let mut trail = Self { hash: 0xcbf2_9ce4_8422_2325, path: String::new() };
        let last = path.len().saturating_sub(1);
        for (place, segment) in path.iter().enumerate() {
            match segment {
                Segment::Key(key)
                    if key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_') =>
                {
                    trail.path.push('/');
                    trail.path.push_str(key);
                }
                // The last index is a column's place.
                Segment::Index(index) if place == last && *index < 100 => {
                    let _ = write!(trail.path, "/{index}");
                }
                Segment::Key(_) | Segment::Index(_) => trail.path.push_str("/*"),
            }
        }
        for byte in trail.path.bytes() {
            trail.hash = (trail.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        trail
    }
}

impl Report {
    /// Counts a hit; the first of a place and class gives its token.
    pub(super) fn count(&mut self, hit: &Hit, trail: &Trail, token: impl FnOnce() -> Option<String>) {
        match hit.class {
            Some(class) => *self.classes.entry(class).or_default() += 1,
            None if hit.gate == Gate::Held => self.held += 1,
            None => self.binaries += 1,
        }
        let class = hit.class.map_or(if hit.gate == Gate::Held { "held" } else { "binary" }, Class::as_str);
        let key = class
            .bytes()
            .chain(hit.by.bytes())
            .fold(trail.hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        if let Some(spot) = self.index.get(&key).and_then(|place| self.spots.get_mut(*place)) {
            spot.count += 1;
        } else if self.spots.len() < SPOTS {
            self.index.insert(key, self.spots.len());
            let context = if let Gate::Context(word) = hit.gate { Some(word) } else { None };
            self.spots.push(Spot {
                class,
                path: trail.path.clone(),
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
