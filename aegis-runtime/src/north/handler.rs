//! The protocol's side of a call: ids, progress, cancellation, and which of our answers is which message.
//!
//! *Invariants.* A call runs in its own task and to its end; a panic inside it becomes a protocol error with fixed words.
//! Progress is sent in order, only where the client gave a token, and never after the answer.

use super::lanes::Held;
use super::present::{contents_of, messages_of};
use super::{Ask, CallReply, CallRequest, Catalogue, Door, RpcInfo, quoted};
use crate::downstream::Progress;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, GetPromptRequestParams, GetPromptResponse, Implementation,
    InitializeRequestParams, InitializeResult, JsonObject, ListPromptsResult, ListResourceTemplatesResult,
    ListResourcesResult, ListToolsResult, PaginatedRequestParams, ProgressNotificationParam, ProgressToken,
    ReadResourceRequestParams, ReadResourceResponse, ResultType, ServerCapabilities, ServerConfig, SubscriptionFilter,
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
    pub(super) catalogue: Arc<Catalogue>,
    /// Fires when the client left or the kernel stops.
    pub(super) gone: CancellationToken,
}

impl<D: Door> ServerHandler for Handler<D> {
    fn get_info(&self) -> ServerConfig {
        let mut capabilities = ServerCapabilities::builder().enable_tools().build();
        capabilities.resources = self.catalogue.has_resources().then(Default::default);
        capabilities.prompts = (!self.catalogue.prompts.is_empty()).then(Default::default);
        ServerConfig::new(capabilities).with_server_info(Implementation::new("aegis", env!("CARGO_PKG_VERSION")))
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
        whole(request)?;
        Ok(ListToolsResult::with_all_items(self.catalogue.tools.clone()))
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        whole(request)?;
        Ok(ListResourcesResult::with_all_items(self.catalogue.resources.clone()))
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        whole(request)?;
        Ok(ListResourceTemplatesResult::with_all_items(self.catalogue.templates.clone()))
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        whole(request)?;
        Ok(ListPromptsResult::with_all_items(self.catalogue.prompts.clone()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let result = self.reach(Ask::Tool(request.name.into_owned()), request.arguments, context).await?;
        Ok(result.into())
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let result = self.reach(Ask::Resource(request.uri.clone()), None, context).await?;
        Ok(contents_of(result, &request.uri)?.into())
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let prompt = self.catalogue.prompts.iter().find(|prompt| prompt.name == request.name);
        let description = prompt.and_then(|prompt| prompt.description.clone());
        let result = self.reach(Ask::Prompt(request.name), request.arguments, context).await?;
        Ok(messages_of(result, description)?.into())
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

/// Lists have one page, so no cursor is ours.
fn whole(request: Option<PaginatedRequestParams>) -> Result<(), ErrorData> {
    if request.is_some_and(|request| request.cursor.is_some()) {
        return Err(ErrorData::invalid_params("unknown cursor", None));
    }
    Ok(())
}

impl<D: Door> Handler<D> {
    /// The one road to the door, whatever the method.
    async fn reach(
        &self,
        ask: Ask,
        arguments: Option<JsonObject>,
        mut context: RequestContext<RoleServer>,
    ) -> Result<CallToolResult, ErrorData> {
        let cancel = self.gone.child_token();
        let (sender, receiver) = mpsc::channel(PROGRESS_QUEUE);
        let token = context.meta.get_progress_token();
        let rpc = RpcInfo {
            id: serde_json::to_string(&context.id).unwrap_or_default(),
            protocol: context.protocol_version().map_or_else(String::new, |version| quoted(version.as_str(), 32)),
            client: context.client_info().map(|client| quoted(&format!("{} {}", client.name, client.version), 128)),
        };
        let request = CallRequest {
            ask,
            arguments,
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
                Ok(result)
            }
            Ok(CallReply::UnknownTool) => Err(ErrorData::invalid_params("unknown tool", None)),
            Err(_) => Err(ErrorData::internal_error("the kernel failed on this call; its effect is unknown", None)),
        }
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
