//! The policy: rules over cells, arguments and results.

use super::{Spans, check_id, check_why, class, domain, effect, gate, named, word};
use crate::diag::{Code, Diag, suggest};
use crate::ir::{
    ArgumentRule, Bound, CLASSES, Effect, Ir, Literal, Mask, Operator, Pair, Rule, RuleIx, RuleKind, ScreenKind, ToolIx,
};
use crate::model::policy::{ArgumentToml, PolicyFile, TransformToml};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::Spanned;

/// The ids and texts that every kind of rule has.
struct Head<'toml> {
    id: &'toml Spanned<String>,
    why: &'toml Spanned<String>,
    remedy: Option<&'toml Spanned<String>>,
    audit: Option<&'toml Spanned<String>>,
    kind: RuleKind,
}

/// Where a rule over cells speaks.
struct Scope<'toml> {
    effects: &'toml [Spanned<String>],
    domains: &'toml [Spanned<String>],
    tools: Option<&'toml [Spanned<String>]>,
}

pub(super) fn resolve(
    policy: &PolicyFile,
    path: &str,
    unguarded: bool,
    ir: &mut Ir,
    spans: &mut Spans,
    diags: &mut Vec<Diag>,
) {
    if let Some(value) = &policy.durability {
        ir.durability = word(value, "durability", &[("fsync", "Fsync"), ("os", "Os")], path, diags).unwrap_or("Fsync");
    }
    if let Some(value) = &policy.outcome {
        ir.outcome = word(value, "outcome durability", &[("group", "Group"), ("fsync", "Fsync")], path, diags)
            .unwrap_or("Group");
    }
    if let Some(toml) = &policy.audit {
        super::audit::resolve(toml, path, ir, diags);
    }
    if let Some(toml) = &policy.mask {
        super::mask::resolve(toml, path, ir, diags);
    }
    if let Some(value) = &policy.posture {
        ir.guarded = word(value, "posture", &[("guarded", true), ("unguarded", false)], path, diags).unwrap_or(true);
        if !ir.guarded && !unguarded {
            diags.push(Diag::error(
                Code::Unguarded,
                path,
                value.span(),
                "this policy allows everything",
                "leave `posture` out and say what is allowed",
            ));
        }
    }
    let heads = heads(policy, path, ir, diags);
    rules(&heads, path, ir, spans, diags);
    let rule_of = |ir: &Ir, id: &Spanned<String>| ir.rules.iter().position(|rule| rule.id == *id.get_ref());

    let mut claims = Claims::default();
    let wide =
        policy.allow.iter().chain(&policy.block).map(|rule| {
            (&rule.id, Scope { effects: &rule.effects, domains: &rule.domains, tools: rule.tools.as_deref() })
        });
    let gates = policy
        .gate
        .iter()
        .map(|gate| (&gate.id, Scope { effects: &gate.effects, domains: &gate.domains, tools: gate.tools.as_deref() }));
    for (id, scope) in wide.chain(gates) {
        if let Some(rule) = rule_of(ir, id) {
            claims.add(rule, id.span(), &scope, path, ir, diags);
        }
    }
    claims.settle(ir);
    if !ir.guarded {
        open_the_rest(ir);
    }
    for toml in &policy.argument {
        if let Some(rule) = rule_of(ir, &toml.id) {
            argument(toml, rule, path, ir, diags);
        }
    }
    for toml in &policy.transform {
        if let Some(rule) = rule_of(ir, &toml.id) {
            transform(toml, rule, path, ir, diags);
        }
    }
    if ir.rules.is_empty() && ir.guarded {
        diags.push(
            Diag::file(
                Code::NoRule,
                path,
                "the policy holds no rule, so this kernel denies everything",
                "add `[[allow]]` for what is permitted",
            )
            .warning(),
        );
    }
}

fn heads<'toml>(policy: &'toml PolicyFile, path: &str, ir: &Ir, diags: &mut Vec<Diag>) -> Vec<Head<'toml>> {
    let mut heads = Vec::new();
    gate::kinds(policy, path, diags);
    for (rules, kind) in [(&policy.allow, RuleKind::Allow), (&policy.block, RuleKind::Block)] {
        heads.extend(rules.iter().map(|rule| Head {
            id: &rule.id,
            why: &rule.why,
            remedy: rule.remedy.as_ref(),
            audit: rule.audit.as_ref(),
            kind: kind.clone(),
        }));
    }
    for toml in &policy.gate {
        if let Some(kind) = gate::opened_by(toml, policy, path, ir, diags) {
            let (remedy, audit, kind) = (toml.remedy.as_ref(), toml.audit.as_ref(), RuleKind::Gate(kind));
            heads.push(Head { id: &toml.id, why: &toml.why, remedy, audit, kind });
        }
    }
    heads.extend(policy.argument.iter().map(|rule| Head {
        id: &rule.id,
        why: &rule.why,
        remedy: rule.remedy.as_ref(),
        audit: rule.audit.as_ref(),
        kind: RuleKind::Argument,
    }));
    heads.extend(policy.transform.iter().map(|rule| Head {
        id: &rule.id,
        why: &rule.why,
        remedy: None,
        audit: None,
        kind: RuleKind::Transform,
    }));
    heads
}

fn rules(heads: &[Head<'_>], path: &str, ir: &mut Ir, spans: &mut Spans, diags: &mut Vec<Diag>) {
    for head in heads {
        let id = head.id.get_ref();
        check_id(head.id, path, diags);
        check_why(head.why, path, diags);
        if let Some(first) = spans.rules.get(id) {
            let diag = Diag::error(
                Code::Duplicate,
                path,
                head.id.span(),
                format!("rule `{id}` stands twice"),
                "give one of them another id",
            );
            diags.push(diag.label(path, first.clone(), "first here"));
            continue;
        }
        if let Some(remedy) = head.remedy {
            let text = remedy.get_ref();
            if text.starts_with("aegis__") && !ir.tools.iter().any(|tool| tool.wire == *text) {
                let known = ir.tools.iter().map(|tool| tool.wire.as_str()).filter(|wire| wire.starts_with("aegis__"));
                diags.push(Diag::error(
                    Code::UnknownTool,
                    path,
                    remedy.span(),
                    format!("unknown tool `{text}`"),
                    suggest(text, known),
                ));
            }
        }
        spans.rules.insert(id.clone(), head.id.span());
        ir.rules.push(Rule {
            id: id.clone(),
            why: head.why.get_ref().trim().to_owned(),
            kind: head.kind.clone(),
            remedy: head.remedy.map(|remedy| remedy.get_ref().clone()),
            audit: head.audit.and_then(|level| word(level, "audit level", &LEVELS, path, diags)).unwrap_or("Meta"),
        });
    }
    if !ir.guarded {
        ir.rules.push(Rule {
            id: TWIN.to_owned(),
            why: "the demo's twin allows everything".to_owned(),
            kind: RuleKind::Allow,
            remedy: None,
            audit: "Meta",
        });
    }
    ir.rules.sort_by(|one, other| one.id.cmp(&other.id));
}

/// How much of a call is recorded.
const LEVELS: [(&str, &str); 3] = [("meta", "Meta"), ("args", "Args"), ("full", "Full")];

/// The rule that an unguarded policy is taken to hold for every cell that it does not speak of.
const TWIN: &str = "unguarded";

/// Gives the twin's rule every cell that is left.
fn open_the_rest(ir: &mut Ir) {
    let Some(rule) = ir.rules.iter().position(|rule| rule.id == TWIN) else { return };
    let left: Vec<Pair> = ir
        .tools
        .iter()
        .flat_map(|tool| tool.reachable.iter().copied())
        .filter(|pair| !ir.cells.wide.contains_key(pair))
        .collect();
    ir.cells.wide.extend(left.into_iter().map(|pair| (pair, rule)));
}

/// Which rule claims which cell, while the claims are gathered.
#[derive(Default)]
struct Claims {
    cells: BTreeMap<(ToolIx, Pair), (RuleIx, Range<usize>)>,
    wide: BTreeMap<Pair, RuleIx>,
    narrow: BTreeSet<(ToolIx, Pair)>,
}

impl Claims {
    fn add(&mut self, rule: RuleIx, span: Range<usize>, scope: &Scope<'_>, path: &str, ir: &Ir, diags: &mut Vec<Diag>) {
        let before = diags.len();
        let effects: BTreeSet<Effect> = scope.effects.iter().filter_map(|value| effect(value, path, diags)).collect();
        let domains = domains(scope.domains, path, ir, diags);
        let tools = scope
            .tools
            .map(|tools| tools.iter().filter_map(|value| tool(value, path, ir, diags)).collect::<BTreeSet<_>>());
        let (mut reached, mut overlaps) = (false, BTreeMap::new());
        for pair in effects.iter().flat_map(|effect| domains.iter().map(move |domain| (*effect, *domain))) {
            for (index, tool) in ir.tools.iter().enumerate() {
                if !tool.reachable.contains(&pair) || tools.as_ref().is_some_and(|tools| !tools.contains(&index)) {
                    continue;
                }
                reached = true;
                match self.cells.get(&(index, pair)) {
                    Some((other, at)) => {
                        overlaps.entry(*other).or_insert((pair, at.clone()));
                    }
                    None => {
                        self.cells.insert((index, pair), (rule, span.clone()));
                        if tools.is_some() {
                            self.narrow.insert((index, pair));
                        } else {
                            self.wide.insert(pair, rule);
                        }
                    }
                }
            }
        }
        let id = ir.rules.get(rule).map_or("", |rule| rule.id.as_str());
        for (other, (pair, at)) in overlaps {
            let other = ir.rules.get(other).map_or("", |rule| rule.id.as_str());
            let message = format!("`{id}` and `{other}` both speak of `{}`", pair_name(ir, pair));
            let diag = Diag::error(
                Code::Overlap,
                path,
                span.clone(),
                message,
                "leave the cell to one of them: name fewer effects or domains, or narrow both with `tools`",
            );
            diags.push(diag.label(path, at, "the other one"));
        }
        // A rule that names something unknown has been told so; that it reaches nothing follows from it.
        if !reached && ir.guarded && diags.len() == before {
            let message = format!("no tool can show any cell of `{id}`");
            diags.push(Diag::error(
                Code::Redundant,
                path,
                span,
                message,
                "leave the rule out, or check its effects, domains and tools",
            ));
        }
    }

    /// Narrowed claims become exceptions to the wide ones.
    fn settle(self, ir: &mut Ir) {
        for (cell, (rule, _)) in &self.cells {
            if self.narrow.contains(cell) {
                ir.cells.narrow.insert(*cell, *rule);
            }
        }
        ir.cells.wide = self.wide;
    }
}

/// `write:gold`.
pub(crate) fn pair_name(ir: &Ir, (effect, domain): Pair) -> String {
    format!("{}:{}", effect.word(), ir.domains.get(domain).map_or("?", |domain| domain.name.as_str()))
}

pub(super) fn domains(values: &[Spanned<String>], path: &str, ir: &Ir, diags: &mut Vec<Diag>) -> BTreeSet<usize> {
    values
        .iter()
        .flat_map(|value| {
            if value.get_ref() == "*" {
                (0..ir.domains.len()).collect()
            } else {
                Vec::from_iter(domain(value, ir, path, diags))
            }
        })
        .collect()
}

fn tool(value: &Spanned<String>, path: &str, ir: &Ir, diags: &mut Vec<Diag>) -> Option<ToolIx> {
    named(value, "tool", Code::UnknownTool, ir.tools.iter().map(|tool| tool.dotted.as_str()), path, diags)
}

fn argument(toml: &ArgumentToml, rule: RuleIx, path: &str, ir: &mut Ir, diags: &mut Vec<Diag>) {
    let forms = [
        toml.maximum.map(Bound::Maximum),
        toml.minimum.map(Bound::Minimum),
        toml.max_length.map(Bound::MaxLength),
        toml.one_of.clone().map(Bound::OneOf),
    ];
    let mut forms: Vec<Bound> = forms.into_iter().flatten().collect();
    let (Some(bound), true) = (forms.pop(), forms.is_empty()) else {
        let message = format!("`{}` does not say one thing", toml.id.get_ref());
        diags.push(Diag::error(
            Code::RuleForm,
            path,
            toml.id.span(),
            message,
            "give exactly one of `maximum`, `minimum`, `max-length`, `one-of`",
        ));
        return;
    };
    let at = toml.at.get_ref();
    for name in &toml.tools {
        let Some(index) = tool(name, path, ir, diags) else { continue };
        let Some(tool) = ir.tools.get(index) else { continue };
        let Some((field, required)) = aegis_schema::lookup(&tool.schema, at) else {
            let known = tool.schema.get("properties").and_then(serde_json::Value::as_object);
            let known: Vec<String> =
                known.map(|known| known.keys().map(|key| format!("/{key}")).collect()).unwrap_or_default();
            let message = format!("`{}` has no argument at `{at}`", tool.dotted);
            diags.push(Diag::error(
                Code::UnknownArgument,
                path,
                toml.at.span(),
                message,
                suggest(at, known.iter().map(String::as_str)),
            ));
            continue;
        };
        let wanted = match bound {
            Bound::Maximum(_) | Bound::Minimum(_) => "integer",
            Bound::MaxLength(_) | Bound::OneOf(_) => "string",
        };
        let top_level = at.matches('/').count() == 1;
        if !top_level || field.get("type").and_then(serde_json::Value::as_str) != Some(wanted) {
            let message = format!("`{at}` of `{}` is no top-level {wanted}", tool.dotted);
            diags.push(Diag::error(
                Code::FieldShape,
                path,
                toml.at.span(),
                message,
                "bound a top-level integer or string; give others a schema of their own",
            ));
            continue;
        }
        let absent = match (&toml.absent, required) {
            (Some(value), _) => match absent(value, wanted) {
                Ok(absent) => absent,
                Err(()) => {
                    let help = format!("give a value of type {wanted}, or `absent = \"deny\"`");
                    diags.push(Diag::error(
                        Code::RuleAbsent,
                        path,
                        value.span(),
                        "`absent` is no value of the argument",
                        help,
                    ));
                    continue;
                }
            },
            (None, true) => None,
            (None, false) => {
                let message = format!("`{at}` of `{}` is optional", tool.dotted);
                diags.push(Diag::error(
                    Code::RuleAbsent,
                    path,
                    toml.at.span(),
                    message,
                    "add `absent = \"deny\"`, or the value that its absence counts as",
                ));
                continue;
            }
        };
        let field = at.trim_start_matches('/').replace("~1", "/").replace("~0", "~");
        ir.arguments.push(ArgumentRule { rule, tool: index, field, bound: bound.clone(), absent });
    }
}

fn absent(value: &Spanned<toml::Value>, wanted: &str) -> Result<Option<Literal>, ()> {
    match (value.get_ref(), wanted) {
        (toml::Value::String(text), _) if text == "deny" => Ok(None),
        (toml::Value::Integer(number), "integer") => Ok(Some(Literal::Integer(*number))),
        (toml::Value::String(text), "string") => Ok(Some(Literal::Text(text.clone()))),
        _ => Err(()), // another type than the argument's: an error
    }
}

fn transform(toml: &TransformToml, rule: RuleIx, path: &str, ir: &mut Ir, diags: &mut Vec<Diag>) {
    let covered = domains(&toml.domains, path, ir, diags);
    let mut operators = BTreeMap::new();
    let mut others = None;
    for (name, value) in &toml.classes {
        let Some(found) = operator(value.get_ref()) else {
            diags.push(misfit(path, value.span(), name.get_ref()));
            continue;
        };
        if name.get_ref() == "*" {
            others = Some((found, value.span()));
        } else if let Some(class) = class(name, ir, path, diags) {
            if fits(found, class) {
                operators.insert(class, found);
            } else {
                diags.push(misfit(path, value.span(), name.get_ref()));
            }
        }
    }
    if let Some((operator, span)) = others {
        for class in 0..CLASSES.len() + ir.classes.len() {
            if operators.contains_key(&class) {
                continue;
            }
            if fits(operator, class) {
                operators.insert(class, operator);
            } else {
                diags.push(misfit(path, span.clone(), ir.class_name(class)));
                break;
            }
        }
    }
    ir.masks.push(Mask { rule, domains: covered, operators });
}

fn misfit(path: &str, span: Range<usize>, class: &str) -> Diag {
    Diag::error(
        Code::OperatorMisfit,
        path,
        span,
        format!("no such operator for `{class}`"),
        "one of `redact`, `token`, `drop`, `{ keep-last = 4 }`; `keep-domain` for `email`; `bucket` for `birth-date` and `ip-address`; `date-shift` for `birth-date`; `redact` or `drop` for `secret`",
    )
}

/// The operator of a value; `None` is an error above.
fn operator(value: &toml::Value) -> Option<Operator> {
    if let Some(text) = value.as_str() {
        let words = [
            ("redact", Operator::Redact),
            ("token", Operator::Token),
            ("drop", Operator::Drop),
            ("keep-domain", Operator::KeepDomain),
            ("bucket", Operator::Bucket),
            ("date-shift", Operator::DateShift),
        ];
        return words.into_iter().find(|(word, _)| *word == text).map(|(_, operator)| operator);
    }
    let table = value.as_table().filter(|table| table.len() == 1)?;
    let keep = u8::try_from(table.get("keep-last")?.as_integer()?).ok()?;
    (1..=4).contains(&keep).then_some(Operator::KeepLast(keep))
}

fn fits(operator: Operator, class: usize) -> bool {
    let word = CLASSES.get(class).map_or("", |(word, _)| word);
    match operator {
        Operator::Redact | Operator::Drop => true,
        Operator::Token => word != "secret",
        Operator::KeepLast(_) => !matches!(
            word,
            "secret" | "email" | "person-name" | "address" | "birth-date" | "ip-address" | "mac-address"
        ),
        Operator::KeepDomain => word == "email",
        Operator::Bucket => matches!(word, "birth-date" | "ip-address"),
        Operator::DateShift => word == "birth-date",
    }
}

/// Whether a call of this tool names a dataset.
pub(crate) fn names_dataset(tool: &crate::ir::Tool) -> bool {
    tool.screens.iter().any(|screen| matches!(screen.kind, ScreenKind::Dataset(_)))
}
