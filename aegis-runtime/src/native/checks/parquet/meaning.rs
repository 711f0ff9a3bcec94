//! From what is stored to what it means.

use super::thrift::{Kind, Thrift, expect, truth};
use super::{File, refused};
use parquet::basic::Type as Physical;

/// How the values of a column are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Boolean,
    Integer,
    /// Stored in a signed integer of so many bits.
    Unsigned,
    Number,
    Text,
    Bytes,
    Uuid,
    /// Days since 1970.
    Date,
    /// So many units a second since 1970.
    Instant(i64),
    /// Nanoseconds of a day, and a Julian day.
    Julian,
    /// With so many digits after the point.
    Decimal(u32),
    /// What no declared type is: a time of day, an interval, a number of 16 bits.
    Odd,
}

/// What a schema says of a column beside its storage, in its older and its newer words.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Annotation {
    pub(super) converted: Option<i32>,
    pub(super) scale: i32,
    pub(super) logical: Option<Meaning>,
}

/// Most digits after a point.
const SCALE: i32 = 38;

impl Annotation {
    /// The meaning, where it fits the storage. The newer word wins, as the format asks.
    pub(super) fn meaning(self, physical: Physical, width: i32) -> File<Meaning> {
        let meaning = match (self.logical, self.converted) {
            (Some(meaning), _) => meaning,
            (None, Some(code)) => converted(code, self.scale, physical)?,
            (None, None) => bare(physical),
        };
        let fits = match meaning {
            Meaning::Odd => true,
            Meaning::Text | Meaning::Bytes => {
                matches!(physical, Physical::BYTE_ARRAY) || (meaning == Meaning::Bytes && width > 0)
            }
            Meaning::Boolean => physical == Physical::BOOLEAN,
            Meaning::Integer | Meaning::Unsigned => matches!(physical, Physical::INT32 | Physical::INT64),
            Meaning::Number => matches!(physical, Physical::FLOAT | Physical::DOUBLE),
            Meaning::Uuid => width == 16,
            Meaning::Date => physical == Physical::INT32,
            Meaning::Instant(_) => physical == Physical::INT64,
            Meaning::Julian => physical == Physical::INT96,
            Meaning::Decimal(_) => match physical {
                Physical::INT32 | Physical::INT64 | Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY => true,
                Physical::BOOLEAN | Physical::INT96 | Physical::FLOAT | Physical::DOUBLE => false,
            },
        };
        if fits { Ok(meaning) } else { Err(refused("of a type that does not fit its storage")) }
    }
}

fn bare(physical: Physical) -> Meaning {
    match physical {
        Physical::BOOLEAN => Meaning::Boolean,
        Physical::INT32 | Physical::INT64 => Meaning::Integer,
        Physical::INT96 => Meaning::Julian,
        Physical::FLOAT | Physical::DOUBLE => Meaning::Number,
        Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY => Meaning::Bytes,
    }
}

fn converted(code: i32, scale: i32, physical: Physical) -> File<Meaning> {
    Ok(match code {
        0 | 4 | 19 => Meaning::Text,
        5 => decimal(scale)?,
        6 => Meaning::Date,
        9 => Meaning::Instant(1_000),
        10 => Meaning::Instant(1_000_000),
        11..=14 => Meaning::Unsigned,
        15..=18 => Meaning::Integer,
        20 => Meaning::Bytes,
        7 | 8 | 21 => Meaning::Odd,
        _ => bare(physical), // words for groups, which no single value has
    })
}

fn decimal(scale: i32) -> File<Meaning> {
    let scale = u32::try_from(scale).ok().filter(|_| scale <= SCALE);
    scale.map(Meaning::Decimal).ok_or(refused("of a type that does not fit its storage"))
}

/// Reads the newer word: a union, of which one is set.
pub(super) fn logical(thrift: &mut Thrift<'_>) -> File<Option<Meaning>> {
    let mut found = None;
    thrift.fields(|thrift, field, kind| {
        expect(kind == Kind::Struct)?;
        let mut inner = Inner::default();
        thrift.fields(|thrift, field, kind| inner.field(thrift, field, kind))?;
        found = match field {
            1 | 4 | 12 => Some(Meaning::Text),
            5 => Some(decimal(inner.first)?),
            6 => Some(Meaning::Date),
            8 => Some(Meaning::Instant(inner.unit.ok_or(refused("of a type that does not exist"))?)),
            10 if inner.truth == Some(false) => Some(Meaning::Unsigned),
            10 => Some(Meaning::Integer),
            13 | 17 | 18 => Some(Meaning::Bytes),
            14 => Some(Meaning::Uuid),
            7 | 11 | 15 => Some(Meaning::Odd),
            _ => None, // words for groups, and later ones: the older word or the storage counts
        };
        Ok(true)
    })?;
    Ok(found)
}

/// The parameters of a logical type, whichever it is.
#[derive(Default)]
struct Inner {
    /// A decimal's scale.
    first: i32,
    /// An integer is signed; an instant is in UTC, as every instant without an offset is here.
    truth: Option<bool>,
    unit: Option<i64>,
}

impl Inner {
    fn field(&mut self, thrift: &mut Thrift<'_>, field: i64, kind: Kind) -> File<bool> {
        match (field, kind) {
            (1, Kind::Int) => self.first = thrift.int(kind)?,
            (1 | 2, Kind::True | Kind::False) => self.truth = Some(truth(kind)?),
            (2, Kind::Struct) => thrift.fields(|thrift, field, kind| {
                expect(kind == Kind::Struct)?;
                self.unit = match field {
                    1 => Some(1_000),
                    2 => Some(1_000_000),
                    3 => Some(1_000_000_000),
                    _ => None, // a unit of a later version
                };
                thrift.fields(|_, _, _| Ok(false)).map(|()| true)
            })?,
            _ => return Ok(false), // precision, width
        }
        Ok(true)
    }
}
