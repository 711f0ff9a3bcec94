//! Rows that a dump of SQL inserts: what the names of the columns say of the values, `INSERT INTO t (id, mobile) VALUES (1, '…'), …`.

use super::header::Column;
use memchr::memmem;
use std::ops::Range;

/// Most lists of columns, and most columns of one.
const LISTS: usize = 256;
const COLUMNS: usize = 512;
/// Longest list of columns, and longest row.
const NAMES: usize = 4096;
const ROW: usize = 512;

/// The lists of columns of a text, each with the place behind it.
#[derive(Debug)]
pub(super) struct Inserts(Vec<(usize, Vec<Column>)>);

impl Inserts {
    /// Those of a text, if any name of them says anything.
    pub(super) fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // Most texts have neither, and a byte is found sooner than a word.
        memchr::memchr(b'(', bytes)?;
        let marks = [&b"VALUES"[..], b"values"].into_iter().find(|mark| memmem::find(bytes, mark).is_some())?;
        let lists: Vec<(usize, Vec<Column>)> = memmem::find_iter(bytes, marks)
            .take(LISTS)
            .filter_map(|mark| {
                let columns = names(text, mark)?.map(|name| Column::of(text, name)).collect();
                Some((mark + marks.len(), columns))
            })
            .collect();
        let speaks = lists.iter().flat_map(|(_, columns)| columns).any(|column| !column.phrases.is_empty());
        speaks.then_some(Self(lists))
    }

    /// The column that a place stands in, if it is in a row.
    pub(super) fn column(&self, text: &str, at: usize) -> Option<&Column> {
        let last = self.0.partition_point(|(behind, _)| *behind <= at).checked_sub(1)?;
        let (behind, columns) = self.0.get(last)?;
        let from = at.saturating_sub(ROW).max(*behind);
        let row = text.as_bytes().get(from..at)?;
        let opens = |open: &usize| {
            let head = row.get(..*open).unwrap_or_default().trim_ascii_end();
            head.is_empty() && from == *behind || head.ends_with(b",")
        };
        let open = memchr::memrchr_iter(b'(', row).find(opens)?;
        let (mut place, mut quoted) = (0, false);
        for byte in row.get(open + 1..)? {
            match byte {
                b'\'' => quoted = !quoted,
                b',' if !quoted => place += 1,
                b';' | b')' if !quoted => return None,
                _ => {} // part of a value
            }
        }
        columns.get(place)
    }
}

/// The names in brackets that end right before a place.
pub(super) fn names(text: &str, mark: usize) -> Option<impl Iterator<Item = Range<usize>>> {
    let head = text.as_bytes().get(mark.saturating_sub(NAMES)..mark)?.trim_ascii_end();
    let head = head.strip_suffix(b")")?;
    let open = memchr::memrchr(b'(', head)?;
    let mut from = mark.saturating_sub(NAMES) + open + 1;
    let list = head.get(open + 1..)?;
    Some(list.split(|byte| *byte == b',').take(COLUMNS).map(move |name| {
        let start = from;
        from += name.len() + 1;
        start..start + name.len()
    }))
}

#[cfg(test)]
mod tests {
    use super::Inserts;

    #[test]
    fn a_value_stands_in_its_column() {
        let text = "x;\nINSERT INTO `a` (`id`,`mobile`) VALUES (1,'07911 (0) 804313'),\n(2, '07911569825');\nINSERT INTO b (ssn) VALUES ('1');";
        let inserts = Inserts::of(text).unwrap();
        let of = |value: &str| {
            let column = inserts.column(text, text.find(value)?)?;
            text.get(column.name.clone())
        };
        assert_eq!(of("07911 "), Some("`mobile`"));
        assert_eq!(of("804313"), Some("`mobile`"));
        assert_eq!(of("2, '"), Some("`id`"));
        assert_eq!(of("07911569825"), Some("`mobile`"));
        assert_eq!(of("'1'"), Some("ssn"));
        assert_eq!(of("INSERT INTO b"), None);
        assert!(Inserts::of("INSERT INTO a VALUES (1)").is_none() && Inserts::of("(id) VALUES (1)").is_none());
    }
}
