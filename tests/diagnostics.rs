//! Every mistake that must not build, in process: its code, and its text to the letter (`expected.txt`; `AEGIS_BLESS=1` rewrites). The same
//! files are trybuild's cases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail loudly")]

use aegis_codegen::build::rendered;
use aegis_codegen::compile::{Posture, compile};
use aegis_codegen::diag::Code;
use aegis_codegen::source::Sources;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ui"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && path.file_name().unwrap().to_string_lossy().starts_with("AEG"))
        .collect();
    cases.sort();
    cases
}

fn sources(dir: &Path) -> Sources {
    Sources::read(&dir.join("manifests"), &dir.join("policy.toml")).unwrap()
}

#[test]
fn each_code_has_its_case_and_its_text() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        let code = case.file_name().unwrap().to_string_lossy().into_owned();
        let sources = sources(&case.join("broken"));
        let diags = compile(&sources, Posture::Guarded).map(|_| ()).expect_err(&code);
        assert!(diags.iter().any(|diag| diag.code.as_str() == code), "{code}: {}", rendered(&diags, &sources));
        let text = format!("{}\n", rendered(&diags, &sources));
        let golden = case.join("expected.txt");
        if std::env::var_os("AEGIS_BLESS").is_some() {
            fs::write(&golden, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&golden).unwrap_or_default(), text, "{code}; AEGIS_BLESS=1 rewrites");
        seen.insert(code);
    }
    // Warnings have tests of their own.
    let warnings = ["AEG0209", "AEG0407", "AEG0602"];
    let missing: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !seen.contains(*code) && !warnings.contains(code))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn each_near_miss_compiles() {
    let twins: Vec<PathBuf> = cases().into_iter().map(|case| case.join("twin")).filter(|twin| twin.is_dir()).collect();
    assert!(twins.len() >= 25, "{}", twins.len());
    for twin in twins {
        let sources = sources(&twin);
        if let Err(diags) = compile(&sources, Posture::Guarded) {
            panic!("{}: {}", twin.display(), rendered(&diags, &sources));
        }
    }
}

#[test]
fn what_a_pinned_schema_and_the_policy_say_of_the_masker_is_compiled_in() {
    let compiled = |case: &str| {
        let twin = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ui")).join(case).join("twin");
        compile(&sources(&twin), Posture::Guarded).unwrap().rust.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let rust = compiled("AEG0703");
    assert!(rust.contains(r#"numbers: &["customers[].salary", "total"]"#));
    assert!(rust.contains("bytes: 8388608, depth: 64, string: 4194304, places: 100000, private_addresses: false"));
    let rust = compiled("AEG0508");
    assert!(rust.contains("bytes: 16777216, depth: 8, string: 1048576, places: 50000, private_addresses: true"));
}

#[test]
fn a_domain_that_no_transform_speaks_of_is_warned_of() {
    let warned = |classes: &str| {
        let mut sources = sources(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ui")).join("AEG0312/twin"));
        let (rules, _) = sources.policy.text.split_once("[[transform]]").unwrap();
        // Nothing personal is declared, so nothing must be masked.
        sources.policy.text = format!("{rules}{classes}");
        sources.estate.text = sources.estate.text.replace(", pii = \"email\"", "");
        compile(&sources, Posture::Guarded).unwrap().warnings
    };
    let warnings = warned("");
    let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
    assert_eq!(warning.code, Code::NothingMasked);
    assert!(warning.message.contains("`db.ask` brings from `open`"), "{}", warning.message);
    let deliberate = "[[transform]]\nid = \"none\"\nwhy = \"public\"\ndomains = [\"open\"]\nclasses = {}\n";
    assert!(warned(deliberate).is_empty());
}

#[test]
fn the_readme_s_first_kernel_compiles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let block = |first: &str| {
        let (_, rest) = readme.split_once(&format!("```toml\n{first}\n")).unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    let strangers = root.join("tests/strangers");
    let mut sources = Sources::read(&strangers.join("manifests"), &strangers.join("policy.toml")).unwrap();
    sources.manifests.retain(|manifest| manifest.path.ends_with("time.toml"));
    sources.manifests.iter_mut().for_each(|manifest| manifest.text = manifest.text.replace("toys", "clock"));
    sources.estate.text = block("# /opt/kernel/manifests/estate.toml");
    sources.policy.text = block("# /opt/kernel/policy.toml");
    let compiled = compile(&sources, Posture::Guarded).map_err(|diags| rendered(&diags, &sources)).unwrap();
    assert!(compiled.warnings.is_empty(), "{:?}", compiled.warnings);
}
