//! What mediation costs over standard input and output: the same calls to the same server, directly, through a process that only
//! copies bytes both ways (no mediator of its own process can be faster), through Aegis with `durability = "os"`, and through a proxy that decides nothing (FastMCP's, where `AEGIS_BENCH_PYTHON` names a Python that has it).
//!
//! `cargo bench --bench load`; as what ships is compiled, which takes several times as long:
//! `CARGO_PROFILE_BENCH_LTO=thin CARGO_PROFILE_BENCH_CODEGEN_UNITS=1 cargo bench --bench load`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark may fail loudly"
)]

#[path = "../tests/load/mod.rs"]
mod load;
#[path = "../tests/support/mod.rs"]
mod support;

use load::{Kernel, Line, echo, mediated, state};
use std::fs::File;
use std::os::fd::AsFd;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

/// FastMCP's proxy before the same executable.
const PROXY: &str = "
import sys
from fastmcp.server import create_proxy
config = {'mcpServers': {'echo': {'command': sys.argv[1], 'args': ['echo']}}}
create_proxy(config).run(show_banner=False)
";

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("echo") => echo(),
        Some("relay") => relay(),
        Some("serve" | "__cage") => return aegis::main::<Kernel>(),
        _ => report(),
    }
    ExitCode::SUCCESS
}

fn report() {
    println!("{:<12} {:>8} {:>10} {:>10} {:>10} {:>12}", "", "calls", "p50 us", "p99 us", "max us", "calls/s @64");
    row("direct", || Line::open(direct(), "say"), 20_000);
    row("relay", || Line::open(relayed(), "say"), 20_000);
    let dir = state();
    row("aegis", || Line::open(mediated(dir.path()), "echo__say"), 20_000);
    match std::env::var_os("AEGIS_BENCH_PYTHON") {
        Some(python) => row("fastmcp", || Line::open(proxy(&python), "say"), 1_000),
        None => println!("fastmcp: not measured, AEGIS_BENCH_PYTHON is not set"),
    }
}

/// The executable again: the server by itself.
fn direct() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("echo");
    command
}

/// The server behind a process that only copies.
fn relayed() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("relay");
    command
}

fn relay() {
    let mut server = direct().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut to, mut from) = (server.stdin.take().unwrap(), server.stdout.take().unwrap());
    std::thread::spawn(move || std::io::copy(&mut std::io::stdin().lock(), &mut to));
    std::io::copy(&mut from, &mut File::from(std::io::stdout().as_fd().try_clone_to_owned().unwrap())).unwrap();
    server.wait().unwrap();
}

fn proxy(python: &std::ffi::OsStr) -> Command {
    let mut command = Command::new(python);
    command.args(["-c", PROXY]).arg(std::env::current_exe().unwrap());
    command
}

/// One call at a time for the latency, then 64 for the rate.
fn row(name: &str, open: impl Fn() -> Line, calls: usize) {
    open().load(calls / 10, 1).2.wait().unwrap();
    let (took, _, mut child) = open().load(calls, 1);
    child.wait().unwrap();
    let (all, whole, mut child) = open().load(calls, 64);
    child.wait().unwrap();
    let at = |share: usize| micros(took[(took.len() - 1) * share / 100]);
    let rate = all.len() as f64 / whole.as_secs_f64();
    println!("{name:<12} {calls:>8} {:>10.1} {:>10.1} {:>10.1} {rate:>12.0}", at(50), at(99), at(100));
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
