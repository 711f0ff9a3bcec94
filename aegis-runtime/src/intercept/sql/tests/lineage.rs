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

/// Writes that would answer a question about a personal value by the rows they change.
const ASKING: &[&str] = &[
    "UPDATE orders SET status = 'k' WHERE id = 5 AND (SELECT email FROM customers WHERE customers.id = 1) LIKE 'k%'",
    "UPDATE orders SET status = 'k' WHERE id = 5 AND note LIKE (SELECT email FROM customers WHERE customers.id = 1)",
    "UPDATE orders SET status = 'k' WHERE id = 5 AND (SELECT email FROM customers WHERE customers.id = 1) > 'k'",
    "UPDATE orders SET status = 'k' WHERE id = 5 AND 'kurt@example.com' IN (SELECT email FROM customers)",
    "UPDATE orders SET status = 'k' WHERE id = 5 AND note IN (SELECT email FROM customers)",
    "UPDATE orders SET status = 'k' WHERE id = 5 AND note = (SELECT email FROM customers WHERE customers.id = 1)",
    "UPDATE orders SET status = 'k' WHERE id = (SELECT length(email) FROM customers WHERE customers.id = 1)",
    "UPDATE orders SET status = 'k' FROM customers c WHERE c.id = orders.customer_id AND orders.id = 5 AND c.email LIKE 'k%'",
    "UPDATE orders SET status = 'k' FROM (SELECT id, email AS e FROM customers) c WHERE c.id = orders.customer_id AND orders.id = 5 AND e LIKE 'k%'",
    "WITH c AS (SELECT id, email AS e FROM customers) UPDATE orders SET status = 'k' WHERE id = 5 AND EXISTS (SELECT 1 FROM c WHERE e LIKE 'k%')",
    "DELETE FROM orders WHERE id = 5 AND EXISTS (SELECT email FROM customers WHERE id = 1 INTERSECT SELECT 'x')",
    "DELETE FROM orders WHERE id = 5 AND (SELECT count(nullif(email, 'x')) FROM customers WHERE customers.id = 1) = 0",
    "DELETE FROM orders WHERE id = 5 AND (SELECT nullif(email, 'x') FROM customers WHERE customers.id = 1) IS NULL",
    "DELETE FROM orders WHERE id = 5 AND (SELECT count(*) FROM (SELECT email FROM customers WHERE id = 1 UNION SELECT 'x') t) = 1",
    "DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY email) AS n FROM customers) t WHERE n = 1)",
    "DELETE FROM orders WHERE id IN (SELECT id FROM orders ORDER BY id LIMIT (SELECT length(email) FROM customers WHERE customers.id = 1))",
    "DELETE FROM staging_customers WHERE email = (SELECT substr(c.email, 1, 1) FROM customers c WHERE c.id = 1)",
    "DELETE FROM staging_customers WHERE email IN (SELECT e FROM (SELECT substr(email, 1, 1) AS e FROM customers) t)",
    "DELETE FROM staging_customers WHERE name IN (SELECT email FROM customers)",
    "INSERT INTO events (id, kind) SELECT 9001 + count(*), 'x' FROM customers GROUP BY substr(email, 1, 1)",
    "INSERT INTO staging_customers (id, email) SELECT 5, email FROM customers WHERE id = 1 ON CONFLICT (id) DO UPDATE SET country = 'DE' WHERE excluded.email LIKE 'k%'",
    "UPDATE staging_customers SET country = 'DE' WHERE id = 4 AND email LIKE '%.de'",
    "INSERT INTO customers (id, name, email) SELECT DISTINCT id, name, email FROM staging_customers WHERE id = 103",
    "UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, count(*) FROM (SELECT id FROM customers GROUP BY email) y) z) WHERE id = 101",
    "UPDATE staging_customers SET country = (SELECT max(n + 0) FROM (SELECT count(*) AS n FROM customers GROUP BY email) z) WHERE id = 101",
];

/// Writes that only ask whether a value is there, or equals one of its class.
const BLIND: &[&str] = &[
    "DELETE FROM staging_customers WHERE EXISTS (SELECT 1 FROM customers c WHERE c.email = staging_customers.email AND c.id = 3)",
    "DELETE FROM staging_customers WHERE email IN (SELECT email FROM customers WHERE country = 'DE')",
    "DELETE FROM staging_customers WHERE lower(email) IN (SELECT lower(email) FROM customers WHERE country = 'DE')",
    "DELETE FROM staging_customers WHERE email IN (SELECT email FROM staging_customers GROUP BY email HAVING count(*) > 1)",
    "UPDATE orders SET note = 'x' WHERE id = 3 AND customer_id IN (SELECT id FROM customers WHERE email IS NOT NULL)",
    "UPDATE orders SET note = 'x' WHERE id = 3 AND (SELECT count(email) FROM customers) > 10",
    "INSERT INTO customers (id, name, email) SELECT DISTINCT id, name, email FROM staging_customers WHERE id = 103 ORDER BY id",
];

#[test]
fn a_write_asks_nothing_of_values_beside_its_target() {
    for (engine, screen) in [("sqlite", screen()), ("postgres", postgres())] {
        for sql in ASKING {
            let found = screen.screen(sql);
            let code = found.as_ref().map_or_else(|refusal| refusal.code.as_str(), |_| "served");
            assert!(matches!(code, "AEG-D210" | "AEG-D213"), "{engine}: {sql}: {code} {found:?}");
        }
        for sql in BLIND {
            let found = screen.screen(sql);
            assert!(found.is_ok(), "{engine}: {sql}: {found:?}");
        }
    }
}
