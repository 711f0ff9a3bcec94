//! One call over a live connection.
//!
//! *Invariants.* Every wait is bounded and can be given up; a downstream that reads nothing blocks nobody. Whatever is given up
//! is forgotten on the wire and cancelled at the server. Nothing of the answer's `_meta` is passed on.

use super::face;
use super::wire::{Answer, Calls, Leaving, Route};
use super::{DownstreamError, SouthCall};
use crate::receipt::Leave;
use crate::spec::Face;
use rmcp::RoleClient;
use rmcp::model::{
    CallToolResult, CancelledNotificationParam, ClientRequest, RequestId, RequestMetaObject, ResultType,
};
use rmcp::service::Peer;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep_until};

const MESSAGE_LIMIT: usize = 4096;

/// How long a call may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Without a sign of life.
    pub(super) silence: Duration,
    /// In all.
    pub(super) total: Duration,
}

/// A connection, as calls see it.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) peer: Peer<RoleClient>,
    pub(super) calls: Calls,
    /// What every request says of us.
    pub(super) meta: RequestMetaObject,
}

/// Calls, and returns what came back, complete and without `_meta`.
pub(super) async fn call(
    connection: &Connection,
    limits: Limits,
    face: Face,
    call: SouthCall,
) -> Result<CallToolResult, DownstreamError> {
    let SouthCall { tool, arguments, leave, cancel, progress } = call;
    let request = face::request(face, tool, arguments)
        .ok_or_else(|| DownstreamError::unavailable("its variables are not of its URI"))?;
    let calls = &connection.calls;
    let beat = Arc::new(Notify::new());
    let (reply, answer) = oneshot::channel();
    let route = Route { beat: beat.clone(), progress, read: face::reader(face), reply };
    let exchange = exchange(connection, request, leave, route, answer);
    let begun = Instant::now();
    let end = begun + limits.total;
    // Whichever of the two limits comes first.
    let late = sleep_until(end.min(begun + limits.silence));
    tokio::pin!(exchange, late);
    loop {
        tokio::select! {
            biased;
            answer = &mut exchange => return answer,
            () = cancel.cancelled() => return Err(DownstreamError::Cancelled),
            () = calls.closed.cancelled() => return Err(ended(calls)),
            () = beat.notified() => late.as_mut().reset(end.min(Instant::now() + limits.silence)),
            () = &mut late => return Err(DownstreamError::Timeout),
        }
    }
}

async fn exchange(
    connection: &Connection,
    request: ClientRequest,
    leave: Leave,
    route: Route,
    answer: oneshot::Receiver<Answer>,
) -> Result<CallToolResult, DownstreamError> {
    let Connection { peer, calls, meta } = connection;
    let halted: Arc<OnceLock<String>> = Arc::default();
    let leaving = Leaving { leave, halted: Arc::clone(&halted) };
    let id = calls.ask(request, meta, leaving, route).ok_or_else(|| ended(calls))?;
    let mut given_up = GivenUp { calls, peer, id: Some(id) };
    let answer = answer.await;
    given_up.id = None;
    match answer {
        Ok(Answer::Result(mut result)) => {
            result.result_type = Some(ResultType::COMPLETE);
            result.meta = None;
            Ok(*result)
        }
        Ok(Answer::Other) => Err(DownstreamError::Malformed { reason: "the answer is not one to the method" }),
        Ok(Answer::Refused(error)) => {
            let message = error.message.chars().take(MESSAGE_LIMIT).collect();
            Err(DownstreamError::Refused { code: i64::from(error.code.0), message })
        }
        Err(_) => match halted.get() {
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
        if !self.calls.forget(&id) {
            return;
        }
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
