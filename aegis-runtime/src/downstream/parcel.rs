//! What travels with a line to a server: a call's leave to go, which is looked at before its first byte goes out.

use super::book::Book;
use super::misconduct::Misconduct;
use crate::north::pen::Cargo;
use crate::receipt::{Glance, Leave};
use rmcp::model::RequestId;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

/// What a call's request waits with until it is written.
#[derive(Debug)]
pub(super) struct Leaving {
    /// Looked at before the first byte goes out: where the server does not read, that comes long after the call was decided.
    pub(super) leave: Leave,
    /// What was halted, where the request was not written for that.
    pub(super) halted: Arc<OnceLock<String>>,
}

/// What travels with a line.
#[derive(Debug)]
pub(super) enum Parcel {
    Call {
        id: RequestId,
        leaving: Leaving,
        book: Arc<Mutex<Book>>,
    },
    /// The library's; it waits for the end of the write.
    Other(oneshot::Sender<()>),
    /// An answer to a request of the server's. So many may wait to be written.
    Answer {
        _room: OwnedSemaphorePermit,
    },
}

impl Cargo for Parcel {
    type Seen = Glance;

    fn may_go(&self, seen: &mut Glance) -> bool {
        let Parcel::Call { id, leaving, book } = self else { return true };
        let looked = leaving.leave.look_by(seen).map_err(|detail| {
            let _first = leaving.halted.set(detail);
            // The call learns it as its reply is dropped.
            lock(book).close(id, Misconduct::Late)
        });
        looked.is_ok()
    }

    fn written(self) {
        if let Parcel::Other(waiting) = self {
            let _given_up = waiting.send(());
        }
    }
}

/// A lock whose holder's panic leaves what it guards as it was.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
