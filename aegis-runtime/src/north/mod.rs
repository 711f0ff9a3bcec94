//! North: the wire to the agent. MCP on stdio, the `initialize` era and the 2026-07-28 era alike.
//!
//! *Invariants.* This room decides nothing: what is asked goes through a [`Door`], and nothing but the door's replies and
//! protocol errors with fixed words goes out. What the agent sees of a tool comes from the compiled tables. Lists never change
//! while a kernel runs (`listChanged` is not declared). Resources and prompts are declared where the manifests declare some, and are
//! calls like those of tools; subscriptions, logging and completions are not and answer -32601: each would be a channel that no
//! rule covers. No `tracing` subscriber is installed here or anywhere in the
//! runtime, because the protocol library logs whole messages; this package does not even depend on one.

mod handler;
mod lanes;
pub(crate) mod lines;
pub(crate) mod pen;
mod present;
mod reply;
mod road;
mod strict;
#[cfg(test)]
mod tests;
mod transport;

pub use present::{Catalogue, DENIAL_META, denial_result};
pub use reply::Reply;

use crate::downstream::Progress;
use rmcp::service::{QuitReason, serve_directly};
use serde_json::{Map, Value};
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Calls under way at once in a lane: begun, and the answer not yet read by the client. What comes then waits its turn, and no call
/// is lost but for those that come when 4 MiB or 16,384 requests wait in their lane already: they are refused.
pub const IN_FLIGHT: u32 = 128;
/// Longest line read, in bytes.
const LINE_LIMIT: usize = 4 * 1024 * 1024;
/// Longest id of a request and longest token of its progress, in bytes; both directions of the wire keep to it, since what is answered
/// says it again.
pub(crate) const ID_LIMIT: usize = 256;
/// How long open calls may take to record their outcome after the client left.
const GRACE: Duration = Duration::from_secs(10);

/// What stands behind the wire: the gate, as the wire sees it.
pub trait Door: Send + Sync + 'static {
    /// The catalogue, which never changes.
    fn catalogue(&self) -> Catalogue;

    /// How many lanes there are for calls: those of one never wait for those of another.
    fn lanes(&self) -> usize;

    /// The lane of a call, counted from 0.
    fn lane(&self, ask: &Ask) -> usize;

    /// Answers one call. Runs in its own task and to its end, also when the client cancelled or left: it must watch
    /// [`CallRequest::cancel`] itself.
    fn call(&self, request: CallRequest) -> impl Future<Output = CallReply> + Send;

    /// Is told of a message that was refused before it became a call.
    fn reject(&self, rejection: Rejection);
}

/// One call, read but not judged.
#[derive(Debug)]
pub struct CallRequest {
    /// What it names, and by which method.
    pub ask: Ask,
    /// The arguments; `None` where the client gave none or null.
    pub arguments: Option<Map<String, Value>>,
    /// Where the call comes from.
    pub rpc: RpcInfo,
    /// Fires when the client cancels the call, leaves, or the kernel stops.
    pub cancel: CancellationToken,
    /// Who fired it.
    pub ending: Ending,
    /// Where progress goes, already masked; there only if the client gave a token. A value that does not increase is dropped.
    pub progress: Option<mpsc::Sender<Progress>>,
}

/// What ends calls that their client did not cancel.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    gone: CancellationToken,
    stop: CancellationToken,
}

impl Ending {
    /// Why a call that was given up was.
    pub(crate) fn words(&self) -> &'static str {
        match (self.stop.is_cancelled(), self.gone.is_cancelled()) {
            (true, _) => "the kernel is stopping",
            (false, true) => "its client left",
            (false, false) => "its client cancelled it",
        }
    }
}

/// What a client names, as it wrote it: untrusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A tool, by `tools/call`.
    Tool(String),
    /// A URI, by `resources/read`.
    Resource(String),
    /// A prompt, by `prompts/get`.
    Prompt(String),
}

impl Ask {
    /// The method.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        match self {
            Ask::Tool(_) => "tools/call",
            Ask::Resource(_) => "resources/read",
            Ask::Prompt(_) => "prompts/get",
        }
    }

    /// The name or URI.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Ask::Tool(text) | Ask::Resource(text) | Ask::Prompt(text) => text,
        }
    }
}

/// The protocol side of a call, for the audit. Nothing in it is verified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RpcInfo {
    /// The request id as JSON, at most 256 bytes: `7` or `"7"`.
    pub id: String,
    /// The protocol revision the call is served under; empty where the client named none.
    pub protocol: String,
    /// Name and version the client gives itself, escaped, at most 128 characters.
    pub client: Option<String>,
}

/// What the door says to a call.
#[derive(Debug)]
pub enum CallReply {
    /// A result or a denial ([`denial_result`]).
    Result(Box<Reply>),
    /// No such tool: -32602, without its name.
    UnknownTool,
}

/// A message that was refused on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The JSON-RPC code that was answered; 0 where nothing was (notifications and responses have no answer).
    pub code: i32,
    /// Why, in fixed words.
    pub reason: &'static str,
    /// The method, where one was read; escaped, at most 128 characters. Untrusted.
    pub method: Option<String>,
    /// The id as JSON, where one was read. Untrusted.
    pub id: Option<String>,
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.reason)?;
        if let Some(method) = &self.method {
            write!(formatter, "; method `{method}`")?;
        }
        if let Some(id) = &self.id {
            write!(formatter, "; id `{}`", quoted(id, 128))?;
        }
        Ok(())
    }
}

/// Why the wire ended other than by the client's leaving.
#[derive(Debug, thiserror::Error)]
pub enum NorthError {
    /// The protocol loop failed.
    #[error("the protocol task failed")]
    Protocol,
    /// Calls were still open when the grace period ended.
    #[error("calls were still under way {} seconds after the client left", GRACE.as_secs())]
    StillOpen,
}

/// Speaks MCP over standard input and output until the client leaves or `stop` fires, then cancels what is open and waits for
/// it, so that every outcome is recorded. The streams are non-blocking where both are pipes, as clients start us; where they
/// are not, a read may still be pending afterwards: shut the runtime down in the background.
///
/// Needs a tokio runtime with time and I/O enabled; a current-thread runtime does.
///
/// # Errors
/// [`NorthError`]; the client's leaving is no error.
pub async fn serve<D: Door>(door: Arc<D>, stop: CancellationToken) -> Result<(), NorthError> {
    let (read, write) = rmcp::transport::stdio_pipes();
    serve_on(door, read, write, stop).await
}

/// [`serve`] over any pair of streams.
///
/// # Errors
/// As [`serve`].
pub async fn serve_on<D, R, W>(door: Arc<D>, read: R, write: W, stop: CancellationToken) -> Result<(), NorthError>
where
    D: Door,
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let gone = stop.child_token();
    let slots = lanes::Slots::new(door.lanes());
    let catalogue = Arc::new(door.catalogue());
    let road = Arc::new(road::Road::new(door, Ending { gone: gone.clone(), stop }));
    let inbound = transport::Inbound::open(road.clone(), catalogue.clone(), read, write, LINE_LIMIT, slots.clone());
    let service = serve_directly(handler::Handler { road, catalogue }, inbound, None);
    let quit = tokio::select! {
        quit = service.waiting() => quit,
        () = after(&gone, GRACE) => return Err(NorthError::StillOpen),
    };
    let drained = tokio::time::timeout(GRACE, slots.idle()).await;
    match (quit, drained) {
        (Ok(QuitReason::Closed | QuitReason::Cancelled), Ok(())) => Ok(()),
        (_, Err(_)) => Err(NorthError::StillOpen),
        (_, Ok(())) => Err(NorthError::Protocol),
    }
}

async fn after(event: &CancellationToken, time: Duration) {
    event.cancelled().await;
    tokio::time::sleep(time).await;
}

/// Untrusted text made fit to stand in a record: control and non-ASCII characters escaped, at most `limit` characters.
pub(crate) fn quoted(text: &str, limit: usize) -> String {
    text.chars().flat_map(char::escape_default).take(limit).collect()
}
