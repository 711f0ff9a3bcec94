//! What mediation costs over standard input and output: the same calls to the same server, directly, through a process that only
//! copies bytes both ways (no mediator of its own process can be faster), through Aegis with `durability = "os"`, and through a proxy that decides nothing (FastMCP's, where `AEGIS_BENCH_PYTHON` names a Python that has it).
//!
//! `cargo bench --bench load`

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

use load::{Kernel, Line, call, echo, mediated, said, state};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::fd::AsFd;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// As the executable that ships.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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

/// How often everything is measured, one after the other: a machine is not as fast all the time.
const ROUNDS: usize = 5;

/// A way to the server.
struct Road<'road> {
    name: &'static str,
    open: Box<dyn Fn() -> Command + 'road>,
    tool: &'static str,
    calls: usize,
    /// Of each round: median, p99 and longest call in microseconds, and calls a second.
    found: Vec<[f64; 4]>,
}

fn report() {
    let dir = state();
    let road = |name, open, tool, calls| Road { name, open, tool, calls, found: Vec::new() };
    let mut roads = vec![
        road("direct", Box::new(direct), "say", 20_000),
        road("relay", Box::new(relayed), "say", 20_000),
        road("aegis", Box::new(|| mediated(dir.path())), "echo__say", 20_000),
    ];
    match std::env::var_os("AEGIS_BENCH_PYTHON") {
        Some(python) => roads.push(road("fastmcp", Box::new(move || proxy(&python)), "say", 1_000)),
        None => println!("fastmcp: not measured, AEGIS_BENCH_PYTHON is not set"),
    }
    for _ in 0..ROUNDS {
        roads.iter_mut().for_each(Road::round);
    }
    println!("medians of {ROUNDS} rounds");
    println!(
        "{:<8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>12}",
        "", "calls", "p50 us", "added", "p99 us", "max us", "calls/s @64"
    );
    let median = |road: &Road<'_>, figure: usize| {
        let mut found: Vec<f64> = road.found.iter().map(|round| round[figure]).collect();
        found.sort_by(f64::total_cmp);
        found[found.len() / 2]
    };
    let bare = median(&roads[0], 0);
    for road in &roads {
        let [p50, p99, max, rate] = [0, 1, 2, 3].map(|figure| median(road, figure));
        let added = p50 - bare;
        println!("{:<8} {:>8} {p50:>8.1} {added:>8.1} {p99:>8.1} {max:>8.1} {rate:>12.0}", road.name, road.calls);
    }
}

impl Road<'_> {
    /// One call at a time for the latency, then 64 for the rate.
    fn round(&mut self) {
        let mut took = one_by_one(Line::open((self.open)(), self.tool), self.tool, self.calls);
        took.drain(..self.calls / 10);
        took.sort();
        let (all, whole, mut child) = Line::open((self.open)(), self.tool).load(self.calls, 64);
        child.wait().unwrap();
        let at = |share: usize| took[(took.len() - 1) * share / 100].as_secs_f64() * 1e6;
        self.found.push([at(50), at(99), at(100), all.len() as f64 / whole.as_secs_f64()]);
    }
}

/// How long each call takes, the first of them too.
fn one_by_one(mut line: Line, tool: &str, calls: usize) -> Vec<Duration> {
    let mut stdin = line.child.stdin.take().unwrap();
    let mut answers = BufReader::new(line.child.stdout.take().unwrap()).lines();
    let mut took = Vec::with_capacity(calls);
    for id in 0..calls {
        let line = format!("{}\n", call(tool, id));
        let begun = Instant::now();
        stdin.write_all(line.as_bytes()).unwrap();
        let answer: Value = loop {
            let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
            if answer["id"] == id {
                break answer;
            }
        };
        took.push(begun.elapsed());
        assert_eq!(answer["result"]["content"][0]["text"], said(id), "{answer}");
    }
    drop(stdin);
    line.child.wait().unwrap();
    took
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
    // A client that leaves closes the pipe.
    let _ended = std::io::copy(&mut from, &mut File::from(std::io::stdout().as_fd().try_clone_to_owned().unwrap()));
    server.wait().unwrap();
}

fn proxy(python: &std::ffi::OsStr) -> Command {
    let mut command = Command::new(python);
    command.args(["-c", PROXY]).arg(std::env::current_exe().unwrap());
    command
}
