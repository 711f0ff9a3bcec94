//! E-mail addresses: an `@`, a local part, and a domain that ends in a label shaped like a top-level domain.
//! Source: RFC 5321, RFC 6531.

use super::{Gate, Hit, Text};
use crate::mask::bytes::by_byte;
use crate::mask::scan::{self, byte, run, run_back};
use crate::vocabulary::Class;

pub(super) const NAME: &str = "email";
/// Longest local part and domain.
const LOCAL: usize = 64;
const DOMAIN: usize = 253;

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let mut from = 0;
    for at in memchr::memchr_iter(b'@', text.bytes) {
        if at < from {
            continue;
        }
        if let Some((start, end)) = address(text.text, at, from) {
            out.push(Hit { start, end, class: Some(Class::Email), by: NAME, gate: Gate::Strong });
            from = end;
        }
    }
}

/// The address around a sign, from a place on.
pub(super) fn address(text: &str, at: usize, from: usize) -> Option<(usize, usize)> {
    let local = local(text.get(from..at)?)?;
    let after = text.get(at + 1..)?;
    let domain = match run(after.as_bytes(), 0, DOMAIN, |byte| is(byte, IN_DOMAIN)) {
        // Letters of other scripts are counted as letters.
        ascii if byte(after.as_bytes(), ascii).is_some_and(|byte| byte >= 0x80) => {
            after.chars().take(DOMAIN).take_while(|letter| is_domain(*letter)).map(char::len_utf8).sum()
        }
        ascii => ascii,
    };
    let domain = after.get(..domain)?;
    let domain = top_level(domain).filter(|_| !is_version(domain.as_bytes()))?;
    let start = at - local;
    // `scheme://user:secret@host` holds a password, which is another detector's.
    let bytes = text.as_bytes();
    let name = bytes.get(start..at)?;
    let password = scan::before(bytes, start) == Some(b':')
        && text.get(start.saturating_sub(LOCAL)..start).is_some_and(|head| head.contains("://"));
    let algorithm = is_algorithm(name, domain_of(bytes, at, domain));
    (!is_repository(name) && !password && !algorithm).then_some((start, at + 1 + domain))
}

/// Whether letters, digits and the marks `.`, `-`, `_` and `+` around a sign are an address and nothing but one, at a look: what
/// [`address`] would say of them. Where this says no, that may still say yes.
pub(super) fn is_plain(bytes: &[u8], sign: usize) -> bool {
    let (Some(local), Some(domain)) = (bytes.get(..sign), bytes.get(sign + 1..)) else { return false };
    let Some(point) = memchr::memrchr(b'.', domain) else { return false };
    let top = domain.get(point + 1..).unwrap_or_default();
    // No label is empty or begins with a dash.
    let mut before = b'.';
    let labels = domain.get(..point).unwrap_or_default().iter().all(|byte| {
        let good = is(*byte, IN_DOMAIN) && (before != b'.' || !matches!(byte, b'.' | b'-'));
        before = *byte;
        good
    });
    labels
        && before != b'.'
        && top.len() >= 2
        && top.iter().all(u8::is_ascii_alphabetic)
        && !is_file(top)
        && !is_version(domain)
        && local.first().is_some_and(|first| !is(*first, LEADS))
        && local.last() != Some(&b'.')
        && !is_repository(local)
        && !is_algorithm(local, domain)
}

/// `git@host:path` names a repository, and `xxx@xxx.xx` nobody.
fn is_repository(local: &[u8]) -> bool {
    let filler = local.len() > 2 && local.iter().all(|byte| matches!(byte, b'x' | b'X'));
    filler || matches!(local, b"git" | b"hg" | b"svn")
}

fn domain_of(bytes: &[u8], at: usize, length: usize) -> &[u8] {
    bytes.get(at + 1..at + 1 + length).unwrap_or_default()
}

/// Names that SSH gives to what is no standard: `chacha20-poly1305@openssh.com`. Source: RFC 4251, section 6.
fn is_algorithm(local: &[u8], domain: &[u8]) -> bool {
    matches!(domain, b"openssh.com" | b"libssh.org")
        && (local.contains(&b'-')
            || matches!(local, b"zlib" | b"keepalive" | b"statvfs" | b"fstatvfs" | b"hardlink" | b"fsync"))
}

/// Endings of files and of units of systemd that are named with an `@`, and no top-level domains: `icon@2x.png`,
/// `getty@tty1.service`.
fn is_file(top: &[u8]) -> bool {
    let mut lower = [0; 9];
    let Some(lower) = lower.get_mut(..top.len()) else { return false };
    lower.iter_mut().zip(top).for_each(|(to, from)| *to = from.to_ascii_lowercase());
    #[rustfmt::skip]
    let file = matches!(
        &*lower,
        b"js" | b"ts" | b"gz" | b"xz" | b"db" | b"go"
        | b"png" | b"jpg" | b"gif" | b"svg" | b"css" | b"xml" | b"jsx" | b"tsx" | b"mjs" | b"cjs" | b"mts" | b"vue" | b"txt"
        | b"log" | b"csv" | b"tsv" | b"pdf" | b"ico" | b"bmp" | b"tar" | b"tgz" | b"whl" | b"jar" | b"war" | b"exe" | b"dll"
        | b"bin" | b"iso" | b"img" | b"deb" | b"rpm" | b"apk" | b"dmg" | b"msi" | b"xls" | b"ppt" | b"ttf" | b"otf" | b"eot"
        | b"map" | b"sql" | b"bak" | b"tmp" | b"pem" | b"crt" | b"cfg" | b"ini" | b"yml" | b"cpp" | b"hpp" | b"php" | b"wav"
        | b"avi" | b"mkv"
        | b"html" | b"jpeg" | b"webp" | b"avif" | b"heic" | b"json" | b"scss" | b"sass" | b"less" | b"toml" | b"yaml" | b"lock"
        | b"conf" | b"docx" | b"xlsx" | b"pptx" | b"woff" | b"wasm" | b"path" | b"swap" | b"java" | b"orig" | b"tiff"
        | b"timer" | b"mount" | b"slice" | b"scope" | b"class" | b"proto" | b"plist" | b"xhtml" | b"jsonl"
        | b"socket" | b"target" | b"device" | b"sqlite" | b"service" | b"parquet" | b"automount"
    );
    file
}

/// `react@19.0.0-rc.next` has a version behind the sign: three numbers.
fn is_version(domain: &[u8]) -> bool {
    let domain = domain.strip_prefix(b"v").unwrap_or(domain);
    let number = |label: &[u8]| label.first().is_some_and(u8::is_ascii_digit) && label.iter().all(u8::is_ascii_digit);
    let mut labels = domain.splitn(4, |byte| matches!(byte, b'.' | b'-'));
    domain.first().is_some_and(u8::is_ascii_digit) && labels.by_ref().take(3).filter(|label| number(label)).count() == 3
}

/// How long the local part is; quotes enclose one that holds anything.
fn local(before: &str) -> Option<usize> {
    let bytes = before.as_bytes();
    if let Some(quoted) = bytes.strip_suffix(b"\"") {
        let open = memchr::memrchr(b'"', quoted)?;
        return (quoted.len() - open <= LOCAL).then_some(bytes.len() - open);
    }
    let length = match run_back(bytes, bytes.len(), LOCAL, |byte| is(byte, IN_LOCAL)) {
        ascii if scan::before(bytes, bytes.len() - ascii).is_some_and(|byte| byte >= 0x80) => {
            before.chars().rev().take(LOCAL).take_while(|letter| is_local(*letter)).map(char::len_utf8).sum()
        }
        ascii => ascii,
    };
    let local = bytes.get(bytes.len() - length..)?;
    // `?to=ada@…` and `key=ada@…`: what stands before the sign is not the address.
    let local = local.rsplit(|byte| is(*byte, PARTS)).next().unwrap_or(local);
    let lead = local.iter().take_while(|byte| is(**byte, LEADS)).count();
    let local = local.get(lead..)?;
    (!local.is_empty() && !local.ends_with(b".")).then_some(local.len())
}

/// What an ASCII byte can be: part of a local part or of a domain, what parts a name from its value, what no address begins with.
const IN_LOCAL: u8 = 1;
const IN_DOMAIN: u8 = 2;
const PARTS: u8 = 4;
const LEADS: u8 = 8;

by_byte!(KINDS: u8 {
    b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => IN_LOCAL | IN_DOMAIN,
    b'.' | b'-' => IN_LOCAL | IN_DOMAIN | LEADS,
    b'=' | b'&' | b'?' => IN_LOCAL | PARTS,
    b'%' | b'+' | b'\'' | b'!' | b'#' | b'$' | b'*' | b'^' | b'~' => IN_LOCAL | LEADS,
    b'_' => IN_LOCAL,
    _ => 0,
});

fn is(byte: u8, kind: u8) -> bool {
    KINDS.get(usize::from(byte)).is_some_and(|kinds| kinds & kind != 0)
}

fn is_local(letter: char) -> bool {
    u8::try_from(letter).ok().filter(u8::is_ascii).map_or_else(|| letter.is_alphanumeric(), |byte| is(byte, IN_LOCAL))
}

fn is_domain(letter: char) -> bool {
    u8::try_from(letter).ok().filter(u8::is_ascii).map_or_else(|| letter.is_alphanumeric(), |byte| is(byte, IN_DOMAIN))
}

/// How long the domain is: up to the last label that can be a top-level domain. `example.com-urgent` ends at `com`.
fn top_level(domain: &str) -> Option<usize> {
    let domain = domain.trim_end_matches(['.', '-']);
    let mut from = 0;
    let mut best = None;
    for (place, label) in domain.as_bytes().split(|byte| *byte == b'.').enumerate() {
        if label.is_empty() || label.len() > 63 || label.starts_with(b"-") {
            break;
        }
        let punycode = label.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"xn--"));
        let end = if punycode { None } else { label.iter().position(|byte| *byte == b'-') };
        let top = label.get(..end.unwrap_or(label.len())).unwrap_or(label);
        if place > 0 && (punycode || is_lettered(top)) {
            best = Some((from + top.len(), top));
        }
        from += label.len() + 1;
    }
    best.filter(|(_, top)| !is_file(top)).map(|(end, _)| end)
}

/// Two letters or more, of any script.
fn is_lettered(label: &[u8]) -> bool {
    if label.is_ascii() {
        return label.len() >= 2 && label.iter().all(u8::is_ascii_alphabetic);
    }
    std::str::from_utf8(label).is_ok_and(|label| label.chars().count() >= 2 && label.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_is_an_address() {
        let pieces = ["a", "B", "git", ".", "-", "_", "+", "7", "com", "png", "co-op", "xn--p1ai", "x1"];
        let mut plain = 0;
        for one in pieces {
            for two in pieces {
                for three in pieces {
                    for four in pieces {
                        let (text, sign) = (format!("{one}{two}@{three}.{four}"), one.len() + two.len());
                        if is_plain(text.as_bytes(), sign) {
                            plain += 1;
                            assert_eq!(address(&text, sign, 0), Some((0, text.len())), "{text}");
                        }
                    }
                }
            }
        }
        assert!(plain > 1000);
        for no in [
            "git@host.com",
            "a@.com",
            "a@b..com",
            "a@-b.com",
            "a@b.png",
            "a.@b.com",
            "-a@b.com",
            "@b.com",
            "a@b.c",
            "a@18.3.1-rc.next",
            "a@tty1.service",
        ] {
            assert!(!is_plain(no.as_bytes(), no.find('@').unwrap()), "{no}");
        }
    }

    #[test]
    fn domains_end_at_a_top_level() {
        for (domain, end) in [
            ("example.com", Some(11)),
            ("example.com-urgent", Some(11)),
            ("mail.example.co.uk.", Some(18)),
            ("a-b.example.com", Some(15)),
            ("example.xn--p1ai", Some(16)),
            ("localhost", None),
            ("2x.png", None),
            ("x.1", None),
            ("tty1.service", None),
        ] {
            assert_eq!(top_level(domain), end, "{domain}");
        }
    }
}
