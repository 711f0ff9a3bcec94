//! The one sequential place of a downstream's wire: progress is routed here, in order, and calls go out and come back here. What
//! else is said (the handshake, lists, what is given up) is the protocol library's.
//!
//! *Invariants.* Progress goes only to the open call whose token it names, and never after its answer. The answer to a call is
//! read as a tool result or it is malformed; no other reading is tried. An answer goes to the request that is open under its id, once;
//! every other one is dropped and counted. A line over the limit, or too much misconduct, ends the connection. A token that nobody
//! asked for leads nowhere.

use super::book::{Answer, Book, Limits, Route};
use super::broken::{Meant, meant};
use super::end::End;
use super::face::{Asked, Reader};
use super::keys::Fault;
use super::misconduct::{Conduct, Misconduct};
use super::parcel::{Leaving, Parcel, lock};
use super::{Progress, keys};
use crate::north::lines::{Line, Lines};
use crate::north::pen::Pen;
use rmcp::RoleClient;
use rmcp::model::{
    ClientRequest, JsonRpcMessage, NumberOrString, ProgressToken, RequestId, RequestMetaObject, ServerNotification,
};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::future::Future;
use std::io;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::{Notify, oneshot};
use tokio::task::coop::consume_budget;
use tokio::time::sleep_until;
use tokio_util::sync::CancellationToken;

/// Longest line of a downstream, in bytes.
pub(super) const LINE_LIMIT: usize = 16 * 1024 * 1024;
/// Longest progress message that is passed on, in bytes. A longer one is left out whole: what is cut may not be known for what it is.
const MESSAGE_LIMIT: usize = 4096;
/// What is wrong with answers that the library would wait beyond, so that the connection ends; and with those that may be to any call.
const BATCH: &str = "the server sent an array of messages (a batch), which the protocol does not have";
const NAMELESS: &str = "the server sent an answer without a readable id";
const MISNAMED: &str = "the server sent an answer under an id that no request has";
const SHAPELESS: &str = "the server sent an answer that is not one to the method";
/// Ids of calls begin here. Those of the library's own requests count from 0, and a server that reads 32 bits reads these too.
const FIRST_CALL: i64 = 1 << 30;

/// Called with the first misconduct of each kind.
pub(super) type OnMisconduct = Arc<dyn Fn(Misconduct) + Send + Sync>;

/// What the wire and the calls over it share.
#[derive(Debug, Clone)]
pub(super) struct Calls {
    book: Arc<Mutex<Book>>,
    /// A deadline is sooner than the watch knows.
    sooner: Arc<Notify>,
    pen: Pen<Parcel>,
    count: Arc<AtomicI64>,
    conduct: Arc<Mutex<Conduct>>,
    fault: Arc<OnceLock<&'static str>>,
    /// Fires when the connection ended.
    pub(super) closed: CancellationToken,
    /// How its server did.
    pub(super) end: End,
}

impl Calls {
    fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }

    /// Has a call's request written, with what every request says of us; its id, or none where it cannot be said in JSON or the
    /// connection ended.
    pub(super) fn ask(
        &self,
        asked: &Asked,
        meta: &RequestMetaObject,
        leaving: Leaving,
        route: Route,
        limits: Limits,
    ) -> Option<RequestId> {
        let number = FIRST_CALL.saturating_add(self.count.fetch_add(1, Ordering::Relaxed));
        let (id, token) = (RequestId::Number(number), ProgressToken(NumberOrString::Number(number)));
        let line = asked.message(number, meta).ok()?;
        if self.book().call(id.clone(), token, route, limits)? {
            self.sooner.notify_one();
        }
        self.pen.write(line, Parcel::Call { id: id.clone(), leaving, book: Arc::clone(&self.book) });
        Some(id)
    }

    /// Forgets a call that was given up; what still comes for it is late. Says whether the server may know of it.
    pub(super) fn forget(&self, id: &RequestId) -> bool {
        self.book().close(id, Misconduct::Late);
        let mut begun = true;
        self.pen.take_back(|parcel| {
            let own = matches!(parcel, Parcel::Call { id: waiting, .. } if waiting == id);
            begun &= !own;
            own
        });
        begun
    }

    /// How the server behaved.
    pub(super) fn conduct(&self) -> MutexGuard<'_, Conduct> {
        lock(&self.conduct)
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
    calls: Calls,
    on_misconduct: OnMisconduct,
    /// The handshake is over.
    opened: bool,
}

/// A message by its outside; the inside is read when it is known what it must be.
#[derive(Deserialize)]
struct Envelope<'a> {
    id: Option<RequestId>,
    method: Option<serde::de::IgnoredAny>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    #[serde(borrow)]
    error: Option<&'a RawValue>,
}

impl Wire {
    /// Speaks over the pipes of a child, in a task of its own where it writes. What is written ends with the connection.
    pub(super) fn open(read: ChildStdout, write: ChildStdin, on_misconduct: OnMisconduct) -> (Self, Calls) {
        let calls = Calls {
            book: Arc::default(),
            sooner: Arc::default(),
            pen: Pen::new(),
            count: Arc::default(),
            conduct: Arc::default(),
            fault: Arc::default(),
            closed: CancellationToken::new(),
            end: End::default(),
        };
        tokio::spawn(put(calls.clone(), write));
        tokio::spawn(watch(calls.clone()));
        (Self { lines: Lines::new(read, LINE_LIMIT), calls: calls.clone(), on_misconduct, opened: false }, calls)
    }

    /// The message that the protocol sees, none where a call has its answer, or what is wrong with the line.
    fn read(&self, line: &[u8]) -> Result<Option<RxJsonRpcMessage<RoleClient>>, Misconduct> {
        // The parser would take an array for the fields of one.
        let one = Some(line).filter(|line| line.trim_ascii_start().starts_with(b"{"));
        let envelope: Option<Envelope<'_>> = one.and_then(|line| serde_json::from_slice(line).ok());
        let envelope = envelope.filter(|envelope| !self.is_nameless(envelope));
        let envelope = envelope.ok_or_else(|| self.unreadable(line))?;
        let fault = keys::fault(line);
        if envelope.method.is_none()
            && let Some(id) = &envelope.id
        {
            let mut book = self.calls.book();
            let route = book.close(id, Misconduct::Second).ok_or_else(|| self.unwanted(&book, id))?;
            drop(book);
            let Some(route) = route else { return self.library(line, &envelope, fault) };
            if let Some(fault) = fault {
                self.note(fault.kind());
            }
            let answer = fault.map_or_else(|| answer(&envelope, route.read), |fault| Answer::Malformed(fault.words()));
            let _given_up = route.reply.send(answer);
            return Ok(None);
        }
        if let Some(fault) = fault {
            return Err(fault.kind());
        }
        let message: RxJsonRpcMessage<RoleClient> = serde_json::from_slice(line).map_err(|_| Misconduct::Stray)?;
        match &message {
            JsonRpcMessage::Notification(notification) => {
                if let ServerNotification::ProgressNotification(progress) = &notification.notification {
                    let said = &progress.params;
                    if let Some(sender) = self.calls.book().beat(&said.progress_token) {
                        let message = said.message.clone().filter(|message| message.len() <= MESSAGE_LIMIT);
                        let _ = sender.try_send(Progress { progress: said.progress, total: said.total, message });
                    }
                }
            }
            // It is refused by the protocol's handler, and counted here.
            JsonRpcMessage::Request(_) => self.note(Misconduct::Request),
            JsonRpcMessage::Error(_) | JsonRpcMessage::Response(_) => {}
        }
        Ok(Some(message))
    }

    /// Whether this is an answer that does not say to what. An error of the handshake need not; later it is to the one request that
    /// waits, if no other does.
    fn is_nameless(&self, envelope: &Envelope<'_>) -> bool {
        let excused = envelope.error.is_some() && !(self.opened && self.calls.book().is_alone());
        envelope.method.is_none() && envelope.id.is_none() && !excused
    }

    /// What an answer is that no request waits for. The library would wait on for its own: so the connection ends.
    fn unwanted(&self, book: &Book, id: &RequestId) -> Misconduct {
        let kind = book.unwanted(id);
        if kind == Misconduct::Unasked && book.waits_for_others() {
            self.fail(MISNAMED);
        }
        kind
    }

    /// The answer to a request of the library's. It would wait for another one where it cannot read this: so the connection ends.
    fn library(
        &self,
        line: &[u8],
        envelope: &Envelope<'_>,
        fault: Option<Fault>,
    ) -> Result<Option<RxJsonRpcMessage<RoleClient>>, Misconduct> {
        let one = envelope.result.is_some() != envelope.error.is_some();
        let message = match fault {
            Some(fault) => Err((fault.kind(), fault.words())),
            None if one => serde_json::from_slice(line).map_err(|_| (Misconduct::Broken, SHAPELESS)),
            None => Err((Misconduct::Broken, SHAPELESS)),
        };
        message.map(Some).map_err(|(kind, words)| {
            self.fail(words);
            kind
        })
    }

    /// What a line is that cannot be read. Whom it was meant to answer need not wait for more: one call where that can be known, else
    /// all of them. The library waits for its own by itself, and that long; so the connection ends.
    fn unreadable(&self, line: &[u8]) -> Misconduct {
        // JSON that is no message may still be one with a key of the envelope twice.
        let text = std::str::from_utf8(line).ok();
        let json = text.is_some_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok());
        let fault = if json { keys::fault(line) } else { None };
        let meant = meant(line);
        let (kind, reason) = match (fault, &meant) {
            (Some(fault), _) => (fault.kind(), fault.words()),
            (None, Meant::Nothing) => (Misconduct::Stray, ""),
            (None, Meant::Batch) => (Misconduct::Broken, BATCH),
            (None, Meant::Answer(None)) if json => (Misconduct::Broken, NAMELESS),
            (None, Meant::Other | Meant::Answer(_)) => (Misconduct::Broken, "the answer is no JSON"),
        };
        let id = match meant {
            Meant::Answer(id) => id,
            Meant::Batch => None,
            Meant::Nothing | Meant::Other => return kind,
        };
        let mut book = self.calls.book();
        let library = match id {
            Some(id) => match book.close(&id, Misconduct::Second) {
                Some(Some(route)) => {
                    let _given_up = route.reply.send(Answer::Malformed(reason));
                    false
                }
                Some(None) => true,
                None => return self.unwanted(&book, &id),
            },
            None => book.spoil(reason),
        };
        drop(book);
        if library {
            self.fail(reason);
        }
        kind
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

/// Writes until the connection ends. A server that cannot be written to ends it.
async fn put(Calls { pen, closed, end, .. }: Calls, mut to: ChildStdin) {
    let writing = async { while pen.wait().await && pen.empty(&mut to).await.is_ok() {} };
    tokio::select! {
        biased;
        () = closed.cancelled() => {}
        () = writing => {
            end.closed("it closed its input");
            closed.cancel();
        }
    }
    pen.give_up();
}

/// Lets go of every call whose time is over, and of all of them when the connection ends. An answer does not wake it, and neither
/// does a call whose deadline comes after the one that it sleeps to: it is awake about once in the time that a call may take.
async fn watch(calls: Calls) {
    loop {
        let alarm = calls.book().overdue();
        let late = async {
            match alarm {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = calls.closed.cancelled() => return calls.book().end(),
            () = calls.sooner.notified() => {}
            () = late => {}
        }
    }
}

/// The answer to a call, where it is one: a result of its method, or an error of the protocol.
fn answer(envelope: &Envelope<'_>, read: Reader) -> Answer {
    let answer = match (envelope.result, envelope.error) {
        (Some(result), None) => read(result.get()).map(|result| Answer::Result(Box::new(result))),
        (None, Some(error)) => serde_json::from_str(error.get()).ok().map(Answer::Refused),
        (None, None) | (Some(_), Some(_)) => None,
    };
    answer.unwrap_or(Answer::Malformed("the answer is not one to the method"))
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.calls.closed.cancel();
    }
}

impl Transport<RoleClient> for Wire {
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<RoleClient>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        if let JsonRpcMessage::Request(request) = &message {
            let of_handshake =
                matches!(request.request, ClientRequest::DiscoverRequest(_) | ClientRequest::InitializeRequest(_));
            self.opened |= !of_handshake;
            self.calls.book().other(request.id.clone());
        }
        let (waiting, written) = oneshot::channel();
        let line = serde_json::to_vec(&message).map(|line| self.calls.pen.write(line, Parcel::Other(waiting)));
        async move {
            line?;
            written.await.map_err(|_| io::ErrorKind::NotConnected.into())
        }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleClient>> {
        loop {
            // A flood that is read already must not keep the others waiting.
            consume_budget().await;
            match self.lines.next().await {
                Line::Full(line) if line.trim_ascii().is_empty() => continue,
                Line::Full(line) => match self.read(&line) {
                    Ok(Some(message)) if self.calls.fault().is_none() => return Some(message),
                    Ok(_) => {}
                    Err(kind) => self.note(kind),
                },
                Line::Oversized => self.fail("the server wrote a line over 16 MiB"),
                Line::End => {
                    self.calls.end.closed("it closed its output");
                    self.calls.closed.cancel();
                }
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
        Ok(())
    }
}
