//! How a server ended, for the calls that it left without an answer: a pipe closes a moment before it is known why.

use std::process::ExitStatus;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::process::Child;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// So long a call waits to learn how its server ended, and a server that closed a pipe may take to end.
const MOMENT: Duration = Duration::from_millis(500);

/// How a server ended, as far as that is known.
#[derive(Debug, Clone, Default)]
pub(super) struct End {
    pipe: Arc<OnceLock<&'static str>>,
    words: Arc<OnceLock<String>>,
    /// Fires when there is no more to learn.
    known: CancellationToken,
}

impl End {
    /// Somebody ended the connection; the first one counts.
    pub(super) fn closed(&self, words: &'static str) {
        let _first = self.pipe.set(words);
    }

    /// Looks whether the process ends by itself, unless the kernel ends it and knows why.
    pub(super) async fn learn(&self, stopped: bool, at_fault: bool, child: &mut Child) {
        if stopped {
            self.closed("the kernel stopped it");
        } else if !at_fault && let Ok(Ok(status)) = timeout(MOMENT, child.wait()).await {
            let _first = self.words.set(of_status(&status));
        }
        self.known.cancel();
    }

    /// How it ended, as far as that shows within a moment.
    pub(super) async fn words(&self) -> String {
        let _late = timeout(MOMENT.saturating_mul(2), self.known.cancelled()).await;
        self.words.get().cloned().unwrap_or_else(|| self.so_far())
    }

    fn so_far(&self) -> String {
        self.pipe.get().copied().unwrap_or("the kernel closed the connection").to_owned()
    }
}

fn of_status(status: &ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("it exited with {code}"),
        (None, Some(signal)) => format!("it was ended by signal {signal}"),
        (None, None) => "it ended".to_owned(),
    }
}
