//! The one sequential place of a downstream's wire: progress is routed here, in order, and answers to calls are read here.
//!
//! *Invariants.* Progress goes only to the open call whose token it names, and never after its answer. The answer to a call is
//! read as a tool result or it is malformed; no other reading is tried. A line over the limit, or a thousand lines that are no
//! messages, end the connection. A token that nobody asked for leads nowhere.

use super::Progress;
use crate::north::lines::{Line, Lines};
use rmcp::RoleClient;
use rmcp::model::{
    CallToolResult, ClientRequest, GetMeta, JsonRpcMessage, ProgressToken, RequestId, ServerNotification, ServerResult,
};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::io::AsyncWriteExt;
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

/// Longest line of a downstream, in bytes.
pub(super) const LINE_LIMIT: usize = 16 * 1024 * 1024;
const STRAY_LIMIT: u32 = 1000;

/// Where the progress of a call goes. Travels to the wire in the extensions of its request.
#[derive(Debug, Clone)]
pub(super) struct Route {
    /// Told of every progress message: silence is what times out.
    pub(super) beat: Arc<Notify>,
    /// Told what it says.
    pub(super) progress: Option<mpsc::Sender<Progress>>,
}

#[derive(Debug)]
struct Open {
    id: RequestId,
    token: Option<ProgressToken>,
    route: Route,
}

/// What the wire and the calls over it share.
#[derive(Debug, Clone, Default)]
pub(super) struct Calls {
    open: Arc<Mutex<Vec<Open>>>,
    fault: Arc<OnceLock<&'static str>>,
    /// Fires when the connection ended.
    pub(super) closed: CancellationToken,
}

impl Calls {
    fn open(&self) -> MutexGuard<'_, Vec<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets a call; what still comes for it is dropped.
    pub(super) fn forget(&self, id: &RequestId) {
        self.open().retain(|open| open.id != *id);
    }

    /// What the server did wrong, if that ended the connection.
    pub(super) fn fault(&self) -> Option<&'static str> {
        self.fault.get().copied()
    }
}

pub(super) struct Wire {
    lines: Lines<ChildStdout>,
    pen: Arc<tokio::sync::Mutex<Option<ChildStdin>>>,
    calls: Calls,
    stray: u32,
}

/// A message by its outside; the inside is read when it is known what it must be.
#[derive(Deserialize)]
struct Envelope<'a> {
    id: Option<RequestId>,
    method: Option<serde::de::IgnoredAny>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<serde::de::IgnoredAny>,
}

impl Wire {
    pub(super) fn new(read: ChildStdout, write: ChildStdin, calls: Calls) -> Self {
        Self {
            lines: Lines::new(read, LINE_LIMIT),
            pen: Arc::new(tokio::sync::Mutex::new(Some(write))),
            calls,
            stray: 0,
        }
    }

    fn read(&mut self, line: &[u8]) -> Option<RxJsonRpcMessage<RoleClient>> {
        let envelope: Envelope<'_> = serde_json::from_slice(line).ok()?;
        if let (Some(id), None, Some(result), None) = (&envelope.id, &envelope.method, envelope.result, &envelope.error)
            && self.calls.open().iter().any(|open| open.id == *id)
        {
            self.calls.forget(id);
            // Null stands for what is no tool result: the call sees it as malformed.
            let result = serde_json::from_str::<CallToolResult>(result.get()).map_or(
                ServerResult::CustomResult(rmcp::model::CustomResult(Value::Null)),
                ServerResult::CallToolResult,
            );
            return Some(JsonRpcMessage::response(result, id.clone()));
        }
        let message: RxJsonRpcMessage<RoleClient> = serde_json::from_slice(line).ok()?;
        match &message {
            JsonRpcMessage::Notification(notification) => {
                if let ServerNotification::ProgressNotification(progress) = &notification.notification {
                    let said = &progress.params;
                    if let Some(open) =
                        self.calls.open().iter().find(|open| open.token.as_ref() == Some(&said.progress_token))
                    {
                        open.route.beat.notify_one();
                        if let Some(sender) = &open.route.progress {
                            let message = said.message.clone();
                            let _ = sender.try_send(Progress { progress: said.progress, total: said.total, message });
                        }
                    }
                }
            }
            JsonRpcMessage::Error(error) => {
                if let Some(id) = &error.id {
                    self.calls.forget(id);
                }
            }
            JsonRpcMessage::Request(_) | JsonRpcMessage::Response(_) => {}
        }
        Some(message)
    }

    fn fail(&self, fault: &'static str) {
        let _ = self.calls.fault.set(fault);
    }
}

impl Transport<RoleClient> for Wire {
    type Error = io::Error;

    fn send(
        &mut self,
        mut message: TxJsonRpcMessage<RoleClient>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        if let JsonRpcMessage::Request(request) = &mut message
            && let ClientRequest::CallToolRequest(call) = &mut request.request
            && let Some(route) = call.extensions.remove::<Route>()
        {
            let token = request.request.get_meta().get_progress_token();
            self.calls.open().push(Open { id: request.id.clone(), token, route });
        }
        let line = serde_json::to_vec(&message).map_err(io::Error::from);
        let pen = self.pen.clone();
        async move {
            let mut line = line?;
            line.push(b'\n');
            let mut pen = pen.lock().await;
            let pen = pen.as_mut().ok_or(io::ErrorKind::NotConnected)?;
            pen.write_all(&line).await?;
            pen.flush().await
        }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleClient>> {
        loop {
            match self.lines.next().await {
                Line::Full(line) if line.trim_ascii().is_empty() => continue,
                Line::Full(line) => match self.read(&line) {
                    Some(message) => return Some(message),
                    None if self.stray < STRAY_LIMIT => self.stray = self.stray.saturating_add(1),
                    None => self.fail("the server wrote a thousand lines that are no messages"),
                },
                Line::Oversized => self.fail("the server wrote a line over 16 MiB"),
                Line::End => self.calls.closed.cancel(),
            }
            if self.calls.fault().is_some() {
                self.calls.closed.cancel();
            }
            if self.calls.closed.is_cancelled() {
                return None;
            }
        }
    }

    async fn close(&mut self) -> Result<(), io::Error> {
        self.calls.closed.cancel();
        // A write that hangs on a full pipe holds the pen; the pipe is closed when the process is ended.
        if let Ok(mut pen) = self.pen.try_lock() {
            drop(pen.take());
        }
        Ok(())
    }
}
