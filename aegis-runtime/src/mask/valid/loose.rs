//! National telephone numbers in groups of their writers' own: as many digits as some plan has, which is no proof without a word.
//! Sources: the numbering plans that `phone` names.

use super::phone::ends;

/// A national number in groups of its writer's own.
#[derive(Debug, Clone, Copy)]
pub(in crate::mask) struct Loose {
    pub(in crate::mask) length: usize,
    pub(in crate::mask) digits: usize,
    pub(in crate::mask) groups: usize,
    /// Whether it begins with the trunk's 0, or with the prefix of another country.
    pub(in crate::mask) trunk: bool,
}

/// Most digits and groups of one.
const DIGITS: usize = 18;
/// Most marks between two groups: ` / `, ` - `, `) `.
const MARKS: usize = 3;

/// The longest number that begins here, whatever its groups: as many digits as some plan has. No date, and no part of something longer.
pub(in crate::mask) fn grouping(rest: &[u8]) -> Option<Loose> {
    let (mut digits, mut count) = ([0_u8; DIGITS], 0);
    let (mut sizes, mut groups) = ([0_usize; DIGITS], 0);
    let (mut at, mut best) = (usize::from(rest.first() == Some(&b'(')), None);
    loop {
        let size = rest.get(at..)?.iter().take(DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
        let (Some(slots), Some(slot)) = (digits.get_mut(count..count + size), sizes.get_mut(groups)) else { break };
        slots.iter_mut().zip(rest.get(at..)?).for_each(|(slot, digit)| *slot = *digit);
        (*slot, count, groups, at) = (size, count + size, groups + 1, at + size);
        let (so_far, spelled) = (digits.get(..count)?, sizes.get(..groups)?);
        if count >= 7 && ends(rest, at) && fits(so_far, spelled) {
            let trunk = so_far.first() == Some(&b'0');
            best = Some(Loose { length: at, digits: count, groups, trunk });
        }
        let marks = rest.get(at..)?.iter().take(MARKS + 1).take_while(|byte| b" -./()".contains(byte)).count();
        let strokes = rest.get(at..at + marks)?.iter().filter(|byte| matches!(byte, b'-' | b'/' | b'.')).count();
        if groups == 3 && is_date(rest, spelled) {
            return None;
        }
        if size == 0
            || marks == 0
            || marks > MARKS
            || strokes > 1
            || !rest.get(at + marks).is_some_and(u8::is_ascii_digit)
        {
            break;
        }
        at += marks;
    }
    best
}

/// How long a number is that says by its groups what it is: `0049 69 90009 977` begins with the prefix of a country, `(069) 90009-202`
/// with an area in brackets. No rows of figures: those have groups of one length.
pub(in crate::mask) fn telling(rest: &[u8]) -> Option<usize> {
    let digits = |from: usize| rest.iter().skip(from).take(DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
    let (lead, next) = if rest.first() == Some(&b'(') {
        let lead = digits(1);
        // The first group behind it is no pair of a list.
        let next = 2 + lead + usize::from(rest.get(2 + lead) == Some(&b' '));
        (rest.get(1 + lead) == Some(&b')') && (3..=6).contains(&lead) && digits(next) > 2).then_some((lead, next))?
    } else {
        let lead = digits(0);
        (is_country(rest.get(2..lead)?) && rest.get(lead) == Some(&b' ')).then_some((lead, lead + 1))?
    };
    let found = grouping(rest)?;
    let sizes: Vec<usize> = rest
        .get(next..found.length)?
        .split(|byte| !byte.is_ascii_digit())
        .map(<[u8]>::len)
        .filter(|size| *size > 0)
        .collect();
    let abroad = rest.first() == Some(&b'0');
    // Behind the country stands the area, without its 0.
    let uneven = sizes.iter().any(|size| Some(size) != sizes.first()) && sizes.iter().skip(1).all(|size| *size > 1);
    // `0030 4500 0034 12` are bytes behind their place.
    let dump = matches!(sizes.as_slice(), [4, 4, ..]);
    let area = rest.get(next) != Some(&b'0') && uneven && !dump && (2..=5).contains(&sizes.len()) && found.digits > 11;
    (found.digits > lead + 4 && found.digits > 8 && (!abroad || area)).then_some(found.length)
}

/// Whether digits are a country's code. Source: ITU-T E.164, its list of assigned codes.
fn is_country(code: &[u8]) -> bool {
    match code {
        [b'1'] | [b'7'] => true,
        [b'2', b'0' | b'7'] | [b'3', b'0'..=b'4' | b'6' | b'9'] | [b'4', b'0' | b'1' | b'3'..=b'9'] => true,
        [b'5', b'1'..=b'8'] | [b'6', b'0'..=b'6'] | [b'8', b'1' | b'2' | b'4' | b'6'] | [b'9', b'0'..=b'5' | b'8'] => {
            true
        }
        [b'2', b'1'..=b'6' | b'9', _] | [b'3', b'5' | b'7' | b'8', _] | [b'4', b'2', _] | [b'5', b'0' | b'9', _] => {
            true
        }
        [b'6', b'7'..=b'9', _] | [b'8', b'5' | b'8', _] | [b'9', b'6' | b'7' | b'9', _] => true,
        _ => false, // nobody's
    }
}

/// Whether digits in these groups are as many as a plan has, and begin as its numbers do.
fn fits(digits: &[u8], sizes: &[usize]) -> bool {
    let length = digits.len();
    let singly = sizes.iter().all(|size| *size == 1);
    // Lone digits among groups are something else, unless all stand alone or it is the country's own.
    let inner = sizes.get(1..sizes.len().saturating_sub(1)).unwrap_or_default();
    let even = singly || inner.iter().all(|size| *size > 1) && sizes.len() <= 5;
    match digits {
        [b'0', b'0', b'1'..=b'9', ..] => (11..=17).contains(&length),
        [b'0', b'1', b'1', b'1'..=b'9', ..] if length > 12 => length <= DIGITS,
        [b'0', b'1'..=b'9', ..] => (8..=12).contains(&length),
        [b'1', b'2'..=b'9', _, _, b'2'..=b'9', ..] if length == 11 => even,
        // Spain; Italy's mobile numbers; India; North America; Brazil with its area code.
        [b'6'..=b'9', ..] if length == 9 => even,
        [first @ b'2'..=b'9', second, third, fourth, ..] if length == 10 => {
            let america = *fourth >= b'2' && (singly || matches!(sizes, [3 | 6 | 10, ..]));
            let india = *first >= b'6';
            let italy = *first == b'3' && sizes.first() == Some(&3);
            let brazil = *second > b'0' && matches!(third, b'2'..=b'5') && matches!(sizes, [2, 4 | 8, ..]);
            even && (america || india || italy || brazil)
        }
        [b'1'..=b'9', b'1'..=b'9', b'9', ..] if length == 11 => {
            even && matches!(sizes, [2, ..]) || matches!(sizes, [2, 1, 4, 4] | [2, 1, 8])
        }
        [b'1', b'1'..=b'9', b'2'..=b'5', ..] if length == 10 => even && matches!(sizes, [2, 4 | 8, ..]),
        [b'2'..=b'9', ..] if length == 7 => sizes == [3, 4],
        _ => false, // of no plan
    }
}

/// Whether three groups are a date with marks between: `11/03/2026`, `2026-03-11`.
fn is_date(rest: &[u8], sizes: &[usize]) -> bool {
    let marked = |at: usize| rest.get(at).is_some_and(|byte| matches!(byte, b'-' | b'/' | b'.'));
    match sizes {
        [1 | 2, 1 | 2, 4] => {
            let (first, second) = (sizes.iter().take(1).sum::<usize>(), sizes.iter().take(2).sum::<usize>() + 1);
            marked(first)
                && marked(second)
                && rest.get(second + 1..).is_some_and(|year| year.starts_with(b"19") || year.starts_with(b"20"))
        }
        [4, 2, 2] => marked(4) && marked(7),
        _ => false, // other groups
    }
}

#[cfg(test)]
mod tests {
    use super::{grouping, telling};

    #[test]
    fn a_prefix_and_a_bracket_tell() {
        for good in [
            "0049 69 90009 977",
            "0039 347 901 9936",
            "0044 20 7946 0958",
            "00351 21 345 67 89",
            "0041 44 668 18 00",
            "0033 6 39 98 15 60",
            "0031 6 39981560",
            "0049 (0)69 90009 977",
            "(069) 90009-202",
            "(044) 668 18 00",
            "(030)23125 798",
        ] {
            assert_eq!(telling(good.as_bytes()), Some(good.len()), "{good}");
        }
        for bad in [
            "0030 2031 3233 3435",
            "0020 30 40 50 60 70",
            "0042 123 4567 89",
            "0049-69-90009",
            "0030 1700000000",
            "0030 4500 0034 12",
            "0049 123 4567",
            "(0 69) 90009",
            "(04321) 55 120",
            "004969900099 77",
            "(012) 34 56 78 90",
            "(01) 20",
            "",
        ] {
            assert_eq!(telling(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn any_groups_are_read_and_what_is_no_number_is_not() {
        for good in [
            "030 23125 417",
            "089/99998-342",
            "020-555 0193",
            "0 7 7 0 0 9 0 0 7 4 2",
            "(0 30) 2 31 25-4 17",
            "0033 6 39 98 15 60",
            "00 49 30 23125417",
            "06 39 981 560",
            "0621 / 23 12 - 55",
            "612-345 678",
            "415 555-2671",
            "415.555 2671",
            "347 12 34 567",
            "98 765 43210",
            "11 91234 5678",
            "11 9 1234-5678",
            "98 76 54 32 10",
            "9876 543 210",
            "555-0142",
            "011 44 20 7946 0958",
        ] {
            assert_eq!(grouping(good.as_bytes()).map(|found| found.length), Some(good.len()), "{good}");
        }
        for bad in [
            "11/03/2026 14",
            "03.11.2026 1415",
            "2026-03-11 14",
            "1024 768",
            "45 231 1 204 987",
            "12345678",
            "0123-456-789-012-345-678",
            "5 6 1 9",
            "09:30",
            "",
        ] {
            assert!(grouping(bad.as_bytes()).is_none(), "{bad}");
        }
    }
}
