//! A server that no manifest names yet: started in a cage, asked for what it offers, and ended. `aegis import` drafts from it.
//!
//! *Invariants.* It is called no tool, and asked for no resource and no prompt. It gets a cage, an emptied environment and the same
//! limits as any server. Its standard error is read from a file that we opened before it ran, so it cannot have us read another.

use super::handshake::{self, HandshakeError};
use super::wire::Wire;
use super::{DownstreamError, Offered, executable, offer, process};
use crate::cage::{self, Door};
use crate::spec::CageLevel;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout, timeout_at};

const LIMIT: Duration = Duration::from_secs(60);
/// How long a server that failed may take to end.
const ENDING: Duration = Duration::from_secs(2);
/// How much of the end of its standard error is told, in bytes.
const SAID: u64 = 4096;

/// A server to look at.
#[derive(Debug)]
pub struct Inspection {
    /// argv.
    pub command: Vec<String>,
    /// Variables beyond the floor's, credentials among them.
    pub env: Vec<(String, String)>,
    /// How strong its cage is.
    pub level: CageLevel,
    /// Whether it may use the network.
    pub net: bool,
    /// What it may read.
    pub read: Vec<PathBuf>,
    /// What it may write.
    pub write: Vec<PathBuf>,
    /// A directory of ours, to be its home.
    pub home: PathBuf,
    /// What `aegis` as a program means.
    pub executable: PathBuf,
    /// [`cage::helper`].
    pub helper: Vec<String>,
}

/// Why a look came to nothing.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct LookError {
    /// Why.
    pub error: DownstreamError,
    /// Whether the server ran.
    pub ran: bool,
    /// `exit 3` or `signal 9`, where the server ended.
    pub status: Option<String>,
    /// The end of what it said on its standard error, at most 4 KiB: its own words, raw.
    pub said: String,
}

impl From<DownstreamError> for LookError {
    fn from(error: DownstreamError) -> Self {
        Self { error, ran: false, status: None, said: String::new() }
    }
}

/// Starts it, in the older era where it leaves at the newer one's probe, and reads what it offers.
///
/// # Errors
/// Why it does not start, speak or list.
pub async fn inspect(what: &Inspection) -> Result<Vec<Offered>, LookError> {
    let until = Instant::now() + LIMIT;
    match once(what, false, until).await? {
        Some(offered) => Ok(offered),
        None => {
            let left = || DownstreamError::unavailable("the server ended during the handshake").into();
            once(what, true, until).await?.ok_or_else(left)
        }
    }
}

async fn once(what: &Inspection, legacy: bool, until: Instant) -> Result<Option<Vec<Offered>>, LookError> {
    let (program, arguments) =
        what.command.split_first().ok_or_else(|| DownstreamError::unavailable("its command is empty"))?;
    if let Some(path) = cage::missing(what.read.iter().chain(&what.write).map(PathBuf::as_path)) {
        return Err(DownstreamError::unavailable(format!("`{}` is not there", path.display())).into());
    }
    let (said, mut saying) = said(what, legacy)?;
    let mut env = process::floor(&what.home.to_string_lossy());
    env.extend(what.env.iter().cloned());
    let door = Door {
        level: what.level.into(),
        net: what.net,
        program: executable::find(program, &what.executable, &what.home)?,
        arguments: arguments.to_vec(),
        env,
        home: what.home.clone(),
        read: what.read.clone(),
        write: what.write.clone(),
        said: Some(said),
    };
    let caged = process::caged(&what.helper, what.level, door).await;
    let mut caged = caged.map_err(DownstreamError::unavailable)?;
    let pipes = caged.child.stdout.take().zip(caged.child.stdin.take());
    let (read, write) = pipes.ok_or_else(|| DownstreamError::unavailable("the server has no pipes"))?;
    let (wire, calls) = Wire::open(read, write, Arc::new(|_kind| {}));
    // Where the connection ended by what was said, that is why; also of a list that it need not have.
    let blamed = |came| calls.fault().map_or(came, |reason| Err(DownstreamError::Malformed { reason }));
    let looked = timeout_at(until, async {
        match handshake::open(wire, Arc::new(Notify::new()), legacy).await {
            Ok(mut running) => {
                let offered = blamed(offer::all(running.peer()).await.map(Some));
                let _closed = running.close_with_timeout(Duration::from_secs(1)).await;
                offered
            }
            Err(HandshakeError::Left) => Ok(None),
            Err(HandshakeError::Failed(error)) => blamed(Err(error)),
        }
    });
    let late = || Err(DownstreamError::unavailable("the server was not ready within 60 s"));
    let (looked, in_time) = looked.await.map_or_else(|_| (late(), false), |looked| (looked, true));
    // One that we would have to end says nothing by how it ends.
    let ended = timeout(ENDING, caged.child.wait()).await.ok().and_then(Result::ok).filter(|_| in_time);
    caged.end().await;
    looked.map_err(|error| LookError {
        error,
        ran: true,
        status: ended.as_ref().map(process::status_words),
        said: tail(&mut saying).unwrap_or_default(),
    })
}

/// A new file for its standard error, in its home.
fn said(what: &Inspection, legacy: bool) -> Result<(PathBuf, File), DownstreamError> {
    let path = what.home.join(if legacy { ".stderr-again" } else { ".stderr" });
    let file = OpenOptions::new().read(true).append(true).create_new(true).mode(0o600).open(&path);
    let failed = |error: io::Error| DownstreamError::unavailable(format!("`{}`: {error}", path.display()));
    file.map(|file| (path.clone(), file)).map_err(failed)
}

fn tail(file: &mut File) -> io::Result<String> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(SAID)))?;
    let mut bytes = Vec::new();
    file.take(SAID).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
