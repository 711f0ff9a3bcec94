//! A child process: its floor of an environment, its group, and its end.
//!
//! *Invariants.* Every child leads its own process group, and the group is killed when its handle is dropped, so no early
//! return leaves a process behind. A signal is never sent to a group id of 1 or below, which would mean everything. No shell.

use rustix::process::{Pid, Signal, kill_process_group};
use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;
use tokio::process::{Child, Command};

/// Where programs are looked for.
pub(super) const PATH: &str = "/usr/local/bin:/usr/bin:/bin";
const AFTER_CLOSE: Duration = Duration::from_secs(2);
const AFTER_TERM: Duration = Duration::from_secs(3);

/// A command with the floor for an environment and a process group of its own.
pub(super) fn command<'a>(program: &Path, arguments: impl Iterator<Item = &'a str>) -> Command {
    let user = ["USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let user = user.unwrap_or_else(|| "aegis".to_owned());
    let mut command = Command::new(program);
    command.args(arguments).env_clear().process_group(0).kill_on_drop(true);
    command.envs([("PATH", PATH), ("SHELL", "/bin/sh"), ("TERM", "dumb"), ("HOME", "/")]);
    command.env("LOGNAME", &user).env("USER", &user);
    command
}

/// A process group; killed when dropped.
#[derive(Debug)]
pub(super) struct Group(Option<Pid>);

impl Group {
    /// The group that a child leads.
    pub(super) fn of(child: &Child) -> Self {
        let raw = child.id().and_then(|id| i32::try_from(id).ok()).filter(|id| *id > 1);
        Self(raw.and_then(Pid::from_raw))
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

/// Ends a child whose input is closed already: 2 s, TERM to its group, 3 s, KILL. What it left in its group is killed too.
pub(super) async fn end(mut child: Child, group: Group) -> Option<ExitStatus> {
    if let Ok(status) = tokio::time::timeout(AFTER_CLOSE, child.wait()).await {
        return status.ok();
    }
    group.signal(Signal::TERM);
    if let Ok(status) = tokio::time::timeout(AFTER_TERM, child.wait()).await {
        return status.ok();
    }
    group.signal(Signal::KILL);
    child.wait().await.ok()
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
