//! The pages of one chunk of a column, in order: their headers, their bounds, and their bytes without compression.
//!
//! *Invariants.* A page is handed to the decoder only when its sizes and counts were found to be ones that the decoder may
//! allocate by: what a page says it becomes is bounded before it is decompressed, and what it became is what it said.

use super::footer::{Chunk, Codec, Column};
use super::thrift::{Kind, Thrift, truth};
use super::{CheckError, File, Object, refused};
use bytes::Bytes;
use parquet::basic::{Encoding, Type as Physical};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result as ParquetResult};
use ruzstd::decoding::StreamingDecoder;
use std::io::Read;

/// Longest page, in the file and out of it.
const PAGE: u64 = 64 * 1024 * 1024;
/// What a page may grow to without regard to its size, and by how much beyond.
const SMALL: u64 = 8 * 1024 * 1024;
const GROWTH: u64 = 1024;
/// Longest header of a page; the least and the greatest may stand in it.
const HEADER: u64 = 1024 * 1024;
/// What most headers fit in.
const GLANCE: u64 = 4096;
/// What an entry of a dictionary costs beside its bytes, where those have a length.
const ENTRY: u64 = 32;
/// Values between two restarts of a delta encoding.
const BLOCK: u64 = 65_536;

/// The pages of one chunk.
pub(super) struct Pages {
    object: Object,
    at: u64,
    to: u64,
    codec: Codec,
    physical: Physical,
    width: u64,
    nullable: bool,
    /// Values that are still due.
    left: u64,
    dictionary: bool,
    /// Bytes that this chunk's pages hold at present: the dictionary's, and those of the page handed out last.
    held: (u64, u64),
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.object.release(self.held.0.saturating_add(self.held.1));
    }
}

/// A page's header.
#[derive(Default)]
struct Header {
    kind: i32,
    compressed: u64,
    uncompressed: u64,
    values: u64,
    encoding: i32,
    levels: i32,
    second: Second,
}

/// What only the second kind of data page says.
struct Second {
    rows: u64,
    nulls: u64,
    definition: u64,
    repetition: u64,
    compressed: bool,
}

impl Default for Second {
    fn default() -> Self {
        Self { rows: 0, nulls: 0, definition: 0, repetition: 0, compressed: true }
    }
}

impl Pages {
    pub(super) fn new(object: &Object, column: &Column, chunk: &Chunk, values: u64) -> Self {
        Self {
            object: object.clone(),
            at: chunk.from,
            to: chunk.to,
            codec: chunk.codec,
            physical: column.physical,
            width: u64::from(column.width.unsigned_abs()),
            nullable: column.nullable,
            left: values,
            dictionary: false,
            held: (0, 0),
        }
    }

    fn next_page(&mut self) -> File<Option<Page>> {
        self.object.release(std::mem::take(&mut self.held.1));
        while self.left > 0 {
            if self.at >= self.to {
                return Err(refused("with fewer values than it says"));
            }
            let header = self.header()?;
            let to = self.at.checked_add(header.compressed).filter(|to| *to <= self.to);
            let to = to.ok_or(refused("missing the end of a page"))?;
            let from = std::mem::replace(&mut self.at, to);
            match header.kind {
                0 | 3 => return self.data(&header, from, to).map(Some),
                2 => return self.entries(&header, from, to).map(Some),
                _ => {} // indexes, which nobody here uses
            }
        }
        Ok(None)
    }

    fn header(&mut self) -> File<Header> {
        let mut length = GLANCE;
        loop {
            let to = self.at.saturating_add(length).min(self.to);
            let bytes = self.object.slice(self.at, to)?;
            let mut thrift = Thrift::new(&bytes);
            match header(&mut thrift) {
                Ok(header) => {
                    let read = bytes.len().saturating_sub(thrift.left());
                    self.at = self.at.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
                    return Ok(header);
                }
                Err(_) if thrift.is_short() && to < self.to && length < HEADER => length = HEADER,
                Err(error) => return Err(error),
            }
        }
    }

    /// The bytes of a page, without compression but for the first `plain`; accounted for before anything is allocated.
    fn body(&mut self, header: &Header, from: u64, to: u64, plain: u64, further: u64) -> File<Bytes> {
        let Header { compressed, uncompressed, .. } = *header;
        if compressed > PAGE || uncompressed > PAGE {
            return Err(refused("with a page over 64 MiB"));
        }
        let codec = if header.second.compressed { self.codec } else { Codec::None };
        if uncompressed > compressed.saturating_mul(GROWTH).saturating_add(SMALL) {
            return Err(refused("with a page that grows out of all proportion"));
        }
        self.object.hold(uncompressed.saturating_add(further))?;
        self.object.grow(uncompressed)?;
        let held = if header.kind == 2 { &mut self.held.0 } else { &mut self.held.1 };
        *held = held.saturating_add(uncompressed).saturating_add(further);
        let bytes = self.object.slice(from, to)?;
        let broken = || refused("with a page that is not as long as it says");
        let plain = usize::try_from(plain).ok().filter(|plain| *plain <= bytes.len()).ok_or_else(broken)?;
        let length = usize::try_from(uncompressed).map_err(|_| broken())?;
        if codec == Codec::None {
            return if bytes.len() == length { Ok(bytes) } else { Err(broken()) };
        }
        let mut out = bytes.get(..plain).unwrap_or_default().to_vec();
        inflate(codec, bytes.get(plain..).unwrap_or_default(), length, &mut out)?;
        if out.len() == length { Ok(out.into()) } else { Err(broken()) }
    }

    fn entries(&mut self, header: &Header, from: u64, to: u64) -> File<Page> {
        if std::mem::replace(&mut self.dictionary, true) {
            return Err(refused("with two dictionaries for one column"));
        }
        if !matches!(header.encoding, 0 | 2) {
            return Err(refused("with a dictionary in an encoding that is not read"));
        }
        let least = match self.physical {
            Physical::BOOLEAN => return Err(refused("with a dictionary of truths")),
            Physical::INT32 | Physical::FLOAT | Physical::BYTE_ARRAY => 4,
            Physical::INT64 | Physical::DOUBLE => 8,
            Physical::INT96 => 12,
            Physical::FIXED_LEN_BYTE_ARRAY => self.width,
        };
        let (said, room) = (header.values.saturating_mul(least), header.uncompressed);
        // Of one length each, they fill it; the decoder would guess at anything else.
        if said > room || (self.physical != Physical::BYTE_ARRAY && said != room) {
            return Err(refused("with a dictionary of more entries than it has room for"));
        }
        let each = if self.physical == Physical::BYTE_ARRAY || self.width > 0 { ENTRY } else { least };
        let buf = self.body(header, from, to, 0, header.values.saturating_mul(each))?;
        let num_values = u32::try_from(header.values).map_err(|_| refused("with a dictionary too long"))?;
        Ok(Page::DictionaryPage { buf, num_values, encoding: Encoding::PLAIN, is_sorted: false })
    }

    fn data(&mut self, header: &Header, from: u64, to: u64) -> File<Page> {
        self.left = self.left.checked_sub(header.values).ok_or(refused("with more values than it says"))?;
        let encoding = match header.encoding {
            0 => Encoding::PLAIN,
            // The older word for it, and the newer.
            2 | 8 if self.dictionary => Encoding::RLE_DICTIONARY,
            2 | 8 => return Err(refused("missing a dictionary")),
            3 if self.physical == Physical::BOOLEAN => Encoding::RLE,
            5 if matches!(self.physical, Physical::INT32 | Physical::INT64) => Encoding::DELTA_BINARY_PACKED,
            6 if self.physical == Physical::BYTE_ARRAY => Encoding::DELTA_LENGTH_BYTE_ARRAY,
            9 => Encoding::BYTE_STREAM_SPLIT,
            7 => return Err(refused("in the encoding DELTA_BYTE_ARRAY, which is not read")),
            _ => return Err(refused("in an encoding that is not read")), // deprecated, unknown, or of another type
        };
        let count = |number: u64| u32::try_from(number).map_err(|_| refused("with more values than it says"));
        let num_values = count(header.values)?;
        let second = &header.second;
        let levels = second.definition.saturating_add(second.repetition);
        if header.kind == 3 {
            // Nothing is nested: a value a row, and no level says how often something repeats.
            if second.rows != header.values || second.nulls > header.values || second.repetition > 0 {
                return Err(refused("in disagreement with itself about its rows"));
            }
            let buf = self.body(header, from, to, levels, 0)?;
            self.delta(encoding, &buf, usize::try_from(levels).unwrap_or(usize::MAX), header.values)?;
            return Ok(Page::DataPageV2 {
                buf,
                num_values,
                encoding,
                num_nulls: count(second.nulls)?,
                num_rows: num_values,
                def_levels_byte_len: count(second.definition)?,
                rep_levels_byte_len: 0,
                is_compressed: false,
                statistics: None,
            });
        }
        if self.nullable && header.levels != 3 {
            return Err(refused("in an encoding that is not read"));
        }
        let buf = self.body(header, from, to, 0, 0)?;
        let levels = match (self.nullable, buf.first_chunk::<4>()) {
            (false, _) => 0,
            (true, None) => return Err(refused("with a page that is not as long as it says")),
            (true, Some(length)) => {
                usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX).saturating_add(4)
            }
        };
        self.delta(encoding, &buf, levels, header.values)?;
        Ok(Page::DataPage {
            buf,
            num_values,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        })
    }

    /// A delta encoding begins with counts that the decoder allocates by.
    fn delta(&self, encoding: Encoding, page: &[u8], levels: usize, values: u64) -> File<()> {
        let values_at = page.get(levels..).ok_or(refused("with a page that is not as long as it says"))?;
        if !matches!(encoding, Encoding::DELTA_BINARY_PACKED | Encoding::DELTA_LENGTH_BYTE_ARRAY) {
            return Ok(());
        }
        let mut head = Thrift::new(values_at);
        let (block, parts, total) = (head.unsigned()?, head.unsigned()?, head.unsigned()?);
        let sound =
            block > 0 && block <= BLOCK && block.is_multiple_of(128) && parts > 0 && block.is_multiple_of(parts.max(1));
        if sound && total <= values { Ok(()) } else { Err(refused("with deltas that do not fit its values")) }
    }
}

fn header(thrift: &mut Thrift<'_>) -> File<Header> {
    let mut header = Header::default();
    let (mut said, mut sizes) = (0, (None, None));
    thrift.fields(|thrift, field, kind| {
        match field {
            1 => header.kind = thrift.int(kind)?,
            2 => sizes.0 = Some(thrift.size(kind)?),
            3 => sizes.1 = Some(thrift.size(kind)?),
            5 | 7 | 8 => {
                super::thrift::expect(kind == Kind::Struct)?;
                said = field;
                thrift.fields(|thrift, inner, kind| of_page(&mut header, thrift, field, inner, kind))?;
            }
            _ => return Ok(false), // a checksum, which the digest of the object stands above
        }
        Ok(true)
    })?;
    let (Some(uncompressed), Some(compressed)) = sizes else { return Err(refused("with a page of no length")) };
    (header.uncompressed, header.compressed) = (uncompressed, compressed);
    let due = match header.kind {
        0 => 5,
        2 => 7,
        3 => 8,
        _ => said, // an index
    };
    if said == due { Ok(header) } else { Err(refused("with a page that is not what it says")) }
}

/// A field of what a page of one kind says.
fn of_page(header: &mut Header, thrift: &mut Thrift<'_>, page: i64, field: i64, kind: Kind) -> File<bool> {
    match (page, field) {
        (_, 1) => header.values = thrift.size(kind)?,
        (5 | 7, 2) | (8, 4) => header.encoding = thrift.int(kind)?,
        (5, 3) => header.levels = thrift.int(kind)?,
        (8, 2) => header.second.nulls = thrift.size(kind)?,
        (8, 3) => header.second.rows = thrift.size(kind)?,
        (8, 5) => header.second.definition = thrift.size(kind)?,
        (8, 6) => header.second.repetition = thrift.size(kind)?,
        (8, 7) => header.second.compressed = truth(kind)?,
        _ => return Ok(false), // statistics
    }
    Ok(true)
}

/// Appends what the bytes become, up to a length in all.
fn inflate(codec: Codec, bytes: &[u8], length: usize, out: &mut Vec<u8>) -> File<()> {
    let broken = || refused("with a page that cannot be decompressed");
    if bytes.is_empty() {
        return Ok(());
    }
    let begun = out.len();
    // One byte more than is due shows that there is more.
    let most = u64::try_from(length.saturating_sub(begun)).unwrap_or(u64::MAX).saturating_add(1);
    out.reserve_exact(length.saturating_sub(begun).saturating_add(1));
    match codec {
        Codec::None => out.extend_from_slice(bytes),
        Codec::Snappy => {
            if snap::raw::decompress_len(bytes).ok() != Some(length.saturating_sub(begun)) {
                return Err(refused("with a page that is not as long as it says"));
            }
            out.resize(length, 0);
            let room = out.get_mut(begun..).ok_or_else(broken)?;
            snap::raw::Decoder::new().decompress(bytes, room).map_err(|_| broken())?;
        }
        Codec::Gzip => {
            flate2::read::MultiGzDecoder::new(bytes).take(most).read_to_end(out).map_err(|_| broken())?;
        }
        Codec::Zstd => {
            // The window is allocated by what the frame says; no page needs more of it than its own length.
            let reader = StreamingDecoder::new_with_max_window_size(bytes, PAGE).map_err(|_| broken())?;
            reader.take(most).read_to_end(out).map_err(|_| broken())?;
        }
    }
    Ok(())
}

fn lifted(error: &CheckError) -> ParquetError {
    ParquetError::General(error.to_string())
}

impl Iterator for Pages {
    type Item = ParquetResult<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> ParquetResult<Option<Page>> {
        let page = self.next_page();
        page.map_err(|error| {
            let lifted = lifted(&error);
            // The decoder's errors are words; the first of ours is what is told.
            self.object.fail(error);
            lifted
        })
    }

    fn peek_next_page(&mut self) -> ParquetResult<Option<PageMetadata>> {
        Err(ParquetError::NYI("pages are read in order".to_owned()))
    }

    fn skip_next_page(&mut self) -> ParquetResult<()> {
        Err(ParquetError::NYI("pages are read in order".to_owned()))
    }
}
