//! Reading A: `sqlparser`, hardened. One statement, parsed once, and then nothing but semicolons to the end of input.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

use super::forms::{self, Generated};
use super::place::{Lines, place_of};
use super::recursion::is_endless;
use super::with::Scopes;
use super::{Catalogue, SqlRefusal, functions, is_personal, names, words};
use crate::denial::Code;
use crate::spec::Dialect;
use sqlparser::ast::{
    Expr, Ident, InTarget, ObjectName, ObjectNamePart, Query, SetExpr, Spanned, Statement, TableFactor, Value,
    ValueWithSpan, Visit, Visitor,
};
use sqlparser::dialect::{Dialect as Grammar, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Span, Token, Tokenizer};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Deepest nesting the parser follows.
const RECURSION: usize = 96;

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
    /// What a splice replaces besides: schemas before a column's relation (`public.` of `public.customers.name`), row ids, and `TABLE`.
    pub(super) edits: Vec<Edit>,
    /// Bytes that name nothing, and that the second grammar cannot read.
    pub(super) idle: Vec<(usize, usize)>,
    /// Columns that a WITH gives beside those of its query.
    pub(super) generated: Vec<Generated>,
}

/// Bytes of the statement, and what is to stand there where a relation is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edit {
    pub(super) bytes: (usize, usize),
    pub(super) text: &'static str,
}

/// A named relation where rows are read from it.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) bytes: (usize, usize),
    pub(super) alias: Option<String>,
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
pub(super) fn read(sql: &str, dialect: Dialect, author: Author, catalogue: &Catalogue) -> Result<Reading, SqlRefusal> {
    let Parsed { statement, edits, idle, generated } = parse(sql, dialect, catalogue)?;
    let mut walk = Walk {
        lines: Lines::new(sql),
        dialect,
        author,
        catalogue,
        refusal: None,
        reading: Gathered { edits, ..Gathered::default() },
        depth: 0,
        scopes: Scopes::default(),
    };
    let _ignored = statement.visit(&mut walk);
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

/// A statement, and what of its text is other than the tree says.
struct Parsed {
    statement: Statement,
    edits: Vec<Edit>,
    idle: Vec<(usize, usize)>,
    generated: Vec<Generated>,
}

fn parse(sql: &str, dialect: Dialect, catalogue: &Catalogue) -> Result<Parsed, SqlRefusal> {
    let (sqlite, postgres) = (words::Sqlite(SQLiteDialect {}), PostgreSqlDialect {});
    let grammar: &dyn Grammar = match dialect {
        Dialect::Sqlite => &sqlite,
        Dialect::Postgres => &postgres,
    };
    let unreadable =
        |error: ParserError| unreadable_at(sql, place_of(&error).map(|place| Lines::new(sql).byte_of(place)));
    let tokens = Tokenizer::new(grammar, sql).tokenize_with_location().map_err(|error| unreadable(error.into()))?;
    let forms = forms::for_reading_a(tokens, dialect);
    let words = words::for_reading_a(forms.tokens, dialect, catalogue);
    let mut parser = Parser::new(grammar).with_recursion_limit(RECURSION).with_tokens_with_locations(words.tokens);
    if matches!(parser.peek_token().token, Token::EOF | Token::SemiColon) {
        return Err(SqlRefusal::new(Code::SqlMultiple, "it is empty, or begins with nothing")
            .remedy("send one statement a call"));
    }
    let statement = parser.parse_statement().map_err(unreadable)?;
    let mut ended = false;
    while parser.consume_token(&Token::SemiColon) {
        ended = true;
    }
    let next = parser.peek_token();
    if next.token == Token::EOF {
        let lines = Lines::new(sql);
        let edit = |text: &'static str| move |span: &Span| (*span, text);
        let edits = words.row_ids.iter().map(edit(words.key)).chain(forms.tables.iter().map(edit("SELECT * FROM")));
        let edits = edits.map(|(span, text)| Edit { bytes: lines.bytes_of(span), text }).collect();
        let idle = words.idle.iter().chain(&forms.idle).map(|span| lines.bytes_of(*span)).collect();
        return Ok(Parsed { statement, edits, idle, generated: forms.generated });
    }
    let at = Lines::new(sql).byte_of(next.span.start);
    let rest = sql.get(at..).unwrap_or_default().trim_end_matches([';', ' ', '\n', '\t', '\r']);
    if ended || rest.contains(';') {
        return Err(SqlRefusal::new(Code::SqlMultiple, "").at((at, sql.len())).remedy("send one statement a call"));
    }
    Err(unreadable_at(sql, Some(at)))
}

/// Says near which word the grammar ended, and what is often meant by such a statement.
fn unreadable_at(sql: &str, at: Option<usize>) -> SqlRefusal {
    let word = |from: &str| -> String {
        from.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').take(32).collect()
    };
    let near = at.and_then(|at| sql.get(at..)).map(word).unwrap_or_default();
    let first = word(sql.trim_start()).to_ascii_uppercase();
    let remedy = match (first.as_str(), near.to_ascii_uppercase().as_str()) {
        ("PRAGMA" | "SHOW" | "DESCRIBE" | "DESC", _) => names::ASK_THE_SERVER,
        _ => {
            "write one plain statement in the server's dialect; put an alias that is a word of SQL elsewhere in double quotes"
        }
    };
    let detail = if near.is_empty() { String::new() } else { format!("near `{near}`") };
    let bytes = at.map(|at| (at, at.saturating_add(near.len().max(1)).min(sql.len())));
    SqlRefusal::new(Code::SqlUnreadable, detail).at_part(bytes.filter(|(from, to)| from < to)).remedy(remedy)
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

    /// A declared relation that nothing stands in place of.
    fn is_plain(&self, name: &ObjectName) -> bool {
        bare_name(name).is_some_and(|name| {
            !self.scopes.gives(&name) && self.catalogue.table(&name).is_some_and(|table| !is_personal(table))
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
            if self.author == Author::Agent && is_endless(&name, &cte.query, query) {
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

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.scopes.leave(query);
        ControlFlow::Continue(())
    }

    fn pre_visit_ident(&mut self, ident: &Ident) -> ControlFlow<()> {
        if self.author == Author::Agent && fold(ident).starts_with(OURS) {
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
                if sample.is_none() || self.is_plain(name) =>
            {
                let view = (self.author == Author::Kernel).then(|| masked_name(name)).flatten();
                let masked = view.is_some();
                let Some(bare) = view.or_else(|| bare_name(name)) else {
                    return self.refuse(factor, "a qualified relation", "use its bare name");
                };
                let bytes = self.lines.bytes_of(name_span(name));
                let given = name.0.len() == 1 && self.scopes.gives(&bare);
                let alias = alias.as_ref().map(|alias| fold(&alias.name));
                self.reading.references.push(Reference { name: bare, bytes, alias, given, masked });
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
                if let [schema, relation, _] = parts.as_slice()
                    && matches!(fold(schema).as_str(), "main" | "public")
                {
                    let bytes = (self.lines.byte_of(schema.span.start), self.lines.byte_of(relation.span.start));
                    self.reading.edits.push(Edit { bytes, text: "" });
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
    let parts: Vec<&Ident> = name.0.iter().filter_map(ObjectNamePart::as_ident).collect();
    match (parts.as_slice(), name.0.len()) {
        ([one], 1) => Some(fold(one)),
        ([schema, one], 2) if matches!(fold(schema).as_str(), "main" | "public") => Some(fold(one)),
        _ => None, // temp, another schema, or a computed name
    }
}

/// The relation that a name stands for, itself or by its masked view.
pub(super) fn relation_name(name: &ObjectName) -> Option<String> {
    masked_name(name).or_else(|| bare_name(name))
}

/// The relation whose masked view a name is: `temp.aegis_masked_customers`, `aegis_masked.customers`.
fn masked_name(name: &ObjectName) -> Option<String> {
    let parts: Vec<String> = name.0.iter().filter_map(ObjectNamePart::as_ident).map(fold).collect();
    match parts.as_slice() {
        [schema, view] if schema == "temp" => view.strip_prefix(MASKED).map(str::to_owned),
        [schema, relation] if *schema == MASKED.trim_end_matches('_') => Some(relation.clone()),
        _ => None, // a relation of the estate
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
