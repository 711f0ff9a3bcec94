//! The official conformance suite, in both eras: every scenario of its requirement sets that a server of tools, resources and
//! prompts on standard input and output can be asked for. The suite also holds each message against the specification's own JSON schema.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

#[path = "support/runner.rs"]
mod runner;
mod support;

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

aegis_macros::kernel!("conformance/manifests", "conformance/policy.toml");

const RUNNER: &str = "@modelcontextprotocol/conformance@0.2.0-alpha.12";
const NODE: &str = "node@24.21.0";

/// What a kernel does not declare: the beginnings of the scenarios' names, and why.
const UNDECLARED: &[(&str, &str)] = &[
    ("resources-subscribe", "what is read does not change by itself"),
    ("resources-unsubscribe", "what is read does not change by itself"),
    ("completion-", "servers are not asked to complete arguments"),
    ("logging-", "servers' log messages are not passed on"),
    ("tools-call-with-logging", "servers' log messages are not passed on"),
    ("tools-call-sampling", "servers may not ask for samples"),
    ("tools-call-elicitation", "servers may not ask the person"),
    ("elicitation-", "servers may not ask the person"),
    ("input-required-", "servers may not ask for input"),
    ("server-sse-", "of the HTTP transport, which is the bridge's"),
    ("dns-rebinding-", "of the HTTP transport, which is the bridge's"),
];

/// The same of single checks.
const UNDECLARED_CHECKS: &[(&str, &str)] = &[
    ("sep-2575-server-rejects-undeclared-capability", "no call relies on a capability of the client's"),
    ("sep-2575-missing-capability-http-400", "no call relies on a capability of the client's"),
];

fn main() -> ExitCode {
    runner::main::<Kernel>(&[
        ("the_revision_of_2025", || revision("2025-11-25", 18)),
        ("the_revision_of_2026", || revision("2026-07-28", 19)),
    ])
}

/// The suite and a Node.js that can run it, installed once below the target directory.
fn suite() -> PathBuf {
    let target = std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("conformance");
    let script = target.join("node_modules/@modelcontextprotocol/conformance/dist/index.js");
    if !script.exists() {
        fs::create_dir_all(&target).unwrap();
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"]).arg(&target).args([NODE, RUNNER]);
        let installed = npm.status();
        assert!(
            installed.is_ok_and(|status| status.success()),
            "npm is needed for the conformance suite that nobody here wrote"
        );
    }
    target
}

fn conformance(suite: &Path) -> Command {
    let mut command = Command::new(suite.join("node_modules/.bin/node"));
    command.arg(suite.join("node_modules/@modelcontextprotocol/conformance/dist/index.js"));
    command
}

/// Scenarios for servers that a revision requires.
fn required(suite: &Path, revision: &str) -> Vec<String> {
    let output = conformance(suite).args(["list", "--requirements", revision]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let servers = text.split("Server scenarios").nth(1).unwrap().split("Client scenarios").next().unwrap();
    servers.lines().filter_map(|line| line.trim().strip_prefix("- ")).map(str::to_owned).collect()
}

/// The bridge, ended with its port.
struct Bridge {
    child: Child,
    port: u16,
}

impl Bridge {
    fn open(state: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/bridge.py");
        let mut child = Command::new("python3")
            .arg(script)
            .arg("suite__")
            .arg(std::env::current_exe().unwrap())
            .args(["serve", "--principal", "tester", "--state"])
            .arg(state)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, port: line.trim().parse().unwrap() }
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn revision(revision: &str, least: usize) {
    let suite = suite();
    let dir = support::private();
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/server.py");
    fs::copy(server, dir.path().join("server.py")).unwrap();
    let bridge = Bridge::open(dir.path());
    let url = format!("http://127.0.0.1:{}/mcp", bridge.port);
    let (mut ran, mut failed) = (0, Vec::new());
    for scenario in required(&suite, revision) {
        if let Some((_, why)) = UNDECLARED.iter().find(|(prefix, _)| scenario.starts_with(prefix)) {
            eprintln!("  {revision} {scenario}: not declared ({why})");
            continue;
        }
        let results = dir.path().join("results").join(&scenario);
        let output = conformance(&suite)
            .args(["server", "--url", &url, "--scenario", &scenario, "--spec-version", revision, "--output-dir"])
            .arg(&results)
            .output()
            .unwrap();
        let checks = checks(&results);
        assert!(!checks.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
        let bad = checks.iter().filter(|check| {
            let undeclared = UNDECLARED_CHECKS.iter().any(|(id, _)| check["id"] == *id);
            !["SUCCESS", "INFO", "SKIPPED"].iter().any(|good| check["status"] == *good) && !undeclared
        });
        let before = failed.len();
        failed.extend(bad.map(|check| format!("{scenario} {}: {}", check["id"], check["errorMessage"])));
        eprintln!("  {revision} {scenario}: {} checks, {} failed", checks.len(), failed.len() - before);
        ran += 1;
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(ran >= least, "{ran} scenarios");
}

/// Every check that a run of the suite wrote down.
fn checks(results: &Path) -> Vec<Value> {
    let runs = fs::read_dir(results).into_iter().flatten();
    let files = runs.map(|run| fs::read(run.unwrap().path().join("checks.json")).unwrap());
    files.flat_map(|file| serde_json::from_slice::<Vec<Value>>(&file).unwrap()).collect()
}
