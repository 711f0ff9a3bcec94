//! Evasions: the same values, spelled so that a plain pattern does not see them. One file a family, in the order in which they are made.

mod around;
mod encoded;
mod places;
mod spelled;
mod unicode;

use crate::cases::{Case, carried};
use crate::random::Random;
use crate::values::*;

/// Rounds of every disguise.
const EACH: usize = 4;

/// A value to hide, and its class.
fn victims(r: &mut Random) -> Vec<(&'static str, String)> {
    let mut bare = card(r, "visa");
    while bare.len() != 16 {
        bare = card(r, "visa");
    }
    vec![
        ("email", email(r)),
        ("card", bare),
        ("ssn", ssn(r)),
        ("iban", iban(r)),
        ("phone", format!("+49 30 {}", r.digits(7))),
        ("secret", token(r, "github")),
    ]
}

pub fn table() -> Vec<Case> {
    let mut random = Random::new(0xE7A5);
    let mut cases = Vec::new();
    let r = &mut random;
    for _ in 0..EACH {
        for (class, value) in victims(r) {
            for (kind, disguise) in disguises() {
                let Some(spelled) = disguise(r, class, &value) else { continue };
                let (result, _) = carried(r, &spelled);
                let (kind, encoded) = (format!("{kind}/{class}"), encoded(&value));
                // Where the value stands as it is, or percent-encoded, in something longer, only it has to go.
                let gone =
                    [&value, &encoded].into_iter().find(|inner| spelled.contains(inner.as_str())).unwrap_or(&spelled);
                cases.push(Case::new("evasion", kind, &result, &[gone, &value], &[]));
            }
            for (kind, place) in places::PLACES {
                let Some((result, spelled)) = place(r, class, &value) else { continue };
                let spelled: Vec<&str> = spelled.iter().map(String::as_str).collect();
                cases.push(Case::new("evasion", format!("{kind}/{class}"), &result, &spelled, &[]));
            }
            cases.extend(places::raw(class, &value));
        }
    }
    cases
}

/// A value as a query of a URL spells it.
fn encoded(value: &str) -> String {
    value.replace('@', "%40").replace(' ', "%20").replace('+', "%2B")
}

/// Every disguise. The order decides which values are drawn, so a new one goes last.
fn disguises() -> impl Iterator<Item = (&'static str, Disguise)> {
    let families = [unicode::MARKS, spelled::SPELLED, encoded::ENCODED, around::AROUND, unicode::LETTERS];
    families.into_iter().flatten().copied()
}

type Disguise = fn(&mut Random, &str, &str) -> Option<String>;

fn digits_only(value: &str) -> String {
    value.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn map(value: &str, of: impl Fn(char) -> char) -> Option<String> {
    Some(value.chars().map(of).collect())
}

fn shifted(letter: char, zero: u32) -> char {
    letter.to_digit(10).and_then(|digit| char::from_u32(zero + digit)).unwrap_or(letter)
}

/// A character every so often.
fn sprinkled(value: &str, mark: &str) -> Option<String> {
    Some(
        value
            .chars()
            .enumerate()
            .map(|(place, letter)| if place % 3 == 1 { format!("{letter}{mark}") } else { letter.to_string() })
            .collect(),
    )
}
