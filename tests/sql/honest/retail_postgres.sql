-- What a retail analyst and BI tools send; written by somebody who saw neither the screen nor these lists. A random sample is left out.

--! dialect: postgres
--! tool: query
--! plain

SELECT status, count(*) FROM orders GROUP BY status ORDER BY count(*) DESC

select created_at::date as day, count(*) as orders, sum(amount_cents) / 100.0 as revenue
from orders
where created_at >= current_date - interval '30 days'
group by 1
order by 1

SELECT * FROM orders ORDER BY id DESC LIMIT 100

-- Metabase:: userID: 4 queryType: MBQL queryHash: 5a2d30cfb3b2b6ad9c5c2f1c1df6d1f3
SELECT DATE_TRUNC('month', "public"."orders"."created_at") AS "created_at", COUNT(*) AS "count" FROM "public"."orders" GROUP BY DATE_TRUNC('month', "public"."orders"."created_at") ORDER BY DATE_TRUNC('month', "public"."orders"."created_at") ASC LIMIT 2000

-- Metabase:: userID: 4 queryType: MBQL queryHash: 9df01be2a88e4f0e4c0f5b4c9d2baa10
SELECT "public"."orders"."status" AS "status", SUM("public"."orders"."amount_cents") AS "sum" FROM "public"."orders" WHERE ("public"."orders"."created_at" >= DATE_TRUNC('month', (NOW() + INTERVAL '-1 month'))) AND ("public"."orders"."created_at" < DATE_TRUNC('month', NOW())) GROUP BY "public"."orders"."status" ORDER BY "public"."orders"."status" ASC

SELECT "source"."created_at" AS "created_at", SUM("source"."amount_cents") OVER (ORDER BY "source"."created_at" ASC ROWS UNBOUNDED PRECEDING) AS "sum"
FROM (
  SELECT CAST("public"."orders"."created_at" AS date) AS "created_at", SUM("public"."orders"."amount_cents") AS "amount_cents"
  FROM "public"."orders"
  GROUP BY CAST("public"."orders"."created_at" AS date)
) AS "source"
ORDER BY "source"."created_at" ASC

SELECT DATE_TRUNC('day', created_at) AS __timestamp,
       status AS status,
       sum(amount_cents) AS "SUM(amount_cents)"
FROM public.orders
WHERE created_at >= TO_TIMESTAMP('2024-10-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US')
  AND created_at < TO_TIMESTAMP('2024-11-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US')
GROUP BY DATE_TRUNC('day', created_at),
         status
ORDER BY "SUM(amount_cents)" DESC
LIMIT 10000

SELECT kind AS kind, DATE_TRUNC('week', at) AS __timestamp, COUNT(*) AS count
FROM public.events
JOIN (SELECT kind AS kind__, COUNT(*) AS mme_inner__ FROM public.events GROUP BY kind ORDER BY mme_inner__ DESC LIMIT 5) AS series_limit ON kind = kind__
GROUP BY kind, DATE_TRUNC('week', at)
ORDER BY count DESC
LIMIT 10000

SELECT orders.id, orders.customer_id, orders.amount_cents, orders.status, orders.note, orders.created_at 
FROM orders 
WHERE orders.created_at >= '2024-01-01'

SELECT "orders"."id", "orders"."customer_id", "orders"."amount_cents", "orders"."status", "orders"."note", "orders"."created_at" FROM "orders" WHERE ("orders"."status" IN ('open', 'paid') AND "orders"."created_at" AT TIME ZONE 'UTC' > '2024-09-01T00:00:00+00:00'::timestamptz) ORDER BY "orders"."id" ASC LIMIT 21

SELECT anon_1.day, avg(anon_1.cents) OVER (ORDER BY anon_1.day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS rolling
FROM (SELECT date_trunc('day', orders.created_at) AS day, sum(orders.amount_cents) AS cents
FROM orders GROUP BY date_trunc('day', orders.created_at)) AS anon_1 ORDER BY anon_1.day

/* {"app": "dbt", "dbt_version": "1.7.4", "profile_name": "retail", "target_name": "prod", "node_id": "model.retail.fct_orders_daily"} */
with orders_src as (
    select * from "public"."gold_orders"
),
daily as (
    select
        date_trunc('day', created_at)::date as order_date,
        status,
        count(*) as order_count,
        sum(amount_cents)::numeric / 100 as revenue
    from orders_src
    group by 1, 2
),
final as (
    select
        order_date,
        sum(order_count) as order_count,
        sum(revenue) filter (where status in ('paid', 'shipped')) as net_revenue,
        sum(revenue) as gross_revenue
    from daily
    group by 1
)
select * from final

/* {"app": "dbt", "dbt_version": "1.7.4", "profile_name": "retail", "target_name": "prod", "node_id": "test.retail.unique_gold_orders_id"} */
select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) != 0 as should_error
    from (
select
    id as unique_field,
    count(*) as n_records
from "public"."gold_orders"
where id is not null
group by id
having count(*) > 1
    ) dbt_internal_test

with all_values as (
    select
        status as value_field,
        count(*) as n_records
    from "public"."orders"
    group by status
)
select *
from all_values
where value_field not in (
    'open','paid','shipped','returned','lost'
)

SELECT max(created_at) AS max_loaded_at, now() AS snapshotted_at FROM "public"."orders"

SELECT DISTINCT ON (customer_id) customer_id, id AS order_id, amount_cents, status, created_at
FROM orders
ORDER BY customer_id, created_at DESC

-- daily spine with zero days
SELECT d::date AS day, COUNT(o.id) AS orders, COALESCE(SUM(o.amount_cents), 0) AS cents
FROM generate_series('2024-01-01'::date, '2024-03-31'::date, interval '1 day') AS d
LEFT JOIN orders o ON o.created_at >= d AND o.created_at < d + interval '1 day'
GROUP BY d
ORDER BY d

SELECT date_trunc('month', created_at)::date AS month, status, COUNT(*) AS n, SUM(amount_cents) AS cents
FROM orders
GROUP BY ROLLUP (date_trunc('month', created_at)::date, status)
ORDER BY 1 NULLS LAST, 2 NULLS LAST

SELECT extract(year FROM created_at)::int AS yr, status, SUM(amount_cents) / 100.0 AS revenue,
       GROUPING(extract(year FROM created_at)::int, status) AS g
FROM gold_orders
GROUP BY GROUPING SETS ((extract(year FROM created_at)::int, status), (extract(year FROM created_at)::int), ())
ORDER BY g, yr

SELECT status, to_char(created_at, 'YYYY-MM') AS month, count(*) FROM gold_orders GROUP BY CUBE (status, to_char(created_at, 'YYYY-MM'))

SELECT
  COUNT(*) AS total,
  COUNT(*) FILTER (WHERE status = 'returned') AS returned,
  ROUND(100.0 * COUNT(*) FILTER (WHERE status = 'returned') / NULLIF(COUNT(*), 0), 2) AS return_rate_pct
FROM orders
WHERE created_at >= date_trunc('year', now())

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_cents) AS median,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY amount_cents) AS p90,
       percentile_disc(0.99) WITHIN GROUP (ORDER BY amount_cents) AS p99
FROM orders
WHERE status IN ('paid', 'shipped')

SELECT status, round(avg(amount_cents) / 100, 2) AS avg_amt, round(stddev_samp(amount_cents) / 100, 2) AS sd_amt, mode() WITHIN GROUP (ORDER BY amount_cents) AS most_common
FROM orders GROUP BY status

SELECT width_bucket(amount_cents, 0, 50000, 10) AS bucket, count(*) AS n, min(amount_cents), max(amount_cents)
FROM orders
GROUP BY bucket
ORDER BY bucket

WITH monthly AS (
  SELECT date_trunc('month', created_at) AS month, SUM(amount_cents) AS cents
  FROM orders
  WHERE status <> 'lost'
  GROUP BY 1
)
SELECT to_char(month, 'Mon YYYY') AS label,
       cents / 100.0 AS revenue,
       lag(cents) OVER w / 100.0 AS prev,
       round(100.0 * (cents - lag(cents) OVER w) / NULLIF(lag(cents) OVER w, 0), 1) AS mom_pct
FROM monthly
WINDOW w AS (ORDER BY month)
ORDER BY month

-- same month last year
SELECT a.m, a.cents AS this_year, b.cents AS last_year, round((a.cents - b.cents)::numeric / nullif(b.cents, 0), 3) AS yoy
FROM (SELECT date_trunc('month', created_at) AS m, sum(amount_cents) AS cents FROM gold_orders GROUP BY 1) a
LEFT JOIN (SELECT date_trunc('month', created_at) + interval '1 year' AS m, sum(amount_cents) AS cents FROM gold_orders GROUP BY 1) b USING (m)
ORDER BY a.m

select extract(isodow from created_at) as dow, extract(hour from created_at) as hr, count(*) as orders
from orders
group by 1, 2
order by 1, 2

SELECT customer_id,
       current_date - max(created_at)::date AS recency_days,
       count(*) AS frequency,
       sum(amount_cents) / 100.0 AS monetary
FROM orders
WHERE status = ANY (ARRAY['paid', 'shipped'])
GROUP BY customer_id
HAVING count(*) > 1
ORDER BY monetary DESC
LIMIT 50

with rfm as (
    select customer_id, max(created_at) as last_order, count(*) as freq, sum(amount_cents) as spend
    from orders
    where status not in ('returned', 'lost')
    group by customer_id
),
scored as (
    select customer_id,
           ntile(5) over (order by last_order) as r,
           ntile(5) over (order by freq) as f,
           ntile(5) over (order by spend) as m
    from rfm
)
select r || '-' || f || '-' || m as rfm_cell, count(*) as customer_count
from scored
group by 1
order by 1 desc

-- cohort retention
WITH firsts AS (
  SELECT customer_id, date_trunc('month', min(created_at)) AS cohort FROM orders GROUP BY customer_id
)
SELECT f.cohort::date,
       (extract(year FROM age(date_trunc('month', o.created_at), f.cohort)) * 12
        + extract(month FROM age(date_trunc('month', o.created_at), f.cohort)))::int AS month_no,
       count(DISTINCT o.customer_id) AS active
FROM firsts f
JOIN orders o USING (customer_id)
GROUP BY 1, 2
ORDER BY 1, 2

SELECT customer_id, created_at,
       created_at - lag(created_at) OVER (PARTITION BY customer_id ORDER BY created_at) AS gap
FROM orders
WHERE status <> 'lost'

SELECT customer_id, avg(gap) AS avg_gap
FROM (
  SELECT customer_id, created_at - lag(created_at) OVER (PARTITION BY customer_id ORDER BY created_at) AS gap
  FROM orders
) g
WHERE gap IS NOT NULL
GROUP BY customer_id
ORDER BY avg_gap
LIMIT 100

SELECT s.customer_id, last3.id, last3.amount_cents, last3.created_at
FROM (SELECT DISTINCT customer_id FROM orders) s
CROSS JOIN LATERAL (
  SELECT o.id, o.amount_cents, o.created_at
  FROM orders o
  WHERE o.customer_id = s.customer_id
  ORDER BY o.created_at DESC
  LIMIT 3
) last3

WITH per_customer AS (
  SELECT customer_id, SUM(amount_cents) AS cents FROM orders WHERE status IN ('paid','shipped') GROUP BY customer_id
)
SELECT customer_id, cents,
       round(sum(cents) OVER (ORDER BY cents DESC, customer_id) / sum(cents) OVER (), 4) AS cum_share,
       percent_rank() OVER (ORDER BY cents DESC) AS pr
FROM per_customer

SELECT CASE
         WHEN amount_cents < 1000 THEN 'a) under 10'
         WHEN amount_cents < 5000 THEN 'b) 10-50'
         WHEN amount_cents < 20000 THEN 'c) 50-200'
         ELSE 'd) 200+'
       END AS band, count(*), round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS pct
FROM orders
GROUP BY 1
ORDER BY 1

SELECT o.id, o.created_at, now()::timestamp - o.created_at AS waiting
FROM orders o
WHERE o.status = 'paid' AND o.created_at < now() - interval '3 days'
ORDER BY waiting DESC

SELECT kind, count(*), min(at), max(at) FROM events GROUP BY kind

SELECT payload::jsonb ->> 'path' AS path, count(*) AS views
FROM events
WHERE kind = 'view' AND payload LIKE '{%'
GROUP BY 1
ORDER BY views DESC
LIMIT 20

SELECT id, at, (payload::json ->> 'customer')::int AS customer_id
FROM events
WHERE kind = 'login' AND at >= now() - interval '1 day' AND left(payload, 1) = '{'

WITH ev AS (
  SELECT id, kind, at, CASE WHEN payload ~ '^\s*\{' THEN payload::jsonb END AS p
  FROM events
)
SELECT date_trunc('day', at)::date AS day, count(DISTINCT p ->> 'customer') AS dau, count(*) FILTER (WHERE kind = 'buy') AS buys
FROM ev
WHERE p ? 'customer'
GROUP BY 1
ORDER BY 1 DESC

-- which keys show up in the payloads?
SELECT k.key, count(*) AS n
FROM (SELECT CASE WHEN payload LIKE '{%}' THEN payload::jsonb ELSE '{}'::jsonb END AS p FROM events) e
CROSS JOIN LATERAL jsonb_object_keys(e.p) AS k(key)
GROUP BY k.key
ORDER BY n DESC

-- login -> view -> buy funnel
WITH ev AS (
  SELECT (payload::jsonb ->> 'customer')::int AS customer_id, kind, at
  FROM events
  WHERE payload LIKE '{%"customer"%'
),
f AS (
  SELECT customer_id,
         min(at) FILTER (WHERE kind = 'login') AS first_login,
         min(at) FILTER (WHERE kind = 'view') AS first_view,
         min(at) FILTER (WHERE kind = 'buy') AS first_buy
  FROM ev
  GROUP BY customer_id
)
SELECT count(*) AS everyone, count(first_login) AS logins, count(first_view) AS viewers, count(first_buy) AS buyers,
       avg(first_buy - first_view) FILTER (WHERE first_buy >= first_view) AS avg_time_to_buy
FROM f

WITH e AS (
  SELECT payload::jsonb ->> 'customer' AS cust, at FROM events WHERE payload LIKE '{%'
),
marked AS (
  SELECT cust, at, (at - lag(at) OVER (PARTITION BY cust ORDER BY at) > interval '30 minutes')::int AS is_new FROM e
),
sess AS (
  SELECT cust, at, 1 + sum(coalesce(is_new, 0)) OVER (PARTITION BY cust ORDER BY at) AS session_no FROM marked
)
SELECT cust, session_no, min(at) AS started, max(at) - min(at) AS duration, count(*) AS hits
FROM sess
GROUP BY cust, session_no
ORDER BY hits DESC
LIMIT 100

SELECT split_part(payload::jsonb ->> 'path', '/', 2) AS section, count(*)
FROM events
WHERE kind = 'view' AND payload LIKE '{%'
GROUP BY section

SELECT o.id, o.status, g.status AS gold_status
FROM orders o
JOIN gold_orders g USING (id)
WHERE o.status IS DISTINCT FROM g.status

SELECT COALESCE(o.id, g.id) AS id, o.id IS NULL AS missing_in_raw, g.id IS NULL AS missing_in_gold
FROM orders o
FULL OUTER JOIN gold_orders g ON g.id = o.id
WHERE o.id IS NULL OR g.id IS NULL

(SELECT id, customer_id, amount_cents, status FROM orders EXCEPT SELECT id, customer_id, amount_cents, status FROM gold_orders)
UNION ALL
(SELECT id, customer_id, amount_cents, status FROM gold_orders EXCEPT SELECT id, customer_id, amount_cents, status FROM orders)

SELECT 'orders' AS tbl, count(*) AS n, max(created_at) AS latest FROM orders
UNION ALL SELECT 'gold_orders', count(*), max(created_at) FROM gold_orders
UNION ALL SELECT 'events', count(*), max(at) FROM events

SELECT id, note FROM orders WHERE note ILIKE '%refund%' OR note ~* '\mdamaged?\M' ORDER BY created_at DESC LIMIT 50

SELECT id, regexp_replace(trim(note), '\s+', ' ', 'g') AS note_clean, length(note) AS len
FROM orders
WHERE note IS NOT NULL
ORDER BY len DESC
LIMIT 25

SELECT w.word, count(*) AS n
FROM orders, LATERAL regexp_split_to_table(lower(note), '[^a-z]+') AS w(word)
WHERE length(w.word) > 3
GROUP BY w.word
ORDER BY n DESC
LIMIT 30

SELECT customer_id, array_agg(id ORDER BY created_at) AS order_ids, string_agg(DISTINCT status, ', ' ORDER BY status) AS statuses
FROM orders
GROUP BY customer_id
LIMIT 50

SELECT json_agg(json_build_object('status', s.status, 'n', s.n)) AS chart
FROM (SELECT status, count(*) AS n FROM orders GROUP BY status) s

SELECT a.id AS order_a, b.id AS order_b, a.customer_id, a.amount_cents
FROM orders a
JOIN orders b ON b.customer_id = a.customer_id AND b.amount_cents = a.amount_cents AND b.id > a.id
WHERE b.created_at - a.created_at < interval '5 minutes'
  AND b.created_at >= a.created_at

SELECT customer_id FROM orders WHERE status = 'returned' GROUP BY customer_id HAVING count(*) >= 2
INTERSECT
SELECT customer_id FROM orders WHERE status = 'open'

SELECT count(*) AS n, count(note) AS note_nn, count(DISTINCT customer_id) AS buyers, min(amount_cents), max(amount_cents), avg(amount_cents)::numeric(12,2)
FROM orders

SELECT id, amount_cents, greatest(amount_cents - 500, 0) AS after_voucher, amount_cents % 100 = 99 AS ends_in_99
FROM orders
WHERE created_at BETWEEN '2024-11-29' AND '2024-12-02 23:59:59'

EXPLAIN SELECT * FROM orders WHERE customer_id = 17 AND status = 'open'

EXPLAIN (FORMAT JSON, COSTS ON) SELECT date_trunc('month', created_at), sum(amount_cents) FROM orders GROUP BY 1

SELECT version()

select 1 as ping

SELECT to_char(date_trunc('quarter', created_at), '"Q"Q YYYY') AS quarter, to_char(sum(amount_cents) / 100.0, 'FM999,999,990.00') AS revenue
FROM gold_orders
GROUP BY date_trunc('quarter', created_at)
ORDER BY date_trunc('quarter', created_at)

SELECT m.month, t.status, count(o.id) AS n
FROM generate_series(date_trunc('month', now()::timestamp) - interval '5 months', date_trunc('month', now()::timestamp), '1 month') AS m(month)
CROSS JOIN (VALUES ('open'), ('paid'), ('shipped'), ('returned'), ('lost')) AS t(status)
LEFT JOIN orders o ON o.status = t.status AND date_trunc('month', o.created_at) = m.month
GROUP BY m.month, t.status
ORDER BY m.month, t.status

WITH daily AS (
  SELECT created_at::date AS d, count(*) AS n FROM orders GROUP BY 1
),
stats AS (
  SELECT avg(n) AS mu, stddev_pop(n) AS sigma FROM daily
)
SELECT d, n, round((n - mu) / nullif(sigma, 0), 2) AS z
FROM daily, stats
WHERE abs(n - mu) > 3 * sigma
ORDER BY d

--! masked

SELECT * FROM customers LIMIT 10

SELECT country, count(*) AS customers FROM customers GROUP BY country ORDER BY 2 DESC

SELECT "public"."customers"."id" AS "id", "public"."customers"."name" AS "name", "public"."customers"."email" AS "email", "public"."customers"."phone" AS "phone", "public"."customers"."ssn" AS "ssn", "public"."customers"."created_at" AS "created_at", "public"."customers"."country" AS "country" FROM "public"."customers" LIMIT 2000

-- Metabase:: userID: 2 queryType: MBQL queryHash: 1c0a1d4fb70d64c0a8e0a6a5e7d1ba3c
SELECT "Customers"."country" AS "Customers__country", SUM("public"."orders"."amount_cents") AS "sum" FROM "public"."orders" LEFT JOIN "public"."customers" AS "Customers" ON "public"."orders"."customer_id" = "Customers"."id" GROUP BY "Customers"."country" ORDER BY "sum" DESC, "Customers"."country" ASC

SELECT country AS country, DATE_TRUNC('month', created_at) AS __timestamp, COUNT(DISTINCT email) AS "COUNT_DISTINCT(email)"
FROM public.gold_customers
GROUP BY country, DATE_TRUNC('month', created_at)
ORDER BY "COUNT_DISTINCT(email)" DESC
LIMIT 10000

SELECT customers.id, customers.name, customers.email, customers.country, customers.created_at 
FROM customers JOIN orders ON orders.customer_id = customers.id 
WHERE orders.status = 'open'

SELECT c.id, c.name, c.email, sum(o.amount_cents) / 100.0 AS ltv
FROM customers c
JOIN orders o ON o.customer_id = c.id
WHERE o.status IN ('paid', 'shipped')
GROUP BY c.id
ORDER BY ltv DESC NULLS LAST
LIMIT 20

-- possible duplicate accounts
SELECT email, count(*) AS n, array_agg(id ORDER BY created_at) AS ids
FROM customers
WHERE email IS NOT NULL
GROUP BY email
HAVING count(*) > 1

SELECT count(*) AS n, count(DISTINCT email) AS emails, count(DISTINCT phone) AS phones, count(DISTINCT ssn) AS ssns, count(*) - count(phone) AS missing_phone FROM customers

/* {"app": "dbt", "dbt_version": "1.7.4", "profile_name": "retail", "target_name": "prod", "node_id": "test.retail.unique_gold_customers_email"} */
select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) != 0 as should_error
    from (
select
    email as unique_field,
    count(*) as n_records
from "public"."gold_customers"
where email is not null
group by email
having count(*) > 1
    ) dbt_internal_test

/* {"app": "dbt", "dbt_version": "1.7.4", "profile_name": "retail", "target_name": "prod", "node_id": "model.retail.dim_customers"} */
with customers as (
    select * from "public"."gold_customers"
),
orders as (
    select * from "public"."gold_orders"
),
customer_orders as (
    select
        customer_id,
        min(created_at) as first_order_at,
        max(created_at) as most_recent_order_at,
        count(id) as number_of_orders,
        sum(amount_cents) as lifetime_cents
    from orders
    group by 1
)
select
    customers.id as customer_id,
    customers.name,
    customers.country,
    customer_orders.first_order_at,
    customer_orders.most_recent_order_at,
    coalesce(customer_orders.number_of_orders, 0) as number_of_orders,
    coalesce(customer_orders.lifetime_cents, 0) / 100.0 as lifetime_value
from customers
left join customer_orders on customers.id = customer_orders.customer_id

select child.customer_id as from_field
from "public"."orders" as child
left join "public"."customers" as parent on child.customer_id = parent.id
where child.customer_id is not null and parent.id is null

SELECT s.id, s.name, s.email
FROM staging_customers s
LEFT JOIN gold_customers g ON g.email = s.email
WHERE g.id IS NULL

SELECT c.id, (c.email IS DISTINCT FROM g.email) AS email_changed, (c.phone IS DISTINCT FROM g.phone) AS phone_changed, (c.country IS DISTINCT FROM g.country) AS country_changed
FROM customers c
JOIN gold_customers g ON g.id = c.id
WHERE (c.email, c.phone, c.country) IS DISTINCT FROM (g.email, g.phone, g.country)

SELECT DISTINCT ON (email) id, email, name, created_at
FROM staging_customers
WHERE email IS NOT NULL
ORDER BY email, created_at DESC

SELECT c.id, c.name, lo.id AS last_order_id, lo.amount_cents, lo.created_at
FROM customers c
LEFT JOIN LATERAL (
  SELECT o.id, o.amount_cents, o.created_at FROM orders o WHERE o.customer_id = c.id ORDER BY o.created_at DESC LIMIT 1
) lo ON true
WHERE c.country = 'DE'

SELECT country, name, cents
FROM (
  SELECT c.country, c.name, sum(o.amount_cents) AS cents,
         rank() OVER (PARTITION BY c.country ORDER BY sum(o.amount_cents) DESC) AS rnk
  FROM customers c
  JOIN orders o ON o.customer_id = c.id
  GROUP BY c.id, c.country, c.name
) x
WHERE rnk <= 3
ORDER BY country, rnk

SELECT c.country, o.status, count(*) AS n, sum(o.amount_cents) AS cents
FROM customers c JOIN orders o ON o.customer_id = c.id
GROUP BY GROUPING SETS ((c.country, o.status), (c.country), ())
ORDER BY c.country NULLS LAST, o.status NULLS LAST

SELECT c.id, c.name, c.email FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) AND c.created_at < now() - interval '90 days'

SELECT id, name, email, phone FROM customers WHERE id IN (3, 17, 42)

SELECT to_char(created_at, 'YYYY-MM') AS month, count(*) AS signups, sum(count(*)) OVER (ORDER BY to_char(created_at, 'YYYY-MM')) AS cumulative
FROM customers
GROUP BY 1
ORDER BY 1

WITH last_order AS (
  SELECT customer_id, max(created_at) AS last_at FROM orders GROUP BY customer_id
)
SELECT CASE WHEN l.last_at IS NULL THEN 'never'
            WHEN l.last_at < now() - interval '180 days' THEN 'churned'
            WHEN l.last_at < now() - interval '90 days' THEN 'at risk'
            ELSE 'active' END AS segment,
       c.country, count(*) AS n
FROM customers c
LEFT JOIN last_order l ON l.customer_id = c.id
GROUP BY 1, 2

SELECT c.country,
       count(DISTINCT c.id) FILTER (WHERE o.status = 'returned') AS returners,
       count(DISTINCT c.id) AS buyers
FROM customers c
INNER JOIN orders o ON o.customer_id = c.id
GROUP BY c.country
HAVING count(DISTINCT c.id) >= 10

SELECT e.at, e.kind, c.name, c.country
FROM events e
JOIN customers c ON c.id = (CASE WHEN e.payload LIKE '{%' THEN (e.payload::jsonb ->> 'customer')::int END)
WHERE e.at >= current_date - 1
ORDER BY e.at DESC
LIMIT 100

SELECT ssn, count(*) AS accounts, count(DISTINCT country) AS countries FROM gold_customers WHERE ssn IS NOT NULL GROUP BY ssn HAVING count(*) > 1 ORDER BY accounts DESC

SELECT a.id AS a_id, b.id AS b_id, a.phone, a.country, b.country AS other_country
FROM customers a
JOIN customers b ON a.phone = b.phone AND a.id < b.id

SELECT email FROM staging_customers INTERSECT SELECT email FROM customers

SELECT 'customers' AS src, count(*) FROM customers UNION ALL SELECT 'staging_customers', count(*) FROM staging_customers UNION ALL SELECT 'gold_customers', count(*) FROM gold_customers

SELECT country, round(100.0 * avg((phone IS NULL)::int), 1) AS pct_no_phone, round(100.0 * avg((email IS NULL)::int), 1) AS pct_no_email FROM staging_customers GROUP BY country

-- CS screen: yesterday's orders
SELECT o.id, coalesce(c.name, 'guest') AS customer, o.status, to_char(o.amount_cents / 100.0, 'FM9990.00') AS amount
FROM orders o
LEFT JOIN customers c ON c.id = o.customer_id
WHERE o.created_at::date = current_date - 1
ORDER BY o.id

SELECT c.id, max(c.name) AS name, max(c.email) AS email, count(o.id) AS orders, bool_or(o.status = 'lost') AS had_lost
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id
GROUP BY c.id
ORDER BY orders DESC
LIMIT 50

SELECT json_build_object('id', c.id, 'name', c.name, 'orders', json_agg(json_build_object('id', o.id, 'cents', o.amount_cents) ORDER BY o.id)) AS doc
FROM customers c
JOIN orders o ON o.customer_id = c.id
WHERE c.id = 42
GROUP BY c.id, c.name

EXPLAIN (VERBOSE) SELECT c.name, o.amount_cents FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.country = 'US'

SELECT g.country, count(*) AS n, min(g.created_at)::date AS first_signup, max(g.created_at)::date AS last_signup
FROM gold_customers AS g
WHERE g.country = ANY ('{DE,FR,NL,BE}'::text[])
GROUP BY g.country

SELECT staging.id, staging.row_num FROM (
  SELECT id, row_number() OVER (PARTITION BY email, phone ORDER BY created_at DESC) AS row_num FROM staging_customers
) AS staging
WHERE staging.row_num > 1

--! tool: execute
--! plain

INSERT INTO orders (id, customer_id, amount_cents, status, note, created_at) VALUES (500101, 12, 4599, 'open', 'phone order', '2024-11-03 10:22:00')

INSERT INTO orders (id, customer_id, amount_cents, status, created_at) VALUES (500102, 7, 12900, 'paid', now()) RETURNING id, status, created_at

INSERT INTO events (id, kind, payload, at) VALUES
  (900001, 'login', '{"customer": 3}', '2024-11-03 08:00:00'),
  (900002, 'view', '{"customer": 3, "path": "/sale"}', '2024-11-03 08:01:12'),
  (900003, 'buy', '{"customer": 3, "path": "/checkout"}', '2024-11-03 08:09:40')
ON CONFLICT DO NOTHING

INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country)
VALUES (90001, 'Marta Kowalska', 'marta.k@example.com', '+48 555 010 101', NULL, '2024-11-03 09:00:00', 'PL')

INSERT INTO staging_customers (id, name, email, country, created_at)
VALUES (90002, 'Jonas Weber', 'jonas@example.org', 'DE', CURRENT_TIMESTAMP)
ON CONFLICT (id) DO UPDATE SET
  name = EXCLUDED.name,
  email = EXCLUDED.email,
  country = EXCLUDED.country
RETURNING id

INSERT INTO "staging_customers" ("id", "name", "email", "phone", "created_at", "country") VALUES (90003, 'Li Na', 'li.na@example.net', '555-0103', '2024-10-30T00:00:00'::timestamp, 'SG'), (90004, 'Seán O''Brien', 'sean@example.net', '555-0104', '2024-10-30T00:00:00'::timestamp, 'IE') ON CONFLICT ("id") DO NOTHING

UPDATE orders SET status = 'shipped' WHERE id = 1042

UPDATE "orders" SET "status" = 'shipped', "note" = 'batch 2024-11-03' WHERE "orders"."id" IN (88, 91, 97, 104)

update orders
set status = 'lost'
where status = 'shipped'
  and created_at < timestamp '2023-06-01 00:00:00'

UPDATE orders SET note = concat_ws('; ', note, 'carrier delay') WHERE status = 'shipped' AND created_at >= '2024-11-01' AND created_at < '2024-11-04'

UPDATE orders SET note = NULL WHERE btrim(note) = ''

UPDATE orders SET amount_cents = round(amount_cents * 0.9)::int, note = 'loyalty 10%' WHERE id = 311 AND status = 'open' RETURNING id, amount_cents

UPDATE staging_customers SET country = 'GB' WHERE country = 'UK'

UPDATE staging_customers SET country = upper(trim(country)) WHERE created_at >= '2024-10-01'::date AND country IS NOT NULL

UPDATE staging_customers SET email = 'm.kowalska@example.com', phone = '+48 555 010 199' WHERE id = 90001

UPDATE orders AS o
SET status = g.status
FROM gold_orders AS g
WHERE g.id = o.id
  AND g.status = 'returned'
  AND o.status = 'shipped'

UPDATE orders o
SET note = 'EU VAT check'
FROM customers c
WHERE c.id = o.customer_id AND c.country = 'IE' AND o.status = 'open'

UPDATE orders SET status = v.status
FROM (VALUES (2001, 'paid'), (2002, 'shipped'), (2003, 'returned')) AS v(id, status)
WHERE orders.id = v.id AND orders.status = 'open'

UPDATE events SET payload = jsonb_set(payload::jsonb, '{path}', '"/home"')::text WHERE kind = 'view' AND payload LIKE '%"path": "/index.html"%'

UPDATE events SET kind = 'buy' WHERE kind = 'purchase'

DELETE FROM events WHERE id = 778

DELETE FROM events WHERE kind = 'view' AND at < '2022-01-01'

delete from staging_customers where id in (90003, 90004) returning id, country

DELETE FROM orders WHERE status = 'open' AND note = 'TEST ORDER' AND created_at < '2024-01-01'

-- double-fired buy events, 3 Nov incident
DELETE FROM events a
USING events b
WHERE a.kind = 'buy' AND b.kind = 'buy'
  AND a.payload = b.payload AND a.at = b.at
  AND a.id > b.id
  AND a.at >= '2024-11-03' AND a.at < '2024-11-04'

INSERT INTO events (id, kind, payload, at)
SELECT 910000 + o.id, 'shipped', json_build_object('customer', o.customer_id, 'order', o.id)::text, now()
FROM orders o
WHERE o.status = 'shipped' AND o.created_at::date = date '2024-11-03'

INSERT INTO orders (id, customer_id, amount_cents, status, note, created_at)
SELECT (SELECT max(id) FROM orders) + row_number() OVER (ORDER BY o.id), o.customer_id, o.amount_cents, 'open', 'replacement for #' || o.id, now()
FROM orders o
WHERE o.status = 'lost' AND o.created_at >= '2024-10-01'

INSERT INTO orders AS t (id, customer_id, amount_cents, status, note, created_at)
SELECT id, customer_id, amount_cents, status, note, created_at
FROM gold_orders
WHERE created_at >= '2024-11-01'
ON CONFLICT (id) DO UPDATE
SET status = excluded.status, amount_cents = excluded.amount_cents
WHERE t.status IS DISTINCT FROM excluded.status

WITH stale AS (
  SELECT id FROM orders WHERE status = 'open' AND created_at < '2023-01-01' ORDER BY id LIMIT 500
)
DELETE FROM orders USING stale WHERE orders.id = stale.id AND orders.status = 'open'

WITH shipped AS (
  UPDATE orders SET status = 'shipped' WHERE status = 'paid' AND id BETWEEN 3000 AND 3050 RETURNING id, customer_id
)
INSERT INTO events (id, kind, payload, at)
SELECT 920000 + id, 'shipped', jsonb_build_object('customer', customer_id, 'order', id)::text, now() FROM shipped
