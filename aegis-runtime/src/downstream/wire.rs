//! The one sequential place of a downstream's wire: progress is routed here, in order, and calls go out and come back here. What
//! else is said (the handshake, lists, what is given up) is the protocol library's. What a server asks is answered here, too.
//!
//! *Invariants.* Progress goes only to the open call whose token it names, and never after its answer. The answer to a call is
//! read as a tool result or it is malformed; no other reading is tried. An answer goes to the request that is open under its id, once;
//! every other one is dropped and counted. A line over the limit, or too much misconduct, ends the connection. A token that nobody
//! asked for leads nowhere. What answers nothing is bounded by line and by minute, and only what the kernel uses of it is read; what a
//! server does not read of answers to itself does not pile up.

use super::book::{Answer, Book, Limits, Route};
use super::broken::{Meant, meant, request_id};
use super::end::End;
use super::face::{Asked, Reader};
use super::keys::Fault;
use super::misconduct::{Conduct, Misconduct};
use super::parcel::{Leaving, Parcel, lock};
use super::{Progress, keys};
use crate::north::lines::{Line, Lines};
use crate::north::pen::Pen;
use rmcp::model::{
    ClientRequest, ErrorCode, JsonRpcMessage, NumberOrString, ProgressNotificationParam, ProgressToken, RequestId,
    RequestMetaObject, ServerNotification,
};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use rmcp::{ErrorData, RoleClient};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::future::Future;
use std::io;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::{Notify, Semaphore, oneshot};
use tokio::task::coop::consume_budget;
use tokio::time::sleep_until;
use tokio_util::sync::CancellationToken;

/// Longest line of a downstream, in bytes.
pub(super) const LINE_LIMIT: usize = 16 * 1024 * 1024;
/// Longest line of a downstream that is no answer, in bytes.
const SAID_LIMIT: usize = 64 * 1024;
/// Longest answer to a request of the library's, in bytes: what it becomes takes two hundred times the memory.
const LIST_LIMIT: usize = 2 * 1024 * 1024;
/// Most answers to requests of a server that wait until it reads.
const ANSWERS: usize = 64;
const VERSION: &str = r#""2.0""#;
const PONG: &str = r#""result":{}"#;
const REFUSED: &str = r#""error":{"code":-32601,"message":"nothing is served to a server"}"#;
/// Longest progress message that is passed on, in bytes. A longer one is left out whole: what is cut may not be known for what it is.
const MESSAGE_LIMIT: usize = 4096;
/// What is wrong with answers that the library would wait beyond, so that the connection ends; and with those that may be to any call.
const BATCH: &str = "the server sent an array of messages (a batch), which the protocol does not have";
const NAMELESS: &str = "the server sent an answer without a readable id";
const MISNAMED: &str = "the server sent an answer under an id that no request has";
const SHAPELESS: &str = "the server sent an answer that is not one to the method";
const LONG: &str = "the server sent a page of a list of more than 2 MiB";
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
    /// A call was let go of without an answer.
    pub(super) unanswered: Arc<Notify>,
    /// Lines that the server has said.
    said: Arc<AtomicU64>,
    pen: Pen<Parcel>,
    count: Arc<AtomicI64>,
    conduct: Arc<Mutex<Conduct>>,
    fault: Arc<OnceLock<&'static str>>,
    /// Room for answers to the server that wait to be written.
    answers: Arc<Semaphore>,
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
        self.unanswered.notify_one();
        let mut begun = true;
        self.pen.take_back(|parcel| {
            let own = matches!(parcel, Parcel::Call { id: waiting, .. } if waiting == id);
            begun &= !own;
            own
        });
        begun
    }

    /// How much the server has said so far.
    pub(super) fn said(&self) -> u64 {
        self.said.load(Ordering::Relaxed)
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
    #[serde(borrow)]
    jsonrpc: Option<&'a RawValue>,
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    method: Option<&'a RawValue>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
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
            unanswered: Arc::default(),
            said: Arc::default(),
            pen: Pen::new(),
            count: Arc::default(),
            conduct: Arc::default(),
            fault: Arc::default(),
            answers: Arc::new(Semaphore::new(ANSWERS)),
            closed: CancellationToken::new(),
            end: End::default(),
        };
        tokio::spawn(put(calls.clone(), write));
        tokio::spawn(watch(calls.clone()));
        (Self { lines: Lines::new(read, LINE_LIMIT), calls: calls.clone(), on_misconduct, opened: false }, calls)
    }

    /// The message that the protocol sees, none where there is none for it, or what is wrong with the line.
    fn read(&self, line: &[u8]) -> Result<Option<RxJsonRpcMessage<RoleClient>>, Misconduct> {
        // The parser would take an array for the fields of one.
        let one = Some(line).filter(|line| line.trim_ascii_start().starts_with(b"{"));
        let envelope: Option<Envelope<'_>> = one.and_then(|line| serde_json::from_slice(line).ok());
        let envelope = envelope.filter(|envelope| !self.is_nameless(envelope));
        let envelope = envelope.ok_or_else(|| self.unreadable(line))?;
        if let (None, Some(id)) = (envelope.method, envelope.id) {
            return self.answered(line, &envelope, id);
        }
        self.weigh(line);
        if line.len() > SAID_LIMIT {
            return Err(Misconduct::Stray);
        }
        if let Some(fault) = keys::fault(line) {
            return Err(fault.kind());
        }
        let Some(method) = envelope.method else {
            // An error that names no request, as some servers answer the probe; anything else is none of the library's.
            return serde_json::from_slice(line).map(Some).map_err(|_| Misconduct::Stray);
        };
        let method: String = serde_json::from_str(method.get()).map_err(|_| Misconduct::Stray)?;
        match (envelope.jsonrpc.map(RawValue::get), envelope.id) {
            (Some(VERSION), Some(id)) => self.asked(id, &method).map(|()| None),
            (Some(VERSION), None) => Ok(self.told(&method, envelope.params)),
            _ => Err(Misconduct::Stray),
        }
    }

    /// The answer to a call goes to the call, that to a request of the library's to the library.
    fn answered(
        &self,
        line: &[u8],
        envelope: &Envelope<'_>,
        id: &RawValue,
    ) -> Result<Option<RxJsonRpcMessage<RoleClient>>, Misconduct> {
        let id = request_id(id.get().as_bytes()).ok_or_else(|| self.unreadable(line))?;
        let closed = self.calls.book().close(&id, Misconduct::Second);
        let route = closed.ok_or_else(|| self.unwanted(line, &id))?;
        let fault = keys::fault(line);
        let Some(route) = route else { return self.library(line, envelope, fault) };
        if let Some(fault) = fault {
            self.note(fault.kind());
        }
        let answer = fault.map_or_else(|| answer(envelope, route.read), |fault| Answer::Malformed(fault.words()));
        let _given_up = route.reply.send(answer);
        Ok(None)
    }

    /// A request of the server's: granted is none but a sign of life. One who does not read the answers gets no more of them, since they
    /// would pile up.
    fn asked(&self, id: &RawValue, method: &str) -> Result<(), Misconduct> {
        request_id(id.get().as_bytes()).ok_or(Misconduct::Broken)?;
        self.note(Misconduct::Request);
        if let Ok(room) = Arc::clone(&self.calls.answers).try_acquire_owned() {
            let answer = if method == "ping" { PONG } else { REFUSED };
            let line = format!(r#"{{"jsonrpc":{VERSION},"id":{},{answer}}}"#, id.get());
            self.calls.pen.write(line.into_bytes(), Parcel::Answer { _room: room });
        }
        Ok(())
    }

    /// What the server says without being asked. It is read where the kernel uses it, and nothing else of it is built.
    fn told(&self, method: &str, params: Option<&RawValue>) -> Option<RxJsonRpcMessage<RoleClient>> {
        let changed = match method {
            "notifications/progress" => {
                self.progress(params?.get());
                return None;
            }
            "notifications/tools/list_changed" => ServerNotification::ToolListChangedNotification(Default::default()),
            "notifications/resources/list_changed" => {
                ServerNotification::ResourceListChangedNotification(Default::default())
            }
            "notifications/prompts/list_changed" => {
                ServerNotification::PromptListChangedNotification(Default::default())
            }
            _ => return None,
        };
        Some(JsonRpcMessage::notification(changed))
    }

    fn progress(&self, params: &str) {
        let Ok(said) = serde_json::from_str::<ProgressNotificationParam>(params) else { return };
        if let Some(sender) = self.calls.book().beat(&said.progress_token) {
            let message = said.message.filter(|message| message.len() <= MESSAGE_LIMIT);
            let _ = sender.try_send(Progress { progress: said.progress, total: said.total, message });
        }
    }

    /// Counts a line that answers nothing; too much of it ends the connection.
    fn weigh(&self, line: &[u8]) {
        if self.calls.conduct().weigh(line) {
            self.note(Misconduct::Flood);
        }
    }

    /// Whether this is an answer that does not say to what. An error of the handshake need not; later it is to the one request that
    /// waits, if no other does.
    fn is_nameless(&self, envelope: &Envelope<'_>) -> bool {
        let excused = envelope.error.is_some() && !(self.opened && self.calls.book().is_alone());
        envelope.method.is_none() && envelope.id.is_none() && !excused
    }

    /// What an answer is that no request waits for. The library would wait on for its own: so the connection ends.
    fn unwanted(&self, line: &[u8], id: &RequestId) -> Misconduct {
        let mut book = self.calls.book();
        let (kind, waits) = (book.unwanted(id), book.waits_for_others());
        drop(book);
        if kind == Misconduct::Unasked && waits {
            self.fail(MISNAMED);
        }
        if kind != Misconduct::Late {
            self.weigh(line);
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
            None if line.len() > LIST_LIMIT => Err((Misconduct::Broken, LONG)),
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
            Meant::Nothing | Meant::Other => {
                self.weigh(line);
                return kind;
            }
        };
        let mut book = self.calls.book();
        let library = match id {
            Some(id) => match book.close(&id, Misconduct::Second) {
                Some(Some(route)) => {
                    let _given_up = route.reply.send(Answer::Malformed(reason));
                    false
                }
                Some(None) => true,
                None => {
                    drop(book);
                    return self.unwanted(line, &id);
                }
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
        let (late, alarm) = calls.book().overdue();
        if late {
            calls.unanswered.notify_one();
        }
        let time = async {
            match alarm {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = calls.closed.cancelled() => return calls.book().end(),
            () = calls.sooner.notified() => {}
            () = time => {}
        }
    }
}

/// The answer to a call, where it is one: a result of its method, or an error of the protocol.
fn answer(envelope: &Envelope<'_>, read: Reader) -> Answer {
    let answer = match (envelope.result, envelope.error) {
        (Some(result), None) => read(result.get()).map(|result| Answer::Result(Box::new(result))),
        (None, Some(error)) => refusal(error).map(Answer::Refused),
        (None, None) | (Some(_), Some(_)) => None,
    };
    answer.unwrap_or(Answer::Malformed("the answer is not one to the method"))
}

/// An error of the protocol, without what stands under `data`: nobody reads that.
fn refusal(error: &RawValue) -> Option<ErrorData> {
    #[derive(Deserialize)]
    struct Refusal {
        code: ErrorCode,
        message: String,
    }
    let Refusal { code, message } = serde_json::from_str(error.get()).ok()?;
    Some(ErrorData::new(code, message, None))
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
                Line::Full(line) if line.trim_ascii().is_empty() => self.weigh(&line),
                Line::Full(line) => {
                    self.calls.said.fetch_add(1, Ordering::Relaxed);
                    match self.read(&line) {
                        Ok(Some(message)) if self.calls.fault().is_none() => return Some(message),
                        Ok(_) => {}
                        Err(kind) => self.note(kind),
                    }
                }
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
