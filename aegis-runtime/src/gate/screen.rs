//! screen: what the arguments would do, found and not decided.

use super::call::Call;
use crate::denial::{Code, Denial};
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
    let mut pending: Vec<(String, &Value)> = arguments
        .iter()
        .map(|(key, value)| (format!("/{}", key.replace('~', "~0").replace('/', "~1")), value))
        .collect();
    while let Some((pointer, value)) = pending.pop() {
        match value {
            Value::String(text) if Masker::holds_placeholder(spec, text) => {
                return Err(write_back(pointer));
            }
            Value::Array(items) => {
                pending.extend(items.iter().enumerate().map(|(index, item)| (format!("{pointer}/{index}"), item)));
            }
            Value::Object(map) if map.keys().any(|key| Masker::holds_placeholder(spec, key)) => {
                return Err(write_back(pointer));
            }
            Value::Object(map) => pending.extend(map.iter().map(|(key, item)| (format!("{pointer}/{key}"), item))),
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    Ok(())
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
