//! The live tool list, held against the manifest.

use crate::spec::{Origin, ServerId, Spec, ToolSpec};
use rmcp::model::{PaginatedRequestParams, Tool};
use rmcp::{Peer, RoleClient};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::time::Duration;

/// Most pages of a tool list.
const PAGES: usize = 100;
/// Most tools of a server.
const TOOLS: usize = 5000;
/// How long one page may take.
const PAGE_TIME: Duration = Duration::from_secs(60);

/// What holding the list against the manifest found.
#[derive(Default)]
pub(super) struct Pins {
    /// Tools that do not fit, with how.
    pub(super) drifted: BTreeMap<&'static str, String>,
    pub(super) fitting: usize,
    pub(super) extra: usize,
}

/// Asks for the list, page by page, within bounds.
pub(super) async fn list(peer: &Peer<RoleClient>) -> Result<Vec<Tool>, String> {
    let (mut tools, mut cursor) = (Vec::new(), None);
    for _ in 0..PAGES {
        let page = tokio::time::timeout(PAGE_TIME, peer.list_tools(Some(PaginatedRequestParams::default().with_cursor(cursor))));
        let page = page.await.map_err(|_| "its tool list took over 60 s".to_owned())?;
        let page = page.map_err(|_| "it gave no tool list".to_owned())?;
        tools.extend(page.tools);
        if tools.len() > TOOLS {
            return Err(format!("its tool list has over {TOOLS} tools"));
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(tools);
        }
    }
    Err(format!("its tool list has over {PAGES} pages"))
}

/// Every tool of the manifest must be there, and take what the manifest lets an agent say.
pub(super) fn hold(spec: &'static Spec, server: ServerId, live: &[Tool]) -> Pins {
    let mut pins = Pins::default();
    let declared: Vec<&'static ToolSpec> = spec.tools.iter().filter(|tool| tool.origin == Origin::Downstream(server)).collect();
    for tool in &declared {
        let named: Vec<&Tool> = live.iter().filter(|live| live.name == tool.name).collect();
        let difference = match named.as_slice() {
            [] => Some("the server does not offer it".to_owned()),
            [one] => difference(tool, &one.input_schema),
            [_, _, ..] => Some("the server offers it twice".to_owned()),
        };
        match difference {
            Some(difference) => {
                pins.drifted.insert(tool.name, difference);
            }
            None => pins.fitting = pins.fitting.saturating_add(1),
        }
    }
    pins.extra = live.iter().filter(|live| !declared.iter().any(|tool| tool.name == live.name)).count();
    pins
}

/// The live schema may take more than the manifest offers, never ask for more, and never mean another type.
fn difference(tool: &ToolSpec, live: &Map<String, Value>) -> Option<String> {
    let pinned: Value = serde_json::from_str(tool.input_schema).unwrap_or_default();
    let empty = Map::new();
    let properties = |schema: Option<&Value>| schema.and_then(Value::as_object).cloned().unwrap_or_else(|| empty.clone());
    let (ours, theirs) = (properties(pinned.get("properties")), properties(live.get("properties")));
    let closed = live.get("additionalProperties") == Some(&Value::Bool(false));
    for (name, our) in &ours {
        match theirs.get(name) {
            None if closed || !theirs.is_empty() => return Some(format!("it takes no `{name}`")),
            None => {}
            Some(their) => match (our.get("type"), their.get("type")) {
                (Some(our), Some(their)) if our != their && !lists(their, our) => {
                    return Some(format!("`{name}` is {their}, and {our} in the manifest"));
                }
                (Some(_) | None, Some(_) | None) => {}
            },
        }
    }
    let required = |schema: Option<&Value>| -> Vec<String> {
        let names = schema.and_then(Value::as_array).map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        names.unwrap_or_default()
    };
    let ours = required(pinned.get("required"));
    let asked = required(live.get("required")).into_iter().find(|name| !ours.contains(name));
    asked.map(|name| format!("it requires `{name}`, which the manifest does not"))
}

/// `["string", "null"]` takes what `"string"` says.
fn lists(their: &Value, our: &Value) -> bool {
    their.as_array().is_some_and(|kinds| kinds.contains(our))
}
