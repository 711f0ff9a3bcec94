//! The decision matrix, for people: a row a tool, a column a cell, each entry the decision and the rule.

use crate::ir::{Bound, CLASSES, Face, Ir, Literal, Operator, Pair, RuleKind};
use crate::resolve::pair_name;
use std::collections::{BTreeMap, BTreeSet};

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
    for rule in &ir.rules {
        if let RuleKind::Gate(gate) = &rule.kind {
            let of = match gate.dataset.and_then(|dataset| ir.datasets.get(dataset)) {
                Some(dataset) => format!("`{}`", dataset.name),
                None if gate.call => "the call".to_owned(),
                None => "the dataset".to_owned(),
            };
            let (id, receipt, age) = (&rule.id, &gate.receipt, gate.max_age);
            out.push_str(&format!("gate      {id}: a receipt `{receipt}` for {of}, at most {age}s old\n"));
        }
    }
    for argument in &ir.arguments {
        let tool = ir.tools.get(argument.tool).map_or("?", |tool| tool.dotted.as_str());
        let rule = ir.rules.get(argument.rule).map_or("?", |rule| rule.id.as_str());
        let bound = match &argument.bound {
            Bound::Maximum(most) => format!("at most {most}"),
            Bound::Minimum(least) => format!("at least {least}"),
            Bound::MaxLength(most) => format!("at most {most} characters"),
            Bound::OneOf(words) => format!("one of {}", words.join(", ")),
        };
        let absent = match &argument.absent {
            Some(Literal::Integer(number)) => format!("counts as {number}"),
            Some(Literal::Text(text)) => format!("counts as `{text}`"),
            None => "is denied".to_owned(),
        };
        out.push_str(&format!("argument  {rule}: /{} of {tool}, {bound}; an absent one {absent}\n", argument.field));
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
        let mut classes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for class in 0..CLASSES.len() + ir.classes.len() {
            let word = mask.operators.get(&class).map_or_else(|| "not masked".to_owned(), |operator| word(*operator));
            classes.entry(word).or_default().push(ir.class_name(class));
        }
        for (word, classes) in classes {
            out.push_str(&format!("          {word}: {}\n", classes.join(" ")));
        }
    }
    let private = if ir.limits.private_addresses { "masked" } else { "kept" };
    out.push_str(&format!("masker    addresses of private networks are {private}\n"));
    out
}

/// An operator as a policy writes it.
fn word(operator: Operator) -> String {
    match operator {
        Operator::Redact => "redact".to_owned(),
        Operator::Token => "token".to_owned(),
        Operator::Drop => "drop".to_owned(),
        Operator::KeepLast(count) => format!("keep-last {count}"),
        Operator::KeepDomain => "keep-domain".to_owned(),
        Operator::Bucket => "bucket".to_owned(),
        Operator::DateShift => "date-shift".to_owned(),
    }
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
