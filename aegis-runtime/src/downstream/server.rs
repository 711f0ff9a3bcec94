//! One server: started when first needed, restarted within bounds, called with a time limit.

use super::pin::{self, Pins};
use super::process::{self, Spawned};
use super::transport::{LINE_LIMIT, LineCap, Routes, Tap};
use super::{DownstreamError, Progress, ServerState, ServerStatus, SouthCall, SouthEvent, SouthOptions};
use crate::spec::{ServerId, ServerSpec, Spec};
use rmcp::model::{
    CallToolRequestParams, CallToolResult, CancelledNotificationParam, ClientCapabilities, ClientConfig, ClientRequest, ErrorData,
    Implementation, ProgressNotificationParam, ProtocolVersion, Request, ResultType, ServerResult,
};
use rmcp::service::{
    ClientCacheConfig, ClientLifecycleMode, ClientServiceExt, NotificationContext, PeerRequestOptions, RunningService, ServiceError,
};
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::{ClientHandler, Peer, RoleClient};
use rustix::process::Signal;
use std::collections::VecDeque;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt;
use tokio::process::Child;
use tokio::sync::{Mutex, mpsc, watch};

/// How long a start may take, era probing and tool list included.
const START_TIME: Duration = Duration::from_secs(60);
/// Starts within a minute before the breaker opens.
const STARTS: usize = 5;
/// Grace after standard input is closed, and after TERM.
const GRACE: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(3));

/// One downstream server.
pub(super) struct Server {
    spec: &'static Spec,
    id: ServerId,
    server: &'static ServerSpec,
    options: Arc<SouthOptions>,
    slot: Mutex<Slot>,
    starting: AtomicBool,
}

#[derive(Default)]
struct Slot {
    running: Option<Arc<Running>>,
    starts: VecDeque<Instant>,
    stopped: bool,
}

/// A live process.
pub(super) struct Running {
    peer: Peer<RoleClient>,
    service: StdMutex<Option<RunningService<RoleClient, Silent>>>,
    routes: Routes,
    pins: StdMutex<Pins>,
    pid: u32,
    exited: watch::Receiver<bool>,
}

impl Server {
    pub(super) fn new(spec: &'static Spec, id: ServerId, server: &'static ServerSpec, options: Arc<SouthOptions>) -> Self {
        Self { spec, id, server, options, slot: Mutex::new(Slot::default()), starting: AtomicBool::new(false) }
    }

    pub(super) fn status(&self) -> ServerStatus {
        let running = self.slot.try_lock().is_ok_and(|slot| slot.running.as_ref().is_some_and(|running| running.alive()));
        let state = match (running, self.starting.load(Ordering::Relaxed)) {
            (true, _) => ServerState::Running,
            (false, true) => ServerState::Starting,
            (false, false) => ServerState::Down,
        };
        ServerStatus { name: self.server.name, state }
    }

    /// The live process; starts one if there is none. Who comes while it starts waits for the same start.
    pub(super) async fn running(&self) -> Result<Arc<Running>, DownstreamError> {
        let mut slot = self.slot.lock().await;
        if let Some(running) = slot.running.as_ref().filter(|running| running.alive()) {
            return Ok(Arc::clone(running));
        }
        let unavailable = |reason: &str| DownstreamError::Unavailable { reason: reason.to_owned() };
        if slot.stopped {
            return Err(unavailable("the kernel is stopping"));
        }
        slot.running = None;
        while slot.starts.front().is_some_and(|start| start.elapsed() > Duration::from_secs(60)) {
            slot.starts.pop_front();
        }
        if slot.starts.len() >= STARTS {
            return Err(unavailable("it was started five times within a minute; waiting"));
        }
        slot.starts.push_back(Instant::now());
        self.starting.store(true, Ordering::Relaxed);
        let started = tokio::time::timeout(START_TIME, self.start()).await;
        self.starting.store(false, Ordering::Relaxed);
        let running = started.unwrap_or_else(|_| Err(unavailable("it was not ready within 60 s")))?;
        slot.running = Some(Arc::clone(&running));
        Ok(running)
    }

    async fn start(&self) -> Result<Arc<Running>, DownstreamError> {
        let Spawned { mut child, pid, program } = process::spawn(self.server, &self.options).await?;
        self.tell(SouthEvent::Spawned { server: self.server.name, pid, program });
        let unavailable = |reason: &str| DownstreamError::Unavailable { reason: reason.to_owned() };
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(unavailable("it has no pipes"));
        };
        tokio::spawn(drain(stderr));
        let exited = self.reap(child);
        let routes = Routes::default();
        let inner =
            AsyncRwTransport::<RoleClient, _, _>::new(LineCap::new(stdout), stdin).with_max_line_length(LINE_LIMIT);
        let tap = Tap { inner, routes: routes.clone() };
        let (changed, changes) = mpsc::channel(1);
        // `initialize` must offer the newest revision that has it, not the newest of all.
        let mode = ClientLifecycleMode::Auto {
            preferred_versions: vec![ProtocolVersion::V_2026_07_28],
            legacy_version: Some(ProtocolVersion::V_2025_11_25),
        };
        let service = Silent { changed }.serve_with_lifecycle(tap, mode).await.map_err(|_| unavailable("it does not speak MCP"))?;
        // A cache would answer with what a server said before, even after it failed.
        service.set_response_cache_config(ClientCacheConfig::disabled()).await;
        let peer = service.peer().clone();
        let live = pin::list(&peer).await.map_err(|reason| DownstreamError::Unavailable { reason })?;
        let running = Arc::new(Running {
            peer,
            service: StdMutex::new(Some(service)),
            routes,
            pins: StdMutex::new(self.pin(&live)),
            pid,
            exited,
        });
        tokio::spawn(Self::watch_changes(self.spec, self.id, Arc::downgrade(&running), changes));
        Ok(running)
    }

    fn pin(&self, live: &[rmcp::model::Tool]) -> Pins {
        let pins = pin::hold(self.spec, self.id, live);
        let server = self.server.name;
        self.tell(SouthEvent::Pinned { server, fitting: pins.fitting, extra: pins.extra });
        for (tool, difference) in &pins.drifted {
            self.tell(SouthEvent::Drift { server, tool, difference: difference.clone() });
        }
        pins
    }

    /// A server that says its list changed is held against the manifest again; until then nothing is known of its tools.
    async fn watch_changes(spec: &'static Spec, id: ServerId, running: std::sync::Weak<Running>, mut changes: mpsc::Receiver<()>) {
        while changes.recv().await.is_some() {
            let Some(running) = running.upgrade() else { return };
            let fresh = match pin::list(&running.peer).await {
                Ok(live) => pin::hold(spec, id, &live),
                Err(reason) => {
                    let tools = spec.tools.iter().filter(|tool| tool.origin == crate::spec::Origin::Downstream(id));
                    Pins { drifted: tools.map(|tool| (tool.name, reason.clone())).collect(), fitting: 0, extra: 0 }
                }
            };
            *running.pins.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
    }

    /// Waits for the child's end in the background, so that there is never a zombie.
    fn reap(&self, mut child: Child) -> watch::Receiver<bool> {
        let (tell, exited) = watch::channel(false);
        let (server, events) = (self.server.name, self.options.events.clone());
        tokio::spawn(async move {
            let status = match child.wait().await {
                Ok(status) => status.to_string(),
                Err(error) => error.to_string(),
            };
            tell.send_replace(true);
            let _ignored = events.send(SouthEvent::Exited { server, status });
        });
        exited
    }

    fn tell(&self, event: SouthEvent) {
        // Nobody listens any more when the kernel stops.
        let _ignored = self.options.events.send(event);
    }

    pub(super) async fn call(&self, call: SouthCall) -> Result<CallToolResult, DownstreamError> {
        let SouthCall { tool, arguments, cancel, progress } = call;
        let running = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(DownstreamError::Unavailable { reason: "cancelled before it was ready".to_owned() }),
            running = self.running() => running?,
        };
        if let Some(difference) = running.pins.lock().unwrap_or_else(PoisonError::into_inner).drifted.get(tool) {
            return Err(DownstreamError::Drift { difference: difference.clone() });
        }
        let mut params = CallToolRequestParams::new(tool);
        params.arguments = Some(arguments);
        let options = PeerRequestOptions::with_timeout(self.server.timeout)
            .reset_timeout_on_progress()
            .with_max_total_timeout(self.server.max_total);
        let request = ClientRequest::CallToolRequest(Request::new(params));
        let handle = running.peer.send_cancellable_request(request, options).await.map_err(|error| running.explain(error))?;
        let (id, peer) = (handle.id.clone(), handle.peer.clone());
        let (mut from_south, _route) = running.routes.take(&handle.progress_token);
        let mut answer = pin!(handle.await_response());
        let answer = loop {
            tokio::select! {
                biased;
                () = cancel.cancelled() => {
                    let _ignored = peer.notify_cancelled(CancelledNotificationParam::new(Some(id), None)).await;
                    return Err(DownstreamError::Cancelled);
                }
                Some(step) = receive(&mut from_south) => forward(progress.as_ref(), step).await,
                answer = &mut answer => break answer,
            }
        };
        while let Some(step) = from_south.as_mut().and_then(|receiver| receiver.try_recv().ok()) {
            forward(progress.as_ref(), step).await;
        }
        match answer.map_err(|error| running.explain(error))? {
            ServerResult::CallToolResult(mut result) => {
                result.result_type = Some(ResultType::COMPLETE);
                result.meta = None;
                Ok(result)
            }
            _ => Err(DownstreamError::Malformed { reason: "the answer is no tool result".to_owned() }),
        }
    }

    pub(super) async fn stop(&self) {
        let mut slot = self.slot.lock().await;
        slot.stopped = true;
        let Some(running) = slot.running.take() else { return };
        drop(slot);
        let service = running.service.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(service) = service {
            // Ends the transport, which closes the child's standard input.
            let _ignored = tokio::time::timeout(GRACE.0, service.cancel()).await;
        }
        for (signal, grace) in [(None, GRACE.0), (Some(Signal::TERM), GRACE.1), (Some(Signal::KILL), GRACE.1)] {
            if let Some(signal) = signal {
                process::signal_group(running.pid, signal);
            }
            let mut exited = running.exited.clone();
            if tokio::time::timeout(grace, exited.wait_for(|exited| *exited)).await.is_ok() {
                return;
            }
        }
    }
}

impl Running {
    fn alive(&self) -> bool {
        !*self.exited.borrow() && !self.peer.is_transport_closed()
    }

    fn explain(&self, error: ServiceError) -> DownstreamError {
        match error {
            ServiceError::McpError(ErrorData { code, message, .. }) => {
                DownstreamError::Refused { code: code.0, message: message.into_owned() }
            }
            ServiceError::Timeout { .. } => DownstreamError::Timeout,
            ServiceError::TransportSend(_) | ServiceError::TransportClosed => DownstreamError::Died,
            ServiceError::Cancelled { .. } if self.alive() => DownstreamError::Cancelled,
            ServiceError::Cancelled { .. } => DownstreamError::Died,
            _ => DownstreamError::Malformed { reason: "the answer does not fit the request".to_owned() },
        }
    }
}

/// Waits for progress; for ever where there is none to wait for.
async fn receive(from: &mut Option<mpsc::Receiver<ProgressNotificationParam>>) -> Option<ProgressNotificationParam> {
    match from {
        Some(receiver) => receiver.recv().await,
        None => std::future::pending().await,
    }
}

async fn forward(to: Option<&mpsc::Sender<Progress>>, step: ProgressNotificationParam) {
    if let Some(to) = to {
        // A client that is gone cancels the call by another road.
        let _ignored = to.send(Progress { progress: step.progress, total: step.total, message: step.message }).await;
    }
}

/// A server's log is its own; it is read so that the server never blocks, and dropped so that nothing of it leaves.
async fn drain(mut stderr: tokio::process::ChildStderr) {
    let mut buffer = vec![0; 8192];
    while stderr.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
}

/// What a server may ask of us: nothing.
pub(super) struct Silent {
    changed: mpsc::Sender<()>,
}

impl ClientHandler for Silent {
    fn get_info(&self) -> ClientConfig {
        ClientConfig::new(ClientCapabilities::default(), Implementation::new("aegis", env!("CARGO_PKG_VERSION")))
            .with_protocol_version(ProtocolVersion::LATEST_WITH_INITIALIZE)
    }

    async fn on_tool_list_changed(&self, _context: NotificationContext<RoleClient>) {
        // One check in waiting is enough.
        let _ignored = self.changed.try_send(());
    }
}
