//! The boot clock, which runs through suspend and which nobody steps, the wall clock, by which a step back shows, and the boot
//! that both belong to.

use super::ReceiptError;
use rustix::time::{ClockId, clock_gettime};

/// Seconds a wall clock may go back, by slewing and leap seconds, without being taken for stepped.
pub(super) const SLACK_S: u64 = 2;

/// Where time comes from: the machine, but for tests that bring a clock of their own.
pub trait Clock: Send + Sync {
    /// Seconds since boot.
    fn boot_s(&self) -> u64;
    /// Seconds since 1970, as the machine believes.
    fn wall_s(&self) -> u64;
}

/// The machine's clocks.
pub(super) struct Machine;

impl Clock for Machine {
    fn boot_s(&self) -> u64 {
        u64::try_from(clock_gettime(ClockId::Boottime).tv_sec).unwrap_or_default()
    }

    fn wall_s(&self) -> u64 {
        u64::try_from(clock_gettime(ClockId::Realtime).tv_sec).unwrap_or_default()
    }
}

/// This boot.
pub(super) fn boot_id() -> Result<String, ReceiptError> {
    let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").map_err(ReceiptError::Boot)?;
    Ok(id.trim().to_owned())
}
