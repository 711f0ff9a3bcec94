//! A client that nobody here wrote: the official Python SDK, in both eras.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests may fail loudly")]

mod support;

use std::path::Path;
use std::process::Command;

#[test]
fn the_official_python_client_lists_and_calls_tools_in_both_eras() {
    let dir = support::state();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/client.py");
    let output = Command::new(support::python()).arg(script).arg(support::AEGIS).arg(dir.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("legacy ok") && text.contains("modern ok"), "{text}");
}
