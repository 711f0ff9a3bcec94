-- What a retail analyst and BI tools send; written by somebody who saw neither the screen nor these lists.

--! dialect: sqlite
--! tool: query
--! plain

SELECT status, COUNT(*) AS n FROM orders GROUP BY status ORDER BY n DESC

select date(created_at) as day, count(*) as orders, sum(amount_cents) / 100.0 as revenue
from orders
where created_at >= date('now', '-30 days')
group by 1
order by 1

SELECT COUNT(*) FROM orders

SELECT * FROM orders LIMIT 100

SELECT "orders"."status" AS "status", SUM("orders"."amount_cents") AS "sum" FROM "orders" GROUP BY "orders"."status" ORDER BY "orders"."status" ASC

-- Metabase:: userID: 4 queryType: MBQL queryHash: 7b1f04ac5be3f1a0c17c7f1a0b5ddc2a
SELECT DATE("orders"."created_at", 'start of month') AS "created_at", COUNT(*) AS "count" FROM "orders" WHERE "orders"."status" = 'paid' GROUP BY DATE("orders"."created_at", 'start of month') ORDER BY DATE("orders"."created_at", 'start of month') ASC LIMIT 2000

SELECT DATETIME(created_at, 'start of month') AS __timestamp,
       status AS status,
       SUM(amount_cents) AS "SUM(amount_cents)"
FROM main.orders
WHERE created_at >= '2024-01-01 00:00:00.000000'
  AND created_at < '2025-01-01 00:00:00.000000'
GROUP BY status,
         DATETIME(created_at, 'start of month')
ORDER BY "SUM(amount_cents)" DESC
LIMIT 10000

SELECT DATETIME(at, printf('-%d day', (strftime('%w', at) + 6) % 7), 'start of day') AS __timestamp, COUNT(*) AS count FROM events WHERE kind IN ('view', 'buy') GROUP BY 1 ORDER BY count DESC LIMIT 50000

SELECT orders.id, orders.customer_id, orders.amount_cents, orders.status, orders.note, orders.created_at 
FROM orders

SELECT orders.id AS orders_id, orders.amount_cents AS orders_amount_cents, orders.status AS orders_status
FROM orders
WHERE orders.status IN ('open', 'paid') ORDER BY orders.created_at DESC
 LIMIT 50 OFFSET 100

SELECT "orders"."id", "orders"."customer_id", "orders"."amount_cents", "orders"."status", "orders"."note", "orders"."created_at" FROM "orders" WHERE ("orders"."amount_cents" >= 10000 AND NOT ("orders"."status" = 'lost')) ORDER BY "orders"."created_at" DESC LIMIT 21

SELECT COUNT(*) AS "__count" FROM "orders" WHERE "orders"."status" = 'returned'

/* {"app": "dbt", "dbt_version": "1.7.4", "profile_name": "retail", "target_name": "dev", "node_id": "model.retail.stg_orders"} */
with source as (
    select * from orders
),
renamed as (
    select
        id as order_id,
        customer_id,
        amount_cents,
        round(amount_cents / 100.0, 2) as amount,
        status as order_status,
        created_at as ordered_at
    from source
)
select * from renamed

/* {"app": "dbt", "dbt_version": "1.7.4", "profile_name": "retail", "target_name": "dev", "node_id": "test.retail.not_null_orders_customer_id"} */
select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) != 0 as should_error
    from (
select customer_id
from orders
where customer_id is null
    ) dbt_internal_test

select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) != 0 as should_error
    from (
with all_values as (
    select
        status as value_field,
        count(*) as n_records
    from orders
    group by status
)
select *
from all_values
where value_field not in ('open','paid','shipped','returned','lost')
    ) dbt_internal_test

select
    id as unique_field,
    count(*) as n_records
from gold_orders
where id is not null
group by id
having count(*) > 1

-- average basket by month, paid + shipped only
SELECT strftime('%Y-%m', created_at) AS month,
       ROUND(AVG(amount_cents) / 100.0, 2) AS avg_basket,
       COUNT(*) AS baskets
FROM orders
WHERE status IN ('paid', 'shipped')
GROUP BY month
ORDER BY month

SELECT strftime('%w', created_at) AS dow, strftime('%H', created_at) AS hour, COUNT(*) AS orders
FROM orders
GROUP BY dow, hour
ORDER BY dow, hour

WITH monthly AS (
  SELECT strftime('%Y-%m', created_at) AS month, SUM(amount_cents) AS cents
  FROM orders
  WHERE status <> 'lost'
  GROUP BY 1
)
SELECT month,
       cents / 100.0 AS revenue,
       LAG(cents) OVER (ORDER BY month) / 100.0 AS prev_revenue,
       ROUND(100.0 * (cents - LAG(cents) OVER (ORDER BY month)) / NULLIF(LAG(cents) OVER (ORDER BY month), 0), 1) AS mom_pct
FROM monthly
ORDER BY month

SELECT customer_id, COUNT(*) AS order_count, SUM(amount_cents) AS total_cents,
       MIN(created_at) AS first_order, MAX(created_at) AS last_order
FROM orders
GROUP BY customer_id
HAVING COUNT(*) >= 3
ORDER BY total_cents DESC
LIMIT 25

select customer_id,
       cast(julianday('now') - julianday(max(created_at)) as integer) as recency_days,
       count(*) as frequency,
       sum(amount_cents) / 100.0 as monetary
from orders
where status in ('paid','shipped')
group by customer_id

with rfm as (
    select customer_id,
           max(created_at) as last_order,
           count(*) as freq,
           sum(amount_cents) as spend
    from orders
    where status not in ('returned', 'lost')
    group by customer_id
)
select customer_id,
       ntile(5) over (order by last_order) as r,
       ntile(5) over (order by freq) as f,
       ntile(5) over (order by spend) as m
from rfm
order by r desc, f desc, m desc

SELECT id, customer_id, amount_cents,
       ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created_at) AS nth_order
FROM orders

SELECT * FROM (
  SELECT o.*, ROW_NUMBER() OVER (PARTITION BY o.customer_id ORDER BY o.created_at DESC, o.id DESC) AS rn
  FROM orders o
) t
WHERE t.rn = 1

SELECT day, revenue,
       AVG(revenue) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS revenue_7d
FROM (
  SELECT date(created_at) AS day, SUM(amount_cents) / 100.0 AS revenue
  FROM orders
  GROUP BY date(created_at)
)
ORDER BY day

-- daily spine so that days without orders show as 0
WITH RECURSIVE days(d) AS (
  SELECT date('2024-01-01')
  UNION ALL
  SELECT date(d, '+1 day') FROM days WHERE d < '2024-03-31'
)
SELECT days.d AS day, COUNT(o.id) AS orders, COALESCE(SUM(o.amount_cents), 0) AS cents
FROM days
LEFT JOIN orders o ON date(o.created_at) = days.d
GROUP BY days.d
ORDER BY days.d

SELECT CASE
         WHEN amount_cents < 1000 THEN '< 10'
         WHEN amount_cents < 5000 THEN '10-50'
         WHEN amount_cents < 20000 THEN '50-200'
         ELSE '200+'
       END AS basket_band,
       COUNT(*) AS n,
       ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS pct
FROM orders
GROUP BY basket_band
ORDER BY MIN(amount_cents)

SELECT
  COUNT(*) AS total,
  COUNT(*) FILTER (WHERE status = 'returned') AS returned,
  COUNT(*) FILTER (WHERE status = 'lost') AS lost,
  ROUND(100.0 * COUNT(*) FILTER (WHERE status = 'returned') / COUNT(*), 2) AS return_rate
FROM orders
WHERE created_at >= '2024-01-01'

select strftime('%Y-%m', created_at) as month,
       sum(case when status = 'open' then 1 else 0 end) as open,
       sum(case when status = 'paid' then 1 else 0 end) as paid,
       sum(case when status = 'shipped' then 1 else 0 end) as shipped,
       sum(case when status = 'returned' then 1 else 0 end) as returned,
       sum(case when status = 'lost' then 1 else 0 end) as lost
from orders
group by month

SELECT DISTINCT status FROM orders

SELECT DISTINCT kind FROM events ORDER BY kind

SELECT MIN(created_at), MAX(created_at), COUNT(*) FROM gold_orders

SELECT kind, COUNT(*) AS n, MIN(at) AS first_seen, MAX(at) AS last_seen FROM events GROUP BY kind

SELECT json_extract(payload, '$.path') AS path, COUNT(*) AS views
FROM events
WHERE kind = 'view' AND json_valid(payload)
GROUP BY path
ORDER BY views DESC
LIMIT 20

SELECT id, at, payload ->> '$.customer' AS customer_id, payload ->> '$.path' AS path
FROM events
WHERE kind = 'view'
  AND json_valid(payload)
  AND at >= datetime('now', '-7 days')
ORDER BY at DESC

-- how many payloads are not JSON?
SELECT kind, SUM(NOT json_valid(payload)) AS bad, COUNT(*) AS total
FROM events
GROUP BY kind
HAVING bad > 0

SELECT j.key, j.type, COUNT(*) AS n
FROM events e, json_each(e.payload) j
WHERE json_valid(e.payload)
GROUP BY j.key, j.type
ORDER BY n DESC

-- view -> buy funnel per customer
WITH ev AS (
  SELECT CAST(json_extract(payload, '$.customer') AS INTEGER) AS customer_id, kind, at
  FROM events
  WHERE json_valid(payload)
),
funnel AS (
  SELECT customer_id,
         MIN(CASE WHEN kind = 'login' THEN at END) AS first_login,
         MIN(CASE WHEN kind = 'view' THEN at END) AS first_view,
         MIN(CASE WHEN kind = 'buy' THEN at END) AS first_buy
  FROM ev
  GROUP BY customer_id
)
SELECT COUNT(*) AS customers,
       COUNT(first_login) AS logged_in,
       COUNT(first_view) AS viewed,
       COUNT(first_buy) AS bought,
       ROUND(1.0 * COUNT(first_buy) / NULLIF(COUNT(first_view), 0), 3) AS view_to_buy
FROM funnel

WITH e AS (
  SELECT id, at, json_extract(payload, '$.customer') AS cust,
         LAG(at) OVER (PARTITION BY json_extract(payload, '$.customer') ORDER BY at) AS prev_at
  FROM events
  WHERE json_valid(payload)
),
s AS (
  SELECT *, SUM(CASE WHEN prev_at IS NULL OR (julianday(at) - julianday(prev_at)) * 24 * 60 > 30 THEN 1 ELSE 0 END)
            OVER (PARTITION BY cust ORDER BY at) AS session_no
  FROM e
)
SELECT cust, session_no, MIN(at) AS started, MAX(at) AS ended, COUNT(*) AS hits
FROM s
GROUP BY cust, session_no
ORDER BY hits DESC
LIMIT 100

select date(at) as day, count(distinct json_extract(payload, '$.customer')) as dau
from events
where json_valid(payload)
group by day
order by day desc

SELECT o.id, o.status, g.status AS gold_status
FROM orders o
JOIN gold_orders g ON g.id = o.id
WHERE o.status IS NOT g.status

SELECT o.id
FROM orders AS o
LEFT JOIN gold_orders AS g ON g.id = o.id
WHERE g.id IS NULL AND o.created_at < date('now', '-1 day')

SELECT 'orders' AS tbl, COUNT(*) AS n, SUM(amount_cents) AS cents FROM orders
UNION ALL
SELECT 'gold_orders', COUNT(*), SUM(amount_cents) FROM gold_orders

select id, customer_id, amount_cents, status from orders
except
select id, customer_id, amount_cents, status from gold_orders

SELECT id, note FROM orders WHERE note LIKE '%gift%' ORDER BY created_at DESC LIMIT 50

SELECT id, TRIM(LOWER(note)) AS note, LENGTH(note) AS len FROM orders WHERE note IS NOT NULL AND note <> '' ORDER BY len DESC

SELECT id, substr(note, 1, 40) || '...' AS preview
FROM orders
WHERE length(note) > 40

SELECT INSTR(note, 'refund') > 0 AS mentions_refund, COUNT(*) FROM orders WHERE note IS NOT NULL GROUP BY 1

SELECT id, customer_id, amount_cents FROM orders WHERE customer_id IN (3, 17, 42, 58) AND status = 'open'

SELECT o.id, o.amount_cents
FROM orders o
WHERE o.amount_cents > (SELECT AVG(amount_cents) * 3 FROM orders)
ORDER BY o.amount_cents DESC

SELECT customer_id FROM orders o
WHERE status = 'paid'
  AND NOT EXISTS (SELECT 1 FROM orders r WHERE r.customer_id = o.customer_id AND r.status = 'returned')
GROUP BY customer_id

-- paid orders sitting > 3 days without being shipped
SELECT id, customer_id, created_at,
       CAST(julianday('now') - julianday(created_at) AS INT) AS age_days
FROM orders
WHERE status = 'paid'
  AND created_at <= datetime('now', '-3 days')
ORDER BY created_at

SELECT a.id AS order_a, b.id AS order_b, a.customer_id, a.amount_cents
FROM orders a
JOIN orders b
  ON b.customer_id = a.customer_id
 AND b.amount_cents = a.amount_cents
 AND b.id > a.id
 AND ABS(strftime('%s', b.created_at) - strftime('%s', a.created_at)) < 300

WITH ranked AS (
  SELECT amount_cents,
         ROW_NUMBER() OVER (ORDER BY amount_cents) AS rn,
         COUNT(*) OVER () AS n
  FROM orders
)
SELECT AVG(amount_cents) / 100.0 AS median_basket
FROM ranked
WHERE rn IN ((n + 1) / 2, (n + 2) / 2)

WITH per_customer AS (
  SELECT customer_id, SUM(amount_cents) AS cents FROM orders WHERE status IN ('paid', 'shipped') GROUP BY customer_id
)
SELECT customer_id, cents,
       SUM(cents) OVER (ORDER BY cents DESC, customer_id) * 1.0 / SUM(cents) OVER () AS cum_share
FROM per_customer
ORDER BY cents DESC

-- cohort retention: months since first order
WITH firsts AS (
  SELECT customer_id, MIN(strftime('%Y-%m', created_at)) AS cohort FROM orders GROUP BY customer_id
)
SELECT f.cohort,
       (strftime('%Y', o.created_at) - substr(f.cohort, 1, 4)) * 12 + strftime('%m', o.created_at) - substr(f.cohort, 6, 2) AS month_no,
       COUNT(DISTINCT o.customer_id) AS active
FROM firsts f
JOIN orders o USING (customer_id)
GROUP BY 1, 2
ORDER BY 1, 2

SELECT customer_id, json_group_array(json_object('id', id, 'cents', amount_cents, 'status', status)) AS orders_json
FROM orders
GROUP BY customer_id
LIMIT 10

SELECT customer_id, GROUP_CONCAT(DISTINCT status) AS statuses FROM orders GROUP BY customer_id

EXPLAIN QUERY PLAN SELECT * FROM orders WHERE customer_id = 17 AND status = 'open'

explain query plan
select o.customer_id, count(e.id)
from orders o
left join events e on json_valid(e.payload) and json_extract(e.payload, '$.customer') = o.customer_id
group by o.customer_id

SELECT 1

SELECT date('now') AS today, datetime('now', 'localtime') AS local_now

SELECT COUNT(*) AS row_count, COUNT(note) AS note_nn, COUNT(DISTINCT status) AS status_distinct,
  AVG(amount_cents) AS mean, MIN(amount_cents) AS min, MAX(amount_cents) AS max
FROM orders

SELECT IIF(amount_cents >= 10000, 'free shipping', 'standard') AS shipping, COUNT(*) AS n, TOTAL(amount_cents) / 100 AS revenue
FROM gold_orders
WHERE created_at BETWEEN '2024-11-25' AND '2024-12-02'
GROUP BY shipping

SELECT q.yr, q.qtr, SUM(q.amount_cents) / 100.0 AS revenue
FROM (SELECT amount_cents, strftime('%Y', created_at) AS yr, (CAST(strftime('%m', created_at) AS INTEGER) + 2) / 3 AS qtr FROM gold_orders) AS q
GROUP BY q.yr, q.qtr
ORDER BY q.yr, q.qtr

--! masked

SELECT * FROM customers LIMIT 10

SELECT country, COUNT(*) AS customers FROM customers GROUP BY country ORDER BY customers DESC

SELECT customers.id, customers.name, customers.email, customers.phone, customers.ssn, customers.created_at, customers.country 
FROM customers

SELECT COUNT(*) FROM gold_customers WHERE created_at >= '2024-01-01'

SELECT c.id, c.name, c.email, SUM(o.amount_cents) / 100.0 AS lifetime_value
FROM customers c
JOIN orders o ON o.customer_id = c.id
WHERE o.status IN ('paid', 'shipped')
GROUP BY c.id, c.name, c.email
ORDER BY lifetime_value DESC
LIMIT 20

-- duplicate accounts by email
SELECT email, COUNT(*) AS n, MIN(id) AS keep_id
FROM customers
WHERE email IS NOT NULL
GROUP BY email
HAVING COUNT(*) > 1
ORDER BY n DESC

SELECT COUNT(*) AS rows, COUNT(DISTINCT email) AS emails, COUNT(DISTINCT phone) AS phones, COUNT(DISTINCT ssn) AS ssns FROM customers

select
    email as unique_field,
    count(*) as n_records
from gold_customers
where email is not null
group by email
having count(*) > 1

/* {"app": "dbt", "dbt_version": "1.7.4", "profile_name": "retail", "target_name": "dev", "node_id": "model.retail.stg_customers"} */
with source as (
    select * from customers
),
renamed as (
    select
        id as customer_id,
        name as customer_name,
        email,
        phone,
        country as country_code,
        date(created_at) as signup_date
    from source
)
select * from renamed

with child as (
    select customer_id as from_field
    from orders
    where customer_id is not null
),
parent as (
    select id as to_field
    from customers
)
select from_field
from child
left join parent on child.from_field = parent.to_field
where parent.to_field is null

SELECT s.id, s.email, s.country
FROM staging_customers s
LEFT JOIN gold_customers g ON g.email = s.email
WHERE g.id IS NULL

SELECT c.id, c.email AS old_email, s.email AS new_email
FROM customers c
JOIN staging_customers s ON s.id = c.id
WHERE c.email <> s.email

SELECT "customers"."country" AS "country", COUNT(DISTINCT "orders"."customer_id") AS "buyers" FROM "orders" LEFT JOIN "customers" ON "orders"."customer_id" = "customers"."id" GROUP BY "customers"."country" ORDER BY "buyers" DESC

-- Metabase:: userID: 2 queryType: MBQL queryHash: 02d11c5e1aa7f9aa63de0f1c79c0f77c
SELECT "customers"."id" AS "id", "customers"."name" AS "name", "customers"."email" AS "email", "customers"."phone" AS "phone", "customers"."ssn" AS "ssn", "customers"."created_at" AS "created_at", "customers"."country" AS "country" FROM "customers" LIMIT 2000

SELECT strftime('%Y-%m', created_at) AS month, country, COUNT(*) AS signups
FROM customers
WHERE country IN ('DE', 'FR', 'NL')
GROUP BY month, country
ORDER BY month, country

SELECT c.id, c.name
FROM customers c
WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)
ORDER BY c.created_at DESC

SELECT c.country,
       COUNT(o.id) AS orders,
       SUM(o.amount_cents) / 100.0 AS revenue,
       ROUND(SUM(o.amount_cents) / 100.0 / COUNT(DISTINCT c.id), 2) AS revenue_per_customer
FROM customers AS c
LEFT JOIN orders AS o ON o.customer_id = c.id AND o.status NOT IN ('lost', 'returned')
GROUP BY c.country

select id, name, email from customers where id = 42

SELECT country,
       SUM(phone IS NULL) AS no_phone,
       SUM(email IS NULL) AS no_email,
       ROUND(100.0 * SUM(phone IS NULL) / COUNT(*), 1) AS pct_no_phone
FROM customers
GROUP BY country

WITH last_order AS (
  SELECT customer_id, MAX(created_at) AS last_at FROM orders GROUP BY customer_id
)
SELECT c.id, c.name, c.email, l.last_at,
       CASE WHEN l.last_at < date('now', '-180 days') THEN 'churned'
            WHEN l.last_at < date('now', '-90 days') THEN 'at risk'
            ELSE 'active' END AS segment
FROM customers c
JOIN last_order l ON l.customer_id = c.id

SELECT o.id AS order_id, o.created_at, o.amount_cents, c.name AS customer, c.country
FROM orders o
INNER JOIN customers c ON c.id = o.customer_id
WHERE o.status = 'open'
ORDER BY o.created_at
LIMIT 200

SELECT country, name, cents FROM (
  SELECT c.country, c.name, SUM(o.amount_cents) AS cents,
         RANK() OVER (PARTITION BY c.country ORDER BY SUM(o.amount_cents) DESC) AS rnk
  FROM customers c JOIN orders o ON o.customer_id = c.id
  GROUP BY c.id, c.country, c.name
) WHERE rnk <= 3
ORDER BY country, rnk

SELECT e.kind, e.at, c.name, json_extract(e.payload, '$.path') AS path
FROM events e
JOIN customers c ON c.id = json_extract(e.payload, '$.customer')
WHERE json_valid(e.payload) AND e.at >= date('now', '-1 day')
ORDER BY e.at DESC
LIMIT 100

SELECT ssn, COUNT(DISTINCT id) AS accounts, COUNT(DISTINCT country) AS countries FROM customers GROUP BY ssn HAVING accounts > 1

SELECT a.id, b.id, a.country, b.country
FROM customers a
JOIN customers b ON a.phone = b.phone AND a.id < b.id

SELECT id, email, phone FROM staging_customers WHERE created_at >= '2024-06-01'
EXCEPT
SELECT id, email, phone FROM gold_customers

SELECT 'customers' AS source, COUNT(*) AS n FROM customers UNION ALL SELECT 'staging_customers', COUNT(*) FROM staging_customers UNION ALL SELECT 'gold_customers', COUNT(*) FROM gold_customers

SELECT id, country, UPPER(TRIM(country)) AS country_clean FROM staging_customers WHERE country <> UPPER(TRIM(country))

SELECT * FROM (SELECT s.*, ROW_NUMBER() OVER (PARTITION BY s.email ORDER BY s.created_at DESC) AS rn FROM staging_customers s) WHERE rn = 1

SELECT c.id, c.name, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS n_orders,
       (SELECT MAX(created_at) FROM orders o WHERE o.customer_id = c.id) AS last_order
FROM gold_customers c
WHERE c.country = 'GB'
LIMIT 50

SELECT country, COUNT(*) FILTER (WHERE created_at >= date('now', 'start of year')) AS new_this_year, COUNT(*) AS total FROM gold_customers GROUP BY country HAVING COUNT(*) > 5

SELECT c.id, c.name, json_group_array(o.id) AS order_ids
FROM customers c
JOIN orders o ON o.customer_id = c.id
WHERE o.status = 'returned'
GROUP BY c.id, c.name
HAVING COUNT(*) >= 2

EXPLAIN QUERY PLAN SELECT c.name, o.amount_cents FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.country = 'US'

SELECT customer_gold.country AS country, count(customer_gold.id) AS count_1
FROM gold_customers AS customer_gold
WHERE customer_gold.email IS NOT NULL GROUP BY customer_gold.country

-- order list for CS, guest checkouts have no customer row
SELECT o.id, COALESCE(c.name, 'guest') AS customer, o.status, printf('%.2f', o.amount_cents / 100.0) AS amount
FROM orders o
LEFT JOIN customers c ON c.id = o.customer_id
WHERE date(o.created_at) = date('now', '-1 day')

--! tool: execute
--! plain

INSERT INTO orders (customer_id, amount_cents, status, note, created_at) VALUES (12, 4599, 'open', 'phone order', '2024-11-03 10:22:00')

INSERT INTO events (kind, payload, at) VALUES ('login', '{"customer": 3}', '2024-11-03T08:00:00'), ('view', '{"customer": 3, "path": "/sale"}', '2024-11-03T08:01:12'), ('buy', '{"customer": 3, "path": "/checkout"}', '2024-11-03T08:09:40')

INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country)
VALUES (90001, 'Marta Kowalska', 'marta.k@example.com', '+48 555 010 101', NULL, '2024-11-03 09:00:00', 'PL')

INSERT INTO staging_customers (id, name, email, country, created_at)
VALUES (90002, 'Jonas Weber', 'jonas@example.org', 'DE', CURRENT_TIMESTAMP)
ON CONFLICT(id) DO UPDATE SET
  name = excluded.name,
  email = excluded.email,
  country = excluded.country

INSERT OR IGNORE INTO staging_customers (id, name, email, phone, created_at, country) VALUES (90003, 'Li Na', 'li.na@example.net', '555-0103', '2024-10-30', 'SG'), (90004, 'Omar Haddad', 'omar@example.net', '555-0104', '2024-10-30', 'AE')

INSERT INTO orders (customer_id, amount_cents, status, created_at) VALUES (7, 12900, 'paid', datetime('now')) RETURNING id

UPDATE orders SET status = 'shipped' WHERE id = 1042

UPDATE orders SET status = 'shipped', note = COALESCE(note || '; ', '') || 'batch 2024-11-03' WHERE status = 'paid' AND id IN (88, 91, 97, 104)

update orders
set status = 'lost'
where status = 'shipped'
  and created_at < '2023-06-01'

UPDATE orders SET note = NULL WHERE note = '' AND status = 'open'

UPDATE orders SET note = trim(note) WHERE id BETWEEN 5000 AND 5999 AND note <> trim(note)

UPDATE orders SET amount_cents = CAST(ROUND(amount_cents * 0.9) AS INTEGER), note = 'loyalty 10%' WHERE id = 311 AND status = 'open' RETURNING id, amount_cents

UPDATE staging_customers SET country = 'GB' WHERE country = 'UK'

UPDATE staging_customers SET country = UPPER(TRIM(country)) WHERE created_at >= '2024-10-01' AND country IS NOT NULL

UPDATE "staging_customers" SET "email" = 'm.kowalska@example.com', "phone" = '+48 555 010 199' WHERE "staging_customers"."id" = 90001

UPDATE orders
SET status = g.status
FROM gold_orders AS g
WHERE g.id = orders.id
  AND g.status = 'returned'
  AND orders.status = 'shipped'

UPDATE orders SET note = 'EU VAT check'
WHERE status = 'open'
  AND customer_id IN (SELECT id FROM customers WHERE country = 'IE')

UPDATE events SET payload = json_set(payload, '$.path', '/home') WHERE kind = 'view' AND json_valid(payload) AND json_extract(payload, '$.path') = '/index.html'

UPDATE events SET kind = 'buy' WHERE kind = 'purchase'

DELETE FROM events WHERE id = 778

DELETE FROM events WHERE kind = 'view' AND at < '2022-01-01'

delete from staging_customers where id in (90003, 90004)

DELETE FROM orders WHERE status = 'open' AND note = 'TEST ORDER' AND created_at < '2024-01-01' RETURNING id, amount_cents

-- dedupe double-fired buy events from the 3 Nov incident
DELETE FROM events
WHERE kind = 'buy'
  AND at >= '2024-11-03' AND at < '2024-11-04'
  AND id NOT IN (SELECT MIN(id) FROM events WHERE kind = 'buy' AND at >= '2024-11-03' AND at < '2024-11-04' GROUP BY payload, at)

INSERT INTO events (kind, payload, at)
SELECT 'shipped', json_object('customer', customer_id, 'order', id), datetime('now')
FROM orders
WHERE status = 'shipped' AND date(created_at) = '2024-11-03'

INSERT INTO orders (customer_id, amount_cents, status, note, created_at)
SELECT customer_id, amount_cents, 'open', 'replacement for #' || id, datetime('now')
FROM orders
WHERE status = 'lost' AND created_at >= '2024-10-01'

INSERT INTO orders (id, customer_id, amount_cents, status, note, created_at)
SELECT id, customer_id, amount_cents, status, note, created_at FROM gold_orders WHERE created_at >= '2024-11-01'
ON CONFLICT (id) DO UPDATE SET status = excluded.status, amount_cents = excluded.amount_cents

REPLACE INTO orders (id, customer_id, amount_cents, status, note, created_at) VALUES (20001, 55, 2599, 'paid', NULL, '2024-11-02 17:45:10')

WITH stale AS (
  SELECT id FROM orders WHERE status = 'open' AND created_at < '2023-01-01'
)
DELETE FROM orders WHERE id IN (SELECT id FROM stale) AND status = 'open'

INSERT INTO events (kind, payload, at) VALUES ('job', json_object('name', 'orders_sync', 'rows', 1520, 'ok', json('true')), strftime('%Y-%m-%dT%H:%M:%S', 'now'))
