//! Words and phrases that say what a number is: by their first word, and where they stand in a text.
//!
//! *Invariants.* A text is looked through once, word by word, not searched for each of hundreds of phrases. What this cannot read for
//! certain, by bytes, is said to be unclear, and is spelled.

use super::bytes::by_byte;
use super::lexicon::{First, Known, known};
use super::scan::{Place, before, run, run_back};
use super::spare::in_placeholder;
use std::ops::Range;

/// Most bytes of a phrase's word.
const LONGEST: usize = 32;

/// A word or phrase, and who listens for it: a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) text: &'static str,
    pub(super) listeners: u64,
}

/// A word of a text with which a phrase begins, or which says that a number is something else.
#[derive(Debug)]
struct Hint {
    word: Range<usize>,
    /// Phrases that begin here, by their places in [`Hints::phrases`].
    phrases: Range<usize>,
    other: bool,
    /// Only spelling tells what it says.
    unclear: bool,
    /// Who listens for any of its phrases.
    listeners: u64,
    /// Where the text leaves a phrase that it has not ended, at the furthest; 0 where it ends all that it begins.
    open: usize,
    /// What it is.
    first: Option<&'static First>,
}

/// What a line says.
pub(super) struct Line {
    /// Its last word is one of something else.
    pub(super) other: bool,
    /// A phrase may begin in it, and go on in the header.
    pub(super) open: bool,
}

/// Hints of one text, in order.
#[derive(Debug, Default)]
pub(super) struct Hints {
    hints: Vec<Hint>,
    /// Phrases with the ends of their last words.
    phrases: Vec<(usize, Phrase)>,
    /// The first hint that reached into what was last asked for.
    cursor: usize,
    /// Who hears any of them; everybody where one is unclear.
    listeners: u64,
}

impl Hints {
    /// Bytes that are held.
    pub(super) fn room(&self) -> usize {
        self.hints.capacity() * size_of::<Hint>() + self.phrases.capacity() * size_of::<(usize, Phrase)>()
    }

    /// Looks at what stands up to so many bytes before some words of a text: nothing else speaks for them.
    pub(super) fn read(&mut self, text: &str, words: &[Place], reach: usize) {
        self.hints.clear();
        self.phrases.clear();
        (self.cursor, self.listeners) = (0, 0);
        let bytes = text.as_bytes();
        let known = known();
        let mut at = 0;
        for word in words {
            if word.start <= at {
                continue;
            }
            let from = at.max(word.start.saturating_sub(reach));
            let from = from - run_back(bytes, from, from - at, is_part);
            let mut rest = bytes.get(from..).unwrap_or_default().iter();
            while bytes.len() - rest.len() < word.start {
                self.run(text, &mut rest, known);
            }
            at = bytes.len() - rest.len();
        }
    }

    /// Reads a word and the mark behind it.
    fn run(&mut self, text: &str, rest: &mut std::slice::Iter<'_, u8>, known: &'static Known) {
        let bytes = text.as_bytes();
        let start = bytes.len() - rest.len();
        let (mut kinds, mut last, mut camel) = (0, 0, 0);
        while let Some(kind) = rest.next().map(|byte| kind(*byte)) {
            if kind == 0 {
                break;
            }
            kinds |= kind;
            // `dateOfBirth` is three.
            camel |= (last << 1) & kind & UPPER;
            last = kind & LOWER;
        }
        let next = bytes.len() - rest.len();
        let end = next - usize::from(next > start && !bytes.get(next - 1).is_some_and(|byte| is_part(*byte)));
        if kinds & ODD != 0 {
            let none = self.phrases.len()..self.phrases.len();
            self.listeners = u64::MAX;
            self.hints.push(Hint {
                word: start..end,
                phrases: none,
                other: false,
                unclear: true,
                listeners: 0,
                open: 0,
                first: None,
            });
        } else if camel != 0 {
            let mut from = start;
            for part in bytes.get(start..end).unwrap_or_default().chunk_by(is_joined) {
                self.word(text, from..from + part.len(), known);
                from += part.len();
            }
        } else if kinds & (LOWER | UPPER) != 0 {
            self.word(text, start..end, known);
        }
    }

    fn word(&mut self, text: &str, place: Range<usize>, known: &'static Known) {
        let bytes = text.as_bytes();
        let Some(first) = known.of(bytes.get(place.clone()).unwrap_or_default()) else { return };
        if in_placeholder(text, &place) {
            return;
        }
        let from = self.phrases.len();
        let (unclear, open) = self.begin(bytes, &place, first);
        let phrases = self.phrases.get(from..).unwrap_or_default();
        let listeners = phrases.iter().fold(0, |listeners, (_, phrase)| listeners | phrase.listeners);
        let phrases = from..self.phrases.len();
        self.listeners |= if unclear { u64::MAX } else { listeners };
        self.hints.push(Hint {
            word: place,
            phrases,
            other: first.other,
            unclear,
            listeners,
            open,
            first: Some(first),
        });
    }

    /// Notes the phrases that begin with a word; whether one goes on with what is unclear, and where the last is left.
    fn begin(&mut self, bytes: &[u8], place: &Range<usize>, first: &First) -> (bool, usize) {
        let (mut unclear, mut open) = (false, 0);
        // The word that follows is the same for all of them.
        let mut second = None;
        for (phrase, rest) in &first.phrases {
            let mut end = place.end;
            let whole = rest.iter().enumerate().all(|(step, wanted)| {
                let follows = || next(bytes, end).map(|word| (word.clone(), is_unclear(bytes, word)));
                let follows = if step == 0 { second.get_or_insert_with(follows).clone() } else { follows() };
                let Some((word, odd)) = follows else { return false };
                unclear |= odd;
                let same = bytes.get(word.clone()).is_some_and(|found| found.eq_ignore_ascii_case(wanted.as_bytes()));
                if same {
                    end = word.end;
                }
                same
            });
            if whole {
                self.phrases.push((end, *phrase));
            } else {
                open = open.max(end);
            }
        }
        (unclear, open)
    }

    /// Those that reach into some bytes of the text. What is asked for is mostly a little further on than the last time.
    fn of(&mut self, from: usize, to: usize) -> Range<usize> {
        let behind = |hint: &Hint| hint.word.end <= from;
        if self.cursor.checked_sub(1).and_then(|last| self.hints.get(last)).is_some_and(|last| !behind(last)) {
            self.cursor = self.hints.partition_point(behind);
        }
        let step = self.hints.get(self.cursor..).unwrap_or_default().iter().take_while(|hint| behind(hint)).count();
        self.cursor += step;
        let rest = self.hints.get(self.cursor..).unwrap_or_default();
        self.cursor..self.cursor + rest.iter().take_while(|hint| hint.word.start < to).count()
    }

    /// What is said between two places, and whether it is anything, or cut by the second.
    pub(super) fn any(&mut self, text: &str, from: usize, at: usize) -> (Range<usize>, bool) {
        let hints = self.of(from, at);
        let any = !hints.is_empty() || self.cuts(text, at);
        (hints, any)
    }

    /// Whether certainly none of some listeners hears anything between two places, by what stands in all of the text: mostly nobody
    /// who is asked for hears any of it.
    pub(super) fn is_mute(&self, listeners: u64, text: &str, from: usize, at: usize) -> bool {
        self.listeners & listeners == 0 && !self.cuts(text, at) && !is_wide(text, from)
    }

    /// The same by what stands there.
    pub(super) fn is_silent(&mut self, listeners: u64, text: &str, from: usize, at: usize) -> bool {
        let hints = self.of(from, at);
        let hints = self.hints.get(hints).unwrap_or_default();
        !hints.iter().any(|hint| hint.unclear || hint.listeners & listeners != 0)
            && !self.cuts(text, at)
            && !is_wide(text, from)
    }

    fn cuts(&self, text: &str, at: usize) -> bool {
        before(text.as_bytes(), at).is_some_and(is_part)
    }

    /// Hears the phrases in a line below a header that begins with some word, and what it says besides; nothing where only spelling tells.
    pub(super) fn heard(
        &self,
        text: &str,
        hints: Range<usize>,
        line: Range<usize>,
        window: Range<usize>,
        header: Option<&str>,
        out: &mut Vec<Phrase>,
    ) -> Option<Line> {
        let hints = self.hints.get(hints).unwrap_or_default();
        if hints.iter().any(|hint| hint.unclear) || self.cuts(text, window.end) || is_wide(text, window.start) {
            return None;
        }
        let (mut other, mut open) = (false, false);
        let ends = |at: usize| {
            !text.as_bytes().get(at..line.end).is_some_and(|rest| rest.iter().any(u8::is_ascii_alphanumeric))
        };
        for hint in hints.iter().filter(|hint| line.start <= hint.word.start && hint.word.end <= line.end) {
            other = hint.other && ends(hint.word.end);
            let mut left = hint.open > 0 && ends(hint.open);
            for (end, phrase) in self.phrases.get(hint.phrases.clone()).unwrap_or_default() {
                if *end > line.end {
                    left = true;
                } else if !out.contains(phrase) {
                    out.push(*phrase);
                }
            }
            open |= left && header.zip(hint.first).is_some_and(|(word, first)| first.goes_on(word));
        }
        Some(Line { other, open })
    }
}

/// Whether a word is no plain one.
fn is_unclear(bytes: &[u8], word: Range<usize>) -> bool {
    !bytes.get(word).is_some_and(|word| word.iter().all(u8::is_ascii_alphanumeric))
}

/// Whether a letter of another script ends at a place, or goes on.
fn is_wide(text: &str, at: usize) -> bool {
    before(text.as_bytes(), at).is_some_and(|byte| byte >= 0x80)
}

/// Part of a word, or of what may turn out to be one.
fn is_part(byte: u8) -> bool {
    kind(byte) != 0
}

/// What a part of a word is.
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
/// Only spelling tells.
const ODD: u8 = 8;

by_byte!(KINDS: u8 {
    b'a'..=b'z' => LOWER,
    b'A'..=b'Z' => UPPER,
    b'0'..=b'9' => DIGIT,
    b'\'' | 0x80.. => ODD,
    _ => 0,
});

fn kind(byte: u8) -> u8 {
    KINDS.get(usize::from(byte)).copied().unwrap_or(0)
}

/// Whether a word goes on: `dateOfBirth` is three.
fn is_joined(one: &u8, other: &u8) -> bool {
    !(one.is_ascii_lowercase() && other.is_ascii_uppercase())
}

/// The word that follows, or what may turn out to be more of one than a phrase has.
fn next(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let start = from + bytes.get(from..)?.iter().position(|byte| is_part(*byte))?;
    let length = run(bytes, start, 2 * LONGEST, is_part);
    let word = bytes.get(start..start + length)?;
    let plain = word.iter().all(u8::is_ascii_alphanumeric);
    let first = if plain { word.chunk_by(is_joined).next()? } else { word };
    Some(start..start + first.len())
}

/// Phrases by their first word: a text is looked up word by word, not searched for each of hundreds of phrases.
pub(super) fn listen(spelled: &str, phrases: &mut Vec<Phrase>) {
    let known = known();
    let mut rest = spelled.trim_start();
    while !rest.is_empty() {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        for (phrase, _) in known.of(word.as_bytes()).map_or(&[][..], |first| &first.phrases) {
            let whole = rest.strip_prefix(phrase.text).is_some_and(|end| end.is_empty() || end.starts_with(' '));
            if whole && !phrases.contains(phrase) {
                phrases.push(*phrase);
            }
        }
        rest = behind;
    }
}

/// A name as words.
pub(super) fn spelled(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 8);
    spell(name, &mut words);
    words
}

/// Lower-case words with single blanks around each: `dateOfBirth` as ` date of birth `.
pub(super) fn spell(text: &str, out: &mut String) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
    let mut lower = false;
    if text.is_ascii() {
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                if lower && byte.is_ascii_uppercase() {
                    out.push(' ');
                }
                lower = byte.is_ascii_lowercase();
                out.push(char::from(byte.to_ascii_lowercase()));
            } else {
                lower = false;
                if byte != b'\'' && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
        return;
    }
    for letter in text.chars() {
        if letter.is_alphabetic() || letter.is_numeric() {
            if lower && letter.is_uppercase() && !out.ends_with(' ') {
                out.push(' ');
            }
            lower = letter.is_lowercase();
            out.extend(letter.to_lowercase());
        } else {
            lower = false;
            // `driver's` is `drivers`; anything else parts words.
            if !matches!(letter, '\'' | '’') && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
}
