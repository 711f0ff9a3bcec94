//! What is open on a connection: the requests under way, each with its slot, and those that wait for one.
//!
//! *Invariants.* A slot is held until its request's handler is done and its answer is written or given up: what a client does not
//! read is bounded too. Only requests wait, in their order, and within bounds: whatever is full, cancellations and
//! the end of the input are read. What the kernel answers by itself does not wait behind calls.

use rmcp::model::RequestId;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

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
    open: Arc<Mutex<HashSet<RequestId>>>,
}

impl Drop for OpenId {
    fn drop(&mut self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
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
    open: Arc<Mutex<HashSet<RequestId>>>,
    /// Slots of requests whose answer is neither written nor given up.
    unanswered: HashMap<RequestId, Slot>,
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
            open: Arc::default(),
            unanswered: HashMap::new(),
        }
    }

    /// Whether a request of this id is under way.
    pub(super) fn is_open(&self, id: &RequestId) -> bool {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).contains(id)
    }

    /// Whether the answer to a request is still to come.
    pub(super) fn is_unanswered(&self, id: &RequestId) -> bool {
        self.unanswered.contains_key(id)
    }

    /// A slot, unless none is free or others wait for one.
    pub(super) fn slot(&self, lane: Lane) -> Option<OwnedSemaphorePermit> {
        let (slots, waiting) = match lane {
            Lane::Calls => (&self.calls, &self.waiting_calls),
            Lane::Own => (&self.own, &self.waiting_own),
        };
        waiting.is_empty().then(|| slots.clone().try_acquire_owned().ok()).flatten()
    }

    /// Begins a request; none if its id is in use.
    pub(super) fn begin(&mut self, id: RequestId, slot: OwnedSemaphorePermit) -> Option<Held> {
        if !self.open.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone()) {
            return None;
        }
        let slot = Arc::new(slot);
        self.unanswered.insert(id.clone(), slot.clone());
        Some(Held { _inner: Arc::new((slot, OpenId { id, open: self.open.clone() })) })
    }

    /// The slot to hold until an answer is written.
    pub(super) fn answered(&mut self, id: &RequestId) -> Option<Slot> {
        self.unanswered.remove(id)
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
        self.unanswered.remove(id);
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
