//! The end of a service in order: what is under way is finished, what comes later is not begun.
//!
//! *Invariants.* A call that comes after the first signal waits for the end, and is then carried to its record as cancelled, as any
//! other; nothing is answered past the gate. The second signal means now.

use aegis_runtime::north::{Ask, CallReply, CallRequest, Catalogue, Door, Rejection};

use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How long calls may go on after the first signal.
const GRACE: Duration = Duration::from_secs(10);

/// A door that can be closed to newcomers.
#[derive(Debug)]
pub(crate) struct Draining<D> {
    inner: D,
    open: watch::Sender<usize>,
    closing: CancellationToken,
}

/// What the signals lead to, one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ends {
    /// Nothing is under way any more, or has been for too long: what is open is cancelled.
    pub(crate) stop: CancellationToken,
    /// The second signal: nothing is waited for.
    pub(crate) now: CancellationToken,
}

impl<D: Door> Draining<D> {
    pub(crate) fn new(inner: D) -> Self {
        Self { inner, open: watch::Sender::new(0), closing: CancellationToken::new() }
    }

    /// Watches for SIGTERM, SIGINT and SIGHUP: whoever started the kernel has other ways to end it than one.
    pub(crate) async fn watch(self: Arc<Self>, ends: Ends) {
        let Ok(mut signals) = Signals::open() else { return };
        signals.next().await;
        self.closing.cancel();
        let mut open = self.open.subscribe();
        tokio::select! {
            _ = open.wait_for(|open| *open == 0) => {}
            () = tokio::time::sleep(GRACE) => {}
            () = signals.next() => ends.now.cancel(),
        }
        ends.stop.cancel();
        signals.next().await;
        ends.now.cancel();
    }
}

/// The signals that end a service.
struct Signals([Signal; 3]);

impl Signals {
    fn open() -> io::Result<Self> {
        let [terminate, interrupt, hangup] =
            [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()].map(signal);
        Ok(Self([terminate?, interrupt?, hangup?]))
    }

    /// The next of any of them.
    async fn next(&mut self) {
        let Self([terminate, interrupt, hangup]) = self;
        tokio::select! {
            Some(()) = terminate.recv() => {}
            Some(()) = interrupt.recv() => {}
            Some(()) = hangup.recv() => {}
            else => std::future::pending().await,
        }
    }
}

impl<D: Door> Door for Draining<D> {
    fn catalogue(&self) -> Catalogue {
        self.inner.catalogue()
    }

    fn lanes(&self) -> usize {
        self.inner.lanes()
    }

    fn lane(&self, ask: &Ask) -> usize {
        self.inner.lane(ask)
    }

    async fn call(&self, request: CallRequest) -> CallReply {
        if self.closing.is_cancelled() {
            request.cancel.cancelled().await;
        }
        self.open.send_modify(|open| *open = open.saturating_add(1));
        let _counted = Counted(&self.open);
        self.inner.call(request).await
    }

    fn reject(&self, rejection: Rejection) {
        self.inner.reject(rejection);
    }
}

struct Counted<'a>(&'a watch::Sender<usize>);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|open| *open = open.saturating_sub(1));
    }
}
