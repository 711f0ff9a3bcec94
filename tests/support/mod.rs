//! A raw client: JSON-RPC lines over the pipes of a real `aegis serve`.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

use rustix::process::Pid;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use tempfile::TempDir;

pub(crate) const AEGIS: &str = env!("CARGO_BIN_EXE_aegis");

/// Which revision of the protocol the client speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Era {
    Legacy,
    Modern,
}

/// An empty state directory: ours alone, else no kernel opens it.
pub(crate) fn private() -> TempDir {
    tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o700)).tempdir().unwrap()
}

/// A state directory with a small warehouse and a few objects.
pub(crate) fn state() -> TempDir {
    let dir = private();
    // A directory of its own: SQLite makes files beside the database, and the cage gives the server this directory only.
    fs::create_dir(dir.path().join("warehouse")).unwrap();
    let database = rusqlite::Connection::open(dir.path().join("warehouse/warehouse.db")).unwrap();
    for table in ["customers", "staging_customers", "gold_customers"] {
        database
            .execute_batch(&format!(
                "CREATE TABLE {table} (id INTEGER PRIMARY KEY, name TEXT, email TEXT, phone TEXT, ssn TEXT, created_at TEXT, country TEXT)"
            ))
            .unwrap();
    }
    for table in ["orders", "gold_orders"] {
        database
            .execute_batch(&format!(
                "CREATE TABLE {table} (id INTEGER PRIMARY KEY, customer_id INTEGER, amount_cents INTEGER, status TEXT, note TEXT, created_at TEXT)"
            ))
            .unwrap();
    }
    database.execute_batch("CREATE TABLE events (id INTEGER PRIMARY KEY, kind TEXT, payload TEXT, at TEXT)").unwrap();
    for table in ["customers", "staging_customers"] {
        database
            .execute_batch(&format!(
                "INSERT INTO {table} VALUES
                 (1, 'Wilhelmina Canary', 'wilhelmina.canary@example.com', '+493012345678', '123-45-6789', '2026-01-01', 'DE'),
                 (2, 'Balthazar Canary', NULL, NULL, NULL, '2026-01-02', 'FR')"
            ))
            .unwrap();
    }
    database
        .execute_batch(
            "INSERT INTO orders VALUES (1, 1, 999, 'paid', 'write to wilhelmina.canary@example.com', '2026-02-01')",
        )
        .unwrap();
    for tier in ["bronze", "silver", "gold"] {
        fs::create_dir_all(dir.path().join("objects").join(tier)).unwrap();
    }
    fs::write(dir.path().join("objects/silver/customers.csv"), CSV).unwrap();
    dir
}

/// A dataset that passes its checks.
pub(crate) const CSV: &str = "id,name,email,phone,ssn,created_at,country\n\
    1,Wilhelmina Canary,wilhelmina.canary@example.com,+493012345678,123-45-6789,2026-01-01,DE\n\
    2,Balthazar Canary,balthazar@example.com,,,2026-01-02,FR\n";

/// A client and its kernel.
pub(crate) struct Client {
    pub(crate) child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    era: Era,
    next: u64,
}

impl Client {
    pub(crate) fn open(state: &Path, era: Era) -> Self {
        Self::spawn(Path::new(AEGIS), state, era)
    }

    pub(crate) fn spawn(program: &Path, state: &Path, era: Era) -> Self {
        Self::over(&mut Command::new(program), state, era)
    }

    /// Over a command that has its environment already.
    pub(crate) fn over(command: &mut Command, state: &Path, era: Era) -> Self {
        let mut child = command
            .args(["serve", "--principal", "tester", "--state"])
            .arg(state)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut client = Self { child, stdin, stdout, era, next: 0 };
        if era == Era::Legacy {
            let params = json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}});
            let answer = client.request("initialize", params);
            assert_eq!(answer["result"]["protocolVersion"], "2025-11-25", "{answer}");
            client.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        } else {
            let answer = client.request("server/discover", json!({}));
            assert!(answer["result"].is_object(), "{answer}");
        }
        client
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let stdin = self.stdin.as_mut().unwrap();
        writeln!(stdin, "{message}").unwrap();
        stdin.flush().unwrap();
    }

    /// Sends without waiting; false once the pipe is gone.
    pub(crate) fn try_send(&mut self, message: &Value) -> bool {
        self.stdin.as_mut().is_some_and(|stdin| writeln!(stdin, "{message}").and_then(|()| stdin.flush()).is_ok())
    }

    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        self.heard(method, params).0
    }

    /// The answer, and what was said before it.
    pub(crate) fn heard(&mut self, method: &str, mut params: Value) -> (Value, Vec<Value>) {
        self.next += 1;
        if self.era == Era::Modern {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": {},
                "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
            });
        }
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let mut before = Vec::new();
        loop {
            let mut line = String::new();
            assert!(self.stdout.read_line(&mut line).unwrap() > 0, "the kernel closed its output");
            // Nothing but MCP on standard output.
            let message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == id {
                return (message, before);
            }
            before.push(message);
        }
    }

    pub(crate) fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let answer = self.request("tools/call", json!({"name": tool, "arguments": arguments}));
        assert!(answer["result"].is_object(), "{answer}");
        answer["result"].clone()
    }

    /// The code of a denial; panics on anything else.
    pub(crate) fn denied(&mut self, tool: &str, arguments: Value) -> (String, String) {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], true, "{result}");
        let data: Value = result["content"]
            .as_array()
            .unwrap()
            .iter()
            .find_map(|block| serde_json::from_str(block["text"].as_str()?).ok())
            .unwrap_or_else(|| panic!("no structured denial: {result}"));
        (data["code"].as_str().unwrap().to_owned(), data["rule"].as_str().unwrap_or("-").to_owned())
    }

    /// Closes the input.
    pub(crate) fn hang_up(&mut self) {
        drop(self.stdin.take());
    }

    /// Closes the input and waits for the end, whatever its code.
    pub(crate) fn end(mut self) -> Option<i32> {
        drop(self.stdin.take());
        self.child.wait().unwrap().code()
    }

    pub(crate) fn close(mut self) {
        drop(self.stdin.take());
        assert!(self.child.wait().unwrap().success());
    }
}

/// The interpreter with the official SDK: `AEGIS_TEST_PYTHON`, else an environment made here.
pub(crate) fn python() -> PathBuf {
    if let Some(python) = std::env::var_os("AEGIS_TEST_PYTHON") {
        return python.into();
    }
    let environment = target().join("venv");
    let python = environment.join("bin/python");
    let has =
        |python: &Path| Command::new(python).args(["-c", "import mcp"]).status().is_ok_and(|status| status.success());
    if !has(&python) {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&environment).status().unwrap();
        assert!(made.success(), "python3 with venv is needed for the client that nobody here wrote");
        let installed = Command::new(&python).args(["-m", "pip", "install", "--quiet", "mcp==2.3.0"]).status().unwrap();
        assert!(installed.success(), "the official Python SDK could not be installed");
    }
    python
}

/// Where this build's output stands.
pub(crate) fn target() -> &'static Path {
    Path::new(AEGIS).parent().unwrap().parent().unwrap()
}

/// The product's command line over a state directory.
pub(crate) fn aegis(arguments: &[&str], state: &Path) -> Output {
    Command::new(AEGIS).args(arguments).arg("--state").arg(state).output().unwrap()
}

/// The files of a state directory's logs; many calls fill more than one.
pub(crate) fn logs_of(state: &Path) -> Vec<PathBuf> {
    let mut logs: Vec<PathBuf> = fs::read_dir(state.join("audit"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    logs.sort();
    logs
}

/// The one log of a state directory.
pub(crate) fn log_of(state: &Path) -> PathBuf {
    logs_of(state).pop().unwrap()
}

/// The records of a log.
pub(crate) fn records(log: &Path) -> Vec<Value> {
    fs::read_to_string(log).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Builds the three-line crate, in the target directory that this test runs from.
pub(crate) fn embedder() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = target();
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--manifest-path"])
        .arg(root.join("tests/embedder/Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        .status()
        .unwrap();
    assert!(built.success(), "the three-line crate does not build");
    target.join("debug/embedder")
}

/// The process that serves `s3` for a kernel: the one that is no supervisor and has no children.
pub(crate) fn s3_of(client: &Client) -> Pid {
    let mut pending = vec![client.child.id()];
    while let Some(pid) = pending.pop() {
        let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
        let children: Vec<u32> = tasks
            .flat_map(|task| {
                let list = fs::read_to_string(task.unwrap().path().join("children")).unwrap_or_default();
                list.split_whitespace().map(|pid| pid.parse().unwrap()).collect::<Vec<u32>>()
            })
            .collect();
        let command = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        if children.is_empty() && command.contains("downstream\0s3\0") {
            return Pid::from_raw(pid.try_into().unwrap()).unwrap();
        }
        pending.extend(children);
    }
    panic!("the kernel has no object store");
}
