//! A denial as a tool result: one text that a person and a model can read, and the same as data.

use crate::denial::Denial;
use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::Value;

/// `isError`, no structured content (a client would hold it to the tool's output schema), two text blocks: a sentence, and a
/// JSON object with `code`, `phase`, `rule`, `why`, `remedy`, `at`.
#[must_use]
pub fn denial_result(denial: &Denial) -> CallToolResult {
    let mut sentence = format!("denied {}", denial.code().as_str());
    if let Some(rule) = denial.rule() {
        sentence.push_str(&format!(" by `{}`", rule.id));
    }
    sentence.push_str(&format!(": {}", denial.why()));
    if let Some(remedy) = denial.remedy_text() {
        sentence.push_str(&format!("; instead: {remedy}"));
    }
    let data = Value::Object(denial.fields()).to_string();
    CallToolResult::error(vec![ContentBlock::text(sentence), ContentBlock::text(data)])
}
