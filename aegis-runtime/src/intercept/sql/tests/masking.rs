//! Masked reads, run on the real engine: no seeded value leaves, and what is not personal is unchanged.

use super::{estate, postgres, redact, screen};
use crate::denial::Code;
use crate::intercept::sql::SqlScreen;
use crate::spec::{Carrier, Dialect, ServerId};
use rusqlite::Connection;
use rusqlite::types::Value;

const CANARY: [&str; 8] =
    ["Wilhelmina", "wilhelmina.canary", "yranac", "+49301234", "123-45-6789", "77696c68656c", "57494C48", "d2lsaGVs"];

const READS: &[&str] = &[
    "SELECT * FROM customers",
    "SELECT c.* FROM customers c",
    "SELECT email AS country FROM customers",
    "SELECT name || ' ' || email FROM customers",
    "SELECT upper(email), hex(email), substr(ssn, 1, 3), replace(phone, '+', '') FROM customers",
    "SELECT max(email), min(name), group_concat(ssn) FROM customers",
    "SELECT first_value(email) OVER (ORDER BY email) FROM customers",
    "SELECT id FROM customers ORDER BY email",
    "SELECT id FROM customers WHERE email LIKE 'w%'",
    "SELECT * FROM (SELECT email AS e FROM customers) t",
    "WITH x AS (SELECT email AS e FROM customers) SELECT e FROM x",
    "WITH x(a, b) AS (SELECT name, ssn FROM customers) SELECT a || b FROM x",
    "WITH RECURSIVE p(s, i) AS (SELECT email, 0 FROM customers UNION ALL SELECT substr(s, 2), i + 1 FROM p WHERE i < 5) SELECT s FROM p",
    "SELECT country FROM customers UNION SELECT email FROM customers",
    "SELECT (SELECT email FROM customers c WHERE c.id = o.customer_id) FROM orders o",
    "SELECT json_object('e', email, 'n', name), json_group_array(phone) FROM customers",
    "SELECT j.value FROM customers c, json_each(json_array(c.email)) j",
    "SELECT CASE WHEN email LIKE 'w%' THEN email ELSE name END FROM customers",
    "SELECT coalesce(email, name), iif(1, ssn, ''), printf('%s', phone), quote(email) FROM customers",
    "SELECT * FROM customers NATURAL JOIN staging_customers",
    "SELECT a.email, b.email FROM customers a JOIN customers b ON a.id = b.id",
    "SELECT customers.email FROM main.customers",
    "SELECT email FROM customers GROUP BY email HAVING email LIKE 'w%'",
    "SELECT EXISTS (SELECT 1 FROM customers WHERE ssn LIKE '123%')",
    "SELECT count(*) FROM customers WHERE ssn = '123-45-6789'",
    "SELECT \"email\", [name], `ssn` FROM \"customers\"",
    "VALUES ((SELECT email FROM customers LIMIT 1))",
    "EXPLAIN SELECT email FROM customers WHERE email = 'x'",
];

fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for table in ["customers", "staging_customers", "gold_customers"] {
        connection
            .execute_batch(&format!(
                "CREATE TABLE {table} (id INTEGER PRIMARY KEY, name TEXT, email TEXT, phone TEXT, ssn TEXT, created_at TEXT, country TEXT);
                 INSERT INTO {table} VALUES (1, 'Wilhelmina Canary', 'wilhelmina.canary@example.com', '+493012345678', '123-45-6789', '2026', 'DE'),
                                            (2, NULL, NULL, NULL, NULL, '2026', 'FR')"
            ))
            .unwrap();
    }
    connection
        .execute_batch(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id, amount_cents, status, note, created_at);
             INSERT INTO orders VALUES (1, 1, 5, 'paid', 'x', '2026'), (2, 2, 7, 'open', NULL, '2026');
             CREATE TABLE events (id INTEGER PRIMARY KEY, kind, payload, at);",
        )
        .unwrap();
    connection
}

fn run(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|index| row.get(index)).collect())?;
    rows.collect()
}

fn rewritten(sql: &str) -> String {
    let facts = screen().screen(sql).unwrap_or_else(|refusal| panic!("{sql}: {refusal:?}"));
    screen()
        .rewrite(&facts, &redact)
        .unwrap_or_else(|refusal| panic!("{sql}: {refusal:?}"))
        .unwrap_or_else(|| sql.to_owned())
}

#[test]
fn no_value_leaves_a_masked_read() {
    let connection = database();
    for sql in READS {
        let masked = rewritten(sql);
        let rows = run(&connection, &masked).unwrap_or_else(|error| panic!("{masked}: {error}"));
        let text = format!("{rows:?}");
        for canary in CANARY {
            assert!(!text.contains(canary), "{sql}: {canary} in {text}");
        }
    }
}

#[test]
fn the_unmasked_reads_do_leak_so_the_test_can_fail() {
    let connection = database();
    let leaking = READS.iter().filter(|sql| {
        run(&connection, sql).is_ok_and(|rows| CANARY.iter().any(|canary| format!("{rows:?}").contains(canary)))
    });
    assert!(leaking.count() > 15);
}

#[test]
fn what_is_not_personal_is_unchanged() {
    let connection = database();
    for sql in [
        "SELECT count(*), count(email), count(DISTINCT country) FROM customers",
        "SELECT c.country, sum(o.amount_cents) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country ORDER BY 1",
        "SELECT id, country FROM customers WHERE email IS NULL",
        "SELECT id FROM customers ORDER BY created_at, id",
        "SELECT * FROM orders",
    ] {
        assert_eq!(run(&connection, &rewritten(sql)).unwrap(), run(&connection, sql).unwrap(), "{sql}");
    }
}

#[test]
fn predicates_over_personal_columns_read_the_mask() {
    let connection = database();
    let rows = run(&connection, &rewritten("SELECT id FROM customers WHERE ssn LIKE '123%'")).unwrap();
    assert!(rows.is_empty(), "a predicate is no oracle: {rows:?}");
}

/// Our own servers make the views; the text gives up a name for another, and the alias keeps the qualifiers.
#[test]
fn a_server_of_our_own_is_asked_for_its_views() {
    use crate::intercept::sql::SqlScreen;
    for (dialect, view) in [(Dialect::Sqlite, "temp.aegis_masked_"), (Dialect::Postgres, "aegis_masked.")] {
        let screen = SqlScreen::new(&estate::SPEC, ServerId(0), dialect, Carrier::Views).unwrap();
        let rewritten = |sql: &str| {
            let facts = screen.screen(sql).unwrap_or_else(|refusal| panic!("{sql}: {refusal:?}"));
            screen.rewrite(&facts, &redact).unwrap_or_else(|refusal| panic!("{sql}: {refusal:?}"))
        };
        assert_eq!(
            rewritten("SELECT c.email, customers.name FROM customers c, customers WHERE c.id = customers.id").unwrap(),
            format!(
                "SELECT c.email, customers.name FROM {view}customers c, {view}customers AS customers WHERE c.id = customers.id"
            )
        );
        let nested =
            "WITH e AS (SELECT email FROM staging_customers) SELECT count(*) FROM e JOIN customers USING (email)";
        assert_eq!(
            rewritten(nested).unwrap(),
            format!(
                "WITH e AS (SELECT email FROM {view}staging_customers AS staging_customers) SELECT count(*) FROM e JOIN {view}customers AS customers USING (email)"
            )
        );
        assert_eq!(rewritten("SELECT note FROM orders"), None);
        let refused =
            "WITH aegis_masked_customers AS (SELECT email FROM customers) SELECT * FROM aegis_masked_customers";
        assert!(screen.screen(refused).is_err());
        assert!(screen.screen("SELECT * FROM aegis_masked_customers").is_err());
    }
}

#[test]
fn on_postgres_a_table_is_a_query_and_a_plan_has_no_costs() {
    let text = |sql: &str| {
        let judged = postgres().screen(sql).unwrap();
        postgres().rewrite(&judged, &redact).map(Option::unwrap_or_default).map_err(|refusal| refusal.code)
    };
    for (sql, starts) in [
        ("TABLE customers LIMIT 2", "SELECT * FROM (SELECT id, CASE"),
        ("TABLE /* all */ customers", "SELECT * FROM /* all */ (SELECT id, CASE"),
        (
            "explain verbose SELECT email FROM customers",
            "EXPLAIN (VERBOSE, COSTS OFF) SELECT email FROM (SELECT id, CASE",
        ),
        ("EXPLAIN (COSTS OFF) TABLE customers", "EXPLAIN (COSTS OFF) SELECT * FROM (SELECT id, CASE"),
        (
            "EXPLAIN ( VERBOSE, FORMAT JSON, ANALYZE off) SELECT email FROM customers",
            "EXPLAIN (COSTS OFF,  VERBOSE, FORMAT JSON, ANALYZE off) SELECT email FROM (SELECT id, CASE",
        ),
    ] {
        let text = text(sql).unwrap();
        assert!(text.starts_with(starts), "{text}");
        assert!(!sql.starts_with(['e', 'E']) || !text.contains("sha256"), "{text}");
    }
    for sql in [
        "EXPLAIN ANALYZE SELECT email FROM customers",
        "EXPLAIN (VERBOSE, BUFFERS) SELECT email FROM customers",
        "EXPLAIN (COSTS OFF, COSTS ON) SELECT email FROM customers",
        "EXPLAIN/**/VERBOSE SELECT email FROM customers",
    ] {
        assert_eq!(text(sql), Err(Code::RewriteFailed), "{sql}");
    }
}

/// The text that goes south, with every token's expression left out.
fn south(sql: &str) -> String {
    let judged = postgres().screen(sql).unwrap();
    let text = postgres().rewrite(&judged, &redact).unwrap().unwrap();
    let mut short = String::new();
    for (place, part) in text.split("CASE WHEN ").enumerate() {
        short.push_str(if place == 0 { part } else { part.split_once(" END AS ").unwrap().1 });
    }
    short
}

#[test]
fn a_leaf_lists_what_a_statement_can_ask_for() {
    for (sql, expected) in [
        ("SELECT count(*) FROM customers", "SELECT count(*) FROM (SELECT id FROM customers) AS customers"),
        ("SELECT country FROM customers c", "SELECT country FROM (SELECT id, country FROM customers) c"),
        (
            "SELECT \"Email\" FROM (SELECT EMAIL AS \"Email\" FROM customers) x",
            "SELECT \"Email\" FROM (SELECT EMAIL AS \"Email\" FROM (SELECT id, email FROM customers) AS customers) x",
        ),
    ] {
        assert_eq!(south(sql), expected);
    }
    for sql in [
        "SELECT * FROM customers c",
        "SELECT c.* FROM customers c",
        "SELECT c FROM customers c",
        "SELECT to_jsonb(customers) FROM customers",
        "SELECT 2 * a FROM customers AS c(a)",
        "SELECT a FROM customers AS c(a)",
        "SELECT id FROM customers c NATURAL JOIN orders o",
        "TABLE customers",
    ] {
        assert!(
            south(sql).contains("(SELECT id, name, email, phone, ssn, created_at, country FROM customers)"),
            "{sql}"
        );
    }
}

#[test]
fn a_key_still_decides_its_row_in_a_group() {
    for (sql, grouped) in [
        ("SELECT c.id, c.name, count(*) FROM customers c GROUP BY c.id", "c.id, c.name"),
        (
            "SELECT id, upper(country) FROM customers GROUP BY id ORDER BY email",
            "id, customers.email, customers.country ORDER BY email",
        ),
        (
            "SELECT c.name, c.id FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY 2, o.status",
            "2, c.name, o.status",
        ),
        ("SELECT c.id, c.name FROM customers c GROUP BY c.id, c.name", "c.id, c.name"),
        (
            "SELECT \"C\".name FROM customers \"C\" GROUP BY \"C\".id HAVING \"C\".country = 'DE'",
            "\"C\".id, \"C\".name, \"C\".country HAVING \"C\".country = 'DE'",
        ),
        ("SELECT c.country, count(*) FROM customers c GROUP BY c.country", "c.country"),
        ("SELECT c.id, c.name, c.country FROM customers c GROUP BY ROLLUP (c.id)", "ROLLUP (c.id)"),
        (
            "WITH c AS (SELECT id, country FROM customers GROUP BY id) SELECT id, country FROM c GROUP BY id",
            "id, customers.country) SELECT id, country FROM c GROUP BY id",
        ),
    ] {
        assert_eq!(south(sql).split_once(" GROUP BY ").unwrap().1, grouped);
    }
}

fn noted(sql: &str) -> (bool, bool) {
    let judged = screen().screen(sql).unwrap();
    let says = |words: &str| judged.facts().notes.iter().any(|note| note.contains(words) && note.contains("`email`"));
    (says("patterns, order"), says("no constant of yours"))
}

#[test]
fn a_reader_is_told_where_a_statement_looks_at_what_stands_in_for_a_value() {
    for (sql, expected) in [
        ("SELECT count(*) FROM customers WHERE email LIKE '%@example.org'", (true, false)),
        // By a name that the statement gave it.
        ("SELECT email AS e FROM customers WHERE e LIKE 'a%'", (true, false)),
        (
            "WITH c(id, mail) AS (SELECT id, email FROM customers) SELECT id FROM c WHERE mail = 'a@example.org'",
            (false, true),
        ),
        (
            "SELECT m FROM (SELECT mail AS m FROM (SELECT email AS mail FROM customers)) WHERE m LIKE 'a%'",
            (true, false),
        ),
        (
            "SELECT j.value FROM (SELECT json_array(email) AS a FROM customers) x, json_each(x.a) j WHERE j.value LIKE 'a%'",
            (true, false),
        ),
        ("SELECT count(DISTINCT email) AS n, country FROM customers GROUP BY country ORDER BY n DESC", (false, false)),
        ("SELECT email IS NULL AS missing, count(*) FROM customers GROUP BY missing ORDER BY missing", (false, false)),
        ("SELECT id FROM customers ORDER BY email", (true, false)),
        ("SELECT id FROM customers ORDER BY coalesce(email, '')", (true, false)),
        ("SELECT length(email) FROM customers", (true, false)),
        ("SELECT id FROM customers WHERE email < 'm'", (true, false)),
        ("SELECT id FROM customers WHERE email <> lower(trim(email))", (true, false)),
        ("SELECT id FROM customers WHERE email = 'a@example.org'", (false, true)),
        ("SELECT id FROM customers WHERE 'a' || '@example.org' = email", (false, true)),
        ("SELECT id FROM customers WHERE coalesce(email, '') IN ('a', 'b')", (false, true)),
        ("SELECT country, count(DISTINCT email) FROM customers GROUP BY country", (false, false)),
        ("SELECT a.id FROM customers a JOIN customers b ON a.email = b.email", (false, false)),
        ("SELECT id FROM customers WHERE country LIKE 'D%' AND id = 7", (false, false)),
        ("SELECT id FROM orders WHERE note LIKE '%@example.org' ORDER BY note", (false, false)),
    ] {
        assert_eq!(noted(sql), expected, "{sql}");
    }
    let chain = format!("SELECT {} FROM customers WHERE {}", ["email"; 400].join(" || "), ["1"; 400].join(" = "));
    assert_eq!(noted(&chain), (true, false));
}

#[test]
fn a_write_asks_nothing_that_a_server_of_views_would_refuse() {
    let screen = SqlScreen::new(&estate::SPEC, ServerId(0), Dialect::Sqlite, Carrier::Views).unwrap();
    let other = "UPDATE orders SET status = 'open' WHERE id = 4 AND customer_id IN (SELECT id FROM customers WHERE email IS NULL)";
    let refusal = screen.screen(other).unwrap_err();
    assert_eq!(refusal.code, Code::SqlOracle);
    assert!(refusal.remedy.unwrap().contains("read the keys first"));
    let keys = "UPDATE orders SET status = 'open' WHERE id = 4 AND customer_id IN (SELECT id FROM customers WHERE country = 'DE')";
    for own in [keys, "UPDATE customers SET country = 'DE' WHERE id = 4 AND email IS NULL"] {
        assert!(screen.screen(own).is_ok(), "{own}");
    }
}

/// What PostgreSQL says of a key that is left out quotes the row; a person's name in it is of no known shape.
#[test]
fn an_error_of_a_change_quotes_no_row() {
    let said = "23502: null value in column \"id\" of relation \"staging_customers\" violates not-null constraint\n\
                DETAIL: Failing row contains (null, Wilhelmina Canary, wilhelmina.canary@example.com, null)";
    let change = "INSERT INTO staging_customers (name) SELECT name FROM customers WHERE id = 1";
    let quotable = |screen: &SqlScreen, sql: &str| screen.quotable(&screen.screen(sql).unwrap());
    let told = quotable(postgres(), change).told(said).unwrap();
    assert!(told.contains("a column that must have a value would have none; `id`; `staging_customers` ("), "{told}");
    assert!(CANARY.iter().all(|canary| !told.contains(canary)), "{told}");
    // A query that has the change in it is one, and what it hands back says nothing of the row.
    let within = "WITH a AS (UPDATE customers SET country = 'DE' WHERE id = 1 RETURNING id) SELECT count(*) FROM a";
    assert!(quotable(postgres(), within).told(said).is_some());
    let unknown = quotable(postgres(), change).told("Wilhelmina").unwrap();
    assert!(unknown.contains("the statement failed (") && !unknown.contains("Wilhelmina"), "{unknown}");
    // Reads see tokens, other relations hold nothing personal, and a server of ours speaks so itself.
    for sql in ["SELECT name FROM customers", "UPDATE orders SET status = 'paid' WHERE id = 1"] {
        assert_eq!(quotable(postgres(), sql).told(said), None, "{sql}");
    }
    let ours = SqlScreen::new(&estate::SPEC, ServerId(0), Dialect::Postgres, Carrier::Views).unwrap();
    assert_eq!(quotable(&ours, change).told(said), None);
}
