//! Decoded views of a text, bounded: what an encoding hides is looked at as well.
//!
//! *Invariants.* A view knows for each of its bytes where it stands in the text it was decoded from. At most 64 views a text, of at
//! most 256 KiB each.

use super::der;
use super::escapes::Decoded;
use super::normal::Normal;
use super::scan::{AT, BLANK, NEWLINE, Place, Scan, before, byte, is_word};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::ops::Range;

/// Fewest characters of an encoded run.
pub(super) const SHORTEST: usize = 16;
/// Fewest pairs of hex digits that are read as text.
pub(super) const PAIRS: usize = 8;
/// Most bytes of a view, and most views of a text.
const LONGEST: usize = 256 * 1024;
const VIEWS: usize = 64;

/// A run of encoded bytes and what it says.
pub(super) enum Run {
    /// Text.
    Text(Range<usize>, String),
    /// Anything else, or too long to be read.
    Binary(Range<usize>),
}

/// Quoted-printable: `=40`, and a `=` that ends a line.
pub(super) fn quoted_printable(text: &str) -> Option<Normal> {
    equals(text, qp)
}

/// The same where only a line is broken, and `=46` stands for itself.
pub(super) fn unbroken(text: &str) -> Option<Normal> {
    equals(text, |rest| qp(rest).filter(|(shown, _)| shown.is_none()))
}

fn equals(text: &str, escape: impl Fn(&[u8]) -> Decoded) -> Option<Normal> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'=', bytes).find(|at| escape(bytes.get(*at..).unwrap_or_default()).is_some())?;
    let mut view = Normal { text: String::with_capacity(text.len()), map: Vec::with_capacity(text.len() + 1) };
    let mut at = 0;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let (shown, length) = escape(bytes.get(at..).unwrap_or_default()).unwrap_or((Some(letter), letter.len_utf8()));
        if let Some(shown) = shown {
            view.text.push(shown);
            view.map.extend(std::iter::repeat_n(at, shown.len_utf8()));
        }
        at += length;
    }
    view.map.push(text.len());
    Some(view)
}

/// Numbers whose groups stand further apart than usual, and addresses with blanks around their marks; nothing where there are none.
pub(super) fn squeezed(text: &str, at_sign: bool) -> Option<Normal> {
    let bytes = text.as_bytes();
    let blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let mut view = Normal { text: String::with_capacity(text.len()), map: Vec::with_capacity(text.len() + 1) };
    let gaps = |byte: u8| blank(byte) || byte == b'-';
    let (mut at, mut any) = (0, false);
    while at < bytes.len() {
        let place = at + super::scan::run(bytes, at, bytes.len(), |byte| !gaps(byte));
        view.text.push_str(text.get(at..place).unwrap_or_default());
        view.map.extend(at..place);
        let gap = super::scan::run(bytes, place, 8, gaps);
        let (left, right) = (super::scan::before(bytes, place), bytes.get(place + gap).copied());
        let digits = left.is_some_and(|byte| byte.is_ascii_digit()) && right.is_some_and(|byte| byte.is_ascii_digit());
        let dashes = bytes.get(place..place + gap).unwrap_or_default().iter().filter(|byte| **byte == b'-').count();
        let marks = |byte: Option<u8>| matches!(byte, Some(b'@' | b'.'));
        let wide = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| blank(*byte));
        // An address whose line is broken behind its sign.
        let wrapped = || {
            left == Some(b'@')
                && bytes.get(place..place + gap).is_some_and(|gap| gap.contains(&b'\n'))
                && place.checked_sub(2).and_then(|at| bytes.get(at)).is_some_and(|byte| is_word(*byte))
        };
        let sign = at_sign
            && dashes == 0
            && gap > 0
            && (marks(right) && wide(Some(place + gap + 1)) || marks(left) && wide(place.checked_sub(2)) || wrapped());
        if gap > 1 && digits && dashes < 2 || gap == 1 && digits && matches!(bytes.get(place), Some(b'\n' | b'\t')) {
            view.text.push(if dashes == 1 { '-' } else { ' ' });
            view.map.push(place);
            (at, any) = (place + gap, true);
        } else if sign {
            (at, any) = (place + gap, true);
        } else {
            view.text.push_str(text.get(place..place + 1).unwrap_or_default());
            view.map.extend(place..bytes.len().min(place + 1));
            at = place + 1;
        }
    }
    view.map.push(text.len());
    any.then_some(view)
}

/// Whether another number stands in the same row of a table: beyond two blanks or more, on either side.
pub(super) fn in_row(bytes: &[u8], start: usize, end: usize) -> bool {
    let (left, right) = (
        super::scan::run_back(bytes, start, 16, |byte| byte == b' '),
        super::scan::run(bytes, end, 16, |byte| byte == b' '),
    );
    let digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
    left > 1 && digit(before(bytes, start - left)) || right > 1 && digit(byte(bytes, end + right))
}

/// Whether digits over several lines are some of a column of numbers, or in groups that no card has.
pub(super) fn in_column(bytes: &[u8], start: usize, end: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| byte(bytes, at)).is_some_and(|byte| byte.is_ascii_digit());
    let written = bytes.get(start..end).unwrap_or_default();
    let broken = memchr::memchr(b'\n', written).is_some();
    let above = before(bytes, start) == Some(b'\n') && digit(start.checked_sub(2));
    let below = byte(bytes, end) == Some(b'\n') && digit(Some(end + 1));
    let long = written.split(|byte| !byte.is_ascii_digit()).any(|group| (7..=12).contains(&group.len()));
    broken && (above || below) || long
}

/// Whether a blank stands at an `@`, or at a point of a text that has one.
pub(super) fn apart_sign(text: &str, scan: &Scan) -> bool {
    let bytes = text.as_bytes();
    let blank = |byte: Option<u8>| byte == Some(b' ');
    let wraps = |at: usize| matches!(byte(bytes, at + 1), Some(b'\n' | b'\r'));
    let stands = |at: usize| blank(before(bytes, at)) || blank(byte(bytes, at + 1)) || wraps(at);
    scan.has(AT)
        && scan.has(BLANK | NEWLINE)
        && (memchr::memchr_iter(b'@', bytes).take(64).any(stands) || memchr::memmem::find(bytes, b" . ").is_some())
}

fn qp(rest: &[u8]) -> Decoded {
    match rest {
        [b'=', b'\r', b'\n', ..] => Some((None, 3)),
        [b'=', b'\n', ..] => Some((None, 2)),
        [b'=', one, two, ..] => {
            let byte = hex(*one)? * 16 + hex(*two)?;
            (one.is_ascii_digit() && (0x20..0x7f).contains(&byte)).then_some((char::from_u32(byte), 3))
        }
        _ => None, // no escape
    }
}

pub(super) fn hex(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(16)
}

/// Runs of base64, of its URL-safe form, or of hex, of at least so many characters, among some tokens of a text.
pub(super) fn runs(text: &str, tokens: &[Place], shortest: usize) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut found: Vec<Run> = Vec::new();
    let mut from = 0;
    for token in tokens {
        let mut at = token.start.max(from);
        while at < token.end && found.len() < VIEWS {
            let length = encoded(bytes, at);
            if length >= shortest {
                match read(text, at..at + length) {
                    Some(run) => found.push(run),
                    // What follows a line need not belong to it.
                    None => found.extend(lines(text, at..at + length, shortest).filter_map(|line| read(text, line))),
                }
            }
            at += length.max(1);
        }
        from = at.min(bytes.len()).max(from);
    }
    found
}

/// The lines of a run of several.
fn lines(text: &str, run: Range<usize>, shortest: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = run.start;
    let wrapped = text.get(run).filter(|run| run.contains('\n')).unwrap_or_default();
    wrapped.split_inclusive('\n').filter_map(move |line| {
        let from = at;
        at += line.len();
        let line = line.trim_end_matches(['\r', '\n']);
        (line.len() >= shortest).then_some(from..from + line.len())
    })
}

/// How many words from the first on are pairs, with the same mark between.
fn row(bytes: &[u8], words: &[Place]) -> usize {
    let is_pair = |word: &Place| word.end - word.start == 2;
    let mark = words.first().and_then(|first| byte(bytes, first.end));
    let joined = words.iter().zip(words.iter().skip(1)).take_while(|(one, other)| {
        is_pair(one) && is_pair(other) && other.start == one.end + 1 && byte(bytes, one.end) == mark
    });
    1 + joined.count()
}

/// Text in pairs of hex digits with one mark between, among some words: `61 64 61 40 …`.
pub(super) fn pairs(text: &str, words: &[Place]) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let (run, _) = rest.split_at(row(bytes, rest).min(rest.len()));
        // The last of a row may be the first of another with another mark.
        rest = rest.get(run.len().saturating_sub(1).max(1)..).unwrap_or_default();
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if run.len() < PAIRS {
            continue;
        }
        let decoded: Option<Vec<u8>> = run
            .iter()
            .map(|pair| {
                let digits = bytes.get(pair.start..pair.end)?;
                digits
                    .iter()
                    .try_fold(0_u32, |sum, byte| Some(sum * 16 + hex(*byte)?))
                    .and_then(|byte| byte.try_into().ok())
            })
            .collect();
        let said = |bytes: Vec<u8>| text_of(&bytes).or_else(|| ebcdic(&bytes));
        if let Some(said) = decoded.filter(|bytes| bytes.len() <= LONGEST).and_then(said)
            && found.len() < VIEWS
        {
            found.push(Run::Text(first.start..last.end, said));
        }
    }
    found
}

/// How long a run of base64 is that begins here, across the newlines of wrapped lines.
fn encoded(bytes: &[u8], from: usize) -> usize {
    let alphabet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    let mut end = from;
    loop {
        let line = super::scan::run(bytes, end, bytes.len(), alphabet);
        end += line;
        let wrap = match bytes.get(end..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\n', ..]) => 1,
            _ => 0, // no wrapped line
        };
        if wrap == 0 || line < 60 || !bytes.get(end + wrap).is_some_and(|byte| alphabet(*byte)) {
            break;
        }
        end += wrap;
    }
    end - from + super::scan::run(bytes, end, 2, |byte| byte == b'=')
}

fn read(text: &str, range: Range<usize>) -> Option<Run> {
    let run = text.get(range.clone())?;
    if run.len() > LONGEST * 4 / 3 {
        return Some(Run::Binary(range));
    }
    // `\x4942…`, as a database shows bytes.
    let shown = || run.strip_prefix('x').filter(|_| before(text.as_bytes(), range.start) == Some(b'\\'));
    let digits = run.strip_prefix("0x").or_else(|| run.strip_prefix("0X")).or_else(shown).unwrap_or(run);
    let decoded = if digits.len() % 2 == 0 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let pairs = digits.as_bytes().chunks_exact(2);
        pairs
            .map(|pair| {
                pair.iter()
                    .try_fold(0_u32, |sum, byte| Some(sum * 16 + hex(*byte)?))
                    .and_then(|byte| u8::try_from(byte).ok())
            })
            .collect::<Option<Vec<u8>>>()
    } else {
        base64_of(run)
    }?;
    let spelled = text_of(&decoded).or_else(|| (digits.len() == decoded.len() * 2).then(|| ebcdic(&decoded)).flatten());
    match spelled {
        Some(text) => Some(Run::Text(range, text)),
        // Public by what it is, but for what it says in letters.
        None if is_public(text.get(..range.start)?)
            && let Some(said) = der::strings(&decoded) =>
        {
            Some(Run::Text(range, said))
        }
        // Words that were joined without a blank are no base64: that has letters of both cases.
        None => {
            let has = |test: fn(&u8) -> bool| run.bytes().any(|byte| test(&byte));
            (run.len() >= 512
                && has(u8::is_ascii_uppercase)
                && (has(u8::is_ascii_lowercase) || has(u8::is_ascii_digit)))
            .then_some(Run::Binary(range))
        }
    }
}

/// Whether the line before a run says that a certificate or a public key begins.
fn is_public(head: &str) -> bool {
    const KINDS: [&str; 5] = ["CERTIFICATE", "TRUSTED CERTIFICATE", "CERTIFICATE REQUEST", "PUBLIC KEY", "X509 CRL"];
    let bytes = head.as_bytes();
    let head = bytes.get(bytes.len().saturating_sub(ARMOUR)..).unwrap_or_default().trim_ascii_end();
    let line = head.get(memchr::memrchr(b'\n', head).map_or(0, |end| end + 1)..).unwrap_or_default();
    let kind = line.strip_prefix(b"-----BEGIN ").and_then(|line| line.strip_suffix(b"-----"));
    kind.is_some_and(|kind| KINDS.iter().any(|known| known.as_bytes() == kind))
}

/// Most bytes of the line before what it begins, with what parts the two.
const ARMOUR: usize = 64;

fn base64_of(run: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let safe = run.bytes().any(|byte| matches!(byte, b'-' | b'_'));
    let engine = GeneralPurpose::new(if safe { &alphabet::URL_SAFE } else { &alphabet::STANDARD }, config);
    if memchr::memchr2(b'\n', b'\r', run.as_bytes()).is_some() {
        let joined: String = run.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
        return engine.decode(joined).ok();
    }
    // A run of which one letter too many was taken still says what it says.
    let whole = if run.trim_end_matches('=').len() % 4 == 1 { run.get(..run.len() - 1)? } else { run };
    engine.decode(whole).ok()
}

/// What bytes say, if they are text: UTF-8, UTF-16, or Latin-1.
fn text_of(bytes: &[u8]) -> Option<String> {
    let printable =
        |text: &str| text.chars().all(|letter| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t'));
    if let Ok(text) = std::str::from_utf8(bytes)
        && printable(text)
    {
        return Some(text.to_owned());
    }
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    if bytes.len() >= 8 && zeros * 3 >= bytes.len() {
        let big = bytes.first() == Some(&0) || bytes.starts_with(&[0xfe, 0xff]);
        let units = bytes
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok())
            .map(|pair| if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) });
        return String::from_utf16(&units.collect::<Vec<u16>>()).ok().filter(|text| printable(text));
    }
    // Latin-1: mostly ASCII, and no control characters of either half.
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let latin: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    (bytes.len() >= 12
        && high * 4 <= bytes.len()
        && latin
            .chars()
            .all(|letter| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t' | '\u{80}'..='\u{9f}')))
    .then_some(latin)
}

/// What bytes say in the letters, digits and marks that all code pages of EBCDIC share; nothing where any of them is another.
fn ebcdic(bytes: &[u8]) -> Option<String> {
    let letter = |byte: &u8| {
        Some(match byte {
            0x40 => b' ',
            0x4b => b'.',
            0x4e => b'+',
            0x60 => b'-',
            0x61 => b'/',
            0x6b => b',',
            0x6d => b'_',
            0x7a => b':',
            0x7c => b'@',
            0x7e => b'=',
            0x81..=0x89 => byte - 0x81 + b'a',
            0x91..=0x99 => byte - 0x91 + b'j',
            0xa2..=0xa9 => byte - 0xa2 + b's',
            0xc1..=0xc9 => byte - 0xc1 + b'A',
            0xd1..=0xd9 => byte - 0xd1 + b'J',
            0xe2..=0xe9 => byte - 0xe2 + b'S',
            0xf0..=0xf9 => byte - 0xf0 + b'0',
            _ => return None,
        })
    };
    String::from_utf8(bytes.iter().map(letter).collect::<Option<Vec<u8>>>()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::scan::Scan;

    #[test]
    fn a_mainframe_is_read() {
        let hex: String = ["f4f1f1f1", "60", "c1c4c1"].concat();
        assert_eq!(ebcdic(&[0xf4, 0xf1, 0x60, 0xc1, 0x84, 0x81]).as_deref(), Some("41-Ada"));
        assert!(ebcdic(b"plain text").is_none() && read(&hex.repeat(3), 0..48).is_some());
    }

    #[test]
    fn quoted_printable_is_read() {
        assert_eq!(quoted_printable("ada=40exam=\nple.com").unwrap().text, "ada@example.com");
        assert_eq!(unbroken("n=46242500=\r\n66641043").unwrap().text, "n=4624250066641043");
        assert!(unbroken("ada=40example.com").is_none());
    }

    #[test]
    fn pairs_are_parted_by_one_mark() {
        let mut scan = Scan::default();
        for (text, wanted) in [("17,2b 34 39 20 33 30 20 37 32 34,open", 3..32), ("61:64:61:40:65:2e:66:72 17", 0..23)]
        {
            scan.read(text.as_bytes());
            let found = pairs(text, &scan.words);
            assert!(matches!(found.as_slice(), [Run::Text(place, _)] if *place == wanted), "{text}");
        }
    }

    #[test]
    fn runs_are_read() {
        let texts = |text: &str| {
            let mut scan = Scan::default();
            scan.read(text.as_bytes());
            runs(text, &scan.tokens, SHORTEST)
                .into_iter()
                .filter_map(|run| match run {
                    Run::Text(_, text) => Some(text),
                    Run::Binary(_) => None,
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(texts("x=YWRhQGV4YW1wbGUuY29t."), ["ada@example.com"]);
        assert_eq!(texts("data:text/plain;base64,YWRhQGV4YW1wbGUuY29t"), ["ada@example.com"]);
        assert_eq!(texts("616461406578616d706c652e636f6d"), ["ada@example.com"]);
        assert_eq!(texts("0x616461406578616d706c652e636f6d"), ["ada@example.com"]);
        assert!(texts("src/components/button/index.html").is_empty());
        let long = "6c696e6471766973742d736572617068696e6140636f72702e61636d652d696e64757374726965732e636f6d";
        assert_eq!(texts(&format!("line one\n{long}\nline three")), ["lindqvist-seraphina@corp.acme-industries.com"]);
    }
}
