//! The compiler of Aegis: TOML manifests and a policy in, the Rust of a kernel out.
//!
//! TOML text → spanned model → resolved IR → checks → tokens → formatted `kernel.rs` and `matrix.txt`; [`compile::compile`] is
//! the whole of it.
//!
//! *Invariants.* The output is a function of the files' relative paths and bytes: no clock, no absolute path, no hash order.
//! Nothing here depends on the runtime; the emitted code names it by `::aegis_runtime::…` paths.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "tests may fail loudly"
    )
)]

pub mod build;
mod check;
pub mod compile;
pub mod diag;
mod digest;
pub mod emit;
pub mod interpret;
pub mod ir;
pub mod matrix;
pub mod model;
mod native;
mod resolve;
pub mod source;
