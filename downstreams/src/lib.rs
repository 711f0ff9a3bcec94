//! Two minimal MCP servers: a SQL warehouse in one SQLite file, and an object store in one directory.
//!
//! They are ordinary servers, usable without Aegis: `aegis downstream postgres --database FILE`, `aegis downstream s3 --root DIR`.
//! They hold no policy; what they refuse, they refuse as any careful server would.
//!
//! *Invariants.* Nothing but MCP on standard output. One statement a call, by an interface that cannot carry more. Error texts
//! name the kind of error and never quote a row.

mod directory;
pub mod draft;
pub mod estate;
pub mod postgres;
pub mod protocol;
pub mod road;
pub mod s3;
pub mod token;
pub mod warehouse;

/// Bytes in hexadecimal, in small letters.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What stops a server.
#[derive(Debug, thiserror::Error)]
pub enum DownstreamError {
    /// The database cannot be opened.
    #[error("database `{path}`: {reason}")]
    Database {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
    /// The directory cannot be used.
    #[error("directory `{path}`: {reason}")]
    Directory {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
    /// The estate file cannot be used.
    #[error("{0}")]
    Estate(String),
    /// The client spoke something else.
    #[error("protocol: {0}")]
    Protocol(String),
}
