//! The values of one chunk of a column, one at a time, as cells.

use super::footer::{Chunk, Column};
use super::meaning::Meaning;
use super::page::Pages;
use super::{File, Object, refused};
use crate::native::checks::cell::Cell;
use jiff::{Timestamp, civil::Date};
use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::{
    BoolType, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type, Int64Type, Int96Type,
};
use parquet::schema::types::{ColumnDescriptor, ColumnPath, Type};
use std::sync::Arc;

/// Values decoded at one time.
const BATCH: usize = 1024;
/// Longest row, in bytes.
const ROW: u64 = 16 * 1024 * 1024;
/// What a cell costs beside its text.
const CELL: u64 = 64;

/// The values of a chunk.
pub(super) enum Values {
    Boolean(Typed<BoolType>),
    Int(Typed<Int32Type>, Meaning),
    Long(Typed<Int64Type>, Meaning),
    Julian(Typed<Int96Type>),
    Float(Typed<FloatType>),
    Double(Typed<DoubleType>),
    Bytes(Typed<ByteArrayType>, Meaning),
    Fixed(Typed<FixedLenByteArrayType>, Meaning),
}

/// A decoder, and what it decoded last.
pub(super) struct Typed<T: DataType> {
    reader: ColumnReaderImpl<T>,
    nullable: bool,
    values: std::vec::IntoIter<T::T>,
    levels: std::vec::IntoIter<i16>,
}

impl Values {
    pub(super) fn new(object: &Object, column: &Column, chunk: &Chunk, rows: u64) -> File<Self> {
        let meaning = column.meaning;
        let open = Opening { object, column, chunk, rows };
        Ok(match column.physical {
            Physical::BOOLEAN => Self::Boolean(open.typed()?),
            Physical::INT32 => Self::Int(open.typed()?, meaning),
            Physical::INT64 => Self::Long(open.typed()?, meaning),
            Physical::INT96 => Self::Julian(open.typed()?),
            Physical::FLOAT => Self::Float(open.typed()?),
            Physical::DOUBLE => Self::Double(open.typed()?),
            Physical::BYTE_ARRAY => Self::Bytes(open.typed()?, meaning),
            Physical::FIXED_LEN_BYTE_ARRAY => Self::Fixed(open.typed()?, meaning),
        })
    }

    /// The next cell; `bytes` is how much the row has by now.
    pub(super) fn next(&mut self, object: &Object, bytes: &mut u64) -> File<Cell> {
        let mut room = |length: usize| {
            *bytes = bytes.saturating_add(u64::try_from(length).unwrap_or(u64::MAX)).saturating_add(CELL);
            if *bytes > ROW { Err(refused("with a row over 16 MiB")) } else { Ok(()) }
        };
        room(0)?;
        Ok(match self {
            Self::Boolean(values) => values.next(object)?.map_or(Cell::Null, Cell::Boolean),
            Self::Float(values) => values.next(object)?.map_or(Cell::Null, |value| Cell::Number(value.into())),
            Self::Double(values) => values.next(object)?.map_or(Cell::Null, Cell::Number),
            Self::Int(values, meaning) => match values.next(object)? {
                Some(value) if *meaning == Meaning::Unsigned => Cell::Integer(value.cast_unsigned().into()),
                Some(value) => whole(value.into(), *meaning),
                None => Cell::Null,
            },
            Self::Long(values, meaning) => values.next(object)?.map_or(Cell::Null, |value| whole(value, *meaning)),
            Self::Julian(values) => values.next(object)?.map_or(Cell::Null, |value| julian(value.data())),
            Self::Bytes(values, meaning) => match values.next(object)? {
                Some(value) => {
                    room(value.len())?;
                    text(value.data(), *meaning)?
                }
                None => Cell::Null,
            },
            Self::Fixed(values, meaning) => match values.next(object)? {
                Some(value) => {
                    room(value.len())?;
                    text(value.data(), *meaning)?
                }
                None => Cell::Null,
            },
        })
    }
}

/// What a decoder is opened with.
struct Opening<'chunk> {
    object: &'chunk Object,
    column: &'chunk Column,
    chunk: &'chunk Chunk,
    rows: u64,
}

impl Opening<'_> {
    fn typed<T: DataType>(&self) -> File<Typed<T>> {
        let Self { object, column, chunk, rows } = self;
        let impossible = |_| refused("of a type that does not exist");
        let repetition = if column.nullable { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        // The decoder needs the storage only; what a value means is read from it here.
        let kind = Type::primitive_type_builder("value", column.physical)
            .with_repetition(repetition)
            .with_length(column.width)
            .with_converted_type(ConvertedType::NONE)
            .with_logical_type(None::<LogicalType>)
            .build()
            .map_err(impossible)?;
        let path = ColumnPath::new(vec!["value".to_owned()]);
        let description = ColumnDescriptor::new(Arc::new(kind), i16::from(column.nullable), 0, path);
        let pages = Box::new(Pages::new(object, column, chunk, *rows));
        Ok(Typed {
            reader: ColumnReaderImpl::new(Arc::new(description), pages),
            nullable: column.nullable,
            values: Vec::new().into_iter(),
            levels: Vec::new().into_iter(),
        })
    }
}

impl<T: DataType> Typed<T> {
    fn next(&mut self, object: &Object) -> File<Option<T::T>> {
        let is_done = if self.nullable { self.levels.len() == 0 } else { self.values.len() == 0 };
        if is_done {
            self.decode(object)?;
        }
        let short = refused("with fewer values than it says");
        if self.nullable && self.levels.next().ok_or(short.clone())? == 0 {
            return Ok(None);
        }
        self.values.next().map(Some).ok_or(short)
    }

    fn decode(&mut self, object: &Object) -> File<()> {
        let (mut values, mut levels) = (Vec::new(), Vec::new());
        let with_levels = self.nullable.then_some(&mut levels);
        let read = self.reader.read_records(BATCH, with_levels, None, &mut values);
        // The decoder's words may quote what it read; ours do not.
        read.map_err(|_| object.failure().unwrap_or(refused("with a page that cannot be decoded")))?;
        (self.values, self.levels) = (values.into_iter(), levels.into_iter());
        Ok(())
    }
}

fn whole(value: i64, meaning: Meaning) -> Cell {
    match meaning {
        Meaning::Integer | Meaning::Boolean | Meaning::Julian => Cell::Integer(value),
        Meaning::Unsigned => i64::try_from(value.cast_unsigned())
            .map_or_else(|_| Cell::Odd(value.cast_unsigned().to_string()), Cell::Integer),
        Meaning::Date => {
            let date = i32::try_from(value)
                .ok()
                .and_then(|days| EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok());
            date.map_or_else(|| Cell::Odd(value.to_string()), Cell::Date)
        }
        Meaning::Instant(units) => instant(i128::from(value).saturating_mul(i128::from(NANOS / units))),
        Meaning::Decimal(scale) => decimal(value.into(), scale),
        Meaning::Number | Meaning::Text | Meaning::Bytes | Meaning::Uuid | Meaning::Odd => Cell::Odd(value.to_string()),
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);
const NANOS: i64 = 1_000_000_000;

fn instant(nanoseconds: i128) -> Cell {
    Timestamp::from_nanosecond(nanoseconds).map_or_else(|_| Cell::Odd(nanoseconds.to_string()), Cell::Instant)
}

/// Nanoseconds of the day, low and high, and the Julian day, of which 2440588 was 1970-01-01.
fn julian(parts: &[u32]) -> Cell {
    let [low, high, day] = parts else { return Cell::Odd(format!("{parts:?}")) };
    let of_day = i128::from(u64::from(*high) << 32 | u64::from(*low));
    let days = i128::from(*day).saturating_sub(2_440_588);
    instant(days.saturating_mul(86_400).saturating_mul(i128::from(NANOS)).saturating_add(of_day))
}

/// Exact: no number of binary digits stands in for it.
fn decimal(value: i128, scale: u32) -> Cell {
    if scale == 0 {
        return i64::try_from(value).map_or_else(|_| Cell::Decimal(value.to_string()), Cell::Integer);
    }
    let (sign, digits) = (if value < 0 { "-" } else { "" }, value.unsigned_abs().to_string());
    let scale = usize::try_from(scale).unwrap_or(usize::MAX);
    let padded = format!("{digits:0>width$}", width = scale.saturating_add(1));
    let (before, after) = padded.split_at_checked(padded.len().saturating_sub(scale)).unwrap_or_default();
    Cell::Decimal(format!("{sign}{before}.{after}"))
}

fn text(bytes: &[u8], meaning: Meaning) -> File<Cell> {
    let hex = || crate::audit::hex(bytes);
    Ok(match meaning {
        Meaning::Text => {
            Cell::Text(std::str::from_utf8(bytes).map_err(|_| refused("with text that is no UTF-8"))?.to_owned())
        }
        Meaning::Uuid => match uuid::Uuid::from_slice(bytes) {
            Ok(uuid) => Cell::Text(uuid.to_string()),
            Err(_) => Cell::Odd(hex()),
        },
        Meaning::Decimal(scale) => match wide(bytes) {
            Some(value) => decimal(value, scale),
            None => Cell::Odd(hex()),
        },
        Meaning::Bytes => Cell::Bytes(hex()),
        Meaning::Boolean
        | Meaning::Integer
        | Meaning::Unsigned
        | Meaning::Number
        | Meaning::Date
        | Meaning::Instant(_)
        | Meaning::Julian
        | Meaning::Odd => Cell::Odd(hex()),
    })
}

/// A big-endian number in two's complement.
fn wide(bytes: &[u8]) -> Option<i128> {
    if bytes.is_empty() || bytes.len() > 16 {
        return None;
    }
    let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
    let begin = if negative { -1_i128 } else { 0 };
    Some(bytes.iter().fold(begin, |value, byte| value << 8 | i128::from(*byte)))
}
