//! The one sequential place of a downstream's wire: progress is routed here, in order, and answers to calls are read here.
//!
//! *Invariants.* Progress goes only to the open call whose token it names, and never after its answer. The answer to a call is
//! read as a tool result or it is malformed; no other reading is tried. An answer goes to the request that is open under its id, once;
//! every other one is dropped and counted. A line over the limit, or too much misconduct, ends the connection. A token that nobody
//! asked for leads nowhere.

use super::face::{self, Reader};
use super::misconduct::{Conduct, Misconduct};
use super::{Progress, keys};
use crate::north::lines::{Line, Lines};
use crate::receipt::Leave;
use rmcp::RoleClient;
use rmcp::model::{GetMeta, JsonRpcMessage, ProgressToken, RequestId, ServerNotification, ServerResult};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::Poll;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::{Notify, mpsc};
use tokio::task::coop::consume_budget;
use tokio_util::sync::CancellationToken;

/// Longest line of a downstream, in bytes.
pub(super) const LINE_LIMIT: usize = 16 * 1024 * 1024;
/// Longest progress message that is passed on, in bytes. A longer one is left out whole: what is cut may not be known for what it is.
const MESSAGE_LIMIT: usize = 4096;
/// How many requests that are over are remembered, to tell a second answer from a late one.
const REMEMBERED: usize = 256;

/// Where the progress of a call goes. Travels to the wire in the extensions of its request.
#[derive(Debug, Clone)]
pub(super) struct Route {
    /// Told of every progress message: silence is what times out.
    pub(super) beat: Arc<Notify>,
    /// Told what it says.
    pub(super) progress: Option<mpsc::Sender<Progress>>,
    /// Reads the answer.
    pub(super) read: Reader,
    /// Looked at before the first byte goes out.
    pub(super) leave: Leave,
    /// What was halted, where the request was not written for that.
    pub(super) halted: Arc<OnceLock<String>>,
}

/// A request without its answer.
#[derive(Debug)]
struct Open {
    id: RequestId,
    /// A tool call has a route; what the handshake asks has none.
    call: Option<(Option<ProgressToken>, Route)>,
}

/// The requests of a connection.
#[derive(Debug, Default)]
struct Book {
    open: Vec<Open>,
    over: VecDeque<(RequestId, Misconduct)>,
}

impl Book {
    /// Takes a request out; what still comes for it is misconduct of the given kind.
    fn close(&mut self, id: &RequestId, then: Misconduct) -> Option<Open> {
        let at = self.open.iter().position(|open| open.id == *id)?;
        if self.over.len() == REMEMBERED {
            self.over.pop_front();
        }
        self.over.push_back((id.clone(), then));
        Some(self.open.swap_remove(at))
    }

    /// What an answer is that no open request waits for.
    fn unwanted(&self, id: &RequestId) -> Misconduct {
        let over = self.over.iter().rev().find(|(over, _)| over == id);
        over.map_or(Misconduct::Unasked, |(_, kind)| *kind)
    }
}

/// Called with the first misconduct of each kind.
pub(super) type OnMisconduct = Arc<dyn Fn(Misconduct) + Send + Sync>;

/// What the wire and the calls over it share.
#[derive(Debug, Clone, Default)]
pub(super) struct Calls {
    book: Arc<Mutex<Book>>,
    conduct: Arc<Mutex<Conduct>>,
    fault: Arc<OnceLock<&'static str>>,
    /// Fires when the connection ended.
    pub(super) closed: CancellationToken,
}

impl Calls {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets a call that was given up; what still comes for it is late.
    pub(super) fn forget(&self, id: &RequestId) {
        self.book().close(id, Misconduct::Late);
    }

    /// How the server behaved.
    pub(super) fn conduct(&self) -> MutexGuard<'_, Conduct> {
        self.conduct.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what the server did wrong; the connection is to end for it.
    pub(super) fn fail(&self, fault: &'static str) {
        let _first = self.fault.set(fault);
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
    on_misconduct: OnMisconduct,
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
    pub(super) fn new(read: ChildStdout, write: ChildStdin, calls: Calls, on_misconduct: OnMisconduct) -> Self {
        Self {
            lines: Lines::new(read, LINE_LIMIT),
            pen: Arc::new(tokio::sync::Mutex::new(Some(write))),
            calls,
            on_misconduct,
        }
    }

    /// The message that the protocol sees, or what is wrong with the line.
    fn read(&self, line: &[u8]) -> Result<RxJsonRpcMessage<RoleClient>, Misconduct> {
        let envelope: Envelope<'_> = serde_json::from_slice(line).map_err(|_| {
            // JSON that is no message may still be one with a key of the envelope twice.
            let text = std::str::from_utf8(line).ok();
            let json = text.is_some_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok());
            if json && !keys::unique(line) { Misconduct::Ambiguous } else { Misconduct::Stray }
        })?;
        let ambiguous = !keys::unique(line);
        if envelope.method.is_none()
            && let Some(id) = &envelope.id
        {
            let mut book = self.calls.book();
            let open = book.close(id, Misconduct::Second).ok_or_else(|| book.unwanted(id))?;
            drop(book);
            if let Some((_, route)) = open.call {
                if ambiguous {
                    self.note(Misconduct::Ambiguous);
                }
                return Ok(answer(line, &envelope, id, route.read)
                    .filter(|_| !ambiguous)
                    .unwrap_or_else(|| nothing(id)));
            }
        }
        if ambiguous {
            return Err(Misconduct::Ambiguous);
        }
        let message: RxJsonRpcMessage<RoleClient> = serde_json::from_slice(line).map_err(|_| Misconduct::Stray)?;
        match &message {
            JsonRpcMessage::Notification(notification) => {
                if let ServerNotification::ProgressNotification(progress) = &notification.notification {
                    let said = &progress.params;
                    let book = self.calls.book();
                    let asked = book.open.iter().filter_map(|open| open.call.as_ref());
                    let mut asked = asked.filter(|(token, _)| token.as_ref() == Some(&said.progress_token));
                    if let Some((_, route)) = asked.next() {
                        route.beat.notify_one();
                        if let Some(sender) = &route.progress {
                            let message = said.message.clone().filter(|message| message.len() <= MESSAGE_LIMIT);
                            let _ = sender.try_send(Progress { progress: said.progress, total: said.total, message });
                        }
                    }
                }
            }
            // It is refused by the protocol's handler, and counted here.
            JsonRpcMessage::Request(_) => self.note(Misconduct::Request),
            JsonRpcMessage::Error(_) | JsonRpcMessage::Response(_) => {}
        }
        Ok(message)
    }

    fn note(&self, kind: Misconduct) {
        let mut conduct = self.calls.conduct();
        let first = conduct.note(kind);
        let verdict = conduct.verdict(kind);
        drop(conduct);
        if first {
            (self.on_misconduct)(kind);
        }
        if let Some(words) = verdict {
            self.fail(words);
        }
    }

    fn fail(&self, fault: &'static str) {
        self.calls.fail(fault);
    }
}

/// Writes what fits at once. Where the server does not read that comes long after the call was decided: leave is asked for before
/// every attempt.
async fn begin<W: AsyncWrite + Unpin>(
    pen: &mut W,
    line: &[u8],
    leave: impl Fn() -> Result<(), String>,
) -> io::Result<usize> {
    poll_fn(|context| match leave() {
        Ok(()) => Pin::new(&mut *pen).poll_write(context, line),
        Err(_) => Poll::Ready(Err(io::ErrorKind::PermissionDenied.into())),
    })
    .await
}

/// The answer to a call, where it is one: a result of its method, or an error of the protocol.
fn answer(line: &[u8], envelope: &Envelope<'_>, id: &RequestId, read: Reader) -> Option<RxJsonRpcMessage<RoleClient>> {
    if envelope.error.is_some() {
        return serde_json::from_slice(line).ok();
    }
    let result = read(envelope.result?.get())?;
    Some(JsonRpcMessage::response(ServerResult::CallToolResult(result), id.clone()))
}

/// Stands for an answer that is none: the call sees it as malformed, at once.
fn nothing(id: &RequestId) -> RxJsonRpcMessage<RoleClient> {
    JsonRpcMessage::response(ServerResult::CustomResult(rmcp::model::CustomResult(Value::Null)), id.clone())
}

impl Transport<RoleClient> for Wire {
    type Error = io::Error;

    fn send(
        &mut self,
        mut message: TxJsonRpcMessage<RoleClient>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        let mut call = None;
        if let JsonRpcMessage::Request(request) = &mut message {
            let route = face::extensions(&mut request.request).and_then(|extensions| extensions.remove::<Route>());
            let token = request.request.get_meta().get_progress_token();
            call = route.clone().map(|route| (request.id.clone(), route));
            self.calls.book().open.push(Open { id: request.id.clone(), call: route.map(|route| (token, route)) });
        }
        let line = serde_json::to_vec(&message).map_err(io::Error::from);
        let (pen, calls) = (self.pen.clone(), self.calls.clone());
        async move {
            let mut line = line?;
            line.push(b'\n');
            let mut pen = pen.lock().await;
            let pen = pen.as_mut().ok_or(io::ErrorKind::NotConnected)?;
            let begun = begin(pen, &line, || match &call {
                Some((id, route)) => route.leave.look().inspect_err(|detail| {
                    calls.forget(id);
                    let _first = route.halted.set(detail.clone());
                }),
                None => Ok(()),
            });
            let begun = begun.await?;
            pen.write_all(line.get(begun..).unwrap_or_default()).await?;
            pen.flush().await
        }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleClient>> {
        loop {
            // A flood that is read already must not keep the others waiting.
            consume_budget().await;
            match self.lines.next().await {
                Line::Full(line) if line.trim_ascii().is_empty() => continue,
                Line::Full(line) => match self.read(&line) {
                    Ok(message) if self.calls.fault().is_none() => return Some(message),
                    Ok(_) => {}
                    Err(kind) => self.note(kind),
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
