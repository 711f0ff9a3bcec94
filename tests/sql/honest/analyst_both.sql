-- What analysts of both engines write, put down before the screen was asked.

--! dialect: both
--! tool: query
--! plain

SELECT status, COUNT(*) AS orders, SUM(amount_cents) / 100.0 AS revenue FROM orders GROUP BY status ORDER BY revenue DESC

SELECT o.* FROM orders o WHERE o.amount_cents > (SELECT AVG(amount_cents) FROM orders) ORDER BY o.amount_cents DESC LIMIT 5

SELECT customer_id, SUM(amount_cents) AS ltv FROM orders GROUP BY customer_id HAVING SUM(amount_cents) > 5000 ORDER BY 2 DESC, 1

SELECT c.country, COUNT(DISTINCT o.customer_id) AS buyers FROM orders AS o INNER JOIN customers AS c ON c.id = o.customer_id GROUP BY c.country

SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL

SELECT c.id, COALESCE(SUM(o.amount_cents), 0) AS spent FROM customers c LEFT OUTER JOIN orders o ON c.id = o.customer_id AND o.status <> 'returned' GROUP BY c.id ORDER BY spent DESC LIMIT 10

WITH monthly AS (
  SELECT customer_id, COUNT(*) AS n, SUM(amount_cents) AS total
  FROM orders
  GROUP BY customer_id
), ranked AS (
  SELECT customer_id, total, RANK() OVER (ORDER BY total DESC) AS r FROM monthly
)
SELECT * FROM ranked WHERE r <= 10 ORDER BY r, customer_id

SELECT id, customer_id, amount_cents, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created_at DESC, id) AS rn FROM orders

SELECT * FROM (SELECT o.*, ROW_NUMBER() OVER (PARTITION BY o.customer_id ORDER BY o.id DESC) AS rn FROM orders o) latest WHERE latest.rn = 1

SELECT id, amount_cents, amount_cents - LAG(amount_cents, 1, 0) OVER w AS diff FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY id)

SELECT id, SUM(amount_cents) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM orders ORDER BY id

SELECT id, AVG(amount_cents) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS smooth FROM orders

SELECT status, COUNT(*) * 100.0 / SUM(COUNT(*)) OVER () AS pct FROM orders GROUP BY status

SELECT NTILE(4) OVER (ORDER BY amount_cents) AS quartile, id FROM orders

SELECT status, SUM(CASE WHEN amount_cents >= 5000 THEN 1 ELSE 0 END) AS big, SUM(CASE WHEN amount_cents < 5000 THEN 1 ELSE 0 END) AS small FROM orders GROUP BY status

SELECT CASE status WHEN 'paid' THEN 'closed' WHEN 'shipped' THEN 'closed' ELSE 'open' END AS state, COUNT(*) FROM orders GROUP BY CASE status WHEN 'paid' THEN 'closed' WHEN 'shipped' THEN 'closed' ELSE 'open' END

SELECT COUNT(*) FILTER (WHERE status = 'paid') AS paid, COUNT(*) FILTER (WHERE status = 'returned') AS returned, COUNT(*) AS every FROM orders

SELECT id FROM orders WHERE status IN ('paid', 'shipped') AND NOT (amount_cents BETWEEN 1000 AND 2000) AND note IS NOT NULL

SELECT id, UPPER(status) || '-' || CAST(id AS VARCHAR(20)) AS code FROM orders WHERE LOWER(status) LIKE 'ship%'

SELECT kind, MIN(at) AS first_seen, MAX(at) AS last_seen FROM events GROUP BY kind ORDER BY kind

SELECT 'orders' AS source, COUNT(*) AS n FROM orders UNION ALL SELECT 'events', COUNT(*) FROM events UNION ALL SELECT 'customers', COUNT(*) FROM customers ORDER BY n DESC

SELECT customer_id FROM orders INTERSECT SELECT id FROM customers ORDER BY 1

SELECT id FROM customers EXCEPT SELECT customer_id FROM orders

SELECT c.id, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS n_orders FROM customers c ORDER BY n_orders DESC, c.id LIMIT 20 OFFSET 5

SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status = 'returned')

SELECT a.id AS first_order, b.id AS second_order FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id ORDER BY a.id, b.id LIMIT 25

WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 31) SELECT n FROM seq ORDER BY n

WITH RECURSIVE days AS (SELECT 1 AS d UNION ALL SELECT d + 1 FROM days WHERE d < 27) SELECT days.d, COUNT(o.id) AS orders FROM days LEFT JOIN orders o ON o.id % 27 = days.d - 1 GROUP BY days.d ORDER BY days.d

SELECT COUNT(*) AS total, COUNT(note) AS with_note, COUNT(*) - COUNT(note) AS missing, 100.0 * COUNT(note) / COUNT(*) AS fill FROM orders

SELECT customer_id, COUNT(*) FROM orders GROUP BY customer_id HAVING COUNT(*) > 1 ORDER BY COUNT(*) DESC, customer_id

SELECT ABS(amount_cents - 5000) AS distance, ROUND(amount_cents / 100.0) AS euros, amount_cents % 10 AS last_digit FROM orders ORDER BY distance, id LIMIT 3

SELECT NULLIF(note, '') AS note, COALESCE(note, 'n/a') AS shown FROM orders WHERE id <= 10

SELECT DISTINCT status, customer_id % 2 = 0 AS even FROM orders ORDER BY status, even

SELECT g.id, g.amount_cents, o.amount_cents AS source_amount FROM gold_orders g JOIN orders o ON o.id = g.id WHERE g.amount_cents <> o.amount_cents

SELECT (SELECT COUNT(*) FROM orders) AS silver, (SELECT COUNT(*) FROM gold_orders) AS gold, (SELECT COUNT(*) FROM orders) - (SELECT COUNT(*) FROM gold_orders) AS missing

SELECT id FROM orders WHERE id NOT IN (SELECT id FROM gold_orders) ORDER BY id

SELECT o.id, x.n FROM orders o CROSS JOIN (SELECT COUNT(*) AS n FROM orders) x WHERE o.id < 4

SELECT first_value(status) OVER (PARTITION BY customer_id ORDER BY id) AS first_status, id FROM orders

SELECT t.status, t.n FROM (SELECT status, COUNT(*) AS n FROM orders GROUP BY status) AS t WHERE t.n > 3

SELECT x.column1, x.column2 FROM (VALUES (1, 'one'), (2, 'two')) AS x

SELECT id, CASE WHEN amount_cents IS NULL THEN 'none' WHEN amount_cents > 7500 THEN 'high' WHEN amount_cents > 2500 THEN 'mid' ELSE 'low' END AS bucket FROM orders ORDER BY id

--! masked

SELECT id, name, email FROM customers ORDER BY id LIMIT 5

SELECT COUNT(DISTINCT email) AS people, COUNT(email) AS with_email, COUNT(*) AS total FROM customers

SELECT email, COUNT(*) AS n FROM staging_customers WHERE email IS NOT NULL GROUP BY email HAVING COUNT(*) > 1

SELECT o.id, c.name, c.email, o.amount_cents FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'paid' ORDER BY o.amount_cents DESC, o.id LIMIT 10

SELECT c.country, COUNT(*) AS n, COUNT(c.phone) AS phones FROM customers c GROUP BY c.country ORDER BY n DESC, c.country

WITH dup AS (SELECT name, email, COUNT(*) AS n FROM staging_customers GROUP BY name, email HAVING COUNT(*) > 1) SELECT d.n, s.id FROM dup d JOIN staging_customers s ON s.email = d.email AND s.name = d.name ORDER BY s.id

SELECT * FROM gold_customers ORDER BY id

SELECT s.id FROM customers s LEFT JOIN gold_customers g ON g.id = s.id WHERE g.id IS NULL OR g.email IS NULL

SELECT id, email IS NULL AS no_email, phone IS NULL AS no_phone FROM customers ORDER BY 1

SELECT MAX(created_at) FROM customers WHERE ssn IS NOT NULL AND phone IS NOT NULL

--! plain
--! tool: execute

UPDATE orders SET status = 'shipped' WHERE id = 17 AND status = 'paid'

UPDATE orders SET note = NULL WHERE id IN (3, 8, 13) AND note = ''

UPDATE orders SET amount_cents = amount_cents - 100, note = 'discount' WHERE customer_id = 7 AND status = 'open'

INSERT INTO orders (id, customer_id, amount_cents, status, created_at) VALUES (900, 3, 1250, 'open', '2026-05-05 10:00:00')

INSERT INTO orders (id, customer_id, amount_cents, status, note) VALUES (901, 3, 100, 'open', NULL), (902, 4, 200, 'paid', 'gift') 

INSERT INTO orders (id, customer_id, amount_cents, status) SELECT id + 1000, customer_id, amount_cents, 'open' FROM orders WHERE status = 'returned' AND id < 20

INSERT INTO orders (id, status, amount_cents) VALUES (5, 'paid', 10) ON CONFLICT (id) DO UPDATE SET status = excluded.status, amount_cents = excluded.amount_cents

INSERT INTO orders (id, status) VALUES (5, 'paid') ON CONFLICT DO NOTHING

DELETE FROM orders WHERE id = 44

DELETE FROM orders WHERE id BETWEEN 41 AND 44 AND status = 'open'

DELETE FROM staging_customers WHERE id = 103

DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE country = 'IT') AND status = 'returned'

UPDATE staging_customers SET country = 'DE' WHERE id = 104 AND country <> 'DE'

UPDATE orders SET status = CASE WHEN amount_cents > 5000 THEN 'review' ELSE status END WHERE id IN (10, 11, 12)

DELETE FROM events WHERE kind = 'noise' AND id < 10

INSERT INTO staging_customers (id, name, country) VALUES (500, 'Test Person', 'DE') RETURNING id

-- Rows that stand twice, and what is plainly wrong: how pipelines clean.

--! dialect: both
--! tool: execute
--! plain

WITH ranked AS (SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id, status ORDER BY id) AS rn FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM ranked WHERE rn > 2)

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id, status ORDER BY id) AS n FROM orders) AS t WHERE t.n > 2)

UPDATE orders SET note = 'check' WHERE amount_cents < 0 OR amount_cents IS NULL

UPDATE orders SET status = 'review' WHERE amount_cents > 8800

UPDATE orders SET note = 'newest' WHERE id = (SELECT id FROM orders ORDER BY created_at DESC, id DESC LIMIT 1)

DELETE FROM events WHERE id IN (SELECT id FROM events ORDER BY at LIMIT 5)

UPDATE orders SET note = 'top' WHERE id IN (SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.country = 'DE' AND o.status = 'paid')

UPDATE orders SET note = 'odd' WHERE (customer_id = 3 AND status = 'open') OR id = 9

DELETE FROM orders WHERE customer_id NOT IN (SELECT id FROM customers)

UPDATE orders SET status = 'archived' WHERE created_at >= '2026-01-01' AND created_at < '2026-02-01'

--! dialect: postgres

DELETE FROM orders a USING orders b WHERE a.id > b.id AND a.customer_id = b.customer_id AND a.created_at = b.created_at

UPDATE orders SET note = 'stale' WHERE created_at < CURRENT_DATE - INTERVAL '20 years'

UPDATE orders SET note = 'stale' WHERE created_at < now() - '400 days'::interval AND status = 'open'

--! dialect: sqlite

UPDATE orders SET note = 'stale' WHERE created_at < datetime('now', '-5 years')
