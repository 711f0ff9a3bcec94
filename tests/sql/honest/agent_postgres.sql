-- What a data agent and mappers send; written by somebody who saw neither the screen nor these lists.

--! dialect: postgres
--! tool: query
--! plain

SELECT * FROM orders LIMIT 10

SELECT count(*) FROM events

SELECT status, count(*) AS n, sum(amount_cents) AS cents
FROM orders
GROUP BY status
ORDER BY n DESC, status

-- profile the orders table before building the report
SELECT
    count(*)                                        AS row_count,
    count(DISTINCT customer_id)                     AS distinct_customers,
    count(*) FILTER (WHERE amount_cents IS NULL)    AS null_amount,
    count(*) FILTER (WHERE note IS NULL)            AS null_note,
    min(created_at)                                 AS first_at,
    max(created_at)                                 AS last_at
FROM orders

SELECT "orders"."id", "orders"."customer_id", "orders"."amount_cents", "orders"."status", "orders"."note", "orders"."created_at" FROM "orders" WHERE "orders"."status" = 'open' ORDER BY "orders"."created_at" DESC, "orders"."id" DESC LIMIT 21

SELECT 1 AS "a" FROM "orders" WHERE ("orders"."customer_id" = 12 AND "orders"."status" IN ('paid', 'shipped')) LIMIT 1

SELECT COUNT(*) AS "__count" FROM "orders" WHERE ("orders"."amount_cents" > 10000 AND NOT ("orders"."status" = 'lost'))

SELECT DATE_TRUNC('month', "orders"."created_at") AS "month", COUNT("orders"."id") AS "n" FROM "orders" GROUP BY 1 ORDER BY 1 ASC

SELECT "orders"."id", "orders"."status" FROM "orders" WHERE "orders"."created_at" BETWEEN '2024-01-01T00:00:00'::timestamp AND '2024-12-31T23:59:59.999999'::timestamp ORDER BY "orders"."id" ASC LIMIT 100 OFFSET 200

SELECT "events".* FROM "events" WHERE "events"."kind" = 'login' ORDER BY "events"."at" DESC, "events"."id" DESC LIMIT 25 OFFSET 0

SELECT 1 AS one FROM "orders" WHERE "orders"."status" = 'returned' AND "orders"."customer_id" = 8 LIMIT 1

SELECT COUNT(*) AS "count_all", "events"."kind" AS "events_kind" FROM "events" GROUP BY "events"."kind"

SELECT SUM("orders"."amount_cents") FROM "orders" WHERE "orders"."customer_id" = 5 AND "orders"."status" != 'returned'

SELECT "orders"."id" FROM "orders" WHERE "orders"."id" > 1000 ORDER BY "orders"."id" ASC LIMIT 1000

SELECT orders.id AS orders_id, orders.customer_id AS orders_customer_id, orders.amount_cents AS orders_amount_cents, orders.created_at AS orders_created_at 
FROM orders 
WHERE orders.status IN ('open', 'paid') AND orders.created_at >= '2024-02-01' ORDER BY orders.id 
 LIMIT 50

SELECT count(*) AS count_1 
FROM (SELECT DISTINCT orders.customer_id AS orders_customer_id 
FROM orders 
WHERE orders.amount_cents >= 2500) AS anon_1

SELECT EXISTS (SELECT * 
FROM events 
WHERE events.kind = 'buy') AS anon_1

SELECT "public"."orders"."id", "public"."orders"."customer_id", "public"."orders"."status", "public"."orders"."created_at" FROM "public"."orders" WHERE ("public"."orders"."status" = 'paid' AND "public"."orders"."amount_cents" >= 1000) ORDER BY "public"."orders"."id" ASC LIMIT 20 OFFSET 0

SELECT COUNT(*) AS "_count._all" FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE "public"."orders"."status" = 'open' OFFSET 0) AS "sub"

SELECT kind, count(*) AS cnt, min(at) AS first_seen, max(at) AS last_seen
FROM events
GROUP BY kind
ORDER BY cnt DESC, kind

-- how many payloads do not look like JSON objects
SELECT count(*) AS total,
       count(*) FILTER (WHERE payload IS NULL) AS null_payload,
       count(*) FILTER (WHERE payload !~ '^\s*\{.*\}\s*$') AS not_object
FROM events

SELECT id, kind, left(payload, 80) AS payload_head
FROM events
WHERE payload NOT LIKE '{%'
ORDER BY id
LIMIT 20

WITH parsed AS (
  SELECT id, kind, at, CASE WHEN payload LIKE '{"%}' THEN payload::jsonb END AS p
  FROM events
)
SELECT p ->> 'path' AS path, count(*) AS views
FROM parsed
WHERE kind = 'view'
GROUP BY p ->> 'path'
ORDER BY views DESC, path NULLS LAST
LIMIT 10

SELECT k.key, count(*) AS n
FROM events e
CROSS JOIN LATERAL jsonb_object_keys(CASE WHEN e.payload LIKE '{"%}' THEN e.payload::jsonb END) AS k(key)
GROUP BY k.key
ORDER BY n DESC, k.key

SELECT e.id, e.at, (CASE WHEN e.payload LIKE '{"%}' THEN e.payload::json END ->> 'customer')::int AS customer_id
FROM events e
WHERE e.kind = 'buy'
ORDER BY e.at DESC, e.id DESC
LIMIT 25

select to_char(created_at, 'YYYY-MM') as month,
       count(*) as orders,
       round(sum(amount_cents) / 100.0, 2) as revenue
from orders
where status in ('paid', 'shipped')
group by 1
order by 1

SELECT created_at::date AS day,
       COUNT(*) FILTER (WHERE status = 'paid') AS paid,
       COUNT(*) FILTER (WHERE status = 'returned') AS returned,
       COUNT(*) FILTER (WHERE status = 'lost') AS lost
FROM orders
WHERE created_at >= DATE '2024-01-01'
GROUP BY created_at::date
ORDER BY day

SELECT DISTINCT ON (customer_id) customer_id, id, status, amount_cents, created_at
FROM orders
ORDER BY customer_id, created_at DESC, id DESC

SELECT d::date AS day, count(o.id) AS orders, coalesce(sum(o.amount_cents), 0) AS cents
FROM generate_series(timestamp '2024-01-01', timestamp '2024-01-31', interval '1 day') AS d
LEFT JOIN orders o ON o.created_at >= d AND o.created_at < d + interval '1 day'
GROUP BY d
ORDER BY d

SELECT coalesce(status, 'ALL') AS status, date_trunc('quarter', created_at)::date AS quarter, count(*) AS n, sum(amount_cents) AS cents
FROM orders
GROUP BY ROLLUP (date_trunc('quarter', created_at)::date, status)
ORDER BY quarter NULLS LAST, status NULLS LAST

SELECT status, extract(year FROM created_at)::int AS yr, count(*) AS n, grouping(status) AS g_status
FROM orders
GROUP BY GROUPING SETS ((status, extract(year FROM created_at)::int), (status), ())
ORDER BY g_status, status, yr NULLS LAST

SELECT status, (amount_cents > 5000) AS big, count(*) FROM orders GROUP BY CUBE (status, (amount_cents > 5000)) ORDER BY 1, 2, 3

WITH daily AS (
    SELECT date_trunc('day', created_at) AS d, SUM(amount_cents) AS cents
    FROM orders
    WHERE status <> 'returned'
    GROUP BY 1
)
SELECT d, cents,
       SUM(cents) OVER (ORDER BY d) AS running,
       ROUND(AVG(cents) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 1) AS avg_7d
FROM daily
ORDER BY d

SELECT customer_id, id, created_at,
       created_at - lag(created_at) OVER w AS since_prev,
       row_number() OVER w AS nth_order
FROM orders
WINDOW w AS (PARTITION BY customer_id ORDER BY created_at, id)
ORDER BY customer_id, created_at, id

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_cents) AS p50,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY amount_cents) AS p95,
       avg(amount_cents)::numeric(12,2) AS mean
FROM orders
WHERE status = 'paid'

SELECT width_bucket(amount_cents, 0, 20000, 10) AS bucket, min(amount_cents), max(amount_cents), count(*)
FROM orders
GROUP BY bucket
ORDER BY bucket

SELECT o.customer_id, last3.ids
FROM (SELECT DISTINCT customer_id FROM orders) o
CROSS JOIN LATERAL (
    SELECT array_agg(x.id ORDER BY x.id) AS ids
    FROM (SELECT id FROM orders WHERE customer_id = o.customer_id ORDER BY created_at DESC, id DESC LIMIT 3) x
) last3
ORDER BY o.customer_id

SELECT customer_id, string_agg(DISTINCT status::text, ', ' ORDER BY status::text) AS statuses
FROM orders
GROUP BY customer_id
ORDER BY customer_id

-- status values outside the agreed list
SELECT status, count(*) FROM orders WHERE status <> ALL (ARRAY['open','paid','shipped','returned','lost']) GROUP BY status

SELECT id, amount_cents FROM orders WHERE amount_cents IS NULL OR amount_cents <= 0 ORDER BY id

SELECT o.id, o.status AS raw_status, g.status AS gold_status
FROM orders o
JOIN gold_orders g USING (id)
WHERE o.status IS DISTINCT FROM g.status
ORDER BY o.id

SELECT coalesce(o.id, g.id) AS id,
       CASE WHEN g.id IS NULL THEN 'missing in gold' WHEN o.id IS NULL THEN 'missing in source' ELSE 'amount differs' END AS problem
FROM orders o
FULL OUTER JOIN gold_orders g ON g.id = o.id
WHERE g.id IS NULL OR o.id IS NULL OR g.amount_cents <> o.amount_cents
ORDER BY 1

SELECT 'orders' AS tbl, count(*) AS n, max(created_at) AS latest FROM orders
UNION ALL
SELECT 'gold_orders', count(*), max(created_at) FROM gold_orders
UNION ALL
SELECT 'events', count(*), max(at) FROM events

(SELECT id FROM orders WHERE status = 'paid') EXCEPT (SELECT id FROM gold_orders) ORDER BY id

SELECT id, customer_id, amount_cents, created_at
FROM orders
WHERE created_at >= now() - interval '30 days' AND status = 'open'
ORDER BY created_at, id

SELECT id, note FROM orders WHERE note ILIKE '%refund%' ORDER BY id DESC LIMIT 50

SELECT id, regexp_replace(note, '\s+', ' ', 'g') AS cleaned, length(note) AS len
FROM orders
WHERE note ~ '\s{2,}'
ORDER BY id

SELECT split_part(coalesce(note, ''), ' ', 1) AS first_word, count(*) AS n
FROM orders
GROUP BY 1
ORDER BY n DESC, first_word
LIMIT 15

EXPLAIN SELECT id, status FROM orders WHERE customer_id = 12 ORDER BY created_at DESC

EXPLAIN (FORMAT JSON, COSTS false) SELECT kind, count(*) FROM events WHERE at >= '2024-05-01' GROUP BY kind

SELECT extract(hour FROM at)::int AS hour, count(*) AS logins
FROM events
WHERE kind = 'login'
GROUP BY 1
ORDER BY 1

SELECT extract(isodow FROM created_at) AS dow, to_char(created_at, 'Dy') AS label, count(*) AS n
FROM orders
GROUP BY 1, 2
ORDER BY 1

WITH buys AS (
    SELECT (payload::jsonb ->> 'customer')::int AS customer_id, count(*) AS buy_events
    FROM events
    WHERE kind = 'buy' AND payload LIKE '{"%}'
    GROUP BY 1
)
SELECT o.customer_id, count(*) AS order_rows, coalesce(max(b.buy_events), 0) AS buy_events
FROM orders o
LEFT JOIN buys b ON b.customer_id = o.customer_id
GROUP BY o.customer_id
ORDER BY o.customer_id

SELECT status, count(*) AS n, round(100.0 * count(*) / sum(count(*)) OVER (), 2) AS pct
FROM orders
GROUP BY status
ORDER BY pct DESC, status

SELECT customer_id, count(*) AS orders, sum(amount_cents) AS spend
FROM orders
GROUP BY customer_id
HAVING sum(amount_cents) > 50000
ORDER BY spend DESC, customer_id
FETCH FIRST 20 ROWS ONLY

SELECT id, customer_id, (amount_cents / 100.0)::numeric(10,2) AS amount, upper(status) AS status
FROM orders
WHERE id = ANY (ARRAY[1, 2, 3, 5, 8])
ORDER BY id

SELECT t.status, count(o.id) AS n
FROM (VALUES ('open'), ('paid'), ('shipped'), ('returned'), ('lost')) AS t(status)
LEFT JOIN orders o ON o.status = t.status
GROUP BY t.status
ORDER BY t.status

SELECT json_build_object('status', status, 'n', count(*), 'cents', sum(amount_cents)) AS doc
FROM orders
GROUP BY status
ORDER BY status

SELECT row_to_json(t) FROM (SELECT id, status, amount_cents FROM gold_orders WHERE status = 'shipped' ORDER BY id LIMIT 5) t

SELECT count(*) AS stale_open, min(created_at) AS oldest FROM orders WHERE status = 'open' AND created_at < '2024-01-01'::timestamp

SELECT customer_id, created_at, amount_cents, count(*) AS copies, array_agg(id ORDER BY id) AS ids
FROM orders
GROUP BY customer_id, created_at, amount_cents
HAVING count(*) > 1
ORDER BY copies DESC, min(id)

WITH m AS (
    SELECT date_trunc('month', created_at)::date AS ym, sum(amount_cents) AS cents
    FROM gold_orders WHERE status IN ('paid', 'shipped') GROUP BY 1
)
SELECT ym, cents,
       round(100.0 * (cents - lag(cents) OVER (ORDER BY ym)) / nullif(lag(cents) OVER (ORDER BY ym), 0), 1) AS pct_change
FROM m
ORDER BY ym

WITH RECURSIVE months(m) AS (
    SELECT DATE '2024-01-01'
    UNION ALL
    SELECT (m + INTERVAL '1 month')::date FROM months WHERE m < DATE '2024-12-01'
)
SELECT m, (SELECT count(*) FROM events e WHERE e.at >= m AND e.at < m + INTERVAL '1 month') AS events
FROM months
ORDER BY m

SELECT s.id AS missing_id
FROM generate_series((SELECT min(id) FROM orders), (SELECT max(id) FROM orders)) AS s(id)
LEFT JOIN orders o ON o.id = s.id
WHERE o.id IS NULL
ORDER BY s.id
LIMIT 100

SELECT id, kind, at, lead(kind) OVER (ORDER BY at, id) AS next_kind
FROM events
WHERE at::date = '2024-03-15'
ORDER BY at, id

--! masked

SELECT * FROM customers LIMIT 5

SELECT count(*) AS n, count(DISTINCT country) AS countries FROM customers

SELECT id, name, email, phone, country FROM customers WHERE id = 23

SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."phone", "customers"."ssn", "customers"."created_at", "customers"."country" FROM "customers" WHERE "customers"."id" = 3 LIMIT 21

SELECT "customers".* FROM "customers" WHERE "customers"."country" = 'US' ORDER BY "customers"."created_at" DESC, "customers"."id" DESC LIMIT 20

SELECT "customers"."id", "customers"."name", COUNT("orders"."id") AS "num_orders" FROM "customers" LEFT OUTER JOIN "orders" ON ("customers"."id" = "orders"."customer_id") GROUP BY "customers"."id" HAVING COUNT("orders"."id") > 2 ORDER BY "num_orders" DESC, "customers"."id" ASC

SELECT "orders"."id" AS t0_r0, "orders"."status" AS t0_r1, "customers"."id" AS t1_r0, "customers"."name" AS t1_r1, "customers"."email" AS t1_r2 FROM "orders" LEFT OUTER JOIN "customers" ON "customers"."id" = "orders"."customer_id" WHERE "orders"."status" = 'shipped' AND "customers"."country" = 'DE'

SELECT customers.id AS customers_id, customers.email AS customers_email, anon_1.total AS anon_1_total 
FROM customers JOIN (SELECT orders.customer_id AS customer_id, sum(orders.amount_cents) AS total 
FROM orders GROUP BY orders.customer_id) AS anon_1 ON customers.id = anon_1.customer_id ORDER BY anon_1.total DESC, customers.id 
 LIMIT 10

SELECT "public"."customers"."id", "public"."customers"."name", "public"."customers"."country" FROM "public"."customers" WHERE ("public"."customers"."id") IN (SELECT "t1"."customer_id" FROM "public"."orders" AS "t1" WHERE ("t1"."status" = 'returned' AND "t1"."customer_id" IS NOT NULL)) ORDER BY "public"."customers"."id" ASC OFFSET 0

SELECT country, count(*) AS n FROM gold_customers GROUP BY country ORDER BY n DESC, country NULLS LAST

-- completeness of staging before promotion
SELECT count(*) AS total,
       count(name) AS with_name,
       count(email) AS with_email,
       count(phone) AS with_phone,
       count(ssn) AS with_ssn,
       round(100.0 * count(email) / nullif(count(*), 0), 1) AS email_pct
FROM staging_customers

SELECT email, count(*) AS copies, array_agg(id ORDER BY id) AS ids
FROM staging_customers
WHERE email IS NOT NULL
GROUP BY email
HAVING count(*) > 1
ORDER BY min(id)

SELECT count(DISTINCT email) AS emails, count(DISTINCT ssn) AS ssns, count(*) AS n FROM customers

SELECT s.id, s.name, s.email
FROM staging_customers s
WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.email = s.email)
ORDER BY s.id

SELECT s.id,
       s.name IS DISTINCT FROM c.name AS name_diff,
       s.email IS DISTINCT FROM c.email AS email_diff,
       s.country IS DISTINCT FROM c.country AS country_diff
FROM staging_customers s
JOIN customers c USING (id)
WHERE (s.name, s.email, s.country) IS DISTINCT FROM (c.name, c.email, c.country)
ORDER BY s.id

WITH ranked AS (
    SELECT id, email, created_at, row_number() OVER (PARTITION BY email ORDER BY created_at DESC NULLS LAST, id DESC) AS rn
    FROM staging_customers
)
SELECT id, email, created_at FROM ranked WHERE rn > 1 AND email IS NOT NULL ORDER BY id

SELECT c.id, c.name, last_order.id AS order_id, last_order.status, last_order.created_at
FROM customers c
LEFT JOIN LATERAL (
    SELECT o.id, o.status, o.created_at
    FROM orders o
    WHERE o.customer_id = c.id
    ORDER BY o.created_at DESC, o.id DESC
    LIMIT 1
) last_order ON true
ORDER BY c.id

SELECT c.country, date_trunc('month', o.created_at)::date AS month, count(*) AS orders, sum(o.amount_cents) AS cents
FROM orders o
INNER JOIN customers c ON c.id = o.customer_id
WHERE o.created_at >= '2024-01-01'
GROUP BY c.country, 2
ORDER BY c.country, 2

SELECT c.country, o.status, count(*) AS n
FROM customers c JOIN orders o ON o.customer_id = c.id
GROUP BY ROLLUP (c.country, o.status)
ORDER BY c.country NULLS LAST, o.status NULLS LAST, n

SELECT DISTINCT ON (c.country) c.country, c.id, c.name, c.created_at
FROM customers c
WHERE c.country IS NOT NULL
ORDER BY c.country, c.created_at, c.id

SELECT o.id, o.customer_id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE c.id IS NULL ORDER BY o.id

SELECT a.id AS id_a, b.id AS id_b, a.ssn
FROM customers a
JOIN customers b ON a.ssn = b.ssn AND a.id < b.id
ORDER BY 1, 2

WITH cohort AS (
    SELECT id, date_trunc('month', created_at) AS cohort_month FROM customers
)
SELECT co.cohort_month::date, (extract(year FROM age(date_trunc('month', o.created_at), co.cohort_month)) * 12 + extract(month FROM age(date_trunc('month', o.created_at), co.cohort_month)))::int AS month_no, count(DISTINCT o.customer_id) AS active
FROM cohort co
JOIN orders o ON o.customer_id = co.id
GROUP BY 1, 2
ORDER BY 1, 2

SELECT c.id, c.email, e.kind, e.at
FROM events e
JOIN customers c ON c.id = (CASE WHEN e.payload LIKE '{"%}' THEN e.payload::jsonb ->> 'customer' END)::int
WHERE e.kind IN ('login', 'buy')
ORDER BY e.at DESC, e.id DESC
LIMIT 20

SELECT id,
       CASE WHEN email IS NULL AND phone IS NULL THEN 'unreachable'
            WHEN email IS NULL THEN 'phone only'
            WHEN phone IS NULL THEN 'email only'
            ELSE 'both' END AS contactability
FROM gold_customers
ORDER BY id

SELECT count(*) FILTER (WHERE ssn IS NULL) AS missing_ssn, count(*) FILTER (WHERE phone IS NULL) AS missing_phone, country
FROM customers
GROUP BY country
ORDER BY country

SELECT count(*) AS shared FROM (SELECT email FROM staging_customers INTERSECT SELECT email FROM gold_customers) x

SELECT id FROM customers EXCEPT SELECT id FROM gold_customers ORDER BY id

SELECT c.id, c.name, sum(o.amount_cents) AS cents, dense_rank() OVER (ORDER BY sum(o.amount_cents) DESC) AS rnk
FROM customers c
JOIN orders o ON o.customer_id = c.id
WHERE o.status = 'paid'
GROUP BY c.id, c.name
ORDER BY rnk, c.id

SELECT id, country FROM staging_customers WHERE country !~ '^[A-Z]{2}$' ORDER BY id

SELECT c.id, c.phone, c.created_at FROM customers c WHERE c.created_at::date = DATE '2024-03-15' ORDER BY c.id

SELECT json_agg(json_build_object('id', t.id, 'name', t.name, 'country', t.country) ORDER BY t.id) AS customers
FROM (SELECT id, name, country FROM customers WHERE country IN ('FR', 'ES') ORDER BY id LIMIT 10) t

EXPLAIN (VERBOSE) SELECT c.country, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country

SELECT to_char(created_at, 'IYYY-IW') AS week, count(*) AS signups
FROM customers
WHERE created_at >= '2024-01-01' AND created_at < '2024-07-01'
GROUP BY 1
ORDER BY 1

SELECT 'customers' AS tbl, count(*) AS n, count(email) AS emails FROM customers
UNION ALL
SELECT 'staging_customers', count(*), count(email) FROM staging_customers
UNION ALL
SELECT 'gold_customers', count(*), count(email) FROM gold_customers
ORDER BY tbl

--! tool: execute
--! plain

INSERT INTO events (id, kind, payload, at) VALUES (500001, 'view', '{"customer": 3, "path": "/pricing"}', '2024-06-01 10:15:00')

INSERT INTO "orders" ("id", "customer_id", "amount_cents", "status", "note", "created_at") VALUES (700001, 3, 4599, 'open', NULL, '2024-06-01 09:30:00') RETURNING "orders"."id"

INSERT INTO "public"."orders" ("id","customer_id","amount_cents","status","created_at") VALUES (700002,5,12900,'open','2024-06-02 12:00:00') RETURNING "public"."orders"."id", "public"."orders"."status"

INSERT INTO orders (id, customer_id, amount_cents, status, created_at)
VALUES (700003, 1, 1999, 'paid', now()::timestamp),
       (700004, 2, 2999, 'paid', now()::timestamp),
       (700005, 2, 500, 'open', now()::timestamp)
ON CONFLICT (id) DO NOTHING

INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country)
VALUES (9001, 'Test Person', 'test.person@example.com', '+1-555-0100', NULL, '2024-06-01', 'US')

INSERT INTO staging_customers (id, name, email, created_at, country)
VALUES (9002, 'Ada Example', 'ada@example.org', TIMESTAMP '2024-06-01 00:00:00', 'GB')
ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, email = EXCLUDED.email, country = EXCLUDED.country
RETURNING id, country

INSERT INTO staging_customers AS s (id, name, email, country, created_at)
VALUES (9003, 'Bob Sample', 'bob@example.net', 'DE', current_timestamp)
ON CONFLICT (id) DO UPDATE SET country = EXCLUDED.country WHERE s.country IS NULL

INSERT INTO orders (id, customer_id, amount_cents, status, note, created_at)
VALUES (700010, 4, 8800, 'shipped', 'imported from csv', '2024-04-18 16:20:00')
ON CONFLICT (id) DO UPDATE SET status = EXCLUDED.status, amount_cents = EXCLUDED.amount_cents
WHERE orders.status IS DISTINCT FROM EXCLUDED.status

INSERT INTO events (id, kind, payload, at)
SELECT 800000 + o.id, 'order_backfill', json_build_object('customer', o.customer_id, 'order', o.id)::text, o.created_at
FROM orders o
WHERE o.status = 'paid' AND o.created_at >= '2024-05-01'
ON CONFLICT (id) DO NOTHING

INSERT INTO events (id, kind, payload, at)
SELECT coalesce(max(id), 0) + 1, 'agent_note', jsonb_build_object('task', 'dq-check', 'bad_rows', 4)::text, localtimestamp
FROM events
RETURNING id

UPDATE "orders" SET "status" = 'shipped' WHERE "orders"."id" = 14

UPDATE "orders" SET "status" = 'paid', "note" = 'payment confirmed' WHERE "orders"."id" IN (21, 22, 25)

UPDATE orders SET status='lost', note=concat_ws(' | ', note, 'carrier lost parcel') WHERE orders.id = 33 RETURNING orders.id, orders.note

UPDATE "public"."orders" SET "note" = 'call before delivery' WHERE ("public"."orders"."id" = 52 AND 1=1) RETURNING "public"."orders"."id"

-- normalise country codes from the csv import
UPDATE staging_customers SET country = upper(btrim(country)) WHERE country IN ('de', 'fr', 'us', 'gb ')

UPDATE staging_customers SET country = 'GB' WHERE country = 'UK' RETURNING id

UPDATE staging_customers SET email = NULL, phone = NULL WHERE id = 118

UPDATE staging_customers SET email = lower(trim(email)) WHERE id BETWEEN 100 AND 120 AND email IS NOT NULL

UPDATE staging_customers s
SET country = c.country
FROM customers c
WHERE c.id = s.id AND s.country IS NULL AND s.created_at >= '2024-01-01'

UPDATE orders o
SET note = 'amount differs from gold'
FROM gold_orders g
WHERE g.id = o.id AND g.amount_cents <> o.amount_cents AND o.status = 'open'

UPDATE orders SET note = regexp_replace(trim(note), '\s+', ' ', 'g') WHERE note ~ '\s{2,}' AND created_at >= '2024-01-01'

UPDATE orders AS o
SET status = v.status
FROM (VALUES (41, 'returned'), (42, 'lost')) AS v(id, status)
WHERE o.id = v.id AND o.status = 'shipped'

UPDATE events SET payload = jsonb_set(payload::jsonb, '{path}', '"/home"')::text WHERE id = 310 AND payload LIKE '{"%}'

UPDATE events SET kind = 'login' WHERE kind = 'Login'

WITH stale AS (
    SELECT id FROM orders WHERE status = 'open' AND created_at < '2023-06-01' ORDER BY id LIMIT 100
)
UPDATE orders SET note = 'stale, needs review' WHERE id IN (SELECT id FROM stale) AND status = 'open'

DELETE FROM "events" WHERE "events"."id" IN (77, 78)

DELETE FROM events WHERE kind = 'heartbeat' AND at < TIMESTAMP '2023-01-01 00:00:00'

DELETE FROM staging_customers WHERE id IN (9001, 9002, 9003) RETURNING id

DELETE FROM staging_customers a
USING staging_customers b
WHERE a.email = b.email AND a.id > b.id AND a.created_at < '2024-01-01'

DELETE FROM orders WHERE id = 700001 AND status = 'open' RETURNING id, amount_cents
