//! Six servers that nobody here wrote, imported as a user would, behind a kernel of their own, driven by a client that nobody here
//! wrote. What the servers are is in `strangers/install`; what a user decided about them, in `strangers/manifests`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

#[path = "support/runner.rs"]
mod runner;
mod support;

use aegis_runtime::kernel::Kernel as _;
use aegis_runtime::spec::{Origin, ServerId, ServerSpec};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use tempfile::TempDir;

aegis_macros::kernel!("strangers/manifests", "strangers/policy.toml");

fn main() -> ExitCode {
    runner::main::<Kernel>(&[
        ("a_policy_is_the_cage_of_its_files", a_policy_is_the_cage_of_its_files),
        ("an_import_drafts_what_was_decided", an_import_drafts_what_was_decided),
        (
            "an_update_shows_what_changed_and_pins_what_is_accepted",
            an_update_shows_what_changed_and_pins_what_is_accepted,
        ),
        ("a_clients_configuration_is_drafted_whole", a_clients_configuration_is_drafted_whole),
        ("an_official_client_works_through_us", an_official_client_works_through_us),
    ])
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/strangers")
}

/// The servers: `AEGIS_TEST_STRANGERS`, else installed here.
fn servers() -> PathBuf {
    if let Some(servers) = std::env::var_os("AEGIS_TEST_STRANGERS") {
        return servers.into();
    }
    let servers = support::target().join("strangers");
    let installed = Command::new(here().join("install")).arg(&servers).status().unwrap();
    assert!(installed.success(), "the servers could not be installed");
    servers
}

/// A state directory in which the manifests' places are there.
fn state() -> TempDir {
    let dir = support::private();
    symlink(servers(), dir.path().join("servers")).unwrap();
    for place in
        ["files/work", "files/records", "repositories/open", "repositories/sealed", "ledger", "memory", "elsewhere"]
    {
        fs::create_dir_all(dir.path().join(place)).unwrap();
    }
    dir
}

fn a_policy_is_the_cage_of_its_files() {
    let cage = |name: &str| &Kernel::SPEC.servers.iter().find(|server| server.name == name).unwrap().cage;
    assert_eq!(cage("filesystem").write.to_vec(), ["${state}/files/work"], "a rule lets a tool write there");
    assert!(cage("filesystem").read.contains(&"${state}/files/records"), "no rule does here");
    assert_eq!(cage("git").write.to_vec(), ["${state}/repositories/open"]);
    assert!(cage("git").read.contains(&"${state}/repositories/sealed"));
}

fn an_import_drafts_what_was_decided() {
    let state = state();
    for (index, server) in (0_u16..).zip(Kernel::SPEC.servers) {
        let (name, into) = (server.name, state.path().join("drafts"));
        let output = import(server, state.path(), &into).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let draft = fs::read_to_string(into.join(format!("{name}.toml"))).unwrap();
        let tools: Vec<_> =
            Kernel::SPEC.tools.iter().filter(|tool| tool.origin == Origin::Downstream(ServerId(index))).collect();
        assert_eq!(draft.matches("[[tool]]").count(), tools.len(), "{name}");
        let tables = ["[[tool]]", "[[resource]]", "[[prompt]]"].map(|table| draft.matches(table).count());
        let undecided = draft.matches("capabilities = [\"unclassified\"]").count();
        assert_eq!(undecided, tables.iter().sum::<usize>(), "{name}");
        for tool in tools {
            assert!(draft.contains(&format!("name = \"{}\"", tool.name)), "{}", tool.dotted);
            same(&into, &format!("schemas/{}.json", tool.dotted));
        }
        same(&into, &format!("schemas/{name}.pins.json"));
    }
}

/// A drafted file is the one that is checked in; `AEGIS_BLESS=1` checks it in.
fn same(drafts: &Path, file: &str) {
    let (drafted, decided) = (drafts.join(file), here().join("manifests").join(file));
    if std::env::var_os("AEGIS_BLESS").is_some() {
        fs::copy(&drafted, &decided).unwrap();
    }
    assert_eq!(fs::read_to_string(drafted).unwrap(), fs::read_to_string(decided).unwrap_or_default(), "{file}");
}

/// The server is the same, and somebody says that another one was reviewed.
fn an_update_shows_what_changed_and_pins_what_is_accepted() {
    let state = state();
    let into = state.path().join("reviewed");
    fs::create_dir_all(into.join("schemas")).unwrap();
    for entry in fs::read_dir(here().join("manifests/schemas")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), into.join("schemas").join(entry.file_name())).unwrap();
    }
    fs::copy(here().join("manifests/time.toml"), into.join("time.toml")).unwrap();
    let (pins, schema) = (into.join("schemas/time.pins.json"), into.join("schemas/time.convert_time.json"));
    let reviewed = fs::read_to_string(&pins).unwrap();
    let update = |accept: &[&str]| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["import", "--update", "time", "--into"]).arg(&into).arg("--state").arg(state.path());
        let output = command.args(accept.iter().flat_map(|tool| ["--accept", tool])).output().unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(update(&[]), (true, String::new()), "nothing changed");

    let other = reviewed
        .replace("Convert time between timezones", "Convert time between cities")
        .replace("\"get_current_time\"", "\"get_time_of_old\"");
    assert_ne!(other, reviewed);
    fs::write(&pins, &other).unwrap();
    let (all, said) = update(&[]);
    assert!(!all, "{said}");
    for line in [
        "- get_time_of_old: the server offers it no longer\n",
        "~ convert_time: changed\n    /description: `Convert time between cities` -> `Convert time between timezones`\n",
        "+ get_current_time: new\n",
        "3 not accepted",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert_eq!(fs::read_to_string(&pins).unwrap(), other, "nothing is written unasked");

    let (all, said) = update(&["convert_time"]);
    assert!(!all && said.contains("~ convert_time: changed, accepted") && said.contains("2 not accepted"), "{said}");
    let (all, said) = update(&["get_current_time", "get_time_of_old"]);
    assert!(all, "{said}");
    assert_eq!(fs::read_to_string(&pins).unwrap(), reviewed, "what runs is what is pinned");
    assert_eq!(
        fs::read_to_string(schema).unwrap(),
        fs::read_to_string(here().join("manifests/schemas/time.convert_time.json")).unwrap()
    );
    assert_eq!(update(&[]), (true, String::new()));
}

/// The file that people already have.
fn a_clients_configuration_is_drafted_whole() {
    let state = state();
    let root = state.path();
    let python = root.join("servers/new/bin/python");
    let server = |secret: &str| {
        serde_json::json!({"command": python, "args": ["-m", "mcp_server_time", "--local-timezone", "UTC"],
            "env": {"CLOCK_TOKEN": secret, "TZ": "UTC"}})
    };
    let file = root.join("config.json");
    let config = serde_json::json!({"mcpServers": {"Time One": server("hunter2-hunter2"), "time_two": server("hunter3-hunter3"),
        "far": {"url": "https://example.com/mcp"}}});
    fs::write(&file, config.to_string()).unwrap();
    let into = root.join("drafts");
    let mut command = Command::new(support::AEGIS);
    command.args(["import", "--from"]).arg(&file).arg("--into").arg(&into);
    for (name, place) in ["time-one", "time-two"].iter().flat_map(|name| [(name, "servers"), (name, "servers/base")]) {
        command.arg("--read").arg(format!("{name}={}", root.join(place).display()));
    }
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && said.contains("`far` is not drafted: it names no command"), "{said}");
    assert!(said.contains("have `TIME_TWO_CLOCK_TOKEN` in the kernel's environment"), "{said}");
    let mut drafts = String::new();
    for name in ["time-one", "time-two"] {
        drafts += &fs::read_to_string(into.join(format!("{name}.toml"))).unwrap();
        assert!(into.join(format!("schemas/{name}.pins.json")).exists());
    }
    assert!(drafts.contains("secrets = { CLOCK_TOKEN = { env = \"CLOCK_TOKEN\" } }"), "{drafts}");
    assert!(drafts.contains("secrets = { CLOCK_TOKEN = { env = \"TIME_TWO_CLOCK_TOKEN\" } }"), "{drafts}");
    assert!(drafts.contains("env = { TZ = \"UTC\" }") && !drafts.contains("hunter"), "{drafts}");
}

/// `aegis import` of a server, with what its cage gives it.
fn import(server: &ServerSpec, state: &Path, into: &Path) -> Command {
    let expand = |text: &&str| text.replace("${state}", state.to_str().unwrap());
    let mut command = Command::new(support::AEGIS);
    command.args(["import", server.name, "--into"]).arg(into);
    for (flag, places) in [("--read", server.cage.read), ("--write", server.cage.write)] {
        for place in places {
            command.args([flag.to_owned(), expand(place)]);
        }
    }
    command.arg("--").args(server.command.iter().map(expand));
    command
}

fn an_official_client_works_through_us() {
    let state = state();
    let output = Command::new(support::python())
        .arg(here().join("client.py"))
        .arg(std::env::current_exe().unwrap())
        .arg(state.path())
        .arg(here().join("manifests"))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("legacy ok") && text.contains("modern ok"), "{text}");
    let records = support::records(&support::log_of(state.path()));
    let kinds: Vec<&str> = records.iter().filter_map(|record| record["ev"].as_str()).collect();
    assert!(kinds.contains(&"server.pinned") || kinds.contains(&"server.spawned"), "{kinds:?}");
    assert!(!kinds.contains(&"tools.drift"), "what was imported is what runs");
}
