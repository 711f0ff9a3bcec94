//! The other faces of a call: which method it is, and how its answer is read.
//!
//! *Invariants.* Inside the kernel there is one shape of answer, that of a tool: contents of a resource are blocks with a resource,
//! messages of a prompt are blocks whose roles stand in the structured content. So every face is masked, settled and recorded by
//! the same code. An answer that is not complete, or not of its method, is none. Nothing of the answer's `_meta` is passed on.

use crate::spec::Face;
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientRequest, ContentBlock, EmbeddedResource, GetPromptRequestParams,
    GetPromptResult, ReadResourceRequestParams, ReadResourceResult, Request, ResourceContents, ResultType,
};
use serde_json::{Map, Value, json};

/// How the answer to a call is read.
pub(super) type Reader = fn(&str) -> Option<CallToolResult>;

/// The key of the structured content under which the roles of a prompt's messages stand.
pub(crate) const ROLES: &str = "roles";

/// The request of a face; none where the arguments are not of its URI.
pub(super) fn request(face: Face, name: &'static str, arguments: Map<String, Value>) -> Option<ClientRequest> {
    Some(match face {
        Face::Tool => {
            let mut params = CallToolRequestParams::new(name);
            params.arguments = Some(arguments);
            ClientRequest::CallToolRequest(Request::new(params))
        }
        Face::Resource(uri) => {
            let params = ReadResourceRequestParams::new(uri.write(&arguments)?);
            ClientRequest::ReadResourceRequest(Request::new(params))
        }
        Face::Prompt => {
            let params = GetPromptRequestParams::new(name).with_arguments(arguments);
            ClientRequest::GetPromptRequest(Request::new(params))
        }
    })
}

/// How the answer of a face is read.
pub(super) fn reader(face: Face) -> Reader {
    match face {
        Face::Tool => |text| serde_json::from_str(text).ok(),
        Face::Resource(_) => contents,
        Face::Prompt => messages,
    }
}

fn contents(text: &str) -> Option<CallToolResult> {
    let result: ReadResourceResult = serde_json::from_str(text).ok()?;
    complete(result.result_type.as_ref())?;
    let blocks = result.contents.into_iter().map(|mut contents| {
        match &mut contents {
            ResourceContents::TextResourceContents { meta, .. }
            | ResourceContents::BlobResourceContents { meta, .. } => *meta = None,
            _ => return None, // contents of a kind to come
        }
        Some(ContentBlock::Resource(EmbeddedResource::new(contents)))
    });
    Some(CallToolResult::success(blocks.collect::<Option<_>>()?))
}

fn messages(text: &str) -> Option<CallToolResult> {
    let result: GetPromptResult = serde_json::from_str(text).ok()?;
    complete(result.result_type.as_ref())?;
    let (roles, blocks): (Vec<_>, Vec<_>) =
        result.messages.into_iter().map(|message| (message.role, message.content)).unzip();
    let mut answer = CallToolResult::success(blocks);
    answer.structured_content = Some(json!({ ROLES: roles }));
    Some(answer)
}

fn complete(kind: Option<&ResultType>) -> Option<()> {
    kind.is_none_or(|kind| *kind == ResultType::COMPLETE).then_some(())
}

#[cfg(test)]
mod tests {
    use super::{contents, messages};

    #[test]
    fn only_a_complete_answer_of_the_method_is_one() {
        let whole = r#"{"contents":[{"uri":"a:b","text":"x","_meta":{"k":1}}]}"#;
        assert_eq!(
            serde_json::to_value(contents(whole).unwrap()).unwrap()["content"],
            serde_json::json!([{"type": "resource", "resource": {"uri": "a:b", "text": "x"}}])
        );
        for odd in [
            r#"{"contents":[{"uri":"a:b","text":"x"}],"resultType":"input_required"}"#,
            r#"{"content":[{"type":"text","text":"x"}]}"#,
            r#"{"messages":[]}"#,
            r#"{"contents":[{"uri":"a:b"}]}"#,
        ] {
            assert!(contents(odd).is_none(), "{odd}");
        }
        let said = r#"{"description":"theirs","messages":[{"role":"assistant","content":{"type":"text","text":"x"}}]}"#;
        let answer = serde_json::to_value(messages(said).unwrap()).unwrap();
        assert_eq!(answer["structuredContent"], serde_json::json!({"roles": ["assistant"]}));
        assert!(!answer.to_string().contains("theirs"));
        assert!(messages(whole).is_none());
    }
}
