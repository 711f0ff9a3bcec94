//! The whole pipeline, on one screen.

use crate::diag::{Diag, Level};
use crate::ir::Ir;
use crate::resolve::{self, Models};
use crate::source::Sources;
use crate::{check, emit, matrix, model};

/// A compiled policy.
#[derive(Debug)]
pub struct Compiled {
    /// The resolved program.
    pub ir: Ir,
    /// The kernel's Rust, formatted.
    pub rust: String,
    /// The decision matrix.
    pub matrix: String,
    /// Diagnostics that do not stop the build.
    pub warnings: Vec<Diag>,
}

/// Where the emitted code will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posture {
    /// Products: an allow-everything policy is refused.
    Guarded,
    /// The demo's twin.
    UnguardedAllowed,
}

/// Compiles a kernel.
///
/// # Errors
/// Every mistake of the first stage that has one.
pub fn compile(sources: &Sources, posture: Posture) -> Result<Compiled, Vec<Diag>> {
    let models = parse(sources)?;
    let mut diags = Vec::new();
    let (ir, spans) = resolve::resolve(&models, sources, posture == Posture::UnguardedAllowed, &mut diags);
    stop_on_errors(&mut diags)?;
    check::check(&ir, &spans, sources, &mut diags);
    stop_on_errors(&mut diags)?;
    let matrix = matrix::render(&ir);
    let rust = emit::kernel(&ir, sources);
    Ok(Compiled { ir, rust, matrix, warnings: diags })
}

fn parse(sources: &Sources) -> Result<Models, Vec<Diag>> {
    let mut diags = Vec::new();
    let mut keep = |diag: Box<Diag>| diags.push(*diag);
    let estate = model::parse(&sources.estate).map_err(&mut keep).ok();
    let manifests: Vec<_> = sources
        .manifests
        .iter()
        .filter_map(|source| model::parse(source).map_err(&mut keep).ok().map(|file| (source.path.clone(), file)))
        .collect();
    let policy = model::parse(&sources.policy).map_err(&mut keep).ok();
    match (estate, policy) {
        (Some(estate), Some(policy)) if diags.is_empty() => Ok(Models { estate, manifests, policy }),
        _ => Err(diags),
    }
}

fn stop_on_errors(diags: &mut Vec<Diag>) -> Result<(), Vec<Diag>> {
    if diags.iter().any(|diag| diag.level == Level::Error) { Err(std::mem::take(diags)) } else { Ok(()) }
}
