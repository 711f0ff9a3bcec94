//! The boot clock, which runs through suspend and which nobody steps, and the boot it belongs to.

use super::ReceiptError;
use rustix::time::{ClockId, clock_gettime};

/// Seconds since boot.
pub(super) fn now_s() -> u64 {
    u64::try_from(clock_gettime(ClockId::Boottime).tv_sec).unwrap_or_default()
}

/// This boot.
pub(super) fn boot_id() -> Result<String, ReceiptError> {
    let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").map_err(ReceiptError::Boot)?;
    Ok(id.trim().to_owned())
}
