//! The memory of values: what stood in a declared place is known again wherever it stands. This is how names are found without a
//! model.
//!
//! *Invariants.* In memory only, zeroised when dropped, bounded, the least recently used out first. Whole words match, whatever
//! their case and the marks between them. What an agent says itself is not recognised in the answer, and nothing is where it
//! has written, so that writing a guess and reading it back tells nothing.

use super::detect::{Gate, Hit};
use super::said::Said;
use crate::vocabulary::Class;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher, RandomState};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use zeroize::Zeroizing;

/// Most values, and most bytes of them.
const VALUES: usize = 10_000;
const BYTES: usize = 4 * 1024 * 1024;
/// Shortest value of one word, and fewest digits of a number.
const SHORTEST: usize = 5;
const DIGITS: usize = 7;
/// Fewest signs of a name in a script whose letters are syllables or words.
const SIGNS: usize = 3;
/// Most marks between two words: few, and no end of a paragraph.
const BETWEEN: usize = 3;
/// Most words of a value.
const WORDS: usize = 12;
/// Most spellings of one word; of a word that has more, every spelling is recognised.
const SPELLINGS: usize = 8;
/// Bits of the filter over first words.
const FILTER: usize = 1 << 17;

/// One value.
struct Entry {
    /// Its words in lower case, with a blank between.
    words: Zeroizing<String>,
    /// As it was written, where only that is recognised: a single word of letters.
    exact: Option<Zeroizing<String>>,
    class: Class,
    used: AtomicU64,
}

/// Values by a hash of all their words. However many begin alike, a look-up takes as many steps as the longest has words.
pub(super) struct Memory {
    entries: HashMap<u64, Vec<Entry>, BuildHasherDefault<Hashed>>,
    /// By a hash of a first word, a bit for each number of words that a value of it has.
    counts: HashMap<u64, u16, BuildHasherDefault<Hashed>>,
    /// Where hashes begin: values that are taken for one another are hard to choose beforehand. It is no keyed hash, and who finds some
    /// only makes look-ups slow.
    seed: u64,
    /// Empty until the first value is taken.
    filter: Vec<u64>,
    count: usize,
    bytes: usize,
    clock: AtomicU64,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            entries: HashMap::default(),
            counts: HashMap::default(),
            seed: RandomState::new().hash_one(0_u8),
            filter: Vec::new(),
            count: 0,
            bytes: 0,
            clock: AtomicU64::new(0),
        }
    }
}

impl Memory {
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes a value, unless it is too common to be looked for.
    pub(super) fn learn(&mut self, value: &str, class: Class) {
        let words = Spelled::of(value);
        if !tells(value, &words, class) {
            return;
        }
        if class == Class::PersonName {
            // `Last, First` and `First Last` are one person.
            let turned = match value.split_once(',') {
                Some((last, first)) => format!("{} {}", first.trim(), last.trim()),
                None => {
                    value.trim().rsplit_once(' ').map(|(first, last)| format!("{last} {first}")).unwrap_or_default()
                }
            };
            self.insert(&turned, Spelled::of(&turned), class);
        }
        self.insert(value, words, class);
    }

    fn insert(&mut self, value: &str, words: Spelled, class: Class) {
        if words.count == 0 {
            return;
        }
        let now = self.clock.fetch_add(1, Ordering::Relaxed);
        let mut exact = (words.count == 1 && value.bytes().all(|byte| !byte.is_ascii_digit()))
            .then(|| Zeroizing::new(value.trim().to_owned()));
        let hash = self.count_in(&words.text);
        let peers = self.entries.entry(hash).or_default();
        let is_known = |known: &Option<Zeroizing<String>>| known.is_none() || *known == exact;
        if let Some(known) = peers.iter().find(|entry| entry.words == words.text && is_known(&entry.exact)) {
            known.used.store(now, Ordering::Relaxed);
            return;
        }
        if peers.len() >= SPELLINGS {
            let spelled = peers.extract_if(.., |entry| entry.words == words.text);
            let lengths = spelled.map(|entry| entry.length()).collect::<Vec<_>>();
            (self.count, self.bytes) = (self.count - lengths.len(), self.bytes - lengths.iter().sum::<usize>());
            exact = None;
        }
        let entry = Entry { words: words.text, exact, class, used: AtomicU64::new(now) };
        (self.count, self.bytes) = (self.count + 1, self.bytes + entry.length());
        peers.push(entry);
        if self.count > VALUES || self.bytes > BYTES {
            self.forget();
        }
    }

    /// Notes how many words there are behind the first one; the hash of all.
    fn count_in(&mut self, words: &str) -> u64 {
        let mut all = words.split(' ');
        let first = hash(self.seed, all.next().unwrap_or_default());
        let (hash, count) = all.fold((first, 1), |(so_far, count), word| (hash(so_far, word), count + 1_u32));
        mark(&mut self.filter, first);
        *self.counts.entry(first).or_default() |= 1_u16.checked_shl(count).unwrap_or_default();
        hash
    }

    /// Takes everything another one knows.
    pub(super) fn merge(&mut self, other: Memory) {
        for entry in other.entries.into_values().flatten() {
            let count = entry.words.split(' ').count();
            let value = entry.exact.unwrap_or_else(|| entry.words.clone());
            self.insert(&value, Spelled { text: entry.words, count }, entry.class);
        }
    }

    /// Lets the older half go.
    fn forget(&mut self) {
        let mut ages: Vec<u64> =
            self.entries.values().flatten().map(|entry| entry.used.load(Ordering::Relaxed)).collect();
        let half = ages.len() / 2;
        let (_, middle, _) = ages.select_nth_unstable(half);
        let middle = *middle;
        self.filter.fill(0);
        self.counts.clear();
        (self.count, self.bytes) = (0, 0);
        let all = std::mem::take(&mut self.entries);
        for entry in all.into_values().flatten().filter(|entry| entry.used.load(Ordering::Relaxed) > middle) {
            (self.count, self.bytes) = (self.count + 1, self.bytes + entry.length());
            let hash = self.count_in(&entry.words);
            self.entries.entry(hash).or_default().push(entry);
        }
    }

    /// Where values stand as words of their own.
    pub(super) fn find(&self, text: &str, said: Option<&Said>, out: &mut Vec<Hit>) {
        let mut words = Words { text, at: 0 };
        while let Some((start, end)) = words.next() {
            let Some(word) = text.get(start..end) else { return };
            let first = hash_of(self.seed, word);
            if !marked(&self.filter, first) {
                continue;
            }
            let Some(counts) = self.counts.get(&first) else { continue };
            if let Some((end, entry)) = self.longest(text, start..end, (first, *counts), said) {
                entry.used.store(self.clock.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
                out.push(Hit { start, end, class: Some(entry.class), by: "memory", gate: Gate::Learned });
                words.at = end;
            }
        }
    }

    /// The value of most words that begins with a word, and where it ends.
    fn longest(
        &self,
        text: &str,
        word: Range<usize>,
        (mut hash, counts): (u64, u16),
        said: Option<&Said>,
    ) -> Option<(usize, &Entry)> {
        let (start, mut end) = (word.start, word.end);
        let (mut words, mut longest) = (Words { text, at: end }, None);
        let mut left = counts >> 1;
        while left > 0 {
            let peers = self.entries.get(&hash).filter(|_| left & 1 > 0);
            let here = peers.into_iter().flatten().filter_map(|entry| Some((entry.at(text, start)?, entry)));
            let here = here.filter(|(_, entry)| said.is_none_or(|said| !said.says(&entry.words)));
            longest = here.max_by_key(|(end, _)| *end).or(longest);
            let Some((from, to)) = words.next().filter(|(from, _)| from - end <= BETWEEN) else { break };
            hash = hash_of(hash, text.get(from..to)?);
            (end, left) = (to, left >> 1);
        }
        longest
    }
}

impl Entry {
    fn length(&self) -> usize {
        self.words.len() + self.exact.as_ref().map_or(0, |exact| exact.len())
    }

    /// Where this value ends if it begins at a word.
    fn at(&self, text: &str, start: usize) -> Option<usize> {
        if let Some(exact) = &self.exact {
            let end = start + exact.len();
            let ends = text.get(end..).is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric));
            return (text.get(start..end) == Some(exact.as_str()) && ends).then_some(end);
        }
        let mut words = Words { text, at: start };
        let mut end = start;
        for wanted in self.words.split(' ') {
            let (from, to) = words.next()?;
            if from - end > BETWEEN || !same(text.get(from..to)?, wanted) {
                return None;
            }
            end = to;
        }
        Some(end)
    }
}

/// Words of a text, by their places.
struct Words<'text> {
    text: &'text str,
    at: usize,
}

impl Words<'_> {
    fn next(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let part = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
        let start = self.at + bytes.get(self.at..)?.iter().position(|byte| part(*byte))?;
        let end = bytes.get(start..)?.iter().position(|byte| !part(*byte)).map_or(bytes.len(), |step| start + step);
        self.at = end;
        Some((start, end))
    }
}

/// The words of a value in lower case, with a blank between.
struct Spelled {
    text: Zeroizing<String>,
    count: usize,
}

impl Spelled {
    fn of(value: &str) -> Self {
        let mut words = Words { text: value, at: 0 };
        let mut spelled = Self { text: Zeroizing::new(String::with_capacity(value.len())), count: 0 };
        while let Some(word) = words.next().and_then(|(start, end)| value.get(start..end)) {
            if spelled.count > 0 {
                spelled.text.push(' ');
            }
            if word.is_ascii() {
                let from = spelled.text.len();
                spelled.text.push_str(word);
                if let Some(word) = spelled.text.get_mut(from..) {
                    word.make_ascii_lowercase();
                }
            } else {
                spelled.text.push_str(&word.to_lowercase());
            }
            spelled.count += 1;
        }
        spelled
    }
}

/// Words that are no values.
const COMMON: [&str; 19] = [
    "unknown",
    "undefined",
    "false",
    "active",
    "inactive",
    "pending",
    "closed",
    "deleted",
    "enabled",
    "disabled",
    "default",
    "other",
    "empty",
    "missing",
    "redacted",
    "anonymous",
    "not available",
    "not applicable",
    "n a",
];

/// Whether a value is rare enough to be looked for: never a yes or no, a state, a short number.
fn tells(value: &str, words: &Spelled, class: Class) -> bool {
    let letters = value.chars().filter(|letter| letter.is_alphabetic()).count();
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let trimmed = value.trim();
    let common = || digits == 0 && COMMON.iter().any(|common| trimmed.eq_ignore_ascii_case(common));
    let enough = match class {
        Class::Financial | Class::BirthDate => false, // amounts and dates are everywhere
        Class::Address => words.count >= 2 && digits > 0 && letters >= SHORTEST,
        Class::Email
        | Class::Phone
        | Class::Ssn
        | Class::Card
        | Class::Iban
        | Class::PersonName
        | Class::NationalId
        | Class::Secret
        | Class::IpAddress
        | Class::MacAddress
        | Class::Passport
        | Class::BankAccount
        | Class::DrivingLicence
        | Class::CryptoAddress
        | Class::Custom(_) => {
            let signs = value.chars().filter(|letter| is_sign(*letter)).count();
            digits >= DIGITS
                || signs >= SIGNS
                || letters > 0 && (value.trim().chars().count() >= SHORTEST || words.count >= 2 && letters >= 4)
        }
    };
    enough && (1..=WORDS).contains(&words.count) && value.len() <= 256 && !common()
}

/// A letter that is a syllable or a word: of Chinese, Japanese, Korean.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{323af}')
}

fn same(word: &str, lower: &str) -> bool {
    if word.is_ascii() { word.eq_ignore_ascii_case(lower) } else { word.to_lowercase() == lower }
}

/// A hash of a word, whatever the case of its ASCII letters.
fn hash(seed: u64, word: &str) -> u64 {
    let step = |hash: u64, mut bytes: [u8; 8]| {
        bytes.make_ascii_lowercase();
        (hash ^ u64::from_le_bytes(bytes)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
    };
    let (words, rest) = word.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let length = u64::try_from(word.len()).unwrap_or(u64::MAX);
    step(words.iter().fold(seed ^ length, |hash, word| step(hash, *word)), last)
}

/// The same of any word, whatever its case.
fn hash_of(seed: u64, word: &str) -> u64 {
    if word.is_ascii() { hash(seed, word) } else { hash(seed, &word.to_lowercase()) }
}

/// Hashes that are such already.
#[derive(Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        // Keys are of one word, so this is never called.
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The bit of a hash in the filter: bits that the map does not ask for first.
fn place(hash: u64) -> (usize, u64) {
    let bit = usize::try_from(hash >> 16).unwrap_or(usize::MAX) % FILTER;
    (bit / 64, 1 << (bit % 64))
}

fn mark(filter: &mut Vec<u64>, hash: u64) {
    filter.resize(FILTER / 64, 0);
    let (word, bit) = place(hash);
    if let Some(word) = filter.get_mut(word) {
        *word |= bit;
    }
}

fn marked(filter: &[u64], hash: u64) -> bool {
    let (word, bit) = place(hash);
    filter.get(word).is_some_and(|word| word & bit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(memory: &Memory, text: &str) -> Vec<String> {
        let mut hits = Vec::new();
        memory.find(text, None, &mut hits);
        hits.iter().map(|hit| text[hit.start..hit.end].to_owned()).collect()
    }

    #[test]
    fn names_are_known_in_either_order_and_any_case() {
        let mut memory = Memory::default();
        memory.learn("Ada Lovelace", Class::PersonName);
        memory.learn("Åsa Öberg", Class::PersonName);
        memory.learn("Grace", Class::PersonName);
        assert_eq!(found(&memory, "by ADA  lovelace."), ["ADA  lovelace"]);
        assert_eq!(found(&memory, "Lovelace, Ada; åsa öberg"), ["Lovelace, Ada", "åsa öberg"]);
        assert_eq!(found(&memory, "Grace has grace"), ["Grace"]);
        for other in ["Ada Lovelaceson", "Adas Lovelace", "Ada and Lovelace"] {
            assert!(found(&memory, other).is_empty(), "{other}");
        }
    }

    #[test]
    fn common_values_are_not_learned() {
        let mut memory = Memory::default();
        for common in ["true", "Ada", "12345", "active", "", "  ", "N/A", "unknown"] {
            memory.learn(common, Class::PersonName);
        }
        memory.learn("1234567.89", Class::Financial);
        assert!(memory.is_empty());
        memory.learn("123-456-789", Class::NationalId);
        assert_eq!(found(&memory, "no 123 456 789"), ["123 456 789"]);
    }

    #[test]
    fn the_longest_of_those_that_begin_alike_is_found() {
        let mut memory = Memory::default();
        for name in ["Ada", "Ada Byron", "Ada Byron King", "Ada Byron King Noel", "Grace"] {
            memory.learn(name, Class::NationalId);
        }
        let text = "ada byron king's; Ada Byron, Countess; Ada. Byron. King. Noel. Ada   Byron; Ada    Byron";
        assert_eq!(found(&memory, text), ["ada byron king", "Ada Byron", "Ada. Byron. King. Noel", "Ada   Byron"]);
    }

    #[test]
    fn a_word_of_many_spellings_is_known_in_all() {
        let mut memory = Memory::default();
        let spelled = |bits: usize| -> String {
            let letters = "lovelace".chars().enumerate();
            letters.map(|(at, c)| if bits >> at & 1 > 0 { c.to_ascii_uppercase() } else { c }).collect()
        };
        (0..SPELLINGS).for_each(|bits| memory.learn(&spelled(bits), Class::PersonName));
        assert!(found(&memory, &spelled(200)).is_empty() && found(&memory, &spelled(3)).len() == 1);
        memory.learn(&spelled(100), Class::PersonName);
        assert_eq!((found(&memory, &spelled(200)).len(), memory.count), (1, 1));
    }

    #[test]
    fn the_oldest_go_when_it_is_full() {
        let mut memory = Memory::default();
        memory.learn("Ada Lovelace", Class::Address);
        for number in 0..VALUES + 5 {
            memory.learn(&format!("Person {number:07}"), Class::NationalId);
        }
        assert!(memory.count <= VALUES && memory.bytes <= BYTES);
        assert!(found(&memory, &format!("Person {:07}", VALUES + 4)).len() == 1);
        assert!(found(&memory, "Person 0000001").is_empty());
    }
}
