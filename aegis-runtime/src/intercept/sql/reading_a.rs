//! Reading A: `sqlparser`, hardened. One statement, parsed once, and then nothing but semicolons to the end of input.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

mod parse;

use super::caps::Quotes;
use super::forms::Generated;
use super::place::Lines;
use super::recursion::{Recursion, is_endless};
use super::scope::number;
use super::walk::Walked;
use super::with::Scopes;
use super::{Catalogue, SqlRefusal, functions, grouped, is_personal, names};
use crate::denial::Code;
use crate::spec::{ColumnKind, Dialect};
use parse::{Parsed, parse};
use sqlparser::ast::{
    Cte, Expr, Ident, InTarget, ObjectName, ObjectNamePart, Query, Select, SelectItem, SelectItemQualifiedWildcardKind,
    SetExpr, Spanned, Statement, TableFactor, TableSampleKind, Value, ValueWithSpan, Visitor,
};
use sqlparser::tokenizer::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// One statement, with what a walk over it gathers.
pub(super) struct Reading {
    pub(super) statement: Statement,
    /// References to named relations in FROM and JOIN, with the bytes of the name and whether an alias follows.
    pub(super) references: Vec<Reference>,
    /// Names that a WITH defines, anywhere in the statement.
    pub(super) ctes: BTreeSet<String>,
    /// Functions called, in expressions and in FROM; folded.
    pub(super) functions: BTreeSet<String>,
    /// Every identifier in an expression: qualifier if any, and name; folded.
    pub(super) columns: BTreeSet<(Option<String>, String)>,
    /// Nested statements that change rows, in CTEs and the like.
    pub(super) nested: Vec<Statement>,
    /// What a splice changes besides: schemas before a column's relation (`public.` of `public.customers.name`), row ids, `TABLE`, and
    /// what a query groups by.
    pub(super) edits: Vec<Edit>,
    /// Bytes that name nothing, and that the second grammar cannot read.
    pub(super) idle: Vec<(usize, usize)>,
    /// Columns that a WITH gives beside those of its query.
    pub(super) generated: Vec<Generated>,
}

/// Bytes of the statement, and what is to stand there where a relation is masked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edit {
    pub(super) bytes: (usize, usize),
    pub(super) text: Cow<'static, str>,
}

/// A named relation where rows are read from it.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) bytes: (usize, usize),
    pub(super) alias: Option<String>,
    /// The alias names its columns, by their places.
    pub(super) renamed: bool,
    /// A WITH gives this name here, so it is no relation.
    pub(super) given: bool,
    /// It names the masked view of the relation.
    pub(super) masked: bool,
}

/// Whose text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Author {
    /// The agent's: names that begin with `aegis_` are not its to use.
    Agent,
    /// Ours, after a splice: masked views stand for their relations.
    Kernel,
}

/// What the names of our own relations begin with.
pub(super) const OURS: &str = "aegis_";
/// What a masked view on SQLite begins with; on PostgreSQL it is the schema, without the last underscore.
pub(super) const MASKED: &str = "aegis_masked_";

/// Parses and walks.
pub(super) fn read(
    quotes: &Quotes<'_>,
    dialect: Dialect,
    author: Author,
    catalogue: &Catalogue,
) -> Result<Reading, SqlRefusal> {
    let Parsed { statement, edits, idle, generated } = parse(quotes, dialect, catalogue)?;
    let mut walk = Walk {
        lines: Lines::new(&quotes.plain),
        dialect,
        author,
        catalogue,
        refusal: None,
        reading: Gathered { edits, ..Gathered::default() },
        generated: &generated,
        depth: 0,
        scopes: Scopes::default(),
    };
    let _ignored = statement.walked(&mut walk);
    if let Some(refusal) = walk.refusal {
        return Err(refusal);
    }
    let Gathered { references, ctes, functions, mut columns, nested, edits } = walk.reading;
    if let Statement::Explain { options: Some(options), .. } = &statement {
        // `FORMAT JSON`: words of the options stand where columns would.
        for word in options.iter().filter_map(|option| option.arg.as_ref()) {
            if let Expr::Identifier(ident) = word {
                columns.remove(&(None, fold(ident)));
            }
        }
    }
    Ok(Reading { statement, references, ctes, functions, columns, nested, edits, idle, generated })
}

#[derive(Default)]
struct Gathered {
    references: Vec<Reference>,
    ctes: BTreeSet<String>,
    functions: BTreeSet<String>,
    columns: BTreeSet<(Option<String>, String)>,
    nested: Vec<Statement>,
    edits: Vec<Edit>,
}

struct Walk<'sql> {
    lines: Lines<'sql>,
    dialect: Dialect,
    author: Author,
    catalogue: &'sql Catalogue,
    refusal: Option<SqlRefusal>,
    reading: Gathered,
    generated: &'sql [Generated],
    depth: usize,
    scopes: Scopes,
}

impl Walk<'_> {
    fn refuse<S: Spanned>(&mut self, part: &S, what: &str, remedy: &str) -> ControlFlow<()> {
        self.refuse_at(self.lines.bytes(part), what, remedy)
    }

    fn refuse_at(&mut self, bytes: Option<(usize, usize)>, what: &str, remedy: &str) -> ControlFlow<()> {
        self.refusal = Some(SqlRefusal::new(Code::SqlUnsupported, what).at_part(bytes).remedy(remedy));
        ControlFlow::Break(())
    }

    /// Notes the schema before a relation that stands before a column or a star.
    fn schema(&mut self, schema: &Ident, relation: &Ident) {
        if is_default_schema(schema) {
            let bytes = (self.lines.byte_of(schema.span.start), self.lines.byte_of(relation.span.start));
            self.reading.edits.push(Edit { bytes, text: Cow::Borrowed("") });
        }
    }

    /// A declared relation that nothing stands in place of.
    fn is_plain(&self, name: &ObjectName) -> bool {
        bare_name(name).is_some_and(|name| {
            !self.scopes.gives(&name) && self.catalogue.table(&name).is_some_and(|table| !is_personal(table))
        })
    }

    /// Whether a name of a WITH grows without an end.
    fn is_endless(&self, cte: &Cte, around: &Query) -> bool {
        let texts = |relation: &str, column: &str| {
            let columns = self.catalogue.table(relation).map(|table| table.columns).unwrap_or_default();
            let told = columns.iter().find(|known| known.name == column).map(|column| column.kind);
            matches!(told, Some(ColumnKind::Text | ColumnKind::Timestamp | ColumnKind::Blob))
        };
        let at = cte.alias.name.span.start;
        let cycle =
            self.generated.iter().find(|generated| generated.at == at).map(|generated| generated.cycle.as_slice());
        is_endless(&Recursion {
            cte,
            around,
            dialect: self.dialect,
            given: &|name| self.scopes.gives(name),
            texts: &texts,
            cycle: cycle.unwrap_or_default(),
        })
    }

    fn set_expr(&mut self, body: &SetExpr) -> ControlFlow<()> {
        match body {
            SetExpr::Table(_) => self.refuse(body, "a whole table", "write `SELECT` with columns"),
            SetExpr::SetOperation { left, right, .. } => {
                self.set_expr(left)?;
                self.set_expr(right)
            }
            SetExpr::Select(_)
            | SetExpr::Query(_)
            | SetExpr::Values(_)
            | SetExpr::Insert(_)
            | SetExpr::Update(_)
            | SetExpr::Delete(_)
            | SetExpr::Merge(_) => ControlFlow::Continue(()),
        }
    }
}

impl Visitor for Walk<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.scopes.enter(query, self.dialect);
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            let name = fold(&cte.alias.name);
            // A text of ours was judged before its leaves were put in.
            if self.author == Author::Agent && self.is_endless(cte, query) {
                return self.refuse(
                    cte.query.as_ref(),
                    "a recursion without an end",
                    "let its step count towards a bound (`WHERE n < 100`)",
                );
            }
            self.reading.ctes.insert(name);
        }
        if !query.locks.is_empty() {
            return self.refuse(query, "row locks", "leave `FOR UPDATE` out");
        }
        self.set_expr(&query.body)
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for item in &select.projection {
            if let SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), _) = item {
                let parts: Vec<&Ident> = name.0.iter().filter_map(ObjectNamePart::as_ident).collect();
                if let [schema, relation] = parts.as_slice() {
                    self.schema(schema, relation);
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if self.dialect == Dialect::Postgres && self.author == Author::Agent {
            let edits = grouped::edits(query, &|name| self.scopes.gives(name), self.catalogue, &self.lines);
            self.reading.edits.extend(edits);
        }
        self.scopes.leave(query);
        ControlFlow::Continue(())
    }

    fn pre_visit_ident(&mut self, ident: &Ident) -> ControlFlow<()> {
        if self.author == Author::Agent && is_ours(ident) {
            let bytes = self.lines.bytes_of(ident.span);
            return self.refuse_at(Some(bytes), "a name that begins with `aegis_`", "choose another name");
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { alias: Some(alias), .. } | TableFactor::Function { alias: Some(alias), .. } = factor
            && alias.columns.iter().filter_map(|column| column.data_type.as_ref()).any(names::is_of_catalogue)
        {
            return self.refuse(factor, "a cast to a name of the catalogue", "give the columns plain types");
        }
        match factor {
            TableFactor::Table { name, alias, args: None, sample, with_ordinality: false, .. }
                if sample.as_ref().is_none_or(|sample| self.is_plain(name) && is_written(sample)) =>
            {
                let view = (self.author == Author::Kernel).then(|| masked_name(name)).flatten();
                let masked = view.is_some();
                let Some(bare) = view.or_else(|| bare_name(name)) else {
                    return self.refuse(factor, "a qualified relation", "use its bare name");
                };
                let bytes = self.lines.bytes_of(name_span(name));
                let given = name.0.len() == 1 && self.scopes.gives(&bare);
                let renamed = alias.as_ref().is_some_and(|alias| !alias.columns.is_empty());
                let alias = alias.as_ref().map(|alias| fold(&alias.name));
                self.reading.references.push(Reference { name: bare, bytes, alias, renamed, given, masked });
                ControlFlow::Continue(())
            }
            TableFactor::Table { name, args: Some(_), .. } | TableFactor::Function { name, .. } => {
                self.reading.functions.insert(bare_name(name).unwrap_or_else(|| "?".to_owned()));
                ControlFlow::Continue(())
            }
            TableFactor::UNNEST { with_offset: false, .. } => {
                self.reading.functions.insert("unnest".to_owned());
                ControlFlow::Continue(())
            }
            TableFactor::Derived { .. } | TableFactor::NestedJoin { .. } => ControlFlow::Continue(()),
            _ => self.refuse(
                factor,
                "a source of rows that is no relation, subquery or function",
                "read from a declared relation by its name",
            ),
        }
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(ident) => {
                self.reading.columns.insert((None, fold(ident)));
            }
            Expr::CompoundIdentifier(parts) => {
                if let [schema, relation, _] = parts.as_slice() {
                    self.schema(schema, relation);
                }
                let mut parts = parts.iter().rev().map(fold);
                let name = parts.next().unwrap_or_default();
                self.reading.columns.insert((parts.next(), name));
            }
            Expr::In { target: InTarget::Table { .. } | InTarget::Unnest(_), .. } => {
                return self.refuse(expr, "a relation after IN", "write a subquery with a column");
            }
            Expr::Cast { data_type, .. } if names::is_of_catalogue(data_type) => {
                return self.refuse(expr, "a cast to a name of the catalogue", "cast to a plain type");
            }
            Expr::TypedString(typed) if names::is_of_catalogue(&typed.data_type) => {
                return self.refuse(expr, "a cast to a name of the catalogue", "cast to a plain type");
            }
            Expr::Function(function) if self.dialect == Dialect::Postgres && functions::is_construct(function) => {}
            Expr::Function(function) => {
                self.reading.functions.insert(bare_name(&function.name).unwrap_or_else(|| "?".to_owned()));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_value(&mut self, value: &ValueWithSpan) -> ControlFlow<()> {
        match &value.value {
            Value::Placeholder(_) => self.refuse(value, "a parameter", "write the value"),
            Value::HexStringLiteral(text) if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                self.refuse(value, "a malformed blob", "write pairs of hexadecimal digits")
            }
            _ => ControlFlow::Continue(()), // a literal of another kind
        }
    }

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > 1 {
            match statement {
                Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) | Statement::Merge(_) => {
                    self.reading.nested.push(statement.clone());
                }
                _ => {}
            }
        }
        ControlFlow::Continue(())
    }
}

/// A name of one part, folded; `main.t` and `public.t` are that part too.
pub(super) fn bare_name(name: &ObjectName) -> Option<String> {
    match name.0.as_slice() {
        [one] => one.as_ident().map(fold),
        [schema, one] if schema.as_ident().is_some_and(is_default_schema) => one.as_ident().map(fold),
        _ => None, // temp, another schema, or a computed name
    }
}

/// The schema that every relation of the estate is in.
pub(super) fn is_default_schema(schema: &Ident) -> bool {
    ["main", "public"].iter().any(|known| schema.value.eq_ignore_ascii_case(known))
}

/// The relation that a name stands for, itself or by its masked view.
pub(super) fn relation_name(name: &ObjectName) -> Option<String> {
    masked_name(name).or_else(|| bare_name(name))
}

/// The relation whose masked view a name is: `temp.aegis_masked_customers`, `aegis_masked.customers`.
fn masked_name(name: &ObjectName) -> Option<String> {
    let [schema, relation] = name.0.as_slice() else { return None };
    let (schema, relation) = (fold(schema.as_ident()?), fold(relation.as_ident()?));
    match schema.as_str() {
        "temp" => relation.strip_prefix(MASKED).map(str::to_owned),
        schema if schema == MASKED.trim_end_matches('_') => Some(relation),
        _ => None, // a relation of the estate
    }
}

/// Lower case: both engines fold ASCII names, and the estate's names are lower case.
pub(super) fn fold(ident: &Ident) -> String {
    ident.value.to_ascii_lowercase()
}

/// Whether a name is one of ours.
fn is_ours(ident: &Ident) -> bool {
    ident.value.as_bytes().get(..OURS.len()).is_some_and(|head| head.eq_ignore_ascii_case(OURS.as_bytes()))
}

fn name_span(name: &ObjectName) -> Span {
    let mut spans = name.0.iter().filter_map(ObjectNamePart::as_ident).map(|ident| ident.span);
    let first = spans.next().unwrap_or_else(Span::empty);
    spans.fold(first, |whole, span| whole.union(&span))
}

/// Whether a sample is of a number that is written down: what it computes would be bound nowhere.
fn is_written(sample: &TableSampleKind) -> bool {
    let (TableSampleKind::BeforeTableAlias(sample) | TableSampleKind::AfterTableAlias(sample)) = sample;
    let quantity = sample.quantity.as_ref().is_none_or(|quantity| number(&quantity.value).is_some());
    quantity && sample.bucket.is_none() && sample.offset.is_none()
}
