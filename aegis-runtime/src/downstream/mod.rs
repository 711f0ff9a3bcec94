//! South: the downstream servers, one child process each.
//!
//! *Invariants.* A child's environment is empty but for the floor, what its manifest declares and its own credentials, which
//! are resolved when it is spawned and never appear in an argv, an event or an error. It runs in its cage, or not at all. It is
//! asked for nothing but what its manifest declares, lists of that, and its tools, and may ask nothing of us. What it says of its tools is held against
//! the manifest and shown to nobody. `South::call` is `pub(crate)`: only the gate reaches it, with a durable intent in hand.
//! Nothing here retries a call: a lost answer has an unknown effect.

mod book;
mod broken;
mod call;
mod definition;
mod end;
pub mod estate;
mod executable;
mod face;
mod handshake;
mod inspect;
mod keys;
mod misconduct;
mod offer;
mod parcel;
mod pin;
mod process;
mod said;
mod secret;
mod server;
#[cfg(test)]
mod tests;
mod wire;
mod words;

pub use definition::{Change, changes};
pub use executable::digest_of;
pub(crate) use face::ROLES;
pub use inspect::{Inspection, LookError, inspect};
pub use misconduct::Misconduct;
pub use offer::Offered;
pub use said::Masked;
pub use secret::resolve as resolve_secret;

use crate::cage::Report;
use crate::receipt::Leave;
use crate::spec::{Origin, ServerId, Spec};
use rmcp::model::CallToolResult;
use serde_json::{Map, Value};
use server::Server;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// All downstream servers of a kernel.
#[derive(Debug)]
pub struct South {
    servers: Vec<Arc<Server>>,
    stop: CancellationToken,
}

/// Called with every credential that is resolved, before its server starts.
pub type OnSecret = Arc<dyn Fn(&str) + Send + Sync>;

/// What the south needs to know of the process it runs in.
#[derive(Clone)]
pub struct SouthOptions {
    /// The state directory: what `${state}` means; homes of servers stand in `home/NAME` below it.
    pub state: PathBuf,
    /// What `aegis` as a program means.
    pub executable: PathBuf,
    /// The command that re-executes this executable as a stage of the cage: [`crate::cage::helper`].
    pub helper: Vec<String>,
    /// The masker learns every credential here.
    pub on_secret: OnSecret,
    /// Masks what servers say on their standard error, before it is kept in `said/NAME.log` below the state directory, and what else
    /// they say, before it is cut.
    pub masked: Masked,
    /// Where lifecycle events go, for the audit.
    pub events: mpsc::UnboundedSender<SouthEvent>,
}

impl fmt::Debug for SouthOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SouthOptions").field("state", &self.state).finish_non_exhaustive()
    }
}

/// What happened to a server. Texts that come from a downstream (names of tools) are masked, escaped and bounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SouthEvent {
    /// A child runs.
    Spawned {
        /// The server.
        server: &'static str,
        /// Its process, which is also its process group.
        pid: u32,
        /// The program as it was resolved.
        executable: PathBuf,
        /// SHA-256 of the program's bytes, lower-case hex.
        digest: String,
        /// The cage as it was closed.
        cage: Report,
    },
    /// It speaks the protocol, and its tools were held against the manifest.
    Pinned {
        /// The server.
        server: &'static str,
        /// The protocol revision agreed on.
        protocol: String,
        /// How many tools it offers.
        tools: usize,
        /// SHA-256 over names and input schemas, canonical JSON, sorted by name.
        digest: String,
    },
    /// A tool differs from the manifest: it is denied until the manifest and the server agree.
    Drift {
        /// The server.
        server: &'static str,
        /// The tool, by its own name.
        tool: &'static str,
        /// In what it differs, in words that quote names only.
        difference: String,
        /// What changed of its definition since it was pinned.
        changes: Vec<Change>,
    },
    /// The server offers tools that the manifest does not name. They do not exist for the agent.
    Extra {
        /// The server.
        server: &'static str,
        /// Their names, at most 100.
        tools: Vec<String>,
    },
    /// It could not be started.
    Failed {
        /// The server.
        server: &'static str,
        /// Why.
        reason: String,
    },
    /// A child ended, by itself or because it was stopped.
    Exited {
        /// The server.
        server: &'static str,
        /// `exit 3`, `signal 9` or `unknown`.
        status: String,
        /// Whether we asked for it.
        stopped: bool,
        /// How often it did what it should not, over its life.
        misconduct: BTreeMap<Misconduct, u64>,
    },
    /// It did what it should not, for the first time in its life.
    Misconduct {
        /// The server.
        server: &'static str,
        /// What.
        kind: Misconduct,
    },
}

/// One call southward.
#[derive(Debug)]
pub struct SouthCall {
    /// The tool by the downstream's own name.
    pub tool: &'static str,
    /// The arguments as they were judged.
    pub arguments: Map<String, Value>,
    /// Looked at directly before the first byte goes to the server: it may have to be started first, or not read.
    pub leave: Leave,
    /// Fires when the call is given up; the downstream is told.
    pub cancel: CancellationToken,
    /// Where progress goes, in order; what does not fit is dropped. The sender is dropped when the answer is in.
    pub progress: Option<mpsc::Sender<Progress>>,
}

/// How far a call is. Text is the downstream's own until it is masked.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// How much is done, in the downstream's unit.
    pub progress: f64,
    /// How much there is, where that is known.
    pub total: Option<f64>,
    /// A message for people; one over 4 KiB is left out.
    pub message: Option<String>,
}

/// Why a call has no result. But for `Unavailable`, `Secret`, `Pinned`, `Drift` and `Halted`, its effect is unknown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DownstreamError {
    /// The server does not run; the call did not reach it.
    #[error("{reason}")]
    Unavailable {
        /// Why.
        reason: String,
    },
    /// A credential could not be resolved; the server was not started.
    #[error("the credential `{variable}` could not be resolved: {reason}")]
    Secret {
        /// The variable it was to stand in.
        variable: &'static str,
        /// Why; never the value.
        reason: String,
    },
    /// A file of the server is not the one that somebody reviewed; the server was not started.
    #[error("{reason}")]
    Pinned {
        /// Which, and what it is now.
        reason: String,
    },
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The server ended during the call.
    #[error("the server ended during the call: {how}")]
    Died {
        /// In what way: `it was ended by signal 9`.
        how: String,
    },
    /// The answer is not one to the method.
    #[error("{reason}")]
    Malformed {
        /// In what way.
        reason: &'static str,
    },
    /// The tool differs from the manifest; the call did not reach the server.
    #[error("{difference}")]
    Drift {
        /// In what it differs.
        difference: String,
    },
    /// An operator halted it while it waited for its server; the call did not reach the server.
    #[error("{detail}")]
    Halted {
        /// What is halted.
        detail: String,
    },
    /// The call was given up.
    #[error("the call was cancelled")]
    Cancelled,
    /// The server answered with a protocol error.
    #[error("the server refused the call with code {code}")]
    Refused {
        /// The JSON-RPC code.
        code: i64,
        /// Its words, at most 4,096 characters: raw until masked, but for those that were cut.
        message: String,
    },
}

impl DownstreamError {
    fn unavailable(reason: impl Into<String>) -> Self {
        DownstreamError::Unavailable { reason: reason.into() }
    }

    /// The same for an agent, which need not know where the state directory is.
    fn without(self, state: &Path) -> Self {
        if let DownstreamError::Unavailable { reason } = &self {
            return Self::unavailable(reason.replace(&*state.to_string_lossy(), "${state}"));
        }
        self
    }
}

/// A server, as `aegis doctor` and `aegis__status` print it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerStatus {
    /// Its name.
    pub name: &'static str,
    /// Whether it runs.
    pub state: ServerState,
    /// Its process, while it runs.
    pub pid: Option<u32>,
    /// The protocol revision it speaks, once known.
    pub era: Option<String>,
    /// Why it is down.
    pub reason: Option<String>,
    /// Tools that differ from the manifest.
    pub drifted: Vec<&'static str>,
}

/// Whether a server runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerState {
    /// Its process is being started or speaks its first words.
    Starting,
    /// It takes calls.
    Ready,
    /// It is not there; the next call starts it.
    Down,
    /// The kernel stopped it.
    Stopped,
}

impl ServerState {
    /// The word for people and records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            ServerState::Starting => "starting",
            ServerState::Ready => "ready",
            ServerState::Down => "down",
            ServerState::Stopped => "stopped",
        }
    }
}

impl South {
    /// Spawns every server, all at once, and returns without waiting. Must be called inside a tokio runtime.
    #[must_use]
    pub fn start(spec: &'static Spec, mut options: SouthOptions) -> South {
        // Children run in their own homes, where a relative path would mean something else.
        options.state = std::path::absolute(&options.state).unwrap_or(options.state);
        let stop = CancellationToken::new();
        let options = Arc::new(options);
        let mut servers = Vec::with_capacity(spec.servers.len());
        for (index, server) in (0_u16..).zip(spec.servers) {
            let origin = Origin::Downstream(ServerId(index));
            let tools = spec.tools.iter().filter(|tool| tool.origin == origin).collect();
            let estate = estate::text(spec, ServerId(index));
            servers.push(Server::start(server, estate, tools, options.clone(), stop.child_token()));
        }
        South { servers, stop }
    }

    /// Calls a tool, and waits for its server first where it is still starting. A server that died is started again by the
    /// next call: at most once a second and five times a minute.
    ///
    /// The result is a complete one without `_meta`; everything else in it is raw.
    pub(crate) async fn call(&self, server: ServerId, call: SouthCall) -> Result<CallToolResult, DownstreamError> {
        let server = self.servers.get(usize::from(server.0));
        server.ok_or_else(|| DownstreamError::unavailable("no such server"))?.call(call).await
    }

    /// Every server as it stands, in the order of the tables.
    #[must_use]
    pub fn status(&self) -> Vec<ServerStatus> {
        self.servers.iter().map(|server| server.status()).collect()
    }

    /// Stops every server, all at once: its input is closed, after 2 s its group gets TERM, after 3 s more its tree KILL. No server
    /// starts afterwards.
    pub async fn stop(&self) {
        self.stop.cancel();
        for server in &self.servers {
            server.stopped().await;
        }
    }
}
