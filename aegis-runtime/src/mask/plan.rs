//! A plan: which operator a class gets, and what is declared of a tool's results.

use super::json::Segment;
use super::said::Said;
use crate::spec::{Binary, MaskLimits, MaskSpec, Origin, ScreenKind, Spec, ToolSpec};
use crate::vocabulary::{Class, Effect, Operator};
use aegis_schema::steps;

/// How the results of one tool are masked.
#[derive(Debug, Clone)]
pub struct Plan {
    operators: Vec<(Class, Operator)>,
    /// Those of the vocabulary's classes, by their places.
    by_place: [Option<Operator>; Class::ALL.len()],
    /// Personal columns by lower-case name.
    columns: Vec<(&'static str, Class)>,
    fields: Vec<(Vec<Step>, Class)>,
    /// Where numbers may stand and no texts.
    numbers: Vec<Vec<Step>>,
    pub(super) limits: MaskLimits,
    /// Content of objects: their keys are taken for column names.
    pub(super) keyed: bool,
    pub(super) drop_binary: bool,
    /// For each column of a statement's rows, whether anything personal flows into it; nothing where that is not sure.
    personal: Option<Vec<bool>>,
    /// What the agent said, or nothing where the whole memory may speak.
    pub(super) said: Option<Said>,
    /// Whether values of other results are recognised.
    pub(super) remembers: bool,
    /// Whether other results may recognise this one's values. Never those of a statement of the agent's: it chooses the columns'
    /// names, and personal values come out of it as tokens anyhow.
    pub(super) teaches: bool,
    /// Whether a declared name may be doubted: not in rows of a database, whose columns mean what was declared, or have names of the
    /// agent's own choice.
    pub(super) doubts_names: bool,
}

type Step = aegis_schema::Step<&'static str>;

impl Plan {
    pub(super) fn of_tool(spec: &'static Spec, tool: &'static ToolSpec, masks: &[&'static MaskSpec]) -> Self {
        let mut plan = Self::of_masks(spec.policy.mask, masks.iter().copied());
        let reads_objects = tool.screens.iter().any(|screen| match screen.kind {
            ScreenKind::ObjectKey(effect) | ScreenKind::Path(effect, _, true) => effect == Effect::Read,
            ScreenKind::Path(_, _, false)
            | ScreenKind::Url(_)
            | ScreenKind::Compose(..)
            | ScreenKind::Sql(..)
            | ScreenKind::Dataset(_)
            | ScreenKind::Opaque(_) => false,
        });
        if let Origin::Downstream(server) = tool.origin {
            // Objects may hold what any table holds; rows are those of the tool's own server.
            let tables =
                spec.tables.iter().filter(|table| reads_objects || (tool.rows.is_some() && table.server == server));
            for column in tables.flat_map(|table| table.columns) {
                plan.columns.extend(column.pii.map(|class| (column.name, class)));
            }
        }
        for field in tool.fields {
            let steps = steps(field.path);
            // The last name of a path is a column's name wherever a result is a table.
            if let Some(Step::Key(name)) = steps.iter().rev().find(|step| matches!(step, Step::Key(_))) {
                plan.columns.push((name, field.class));
            }
            plan.fields.push((steps, field.class));
        }
        plan.numbers = tool.numbers.iter().map(|path| steps(path)).collect();
        plan.columns.retain(|(_, class)| masks.iter().any(|mask| mask.operators.iter().any(|(of, _)| of == class)));
        plan.columns.sort_unstable();
        plan.columns.dedup_by_key(|(name, _)| *name);
        plan.keyed = reads_objects;
        plan.teaches = !tool.screens.iter().any(|screen| matches!(screen.kind, ScreenKind::Sql(..)));
        plan.doubts_names = plan.teaches && tool.rows.is_none();
        plan.drop_binary = tool.binary == Binary::Drop;
        plan
    }

    pub(super) fn everywhere(spec: &'static Spec) -> Self {
        Self::of_masks(spec.policy.mask, spec.masks.iter())
    }

    /// Credentials alone, and nothing that the text's place says.
    pub(super) fn secrets() -> Self {
        let mut plan = Self::of_masks(MaskLimits::DEFAULT, std::iter::empty());
        plan.set(Class::Secret, Operator::Redact);
        plan.drop_binary = false;
        plan
    }

    /// The first transform that names a class speaks for it.
    fn of_masks(limits: MaskLimits, masks: impl Iterator<Item = &'static MaskSpec>) -> Self {
        let mut plan = Self {
            operators: Vec::new(),
            by_place: [None; Class::ALL.len()],
            columns: Vec::new(),
            fields: Vec::new(),
            numbers: Vec::new(),
            limits,
            keyed: false,
            drop_binary: true,
            personal: None,
            said: None,
            remembers: true,
            teaches: true,
            doubts_names: true,
        };
        for (class, operator) in masks.flat_map(|mask| mask.operators) {
            if plan.operator(*class).is_none() {
                plan.set(*class, *operator);
            }
        }
        plan
    }

    fn set(&mut self, class: Class, operator: Operator) {
        self.operators.push((class, operator));
        if let Some(by_place) = class.place().and_then(|place| self.by_place.get_mut(place)) {
            *by_place = Some(operator);
        }
    }

    /// The same, for the answer to a call: what its arguments say is not recognised from memory, and nothing is where
    /// `remembers` is false.
    #[must_use]
    pub fn answering(mut self, said: Said, remembers: bool) -> Self {
        self.said = Some(said);
        self.remembers = remembers;
        self
    }

    /// The same, where the columns of the answer are bound: one into which nothing personal flows is not masked for its name. What is
    /// found in it is masked all the same.
    #[must_use]
    pub fn bound(mut self, personal: Option<Vec<bool>>) -> Self {
        self.personal = personal;
        self
    }

    /// Whether nothing personal flows into a column, one of so many.
    pub(super) fn is_impersonal(&self, (column, columns): (usize, usize)) -> bool {
        let bound = self.personal.as_ref().filter(|personal| personal.len() == columns);
        bound.and_then(|personal| personal.get(column)) == Some(&false)
    }

    /// The operator of a class, if the policy masks it.
    pub(super) fn operator(&self, class: Class) -> Option<Operator> {
        match class.place() {
            Some(place) => self.by_place.get(place).copied().flatten(),
            None => self.operators.iter().find(|(of, _)| *of == class).map(|(_, operator)| *operator),
        }
    }

    /// Classes of the policy's own.
    pub(super) fn custom(&self) -> impl Iterator<Item = Class> {
        self.operators.iter().map(|(class, _)| *class).filter(|class| matches!(class, Class::Custom(_)))
    }

    /// Whether any name is declared.
    pub(super) fn has_columns(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Whether any path is declared.
    pub(super) fn has_fields(&self) -> bool {
        !self.fields.is_empty()
    }

    /// The class of a column, if it is masked. `customers.email` is `email`; blanks and dashes are `_`.
    pub(super) fn column(&self, name: &str) -> Option<Class> {
        if self.columns.is_empty() || name.len() > 128 {
            return None;
        }
        let name = name.trim().trim_matches(['"', '`', '[', ']', '*', '\u{feff}']);
        let name = name.rsplit('.').next().unwrap_or(name);
        // `fullName`, `Full Name` and `full-name` are `full_name`.
        let same = |declared: &str| letters(declared).eq(letters(name));
        self.columns.iter().find(|(declared, _)| same(declared)).map(|(_, class)| *class)
    }

    /// Whether the schema of the result has a number at a path, and no text: what stands in its place is null.
    pub(super) fn is_bare_number(&self, path: &[Segment<'_>]) -> bool {
        let at =
            |path: &[Segment<'_>]| self.numbers.iter().any(|steps| steps.len() == path.len() && begins(path, steps));
        at(path) || inner(path).is_some_and(at)
    }

    /// The class that the tool's fields declare for a path, or for something above it.
    pub(super) fn field(&self, path: &[Segment<'_>]) -> Option<Class> {
        if self.fields.is_empty() {
            return None;
        }
        let inner = inner(path);
        let found = self.fields.iter().find(|(steps, _)| {
            [Some(path), inner].into_iter().flatten().any(|path| match steps.as_slice() {
                [Step::Any, rest @ ..] if !rest.is_empty() => {
                    (0..path.len()).any(|from| begins(path.get(from..).unwrap_or_default(), rest))
                }
                steps => begins(path, steps),
            })
        });
        found.map(|(_, class)| *class).filter(|class| self.operator(*class).is_some())
    }
}

/// Declared paths may begin at the result, or at its structured content.
fn inner<'path, 'json>(path: &'path [Segment<'json>]) -> Option<&'path [Segment<'json>]> {
    match path {
        [first, rest @ ..] if first.is_named(&["structuredContent"]) => Some(rest),
        _ => None, // any other beginning
    }
}

/// The letters of a name, without case and what parts its words.
pub(super) fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| !matches!(byte, b'_' | b' ' | b'-')).map(|byte| byte.to_ascii_lowercase())
}

fn begins(path: &[Segment<'_>], steps: &[Step]) -> bool {
    path.len() >= steps.len() && steps.iter().zip(path).all(|(step, segment)| takes(step, segment))
}

fn takes(step: &Step, segment: &Segment<'_>) -> bool {
    match (step, segment) {
        (Step::Key(key), Segment::Key(found)) => found == key,
        (Step::Element, Segment::Index(_)) | (Step::Any, Segment::Key(_) | Segment::Index(_)) => true,
        (Step::Key(_), Segment::Index(_)) | (Step::Element, Segment::Key(_)) => false,
    }
}
