//! The gate: one call as a chain of moves, each of which consumes the proof of the one before.
//!
//! ```text
//! decode → Call ─screen→ Screened ─snapshot→ Evidence ─decide→ Permit ─bind→ Bound ─reserve→ Reserved
//!        ─intent→ Intent ─execute→ Raw ─transform→ Masked ─settle→ Settled ─outcome→ Committed ─release→ reply
//! Denial ─refuse→ Committed ─release→ reply
//! ```
//!
//! *Invariants.* Every proof has private fields and one constructor, the move that earns it; none is `Clone`, `Default` or
//! `Deserialize`; all are branded by the kernel, so that two policies do not mix. There is no other road from the agent's
//! bytes to a downstream, nor back, and no switch that shortens this one.

mod ask;
mod bind;
mod call;
mod case;
mod decide;
mod execute;
mod intent;
mod mediator;
mod outcome;
mod payload;
mod release;
mod reserve;
mod screen;
mod settle;
mod transform;

pub use bind::{Bound, bind};
pub use call::{Call, decode};
pub use case::Case;
pub use decide::{Permit, Snapshot, decide, snapshot};
pub(crate) use execute::denial_of;
pub use execute::{Raw, Stop, execute};
pub use intent::{Intent, intent};
pub use mediator::{Mediator, MediatorParts};
pub use outcome::{Committed, outcome, refuse};
pub use release::release;
pub use reserve::{Reserved, reserve};
pub use screen::{Screened, capability_names, screen};
pub use settle::{Settled, settle};
pub use transform::{Masked, transform};
