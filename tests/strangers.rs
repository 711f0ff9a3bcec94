//! Six servers that nobody here wrote, imported as a user would, behind a kernel of their own, driven by a client that nobody here
//! wrote. What the servers are is in `strangers/install`; what a user decided about them, in `strangers/manifests`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

#[path = "support/runner.rs"]
mod runner;
mod support;

use aegis_runtime::kernel::Kernel as _;
use aegis_runtime::spec::{Origin, ServerId, ServerSpec};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use tempfile::TempDir;

aegis_macros::kernel!("strangers/manifests", "strangers/policy.toml");

fn main() -> ExitCode {
    runner::main::<Kernel>(&[
        ("a_policy_is_the_cage_of_its_files", a_policy_is_the_cage_of_its_files),
        ("an_import_drafts_what_was_decided", an_import_drafts_what_was_decided),
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
    let dir = tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o700)).tempdir().unwrap();
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
        assert_eq!(draft.matches("capabilities = [\"unclassified\"]").count(), tools.len(), "{name}");
        for tool in tools {
            assert!(draft.contains(&format!("name = \"{}\"", tool.name)), "{}", tool.dotted);
            let schema = format!("schemas/{}.json", tool.dotted);
            let (drafted, decided) = (into.join(&schema), here().join("manifests").join(&schema));
            assert_eq!(fs::read_to_string(drafted).unwrap(), fs::read_to_string(decided).unwrap(), "{schema}");
        }
    }
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
