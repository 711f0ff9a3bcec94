//! The inbound wire: every line becomes one known message, or is refused here with a code and a record.
//!
//! *Invariants.* Only the methods named in this file reach the protocol library; it never sees a line that is not strict JSON,
//! a batch, an id that is open, or a call of the wrong shape. At most [`IN_FLIGHT`](super::IN_FLIGHT) requests are open; then
//! nothing is read. When the input ends, everything open is cancelled at once.

use super::lines::{Line, Lines};
use super::{Catalogue, Door, Rejection, quoted, strict};
use rmcp::RoleServer;
use rmcp::model::{
    CallToolRequestParams, ClientRequest, JsonRpcMessage, MetaObject, Request, RequestId, RequestMetaObject,
};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use serde_json::error::Category;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const PARSE: i32 = -32700;
const INVALID: i32 = -32600;
const NO_METHOD: i32 = -32601;
const BAD_PARAMS: i32 = -32602;
const ID_LIMIT: usize = 256;
const VERSION_META: &str = "io.modelcontextprotocol/protocolVersion";

/// What a request holds while it is open: its slot and its id. Dropped when its handler is done.
#[derive(Debug, Clone)]
pub(super) struct Held {
    _inner: Arc<(OwnedSemaphorePermit, OpenId)>,
}

#[derive(Debug)]
struct OpenId {
    id: RequestId,
    open: Arc<Mutex<HashSet<RequestId>>>,
}

impl Drop for OpenId {
    fn drop(&mut self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

pub(super) struct Inbound<D, R, W> {
    door: Arc<D>,
    catalogue: Arc<Catalogue>,
    lines: Lines<R>,
    pen: Arc<tokio::sync::Mutex<W>>,
    /// A refusal that is being written; nothing is read before it is out.
    refusal: Option<JoinHandle<()>>,
    slots: Arc<Semaphore>,
    slot: Option<OwnedSemaphorePermit>,
    open: Arc<Mutex<HashSet<RequestId>>>,
    initialized: bool,
    gone: CancellationToken,
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

impl<D, R, W> Inbound<D, R, W>
where
    D: Door,
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    pub(super) fn new(
        door: Arc<D>,
        catalogue: Arc<Catalogue>,
        read: R,
        write: W,
        limit: usize,
        slots: Arc<Semaphore>,
        gone: CancellationToken,
    ) -> Self {
        Self {
            door,
            catalogue,
            lines: Lines::new(read, limit),
            pen: Arc::new(tokio::sync::Mutex::new(write)),
            refusal: None,
            slots,
            slot: None,
            open: Arc::default(),
            initialized: false,
            gone,
        }
    }

    /// Waits for what must be done before the next line is read. Safe to drop and call again.
    async fn ready(&mut self) -> Result<(), tokio::sync::AcquireError> {
        if let Some(writing) = &mut self.refusal {
            let _ = writing.await;
            self.refusal = None;
        }
        if self.slot.is_none() {
            self.slot = Some(self.slots.clone().acquire_owned().await?);
        }
        Ok(())
    }

    async fn line(&mut self) -> Line {
        let gone = self.gone.clone();
        let read = async {
            match self.ready().await {
                Ok(()) => self.lines.next().await,
                Err(_) => Line::End,
            }
        };
        tokio::select! {
            biased;
            () = gone.cancelled() => Line::End,
            line = read => line,
        }
    }

    fn read(&mut self, line: &[u8]) -> Result<Option<RxJsonRpcMessage<RoleServer>>, Refusal> {
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
                    message_of(message).map(Some).map_err(|()| refuse(0, "the notification cannot be read"))
                }
                _ => Err(refuse(0, "the notification is not known")),
            };
        };
        self.allowed(name, &message).map_err(|(code, reason)| refuse(code, reason))?;
        self.take(id, message).map_err(|(code, reason)| refuse(code, reason))
    }

    /// The methods there are, and when; the shapes that the library would take for an unknown method.
    fn allowed(&mut self, method: &str, message: &Map<String, Value>) -> Result<(), (i32, &'static str)> {
        let params = message.get("params");
        if params.is_some_and(|params| !params.is_object()) {
            return Err((BAD_PARAMS, "the parameters are not an object"));
        }
        let modern = params.and_then(|params| params.get("_meta")).and_then(|meta| meta.get(VERSION_META)).is_some();
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
            "subscriptions/listen" => Ok(()),
            _ => match params.and_then(|params| params.get("cursor")) {
                None | Some(Value::String(_)) => Ok(()),
                Some(_) => Err((BAD_PARAMS, "the cursor is not a string")),
            },
        }
    }

    /// Opens the request: its id is taken, its slot held until its handler is done.
    fn take(
        &mut self,
        id: RequestId,
        message: Map<String, Value>,
    ) -> Result<Option<RxJsonRpcMessage<RoleServer>>, (i32, &'static str)> {
        let parsed = match plain_call(message) {
            Ok(call) => Ok(JsonRpcMessage::request(call, id.clone())),
            Err(message) => message_of(message),
        };
        let mut parsed = parsed.map_err(|()| (BAD_PARAMS, "the parameters cannot be read"))?;
        if !self.open.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone()) {
            return Err((INVALID, "the id is in use by an open request"));
        }
        let open = OpenId { id, open: self.open.clone() };
        let slot = self.slot.take().ok_or((INVALID, "no slot is free"))?;
        parsed.insert_extension(Held { _inner: Arc::new((slot, open)) });
        Ok(Some(parsed))
    }

    /// Answers and records a refusal. An id that is in use is not answered under that id: the answer would end the first call.
    fn refuse(&mut self, refusal: Refusal) {
        let Refusal { code, reason, id, method } = refusal;
        if code != 0 {
            let answered = id.as_ref().filter(|id| {
                let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
                !open.contains(*id)
            });
            let mut answer = json!({"jsonrpc": "2.0"});
            if let (Some(id), Value::Object(fields)) = (answered, &mut answer) {
                fields.insert("id".to_owned(), id.clone().into_json_value());
            }
            if let Value::Object(fields) = &mut answer {
                fields.insert("error".to_owned(), json!({"code": code, "message": reason}));
            }
            let (pen, gone) = (self.pen.clone(), self.gone.clone());
            self.refusal = Some(tokio::spawn(async move {
                // A failed write cancels everything; there is nobody left to tell.
                let _ = write_line(&pen, &gone, answer.to_string().into_bytes()).await;
            }));
        }
        self.door.reject(Rejection {
            code,
            reason,
            method: method.map(|method| quoted(&method, 128)),
            id: id.map(|id| id.into_json_value().to_string()),
        });
    }
}

impl<D, R, W> Transport<RoleServer> for Inbound<D, R, W>
where
    D: Door,
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        let line = serde_json::to_vec(&message).map_err(io::Error::from);
        let (pen, gone) = (self.pen.clone(), self.gone.clone());
        async move { write_line(&pen, &gone, line?).await }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            let refusal = match self.line().await {
                Line::Full(line) if line.trim_ascii().is_empty() => continue,
                Line::Full(line) => match self.read(&line) {
                    Ok(Some(message)) => return Some(message),
                    Ok(None) => continue,
                    Err(refusal) => refusal,
                },
                Line::Oversized => Refusal::new(INVALID, "the line is too long"),
                Line::End => {
                    self.gone.cancel();
                    return None;
                }
            };
            self.refuse(refusal);
        }
    }

    async fn close(&mut self) -> Result<(), io::Error> {
        self.gone.cancel();
        self.slot = None;
        self.pen.lock().await.shutdown().await
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

/// A call of a tool and nothing besides: what nearly every message is. The library would try every message it knows in turn; any
/// other shape is left to it.
fn plain_call(mut message: Map<String, Value>) -> Result<ClientRequest, Map<String, Value>> {
    let of_a_call = |(key, value): (&String, &Value)| match key.as_str() {
        "name" => value.is_string(),
        "arguments" => value.is_object() || value.is_null(),
        "_meta" => value.is_object(),
        _ => false, // answers to what a server asked, which none does here
    };
    let named = message.get("method").and_then(Value::as_str) == Some("tools/call");
    let params = message.get("params").and_then(Value::as_object).filter(|_| named);
    if !params.is_some_and(|params| params.contains_key("name") && params.iter().all(of_a_call)) {
        return Err(message);
    }
    let mut take = |key| message.get_mut("params").and_then(|params| params.get_mut(key)).map(Value::take);
    let (name, arguments, meta) = (take("name"), take("arguments"), take("_meta"));
    let Some(Value::String(name)) = name else { return Err(message) };
    let mut params = CallToolRequestParams::new(name);
    if let Some(Value::Object(arguments)) = arguments {
        params.arguments = Some(arguments);
    }
    let mut request = Request::new(params);
    if let Some(Value::Object(meta)) = meta {
        request.extensions.insert(RequestMetaObject(MetaObject(meta)));
    }
    Ok(ClientRequest::CallToolRequest(request))
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

async fn write_line<W: AsyncWrite + Unpin>(
    pen: &tokio::sync::Mutex<W>,
    gone: &CancellationToken,
    mut line: Vec<u8>,
) -> io::Result<()> {
    line.push(b'\n');
    let mut pen = pen.lock().await;
    let written = async {
        pen.write_all(&line).await?;
        pen.flush().await
    };
    // A client that cannot be written to has left, whatever its other pipe says.
    written.await.inspect_err(|_| gone.cancel())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{RoleServer, RxJsonRpcMessage, message_of, plain_call};
    use rmcp::model::{JsonRpcMessage, RequestId};
    use serde_json::{Value, json};

    #[test]
    fn a_plain_call_is_what_the_library_would_make_of_it() {
        let meta = json!({"progressToken": 7, "io.modelcontextprotocol/protocolVersion": "2026-07-28"});
        for (params, plain) in [
            (json!({"name": "x"}), true),
            (json!({"name": "x", "arguments": null}), true),
            (json!({"_meta": meta, "arguments": {"b": [1, {"_meta": 2}], "a": "é"}, "name": "x"}), true),
            (json!({"name": "x", "arguments": {}, "requestState": "s"}), false),
            (json!({"name": "x", "other": 1}), false),
        ] {
            let Value::Object(message) = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
            else {
                continue;
            };
            let library = message_of(message.clone()).unwrap();
            match plain_call(message.clone()) {
                Ok(call) => {
                    let ours: RxJsonRpcMessage<RoleServer> = JsonRpcMessage::request(call, RequestId::Number(1));
                    assert_eq!(
                        serde_json::to_value(&ours).unwrap(),
                        serde_json::to_value(&library).unwrap(),
                        "{params}"
                    );
                    assert!(plain, "{params}");
                }
                Err(same) => assert_eq!((same, plain), (message, false), "{params}"),
            }
        }
    }
}
