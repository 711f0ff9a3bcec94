//! The one road to the door: progress, cancellation and the end of a call, whoever read it.
//!
//! *Invariants.* A call runs in a task that nobody drops, and to its end; a panic inside it becomes a protocol error with fixed words.
//! Progress is sent in order, only where the client gave a token, never after the answer, and none of a call that was given up. A plain
//! call is served and answered as the library would; what the library would refuse is left to it.

use super::lanes::{Begun, Held, Slot};
use super::pen::{Cargo, Pen};
use super::{Ask, CallReply, CallRequest, Door, Ending, Reply, RpcInfo, quoted};
use crate::denial::{Code, Denial};
use crate::downstream::Progress;
use rmcp::model::{
    CallToolRequestParams, ClientRequest, Implementation, JsonObject, JsonRpcMessage, MetaObject, Notification,
    ProgressNotificationParam, ProgressToken, ProtocolVersion, Request, RequestId, RequestMetaObject,
    ServerNotification,
};
use rmcp::service::TxJsonRpcMessage;
use rmcp::{ErrorData, RoleServer};
use serde_json::{Map, Value};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, PoisonError, RwLock};
use std::task::Poll;
use std::time::Duration;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

/// Progress messages that wait for a slow client before newer ones are dropped.
const PROGRESS_QUEUE: usize = 256;

/// How long an answer waits for progress that is on its way.
const PROGRESS_GRACE: Duration = Duration::from_secs(1);

/// How long what is said may take to be read once the client left or the kernel stops.
pub(super) const LAST_WORDS: Duration = Duration::from_secs(2);

/// What travels with a line: a slot that is free once it is written, and who waits for that.
#[derive(Debug)]
pub(super) struct Parcel {
    _slot: Option<Slot>,
    waiting: Option<oneshot::Sender<()>>,
    /// Of the call whose progress it is; what is told of one that was given up does not go.
    call: Option<CancellationToken>,
}

impl Parcel {
    /// One that nobody waits for.
    pub(super) fn of(slot: Slot) -> Self {
        Self { _slot: Some(slot), waiting: None, call: None }
    }

    /// One whose writing can be waited for.
    pub(super) fn waited(slot: Option<Slot>) -> (Self, oneshot::Receiver<()>) {
        let (waiting, written) = oneshot::channel();
        (Self { _slot: slot, waiting: Some(waiting), call: None }, written)
    }

    /// One with the progress of a call.
    fn told(call: CancellationToken) -> (Self, oneshot::Receiver<()>) {
        let (parcel, written) = Self::waited(None);
        (Self { call: Some(call), ..parcel }, written)
    }

    fn is_of_no_use(&self) -> bool {
        self.call.as_ref().is_some_and(CancellationToken::is_cancelled)
    }
}

impl Cargo for Parcel {
    type Seen = ();

    fn may_go(&self, (): &mut ()) -> bool {
        !self.is_of_no_use()
    }

    fn written(self) {
        if let Some(waiting) = self.waiting {
            let _given_up = waiting.send(());
        }
    }
}

/// What `initialize` agreed on.
#[derive(Debug, Clone)]
pub(super) struct Agreed {
    version: ProtocolVersion,
    client: Implementation,
    /// What the audit learns of every call that says nothing else of itself; the id is empty.
    rpc: RpcInfo,
}

impl Agreed {
    pub(super) fn on(version: ProtocolVersion, client: Implementation) -> Self {
        let rpc = RpcInfo { id: String::new(), ..rpc_info(&RequestId::Number(0), Some(&version), Some(&client)) };
        Self { version, client, rpc }
    }
}

pub(super) struct Road<D> {
    pub(super) door: Arc<D>,
    pub(super) pen: Pen<Parcel>,
    /// Fires when the client left or the kernel stops.
    pub(super) gone: CancellationToken,
    ending: Ending,
    agreed: RwLock<Option<Arc<Agreed>>>,
}

/// What the wire knows of a call besides what it asks.
pub(super) struct Caller {
    pub(super) rpc: RpcInfo,
    pub(super) token: Option<ProgressToken>,
    /// Fires when the client gives the call up, leaves, or the kernel stops.
    pub(super) cancel: CancellationToken,
    pub(super) held: Option<Held>,
}

/// A call of a tool with nothing besides: what nearly every message is.
pub(super) struct Plain {
    name: String,
    arguments: Option<JsonObject>,
    meta: RequestMetaObject,
}

/// A plain call that the library would serve, and how.
pub(super) struct Served {
    plain: Box<Plain>,
    rpc: RpcInfo,
    /// Of the era of `initialize`, whose results are shaped otherwise.
    legacy: bool,
}

impl Plain {
    /// Reads one. Any other shape is handed back and left to the library, which tries every message that it knows in turn.
    pub(super) fn read(mut message: Map<String, Value>) -> Result<Box<Self>, Map<String, Value>> {
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
        let arguments = if let Some(Value::Object(arguments)) = arguments { Some(arguments) } else { None };
        let meta = if let Some(Value::Object(meta)) = meta { meta } else { Map::new() };
        Ok(Box::new(Self { name, arguments, meta: RequestMetaObject(MetaObject(meta)) }))
    }

    /// As the library has it.
    pub(super) fn request(self) -> ClientRequest {
        let mut params = CallToolRequestParams::new(self.name);
        params.arguments = self.arguments;
        let mut request = Request::new(params);
        if !self.meta.0.0.is_empty() {
            request.extensions.insert(self.meta);
        }
        ClientRequest::CallToolRequest(request)
    }
}

fn spelled(id: &RequestId) -> String {
    serde_json::to_string(id).unwrap_or_default()
}

/// What the audit learns of where a call comes from.
pub(super) fn rpc_info(id: &RequestId, version: Option<&ProtocolVersion>, client: Option<&Implementation>) -> RpcInfo {
    RpcInfo {
        id: spelled(id),
        protocol: version.map_or_else(String::new, |version| quoted(version.as_str(), 32)),
        client: client.map(|client| quoted(&format!("{} {}", client.name, client.version), 128)),
    }
}

impl<D: Door> Road<D> {
    pub(super) fn new(door: Arc<D>, ending: Ending) -> Self {
        Self { door, pen: Pen::new(), gone: ending.gone.clone(), ending, agreed: RwLock::default() }
    }

    pub(super) fn agree(&self, agreed: Agreed) {
        *self.agreed.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(agreed));
    }

    /// A call as the library would serve it, by the same rules; handed back where it would refuse it or knows more.
    pub(super) fn served(&self, id: &RequestId, plain: Box<Plain>) -> Result<Served, Box<Plain>> {
        let agreed = self.agreed.read().unwrap_or_else(PoisonError::into_inner).clone();
        let named = plain.meta.protocol_version();
        let complete = named.as_ref().is_none_or(|version| {
            ProtocolVersion::KNOWN_VERSIONS.contains(version) && plain.meta.missing_required_keys(version).is_empty()
        });
        let version = named.as_ref().or(agreed.as_ref().map(|agreed| &agreed.version));
        let Some(version) = version.filter(|_| complete) else { return Err(plain) };
        let own = plain.meta.client_info();
        let rpc = match (&agreed, &named, &own) {
            (Some(agreed), None, None) => RpcInfo { id: spelled(id), ..agreed.rpc.clone() },
            (Some(_) | None, _, _) => {
                let client = own.as_ref().or(agreed.as_ref().map(|agreed| &agreed.client));
                rpc_info(id, Some(version), client)
            }
        };
        let legacy = version.has_initialize();
        Ok(Served { plain, rpc, legacy })
    }

    /// Answers a call that the library does not see.
    pub(super) async fn answer(
        self: Arc<Self>,
        id: RequestId,
        Served { plain, rpc, legacy }: Served,
        cancel: CancellationToken,
        held: Held,
        begun: Begun,
    ) {
        let caller = Caller { rpc, token: plain.meta.get_progress_token(), cancel, held: Some(held) };
        let reached = self.reach(Ask::Tool(plain.name), plain.arguments, caller).await;
        // One that was given up has no answer.
        let Some(slot) = begun.answered(&id) else { return };
        let line = match reached {
            Ok(reply) => reply.line(id, legacy),
            Err(error) => {
                let message: TxJsonRpcMessage<RoleServer> = JsonRpcMessage::error(error, Some(id));
                serde_json::to_vec(&message)
            }
        };
        if let Ok(line) = line {
            self.pen.write(line, Parcel::of(slot));
        }
    }

    /// Goes to the door, whatever the method. Must run in a task that nobody drops.
    pub(super) async fn reach(
        &self,
        ask: Ask,
        arguments: Option<JsonObject>,
        caller: Caller,
    ) -> Result<Reply, ErrorData> {
        let Caller { rpc, token, cancel, held } = caller;
        let (progress, teller) = token.map(|token| Teller::new(&self.pen, cancel.clone(), token)).unzip();
        let request = CallRequest { ask, arguments, rpc, cancel, ending: self.ending.clone(), progress };
        // Boxed, since it is large and would be moved several times.
        let call = caught(Box::pin(self.door.call(request)));
        let reply = match teller {
            None => call.await,
            Some(teller) => told(call, teller).await,
        };
        drop(held);
        match reply {
            Ok(CallReply::Result(reply)) => Ok(*reply),
            Ok(CallReply::UnknownTool) => Err(unknown_tool()),
            Err(Panicked) => Err(failed()),
        }
    }
}

/// What the protocol asks for where there is no such tool, with all that a denial says.
fn unknown_tool() -> ErrorData {
    let denial = Denial::new(Code::UnknownTool, "");
    let words = format!("unknown tool; instead: {}", denial.remedy_text());
    ErrorData::invalid_params(words, Some(Value::Object(denial.fields())))
}

/// What the client learns of a call that panicked.
pub(super) fn failed() -> ErrorData {
    ErrorData::internal_error("the kernel failed on this call; its effect is unknown", None)
}

/// A call that panicked, wherever it was.
struct Panicked;

/// Runs a future up to its end or its panic. After that it is not touched again.
async fn caught<F: Future + Unpin>(mut future: F) -> Result<F::Output, Panicked> {
    poll_fn(move |context| {
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(&mut future).poll(context)));
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(_panic) => Poll::Ready(Err(Panicked)),
        }
    })
    .await
}

/// Runs a call and tells its progress meanwhile. What the door still masks comes before the answer, for a moment at most.
async fn told<T>(call: impl Future<Output = T>, teller: Teller<'_>) -> T {
    let (mut call, mut telling) = (pin!(call), pin!(teller.tell_all()));
    let reply = tokio::select! {
        biased;
        // It ends only when the door has let go of its end, which it may do before it answers.
        () = &mut telling => return call.await,
        reply = &mut call => reply,
    };
    let _late = timeout(PROGRESS_GRACE, telling).await;
    reply
}

/// Tells the client how far a call is.
struct Teller<'a> {
    pen: &'a Pen<Parcel>,
    cancel: CancellationToken,
    token: ProgressToken,
    receiver: mpsc::Receiver<Progress>,
    last: f64,
}

impl<'a> Teller<'a> {
    fn new(pen: &'a Pen<Parcel>, cancel: CancellationToken, token: ProgressToken) -> (mpsc::Sender<Progress>, Self) {
        let (sender, receiver) = mpsc::channel(PROGRESS_QUEUE);
        (sender, Self { pen, cancel, token, receiver, last: f64::NEG_INFINITY })
    }

    /// Tells everything, up to the end of the senders.
    async fn tell_all(mut self) {
        while let Some(progress) = self.receiver.recv().await {
            self.tell(progress).await;
        }
    }

    /// Waits until the message is written, so that the next one and the answer come after it. A call that was given up holds no slot, so
    /// nothing more is told of it and nothing of it waits.
    async fn tell(&mut self, progress: Progress) {
        let further = progress.progress > self.last;
        if !further || self.cancel.is_cancelled() {
            return;
        }
        self.last = progress.progress;
        let mut params = ProgressNotificationParam::new(self.token.clone(), progress.progress);
        params.total = progress.total;
        params.message = progress.message;
        let message: TxJsonRpcMessage<RoleServer> =
            JsonRpcMessage::notification(ServerNotification::ProgressNotification(Notification::new(params)));
        let Ok(line) = serde_json::to_vec(&message) else { return };
        let (parcel, written) = Parcel::told(self.cancel.clone());
        self.pen.write(line, parcel);
        tokio::select! {
            _ = written => {}
            () = self.cancel.cancelled() => self.pen.take_back(Parcel::is_of_no_use),
        }
    }
}

/// Writes until there is nothing to say any more. A client that cannot be written to has left, whatever its other pipe says.
pub(super) async fn put<W: AsyncWrite + Unpin>(pen: Pen<Parcel>, mut to: W, gone: CancellationToken) {
    while pen.wait().await {
        let late = async {
            gone.cancelled().await;
            sleep(LAST_WORDS).await;
        };
        let written = tokio::select! {
            biased;
            written = pen.empty(&mut to) => written.is_ok(),
            () = late => false,
        };
        if !written {
            gone.cancel();
            return pen.give_up();
        }
    }
    let _too_late = timeout(LAST_WORDS, to.shutdown()).await;
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{Pen, Plain, Progress, RoleServer, Teller};
    use rmcp::model::{JsonRpcMessage, NumberOrString, ProgressToken, RequestId};
    use rmcp::service::RxJsonRpcMessage;
    use serde_json::{Value, json};
    use tokio_util::sync::CancellationToken;

    #[tokio::test]
    async fn nothing_of_a_call_that_was_given_up_waits_to_be_written() {
        let (pen, cancel) = (Pen::new(), CancellationToken::new());
        let (sender, teller) = Teller::new(&pen, cancel.clone(), ProgressToken(NumberOrString::Number(1)));
        for step in 1..=200 {
            sender.try_send(Progress { progress: f64::from(step), total: None, message: None }).unwrap();
        }
        tokio::join!(teller.tell_all(), async {
            assert!(pen.wait().await, "the first is told, and nobody writes it");
            cancel.cancel();
            drop(sender);
        });
        pen.close();
        assert!(!pen.wait().await);
    }

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
            let library: RxJsonRpcMessage<RoleServer> = serde_json::from_value(message.clone().into()).unwrap();
            match Plain::read(message.clone()) {
                Ok(call) => {
                    let ours: RxJsonRpcMessage<RoleServer> =
                        JsonRpcMessage::request(call.request(), RequestId::Number(1));
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
