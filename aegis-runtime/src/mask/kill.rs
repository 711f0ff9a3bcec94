//! The kill list: what looks like a personal number and is none. Asked before anything made of digits is accepted.

use super::scan::{before, byte, run, run_back};

/// Longest look to either side.
const REACH: usize = 64;

/// Whether a span is part of something else: a UUID, a long hex run, a decimal fraction, a version, an id in a path, an ARN.
pub(super) fn part_of_another(bytes: &[u8], start: usize, end: usize) -> bool {
    let (left, right) = (before(bytes, start), byte(bytes, end));
    let digit = |at: usize| byte(bytes, at).is_some_and(|byte| byte.is_ascii_digit());
    // `0.4111…` and `1.2.3`: a point between digits, on either side.
    if left == Some(b'.') && start >= 2 && digit(start - 2) || right == Some(b'.') && digit(end + 1) {
        return true;
    }
    if matches!(left, Some(b'-' | b'/' | b':' | b'#')) || matches!(right, Some(b'-' | b'/' | b':')) {
        let bare = bytes.get(start..end).is_some_and(|value| value.iter().all(u8::is_ascii_digit));
        return in_uuid(bytes, start, end) || bare && in_path(bytes, start);
    }
    in_hex(bytes, start, end)
}

/// A token of 8-4-4-4-12 hex digits around the span.
fn in_uuid(bytes: &[u8], start: usize, end: usize) -> bool {
    let part = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    let from = start - run_back(bytes, start, REACH, part).min(start);
    let to = end + run(bytes, end, REACH, part);
    let token = bytes.get(from..to).unwrap_or_default();
    let dashed = token.iter().enumerate().filter(|(_, byte)| **byte == b'-').map(|(at, _)| at);
    token.len() >= 36 && dashed.take(4).eq([8, 13, 18, 23])
}

/// Sixteen hex digits or more, with a letter among them.
fn in_hex(bytes: &[u8], start: usize, end: usize) -> bool {
    let hex = |byte: u8| byte.is_ascii_hexdigit();
    let left = run_back(bytes, start, REACH, hex);
    let right = run(bytes, end, REACH, hex);
    left + right > 0 && left + (end - start) + right >= 16
}

/// A segment of a URL's path, or of an ARN.
fn in_path(bytes: &[u8], start: usize) -> bool {
    let printable = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'?' | b'=' | b'&');
    let from = start - run_back(bytes, start, 200, printable).min(start);
    let head = bytes.get(from..start).unwrap_or_default();
    let arn = head.windows(4).any(|window| window == b"arn:");
    let url = head.windows(3).any(|window| window == b"://") && head.ends_with(b"/");
    arn || url
}

/// Whether bare digits are a time: seconds, milliseconds, microseconds or nanoseconds since 1970, between 2001 and 2040, or a
/// calendar time without separators.
pub(super) fn is_time(digits: &[u8]) -> bool {
    let Some(number) = digits.get(..10).and_then(super::valid::number) else { return false };
    match digits.len() {
        10 | 13 | 16 | 19 => (1_000_000_000..2_208_988_800).contains(&number) && digits.first() != Some(&b'2'),
        12 | 14 | 17 => {
            let part = |from: usize, to: usize| digits.get(from..to).and_then(super::valid::number).unwrap_or(99);
            (1990..2040).contains(&part(0, 4))
                && (1..=12).contains(&part(4, 6))
                && (1..=31).contains(&part(6, 8))
                && part(8, 10) < 24
                && part(10, 12) < 60
        }
        _ => false, // no length of a time
    }
}

/// Whether a text is a date and time of RFC 3339, and nothing else.
pub(super) fn is_instant(bytes: &[u8]) -> bool {
    let shaped = |bytes: &[u8], shape: &[u8]| {
        bytes.iter().zip(shape).all(|(byte, kind)| if *kind == b'9' { byte.is_ascii_digit() } else { byte == kind })
    };
    let Some((date, time)) = bytes.split_at_checked(10) else { return false };
    if !shaped(date, b"9999-99-99") {
        return false;
    }
    let Some(([b'T' | b' ', ..], clock)) = time.split_at_checked(1) else { return time.is_empty() };
    let Some((_, rest)) = clock.split_at_checked(8).filter(|(clock, _)| shaped(clock, b"99:99:99")) else {
        return false;
    };
    let fraction = match rest {
        [b'.', digits @ ..] => 1 + run(digits, 0, 9, |byte| byte.is_ascii_digit()),
        _ => 0, // whole seconds
    };
    match rest.get(fraction..).unwrap_or_default() {
        [] | [b'Z'] => true,
        [b'+' | b'-', zone @ ..] => {
            zone.len() == 5 && shaped(zone, b"99:99") || zone.len() == 4 && shaped(zone, b"9999")
        }
        _ => false, // something follows
    }
}

/// Whether a value is a stand-in: `XXXX`, `****`, `<redacted>`, `${…}`, `{{…}}`, `changeme`.
pub(super) fn is_stand_in(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', ' ']);
    let same = |bytes: &[u8]| bytes.iter().all(|byte| Some(byte) == bytes.first());
    value.is_empty()
        || same(value.as_bytes())
        || value.starts_with(['$', '<', '{', '%', '[', '*'])
        || value.bytes().filter(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.')).count() * 2 > value.len()
        || [
            "changeme",
            "example",
            "placeholder",
            "redacted",
            "masked",
            "hidden",
            "required",
            "optional",
            "null",
            "none",
            "undefined",
            "true",
            "false",
            "string",
        ]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_times_and_numbers_are_not() {
        for time in ["1700000000", "1700000000123", "1700000000123456", "20261124120000", "202611241200"] {
            assert!(is_time(time.as_bytes()), "{time}");
        }
        for other in ["4111111111111111", "9434765919", "209912311234567", "20269924120000", "123"] {
            assert!(!is_time(other.as_bytes()), "{other}");
        }
    }
}
