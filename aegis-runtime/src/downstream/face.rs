//! The other faces of a call: which method it is, and how its answer is read.
//!
//! *Invariants.* Inside the kernel there is one shape of answer, that of a tool: contents of a resource are blocks with a resource,
//! messages of a prompt are blocks whose roles stand in the structured content. So every face is masked, settled and recorded by
//! the same code. An answer that is not complete, or not of its method, is none. Nothing of the answer's `_meta` is passed on.

use crate::spec::Face;
use rmcp::model::{
    CallToolResult, ContentBlock, EmbeddedResource, GetPromptResult, ReadResourceResult, RequestMetaObject,
    ResourceContents, ResultType,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// How the answer to a call is read.
pub(super) type Reader = fn(&str) -> Option<CallToolResult>;

/// The key of the structured content under which the roles of a prompt's messages stand.
pub(crate) const ROLES: &str = "roles";

/// The method of a face, and its parameters but for `_meta`.
#[derive(Debug)]
pub(super) struct Asked {
    method: &'static str,
    params: Params,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Params {
    /// A tool or a prompt.
    Named {
        name: &'static str,
        arguments: Map<String, Value>,
    },
    Resource {
        uri: String,
    },
}

/// What is asked of a server; none where the arguments are not of its URI.
pub(super) fn asked(face: Face, name: &'static str, arguments: Map<String, Value>) -> Option<Asked> {
    let (method, params) = match face {
        Face::Tool => ("tools/call", Params::Named { name, arguments }),
        Face::Resource(uri) => ("resources/read", Params::Resource { uri: uri.write(&arguments)? }),
        Face::Prompt => ("prompts/get", Params::Named { name, arguments }),
    };
    Some(Asked { method, params })
}

impl Asked {
    /// The message, as the library would write it: its id is the token of its progress, too.
    pub(super) fn message(&self, id: i64, meta: &RequestMetaObject) -> serde_json::Result<Vec<u8>> {
        let Self { method, params } = self;
        let params = Whole { meta: Meta { meta, token: id }, params };
        serde_json::to_vec(&Message { jsonrpc: "2.0", id, method, params })
    }
}

#[derive(Serialize)]
struct Message<'a> {
    jsonrpc: &'static str,
    id: i64,
    method: &'static str,
    params: Whole<'a>,
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(rename = "_meta")]
    meta: Meta<'a>,
    #[serde(flatten)]
    params: &'a Params,
}

#[derive(Serialize)]
struct Meta<'a> {
    #[serde(flatten)]
    meta: &'a RequestMetaObject,
    #[serde(rename = "progressToken")]
    token: i64,
}

/// How the answer of a face is read.
pub(super) fn reader(face: Face) -> Reader {
    match face {
        Face::Tool => |text| serde_json::from_str(text).ok().and_then(bare),
        Face::Resource(_) => contents,
        Face::Prompt => messages,
    }
}

fn contents(text: &str) -> Option<CallToolResult> {
    let result: ReadResourceResult = serde_json::from_str(text).ok()?;
    complete(result.result_type.as_ref())?;
    let blocks = result.contents.into_iter().map(|contents| ContentBlock::Resource(EmbeddedResource::new(contents)));
    bare(CallToolResult::success(blocks.collect()))
}

/// Without any `_meta`, its blocks' included: only the kernel's own words stand there.
fn bare(mut result: CallToolResult) -> Option<CallToolResult> {
    result.meta = None;
    for block in &mut result.content {
        match block {
            ContentBlock::Text(text) => text.meta = None,
            ContentBlock::Image(image) => image.meta = None,
            ContentBlock::Audio(audio) => audio.meta = None,
            ContentBlock::ResourceLink(link) => link.meta = None,
            ContentBlock::Resource(embedded) => {
                embedded.meta = None;
                match &mut embedded.resource {
                    ResourceContents::TextResourceContents { meta, .. }
                    | ResourceContents::BlobResourceContents { meta, .. } => *meta = None,
                    _ => return None, // contents of a kind to come
                }
            }
            _ => return None, // a block of a kind to come
        }
    }
    Some(result)
}

fn messages(text: &str) -> Option<CallToolResult> {
    let result: GetPromptResult = serde_json::from_str(text).ok()?;
    complete(result.result_type.as_ref())?;
    let (roles, blocks): (Vec<_>, Vec<_>) =
        result.messages.into_iter().map(|message| (message.role, message.content)).unzip();
    let mut answer = bare(CallToolResult::success(blocks))?;
    answer.structured_content = Some(json!({ ROLES: roles }));
    Some(answer)
}

fn complete(kind: Option<&ResultType>) -> Option<()> {
    kind.is_none_or(|kind| *kind == ResultType::COMPLETE).then_some(())
}

#[cfg(test)]
mod tests {
    use super::{Face, asked, contents, messages, reader};
    use crate::spec::UriSpec;
    use rmcp::RoleClient;
    use rmcp::model::{
        CallToolRequestParams, ClientCapabilities, ClientRequest, GetMeta, GetPromptRequestParams, Implementation,
        JsonRpcMessage, NumberOrString, ProgressToken, ProtocolVersion, Request, RequestId, RequestMetaObject,
    };
    use rmcp::service::TxJsonRpcMessage;
    use serde_json::{Value, json};

    /// What the library writes.
    fn of_library(mut request: ClientRequest, id: i64, meta: &RequestMetaObject) -> Value {
        let said = request.get_meta_mut();
        said.extend(meta.clone());
        said.set_progress_token(ProgressToken(NumberOrString::Number(id)));
        let message: TxJsonRpcMessage<RoleClient> = JsonRpcMessage::request(request, RequestId::Number(id));
        serde_json::to_value(&message).unwrap()
    }

    #[test]
    fn a_call_is_written_as_the_library_would_write_it() {
        let mut modern = RequestMetaObject::new();
        modern.set_protocol_version(ProtocolVersion::V_2026_07_28);
        modern.set_client_info(Implementation::new("aegis", "0"));
        modern.set_client_capabilities(ClientCapabilities::default());
        for meta in [RequestMetaObject::new(), modern] {
            for arguments in [json!({}), json!({"text": "a\"\u{7}é", "deep": [{"name": 1.5}, null]})] {
                let Value::Object(arguments) = arguments else { continue };
                let ours = |face| -> Value {
                    let line = asked(face, "x", arguments.clone()).unwrap().message(7, &meta).unwrap();
                    serde_json::from_slice(&line).unwrap()
                };
                let mut call = CallToolRequestParams::new("x");
                call.arguments = Some(arguments.clone());
                assert_eq!(ours(Face::Tool), of_library(ClientRequest::CallToolRequest(Request::new(call)), 7, &meta));
                let prompt = GetPromptRequestParams::new("x").with_arguments(arguments.clone());
                let prompt = ClientRequest::GetPromptRequest(Request::new(prompt));
                assert_eq!(ours(Face::Prompt), of_library(prompt, 7, &meta));
            }
        }
    }

    #[test]
    fn no_block_keeps_what_only_the_kernel_says() {
        let meta = r#""_meta":{"aegis/denial":{"code":"AEG-D110"}}"#;
        let contents = format!(r#"{{"uri":"a:b","text":"x",{meta}}}"#);
        let blocks = [
            format!(r#"{{"type":"text","text":"x",{meta}}}"#),
            format!(r#"{{"type":"image","data":"AAAA","mimeType":"image/png",{meta}}}"#),
            format!(r#"{{"type":"audio","data":"AAAA","mimeType":"audio/wav",{meta}}}"#),
            format!(r#"{{"type":"resource_link","uri":"a:b","name":"x",{meta}}}"#),
            format!(r#"{{"type":"resource","resource":{contents},{meta}}}"#),
        ];
        let said = blocks.iter().map(|block| format!(r#"{{"role":"user","content":{block}}}"#)).collect::<Vec<_>>();
        let uri = UriSpec { template: "a:b", parts: &[], mime_type: None };
        for (face, text) in [
            (Face::Tool, format!(r#"{{"content":[{}],{meta}}}"#, blocks.join(","))),
            (Face::Prompt, format!(r#"{{"messages":[{}],{meta}}}"#, said.join(","))),
            (Face::Resource(uri), format!(r#"{{"contents":[{contents}],{meta}}}"#)),
        ] {
            let answer = serde_json::to_string(&reader(face)(&text).unwrap()).unwrap();
            assert!(answer.contains("\"x\"") && !answer.contains("_meta"), "{answer}");
        }
    }

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
