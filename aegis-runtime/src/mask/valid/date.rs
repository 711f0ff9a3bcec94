//! Calendar dates in the usual spellings, for birth dates; a date without context is left alone.

use super::number;

/// Whether a day exists.
pub(in crate::mask) fn is_day(year: u64, month: u64, day: u64) -> bool {
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => return false, // no month
    };
    (1..=days).contains(&day)
}

/// Whether text as written is a date that someone alive can be born on: `1984-05-12`, `12/05/1984`, `12.5.84`, `19840512`,
/// `12 May 1984`, `May 12, 1984`.
pub(in crate::mask) fn birth(written: &[u8]) -> bool {
    let mut parts = [None; 3];
    let words = written.split(|byte| !byte.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    for (place, part) in words.enumerate() {
        let Some(slot) = parts.get_mut(place) else { return false };
        *slot = Some(part);
    }
    let born = |year: u64, month: u64, day: u64| (1900..=2100).contains(&year) && is_day(year, month, day);
    match parts {
        [Some(packed), None, None] if packed.len() == 8 => {
            let part = |from: usize, to: usize| packed.get(from..to).and_then(number).unwrap_or_default();
            born(part(0, 4), part(4, 6), part(6, 8))
        }
        [Some(one), Some(two), Some(three)] => {
            let spelled = [month(one), month(two)];
            let (one, two, last) = (number(ordinal(one)), number(ordinal(two)), number(three));
            match (spelled, one, two, last) {
                ([None, Some(month)], Some(day), _, Some(year)) | ([Some(month), _], _, Some(day), Some(year)) => {
                    born(full(year, three), month, day)
                }
                ([None, None], Some(year @ 1900..), Some(month), Some(day)) => born(year, month, day),
                ([None, None], Some(one), Some(two), Some(year)) => {
                    let year = full(year, three);
                    born(year, one, two) || born(year, two, one)
                }
                _ => false, // words between
            }
        }
        _ => false, // too few parts
    }
}

/// A year of two digits is a recent one.
fn full(year: u64, spelled: &[u8]) -> u64 {
    if spelled.len() == 2 { if year > 30 { 1900 + year } else { 2000 + year } } else { year }
}

/// `1st` as `1`.
fn ordinal(part: &[u8]) -> &[u8] {
    [b"st", b"nd", b"rd", b"th"].into_iter().find_map(|suffix| part.strip_suffix(suffix)).unwrap_or(part)
}

fn month(part: &[u8]) -> Option<u64> {
    const NAMES: [(&[u8], u64); 12] = [
        (b"january", 1),
        (b"february", 2),
        (b"march", 3),
        (b"april", 4),
        (b"may", 5),
        (b"june", 6),
        (b"july", 7),
        (b"august", 8),
        (b"september", 9),
        (b"october", 10),
        (b"november", 11),
        (b"december", 12),
    ];
    let long = |name: &[u8]| {
        part.len() >= 3
            && part.len() <= name.len()
            && name.get(..part.len()).is_some_and(|head| head.eq_ignore_ascii_case(part))
    };
    NAMES.iter().find(|(name, _)| long(name)).map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use super::birth;

    #[test]
    fn the_usual_spellings_pass_and_days_that_do_not_exist_fail() {
        for good in [
            "1984-05-12",
            "12/05/1984",
            "05/31/1984",
            "31.5.1984",
            "12.5.84",
            "19840512",
            "12 May 1984",
            "May 12, 1984",
            "2nd Sept 2001",
            "29 Feb 2000",
            "1984/05/12",
        ] {
            assert!(birth(good.as_bytes()), "{good}");
        }
        for bad in [
            "1984-13-12",
            "31/02/1984",
            "29 Feb 1900",
            "1.2.3",
            "12345678",
            "1984",
            "12 of May 1984",
            "0-0-0",
            "",
            "Mai 12 x",
        ] {
            assert!(!birth(bad.as_bytes()), "{bad}");
        }
    }
}
