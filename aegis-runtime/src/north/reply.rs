//! A reply together with its JSON, so that what was masked and recorded is, byte for byte, what goes out.
//!
//! *Invariants.* Text and result say the same; there is no way to change one of them alone. A line that the text cannot be put into as
//! it stands is written from the result.

use rmcp::RoleServer;
use rmcp::model::{CallToolResult, JsonRpcMessage, RequestId, ResultType, ServerResult};
use rmcp::service::TxJsonRpcMessage;

/// What a text begins with; results of the older era do not say that they are complete.
const BEGINNING: &str = r#"{"resultType":"complete","#;

/// A complete result, and its text.
#[derive(Debug)]
pub struct Reply {
    result: CallToolResult,
    text: String,
}

impl From<CallToolResult> for Reply {
    fn from(mut result: CallToolResult) -> Self {
        result.result_type = Some(ResultType::COMPLETE);
        // Keys are texts and numbers are finite, so this does not fail; were it to, the line is written from the result.
        let text = serde_json::to_string(&result).unwrap_or_default();
        Self { result, text }
    }
}

impl Reply {
    /// Reads a result back from a text that was made of one.
    ///
    /// # Errors
    /// It is none any more.
    pub(crate) fn read(text: String) -> serde_json::Result<Self> {
        let mut result: CallToolResult = serde_json::from_str(&text)?;
        result.result_type = Some(ResultType::COMPLETE);
        Ok(Self { result, text })
    }

    /// The result.
    #[must_use]
    pub fn result(&self) -> &CallToolResult {
        &self.result
    }

    /// The result, for another shape of answer.
    pub(super) fn into_result(self) -> CallToolResult {
        self.result
    }

    /// Its JSON.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The answer to a call, in the shape of its era.
    pub(super) fn line(self, id: RequestId, legacy: bool) -> serde_json::Result<Vec<u8>> {
        let reshaped = legacy && self.result.structured_content.as_ref().is_some_and(|content| !content.is_object());
        let Some(rest) = self.text.strip_prefix(BEGINNING).filter(|_| !reshaped) else {
            return self.reshaped(id, legacy);
        };
        let beginning = if legacy { "{" } else { BEGINNING };
        let mut line = Vec::with_capacity(rest.len().saturating_add(96));
        line.extend_from_slice(br#"{"jsonrpc":"2.0","id":"#);
        serde_json::to_writer(&mut line, &id)?;
        line.extend_from_slice(br#","result":"#);
        line.extend_from_slice(beginning.as_bytes());
        line.extend_from_slice(rest.as_bytes());
        line.push(b'}');
        Ok(line)
    }

    /// As the library shapes it.
    fn reshaped(self, id: RequestId, legacy: bool) -> serde_json::Result<Vec<u8>> {
        let mut result = ServerResult::CallToolResult(self.result);
        if legacy {
            result.strip_result_type_for_legacy_peer();
            result.strip_non_object_output_for_legacy_peer();
        }
        let message: TxJsonRpcMessage<RoleServer> = JsonRpcMessage::response(result, id);
        serde_json::to_vec(&message)
    }
}

#[cfg(test)]
mod tests {
    use super::Reply;
    use rmcp::model::{CallToolResult, ContentBlock, RequestId};
    use serde_json::{Value, json};

    #[test]
    fn a_line_is_what_the_library_would_write() {
        let mut results = vec![
            CallToolResult::success(vec![ContentBlock::text("a\"\u{7}é")]),
            CallToolResult::error(Vec::new()),
            CallToolResult::default(),
        ];
        for structured in [json!({"a": [1.5, null]}), json!([1]), Value::Null] {
            let mut result = CallToolResult::success(vec![ContentBlock::text("x")]);
            result.structured_content = Some(structured);
            results.push(result);
        }
        for result in results {
            for (id, legacy) in [(RequestId::Number(7), true), (RequestId::String("a\"b".into()), false)] {
                let reply = || Reply::from(result.clone());
                let line = String::from_utf8(reply().line(id.clone(), legacy).unwrap()).unwrap();
                assert_eq!(line, String::from_utf8(reply().reshaped(id, legacy).unwrap()).unwrap());
                let again = Reply::read(reply().text().to_owned()).unwrap();
                assert_eq!((again.text(), again.result()), (reply().text(), reply().result()));
            }
        }
    }
}
