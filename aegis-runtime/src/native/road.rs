//! The kernel's own road south: how a native tool calls a server, and how what it reads is announced.
//!
//! *Invariants.* A read begins with a durable `kernel.read`. A halt of the native tool, or of the server it is at, also stops what is
//! under way, before its next step.

use super::Visit;
use crate::audit::{Event, Record};
use crate::denial::{Code, Denial};
use crate::downstream::{Progress, SouthCall};
use crate::gate::denial_of;
use crate::receipt::halted;
use crate::spec::ServerId;
use serde_json::{Map, Value, json};
use tokio::sync::mpsc::Sender;

/// Writes `kernel.read`, durably; `what` is `object`, `prefix` or `table`.
pub(super) async fn announce(visit: &Visit<'_>, server: ServerId, what: &str, name: &str) -> Result<(), Denial> {
    let mut body = Map::new();
    body.insert("server".into(), json!(server_name(visit, server)));
    body.insert(what.into(), json!(name));
    let record = Record::new(Event::KernelRead, Some(visit.call.clone()), body);
    let written = visit.natives.log.durable(record).await;
    written.map(|_position| ()).map_err(|error| Denial::new(Code::AuditLatched, error.to_string()))
}

/// One call south: the outer error is a failure of the server, the inner one its refusal. Its signs of life go to `progress`.
pub(super) async fn call(
    visit: &Visit<'_>,
    server: ServerId,
    tool: &'static str,
    arguments: Value,
    progress: Option<Sender<Progress>>,
) -> Result<Result<Value, ()>, Denial> {
    let Value::Object(arguments) = arguments else {
        return Err(Denial::new(Code::NotAnObject, ""));
    };
    let leave = visit.leave.at(server_name(visit, server).unwrap_or_default());
    leave.look().map_err(halted)?;
    let call = SouthCall { tool, arguments, leave, cancel: visit.cancel.clone(), progress };
    let result = visit.south.call(server, call).await.map_err(denial_of)?;
    if result.is_error == Some(true) {
        return Ok(Err(()));
    }
    result.structured_content.map(Ok).ok_or_else(|| Denial::new(Code::ServerMalformed, "no structured content"))
}

fn server_name(visit: &Visit<'_>, server: ServerId) -> Option<&'static str> {
    visit.natives.spec.servers.get(usize::from(server.0)).map(|server| server.name)
}
