-- What BI tools, mappers and agents send; written by somebody who saw neither the screen nor these lists.

--! dialect: sqlite
--! tool: query
--! plain

SELECT status, COUNT(*) AS n, SUM(amount_cents) / 100.0 AS revenue
FROM orders
GROUP BY status
ORDER BY revenue DESC

SELECT COUNT(*) FROM customers

select * from orders order by id desc limit 20

SELECT date(created_at) AS day, count(*) AS orders, sum(amount_cents) AS cents
FROM orders
WHERE created_at >= '2025-01-01' AND created_at < '2025-04-01'
GROUP BY 1
ORDER BY 1

WITH RECURSIVE calendar(day) AS (
  SELECT date('2025-01-01')
  UNION ALL
  SELECT date(day, '+1 day') FROM calendar WHERE day < '2025-01-31'
)
SELECT calendar.day, COUNT(o.id) AS orders, COALESCE(SUM(o.amount_cents), 0) AS cents
FROM calendar
LEFT JOIN orders AS o ON date(o.created_at) = calendar.day
GROUP BY calendar.day
ORDER BY calendar.day

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT sum(i), avg(i), max(i) FROM n

WITH RECURSIVE fib(step, a, b) AS (
  VALUES (1, 0, 1)
  UNION ALL
  SELECT step + 1, b, a + b FROM fib WHERE step < 30
)
SELECT step, a FROM fib

-- orders per country, biggest first
SELECT c.country, COUNT(o.id) AS order_count, ROUND(AVG(o.amount_cents) / 100.0, 2) AS avg_order_value
FROM customers c
JOIN orders o ON o.customer_id = c.id
WHERE c.country <> ''
GROUP BY c.country
HAVING COUNT(o.id) >= 2
ORDER BY order_count DESC, c.country

SELECT id, customer_id, amount_cents,
       ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created_at) AS order_seq
FROM orders

SELECT * FROM (
  SELECT o.*, RANK() OVER (PARTITION BY status ORDER BY amount_cents DESC) AS rk
  FROM orders o
) ranked
WHERE rk <= 3
ORDER BY status, rk

SELECT day, cents,
       AVG(cents) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS ma7
FROM (SELECT date(created_at) AS day, SUM(amount_cents) AS cents FROM orders GROUP BY date(created_at))
ORDER BY day

SELECT strftime('%Y-%m', created_at) AS month,
       SUM(amount_cents) FILTER (WHERE status = 'paid') AS paid,
       SUM(amount_cents) FILTER (WHERE status = 'shipped') AS shipped,
       SUM(amount_cents) FILTER (WHERE status = 'returned') AS returned,
       COUNT(*) FILTER (WHERE status = 'open') AS open_orders
FROM orders
GROUP BY month
ORDER BY month

SELECT
  strftime('%Y-%m', created_at) AS month,
  SUM(CASE WHEN status = 'open' THEN 1 ELSE 0 END) AS "open",
  SUM(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) AS "paid",
  SUM(CASE WHEN status = 'shipped' THEN 1 ELSE 0 END) AS "shipped",
  SUM(CASE WHEN status = 'returned' THEN 1 ELSE 0 END) AS "returned"
FROM orders
GROUP BY strftime('%Y-%m', created_at)

SELECT DATE("orders"."created_at") AS "created_at", COUNT(*) AS "count"
FROM "orders"
GROUP BY DATE("orders"."created_at")
ORDER BY DATE("orders"."created_at") ASC
LIMIT 1048575

SELECT "source"."status" AS "status", SUM("source"."amount_cents") AS "sum"
FROM (
  SELECT "orders"."id" AS "id", "orders"."customer_id" AS "customer_id", "orders"."amount_cents" AS "amount_cents", "orders"."status" AS "status"
  FROM "orders"
  WHERE "orders"."amount_cents" > 1000
) AS "source"
GROUP BY "source"."status"
ORDER BY "sum" DESC, "source"."status" ASC

-- Metabase:: userID: 3 queryType: MBQL queryHash: 5e0c3a7e9a
SELECT "Customers"."country" AS "Customers__country", count(*) AS "count", avg("orders"."amount_cents") AS "avg" FROM "orders" LEFT JOIN "customers" AS "Customers" ON "orders"."customer_id" = "Customers"."id" WHERE ("orders"."status" = 'paid' OR "orders"."status" = 'shipped') GROUP BY "Customers"."country" ORDER BY "count" DESC, "Customers"."country" ASC LIMIT 2000

SELECT DATETIME(created_at, 'start of day') AS __timestamp, SUM(amount_cents) AS "SUM(amount_cents)"
FROM main.orders
WHERE created_at >= '2024-06-01 00:00:00' AND created_at < '2025-06-01 00:00:00'
GROUP BY DATETIME(created_at, 'start of day')
ORDER BY "SUM(amount_cents)" DESC
LIMIT 10000
OFFSET 0

SELECT kind AS kind, COUNT(*) AS count
FROM (select kind, at from events) AS virtual_table
WHERE at >= '2024-01-01 00:00:00.000000'
GROUP BY kind
ORDER BY count DESC
LIMIT 1000
OFFSET 0

SELECT "orders"."status" AS "status",
  SUM("orders"."amount_cents") AS "sum:amount_cents:ok",
  COUNT(1) AS "cnt:orders:ok"
FROM "orders" "orders"
  INNER JOIN "customers" "customers" ON ("orders"."customer_id" = "customers"."id")
WHERE ("customers"."country" IN ('DE', 'FR', 'AT'))
GROUP BY 1
HAVING (COUNT(1) > 0)

-- Looker Query Context '{"user_id":17,"history_slug":"c0ffee","instance_slug":"abc"}'
SELECT
    (DATE(orders.created_at)) AS "orders.created_date",
    orders.status  AS "orders.status",
    COUNT(DISTINCT orders.id) AS "orders.count",
    COALESCE(SUM(orders.amount_cents ), 0) AS "orders.total_amount"
FROM orders  AS orders
WHERE ((( orders.created_at ) >= (datetime('2025-01-01')) AND ( orders.created_at ) < (datetime('2025-03-01'))))
GROUP BY
    1,
    2
ORDER BY
    1 DESC
LIMIT 500

SELECT COUNT(*) AS "__count" FROM "orders" WHERE "orders"."status" = 'open'

SELECT 1 AS "a" FROM "orders" WHERE "orders"."customer_id" = 5 LIMIT 1

SELECT "orders"."id", "orders"."customer_id", "orders"."amount_cents", "orders"."status", "orders"."note", "orders"."created_at" FROM "orders" WHERE ("orders"."created_at" BETWEEN '2025-01-01 00:00:00' AND '2025-01-31 23:59:59.999999' AND NOT ("orders"."status" = 'returned')) ORDER BY "orders"."created_at" DESC, "orders"."id" ASC LIMIT 21

SELECT "orders"."status", COUNT("orders"."id") AS "n", COALESCE(SUM("orders"."amount_cents"), 0) AS "total" FROM "orders" INNER JOIN "customers" ON ("orders"."customer_id" = "customers"."id") WHERE "customers"."country" = 'DE' GROUP BY "orders"."status" ORDER BY "n" DESC

SELECT orders.id AS orders_id, orders.customer_id AS orders_customer_id, orders.amount_cents AS orders_amount_cents, orders.status AS orders_status
FROM orders
WHERE orders.status IN ('open', 'paid') ORDER BY orders.id
 LIMIT 50 OFFSET 0

SELECT count(*) AS count_1
FROM (SELECT orders.id AS orders_id, orders.status AS orders_status
FROM orders
WHERE orders.amount_cents > 5000) AS anon_1

SELECT anon_1.customer_id, anon_1.total
FROM (SELECT orders.customer_id AS customer_id, sum(orders.amount_cents) AS total
FROM orders GROUP BY orders.customer_id) AS anon_1
WHERE anon_1.total > 10000 ORDER BY anon_1.total DESC

SELECT "orders".* FROM "orders" WHERE "orders"."status" = 'open' ORDER BY "orders"."id" ASC LIMIT 1

SELECT 1 AS one FROM "orders" WHERE "orders"."id" = 12 LIMIT 1

SELECT SUM("orders"."amount_cents") AS "sum_amount_cents", "orders"."customer_id" AS "orders_customer_id" FROM "orders" WHERE "orders"."status" != 'returned' GROUP BY "orders"."customer_id"

SELECT `main`.`orders`.`id`, `main`.`orders`.`customer_id`, `main`.`orders`.`amount_cents`, `main`.`orders`.`status` FROM `main`.`orders` WHERE `main`.`orders`.`status` = 'paid' ORDER BY `main`.`orders`.`id` ASC LIMIT 10 OFFSET 0

SELECT COUNT(*) FROM (SELECT `main`.`events`.`id` FROM `main`.`events` WHERE 1=1 LIMIT -1 OFFSET 0) AS `sub`

SELECT json_extract(payload, '$.geo.city') AS city, COUNT(*) AS hits
FROM events
GROUP BY city
ORDER BY hits DESC

SELECT id, payload ->> '$.ip' AS ip, payload -> '$.tags' AS tags FROM events LIMIT 10

SELECT t.value AS tag, COUNT(*) AS uses
FROM events e, json_each(e.payload, '$.tags') t
GROUP BY t.value
ORDER BY uses DESC, tag

SELECT e.id, COUNT(t.value) AS tag_count
FROM events e LEFT JOIN json_each(json_extract(e.payload, '$.tags')) AS t
GROUP BY e.id
HAVING tag_count > 1

SELECT kind,
       AVG(CASE WHEN json_extract(payload, '$.ok') THEN 1.0 ELSE 0.0 END) AS ok_rate
FROM events
GROUP BY kind

SELECT DISTINCT j.fullkey, j.type
FROM events, json_tree(events.payload) AS j
WHERE j.atom IS NOT NULL
ORDER BY 1

SELECT id, json_valid(payload) AS valid, json_type(payload, '$.tags') AS tags_type, json_array_length(payload, '$.tags') AS n_tags FROM events

SELECT json_group_array(json_object('status', status, 'n', n)) AS doc
FROM (SELECT status, COUNT(*) AS n FROM orders GROUP BY status ORDER BY status)

SELECT json_group_object(status, n) FROM (SELECT status, COUNT(*) n FROM orders GROUP BY status)

SELECT o.customer_id, json_group_array(o.id) AS order_ids FROM orders o GROUP BY o.customer_id ORDER BY o.customer_id

-- median order value without percentile function
WITH ranked AS (
  SELECT amount_cents,
         ROW_NUMBER() OVER (ORDER BY amount_cents) AS rn,
         COUNT(*) OVER () AS cnt
  FROM orders
)
SELECT AVG(amount_cents) AS median
FROM ranked
WHERE rn IN ((cnt + 1) / 2, (cnt + 2) / 2)

SELECT
  MAX(CASE WHEN pr <= 0.25 THEN amount_cents END) AS p25,
  MAX(CASE WHEN pr <= 0.50 THEN amount_cents END) AS p50,
  MAX(CASE WHEN pr <= 0.90 THEN amount_cents END) AS p90,
  MAX(CASE WHEN pr <= 0.99 THEN amount_cents END) AS p99
FROM (SELECT amount_cents, PERCENT_RANK() OVER (ORDER BY amount_cents) AS pr FROM orders)

WITH firsts AS (
  SELECT customer_id, strftime('%Y-%m', MIN(created_at)) AS cohort
  FROM orders
  GROUP BY customer_id
), activity AS (
  SELECT DISTINCT customer_id, strftime('%Y-%m', created_at) AS active_month
  FROM orders
)
SELECT f.cohort,
       (CAST(substr(a.active_month, 1, 4) AS INTEGER) - CAST(substr(f.cohort, 1, 4) AS INTEGER)) * 12
         + CAST(substr(a.active_month, 6, 2) AS INTEGER) - CAST(substr(f.cohort, 6, 2) AS INTEGER) AS month_no,
       COUNT(*) AS customers
FROM firsts f
JOIN activity a USING (customer_id)
GROUP BY 1, 2
ORDER BY 1, 2

WITH cohort AS (
  SELECT id, strftime('%Y-%m', created_at) AS signup_month, created_at FROM customers
)
SELECT signup_month,
       COUNT(*) AS signed_up,
       COUNT(*) FILTER (WHERE EXISTS (
         SELECT 1 FROM orders o
         WHERE o.customer_id = cohort.id
           AND julianday(o.created_at) - julianday(cohort.created_at) BETWEEN 0 AND 30
       )) AS ordered_within_30d
FROM cohort
GROUP BY signup_month
ORDER BY signup_month

WITH steps AS (
  SELECT json_extract(payload, '$.ip') AS ip,
         MAX(kind = 'view') AS viewed,
         MAX(kind = 'cart') AS carted,
         MAX(kind = 'purchase') AS purchased
  FROM events
  GROUP BY 1
)
SELECT SUM(viewed) AS step1,
       SUM(viewed AND carted) AS step2,
       SUM(viewed AND carted AND purchased) AS step3,
       ROUND(100.0 * SUM(viewed AND carted) / NULLIF(SUM(viewed), 0), 1) AS view_to_cart_pct
FROM steps

-- RFM
WITH base AS (
  SELECT customer_id,
         CAST(julianday('2025-12-31') - julianday(MAX(created_at)) AS INTEGER) AS recency_days,
         COUNT(*) AS frequency,
         SUM(amount_cents) AS monetary
  FROM orders
  WHERE status IN ('paid', 'shipped')
  GROUP BY customer_id
), scored AS (
  SELECT *,
         NTILE(5) OVER (ORDER BY recency_days DESC) AS r,
         NTILE(5) OVER (ORDER BY frequency) AS f,
         NTILE(5) OVER (ORDER BY monetary) AS m
  FROM base
)
SELECT customer_id, r, f, m, r || '-' || f || '-' || m AS rfm_cell,
       CASE
         WHEN r >= 4 AND f >= 4 THEN 'champion'
         WHEN r >= 4 AND f < 2 THEN 'new'
         WHEN r <= 2 AND f >= 3 THEN 'at risk'
         WHEN r <= 2 THEN 'lost'
         ELSE 'regular'
       END AS segment
FROM scored
ORDER BY r DESC, f DESC, m DESC

WITH days AS (
  SELECT DISTINCT date(created_at) AS d FROM orders
), grouped AS (
  SELECT d, julianday(d) - ROW_NUMBER() OVER (ORDER BY d) AS grp FROM days
)
SELECT MIN(d) AS island_start, MAX(d) AS island_end, COUNT(*) AS days
FROM grouped
GROUP BY grp
ORDER BY days DESC
LIMIT 10

SELECT id + 1 AS gap_from,
       next_id - 1 AS gap_to
FROM (SELECT id, LEAD(id) OVER (ORDER BY id) AS next_id FROM orders)
WHERE next_id - id > 1

WITH ev AS (
  SELECT id, payload ->> '$.ip' AS ip, at,
         LAG(at) OVER (PARTITION BY payload ->> '$.ip' ORDER BY at, id) AS prev_at
  FROM events
), flagged AS (
  SELECT *, CASE WHEN prev_at IS NULL OR (julianday(at) - julianday(prev_at)) * 24 * 60 > 30 THEN 1 ELSE 0 END AS new_session
  FROM ev
), sess AS (
  SELECT *, SUM(new_session) OVER (PARTITION BY ip ORDER BY at, id) AS session_no
  FROM flagged
)
SELECT ip, session_no, MIN(at) AS started, MAX(at) AS ended, COUNT(*) AS hits
FROM sess
GROUP BY ip, session_no
ORDER BY ip, session_no

-- ABC classification of customers by revenue share
WITH rev AS (
  SELECT customer_id, SUM(amount_cents) AS cents FROM orders GROUP BY customer_id
), cum AS (
  SELECT customer_id, cents,
         1.0 * SUM(cents) OVER (ORDER BY cents DESC, customer_id) / SUM(cents) OVER () AS cum_share
  FROM rev
)
SELECT customer_id, cents, ROUND(cum_share, 4) AS cum_share,
       CASE WHEN cum_share <= 0.8 THEN 'A' WHEN cum_share <= 0.95 THEN 'B' ELSE 'C' END AS abc
FROM cum
ORDER BY cents DESC

SELECT (amount_cents / 1000) * 10 AS bucket_eur, COUNT(*) AS n, printf('%.*c', COUNT(*), '#') AS bar
FROM orders
GROUP BY bucket_eur
ORDER BY bucket_eur

SELECT CASE
         WHEN amount_cents < 1000 THEN '0-10'
         WHEN amount_cents < 5000 THEN '10-50'
         WHEN amount_cents < 10000 THEN '50-100'
         ELSE '100+'
       END AS bin,
       COUNT(*) AS n,
       MIN(amount_cents) lo,
       MAX(amount_cents) hi
FROM orders
GROUP BY bin
ORDER BY lo

SELECT strftime('%w', created_at) AS dow, strftime('%H', created_at) AS hour, COUNT(*) AS n
FROM orders
GROUP BY dow, hour
ORDER BY dow, hour

SELECT datetime((strftime('%s', at) / 900) * 900, 'unixepoch') AS quarter_hour, COUNT(*) AS n
FROM events
GROUP BY quarter_hour
ORDER BY quarter_hour

SELECT unixepoch('2025-03-01 12:00:00') - unixepoch('2025-02-28 11:00:00') AS secs

SELECT date('now'), datetime('now', 'localtime'), strftime('%Y-W%W', 'now')

SELECT c.id
FROM customers c
WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)
ORDER BY c.id

SELECT c.id, c.country, c.created_at
FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
WHERE o.id IS NULL

SELECT o.id, o.customer_id FROM orders o WHERE o.customer_id NOT IN (SELECT id FROM customers)

SELECT customer_id FROM orders WHERE status = 'paid'
INTERSECT
SELECT customer_id FROM orders WHERE status = 'returned'
ORDER BY customer_id

SELECT id FROM customers
EXCEPT
SELECT customer_id FROM orders

SELECT 'customers' AS tbl, COUNT(*) AS n_rows FROM customers
UNION ALL SELECT 'staging_customers', COUNT(*) FROM staging_customers
UNION ALL SELECT 'gold_customers', COUNT(*) FROM gold_customers
UNION ALL SELECT 'orders', COUNT(*) FROM orders
UNION ALL SELECT 'gold_orders', COUNT(*) FROM gold_orders
UNION ALL SELECT 'events', COUNT(*) FROM events

VALUES (1, 'open'), (2, 'paid'), (3, 'shipped'), (4, 'returned')

WITH status_order(status, pos) AS (VALUES ('open', 1), ('paid', 2), ('shipped', 3), ('returned', 4))
SELECT s.status, COUNT(o.id) AS n
FROM status_order s LEFT JOIN orders o ON o.status = s.status
GROUP BY s.status, s.pos
ORDER BY s.pos

EXPLAIN QUERY PLAN SELECT * FROM orders WHERE customer_id = 3 AND status = 'paid'

EXPLAIN SELECT COUNT(*) FROM orders WHERE created_at > '2025-01-01'

explain query plan
select c.country, sum(o.amount_cents) from customers c join orders o on o.customer_id = c.id group by c.country

SELECT typeof(id), typeof(customer_id), typeof(amount_cents), typeof(status), typeof(note), typeof(created_at) FROM orders LIMIT 1

SELECT sqlite_version()

SELECT * FROM orders LIMIT 0

SELECT MIN(created_at), MAX(created_at), COUNT(DISTINCT date(created_at)) FROM orders

SELECT COUNT(*) AS total,
       COUNT(note) AS with_note,
       COUNT(*) - COUNT(note) AS without_note,
       ROUND(100.0 * COUNT(note) / COUNT(*), 2) AS pct
FROM orders

SELECT id, status, ifnull(note, '(none)') AS note, length(note) AS note_len FROM orders WHERE note IS NOT NULL AND trim(note) <> '' ORDER BY note_len DESC LIMIT 15

SELECT upper(substr(status, 1, 1)) || lower(substr(status, 2)) AS label, COUNT(*) FROM orders GROUP BY 1

SELECT id, replace(replace(note, char(10), ' '), '  ', ' ') AS clean_note, instr(lower(note), 'gift') AS gift_pos FROM orders WHERE note LIKE '%gift%' OR note LIKE '%Gift%'

SELECT printf('%08.2f', amount_cents / 100.0) AS padded, printf('%,d', amount_cents) AS grouped FROM orders WHERE id <= 5

SELECT CAST(amount_cents AS REAL) / 100 AS eur, CAST(amount_cents / 100 AS TEXT) || ' EUR' AS txt, ABS(amount_cents - 5000) AS dist FROM orders ORDER BY dist LIMIT 5

SELECT COALESCE(NULLIF(country, ''), 'unknown') AS country, COUNT(*) AS n FROM customers GROUP BY 1 ORDER BY n DESC

SELECT o.* FROM orders o WHERE o.amount_cents > (SELECT AVG(i.amount_cents) FROM orders i WHERE i.customer_id = o.customer_id)

SELECT c.id,
       (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS order_count,
       (SELECT MAX(o.created_at) FROM orders o WHERE o.customer_id = c.id) AS last_order_at
FROM customers AS c
ORDER BY order_count DESC, c.id
LIMIT 25

SELECT month, cents, cents - LAG(cents) OVER w AS delta,
       ROUND(100.0 * (cents - LAG(cents) OVER w) / LAG(cents) OVER w, 1) AS pct
FROM (SELECT strftime('%Y-%m', created_at) AS month, SUM(amount_cents) AS cents FROM orders GROUP BY 1)
WINDOW w AS (ORDER BY month)
ORDER BY month

SELECT id, created_at, amount_cents,
       SUM(amount_cents) OVER (PARTITION BY customer_id ORDER BY created_at, id ROWS UNBOUNDED PRECEDING) AS running_total
FROM orders
ORDER BY customer_id, created_at, id

SELECT customer_id,
       FIRST_VALUE(amount_cents) OVER (PARTITION BY customer_id ORDER BY created_at) AS first_amount,
       LAST_VALUE(amount_cents) OVER (PARTITION BY customer_id ORDER BY created_at RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last_amount,
       NTH_VALUE(amount_cents, 2) OVER (PARTITION BY customer_id ORDER BY created_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second_amount
FROM orders

SELECT status, amount_cents, CUME_DIST() OVER (PARTITION BY status ORDER BY amount_cents) AS cd, DENSE_RANK() OVER (ORDER BY amount_cents DESC) AS dr FROM orders

SELECT id, amount_cents,
       SUM(amount_cents) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS neighbours
FROM orders

SELECT customer_id, AVG(gap) AS avg_days_between, MAX(gap) AS max_gap
FROM (
  SELECT customer_id, julianday(created_at) - julianday(LAG(created_at) OVER (PARTITION BY customer_id ORDER BY created_at)) AS gap
  FROM orders
)
WHERE gap IS NOT NULL
GROUP BY customer_id
HAVING COUNT(*) >= 1
ORDER BY avg_days_between

SELECT group_concat(DISTINCT status) AS statuses, customer_id FROM orders GROUP BY customer_id

SELECT customer_id, group_concat(id, ' > ') AS path
FROM (SELECT customer_id, id FROM orders ORDER BY customer_id, created_at)
GROUP BY customer_id

SELECT o.status AS old_status, g.status AS gold_status, COUNT(*) AS n
FROM orders o
JOIN gold_orders g ON g.id = o.id
WHERE o.status IS NOT g.status
GROUP BY 1, 2

SELECT COALESCE(o.id, g.id) AS id,
       CASE WHEN g.id IS NULL THEN 'missing in gold' WHEN o.id IS NULL THEN 'orphan in gold' ELSE 'differs' END AS problem
FROM orders o
FULL OUTER JOIN gold_orders g ON g.id = o.id
WHERE g.id IS NULL OR o.id IS NULL OR o.amount_cents <> g.amount_cents
ORDER BY 1

SELECT g.id, o.amount_cents FROM orders o RIGHT JOIN gold_orders g USING (id) ORDER BY g.id LIMIT 10

SELECT id, customer_id, amount_cents, status, created_at FROM orders
EXCEPT
SELECT id, customer_id, amount_cents, status, created_at FROM gold_orders

SELECT customer_id, amount_cents, date(created_at) AS d, COUNT(*) AS copies, MIN(id) AS keep_id
FROM orders
GROUP BY customer_id, amount_cents, date(created_at)
HAVING COUNT(*) > 1

SELECT a.id, b.id AS other_id, a.customer_id
FROM orders a
JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id AND a.amount_cents = b.amount_cents

SELECT
  SUM(status NOT IN ('open','paid','shipped','returned')) AS bad_status,
  SUM(amount_cents <= 0) AS non_positive,
  SUM(amount_cents IS NULL) AS null_amount,
  SUM(created_at > datetime('now')) AS in_future,
  SUM(created_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] *') AS bad_format
FROM orders

SELECT id, country FROM customers WHERE length(country) <> 2 OR country <> upper(country)

SELECT ROUND(AVG(amount_cents), 2) AS mean,
       ROUND(SQRT(AVG(amount_cents * amount_cents * 1.0) - AVG(amount_cents) * AVG(amount_cents)), 2) AS sd
FROM orders

WITH s AS (SELECT AVG(amount_cents) AS mu, SQRT(AVG(1.0 * amount_cents * amount_cents) - AVG(amount_cents) * AVG(amount_cents)) AS sigma FROM orders)
SELECT o.id, o.amount_cents, ROUND((o.amount_cents - s.mu) / s.sigma, 2) AS z
FROM orders o CROSS JOIN s
WHERE ABS(o.amount_cents - s.mu) > 1.5 * s.sigma
ORDER BY z DESC

WITH q AS (
  SELECT amount_cents, NTILE(4) OVER (ORDER BY amount_cents) AS quartile FROM orders
)
SELECT quartile, MIN(amount_cents), MAX(amount_cents), COUNT(*) FROM q GROUP BY quartile

WITH RECURSIVE months(m) AS (
  SELECT '2024-01-01' UNION ALL SELECT date(m, '+1 month') FROM months WHERE m < '2025-12-01'
), rev AS (
  SELECT date(created_at, 'start of month') AS m, SUM(amount_cents) AS cents FROM orders GROUP BY 1
)
SELECT months.m, COALESCE(rev.cents, 0) AS cents,
       SUM(COALESCE(rev.cents, 0)) OVER (PARTITION BY substr(months.m, 1, 4) ORDER BY months.m) AS ytd
FROM months LEFT JOIN rev ON rev.m = months.m
ORDER BY months.m

WITH RECURSIVE hours(h) AS (SELECT 0 UNION ALL SELECT h + 1 FROM hours WHERE h < 23)
SELECT printf('%02d:00', h) AS hour, COUNT(e.id) AS n
FROM hours LEFT JOIN events e ON CAST(strftime('%H', e.at) AS INTEGER) = hours.h
GROUP BY h

WITH RECURSIVE chain AS (
  SELECT id, customer_id, created_at, 1 AS depth
  FROM orders o
  WHERE NOT EXISTS (SELECT 1 FROM orders p WHERE p.customer_id = o.customer_id AND p.id < o.id)
  UNION ALL
  SELECT o.id, o.customer_id, o.created_at, chain.depth + 1
  FROM chain
  JOIN orders o ON o.id = (SELECT MIN(n.id) FROM orders n WHERE n.customer_id = chain.customer_id AND n.id > chain.id)
  WHERE chain.depth < 20
)
SELECT customer_id, MAX(depth) AS chain_length FROM chain GROUP BY customer_id ORDER BY 2 DESC

WITH RECURSIVE split(id, tag, rest) AS (
  SELECT id, '', replace(coalesce(note, ''), '.', '') || ' ' FROM orders WHERE id <= 10
  UNION ALL
  SELECT id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
  FROM split
  WHERE rest <> ''
)
SELECT lower(tag) AS word, COUNT(*) AS n FROM split WHERE tag <> '' GROUP BY 1 ORDER BY n DESC LIMIT 20

WITH RECURSIVE weeks AS (
  SELECT date('2025-01-06') AS wk, 1 AS n
  UNION ALL
  SELECT date(wk, '+7 days'), n + 1 FROM weeks WHERE n < 26
)
SELECT wk, (SELECT COUNT(DISTINCT customer_id) FROM orders o WHERE o.created_at >= wk AND o.created_at < date(wk, '+7 days')) AS active_customers
FROM weeks

SELECT kind, MIN(at) first_seen, MAX(at) last_seen, COUNT(*) c FROM events GROUP BY kind ORDER BY c DESC

SeLeCt KIND, cOuNt(*) As N FrOm EVENTS gRoUp By KIND

select
	status
	, count(*)              as cnt
	, sum(amount_cents)     as total	-- in cents
	, total(amount_cents)   as total_real
from
	orders
where
	1 = 1
	and status is not null
	and amount_cents between 100 and 1000000
group by
	status

/* daily KPI, generated by agent */ SELECT COUNT(*) AS orders_total, SUM(amount_cents) AS gross, SUM(CASE WHEN status='returned' THEN amount_cents END) AS refunds /* may be null */ FROM orders WHERE date(created_at)=date('2025-02-14')

SELECT o.id /* order */, -- the key
       o.status -- its state
FROM orders AS o -- base table
WHERE o.id IN (1, 2, 3) -- sample

SELECT [id], [status] FROM [orders] WHERE [amount_cents] >= 2500

SELECT DISTINCT status FROM orders ORDER BY status

SELECT DISTINCT country FROM customers WHERE country IS NOT NULL AND country != '' ORDER BY country COLLATE NOCASE

SELECT COUNT(DISTINCT customer_id) AS buyers, COUNT(*) * 1.0 / COUNT(DISTINCT customer_id) AS orders_per_buyer FROM orders

SELECT n_orders, COUNT(*) AS customers
FROM (SELECT customer_id, COUNT(*) AS n_orders FROM orders GROUP BY customer_id)
GROUP BY n_orders
ORDER BY n_orders

SELECT ROUND(100.0 * SUM(n > 1) / COUNT(*), 2) AS repeat_rate FROM (SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id)

SELECT customer_id, id AS latest_order_id, amount_cents, MAX(created_at) AS created_at FROM orders GROUP BY customer_id

SELECT o.*
FROM orders o
JOIN (SELECT customer_id, MAX(created_at) AS mx FROM orders GROUP BY customer_id) l
  ON l.customer_id = o.customer_id AND l.mx = o.created_at
ORDER BY o.customer_id

SELECT strftime('%Y', created_at) AS y, 'Q' || ((CAST(strftime('%m', created_at) AS INTEGER) + 2) / 3) AS q, SUM(amount_cents) AS cents FROM orders GROUP BY y, q ORDER BY y, q

SELECT c.country, o.status, COUNT(*) AS n,
       ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (PARTITION BY c.country), 1) AS pct_of_country
FROM customers c JOIN orders o ON o.customer_id = c.id
GROUP BY c.country, o.status
ORDER BY c.country, n DESC

SELECT country, total FROM (
  SELECT c.country, SUM(o.amount_cents) AS total, 0 AS s FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country
  UNION ALL
  SELECT 'TOTAL', SUM(amount_cents), 1 FROM orders
) ORDER BY s, total DESC

SELECT iif(amount_cents > 5000, 'big', 'small') AS size, COUNT(*) FROM orders GROUP BY size

SELECT id FROM orders WHERE created_at > date('now', '-30 days') OR status = 'open' ORDER BY created_at DESC NULLS LAST LIMIT 5 OFFSET 5

SELECT * FROM orders WHERE (created_at, id) < ('2025-03-01 00:00:00', 40) ORDER BY created_at DESC, id DESC LIMIT 10

SELECT id, status FROM orders WHERE (customer_id, status) IN (SELECT customer_id, 'returned' FROM orders GROUP BY customer_id HAVING COUNT(*) > 1)

SELECT c.id, c.country FROM customers c WHERE c.id IN (SELECT o.customer_id FROM orders o WHERE o.status = 'returned' GROUP BY o.customer_id HAVING SUM(o.amount_cents) > 1000)

SELECT a.city, a.n AS ok_n, b.n AS fail_n
FROM (SELECT payload ->> '$.geo.city' AS city, COUNT(*) AS n FROM events WHERE payload ->> '$.ok' = 1 GROUP BY 1) a
LEFT JOIN (SELECT payload ->> '$.geo.city' AS city, COUNT(*) AS n FROM events WHERE payload ->> '$.ok' = 0 GROUP BY 1) b
  ON a.city = b.city

SELECT id, at, kind FROM events WHERE EXISTS (SELECT 1 FROM json_each(events.payload, '$.tags') WHERE value = 'a') ORDER BY at

WITH hourly AS MATERIALIZED (
  SELECT strftime('%Y-%m-%d %H:00', at) AS hr, COUNT(*) AS n FROM events GROUP BY hr
)
SELECT hr, n, n - AVG(n) OVER (ORDER BY hr ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS vs_prior FROM hourly ORDER BY hr

WITH a AS NOT MATERIALIZED (SELECT customer_id, SUM(amount_cents) AS s FROM orders GROUP BY customer_id),
     b AS (SELECT AVG(s) AS avg_s FROM a)
SELECT a.customer_id, a.s, a.s > b.avg_s AS above_avg FROM a, b ORDER BY a.s DESC

SELECT hex(id), quote(status), unicode(status), zeroblob(0) IS NULL AS z FROM orders LIMIT 3

SELECT max(a, b) AS greatest, min(a, b) AS least FROM (SELECT 10 AS a, 20 AS b)

SELECT 7 / 2 AS int_div, 7 % 2 AS modulo, 7 / 2.0 AS real_div, round(2.567, 1) AS r, 5 & 3 AS band, 5 | 3 AS bor, 1 << 4 AS shl

SELECT SUM(cents) FILTER (WHERE m = '2025-02') * 1.0 / NULLIF(SUM(cents) FILTER (WHERE m = '2025-01'), 0) - 1 AS growth
FROM (SELECT strftime('%Y-%m', created_at) AS m, SUM(amount_cents) AS cents FROM orders GROUP BY 1)

SELECT date(created_at, 'weekday 0', '-6 days') AS week_start, COUNT(*) AS orders, COUNT(DISTINCT customer_id) AS customers
FROM orders
GROUP BY week_start
ORDER BY week_start DESC
LIMIT 12;

SELECT o1.status AS first_status, o2.status AS next_status, COUNT(*) AS n
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created_at, id) AS rn FROM orders) o1
JOIN (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created_at, id) AS rn FROM orders) o2
  ON o2.customer_id = o1.customer_id AND o2.rn = o1.rn + 1
GROUP BY 1, 2
ORDER BY n DESC

SELECT CASE status WHEN 'open' THEN 'pending' WHEN 'returned' THEN 'refunded' ELSE 'done' END AS bucket, COUNT(*) AS n, TOTAL(amount_cents) / 100 AS eur FROM orders GROUP BY 1 ORDER BY 2 DESC

SELECT customer_id, status, amount_cents
FROM orders
WHERE note IS NULL
  AND status IS NOT DISTINCT FROM 'paid'
ORDER BY amount_cents DESC
LIMIT (SELECT 5)

SELECT customer_id, string_agg(status, ' > ' ORDER BY created_at, id) AS status_path FROM orders GROUP BY customer_id

SELECT concat_ws(' / ', status, customer_id, note) AS label, octet_length(note) AS bytes FROM orders WHERE id < 20

SELECT strftime('%G-W%V', created_at) AS iso_week, COUNT(*) AS orders FROM orders GROUP BY iso_week ORDER BY iso_week

SELECT json_pretty(payload) AS pretty, json_type(jsonb_extract(payload, '$.geo')) AS geo_type FROM events ORDER BY id LIMIT 3

SELECT kind, timediff(MAX(at), MIN(at)) AS active_span, format('%d events', COUNT(*)) AS txt FROM events GROUP BY kind

SELECT o.customer_id, o.id, o.amount_cents, p.avg_cents
FROM orders AS o
INNER JOIN (SELECT status, AVG(amount_cents) AS avg_cents FROM orders GROUP BY status) AS p ON p.status = o.status
WHERE o.amount_cents > 1.2 * p.avg_cents
ORDER BY o.amount_cents - p.avg_cents DESC
LIMIT 20

--! masked

SELECT id, name, email FROM customers WHERE id = 7

SELECT * FROM customers WHERE id IN (1, 2, 3)

SELECT * FROM customers LIMIT 10

SELECT name, email, phone, country FROM customers WHERE country = 'DE' ORDER BY created_at DESC LIMIT 20

SELECT COUNT(DISTINCT email) AS unique_emails, COUNT(*) AS rows_total FROM customers

SELECT COUNT(*) AS n, COUNT(name) AS names, COUNT(email) AS emails, COUNT(phone) AS phones, COUNT(ssn) AS ssns FROM customers

SELECT email, COUNT(*) AS n FROM customers GROUP BY email HAVING COUNT(*) > 1 ORDER BY n DESC

select name, count(*) from staging_customers group by name order by 2 desc, 1

SELECT s.id AS staging_id, c.id AS customer_id, s.email
FROM staging_customers s
JOIN customers c ON c.email = s.email
ORDER BY s.id

SELECT s.id, s.email FROM staging_customers s LEFT JOIN customers c ON c.email = s.email WHERE c.id IS NULL

SELECT c.id, c.name, COUNT(o.id) AS orders, COALESCE(SUM(o.amount_cents), 0) AS cents
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id
GROUP BY c.id, c.name
ORDER BY cents DESC
LIMIT 10

SELECT c.name, c.email, o.id, o.amount_cents, o.status
FROM orders o
INNER JOIN customers c ON o.customer_id = c.id
WHERE o.status = 'open'
ORDER BY o.created_at

SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."phone", "customers"."ssn", "customers"."created_at", "customers"."country" FROM "customers" WHERE "customers"."id" = 12 LIMIT 21

SELECT "customers".* FROM "customers" WHERE "customers"."country" = 'FR' ORDER BY "customers"."id" ASC LIMIT 1

SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email, customers.created_at AS customers_created_at
FROM customers LEFT OUTER JOIN orders ON customers.id = orders.customer_id
WHERE orders.status = 'returned' ORDER BY customers.id

SELECT `main`.`customers`.`id`, `main`.`customers`.`name`, `main`.`customers`.`email` FROM `main`.`customers` WHERE `main`.`customers`.`id` IN (4,5,6) LIMIT -1 OFFSET 0

SELECT "customers"."id" AS "id", "customers"."name" AS "name", "customers"."email" AS "email", "customers"."country" AS "country" FROM "customers" ORDER BY "customers"."created_at" DESC LIMIT 2000

SELECT c.name AS "c.name", COUNT(DISTINCT o.id) AS "orders.count"
FROM orders AS o
LEFT JOIN customers AS c ON o.customer_id = c.id
GROUP BY 1
ORDER BY 2 DESC
LIMIT 500

SELECT name, total FROM (
  SELECT c.name, SUM(o.amount_cents) AS total, RANK() OVER (ORDER BY SUM(o.amount_cents) DESC) AS rk
  FROM customers c JOIN orders o ON o.customer_id = c.id
  GROUP BY c.id
) WHERE rk <= 5

SELECT id, email,
       ROW_NUMBER() OVER (PARTITION BY email ORDER BY created_at DESC, id DESC) AS rn
FROM staging_customers

WITH d AS (
  SELECT id, name, email, ROW_NUMBER() OVER (PARTITION BY email ORDER BY created_at, id) AS rn
  FROM customers
)
SELECT id, name, email FROM d WHERE rn > 1

SELECT a.id AS id_a, b.id AS id_b, a.email
FROM customers a JOIN customers b ON a.email = b.email AND a.id < b.id

SELECT a.id, b.id FROM customers a, customers b WHERE a.id < b.id AND a.phone = b.phone

SELECT country, COUNT(DISTINCT name) AS names, COUNT(DISTINCT phone) AS phones FROM customers GROUP BY country

SELECT id FROM customers WHERE email IS NULL OR email = ''

SELECT SUM(name IS NULL) AS name_nulls, SUM(email IS NULL) AS email_nulls, SUM(phone IS NULL) AS phone_nulls, SUM(ssn IS NULL) AS ssn_nulls FROM staging_customers

SELECT c.id, c.email AS live_email, g.email AS gold_email
FROM customers c JOIN gold_customers g ON g.id = c.id
WHERE c.email <> g.email

SELECT id, name, email, phone FROM customers
EXCEPT
SELECT id, name, email, phone FROM gold_customers

SELECT email FROM customers INTERSECT SELECT email FROM staging_customers

SELECT email FROM customers UNION SELECT email FROM staging_customers UNION SELECT email FROM gold_customers

SELECT 'customers' AS src, id, email FROM customers WHERE id <= 3
UNION ALL
SELECT 'gold', id, email FROM gold_customers WHERE id <= 3
ORDER BY id, src

SELECT id, name FROM customers WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = customers.id AND o.status = 'returned') ORDER BY name

SELECT name FROM customers WHERE id = (SELECT customer_id FROM orders ORDER BY amount_cents DESC LIMIT 1)

SELECT o.id, o.amount_cents, (SELECT c.name FROM customers c WHERE c.id = o.customer_id) AS customer FROM orders o ORDER BY o.id LIMIT 10

SELECT id, coalesce(phone, email) AS contact FROM customers WHERE country = 'AT'

SELECT id, CASE WHEN phone IS NOT NULL THEN phone ELSE 'n/a' END AS phone FROM customers ORDER BY id LIMIT 15

SELECT c.country, group_concat(c.name, ', ') AS people FROM customers c WHERE c.country IN ('DE', 'AT') GROUP BY c.country

SELECT json_object('id', id, 'name', name, 'email', email) AS doc FROM customers WHERE id <= 5

SELECT json_group_array(email) AS emails FROM customers WHERE country = 'CH'

SELECT name, created_at, LAG(name) OVER (ORDER BY created_at) AS signed_up_before_them FROM customers ORDER BY created_at LIMIT 10

SELECT DISTINCT email FROM customers ORDER BY email LIMIT 50

SELECT COUNT(*) FROM (SELECT DISTINCT name, email FROM customers)

SELECT ssn, COUNT(*) AS n, MIN(id) AS first_id FROM customers WHERE ssn IS NOT NULL GROUP BY ssn HAVING n > 1

EXPLAIN QUERY PLAN SELECT id, name FROM customers WHERE email = 'somebody@example.com'

-- who has ordered more than once, with contact data for the support team
WITH repeaters AS (
  SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id HAVING COUNT(*) > 1
)
SELECT r.n, c.name, c.email, c.phone
FROM repeaters r JOIN customers c ON c.id = r.customer_id
ORDER BY r.n DESC, c.id

SELECT Name, EMAIL FROM Customers AS C WHERE C.Id BETWEEN 10 AND 15

SELECT "name" AS "Customer name", "email" AS "E-mail", "created_at" AS "Since" FROM "gold_customers" ORDER BY "id"

SELECT s.id, s.name, s.phone, c.phone AS live_phone, s.phone IS c.phone AS same_phone
FROM staging_customers s LEFT JOIN customers c USING (email)

SELECT c.email, COUNT(o.id) FILTER (WHERE o.status = 'returned') AS returns, COUNT(o.id) AS orders
FROM customers c JOIN orders o ON o.customer_id = c.id
GROUP BY c.email
HAVING returns > 0
ORDER BY 1.0 * returns / orders DESC

SELECT src, COUNT(DISTINCT email) AS emails, COUNT(DISTINCT ssn) AS ssns FROM (
  SELECT 'customers' AS src, email, ssn FROM customers
  UNION ALL SELECT 'staging', email, ssn FROM staging_customers
  UNION ALL SELECT 'gold', email, ssn FROM gold_customers
) GROUP BY src

--! tool: execute
--! plain

INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country) VALUES (1001, 'Test Person', 'test.person@example.com', '+49 731 000000', NULL, '2025-05-01 10:00:00', 'DE')

INSERT INTO staging_customers (id, name, email, created_at, country)
VALUES
  (1002, 'Import A', 'a@example.org', '2025-05-01 10:00:00', 'AT'),
  (1003, 'Import B', 'b@example.org', '2025-05-01 10:00:00', ''),
  (1004, 'Import C', 'c@example.org', '2025-05-01 10:00:00', 'CH')

INSERT INTO staging_customers (id, name, email, created_at, country) VALUES (5, 'Upserted', 'upserted@example.com', datetime('now'), 'FR')
ON CONFLICT (id) DO UPDATE SET email = excluded.email, country = excluded.country

INSERT INTO staging_customers (id, country, created_at) VALUES (6, 'NL', '2025-05-02 08:00:00') ON CONFLICT DO NOTHING

INSERT OR IGNORE INTO staging_customers (id, country, created_at) VALUES (7, 'BE', '2025-05-02 08:00:00')

INSERT INTO staging_customers (id, country, created_at) VALUES (1010, 'IT', '2025-05-03 09:30:00') RETURNING id

UPDATE staging_customers SET country = 'DE' WHERE id = 3

UPDATE staging_customers SET country = 'AT' WHERE id IN (4, 8, 9)

UPDATE staging_customers SET country = upper(trim(country)) WHERE id BETWEEN 1 AND 10 AND country <> upper(trim(country))

UPDATE staging_customers SET phone = NULL WHERE id = 11 RETURNING id

UPDATE "staging_customers" SET "country" = 'PL', "email" = 'new.address@example.com' WHERE "staging_customers"."id" = 12

UPDATE staging_customers SET country=CASE id WHEN 13 THEN 'ES' WHEN 14 THEN 'PT' ELSE country END WHERE id IN (13, 14)

update staging_customers set created_at = datetime(created_at, '+1 hour') where id = 15

UPDATE staging_customers
SET country = (SELECT c.country FROM customers c WHERE c.id = staging_customers.id)
WHERE id IN (2, 16, 17)
  AND EXISTS (SELECT 1 FROM customers c WHERE c.id = staging_customers.id)

UPDATE staging_customers AS s SET created_at = c.created_at FROM customers AS c WHERE c.id = s.id AND s.id = 18

DELETE FROM staging_customers WHERE id = 19

DELETE FROM "staging_customers" WHERE "staging_customers"."id" IN (20, 21)

delete from staging_customers where id = 22 and country = '' returning id

WITH stale AS (SELECT id FROM staging_customers WHERE id IN (23, 24) AND country = '')
DELETE FROM staging_customers WHERE id IN (SELECT id FROM stale)

INSERT INTO events (kind, payload, at) VALUES ('import', '{"ip":"10.0.0.9","ok":true,"tags":["batch"],"geo":{"city":"Ulm"}}', '2025-05-01 12:00:00')

INSERT INTO events (kind, payload, at)
VALUES ('audit', json_object('ip', '10.0.0.1', 'ok', json('true'), 'tags', json_array('a', 'b'), 'geo', json_object('city', 'Ulm')), datetime('now'))

INSERT INTO "events" ("kind", "payload", "at") VALUES ('view', '{"ip":"10.0.0.2","ok":false,"tags":[],"geo":{"city":"Bonn"}}', '2025-05-02 07:15:00') RETURNING "id"

--! masked

/* load selected customers into staging for clean-up */
INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country)
SELECT id + 2000, name, email, phone, ssn, created_at, country FROM customers WHERE id IN (31, 32, 33)

UPDATE staging_customers SET email = lower(trim(email)) WHERE id = 25

DELETE FROM staging_customers
WHERE id IN (26, 27, 28)
  AND EXISTS (SELECT 1 FROM staging_customers d WHERE d.email = staging_customers.email AND d.id < staging_customers.id)
