//! Secrets whose names stand beside them without a sign between: elements, options of commands, cells, arguments of statements and calls.

use super::assigned::{hit, is_mixed, is_name, is_secret};
use super::names::{Name, can_name, name_of, word_of};
use super::{Gate, Hit, Text, code};
use crate::mask::scan::{before, byte, run, run_back};

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

/// `--password …`, and the credentials of `curl -u user:…`.
pub(super) fn flags(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    for dash in memchr::memmem::find_iter(bytes, b" -") {
        let at = dash + 1;
        if byte(bytes, at + 1) == Some(b'u') {
            out.extend(user(text, dash));
        }
        if byte(bytes, at + 1) != Some(b'-') {
            continue;
        }
        let end = at + 2 + run(bytes, at + 2, 40, |byte| is_name(byte) && byte.is_ascii());
        let Some(kind) = text.text.get(at + 2..end).filter(|_| byte(bytes, end) == Some(b' ')).and_then(name_of) else {
            continue;
        };
        let start = end + 1 + run(bytes, end + 1, 1, |byte| matches!(byte, b'"' | b'\''));
        let length = length_of(bytes, start);
        let Some(value) = text.text.get(start..start + length) else { continue };
        if !value.starts_with('-')
            && is_secret(value, kind, is_mixed(value))
            && !code::is_expression(value, bytes.get(start + length..).unwrap_or_default(), false)
        {
            out.push(hit(start, start + length, "flag", Gate::Context(word_of(kind))));
        }
    }
}

/// The password of `curl -u user:…`.
fn user(text: &Text<'_>, at: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let start = at + bytes.get(at..)?.strip_prefix(b" -u ").map(|_| 4)?;
    let start = start + run(bytes, start, 1, |byte| matches!(byte, b'"' | b'\''));
    let (user, value) = text.text.get(start..start + length_of(bytes, start))?.split_once(':')?;
    let start = start + user.len() + 1;
    let line = bytes.get(at.saturating_sub(200)..at)?;
    (memchr::memmem::find(line, b"curl").is_some() && is_secret(value, Name::Password, true))
        .then(|| hit(start, start + value.len(), "flag", Gate::Context(word_of(Name::Password))))
}

/// How long the word of a command is that begins here.
fn length_of(bytes: &[u8], start: usize) -> usize {
    run(bytes, start, 512, |byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b';'))
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
        let gap = run_back(bytes, start, 8, |byte| {
            matches!(byte, b' ' | b'"' | b'\'' | b'|' | b'\t' | b',' | b'>' | b'-' | b'(') || byte >= 0x80
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
            continue;
        }
        let kind = if identified { Some(Name::Password) } else { name_of(name) };
        let Some(value) = text.text.get(start..end).map(|value| value.trim_end_matches(['.', ':', '!', '?', ')', ']']))
        else {
            continue;
        };
        if let Some(kind) = kind.filter(|kind| *kind != Name::Loose && parts(between, name, identified, value))
            && is_secret(value, kind, true)
            && !code::is_expression(value, bytes.get(end..).unwrap_or_default(), false)
            && !value.contains(['=', '(', '['])
        {
            out.push(hit(start, start + value.len(), "beside", Gate::Context(word_of(kind))));
        }
    }
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
