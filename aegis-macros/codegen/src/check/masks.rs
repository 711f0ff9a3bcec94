//! Whatever can be read and is declared personal is covered by a transform.

use crate::diag::{Code, Diag};
use crate::ir::{ClassIx, DomainIx, Effect, Ir, Origin, Tool};
use crate::resolve::Spans;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(ir: &Ir, spans: &Spans, path: &str, diags: &mut Vec<Diag>) {
    unspoken(ir, path, diags);
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

/// A warning for each domain that answers come from and no transform speaks of, naming every tool that brings them.
fn unspoken(ir: &Ir, path: &str, diags: &mut Vec<Diag>) {
    let spoken: BTreeSet<DomainIx> = ir.masks.iter().flat_map(|mask| mask.domains.iter().copied()).collect();
    let mut unspoken: BTreeMap<DomainIx, BTreeSet<&str>> = BTreeMap::new();
    for (index, tool) in ir.tools.iter().enumerate() {
        let answers = matches!(tool.origin, Origin::Downstream(_));
        for (_, domain) in tool.reachable.iter().filter(|pair| answers && ir.permits(index, **pair)) {
            if !spoken.contains(domain) {
                unspoken.entry(*domain).or_default().insert(&tool.dotted);
            }
        }
    }
    for (domain, tools) in unspoken {
        let name = ir.domains.get(domain).map_or("?", |domain| domain.name.as_str());
        let shown = tools.iter().map(|tool| format!("`{tool}`")).collect::<Vec<_>>().join(", ");
        let message = format!("nothing that {shown} brings from `{name}` is masked: no transform speaks of it");
        let help = format!(
            "add `[[transform]]` with `id`, `why`, `domains = [\"{name}\"]`, `classes = {{ \"*\" = \"redact\" }}`, or `classes = {{}}` if nothing personal can stand there"
        );
        diags.push(Diag::file(Code::NothingMasked, path, message, help).warning());
    }
}

/// Domain and class of everything personal that a call of the tool can bring back where the policy lets it pass.
fn reached(ir: &Ir, index: usize, tool: &Tool) -> BTreeSet<(DomainIx, ClassIx)> {
    let Origin::Downstream(server) = tool.origin else { return BTreeSet::new() };
    let passes = |pair| ir.permits(index, pair);
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
