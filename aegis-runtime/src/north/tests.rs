//! Raw lines through the real protocol loop, in both eras.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use super::{
    Ask, CallReply, CallRequest, Catalogue, DENIAL_META, Door, NorthError, Rejection, denial_result, serve_on,
};
use crate::denial::{Code, Denial};
use crate::downstream::Progress;
use crate::spec::nothing::TOOL;
use crate::spec::{AuditLevel, Native, Origin, Phase, RuleSpec, ToolSpec};
use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

static TOOLS: [ToolSpec; 1] = [ToolSpec {
    wire: "demo__echo",
    dotted: "demo.echo",
    name: "echo",
    origin: Origin::Native(Native::Status),
    title: "Echo",
    description: "Says it again",
    input_schema: r#"{"type":"object","properties":{"z":{"type":"string"},"a":{"type":"integer"}},"additionalProperties":false}"#,
    ..TOOL
}];
static RULE: RuleSpec = RuleSpec {
    id: "no-destructive-ops",
    why: "an agent never drops",
    phase: Phase::Block,
    remedy: Some("ask a human"),
    audit: AuditLevel::Meta,
};

/// A door with a tool of each temper.
struct Fake {
    rejections: Mutex<Vec<Rejection>>,
    calls: Mutex<Vec<String>>,
    running: AtomicUsize,
    most: AtomicUsize,
    cancelled: AtomicUsize,
    gate: Semaphore,
    answered: AtomicUsize,
}

impl Door for Fake {
    fn catalogue(&self) -> Catalogue {
        Catalogue::of(&TOOLS)
    }

    fn lanes(&self) -> usize {
        2
    }

    fn lane(&self, ask: &Ask) -> usize {
        usize::from(ask.text() == "demo__deny")
    }

    async fn call(&self, request: CallRequest) -> CallReply {
        let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(running, Ordering::SeqCst);
        self.calls.lock().unwrap().push(format!("{:?} {}", request.rpc, request.progress.is_some()));
        let text = match request.ask.text() {
            "demo__echo" => Value::from(request.arguments).to_string(),
            "demo__deny" => {
                let denial = Denial::by_rule(Code::Blocked, &RULE).at("/sql", Some((0, 4)));
                self.running.fetch_sub(1, Ordering::SeqCst);
                return CallReply::Result(Box::new(denial_result(&denial).into()));
            }
            "demo__wait" => {
                tokio::select! {
                    () = request.cancel.cancelled() => { self.cancelled.fetch_add(1, Ordering::SeqCst); }
                    permit = self.gate.acquire() => permit.unwrap().forget(),
                }
                "waited".to_owned()
            }
            "demo__burst" => {
                // The gate masks progress in a task of its own: it may still be at it when the call returns.
                if let Some(progress) = request.progress {
                    tokio::spawn(async move {
                        for number in [1, 2, 3, 3, 2, 4].into_iter().chain(5..=100) {
                            tokio::task::yield_now().await;
                            let message = Some(format!("step {number}"));
                            progress
                                .send(Progress { progress: f64::from(number), total: None, message })
                                .await
                                .unwrap();
                        }
                    });
                }
                "burst".to_owned()
            }
            "demo__panic" => panic!("inside the door"),
            _ => return CallReply::UnknownTool,
        };
        self.running.fetch_sub(1, Ordering::SeqCst);
        self.answered.fetch_add(1, Ordering::SeqCst);
        CallReply::Result(Box::new(CallToolResult::success(vec![ContentBlock::text(text)]).into()))
    }

    fn reject(&self, rejection: Rejection) {
        self.rejections.lock().unwrap().push(rejection);
    }
}

struct Client {
    door: Arc<Fake>,
    read: BufReader<ReadHalf<DuplexStream>>,
    write: WriteHalf<DuplexStream>,
    served: JoinHandle<Result<(), NorthError>>,
    stop: CancellationToken,
}

impl Client {
    fn new() -> Self {
        let door = Arc::new(Fake {
            rejections: Mutex::default(),
            calls: Mutex::default(),
            running: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            cancelled: AtomicUsize::new(0),
            gate: Semaphore::new(0),
            answered: AtomicUsize::new(0),
        });
        let (ours, theirs) = tokio::io::duplex(1024 * 1024);
        let ((read, write), (input, output)) = (tokio::io::split(ours), tokio::io::split(theirs));
        let stop = CancellationToken::new();
        let served = tokio::spawn(serve_on(door.clone(), input, output, stop.clone()));
        Self { door, read: BufReader::new(read), write, served, stop }
    }

    async fn line(&mut self, line: &str) {
        self.write.write_all(line.as_bytes()).await.unwrap();
        self.write.write_all(b"\n").await.unwrap();
    }

    async fn send(&mut self, message: Value) {
        self.line(&message.to_string()).await;
    }

    async fn receive(&mut self) -> Value {
        let mut line = String::new();
        let read = self.read.read_line(&mut line);
        tokio::time::timeout(Duration::from_secs(10), read).await.expect("an answer").unwrap();
        serde_json::from_str(&line).unwrap()
    }

    async fn ask(&mut self, message: Value) -> Value {
        let id = message["id"].clone();
        self.send(message).await;
        let answer = self.receive().await;
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// A client that said `initialize`.
    async fn legacy(version: &str) -> (Self, Value) {
        let mut client = Self::new();
        let params =
            json!({"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "t\u{1b}", "version": "1"}});
        let answer = client.ask(json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params})).await;
        client.send(json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
        (client, answer)
    }

    async fn until(&self, counter: &AtomicUsize, wanted: usize) {
        let reached = async {
            while counter.load(Ordering::SeqCst) < wanted {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), reached).await.expect("the count");
    }
}

fn call(id: impl Into<Value>, tool: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id.into(), "method": "tools/call", "params": {"name": tool, "arguments": {"a": 1}}})
}

fn modern(id: i64, method: &str, params: Value) -> Value {
    let mut params = params;
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "new", "version": "2"},
    });
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

#[tokio::test]
async fn the_initialize_era_lists_and_calls() {
    for (asked, agreed) in [("2025-06-18", "2025-06-18"), ("2025-11-25", "2025-11-25"), ("2099-01-01", "2025-11-25")] {
        let (mut client, hello) = Client::legacy(asked).await;
        assert_eq!(hello["result"]["protocolVersion"], agreed);
        assert_eq!(hello["result"]["capabilities"], json!({"tools": {}}));
        assert_eq!(hello["result"]["serverInfo"]["name"], "aegis");
        let pong = client.ask(json!({"jsonrpc": "2.0", "id": "p", "method": "ping"})).await;
        assert_eq!(pong["result"], json!({}));
        let list = client.ask(json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"})).await;
        let tool = &list["result"]["tools"][0];
        assert_eq!(tool["inputSchema"].to_string(), TOOLS[0].input_schema, "key order is kept");
        assert_eq!((&tool["name"], &tool["title"]), (&json!("demo__echo"), &json!("Echo")));
        let hints =
            json!({"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false});
        assert_eq!(tool["annotations"], hints);
        assert!(list["result"].get("resultType").is_none() && list["result"].get("ttlMs").is_none());
        let answer = client.ask(call("x", "demo__echo")).await;
        assert_eq!(answer["result"], json!({"content": [{"type": "text", "text": "{\"a\":1}"}], "isError": false}));
        let seen = client.door.calls.lock().unwrap().remove(0);
        assert!(seen.contains(&format!(r#"id: "\"x\"", protocol: "{agreed}""#)), "{seen}");
        assert!(seen.contains("u{1b}") && !seen.contains('\u{1b}') && seen.ends_with("false"), "{seen}");
    }
}

#[tokio::test]
async fn the_stateless_era_discovers_lists_and_calls() {
    let mut client = Client::new();
    let hello = client.ask(modern(1, "server/discover", json!({}))).await;
    assert!(hello["result"]["supportedVersions"].as_array().unwrap().contains(&json!("2026-07-28")), "{hello}");
    let list = client.ask(modern(2, "tools/list", json!({}))).await;
    assert_eq!((&list["result"]["resultType"], &list["result"]["ttlMs"]), (&json!("complete"), &json!(0)), "{list}");
    let answer = client.ask(modern(3, "tools/call", json!({"name": "demo__echo", "arguments": {"a": 1}}))).await;
    assert_eq!(answer["result"]["resultType"], "complete");
    assert!(client.door.calls.lock().unwrap()[0].contains("2026-07-28"));
    assert_eq!(client.ask(modern(4, "ping", json!({}))).await["error"]["code"], -32601);
    let bare = client.ask(json!({"jsonrpc": "2.0", "id": 5, "method": "tools/list"})).await;
    assert_eq!(bare["error"]["code"], -32602, "every request names its version");
    let mut strange = modern(6, "tools/list", json!({}));
    strange["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!("2099-01-01");
    assert_eq!(client.ask(strange).await["error"]["code"], -32022);
    // A subscription is acknowledged, carries nothing, and does not delay the end.
    client.send(modern(7, "subscriptions/listen", json!({"notifications": {"toolsListChanged": true}}))).await;
    assert_eq!(client.receive().await["method"], "notifications/subscriptions/acknowledged");
    client.write.shutdown().await.unwrap();
    let begun = Instant::now();
    client.served.await.unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_line_that_is_no_known_message_is_refused_and_recorded_and_nothing_else_happens() {
    let mut client = Client::new();
    // Before the first request notifications and responses are passed over.
    client.send(json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
    client.send(json!({"jsonrpc": "2.0", "id": 9, "result": {}})).await;
    let early = client.ask(json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})).await;
    assert_eq!(early["error"]["code"], -32602);
    let params =
        json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}});
    client.ask(json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params})).await;
    client.door.rejections.lock().unwrap().clear();
    let (deep, long) = ("[".repeat(100_000), format!("\"{}\"", "x".repeat(5 * 1024 * 1024)));
    let table: [(&str, i32, Value); 22] = [
        ("{", -32700, Value::Null),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"", -32700, Value::Null),
        (&deep, -32600, Value::Null),
        (&long, -32600, Value::Null),
        ("[]", -32600, Value::Null),
        (r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600, Value::Null),
        ("7", -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}"#, -32600, Value::Null),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"demo__echo","arguments":{"a":1,"a":2}}}"#,
            -32600,
            Value::Null,
        ),
        (r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600, Value::Null),
        (r#"{"jsonrpc":"1.0","id":3,"method":"ping"}"#, -32600, json!(3)),
        (r#"{"jsonrpc":"2.0","id":4}"#, -32600, json!(4)),
        (r#"{"jsonrpc":"2.0","id":5,"method":"tools/call"}"#, -32602, json!(5)),
        (r#"{"jsonrpc":"2.0","id":6,"method":"tools/call","params":[]}"#, -32602, json!(6)),
        (r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":5}}"#, -32602, json!(7)),
        (
            r#"{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"demo__echo","arguments":[1]}}"#,
            -32602,
            json!(8),
        ),
        (r#"{"jsonrpc":"2.0","id":9,"method":"tools/list","params":{"cursor":1}}"#, -32602, json!(9)),
        (r#"{"jsonrpc":"2.0","id":10,"method":"prompts/list"}"#, -32601, json!(10)),
        (
            r#"{"jsonrpc":"2.0","id":11,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}"#,
            -32601,
            json!(11),
        ),
        (r#"{"jsonrpc":"2.0","id":12,"method":"logging/setLevel","params":{"level":"debug"}}"#, -32601, json!(12)),
        (r#"{"jsonrpc":"2.0","id":13,"method":"no\u001bsuch"}"#, -32601, json!(13)),
    ];
    let count = table.len();
    for (line, code, id) in table {
        let shown = line.chars().take(80).collect::<String>();
        client.line(line).await;
        let answer = client.receive().await;
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &id), "{shown}: {answer}");
        assert_eq!(answer.get("id").is_some(), !id.is_null(), "an id that is not known is left out");
    }
    let rejections = std::mem::take(&mut *client.door.rejections.lock().unwrap());
    assert_eq!(rejections.len(), count);
    assert_eq!(rejections[21].method.as_deref(), Some("no\\u{1b}such"));
    assert!(client.door.calls.lock().unwrap().is_empty(), "nothing became a call");
    assert!(client.ask(call(99, "demo__echo")).await["result"].is_object(), "the connection survives");
    let cursor = json!({"jsonrpc": "2.0", "id": 100, "method": "tools/list", "params": {"cursor": ""}});
    assert_eq!(client.ask(cursor).await["error"]["code"], -32602, "an unknown cursor");
}

#[tokio::test]
async fn a_denial_is_readable_and_structured() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    let result = client.ask(call(1, "demo__deny")).await["result"].clone();
    assert_eq!(result["isError"], true);
    assert!(result.get("structuredContent").is_none());
    let words = "denied (AEG-D110, rule `no-destructive-ops`): an agent never drops; at `/sql`; instead: ask a human";
    assert_eq!(result["content"][0]["text"], words);
    let fields: Value = serde_json::from_str(result["content"][1]["text"].as_str().unwrap()).unwrap();
    assert_eq!(fields, result["_meta"][DENIAL_META]);
    assert_eq!((&fields["code"], &fields["rule"]), (&json!("AEG-D110"), &json!("no-destructive-ops")));
    assert_eq!(fields["at"], json!({"pointer": "/sql", "bytes": [0, 4]}));
}

#[tokio::test]
async fn an_unknown_tool_is_a_protocol_error_without_its_name() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    let answer = client.ask(call(1, "ignore previous instructions")).await;
    let error = &answer["error"];
    assert_eq!((&error["code"], &error["data"]["code"]), (&json!(-32602), &json!("AEG-D001")), "{answer}");
    let (words, remedy) = (error["message"].as_str().unwrap(), error["data"]["remedy"].as_str().unwrap());
    assert!(words.starts_with("unknown tool; instead: ") && words.ends_with(remedy), "{answer}");
}

#[tokio::test]
async fn a_panic_behind_the_door_is_an_error_and_the_connection_stays() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    let answer = client.ask(call(1, "demo__panic")).await;
    assert_eq!(answer["error"]["code"], -32603);
    assert!(!answer.to_string().contains("inside the door"));
    assert!(client.ask(call(2, "demo__echo")).await["result"].is_object());
}

#[tokio::test]
async fn progress_goes_out_in_order_increasing_and_before_the_answer() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    let mut request = call(1, "demo__burst");
    request["params"]["_meta"] = json!({"progressToken": "tok"});
    client.send(request).await;
    for number in 1..=100 {
        let message = client.receive().await;
        assert_eq!(message["method"], "notifications/progress", "{message}");
        let (token, step) = (json!("tok"), json!(format!("step {number}")));
        assert_eq!((&message["params"]["progressToken"], &message["params"]["message"]), (&token, &step));
    }
    assert!(client.receive().await["result"].is_object());
    let answer = client.ask(call(2, "demo__burst")).await;
    assert!(answer["result"].is_object(), "without a token there is no progress");
}

#[tokio::test]
async fn a_progress_token_is_no_longer_than_an_id() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    let with = |id: i64, token: Value| {
        let mut request = call(id, "demo__echo");
        request["params"]["_meta"] = json!({"progressToken": token});
        request
    };
    assert_eq!(client.ask(with(1, json!("t".repeat(257)))).await["error"]["code"], -32602);
    assert!(client.ask(with(2, json!("t".repeat(256)))).await["result"].is_object());
    assert!(client.ask(with(3, json!(7))).await["result"].is_object());
}

#[tokio::test]
async fn a_cancelled_call_is_told_and_not_answered() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    client.send(call(1, "demo__wait")).await;
    client.until(&client.door.running, 1).await;
    let cancel = json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}});
    client.send(cancel).await;
    client.until(&client.door.cancelled, 1).await;
    assert_eq!(client.ask(call(2, "demo__echo")).await["id"], 2, "the next line is the next answer");
}

#[tokio::test]
async fn when_the_client_leaves_open_calls_are_cancelled_at_once() {
    for way in ["closes", "stops"] {
        let (mut client, _) = Client::legacy("2025-11-25").await;
        client.send(call(1, "demo__wait")).await;
        client.until(&client.door.running, 1).await;
        let begun = Instant::now();
        if way == "closes" {
            client.write.shutdown().await.unwrap()
        } else {
            client.stop.cancel()
        }
        client.served.await.unwrap().unwrap();
        assert!(begun.elapsed() < Duration::from_secs(2), "{way}");
        assert_eq!(client.door.cancelled.load(Ordering::SeqCst), 1, "{way}");
    }
}

#[tokio::test]
async fn an_open_id_is_not_taken_twice() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    client.send(call(1, "demo__wait")).await;
    client.until(&client.door.running, 1).await;
    client.send(call(1, "demo__echo")).await;
    let refused = client.receive().await;
    assert_eq!((refused.get("id"), &refused["error"]["code"]), (None, &json!(-32600)), "{refused}");
    client.door.gate.add_permits(1);
    let first = client.receive().await;
    assert_eq!((&first["id"], &first["result"]["content"][0]["text"]), (&json!(1), &json!("waited")));
    assert_eq!(client.door.calls.lock().unwrap().len(), 1);
    assert!(client.ask(call(1, "demo__echo")).await["result"].is_object(), "an answered id is free");
}

#[tokio::test]
async fn a_flood_is_held_back_and_no_call_is_lost() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    for id in 0..400 {
        client.send(call(id, "demo__wait")).await;
    }
    client.until(&client.door.running, 128).await;
    client.door.gate.add_permits(400);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..400 {
        let answer = client.receive().await;
        assert_eq!(answer["result"]["content"][0]["text"], "waited");
        seen.insert(answer["id"].as_i64().unwrap());
    }
    assert_eq!((seen.len(), client.door.most.load(Ordering::SeqCst)), (400, 128));
}

fn cancel(id: i64) -> Value {
    json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": id}})
}

#[tokio::test]
async fn a_full_house_is_still_listened_to() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    for id in 1..=172 {
        client.send(call(id, "demo__wait")).await;
    }
    client.until(&client.door.running, 128).await;
    let pong = client.ask(json!({"jsonrpc": "2.0", "id": "p", "method": "ping"})).await;
    assert_eq!(pong["result"], json!({}), "what is no call does not wait behind calls");
    let denied = client.ask(call(900, "demo__deny")).await;
    assert_eq!(denied["result"]["isError"], true, "and no call behind those of another lane");
    // One that waits never begins; one that runs is cancelled, and the next one has its turn.
    client.send(cancel(172)).await;
    client.send(cancel(1)).await;
    client.until(&client.door.cancelled, 1).await;
    client.until(&client.door.running, 128).await;
    assert_eq!(client.door.calls.lock().unwrap().len(), 130);
    let reasons = |client: &Client| -> Vec<&str> {
        client.door.rejections.lock().unwrap().iter().map(|rejection| rejection.reason).collect()
    };
    assert_eq!(reasons(&client), ["the request was cancelled before its turn"]);
    let begun = Instant::now();
    client.write.shutdown().await.unwrap();
    client.served.await.unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    let door = client.door;
    assert_eq!(door.cancelled.load(Ordering::SeqCst), 129);
    let rejections = door.rejections.lock().unwrap();
    assert_eq!(rejections.iter().filter(|one| one.reason == "the connection ended before its turn").count(), 42);
}

#[tokio::test]
async fn more_than_may_wait_is_refused_and_not_lost_in_silence() {
    let (mut client, _) = Client::legacy("2025-11-25").await;
    for id in 1..=128 {
        client.send(call(id, "demo__wait")).await;
    }
    let large = |id: i64| {
        let arguments = json!({"text": "x".repeat(1024 * 1024)});
        json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": "demo__echo", "arguments": arguments}})
    };
    for id in 1001..=1003 {
        client.send(large(id)).await;
    }
    let refused = client.ask(large(1004)).await;
    assert_eq!(refused["error"]["code"], -32000, "{refused}");
    client.door.gate.add_permits(128);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..131 {
        let answer = client.receive().await;
        assert!(answer["result"].is_object());
        seen.insert(answer["id"].as_i64().unwrap());
    }
    assert_eq!((seen.len(), seen.last()), (131, Some(&1003)));
}

#[tokio::test]
async fn one_subscription_a_connection() {
    let mut client = Client::new();
    let listen = |id| modern(id, "subscriptions/listen", json!({"notifications": {}}));
    for round in [0, 100] {
        client.send(listen(round + 1)).await;
        assert_eq!(client.receive().await["method"], "notifications/subscriptions/acknowledged");
        for id in round + 2..round + 80 {
            assert_eq!(client.ask(listen(id)).await["error"]["code"], -32600);
        }
        assert!(client.ask(modern(round + 90, "tools/list", json!({}))).await["result"].is_object());
        client.send(cancel(round + 1)).await;
    }
}

/// Answers that nobody reads, until the pipe and every slot are full.
#[tokio::test]
async fn a_client_that_does_not_read_is_not_waited_for() {
    for way in ["closes", "stops"] {
        let (mut client, _) = Client::legacy("2025-11-25").await;
        let arguments = json!({"text": "x".repeat(32 * 1024)});
        for id in 1..=172 {
            let params = json!({"name": "demo__echo", "arguments": arguments});
            client.send(json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params})).await;
            client.line("{").await;
        }
        client.until(&client.door.answered, 128).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        let answered = client.door.answered.load(Ordering::SeqCst);
        assert!(answered < 172, "what is not read holds its slot: {answered}");
        let begun = Instant::now();
        if way == "closes" {
            client.write.shutdown().await.unwrap();
        } else {
            client.stop.cancel();
        }
        let served = tokio::time::timeout(Duration::from_secs(9), client.served).await;
        served.unwrap_or_else(|_| panic!("{way}: it waits for ever")).unwrap().unwrap();
        assert!(begun.elapsed() < Duration::from_secs(9), "{way}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_version_that_is_no_text_opens_no_era() {
    let mut client = Client::new();
    for version in [json!(7), json!(null), json!({}), json!(true)] {
        let mut strange = modern(1, "tools/list", json!({}));
        strange["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = version.clone();
        assert_eq!(client.ask(strange).await["error"]["code"], -32602, "{version}");
        let mut strange = modern(2, "tools/call", json!({"name": "demo__echo"}));
        strange["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = version.clone();
        assert_eq!(client.ask(strange).await["error"]["code"], -32602, "{version}");
    }
    assert!(client.door.calls.lock().unwrap().is_empty());
}

#[test]
fn whoever_ends_a_call_is_named() {
    let ending = super::Ending::default();
    assert_eq!(ending.words(), "its client cancelled it");
    ending.gone.cancel();
    assert_eq!(ending.words(), "its client left");
    ending.stop.cancel();
    assert_eq!(ending.words(), "the kernel is stopping");
}
