//! North: MCP on stdio, both eras, tools only.
//!
//! *Invariants.* Names, descriptions and schemas come from the manifest. Nothing is declared but tools, so prompts, resources,
//! logging, completions and every request of a server to a client are -32601. No log line of the protocol library leaves: it
//! prints whole messages, and no subscriber is ever installed.

mod denial;
mod handler;
mod tool;
mod transport;

pub use denial::denial_result;
pub use handler::serve;
pub use tool::{ToolError, tool_of};

use crate::downstream::Progress;
use rmcp::model::{CallToolResult, Tool};
use serde_json::{Map, Value};
use std::fmt;
use std::future::Future;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// What stands behind the wire.
pub trait Door: Send + Sync + 'static {
    /// The tools, as the agent sees them.
    fn tools(&self) -> Vec<Tool>;

    /// One call.
    fn call(&self, request: CallRequest) -> impl Future<Output = CallReply> + Send;

    /// A message that is no request of ours to answer, for the audit.
    fn reject(&self, rejection: Rejection);
}

/// One call, as it came.
pub struct CallRequest {
    /// The tool's wire name.
    pub name: String,
    /// Its arguments.
    pub arguments: Option<Map<String, Value>>,
    /// What is known of the message.
    pub rpc: RpcInfo,
    /// Fires when the client gives up.
    pub cancel: CancellationToken,
    /// Where progress goes; none where the client asked for none.
    pub progress: Option<mpsc::Sender<Progress>>,
}

/// What is known of a message. None of it is ever an input of a decision.
#[derive(Debug, Clone, Default)]
pub struct RpcInfo {
    /// Its id.
    pub id: String,
    /// The protocol's revision.
    pub protocol: String,
    /// What the client calls itself.
    pub client: Option<String>,
}

/// What a call comes to.
pub enum CallReply {
    /// A result, or a denial as one.
    Result(CallToolResult),
    /// There is no such tool: -32602.
    UnknownTool,
}

/// A message that was not served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// `tools/call` or `tools/list` whose parameters have no such shape.
    Malformed,
    /// A method that is not offered.
    UnknownMethod,
}

impl fmt::Display for Rejection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Rejection::Malformed => "malformed parameters",
            Rejection::UnknownMethod => "a method that is not offered",
        })
    }
}

/// What ends the service.
#[derive(Debug, thiserror::Error)]
pub enum NorthError {
    /// The client never opened the protocol.
    #[error("the client did not open the protocol: {0}")]
    Handshake(String),
    /// The service's task failed.
    #[error("the service failed: {0}")]
    Task(String),
}
