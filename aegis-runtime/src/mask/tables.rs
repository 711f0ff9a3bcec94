//! Tables in JSON: `columns` beside `rows`, arrays of arrays below a row of names, and where the names of either stand.

use super::context::Around;
use super::detect::names_secret;
use super::json::Segment;
use super::report::{Trails, mix};
use std::collections::BTreeMap;

/// Keys under which names of columns stand, and those under which rows do.
const NAMES: &[&str] = &["columns", "fields", "headers", "header", "column_names", "columnNames"];
pub(super) const ROWS: &[&str] = &["rows", "data", "values", "records", "items"];

/// The name of a column, and the list that it stands in.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) list: u32,
    pub(super) name: Box<str>,
}

/// The names of a table's columns.
pub(super) type Names<'table> = &'table [Option<Heading>];

/// Most columns of a table.
const COLUMNS: usize = 2048;

/// One object or array on the way from the root, and what its own key or place says of what is in it.
#[derive(Debug, Clone, Copy)]
struct Frame {
    serial: u32,
    /// A hash over the keys on the way to it.
    keys: u64,
    /// The same over the pattern of the path.
    trail: u64,
    /// The place of its columns' names in [`Tables::names`], if it has any.
    names: Option<usize>,
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
    names: Vec<Vec<Option<Heading>>>,
    /// Places of names by the container they are of.
    places: BTreeMap<u32, usize>,
    late: bool,
    title: Title,
    /// Whether any column is named as what says of a value what it is, or as a secret is.
    titles: bool,
    secrets: bool,
}

/// What an object says that its own `value` is: `{"key": "DB_PASSWORD", "value": …}`.
#[derive(Debug, Default)]
struct Title {
    /// How deep it stands; 0 where there is none.
    depth: usize,
    /// Whether it is a name, and no type.
    named: bool,
    text: String,
}

/// Keys whose value names a `value`, keys that say what sort it is of, and keys of what is named so.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "key", "name", "label", "field", "title", "question", "variable", "property", "attribute", "setting", "parameter", "config", "option",
    "parameterkey", "keyname",
];
const TYPES: &[&str] = &["type", "system", "doctype", "doc_type", "documenttype", "document_type", "idtype", "id_type"];
const VALUES: &[&str] = &[
    "value",
    "val",
    "answer",
    "default",
    "defaultValue",
    "valueString",
    "currentValue",
    "parameterValue",
    "docNumber",
    "doc_number",
    "documentNumber",
    "document_number",
    "idNumber",
    "id_number",
];
/// Longest of the keys whose value is a title.
const LONGEST: usize = 13;
/// Longest title.
const TITLE: usize = 80;

fn among(key: &str, names: &[&str]) -> bool {
    names.iter().any(|name| key.eq_ignore_ascii_case(name))
}

impl Tables {
    pub(super) fn new(seed: u64) -> Self {
        let (frames, names, places, title) = (Vec::new(), Vec::new(), BTreeMap::new(), Title::default());
        Self { frames, serial: 0, seed, names, places, late: false, title, titles: false, secrets: false }
    }

    pub(super) fn enter(&mut self, path: &[Segment<'_>]) {
        self.serial += 1;
        let keys = self.keys(path);
        let own = path.last();
        let named = |names: &[&str]| own.is_some_and(|segment| segment.is_named(names));
        self.frames.push(Frame {
            serial: self.serial,
            keys,
            trail: own.map_or(Trails::SEED, |own| Trails::step(self.trail(), own, false)),
            names: if self.places.is_empty() { None } else { self.places.get(&self.serial).copied() },
            rows: false,
            is_names: named(NAMES),
            is_rows: named(ROWS),
            element: own.and_then(Segment::index),
        });
    }

    pub(super) fn leave(&mut self) {
        self.frames.pop();
        if self.title.depth > self.frames.len() {
            self.title.depth = 0;
        }
    }

    /// The container so many levels above a leaf.
    fn above(&self, levels: usize) -> Option<&Frame> {
        self.frames.len().checked_sub(levels).and_then(|place| self.frames.get(place))
    }

    /// The places of the containers that are open, among all of the document, the innermost first.
    pub(super) fn open(&self) -> impl Iterator<Item = usize> {
        self.frames.iter().rev().filter_map(|frame| usize::try_from(frame.serial).ok()?.checked_sub(1))
    }

    /// Whether names came after rows that they are the names of.
    pub(super) fn late(&self) -> bool {
        self.late
    }

    /// The same names, before another walk.
    pub(super) fn again(self) -> Self {
        let Self { names, places, titles, secrets, seed, .. } = self;
        Self { names, places, titles, secrets, ..Self::new(seed) }
    }

    /// Where a leaf of the innermost container stands, or that container itself.
    pub(super) fn around<'cell>(&'cell self, path: &'cell [Segment<'_>]) -> Around<'cell> {
        let column = self.titled(path).or_else(|| self.column(path));
        Around { path, column, keys: Some(self.keys(path)) }
    }

    /// Whether the place of an element may say that it is a secret.
    pub(super) fn may_name_secrets(&self) -> bool {
        self.secrets || self.title.depth > 0
    }

    /// What the object of a value says that it is.
    fn titled<'cell>(&'cell self, path: &[Segment<'_>]) -> Option<&'cell str> {
        let titled = self.title.depth > 0 && self.title.depth == path.len();
        let last = path.last().filter(|_| titled)?;
        let is_value = last.is_named(VALUES) || last.index().is_some() && among(self.column(path)?, VALUES);
        is_value.then_some(self.title.text.as_str())
    }

    /// Notes what an object says of its value.
    fn entitle(&mut self, path: &[Segment<'_>], value: &str) {
        if value.len() > TITLE {
            return;
        }
        let key = match path.last() {
            Some(Segment::Key(key)) => Some(key.as_ref()),
            Some(Segment::Index(_)) if self.titles => self.column(path),
            Some(Segment::Index(_)) | None => None,
        };
        let Some(key) = key.filter(|key| (3..=LONGEST).contains(&key.len())) else { return };
        let (named, typed) = (among(key, TITLES), among(key, TYPES));
        let first = self.title.depth != path.len();
        if named && (first || !self.title.named) || first && typed {
            (self.title.depth, self.title.named) = (path.len(), named);
            self.title.text.clear();
            self.title.text.push_str(value);
        }
    }

    /// A hash over the pattern of a leaf's path; nothing for that of the container.
    pub(super) fn trail_of(&self, path: &[Segment<'_>]) -> Option<u64> {
        let last = path.last().filter(|_| self.is_leaf(path))?;
        Some(Trails::step(self.trail(), last, true))
    }

    fn is_leaf(&self, path: &[Segment<'_>]) -> bool {
        self.frames.len() == path.len()
    }

    fn trail(&self) -> u64 {
        self.frames.last().map_or(Trails::SEED, |frame| frame.trail)
    }

    fn keys(&self, path: &[Segment<'_>]) -> u64 {
        let keys = self.frames.last().map_or(self.seed, |frame| frame.keys);
        match path.last() {
            Some(Segment::Key(key)) if self.is_leaf(path) => mix(keys, key.as_bytes()),
            Some(Segment::Key(_) | Segment::Index(_)) | None => keys,
        }
    }

    /// A string: a name of a column, or a cell.
    pub(super) fn string(&mut self, path: &[Segment<'_>], value: &str) {
        self.entitle(path, value);
        let depth = self.frames.len();
        let Some(parent) = self.frames.last() else { return };
        match path.last() {
            // {"columns": ["id", …]} and [["id", …], …]
            Some(Segment::Index(index)) if parent.is_names || parent.element == Some(0) => {
                let cell = !parent.is_names;
                self.name(depth.checked_sub(2), *index, value);
                if cell {
                    self.word();
                }
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
        let list = place.and_then(|place| self.frames.get(place + 1)).map_or(0, |list| list.serial);
        let Some(frame) = place.and_then(|place| self.frames.get_mut(place)) else { return };
        let place = *frame.names.get_or_insert_with(|| {
            self.places.insert(frame.serial, self.names.len());
            self.names.push(Vec::new());
            self.names.len() - 1
        });
        let Some(names) = self.names.get_mut(place) else { return };
        if index >= COLUMNS || value.len() > 128 || names.get(index).is_some_and(Option::is_some) {
            return;
        }
        if names.len() <= index {
            names.resize(index + 1, None);
        }
        self.titles |= among(value, TITLES) || among(value, TYPES);
        self.secrets |= names_secret(value);
        if let Some(name) = names.get_mut(index) {
            *name = Some(Heading { list, name: value.into() });
        }
        self.late |= frame.rows;
    }

    /// The name of the column that a cell stands in.
    #[inline]
    pub(super) fn column<'cell>(&'cell self, path: &'cell [Segment<'_>]) -> Option<&'cell str> {
        match path.last()? {
            Segment::Index(_) if self.names.is_empty() => None,
            Segment::Key(name) => {
                let cell = self.frames.last()?.element.is_some() && self.above(2).is_some_and(|frame| frame.is_rows);
                cell.then_some(name.as_ref())
            }
            Segment::Index(column) => Some(self.named(*column)?.1.get(*column)?.as_ref()?.name.as_ref()),
        }
    }

    /// Which column a cell of a list stands in, and of how many that have names.
    pub(super) fn place(&self, path: &[Segment<'_>]) -> Option<(usize, usize)> {
        let column = path.last()?.index()?;
        Some((column, self.named(column)?.1.len()))
    }

    /// The table that a cell of a list stands in, by its place, with the names of its columns.
    pub(super) fn grid(&self, path: &[Segment<'_>]) -> Option<(usize, Names<'_>)> {
        self.named(path.last()?.index()?)
    }

    /// The innermost list's table, by its place, with its names, if it has one for a column.
    fn named(&self, column: usize) -> Option<(usize, Names<'_>)> {
        if self.names.is_empty() {
            return None;
        }
        let row = self.frames.last()?.element?;
        let of = |levels| {
            let place = self.above(levels)?.names?;
            let names = self.names.get(place)?;
            names.get(column)?.is_some().then_some((place, names.as_slice()))
        };
        let table = self.above(2).is_some_and(|frame| frame.is_rows).then(|| of(3)).flatten();
        table.or_else(|| (row > 0).then(|| of(2)).flatten())
    }
}
