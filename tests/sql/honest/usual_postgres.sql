-- PostgreSQL as tools for reports and mappers of objects send it, and as pipelines do.

--! dialect: postgres
--! tool: query
--! plain

SELECT o.status, o.n, round(o.n * 100.0 / t.n, 1) AS pct FROM (SELECT status, count(*) AS n FROM orders GROUP BY status) o, (SELECT count(*) AS n FROM orders) t ORDER BY 2 DESC

SELECT COUNT(*) AS "count", "orders"."status" AS "status" FROM "orders" WHERE "orders"."created_at" BETWEEN '2026-01-01 00:00:00' AND '2026-12-31 23:59:59.999999' GROUP BY "orders"."status" ORDER BY "count" DESC

SELECT "source"."status" AS "status", SUM("source"."amount_cents") AS "sum" FROM (SELECT "public"."orders"."id" AS "id", "public"."orders"."status" AS "status", "public"."orders"."amount_cents" AS "amount_cents" FROM "public"."orders" WHERE "public"."orders"."amount_cents" > 100) AS "source" GROUP BY "source"."status" ORDER BY "source"."status" ASC

SELECT CAST(DATE_TRUNC('month', "public"."orders"."created_at") AS date) AS "created_at", COUNT(DISTINCT "public"."orders"."customer_id") AS "count" FROM "public"."orders" GROUP BY CAST(DATE_TRUNC('month', "public"."orders"."created_at") AS date) ORDER BY 1 ASC LIMIT 1048575

SELECT t.* FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY created_at DESC) AS rn FROM orders) t WHERE t.rn = 1 ORDER BY t.id

SELECT id, status, lead(status) OVER (ORDER BY id) IS DISTINCT FROM status AS switches FROM orders ORDER BY id LIMIT 10

WITH gaps AS (SELECT id, created_at, created_at - lag(created_at) OVER (ORDER BY created_at, id) AS gap FROM orders) SELECT * FROM gaps WHERE gap > interval '1 day' ORDER BY gap DESC LIMIT 5

WITH islands AS (SELECT id, status, row_number() OVER (ORDER BY id) - row_number() OVER (PARTITION BY status ORDER BY id) AS grp FROM orders) SELECT status, min(id), max(id), count(*) FROM islands GROUP BY status, grp HAVING count(*) > 1 ORDER BY 2

SELECT a.attname FROM (VALUES ('id'), ('status')) AS a(attname) ORDER BY 1

SELECT string_agg(format('%s=%s', key, value), '&' ORDER BY key) FROM events, jsonb_each_text(payload::jsonb -> 'geo') WHERE id = 1

SELECT e.id, t.tag FROM events e LEFT JOIN LATERAL jsonb_array_elements_text(payload::jsonb -> 'tags') WITH ORDINALITY t(tag, pos) ON t.pos = 1 WHERE e.id < 5

SELECT jsonb_array_length(payload::jsonb -> 'tags') AS n, count(*) FROM events GROUP BY n

SELECT (e.payload::jsonb)['geo']['city'] AS city FROM events e LIMIT 2

SELECT (payload::jsonb)['tags'][0] FROM events WHERE id = 1

SELECT json_build_array(1, 'a', NULL), json_typeof('[1]'), jsonb_build_object('a', ARRAY[1, 2]), to_json(ARRAY[[1, 2]]), array_to_json(ARRAY[1])

SELECT '{"a": {"b": [1, 2]}}'::jsonb #> '{a,b,1}', '[1, 2]'::jsonb @> '2', jsonb '{"a": 1}' - 'a', jsonb_strip_nulls('{"a": null}')

SELECT * FROM jsonb_each('{"a": 1, "b": 2}') ORDER BY key

SELECT * FROM json_array_elements('[1, 2, 3]') AS x WHERE x::text <> '2'

SELECT value ->> 'n' AS n FROM jsonb_array_elements('[{"n": 1}, {"n": 2}]')

SELECT x.* FROM jsonb_to_recordset('[{"a": 1, "b": [1, 2]}]') AS x(a int, b jsonb)

SELECT count(*) FILTER (WHERE amount_cents >= 5000) * 1.0 / NULLIF(count(*), 0) AS share FROM orders

SELECT to_char(date_trunc('week', created_at), 'IYYY-IW') AS week, count(*) FROM orders GROUP BY 1 ORDER BY 1 LIMIT 4

SELECT date_part('epoch', max(created_at) - min(created_at))::bigint AS seconds FROM orders

SELECT generate_series(date_trunc('month', min(created_at)), max(created_at), '1 month')::date AS month FROM orders

SELECT d, extract(isodow FROM d) IN (6, 7) AS weekend FROM generate_series('2026-03-01'::date, '2026-03-07'::date, '1 day'::interval) d

SELECT o1.id FROM orders o1 WHERE o1.amount_cents > (SELECT avg(o2.amount_cents) FROM orders o2 WHERE o2.status = o1.status) ORDER BY 1 LIMIT 5

SELECT o.id, (SELECT count(*) FROM gold_orders g WHERE g.customer_id = o.customer_id) AS gold FROM orders o ORDER BY gold DESC, o.id LIMIT 5

SELECT id FROM orders WHERE (amount_cents, id) < (5000, 30) ORDER BY amount_cents DESC, id DESC LIMIT 4

SELECT id FROM orders WHERE id NOT IN (SELECT id FROM gold_orders WHERE id IS NOT NULL) ORDER BY id LIMIT 3

SELECT id FROM orders WHERE status <> ALL (ARRAY['open', 'paid']) ORDER BY id LIMIT 3

SELECT id FROM orders WHERE status = ANY ('{open,paid}'::text[]) AND NOT (note IS NULL OR note = '') ORDER BY id LIMIT 3

SELECT id, note FROM orders WHERE to_tsvector('simple', coalesce(note, '')) @@ websearch_to_tsquery('simple', 'door -urgent') ORDER BY id LIMIT 3

SELECT upper(left(status, 1)) || substr(status, 2) AS title, char_length(status), octet_length(status), bit_length(status) FROM orders WHERE id = 1

SELECT regexp_split_to_array(note, '\s'), (regexp_matches(note, '(\w+)$'))[1] FROM orders WHERE id IN (1, 2)

SELECT id, note FROM orders WHERE note ~ '^\d+%' ORDER BY id LIMIT 2

SELECT coalesce(nullif(trim(note), ''), '(none)') AS note, count(*) FROM orders GROUP BY 1 ORDER BY 2 DESC

SELECT CASE WHEN grouping(status) = 1 THEN 'total' ELSE status END AS s, sum(amount_cents) FROM orders GROUP BY GROUPING SETS ((status), ())

SELECT DISTINCT status, count(*) OVER (PARTITION BY status) FROM orders ORDER BY 1

SELECT array_agg(id ORDER BY amount_cents DESC) FILTER (WHERE status = 'paid') AS paid, (array_agg(id ORDER BY amount_cents DESC))[1:3] AS top FROM orders

SELECT unnest(array_agg(DISTINCT status)) AS s FROM orders ORDER BY 1

SELECT mode() WITHIN GROUP (ORDER BY status) AS usual, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM created_at)) AS mid FROM orders

SELECT ntile(4) OVER (ORDER BY amount_cents) AS q, amount_cents FROM orders ORDER BY 2 LIMIT 4

SELECT q, min(amount_cents), max(amount_cents) FROM (SELECT amount_cents, ntile(4) OVER (ORDER BY amount_cents) AS q FROM orders) x GROUP BY q ORDER BY q

SELECT sum(CASE WHEN status = 'open' THEN 1 ELSE 0 END) AS open, sum((status = 'paid')::int) AS paid FROM orders

SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM orders WHERE id = 5)

SELECT NULL::int AS n, 'x'::varchar(3), '5'::numeric(4, 1), true AND NOT false, 'a' || 1 || 'b', 5 BETWEEN 1 AND 9, 3 IN (1, 2, 3), -7 % 3, 5 / 2::float, 10 ^ 2

SELECT current_date - interval '1 day' < now(), localtimestamp > '2020-01-01', date 'today' >= date 'yesterday', timestamp 'epoch'

SELECT o.id AS order_id, c.country FROM orders o INNER JOIN customers c ON (c.id = o.customer_id) WHERE c.country IN ('DE', 'FR') ORDER BY o.id LIMIT 5

SELECT c.country, count(DISTINCT o.id) AS orders, coalesce(sum(o.amount_cents), 0) / 100.0 AS euros FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status <> 'returned' GROUP BY c.country ORDER BY euros DESC

SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL ORDER BY 1

SELECT * FROM orders WHERE created_at > (SELECT max(created_at) - interval '3 days' FROM orders) ORDER BY created_at DESC, id

(SELECT 'first' AS which, id FROM orders ORDER BY created_at, id LIMIT 1) UNION ALL (SELECT 'last', id FROM orders ORDER BY created_at DESC, id LIMIT 1)

SELECT id, 'open' = status AS open, status IN ('paid', 'shipped') AS done, note IS NOT NULL AND note <> '' AS noted FROM orders ORDER BY id FETCH FIRST ROW ONLY

SELECT DATE '2026-01-01' + i AS d FROM generate_series(0, 6) AS t(i)

SELECT x, x * x AS sq, sqrt(x)::numeric(5, 2), ln(x), power(x, 3), mod(x, 3), sign(-x), cbrt(x) FROM generate_series(1, 5) x

WITH RECURSIVE fib(a, b, n) AS (SELECT 0, 1, 1 UNION ALL SELECT b, a + b, n + 1 FROM fib WHERE n < 12) SELECT a FROM fib

WITH RECURSIVE chain AS (SELECT id, customer_id, 1 AS depth FROM orders WHERE id = 1 UNION ALL SELECT o.id, o.customer_id, c.depth + 1 FROM orders o JOIN chain c ON o.id = c.customer_id WHERE c.depth < 5) SELECT * FROM chain

WITH RECURSIVE days AS (SELECT min(created_at)::date AS d FROM orders UNION ALL SELECT d + 1 FROM days WHERE d < (SELECT max(created_at)::date FROM orders)) SELECT count(*) FROM days

WITH RECURSIVE reach(id) AS (SELECT customer_id FROM orders WHERE id = 3 UNION SELECT o.customer_id FROM orders o JOIN reach r ON o.id = r.id) SELECT id FROM reach ORDER BY id

EXPLAIN SELECT * FROM orders WHERE status = 'open'

EXPLAIN (ANALYZE, BUFFERS) SELECT count(*) FROM orders

--! masked

SELECT "customers"."id", "customers"."email" FROM "customers" WHERE "customers"."country" = 'DE' ORDER BY "customers"."id" ASC LIMIT 10 OFFSET 0

SELECT c.id, c.name, count(o.*) AS orders FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name ORDER BY 3 DESC, 1 LIMIT 5

SELECT DISTINCT c.email FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.status = 'open' AND c.email IS NOT NULL

SELECT s.* FROM staging_customers s JOIN (SELECT email FROM staging_customers WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1) d USING (email) ORDER BY s.id

SELECT email, array_agg(id ORDER BY id) AS ids FROM staging_customers WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1

SELECT count(*) AS total, count(email) AS emails, round(100.0 * count(email) / count(*), 1) AS pct, count(DISTINCT email) AS distinct_emails FROM customers

SELECT g.id FROM gold_customers g JOIN customers c USING (id) WHERE g.email IS DISTINCT FROM c.email OR g.phone IS DISTINCT FROM c.phone

SELECT c.id, c.name, c.email, rank() OVER (PARTITION BY c.country ORDER BY c.created_at) FROM customers c ORDER BY c.id LIMIT 5

SELECT id, name FROM customers WHERE id IN (SELECT customer_id FROM orders GROUP BY customer_id HAVING sum(amount_cents) > 10000) ORDER BY id

SELECT customers.*, orders.amount_cents FROM customers, orders WHERE customers.id = orders.customer_id AND orders.id < 4 ORDER BY orders.id

SELECT jsonb_object_agg(id, email) FROM customers WHERE id < 5 AND email IS NOT NULL

SELECT row_to_json(c) FROM (SELECT id, name, email FROM customers WHERE id = 1) c

SELECT array_agg(c) FROM (SELECT id, phone FROM customers WHERE id < 4) c

SELECT (SELECT email FROM customers WHERE id = o.customer_id) AS email, o.id FROM orders o WHERE o.id < 4 ORDER BY o.id

SELECT CASE WHEN email IS NULL THEN 'missing' ELSE email END AS email, coalesce(phone, '-') AS phone FROM customers WHERE id IN (7, 11) ORDER BY id

SELECT COALESCE(c.email, s.email) FROM customers c FULL JOIN gold_customers s ON s.id = c.id ORDER BY c.id LIMIT 3

SELECT nullif(email, phone) FROM customers WHERE id = 2

WITH x AS (SELECT * FROM customers), y AS (SELECT x.*, row_number() OVER (ORDER BY id) AS rn FROM x) SELECT id, email FROM y WHERE rn BETWEEN 3 AND 5

SELECT max(created_at) AS last, country, bool_and(ssn IS NOT NULL) AS complete FROM customers GROUP BY country ORDER BY country

SELECT md5(email) AS email_hash, length(name) > 0 AS named FROM customers WHERE id < 4

--! plain
--! tool: execute

UPDATE "orders" SET "status" = 'paid', "note" = NULL WHERE "orders"."id" = 5 RETURNING "orders"."id"

INSERT INTO "orders" ("id", "customer_id", "amount_cents", "status") VALUES (801, 1, 5, 'open') RETURNING "orders"."id", "orders"."status"

INSERT INTO orders AS o (id, amount_cents, status) VALUES (3, 10, 'open') ON CONFLICT (id) DO UPDATE SET amount_cents = o.amount_cents + excluded.amount_cents WHERE o.status <> 'returned' RETURNING o.id

UPDATE orders SET amount_cents = round(amount_cents * 1.19) WHERE status = 'open' AND created_at < '2026-02-01'

UPDATE orders SET status = CASE id WHEN 1 THEN 'paid' WHEN 2 THEN 'open' ELSE status END WHERE id IN (1, 2)

UPDATE orders o SET note = 'gold' FROM gold_orders g WHERE g.id = o.id AND g.status = 'paid' AND o.id <= 10

UPDATE orders SET note = sub.n FROM (SELECT customer_id, count(*)::text AS n FROM gold_orders WHERE id < 5 GROUP BY customer_id) sub WHERE orders.customer_id = sub.customer_id AND orders.id < 10

DELETE FROM events WHERE id IN (SELECT id FROM events WHERE kind = 'noise' ORDER BY id LIMIT 5)

DELETE FROM events e WHERE e.kind = 'noise' AND e.at < now() - interval '30 days' AND e.id < 12

DELETE FROM staging_customers WHERE email IS NULL

DELETE FROM staging_customers s USING customers c WHERE c.id = s.id AND c.id = 3

INSERT INTO events (id, kind, payload, at) VALUES (9901, 'login', '{"ip": "203.0.113.1"}', '2026-02-01') ON CONFLICT DO NOTHING

INSERT INTO events SELECT 9902, 'login', payload, now() FROM events WHERE id = 1

INSERT INTO events (id, kind, at) SELECT 9910 + g, 'noise', timestamp '2026-01-01' + g * interval '1 hour' FROM generate_series(1, 5) AS g

WITH new AS (INSERT INTO orders (id, status) VALUES (810, 'open') RETURNING id) SELECT id FROM new

WITH up AS (UPDATE orders SET status = 'paid' WHERE id = 4 RETURNING id, status) SELECT * FROM up

MERGE INTO events AS t USING (SELECT 9903 AS id, 'login' AS kind) AS s ON s.id = t.id WHEN NOT MATCHED THEN INSERT (id, kind, payload, at) VALUES (s.id, s.kind, '{}', now()) WHEN MATCHED THEN UPDATE SET kind = s.kind

MERGE INTO orders t USING orders s ON t.id = s.id AND t.id IN (1, 2) WHEN MATCHED THEN UPDATE SET note = s.status

MERGE INTO orders t USING gold_orders s ON t.id = s.id WHEN MATCHED AND t.id = 3 THEN UPDATE SET note = s.note WHEN MATCHED THEN DO NOTHING
