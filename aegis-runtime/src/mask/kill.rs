//! The kill list: what looks like a personal number and is none. Asked before anything made of digits is accepted.

use super::scan::{before, byte, run, run_back};

/// Bytes of a dump that are looked at to either side.
const PAIRS: usize = 6;
/// Most blanks between two times.
const APART: usize = 3;
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
    // `FV/118/03/2025` goes on to the left.
    let slashed = bytes.get(start..end).is_some_and(|value| value.contains(&b'/'));
    if slashed && (left == Some(b'/') || right == Some(b'/')) {
        return true;
    }
    if matches!(left, Some(b'-' | b'/' | b':' | b'#')) || matches!(right, Some(b'-' | b'/' | b':')) {
        let bare = bytes.get(start..end).is_some_and(|value| value.iter().all(u8::is_ascii_digit));
        return in_uuid(bytes, start, end) || bare && in_path(bytes, start);
    }
    in_hex(bytes, start, end)
}

/// Whether groups of digits are times of a timetable, in a longer row of the same: `03 04 07 10 43 59`, `0612 0632 0652 0712`. All ascend.
pub(super) fn is_schedule(bytes: &[u8], start: usize, end: usize) -> bool {
    let groups: Vec<&[u8]> = bytes.get(start..end).unwrap_or_default().split(|byte| *byte == b' ').collect();
    let minute = |group: &[u8]| matches!(group, [b'0'..=b'5', b'0'..=b'9']);
    let clock = |group: &[u8]| match group {
        [hour @ .., tens, ones] if hour.len() == 2 => hour < b"24".as_slice() && minute(&[*tens, *ones]),
        _ => false, // no time of day
    };
    let kind: &dyn Fn(&[u8]) -> bool = match groups.first() {
        Some(group) if minute(group) => &minute,
        Some(group) if clock(group) => &clock,
        _ => return false, // no times
    };
    let (Some(first), Some(last)) = (groups.first(), groups.last()) else { return false };
    if !groups.iter().all(|group| kind(group)) || !groups.is_sorted() {
        return false;
    }
    let blank = |byte: u8| byte == b' ';
    let to = start - run_back(bytes, start, APART, blank);
    let before = bytes.get(to - run_back(bytes, to, 5, |byte| byte.is_ascii_digit())..to).unwrap_or_default();
    let from = end + run(bytes, end, APART, blank);
    let behind = bytes.get(from..from + run(bytes, from, 5, |byte| byte.is_ascii_digit())).unwrap_or_default();
    // `05  01 26 39 56 57`: an hour at the head of its line, the next one at that of the next line.
    let line = to.checked_sub(before.len() + 1).and_then(|place| bytes.get(place)).is_none_or(|byte| *byte == b'\n');
    let number = |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| pair.parse::<u8>().ok());
    let (this, next) = (number(before), bytes.get(end..).and_then(|rest| number(rest.strip_prefix(b"\n")?.get(..2)?)));
    let hour = this.zip(next).is_some_and(|(this, next)| before.len() == 2 && this < 24 && next == (this + 1) % 24);
    let hour = hour && line && start - to > 1 && groups.len() > 4;
    hour || to < start && kind(before) && before < *first || from > end && kind(behind) && behind > *last
}

/// Whether digits stand in a row of bytes as a dump shows them, some with a letter: `50 48 8b 05 11 22 00 00`.
pub(super) fn in_dump(bytes: &[u8], start: usize, end: usize) -> bool {
    let pair = |at: usize| match bytes.get(at..at + 2) {
        Some([one, two]) if one.is_ascii_hexdigit() && two.is_ascii_hexdigit() => {
            Some(one.is_ascii_digit() && two.is_ascii_digit())
        }
        _ => None,
    };
    let before =
        (1..=PAIRS).map_while(|nth| pair(start.checked_sub(3 * nth).filter(|at| bytes.get(at + 2) == Some(&b' '))?));
    let behind =
        (0..PAIRS).map_while(|nth| pair(Some(end + 3 * nth + 1).filter(|at| bytes.get(at - 1) == Some(&b' '))?));
    let pairs: Vec<bool> = before.chain(behind).collect();
    pairs.len() >= 2 && pairs.contains(&false)
}

/// Whether bare digits are an end of a range: `400000 - 499999`, as many digits at either side.
pub(super) fn in_range(bytes: &[u8], start: usize, end: usize) -> bool {
    let gap = |byte: u8| matches!(byte, b' ' | b'-');
    let digit = |byte: u8| byte.is_ascii_digit();
    let dashed = |from: usize, to: usize| bytes.get(from..to).is_some_and(|gap| gap.contains(&b'-'));
    let (before, behind) = (run_back(bytes, start, 3, gap), run(bytes, end, 3, gap));
    let length = end - start;
    dashed(start - before, start) && run_back(bytes, start - before, length + 1, digit) == length
        || dashed(end, end + behind) && run(bytes, end + behind, length + 1, digit) == length
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
pub(super) fn in_path(bytes: &[u8], start: usize) -> bool {
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
        || value.starts_with(['<', '{', '[', '(', '•'])
        || is_variable(value)
        || is_repeated(value)
        || ["your", "change_", "change-", "insert_", "replace_", "enter_", "dummy_"].iter().any(|word| {
            value.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) && value.contains(['_', '-'])
        })
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

/// `[A-Za-z0-9]{36}`: what secrets of a kind look like.
fn is_repeated(value: &str) -> bool {
    let counted = |rest: &str| {
        rest.split('}').next().is_some_and(|count| count.bytes().all(|byte| byte.is_ascii_digit() || byte == b','))
    };
    let class = value.split_once("]{").is_some_and(|(head, rest)| head.contains('[') && counted(rest));
    class || ["\\d{", "\\w{"].iter().any(|pattern| value.split_once(pattern).is_some_and(|(_, rest)| counted(rest)))
}

/// Whether a value says where a secret stands, and is none: `arn:aws:secretsmanager:…`, `op://vault/item/field`.
pub(super) fn is_reference(value: &str) -> bool {
    const SCHEMES: [&str; 14] = [
        "op://",
        "vault://",
        "secretsmanager://",
        "keyvault://",
        "ssm://",
        "gcpsm://",
        "file://",
        "vault:secret/",
        "secret://",
        "ref+",
        "sm://",
        "env:",
        "keychain:",
        "awssm://",
    ];
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'/' | b'-' | b'_' | b'.' | b'*' | b'#');
    let named = value.starts_with("arn:") && value.matches(':').count() > 4;
    (named || SCHEMES.iter().any(|scheme| value.starts_with(scheme))) && value.bytes().all(plain)
}

/// Whether a value is nothing but what fills a form: `XXX-XX-XXXX`, `(XXX) XXX-XXXX`, `+49 XXX XXXXXXX`, `****`, `____`, `000-00-0000`.
pub(super) fn is_filler(value: &str) -> bool {
    let mark = |letter: char| matches!(letter, ' ' | '-' | '.' | '/' | '(' | ')' | '+' | '@');
    let fills = |letter: char| matches!(letter, 'x' | 'X' | '*' | '#' | '•' | '·' | '█' | '_');
    let (mut filling, mut digits, mut zeros) = (0, 0, 0);
    for letter in value.trim_matches(['"', '\'', ' ']).chars().filter(|letter| !mark(*letter)) {
        match letter {
            _ if fills(letter) => filling += 1,
            '0' => zeros += 1,
            '1'..='9' => digits += 1,
            _ => return false, // a value
        }
    }
    // Digits that are shown are a value's last ones, or the code of a country.
    filling >= 3 && digits + zeros < 3 && filling > 2 * (digits + zeros) || filling + digits == 0 && zeros >= 3
}

/// Whether digits are decimal fractions: one with a single digit before its point, or several of them, `0.0  -3.77853241`.
pub(super) fn is_decimals(written: &[u8]) -> bool {
    let fraction = |piece: &[u8]| {
        let piece = piece.strip_prefix(b"-").unwrap_or(piece);
        let point = memchr::memchr(b'.', piece)?;
        let (whole, rest) = (piece.get(..point)?, piece.get(point + 1..)?);
        let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
        (digits(whole) && digits(rest)).then_some((whole.len(), rest.len(), whole.first() == Some(&b'0')))
    };
    let pieces = || written.split(|byte| *byte == b' ').filter(|piece| !piece.is_empty());
    pieces().any(|piece| fraction(piece).is_some_and(|(whole, rest, _)| whole == 1 && rest > 3))
        || pieces().count() > 1
            && pieces().all(|piece| fraction(piece).is_some_and(|(whole, _, zero)| !zero || whole == 1))
}

/// `$NAME`, `${…`, `$(…`, `$this->name`, `%NAME%`, `%s`, `%(…`, `***`, `!vault`: what a program puts in its place. A value may begin
/// with the same marks, `$ecr3t`, and is one then.
fn is_variable(value: &str) -> bool {
    let name = |text: &str| {
        let digits =
            text.bytes().any(|byte| byte.is_ascii_digit()) && text.bytes().any(|byte| byte.is_ascii_lowercase());
        !text.is_empty()
            && !digits
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'>' | b':'))
    };
    let Some(first) = value.chars().next().filter(char::is_ascii) else { return false };
    let rest = value.get(1..).unwrap_or_default();
    match first {
        '$' => {
            rest.starts_with(['{', '(', '['])
                || name(rest.trim_end_matches('$'))
                || rest.starts_with("_POST")
                || rest.starts_with("_GET")
        }
        '%' => rest.starts_with(['(', '{', '<']) || rest.len() < 3 || rest.strip_suffix('%').is_some_and(name),
        '*' => rest.starts_with('*') || rest.is_empty(),
        '!' => name(rest),
        _ => false, // a value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_no_values_and_values_may_look_a_little_like_them() {
        for other in
            ["$DB_PASSWORD", "${X}", "$(cat x)", "$this->password", "%PASS%", "***", "!vault", "<secret>", "{{ x }}"]
        {
            assert!(is_stand_in(other), "{other}");
        }
        for value in ["$ecr3tW0rd", "%9kLq!xx", "*Gr7nzw!", "!Qx82kd", "$2b$12$abcdefgh"] {
            assert!(!is_stand_in(value), "{value}");
        }
    }

    #[test]
    fn forms_are_filled_and_fractions_are_no_numbers_of_a_plan() {
        for reference in ["arn:aws:secretsmanager:eu-west-1:000000000000:secret:prod/api", "op://prod/db/password"] {
            assert!(is_reference(reference), "{reference}");
        }
        assert!(!is_reference("arn:S3cr3t!") && !is_reference("vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZ"));
        for filler in [
            "+1 (___) ___-____",
            "XXX-XX-XXXX",
            "XXXXXXXXXX",
            "(XXX) XXX-XXXX",
            "+49 XXX XXXXXXX",
            "000-00-0000",
            "xxx@xxx.xxx",
        ] {
            assert!(is_filler(filler), "{filler}");
        }
        for value in ["XXX-XX-6789", "first_last", "12__34567", "****1234", "Xx", "", "xavier", "020 0000 0000"] {
            assert!(!is_filler(value), "{value}");
        }
        for fractions in ["0.0  -3.77853241", "0.91518805", "12.50 13.75 99.99"] {
            assert!(is_decimals(fractions.as_bytes()), "{fractions}");
        }
        for number in
            ["06.12.34.56.78", "415.555.2671", "415.555 2671", "030.2312 417", "030 23125 417", "089.99998342"]
        {
            assert!(!is_decimals(number.as_bytes()), "{number}");
        }
    }

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
