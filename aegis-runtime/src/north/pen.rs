//! The pen of a wire: whoever has a line hands it over, and one task writes what is ready, in its order, in as few writes as it fits.
//! Both directions of the wire write through it.
//!
//! *Invariants.* A line begins only if its cargo may go at that very attempt, and then goes out whole before the next. What is
//! written, taken back or lost drops its cargo, so nobody waits for what will never be. The queue has no bound of its own: it holds
//! one line for each request that is open, and of what is said besides whoever says it bounds what waits to be written.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::Notify;

/// Most bytes of several lines that are put together.
const TOGETHER: usize = 64 * 1024;

/// What travels with a line and does not go out. It is dropped when the line is written or will not be.
pub(crate) trait Cargo: Send + 'static {
    /// What cargo looks at before it goes, once for all lines of one attempt.
    type Seen: Default;
    /// Asked at every attempt to write the line's first byte; a line that may not go is dropped.
    fn may_go(&self, seen: &mut Self::Seen) -> bool;
    /// The line is written.
    fn written(self);
}

/// A handle for those who have something to say.
#[derive(Debug)]
pub(crate) struct Pen<T> {
    desk: Arc<Desk<T>>,
}

impl<T> Clone for Pen<T> {
    fn clone(&self) -> Self {
        Self { desk: Arc::clone(&self.desk) }
    }
}

#[derive(Debug)]
struct Desk<T> {
    sheet: Mutex<Sheet<T>>,
    more: Notify,
}

#[derive(Debug)]
struct Sheet<T> {
    lines: VecDeque<(Vec<u8>, T)>,
    /// Room for several lines that go together.
    room: Vec<u8>,
    /// Nothing more is taken.
    closed: bool,
}

impl<T: Cargo> Pen<T> {
    pub(crate) fn new() -> Self {
        let sheet = Mutex::new(Sheet { lines: VecDeque::new(), room: Vec::new(), closed: false });
        Self { desk: Arc::new(Desk { sheet, more: Notify::new() }) }
    }

    fn sheet(&self) -> MutexGuard<'_, Sheet<T>> {
        self.desk.sheet.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a line written; its terminator is added here.
    pub(crate) fn write(&self, mut line: Vec<u8>, cargo: T) {
        line.push(b'\n');
        let mut sheet = self.sheet();
        if !sheet.closed {
            sheet.lines.push_back((line, cargo));
            drop(sheet);
            self.desk.more.notify_one();
        }
    }

    /// Takes back what is not begun.
    pub(crate) fn take_back(&self, mut unwanted: impl FnMut(&T) -> bool) {
        self.sheet().lines.retain(|(_, cargo)| !unwanted(cargo));
    }

    /// Takes no more lines; what is queued is still written.
    pub(crate) fn close(&self) {
        self.sheet().closed = true;
        self.desk.more.notify_one();
    }

    /// Drops what is queued, and whatever comes.
    pub(crate) fn give_up(&self) {
        let mut sheet = self.sheet();
        sheet.closed = true;
        let lost = std::mem::take(&mut sheet.lines);
        drop(sheet);
        drop(lost);
    }

    /// Waits until there is something to write; false where there will be nothing any more.
    pub(crate) async fn wait(&self) -> bool {
        loop {
            let (empty, closed) = {
                let sheet = self.sheet();
                (sheet.lines.is_empty(), sheet.closed)
            };
            if !empty || closed {
                return !empty;
            }
            self.desk.more.notified().await;
        }
    }

    /// Writes until nothing is queued.
    pub(crate) async fn empty<W: AsyncWrite + Unpin>(&self, to: &mut W) -> io::Result<()> {
        while let Some(begun) = poll_fn(|context| self.attempt(Pin::new(&mut *to), context)).await? {
            if let Some((rest, cargo)) = begun {
                to.write_all(&rest).await?;
                cargo.written();
            }
        }
        to.flush().await
    }

    /// One write of what may go; what is left of a line that is begun. None where nothing is queued.
    fn attempt<W: AsyncWrite>(&self, to: Pin<&mut W>, context: &mut Context<'_>) -> Poll<io::Result<Option<Begun<T>>>> {
        // Dropped after the sheet is let go of, as all cargo is.
        let (mut gone, mut done, mut seen) = (Vec::new(), Vec::new(), T::Seen::default());
        let mut sheet = self.sheet();
        while sheet.lines.front().is_some_and(|(_, cargo)| !cargo.may_go(&mut seen)) {
            gone.extend(sheet.lines.pop_front());
        }
        let Sheet { lines, room, .. } = &mut *sheet;
        let Some((first, _)) = lines.front() else { return Poll::Ready(Ok(None)) };
        let attempt = if lines.len() == 1 || first.len() >= TOGETHER {
            to.poll_write(context, first)
        } else {
            room.clear();
            room.extend_from_slice(first);
            for (line, cargo) in lines.iter().skip(1) {
                if room.len().saturating_add(line.len()) > TOGETHER || !cargo.may_go(&mut seen) {
                    break;
                }
                room.extend_from_slice(line);
            }
            to.poll_write(context, room)
        };
        let mut taken = match attempt {
            Poll::Ready(Ok(0)) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
            Poll::Ready(Ok(taken)) => taken,
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            Poll::Pending => return Poll::Pending,
        };
        let mut begun = None;
        while taken > 0
            && let Some((line, cargo)) = sheet.lines.pop_front()
        {
            match line.get(taken..) {
                Some(rest) if !rest.is_empty() => begun = Some((rest.to_vec(), cargo)),
                Some(_) | None => done.push(cargo),
            }
            taken = taken.saturating_sub(line.len());
        }
        drop(sheet);
        done.into_iter().for_each(Cargo::written);
        Poll::Ready(Ok(Some(begun)))
    }
}

/// The rest of a line that is begun, with its cargo.
type Begun<T> = Option<(Vec<u8>, T)>;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{Cargo, Pen};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, Mutex};
    use tokio::io::{AsyncReadExt, duplex};

    struct Note {
        name: &'static str,
        stays: Arc<AtomicBool>,
        written: Arc<Mutex<Vec<&'static str>>>,
    }

    impl Cargo for Note {
        type Seen = ();

        fn may_go(&self, (): &mut ()) -> bool {
            !self.stays.load(Ordering::SeqCst)
        }

        fn written(self) {
            self.written.lock().unwrap().push(self.name);
        }
    }

    #[tokio::test]
    async fn lines_go_out_whole_and_in_order_however_little_is_read_and_what_may_not_go_does_not_begin() {
        let (pen, written) = (Pen::new(), Arc::default());
        let stays = Arc::new(AtomicBool::new(false));
        let go = Arc::new(AtomicBool::new(false));
        let note = |name, stays: &Arc<AtomicBool>| Note { name, stays: stays.clone(), written: Arc::clone(&written) };
        pen.write(b"first line".to_vec(), note("first", &go));
        pen.write(b"halted".to_vec(), note("halted", &stays));
        pen.write(b"taken back".to_vec(), note("back", &go));
        pen.write(b"last".to_vec(), note("last", &go));
        pen.take_back(|note| note.name == "back");
        let (mut to, mut from) = duplex(3);
        let read = async {
            let mut said = vec![0; 3];
            from.read_exact(&mut said).await.unwrap();
            // The first line is begun; what was asked before it began does not hold for the next.
            stays.store(true, Ordering::SeqCst);
            let mut rest = [0; 13];
            from.read_exact(&mut rest).await.unwrap();
            said.extend(rest);
            said
        };
        let (emptied, said) = tokio::join!(pen.empty(&mut to), read);
        emptied.unwrap();
        assert_eq!(String::from_utf8(said).unwrap(), "first line\nlast\n");
        assert_eq!(*written.lock().unwrap(), ["first", "last"]);
    }

    #[tokio::test]
    async fn what_is_closed_is_emptied_and_takes_no_more() {
        let (pen, written) = (Pen::new(), Arc::default());
        let go = Arc::new(AtomicBool::new(false));
        let note = |name| Note { name, stays: go.clone(), written: Arc::clone(&written) };
        pen.write(b"a".to_vec(), note("a"));
        pen.close();
        pen.write(b"b".to_vec(), note("b"));
        let mut to = Vec::new();
        assert!(pen.wait().await);
        pen.empty(&mut to).await.unwrap();
        assert!(!pen.wait().await);
        assert_eq!((to.as_slice(), written.lock().unwrap().as_slice()), (b"a\n".as_slice(), ["a"].as_slice()));
    }
}
