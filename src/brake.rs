//! `aegis halt` and `aegis resume`: an operator's brake, for every kernel of a state directory.

use crate::operator;
use crate::output::{CommandError, say};
use crate::state::State;
use aegis_runtime::audit::{Event, Record};
use aegis_runtime::kernel::Kernel;
use aegis_runtime::own;
use aegis_runtime::receipt::{Brake, Scope};
use serde_json::{Map, json};
use std::path::Path;
use std::process::ExitCode;

/// The brake is on before it is recorded, and before the state directory is looked at: no fault of either keeps the agent at work.
pub(crate) fn halt<K: Kernel>(state: &Path, what: Option<&str>) -> Result<ExitCode, CommandError> {
    let scope = scope::<K>(what)?;
    owned(state)?;
    let brake = Brake::at(State::at(state).halt());
    let halted = brake.halt(scope.clone(), &operator::name()).map_err(CommandError::io("the brake"))?;
    say(if halted == scope {
        format!("halted: {scope}, in {}", state.display())
    } else {
        format!(
            "halted: {halted}, because the brake's file cannot say `{scope}` (is the disk full?); `aegis resume` lifts it"
        )
    })?;
    record::<K>(&State::open(state)?, Event::BrakeOn, &[halted])?;
    Ok(ExitCode::SUCCESS)
}

/// The record is durable before the brake is off. What was not halted is not recorded.
pub(crate) fn resume<K: Kernel>(state: &Path, what: Option<&str>) -> Result<ExitCode, CommandError> {
    owned(state)?;
    let (state, scope) = (State::open(state)?, scope::<K>(what)?);
    let brake = Brake::at(state.halt());
    let lifted: Vec<Scope> = match brake.halts() {
        Ok(halts) => halts.into_iter().filter(|halt| halt.lifted_by(&scope)).map(|halt| halt.scope).collect(),
        // Nobody knows what stands in it, and it halts everything.
        Err(_) if scope == Scope::Everything => vec![scope.clone()],
        Err(error) => {
            return Err(CommandError::Refused(format!("the brake's file cannot be read ({error}); resume everything")));
        }
    };
    if lifted.is_empty() {
        say(if scope == Scope::Everything {
            "nothing was halted".to_owned()
        } else {
            format!("`{scope}` was not halted by itself")
        })?;
        return Ok(ExitCode::from(1));
    }
    record::<K>(&state, Event::BrakeOff, &lifted)?;
    if let Err(error) = brake.resume(&scope) {
        // The log says off, and it is not.
        record::<K>(&state, Event::BrakeOn, &lifted)?;
        return Err(CommandError::io("the brake")(error));
    }
    say(format!("resumed: {}", named(&lifted)))?;
    Ok(ExitCode::SUCCESS)
}

/// Whether the state directory is there and this user's: a kernel does not read a brake that somebody else put down, and so stands
/// still until that is removed by hand.
fn owned(state: &Path) -> Result<(), CommandError> {
    own::ours(state).map_err(|error| {
        CommandError::Refused(format!(
            "nothing was done: {error}; `--state DIR` names the kernel's directory, and the kernel's user runs this (`sudo -u`)"
        ))
    })
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

fn named(scopes: &[Scope]) -> String {
    scopes.iter().map(Scope::to_string).collect::<Vec<_>>().join(", ")
}

fn record<K: Kernel>(state: &State, event: Event, scopes: &[Scope]) -> Result<(), CommandError> {
    let mut body = Map::new();
    body.insert("scope".into(), json!(named(scopes)));
    operator::session::<K, _>(state, async |session| session.record(Record::new(event, None, body)).await.map(|_| ()))
}
