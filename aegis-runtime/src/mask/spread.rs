//! The second walk over a document: values that the first one learned, wherever they stand.

use super::MaskError;
use super::context::Around;
use super::document::{Found, Kind, Leaf};
use super::exempt::{is_data, is_exempt};
use super::json::{self, Raw, Segment, Visitor};
use super::memory::Memory;
use super::read::{DEPTH, Look, Reader};
use std::ops::Range;

/// Looks for values of a memory.
pub(super) struct Spread<'pass, 'call> {
    reader: &'pass mut Reader<'call>,
    memory: &'pass Memory,
    /// Leaves that hold documents of their own, in order.
    nested: std::iter::Peekable<std::vec::IntoIter<usize>>,
    found: Vec<Found>,
    depth: u8,
}

impl<'pass, 'call> Spread<'pass, 'call> {
    /// `nested` are the places of leaves that hold documents of their own, in order.
    pub(super) fn over(
        text: &str,
        reader: &'pass mut Reader<'call>,
        memory: &'pass Memory,
        nested: Vec<usize>,
    ) -> Result<Vec<Found>, MaskError> {
        let limits = reader.plan.limits;
        let mut spread = Self { reader, memory, nested: nested.into_iter().peekable(), found: Vec::new(), depth: 0 };
        json::walk(text, limits, &mut spread)?;
        Ok(spread.found)
    }

    fn read(&mut self, leaf: Leaf, value: &str, path: &[Segment<'_>]) -> Result<(), MaskError> {
        let hits = self.reader.text(value, &Around::default(), Look::Learned(self.memory), self.depth);
        if hits.is_empty() {
            return Ok(());
        }
        self.reader.plan.limits.take_places(self.found.len() + hits.len())?;
        let trail = self.reader.trails.of(path, None);
        self.found.extend(hits.iter().map(|hit| self.reader.sorts.found(leaf, hit, trail)));
        Ok(())
    }
}

impl Visitor for Spread<'_, '_> {
    fn enter(&mut self, _path: &[Segment<'_>]) {}

    fn leave(&mut self, _path: &[Segment<'_>], _range: Range<usize>) {}

    fn string(&mut self, path: &[Segment<'_>], raw: Raw<'_>) -> Result<(), MaskError> {
        let (text, at) = (raw.text, raw.at);
        if self.nested.next_if_eq(&at).is_some() || text.len() < 5 || is_exempt(path, text) || is_data(path) {
            return Ok(());
        }
        self.read(Leaf::of(raw, Kind::Text), &raw.value()?, path)
    }

    fn number(&mut self, path: &[Segment<'_>], raw: &str, at: usize) -> Result<(), MaskError> {
        if raw.len() < 7 {
            return Ok(());
        }
        let hits = self.reader.text(raw, &Around::default(), Look::Learned(self.memory), DEPTH);
        if let Some(hit) = hits.into_iter().find(|hit| hit.end - hit.start == raw.len()) {
            let leaf = Leaf::number(raw, at, self.reader.plan.is_bare_number(path));
            let trail = self.reader.trails.of(path, None);
            self.found.push(self.reader.sorts.found(leaf, &hit, trail));
        }
        Ok(())
    }

    fn key(&mut self, path: &[Segment<'_>], raw: Raw<'_>) -> Result<(), MaskError> {
        if raw.text.len() < 5 {
            return Ok(());
        }
        self.read(Leaf::of(raw, Kind::Key), &raw.value()?, path)
    }

    fn word(&mut self) {}
}
