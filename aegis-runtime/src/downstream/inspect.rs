//! A server that no manifest names yet: started in a cage, asked for what it offers, and ended. `aegis import` drafts from it.
//!
//! *Invariants.* It is called no tool, and asked for no resource and no prompt. It gets a cage, an emptied environment and the same limits as any server.

use super::handshake::{self, HandshakeError};
use super::wire::{Calls, Wire};
use super::{DownstreamError, Offered, executable, offer, process};
use crate::cage::{self, Door};
use crate::spec::CageLevel;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(60);

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

/// Starts it, in the older era where it leaves at the newer one's probe, and reads what it offers.
///
/// # Errors
/// Why it does not start, speak or list.
pub async fn inspect(what: &Inspection) -> Result<Vec<Offered>, DownstreamError> {
    let looked = timeout(LIMIT, async {
        match once(what, false).await? {
            Some(offered) => Ok(offered),
            None => {
                let left = || DownstreamError::unavailable("the server ended during the handshake");
                once(what, true).await?.ok_or_else(left)
            }
        }
    });
    looked.await.unwrap_or_else(|_| Err(DownstreamError::unavailable("the server was not ready within 60 s")))
}

async fn once(what: &Inspection, legacy: bool) -> Result<Option<Vec<Offered>>, DownstreamError> {
    let (program, arguments) =
        what.command.split_first().ok_or_else(|| DownstreamError::unavailable("its command is empty"))?;
    if let Some(path) = cage::missing(what.read.iter().chain(&what.write).map(PathBuf::as_path)) {
        return Err(DownstreamError::unavailable(format!("`{}` is not there", path.display())));
    }
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
    };
    let caged = process::caged(&what.helper, what.level, door).await;
    let mut caged = caged.map_err(DownstreamError::unavailable)?;
    let pipes = caged.child.stdout.take().zip(caged.child.stdin.take());
    let (read, write) = pipes.ok_or_else(|| DownstreamError::unavailable("the server has no pipes"))?;
    let wire = Wire::new(read, write, Calls::default(), Arc::new(|_kind| {}));
    let offered = match handshake::open(wire, Arc::new(Notify::new()), legacy).await {
        Ok(mut running) => {
            let offered = offer::all(running.peer()).await;
            let _closed = running.close_with_timeout(Duration::from_secs(1)).await;
            offered.map(Some)
        }
        Err(HandshakeError::Left) => Ok(None),
        Err(HandshakeError::Failed(error)) => Err(error),
    };
    caged.end().await;
    offered
}
