//! Secrets by where they stand: the password in a URL or a connection string, the value of a URL's `token=`, and what is assigned to
//! a name such as `password`.

use super::{Gate, Hit, Text};
use crate::mask::context;
use crate::mask::kill;
use crate::mask::scan::{before, byte, run, run_back};
use crate::mask::valid::secret::{placeholder, userinfo};
use crate::vocabulary::Class;

/// Names whose value is a secret whatever it looks like.
const PASSWORDS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passwort",
    "kennwort",
    "contraseña",
    "mot de passe",
    "db password",
    "pass",
];
/// Names whose value is a secret where it is no word.
const KEYS: &[&str] = &[
    "api key",
    "apikey",
    "api token",
    "apitoken",
    "access key",
    "access token",
    "accesskey",
    "accesstoken",
    "auth token",
    "authtoken",
    "client secret",
    "clientsecret",
    "secret key",
    "secretkey",
    "private key",
    "privatekey",
    "refresh token",
    "refreshtoken",
    "session token",
    "account key",
    "accountkey",
    "shared access key",
    "webhook secret",
    "encryption key",
    "signing key",
    "x amz signature",
    "x amz security token",
    "app secret",
    "api secret",
    "shared secret",
    "secret access key",
    "bearer token",
    "id token",
];
/// Names whose value is a secret where it looks like one.
const LOOSE: &[&str] = &[
    "secret",
    "bearer",
    "token",
    "authorization",
    "sig",
    "signature",
    "credential",
    "credentials",
    "session key",
    "auth",
    "cookie",
    "session id",
    "sessionid",
    "jwt",
];
/// Names that are such in a URL only.
const QUERY: &[&str] = &["key", "code", "sid", "session", "assertion"];

/// Ends of the last words of all these names: a cheap look before they are compared.
const ENDS: &[&str] = &[
    "word",
    "passwd",
    "pwd",
    "phrase",
    "wort",
    "seña",
    "passe",
    "pass",
    "key",
    "token",
    "secret",
    "signature",
    "credential",
    "credentials",
    "bearer",
    "authorization",
    "sig",
    "auth",
    "cookie",
    "id",
    "jwt",
    "code",
    "sid",
    "session",
    "assertion",
];

/// Fewest bytes of a value.
pub(super) const SHORTEST: usize = 6;

/// How much a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// The value is a secret whatever it looks like.
    Password,
    /// It is one if it is no word.
    Key,
    /// It is one if it looks like one.
    Loose,
}

/// What a name says of its value.
pub(super) fn name_of(name: &str) -> Option<Name> {
    if !can_name(name) {
        return None;
    }
    let name = trimmed(name);
    let last = name.bytes().rev().take_while(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80).count();
    let last = name.get(name.len() - last..)?;
    let ends = |word: &&str| {
        last.len() >= word.len()
            && last
                .as_bytes()
                .get(last.len() - word.len()..)
                .is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
    };
    if last.len() < 2 || !ENDS.iter().any(ends) {
        return None;
    }
    [(PASSWORDS, Name::Password), (KEYS, Name::Key), (LOOSE, Name::Loose)]
        .into_iter()
        .find(|(words, _)| context::named_last(words, name))
        .map(|(_, kind)| kind)
}

/// Whether a name can say anything, by its last two letters.
pub(super) fn can_name(name: &str) -> bool {
    can_end(trimmed(name).as_bytes())
}

fn trimmed(name: &str) -> &str {
    name.trim_end_matches(|letter: char| !letter.is_alphanumeric())
}

/// The last two letters of [`ENDS`]: a bit for the first of them by the second.
const LAST_TWO: [u32; 26] = last_two();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn last_two() -> [u32; 26] {
    let mut bits = [0; 26];
    let mut place = 0;
    while place < ENDS.len() {
        let end = ENDS[place].as_bytes();
        let (first, second) = (end[end.len() - 2], end[end.len() - 1]);
        if first.is_ascii_lowercase() && second.is_ascii_lowercase() {
            bits[(second - b'a') as usize] |= 1 << (first - b'a');
        }
        place += 1;
    }
    bits
}

/// Whether a name can end in one of [`ENDS`], by its last two letters.
fn can_end(name: &[u8]) -> bool {
    let [.., first, second] = name else { return false };
    if *first >= 0x80 {
        return true;
    }
    let letter = |byte: u8| byte.is_ascii_alphabetic().then(|| byte.to_ascii_lowercase() - b'a');
    letter(*first)
        .zip(letter(*second))
        .is_some_and(|(first, second)| LAST_TWO.get(usize::from(second)).is_some_and(|bits| bits & (1 << first) != 0))
}

/// Whether a value can be a secret of any name, by a look at its length and its blanks.
pub(super) fn can_be_secret(value: &str) -> bool {
    value.len() >= SHORTEST
        && (memchr::memchr(b' ', value.as_bytes()).is_none()
            || value.len() >= 12 && value.bytes().any(|byte| byte.is_ascii_digit()))
}

fn hit(start: usize, end: usize, by: &'static str, gate: Gate) -> Hit {
    Hit { start, end, class: Some(Class::Secret), by, gate }
}

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let mut from = 0;
    for at in memchr::memchr2_iter(b':', b'=', text.bytes) {
        if at < from {
            continue;
        }
        if let Some(found) = url(text, at).or_else(|| assigned(text, at)) {
            from = found.end;
            out.push(found);
        }
    }
}

/// Secrets in sentences.
pub(super) fn in_words(text: &Text<'_>, out: &mut Vec<Hit>) {
    out.extend(memchr::memmem::find_iter(text.bytes, b" is ").filter_map(|at| said(text, at)));
}

/// The password of `scheme://user:password@host`.
fn url(text: &Text<'_>, colon: usize) -> Option<Hit> {
    let rest = text.bytes.get(colon..)?.strip_prefix(b"://")?;
    let start = colon + 3;
    let ends =
        |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'' | b'<' | b'>' | b'?' | b'#' | b',');
    let length = run(rest, 0, 512, |byte| !ends(byte));
    let authority = rest.get(..length)?;
    let (_, password) = userinfo(authority)?;
    let value = authority.get(password.clone())?;
    (!placeholder(value)).then(|| hit(start + password.start, start + password.end, "url-password", Gate::Strong))
}

/// `name = value`, `name: value`, `"name": "value"`, `?name=value`.
fn assigned(text: &Text<'_>, at: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let name_end = at - run_back(bytes, at, 4, |byte| matches!(byte, b' ' | b'"' | b'\'' | b'`' | b']'));
    let length =
        run_back(bytes, name_end, 32, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    let name = text.text.get(name_end - length..name_end)?;
    if name.len() < 3 {
        return None;
    }
    let url = before(bytes, name_end - name.len()).is_some_and(|byte| matches!(byte, b'?' | b'&'));
    let kind = name_of(name).or_else(|| (url && context::named_last(QUERY, name)).then_some(Name::Loose))?;
    let mut start = at + 1 + run(bytes, at + 1, 4, |byte| matches!(byte, b' ' | b'>' | b'=' | b':'));
    let quote = byte(bytes, start).filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
    start += usize::from(quote.is_some());
    for scheme in ["Bearer ", "bearer ", "Basic ", "basic ", "token ", "Token "] {
        if bytes.get(start..).is_some_and(|rest| rest.starts_with(scheme.as_bytes())) {
            start += scheme.len();
            break;
        }
    }
    let length = match quote {
        Some(quote) => run(bytes, start, 4096, |byte| byte != quote && byte != b'\n'),
        None => run(bytes, start, 4096, |byte| {
            byte.is_ascii_graphic()
                && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'&' | b'<' | b'>' | b'}' | b')' | b']')
        }),
    };
    let value = text.text.get(start..start + length)?;
    let tight = byte(bytes, at) == Some(b'=') || quote.is_some();
    let value = if tight { value } else { value.trim_end_matches(['.', ':', '!', '?']) };
    is_secret(value, kind, url || tight)
        .then(|| hit(start, start + value.len(), "assigned", Gate::Context(word_of(kind))))
}

/// `the password is …`: the value is mixed as no word is.
fn said(text: &Text<'_>, is: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let length = run_back(bytes, is, 32, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' '));
    let kind = name_of(text.text.get(is - length..is)?)?;
    let start = is + 4;
    let part = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'<' | b'>');
    let value =
        text.text.get(start..start + run(bytes, start, 4096, part))?.trim_end_matches(['.', ':', '!', '?', ')']);
    let mixed = value.bytes().any(|byte| byte.is_ascii_digit()) && value.bytes().any(|byte| byte.is_ascii_alphabetic());
    (mixed && value.len() >= 6 && is_secret(value, kind, true))
        .then(|| hit(start, start + value.len(), "said", Gate::Context(word_of(kind))))
}

pub(super) const fn word_of(kind: Name) -> &'static str {
    match kind {
        Name::Password => "password",
        Name::Key => "key",
        Name::Loose => "secret",
    }
}

/// Whether a value looks like a secret: no stand-in, and mixed as no word of a language is.
pub(super) fn is_secret(value: &str, name: Name, tight: bool) -> bool {
    if value.len() < 4 || placeholder(value.as_bytes()) || kill::is_stand_in(value) {
        return false;
    }
    let has = |test: fn(&u8) -> bool| value.bytes().any(|byte| test(&byte));
    let (digit, letter) = (has(u8::is_ascii_digit), has(u8::is_ascii_alphabetic));
    let symbol =
        value.bytes().any(|byte| byte.is_ascii_punctuation() && !matches!(byte, b'.' | b'-' | b'_' | b'/' | b':'));
    let mixed = digit && letter;
    let cases = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let spaced = value.contains(' ');
    match name {
        Name::Password if spaced => tight && mixed && value.len() >= 12,
        Name::Password => value.len() >= 6 && (tight || digit || symbol),
        Name::Key => !spaced && (mixed && value.len() >= 8 || value.len() >= 10 && (symbol || cases)),
        Name::Loose => {
            !spaced
                && (mixed
                    && (value.len() >= 16 || tight && value.len() >= 10 && (symbol || cases || value.len() >= 12))
                    || value.len() >= 24 && cases && !value.contains(['/', '.']))
        }
    }
}
