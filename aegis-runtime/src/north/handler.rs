//! What the protocol library asks of a server, and which of our answers is which message.
//!
//! *Invariants.* Whatever names something goes by the one road to the door. A plain call does not come here: it is begun and answered
//! where it is read.

use super::lanes::Held;
use super::present::{contents_of, messages_of};
use super::road::{Agreed, Caller, Road, failed, rpc_info};
use super::{Ask, Catalogue, Door, Reply};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, GetPromptRequestParams, GetPromptResponse, Implementation,
    InitializeRequestParams, InitializeResult, JsonObject, ListPromptsResult, ListResourceTemplatesResult,
    ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse,
    ServerCapabilities, ServerConfig, SubscriptionFilter,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use std::sync::Arc;

pub(super) struct Handler<D> {
    pub(super) road: Arc<Road<D>>,
    pub(super) catalogue: Arc<Catalogue>,
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
        self.road.agree(Agreed::on(answer.protocol_version.clone(), request.client_info.clone()));
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
            () = self.road.gone.cancelled() => {}
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
    /// Goes to the door in a task of its own, which the library does not drop.
    async fn reach(
        &self,
        ask: Ask,
        arguments: Option<JsonObject>,
        mut context: RequestContext<RoleServer>,
    ) -> Result<CallToolResult, ErrorData> {
        let cancel = self.road.gone.child_token();
        let rpc = rpc_info(&context.id, context.protocol_version().as_ref(), context.client_info().as_ref());
        let (token, held) = (context.meta.get_progress_token(), context.extensions.remove::<Held>());
        let (road, caller) = (Arc::clone(&self.road), Caller { rpc, token, cancel: cancel.clone(), held });
        let mut call = tokio::spawn(async move { road.reach(ask, arguments, caller).await });
        let answered = tokio::select! {
            biased;
            answered = &mut call => answered,
            () = context.ct.cancelled() => {
                cancel.cancel();
                call.await
            }
        };
        answered.unwrap_or_else(|_| Err(failed())).map(Reply::into_result)
    }
}
