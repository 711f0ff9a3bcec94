//! Words and phrases that say what a number is: by their first word, and where they stand in a text.
//!
//! *Invariants.* A text is looked through once, word by word, not searched for each of hundreds of phrases. What this cannot read for
//! certain, by bytes, is said to be unclear, and is spelled.

use super::scan::run;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// Words that say of a number that it is something else.
const OTHERS: &[&str] = &[
    "order",
    "invoice",
    "ticket",
    "tracking",
    "sku",
    "isbn",
    "ean",
    "upc",
    "item",
    "part",
    "batch",
    "lot",
    "build",
    "commit",
    "version",
    "serial",
    "page",
    "port",
    "timestamp",
    "epoch",
    "shipment",
    "parcel",
    "article",
    "product",
    "rev",
    "revision",
    "line",
    "row",
    "step",
];
/// Most bytes of a phrase's first word.
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
}

/// Hints of one text, in order.
#[derive(Debug, Default)]
pub(super) struct Hints {
    hints: Vec<Hint>,
    /// Phrases with the ends of their last words.
    phrases: Vec<(usize, Phrase)>,
}

impl Hints {
    /// Looks through a text.
    pub(super) fn read(&mut self, text: &str) {
        self.hints.clear();
        self.phrases.clear();
        let bytes = text.as_bytes();
        let known = known();
        let mut at = 0;
        while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| is_part(*byte))) {
            let start = at + step;
            let (mut word, mut lower, mut unclear) = (start, false, false);
            at = start;
            for byte in bytes.get(start..).unwrap_or_default() {
                if !is_part(*byte) {
                    break;
                }
                // `dateOfBirth` is three.
                if lower && byte.is_ascii_uppercase() {
                    self.word(bytes, word..at, known);
                    word = at;
                }
                lower = byte.is_ascii_lowercase();
                unclear |= !byte.is_ascii_alphanumeric();
                at += 1;
            }
            if unclear {
                let kept = self.hints.partition_point(|hint| hint.word.start < start);
                self.hints.truncate(kept);
                let none = self.phrases.len()..self.phrases.len();
                self.hints.push(Hint { word: start..at, phrases: none, other: false, unclear });
            } else {
                self.word(bytes, word..at, known);
            }
        }
    }

    fn word(&mut self, bytes: &[u8], place: Range<usize>, known: &Known) {
        let word = bytes.get(place.clone()).unwrap_or_default();
        if !known.may_be(word) {
            return;
        }
        let (from, other) = (self.phrases.len(), is_other(word));
        if other || !known.of(word).is_empty() {
            let unclear = self.begin(bytes, &place, known);
            self.hints.push(Hint { word: place, phrases: from..self.phrases.len(), other, unclear });
        }
    }

    /// Notes the phrases that begin with a word; true where one goes on with what is unclear.
    fn begin(&mut self, bytes: &[u8], first: &Range<usize>, known: &Known) -> bool {
        let mut unclear = false;
        for phrase in known.of(bytes.get(first.clone()).unwrap_or_default()) {
            let mut end = first.end;
            let whole = phrase.text.split(' ').skip(1).all(|wanted| {
                let Some(word) = next(bytes, end) else { return false };
                let found = bytes.get(word.clone()).unwrap_or_default();
                unclear |= !found.iter().all(u8::is_ascii_alphanumeric);
                end = word.end;
                found.eq_ignore_ascii_case(wanted.as_bytes())
            });
            if whole {
                self.phrases.push((end, *phrase));
            }
        }
        unclear
    }

    /// Those that reach into some bytes of the text.
    fn of(&self, from: usize, to: usize) -> &[Hint] {
        let first = self.hints.partition_point(|hint| hint.word.end <= from);
        let rest = self.hints.get(first..).unwrap_or_default();
        rest.get(..rest.iter().take_while(|hint| hint.word.start < to).count()).unwrap_or_default()
    }

    /// Whether anything is said between two places, or cut by the second.
    pub(super) fn any(&self, text: &str, from: usize, at: usize) -> bool {
        !self.of(from, at).is_empty() || self.cuts(text, at)
    }

    fn cuts(&self, text: &str, at: usize) -> bool {
        at.checked_sub(1).and_then(|at| text.as_bytes().get(at)).is_some_and(|byte| is_part(*byte))
    }

    /// Hears the phrases in a line, and says whether its last word is one of something else; nothing where only spelling tells.
    pub(super) fn heard(
        &self,
        text: &str,
        from: usize,
        line: Range<usize>,
        at: usize,
        out: &mut Vec<Phrase>,
    ) -> Option<bool> {
        let hints = self.of(from, at);
        let wide =
            |at: usize| at.checked_sub(1).and_then(|at| text.as_bytes().get(at)).is_some_and(|byte| *byte >= 0x80);
        if hints.iter().any(|hint| hint.unclear) || self.cuts(text, at) || wide(from) {
            return None;
        }
        let mut other = false;
        for hint in hints.iter().filter(|hint| line.start <= hint.word.start && hint.word.end <= line.end) {
            let rest = text.as_bytes().get(hint.word.end..line.end).unwrap_or_default();
            other = hint.other && !rest.iter().any(u8::is_ascii_alphanumeric);
            for (end, phrase) in self.phrases.get(hint.phrases.clone()).unwrap_or_default() {
                if *end <= line.end && !out.contains(phrase) {
                    out.push(*phrase);
                }
            }
        }
        Some(other)
    }
}

/// Part of a word, or of what may turn out to be one.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'\'' || byte >= 0x80
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

/// Whether a word says of a number that it is something else.
pub(super) fn is_other(word: &[u8]) -> bool {
    OTHERS.iter().any(|other| other.as_bytes().eq_ignore_ascii_case(word))
}

/// Phrases by their first word: a text is looked up word by word, not searched for each of hundreds of phrases.
pub(super) fn listen(spelled: &str, phrases: &mut Vec<Phrase>) {
    let known = known();
    let mut rest = spelled.trim_start();
    while !rest.is_empty() {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        for phrase in known.of(word.as_bytes()) {
            let whole = rest.strip_prefix(phrase.text).is_some_and(|end| end.is_empty() || end.starts_with(' '));
            if whole && !phrases.contains(phrase) {
                phrases.push(*phrase);
            }
        }
        rest = behind;
    }
}

/// Phrases by their first word, behind a filter: lengths by the first two letters.
struct Known {
    filter: [u32; 1024],
    phrases: HashMap<&'static [u8], Vec<Phrase>>,
}

impl Known {
    fn of(&self, word: &[u8]) -> &[Phrase] {
        let mut lower = [0; LONGEST];
        let lower = lower.get_mut(..word.len()).filter(|_| self.may_be(word)).map(|lower| {
            lower.copy_from_slice(word);
            lower.make_ascii_lowercase();
            &*lower
        });
        lower.and_then(|word| self.phrases.get(word)).map_or(&[], Vec::as_slice)
    }

    /// Whether a word may be the first of a phrase, whatever its case.
    fn may_be(&self, word: &[u8]) -> bool {
        self.filter.get(Self::place(word)).is_some_and(|lengths| lengths & Self::length(word) != 0)
    }

    fn mark(&mut self, word: &[u8]) {
        if let Some(lengths) = self.filter.get_mut(Self::place(word)) {
            *lengths |= Self::length(word);
        }
    }

    fn place(word: &[u8]) -> usize {
        let letter = |place: usize| word.get(place).map_or(0, |byte| usize::from(byte & 31));
        letter(0) << 5 | letter(1)
    }

    fn length(word: &[u8]) -> u32 {
        1 << word.len().min(31)
    }
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = Known { filter: [0; 1024], phrases: HashMap::new() };
        for phrase in super::detect::phrases() {
            let word = phrase.text.split(' ').next().unwrap_or(phrase.text);
            known.mark(word.as_bytes());
            let phrases = known.phrases.entry(word.as_bytes()).or_default();
            match phrases.iter_mut().find(|known| known.text == phrase.text) {
                Some(known) => known.listeners |= phrase.listeners,
                None => phrases.push(phrase),
            }
        }
        OTHERS.iter().for_each(|other| known.mark(other.as_bytes()));
        known
    })
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
