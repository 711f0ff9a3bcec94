-- A third hand's attacks, by somebody who had read the screen: words, forms, leaves, groups, plans, MERGE, and scopes that hold for
-- every row. What 91 and its kind ask is what a write may ask: the form of a value.

--! tool: execute
--! must: deny

--! dialect: both

--! technique: 65 functions of a column that give the same for every row

DELETE FROM orders WHERE length(substr(status, 1, 1)) = 1

DELETE FROM orders WHERE length(substr(status, 1, 1)) IN (1)

DELETE FROM orders WHERE substr(status, 100) = '' || ''

DELETE FROM orders WHERE substr(status, 100) = trim(' ')

DELETE FROM orders WHERE lower(substr(status, 100)) = ''

DELETE FROM orders WHERE coalesce(substr(status, 100), 'x') = ''

DELETE FROM orders WHERE trim(substr(status, 100)) = ''

DELETE FROM orders WHERE substr(status, 100) IN ('')

DELETE FROM orders WHERE replace(substr(status, 100), 'a', 'b') = ''

DELETE FROM orders WHERE ltrim(status, 'abcdefghijklmnopqrstuvwxyz') = ''

UPDATE orders SET note = 'x' WHERE rtrim(status, 'abcdefghijklmnopqrstuvwxyz') IN ('')

UPDATE customers SET email = NULL, name = NULL, phone = NULL, ssn = NULL WHERE length(substr(country, 1, 0)) = 0

DELETE FROM customers WHERE coalesce(substr(country, 9), 'x') = ''

--! technique: 60 NULL in, NULL out

DELETE FROM orders WHERE substr(status, NULL) IS NULL

DELETE FROM orders WHERE replace(status, NULL, 'x') IS NULL

DELETE FROM orders WHERE ltrim(status, NULL) IS NULL

DELETE FROM orders WHERE NOT (replace(status, NULL, 'x') IS NOT NULL)

DELETE FROM orders WHERE coalesce(replace(status, NULL, 'x'), 'y') = 'y'

DELETE FROM orders WHERE coalesce(substr(status, NULL), 'y') LIKE 'y%'

UPDATE customers SET phone = NULL WHERE replace(country, NULL, 'x') IS NULL

--! technique: 63 subqueries that look narrow

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o, events e WHERE e.id = 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN events e ON e.id > 0 WHERE e.kind = 'login')

DELETE FROM orders WHERE id IN (SELECT orders.id + 0 FROM events WHERE events.id = 1)

DELETE FROM orders WHERE id IN (SELECT coalesce(orders.id, 0) FROM events WHERE events.id = 1)

DELETE FROM orders WHERE id = (SELECT abs(orders.id) FROM events WHERE events.id = 1)

DELETE FROM orders WHERE id IN (SELECT x FROM (SELECT orders.id AS x, kind FROM events) e WHERE kind = 'login')

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o WHERE o.id = orders.id LIMIT 1)

DELETE FROM orders WHERE id IN (SELECT max(o.id) FROM orders o WHERE o.id <= orders.id LIMIT 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o ORDER BY abs(o.id - orders.id) LIMIT 1)

DELETE FROM orders WHERE id IN (SELECT id FROM orders GROUP BY id HAVING count(*) = 1)

DELETE FROM orders WHERE id IN (SELECT id FROM orders GROUP BY id HAVING abs(5) >= 2)

DELETE FROM orders WHERE status IN (SELECT status FROM orders GROUP BY status HAVING count(*) > 1)

DELETE FROM orders WHERE status IN (SELECT status FROM orders LIMIT 20)

WITH x AS (SELECT id FROM orders WHERE status = 'open') DELETE FROM orders WHERE id IN (SELECT orders.id + 0 FROM x)

UPDATE customers SET email = NULL WHERE id IN (SELECT c.id FROM customers c, events e WHERE e.id = 1)

DELETE FROM orders WHERE (id, status) IN (SELECT o.id, o.status FROM orders o, events e WHERE e.id = 1)

--! technique: 62 EXISTS and NOT EXISTS of something else

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o2 WHERE o2.status = orders.status AND o2.id < orders.amount_cents)

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o2 WHERE o2.id = orders.id AND o2.id < orders.amount_cents)

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM gold_orders g WHERE g.status = orders.status)

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.id = orders.amount_cents)

DELETE FROM orders WHERE amount_cents NOT IN (SELECT id FROM events)

DELETE FROM orders WHERE id NOT IN (SELECT min(id) FROM orders GROUP BY 1 = 1)

DELETE FROM orders WHERE id NOT IN (SELECT min(id) FROM gold_orders GROUP BY status)

DELETE FROM orders WHERE id NOT IN (SELECT max(id) FROM events GROUP BY kind)

--! technique: 20 joined writes

UPDATE orders SET note = 'x' FROM orders AS o2 WHERE o2.status = orders.status AND o2.id < orders.amount_cents

UPDATE orders SET note = 'x' FROM (SELECT status AS k FROM orders LIMIT 20) s WHERE s.k = orders.status

UPDATE orders SET note = 'x' FROM (SELECT o.id AS k FROM orders o, events e WHERE e.id = 1) s WHERE s.k = orders.id

--! technique: 19 upserts

INSERT INTO orders (id, status) SELECT o.id, 'x' FROM orders o, events e WHERE e.id = 1 ON CONFLICT (id) DO UPDATE SET status = excluded.status

INSERT INTO orders (id, status) SELECT id, 'x' FROM orders WHERE length(substr(status, 1, 1)) = 1 ON CONFLICT (id) DO UPDATE SET status = 'gone', note = 'gone'

INSERT INTO orders (id, status) SELECT id, 'x' FROM orders WHERE id > 0 ON CONFLICT (id) DO UPDATE SET status = 'gone' WHERE length(substr(orders.status, 1, 1)) = 1

--! technique: 67 ranges

DELETE FROM orders WHERE id BETWEEN 0 AND 9999

UPDATE orders SET note = 'gone' WHERE id >= -5000 AND id <= 5000

DELETE FROM orders WHERE amount_cents BETWEEN 0 AND 10000

--! technique: 64 patterns of nothing but form

DELETE FROM events WHERE payload LIKE '%":"%'

DELETE FROM events WHERE payload LIKE '%{%:%}%'

--! technique: 92 groups in the order of personal values, behind a key that is not the rows' own

INSERT INTO staging_customers (id, country) SELECT 9001, min(c.id) + 0 * count(DISTINCT c.country) FROM customers c, orders o WHERE o.id = 1 AND c.id IN (1, 2) GROUP BY c.ssn, o.id ORDER BY o.id ON CONFLICT (id) DO NOTHING

INSERT INTO staging_customers (id, country) SELECT 9001, min(c.id) FROM customers c, orders o WHERE o.id = 1 AND c.id IN (1, 2) GROUP BY lower(c.email), o.id ORDER BY o.id ON CONFLICT (id) DO NOTHING

--! technique: 91 the form of a value, asked of the target's own column
--! must: hold

UPDATE customers SET country = 'x' WHERE id = 5 AND name LIKE '% % %'

UPDATE customers SET country = 'x' WHERE id = 5 AND NOT email LIKE '%-%'

UPDATE staging_customers SET country = 'x' WHERE id = 101 AND phone LIKE '+%'

UPDATE staging_customers SET country = 'x' WHERE id = 101 AND ssn NOT LIKE '%-%-%'

UPDATE customers SET country = 'x' WHERE id = 5 AND name = lower(name)

UPDATE customers SET country = 'x' WHERE id = 5 AND upper(ssn) = lower(ssn)

--! must: deny

--! dialect: sqlite

--! technique: 65 affinities and formats

DELETE FROM orders WHERE length(created_at) = 19

DELETE FROM orders WHERE strftime('x', created_at) = 'x'

DELETE FROM orders WHERE strftime('%q', created_at) IS NULL

DELETE FROM orders WHERE date(status) IS NULL

DELETE FROM orders WHERE ifnull(date(status), 'x') = 'x'

DELETE FROM orders WHERE date(created_at, 'no such') IS NULL

DELETE FROM orders WHERE CAST(status AS INTEGER) = 0

DELETE FROM orders WHERE CAST(status AS INTEGER) BETWEEN 0 AND 10

DELETE FROM orders WHERE CAST(status AS INTEGER) < 10

DELETE FROM customers WHERE CAST(country AS INTEGER) = 0

DELETE FROM orders WHERE CAST(created_at AS INTEGER) >= 2020 AND CAST(created_at AS INTEGER) <= 2030

DELETE FROM orders WHERE status > 1000

DELETE FROM orders WHERE 1000 < created_at

DELETE FROM orders WHERE id < '2020-01-01'

DELETE FROM orders WHERE amount_cents < date('now', '-1 days')

UPDATE orders SET note = 'gone' WHERE id <= date('2020-01-01')

--! technique: 61 JSON by several paths

DELETE FROM events WHERE json_extract(payload, '$.x', '$.y') = '[null,null]'

DELETE FROM events WHERE json_extract(payload, '$.x', '$.y') IN ('[null,null]')

DELETE FROM events WHERE json_extract(payload, '$.x', '$.y') LIKE '[null%'

--! technique: 62

DELETE FROM orders WHERE status NOT IN (SELECT id FROM events)

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.id = orders.status)

UPDATE orders SET note = 'x' FROM orders AS o2 WHERE o2.status = orders.status AND o2.id < orders.created_at

--! technique: 64

DELETE FROM orders WHERE created_at LIKE '%-%-% %:%'

DELETE FROM orders WHERE created_at GLOB '*-*-* *:*'

DELETE FROM events WHERE payload GLOB '*"*":*'

--! technique: 19

REPLACE INTO orders (id, status) SELECT id, 'x' FROM orders WHERE id BETWEEN 0 AND 9999

REPLACE INTO orders (id, status) SELECT id, 'x' FROM orders WHERE id IN (SELECT id FROM orders GROUP BY id HAVING count(*) = 1)

--! technique: 92

INSERT INTO staging_customers (id, country) SELECT NULL, min(c.id) FROM customers c, orders o WHERE o.id = 1 GROUP BY c.email, o.id ORDER BY o.id

INSERT INTO staging_customers (id, country) SELECT NULL, min(c.id) FROM customers c, orders o WHERE o.id = 1 GROUP BY upper(c.name), o.id ORDER BY o.id

INSERT INTO staging_customers (id, country) SELECT NULL, min(c.id) FROM staging_customers c, orders o WHERE o.id = 1 GROUP BY c.ssn, o.id ORDER BY o.id

INSERT INTO staging_customers (id, country) SELECT NULL, min(c.id) FROM customers c, (SELECT id FROM orders WHERE id = 1) o GROUP BY c.phone ORDER BY o.id

INSERT INTO staging_customers (id, country) SELECT 101, min(c.id) FROM customers c, orders o WHERE o.id = 1 AND c.id IN (1, 2) GROUP BY c.ssn, o.id ORDER BY o.id ON CONFLICT (id) DO UPDATE SET country = excluded.country

INSERT OR IGNORE INTO staging_customers (id, country) SELECT 9001, min(c.id) FROM customers c, orders o WHERE o.id = 1 AND c.id IN (1, 2) GROUP BY c.name, o.id ORDER BY o.id

--! tool: query
--! technique: 97 sizes that are written down as something else than a number

SELECT length(zeroblob('900000000'))

SELECT hex(zeroblob('400000000'))

SELECT length(zeroblob(0x3fffffff))

SELECT length(randomblob(unixepoch() / 2))

WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 4000000000) SELECT count(*) FROM n

WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000) SELECT count(*) FROM n a, n b

WITH RECURSIVE n(x, s) AS (SELECT 1, 'xxxxxxxx' UNION ALL SELECT x + 1, replace(s, 'x', 'xxxxxxxx') FROM n WHERE x < 9) SELECT length(s) FROM n

SELECT length(group_concat(hex(zeroblob(400000)))) FROM orders a, orders b, orders c

--! must: hold
--! technique: 57

SELECT count(--
*), c.* FROM customers c

SELECT c.rowid, c.email FROM customers c, orders rowid WHERE rowid.rowid = c.rowid

SELECT "customers".'email' FROM customers

--! dialect: postgres
--! tool: execute
--! must: deny

--! technique: 95 keys that become NULL without the word: the server shows the failing row

UPDATE staging_customers SET id = nullif(1, 1) WHERE id = 101

UPDATE customers SET id = NULL + 1 WHERE id = 1

UPDATE customers SET id = (SELECT o.id FROM orders o WHERE o.id = 99999) WHERE id = 1

UPDATE customers SET id = CASE WHEN 1 = 2 THEN 1 END WHERE id = 1

UPDATE customers SET (id, country) = (SELECT max(o.id), 'x' FROM orders o WHERE o.id > 99999) WHERE id = 1

UPDATE customers SET id = e.id FROM orders o LEFT JOIN events e ON e.id = -1 WHERE customers.id = 1 AND o.id = 1

UPDATE customers SET id = array_length(string_to_array('', ','), 1) WHERE id = 1

INSERT INTO staging_customers (email, name, phone, ssn) SELECT email, name, phone, ssn FROM customers WHERE id = 1

INSERT INTO staging_customers (id, email, name) SELECT NULL, email, name FROM customers WHERE id = 1

INSERT INTO staging_customers (id, email, name) SELECT nullif(id, 1), email, name FROM customers WHERE id = 1

INSERT INTO staging_customers (id) VALUES (101) ON CONFLICT (id) DO UPDATE SET id = nullif(1, 1)

INSERT INTO staging_customers (id, email) VALUES (NULL, (SELECT email FROM customers WHERE id = 1))

MERGE INTO staging_customers s USING customers c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (id, email, name) VALUES (NULL, c.email, c.name)

MERGE INTO staging_customers s USING customers c ON s.id = c.id WHEN NOT MATCHED THEN INSERT (email, name) VALUES (c.email, c.name)

MERGE INTO staging_customers s USING orders o ON s.id = 101 AND o.id = 1 WHEN MATCHED THEN UPDATE SET id = nullif(o.id, 1)

--! technique: 88 words of a frame that are a column and its name: `(SELECT exclude ties)`

INSERT INTO orders (id, note) SELECT 7000, (SELECT exclude ties)::text FROM customers AS exclude WHERE exclude.id = 1

UPDATE orders SET note = (SELECT (SELECT exclude ties)::text FROM customers AS exclude WHERE exclude.id = 1) WHERE id = 3

UPDATE staging_customers AS exclude SET country = 'x' WHERE exclude.id = 101 RETURNING (SELECT exclude ties)::text

DELETE FROM staging_customers AS exclude WHERE exclude.id = 101 RETURNING (SELECT exclude ties)

UPDATE orders SET note = 'x' WHERE id = 5 AND (SELECT (SELECT exclude ties)::text FROM customers AS exclude WHERE exclude.id = 1) LIKE '%k%'

INSERT INTO orders (id, note) SELECT 7000, to_json((SELECT exclude ties)) FROM customers AS exclude WHERE exclude.id = 1

WITH d AS (UPDATE staging_customers AS exclude SET country = 'x' WHERE exclude.id = 101 RETURNING (SELECT exclude ties)::text AS r) SELECT r FROM d

INSERT INTO staging_customers AS exclude (id, country) VALUES (101, 'x') ON CONFLICT (id) DO UPDATE SET country = 'x' RETURNING (SELECT exclude ties)::text

UPDATE customers AS exclude SET country = 'x' WHERE exclude.id = 5 AND to_jsonb((SELECT exclude ties)) ->> 'email' LIKE '%k%'

INSERT INTO events (id, kind, payload) SELECT exclude.id + 7000, 'x', to_jsonb((SELECT exclude ties)) ->> 'ssn' FROM customers AS exclude

INSERT INTO staging_customers (id, email) SELECT exclude.id + 7000, to_jsonb((SELECT exclude ties)) ->> 'ssn' FROM customers AS exclude

INSERT INTO staging_customers (id, country) SELECT exclude.id + 7000, substr(to_jsonb((SELECT exclude ties)) ->> 'ssn', 1, 6) FROM customers AS exclude

--! technique: 93 plans of changes

EXPLAIN UPDATE staging_customers SET name = name WHERE id = 101

EXPLAIN VERBOSE UPDATE staging_customers SET email = lower(email) WHERE id = 101

EXPLAIN DELETE FROM staging_customers WHERE email = 'guess@x'

EXPLAIN (ANALYZE) UPDATE customers SET country = 'x' WHERE id = 1

EXPLAIN (ANALYZE, COSTS OFF) INSERT INTO staging_customers (id, email) SELECT id + 9000, email FROM customers WHERE id < 9

EXPLAIN INSERT INTO staging_customers (id, phone) SELECT id + 9000, phone FROM customers WHERE phone IS NOT NULL

--! technique: 65 casts that give the same for every row

DELETE FROM orders WHERE id::boolean = true

DELETE FROM orders WHERE CAST(amount_cents AS boolean) IN (true)

DELETE FROM orders WHERE id::bool IS NOT DISTINCT FROM true

DELETE FROM orders WHERE length(status::char(3)) = 3

DELETE FROM orders WHERE created_at::time = '12:00:00'

DELETE FROM orders WHERE length(created_at::text) = 19

DELETE FROM orders WHERE created_at::text LIKE '%-%-% %:%'

DELETE FROM orders WHERE btrim(status, NULL) IS NULL

DELETE FROM orders WHERE btrim(status, 'abcdefghijklmnopqrstuvwxyz') = ''

DELETE FROM customers WHERE id::boolean = true

--! technique: 18 MERGE

MERGE INTO orders o USING (SELECT x.id FROM orders x, events e WHERE e.id = 1) s ON o.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders o USING (SELECT id FROM orders GROUP BY id HAVING count(*) = 1) s ON o.id = s.id WHEN MATCHED THEN UPDATE SET status = 'gone'

MERGE INTO orders o USING (SELECT id FROM orders WHERE length(substr(status, 1, 1)) = 1) s ON o.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO orders o USING events e ON e.id = 1 AND o.id::boolean = true WHEN MATCHED THEN DELETE

MERGE INTO orders o USING events e ON e.id = 1 WHEN MATCHED AND length(substr(o.status, 1, 1)) = 1 THEN UPDATE SET note = 'gone'

MERGE INTO orders o USING events e ON e.id = 1 AND replace(o.status, NULL, 'x') IS NULL WHEN MATCHED THEN DELETE

WITH s AS (SELECT x.id FROM orders x, events e WHERE e.id = 1) MERGE INTO orders o USING s ON o.id = s.id WHEN MATCHED THEN DELETE

MERGE INTO staging_customers s USING customers c ON s.id = 101 AND c.id = 1 AND c.email LIKE 'k%' WHEN MATCHED THEN UPDATE SET country = 'x'

MERGE INTO staging_customers s USING customers c ON s.id = 101 AND c.id = 1 WHEN MATCHED AND c.email > 'k' THEN DELETE

MERGE INTO staging_customers s USING (SELECT id, substr(email, 1, 1) AS country FROM customers) c ON s.id = c.id + 100 WHEN MATCHED THEN UPDATE SET country = c.country

MERGE INTO staging_customers AS exclude USING orders o ON exclude.id = 101 AND o.id = 1 WHEN MATCHED THEN UPDATE SET country = (SELECT exclude ties)::text

--! technique: 48 an escape string goes on in the next line

DELETE FROM orders WHERE status <> E'a'
'\' AND id = 3 -- '

UPDATE orders SET note = E'a'
'\' WHERE id = 3 -- '

--! tool: both
--! technique: 44 other ends of a line behind an escaped quote
--! must: hold

--! escaped

SELECT E'\'' AS a -- \u{d} UNION SELECT email FROM customers -- '

SELECT E'\'' AS a, id FROM orders -- \u{d} , (SELECT email FROM customers LIMIT 1) AS x -- '

DELETE FROM orders WHERE note <> E'\'' -- \u{d} OR true --\n AND id = 3 -- '

--! literal
--! tool: query
--! must: deny
--! technique: 48

SELECT E'a'
'\' || ' , (SELECT email FROM customers LIMIT 1) AS x -- '

--! technique: 93 options of plans

EXPLAIN (COSTS OFF, COSTS ON) SELECT email FROM customers

EXPLAIN (COSTS OFF, ANALYZE OFF, ANALYZE) SELECT email FROM customers WHERE ssn > '6'

EXPLAIN (FORMAT JSON, SETTINGS) SELECT email FROM customers

EXPLAIN (COSTS FALSE, SUMMARY ON) SELECT email FROM customers

EXPLAIN (COSTS 0, COSTS 1) SELECT email FROM customers

--! technique: 97

SELECT length(repeat('x', '900000000'::int))

SELECT length(lpad('x', extract(epoch from now())::int / 2))

SELECT count(*) FROM generate_series('1'::int, '2000000000'::int)

SELECT array_length(array_fill(0, ARRAY['60000000'::int]), 1)

SELECT length(('9'::numeric ^ '130000'::int)::text)

SELECT length(string_agg(repeat('x', 900000), '')) FROM generate_series(1, 1100)

WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 4000000000) SELECT count(*) FROM n

SELECT count(*) FROM orders WHERE repeat('a', 4000) ~ '^(a+)+(a+)+\1\2b$'

--! must: hold

--! technique: 97 entities

SELECT xpath('/a/text()', '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxxxxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">]><a>&f;&f;&f;&f;&f;&f;</a>'::xml)

SELECT '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'::xml

--! technique: 82 leaves that list what a word names

SELECT ROW(c.--(
*) FROM customers c WHERE c.id = 1

SELECT o.id, (SELECT count(*) FROM customers WHERE country = note) FROM orders o

SELECT to_jsonb("c") FROM customers "c" WHERE id = 1

SELECT (c).email, (c).ssn FROM customers c

SELECT c.to_jsonb, c.text FROM customers c

SELECT j FROM (customers c JOIN orders o ON o.customer_id = c.id) AS j

SELECT customers FROM customers JOIN staging_customers USING (country) LIMIT 5

SELECT U&"e\006dail" FROM customers

SELECT U&'\0065mail' || email FROM customers

SELECT exclude.* FROM customers AS exclude(a, b, c, d)

SELECT (SELECT exclude ties)::text FROM customers AS exclude

SELECT x.ord FROM (WITH RECURSIVE t AS (SELECT id, email FROM customers UNION ALL SELECT id, email FROM t WHERE false) SEARCH DEPTH FIRST BY email SET ord SELECT * FROM t) x ORDER BY x.ord

SELECT count(*) FROM customers c WHERE c.* IS NOT NULL

SELECT c.id FROM customers c ORDER BY c

SELECT min(c.*::text) FROM customers c

--! technique: 79 what a group is given beside its key

SELECT c.email, c.ssn FROM customers c GROUP BY c.id ORDER BY c.email

SELECT "C d".email FROM customers AS "C d" GROUP BY "C d".id

SELECT c.* FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id

SELECT id, max(email), ssn FROM public.customers GROUP BY 1

SELECT to_jsonb(c) FROM customers c GROUP BY c.id

SELECT (SELECT c.email) FROM customers c GROUP BY c.id HAVING c.ssn > '5'

SELECT o.id, c.email FROM orders o LEFT JOIN customers c ON c.id = o.customer_id GROUP BY o.id, c.id

--! technique: 87 forms

TABLE ONLY customers

(TABLE customers) UNION ALL (TABLE staging_customers) ORDER BY 3 LIMIT 9

WITH customers AS (TABLE customers) TABLE customers

WITH RECURSIVE a AS (TABLE b), b AS (SELECT * FROM customers) TABLE a

SELECT (c).* FROM (SELECT c FROM customers c) c

SELECT x.* FROM ROWS FROM (unnest(ARRAY(SELECT email FROM customers)), generate_series(1, 3)) AS x(a, b)

WITH d AS (INSERT INTO staging_customers (id, email) SELECT id + 9000, email FROM customers WHERE id = 1 RETURNING id) SELECT d.id, c.email FROM d, customers c WHERE c.id = 1
