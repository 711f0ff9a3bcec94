//! Views of texts that people spell so that machines do not see it: marks in brackets, and values letter by letter.

use super::normal::{Normal, Patched};
use super::scan::{Place, before, byte, run, run_back};

/// Fewest and most letters and digits of a value that is spelled one by one, and most blanks between two of them.
const SPELLED: std::ops::RangeInclusive<usize> = 7..=64;
const BLANKS: usize = 3;

/// What stands for a mark: `81[.]169[.]212[.]47`, `2001[:]41d0`, `ada[@]example[.]com`.
const BRACKETS: [(&str, &str); 13] = [
    ("[.]", "."),
    ("(.)", "."),
    ("[dot]", "."),
    ("(dot)", "."),
    ("[:]", ":"),
    ("(:)", ":"),
    ("[::]", "::"),
    ("[://]", "://"),
    ("[@]", "@"),
    ("(@)", "@"),
    ("(a)", "@"),
    ("[-]", "-"),
    ("[/]", "/"),
];

/// An address of a machine with blanks at its points: `81 . 169 . 212 . 47`; nothing where there is none.
pub(super) fn closed(text: &str) -> Option<Normal> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| byte(bytes, at)).is_some_and(|byte| byte.is_ascii_digit());
    let points: Vec<usize> =
        memchr::memmem::find_iter(bytes, b" . ").filter(|at| digit(at.checked_sub(1)) && digit(Some(at + 3))).collect();
    // Lone digits are a list.
    let wide = |at: &&usize| digit(at.checked_sub(2)) || digit(Some(*at + 4));
    if points.len() < 3 || points.iter().filter(wide).count() < 2 {
        return None;
    }
    let mut view = Patched::of(text);
    for at in points {
        view.patch(at..at + 3, std::iter::once(('.', at)))?;
    }
    view.end()
}

/// A text whose marks stand in no brackets; nothing where none does.
pub(super) fn refanged(text: &str) -> Option<Normal> {
    let mut view = Patched::of(text);
    for at in memchr::memchr2_iter(b'[', b'(', text.as_bytes()) {
        let rest = text.get(at..).unwrap_or_default();
        // A mark or a word of three letters.
        if !matches!(rest.as_bytes().get(1), Some(b'.' | b':' | b'@' | b'-' | b'/' | b'd' | b'D' | b'a'))
            || at < view.from()
        {
            continue;
        }
        let same = |written: &&(&str, &str)| {
            rest.get(..written.0.len()).is_some_and(|head| head.eq_ignore_ascii_case(written.0))
        };
        let Some((written, mark)) = BRACKETS.iter().find(same) else { continue };
        view.patch(at..at + written.len(), mark.chars().map(|letter| (letter, at)))?;
    }
    view.end()
}

/// A text whose numbers have dashes between their groups: `286_65_5099`; nothing where none has two groups joined by `_`.
pub(super) fn dashed(text: &str) -> Option<Normal> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| byte(bytes, at)).is_some_and(|byte| byte.is_ascii_digit());
    let mut view = Patched::of(text);
    let mut from = 0;
    for at in memchr::memchr_iter(b'_', bytes) {
        if at < from {
            continue;
        }
        let end = at + run(bytes, at, 64, |byte| byte.is_ascii_digit() || byte == b'_');
        let joins = (at..end).filter(|at| byte(bytes, *at) == Some(b'_'));
        let joins: Vec<usize> = joins.filter(|at| digit(at.checked_sub(1)) && digit(Some(at + 1))).collect();
        if joins.len() > 1 {
            for join in joins {
                view.patch(join..join + 1, std::iter::once(('-', join)))?;
            }
        }
        from = end;
    }
    view.end()
}

/// A text whose tag characters are the letters that they stand for, apart from all others: nobody sees them, and a model reads them.
pub(super) fn tagged(text: &str) -> Option<Normal> {
    let letter = |tag: char| u32::from(tag).checked_sub(TAGS).and_then(|code| u8::try_from(code).ok()).map(char::from);
    let mut view = Patched::of(text);
    // Nothing else begins with these bytes but signs of no use.
    for at in memchr::memmem::find_iter(text.as_bytes(), b"\xf3\xa0") {
        if at < view.from() {
            continue;
        }
        let rest = text.get(at..)?.char_indices();
        let tags: Vec<(char, usize)> = rest
            .map_while(|(from, tag)| Some((letter(tag).filter(|letter| matches!(letter, ' '..='~'))?, at + from)))
            .collect();
        let Some((_, last)) = tags.last().copied() else { continue };
        let apart = [(' ', at)].into_iter().chain(tags).chain([(' ', last + 4)]);
        view.patch(at..last + 4, apart)?;
    }
    view.end()
}

/// Where the block of tags begins.
const TAGS: u32 = 0xe0000;

/// A digit as four languages say it.
fn said(word: &str) -> Option<char> {
    let mut room = [0; LONGEST];
    let lower = room.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    Some(match std::str::from_utf8(lower).ok()? {
        "zero" | "oh" | "null" | "zéro" | "zÉro" | "cero" => '0',
        "one" | "eins" | "un" | "uno" => '1',
        "two" | "zwei" | "zwo" | "deux" | "dos" => '2',
        "three" | "drei" | "trois" | "tres" => '3',
        "four" | "vier" | "quatre" | "cuatro" => '4',
        "five" | "fünf" | "fÜnf" | "cinq" | "cinco" => '5',
        "six" | "sechs" | "seis" => '6',
        "seven" | "sieben" | "sept" | "siete" => '7',
        "eight" | "acht" | "huit" | "ocho" => '8',
        "nine" | "neun" | "neuf" | "nueve" => '9',
        _ => return None, // another word
    })
}

/// Most bytes of such a word.
const LONGEST: usize = 6;

/// Longest word for a digit, and most marks between two.
const WORD: usize = 8;
const MARKS: usize = 3;

/// Whether a `v`, an `x` or a `z` can be that of `five`, `seven`, `vier`, `six`, `deux`, `zero`, `zéro`, `zwei` or `zwo`.
fn can_be_digit(bytes: &[u8], at: usize) -> bool {
    let lower = |byte: Option<u8>| byte.map(|byte| byte | 0x20);
    let (head, tail) = (lower(before(bytes, at)), lower(byte(bytes, at + 1)));
    match byte(bytes, at) {
        Some(b'v') => matches!(head, Some(b'i' | b'e')) || tail == Some(b'i'),
        Some(b'x') => matches!(head, Some(b'i' | b'u')),
        _ => matches!(tail, Some(b'e' | b'w' | 0xe3)), // a `z`
    }
}

/// A text whose numbers are written in digits: `four one five, five five five …`; nothing where none is said.
pub(super) fn told(text: &str) -> Option<Normal> {
    let bytes = text.as_bytes();
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte >= 0x80;
    let mark = |byte: u8| matches!(byte, b' ' | b',' | b'-' | b'.');
    let (mut view, mut past) = (Patched::of(text), 0);
    // Hardly a number is without a digit whose word has one of these letters, and other words have them seldom.
    for at in memchr::memchr3_iter(b'v', b'x', b'z', bytes) {
        // Whatever was looked at is not looked at again.
        if at < past || !can_be_digit(bytes, at) {
            continue;
        }
        let word = |start: usize| start..start + run(bytes, start, WORD, letter);
        let back = |end: usize| end - run_back(bytes, end, WORD, letter);
        let digit = |start: usize| text.get(word(start)).and_then(said);
        let mut first = back(at);
        if digit(first).is_none() {
            continue;
        }
        loop {
            let marks = run_back(bytes, first, MARKS, mark);
            let before = back(first - marks);
            if marks == 0 || before < past || before == first - marks || digit(before).is_none() {
                break;
            }
            first = before;
        }
        let (mut digits, mut end, mut next) = (Vec::new(), first, first);
        while let Some(digit) = digit(next) {
            digits.push((digit, next));
            end = word(next).end;
            let marks = run(bytes, end, MARKS, mark);
            if marks == 0 {
                break;
            }
            next = end + marks;
        }
        past = end.max(at + 1);
        if SPELLED.contains(&digits.len()) {
            view.patch(first..end, digits.into_iter())?;
        }
    }
    view.end()
}

/// Digits and letters of a card's number that was read off a picture, and most of either side of a word that are looked at.
const TYPED: std::ops::RangeInclusive<usize> = 13..=19;
const BESIDE: usize = 24;

/// A text whose digits were typed or read as the letters that look like them: `4485 2Oll 65OO 7l96`; nothing where none were.
pub(super) fn typed(text: &str, words: &[Place]) -> Option<Normal> {
    let bytes = text.as_bytes();
    let like = |byte: u8| match byte {
        b'O' | b'o' => Some('0'),
        b'l' | b'I' => Some('1'),
        _ => byte.is_ascii_digit().then_some(char::from(byte)),
    };
    let row = |byte: u8| like(byte).is_some() || matches!(byte, b' ' | b'-');
    let mut view = Patched::of(text);
    for word in words {
        let written = bytes.get(word.start..word.end).unwrap_or_default();
        let mixed = written.iter().any(u8::is_ascii_alphabetic) && written.iter().all(|byte| like(*byte).is_some());
        if !mixed || word.start < view.from() {
            continue;
        }
        let from = word.start - run_back(bytes, word.start, BESIDE, row);
        let to = word.end + run(bytes, word.end, BESIDE, row);
        let all = bytes.get(from..to).unwrap_or_default();
        let (from, to) =
            (from + all.len() - all.trim_ascii_start().len(), to - (all.len() - all.trim_ascii_end().len()));
        let all = all.trim_ascii();
        let count = |test: fn(&u8) -> bool| all.iter().filter(|byte| test(byte)).count();
        if TYPED.contains(&count(u8::is_ascii_alphanumeric)) && count(u8::is_ascii_digit) * 2 > all.len() {
            let shown = (from..to).zip(all).map(|(at, byte)| (like(*byte).unwrap_or(char::from(*byte)), at));
            view.patch(from..to, shown)?;
        }
    }
    view.end()
}

/// A text whose values are not spelled one by one: `N L 5 2 Z N D B` and `5-6-1-9-3`; nothing where none is.
pub(super) fn gathered(text: &str) -> Option<Normal> {
    let bytes = text.as_bytes();
    let mut view = Patched::of(text);
    let mut at = 0;
    while at < bytes.len() {
        let word = run(bytes, at, bytes.len(), |byte| byte.is_ascii_alphanumeric() || byte >= 0x80);
        if word != 1 {
            at += word.max(1);
            continue;
        }
        let (letters, end) = row(bytes, at);
        let count = |test: fn(u8) -> bool| letters.iter().filter(|at| byte(bytes, **at).is_some_and(test)).count();
        if SPELLED.contains(&letters.len())
            && (count(|byte| byte.is_ascii_digit()) >= 4 || count(|byte| byte == b'@') == 1)
        {
            view.patch(
                at..end,
                letters.into_iter().filter_map(|at| byte(bytes, at).map(|byte| (char::from(byte), at))),
            )?;
        }
        at = end;
    }
    view.end()
}

/// The places of single letters and digits from one on, with one kind of mark between, and where the last of them ends.
fn row(bytes: &[u8], start: usize) -> (Vec<usize>, usize) {
    let mut places = vec![start];
    let mark = byte(bytes, start + 1).filter(|mark| matches!(mark, b' ' | b'-' | b'.' | b'_' | b'/' | b'*'));
    let mut end = start + 1;
    while let Some(mark) = mark {
        let most = if mark == b' ' { BLANKS } else { 1 };
        let next = end + run(bytes, end, most, |byte| byte == mark);
        let single = next > end
            && byte(bytes, next).is_some_and(|byte| {
                byte.is_ascii_alphanumeric() || mark == b' ' && matches!(byte, b'@' | b'.' | b'_' | b'-' | b'+')
            })
            && !byte(bytes, next + 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80);
        if !single {
            break;
        }
        places.push(next);
        end = next + 1;
    }
    (places, end)
}

#[cfg(test)]
mod tests {
    use super::{dashed, gathered, refanged};

    #[test]
    fn marks_leave_their_brackets() {
        for (written, read) in [
            ("81[.]169[.]212[.]47", "81.169.212.47"),
            ("2001[:]41d0[:]a[:][:]8b7 twice", "2001:41d0:a::8b7 twice"),
            ("ada@example[DOT]com", "ada@example.com"),
            ("hxxps[://]x(.)y", "hxxps://x.y"),
        ] {
            let view = refanged(written).unwrap();
            assert_eq!(view.text, read);
            assert!(view.map.is_sorted() && view.map.len() == read.len() + 1);
        }
        for same in ["a[0].b", "f(.5)", "[dots]", "[EMAIL]", "x[1:2]"] {
            assert!(refanged(same).is_none(), "{same}");
        }
    }

    #[test]
    fn groups_are_joined_by_dashes() {
        assert_eq!(dashed("ssn 286_65_5099, x_1").unwrap().text, "ssn 286-65-5099, x_1");
        assert!(dashed("a_b_c 1_000 file_1_of_2x").is_none());
    }

    #[test]
    fn letters_in_a_row_are_one_value() {
        for (written, read) in [
            ("dictated: N L 5 2 Z N D B 0 8 9", "dictated: NL52ZNDB089"),
            ("no: 5-6-1-9-3-0-8-2-7.", "no: 561930827."),
            ("5 6 1  9 3 0  8 2 7 and on", "561930827 and on"),
            ("j d o e @ e x a m p l e . c o m", "jdoe@example.com"),
        ] {
            let view = gathered(written).unwrap();
            assert_eq!(view.text, read);
            assert!(view.map.is_sorted() && view.map.len() == read.len() + 1);
        }
        for same in ["1 2 3", "a b c d e f g h", "10 20 30 40 50 60 70 80", "1 2 34 5 6 7 8 9", "x1 2 3 4 5"] {
            assert!(gathered(same).is_none(), "{same}");
        }
    }
}
