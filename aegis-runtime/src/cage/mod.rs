//! The cage: what a downstream can touch, and the helper that closes it.
//!
//! A downstream is started through two stages of this executable, since work between fork and exec in a threaded process must be
//! safe for signals, and needs `unsafe`. The *supervisor* is the tree's reaper: it ends everything the server left behind when the
//! server ends, when it is told to, and when the kernel is gone. The *door* is the process that becomes the server: it takes one
//! control after the other upon itself, reports each, and executes the program. Both are this executable again, told what to be
//! over their standard error, which is a socket; nothing of it stands in an argv.
//!
//! *Invariants.* A control that the level asks for and that cannot be had refuses the start, by name; nothing is left out in silence.
//! Nothing here is configurable but by the manifest, compiled in. A signal is never sent to a pid of 1 or below.

mod door;
mod files;
mod harden;
mod limits;
mod plan;
mod probe;
mod seccomp;
mod supervisor;
mod tree;

pub use files::is_system;
pub use harden::harden;
pub use plan::{CageError, Report};
pub use probe::{Attempt, Probe, attempts, probes};

pub(crate) use files::missing;
pub(crate) use plan::{Door, Supervisor, Word};
pub(crate) use probe::converse;
pub(crate) use supervisor::{KILL, TERM};

use plan::Role;
use std::process::ExitCode;

/// The argument that makes this executable a stage of the cage. Hidden: only the kernel starts it.
pub const ARGUMENT: &str = "__cage";

/// The command that re-executes this executable as a stage of the cage.
#[must_use]
pub fn helper() -> Vec<String> {
    vec!["/proc/self/exe".to_owned(), ARGUMENT.to_owned()]
}

/// Runs a stage of the cage; the first frame on standard error says which.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::from(stage())
}

/// Runs a stage, and returns the code it ends with.
pub(crate) fn stage() -> u8 {
    let arguments: Vec<String> = std::env::args().skip(2).collect();
    if let Some((probe::BREAK, arguments)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return probe::run(arguments).unwrap_or(70);
    }
    let ended = plan::channel().and_then(|(mut channel, role)| match role {
        Role::Supervisor(plan) => supervisor::run(&mut channel, &plan),
        Role::Door { parent } => door::run(&mut channel, parent),
    });
    ended.unwrap_or(70)
}
