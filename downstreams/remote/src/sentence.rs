//! Error texts: a SQLSTATE, a plain sentence of ours, the names of schema objects the server points at, and where in the statement.
//!
//! *Invariants.* The server's message, detail, hint and context are never quoted: each of them can hold a row.

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, ErrorPosition};

/// The kind of an error, in a plain sentence.
#[must_use]
pub fn sentence(error: &Error) -> String {
    match error.as_db_error() {
        Some(error) => told(error),
        None if error.is_closed() => "the connection to the database was lost".to_owned(),
        None => unreached(error),
    }
}

/// What the client itself found, in our words; none of it holds a row.
fn unreached(error: &Error) -> String {
    let cause = std::error::Error::source(error);
    let words = cause.map(ToString::to_string).unwrap_or_default();
    match words.as_str() {
        "password missing" => "the server asks for a password, and the connection string has none".to_owned(),
        "server does not support TLS" => "the server offers no TLS; `sslmode=disable` goes without".to_owned(),
        words if words.starts_with("invalid peer certificate") => {
            "the server's certificate is not trusted; `SSL_CERT_FILE` names other roots".to_owned()
        }
        _ => match cause.and_then(|cause| cause.downcast_ref::<std::io::Error>()) {
            Some(error) => format!("the database cannot be reached: {}", error.kind()),
            None => "the database cannot be reached, or its answer cannot be read".to_owned(),
        },
    }
}

fn told(error: &DbError) -> String {
    let code = error.code().code();
    let mut text = format!("{code} {}", meaning(code));
    for (what, name) in [("table", error.table()), ("column", error.column()), ("constraint", error.constraint())] {
        if let Some(name) = name {
            text.push_str(&format!("; {what} `{name}`"));
        }
    }
    if let Some(ErrorPosition::Original(at)) = error.position() {
        text.push_str(&format!("; at character {at}"));
    }
    text
}

/// Appendix A of the manual in our own words: the codes that a client can act on, then the classes.
fn meaning(code: &str) -> &'static str {
    match code {
        "22003" => "a number is out of range",
        "22007" | "22008" => "a date or time is not one",
        "22012" => "division by zero",
        "22P02" => "a text does not have the form of the type it is read as",
        "23502" => "a column that must not be null would be",
        "23503" => "a row refers to one that is not there, or is referred to",
        "23505" => "the key exists already",
        "23514" => "a check of the table does not hold",
        "25006" => "`query` reads; use `execute` for a statement that changes rows, with a role that may",
        "28000" | "28P01" => "the database does not let this role in",
        "3D000" => "the database is not there",
        "40001" | "40P01" => "another transaction was in the way; try again",
        "42501" => {
            "the role may not do that: personal columns are read through the masked views, a change may look at them only where `init --write-predicates` was applied, and structure is not changed here"
        }
        "42601" => "syntax error, or more than one statement",
        "42702" => "a column's name is ambiguous",
        "42703" => "a column is not there",
        "42704" => "an object or a setting is not there",
        "42725" | "42883" => "a function or operator is not there for these types",
        "42803" => "a column must stand in GROUP BY or in an aggregate",
        "42804" => "the types do not fit",
        "42P01" => "a relation is not there",
        "55P03" => "a lock was not to be had in time; try again",
        "57014" => "cancelled, or it took too long: ask for less",
        "57P01" | "57P02" | "57P03" => "the database is stopping or starting; try again",
        "53300" => "the database has no connection left; try again",
        _ => match code.get(..2).unwrap_or_default() {
            "08" => "the connection failed",
            "21" => "a subquery gave more than one row",
            "22" => "a value cannot be used like that",
            "23" => "a constraint of the table is violated",
            "25" => "the statement does not fit the transaction of a call",
            "42" => "the statement does not fit the schema",
            "53" | "54" => "the statement needs more than the database gives",
            _ => "the statement failed", // every other class
        },
    }
}
