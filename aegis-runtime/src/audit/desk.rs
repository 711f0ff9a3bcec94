//! The desk of a log's writer. Its own thread syncs, signs and settles; records that only have to be written are written by whoever
//! has the writer free: all those together that came in one round of the runtime.
//!
//! *Invariants.* Records keep their order: nobody writes by itself while something is queued. Nobody but the thread syncs, and nobody
//! waits for the thread but who must. Who waits is answered after the write that holds its record. The thread wakes in time for what
//! others left to be synced or signed; while it syncs what nobody waits for, others write.

use super::sink::{Sink, sync};
use super::writer::Writer;
use super::{Position, Record};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Instant;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// Most lines in one write.
const BATCH: usize = 512;

/// How long a waiter waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    Written,
    Durable,
}

pub(super) type Reply = oneshot::Sender<Result<Position, String>>;

/// A record, and who waits for it.
pub(super) struct Waiting {
    pub(super) record: Record,
    pub(super) until: Until,
    pub(super) reply: Reply,
}

pub(super) enum Message {
    Append(Box<Waiting>),
    Stop {
        reply: Stopped,
    },
    /// Something is due sooner than the thread knows.
    Wake,
}

/// Who waits for the end.
pub(super) type Stopped = oneshot::Sender<Result<(), String>>;

/// Where the answer to a record will come.
pub(super) type Answer = oneshot::Receiver<Result<Position, String>>;

/// A handle to the desk.
#[derive(Clone)]
pub(super) struct Desk {
    queue: Sender<Message>,
    seat: Arc<dyn Seat>,
    /// Records of this round.
    round: Arc<Mutex<Vec<Waiting>>>,
}

impl Desk {
    /// Seats a writer. Its thread ends by a stop, or with the last handle.
    pub(super) fn open(writer: Writer<impl Sink>) -> Self {
        let (queue, messages) = channel();
        let shared = Arc::new(Shared { writer: Mutex::new(Some(writer)), queued: AtomicUsize::new(0) });
        let seat: Arc<dyn Seat> = Arc::clone(&shared) as Arc<dyn Seat>;
        std::thread::spawn(move || shared.serve(&messages));
        Self { queue, seat, round: Arc::default() }
    }

    /// Appends a record, together with those of everybody who is ready to run now.
    pub(super) fn append(&self, record: Record, until: Until) -> Answer {
        let (reply, answer) = oneshot::channel();
        let first = {
            let mut round = self.round();
            round.push(Waiting { record, until, reply });
            round.len() == 1
        };
        if first {
            match Handle::try_current() {
                // It runs after all that are ready, whoever waits and whoever gives up.
                Ok(runtime) => {
                    let round = Round(self.clone());
                    runtime.spawn(async move { drop(round) });
                }
                Err(_) => self.flush(),
            }
        }
        answer
    }

    /// Appends a record that nobody waits for, now.
    pub(super) fn note(&self, record: Record) {
        let (reply, _nobody) = oneshot::channel();
        self.round().push(Waiting { record, until: Until::Written, reply });
        self.flush();
    }

    /// Hands the thread a message, after what came before.
    pub(super) fn send(&self, message: Message) {
        self.flush();
        self.hand(message);
    }

    fn hand(&self, message: Message) {
        self.seat.announce();
        // A thread that is gone has stopped; whoever waits for an answer is told so.
        let _ended = self.queue.send(message);
    }

    fn round(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.round.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the round: its records are written, or go to the thread in their order.
    fn flush(&self) {
        // Held up to the end, so that no later round overtakes this one.
        let mut round = self.round();
        let batch = std::mem::take(&mut *round);
        if batch.is_empty() {
            return;
        }
        match self.seat.write(batch) {
            // The thread sleeps for longer than it may now.
            Ok(true) => {
                let _ended = self.queue.send(Message::Wake);
            }
            Ok(false) => {}
            Err(batch) => batch.into_iter().for_each(|waiting| self.hand(Message::Append(Box::new(waiting)))),
        }
    }
}

/// A round that ends with this: also where the runtime ends before it runs.
struct Round(Desk);

impl Drop for Round {
    fn drop(&mut self) {
        self.0.flush();
    }
}

/// The writer, whatever it writes to.
trait Seat: Send + Sync {
    /// Writes records at once and says whether the thread oversleeps, or hands them back: the writer is busy, or it takes more than a
    /// write.
    fn write(&self, batch: Vec<Waiting>) -> Result<bool, Vec<Waiting>>;
    /// A message is on its way to the thread.
    fn announce(&self);
}

struct Shared<S> {
    /// None once it has stopped.
    writer: Mutex<Option<Writer<S>>>,
    /// Messages that the thread has not carried out.
    queued: AtomicUsize,
}

impl<S: Sink> Seat for Shared<S> {
    fn write(&self, batch: Vec<Waiting>) -> Result<bool, Vec<Waiting>> {
        let mut seat = match self.writer.try_lock() {
            Ok(seat) => seat,
            Err(TryLockError::Poisoned(seat)) => seat.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(batch),
        };
        let free = seat.as_mut().filter(|_| self.queued.load(Ordering::SeqCst) == 0);
        let Some(writer) = free else { return Err(batch) };
        writer.write_some(batch)?;
        Ok(writer.oversleeps())
    }

    fn announce(&self) {
        self.queued.fetch_add(1, Ordering::SeqCst);
    }
}

impl<S: Sink> Shared<S> {
    fn seat(&self) -> MutexGuard<'_, Option<Writer<S>>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The thread.
    fn serve(&self, messages: &Receiver<Message>) {
        loop {
            let alarm = self.seat().as_mut().and_then(Writer::alarm);
            let first = match alarm {
                Some(at) => messages.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut batch = match first {
                Ok(message) => vec![message],
                Err(RecvTimeoutError::Timeout) => Vec::new(),
                Err(RecvTimeoutError::Disconnected) => {
                    if let Some(writer) = self.seat().as_mut() {
                        writer.sync(false, false);
                    }
                    return;
                }
            };
            batch.extend(messages.try_iter().take(BATCH));
            let announced = batch.iter().filter(|message| !matches!(message, Message::Wake)).count();
            let mut seat = self.seat();
            let Some(writer) = seat.as_mut() else { return };
            let stop = writer.commit(batch);
            self.queued.fetch_sub(announced, Ordering::SeqCst);
            if let Some(reply) = stop {
                let closed = writer.latch();
                // The files are closed before the answer: a process that ends at once leaves no journal beside the head rows.
                *seat = None;
                let _gone = reply.send(closed);
                return;
            }
            let Some((file, head)) = writer.state.beside.take() else { continue };
            drop(seat);
            let synced = sync(&file);
            if let Some(writer) = self.seat().as_mut() {
                writer.synced(synced, &head, false);
            }
        }
    }
}
