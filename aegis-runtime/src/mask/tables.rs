//! Tables in JSON: `columns` beside `rows`, arrays of arrays below a row of names, and where the names of either stand.

use super::context::Around;
use super::json::Segment;
use super::report::mix;
use std::collections::BTreeMap;

/// Keys under which names of columns stand, and those under which rows do.
const NAMES: &[&str] = &["columns", "fields", "headers", "header", "column_names", "columnNames"];
const ROWS: &[&str] = &["rows", "data", "values", "records", "items"];

/// Most columns of a table.
const COLUMNS: usize = 2048;

/// One object or array on the way from the root, and what its own key or place says of what is in it.
#[derive(Debug, Clone, Copy)]
struct Frame {
    serial: u32,
    /// A hash over the keys on the way to it.
    keys: u64,
    /// Rows were met below it.
    rows: bool,
    /// Its key is one of [`NAMES`], or of [`ROWS`].
    is_names: bool,
    is_rows: bool,
    /// Its place, if it stands in an array.
    element: Option<usize>,
}

/// Names of columns by the container they stand in.
#[derive(Debug)]
pub(super) struct Tables {
    frames: Vec<Frame>,
    serial: u32,
    /// Where hashes over keys begin.
    seed: u64,
    names: BTreeMap<u32, Vec<Option<Box<str>>>>,
    late: bool,
}

impl Tables {
    pub(super) fn new(seed: u64) -> Self {
        Self { frames: Vec::new(), serial: 0, seed, names: BTreeMap::new(), late: false }
    }

    pub(super) fn enter(&mut self, path: &[Segment<'_>]) {
        self.serial += 1;
        let keys = self.keys(path);
        let own = path.last();
        let named = |names: &[&str]| own.is_some_and(|segment| segment.is_named(names));
        self.frames.push(Frame {
            serial: self.serial,
            keys,
            rows: false,
            is_names: named(NAMES),
            is_rows: named(ROWS),
            element: own.and_then(Segment::index),
        });
    }

    pub(super) fn leave(&mut self) {
        self.frames.pop();
    }

    /// The container so many levels above a leaf.
    fn above(&self, levels: usize) -> Option<&Frame> {
        self.frames.len().checked_sub(levels).and_then(|place| self.frames.get(place))
    }

    /// Whether names came after rows that they are the names of.
    pub(super) fn late(&self) -> bool {
        self.late
    }

    /// The same names, before another walk.
    pub(super) fn again(self) -> Self {
        Self { names: self.names, ..Self::new(self.seed) }
    }

    /// Where a leaf of the innermost container stands.
    pub(super) fn around<'cell>(&'cell self, path: &'cell [Segment<'_>]) -> Around<'cell> {
        Around { path, column: self.column(path), keys: Some(self.keys(path)) }
    }

    /// Where that container itself stands.
    pub(super) fn inside<'cell>(&self, path: &'cell [Segment<'_>]) -> Around<'cell> {
        Around { path, column: None, keys: Some(self.frames.last().map_or(self.seed, |frame| frame.keys)) }
    }

    fn keys(&self, path: &[Segment<'_>]) -> u64 {
        let keys = self.frames.last().map_or(self.seed, |frame| frame.keys);
        match path.last() {
            Some(Segment::Key(key)) => mix(keys, key.as_bytes()),
            Some(Segment::Index(_)) | None => keys,
        }
    }

    /// A string: a name of a column, or a cell.
    pub(super) fn string(&mut self, path: &[Segment<'_>], value: &str) {
        let depth = self.frames.len();
        let Some(parent) = self.frames.last() else { return };
        match path.last() {
            // {"columns": ["id", …]} and [["id", …], …]
            Some(Segment::Index(index)) if parent.is_names || parent.element == Some(0) => {
                self.name(depth.checked_sub(2), *index, value);
            }
            // {"columns": [{"name": "id"}, …]}
            Some(name @ Segment::Key(_)) => match (parent.element, self.above(2)) {
                (Some(index), Some(names)) if names.is_names && name.is_named(&["name", "column", "key", "field"]) => {
                    self.name(depth.checked_sub(3), index, value);
                }
                _ => self.word(), // a cell, if anything
            },
            Some(Segment::Index(_)) | None => self.word(),
        }
    }

    /// Any other scalar.
    pub(super) fn word(&mut self) {
        if self.frames.last().is_some_and(|frame| frame.element.is_some())
            && self.above(2).is_some_and(|frame| frame.is_rows)
            && let Some(frame) = self.frames.len().checked_sub(3).and_then(|place| self.frames.get_mut(place))
        {
            frame.rows = true;
        }
    }

    fn name(&mut self, place: Option<usize>, index: usize, value: &str) {
        let Some(frame) = place.and_then(|place| self.frames.get(place)) else { return };
        let names = self.names.entry(frame.serial).or_default();
        if index >= COLUMNS || value.len() > 128 || names.get(index).is_some_and(Option::is_some) {
            return;
        }
        if names.len() <= index {
            names.resize(index + 1, None);
        }
        if let Some(name) = names.get_mut(index) {
            *name = Some(value.into());
        }
        self.late |= frame.rows;
    }

    /// The name of the column that a cell stands in.
    pub(super) fn column<'cell>(&'cell self, path: &'cell [Segment<'_>]) -> Option<&'cell str> {
        let row = self.frames.last()?.element?;
        let in_rows = || self.above(2).is_some_and(|frame| frame.is_rows);
        match path.last()? {
            Segment::Key(name) => in_rows().then_some(name.as_ref()),
            Segment::Index(column) if !self.names.is_empty() => {
                let of = |levels| self.names.get(&self.above(levels)?.serial)?.get(*column)?.as_deref();
                let table = in_rows().then(|| of(3)).flatten();
                table.or_else(|| (row > 0).then(|| of(2)).flatten())
            }
            Segment::Index(_) => None,
        }
    }
}
