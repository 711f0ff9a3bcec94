//! A kernel before a server that only says things again, and a client that keeps many calls open: all three are the executable
//! that includes this.

use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

aegis_macros::kernel!("manifests", "policy.toml");

/// The server: one line in, one line out.
pub(crate) fn echo() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let message: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let result = match message["method"].as_str() {
            Some("initialize") => json!({
                "protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "echo", "version": "0"},
            }),
            Some("tools/list") => json!({"tools": [{
                "name": "say", "description": "Say it again",
                "inputSchema": {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
            }]}),
            Some("tools/call") => {
                json!({"content": [{"type": "text", "text": message["params"]["arguments"]["text"]}]})
            }
            _ if message.get("id").is_none() => continue,
            _ => {
                let error = json!({"code": -32601, "message": "no such method"});
                writeln!(out, "{}", json!({"jsonrpc": "2.0", "id": message["id"], "error": error})).unwrap();
                continue;
            }
        };
        writeln!(out, "{}", json!({"jsonrpc": "2.0", "id": message["id"], "result": result})).unwrap();
        out.flush().unwrap();
    }
}

/// The executable again: the kernel.
pub(crate) fn mediated(state: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["serve", "--principal", "tester", "--state"]).arg(state);
    command
}

/// A state directory; the server lies in it, where the cage lets it run.
pub(crate) fn state() -> TempDir {
    let dir = super::support::private();
    fs::create_dir(dir.path().join("echo")).unwrap();
    fs::copy(std::env::current_exe().unwrap(), dir.path().join("echo/echo")).unwrap();
    dir
}

/// What a call has said again.
pub(crate) fn said(id: usize) -> String {
    format!("the {id}th thing that is said")
}

/// A call.
pub(crate) fn call(tool: &str, id: usize) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": tool, "arguments": {"text": said(id)}}})
}

/// A connection on which the handshake is done.
pub(crate) struct Line {
    pub(crate) child: Child,
    tool: &'static str,
}

impl Line {
    pub(crate) fn open(mut command: Command, tool: &'static str) -> Self {
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = Self { child, tool };
        let client = json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "load", "version": "0"}});
        line.send(&json!({"jsonrpc": "2.0", "id": "open", "method": "initialize", "params": client}));
        line.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        line
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{message}").unwrap();
    }

    /// Makes `calls` calls, `depth` of them open at a time; how long each took, and all of them.
    pub(crate) fn load(mut self, calls: usize, depth: usize) -> (Vec<Duration>, Duration, Child) {
        let (open, opened) = std::sync::mpsc::sync_channel::<()>(depth);
        let sent = std::sync::Mutex::new(HashMap::new());
        let mut stdin = BufWriter::new(self.child.stdin.take().unwrap());
        let mut lines = BufReader::new(self.child.stdout.take().unwrap()).lines();
        let (mut took, begun) = (Vec::with_capacity(calls), Instant::now());
        std::thread::scope(|scope| {
            let (sent, tool) = (&sent, self.tool);
            let writer = scope.spawn(move || {
                for id in 0..calls {
                    open.send(()).unwrap();
                    sent.lock().unwrap().insert(id, Instant::now());
                    writeln!(stdin, "{}", call(tool, id)).unwrap();
                    stdin.flush().unwrap();
                }
                stdin
            });
            while took.len() < calls {
                let answer: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
                let Some(id) = answer["id"].as_u64() else { continue };
                let id = usize::try_from(id).unwrap();
                let begun = sent.lock().unwrap().remove(&id).expect("one answer a call");
                took.push(begun.elapsed());
                assert_eq!(answer["result"]["content"][0]["text"], said(id), "{answer}");
                opened.recv().unwrap();
            }
            // A client that leaves cancels what is open, so the input stays until the last answer.
            drop(writer.join());
        });
        took.sort();
        (took, begun.elapsed(), self.child)
    }
}
