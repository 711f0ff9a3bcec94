//! What a server offers: tools, resources, templates of resources and prompts, each with the definition a person decides about.
//!
//! *Invariants.* Only what the manifest declares, or the server says it has, is asked for. What is listed twice is known by
//! neither listing. A list that the server does not give offers nothing.

use super::definition::definition;
use super::handshake::{pages, tools};
use super::pin::{Drift, since_pinned};
use super::words::named;
use super::{DownstreamError, Masked};
use crate::north::quoted;
use crate::spec::{Face, ToolSpec};
use rmcp::RoleClient;
use rmcp::model::{Prompt, Resource, ResourceTemplate, Tool};
use rmcp::service::Peer;
use serde_json::Value;
use std::collections::BTreeMap;

/// One thing that a server offers.
#[derive(Debug, Clone, PartialEq)]
pub enum Offered {
    /// Of `tools/list`.
    Tool(Tool),
    /// Of `resources/list`.
    Resource(Resource),
    /// Of `resources/templates/list`.
    Template(ResourceTemplate),
    /// Of `prompts/list`.
    Prompt(Prompt),
}

impl Offered {
    /// The table of a file of pins that it stands in.
    #[must_use]
    pub const fn section(&self) -> &'static str {
        match self {
            Offered::Tool(_) => "tools",
            Offered::Resource(_) | Offered::Template(_) => "resources",
            Offered::Prompt(_) => "prompts",
        }
    }

    /// What the server knows it by: a name, or a URI.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Offered::Tool(tool) => &tool.name,
            Offered::Resource(resource) => &resource.uri,
            Offered::Template(template) => &template.uri_template,
            Offered::Prompt(prompt) => &prompt.name,
        }
    }

    /// Everything the server says of it but what follows from a resource's contents: their size, and when they last changed.
    #[must_use]
    pub fn definition(&self) -> Value {
        match self {
            Offered::Tool(tool) => definition(tool),
            Offered::Prompt(prompt) => definition(prompt),
            Offered::Template(template) => without_contents(definition(template)),
            Offered::Resource(resource) => without_contents(definition(resource)),
        }
    }

    /// Whether a tool of the manifest is this.
    #[must_use]
    pub fn is(&self, declared: &ToolSpec) -> bool {
        match (self, declared.face) {
            (Offered::Tool(_), Face::Tool) | (Offered::Prompt(_), Face::Prompt) => self.key() == declared.name,
            (Offered::Resource(_), Face::Resource(uri)) => !uri.is_template() && self.key() == uri.template,
            (Offered::Template(_), Face::Resource(uri)) => uri.is_template() && self.key() == uri.template,
            (
                Offered::Tool(_) | Offered::Prompt(_) | Offered::Resource(_) | Offered::Template(_),
                Face::Tool | Face::Prompt | Face::Resource(_),
            ) => false,
        }
    }
}

fn without_contents(mut definition: Value) -> Value {
    if let Value::Object(map) = &mut definition {
        map.remove("size");
        if let Some(Value::Object(annotations)) = map.get_mut("annotations") {
            annotations.remove("lastModified");
        }
    }
    definition
}

/// Everything that a server says it has.
pub(super) async fn all(peer: &Peer<RoleClient>) -> Result<Vec<Offered>, DownstreamError> {
    let info = peer.peer_info();
    let (has_tools, has_resources, has_prompts) = info.as_ref().map_or((true, false, false), |info| {
        let has = &info.capabilities;
        (has.tools.is_some(), has.resources.is_some(), has.prompts.is_some())
    });
    let mut all = Vec::new();
    match tools(peer).await {
        Ok(tools) => all.extend(tools.into_iter().map(Offered::Tool)),
        // A server of other faces need not have tools.
        Err(_) if !has_tools && (has_resources || has_prompts) => {}
        Err(error) => return Err(error),
    }
    let further = if has_resources { [resources(peer).await, templates(peer).await] } else { [None, None] };
    all.extend(further.into_iter().flatten().flatten());
    if has_prompts {
        all.extend(prompts(peer).await.into_iter().flatten());
    }
    Ok(all)
}

/// Holds what a server lists of resources and prompts against its manifest; only what is declared is asked for. Returns what
/// must not be called, and why.
pub(super) async fn drift(
    peer: &Peer<RoleClient>,
    declared: &[&'static ToolSpec],
    masked: &Masked,
) -> BTreeMap<&'static str, Drift> {
    let has_resources = declared.iter().any(|tool| matches!(tool.face, Face::Resource(_)));
    let has_prompts = declared.iter().any(|tool| tool.face == Face::Prompt);
    let (resources, templates) =
        if has_resources { (resources(peer).await, templates(peer).await) } else { (None, None) };
    let prompts = if has_prompts { prompts(peer).await } else { None };
    let differences = declared.iter().filter_map(|tool| {
        let drift = match tool.face {
            Face::Tool => None,
            Face::Resource(uri) => {
                let listed = if uri.is_template() { &templates } else { &resources };
                difference(tool, listed.as_deref(), ["resources", "URI"], masked)
            }
            Face::Prompt => difference(tool, prompts.as_deref(), ["prompts", "prompt"], masked),
        };
        drift.map(|drift| (tool.name, drift))
    });
    differences.collect()
}

fn difference(tool: &ToolSpec, listed: Option<&[Offered]>, [list, one]: [&str; 2], masked: &Masked) -> Option<Drift> {
    let Some(listed) = listed else { return Some(format!("the server does not list its {list}").into()) };
    let mut named = listed.iter().filter(|offered| offered.is(tool));
    match (named.next(), named.next()) {
        (None, _) => Some(format!("the server offers no such {one}").into()),
        (Some(_), Some(_)) => Some(format!("the server offers the {one} twice").into()),
        (Some(offered), None) => since_pinned(tool, &offered.definition(), masked).or_else(|| match offered {
            Offered::Prompt(prompt) => prompt_difference(tool, prompt, masked).map(Drift::from),
            Offered::Tool(_) | Offered::Resource(_) | Offered::Template(_) => None,
        }),
    }
}

/// As of tools: whatever the manifest takes, the server takes, and whatever the server requires, the manifest requires.
fn prompt_difference(declared: &ToolSpec, prompt: &Prompt, masked: &Masked) -> Option<String> {
    let theirs = || prompt.arguments.iter().flatten();
    let ours = declared.arguments();
    if let Some((name, ..)) = ours.iter().find(|(name, ..)| !theirs().any(|argument| argument.name == *name)) {
        return Some(format!("the server's prompt has no argument `{}`", quoted(name, 64)));
    }
    let required = |name: &str| ours.iter().any(|(known, _, required)| known == name && *required);
    let missing = theirs()
        .find(|argument| argument.required == Some(true) && !required(&argument.name))
        .map(|argument| &argument.name)?;
    Some(format!("the server requires the argument `{}`, the manifest does not", named(missing, 64, masked)))
}

async fn resources(peer: &Peer<RoleClient>) -> Option<Vec<Offered>> {
    let page = |params| {
        let peer = peer.clone();
        async move { peer.list_resources(params).await.map(|page| (page.resources, page.next_cursor)) }
    };
    Some(pages("resources", page).await.ok()?.into_iter().map(Offered::Resource).collect())
}

async fn templates(peer: &Peer<RoleClient>) -> Option<Vec<Offered>> {
    let page = |params| {
        let peer = peer.clone();
        async move { peer.list_resource_templates(params).await.map(|page| (page.resource_templates, page.next_cursor)) }
    };
    Some(pages("resource templates", page).await.ok()?.into_iter().map(Offered::Template).collect())
}

async fn prompts(peer: &Peer<RoleClient>) -> Option<Vec<Offered>> {
    let page = |params| {
        let peer = peer.clone();
        async move { peer.list_prompts(params).await.map(|page| (page.prompts, page.next_cursor)) }
    };
    Some(pages("prompts", page).await.ok()?.into_iter().map(Offered::Prompt).collect())
}

#[cfg(test)]
mod tests {
    use super::Offered;
    use rmcp::model::Resource;
    use serde_json::json;

    #[test]
    fn contents_that_grow_are_no_change_of_what_is_offered() {
        let resource: Resource = serde_json::from_value(json!({"uri": "docs://log", "name": "log", "size": 7,
            "annotations": {"priority": 1.0, "lastModified": "2026-01-01T00:00:00Z"}, "_meta": {"n": 1}}))
        .unwrap();
        let pinned = json!({"annotations": {"priority": 1.0}, "name": "log", "uri": "docs://log"});
        assert_eq!(Offered::Resource(resource).definition(), pinned);
    }
}
