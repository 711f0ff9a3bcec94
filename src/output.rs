//! Standard output and standard error, where a closed pipe is no panic.

use aegis_runtime::audit::visible;
use std::io::{self, Write};

/// What stops a command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    /// Reading or writing failed.
    #[error("{what}: {source}")]
    Io {
        /// What was attempted.
        what: String,
        /// Why it failed.
        source: io::Error,
    },
    /// A room refused to open; the text says why.
    #[error("{0}")]
    Refused(String),
}

impl CommandError {
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }

    pub(crate) fn refused(error: impl std::fmt::Display) -> Self {
        Self::Refused(error.to_string())
    }
}

/// Writes text and a newline to standard output. Whatever others had a hand in, no terminal obeys it.
pub(crate) fn say(text: impl std::fmt::Display) -> Result<(), CommandError> {
    writeln!(io::stdout().lock(), "{}", visible(&text.to_string())).map_err(CommandError::io("standard output"))
}

/// Writes an error to standard error, best-effort.
pub(crate) fn complain(error: &CommandError) {
    let _ignored = writeln!(io::stderr().lock(), "aegis: {}", visible(&error.to_string()));
}
