-- Forms of PostgreSQL that are served by now, bent.

--! dialect: postgres
--! tool: both
--! technique: 51 dollar quotes
--! must: deny

SELECT $$it's$$; DELETE FROM orders; --'

SELECT $a$'$A$; DROP TABLE orders; --$a$ ; DROP TABLE orders; --'

SELECT $$ $a$ $$; DELETE FROM orders; --$a$

SELECT 1 AS a$$'$$; DROP TABLE orders; --'

SELECT $1$'$1$; DROP TABLE orders; --'

SELECT $a$ never closed; DROP TABLE orders

SELECT 1$$'$$; DROP TABLE orders --'

DELETE FROM orders WHERE id = 1 OR $$'$$ = $$'$$

DELETE FROM orders WHERE $q$ it's $q$ = $$ it's $$

--! must: hold

SELECT $$it's '; SELECT email FROM customers; --$$, id FROM orders

SELECT "a"$$'; DROP TABLE orders; --$$

SELECT $_$ ' $_$ || name || $q1$ ' $q1$ FROM customers

SELECT id FROM customers WHERE email LIKE $$k%$$

SELECT count(*) FROM orders WHERE note ~ $$(.*.*.*.*.*.*.*.*)*x$$

--! must: deny

SELECT repeat($$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa$$, 49999)

SELECT id FROM orders WHERE note LIKE E'%a%b%c%d%e%f%g%h%'

SELECT regexp_replace(repeat('a', 999999), 'a', repeat('b', 1000), 'g')

--! technique: 87 TABLE
--! must: hold

TABLE customers ORDER BY email LIMIT 1

(TABLE customers)

SELECT id, name, email, phone, ssn, created_at, country FROM staging_customers WHERE false UNION ALL TABLE customers

WITH c AS (TABLE customers) TABLE c

TABLE/**/customers

TABLE ONLY customers

TABLE customers *

TABLE public.customers

TABLE "customers"

SELECT (SELECT t FROM (TABLE customers) AS t LIMIT 1)

SELECT EXISTS (TABLE customers), ARRAY(SELECT c FROM (TABLE customers) c)

EXPLAIN (COSTS OFF) TABLE customers

--! must: deny

TABLE pg_authid

TABLE pg_catalog.pg_shadow LIMIT 1

WITH x AS (TABLE pg_stats) SELECT 1

TABLE customers FOR UPDATE

DROP TABLE customers; TABLE orders

TABLE orders; DELETE FROM orders

--! technique: 88 whole rows
--! must: hold

SELECT (c).email FROM customers c

SELECT (c).email || 'x' FROM (SELECT c FROM customers c) AS x WHERE (c).email LIKE 'k%'

SELECT (x.c).ssn::text FROM (SELECT c, 1 AS n FROM customers AS c) AS x ORDER BY (x.c).email LIMIT 1

SELECT (c).*, (x).* FROM (SELECT c FROM customers c) AS x

SELECT (pg_read_file).* FROM (SELECT o AS pg_read_file FROM orders o) AS x

SELECT j FROM customers JOIN gold_customers USING (email) AS j

SELECT ROW(c.*), ROW(c.email, c.ssn), row_to_json(ROW(c)) FROM customers c

SELECT ARRAY(SELECT email FROM customers), ARRAY(SELECT ROW(ssn) FROM customers)

SELECT x.e FROM customers c, jsonb_to_record(to_jsonb(c)) AS x(email text, e text)

SELECT xmlforest(email, ssn AS s) FROM customers

SELECT hashtext(email), hashtextextended(ssn, 0) FROM customers

SELECT id FROM customers WHERE hashtext(ssn) = hashtext('500-44-0000')

SELECT id FROM customers WHERE email LIKE ANY (ARRAY['a%', 'b%', 'c%', 'd%', 'e%', 'f%', 'g%', 'h%', 'i%', 'j%', 'k%', 'l%', 'm%'])

SELECT id FROM customers WHERE ssn NOT LIKE ALL ('{5%,6%}')

--! must: deny

SELECT ('/etc/passwd'::text).pg_read_file

SELECT (x).pg_read_file FROM (SELECT '/etc/passwd'::text AS x) AS t

SELECT (x).name.pg_ls_dir FROM (SELECT o AS x FROM orders o) AS t

SELECT (o).pg_sleep FROM (SELECT 5.0 AS o) AS x

SELECT (q).query_to_xml FROM (SELECT 'SELECT * FROM customers' AS q) AS x

SELECT (c).version FROM customers c

SELECT "array"(1)

SELECT "all"('x')

SELECT * FROM orders WHERE note LIKE "all"(ARRAY['a'])

--! technique: 70 catalogue

SELECT regclass 'pg_authid'

SELECT '{pg_authid,customers}'::regclass[]

SELECT * FROM jsonb_to_record('{"a": "pg_authid"}') AS x(a regclass)

SELECT * FROM jsonb_to_recordset('[{"a": "postgres"}]') AS x(a text, b regrole[])

SELECT * FROM json_to_record('{"a": 1}') AS x(a pg_catalog.regproc)

SELECT * FROM json_populate_record(NULL::pg_authid, '{}')

SELECT ts_rewrite('a'::tsquery, 'SELECT email, ssn FROM customers')

SELECT * FROM ts_stat('SELECT to_tsvector(email) FROM customers')

SELECT query_to_xml('SELECT * FROM customers', true, true, '')

SELECT table_to_xml('customers', true, true, '')

SELECT * FROM ROWS FROM (pg_ls_dir('/')) AS x(a)

SELECT * FROM ROWS FROM (generate_series(1, 2), pg_read_file('/etc/passwd')) AS x(a, b)

SELECT * FROM ROWS FROM (query_to_xml('SELECT 1', true, true, '')) AS x(a)

SELECT * FROM ROWS FROM (generate_series(1, 100000), generate_series(1, 100000)) AS x(a, b), generate_series(1, 1000) AS y

SELECT setseed(0.5), random()

SELECT set_config('a.b', 'x', false)

SELECT make_interval(days => (SELECT pg_sleep(9) IS NULL)::int)

SELECT repeat(string => 'x', number => 1000000000)

SELECT generate_series(start => 1, stop => 1000000000)

--! technique: 82 recursion

WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r) SELECT max(n) FROM r

WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT x.m FROM r, LATERAL (SELECT r.n + 1 AS m) AS x) SELECT max(n) FROM r

WITH RECURSIVE r(a) AS (SELECT 1 UNION ALL SELECT r.a FROM r JOIN orders o ON o.status <> r.a::text) SELECT count(*) FROM r

WITH RECURSIVE r(a) AS (SELECT id FROM orders UNION ALL SELECT a FROM r) SELECT count(*) FROM r

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) CYCLE n SET c USING p SELECT max(n) FROM r

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SEARCH DEPTH FIRST BY n SET o SELECT max(n) FROM r

WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT s FROM r, generate_series(r.n, r.n + 1) AS s WHERE s = r.n + 1) SELECT max(n) FROM r

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 1 FROM r) SEARCH DEPTH FIRST BY n SET aegis_masked_customers SELECT count(*) FROM r

--! must: hold

WITH RECURSIVE r(n, e) AS (SELECT id, email FROM customers WHERE id = 1 UNION SELECT c.id, c.email FROM r JOIN customers c ON c.ssn = r.e) SEARCH DEPTH FIRST BY e SET ord CYCLE e SET z USING way SELECT ord, way, e FROM r

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SEARCH DEPTH FIRST BY n SET email SELECT customers.email, r.email FROM r, customers

--! technique: 8 plans

EXPLAIN (COSTS OFF) SELECT email FROM customers WHERE email LIKE 'k%'

EXPLAIN (COSTS OFF, VERBOSE) SELECT max(email), min(ssn) FROM customers WHERE ssn > '600'

EXPLAIN VERBOSE SELECT email FROM customers

EXPLAIN (VERBOSE) SELECT email FROM customers

EXPLAIN (FORMAT JSON, BUFFERS off) SELECT ssn FROM customers c WHERE to_jsonb(c) ->> 'ssn' > '5'

EXPLAIN SELECT id FROM customers WHERE ssn BETWEEN '500' AND '600' ORDER BY email

EXPLAIN SELECT c.id FROM customers c JOIN staging_customers s ON c.email = s.email AND c.name LIKE 'K%' GROUP BY c.id

--! must: deny

EXPLAIN/**/VERBOSE SELECT email FROM customers

EXPLAIN (COSTS) SELECT email FROM customers

EXPLAIN (VERBOSE, SETTINGS) SELECT email FROM customers

EXPLAIN (COSTS OFF, COSTS ON) SELECT email FROM customers

EXPLAIN (COSTS OFF, ANALYZE) SELECT email FROM customers

EXPLAIN (COSTS OFF, BUFFERS) SELECT email FROM customers

EXPLAIN ("costs" off, "analyze" true) SELECT email FROM customers ORDER BY email

EXPLAIN (COSTS 1) SELECT email FROM customers

EXPLAIN (COSTS OFF) DELETE FROM orders

EXPLAIN (COSTS OFF) MERGE INTO orders o USING gold_orders g ON o.id = g.id WHEN MATCHED THEN DELETE

--! technique: 18 MERGE
--! tool: execute

MERGE INTO orders t USING gold_orders s ON t.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING orders s ON t.id = s.id WHEN MATCHED THEN UPDATE SET note = 'x'

MERGE INTO orders t USING (SELECT * FROM orders) s ON t.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (SELECT * FROM orders WHERE id > 0) s ON t.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (SELECT id FROM orders WHERE true UNION SELECT 1) s ON t.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (SELECT 1 AS id UNION ALL SELECT id FROM orders) s ON t.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (VALUES (1), (2)) s(id) ON true WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (VALUES (1)) s(id) ON t.id >= s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (VALUES (1)) s(id) ON t.id = t.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (VALUES (1)) s(id) ON s.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (VALUES (1)) s(id) ON t.id = s.id OR true WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (VALUES (1)) s(id) ON t.id = s.id OR t.id <> s.id WHEN MATCHED THEN UPDATE SET status = 'x'

MERGE INTO orders t USING (VALUES (1)) s(id) ON t.id = s.id + t.id - 1 WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (SELECT 1 AS x) s ON t.id IS NOT NULL WHEN MATCHED THEN DELETE

MERGE INTO orders t USING unnest(ARRAY(SELECT id FROM orders)) AS s(id) ON t.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING generate_series(1, 100000) AS s(id) ON t.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING jsonb_to_recordset((SELECT jsonb_agg(o) FROM orders o)) AS s(id int) ON t.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (SELECT 1 AS id) s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE

MERGE INTO orders t USING (VALUES (1)) s(id) ON t.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY SOURCE THEN UPDATE SET status = 'x'

MERGE INTO gold_orders t USING (VALUES (1)) s(id) ON t.id = s.id WHEN MATCHED THEN DELETE

WITH s AS (SELECT id FROM orders) MERGE INTO orders t USING s ON t.id = s.id WHEN MATCHED THEN DELETE

WITH orders AS (SELECT 1 AS id) MERGE INTO orders t USING gold_orders s ON t.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders t USING (SELECT id, email FROM customers WHERE id = 1) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET note = s.email

MERGE INTO orders t USING (SELECT id, email AS e FROM customers WHERE id = 1) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET note = s.e

MERGE INTO orders t USING customers s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, note) VALUES (s.id + 9000, s.email)

MERGE INTO orders t USING customers s ON t.id = s.id + 9000 AND s.email LIKE 'k%' WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id + 9000)

MERGE INTO customers t USING (VALUES (1, 'ceo@example.com')) s(id, email) ON t.id = s.id WHEN MATCHED THEN UPDATE SET email = s.email

MERGE INTO customers t USING (SELECT 1 AS id, 'ceo@example.com' AS email) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET email = s.email

MERGE INTO customers t USING (VALUES (1, 'ceo@example.com')) s(id, m) ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, email) VALUES (900, s.m)

MERGE INTO staging_customers t USING (VALUES (101, 'x')) s(id, email) ON t.id = s.id WHEN MATCHED THEN UPDATE SET country = t.email

MERGE INTO staging_customers t USING (VALUES (101, 'x')) s(id, email) ON t.id = s.id WHEN MATCHED AND t.email LIKE 'k%' THEN UPDATE SET country = 'k'

MERGE INTO staging_customers t USING (VALUES (101, 'x')) s(id, email) ON t.id = s.id AND t.ssn < '600' WHEN MATCHED THEN DELETE

MERGE INTO staging_customers t USING (VALUES (101, 'x')) s(id, email) ON t.id = s.id WHEN MATCHED AND EXISTS (SELECT 1 FROM customers c WHERE c.email = s.email) THEN UPDATE SET country = 'k'

MERGE INTO staging_customers t USING (VALUES (101, 'x')) s(id, email) ON t.id = s.id WHEN MATCHED AND EXISTS (SELECT 1 FROM (SELECT t.email AS y) q WHERE q.y LIKE 'k%') THEN UPDATE SET country = 'k'

MERGE INTO staging_customers t USING (VALUES (101, 'x')) s(id, email) ON t.id = s.id WHEN MATCHED THEN UPDATE SET country = (SELECT q.y FROM (SELECT t.email AS y) q)

UPDATE staging_customers t SET country = q.y FROM (VALUES (101, 'x')) s(id, email), LATERAL (SELECT s.id AS y) q WHERE t.id = s.id AND EXISTS (SELECT 1 FROM (SELECT t.email) AS z(y) WHERE z.y LIKE 'k%')

UPDATE staging_customers t SET country = 'x' FROM (VALUES (101, 'x')) s(id, email) WHERE t.id = s.id AND (SELECT q.e FROM (SELECT t.email AS e) q) > 'm'

UPDATE staging_customers t SET country = 'x' FROM (SELECT 101 AS id, 'x' AS email) s WHERE t.id = s.id AND EXISTS (SELECT 1 FROM staging_customers o WHERE o.email > s.email)

WITH s(id, email) AS (VALUES (101, 'x')) UPDATE staging_customers t SET country = (SELECT c.country FROM customers c WHERE c.email = s.email) FROM s WHERE t.id = s.id

DELETE FROM orders WHERE id IN (SELECT id FROM orders UNION SELECT 1)

DELETE FROM orders WHERE id IN (SELECT 1 UNION SELECT id FROM orders WHERE id > 0)

DELETE FROM orders WHERE id IN (SELECT generate_subscripts(array_fill(1, ARRAY[100]), 1))

DELETE FROM orders WHERE id IN (SELECT jsonb_path_query(to_jsonb(array_fill(1, ARRAY[100])), '$[*]')::int)

INSERT INTO orders (id, note) SELECT * FROM (SELECT id + 9000, email FROM customers) AS x

INSERT INTO orders SELECT c.* FROM customers c

INSERT INTO orders (id, note) SELECT t.* FROM (SELECT id + 9000, ssn FROM customers) AS t

INSERT INTO customers (id, email) SELECT t.* FROM unnest(ARRAY[900], ARRAY['ceo@example.com']) AS t(id, m)

INSERT INTO customers (id, email) SELECT x.* FROM json_to_recordset('[{"id": 900, "email": "ceo@example.com"}]') AS x(id int, email text)

INSERT INTO staging_customers (id, country) SELECT s.id + 900, s.email FROM staging_customers s, jsonb_to_record('{}') AS x(email text)

INSERT INTO staging_customers (id, country) SELECT x.* FROM staging_customers s, LATERAL (SELECT s.id + 900, s.email) AS x(id, m)

INSERT INTO customers (id, email) SELECT * FROM unnest(ARRAY[900], ARRAY['ceo@example.com'])

INSERT INTO orders (id, note) SELECT *, (SELECT email FROM customers LIMIT 1) FROM unnest(ARRAY[9001])

INSERT INTO orders (id, note) SELECT * FROM jsonb_to_recordset((SELECT jsonb_agg(c) FROM customers c)) AS x(id int, email text)

INSERT INTO orders (id, note) SELECT x.id + 9000, x.m FROM customers c, jsonb_to_record(to_jsonb(c)) AS x(id int, m text)

UPDATE orders SET note = (c).email FROM (SELECT c FROM customers c) AS x WHERE orders.id = (c).id AND orders.id = 1

UPDATE orders SET note = j.email FROM customers JOIN gold_customers USING (email) AS j WHERE orders.id = 1

WITH d AS (DELETE FROM staging_customers WHERE id = 101 RETURNING id, email) INSERT INTO staging_customers (id, country) SELECT id + 900, email FROM d

WITH d(id, m) AS (SELECT id, email FROM staging_customers WHERE id = 101) INSERT INTO staging_customers (id, country) SELECT id + 900, m FROM d

INSERT INTO staging_customers (id, country) SELECT s.id + 900, x.m FROM staging_customers s, LATERAL (SELECT s.email AS q) AS y, jsonb_to_record(jsonb_build_object('m', y.q)) AS x(m text)

INSERT INTO staging_customers (id, country) SELECT s.id + 900, (x.y).m FROM staging_customers s, LATERAL (SELECT z AS y FROM (SELECT s.email AS m) AS z) AS x

--! technique: 40 whole rows and groups behind a leaf that lists some columns
--! tool: query
--! must: hold

SELECT c.id, c.ssn FROM customers c GROUP BY c.id HAVING c.ssn > '500'

SELECT 2 AS n, max(c.email) FROM customers AS c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, o.status ORDER BY c.ssn

SELECT to_jsonb(y) FROM customers x CROSS JOIN LATERAL (SELECT x) y

SELECT j FROM customers x, LATERAL to_jsonb(x) j

SELECT (SELECT ssn FROM orders LIMIT 1) FROM customers

SELECT r FROM (SELECT customers AS r FROM customers) q

SELECT count(*) FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.note = c.ssn OR o.id = c.id)

SELECT country FROM customers AS "email" GROUP BY "email".id

SELECT "a, customers.ssn".id, "a, customers.ssn".email FROM customers "a, customers.ssn" GROUP BY "a, customers.ssn".id
