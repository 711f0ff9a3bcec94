//! Numbers of four parts that are no addresses: of releases, of sections, of objects, of what is drawn.

use super::Text;
use crate::mask::context::named_last;
use crate::mask::json::Segment;
use crate::mask::phrases::spelled;
use crate::mask::scan::{before, line_back, run, run_back, says_any, text_back};
use std::net::Ipv4Addr;

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
pub(super) const NAME: usize = 48;
const WORDS: usize = 6;

/// Whether a number that reads as an address is something else.
pub(super) fn is_other(text: &Text<'_>, address: Ipv4Addr, (start, end): (usize, usize)) -> bool {
    let bytes = text.bytes;
    let low = address.octets().iter().all(|part| *part < LOW);
    address.octets().ends_with(&[0, 0, 0])
        || text.text.get(start..end).is_some_and(is_oid)
        || is_noted(text.text, end)
        || is_compared(bytes, start)
        || low && is_section(bytes, start, end)
        || is_soup(text.text, start, end)
        || is_small(address)
            && end - start < bytes.len()
            && is_numbered(text.text, start, end)
            && !is_told_of(text, start, end)
        || is_version(text, start)
}

/// Parts of sections are lower.
const LOW: u8 = 40;

/// Whether what follows says that it was released: `1.7.12.4 Release Notes`, `2.0.1.5 (build 17)`.
fn is_noted(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let digit = |next: char| next.is_ascii_digit();
    let goes_on = |next: char| next.is_ascii_alphabetic() && next != 's';
    rest.strip_prefix(" (build ").is_some_and(|rest| rest.starts_with(digit))
        || [" Release", " release", " (stable", "-rc", "-beta"]
            .iter()
            .any(|word| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(goes_on)))
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
    "destination", "inet", "nameserver", "resolver", "connected", "connection", "login", "forwarded", "firewall", "vpn",
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
    let head = line_back(text, start, TELLS);
    let marks = head.trim();
    let comment = !marks.is_empty()
        && marks.bytes().all(|byte| matches!(byte, b'/' | b'*' | b'#'))
        && tail.split('\n').next().is_some_and(|rest| rest.trim_matches(['.', ' ', '\r']).is_empty());
    revised || comment || FILES.iter().any(|file| tail.starts_with(file)) || says_any(head, &WORDS)
}

/// Whether what stands beside a number says that it is an address: a word of its line or of its key, a port, a mask, a scheme.
fn is_told_of(text: &Text<'_>, start: usize, end: usize) -> bool {
    let near = |part: &str| says_any(part, &TELLING);
    let head = line_back(text.text, start, TELLS);
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
        || text.around.path.iter().any(|segment| matches!(segment, Segment::Key(key) if near(&spelled(key))))
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

/// An object identifier of the usual arcs that happens to have four parts.
fn is_oid(written: &str) -> bool {
    ["1.2.840.", "1.3.6.", "1.3.14.", "1.3.101.", "1.3.132.", "2.5.4.", "2.5.29."]
        .iter()
        .any(|arc| written.starts_with(arc))
}

/// Whether the name before says that this is a version: the word right before, but for those that join and for other numbers.
fn is_version(text: &Text<'_>, start: usize) -> bool {
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
                && text.key().is_some_and(|key| (key.len() > 2 || key == "fw") && named_last(VERSIONS, key))
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
