//! The decision matrix, for people: a row a tool, a column a cell, each entry the decision and the rule.

use crate::ir::{Face, Ir, Pair, RuleKind};
use crate::resolve::pair_name;
use std::collections::BTreeSet;

/// Renders the matrix: aligned columns separated by ` | `, `-` where the tool cannot show the cell.
#[must_use]
pub fn render(ir: &Ir) -> String {
    let pairs: BTreeSet<Pair> = ir.tools.iter().flat_map(|tool| tool.reachable.iter().copied()).collect();
    let mut table: Vec<Vec<String>> =
        vec![std::iter::once("tool".to_owned()).chain(pairs.iter().map(|pair| pair_name(ir, *pair))).collect()];
    for (index, tool) in ir.tools.iter().enumerate() {
        let cells = pairs
            .iter()
            .map(|pair| if tool.reachable.contains(pair) { entry(ir, index, *pair) } else { "-".to_owned() });
        let name = match &tool.face {
            Face::Tool => tool.dotted.clone(),
            Face::Resource(_) | Face::Prompt => format!("{} ({})", tool.dotted, tool.face.word()),
        };
        table.push(std::iter::once(name).chain(cells).collect());
    }
    let columns = pairs.len().saturating_add(1);
    let widths: Vec<usize> = (0..columns)
        .map(|column| table.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or_default())
        .collect();
    let mut out = format!("decisions of policy `{}`\n\n", ir.name);
    for row in &table {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        out.push_str(cells.join(" | ").trim_end());
        out.push('\n');
    }
    out.push_str("\nrules beside the cells\n");
    for argument in &ir.arguments {
        let tool = ir.tools.get(argument.tool).map_or("?", |tool| tool.dotted.as_str());
        let rule = ir.rules.get(argument.rule).map_or("?", |rule| rule.id.as_str());
        out.push_str(&format!("argument  {rule}: /{} of {tool}\n", argument.field));
    }
    for mask in &ir.masks {
        let rule = ir.rules.get(mask.rule).map_or("?", |rule| rule.id.as_str());
        let domains: Vec<&str> = mask
            .domains
            .iter()
            .filter_map(|domain| ir.domains.get(*domain))
            .map(|domain| domain.name.as_str())
            .collect();
        out.push_str(&format!("transform {rule}: {}\n", domains.join(" ")));
    }
    out
}

fn entry(ir: &Ir, tool: usize, pair: Pair) -> String {
    match ir.cells.of(tool, pair).and_then(|rule| ir.rules.get(rule)) {
        None => "deny (no rule)".to_owned(),
        Some(rule) => {
            let word = match rule.kind {
                RuleKind::Allow => "allow",
                RuleKind::Block => "block",
                RuleKind::Gate(_) => "gate",
                RuleKind::Argument | RuleKind::Transform => "?",
            };
            format!("{word} {}", rule.id)
        }
    }
}
