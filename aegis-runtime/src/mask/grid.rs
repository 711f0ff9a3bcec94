//! Declared names in HTML tables: of columns, or of rows where the first cell of each names the rest.

use super::column::Column;
use super::kin::Kin;
use super::pairs::is_full;
use super::plan::Plan;
use super::shapes::{Field, push};
use std::ops::Range;

/// Most cells of a row, and most rows whose first cells say what a table is about.
const CELLS: usize = 256;
const ROWS: usize = 200;
/// Longest tag.
const TAG: usize = 256;

/// A cell: whether it is a header, and its content.
struct Cell {
    head: bool,
    range: Range<usize>,
}

/// What is being read of a table.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
    /// Where the content of the open cell begins, and whether it is a header.
    open: Option<(usize, bool)>,
}

impl Table {
    fn close(&mut self, at: usize) {
        if let Some((start, head)) = self.open.take()
            && let Some(row) = self.rows.last_mut().filter(|row| row.len() < CELLS)
        {
            row.push(Cell { head, range: start..at });
        }
    }
}

/// The values of every table of a text; `<dt>` and `<dd>` are a table of two columns.
pub(super) fn tables(text: &str, plan: &Plan, found: &mut Vec<Field>) {
    let bytes = text.as_bytes();
    let mut table = Table::default();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr::memchr(b'<', rest)).map(|step| from + step) {
        from = at + 1;
        let window = bytes.get(from..bytes.len().min(from + TAG)).unwrap_or_default();
        let Some(end) = memchr::memchr(b'>', window).map(|step| from + step) else { continue };
        let name = text.get(from..end).and_then(|tag| tag.split([' ', '\n', '\t']).next()).unwrap_or_default();
        let is = |names: &[&str]| names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted));
        let cell = is(&["td", "th", "dt", "dd"]);
        if cell || is(&["/td", "/th", "/dt", "/dd", "tr", "/tr", "/table", "/dl"]) {
            table.close(at);
            if is(&["tr", "dt"]) {
                table.rows.push(Vec::new());
            }
            if cell {
                table.open = Some((end + 1, is(&["th", "dt"])));
            }
            if is(&["/table", "/dl"]) {
                values(text, plan, &std::mem::take(&mut table).rows, found);
            }
            from = end + 1;
        }
    }
    table.close(bytes.len());
    values(text, plan, &table.rows, found);
}

/// The values of one table.
fn values(text: &str, plan: &Plan, rows: &[Vec<Cell>], found: &mut Vec<Field>) {
    let rows: Vec<&Vec<Cell>> = rows.iter().filter(|row| !row.is_empty()).collect();
    let Some((first, rest)) = rows.split_first() else { return };
    let labels: Vec<String> = rows.iter().take(ROWS).filter_map(|row| Some(shown(text, &row.first()?.range))).collect();
    let (mut below, mut beside) = (None, None);
    let mut labelled = |name: &str| {
        Column::of(plan, name, || *below.get_or_insert_with(|| Kin::of(labels.iter().map(String::as_str))))
    };
    let header: Vec<String> = first.iter().map(|cell| shown(text, &cell.range)).collect();
    let mut named = |name: &String| {
        Column::of(plan, name, || *beside.get_or_insert_with(|| Kin::of_table(header.iter().map(String::as_str))))
    };
    let columns: Vec<Option<Column>> = header.iter().map(&mut named).collect();
    // The first cells name the rest where they alone are headers, or where each of two is a name.
    let pairs = rows.iter().all(|row| row.len() == 2 && !row.iter().any(|cell| cell.head));
    let mixed = first.iter().any(|cell| cell.head) && first.iter().any(|cell| !cell.head);
    let several = || labels.iter().filter(|label| plan.column(label).is_some()).count() > 1;
    let valued = |cell: &String| is_full(cell) || cell.contains(|letter: char| letter == '@' || letter.is_numeric());
    if mixed || pairs && (several() || rest.is_empty() || header.last().is_some_and(valued)) {
        for row in rows {
            let column = row.first().and_then(|label| labelled(&shown(text, &label.range)));
            for cell in row.iter().skip(1) {
                column.iter().for_each(|column| content(text, &cell.range, column, found));
            }
        }
        return;
    }
    for (cell, column) in rest.iter().flat_map(|row| row.iter().zip(&columns)) {
        column.iter().for_each(|column| content(text, &cell.range, column, found));
    }
}

/// What a cell shows, without the tags in it.
fn shown(text: &str, range: &Range<usize>) -> String {
    let mut shown = String::new();
    parts(text, range).for_each(|part| shown.push_str(text.get(part).unwrap_or_default()));
    shown.trim().trim_end_matches(':').to_owned()
}

/// The values of a cell, apart where tags stand between.
fn content(text: &str, range: &Range<usize>, column: &Column, found: &mut Vec<Field>) {
    if column.means(&shown(text, range)) {
        parts(text, range).for_each(|part| push(text, part, column, found));
    }
}

/// What stands between tags.
fn parts<'text>(text: &'text str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'text {
    let mut at = range.start;
    text.get(range.clone()).unwrap_or_default().split('<').enumerate().map(move |(place, part)| {
        let skip = if place == 0 { 0 } else { part.find('>').map_or(part.len(), |end| end + 1) };
        let start = at + skip;
        let end = at + part.len();
        at = end + 1;
        start..end
    })
}
