//! Words as A takes them: those with a meaning in capitals, names as they are.

use super::{Sqlite, for_reading_a};
use crate::intercept::sql::{Catalogue, tests};
use crate::spec::Dialect;
use sqlparser::dialect::{Dialect as Grammar, PostgreSqlDialect, SQLiteDialect};
use sqlparser::keywords::Keyword;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer};

fn read(sql: &str, dialect: Dialect) -> String {
    let (sqlite, postgres) = (Sqlite(SQLiteDialect {}), PostgreSqlDialect {});
    let grammar: &dyn Grammar = if dialect == Dialect::Sqlite { &sqlite } else { &postgres };
    let tables = tests::estate::SPEC.tables.iter().collect();
    let catalogue = Catalogue { tables, domains: tests::estate::SPEC.domains };
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

#[test]
fn the_grammar_is_that_of_the_parser() {
    for sql in tests::honest::QUERIES {
        let theirs = Parser::parse_sql(&SQLiteDialect {}, sql);
        assert_eq!(Parser::parse_sql(&Sqlite(SQLiteDialect {}), sql), theirs, "{sql}");
    }
}
