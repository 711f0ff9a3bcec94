//! What analysts write is served.

use super::{postgres, redact, screen};

pub(in crate::intercept::sql) const QUERIES: &[&str] = &[
    "SELECT 1",
    "SELECT count(*) FROM customers",
    "SELECT * FROM orders",
    "SELECT id, status FROM orders WHERE status = 'paid' ORDER BY id DESC LIMIT 10 OFFSET 5",
    "SELECT DISTINCT country FROM customers",
    "SELECT country, count(*) AS n FROM customers GROUP BY country HAVING count(*) > 1 ORDER BY n DESC",
    "SELECT c.country, sum(o.amount_cents) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country",
    "SELECT c.id, o.id FROM customers AS c LEFT JOIN orders AS o ON o.customer_id = c.id WHERE o.id IS NULL",
    "SELECT * FROM customers WHERE country IN ('DE', 'FR')",
    "SELECT * FROM customers WHERE id BETWEEN 10 AND 20",
    "SELECT id FROM orders WHERE note LIKE '%urgent%'",
    "SELECT id, CASE WHEN amount_cents > 1000 THEN 'big' ELSE 'small' END AS size FROM orders",
    "WITH big AS (SELECT * FROM orders WHERE amount_cents > 500) SELECT count(*) FROM big",
    "WITH a AS (SELECT id FROM orders), b AS (SELECT id FROM a) SELECT count(*) FROM b",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n",
    "SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY created_at) AS nth FROM orders",
    "SELECT id, sum(amount_cents) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM orders",
    "SELECT id, lag(amount_cents, 1, 0) OVER (ORDER BY id) FROM orders",
    "SELECT count(*) FILTER (WHERE status = 'paid') FROM orders",
    "SELECT strftime('%Y-%m', created_at) AS month, count(*) FROM orders GROUP BY month",
    "SELECT date(created_at, '+1 day'), julianday(created_at) FROM orders",
    "SELECT date('now'), datetime('now', '-7 days'), unixepoch()",
    "SELECT CAST(amount_cents AS REAL) / 100 FROM orders",
    "SELECT round(avg(amount_cents), 2), min(amount_cents), max(amount_cents), total(amount_cents) FROM orders",
    "SELECT coalesce(note, 'none'), ifnull(note, ''), nullif(status, 'open') FROM orders",
    "SELECT upper(status), lower(status), length(note), substr(note, 1, 10), trim(note), replace(note, 'a', 'b') FROM orders",
    "SELECT instr(note, 'x'), printf('%05d', id), hex(note), typeof(note), quote(status) FROM orders",
    "SELECT json_extract(payload, '$.ip') FROM events",
    "SELECT payload ->> '$.ip', payload -> '$.a' FROM events",
    "SELECT json_valid(payload), json_type(payload) FROM events",
    "SELECT e.id, j.value FROM events e, json_each(e.payload) j",
    "SELECT json_group_array(id), json_object('a', id) FROM events",
    "SELECT group_concat(status, ',') FROM orders",
    "SELECT id FROM orders UNION SELECT id FROM events",
    "SELECT id FROM orders UNION ALL SELECT id FROM events EXCEPT SELECT id FROM customers",
    "SELECT id FROM orders INTERSECT SELECT id FROM events",
    "SELECT * FROM (SELECT id, status FROM orders) AS t WHERE t.status = 'open'",
    "SELECT (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS n, c.country FROM customers c",
    "SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid')",
    "SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)",
    "SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)",
    "SELECT a.id, b.id FROM orders a CROSS JOIN events b LIMIT 5",
    "SELECT * FROM orders o INNER JOIN events e USING (id)",
    "SELECT id AS \"order id\" FROM orders",
    "SELECT orders.id, orders.status FROM orders",
    "SELECT o.* FROM orders o",
    "SELECT name, email FROM customers WHERE id = 7",
    "SELECT count(DISTINCT country) FROM customers",
    "SELECT count(email), count(*) FROM customers",
    "SELECT country, count(*) FROM customers WHERE email IS NOT NULL GROUP BY 1",
    "SELECT c.*, o.status FROM customers c JOIN orders o ON c.id = o.customer_id",
    "SELECT id FROM staging_customers WHERE email IS NULL OR country = ''",
    "SELECT s.id FROM staging_customers s LEFT JOIN customers c ON c.id = s.id WHERE c.id IS NULL",
    "SELECT count(*) FROM customers WHERE email LIKE '%@example.com'",
    "EXPLAIN SELECT * FROM orders",
    "VALUES (1, 'a'), (2, 'b')",
    "SELECT 1; -- a comment",
    "SELECT /* which */ id FROM orders -- these\nWHERE id > 3",
    "select id from ORDERS where STATUS = 'paid'",
    "SELECT max(id) + 1, abs(-5), 7 % 3, 2 * 3 - 1, 'a' || 'b' FROM orders",
    "SELECT id FROM orders WHERE (status = 'paid' OR status = 'open') AND NOT (amount_cents < 5)",
    "SELECT rank() OVER w, dense_rank() OVER w FROM orders WINDOW w AS (ORDER BY amount_cents)",
    "SELECT first_value(status) OVER (ORDER BY id), ntile(4) OVER (ORDER BY id) FROM orders",
    "SELECT status, json_group_array(id) FROM orders GROUP BY status",
    "SELECT id FROM orders WHERE created_at >= '2026-01-01' AND created_at < '2026-02-01'",
    "SELECT main.orders.id FROM main.orders",
    "SELECT iif(amount_cents > 5, 'a', 'b') FROM orders",
    "SELECT id, name FROM gold_customers WHERE country = 'DE'",
];

const WRITES: &[&str] = &[
    "INSERT INTO events (id, kind, payload, at) VALUES (1, 'a', '{}', '2026-01-01')",
    "INSERT INTO orders VALUES (1, 2, 3, 'open', NULL, '2026-01-01')",
    "INSERT INTO orders (id, status) VALUES (1, 'open') ON CONFLICT (id) DO UPDATE SET status = excluded.status",
    "INSERT INTO orders (id, status) VALUES (1, 'open') ON CONFLICT DO NOTHING",
    "INSERT OR IGNORE INTO events (id, kind) VALUES (1, 'x')",
    "INSERT INTO customers SELECT * FROM staging_customers WHERE id = 5",
    "INSERT INTO customers (id, name, email) SELECT id, name, lower(email) FROM staging_customers WHERE id = 5",
    "INSERT INTO events (kind, at) SELECT status, created_at FROM orders WHERE id < 9",
    "INSERT INTO orders (id, status) VALUES (1, 'open') RETURNING id",
    "UPDATE orders SET status = 'paid' WHERE id = 3",
    "UPDATE orders SET status = upper(status), note = NULL WHERE status = 'paid' AND amount_cents > 10",
    "UPDATE staging_customers SET email = lower(trim(email)) WHERE id = 3",
    "UPDATE staging_customers SET country = 'DE' WHERE country IN ('Germany', 'Deutschland')",
    "UPDATE customers SET phone = NULL WHERE id = 5 RETURNING id, country",
    "DELETE FROM staging_customers WHERE email IS NULL",
    "DELETE FROM staging_customers WHERE email NOT LIKE '%@%'",
    "DELETE FROM staging_customers WHERE id NOT IN (SELECT min(id) FROM staging_customers GROUP BY email)",
    "DELETE FROM staging_customers WHERE created_at < date('now', '-30 days')",
    "DELETE FROM staging_customers WHERE lower(country) = 'xx'",
    "DELETE FROM staging_customers WHERE EXISTS (SELECT 1 FROM customers c WHERE c.email = staging_customers.email)",
    "DELETE FROM staging_customers AS s WHERE EXISTS (SELECT 1 FROM staging_customers t WHERE t.email = s.email AND t.id < s.id)",
    "DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE country = 'XX')",
    "DELETE FROM events WHERE id BETWEEN 5 AND 9",
    "UPDATE customers SET email = coalesce(email, (SELECT s.email FROM staging_customers s WHERE s.id = 9)) WHERE id = 5",
    "UPDATE staging_customers SET country = 'XX' WHERE email = 'a@b.de' OR lower(name) IN ('x', 'y')",
    "INSERT INTO customers (id, email) SELECT id, email FROM staging_customers WHERE id = 5 ON CONFLICT (id) DO UPDATE SET email = excluded.email WHERE excluded.email <> customers.email",
];

#[test]
fn honest_statements_are_served() {
    let refused: Vec<String> = QUERIES
        .iter()
        .chain(WRITES)
        .filter_map(|sql| {
            let judged = screen().screen(sql).and_then(|judged| screen().rewrite(&judged, &redact).map(|_| judged));
            match judged {
                Ok(judged) if judged.facts().unscoped => Some(format!("{sql}: taken for destruction")),
                Ok(_) => None,
                Err(refusal) => Some(format!("{sql}: {} {}", refusal.code.as_str(), refusal.detail)),
            }
        })
        .collect();
    assert!(
        refused.is_empty(),
        "{} of {} refused:\n{}",
        refused.len(),
        QUERIES.len() + WRITES.len(),
        refused.join("\n")
    );
}

#[test]
fn postgres_statements_are_served() {
    let queries = [
        "SELECT c.country, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country",
        "SELECT date_trunc('month', created_at) AS m, count(*) FROM orders GROUP BY 1 ORDER BY m",
        "SELECT payload::json ->> 'ip' FROM events",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_cents) FROM orders",
        "WITH x AS (SELECT id FROM orders) SELECT count(*) FROM x",
        "UPDATE orders SET status = 'paid' WHERE id = 3 RETURNING id",
        "DELETE FROM staging_customers WHERE email IS NULL",
    ];
    for sql in queries {
        let facts = postgres().screen(sql);
        assert!(facts.is_ok(), "{sql}: {facts:?}");
    }
}
