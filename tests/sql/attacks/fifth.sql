-- A fifth hand's attacks: statements that reading A counts, names or resolves otherwise than the engine.

--! dialect: postgres
--! tool: execute
--! must: deny
--! technique: 44 functions in FROM that give a composite: more columns than reading A counts, and a star told by place

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM unnest(ARRAY['(9001,a,b,"2026-01-01 00:00:00")'::events]) AS u, (SELECT email FROM customers WHERE id = 1) AS x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM unnest('{"(9001,a,b,2026-01-01)"}'::events[]) u, (SELECT email FROM customers WHERE id = 1) x

INSERT INTO staging_customers (id, ssn, phone, created_at, country) SELECT * FROM coalesce('(9001,a,b,"2026-01-01 00:00:00")'::events) AS u, (SELECT ssn FROM customers WHERE id = 1) AS x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM greatest('(9001,a,b,"2026-01-01 00:00:00")'::events) AS u CROSS JOIN (SELECT email FROM customers WHERE id = 1) AS x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM nullif('(9001,a,b,"2026-01-01 00:00:00")'::events, NULL) AS u, (SELECT email FROM customers WHERE id = 1) AS x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM ROWS FROM (unnest(ARRAY['(9001,a,b,"2026-01-01 00:00:00")'::events])) AS u(k), (SELECT email FROM customers WHERE id = 1) AS x

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM unnest(ARRAY['(9001,a,b,"2026-01-01 00:00:00")'::events]) AS u, x

INSERT INTO customers (id, email, phone, created_at, country) SELECT * FROM unnest(ARRAY['(9001,a,b,"2026-01-01 00:00:00")'::events]) AS u, (SELECT email FROM customers WHERE id = 1) AS x

--! technique: 44 catalogue types by the names of their arrays
--! tool: query

SELECT '{1259,1260}'::_regclass

SELECT CAST('{10}' AS _regrole) AS r

SELECT _regproc '{1242,1243}'

SELECT ('{16385,16386,16387,16388,16389,16390,16391,16392}'::_regclass)::text

SELECT x.a FROM json_to_record('{"a": [10]}') AS x(a _regrole)

SELECT '=r/postgres'::aclitem

SELECT "_regclass" '{1259}'

SELECT cast('{11}' AS "_regnamespace")::text

--! technique: 44 TREAT, which calls a function by the name of a type

SELECT TREAT('/etc/passwd' AS pg_read_file)

SELECT TREAT('data_directory' AS current_setting)

SELECT treat('.' AS pg_ls_dir)

--! tool: execute
--! technique: 44 names of columns that the engine gives otherwise than reading A

INSERT INTO orders (id, note) SELECT 9001, (SELECT "?column?" FROM (SELECT '' || email FROM customers WHERE id = 1) x) FROM (SELECT 'a' AS "?column?") y

INSERT INTO orders (id, note) SELECT 9001, (SELECT "varchar" FROM (SELECT (email::text)::varchar FROM customers WHERE id = 1) x) FROM (SELECT 'a' AS "varchar") y

INSERT INTO orders (id, note) SELECT 9001, (SELECT "ltrim" FROM (SELECT trim(LEADING FROM email) FROM customers WHERE id = 1) x) FROM (SELECT 'a' AS "ltrim") y

INSERT INTO orders (id, note) SELECT 9001, (SELECT "column1" FROM (SELECT (VALUES (c.email)) FROM customers c WHERE id = 1) x) FROM (SELECT 'a' AS "column1") y

UPDATE orders SET note = (SELECT z.substr FROM (SELECT substr(email, 1) FROM customers WHERE id = 1) z) WHERE id = 3

--! technique: 44 strings that go on behind a newline

SELECT E'a'
'b\' , (WITH customers AS (SELECT 1 AS id, 2 AS email) SELECT email FROM customers) || '

--! tool: query
--! must: hold

SELECT c.name, c.text FROM customers c

SELECT (c).email, (c).name, c::text, c FROM customers c WHERE c.email > 'k' ORDER BY c

SELECT u.email FROM customers c, unnest(ARRAY[c]) u

SELECT coalesce FROM customers c, coalesce(c)

SELECT f.email FROM customers c CROSS JOIN LATERAL coalesce(c) f

--! tool: execute
--! must: deny
--! technique: 44 the same composites: in an UPDATE, in a derived table, from a row of FROM, from an aggregate, in an arm

UPDATE staging_customers SET (name, email, phone, created_at, country) = (SELECT * FROM unnest(ARRAY['(9001,a,b,"2026-01-01 00:00:00")'::events]) AS u, (SELECT email FROM customers WHERE id = 1) AS x) WHERE id = 101

UPDATE staging_customers SET (name, email, phone, created_at, country) = (SELECT * FROM (SELECT * FROM coalesce('(9001,a,b,"2026-01-01 00:00:00")'::events) AS v) AS u, (SELECT email FROM customers WHERE id = 1) AS x) WHERE id = 101

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM (SELECT * FROM unnest('{"(9001,a,b,2026-01-01)"}'::_events) v) u, (SELECT email FROM customers WHERE id = 1) x

WITH u AS (SELECT * FROM unnest('{"(9001,a,b,2026-01-01)"}'::_events) v) INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM u, (SELECT email FROM customers WHERE id = 1) x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM (SELECT f.* FROM events e, coalesce(e) AS f WHERE e.id = 1) AS u, (SELECT email FROM customers WHERE id = 1) AS x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM (SELECT f.* FROM (SELECT array_agg(e) AS a FROM events e WHERE e.id = 1) g, unnest(g.a) AS f) AS u, (SELECT email FROM customers WHERE id = 1) AS x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM events WHERE id = -1 UNION ALL SELECT * FROM unnest(ARRAY['(9001,a,b,"2026-01-01 00:00:00")'::events]) AS u, (SELECT email FROM customers WHERE id = 1) AS x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM json_to_record('{"id": 9001, "k": 1}') AS u(id int), unnest(ARRAY['(9001,a,b,"2026-01-01 00:00:00")'::events]) AS v, (SELECT email FROM customers WHERE id = 1) AS x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM unnest(ARRAY['(9001,a,b,"2026-01-01 00:00:00")'::events]) AS u, (SELECT email FROM gold_customers WHERE id = 1) AS x

INSERT INTO customers (id, email, phone, created_at, country) SELECT * FROM unnest(ARRAY['(9001,guess@x.y,b,"2026-01-01 00:00:00")'::events]) AS u, (SELECT email FROM customers WHERE id = 1 AND id = 2) AS x

INSERT INTO staging_customers (id, email, phone, created_at, country) SELECT * FROM unnest(ARRAY['(9001,a,b,"2026-01-01 00:00:00")'::events]) AS u, (SELECT email FROM customers WHERE id = 1) AS x ON CONFLICT (id) DO UPDATE SET country = excluded.country

--! dialect: sqlite
--! must: hold

INSERT INTO staging_customers (id, email, country) SELECT * FROM (SELECT 9001 AS k) AS u, (SELECT email FROM customers WHERE id = 1) AS x, (SELECT 'x' AS z) AS y

UPDATE staging_customers SET (name, email, country) = (SELECT * FROM (SELECT 'a' AS k) AS u, (SELECT email FROM customers WHERE id = 1) AS x, (SELECT 'x' AS z) AS y) WHERE id = 101

--! dialect: postgres
--! tool: query
--! must: deny
--! technique: 44 other types that look up the catalogue

SELECT '{=r/10}'::_aclitem

SELECT CAST('{events,orders}' AS _regclass)::_oid

SELECT a.x FROM unnest('{16385}'::_regclass) AS a(x)

SELECT '{11}'::_regnamespace, '{25}'::_regtype, '{551}'::_regoper, '{3748}'::_regconfig, '{3765}'::_regdictionary, '{100}'::_regcollation, '{1242}'::_regprocedure

--! tool: execute
--! must: deny
--! technique: 66 found at a last reading of scopes: a bare name beside a function, a star before names, a join that gives rows back

--! dialect: sqlite

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM events e, json_each(e.payload) j WHERE e.id = 1) AND id <> 1

--! dialect: postgres

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM events e, regexp_split_to_table(e.kind, 'x') AS j WHERE e.id = 1)

DELETE FROM orders WHERE id IN (SELECT d FROM (SELECT x.*, o.id FROM (SELECT 1 AS one, 2 AS two, 3 AS three) x, orders o) t(a, b, c, d) WHERE b = 2)

WITH n AS (SELECT id FROM events WHERE id = 1) DELETE FROM orders WHERE id IN (SELECT o.id FROM gold_orders g JOIN gold_customers s ON s.id = g.id, n RIGHT JOIN orders o ON n.id = o.id WHERE o.id = g.id)
