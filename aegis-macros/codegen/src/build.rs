//! What a build script does: find the TOML, compile, write, and speak to cargo.

use crate::compile::{Compiled, Posture, compile};
use crate::diag::Level;
use crate::source::{ReadError, Sources};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The lines a build script prints, and whether it must fail.
#[derive(Debug, Default)]
pub struct Report {
    /// For standard output.
    pub lines: Vec<String>,
    /// No kernel was written.
    pub failed: bool,
}

/// Compiles `manifests/` and `policies/default.toml` of the package into `OUT_DIR`, or what `AEGIS_MANIFESTS` and
/// `AEGIS_POLICY` name. Relative paths are relative to the package.
#[must_use]
pub fn run() -> Report {
    let root = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    let place =
        |variable: &str, default: &str| root.join(env::var_os(variable).map_or_else(|| default.into(), PathBuf::from));
    let (manifests, policy) = (place("AEGIS_MANIFESTS", "manifests"), place("AEGIS_POLICY", "policies/default.toml"));
    let mut report = Report::default();
    report.lines.push("cargo::rerun-if-env-changed=AEGIS_MANIFESTS".into());
    report.lines.push("cargo::rerun-if-env-changed=AEGIS_POLICY".into());
    for watched in [&manifests, &policy] {
        report.lines.push(format!("cargo::rerun-if-changed={}", watched.display()));
    }
    match into_dir(&manifests, &policy, &out) {
        Ok(warnings) => report.lines.extend(said(&warnings).map(|line| format!("cargo::warning={line}"))),
        Err(text) => {
            report.lines.extend(said(&text).map(|line| format!("cargo::error={line}")));
            report.failed = true;
        }
    }
    report
}

/// Cargo prints one line each; empty ones would only be noise.
fn said(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty())
}

/// Compiles, and writes `kernel.rs` and `matrix.txt`; the text is warnings, or errors.
fn into_dir(manifests: &Path, policy: &Path, out: &Path) -> Result<String, String> {
    let sources = Sources::read(manifests, policy).map_err(|error| unreadable(&error))?;
    let Compiled { rust, matrix, warnings, .. } =
        compile(&sources, Posture::Guarded).map_err(|diags| rendered(&diags, &sources))?;
    for (name, text) in [("kernel.rs", rust), ("matrix.txt", matrix)] {
        let path = out.join(name);
        fs::write(&path, text).map_err(|error| format!("error: cannot write `{name}`: {error}"))?;
    }
    Ok(rendered(&warnings, &sources))
}

/// The text of diagnostics, errors first, with a closing count.
#[must_use]
pub fn rendered(diags: &[crate::diag::Diag], sources: &Sources) -> String {
    let all = sources.all();
    let mut texts: Vec<String> = diags.iter().map(|diag| diag.render(&all)).collect();
    let errors = diags.iter().filter(|diag| diag.level == Level::Error).count();
    if errors > 0 {
        texts.push(format!(
            "error: no kernel: {errors} mistake{} in the policy or the manifests",
            if errors == 1 { "" } else { "s" }
        ));
    }
    texts.join("\n\n")
}

/// The text of a file that cannot be read.
#[must_use]
pub fn unreadable(error: &ReadError) -> String {
    format!("error: cannot read `{}`: {}", error.path.display(), error.cause)
}
