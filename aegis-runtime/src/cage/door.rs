//! The door: the process that cages itself and becomes the server.
//!
//! *Invariants.* One thread. The order is fixed: what a later control would forbid is done before it, and seccomp is last. Nothing of
//! the server's choosing runs before the program does.

use super::plan::{CageError, Door, Level, Report, Word, errno, read_frame, write_frame};
use super::{files, limits, seccomp};
use rustix::fs::{Mode, OFlags, fcntl_getfl, fcntl_setfl};
use rustix::process::{Signal, getppid, set_parent_process_death_signal, setsid, umask};
use rustix::thread::{
    CapabilitiesSecureBits, CapabilitySet, CapabilitySets, capabilities, capability_is_in_bounding_set,
    clear_ambient_capability_set, remove_capability_from_bounding_set, set_capabilities, set_capabilities_secure_bits,
    set_no_new_privs,
};
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// Reads the plan, takes the controls, reports, and executes. Returns only where something is refused.
pub(super) fn run(channel: &mut UnixStream, parent: Option<i32>) -> io::Result<u8> {
    let frame = read_frame(channel)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    let door: Door = serde_json::from_slice(&frame)?;
    drop(frame);
    let opened = close(&door, parent).and_then(|report| Ok((report, said(door.said.as_deref())?)));
    let refusal = match opened {
        Ok((report, said)) => {
            say(channel, &Word::Running { pid: std::process::id(), report })?;
            let mut command = Command::new(&door.program);
            command.args(&door.arguments).env_clear().stderr(said);
            command.envs(door.env.iter().map(|(name, value)| (name, value))).current_dir(&door.home);
            // The channel closes with the execution, and that is how the supervisor knows of it.
            let error = command.exec();
            let remedy = if error.kind() == io::ErrorKind::NotFound {
                "there is no such program, or no interpreter that its first line names"
            } else {
                "it, its interpreter and what both are links to have to be executable and in a place the cage lists \
                 (`/usr`, `/bin`, or `cage.read`)"
            };
            CageError::of_program(errno(&error), remedy)
        }
        Err(refusal) => refusal,
    };
    say(channel, &Word::Refused(refusal))?;
    Ok(71)
}

/// Where its standard error goes: nowhere, as ours does, or to the end of a file that is there.
fn said(path: Option<&Path>) -> Result<Stdio, CageError> {
    let Some(path) = path else { return Ok(Stdio::inherit()) };
    // The kernel listens before the door is there. A pipe in its place that nobody reads, left by another process of the server's, is
    // not waited for; what the server says waits as it always does.
    let file = OpenOptions::new().append(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(path);
    let failed = |error: io::Error| CageError::new("its standard error", "open", errno(&error), "start it again");
    let file = file.and_then(|file| {
        fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
        Ok(file)
    });
    file.map(Stdio::from).map_err(failed)
}

pub(super) fn say(channel: &mut UnixStream, word: &Word) -> io::Result<()> {
    write_frame(channel, &serde_json::to_vec(word)?)
}

/// Takes one control after the other.
pub(super) fn close(door: &Door, parent: Option<i32>) -> Result<Report, CageError> {
    let mut report = Report { level: door.level.as_str().to_owned(), steps: Vec::new() };
    let mut took = |step: &str| report.steps.push(step.to_owned());
    setsid().map_err(refused("a session of its own", "setsid"))?;
    took("session");
    set_parent_process_death_signal(Some(Signal::KILL))
        .map_err(refused("the death signal", "prctl(PR_SET_PDEATHSIG)"))?;
    if getppid().map(|pid| pid.as_raw_nonzero().get()) != parent {
        return Err(CageError::new("the death signal", "getppid", "another parent", "start it again"));
    }
    took("death signal");
    close_fds::set_fds_cloexec(3, &[]);
    took("descriptors");
    umask(Mode::RWXG | Mode::RWXO);
    took("umask");
    limits::take().map_err(refused("resource limits", "setrlimit"))?;
    // The first to go when memory ends. A machine without the file has no such killer.
    let _absent = std::fs::write("/proc/self/oom_score_adj", "1000");
    took("limits");
    drop_capabilities().map_err(refused("capabilities", "capset"))?;
    took("capabilities");
    set_no_new_privs(true).map_err(refused("no_new_privs", "prctl(PR_SET_NO_NEW_PRIVS)"))?;
    took("no new privileges");
    match door.level {
        Level::Minimal => {}
        Level::Standard | Level::Strict => {
            took(&files::take(door)?);
            seccomp::take(door.net)?;
            took(if door.net { "seccomp" } else { "seccomp, no sockets" });
        }
    }
    Ok(report)
}

fn refused(control: &'static str, call: &'static str) -> impl FnOnce(rustix::io::Errno) -> CageError {
    move |error| CageError::new(control, call, errno(&error.into()), "lift what filters the call")
}

/// Nothing is left that root could do and its uid alone cannot; nothing comes back at the execution.
fn drop_capabilities() -> rustix::io::Result<()> {
    let held = capabilities(None)?;
    if held.effective.contains(CapabilitySet::SETPCAP) {
        set_capabilities_secure_bits(
            CapabilitiesSecureBits::NO_ROOT
                | CapabilitiesSecureBits::NO_ROOT_LOCKED
                | CapabilitiesSecureBits::NO_CAP_AMBIENT_RAISE
                | CapabilitiesSecureBits::NO_CAP_AMBIENT_RAISE_LOCKED,
        )?;
        for bit in 0..64 {
            let capability = CapabilitySet::from_bits_retain(1 << bit);
            match capability_is_in_bounding_set(capability) {
                Ok(true) => remove_capability_from_bounding_set(capability)?,
                Ok(false) => {}
                // Past the last one that this kernel has.
                Err(_) => break,
            }
        }
    }
    clear_ambient_capability_set()?;
    let none = CapabilitySet::empty();
    set_capabilities(None, CapabilitySets { effective: none, permitted: none, inheritable: none })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::said;
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::fs::{self, File};
    use std::os::unix::fs::symlink;

    #[test]
    fn nobody_waits_for_what_stands_in_the_place_of_the_standard_error() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("said");
        assert!(said(Some(&path)).is_err());
        mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        assert!(said(Some(&path)).is_err());
        let _reads = File::options().read(true).write(true).open(&path).unwrap();
        assert!(said(Some(&path)).is_ok());
        fs::remove_file(&path).unwrap();
        symlink("/dev/null", &path).unwrap();
        assert!(said(Some(&path)).is_err());
    }
}
