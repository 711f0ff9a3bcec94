-- A second round to SQLite: more of mappers, dashboards, notebooks and cleaning jobs.
--! dialect: sqlite
--! tool: query
--! masked

EXPLAIN QUERY PLAN SELECT c.country, count(o.id) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country

EXPLAIN QUERY PLAN SELECT email FROM customers WHERE id = 3

SELECT * FROM customers LIMIT 5

SELECT c.* FROM customers c WHERE c.country IN ('DE', 'FR') ORDER BY c.id DESC LIMIT 3

SELECT DISTINCT email FROM customers WHERE email IS NOT NULL

SELECT name, count(*) OVER (PARTITION BY country) AS peers FROM customers

SELECT email, row_number() OVER (PARTITION BY email ORDER BY id) AS nth FROM staging_customers

SELECT id, name, email FROM customers WHERE phone IS NULL OR ssn IS NULL

SELECT count(DISTINCT phone), count(DISTINCT ssn), count(DISTINCT name) FROM customers

SELECT a.id, b.id FROM staging_customers a JOIN staging_customers b ON a.email = b.email AND a.id < b.id

SELECT a.id FROM staging_customers a WHERE (SELECT count(*) FROM staging_customers b WHERE b.email = a.email) > 1

SELECT id FROM staging_customers WHERE email IN (SELECT email FROM staging_customers GROUP BY email HAVING count(*) > 1)

SELECT g.id, g.email = c.email AS same FROM gold_customers g JOIN customers c ON c.id = g.id

SELECT c.id FROM customers c LEFT JOIN gold_customers g USING (id, email) WHERE g.id IS NULL AND c.email IS NOT NULL

SELECT count(*) FROM customers c JOIN gold_customers g ON g.email = c.email

SELECT email FROM gold_customers INTERSECT SELECT email FROM customers

SELECT c.id, c.name, group_concat(o.status, '|') AS history FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id

SELECT c.name, max(o.created_at) AS last_order, sum(o.amount_cents) / 100.0 AS spent FROM customers AS c JOIN orders AS o ON c.id = o.customer_id GROUP BY c.id, c.name HAVING count(*) >= 2 ORDER BY spent DESC

SELECT name AS customer_name, CASE WHEN email IS NULL THEN 'missing' ELSE 'ok' END AS mail_state FROM customers

SELECT sum(email IS NULL) AS no_mail, sum(phone IS NULL) AS no_phone, avg(ssn IS NOT NULL) AS filled FROM customers

SELECT country, json_group_array(name) FROM customers GROUP BY country

SELECT json_object('id', c.id, 'name', c.name, 'orders', (SELECT json_group_array(o.id) FROM orders o WHERE o.customer_id = c.id)) FROM customers c WHERE c.id < 5

SELECT id || ': ' || name AS label FROM customers WHERE id < 6

SELECT upper(country) AS cc, count(email) FROM customers GROUP BY upper(country) ORDER BY 2 DESC

WITH active AS (SELECT DISTINCT customer_id FROM orders WHERE status <> 'returned') SELECT c.id, c.email FROM customers c JOIN active a ON a.customer_id = c.id

WITH c AS (SELECT id, name, email FROM customers WHERE country = 'DE'), o AS (SELECT customer_id, sum(amount_cents) AS total FROM orders GROUP BY customer_id) SELECT c.name, c.email, coalesce(o.total, 0) AS total FROM c LEFT JOIN o ON o.customer_id = c.id ORDER BY total DESC

SELECT id, email FROM customers WHERE id IN (SELECT customer_id FROM orders GROUP BY customer_id ORDER BY sum(amount_cents) DESC LIMIT 5)

SELECT id, email FROM customers ORDER BY random() LIMIT 3

SELECT * FROM (SELECT id, email FROM customers UNION ALL SELECT id, email FROM gold_customers) ORDER BY id

SELECT 'silver' AS tier, count(email) AS mails FROM customers UNION ALL SELECT 'gold', count(email) FROM gold_customers

SELECT first_value(name) OVER (PARTITION BY country ORDER BY created_at, id) AS first_customer, country FROM customers

SELECT strftime('%Y', created_at) AS year, count(*) AS n, count(email) * 100.0 / count(*) AS pct FROM customers GROUP BY year

SELECT id, length(name) > 0 AS named FROM customers

SELECT c.id, c.email, o.* FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'open' WHERE c.country = 'FR'

SELECT o.id, c.* FROM orders o LEFT JOIN customers c ON c.id = o.customer_id ORDER BY o.id LIMIT 10

SELECT main.customers.id, main.customers.email FROM main.customers LEFT JOIN main.orders ON main.orders.customer_id = main.customers.id WHERE main.orders.id IS NULL

SELECT "t0"."id", "t0"."email", "t1"."status" FROM "customers" AS "t0" LEFT OUTER JOIN "orders" AS "t1" ON ("t0"."id" = "t1"."customer_id") WHERE ("t0"."country" = 'DE') LIMIT 50

SELECT customers.*, (SELECT count(*) FROM orders WHERE orders.customer_id = customers.id) AS order_count FROM customers ORDER BY order_count DESC LIMIT 5

SELECT email, phone FROM staging_customers EXCEPT SELECT email, phone FROM staging_customers WHERE country = 'DE'

SELECT country, email FROM (SELECT country, email, rank() OVER (PARTITION BY country ORDER BY id) AS r FROM customers) WHERE r <= 2

SELECT nullif(email, phone), iif(email IS NULL, phone, email) AS reach FROM customers

SELECT count(*) FROM customers WHERE email IS NOT NULL AND phone IS NOT NULL AND ssn IS NOT NULL

SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM gold_customers g WHERE g.email = c.email)

SELECT max(c.id), c.name FROM customers c GROUP BY c.country

SELECT c.rowid, c.name FROM customers c WHERE c.rowid BETWEEN 3 AND 6

SELECT count(*) AS n FROM customers WHERE country NOT IN ('DE', '') AND email NOTNULL

--! plain

SELECT o.status AS "Status", count(*) AS "Count" FROM orders o GROUP BY "Status" ORDER BY "Count" DESC

SELECT date(created_at) AS d, sum(amount_cents) AS total, sum(sum(amount_cents)) OVER (ORDER BY date(created_at)) AS running FROM orders GROUP BY d

SELECT id, amount_cents, avg(amount_cents) OVER (ORDER BY created_at, id ROWS 6 PRECEDING) AS ma7 FROM orders

SELECT status, amount_cents, rank() OVER (PARTITION BY status ORDER BY amount_cents DESC) AS r FROM orders WHERE amount_cents > (SELECT avg(amount_cents) FROM orders)

SELECT strftime('%Y-W%W', created_at) AS week, count(*) FROM orders GROUP BY 1 HAVING count(*) > 1

SELECT sum(amount_cents) FILTER (WHERE status = 'paid') AS paid, sum(amount_cents) FILTER (WHERE status = 'open') AS open FROM orders

SELECT a.id, b.id FROM orders a, orders b WHERE a.id + 1 = b.id AND a.status = b.status

SELECT id FROM orders WHERE CAST(substr(created_at, 6, 2) AS INTEGER) BETWEEN 2 AND 4

SELECT id FROM orders WHERE (SELECT count(*) FROM events WHERE events.id = orders.id) = 0

SELECT kind, count(*) AS cnt, round(100.0 * count(*) / (SELECT count(*) FROM events), 2) AS pct FROM events GROUP BY kind

SELECT kind, json_extract(payload, '$.ok') AS ok, count(*) FROM events GROUP BY kind, ok ORDER BY kind, ok

SELECT DISTINCT j.key FROM events, json_each(events.payload) AS j ORDER BY 1

SELECT printf('%s-%s', status, printf('%03d', id)) FROM orders LIMIT 3

SELECT printf('%d%%', 50), printf('%5.1f|%-8s|%+d', 1.25, 'ab', 7), printf('%x %X %o', 255, 255, 8), printf('%c%c', 'a', 'b'), printf('%q', 'it''s')

SELECT id, status, CASE status WHEN 'open' THEN 1 WHEN 'paid' THEN 2 ELSE 3 END AS rank FROM orders ORDER BY rank, id LIMIT 5

SELECT min(id) AS low, max(id) AS high, high.n FROM orders, (SELECT count(*) AS n FROM events) AS high

SELECT count(*) AS total, count(*) - count(note) AS nulls, count(DISTINCT note) AS distinct_notes, min(length(note)) AS shortest, max(length(note)) AS longest FROM orders

SELECT customer_id FROM orders GROUP BY customer_id HAVING sum(status = 'returned') * 2 > count(*)

WITH RECURSIVE months(m) AS (SELECT '2026-01-01' UNION ALL SELECT date(m, '+1 month') FROM months WHERE m < '2026-06-01') SELECT strftime('%Y-%m', m) AS month, count(o.id) FROM months LEFT JOIN orders o ON strftime('%Y-%m', o.created_at) = strftime('%Y-%m', m) GROUP BY month

WITH RECURSIVE split(word, rest) AS (SELECT '', 'a,b,c' || ',' UNION ALL SELECT substr(rest, 1, instr(rest, ',') - 1), substr(rest, instr(rest, ',') + 1) FROM split WHERE rest <> '') SELECT word FROM split WHERE word <> ''

SELECT * FROM orders WHERE id >= (SELECT max(id) FROM orders) - 4

SELECT o.id, e.kind FROM orders o LEFT JOIN events e ON e.id = o.id AND e.kind = 'login' ORDER BY o.id LIMIT 5

SELECT id FROM orders WHERE status = 'paid' OR (status = 'open' AND amount_cents > 1000) ORDER BY created_at DESC LIMIT 10

SELECT datetime('now', 'localtime') > datetime('2020-01-01'), date('now', 'start of year'), strftime('%s', 'now') - strftime('%s', '2026-01-01') > 0

SELECT id, note FROM orders WHERE note IS NOT NULL AND note <> '' AND instr(note, 'door') > 0

SELECT status, group_concat(DISTINCT customer_id) AS customers FROM orders GROUP BY status

SELECT id, replace(replace(note, 'door', 'gate'), 'the', 'a') FROM orders WHERE note LIKE '%door%'

SELECT sum(a) FROM (SELECT amount_cents AS a FROM orders UNION ALL SELECT amount_cents FROM gold_orders)

SELECT status FROM orders GROUP BY status HAVING max(created_at) < '2027-01-01'

SELECT nullif(count(*), 0) FROM orders WHERE status = 'nope'

SELECT (SELECT 1) AS a, (SELECT 2) AS b

SELECT 1 AS "order", 2 AS 'group', 3 AS [select], 4 AS `from`

--! tool: execute

UPDATE orders SET status = 'cancelled' WHERE status = 'open' AND created_at < date('now', '-90 days')

UPDATE orders SET note = trim(note) WHERE note <> trim(note) AND id < 30

UPDATE orders SET note = 'gift' WHERE note IS NULL AND customer_id = 4

UPDATE orders SET note = coalesce(note, '') || ' [checked]' WHERE id IN (1, 2)

UPDATE orders SET customer_id = (SELECT customer_id FROM gold_orders g WHERE g.id = orders.id) WHERE id IN (SELECT id FROM gold_orders WHERE status = 'paid')

UPDATE orders SET status = g.status FROM gold_orders g WHERE g.id = orders.id AND g.id IN (3, 4)

UPDATE events SET payload = json_remove(payload, '$.tags') WHERE id = 7

UPDATE events SET payload = json_set(payload, '$.checked', json('true'), '$.by', 'batch') WHERE kind = 'login' AND id < 10

UPDATE events SET kind = json_extract(payload, '$.geo.city') WHERE id = 8

DELETE FROM events WHERE at < datetime('2026-01-05') AND kind <> 'payment'

DELETE FROM events WHERE id NOT IN (SELECT max(id) FROM events GROUP BY kind, at)

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY customer_id, amount_cents ORDER BY id) AS rn FROM orders) WHERE rn > 1)

DELETE FROM staging_customers WHERE country IS NULL OR trim(country) = ''

DELETE FROM staging_customers WHERE id IN (SELECT s.id FROM staging_customers s JOIN customers c ON c.email = s.email)

DELETE FROM staging_customers WHERE EXISTS (SELECT 1 FROM staging_customers o WHERE o.email = staging_customers.email AND o.id < staging_customers.id)

INSERT INTO orders (id, customer_id, amount_cents, status, note, created_at) SELECT max(id) + 1, 3, 500, 'open', NULL, datetime('now') FROM orders

INSERT INTO orders (id, customer_id, amount_cents, status) SELECT 2000 + id, customer_id, amount_cents, 'open' FROM gold_orders WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = gold_orders.id + 2000)

INSERT INTO events (id, kind, payload, at) VALUES (4100, 'note', json_object('text', 'it''s fine', 'n', 3), strftime('%Y-%m-%d %H:%M:%S', 'now'))

INSERT INTO staging_customers (id, name, email, country) SELECT id + 5000, name, email, country FROM customers WHERE country = 'DE'

INSERT INTO staging_customers (id, name, email, country) SELECT id + 6000, trim(name), lower(trim(email)), upper(country) FROM customers WHERE id < 4

INSERT OR IGNORE INTO staging_customers SELECT * FROM customers WHERE id = 3

INSERT INTO customers SELECT * FROM staging_customers WHERE id = 110 ON CONFLICT (id) DO NOTHING

WITH latest AS (SELECT * FROM staging_customers WHERE id BETWEEN 110 AND 112) INSERT INTO customers SELECT * FROM latest

WITH one AS (SELECT id, name, email, row_number() OVER (PARTITION BY email ORDER BY id) AS n FROM staging_customers WHERE email IS NOT NULL AND id > 110) INSERT INTO customers (id, name, email) SELECT id, name, email FROM one WHERE n = 1 ORDER BY id

UPDATE customers SET name = s.name FROM (SELECT id, name FROM staging_customers WHERE id = 104) AS s WHERE customers.id = 4

UPDATE customers SET email = lower(email) WHERE id = 5

UPDATE customers SET phone = NULL WHERE phone = ''

UPDATE staging_customers SET country = (SELECT c.country FROM customers c WHERE c.email = staging_customers.email) WHERE id IN (101, 102)
