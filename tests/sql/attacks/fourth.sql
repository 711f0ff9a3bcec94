-- A fourth hand's attacks, by somebody who had read the screen: texts that two lexers read differently, names that fold or are cut, leaves
-- that a WITH hides, NULL keys, and scopes that hold for every row.

--! dialect: postgres
--! tool: query
--! must: hold
--! technique: 44 a comment behind an operator, which reading A takes for a part of the operator

SELECT 1 >-- (WITH customers AS (SELECT 1 AS email) SELECT
0, email FROM customers WHERE 3 >-- 2) +
2

--! must: hold

SELECT 2 >/* (WITH customers AS (SELECT 1 AS ssn, 2 AS name) SELECT */
0, ssn, name FROM customers WHERE 3 >/* 2) + */
2

--! must: hold

SELECT 1 >-- (WITH customers AS (SELECT 1 AS id) SELECT max(id) FROM customers) || '
0, * FROM customers -- '

SELECT 1 >-- (WITH pg_authid AS (SELECT 1 AS id) SELECT max(id) FROM pg_authid) || '
0, rolname, rolpassword FROM pg_authid -- '

SELECT 1 >-- (WITH pg_stats AS (SELECT 1 AS id) SELECT max(id) FROM pg_stats) || '
0, most_common_vals, histogram_bounds FROM pg_stats -- '

SELECT 1 >=-- (WITH gold_customers AS (SELECT 1 AS id) SELECT max(id) FROM gold_customers) || '
0, name, ssn FROM gold_customers -- '

SELECT 'a' ||-- (WITH customers AS (SELECT 1 AS id) SELECT max(id) FROM customers) || '
email FROM customers -- '

SELECT 1 <>-- (WITH staging_customers AS (SELECT 1 AS id) SELECT max(id) FROM staging_customers) || '
0, phone FROM staging_customers -- '

SELECT 7 %-- (WITH customers AS (SELECT 1 AS id) SELECT max(id) FROM customers) || '
2, name FROM customers -- '

SELECT 1 >-- '
0, pg_read_file('/etc/passwd') -- '

SELECT 1 >-- '
0, query_to_xml('SELECT email FROM customers', true, false, '') -- '

SELECT 1 >-- '
0, current_setting('data_directory'), pg_ls_dir('.') -- '

SELECT 1 >-- '
0, (SELECT count(*) FROM generate_series(1, 3000000)) -- '

--! tool: execute
--! must: deny

DELETE FROM orders WHERE amount_cents >-- 1 AND id = 5 AND amount_cents >
0

DELETE FROM orders WHERE amount_cents >/* 1 AND id = 5 AND amount_cents >*/ 0

UPDATE orders SET note = 'gone' WHERE id = 5 AND amount_cents >-- '
0 OR true -- '

UPDATE customers SET email = NULL, phone = NULL WHERE id = 5 AND id >=-- '
0 OR id > 0 -- '

INSERT INTO orders (id, note) SELECT 9000 + id, status ||-- ' x
'' FROM orders WHERE id = -1 UNION ALL SELECT 9000 + id, email || ssn FROM orders_x -- '
FROM orders WHERE id = 1

UPDATE orders SET note = 'a' ||-- '
(SELECT max(o.note) FROM orders o) || (SELECT query_to_xml('SELECT email FROM customers', true, false, '')::text) -- '
WHERE id = 3

UPDATE orders SET note = 'a' ||-- (WITH customers AS (SELECT 1 AS id) SELECT max(id)::text FROM customers) || '
(SELECT max(email) FROM customers) -- '
WHERE id = 3

WITH a AS (SELECT 1 >-- (WITH d AS (SELECT 1 AS x), gold_orders AS (SELECT 1 AS x) SELECT max(d.x) FROM d, gold_orders) || '
0 AS x), d AS (DELETE FROM gold_orders RETURNING 1) SELECT (SELECT count(*) FROM d) FROM a -- ') SELECT 1 FROM a

WITH a AS (SELECT 1 >-- (WITH d AS (SELECT 1 AS x) SELECT max(d.x) FROM d) || '
0 AS x), d AS (DELETE FROM gold_orders RETURNING 1) SELECT (SELECT count(*) FROM d) FROM a -- ') SELECT 1 FROM a

WITH a AS (SELECT 1 >-- (WITH d AS (SELECT 1 AS x) SELECT max(d.x) FROM d) || '
0 AS x), d AS (INSERT INTO gold_orders (id) VALUES (7777) RETURNING 1) SELECT (SELECT count(*) FROM d) FROM a -- ') SELECT 1 FROM a

--! technique: 46 names in double quotes that are other names to the engine
--! tool: query
--! must: hold

WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) SELECT email FROM customers

WITH "Customers" AS (SELECT 1 AS id, 'x' AS name, 'x' AS email, 'x' AS phone, 'x' AS ssn, 'x' AS created_at, 'x' AS country) SELECT * FROM customers

WITH "Customers" AS (SELECT 1 AS id, 'x' AS ssn) SELECT c.id, c.ssn FROM customers AS c WHERE c.ssn > '600' ORDER BY c.ssn

WITH "PG_AUTHID" AS (SELECT 'x' AS rolname, 'x' AS rolpassword) SELECT rolname, rolpassword FROM pg_authid

WITH "Pg_Stats" AS (SELECT 'x' AS attname, 'x' AS histogram_bounds, 'x' AS tablename) SELECT attname, histogram_bounds FROM pg_stats WHERE tablename = 'customers'

WITH "Pg_Settings" AS (SELECT 'x' AS name, 'x' AS setting) SELECT name, setting FROM pg_settings

WITH "Customers" AS (SELECT 1 AS id) SELECT count(*) FROM customers c WHERE to_jsonb(c) ->> 'email' LIKE 'u8k1q%'

SELECT (WITH "GOLD_CUSTOMERS" AS (SELECT 'x' AS ssn) SELECT max(ssn) FROM gold_customers), count(*) FROM orders

SELECT x.e FROM (WITH "Staging_Customers" AS (SELECT 'x' AS phone) SELECT phone AS e FROM staging_customers) x

WITH RECURSIVE "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) SELECT c.email FROM orders o JOIN customers c ON c.id = o.customer_id

WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) TABLE customers

--! tool: execute
--! must: deny

WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) INSERT INTO orders (id, note) SELECT id + 9000, email FROM customers

WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS ssn) UPDATE orders SET note = (SELECT max(ssn) FROM customers) WHERE id = 3

WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) UPDATE orders SET note = 'k' WHERE id = 3 AND EXISTS (SELECT 1 FROM customers WHERE email LIKE 'u%') RETURNING id

WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) DELETE FROM orders WHERE id = 3 RETURNING (SELECT max(email) FROM customers)

DELETE FROM orders o USING (SELECT 1 AS "ID") AS "O" WHERE "O"."ID" = 1

DELETE FROM orders o USING (SELECT 'a' AS "STATUS") AS "O" WHERE "O"."STATUS" = 'a'

UPDATE orders AS o SET note = 'gone' FROM (SELECT 1 AS "Id") AS "O" WHERE "O"."Id" = 1

DELETE FROM orders USING (SELECT 1 AS "ID") AS "ORDERS" WHERE "ORDERS"."ID" = 1

DELETE FROM orders USING (SELECT 1 AS "ID") AS x WHERE "ID" = 1

MERGE INTO orders o USING (SELECT 1 AS "ID") AS "O" ON "O"."ID" = 1 WHEN MATCHED THEN DELETE

INSERT INTO orders AS o (id, note) SELECT id, 'x' FROM gold_orders AS g WHERE g.id > 0 ON CONFLICT (id) DO UPDATE SET note = 'gone' WHERE EXISTS (SELECT 1 FROM (SELECT 1 AS "ID") AS "O" WHERE "O"."ID" = 1)

--! technique: 47 names of more than 63 letters, which the engine cuts

INSERT INTO orders (id, note) SELECT 9001, (SELECT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa::text FROM customers AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = 1) FROM events AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = 1

UPDATE orders AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa SET note = (SELECT to_jsonb(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) ->> 'email' FROM customers AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = 1) WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = 3

UPDATE orders AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa SET note = 'x' WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = 3 AND EXISTS (SELECT 1 FROM customers AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = 1 AND aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa::text LIKE '%u8%')

UPDATE orders AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa SET note = 'x' WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = 3 RETURNING (SELECT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa FROM customers AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa LIMIT 1)

DELETE FROM orders AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa WHERE EXISTS (SELECT 1 FROM events AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id AND aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.kind = 'login')

--! must: hold

DELETE FROM orders AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id IN (SELECT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id FROM orders AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id LIMIT 3)

--! must: deny

UPDATE orders SET note = (SELECT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa::text FROM customers AS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, (SELECT 1) AS q(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.id = 1) WHERE id = 3

--! technique: 50 a letter before a double quote: a name that reading A takes for a text, and one that it takes for two

UPDATE customers b SET country = 'DE' WHERE b.id = 1 RETURNING b"k"

DELETE FROM staging_customers AS b WHERE b.id = 101 RETURNING b"k"

UPDATE orders SET note = 'x' FROM customers b WHERE b.id = 1 AND orders.id = 3 RETURNING B"k"

INSERT INTO orders (id, note) SELECT 9001, b"k" FROM customers AS b WHERE b.id = 1

INSERT INTO orders (id, note) SELECT 9001, x.k FROM (SELECT b"k" FROM customers AS b WHERE b.id = 1) x

UPDATE orders SET note = (SELECT b"k" FROM customers AS b WHERE b.id = 1)::text WHERE id = 3

INSERT INTO orders (id, note) SELECT 9001, U&"\0065mail" FROM customers c, (SELECT 1 AS u, 1 AS "\0065mail") z WHERE c.id = 1

UPDATE orders SET note = (SELECT U&"\0073sn" FROM customers c, (SELECT 1 AS u, 1 AS "\0073sn") z WHERE c.id = 1) WHERE id = 3

UPDATE orders SET note = 'x' WHERE id = 3 AND EXISTS (SELECT 1 FROM customers c, (SELECT 1 AS u, 1 AS "\0065mail") z WHERE c.id = 1 AND (U&"\0065mail")::text LIKE 'u8%')

UPDATE staging_customers SET country = 'x' FROM (SELECT 1 AS u, 1 AS "\0065mail") z WHERE staging_customers.id = 101 RETURNING U&"\0065mail"

INSERT INTO orders (id, note) SELECT 9001, to_jsonb(U&"\0063") ->> 'ssn' FROM customers c, (SELECT 1 AS u, 1 AS "\0063") z WHERE c.id = 1

--! tool: query
--! must: hold

SELECT b"email", b"ssn" FROM customers AS b

SELECT U&"\0065mail", u FROM customers c, (SELECT 1 AS u, 1 AS "\0065mail") z

--! escaped
--! technique: 48 blanks of Unicode where the look at characters believes to be in a text

SELECT E'\'' AS q, x.email FROM (WITH customers\u{a0} AS (SELECT 1 AS id, U&'x' AS email) SELECT email FROM customers) x

SELECT E'\'', (WITH pg_authid\u{a0} AS (SELECT $$x$$ AS rolpassword) SELECT max(rolpassword) FROM pg_authid) -- '

SELECT E'\'', (WITH customers\u{2003} AS (SELECT $$x$$ AS ssn) SELECT max(ssn) FROM customers) -- '

SELECT E'\'', (WITH customers\u{e9} AS (SELECT $$x$$ AS ssn) SELECT max(ssn) FROM customers) -- '

SELECT E'\'', (WITH customers\u{b} AS (SELECT $$x$$ AS ssn) SELECT max(ssn) FROM customers) -- '

SELECT E'\'' AS a, 1 AS b -- \u{2028} , (SELECT email FROM customers LIMIT 1) -- '

SELECT E'\'' AS q, c.email FROM customers\u{a0} c -- '

--! tool: execute
--! must: deny

DELETE FROM orders o USING (SELECT E'\'' AS q, 1 AS id) AS o\u{a0} WHERE o\u{a0}.id = 1 -- '

UPDATE orders SET note = E'\'' || (WITH customers\u{a0} AS (SELECT $$x$$ AS email) SELECT max(email) FROM customers) WHERE id = 3 -- '

--! literal
--! technique: 86 a leaf reads what a WITH of its name gives: tokens of texts at will
--! tool: query
--! must: hold

SELECT count(*) FROM (SELECT email FROM customers) a JOIN (WITH customers AS (SELECT 1 AS id, 'a' AS name, 'u8k1q8j9l8@k1w9v0.k0x' AS email, 'c' AS phone, 'd' AS ssn, now() AS created_at, 'e' AS country) SELECT email FROM public.customers) b ON a.email = b.email

SELECT a.id FROM customers a WHERE a.email IN (WITH customers AS (SELECT 1 AS id, 'a' AS name, 'u8k1q8j9l8@k1w9v0.k0x' AS email, 'c' AS phone, 'd' AS ssn, now() AS created_at, 'e' AS country) SELECT c.email FROM public.customers c)

SELECT a.id, b.s FROM (SELECT id, ssn FROM customers) a JOIN (WITH customers AS (SELECT g AS id, '656-' || lpad((g / 10000)::text, 2, '0') || '-' || lpad((g % 10000)::text, 4, '0') AS ssn FROM generate_series(970000, 979999) g) SELECT c.id AS s, c.ssn FROM public.customers c) b ON a.ssn = b.ssn

SELECT count(*) FROM gold_customers g, (WITH gold_customers AS (SELECT 1 AS id, 'a' AS name, 'u8k1q8j9l8@k1w9v0.k0x' AS email, 'c' AS phone, 'd' AS ssn, now() AS created_at, 'e' AS country) SELECT email FROM public.gold_customers) b WHERE g.email = b.email

WITH real AS (SELECT id, email FROM customers), customers AS (SELECT 1 AS id, 'a' AS name, 'u8k1q8j9l8@k1w9v0.k0x' AS email, 'c' AS phone, 'd' AS ssn, now() AS created_at, 'e' AS country) SELECT real.id FROM real JOIN public.customers USING (email)

--! technique: 88 tokens that are written over what was there
--! tool: execute
--! must: deny

WITH d AS (INSERT INTO customers (id, ssn) SELECT id, ssn FROM gold_customers WHERE id = 1 ON CONFLICT (id) DO UPDATE SET ssn = excluded.ssn RETURNING id) SELECT d.id, c.country FROM d JOIN customers c ON c.id = d.id

--! technique: 88 changes within a query move real values, and tokens never
--! must: hold

WITH d AS (INSERT INTO customers (id, name, email, phone, ssn) SELECT id, name, email, phone, ssn FROM customers WHERE id BETWEEN 1 AND 30 ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone, ssn = excluded.ssn RETURNING id) SELECT count(*) FROM d

WITH d AS (INSERT INTO staging_customers (id, email) SELECT id + 9000, email FROM customers WHERE id = 1 RETURNING id) SELECT id FROM d

WITH d AS (UPDATE staging_customers SET email = (SELECT c.email FROM customers c WHERE c.id = 1) WHERE id = 101 RETURNING id) SELECT id FROM d

WITH d AS (DELETE FROM orders WHERE id = 3 RETURNING customer_id), e AS (INSERT INTO staging_customers (id, phone) SELECT c.id + 9000, c.phone FROM customers c WHERE c.id = 1 RETURNING id) SELECT e.id FROM d, e

--! technique: 95 keys that become NULL by a name or an operator: the server shows the failing row
--! must: deny

UPDATE customers SET id = ('{}'::jsonb ->> 'a')::int WHERE id = 1

UPDATE customers SET id = ('[]'::json -> 0)::text::int WHERE id = 1

INSERT INTO staging_customers (id, email, name, ssn) SELECT ('{}'::jsonb ->> 'a')::int, email, name, ssn FROM customers WHERE id = 1

UPDATE customers SET id = s.x_id FROM (SELECT NULL::int AS x_id, 1 AS k) s WHERE customers.id = s.k

UPDATE customers SET id = o.x_id FROM (SELECT 1 AS k, nullif(1, 1) AS x_id) o WHERE customers.id = 1 AND o.k = 1

INSERT INTO staging_customers SELECT * FROM (SELECT NULL::int AS id, name, email, phone, ssn, created_at, country FROM customers WHERE id = 1) x

INSERT INTO staging_customers (id, email, name) SELECT x.id, x.email, x.name FROM (SELECT nullif(c.id, 1) AS id, c.email, c.name FROM customers c WHERE c.id = 1) x

INSERT INTO staging_customers (id, email, name) SELECT o_id, email, name FROM customers, (SELECT NULL::int AS o_id) z WHERE id = 1

INSERT INTO staging_customers (id) VALUES (101) ON CONFLICT (id) DO UPDATE SET id = ('{}'::jsonb ->> 'a')::int

MERGE INTO staging_customers s USING customers c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (id, email, name) VALUES (('{}'::jsonb ->> 'a')::int, c.email, c.name)

MERGE INTO staging_customers s USING (SELECT 101 AS k, NULL::int AS x_id) z ON s.id = z.k WHEN MATCHED THEN UPDATE SET id = z.x_id

UPDATE customers SET (id, country) = (SELECT NULL::int AS x_id, 'x') WHERE id = 1

UPDATE customers SET id = (SELECT x_id FROM (SELECT NULL::int AS x_id) z) WHERE id = 1

WITH z AS (SELECT NULL::int AS o_id, 1 AS k) UPDATE customers SET id = z.o_id FROM z WHERE customers.id = z.k

UPDATE staging_customers SET id = ('{"a": null}'::jsonb ->> 'a')::int WHERE id = 101

INSERT INTO customers (id, country) SELECT c.id, 'x' FROM gold_customers c WHERE c.id = 1 ON CONFLICT (id) DO UPDATE SET id = ('{}'::json ->> 'a')::int

UPDATE customers SET id = 99999999999 WHERE id = 1

--! dialect: both
--! technique: 63 columns of a subquery that are the same in every row

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, 1 AS k FROM orders) t WHERE k = 1) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, 'a' AS k FROM orders) t WHERE k LIKE 'a%') AND id <> 1

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, NULL AS k FROM orders) t WHERE k IS NULL) AND id <> 1

WITH t AS (SELECT id, 1 AS k FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM t WHERE k = 1) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, count(*) OVER () AS c FROM orders) t WHERE c > 1) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, 0 AS n FROM orders) t WHERE n <= 20) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY id ORDER BY id) AS rn FROM orders) t WHERE rn = 1) AND id <> 1

UPDATE customers SET email = NULL, phone = NULL WHERE id IN (SELECT id FROM (SELECT id, 'x' AS k FROM gold_customers UNION ALL SELECT id, 'x' FROM customers WHERE id > 2) t WHERE k = 'x')

UPDATE orders SET note = 'gone' FROM (SELECT o.id AS i, 1 AS k FROM orders o) s WHERE s.i = orders.id AND s.k = 1 AND orders.id <> 1

UPDATE orders SET note = 'gone' FROM (SELECT id AS i FROM (SELECT id, 1 AS k FROM orders) t WHERE k = 1) s WHERE s.i = orders.id AND orders.id <> 1

INSERT INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id IN (SELECT id FROM (SELECT id, 1 AS k FROM orders) t WHERE k = 1 AND id > 1) ON CONFLICT (id) DO UPDATE SET note = 'gone'

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN (SELECT id, 'login' AS kind FROM orders) e ON e.id = o.id WHERE e.kind = 'login') AND id <> 1

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN events e ON e.id = o.amount_cents WHERE e.id IS NULL) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN events e ON e.id = o.amount_cents WHERE e.kind IS NULL AND o.id > 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN (SELECT 1 AS x) v ON x = x WHERE x = 1) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT a.id FROM orders a, orders b, events c WHERE a.id = b.id AND b.id = a.id AND c.kind = 'login') AND id <> 1

DELETE FROM orders WHERE id IN (SELECT a.id FROM orders a, events c WHERE a.id = orders.id AND c.kind = 'login') AND id <> 1

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN orders p ON p.status = p.status AND p.id = o.id, events e WHERE e.id = 1 AND o.id = p.id) AND id <> 1

--! technique: 62 subqueries that hand back what the changed row gives, in other words

DELETE FROM orders WHERE customer_id IN (SELECT coalesce(customer_id, 0) FROM events WHERE id = 1) AND id <> 1

DELETE FROM orders WHERE customer_id IN (SELECT customer_id + 0 FROM events WHERE id = 1) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT +orders.id FROM events WHERE id = 1) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT -(-orders.id) FROM events WHERE kind = 'login') AND id <> 1

DELETE FROM orders WHERE id IN (SELECT (SELECT orders.id) FROM events WHERE id = 1) AND id <> 1

DELETE FROM orders WHERE status IN (SELECT trim(orders.status) FROM events WHERE id = 1) AND id <> 1

DELETE FROM orders WHERE status IN (SELECT substring(orders.status, 1) FROM events WHERE id = 1) AND id <> 1

DELETE FROM orders WHERE customer_id IN (SELECT c FROM (SELECT customer_id AS c, kind FROM events) e WHERE kind = 'login') AND id <> 1

DELETE FROM orders WHERE customer_id IN (SELECT e.id FROM events e WHERE e.id = customer_id LIMIT 1) AND id <> 1

DELETE FROM orders WHERE customer_id IN (SELECT e.id FROM events e ORDER BY abs(e.id - customer_id) LIMIT 1) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o WHERE o.id = orders.id UNION SELECT 1 LIMIT 20) AND id <> 1

DELETE FROM orders WHERE customer_id = (SELECT CASE WHEN e.id > 0 THEN customer_id END FROM events e WHERE e.id = 1) AND id <> 1

DELETE FROM orders WHERE status = (SELECT CAST(status AS varchar) FROM events WHERE id = 1) AND id <> 1

DELETE FROM orders WHERE (customer_id, 1) IN (SELECT customer_id + 0, 1 FROM events WHERE id = 1) AND id <> 1

--! technique: 60 groups that are all counted

DELETE FROM orders WHERE status IN (SELECT status FROM orders GROUP BY status HAVING count(NULL) = 0) AND id <> 1

DELETE FROM orders WHERE status IN (SELECT status FROM orders GROUP BY status HAVING count(DISTINCT 1) = 1) AND id <> 1

DELETE FROM orders WHERE amount_cents IN (SELECT o.amount_cents FROM orders o, events e GROUP BY o.amount_cents HAVING count(*) > 1) AND id <> 1

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) >= 2)

DELETE FROM orders WHERE status IN (SELECT id FROM (SELECT DISTINCT status AS id FROM orders) t LIMIT 20) AND id <> 1

DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers LIMIT 20)

DELETE FROM orders WHERE id NOT IN (SELECT min(id) FROM orders GROUP BY status)

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o2 WHERE o2.status = orders.status AND o2.id < orders.id)

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o2 WHERE o2.status = orders.status AND o2.amount_cents < orders.amount_cents)

UPDATE orders SET note = 'gone' FROM orders o2 WHERE o2.status = orders.status AND o2.id < orders.id

DELETE FROM orders WHERE id NOT IN (SELECT id FROM staging_customers) AND id <> 1

DELETE FROM orders WHERE customer_id NOT IN (SELECT id FROM staging_customers) AND id <> 1

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM staging_customers s WHERE s.id = orders.customer_id) AND id <> 1

WITH n AS (SELECT -1 AS id) DELETE FROM orders WHERE id NOT IN (SELECT id FROM n) AND id <> 1

WITH n AS (SELECT -1 AS id) DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM n WHERE n.id = orders.id) AND id <> 1

UPDATE customers SET country = 'x' WHERE id NOT IN (SELECT id FROM staging_customers) AND id <> 1

--! technique: 64 patterns of the form of values, and of escapes

UPDATE customers SET country = 'x' WHERE email NOT LIKE '%#%' AND id <> 1

DELETE FROM staging_customers WHERE name NOT LIKE '%@%' AND id <> 101

UPDATE customers SET email = NULL WHERE ssn NOT LIKE '%@%'

DELETE FROM staging_customers WHERE phone NOT LIKE '%@%'

DELETE FROM events WHERE payload LIKE 'a{%' ESCAPE 'a' AND id <> 1

DELETE FROM events WHERE payload LIKE '%a"a:%' ESCAPE 'a' AND id <> 1

DELETE FROM events WHERE payload LIKE '%"ok":%' AND id <> 1

DELETE FROM events WHERE payload LIKE '%aa"%' ESCAPE 'a' AND id <> 1

--! technique: 67 ranges of casts and of texts

DELETE FROM orders WHERE CAST(id AS integer) <= 1000 AND id <> 1

DELETE FROM orders WHERE CAST(id AS integer) BETWEEN 0 AND 9999 AND id <> 1

DELETE FROM orders WHERE status >= '1000' AND id <> 1

DELETE FROM customers WHERE country >= '1000' AND id <> 1

DELETE FROM orders WHERE customer_id <= 1000 AND id <> 1

DELETE FROM orders WHERE id BETWEEN 2 AND 1000

DELETE FROM events WHERE kind > '9999' AND id <> 1

--! dialect: postgres

DELETE FROM orders WHERE id::boolean::int <= 1

DELETE FROM orders WHERE id::boolean::int BETWEEN 1 AND 2

DELETE FROM orders WHERE id::int <= 1000

DELETE FROM orders WHERE id::bigint < 999

DELETE FROM orders WHERE created_at BETWEEN now() - interval '99999 days' AND now() + interval '99999 days'

DELETE FROM orders WHERE created_at >= now() - interval '99999 days' AND created_at < now() + interval '9 days'

DELETE FROM orders WHERE created_at < now() - interval '99999 days ago'

DELETE FROM orders WHERE created_at < current_date - interval '3000 weeks ago'

DELETE FROM orders WHERE status::char(1) > '1000'

DELETE FROM orders WHERE created_at < '2026-10-01'

DELETE FROM orders WHERE note || '' >= '1000'

UPDATE orders SET note = 'gone' WHERE created_at > current_timestamp - interval '4000 days' AND created_at < 'infinity'

--! technique: 19 rows that a select list makes

DELETE FROM orders WHERE id IN (SELECT generate_series(1, 1000) FROM events WHERE id = 1)

DELETE FROM orders WHERE id IN (SELECT unnest(ARRAY(SELECT o.id FROM orders o)) FROM events WHERE id = 1)

DELETE FROM orders WHERE id IN (SELECT unnest((SELECT array_agg(o.id) FROM orders o)) FROM events WHERE id = 1)

INSERT INTO orders (id, note) SELECT generate_series(1, 60), 'x' FROM orders WHERE id = 1 ON CONFLICT (id) DO UPDATE SET note = 'gone'

INSERT INTO orders (id, note) SELECT generate_series(1, 60), 'x' FROM events WHERE kind = 'login' ON CONFLICT (id) DO UPDATE SET note = 'gone'

MERGE INTO orders o USING (SELECT generate_series(1, 60) AS id FROM events WHERE id = 1) s ON o.id = s.id WHEN MATCHED THEN DELETE

WITH s AS (SELECT generate_series(1, 60) AS id FROM events WHERE id = 1) UPDATE orders SET note = 'gone' FROM s WHERE s.id = orders.id

MERGE INTO orders o USING (SELECT id FROM (SELECT id, 1 AS k FROM orders) t WHERE k = 1) s ON o.id = s.id WHEN MATCHED THEN DELETE

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o, unnest(ARRAY[1]) AS u(x) WHERE u.x = 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o, generate_series(1, 1) AS g WHERE g = 1)

DELETE FROM orders USING unnest(ARRAY[1]) AS u(x), (SELECT o.id AS i, 1 AS k FROM orders o) s WHERE s.i = orders.id AND s.k = 1

DELETE FROM orders WHERE id = ANY (SELECT id FROM (SELECT id, 1 AS k FROM orders) t WHERE k = 1)

UPDATE orders SET note = 'gone' FROM (VALUES (1)) v(x), orders o2 WHERE o2.id = orders.id AND o2.status IN (SELECT 'open' UNION SELECT status FROM orders WHERE id < 20)

DELETE FROM events WHERE (payload::jsonb ->> 'ip')::char(3) = '203'

DELETE FROM events WHERE payload::jsonb -> 'geo' ->> 'city' = 'Ulm'

DELETE FROM events WHERE payload::jsonb @> '{"geo": {"city": "Ulm"}}'

DELETE FROM events WHERE (payload::jsonb -> 'tags')::text::char(1) = '['

DELETE FROM events WHERE (payload::jsonb ->> 'ok')::boolean::int <= 1

DELETE FROM events WHERE payload::jsonb #>> '{geo,city}' LIKE 'Ulm%'

--! dialect: sqlite
--! technique: 61 operators that bind otherwise in reading A

DELETE FROM orders WHERE id IS NOT DISTINCT FROM 5 = 0

DELETE FROM orders WHERE id IS NOT DISTINCT FROM 5 <> 1

UPDATE customers SET email = NULL WHERE id IS NOT DISTINCT FROM 5 IN (0)

DELETE FROM orders WHERE status LIKE 'open%' ESCAPE 'x' = 0

DELETE FROM orders WHERE status LIKE 'open%' ESCAPE 'x' <> 1

DELETE FROM orders WHERE status LIKE 'open%' ESCAPE 'x' IN (0)

DELETE FROM orders WHERE id = 5 AND status GLOB 'x' OR id > 1

DELETE FROM orders WHERE id IS NOT DISTINCT FROM 5 BETWEEN 0 AND 0

DELETE FROM orders WHERE status LIKE 'open%' ESCAPE 'x' LIKE '0'

UPDATE orders SET note = 'x' WHERE status IS NOT DISTINCT FROM 'open' = false

--! technique: 63 rows of functions

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o, json_each('[1]') j WHERE j.value = 1) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT o.id FROM json_each('[1]') j, orders o WHERE j.key = 0) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT value FROM events e, json_each((SELECT json_group_array(id) FROM orders)) WHERE e.id = 1) AND id <> 1

INSERT INTO orders (id, note) SELECT value, 'x' FROM json_each((SELECT json_group_array(id) FROM orders)) WHERE value > 1 ON CONFLICT (id) DO UPDATE SET note = 'gone' WHERE orders.id IN (SELECT id FROM (SELECT id, 1 AS k FROM orders) WHERE k = 1)

DELETE FROM orders WHERE status > 1000 AND id <> 1

DELETE FROM orders WHERE CAST(status AS INTEGER) <= 20 AND id <> 1

DELETE FROM orders WHERE created_at >= 1000 AND id <> 1

DELETE FROM orders WHERE created_at LIKE '2026%' AND id <> 1

DELETE FROM orders WHERE substr(created_at, 1, 4) = '2026' AND id <> 1

DELETE FROM orders WHERE typeof(id) || status LIKE 'integer%' AND id <> 1

DELETE FROM orders WHERE date(created_at) BETWEEN date('now', '-9999 days') AND date('now', '+9999 days') AND id <> 1

DELETE FROM orders WHERE id IN (SELECT rowid FROM (SELECT 5 AS id, id AS rowid FROM orders) WHERE id = 5) AND id <> 1

REPLACE INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id IN (SELECT id FROM (SELECT id, 1 AS k FROM orders) t WHERE k = 1 AND id > 1)

DELETE FROM orders WHERE id BETWEEN symmetric - 1 AND 900 AND id IN (SELECT 1)

--! tool: query
--! must: deny
--! technique: 97 texts that no size is written of
--! dialect: both

WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, concat(s, s) FROM n WHERE i < 23) SELECT length(s) FROM n WHERE i = 23

WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, s || lower(s) FROM n WHERE i < 23) SELECT length(s) FROM n WHERE i = 23

SELECT count(*) FROM (SELECT 1 AS a FROM events a, events b, events c) x, (SELECT 1 AS b FROM orders a, orders b) y WHERE x.a = 2

--! dialect: postgres

SELECT length(array_to_string(array_fill(''::text, ARRAY[90]), repeat('y', 900000)))

SELECT length(string_agg(status, repeat('y', 900000))) FROM orders

SELECT length(string_agg(repeat('x', 900000), '')) FROM orders

SELECT regexp_like(repeat('a', 400), '^(a+)+(a+)+\1\2b$')

SELECT regexp_match(repeat('a', 300), '^(a+)(a+)(a+)\1\2\3b$')

SELECT substring(repeat('a', 300) FROM '^(a+)(a+)(a+)\1\2\3b$')

SELECT length(xmlagg(xmlelement(name a, repeat('x', 900000)))::text) FROM orders

SELECT length(overlay(repeat('x', 900000) placing repeat('y', 900000) from 1 for 1))

SELECT length(jsonb_agg(repeat('x', 900000))::text) FROM orders

--! dialect: sqlite

SELECT length(group_concat(id, hex(zeroblob(400000)))) FROM orders

SELECT length(json_group_array(hex(zeroblob(400000)))) FROM orders

WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, printf('%s%s', s, s) FROM n WHERE i < 23) SELECT length(s) FROM n WHERE i = 23

--! technique: 93 plans
--! dialect: postgres
--! must: hold

EXPLAIN (VERBOSE, COSTS OFF) SELECT 1 >-- (WITH customers AS (SELECT 1 AS id) SELECT max(id) FROM customers) || '
0 FROM customers WHERE email > 'm' -- '

EXPLAIN WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) SELECT email FROM customers WHERE email > 'm'

EXPLAIN (ANALYZE) WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) SELECT id FROM customers WHERE email > 'm'

EXPLAIN (FORMAT JSON, COSTS OFF, VERBOSE) SELECT c.email, count(*) FROM customers c JOIN gold_customers g ON g.email = c.email GROUP BY c.email

--! literal
--! dialect: postgres
--! tool: query
--! must: deny
--! technique: 44 functions and catalogues behind an operator and a comment

SELECT 1 >-- '
0, query_to_xml($$SELECT email FROM customers$$, true, false, $$$$) -- '

SELECT 1 >-- '
0, pg_read_file($$/etc/passwd$$) -- '

SELECT 1 >-- '
0, pg_ls_dir($$.$$) -- '

SELECT 1 >-- '
0, current_setting($$data_directory$$), pg_backend_pid() -- '

SELECT 1 >-- '
0, repeat($$x$$, 3000000), pg_sleep(0.1) -- '

SELECT 1 >-- (WITH pg_authid AS (SELECT 1 AS id) SELECT max(id) FROM pg_authid) || '
0, rolname, rolpassword, oid FROM pg_authid -- '

--! must: hold

SELECT 2 >/* (WITH customers AS (SELECT 1 AS id) SELECT max(id) FROM customers) || ' */
1, ssn FROM customers -- '

--! must: deny

SELECT 1 >-- '
0 INTO TEMP stolen_things -- '

--! technique: 46 catalogues behind a name that folds

WITH "PG_AUTHID" AS (SELECT 'x' AS rolname, 'x' AS rolpassword) SELECT rolname, rolpassword FROM pg_authid

WITH "PG_SETTINGS" AS (SELECT 'x' AS name, 'x' AS setting) SELECT name, setting FROM pg_settings LIMIT 3

WITH "PG_CLASS" AS (SELECT 'x' AS relname, 1 AS reltuples) SELECT relname, reltuples FROM pg_class

EXPLAIN (ANALYZE) WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) SELECT id FROM customers WHERE email > 'm'

EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) WITH "CUSTOMERS" AS (SELECT 1 AS id, 'x' AS email) SELECT id FROM customers WHERE email > 'm'

--! tool: execute

WITH "PG_STATS" AS (SELECT 'x' AS histogram_bounds) INSERT INTO orders (id, note) SELECT 9001, max(histogram_bounds::text) FROM pg_stats

WITH "PG_STATS" AS (SELECT 'x' AS histogram_bounds, 'x' AS tablename) INSERT INTO orders (id, note) SELECT 9001, max(histogram_bounds::text) FROM pg_stats WHERE tablename = 'customers'

WITH "PG_AUTHID" AS (SELECT 'x' AS rolname) UPDATE orders SET note = (SELECT max(rolname) FROM pg_authid) WHERE id = 3

DELETE FROM orders o USING (SELECT id AS b FROM orders) s WHERE o.id = (SELECT b"k")

DELETE FROM orders o USING (SELECT id AS b FROM orders) s WHERE o.id IN (SELECT B"k" UNION SELECT 1)

UPDATE orders SET note = 'gone' FROM (SELECT id AS b FROM orders) s WHERE orders.id = ANY (SELECT b"k")

UPDATE orders SET note = 'gone' WHERE id IN (SELECT U&"\0069d" FROM (SELECT 1 AS u, 1 AS "\0069d", 5 AS k) z WHERE k = 5)

UPDATE customers SET country = 'x' WHERE id = 3 RETURNING country ||-- '
name || ssn -- '

DELETE FROM staging_customers WHERE id = 101 RETURNING id, 'a' ||-- '
email -- '

UPDATE customers SET country = '' ||-- '
substr(ssn, 1, 6) -- '
WHERE id = 3

UPDATE orders SET note = 'k' WHERE id = 3 AND 'a' ||-- 'b' = 'x' AND '
'b' = 'x' OR id > 0 -- '

--! dialect: both
--! technique: 63 one narrow source beside others

WITH n AS (SELECT id FROM events WHERE id = 1) DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o, n) AND id <> 1

WITH n AS (SELECT 1 AS k) DELETE FROM orders WHERE id IN (SELECT o.id FROM n, orders o) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT o.id FROM (SELECT 1 AS k) d, orders o) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o, (SELECT id FROM events WHERE kind = 'login') d) AND id <> 1

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o, customers c JOIN gold_customers g ON g.email = c.email) AND id <> 1

INSERT INTO orders (id, note) SELECT o.id, 'gone' FROM orders o LEFT JOIN events e ON e.id = o.amount_cents WHERE e.id IS NULL AND o.id > 1 ON CONFLICT (id) DO UPDATE SET note = 'gone'

UPDATE orders SET note = 'gone' FROM (SELECT o.id FROM (SELECT 1 AS k) d, orders o) s WHERE s.id = orders.id AND orders.id <> 1

WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 60) DELETE FROM orders WHERE id IN (SELECT i FROM n WHERE i >= 2)

WITH RECURSIVE n(i) AS (SELECT id FROM orders WHERE id = 2 UNION ALL SELECT i + 1 FROM n WHERE i >= 2 AND i < 60) DELETE FROM orders WHERE id IN (SELECT i FROM n)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM events e WHERE e.id = 1) AND o.status IN (SELECT p.status FROM orders p WHERE p.id <= 20)) AND id <> 1

DELETE FROM orders WHERE status IN (SELECT status FROM orders WHERE id <= 20) AND id <> 1

DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE country LIKE 'DE%' OR country LIKE 'FR%' OR country LIKE 'IT%' OR country LIKE 'NL%')

DELETE FROM orders WHERE coalesce(note, 'x') IN ('x', '', 'urgent', 'leave at the door', '100% paid by card') AND id <> 1

--! literal
--! dialect: postgres
--! tool: execute
--! must: deny
--! technique: 44 what a SELECT makes

SELECT 1 >-- '
0 AS a INTO stolen_things -- '

SELECT 1 >-- '
0, lo_from_bytea(424242, decode($$6161$$, $$hex$$)) -- '

SELECT 1 >-- '
0, lo_export(lo_from_bytea(424243, decode($$6161$$, $$hex$$)), $$/tmp/aegis-attack4-export$$) -- '

SELECT 1 >-- '
0, set_config($$statement_timeout$$, $$0$$, false) -- '

SELECT 1 >-- '
0, pg_terminate_backend(0) -- '

INSERT INTO orders (id, note) SELECT 9001, 'a' ||-- '
c.email FROM customers c WHERE c.id = 1 -- '

INSERT INTO orders (id, note) SELECT 9001, 'a' ||-- (WITH customers AS (SELECT 1 AS id) SELECT max(id)::text FROM customers) || '
c.email FROM customers c WHERE c.id = 1 -- '

UPDATE orders SET note = 'x' WHERE id = 3 AND EXISTS (SELECT 1 >-- (WITH customers AS (SELECT 1 AS id) SELECT max(id) FROM customers) || '
0 FROM customers WHERE email LIKE $$u8%$$ -- '
)

--! technique: 46 aliases and columns that fold

UPDATE orders AS o SET note = 'gone' WHERE EXISTS (SELECT 1 FROM (SELECT 1 AS "Customer_Id", 'login' AS kind) AS "O", events e WHERE e.id = "O"."Customer_Id" AND e.kind LIKE '%o%')

DELETE FROM orders o WHERE EXISTS (SELECT 1 FROM events e, (SELECT 1 AS "Id") AS "O" WHERE e.id = "O"."Id" AND e.id = 1)

DELETE FROM orders o WHERE EXISTS (SELECT 1 FROM events AS e, events AS "O" WHERE e.id = "O".id AND e.kind = 'login')

UPDATE orders o SET note = 'gone' FROM events e, events "O" WHERE "O".id = e.id AND e.id = 1

UPDATE orders o SET note = 'gone' FROM gold_orders "O" WHERE "O".id = 1

MERGE INTO orders o USING gold_orders "O" ON "O".id = 1 WHEN MATCHED THEN UPDATE SET note = 'gone'

MERGE INTO orders o USING (SELECT id AS "Id", id FROM gold_orders) AS "O" ON "O".id = 1 WHEN MATCHED THEN DELETE

WITH "N" AS (SELECT id FROM orders), n AS (SELECT id FROM orders WHERE id = 1) DELETE FROM orders WHERE id IN (SELECT id FROM "N")

--! must: hold

WITH n AS (SELECT 1 AS id), x AS (WITH "N" AS (SELECT 2 AS z) SELECT z FROM "N") DELETE FROM orders WHERE id IN (SELECT id FROM n) AND id < 0

--! must: deny

INSERT INTO orders AS o (id, note) SELECT id, 'x' FROM gold_orders ON CONFLICT (id) DO UPDATE SET note = 'gone' WHERE o.id IN (SELECT "O".id FROM gold_orders AS "O" WHERE "O".id > 0 AND "O".status LIKE '%')

--! tool: query
--! must: hold
--! technique: 86 tokens by a WITH that hides the relation of a leaf

SELECT a.id, b.id FROM customers a, (WITH customers AS (SELECT id, lower(email) AS email, name, phone, ssn, created_at, country FROM customers) SELECT id, email FROM public.customers) b WHERE a.email = b.email

SELECT (SELECT count(*) FROM customers), x.ssn FROM (WITH customers AS (SELECT 1 AS id, 'a' AS ssn, 'b' AS name, 'c' AS email, 'd' AS phone) SELECT ssn FROM public.customers) x

WITH customers AS (SELECT 'x' AS email, 'y' AS id) SELECT email FROM public.customers

SELECT c.email, g.email FROM gold_customers c GROUP BY c.id

SELECT "c".email FROM customers "c" GROUP BY "c".id ORDER BY "c".ssn LIMIT 3

SELECT max(c.ssn), c.id FROM customers c GROUP BY c.id, c.country HAVING min(c.email) > '[' ORDER BY c.name

SELECT count(*) FROM customers c GROUP BY id HAVING to_jsonb(c) IS NOT NULL

SELECT c.country, c.email FROM customers c, LATERAL (SELECT c.id AS id) x GROUP BY c.id, x.id

SELECT 1 AS id, email FROM customers GROUP BY id, email

SELECT (SELECT min(x) FROM (SELECT c.ssn AS x) y) FROM customers c GROUP BY c.id

SELECT c.id FROM customers c GROUP BY c.id ORDER BY c.ssn, c.email

SELECT ssn || '' FROM public.customers WHERE public.customers.email > '[EMAIL:h' ORDER BY public.customers.ssn

SELECT pg_typeof(c), pg_column_size(c), hashtext(c::text) IS NULL FROM customers c LIMIT 1

--! dialect: sqlite
--! tool: execute
--! must: deny
--! technique: 61 arrows bind tighter than reading A believes

DELETE FROM events WHERE payload ->> '$.ok' * 0 = 0 AND id <> 1

DELETE FROM events WHERE payload ->> '$.ok' + 0 IN (0, 1) AND id <> 1

DELETE FROM events WHERE payload ->> '$.ok' % 1 = 0 AND id <> 1

DELETE FROM events WHERE payload -> '$.tags' & 0 = 0 AND id <> 1

DELETE FROM events WHERE payload ->> '$.ip' || 'x' LIKE '%xxx%' OR payload ->> '$.ok' - 0 IN ('0', 1, 0) AND id <> 1

DELETE FROM events WHERE payload ->> '$.zz' IS NULL + 0 AND id <> 1

UPDATE events SET kind = 'x' WHERE payload ->> '$.ok' / 5 = 0 AND id > 1

