//! What is open on a connection: the requests under way, each with its slot, and those that wait for one.
//!
//! *Invariants.* A slot is held until its request's handler is done and its answer is written or given up: what a client does not
//! read is bounded too. Only requests wait, in their order, and within bounds: whatever is full, cancellations and
//! the end of the input are read. What the kernel answers by itself does not wait behind calls.

use super::IN_FLIGHT;
use rmcp::model::RequestId;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

/// Bytes of requests that wait; what comes then is refused.
const WAITING: usize = 4 * 1024 * 1024;
/// Requests that wait.
const LINE: usize = 16 * 1024;
/// Requests under way at once that are no calls.
const OWN: usize = 64;

/// What a request holds while its handler runs: its slot and its id.
#[derive(Debug, Clone)]
pub(super) struct Held {
    _inner: Arc<(Slot, OpenId)>,
}

/// A place among the requests under way.
pub(super) type Slot = Arc<OwnedSemaphorePermit>;

#[derive(Debug)]
struct OpenId {
    id: RequestId,
    begun: Begun,
}

impl Drop for OpenId {
    fn drop(&mut self) {
        self.begun.ids().open.remove(&self.id);
    }
}

/// The requests that have begun.
#[derive(Debug, Clone, Default)]
pub(super) struct Begun(Arc<Mutex<Ids>>);

#[derive(Debug, Default)]
struct Ids {
    /// Handlers run for these.
    open: HashSet<RequestId>,
    /// The answers of these are neither written nor given up.
    unanswered: HashMap<RequestId, Unanswered>,
}

#[derive(Debug)]
struct Unanswered {
    slot: Slot,
    /// Fires when the request is given up; the library has its own for what it handles.
    cancel: CancellationToken,
}

impl Begun {
    fn ids(&self) -> MutexGuard<'_, Ids> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The slot to hold until an answer is written; none for a request that was given up.
    pub(super) fn answered(&self, id: &RequestId) -> Option<Slot> {
        self.ids().unanswered.remove(id).map(|unanswered| unanswered.slot)
    }
}

/// Which requests share their slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// Calls: what goes through the door.
    Calls,
    /// What the kernel answers by itself.
    Own,
}

impl Lane {
    /// The lane of a method.
    pub(super) fn of(method: &str) -> Self {
        if matches!(method, "tools/call" | "resources/read" | "prompts/get") { Lane::Calls } else { Lane::Own }
    }
}

/// A request that waits, as it was read.
#[derive(Debug)]
struct Waiting {
    id: RequestId,
    line: Vec<u8>,
}

#[derive(Debug)]
pub(super) struct Lanes {
    calls: Arc<Semaphore>,
    own: Arc<Semaphore>,
    waiting_calls: VecDeque<Waiting>,
    waiting_own: VecDeque<Waiting>,
    /// Bytes that wait.
    bytes: usize,
    begun: Begun,
}

impl Lanes {
    /// No request is open; calls take their slots from `calls`.
    pub(super) fn new(calls: Arc<Semaphore>) -> Self {
        Self {
            calls,
            own: Arc::new(Semaphore::new(OWN)),
            waiting_calls: VecDeque::new(),
            waiting_own: VecDeque::new(),
            bytes: 0,
            begun: Begun::default(),
        }
    }

    /// Whether a request of this id is under way.
    pub(super) fn is_open(&self, id: &RequestId) -> bool {
        self.begun.ids().open.contains(id)
    }

    /// Whether the answer to a request is still to come.
    pub(super) fn is_unanswered(&self, id: &RequestId) -> bool {
        self.begun.ids().unanswered.contains_key(id)
    }

    /// A slot, unless none is free or others wait for one.
    pub(super) fn slot(&self, lane: Lane) -> Option<OwnedSemaphorePermit> {
        let (slots, waiting) = match lane {
            Lane::Calls => (&self.calls, &self.waiting_calls),
            Lane::Own => (&self.own, &self.waiting_own),
        };
        waiting.is_empty().then(|| slots.clone().try_acquire_owned().ok()).flatten()
    }

    /// Begins a request; none if its id is in use. Its token fires when it is given up.
    pub(super) fn begin(
        &mut self,
        id: RequestId,
        slot: OwnedSemaphorePermit,
        cancel: CancellationToken,
    ) -> Option<Held> {
        let slot = Arc::new(slot);
        let mut ids = self.begun.ids();
        if !ids.open.insert(id.clone()) {
            return None;
        }
        ids.unanswered.insert(id.clone(), Unanswered { slot: slot.clone(), cancel });
        drop(ids);
        Some(Held { _inner: Arc::new((slot, OpenId { id, begun: self.begun.clone() })) })
    }

    /// What has begun, for those who answer.
    pub(super) fn begun(&self) -> &Begun {
        &self.begun
    }

    /// Waits until no call is under way.
    pub(super) async fn idle(&self) {
        let _all = self.calls.acquire_many(IN_FLIGHT).await;
    }

    /// Has a request wait for its turn; false where too much waits already.
    pub(super) fn wait(&mut self, lane: Lane, id: RequestId, line: Vec<u8>) -> bool {
        let bytes = self.bytes.saturating_add(line.len());
        let fits = bytes <= WAITING && self.waiting_calls.len().saturating_add(self.waiting_own.len()) < LINE;
        if fits {
            self.bytes = bytes;
            match lane {
                Lane::Calls => self.waiting_calls.push_back(Waiting { id, line }),
                Lane::Own => self.waiting_own.push_back(Waiting { id, line }),
            }
        }
        fits
    }

    /// The request whose turn it is, with its slot. Safe to drop and call again.
    pub(super) async fn turn(&mut self) -> (OwnedSemaphorePermit, Vec<u8>) {
        let (slot, next) = tokio::select! {
            biased;
            slot = self.own.clone().acquire_owned(), if !self.waiting_own.is_empty() => (slot, self.waiting_own.pop_front()),
            slot = self.calls.clone().acquire_owned(), if !self.waiting_calls.is_empty() => {
                (slot, self.waiting_calls.pop_front())
            }
            else => std::future::pending().await,
        };
        let (Ok(slot), Some(Waiting { line, .. })) = (slot, next) else { return std::future::pending().await };
        self.bytes = self.bytes.saturating_sub(line.len());
        (slot, line)
    }

    /// A request was given up: it holds no slot for an answer that nobody writes. True if it was still waiting.
    pub(super) fn cancel(&mut self, id: &RequestId) -> bool {
        let begun = self.begun.ids().unanswered.remove(id);
        if let Some(begun) = begun {
            begun.cancel.cancel();
        }
        let mut waited = false;
        for waiting in [&mut self.waiting_own, &mut self.waiting_calls] {
            if let Some(gone) = waiting.iter().position(|one| one.id == *id).and_then(|at| waiting.remove(at)) {
                self.bytes = self.bytes.saturating_sub(gone.line.len());
                waited = true;
            }
        }
        waited
    }

    /// Forgets whatever waits.
    pub(super) fn clear(&mut self) -> Vec<RequestId> {
        self.bytes = 0;
        self.waiting_own.drain(..).chain(self.waiting_calls.drain(..)).map(|waiting| waiting.id).collect()
    }
}
