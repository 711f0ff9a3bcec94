#![doc = include_str!("../README.md")]

/// The kernel compiled from `manifests/` and `policies/default.toml`, or from what `AEGIS_MANIFESTS` and `AEGIS_POLICY` named.
#[allow(
    clippy::all,
    unused_imports,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "generated; reviewed as tests/snapshots/kernel.rs"
)]
pub mod kernel {
    include!(concat!(env!("OUT_DIR"), "/kernel.rs"));
}

mod audit;
mod brake;
mod cli;
mod decide;
mod doctor;
mod drain;
mod estate;
mod explain;
mod import;
mod mask;
mod operator;
mod output;
mod program;
mod receipts;
mod scratch;
mod serve;
mod state;

use aegis_runtime::kernel::Kernel;
use std::process::ExitCode;

/// Whether a first argument is a command of [`main`], for a program that has words of its own beside them: those it must hand on.
#[must_use]
pub fn is_command(word: &str) -> bool {
    word == aegis_runtime::cage::ARGUMENT
        || <cli::Cli as clap::CommandFactory>::command().find_subcommand(word).is_some()
}

/// Runs the command line around a compiled kernel; `aegis` itself is `aegis::main::<aegis::kernel::Kernel>()`.
///
/// Exit codes: 0 done; 1 a failed check or tampered log; 2 usage or I/O; 3 an audit log that is consistent but unanchored;
/// 4 a torn tail only.
#[must_use]
pub fn main<K: Kernel>() -> ExitCode {
    // A stage of the cage: no word of it is for people, and it must not wait for the command line's own work.
    if std::env::args_os().nth(1).is_some_and(|first| first == aegis_runtime::cage::ARGUMENT) {
        return aegis_runtime::cage::main();
    }
    let version = format!(
        "{} (policy {} {}, posture {})",
        env!("CARGO_PKG_VERSION"),
        K::SPEC.policy.name,
        K::SPEC.policy.digest,
        K::SPEC.policy.posture
    );
    let matches = <cli::Cli as clap::CommandFactory>::command().version(version).get_matches();
    let cli = match <cli::Cli as clap::FromArgMatches>::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match cli.run::<K>() {
        Ok(code) => code,
        Err(error) => {
            output::complain(&error);
            ExitCode::from(2)
        }
    }
}
