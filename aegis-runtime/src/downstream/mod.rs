//! South: each downstream server is a child process with an emptied environment, a process group of its own and only its own
//! credentials.
//!
//! *Invariants.* Commands are compiled in; nothing here takes one from a request. A server is asked for nothing the manifest does
//! not name, and declared no client capability, so it can ask for nothing either. Only the gate can call: `call` is
//! private to the crate.

mod pin;
mod process;
mod secret;
mod server;
mod transport;

use crate::spec::{ServerId, Spec};
use rmcp::model::CallToolResult;
use serde_json::{Map, Value};
use server::Server;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// What starting servers needs.
pub struct SouthOptions {
    /// What `${state}` stands for.
    pub state: PathBuf,
    /// What `aegis` as a program stands for.
    pub executable: PathBuf,
    /// Every resolved credential is told here, so that it never leaves.
    pub on_secret: Arc<dyn Fn(&str) + Send + Sync>,
    /// What servers do, for the audit.
    pub events: mpsc::UnboundedSender<SouthEvent>,
}

/// What a server did of itself.
#[derive(Debug, Clone)]
pub enum SouthEvent {
    /// It was started.
    Spawned {
        /// Its name.
        server: &'static str,
        /// Its process.
        pid: u32,
        /// SHA-256 of the program, lower-case hex.
        program: String,
    },
    /// It ended.
    Exited {
        /// Its name.
        server: &'static str,
        /// How.
        status: String,
    },
    /// Its tools were held against the manifest.
    Pinned {
        /// Its name.
        server: &'static str,
        /// Tools that fit.
        fitting: usize,
        /// Tools that the manifest does not name.
        extra: usize,
    },
    /// A tool does not fit the manifest.
    Drift {
        /// Its name.
        server: &'static str,
        /// The tool.
        tool: &'static str,
        /// How it differs.
        difference: String,
    },
}

/// One call, as it goes south.
pub struct SouthCall {
    /// The server's own name for the tool.
    pub tool: &'static str,
    /// The judged arguments.
    pub arguments: Map<String, Value>,
    /// Fires when the client gives up.
    pub cancel: CancellationToken,
    /// Where progress goes, in order; none where the client asked for none.
    pub progress: Option<mpsc::Sender<Progress>>,
}

/// How far a call is.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// So far.
    pub progress: f64,
    /// Of how much.
    pub total: Option<f64>,
    /// In the server's words.
    pub message: Option<String>,
}

/// Why a call has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DownstreamError {
    /// The server is not running and was not reached.
    #[error("server unavailable: {reason}")]
    Unavailable {
        /// Why.
        reason: String,
    },
    /// A credential could not be had, so the server was not started.
    #[error("credential `{variable}`: {reason}")]
    Secret {
        /// The variable.
        variable: &'static str,
        /// Why; never the value.
        reason: String,
    },
    /// No answer in time.
    #[error("timeout")]
    Timeout,
    /// The server ended, or its pipe broke.
    #[error("the server ended")]
    Died,
    /// An answer that is none.
    #[error("malformed answer: {reason}")]
    Malformed {
        /// What is wrong with it.
        reason: String,
    },
    /// The tool is not what the manifest pins.
    #[error("the tool differs from the manifest: {difference}")]
    Drift {
        /// How.
        difference: String,
    },
    /// The client gave up.
    #[error("cancelled")]
    Cancelled,
    /// A JSON-RPC error of the server. Its words are unmasked.
    #[error("refused ({code})")]
    Refused {
        /// Its code.
        code: i32,
        /// Its words.
        message: String,
    },
}

/// How a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerState {
    /// Answering.
    Running,
    /// Not started, or ended.
    Down,
    /// Being started.
    Starting,
}

impl ServerState {
    /// For people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            ServerState::Running => "running",
            ServerState::Down => "down",
            ServerState::Starting => "starting",
        }
    }
}

/// One line about a server.
#[derive(Debug, Clone)]
pub struct ServerStatus {
    /// Its name.
    pub name: &'static str,
    /// How it is.
    pub state: ServerState,
}

/// Every downstream server of a kernel.
pub struct South {
    servers: Vec<Arc<Server>>,
}

impl South {
    /// Starts every server in the background; a call waits for its own server only.
    #[must_use]
    pub fn start(spec: &'static Spec, options: SouthOptions) -> Self {
        let options = Arc::new(options);
        let servers: Vec<Arc<Server>> =
            (0_u16..).zip(spec.servers).map(|(id, server)| Arc::new(Server::new(spec, ServerId(id), server, Arc::clone(&options)))).collect();
        for server in &servers {
            let server = Arc::clone(server);
            tokio::spawn(async move {
                // A failure is kept and told to whoever calls.
                let _ignored = server.running().await;
            });
        }
        Self { servers }
    }

    pub(crate) async fn call(&self, server: ServerId, call: SouthCall) -> Result<CallToolResult, DownstreamError> {
        match self.servers.get(usize::from(server.0)) {
            Some(server) => server.call(call).await,
            None => Err(DownstreamError::Unavailable { reason: "no such server".to_owned() }),
        }
    }

    /// How the servers are.
    #[must_use]
    pub fn status(&self) -> Vec<ServerStatus> {
        self.servers.iter().map(|server| server.status()).collect()
    }

    /// Ends every server: standard input closed, then TERM to its group, then KILL.
    pub async fn stop(&self) {
        let stopping: Vec<_> = self
            .servers
            .iter()
            .map(|server| {
                let server = Arc::clone(server);
                tokio::spawn(async move { server.stop().await })
            })
            .collect();
        for one in stopping {
            let _ignored = one.await;
        }
    }
}

#[cfg(test)]
mod tests;
