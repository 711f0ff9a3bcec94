//! reserve: receipts are taken before anything is done, and a writer announces itself.

use super::bind::Bound;
use crate::audit::CallId;
use crate::denial::{Code, Denial};
use crate::intercept::Touch;
use crate::kernel::Kernel;
use crate::receipt::{Brake, Hold, Leave, Receipts, WriteHold, halted};
use crate::spec::{DatasetSpec, Location, Place};
use std::sync::Arc;

/// A bound call with the receipts it will spend in hand.
pub struct Reserved<K: Kernel> {
    pub(super) bound: Bound<K>,
    pub(super) holds: Holds,
    /// Looked at again before anything goes south.
    pub(super) leave: Leave,
}

/// What must be settled after the call, whatever became of it.
#[derive(Default)]
pub(crate) struct Holds {
    pub(crate) spend: Option<Hold>,
    pub(crate) write: Option<WriteHold>,
}

/// Looks at the brake, takes receipts for calls that spend some, and voids those of every dataset whose silver location the call can write.
/// A call that does neither never touches the state database.
///
/// # Errors
/// `Halted`, `ReceiptTaken`, `WriterInFlight`, `StateUnavailable`.
pub fn reserve<K: Kernel>(
    bound: Bound<K>,
    call: &CallId,
    receipts: &Receipts,
    brake: &Arc<Brake>,
) -> Result<Reserved<K>, Denial> {
    let leave = brake.leave(K::SPEC, bound.screened.call.tool);
    leave.look().map_err(halted)?;
    let ids: Vec<String> = bound.grant.spends.iter().map(|(_, id)| id.clone()).collect();
    let written = written_datasets(K::SPEC.datasets, &bound.screened.finding.touches);
    let mut holds = Holds::default();
    if !written.is_empty() {
        holds.write =
            Some(receipts.begin_write(&written, call).map_err(|error| Denial::new(error.code(), error.to_string()))?);
    }
    if !ids.is_empty() {
        match receipts.reserve(&ids, call) {
            Ok(hold) => holds.spend = Some(hold),
            Err(error) => {
                if let Some(write) = holds.write {
                    receipts
                        .end_write(write)
                        .map_err(|error| Denial::new(Code::StateUnavailable, error.to_string()))?;
                }
                return Err(Denial::new(error.code(), error.to_string()));
            }
        }
    }
    Ok(Reserved { bound, holds, leave })
}

/// The datasets whose silver location the call can write, and those whose checks look rows up there.
fn written_datasets<'spec>(datasets: &'spec [DatasetSpec], touches: &[Touch]) -> Vec<&'spec str> {
    let written = |dataset: &DatasetSpec| touches.iter().any(|touch| covers(touch, &dataset.silver));
    let depends = |dataset: &DatasetSpec| {
        let referred = dataset.references().filter_map(|id| datasets.get(usize::from(id.0)));
        written(dataset) || referred.into_iter().any(written)
    };
    datasets.iter().filter(|dataset| depends(dataset)).map(|dataset| dataset.name).collect()
}

fn covers(touch: &Touch, location: &Location) -> bool {
    match (touch, location.place) {
        (Touch::Object { server, key }, Place::Object(object)) => *server == location.server && key == object,
        (Touch::Object { server, key }, Place::Prefix(prefix)) => *server == location.server && key.starts_with(prefix),
        (Touch::Table { server, name }, Place::Table(table)) => *server == location.server && name == table,
        (Touch::Object { .. }, Place::Table(_)) | (Touch::Table { .. }, Place::Object(_) | Place::Prefix(_)) => false,
    }
}
