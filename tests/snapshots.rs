//! The review surface: what reviewers diff is what rustc compiled.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

use aegis_codegen::compile::{Compiled, Posture, compile};
use aegis_codegen::diag::Code;
use aegis_codegen::source::{Source, Sources};
use std::fs;
use std::path::Path;

const BLESS: &str = "stale; run `cargo run -p aegis-codegen --bin aegisc -- bless`";

fn default_sources() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Sources::read(&root.join("manifests"), &root.join("policies/default.toml")).unwrap()
}

fn compiled(sources: &Sources) -> Compiled {
    compile(sources, Posture::Guarded)
        .unwrap_or_else(|diags| panic!("{}", aegis_codegen::build::rendered(&diags, sources)))
}

#[test]
fn snapshots_are_fresh() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    assert!(
        fs::read_to_string(format!("{dir}/kernel.rs")).unwrap_or_default()
            == include_str!(concat!(env!("OUT_DIR"), "/kernel.rs")),
        "{BLESS}"
    );
    assert!(
        fs::read_to_string(format!("{dir}/matrix.txt")).unwrap_or_default()
            == include_str!(concat!(env!("OUT_DIR"), "/matrix.txt")),
        "{BLESS}"
    );
}

#[test]
fn the_output_knows_no_directory() {
    let text = include_str!(concat!(env!("OUT_DIR"), "/kernel.rs"));
    assert!(!text.contains(env!("CARGO_MANIFEST_DIR")));
    let copy = tempfile::tempdir().unwrap();
    let sources = default_sources();
    fs::create_dir_all(copy.path().join("manifests")).unwrap();
    fs::create_dir_all(copy.path().join("policies")).unwrap();
    for source in sources.all() {
        fs::write(copy.path().join(&source.path), &source.text).unwrap();
    }
    let there = Sources::read(&copy.path().join("manifests"), &copy.path().join("policies/default.toml")).unwrap();
    assert!(compiled(&there).rust == text);
}

/// Lines of `after` that `before` does not have at that place; both have the same number of lines.
fn changed(before: &str, after: &str) -> usize {
    assert_eq!(before.lines().count(), after.lines().count());
    before.lines().zip(after.lines()).filter(|(one, other)| one != other).count()
}

#[test]
fn flipping_one_rule_is_a_diff_of_a_few_lines() {
    let sources = default_sources();
    let before = compiled(&sources);
    for (id, wide) in [("run-checks", false), ("work-in-progress", false), ("read-data", true)] {
        let text = &sources.policy.text;
        let flipped = text.replacen(&format!("[[allow]]\nid = \"{id}\""), &format!("[[block]]\nid = \"{id}\""), 1);
        assert_ne!(&flipped, text, "{id}");
        let policy = Source { path: sources.policy.path.clone(), text: flipped };
        let after = compiled(&Sources { policy, ..sources.clone() });
        // What the rule is, and an arm for each tool that it is narrowed to.
        assert!(
            changed(&before.rust, &after.rust) <= 6,
            "{id}: {} lines of kernel.rs",
            changed(&before.rust, &after.rust)
        );
        // The matrix has a row a tool, so a rule over what every tool does is a line for each of them.
        let most = if wide { before.ir.tools.len() } else { 5 };
        assert!(
            changed(&before.matrix, &after.matrix) <= most,
            "{id}: {} lines of matrix.txt",
            changed(&before.matrix, &after.matrix)
        );
    }
}

#[test]
fn a_policy_with_no_rule_denies_everything() {
    use aegis_codegen::interpret::{Verdict, judge};
    let sources = default_sources();
    let policy = Source { path: sources.policy.path.clone(), text: "name = \"empty\"\n".to_owned() };
    let empty = compiled(&Sources { policy, ..sources });
    assert_eq!(empty.warnings.iter().map(|diag| diag.code).collect::<Vec<_>>(), [Code::NoRule]);
    for (index, tool) in empty.ir.tools.iter().enumerate() {
        for pair in &tool.reachable {
            let verdict = judge(&empty.ir, index, &[*pair], &serde_json::json!({"dataset": "customers"}), &[]);
            assert_eq!(verdict, Verdict::Deny(vec!["-".to_owned()]));
        }
    }
    // In the emitted kernel no cell is anything but uncovered.
    assert!(!empty.rust.contains("Cell::Allow(") && !empty.rust.contains("Cell::Gate("), "{}", empty.matrix);
    assert!(empty.rust.contains("Cell::Uncovered"));
}
