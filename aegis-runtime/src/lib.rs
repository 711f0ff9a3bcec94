//! The mechanism of Aegis: it wires stdio, downstreams, masking, receipts and audit around a kernel compiled from policy.
//!
//! *Invariants.* No tool name and no rule stands in this crate; it reads no TOML. No posture and no bypass: what a
//! [`kernel::Kernel`] does not grant is not done.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::wildcard_enum_match_arm,
        reason = "tests may fail loudly"
    )
)]

pub mod audit;
pub mod cage;
pub mod decode;
pub mod denial;
pub mod downstream;
pub mod gate;
pub mod intercept;
mod invisible;
pub mod kernel;
pub mod mask;
pub mod native;
pub mod north;
pub mod own;
pub mod phase;
pub mod receipt;
pub mod spec;
mod spellings;
pub mod vocabulary;
