//! MCP servers over services on the network: a PostgreSQL warehouse.
//!
//! They are ordinary servers, usable without Aegis, and a binary of their own: the executable that holds the kernel links none of
//! their clients.
//!
//! *Invariants.* Nothing but MCP on standard output. One statement a call, by the extended protocol, which cannot carry more. Error
//! texts are a SQLSTATE and a plain sentence: no message, detail, hint or context of the server, which can hold rows.

pub mod connect;
pub mod drift;
pub mod import;
pub mod init;
pub mod postgres;
mod road;
mod seal;
pub mod sentence;
mod statement;
mod value;

/// What stops a server or a command.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The connection string cannot be used.
    #[error("connection string: {0}")]
    Dsn(String),
    /// The database cannot be reached, or refuses.
    #[error("database: {0}")]
    Database(String),
    /// The estate file cannot be used.
    #[error("{0}")]
    Estate(String),
    /// What the shared part of the servers stopped at.
    #[error(transparent)]
    Downstream(#[from] aegis_downstreams::DownstreamError),
    /// The operating system.
    #[error("{what}: {source}")]
    Io {
        /// What was attempted.
        what: &'static str,
        /// Why it failed.
        source: std::io::Error,
    },
}
