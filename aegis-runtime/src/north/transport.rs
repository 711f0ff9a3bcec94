//! The inbound wire: every line becomes one known message, or is refused here with a code and a record.
//!
//! *Invariants.* Only the methods named in this file reach the protocol library; it never sees a line that is not strict JSON,
//! a batch, an id that is open, or a call of the wrong shape. At most [`IN_FLIGHT`](super::IN_FLIGHT) calls of a lane are under way;
//! others wait, and everything else is read meanwhile. When the input ends, everything open is cancelled at once, and a client that does not
//! read has no more than a moment left to.

use super::lanes::{Lane, Lanes, Slots};
use super::lines::{Line, Lines};
use super::road::{LAST_WORDS, Parcel, Plain, Road, Served, put};
use super::{Ask, Catalogue, Door, ID_LIMIT, Rejection, quoted, strict};
use rmcp::RoleServer;
use rmcp::model::{JsonRpcMessage, RequestId};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use serde_json::error::Category;
use serde_json::{Map, Value, json};
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

const PARSE: i32 = -32700;
const INVALID: i32 = -32600;
const NO_METHOD: i32 = -32601;
const BAD_PARAMS: i32 = -32602;
/// Of the range that JSON-RPC leaves to servers.
const BUSY: i32 = -32000;
const VERSION_META: &str = "io.modelcontextprotocol/protocolVersion";
/// How long the next line waits for a refusal to be written.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a line waits after one that was refused to a client that does not read.
const PACE: Duration = Duration::from_millis(2);

/// How long calls may take to be answered once the client left or the kernel stops.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

pub(super) struct Inbound<D, R> {
    road: Arc<Road<D>>,
    catalogue: Arc<Catalogue>,
    lines: Lines<R>,
    /// Who writes.
    writer: JoinHandle<()>,
    /// A refusal that is being written, and until when the next line waits for it.
    refusal: Option<(oneshot::Receiver<()>, Instant)>,
    lanes: Lanes,
    /// The slot of the request that is being read, where it waited for one.
    slot: Option<OwnedSemaphorePermit>,
    /// The subscription. It says nothing, so one is enough.
    listening: Option<RequestId>,
    initialized: bool,
}

/// A line that is neither refused nor empty.
enum Read {
    /// What the protocol library is to see.
    Message(Box<RxJsonRpcMessage<RoleServer>>),
    /// A call that the library need not see has begun.
    Begun,
    /// A request for which no slot is free.
    Wait(Lane, RequestId),
}

/// A request, as whoever answers it reads it.
enum Parsed {
    Served(Box<Served>),
    Message(Box<RxJsonRpcMessage<RoleServer>>),
}

/// A refused message.
struct Refusal {
    code: i32,
    reason: &'static str,
    id: Option<RequestId>,
    method: Option<String>,
}

impl Refusal {
    fn new(code: i32, reason: &'static str) -> Self {
        Self { code, reason, id: None, method: None }
    }
}

impl<D, R> Inbound<D, R>
where
    D: Door,
    R: AsyncRead + Send + Unpin + 'static,
{
    /// Speaks over a pair of streams, in a task of its own where it writes.
    pub(super) fn open(
        road: Arc<Road<D>>,
        catalogue: Arc<Catalogue>,
        read: R,
        write: impl AsyncWrite + Send + Unpin + 'static,
        limit: usize,
        slots: Slots,
    ) -> Self {
        let writer = tokio::spawn(put(road.pen.clone(), write, road.gone.clone()));
        Self {
            road,
            catalogue,
            lines: Lines::new(read, limit),
            writer,
            refusal: None,
            lanes: Lanes::new(slots),
            slot: None,
            listening: None,
            initialized: false,
        }
    }

    /// The next line, or one whose turn it is. Safe to drop and call again.
    async fn line(&mut self) -> Line {
        self.slot = None;
        let gone = self.road.gone.clone();
        let read = async {
            // One who does not read a refusal is still listened to: it may leave.
            let out = match &mut self.refusal {
                Some((writing, until)) => timeout_at(*until, writing).await.is_ok(),
                None => false,
            };
            if out {
                self.refusal = None;
            }
            tokio::select! {
                biased;
                (slot, line) = self.lanes.turn() => {
                    self.slot = Some(slot);
                    Line::Full(line)
                }
                line = self.lines.next() => line,
            }
        };
        tokio::select! {
            biased;
            () = gone.cancelled() => Line::End,
            line = read => line,
        }
    }

    fn read(&mut self, line: &[u8]) -> Result<Read, Refusal> {
        let value = strict::parse(line).map_err(|error| match error.classify() {
            Category::Data => Refusal::new(INVALID, "the message is not strict JSON"),
            Category::Syntax | Category::Eof | Category::Io => Refusal::new(PARSE, "the line is not JSON"),
        })?;
        let Value::Object(message) = value else {
            return Err(Refusal::new(INVALID, "the message is not one JSON object"));
        };
        let method = message.get("method").and_then(Value::as_str).map(str::to_owned);
        let id = match message.get("id") {
            None => None,
            Some(id) => Some(request_id(id).ok_or_else(|| Refusal {
                method: method.clone(),
                ..Refusal::new(INVALID, "an id is a string or an integer")
            })?),
        };
        let refuse = |code, reason| Refusal { code, reason, id: id.clone(), method: method.clone() };
        if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return Err(refuse(INVALID, "the message is not JSON-RPC 2.0"));
        }
        let Some(name) = method.as_deref() else {
            if message.contains_key("result") || message.contains_key("error") {
                return Err(Refusal { code: 0, id: None, ..refuse(0, "a response to no request of ours") });
            }
            return Err(refuse(INVALID, "the message names no method"));
        };
        let Some(id) = id.clone() else {
            return match name {
                "notifications/cancelled" | "notifications/initialized" => {
                    let given_up =
                        message.get("params").and_then(|params| params.get("requestId")).and_then(request_id);
                    let message = message_of(message).map_err(|()| refuse(0, "the notification cannot be read"))?;
                    self.cancelled(given_up);
                    Ok(Read::Message(Box::new(message)))
                }
                _ => Err(refuse(0, "the notification is not known")),
            };
        };
        self.allowed(name, &message).map_err(|(code, reason)| refuse(code, reason))?;
        self.take(id, message, name).map_err(|(code, reason)| refuse(code, reason))
    }

    /// A request that was given up while it waits never begins.
    fn cancelled(&mut self, id: Option<RequestId>) {
        if let Some(id) = id.filter(|id| self.lanes.cancel(id)) {
            self.note(Refusal { id: Some(id), ..Refusal::new(0, "the request was cancelled before its turn") });
        }
    }

    /// The methods there are, and when; the shapes that the library would take for an unknown method.
    fn allowed(&mut self, method: &str, message: &Map<String, Value>) -> Result<(), (i32, &'static str)> {
        let params = message.get("params");
        if params.is_some_and(|params| !params.is_object()) {
            return Err((BAD_PARAMS, "the parameters are not an object"));
        }
        let version = params.and_then(|params| params.get("_meta")).and_then(|meta| meta.get(VERSION_META));
        if version.is_some_and(|version| !version.is_string()) {
            return Err((BAD_PARAMS, "the protocol version is not a string"));
        }
        let token = params.and_then(|params| params.get("_meta")).and_then(|meta| meta.get("progressToken"));
        if token.and_then(Value::as_str).is_some_and(|token| token.len() > ID_LIMIT) {
            // It would be said again with every step.
            return Err((BAD_PARAMS, "the progress token is longer than 256 bytes"));
        }
        let modern = version.is_some();
        match method {
            "initialize" if modern => Err((NO_METHOD, "the revision that the request names has no such method")),
            "initialize" => {
                let parsed = params.is_some_and(|params| {
                    params.get("protocolVersion").is_some_and(Value::is_string)
                        && params.get("capabilities").is_some_and(Value::is_object)
                        && params.get("clientInfo").is_some_and(Value::is_object)
                });
                self.initialized |= parsed;
                if parsed { Ok(()) } else { Err((BAD_PARAMS, "the parameters of initialize are incomplete")) }
            }
            "ping" | "server/discover" => Ok(()),
            _ if !self.catalogue.serves(method) => Err((NO_METHOD, "the method is not served here")),
            _ if !self.initialized && !modern => {
                Err((BAD_PARAMS, "neither initialize nor the request names a protocol version"))
            }
            "tools/call" | "prompts/get" => call_shape(params).map_err(|reason| (BAD_PARAMS, reason)),
            "resources/read" => match params.and_then(|params| params.get("uri")) {
                Some(Value::String(_)) => Ok(()),
                Some(_) | None => Err((BAD_PARAMS, "the URI is not a string")),
            },
            "subscriptions/listen" => match &self.listening {
                Some(id) if self.lanes.is_unanswered(id) => Err((INVALID, "a subscription is open already")),
                Some(_) | None => Ok(()),
            },
            _ => match params.and_then(|params| params.get("cursor")) {
                None | Some(Value::String(_)) => Ok(()),
                Some(_) => Err((BAD_PARAMS, "the cursor is not a string")),
            },
        }
    }

    /// Calls wait only for calls to the same place.
    fn lane(&self, method: &str, message: &Map<String, Value>) -> Lane {
        let (ask, key): (fn(String) -> Ask, _) = match method {
            "tools/call" => (Ask::Tool, "name"),
            "prompts/get" => (Ask::Prompt, "name"),
            "resources/read" => (Ask::Resource, "uri"),
            _ => return Lane::Own,
        };
        let named = message.get("params").and_then(|params| params.get(key)).and_then(Value::as_str);
        Lane::Calls(self.road.door.lane(&ask(named.unwrap_or_default().to_owned())))
    }

    /// Opens the request: its id is taken, its slot held until it is over.
    fn take(&mut self, id: RequestId, message: Map<String, Value>, method: &str) -> Result<Read, (i32, &'static str)> {
        let lane = self.lane(method, &message);
        let parsed = match Plain::read(message).map(|plain| self.road.served(&id, plain)) {
            Ok(Ok(served)) => Parsed::Served(Box::new(served)),
            Ok(Err(plain)) => Parsed::Message(Box::new(JsonRpcMessage::request(plain.request(), id.clone()))),
            Err(message) => {
                let message = message_of(message).map_err(|()| (BAD_PARAMS, "the parameters cannot be read"))?;
                Parsed::Message(Box::new(message))
            }
        };
        let Some(slot) = self.slot.take().or_else(|| self.lanes.slot(lane)) else { return Ok(Read::Wait(lane, id)) };
        let cancel = self.road.gone.child_token();
        let held = self.lanes.begin(id.clone(), slot, cancel.clone());
        let held = held.ok_or((INVALID, "the id is in use by an open request"))?;
        if method == "subscriptions/listen" {
            self.listening = Some(id.clone());
        }
        match parsed {
            Parsed::Served(served) => {
                let (road, begun) = (Arc::clone(&self.road), self.lanes.begun().clone());
                tokio::spawn(road.answer(id, *served, cancel, held, begun));
                Ok(Read::Begun)
            }
            Parsed::Message(mut message) => {
                message.insert_extension(held);
                Ok(Read::Message(message))
            }
        }
    }

    /// Answers and records a refusal. An id that is in use is not answered under that id: the answer would end the first call.
    fn refuse(&mut self, refusal: Refusal) {
        let Refusal { code, reason, ref id, .. } = refusal;
        if let Some((_, until)) = &mut self.refusal {
            // One who does not read a refusal gets no other, since they would pile up, and is slowed.
            *until = Instant::now() + PACE;
        } else if code != 0 {
            let answered = id.as_ref().filter(|id| !self.lanes.is_open(id));
            let mut answer = json!({"jsonrpc": "2.0"});
            if let (Some(id), Value::Object(fields)) = (answered, &mut answer) {
                fields.insert("id".to_owned(), id.clone().into_json_value());
            }
            if let Value::Object(fields) = &mut answer {
                fields.insert("error".to_owned(), json!({"code": code, "message": reason}));
            }
            let (parcel, written) = Parcel::waited(None);
            self.road.pen.write(answer.to_string().into_bytes(), parcel);
            self.refusal = Some((written, Instant::now() + PATIENCE));
        }
        self.note(refusal);
    }

    fn note(&self, Refusal { code, reason, id, method }: Refusal) {
        self.road.door.reject(Rejection {
            code,
            reason,
            method: method.map(|method| quoted(&method, 128)),
            id: id.map(|id| id.into_json_value().to_string()),
        });
    }
}

impl<D, R> Transport<RoleServer> for Inbound<D, R>
where
    D: Door,
    R: AsyncRead + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        let answered = match &message {
            JsonRpcMessage::Response(answer) => Some(&answer.id),
            JsonRpcMessage::Error(answer) => answer.id.as_ref(),
            JsonRpcMessage::Request(_) | JsonRpcMessage::Notification(_) => None,
        };
        let (parcel, written) = Parcel::waited(answered.and_then(|id| self.lanes.begun().answered(id)));
        let line = serde_json::to_vec(&message).map(|line| self.road.pen.write(line, parcel));
        async move {
            line?;
            written.await.map_err(|_| io::ErrorKind::TimedOut.into())
        }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            let refusal = match self.line().await {
                Line::Full(line) if line.trim_ascii().is_empty() => continue,
                Line::Full(line) => match self.read(&line) {
                    Ok(Read::Message(message)) => return Some(*message),
                    Ok(Read::Begun) => continue,
                    Ok(Read::Wait(lane, id)) => {
                        if self.lanes.wait(lane, id.clone(), line) {
                            continue;
                        }
                        Refusal { id: Some(id), ..Refusal::new(BUSY, "too many requests wait") }
                    }
                    Err(refusal) => refusal,
                },
                Line::Oversized => Refusal::new(INVALID, "the line is too long"),
                Line::End => {
                    self.road.gone.cancel();
                    for id in self.lanes.clear() {
                        self.note(Refusal { id: Some(id), ..Refusal::new(0, "the connection ended before its turn") });
                    }
                    return None;
                }
            };
            self.refuse(refusal);
        }
    }

    async fn close(&mut self) -> Result<(), io::Error> {
        self.road.gone.cancel();
        let _late = timeout(LAST_ANSWERS, self.lanes.idle()).await;
        self.road.pen.close();
        let closed = timeout(LAST_WORDS, &mut self.writer).await;
        closed.map_or_else(|_| Err(io::ErrorKind::TimedOut.into()), |_| Ok(()))
    }
}

impl<D, R> Drop for Inbound<D, R> {
    fn drop(&mut self) {
        self.writer.abort();
    }
}

fn request_id(id: &Value) -> Option<RequestId> {
    let known = match id {
        Value::Number(number) => RequestId::Number(number.as_i64()?),
        Value::String(text) if text.len() <= ID_LIMIT => RequestId::String(text.as_str().into()),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    Some(known)
}

fn message_of(message: Map<String, Value>) -> Result<RxJsonRpcMessage<RoleServer>, ()> {
    serde_json::from_value(Value::Object(message)).map_err(|_| ())
}

fn call_shape(params: Option<&Value>) -> Result<(), &'static str> {
    let params = params.ok_or("a call needs parameters")?;
    if !params.get("name").is_some_and(Value::is_string) {
        return Err("the name is not a string");
    }
    match params.get("arguments") {
        None | Some(Value::Null | Value::Object(_)) => Ok(()),
        Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
            Err("the arguments are not an object")
        }
    }
}
