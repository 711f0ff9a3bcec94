//! SQLite's mathematical functions, as its documentation has them. The engine is built without, and a client of this tool expects them.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result};

type One = fn(f64) -> f64;
type Two = fn(f64, f64) -> f64;

/// Of one number.
const ONE: [(&str, One); 20] = [
    ("acos", f64::acos),
    ("acosh", f64::acosh),
    ("asin", f64::asin),
    ("asinh", f64::asinh),
    ("atan", f64::atan),
    ("atanh", f64::atanh),
    ("cos", f64::cos),
    ("cosh", f64::cosh),
    ("degrees", f64::to_degrees),
    ("exp", f64::exp),
    ("ln", |x| positive(x).ln()),
    ("log", |x| positive(x).log10()),
    ("log10", |x| positive(x).log10()),
    ("log2", |x| positive(x).log2()),
    ("radians", f64::to_radians),
    ("sin", f64::sin),
    ("sinh", f64::sinh),
    ("sqrt", f64::sqrt),
    ("tan", f64::tan),
    ("tanh", f64::tanh),
];

/// Of one number, and an integer stays one.
const WHOLE: [(&str, One); 4] =
    [("ceil", f64::ceil), ("ceiling", f64::ceil), ("floor", f64::floor), ("trunc", f64::trunc)];

/// Of two.
const TWO: [(&str, Two); 5] = [
    ("atan2", f64::atan2),
    ("log", |base, x| positive(x).ln() / positive(base).ln()),
    ("mod", |x, y| x % y),
    ("pow", f64::powf),
    ("power", f64::powf),
];

/// What is not above zero has no logarithm; the engine makes NULL of what is no number.
fn positive(x: f64) -> f64 {
    if x > 0.0 { x } else { f64::NAN }
}

/// Makes them known to a connection.
///
/// # Errors
/// A connection that takes no functions, as one in the middle of a statement.
pub fn create(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    for (name, of) in ONE {
        connection.create_scalar_function(name, 1, flags, move |context| Ok(number(context, 0)?.map(of)))?;
    }
    for (name, of) in WHOLE {
        connection.create_scalar_function(name, 1, flags, move |context| match context.get_raw(0) {
            ValueRef::Integer(whole) => Ok(Value::Integer(whole)),
            ValueRef::Null | ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_) => {
                Ok(number(context, 0)?.map(of).map_or(Value::Null, Value::Real))
            }
        })?;
    }
    for (name, of) in TWO {
        connection.create_scalar_function(name, 2, flags, move |context| {
            Ok(number(context, 0)?.zip(number(context, 1)?).map(|(one, other)| of(one, other)))
        })?;
    }
    connection.create_scalar_function("pi", 0, flags, |_| Ok(std::f64::consts::PI))
}

/// A number, or a text that reads as one.
fn number(context: &Context<'_>, index: usize) -> Result<Option<f64>> {
    match context.get_raw(index) {
        ValueRef::Integer(_) => context.get(index).map(i64_to_f64).map(Some),
        ValueRef::Real(real) => Ok(Some(real)),
        ValueRef::Text(text) => Ok(std::str::from_utf8(text).ok().and_then(|text| text.trim().parse().ok())),
        ValueRef::Null | ValueRef::Blob(_) => Ok(None),
    }
}

/// As the engine does it: the nearest.
#[expect(clippy::cast_precision_loss, reason = "so does the engine where an integer stands for a number")]
fn i64_to_f64(whole: i64) -> f64 {
    whole as f64
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::create;
    use rusqlite::Connection;

    #[test]
    fn they_say_what_the_engines_own_say() {
        let connection = Connection::open_in_memory().unwrap();
        create(&connection).unwrap();
        for (sql, said) in [
            ("ceil(1.2) || floor(-1.2) || trunc(-1.7) || ceiling(7)", "2.0-2.0-1.07"),
            ("typeof(floor(5)) || typeof(floor('5.5'))", "integerreal"),
            ("round(sqrt(2), 3) || power(2, 10) || pow(2, -1)", "1.4141024.00.5"),
            ("mod(7, 3) || mod(-7, 3) || coalesce(mod(7, 0), 'none')", "1.0-1.0none"),
            ("log(100) || log10(1000) || log2(8) || log(2, 64) || ln(exp(1))", "2.03.03.06.01.0"),
            ("coalesce(ln(0), 'none') || coalesce(sqrt(-1), 'none') || coalesce(acos(2), 'none')", "nonenonenone"),
            (
                "coalesce(exp(NULL), 'none') || coalesce(floor('x'), 'none') || coalesce(sin(x'00'), 'none')",
                "nonenonenone",
            ),
            ("round(degrees(pi())) || round(atan2(1, 1) * 4, 4) || round(radians(180), 4)", "180.03.14163.1416"),
        ] {
            let found: String = connection.query_row(&format!("SELECT {sql}"), [], |row| row.get(0)).unwrap();
            assert_eq!(found, said, "{sql}");
        }
    }
}
