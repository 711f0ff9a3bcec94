//! A day in less than a minute: the whole gate with real children, on a clock that the test moves. Servers end and come back,
//! the breaker opens and closes, receipts run out, hours pass in silence; nothing is left over.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

#[path = "support/runner.rs"]
mod runner;
mod support;

use aegis::kernel::Kernel;
use aegis_runtime::audit::{KernelId, Log, LogOptions};
use aegis_runtime::cage;
use aegis_runtime::downstream::{South, SouthOptions};
use aegis_runtime::gate::{Mediator, MediatorParts};
use aegis_runtime::intercept::Screens;
use aegis_runtime::kernel::Kernel as _;
use aegis_runtime::mask::Masker;
use aegis_runtime::native::Natives;
use aegis_runtime::north::{Ask, CallReply, CallRequest, Door, Ending, RpcInfo};
use aegis_runtime::receipt::{Brake, Clock, Receipts, ReceiptsOptions};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::pin::pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, advance};
use tokio_util::sync::CancellationToken;

const HOURS: u32 = 24;
const MINUTE: Duration = Duration::from_secs(60);
/// From here on nothing may grow.
const WARM: u32 = 4;

fn main() -> ExitCode {
    runner::main::<Kernel>(&[("a_day", a_day)])
}

fn a_day() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        // The clock stands while this waits: it moves when the test moves it, and not whenever nothing is ready.
        let (evening, wait) = std::sync::mpsc::channel::<()>();
        let held = tokio::task::spawn_blocking(move || wait.recv());
        day().await;
        drop(evening);
        assert!(held.await.unwrap().is_err());
    });
}

/// Does something real, while the clock follows at ten times its pace.
async fn really<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        tokio::select! {
            biased;
            done = &mut work => return done,
            _ = tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(2))) => {
                advance(Duration::from_millis(20)).await;
            }
        }
    }
}

/// Lets time pass in which nobody calls.
async fn silence(minutes: u32) {
    for _ in 0..minutes {
        advance(MINUTE).await;
        tokio::task::yield_now().await;
    }
}

/// The clocks of receipts follow the test's.
struct Simulated(Instant);

impl Clock for Simulated {
    fn boot_s(&self) -> u64 {
        1_000_000 + self.0.elapsed().as_secs()
    }

    fn wall_s(&self) -> u64 {
        1_800_000_000 + self.0.elapsed().as_secs()
    }
}

struct House {
    gate: Mediator<Kernel>,
    south: Arc<South>,
    log: Log,
}

impl House {
    fn open(state: &Path) -> Self {
        let spec = Kernel::SPEC;
        let kernel = KernelId::new();
        let (log, _) = Log::open(LogOptions {
            dir: state.join("audit"),
            heads: state.join("heads.db"),
            kernel: kernel.clone(),
            policy: spec.policy.digest,
            principal: "tester".to_owned(),
            durability: spec.policy.durability,
            outcome: spec.policy.outcome,
            audit: spec.policy.audit,
        })
        .unwrap();
        let options = ReceiptsOptions {
            path: state.join("receipts.db"),
            audit: state.join("audit"),
            heads: state.join("heads.db"),
            must_exist: false,
            kernel: kernel.to_string(),
            principal: "tester".to_owned(),
            policy: spec.policy.digest,
        };
        let receipts = Receipts::open_at(options, Box::new(Simulated(Instant::now()))).unwrap();
        let told = log.clone();
        let receipts = Arc::new(receipts.heard_by(move |change| told.note(change.record())));
        let (events, _) = mpsc::unbounded_channel();
        let south = Arc::new(South::start(
            spec,
            SouthOptions {
                state: state.to_owned(),
                executable: std::env::current_exe().unwrap(),
                helper: cage::helper(),
                on_secret: Arc::new(|_| {}),
                masked: Arc::new(|text| Some(text.to_owned())),
                events,
            },
        ));
        let brake = Arc::new(Brake::at(state.join("halt.json")));
        let natives = Natives::new(spec, log.clone(), receipts.clone(), brake.clone(), state.to_owned());
        let gate = Mediator::new(MediatorParts {
            screens: Screens::new(spec).unwrap().under(state),
            receipts,
            brake,
            log: log.clone(),
            masker: Arc::new(Masker::new(spec, [7; 32])),
            south: south.clone(),
            natives,
        });
        Self { gate, south, log }
    }

    /// The code of a denial, or `done`.
    async fn call(&self, tool: &str, arguments: Value) -> String {
        let request = CallRequest {
            ask: Ask::Tool(tool.to_owned()),
            arguments: arguments.as_object().cloned(),
            rpc: RpcInfo::default(),
            cancel: CancellationToken::new(),
            ending: Ending::default(),
            progress: None,
        };
        let CallReply::Result(reply) = really(self.gate.call(request)).await else { panic!("no tool `{tool}`") };
        let result = serde_json::to_value(reply.result()).unwrap();
        assert!(result["isError"] != true || result["_meta"]["aegis/denial"].is_object(), "{tool}: {result}");
        result["_meta"]["aegis/denial"]["code"].as_str().unwrap_or("done").to_owned()
    }

    async fn promote(&self) -> String {
        self.call("aegis__promote", json!({"dataset": "customers"})).await
    }

    async fn rows(&self) -> String {
        self.call("postgres__query", json!({"sql": "SELECT id, email FROM customers"})).await
    }

    async fn objects(&self) -> String {
        self.call("s3__list_objects", json!({})).await
    }

    /// Ends a server's process as if it had crashed; false where it has none.
    async fn crash(&self, name: &str) -> bool {
        let pid = || self.south.status().into_iter().find(|server| server.name == name).unwrap().pid;
        let Some(ended) = pid() else { return false };
        let process = i32::try_from(ended).ok().filter(|pid| *pid > 1).and_then(Pid::from_raw).unwrap();
        kill_process(process, Signal::KILL).unwrap();
        really(async {
            while pid() == Some(ended) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await;
        true
    }
}

/// Resident KiB and open descriptors of this process, which is the kernel.
fn held() -> (u64, usize) {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    (line.split_whitespace().next().unwrap().parse().unwrap(), fs::read_dir("/proc/self/fd").unwrap().count())
}

async fn day() {
    let (dir, begun, real) = (support::state(), Instant::now(), std::time::Instant::now());
    let house = House::open(dir.path());
    let (mut warm, mut most) = (None, (0, 0));
    for hour in 0..HOURS {
        assert_eq!((house.rows().await, house.objects().await), ("done".into(), "done".into()), "hour {hour}");
        receipts(&house, hour).await;
        if hour % 3 == 1 {
            assert!(house.crash("s3").await);
            assert_eq!(house.objects().await, "done", "it comes back within hour {hour}");
        }
        if hour % 8 == 2 {
            breaker(&house, hour).await;
        }
        let quiet = MINUTE * 60 * (hour + 1) - begun.elapsed();
        silence(u32::try_from(quiet.as_secs() / 60).unwrap()).await;
        most = held();
        if hour == WARM {
            warm = Some(most);
        }
    }
    assert!(begun.elapsed() > MINUTE * 60 * HOURS - MINUTE * 2, "{:?}", begun.elapsed());
    let ((before, opened), (after, open)) = (warm.unwrap(), most);
    assert!(after < before + 8 * 1024, "resident memory grew from {before} to {after} KiB");
    assert!(open <= opened + 2, "descriptors grew from {opened} to {open}");
    really(house.south.stop()).await;
    really(house.log.stop()).await.unwrap();
    assert!(house.south.status().iter().all(|server| server.pid.is_none()));
    drop(house);
    of_the_log(dir.path());
    eprintln!("  {HOURS} hours in {:.1?}: {before} to {after} KiB, {opened} to {open} descriptors", real.elapsed());
}

/// One that is used in time, one that is used too late, and one that nobody uses.
async fn receipts(house: &House, hour: u32) {
    let earned = || house.call("aegis__validate", json!({"dataset": "customers"}));
    assert_eq!(earned().await, "done", "hour {hour}");
    silence(if hour.is_multiple_of(2) { 10 } else { 16 }).await;
    let (first, second) = if hour.is_multiple_of(2) { ("done", "AEG-D130") } else { ("AEG-D131", "AEG-D131") };
    assert_eq!(house.promote().await, first, "hour {hour}");
    assert_eq!(house.promote().await, second, "spent once, and never younger, in hour {hour}");
    assert_eq!(earned().await, "done", "hour {hour}");
}

/// Five ends within a minute are enough; a minute later it is tried again. Its neighbour knows nothing of it.
async fn breaker(house: &House, hour: u32) {
    silence(1).await;
    let mut came = String::new();
    for _ in 0..8 {
        house.crash("postgres").await;
        came = house.rows().await;
        if came != "done" {
            break;
        }
    }
    assert_eq!(came, "AEG-D500", "hour {hour}");
    assert_eq!(house.objects().await, "done", "hour {hour}");
    silence(2).await;
    assert_eq!(house.rows().await, "done", "hour {hour}");
}

/// Each decision has its outcome, and all of it hangs together.
fn of_the_log(state: &Path) {
    let records = support::records(&support::log_of(state));
    let count = |wanted: &dyn Fn(&Value) -> bool| records.iter().filter(|record| wanted(record)).count();
    let permitted = count(&|record| record["ev"] == "call.decided" && record["decision"] == "allow");
    assert_eq!(permitted, count(&|record| record["ev"] == "call.outcome"));
    assert!(permitted > usize::try_from(HOURS).unwrap() * 4);
    let verdict = support::aegis(&["audit", "verify"], state);
    assert_eq!(
        verdict.status.code(),
        Some(3),
        "consistent, and unanchored: {}",
        String::from_utf8_lossy(&verdict.stdout)
    );
}
