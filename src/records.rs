//! `aegis audit`: reading what was recorded.

use crate::output::{CommandError, say};
use crate::state::State;
use aegis_runtime::audit;
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;

pub(crate) fn verify(state: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let state = State::at(state);
    let verdicts = audit::verify(&state.audit(), &state.heads()).map_err(CommandError::refused)?;
    if json {
        say(Value::Object(verdicts.to_json()))?
    } else {
        say(&verdicts)?
    }
    Ok(ExitCode::from(verdicts.exit_code()))
}

pub(crate) fn show(state: &Path, call: Option<&str>) -> Result<ExitCode, CommandError> {
    let state = State::at(state);
    let text = audit::show(&state.audit(), call).map_err(CommandError::refused)?;
    say(text.trim_end())?;
    Ok(ExitCode::SUCCESS)
}
