//! What is open on a connection: the requests under way, each with its slot, and those that wait for one.
//!
//! *Invariants.* A slot is held until its request's handler is done and its answer is written or given up: what a client does not
//! read is bounded too. Only requests wait, in the order of their lane, and within its bounds: whatever is full, cancellations and
//! the end of the input are read. What the kernel answers by itself does not wait behind calls, and no call waits behind those of
//! another lane.

use super::IN_FLIGHT;
use rmcp::model::RequestId;
use std::collections::{HashMap, HashSet, VecDeque};
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

/// Bytes of requests that wait in a lane; what comes then is refused.
const WAITING: usize = 4 * 1024 * 1024;
/// Requests that wait in a lane.
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
    /// Calls, by the door's number: see [`Door::lane`](super::Door::lane).
    Calls(usize),
    /// What the kernel answers by itself.
    Own,
}

/// The slots of the calls, by lane.
#[derive(Debug, Clone)]
pub(super) struct Slots(Vec<Arc<Semaphore>>);

impl Slots {
    /// All of them free, in so many lanes.
    pub(super) fn new(lanes: usize) -> Self {
        let permits = usize::try_from(IN_FLIGHT).unwrap_or(1);
        Self((0..lanes.max(1)).map(|_| Arc::new(Semaphore::new(permits))).collect())
    }

    /// Waits until no call is under way.
    pub(super) async fn idle(&self) {
        for slots in &self.0 {
            let _all = slots.acquire_many(IN_FLIGHT).await;
        }
    }
}

/// A request that waits, as it was read.
#[derive(Debug)]
struct Waiting {
    id: RequestId,
    line: Vec<u8>,
}

/// The slots of a lane, and who waits for one.
#[derive(Debug)]
struct Queue {
    slots: Arc<Semaphore>,
    waiting: VecDeque<Waiting>,
    /// Bytes that wait.
    bytes: usize,
}

impl Queue {
    fn new(slots: Arc<Semaphore>) -> Self {
        Self { slots, waiting: VecDeque::new(), bytes: 0 }
    }

    /// The next one's turn. Safe to drop and call again.
    async fn turn(&mut self) -> (OwnedSemaphorePermit, Vec<u8>) {
        let slot = self.slots.clone().acquire_owned().await;
        let (Ok(slot), Some(Waiting { line, .. })) = (slot, self.waiting.pop_front()) else {
            return std::future::pending().await;
        };
        self.bytes = self.bytes.saturating_sub(line.len());
        (slot, line)
    }
}

#[derive(Debug)]
pub(super) struct Lanes {
    own: Queue,
    calls: Vec<Queue>,
    begun: Begun,
}

impl Lanes {
    /// No request is open; calls take their slots from `calls`.
    pub(super) fn new(calls: Slots) -> Self {
        Self {
            own: Queue::new(Arc::new(Semaphore::new(OWN))),
            calls: calls.0.into_iter().map(Queue::new).collect(),
            begun: Begun::default(),
        }
    }

    /// What the kernel answers comes first.
    fn queues(&mut self) -> impl Iterator<Item = &mut Queue> {
        std::iter::once(&mut self.own).chain(&mut self.calls)
    }

    /// A lane that does not exist is that of what the kernel answers.
    fn queue(&mut self, lane: Lane) -> &mut Queue {
        match lane {
            Lane::Calls(number) => self.calls.get_mut(number).unwrap_or(&mut self.own),
            Lane::Own => &mut self.own,
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
    pub(super) fn slot(&mut self, lane: Lane) -> Option<OwnedSemaphorePermit> {
        let Queue { slots, waiting, .. } = self.queue(lane);
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
        Slots(self.calls.iter().map(|queue| queue.slots.clone()).collect()).idle().await;
    }

    /// Has a request wait for its turn; false where too much waits in its lane already.
    pub(super) fn wait(&mut self, lane: Lane, id: RequestId, line: Vec<u8>) -> bool {
        let queue = self.queue(lane);
        let bytes = queue.bytes.saturating_add(line.len());
        let fits = bytes <= WAITING && queue.waiting.len() < LINE;
        if fits {
            queue.bytes = bytes;
            queue.waiting.push_back(Waiting { id, line });
        }
        fits
    }

    /// The request whose turn it is, with its slot. Safe to drop and call again.
    pub(super) async fn turn(&mut self) -> (OwnedSemaphorePermit, Vec<u8>) {
        let waited = self.queues().filter(|queue| !queue.waiting.is_empty());
        let mut turns: Vec<_> = waited.map(|queue| Box::pin(queue.turn())).collect();
        let first = poll_fn(|context| {
            let ready = turns.iter_mut().map(|turn| turn.as_mut().poll(context)).find(Poll::is_ready);
            ready.unwrap_or(Poll::Pending)
        });
        first.await
    }

    /// A request was given up: it holds no slot for an answer that nobody writes. True if it was still waiting.
    pub(super) fn cancel(&mut self, id: &RequestId) -> bool {
        let begun = self.begun.ids().unanswered.remove(id);
        if let Some(begun) = begun {
            begun.cancel.cancel();
        }
        let mut waited = false;
        for Queue { waiting, bytes, .. } in self.queues() {
            if let Some(gone) = waiting.iter().position(|one| one.id == *id).and_then(|at| waiting.remove(at)) {
                *bytes = bytes.saturating_sub(gone.line.len());
                waited = true;
            }
        }
        waited
    }

    /// Forgets whatever waits.
    pub(super) fn clear(&mut self) -> Vec<RequestId> {
        self.queues().for_each(|queue| queue.bytes = 0);
        self.queues().flat_map(|queue| queue.waiting.drain(..)).map(|waiting| waiting.id).collect()
    }
}
