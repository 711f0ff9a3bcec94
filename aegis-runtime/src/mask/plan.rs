//! A plan: which operator a class gets, and what is declared of a tool's results.

use super::json::Segment;
use crate::spec::{Binary, MaskSpec, Origin, ScreenKind, Spec, ToolSpec};
use crate::vocabulary::{Class, Effect, Operator};
use std::collections::BTreeMap;

/// How the results of one tool are masked.
#[derive(Debug, Clone)]
pub struct Plan {
    operators: BTreeMap<Class, Operator>,
    /// Personal columns by lower-case name.
    columns: BTreeMap<&'static str, Class>,
    fields: Vec<(Vec<Step>, Class)>,
    /// Content of objects: their keys are taken for column names.
    pub(super) keyed: bool,
    pub(super) drop_binary: bool,
}

/// One step of a declared path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// A key.
    Key(String),
    /// `[]` or `[3]`: any element.
    Element,
    /// `*`: any one key or element.
    Any,
}

impl Plan {
    pub(super) fn of_tool(spec: &'static Spec, tool: &'static ToolSpec, masks: &[&'static MaskSpec]) -> Self {
        let mut plan = Self::of_masks(masks.iter().copied());
        let reads_objects = tool.screens.iter().any(|screen| match screen.kind {
            ScreenKind::ObjectKey(effect) => effect == Effect::Read,
            ScreenKind::Sql(..) | ScreenKind::Dataset(_) | ScreenKind::Opaque(_) => false,
        });
        if let Origin::Downstream(server) = tool.origin {
            // Objects may hold what any table holds; rows are those of the tool's own server.
            let tables =
                spec.tables.iter().filter(|table| reads_objects || (tool.rows.is_some() && table.server == server));
            for column in tables.flat_map(|table| table.columns) {
                if let Some(class) = column.pii {
                    plan.columns.entry(column.name).and_modify(|known| *known = class.min(*known)).or_insert(class);
                }
            }
        }
        plan.fields = tool.fields.iter().map(|field| (steps(field.path), field.class)).collect();
        plan.keyed = reads_objects;
        plan.drop_binary = tool.binary == Binary::Drop;
        plan
    }

    pub(super) fn everywhere(spec: &'static Spec) -> Self {
        Self::of_masks(spec.masks.iter())
    }

    /// The first transform that names a class speaks for it.
    fn of_masks(masks: impl Iterator<Item = &'static MaskSpec>) -> Self {
        let mut operators = BTreeMap::new();
        for (class, operator) in masks.flat_map(|mask| mask.operators) {
            operators.entry(*class).or_insert(*operator);
        }
        Self { operators, columns: BTreeMap::new(), fields: Vec::new(), keyed: false, drop_binary: true }
    }

    /// The operator of a class, if the policy masks it.
    pub(super) fn operator(&self, class: Class) -> Option<Operator> {
        self.operators.get(&class).copied()
    }

    /// The class of a column, if it is masked. `customers.email` is `email`.
    pub(super) fn column(&self, name: &str) -> Option<Class> {
        if self.columns.is_empty() {
            return None;
        }
        let name = name.trim().trim_matches(['"', '`', '[', ']']).to_ascii_lowercase();
        let name = name.rsplit('.').next().unwrap_or(&name);
        self.columns.get(name).copied().filter(|class| self.operators.contains_key(class))
    }

    /// The class that the tool's fields declare for a path, or for something above it.
    pub(super) fn field(&self, path: &[Segment<'_>]) -> Option<Class> {
        // Declared paths may begin at the result, or at its structured content.
        let inner = match path {
            [Segment::Key(first), rest @ ..] if first == "structuredContent" => Some(rest),
            _ => None, // any other beginning
        };
        let found = self.fields.iter().find(|(steps, _)| {
            [Some(path), inner].into_iter().flatten().any(|path| {
                path.len() >= steps.len() && steps.iter().zip(path).all(|(step, segment)| step.takes(segment))
            })
        });
        found.map(|(_, class)| *class).filter(|class| self.operators.contains_key(class))
    }
}

impl Step {
    fn takes(&self, segment: &Segment<'_>) -> bool {
        match (self, segment) {
            (Step::Key(key), Segment::Key(found)) => found == key,
            (Step::Element, Segment::Index(_)) | (Step::Any, Segment::Key(_) | Segment::Index(_)) => true,
            (Step::Key(_), Segment::Index(_)) | (Step::Element, Segment::Key(_)) => false,
        }
    }
}

/// `rows[].full_name` → key, element, key.
fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, elements) = part.split_once('[').map_or((part, None), |(name, rest)| (name, Some(rest)));
        match name {
            "" => {}
            "*" => steps.push(Step::Any),
            name => steps.push(Step::Key(name.to_owned())),
        }
        let count = elements.map_or(0, |rest| rest.matches('[').count().saturating_add(1));
        steps.extend(std::iter::repeat_n(Step::Element, count));
    }
    steps
}
