//! A kernel over servers that do their worst.

#![allow(dead_code, reason = "each test file uses its own part")]

use super::support::{Client, Era};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

aegis_macros::kernel!("../hostile/manifests", "../hostile/policy.toml");

/// The value that must not get about.
pub(crate) const TOKEN: &str = "hunter2-hunter2";

/// A state directory with the servers' script, and a directory that some may write.
pub(crate) fn state() -> TempDir {
    let dir = super::support::private();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    fs::copy(scripts.join("server.py"), dir.path().join("server.py")).unwrap();
    fs::create_dir(dir.path().join("data")).unwrap();
    dir
}

pub(crate) fn kernel() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env("HOSTILE_TOKEN", TOKEN);
    command
}

pub(crate) fn open(state: &Path) -> Client {
    Client::over(&mut kernel(), state, Era::Legacy)
}

/// What a server's attempt came to: `{"done": …}` or `{"stopped": "EACCES"}`.
pub(crate) fn attempt(client: &mut Client, server: &str, what: &str, with: &str) -> Value {
    let result = client.call(&format!("{server}__try"), json!({"what": what, "with": with}));
    let text = result["content"][0]["text"].as_str().unwrap();
    serde_json::from_str(text).unwrap_or_else(|_| panic!("{what} {with}: {result}"))
}

/// The structured denial of a call: its code and why.
pub(crate) fn refusal(client: &mut Client, server: &str, what: &str) -> (String, String) {
    let result = client.call(&format!("{server}__try"), json!({"what": what}));
    let blocks = result["content"].as_array().unwrap();
    let data = blocks.iter().find_map(|block| serde_json::from_str::<Value>(block["text"].as_str()?).ok());
    let data = data.unwrap_or_else(|| panic!("no structured denial: {result}"));
    (data["code"].as_str().unwrap().to_owned(), data["why"].as_str().unwrap().to_owned())
}

/// Waits until a process is gone; a zombie is.
pub(crate) fn gone(pid: u64, within: Duration) {
    let begun = Instant::now();
    let stat = PathBuf::from(format!("/proc/{pid}/stat"));
    while fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") Z ")) {
        assert!(begun.elapsed() < within, "{pid} is alive: {:?}", fs::read_to_string(&stat));
        std::thread::sleep(Duration::from_millis(10));
    }
}
