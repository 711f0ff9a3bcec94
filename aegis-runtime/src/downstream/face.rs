//! The other faces of a call: which method it is, how its answer is read, and what a server says it offers.
//!
//! *Invariants.* Inside the kernel there is one shape of answer, that of a tool: contents of a resource are blocks with a resource,
//! messages of a prompt are blocks whose roles stand in the structured content. So every face is masked, settled and recorded by
//! the same code. An answer that is not complete, or not of its method, is none. Nothing of the answer's `_meta` is passed on.

use super::handshake::pages;
use crate::north::quoted;
use crate::spec::{Face, ToolSpec};
use rmcp::RoleClient;
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientRequest, ContentBlock, EmbeddedResource, Extensions,
    GetPromptRequestParams, GetPromptResult, Prompt, ReadResourceRequestParams, ReadResourceResult, Request,
    ResourceContents, ResultType,
};
use rmcp::service::Peer;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How the answer to a call is read.
pub(super) type Reader = fn(&str) -> Option<CallToolResult>;

/// The key of the structured content under which the roles of a prompt's messages stand.
pub(crate) const ROLES: &str = "roles";

/// The request of a face; none where the arguments are not of its URI.
pub(super) fn request<E: Clone + Send + Sync + 'static>(
    face: Face,
    name: &'static str,
    arguments: Map<String, Value>,
    extension: E,
) -> Option<ClientRequest> {
    Some(match face {
        Face::Tool => {
            let mut params = CallToolRequestParams::new(name);
            params.arguments = Some(arguments);
            let mut request = Request::new(params);
            request.extensions.insert(extension);
            ClientRequest::CallToolRequest(request)
        }
        Face::Resource(uri) => {
            let mut request = Request::new(ReadResourceRequestParams::new(uri.write(&arguments)?));
            request.extensions.insert(extension);
            ClientRequest::ReadResourceRequest(request)
        }
        Face::Prompt => {
            let mut request = Request::new(GetPromptRequestParams::new(name).with_arguments(arguments));
            request.extensions.insert(extension);
            ClientRequest::GetPromptRequest(request)
        }
    })
}

/// What travels with a call's request and does not go out.
#[expect(clippy::wildcard_enum_match_arm, reason = "the library's enum holds what the handshake asks, and grows")]
pub(super) fn extensions(request: &mut ClientRequest) -> Option<&mut Extensions> {
    match request {
        ClientRequest::CallToolRequest(request) => Some(&mut request.extensions),
        ClientRequest::ReadResourceRequest(request) => Some(&mut request.extensions),
        ClientRequest::GetPromptRequest(request) => Some(&mut request.extensions),
        _ => None, // what the handshake asks
    }
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

/// Holds what a server lists of resources and prompts against its manifest; only what is declared is asked for. Returns what
/// must not be called, and why.
pub(super) async fn drift(peer: &Peer<RoleClient>, declared: &[&'static ToolSpec]) -> BTreeMap<&'static str, String> {
    let resources = declared.iter().any(|tool| matches!(tool.face, Face::Resource(_)));
    let prompts = declared.iter().any(|tool| tool.face == Face::Prompt);
    let (uris, templates) = if resources { (uris(peer).await, templates(peer).await) } else { (None, None) };
    let prompts = if prompts {
        let page = |params| {
            let peer = peer.clone();
            async move { peer.list_prompts(params).await.map(|page| (page.prompts, page.next_cursor)) }
        };
        pages("prompts", page).await.ok()
    } else {
        None
    };
    let differences = declared.iter().filter_map(|tool| {
        let difference = match tool.face {
            Face::Tool => None,
            Face::Resource(uri) => {
                let listed = if uri.is_template() { &templates } else { &uris };
                match listed {
                    None => Some("the server does not list its resources".to_owned()),
                    Some(listed) => {
                        (!listed.contains(uri.template)).then(|| "the server offers no such URI".to_owned())
                    }
                }
            }
            Face::Prompt => match &prompts {
                None => Some("the server does not list its prompts".to_owned()),
                Some(listed) => prompt_difference(tool, listed),
            },
        };
        difference.map(|difference| (tool.name, difference))
    });
    differences.collect()
}

async fn uris(peer: &Peer<RoleClient>) -> Option<BTreeSet<String>> {
    let page = |params| {
        let peer = peer.clone();
        async move { peer.list_resources(params).await.map(|page| (page.resources, page.next_cursor)) }
    };
    Some(pages("resources", page).await.ok()?.into_iter().map(|resource| resource.uri).collect())
}

async fn templates(peer: &Peer<RoleClient>) -> Option<BTreeSet<String>> {
    let page = |params| {
        let peer = peer.clone();
        async move { peer.list_resource_templates(params).await.map(|page| (page.resource_templates, page.next_cursor)) }
    };
    Some(pages("resource templates", page).await.ok()?.into_iter().map(|template| template.uri_template).collect())
}

/// As of tools: whatever the manifest takes, the server takes, and whatever the server requires, the manifest requires.
fn prompt_difference(declared: &ToolSpec, listed: &[Prompt]) -> Option<String> {
    let mut named = listed.iter().filter(|prompt| prompt.name == declared.name);
    let prompt = match (named.next(), named.next()) {
        (None, _) => return Some("the server does not offer the prompt".to_owned()),
        (Some(_), Some(_)) => return Some("the server offers the prompt twice".to_owned()),
        (Some(prompt), None) => prompt,
    };
    let theirs = || prompt.arguments.iter().flatten();
    let ours = declared.arguments();
    if let Some((name, ..)) = ours.iter().find(|(name, ..)| !theirs().any(|argument| argument.name == *name)) {
        return Some(format!("the server's prompt has no argument `{}`", quoted(name, 64)));
    }
    let required = |name: &str| ours.iter().any(|(known, _, required)| known == name && *required);
    let missing = theirs()
        .find(|argument| argument.required == Some(true) && !required(&argument.name))
        .map(|argument| &argument.name)?;
    Some(format!("the server requires the argument `{}`, the manifest does not", quoted(missing, 64)))
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
