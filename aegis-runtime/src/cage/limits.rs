//! Resource limits of one process in the cage.
//!
//! Generous for a server, small for a machine. The number of processes does not bind uid 0, which the operating system exempts
//! whatever its capabilities, and one user's servers share it; the supervisor counts what each has.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

const GIB: u64 = 1 << 30;

/// Most processes of one server, as the supervisor counts them.
pub(super) const TREE: usize = 512;
/// Most threads of one server: those of all its processes.
pub(super) const THREADS: usize = 1024;

const LIMITS: [(Resource, u64); 6] = [
    (Resource::Core, 0),
    (Resource::Nofile, 4096),
    (Resource::Data, 4 * GIB),
    (Resource::Fsize, 16 * GIB),
    (Resource::Nproc, 4096),
    // One user's processes share the room that the system has for signals that wait.
    (Resource::Sigpending, 1024),
];

/// Takes every limit, or what is lower already.
pub(super) fn take() -> rustix::io::Result<()> {
    for (resource, limit) in LIMITS {
        let now = getrlimit(resource);
        let limit = now.maximum.map_or(limit, |hard| hard.min(limit));
        let soft = now.current.map_or(limit, |soft| soft.min(limit));
        setrlimit(resource, Rlimit { current: Some(soft), maximum: Some(limit) })?;
    }
    Ok(())
}

/// No core file of this process, whose memory holds credentials.
pub(super) fn no_core() -> rustix::io::Result<()> {
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })
}
