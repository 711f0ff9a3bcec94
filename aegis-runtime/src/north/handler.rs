//! The protocol's handler: tools are listed and called, and nothing else is served.

use super::transport::Watched;
use super::{CallReply, CallRequest, Door, NorthError, Rejection, RpcInfo};
use crate::downstream::Progress;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CustomRequest, CustomResult, ErrorCode, ErrorData, Implementation, ListToolsResult,
    PaginatedRequestParams, ProgressNotificationParam, ProgressToken, ProtocolVersion, ResultType, ServerCapabilities,
    ServerConfig, SubscriptionFilter, Tool,
};
use rmcp::service::{Peer, RequestContext};
use rmcp::transport::Transport;
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::{RoleServer, ServerHandler, ServiceExt};
use std::borrow::Cow;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

/// Longest line of a client, in bytes.
const LINE_LIMIT: usize = 4 * 1024 * 1024;
/// Calls under way at one time; further ones wait.
const IN_FLIGHT: usize = 256;
/// Progress messages that wait at one time, a call.
const PROGRESS_QUEUE: usize = 64;

/// Serves until the client is gone; calls under way are then cancelled at once.
///
/// # Errors
/// A client that never opens the protocol.
pub async fn serve<D: Door>(
    door: Arc<D>,
    input: impl AsyncRead + Send + Unpin + 'static,
    output: impl AsyncWrite + Send + Unpin + 'static,
) -> Result<(), NorthError> {
    let gone = CancellationToken::new();
    let inner = AsyncRwTransport::<RoleServer, _, _>::new(input, output).with_max_line_length(LINE_LIMIT);
    run(door, Watched { inner, gone: gone.clone() }, gone).await
}

async fn run<D: Door, T>(door: Arc<D>, transport: T, gone: CancellationToken) -> Result<(), NorthError>
where
    T: Transport<RoleServer> + 'static,
{
    let tools = door.tools();
    let handler = Handler { door, tools, gone, in_flight: Arc::new(Semaphore::new(IN_FLIGHT)) };
    let service = match handler.serve(transport).await {
        Ok(service) => service,
        Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
        Err(error) => return Err(NorthError::Handshake(said(&error))),
    };
    service.waiting().await.map(|_reason| ()).map_err(|error| NorthError::Task(error.to_string()))
}

/// The kind of a handshake error, without the message that it quotes.
fn said(error: &rmcp::service::ServerInitializeError) -> String {
    use rmcp::service::ServerInitializeError as Init;
    match error {
        Init::ExpectedInitializeRequest(_) => "it sent something else first".to_owned(),
        Init::ConnectionClosed(_) => "it closed the connection".to_owned(),
        _ => "the handshake failed".to_owned(),
    }
}

struct Handler<D> {
    door: Arc<D>,
    tools: Vec<Tool>,
    gone: CancellationToken,
    in_flight: Arc<Semaphore>,
}

impl<D: Door> ServerHandler for Handler<D> {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("aegis", env!("CARGO_PKG_VERSION")))
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        Cow::Borrowed(ProtocolVersion::KNOWN_VERSIONS)
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        if request.is_some_and(|request| request.cursor.is_some()) {
            return Err(ErrorData::invalid_params("unknown cursor", None));
        }
        Ok(ListToolsResult::with_all_items(self.tools.clone()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let closed = || ErrorData::internal_error("the kernel is stopping", None);
        let _permit = self.in_flight.acquire().await.map_err(|_| closed())?;
        let cancel = context.ct.clone();
        let gone = self.gone.clone();
        let token = context.meta.get_progress_token();
        let progress = token.map(|token| forward_progress(token, context.peer.clone()));
        let request = CallRequest {
            name: request.name.into_owned(),
            arguments: request.arguments,
            rpc: rpc_info(&context),
            cancel: cancel.clone(),
            progress,
        };
        // The end of input counts as giving up on every call; each is still carried to its record.
        let watch = tokio::spawn(async move {
            gone.cancelled().await;
            cancel.cancel();
        });
        let reply = self.door.call(request).await;
        watch.abort();
        match reply {
            CallReply::Result(mut result) => {
                result.result_type = Some(ResultType::COMPLETE);
                Ok(result.into())
            }
            CallReply::UnknownTool => Err(ErrorData::invalid_params("unknown tool", None)),
        }
    }

    async fn on_custom_request(&self, request: CustomRequest, _context: RequestContext<RoleServer>) -> Result<CustomResult, ErrorData> {
        if matches!(request.method.as_str(), "tools/call" | "tools/list") {
            self.door.reject(Rejection::Malformed);
            return Err(ErrorData::invalid_params("malformed parameters", None));
        }
        self.door.reject(Rejection::UnknownMethod);
        Err(ErrorData::new(ErrorCode::METHOD_NOT_FOUND, "method not found", None))
    }

    fn accepted_subscription_filter(&self, _requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        // A compiled catalogue never changes: a subscription is accepted and stays silent.
        Some(SubscriptionFilter::default())
    }
}

fn rpc_info(context: &RequestContext<RoleServer>) -> RpcInfo {
    let peer = context.peer.peer_info();
    let protocol = context.meta.protocol_version().or_else(|| peer.as_ref().map(|peer| peer.protocol_version.clone()));
    let client = context.meta.client_info().or_else(|| peer.as_ref().map(|peer| peer.client_info.clone()));
    RpcInfo {
        id: context.id.to_string(),
        protocol: protocol.map(|version| version.to_string()).unwrap_or_default(),
        client: client.map(|client| format!("{} {}", client.name, client.version).chars().take(128).collect()),
    }
}

/// Progress under the client's own token, in order; ends when the call drops its sender.
fn forward_progress(token: ProgressToken, peer: Peer<RoleServer>) -> mpsc::Sender<Progress> {
    let (sender, mut steps) = mpsc::channel::<Progress>(PROGRESS_QUEUE);
    tokio::spawn(async move {
        while let Some(step) = steps.recv().await {
            let mut params = ProgressNotificationParam::new(token.clone(), step.progress);
            params.total = step.total;
            params.message = step.message;
            if peer.notify_progress(params).await.is_err() {
                break;
            }
        }
    });
    sender
}
