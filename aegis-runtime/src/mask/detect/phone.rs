//! Telephone numbers: `+` and a country code (E.164), or a national number in a grouping that is used there.

mod words;

use super::{Gate, Hit, PHONE, Text, parts};
use crate::mask::kill;
use crate::mask::scan::{alone, before, byte, is_word, line_back, run, run_back, says_any};
use crate::mask::valid::loose::{grouping, telling};
use crate::mask::valid::phone::{Region, national};
use crate::vocabulary::Class;
use words::FIRST_LOOSE;
pub(super) use words::WORDS;

pub(super) const NAME: &str = "phone";
pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    let mut from = 0;
    for start in memchr::memchr_iter(b'+', bytes) {
        if start < from
            || before(bytes, start).is_some_and(|byte| is_word(byte) || byte == b'+') && !after_address(out, start)
        {
            continue;
        }
        let end = far(text, start).or_else(|| international(bytes, start + 1));
        if let Some(end) = end.filter(|end| !is_offset(bytes, start + 1, *end)) {
            from = end;
            out.push(hit(start, end, NAME, Gate::Strong));
        }
    }
    if from == bytes.len() {
        return;
    }
    for word in &text.scan.words {
        if word.start < from {
            continue;
        }
        let prefix = bytes.get(..word.start).unwrap_or_default();
        if prefix.ends_with(b"00") || bytes.get(word.start..).is_some_and(|rest| rest.starts_with(b"00")) {
            // `0049 30 …` is `+49 30 …`.
            if let Some(end) = international(bytes, word.start + 2).filter(|_| word.end - word.start > 3)
                && let Some(gate) = gate(text, word.start, end, false)
            {
                from = end;
                out.push(hit(word.start, end, NAME, gate));
                continue;
            }
        }
        let bracket = word.start - usize::from(prefix.ends_with(b"("));
        if let Some(found) = sure(text, bracket).or_else(|| sure(text, word.start)) {
            from = found.end;
            out.push(found);
            continue;
        }
        let found = national_at(text, bracket)
            .or_else(|| (bracket < word.start).then(|| national_at(text, word.start)).flatten());
        if let Some(hit) = found.or_else(|| told(text, word.start, word.end)).or_else(|| grouped(text, bracket)) {
            from = hit.end;
            out.push(hit);
        }
    }
}

/// Whether a number with a plus is one with a fraction: `m=+86400.000000001`, a clock's as Go writes it. A code of a country has three
/// digits at most.
fn is_offset(bytes: &[u8], start: usize, end: usize) -> bool {
    // `+262142-12-31`: a year far away.
    let year = run(bytes, start, 8, |byte| byte.is_ascii_digit());
    let day = bytes.get(start + year..start + year + 6);
    let whole = !byte(bytes, start + year + 6).is_some_and(|byte| byte.is_ascii_digit());
    if (5..=6).contains(&year) && whole && matches!(day, Some([b'-', b'0'..=b'1', _, b'-', b'0'..=b'3', _])) {
        return true;
    }
    let clock = bytes.get(..start).is_some_and(|head| head.ends_with(b" m=+"));
    let whole = run(bytes, start, 12, |byte| byte.is_ascii_digit());
    let fraction = run(bytes, start + whole + 1, 16, |byte| byte.is_ascii_digit());
    (whole > 3 || clock) && byte(bytes, start + whole) == Some(b'.') && start + whole + 1 + fraction >= end
}

/// A number that says by itself what it is: the prefix of another country in a group of its own, `0049 69 90009 977`, or an area in
/// brackets, `(069) 90009-202`.
fn sure(text: &Text<'_>, start: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let rest = bytes.get(start..)?;
    let left = before(bytes, start);
    let part = start.checked_sub(2).and_then(|at| byte(bytes, at)).is_some_and(|byte| byte.is_ascii_alphanumeric());
    if !matches!(rest, [b'0', b'0', b'1'..=b'9', ..] | [b'(', b'0', b'1'..=b'9', ..])
        || left.is_some_and(|byte| is_word(byte) || matches!(byte, b'_' | b'+' | b'$' | b'#'))
        || matches!(left, Some(b'-' | b'.' | b'/')) && part
        || left == Some(b' ')
            && start.checked_sub(2).and_then(|at| byte(bytes, at)).is_some_and(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let end = start + telling(rest)?;
    let sure = !kill::part_of_another(bytes, start, end) && !parts::is_part(text, start, end);
    sure.then(|| hit(start, end, NAME, Gate::Grouped))
}

/// Bare digits with a country code and no `+`, where a word says what they are.
fn told(text: &Text<'_>, start: usize, end: usize) -> Option<Hit> {
    let digits = text.bytes.get(start..end)?;
    let long =
        (11..=13).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) && digits.first() != Some(&b'0');
    let whole = long && alone(text.bytes, start, end) && !kill::is_time(digits);
    // The place of a chat is the number that it is with.
    if whole && text.bytes.get(..start).is_some_and(|head| head.ends_with(b"wa.me/")) {
        return Some(hit(start, end, NAME, Gate::Grouped));
    }
    whole.then(|| gate(text, start, end, false)).flatten().map(|gate| hit(start, end, NAME, gate))
}

/// A number whose groups stand further apart than usual: `+49 (0)30 / 23125 - 66`. A word has to say what it is.
fn far(text: &Text<'_>, start: usize) -> Option<usize> {
    let bytes = text.bytes;
    let near = international(bytes, start + 1);
    let parted = |at: usize| matches!(bytes.get(at..at + 3), Some([b' ', b'-' | b'/' | b'.', b' ' | b'(']));
    let goes_on = match near {
        Some(end) => parted(end),
        None => run(bytes, start + 1, 24, |byte| !matches!(byte, b'"' | b'\n' | b',')) > 8,
    };
    if !goes_on {
        return None;
    }
    let end = spaced(bytes, start + 1, 3).filter(|end| near.is_none_or(|near| near < *end))?;
    hears(text, start).map(|_| end)
}

/// The word that says of a number that it is a telephone's. A letter does where it labels the number, `T: 030 …`, and is a unit, a
/// function or a column anywhere else.
fn hears(text: &Text<'_>, start: usize) -> Option<&'static str> {
    text.word(PHONE, WORDS, start).filter(|word| word.len() > 1 || labels(text.bytes, start, word))
}

/// Whether a letter stands right before a number, and behind no other one.
fn labels(bytes: &[u8], start: usize, letter: &str) -> bool {
    let blank = |byte: u8| matches!(byte, b' ' | b'\t');
    let mark = |byte: u8| blank(byte) || matches!(byte, b':' | b'.' | b'(' | b')' | b'|' | b'*');
    let end = start - run_back(bytes, start, 6, mark);
    let written = end.checked_sub(1).and_then(|at| bytes.get(at..end));
    let head = end.saturating_sub(1);
    let quantity = before(bytes, head - run_back(bytes, head, 2, blank)).is_some_and(|byte| byte.is_ascii_digit());
    written.is_some_and(|written| written.eq_ignore_ascii_case(letter.as_bytes()))
        && !before(bytes, head).is_some_and(|byte| is_word(byte) || matches!(byte, b'_' | b'-' | b'\''))
        && !quantity
}

/// Digits in any groups that are together a number of some plan, where a word says what they are: `030 23125 417`,
/// `0 7 7 0 0 9 0 0 7 4 2`.
fn grouped(text: &Text<'_>, start: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let left = before(bytes, start);
    let part = start.checked_sub(2).and_then(|at| byte(bytes, at)).is_some_and(|byte| byte.is_ascii_alphanumeric());
    if left.is_some_and(|byte| is_word(byte) || matches!(byte, b'_' | b'+' | b'$' | b'#'))
        || matches!(left, Some(b'-' | b'.' | b'/')) && part
    {
        return None;
    }
    if !can_begin(bytes, start + usize::from(byte(bytes, start) == Some(b'('))) {
        return None;
    }
    let sign = signed(text.text, start);
    if sign.is_none() && text.listeners(PHONE, start) == 0 {
        return None;
    }
    let found = grouping(bytes.get(start..)?)?;
    let end = start + found.length;
    if kill::part_of_another(bytes, start, end) || kill::is_decimals(bytes.get(start..end)?) {
        return None;
    }
    // One of several numbers in a row is none of a plan by its length alone.
    let row = left == Some(b' ') && part;
    let row = row && start.checked_sub(2).and_then(|at| byte(bytes, at)).is_some_and(|byte| byte.is_ascii_digit());
    if row && !found.trunk {
        return None;
    }
    let word = sign.or_else(|| hears(text, start))?;
    let strict = !is_loose(word) || found.trunk && found.groups > 1 && found.digits >= 9;
    strict.then(|| hit(start, end, NAME, Gate::Context(word)))
}

/// A cheap look: whether a group of so many digits begins a number of any plan.
fn can_begin(bytes: &[u8], start: usize) -> bool {
    let lead = run(bytes, start, 12, |byte| byte.is_ascii_digit());
    match (byte(bytes, start), byte(bytes, start + 1)) {
        (Some(b'0' | b'6'..=b'9'), _) => true,
        (Some(b'1'), Some(b'0' | b'1')) => lead <= 2,
        (Some(b'2'..=b'5'), _) => matches!(lead, 1..=3 | 6 | 7 | 10..),
        (first, _) => first == Some(b'1'),
    }
}

/// A picture of a telephone before a number.
fn signed(text: &str, start: usize) -> Option<&'static str> {
    let bytes = text.as_bytes().get(..start)?;
    let blanks = bytes.iter().rev().take_while(|byte| matches!(byte, b' ' | b':' | b'(')).count();
    let head = text.get(..start - blanks).filter(|_| before(bytes, start - blanks).is_some_and(|byte| byte >= 0x80))?;
    ["☎", "📞", "📱", "☏", "✆", "📠"].into_iter().find(|sign| head.ends_with(sign))
}

/// Whether a word stands before other numbers as often.
fn is_loose(word: &str) -> bool {
    WORDS.iter().skip_while(|other| **other != FIRST_LOOSE).any(|other| *other == word)
}

fn national_at(text: &Text<'_>, start: usize) -> Option<Hit> {
    let bytes = text.bytes;
    // A plus or a mark before it makes it part of something longer.
    let left = before(bytes, start);
    let part = start.checked_sub(2).and_then(|at| byte(bytes, at)).is_some_and(|byte| byte.is_ascii_alphanumeric());
    if left.is_some_and(|byte| is_word(byte) || matches!(byte, b'_' | b'+'))
        || matches!(left, Some(b'-' | b'.' | b'/')) && part
        || !can_be_national(bytes, start)
    {
        return None;
    }
    let (length, grouping) = bytes.get(start..).and_then(national)?;
    // `[08169.597917]` is a kernel's clock.
    if left == Some(b'[') && byte(bytes, start + length) == Some(b']') && byte(bytes, start + length - 7) == Some(b'.')
    {
        return None;
    }
    if kill::is_schedule(bytes, start, start + length) {
        return None;
    }
    let gate = gate(text, start, start + length, grouping.alone)?;
    Some(hit(start, start + length, plan_of(grouping.region), gate))
}

/// Whether a number in groups of three joined by `_` is one as programs write it: `789_012_000`.
pub(in crate::mask) fn is_literal(written: &str) -> bool {
    let mut groups = written.split('_').skip(1).peekable();
    groups.peek().is_some() && groups.all(|group| group.len() == 3)
}

fn hit(start: usize, end: usize, by: &'static str, gate: Gate) -> Hit {
    Hit { start, end, class: Some(Class::Phone), by, gate }
}

/// The plan a national number is of.
const fn plan_of(region: Region) -> &'static str {
    match region {
        Region::Us => "phone-us",
        Region::Uk => "phone-uk",
        Region::De => "phone-de",
        Region::Fr => "phone-fr",
        Region::In => "phone-in",
        Region::It => "phone-it",
        Region::Es => "phone-es",
        Region::Nl => "phone-nl",
        Region::Br => "phone-br",
    }
}

/// Whether an address that was found ends here: `a@b.com+14155550100`.
fn after_address(out: &[Hit], at: usize) -> bool {
    out.iter().rev().take(2).any(|hit| hit.end == at)
}

fn gate(text: &Text<'_>, start: usize, end: usize, alone: bool) -> Option<Gate> {
    let written = text.bytes.get(start..end)?;
    let bare = written.iter().all(u8::is_ascii_digit);
    let mut digits = written.iter().filter(|byte| byte.is_ascii_digit());
    let first = digits.next();
    // `999_999_999` is the most of something.
    if digits.all(|digit| Some(digit) == first) || kill::part_of_another(text.bytes, start, end) {
        return None;
    }
    if alone {
        let part = parts::is_part(text, start, end)
            || kill::in_dump(text.bytes, start, end)
            || is_draw(text.bytes, start, end)
            || is_postal(text.text, start, end);
        return (!part).then_some(Gate::Grouped);
    }
    let word = hears(text, start).or_else(|| follows(text, end).filter(|_| !bare))?;
    // A bare time stands behind `call` as often as a number does; one behind `phone` is a number.
    let loose = matches!(word, "call" | "contact" | "reach" | "ring" | "signal");
    (!(bare && loose && (kill::is_time(written) || is_constant(text.text, start, end)))).then_some(Gate::Context(word))
}

/// Whether a constant of a program has this value: `pub const VHOST_SET_VRING_CALL: u32 = `, `REGISTERED_RING = 2147483648,`.
fn is_constant(text: &str, start: usize, end: usize) -> bool {
    const TYPES: [&str; 7] = [": u32", ": u64", ": i32", ": i64", ": usize", ": c_ulong", ": c_uint"];
    let line = line_back(text, start, LINE);
    let part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let name = |word: &str| word.contains('_') && word.bytes().all(part);
    let listed = text.get(end..).is_some_and(|rest| rest.starts_with(",\n")) && line.trim_end().ends_with("_RING =");
    line.trim_end().ends_with('=')
        && line.split([' ', ':', '=']).any(name)
        && (listed || TYPES.iter().any(|kind| line.contains(kind)))
}

/// Whether pairs of digits are some of more: the numbers of a draw, `04 11 17 23 38 41`.
fn is_draw(bytes: &[u8], start: usize, end: usize) -> bool {
    let pair = |from: usize| run(bytes, from, 3, |byte| byte.is_ascii_digit()) == 2;
    let paired =
        bytes.get(start..end).is_some_and(|number| number.split(|byte| *byte == b' ').all(|group| group.len() == 2));
    paired && byte(bytes, end) == Some(b' ') && pair(end + 1)
}

/// Whether two groups of five digits are the ends of a range of postal codes, where a word of the line says so, or one that may and
/// another range before.
fn is_postal(text: &str, start: usize, end: usize) -> bool {
    const WORDS: [&str; 8] =
        ["zip", "zips", "plz", "postal", "postcode", "postcodes", "postleitzahl", "postleitzahlen"];
    const ZONES: [&str; 2] = ["zone", "zones"];
    let range = |written: &str| {
        let ends = written.split_once('-').filter(|(one, other)| one.len() == 5 && other.len() == 5);
        let number = |end: &str| end.parse::<u32>().ok();
        let wide = |(one, other): (&str, &str)| number(other)?.checked_sub(number(one)?);
        ends.and_then(wide).is_some_and(|wide| (1..WIDEST).contains(&wide))
    };
    let line = line_back(text, start, LINE);
    let before = || {
        line.split([' ', ',']).any(|word| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && range(word))
    };
    text.get(start..end).is_some_and(range) && (says_any(line, &WORDS) || says_any(line, &ZONES) && before())
}

/// Most codes of one range.
const WIDEST: u32 = 5_000;

/// So far back a range's word stands.
const LINE: usize = 96;

/// The word behind a number that says what to do with it, or what it is: `98962 00717 pe call karega`, `98962 00717 (mobile)`.
fn follows(text: &Text<'_>, end: usize) -> Option<&'static str> {
    const AFTER: [&str; 7] = ["call", "whatsapp", "mobile", "phone", "sms", "anrufen", "handy"];
    let rest = text.bytes.get(end..)?;
    let rest = rest.get(..run(rest, 0, 24, |byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'(')))?;
    let mut words = rest.split(|byte| !byte.is_ascii_alphabetic()).filter(|word| !word.is_empty()).take(3);
    words.find_map(|word| AFTER.into_iter().find(|after| word.eq_ignore_ascii_case(after.as_bytes())))
}

/// Seven digits or more with no more than two marks between; not a date.
fn can_be_national(bytes: &[u8], start: usize) -> bool {
    let lead = run(bytes, start, 5, |byte| byte.is_ascii_digit());
    if lead == 4 && !matches!(byte(bytes, start), Some(b'0' | b'1' | b'9')) {
        return false;
    }
    let reach = bytes.get(start..).unwrap_or_default().iter().take(20);
    let part =
        reach.take_while(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')'));
    part.filter(|byte| byte.is_ascii_digit()).count() >= 7
}

/// Behind the last group of digits with which it is a number: what follows may be another one.
pub(super) fn international(bytes: &[u8], from: usize) -> Option<usize> {
    spaced(bytes, from, 2)
}

/// The same with so many marks between two groups at most.
fn spaced(bytes: &[u8], from: usize, most: usize) -> Option<usize> {
    let (mut digits, mut end, mut blanks) = (0_usize, None, 0_usize);
    let mut behind = bytes.get(from..).unwrap_or_default().iter();
    let mut at = from;
    while let Some(byte) = behind.next().filter(|_| at < from + 32) {
        at += 1;
        match byte {
            b'0' if digits == 0 => break,
            b'0'..=b'9' => {
                digits += 1;
                blanks = 0;
                if digits > 15 {
                    break;
                }
                if digits >= 8 && !behind.as_slice().first().is_some_and(u8::is_ascii_alphanumeric) {
                    end = Some(at);
                }
            }
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' if digits > 0 && blanks < most => blanks += 1,
            b'(' if digits == 0 && at == from + 1 => {}
            b' ' if digits == 0 && at == from + 1 && most > 2 => {}
            _ => break, // the number is over
        }
    }
    end
}
