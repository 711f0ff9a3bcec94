//! A scripted server behind the real road to servers, and what tests ask of it.

use super::super::{DownstreamError, South, SouthCall, SouthEvent, SouthOptions};
use crate::receipt::{Brake, Leave};
use crate::spec::nothing::{NOTHING, TOOL};
use crate::spec::{CageLevel, CageSpec, Origin, PinSpec, ServerId, ServerSpec, Spec, ToolSpec};
use rmcp::model::CallToolResult;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub(super) const NAMES: [&str; 16] = [
    "asks",
    "burst",
    "cancelled",
    "deaf",
    "die",
    "echo",
    "env",
    "fork",
    "hang",
    "huge",
    "loud",
    "mutate",
    "noise",
    "refuse",
    "slow",
    "wrong",
];

pub(super) struct Bench {
    pub(super) south: Arc<South>,
    pub(super) events: mpsc::UnboundedReceiver<SouthEvent>,
    pub(super) secrets: Arc<Mutex<Vec<String>>>,
    pub(super) state: tempfile::TempDir,
}

pub(super) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(super) fn server(mode: &'static str) -> ServerSpec {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers/scripted.py");
    ServerSpec {
        name: mode,
        command: leak(["python3", "-I", "-S", script, mode]),
        env: &[],
        secrets: &[],
        sha256: &[],
        timeout: Duration::from_secs(20),
        max_total: Duration::from_secs(40),
        cage: CageSpec { level: CageLevel::Minimal, net: false, read: &[], write: &[] },
    }
}

pub(super) fn tool(server: u16, name: &'static str) -> ToolSpec {
    let input_schema = match name {
        "echo" => r#"{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}"#,
        "wrong" => r#"{"type":"object","properties":{"kind":{"type":"string"}},"required":["kind"]}"#,
        "slow" => r#"{"type":"object","properties":{"steps":{"type":"integer"}},"required":["steps"]}"#,
        _ => r#"{"type":"object","properties":{}}"#,
    };
    let origin = Origin::Downstream(ServerId(server));
    ToolSpec { wire: name, dotted: name, name, origin, title: name, description: name, input_schema, ..TOOL }
}

pub(super) fn bench(servers: Vec<ServerSpec>) -> Bench {
    bench_of(servers, |_| None)
}

/// A server whose tools are pinned as the test says.
pub(super) fn pinned(mode: &'static str, pin: fn(&ToolSpec) -> Option<PinSpec>) -> Bench {
    bench_of(vec![server(mode)], pin)
}

pub(super) fn bench_of(servers: Vec<ServerSpec>, pin: fn(&ToolSpec) -> Option<PinSpec>) -> Bench {
    assert!(std::path::Path::new("/usr/bin/python3").exists(), "these tests need python3 in /usr/bin");
    let tools = (0_u16..).zip(&servers).flat_map(|(index, _)| NAMES.map(|name| tool(index, name)));
    let tools = tools.map(|tool| ToolSpec { pin: pin(&tool), ..tool }).collect::<Vec<_>>();
    let (sender, events) = mpsc::unbounded_channel();
    let (state, secrets) = (tempfile::tempdir().unwrap(), Arc::new(Mutex::new(Vec::new())));
    let learned = secrets.clone();
    let options = SouthOptions {
        state: state.path().to_owned(),
        executable: "/nonexistent/aegis".into(),
        helper: helper(),
        on_secret: Arc::new(move |secret| learned.lock().unwrap().push(secret.to_owned())),
        masked: Arc::new(|text| Some(text.replace("hunter2-hunter2", "[HELD]"))),
        events: sender,
    };
    Bench { south: Arc::new(South::start(leak(spec_of(servers, tools)), options)), events, secrets, state }
}

pub(super) fn spec_of(servers: Vec<ServerSpec>, tools: Vec<ToolSpec>) -> Spec {
    Spec { servers: leak(servers), tools: leak(tools), ..NOTHING }
}

/// The stages of the cage are this test executable again. Its harness writes on standard output, so that goes elsewhere and the
/// server's pipe stands at 3.
pub(super) fn helper() -> Vec<String> {
    let script = r#"exec "$0" --exact downstream::tests::stage --nocapture --test-threads=1 3>&1 >/dev/null"#;
    let own = std::env::current_exe().unwrap().to_str().unwrap().to_owned();
    ["/bin/sh", "-c", script, &own].map(str::to_owned).into()
}

pub(super) fn one(mode: &'static str) -> Bench {
    bench(vec![server(mode)])
}

pub(super) fn request(tool: &'static str, arguments: Value) -> SouthCall {
    let arguments = arguments.as_object().unwrap().clone();
    let leave = under(Brake::at("/halt.json".into()), tool);
    SouthCall { tool, arguments, leave, cancel: CancellationToken::new(), progress: None }
}

/// Leave of a brake for a tool of the first server.
pub(super) fn under(brake: Brake, name: &'static str) -> Leave {
    Arc::new(brake).leave(leak(spec_of(Vec::new(), Vec::new())), leak(tool(0, name)))
}

impl Bench {
    pub(super) async fn call(&self, tool: &'static str, arguments: Value) -> Result<CallToolResult, DownstreamError> {
        self.south.call(ServerId(0), request(tool, arguments)).await
    }

    pub(super) async fn said(&self, tool: &'static str, arguments: Value) -> Value {
        said(&self.call(tool, arguments).await.unwrap())
    }

    /// Waits until the server was told of one cancellation: it travels behind the answer we got.
    pub(super) async fn cancelled(&self) {
        let told = async { while self.said("cancelled", json!({})).await.as_array().unwrap().len() != 1 {} };
        tokio::time::timeout(Duration::from_secs(10), told).await.expect("the cancellation");
    }

    pub(super) async fn event(&mut self, mut wanted: impl FnMut(&SouthEvent) -> bool) -> SouthEvent {
        let found = async {
            loop {
                let event = self.events.recv().await.unwrap();
                if wanted(&event) {
                    return event;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), found).await.expect("the event")
    }
}

pub(super) fn said(result: &CallToolResult) -> Value {
    serde_json::from_str(&result.content[0].as_text().unwrap().text).unwrap()
}
