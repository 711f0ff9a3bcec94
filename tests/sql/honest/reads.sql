--! tool: query

-- What the shop looks like.
SELECT count(*) FROM orders;

SELECT * FROM orders LIMIT 5

SELECT id, status, amount_cents FROM orders WHERE status = 'paid' ORDER BY amount_cents DESC LIMIT 10

SELECT status, COUNT(*) AS n, SUM(amount_cents) AS total FROM orders GROUP BY status ORDER BY n DESC, status

SELECT status, count(*) FROM orders GROUP BY status HAVING count(*) > 3

SELECT DISTINCT status FROM orders ORDER BY status

select o.id, o.amount_cents / 100.0 as euros from orders o where o.amount_cents between 1000 and 5000 order by euros

SELECT o.customer_id, MAX(o.amount_cents) AS biggest, MIN(o.amount_cents) AS smallest, AVG(o.amount_cents) AS mean
FROM orders AS o
WHERE o.status IN ('paid', 'shipped')
GROUP BY o.customer_id
ORDER BY biggest DESC
LIMIT 20 OFFSET 0

SELECT id FROM orders WHERE status NOT IN ('returned', 'open') AND amount_cents >= 500

SELECT id, CASE WHEN amount_cents >= 5000 THEN 'large' WHEN amount_cents >= 1000 THEN 'medium' ELSE 'small' END AS bucket FROM orders

SELECT CASE status WHEN 'paid' THEN 1 ELSE 0 END AS is_paid, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT SUM(CASE WHEN status = 'returned' THEN 1 ELSE 0 END) * 100.0 / COUNT(*) AS return_rate FROM orders

SELECT id, COALESCE(note, 'no note') AS note FROM orders ORDER BY id

SELECT id, NULLIF(status, 'open') FROM orders

SELECT id FROM orders WHERE note IS NULL

SELECT id FROM orders WHERE note IS NOT NULL AND note LIKE '%door%'

SELECT id, note FROM orders WHERE note LIKE '100\%%' ESCAPE '\'

SELECT upper(status), lower(status), length(note), trim(note), replace(note, 'door', 'gate') FROM orders WHERE id < 10

SELECT substr(note, 1, 10) AS head FROM orders WHERE id = 3

SELECT 'order ' || id || ' is ' || status AS line FROM orders ORDER BY id LIMIT 3

WITH paid AS (SELECT * FROM orders WHERE status = 'paid') SELECT count(*) AS n, sum(amount_cents) AS cents FROM paid

WITH monthly AS (
  SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id
), busy AS (
  SELECT customer_id FROM monthly WHERE n > 1
)
SELECT b.customer_id, m.n FROM busy b JOIN monthly m ON m.customer_id = b.customer_id ORDER BY m.n DESC

WITH outer_cte AS (
  WITH inner_cte AS (SELECT id, amount_cents FROM orders WHERE amount_cents > 100)
  SELECT id, amount_cents * 2 AS doubled FROM inner_cte
)
SELECT max(doubled) FROM outer_cte

WITH t(a, b) AS (SELECT id, status FROM orders) SELECT a, b FROM t WHERE a <= 5

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i FROM n

WITH RECURSIVE days(d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM days WHERE d < 6)
SELECT days.d, count(o.id) AS orders FROM days LEFT JOIN orders o ON o.id % 7 = days.d GROUP BY days.d ORDER BY days.d

SELECT id, row_number() OVER (ORDER BY amount_cents DESC) AS place FROM orders

SELECT id, customer_id, rank() OVER (PARTITION BY customer_id ORDER BY created_at) AS nth FROM orders

SELECT id, sum(amount_cents) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM orders

SELECT id, avg(amount_cents) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) AS smooth FROM orders

SELECT id, lag(amount_cents) OVER w AS before, lead(amount_cents, 1, 0) OVER w AS after FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY id)

SELECT id, ntile(4) OVER (ORDER BY amount_cents) AS quartile, percent_rank() OVER (ORDER BY amount_cents) AS pr, cume_dist() OVER (ORDER BY amount_cents) AS cd FROM orders

SELECT id, first_value(status) OVER (PARTITION BY customer_id ORDER BY id) AS first, last_value(status) OVER (PARTITION BY customer_id ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last FROM orders

SELECT id, nth_value(amount_cents, 2) OVER (ORDER BY id) FROM orders

SELECT id, sum(amount_cents) OVER (ORDER BY id RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) FROM orders

SELECT id, count(*) OVER (ORDER BY status GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders

SELECT * FROM (SELECT id, customer_id, row_number() OVER (PARTITION BY customer_id ORDER BY amount_cents DESC) AS r FROM orders) ranked WHERE r = 1

SELECT status, sum(count(*)) OVER () AS everything, count(*) FROM orders GROUP BY status

SELECT count(*) FILTER (WHERE status = 'paid') AS paid, count(*) FILTER (WHERE status = 'open') AS open, count(*) AS "all" FROM orders

SELECT customer_id, sum(amount_cents) FILTER (WHERE status <> 'returned') AS kept FROM orders GROUP BY customer_id

SELECT o.id FROM orders o WHERE o.amount_cents > (SELECT avg(amount_cents) FROM orders)

SELECT o.id, (SELECT count(*) FROM orders i WHERE i.customer_id = o.customer_id) AS siblings FROM orders o

SELECT id FROM orders o WHERE amount_cents = (SELECT max(i.amount_cents) FROM orders i WHERE i.customer_id = o.customer_id)

SELECT id FROM events WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid')

SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM events e WHERE e.id = o.id)

SELECT id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM gold_orders g WHERE g.id = o.id)

SELECT id FROM orders EXCEPT SELECT id FROM gold_orders

SELECT id FROM orders INTERSECT SELECT id FROM gold_orders

SELECT id, status FROM orders UNION SELECT id, status FROM gold_orders ORDER BY 1

SELECT 'silver' AS tier, count(*) AS n FROM orders UNION ALL SELECT 'gold', count(*) FROM gold_orders

SELECT o.id, g.id FROM orders o LEFT JOIN gold_orders g ON g.id = o.id WHERE g.id IS NULL

SELECT o.id, g.amount_cents - o.amount_cents AS drift FROM orders o JOIN gold_orders g USING (id)

SELECT o.id, e.kind FROM orders o CROSS JOIN events e WHERE o.id = e.id

SELECT o.id, g.id FROM orders o FULL OUTER JOIN gold_orders g ON o.id = g.id

SELECT a.id, b.id FROM orders a, orders b WHERE a.customer_id = b.customer_id AND a.id < b.id

SELECT o.id FROM orders AS o INNER JOIN (SELECT customer_id, max(amount_cents) AS top FROM orders GROUP BY customer_id) AS m ON m.customer_id = o.customer_id AND m.top = o.amount_cents

VALUES (1, 'one'), (2, 'two'), (3, 'three')

SELECT v.column1 FROM (VALUES (1), (2)) AS v

SELECT 1

SELECT 1 + 2 * 3 - 4, 10 % 3, -5, 7 / 2.0

SELECT abs(-3), round(3.14159, 2)

SELECT CAST(amount_cents AS REAL) / 100 FROM orders

SELECT CAST(id AS TEXT) || '-' || status FROM orders

SELECT id FROM orders WHERE amount_cents % 2 = 0

SELECT id AS "Order Number", status AS "State" FROM orders ORDER BY "Order Number"

SELECT "id", "status" FROM "orders" WHERE "status" = 'open'

/* weekly report */ SELECT count(*) FROM orders -- all of them

SELECT id /* key */, status -- state
FROM orders
WHERE id > 10 -- the newer ones
ORDER BY id;

sElEcT Count(*) fRoM Orders wHeRe STATUS = 'paid'

SELECT kind, count(*) FROM events GROUP BY kind ORDER BY count(*) DESC

SELECT id, payload FROM events WHERE kind = 'login' ORDER BY at DESC LIMIT 5

SELECT id FROM orders WHERE customer_id = 3 OR customer_id = 5

SELECT id FROM orders WHERE NOT (status = 'open' OR status = 'returned')

SELECT id FROM orders WHERE (customer_id, status) = (3, 'paid')

SELECT id FROM orders WHERE (customer_id, status) IN (SELECT customer_id, status FROM gold_orders)

SELECT id FROM orders ORDER BY status DESC, amount_cents ASC, id LIMIT 7 OFFSET 14

SELECT id, status FROM orders WHERE id > 20 ORDER BY id LIMIT 10

SELECT count(DISTINCT customer_id) FROM orders

SELECT customer_id, count(DISTINCT status) FROM orders GROUP BY customer_id

SELECT min(created_at), max(created_at) FROM orders

SELECT id FROM orders WHERE created_at >= '2026-03-01' AND created_at < '2026-04-01'

SELECT id FROM orders WHERE created_at BETWEEN '2026-01-01' AND '2026-06-30'

SELECT o.* FROM orders o WHERE o.id = 1

SELECT g.status, count(*) AS published FROM gold_orders g GROUP BY g.status

SELECT amount_cents FROM orders ORDER BY amount_cents LIMIT 1 OFFSET (SELECT count(*) / 2 FROM orders)

SELECT id, amount_cents, amount_cents - lag(amount_cents) OVER (ORDER BY created_at, id) AS change FROM orders

SELECT customer_id, sum(amount_cents) AS total FROM orders GROUP BY customer_id ORDER BY total DESC NULLS LAST LIMIT 5

SELECT t.status, t.n, round(100.0 * t.n / s.total, 1) AS share
FROM (SELECT status, count(*) AS n FROM orders GROUP BY status) t
CROSS JOIN (SELECT count(*) AS total FROM orders) s
ORDER BY share DESC

WITH x AS (SELECT 1 AS a UNION ALL SELECT 2), y AS (SELECT a * 10 AS b FROM x) SELECT x.a, y.b FROM x JOIN y ON y.b = x.a * 10

SELECT count(*) AS total, count(note) AS with_note, count(*) - count(note) AS without FROM orders

SELECT id FROM orders WHERE status LIKE 'p%' AND note NOT LIKE '%urgent%'

EXPLAIN SELECT id FROM orders WHERE status = 'paid'

SELECT id FROM orders WHERE amount_cents IS NOT DISTINCT FROM 100

SELECT 'it''s', 'a;b', '--not a comment', '/* nor this */' FROM orders LIMIT 1

SELECT exists(SELECT 1 FROM orders WHERE status = 'returned') AS any_returned

SELECT coalesce((SELECT max(id) FROM orders), 0) + 1 AS next_id
