-- Forms that honest statements gained, turned: names that are words, row ids, JSON, copies through queries, and rows by whole values.

--! dialect: both
--! technique: 57 words of other dialects as names
--! must: hold

SELECT id top, email FROM customers

SELECT email sample, name qualify FROM customers start WHERE start.id < 9

SELECT email AS start, max(name) AS end FROM customers GROUP BY email

SELECT email AS "from", ssn AS "select" FROM customers

SELECT top.email FROM customers top JOIN orders sample ON sample.customer_id = top.id

SELECT email LIKE FROM customers

SELECT email ISNULL FROM customers

SELECT min(email) FROM customers pivot

SELECT qualify.ssn FROM (SELECT * FROM customers) qualify

WITH top AS (SELECT email FROM customers) SELECT * FROM top

WITH sample AS (SELECT * FROM customers), connect AS (SELECT * FROM sample) SELECT connect.phone FROM connect

SELECT email NOTNULL, name AS format FROM customers settings ORDER BY format

SELECT 1 AS end; DROP TABLE gold_orders

SELECT count(*) start FROM orders; DELETE FROM orders

SELECT count(*) FROM orders top; UPDATE orders SET note = 'x'

--! technique: 60
--! must: deny
--! tool: execute

DELETE FROM orders top

DELETE FROM orders WHERE id NOTNULL

DELETE FROM orders WHERE NOT (id ISNULL)

DELETE FROM orders WHERE note ISNULL OR note NOTNULL

UPDATE orders SET status = 'x' WHERE status NOTNULL

UPDATE orders SET status = 'x' WHERE (note ISNULL) = (note ISNULL)

--! dialect: sqlite
--! technique: 19
--! must: hold

INSERT INTO gold_orders AS orders (id, status) VALUES (3, 'x') ON CONFLICT (id) DO UPDATE SET status = 'x'

INSERT INTO orders AS gold_orders (id, status) SELECT id, 'x' FROM orders WHERE true ON CONFLICT (id) DO UPDATE SET status = 'x'

INSERT INTO orders AS o (id, status) SELECT id, 'x' FROM orders WHERE 1 = 1 ON CONFLICT (id) DO UPDATE SET status = 'x' WHERE o.id = o.id

INSERT INTO orders AS o (id, note) VALUES (3, 'x') ON CONFLICT (id) DO UPDATE SET note = (SELECT email FROM customers WHERE id = 3)

INSERT INTO customers AS c (id, email) VALUES (3, NULL) ON CONFLICT (id) DO UPDATE SET country = c.email

INSERT INTO staging_customers AS c (id, email) VALUES (103, NULL) ON CONFLICT (id) DO UPDATE SET country = 'x' WHERE c.email LIKE 'k%'

REPLACE INTO orders SELECT * FROM gold_orders

REPLACE INTO orders (id, status) SELECT id, 'x' FROM orders

REPLACE INTO orders (id, status) SELECT id, 'x' FROM orders WHERE id > 0

REPLACE INTO orders (id, status) SELECT id, 'x' FROM orders WHERE id = id

REPLACE INTO orders (id, status) SELECT id, 'x' FROM orders WHERE 1 = 1 OR id = 3

REPLACE INTO orders (id, status) SELECT id, 'x' FROM orders WHERE id IN (SELECT id FROM orders)

REPLACE INTO orders (id, status) SELECT id, 'x' FROM orders WHERE id BETWEEN 0 AND 99999999

REPLACE INTO orders (id, status) SELECT o.id, 'x' FROM orders o JOIN gold_orders g WHERE g.id = 1

REPLACE INTO orders (id, status) SELECT o.id, 'x' FROM orders o, gold_orders g WHERE g.id = 1

REPLACE INTO orders (id, status) SELECT value, 'x' FROM json_each((SELECT json_group_array(id) FROM orders)) WHERE value IN (1)

REPLACE INTO orders (id, status) SELECT id, 'x' FROM orders WHERE id = 1 UNION ALL SELECT id, 'x' FROM orders

REPLACE INTO gold_orders (id, status) SELECT id, 'x' FROM orders WHERE id = 1

REPLACE INTO orders (id, note) SELECT id, email FROM customers WHERE id = 3

INSERT OR REPLACE INTO orders (id, note) SELECT id, 'x' FROM customers WHERE id = 3 AND email LIKE 'k%'

--! technique: 60 row ids

DELETE FROM orders WHERE rowid > 0

DELETE FROM orders WHERE rowid NOTNULL

DELETE FROM orders WHERE rowid = rowid

DELETE FROM orders WHERE rowid = id

DELETE FROM orders WHERE _rowid_ >= 1

DELETE FROM orders WHERE oid BETWEEN 0 AND 99999999

DELETE FROM orders WHERE rowid IN (SELECT rowid FROM orders)

DELETE FROM orders WHERE rowid NOT IN (SELECT min(rowid) FROM orders)

DELETE FROM orders WHERE rowid NOT IN (1, 2)

UPDATE orders SET note = 'x' WHERE rowid <> 3

UPDATE orders SET rowid = rowid + 1000

UPDATE gold_orders SET status = 'x' WHERE rowid = 3

UPDATE orders SET note = (SELECT email FROM customers WHERE customers.rowid = orders.customer_id) WHERE rowid = 3

INSERT INTO orders (rowid, note) SELECT rowid + 7000, email FROM customers WHERE rowid = 3

UPDATE orders SET note = 'x' WHERE id IN (SELECT x.id FROM (SELECT email AS rowid, id FROM staging_customers) x WHERE x.rowid LIKE 'k%')

UPDATE orders SET note = 'x' WHERE id IN (SELECT id FROM (SELECT id, email AS oid FROM customers) WHERE oid > 'm')

WITH x(rowid, n) AS (SELECT email, id FROM customers) DELETE FROM orders WHERE id IN (SELECT n FROM x WHERE rowid LIKE 'k%')

WITH x AS (SELECT email AS _rowid_, id AS n FROM customers) UPDATE orders SET note = (SELECT _rowid_ FROM x WHERE n = 3) WHERE id = 3

INSERT INTO orders (id, note) SELECT 7001, x.rowid FROM (SELECT email AS rowid FROM customers) x LIMIT 1

--! tool: query
--! technique: 81 row ids

SELECT rowid, * FROM customers

SELECT x.rowid FROM (SELECT email AS rowid FROM customers) x

SELECT oid FROM (SELECT ssn AS oid, id FROM customers)

WITH rowid AS (SELECT email AS oid FROM customers) SELECT oid FROM rowid

SELECT c.rowid, c.email FROM customers c ORDER BY c.rowid

SELECT rowid FROM customers WHERE email LIKE 'k%'

SELECT (SELECT email FROM customers c WHERE c.rowid = o.rowid) FROM orders o

SELECT rowid AS email, email AS rowid FROM customers ORDER BY rowid

--! tool: execute
--! technique: 61 what is looked up in JSON

DELETE FROM events WHERE json_extract(payload, '$.nope') IS NULL

DELETE FROM events WHERE payload ->> '$.nope' IS NULL

DELETE FROM events WHERE payload ->> '$.nope' ISNULL

DELETE FROM events WHERE payload ->> '$.nope' IS (NULL)

DELETE FROM events WHERE payload ->> '$.nope' IS CAST(NULL AS TEXT)

DELETE FROM events WHERE payload ->> '$.nope' IS nullif(1, 1)

DELETE FROM events WHERE payload ->> '$.nope' IS NOT DISTINCT FROM NULL

DELETE FROM events WHERE json_extract(payload, '$.nope') IS NOT 'x'

DELETE FROM events WHERE json_extract(payload, '$') = json_extract(payload, '$')

DELETE FROM events WHERE payload ->> '$.ip' = payload ->> '$.ip'

DELETE FROM events WHERE payload ->> '$.ip' LIKE '%'

DELETE FROM events WHERE payload GLOB '*'

DELETE FROM events WHERE payload GLOB '?*'

DELETE FROM events WHERE payload GLOB '[{]*'

DELETE FROM events WHERE payload GLOB '{*'

DELETE FROM events WHERE payload LIKE '{%'

DELETE FROM events WHERE payload NOT GLOB 'x*'

DELETE FROM events WHERE json_valid(payload) = 1

DELETE FROM events WHERE json_type(payload) = 'object'

DELETE FROM events WHERE coalesce(payload ->> '$.nope', 'a') = 'a'

DELETE FROM events WHERE json_extract('{"a": 1}', '$.a') = 1

DELETE FROM events WHERE '{"a": 1}' ->> '$.a' = 1

DELETE FROM events WHERE kind IN (SELECT kind FROM json_each('[1]'))

DELETE FROM events WHERE id IN (SELECT events.id FROM json_each('[1]'))

DELETE FROM events WHERE id IN (SELECT value FROM json_each((SELECT json_group_array(id) FROM events)))

DELETE FROM events WHERE kind IN (SELECT events.kind AS value FROM json_each('[1]'))

DELETE FROM events WHERE EXISTS (SELECT value FROM json_each('[1]'))

DELETE FROM events WHERE id IN (SELECT id + 0 * value FROM json_each('[1]'))

DELETE FROM staging_customers WHERE email NOT GLOB '?'

DELETE FROM staging_customers WHERE email NOT GLOB '%@%'

DELETE FROM staging_customers WHERE id IN (SELECT id FROM staging_customers WHERE email GLOB 'k*')

UPDATE orders SET note = 'x' WHERE id IN (SELECT id FROM customers WHERE email IS 'a@b.c')

--! technique: 97

SELECT hex(randomblob(1000000000))

SELECT length(zeroblob(1000000000))

SELECT zeroblob(id * 1000000) FROM orders

SELECT zeroblob(100000), randomblob((SELECT max(id) * 1000000 FROM orders))

--! dialect: both
--! technique: 59
--! must: hold

DELETE FROM staging_customers WHERE email NOT LIKE '@'

DELETE FROM staging_customers WHERE email NOT LIKE '%@'

DELETE FROM staging_customers WHERE email NOT LIKE '@%'

--! dialect: postgres

DELETE FROM events WHERE payload::jsonb @> '{}'

DELETE FROM events WHERE payload::jsonb @> '[]'

DELETE FROM events WHERE payload::jsonb @> '{"geo": {}}'

DELETE FROM events WHERE payload::jsonb @> '{"tags": []}'

DELETE FROM events WHERE payload::jsonb @> payload::jsonb

DELETE FROM events WHERE '{"a": 1}'::jsonb @> '{"a": 1}'

DELETE FROM events WHERE payload::jsonb ->> 'nope' IS NULL

DELETE FROM events WHERE payload::jsonb ->> 'nope' IS NOT DISTINCT FROM NULL

DELETE FROM events WHERE payload::jsonb ->> 'ip' = payload::jsonb ->> 'ip'

DELETE FROM events WHERE jsonb_extract_path_text(payload::jsonb, 'nope') IS NULL

DELETE FROM orders WHERE id IN (SELECT unnest((SELECT array_agg(id) FROM orders)))

DELETE FROM orders WHERE id IN (SELECT unnest(ARRAY[id]))

DELETE FROM orders WHERE status IN (SELECT status FROM unnest(ARRAY[1]) AS v)

DELETE FROM orders WHERE id IN (SELECT orders.id FROM unnest(ARRAY[1]) AS v)

DELETE FROM orders WHERE id IN (SELECT id FROM orders TABLESAMPLE SYSTEM (100))

DELETE FROM orders WHERE id IN (SELECT v FROM generate_series(1, 100000) AS v)

--! tool: query
--! technique: 81

SELECT email FROM customers TABLESAMPLE SYSTEM (100)

SELECT c.email FROM customers AS c TABLESAMPLE BERNOULLI (100) REPEATABLE (1)

WITH orders AS (SELECT email FROM customers) SELECT * FROM orders TABLESAMPLE SYSTEM (100)

SELECT email FROM customers LIMIT ALL

SELECT id FROM orders LIMIT ALL; DELETE FROM orders

SELECT version(), current_user, email FROM customers

SELECT o.id, (SELECT email FROM customers LIMIT ALL OFFSET 3) FROM orders o LIMIT 1

--! dialect: both
--! tool: execute
--! technique: 90 copies through queries
--! must: deny

WITH x AS (SELECT id, substr(email, 1, 3) AS k FROM staging_customers) INSERT INTO orders (id, note) SELECT id + 8000, k FROM x

WITH x AS (SELECT id, email FROM customers) INSERT INTO orders (id, note) SELECT id + 8000, email FROM x

WITH x(id, k) AS (SELECT id, email FROM customers) INSERT INTO orders (id, note) SELECT id + 8000, k FROM x

WITH x AS (SELECT id, name AS email FROM customers) INSERT INTO staging_customers (id, email) SELECT id + 8000, email FROM x

WITH x AS (SELECT id, name, email FROM customers) INSERT INTO staging_customers (id, email, name) SELECT id + 8000, name, email FROM x

WITH x AS (SELECT id, lower(email) || 'x' AS k FROM customers) INSERT INTO staging_customers (id, email) SELECT id + 8000, k FROM x

WITH x AS (SELECT id, substr(email, 1, 2) AS email FROM customers) INSERT INTO staging_customers (id, email) SELECT id + 8000, email FROM x

WITH x AS (SELECT * FROM customers) INSERT INTO orders (id, note) SELECT id + 8000, email FROM x

WITH x AS (SELECT * FROM customers), y AS (SELECT * FROM x) INSERT INTO orders (id, note) SELECT id + 8000, y.ssn FROM y

INSERT INTO staging_customers SELECT * FROM (SELECT id + 8000, email, name, phone, ssn, created_at, country FROM customers) x

INSERT INTO staging_customers (id, country) SELECT * FROM (SELECT id, email FROM customers) x

INSERT INTO orders (id, note) SELECT * FROM (SELECT id + 8000 AS id, email FROM customers) x

INSERT INTO orders (id, note) SELECT x.id + 8000, x.phone FROM (SELECT * FROM customers WHERE id = 3) x

INSERT INTO customers (id, email) SELECT id + 9000, email FROM (SELECT id, email FROM staging_customers WHERE id < 104 UNION ALL SELECT 1, 'planted@example.org') x

INSERT INTO customers (id, email) SELECT * FROM (SELECT id + 9000, note FROM orders WHERE id < 3) x

INSERT INTO customers (id, email) SELECT * FROM (SELECT 9001, 'planted@example.org') x

WITH x AS (SELECT id, 'planted@example.org' AS email FROM orders WHERE id < 3) INSERT INTO customers (id, email) SELECT id + 9000, email FROM x

WITH x(id, email) AS (VALUES (9001, 'planted@example.org')) INSERT INTO customers (id, email) SELECT id, email FROM x

WITH x AS (SELECT * FROM customers) UPDATE orders SET note = (SELECT email FROM x WHERE x.id = orders.customer_id) WHERE id = 3

WITH x AS (SELECT id, email FROM customers) UPDATE staging_customers SET name = (SELECT email FROM x WHERE x.id = 3) WHERE id = 103

UPDATE orders SET note = x.email FROM (SELECT * FROM customers) x WHERE x.id = orders.customer_id AND orders.id = 1

UPDATE orders SET note = x.k FROM (SELECT id, upper(email) AS k FROM customers) x WHERE x.id = orders.customer_id AND orders.id = 1

WITH RECURSIVE x(id, note) AS (SELECT id, email FROM customers WHERE id = 3 UNION ALL SELECT id + 1, note FROM x WHERE id < 5) INSERT INTO orders (id, note) SELECT id + 8000, note FROM x

--! technique: 91 rows by parts and by order

WITH x AS (SELECT id, substr(email, 1, 1) AS k FROM staging_customers) INSERT INTO orders (id, note) SELECT id + 8000, 'x' FROM x WHERE k = 'k'

WITH x AS (SELECT id FROM staging_customers WHERE email LIKE 'k%') INSERT INTO orders (id, note) SELECT id + 8000, 'x' FROM x

WITH x AS (SELECT id FROM customers WHERE email LIKE 'k%') UPDATE orders SET note = 'x' WHERE customer_id IN (SELECT id FROM x)

WITH x AS (SELECT id, email FROM customers) UPDATE orders SET note = 'x' FROM x WHERE x.id = orders.customer_id AND x.email > 'm' AND orders.id < 50

DELETE FROM orders WHERE id IN (SELECT x.id FROM (SELECT id, row_number() OVER (ORDER BY email) AS rn FROM customers) x WHERE x.rn < 3)

DELETE FROM orders WHERE id IN (SELECT x.id FROM (SELECT id, dense_rank() OVER (PARTITION BY country ORDER BY email) AS rn FROM customers) x WHERE x.rn < 3)

DELETE FROM orders WHERE id IN (SELECT x.id FROM (SELECT id, row_number() OVER (PARTITION BY substr(email, 1, 1) ORDER BY id) AS rn FROM customers) x WHERE x.rn = 1)

DELETE FROM orders WHERE id IN (SELECT x.id FROM (SELECT id, row_number() OVER (PARTITION BY email = 'a@b.c' ORDER BY id) AS rn FROM customers) x WHERE x.rn = 1)

DELETE FROM orders WHERE id IN (SELECT x.id FROM (SELECT id, row_number() OVER (PARTITION BY email LIKE 'k%' ORDER BY id) AS rn FROM customers) x WHERE x.rn = 1)

DELETE FROM orders WHERE id IN (SELECT x.id FROM (SELECT id, count(*) OVER (PARTITION BY length(email)) AS n FROM customers) x WHERE x.n > 3)

DELETE FROM orders WHERE id IN (SELECT x.id FROM (SELECT id, max(email) OVER (PARTITION BY email) AS m FROM customers) x WHERE x.m > 'm')

DELETE FROM orders WHERE id IN (SELECT x.id FROM (SELECT id, first_value(id) OVER (PARTITION BY country ORDER BY email) AS f FROM customers) x WHERE x.f = x.id)

WITH x AS (SELECT id, row_number() OVER w AS rn FROM customers WINDOW w AS (ORDER BY email)) DELETE FROM orders WHERE id IN (SELECT id FROM x WHERE rn < 3)

DELETE FROM orders WHERE id = (SELECT min(id) FROM staging_customers GROUP BY email LIMIT 1)

UPDATE orders SET note = 'x' WHERE id = (SELECT x.id FROM (SELECT min(id) - 100 AS id FROM staging_customers GROUP BY email) x LIMIT 1)

UPDATE orders SET amount_cents = x.id FROM (SELECT min(id) AS id FROM staging_customers GROUP BY email) x WHERE orders.id = 1

UPDATE orders SET amount_cents = (SELECT min(id) FROM staging_customers WHERE email > 'm') WHERE id = 1

INSERT INTO orders (id, amount_cents) SELECT 8000 + row_number() OVER (), x.id FROM (SELECT min(id) AS id FROM staging_customers GROUP BY email) x ORDER BY x.id

INSERT INTO orders (customer_id, id) SELECT 0 AS id, min(s.id) + 8000 FROM staging_customers s GROUP BY email ORDER BY id

INSERT INTO orders (id, customer_id) SELECT x.k + 8000, 0 FROM (SELECT 0 AS id, min(id) AS k FROM staging_customers GROUP BY email) x ORDER BY x.id

DELETE FROM orders WHERE id IN (SELECT k FROM (SELECT 0 AS id, id AS k, email FROM customers WHERE email IS NOT NULL) x ORDER BY id LIMIT 3)

--! dialect: sqlite

DELETE FROM orders WHERE id = (SELECT min(id) - 100 FROM staging_customers GROUP BY email)

UPDATE orders SET amount_cents = (SELECT x.id FROM (SELECT min(id) AS id FROM staging_customers GROUP BY email) x) WHERE id = 1

--! dialect: both
--! must: deny
--! technique: 90

UPDATE staging_customers SET country = (SELECT c.email FROM customers c WHERE c.email = staging_customers.email) WHERE id = 101

UPDATE staging_customers SET country = (SELECT substr(c.email, 1, 2) FROM customers c WHERE c.id = 1) WHERE id = 101

UPDATE staging_customers SET country = (SELECT c.country FROM customers c WHERE c.email LIKE 'k%' AND c.id = 1) WHERE id = 101

UPDATE staging_customers SET country = (SELECT c.country FROM customers c WHERE c.email > 'm' ORDER BY c.id LIMIT 1) WHERE id = 101

UPDATE staging_customers SET country = (SELECT c.id FROM customers c ORDER BY c.email LIMIT 1) WHERE id = 101

UPDATE staging_customers SET country = (SELECT min(x.e) FROM (SELECT email AS e FROM customers) x) WHERE id = 101

UPDATE staging_customers SET country = (SELECT DISTINCT c.email FROM customers c WHERE c.id = 1) WHERE id = 101

UPDATE staging_customers SET country = (SELECT * FROM (SELECT email FROM customers WHERE id = 1) x) WHERE id = 101

UPDATE staging_customers SET (name, email) = (SELECT email, name FROM customers WHERE id = 3) WHERE id = 101

UPDATE staging_customers SET (country, email) = (SELECT email, email FROM customers WHERE id = 3) WHERE id = 101

UPDATE staging_customers SET (country, email) = (SELECT count(*), min(email) FROM customers WHERE id = 3) WHERE id = 101

--! technique: 63

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN gold_orders g ON g.status = o.status)

DELETE FROM staging_customers WHERE id IN (SELECT s.id FROM staging_customers s LEFT JOIN customers c ON c.email = s.email)

DELETE FROM staging_customers WHERE id IN (SELECT s.id FROM staging_customers s JOIN staging_customers c ON c.email = s.email)

DELETE FROM staging_customers WHERE id IN (SELECT s.id FROM staging_customers s JOIN customers c ON s.email = s.email)

DELETE FROM staging_customers WHERE id IN (SELECT s.id FROM staging_customers s JOIN customers c ON c.email = s.name)

DELETE FROM orders WHERE note <> note || 'x'

DELETE FROM orders WHERE status <> upper(status)

DELETE FROM orders WHERE 'x' <> trim('x ')

DELETE FROM orders WHERE status <> trim(note)

--! dialect: postgres
--! technique: 18

MERGE INTO orders o USING orders s ON o.id = s.id WHEN MATCHED THEN UPDATE SET status = 'x'

MERGE INTO orders o USING (VALUES (3, 'paid')) AS v(id, status) ON o.id = v.id OR true WHEN MATCHED THEN DELETE

MERGE INTO orders o USING (VALUES (3, 'paid')) AS v(id, status) ON true WHEN MATCHED THEN UPDATE SET status = 'x'

MERGE INTO orders o USING (VALUES (3, 'paid')) AS v(id, status) ON v.id = v.id WHEN MATCHED THEN DELETE

MERGE INTO orders o USING (SELECT * FROM gold_orders) AS v ON o.status = v.status WHEN MATCHED THEN DELETE

MERGE INTO gold_orders o USING (VALUES (3, 'paid')) AS v(id, status) ON o.id = v.id WHEN MATCHED THEN UPDATE SET status = v.status

MERGE INTO orders o USING customers v ON o.customer_id = v.id AND v.id = 3 WHEN MATCHED THEN UPDATE SET note = v.email

MERGE INTO staging_customers o USING customers v ON o.email = v.email AND v.email LIKE 'k%' WHEN MATCHED THEN UPDATE SET country = 'x'

MERGE INTO orders o USING customers v ON o.id = v.id WHEN NOT MATCHED THEN INSERT (id, note) VALUES (v.id + 9000, v.email)

--! technique: 81
--! must: hold
--! tool: query

SELECT "public"."customers".* FROM "public"."customers"

SELECT public.customers.*, public.orders.id FROM public.customers JOIN public.orders ON true LIMIT 3

--! dialect: both
--! tool: query
--! technique: 97
--! must: hold

WITH RECURSIVE t(n) AS ((WITH x AS (SELECT 1) SELECT 1 UNION ALL SELECT n + 1 FROM t)) SELECT count(*) FROM t

WITH RECURSIVE t(n) AS (SELECT * FROM (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) AS s) SELECT count(*) FROM t
