//! What the agent sees: tools from the compiled tables, denials in words and as data.
//!
//! *Invariants.* Nothing of a downstream stands here: no description, schema, annotation or error text.

use crate::denial::Denial;
use crate::spec::ToolSpec;
use rmcp::model::{CallToolResult, ContentBlock, MetaObject, Tool, ToolAnnotations};
use serde_json::{Map, Value};
use std::fmt::Write;
use std::sync::Arc;

/// The key of a result's `_meta` under which [`denial_result`] puts the fields of the denial.
pub const DENIAL_META: &str = "aegis/denial";

/// The tool as `tools/list` shows it; the schema keeps its key order.
///
/// # Errors
/// The schema is no JSON object; the policy compiler never emits such a one.
pub fn tool_of(spec: &ToolSpec) -> Result<Tool, serde_json::Error> {
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
    let mut words = format!("denied ({}", denial.code().as_str());
    if let Some(rule) = denial.rule() {
        let _ = write!(words, ", rule `{}`", rule.id);
    }
    let _ = write!(words, "): {}", denial.why());
    if let Some(place) = denial.place().filter(|place| !place.pointer.is_empty()) {
        let _ = write!(words, "; at `{}`", place.pointer);
    }
    if let Some(remedy) = denial.remedy_text() {
        let _ = write!(words, "; instead: {remedy}");
    }
    let fields = Value::Object(denial.fields());
    let mut result = CallToolResult::error(vec![ContentBlock::text(words), ContentBlock::text(fields.to_string())]);
    result.meta = Some(MetaObject(Map::from_iter([(DENIAL_META.to_owned(), fields)])));
    result
}
