--! dialect: postgres
--! tool: query
--! plain

-- ticket 48213: where is this order stuck?
SELECT o.id, o.status, o.amount_cents / 100.0 AS amount, o.note, c.country
FROM orders o
JOIN customers c ON c.id = o.customer_id
WHERE o.id = 3;

SELECT id, status, amount_cents, note
FROM orders
WHERE customer_id = 2 AND status <> 'cancelled'
ORDER BY id DESC
LIMIT 20

-- orders with a note that mentions a refund; note the quoting of "don't"
SELECT id, customer_id, note
FROM orders
WHERE note ILIKE '%refund%' OR note ILIKE '%don''t ship%' OR note LIKE '%--%; urgent%'
ORDER BY id;

SELECT e.id, e.kind, e.at, e.payload::jsonb ->> 'order_id' AS order_id
FROM events e
WHERE e.at >= now() - interval '7 days'
  AND e.kind = ANY (ARRAY['order_failed', 'payment_declined'])
ORDER BY e.at DESC
LIMIT 50;

SELECT status, count(*) AS n, min(id) AS first_id, max(id) AS last_id
FROM orders
GROUP BY status
ORDER BY n DESC;

SELECT c.id, c.country, age(current_timestamp::timestamp, c.created_at) AS account_age
FROM customers c
WHERE c.id IN (1, 2, 3, 5, 8)

-- customers with no order at all, by country
SELECT c.country, count(*) AS without_orders
FROM customers c
WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)
GROUP BY c.country
HAVING count(*) >= 1
ORDER BY 2 DESC, 1;

/* fraud: several high-value orders on one account, each far above that account's own median */
WITH med AS (
  SELECT customer_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_cents) AS p50
  FROM orders
  GROUP BY customer_id
)
SELECT o.customer_id, o.id, o.amount_cents, m.p50, round((o.amount_cents / NULLIF(m.p50, 0))::numeric, 2) AS ratio
FROM orders o
JOIN med m USING (customer_id)
WHERE o.amount_cents > 3 * m.p50
ORDER BY ratio DESC NULLS LAST;

SELECT customer_id,
       count(*) FILTER (WHERE status = 'chargeback') AS chargebacks,
       count(*) FILTER (WHERE status = 'refunded') AS refunds,
       count(*) AS orders,
       round(100.0 * count(*) FILTER (WHERE status IN ('chargeback', 'refunded')) / count(*), 1) AS bad_pct
FROM orders
GROUP BY customer_id
HAVING count(*) FILTER (WHERE status IN ('chargeback', 'refunded')) > 0
ORDER BY bad_pct DESC;

-- velocity: events of one kind within ten minutes of the one before
SELECT *
FROM (
  SELECT id, kind, at,
         at - lag(at) OVER (PARTITION BY kind ORDER BY at) AS gap
  FROM events
) v
WHERE v.gap < interval '10 minutes'
ORDER BY v.at;

SELECT kind, count(*) AS in_window
FROM events
WHERE at BETWEEN timestamp '2024-01-01 00:00:00' AND timestamp '2024-06-30 23:59:59'
GROUP BY kind
ORDER BY in_window DESC
FETCH FIRST 10 ROWS ONLY;

SELECT width_bucket(amount_cents, 0, 100000, 10) AS bucket,
       count(*) AS n,
       int4range(min(amount_cents), max(amount_cents), '[]') AS seen
FROM orders
GROUP BY bucket
ORDER BY bucket;

SELECT substr(amount_cents::text, 1, 1)::int AS leading_digit,
       count(*) AS n,
       round(count(*)::numeric / sum(count(*)) OVER (), 4) AS share,
       round(log(1 + 1.0 / substr(amount_cents::text, 1, 1)::int)::numeric, 4) AS benford
FROM orders
WHERE amount_cents > 0
GROUP BY 1
ORDER BY 1;

SELECT o.customer_id, sd.mean, sd.dev, o.id
FROM orders o
CROSS JOIN LATERAL (
  SELECT avg(p.amount_cents) AS mean, stddev_samp(p.amount_cents) AS dev
  FROM orders p
  WHERE p.customer_id = o.customer_id AND p.id < o.id
) sd
WHERE sd.dev IS NOT NULL AND o.amount_cents > sd.mean + 2 * sd.dev;

-- monthly signup cohorts
SELECT date_trunc('month', created_at)::date AS cohort, count(*) AS signups
FROM customers
GROUP BY 1
ORDER BY 1;

WITH months AS (
  SELECT generate_series(date '2024-01-01', date '2024-12-01', interval '1 month')::date AS month
)
SELECT m.month, count(c.id) AS signups,
       sum(count(c.id)) OVER (ORDER BY m.month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running
FROM months m
LEFT JOIN customers c
  ON c.created_at >= m.month AND c.created_at < m.month + interval '1 month'
GROUP BY m.month
ORDER BY m.month;

-- funnel: view -> cart -> checkout, by the customer id found in the payload
WITH steps AS (
  SELECT (payload::jsonb ->> 'customer_id')::int AS customer_id,
         min(at) FILTER (WHERE kind = 'view') AS viewed_at,
         min(at) FILTER (WHERE kind = 'cart') AS carted_at,
         min(at) FILTER (WHERE kind = 'checkout') AS checked_out_at
  FROM events
  WHERE payload::jsonb ? 'customer_id'
  GROUP BY 1
)
SELECT count(viewed_at) AS viewed,
       count(carted_at) FILTER (WHERE carted_at >= viewed_at) AS carted,
       count(checked_out_at) FILTER (WHERE checked_out_at >= carted_at) AS checked_out,
       avg(checked_out_at - viewed_at) AS mean_time_to_checkout
FROM steps;

-- sessions: a new one after thirty quiet minutes
WITH marked AS (
  SELECT id, at, payload::jsonb ->> 'customer_id' AS cid,
         CASE WHEN at - lag(at) OVER w > interval '30 minutes' OR lag(at) OVER w IS NULL THEN 1 ELSE 0 END AS is_new
  FROM events
  WINDOW w AS (PARTITION BY payload::jsonb ->> 'customer_id' ORDER BY at)
), numbered AS (
  SELECT *, sum(is_new) OVER (PARTITION BY cid ORDER BY at, id) AS session_no FROM marked
)
SELECT cid, session_no, count(*) AS events, max(at) - min(at) AS length
FROM numbered
GROUP BY cid, session_no
ORDER BY cid, session_no;

SELECT c.country,
       percentile_cont(ARRAY[0.25, 0.5, 0.75, 0.95]) WITHIN GROUP (ORDER BY o.amount_cents) AS quartiles,
       mode() WITHIN GROUP (ORDER BY o.status) AS usual_status
FROM orders o
JOIN customers c ON c.id = o.customer_id
GROUP BY c.country;

SELECT coalesce(c.country, 'ALL') AS country, coalesce(o.status, 'ALL') AS status,
       sum(o.amount_cents) AS cents, grouping(c.country, o.status) AS lvl
FROM orders o
JOIN customers c ON o.customer_id = c.id
GROUP BY ROLLUP (c.country, o.status)
ORDER BY lvl, country, status;

SELECT date_trunc('quarter', c.created_at) AS q, c.country, o.status, count(*) AS n
FROM orders o INNER JOIN customers c ON c.id = o.customer_id
GROUP BY GROUPING SETS ((date_trunc('quarter', c.created_at), c.country), (o.status), ())
ORDER BY 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST;

SELECT extract(isodow FROM at)::int AS dow, extract(hour FROM at)::int AS hr, count(*) AS n
FROM events
GROUP BY CUBE (1, 2)
ORDER BY 1, 2;

SELECT id, amount_cents,
       avg(amount_cents) OVER (ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)::numeric(12, 2) AS ma7,
       ntile(4) OVER (ORDER BY amount_cents) AS quartile,
       percent_rank() OVER (ORDER BY amount_cents) AS pr
FROM orders
ORDER BY id;

SELECT at::date AS day, count(*) AS n,
       sum(count(*)) OVER (ORDER BY at::date RANGE BETWEEN interval '6 days' PRECEDING AND CURRENT ROW) AS last_7d
FROM events
GROUP BY at::date
ORDER BY day;

SELECT corr(o.amount_cents, extract(epoch FROM age(timestamp '2025-01-01', c.created_at)) / 86400) AS r,
       regr_slope(o.amount_cents, extract(epoch FROM age(timestamp '2025-01-01', c.created_at)) / 86400) AS slope,
       regr_count(o.amount_cents, extract(epoch FROM age(timestamp '2025-01-01', c.created_at)) / 86400) AS n
FROM orders o JOIN customers c ON c.id = o.customer_id;

-- dbt test: not_null_orders_customer_id
select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) != 0 as should_error
    from (
select customer_id
from "public"."orders"
where customer_id is null
    ) dbt_internal_test

select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) != 0 as should_error
    from (
select
    id as unique_field,
    count(*) as n_records
from "public"."orders"
where id is not null
group by id
having count(*) > 1
    ) dbt_internal_test

-- dbt test: relationships_orders_customer_id__id__ref_customers_
with child as (
    select customer_id as from_field
    from "public"."orders"
    where customer_id is not null
),
parent as (
    select id as to_field
    from "public"."customers"
)
select
    from_field
from child
left join parent
    on child.from_field = parent.to_field
where parent.to_field is null

with all_values as (
    select
        status as value_field,
        count(*) as n_records
    from "public"."gold_orders"
    group by status
)
select *
from all_values
where value_field not in (
    'placed','paid','shipped','refunded','cancelled'
)

/* {"app": "dbt", "dbt_version": "1.7.9", "node_id": "model.shop.fct_daily_orders"} */
with source as (
    select * from "public"."orders"
),
renamed as (
    select
        id as order_id,
        customer_id,
        (amount_cents / 100.0)::numeric(16, 2) as amount,
        status as order_status
    from source
),
final as (
    select
        customer_id,
        sum(case when order_status = 'paid' then amount else 0 end) as paid_amount,
        sum(case when order_status = 'refunded' then amount else 0 end) as refunded_amount,
        count(distinct order_id) as number_of_orders
    from renamed
    group by 1
)
select * from final

SELECT "source"."status" AS "status", SUM("source"."Amount") AS "sum", COUNT(*) AS "count"
FROM (
  SELECT "public"."orders"."status" AS "status", "public"."orders"."amount_cents" / 100.0 AS "Amount"
  FROM "public"."orders"
  WHERE ("public"."orders"."status" <> 'cancelled' OR "public"."orders"."status" IS NULL)
) "source"
GROUP BY "source"."status"
ORDER BY "sum" DESC, "source"."status" ASC
LIMIT 2000

SELECT CAST(DATE_TRUNC('MONTH', CAST("events"."at" AS TIMESTAMP)) AS DATE) AS "tmn:at:ok",
  "events"."kind" AS "kind",
  COUNT(1) AS "cnt:Number of Records:ok"
FROM "public"."events" "events"
WHERE (("events"."at" >= TIMESTAMP '2024-01-01 00:00:00.000') AND ("events"."at" < TIMESTAMP '2025-01-01 00:00:00.000'))
GROUP BY 1, 2
HAVING (COUNT(1) > 0)

select "rows"."country" as "country", sum("rows"."amount_cents") as "a0", count(distinct("rows"."customer_id")) as "a1"
from
(
    select "$Outer"."amount_cents", "$Outer"."customer_id", "$Inner"."country"
    from "public"."orders" "$Outer"
    left outer join (
        select "_"."id" as "id2", "_"."country" as "country" from "public"."customers" "_"
    ) "$Inner" on ("$Outer"."customer_id" = "$Inner"."id2")
) "rows"
group by "country"
limit 1000001

SELECT status AS status, DATE_TRUNC('week', e.at) AS __timestamp, COUNT(DISTINCT virtual_table.id) AS "Orders", SUM(amount_cents) / 100.0 AS "Revenue (EUR)"
FROM (SELECT o.id, o.status, o.amount_cents, o.customer_id FROM public.orders o) AS virtual_table
JOIN public.events e ON (e.payload::jsonb ->> 'order_id')::integer = virtual_table.id
GROUP BY status, DATE_TRUNC('week', e.at)
ORDER BY "Revenue (EUR)" DESC
LIMIT 10000;

SELECT * FROM (
  SELECT "country" AS "customers.country", COUNT(*) AS "customers.count",
         RANK() OVER (ORDER BY COUNT(*) DESC) AS "z___rank"
  FROM (SELECT "id", COALESCE("country", '(none)') AS "country" FROM "gold_customers") AS "customers"
  GROUP BY 1
) AS "ww"
WHERE "z___rank" <= 25
ORDER BY "z___rank"

SELECT "t0"."day" AS "Day", COALESCE("t1"."n", 0) AS "Events"
FROM (SELECT d::date AS "day" FROM generate_series('2024-03-01'::timestamp, '2024-03-31'::timestamp, '1 day') AS d) "t0"
LEFT OUTER JOIN (SELECT "at"::date AS "day", COUNT(*) AS "n" FROM "events" GROUP BY "at"::date) "t1"
  ON "t0"."day" = "t1"."day"
ORDER BY "t0"."day" ASC

-- let me see what tables there are
SELECT table_schema, table_name, table_type
FROM information_schema.tables
WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
ORDER BY 1, 2;

SELECT column_name, data_type, is_nullable, ordinal_position
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = 'orders'
ORDER BY ordinal_position;

SELECT * FROM orders LIMIT 5;

SELECT 'orders' AS tbl, count(*) AS rows FROM orders
UNION ALL SELECT 'events', count(*) FROM events
UNION ALL SELECT 'customers', count(*) FROM customers
UNION ALL SELECT 'staging_customers', count(*) FROM staging_customers
UNION ALL SELECT 'gold_orders', count(*) FROM gold_orders
UNION ALL SELECT 'gold_customers', count(*) FROM gold_customers
ORDER BY rows DESC

-- which keys occur in the payloads?
SELECT k.key, jsonb_typeof(k.value) AS type, count(*) AS n
FROM events e
CROSS JOIN LATERAL jsonb_each(e.payload::jsonb) AS k(key, value)
GROUP BY 1, 2
ORDER BY n DESC
LIMIT 100;

SELECT c.relname, c.reltuples::bigint AS est_rows, pg_size_pretty(pg_total_relation_size(c.oid)) AS size
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r'
ORDER BY pg_total_relation_size(c.oid) DESC;

EXPLAIN SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.country = 'DE'

EXPLAIN (COSTS OFF, FORMAT JSON)
SELECT kind, count(*) FROM events WHERE at >= '2024-01-01' AND at < '2024-02-01' GROUP BY kind;

SELECT "orders"."id", "orders"."customer_id", "orders"."amount_cents", "orders"."status", "orders"."note" FROM "orders" INNER JOIN "customers" ON ("orders"."customer_id" = "customers"."id") WHERE ("customers"."country" = 'FR' AND NOT ("orders"."status" IN ('cancelled', 'refunded'))) ORDER BY "orders"."id" DESC LIMIT 21

SELECT COUNT(*) AS "__count" FROM (SELECT DISTINCT U0."customer_id" AS "col1" FROM "orders" U0 WHERE U0."amount_cents" >= 10000) subquery

select o1_0.id,o1_0.amount_cents,o1_0.customer_id,o1_0.note,o1_0.status from orders o1_0 where o1_0.customer_id=4 and o1_0.status in ('placed','paid') order by o1_0.id offset 0 rows fetch first 10 rows only

SELECT anon_1.customer_id AS anon_1_customer_id, anon_1.total AS anon_1_total, orders_1.status AS orders_1_status
FROM (SELECT orders.customer_id AS customer_id, sum(orders.amount_cents) AS total
FROM orders GROUP BY orders.customer_id) AS anon_1 LEFT OUTER JOIN orders AS orders_1 ON orders_1.customer_id = anon_1.customer_id
WHERE anon_1.total > 5000 ORDER BY anon_1.total DESC

-- price tiers by a VALUES list
SELECT t.tier, count(o.id) AS n, coalesce(sum(o.amount_cents), 0) AS cents
FROM (VALUES ('small', 0, 2000), ('medium', 2000, 10000), ('large', 10000, 2147483647)) AS t(tier, lo, hi)
LEFT JOIN orders o ON o.amount_cents >= t.lo AND o.amount_cents < t.hi
GROUP BY t.tier, t.lo
ORDER BY t.lo;

WITH RECURSIVE weeks(w) AS (
  SELECT date '2024-01-01'
  UNION ALL
  SELECT w + 7 FROM weeks WHERE w < date '2024-12-23'
)
SELECT w AS week, count(e.id) AS events, string_agg(DISTINCT e.kind, ', ' ORDER BY e.kind) AS kinds
FROM weeks
LEFT JOIN events e ON e.at >= w AND e.at < w + 7
GROUP BY w
ORDER BY w;

--! masked

-- ticket 51120: the customer's record, for the call-back
SELECT id, name, email, phone, country, created_at
FROM customers
WHERE id = 4;

SELECT o.id AS order_id, o.status, c.name, c.email
FROM orders o
JOIN customers c ON c.id = o.customer_id
WHERE o.id IN (1, 2, 3)
ORDER BY o.id;

SELECT * FROM customers ORDER BY id LIMIT 10

-- customers we cannot reach at all
SELECT id, country, created_at
FROM customers
WHERE email IS NULL AND phone IS NULL;

SELECT c.id, c.name, last_order.id AS last_order_id, last_order.status
FROM customers c
LEFT JOIN LATERAL (
  SELECT o.id, o.status FROM orders o WHERE o.customer_id = c.id ORDER BY o.id DESC LIMIT 1
) last_order ON true
WHERE c.country = 'DE'
ORDER BY c.id;

SELECT c.id, coalesce(c.name, '(no name)') AS name, coalesce(c.phone, c.email, 'no contact') AS contact
FROM customers AS c
WHERE c.created_at >= current_date - interval '2 years';

-- accounts which share a telephone number
SELECT phone, count(*) AS accounts, array_agg(id ORDER BY id) AS ids
FROM customers
WHERE phone IS NOT NULL
GROUP BY phone
HAVING count(*) > 1
ORDER BY accounts DESC;

SELECT a.id AS id_a, b.id AS id_b, a.country AS country_a, b.country AS country_b
FROM customers a
JOIN customers b ON a.ssn = b.ssn AND a.id < b.id
WHERE a.country IS DISTINCT FROM b.country;

-- rings: walk from account 1 along shared phones or e-mails, three steps at most
WITH RECURSIVE ring(id, depth) AS (
  SELECT 1, 0
  UNION
  SELECT n.id, r.depth + 1
  FROM ring r
  JOIN customers c ON c.id = r.id
  JOIN customers n ON n.id <> c.id AND (n.phone = c.phone OR n.email = c.email)
  WHERE r.depth < 3
)
SELECT id, min(depth) AS depth FROM ring GROUP BY id ORDER BY depth, id;

SELECT c.ssn, count(DISTINCT c.id) AS accounts, count(o.id) AS orders, sum(o.amount_cents) AS cents
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id
GROUP BY c.ssn
HAVING count(DISTINCT c.id) > 1;

WITH shared AS (
  SELECT id, country, created_at,
         count(*) OVER (PARTITION BY phone) AS same_phone,
         count(*) OVER (PARTITION BY ssn) AS same_ssn,
         count(*) OVER (PARTITION BY email) AS same_email
  FROM customers
)
SELECT s.id, s.country, greatest(s.same_phone, s.same_ssn, s.same_email) AS widest
FROM shared s
WHERE s.same_phone > 1 OR s.same_ssn > 1 OR s.same_email > 1
ORDER BY widest DESC, s.id;

SELECT c.email, sum(o.amount_cents) FILTER (WHERE o.status = 'chargeback') AS charged_back
FROM customers c, orders o
WHERE o.customer_id = c.id
GROUP BY c.email
HAVING bool_or(o.status = 'chargeback')
ORDER BY charged_back DESC
LIMIT 100

-- same e-mail, different name
SELECT email, count(DISTINCT name) AS names, count(DISTINCT phone) AS phones, min(created_at) AS first_seen
FROM customers
GROUP BY email
HAVING count(DISTINCT name) > 1;

SELECT DISTINCT ON (email) id, email, country, created_at
FROM customers
WHERE email IS NOT NULL
ORDER BY email, created_at DESC;

SELECT id, phone, created_at,
       created_at - lag(created_at) OVER (PARTITION BY phone ORDER BY created_at) AS since_previous_signup
FROM customers
ORDER BY created_at;

-- distinct people, not accounts, by cohort
SELECT date_trunc('month', created_at) AS cohort,
       count(*) AS accounts,
       count(DISTINCT ssn) AS people,
       count(DISTINCT email) AS emails
FROM customers
GROUP BY 1
ORDER BY 1;

WITH people AS (
  SELECT ssn, min(created_at) AS first_seen, array_agg(id) AS ids
  FROM customers
  GROUP BY ssn
)
SELECT date_trunc('quarter', p.first_seen)::date AS cohort,
       count(*) AS people,
       count(*) FILTER (WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = ANY (p.ids))) AS buyers
FROM people p
GROUP BY 1
ORDER BY 1;

SELECT country,
       count(*) AS n,
       round(avg((email IS NOT NULL)::int), 3) AS email_fill,
       round(avg((phone IS NOT NULL)::int), 3) AS phone_fill,
       round(avg(CASE WHEN ssn IS NULL THEN 0 ELSE 1 END), 3) AS ssn_fill
FROM customers
GROUP BY ROLLUP (country)
ORDER BY country NULLS LAST;

-- top spender per country, with a frame that counts ties
SELECT country, name, cents, place
FROM (
  SELECT c.country, c.name, sum(o.amount_cents) AS cents,
         dense_rank() OVER (PARTITION BY c.country ORDER BY sum(o.amount_cents) DESC) AS place
  FROM customers c JOIN orders o ON o.customer_id = c.id
  GROUP BY c.country, c.id, c.name
) ranked
WHERE place <= 3
ORDER BY country, place;

SELECT n_accounts, count(*) AS people
FROM (SELECT ssn, count(*) AS n_accounts FROM customers WHERE ssn IS NOT NULL GROUP BY ssn) t
GROUP BY n_accounts
ORDER BY n_accounts;

SELECT c.email, o.id, o.amount_cents,
       sum(o.amount_cents) OVER (PARTITION BY c.email ORDER BY o.id ROWS UNBOUNDED PRECEDING) AS running_cents,
       first_value(o.id) OVER (PARTITION BY c.email ORDER BY o.id) AS first_order
FROM customers c
JOIN orders o ON o.customer_id = c.id

SELECT v.channel, count(v.value) AS filled, count(DISTINCT v.value) AS different
FROM customers c
CROSS JOIN LATERAL (VALUES ('email', c.email), ('phone', c.phone)) AS v(channel, value)
GROUP BY v.channel;

-- dbt test: not_null_customers_email
select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) != 0 as should_error
    from (
select email
from "public"."customers"
where email is null
    ) dbt_internal_test

-- dbt test: unique_staging_customers_email
select
    email as unique_field,
    count(*) as n_records
from "public"."staging_customers"
where email is not null
group by email
having count(*) > 1

with child as (
    select email as from_field
    from "public"."staging_customers"
    where email is not null
),
parent as (
    select email as to_field
    from "public"."customers"
)
select count(*) as failures
from child
left join parent on child.from_field = parent.to_field
where parent.to_field is null

-- dbt_utils.unique_combination_of_columns
with validation_errors as (
    select
        name, phone
    from "public"."gold_customers"
    group by name, phone
    having count(*) > 1
)
select *
from validation_errors

with ranked as (
    select
        *,
        row_number() over (partition by email order by created_at desc, id desc) as _rn
    from "public"."staging_customers"
),
deduplicated as (
    select id, name, email, phone, ssn, created_at, country
    from ranked
    where _rn = 1
)
select * from deduplicated

-- dbt audit_helper: compare_queries
with a as (
    select id, name, email, phone, country from "public"."customers"
),
b as (
    select id, name, email, phone, country from "public"."gold_customers"
),
a_except_b as (
    select * from a
    except
    select * from b
),
b_except_a as (
    select * from b
    except
    select * from a
)
select 'a_only' as side, count(*) as n from a_except_b
union all
select 'b_only' as side, count(*) as n from b_except_a

with joined as (
    select s.id,
           s.email is distinct from c.email as email_changed,
           s.phone is distinct from c.phone as phone_changed,
           s.name is distinct from c.name as name_changed
    from "public"."staging_customers" s
    inner join "public"."customers" c using (id)
)
select
    count(*) as compared,
    count(*) filter (where email_changed) as email_changed,
    count(*) filter (where phone_changed) as phone_changed,
    count(*) filter (where name_changed) as name_changed
from joined

SELECT "source"."country" AS "country", COUNT(DISTINCT "source"."email") AS "Distinct values of Email"
FROM (
  SELECT "public"."customers"."id" AS "id", "public"."customers"."email" AS "email", "public"."customers"."country" AS "country"
  FROM "public"."customers"
  WHERE "public"."customers"."created_at" >= timestamp with time zone '2023-01-01 00:00:00.000Z'
) "source"
GROUP BY "source"."country"
ORDER BY "source"."country" ASC

SELECT "c"."name" AS "Customer Name", "c"."email" AS "E-mail", SUM("o"."amount_cents") / 100.0 AS "Total Spend", COUNT("o"."id") AS "Orders"
FROM "public"."customers" AS "c"
LEFT JOIN "public"."orders" AS "o" ON "o"."customer_id" = "c"."id"
GROUP BY "c"."name", "c"."email"
ORDER BY "Total Spend" DESC NULLS LAST
LIMIT 500

SELECT "public"."gold_customers"."id" AS "id", "public"."gold_customers"."name" AS "name", "public"."gold_customers"."email" AS "email", "public"."gold_customers"."phone" AS "phone", "public"."gold_customers"."ssn" AS "ssn", "public"."gold_customers"."created_at" AS "created_at", "public"."gold_customers"."country" AS "country" FROM "public"."gold_customers" LIMIT 1048575

SELECT (CASE WHEN ("t0"."phone" IS NULL) THEN 'Missing' ELSE 'Present' END) AS "Phone Status",
  COUNT(DISTINCT "t0"."id") AS "ctd:id:ok"
FROM (
  SELECT "customers"."id" AS "id", "customers"."phone" AS "phone" FROM "public"."customers" "customers"
  UNION ALL
  SELECT "staging_customers"."id", "staging_customers"."phone" FROM "public"."staging_customers" "staging_customers"
) "t0"
GROUP BY 1

-- quick look at what a customer row looks like
SELECT c.* FROM customers c LIMIT 3;

SELECT count(*) AS total, count(name) AS names, count(email) AS emails, count(phone) AS phones, count(ssn) AS ssns,
       count(DISTINCT name) AS d_names, count(DISTINCT email) AS d_emails, count(DISTINCT phone) AS d_phones, count(DISTINCT ssn) AS d_ssns
FROM customers

-- how much do staging and production overlap, by e-mail?
SELECT count(*) FILTER (WHERE c.id IS NOT NULL AND s.id IS NOT NULL) AS in_both,
       count(*) FILTER (WHERE s.id IS NULL) AS only_customers,
       count(*) FILTER (WHERE c.id IS NULL) AS only_staging
FROM customers c
FULL OUTER JOIN staging_customers s ON s.email = c.email;

EXPLAIN SELECT id, email FROM customers WHERE phone IS NOT NULL

SELECT email FROM staging_customers
INTERSECT
SELECT email FROM gold_customers;

SELECT json_build_object('id', c.id, 'name', c.name, 'email', c.email,
                         'orders', (SELECT json_agg(json_build_object('id', o.id, 'status', o.status) ORDER BY o.id)
                                    FROM orders o WHERE o.customer_id = c.id)) AS doc
FROM customers c
WHERE c.id BETWEEN 1 AND 50;

SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."phone", "customers"."ssn", "customers"."created_at", "customers"."country" FROM "customers" WHERE "customers"."id" = 2 LIMIT 21

SELECT "customers".* FROM "customers" INNER JOIN "orders" ON "orders"."customer_id" = "customers"."id" WHERE "orders"."status" = 'shipped' AND "customers"."country" IN ('DE', 'FR') ORDER BY "customers"."id" ASC LIMIT 25 OFFSET 0

SELECT "Order"."id" AS "Order_id", "Order"."status" AS "Order_status", "Order__Order_customer"."id" AS "Order__Order_customer_id", "Order__Order_customer"."name" AS "Order__Order_customer_name", "Order__Order_customer"."email" AS "Order__Order_customer_email" FROM "orders" "Order" LEFT JOIN "customers" "Order__Order_customer" ON "Order__Order_customer"."id"="Order"."customer_id" WHERE "Order"."id" IN (1, 2, 3, 4)

select c1_0.id,c1_0.country,c1_0.created_at,c1_0.email,c1_0.name,c1_0.phone,o1_0.customer_id,o1_0.id,o1_0.amount_cents,o1_0.status from customers c1_0 left join orders o1_0 on c1_0.id=o1_0.customer_id where c1_0.id in (1,3,5)

SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email
FROM customers
WHERE EXISTS (SELECT 1
FROM orders
WHERE customers.id = orders.customer_id AND orders.amount_cents > 20000) ORDER BY customers.id
 LIMIT 50 OFFSET 0

-- the rows of the staging load that would be new people
SELECT s.id, s.name, s.email, s.country
FROM staging_customers s
WHERE s.ssn NOT IN (SELECT c.ssn FROM customers c WHERE c.ssn IS NOT NULL)
ORDER BY s.id;

--! tool: execute
--! plain

-- ticket 48213: release the held order
UPDATE orders SET status = 'paid' WHERE id = 3;

UPDATE orders
SET status = 'cancelled', note = concat_ws(' | ', note, 'cancelled at the customer''s request, ticket 50991')
WHERE id IN (4, 5) AND status = 'placed'
RETURNING id;

DELETE FROM events WHERE id = 6

DELETE FROM events
WHERE kind = 'heartbeat'
  AND at BETWEEN timestamp '2024-01-01 00:00:00' AND timestamp '2024-01-31 23:59:59';

INSERT INTO events (id, kind, payload, at)
VALUES (9001, 'support_note', '{"order_id": 3, "text": "parcel re-sent; see ticket 48213"}', now())
RETURNING id;

INSERT INTO orders (id, customer_id, amount_cents, status, note) VALUES
  (7001, 1, 2599, 'placed', NULL),
  (7002, 2, 12900, 'placed', 'gift wrap'),
  (7003, 2, 499, 'placed', 'replacement for #7002')
RETURNING id, status;

-- flag the three orders of the review as suspicious
UPDATE orders AS o
SET status = v.new_status
FROM (VALUES (1, 'review'), (2, 'review'), (6, 'chargeback')) AS v(id, new_status)
WHERE o.id = v.id AND o.id IN (1, 2, 6);

UPDATE events
SET payload = jsonb_set(payload::jsonb, '{reviewed}', 'true'::jsonb)::text
WHERE id IN (1, 2, 3);

INSERT INTO events (id, kind, payload, at)
SELECT 20000 + o.id, 'fraud_review', jsonb_build_object('order_id', o.id, 'amount_cents', o.amount_cents)::text, now()
FROM orders o
WHERE o.id IN (1, 2, 6)
ON CONFLICT (id) DO NOTHING;

MERGE INTO orders AS t
USING (VALUES (1, 'shipped'), (2, 'shipped'), (8, 'cancelled')) AS s(id, status)
ON t.id = s.id
WHEN MATCHED AND t.status <> s.status THEN
  UPDATE SET status = s.status;

MERGE INTO events e
USING (SELECT 9100 AS id, 'model_run' AS kind, '{"model": "churn", "auc": 0.81}' AS payload) s
ON e.id = s.id
WHEN MATCHED THEN UPDATE SET payload = s.payload
WHEN NOT MATCHED THEN INSERT (id, kind, payload, at) VALUES (s.id, s.kind, s.payload, timestamp '2024-11-30 12:00:00');

INSERT INTO orders (id, customer_id, amount_cents, status)
VALUES (3, 1, 4200, 'paid')
ON CONFLICT (id) DO UPDATE
SET amount_cents = EXCLUDED.amount_cents, status = EXCLUDED.status
WHERE orders.status <> EXCLUDED.status
RETURNING id;

-- backfill one marker event per day of one week
INSERT INTO events (id, kind, payload, at)
SELECT 30000 + row_number() OVER (ORDER BY d), 'day_marker', '{}', d
FROM generate_series(timestamp '2024-05-06', timestamp '2024-05-12', interval '1 day') AS g(d);

UPDATE "orders" SET "status" = 'refunded', "note" = NULL WHERE "orders"."id" = 2

UPDATE customers SET country = 'GB' WHERE id = 5 AND country = 'UK' RETURNING customers.id

DELETE FROM "orders" WHERE "orders"."id" IN (7001, 7002, 7003)

WITH stale AS (
  SELECT o.id FROM orders o WHERE o.id BETWEEN 1 AND 100 AND o.status = 'placed'
)
UPDATE orders
SET status = 'expired'
FROM stale
WHERE orders.id = stale.id AND orders.id BETWEEN 1 AND 100
RETURNING orders.id;

--! masked

INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country)
VALUES (501, 'Test Person', 'test.person@example.com', '+1-555-0100', '900-00-0001', '2024-04-01 09:00:00', 'US'),
       (502, 'Zoë O''Hara', 'zoe@example.org', NULL, NULL, current_timestamp, 'IE')
ON CONFLICT (id) DO NOTHING
RETURNING id;

UPDATE staging_customers
SET email = 'fixed.address@example.com', phone = '+49 30 5550101'
WHERE id = 2;

INSERT INTO "staging_customers" ("id", "name", "email", "phone", "ssn", "created_at", "country") VALUES (503, 'Sample Kunde', 'sample@example.net', NULL, NULL, '2024-06-01T08:30:00'::timestamp, 'DE') RETURNING "staging_customers"."id"

-- erasure request 2024-117: blank the person, keep the orders
UPDATE customers
SET name = NULL, email = NULL, phone = NULL, ssn = NULL
WHERE id = 6
RETURNING id;

-- second copies in the staging load, ids 1 to 1000 only
DELETE FROM staging_customers s
USING staging_customers keep
WHERE s.email = keep.email
  AND s.id > keep.id
  AND s.id BETWEEN 1 AND 1000;

DELETE FROM staging_customers WHERE id BETWEEN 500 AND 599 AND email IS NULL RETURNING id;

UPDATE customers SET country = 'unknown' WHERE country = 'ZZ' AND phone IS NULL

-- promote two checked rows of the load
INSERT INTO customers (id, name, email, phone, ssn, created_at, country)
SELECT s.id, s.name, s.email, s.phone, s.ssn, s.created_at, s.country
FROM staging_customers s
WHERE s.id IN (101, 102)
ON CONFLICT (id) DO NOTHING
RETURNING id;
