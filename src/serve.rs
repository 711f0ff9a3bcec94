//! `aegis serve` and `aegis downstream`: the rooms wired together.

use crate::drain::{Draining, Ends};
use crate::operator::Session;
use crate::output::CommandError;
use crate::state::{self, State};
use aegis_downstreams::{postgres, s3};
use aegis_runtime::audit::{Event, Log, Record};
use aegis_runtime::cage;
use aegis_runtime::downstream::{South, SouthEvent, SouthOptions};
use aegis_runtime::gate::{Mediator, MediatorParts};
use aegis_runtime::intercept::Screens;
use aegis_runtime::kernel::Kernel;
use aegis_runtime::mask::Masker;
use aegis_runtime::native::Natives;
use aegis_runtime::north;
use aegis_runtime::receipt::Brake;
use serde_json::{Map, Value, json};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub(crate) fn run<K: Kernel>(state: &Path, principal: Option<String>) -> Result<ExitCode, CommandError> {
    cage::harden().map_err(CommandError::refused)?;
    block_on(serve::<K>(State::open(state)?, state::principal(principal)))
}

pub(crate) fn postgres(options: postgres::Options) -> Result<ExitCode, CommandError> {
    block_on(async {
        postgres::serve(options).await.map_err(CommandError::refused)?;
        Ok(ExitCode::SUCCESS)
    })
}

pub(crate) fn s3(root: PathBuf) -> Result<ExitCode, CommandError> {
    block_on(async {
        s3::serve(s3::Options { root }).await.map_err(CommandError::refused)?;
        Ok(ExitCode::SUCCESS)
    })
}

/// One thread: one agent, and nothing to share it with.
pub(crate) fn block_on(work: impl Future<Output = Result<ExitCode, CommandError>>) -> Result<ExitCode, CommandError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(CommandError::io("async runtime"))?;
    let code = runtime.block_on(work);
    // A blocked read of standard input must not hold the process.
    runtime.shutdown_background();
    code
}

async fn serve<K: Kernel>(state: State, principal: String) -> Result<ExitCode, CommandError> {
    let screens = Screens::new(K::SPEC).map_err(CommandError::refused)?.under(state.root());
    let Session { log, receipts } = Session::open::<K>(&state, principal)?;
    let masker = Arc::new(Masker::new(K::SPEC, state.token_key()?));
    let (events, received) = mpsc::unbounded_channel();
    let noted = CancellationToken::new();
    let noting = tokio::spawn(note_events(received, log.clone(), noted.clone()));
    let (held, said) = (Arc::clone(&masker), Arc::clone(&masker));
    let south = Arc::new(South::start(
        K::SPEC,
        SouthOptions {
            state: state.root().to_owned(),
            executable: std::env::current_exe().map_err(CommandError::io("own executable"))?,
            helper: cage::helper(),
            on_secret: Arc::new(move |secret| held.hold(secret)),
            masked: Arc::new(move |text| Some(said.text(text, &said.everywhere()).ok()?.0)),
            events,
        },
    ));
    let brake = Arc::new(Brake::at(state.halt()));
    let scratch = state.root().to_owned();
    let natives = Natives::new(K::SPEC, log.clone(), Arc::clone(&receipts), Arc::clone(&brake), scratch);
    let parts =
        MediatorParts { screens, receipts, brake, log: log.clone(), masker, south: Arc::clone(&south), natives };
    let (door, ends) = (Arc::new(Draining::new(Mediator::<K>::new(parts))), Ends::default());
    tokio::spawn(Arc::clone(&door).watch(ends.clone()));
    let served = tokio::select! {
        served = north::serve(door, ends.stop) => served.map_err(CommandError::refused),
        () = late(&ends.now) => Err(CommandError::Refused("ended by a second signal before everything was answered".into())),
    };
    tokio::select! {
        () = south.stop() => {}
        // The supervisors end their trees when this process is gone.
        () = ends.now.cancelled() => {}
    }
    drop(south);
    noted.cancel();
    noting.await.map_err(CommandError::refused)?;
    log.stop().await.map_err(CommandError::refused)?;
    served.map(|()| ExitCode::SUCCESS)
}

/// What a second signal leaves for calls to be recorded.
const RECORDING: Duration = Duration::from_secs(1);

async fn late(now: &CancellationToken) {
    now.cancelled().await;
    tokio::time::sleep(RECORDING).await;
}

/// What the servers do of themselves is audited too.
async fn note_events(mut events: mpsc::UnboundedReceiver<SouthEvent>, log: Log, noted: CancellationToken) {
    loop {
        let event = tokio::select! {
            biased;
            event = events.recv() => event,
            () = noted.cancelled() => None,
        };
        let Some(event) = event else { return };
        let (kind, body) = describe(event);
        log.note(Record::new(kind, None, body));
    }
}

fn describe(event: SouthEvent) -> (Event, Map<String, Value>) {
    let (kind, body) = match event {
        SouthEvent::Spawned { server, pid, executable, digest, cage } => (
            Event::ServerSpawned,
            json!({"server": server, "pid": pid, "program": executable, "program_digest": digest, "cage": cage}),
        ),
        SouthEvent::Exited { server, status, stopped, misconduct } => {
            let misconduct: Map<String, Value> =
                misconduct.into_iter().map(|(kind, count)| (kind.as_str().to_owned(), count.into())).collect();
            let body = json!({"server": server, "status": status, "stopped": stopped, "misconduct": misconduct});
            (Event::ServerExited, body)
        }
        SouthEvent::Misconduct { server, kind } => {
            (Event::RpcRejected, json!({"server": server, "misconduct": kind.as_str()}))
        }
        SouthEvent::Failed { server, reason } => (Event::ServerExited, json!({"server": server, "failed": reason})),
        SouthEvent::Pinned { server, protocol, tools, digest } => (
            Event::ToolsPinned,
            json!({"server": server, "protocol": protocol, "tools": tools, "tools_digest": digest}),
        ),
        SouthEvent::Drift { server, tool, difference, changes } => {
            let changes: Vec<String> = changes.iter().map(ToString::to_string).collect();
            (Event::ToolsDrift, json!({"server": server, "tool": tool, "difference": difference, "changes": changes}))
        }
        SouthEvent::Extra { server, tools } => (Event::ToolsDrift, json!({"server": server, "extra": tools})),
    };
    let body = match body {
        Value::Object(body) => body,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    };
    (kind, body)
}
