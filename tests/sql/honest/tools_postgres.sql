-- What tools and people write to PostgreSQL, put down before the screen was asked: mappers, models, dashboards, notebooks.
--! dialect: postgres
--! tool: query
--! plain

SELECT min(created_at) AS start, max(created_at) AS end FROM orders

SELECT status, count(*) AS top FROM orders GROUP BY status ORDER BY top DESC

SELECT amount_cents value, id sample FROM orders ORDER BY value, sample

SELECT status AS open, count(*) AS qualify FROM orders GROUP BY open ORDER BY qualify

SELECT top.id FROM orders top WHERE top.amount_cents > 100 ORDER BY top.id

SELECT start.id, stop.id FROM orders start JOIN orders stop ON stop.customer_id = start.customer_id AND stop.id > start.id

SELECT count(*) AS interval, status AS view FROM orders GROUP BY view ORDER BY interval

SELECT count(*) format, max(id) settings FROM orders

SELECT id AS date, status AS state, created_at AS time, amount_cents AS number, note AS text FROM orders ORDER BY date, time

SELECT id AS select, status AS group, amount_cents AS order FROM orders

SELECT id FROM orders WHERE note ISNULL

SELECT id FROM orders WHERE note NOTNULL AND status = 'paid'

SELECT note ISNULL AS missing, count(*) FROM orders GROUP BY missing

SELECT id FROM orders LIMIT ALL

SELECT id FROM orders ORDER BY id LIMIT ALL OFFSET 3

SELECT id FROM orders ORDER BY id OFFSET 3 LIMIT 2

SELECT id FROM orders ORDER BY id OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY

SELECT status FROM orders ORDER BY status FETCH FIRST 2 ROWS WITH TIES

SELECT count(*) FROM orders TABLESAMPLE BERNOULLI (100)

SELECT count(*) FROM events AS e TABLESAMPLE SYSTEM (100) REPEATABLE (7)

SELECT orders.id AS orders_id, orders.status AS orders_status FROM orders WHERE orders.status = 'paid' ORDER BY orders.id LIMIT 20 OFFSET 0

SELECT anon_1.customer_id, anon_1.total FROM (SELECT orders.customer_id AS customer_id, sum(orders.amount_cents) AS total FROM orders GROUP BY orders.customer_id) AS anon_1 WHERE anon_1.total > 1000

SELECT "orders"."id", "orders"."status" FROM "orders" WHERE "orders"."status" IN ('paid', 'open') ORDER BY "orders"."id" DESC LIMIT 21

SELECT COUNT(*) AS "__count" FROM "orders" WHERE "orders"."created_at" >= '2026-02-01 00:00:00'::timestamp

SELECT "orders"."status", COUNT("orders"."id") AS "id__count" FROM "orders" GROUP BY "orders"."status" HAVING COUNT("orders"."id") > 2 ORDER BY "id__count" DESC

SELECT EXTRACT(YEAR FROM "orders"."created_at") AS "year", COUNT(*) FROM "orders" GROUP BY 1

SELECT 1 AS one FROM "orders" WHERE "orders"."status" = 'open' LIMIT 1

SELECT DISTINCT "orders"."status", orders.created_at AS alias_0 FROM "orders" WHERE "orders"."customer_id" = 3 ORDER BY orders.created_at DESC LIMIT 3

SELECT "public"."orders"."id", "public"."orders"."status" FROM "public"."orders" WHERE ("public"."orders"."status" = 'paid' AND 1=1) ORDER BY "public"."orders"."id" ASC LIMIT 10 OFFSET 0

SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE 1=1 OFFSET 0) AS "sub"

SELECT "source"."status" AS "status", COUNT(*) AS "count" FROM (SELECT "public"."orders"."status" AS "status" FROM "public"."orders") AS "source" GROUP BY "source"."status" ORDER BY "source"."status" ASC

SELECT CAST(DATE_TRUNC('month', "public"."orders"."created_at") AS timestamp) AS "created_at", SUM("public"."orders"."amount_cents") AS "sum" FROM "public"."orders" GROUP BY CAST(DATE_TRUNC('month', "public"."orders"."created_at") AS timestamp) ORDER BY 1 ASC

SELECT "orders"."status" AS "status", SUM(CAST("orders"."amount_cents" AS double precision) / 100) AS "sum:amount:ok" FROM "public"."orders" "orders" GROUP BY 1

SELECT SUM(1) AS "cnt:orders:ok", DATE_TRUNC('DAY', CAST("orders"."created_at" AS DATE)) AS "tdy:created_at:ok" FROM "public"."orders" "orders" GROUP BY 2

with source as (select * from orders), renamed as (select id as order_id, customer_id, amount_cents / 100.0 as amount, status from source) select * from renamed

with final as (select status, count(*) as n from orders group by 1) select final.status, final.n from final order by final.n desc

select date_trunc('week', created_at)::date as week, count(*) as orders, sum(amount_cents)::numeric(16, 2) / 100 as revenue from public.orders where created_at between '2026-01-01' and '2026-12-31' group by 1 order by 1

select customer_id, count(*) as n from orders group by customer_id having count(*) > 1

select status as value_field, count(*) as n_records from orders group by status having status not in ('open', 'paid', 'shipped', 'returned')

select count(*) as failures, count(*) != 0 as should_warn, count(*) != 0 as should_error from (select id from orders where amount_cents is null) dbt_internal_test

select child.customer_id from (select customer_id from orders where customer_id is not null) as child left join (select id from customers) as parent on child.customer_id = parent.id where parent.id is null

SELECT version()

SELECT current_schema, current_user, length(current_database()) > 0

SELECT current_date, current_time, localtimestamp, now()::date

SELECT to_char(now(), 'YYYY-MM-DD HH24:MI:SS') AS now

SELECT pg_typeof(amount_cents), pg_typeof(created_at) FROM orders LIMIT 1

SELECT count(*), count(*) FILTER (WHERE note IS NULL) * 100.0 / count(*) AS pct_null FROM orders

SELECT format('%s: %s of %s', status, count(*), 60) FROM orders GROUP BY status

SELECT format('%-10s|%10s', status, id) FROM orders LIMIT 3

SELECT format('%I = %L', 'status', status) FROM orders LIMIT 1

SELECT lpad(id::text, 6, '0') AS padded, rpad(status, 10, '.') FROM orders LIMIT 3

SELECT repeat('*', (amount_cents / 1000)::int) AS bar, id FROM orders ORDER BY id LIMIT 5

SELECT initcap(status), reverse(status), left(status, 2), right(status, 2), strpos(status, 'i'), position('i' in status) FROM orders LIMIT 2

SELECT overlay(status placing 'XX' from 1 for 2), substring(status from 2 for 3), substring(note from '[0-9]+'), trim(both ' ' from note) FROM orders LIMIT 3

SELECT translate(status, 'aeiou', '*****'), ascii(status), chr(65), md5(status) FROM orders LIMIT 2

SELECT concat(status, '-', id), concat_ws('/', status, note, id) FROM orders LIMIT 3

SELECT string_agg(status, '' ORDER BY status) FROM (SELECT DISTINCT status FROM orders) s

SELECT array_to_string(array_agg(DISTINCT status ORDER BY status), ', ') FROM orders

SELECT customer_id, array_length(array_agg(id), 1) AS n, (array_agg(status ORDER BY created_at DESC))[1] AS latest FROM orders GROUP BY customer_id

SELECT count(*) AS name FROM orders

SELECT max(id) AS phone, status AS email FROM orders GROUP BY status

SELECT 'Grand total' AS label, sum(amount_cents) AS cents FROM orders UNION ALL SELECT status, sum(amount_cents) FROM orders GROUP BY status ORDER BY cents DESC

SELECT coalesce(status, 'all') AS status, sum(amount_cents) FROM orders GROUP BY ROLLUP (status)

SELECT id, lag(status) OVER prev AS before, lead(status) OVER prev AS after FROM orders WINDOW prev AS (PARTITION BY customer_id ORDER BY created_at, id)

SELECT id, percent_rank() OVER (ORDER BY amount_cents) AS pr, cume_dist() OVER (ORDER BY amount_cents) AS cd FROM orders

SELECT id, sum(amount_cents) OVER (ORDER BY id RANGE BETWEEN 5 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders

SELECT id, count(*) OVER (ORDER BY status GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM orders

SELECT id, first_value(amount_cents) OVER w, last_value(amount_cents) OVER w, nth_value(amount_cents, 2) OVER w FROM orders WINDOW w AS (PARTITION BY status ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)

SELECT percentile_cont(ARRAY[0.5, 0.9, 0.99]) WITHIN GROUP (ORDER BY amount_cents) FROM orders

SELECT rank(500) WITHIN GROUP (ORDER BY amount_cents) FROM orders

WITH RECURSIVE t(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM t WHERE i < 9) SELECT i, count(o.id) FROM t LEFT JOIN orders o ON o.amount_cents / 1000 = t.i GROUP BY i ORDER BY i

WITH RECURSIVE chain AS (SELECT id, customer_id, 1 AS depth FROM orders WHERE id = 1 UNION ALL SELECT o.id, o.customer_id, c.depth + 1 FROM orders o JOIN chain c ON o.customer_id = c.id WHERE c.depth < 5) SELECT max(depth) FROM chain

SELECT d::date, coalesce(n, 0) FROM generate_series(date '2026-01-01', date '2026-01-31', interval '1 day') AS d LEFT JOIN (SELECT created_at::date AS day, count(*) AS n FROM orders GROUP BY 1) o ON o.day = d::date ORDER BY 1

SELECT generate_series(1, 5) AS n

SELECT i, o.status FROM generate_series(1, 3) i JOIN orders o ON o.id = i

SELECT key, value FROM json_each('{"a": 1, "b": 2}')

SELECT e.id, t.tag FROM events e CROSS JOIN LATERAL jsonb_array_elements_text(e.payload::jsonb -> 'tags') WITH ORDINALITY AS t(tag, nth) WHERE t.nth = 1

SELECT id, payload::json -> 'geo' ->> 'city' AS city FROM events LIMIT 3

SELECT payload::jsonb -> 'tags' -> 0, payload::jsonb #> '{geo}' FROM events LIMIT 2

SELECT jsonb_object_keys(payload::jsonb) AS k, count(*) FROM events GROUP BY k ORDER BY k

SELECT id FROM events WHERE payload::jsonb ->> 'ip' LIKE '203.0.113.%' AND (payload::jsonb -> 'ok')::boolean IS TRUE

SELECT id FROM events WHERE payload::jsonb -> 'tags' ? 'a'

SELECT id FROM events WHERE jsonb_path_exists(payload::jsonb, '$.tags[*] ? (@ == "a")')

SELECT jsonb_build_object('total', count(*), 'by_status', jsonb_object_agg(status, n)) FROM (SELECT status, count(*) AS n FROM orders GROUP BY status) s

SELECT json_agg(t) FROM (SELECT id, status FROM orders ORDER BY id LIMIT 3) t

SELECT json_agg(json_build_object('id', id, 'tags', ARRAY['x', status])) FROM orders WHERE id < 3

SELECT row_to_json(o) FROM orders o WHERE id = 1

SELECT id, CASE WHEN amount_cents BETWEEN 0 AND 999 THEN '<10' WHEN amount_cents < 5000 THEN '10-50' ELSE '50+' END AS bucket FROM orders

SELECT * FROM orders WHERE (customer_id, status) IN ((3, 'paid'), (4, 'open'))

SELECT * FROM orders WHERE (customer_id, status) IN (VALUES (3, 'paid'), (4, 'open'))

SELECT v.id, v.label, o.status FROM (VALUES (1, 'one'), (2, 'two')) AS v(id, label) JOIN orders o ON o.id = v.id

SELECT * FROM orders WHERE id = ANY ('{1,2,3}'::int[]) ORDER BY array_position(ARRAY[3, 1, 2], id)

SELECT * FROM orders ORDER BY amount_cents DESC NULLS LAST, id LIMIT 3 OFFSET 2

SELECT id FROM orders WHERE note SIMILAR TO '%(door|card)%'

SELECT id FROM orders WHERE note ~ '^\d+%' OR note !~* 'URGENT'

SELECT id FROM orders WHERE note LIKE ANY (ARRAY['%door%', '%card%'])

SELECT id FROM orders WHERE note LIKE '100\%%' ESCAPE '\'

SELECT id FROM orders WHERE starts_with(status, 'p') AND NOT status ^@ 'x'

SELECT id FROM orders WHERE amount_cents BETWEEN SYMMETRIC 5000 AND 100

SELECT id FROM orders WHERE (created_at, created_at + interval '1 day') OVERLAPS (timestamp '2026-02-01', timestamp '2026-02-10')

SELECT id FROM orders WHERE created_at >= date_trunc('month', timestamp '2026-03-15') - interval '1 month' AND created_at < date_trunc('month', timestamp '2026-03-15')

SELECT id FROM orders WHERE created_at::date = '2026-02-02' OR created_at::time > time '11:00'

SELECT extract(epoch FROM max(created_at) - min(created_at)) / 86400 AS days FROM orders

SELECT extract(quarter FROM created_at) AS q, extract(isodow FROM created_at) AS dow, date_part('doy', created_at) AS doy FROM orders LIMIT 3

SELECT created_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin' AS local FROM orders LIMIT 1

SELECT date_bin('15 minutes', created_at, timestamp '2026-01-01') AS slot, count(*) FROM orders GROUP BY slot ORDER BY slot

SELECT make_date(2026, 5, 1), to_date('01-05-2026', 'DD-MM-YYYY'), to_timestamp(0), age(date '2026-05-01', date '2026-01-01')

SELECT interval '1 year 2 months', interval '3' day, '1 hour'::interval * 3

SELECT 7 / 2, 7 % 2, 7::float / 2, 2 ^ 10, |/ 16, @ -5, 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 4

SELECT round(amount_cents::numeric / 3, 2), trunc(1.7), ceil(1.2), floor(-1.2), sign(-3), mod(7, 3), div(7, 2), sqrt(2::numeric), power(2, 3), ln(2.0), log(100) FROM orders LIMIT 1

SELECT greatest(1, 2, 3), least(1, 2), nullif(1, 1), coalesce(NULL, 2), num_nulls(1, NULL, 2)

SELECT stddev_pop(amount_cents), var_pop(amount_cents), regr_slope(amount_cents, id), covar_pop(amount_cents, id) FROM orders

SELECT bit_and(id), bit_or(id), every(id > 0) FROM orders

SELECT width_bucket(amount_cents, ARRAY[0, 1000, 5000]) AS b, count(*), repeat('#', count(*)::int) FROM orders GROUP BY b ORDER BY b

SELECT a.customer_id, a.n - coalesce(b.n, 0) AS diff FROM (SELECT customer_id, count(*) n FROM orders GROUP BY 1) a LEFT JOIN (SELECT customer_id, count(*) n FROM gold_orders GROUP BY 1) b USING (customer_id)

SELECT o.id FROM orders o LEFT JOIN gold_orders g ON g.id = o.id AND g.status IS NOT DISTINCT FROM o.status WHERE g.id IS NULL

SELECT count(*) FROM orders NATURAL JOIN gold_orders

SELECT o.id, x.n FROM orders o JOIN LATERAL (SELECT count(*) AS n FROM events e WHERE e.id < o.id) x ON x.n > 3 LIMIT 5

SELECT (o).status, (o).id FROM orders o LIMIT 2

SELECT o.*, g.amount_cents AS gold FROM orders o LEFT JOIN gold_orders g ON g.id = o.id ORDER BY o.id LIMIT 5

(SELECT id FROM orders ORDER BY amount_cents DESC LIMIT 3) UNION ALL (SELECT id FROM orders ORDER BY amount_cents LIMIT 3)

SELECT FROM orders WHERE id = 1

SELECT 1 WHERE EXISTS (SELECT FROM orders WHERE amount_cents < 0)

SELECT ALL status FROM orders LIMIT 2

SELECT DISTINCT ON (status) status, id, amount_cents FROM orders ORDER BY status, amount_cents DESC

SELECT count(*) FROM ONLY orders

EXPLAIN (COSTS OFF) SELECT count(*) FROM orders WHERE status = 'paid'

EXPLAIN (FORMAT JSON, VERBOSE) SELECT id FROM orders

EXPLAIN ANALYZE SELECT count(*) FROM orders

VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC

WITH o AS NOT MATERIALIZED (SELECT * FROM orders) SELECT count(*) FROM o

SELECT E'a\tb', 'a' || E'\n' || 'b', $$its$$, $q$x$q$

SELECT true AND NOT false, NULL IS NULL, 1 IS NOT NULL, (1 = 1) IS TRUE, NULL::boolean IS UNKNOWN

SELECT ARRAY[1, 2] || 3, ARRAY[1, 2, 3] @> ARRAY[2], ARRAY[1, 2] && ARRAY[2, 3], (ARRAY[1, 2, 3])[2:3], cardinality(ARRAY[1, 2])

SELECT x, count(*) FROM orders, unnest(string_to_array(note, ' ')) AS x GROUP BY x ORDER BY 2 DESC LIMIT 5

SELECT regexp_matches(note, '[a-z]+', 'g') FROM orders WHERE id = 1

SELECT regexp_split_to_table(note, '\s+') AS word FROM orders WHERE note <> '' LIMIT 5

SELECT gen_random_uuid() IS NOT NULL, random() < 1

SELECT tsrange('2026-01-01', '2026-02-01') @> created_at AS january, count(*) FROM orders GROUP BY 1

SELECT to_tsvector('english', coalesce(note, '')) @@ to_tsquery('english', 'door') AS hit, count(*) FROM orders GROUP BY 1

SELECT count(*) AS total, sum(case when status = 'paid' then 1 else 0 end)::float / nullif(count(*), 0) AS rate FROM orders

--! masked

SELECT c.name customer, c.email contact, count(o.id) orders FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name, c.email ORDER BY orders DESC, c.id LIMIT 10

SELECT customers.id AS customers_id, customers.name AS customers_name, customers.email AS customers_email FROM customers WHERE customers.country = 'DE' ORDER BY customers.id LIMIT 21

SELECT "public"."customers"."id", "public"."customers"."email" FROM "public"."customers" WHERE "public"."customers"."id" IN (1, 2, 3) ORDER BY "public"."customers"."id"

SELECT country AS start, count(email) AS value FROM customers GROUP BY start ORDER BY start

SELECT top.name AS open, top.email AS sample FROM customers top WHERE top.id < 5

SELECT email FROM customers WHERE email NOTNULL ORDER BY id

SELECT id, phone ISNULL AS no_phone FROM customers

SELECT count(*) AS name, country FROM customers GROUP BY country ORDER BY country

WITH dup AS (SELECT email, count(*) AS n FROM staging_customers GROUP BY email HAVING count(*) > 1) SELECT s.id, s.email FROM staging_customers s JOIN dup ON dup.email = s.email

SELECT DISTINCT ON (email) email, id FROM staging_customers WHERE email IS NOT NULL ORDER BY email, id DESC

SELECT format('%s <%s>', name, email) FROM customers WHERE id = 3

SELECT coalesce(phone, email, 'nothing') AS contact FROM customers

SELECT array_agg(email ORDER BY id) FROM customers WHERE country = 'DE'

SELECT jsonb_build_object('id', id, 'email', email) FROM customers WHERE id < 4

SELECT row_to_json(c) FROM customers c WHERE c.id = 1

SELECT count(*) FROM customers c WHERE NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id)

SELECT c.id, l.status FROM customers c LEFT JOIN LATERAL (SELECT o.status FROM orders o WHERE o.customer_id = c.id ORDER BY o.id DESC LIMIT 1) l ON true WHERE c.email IS NOT NULL

--! plain
--! tool: execute

INSERT INTO orders AS o (id, customer_id, status) VALUES (5, 2, 'paid') ON CONFLICT (id) DO UPDATE SET status = excluded.status WHERE o.status <> 'paid'

INSERT INTO orders AS target (id, status, amount_cents) VALUES (3, 'open', 10) ON CONFLICT (id) DO UPDATE SET amount_cents = target.amount_cents + excluded.amount_cents

INSERT INTO "orders" ("id", "customer_id", "status") VALUES (990, 3, 'open') RETURNING "orders"."id"

INSERT INTO "public"."orders" ("id", "status") VALUES (991, 'open') RETURNING "public"."orders"."id"

INSERT INTO orders (id, status, created_at) VALUES (992, 'open', now()), (993, DEFAULT, DEFAULT)

UPDATE "public"."orders" SET "status" = 'paid' WHERE ("public"."orders"."id" = 4 AND 1=1)

UPDATE events SET kind = 'seen' WHERE payload::jsonb ->> 'ip' = '203.0.113.5'

UPDATE events SET kind = 'seen' WHERE (payload::jsonb ->> 'ip') IN ('203.0.113.6', '203.0.113.7')

UPDATE events SET payload = jsonb_set(payload::jsonb, '{seen}', 'true')::text WHERE id = 3

DELETE FROM events WHERE payload::jsonb #>> '{geo,city}' = 'Ulm' AND id < 5

DELETE FROM events WHERE payload::jsonb @> '{"ip": "203.0.113.9"}'

UPDATE orders SET note = NULL WHERE note IS NOT DISTINCT FROM 'urgent' AND status = 'paid'

UPDATE orders SET (status, note) = ('paid', 'late') WHERE id = 9

UPDATE orders SET (status, note) = (SELECT status, 'gold' FROM gold_orders WHERE id = 3) WHERE id = 3

UPDATE orders o SET note = 'vip' FROM customers c WHERE c.id = o.customer_id AND c.country = 'DE'

UPDATE orders SET amount_cents = v.cents FROM (VALUES (1, 100), (2, 200)) AS v(id, cents) WHERE orders.id = v.id

DELETE FROM orders o USING customers c WHERE c.id = o.customer_id AND c.country = 'IT' AND o.status = 'returned'

DELETE FROM orders WHERE id = ANY (ARRAY[3, 4, 5])

DELETE FROM orders WHERE id IN (SELECT unnest(ARRAY[3, 4, 5]))

WITH moved AS (DELETE FROM events WHERE id < 4 RETURNING id, kind, payload, at) INSERT INTO events SELECT id + 5000, kind, payload, at FROM moved

WITH fresh AS (SELECT id, name, email, phone, ssn, created_at, country FROM staging_customers WHERE id = 111) INSERT INTO customers (id, name, email, phone, ssn, created_at, country) SELECT id, name, email, phone, ssn, created_at, country FROM fresh

INSERT INTO customers (id, name, email, country) SELECT s.id, s.name, s.email, s.country FROM (SELECT * FROM staging_customers WHERE country = 'DE') s WHERE s.id < 110

DELETE FROM staging_customers WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY email ORDER BY id) AS rn FROM staging_customers WHERE email IS NOT NULL) d WHERE rn > 1)

WITH ranked AS (SELECT id, row_number() OVER (PARTITION BY email ORDER BY created_at DESC, id) AS n FROM staging_customers) DELETE FROM staging_customers WHERE id IN (SELECT id FROM ranked WHERE n > 1)

DELETE FROM staging_customers a USING staging_customers b WHERE a.email = b.email AND a.id > b.id

INSERT INTO customers (id, email) SELECT id, email FROM staging_customers WHERE id = 112 ON CONFLICT (id) DO UPDATE SET email = excluded.email

UPDATE customers c SET email = s.email FROM staging_customers s WHERE s.id = 103 AND c.id = 3

DELETE FROM staging_customers WHERE email ISNULL AND phone ISNULL

--! tool: query
--! plain

with orders as (
    select * from public.orders
),
final as (
    select customer_id, min(created_at) as first_order_date, count(id) as number_of_orders from orders group by 1
)
select * from final where number_of_orders >= 2 order by 1 limit 500

with events as (select id, kind from events) select kind, count(*) as n from events group by kind order by kind
