//! `aegis doctor`: one honest page.

mod servers;
mod state;

use crate::output::{CommandError, say};
use crate::scratch::Scratch;
use aegis_runtime::cage as aegis_cage;
use aegis_runtime::kernel::Kernel;
use aegis_runtime::spec::{CageLevel, Durability};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// One line of the page: what was looked at, whether it holds, what was seen.
struct Finding {
    subject: String,
    verdict: Verdict,
    detail: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    Note,
    Bad,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Verdict::Good => "ok",
            Verdict::Note => "note",
            Verdict::Bad => "bad",
        }
    }
}

pub(crate) fn run<K: Kernel>(state: &Path, as_json: bool) -> Result<ExitCode, CommandError> {
    let mut page = policy::<K>();
    page.extend(state::look(state));
    page.extend(servers::look::<K>(state));
    page.extend(cage::<K>(state));
    page.push(deployment());
    page.push(state::anchor::<K>(state));
    let bad = page.iter().any(|finding| finding.verdict == Verdict::Bad);
    if as_json {
        let page: Vec<Value> = page
            .iter()
            .map(|finding| json!({"subject": finding.subject, "verdict": finding.verdict.word(), "detail": finding.detail}))
            .collect();
        say(Value::Array(page))?;
    } else {
        for finding in &page {
            say(format!("{:4}  {:<18} {}", finding.verdict.word(), finding.subject, finding.detail))?;
        }
    }
    Ok(if bad { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn finding(subject: impl Into<String>, verdict: Verdict, detail: impl Into<String>) -> Finding {
    Finding { subject: subject.into(), verdict, detail: detail.into() }
}

fn policy<K: Kernel>() -> Vec<Finding> {
    let policy = &K::SPEC.policy;
    let durability = match policy.durability {
        Durability::Fsync => {
            finding("durability", Verdict::Good, "fsync: an intent survives power loss before anything is done")
        }
        Durability::Os => {
            finding("durability", Verdict::Note, "os: an intent survives a kill of the kernel, not power loss")
        }
    };
    let guarded = if policy.posture == "guarded" { Verdict::Good } else { Verdict::Bad };
    vec![
        finding("policy", guarded, format!("`{}`, posture {}, digest {}", policy.name, policy.posture, policy.digest)),
        finding(
            "compiled in",
            Verdict::Good,
            format!(
                "{} tools of {} servers, {} tables, {} datasets, {} rules",
                K::SPEC.tools.len(),
                K::SPEC.servers.len(),
                K::SPEC.tables.len(),
                K::SPEC.datasets.len(),
                K::SPEC.rules.len()
            ),
        ),
        durability,
    ]
}

/// Each control as this machine has it, and whether a cage holds when it is tried. A control that a server asks for and that is
/// not there is bad; one that nobody asks for is worth a note.
fn cage<K: Kernel>(state: &Path) -> Vec<Finding> {
    let asks = |level: CageLevel| K::SPEC.servers.iter().any(|server| server.cage.level == level);
    let lacking = |control: &str| {
        let strict = control == "namespaces";
        if asks(CageLevel::Strict) || (!strict && asks(CageLevel::Standard)) { Verdict::Bad } else { Verdict::Note }
    };
    let home = match Scratch::make("doctor") {
        Ok(home) => home,
        Err(error) => return vec![finding("cage", Verdict::Bad, format!("not tried: {error}"))],
    };
    let mut page: Vec<Finding> = aegis_cage::probes(home.path())
        .into_iter()
        .map(|probe| match probe.found {
            Ok(found) => finding(format!("cage: {}", probe.control), Verdict::Good, found),
            Err(error) => finding(format!("cage: {}", probe.control), lacking(probe.control), error),
        })
        .collect();
    page.push(match aegis_cage::attempts(home.path(), state) {
        Ok(attempts) => {
            let out: Vec<&str> =
                attempts.iter().filter(|tried| tried.stopped.is_none()).map(|tried| tried.what.as_str()).collect();
            match out.as_slice() {
                [] => finding(
                    "cage: broken into",
                    Verdict::Good,
                    format!("no: {} attempts from inside were stopped", attempts.len()),
                ),
                _ => finding("cage: broken into", Verdict::Bad, format!("a caged process could {}", out.join(", "))),
            }
        }
        Err(error) => finding("cage: broken into", lacking("landlock"), error),
    });
    let reserved = K::SPEC.servers.iter().filter(|server| server.cage.level == CageLevel::Minimal);
    page.extend(reserved.map(|server| {
        finding(
            format!("cage: {}", server.name),
            Verdict::Note,
            "minimal: reads and writes what this uid can, and reaches the network",
        )
    }));
    page
}

/// Custody is claimed from class B on.
fn deployment() -> Finding {
    use std::os::unix::fs::MetadataExt;
    let own = rustix::process::getuid().as_raw();
    let parent = rustix::process::getppid().map(|pid| pid.as_raw_nonzero().get());
    let parent = parent.and_then(|pid| std::fs::metadata(format!("/proc/{pid}")).ok()).map(|meta| meta.uid());
    match parent {
        Some(parent) if parent != own => finding(
            "deployment",
            Verdict::Good,
            format!(
                "class B as run here: uid {own} under a caller of uid {parent}; custody holds against a shell of the caller's"
            ),
        ),
        Some(_) | None => finding(
            "deployment",
            Verdict::Note,
            "class A as run here: the kernel has its caller's uid, so an agent with a shell under that uid can read the state directory and stop the kernel; \
             custody is claimed from class B on: give the kernel a uid (B) or a host or container (C) of its own",
        ),
    }
}
