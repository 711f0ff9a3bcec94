//! From JSON arguments to typed views. Missing, null and present are three states.
//!
//! *Invariants.* Nothing here fills in a default; an error names a place and an expectation, never a value.

use crate::spec::DatasetId;
use serde_json::Value;

/// The arguments of a call: a JSON object, as generated code receives it.
pub type Arguments = Value;

/// Arguments that do not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentFault {
    /// JSON pointer of the misfit.
    pub pointer: String,
    /// What was expected there; holds no value of the call.
    pub expected: String,
}

/// A field of the arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field<T> {
    /// Not there.
    Missing,
    /// There, and null.
    Null,
    /// There.
    Present(T),
}

/// The validator's complaint, without the value that it complains of.
#[must_use]
pub fn misfit(error: &jsonschema::ValidationError<'_>) -> ArgumentFault {
    ArgumentFault { pointer: error.instance_path().to_string(), expected: error.masked().to_string() }
}

/// An integer field; `1.0` is one, as JSON Schema has it.
///
/// # Errors
/// A value of another shape, or outside of 64 bits.
pub fn integer(arguments: &Arguments, name: &str) -> Result<Field<i64>, ArgumentFault> {
    field(arguments, name, "an integer within 64 bits", |value| {
        value.as_i64().or_else(|| {
            // A whole number spelled as a float: its decimal text without a fraction is the integer's own.
            let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
            format!("{number:.0}").parse().ok()
        })
    })
}

/// A string field.
///
/// # Errors
/// A value of another shape.
pub fn text(arguments: &Arguments, name: &str) -> Result<Field<String>, ArgumentFault> {
    field(arguments, name, "a string", |value| value.as_str().map(str::to_owned))
}

/// A required field that names a dataset.
///
/// # Errors
/// Anything that `find` does not know.
pub fn named(
    arguments: &Arguments,
    name: &str,
    find: impl Fn(&str) -> Option<DatasetId>,
) -> Result<DatasetId, ArgumentFault> {
    match field(arguments, name, "the name of a dataset", |value| value.as_str().and_then(&find))? {
        Field::Present(dataset) => Ok(dataset),
        Field::Missing | Field::Null => Err(fault(name, "the name of a dataset")),
    }
}

fn field<T>(
    arguments: &Arguments,
    name: &str,
    expected: &str,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Field<T>, ArgumentFault> {
    match arguments.get(name) {
        None => Ok(Field::Missing),
        Some(Value::Null) => Ok(Field::Null),
        Some(value) => read(value).map(Field::Present).ok_or_else(|| fault(name, expected)),
    }
}

fn fault(name: &str, expected: &str) -> ArgumentFault {
    ArgumentFault { pointer: format!("/{}", name.replace('~', "~0").replace('/', "~1")), expected: expected.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Field, integer};
    use serde_json::json;

    #[test]
    fn three_states_and_no_more() {
        let arguments = json!({"a": 3, "b": null, "c": 4.0, "d": 1.5, "e": "x", "f": 1e300});
        assert_eq!(integer(&arguments, "a"), Ok(Field::Present(3)));
        assert_eq!(integer(&arguments, "b"), Ok(Field::Null));
        assert_eq!(integer(&arguments, "c"), Ok(Field::Present(4)));
        assert_eq!(integer(&arguments, "z"), Ok(Field::Missing));
        for odd in ["d", "e", "f"] {
            assert!(integer(&arguments, odd).is_err(), "{odd}");
        }
    }
}
