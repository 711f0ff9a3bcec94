-- A second round to PostgreSQL: more of mappers, dashboards, notebooks and cleaning jobs.
--! dialect: postgres
--! tool: query
--! masked

SELECT * FROM customers LIMIT 5

SELECT c.* FROM customers c WHERE c.country IN ('DE', 'FR') ORDER BY c.id DESC LIMIT 3

SELECT DISTINCT email FROM customers WHERE email IS NOT NULL

SELECT name, count(*) OVER (PARTITION BY country) AS peers FROM customers

SELECT email, row_number() OVER (PARTITION BY email ORDER BY id) AS nth FROM staging_customers

SELECT count(DISTINCT phone), count(DISTINCT ssn), count(DISTINCT (name, email)) FROM customers

SELECT a.id, b.id FROM staging_customers a JOIN staging_customers b ON a.email = b.email AND a.id < b.id

SELECT id FROM staging_customers WHERE email IN (SELECT email FROM staging_customers GROUP BY email HAVING count(*) > 1)

SELECT g.id, g.email = c.email AS same, g.email IS DISTINCT FROM c.email AS changed FROM gold_customers g JOIN customers c ON c.id = g.id

SELECT c.id FROM customers c LEFT JOIN gold_customers g USING (id, email) WHERE g.phone IS NULL AND c.email IS NOT NULL

SELECT id, email FROM customers NATURAL JOIN gold_customers

SELECT count(*) FROM customers c JOIN gold_customers g ON g.email = c.email

SELECT email FROM gold_customers INTERSECT SELECT email FROM customers

SELECT c.id, c.name, string_agg(o.status, '|' ORDER BY o.id) AS history FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name

SELECT c.name, max(o.created_at) AS last_order, sum(o.amount_cents) / 100.0 AS spent FROM customers AS c JOIN orders AS o ON c.id = o.customer_id GROUP BY c.id, c.name HAVING count(*) >= 2 ORDER BY spent DESC

SELECT name AS customer_name, CASE WHEN email IS NULL THEN 'missing' ELSE 'ok' END AS mail_state FROM customers

SELECT count(*) FILTER (WHERE email IS NULL) AS no_mail, count(*) FILTER (WHERE phone IS NOT NULL) AS phones FROM customers

SELECT country, json_agg(name ORDER BY id) FROM customers GROUP BY country

SELECT jsonb_agg(c) FROM customers c WHERE c.id < 3

SELECT to_jsonb(c) - 'ssn' AS doc FROM customers c WHERE c.id = 1

SELECT jsonb_build_object('id', c.id, 'name', c.name, 'orders', (SELECT coalesce(jsonb_agg(o.id ORDER BY o.id), '[]'::jsonb) FROM orders o WHERE o.customer_id = c.id)) FROM customers c WHERE c.id < 5

SELECT id || ': ' || name AS label FROM customers WHERE id < 6

WITH active AS (SELECT DISTINCT customer_id FROM orders WHERE status <> 'returned') SELECT c.id, c.email FROM customers c JOIN active a ON a.customer_id = c.id

WITH c AS (SELECT id, name, email FROM customers WHERE country = 'DE'), o AS (SELECT customer_id, sum(amount_cents) AS total FROM orders GROUP BY customer_id) SELECT c.name, c.email, coalesce(o.total, 0) AS total FROM c LEFT JOIN o ON o.customer_id = c.id ORDER BY total DESC

SELECT id, email FROM customers WHERE id IN (SELECT customer_id FROM orders GROUP BY customer_id ORDER BY sum(amount_cents) DESC LIMIT 5)

SELECT id, email FROM customers ORDER BY random() LIMIT 3

SELECT * FROM (SELECT id, email FROM customers UNION ALL SELECT id, email FROM gold_customers) u ORDER BY id

SELECT first_value(name) OVER (PARTITION BY country ORDER BY created_at, id) AS first_customer, country FROM customers

SELECT date_trunc('year', created_at) AS year, count(*) AS n, count(email) * 100.0 / count(*) AS pct FROM customers GROUP BY 1

SELECT c.id, c.email, o.* FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'open' WHERE c.country = 'FR'

SELECT o.id, c.* FROM orders o LEFT JOIN customers c ON c.id = o.customer_id ORDER BY o.id LIMIT 10

SELECT "t0"."id", "t0"."email", "t1"."status" FROM "public"."customers" AS "t0" LEFT OUTER JOIN "public"."orders" AS "t1" ON ("t0"."id" = "t1"."customer_id") WHERE ("t0"."country" = 'DE') LIMIT 50

SELECT "public"."customers".*, "Orders"."status" AS "Orders__status" FROM "public"."customers" LEFT JOIN "public"."orders" AS "Orders" ON "public"."customers"."id" = "Orders"."customer_id" LIMIT 20

SELECT customers.*, (SELECT count(*) FROM orders WHERE orders.customer_id = customers.id) AS order_count FROM customers ORDER BY order_count DESC, id LIMIT 5

SELECT country, email FROM (SELECT country, email, rank() OVER (PARTITION BY country ORDER BY id) AS r FROM customers) t WHERE r <= 2

SELECT nullif(email, phone), coalesce(email, phone) AS reach FROM customers

SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM gold_customers g WHERE g.email = c.email)

SELECT (c).email, (c).id FROM customers c WHERE c.id < 4

SELECT x.email FROM customers c CROSS JOIN LATERAL (SELECT c.email) AS x

SELECT c.country, array_agg(DISTINCT c.email) FILTER (WHERE c.email IS NOT NULL) AS mails FROM customers c GROUP BY c.country

SELECT country, mode() WITHIN GROUP (ORDER BY email) FROM customers GROUP BY country

SELECT num_nulls(email, phone, ssn) AS missing, count(*) FROM customers GROUP BY 1 ORDER BY 1

SELECT row_number() OVER () AS n, email FROM customers OFFSET 5 LIMIT 5

SELECT DISTINCT ON (country) country, id, name FROM customers ORDER BY country, created_at DESC

SELECT c.email::text, c.name::varchar(200) FROM customers c WHERE c.id = 2

SELECT unnest(ARRAY[email, phone]) AS contact FROM customers WHERE id < 3

SELECT k.email, count(*) FROM (SELECT email FROM customers UNION ALL SELECT email FROM gold_customers) AS k(email) GROUP BY k.email HAVING count(*) > 1

SELECT email IS NOT NULL AS has_mail, count(*), round(avg(spent), 2) FROM (SELECT c.email, sum(o.amount_cents) AS spent FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.email) t GROUP BY 1

--! plain

SELECT o.status AS "Status", count(*) AS "Count" FROM orders o GROUP BY "Status" ORDER BY "Count" DESC

SELECT created_at::date AS d, sum(amount_cents) AS total, sum(sum(amount_cents)) OVER (ORDER BY created_at::date) AS running FROM orders GROUP BY d

SELECT status, amount_cents, rank() OVER (PARTITION BY status ORDER BY amount_cents DESC) AS r FROM orders WHERE amount_cents > (SELECT avg(amount_cents) FROM orders)

SELECT a.id, b.id FROM orders a, orders b WHERE a.id + 1 = b.id AND a.status = b.status

SELECT kind, count(*) AS cnt, round(100.0 * count(*) / (SELECT count(*) FROM events), 2) AS pct FROM events GROUP BY kind

SELECT DISTINCT jsonb_object_keys(payload::jsonb) FROM events ORDER BY 1

SELECT customer_id FROM orders GROUP BY customer_id HAVING bool_or(status = 'returned') AND count(*) > 1

WITH RECURSIVE months AS (SELECT date '2026-01-01' AS m UNION ALL SELECT (m + interval '1 month')::date FROM months WHERE m < date '2026-06-01') SELECT to_char(m, 'YYYY-MM') AS month, count(o.id) FROM months LEFT JOIN orders o ON date_trunc('month', o.created_at) = m GROUP BY m ORDER BY m

SELECT to_char(d, 'YYYY-MM-DD') AS day FROM generate_series(now() - interval '6 days', now(), '1 day') d

SELECT o.id, e.kind FROM orders o LEFT JOIN events e ON e.id = o.id AND e.kind = 'login' ORDER BY o.id LIMIT 5

SELECT status, count(*)::int AS n, (sum(amount_cents) / 100.0)::money IS NOT NULL AS paid FROM orders GROUP BY status

SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY amount_cents) AS p90, status FROM orders GROUP BY status

SELECT date_part('day', now() - max(created_at)) AS days_since FROM orders

SELECT id, amount_cents, ntile(10) OVER (ORDER BY amount_cents) AS decile FROM orders

SELECT s.status, coalesce(t.n, 0) FROM unnest(ARRAY['open', 'paid', 'lost']) AS s(status) LEFT JOIN (SELECT status, count(*) AS n FROM orders GROUP BY status) t ON t.status = s.status

SELECT count(*) FILTER (WHERE created_at >= date_trunc('month', timestamp '2026-03-31')) AS this_month FROM orders

SELECT id, note FROM orders WHERE note IS NOT NULL AND note <> '' AND position('door' IN note) > 0

SELECT string_agg(DISTINCT status, ', ' ORDER BY status) FROM orders

SELECT sum(a) FROM (SELECT amount_cents AS a FROM orders UNION ALL SELECT amount_cents FROM gold_orders) x

SELECT o.customer_id, count(*) AS n FROM orders AS o GROUP BY o.customer_id ORDER BY n DESC, o.customer_id ASC NULLS FIRST LIMIT 10

SELECT id, (payload::jsonb)['ip'] AS ip FROM events LIMIT 2

SELECT count(*) FROM events WHERE payload::jsonb @? '$.tags[*] ? (@ == "a")'

SELECT at::date AS day, kind, count(*) FROM events GROUP BY GROUPING SETS ((at::date, kind), (kind), ()) ORDER BY 1 NULLS LAST, 2

SELECT id FROM orders WHERE status IN ('paid', 'open') AND amount_cents BETWEEN 100 AND 5000 AND created_at >= '2026-01-01'::date

SELECT extract(year FROM created_at)::int AS y, extract(month FROM created_at)::int AS m, count(*) FROM orders GROUP BY y, m ORDER BY y, m

SELECT * FROM orders WHERE id = 3 AND status IS NOT NULL AND (note IS NULL OR note <> 'x')

SELECT count(*) OVER () AS total, o.* FROM orders o ORDER BY id LIMIT 5 OFFSET 10

SELECT ((amount_cents - avg(amount_cents) OVER ()) / nullif(stddev(amount_cents) OVER (), 0))::numeric(10, 3) AS z FROM orders LIMIT 5

SELECT max(created_at) - min(created_at) AS span, justify_interval(max(created_at) - min(created_at)) FROM orders

SELECT concat_ws(' ', 'order', id, status) AS label FROM orders WHERE id < 3

SELECT md5(string_agg(id::text, ',' ORDER BY id)) AS checksum FROM orders

SELECT chr(65 + (id % 26)::int) AS letter, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT id::bigint, amount_cents::real, status::varchar(3), created_at::timestamptz IS NOT NULL FROM orders LIMIT 1

SELECT CAST(amount_cents AS decimal(10, 2)) / 100 AS amount, CAST(created_at AS date) AS day FROM orders LIMIT 1

--! tool: execute

UPDATE orders SET status = 'cancelled' WHERE status = 'open' AND created_at < now() - interval '90 days' AND id < 20

UPDATE orders SET note = 'gift' WHERE note IS NULL AND customer_id = 4 RETURNING id, note

UPDATE orders SET note = concat(note, ' [checked]') WHERE id IN (1, 2)

UPDATE orders SET status = g.status FROM gold_orders g WHERE g.id = orders.id AND g.id IN (3, 4)

UPDATE orders AS o SET status = g.status, note = g.note FROM gold_orders AS g WHERE o.id = g.id AND g.status = 'paid' AND o.id < 10

UPDATE events SET payload = (payload::jsonb - 'tags')::text WHERE id = 7

UPDATE events SET payload = (payload::jsonb || '{"checked": true}')::text WHERE kind = 'login' AND id < 10

DELETE FROM events WHERE at < timestamp '2026-01-05' AND kind <> 'payment'

DELETE FROM events e WHERE e.id NOT IN (SELECT max(id) FROM events GROUP BY kind, at)

DELETE FROM events WHERE kind = 'noise' AND payload::jsonb ->> 'ip' LIKE '203.0.113.1%'

DELETE FROM staging_customers WHERE country IS NULL OR trim(country) = ''

DELETE FROM staging_customers WHERE id IN (SELECT s.id FROM staging_customers s JOIN customers c ON c.email = s.email)

DELETE FROM staging_customers s USING customers c WHERE c.email = s.email AND c.country = 'DE'

DELETE FROM staging_customers s WHERE EXISTS (SELECT 1 FROM staging_customers o WHERE o.email = s.email AND o.id < s.id)

INSERT INTO orders (id, customer_id, amount_cents, status, note, created_at) SELECT max(id) + 1, 3, 500, 'open', NULL, now() FROM orders

INSERT INTO orders (id, customer_id, amount_cents, status) SELECT 2000 + g.id, g.customer_id, g.amount_cents, 'open' FROM gold_orders g WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = g.id + 2000) RETURNING id

INSERT INTO orders (id, status) SELECT s.id, 'open' FROM generate_series(3000, 3005) AS s(id)

INSERT INTO orders (id, status, amount_cents) SELECT * FROM unnest(ARRAY[3101, 3102], ARRAY['open', 'paid'], ARRAY[1, 2])

INSERT INTO events (id, kind, payload, at) VALUES (4100, 'note', jsonb_build_object('text', 'it''s fine', 'n', 3)::text, now())

INSERT INTO events (id, kind) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET kind = EXCLUDED.kind, at = now() RETURNING id, kind

INSERT INTO staging_customers (id, name, email, country) SELECT id + 5000, name, email, country FROM customers WHERE country = 'DE'

INSERT INTO staging_customers (id, name, email, country) SELECT id + 6000, trim(name), lower(trim(email)), upper(country) FROM customers WHERE id < 4

INSERT INTO customers SELECT * FROM staging_customers WHERE id = 110 ON CONFLICT (id) DO NOTHING

WITH latest AS (SELECT * FROM staging_customers WHERE id BETWEEN 110 AND 112) INSERT INTO customers SELECT * FROM latest

WITH one AS (SELECT id, name, email, row_number() OVER (PARTITION BY email ORDER BY id) AS n FROM staging_customers WHERE email IS NOT NULL AND id > 110) INSERT INTO customers (id, name, email) SELECT id, name, email FROM one WHERE n = 1 ORDER BY id

UPDATE customers SET name = s.name FROM (SELECT id, name FROM staging_customers WHERE id = 104) AS s WHERE customers.id = 4

UPDATE customers c SET (name, email) = (SELECT s.name, s.email FROM staging_customers s WHERE s.id = 105) WHERE c.id = 5

UPDATE staging_customers SET country = (SELECT c.country FROM customers c WHERE c.email = staging_customers.email) WHERE id IN (101, 102)

WITH gone AS (DELETE FROM events WHERE id IN (11, 12) RETURNING id) SELECT count(*) FROM gone

WITH changed AS (UPDATE orders SET status = 'paid' WHERE id = 21 RETURNING id, status) SELECT * FROM changed

MERGE INTO orders o USING (VALUES (3, 'paid'), (4, 'open')) AS v(id, status) ON o.id = v.id WHEN MATCHED THEN UPDATE SET status = v.status
