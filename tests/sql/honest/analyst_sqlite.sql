-- What analysts of SQLite write, put down before the screen was asked.

--! dialect: sqlite
--! tool: query
--! plain

SELECT strftime('%Y-%m', created_at) AS month, COUNT(*) AS n, SUM(amount_cents) AS total FROM orders GROUP BY month ORDER BY month

SELECT date(created_at, 'start of month') AS month, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT id, julianday('2026-07-01') - julianday(created_at) AS age_days FROM orders ORDER BY age_days DESC LIMIT 5

SELECT id FROM orders WHERE created_at >= date('2026-03-01') AND created_at < date('2026-03-01', '+1 month')

SELECT strftime('%w', created_at) AS weekday, count(*) FROM orders GROUP BY weekday

SELECT json_extract(payload, '$.geo.city') AS city, count(*) FROM events GROUP BY city

SELECT id, payload ->> '$.ip' AS ip, payload -> '$.tags' AS tags FROM events WHERE kind = 'login'

SELECT e.id, t.value AS tag FROM events e, json_each(e.payload, '$.tags') t ORDER BY e.id, t.key

SELECT e.id, j.key, j.value FROM events AS e JOIN json_each(e.payload) AS j WHERE e.id <= 2 AND j.key <> 'geo'

SELECT group_concat(status, ', ') FROM (SELECT DISTINCT status FROM orders ORDER BY status)

SELECT customer_id, group_concat(DISTINCT status) AS statuses FROM orders GROUP BY customer_id

SELECT printf('%.2f', amount_cents / 100.0) AS euros, format('%05d', id) AS code FROM orders LIMIT 5

SELECT iif(amount_cents > 5000, 'big', 'small') AS size, count(*) FROM orders GROUP BY size

SELECT total(amount_cents), avg(amount_cents), min(amount_cents), max(amount_cents) FROM orders WHERE status = 'paid'

SELECT instr(note, 'door') AS at, substr(note, 1, 5) AS head, length(note) AS n FROM orders WHERE note IS NOT NULL

SELECT id, max(amount_cents) FROM orders GROUP BY customer_id

SELECT ifnull(note, '-') FROM orders LIMIT 3

SELECT typeof(amount_cents), count(*) FROM orders GROUP BY 1

SELECT CAST(strftime('%m', created_at) AS INTEGER) AS m, sum(amount_cents) FILTER (WHERE status = 'paid') AS paid FROM orders GROUP BY m HAVING paid IS NOT NULL

SELECT json_object('id', id, 'status', status) FROM orders LIMIT 3

SELECT json_group_array(json_object('id', id, 'cents', amount_cents)) FROM orders WHERE customer_id = 5

SELECT id FROM orders WHERE note GLOB '*paid*'

SELECT id FROM orders WHERE note LIKE '%100\%%' ESCAPE '\'

SELECT o1.customer_id, o1.id FROM orders o1 WHERE o1.id = (SELECT max(o2.id) FROM orders o2 WHERE o2.customer_id = o1.customer_id)

SELECT * FROM orders ORDER BY created_at DESC NULLS LAST LIMIT 10, 5

SELECT id, datetime(created_at, '+7 days') AS due, CASE WHEN datetime(created_at, '+7 days') < '2026-04-01' THEN 1 ELSE 0 END AS overdue FROM orders

SELECT unixepoch(created_at) / 86400 AS day, count(*) FROM orders GROUP BY day

SELECT id, amount_cents, round(100.0 * amount_cents / sum(amount_cents) OVER (), 2) AS pct FROM orders ORDER BY pct DESC

SELECT id, amount_cents, percent_rank() OVER (ORDER BY amount_cents) AS pr FROM orders

SELECT status, amount_cents FROM (SELECT status, amount_cents, row_number() OVER (PARTITION BY status ORDER BY amount_cents) AS rn, count(*) OVER (PARTITION BY status) AS cnt FROM orders) WHERE rn IN ((cnt + 1) / 2, (cnt + 2) / 2)

WITH RECURSIVE dates(d) AS (VALUES('2026-01-01') UNION ALL SELECT date(d, '+1 day') FROM dates WHERE d < '2026-01-31') SELECT d, (SELECT count(*) FROM orders WHERE date(created_at) = d) AS n FROM dates

SELECT count(*) FROM orders o NATURAL JOIN gold_orders g

SELECT o.id FROM orders o JOIN gold_orders g USING (id) ORDER BY id

SELECT o.id, g.id FROM orders o FULL OUTER JOIN gold_orders g ON o.id = g.id WHERE g.id IS NULL

SELECT avg(amount_cents * amount_cents) - avg(amount_cents) * avg(amount_cents) AS variance FROM orders

SELECT EXISTS (SELECT 1 FROM orders WHERE status = 'lost') AS any_lost

SELECT id, customer_id FROM orders WHERE (customer_id, status) IN (SELECT customer_id, status FROM gold_orders)

EXPLAIN QUERY PLAN SELECT * FROM orders WHERE customer_id = 4

SELECT quote(note), hex(id), char(65), unicode(status) FROM orders LIMIT 2

SELECT replace(trim(note), ' ', '_'), ltrim(note, 'l'), rtrim(note) FROM orders WHERE note IS NOT NULL

SELECT "status" AS "order status", [id] AS [order id], `amount_cents` FROM "orders"

SELECT count(*) AS n, min(at) AS "from", max(at) AS "to" FROM events WHERE at BETWEEN '2026-01-05' AND '2026-01-20'

SELECT CAST(amount_cents AS REAL) / 100 AS euros, CAST(id AS TEXT) AS id FROM orders LIMIT 1

SELECT sum(amount_cents) OVER (PARTITION BY customer_id ORDER BY created_at RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders

SELECT status, string_agg(id, ',' ORDER BY id) AS ids FROM orders GROUP BY status

SELECT coalesce(c.country, '?') AS country, strftime('%Y-%m', o.created_at) AS month, sum(o.amount_cents) AS total FROM orders o LEFT JOIN customers c ON c.id = o.customer_id GROUP BY 1, 2 ORDER BY 1, 2

SELECT json_array_length(payload, '$.tags') AS n, json_type(payload, '$.ok') AS t FROM events LIMIT 4

SELECT id FROM orders WHERE status IS NOT 'paid' AND note IS NULL

SELECT date('now') AS today, count(*) FROM orders WHERE created_at < date('now', '-1 year')

--! masked

SELECT name || ' <' || email || '>' AS contact FROM customers WHERE email IS NOT NULL LIMIT 5

SELECT c.*, count(o.id) AS orders FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY orders DESC, c.id LIMIT 10

SELECT count(*) FROM customers c JOIN staging_customers s ON s.id = c.id + 100 AND c.country = s.country

SELECT id, ifnull(phone, 'no phone') AS phone FROM customers ORDER BY id

SELECT json_object('id', id, 'mail', email) FROM customers LIMIT 2

SELECT name, strftime('%Y', created_at) AS joined FROM customers WHERE created_at > '2026-02-01' ORDER BY created_at, id

--! plain
--! tool: execute

UPDATE orders SET created_at = datetime('now') WHERE id = 12

INSERT OR IGNORE INTO orders (id, status) VALUES (1, 'open')

INSERT OR REPLACE INTO orders (id, customer_id, amount_cents, status) VALUES (6, 2, 500, 'open')

UPDATE orders SET status = 'closed' WHERE date(created_at) = '2026-02-02'

UPDATE orders SET note = gold_orders.note FROM gold_orders WHERE gold_orders.id = orders.id AND gold_orders.status = 'paid'

UPDATE orders SET note = trim(note) WHERE note LIKE ' %'

INSERT INTO events (id, kind, payload, at) VALUES (700, 'login', json_object('ip', '203.0.113.9'), datetime('now'))

UPDATE events SET payload = json_set(payload, '$.ok', json('true')) WHERE id = 9

DELETE FROM orders WHERE created_at < '2026-01-10' AND status = 'returned'

WITH old AS (SELECT id FROM orders WHERE status = 'returned' AND amount_cents < 3000) DELETE FROM orders WHERE id IN (SELECT id FROM old)

DELETE FROM staging_customers WHERE id IN (SELECT id FROM staging_customers GROUP BY name HAVING count(*) > 1)

UPDATE orders SET (status, note) = ('open', 'again') WHERE id = 20 RETURNING id, status
