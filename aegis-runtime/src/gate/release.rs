//! release: the last move.

use super::outcome::Committed;
use crate::kernel::Kernel;
use crate::north::Reply;

/// Hands the reply to the wire.
#[must_use]
pub fn release<K: Kernel>(committed: Committed<K>) -> Reply {
    committed.reply
}
