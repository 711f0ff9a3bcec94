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

#[cfg(test)]
mod tests {
    /// Keys of a model, as they are written in TOML.
    fn keys(model: &str) -> Vec<String> {
        let mut renamed = None;
        let mut keys = Vec::new();
        for line in model.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("#[serde(rename = \"") {
                renamed = rest.split('"').next().map(str::to_owned);
            } else if let Some((name, _)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) {
                keys.push(renamed.take().unwrap_or_else(|| name.replace('_', "-")));
            }
        }
        keys
    }

    #[test]
    fn the_references_name_every_key() {
        let manifests = include_str!("../../../../manifests/README.md");
        let policies = include_str!("../../../../policies/README.md");
        for (model, reference) in [
            (include_str!("estate.rs"), manifests),
            (include_str!("manifest.rs"), manifests),
            (include_str!("policy.rs"), policies),
        ] {
            let keys = keys(model);
            assert!(keys.len() > 20, "{keys:?}");
            let told = |key: &&String| {
                let forms = [format!("`{key}`"), format!("[{key}]"), format!("[{key}."), format!(".{key}]]")];
                forms.iter().any(|form| reference.contains(form.as_str()))
            };
            let untold: Vec<&String> = keys.iter().filter(|key| !told(key)).collect();
            assert!(untold.is_empty(), "nothing is said of {untold:?}");
        }
    }
}
