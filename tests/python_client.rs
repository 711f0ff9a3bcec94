//! A client that nobody here wrote: the official Python SDK, in both eras.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests may fail loudly")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The interpreter with the SDK: `AEGIS_TEST_PYTHON`, else an environment made here.
fn python() -> PathBuf {
    if let Some(python) = std::env::var_os("AEGIS_TEST_PYTHON") {
        return python.into();
    }
    let target = Path::new(support::AEGIS).parent().unwrap().parent().unwrap();
    let environment = target.join("venv");
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

#[test]
fn the_official_python_client_lists_and_calls_tools_in_both_eras() {
    let dir = support::state();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/client.py");
    let output = Command::new(python()).arg(script).arg(support::AEGIS).arg(dir.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("legacy ok") && text.contains("modern ok"), "{text}");
}
