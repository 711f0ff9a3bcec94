//! One call over a live connection.
//!
//! *Invariants.* Every wait is bounded and can be given up; a downstream that reads nothing blocks nobody. Whatever is given up
//! is forgotten on the wire and cancelled at the server. Nothing of the answer's `_meta` is passed on.

use super::face;
use super::wire::{Calls, Route};
use super::{DownstreamError, SouthCall};
use crate::spec::Face;
use rmcp::RoleClient;
use rmcp::model::{CallToolResult, CancelledNotificationParam, RequestId, ResultType, ServerResult};
use rmcp::service::{Peer, PeerRequestOptions, ServiceError};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until};

const MESSAGE_LIMIT: usize = 4096;

/// How long a call may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Without a sign of life.
    pub(super) silence: Duration,
    /// In all.
    pub(super) total: Duration,
}

/// Calls, and returns what came back, complete and without `_meta`.
pub(super) async fn call(
    peer: &Peer<RoleClient>,
    calls: &Calls,
    limits: Limits,
    face: Face,
    call: SouthCall,
) -> Result<CallToolResult, DownstreamError> {
    let SouthCall { tool, arguments, leave, cancel, progress } = call;
    let beat = Arc::new(Notify::new());
    let total = sleep(limits.total);
    let silence = sleep(limits.silence);
    tokio::pin!(total, silence);
    let read = face::reader(face);
    let route = Route { beat: beat.clone(), progress, read, leave, halted: Arc::default() };
    let exchange = exchange(peer, calls, face, tool, arguments, route);
    tokio::pin!(exchange);
    loop {
        tokio::select! {
            biased;
            answer = &mut exchange => return answer,
            () = cancel.cancelled() => return Err(DownstreamError::Cancelled),
            () = calls.closed.cancelled() => return Err(ended(calls)),
            () = beat.notified() => silence.as_mut().reset(Instant::now() + limits.silence),
            () = &mut silence => return Err(DownstreamError::Timeout),
            () = &mut total => return Err(DownstreamError::Timeout),
        }
    }
}

async fn exchange(
    peer: &Peer<RoleClient>,
    calls: &Calls,
    face: Face,
    tool: &'static str,
    arguments: serde_json::Map<String, serde_json::Value>,
    route: Route,
) -> Result<CallToolResult, DownstreamError> {
    let halted: Arc<OnceLock<String>> = route.halted.clone();
    let request = face::request(face, tool, arguments, route)
        .ok_or_else(|| DownstreamError::unavailable("its variables are not of its URI"))?;
    let sent = peer.send_cancellable_request(request, PeerRequestOptions::no_options()).await;
    let handle = sent.map_err(|_| ended(calls))?;
    let mut given_up = GivenUp { calls, peer, id: Some(handle.id.clone()) };
    let answer = handle.rx.await;
    given_up.id = None;
    match answer {
        Ok(Ok(ServerResult::CallToolResult(mut result))) => {
            result.result_type = Some(ResultType::COMPLETE);
            result.meta = None;
            Ok(result)
        }
        Ok(Ok(_)) => Err(DownstreamError::Malformed { reason: "the answer is not one to the method" }),
        Ok(Err(ServiceError::McpError(error))) => {
            let message = error.message.chars().take(MESSAGE_LIMIT).collect();
            Err(DownstreamError::Refused { code: i64::from(error.code.0), message })
        }
        Ok(Err(_)) | Err(_) => match halted.get() {
            Some(detail) => Err(DownstreamError::Halted { detail: detail.clone() }),
            None => Err(ended(calls)),
        },
    }
}

fn ended(calls: &Calls) -> DownstreamError {
    calls.fault().map_or(DownstreamError::Died, |reason| DownstreamError::Malformed { reason })
}

/// Forgets and cancels a request whose answer nobody awaits any more.
struct GivenUp<'a> {
    calls: &'a Calls,
    peer: &'a Peer<RoleClient>,
    id: Option<RequestId>,
}

impl Drop for GivenUp<'_> {
    fn drop(&mut self) {
        let Some(id) = self.id.take() else { return };
        self.calls.forget(&id);
        let (peer, closed) = (self.peer.clone(), self.calls.closed.clone());
        // In a task of its own: writing waits where the server does not read.
        tokio::spawn(async move {
            tokio::select! {
                _ = peer.notify_cancelled(CancelledNotificationParam::new(Some(id), None)) => {}
                () = closed.cancelled() => {}
                () = sleep_until(Instant::now() + Duration::from_secs(5)) => {}
            }
        });
    }
}
