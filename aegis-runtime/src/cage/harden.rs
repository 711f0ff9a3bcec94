//! The kernel's own process: what it holds is not read out by a neighbour of its uid.

use super::CageError;
use super::limits;
use super::plan::errno;
use rustix::process::{DumpableBehavior, set_dumpable_behavior};

/// Makes this process unreadable for others of its uid (memory, environment, descriptors), and lets it leave no core file.
/// Root reads it still.
///
/// # Errors
/// The control that the operating system refuses; the kernel does not start without it.
pub fn harden() -> Result<(), CageError> {
    let failed = |call: &'static str| {
        move |error: rustix::io::Errno| {
            CageError::new("hardening of the kernel", call, errno(&error.into()), "lift what filters the call")
        }
    };
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(failed("prctl(PR_SET_DUMPABLE)"))?;
    limits::no_core().map_err(failed("setrlimit(RLIMIT_CORE)"))
}
