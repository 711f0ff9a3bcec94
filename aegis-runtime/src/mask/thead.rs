//! Tables of HTML: what the header cells say of the cells below them, `<th>DOB</th> … <td>10/14/1956</td>`.

use super::header::Column;
use memchr::memmem;

/// Most rows of headers, and most cells of one.
const ROWS: usize = 64;
const CELLS: usize = 128;
/// Longest header cell, and so far before a place its row begins.
const NAME: usize = 120;
const ROW: usize = 4096;

/// The rows of header cells of a text, each with the place behind it.
#[derive(Debug)]
pub(super) struct Heads(Vec<(usize, Vec<Column>)>);

impl Heads {
    /// Those of a text, if any name of them says anything.
    pub(super) fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // Most texts have none, and a byte is found sooner than a word.
        memchr::memchr(b'<', bytes)?;
        let mut rows: Vec<(usize, Vec<Column>)> = Vec::new();
        for at in memmem::find_iter(bytes, b"<th") {
            // `<thead>` is none.
            let Some(start) = name(bytes, at) else { continue };
            let length = bytes.get(start..)?.iter().take(NAME).take_while(|byte| **byte != b'<').count();
            let between = rows.last().and_then(|(behind, _)| bytes.get(*behind..at));
            let same = between.is_some_and(|between| memmem::find(between, b"<tr").is_none());
            let column = Column::of(text, start..start + length);
            let full = rows.len() >= ROWS;
            match rows.last_mut() {
                Some((behind, columns)) if same && columns.len() < CELLS => {
                    columns.push(column);
                    *behind = start + length;
                }
                _ if full => break,
                _ => rows.push((start + length, vec![column])),
            }
        }
        rows.retain(|(_, columns)| columns.len() > 1);
        rows.iter().flat_map(|(_, columns)| columns).any(|column| !column.phrases.is_empty()).then_some(Self(rows))
    }

    /// The column that a place stands in, if it is in a row below.
    pub(super) fn column(&self, text: &str, at: usize) -> Option<&Column> {
        let last = self.0.partition_point(|(behind, _)| *behind <= at).checked_sub(1)?;
        let (behind, columns) = self.0.get(last)?;
        let from = at.saturating_sub(ROW).max(*behind);
        let row = text.as_bytes().get(from..at)?;
        let row = row.get(memmem::rfind(row, b"<tr")?..)?;
        let ended = memmem::find(row, b"</tr").is_some() || memmem::find(row, b"</table").is_some();
        let cell = memmem::find_iter(row, b"<td").count().checked_sub(1)?;
        columns.get(cell).filter(|_| !ended)
    }
}

/// Where the name of a header cell begins that begins at a place.
fn name(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at + 3..)?;
    if !matches!(rest.first(), Some(b'>' | b' ')) {
        return None;
    }
    rest.iter().take(NAME).position(|byte| *byte == b'>').map(|end| at + 4 + end)
}

#[cfg(test)]
mod tests {
    use super::Heads;

    #[test]
    fn a_cell_stands_below_its_header() {
        let text = "<table><thead><tr><th>Email</th><th class=\"x\">DOB</th></tr></thead><tr><td>a</td><td>10/14/1956</td></tr>\n<tr><td>b</td><td>11/15/1957</td></tr></table> 12/16/1958";
        let heads = Heads::of(text).unwrap();
        let of = |value: &str| {
            let column = heads.column(text, text.find(value)?)?;
            text.get(column.name.clone())
        };
        assert_eq!(
            (of("a</td>"), of("10/14"), of("11/15"), of("12/16")),
            (Some("Email"), Some("DOB"), Some("DOB"), None)
        );
        assert!(Heads::of("<thead>x</thead> <th>Email</th>").is_none());
    }
}
