//! Whatever can be read and is declared personal is covered by a transform.

use crate::diag::{Code, Diag};
use crate::ir::{ClassIx, DomainIx, Effect, Ir, Origin, RuleKind, Tool};
use crate::resolve::Spans;
use std::collections::BTreeSet;

pub(super) fn check(ir: &Ir, spans: &Spans, path: &str, diags: &mut Vec<Diag>) {
    let mut said = BTreeSet::new();
    for (index, tool) in ir.tools.iter().enumerate() {
        for (domain, class) in reached(ir, index, tool) {
            let covered =
                ir.masks.iter().any(|mask| mask.domains.contains(&domain) && mask.operators.contains_key(&class));
            if covered || !said.insert((&tool.wire, class)) {
                continue;
            }
            let class = ir.class_name(class);
            let name = ir.domains.get(domain).map_or("?", |domain| domain.name.as_str());
            let message = format!("`{}` can reach `{class}` in `{name}`, and no transform masks it", tool.dotted);
            let help = format!("add `{class} = \"redact\"` to the `classes` of a `[[transform]]` over `{name}`");
            let diag = match spans.tools.get(&tool.wire) {
                Some((manifest, span)) => Diag::error(Code::Unmasked, manifest, span.clone(), message, help),
                None => Diag::file(Code::Unmasked, path, message, help),
            };
            diags.push(diag);
        }
    }
}

/// Domain and class of everything personal that a call of the tool can bring back where the policy lets it pass.
fn reached(ir: &Ir, index: usize, tool: &Tool) -> BTreeSet<(DomainIx, ClassIx)> {
    let Origin::Downstream(server) = tool.origin else { return BTreeSet::new() };
    let passes = |pair| {
        ir.cells.of(index, pair).and_then(|rule| ir.rules.get(rule)).is_some_and(|rule| match rule.kind {
            RuleKind::Allow | RuleKind::Gate(_) => true,
            RuleKind::Block | RuleKind::Argument | RuleKind::Transform => false,
        })
    };
    let readable = |domain| {
        [Effect::Read, Effect::Write]
            .into_iter()
            .any(|effect| tool.reachable.contains(&(effect, domain)) && passes((effect, domain)))
    };
    let mut reached: BTreeSet<(DomainIx, ClassIx)> = ir
        .tables
        .iter()
        .filter(|table| table.server == server && readable(table.domain))
        .flat_map(|table| table.columns.iter().filter_map(|column| column.pii).map(|class| (table.domain, class)))
        .collect();
    for (_, class) in &tool.fields {
        reached.extend(tool.reachable.iter().filter(|pair| passes(**pair)).map(|(_, domain)| (*domain, *class)));
    }
    reached
}
