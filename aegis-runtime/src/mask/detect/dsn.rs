//! Passwords in what names a server: URLs, connection strings of drivers, lines of a `.pgpass`, and lists of a user and its password.

use super::assigned::{hit, is_mixed, is_name, is_secret, is_strong};
use super::names::Name;
use super::{Gate, Hit, Text};
use crate::mask::scan::{before, byte, run, run_back};
use crate::mask::valid::secret::{placeholder, userinfo};

/// What stands behind a colon, or around it.
pub(super) fn find(text: &Text<'_>, colon: usize) -> Option<Hit> {
    if byte(text.bytes, colon) != Some(b':') {
        return None;
    }
    url(text, colon).or_else(|| driver(text, colon)).or_else(|| line(text, colon)).or_else(|| pair(text, colon))
}

/// What stands for a user and for a password where it is told how a URL is written.
const USERS: [&str; 5] = ["user", "username", "usr", "login", "[user"];
const PASSES: [&str; 6] = ["pass", "passwd", "password", "pwd", "pw", "passwd@]"];

fn is_any(value: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| value.eq_ignore_ascii_case(word.as_bytes()))
}

/// The password of `scheme://user:password@host`.
fn url(text: &Text<'_>, colon: usize) -> Option<Hit> {
    let rest = text.bytes.get(colon..)?.strip_prefix(b"://")?;
    let start = colon + 3;
    let ends = |byte: u8| {
        byte.is_ascii_whitespace()
            || byte.is_ascii_control()
            || matches!(byte, b'/' | b'"' | b'\'' | b'<' | b'>' | b'?' | b',')
    };
    // A `#` in a password should be an escape, and people leave it as it is; one behind a host begins what follows it.
    let whole = run(rest, 0, 512, |byte| !ends(byte));
    let host = run(rest, 0, whole, |byte| byte != b'#');
    let signed = rest.get(host..whole).is_some_and(|behind| behind.contains(&b'@'));
    let length = if signed { whole } else { host };
    let authority = rest.get(..length)?;
    let (user, password) = userinfo(authority)?;
    let value = authority.get(password.clone())?;
    // `https://user:pass@host`: how one is written.
    let shown = authority.get(user).is_some_and(|user| is_any(user, &USERS)) && is_any(value, &PASSES);
    // A pattern of URLs: `mongodb:\/\/(\w+:\w+@)?`
    let parts = [b"\\w".as_slice(), b"[^", b".+", b".*"];
    let host = authority.get(password.end + 1..).unwrap_or_default();
    let pattern = parts.iter().any(|part| memchr::memmem::find(value, part).is_some())
        && host.iter().any(|byte| matches!(byte, b'\\' | b'(' | b')' | b'['));
    (!placeholder(value) && !shown && !pattern)
        .then(|| hit(start + password.start, start + password.end, "url-password", Gate::Strong))
}

/// The password of `user:password@tcp(host)`, as programs in Go name a database.
fn driver(text: &Text<'_>, colon: usize) -> Option<Hit> {
    let bytes = text.bytes;
    if !before(bytes, colon).is_some_and(is_name) {
        return None;
    }
    let start = colon + 1;
    let length = run(bytes, start, 128, |byte| byte.is_ascii_graphic() && !matches!(byte, b'@' | b'"' | b'\'' | b'/'));
    let behind = bytes.get(start + length..)?;
    let value = text.text.get(start..start + length)?;
    let opens = behind.starts_with(b"@tcp(") || behind.starts_with(b"@unix(");
    (opens && is_secret(value, Name::Password, true)).then(|| hit(start, start + length, "url-password", Gate::Strong))
}

/// The password of a line of `.pgpass`: `host:port:database:user:password`.
fn line(text: &Text<'_>, colon: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let port = run(bytes, colon + 1, 6, |byte| byte.is_ascii_digit() || byte == b'*');
    if port == 0 || byte(bytes, colon + 1 + port) != Some(b':') {
        return None;
    }
    let start = colon - run_back(bytes, colon, 128, |byte| is_name(byte) || byte == b'*');
    if !matches!(before(bytes, start), None | Some(b'\n')) {
        return None;
    }
    let rest = text.text.get(start..start + run(bytes, start, 512, |byte| byte.is_ascii_graphic()))?;
    let fields: Vec<&str> = rest.splitn(6, ':').collect();
    let [_, _, database, user, password] = fields.as_slice() else { return None };
    let named = |name: &str| !name.is_empty() && name.bytes().all(|byte| is_name(byte) || byte == b'*');
    let end = start + rest.len();
    let told = named(database) && named(user) && is_mixed(password) && is_secret(password, Name::Password, true);
    told.then(|| hit(end - password.len(), end, "pgpass", Gate::Grouped))
}

/// Words for a user and its password together.
const PAIRS: &[&str] = &[
    "credentials",
    "creds",
    "login",
    "logins",
    "zugangsdaten",
    "credenciales",
    "credenziali",
    "identifiants",
    "inloggegevens",
    "anmeldedaten",
];

/// The password of `credentials: user:password` and `login: user / password`.
fn pair(text: &Text<'_>, colon: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let name = text.text.get(colon - run_back(bytes, colon, 16, |byte| byte.is_ascii_alphabetic())..colon)?;
    if !PAIRS.iter().any(|pair| name.eq_ignore_ascii_case(pair)) {
        return None;
    }
    let user = colon + 1 + run(bytes, colon + 1, 2, |byte| byte == b' ');
    let end = user + run(bytes, user, 64, |byte| is_name(byte) || byte == b'@');
    let sign = run(bytes, end, 3, |byte| matches!(byte, b' ' | b'/' | b':'));
    let parted = bytes.get(end..end + sign).is_some_and(|sign| sign.contains(&b'/') || sign.contains(&b':'));
    let start = end + sign;
    let part = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b',' | b';' | b'<' | b'/');
    let value = text.text.get(start..start + run(bytes, start, 128, part))?.trim_end_matches(['.', ')']);
    (end > user && parted && is_strong(value) && is_secret(value, Name::Password, true))
        .then(|| hit(start, start + value.len(), "pair", Gate::Grouped))
}
