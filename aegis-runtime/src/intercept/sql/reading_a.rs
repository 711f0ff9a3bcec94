//! Reading A: `sqlparser`, hardened. One statement, parsed once, and then nothing but semicolons to the end of input.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

use super::SqlRefusal;
use crate::denial::Code;
use crate::spec::Dialect;
use sqlparser::ast::{
    Expr, Ident, InTarget, ObjectName, ObjectNamePart, Query, SetExpr, Statement, TableFactor, Value, ValueWithSpan,
    Visit, Visitor,
};
use sqlparser::dialect::{PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Location, Span, Token};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Deepest nesting the parser follows.
const RECURSION: usize = 96;

/// One statement, with what a walk over it gathers.
pub(super) struct Reading {
    pub(super) statement: Statement,
    /// References to named relations in FROM and JOIN, with the bytes of the name and whether an alias follows.
    pub(super) references: Vec<Reference>,
    /// Names that a WITH defines.
    pub(super) ctes: BTreeSet<String>,
    /// Functions called, in expressions and in FROM; folded.
    pub(super) functions: BTreeSet<String>,
    /// Every identifier in an expression: qualifier if any, and name; folded.
    pub(super) columns: BTreeSet<(Option<String>, String)>,
    /// Nested statements that change rows, in CTEs and the like.
    pub(super) nested: Vec<Statement>,
}

/// A named relation where rows are read from it.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) bytes: (usize, usize),
    pub(super) aliased: bool,
}

impl Reading {
    /// The names of masked views, which only a rewrite of ours holds, as the relations they stand for.
    pub(super) fn unmask(&mut self) {
        for reference in &mut self.references {
            reference.name = unmasked(&reference.name).to_owned();
        }
    }
}

/// A relation by the name of its masked view, or the name as it is.
pub(super) fn unmasked(name: &str) -> &str {
    name.strip_prefix(VIEW).unwrap_or(name)
}

/// What the name of a masked view begins with on SQLite.
pub(super) const VIEW: &str = "aegis_masked_";
/// The schema of the masked views on PostgreSQL.
pub(super) const VIEWS: &str = "aegis_masked";

/// Parses and walks.
pub(super) fn read(sql: &str, dialect: Dialect) -> Result<Reading, SqlRefusal> {
    let statement = parse(sql, dialect)?;
    let mut walk = Walk { sql, refusal: None, reading: Gathered::default(), depth: 0 };
    let _ignored = statement.visit(&mut walk);
    if let Some(refusal) = walk.refusal {
        return Err(refusal);
    }
    let Gathered { references, ctes, functions, columns, nested } = walk.reading;
    Ok(Reading { statement, references, ctes, functions, columns, nested })
}

fn parse(sql: &str, dialect: Dialect) -> Result<Statement, SqlRefusal> {
    let unreadable =
        |_error| SqlRefusal::new(Code::SqlUnreadable, "").remedy("write one plain statement in the server's dialect");
    let (sqlite, postgres) = (SQLiteDialect {}, PostgreSqlDialect {});
    let parser = match dialect {
        Dialect::Sqlite => Parser::new(&sqlite),
        Dialect::Postgres => Parser::new(&postgres),
    };
    let mut parser = parser.with_recursion_limit(RECURSION).try_with_sql(sql).map_err(unreadable)?;
    if matches!(parser.peek_token().token, Token::EOF | Token::SemiColon) {
        return Err(SqlRefusal::new(Code::SqlMultiple, "it is empty, or begins with nothing"));
    }
    let statement = parser.parse_statement().map_err(unreadable)?;
    while parser.consume_token(&Token::SemiColon) {}
    let next = parser.peek_token();
    if next.token != Token::EOF {
        let at = byte_of(sql, next.span.start);
        return Err(SqlRefusal::new(Code::SqlMultiple, "").at((at, sql.len())).remedy("send one statement a call"));
    }
    Ok(statement)
}

#[derive(Default)]
struct Gathered {
    references: Vec<Reference>,
    ctes: BTreeSet<String>,
    functions: BTreeSet<String>,
    columns: BTreeSet<(Option<String>, String)>,
    nested: Vec<Statement>,
}

struct Walk<'sql> {
    sql: &'sql str,
    refusal: Option<SqlRefusal>,
    reading: Gathered,
    depth: usize,
}

impl Walk<'_> {
    fn refuse(&mut self, what: &str) -> ControlFlow<()> {
        self.refusal = Some(SqlRefusal::new(Code::SqlUnsupported, what));
        ControlFlow::Break(())
    }

    fn set_expr(&mut self, body: &SetExpr) -> ControlFlow<()> {
        match body {
            SetExpr::Table(_) => self.refuse("`TABLE name`; write `SELECT` with columns"),
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
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.reading.ctes.insert(fold(&cte.alias.name));
        }
        if !query.locks.is_empty() {
            return self.refuse("row locks");
        }
        self.set_expr(&query.body)
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        match factor {
            TableFactor::Table { name, alias, args: None, sample: None, with_ordinality: false, .. } => {
                let Some(bare) = bare_name(name) else { return self.refuse("a qualified relation; use its bare name") };
                let span = name_span(name);
                let bytes = (byte_of(self.sql, span.start), byte_of(self.sql, span.end));
                self.reading.references.push(Reference { name: bare, bytes, aliased: alias.is_some() });
                ControlFlow::Continue(())
            }
            TableFactor::Table { name, args: Some(_), .. } | TableFactor::Function { name, .. } => {
                self.reading.functions.insert(bare_name(name).unwrap_or_else(|| "?".to_owned()));
                ControlFlow::Continue(())
            }
            TableFactor::Derived { .. } | TableFactor::NestedJoin { .. } => ControlFlow::Continue(()),
            _ => self.refuse("a source of rows that is no relation, subquery or function"),
        }
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(ident) => {
                self.reading.columns.insert((None, fold(ident)));
            }
            Expr::CompoundIdentifier(parts) => {
                let mut parts = parts.iter().rev().map(fold);
                let name = parts.next().unwrap_or_default();
                self.reading.columns.insert((parts.next(), name));
            }
            Expr::In { target: InTarget::Table { .. } | InTarget::Unnest(_), .. } => {
                return self.refuse("`IN table`; write a subquery with a column");
            }
            Expr::Function(function) => {
                self.reading.functions.insert(bare_name(&function.name).unwrap_or_else(|| "?".to_owned()));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_value(&mut self, value: &ValueWithSpan) -> ControlFlow<()> {
        match &value.value {
            Value::Placeholder(_) => self.refuse("a parameter; write the value"),
            Value::HexStringLiteral(text) if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                self.refuse("a malformed blob")
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

/// A name of one part, folded; `main.t` and `public.t` are that part too, and so is a masked view: whoever names it means the
/// relation, and is given the view.
pub(super) fn bare_name(name: &ObjectName) -> Option<String> {
    let parts: Vec<&Ident> = name.0.iter().filter_map(ObjectNamePart::as_ident).collect();
    match (parts.as_slice(), name.0.len()) {
        ([one], 1) => Some(fold(one)),
        ([schema, one], 2) if matches!(fold(schema).as_str(), "main" | "public" | VIEWS) => Some(fold(one)),
        _ => None, // temp, another schema, or a computed name
    }
}

/// Lower case: both engines fold ASCII names, and the estate's names are lower case.
pub(super) fn fold(ident: &Ident) -> String {
    ident.value.to_ascii_lowercase()
}

fn name_span(name: &ObjectName) -> Span {
    let mut spans = name.0.iter().filter_map(ObjectNamePart::as_ident).map(|ident| ident.span);
    let first = spans.next().unwrap_or_else(Span::empty);
    spans.fold(first, |whole, span| whole.union(&span))
}

/// Bytes from the beginning, of a line and a column that count characters from 1.
fn byte_of(sql: &str, location: Location) -> usize {
    let (mut line, mut column) = (1_u64, 1_u64);
    for (at, letter) in sql.char_indices() {
        if line == location.line && column == location.column {
            return at;
        }
        if letter == '\n' {
            line = line.saturating_add(1);
            column = 1;
        } else {
            column = column.saturating_add(1);
        }
    }
    sql.len()
}
