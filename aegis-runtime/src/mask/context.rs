//! Context: words that say what a number is, where it stands.
//!
//! *Invariants.* Whole words only, never a part of one: `lic` does not stand in `public`. camelCase and snake_case are split.

use super::json::Segment;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::rc::Rc;
use std::sync::OnceLock;

/// So far back a word speaks for a value.
const REACH: usize = 40;
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
/// Lines before a header that may be blank.
const TITLES: usize = 5;
/// Longest line of a table.
const LINE: usize = 512;
/// Most letters of all names of a place.
const NAMES: usize = 256;

/// Most paths whose words are kept.
const PLACES: usize = 4096;

/// Where a text stands: the path to it, and the header of its column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'json> {
    pub(super) path: &'json [Segment<'json>],
    pub(super) column: Option<&'json str>,
}

/// Words and phrases that stand where a value stands, and where that was asked. Kept between texts: what a path says is read
/// once for each path.
#[derive(Debug, Default)]
pub(super) struct Heard {
    at: Option<usize>,
    /// What stands before the value, and in the header above it.
    phrases: Vec<&'static str>,
    /// Whether a word before the value says that it is something else.
    other: bool,
    /// What the path and the column's header say.
    here: Option<Rc<[&'static str]>>,
    places: HashMap<u64, Rc<[&'static str]>>,
    hasher: RandomState,
    spelled: String,
}

impl Heard {
    /// Another text follows.
    pub(super) fn begin(&mut self) {
        (self.at, self.here) = (None, None);
    }

    /// The first of some words or phrases that stands before a place, in its path, or in its column's header.
    pub(super) fn word(
        &mut self,
        words: &'static [&'static str],
        text: &str,
        at: usize,
        around: &Around<'_>,
    ) -> Option<&'static str> {
        if !self.says(text, at, around) {
            return None;
        }
        let here = self.here.as_deref().unwrap_or_default();
        words.iter().copied().find(|word| self.phrases.contains(word) || here.contains(word))
    }

    /// Whether any word or phrase that a detector listens for stands there.
    pub(super) fn says(&mut self, text: &str, at: usize, around: &Around<'_>) -> bool {
        if self.here.is_none() {
            self.here = Some(self.place(around));
        }
        if self.at != Some(at) {
            self.at = Some(at);
            self.before(text, at);
        }
        !self.other && (!self.phrases.is_empty() || self.here.as_ref().is_some_and(|here| !here.is_empty()))
    }

    fn before(&mut self, text: &str, at: usize) {
        self.phrases.clear();
        self.other = false;
        if at == 0 {
            return;
        }
        self.spelled.clear();
        let window = before(text, at);
        if window.bytes().any(|byte| byte.is_ascii_alphabetic() || byte >= 0x80) {
            spell(window, &mut self.spelled);
            // The nearest word speaks first: `call about order 2125550123` has no phone number.
            let nearest = self.spelled.trim_end().rsplit(' ').next().unwrap_or_default();
            if OTHERS.contains(&nearest) {
                self.other = true;
                return;
            }
        }
        if let Some(header) = header(text, at) {
            spell(header, &mut self.spelled);
        }
        listen(&self.spelled, &mut self.phrases);
    }

    fn place(&mut self, around: &Around<'_>) -> Rc<[&'static str]> {
        let mut hasher = self.hasher.build_hasher();
        for segment in around.path {
            if let Segment::Key(key) = segment {
                key.hash(&mut hasher);
            }
        }
        around.column.hash(&mut hasher);
        let key = hasher.finish();
        if let Some(known) = self.places.get(&key) {
            return Rc::clone(known);
        }
        let mut spelled = String::new();
        for segment in around.path {
            if let Segment::Key(key) = segment
                && spelled.len() + key.len() < NAMES
            {
                spell(key, &mut spelled);
            }
        }
        if let Some(column) = around.column {
            spell(column, &mut spelled);
        }
        let mut phrases = Vec::new();
        listen(&spelled, &mut phrases);
        let phrases: Rc<[&'static str]> = phrases.into();
        if self.places.len() < PLACES {
            self.places.insert(key, Rc::clone(&phrases));
        }
        phrases
    }
}

/// Phrases by their first word: a text is looked up word by word, not searched for each of hundreds of phrases.
fn listen(spelled: &str, phrases: &mut Vec<&'static str>) {
    let known = phrases_by_word();
    let mut rest = spelled.trim_start();
    while !rest.is_empty() {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        for phrase in known.of(word) {
            let whole = rest.strip_prefix(phrase).is_some_and(|end| end.is_empty() || end.starts_with(' '));
            if whole && !phrases.contains(phrase) {
                phrases.push(phrase);
            }
        }
        rest = behind;
    }
}

/// Phrases by their first word, behind a filter over length and first letter.
struct Known {
    filter: [u32; 256],
    phrases: HashMap<&'static str, Vec<&'static str>>,
}

impl Known {
    fn of(&self, word: &str) -> &[&'static str] {
        let first = word.as_bytes().first().copied().unwrap_or_default();
        let may = self.filter.get(usize::from(first)).is_some_and(|lengths| lengths & (1 << word.len().min(31)) != 0);
        if may { self.phrases.get(word).map_or(&[], Vec::as_slice) } else { &[] }
    }
}

fn phrases_by_word() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = Known { filter: [0; 256], phrases: HashMap::new() };
        for phrase in super::detect::phrases() {
            let word = phrase.split(' ').next().unwrap_or(phrase);
            let first = word.as_bytes().first().copied().unwrap_or_default();
            if let Some(lengths) = known.filter.get_mut(usize::from(first)) {
                *lengths |= 1 << word.len().min(31);
            }
            let phrases = known.phrases.entry(word).or_default();
            if !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
        known
    })
}

/// The header of the column that a place of delimited text stands in.
fn header(text: &str, at: usize) -> Option<&str> {
    // A look of bounded length back, and one at the first lines: a place costs the same in any text.
    let from = at.saturating_sub(LINE);
    let line = from + memchr::memrchr(b'\n', text.as_bytes().get(from..at)?)? + 1;
    let header = text.get(..line)?.lines().take(TITLES).map(str::trim).find(|line| !line.is_empty())?;
    if header.len() > LINE {
        return None;
    }
    let delimiter = ['\t', '|', ';', ','].into_iter().find(|mark| header.contains(*mark))?;
    let name = |name: &str| name.len() <= 64 && name.split_whitespace().count() <= 4;
    if !header.split(delimiter).all(name) {
        return None;
    }
    // A delimiter in quotes parts nothing.
    let mut quoted = false;
    let before = text.get(line..at)?.chars().filter(|letter| {
        quoted ^= *letter == '"';
        !quoted && *letter == delimiter
    });
    let column = before.count();
    header.split(delimiter).nth(column)
}

/// Whether a name ends in one of some words: `db_password` does, `password_changed_at` does not.
pub(super) fn named_last(words: &'static [&'static str], name: &str) -> bool {
    let mut spelled = String::with_capacity(name.len() + 8);
    spell(name, &mut spelled);
    let spelled = spelled.trim_end();
    words.iter().any(|word| spelled.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')))
}

/// What stands before a place: its own line, and the line above where that is all there is of it.
fn before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = text.get(from..at).unwrap_or_default();
    // A word that the window cuts says nothing.
    let cut = text.get(..from).and_then(|text| text.chars().next_back()).is_some_and(char::is_alphanumeric);
    let window = if cut { window.trim_start_matches(char::is_alphanumeric) } else { window };
    match window.rsplit_once('\n') {
        Some((above, line)) if line.trim().is_empty() => above.rsplit('\n').next().unwrap_or_default(),
        Some((_, line)) => line,
        None => window,
    }
}

/// Lower-case words with single blanks around each: `dateOfBirth` as ` date of birth `.
fn spell(text: &str, out: &mut String) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        let word = |words, text: &str, at, around: &Around<'_>| Heard::default().word(words, text, at, around);
        let none = Around::default();
        assert_eq!(word(&["dl"], "middle 12", 7, &none), None);
        assert_eq!(word(&["birth"], "Date-of_Birth: 1", 15, &none), Some("birth"));
        assert_eq!(word(&["drivers license"], "driver's license no 1", 20, &none), Some("drivers license"));
        assert_eq!(word(&["ssn"], "ssn\n1", 4, &none), Some("ssn"));
        assert_eq!(word(&["ssn"], "ssn\nid 1", 7, &none), None);
        assert_eq!(word(&["ssn"], &format!("ssn{}1", " ".repeat(50)), 53, &none), None);
        assert_eq!(word(&["ssn"], "id,ssn,x\n1,1", 11, &none), Some("ssn"));
        let path = [Segment::Key("userSSN".into())];
        assert_eq!(word(&["ssn"], "1", 0, &Around { path: &path, column: None }), Some("ssn"));
        assert_eq!(word(&["ssn"], "1", 0, &Around { path: &[], column: Some("SSN") }), Some("ssn"));
        assert!(
            named_last(&["api key"], "x-api-key") && !named_last(&["key"], "monkey") && !named_last(&["key"], "key_id")
        );
    }
}
