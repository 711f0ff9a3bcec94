//! Secrets in commands: their options, and what is handed to them in other ways.

use super::assigned::{hit, is_mixed, is_name, is_secret};
use super::names::{Name, name_of, word_of};
use super::{Gate, Hit, Text, code};
use crate::mask::scan::{BLANK, COLON, byte, run};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// How a command takes a password without an option of that name.
#[derive(Clone, Copy)]
enum Handed {
    /// Right behind: `/p:…`.
    Behind,
    /// Behind a user: `-U user%…`.
    User,
    /// In what is piped to it: `echo '…' | docker login --password-stdin`.
    Piped,
    /// Between a user and a server: `sqlplus user/…@db`.
    Slashed,
}

/// What such commands are known by. Built once: most texts are short, and have none.
static HANDED: LazyLock<[(Finder<'static>, Handed); 10]> = LazyLock::new(|| {
    [
        (" -U ", Handed::User),
        ("ConvertTo-SecureString ", Handed::Behind),
        (" /p:", Handed::Behind),
        ("--password-stdin", Handed::Piped),
        ("sudo -S", Handed::Piped),
        ("sqlplus ", Handed::Slashed),
        ("sqlldr ", Handed::Slashed),
        ("expdp ", Handed::Slashed),
        ("impdp ", Handed::Slashed),
        ("jdbc:oracle:thin:", Handed::Slashed),
    ]
    .map(|(mark, handed)| (Finder::new(mark), handed))
});

/// Passwords that a command takes without an option of that name.
pub(super) fn arguments(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    // Each holds one of them.
    if !text.scan.has(BLANK | COLON) {
        return;
    }
    for (mark, handed) in HANDED.iter() {
        for at in mark.find_iter(bytes) {
            let Some(start) = handed.start(bytes, at, at + mark.needle().len()) else { continue };
            let start = start + run(bytes, start, 1, |byte| matches!(byte, b'"' | b'\''));
            let length = run(bytes, start, 256, |byte| byte.is_ascii_graphic() && !handed.ends(byte));
            let value = text.text.get(start..start + length);
            if let Some(value) = value.filter(|value| is_mixed(value) && is_secret(value, Name::Password, true)) {
                out.push(hit(start, start + value.len(), "argument", Gate::Context(word_of(Name::Password))));
            }
        }
    }
}

impl Handed {
    /// Where the password begins, of a mark's beginning and end.
    fn start(self, bytes: &[u8], at: usize, end: usize) -> Option<usize> {
        match self {
            Self::Behind => Some(end),
            Self::User => {
                let user = run(bytes, end, 64, |byte| byte.is_ascii_graphic() && byte != b'%');
                (byte(bytes, end + user) == Some(b'%')).then_some(end + user + 1)
            }
            Self::Piped => {
                let from = at.saturating_sub(200);
                Some(from + memchr::memmem::rfind(bytes.get(from..at)?, b"echo ")? + 5)
            }
            Self::Slashed => {
                let user = run(bytes, end, 64, is_name);
                let value = run(bytes, end + user + 1, 128, |byte| byte.is_ascii_graphic() && byte != b'@');
                let parted = byte(bytes, end + user) == Some(b'/') && byte(bytes, end + user + 1 + value) == Some(b'@');
                parted.then_some(end + user + 1)
            }
        }
    }

    /// What ends the password besides a blank.
    fn ends(self, byte: u8) -> bool {
        match self {
            Self::Behind | Self::User => matches!(byte, b'"' | b'\''),
            Self::Piped => matches!(byte, b'"' | b'\'' | b'|'),
            Self::Slashed => byte == b'@',
        }
    }
}

/// `--password …`, and the credentials of `curl -u user:…`.
pub(super) fn flags(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    for dash in memchr::memmem::find_iter(bytes, b" -") {
        let at = dash + 1;
        if matches!(bytes.get(at + 1..), Some([b'u', ..] | [b'-', b'u' | b'p', ..])) {
            out.extend(user(text, dash));
        }
        out.extend(option(text, dash));
        // `--password` and `-storepass`
        let name = at + 1 + usize::from(byte(bytes, at + 1) == Some(b'-'));
        let end = name + run(bytes, name, 40, |byte| is_name(byte) && byte.is_ascii());
        if end - name < 4 {
            continue;
        }
        let Some(kind) = text.text.get(name..end).filter(|_| byte(bytes, end) == Some(b' ')).and_then(name_of) else {
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

/// Commands, the option that is a password to them, and whether it can be written right behind it.
const OPTIONS: &[(&[u8], u8, bool)] = &[
    (b"mysql", b'p', true),
    (b"mariadb", b'p', true),
    (b"sshpass", b'p', true),
    (b"docker login", b'p', false),
    (b"redis-cli", b'a', false),
    (b"ldapsearch", b'w', false),
    (b"ldapmodify", b'w', false),
    (b"mongo", b'p', false),
    (b"az login", b'p', false),
    (b"ipmitool", b'P', false),
];

/// The password of `mysql -p…`, `sshpass -p '…'`, `redis-cli -a …`.
fn option(text: &Text<'_>, at: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let letter = byte(bytes, at + 2)?;
    let line = bytes.get(at.saturating_sub(200)..at)?;
    let line = memchr::memrchr(b'\n', line).map_or(Some(line), |end| line.get(end + 1..))?;
    let names =
        |(command, option, _): &&(&[u8], u8, bool)| *option == letter && memchr::memmem::find(line, command).is_some();
    let (_, _, attached) = OPTIONS.iter().find(names)?;
    let gap = run(bytes, at + 3, 1, |byte| matches!(byte, b' ' | b'='));
    if gap == 0 && !attached {
        return None;
    }
    let start = at + 3 + gap;
    let start = start + run(bytes, start, 1, |byte| matches!(byte, b'"' | b'\''));
    let value = text.text.get(start..start + length_of(bytes, start))?;
    let told = is_mixed(value) && is_secret(value, Name::Password, true) && !value.starts_with('-');
    told.then(|| hit(start, start + value.len(), "flag", Gate::Context(word_of(Name::Password))))
}

/// The password of `curl -u user:…`.
fn user(text: &Text<'_>, at: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let rest = bytes.get(at..)?;
    let options: [&[u8]; 4] = [b" -u ", b" --user ", b" --user=", b" --proxy-user "];
    let start = at + options.iter().find(|option| rest.starts_with(option))?.len();
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
