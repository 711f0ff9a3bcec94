//! What this machine has of the cage, and an attempt to get out of one: `aegis doctor`.
//!
//! *Invariants.* The attempts run in a real cage at level `standard` without network, by the same two stages as a server. An attempt
//! changes nothing where it works, but for a file that it removes again.

use super::files;
use super::plan::{CageError, Door, Level, Role, Supervisor, Word, read_frame, write_frame};
use rustix::process::{Pid, test_kill_process};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{TcpListener, UdpSocket};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Second argument of a stage: the program in the probe's cage.
pub(super) const BREAK: &str = "break";

/// One control as this machine has it.
#[derive(Debug)]
pub struct Probe {
    /// The control.
    pub control: &'static str,
    /// What was seen, or what is lacking.
    pub found: Result<String, String>,
}

/// What one attempt to get out of a cage came to.
#[derive(Debug, Serialize, Deserialize)]
pub struct Attempt {
    /// What was tried.
    pub what: String,
    /// The error that stopped it; none where it worked.
    pub stopped: Option<String>,
}

/// Looks at every control. `home` is a directory of ours that stands in for a server's.
#[must_use]
pub fn probes(home: &Path) -> Vec<Probe> {
    let seccomp = || {
        let known = fs::read_to_string("/proc/sys/kernel/seccomp/actions_avail").unwrap_or_default();
        let has = known.split_whitespace().any(|action| action == "errno");
        if has {
            Ok(known.trim().to_owned())
        } else {
            Err("the kernel has no seccomp filters (CONFIG_SECCOMP_FILTER)".into())
        }
    };
    let inherited = rustix::thread::no_new_privs().map(|set| if set { "set already" } else { "can be set" }.to_owned());
    let words = |error: CageError| error.to_string();
    let spaces = within(home, Level::Strict, Path::new("/"), 0).map(|_attempts| "a strict cage opens".to_owned());
    vec![
        Probe { control: "landlock", found: files::probe().map_err(words) },
        Probe { control: "seccomp", found: seccomp() },
        Probe { control: "no_new_privs", found: inherited.map_err(|error| error.to_string()) },
        Probe { control: "namespaces", found: spaces },
    ]
}

/// Tries to get out of a cage at level `standard`.
///
/// # Errors
/// The cage does not open; the words say which control is lacking.
pub fn attempts(home: &Path, state: &Path) -> Result<Vec<Attempt>, String> {
    within(home, Level::Standard, state, std::process::id())
}

fn within(home: &Path, level: Level, state: &Path, pid: u32) -> Result<Vec<Attempt>, String> {
    let failed = |error: io::Error| format!("the probe's cage cannot be opened: {error}");
    let program = std::env::current_exe().map_err(failed)?;
    let arguments = [super::ARGUMENT, BREAK, &state.to_string_lossy(), &pid.to_string()].map(str::to_owned).into();
    let door = Door {
        level,
        net: false,
        program,
        arguments,
        env: Vec::new(),
        home: home.to_owned(),
        read: Vec::new(),
        write: Vec::new(),
        said: None,
    };
    let plan = Supervisor { helper: super::helper(), strict: level == Level::Strict, net: false };
    let (mut channel, theirs) = UnixStream::pair().map_err(failed)?;
    channel.set_read_timeout(Some(Duration::from_secs(15))).map_err(failed)?;
    let mut command = Command::new("/proc/self/exe");
    command.arg(super::ARGUMENT).env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(OwnedFd::from(theirs));
    let mut child = command.spawn().map_err(failed)?;
    drop(command);
    let word = converse(&mut channel, plan, &door).map_err(failed)?;
    let mut text = String::new();
    if let (Word::Running { .. }, Some(mut stdout)) = (&word, child.stdout.take()) {
        stdout.read_to_string(&mut text).map_err(failed)?;
    }
    child.wait().map_err(failed)?;
    match word {
        Word::Running { .. } => serde_json::from_str(&text).map_err(|error| failed(error.into())),
        Word::Refused(error) => Err(error.to_string()),
    }
}

/// Tells the stages what they are, and hears what came of it.
pub(crate) fn converse(channel: &mut UnixStream, plan: Supervisor, door: &Door) -> io::Result<Word> {
    write_frame(channel, &serde_json::to_vec(&Role::Supervisor(plan))?)?;
    write_frame(channel, &zeroize::Zeroizing::new(serde_json::to_vec(door)?))?;
    let word = read_frame(channel)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(serde_json::from_slice(&word)?)
}

/// The program in the probe's cage: tries everything, and prints what stopped it.
pub(super) fn run(arguments: &[String]) -> io::Result<u8> {
    let state = arguments.first().map(PathBuf::from).unwrap_or_default();
    let pid = arguments.get(1).and_then(|pid| pid.parse().ok()).and_then(Pid::from_raw);
    let planted = state.join("planted-by-the-probe");
    let plant = |path: &Path| File::create_new(path).and_then(|_planted| fs::remove_file(path));
    let signalled = || pid.map_or(Err(rustix::io::Errno::SRCH), test_kill_process);
    let memory = format!("/proc/{}/environ", pid.map_or(1, |pid| pid.as_raw_nonzero().get()));
    let attempts = [
        ("list the state directory", fs::read_dir(&state).map(drop)),
        ("write into the state directory", plant(&planted)),
        ("read another process's environment", fs::read(memory).map(drop)),
        ("signal the kernel", signalled().map_err(io::Error::from)),
        ("limit the kernel", limited(pid)),
        ("change an attribute of the state directory", attributed(&state)),
        ("read /etc/shadow", File::open("/etc/shadow").map(drop)),
        ("write into /tmp", plant(Path::new("/tmp/planted-by-the-aegis-probe"))),
        ("open a TCP socket", TcpListener::bind("127.0.0.1:0").map(drop)),
        ("open a UDP socket", UdpSocket::bind("127.0.0.1:0").map(drop)),
        ("open a local socket", UnixDatagram::unbound().map(drop)),
        ("open a pair of datagram sockets", UnixDatagram::pair().map(drop)),
        ("make a namespace", namespace()),
    ];
    let attempts = attempts.map(|(what, came)| Attempt {
        what: what.to_owned(),
        stopped: came.err().map(|error| super::plan::errno(&error)),
    });
    io::stdout().lock().write_all(&serde_json::to_vec(&attempts)?)?;
    Ok(0)
}

/// Sets no limit to what it was; that it may is what is asked.
fn limited(pid: Option<Pid>) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, prlimit};
    let same = Rlimit { current: None, maximum: None };
    Ok(prlimit(pid, Resource::Cpu, same).map(drop)?)
}

fn attributed(path: &Path) -> io::Result<()> {
    use rustix::fs::{XattrFlags, removexattr, setxattr};
    setxattr(path, "user.aegis-probe", b"x", XattrFlags::empty())?;
    Ok(removexattr(path, "user.aegis-probe")?)
}

#[expect(deprecated, reason = "the safe call; unsafe it is for shared descriptor tables, which are not asked for")]
fn namespace() -> io::Result<()> {
    Ok(rustix::thread::unshare(rustix::thread::UnshareFlags::NEWUSER)?)
}
