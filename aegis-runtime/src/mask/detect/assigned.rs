//! Secrets by where they stand: the password in a URL or a connection string, the value of a URL's `token=`, and what is assigned to
//! a name such as `password`.

use super::{Gate, Hit, Text};
use crate::mask::context;
use crate::mask::kill;
use crate::mask::scan::{before, byte, run, run_back};
use crate::mask::valid::secret::{placeholder, userinfo};
use crate::vocabulary::Class;

/// Names whose value is a secret whatever it looks like.
pub(in crate::mask) const PASSWORDS: &[&str] = &[
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
/// Names whose value is a secret where it looks like one.
pub(in crate::mask) const KEYS: &[&str] = &[
    "secret",
    "api key",
    "apikey",
    "api token",
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
    "bearer",
    "token",
    "authorization",
    "sig",
    "signature",
    "x amz signature",
    "x amz security token",
    "account key",
    "accountkey",
    "shared access key",
    "webhook secret",
    "encryption key",
    "signing key",
    "id token",
    "credential",
    "credentials",
    "session key",
    "auth",
];

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
    if name.len() < 3 || !can_be_secret(name) {
        return None;
    }
    let sure = context::named_last(PASSWORDS, name);
    if !sure && !context::named_last(KEYS, name) {
        return None;
    }
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
    let url = before(bytes, name_end - name.len()).is_some_and(|byte| matches!(byte, b'?' | b'&'));
    is_secret(value, sure, url || tight)
        .then(|| hit(start, start + value.len(), "assigned", Gate::Context(if sure { "password" } else { "secret" })))
}

/// A cheap look before the names are compared.
fn can_be_secret(name: &str) -> bool {
    name.bytes().rev().take(10).any(|byte| matches!(byte | 0x20, b's' | b'k' | b'p' | b't' | b'b' | b'a'))
}

/// Whether a value looks like a secret: no stand-in, and mixed as no word of a language is.
pub(in crate::mask) fn is_secret(value: &str, sure: bool, tight: bool) -> bool {
    if value.len() < 4 || placeholder(value.as_bytes()) || kill::is_stand_in(value) {
        return false;
    }
    let has = |test: fn(&u8) -> bool| value.bytes().any(|byte| test(&byte));
    let (digit, letter) = (has(u8::is_ascii_digit), has(u8::is_ascii_alphabetic));
    let symbol =
        value.bytes().any(|byte| byte.is_ascii_punctuation() && !matches!(byte, b'.' | b'-' | b'_' | b'/' | b':'));
    let mixed = digit && letter;
    if sure {
        let spaced = value.contains(' ');
        return !spaced && (tight && value.len() >= 6 || value.len() >= 6 && (digit || symbol))
            || spaced && tight && mixed && value.len() >= 12;
    }
    let upper_and_lower = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    !value.contains(' ')
        && mixed
        && (value.len() >= 16 || tight && value.len() >= 10 && (symbol || upper_and_lower || value.len() >= 12))
        || !value.contains(' ') && value.len() >= 24 && upper_and_lower && !value.contains(['/', '.'])
}
