//! Values of every class, made from the public formats. Check digits are reckoned here anew, not by the masker's validators.

mod ids;
mod money;
mod people;
mod tokens;

pub use ids::*;
pub use money::*;
pub use people::*;
pub use tokens::*;

fn value(byte: char) -> u32 {
    byte.to_digit(36).unwrap()
}

/// Sum of digits by weights.
fn weighted(digits: &str, weights: &[u32]) -> u32 {
    digits.chars().map(value).zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The digit that makes Luhn's sum a multiple of ten.
pub fn luhn(body: &str) -> u32 {
    let sum: u32 = body
        .chars()
        .rev()
        .enumerate()
        .map(
            |(place, digit)| {
                if place % 2 == 0 { [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][value(digit) as usize] } else { value(digit) }
            },
        )
        .sum();
    (10 - sum % 10) % 10
}

/// Groups of digits with a separator between.
pub fn grouped(digits: &str, groups: &[usize], separator: &str) -> String {
    let mut rest = digits;
    let mut parts = Vec::new();
    for group in groups {
        if rest.is_empty() {
            break;
        }
        let (part, tail) = rest.split_at(*group.min(&rest.len()));
        parts.push(part);
        rest = tail;
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts.join(separator)
}
