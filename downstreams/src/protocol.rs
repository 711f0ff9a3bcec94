//! What both servers share of MCP: a list of tools, and a call that gives data or a plain sentence.

use crate::DownstreamError;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, Implementation, ListToolsResult,
    PaginatedRequestParams, ProgressNotificationParam, ProtocolVersion, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::transport::io::stdio_pipes;
use rmcp::{RoleServer, ServerHandler, ServiceExt};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::time::Duration;

/// Between two signs of life.
const SIGN: Duration = Duration::from_secs(5);

/// A tool's answer: structured data with the text that stands for it, or a refusal in one sentence.
pub type Answer = Result<Value, String>;

/// The body of a server.
pub trait Tools: Send + Sync + 'static {
    /// Its name.
    const NAME: &'static str;
    /// Name, description, input schema.
    fn list(&self) -> Vec<(&'static str, &'static str, Value)>;
    /// One call; `None` for a tool it does not have.
    fn call(&self, name: &str, arguments: Map<String, Value>) -> impl Future<Output = Option<Answer>> + Send;
    /// Whether a call may rightly be silent for long: then signs of life are sent while it lasts.
    fn may_take_long(&self, _name: &str) -> bool {
        false
    }
}

/// Serves on standard input and output until input ends.
///
/// # Errors
/// A client that speaks something else.
pub async fn serve(tools: impl Tools) -> Result<(), DownstreamError> {
    match Server(tools).serve(stdio_pipes()).await {
        Ok(service) => {
            service.waiting().await.map(|_reason| ()).map_err(|error| DownstreamError::Protocol(error.to_string()))
        }
        Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(_) => Err(DownstreamError::Protocol("the client did not open it".to_owned())),
    }
}

struct Server<T>(T);

impl<T: Tools> ServerHandler for Server<T> {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new(T::NAME, env!("CARGO_PKG_VERSION")))
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        Cow::Borrowed(ProtocolVersion::KNOWN_VERSIONS)
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = self.0.list().into_iter().map(|(name, description, schema)| {
            let schema = schema.as_object().cloned().unwrap_or_default();
            Tool::new(name, description, schema)
        });
        Ok(ListToolsResult::with_all_items(tools.collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        // A call that is given up is dropped; what it holds ends what it began.
        let answer = tokio::select! {
            answer = self.0.call(&request.name, request.arguments.unwrap_or_default()) => answer,
            () = context.ct.cancelled() => Some(Err("cancelled".to_owned())),
            () = signs_of_life(&context), if self.0.may_take_long(&request.name) => None,
        };
        match answer {
            Some(Ok(data)) => Ok(CallToolResult::structured(data).into()),
            Some(Err(sentence)) => Ok(CallToolResult::error(vec![ContentBlock::text(sentence)]).into()),
            None => Err(ErrorData::invalid_params("unknown tool", None)),
        }
    }
}

/// A sign every few seconds, as long as it is waited for.
async fn signs_of_life(context: &RequestContext<RoleServer>) {
    let Some(token) = context.meta.get_progress_token() else { return std::future::pending().await };
    for sign in 1_u32.. {
        tokio::time::sleep(SIGN).await;
        let sign = ProgressNotificationParam::new(token.clone(), f64::from(sign));
        // A client that is gone ends the call by itself.
        let _unheard = context.peer.notify_progress(sign).await;
    }
}

/// The text argument of a name.
///
/// # Errors
/// A value of another type.
pub fn text<'call>(arguments: &'call Map<String, Value>, name: &str) -> Result<Option<&'call str>, String> {
    match arguments.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(invalid(&format!("`{name}` is not a string"))),
    }
}

/// The text argument of a name, which must be there.
///
/// # Errors
/// No value, or one of another type.
pub fn required<'call>(arguments: &'call Map<String, Value>, name: &str) -> Result<&'call str, String> {
    text(arguments, name)?.ok_or_else(|| invalid(&format!("`{name}` is missing")))
}

/// The unsigned argument of a name.
///
/// # Errors
/// A value of another type.
pub fn unsigned(arguments: &Map<String, Value>, name: &str) -> Result<Option<u64>, String> {
    match arguments.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match whole(value) {
            None => Err(invalid(&format!("`{name}` is not a whole number from 0 on"))),
            number => Ok(number),
        },
    }
}

/// A refusal of an argument.
#[must_use]
pub fn invalid(what: &str) -> String {
    format!("InvalidArgument: {what}")
}

/// A number from 0 on without a fraction, however it is spelled: `1.0` is an integer in JSON Schema.
fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
        format!("{number:.0}").parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::unsigned;
    use serde_json::json;

    #[test]
    fn a_whole_number_is_one_however_it_is_spelled() {
        let arguments = json!({"a": 1, "b": 1.0, "c": null, "d": 1.5, "e": -1.0, "f": "1", "g": 1e30});
        let of = |name: &str| arguments.as_object().map(|arguments| unsigned(arguments, name));
        assert_eq!([of("a"), of("b")], [Some(Ok(Some(1))), Some(Ok(Some(1)))]);
        assert_eq!([of("c"), of("z")], [Some(Ok(None)), Some(Ok(None))]);
        for odd in ["d", "e", "f", "g"] {
            assert!(
                of(odd).is_some_and(|read| read.is_err_and(|words| words.starts_with("InvalidArgument: "))),
                "{odd}"
            );
        }
    }
}
