//! Words as A takes them: those with a meaning in capitals, names as they are.

use super::{Grammar, for_reading_a};
use crate::intercept::sql::{Catalogue, tests};
use crate::spec::Dialect;
use sqlparser::ast::{Expr, Statement, visit_expressions_mut};
use sqlparser::dialect::{PostgreSqlDialect, SQLiteDialect};
use sqlparser::keywords::Keyword;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

fn read(sql: &str, dialect: Dialect) -> String {
    let (sqlite, postgres) = (Grammar::new(SQLiteDialect {}), Grammar::new(PostgreSqlDialect {}));
    let grammar: &dyn sqlparser::dialect::Dialect = if dialect == Dialect::Sqlite { &sqlite } else { &postgres };
    let tables = tests::estate::SPEC.tables.iter().collect();
    let catalogue = Catalogue { dialect, tables, domains: tests::estate::SPEC.domains };
    let tokens = Tokenizer::new(grammar, sql).tokenize_with_location().unwrap();
    let shown = for_reading_a(tokens, dialect, &catalogue).tokens.into_iter().filter_map(|token| match token.token {
        Token::Word(word) if word.keyword == Keyword::NoKeyword => Some(word.to_string()),
        Token::Word(word) => Some(word.keyword.to_string()),
        Token::EOF => None,
        other => Some(other.to_string()),
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_word_without_a_meaning_is_a_name() {
    for (sql, shown) in [
        ("select min(a) as start, top from t sample", "SELECT min ( a ) AS start , top FROM t sample"),
        ("select a as from from t", "SELECT a AS from FROM t"),
        ("select cast(a as text) as text from t", "SELECT CAST ( a AS TEXT ) AS text FROM t"),
        ("select floor(a) floor from t order by floor", "SELECT FLOOR ( a ) floor FROM t ORDER BY floor"),
        ("select 'top qualify', \"top\" from t", "SELECT 'top qualify' , \"top\" FROM t"),
    ] {
        assert_eq!(read(sql, Dialect::Sqlite), shown);
        assert_eq!(read(sql, Dialect::Postgres), shown);
    }
    assert_eq!(read("truncate top", Dialect::Postgres), "TRUNCATE   TOP");
    assert_eq!(read("select a::date, b as date from t", Dialect::Postgres), "SELECT a :: DATE , b AS date FROM t");
    assert_eq!(read("select interval '1 day'", Dialect::Postgres), "SELECT INTERVAL '1 day'");
    assert_eq!(
        read("explain (analyze, format json) select view from t", Dialect::Postgres),
        "EXPLAIN ( ANALYZE , FORMAT JSON ) SELECT view FROM t"
    );
}

#[test]
fn what_a_lacks_is_left_out_or_put_otherwise() {
    for (sql, shown) in [
        ("WITH t AS NOT  MATERIALIZED (SELECT 1)", "WITH t AS ( SELECT 1 )"),
        (
            "SELECT sum(a) OVER (ORDER BY a GROUPS 2 PRECEDING EXCLUDE TIES)",
            "SELECT sum ( a ) OVER ( ORDER BY a ROWS 2 PRECEDING )",
        ),
        (
            "SELECT sum(a) OVER (ORDER BY a ROWS 2 PRECEDING EXCLUDE NO OTHERS)",
            "SELECT sum ( a ) OVER ( ORDER BY a ROWS 2 PRECEDING )",
        ),
        ("SELECT a between Symmetric 5 AND 1", "SELECT a BETWEEN 5 AND 1"),
        ("SELECT a isnull, b AS isnull FROM t", "SELECT a IS NULL , b AS isnull FROM t"),
        ("SELECT 'a ISNULL', 'x' /* ISNULL */ FROM t", "SELECT 'a ISNULL' , 'x' FROM t"),
    ] {
        assert_eq!(read(sql, Dialect::Postgres), shown);
    }
    assert_eq!(read("SELECT a not glob 'x*'", Dialect::Sqlite), "SELECT a NOT REGEXP 'x*'");
}

#[test]
fn a_row_id_is_the_key_where_there_is_one() {
    assert_eq!(
        read("SELECT o.rowid, \"rowid\" FROM orders o WHERE _rowid_ = 3", Dialect::Sqlite),
        "SELECT o . id , \"rowid\" FROM orders o WHERE id = 3"
    );
    assert_eq!(read("SELECT rowid FROM elsewhere", Dialect::Sqlite), "SELECT rowid FROM elsewhere");
    assert_eq!(read("SELECT oid FROM orders", Dialect::Postgres), "SELECT oid FROM orders");
}

/// Everything that stands in the corpora, attacks included.
fn corpora() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["honest", "attacks"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/sql").join(folder);
        for file in fs::read_dir(folder).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            found.extend(text.split("\n\n").map(str::to_owned));
        }
    }
    found
}

/// The tree, or none where the parser takes nothing.
fn tree(grammar: &dyn sqlparser::dialect::Dialect, dialect: Dialect, sql: &str) -> Option<Statement> {
    let catalogue = Catalogue { dialect: Dialect::Sqlite, tables: Vec::new(), domains: &[] };
    let tokens = Tokenizer::new(grammar, sql).tokenize_with_location().ok()?;
    let tokens = for_reading_a(tokens, dialect, &catalogue).tokens;
    Parser::new(grammar).with_tokens_with_locations(tokens).parse_statement().ok()
}

#[test]
fn the_short_way_comes_to_the_trees_of_the_parser() {
    let mut found = 0_usize;
    let mut long = Grammar::new(SQLiteDialect {});
    long.short = false;
    for sql in corpora() {
        let postgres = tree(&PostgreSqlDialect {}, Dialect::Postgres, &sql);
        assert_eq!(tree(&Grammar::new(PostgreSqlDialect {}), Dialect::Postgres, &sql), postgres, "{sql}");
        let sqlite = tree(&Grammar::new(SQLiteDialect {}), Dialect::Sqlite, &sql);
        assert_eq!(sqlite, tree(&long, Dialect::Sqlite, &sql), "{sql}");
        found = found.saturating_add(usize::from(postgres.is_some()));
    }
    assert!(found > 1000, "{found} statements");
}

/// Levels that the parser has otherwise: every text means what SQLite's manual says, by the brackets behind it.
#[test]
fn operators_bind_as_sqlite_has_them() {
    for (said, meant) in [
        ("id IS NOT DISTINCT FROM 5 = 0", "(id IS NOT DISTINCT FROM 5) = 0"),
        ("id IS DISTINCT FROM 5 < 0", "id IS DISTINCT FROM (5 < 0)"),
        ("a LIKE 'x%' ESCAPE 'x' = 0", "(a LIKE 'x%' ESCAPE 'x') = 0"),
        ("a LIKE 'x%' IN (0)", "(a LIKE 'x%') IN (0)"),
        ("a NOT LIKE b = c LIKE d", "((a NOT LIKE b) = c) LIKE d"),
        ("a = b IS NULL", "(a = b) IS NULL"),
        ("p ->> 'k' * 0 = 0", "((p ->> 'k') * 0) = 0"),
        ("p -> 'k' || 'x' LIKE '%x'", "((p -> 'k') || 'x') LIKE '%x'"),
        ("a * b || c", "a * (b || c)"),
        ("NOT a LIKE b AND c", "(NOT (a LIKE b)) AND c"),
    ] {
        let shown = |text: &str| {
            let tree = tree(&Grammar::new(SQLiteDialect {}), Dialect::Sqlite, &format!("SELECT {text}")).unwrap();
            bracketed(&tree)
        };
        assert_eq!(shown(said), shown(meant), "{said}");
    }
}

/// A tree with brackets around every part of it, and no others.
fn bracketed(statement: &Statement) -> String {
    let mut statement = statement.clone();
    let _all = visit_expressions_mut(&mut statement, |expr: &mut Expr| {
        match expr {
            Expr::Nested(inner) => *expr = inner.as_ref().clone(),
            Expr::Value(_) | Expr::Identifier(_) => {}
            _ => *expr = Expr::Nested(Box::new(expr.clone())),
        }
        ControlFlow::<()>::Continue(())
    });
    statement.to_string()
}
