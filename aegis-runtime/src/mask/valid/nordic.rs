//! Sweden's personnummer and Finland's henkilötunnus, both as written: their separators mean something.
//! Sources: Skatteverket, SKV 704; Digital and Population Data Services Agency, "The personal identity code" (marks of 2023 included).

use super::checksum::luhn;
use super::date::is_day;
use super::number;

/// Whether `[YY]YYMMDD[-+]XXXX` is a personnummer, or a coordination number, whose day is 60 more.
pub(in crate::mask) fn personnummer(written: &[u8]) -> bool {
    let mut digits = [0; 12];
    let mut count = 0;
    for (place, byte) in written.iter().enumerate() {
        if byte.is_ascii_digit() {
            let Some(slot) = digits.get_mut(count) else { return false };
            *slot = *byte;
            count += 1;
        } else if !matches!(byte, b'-' | b'+') || place + 5 != written.len() {
            return false;
        }
    }
    let Some(digits) = digits.get(..count) else { return false };
    let (century, short) = match digits {
        [one, two, short @ ..] if short.len() == 10 => (number(&[*one, *two]), short),
        short if short.len() == 10 => (None, short),
        _ => return false, // too short or too long
    };
    let part = |from: usize| short.get(from..from + 2).and_then(number);
    let (Some(year), Some(month), Some(day)) = (part(0), part(2), part(4)) else { return false };
    let day = if day > 60 { day - 60 } else { day };
    // Without a century the year 2000 stands for all: a 29th of February in a common one is let through.
    century.is_none_or(|century| matches!(century, 18..=20))
        && is_day(century.map_or(2000 + year % 4, |century| century * 100 + year), month, day)
        && luhn(short)
}

/// The same of somebody who is no child: `20260117-0042` is the date of a day and the number of something.
pub(in crate::mask) fn grown(written: &[u8]) -> bool {
    const CHILD: u64 = 2010;
    let born = written.get(..4).filter(|_| written.len() > 11).and_then(number);
    born.is_none_or(|year| year < CHILD) && personnummer(written)
}

/// Whether `DDMMYYCZZZQ` is a henkilötunnus: a birth date, the century's mark, a number, the check character.
pub(in crate::mask) fn henkilotunnus(written: &[u8]) -> bool {
    const CHECK: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";
    let (Some(birth), Some(mark), Some(serial), Some(check)) =
        (written.get(..6), written.get(6), written.get(7..10), written.get(10))
    else {
        return false;
    };
    let century = match mark.to_ascii_uppercase() {
        b'+' => 1800,
        b'-' | b'U'..=b'Y' => 1900,
        b'A'..=b'F' => 2000,
        _ => return false, // no century's mark
    };
    let part = |from: usize| birth.get(from..from + 2).and_then(number);
    let (Some(day), Some(month), Some(year), Some(birth), Some(serial)) =
        (part(0), part(2), part(4), number(birth), number(serial))
    else {
        return false;
    };
    written.len() == 11
        && serial >= 2
        && is_day(century + year, month, day)
        && usize::try_from((birth * 1000 + serial) % 31)
            .is_ok_and(|place| CHECK.get(place) == Some(&check.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::{grown, henkilotunnus, personnummer};

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        for good in ["811228-9874", "8112289874", "19811228-9874", "198112289874", "670919-9530", "701063-2391"] {
            assert!(personnummer(good.as_bytes()), "{good}");
        }
        for bad in ["811228-9875", "811328-9874", "81122-89874", "811228 9874", "11811228-9874", "811228", ""] {
            assert!(!personnummer(bad.as_bytes()), "{bad}");
        }
        assert!(personnummer(b"20260117-0042") && !grown(b"20260117-0042") && grown(b"19811228-9874"));
        for good in ["131052-308T", "131052-308t", "010594Y9032"] {
            assert!(henkilotunnus(good.as_bytes()), "{good}");
        }
        for bad in ["131052-308U", "321052-308T", "131052*308T", "131052-001T", "131052308T", ""] {
            assert!(!henkilotunnus(bad.as_bytes()), "{bad}");
        }
    }
}
