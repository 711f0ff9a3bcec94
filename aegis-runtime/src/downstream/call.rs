//! One call over a live connection.
//!
//! *Invariants.* Every wait is bounded and can be given up; a downstream that reads nothing blocks nobody. Whatever is given up
//! is forgotten on the wire and cancelled at the server. Nothing of the answer's `_meta` is passed on.

use super::book::{Answer, Limits, Route};
use super::face;
use super::parcel::Leaving;
use super::wire::Calls;
use super::words;
use super::{DownstreamError, Masked, SouthCall};
use crate::spec::Face;
use rmcp::RoleClient;
use rmcp::model::{CallToolResult, CancelledNotificationParam, RequestId, RequestMetaObject, ResultType};
use rmcp::service::Peer;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

const MESSAGE_LIMIT: usize = 4096;

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
    masked: &Masked,
) -> Result<CallToolResult, DownstreamError> {
    let SouthCall { tool, arguments, leave, cancel, progress } = call;
    let asked = face::asked(face, tool, arguments)
        .ok_or_else(|| DownstreamError::unavailable("its variables are not of its URI"))?;
    let Connection { peer, calls, meta } = connection;
    let (reply, answer) = oneshot::channel();
    let route = Route { progress, read: face::reader(face), reply };
    let halted: Arc<OnceLock<String>> = Arc::default();
    let leaving = Leaving { leave, halted: Arc::clone(&halted) };
    let Some(id) = calls.ask(&asked, meta, leaving, route, limits) else { return Err(ended(calls).await) };
    let mut given_up = GivenUp { calls, peer, id: Some(id) };
    let answer = tokio::select! {
        biased;
        answer = answer => answer,
        () = cancel.cancelled() => return Err(DownstreamError::Cancelled),
    };
    if !matches!(answer, Ok(Answer::Late)) {
        given_up.id = None;
    }
    match answer {
        Ok(Answer::Result(mut result)) => {
            result.result_type = Some(ResultType::COMPLETE);
            Ok(*result)
        }
        Ok(Answer::Malformed(reason)) => Err(DownstreamError::Malformed { reason }),
        Ok(Answer::Late) => Err(DownstreamError::Timeout),
        Ok(Answer::Refused(error)) => {
            let message = words::cut(error.message.into_owned(), MESSAGE_LIMIT, masked);
            Err(DownstreamError::Refused { code: i64::from(error.code.0), message })
        }
        Err(_) => match halted.get() {
            Some(detail) => Err(DownstreamError::Halted { detail: detail.clone() }),
            None => Err(ended(calls).await),
        },
    }
}

async fn ended(calls: &Calls) -> DownstreamError {
    match calls.fault() {
        Some(reason) => DownstreamError::Malformed { reason },
        None => DownstreamError::Died { how: calls.end.words().await },
    }
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
                () = sleep(Duration::from_secs(5)) => {}
            }
        });
    }
}
