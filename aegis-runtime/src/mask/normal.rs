//! Normalisation: what looks the same is read the same, with a map back to the bytes as they stand.
//! Sources: Unicode 16, general category Nd; UTS 39 (confusables), the letters that Latin shares with Cyrillic and Greek.

use crate::invisible::is_invisible;
use std::ops::Range;

/// A text as detectors read it, and for each of its bytes, and for its end, where that byte stands in the original.
#[derive(Debug)]
pub(super) struct Normal {
    pub(super) text: String,
    pub(super) map: Vec<usize>,
}

/// A view that is the text itself but for some places.
pub(super) struct Patched<'text> {
    text: &'text str,
    view: Normal,
    /// Where the rest of the text begins.
    from: usize,
}

impl<'text> Patched<'text> {
    pub(super) fn of(text: &'text str) -> Self {
        Self { text, view: Normal { text: String::new(), map: Vec::new() }, from: 0 }
    }

    /// Where the text was last left.
    pub(super) fn from(&self) -> usize {
        self.from
    }

    /// Reads other letters in the place of some bytes, each of them where it comes from.
    pub(super) fn patch(&mut self, bytes: Range<usize>, letters: impl Iterator<Item = (char, usize)>) -> Option<()> {
        self.view.text.push_str(self.text.get(self.from..bytes.start)?);
        self.view.map.extend(self.from..bytes.start);
        letters.for_each(|(letter, at)| self.view.push(letter, at));
        self.from = bytes.end;
        Some(())
    }

    /// The view; nothing where no place is another.
    pub(super) fn end(mut self) -> Option<Normal> {
        if self.from == 0 {
            return None;
        }
        self.view.text.push_str(self.text.get(self.from..)?);
        self.view.map.extend(self.from..=self.text.len());
        Some(self.view)
    }
}

/// What a character is read as.
enum Read {
    As(char),
    Nothing,
}

/// The normalised text; nothing where it is the text itself.
pub(super) fn normalise(text: &str) -> Option<Normal> {
    if !text.chars().any(|letter| !letter.is_ascii() && (fold(letter).is_some() || confusable(letter).is_some())) {
        return None;
    }
    let mut normal = Normal { text: String::with_capacity(text.len()), map: Vec::with_capacity(text.len() + 1) };
    for (at, letter) in text.char_indices() {
        match fold(letter) {
            Some(Read::Nothing) => {}
            Some(Read::As(other)) => normal.push(other, at),
            None => normal.push(letter, at),
        }
    }
    normal.map.push(text.len());
    normal.unconfuse();
    Some(normal)
}

impl Normal {
    /// Where bytes of the view stand in the original.
    pub(super) fn back(&self, bytes: Range<usize>) -> Option<Range<usize>> {
        Some(*self.map.get(bytes.start)?..*self.map.get(bytes.end)?)
    }

    fn push(&mut self, letter: char, at: usize) {
        self.text.push(letter);
        self.map.extend(std::iter::repeat_n(at, letter.len_utf8()));
    }

    /// Look-alike letters become Latin inside of tokens that mix scripts, or that touch an `@`.
    fn unconfuse(&mut self) {
        if self.text.is_ascii() {
            return;
        }
        let old = std::mem::take(&mut self.text);
        let places = std::mem::take(&mut self.map);
        let mut at = 0;
        for token in old.split_inclusive(|letter: char| {
            letter.is_whitespace() || matches!(letter, ',' | ';' | '"' | '<' | '>' | '(' | ')')
        }) {
            let mixed = token.contains('@') || token.bytes().any(|byte| byte.is_ascii_alphanumeric());
            for (step, letter) in token.char_indices() {
                let letter = if mixed { confusable(letter).unwrap_or(letter) } else { letter };
                self.push(letter, places.get(at + step).copied().unwrap_or_default());
            }
            at += token.len();
        }
        self.map.extend(places.last());
    }
}

/// Digits, full-width forms, blanks and dashes by what they stand for; the invisible by nothing.
fn fold(letter: char) -> Option<Read> {
    let code = u32::from(letter);
    if code < 0xa0 {
        return None;
    }
    let ascii = |code: u32| char::from_u32(code).map(Read::As);
    match code {
        _ if is_invisible(letter) => Some(Read::Nothing),
        0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 => Some(Read::As(' ')),
        0x2010..=0x2015 | 0x2212 | 0x2043 | 0xfe58 | 0xfe63 | 0x2e3a | 0x2e3b => Some(Read::As('-')),
        0xfe6b => Some(Read::As('@')),
        0xb7 | 0x2022 | 0x2024 | 0x2027 | 0x22c5 | 0x3002 | 0x30fb | 0xfe52 | 0xff61 => Some(Read::As('.')),
        0x2044 | 0x2215 => Some(Read::As('/')),
        0xff01..=0xff5e => ascii(code - 0xfee0),
        0x1d400..=0x1d6a3 => {
            let place = (code - 0x1d400) % 52;
            ascii(if place < 26 { 0x41 + place } else { 0x61 + place - 26 })
        }
        0x1d7ce..=0x1d7ff => ascii(0x30 + (code - 0x1d7ce) % 10),
        0x2460..=0x2468 => ascii(0x31 + code - 0x2460),
        0x24ea => Some(Read::As('0')),
        0xb9 => Some(Read::As('1')),
        0xb2 | 0xb3 => ascii(0x30 + code - 0xb0),
        0x2070 | 0x2074..=0x2079 => ascii(0x30 + code - 0x2070),
        0x2080..=0x2089 => ascii(0x30 + code - 0x2080),
        0x24b6..=0x24cf => ascii(0x41 + code - 0x24b6),
        0x24d0..=0x24e9 => ascii(0x61 + code - 0x24d0),
        _ => ZEROS
            .binary_search_by(|zero| {
                if *zero + 9 < code {
                    std::cmp::Ordering::Less
                } else if *zero > code {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .ok()
            .and_then(|place| ZEROS.get(place))
            .and_then(|zero| ascii(0x30 + code - zero)),
    }
}

/// The zero of every script that has decimal digits of its own.
const ZEROS: [u32; 62] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450,
    0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60, 0x16ac0,
    0x16b50, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The Latin letter that another script's letter looks like.
fn confusable(letter: char) -> Option<char> {
    const PAIRS: [(&str, &str); 2] = [
        ("аеорсухіјѕԁһӏԛԝвкмнтАВЕКМНОРСТУХІЈЅԌԚԜЗѵѴ", "aeopcyxijsdhlqwbkmhtABEKMHOPCTYXIJSGQW3vV"),
        ("αονρικτυχγΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıօհոսցզ", "aovpiktuxyABEZHIKMNOPTYXgiohnugq"),
    ];
    // Greek, Cyrillic and Armenian, and two letters of Latin.
    if !matches!(u32::from(letter), 0x370..=0x58f | 0x131 | 0x261) {
        return None;
    }
    PAIRS
        .iter()
        .find_map(|(from, to)| from.chars().zip(to.chars()).find(|(one, _)| *one == letter).map(|(_, latin)| latin))
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn look_alikes_are_read_alike_and_places_are_kept() {
        for (written, read) in [
            ("ａｄａ＠example．com", "ada@example.com"),
            ("a\u{200b}da@exam\u{ad}ple.com", "ada@example.com"),
            ("a\u{17b4}da@\u{2800}ex\u{fff0}ample\u{1d173}.com", "ada@example.com"),
            ("аdа@ехаmрlе.соm", "ada@example.com"),
            ("٤١١١ 1111", "4111 1111"),
            ("123‑45–6789", "123-45-6789"),
            ("𝟒𝟏𝟏𝟏", "4111"),
            ("१२३", "123"),
        ] {
            let normal = normalise(written).unwrap();
            assert_eq!(normal.text, read);
            assert!(normal.map.is_sorted() && normal.map.len() == normal.text.len() + 1, "{written}");
            assert_eq!(normal.map.last(), Some(&written.len()));
        }
        for same in ["Grünspan", "Лев Толстой", "plain", "日本"] {
            assert!(normalise(same).is_none_or(|normal| normal.text == same), "{same}");
        }
    }

    #[test]
    fn digits_are_sorted() {
        assert!(super::ZEROS.is_sorted());
        let pairs = super::confusable('а').zip(super::confusable('ѵ'));
        assert_eq!(pairs, Some(('a', 'v')));
    }
}
