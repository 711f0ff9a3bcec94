//! `aegis doctor`: one honest page.

use crate::output::{CommandError, say};
use crate::program::located;
use crate::scratch::Scratch;
use crate::state::State;
use aegis_runtime::audit;
use aegis_runtime::cage as aegis_cage;
use aegis_runtime::downstream::digest_of;
use aegis_runtime::kernel::Kernel;
use aegis_runtime::receipt::Brake;
use aegis_runtime::spec::{CageLevel, Durability, SecretSource, ServerSpec};
use serde_json::{Value, json};
use std::collections::BTreeSet;
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
    page.extend(state_of(state));
    page.extend(K::SPEC.servers.iter().flat_map(|server| server_of(server, state)));
    page.extend(cage::<K>(state));
    page.push(deployment());
    page.push(anchor::<K>(state));
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

fn state_of(root: &Path) -> Vec<Finding> {
    if !root.exists() {
        return vec![finding("state", Verdict::Note, format!("`{}` is made at the first `serve`", root.display()))];
    }
    let state = match State::open(root) {
        Ok(state) => state,
        Err(error) => return vec![finding("state", Verdict::Bad, error.to_string())],
    };
    let mut page = vec![finding("state", Verdict::Good, format!("`{}`, 0700, ours", state.root().display()))];
    page.push(brake_of(&state));
    if state.audit().exists() {
        page.push(match audit::verify(&state.audit(), &state.heads(), &audit::Evidence::default()) {
            Ok(verdicts) if verdicts.exit_code() == 1 => {
                finding("audit", Verdict::Bad, "tampered: run `aegis audit verify`")
            }
            Ok(verdicts) if verdicts.exit_code() == 4 => {
                finding("audit", Verdict::Note, "torn tail: the next `serve` sets it aside")
            }
            Ok(_) => finding(
                "audit",
                Verdict::Note,
                "consistent; no external anchor, so a rewrite of log and heads together would go unnoticed",
            ),
            Err(error) => finding("audit", Verdict::Bad, error.to_string()),
        });
    }
    page
}

fn brake_of(state: &State) -> Finding {
    match Brake::at(state.halt()).halts() {
        Ok(halts) if halts.is_empty() => finding("brake", Verdict::Good, "off"),
        Ok(halts) => {
            let halts: Vec<_> =
                halts.iter().map(|halt| format!("{} since {} by {}", halt.scope, halt.since, halt.by)).collect();
            finding("brake", Verdict::Note, format!("on: {}; `aegis resume` lifts it", halts.join(", ")))
        }
        Err(error) => finding("brake", Verdict::Bad, format!("unreadable, so everything is halted: {error}")),
    }
}

/// The command must be found, the paths it is given be there, and each credential's source too; no value is read out.
fn server_of(server: &ServerSpec, state: &Path) -> Vec<Finding> {
    let mut page = Vec::new();
    let program = server.command.first().copied().unwrap_or_default();
    page.push(if program == "aegis" {
        finding(server.name, Verdict::Good, "embedded in this executable")
    } else if found(program) {
        finding(server.name, Verdict::Good, format!("`{program}` is there"))
    } else {
        finding(server.name, Verdict::Bad, format!("`{program}` is not there"))
    });
    let root = state.to_string_lossy();
    let given = server.command.iter().chain(server.cage.read).chain(server.cage.write);
    let below = given.filter(|text| text.starts_with("${state}/")).map(|text| text.replace("${state}", &root));
    let missing: BTreeSet<String> = below.filter(|path| !Path::new(path).exists()).collect();
    page.extend(missing.into_iter().map(|path| {
        finding(server.name, Verdict::Bad, format!("`{path}` is not there: the server cannot start; make it"))
    }));
    for (file, pinned) in server.sha256 {
        let digest = located(&file.replace("${state}", &root)).and_then(|path| digest_of(&path).ok());
        page.push(match digest {
            Some(digest) if digest == *pinned => finding(server.name, Verdict::Good, format!("`{file}` is as pinned")),
            Some(digest) => finding(
                server.name,
                Verdict::Bad,
                format!("`{file}` is not as pinned (AEG-D508): its SHA-256 is {digest}; restore it, or review it, pin it and build again"),
            ),
            None => finding(server.name, Verdict::Bad, format!("`{file}` is pinned and cannot be read")),
        });
    }
    for secret in server.secrets {
        let (there, source) = match secret.source {
            SecretSource::Env(name) => (std::env::var_os(name).is_some(), format!("variable `{name}`")),
            SecretSource::File(path) => (Path::new(path).is_file(), format!("file `{path}`")),
            SecretSource::Exec(argv) => {
                (argv.first().is_some_and(|program| found(program)), format!("command `{}`", argv.join(" ")))
            }
            SecretSource::Systemd(name) => (
                std::env::var_os("CREDENTIALS_DIRECTORY").is_some_and(|dir| {
                    Path::new(&dir).join(name).symlink_metadata().is_ok_and(|found| found.is_file())
                }),
                format!("systemd credential `{name}`"),
            ),
        };
        let verdict = if there { Verdict::Good } else { Verdict::Bad };
        page.push(finding(format!("{}:{}", server.name, secret.variable), verdict, source));
    }
    page
}

fn found(program: &str) -> bool {
    located(program).is_some()
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

/// The age of the last checkpoint that the anchor command took, as the log's room noted it.
fn anchor<K: Kernel>(root: &Path) -> Finding {
    let audit = &K::SPEC.policy.audit;
    if audit.anchor.is_empty() {
        let detail = "none: the log is tamper-evident relative to the head rows beside it, no further; name one in the policy's `[audit]`";
        return finding("anchor", Verdict::Note, detail);
    }
    let within = audit.require_anchor.map_or_else(String::new, |age| format!(", required within {} s", age.as_secs()));
    let asked =
        if audit.anchor_read.is_empty() { "; no start asks for it back" } else { "; every start asks for it back" };
    let required = format!("{within}{asked}");
    let path = State::at(root).audit().join("anchored.json");
    let age = std::fs::metadata(&path).and_then(|meta| meta.modified()).ok().and_then(|at| at.elapsed().ok());
    match age {
        Some(age) => {
            let late = audit.require_anchor.is_some_and(|most| age > most);
            let verdict = if late { Verdict::Bad } else { Verdict::Good };
            finding(
                "anchor",
                verdict,
                format!("`{}` took a checkpoint {} s ago{required}", audit.anchor.join(" "), age.as_secs()),
            )
        }
        None => finding(
            "anchor",
            Verdict::Note,
            format!("`{}` has taken no checkpoint yet{required}", audit.anchor.join(" ")),
        ),
    }
}
