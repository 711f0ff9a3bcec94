//! The footer: which columns there are, and where their bytes stand.
//!
//! *Invariants.* Only the columns that somebody asked for are kept. Every offset, size and count was compared with the object's
//! own size before anything is read by it; what points outside of the object, or to another file, is refused.

use super::meaning::{Annotation, Meaning, logical};
use super::thrift::{Kind, Thrift, expect};
use super::{File, Object, refused};
use parquet::basic::Type as Physical;

/// What stands at both ends of a file.
const MAGIC: &[u8] = b"PAR1";
const ENCRYPTED: &[u8] = b"PARE";
/// Magic, length of the metadata, magic.
const LEAST: u64 = 12;
/// Longest metadata.
const LIMIT: u64 = 16 * 1024 * 1024;
/// Longest value of a fixed length.
const WIDTH: u64 = 65_536;
/// Groups in groups.
const DEPTH: usize = 64;

/// A column that is read.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its place among the columns of the file.
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) physical: Physical,
    /// Bytes of a value, where all have so many.
    pub(super) width: i32,
    pub(super) meaning: Meaning,
    pub(super) nullable: bool,
    /// Its place among the leaves of the schema.
    leaf: usize,
}

/// How pages are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codec {
    None,
    Snappy,
    Gzip,
    Zstd,
}

/// The part of a column that stands in one row group.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) codec: Codec,
}

/// Rows that stand together, with a chunk for each column that is read.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) rows: u64,
    pub(super) chunks: Vec<Chunk>,
}

/// What a file says of itself.
#[derive(Debug)]
pub(super) struct Footer {
    /// The names of all columns.
    pub(super) names: Vec<String>,
    /// Those that are read.
    pub(super) columns: Vec<Column>,
    pub(super) groups: Vec<Group>,
}

/// Reads the footer; `wanted` are the columns to keep.
pub(super) fn read(object: &Object, wanted: &[&str]) -> File<Footer> {
    let size = object.size();
    if size < LEAST {
        return Err(refused("shorter than its frame"));
    }
    let end = object.slice(size.saturating_sub(8), size)?;
    let (length, magic) = end.split_at_checked(4).ok_or(refused("shorter than its frame"))?;
    match magic {
        MAGIC if *object.slice(0, 4)? == *MAGIC => {}
        ENCRYPTED => return Err(refused("encrypted")),
        _ => return Err(refused("no Parquet: its frame is missing")), // whatever else stands there
    }
    let length = u64::from(u32::from_le_bytes(*length.first_chunk().ok_or(refused("shorter than its frame"))?));
    if length > LIMIT {
        return Err(refused("described by more than 16 MiB of metadata"));
    }
    let from = size.checked_sub(length.saturating_add(8)).filter(|from| *from >= 4);
    let from = from.ok_or(refused("described by metadata that begins before it"))?;
    parse(&object.slice(from, size.saturating_sub(8))?, wanted, from)
}

/// `end`: the first byte behind the data.
fn parse(bytes: &[u8], wanted: &[&str], end: u64) -> File<Footer> {
    let mut schema = Vec::new();
    let (mut rows, mut groups, mut built) = (None, Vec::new(), None);
    Thrift::new(bytes).fields(|thrift, field, kind| {
        match field {
            2 => return thrift.structs(kind, |thrift| element(thrift).map(|element| schema.push(element))),
            3 => rows = Some(thrift.size(kind)?),
            4 => {
                // The format orders its fields: the schema is known by now.
                let (names, columns, leaves) = columns(&std::mem::take(&mut schema), wanted)?;
                let read =
                    thrift.structs(kind, |thrift| group(thrift, &columns, leaves, end).map(|group| groups.push(group)));
                built = Some((names, columns));
                return read;
            }
            8 => return Err(refused("encrypted")),
            _ => return Ok(false), // versions, names and indexes are nothing to a check
        }
        Ok(true)
    })?;
    let (names, columns) = built.ok_or(refused("without row groups"))?;
    let sum = groups.iter().fold(0_u64, |sum, group: &Group| sum.saturating_add(group.rows));
    if rows != Some(sum) {
        return Err(refused("in disagreement with itself about its rows"));
    }
    let bytes = groups
        .iter()
        .flat_map(|group| &group.chunks)
        .fold(0_u64, |sum, chunk| sum.saturating_add(chunk.to.saturating_sub(chunk.from)));
    if bytes > end {
        return Err(refused("described as larger than it is"));
    }
    Ok(Footer { names, columns, groups })
}

/// An element of the schema's tree, which is listed depth first.
#[derive(Default)]
struct Element {
    name: String,
    children: usize,
    physical: Option<Physical>,
    width: u64,
    /// `required`, `optional`, `repeated`.
    repetition: i32,
    annotation: Annotation,
}

fn element(thrift: &mut Thrift<'_>) -> File<Element> {
    let mut element = Element::default();
    thrift.fields(|thrift, field, kind| {
        match field {
            1 => element.physical = Some(physical(thrift.int(kind)?)?),
            2 => element.width = thrift.size(kind)?,
            3 => element.repetition = thrift.int(kind)?,
            4 => element.name = thrift.text(kind)?,
            5 => element.children = usize::try_from(thrift.size(kind)?).unwrap_or(usize::MAX),
            6 => element.annotation.converted = Some(thrift.int(kind)?),
            7 => element.annotation.scale = thrift.int(kind)?,
            10 => {
                expect(kind == Kind::Struct)?;
                element.annotation.logical = logical(thrift)?;
            }
            _ => return Ok(false), // precision and ids
        }
        Ok(true)
    })?;
    Ok(element)
}

fn physical(code: i32) -> File<Physical> {
    Ok(match code {
        0 => Physical::BOOLEAN,
        1 => Physical::INT32,
        2 => Physical::INT64,
        3 => Physical::INT96,
        4 => Physical::FLOAT,
        5 => Physical::DOUBLE,
        6 => Physical::BYTE_ARRAY,
        7 => Physical::FIXED_LEN_BYTE_ARRAY,
        _ => return Err(refused("of a type that does not exist")),
    })
}

/// The names of all columns, those that are wanted, and the number of leaves.
fn columns(schema: &[Element], wanted: &[&str]) -> File<(Vec<String>, Vec<Column>, usize)> {
    let broken = || refused("described by a schema that is no tree");
    let mut elements = schema.iter();
    let root = elements.next().ok_or_else(broken)?;
    let (mut names, mut columns, mut leaves) = (Vec::new(), Vec::new(), 0_usize);
    // How many children each group above still has.
    let mut open = vec![root.children];
    for element in elements {
        while open.last() == Some(&0) {
            open.pop();
        }
        let depth = open.len();
        let left = open.last_mut().filter(|_| depth <= DEPTH).ok_or_else(broken)?;
        *left = left.saturating_sub(1);
        if depth == 1 {
            if wanted.contains(&element.name.as_str()) {
                columns.push(column(element, names.len(), leaves)?);
            }
            names.push(element.name.clone());
        }
        match (element.physical, element.children) {
            (Some(_), 0) => leaves = leaves.saturating_add(1),
            (None, children) if children > 0 => open.push(children),
            (Some(_) | None, _) => return Err(broken()),
        }
    }
    if open.iter().any(|left| *left > 0) {
        return Err(broken());
    }
    Ok((names, columns, leaves))
}

fn column(element: &Element, at: usize, leaf: usize) -> File<Column> {
    let physical = element.physical.filter(|_| element.repetition != 2);
    let physical = physical.ok_or(refused("nested where the schema declares one value"))?;
    let nullable = match element.repetition {
        0 => false,
        1 => true,
        _ => return Err(refused("of a repetition that does not exist")),
    };
    let width = if physical == Physical::FIXED_LEN_BYTE_ARRAY { element.width } else { 0 };
    if (width == 0) == (physical == Physical::FIXED_LEN_BYTE_ARRAY) || width > WIDTH {
        return Err(refused("of values of an impossible length"));
    }
    let width = i32::try_from(width).map_err(|_| refused("of values of an impossible length"))?;
    let meaning = element.annotation.meaning(physical, width)?;
    Ok(Column { at, name: element.name.clone(), physical, width, meaning, nullable, leaf })
}

fn group(thrift: &mut Thrift<'_>, columns: &[Column], leaves: usize, end: u64) -> File<Group> {
    let mut rows = None;
    let mut found: Vec<Option<Chunk>> = vec![None; columns.len()];
    let mut leaf = 0_usize;
    thrift.fields(|thrift, field, kind| {
        match field {
            1 => {
                return thrift.structs(kind, |thrift| {
                    let place = columns.iter().position(|column| column.leaf == leaf);
                    let chunk = chunk(thrift, place.and_then(|place| columns.get(place)), end)?;
                    if let (Some(place), Some((chunk, values))) = (place.and_then(|at| found.get_mut(at)), chunk) {
                        *place = Some(chunk);
                        // One value a row, a null being one: nothing here is nested.
                        if *rows.get_or_insert(values) != values {
                            return Err(refused("in disagreement with itself about its rows"));
                        }
                    }
                    leaf = leaf.saturating_add(1);
                    Ok(())
                });
            }
            3 => {
                let stated = thrift.size(kind)?;
                if *rows.get_or_insert(stated) != stated {
                    return Err(refused("in disagreement with itself about its rows"));
                }
            }
            _ => return Ok(false), // sizes, orders and places of the group as a whole
        }
        Ok(true)
    })?;
    let chunks: Option<Vec<Chunk>> = found.into_iter().collect();
    match (chunks, rows) {
        (Some(chunks), Some(rows)) if leaf == leaves => Ok(Group { rows, chunks }),
        _ => Err(refused("missing a column in one of its row groups")), // or the count of its rows
    }
}

/// A chunk and its number of values; nothing of a column that nobody asked for.
fn chunk(thrift: &mut Thrift<'_>, column: Option<&Column>, end: u64) -> File<Option<(Chunk, u64)>> {
    let mut found = None;
    thrift.fields(|thrift, field, kind| {
        match (field, column) {
            (1, Some(_)) => return Err(refused("kept in more than one file")),
            (3, Some(column)) => {
                expect(kind == Kind::Struct)?;
                found = Some(place(thrift, column, end)?);
            }
            (8 | 9, Some(_)) => return Err(refused("encrypted")),
            _ => return Ok(false), // indexes, and columns that nobody asked for
        }
        Ok(true)
    })?;
    if column.is_some() && found.is_none() { Err(refused("missing the place of a column")) } else { Ok(found) }
}

fn place(thrift: &mut Thrift<'_>, column: &Column, end: u64) -> File<(Chunk, u64)> {
    let (mut codec, mut values, mut length, mut data, mut dictionary) = (None, None, None, None, None);
    let mut is_column = false;
    thrift.fields(|thrift, field, kind| {
        match field {
            1 => expect(physical(thrift.int(kind)?)? == column.physical)?,
            3 => {
                let (name, count) = thrift.texts(kind)?;
                is_column = count == 1 && name == column.name;
            }
            4 => {
                codec = Some(match thrift.int(kind)? {
                    0 => Codec::None,
                    1 => Codec::Snappy,
                    2 => Codec::Gzip,
                    6 => Codec::Zstd,
                    _ => return Err(refused("compressed in a way that is not read: use snappy, gzip or zstd")),
                });
            }
            5 => values = Some(thrift.size(kind)?),
            7 => length = Some(thrift.size(kind)?),
            9 => data = Some(thrift.size(kind)?),
            11 => dictionary = Some(thrift.size(kind)?),
            _ => return Ok(false), // statistics are claims, and no check rests on them
        }
        Ok(true)
    })?;
    let (Some(codec), Some(values), Some(length), Some(data), true) = (codec, values, length, data, is_column) else {
        return Err(refused("missing the place of a column"));
    };
    if values == 0 {
        // Nothing is read of it, wherever its writer says that it is.
        return Ok((Chunk { from: end, to: end, codec }, 0));
    }
    // Some writers say 0 for none.
    let from = dictionary.filter(|at| *at > 0 && *at < data).unwrap_or(data);
    let to = from.checked_add(length).filter(|to| from >= 4 && *to <= end);
    let to = to.ok_or(refused("described as larger than it is"))?;
    Ok((Chunk { from, to, codec }, values))
}
