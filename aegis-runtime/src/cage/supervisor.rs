//! The supervisor: parent and reaper of one server's tree.
//!
//! *Invariants.* It runs nothing but the door and reads nothing of the server's. When it ends, nothing of the server runs: it ends
//! when the server ends, when it is told to, and when the kernel's end of the channel closes, which a killed kernel's does too. It
//! ends as the server ended, so that whoever waits for it learns how.

use super::door::say;
use super::plan::{CageError, Report, Role, Supervisor, Word, errno, read_frame, write_frame};
use super::{limits, tree};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{
    DumpableBehavior, Pid, PidfdFlags, Signal, WaitStatus, getegid, geteuid, getpid, kill_process, pidfd_open,
    set_child_subreaper, set_dumpable_behavior, setsid,
};
use rustix::thread::{CapabilitySet, UnshareFlags, capabilities};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::time::Duration;

/// How long the door may take for a word. Nothing of it outlives that.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the kernel writes to have the group asked to end.
pub(crate) const TERM: u8 = b'T';
/// What the kernel writes to have everything ended.
pub(crate) const KILL: u8 = b'K';

/// Opens the door, tells the kernel what came of it, and watches.
pub(super) fn run(kernel: &mut UnixStream, plan: &Supervisor) -> io::Result<u8> {
    let door = read_frame(kernel)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    let (server, report) = match open(plan, &door) {
        Ok(opened) => opened,
        Err(refusal) => {
            say(kernel, &Word::Refused(refusal))?;
            return Ok(71);
        }
    };
    drop(door);
    // Only the server holds its pipes: their end is its end.
    let null = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdin(&null)?;
    rustix::stdio::dup2_stdout(&null)?;
    let pid = server.as_raw_nonzero().get().unsigned_abs();
    let told = say(kernel, &Word::Running { pid, report });
    let ended = if told.is_ok() { watch(kernel, server) } else { None };
    Ok(as_ended(tree::end(server, ended)))
}

fn open(plan: &Supervisor, door: &[u8]) -> Result<(Pid, Report), CageError> {
    let refused = |control: &'static str, call: &'static str| {
        move |error: io::Error| CageError::new(control, call, errno(&error), "lift what filters the call")
    };
    let hard = |result: rustix::io::Result<()>, control, call| result.map_err(|e| refused(control, call)(e.into()));
    hard(setsid().map(|_session| ()), "a session of its own", "setsid")?;
    hard(set_child_subreaper(Some(getpid())), "the reaper", "prctl(PR_SET_CHILD_SUBREAPER)")?;
    hard(limits::no_core(), "no core files", "setrlimit(RLIMIT_CORE)")?;
    let mut spaces = Vec::new();
    if plan.strict {
        spaces.push(namespaces(plan.net)?);
    }
    hard(set_dumpable_behavior(DumpableBehavior::NotDumpable), "hardening", "prctl(PR_SET_DUMPABLE)")?;
    let (mut channel, theirs) = UnixStream::pair().map_err(refused("the channel", "socketpair"))?;
    let (program, arguments) = plan
        .helper
        .split_first()
        .ok_or_else(|| CageError::new("the helper", "execve", "no command", "start it again"))?;
    let mut command = Command::new(program);
    command.args(arguments).env_clear().stderr(OwnedFd::from(theirs));
    let child = command.spawn().map_err(refused("the helper", "execve"))?;
    // Its copy of the door's end would hide that the door closed it.
    drop(command);
    let server = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let server = server.ok_or_else(|| CageError::new("the helper", "fork", "no pid", "start it again"))?;
    let heard = heard(&mut channel, plan.strict, door);
    match heard.unwrap_or_else(|error| Err(refused("the helper", "read")(error))) {
        Ok(mut report) => {
            spaces.append(&mut report.steps);
            Ok((server, Report { steps: spaces, ..report }))
        }
        Err(refusal) => {
            tree::end(server, None);
            Err(refusal)
        }
    }
}

/// What the door says until it closes the channel; the last word counts.
fn heard(channel: &mut UnixStream, strict: bool, door: &[u8]) -> io::Result<Result<Report, CageError>> {
    channel.set_read_timeout(Some(PATIENCE))?;
    channel.set_write_timeout(Some(PATIENCE))?;
    let parent = (!strict).then(|| getpid().as_raw_nonzero().get());
    write_frame(channel, &serde_json::to_vec(&Role::Door { parent })?)?;
    write_frame(channel, door)?;
    let mut last = Err(CageError::new("the helper", "execve", "no word of it", "start it again"));
    while let Some(frame) = read_frame(channel)? {
        last = match serde_json::from_slice(&frame)? {
            Word::Running { report, .. } => Ok(report),
            Word::Refused(refusal) => Err(refusal),
        };
    }
    Ok(last)
}

/// Namespaces for what is started next. Without the privilege, inside of a user namespace where the uid stays what it is.
#[expect(deprecated, reason = "the safe call; unsafe it is for shared descriptor tables, which are not asked for")]
fn namespaces(net: bool) -> Result<String, CageError> {
    use rustix::thread::unshare;
    let refused = |call: &'static str| {
        move |error: io::Error| {
            let remedy = "permit user namespaces (`sysctl user.max_user_namespaces`, \
                `kernel.apparmor_restrict_unprivileged_userns=0`), or ask for `cage.level = \"standard\"`";
            CageError::new("namespaces", call, errno(&error), remedy)
        }
    };
    let mut flags = UnshareFlags::NEWPID | UnshareFlags::NEWIPC | UnshareFlags::NEWUTS;
    let mut words = "namespaces: pid, ipc, uts".to_owned();
    if !net {
        flags |= UnshareFlags::NEWNET;
        words.push_str(", net");
    }
    let privileged = capabilities(None).is_ok_and(|held| held.effective.contains(CapabilitySet::SYS_ADMIN));
    if privileged {
        unshare(flags).map_err(|error| refused("unshare")(error.into()))?;
        return Ok(words);
    }
    let (user, group) = (geteuid().as_raw(), getegid().as_raw());
    unshare(flags | UnshareFlags::NEWUSER).map_err(|error| refused("unshare(CLONE_NEWUSER)")(error.into()))?;
    let map = |file: &str, text: String| std::fs::write(format!("/proc/self/{file}"), text);
    map("setgroups", "deny".to_owned())
        .and_then(|()| map("uid_map", format!("{user} {user} 1")))
        .and_then(|()| map("gid_map", format!("{group} {group} 1")))
        .map_err(refused("write(/proc/self/uid_map)"))?;
    Ok(format!("{words}, user"))
}

/// Waits for the end: of the server, of the kernel, or by command.
fn watch(kernel: &mut UnixStream, server: Pid) -> Option<WaitStatus> {
    let Ok(handle) = pidfd_open(server, PidfdFlags::empty()) else { return None };
    // Uid 0 has no limit of processes, and that of another is for all its servers: so the tree is counted.
    let mut counter = Counter::new();
    let pause = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    let mut ended = None;
    loop {
        let (asked, exited) = {
            let mut fds = [PollFd::new(kernel, PollFlags::IN), PollFd::new(&handle, PollFlags::IN)];
            match poll(&mut fds, Some(&pause)) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return ended,
            }
            let [asked, exited] = fds;
            (!asked.revents().is_empty(), !exited.revents().is_empty())
        };
        if exited || counter.over() {
            return ended;
        }
        if asked {
            let mut command = [KILL];
            match kernel.read(&mut command) {
                Ok(1) if command == [TERM] => tree::signal(server, Signal::TERM),
                Ok(_) | Err(_) => return ended,
            }
        } else {
            // Orphans of the server end as our children.
            tree::reap(server, &mut ended);
            if ended.is_some() {
                return ended;
            }
        }
    }
}

/// Notices that a tree grew past its limit, at the price of one small file.
struct Counter {
    base: usize,
}

impl Counter {
    fn new() -> Self {
        Self { base: Self::tasks() }
    }

    /// Tasks of the whole machine.
    fn tasks() -> usize {
        let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let total = text.split_whitespace().nth(3).and_then(|field| field.split_once('/')?.1.parse().ok());
        total.unwrap_or(usize::MAX)
    }

    fn over(&mut self) -> bool {
        let tasks = Self::tasks();
        if tasks < self.base.saturating_add(limits::TREE / 2) && tasks != usize::MAX {
            self.base = self.base.min(tasks);
            return false;
        }
        // The server is among them: none at all means that they cannot be counted.
        let below = tree::below();
        let threads = below.values().fold(0_usize, |sum, threads| sum.saturating_add(*threads));
        // Without its own, so that a large tree is counted each time.
        self.base = tasks.saturating_sub(threads);
        below.is_empty() || below.len() > limits::TREE || threads > limits::THREADS
    }
}

/// Ends as the server ended.
fn as_ended(status: Option<WaitStatus>) -> u8 {
    let Some(status) = status else { return 72 };
    if let Some(code) = status.exit_status() {
        return u8::try_from(code).unwrap_or(72);
    }
    let number = status.terminating_signal().unwrap_or_default();
    if let Some(signal) = Signal::from_named_raw(number) {
        let _ignored = kill_process(getpid(), signal);
    }
    // A signal that does not end us.
    u8::try_from(number.saturating_add(128)).unwrap_or(72)
}
