//! The kernel's own tools: validate, promote, status.
//!
//! *Invariants.* The agent passes the name of a dataset and nothing else; locations, checks and receipts are the kernel's own.
//! What these tools read never goes north: the validator answers with counts and row ordinals, not with cells.

pub mod checks;
mod files;
mod objects;
mod pieces;
mod promote;
mod road;
mod staging;
mod status;
mod tables;
mod validate;

use crate::audit::{CallId, Log};
use crate::denial::{Code, Denial};
use crate::downstream::{Progress, South};
use crate::intercept::dataset_named;
use crate::receipt::{Brake, Fate, Hold, Leave, Receipts};
use crate::spec::{DatasetSpec, Native, Spec};
use rmcp::model::CallToolResult;
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio::sync::mpsc::Sender;
use tokio_util::sync::CancellationToken;

/// The kernel's own tools, with what they need.
pub struct Natives {
    spec: &'static Spec,
    log: Log,
    receipts: Arc<Receipts>,
    brake: Arc<Brake>,
    scratch: PathBuf,
}

/// How a native call reaches south, and who hears of its progress.
pub(crate) struct Visitor<'call> {
    pub(crate) south: &'call South,
    pub(crate) leave: Leave,
    pub(crate) cancel: CancellationToken,
    pub(crate) progress: Option<Sender<Progress>>,
}

/// What one native call has at hand.
struct Visit<'call> {
    natives: &'call Natives,
    call: &'call CallId,
    south: &'call South,
    /// Looked at before each step.
    leave: Leave,
    cancel: CancellationToken,
    progress: Option<Sender<Progress>>,
    /// Bytes read so far, over all objects: progress never goes back.
    read: AtomicU64,
}

impl Natives {
    /// Takes the log, the receipts, the brake, and a directory where the keys of rows may be sorted on disk.
    #[must_use]
    pub fn new(spec: &'static Spec, log: Log, receipts: Arc<Receipts>, brake: Arc<Brake>, scratch: PathBuf) -> Self {
        Self { spec, log, receipts, brake, scratch }
    }

    /// Runs a native tool; says with the result what becomes of the receipts that were reserved for it.
    pub(crate) async fn run(
        &self,
        native: Native,
        arguments: &Map<String, Value>,
        hold: Option<&Hold>,
        call: &CallId,
        visitor: Visitor<'_>,
    ) -> (Result<CallToolResult, Denial>, Fate) {
        let Visitor { south, leave, cancel, progress } = visitor;
        let visit = Visit { natives: self, call, south, leave, cancel, progress, read: AtomicU64::new(0) };
        match native {
            Native::Status => answered(status::run(self, south)),
            Native::Validate => answered(match self.dataset(arguments) {
                Ok(dataset) => validate::run(&visit, dataset).await,
                Err(denial) => Err(denial),
            }),
            Native::Promote => match self.dataset(arguments) {
                Ok(dataset) => promote::run(&visit, dataset, hold).await,
                Err(denial) => (Err(denial), Fate::Released),
            },
        }
    }

    /// Whether what is held for a call, whose decision is in the log by now, is held for no other.
    pub(crate) fn is_alone(&self, hold: &Hold, call: &CallId) -> Result<(), Denial> {
        self.receipts.is_alone(hold, call).map_err(|error| Denial::new(error.code(), error.to_string()))
    }

    fn dataset(&self, arguments: &Map<String, Value>) -> Result<&'static DatasetSpec, Denial> {
        arguments
            .get("dataset")
            .and_then(Value::as_str)
            .ok_or_else(|| Denial::new(Code::UnknownDataset, ""))
            .and_then(|name| self.named(name))
    }

    fn named(&self, name: &str) -> Result<&'static DatasetSpec, Denial> {
        dataset_named(self.spec, name).ok_or_else(|| Denial::new(Code::UnknownDataset, ""))
    }
}

/// A tool that changes nothing: what was spent for an answer is spent, what was spent for none comes back.
fn answered(result: Result<CallToolResult, Denial>) -> (Result<CallToolResult, Denial>, Fate) {
    let fate = if result.is_ok() { Fate::Consumed } else { Fate::Released };
    (result, fate)
}
