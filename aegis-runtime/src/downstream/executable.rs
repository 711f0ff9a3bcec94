//! From a manifest's command to a program that can be named in the audit, and a home to run it in.
//!
//! *Invariants.* The program is resolved once a start, to an absolute path; a relative one is refused, since it would depend on
//! where the agent started us. `aegis` is this executable. No shell and no expansion but `${state}` and,
//! in arguments and variables, `${estate}`.

use super::DownstreamError;
use super::process::PATH;
use crate::audit::hex;
use crate::own;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A text of the manifest with the state directory in its place.
pub(super) fn expand(text: &str, state: &Path) -> Result<String, DownstreamError> {
    if !text.contains("${state}") {
        return Ok(text.to_owned());
    }
    let state = state.to_str().ok_or_else(|| DownstreamError::unavailable("the state directory is not UTF-8"))?;
    Ok(text.replace("${state}", state))
}

/// The program of a command, as an absolute path.
pub(super) fn find(program: &str, own: &Path, state: &Path) -> Result<PathBuf, DownstreamError> {
    if program == "aegis" {
        return Ok(own.to_owned());
    }
    let path = PathBuf::from(expand(program, state)?);
    if path.is_absolute() {
        return Ok(path);
    }
    if program.contains('/') {
        return Err(DownstreamError::unavailable(format!(
            "the command `{program}` is relative; name it absolutely or below `${{state}}`"
        )));
    }
    let found = PATH.split(':').map(|directory| Path::new(directory).join(program)).find(|path| runnable(path));
    found.ok_or_else(|| DownstreamError::unavailable(format!("the command `{program}` is not in `{PATH}`")))
}

fn runnable(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// SHA-256 of a regular file's bytes, lower-case hex.
///
/// # Errors
/// What cannot be read.
pub fn digest_of(path: &Path) -> io::Result<String> {
    // Looked at before it is opened: opening a pipe would wait.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let (mut file, mut hasher, mut block) = (File::open(path)?, Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hex(&hasher.finalize())),
            read => hasher.update(block.get(..read).unwrap_or_default()),
        }
    }
}

/// The same of a program, for a start.
pub(super) async fn digest(program: PathBuf) -> Result<String, DownstreamError> {
    let shown = program.display().to_string();
    match tokio::task::spawn_blocking(move || digest_of(&program)).await {
        Ok(Ok(digest)) => Ok(digest),
        Ok(Err(error)) => {
            Err(DownstreamError::unavailable(format!("the command `{shown}` cannot be read: {}", error.kind())))
        }
        Err(_) => Err(DownstreamError::unavailable(format!("the command `{shown}` cannot be read"))),
    }
}

/// The private home of a server, created where it is missing.
pub(super) fn home(server: &str, state: &Path) -> Result<PathBuf, DownstreamError> {
    let homes = state.join("home");
    let home = homes.join(server);
    let made = own::directory(&homes).and_then(|()| own::directory(&home));
    made.map_err(|error| DownstreamError::unavailable(format!("its home: {error}")))?;
    Ok(home)
}
