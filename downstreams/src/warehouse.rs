//! What the two warehouses share: the four tools, their shapes, and how drift is told.

use serde_json::{Value, json};

/// Most rows of one answer.
pub const ROWS: u64 = 1000;
/// Most rows that one statement changes, unless the operator says otherwise.
pub const CHANGES: u64 = 1000;
/// What a refusal because of drift begins with.
pub const DRIFT: &str = "refused: the live schema is not the declared one";

/// Name, description, input schema.
#[must_use]
pub fn tools() -> Vec<(&'static str, &'static str, Value)> {
    let sql = json!({"type": "string", "maxLength": 262_144});
    let limit = json!({"type": "integer", "minimum": 1, "maximum": ROWS});
    let object = |properties: Value, required: Value| json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
    vec![
        ("query", "Read rows with one SELECT", object(json!({"sql": sql, "limit": limit}), json!(["sql"]))),
        ("execute", "Run one statement that changes rows", object(json!({"sql": sql}), json!(["sql"]))),
        ("list_tables", "Names of the tables", object(json!({}), json!([]))),
        ("describe_table", "Columns, types and keys", object(json!({"table": {"type": "string"}}), json!(["table"]))),
    ]
}

/// Whether a tool is one of the four.
#[must_use]
pub fn is_tool(name: &str) -> bool {
    tools().iter().any(|(known, ..)| *known == name)
}

/// A column as `describe_table` gives it.
#[must_use]
pub fn column(name: &str, kind: &str, not_null: bool, key: bool) -> Value {
    json!({"name": name, "type": kind, "not_null": not_null, "key": key})
}

/// The refusal of a schema that drifted, with every difference on a line of its own.
#[must_use]
pub fn drifted(differences: &[String]) -> String {
    format!(
        "{DRIFT} (`-` declared and missing, `+` there and not declared, `~` different):\n{}\nbring the estate and the database \
         together, and build the kernel again if the estate changes",
        differences.join("\n")
    )
}
