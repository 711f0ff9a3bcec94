//! What an operator does at a terminal is in the log like what an agent does: as an instance of its own, opened, written, closed.

use crate::output::CommandError;
use crate::state::{self, State};
use aegis_runtime::audit::{KernelId, Log, LogOptions, Position, Record};
use aegis_runtime::kernel::Kernel;
use aegis_runtime::receipt::{Receipts, ReceiptsOptions};
use std::sync::Arc;

/// The log and the receipts of a state directory, with dead kernels looked after.
pub(crate) struct Session {
    pub(crate) log: Log,
    pub(crate) receipts: Arc<Receipts>,
}

impl Session {
    /// Opens both.
    pub(crate) fn open<K: Kernel>(state: &State, principal: String) -> Result<Self, CommandError> {
        let kernel = KernelId::new();
        let used_before = state.heads().exists();
        // First, and before anything is written: where a receipt stands, the logs are verified.
        let receipts = Receipts::open(ReceiptsOptions {
            path: state.receipts(),
            audit: state.audit(),
            heads: state.heads(),
            must_exist: used_before,
            kernel: kernel.to_string(),
            principal: principal.clone(),
            policy: K::SPEC.policy.digest,
        })
        .map_err(CommandError::refused)?;
        let (log, _recovery) = Log::open(LogOptions {
            dir: state.audit(),
            heads: state.heads(),
            kernel,
            policy: K::SPEC.policy.digest,
            principal,
            durability: K::SPEC.policy.durability,
            outcome: K::SPEC.policy.outcome,
            audit: K::SPEC.policy.audit,
        })
        .map_err(CommandError::refused)?;
        let told = log.clone();
        let receipts = receipts.heard_by(move |change| told.note(change.record()));
        receipts.recover().map_err(CommandError::refused)?;
        Ok(Self { log, receipts: Arc::new(receipts) })
    }

    /// Writes a record, durably.
    pub(crate) async fn record(&self, record: Record) -> Result<Position, CommandError> {
        self.log.durable(record).await.map_err(CommandError::refused)
    }
}

/// The operator, as the log names them.
pub(crate) fn name() -> String {
    format!("operator:{}", state::principal(None))
}

/// Opens a session, does one thing in it, and closes the log in order.
pub(crate) fn session<K: Kernel, T>(
    state: &State,
    work: impl AsyncFnOnce(&Session) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(CommandError::io("async runtime"))?;
    runtime.block_on(async {
        let session = Session::open::<K>(state, name())?;
        let done = work(&session).await;
        session.log.stop().await.map_err(CommandError::refused)?;
        done
    })
}
