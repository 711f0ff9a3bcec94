//! Files that nobody's writer writes: what they say is built here, byte by byte.

use super::tests::cells;
use std::io::Write as _;

/// A struct of the compact protocol, in the order of its fields.
#[derive(Default, Clone)]
struct Fields(Vec<u8>, i64);

fn varint(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap());
}

impl Fields {
    fn head(&mut self, field: i64, kind: u8) {
        self.0.push(u8::try_from(field - self.1).unwrap() << 4 | kind);
        self.1 = field;
    }

    fn number(mut self, field: i64, kind: u8, number: i64) -> Self {
        self.head(field, kind);
        varint(((number << 1) ^ (number >> 63)).cast_unsigned(), &mut self.0);
        self
    }

    fn int(self, field: i64, number: i64) -> Self {
        self.number(field, 5, number)
    }

    fn long(self, field: i64, number: i64) -> Self {
        self.number(field, 6, number)
    }

    fn text(mut self, field: i64, text: &str) -> Self {
        self.head(field, 8);
        varint(text.len().try_into().unwrap(), &mut self.0);
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    fn structure(mut self, field: i64, inner: Fields) -> Self {
        self.head(field, 12);
        self.0.extend_from_slice(&inner.end());
        self
    }

    /// A list that says it has `count` elements.
    fn list(mut self, field: i64, kind: u8, count: u64, elements: Vec<u8>) -> Self {
        self.head(field, 9);
        self.0.push(0xf0 | kind);
        varint(count, &mut self.0);
        self.0.extend_from_slice(&elements);
        self
    }

    fn end(mut self) -> Vec<u8> {
        self.0.push(0);
        self.0
    }
}

/// What a file of one column says of itself.
struct Liar {
    physical: i64,
    width: i64,
    optional: bool,
    codec: i64,
    rows: i64,
    data: i64,
    length: Option<i64>,
    columns: u64,
    groups: u64,
    pages: Vec<u8>,
}

impl Liar {
    fn new(pages: Vec<u8>) -> Self {
        let (physical, width, optional, codec, rows, data, length) = (2, 0, false, 0, 4, 4, None);
        Self { physical, width, optional, codec, rows, data, length, columns: 1, groups: 1, pages }
    }

    fn file(&self) -> Vec<u8> {
        let root = Fields::default().text(4, "root").int(5, 1).end();
        let mut leaf = Fields::default().int(1, self.physical);
        if self.width != 0 {
            leaf = leaf.int(2, self.width);
        }
        let leaf = leaf.int(3, self.optional.into()).text(4, "x").end();
        let length = self.length.unwrap_or(self.pages.len().try_into().unwrap());
        let place = Fields::default()
            .int(1, self.physical)
            .list(3, 8, 1, b"\x01x".to_vec())
            .int(4, self.codec)
            .long(5, self.rows)
            .long(7, length)
            .long(9, self.data);
        let chunk = Fields::default().long(2, 0).structure(3, place).end();
        let group = Fields::default().list(1, 12, self.columns, chunk).long(3, self.rows).end();
        let footer = Fields::default()
            .int(1, 2)
            .list(2, 12, 2, [root, leaf].concat())
            .long(3, self.rows)
            .list(4, 12, self.groups, group)
            .end();
        framed(&self.pages, &footer)
    }

    fn read(&self) -> Result<usize, String> {
        cells(self.file(), 64, &["x"]).map(|(_, rows)| rows.len()).map_err(|error| error.to_string())
    }
}

fn framed(pages: &[u8], footer: &[u8]) -> Vec<u8> {
    let length = u32::try_from(footer.len()).unwrap().to_le_bytes();
    [b"PAR1", pages, footer, &length, b"PAR1"].concat()
}

/// A data page that says so much of itself.
fn page(uncompressed: i64, compressed: i64, values: i64, encoding: i64, body: &[u8]) -> Vec<u8> {
    let inner = Fields::default().int(1, values).int(2, encoding).int(3, 3).int(4, 3);
    let head = Fields::default().int(1, 0).int(2, uncompressed).int(3, compressed).structure(5, inner);
    [head.end(), body.to_vec()].concat()
}

fn dictionary(uncompressed: i64, compressed: i64, values: i64, body: &[u8]) -> Vec<u8> {
    let inner = Fields::default().int(1, values).int(2, 0);
    let head = Fields::default().int(1, 2).int(2, uncompressed).int(3, compressed).structure(7, inner);
    [head.end(), body.to_vec()].concat()
}

const NUMBERS: [u8; 32] = [7; 32];

fn refused(liar: &Liar, why: &str) {
    let told = liar.read().unwrap_err();
    assert_eq!(told, format!("the file is {why}"));
}

#[test]
fn an_honest_file_of_this_builder_is_read() {
    assert_eq!(Liar::new(page(32, 32, 4, 0, &NUMBERS)).read(), Ok(4));
    let pages = [dictionary(8, 8, 1, &NUMBERS[..8]), page(3, 3, 4, 8, &[0, 8, 0])].concat();
    assert_eq!(Liar::new(pages).read(), Ok(4));
}

#[test]
fn sizes_of_pages_are_bounded_before_they_are_allocated() {
    let most = i64::from(i32::MAX);
    refused(&Liar::new(page(most, 32, 4, 0, &NUMBERS)), "with a page over 64 MiB");
    refused(&Liar::new(page(32, most, 4, 0, &NUMBERS)), "missing the end of a page");
    refused(&Liar::new(page(-1, 32, 4, 0, &NUMBERS)), "with a size below 0");
    refused(&Liar::new(page(33, 32, 4, 0, &NUMBERS)), "with a page that is not as long as it says");
    refused(&Liar::new(page(31, 32, 4, 0, &NUMBERS)), "with a page that is not as long as it says");
    for codec in [1, 2, 6] {
        let mut liar = Liar::new(page(60 << 20, 32, 4, 0, &NUMBERS));
        liar.codec = codec;
        refused(&liar, "with a page that grows out of all proportion");
        let mut liar = Liar::new(page(1 << 20, 32, 4, 0, &NUMBERS));
        liar.codec = codec;
        assert!(liar.read().is_err(), "{codec}");
    }
    // More comes out than the header says.
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&vec![0; 1 << 20]).unwrap();
    let bomb = gzip.finish().unwrap();
    let mut liar = Liar::new(page(32, bomb.len().try_into().unwrap(), 4, 0, &bomb));
    liar.codec = 2;
    refused(&liar, "with a page that is not as long as it says");
}

#[test]
fn counts_are_bounded_before_they_are_allocated() {
    let most = i64::from(i32::MAX);
    refused(&Liar::new(page(32, 32, most, 0, &NUMBERS)), "with more values than it says");
    refused(&Liar::new(page(32, 32, -4, 0, &NUMBERS)), "with a size below 0");
    refused(&Liar::new(page(24, 24, 3, 0, &NUMBERS[..24])), "with fewer values than it says");
    let entries = |count| Liar::new([dictionary(8, 8, count, &NUMBERS[..8]), page(3, 3, 4, 8, &[0, 8, 0])].concat());
    refused(&entries(most), "with a dictionary of more entries than it has room for");
    refused(&entries(2), "with a dictionary of more entries than it has room for");
    // A dictionary of nothing that every value points into.
    assert!(entries(0).read().is_err());
    let twice = [dictionary(8, 8, 1, &NUMBERS[..8]), dictionary(8, 8, 1, &NUMBERS[..8])].concat();
    refused(&Liar::new(twice), "with two dictionaries for one column");
    refused(&Liar::new(page(3, 3, 4, 8, &[0, 8, 0])), "missing a dictionary");
    let deltas = |head: &[u64]| {
        let mut body = Vec::new();
        head.iter().for_each(|number| varint(*number, &mut body));
        let length = body.len().try_into().unwrap();
        Liar::new(page(length, length, 4, 5, &body))
    };
    for head in
        [[1 << 40, 4, 4, 0], [128, 1 << 40, 4, 0], [128, 4, 1 << 40, 0], [128, 0, 4, 0], [0, 4, 4, 0], [100, 4, 4, 0]]
    {
        refused(&deltas(&head), "with deltas that do not fit its values");
    }
}

#[test]
fn rows_out_of_nothing_end_in_time() {
    // Four bytes that are two thousand million rows: every one would cost time, however little memory.
    let rows = i64::from(i32::MAX);
    let mut run = vec![0];
    varint(u64::try_from(rows).unwrap() << 1, &mut run);
    let length = run.len().try_into().unwrap();
    let mut liar = Liar::new([dictionary(8, 8, 1, &NUMBERS[..8]), page(length, length, rows, 8, &run)].concat());
    liar.rows = rows;
    let object = super::Object::within(Box::new(super::tests::Memory(liar.file(), 64)), 1 << 20);
    let read = super::rows(&object, &["x"], |_| Ok(()));
    assert_eq!(read.unwrap_err().to_string(), "the file is one that grows out of all proportion");
}

#[test]
fn places_and_lists_that_lie_are_refused() {
    let honest = || Liar::new(page(32, 32, 4, 0, &NUMBERS));
    for (data, length) in [(4, i64::MAX), (i64::MAX, 10), (0, 40), (1 << 30, 40), (4, 400)] {
        let liar = Liar { data, length: Some(length), ..honest() };
        refused(&liar, "described as larger than it is");
    }
    for rows in [-1, 3, 5, i64::MAX] {
        assert!(Liar { rows, ..honest() }.read().is_err(), "{rows}");
    }
    for count in [0, 2, 1000, u64::from(u32::MAX), u64::MAX] {
        assert!(Liar { columns: count, ..honest() }.read().is_err(), "{count} columns");
        assert!(Liar { groups: count, ..honest() }.read().is_err(), "{count} groups");
    }
    for width in [1, -1, 1 << 30] {
        assert!(Liar { physical: 7, width, ..honest() }.read().is_err());
    }
    for physical in [-1, 7, 8, 99] {
        assert!(Liar { physical, ..honest() }.read().is_err(), "{physical}");
    }
    // Structs in structs until a reader's stack ends.
    let deep = [0x1c_u8].repeat(1 << 20);
    assert!(cells(framed(&[], &deep), 64, &["x"]).is_err());
    // Schemas that are no tree.
    for children in [0, 2, 1 << 30] {
        let root = Fields::default().text(4, "root").int(5, children).end();
        let leaf = Fields::default().int(1, 2).int(3, 0).text(4, "x").end();
        let footer = Fields::default().list(2, 12, 2, [root, leaf].concat()).long(3, 0).list(4, 12, 0, Vec::new());
        let read = cells(framed(&[], &footer.end()), 64, &["x"]);
        assert_eq!(read.unwrap_err().to_string(), "the file is described by a schema that is no tree", "{children}");
    }
}
