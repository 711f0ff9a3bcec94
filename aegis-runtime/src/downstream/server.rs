//! One downstream server: started, watched, restarted by need, stopped.
//!
//! *Invariants.* A server has at most one child, and a new one starts only when the old one is gone. Everyone who waits for it
//! sees the same state. It is started at most once a second and five times a minute; then calls are refused without a start. One that
//! changes what it offers more often than that is ended, and so is one that gives no sign of life.

mod spawn;

use super::book::Limits;
use super::call::{self, Connection};
use super::handshake::{self, HandshakeError, Quiet};
use super::offer;
use super::pin::{self, Pins};
use super::process::{self, Caged};
use super::wire::{Calls, OnMisconduct, Wire};
use super::words::named;
use super::{DownstreamError, ServerState, ServerStatus, SouthCall, SouthEvent, SouthOptions};
use crate::spec::{Face, ServerSpec, ToolSpec};
use rmcp::RoleClient;
use rmcp::model::CallToolResult;
use rmcp::service::{Peer, RunningService};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

const START_LIMIT: Duration = Duration::from_secs(60);
const BETWEEN_STARTS: Duration = Duration::from_secs(1);
const STARTS: usize = 5;
const WINDOW: Duration = Duration::from_secs(60);
/// Changes of what it offers that a server may make within a minute.
const CHANGES: usize = 5;
const LIST_LIMIT: Duration = Duration::from_secs(30);
/// How long at least a server that left a call unanswered may take to say anything.
const SIGN_LIMIT: Duration = Duration::from_secs(10);
const CLOSE_LIMIT: Duration = Duration::from_secs(1);
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// A server and its state.
#[derive(Debug)]
pub(super) struct Server {
    spec: &'static ServerSpec,
    /// What is declared of its database, where it has one.
    estate: Option<String>,
    tools: Vec<&'static ToolSpec>,
    options: Arc<SouthOptions>,
    state: watch::Sender<State>,
    starts: Mutex<VecDeque<Instant>>,
    /// When it changed what it offers, over all its lives.
    changes: Mutex<VecDeque<Instant>>,
    /// It left when it was asked for the newer era.
    legacy: AtomicBool,
    stop: CancellationToken,
}

#[derive(Debug, Clone)]
enum State {
    Starting,
    Ready(Arc<Live>),
    Down(DownstreamError),
}

/// A connection.
#[derive(Debug)]
struct Live {
    connection: Connection,
    pid: u32,
    era: String,
    pins: RwLock<Pins>,
}

/// What a server offers, held against its manifest where it is no tool.
struct Offer {
    tools: Vec<rmcp::model::Tool>,
    drift: BTreeMap<&'static str, pin::Drift>,
}

/// What a start yields.
struct Launched {
    running: RunningService<RoleClient, Quiet>,
    caged: Caged,
    live: Arc<Live>,
    changed: Arc<Notify>,
}

impl Server {
    /// Starts the server in a task of its own.
    pub(super) fn start(
        spec: &'static ServerSpec,
        estate: Option<String>,
        tools: Vec<&'static ToolSpec>,
        options: Arc<SouthOptions>,
        stop: CancellationToken,
    ) -> Arc<Self> {
        let server = Arc::new(Self {
            spec,
            estate,
            tools,
            options,
            state: watch::Sender::new(State::Starting),
            starts: Mutex::new(VecDeque::from([Instant::now()])),
            changes: Mutex::default(),
            legacy: AtomicBool::new(false),
            stop,
        });
        tokio::spawn(server.clone().run(Instant::now()));
        server
    }

    /// Calls a tool once the server is there.
    pub(super) async fn call(self: &Arc<Self>, call: SouthCall) -> Result<CallToolResult, DownstreamError> {
        let live = match self.ready() {
            Some(live) => live,
            None => tokio::select! {
                live = Box::pin(self.live()) => live?,
                () = call.cancel.cancelled() => return Err(DownstreamError::Cancelled),
            },
        };
        let drift = live.pins.read().unwrap_or_else(PoisonError::into_inner).drift.get(call.tool).cloned();
        if let Some(drift) = drift {
            return Err(DownstreamError::Drift { difference: drift.difference });
        }
        let limits = Limits { silence: self.spec.timeout, total: self.spec.max_total };
        let declared = self.tools.iter().find(|tool| tool.name == call.tool);
        let face = declared.map_or(Face::Tool, |tool| tool.face);
        call::call(&live.connection, limits, face, call, &self.options.masked).await
    }

    /// The server as it stands.
    pub(super) fn status(&self) -> ServerStatus {
        let (state, drifted) = (ServerState::Starting, Vec::new());
        let mut status = ServerStatus { name: self.spec.name, state, pid: None, era: None, reason: None, drifted };
        match &*self.state.borrow() {
            State::Starting => {}
            State::Ready(live) => {
                status.state = ServerState::Ready;
                status.pid = Some(live.pid);
                status.era = Some(live.era.clone());
                let pins = live.pins.read().unwrap_or_else(PoisonError::into_inner);
                status.drifted = pins.drift.keys().copied().collect();
            }
            State::Down(_) if self.stop.is_cancelled() => status.state = ServerState::Stopped,
            State::Down(error) => {
                status.state = ServerState::Down;
                status.reason = Some(error.to_string());
            }
        }
        status
    }

    /// Waits until no child is left; the stop token must have fired.
    pub(super) async fn stopped(&self) {
        let mut state = self.state.subscribe();
        // A process that outlives KILL is the operating system's.
        let _ = timeout(STOP_LIMIT, state.wait_for(|state| matches!(state, State::Down(_)))).await;
    }

    /// The connection, where there is one.
    fn ready(&self) -> Option<Arc<Live>> {
        match &*self.state.borrow() {
            State::Ready(live) if !live.connection.calls.closed.is_cancelled() => Some(Arc::clone(live)),
            State::Ready(_) | State::Starting | State::Down(_) => None,
        }
    }

    /// The connection, after a start where one is needed and permitted.
    async fn live(self: &Arc<Self>) -> Result<Arc<Live>, DownstreamError> {
        let mut state = self.state.subscribe();
        let late = sleep(START_LIMIT + BETWEEN_STARTS);
        tokio::pin!(late);
        let mut waited = false;
        loop {
            let now = state.borrow_and_update().clone();
            match now {
                State::Ready(live) if !live.connection.calls.closed.is_cancelled() => return Ok(live),
                // It ended; what follows is its clean-up, and then `Down`.
                State::Ready(_) => {}
                State::Starting => waited = true,
                State::Down(error) if waited => return Err(error),
                State::Down(_) => {
                    self.restart()?;
                    continue;
                }
            }
            tokio::select! {
                _ = state.changed() => {}
                () = &mut late => return Err(DownstreamError::unavailable("the server is not ready yet")),
            }
        }
    }

    /// Starts the server again unless somebody else just did.
    fn restart(self: &Arc<Self>) -> Result<(), DownstreamError> {
        if self.stop.is_cancelled() {
            return Err(DownstreamError::unavailable("the kernel is stopping"));
        }
        let mut starts = self.starts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        forget(&mut starts, now);
        let at = starts.back().map_or(now, |last| now.max(*last + BETWEEN_STARTS));
        let open = starts.len() < STARTS;
        let begun = self.state.send_if_modified(|state| {
            let begin = open && matches!(state, State::Down(_));
            if begin {
                *state = State::Starting;
            }
            begin
        });
        if begun {
            starts.push_back(at);
            tokio::spawn(self.clone().run(at));
        } else if !open {
            return Err(DownstreamError::unavailable(
                "the server was started five times within a minute and does not stay",
            ));
        }
        Ok(())
    }

    fn tell(&self, event: SouthEvent) {
        // Nobody listens only when the kernel is ending.
        let _ = self.options.events.send(event);
    }

    fn on_misconduct(&self) -> OnMisconduct {
        let (events, server) = (self.options.events.clone(), self.spec.name);
        Arc::new(move |kind| {
            let _ending = events.send(SouthEvent::Misconduct { server, kind });
        })
    }

    /// One life of the server.
    async fn run(self: Arc<Self>, at: Instant) {
        let down = tokio::select! {
            biased;
            () = self.stop.cancelled() => DownstreamError::unavailable("the kernel is stopping"),
            launched = self.launch_within(at) => match launched {
                Ok(launched) => self.watch(launched).await,
                Err(error) => {
                    self.tell(SouthEvent::Failed { server: self.spec.name, reason: error.to_string() });
                    error.without(&self.options.state)
                }
            },
        };
        self.state.send_replace(State::Down(down));
    }

    async fn launch_within(&self, at: Instant) -> Result<Launched, DownstreamError> {
        sleep_until(at).await;
        let launched = timeout(START_LIMIT, self.launch()).await;
        launched.unwrap_or_else(|_| Err(DownstreamError::unavailable("the server was not ready within 60 s")))
    }

    async fn launch(&self) -> Result<Launched, DownstreamError> {
        loop {
            let legacy = self.legacy.load(Ordering::Relaxed);
            let mut caged = self.spawn().await?;
            let pid = caged.pid;
            let pipes = caged.child.stdout.take().zip(caged.child.stdin.take());
            let (read, write) = pipes.ok_or_else(|| DownstreamError::unavailable("the server has no pipes"))?;
            let changed = Arc::new(Notify::new());
            let (wire, calls) = Wire::open(read, write, self.on_misconduct());
            let error = match handshake::open(wire, changed.clone(), legacy).await {
                Ok(running) => match self.offer(running.peer()).await {
                    Ok(offer) => {
                        let peer = running.peer().clone();
                        let era = peer.peer_info().map_or_else(String::new, |info| info.protocol_version.to_string());
                        let pins = RwLock::new(self.pin(offer, &era, None));
                        let meta = handshake::meta(&peer);
                        let live = Arc::new(Live { connection: Connection { peer, calls, meta }, pid, era, pins });
                        return Ok(Launched { running, caged, live, changed });
                    }
                    Err(error) => Some(error),
                },
                Err(HandshakeError::Left) => None,
                Err(HandshakeError::Failed(error)) => Some(error),
            };
            // A server of the older era may leave at the probe: it gets one more start, without one.
            self.legacy.store(error.is_none(), Ordering::Relaxed);
            self.buried(caged, false, &calls).await;
            if let Some(error) = error {
                return Err(calls.fault().map_or(error, DownstreamError::unavailable));
            }
        }
    }

    /// What the server offers. One that has no tools to declare need not list any.
    async fn offer(&self, peer: &Peer<RoleClient>) -> Result<Offer, DownstreamError> {
        let listed = handshake::tools(peer).await;
        let tools = if self.of_tools().next().is_none() { listed.unwrap_or_default() } else { listed? };
        Ok(Offer { tools, drift: offer::drift(peer, &self.tools, &self.options.masked).await })
    }

    fn of_tools(&self) -> impl Iterator<Item = &'static ToolSpec> {
        self.tools.iter().copied().filter(|tool| tool.face == Face::Tool)
    }

    /// Holds what is offered against the manifest and tells what differs, unless all of it is known.
    fn pin(&self, offer: Offer, era: &str, known: Option<&Pins>) -> Pins {
        let declared: Vec<_> = self.of_tools().collect();
        let (server, mut pins) = (self.spec.name, pin::compare(&declared, &offer.tools, &self.options.masked));
        pins.drift.extend(offer.drift);
        if known == Some(&pins) {
            return pins;
        }
        let (protocol, digest) = (named(era, 32, &self.options.masked), pins.digest.clone());
        self.tell(SouthEvent::Pinned { server, protocol, tools: pins.tools, digest });
        for (tool, drift) in &pins.drift {
            let pin::Drift { difference, changes } = drift.clone();
            self.tell(SouthEvent::Drift { server, tool, difference, changes });
        }
        if !pins.extra.is_empty() {
            self.tell(SouthEvent::Extra { server, tools: pins.extra.clone() });
        }
        pins
    }

    /// Serves until the server ends or must, and cleans up. Returns why it is down.
    async fn watch(&self, launched: Launched) -> DownstreamError {
        let Launched { mut running, mut caged, live, changed } = launched;
        self.state.send_replace(State::Ready(live.clone()));
        let mut pinned = Instant::now();
        let stopped = loop {
            tokio::select! {
                biased;
                () = self.stop.cancelled() => break true,
                () = live.connection.calls.closed.cancelled() => break false,
                _ = caged.child.wait() => break false,
                () = self.lifeless(&live) => {
                    live.connection.calls.end.closed("it gave no sign of life");
                    break false;
                }
                differs = self.pin_again(&live, &changed, pinned) => {
                    pinned = Instant::now();
                    match differs {
                        Some(true) if self.is_restless(pinned) => {
                            live.connection.calls.fail("the server changes what it offers again and again");
                            break false;
                        }
                        Some(_) => {}
                        None => {
                            live.connection.calls.end.closed("it did not say what it offers now");
                            break false;
                        }
                    }
                }
            }
        };
        live.connection.calls.closed.cancel();
        let calls = &live.connection.calls;
        calls.end.learn(stopped, calls.fault().is_some(), &mut caged.child).await;
        // Closes its input; what the loop still holds goes with it.
        let _ = running.close_with_timeout(CLOSE_LIMIT).await;
        let status = self.buried(caged, stopped, &live.connection.calls).await;
        match live.connection.calls.fault() {
            Some(fault) => DownstreamError::unavailable(fault),
            None if stopped => DownstreamError::unavailable("the kernel is stopping"),
            None => DownstreamError::unavailable(format!("the server ended: {status}")),
        }
    }

    /// Waits until the server leaves a call unanswered and then says nothing at all for as long as a call may take, also not when it is
    /// asked for a sign of life: what it offers, which a server of either era can say.
    async fn lifeless(&self, live: &Live) {
        let Connection { peer, calls, .. } = &live.connection;
        let patience = self.spec.max_total.max(SIGN_LIMIT);
        loop {
            calls.unanswered.notified().await;
            let before = calls.said();
            let _sign = timeout(patience, handshake::tools(peer)).await;
            if calls.said() == before {
                return;
            }
        }
    }

    /// Notes that what it offers changed; true where it does so all the time.
    fn is_restless(&self, now: Instant) -> bool {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        forget(&mut changes, now);
        changes.push_back(now);
        changes.len() > CHANGES
    }

    /// Waits for the server to say that what it offers changed, and reads it again, at most once a second. Says whether it did, where
    /// it answers at all.
    async fn pin_again(&self, live: &Live, changed: &Notify, pinned: Instant) -> Option<bool> {
        changed.notified().await;
        sleep_until(pinned + BETWEEN_STARTS).await;
        let before = live.connection.calls.said();
        let offer = match timeout(LIST_LIMIT, self.offer(&live.connection.peer)).await {
            Ok(Ok(offer)) => offer,
            Err(_) if live.connection.calls.said() == before => return None,
            // It says that what it offers changed and does not say into what: none of it is known any more.
            Ok(Err(_)) | Err(_) => {
                let unknown = |tool: &&'static ToolSpec| {
                    (tool.name, pin::Drift::from("the server does not say what it offers".to_owned()))
                };
                Offer { tools: Vec::new(), drift: self.tools.iter().map(unknown).collect() }
            }
        };
        let mut known = live.pins.write().unwrap_or_else(PoisonError::into_inner);
        let pins = self.pin(offer, &live.era, Some(&*known));
        let differs = *known != pins;
        *known = pins;
        Some(differs)
    }

    /// Ends the child, whose input is closed, and tells how it ended.
    async fn buried(&self, caged: Caged, stopped: bool, calls: &Calls) -> String {
        let status = caged.end().await;
        let status = status.map_or_else(|| "unknown".to_owned(), |status| process::status_words(&status));
        let misconduct = calls.conduct().counts();
        self.tell(SouthEvent::Exited { server: self.spec.name, status: status.clone(), stopped, misconduct });
        status
    }
}

/// Leaves the last minute.
fn forget(times: &mut VecDeque<Instant>, now: Instant) {
    while times.front().is_some_and(|time| now.duration_since(*time) > WINDOW) {
        times.pop_front();
    }
}
