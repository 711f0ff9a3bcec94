//! A tool as the agent sees it: from the manifest, never from the server.

use crate::spec::ToolSpec;
use rmcp::model::{Tool, ToolAnnotations};
use serde_json::{Map, Value};

/// The compiled schema does not read as JSON; a build would have failed before.
#[derive(Debug, thiserror::Error)]
#[error("the schema of `{0}` is not a JSON object")]
pub struct ToolError(pub &'static str);

/// Name, title, description, schema and derived annotations.
///
/// # Errors
/// A schema that is no JSON object.
pub fn tool_of(spec: &'static ToolSpec) -> Result<Tool, ToolError> {
    let schema: Map<String, Value> = serde_json::from_str(spec.input_schema).map_err(|_| ToolError(spec.wire))?;
    let hints = ToolAnnotations::with_title(spec.title)
        .read_only(spec.hints.read_only)
        .destructive(spec.hints.destructive)
        .idempotent(spec.hints.idempotent)
        .open_world(spec.hints.open_world);
    Ok(Tool::new(spec.wire, spec.description, schema).with_title(spec.title).with_annotations(hints))
}
