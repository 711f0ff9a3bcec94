//! What guards get wrong: each is refused with a code, or seen for what it does.

use super::{postgres, screen, shown};

/// Statement and what the screen makes of it.
const SQLITE: &[(&str, &str)] = &[
    // stacked and hidden statements
    ("SELECT 1; DROP TABLE orders", "AEG-D204"),
    ("COMMIT; DROP TABLE orders", "AEG-D204"),
    ("SELECT 1 END; DROP TABLE gold_orders", "AEG-D204"),
    ("", "AEG-D204"),
    (";", "AEG-D204"),
    ("SELECT id, '\\''; DELETE FROM orders; --' FROM customers", "read:silver"),
    ("SELECT 1 /* /* */ ; DELETE FROM orders; -- */", "AEG-D202"),
    ("DELETE FROM orders /* WHERE id = 1", "AEG-D202"),
    ("SELECT 'a\u{0}b'", "AEG-D202"),
    ("\u{feff}SELECT 1", "AEG-D202"),
    ("DELETE FROM orders o\u{a0}WHERE id = 1", "AEG-D202"),
    ("SELECT 1 -- x\u{2028}; DROP TABLE orders", "AEG-D202"),
    ("SELECT 1 -- x\r; DROP TABLE orders", "AEG-D202"),
    // destruction
    ("DROP TABLE orders", "destroy:silver"),
    ("DROP TABLE IF EXISTS orders", "destroy:silver"),
    ("drop/**/table gold_orders", "destroy:gold"),
    ("DROP VIEW unheard_of", "destroy:bronze destroy:gold destroy:silver"),
    ("DELETE FROM orders", "destroy:silver"),
    ("DELETE FROM orders WHERE 1", "destroy:silver"),
    ("WITH x AS (SELECT 1) DELETE FROM orders", "destroy:silver"),
    ("WITH x AS (SELECT 1) UPDATE orders SET status = 'x'", "destroy:silver"),
    ("EXPLAIN DELETE FROM orders", "destroy:silver"),
    ("UPDATE OR REPLACE orders SET id = 1 WHERE status = 'paid'", "read:silver destroy:silver"),
    ("DELETE FROM orders AS s WHERE EXISTS (SELECT 1 FROM orders t WHERE t.id = s.id)", "read:silver destroy:silver"),
    ("DELETE FROM orders AS s WHERE EXISTS (SELECT 1 FROM events e WHERE e.id <> s.id)", "read:silver destroy:silver"),
    // structure, rights, settings
    ("CREATE TABLE x (id)", "admin:bronze admin:gold admin:silver"),
    ("CREATE TABLE x AS SELECT * FROM customers", "read:silver admin:bronze admin:gold admin:silver"),
    ("ALTER TABLE orders ADD COLUMN x", "admin:silver"),
    ("PRAGMA writable_schema = 1", "admin:bronze admin:gold admin:silver"),
    ("ATTACH DATABASE 'x' AS y", "admin:bronze admin:gold admin:silver"),
    ("BEGIN", "admin:bronze admin:gold admin:silver"),
    ("SAVEPOINT x", "admin:bronze admin:gold admin:silver"),
    ("VACUUM", "admin:bronze admin:gold admin:silver"),
    // gold by another name
    ("INSERT INTO gold_orders SELECT * FROM orders WHERE id = 1", "read:gold read:silver write:gold"),
    ("INSERT INTO \"gold_orders\" (id) VALUES (1)", "write:gold"),
    ("INSERT INTO [gold_orders] (id) VALUES (1)", "write:gold"),
    ("UPDATE GOLD_ORDERS SET status = 'x' WHERE id = 1", "read:gold write:gold"),
    ("REPLACE INTO gold_orders (id) VALUES (1)", "write:gold"),
    // closed world
    ("SELECT * FROM sqlite_master", "AEG-D206"),
    ("SELECT * FROM sqlite_schema", "AEG-D206"),
    ("SELECT * FROM pragma_table_info('customers')", "AEG-D208"),
    ("SELECT * FROM temp.orders", "AEG-D209"),
    ("SELECT * FROM secrets", "AEG-D206"),
    ("SELECT unheard_of FROM orders", "AEG-D207"),
    ("SELECT \"nothing\" FROM orders", "AEG-D207"),
    ("SELECT load_extension('x')", "AEG-D208"),
    ("SELECT readfile('/etc/passwd')", "AEG-D208"),
    ("SELECT writefile('x', email) FROM customers", "AEG-D208"),
    ("SELECT fts3_tokenizer('x')", "AEG-D208"),
    ("SELECT randomblob(1000000000)", "AEG-D201"),
    ("SELECT zeroblob(1000000000)", "AEG-D201"),
    ("SELECT status FROM orders WHERE status = \"paid\"", "AEG-D207"),
    ("SELECT \"rowid\" FROM orders", "AEG-D207"),
    ("SELECT id FROM customers WHERE id IN orders", "AEG-D209"),
    ("SELECT ?1", "AEG-D209"),
    // laundering and handing back
    ("UPDATE orders SET note = (SELECT email FROM customers WHERE id = 1) WHERE id = 2", "AEG-D210"),
    ("INSERT INTO events (payload) SELECT email FROM customers WHERE id = 1", "AEG-D210"),
    ("INSERT INTO events (payload) SELECT e FROM (SELECT email AS e FROM customers) x", "AEG-D210"),
    ("WITH x AS (SELECT email AS e FROM customers) INSERT INTO events (payload) SELECT e FROM x", "AEG-D210"),
    (
        "WITH x AS (SELECT email AS e FROM customers) UPDATE orders SET note = (SELECT e FROM x) WHERE id = 1",
        "AEG-D210",
    ),
    ("UPDATE orders SET note = (SELECT e FROM (SELECT email AS e FROM customers)) WHERE id = 1", "AEG-D210"),
    ("UPDATE orders SET note = x.e FROM (SELECT email AS e FROM customers) x WHERE orders.id = 1", "AEG-D210"),
    ("UPDATE customers SET country = email WHERE id = 1", "AEG-D210"),
    ("UPDATE customers SET name = email WHERE id = 1", "AEG-D210"),
    ("INSERT INTO orders (id, note) VALUES (1, (SELECT ssn FROM customers WHERE id = 1))", "AEG-D210"),
    ("DELETE FROM customers WHERE id = 1 RETURNING *", "AEG-D211"),
    ("DELETE FROM customers WHERE id = 1 RETURNING email", "AEG-D211"),
    ("UPDATE customers SET country = 'X' WHERE id = 1 RETURNING upper(name)", "AEG-D211"),
    ("INSERT INTO orders (id) VALUES (1) RETURNING (SELECT email FROM customers)", "AEG-D211"),
    // by other names
    ("INSERT INTO staging_customers (id, country) SELECT t.id, t.name FROM (SELECT * FROM customers) t", "AEG-D210"),
    (
        "WITH t(a, b, c, d, e, f, g) AS (SELECT * FROM customers) INSERT INTO staging_customers (id, country) SELECT a, b FROM t",
        "AEG-D209",
    ),
    (
        "WITH orders AS (SELECT * FROM customers) INSERT INTO staging_customers SELECT * FROM orders",
        "read:silver destroy:bronze",
    ),
    (
        "WITH x AS (SELECT id, email AS k FROM customers) INSERT INTO staging_customers (id, country) SELECT id, k FROM x",
        "AEG-D210",
    ),
    (
        "DELETE FROM staging_customers WHERE EXISTS (SELECT 1 FROM gold_customers g NATURAL JOIN customers c)",
        "AEG-D210",
    ),
    ("DELETE FROM staging_customers AS email WHERE email.id = 1", "AEG-D210"),
    ("INSERT INTO staging_customers (id, email) SELECT id, email AS e FROM customers WHERE id = 1", "AEG-D210"),
    ("INSERT INTO staging_customers (id, email) SELECT id, email FROM customers WHERE id = 1 ORDER BY 2", "AEG-D210"),
    // parts, and made-up values
    ("UPDATE staging_customers SET email = substr(email, 1, 1) WHERE id = 1", "AEG-D210"),
    ("UPDATE staging_customers SET email = nullif(email, 'x') WHERE id = 1", "AEG-D210"),
    ("INSERT INTO staging_customers (id, email) SELECT id, max(email) FROM customers WHERE id = 1", "AEG-D210"),
    ("INSERT INTO staging_customers (email) SELECT DISTINCT email FROM customers WHERE id = 1", "AEG-D210"),
    // questions
    ("UPDATE customers SET country = 'A' WHERE id = 1 AND ssn < '5'", "AEG-D213"),
    ("UPDATE customers SET country = 'A' WHERE id = 1 AND ssn LIKE '5%'", "AEG-D213"),
    ("UPDATE customers SET country = 'A' FROM gold_customers g WHERE customers.id = 1 AND g.email = 'x'", "AEG-D213"),
    ("DELETE FROM customers WHERE id = 1 AND 'o' IN (SELECT substr(email, 1, 1) FROM gold_customers)", "AEG-D213"),
    ("DELETE FROM customers WHERE id IN (SELECT min(id) FROM customers GROUP BY email LIMIT 1)", "AEG-D213"),
    ("DELETE FROM customers WHERE id = (SELECT id FROM gold_customers ORDER BY email LIMIT 1)", "AEG-D213"),
    // upserts from rows that nothing narrows
    (
        "INSERT INTO orders (id) SELECT id FROM events WHERE true ON CONFLICT (id) DO UPDATE SET note = 'x'",
        "read:silver destroy:silver",
    ),
    (
        "INSERT INTO orders (id) SELECT id FROM events WHERE id = 3 ON CONFLICT (id) DO UPDATE SET note = 'x'",
        "read:silver write:silver",
    ),
    (
        "INSERT INTO orders (id) SELECT id FROM events WHERE true ON CONFLICT (id) DO UPDATE SET note = 'x' WHERE orders.id = 3",
        "read:silver write:silver",
    ),
];

#[test]
fn each_technique_is_seen_for_what_it_does() {
    let wrong: Vec<String> = SQLITE
        .iter()
        .filter_map(|(sql, expected)| {
            let found = shown(&screen().screen(sql));
            (found != *expected).then(|| format!("{sql:?}\n  found {found}\n  not   {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn misparses_of_one_grammar_are_refused() {
    let words = ["AND", "OR", "LIKE", "ILIKE", "COLLATE", "XOR", "RLIKE", "REGEXP", "GLOB", "MATCH"];
    for word in words {
        for sql in [format!("SELECT email {word} FROM customers"), format!("SELECT 1 {word} FROM gold_orders")] {
            if let Ok(facts) = screen().screen(&sql) {
                assert_eq!(facts.facts().reads.len(), 1, "{sql}: {facts:?}");
            }
        }
    }
}

#[test]
fn predicates_that_narrow_nothing_are_destruction() {
    let nothing = [
        "1",
        "1 = 1",
        "'a' = 'a'",
        "id = id",
        "id IS id",
        "NOT 0",
        "true",
        "id IS NOT NULL",
        "status IS NOT NULL",
        "1 OR id = 3",
        "id = 3 OR 1 = 1",
        "id = 3 OR id <> 3",
        "id < 5 OR id >= 5",
        "id IS NULL OR id IS NOT NULL",
        "note LIKE '%'",
        "note LIKE '%%'",
        "note LIKE '_%'",
        "id IN (SELECT id FROM orders)",
        "id IN (id)",
        "EXISTS (SELECT 1)",
        "EXISTS (SELECT 1 FROM events WHERE id = 1)",
        "id IN (SELECT min(id) FROM orders GROUP BY id)",
        "CASE WHEN 1 THEN 1 END",
        "abs(id) >= 0",
        "typeof(id) = 'integer'",
        "coalesce(1, id) = 1",
        "id = id + 0",
        "id * 0 = 0",
        "id BETWEEN -9223372036854775808 AND 9223372036854775807",
        "random() = random()",
        "amount_cents = amount_cents AND 1",
        "id >= id",
        "status = status OR id = 1",
    ];
    for predicate in nothing {
        for sql in [
            format!("DELETE FROM orders WHERE {predicate}"),
            format!("UPDATE orders SET status = 'x' WHERE {predicate}"),
        ] {
            let found = screen().screen(&sql);
            let unscoped = found.as_ref().is_ok_and(|judged| judged.facts().unscoped);
            assert!(unscoped || found.is_err(), "{sql}: {}", shown(&found));
        }
    }
}

#[test]
fn postgres_techniques() {
    let cases = [
        ("TRUNCATE orders", "destroy:silver"),
        ("WITH x AS (DELETE FROM orders RETURNING id) SELECT * FROM x", "read:silver destroy:silver"),
        ("SELECT * FROM pg_read_file('/etc/passwd')", "AEG-D208"),
        ("SELECT pg_sleep(100)", "AEG-D208"),
        ("SELECT query_to_xml('select 1', true, true, '')", "AEG-D208"),
        ("COPY orders TO PROGRAM 'sh'", "execute:bronze execute:gold execute:silver"),
        ("SELECT * FROM pg_stats", "AEG-D206"),
        ("SELECT * FROM information_schema.tables", "AEG-D209"),
        ("SELECT * FROM orders FOR UPDATE", "AEG-D209"),
        ("TABLE customers", "read:silver"),
        ("TABLE customers FOR UPDATE", "AEG-D209"),
        ("SELECT ('/etc/passwd'::text).pg_read_file", "AEG-D209"),
        ("SELECT '{customers}'::regclass[]", "AEG-D209"),
        ("MERGE INTO orders o USING events e ON o.id = e.id WHEN MATCHED THEN DELETE", "read:silver destroy:silver"),
        (
            "MERGE INTO orders o USING (VALUES (1)) v(id) ON o.id = v.id WHEN MATCHED THEN DELETE",
            "read:silver write:silver",
        ),
        ("SET ROLE postgres", "admin:bronze admin:gold admin:silver"),
        ("GRANT ALL ON orders TO public", "admin:bronze admin:gold admin:silver"),
        ("CALL f()", "AEG-D205"),
        ("EXPLAIN ANALYZE DELETE FROM orders", "destroy:silver"),
        ("SELECT 1 END; DROP TABLE gold_orders", "AEG-D204"),
        ("SELECT hidden FROM orders", "AEG-D207"),
    ];
    for (sql, expected) in cases {
        assert_eq!(shown(&postgres().screen(sql)), expected, "{sql}");
    }
}

#[test]
fn hostile_sizes_end_in_a_refusal_on_a_small_stack() {
    let hostile = || {
        vec![
            format!("SELECT {}1{}", "(".repeat(5000), ")".repeat(5000)),
            format!("SELECT {}", vec!["1"; 1900].join(" + ")),
            format!("SELECT {}", vec!["1"; 20_000].join("+")),
            vec!["SELECT 1"; 900].join(" UNION ALL "),
            format!("SELECT 1 FROM orders WHERE {}", vec!["id = 1"; 900].join(" AND ")),
            format!("SELECT {}1", "NOT ".repeat(3000)),
            format!("SELECT {}1", "-".repeat(3000)),
            format!("{}SELECT 1{}", "SELECT * FROM (".repeat(45), ")".repeat(45)),
            format!("SELECT '{}'", "a".repeat(40_000)),
            format!("SELECT {}", "CASE WHEN 1 THEN ".repeat(300)),
            "(".repeat(30_000),
        ]
    };
    let worker = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(move || {
        for sql in hostile() {
            for screen in [screen(), postgres()] {
                let _either = screen.screen(&sql);
            }
        }
    });
    worker.unwrap().join().unwrap();
}
