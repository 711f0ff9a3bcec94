//! From a spawned child to a connection: the era is probed, and the tools are read within bounds.
//!
//! *Invariants.* We declare no client capability: a downstream may not ask for roots, sampling or elicitation. No answer is
//! cached. A list has at most 100 pages, 10,000 items and 16 MiB. Errors of the handshake are told in our words: those of the
//! library quote whole messages.

use super::DownstreamError;
use super::wire::Wire;
use rmcp::model::{
    ClientCapabilities, ClientConfig, Implementation, PaginatedRequestParams, ProtocolVersion, RequestMetaObject, Tool,
};
use rmcp::service::{
    ClientCacheConfig, ClientInitializeError, ClientLifecycleMode, ClientServiceExt, NotificationContext, Peer,
    RunningService, ServiceError,
};
use rmcp::{ClientHandler, RoleClient};
use serde::Serialize;
use std::sync::Arc;
use tokio::sync::Notify;

const PAGES: usize = 100;
const ITEMS: usize = 10_000;
const BYTES: usize = 16 * 1024 * 1024;

/// Our side of the conversation. What the server asks for is refused where its messages are read.
#[derive(Debug)]
pub(super) struct Quiet {
    /// Told when the server says that what it offers changed.
    pub(super) changed: Arc<Notify>,
}

impl ClientHandler for Quiet {
    fn get_info(&self) -> ClientConfig {
        // The newest revision would be offered inside `initialize`, which it does not have.
        ClientConfig::new(ClientCapabilities::default(), ourselves())
            .with_protocol_version(ProtocolVersion::LATEST_WITH_INITIALIZE)
    }

    async fn on_tool_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.changed.notify_one();
    }

    async fn on_resource_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.changed.notify_one();
    }

    async fn on_prompt_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.changed.notify_one();
    }
}

fn ourselves() -> Implementation {
    Implementation::new("aegis", env!("CARGO_PKG_VERSION"))
}

/// What every request says of us: nothing in the era that has a handshake for it.
pub(super) fn meta(peer: &Peer<RoleClient>) -> RequestMetaObject {
    let mut meta = RequestMetaObject::new();
    let version = peer.peer_info().map(|info| info.protocol_version.clone());
    if let Some(version) = version.filter(|version| !version.has_initialize()) {
        meta.set_protocol_version(version);
        meta.set_client_info(ourselves());
        meta.set_client_capabilities(ClientCapabilities::default());
    }
    meta
}

/// Why there is no connection.
pub(super) enum HandshakeError {
    /// The server left when it was asked for the newer era, or was late to refuse: it may only speak the older one.
    Left,
    /// Anything else.
    Failed(DownstreamError),
}

/// Opens the conversation; `legacy` skips the probe for the newer era.
pub(super) async fn open(
    wire: Wire,
    changed: Arc<Notify>,
    legacy: bool,
) -> Result<RunningService<RoleClient, Quiet>, HandshakeError> {
    let mode = if legacy {
        ClientLifecycleMode::Initialize
    } else {
        ClientLifecycleMode::Auto {
            preferred_versions: vec![ProtocolVersion::V_2026_07_28],
            legacy_version: Some(ProtocolVersion::LATEST_WITH_INITIALIZE),
        }
    };
    let opened = Quiet { changed }.serve_with_lifecycle(wire, mode).await;
    let running = opened.map_err(|error| {
        if is_probed(&error) && !legacy {
            return HandshakeError::Left;
        }
        HandshakeError::Failed(DownstreamError::unavailable(words(&error)))
    })?;
    running.set_response_cache_config(ClientCacheConfig::disabled()).await;
    Ok(running)
}

/// Whether the probe alone may be why: the server left at it, or took so long to refuse it that the refusal came for the answer to what
/// was asked next.
#[expect(clippy::wildcard_enum_match_arm, reason = "the library's enum grows; every other error is the server's")]
fn is_probed(error: &ClientInitializeError) -> bool {
    match error {
        ClientInitializeError::ConnectionClosed(_)
        | ClientInitializeError::TransportError { .. }
        | ClientInitializeError::UncorrelatedErrorResponse { .. }
        | ClientInitializeError::ConflictInitResponseId(..) => true,
        ClientInitializeError::LegacyFallbackFailed { fallback, .. } => is_probed(fallback),
        _ => false,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the library's enum grows; every other error is one to us")]
fn words(error: &ClientInitializeError) -> String {
    match error {
        ClientInitializeError::ConnectionClosed(_) | ClientInitializeError::TransportError { .. } => {
            "the server ended during the handshake".to_owned()
        }
        ClientInitializeError::JsonRpcError(error) => {
            format!("the server refused the handshake with code {}", error.code.0)
        }
        ClientInitializeError::LegacyFallbackFailed { fallback, .. } => words(fallback),
        ClientInitializeError::NoCompatibleProtocolVersion { .. } => {
            "the server speaks no protocol revision that we speak".to_owned()
        }
        _ => "the server's handshake cannot be read".to_owned(),
    }
}

/// Every tool the server offers.
pub(super) async fn tools(peer: &Peer<RoleClient>) -> Result<Vec<Tool>, DownstreamError> {
    let page = |params| {
        let peer = peer.clone();
        async move { peer.list_tools(params).await.map(|page| (page.tools, page.next_cursor)) }
    };
    pages("tools", page).await
}

/// Every item of a list, within the limits.
pub(super) async fn pages<T, F>(
    what: &str,
    page: impl Fn(Option<PaginatedRequestParams>) -> F,
) -> Result<Vec<T>, DownstreamError>
where
    T: Serialize,
    F: Future<Output = Result<(Vec<T>, Option<String>), ServiceError>>,
{
    let over = || DownstreamError::unavailable(format!("the server's list of {what} is over a limit"));
    let (mut all, mut bytes, mut cursor) = (Vec::new(), 0_usize, None);
    for _ in 0..PAGES {
        let (items, next) = page(Some(PaginatedRequestParams::default().with_cursor(cursor)))
            .await
            .map_err(|_| DownstreamError::unavailable(format!("the server does not list its {what}")))?;
        for item in items {
            bytes = bytes.saturating_add(serde_json::to_vec(&item).map_or(BYTES, |text| text.len()));
            all.push(item);
            if bytes > BYTES || all.len() > ITEMS {
                return Err(over());
            }
        }
        cursor = next;
        if cursor.is_none() {
            return Ok(all);
        }
    }
    Err(over())
}
