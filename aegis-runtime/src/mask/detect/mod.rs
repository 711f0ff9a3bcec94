//! Detectors: each finds candidates at an anchor of its own and accepts them by a gate.
//!
//! A number or a code is one row of [`rows`]; what has a grammar of its own is one file. Either names its source and its gate.
//!
//! *Invariants.* Linear in the text: no detector looks further back or ahead than its class is long. The kill list speaks
//! before a number is accepted; context is asked last, since it costs most.

mod alone;
mod assigned;
mod beside;
mod birth;
mod card;
mod code;
mod commands;
mod cover;
mod crypto;
mod dsn;
mod email;
mod headed;
mod iban;
mod mrz;
mod names;
mod net;
mod parts;
mod phone;
mod program;
mod release;
mod rows;
mod secret;
mod words;

pub(super) use alone::{find as alone, glance};
pub(super) use birth::{MONTH, is_part as is_birth_part};
pub(super) use card::WARES;
pub(super) use card::WORDS as CARD_WORDS;
pub(super) use phone::is_literal;
pub(super) use program::is_code;
pub(super) use secret::{NAME as PRIVATE_KEY, can_go_on, is_cut as is_cut_secret, rest_of_key};

use super::context::{Around, Heard};
use super::json::Segment;
use super::kill;
use super::phrases::{Phrase, listen, spelled};
use super::plan::Plan;
use super::scan::{AT, COLON, DASH, EQUALS, NEWLINE, PARENTHESIS, PLUS, Scan, TAG, run};
use crate::vocabulary::Class;
use cover::Cover;
use std::cell::RefCell;

/// Why a candidate was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// Shape and check are proof enough.
    Strong,
    /// Written in one of its usual groupings.
    Grouped,
    /// A word says so.
    Context(&'static str),
    /// The manifest says so.
    Declared,
    /// The value stood in a declared place.
    Learned,
    /// The policy defines it.
    Custom,
    /// The kernel holds it.
    Held,
    /// Found when neighbours were joined.
    Joined,
}

impl Gate {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Gate::Strong => "strong",
            Gate::Grouped => "grouped",
            Gate::Context(_) => "context",
            Gate::Declared => "declared",
            Gate::Learned => "learned",
            Gate::Custom => "custom",
            Gate::Held => "held",
            Gate::Joined => "joined",
        }
    }
}

/// Something found: bytes, class (none for a held credential), and what found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) class: Option<Class>,
    pub(super) by: &'static str,
    pub(super) gate: Gate,
}

/// A text with what the scan found in it, and where it stands.
pub(super) struct Text<'text> {
    pub(super) text: &'text str,
    pub(super) bytes: &'text [u8],
    pub(super) scan: &'text Scan,
    pub(super) around: Around<'text>,
    heard: &'text RefCell<Heard>,
    plan: &'text Plan,
    /// Whether nothing that is said counts.
    deaf: bool,
}

impl<'text> Text<'text> {
    pub(super) fn new(
        text: &'text str,
        scan: &'text Scan,
        around: Around<'text>,
        heard: &'text RefCell<Heard>,
        plan: &'text Plan,
    ) -> Self {
        heard.borrow_mut().begin();
        Self { text, bytes: text.as_bytes(), scan, around, heard, plan, deaf: false }
    }

    /// The same where nothing that is said counts: proof has to stand in the value itself.
    pub(super) fn deaf(self) -> Self {
        Self { deaf: true, ..self }
    }

    /// The context word that stands at a place, if its listener hears any.
    fn word(&self, listener: u64, words: &'static [&'static str], at: usize) -> Option<&'static str> {
        if self.deaf {
            return None;
        }
        self.heard.borrow_mut().word(listener, words, (self.text, &self.scan.words), at, &self.around)
    }

    /// Who of some listeners hears anything at a place.
    fn listeners(&self, listeners: u64, at: usize) -> u64 {
        if self.deaf {
            return 0;
        }
        self.heard.borrow_mut().listeners(listeners, (self.text, &self.scan.words), at, &self.around)
    }

    /// The key that the text stands under, in a list or not.
    fn key(&self) -> Option<&str> {
        self.around.path.iter().rev().find_map(|segment| match segment {
            Segment::Key(key) => Some(key.as_ref()),
            Segment::Index(_) => None,
        })
    }

    /// The name of the column that a place of the text stands in, or that the text does itself.
    fn column(&self, at: usize) -> Option<&str> {
        if self.deaf {
            return None;
        }
        let header = self.heard.borrow_mut().column((self.text, &self.scan.words), at);
        header.and_then(|header| self.text.get(header)).or(self.around.column)
    }

    /// Where the rows of a table begin, what parts their cells, and what a test says of the names of its columns, if it says anything.
    fn heads<Said>(&self, test: impl Fn(&str) -> Option<Said>) -> Option<(usize, u8, Vec<Option<Said>>)> {
        if self.deaf || !self.scan.has(NEWLINE) {
            return None;
        }
        self.heard.borrow_mut().heads((self.text, &self.scan.words), test)
    }

    /// Who of some listeners hears what stands behind a value, where its format has that there: `6535020444^^^NHS` of HL7.
    fn behind(&self, listeners: u64, end: usize) -> u64 {
        self.spoken_behind(end).iter().fold(0, |heard, phrase| heard | phrase.listeners) & listeners
    }

    /// The word behind a value, as [`Self::behind`] has it.
    fn word_behind(&self, words: &'static [&'static str], end: usize) -> Option<&'static str> {
        let said = self.spoken_behind(end);
        words.iter().copied().find(|word| said.iter().any(|phrase| phrase.text == *word))
    }

    fn spoken_behind(&self, end: usize) -> Vec<Phrase> {
        let mut phrases = Vec::new();
        if self.deaf || self.bytes.get(end) != Some(&b'^') {
            return phrases;
        }
        let part = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'|' | b'~' | b'"' | b'<');
        let said = self.text.get(end..end + run(self.bytes, end, AUTHORITY, part)).unwrap_or_default();
        listen(&spelled(said), &mut phrases);
        phrases
    }

    /// What stands in the same row of a table in a column that some test takes by its name.
    fn cell(&self, at: usize, wanted: impl Fn(&str) -> bool) -> Option<&str> {
        if self.deaf {
            return None;
        }
        let cell = self.heard.borrow_mut().cell((self.text, &self.scan.words), at, wanted)?;
        self.text.get(cell)
    }

    /// Whether one of some hits is the whole text, so that nothing that others find can change what becomes of it.
    fn is_taken(&self, hits: &[Hit]) -> bool {
        hits.last().is_some_and(|hit| hit.start == 0 && hit.end == self.bytes.len() && self.is_masked(hit))
    }

    /// Whether addresses of private networks are kept.
    fn keeps_private(&self) -> bool {
        !self.plan.limits.private_addresses
    }

    /// Whether the policy masks what was found: what it leaves alone must hide nothing else.
    fn is_masked(&self, hit: &Hit) -> bool {
        hit.class.is_some_and(|class| self.plan.operator(class).is_some())
    }

    /// Whether any word that a detector listens for stands at a place.
    fn is_told(&self, at: usize) -> bool {
        self.listeners(u64::MAX, at) != 0
    }
}

/// Longest name of an authority behind a number.
const AUTHORITY: usize = 64;

/// Who listens for words: the rows, a bit each, and these.
const BORN: u64 = 1 << 61;
const PHONE: u64 = 1 << 62;
const CARD: u64 = 1 << 63;

/// Every word and phrase that a detector listens for.
pub(super) fn phrases() -> impl Iterator<Item = Phrase> {
    let others = [(BORN, birth::WORDS), (PHONE, phone::WORDS), (CARD, card::WORDS)];
    let of =
        |(listeners, words): (u64, &'static [&'static str])| words.iter().map(move |text| Phrase { text, listeners });
    rows::words().chain(others).flat_map(of)
}

/// The word that makes a name a secret's, if its value looks like one.
pub(super) fn secret_name(name: &str, value: &str) -> Option<&'static str> {
    if !assigned::can_be_secret(value) {
        return None;
    }
    let kind = names::name_of(name)?;
    assigned::is_secret(value, kind, true).then(|| names::word_of(kind))
}

/// Whether a name can be a secret's, by a look at its end.
pub(super) fn can_name_secret(name: &str) -> bool {
    names::can_name(name)
}

/// Whether a name is a secret's.
pub(super) fn names_secret(name: &str) -> bool {
    names::can_name(name) && names::name_of(name).is_some()
}

/// Fewest bytes of a secret that has a name.
pub(super) const SHORTEST_SECRET: usize = assigned::SHORTEST;

/// The detectors of addresses, cards, accounts and numbers in their groupings; what a word says of the rest is no proof here.
pub(super) fn sure(text: &Text<'_>, out: &mut Vec<Hit>) {
    if text.scan.has(AT) {
        email::find(text, out);
    }
    rows::find(text, &mut Cover::default(), out);
    card::find(text, out);
    iban::find(text, out);
}

/// Lengths of a card that stands alone in its place.
const LONE_CARD: std::ops::RangeInclusive<usize> = 12..=24;

/// Everything found, in no order; hits may overlap.
pub(super) fn all(text: &Text<'_>, out: &mut Vec<Hit>) {
    let scan = text.scan;
    // An instant is nothing but a time, unless its place says otherwise.
    if kill::is_instant(text.bytes) && !text.is_told(0) {
        return;
    }
    if scan.has(AT) {
        email::find(text, out);
        if text.is_taken(out) {
            return;
        }
    }
    // A card alone in its place, which says nothing: no other number is as long and as sure.
    if LONE_CARD.contains(&text.bytes.len()) && matches!(text.bytes, [b'2'..=b'9', ..]) && !text.is_told(0) {
        let before = out.len();
        card::find(text, out);
        if text.is_taken(out) {
            return;
        }
        out.truncate(before);
    }
    if scan.has(PLUS | PARENTHESIS) || !scan.words.is_empty() {
        phone::find(text, out);
        if text.is_taken(out) {
            return;
        }
    }
    if !scan.words.is_empty() {
        assigned::in_words(text, out);
        if scan.has(TAG) {
            mrz::find(text, out);
        }
        birth::find(text, out);
        beside::values(text, out);
        headed::find(text, out);
        commands::arguments(text, out);
        // What covers a number goes behind it all the same: of two at one place the first gives the class.
        let mut cards = Vec::new();
        card::find(text, &mut cards);
        let mut cover = Cover::of(out.iter().chain(&cards).filter(|hit| text.is_masked(hit)));
        rows::find(text, &mut cover, out);
        if text.is_taken(out) {
            return;
        }
        out.append(&mut cards);
        iban::find(text, out);
        net::find(text, out);
    }
    if !scan.tokens.is_empty() {
        secret::find(text, out);
        secret::hashes(text, out);
        crypto::find(text, out);
    }
    if scan.has(DASH) {
        secret::private_keys(text, out);
    }
    if scan.has(COLON | EQUALS) {
        assigned::find(text, out);
    }
    if scan.has(DASH) {
        commands::flags(text, out);
    }
    if scan.has(TAG) {
        beside::elements(text, out);
    }
}
