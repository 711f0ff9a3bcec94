//! The desk of a log's writer. Its own thread syncs, signs and settles; who appends a record that only has to be written writes it
//! by itself, where the writer is free.
//!
//! *Invariants.* Records keep their order: nobody writes by itself while something is queued. Nobody but the thread syncs, and nobody
//! waits for the thread but who must. The thread wakes in time for what others left to be synced or signed; while it
//! syncs what nobody waits for, others write.

use super::sink::Sink;
use super::writer::{Message, Until, Writer};
use super::{Position, Record};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Instant;
use tokio::sync::oneshot;

/// Most lines in one write.
const BATCH: usize = 512;

/// What became of a record, or where its answer will come.
pub(super) enum Answer {
    Now(Result<Position, String>),
    Later(oneshot::Receiver<Result<Position, String>>),
}

/// A handle to the desk.
#[derive(Clone)]
pub(super) struct Desk {
    queue: Sender<Message>,
    seat: Arc<dyn Seat>,
}

impl Desk {
    /// Seats a writer. Its thread ends by a stop, or with the last handle.
    pub(super) fn open(writer: Writer<impl Sink>) -> Self {
        let (queue, messages) = channel();
        let shared = Arc::new(Shared { writer: Mutex::new(Some(writer)), queued: AtomicUsize::new(0) });
        let seat: Arc<dyn Seat> = Arc::clone(&shared) as Arc<dyn Seat>;
        std::thread::spawn(move || shared.serve(&messages));
        Self { queue, seat }
    }

    /// Appends a record.
    pub(super) fn append(&self, record: Record, until: Until) -> Answer {
        match self.seat.write(Box::new(record), until) {
            Ok(Written { answer, wake }) => {
                if wake {
                    let _ended = self.queue.send(Message::Wake);
                }
                Answer::Now(answer)
            }
            Err(record) => {
                let (reply, answer) = oneshot::channel();
                self.send(Message::Append { record, until, reply });
                Answer::Later(answer)
            }
        }
    }

    /// Hands the thread a message.
    pub(super) fn send(&self, message: Message) {
        self.seat.announce();
        // A thread that is gone has stopped; whoever waits for an answer is told so.
        let _ended = self.queue.send(message);
    }
}

/// A record that was written at once.
struct Written {
    answer: Result<Position, String>,
    /// The thread sleeps for longer than it may now.
    wake: bool,
}

/// The writer, whatever it writes to.
trait Seat: Send + Sync {
    /// Writes a record at once, or hands it back: the writer is busy, or it takes more than a write.
    fn write(&self, record: Box<Record>, until: Until) -> Result<Written, Box<Record>>;
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
    fn write(&self, record: Box<Record>, until: Until) -> Result<Written, Box<Record>> {
        let mut seat = match self.writer.try_lock() {
            Ok(seat) => seat,
            Err(TryLockError::Poisoned(seat)) => seat.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(record),
        };
        let free = seat.as_mut().filter(|_| self.queued.load(Ordering::SeqCst) == 0);
        let Some(writer) = free else { return Err(record) };
        let Some(answer) = writer.write_one(&record, until) else { return Err(record) };
        Ok(Written { answer, wake: writer.oversleeps() })
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
            let synced = file.sync_data();
            if let Some(writer) = self.seat().as_mut() {
                writer.synced(synced, &head, false);
            }
        }
    }
}
