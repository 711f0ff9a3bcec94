//! The agent's end of the wire: an MCP client over a child process, by the official protocol library.

use rmcp::model::{CallToolRequestParams, CallToolResult, ClientConfig};
use rmcp::service::RunningService;
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::{RoleClient, ServiceExt};
use serde_json::{Map, Value};
use std::path::Path;
use std::process::Stdio;
use tokio::process::{Child, Command};

/// What goes wrong on the wire.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The kernel cannot be started.
    #[error("kernel: {0}")]
    Spawn(#[from] std::io::Error),
    /// The protocol fails.
    #[error("protocol: {0}")]
    Protocol(String),
}

/// An agent whose only server is one kernel.
pub struct Agent {
    child: Child,
    service: RunningService<RoleClient, ClientConfig>,
}

/// What a call came to.
pub struct Reply {
    /// The kernel refused it, or the tool failed.
    pub refused: bool,
    /// Its first text.
    pub text: String,
    /// Its data.
    pub data: Value,
}

impl Agent {
    /// Starts this executable as a kernel, and opens the protocol.
    ///
    /// # Errors
    /// A kernel that does not start.
    pub async fn meet(state: &Path, twin: bool) -> Result<Self, AgentError> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("serve").arg("--state").arg(state).args(["--principal", "demo-agent"]);
        if twin {
            command.env("AEGIS_DEMO_TWIN", "1");
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let missing = || AgentError::Protocol("no pipe".to_owned());
        let (stdout, stdin) = (child.stdout.take().ok_or_else(missing)?, child.stdin.take().ok_or_else(missing)?);
        let transport = AsyncRwTransport::<RoleClient, _, _>::new(stdout, stdin);
        let service =
            ClientConfig::default().serve(transport).await.map_err(|error| AgentError::Protocol(error.to_string()))?;
        Ok(Self { child, service })
    }

    /// Calls a tool.
    ///
    /// # Errors
    /// A protocol error; a refusal is a reply.
    pub async fn call(&self, tool: &'static str, arguments: Value) -> Result<Reply, AgentError> {
        let mut params = CallToolRequestParams::new(tool);
        params.arguments = arguments.as_object().cloned().or_else(|| Some(Map::new()));
        let result = self.service.call_tool(params).await.map_err(|error| AgentError::Protocol(error.to_string()))?;
        // The library's response has more shapes than a tool result; its JSON has the fields that matter.
        let result: CallToolResult = serde_json::to_value(&result)
            .and_then(serde_json::from_value)
            .map_err(|error| AgentError::Protocol(error.to_string()))?;
        let text =
            result.content.first().and_then(|block| block.as_text()).map(|text| text.text.clone()).unwrap_or_default();
        Ok(Reply { refused: result.is_error == Some(true), text, data: result.structured_content.unwrap_or_default() })
    }

    /// Closes the pipe and waits for the kernel to end.
    ///
    /// # Errors
    /// A kernel that does not end well.
    pub async fn leave(mut self) -> Result<(), AgentError> {
        let _ignored = self.service.cancel().await;
        let status = self.child.wait().await?;
        if status.success() { Ok(()) } else { Err(AgentError::Protocol(format!("the kernel ended with {status}"))) }
    }
}
