-- What BI tools, mappers and agents send; written by somebody who saw neither the screen nor these lists.

--! dialect: postgres
--! tool: query
--! plain

SELECT status, count(*) AS n, sum(amount_cents) / 100.0 AS revenue FROM orders GROUP BY status ORDER BY revenue DESC NULLS LAST

SELECT count(*) FROM customers

TABLE orders

SELECT * FROM orders ORDER BY created_at DESC FETCH FIRST 10 ROWS ONLY

SELECT date_trunc('month', created_at) AS month, sum(amount_cents) AS cents, count(DISTINCT customer_id) AS buyers
FROM orders
GROUP BY 1
ORDER BY 1

SELECT date_trunc('week', o.created_at)::date AS week, o.status, count(*)
FROM orders o
WHERE o.created_at >= date '2025-01-01' AND o.created_at < date '2025-01-01' + interval '3 months'
GROUP BY week, o.status
ORDER BY week, o.status

SELECT d::date AS day, count(o.id) AS orders, coalesce(sum(o.amount_cents), 0) AS cents
FROM generate_series('2025-01-01'::timestamp, '2025-01-31'::timestamp, interval '1 day') AS d
LEFT JOIN orders o ON o.created_at >= d AND o.created_at < d + interval '1 day'
GROUP BY d
ORDER BY d

SELECT s.i, s.i * s.i AS sq FROM generate_series(1, 20) AS s(i)

WITH RECURSIVE cal(day) AS (
  SELECT DATE '2025-02-01'
  UNION ALL
  SELECT (day + INTERVAL '1 day')::date FROM cal WHERE day < DATE '2025-02-28'
)
SELECT cal.day, to_char(cal.day, 'Dy') AS dow, count(e.id) AS events
FROM cal LEFT JOIN events e ON e.at::date = cal.day
GROUP BY cal.day
ORDER BY cal.day

WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t

WITH RECURSIVE fib(i, a, b) AS (
  SELECT 1, 0::bigint, 1::bigint
  UNION ALL
  SELECT i + 1, b, a + b FROM fib WHERE i < 40
)
SELECT i, a FROM fib

WITH RECURSIVE chain AS (
  SELECT id, customer_id, 1 AS depth, ARRAY[id] AS path
  FROM orders o
  WHERE NOT EXISTS (SELECT 1 FROM orders p WHERE p.customer_id = o.customer_id AND p.id < o.id)
  UNION ALL
  SELECT n.id, c.customer_id, c.depth + 1, c.path || n.id
  FROM chain c
  CROSS JOIN LATERAL (SELECT id FROM orders WHERE customer_id = c.customer_id AND id > c.id ORDER BY id LIMIT 1) n
  WHERE c.depth < 15
)
SELECT customer_id, max(depth) AS len, (array_agg(array_to_string(path, '>') ORDER BY depth DESC))[1] AS longest FROM chain GROUP BY customer_id ORDER BY len DESC

SELECT DISTINCT ON (customer_id) customer_id, id, amount_cents, created_at
FROM orders
ORDER BY customer_id, created_at DESC, id DESC

SELECT DISTINCT ON (date_trunc('month', created_at)) date_trunc('month', created_at) AS m, id, amount_cents FROM orders ORDER BY date_trunc('month', created_at), amount_cents DESC

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_cents) AS median,
       percentile_disc(0.9) WITHIN GROUP (ORDER BY amount_cents) AS p90,
       mode() WITHIN GROUP (ORDER BY status) AS commonest_status
FROM orders

SELECT status, percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY amount_cents) AS quartiles FROM orders GROUP BY status

SELECT status, unnest(percentile_disc(ARRAY[0.1, 0.5, 0.9]) WITHIN GROUP (ORDER BY amount_cents)) AS p, unnest(ARRAY['p10', 'p50', 'p90']) AS label FROM orders GROUP BY status

SELECT rank(5000) WITHIN GROUP (ORDER BY amount_cents DESC) AS hypothetical_rank, round(percent_rank(5000) WITHIN GROUP (ORDER BY amount_cents)::numeric, 3) AS pr FROM orders

SELECT count(*) FILTER (WHERE status = 'open') AS open,
       count(*) FILTER (WHERE status = 'paid') AS paid,
       count(*) FILTER (WHERE status = 'shipped') AS shipped,
       count(*) FILTER (WHERE status = 'returned') AS returned,
       round(100.0 * count(*) FILTER (WHERE status = 'returned') / nullif(count(*), 0), 2) AS return_rate
FROM orders

SELECT c.country, o.status, count(*) AS n, sum(o.amount_cents) AS cents, grouping(c.country, o.status) AS lvl
FROM customers c JOIN orders o ON o.customer_id = c.id
GROUP BY GROUPING SETS ((c.country, o.status), (c.country), (o.status), ())
ORDER BY lvl, c.country, o.status

SELECT coalesce(status, 'ALL') AS status, coalesce(to_char(created_at, 'YYYY'), 'ALL') AS yr, count(*) FROM orders GROUP BY ROLLUP (status, to_char(created_at, 'YYYY')) ORDER BY 1, 2

SELECT status, extract(year FROM created_at) AS y, sum(amount_cents) FROM orders GROUP BY CUBE (status, extract(year FROM created_at))

SELECT c.id, l.id AS order_id, l.amount_cents
FROM customers c
CROSS JOIN LATERAL (
  SELECT o.id, o.amount_cents FROM orders o WHERE o.customer_id = c.id ORDER BY o.amount_cents DESC LIMIT 3
) AS l
ORDER BY c.id, l.amount_cents DESC

SELECT c.id, c.country, last_order.created_at AS last_order_at
FROM customers c
LEFT JOIN LATERAL (SELECT created_at FROM orders WHERE customer_id = c.id ORDER BY created_at DESC LIMIT 1) last_order ON true
ORDER BY last_order.created_at NULLS FIRST

SELECT o.id, v.k, v.v FROM orders o, LATERAL (VALUES ('amount', o.amount_cents::text), ('status', o.status)) AS v(k, v) WHERE o.id <= 5

SELECT payload::json ->> 'ip' AS ip, count(*) FROM events GROUP BY 1 ORDER BY 2 DESC

SELECT payload::jsonb #>> '{geo,city}' AS city, count(*) AS hits, count(*) FILTER (WHERE (payload::jsonb ->> 'ok')::boolean) AS ok_hits
FROM events
GROUP BY city
ORDER BY hits DESC

SELECT tag, count(*) AS uses
FROM events e
CROSS JOIN LATERAL jsonb_array_elements_text(e.payload::jsonb -> 'tags') AS tag
GROUP BY tag
ORDER BY uses DESC, tag

SELECT id, jsonb_array_length(payload::jsonb -> 'tags') AS n_tags, jsonb_typeof(payload::jsonb -> 'geo') AS geo_type FROM events WHERE payload::jsonb ? 'geo'

SELECT count(*) FROM events WHERE payload::jsonb @> '{"ok": true, "geo": {"city": "Ulm"}}'

SELECT id, jsonb_path_query_first(payload::jsonb, '$.geo.city') AS city FROM events WHERE jsonb_path_exists(payload::jsonb, '$.tags[*] ? (@ == "a")')

SELECT DISTINCT k FROM events, jsonb_object_keys(payload::jsonb) AS k ORDER BY k

SELECT r.ip, r.ok, count(*) FROM events e, jsonb_to_record(e.payload::jsonb) AS r(ip text, ok boolean) GROUP BY r.ip, r.ok ORDER BY 3 DESC

SELECT e.id, kv.key, kv.value FROM events e, jsonb_each_text(e.payload::jsonb) kv WHERE e.id < 4

SELECT json_agg(json_build_object('status', status, 'n', n) ORDER BY n DESC) FROM (SELECT status, count(*) AS n FROM orders GROUP BY status) t

SELECT jsonb_object_agg(status, cents) AS by_status FROM (SELECT status, sum(amount_cents) AS cents FROM orders GROUP BY status) s

SELECT row_to_json(t) FROM (SELECT id, status, amount_cents FROM orders ORDER BY id LIMIT 3) t

SELECT jsonb_pretty(payload::jsonb) FROM events WHERE id = 1

SELECT customer_id, array_agg(id ORDER BY created_at) AS orders, string_agg(status, ' > ' ORDER BY created_at) AS path
FROM orders
GROUP BY customer_id
HAVING count(*) > 2

SELECT o.customer_id, array_length(array_agg(DISTINCT o.status), 1) AS n_statuses, bool_or(o.status = 'returned') AS any_return, bool_and(o.amount_cents > 0) AS all_positive, every(o.note IS NULL) AS no_notes FROM orders o GROUP BY o.customer_id

SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY created_at, id) AS seq,
       lag(amount_cents) OVER w AS prev_cents,
       lead(amount_cents, 1, 0) OVER w AS next_cents,
       created_at - lag(created_at) OVER w AS gap
FROM orders
WINDOW w AS (PARTITION BY customer_id ORDER BY created_at, id)
ORDER BY customer_id, seq

SELECT day, cents,
       round(avg(cents) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 1) AS ma7,
       sum(cents) OVER (ORDER BY day RANGE BETWEEN interval '30 days' PRECEDING AND CURRENT ROW) AS trailing_30d
FROM (SELECT created_at::date AS day, sum(amount_cents) AS cents FROM orders GROUP BY 1) d
ORDER BY day

SELECT * FROM (
  SELECT id, status, amount_cents, dense_rank() OVER (PARTITION BY status ORDER BY amount_cents DESC) AS dr
  FROM orders
) x WHERE dr <= 2 ORDER BY status, dr

SELECT status, amount_cents, cume_dist() OVER (PARTITION BY status ORDER BY amount_cents), ntile(4) OVER (ORDER BY amount_cents) AS quartile FROM orders

SELECT customer_id,
       first_value(status) OVER w AS first_status,
       last_value(status) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last_status,
       nth_value(amount_cents, 2) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second_amount
FROM orders
WINDOW w AS (PARTITION BY customer_id ORDER BY created_at)

SELECT id, sum(amount_cents) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS around FROM orders

WITH first_order AS (
  SELECT customer_id, date_trunc('month', min(created_at)) AS cohort FROM orders GROUP BY customer_id
), activity AS (
  SELECT DISTINCT customer_id, date_trunc('month', created_at) AS m FROM orders
), sizes AS (
  SELECT cohort, count(*) AS size FROM first_order GROUP BY cohort
)
SELECT f.cohort::date,
       (extract(year FROM age(a.m, f.cohort)) * 12 + extract(month FROM age(a.m, f.cohort)))::int AS month_no,
       count(*) AS active,
       round(100.0 * count(*) / max(s.size), 1) AS retention_pct
FROM first_order f
JOIN activity a USING (customer_id)
JOIN sizes s USING (cohort)
GROUP BY f.cohort, month_no
ORDER BY f.cohort, month_no

SELECT date_trunc('month', c.created_at)::date AS signup_month,
       count(*) AS signups,
       count(*) FILTER (WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND o.created_at <= c.created_at + interval '30 days' AND o.created_at >= c.created_at)) AS converted_30d
FROM customers c
GROUP BY 1
ORDER BY 1

-- funnel view -> cart -> purchase per ip
WITH s AS (
  SELECT payload::jsonb ->> 'ip' AS ip,
         min(at) FILTER (WHERE kind = 'view') AS t_view,
         min(at) FILTER (WHERE kind = 'cart') AS t_cart,
         min(at) FILTER (WHERE kind = 'purchase') AS t_purchase
  FROM events
  GROUP BY 1
)
SELECT count(t_view) AS viewed,
       count(*) FILTER (WHERE t_cart > t_view) AS carted,
       count(*) FILTER (WHERE t_purchase > t_cart AND t_cart > t_view) AS purchased,
       avg(t_purchase - t_view) FILTER (WHERE t_purchase > t_view) AS avg_time_to_purchase
FROM s

WITH rfm AS (
  SELECT customer_id,
         DATE '2025-12-31' - max(created_at)::date AS recency,
         count(*) AS frequency,
         sum(amount_cents) AS monetary
  FROM orders
  WHERE status <> 'returned'
  GROUP BY customer_id
), scored AS (
  SELECT *, ntile(4) OVER (ORDER BY recency DESC) AS r, ntile(4) OVER (ORDER BY frequency) AS f, ntile(4) OVER (ORDER BY monetary) AS m
  FROM rfm
)
SELECT concat(r, f, m) AS cell, count(*) AS customers, round(avg(monetary) / 100, 2) AS avg_eur,
       CASE WHEN r >= 3 AND f >= 3 THEN 'loyal' WHEN r >= 3 THEN 'recent' WHEN f >= 3 THEN 'at risk' ELSE 'dormant' END AS segment
FROM scored
GROUP BY r, f, m
ORDER BY r DESC, f DESC, m DESC

WITH days AS (SELECT DISTINCT created_at::date AS d FROM orders),
islands AS (SELECT d, d - (row_number() OVER (ORDER BY d))::int AS grp FROM days)
SELECT min(d) AS from_day, max(d) AS to_day, count(*) AS len FROM islands GROUP BY grp ORDER BY len DESC, from_day LIMIT 10

SELECT prev_id + 1 AS gap_start, id - 1 AS gap_end
FROM (SELECT id, lag(id) OVER (ORDER BY id) AS prev_id FROM orders) t
WHERE id - prev_id > 1

SELECT g.i AS missing_id FROM generate_series((SELECT min(id) FROM orders), (SELECT max(id) FROM orders)) AS g(i) LEFT JOIN orders o ON o.id = g.i WHERE o.id IS NULL

WITH e AS (
  SELECT id, payload::jsonb ->> 'ip' AS ip, at,
         CASE WHEN at - lag(at) OVER (PARTITION BY payload::jsonb ->> 'ip' ORDER BY at, id) <= interval '30 minutes' THEN 0 ELSE 1 END AS is_new
  FROM events
), s AS (
  SELECT *, sum(is_new) OVER (PARTITION BY ip ORDER BY at, id) AS session_no FROM e
)
SELECT ip, session_no, min(at) AS started, max(at) - min(at) AS duration, count(*) AS hits
FROM s
GROUP BY ip, session_no
ORDER BY ip, session_no

WITH rev AS (
  SELECT customer_id, sum(amount_cents) AS cents FROM orders GROUP BY customer_id
), c AS (
  SELECT customer_id, cents, sum(cents) OVER (ORDER BY cents DESC, customer_id)::numeric / sum(cents) OVER () AS share FROM rev
)
SELECT CASE WHEN share <= 0.8 THEN 'A' WHEN share <= 0.95 THEN 'B' ELSE 'C' END AS class, count(*) AS customers, sum(cents) AS cents
FROM c
GROUP BY 1
ORDER BY 1

SELECT width_bucket(amount_cents, 0, 30000, 10) AS bucket, count(*) AS n, min(amount_cents), max(amount_cents), repeat('#', count(*)::int) AS bar
FROM orders
GROUP BY bucket
ORDER BY bucket

SELECT floor(amount_cents / 2500.0) * 25 AS from_eur, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT date_bin('15 minutes', at, TIMESTAMP '2025-01-01') AS bucket, count(*) FROM events GROUP BY bucket ORDER BY bucket

SELECT to_timestamp(floor(extract(epoch FROM at) / 3600) * 3600) AT TIME ZONE 'UTC' AS hr, count(*) FROM events GROUP BY 1 ORDER BY 1

SELECT extract(isodow FROM created_at) AS dow, extract(hour FROM created_at) AS hr, count(*) FROM orders GROUP BY dow, hr ORDER BY dow, hr

SELECT to_char(created_at, 'IYYY-"W"IW') AS iso_week, sum(amount_cents) FROM orders GROUP BY iso_week ORDER BY iso_week DESC LIMIT 12

SELECT id, age(TIMESTAMP '2025-12-31', created_at) AS age, now()::date - created_at::date AS days, created_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin' AS local_time FROM orders LIMIT 5

SELECT current_date, now() - interval '7 days' AS week_ago, make_date(2025, 3, 1), date_part('doy', current_date), justify_hours(interval '49 hours')

SELECT EXTRACT(EPOCH FROM (max(at) - min(at)))::bigint AS seconds, max(at)::date - min(at)::date AS days FROM events

SELECT count(*) FROM orders WHERE tsrange('2025-01-01', '2025-02-01') @> created_at

SELECT count(*) FROM orders WHERE (created_at, created_at) OVERLAPS (DATE '2025-01-01', DATE '2025-07-01')

SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)

SELECT c.id, c.country FROM customers c WHERE c.id = ANY (SELECT o.customer_id FROM orders o WHERE o.status = 'returned')

SELECT id, amount_cents FROM orders WHERE amount_cents >= ALL (SELECT amount_cents FROM orders)

SELECT id, status FROM orders WHERE status = ANY ('{open,paid}'::text[]) AND id = ANY (ARRAY[1, 2, 3, 5, 8, 13])

SELECT customer_id FROM orders WHERE status = 'paid' INTERSECT SELECT customer_id FROM orders WHERE status = 'returned' ORDER BY 1

(SELECT id FROM customers ORDER BY id) EXCEPT ALL (SELECT customer_id FROM orders) ORDER BY id

(SELECT id, amount_cents, 'top' AS grp FROM orders ORDER BY amount_cents DESC LIMIT 3)
UNION ALL
(SELECT id, amount_cents, 'bottom' FROM orders ORDER BY amount_cents LIMIT 3)

SELECT 'customers' AS tbl, count(*) FROM customers
UNION ALL SELECT 'staging_customers', count(*) FROM staging_customers
UNION ALL SELECT 'gold_customers', count(*) FROM gold_customers
UNION ALL SELECT 'orders', count(*) FROM orders
UNION ALL SELECT 'gold_orders', count(*) FROM gold_orders
UNION ALL SELECT 'events', count(*) FROM events
ORDER BY 2 DESC

VALUES ('open', 1), ('paid', 2), ('shipped', 3), ('returned', 4)

SELECT v.status, v.label, count(o.id) FROM (VALUES ('open', 'Offen'), ('paid', 'Bezahlt'), ('shipped', 'Versandt'), ('returned', 'Retoure')) AS v(status, label) LEFT JOIN orders o USING (status) GROUP BY v.status, v.label

EXPLAIN SELECT * FROM orders WHERE customer_id = 3 AND status = 'paid'

EXPLAIN (FORMAT JSON, COSTS OFF) SELECT status, count(*) FROM orders GROUP BY status

explain (verbose) select c.country, sum(o.amount_cents) from customers c join orders o on o.customer_id = c.id group by c.country

SELECT pg_typeof(id), pg_typeof(amount_cents), pg_typeof(status), pg_typeof(created_at) FROM orders LIMIT 1

SELECT version()

SELECT * FROM gold_orders WHERE false

SELECT min(created_at), max(created_at), count(DISTINCT created_at::date) FROM orders

SELECT count(*) AS total, count(note) AS with_note, round(100.0 * count(note) / nullif(count(*), 0), 2) AS pct FROM orders

SELECT status, initcap(status) AS label, upper(left(status, 1)) || substr(status, 2) AS label2, lpad(count(*)::text, 6, '0') AS n FROM orders GROUP BY status

SELECT id, regexp_replace(note, '\s+', ' ', 'g') AS note, position('gift' IN note) AS pos, char_length(note) AS len FROM orders WHERE note ILIKE '%gift%'

SELECT id, split_part(note, ' ', 1) AS first_word, reverse(note) AS rev, trim(both '.' from note) AS t FROM orders WHERE note IS NOT NULL AND note <> '' LIMIT 10

SELECT lower(w) AS word, count(*) FROM orders, regexp_split_to_table(note, '[^A-Za-z]+') AS w WHERE w <> '' GROUP BY 1 ORDER BY 2 DESC LIMIT 20

SELECT id, note FROM orders WHERE note ~* '^(call|leave)' AND note !~ '[0-9]'

SELECT o.id, m[1] AS verb FROM orders o, regexp_matches(o.note, '(call|leave|gift)', 'i') AS m

SELECT format('Order %s: %s EUR', id, to_char(amount_cents / 100.0, 'FM999990.00')) AS line, concat_ws(' | ', status, note) AS info FROM orders ORDER BY id LIMIT 5

SELECT CAST(amount_cents AS numeric(12, 2)) / 100 AS eur, amount_cents::float8 / 100 AS eur_f, (amount_cents % 100)::smallint AS cents_part, greatest(amount_cents, 1000), least(amount_cents, 1000) FROM orders LIMIT 5

SELECT 7 / 2 AS i, 7 % 2 AS m, 7 / 2.0 AS d, round(2.567, 1), trunc(2.99), ceil(1.2), power(2, 10), 5 & 3, 1 << 4, md5('x') IS NOT NULL

SELECT coalesce(nullif(country, ''), 'unknown') AS country, count(*) FROM customers GROUP BY 1 ORDER BY 2 DESC

SELECT avg(amount_cents), stddev_samp(amount_cents), var_pop(amount_cents), corr(amount_cents, extract(epoch FROM created_at)), regr_slope(amount_cents, extract(epoch FROM created_at)) FROM orders

WITH s AS (SELECT avg(amount_cents) AS mu, stddev(amount_cents) AS sd FROM orders)
SELECT o.id, o.amount_cents, round((o.amount_cents - s.mu) / s.sd, 2) AS z FROM orders o, s WHERE abs(o.amount_cents - s.mu) > 1.5 * s.sd ORDER BY z DESC

WITH q AS (
  SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY amount_cents) AS q1, percentile_cont(0.75) WITHIN GROUP (ORDER BY amount_cents) AS q3 FROM orders
)
SELECT o.id, o.amount_cents FROM orders o CROSS JOIN q WHERE o.amount_cents > q.q3 + 1.5 * (q.q3 - q.q1) OR o.amount_cents < q.q1 - 1.5 * (q.q3 - q.q1)

SELECT month, cents, cents - lag(cents) OVER (ORDER BY month) AS delta, round(100.0 * (cents - lag(cents) OVER (ORDER BY month)) / lag(cents) OVER (ORDER BY month), 1) AS pct
FROM (SELECT date_trunc('month', created_at) AS month, sum(amount_cents) AS cents FROM orders GROUP BY 1) m
ORDER BY month

SELECT cur.m, cur.cents, prev.cents AS last_year
FROM (SELECT date_trunc('month', created_at) AS m, sum(amount_cents) AS cents FROM orders GROUP BY 1) cur
LEFT JOIN (SELECT date_trunc('month', created_at) AS m, sum(amount_cents) AS cents FROM orders GROUP BY 1) prev ON prev.m = cur.m - interval '1 year'
ORDER BY cur.m

SELECT coalesce(o.id, g.id) AS id, o.status AS live, g.status AS gold
FROM orders o FULL JOIN gold_orders g ON g.id = o.id
WHERE o.status IS DISTINCT FROM g.status OR o.amount_cents IS DISTINCT FROM g.amount_cents
ORDER BY 1

SELECT id, customer_id, amount_cents, status, created_at FROM gold_orders EXCEPT SELECT id, customer_id, amount_cents, status, created_at FROM orders

SELECT count(*) FROM orders NATURAL JOIN gold_orders

SELECT customer_id, amount_cents, created_at::date AS d, count(*) AS copies, min(id) AS keep_id, array_agg(id ORDER BY id) AS ids FROM orders GROUP BY 1, 2, 3 HAVING count(*) > 1

SELECT count(*) FILTER (WHERE status NOT IN ('open', 'paid', 'shipped', 'returned')) AS bad_status,
       count(*) FILTER (WHERE amount_cents <= 0) AS non_positive,
       count(*) FILTER (WHERE customer_id IS NULL) AS no_customer,
       count(*) FILTER (WHERE created_at > now()) AS in_future,
       count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id)) AS orphaned
FROM orders o

SELECT id, country FROM customers WHERE country !~ '^[A-Z]{2}$'

SELECT "public"."orders"."created_at"::date AS "created_at", COUNT(*) AS "count"
FROM "public"."orders"
GROUP BY "public"."orders"."created_at"::date
ORDER BY "public"."orders"."created_at"::date ASC

-- Metabase:: userID: 1 queryType: MBQL queryHash: 7d1c9f
SELECT DATE_TRUNC('month', "public"."orders"."created_at") AS "created_at", "public"."orders"."status" AS "status", SUM("public"."orders"."amount_cents") AS "sum" FROM "public"."orders" GROUP BY DATE_TRUNC('month', "public"."orders"."created_at"), "public"."orders"."status" ORDER BY DATE_TRUNC('month', "public"."orders"."created_at") ASC, "public"."orders"."status" ASC

SELECT "source"."bucket" AS "bucket", COUNT(*) AS "count" FROM (SELECT ((FLOOR((("public"."orders"."amount_cents" - 0.0) / 5000.0)) * 5000.0) + 0.0) AS "bucket" FROM "public"."orders") AS "source" GROUP BY "source"."bucket" ORDER BY "source"."bucket" ASC LIMIT 2000

SELECT DATE_TRUNC('day', created_at) AS __timestamp, status AS status, sum(amount_cents) AS "SUM(amount_cents)"
FROM public.orders
JOIN (SELECT status AS status__, sum(amount_cents) AS mme_inner__ FROM public.orders WHERE created_at >= TO_TIMESTAMP('2024-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') GROUP BY status ORDER BY mme_inner__ DESC LIMIT 5) AS series_limit ON status = status__
WHERE created_at >= TO_TIMESTAMP('2024-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US')
GROUP BY DATE_TRUNC('day', created_at), status
ORDER BY "SUM(amount_cents)" DESC
LIMIT 10000

SELECT kind AS kind, COUNT(*) AS count FROM (SELECT kind, at FROM events WHERE kind <> 'bot') AS virtual_table GROUP BY kind ORDER BY count DESC LIMIT 1000

SELECT "orders"."status" AS "status",
  SUM("orders"."amount_cents") AS "sum:amount_cents:ok",
  CAST(TRUNC(EXTRACT(YEAR FROM "orders"."created_at")) AS INTEGER) AS "yr:created_at:ok"
FROM "public"."orders" "orders"
  INNER JOIN "public"."customers" "customers" ON ("orders"."customer_id" = "customers"."id")
WHERE ("customers"."country" IN ('DE', 'FR'))
GROUP BY 1, 3
HAVING (COUNT(1) > 0)

-- Looker Query Context '{"user_id":17,"history_slug":"d00d1e"}'
WITH customer_facts AS (SELECT customer_id, COUNT(*) AS lifetime_orders, MIN(created_at) AS first_order FROM orders GROUP BY 1)
SELECT
    (DATE(customer_facts.first_order )) AS "customer_facts.first_order_date",
    COUNT(DISTINCT customer_facts.customer_id ) AS "customer_facts.count",
    COALESCE(CAST( ( SUM(DISTINCT (CAST(FLOOR(COALESCE( customer_facts.lifetime_orders ,0)*(1000000*1.0)) AS DECIMAL(65,0))) ) ) AS DOUBLE PRECISION), 0) AS "customer_facts.total"
FROM customer_facts
GROUP BY
    (DATE(customer_facts.first_order ))
ORDER BY
    1 DESC
FETCH NEXT 500 ROWS ONLY

SELECT COUNT(*) AS "__count" FROM "orders" WHERE ("orders"."status" = 'open' AND "orders"."created_at" >= '2025-01-01 00:00:00'::timestamp)

SELECT DATE_TRUNC('month', "orders"."created_at") AS "month", COUNT("orders"."id") AS "n", COALESCE(SUM("orders"."amount_cents"), 0) AS "total" FROM "orders" GROUP BY 1 ORDER BY 1 ASC

SELECT "orders"."id", "orders"."amount_cents", "orders"."status" FROM "orders" INNER JOIN "customers" ON ("orders"."customer_id" = "customers"."id") WHERE (UPPER("orders"."note"::text) LIKE UPPER('%gift%') AND "customers"."country" = 'DE') ORDER BY "orders"."id" DESC LIMIT 21

SELECT orders.id, orders.customer_id, orders.amount_cents, orders.status, orders.note, orders.created_at
FROM orders
WHERE orders.status IN ('open', 'paid') AND orders.amount_cents > 1000 ORDER BY orders.created_at DESC
 LIMIT 10 OFFSET 20

SELECT anon_1.customer_id, anon_1.rn FROM (SELECT orders.customer_id AS customer_id, row_number() OVER (PARTITION BY orders.status ORDER BY orders.created_at DESC) AS rn FROM orders) AS anon_1 WHERE anon_1.rn = 1

SELECT "public"."orders"."id", "public"."orders"."status"::text, "public"."orders"."amount_cents" FROM "public"."orders" WHERE ("public"."orders"."status" = 'paid' AND 1=1) ORDER BY "public"."orders"."id" ASC LIMIT 10 OFFSET 0

SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE 1=1 OFFSET 0) AS "sub" /* traceparent=00-00000000000000000000000000000001-0000000000000001-01 */

SELECT 1 AS one FROM "orders" WHERE "orders"."customer_id" = 4 AND "orders"."status" = 'open' LIMIT 1

SELECT SUM("orders"."amount_cents") AS "sum_amount_cents", DATE(created_at) AS "date_created_at" FROM "orders" WHERE "orders"."created_at" BETWEEN '2025-01-01' AND '2025-03-31' GROUP BY DATE(created_at)

SELECT c.id, agg.n, agg.cents FROM customers c JOIN (SELECT customer_id, count(*) AS n, sum(amount_cents) AS cents FROM orders GROUP BY customer_id) agg ON agg.customer_id = c.id WHERE agg.n > (SELECT avg(n) FROM (SELECT count(*) AS n FROM orders GROUP BY customer_id) z) ORDER BY agg.cents DESC

SELECT country,
       sum(cents) FILTER (WHERE q = 1) AS q1, sum(cents) FILTER (WHERE q = 2) AS q2,
       sum(cents) FILTER (WHERE q = 3) AS q3, sum(cents) FILTER (WHERE q = 4) AS q4
FROM (SELECT c.country, extract(quarter FROM o.created_at)::int AS q, o.amount_cents AS cents FROM customers c JOIN orders o ON o.customer_id = c.id WHERE extract(year FROM o.created_at) = 2025) t
GROUP BY country
ORDER BY country

select
	status
	, count(*)          as cnt
	, sum(amount_cents) as total	-- cents!
from
	orders
where
	1 = 1
	and status is not null
group by
	status
having
	count(*) > 1

SeLeCt Kind, CoUnT(*) fRoM Events gRoUp bY KIND oRdEr bY 2 dEsC

/* agent: kpi /* nested comment */ still comment */ SELECT count(*) AS orders, sum(amount_cents) AS gross FROM orders WHERE created_at::date = '2025-02-14'

SELECT o.id, -- the key
       o.status /* its state */
FROM orders AS o
WHERE o.id IN (1, 2, 3);

SELECT $$it's open$$ AS txt, E'line\nbreak' AS esc, U&'\0041' AS uni, B'101'::int AS bits

SELECT n_orders, count(*) FROM (SELECT customer_id, count(*) AS n_orders FROM orders GROUP BY customer_id) t GROUP BY n_orders ORDER BY n_orders

SELECT c.country, o.status, round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY c.country), 1) AS pct FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country, o.status ORDER BY 1, 3 DESC

SELECT * FROM orders WHERE (created_at, id) < ('2025-03-01'::timestamp, 40) ORDER BY created_at DESC, id DESC LIMIT 10

SELECT id, status, array_position(ARRAY['open', 'paid', 'shipped', 'returned'], status) AS pos FROM orders ORDER BY pos, id LIMIT 20

WITH a AS MATERIALIZED (SELECT customer_id, sum(amount_cents) AS s FROM orders GROUP BY customer_id), b AS NOT MATERIALIZED (SELECT avg(s) AS avg_s FROM a) SELECT a.customer_id, a.s > b.avg_s AS above FROM a, b

SELECT customer_id, count(*) FROM orders WHERE created_at > now() - interval '1 year' GROUP BY customer_id ORDER BY count(*) DESC FETCH FIRST 3 ROWS WITH TIES

SELECT t.ord, t.tag, count(*) FROM events e, jsonb_array_elements_text(e.payload::jsonb -> 'tags') WITH ORDINALITY AS t(tag, ord) GROUP BY t.ord, t.tag ORDER BY 1, 2

SELECT s1.status AS from_status, s1.next_status, count(*) FROM (SELECT status, lead(status) OVER (PARTITION BY customer_id ORDER BY created_at, id) AS next_status FROM orders) s1 WHERE s1.next_status IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC

SELECT d.day::date, count(DISTINCT o.customer_id) AS rolling_28d_buyers
FROM generate_series(timestamp '2025-02-01', timestamp '2025-02-28', '1 day') AS d(day)
LEFT JOIN orders o ON o.created_at > d.day - interval '28 days' AND o.created_at <= d.day
GROUP BY d.day
ORDER BY d.day

SELECT make_interval(days => 10) AS ten_days, date '2025-01-31' + interval '1 month' AS clamped, to_date('01.02.2025', 'DD.MM.YYYY') AS d, extract(days FROM date_trunc('month', date '2025-02-10') + interval '1 month - 1 day') AS days_in_month

SELECT customer_id, avg(gap) AS avg_gap, max(gap) AS max_gap
FROM (SELECT customer_id, created_at - lag(created_at) OVER (PARTITION BY customer_id ORDER BY created_at) AS gap FROM orders) g
WHERE gap IS NOT NULL
GROUP BY customer_id
ORDER BY avg_gap

SELECT o.* FROM orders o WHERE o.amount_cents > (SELECT avg(i.amount_cents) FROM orders i WHERE i.customer_id = o.customer_id) ORDER BY o.customer_id

SELECT m::date AS month, coalesce(r.cents, 0) AS cents, sum(coalesce(r.cents, 0)) OVER (PARTITION BY extract(year FROM m) ORDER BY m) AS ytd
FROM generate_series(timestamp '2024-01-01', timestamp '2025-12-01', interval '1 month') AS m
LEFT JOIN (SELECT date_trunc('month', created_at) AS mm, sum(amount_cents) AS cents FROM orders GROUP BY 1) r ON r.mm = m
ORDER BY m

SELECT id, kind FROM events WHERE payload::jsonb -> 'tags' ?| array['a', 'c'] ORDER BY at LIMIT 20

SELECT status, count(*), round(sum(amount_cents) * 100.0 / sum(sum(amount_cents)) OVER (), 2) AS revenue_share FROM orders GROUP BY status ORDER BY revenue_share DESC

SELECT kind, at, nullif(payload::jsonb #>> '{geo,city}', '')::varchar(40) AS city FROM events WHERE at BETWEEN SYMMETRIC '2025-03-01' AND '2025-02-01' ORDER BY at

SELECT o.id FROM ONLY orders o WHERE o.note IS NULL AND o.status SIMILAR TO '(open|paid)' AND o.id % 2 = 0 ORDER BY o.id USING >

--! masked

SELECT id, name, email FROM customers WHERE id = 7

SELECT * FROM customers WHERE id = ANY (ARRAY[1, 2, 3])

TABLE gold_customers LIMIT 5

SELECT c.* FROM customers c ORDER BY c.created_at DESC LIMIT 10

SELECT name, email, phone FROM customers WHERE country = 'DE' ORDER BY name LIMIT 20

SELECT count(DISTINCT email) AS emails, count(DISTINCT phone) AS phones, count(DISTINCT ssn) AS ssns, count(*) AS total FROM customers

SELECT count(DISTINCT (name, email)) FROM customers

SELECT email, count(*) AS n, array_agg(id ORDER BY id) AS ids FROM customers GROUP BY email HAVING count(*) > 1 ORDER BY n DESC

SELECT DISTINCT ON (email) id, email, name, created_at FROM staging_customers ORDER BY email, created_at DESC

SELECT s.id, s.email, c.id AS customer_id FROM staging_customers s JOIN customers c ON c.email = s.email ORDER BY s.id

SELECT s.id, s.email FROM staging_customers s WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.email = s.email)

SELECT c.name, c.email, o.id, o.amount_cents FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'open' ORDER BY o.created_at LIMIT 25

SELECT c.id, c.name, count(o.id) AS orders, coalesce(sum(o.amount_cents), 0)::numeric / 100 AS eur
FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
GROUP BY c.id
ORDER BY eur DESC
LIMIT 10

SELECT c.name, last.id, last.status
FROM customers c
JOIN LATERAL (SELECT id, status FROM orders o WHERE o.customer_id = c.id ORDER BY created_at DESC LIMIT 1) last ON TRUE
WHERE c.country IN ('DE', 'AT')

SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."phone", "customers"."ssn", "customers"."created_at", "customers"."country" FROM "customers" WHERE "customers"."id" = 12 LIMIT 21

SELECT "customers".* FROM "customers" WHERE "customers"."id" IN (1, 2, 3, 4) ORDER BY "customers"."id" ASC

SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email
FROM customers JOIN orders ON customers.id = orders.customer_id
WHERE orders.amount_cents > 10000 ORDER BY customers.id
 LIMIT 20

SELECT "public"."customers"."id", "public"."customers"."name", "public"."customers"."email", "public"."customers"."phone" FROM "public"."customers" WHERE ("public"."customers"."id" = 9 AND 1=1) LIMIT 1 OFFSET 0

SELECT "public"."customers"."name" AS "name", "public"."customers"."email" AS "email", COUNT("Orders"."id") AS "count" FROM "public"."customers" LEFT JOIN "public"."orders" AS "Orders" ON "public"."customers"."id" = "Orders"."customer_id" GROUP BY "public"."customers"."name", "public"."customers"."email" ORDER BY "count" DESC LIMIT 2000

SELECT c.name AS "c.name", COUNT(DISTINCT o.id) AS "o.count" FROM public.orders AS o LEFT JOIN public.customers AS c ON o.customer_id = c.id GROUP BY 1 ORDER BY 2 DESC FETCH NEXT 500 ROWS ONLY

SELECT id, email, row_number() OVER (PARTITION BY email ORDER BY created_at DESC, id DESC) AS rn FROM staging_customers

WITH d AS (SELECT id, name, email, count(*) OVER (PARTITION BY email) AS cnt FROM customers)
SELECT id, name, email, cnt FROM d WHERE cnt > 1 ORDER BY email, id

SELECT a.id, b.id, a.email FROM customers a JOIN customers b ON a.email = b.email AND a.id < b.id

SELECT name, total FROM (SELECT c.name, sum(o.amount_cents) AS total, rank() OVER (ORDER BY sum(o.amount_cents) DESC) AS rk FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name) t WHERE rk <= 5

SELECT country, count(DISTINCT name) AS names, count(DISTINCT email) AS emails FROM customers GROUP BY ROLLUP (country) ORDER BY country NULLS LAST

SELECT count(*) FILTER (WHERE name IS NULL) AS no_name, count(*) FILTER (WHERE email IS NULL OR email = '') AS no_email, count(*) FILTER (WHERE phone IS NULL) AS no_phone, count(*) FILTER (WHERE ssn IS NULL) AS no_ssn FROM staging_customers

SELECT c.id, c.email AS live, g.email AS gold FROM customers c JOIN gold_customers g USING (id) WHERE c.email IS DISTINCT FROM g.email

SELECT id, name, email, phone FROM customers EXCEPT SELECT id, name, email, phone FROM gold_customers ORDER BY id

SELECT email FROM customers INTERSECT SELECT email FROM staging_customers

SELECT email FROM customers UNION SELECT email FROM staging_customers UNION SELECT email FROM gold_customers ORDER BY 1

SELECT src, count(*), count(DISTINCT email) FROM (SELECT 'c' AS src, email FROM customers UNION ALL SELECT 's', email FROM staging_customers UNION ALL SELECT 'g', email FROM gold_customers) u GROUP BY src

SELECT name FROM customers WHERE id = (SELECT customer_id FROM orders ORDER BY amount_cents DESC LIMIT 1)

SELECT o.id, (SELECT c.name FROM customers c WHERE c.id = o.customer_id) AS customer FROM orders o WHERE o.status = 'returned' ORDER BY o.id

SELECT id, coalesce(phone, email) AS contact FROM customers WHERE country = 'AT'

SELECT id, CASE WHEN phone IS NULL THEN 'n/a' ELSE phone END AS phone FROM customers ORDER BY id LIMIT 15

SELECT country, string_agg(name, ', ' ORDER BY name) AS people FROM customers WHERE country IN ('DE', 'CH') GROUP BY country

SELECT country, array_agg(DISTINCT email) AS emails FROM customers GROUP BY country

SELECT json_build_object('id', id, 'name', name, 'email', email) AS doc FROM customers WHERE id <= 5

SELECT row_to_json(c) FROM (SELECT id, name, country FROM customers WHERE id IN (4, 5)) c

SELECT name, lag(name) OVER (ORDER BY created_at) AS previous_signup FROM customers ORDER BY created_at LIMIT 10

SELECT DISTINCT email FROM customers ORDER BY email DESC NULLS LAST LIMIT 50

SELECT ssn, count(*) FROM customers WHERE ssn IS NOT NULL GROUP BY ssn HAVING count(*) > 1

SELECT mode() WITHIN GROUP (ORDER BY name) AS commonest_name FROM customers

EXPLAIN SELECT id, name FROM customers WHERE email = 'somebody@example.com'

-- support call list: customers with more than one return
WITH r AS (SELECT customer_id, count(*) AS returns FROM orders WHERE status = 'returned' GROUP BY customer_id HAVING count(*) > 1)
SELECT r.returns, c.name, c.phone, c.email FROM r JOIN customers c ON c.id = r.customer_id ORDER BY r.returns DESC, c.id

SELECT Name, EMAIL FROM Customers C WHERE C.ID BETWEEN 10 AND 15

SELECT "name" AS "Customer name", "email" AS "E-mail" FROM "gold_customers" ORDER BY "id" LIMIT 10

SELECT s.id, s.phone, c.phone AS live_phone, s.phone IS NOT DISTINCT FROM c.phone AS same FROM staging_customers s LEFT JOIN customers c USING (email)

SELECT c.email, max(o.created_at) AS last_order, count(*) FILTER (WHERE o.status = 'returned') AS returns FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.email HAVING count(*) > 1 ORDER BY last_order DESC

SELECT count(*) AS shared_phone_pairs FROM customers a JOIN customers b ON b.phone = a.phone AND b.id > a.id AND b.email <> a.email

--! tool: execute
--! plain

INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country) VALUES (1001, 'Test Person', 'test.person@example.com', '+49 731 000000', NULL, '2025-05-01 10:00:00', 'DE')

INSERT INTO staging_customers (id, name, email, created_at, country)
VALUES
  (1002, 'Import A', 'a@example.org', now(), 'AT'),
  (1003, 'Import B', 'b@example.org', now(), ''),
  (1004, 'Import C', 'c@example.org', now(), 'CH')
RETURNING id

INSERT INTO staging_customers (id, name, email, created_at, country) VALUES (5, 'Upserted', 'upserted@example.com', now(), 'FR')
ON CONFLICT (id) DO UPDATE SET email = EXCLUDED.email, country = EXCLUDED.country

INSERT INTO staging_customers (id, country, created_at) VALUES (6, 'NL', '2025-05-02 08:00:00') ON CONFLICT DO NOTHING

INSERT INTO staging_customers AS s (id, country, created_at) VALUES (7, 'BE', TIMESTAMP '2025-05-02 08:00:00') ON CONFLICT (id) DO UPDATE SET country = EXCLUDED.country WHERE s.country = '' RETURNING s.id

INSERT INTO "public"."staging_customers" ("id", "name", "email", "country", "created_at") VALUES (1010, 'Prisma Test', 'prisma@example.net', 'IT', '2025-05-03 09:30:00'::timestamp) RETURNING "public"."staging_customers"."id"

UPDATE staging_customers SET country = 'DE' WHERE id = 3

UPDATE staging_customers SET country = 'AT' WHERE id IN (4, 8, 9)

UPDATE staging_customers SET country = upper(btrim(country)) WHERE id = ANY (ARRAY[1, 2, 10])

UPDATE staging_customers SET phone = NULL WHERE id = 11 RETURNING id

UPDATE "staging_customers" SET "country" = 'PL', "email" = 'new.address@example.com' WHERE "staging_customers"."id" = 12

UPDATE staging_customers SET (country, created_at) = ('ES', TIMESTAMP '2025-01-15 12:00:00') WHERE id = 13

UPDATE staging_customers s SET country = v.country FROM (VALUES (14, 'PT'), (15, 'SE')) AS v(id, country) WHERE s.id = v.id AND s.id IN (14, 15)

UPDATE staging_customers AS s SET created_at = c.created_at, country = c.country FROM customers c WHERE c.id = s.id AND s.id IN (16, 17)

update staging_customers set created_at = created_at + interval '1 hour' where id = 18

DELETE FROM staging_customers WHERE id = 19

DELETE FROM "staging_customers" WHERE "staging_customers"."id" IN (20, 21)

DELETE FROM staging_customers s USING customers c WHERE s.id = c.id AND s.id IN (22, 23) AND c.country = s.country RETURNING s.id

WITH stale AS (SELECT id FROM staging_customers WHERE id IN (24, 25) AND country = '')
DELETE FROM staging_customers WHERE id IN (SELECT id FROM stale)

INSERT INTO events (id, kind, payload, at) VALUES (9001, 'import', '{"ip":"10.0.0.9","ok":true,"tags":["batch"],"geo":{"city":"Ulm"}}', '2025-05-01 12:00:00')

INSERT INTO events (id, kind, payload, at)
VALUES (9002, 'audit', jsonb_build_object('ip', '10.0.0.1', 'ok', true, 'tags', jsonb_build_array('a', 'b'), 'geo', jsonb_build_object('city', 'Ulm'))::text, now())

INSERT INTO "events" ("id", "kind", "payload", "at") VALUES (9003, 'view', '{"ip":"10.0.0.2","ok":false,"tags":[],"geo":{"city":"Bonn"}}', '2025-05-02 07:15:00'), (9004, 'view', '{"ip":"10.0.0.3","ok":true,"tags":["a"],"geo":{"city":"Ulm"}}', '2025-05-02 07:20:00') RETURNING "id"

--! masked

/* load selected customers into staging for clean-up */
INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country)
SELECT id + 2000, name, email, phone, ssn, created_at, country FROM customers WHERE id IN (31, 32, 33)

UPDATE staging_customers SET email = lower(btrim(email)) WHERE id = 26

DELETE FROM staging_customers s
WHERE s.id IN (27, 28, 29)
  AND EXISTS (SELECT 1 FROM staging_customers d WHERE d.email = s.email AND d.id < s.id)
