//! The state directory: whose it is, what stands in it, the brake, the log, the anchor.

use super::{Finding, Verdict, finding};
use crate::state::State;
use aegis_runtime::audit;
use aegis_runtime::kernel::Kernel;
use aegis_runtime::own::{self, OwnError};
use aegis_runtime::receipt::Brake;
use std::path::{Path, PathBuf};

pub(super) fn look(root: &Path) -> Vec<Finding> {
    if !root.exists() {
        return vec![finding("state", Verdict::Note, format!("`{}` is made at the first `serve`", root.display()))];
    }
    let state = match State::open(root) {
        Ok(state) => state,
        Err(error) => return vec![finding("state", Verdict::Bad, error.to_string())],
    };
    let mut page = vec![finding("state", Verdict::Good, format!("`{}`, 0700, ours", state.root().display()))];
    page.extend(refused(&state).into_iter().map(|error| finding("state", Verdict::Bad, error.to_string())));
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

/// What stands in the place of the kernel's own files and directories and would stop a start. Nothing is made.
fn refused(state: &State) -> Vec<OwnError> {
    let at = |place: &str| state.root().join(place);
    let there = |path: &PathBuf| own::is_there(path);
    let keys = [state.tenant_key(), state.signing_key(), at("audit/registry.key")];
    let keys = keys.into_iter().filter(there).filter_map(|path| own::key(&path).err());
    let databases = [state.heads(), state.receipts()].into_iter().filter_map(|path| own::database(&path).err());
    let files = [at("audit/registry.log")].into_iter().filter(there).filter_map(|path| own::regular(&path).err());
    let directories = [state.audit(), at("said"), at("home")].into_iter().filter(there);
    let directories = directories.filter_map(|path| own::directory(&path).err());
    keys.chain(databases).chain(files).chain(directories).collect()
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

/// The age of the last checkpoint that the anchor command took, as the log's room noted it.
pub(super) fn anchor<K: Kernel>(root: &Path) -> Finding {
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
