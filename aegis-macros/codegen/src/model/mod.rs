//! The TOML formats, as they are written. Every key is closed, every value that a check may point at keeps its span.
//!
//! *Invariants.* No flatten and no untagged: both lose spans. Names are still strings here; they die in `resolve`.

pub mod estate;
pub mod manifest;
pub mod policy;

use crate::diag::{Code, Diag, suggest};
use crate::source::Source;
use serde::de::DeserializeOwned;
pub use toml::Spanned;

/// Parses one file into its model.
///
/// # Errors
/// One diagnostic: TOML parsing stops at the first mistake of shape.
pub fn parse<T: DeserializeOwned>(source: &Source) -> Result<T, Box<Diag>> {
    toml::from_str(&source.text).map_err(|error| Box::new(diagnose(source, &error)))
}

/// Turns the parser's words into ours.
fn diagnose(source: &Source, error: &toml::de::Error) -> Diag {
    let span = error.span().unwrap_or(0..0);
    let message = error.message();
    if let Some((unknown, expected)) = unknown_field(message) {
        let help = suggest(unknown, expected.iter().copied());
        return Diag::error(Code::UnknownKey, &source.path, span, format!("unknown key `{unknown}`"), help);
    }
    if let Some(missing) = message.strip_prefix("missing field ") {
        return Diag::error(
            Code::WrongShape,
            &source.path,
            span,
            format!("missing key {missing}"),
            format!("add {missing} here"),
        );
    }
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        let (found, wanted) = rest.split_once(", expected ").unwrap_or((rest, "another type"));
        return Diag::error(
            Code::WrongShape,
            &source.path,
            span,
            format!("wrong type: {found}"),
            format!("expected {wanted}"),
        );
    }
    let message = message.lines().next().unwrap_or_default().to_owned();
    Diag::error(Code::Malformed, &source.path, span, message, "see <https://toml.io> for the syntax")
}

/// ``unknown field `x`, expected one of `a`, `b` `` → `x` and the words.
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("unknown field ")?;
    let mut quoted = rest.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    Some((unknown, quoted.collect()))
}
