//! The functions that a statement may call. A closed list: what is not on it can read files, run code, or leak.

mod lists;
mod postgres;

use super::reading_a::Reading;
use super::{SqlRefusal, names};
use crate::denial::Code;
use crate::spec::Dialect;
use lists::{COMMON, POSTGRES, SQLITE};
use sqlparser::ast::{Function, FunctionArguments, Ident, ObjectNamePart};

/// Whether a function may be called, by its folded name.
pub(super) fn allowed(name: &str, dialect: Dialect) -> bool {
    let own = match dialect {
        Dialect::Sqlite => SQLITE.binary_search(&name).is_ok(),
        Dialect::Postgres => POSTGRES.binary_search(&name).is_ok() || postgres::has(name),
    };
    own || COMMON.binary_search(&name).is_ok()
}

/// Every function that reading A found.
pub(super) fn check(read: &Reading, dialect: Dialect) -> Result<(), SqlRefusal> {
    match read.functions.iter().find(|name| !allowed(name, dialect)) {
        Some(name) => Err(refused(name)),
        None => Ok(()),
    }
}

/// Grammar of PostgreSQL that reads as a call: `ARRAY(SELECT …)`, `ROW(…)`, `LIKE ALL (…)`. No function can have these names unquoted.
pub(super) fn is_construct(function: &Function) -> bool {
    let [ObjectNamePart::Identifier(Ident { value, quote_style: None, .. })] = function.name.0.as_slice() else {
        return false;
    };
    match value.to_ascii_lowercase().as_str() {
        "array" => matches!(function.args, FunctionArguments::Subquery(_)),
        "all" => true,
        "row" => matches!(function.args, FunctionArguments::List(_)),
        _ => false,
    }
}

pub(super) fn refused(name: &str) -> SqlRefusal {
    let shown: String = name.chars().take(64).filter(|letter| !letter.is_control()).collect();
    let remedy = if names::is_schema(&shown) {
        names::ASK_THE_SERVER
    } else {
        "use plain SQL functions over the declared columns"
    };
    SqlRefusal::new(Code::SqlFunction, format!("`{shown}`")).remedy(remedy)
}

#[cfg(test)]
mod tests {
    use super::{COMMON, POSTGRES, SQLITE};

    #[test]
    fn lists_are_sorted_and_name_nothing_twice() {
        for own in [&SQLITE[..], &POSTGRES] {
            assert!(own.is_sorted() && COMMON.is_sorted());
            assert!(own.iter().all(|name| COMMON.binary_search(name).is_err()));
            assert!(own.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }
}
