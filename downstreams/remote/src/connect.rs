//! From a connection string to a session with the engine's own belts on.
//!
//! *Invariants.* TLS is verified against the system's roots (`SSL_CERT_FILE` names others), and is not optional towards another
//! machine unless the connection string says `sslmode=disable`. No error text holds the connection string.

use crate::RemoteError;
use crate::sentence::sentence;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Settings of every session. Names resolve in `pg_catalog` and `public`, and never in a temporary schema first.
const SETTINGS: &str =
    "SET search_path = pg_catalog, public, pg_temp; SET statement_timeout = '25s'; SET lock_timeout = '5s';
    SET idle_in_transaction_session_timeout = '60s'; SET standard_conforming_strings = on; SET datestyle = 'ISO, YMD';
    SET intervalstyle = 'postgres'; SET timezone = 'UTC'; SET bytea_output = 'hex'; SET client_min_messages = 'error'";
const CONNECT: Duration = Duration::from_secs(10);

/// How a database is reached.
#[derive(Clone)]
pub struct Target {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Target {
    /// Reads a connection string.
    ///
    /// # Errors
    /// A string that is none, or a system without certificates.
    pub fn new(dsn: &str) -> Result<Self, RemoteError> {
        let mut config: Config = dsn
            .parse()
            .map_err(|_| RemoteError::Dsn("it is none; `postgres://user:password@host/database`".to_owned()))?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_application_name().is_none() {
            config.application_name("aegis-downstreams");
        }
        if config.get_ssl_mode() == SslMode::Prefer && config.get_hosts().iter().any(is_another_machine) {
            config.ssl_mode(SslMode::Require);
        }
        Ok(Self { config, tls: tls()? })
    }

    /// Connects and sets the session up.
    ///
    /// # Errors
    /// A plain sentence.
    pub async fn connect(&self) -> Result<Client, String> {
        let (client, connection) = self.config.connect(self.tls.clone()).await.map_err(|error| sentence(&error))?;
        // It ends with the client, or with the server; the client says so at its next use.
        tokio::spawn(connection);
        client.batch_execute(SETTINGS).await.map_err(|error| sentence(&error))?;
        Ok(client)
    }

    /// How a running statement is cancelled.
    pub(crate) fn tls(&self) -> MakeRustlsConnect {
        self.tls.clone()
    }
}

fn is_another_machine(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => !matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        Host::Unix(_) => false,
    }
}

fn tls() -> Result<MakeRustlsConnect, RemoteError> {
    let mut roots = RootCertStore::empty();
    // What cannot be read is no root; without any, no server is trusted.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| RemoteError::Dsn(format!("TLS cannot be set up: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
