//! screen: what the arguments would do, found and not decided.

use super::call::Call;
use crate::denial::{Code, Denial};
use crate::intercept::sql::Quotable;
use crate::intercept::{Finding, Screens};
use crate::kernel::Kernel;
use crate::mask::{Masker, Said};
use crate::spec::{Spec, ToolSpec};
use crate::vocabulary::Capability;
use serde_json::{Map, Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A call together with every capability it shows: the manifest's and those the screens found.
pub struct Screened<K: Kernel> {
    pub(super) call: Call<K>,
    pub(super) finding: Finding,
    /// Its capabilities and facts, for the record.
    pub(super) shown: Arc<Map<String, Value>>,
    /// What the agent said, before any rewrite.
    pub(super) said: Said,
}

impl<K: Kernel> Screened<K> {
    /// The capabilities, sorted.
    #[must_use]
    pub fn capabilities(&self) -> &[Capability] {
        &self.finding.capabilities
    }

    /// The facts, for records and people.
    #[must_use]
    pub fn facts(&self) -> &Map<String, Value> {
        &self.finding.facts
    }

    /// For each column that comes out, whether anything personal flows into it; nothing where the call is not one bound SELECT.
    #[must_use]
    pub fn personal(&self) -> Option<Vec<bool>> {
        self.finding.personal()
    }

    /// What an error of the server can quote, and so does not go on as it was said.
    #[must_use]
    pub fn quotable(&self) -> Quotable {
        self.finding.quotable()
    }

    /// The tool.
    #[must_use]
    pub fn tool(&self) -> &'static ToolSpec {
        self.call.tool
    }
}

/// Runs every screen of the tool over the judged arguments.
///
/// # Errors
/// What a screen cannot read, bind or agree on; `WriteBack` for a placeholder of ours in the arguments of a write;
/// `ScreenPanicked` if a screen fails.
pub fn screen<K: Kernel>(call: Call<K>, screens: &Screens) -> Result<Screened<K>, Denial> {
    let found = catch_unwind(AssertUnwindSafe(|| screens.run(call.tool, &call.arguments)));
    let finding = found.map_err(|_panic| Denial::new(Code::ScreenPanicked, ""))??;
    if finding.capabilities.iter().any(|capability| capability.effect.changes_data()) {
        refuse_placeholders(K::SPEC, &call.arguments)?;
    }
    let said = Said::of(&call.arguments);
    let shown = Arc::new(shown::<K>(&finding));
    Ok(Screened { call, finding, shown, said })
}

/// Spells capabilities as the audit and the agent read them: `write:silver`.
#[must_use]
pub fn capability_names<K: Kernel>(capabilities: &[Capability]) -> Vec<String> {
    capabilities
        .iter()
        .map(|capability| {
            let domain = K::SPEC.domains.get(usize::from(capability.domain.0)).map_or("?", |domain| domain.name);
            format!("{}:{domain}", capability.effect.as_str())
        })
        .collect()
}

/// An agent that saw masked data must not write the mask over the data.
fn refuse_placeholders(spec: &'static Spec, arguments: &Map<String, Value>) -> Result<(), Denial> {
    within(spec, arguments).map_or(Ok(()), |pointer| Err(write_back(pointer)))
}

/// Where a placeholder stands, from here on. Arguments are nested as deeply as strict JSON is, and no deeper.
fn placeholder(spec: &'static Spec, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Masker::holds_placeholder(spec, text).then(String::new),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| placeholder(spec, item).map(|rest| format!("/{index}{rest}"))),
        Value::Object(map) if map.keys().any(|key| Masker::holds_placeholder(spec, key)) => Some(String::new()),
        Value::Object(map) => within(spec, map),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn within(spec: &'static Spec, map: &Map<String, Value>) -> Option<String> {
    map.iter().find_map(|(key, value)| {
        let rest = placeholder(spec, value)?;
        Some(format!("/{}{rest}", key.replace('~', "~0").replace('/', "~1")))
    })
}

fn write_back(pointer: String) -> Denial {
    Denial::new(Code::WriteBack, "")
        .at(pointer, None)
        .remedy("copy the data on the server (`INSERT … SELECT`, `copy_object`), or leave the masked column out")
}

/// The capabilities and facts, as records hold them.
fn shown<K: Kernel>(finding: &Finding) -> Map<String, Value> {
    let facts = Value::Object(finding.facts.clone());
    let capabilities = json!(capability_names::<K>(&finding.capabilities));
    Map::from_iter([("caps".to_owned(), capabilities), ("facts".to_owned(), facts)])
}
