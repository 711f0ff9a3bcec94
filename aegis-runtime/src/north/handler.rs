//! The protocol's side of a call: ids, progress, cancellation, and which of our answers is which message.
//!
//! *Invariants.* A call runs in its own task and to its end; a panic inside it becomes a protocol error with fixed words.
//! Progress is sent in order, only where the client gave a token, and never after the answer.

use super::transport::Held;
use super::{CallReply, CallRequest, Door, RpcInfo, quoted};
use crate::downstream::Progress;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, Implementation, InitializeRequestParams, InitializeResult,
    ListToolsResult, PaginatedRequestParams, ProgressNotificationParam, ProgressToken, ResultType, ServerCapabilities,
    ServerConfig, SubscriptionFilter,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

/// Progress messages that wait for a slow client before newer ones are dropped.
const PROGRESS_QUEUE: usize = 256;

/// How long an answer waits for progress that is on its way.
const PROGRESS_GRACE: Duration = Duration::from_secs(1);

pub(super) struct Handler<D> {
    pub(super) door: Arc<D>,
    /// Fires when the client left or the kernel stops.
    pub(super) gone: CancellationToken,
}

impl<D: Door> ServerHandler for Handler<D> {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("aegis", env!("CARGO_PKG_VERSION")))
    }

    async fn initialize(
        &self,
        request: InitializeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<InitializeResult, ErrorData> {
        let answer = self.negotiate_initialize(&request)?;
        // Later requests are served under what was agreed, not under what was asked for.
        context.peer.set_peer_info(request.with_protocol_version(answer.protocol_version.clone()));
        Ok(answer)
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        if request.is_some_and(|request| request.cursor.is_some()) {
            return Err(ErrorData::invalid_params("unknown cursor", None));
        }
        Ok(ListToolsResult::with_all_items(self.door.tools()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        mut context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let cancel = self.gone.child_token();
        let (sender, receiver) = mpsc::channel(PROGRESS_QUEUE);
        let token = context.meta.get_progress_token();
        let rpc = RpcInfo {
            id: serde_json::to_string(&context.id).unwrap_or_default(),
            protocol: context.protocol_version().map_or_else(String::new, |version| quoted(version.as_str(), 32)),
            client: context.client_info().map(|client| quoted(&format!("{} {}", client.name, client.version), 128)),
        };
        let request = CallRequest {
            name: request.name.into_owned(),
            arguments: request.arguments,
            rpc,
            cancel: cancel.clone(),
            progress: token.as_ref().map(|_| sender.clone()),
        };
        drop(sender);
        let (door, held) = (self.door.clone(), context.extensions.remove::<Held>());
        let mut call = tokio::spawn(async move {
            let reply = door.call(request).await;
            drop(held);
            reply
        });
        let mut teller = Teller { context, token, receiver, last: f64::NEG_INFINITY };
        let reply = loop {
            tokio::select! {
                biased;
                Some(progress) = teller.receiver.recv() => teller.tell(progress).await,
                reply = &mut call => break reply,
                () = teller.context.ct.cancelled(), if !cancel.is_cancelled() => cancel.cancel(),
            }
        };
        // What the door still masks comes before the answer; the senders are gone when all of it is through.
        let last = Instant::now() + PROGRESS_GRACE;
        while let Ok(Some(progress)) = timeout_at(last, teller.receiver.recv()).await {
            teller.tell(progress).await;
        }
        match reply {
            Ok(CallReply::Result(mut result)) => {
                result.result_type = Some(ResultType::COMPLETE);
                Ok(result.into())
            }
            Ok(CallReply::UnknownTool) => Err(ErrorData::invalid_params("unknown tool", None)),
            Err(_) => Err(ErrorData::internal_error("the kernel failed on this call; its effect is unknown", None)),
        }
    }

    fn accepted_subscription_filter(&self, _: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        Some(SubscriptionFilter::default())
    }

    async fn listen(&self, subscription: SubscriptionContext) -> Result<(), ErrorData> {
        tokio::select! {
            () = subscription.cancelled() => {}
            () = self.gone.cancelled() => {}
        }
        Ok(())
    }
}

/// Tells the client how far a call is.
struct Teller {
    context: RequestContext<RoleServer>,
    token: Option<ProgressToken>,
    receiver: mpsc::Receiver<Progress>,
    last: f64,
}

impl Teller {
    /// Waits until the message is written, so that the next one and the answer come after it.
    async fn tell(&mut self, progress: Progress) {
        let Some(token) = self.token.clone().filter(|_| progress.progress > self.last) else { return };
        self.last = progress.progress;
        let mut message = ProgressNotificationParam::new(token, progress.progress);
        message.total = progress.total;
        message.message = progress.message;
        tokio::select! {
            _ = self.context.peer.notify_progress(message) => {}
            () = self.context.ct.cancelled() => {}
        }
    }
}
