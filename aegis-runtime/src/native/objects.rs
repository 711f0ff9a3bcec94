//! The kernel's own road to an object server.
//!
//! An object server that holds datasets offers `head_object`, `get_object` with a byte range, `copy_object` and
//! `delete_object`, conditional by etag, and, where a dataset is a prefix, `list_objects` by pages, as the embedded one does; these
//! names are the contract, and beside those of `tables` the only tool names the runtime knows.
//!
//! *Invariants.* A read begins with a durable `kernel.read`; its bytes go to a sink of the kernel and never north.

use super::{Visit, road};
use crate::denial::{Code, Denial};
use crate::downstream::Progress;
use crate::spec::ServerId;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// Bytes between two words of progress.
const STRIDE: u64 = 8 * 1024 * 1024;
/// Bytes asked for at one time.
pub(super) const CHUNK: u64 = 512 * 1024;

/// An object as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) etag: String,
    pub(super) size: u64,
}

/// An object below a prefix, or the one of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) key: String,
    pub(super) head: Head,
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
        road::announce(visit, server, "object", key).await?;
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
            let bytes = self.range(head, from, to).await?;
            sink(&bytes).map_err(Into::into)?;
            let start = std::mem::replace(&mut from, to);
            self.say_progress(to.saturating_sub(start), head.size.saturating_sub(to));
        }
        Ok(())
    }

    /// One chunk by its number from 0, under the same etag; `before` of them were read in this way.
    pub(super) async fn chunk(&self, head: &Head, number: u64, before: u64) -> Result<Vec<u8>, Denial> {
        let from = number.saturating_mul(CHUNK);
        let to = from.saturating_add(CHUNK).min(head.size);
        let bytes = self.range(head, from, to).await?;
        // How much is left is for the reader to know; it is told as if it read everything once.
        let left = head.size.saturating_sub(before.saturating_mul(CHUNK)).max(1);
        self.say_progress(to.saturating_sub(from), left);
        Ok(bytes)
    }

    async fn range(&self, head: &Head, from: u64, to: u64) -> Result<Vec<u8>, Denial> {
        let arguments = json!({"key": self.key, "range_start": from, "range_end": to, "if_match": head.etag});
        let answer = operate(self.visit, self.server, "get_object", arguments).await?;
        let bytes = body_of(&answer)?;
        if u64::try_from(bytes.len()).ok() != Some(to.saturating_sub(from)) {
            return Err(Denial::new(Code::DatasetChanged, "a read came back short"));
        }
        Ok(bytes)
    }

    /// Best-effort: a client that does not listen does not slow the reading.
    fn say_progress(&self, more: u64, left: u64) {
        let done = self.visit.read.fetch_add(more, Ordering::Relaxed).saturating_add(more);
        let total = done.saturating_add(left);
        let is_due = left == 0 || done / STRIDE > done.saturating_sub(more) / STRIDE;
        if let Some(progress) = self.visit.progress.as_ref().filter(|_| is_due) {
            let share = |bytes: u64| serde_json::Number::from(bytes).as_f64().unwrap_or_default();
            let message = Some(format!("{done} of {total} bytes read"));
            let _full = progress.try_send(Progress { progress: share(done), total: Some(share(total)), message });
        }
    }
}

/// The object's etag and size, or `None` where there is no such object.
pub(super) async fn head(visit: &Visit<'_>, server: ServerId, key: &str) -> Result<Option<Head>, Denial> {
    let answer = road::call(visit, server, "head_object", json!({"key": key}), None).await?;
    let Ok(answer) = answer else { return Ok(None) };
    head_of(&answer).map(Some)
}

fn head_of(object: &Value) -> Result<Head, Denial> {
    let etag = object.get("etag").and_then(Value::as_str);
    let size = object.get("size").and_then(Value::as_u64);
    match (etag, size) {
        (Some(etag), Some(size)) => Ok(Head { etag: etag.to_owned(), size }),
        (None, _) | (_, None) => Err(Denial::new(Code::ServerMalformed, "no etag or size")),
    }
}

/// Most objects of one dataset.
const OBJECTS: usize = 10_000;

/// Every object below a prefix, in the order of their keys.
pub(super) async fn list(visit: &Visit<'_>, server: ServerId, prefix: &str) -> Result<Vec<Listed>, Denial> {
    let malformed = || Denial::new(Code::ServerMalformed, "a listing that is none");
    let mut found: Vec<Listed> = Vec::new();
    loop {
        let after = found.last().map(|listed| listed.key.clone());
        let answer = operate(visit, server, "list_objects", json!({"prefix": prefix, "start_after": after})).await?;
        for object in answer.get("objects").and_then(Value::as_array).ok_or_else(malformed)? {
            let key = object.get("key").and_then(Value::as_str).ok_or_else(malformed)?;
            // In order and each once, or pages would leave something out.
            if !key.starts_with(prefix) || found.last().is_some_and(|last| last.key.as_str() >= key) {
                return Err(malformed());
            }
            found.push(Listed { key: key.to_owned(), head: head_of(object)? });
        }
        // A pipeline that reads the directory would read what is not listed here, or what a link leads to.
        if let Some(count) = answer.get("left_out").and_then(Value::as_u64).filter(|count| *count > 0) {
            let what = format!("{count} names below it are no objects: links, pipes, or names that are no keys");
            return Err(Denial::new(Code::DatasetUnreadable, what).remedy("take them away, or name them otherwise"));
        }
        if found.len() > OBJECTS {
            return Err(Denial::new(Code::DatasetUnreadable, format!("over {OBJECTS} objects")));
        }
        match answer.get("truncated").and_then(Value::as_bool) {
            Some(false) => return Ok(found),
            Some(true) if found.last().map(|listed| &listed.key) != after.as_ref() => {}
            Some(true) | None => return Err(malformed()),
        }
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
    road::call(visit, server, tool, arguments, None).await?.map_err(|()| {
        Denial::new(Code::DatasetChanged, "the object server refused a condition").remedy("validate again")
    })
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
