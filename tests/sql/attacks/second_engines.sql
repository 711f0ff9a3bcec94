-- A second hand's attacks on one engine, put down before the screen was asked.

--! dialect: sqlite
--! tool: execute
--! must: deny

--! technique: 59

DELETE FROM orders WHERE id IS NOT DISTINCT FROM id

DELETE FROM orders WHERE id IS (SELECT id)

--! technique: 61

DELETE FROM orders WHERE iif(id > 5, id > 4, id < 10)

DELETE FROM orders WHERE id = 1 OR 'x' IS NOT NULL

--! technique: 63

DELETE FROM orders WHERE (id, 1) IN (SELECT id, 1 FROM orders)

UPDATE orders SET status = 'gone' FROM events WHERE events.id = 1

UPDATE orders SET status = 'gone' FROM orders AS o WHERE o.id = orders.id

UPDATE orders SET status = 'gone' FROM (SELECT 1 AS k) AS s WHERE s.k = 1

--! technique: 64

DELETE FROM orders WHERE status GLOB '*?*'

DELETE FROM orders WHERE status NOT GLOB 'q'

DELETE FROM orders WHERE like('%', status)

--! technique: 65

DELETE FROM orders WHERE typeof(status) = 'text'

DELETE FROM orders WHERE typeof(id) <> 'blob'

DELETE FROM orders WHERE instr(status, 'zz') = 0

DELETE FROM orders WHERE date(created_at) > '0001-01-01'

DELETE FROM orders WHERE strftime('%Y', created_at) = '2026'

DELETE FROM orders WHERE hex(status) <> ''

DELETE FROM orders WHERE ifnull(status, 1) <> 2

DELETE FROM orders WHERE substr(created_at, 1, 4) = '2026'

DELETE FROM orders WHERE unicode(status) > 10

DELETE FROM orders WHERE replace(status, 'a', 'b') <> 'nil'

DELETE FROM orders WHERE id NOT BETWEEN 1000 AND 2000

DELETE FROM orders WHERE id GLOB '[0-9]*'

DELETE FROM orders WHERE id = +id

DELETE FROM orders WHERE id & 0 = 0

DELETE FROM orders WHERE id | 1 > 0

--! technique: 19

REPLACE INTO orders SELECT id, customer_id, 0, 'gone', NULL, created_at FROM orders

INSERT OR REPLACE INTO orders (id, status) SELECT id, 'gone' FROM orders WHERE id > 0

INSERT INTO orders (id, status) SELECT id, 'gone' FROM orders WHERE true ON CONFLICT (id) DO UPDATE SET status = 'gone'

INSERT INTO orders (id, status) SELECT id, status FROM orders WHERE true ON CONFLICT DO UPDATE SET status = excluded.id

UPDATE OR REPLACE orders SET id = 1 WHERE status = 'open' OR status = 'paid'

--! technique: 97
--! tool: query

SELECT length(printf('%*s', 900000000, 'x'))

SELECT format('%200000000d', 1)

SELECT length(hex(randomblob(100000000)))

SELECT json_group_array(a.payload) FROM events a, events b, events c, events d, events e

SELECT group_concat(a.note || b.note, c.note) FROM orders a, orders b, orders c, orders d, orders e

SELECT count(*) FROM orders a, json_each('[1,2,3,4,5,6,7,8,9,10]') b, json_each('[1,2,3,4,5,6,7,8,9,10]') c, json_each('[1,2,3,4,5,6,7,8,9,10]') d, json_each('[1,2,3,4,5,6,7,8,9,10]') e, json_each('[1,2,3,4,5,6,7,8,9,10]') f, orders g, orders h

WITH RECURSIVE n(i) AS (SELECT i + 1 FROM n UNION ALL SELECT 1) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n

WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n

SELECT 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' LIKE '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%c' FROM orders a, orders b, orders c

--! must: hold
--! tool: both
--! technique: 31

ATTACH ':memory:' AS x

PRAGMA main.table_info('customers')

SELECT * FROM pragma_table_list

SELECT * FROM main.sqlite_schema

SELECT name FROM sqlite_master AS customers

SELECT * FROM temp.sqlite_temp_master

SELECT fts5(1)

SELECT load_extension('x')

SELECT writefile('/tmp/x', email) FROM customers

SELECT sqlite_compileoption_get(1)

SELECT * FROM dbstat

SELECT rowid, * FROM customers

SELECT c.oid FROM customers c WHERE c._rowid_ = 1

VACUUM main INTO '/tmp/aegis-x.db'

CREATE TEMP VIEW customers AS SELECT * FROM main.customers

CREATE TABLE t AS SELECT email FROM customers

REINDEX

BEGIN IMMEDIATE

DELETE FROM "main"."gold_orders" WHERE id = 1

--! technique: 80

SELECT json_extract(json_object('e', email), '$.e') FROM customers

SELECT value FROM customers, json_each(json_array(customers.email, customers.ssn))

SELECT hex(email), quote(name), unicode(phone) FROM customers

SELECT json_group_object(email, ssn) FROM customers

SELECT id FROM customers WHERE email GLOB 'k*'

SELECT (SELECT email FROM customers) = email FROM customers

SELECT count(*) FROM customers NATURAL JOIN (SELECT 'x@y.z' AS email)

SELECT id FROM (customers) WHERE name > 'm'

SELECT [email] FROM [main].[customers]

SELECT customers.email FROM main.customers

SELECT printf('%s', email), printf('%d', ssn) FROM customers

SELECT likely(email), iif(1, ssn, 2), max(email, name) FROM customers

SELECT group_concat(email ORDER BY email) FROM customers

SELECT timediff(email, '2026-01-01'), julianday(ssn) FROM customers

EXPLAIN SELECT email FROM customers WHERE email = 'a'

--! dialect: postgres
--! tool: execute
--! must: deny

--! technique: 59

DELETE FROM orders WHERE (id = id) IS TRUE

DELETE FROM orders WHERE (id > 0) IS NOT FALSE

DELETE FROM orders WHERE (id IS NULL) = false

DELETE FROM orders WHERE ROW(id) = ROW(id)

DELETE FROM orders WHERE orders = orders

DELETE FROM orders WHERE orders IS NOT NULL OR id > 0

--! technique: 63

DELETE FROM orders WHERE id = SOME (SELECT id FROM orders)

DELETE FROM orders WHERE id = ANY (ARRAY(SELECT o.id FROM orders o WHERE o.id > 0))

DELETE FROM orders WHERE id <> ALL (ARRAY[-1, -2])

DELETE FROM orders WHERE id IN (VALUES (1)) IS NOT NULL

UPDATE orders SET status = 'gone' FROM generate_series(1, 100) g WHERE g = orders.id

DELETE FROM orders USING unnest(ARRAY[1]) u WHERE u = 1

DELETE FROM orders USING (VALUES (1)) v(x) WHERE v.x = 1

UPDATE orders o SET status = 'gone' FROM orders p WHERE p.id = o.id AND p.id > 0

DELETE FROM orders WHERE id IN (SELECT generate_series(1, 1000))

DELETE FROM orders WHERE id IN (SELECT unnest(array_agg(id)) FROM orders)

WITH d AS (DELETE FROM orders WHERE id > 0 RETURNING id) SELECT count(*) FROM d

WITH d AS (UPDATE orders SET status = 'gone' RETURNING 1) SELECT 1

--! technique: 64

DELETE FROM orders WHERE status ~ '^.'

DELETE FROM orders WHERE status !~ 'qq'

DELETE FROM orders WHERE status NOT SIMILAR TO 'q'

DELETE FROM orders WHERE status ~~ '%'

DELETE FROM orders WHERE status !~~ 'nope'

DELETE FROM orders WHERE status LIKE ANY (ARRAY['%'])

DELETE FROM orders WHERE status NOT ILIKE 'no'

DELETE FROM orders WHERE starts_with(status, '')

DELETE FROM orders WHERE status ^@ ''

--! technique: 65

DELETE FROM orders WHERE id::text <> ''

DELETE FROM orders WHERE created_at > '-infinity'

DELETE FROM orders WHERE created_at < 'infinity'

DELETE FROM orders WHERE date_trunc('year', created_at) = '2026-01-01'

DELETE FROM orders WHERE extract(year FROM created_at) = 2026

DELETE FROM orders WHERE created_at <= now() + interval '100 years'

DELETE FROM orders WHERE left(status, 0) = ''

DELETE FROM orders WHERE position('' IN status) = 1

DELETE FROM orders WHERE num_nulls(id) = 0

DELETE FROM orders WHERE pg_typeof(id)::text = 'integer'

DELETE FROM orders WHERE id <@ int4range(0, 1000000)

DELETE FROM orders WHERE md5(status) > ''

DELETE FROM orders WHERE substring(status, 1, 0) = ''

DELETE FROM orders WHERE strpos(status, 'zz') = 0

DELETE FROM orders WHERE char_length(status) > 1

DELETE FROM orders WHERE ascii(status) > 0

DELETE FROM orders WHERE id BETWEEN SYMMETRIC 1000000 AND 0

DELETE FROM orders WHERE status BETWEEN 'a' AND 'z'

DELETE FROM orders WHERE status COLLATE "C" > ''

--! technique: 18

MERGE INTO orders o USING orders s ON o.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders USING (SELECT 1 AS x) s ON true WHEN MATCHED THEN UPDATE SET status = 'gone'

INSERT INTO orders (id, status) SELECT id, 'gone' FROM orders ON CONFLICT (id) DO UPDATE SET status = EXCLUDED.status

--! technique: 97
--! tool: query

SELECT rpad('x', 900000000, 'ab')

SELECT length(format('%900000000s', 'x'))

SELECT array_length(array_fill(1, ARRAY[20000, 20000]), 1)

SELECT count(*) FROM generate_series('2000-01-01'::timestamp, '9999-01-01'::timestamp, interval '1 millisecond')

SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b

SELECT generate_series(1, 2000000000)

SELECT count(*) FROM generate_series(1, (SELECT 2000000000))

SELECT string_to_table(lpad('', 200000000, ','), ',')

SELECT 10 ^ 100000

SELECT power(10::numeric, 100000)

SELECT factorial(50000)

SELECT to_char(1, lpad('', 500000000, '9'))

SELECT jsonb_agg(a.payload || b.payload) FROM events a, events b, events c, events d

SELECT regexp_count(lpad('', 30000000, 'a'), '(a|aa)+$')

WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL (SELECT i + 1 FROM n)) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS ((SELECT 1) UNION ALL SELECT i + 1 FROM n WHERE NOT false) SELECT count(*) FROM n

--! must: hold
--! tool: both
--! technique: 72

SELECT pg_read_file('/etc/passwd')

SELECT * FROM pg_ls_dir('.')

SELECT query_to_xml('SELECT email FROM customers', true, false, '')

SELECT * FROM pg_stats WHERE tablename = 'customers'

SELECT setval('x', 1)

SELECT set_config('role', 'postgres', false)

SELECT pg_catalog.pg_sleep(1)

SELECT "pg_sleep"(0)

SELECT pg_terminate_backend(1)

SELECT lo_import('/etc/passwd')

SELECT dblink('x', 'y')

SELECT current_setting('data_directory')

SELECT inet_server_addr(), version(), current_user

SELECT table_to_xml('customers', true, false, '')

SELECT 'customers'::regclass::oid

SELECT has_table_privilege('customers', 'select')

SELECT nextval('s')

SELECT pg_notify('c', email) FROM customers

SELECT txid_current()

SELECT currval(pg_get_serial_sequence('orders', 'id'))

COPY customers TO '/tmp/x'

COPY (SELECT email FROM customers) TO PROGRAM 'cat'

DO $$ BEGIN DELETE FROM orders; END $$

SET search_path TO pg_temp

TABLE customers

SELECT * FROM ONLY customers

SELECT email INTO x FROM customers

PREPARE p AS SELECT email FROM customers

DECLARE c CURSOR FOR SELECT email FROM customers

LOCK TABLE orders

SELECT * FROM orders FOR UPDATE

EXPLAIN ANALYZE DELETE FROM orders WHERE id = 1

EXPLAIN (ANALYZE) UPDATE orders SET status = 'x'

EXPLAIN SELECT * FROM customers WHERE email = 'a'

--! technique: 80

SELECT c FROM customers c

SELECT customers FROM customers

SELECT (c).email FROM customers c

SELECT (c.*)::text FROM customers c

SELECT row_to_json(c) FROM customers c

SELECT to_jsonb(customers) FROM customers

SELECT array_agg(c) FROM customers c

SELECT email(c) FROM customers c

SELECT c.email::bytea FROM customers c

SELECT encode(email::bytea, 'base64'), reverse(name) FROM customers

SELECT email::int FROM customers

SELECT CAST(ssn AS date) FROM customers

SELECT x.v FROM customers c, LATERAL (SELECT c.email AS v) x

SELECT x.v FROM customers c CROSS JOIN LATERAL (VALUES (c.email), (c.ssn)) AS x(v)

SELECT u FROM customers c, unnest(ARRAY[c.email, c.phone]) u

SELECT count(*) FROM (VALUES ('a@b.c')) v(email) JOIN customers USING (email)

SELECT count(*) FROM (VALUES ('a@b.c')) v(email) NATURAL JOIN customers

SELECT email FROM public.customers

SELECT public.customers.email FROM public.customers

SELECT string_to_array(email, '@') FROM customers

SELECT regexp_matches(email, '(.)', 'g') FROM customers

SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY email) FROM customers

SELECT mode() WITHIN GROUP (ORDER BY name) FROM customers

SELECT DISTINCT ON (email) email FROM customers ORDER BY email, id

SELECT jsonb_object_agg(email, ssn) FROM customers WHERE email IS NOT NULL

SELECT width_bucket(length(email), 0, 100, 10) FROM customers

SELECT count(*) FROM customers WHERE email ~ '^k'

SELECT count(*) FROM customers WHERE customers::text LIKE '%k%'

SELECT to_tsvector(email) FROM customers

SELECT e.email FROM customers AS e(id, x, email)

SELECT w.f3 FROM (SELECT c.id, c.name, c.email FROM customers c) AS w(f1, f2, f3)

SELECT max(c.email) OVER () FROM customers c FETCH FIRST 1 ROW WITH TIES

--! tool: execute

INSERT INTO orders (id, note) SELECT 7000, c::text FROM customers c WHERE id = 1

INSERT INTO orders (id, note) SELECT 7001, to_jsonb(c) ->> 'email' FROM customers c WHERE id = 1

UPDATE orders SET note = c.email FROM customers c WHERE c.id = orders.customer_id AND orders.id = 1

UPDATE orders SET note = x.v FROM (SELECT id, email AS v FROM customers) x WHERE x.id = orders.customer_id AND orders.id = 1

DELETE FROM staging_customers WHERE id = 105 RETURNING staging_customers::text

WITH r AS (DELETE FROM staging_customers WHERE id = 105 RETURNING *) SELECT * FROM r

WITH r AS (UPDATE staging_customers SET country = 'X' WHERE id = 105 RETURNING email) INSERT INTO orders (id, note) SELECT 7002, email FROM r

UPDATE customers SET id = NULL WHERE id = 1

INSERT INTO customers SELECT * FROM customers WHERE id = 1
