//! `aegis receipt`: reading what was earned.

use crate::output::{CommandError, say};
use crate::state::State;
use aegis_runtime::kernel::Kernel;
use aegis_runtime::receipt::Receipts;
use std::path::Path;
use std::process::ExitCode;

pub(crate) fn receipts<K: Kernel>(state: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let receipts = Receipts::read(&State::at(state).receipts()).map_err(CommandError::refused)?;
    if receipts.is_empty() && !json {
        say("no receipts")?;
    }
    for receipt in receipts {
        if json {
            say(serde_json::to_string(&receipt).map_err(CommandError::refused)?)?;
        } else {
            let policy = if receipt.policy_digest == K::SPEC.policy.digest { "this policy" } else { "another policy" };
            say(format!(
                "{}  {:9} {}  {}  {} rows  {}  {}  {policy}",
                receipt.id,
                receipt.state,
                receipt.kind,
                receipt.dataset,
                receipt.rows,
                receipt.principal,
                receipt.minted_at
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
