//! Resources and prompts over real stdio, in both eras: listed from the manifest, decided, masked and recorded as tools are.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail loudly"
)]

#[path = "support/runner.rs"]
mod runner;
#[path = "support/mod.rs"]
mod support;

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use support::{Client, Era, log_of, records};
use tempfile::TempDir;

aegis_macros::kernel!("faces/manifests", "faces/policy.toml");

fn main() -> ExitCode {
    runner::main::<Kernel>(&[
        ("lists_are_the_manifests", || both(lists_are_the_manifests)),
        ("reads_and_gets_are_masked_and_recorded", || both(reads_and_gets_are_masked_and_recorded)),
        ("what_is_not_permitted_is_an_error_with_its_reason", || {
            both(what_is_not_permitted_is_an_error_with_its_reason)
        }),
        ("no_face_is_reached_by_the_method_of_another", || both(no_face_is_reached_by_the_method_of_another)),
        ("an_import_drafts_every_face_and_decides_none", an_import_drafts_every_face_and_decides_none),
        ("an_update_shows_every_face_and_pins_what_is_accepted", an_update_shows_every_face_and_pins_what_is_accepted),
    ])
}

fn both(test: fn(Client, Era, &Path)) {
    for era in [Era::Legacy, Era::Modern] {
        let dir: TempDir = support::private();
        let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faces/server.py");
        fs::copy(server, dir.path().join("server.py")).unwrap();
        let client = Client::over(&mut Command::new(std::env::current_exe().unwrap()), dir.path(), era);
        test(client, era, dir.path());
    }
}

/// The code of an error, and that of the denial in its data.
fn denied(answer: &Value) -> (i64, &str) {
    let error = &answer["error"];
    let code = error["data"]["code"].as_str().unwrap();
    let verb = if code.starts_with("AEG-D5") { "failed (" } else { "denied (" };
    assert!(error["message"].as_str().is_some_and(|words| words.starts_with(verb)), "{answer}");
    (error["code"].as_i64().unwrap(), code)
}

fn lists_are_the_manifests(mut client: Client, era: Era, _: &Path) {
    let resources = client.request("resources/list", json!({}));
    let listed = resources["result"]["resources"].as_array().unwrap();
    let uris: Vec<_> = listed.iter().map(|resource| resource["uri"].as_str().unwrap()).collect();
    assert_eq!(
        uris,
        ["docs://gone", "docs://intro", "vault://keys", "docs://moved", "docs://odd", "docs://picture", "docs://staff"]
    );
    let intro = json!({"uri": "docs://intro", "name": "library__intro", "title": "intro", "description": "How to begin",
        "mimeType": "text/plain"});
    assert_eq!(listed[1], intro);
    let templates = client.request("resources/templates/list", json!({}));
    let page = json!([{"uriTemplate": "docs://page/{page}", "name": "library__page", "title": "page",
        "description": "A page by its name"}]);
    assert_eq!(templates["result"]["resourceTemplates"], page);
    let prompts = client.request("prompts/list", json!({}));
    let letter = json!({"name": "library__letter", "title": "letter", "description": "Write a letter", "arguments":
        [{"name": "to", "description": "Whom it is for", "required": true}, {"name": "tone", "required": false}]});
    assert_eq!(prompts["result"]["prompts"][1], letter);
    for answer in [&resources, &templates, &prompts] {
        let hints = (&answer["result"]["ttlMs"], &answer["result"]["cacheScope"]);
        let wanted = if era == Era::Modern { (&json!(0), &json!("private")) } else { (&Value::Null, &Value::Null) };
        assert_eq!(hints, wanted, "{answer}");
    }
    assert_eq!(client.request("tools/list", json!({}))["result"]["tools"], json!([]));
    let watched = client.request("resources/subscribe", json!({"uri": "docs://intro"}));
    assert_eq!(watched["error"]["code"], -32601, "{watched}");
    client.close();
}

fn reads_and_gets_are_masked_and_recorded(mut client: Client, era: Era, state: &Path) {
    let intro = client.request("resources/read", json!({"uri": "docs://intro"}));
    let contents = &intro["result"]["contents"][0];
    assert_eq!(contents["uri"], "docs://intro", "{intro}");
    assert!(contents["text"].as_str().unwrap().starts_with("Begin here, or write to [EMAIL:"), "{intro}");
    assert!(contents["_meta"].is_null(), "{intro}");
    assert_eq!(intro["result"]["ttlMs"], if era == Era::Modern { json!(0) } else { Value::Null }, "{intro}");
    let page = client.request("resources/read", json!({"uri": "docs://page/a~b,c"}));
    assert_eq!(page["result"]["contents"][0]["text"], "the page at docs://page/a~b,c", "{page}");
    let staff = client.request("resources/read", json!({"uri": "docs://staff"}));
    let people: Value = serde_json::from_str(staff["result"]["contents"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(people, json!({"people": [{"called": "[PERSON_NAME]", "desk": "12"}]}));
    let picture = client.request("resources/read", json!({"uri": "docs://picture"}));
    let dropped = &picture["result"]["contents"][0];
    assert!(dropped["blob"].is_null() && dropped["text"].as_str().unwrap().starts_with('['), "{picture}");

    let letter = json!({"name": "library__letter", "arguments": {"to": "the board"}});
    let letter = &client.request("prompts/get", letter)["result"];
    assert_eq!(letter["description"], "Write a letter", "{letter}");
    assert_eq!((&letter["messages"][0]["role"], &letter["messages"][1]["role"]), (&json!("user"), &json!("assistant")));
    let words = letter["messages"][0]["content"]["text"].as_str().unwrap();
    assert!(words.starts_with("Write to the board") && !words.contains("12345678"), "{letter}");
    client.close();

    let records = records(&log_of(state));
    let of = |event: &str| -> Vec<(String, String)> {
        let of = records.iter().filter(|record| record["ev"] == event);
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        of.map(|record| (word(&record["tool"]), word(&record["rpc"]["method"]))).collect()
    };
    let reads = ["library.intro", "library.page", "library.staff", "library.picture"];
    let mut wanted: Vec<_> = reads.iter().map(|name| ((*name).to_owned(), "resources/read".to_owned())).collect();
    wanted.push(("library.letter".to_owned(), "prompts/get".to_owned()));
    assert_eq!(of("call.decided"), wanted);
    assert_eq!(of("call.outcome").len(), wanted.len());
    assert!(!serde_json::to_string(&records).unwrap().contains("anary"));
}

fn what_is_not_permitted_is_an_error_with_its_reason(mut client: Client, _: Era, state: &Path) {
    let cases = [
        ("docs://nothing", -32602, "AEG-D005"),
        ("docs://hidden", -32602, "AEG-D005"),
        ("DOCS://intro", -32602, "AEG-D005"),
        ("docs://intro#part", -32602, "AEG-D005"),
        ("docs://page/..", -32602, "AEG-D006"),
        ("docs://page/", -32602, "AEG-D006"),
        ("docs://page/%2e%2e%2fkeys", -32602, "AEG-D006"),
        ("docs://page/../../vault", -32602, "AEG-D005"),
        ("docs://page/over-sixteen-characters", -32602, "AEG-D002"),
        ("vault://keys", 403, "AEG-D110"),
        ("docs://gone", 403, "AEG-D505"),
        ("docs://moved", 403, "AEG-D505"),
        ("docs://odd", 403, "AEG-D503"),
    ];
    for (uri, code, reason) in cases {
        let answer = client.request("resources/read", json!({"uri": uri}));
        assert_eq!(denied(&answer), (code, reason), "{uri}: {answer}");
        assert_eq!(answer["error"]["data"]["uri"], uri);
    }
    let vault = client.request("resources/read", json!({"uri": "vault://keys"}));
    assert_eq!(vault["error"]["data"]["rule"], "closed-vault", "{vault}");
    let gets = [
        (json!({"name": "library__nothing"}), -32602, "AEG-D007"),
        (json!({"name": "library__letter"}), -32602, "AEG-D002"),
        (json!({"name": "library__letter", "arguments": {"to": 1}}), -32602, "AEG-D002"),
        (json!({"name": "library__letter", "arguments": {"to": "x", "tone": "rude"}}), 403, "AEG-D120"),
        (json!({"name": "library__changed"}), 403, "AEG-D505"),
    ];
    for (params, code, reason) in &gets {
        let answer = client.request("prompts/get", params.clone());
        assert_eq!(denied(&answer), (*code, *reason), "{params}: {answer}");
    }
    client.close();

    // Each is one durable deny, or the outcome of what was permitted and failed.
    let records = records(&log_of(state));
    let denies = records.iter().filter(|record| record["decision"] == "deny").count();
    let failed = records.iter().filter(|record| record["outcome"] == "error").count();
    assert_eq!((denies, failed), (15, 4));
    let moved = records.iter().find(|record| record["ev"] == "tools.drift" && record["tool"] == "moved").unwrap();
    assert_eq!(moved["changes"], json!(["/description: `as reviewed` is gone"]), "{moved}");
}

fn no_face_is_reached_by_the_method_of_another(mut client: Client, _: Era, state: &Path) {
    let called = client.request("tools/call", json!({"name": "library__intro", "arguments": {}}));
    assert_eq!((&called["error"]["code"], &called["error"]["data"]["code"]), (&json!(-32602), &json!("AEG-D001")));
    let got = client.request("prompts/get", json!({"name": "library__intro"}));
    assert_eq!(denied(&got), (-32602, "AEG-D007"));
    let read = client.request("resources/read", json!({"uri": "library__letter"}));
    assert_eq!(denied(&read), (-32602, "AEG-D005"));
    client.close();
    let records = records(&log_of(state));
    assert!(records.iter().all(|record| record["decision"] != "allow"));
    assert_eq!(records.iter().filter(|record| record["decision"] == "deny").count(), 3);
}

/// `aegis import` of the library, and what it says.
fn import(state: &Path, into: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("import").arg("library").arg("--into").arg(into).args(arguments);
    command.arg("--read").arg(state.join("server.py")).arg("--state").arg(state);
    if arguments.is_empty() {
        command.args(["--", "python3", "-I", "-S"]).arg(state.join("server.py"));
    }
    let output = command.output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faces")
}

fn library() -> TempDir {
    let dir = support::private();
    fs::copy(here().join("server.py"), dir.path().join("server.py")).unwrap();
    dir
}

const POLICY: &str = r#"
name = "drafted"
[[allow]]
id = "reading"
why = "agents may read documents"
effects = ["read"]
domains = ["docs"]
[[transform]]
id = "mask"
why = "no raw personal data leaves"
domains = ["*"]
classes = { "*" = "redact" }
"#;

fn an_import_drafts_every_face_and_decides_none() {
    let dir = library();
    let (into, policy) = (dir.path().join("manifests"), dir.path().join("policy.toml"));
    let (done, said) = import(dir.path(), &into, &[]);
    assert!(done && said.contains("0 tools, 8 resources, 2 prompts"), "{said}");
    let draft = fs::read_to_string(into.join("library.toml")).unwrap();
    let count = |word: &str| draft.matches(word).count();
    assert_eq!((count("[[resource]]"), count("[[prompt]]"), count("\"unclassified\"")), (8, 2, 10), "{draft}");
    for text in [
        "uri = \"docs://page/{page}\"",
        "variables = { \"page\" = { type = \"string\" } }",
        "at = \"/page\"\nkind = \"unread\"",
        "arguments = { \"to\" = { type = \"string\" }, \"tone\" = { type = \"string\", optional = true } }",
        "mime-type = \"image/png\"",
    ] {
        assert!(draft.contains(text), "{text}: {draft}");
    }
    fs::copy(here().join("manifests/estate.toml"), into.join("estate.toml")).unwrap();
    fs::write(&policy, POLICY).unwrap();
    let codes = |text: &str| -> Vec<&'static str> {
        fs::write(into.join("library.toml"), text).unwrap();
        let sources = aegis_codegen::source::Sources::read(&into, &policy).unwrap();
        let compiled = aegis_codegen::compile::compile(&sources, aegis_codegen::compile::Posture::Guarded);
        compiled.err().unwrap_or_default().iter().map(|diag| diag.code.as_str()).collect()
    };
    assert!(!codes(&draft).is_empty());
    let decided = draft
        .replace("\"unclassified\"", "\"read:docs\"")
        .replace("kind = \"unread\"", "kind = \"opaque\"\nwhy = \"decided\"\nabsent = \"skip\"");
    assert!(codes(&decided).is_empty(), "{:?}\n{decided}", codes(&decided));
    // What was not seen when the draft was made is not pinned, and does not build.
    let unseen = decided.replace("docs://picture", "docs://pictures");
    assert_eq!(codes(&unseen), ["AEG0702"]);
}

fn an_update_shows_every_face_and_pins_what_is_accepted() {
    let dir = library();
    let into = dir.path().join("reviewed");
    fs::create_dir_all(into.join("schemas")).unwrap();
    for file in ["library.toml", "schemas/library.pins.json"] {
        fs::copy(here().join("manifests").join(file), into.join(file)).unwrap();
    }
    let (all, said) = import(dir.path(), &into, &["--update"]);
    assert_eq!(
        (all, said.as_str()),
        (
            false,
            "- resource:docs://gone: the server offers it no longer\n\
             + resource:docs://hidden: new\n\
             ~ resource:docs://moved: changed\n    /description: `as reviewed` is gone\n\
             3 not accepted; `--accept NAME` pins one as it is now\n"
        )
    );
    let accept = ["resource:docs://gone", "resource:docs://hidden", "resource:docs://moved"];
    let accept: Vec<_> = std::iter::once("--update").chain(accept.iter().flat_map(|name| ["--accept", name])).collect();
    let (all, said) = import(dir.path(), &into, &accept);
    assert!(all && said.contains("docs://moved: changed, accepted"), "{said}");
    assert_eq!(import(dir.path(), &into, &["--update"]), (true, String::new()));
    let manifest = fs::read_to_string(into.join("library.toml")).unwrap();
    let added = manifest.split("[[resource]]").last().unwrap();
    assert!(added.contains("uri = \"docs://hidden\"") && added.contains("\"unclassified\""), "{added}");
}
