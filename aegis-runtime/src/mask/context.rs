//! Context: words that say what a number is, where it stands.
//!
//! *Invariants.* Whole words only, never a part of one: `lic` does not stand in `public`. camelCase and snake_case are split.

use super::header::Header;
use super::json::Segment;
use super::lexicon::is_other;
use super::memory::Hashed;
use super::phrases::{Hints, Line, Phrase, listen, spell, spelled};
use super::report::mix;
use super::scan::{Place, before, run};
use super::spare::unspoken;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::rc::Rc;

/// So far back a word speaks for a value.
const REACH: usize = 40;
/// So far before a word with a digit a number can begin that has letters in front.
const LEAD: usize = 11;
/// Most letters of all names of a place.
const NAMES: usize = 256;

/// Most paths whose words are kept.
const PLACES: usize = 4096;

/// Where a text stands: the path to it, a hash over its keys, and the header of its column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'json> {
    pub(super) path: &'json [Segment<'json>],
    pub(super) column: Option<&'json str>,
    /// Nothing where the text stands nowhere.
    pub(super) keys: Option<u64>,
}

/// Words and phrases that stand where a value stands, and where that was asked. Kept between texts: what a path says is read
/// once for each path.
#[derive(Debug, Default)]
pub(super) struct Heard {
    at: Option<usize>,
    /// What stands before the value, and in the header above it.
    phrases: Vec<Phrase>,
    /// Who listens for any of them, or for what is said here.
    listeners: u64,
    /// The same for places that were asked for before, in order: every detector asks for them again.
    known: Vec<(usize, u64)>,
    /// The first of them that was not before the place that was last asked for.
    cursor: usize,
    /// Whether a word before the value says that it is something else.
    other: bool,
    /// What the path and the column's header say, and who listens for any of it.
    here: Option<Rc<[Phrase]>>,
    told: u64,
    places: HashMap<u64, Rc<[Phrase]>, BuildHasherDefault<Hashed>>,
    spelled: String,
    /// The text's own words that matter, once they were looked for.
    hints: Hints,
    hinted: bool,
    /// The header of the text, once it was looked for.
    header: Option<Header>,
}

impl Heard {
    pub(super) fn in_room(hints: Hints) -> Self {
        Self { hints, ..Self::default() }
    }

    pub(super) fn room(self) -> Hints {
        self.hints
    }

    /// Another text follows.
    pub(super) fn begin(&mut self) {
        (self.at, self.here, self.header, self.hinted) = (None, None, None, false);
        self.known.clear();
        self.cursor = 0;
    }

    /// The first of some words or phrases that stands before a place, in its path, or in its column's header.
    pub(super) fn word(
        &mut self,
        listener: u64,
        words: &'static [&'static str],
        (text, numbers): (&str, &[Place]),
        at: usize,
        around: &Around<'_>,
    ) -> Option<&'static str> {
        if self.listeners(listener, (text, numbers), at, around) == 0 {
            return None;
        }
        self.look(text, at);
        let here = self.here.as_deref().unwrap_or_default();
        words.iter().copied().find(|word| self.phrases.iter().chain(here).any(|phrase| phrase.text == *word))
    }

    /// Who of some listeners hears what stands there. A text comes with its words that have digits: what is asked for stands at one
    /// of them, or not much before.
    pub(super) fn listeners(
        &mut self,
        listeners: u64,
        (text, numbers): (&str, &[Place]),
        at: usize,
        around: &Around<'_>,
    ) -> u64 {
        if self.here.is_none() {
            let here = self.place(around);
            self.told = here.iter().fold(0, |listeners, phrase| listeners | phrase.listeners);
            self.here = Some(here);
        }
        if at > 0 && self.at != Some(at) {
            self.hint((text, numbers));
            let from = at.saturating_sub(REACH);
            let untold = self.header.is_none() && self.told & listeners == 0;
            if untold && self.hints.is_mute(listeners, text, from, at) {
                return 0;
            }
            if let Some(known) = self.recall(at) {
                return known & listeners;
            }
            if untold && self.hints.is_silent(listeners, text, from, at) {
                return 0;
            }
            self.look(text, at);
            if self.known.last().is_none_or(|(last, _)| *last < at) {
                self.known.push((at, self.listeners));
            }
        }
        self.look(text, at);
        self.listeners & listeners
    }

    /// What is known of a place. What is asked for is mostly a little further on than the last time.
    fn recall(&mut self, at: usize) -> Option<u64> {
        let before = |(known, _): &(usize, u64)| *known < at;
        if self.cursor.checked_sub(1).and_then(|last| self.known.get(last)).is_some_and(|last| !before(last)) {
            self.cursor = self.known.partition_point(before);
        }
        self.cursor += self.known.get(self.cursor..)?.iter().take_while(|known| before(known)).count();
        self.known.get(self.cursor).filter(|(known, _)| *known == at).map(|(_, listeners)| *listeners)
    }

    /// Looks at a place, unless it is the one that was looked at last.
    fn look(&mut self, text: &str, at: usize) {
        if self.at != Some(at) {
            self.at = Some(at);
            self.before(text, at);
            let said = self.phrases.iter().fold(self.told, |listeners, phrase| listeners | phrase.listeners);
            self.listeners = if self.other { 0 } else { said };
        }
    }

    /// Looks for hints, once.
    fn hint(&mut self, (text, numbers): (&str, &[Place])) {
        if !std::mem::replace(&mut self.hinted, true) {
            self.hints.read(text, numbers, REACH + LEAD);
            self.header = Header::of(text);
        }
    }

    /// What [`Header::heads`] says of the text's header.
    pub(super) fn heads<Said>(
        &mut self,
        (text, numbers): (&str, &[Place]),
        test: impl Fn(&str) -> Option<Said>,
    ) -> Option<(usize, u8, Vec<Option<Said>>)> {
        self.hint((text, numbers));
        self.header.as_ref()?.heads(text, test)
    }

    /// The name of the column that a place stands in.
    pub(super) fn column(&mut self, (text, numbers): (&str, &[Place]), at: usize) -> Option<Range<usize>> {
        self.hint((text, numbers));
        self.header.as_mut()?.column(text, at).map(|column| column.name.clone())
    }

    /// What stands in the same row below the first name that some test takes.
    pub(super) fn cell(
        &mut self,
        (text, numbers): (&str, &[Place]),
        at: usize,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<Range<usize>> {
        self.hint((text, numbers));
        self.header.as_mut()?.cell(text, at, wanted)
    }

    fn is_told_here(&self) -> bool {
        self.here.as_ref().is_some_and(|here| !here.is_empty())
    }

    fn before(&mut self, text: &str, at: usize) {
        self.phrases.clear();
        self.other = false;
        if at == 0 || is_sampled(text.as_bytes(), at) {
            return;
        }
        let from = at.saturating_sub(REACH);
        let (hints, hinted) = self.hints.any(text, from, at);
        let told = hinted || self.is_told_here();
        let column =
            self.header.as_mut().filter(|header| told || header.speaks).and_then(|header| header.column(text, at));
        if !told && column.is_none_or(|column| column.phrases.is_empty()) {
            return;
        }
        let (start, end) = line(text, from, at);
        let header = column.map(|column| column.first.as_str());
        match self.hints.heard(text, hints, start..end, from..at, header, &mut self.phrases) {
            // The nearest word speaks first: `call about order 2125550123` has no phone number.
            Some(Line { other: true, .. }) => self.other = true,
            Some(Line { other: false, open: false }) => {
                self.phrases.extend(column.into_iter().flat_map(|column| &column.phrases));
            }
            // A phrase may begin before the value and end in the header, or in a word that only spelling tells.
            Some(Line { .. }) | None => {
                self.spelled.clear();
                let window = unspoken(text, start..end);
                if window.bytes().any(|byte| byte.is_ascii_alphabetic() || byte >= 0x80) {
                    spell(&window, &mut self.spelled);
                    let nearest = self.spelled.trim_end().rsplit(' ').next().unwrap_or_default();
                    self.other = is_other(nearest.as_bytes());
                }
                if let Some(column) = column {
                    spell(&unspoken(text, column.name.clone()), &mut self.spelled);
                }
                self.phrases.clear();
                listen(&self.spelled, &mut self.phrases);
            }
        }
    }

    fn place(&mut self, around: &Around<'_>) -> Rc<[Phrase]> {
        let Some(mut key) = around.keys else { return Rc::default() };
        if let Some(column) = around.column {
            key = mix(key ^ 1, column.as_bytes());
        }
        if let Some(known) = self.places.get(&key) {
            return Rc::clone(known);
        }
        let mut spelled = String::new();
        for segment in around.path {
            if let Segment::Key(key) = segment
                && spelled.len() + key.len() < NAMES
            {
                spell(&unspoken(key, 0..key.len()), &mut spelled);
            }
        }
        if let Some(column) = around.column {
            spell(&unspoken(column, 0..column.len()), &mut spelled);
        }
        let mut phrases = Vec::new();
        listen(&spelled, &mut phrases);
        let phrases: Rc<[Phrase]> = phrases.into();
        if self.places.len() < PLACES {
            self.places.insert(key, Rc::clone(&phrases));
        }
        phrases
    }
}

/// Whether the labels of a sample end here, which say nothing of it, and it ends its line: `requests_total{path="/phone"} 755349856`.
pub(super) fn is_sampled(bytes: &[u8], at: usize) -> bool {
    let Some(labels) = bytes.get(..at).and_then(|head| head.strip_suffix(b"\"} ")) else { return false };
    let digits = |from: usize| run(bytes, from, 24, |byte| byte.is_ascii_digit());
    let mut end = at + digits(at);
    if bytes.get(end) == Some(&b' ') && (10..=13).contains(&digits(end + 1)) {
        end += 1 + digits(end + 1);
    }
    let labels = labels.get(labels.len().saturating_sub(LABELS)..).unwrap_or_default();
    let line = labels.get(memchr::memrchr(b'\n', labels).map_or(0, |end| end + 1)..).unwrap_or_default();
    let name = run(line, 0, LABELS, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'));
    let has = |part: &[u8]| memchr::memmem::find(line, part).is_some();
    let metric = line.get(..name).is_some_and(|name| name.contains(&b'_') || name.contains(&b':'));
    bytes.get(end).is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
        && metric
        && line.get(name) == Some(&b'{')
        && has(b"=\"")
        && !has(b"\":")
        // A label that names a card may have one behind it.
        && !has(b"card")
}

/// Longest name of a sample, with its labels.
const LABELS: usize = 512;

/// Whether a name ends in one of some words: `db_password` does, `password_changed_at` does not.
pub(super) fn named_last(words: &'static [&'static str], name: &str) -> bool {
    let spelled = spelled(name);
    let spelled = spelled.trim_end();
    words.iter().any(|word| spelled.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')))
}

/// What stands before a place: its own line, and the line above where that is all there is of it.
fn line(text: &str, from: usize, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let window = bytes.get(from..at).unwrap_or_default();
    if !window.is_ascii() || before(bytes, from).is_some_and(|byte| byte >= 0x80) {
        return wide_line(text, from, at);
    }
    // A word that the window cuts says nothing.
    let cut = before(bytes, from).is_some_and(|byte| byte.is_ascii_alphanumeric());
    let from = from + if cut { run(window, 0, window.len(), |byte| byte.is_ascii_alphanumeric()) } else { 0 };
    let window = bytes.get(from..at).unwrap_or_default();
    let Some(end) = memchr::memrchr(b'\n', window) else { return (from, at) };
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let (above, own) = (window.get(..end).unwrap_or_default(), window.get(end + 1..).unwrap_or_default());
    if own.iter().all(blank) {
        return (from + memchr::memrchr(b'\n', above).map_or(0, |place| place + 1), from + end);
    }
    if is_answer(above, own) {
        return (from + memchr::memrchr(b'\n', above).map_or(0, |place| place + 1), at);
    }
    (from + end + 1, at)
}

/// Whether what stands before a value is who says it, and the line above a question: `visitor: `, below `date of birth?`.
fn is_answer(above: &[u8], own: &[u8]) -> bool {
    let own = own.trim_ascii();
    let name = own.rsplit(|byte| matches!(byte, b' ' | b']' | b')')).next().unwrap_or_default();
    let stamp = own.get(..own.len() - name.len()).unwrap_or_default();
    above.trim_ascii().ends_with(b"?")
        && own.ends_with(b":")
        && name.len() > 1
        && !stamp.iter().any(|byte| byte.is_ascii_alphabetic())
}

/// The same with letters of other scripts.
fn wide_line(text: &str, mut from: usize, at: usize) -> (usize, usize) {
    while !text.is_char_boundary(from) {
        from += 1;
    }
    // A word that the window cuts says nothing.
    let cut = text.get(..from).and_then(|text| text.chars().next_back()).is_some_and(char::is_alphanumeric);
    if cut {
        let window = text.get(from..at).unwrap_or_default();
        from += window.len() - window.trim_start_matches(char::is_alphanumeric).len();
    }
    let window = text.get(from..at).unwrap_or_default();
    match window.rsplit_once('\n') {
        Some((above, line)) if line.trim().is_empty() => {
            (from + above.rfind('\n').map_or(0, |place| place + 1), from + above.len())
        }
        Some((above, own)) if is_answer(above.as_bytes(), own.as_bytes()) => {
            (from + above.rfind('\n').map_or(0, |place| place + 1), at)
        }
        Some((above, _)) => (from + above.len() + 1, at),
        None => (from, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        let word = |words, text: &str, at, around: &Around<'_>| {
            Heard::default().word(u64::MAX, words, (text, &[Place { start: at, end: text.len() }]), at, around)
        };
        let none = Around::default();
        assert_eq!(word(&["dl"], "middle 12", 7, &none), None);
        assert_eq!(word(&["birth"], "Date-of_Birth: 1", 15, &none), Some("birth"));
        assert_eq!(word(&["drivers license"], "driver's license no 1", 20, &none), Some("drivers license"));
        assert_eq!(word(&["ssn"], "ssn\n1", 4, &none), Some("ssn"));
        assert_eq!(word(&["ssn"], "ssn\nid 1", 7, &none), None);
        assert_eq!(word(&["ssn"], "your ssn?\n[10:03] bob: 1", 23, &none), Some("ssn"));
        assert_eq!(word(&["ssn"], "your ssn?\norder no: 1", 20, &none), None);
        assert_eq!(word(&["ssn"], &format!("ssn{}1", " ".repeat(50)), 53, &none), None);
        assert_eq!(word(&["ssn"], "id,ssn,x\n1,1", 11, &none), Some("ssn"));
        let path = [Segment::Key("userSSN".into())];
        assert_eq!(word(&["ssn"], "1", 0, &Around { path: &path, column: None, keys: Some(1) }), Some("ssn"));
        assert_eq!(word(&["ssn"], "1", 0, &Around { path: &[], column: Some("SSN"), keys: Some(2) }), Some("ssn"));
        assert!(
            named_last(&["api key"], "x-api-key") && !named_last(&["key"], "monkey") && !named_last(&["key"], "key_id")
        );
    }
}
