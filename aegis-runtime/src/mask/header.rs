//! The header of delimited text: what the name of a column says of the values below it.

use super::inserts::Inserts;
use super::phrases::{Phrase, listen, spell};
use super::scan::run;
use super::spare::unspoken;
use super::thead::Heads;
use std::ops::Range;

/// Lines before a header that may be blank.
const TITLES: usize = 5;
/// Longest line of a table.
const LINE: usize = 512;
/// Most digits of a word in a name.
const NUMBER: usize = 4;

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
    /// Rows of SQL further below.
    inserts: Option<Inserts>,
    /// Tables of HTML.
    heads: Option<Heads>,
}

/// A column's name, and what it says.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: Range<usize>,
    pub(super) phrases: Vec<Phrase>,
    /// The first word of the name, in lower case.
    pub(super) first: String,
}

impl Column {
    pub(super) fn of(text: &str, place: Range<usize>) -> Self {
        let (name, mut spelled, mut phrases) = (text.get(place.clone()).unwrap_or_default(), String::new(), Vec::new());
        spell(&unspoken(name, 0..name.len()), &mut spelled);
        listen(&spelled, &mut phrases);
        let first = spelled.split(' ').find(|word| !word.is_empty()).unwrap_or_default().to_owned();
        Self { name: place, phrases, first }
    }
}

/// Whether a cell may be the name of a column.
fn is_name(name: &str) -> bool {
    name.len() <= 64 && name.split_whitespace().count() <= 4
}

/// The first line from a place on that is not blank, and where it begins, without the blanks around it.
fn written(text: &str, from: usize) -> Option<(usize, &str)> {
    let mut start = from;
    for line in text.get(from..)?.split_inclusive('\n').take(TITLES) {
        let written = line.trim();
        if !written.is_empty() {
            return Some((start + line.len() - line.trim_start().len(), written));
        }
        start += line.len();
    }
    None
}

impl Header {
    /// The names of a text's columns, as far as it has any.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (inserts, heads) = (Inserts::of(text), Heads::of(text));
        if inserts.is_none() && heads.is_none() {
            return Self::first(text);
        }
        let none = || Self::over((text.len(), b','), Vec::new(), false);
        Some(Self { inserts, heads, speaks: true, ..Self::first(text).unwrap_or_else(none) })
    }

    /// A row of names that ends at a place.
    fn over((end, delimiter): (usize, u8), columns: Vec<Column>, speaks: bool) -> Self {
        Self { end, delimiter, columns, speaks, line: 0, at: 0, place: 0, quoted: false, inserts: None, heads: None }
    }

    /// The first line of a text that is not blank, or the one behind a title, if it is a row of names.
    fn first(text: &str) -> Option<Self> {
        let mark = |line: &str| {
            [b'\t', b'|', b';', b','].into_iter().find(|mark| memchr::memchr(*mark, line.as_bytes()).is_some())
        };
        let (mut start, mut line) = written(text, 0)?;
        if mark(line).is_none()
            && line.ends_with(':')
            && let Some((next, names)) = written(text, start + line.len())
            && mark(names).is_some()
        {
            (start, line) = (next, names);
        }
        if line.len() > LINE {
            return None;
        }
        let Some(delimiter) = mark(line) else { return Self::barred(text, start).or_else(|| Self::aligned(text)) };
        Self::delimited(text, (start, line), delimiter)
    }

    /// The first line with bars among those behind a title.
    fn barred(text: &str, title: usize) -> Option<Self> {
        let mut start = title;
        for line in text.get(title..)?.split_inclusive('\n').take(TITLES) {
            let from = start + line.len() - line.trim_start().len();
            start += line.len();
            let line = line.trim();
            if line.starts_with('|') && line.len() <= LINE {
                return Self::delimited(text, (from, line), b'|');
            }
        }
        None
    }

    /// A row of names with a delimiter between.
    fn delimited(text: &str, (mut start, line): (usize, &str), delimiter: u8) -> Option<Self> {
        let names = line.split(char::from(delimiter));
        if !names.clone().all(is_name) {
            return None;
        }
        let end = start + line.len();
        let columns: Vec<Column> = names
            .map(|name| {
                let from = start;
                start += name.len() + 1;
                Column::of(text, from..from + name.len())
            })
            .collect();
        let speaks = columns.iter().any(|column| !column.phrases.is_empty());
        Some(Self::over((end, delimiter), columns, speaks))
    }

    /// One of the first lines, if its names stand over aligned columns and any of them says something.
    fn aligned(text: &str) -> Option<Self> {
        let mut start = 0;
        for line in text.split_inclusive('\n').take(TITLES) {
            let from = start;
            start += line.len();
            let line = line.trim_end();
            if line.len() > LINE || !line.trim_start().contains("  ") || !line.is_ascii() {
                continue;
            }
            let mut at = from;
            let columns: Vec<Column> = line
                .split("  ")
                .filter_map(|name| {
                    let place = at + name.len() - name.trim_start().len();
                    at += name.len() + 2;
                    let name = name.trim();
                    (!name.is_empty()).then(|| Column::of(text, place..place + name.len()))
                })
                .collect();
            // A name that begins with a long number is a value.
            let long = |word: &str| word.len() > NUMBER && word.bytes().all(|byte| byte.is_ascii_digit());
            let value = |column: &Column| {
                text.get(column.name.clone()).and_then(|name| name.split(' ').next()).is_some_and(long)
            };
            let named = |column: &Column| text.get(column.name.clone()).is_some_and(|name| !name.contains(','));
            let speaks = |column: &&Column| !column.phrases.is_empty() && named(column);
            let mut speaking = columns.iter().filter(speaks).peekable();
            if columns.len() > 1 && speaking.peek().is_some() && !speaking.any(value) {
                return Some(Self::over((from + line.len(), b' '), columns, true));
            }
        }
        None
    }

    /// Where the rows begin, what parts them, and what a test says of the names of the columns, if it says anything.
    pub(super) fn heads<Said>(
        &self,
        text: &str,
        test: impl Fn(&str) -> Option<Said>,
    ) -> Option<(usize, u8, Vec<Option<Said>>)> {
        let said: Vec<Option<Said>> = self.columns.iter().map(|column| test(text.get(column.name.clone())?)).collect();
        (self.delimiter != b' ' && said.iter().any(Option::is_some)).then_some((self.end, self.delimiter, said))
    }

    /// The column that a place of the text stands in.
    pub(super) fn column(&mut self, text: &str, at: usize) -> Option<&Column> {
        let inserted = self.inserts.as_ref().and_then(|inserts| inserts.column(text, at));
        if let Some(column) = inserted.or_else(|| self.heads.as_ref()?.column(text, at)) {
            return Some(column);
        }
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
        if self.delimiter == b' ' {
            return self.below(text, at);
        }
        self.columns.get(self.place)
    }

    /// The cell of a place's row that stands below the first name that some test takes.
    pub(super) fn cell(&mut self, text: &str, at: usize, wanted: impl Fn(&str) -> bool) -> Option<Range<usize>> {
        let place = self.columns.iter().position(|column| text.get(column.name.clone()).is_some_and(&wanted))?;
        self.column(text, at)?;
        let row = text.as_bytes().get(self.line..)?;
        let row = row.get(..run(row, 0, LINE, |byte| byte != b'\n'))?;
        let mut from = self.line;
        for (cell, bytes) in row.split(|byte| *byte == self.delimiter).enumerate() {
            if cell == place {
                return (self.delimiter != b' ').then_some(from..from + bytes.len());
            }
            from += bytes.len() + 1;
        }
        None
    }

    /// The column whose name stands above a value, as both are aligned to the left or to the right.
    fn below(&self, text: &str, at: usize) -> Option<&Column> {
        let value = text.as_bytes().get(at..)?;
        let length = run(value, 0, LINE, |byte| !byte.is_ascii_whitespace());
        let (from, to) = (at - self.line, at - self.line + length);
        let top = memchr::memrchr(b'\n', text.as_bytes().get(..self.end)?).map_or(0, |place| place + 1);
        let under = |column: &&Column| column.name.start < top + to && top + from < column.name.end;
        let mut columns = self.columns.iter().filter(under);
        columns.next().filter(|_| columns.next().is_none())
    }
}
