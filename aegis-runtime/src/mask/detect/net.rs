//! Addresses of machines: IPv4, IPv6 and MAC, but for those that are nobody's.

use super::release::{self, NAME};
use super::{Gate, Hit, Text};
use crate::mask::context::named_last;
use crate::mask::scan::{COLON, alone, before, byte, run, run_back};
use crate::mask::valid::net::{keep_v4, keep_v6, mac};
use crate::vocabulary::Class;
use std::net::{Ipv4Addr, Ipv6Addr};

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
    if keep_v4(address, text.keeps_private()) || release::is_other(text, address, (start, end)) {
        return None;
    }
    Some(Hit { start, end, class: Some(Class::IpAddress), by: "ipv4", gate: Gate::Strong })
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
        None if start == 0 => text.key().is_some_and(|key| named_last(ADDRESSES, key)),
        None => false,
    };
    let said = said || text.column(start).is_some_and(|name| named_last(ADDRESSES, name));
    said.then_some(Hit { start, end, class: Some(Class::IpAddress), by: "ipv4-number", gate: Gate::Context("ip") })
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
