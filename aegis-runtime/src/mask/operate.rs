//! Operators: from a value to what stands in its place. One-way, all of them.

use super::keyed::{Keyed, Message};
use super::valid::date::is_day;
use crate::vocabulary::{Class, Operator};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use std::net::IpAddr;
use std::ops::Range;

/// Characters of a token: 40 bits, so that ten thousand values collide with a chance of 1 in 20,000.
const TOKEN: usize = 8;
/// Characters of a token that a server of ours made inside of a statement.
pub(super) const LEAF_TOKEN: usize = 16;
/// Most days that a date is moved.
const SHIFT: i64 = 365;

/// The tenant key.
pub(super) struct Tokens(Option<Keyed>);

impl Tokens {
    pub(super) fn new(key: [u8; 32]) -> Self {
        let key = zeroize::Zeroizing::new(key);
        // HMAC takes keys of any length; without one values are redacted all the same.
        Self(Keyed::new(&key))
    }

    /// Writes what stands in place of a value.
    pub(super) fn apply(&self, operator: Operator, class: Class, value: &str, out: &mut String) {
        let name = class.placeholder();
        match operator {
            Operator::Redact => bracket(name, None, out),
            Operator::Drop => {}
            Operator::Token => {
                out.push('[');
                out.push_str(name);
                out.push(':');
                self.write_token(class, value, out);
                out.push(']');
            }
            Operator::KeepLast(keep) => {
                let letters: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
                let keep = usize::from(keep.min(4));
                // A value that is hardly longer than what would stay is not half shown.
                let last = if letters.len() < keep * 2 { None } else { letters.get(letters.len() - keep..) };
                bracket(name, last.map(|last| format!("***{last}")).as_deref(), out);
            }
            Operator::KeepDomain => {
                bracket(name, None, out);
                if let Some((_, domain)) = value.rsplit_once('@')
                    && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
                {
                    out.push('@');
                    out.push_str(domain);
                }
            }
            Operator::Bucket => bracket(name, bucket(value).as_deref(), out),
            Operator::DateShift => {
                bracket(name, self.shifted(class, value).map(|date| date.to_string()).as_deref(), out);
            }
        }
    }

    /// Base32 of an HMAC over class and canonical value: spelling differences that mean nothing give one token.
    pub(super) fn token(&self, class: Class, value: &str) -> String {
        let mut token = String::with_capacity(TOKEN);
        self.write_token(class, value, &mut token);
        token
    }

    fn write_token(&self, class: Class, value: &str, out: &mut String) {
        let alphabet = b"abcdefghijklmnopqrstuvwxyz234567";
        let Some(mac) = self.mac(class, value) else { return };
        let mut token = [0; TOKEN];
        for (letter, byte) in token.iter_mut().zip(mac) {
            *letter = alphabet.get(usize::from(byte & 31)).copied().unwrap_or_default();
        }
        out.push_str(std::str::from_utf8(&token).unwrap_or_default());
    }

    fn mac(&self, class: Class, value: &str) -> Option<[u8; 32]> {
        let words = matches!(class, Class::PersonName | Class::Email | Class::Address | Class::Secret);
        let name = class.as_str().as_bytes();
        let mut canonical = Message::new();
        canonical.extend(name);
        canonical.push(0);
        if value.is_ascii() {
            let blank = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r');
            if !words {
                value.bytes().filter(u8::is_ascii_alphanumeric).for_each(|byte| canonical.push(byte));
            } else if value.bytes().fold(false, |any, byte| any | blank(byte)) {
                value.bytes().filter(|byte| !blank(*byte)).for_each(|byte| canonical.push(byte));
            } else {
                canonical.extend(value.as_bytes());
            }
            if let Some(written) = canonical.written().get_mut(name.len()..) {
                written.make_ascii_lowercase();
            }
        } else {
            let kept = |letter: &char| if words { !letter.is_whitespace() } else { letter.is_alphanumeric() };
            let lower: String = value.chars().filter(kept).flat_map(char::to_lowercase).collect();
            canonical.extend(lower.as_bytes());
        }
        self.0.as_ref().map(|key| key.mac(&canonical))
    }

    fn shifted(&self, class: Class, value: &str) -> Option<Date> {
        let date = date_of(value)?;
        let mac = self.mac(class, &date.to_string())?;
        let days = i64::from(u16::from_be_bytes([*mac.first()?, *mac.get(1)?])) % (2 * SHIFT) - SHIFT;
        let span: Span = (if days >= 0 { days + 1 } else { days }).days();
        date.checked_add(span).ok()
    }
}

/// `[EMAIL]`, or `[EMAIL:detail]`.
fn bracket(name: &str, detail: Option<&str>, out: &mut String) {
    out.push('[');
    out.push_str(name);
    if let Some(detail) = detail {
        out.push(':');
        out.push_str(detail);
    }
    out.push(']');
}

/// The year of a date, the network of an address.
fn bucket(value: &str) -> Option<String> {
    match value.trim().parse() {
        Ok(IpAddr::V4(address)) => {
            let [one, two, three, _] = address.octets();
            Some(format!("{one}.{two}.{three}.0/24"))
        }
        Ok(IpAddr::V6(address)) => {
            let [one, two, three, ..] = address.segments();
            Some(format!("{one:x}:{two:x}:{three:x}::/48"))
        }
        Err(_) => value
            .split(|letter: char| !letter.is_ascii_digit())
            .find(|part| part.len() == 4)
            .or_else(|| value.get(..4).filter(|_| value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit())))
            .map(str::to_owned),
    }
}

/// A date of three numbers, the year first or last; the day comes first where the month would be none.
fn date_of(value: &str) -> Option<Date> {
    let parts: Vec<&str> =
        value.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).take(3).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    let number =
        |text: &str| text.get(..text.len().min(4)).and_then(|text| text.trim_end_matches('T').parse::<u64>().ok());
    let day = |text: &str| text.get(..2).or(Some(text)).and_then(|text| text.trim_end_matches('T').parse::<u64>().ok());
    let (year, month, day) = if one.len() == 4 {
        (number(one)?, number(two)?, day(three)?)
    } else {
        let (one, two, year) = (number(one)?, number(two)?, number(three)?);
        if is_day(year, two, one) { (year, two, one) } else { (year, one, two) }
    };
    if !is_day(year, month, day) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A placeholder of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placeholder {
    pub(super) range: Range<usize>,
    /// Its name: `EMAIL`.
    pub(super) name: Range<usize>,
    /// What follows the colon.
    pub(super) detail: Option<Range<usize>>,
}

/// The placeholder that begins at a `[`, if one does: `[EMAIL]`, `[EMAIL:k7q2m4xw]`, `[CARD:***4242]`, `[BIRTH_DATE:1987]`.
pub(super) fn placeholder_at(text: &str, at: usize) -> Option<Placeholder> {
    let bytes = text.as_bytes();
    let rest = bytes.get(at..)?.strip_prefix(b"[")?;
    let name = rest
        .iter()
        .take(48)
        .take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'_')
        .count();
    if name == 0 {
        return None;
    }
    let name = at + 1..at + 1 + name;
    match bytes.get(name.end)? {
        b']' => Some(Placeholder { range: at..name.end + 1, name, detail: None }),
        b':' => {
            let detail = bytes.get(name.end + 1..)?.iter().take(48).position(|byte| *byte == b']')?;
            let detail = name.end + 1..name.end + 1 + detail;
            fits(text.get(detail.clone())?).then(|| Placeholder {
                range: at..detail.end + 1,
                name,
                detail: Some(detail),
            })
        }
        _ => None, // a bracket of someone else's
    }
}

fn fits(detail: &str) -> bool {
    let base32 = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'2'..=b'7');
    let token = matches!(detail.len(), TOKEN | LEAF_TOKEN) && detail.bytes().all(base32);
    let kept = detail
        .strip_prefix("***")
        .is_some_and(|kept| kept.len() <= 4 && kept.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let year = detail.len() == 4 && detail.bytes().all(|byte| byte.is_ascii_digit());
    let date = detail.len() == 10 && detail.parse::<Date>().is_ok();
    let network = detail.ends_with(".0/24") || detail.ends_with("::/48");
    token || kept || year || date || network
}

/// What stands in place of a credential that the kernel holds, and of content that is no text.
pub(super) const HELD: &str = "HELD_SECRET";
pub(super) const BINARY: &str = "BINARY_DROPPED";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_keep_what_they_say() {
        let tokens = Tokens::new([3; 32]);
        let apply = |operator, class, value| {
            let mut out = String::new();
            tokens.apply(operator, class, value, &mut out);
            out
        };
        assert_eq!(apply(Operator::KeepDomain, Class::Email, "ada@example.com"), "[EMAIL]@example.com");
        assert_eq!(apply(Operator::KeepLast(4), Class::Card, "4111 1111 1111 1111"), "[CARD:***1111]");
        assert_eq!(apply(Operator::KeepLast(4), Class::Card, "1111"), "[CARD]");
        assert_eq!(apply(Operator::Bucket, Class::BirthDate, "12/05/1987"), "[BIRTH_DATE:1987]");
        assert_eq!(apply(Operator::Bucket, Class::IpAddress, "9.8.7.6"), "[IP_ADDRESS:9.8.7.0/24]");
        assert_eq!(apply(Operator::Bucket, Class::BirthDate, "long ago"), "[BIRTH_DATE]");
        assert_eq!(apply(Operator::Drop, Class::Phone, "1"), "");
        let shifted = apply(Operator::DateShift, Class::BirthDate, "1987-05-12");
        assert_ne!(shifted, "[BIRTH_DATE:1987-05-12]");
        assert_eq!(shifted, apply(Operator::DateShift, Class::BirthDate, "12.05.1987"));
        assert!(placeholder_at(&shifted, 0).is_some_and(|found| found.range.len() == shifted.len()), "{shifted}");
        assert_eq!(apply(Operator::DateShift, Class::BirthDate, "1987-13-12"), "[BIRTH_DATE]");
    }

    #[test]
    fn tokens_ignore_spelling_and_tell_classes_apart() {
        let tokens = Tokens::new([3; 32]);
        assert_eq!(tokens.token(Class::Phone, "+49 30-1234567"), tokens.token(Class::Phone, "+49301234567"));
        assert_ne!(tokens.token(Class::Phone, "123456789"), tokens.token(Class::Ssn, "123456789"));
        assert_ne!(tokens.token(Class::Email, "a.b@c.de"), tokens.token(Class::Email, "ab@c.de"));
    }
}
