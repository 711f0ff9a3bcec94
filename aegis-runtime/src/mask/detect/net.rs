//! Addresses of machines: IPv4, IPv6 and MAC, but for those that are nobody's.

use super::{Gate, Hit, Text};
use crate::mask::context::named_last;
use crate::mask::json::Segment;
use crate::mask::phrases::spell;
use crate::mask::scan::{COLON, alone, before, byte, run, run_back, text_back};
use crate::mask::valid::net::{keep_v4, keep_v6, mac};
use crate::vocabulary::Class;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Names of what is numbered with points, as the last word before the number.
const VERSIONS: &[&str] = &[
    "abschnitt",
    "annex",
    "anhang",
    "appendix",
    "artikel",
    "chapter",
    "clause",
    "fassung",
    "kapitel",
    "paragraph",
    "section",
    "ziffer",
    "version",
    "versions",
    "versionen",
    "versión",
    "versione",
    "versão",
    "versie",
    "wersja",
    "verze",
    "verzia",
    "versjon",
    "versio",
    "версия",
    "assemblyversion",
    "fileversion",
    "productversion",
    "ver",
    "v",
    "release",
    "releases",
    "upgrade",
    "upgraded",
    "downgrade",
    "downgraded",
    "bump",
    "bumped",
    "oid",
    "build",
    "section",
    "chapter",
    "clause",
    "firmware",
    "sdk",
    "nuget",
    "glibc",
    "package",
    "tag",
    "image",
    "dll",
    "driver",
    "drivers",
    "kernel",
    "rev",
    "revision",
    "bios",
    "uefi",
    "ilo",
    "idrac",
    "bmc",
    "fw",
    "patch",
    "hotfix",
    "bootloader",
    "microcode",
    "since",
];
/// Names of columns that hold versions.
const HEADERS: &[&str] = &["installed", "fixed", "fixed in", "available", "candidate", "latest", "affected"];
/// Programs that a version stands right behind.
const PROGRAMS: &[&str] = &[
    "php",
    "python",
    "java",
    "jdk",
    "jre",
    "nginx",
    "mysql",
    "mariadb",
    "postgresql",
    "redis",
    "openssl",
    "oracle",
    "engine",
    "dotnet",
];
/// Words that may stand between such a name and its number, or between two numbers.
const BETWEEN: &[&str] = &["is", "was", "and", "or", "to", "from", "number", "no"];
/// Programs that name themselves with a version behind a slash.
const AGENTS: &[&str] = &[
    "chrome",
    "headlesschrome",
    "chromium",
    "edg",
    "edge",
    "opr",
    "opera",
    "crios",
    "safari",
    "firefox",
    "applewebkit",
    "electron",
    "vivaldi",
    "yabrowser",
    "samsungbrowser",
    "version",
    "trident",
];
/// So far before a number its name begins, and so many words between.
const NAME: usize = 48;
const WORDS: usize = 6;

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    let mut from = 0;
    for word in &text.scan.words {
        if word.start < from {
            continue;
        }
        let found = match byte(bytes, word.end) {
            Some(b'.') if word.end - word.start <= 3 => v4(text, word.start),
            _ if word.end - word.start == 2 => pairs(bytes, word.start),
            _ => None, // no mark of an address
        };
        let found = found.or_else(|| numeric(text, word.start, word.end));
        let found = found.or_else(|| (word.end - word.start == 4).then(|| hardware(bytes, word.start, 14)).flatten());
        if let Some(hit) = found {
            from = hit.end;
            out.push(hit);
        }
    }
    if text.scan.has(COLON) {
        let mut from = 0;
        for at in memchr::memchr_iter(b':', bytes) {
            if at < from {
                continue;
            }
            let (start, end) = around(bytes, at);
            from = end;
            out.extend(v6(text, start, end));
        }
    }
}

/// The run of hex digits, colons and points around a place.
fn around(bytes: &[u8], at: usize) -> (usize, usize) {
    let part = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let start = at - run_back(bytes, at, 48, part);
    (start, at + run(bytes, at, 48, part))
}

fn v4(text: &Text<'_>, start: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let touches =
        |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    if touches(before(bytes, start)) {
        return None;
    }
    let length = run(bytes, start, 16, |byte| byte.is_ascii_digit() || byte == b'.');
    let written = text.text.get(start..start + length)?.trim_end_matches('.');
    let end = start + written.len();
    let address: Ipv4Addr = written.parse().ok()?;
    let more = byte(bytes, end) == Some(b'.') && byte(bytes, end + 1).is_some_and(|byte| byte.is_ascii_digit());
    if more || byte(bytes, end).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return None;
    }
    // `Version 10.2.3.4`; a network with its length (`/24`) is an address.
    // `1.7.12.4 Release Notes`
    let noted = text.text.get(end..).is_some_and(|rest| {
        let built =
            rest.strip_prefix(" (build ").is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
        built
            || [" Release", " release", " (stable", "-rc", "-beta"].iter().any(|word| {
                rest.strip_prefix(word)
                    .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphabetic() && next != 's'))
            })
    });
    if keep_v4(address, text.keeps_private())
        || address.octets().ends_with(&[0, 0, 0])
        || is_oid(written)
        || noted
        || is_compared(bytes, start)
        || address.octets().iter().all(|part| *part < 40) && is_section(bytes, start, end)
        || is_soup(text.text, start, end)
        || is_small(address)
            && end - start < bytes.len()
            && is_numbered(text.text, start, end)
            && !is_told_of(text, start, end)
        || version(text, start)
    {
        return None;
    }
    Some(Hit { start, end, class: Some(Class::IpAddress), by: "ipv4", gate: Gate::Strong })
}

/// Whether every part of a number is as small as those of versions and sections are, and not all are one. Of a thousand addresses two are
/// so.
fn is_small(address: Ipv4Addr) -> bool {
    let [first, rest @ ..] = address.octets();
    first < SMALL && rest.iter().all(|part| *part < SMALL) && rest.iter().any(|part| *part != first)
}

const SMALL: u8 = 32;
/// So far to either side of a small one a word stands that says that it is an address.
const TELLS: usize = 160;
const TAIL: usize = 32;

/// Words beside which a number of four small parts is an address.
#[rustfmt::skip]
const TELLING: [&str; 41] = [
    "ip", "ips", "ipv4", "addr", "address", "addresses", "adresse", "dirección", "indirizzo", "endereço", "adres", "host", "hosts", "hostname",
    "server", "servers", "client", "clients", "from", "via", "dns", "ping", "gateway", "router", "remote", "peer", "peers", "src", "dst",
     "destination", "inet", "nameserver", "resolver",  "connected", "connection", "login", "forwarded", "firewall", "vpn",
    "network", "proxy",
];

/// Whether a number of four small parts stands where releases and sections do: in the name of a file or a package, behind a word of
/// either, alone in a comment.
fn is_numbered(text: &str, start: usize, end: usize) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 24] = [
        "fix", "fixed", "fixes", "merged", "introduced", "regression", "release", "releases", "notes", "section", "sections", "chapter", "clause",
        "spec", "ecma", "upgrade", "upgraded", "update", "updated", "changelog", "v8", "npm", "package", "annotations",
    ];
    const FILES: [&str; 9] = [".txt", ".md", ".tar", ".zip", ".jar", ".rst", ".html", ".patch", ".tgz"];
    let tail = text.get(end..).unwrap_or_default();
    let revision = tail.strip_prefix('-').map(|rest| rest.split([' ', '\n', '\t']).next().unwrap_or_default());
    let revised =
        revision.is_some_and(|rest| (1..=2).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit()));
    let head = text_back(text, start, TELLS, |byte| byte != b'\n').unwrap_or_default();
    let said = || {
        head.split(|letter: char| !letter.is_alphanumeric())
            .any(|word| WORDS.iter().any(|other| word.eq_ignore_ascii_case(other)))
    };
    let marks = head.trim();
    let comment = !marks.is_empty()
        && marks.bytes().all(|byte| matches!(byte, b'/' | b'*' | b'#'))
        && tail.split('\n').next().is_some_and(|rest| rest.trim_matches(['.', ' ', '\r']).is_empty());
    revised || comment || FILES.iter().any(|file| tail.starts_with(file)) || said()
}

/// Whether what stands beside a number says that it is an address: a word of its line or of its key, a port, a mask, a scheme.
fn is_told_of(text: &Text<'_>, start: usize, end: usize) -> bool {
    let near = |part: &str| {
        part.split(|letter: char| !letter.is_alphanumeric())
            .any(|word| TELLING.iter().any(|telling| word.eq_ignore_ascii_case(telling)))
    };
    let head = text_back(text.text, start, TELLS, |byte| byte != b'\n').unwrap_or_default();
    let tail =
        text.text.get(end..text.text.floor_char_boundary((end + TELLS).min(text.text.len()))).unwrap_or_default();
    let digit =
        |mark: char| tail.strip_prefix(mark).is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
    let behind = tail.split('\n').next().unwrap_or_default();
    let alone = head.trim().is_empty() && behind.trim().is_empty();
    alone
        || digit(':')
        || digit('/')
        || head.ends_with(['@', '/'])
        || near(head)
        || near(behind.get(..behind.floor_char_boundary(TAIL.min(behind.len()))).unwrap_or_default())
        || text.column(start).is_some_and(near)
        || text.around.path.iter().any(|segment| matches!(segment, Segment::Key(key) if near(&spaced(key))))
}

/// A key as words.
fn spaced(key: &str) -> String {
    let mut spelled = String::new();
    spell(key, &mut spelled);
    spelled
}

/// Whether a number stands among others and lone letters, as in the path of a picture: `l2.12 3.51.98.32 2.03.5`.
fn is_soup(text: &str, start: usize, end: usize) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b' ' | b',');
    let drawn = |run: &str| {
        let words = || run.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        run.matches('.').count() > 2 && words().all(|word| word.len() == 1)
    };
    let head = text_back(text, start, PATH, part).unwrap_or_default();
    let tail = text.get(end..).unwrap_or_default();
    let tail = tail.get(..run(tail.as_bytes(), 0, PATH, part)).unwrap_or_default();
    drawn(head) && drawn(tail)
}

/// So much of a path is looked at to either side.
const PATH: usize = 32;

/// Whether a number heads a line, as that of a section does: `// 5.2.1.1. Append the result`.
fn is_section(bytes: &[u8], start: usize, end: usize) -> bool {
    let mark = |byte: u8| matches!(byte, b' ' | b'\t' | b'/' | b'*' | b'#' | b';');
    let heads = matches!(before(bytes, start - run_back(bytes, start, 24, mark)), None | Some(b'\n'));
    let noted = before(bytes, start - run_back(bytes, start, 4, |byte| byte == b' '))
        .is_some_and(|byte| matches!(byte, b'/' | b'*' | b'#' | b';'));
    let low = bytes.get(start..end).is_some_and(|written| written.get(1) == Some(&b'.') || written.starts_with(b"1"));
    heads && (noted || low) && matches!(bytes.get(end..), Some([b'.', b' ', b'A'..=b'Z', ..]))
}

/// Whether a sign before a number asks for a version: `(~= 1.4.5.0)`, `>=1.2.3.4`.
fn is_compared(bytes: &[u8], start: usize) -> bool {
    let head = bytes.get(..start - run_back(bytes, start, 1, |byte| byte == b' ')).unwrap_or_default();
    [b"~=".as_slice(), b"~>", b"(>=", b"(<=", b"(=="].iter().any(|sign| head.ends_with(sign))
}

/// Names of an address, right before one that is written as one number.
const ADDRESSES: &[&str] = &[
    "ip",
    "ips",
    "ipv4",
    "ip addr",
    "ip address",
    "ipaddr",
    "ipaddress",
    "ip adresse",
    "adresse ip",
    "dirección ip",
    "indirizzo ip",
    "endereço ip",
    "ip adres",
    "adres ip",
    "remote addr",
    "remoteaddr",
    "remote address",
    "client addr",
    "client address",
    "clientaddr",
    "src addr",
    "dst addr",
    "source address",
    "peer addr",
    "peer address",
    "host addr",
    "inet addr",
];

/// An address as one number, `1426224017` or `0x5502F391`, where the name right before says that it is one.
fn numeric(text: &Text<'_>, start: usize, end: usize) -> Option<Hit> {
    let written = text.text.get(start..end).filter(|written| (8..=10).contains(&written.len()))?;
    let number = match written.strip_prefix("0x").or_else(|| written.strip_prefix("0X")) {
        Some(hex) if hex.len() == 8 => u32::from_str_radix(hex, 16).ok()?,
        _ if written.bytes().all(|byte| byte.is_ascii_digit()) => written.parse().ok()?,
        _ => return None, // no number
    };
    if keep_v4(Ipv4Addr::from_bits(number), text.keeps_private()) || !alone(text.bytes, start, end) {
        return None;
    }
    let from =
        start - run_back(text.bytes, start, NAME, |byte| byte.is_ascii() && !matches!(byte, b'\n' | b',' | b';'));
    let head = text.text.get(from..start)?.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let said = match head.as_bytes().last() {
        Some(last) => matches!(last | 0x20, b'p' | b's' | b'r' | b'e' | b'4') && named_last(ADDRESSES, head),
        None if start == 0 => key(text).is_some_and(|key| named_last(ADDRESSES, key)),
        None => false,
    };
    let said = said || text.column(start).is_some_and(|name| named_last(ADDRESSES, name));
    said.then_some(Hit { start, end, class: Some(Class::IpAddress), by: "ipv4-number", gate: Gate::Context("ip") })
}

/// An object identifier of the usual arcs that happens to have four parts.
fn is_oid(written: &str) -> bool {
    ["1.2.840.", "1.3.6.", "1.3.14.", "1.3.101.", "1.3.132.", "2.5.4.", "2.5.29."]
        .iter()
        .any(|arc| written.starts_with(arc))
}

/// Whether the name before says that this is a version: the word right before, but for those that join and for other numbers.
fn version(text: &Text<'_>, start: usize) -> bool {
    let from = text.text.ceil_char_boundary(start.saturating_sub(NAME));
    let head = text.text.get(from..start).unwrap_or_default();
    let line = head.rsplit('\n').next().unwrap_or_default();
    let parts = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '.');
    let mut words = line.rsplit(parts).filter(|word| !word.is_empty()).take(WORDS).peekable();
    if line.ends_with('/') && words.peek().is_some_and(|word| AGENTS.iter().any(|name| word.eq_ignore_ascii_case(name)))
    {
        return true;
    }
    let program = |word: &&str| {
        word.starts_with("lib") && word.len() > 4 || PROGRAMS.iter().any(|name| word.eq_ignore_ascii_case(name))
    };
    // `invalid user oracle 203.0.113.7 port 54528` is where somebody came from.
    let behind = text.text.get(start..).unwrap_or_default();
    let behind = behind.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    if line.ends_with(' ') && words.peek().is_some_and(program) && !behind.starts_with(" port ") {
        return true;
    }
    let joins = |word: &&str| {
        word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            || BETWEEN.iter().any(|other| word.eq_ignore_ascii_case(other))
    };
    // A key of one or two letters may be any value's.
    let named = |name: &str| name.len() > 2 && (named_last(VERSIONS, name) || named_last(HEADERS, name));
    let said = match words.find(|word| !joins(word)) {
        Some(word) => named_last(VERSIONS, word),
        None => {
            line.len() == start
                && key(text).is_some_and(|key| (key.len() > 2 || key == "fw") && named_last(VERSIONS, key))
        }
    };
    said || text.column(start).is_some_and(named) || is_told(text.text, start)
}

/// Whether a remark behind a number, or behind the one that it leads to, says that it is a version: `syngo 2.1.1.4 (software
/// version)`, `4.4.2.0 -> 5.0.11.3 (build)`.
fn is_told(text: &str, start: usize) -> bool {
    let behind = |text: &'_ str| -> usize {
        text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.').len()
    };
    let mut rest = text.get(start..).unwrap_or_default();
    rest = rest.get(behind(rest)..).unwrap_or_default();
    let low = |number: &str| number.trim_end_matches('.').split('.').all(|part| part.len() < 3);
    let own = text.get(start..).and_then(|own| own.get(..own.len() - rest.len()));
    let arrow = [" -> ", " → ", " => ", " to "].iter().find_map(|arrow| rest.strip_prefix(arrow));
    if let Some(next) = arrow.filter(|next| own.is_some_and(low) && next.get(..behind(next)).is_some_and(low)) {
        rest = next.get(behind(next)..).unwrap_or_default();
    }
    let remark = rest.strip_prefix(" (").map(str::as_bytes).unwrap_or_default();
    let length = run(remark, 0, NAME, |byte| byte != b')' && byte != b'\n');
    let closed = remark.get(length) == Some(&b')');
    let remark = remark.get(..length).and_then(|remark| std::str::from_utf8(remark).ok()).unwrap_or_default();
    let last = remark.rsplit(' ').next().unwrap_or_default();
    let said = named_last(VERSIONS, last);
    closed && said && !remark.bytes().any(|byte| byte.is_ascii_digit())
}

/// The key that a text stands under, in a list or not.
fn key<'text>(text: &'text Text<'_>) -> Option<&'text str> {
    text.around.path.iter().rev().find_map(|segment| match segment {
        Segment::Key(key) => Some(key.as_ref()),
        Segment::Index(_) => None,
    })
}

fn v6(text: &Text<'_>, start: usize, end: usize) -> Option<Hit> {
    let written = text.text.get(start..end)?.trim_end_matches(['.', ':']);
    let written = if text.text.get(start..end)?.ends_with("::") { text.text.get(start..end)? } else { written };
    let end = start + written.len();
    let outside = |byte: Option<u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && byte != b'_');
    if written.matches(':').count() < 2 || !outside(before(text.bytes, start)) || !outside(byte(text.bytes, end)) {
        return None;
    }
    let address: Ipv6Addr = written.parse().ok()?;
    let telling = written.len() >= 7 && written.bytes().any(|byte| byte.is_ascii_digit());
    (telling && !keep_v6(address, text.keeps_private())).then_some(Hit {
        start,
        end,
        class: Some(Class::IpAddress),
        by: "ipv6",
        gate: Gate::Strong,
    })
}

fn hardware(bytes: &[u8], start: usize, length: usize) -> Option<Hit> {
    let end = start + length;
    let outside =
        |byte: Option<u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'_' | b':' | b'-'));
    // `[.0000.0095.0002.033F]` goes on.
    let hex = |at: usize| byte(bytes, at).is_some_and(|byte| byte.is_ascii_hexdigit());
    let more = length == 14 && (before(bytes, start) == Some(b'.') || byte(bytes, end) == Some(b'.') && hex(end + 1));
    (!more && outside(before(bytes, start)) && outside(byte(bytes, end)) && mac(bytes.get(start..end)?))
        .then_some(Hit { start, end, class: Some(Class::MacAddress), by: "mac", gate: Gate::Strong })
}

/// A MAC address that this pair is any of: the first ones may hold letters only.
fn pairs(bytes: &[u8], start: usize) -> Option<Hit> {
    let mark = |at: usize| byte(bytes, at).is_some_and(|byte| matches!(byte, b':' | b'-'));
    (0..6)
        .map_while(|pair| start.checked_sub(pair * 3).filter(|at| pair == 0 || mark(*at + 2)))
        .find_map(|at| hardware(bytes, at, 17))
}
