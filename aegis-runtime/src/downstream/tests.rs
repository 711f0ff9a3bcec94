//! Real children, real pipes: a scripted server that misbehaves on request.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod scripted;

use super::{DownstreamError, Progress, ServerState, SouthCall, SouthEvent};
use crate::receipt::{Brake, Scope};
use crate::spec::{PinSpec, SecretSource, SecretSpec, ServerId};
use rmcp::model::ResultType;
use scripted::{bench, leak, one, pinned, request, said, server, spec_of, tool};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// A test in name only: passes at once where the harness runs it, and is a stage of the cage where [`helper`] does.
#[test]
fn stage() {
    use std::os::unix::fs::FileTypeExt;
    let piped = |path| std::fs::metadata(path).is_ok_and(|meta: std::fs::Metadata| meta.file_type().is_fifo());
    let channel = std::fs::metadata("/proc/self/fd/2").is_ok_and(|meta| meta.file_type().is_socket());
    if channel && piped("/proc/self/fd/3") {
        let pipe = std::fs::File::options().write(true).open("/proc/self/fd/3").unwrap();
        rustix::stdio::dup2_stdout(&pipe).unwrap();
        std::process::exit(crate::cage::stage().into());
    }
}

#[tokio::test]
async fn either_era_is_spoken_and_answers_come_complete_and_bare() {
    for (mode, era) in [("legacy", "2025-11-25"), ("modern", "2026-07-28"), ("leaves", "2025-11-25")] {
        let bench = one(mode);
        let result = bench.call("echo", json!({"text": "hé"})).await.unwrap();
        assert_eq!(said(&result), json!({"text": "hé"}), "{mode}");
        assert_eq!((result.result_type, result.meta), (Some(ResultType::COMPLETE), None), "{mode}");
        let status = bench.south.status().remove(0);
        assert_eq!((status.name, status.state, status.era.as_deref()), (mode, ServerState::Ready, Some(era)));
        bench.south.stop().await;
        assert_eq!(bench.south.status()[0].state, ServerState::Stopped);
    }
}

#[tokio::test]
async fn a_server_that_is_silent_at_the_probe_is_legacy() {
    let bench = one("silent");
    assert_eq!(bench.said("echo", json!({"text": "x"})).await, json!({"text": "x"}));
    assert_eq!(bench.south.status()[0].era.as_deref(), Some("2025-11-25"));
}

#[tokio::test]
async fn a_child_sees_the_floor_its_own_variables_and_its_own_credentials_only() {
    let mut spec = server("legacy");
    spec.env = &[("DATA", "${state}/data")];
    spec.secrets = &[SecretSpec { variable: "TOKEN", source: SecretSource::Exec(&["printf", "s3cr3t"]) }];
    let mut bench = bench(vec![spec]);
    let seen = bench.said("env", json!({})).await;
    let mut names: Vec<&str> = seen["env"].as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    // Python adds LC_CTYPE to its own environment.
    names.retain(|name| *name != "LC_CTYPE");
    assert_eq!(names, ["DATA", "HOME", "LOGNAME", "PATH", "SHELL", "TERM", "TOKEN", "USER"]);
    let state = bench.state.path().to_str().unwrap().to_owned();
    assert_eq!(seen["env"]["DATA"], format!("{state}/data"));
    assert_eq!(seen["env"]["HOME"], format!("{state}/home/legacy"));
    assert_eq!(seen["cwd"], seen["env"]["HOME"]);
    assert_eq!(seen["env"]["TOKEN"], "s3cr3t");
    assert_eq!(seen["leads"], true);
    assert_eq!(*bench.secrets.lock().unwrap(), ["s3cr3t"]);
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(bench.state.path().join("home/legacy")).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o700);
    let spawned = bench.event(|event| matches!(event, SouthEvent::Spawned { .. })).await;
    let SouthEvent::Spawned { pid, executable, digest, .. } = spawned else { panic!() };
    assert_eq!((Some(pid), digest.len()), (bench.south.status()[0].pid, 64));
    assert_eq!(executable.to_str(), Some("/usr/bin/python3"));
}

#[tokio::test]
async fn a_command_that_speaks_of_an_estate_that_is_not_there_does_not_run() {
    let mut spec = server("legacy");
    spec.env = &[("ESTATE", "${estate}")];
    let error = bench(vec![spec]).call("env", json!({})).await.unwrap_err();
    assert!(matches!(&error, DownstreamError::Unavailable { reason } if reason.contains("sql")), "{error}");
}

#[tokio::test]
async fn a_server_of_other_files_than_the_manifest_pins_gets_neither_a_process_nor_a_credential() {
    let place = tempfile::tempdir().unwrap();
    let script: &str = leak(place.path().join("server.py").to_str().unwrap().to_owned());
    let text = include_str!("../../tests/servers/scripted.py");
    std::fs::write(script, text).unwrap();
    let digest: &str = leak(crate::audit::hex(&Sha256::digest(text)));
    let mut spec = server("legacy");
    spec.command = leak(["python3", "-I", "-S", script, "legacy"]);
    spec.sha256 = leak([(script, digest)]);
    spec.secrets = &[SecretSpec { variable: "TOKEN", source: SecretSource::Exec(&["/bin/echo", "s3cr3t"]) }];
    let bench = bench(vec![spec]);
    bench.said("echo", json!({"text": "x"})).await;
    std::fs::write(script, format!("{text}\n# and a line\n")).unwrap();
    assert!(matches!(bench.call("die", json!({})).await, Err(DownstreamError::Died { .. })));
    let error = bench.call("echo", json!({"text": "x"})).await.unwrap_err();
    assert!(matches!(&error, DownstreamError::Pinned { reason } if reason.contains("SHA-256")), "{error}");
    assert_eq!((bench.south.status()[0].pid, bench.secrets.lock().unwrap().len()), (None, 1));
}

#[tokio::test]
async fn a_missing_credential_keeps_its_server_down_and_no_other() {
    let mut spec = server("legacy");
    spec.secrets =
        &[SecretSpec { variable: "TOKEN", source: SecretSource::Exec(&["/bin/sh", "-c", "echo s3cr3t; exit 1"]) }];
    let mut bench = bench(vec![spec, server("modern")]);
    let error = bench.call("echo", json!({"text": "x"})).await.unwrap_err();
    assert!(
        matches!(&error, DownstreamError::Secret { variable: "TOKEN", reason } if !reason.contains("s3cr3t")),
        "{error}"
    );
    let failed = bench.event(|event| matches!(event, SouthEvent::Failed { .. })).await;
    assert!(!format!("{failed:?}").contains("s3cr3t"));
    let status = bench.south.status().remove(0);
    assert_eq!((status.state, status.pid), (ServerState::Down, None));
    let other = bench.south.call(ServerId(1), request("echo", json!({"text": "y"}))).await.unwrap();
    assert_eq!(said(&other), json!({"text": "y"}));
}

#[tokio::test]
async fn a_server_that_dies_takes_its_calls_along_and_comes_back() {
    let mut bench = bench(vec![server("legacy"), server("modern")]);
    let first = bench.said("echo", json!({"text": "x"})).await;
    let pid = bench.south.status()[0].pid;
    let (hanging, dying) = tokio::join!(bench.call("hang", json!({})), bench.call("die", json!({})));
    let died = Err(DownstreamError::Died { how: "it exited with 3".to_owned() });
    assert_eq!((hanging, dying), (died.clone(), died));
    let exited = bench.event(|event| matches!(event, SouthEvent::Exited { .. })).await;
    assert!(
        matches!(&exited, SouthEvent::Exited { server: "legacy", status, stopped: false, .. } if status == "exit 3"),
        "{exited:?}"
    );
    let other = bench.south.call(ServerId(1), request("echo", json!({"text": "x"}))).await.unwrap();
    assert_eq!(said(&other), first);
    assert_eq!(bench.said("echo", json!({"text": "x"})).await, first);
    assert_ne!(bench.south.status()[0].pid, pid);
}

#[tokio::test]
async fn a_server_that_does_not_stay_is_left_alone() {
    let bench = one("crash");
    let begun = Instant::now();
    let mut reasons = Vec::new();
    for _ in 0..6 {
        reasons.push(bench.call("echo", json!({"text": "x"})).await.unwrap_err().to_string());
    }
    assert!(reasons[0].contains("during the handshake"), "{reasons:?}");
    assert!(reasons[5].contains("five times"), "{reasons:?}");
    assert!(begun.elapsed() >= Duration::from_secs(4), "at most one start a second");
}

#[tokio::test]
async fn silence_times_out_is_cancelled_and_progress_is_no_silence() {
    let mut spec = server("legacy");
    spec.timeout = Duration::from_secs(1);
    spec.max_total = Duration::from_secs(4);
    let bench = bench(vec![spec]);
    bench.said("echo", json!({"text": "x"})).await;
    assert_eq!(bench.call("hang", json!({})).await, Err(DownstreamError::Timeout));
    bench.cancelled().await;
    assert_eq!(bench.said("slow", json!({"steps": 15})).await, "done");
    assert_eq!(bench.call("slow", json!({"steps": 60})).await, Err(DownstreamError::Timeout), "the total has an end");
}

#[tokio::test]
async fn a_cancelled_call_is_cancelled_at_the_server() {
    let bench = one("legacy");
    let call = request("hang", json!({}));
    let cancel = call.cancel.clone();
    bench.said("echo", json!({"text": "x"})).await;
    let hanging = bench.south.call(ServerId(0), call);
    let (answer, ()) = tokio::join!(hanging, async {
        tokio::task::yield_now().await;
        cancel.cancel();
    });
    assert_eq!(answer, Err(DownstreamError::Cancelled));
    bench.cancelled().await;
}

#[tokio::test]
async fn a_server_that_stops_reading_blocks_nobody() {
    let mut spec = server("legacy");
    spec.timeout = Duration::from_secs(2);
    let bench = bench(vec![spec]);
    assert_eq!(bench.said("deaf", json!({})).await, "from now on");
    let text = "x".repeat(1024 * 1024);
    let (one, two) = tokio::join!(bench.call("echo", json!({"text": text})), bench.call("echo", json!({"text": "y"})));
    assert_eq!((one, two), (Err(DownstreamError::Timeout), Err(DownstreamError::Timeout)));
    let begun = Instant::now();
    bench.south.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(8));
}

#[tokio::test]
async fn an_oversized_line_ends_the_server_and_says_so() {
    let bench = one("legacy");
    let error = bench.call("huge", json!({})).await.unwrap_err();
    assert_eq!(error, DownstreamError::Malformed { reason: "the server wrote a line over 16 MiB" });
    assert_eq!(
        bench.said("echo", json!({"text": "x"})).await,
        json!({"text": "x"}),
        "and the next call starts it again"
    );
}

#[tokio::test]
async fn what_is_no_tool_result_is_malformed_at_once() {
    let bench = one("legacy");
    for kind in ["input", "task", "block", "empty", "list", "null", "deep"] {
        let error = bench.call("wrong", json!({"kind": kind})).await.unwrap_err();
        let words = if kind == "deep" { "nested too deeply" } else { "not one to the method" };
        assert!(matches!(error, DownstreamError::Malformed { reason } if reason.contains(words)), "{kind}: {error}");
    }
    assert_eq!(bench.said("noise", json!({})).await, "done", "stray lines are passed over");
    let refused = bench.call("refuse", json!({})).await.unwrap_err();
    assert!(matches!(&refused, DownstreamError::Refused { code: -32050, .. }));
    assert!(!refused.to_string().contains('@'), "its words are not in the error's text");
    let refused = bench.call("refuse", json!({"long": true})).await.unwrap_err();
    let DownstreamError::Refused { message, .. } = refused else { panic!("{refused:?}") };
    assert!(message.len() == 4096 && message.ends_with("x[HELD"), "what is cut is masked before: {message:.20}");
}

#[tokio::test]
async fn progress_comes_in_order_and_none_after_the_answer() {
    let bench = one("legacy");
    for _ in 0..5 {
        let (sender, mut receiver) = mpsc::channel(256);
        let call = SouthCall { progress: Some(sender), ..request("burst", json!({})) };
        bench.south.call(ServerId(0), call).await.unwrap();
        // The one that comes after the answer must find no road.
        bench.said("echo", json!({"text": "x"})).await;
        let mut seen = Vec::new();
        let all = async {
            while let Some(Progress { progress, total, message }) = receiver.recv().await {
                assert_eq!((total, message), (Some(100.0), Some(format!("step {progress}"))));
                seen.push(progress);
            }
        };
        tokio::time::timeout(Duration::from_secs(10), all).await.expect("the answer closes the road");
        assert_eq!(seen, (1..=100).map(f64::from).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_tool_that_differs_from_the_manifest_is_out_and_the_rest_stays() {
    let mut bench = one("drift");
    let error = bench.call("echo", json!({"text": "x"})).await.unwrap_err();
    let difference = "the server's argument `text` is integer, the manifest's is string".to_owned();
    assert_eq!(error, DownstreamError::Drift { difference });
    let missing = bench.call("hang", json!({})).await.unwrap_err();
    assert_eq!(missing, DownstreamError::Drift { difference: "the server does not offer the tool".into() });
    assert_eq!(bench.said("cancelled", json!({})).await, json!([]));
    assert_eq!(bench.south.status()[0].drifted, ["echo", "hang"]);
    let extra = bench.event(|event| matches!(event, SouthEvent::Extra { .. })).await;
    assert_eq!(extra, SouthEvent::Extra { server: "drift", tools: vec!["unheard\\n-of".into()] });
}

#[tokio::test]
async fn a_tool_that_changed_since_it_was_pinned_is_out_and_what_changed_is_on_record() {
    const PIN: &str = r#"{"name":"echo","description":"as reviewed","inputSchema":{}}"#;
    let mut bench =
        pinned("legacy", |tool| (tool.name == "echo").then_some(PinSpec { definition: PIN, volatile: &[] }));
    let Err(DownstreamError::Drift { difference }) = bench.call("echo", json!({"text": "x"})).await else {
        panic!("the call passed")
    };
    assert!(difference.starts_with("its definition changed since it was pinned, at `/"), "{difference}");
    assert!(!difference.contains("as reviewed"), "an agent reads names only: {difference}");
    bench.said("asks", json!({})).await;
    let drift = bench.event(|event| matches!(event, SouthEvent::Drift { .. })).await;
    let SouthEvent::Drift { tool: "echo", changes, .. } = drift else { panic!("{drift:?}") };
    let told: Vec<String> = changes.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|line| line.starts_with("/description: `as reviewed`")), "{told:?}");
    assert!(
        told.iter().any(|line| line.starts_with("/inputSchema/properties: ") && line.ends_with(" is new")),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_list_that_changes_is_read_again() {
    let mut bench = one("legacy");
    bench.said("echo", json!({"text": "x"})).await;
    bench.said("mutate", json!({})).await;
    let drift = bench.event(|event| matches!(event, SouthEvent::Drift { .. })).await;
    assert!(matches!(drift, SouthEvent::Drift { tool: "echo", .. }));
    assert!(matches!(bench.call("echo", json!({"text": "x"})).await, Err(DownstreamError::Drift { .. })));
}

#[tokio::test]
async fn an_endless_list_is_over_a_limit() {
    let bench = one("endless");
    let error = bench.call("echo", json!({"text": "x"})).await.unwrap_err();
    assert!(error.to_string().contains("over a limit"), "{error}");
}

#[tokio::test]
async fn a_list_that_comes_as_no_answer_is_not_waited_for() {
    for (mode, words) in [("batch", "(a batch)"), ("misnamed", "under an id that no request has")] {
        let begun = Instant::now();
        let error = one(mode).call("echo", json!({"text": "x"})).await.unwrap_err();
        assert!(matches!(&error, DownstreamError::Unavailable { reason } if reason.contains(words)), "{error:?}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{mode}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_server_may_ask_nothing_of_us() {
    let bench = one("legacy");
    assert_eq!(bench.said("asks", json!({})).await, json!([-32601, -32601, -32601]));
}

#[tokio::test]
async fn nothing_of_a_server_outlives_the_stop() {
    let bench = one("legacy");
    let grandchild = bench.said("fork", json!({})).await;
    let process = std::path::PathBuf::from(format!("/proc/{grandchild}/stat"));
    assert!(process.exists());
    bench.south.stop().await;
    let gone = async {
        // A killed orphan stays a zombie until its new parent looks.
        while std::fs::read_to_string(&process).is_ok_and(|stat| !stat.contains(") Z ")) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone).await.expect("the grandchild ends");
    let refused = bench.call("echo", json!({"text": "x"})).await.unwrap_err();
    assert_eq!(refused.to_string(), "the kernel is stopping");
}

/// The call is decided, its server is still starting, and an operator halts it.
#[tokio::test]
async fn what_is_halted_while_it_waits_for_its_server_does_not_reach_it() {
    for scope in ["everything", "server", "tool"] {
        let bench = bench(vec![server("legacy")]);
        let path = bench.state.path().join("halt.json");
        let spec = leak(spec_of(vec![server("legacy")], Vec::new()));
        let leave = Arc::new(Brake::at(path.clone())).leave(spec, leak(tool(0, "mutate")));
        assert_eq!(leave.look(), Ok(()));
        let call = bench.south.call(ServerId(0), SouthCall { leave, ..request("mutate", json!({})) });
        let (answer, ()) = tokio::join!(call, async {
            tokio::task::yield_now().await;
            assert_eq!(bench.south.status()[0].state, ServerState::Starting);
            let scope = match scope {
                "everything" => Scope::Everything,
                "server" => Scope::Server("legacy".into()),
                _ => Scope::Tool("mutate".into()),
            };
            Brake::at(path.clone()).halt(scope, "ada").unwrap();
        });
        assert!(matches!(&answer, Err(DownstreamError::Halted { .. })), "{scope}: {answer:?}");
        // What it would have changed is as it was, and the connection is too.
        assert_eq!(bench.said("echo", json!({"text": "x"})).await, json!({"text": "x"}), "{scope}");
        bench.south.stop().await;
    }
}

/// The pipe is full, so the call waits for a server that reads again only after the halt.
#[tokio::test]
async fn what_is_halted_while_its_server_does_not_read_is_never_written() {
    let bench = bench(vec![server("legacy")]);
    let path = bench.state.path().join("halt.json");
    bench.said("echo", json!({"text": "x"})).await;
    let reader = innermost(bench.south.status()[0].pid.unwrap());
    rustix::process::kill_process(reader, rustix::process::Signal::STOP).unwrap();
    let spec = leak(spec_of(vec![server("legacy")], Vec::new()));
    let leave = Arc::new(Brake::at(path.clone())).leave(spec, leak(tool(0, "mutate")));
    let first = bench.call("echo", json!({"text": "y".repeat(1024 * 1024)}));
    let second = bench.south.call(ServerId(0), SouthCall { leave, ..request("mutate", json!({})) });
    let (first, second, ()) = tokio::join!(first, second, async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        Brake::at(path.clone()).halt(Scope::Everything, "ada").unwrap();
        rustix::process::kill_process(reader, rustix::process::Signal::CONT).unwrap();
    });
    assert!(first.is_ok(), "what was on its way goes on");
    assert!(matches!(&second, Err(DownstreamError::Halted { .. })), "{second:?}");
    assert_eq!(bench.said("echo", json!({"text": "x"})).await, json!({"text": "x"}));
}

/// The server itself, below its supervisor.
fn innermost(mut pid: u32) -> rustix::process::Pid {
    loop {
        let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
        match children.split_whitespace().next() {
            Some(child) => pid = child.parse().unwrap(),
            None => return rustix::process::Pid::from_raw(pid.try_into().unwrap()).unwrap(),
        }
    }
}

/// Masking takes time, and all of the kernel shares a thread.
#[tokio::test]
async fn a_progress_message_over_the_limit_is_left_out_and_its_number_is_not() {
    let bench = one("legacy");
    let (sender, mut receiver) = mpsc::channel(256);
    let call = SouthCall { progress: Some(sender), ..request("loud", json!({})) };
    bench.south.call(ServerId(0), call).await.unwrap();
    let mut seen = Vec::new();
    while let Some(Progress { progress, message, .. }) = receiver.recv().await {
        seen.push((progress, message.map(|message| message.len())));
    }
    assert_eq!(
        seen,
        [(1.0, Some(4096)), (2.0, None), (3.0, None)],
        "and what is no answer and over 64 KiB is left out whole"
    );
}

/// Each change is a record, so a server that changes without end would fill the log.
#[tokio::test]
async fn a_server_that_changes_again_and_again_is_ended() {
    let mut bench = one("restless");
    bench.said("echo", json!({"text": "x"})).await;
    let mut pinned = 0;
    bench
        .event(|event| {
            pinned += usize::from(matches!(event, SouthEvent::Pinned { .. }));
            matches!(event, SouthEvent::Exited { .. })
        })
        .await;
    assert!((5..=7).contains(&pinned), "{pinned}");
    let reason = bench.south.status()[0].reason.clone().unwrap_or_default();
    assert!(reason.contains("again and again"), "{reason}");
    assert_eq!(bench.said("echo", json!({"text": "x"})).await, json!({"text": "x"}), "the next call starts it again");
}

/// What it says without a change is no record.
#[tokio::test]
async fn a_server_that_says_it_changed_and_did_not_is_not_told_of_twice() {
    let mut bench = one("legacy");
    for _ in 0..3 {
        bench.said("mutate", json!({})).await;
        tokio::time::sleep(Duration::from_millis(1200)).await;
    }
    bench.south.stop().await;
    let mut pinned = 0;
    bench
        .event(|event| {
            pinned += usize::from(matches!(event, SouthEvent::Pinned { .. }));
            matches!(event, SouthEvent::Exited { .. })
        })
        .await;
    assert_eq!(pinned, 2, "at the start, and with the first change");
}
