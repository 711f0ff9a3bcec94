//! The header of delimited text: what the name of a column says of the values below it.

use super::phrases::{Phrase, listen, spell};
use super::spare::unspoken;
use std::ops::Range;

/// Lines before a header that may be blank.
const TITLES: usize = 5;
/// Longest line of a table.
const LINE: usize = 512;
/// The first line of delimited text, and the place of the text that was last asked for.
#[derive(Debug)]
pub(super) struct Header {
    end: usize,
    delimiter: u8,
    columns: Vec<Column>,
    /// Whether any column says anything.
    pub(super) speaks: bool,
    /// Where its line begins; 0 before the first is asked for.
    line: usize,
    at: usize,
    /// The column at that place, and whether it stands in quotes.
    place: usize,
    quoted: bool,
}

/// A column's name, and what it says.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: Range<usize>,
    pub(super) phrases: Vec<Phrase>,
    /// The first word of the name, in lower case.
    pub(super) first: String,
}

impl Header {
    /// The first line of a text that is not blank, if it is a row of names.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut start = 0;
        let line = text.split_inclusive('\n').take(TITLES).find(|line| {
            let blank = line.trim().is_empty();
            start += if blank { line.len() } else { 0 };
            !blank
        })?;
        start += line.len() - line.trim_start().len();
        let line = line.trim();
        if line.len() > LINE {
            return None;
        }
        let delimiter =
            [b'\t', b'|', b';', b','].into_iter().find(|mark| memchr::memchr(*mark, line.as_bytes()).is_some())?;
        let name = |name: &str| name.len() <= 64 && name.split_whitespace().count() <= 4;
        let names = line.split(char::from(delimiter));
        if !names.clone().all(name) {
            return None;
        }
        let end = start + line.len();
        let columns: Vec<Column> = names
            .map(|name| {
                let (from, mut spelled, mut phrases) = (start, String::new(), Vec::new());
                start += name.len() + 1;
                spell(&unspoken(name, 0..name.len()), &mut spelled);
                listen(&spelled, &mut phrases);
                let first = spelled.split(' ').find(|word| !word.is_empty()).unwrap_or_default().to_owned();
                Column { name: from..from + name.len(), phrases, first }
            })
            .collect();
        let speaks = columns.iter().any(|column| !column.phrases.is_empty());
        Some(Self { end, delimiter, columns, speaks, line: 0, at: 0, place: 0, quoted: false })
    }

    /// The column that a place of the text stands in.
    pub(super) fn column(&mut self, text: &str, at: usize) -> Option<&Column> {
        // A look of bounded length back, or on from the last place: a place costs the same in any text.
        let bytes = text.as_bytes();
        let from = at.saturating_sub(LINE);
        let behind = at.checked_sub(self.at).filter(|step| self.line > 0 && *step <= LINE);
        if behind.is_none() {
            let line = from + memchr::memrchr(b'\n', bytes.get(from..at)?)? + 1;
            (self.line, self.at, self.place, self.quoted) = (line, line, 0, false);
        }
        for (place, byte) in (self.at..).zip(bytes.get(self.at..at)?) {
            // A delimiter in quotes parts nothing.
            match byte {
                b'\n' => (self.line, self.place, self.quoted) = (place + 1, 0, false),
                b'"' => self.quoted = !self.quoted,
                byte => self.place += usize::from(!self.quoted && *byte == self.delimiter),
            }
        }
        self.at = at;
        if self.line <= from || self.end >= self.line {
            return None;
        }
        self.columns.get(self.place)
    }
}
