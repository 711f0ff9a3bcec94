//! settle: receipts meet their fate before anything is said.

use super::case::Case;
use super::reserve::Holds;
use super::transform::Masked;
use crate::denial::{Code, Denial};
use crate::kernel::Kernel;
use crate::mask::Report;
use crate::north::{Reply, denial_result};
use crate::receipt::{Fate, Receipts};
use std::marker::PhantomData;

/// A masked result whose receipts are settled.
pub struct Settled<K: Kernel> {
    pub(super) reply: Reply,
    pub(super) denial: Option<Denial>,
    pub(super) report: Report,
    pub(super) fate: Option<Fate>,
    pub(super) case: Case,
    kernel: PhantomData<K>,
}

/// Consumes, releases or burns what was reserved, and ends the writer. A failure to settle is said instead of the result;
/// the reservation then stays and the next start burns it.
pub fn settle<K: Kernel>(masked: Masked<K>, receipts: &Receipts) -> Settled<K> {
    let Masked { reply, denial, report, fate, holds, case, .. } = masked;
    let spent = holds.spend.is_some();
    let settled = close(holds, fate, receipts);
    let fate = spent.then_some(fate);
    match settled {
        Ok(()) => Settled { reply, denial, report, fate, case, kernel: PhantomData },
        Err(failed) => {
            let reply = denial_result(&failed).into();
            Settled { reply, denial: Some(failed), report, fate, case, kernel: PhantomData }
        }
    }
}

/// Releases what was reserved for a call that never happened.
pub(super) fn give_back(holds: Holds, receipts: &Receipts) -> Result<(), Denial> {
    close(holds, Fate::Released, receipts)
}

fn close(holds: Holds, fate: Fate, receipts: &Receipts) -> Result<(), Denial> {
    let unavailable = |error: crate::receipt::ReceiptError| Denial::new(Code::StateUnavailable, error.to_string());
    if let Some(hold) = holds.spend {
        receipts.settle(hold, fate).map_err(unavailable)?;
    }
    if let Some(write) = holds.write {
        receipts.end_write(write).map_err(unavailable)?;
    }
    Ok(())
}
