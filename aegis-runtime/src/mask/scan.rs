//! One pass over a text's bytes: which anchors stand in it, and its words that may be numbers, codes or keys.

use super::bytes::by_byte;

/// What a byte can be part of.
const LETTER: u32 = 1;
const DIGIT: u32 = 2;
/// Holds the tokens of keys and paths together.
const JOINER: u32 = 4;
pub(super) const AT: u32 = 8;
pub(super) const PLUS: u32 = 16;
pub(super) const COLON: u32 = 32;
pub(super) const DASH: u32 = 64;
/// `%`, `&`, `\`: something may be encoded.
pub(super) const ESCAPE: u32 = 128;
pub(super) const EQUALS: u32 = 256;
pub(super) const BRACKET: u32 = 512;
pub(super) const WIDE: u32 = 1024;
pub(super) const PARENTHESIS: u32 = 2048;
pub(super) const POINT: u32 = 4096;
pub(super) const NEWLINE: u32 = 8192;
pub(super) const BLANK: u32 = 16384;
/// Any other mark.
pub(super) const MARK: u32 = 32768;
/// `<`: a tag may stand in it.
pub(super) const TAG: u32 = 65536;

/// A text of nothing but these, without long tokens, holds nothing that a detector knows: the rest needs a digit or an anchor.
const QUIET: u32 = LETTER | JOINER | POINT | BLANK | MARK | TAG | PLUS | PARENTHESIS | NEWLINE;

/// Words and tokens of at least so many bytes are looked at whatever they hold.
const LONG: usize = 16;

/// So far apart two words of one byte stand in a row: `4 T K R N 7`.
const APART: usize = 9;

by_byte!(KINDS: u32 {
    b'0'..=b'9' => DIGIT,
    b'a'..=b'z' | b'A'..=b'Z' => LETTER,
    0x80.. => LETTER | WIDE,
    b'@' => AT,
    b'+' => PLUS | JOINER,
    b':' => COLON,
    b'-' => DASH | JOINER,
    b'.' => POINT | JOINER,
    b'_' | b'/' | b'~' => JOINER,
    b'=' => EQUALS | JOINER,
    b'%' | b'&' | b'\\' => ESCAPE,
    b'[' => BRACKET,
    b'(' => PARENTHESIS,
    b'<' => TAG,
    b' ' => BLANK,
    b'\n' => NEWLINE,
    _ => MARK,
});

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What the pass found. Kept between texts, so that a clean text allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Anchors that stand anywhere.
    pub(super) anchors: u32,
    /// Whether two of the words below stand a little further apart than one mark.
    pub(super) gapped: bool,
    /// Whether nothing but blanks and a dash stands between two such words that touch with digits.
    pub(super) split: bool,
    /// Whether the words `at`, `dot` and `is` stand in it.
    pub(super) says: u8,
    /// Words of two bytes in the longest row of such, one mark apart.
    pub(super) pairs: usize,
    row: usize,
    /// Words of one byte in the longest row of such, with nothing or lone letters between.
    pub(super) singles: usize,
    lone: usize,
    /// Words with a digit in them.
    pub(super) words: Vec<Place>,
    /// Tokens of `LONG` bytes or more: words with joiners between.
    pub(super) tokens: Vec<Place>,
}

impl Scan {
    /// Bytes that are held.
    pub(super) fn room(&self) -> usize {
        (self.words.capacity() + self.tokens.capacity()) * size_of::<Place>()
    }

    pub(super) fn has(&self, anchor: u32) -> bool {
        self.anchors & anchor != 0
    }

    /// Whether detectors have nothing to look at.
    pub(super) fn is_quiet(&self) -> bool {
        self.anchors & !QUIET == 0 && self.tokens.is_empty() && !self.could_be_spelled()
    }

    /// Whether the words stand in it that a spelled address needs.
    pub(super) fn could_be_spelled(&self) -> bool {
        if self.says & SAYS_SIGN != 0 {
            return true;
        }
        let at = self.says & SAYS_AT != 0 || self.has(AT) && self.has(BRACKET | PARENTHESIS);
        at && (self.says & SAYS_DOT != 0 || self.has(BRACKET | PARENTHESIS))
    }

    /// Reads a text.
    pub(super) fn read(&mut self, bytes: &[u8]) {
        self.words.clear();
        self.tokens.clear();
        (self.gapped, self.split) = (false, false);
        (self.pairs, self.row) = (0, 0);
        (self.singles, self.lone) = (0, 0);
        self.says = 0;
        counted(bytes.len());
        let mut rest = bytes.iter();
        let (mut start, mut token, mut anchors) = (0, 0, 0);
        loop {
            // A word, and the mark behind it.
            let (mut kinds, mut mark) = (0, None);
            for byte in rest.by_ref() {
                let kind = KINDS.get(usize::from(*byte)).copied().unwrap_or(0);
                if kind & (LETTER | DIGIT) == 0 {
                    mark = Some(kind);
                    break;
                }
                kinds |= kind;
            }
            let next = bytes.len() - rest.len();
            let at = next - usize::from(mark.is_some());
            anchors |= kinds | mark.unwrap_or(0);
            if kinds & DIGIT != 0 {
                self.word(bytes, start, at);
            } else if matches!(at - start, 2..=7) {
                let says = said(bytes.get(start..at).unwrap_or_default());
                // `ada_at_example.com`
                let joined = says & SAYS_AT != 0 && mark == Some(JOINER) && before(bytes, start) == Some(b'_');
                self.says |= if joined { says | SAYS_SIGN } else { says };
            }
            if mark.is_none_or(|mark| mark & JOINER == 0) {
                if at - token >= LONG {
                    self.tokens.push(Place { start: token, end: at });
                }
                token = next;
            }
            if mark.is_none() {
                break;
            }
            start = next;
        }
        self.anchors = anchors;
    }

    fn word(&mut self, bytes: &[u8], start: usize, end: usize) {
        self.row = if end - start == 2 { self.row + 1 } else { 0 };
        self.lone = if end - start == 1 { self.lone + 1 } else { 0 };
        if let Some(last) = self.words.last() {
            let gap = start - last.end;
            if gap > APART {
                self.lone = self.lone.min(1);
            }
            if gap != 1 {
                self.row = self.row.min(1);
            }
            if (2..=8).contains(&gap) || gap == 1 && matches!(before(bytes, start), Some(b'\n' | b'\t')) {
                self.gapped = true;
                self.split |= bytes.get(last.end..start).is_some_and(is_gap)
                    && before(bytes, last.end).is_some_and(|byte| byte.is_ascii_digit())
                    && byte(bytes, start).is_some_and(|byte| byte.is_ascii_digit());
            }
        }
        self.pairs = self.pairs.max(self.row);
        self.singles = self.singles.max(self.lone);
        self.words.push(Place { start, end });
    }
}

/// Blanks, and a dash at most.
fn is_gap(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'-'))
        && bytes.iter().filter(|byte| **byte == b'-').count() < 2
}

/// Words of [`Scan::says`].
pub(super) const SAYS_AT: u8 = 1;
pub(super) const SAYS_DOT: u8 = 2;
pub(super) const SAYS_IS: u8 = 4;
/// The same in other languages.
pub(super) const SAYS_IST: u8 = 8;
pub(super) const SAYS_EST: u8 = 16;
pub(super) const SAYS_ES: u8 = 32;
pub(super) const SAYS_E: u8 = 64;
/// A word that is nothing but the sign of an address.
const SAYS_SIGN: u8 = 128;

fn said(word: &[u8]) -> u8 {
    match word {
        [b'a' | b'A', b't' | b'T'] => SAYS_AT,
        [b'd' | b'D', b'o' | b'O', b't' | b'T'] => SAYS_DOT,
        [0xc3, 0xa4, b't'] => SAYS_AT,
        b"punkt" | b"punto" | b"ponto" => SAYS_DOT,
        b"arroba" | b"Arroba" | b"ARROBA" | b"arobase" | b"Arobase" => SAYS_SIGN,
        [b'i', b's'] => SAYS_IS,
        [b'i', b's', b't'] | b"lautet" => SAYS_IST,
        [b'e', b's', b't'] => SAYS_EST,
        [b'e', b's'] => SAYS_ES,
        [0xc3, 0xa8 | 0xa9] => SAYS_E,
        _ => 0, // another word
    }
}

/// The byte at a place; nothing before the beginning and behind the end.
pub(super) fn byte(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// The byte before a place.
pub(super) fn before(bytes: &[u8], at: usize) -> Option<u8> {
    at.checked_sub(1).and_then(|at| bytes.get(at)).copied()
}

/// Part of a word.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Whether a span stands for itself: no letter, digit or `_` touches it.
pub(super) fn alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let inside = |byte: Option<u8>| byte.is_some_and(|byte| is_word(byte) || byte == b'_');
    !inside(before(bytes, start)) && !inside(byte(bytes, end))
}

/// How many bytes from a place on are of a kind, at most so many.
pub(super) fn run(bytes: &[u8], from: usize, most: usize, kind: impl Fn(u8) -> bool) -> usize {
    counted(bytes.get(from..).unwrap_or_default().iter().take(most).take_while(|byte| kind(**byte)).count())
}

/// How many bytes before a place are of a kind, at most so many.
pub(super) fn run_back(bytes: &[u8], to: usize, most: usize, kind: impl Fn(u8) -> bool) -> usize {
    counted(bytes.get(..to).unwrap_or_default().iter().rev().take(most).take_while(|byte| kind(**byte)).count())
}

/// The text before a place whose bytes are of a kind, at most so many of them: whole letters.
pub(super) fn text_back(text: &str, to: usize, most: usize, kind: impl Fn(u8) -> bool) -> Option<&str> {
    let from = to - run_back(text.as_bytes(), to, most, kind);
    text.get(text.ceil_char_boundary(from)..to)
}

/// What stands before a place in its own line, up to so many bytes.
pub(super) fn line_back(text: &str, to: usize, most: usize) -> &str {
    text_back(text, to, most, |byte| byte != b'\n').unwrap_or_default()
}

/// Whether any whole word of a text is one of some, whatever its case.
pub(super) fn says_any(text: &str, words: &[&str]) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| words.iter().any(|other| word.eq_ignore_ascii_case(other)))
}

#[cfg(test)]
fn counted(bytes: usize) -> usize {
    work::add(bytes);
    bytes
}

#[cfg(not(test))]
const fn counted(bytes: usize) -> usize {
    bytes
}

/// Counts bytes that were looked at, for the tests of linearity.
#[cfg(test)]
pub(super) mod work {
    use std::cell::Cell;

    thread_local!(static LOOKED_AT: Cell<u64> = const { Cell::new(0) });

    pub(in crate::mask) fn add(bytes: usize) {
        LOOKED_AT.with(|count| count.set(count.get() + bytes as u64 + 1));
    }

    /// What was looked at since the last question.
    pub(in crate::mask) fn take() -> u64 {
        LOOKED_AT.with(|count| count.replace(0))
    }
}
