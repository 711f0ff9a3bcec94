//! Validators: an isolated candidate in, a verdict out. What finds candidates, and what context they need, is the detectors' business.
//!
//! *Invariants.* Pure, without allocation, and total: any bytes give an answer. Candidates are ASCII without separators, unless a
//! function says that it takes them as written. A check digit is necessary and never sufficient: one random number in ten or
//! eleven has a good one, so classes of bare digits need context besides.

pub(in crate::mask) mod australia;
pub(in crate::mask) mod brazil;
pub(in crate::mask) mod canada;
pub(in crate::mask) mod card;
pub(in crate::mask) mod checksum;
pub(in crate::mask) mod crypto;
pub(in crate::mask) mod date;
pub(in crate::mask) mod france;
pub(in crate::mask) mod germany;
pub(in crate::mask) mod iban;
pub(in crate::mask) mod india;
pub(in crate::mask) mod italy;
mod keccak;
pub(in crate::mask) mod loose;
pub(in crate::mask) mod mrz;
pub(in crate::mask) mod net;
pub(in crate::mask) mod netherlands;
pub(in crate::mask) mod nordic;
pub(in crate::mask) mod phone;
pub(in crate::mask) mod poland;
pub(in crate::mask) mod secret;
pub(in crate::mask) mod spain;
pub(in crate::mask) mod switzerland;
pub(in crate::mask) mod uk;
pub(in crate::mask) mod us;

/// Longest candidate without its separators: an IBAN has 34 characters.
const LONGEST: usize = 40;

/// A candidate without separators, upper case, on the stack.
#[derive(Debug, Clone, Copy)]
pub(in crate::mask) struct Compact {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Compact {
    pub(in crate::mask) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Drops blanks, dashes, dots and slashes, and folds case; nothing where something other than letters and digits is left,
/// or more than any class has.
pub(in crate::mask) fn compact(written: &[u8]) -> Option<Compact> {
    let mut compact = Compact { bytes: [0; LONGEST], length: 0 };
    let mut slots = compact.bytes.iter_mut();
    for byte in written {
        if matches!(byte, b' ' | b'-' | b'.' | b'/') {
            continue;
        }
        if !byte.is_ascii_alphanumeric() {
            return None;
        }
        *slots.next()? = byte.to_ascii_uppercase();
    }
    compact.length = LONGEST - slots.len();
    Some(compact)
}

/// Whether a code has enough digits to be one that an authority issues: any word of letters would fit its shapes else.
pub(in crate::mask) fn coded(compact: &[u8]) -> bool {
    compact.iter().filter(|byte| byte.is_ascii_digit()).count() >= 5
}

/// The same of a longer one, which has letters, too, and is no time such as `20260117T120000Z`.
pub(in crate::mask) fn lettered(compact: &[u8]) -> bool {
    let day = compact.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let time = day == 8 && compact.get(8) == Some(&b'T');
    coded(compact) && compact.iter().any(u8::is_ascii_alphabetic) && !time
}

/// The same of one that has fewer digits among its letters: `NPR4C5D77`, `CA12345AA`.
pub(in crate::mask) fn numbered(compact: &[u8]) -> bool {
    compact.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4
}

/// A code that is no name of a program with a number behind: `strategy0`.
pub(in crate::mask) fn no_name(written: &[u8]) -> bool {
    let digits = written.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let name = written.get(..written.len() - digits).unwrap_or_default();
    name.len() < 5 || !name.iter().all(u8::is_ascii_lowercase)
}

/// The decimal number that some ASCII digits spell; nothing where one is no digit, or there are none.
pub(in crate::mask) fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut number: u64 = 0;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u64::from(byte - b'0');
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::{compact, number};

    #[test]
    fn separators_go_and_case_is_folded() {
        assert_eq!(compact(b"de89 3704-0044.0532/01").unwrap().as_bytes(), b"DE8937040044053201");
        assert!(compact(b"12_34").is_none() && compact(&[b'1'; 41]).is_none());
        assert_eq!((number(b"0042"), number(b""), number(b"4x"), number(&[b'9'; 19])), (Some(42), None, None, None));
    }
}
