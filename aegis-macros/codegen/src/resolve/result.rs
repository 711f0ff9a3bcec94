//! Declared places of a result, held against the schema that its server gave for it when it was pinned.

use crate::diag::{Code, Diag, suggest};
use crate::model::manifest::ToolToml;
use aegis_schema::Places;
use serde_json::Value;
use toml::Spanned;

/// Fields of a result that stand beside its structured content.
const BESIDE: [&str; 3] = ["content", "_meta", "isError"];
const STRUCTURED: &str = "structuredContent";

/// Where the result holds numbers and no texts; every declared place that leads nowhere is a diagnostic.
pub(super) fn check(
    tool: &ToolToml,
    pin: Option<&(String, Vec<String>)>,
    path: &str,
    diags: &mut Vec<Diag>,
) -> Vec<String> {
    for at in tool.fields.keys().filter(|at| !is_path(at.get_ref())) {
        let message = format!("`{}` is no path into a result", at.get_ref());
        let help = "names with points between, `[]` behind one for each element of it, `*` for any name: `rows[].full_name`, `*.salary`";
        diags.push(Diag::error(Code::FieldNowhere, path, at.span(), message, help));
    }
    let Some(places) = pin.and_then(|(definition, volatile)| declared(definition, volatile)) else {
        return Vec::new();
    };
    let rows = tool.result.as_ref().and_then(|result| result.rows.as_ref());
    let rows = rows.map(|rows| (rows, rows.get_ref().trim_start_matches('/').replace('/', ".")));
    let fields = tool.fields.keys().map(|at| (at, at.get_ref().clone()));
    for (at, declared) in fields.chain(rows).filter(|(_, declared)| !leads(&places, declared)) {
        diags.push(nowhere(tool, at, &declared, &places, path));
    }
    places.numbers().collect()
}

/// Names with points between, and `[]` for the elements of a list.
fn is_path(path: &str) -> bool {
    let name = |name: &str| {
        let name = name.trim_end_matches("[]");
        name == "*"
            || name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ' ' | ':' | '@'))
    };
    path.split('.').all(|part| !part.is_empty() && name(part)) && path != "[]"
}

/// What the pinned definition says of the result, unless it may change.
fn declared(definition: &str, volatile: &[String]) -> Option<Places> {
    if volatile.iter().any(|path| path.starts_with("/outputSchema")) {
        return None;
    }
    let definition: Value = serde_json::from_str(definition).ok()?;
    definition.get("outputSchema").map(Places::of)
}

/// A path begins at the result, or at its structured content.
fn leads(places: &Places, path: &str) -> bool {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let beside = BESIDE.contains(&first.split('[').next().unwrap_or_default());
    beside || places.reach(path) || first == STRUCTURED && places.reach(rest)
}

fn nowhere(tool: &ToolToml, at: &Spanned<String>, declared: &str, places: &Places, path: &str) -> Diag {
    let message = format!("`{}` leads nowhere in the result of `{}`", at.get_ref(), tool.name.get_ref());
    let known: Vec<String> = places.named().collect();
    let near = suggest(declared, known.iter().map(String::as_str));
    let help = if near.starts_with("did you mean") {
        near
    } else {
        let last = declared.rsplit(['.', ']']).next().unwrap_or_default();
        format!("name a place of its pinned `outputSchema`; a name inside of a text is `*.{last}`")
    };
    Diag::error(Code::FieldNowhere, path, at.span(), message, help)
}
