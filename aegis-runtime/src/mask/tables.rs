//! Tables in JSON: `columns` beside `rows`, arrays of arrays below a row of names, and where the names of either stand.

use super::json::Segment;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Keys under which names of columns stand, and those under which rows do.
const NAMES: &[&str] = &["columns", "fields", "headers", "header", "column_names", "columnNames"];
const ROWS: &[&str] = &["rows", "data", "values", "records", "items"];

/// Most columns of a table.
const COLUMNS: usize = 2048;

/// One object or array on the way from the root.
#[derive(Debug, Clone, Copy)]
struct Frame {
    serial: u32,
    rows: bool,
}

/// Names of columns by the container they stand in.
#[derive(Debug, Default)]
pub(super) struct Tables {
    frames: Vec<Frame>,
    serial: u32,
    names: BTreeMap<u32, Vec<Option<Rc<str>>>>,
    late: bool,
}

impl Tables {
    pub(super) fn enter(&mut self) {
        self.serial += 1;
        self.frames.push(Frame { serial: self.serial, rows: false });
    }

    pub(super) fn leave(&mut self) {
        self.frames.pop();
    }

    /// Whether names came after rows that they are the names of.
    pub(super) fn late(&self) -> bool {
        self.late
    }

    /// The same names, before another walk.
    pub(super) fn again(self) -> Self {
        Self { names: self.names, ..Self::default() }
    }

    /// A string: a name of a column, or a cell.
    pub(super) fn string(&mut self, path: &[Segment<'_>], value: &str) {
        let depth = self.frames.len();
        match path {
            // {"columns": ["id", …]}
            [.., key, Segment::Index(index)] if key.is_named(NAMES) => self.name(depth.checked_sub(2), *index, value),
            // {"columns": [{"name": "id"}, …]}
            [.., key, Segment::Index(index), name]
                if key.is_named(NAMES) && name.is_named(&["name", "column", "key", "field"]) =>
            {
                self.name(depth.checked_sub(3), *index, value);
            }
            // [["id", …], …]
            [.., Segment::Index(0), Segment::Index(index)] => self.name(depth.checked_sub(2), *index, value),
            _ => self.word(path),
        }
    }

    /// Any other scalar.
    pub(super) fn word(&mut self, path: &[Segment<'_>]) {
        if let [.., rows, Segment::Index(_), _] = path
            && rows.is_named(ROWS)
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
    pub(super) fn column(&self, path: &[Segment<'_>]) -> Option<Rc<str>> {
        let depth = self.frames.len();
        let of = |place: Option<usize>, index: usize| {
            let frame = place.and_then(|place| self.frames.get(place))?;
            self.names.get(&frame.serial)?.get(index)?.clone()
        };
        match path {
            [.., rows, Segment::Index(_), Segment::Key(name)] if rows.is_named(ROWS) => Some(name.as_ref().into()),
            [.., rows, Segment::Index(row), Segment::Index(column)] => {
                let table = rows.is_named(ROWS).then(|| of(depth.checked_sub(3), *column)).flatten();
                table.or_else(|| (*row > 0).then(|| of(depth.checked_sub(2), *column)).flatten())
            }
            [Segment::Index(row), Segment::Index(column)] if *row > 0 => of(depth.checked_sub(2), *column),
            _ => None, // no cell
        }
    }
}
