//! A child process: its floor of an environment, its cage or its group, and its end.
//!
//! *Invariants.* A caged child's tree ends when its handle is dropped, so no early return leaves a process behind; so does the group
//! of a command that yields a credential. A signal is never sent to a group id of 1 or below, which would mean everything. No shell.

use crate::cage::{self, Door, KILL, Report, Supervisor, TERM, Word};
use crate::spec::CageLevel;
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::process::{Child, Command};

/// Where programs are looked for.
pub(super) const PATH: &str = "/usr/local/bin:/usr/bin:/bin";
const AFTER_CLOSE: Duration = Duration::from_secs(2);
const AFTER_TERM: Duration = Duration::from_secs(3);
const AFTER_KILL: Duration = Duration::from_secs(5);
const OPENING: Duration = Duration::from_secs(15);

/// The variables every child has.
pub(super) fn floor(home: &str) -> Vec<(String, String)> {
    let user = ["USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let user = user.unwrap_or_else(|| "aegis".to_owned());
    let fixed =
        [("HOME", home), ("LOGNAME", &user), ("PATH", PATH), ("SHELL", "/bin/sh"), ("TERM", "dumb"), ("USER", &user)];
    fixed.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// A command with the floor for an environment and a process group of its own.
pub(super) fn command<'a>(program: &Path, arguments: impl Iterator<Item = &'a str>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().envs(floor("/")).process_group(0).kill_on_drop(true);
    command
}

/// A server in its cage. When it is dropped, its supervisor sees the channel close and ends the tree; the server's group is killed
/// from here besides, in case that something ended the supervisor first.
#[derive(Debug)]
pub(super) struct Caged {
    /// The supervisor, which ends as the server ends.
    pub(super) child: Child,
    /// The server's process, which is also its process group.
    pub(super) pid: u32,
    /// The cage as it was closed.
    pub(super) report: Report,
    channel: UnixStream,
    _group: Group,
}

/// Starts a program in its cage.
pub(super) async fn caged(helper: &[String], level: CageLevel, door: Door) -> Result<Caged, String> {
    let failed = |error: io::Error| format!("its cage cannot be opened: {error}");
    let plan = Supervisor { helper: helper.to_vec(), strict: level == CageLevel::Strict, net: door.net };
    let (program, arguments) = helper.split_first().ok_or("the cage has no helper")?;
    let (mut channel, theirs) = UnixStream::pair().map_err(failed)?;
    channel.set_read_timeout(Some(OPENING)).map_err(failed)?;
    let mut command = Command::new(program);
    command.args(arguments).env_clear().current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(OwnedFd::from(theirs));
    let child = command.spawn().map_err(failed)?;
    // Holds the other end of the channel.
    drop(command);
    let opening = tokio::task::spawn_blocking(move || {
        let word = cage::converse(&mut channel, plan, &door)?;
        Ok::<_, io::Error>((channel, word))
    });
    match opening.await {
        Ok(Ok((channel, Word::Running { pid, report }))) => {
            Ok(Caged { child, pid, report, channel, _group: Group::led_by(pid) })
        }
        Ok(Ok((_, Word::Refused(error)))) => Err(error.to_string()),
        Ok(Err(error)) => Err(failed(error)),
        Err(_) => Err(failed(io::ErrorKind::Interrupted.into())),
    }
}

impl Caged {
    /// Asks the supervisor for something; one that is gone has ended the tree already.
    fn ask(&mut self, what: u8) {
        let _gone = self.channel.write_all(&[what]);
    }

    /// Ends a server whose input is closed already: 2 s, TERM to its group, 3 s, the end of the tree.
    pub(super) async fn end(mut self) -> Option<ExitStatus> {
        for (patience, then) in [(AFTER_CLOSE, TERM), (AFTER_TERM, KILL)] {
            if let Ok(status) = tokio::time::timeout(patience, self.child.wait()).await {
                return status.ok();
            }
            self.ask(then);
        }
        if let Ok(status) = tokio::time::timeout(AFTER_KILL, self.child.wait()).await {
            return status.ok();
        }
        // A supervisor that does not end was tampered with; the server dies with it.
        let _gone = self.child.kill().await;
        self.child.wait().await.ok()
    }
}

/// A process group; killed when dropped.
#[derive(Debug)]
pub(super) struct Group(Option<Pid>);

impl Group {
    /// The group that a child leads.
    pub(super) fn of(child: &Child) -> Self {
        child.id().map_or(Self(None), Self::led_by)
    }

    fn led_by(pid: u32) -> Self {
        Self(i32::try_from(pid).ok().filter(|pid| *pid > 1).and_then(Pid::from_raw))
    }

    fn signal(&self, signal: Signal) {
        if let Some(group) = self.0 {
            // Fails only where the group is gone already.
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
    }
}

/// `exit 3` or `signal 9`.
pub(super) fn status_words(status: &ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => "unknown".to_owned(),
    }
}
