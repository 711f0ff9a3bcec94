//! Adjacency: values that were cut apart, over the siblings of one array or object, or over the seam of two text blocks.

use super::context::Around;
use super::detect::{self, Gate, Hit};
use super::document::{Kind, Leaf};
use super::json::Segment;
use super::phrases::spelled;
use super::read::{DEPTH, Look, Reader};
use super::scan::says_any;
use crate::vocabulary::Class;
use std::ops::Range;

/// Longest fragment, and most of them in a row.
const LONGEST: usize = 24;
const MOST: usize = 12;
/// So much of either side of a seam is looked at.
const SEAM: usize = 64;

/// A short sibling that may be a part of something.
pub(super) struct Fragment {
    leaf: Leaf,
    value: String,
    /// Where it begins in its leaf.
    at: usize,
    /// How long the leaf is, where all of that is masked.
    whole: Option<usize>,
}

impl Fragment {
    /// All of a short value; of a longer one the end that an address begins in, or the beginning that it ends in.
    pub(super) fn of(leaf: Leaf, value: &str) -> Self {
        let short = value.len() <= LONGEST || value.len() <= SEAM && !value.contains(' ');
        let (at, part) = match (short, value.ends_with('@')) {
            (true, _) => (0, value),
            (false, true) => {
                let tail = cut(value, value.len().saturating_sub(SEAM), value.len());
                (value.len() - tail.len(), tail)
            }
            (false, false) => (0, cut(value, 0, SEAM.min(value.len()))),
        };
        Self { leaf, value: part.to_owned(), at, whole: (short && !value.contains(' ')).then_some(value.len()) }
    }

    /// The part of a hit in the joined text that this is of, which begins there at a place.
    fn touched(&self, hit: &Hit, from: usize) -> Hit {
        let (start, end) = match self.whole {
            Some(length) => (0, length),
            None => {
                let inside = |place: usize| place.clamp(from, from + self.value.len()) - from + self.at;
                (inside(hit.start), inside(hit.end))
            }
        };
        Hit { start, end, gate: Gate::Joined, ..*hit }
    }
}

/// A half of an address, by its key, and how deep it stands.
struct Half {
    depth: usize,
    local: bool,
    leaf: Leaf,
    value: String,
    /// Bytes of the leaf.
    length: usize,
}

/// Fragments in a row, and the text blocks before: one, or one and the short ones that follow it.
#[derive(Default)]
pub(super) struct Siblings {
    row: Vec<Fragment>,
    blocks: Vec<Block>,
    /// The same of the lines of a list.
    lines: Vec<Block>,
    half: Option<Half>,
}

/// What texts stand on both sides of a seam: blocks of content, or lines of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seam {
    Blocks,
    Lines,
}

/// The end of a text block, and where in it that begins.
struct Block {
    leaf: Leaf,
    tail: String,
    at: usize,
}

impl Siblings {
    pub(super) fn is_empty(&self) -> bool {
        self.row.is_empty()
    }

    /// Whether the next text block has a seam.
    pub(super) fn has_blocks(&self, of: Seam) -> bool {
        match of {
            Seam::Blocks => !self.blocks.is_empty(),
            Seam::Lines => !self.lines.is_empty(),
        }
    }

    /// Whether a string can be a part: a few digits, one side of an `@`, the beginning of an issued secret, or more of it.
    pub(super) fn takes(&self, value: &str, kind: Kind, path: &[Segment<'_>]) -> bool {
        let digits =
            || (1..=8).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit()) && can_be_digits(path);
        let begun = || matches!(value.as_bytes(), [.., local, b'@'] if local.is_ascii_alphanumeric());
        let sided =
            || begun() || value.len() <= LONGEST && (value.ends_with('@') || value.starts_with('@') && value.len() > 3);
        let cut = || match self.row.first() {
            Some(first) => detect::is_cut_secret(&first.value) && detect::can_go_on(value),
            None => detect::is_cut_secret(value),
        };
        let after = || {
            let domain = || value.split(' ').next().is_some_and(|word| word.contains('.'));
            self.row.last().is_some_and(|last| last.value.ends_with('@'))
                && (value.len() <= 64 && value.contains('.') || domain())
        };
        let part = || {
            value.len() <= LONGEST
                && is_part(path)
                && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-./@+ ".contains(&byte))
        };
        // No half of an address, and nothing of a secret, has a blank in it.
        let words = || memchr::memchr(b' ', value.as_bytes()).is_some();
        kind == Kind::Text
            && self.row.len() < MOST
            && (digits() || sided() || after() || !words() && (self.row.is_empty() && local(value) || cut()) || part())
    }

    pub(super) fn push(&mut self, fragment: Fragment) {
        self.row.push(fragment);
    }

    pub(super) fn take(&mut self) -> Vec<Fragment> {
        std::mem::take(&mut self.row)
    }

    /// The object whose halves were met ends, or the list of lines.
    pub(super) fn leave(&mut self) {
        self.half = None;
        self.lines.clear();
    }

    /// Both halves of an address, once the second is met: `{"local": …, "domain": …}`.
    pub(super) fn halves(&mut self, leaf: Leaf, value: &str, path: &[Segment<'_>]) -> Option<[Fragment; 2]> {
        let last = path.last()?;
        let local = last.is_named(LOCAL);
        if !local && !last.is_named(DOMAIN) || value.is_empty() || value.len() > SEAM {
            return None;
        }
        let half =
            Half { depth: path.len(), local, leaf, value: value.trim_matches('@').to_owned(), length: value.len() };
        let other = self.half.replace(half).filter(|other| other.depth == path.len() && other.local != local)?;
        let own = self.half.take()?;
        let (local, domain) = if local { (own, other) } else { (other, own) };
        let sided = Half { value: format!("{}@", local.value), ..local };
        Some([sided, domain].map(|half| Fragment {
            leaf: half.leaf,
            value: half.value,
            at: 0,
            whole: Some(half.length),
        }))
    }

    /// What stands over the seams of this text and those before.
    pub(super) fn seam(&mut self, reader: &mut Reader<'_>, of: Seam, leaf: Leaf, value: &str) -> Vec<(Leaf, Hit)> {
        let blocks = match of {
            Seam::Blocks => &mut self.blocks,
            Seam::Lines => &mut self.lines,
        };
        let head = cut(value, 0, SEAM.min(value.len()));
        let mut found = Vec::new();
        if !blocks.is_empty() {
            let mut joined = String::new();
            let mut places = Vec::new();
            for (block, part, at) in
                blocks.iter().map(|block| (block.leaf, block.tail.as_str(), block.at)).chain([(leaf, head, 0)])
            {
                places.push((block, joined.len()..joined.len() + part.len(), at));
                joined.push_str(part);
            }
            for hit in reader.text(&joined, &Around::default(), Look::All, DEPTH) {
                if of == Seam::Lines && !is_cut(reader, &hit, &joined, &places) {
                    continue;
                }
                let touched = || places.iter().filter(|(_, place, _)| place.start < hit.end && hit.start < place.end);
                if touched().count() > 1 {
                    found.extend(touched().map(|(block, place, at)| {
                        let start = at + hit.start.max(place.start) - place.start;
                        let end = at + hit.end.min(place.end) - place.start;
                        (*block, Hit { start, end, gate: Gate::Joined, ..hit })
                    }));
                }
            }
        }
        let tail = cut(value, value.len().saturating_sub(SEAM), value.len());
        // A short block may be a part from the middle.
        if value.len() > LONGEST || blocks.len() >= MOST {
            blocks.clear();
        }
        blocks.push(Block { leaf, tail: tail.to_owned(), at: value.len() - tail.len() });
        found
    }
}

/// Whether a hit over the seams of lines is none of a line's own: lines are mostly all of what they say.
fn is_cut(reader: &mut Reader<'_>, hit: &Hit, joined: &str, places: &[(Leaf, Range<usize>, usize)]) -> bool {
    let touched = || places.iter().filter(|(_, place, _)| place.start < hit.end && hit.start < place.end);
    let sign = || {
        touched().skip(1).any(|(_, place, _)| {
            joined.get(..place.start).is_some_and(|head| head.ends_with('@'))
                || joined.get(place.start..).is_some_and(|rest| rest.starts_with('@'))
        })
    };
    let said = |words: &[&str]| {
        touched().any(|(_, place, _)| joined.get(place.clone()).is_some_and(|line| says_any(line, words)))
    };
    let words = || touched().all(|(_, place, _)| joined.get(place.clone()).is_some_and(|line| line.contains(' ')));
    let known = match hit.class {
        Some(Class::Card) => said(detect::CARD_WORDS),
        Some(Class::Iban | Class::Secret | Class::CryptoAddress) => true,
        Some(Class::Email) => {
            sign() && !words() && !touched().any(|(_, place, _)| joined.get(place.clone()).is_some_and(detect::is_code))
        }
        // What a line ends in and the next begins with is mostly two things.
        Some(
            Class::Phone
            | Class::Ssn
            | Class::PersonName
            | Class::Address
            | Class::BirthDate
            | Class::Financial
            | Class::NationalId
            | Class::IpAddress
            | Class::MacAddress
            | Class::Passport
            | Class::BankAccount
            | Class::DrivingLicence
            | Class::Custom(_),
        )
        | None => false,
    };
    known
        && hit.gate == Gate::Strong
        && touched().all(|(_, place, _)| {
            let alone = joined.get(place.clone()).unwrap_or_default();
            let own = reader.text(alone, &Around::default(), Look::All, DEPTH);
            let whole = |own: &Hit| own.gate == Gate::Strong || hit.class == Some(Class::Email);
            !own.iter().any(|own| whole(own) && own.start + place.start < hit.end && hit.start < own.end + place.start)
        })
}

/// Keys of the first half of an address.
const LOCAL: &[&str] = &[
    "local",
    "localpart",
    "local_part",
    "local-part",
    "mailbox",
    "emailUser",
    "email_user",
    "emailLocal",
    "email_local",
    "mail_local",
];
/// Keys of the second.
const DOMAIN: &[&str] = &["domain", "emailDomain", "email_domain", "mail_domain"];
/// Last words of keys whose values are parts of one.
const PARTS: [&str; 11] =
    ["parts", "chunks", "segments", "pieces", "groups", "fragments", "blocks", "octets", "split", "iban", "ssn"];

/// Whether a value is one of the parts of what a key names: `ssn_parts`, `ibanChunks`.
pub(super) fn is_part(path: &[Segment<'_>]) -> bool {
    let [.., Segment::Key(key), _] = path else { return false };
    let key = key.as_bytes();
    PARTS.iter().any(|part| {
        let end = key.len().checked_sub(part.len()).and_then(|at| key.get(at..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(part.as_bytes()))
    })
}

/// Words of keys that count or measure something.
#[rustfmt::skip]
const COUNTS: &[&str] = &[
    "revenue", "count", "total", "employees", "rows", "time", "amount", "price", "size", "bytes", "width", "height", "score", "qty", "quantity",
    "limit", "offset", "page", "pages", "year", "ms", "rate", "ratio", "percent", "sum", "avg", "port", "pid", "uid", "gid", "version", "duration",
    "latency", "memory", "cpu", "cents", "points", "votes", "likes", "views", "stock", "level", "updated", "created", "deleted", "inserted",
    "population", "capacity", "distance", "weight", "income", "cost", "budget", "salary", "turnover", "visitors", "users", "orders", "items",
];
/// The same within a word of small letters.
const COUNTED: &[&str] = &["revenue", "numberof", "employees", "turnover"];

/// Whether digits under a key can be a group of a longer number: not those of `annualrevenue` and `executionTimeMs`.
fn can_be_digits(path: &[Segment<'_>]) -> bool {
    let Some(Segment::Key(key)) = path.last() else { return true };
    let spelled = spelled(key);
    let mut words = spelled.split(' ').filter(|word| !word.is_empty());
    !words.any(|word| COUNTS.contains(&word) || COUNTED.iter().any(|part| word.contains(part)))
}

fn local(value: &str) -> bool {
    (1..=LONGEST).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.')
        && value.contains('.')
}

/// A part of a text that does not cut a character.
fn cut(text: &str, mut from: usize, mut to: usize) -> &str {
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(from..to).unwrap_or_default()
}

/// The seam that a text of a path stands at.
pub(super) fn seam_of(path: &[Segment<'_>], depth: u8) -> Option<Seam> {
    match path {
        [content, Segment::Index(_), text]
            if depth == 0 && content.is_named(&["content"]) && text.is_named(&["text"]) =>
        {
            Some(Seam::Blocks)
        }
        [.., key, Segment::Index(_)] if key.is_named(&["lines", "chunks", "parts"]) => Some(Seam::Lines),
        _ => None, // what stands beside it is something else
    }
}

/// The fragments that are something when they are joined.
pub(super) fn joined(reader: &mut Reader<'_>, fragments: &[Fragment], around: &Around<'_>) -> Vec<(Leaf, Hit)> {
    let digits = fragments.iter().all(|fragment| fragment.value.bytes().all(|byte| byte.is_ascii_digit()));
    let (mut text, mut places) = (String::new(), Vec::new());
    for fragment in fragments {
        if digits && !text.is_empty() {
            text.push('-');
        }
        places.push((text.len(), fragment));
        text.push_str(&fragment.value);
    }
    let hits = reader.text(&text, around, Look::All, DEPTH);
    let mut found = Vec::new();
    // What looked like the beginning of a secret may stand before something else that was cut.
    if hits.is_empty()
        && let [first, rest @ ..] = fragments
        && rest.len() > 1
        && detect::is_cut_secret(&first.value)
    {
        return joined(reader, rest, around);
    }
    for hit in hits {
        let touched = || places.iter().filter(|(at, fragment)| *at < hit.end && at + fragment.value.len() > hit.start);
        if touched().count() > 1 {
            found.extend(touched().map(|(at, fragment)| (fragment.leaf, fragment.touched(&hit, *at))));
        }
    }
    found
}
