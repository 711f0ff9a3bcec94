//! Secrets whose names stand beside them without a sign between: elements, cells, lines of settings, arguments of statements and calls.

use super::assigned::{hit, is_mixed, is_name, is_secret, is_strong, sentence};
use super::names::{Name, can_name, name_of, told_of, word_of};
use super::{Gate, Hit, Text, code};
use crate::mask::scan::{before, byte, run, run_back, text_back};

/// `<password>…</password>`.
pub(super) fn elements(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    for end in memchr::memmem::find_iter(bytes, b"</") {
        let length = run(bytes, end + 2, 40, |byte| is_name(byte) || byte == b':');
        let Some(kind) = text.text.get(end + 2..end + 2 + length).and_then(name_of) else { continue };
        let start = end - run_back(bytes, end, 256, |byte| !matches!(byte, b'<' | b'>' | b'\n'));
        let Some(value) = text.text.get(start..end).filter(|_| before(bytes, start) == Some(b'>')) else { continue };
        if is_secret(value, kind, true) && !code::is_expression(value, b"", true) {
            out.push(hit(start, end, "assigned", Gate::Context(word_of(kind))));
        }
    }
}

/// Fewest bytes of a word with letters and digits that can be part of a secret.
const SHORTEST: usize = 4;

/// `| Password | … |`, `IDENTIFIED BY '…'`, `define('DB_PASSWORD', '…')`, `ENV DB_PASSWORD …`, `password -> …`.
pub(super) fn values(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    let mut from = 0;
    for word in &text.scan.words {
        let mixed = word.end - word.start >= SHORTEST
            && bytes.get(word.start..word.end).is_some_and(|word| word.iter().any(u8::is_ascii_alphabetic));
        if !mixed || word.start < from {
            continue;
        }
        let part = |byte: u8| {
            byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b'|' | b',' | b';' | b'<' | b'>')
        };
        let start = word.start - run_back(bytes, word.start, 64, part);
        let end = word.end + run(bytes, word.end, 256, part);
        from = end;
        let gap = cells(bytes, start).unwrap_or_else(|| {
            run_back(bytes, start, 8, |byte| {
                matches!(byte, b' ' | b'"' | b'\'' | b'|' | b'\t' | b',' | b'>' | b'-' | b'(') || byte >= 0x80
            })
        });
        let name_end = start - gap;
        let length = run_back(bytes, name_end, 32, |byte| is_name(byte) && byte.is_ascii());
        let Some(name) = text.text.get(name_end - length..name_end).filter(|_| gap > 0) else { continue };
        let between = bytes.get(name_end..start).unwrap_or_default();
        let identified = name.eq_ignore_ascii_case("by")
            && bytes
                .get(name_end.saturating_sub(13)..name_end - 3)
                .is_some_and(|head| head.eq_ignore_ascii_case(b"identified"));
        if !identified && !can_name(name) {
            out.extend(told(text, name_end, (start, end)));
            continue;
        }
        let kind = if identified { Some(Name::Password) } else { name_of(name) };
        if kind.is_none() {
            out.extend(told(text, name_end, (start, end)));
            continue;
        }
        let Some(value) = text.text.get(start..end).map(|value| value.trim_end_matches(['.', ':', '!', '?', ')', ']']))
        else {
            continue;
        };
        let alone = || kind == Some(Name::Password) && is_directive(bytes, (name_end - length, name_end), (start, end));
        if let Some(kind) = kind.filter(|kind| {
            *kind != Name::Loose && (parts(between, name, identified, value) || is_mixed(value) && alone())
        }) && is_secret(value, kind, true)
            && !code::is_expression(value, bytes.get(end..).unwrap_or_default(), false)
            && !value.contains(['=', '(', '['])
        {
            out.push(hit(start, start + value.len(), "beside", Gate::Context(word_of(kind))));
        }
    }
}

/// How long it is from one cell of a row to the next: `<th>Password</th><td>…`.
fn cells(bytes: &[u8], start: usize) -> Option<usize> {
    const SEAMS: [&[u8]; 3] = [b"</th><td>", b"</td><td>", b"</dt><dd>"];
    if before(bytes, start) != Some(b'>') {
        return None;
    }
    let head = bytes.get(..start)?;
    SEAMS.iter().find(|seam| head.ends_with(seam)).map(|seam| seam.len())
}

/// Words that say `is`, with what may stand beside them.
const VERBS: &[&str] = &[
    "lautet",
    "ist",
    "is",
    "to",
    "är",
    "er",
    "on",
    "wo",
    "hai",
    "est",
    "es",
    "è",
    "é",
    "was",
    "war",
    "var",
    "now",
    "jetzt",
    "nu",
    "bleibt",
    "ora",
    "ahora",
    "agora",
    "maintenant",
    "heißt",
    "heisst",
];
/// Most of such words.
const SMALLS: usize = 2;

/// A password behind a word or two that say `is` in some language: `das Kennwort lautet …`, `hasło to …`, `salasana on …`.
fn told(text: &Text<'_>, name_end: usize, (start, end): (usize, usize)) -> Option<Hit> {
    let bytes = text.bytes;
    let value = text.text.get(start..end)?.trim_end_matches(['.', ':', '!', '?', ')', ']']);
    if !is_strong(value) || value.contains(['/', '(', '=', ':', '[']) {
        return None;
    }
    let mut at = name_end;
    for _ in 0..SMALLS {
        let small = run_back(bytes, at, 12, |byte| byte.is_ascii_alphabetic() || byte >= 0x80);
        let verb = text.text.get(at - small..at).is_some_and(|word| VERBS.contains(&word));
        if !verb || before(bytes, at - small) != Some(b' ') {
            return None;
        }
        at -= small + 1;
        let named = text_back(text.text, at, 32, is_name).and_then(name_of);
        if named.or_else(|| told_of(sentence(text.text, at)?)) == Some(Name::Password) {
            let told = is_secret(value, Name::Password, true).then_some(start + value.len())?;
            return Some(hit(start, told, "said", Gate::Context(word_of(Name::Password))));
        }
    }
    None
}

/// Whether a name and a value are all of a line: `requirepass …` of a file of settings, `password …` of a `.netrc`.
fn is_directive(bytes: &[u8], name: (usize, usize), value: (usize, usize)) -> bool {
    let blank = |byte: u8| matches!(byte, b' ' | b'\t');
    let head = name.0 - run_back(bytes, name.0, 64, blank);
    let tail = value.1 + run(bytes, value.1, 16, blank);
    let ends = |byte: Option<u8>| matches!(byte, None | Some(b'\n' | b'\r'));
    let gap = bytes.get(name.1..value.0).is_some_and(|gap| gap.iter().all(|byte| blank(*byte)));
    gap && value.1 - value.0 >= 8 && ends(before(bytes, head)) && ends(byte(bytes, tail))
}

/// Whether what stands between a name and a value parts the two, and the value is as mixed as it has to be for that.
fn parts(between: &[u8], name: &str, identified: bool, value: &str) -> bool {
    let has = |mark: u8| between.contains(&mark);
    let test = |test: fn(&u8) -> bool| value.bytes().any(|byte| test(&byte));
    let cases = test(u8::is_ascii_uppercase) && test(u8::is_ascii_lowercase);
    let symbol =
        value.bytes().any(|byte| byte.is_ascii_punctuation() && !matches!(byte, b'.' | b'-' | b'_' | b'/' | b':'));
    let strict = is_mixed(value) && value.len() >= 8 && (cases || symbol);
    let quoted = (has(b'"') || has(b'\'')) && !has(b',');
    let constant = name.contains('_') && !name.bytes().any(|byte| byte.is_ascii_lowercase());
    is_mixed(value) && (identified || quoted && !has(b'(') || constant || strict)
}
