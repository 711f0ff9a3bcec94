//! Resources and prompts: each becomes what a tool is, with another face.

use crate::diag::{Code, Diag};
use crate::ir::{Face, Ir, Uri};
use crate::model::manifest::{Inputs, ManifestFile, PromptToml, ResourceToml, ToolToml};
use crate::resolve::Spans;
use std::borrow::Cow;
use toml::Spanned;

/// Everything a manifest declares, each with its face.
pub(super) fn declared<'toml>(
    manifest: &'toml ManifestFile,
    path: &str,
    diags: &mut Vec<Diag>,
) -> Vec<(Cow<'toml, ToolToml>, Face)> {
    let mut all: Vec<_> = manifest.tool.iter().map(|tool| (Cow::Borrowed(tool), Face::Tool)).collect();
    for resource in &manifest.resource {
        if let Some(face) = resource_face(resource, path, diags) {
            all.push((Cow::Owned(resource_tool(resource)), face));
        }
    }
    for prompt in &manifest.prompt {
        text_only(&prompt.arguments, path, diags);
        all.push((Cow::Owned(prompt_tool(prompt)), Face::Prompt));
    }
    all
}

fn resource_face(resource: &ResourceToml, path: &str, diags: &mut Vec<Diag>) -> Option<Face> {
    text_only(&resource.variables, path, diags);
    let mut refuse = |message: String, help: &str| {
        diags.push(Diag::error(Code::UriTemplate, path, resource.uri.span(), message, help));
    };
    let text = resource.uri.get_ref();
    let uri = match Uri::parse(text, resource.mime_type.clone()) {
        Ok(uri) => uri,
        Err(why) => {
            refuse(
                format!("`{text}` cannot be matched: {why}"),
                "write `scheme://part/{variable}`, with at most one plain `{name}` between two slashes",
            );
            return None;
        }
    };
    let mut seen: Vec<&str> = Vec::new();
    for name in uri.variables() {
        let declared = resource.variables.iter().find(|(known, _)| known.get_ref() == name).map(|(_, toml)| toml);
        if seen.contains(&name) {
            refuse(format!("`{{{name}}}` stands in `{text}` twice"), "give the second one another name");
        }
        match declared {
            None => refuse(
                format!("`{{{name}}}` is not declared"),
                &format!("add `variables = {{ {name} = {{ type = \"string\" }} }}`"),
            ),
            Some(toml) if toml.optional => {
                refuse(format!("`{{{name}}}` cannot be left out"), "take `optional` from the variable");
            }
            Some(_) => {}
        }
        seen.push(name);
    }
    for name in resource.variables.keys().filter(|name| !seen.contains(&name.get_ref().as_str())) {
        let name = name.get_ref();
        refuse(format!("`{text}` has no `{{{name}}}`"), &format!("leave `{name}` out of `variables`"));
    }
    Some(Face::Resource(uri))
}

fn text_only(inputs: &Inputs, path: &str, diags: &mut Vec<Diag>) {
    for (name, toml) in inputs {
        if matches!(toml.kind.get_ref().as_str(), "integer" | "number" | "boolean") {
            let message = format!("`{}` is no string", name.get_ref());
            let help = "write `type = \"string\"`, and bound it with `enum` or `max-length`";
            diags.push(Diag::error(Code::TextOnly, path, toml.kind.span(), message, help));
        }
    }
}

fn resource_tool(resource: &ResourceToml) -> ToolToml {
    ToolToml {
        name: resource.name.clone(),
        title: resource.title.clone(),
        description: resource.description.clone(),
        capabilities: resource.capabilities.clone(),
        input: Some(Spanned::new(0..0, resource.variables.clone())),
        input_schema: None,
        result: None,
        binary: resource.binary.clone(),
        screen: resource.screen.clone(),
        fields: resource.fields.clone(),
        volatile: resource.volatile.clone(),
    }
}

fn prompt_tool(prompt: &PromptToml) -> ToolToml {
    ToolToml {
        name: prompt.name.clone(),
        title: prompt.title.clone(),
        description: prompt.description.clone(),
        capabilities: prompt.capabilities.clone(),
        input: Some(Spanned::new(0..0, prompt.arguments.clone())),
        input_schema: None,
        result: None,
        binary: prompt.binary.clone(),
        screen: prompt.screen.clone(),
        fields: prompt.fields.clone(),
        volatile: prompt.volatile.clone(),
    }
}

/// A URI is of one resource or of none, whichever server it comes from.
pub(super) fn overlaps(ir: &Ir, spans: &Spans, diags: &mut Vec<Diag>) {
    let uris: Vec<_> = ir
        .tools
        .iter()
        .filter_map(|tool| match &tool.face {
            Face::Resource(uri) => Some((tool, uri)),
            Face::Tool | Face::Prompt => None,
        })
        .collect();
    for (index, (tool, uri)) in uris.iter().enumerate() {
        let Some((other, theirs)) = uris.iter().take(index).find(|(_, theirs)| theirs.meets(uri)) else { continue };
        let Some((path, span)) = spans.tools.get(&tool.wire) else { continue };
        let message = format!(
            "`{}` of `{}` and `{}` of `{}` can be one URI",
            uri.template, tool.dotted, theirs.template, other.dotted
        );
        diags.push(Diag::error(
            Code::UriOverlap,
            path,
            span.clone(),
            message,
            "leave one of them out, or have its server use a scheme of its own",
        ));
    }
}
