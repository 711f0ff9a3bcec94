//! Values of declared fields, masked wherever else they stand in the same result.

use crate::vocabulary::Class;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// Most values of one result.
const VALUES: usize = 10_000;
/// Shortest value of one word.
const SHORTEST: usize = 5;

/// Values in the making.
#[derive(Default)]
pub(super) struct Learning(BTreeMap<String, Class>);

impl Learning {
    /// Takes a value, unless it is too common to be looked for.
    pub(super) fn add(&mut self, value: &str, class: Class) {
        let value = value.trim();
        let words = value.split_whitespace().count();
        let telling = value.chars().any(char::is_alphabetic) || value.chars().filter(char::is_ascii_digit).count() >= 7;
        if self.0.len() < VALUES && telling && (value.chars().count() >= SHORTEST || words >= 2) {
            self.0.insert(value.to_owned(), class);
            if let (Class::PersonName, Some((first, last))) = (class, value.rsplit_once(' ')) {
                self.0.insert(format!("{last}, {first}"), class);
            }
        }
    }

    /// Ready to look for them.
    pub(super) fn learned(self) -> Option<Learned> {
        if self.0.is_empty() {
            return None;
        }
        let (values, classes): (Vec<String>, Vec<Class>) = self.0.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&values)
            .ok()?;
        Some(Learned { automaton, classes })
    }
}

/// Values that were learned.
pub(super) struct Learned {
    automaton: AhoCorasick,
    classes: Vec<Class>,
}

impl Learned {
    /// Where one stands as a word of its own.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, Class)> {
        let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        self.automaton
            .find_iter(text)
            .filter(|found| {
                let before = text.get(..found.start()).and_then(|text| text.chars().next_back());
                let after = text.get(found.end()..).and_then(|text| text.chars().next());
                !inside(before) && !inside(after)
            })
            .filter_map(|found| self.classes.get(found.pattern().as_usize()).map(|class| (found.range(), *class)))
            .collect()
    }
}
