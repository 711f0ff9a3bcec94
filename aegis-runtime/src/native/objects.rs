//! The kernel's own road to an object server.
//!
//! An object server that holds datasets offers `head_object`, `get_object` with a byte range, `copy_object` and
//! `delete_object`, conditional by etag, as the embedded one does; these four names are the contract, and the only tool
//! names the runtime knows.
//!
//! *Invariants.* A read begins with a durable `kernel.read`; its bytes go to a sink of the kernel and never north.

use super::Visit;
use crate::audit::{Event, Record};
use crate::denial::{Code, Denial};
use crate::downstream::{Progress, SouthCall};
use crate::gate::denial_of;
use crate::spec::ServerId;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::sync::atomic::Ordering;

/// Bytes asked for at one time.
const CHUNK: u64 = 512 * 1024;

/// An object as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) etag: String,
    pub(super) size: u64,
}

/// Leave to read one object, in the log.
pub(super) struct KernelRead<'call> {
    visit: &'call Visit<'call>,
    server: ServerId,
    key: &'call str,
}

impl<'call> KernelRead<'call> {
    /// Writes `kernel.read`, durably.
    pub(super) async fn open(visit: &'call Visit<'call>, server: ServerId, key: &'call str) -> Result<Self, Denial> {
        let mut body = Map::new();
        body.insert(
            "server".into(),
            json!(visit.natives.spec.servers.get(usize::from(server.0)).map(|server| server.name)),
        );
        body.insert("object".into(), json!(key));
        let record = Record::new(Event::KernelRead, Some(visit.call.clone()), body);
        visit.natives.log.durable(record).await.map_err(|error| Denial::new(Code::AuditLatched, error.to_string()))?;
        Ok(Self { visit, server, key })
    }

    /// Etag and size.
    pub(super) async fn head(&self) -> Result<Head, Denial> {
        head(self.visit, self.server, self.key)
            .await?
            .ok_or_else(|| Denial::new(Code::DatasetUnreadable, "no such object"))
    }

    /// Hands every byte of the object to `sink`, in order, all under one etag.
    pub(super) async fn stream<E>(
        &self,
        head: &Head,
        mut sink: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), Denial>
    where
        E: Into<Denial>,
    {
        let mut from = 0_u64;
        while from < head.size {
            let to = from.saturating_add(CHUNK).min(head.size);
            let arguments = json!({"key": self.key, "range_start": from, "range_end": to, "if_match": head.etag});
            let answer = operate(self.visit, self.server, "get_object", arguments).await?;
            let bytes = body_of(&answer)?;
            if u64::try_from(bytes.len()).ok() != Some(to.saturating_sub(from)) {
                return Err(Denial::new(Code::DatasetChanged, "a read came back short"));
            }
            sink(&bytes).map_err(Into::into)?;
            let start = std::mem::replace(&mut from, to);
            self.say_progress(to.saturating_sub(start), head.size.saturating_sub(to));
        }
        Ok(())
    }

    /// Best-effort: a client that does not listen does not slow the reading.
    fn say_progress(&self, more: u64, left: u64) {
        let done = self.visit.read.fetch_add(more, Ordering::Relaxed).saturating_add(more);
        let total = done.saturating_add(left);
        if let Some(progress) = &self.visit.progress {
            let share = |bytes: u64| serde_json::Number::from(bytes).as_f64().unwrap_or_default();
            let message = Some(format!("{done} of {total} bytes read"));
            let _full = progress.try_send(Progress { progress: share(done), total: Some(share(total)), message });
        }
    }
}

/// The object's etag and size, or `None` where there is no such object.
pub(super) async fn head(visit: &Visit<'_>, server: ServerId, key: &str) -> Result<Option<Head>, Denial> {
    let answer = call(visit, server, "head_object", json!({"key": key})).await?;
    let Ok(answer) = answer else { return Ok(None) };
    let etag = answer.get("etag").and_then(Value::as_str);
    let size = answer.get("size").and_then(Value::as_u64);
    match (etag, size) {
        (Some(etag), Some(size)) => Ok(Some(Head { etag: etag.to_owned(), size })),
        (None, _) | (_, None) => Err(Denial::new(Code::ServerMalformed, "no etag or size")),
    }
}

/// A conditional server-side copy.
pub(super) async fn copy(visit: &Visit<'_>, server: ServerId, arguments: Value) -> Result<(), Denial> {
    operate(visit, server, "copy_object", arguments).await.map(|_answer| ())
}

/// Removes an object of the kernel's own.
pub(super) async fn delete(visit: &Visit<'_>, server: ServerId, key: &str) -> Result<(), Denial> {
    operate(visit, server, "delete_object", json!({"key": key})).await.map(|_answer| ())
}

async fn operate(visit: &Visit<'_>, server: ServerId, tool: &'static str, arguments: Value) -> Result<Value, Denial> {
    call(visit, server, tool, arguments).await?.map_err(|()| {
        Denial::new(Code::DatasetChanged, "the object server refused a condition").remedy("validate again")
    })
}

/// One call south: the outer error is a failure of the server, the inner one its refusal.
async fn call(
    visit: &Visit<'_>,
    server: ServerId,
    tool: &'static str,
    arguments: Value,
) -> Result<Result<Value, ()>, Denial> {
    let Value::Object(arguments) = arguments else {
        return Err(Denial::new(Code::NotAnObject, ""));
    };
    // A halt also stops what is under way, before its next step.
    let name = visit.natives.spec.servers.get(usize::from(server.0)).map_or("", |server| server.name);
    visit.natives.brake.check_server(name)?;
    let call = SouthCall { tool, arguments, cancel: visit.cancel.clone(), progress: None };
    let result = visit.south.call(server, call).await.map_err(denial_of)?;
    if result.is_error == Some(true) {
        return Ok(Err(()));
    }
    result.structured_content.map(Ok).ok_or_else(|| Denial::new(Code::ServerMalformed, "no structured content"))
}

fn body_of(answer: &Value) -> Result<Vec<u8>, Denial> {
    let malformed = |what| Denial::new(Code::ServerMalformed, what);
    let body = answer.get("body").and_then(Value::as_str).ok_or_else(|| malformed("no body"))?;
    match answer.get("encoding").and_then(Value::as_str) {
        Some("utf-8") => Ok(body.as_bytes().to_vec()),
        Some("base64") => STANDARD.decode(body).map_err(|_| malformed("the body is not base64")),
        Some(_) | None => Err(malformed("unknown encoding")),
    }
}
