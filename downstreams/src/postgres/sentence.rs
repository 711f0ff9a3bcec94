//! Error texts: the kind of an error and what a statement or the schema names, never a value of a row.

use rusqlite::Error;
use rusqlite::ffi::ErrorCode;

/// The kind of an error, in a plain sentence.
#[expect(clippy::wildcard_enum_match_arm, reason = "the library's enum grows; what is not known is not quoted")]
pub(super) fn sentence(error: &Error) -> String {
    match error {
        Error::SqliteFailure(failure, message) => {
            named(message.as_deref().unwrap_or_default()).unwrap_or_else(|| kind(failure.code).to_owned())
        }
        Error::SqlInputError { msg, .. } => named(msg).unwrap_or_else(|| "syntax error".to_owned()),
        Error::MultipleStatement => "more than one statement".to_owned(),
        _ => "the statement failed".to_owned(),
    }
}

/// Texts that name objects of the statement or the schema, and nothing of a row.
fn named(message: &str) -> Option<String> {
    let safe = [
        "no such ",
        "ambiguous column name",
        "UNIQUE constraint failed: ",
        "NOT NULL constraint failed: ",
        "FOREIGN KEY constraint failed",
        "wrong number of arguments to function ",
        "misuse of aggregate",
        "interrupted",
        "attempt to write a readonly database",
        "not authorized",
    ];
    if message.starts_with("not authorized") || message.starts_with("access to ") {
        return Some("not authorized: the statement does what this server does not do for a client".to_owned());
    }
    safe.iter().any(|start| message.starts_with(start)).then(|| message.to_owned())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the engine's list of codes grows; what is not known is not quoted")]
fn kind(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::ConstraintViolation => "a constraint of the table is violated",
        ErrorCode::TypeMismatch => "a value has the wrong type for its column",
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => "the database is busy; try again",
        ErrorCode::OperationInterrupted => "interrupted: it took too long or was given up",
        ErrorCode::TooBig => "a value or the statement is too big",
        ErrorCode::OutOfMemory => "the statement needs too much memory",
        ErrorCode::ReadOnly => "attempt to write a readonly database",
        ErrorCode::AuthorizationForStatementDenied => {
            "not authorized: the statement does what this server does not do for a client"
        }
        ErrorCode::DiskFull | ErrorCode::SystemIoFailure => "the disk failed",
        ErrorCode::CannotOpen => "the file is not there, or cannot be opened",
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => "the database file is damaged",
        _ => "the statement failed",
    }
}
