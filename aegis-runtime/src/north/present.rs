//! What the agent sees: tools, resources and prompts from the compiled tables, denials in words and as data.
//!
//! *Invariants.* Nothing of a downstream stands here: no description, schema, annotation or error text.

use crate::audit::{spoken, visible};
use crate::denial::Denial;
use crate::downstream::ROLES;
use crate::spec::{Face, Phase, ToolSpec};
use rmcp::ErrorData;
use rmcp::model::{
    CallToolResult, ContentBlock, ErrorCode, GetPromptResult, MetaObject, Prompt, PromptArgument, PromptMessage,
    ReadResourceResult, Resource, ResourceContents, ResourceTemplate, Role, Tool, ToolAnnotations,
};
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::sync::Arc;

/// The key of a result's `_meta` under which [`denial_result`] puts the fields of the denial.
pub const DENIAL_META: &str = "aegis/denial";

/// The code of the JSON-RPC error that a denied read or get is; outside of what JSON-RPC reserves. What does not decode is -32602.
const DENIED: i32 = 403;

/// Everything there is, by the method that lists it, in the order it is served.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// `tools/list`.
    pub tools: Vec<Tool>,
    /// `resources/list`.
    pub resources: Vec<Resource>,
    /// `resources/templates/list`.
    pub templates: Vec<ResourceTemplate>,
    /// `prompts/list`.
    pub prompts: Vec<Prompt>,
}

impl Catalogue {
    /// From the compiled tables.
    #[must_use]
    pub fn of(specs: &[ToolSpec]) -> Self {
        let mut catalogue = Self::default();
        for spec in specs {
            match spec.face {
                Face::Tool => catalogue.tools.extend(tool_of(spec).ok()),
                Face::Prompt => catalogue.prompts.push(prompt(spec)),
                Face::Resource(uri) if uri.is_template() => {
                    let mut template = ResourceTemplate::new(uri.template, spec.wire);
                    template.title = Some(spec.title.to_owned());
                    template.description = Some(spec.description.to_owned());
                    template.mime_type = uri.mime_type.map(str::to_owned);
                    catalogue.templates.push(template);
                }
                Face::Resource(uri) => {
                    let mut resource = Resource::new(uri.template, spec.wire);
                    resource.title = Some(spec.title.to_owned());
                    resource.description = Some(spec.description.to_owned());
                    resource.mime_type = uri.mime_type.map(str::to_owned);
                    catalogue.resources.push(resource);
                }
            }
        }
        catalogue
    }

    pub(super) fn has_resources(&self) -> bool {
        !self.resources.is_empty() || !self.templates.is_empty()
    }

    /// Whether a method has anything to serve.
    pub(super) fn serves(&self, method: &str) -> bool {
        match method {
            "tools/list" | "tools/call" | "subscriptions/listen" => true,
            "resources/list" | "resources/templates/list" | "resources/read" => self.has_resources(),
            "prompts/list" | "prompts/get" => !self.prompts.is_empty(),
            _ => false,
        }
    }
}

fn prompt(spec: &ToolSpec) -> Prompt {
    let arguments = spec.arguments().into_iter().map(|(name, description, required)| {
        let mut argument = PromptArgument::new(name).with_required(required);
        argument.description = description;
        argument
    });
    let mut prompt = Prompt::new(spec.wire, Some(spec.description), Some(arguments.collect()));
    prompt.title = Some(spec.title.to_owned());
    prompt
}

/// A call's answer as that of `resources/read`. Blocks that the masker put in another's place are text.
///
/// # Errors
/// The denial, where it is one.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's enum grows, and the kernel makes no other block of contents"
)]
pub(super) fn contents_of(result: CallToolResult, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let contents = granted(result, Some(uri))?.content.into_iter().map(|block| match block {
        ContentBlock::Resource(embedded) => Ok(embedded.resource),
        ContentBlock::Text(text) => Ok(ResourceContents::text(text.text, uri)),
        _ => Err(ErrorData::internal_error("the kernel made no contents of this", None)),
    });
    Ok(ReadResourceResult::new(contents.collect::<Result<_, _>>()?))
}

/// A call's answer as that of `prompts/get`, under the manifest's description.
///
/// # Errors
/// The denial, where it is one.
pub(super) fn messages_of(result: CallToolResult, description: Option<String>) -> Result<GetPromptResult, ErrorData> {
    let result = granted(result, None)?;
    let roles = result.structured_content.as_ref().and_then(|content| content.get(ROLES)).cloned().unwrap_or_default();
    let roles: Vec<Role> = serde_json::from_value(roles).unwrap_or_default();
    if roles.len() != result.content.len() {
        return Err(ErrorData::internal_error("the kernel made no messages of this", None));
    }
    let messages = roles.into_iter().zip(result.content).map(|(role, content)| PromptMessage::new(role, content));
    let mut got = GetPromptResult::new(messages.collect());
    got.description = description;
    Ok(got)
}

/// Anything but a denial; a denial is an error with its text and its data, never contents that hold nothing.
fn granted(mut result: CallToolResult, uri: Option<&str>) -> Result<CallToolResult, ErrorData> {
    if result.is_error != Some(true) {
        return Ok(result);
    }
    let text = result.content.iter().find_map(|block| block.as_text()).map(|text| text.text.clone());
    let mut data = result.meta.as_mut().and_then(|meta| meta.0.remove(DENIAL_META)).unwrap_or_else(|| json!({}));
    let malformed = data.get("phase").and_then(Value::as_str) == Some(Phase::Decode.as_str());
    if let (Value::Object(fields), Some(uri)) = (&mut data, uri) {
        fields.insert("uri".to_owned(), json!(uri));
    }
    let code = if malformed { ErrorCode::INVALID_PARAMS } else { ErrorCode(DENIED) };
    Err(ErrorData::new(code, text.unwrap_or_default(), Some(data)))
}

/// The tool as `tools/list` shows it; the schema keeps its key order.
///
/// # Errors
/// The schema is no JSON object; the policy compiler never emits such a one.
fn tool_of(spec: &ToolSpec) -> Result<Tool, serde_json::Error> {
    let schema: Map<String, Value> = serde_json::from_str(spec.input_schema)?;
    let hints = spec.hints;
    let annotations = ToolAnnotations::new()
        .read_only(hints.read_only)
        .destructive(hints.destructive)
        .idempotent(hints.idempotent)
        .open_world(hints.open_world);
    let mut tool = Tool::new(spec.wire, spec.description, Arc::new(schema));
    tool.title = Some(spec.title.to_owned());
    tool.annotations = Some(annotations);
    Ok(tool)
}

/// A denial as the agent reads it: `isError`, no `structuredContent` (a client would hold it against an output schema).
///
/// The first text block is one readable paragraph for the model: code, rule, reason, place, remedy. The second is
/// [`Denial::fields`] as one JSON object, for programs that see text only; the same object stands in `_meta` under
/// [`DENIAL_META`], where a program that reads the protocol should look.
#[must_use]
pub fn denial_result(denial: &Denial) -> CallToolResult {
    // What reached the server was permitted.
    let verb = if denial.code().phase() == Phase::Downstream { "failed" } else { "denied" };
    let mut words = format!("{verb} ({}", denial.code().as_str());
    if let Some(rule) = denial.rule() {
        let _ = write!(words, ", rule `{}`", rule.id);
    }
    let _ = write!(words, "): {}", denial.why());
    if let Some(place) = denial.place().filter(|place| !place.pointer.is_empty()) {
        let _ = write!(words, "; at `{}`", spoken(&place.pointer));
    }
    let _ = write!(words, "; instead: {}", denial.remedy_text());
    let fields = Value::Object(denial.fields());
    let text = visible(&fields.to_string());
    let mut result = CallToolResult::error(vec![ContentBlock::text(words), ContentBlock::text(text)]);
    result.meta = Some(MetaObject(Map::from_iter([(DENIAL_META.to_owned(), fields)])));
    result
}
