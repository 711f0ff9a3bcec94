//! Thrift's compact protocol, as far as Parquet's metadata needs it.
//!
//! *Invariants.* Nothing is allocated by what the bytes say: every element of a list takes a byte at least, and is read before
//! it is kept. A field of another type than the format gives it is an error, so that no two readers disagree about it.

use super::{File, refused};
use crate::native::checks::CheckError;

/// Structs in structs.
const DEPTH: u32 = 16;

/// What a field or an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    True,
    False,
    Byte,
    Short,
    Int,
    Long,
    Double,
    Binary,
    List,
    Set,
    Map,
    Struct,
    Uuid,
}

impl Kind {
    fn of(code: u8) -> File<Self> {
        Ok(match code {
            1 => Self::True,
            2 => Self::False,
            3 => Self::Byte,
            4 => Self::Short,
            5 => Self::Int,
            6 => Self::Long,
            7 => Self::Double,
            8 => Self::Binary,
            9 => Self::List,
            10 => Self::Set,
            11 => Self::Map,
            12 => Self::Struct,
            13 => Self::Uuid,
            _ => return Err(MALFORMED), // no type of the protocol
        })
    }
}

const MALFORMED: CheckError = refused("metadata that cannot be read");

/// A cursor over bytes.
#[derive(Clone)]
pub(super) struct Thrift<'bytes> {
    rest: &'bytes [u8],
    /// The bytes end where the caller cut them, which is not the file's fault.
    short: bool,
}

impl<'bytes> Thrift<'bytes> {
    pub(super) fn new(bytes: &'bytes [u8]) -> Self {
        Self { rest: bytes, short: false }
    }

    /// Bytes that were not read.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Whether it failed for want of bytes.
    pub(super) fn is_short(&self) -> bool {
        self.short
    }

    fn take(&mut self, count: usize) -> File<&'bytes [u8]> {
        let Some((taken, rest)) = self.rest.split_at_checked(count) else {
            self.short = true;
            return Err(MALFORMED);
        };
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> File<u8> {
        self.take(1)?.first().copied().ok_or(MALFORMED)
    }

    /// An unsigned number in groups of seven bits.
    pub(super) fn unsigned(&mut self) -> File<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(MALFORMED)
    }

    fn signed(&mut self) -> File<i64> {
        let number = self.unsigned()?;
        Ok((number >> 1).cast_signed() ^ (number & 1).cast_signed().wrapping_neg())
    }

    fn length(&mut self) -> File<usize> {
        usize::try_from(self.unsigned()?).map_err(|_| MALFORMED)
    }

    /// Reads a struct: `visit` gets every field's number and type, and says whether it read it.
    pub(super) fn fields(&mut self, mut visit: impl FnMut(&mut Self, i64, Kind) -> File<bool>) -> File<()> {
        let mut last = 0_i64;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(());
            }
            last = match i64::from(head >> 4) {
                0 => self.signed()?,
                step => last.saturating_add(step),
            };
            let kind = Kind::of(head & 15)?;
            if !visit(self, last, kind)? {
                self.skip(kind, DEPTH)?;
            }
        }
    }

    /// Reads a list of structs: `visit` reads each.
    pub(super) fn structs(&mut self, kind: Kind, mut visit: impl FnMut(&mut Self) -> File<()>) -> File<bool> {
        expect(kind == Kind::List)?;
        let (count, of) = self.list()?;
        expect(of == Kind::Struct || count == 0)?;
        (0..count).try_for_each(|_| visit(self))?;
        Ok(true)
    }

    /// The first text of a list of texts, and how many there are.
    pub(super) fn texts(&mut self, kind: Kind) -> File<(String, usize)> {
        expect(kind == Kind::List)?;
        let (count, of) = self.list()?;
        expect(of == Kind::Binary || count == 0)?;
        let mut first = String::new();
        for index in 0..count {
            let text = self.text(Kind::Binary)?;
            if index == 0 {
                first = text;
            }
        }
        Ok((first, count))
    }

    fn list(&mut self) -> File<(usize, Kind)> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.length()? } else { usize::from(head >> 4) };
        if count > self.rest.len() {
            self.short = true;
            return Err(MALFORMED);
        }
        Ok((count, if count == 0 { Kind::Byte } else { Kind::of(head & 15)? }))
    }

    /// A number of 32 bits.
    pub(super) fn int(&mut self, kind: Kind) -> File<i32> {
        expect(kind == Kind::Int)?;
        i32::try_from(self.signed()?).map_err(|_| MALFORMED)
    }

    /// A number of 64 bits.
    pub(super) fn long(&mut self, kind: Kind) -> File<i64> {
        expect(kind == Kind::Long)?;
        self.signed()
    }

    /// A size, a count or an offset: 32 or 64 bits, never below 0.
    pub(super) fn size(&mut self, kind: Kind) -> File<u64> {
        let number = if kind == Kind::Int { self.int(kind)?.into() } else { self.long(kind)? };
        u64::try_from(number).map_err(|_| refused("with a size below 0"))
    }

    /// Text.
    pub(super) fn text(&mut self, kind: Kind) -> File<String> {
        expect(kind == Kind::Binary)?;
        let length = self.length()?;
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| MALFORMED)
    }

    fn skip(&mut self, kind: Kind, depth: u32) -> File<()> {
        let depth = depth.checked_sub(1).ok_or(MALFORMED)?;
        match kind {
            Kind::True | Kind::False => {}
            Kind::Byte => drop(self.byte()?),
            Kind::Short | Kind::Int | Kind::Long => drop(self.unsigned()?),
            Kind::Double => drop(self.take(8)?),
            Kind::Uuid => drop(self.take(16)?),
            Kind::Binary => {
                let length = self.length()?;
                self.take(length)?;
            }
            Kind::List | Kind::Set => {
                let (count, of) = self.list()?;
                (0..count).try_for_each(|_| self.skip_element(of, depth))?;
            }
            Kind::Map => {
                let count = self.length()?;
                if count > 0 {
                    let kinds = self.byte()?;
                    let (key, value) = (Kind::of(kinds >> 4)?, Kind::of(kinds & 15)?);
                    for _ in 0..count {
                        self.skip_element(key, depth)?;
                        self.skip_element(value, depth)?;
                    }
                }
            }
            Kind::Struct => {
                let mut last = self.byte()?;
                while last != 0 {
                    if last >> 4 == 0 {
                        self.signed()?;
                    }
                    self.skip(Kind::of(last & 15)?, depth)?;
                    last = self.byte()?;
                }
            }
        }
        Ok(())
    }

    /// Of a list, a truth is a byte.
    fn skip_element(&mut self, kind: Kind, depth: u32) -> File<()> {
        let kind = if matches!(kind, Kind::True | Kind::False) { Kind::Byte } else { kind };
        self.skip(kind, depth)
    }
}

/// A field of the type that the format gives it.
pub(super) fn expect(holds: bool) -> File<()> {
    if holds { Ok(()) } else { Err(MALFORMED) }
}

/// A truth is its own type.
pub(super) fn truth(kind: Kind) -> File<bool> {
    expect(matches!(kind, Kind::True | Kind::False))?;
    Ok(kind == Kind::True)
}
