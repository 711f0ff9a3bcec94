//! What flows into each column that comes out.

use super::{postgres, screen};
use crate::intercept::sql::SqlScreen;

fn labels(screen: &SqlScreen, sql: &str) -> String {
    let judged = screen.screen(sql).unwrap_or_else(|refusal| panic!("{sql}: {refusal:?}"));
    let column = |labels: &std::collections::BTreeSet<crate::vocabulary::Class>| {
        labels.iter().map(|class| class.as_str()).collect::<Vec<_>>().join("+")
    };
    judged.facts().labels.iter().map(column).collect::<Vec<_>>().join("|")
}

/// Statements of both engines, and what flows.
const BOTH: &[(&str, &str)] = &[
    ("SELECT country, count(DISTINCT email), count(*) FROM customers GROUP BY country", "||"),
    ("SELECT * FROM customers", "|person-name|email|phone|ssn||"),
    ("SELECT c.*, o.id FROM orders o JOIN customers c ON c.id = o.customer_id", "|person-name|email|phone|ssn|||"),
    ("SELECT email AS country, upper(name) || ssn FROM customers", "email|ssn+person-name"),
    ("SELECT CASE WHEN email LIKE 'a%' THEN 1 ELSE 0 END, email IS NULL FROM customers", "email|"),
    ("SELECT e FROM (SELECT email AS e, id FROM customers) t ORDER BY e", "email"),
    ("WITH x(a, b) AS (SELECT name, id FROM customers) SELECT b, a FROM x", "|person-name"),
    ("WITH orders AS (SELECT email AS note FROM customers) SELECT note FROM orders", "email"),
    ("SELECT country FROM customers UNION SELECT email FROM staging_customers", "email"),
    ("SELECT (SELECT max(email) FROM customers c WHERE c.id = o.customer_id), o.note FROM orders o", "email|"),
    ("SELECT note FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = o.id)", ""),
    ("SELECT EXISTS (SELECT email FROM customers), (SELECT count(ssn) FROM customers)", "|"),
    (
        "WITH RECURSIVE p(s, i) AS (SELECT email, 0 FROM customers UNION ALL SELECT substr(s, 2), i + 1 FROM p WHERE i < 5) SELECT i, s FROM p",
        "|email",
    ),
    (
        "WITH RECURSIVE p(a, b, i) AS (SELECT email, '', 0 FROM customers UNION ALL SELECT '', a, i + 1 FROM p WHERE i < 5) SELECT b, i FROM p",
        "email|",
    ),
    ("VALUES (1, (SELECT ssn FROM customers LIMIT 1)), (2, NULL)", "|ssn"),
    ("SELECT status, sum(amount_cents) AS n FROM orders GROUP BY status HAVING count(*) > 1 ORDER BY n DESC", "|"),
];

const POSTGRES: &[(&str, &str)] = &[
    ("SELECT to_json(c) FROM customers c", "ssn+email+phone+person-name"),
    ("SELECT count FROM (SELECT count(*) FROM customers) t", ""),
    ("SELECT v.value, n FROM events e, json_array_elements(e.payload::json) v, generate_series(1, 3) n", "|"),
    (
        "SELECT j.key, j.value FROM customers c, LATERAL json_each(to_json(c)) j",
        "ssn+email+phone+person-name|ssn+email+phone+person-name",
    ),
    ("SELECT l.e FROM orders o, LATERAL (SELECT c.email AS e FROM customers c WHERE c.id = o.customer_id) l", "email"),
    (
        "SELECT * FROM customers c JOIN staging_customers s USING (email, id)",
        "email||person-name|phone|ssn|||person-name|phone|ssn||",
    ),
];

fn hold(screen: &SqlScreen, cases: &[(&str, &str)]) {
    let sorted = |labels: &str| -> Vec<Vec<String>> {
        let column = |column: &str| {
            let mut classes: Vec<String> = column.split('+').map(str::to_owned).collect();
            classes.sort();
            classes
        };
        labels.split('|').map(column).collect()
    };
    let wrong: Vec<_> = cases
        .iter()
        .map(|(sql, expected)| (sql, labels(screen, sql), expected))
        .filter(|(_, found, expected)| sorted(found) != sorted(expected))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn labels_flow_on_sqlite() {
    hold(screen(), BOTH);
    hold(
        screen(),
        &[(
            "SELECT * FROM customers c JOIN staging_customers s USING (id)",
            "|person-name|email|phone|ssn|||person-name|email|phone|ssn||",
        )],
    );
}

#[test]
fn labels_flow_on_postgres() {
    hold(postgres(), BOTH);
    hold(postgres(), POSTGRES);
}

/// Names that an engine would bind to nothing, to two, or to a column of another scope.
#[test]
fn what_does_not_bind_is_refused_on_postgres() {
    for sql in [
        "SELECT nothing, nothing FROM orders",
        "SELECT email FROM orders WHERE id IN (SELECT customer_id FROM orders)",
        "SELECT o.email FROM orders o, customers c WHERE c.id = o.customer_id",
        "SELECT id FROM orders, customers",
        "SELECT note FROM orders WHERE id IN (SELECT kind FROM (SELECT 1 AS kind) t) AND t.kind = 1",
        "SELECT total FROM orders GROUP BY total",
        "SELECT amount_cents AS total FROM orders WHERE total > 1",
        "SELECT x.a FROM (SELECT note AS b FROM orders) x",
        "WITH a AS (SELECT b.n FROM b), b AS (SELECT 1 AS n) SELECT n FROM a",
        "WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT 1 AS n) SELECT n FROM a",
        "SELECT l.e FROM orders o, (SELECT o.note AS e) l",
        "SELECT orders.id FROM orders o",
        "INSERT INTO orders (id, nothing) VALUES (1, 2)",
        "UPDATE orders SET nothing = 1 WHERE id = 1",
        "UPDATE orders SET note = c.country FROM customers c WHERE c.id = orders.customer_id AND x.id = 3",
        "DELETE FROM orders WHERE id = 1 RETURNING email",
        "SELECT count(*) FILTER (WHERE nothing > 1) OVER (PARTITION BY status) FROM orders",
        "SELECT note FROM orders ORDER BY lower(nothing)",
        "SELECT note FROM orders LIMIT amount_cents",
    ] {
        let found = postgres().screen(sql);
        let code = found.as_ref().map_or_else(|refusal| refusal.code.as_str(), |_| "served");
        assert!(matches!(code, "AEG-D206" | "AEG-D207" | "AEG-D209"), "{sql}: {code} {found:?}");
    }
}

/// Depth costs time, and time is bounded.
#[test]
fn names_that_are_nested_deep_end() {
    let mut recursive = "SELECT 1 AS n".to_owned();
    for _ in 0..20 {
        recursive = format!(
            "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < (WITH q AS ({recursive}) SELECT n FROM q)) SELECT n FROM r"
        );
    }
    let _either = (postgres().screen(&recursive), screen().screen(&recursive));
}
