//! The end of the process where a statement does not end by itself: the engine looks at no clock inside of one call of a function, so
//! neither its time nor a cancelled call stops such a one. Whoever started the server starts it again.

use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

const LOOK: Duration = Duration::from_secs(1);
/// What the process ends with: `EX_SOFTWARE`.
const STUCK: i32 = 70;

/// Watches the statements of one connection, one at a time.
pub(super) struct Watchdog {
    begun: Instant,
    /// Milliseconds after `begun`; 0 while nothing runs.
    until: Arc<AtomicU64>,
}

impl Watchdog {
    /// Starts its thread, which ends with it.
    pub(super) fn start() -> Result<Self, String> {
        let (begun, until) = (Instant::now(), Arc::new(AtomicU64::new(0)));
        let seen = Arc::downgrade(&until);
        let thread = thread::Builder::new().name("watchdog".to_owned()).spawn(move || watch(begun, &seen));
        thread.map_err(|_error| "no thread can be had".to_owned())?;
        Ok(Self { begun, until })
    }

    /// From now on a statement has so much time.
    pub(super) fn arm(&self, time: Duration) {
        self.until.store(millis(self.begun.elapsed().saturating_add(time)).max(1), Ordering::Relaxed);
    }

    /// It ended.
    pub(super) fn disarm(&self) {
        self.until.store(0, Ordering::Relaxed);
    }
}

fn watch(begun: Instant, until: &Weak<AtomicU64>) {
    loop {
        thread::sleep(LOOK);
        let Some(until) = until.upgrade() else { return };
        let until = until.load(Ordering::Relaxed);
        if until != 0 && millis(begun.elapsed()) > until {
            process::exit(STUCK);
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
