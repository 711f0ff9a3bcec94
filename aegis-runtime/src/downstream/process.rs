//! Spawning: an argv that was compiled in, an environment built from nothing.

use super::{DownstreamError, SouthOptions, secret};
use crate::spec::ServerSpec;
use rustix::process::{Pid, Signal, kill_process_group};
use sha2::{Digest, Sha256};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::{Child, Command};

/// Where programs are looked for, by us and by the child.
pub(super) const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// A started child, and the digest of its program.
pub(super) struct Spawned {
    pub(super) child: Child,
    pub(super) pid: u32,
    pub(super) program: String,
}

/// Starts a server's process.
pub(super) async fn spawn(server: &'static ServerSpec, options: &SouthOptions) -> Result<Spawned, DownstreamError> {
    let unavailable = |reason: String| DownstreamError::Unavailable { reason };
    let state = options.state.to_string_lossy();
    let mut words = server.command.iter().map(|word| word.replace("${state}", &state));
    let name = words.next().unwrap_or_default();
    let program = if name == "aegis" { Some(options.executable.clone()) } else { find(&name) };
    let program = program.ok_or_else(|| unavailable(format!("program `{name}` is not there")))?;
    let digest = digest(&program).map_err(|error| unavailable(format!("program `{name}`: {error}")))?;
    let home = home(server.name, &options.state).map_err(|error| unavailable(format!("private home: {error}")))?;
    let mut command = Command::new(&program);
    command.args(words).env_clear();
    let floor = [("LOGNAME", "aegis"), ("USER", "aegis"), ("SHELL", "/bin/sh"), ("TERM", "dumb"), ("PATH", PATH)];
    command.envs(floor).env("HOME", &home).current_dir(&home);
    command.envs(server.env.iter().map(|(name, value)| (*name, value.replace("${state}", &state))));
    for spec in server.secrets {
        let resolved = secret::resolve(spec.source).await;
        let value = resolved.map_err(|reason| DownstreamError::Secret { variable: spec.variable, reason })?;
        (options.on_secret)(&value);
        command.env(spec.variable, value.as_str());
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0).kill_on_drop(true);
    let child = command.spawn().map_err(|error| unavailable(format!("program `{name}`: {error}")))?;
    let pid = child.id().ok_or_else(|| unavailable("it ended at once".to_owned()))?;
    Ok(Spawned { child, pid, program: digest })
}

/// Signals the whole group of a child that we started. A group of 0 or 1 would be our own, or everybody's.
pub(super) fn signal_group(pid: u32, signal: Signal) {
    let group = i32::try_from(pid).ok().filter(|pid| *pid > 1).and_then(Pid::from_raw);
    if let Some(group) = group {
        // It may be gone already.
        let _ignored = kill_process_group(group, signal);
    }
}

fn find(name: &str) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|path| path.is_file());
    }
    PATH.split(':').map(|dir| Path::new(dir).join(name)).find(|path| path.is_file())
}

fn digest(program: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(program)?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        let read = std::io::Read::read(&mut file, &mut buffer)?;
        match buffer.get(..read) {
            Some(bytes) if read > 0 => hasher.update(bytes),
            Some(_) | None => return Ok(crate::audit::hex(&hasher.finalize())),
        }
    }
}

/// A home of the server's own, 0700.
fn home(server: &str, state: &Path) -> std::io::Result<PathBuf> {
    let home = state.join("home").join(server);
    DirBuilder::new().recursive(true).mode(0o700).create(&home)?;
    Ok(home)
}
