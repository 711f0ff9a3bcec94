//! An object that is read wherever its reader wants.
//!
//! The reader runs on a thread of its own, since it decides where it goes on while it is in the middle of something; what it
//! wants it asks for here, and the kernel's own road fetches it.
//!
//! *Invariants.* The object is read in order first, for the digest that a receipt names, and every piece that is read again is
//! the piece that was read then: what is checked is what was digested, whatever the server's etags are worth. A reader that
//! panics has failed.

use super::checks::{CheckError, Pieces};
use super::objects::{CHUNK, Head, KernelRead};
use crate::audit::hex;
use crate::denial::{Code, Denial};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, mpsc, oneshot};

/// Digests of an object as it was read in order.
pub(super) struct Sums {
    whole: String,
    /// Of each piece: 64 bytes of it for every megabyte.
    pieces: Vec<[u8; 32]>,
}

impl Sums {
    /// Reads an object from one end to the other.
    pub(super) async fn of(read: &KernelRead<'_>, head: &Head) -> Result<Self, Denial> {
        let (mut whole, mut pieces) = (Sha256::new(), Vec::new());
        read.stream(head, |bytes| {
            whole.update(bytes);
            pieces.push(Sha256::digest(bytes).into());
            Ok::<(), Denial>(())
        })
        .await?;
        Ok(Self { whole: hex(&whole.finalize()), pieces })
    }

    /// The digest of all bytes.
    pub(super) fn whole(&self) -> &str {
        &self.whole
    }

    fn hold(&self, number: u64, bytes: &[u8]) -> bool {
        let sum = usize::try_from(number).ok().and_then(|number| self.pieces.get(number));
        sum.is_some_and(|sum| *sum == <[u8; 32]>::from(Sha256::digest(bytes)))
    }
}

/// One reader at a time in a kernel: what one may cost in memory is what all may.
static READERS: Semaphore = Semaphore::const_new(1);

/// A piece's number, and who waits for it.
type Request = (u64, oneshot::Sender<Bytes>);

/// Runs a reader over an object; what it reads is held against the sums, where there are any.
pub(super) async fn read<T: Send + 'static>(
    road: &KernelRead<'_>,
    head: &Head,
    sums: Option<&Sums>,
    reader: impl FnOnce(Box<dyn Pieces>) -> Result<T, CheckError> + Send + 'static,
) -> Result<T, Denial> {
    let turn = READERS.acquire().await.map_err(|_| Denial::new(Code::DatasetUnreadable, "no reader"))?;
    let (ask, mut asked) = mpsc::channel::<Request>(1);
    let asking = Asking { ask, size: head.size };
    let reading = tokio::task::spawn_blocking(move || {
        // A call that is cancelled leaves its thread behind, for as long as that takes to notice.
        let _turn = turn;
        reader(Box::new(asking))
    });
    let (mut failed, mut before) = (None, 0_u64);
    // Ends with the reader, which lets go of the other side.
    while let Some((number, reply)) = asked.recv().await {
        let bytes = road.chunk(head, number, before).await;
        before = before.saturating_add(1);
        match bytes {
            Ok(bytes) if sums.is_none_or(|sums| sums.hold(number, &bytes)) => {
                // A reader that is gone needs nothing more.
                let _ignored = reply.send(bytes.into());
            }
            Ok(_) => failed = Some(Denial::new(Code::DatasetChanged, "a part of it was not the same twice")),
            Err(denial) => failed = Some(denial),
        }
        if failed.is_some() {
            break;
        }
    }
    drop(asked);
    let read = reading.await;
    match (failed, read) {
        (Some(denial), _) => Err(denial),
        (None, Ok(read)) => read.map_err(Into::into),
        (None, Err(_panicked)) => Err(Denial::new(Code::DatasetUnreadable, "its reader failed")),
    }
}

/// The reader's side.
struct Asking {
    ask: mpsc::Sender<Request>,
    size: u64,
}

impl Pieces for Asking {
    fn size(&self) -> u64 {
        self.size
    }

    fn piece(&self) -> u64 {
        CHUNK
    }

    fn get(&mut self, number: u64) -> Result<Bytes, CheckError> {
        let gone = CheckError::File("out of reach");
        let (reply, answer) = oneshot::channel();
        self.ask.blocking_send((number, reply)).map_err(|_| gone.clone())?;
        answer.blocking_recv().map_err(|_| gone)
    }

    fn is_wanted(&self) -> bool {
        !self.ask.is_closed()
    }
}

#[cfg(test)]
mod tests {
    use super::Sums;
    use sha2::{Digest, Sha256};

    #[test]
    fn a_piece_that_is_not_the_one_that_was_digested_is_none() {
        let sums =
            Sums { whole: String::new(), pieces: vec![Sha256::digest(b"a").into(), Sha256::digest(b"b").into()] };
        assert!(sums.hold(0, b"a") && sums.hold(1, b"b"));
        assert!(!sums.hold(0, b"b") && !sums.hold(1, b"bb") && !sums.hold(2, b""));
    }
}
