//! Every word that says something of a number, by its first letters.

use super::phrases::Phrase;
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
    "bin",
    "bins",
    "iin",
    "prefix",
    "range",
    "ranges",
    "digits",
];
/// Whether a word says of a number that it is something else.
pub(super) fn is_other(word: &[u8]) -> bool {
    OTHERS.iter().any(|other| other.as_bytes().eq_ignore_ascii_case(word))
}

/// A word with which phrases begin, and the words that follow it in each; or one of [`OTHERS`].
#[derive(Debug, Default)]
pub(super) struct First {
    word: &'static str,
    pub(super) phrases: Vec<(Phrase, Vec<&'static str>)>,
    pub(super) other: bool,
}

impl First {
    /// Whether a word is one of those that follow it in any phrase.
    pub(super) fn goes_on(&self, word: &str) -> bool {
        self.phrases.iter().any(|(_, rest)| rest.contains(&word))
    }
}

/// First words by their first two letters, behind a filter of a bit for each of their lengths.
pub(super) struct Known {
    lengths: [u32; SLOTS],
    words: Vec<Vec<First>>,
}

const SLOTS: usize = 1024;

impl Known {
    /// A word, whatever its case.
    pub(super) fn of(&self, word: &[u8]) -> Option<&First> {
        let place = Self::place(word);
        self.lengths.get(place).filter(|lengths| *lengths & Self::length(word) != 0)?;
        self.words.get(place)?.iter().find(|first| first.word.as_bytes().eq_ignore_ascii_case(word))
    }

    fn add(&mut self, word: &'static str) -> Option<&mut First> {
        let place = Self::place(word.as_bytes());
        *self.lengths.get_mut(place)? |= Self::length(word.as_bytes());
        let words = self.words.get_mut(place)?;
        if !words.iter().any(|first| first.word == word) {
            words.push(First { word, ..First::default() });
        }
        words.iter_mut().find(|first| first.word == word)
    }

    fn place(word: &[u8]) -> usize {
        let (first, second) = match word {
            [first, second, ..] => (*first, *second),
            [first] => (*first, 0),
            [] => (0, 0),
        };
        usize::from(first & 31) << 5 | usize::from(second & 31)
    }

    fn length(word: &[u8]) -> u32 {
        1 << word.len().min(31)
    }
}

/// The words of all detectors.
pub(super) fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = Known { lengths: [0; SLOTS], words: std::iter::repeat_with(Vec::new).take(SLOTS).collect() };
        for phrase in super::detect::phrases() {
            let mut words = phrase.text.split(' ');
            let Some(first) = words.next().and_then(|word| known.add(word)) else { continue };
            match first.phrases.iter_mut().find(|(known, _)| known.text == phrase.text) {
                Some((known, _)) => known.listeners |= phrase.listeners,
                None => first.phrases.push((phrase, words.collect())),
            }
        }
        for other in OTHERS {
            if let Some(first) = known.add(other) {
                first.other = true;
            }
        }
        known
    })
}
