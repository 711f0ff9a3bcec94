//! `aegis halt` and `aegis resume`: an operator's brake, for every kernel of a state directory.

use crate::operator;
use crate::output::{CommandError, say};
use crate::state::State;
use aegis_runtime::audit::{Event, Record};
use aegis_runtime::kernel::Kernel;
use aegis_runtime::receipt::{Brake, Scope};
use serde_json::{Map, json};
use std::path::Path;
use std::process::ExitCode;

/// The brake is on before it is recorded, and stays on where the record fails: the other order would leave the agent at work.
pub(crate) fn halt<K: Kernel>(state: &Path, what: Option<&str>) -> Result<ExitCode, CommandError> {
    let (state, scope) = (State::open(state)?, scope::<K>(what)?);
    let halted =
        Brake::at(state.halt()).halt(scope.clone(), &operator::name()).map_err(CommandError::io("the brake"))?;
    say(if halted == scope {
        format!("halted: {scope}")
    } else {
        format!(
            "halted: {halted}, because the brake's file cannot say `{scope}` (is the disk full?); `aegis resume` lifts it"
        )
    })?;
    let scope = halted;
    record::<K>(&state, Event::BrakeOn, &scope)?;
    Ok(ExitCode::SUCCESS)
}

/// The record is durable before the brake is off.
pub(crate) fn resume<K: Kernel>(state: &Path, what: Option<&str>) -> Result<ExitCode, CommandError> {
    let (state, scope) = (State::open(state)?, scope::<K>(what)?);
    record::<K>(&state, Event::BrakeOff, &scope)?;
    let lifted = Brake::at(state.halt()).resume(&scope).map_err(CommandError::io("the brake"))?;
    say(if lifted { format!("resumed: {scope}") } else { format!("`{scope}` was not halted by itself") })?;
    Ok(if lifted { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn scope<K: Kernel>(what: Option<&str>) -> Result<Scope, CommandError> {
    Scope::of(K::SPEC, what).ok_or_else(|| {
        let servers: Vec<_> = K::SPEC.servers.iter().map(|server| server.name).collect();
        CommandError::Refused(format!(
            "`{}` is no server or tool of this kernel; servers: aegis, {}",
            what.unwrap_or_default(),
            servers.join(", ")
        ))
    })
}

fn record<K: Kernel>(state: &State, event: Event, scope: &Scope) -> Result<(), CommandError> {
    let mut body = Map::new();
    body.insert("scope".into(), json!(scope.to_string()));
    operator::session::<K, _>(state, async |session| session.record(Record::new(event, None, body)).await.map(|_| ()))
}
