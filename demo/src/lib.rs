//! The demo: one task, told twice over real stdio with real child processes; see `demo.md`.
//!
//! *Invariants.* The allow-everything twin is compiled in this package only. Seed data is generated; no line of it is a real person's.

pub mod agent;
pub mod seed;
pub mod story;

/// The allow-everything twin of the product's kernel.
pub mod twin {
    aegis_macros::kernel!("../manifests", "../policies/unguarded.toml", unguarded);
}
