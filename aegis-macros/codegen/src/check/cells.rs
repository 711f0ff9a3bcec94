//! Every reachable cell has exactly one rule, and gold has none but a gate.

use crate::diag::{Code, Diag};
use crate::ir::{Effect, Ir, Pair, RuleKind, Tool};
use crate::resolve::{Spans, names_dataset, pair_name};
use std::collections::BTreeMap;

pub(super) fn check(ir: &Ir, spans: &Spans, path: &str, diags: &mut Vec<Diag>) {
    gaps(ir, path, diags);
    let mut said = std::collections::BTreeSet::new();
    for (index, tool) in ir.tools.iter().enumerate() {
        for pair in &tool.reachable {
            let Some(rule) = ir.cells.of(index, *pair).and_then(|rule| ir.rules.get(rule)) else { continue };
            let span = spans.rules.get(&rule.id).cloned().unwrap_or(0..0);
            if let Some(diag) = misruled(ir, tool, *pair, &rule.id, &rule.kind, path, span)
                && said.insert((diag.code, rule.id.clone()))
            {
                diags.push(diag);
            }
        }
    }
}

/// One diagnostic a cell, naming every tool that can show it.
fn gaps(ir: &Ir, path: &str, diags: &mut Vec<Diag>) {
    let mut gaps: BTreeMap<Pair, Vec<&str>> = BTreeMap::new();
    for (index, tool) in ir.tools.iter().enumerate() {
        for pair in &tool.reachable {
            if ir.cells.of(index, *pair).is_none() {
                gaps.entry(*pair).or_default().push(&tool.dotted);
            }
        }
    }
    for (pair, tools) in gaps {
        let shown = tools.iter().map(|tool| format!("`{tool}`")).collect::<Vec<_>>().join(", ");
        let message = format!("no rule speaks of `{}`, which {shown} can show", pair_name(ir, pair));
        let domain = ir.domains.get(pair.1).map_or("?", |domain| domain.name.as_str());
        // Where a rule speaks of the cell for other tools, one for all of them would meet it.
        let ruled =
            |(index, tool): (usize, &Tool)| tool.reachable.contains(&pair) && ir.cells.of(index, pair).is_some();
        let named = || tools.iter().map(|tool| format!("\"{tool}\"")).collect::<Vec<_>>().join(", ");
        let only =
            if ir.tools.iter().enumerate().any(ruled) { format!(", `tools = [{}]`", named()) } else { String::new() };
        let help = format!(
            "add `[[block]]` with `id`, `why`, `effects = [\"{}\"]`, `domains = [\"{domain}\"]`{only}, or an `[[allow]]`",
            pair.0.word()
        );
        diags.push(Diag::file(Code::CapabilityGap, path, message, help));
    }
}

fn misruled(
    ir: &Ir,
    tool: &Tool,
    pair: Pair,
    id: &str,
    kind: &RuleKind,
    path: &str,
    span: std::ops::Range<usize>,
) -> Option<Diag> {
    let name = pair_name(ir, pair);
    let protected = ir.domains.get(pair.1).is_some_and(|domain| domain.protected);
    match (kind, pair.0) {
        (RuleKind::Allow, Effect::Promote) => Some(Diag::error(
            Code::PromotionUngated,
            path,
            span,
            format!("`{id}` allows `{name}` without a receipt"),
            "make it a `[[gate]]` with `requires = { receipt = \"silver-validation\", for = \"dataset\", max-age = \"15m\" }`",
        )),
        (RuleKind::Allow | RuleKind::Gate(_), Effect::Write | Effect::Destroy | Effect::Execute | Effect::Admin)
            if protected =>
        {
            Some(Diag::error(
                Code::ProtectedOpen,
                path,
                span,
                format!("`{id}` opens `{name}`, and the domain is protected"),
                "block the cell with `remedy = \"aegis__promote\"`, or take `protected` from the domain",
            ))
        }
        (RuleKind::Gate(gate), Effect::Promote) if gate.call => Some(Diag::error(
            Code::PromotionUngated,
            path,
            span,
            format!("`{id}` opens `{name}` by an approval, and what is promoted must have been validated"),
            "ask for `requires = { receipt = \"silver-validation\", for = \"dataset\", max-age = \"15m\" }`",
        )),
        (RuleKind::Gate(gate), _) if gate.dataset.is_none() && !gate.call && !names_dataset(tool) => Some(Diag::error(
            Code::GateWithoutDataset,
            path,
            span,
            format!("`{id}` gates `{name}` of `{}`, whose calls name no dataset", tool.dotted),
            "name one: `for = \"customers\"`",
        )),
        (RuleKind::Allow | RuleKind::Block | RuleKind::Gate(_) | RuleKind::Argument | RuleKind::Transform, _) => None,
    }
}
