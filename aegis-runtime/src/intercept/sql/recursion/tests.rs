//! Recursions that do not end, and some that do, in each dialect.

use super::tables::{ENDING_BOTH, ENDING_POSTGRES, ENDING_SQLITE, ENDLESS_BOTH, ENDLESS_POSTGRES, ENDLESS_SQLITE};
use super::{Recursion, is_endless};
use crate::spec::Dialect;
use sqlparser::ast::Statement;
use sqlparser::dialect::{Dialect as Grammar, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;

fn grows(sql: &str) -> bool {
    grows_on(Dialect::Postgres, sql)
}

fn grows_on(dialect: Dialect, sql: &str) -> bool {
    let grammar: &dyn Grammar = match dialect {
        Dialect::Postgres => &PostgreSqlDialect {},
        Dialect::Sqlite => &SQLiteDialect {},
    };
    let statements = Parser::parse_sql(grammar, sql).unwrap();
    let Some(Statement::Query(query)) = statements.first() else { return false };
    let given: Vec<_> = query.with.iter().flat_map(|with| &with.cte_tables).collect();
    let gives = |name: &str| given.iter().any(|cte| cte.alias.name.value == name);
    let texts = |_: &str, column: &str| column == "status";
    let is = |cte| is_endless(&Recursion { cte, around: query, dialect, given: &gives, texts: &texts, cycle: &[] });
    given.iter().any(|cte| is(*cte))
}

#[test]
fn a_step_that_doubles_a_text_has_no_end() {
    for step in [
        "i + 1, concat(s, s) FROM n",
        "i + 1, s || lower(s) FROM n",
        "i + 1, s || s FROM n",
        "i + 1, printf('%s%s', s, s) FROM n",
        "i + 1, format('%1$s%1$s', s) FROM n",
        "i + 1, replace(s, 'x', s) FROM n",
        "i + 1, replace(s, 'x', 'xx') FROM n",
        "i + 1, regexp_replace(s, '(.)', '\\1\\1', 'g') FROM n",
        "i + 1, repeat(s, 2) FROM n",
        "i + 1, repeat('x', length(s) * 2) FROM n",
        "i + 1, rpad(s, length(s) * 2) FROM n",
        "i + 1, array_to_string(ARRAY[s, s], '') FROM n",
        "i + 1, concat_ws(s, 'a', 'b', 'c') FROM n",
        "i + 1, overlay(s placing s from 1 for 1) FROM n",
        "i + 1, CASE WHEN true THEN m.s || m.s END FROM n AS m",
        "i + 1, to_json(s)::text || s FROM n",
        "i + 1, s FROM (SELECT i, s || s AS s FROM n) AS q",
        "i + 1, s || s FROM (SELECT * FROM n) AS q",
        "i + 1, a || b FROM n, LATERAL (SELECT s AS a) AS q, LATERAL (SELECT a AS b) AS r",
    ] {
        let sql =
            format!("WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT {step} WHERE i < 23) SELECT s FROM n");
        assert!(grows(&sql), "{sql}");
    }
    let two = "WITH RECURSIVE n(i, a, b) AS (SELECT 1, 'x', 'y' UNION ALL SELECT i + 1, b, a || b FROM n WHERE i < 60) SELECT a FROM n";
    assert!(grows(two), "{two}");
    let limited = "WITH RECURSIVE n(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM n LIMIT 40) SELECT s FROM n";
    assert!(grows(limited), "{limited}");
    let far = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000 * 100000) SELECT count(*) FROM n";
    assert!(grows(far), "{far}");
    for step in [
        "i + 1 FROM n, (VALUES (1), (2)) AS v(x) WHERE i < 40",
        "i + 1 FROM n JOIN orders AS o ON o.id = o.id WHERE i < 6",
        "i + 1 - 1 FROM n WHERE i < 40",
        "(i + 1) % 10 FROM n WHERE i < 40",
        "i + unnest(ARRAY[1, 1]) FROM n WHERE i < 40",
        "i + 1 FROM n WHERE i < 40 UNION ALL SELECT i + 1 FROM n WHERE i < 40",
        "i + 0.000001 FROM n WHERE i < 1000",
        "i + 1 FROM n LIMIT -1",
        "i + 1 FROM n LIMIT NULL",
        "i + 1 FROM n OFFSET 1",
    ] {
        let sql = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT {step}) SELECT count(*) FROM n");
        assert!(grows(&sql), "{sql}");
    }
}

#[test]
fn honest_steps_end() {
    for sql in [
        "WITH RECURSIVE fib(a, b, n) AS (SELECT 0, 1, 1 UNION ALL SELECT b, a + b, n + 1 FROM fib WHERE n < 12) SELECT a FROM fib",
        "WITH RECURSIVE parts(id, rest, word) AS (SELECT id, note || ' ', ''::text FROM orders WHERE id = 1 UNION ALL SELECT id, substr(rest, strpos(rest, ' ') + 1), left(rest, strpos(rest, ' ') - 1) FROM parts WHERE rest <> '') SELECT word FROM parts",
        "WITH RECURSIVE t AS (SELECT id, name, name AS path, 1 AS depth FROM nodes WHERE id = 1 UNION ALL SELECT c.id, c.name, t.path || '/' || c.name, t.depth + 1 FROM nodes c JOIN t ON c.parent = t.id WHERE t.depth < 5) SELECT path FROM t",
        "WITH RECURSIVE t AS (SELECT n.*, name AS path FROM nodes n WHERE id = 1 UNION ALL SELECT c.*, t.path || '/' || c.name FROM nodes c JOIN t ON c.parent = t.id) SELECT path FROM t",
        "WITH RECURSIVE t(id, label) AS (SELECT 1, 'n' UNION ALL SELECT id + 1, 'n' || id || '/' || id FROM t WHERE id < 9) SELECT label FROM t",
        "WITH RECURSIVE tree AS (SELECT 1 AS id, 0 AS lvl UNION ALL SELECT t.id * 2 + b, t.lvl + 1 FROM tree t, (VALUES (0), (1)) AS v(b) WHERE t.lvl < 3) SELECT id FROM tree",
        "WITH RECURSIVE t(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM t WHERE i < 9) SELECT i FROM t",
        "WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, s || ', ' || i FROM n WHERE i < 23) SELECT s FROM n",
    ] {
        assert!(!grows(sql), "{sql}");
    }
}

/// Every statement of some tables that is not judged as it should be.
fn missed(dialect: Dialect, tables: [&[&'static str]; 2], endless: bool) -> Vec<&'static str> {
    tables.into_iter().flatten().copied().filter(|sql| grows_on(dialect, sql) != endless).collect()
}

#[test]
fn what_is_no_end_is_refused() {
    assert_eq!(missed(Dialect::Sqlite, [&ENDLESS_BOTH, &ENDLESS_SQLITE], true), [""; 0]);
    assert_eq!(missed(Dialect::Postgres, [&ENDLESS_BOTH, &ENDLESS_POSTGRES], true), [""; 0]);
}

#[test]
fn what_is_written_down_is_an_end() {
    assert_eq!(missed(Dialect::Sqlite, [&ENDING_BOTH, &ENDING_SQLITE], false), [""; 0]);
    assert_eq!(missed(Dialect::Postgres, [&ENDING_BOTH, &ENDING_POSTGRES], false), [""; 0]);
}
