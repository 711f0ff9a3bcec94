-- What a data agent and mappers send; written by somebody who saw neither the screen nor these lists.

--! dialect: sqlite
--! tool: query
--! plain

SELECT * FROM orders LIMIT 5

SELECT COUNT(*) FROM orders

SELECT status, COUNT(*) AS n
FROM orders
GROUP BY status
ORDER BY n DESC, status

-- quick profile of orders
SELECT
  COUNT(*)                       AS row_count,
  COUNT(DISTINCT customer_id)    AS distinct_customers,
  SUM(amount_cents IS NULL)      AS null_amounts,
  SUM(note IS NULL)              AS null_notes,
  MIN(created_at)                AS first_order,
  MAX(created_at)                AS last_order
FROM orders

SELECT "orders"."id", "orders"."customer_id", "orders"."amount_cents", "orders"."status", "orders"."note", "orders"."created_at" FROM "orders" WHERE "orders"."status" = 'paid' ORDER BY "orders"."created_at" DESC, "orders"."id" DESC LIMIT 21

SELECT 1 AS "a" FROM "orders" WHERE ("orders"."customer_id" = 7 AND NOT ("orders"."status" = 'returned')) LIMIT 1

SELECT COUNT(*) AS "__count" FROM "events" WHERE "events"."kind" = 'login'

SELECT "orders"."status", COUNT("orders"."id") AS "n", SUM("orders"."amount_cents") AS "total" FROM "orders" GROUP BY "orders"."status" ORDER BY 2 DESC, 1 ASC

SELECT "orders".* FROM "orders" WHERE "orders"."customer_id" = 3 ORDER BY "orders"."id" ASC LIMIT 1

SELECT 1 AS one FROM "events" WHERE "events"."kind" = 'buy' LIMIT 1

SELECT COUNT(*) AS "count_all", "orders"."status" AS "orders_status" FROM "orders" GROUP BY "orders"."status"

SELECT SUM("orders"."amount_cents") FROM "orders" WHERE "orders"."status" IN ('paid', 'shipped') AND "orders"."created_at" BETWEEN '2024-01-01 00:00:00' AND '2024-03-31 23:59:59.999999'

SELECT orders.id AS orders_id, orders.customer_id AS orders_customer_id, orders.amount_cents AS orders_amount_cents, orders.status AS orders_status 
FROM orders 
WHERE orders.amount_cents > 5000 ORDER BY orders.id
 LIMIT 50 OFFSET 100

SELECT count(*) AS count_1 
FROM (SELECT orders.id AS orders_id 
FROM orders 
WHERE orders.status != 'lost') AS anon_1

SELECT `main`.`orders`.`id`, `main`.`orders`.`customer_id`, `main`.`orders`.`status` FROM `main`.`orders` WHERE (`main`.`orders`.`status` = 'open' AND `main`.`orders`.`amount_cents` >= 1000) ORDER BY `main`.`orders`.`id` ASC LIMIT 20 OFFSET 0

SELECT COUNT(*) FROM (SELECT `main`.`events`.`id` FROM `main`.`events` WHERE `main`.`events`.`kind` = 'view' LIMIT -1 OFFSET 0) AS `sub`

-- are there duplicate order ids? (should return nothing)
SELECT id, COUNT(*) AS c FROM orders GROUP BY id HAVING COUNT(*) > 1

SELECT kind, COUNT(*) AS cnt, MIN(at) AS first_seen, MAX(at) AS last_seen
FROM events
GROUP BY kind
ORDER BY cnt DESC, kind

SELECT COUNT(*) AS total,
       SUM(CASE WHEN json_valid(payload) THEN 1 ELSE 0 END) AS valid_json,
       SUM(CASE WHEN payload IS NULL THEN 1 ELSE 0 END) AS null_payload,
       SUM(CASE WHEN payload IS NOT NULL AND NOT json_valid(payload) THEN 1 ELSE 0 END) AS broken_json
FROM events

SELECT id, kind, payload
FROM events
WHERE payload IS NOT NULL AND json_valid(payload) = 0
ORDER BY id
LIMIT 20

SELECT json_extract(payload, '$.path') AS path, COUNT(*) AS views
FROM events
WHERE kind = 'view' AND json_valid(payload)
GROUP BY path
ORDER BY views DESC, path
LIMIT 10

SELECT e.id, e.kind, e.payload ->> '$.customer' AS customer_id, e.at
FROM events e
WHERE json_valid(e.payload) AND e.kind = 'buy'
ORDER BY e.at DESC, e.id DESC
LIMIT 25

-- which keys show up in the payloads?
SELECT je.key, je.type, COUNT(*) AS n
FROM events, json_each(events.payload) AS je
WHERE json_valid(events.payload)
GROUP BY je.key, je.type
ORDER BY n DESC, je.key, je.type

select strftime('%Y-%m', created_at) as month, count(*) as orders, round(sum(amount_cents) / 100.0, 2) as revenue
from orders
where status in ('paid', 'shipped')
group by 1
order by 1

SELECT date(created_at) AS day,
       COUNT(*) FILTER (WHERE status = 'paid') AS paid,
       COUNT(*) FILTER (WHERE status = 'returned') AS returned,
       COUNT(*) FILTER (WHERE status = 'lost') AS lost
FROM orders
GROUP BY day
ORDER BY day

WITH daily AS (
  SELECT date(created_at) AS d, SUM(amount_cents) AS cents
  FROM orders
  WHERE status <> 'returned'
  GROUP BY date(created_at)
)
SELECT d, cents,
       SUM(cents) OVER (ORDER BY d) AS running_cents,
       ROUND(AVG(cents) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 1) AS avg_7d
FROM daily
ORDER BY d

WITH ranked AS (
  SELECT o.*, ROW_NUMBER() OVER (PARTITION BY o.customer_id ORDER BY o.created_at DESC, o.id DESC) AS rn
  FROM orders o
)
SELECT id, customer_id, status, amount_cents, created_at
FROM ranked
WHERE rn = 1
ORDER BY customer_id

SELECT customer_id, id, created_at,
       LAG(created_at) OVER (PARTITION BY customer_id ORDER BY created_at, id) AS prev_order_at,
       ROUND(julianday(created_at) - julianday(LAG(created_at) OVER (PARTITION BY customer_id ORDER BY created_at, id)), 1) AS days_since_prev
FROM orders
ORDER BY customer_id, created_at, id

WITH RECURSIVE days(d) AS (
  SELECT date('2024-01-01')
  UNION ALL
  SELECT date(d, '+1 day') FROM days WHERE d < '2024-01-31'
)
SELECT days.d, COUNT(o.id) AS orders
FROM days
LEFT JOIN orders o ON date(o.created_at) = days.d
GROUP BY days.d
ORDER BY days.d

SELECT CASE
         WHEN amount_cents < 1000 THEN '<10'
         WHEN amount_cents < 5000 THEN '10-50'
         WHEN amount_cents < 10000 THEN '50-100'
         ELSE '100+'
       END AS bucket,
       COUNT(*) AS n
FROM orders
WHERE amount_cents IS NOT NULL
GROUP BY bucket
ORDER BY MIN(amount_cents)

SELECT DISTINCT status FROM orders ORDER BY status

SELECT DISTINCT kind FROM events

-- negative or zero amounts are suspicious
SELECT id, customer_id, amount_cents, status
FROM orders
WHERE amount_cents <= 0
ORDER BY id

SELECT id, status FROM orders WHERE status NOT IN ('open', 'paid', 'shipped', 'returned', 'lost')

SELECT COUNT(*) AS in_orders_not_gold
FROM orders o
LEFT JOIN gold_orders g ON g.id = o.id
WHERE g.id IS NULL

SELECT o.id, o.status AS raw_status, g.status AS gold_status, o.amount_cents AS raw_amount, g.amount_cents AS gold_amount
FROM orders o
JOIN gold_orders g USING (id)
WHERE o.status IS NOT g.status OR o.amount_cents IS NOT g.amount_cents
ORDER BY o.id

SELECT 'orders' AS tbl, COUNT(*) AS n, MAX(created_at) AS latest FROM orders
UNION ALL
SELECT 'gold_orders', COUNT(*), MAX(created_at) FROM gold_orders
UNION ALL
SELECT 'events', COUNT(*), MAX(at) FROM events

SELECT id FROM orders
EXCEPT
SELECT id FROM gold_orders
ORDER BY id

SELECT o.id, o.customer_id, o.amount_cents
FROM orders AS o
WHERE o.amount_cents > (SELECT AVG(amount_cents) FROM orders WHERE status = 'paid')
ORDER BY o.amount_cents DESC, o.id
LIMIT 10

SELECT id, note FROM orders WHERE note LIKE '%refund%' ORDER BY id DESC LIMIT 50

SELECT id, trim(note) AS note, length(note) AS len
FROM orders
WHERE note IS NOT NULL AND note <> trim(note)
ORDER BY id

SELECT lower(trim(status)) AS normalized, COUNT(*) AS n FROM orders GROUP BY 1 ORDER BY 1

EXPLAIN QUERY PLAN SELECT id, status FROM orders WHERE customer_id = 12 ORDER BY created_at DESC

EXPLAIN QUERY PLAN
SELECT kind, COUNT(*) FROM events WHERE at >= '2024-05-01' GROUP BY kind

SELECT customer_id, COUNT(*) AS order_count, SUM(amount_cents) AS spend
FROM orders
GROUP BY customer_id
HAVING COUNT(*) >= 3
ORDER BY spend DESC, customer_id
LIMIT 20

SELECT strftime('%H', at) AS hour, COUNT(*) AS logins
FROM events
WHERE kind = 'login'
GROUP BY hour
ORDER BY hour

SELECT strftime('%w', created_at) AS dow, COUNT(*) AS n, SUM(amount_cents) AS cents
FROM orders
WHERE created_at >= '2024-01-01' AND created_at < '2025-01-01'
GROUP BY dow
ORDER BY dow

WITH buys AS (
  SELECT CAST(json_extract(payload, '$.customer') AS INTEGER) AS customer_id, COUNT(*) AS buy_events
  FROM events
  WHERE kind = 'buy' AND json_valid(payload)
  GROUP BY 1
), ords AS (
  SELECT customer_id, COUNT(*) AS order_rows FROM orders GROUP BY customer_id
)
SELECT o.customer_id, o.order_rows, COALESCE(b.buy_events, 0) AS buy_events
FROM ords o
LEFT JOIN buys b ON b.customer_id = o.customer_id
WHERE o.order_rows <> COALESCE(b.buy_events, 0)
ORDER BY o.customer_id

WITH funnel AS (
  SELECT json_extract(payload, '$.customer') AS cust,
         MAX(kind = 'login') AS did_login,
         MAX(kind = 'view')  AS did_view,
         MAX(kind = 'buy')   AS did_buy
  FROM events
  WHERE json_valid(payload)
  GROUP BY 1
)
SELECT SUM(did_login) AS logged_in, SUM(did_login AND did_view) AS viewed, SUM(did_login AND did_view AND did_buy) AS bought
FROM funnel
WHERE cust IS NOT NULL

SELECT status,
       COUNT(*) AS n,
       ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 2) AS pct
FROM orders
GROUP BY status
ORDER BY pct DESC, status

SELECT id, amount_cents, NTILE(4) OVER (ORDER BY amount_cents, id) AS quartile
FROM orders
WHERE status = 'paid' AND amount_cents IS NOT NULL

-- median order value
SELECT AVG(amount_cents) AS median_cents
FROM (
  SELECT amount_cents,
         ROW_NUMBER() OVER (ORDER BY amount_cents, id) AS rn,
         COUNT(*) OVER () AS cnt
  FROM orders
  WHERE amount_cents IS NOT NULL
)
WHERE rn IN ((cnt + 1) / 2, (cnt + 2) / 2)

SELECT id, customer_id, printf('%.2f', amount_cents / 100.0) AS amount, status FROM orders WHERE id IN (1, 2, 3, 5, 8) ORDER BY id

SELECT id, iif(note IS NULL OR note = '', 'no note', 'has note') AS note_state, COALESCE(note, '-') AS note
FROM orders
WHERE status = 'lost'
ORDER BY id

SELECT * FROM events WHERE id = 42

SELECT * FROM gold_orders WHERE status = 'shipped' AND created_at >= date('2024-06-01', '-30 days') ORDER BY id LIMIT 100

SELECT MAX(id) AS max_id, MIN(id) AS min_id, MAX(id) - MIN(id) + 1 - COUNT(*) AS gaps FROM orders

SELECT substr(created_at, 1, 7) AS ym, status, COUNT(*) AS n
FROM gold_orders
GROUP BY ym, status
ORDER BY ym, status

SELECT o.id, o.created_at
FROM orders o
WHERE o.created_at IS NULL
   OR o.created_at > datetime('now', '+1 day')
   OR julianday(o.created_at) IS NULL
ORDER BY o.id

SELECT o.customer_id, o.created_at, o.amount_cents, COUNT(*) AS copies, MIN(o.id) AS keep_id
FROM orders o
GROUP BY o.customer_id, o.created_at, o.amount_cents
HAVING copies > 1
ORDER BY copies DESC, keep_id

SELECT "events"."id", "events"."kind", "events"."payload", "events"."at" FROM "events" WHERE ("events"."kind" IN ('login', 'view') AND "events"."at" >= '2024-04-01 00:00:00') ORDER BY "events"."at" ASC, "events"."id" ASC LIMIT 100

SELECT id, kind, at, FIRST_VALUE(kind) OVER w AS first_kind, COUNT(*) OVER w AS seq
FROM events
WHERE json_valid(payload) AND json_extract(payload, '$.customer') = 3
WINDOW w AS (ORDER BY at, id)
ORDER BY at, id

WITH m AS (
  SELECT strftime('%Y-%m', created_at) AS ym, SUM(amount_cents) AS cents
  FROM orders WHERE status IN ('paid','shipped') GROUP BY 1
)
SELECT ym, cents, cents - LAG(cents) OVER (ORDER BY ym) AS delta,
       ROUND(100.0 * (cents - LAG(cents) OVER (ORDER BY ym)) / NULLIF(LAG(cents) OVER (ORDER BY ym), 0), 1) AS pct_change
FROM m
ORDER BY ym

SELECT json_object('status', status, 'n', COUNT(*), 'cents', SUM(amount_cents)) AS row_json
FROM orders
GROUP BY status
ORDER BY status

SELECT EXISTS(SELECT 1 FROM orders WHERE status = 'open' AND created_at < '2023-01-01') AS has_stale_open

--! masked

SELECT * FROM customers LIMIT 5

SELECT COUNT(*) AS customers FROM customers

SELECT id, name, email, country, created_at FROM customers WHERE id = 17

SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."phone", "customers"."created_at", "customers"."country" FROM "customers" WHERE "customers"."country" = 'DE' ORDER BY "customers"."id" ASC LIMIT 21

SELECT "customers".* FROM "customers" WHERE "customers"."id" IN (1, 2, 3, 4, 5)

SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email, orders_1.id AS orders_1_id, orders_1.status AS orders_1_status 
FROM customers LEFT OUTER JOIN orders AS orders_1 ON customers.id = orders_1.customer_id 
WHERE customers.id = 4 ORDER BY orders_1.id

SELECT country, COUNT(*) AS n FROM customers GROUP BY country ORDER BY n DESC, country

-- null rates in the staging table
SELECT COUNT(*) AS total,
       SUM(name IS NULL) AS name_nulls,
       SUM(email IS NULL) AS email_nulls,
       SUM(phone IS NULL) AS phone_nulls,
       SUM(ssn IS NULL) AS ssn_nulls,
       SUM(country IS NULL) AS country_nulls
FROM staging_customers

SELECT email, COUNT(*) AS copies
FROM staging_customers
WHERE email IS NOT NULL
GROUP BY email
HAVING COUNT(*) > 1

SELECT COUNT(*) - COUNT(DISTINCT email) AS dup_emails, COUNT(*) - COUNT(DISTINCT ssn) AS dup_ssn
FROM customers

SELECT s.id, s.name, s.email, s.country
FROM staging_customers s
LEFT JOIN customers c ON c.email = s.email
WHERE c.id IS NULL
ORDER BY s.id

SELECT c.id, c.name, SUM(o.amount_cents) AS lifetime_cents, COUNT(o.id) AS orders
FROM customers c
JOIN orders o ON o.customer_id = c.id
WHERE o.status IN ('paid', 'shipped')
GROUP BY c.id, c.name
ORDER BY lifetime_cents DESC, c.id
LIMIT 10

SELECT c.country, strftime('%Y-%m', o.created_at) AS month, COUNT(*) AS orders, SUM(o.amount_cents) AS cents
FROM orders o
INNER JOIN customers c ON c.id = o.customer_id
GROUP BY c.country, month
ORDER BY c.country, month

SELECT o.id AS orphan_order, o.customer_id
FROM orders o
LEFT JOIN customers c ON c.id = o.customer_id
WHERE c.id IS NULL
ORDER BY o.id

SELECT c.id, c.email, c.created_at
FROM customers c
WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)
ORDER BY c.created_at, c.id
LIMIT 50

WITH dedup AS (
  SELECT id, email, country, created_at,
         ROW_NUMBER() OVER (PARTITION BY email ORDER BY created_at DESC, id DESC) AS rn
  FROM staging_customers
  WHERE email IS NOT NULL
)
SELECT id, email, country, created_at FROM dedup WHERE rn > 1 ORDER BY id

SELECT s.id,
       s.email IS NOT c.email AS email_changed,
       s.phone IS NOT c.phone AS phone_changed,
       s.country IS NOT c.country AS country_changed
FROM staging_customers s
JOIN customers c ON c.id = s.id
WHERE s.email IS NOT c.email OR s.phone IS NOT c.phone OR s.country IS NOT c.country
ORDER BY s.id

SELECT 'customers' AS tbl, COUNT(*) AS n, COUNT(DISTINCT email) AS emails FROM customers
UNION ALL SELECT 'staging_customers', COUNT(*), COUNT(DISTINCT email) FROM staging_customers
UNION ALL SELECT 'gold_customers', COUNT(*), COUNT(DISTINCT email) FROM gold_customers

SELECT DISTINCT country FROM gold_customers ORDER BY country

SELECT a.id AS id_a, b.id AS id_b, a.phone
FROM customers a
JOIN customers b ON a.phone = b.phone AND a.id < b.id
ORDER BY a.id, b.id

SELECT strftime('%Y-%m', created_at) AS signup_month, COUNT(*) AS signups
FROM customers
WHERE created_at >= '2023-01-01'
GROUP BY signup_month
ORDER BY signup_month

WITH cohort AS (
  SELECT id, strftime('%Y-%m', created_at) AS cohort_month FROM customers
), act AS (
  SELECT customer_id, strftime('%Y-%m', created_at) AS order_month FROM orders GROUP BY 1, 2
)
SELECT cohort.cohort_month, act.order_month, COUNT(DISTINCT act.customer_id) AS active
FROM cohort
JOIN act ON act.customer_id = cohort.id
GROUP BY cohort.cohort_month, act.order_month
ORDER BY 1, 2

SELECT c.id, c.name, e.kind, e.at
FROM events e
JOIN customers c ON c.id = CAST(json_extract(e.payload, '$.customer') AS INTEGER)
WHERE json_valid(e.payload) AND e.kind = 'login'
ORDER BY e.at DESC, e.id DESC
LIMIT 20

SELECT c.id, c.name,
       (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS orders,
       (SELECT MAX(o.created_at) FROM orders o WHERE o.customer_id = c.id) AS last_order_at
FROM customers c
WHERE c.country IN ('US', 'CA')
ORDER BY c.id
LIMIT 100

SELECT id, CASE WHEN email IS NULL AND phone IS NULL THEN 'unreachable'
                WHEN email IS NULL THEN 'phone only'
                WHEN phone IS NULL THEN 'email only'
                ELSE 'both' END AS contactability
FROM customers
ORDER BY id

SELECT `main`.`customers`.`id`, `main`.`customers`.`name`, `main`.`customers`.`email`, `main`.`customers`.`country` FROM `main`.`customers` WHERE `main`.`customers`.`id` = 9 LIMIT 1 OFFSET 0

SELECT COUNT(*) FROM "customers" INNER JOIN "orders" ON "orders"."customer_id" = "customers"."id" WHERE "orders"."status" = 'returned' AND "customers"."country" = 'FR'

SELECT DISTINCT "customers"."id", "customers"."name" FROM "customers" INNER JOIN "orders" ON ("customers"."id" = "orders"."customer_id") WHERE "orders"."amount_cents" >= 20000 ORDER BY "customers"."id" ASC

SELECT g.country, COUNT(DISTINCT g.id) AS customers, COALESCE(SUM(o.amount_cents), 0) / 100.0 AS revenue
FROM gold_customers g
LEFT JOIN gold_orders o ON o.customer_id = g.id AND o.status <> 'returned'
GROUP BY g.country
ORDER BY revenue DESC, g.country

SELECT id, country FROM staging_customers WHERE country <> upper(trim(country)) OR length(country) <> 2 ORDER BY id

SELECT c.id FROM customers c
EXCEPT
SELECT g.id FROM gold_customers g
ORDER BY 1

select c.country, c.name, o.amount_cents, rank() over (partition by c.country order by o.amount_cents desc) as rnk
from orders o
join customers c on c.id = o.customer_id
where o.status = 'paid'
order by c.country, rnk, o.id

EXPLAIN QUERY PLAN SELECT c.id, COUNT(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id

SELECT COUNT(*) AS emails_in_both
FROM (SELECT email FROM staging_customers INTERSECT SELECT email FROM gold_customers)

SELECT json_group_array(json_object('id', id, 'country', country)) AS customers_json
FROM (SELECT id, country FROM customers WHERE created_at >= '2024-01-01' ORDER BY id LIMIT 10)

--! tool: execute
--! plain

INSERT INTO events (kind, payload, at) VALUES ('view', '{"customer": 3, "path": "/pricing"}', '2024-06-01T10:15:00')

INSERT INTO "orders" ("customer_id", "amount_cents", "status", "note", "created_at") VALUES (3, 4599, 'open', NULL, '2024-06-01 09:30:00.000000')

INSERT INTO "orders" ("customer_id", "amount_cents", "status", "note", "created_at") VALUES (5, 12900, 'open', 'gift wrap', '2024-06-02 12:00:00') RETURNING "id"

INSERT INTO orders (customer_id, amount_cents, status, created_at) VALUES (1, 1999, 'paid', '2024-05-30T08:00:00'), (2, 2999, 'paid', '2024-05-30T08:05:00'), (2, 500, 'open', '2024-05-30T08:10:00') RETURNING id, status

INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country)
VALUES (9001, 'Test Person', 'test.person@example.com', '+1-555-0100', NULL, '2024-06-01T00:00:00', 'US')

INSERT INTO staging_customers (id, name, email, created_at, country)
VALUES (9002, 'Ada Example', 'ada@example.org', '2024-06-01T00:00:00', 'GB')
ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, country = excluded.country

INSERT INTO staging_customers (id, name, email, country, created_at)
VALUES (9003, 'Bob Sample', 'bob@example.net', 'DE', '2024-06-02T00:00:00')
ON CONFLICT DO NOTHING

INSERT OR IGNORE INTO events (id, kind, payload, at) VALUES (50001, 'login', '{"customer": 8}', '2024-06-03T07:45:12')

INSERT INTO events (kind, payload, at)
SELECT 'order_backfill', json_object('customer', customer_id, 'order', id), created_at
FROM orders
WHERE status = 'paid' AND created_at >= '2024-05-01'

INSERT INTO orders (id, customer_id, amount_cents, status, note, created_at)
VALUES (70001, 4, 8800, 'shipped', 'imported from csv', '2024-04-18T16:20:00')
ON CONFLICT (id) DO UPDATE SET status = excluded.status, amount_cents = excluded.amount_cents
WHERE orders.status <> 'returned'

UPDATE "orders" SET "status" = 'shipped' WHERE "orders"."id" = 14

UPDATE "orders" SET "status" = 'paid', "note" = 'payment confirmed' WHERE "orders"."id" IN (21, 22, 25)

UPDATE orders SET status = 'lost', note = COALESCE(note || ' | ', '') || 'carrier lost parcel' WHERE id = 33 RETURNING id, status, note

-- fix lower-case country codes from the csv import
UPDATE staging_customers SET country = upper(trim(country)) WHERE country IN ('de', 'fr', 'us', ' de', 'us ')

UPDATE staging_customers SET country = 'GB' WHERE country = 'UK'

UPDATE staging_customers SET email = NULL WHERE id = 118

UPDATE staging_customers SET name = trim(name), email = lower(trim(email)) WHERE id BETWEEN 100 AND 120

UPDATE staging_customers
SET created_at = replace(created_at, ' ', 'T')
WHERE created_at LIKE '2024-%' AND created_at LIKE '% %'

UPDATE orders
SET note = 'amount differs from gold'
FROM gold_orders AS g
WHERE g.id = orders.id AND g.amount_cents <> orders.amount_cents AND orders.status = 'open'

UPDATE orders SET note = trim(note) WHERE note <> trim(note) AND created_at >= '2024-01-01'

UPDATE orders SET status = CASE WHEN amount_cents = 0 THEN 'lost' ELSE 'returned' END WHERE id IN (41, 42) AND status = 'shipped'

UPDATE orders SET note = NULL WHERE note = '' AND status = 'open'

UPDATE events SET payload = json_set(payload, '$.path', '/home') WHERE kind = 'view' AND json_valid(payload) AND json_extract(payload, '$.path') = '/index.html'

UPDATE events SET kind = 'login' WHERE kind = 'Login'

DELETE FROM "events" WHERE "events"."id" = 77

DELETE FROM events WHERE kind = 'heartbeat' AND at < '2023-01-01'

DELETE FROM staging_customers WHERE id IN (9001, 9002, 9003)

DELETE FROM staging_customers
WHERE created_at < '2024-01-01'
  AND id NOT IN (SELECT MIN(id) FROM staging_customers GROUP BY email)

DELETE FROM orders WHERE id = 70001 AND status = 'open' RETURNING id, amount_cents

INSERT INTO events (kind, payload, at) VALUES ('agent_note', json_object('task', 'dq-check', 'table', 'orders', 'bad_rows', 4), strftime('%Y-%m-%dT%H:%M:%S', 'now')) RETURNING id
