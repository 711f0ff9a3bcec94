--! dialect: sqlite
--! tool: query
--! plain

-- ticket 60417, "where is my parcel"
SELECT o.id, o.status, printf('%.2f', o.amount_cents / 100.0) AS amount, o.note
FROM orders o
WHERE o.id = 2;

SELECT id, kind, at, json_extract(payload, '$.order_id') AS order_id
FROM events
WHERE json_extract(payload, '$.order_id') = 3
ORDER BY at;

SELECT o.id, o.customer_id, c.country, julianday('now') - julianday(c.created_at) AS days_since_signup
FROM orders AS o
INNER JOIN customers AS c ON c.id = o.customer_id
WHERE o.status = 'placed'
ORDER BY days_since_signup DESC
LIMIT 25

SELECT id, note FROM orders WHERE note LIKE '%can''t%' OR note LIKE '%/* urgent */%' OR note GLOB '*50[%] off*'

-- what happened in the last week?
SELECT date(at) AS day, kind, count(*) AS n
FROM events
WHERE at >= datetime('now', '-7 days')
GROUP BY day, kind
ORDER BY day DESC, n DESC;

SELECT status, COUNT(*) AS n, SUM(amount_cents) / 100.0 AS total, ROUND(AVG(amount_cents), 1) AS mean_cents
FROM orders
GROUP BY status
HAVING n > 0
ORDER BY n DESC;

SELECT id, IFNULL(note, '-') AS note, IIF(amount_cents >= 10000, 'large', 'normal') AS size
FROM orders
WHERE customer_id = 1;

-- chargeback share per account
SELECT customer_id,
       COUNT(*) FILTER (WHERE status = 'chargeback') AS chargebacks,
       COUNT(*) AS orders,
       ROUND(100.0 * SUM(status = 'chargeback') / COUNT(*), 1) AS pct
FROM orders
GROUP BY customer_id
HAVING chargebacks > 0
ORDER BY pct DESC;

WITH gaps AS (
  SELECT id, kind, at,
         (julianday(at) - julianday(LAG(at) OVER (PARTITION BY kind ORDER BY at))) * 24 * 60 AS minutes
  FROM events
)
SELECT id, kind, at, ROUND(minutes, 1) AS minutes
FROM gaps
WHERE minutes IS NOT NULL AND minutes < 10
ORDER BY at;

-- an order more than three times the mean of the account's earlier ones
SELECT o.id, o.customer_id, o.amount_cents,
       (SELECT AVG(p.amount_cents) FROM orders p WHERE p.customer_id = o.customer_id AND p.id < o.id) AS earlier_mean
FROM orders o
WHERE o.amount_cents > 3 * (SELECT AVG(p.amount_cents) FROM orders p WHERE p.customer_id = o.customer_id AND p.id < o.id);

SELECT CAST(SUBSTR(CAST(amount_cents AS TEXT), 1, 1) AS INTEGER) AS digit, COUNT(*) AS n,
       ROUND(1.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 4) AS share
FROM orders
WHERE amount_cents > 0
GROUP BY digit
ORDER BY digit

SELECT a.customer_id, a.id AS first_id, b.id AS second_id, a.amount_cents
FROM orders a
JOIN orders b ON b.customer_id = a.customer_id AND b.amount_cents = a.amount_cents AND b.id > a.id
WHERE a.status IN ('paid', 'placed');

SELECT strftime('%H', at) AS hour, COUNT(*) AS n
FROM events
WHERE kind = 'login' AND CAST(strftime('%H', at) AS INTEGER) BETWEEN 0 AND 5
GROUP BY hour;

SELECT c.country, COUNT(DISTINCT o.customer_id) AS accounts, COUNT(*) AS orders
FROM orders o
JOIN customers c ON c.id = o.customer_id
WHERE EXISTS (
  SELECT 1 FROM events e
  WHERE e.kind = 'payment_declined'
    AND CAST(e.payload ->> '$.order_id' AS INTEGER) = o.id
)
GROUP BY c.country;

-- signup cohorts
SELECT strftime('%Y-%m', created_at) AS cohort, COUNT(*) AS signups
FROM customers
GROUP BY 1
ORDER BY 1;

WITH RECURSIVE months(m) AS (
  VALUES ('2024-01-01')
  UNION ALL
  SELECT date(m, '+1 month') FROM months WHERE m < '2024-12-01'
)
SELECT strftime('%Y-%m', m) AS month,
       COUNT(c.id) AS signups,
       SUM(COUNT(c.id)) OVER (ORDER BY m ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running
FROM months
LEFT JOIN customers c ON date(c.created_at) >= m AND date(c.created_at) < date(m, '+1 month')
GROUP BY m
ORDER BY m;

-- funnel by the customer id of the payload
WITH steps AS (
  SELECT payload ->> '$.customer_id' AS cid,
         MIN(CASE WHEN kind = 'view' THEN at END) AS viewed_at,
         MIN(CASE WHEN kind = 'cart' THEN at END) AS carted_at,
         MIN(CASE WHEN kind = 'checkout' THEN at END) AS checkout_at
  FROM events
  WHERE json_type(payload, '$.customer_id') IS NOT NULL
  GROUP BY cid
)
SELECT COUNT(viewed_at) AS viewed,
       SUM(carted_at >= viewed_at) AS carted,
       SUM(checkout_at >= carted_at) AS checked_out,
       ROUND(AVG(julianday(checkout_at) - julianday(viewed_at)) * 24, 2) AS hours_to_checkout
FROM steps;

WITH e AS (
  SELECT id, at, payload ->> 'customer_id' AS cid,
         unixepoch(at) - LAG(unixepoch(at), 1, 0) OVER (PARTITION BY payload ->> 'customer_id' ORDER BY at) AS gap
  FROM events
), s AS (
  SELECT *, SUM(gap > 1800) OVER (PARTITION BY cid ORDER BY at, id) AS session_no FROM e
)
SELECT cid, session_no, COUNT(*) AS n, MAX(unixepoch(at)) - MIN(unixepoch(at)) AS seconds
FROM s
GROUP BY cid, session_no
ORDER BY cid, session_no

-- a median by hand
SELECT AVG(amount_cents) AS median
FROM (
  SELECT amount_cents FROM orders
  ORDER BY amount_cents
  LIMIT 2 - (SELECT COUNT(*) FROM orders) % 2
  OFFSET (SELECT (COUNT(*) - 1) / 2 FROM orders)
);

SELECT id, amount_cents,
       AVG(amount_cents) OVER (ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS ma7,
       NTILE(4) OVER (ORDER BY amount_cents) AS quartile,
       CUME_DIST() OVER (ORDER BY amount_cents) AS cd
FROM orders
ORDER BY id;

WITH cohort AS (
  SELECT id, strftime('%Y-%m', created_at) AS month FROM customers
), activity AS (
  SELECT c.month, c.id,
         (CAST(strftime('%Y', e.at) AS INTEGER) * 12 + CAST(strftime('%m', e.at) AS INTEGER))
           - (CAST(substr(c.month, 1, 4) AS INTEGER) * 12 + CAST(substr(c.month, 6, 2) AS INTEGER)) AS months_after
  FROM cohort c
  JOIN events e ON json_extract(e.payload, '$.customer_id') = c.id
)
SELECT month, months_after, COUNT(DISTINCT id) AS active
FROM activity
WHERE months_after BETWEEN 0 AND 12
GROUP BY month, months_after;

SELECT country, status, SUM(amount_cents) AS cents FROM orders JOIN customers ON customers.id = orders.customer_id GROUP BY country, status
UNION ALL
SELECT country, 'ALL', SUM(amount_cents) FROM orders JOIN customers ON customers.id = orders.customer_id GROUP BY country
UNION ALL
SELECT 'ALL', 'ALL', SUM(amount_cents) FROM orders
ORDER BY 1, 2;

SELECT j.key, j.type, COUNT(*) AS n, COUNT(DISTINCT j.atom) AS different
FROM events, json_each(events.payload) AS j
GROUP BY j.key, j.type
ORDER BY n DESC;

SELECT date(at, 'weekday 0', '-6 days') AS week, COUNT(*) AS n,
       COUNT(*) - LAG(COUNT(*)) OVER (ORDER BY date(at, 'weekday 0', '-6 days')) AS change
FROM events
GROUP BY week
ORDER BY week;

SELECT c.country, json_group_object(t.status, t.n) AS by_status
FROM (SELECT customer_id, status, COUNT(*) AS n FROM orders GROUP BY customer_id, status) t
JOIN customers c ON c.id = t.customer_id
GROUP BY c.country;

-- dbt test: not_null_orders_status
select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) != 0 as should_error
    from (
select status
from main."orders"
where status is null
    ) dbt_internal_test

select
    id as unique_field,
    count(*) as n_records
from main."events"
where id is not null
group by id
having count(*) > 1

with child as (
    select customer_id as from_field
    from main."gold_orders"
    where customer_id is not null
),
parent as (
    select id as to_field
    from main."gold_customers"
)
select
    from_field
from child
left join parent
    on child.from_field = parent.to_field
where parent.to_field is null

-- dbt test: accepted_values_orders_status
with all_values as (
    select
        status as value_field,
        count(*) as n_records
    from main."orders"
    group by status
)
select *
from all_values
where value_field not in (
    'placed','paid','shipped','refunded','cancelled'
)

with orders as (
    select * from main."orders"
),
customers as (
    select id, country, created_at from main."customers"
),
customer_orders as (
    select
        customer_id,
        count(id) as number_of_orders,
        sum(amount_cents) as lifetime_cents
    from orders
    group by customer_id
),
final as (
    select
        customers.id as customer_id,
        customers.country,
        coalesce(customer_orders.number_of_orders, 0) as number_of_orders,
        coalesce(customer_orders.lifetime_cents, 0) as lifetime_cents
    from customers
    left join customer_orders on customers.id = customer_orders.customer_id
)
select * from final

-- dbt test: singular, gold must agree with its source
select g.id
from gold_orders g
join orders o on o.id = g.id
where g.amount_cents is distinct from o.amount_cents
   or g.status is distinct from o.status

SELECT "source"."Month" AS "Month", COUNT(*) AS "count"
FROM (
  SELECT STRFTIME('%Y-%m-01', "events"."at") AS "Month", "events"."kind" AS "kind"
  FROM "events"
  WHERE "events"."at" >= DATE('2024-01-01') AND "events"."at" < DATE('2025-01-01')
) AS "source"
WHERE "source"."kind" = 'login'
GROUP BY "source"."Month"
ORDER BY "source"."Month" ASC

SELECT "t"."Status" AS "Status", "t"."Revenue" AS "Revenue", ROUND("t"."Revenue" * 100.0 / SUM("t"."Revenue") OVER (), 2) AS "% of Total"
FROM (
  SELECT COALESCE("o"."status", 'n/a') AS "Status", SUM("o"."amount_cents") AS "Revenue"
  FROM (SELECT * FROM "orders") AS "o"
  GROUP BY COALESCE("o"."status", 'n/a')
) AS "t"
ORDER BY "Revenue" DESC
LIMIT 1000

SELECT DATE(at, 'start of month') AS __timestamp, kind AS kind, COUNT(*) AS "COUNT(*)"
FROM main.events
JOIN (SELECT kind AS kind__, COUNT(*) AS mme_inner__ FROM main.events GROUP BY kind ORDER BY mme_inner__ DESC LIMIT 5) AS anon_1 ON kind = kind__
GROUP BY kind, DATE(at, 'start of month')
ORDER BY "COUNT(*)" DESC
LIMIT 10000;

SELECT `orders`.`status` AS `status`, SUM(`orders`.`amount_cents`) AS `sum_amount`
FROM `orders`
INNER JOIN `customers` ON `orders`.`customer_id` = `customers`.`id`
WHERE `customers`.`country` = 'US'
GROUP BY `orders`.`status`

SELECT [o].[id] AS [Order ID], [o].[status] AS [Status], [c].[country] AS [Country] FROM [orders] AS [o] LEFT JOIN [customers] AS [c] ON [c].[id] = [o].[customer_id] ORDER BY [o].[id] LIMIT 100

SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name;

SELECT m.name AS table_name, p.cid, p.name AS column_name, p.type, p."notnull", p.pk
FROM sqlite_master AS m
JOIN pragma_table_info(m.name) AS p
WHERE m.type = 'table'
ORDER BY m.name, p.cid;

SELECT * FROM events ORDER BY id DESC LIMIT 5

-- row counts of all the tables
SELECT (SELECT COUNT(*) FROM customers) AS customers,
       (SELECT COUNT(*) FROM orders) AS orders,
       (SELECT COUNT(*) FROM events) AS events,
       (SELECT COUNT(*) FROM gold_customers) AS gold_customers;

SELECT typeof(amount_cents) AS t, COUNT(*) AS n, MIN(amount_cents) AS lo, MAX(amount_cents) AS hi FROM orders GROUP BY t;

EXPLAIN QUERY PLAN SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.country = 'DE'

SELECT sqlite_version() AS version, date('now') AS today, json_valid('{"a":[1,2]}') AS has_json;

SELECT id, payload FROM events WHERE json_valid(payload) = 0 OR payload IS NULL LIMIT 20

SELECT "orders"."id", "orders"."customer_id", "orders"."amount_cents", "orders"."status", "orders"."note" FROM "orders" WHERE ("orders"."amount_cents" BETWEEN 1000 AND 5000 AND "orders"."note" LIKE '%gift%' ESCAPE '\') ORDER BY "orders"."id" ASC LIMIT 21

SELECT COUNT(*) FROM (SELECT DISTINCT "orders"."customer_id" FROM "orders" WHERE "orders"."status" = 'paid') subquery_for_count

SELECT orders.status AS orders_status, count(orders.id) AS count_1
FROM orders LEFT OUTER JOIN customers AS customers_1 ON customers_1.id = orders.customer_id
WHERE customers_1.country IN ('DE', 'AT', 'CH') GROUP BY orders.status ORDER BY count_1 DESC
 LIMIT 10 OFFSET 0

SELECT 1 AS one FROM "orders" WHERE "orders"."customer_id" = 3 AND "orders"."status" = 'shipped' LIMIT 1

VALUES (1, 'placed'), (2, 'paid'), (3, 'shipped')

WITH tiers(tier, lo, hi) AS (VALUES ('small', 0, 1999), ('medium', 2000, 9999), ('large', 10000, 999999999))
SELECT t.tier, COUNT(o.id) AS n, GROUP_CONCAT(DISTINCT o.status) AS statuses
FROM tiers t
LEFT JOIN orders o ON o.amount_cents BETWEEN t.lo AND t.hi
GROUP BY t.tier
ORDER BY t.lo;

--! masked

-- the caller on ticket 61002
SELECT id, name, email, phone, country FROM customers WHERE id = 3;

SELECT o.id, o.status, o.amount_cents, c.name, c.phone
FROM orders o JOIN customers c ON o.customer_id = c.id
WHERE o.status = 'placed' AND c.country = 'US'
ORDER BY o.id
LIMIT 50

SELECT * FROM customers LIMIT 5

-- no way to reach these people
SELECT c.id, c.country, COUNT(o.id) AS orders
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id
WHERE c.email IS NULL AND c.phone IS NULL
GROUP BY c.id, c.country;

SELECT c.id, IFNULL(c.name, 'unnamed') AS name, COALESCE(c.email, c.phone) AS contact,
       (SELECT MAX(o.id) FROM orders o WHERE o.customer_id = c.id) AS last_order
FROM customers c
WHERE date(c.created_at) BETWEEN '2024-01-01' AND '2024-12-31';

SELECT e.id, e.kind, e.at, c.name, c.email
FROM events e
JOIN customers c ON c.id = json_extract(e.payload, '$.customer_id')
WHERE e.kind IN ('complaint', 'login', 'checkout')
ORDER BY e.at DESC;

-- telephone numbers used by more than one account
SELECT phone, COUNT(*) AS accounts, GROUP_CONCAT(id, ', ') AS ids
FROM customers
WHERE phone IS NOT NULL
GROUP BY phone
HAVING COUNT(*) > 1
ORDER BY accounts DESC;

SELECT a.id, b.id AS twin, a.email = b.email AS same_email, a.phone = b.phone AS same_phone
FROM customers a
JOIN customers b ON b.ssn = a.ssn AND b.id > a.id;

WITH RECURSIVE linked(id, hops) AS (
  SELECT id, 0 FROM customers WHERE id = 1
  UNION
  SELECT n.id, l.hops + 1
  FROM linked l
  JOIN customers c ON c.id = l.id
  JOIN customers n ON n.id <> c.id AND (n.phone = c.phone OR n.ssn = c.ssn)
  WHERE l.hops < 4
)
SELECT id, MIN(hops) AS hops FROM linked GROUP BY id ORDER BY hops, id;

SELECT c.ssn, COUNT(DISTINCT c.id) AS accounts, SUM(o.status = 'chargeback') AS chargebacks
FROM customers c
JOIN orders o ON o.customer_id = c.id
GROUP BY c.ssn
HAVING chargebacks >= 1
ORDER BY chargebacks DESC

SELECT id, country, created_at, n_phone, n_email
FROM (
  SELECT id, country, created_at,
         COUNT(*) OVER (PARTITION BY phone) AS n_phone,
         COUNT(*) OVER (PARTITION BY email) AS n_email
  FROM customers
  WHERE phone IS NOT NULL AND email IS NOT NULL
)
WHERE n_phone > 1 OR n_email > 1;

SELECT email, COUNT(DISTINCT country) AS countries, COUNT(DISTINCT name) AS names
FROM customers
GROUP BY email
HAVING countries > 1 OR names > 1;

-- signups on the same phone within a day
SELECT id, phone, created_at, hours
FROM (
  SELECT id, phone, created_at,
         (julianday(created_at) - julianday(LAG(created_at) OVER w)) * 24 AS hours
  FROM customers
  WINDOW w AS (PARTITION BY phone ORDER BY created_at)
)
WHERE hours < 24;

SELECT ssn FROM customers
INTERSECT
SELECT ssn FROM staging_customers

SELECT c.email, SUM(o.amount_cents) AS cents
FROM customers c INNER JOIN orders o ON c.id = o.customer_id
WHERE o.status NOT IN ('cancelled', 'refunded')
GROUP BY c.email
ORDER BY cents DESC
LIMIT 10;

-- accounts against people, by cohort
SELECT strftime('%Y-%m', created_at) AS cohort, COUNT(*) AS accounts, COUNT(DISTINCT ssn) AS people, COUNT(DISTINCT email) AS emails
FROM customers
GROUP BY cohort
ORDER BY cohort;

WITH person AS (
  SELECT ssn, MIN(created_at) AS first_seen, COUNT(*) AS accounts
  FROM customers
  WHERE ssn IS NOT NULL
  GROUP BY ssn
)
SELECT strftime('%Y', first_seen) AS year, AVG(accounts) AS accounts_per_person, SUM(accounts > 1) AS with_several
FROM person
GROUP BY year;

SELECT country, COUNT(*) AS n,
       ROUND(AVG(email IS NOT NULL), 3) AS email_fill,
       ROUND(AVG(phone IS NOT NULL), 3) AS phone_fill,
       ROUND(1.0 * COUNT(ssn) / COUNT(*), 3) AS ssn_fill
FROM customers
GROUP BY country;

SELECT country, name, cents
FROM (
  SELECT c.country, c.name, SUM(o.amount_cents) AS cents,
         RANK() OVER (PARTITION BY c.country ORDER BY SUM(o.amount_cents) DESC) AS rk
  FROM customers c JOIN orders o ON o.customer_id = c.id
  GROUP BY c.id, c.country, c.name
)
WHERE rk = 1;

SELECT accounts, COUNT(*) AS phones
FROM (SELECT phone, COUNT(*) AS accounts FROM customers WHERE phone IS NOT NULL GROUP BY phone)
GROUP BY accounts
ORDER BY accounts

SELECT c.email, o.id, o.amount_cents,
       SUM(o.amount_cents) OVER (PARTITION BY c.email ORDER BY o.id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running,
       ROW_NUMBER() OVER (PARTITION BY c.email ORDER BY o.id) AS nth
FROM orders o
JOIN customers c ON c.id = o.customer_id;

SELECT 'email' AS channel, COUNT(email) AS filled, COUNT(DISTINCT email) AS different FROM customers
UNION ALL
SELECT 'phone', COUNT(phone), COUNT(DISTINCT phone) FROM customers;

select
      count(*) as failures,
      count(*) != 0 as should_warn,
      count(*) != 0 as should_error
    from (
select ssn
from main."gold_customers"
where ssn is null
    ) dbt_internal_test

-- dbt test: unique_customers_email
select
    email as unique_field,
    count(*) as n_records
from main."customers"
where email is not null
group by email
having count(*) > 1

-- dbt test: relationships_gold_customers_email__email__ref_customers_
with child as (
    select email as from_field
    from main."gold_customers"
    where email is not null
),
parent as (
    select email as to_field
    from main."customers"
)
select
    from_field
from child
left join parent
    on child.from_field = parent.to_field
where parent.to_field is null

with source as (
    select * from main."staging_customers"
),
numbered as (
    select
        id, name, email, phone, ssn, created_at, country,
        row_number() over (partition by email order by created_at desc) as rn
    from source
)
select id, name, email, phone, ssn, created_at, country
from numbered
where rn = 1

with a as (
    select id, name, email, phone from main."customers"
),
b as (
    select id, name, email, phone from main."gold_customers"
)
select 'missing in gold' as problem, count(*) as n from (select * from a except select * from b)
union all
select 'extra in gold', count(*) from (select * from b except select * from a)

select
    count(*) as n_rows,
    sum(s.email is not c.email) as email_changed,
    sum(s.phone is not c.phone) as phone_changed,
    sum(s.name is not c.name) as name_changed
from main."staging_customers" s
inner join main."customers" c on c.id = s.id

-- dbt test: at_least_one of the contact columns
select id
from main."customers"
where not (email is not null or phone is not null)

SELECT "source"."country" AS "country", COUNT(DISTINCT "source"."phone") AS "count"
FROM (
  SELECT "customers"."id" AS "id", "customers"."phone" AS "phone", "customers"."country" AS "country" FROM "customers"
) AS "source"
GROUP BY "source"."country"
ORDER BY "count" DESC

SELECT "c"."name" AS "Customer", "c"."email" AS "E-Mail Address", COUNT("o"."id") AS "# Orders", SUM("o"."amount_cents") / 100.0 AS "Spend"
FROM "customers" AS "c"
LEFT OUTER JOIN "orders" AS "o" ON "c"."id" = "o"."customer_id"
GROUP BY "c"."id", "c"."name", "c"."email"
HAVING COUNT("o"."id") > 0
ORDER BY "Spend" DESC
LIMIT 500

SELECT CASE WHEN "t"."email" IS NULL THEN 'No e-mail' ELSE 'Has e-mail' END AS "E-mail", CASE WHEN "t"."phone" IS NULL THEN 'No phone' ELSE 'Has phone' END AS "Phone", COUNT(*) AS "Customers"
FROM (SELECT "email", "phone" FROM "gold_customers") AS "t"
GROUP BY 1, 2
ORDER BY 3 DESC

SELECT `customers`.`id`, `customers`.`name`, `customers`.`email`, `customers`.`phone`, `customers`.`country` FROM `customers` ORDER BY `customers`.`id` LIMIT 1000

-- see what staging looks like next to production
SELECT s.id, s.name, s.email, c.id AS match_id, c.country
FROM staging_customers s
LEFT JOIN customers c ON c.email = s.email
LIMIT 10;

SELECT COUNT(*) AS total, COUNT(name) AS names, COUNT(DISTINCT name) AS d_names,
       COUNT(DISTINCT email) AS d_emails, COUNT(DISTINCT phone) AS d_phones, COUNT(DISTINCT ssn) AS d_ssn
FROM gold_customers

EXPLAIN QUERY PLAN SELECT id, name FROM customers WHERE email IS NOT NULL

SELECT COUNT(*) AS both_sides
FROM customers c
FULL OUTER JOIN staging_customers s ON s.ssn = c.ssn
WHERE c.id IS NOT NULL AND s.id IS NOT NULL;

SELECT json_object('id', c.id, 'name', c.name, 'email', c.email,
                   'orders', (SELECT json_group_array(o.id) FROM orders o WHERE o.customer_id = c.id)) AS doc
FROM customers c
WHERE c.id <= 20;

SELECT "customers"."id", "customers"."name", "customers"."email", "customers"."phone", "customers"."ssn", "customers"."created_at", "customers"."country" FROM "customers" WHERE "customers"."country" = 'FR' ORDER BY "customers"."created_at" DESC LIMIT 21

SELECT "customers".* FROM "customers" WHERE "customers"."id" IN (SELECT "orders"."customer_id" FROM "orders" WHERE "orders"."status" = 'refunded')

SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email, orders_1.id AS orders_1_id, orders_1.status AS orders_1_status
FROM customers LEFT OUTER JOIN orders AS orders_1 ON customers.id = orders_1.customer_id
WHERE customers.id IN (1, 2, 3) ORDER BY customers.id

SELECT "c0"."id", "c0"."email", "c0"."country" FROM "staging_customers" AS "c0" WHERE ("c0"."id" >= 1) AND ("c0"."id" <= 500) AND NOT ("c0"."email" IS NULL)

SELECT DISTINCT name, phone FROM customers WHERE country IN ('US', 'CA')

-- staging rows of people we do not have yet
SELECT s.id, s.name, s.country
FROM staging_customers AS s
WHERE NOT EXISTS (SELECT 1 FROM customers AS c WHERE c.ssn = s.ssn)
ORDER BY s.id;

SELECT id, name, email, 'customers' AS origin FROM customers WHERE country = 'DE'
UNION ALL
SELECT id, name, email, 'staging' FROM staging_customers WHERE country = 'DE'
ORDER BY origin, id
LIMIT 200;

--! tool: execute
--! plain

UPDATE orders SET status = 'shipped' WHERE id = 2;

-- ticket 60555; the customer wants both lines stopped
UPDATE orders
SET status = 'cancelled', note = COALESCE(note || ' / ', '') || 'stopped, ticket 60555'
WHERE id IN (4, 5)
RETURNING id;

DELETE FROM events WHERE id IN (6, 7)

DELETE FROM events
WHERE kind = 'heartbeat' AND at BETWEEN '2024-01-01T00:00:00' AND '2024-01-31T23:59:59';

INSERT INTO events (id, kind, payload, at)
VALUES (9001, 'support_note', json_object('order_id', 2, 'text', 'called the carrier; it''s on its way'), strftime('%Y-%m-%dT%H:%M:%S', 'now'))
RETURNING id;

INSERT INTO orders (id, customer_id, amount_cents, status, note) VALUES
  (7001, 1, 1999, 'placed', NULL),
  (7002, 3, 24900, 'placed', 'leave at the gate'),
  (7003, 3, 0, 'placed', 'sample')

UPDATE events
SET payload = json_set(payload, '$.reviewed', json('true'), '$.score', 0.92)
WHERE id IN (1, 2);

INSERT OR IGNORE INTO events (id, kind, payload, at) VALUES (9002, 'fraud_review', '{"order_id": 6, "verdict": "hold"}', '2024-09-30T10:00:00')

INSERT INTO events (id, kind, payload, at)
SELECT 20000 + o.id, 'fraud_review', json_object('order_id', o.id, 'cents', o.amount_cents), datetime('now')
FROM orders o
WHERE o.id IN (1, 2, 6);

UPDATE orders
SET status = v.column2
FROM (VALUES (1, 'review'), (2, 'review'), (6, 'chargeback')) AS v
WHERE orders.id = v.column1 AND orders.id IN (1, 2, 6);

INSERT INTO orders (id, customer_id, amount_cents, status, note)
VALUES (3, 2, 5400, 'paid', NULL)
ON CONFLICT (id) DO UPDATE SET amount_cents = excluded.amount_cents, status = excluded.status
WHERE orders.status IS NOT excluded.status
RETURNING id;

-- one marker a day for a week of May
WITH RECURSIVE d(day, n) AS (
  VALUES ('2024-05-06', 1)
  UNION ALL
  SELECT date(day, '+1 day'), n + 1 FROM d WHERE n < 7
)
INSERT INTO events (id, kind, payload, at)
SELECT 30000 + n, 'day_marker', '{}', day || 'T00:00:00' FROM d;

UPDATE "orders" SET "status" = 'refunded', "note" = NULL WHERE "orders"."id" = 1

UPDATE customers SET country = 'GB' WHERE id = 5 AND country = 'UK' RETURNING id

DELETE FROM "events" WHERE "events"."id" = 9002 RETURNING "id"

WITH stale(id) AS (
  SELECT o.id FROM orders o WHERE o.id BETWEEN 1 AND 100 AND o.status = 'placed'
)
UPDATE orders SET status = 'expired' WHERE id BETWEEN 1 AND 100 AND id IN (SELECT id FROM stale);

INSERT INTO events (id, kind, payload, at)
VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM events), 'dbt_run', '{"model": "fct_orders", "rows": 812}', '2024-10-02 04:00:11');

--! masked

INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country) VALUES
  (501, 'Jane Sample', 'jane.sample@example.com', '+1 555 0142', '900-11-0002', '2024-02-02T12:00:00', 'US'),
  (502, 'Pádraig O''Neill', 'padraig@example.ie', NULL, NULL, '2024-02-03T08:15:00', 'IE')
RETURNING id;

UPDATE staging_customers SET name = 'Corrected Name', email = 'corrected@example.com' WHERE id = 2

INSERT INTO staging_customers (id, name, email, country)
VALUES (1, 'Load Test', 'load.test@example.org', 'NL')
ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, country = excluded.country;

-- erasure request
UPDATE customers SET name = NULL, email = NULL, phone = NULL, ssn = NULL WHERE id = 6 RETURNING id;

DELETE FROM staging_customers
WHERE id BETWEEN 1 AND 1000
  AND email IS NOT NULL
  AND EXISTS (SELECT 1 FROM customers c WHERE c.email = staging_customers.email);

DELETE FROM staging_customers WHERE id BETWEEN 500 AND 599 AND (email IS NULL OR phone IS NULL) RETURNING id

UPDATE customers SET country = 'unknown' WHERE country = 'ZZ' AND phone IS NULL;

-- take two checked rows of the load into production
INSERT INTO customers (id, name, email, phone, ssn, created_at, country)
SELECT id, name, email, phone, ssn, created_at, country
FROM staging_customers
WHERE id IN (101, 102)
ON CONFLICT (id) DO NOTHING
RETURNING id;
