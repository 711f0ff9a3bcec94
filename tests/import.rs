//! `aegis import` over servers and configurations that mean harm, and over those that fail; and what the compiler then asks of a draft.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

mod support;

use aegis_codegen::build::rendered;
use aegis_codegen::compile::{Posture, compile};
use aegis_codegen::source::Sources;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A server with one tool, whose definition stands in `tools.json` beside it; `fail` ends with a word instead.
const SERVER: &str = r#"
import json, os, sys
here = os.path.dirname(os.path.abspath(__file__))
if "fail" in sys.argv:
    sys.stderr.write("early\nboom: no module x, token %s\x1b[2J\n" % os.environ.get("API_TOKEN"))
    sys.exit(3)
def say(message):
    sys.stdout.write(json.dumps(message) + "\n"); sys.stdout.flush()
for line in sys.stdin:
    asked = json.loads(line)
    if "id" not in asked:
        continue
    raw = here + "/" + asked["method"].replace("/", "-")
    if os.path.exists(raw):
        sys.stdout.write(open(raw).read().replace("ID", json.dumps(asked["id"])) + "\n"); sys.stdout.flush()
        continue
    answer = {"jsonrpc": "2.0", "id": asked["id"]}
    if asked["method"] == "initialize":
        answer["result"] = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}, "resources": {}, "prompts": {}}, "serverInfo": {"name": "e", "version": "1"}}
    elif asked["method"] == "tools/list":
        answer["result"] = {"tools": json.load(open(os.path.join(here, "tools.json")))}
    else:
        answer["error"] = {"code": -32601, "message": "no"}
    say(answer)
"#;

/// What none of our files and messages may hold.
fn misleads(letter: char) -> bool {
    letter != '\n' && (letter.is_control() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'))
}

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new(tools: &Value) -> Self {
        let dir = support::private();
        fs::create_dir(dir.path().join("server")).unwrap();
        fs::write(dir.path().join("server/server.py"), SERVER).unwrap();
        fs::write(dir.path().join("server/tools.json"), tools.to_string()).unwrap();
        Self { dir }
    }

    fn server(&self) -> PathBuf {
        self.dir.path().join("server")
    }

    fn drafts(&self) -> PathBuf {
        self.dir.path().join("manifests")
    }

    /// Code, standard output, standard error.
    fn import(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::new(support::AEGIS);
        command.arg("import");
        if !arguments.contains(&"--database") {
            command.arg("--into").arg(self.drafts());
        }
        let output = command.args(arguments).current_dir(self.dir.path()).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }

    /// A client's configuration of servers, each the server above with further arguments and variables.
    fn config(&self, servers: &[(&str, &[&str], Value)]) -> String {
        let script = self.server().join("server.py");
        let server = |arguments: &[&str], env: &Value| {
            let mut all = vec!["-I", "-S", script.to_str().unwrap()];
            all.extend(arguments);
            json!({"command": "python3", "args": all, "env": env})
        };
        let servers: serde_json::Map<_, _> =
            servers.iter().map(|(name, arguments, env)| ((*name).to_owned(), server(arguments, env))).collect();
        let file = self.dir.path().join("config.json");
        fs::write(&file, json!({"mcpServers": servers}).to_string()).unwrap();
        file.to_str().unwrap().to_owned()
    }

    /// The path of the server as a gift to one of the configuration.
    fn gift(&self, name: &str) -> String {
        format!("{name}={}", self.server().display())
    }

    fn files(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        for dir in [self.drafts(), self.drafts().join("schemas")] {
            for entry in fs::read_dir(dir).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    files.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
                }
            }
        }
        files
    }
}

fn tool(name: &str, schema: Value) -> Value {
    json!({"name": name, "description": "d", "inputSchema": schema})
}

const EVIL: &str = "A = \"1\" }\ncage = { level = \"minimal\", reason = \"x\" }\n[[tool]]\nname = \"inj\"\n#";

#[test]
fn what_others_say_stays_in_its_place() {
    let name = "t1\n[server]\ncommand=[\"x\"]\u{1b}[2J";
    let words = "d\"\"\"\n[[tool]]\u{1b}]0;x\u{7} \u{202e}\u{9b}31m \u{200b}";
    let tool = json!({"name": name, "description": words, "annotations": {"title": words, "readOnlyHint": true},
        "inputSchema": {"type": "object", "properties": {"a\"\n[evil]\nx=\"": {"type": "string", "description": words}}}});
    let place = Place::new(&json!([tool]));
    let config = place.config(&[
        ("one", &[], json!({"TZ": words, "A": "x\u{1b}[2J"})),
        ("two", &[], json!({EVIL: "v"})),
        ("three", &[], json!({"X_TOKEN = { env = \"Y\" } }\n[[tool]]\nname = \"inj2\"\n#_token": "v"})),
        ("ref", &[], json!({"A": "${env:NO\u{1b}[31mSUCH}"})),
        ("bad\u{1b}[31m", &["fail"], json!({})),
    ]);
    let (code, said, complained) = place.import(&["--from", &config, "--read", &place.gift("one")]);
    assert_eq!(code, Some(1), "{said}{complained}");
    assert!(!said.contains(misleads) && !complained.contains(misleads), "{said:?}{complained:?}");
    assert_eq!(said.matches("is no name of a variable").count(), 3, "{said}");
    let files = place.files();
    assert_eq!(files.len(), 3, "{files:?}");
    for (file, text) in &files {
        assert!(!text.contains(misleads), "{file}: {text:?}");
        assert!(
            !text
                .lines()
                .any(|line| ["[evil", "[server]\u{1b}", "name = \"inj"].iter().any(|start| line.starts_with(start)))
        );
    }
    let draft = fs::read_to_string(place.drafts().join("one.toml")).unwrap();
    for (line, count) in [("[[tool]]", 1), ("[server]", 1), ("[[tool.screen]]", 1)] {
        assert_eq!(draft.lines().filter(|one| *one == line).count(), count, "{line}: {draft}");
    }
}

#[test]
fn no_credential_is_written_or_told() {
    let place = Place::new(&json!([tool("t", json!({"type": "object"}))]));
    let arguments = [
        "--header",
        "Authorization: Bearer hunter2hunter2",
        "-p",
        "hunter2",
        "--password",
        "-hunter2",
        "https://api.example.com/?token=hunter2",
        "Server=db;Password=hunter2;",
        "--port",
        "8080",
    ];
    let env = json!({"DB_PASS": "hunter2", "MY_PIN": "991823", "PLAIN": "hunter2", "LOG_LEVEL": "debug"});
    let failing = json!({"API_TOKEN": "hunter2"});
    let config = place.config(&[("one", &arguments, env), ("two", &["fail"], failing)]);
    let gifts = [place.gift("one"), place.gift("two")];
    let (_, said, complained) = place.import(&["--from", &config, "--read", &gifts[0], "--read", &gifts[1]]);
    let draft = fs::read_to_string(place.drafts().join("one.toml")).unwrap();
    for text in [&draft, &said, &complained] {
        assert!(!text.contains("hunter2") && !text.contains("991823"), "{text}");
    }
    assert!(draft.contains("\"--port\", \"8080\"]") && draft.contains("env = { LOG_LEVEL = \"debug\" }"), "{draft}");
    assert!(
        draft.contains("MY_PIN = { env = \"MY_PIN\" }") && draft.contains("PASSWORD = { env = \"PASSWORD\" }"),
        "{draft}"
    );
    assert!(said.contains("have `DB_PASS` in the kernel's environment"), "{said}");
    assert!(said.contains("boom: no module x, token ***"), "{said}");
}

#[test]
fn what_a_server_repeats_is_not_written() {
    let handed = "hun\"ter2 x";
    let words = format!("for {handed}, {}, ?p=hun%22ter2+x and token4711", json!(handed));
    let schema =
        json!({"type": "object", "properties": {"q": {"type": "string", "default": handed, "description": words}}});
    let place = Place::new(
        &json!([{"name": "t", "title": handed, "description": words, "inputSchema": schema, "annotations": {"title": words}}]),
    );
    let arguments = ["--token=token4711", "https://me.example.com/token4711"];
    let config = place.config(&[("one", &arguments, json!({"DB_PASS": handed}))]);
    let (code, said, complained) = place.import(&["--from", &config, "--read", &place.gift("one")]);
    assert!(code == Some(0) && said.contains("`one` repeats a credential that it was handed"), "{said}{complained}");
    let files = place.files();
    assert_eq!(files.len(), 3, "{files:?}");
    for (file, text) in &files {
        assert!(!text.contains("ter2") && !text.contains("token4711") && text.contains("***"), "{file}: {text}");
    }
}

/// Nobody waits for an answer that came and cannot be read.
#[test]
fn an_unreadable_list_ends_the_look_at_once() {
    let place = Place::new(&json!([]));
    let (script, server) = (place.server().join("server.py"), place.server());
    let run = ["s", "--read", server.to_str().unwrap(), "--", "python3", "-I", "-S", script.to_str().unwrap()];
    let whole = |answer: &str| format!(r#"{{"jsonrpc":"2.0","id":ID,{answer}}}"#);
    let deep = format!(r#""result":{{"tools":[],"x":{}{}}}"#, "[".repeat(200), "]".repeat(200));
    let long = whole(&format!(r#""result":{{"tools":[],"x":"{}"}}"#, "x".repeat(2 << 20)));
    let good = r#"{"jsonrpc":"2.0","id":ID,"result":{"tools":[],"resources":[],"prompts":[]}}"#;
    let (batch, nameless, misnamed) = ("(a batch)", "without a readable id", "under an id that no request has");
    for (list, line, words) in [
        ("tools-list", &whole(r#""result":{"tools":[],"tools":[]}"#), "a key stands twice"),
        ("tools-list", &whole(r#""result":{"tools":[],"x":1e400}"#), "no double holds"),
        ("tools-list", &whole(r#""result":{"tools":[],"x":"\ud800"}"#), "surrogate"),
        ("tools-list", &whole(&deep), "128 levels"),
        ("tools-list", &whole(r#""result":{"tools":[]},"error":{"code":1,"message":"x"}"#), "not one to the method"),
        ("tools-list", &whole(r#""error":5"#), "not one to the method"),
        ("tools-list", &long, "more than 2 MiB"),
        ("tools-list", &whole(r#""x":1"#), "not one to the method"),
        ("tools-list", &format!("[{good}]"), batch),
        ("resources-list", &format!(" [{good}"), batch),
        ("prompts-list", &format!(r#"[{{"jsonrpc":"2.0","method":"x"}},{good}]"#), batch),
        ("initialize", &format!("[{good}]"), batch),
        ("tools-list", &good.replace(r#""id":ID,"#, ""), nameless),
        ("resources-list", &good.replace("ID", "null"), nameless),
        ("tools-list", &good.replace("ID", "[ID]"), nameless),
        ("prompts-list", &r#"{"jsonrpc":"2.0","error":{"code":1,"message":"x"}}"#.to_owned(), nameless),
        ("tools-list", &good.replace("ID", "4711"), misnamed),
        ("initialize", &good.replace("ID", r#""ID""#), misnamed),
        ("tools-list", &r#"{"jsonrpc":"2.0","id":4711,"result":NaN}"#.to_owned(), misnamed),
    ] {
        fs::write(server.join(list), line).unwrap();
        let begun = Instant::now();
        let (code, said, complained) = place.import(&run);
        assert!(code == Some(2) && complained.contains("AEG-D503: "), "{list} {line:.99}: {said}{complained}");
        assert!(complained.contains(words), "{list} {line:.99}: {complained}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{line:.99}: {:?}", begun.elapsed());
        fs::remove_file(server.join(list)).unwrap();
    }
    assert!(place.files().is_empty());
    // Notifications have no id, and a stray array is no message.
    let before = r#"{"jsonrpc":"2.0","method":"notifications/x"}"#;
    let answer = whole(r#""result":{"tools":[]}"#);
    fs::write(server.join("tools-list"), format!("{before}\n[1]\n{answer}")).unwrap();
    let (code, said, complained) = place.import(&run);
    assert_eq!(code, Some(0), "{said}{complained}");
}

#[test]
fn a_server_that_fails_is_told_of() {
    let place = Place::new(&json!([]));
    let (script, server) = (place.server().join("server.py"), place.server());
    let (script, server) = (script.to_str().unwrap(), server.to_str().unwrap());
    let run = ["python3", "-I", "-S", script];
    let (code, _, complained) = place.import(&[&["s", "--read", server, "--"][..], &run, &["fail"]].concat());
    assert_eq!(code, Some(2));
    assert!(
        complained.contains("the server ended during the handshake (exit 3); it said:\n  early\n  boom"),
        "{complained}"
    );
    assert!(!complained.contains(misleads), "{complained:?}");
    // The cage does not let it read its own program, and the interpreter says so.
    let (_, _, complained) = place.import(&[&["s", "--"][..], &run].concat());
    assert!(complained.contains("server.py") && complained.contains("(exit 2)"), "{complained}");
    assert!(complained.contains("name what it needs with `--read`"), "{complained}");
    let (_, _, complained) = place.import(&["s", "--", "no-such\u{1b}[2J"]);
    assert!(complained.contains("no-such\\u001b[2J") && !complained.contains("cage"), "{complained}");
    assert!(place.files().is_empty());
}

#[test]
fn a_gift_is_given_to_the_server_it_names() {
    let place = Place::new(&json!([tool("t", json!({"type": "object"}))]));
    let config = place.config(&[("One", &[], json!({})), ("two", &[], json!({}))]);
    let whole = place.server().display().to_string();
    for (gift, words) in [
        (&["--read", &whole][..], "`--read` is `--read NAME=PATH`"),
        (&["--write", &whole], "`--write` is `--write NAME=PATH`"),
        (&["--net"], "`--net` is `--net=NAME`"),
        (&["--net=three"], "names no server `three`"),
    ] {
        let (code, _, complained) = place.import(&[&["--from", &config][..], gift].concat());
        assert!(code == Some(2) && complained.contains(words), "{gift:?}: {complained}");
    }
    let gifts = [place.gift("One"), place.gift("two")];
    let (code, said, _) = place.import(&["--from", &config, "--read", &gifts[0], "--write", &gifts[1], "--net=two"]);
    assert_eq!(code, Some(0), "{said}");
    let draft = |name: &str| fs::read_to_string(place.drafts().join(format!("{name}.toml"))).unwrap();
    assert!(draft("one").contains(&format!("net = \"none\", read = [\"{whole}\"], write = []")), "{}", draft("one"));
    assert!(draft("two").contains(&format!("net = \"full\", read = [], write = [\"{whole}\"]")), "{}", draft("two"));
}

#[test]
fn a_file_without_servers_is_said() {
    let place = Place::new(&json!([tool("t", json!({"type": "object"}))]));
    let file = place.dir.path().join("config.json");
    for text in ["{}", "{\"servers\":{}}", "{\"mcpServers\":{}}", "[]", "{\"mcpServers\":3}"] {
        fs::write(&file, text).unwrap();
        let (code, said, complained) = place.import(&["--from", file.to_str().unwrap()]);
        assert!(code == Some(2) && said.is_empty() && complained.contains("names no server"), "{text}: {complained}");
    }
    let config = place.config(&[("one", &[], json!({}))]);
    let text = fs::read_to_string(&config).unwrap().replace("\"mcpServers\"", "\"servers\"");
    fs::write(&config, text).unwrap();
    assert_eq!(place.import(&["--from", &config, "--read", &place.gift("one")]).0, Some(0), "VS Code's");
}

#[test]
fn the_draft_of_a_database_is_written_where_it_is_asked_for() {
    let place = Place::new(&json!([]));
    let database = place.dir.path().join("w.db");
    rusqlite::Connection::open(&database).unwrap().execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY)").unwrap();
    let database = format!("sqlite:{}", database.display());
    let into = place.drafts();
    let written = |arguments: &[&str]| place.import(&[&["w", "--database", &database][..], arguments].concat());
    let (code, said, _) = written(&[]);
    assert!(code == Some(0) && said.contains("[table.t]") && !into.exists());
    let (code, said, _) = written(&["--into", into.to_str().unwrap()]);
    assert!(code == Some(0) && said.contains("estate.toml") && !said.contains("[table.t]"), "{said}");
    assert!(fs::read_to_string(into.join("estate.toml")).unwrap().contains("[table.t]"));
    let (code, _, complained) = written(&["--into", into.to_str().unwrap()]);
    assert!(code == Some(2) && complained.contains("is there already"), "{complained}");
}

/// What import marks is what the compiler asks for.
#[test]
fn a_draft_builds_when_every_place_is_decided_and_not_before() {
    let text = json!({"type": "string"});
    let schema = json!({"type": "object", "properties": {
        "sql": {"type": "object"}, "paths": {"type": "array"}, "command": {"type": "array", "prefixItems": [text]},
        "query": {"type": "object", "additionalProperties": text}, "in": {"type": "object", "properties": {"a": text}},
        "maybe": {"anyOf": [text, {"type": "null"}]}, "far": {"$ref": "#/$defs/far"}, "label": text, "any": {},
        "kind": {"enum": ["a"]}, "count": {"type": "integer"}}, "$defs": {"far": {"type": "array", "items": text}},
        "additionalProperties": true});
    let place = Place::new(&json!([tool("go", schema)]));
    let server = place.server();
    let script = server.join("server.py");
    let run = ["s", "--read", server.to_str().unwrap(), "--", "python3", "-I", "-S", script.to_str().unwrap()];
    let (code, said, complained) = place.import(&run);
    assert_eq!(code, Some(0), "{said}{complained}");
    let twin = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui/AEG0301/twin");
    for file in ["estate.toml", "db.toml", "schemas/tag.json"] {
        fs::copy(twin.join("manifests").join(file), place.drafts().join(file)).unwrap();
    }
    let drafted = place.drafts().join("s.toml");
    let draft = fs::read_to_string(&drafted).unwrap().replace("\"unclassified\"", "\"read:open\"");
    let (head, screens) = draft.split_once("\n[[tool.screen]]").unwrap();
    let marked: BTreeSet<&str> = screens.lines().filter_map(|line| line.strip_prefix("at = ")).collect();
    let wanted = ["", "/any", "/command", "/far/*", "/in/a", "/label", "/maybe", "/paths", "/query", "/sql"];
    assert_eq!(
        marked,
        wanted.iter().map(|at| format!("\"{at}\"")).collect::<Vec<_>>().iter().map(String::as_str).collect()
    );

    let built = |text: &str| {
        fs::write(&drafted, text).unwrap();
        let sources = Sources::read(&place.drafts(), &twin.join("policy.toml")).unwrap();
        compile(&sources, Posture::Guarded).map(|_| ()).map_err(|diags| {
            (diags.iter().map(|diag| diag.code.as_str()).collect::<Vec<_>>(), rendered(&diags, &sources))
        })
    };
    // Undecided; then without its marks; then all decided; then all but one.
    assert!(built(&draft).unwrap_err().0.contains(&"AEG0007"));
    let (codes, text) = built(head).unwrap_err();
    assert_eq!(codes, vec!["AEG0301"; wanted.len()], "{text}");
    let decided: String = draft
        .lines()
        .map(|line| {
            if line.starts_with("kind = \"unread\"") {
                "kind = \"opaque\"\nwhy = \"it names nothing\"\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    assert_eq!(built(&decided), Ok(()));
    let (codes, text) = built(&decided.replace("at = \"/sql\"", "at = \"/label\"")).unwrap_err();
    assert!(codes == ["AEG0301"] && text.contains("nothing reads `/sql` of `go`, which can hold anything"), "{text}");
}
