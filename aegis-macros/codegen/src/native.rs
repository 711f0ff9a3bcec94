//! The kernel's own tools, as the estate gives rise to them.

use crate::ir::{Effect, Face, Ir, Origin, Screen, ScreenKind, Tool};
use serde_json::json;
use std::collections::BTreeSet;

/// The kind of receipt that `aegis__validate` mints, and the tool's wire name.
pub(crate) const MINTED: [(&str, &str); 1] = [("silver-validation", "aegis__validate")];

/// The domain that `aegis__status` reads; an estate without it has no such tool.
const CATALOG: &str = "catalog";

/// Adds the native tools and sorts all tools by wire name.
pub(crate) fn add(ir: &mut Ir) {
    if !ir.datasets.is_empty() {
        let silver = ir.datasets.iter().map(|dataset| (Effect::Validate, dataset.silver.domain)).collect();
        let gold = ir.datasets.iter().map(|dataset| (Effect::Promote, dataset.gold.domain)).collect();
        let validate = dataset_tool(
            ir,
            ("validate", "Validate", "Validate a dataset"),
            "Run the declared checks of a dataset over its silver location; success earns the receipt that promotion needs",
            Effect::Validate,
            silver,
        );
        let promote = dataset_tool(
            ir,
            ("promote", "Promote", "Promote a dataset to gold"),
            "Publish a dataset's validated bytes to its gold location; spends the receipt of a validation",
            Effect::Promote,
            gold,
        );
        ir.tools.extend([validate, promote]);
    }
    if let Some(catalog) = ir.domains.iter().position(|domain| domain.name == CATALOG) {
        let read = BTreeSet::from([(Effect::Read, catalog)]);
        let schema = json!({"type": "object", "properties": {}, "additionalProperties": false});
        ir.tools.push(tool(
            ("status", "Status", "Status of the kernel"),
            "What this kernel permits, which receipts stand, and how its servers are",
            schema,
            read.clone(),
            read,
            Vec::new(),
        ));
    }
    ir.tools.sort_by(|one, other| one.wire.cmp(&other.wire));
}

fn dataset_tool(
    ir: &Ir,
    names: (&str, &'static str, &str),
    description: &str,
    effect: Effect,
    reachable: BTreeSet<(Effect, usize)>,
) -> Tool {
    let datasets: Vec<&str> = ir.datasets.iter().map(|dataset| dataset.name.as_str()).collect();
    let schema = json!({
        "type": "object",
        "properties": {"dataset": {"type": "string", "enum": datasets, "description": "The dataset's name"}},
        "required": ["dataset"],
        "additionalProperties": false,
    });
    let screen = Screen { at: "/dataset".into(), skip: false, kind: ScreenKind::Dataset(effect) };
    tool(names, description, schema, BTreeSet::new(), reachable, vec![screen])
}

fn tool(
    (name, variant, title): (&str, &'static str, &str),
    description: &str,
    schema: serde_json::Value,
    capabilities: BTreeSet<(Effect, usize)>,
    reachable: BTreeSet<(Effect, usize)>,
    screens: Vec<Screen>,
) -> Tool {
    Tool {
        wire: format!("aegis__{name}"),
        dotted: format!("aegis.{name}"),
        name: name.to_owned(),
        origin: Origin::Native(variant),
        face: Face::Tool,
        title: title.to_owned(),
        description: description.to_owned(),
        schema,
        capabilities,
        reachable,
        screens,
        rows: None,
        fields: Vec::new(),
        numbers: Vec::new(),
        binary_pass: false,
        pin: None,
    }
}
