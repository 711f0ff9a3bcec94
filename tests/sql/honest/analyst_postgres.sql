-- What analysts of PostgreSQL write, put down before the screen was asked.

--! dialect: postgres
--! tool: query
--! plain

SELECT date_trunc('month', created_at) AS month, count(*) AS n, sum(amount_cents) / 100.0 AS revenue FROM orders GROUP BY 1 ORDER BY 1

SELECT date_trunc('week', created_at)::date AS week, count(*) FROM orders WHERE created_at >= now() - interval '10 years' GROUP BY week ORDER BY week

SELECT EXTRACT(dow FROM created_at) AS weekday, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT to_char(created_at, 'YYYY-MM') AS month, round(avg(amount_cents)::numeric, 2) AS avg FROM orders GROUP BY 1 ORDER BY 1

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_cents) AS median, percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY amount_cents) AS quartiles FROM orders

SELECT status, array_agg(id ORDER BY id DESC) AS ids, string_agg(DISTINCT note, '; ' ORDER BY note) AS notes FROM orders GROUP BY status

SELECT DISTINCT ON (customer_id) customer_id, id, status, created_at FROM orders ORDER BY customer_id, created_at DESC, id

SELECT o.id, l.n FROM orders o CROSS JOIN LATERAL (SELECT count(*) AS n FROM gold_orders g WHERE g.customer_id = o.customer_id) AS l ORDER BY o.id

SELECT c.id, t.amount_cents FROM customers c LEFT JOIN LATERAL (SELECT o.amount_cents FROM orders o WHERE o.customer_id = c.id ORDER BY o.amount_cents DESC LIMIT 3) t ON true ORDER BY c.id

SELECT d::date AS day, count(o.id) AS n FROM generate_series('2026-01-01'::timestamp, '2026-01-31'::timestamp, interval '1 day') AS d LEFT JOIN orders o ON o.created_at::date = d::date GROUP BY d ORDER BY d

SELECT g.n, g.n * g.n AS sq FROM generate_series(1, 10) AS g(n)

SELECT id, payload::jsonb ->> 'ip' AS ip, (payload::jsonb -> 'geo' ->> 'city') AS city FROM events WHERE (payload::jsonb ->> 'ok')::boolean

SELECT payload::jsonb #>> '{geo,city}' AS city, count(*) FROM events GROUP BY 1

SELECT e.id, tag FROM events e, jsonb_array_elements_text(e.payload::jsonb -> 'tags') AS tag ORDER BY 1, 2

SELECT e.id, kv.key, kv.value FROM events e CROSS JOIN LATERAL jsonb_each_text(e.payload::jsonb) AS kv(key, value) WHERE e.id < 3

SELECT count(*) FROM events WHERE payload::jsonb @> '{"ok": true}'

SELECT count(*) FROM events WHERE payload::jsonb ? 'ip'

SELECT status, count(*) FILTER (WHERE amount_cents > 5000) AS big, avg(amount_cents) FILTER (WHERE amount_cents > 5000)::int AS avg_big FROM orders GROUP BY status

SELECT status, customer_id, sum(amount_cents) FROM orders GROUP BY ROLLUP (status, customer_id) ORDER BY status NULLS LAST, customer_id NULLS FIRST

SELECT status, count(*), grouping(status) FROM orders GROUP BY GROUPING SETS ((status), ())

SELECT status, customer_id % 3 AS bucket, count(*) FROM orders GROUP BY CUBE (status, customer_id % 3)

SELECT id FROM orders WHERE note ILIKE '%DOOR%' OR note ~* '^urg'

SELECT id, regexp_replace(note, '\s+', ' ', 'g') AS note, split_part(note, ' ', 1) AS head FROM orders WHERE note <> ''

SELECT id FROM orders WHERE status = ANY (ARRAY['paid', 'shipped']) AND amount_cents <> ALL (ARRAY[100, 200])

SELECT id FROM orders WHERE status = ANY ('{paid,shipped}'::text[])

SELECT width_bucket(amount_cents, 0, 10000, 5) AS bucket, count(*) FROM orders GROUP BY bucket ORDER BY bucket

SELECT corr(amount_cents, customer_id), stddev_samp(amount_cents), variance(amount_cents) FROM orders

SELECT mode() WITHIN GROUP (ORDER BY status) FROM orders

SELECT id, amount_cents, lead(amount_cents) OVER (PARTITION BY customer_id ORDER BY created_at) - amount_cents AS delta FROM orders

SELECT id, sum(amount_cents) OVER (ORDER BY created_at RANGE BETWEEN INTERVAL '7 days' PRECEDING AND CURRENT ROW) AS week_sum FROM orders

SELECT id, count(*) OVER (ORDER BY amount_cents GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM orders

SELECT age(timestamp '2026-12-31', created_at) AS age, justify_days(age(created_at)) FROM orders LIMIT 2

SELECT created_at + interval '1 month' AS due, created_at AT TIME ZONE 'UTC' AS utc FROM orders LIMIT 2

SELECT id FROM orders WHERE created_at BETWEEN '2026-02-01' AND '2026-02-28' AND extract(hour FROM created_at) = 12

SELECT coalesce(note, '(none)') AS note, greatest(amount_cents, 500), least(amount_cents, 500) FROM orders FETCH FIRST 5 ROWS ONLY

SELECT json_build_object('status', status, 'n', count(*)) FROM orders GROUP BY status

SELECT jsonb_agg(jsonb_build_object('id', id, 'cents', amount_cents) ORDER BY id) FROM orders WHERE customer_id = 3

SELECT row_to_json(t) FROM (SELECT id, status FROM orders LIMIT 2) t

SELECT to_jsonb(o) - 'note' AS o FROM orders o WHERE id = 1

SELECT unnest(ARRAY[1, 2, 3]) AS n

SELECT u.v, u.i FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u(v, i)

SELECT (ARRAY_AGG(id ORDER BY amount_cents DESC))[1] AS top FROM orders GROUP BY customer_id

SELECT (ARRAY_AGG(id ORDER BY id))[1:3] AS few FROM orders

SELECT bool_or(status = 'returned') AS any_returned, bool_and(amount_cents > 0) AS positive FROM orders GROUP BY customer_id

SELECT count(*) FROM orders o JOIN gold_orders g USING (id, customer_id)

SELECT o.id, g.id FROM orders o FULL JOIN gold_orders g ON g.id = o.id WHERE g.id IS NULL OR o.id IS NULL

WITH t AS MATERIALIZED (SELECT id, amount_cents FROM orders WHERE status = 'paid') SELECT count(*), sum(amount_cents) FROM t

WITH RECURSIVE chain AS (SELECT id, customer_id, 1 AS depth FROM orders WHERE id = 1 UNION ALL SELECT o.id, o.customer_id, c.depth + 1 FROM orders o JOIN chain c ON o.id = c.id + 1 WHERE c.depth < 5) SELECT * FROM chain

WITH cohort AS (SELECT id AS customer_id, date_trunc('month', created_at) AS cohort_month FROM customers), activity AS (SELECT o.customer_id, c.cohort_month, (extract(year FROM age(o.created_at, c.cohort_month)) * 12 + extract(month FROM age(o.created_at, c.cohort_month)))::int AS m FROM orders o JOIN cohort c USING (customer_id)) SELECT cohort_month, m, count(DISTINCT customer_id) FROM activity GROUP BY 1, 2 ORDER BY 1, 2

EXPLAIN SELECT * FROM orders WHERE customer_id = 4

EXPLAIN (FORMAT JSON, COSTS OFF) SELECT status, count(*) FROM orders GROUP BY status

SELECT id, status, CASE WHEN note IS DISTINCT FROM '' THEN note END AS note FROM orders WHERE (customer_id, status) IN ((1, 'paid'), (2, 'open'), (3, 'shipped'))

SELECT concat_ws('-', id, status, note) AS label, left(status, 3), right(status, 2), initcap(status), lpad(id::text, 6, '0') FROM orders LIMIT 3

SELECT substring(note FROM 1 FOR 5), position('a' IN note), trim(BOTH ' ' FROM note), char_length(note), overlay(note PLACING 'X' FROM 1 FOR 1) FROM orders WHERE note <> ''

SELECT amount_cents::numeric(12, 2) / 100 AS euros, amount_cents::text, '2026-01-01'::date + 5 AS d FROM orders LIMIT 1

SELECT mod(id, 7) AS m, power(2, 3), sqrt(16), ceil(1.2), floor(1.8), trunc(12.345, 1), sign(-3) FROM orders LIMIT 1

SELECT md5(status) AS h, count(*) FROM orders GROUP BY 1

SELECT tstzrange(now(), now() + interval '1 day') IS NOT NULL AS ok, pg_typeof(1) AS t

SELECT nullif(count(*) FILTER (WHERE status = 'paid'), 0)::float / nullif(count(*), 0) AS rate FROM orders

SELECT status, sum(sum(amount_cents)) OVER (ORDER BY status) AS cumulative FROM orders GROUP BY status

SELECT EXTRACT(EPOCH FROM max(created_at) - min(created_at)) / 86400 AS span_days FROM orders

SELECT current_date - created_at::date AS days_old FROM orders ORDER BY days_old LIMIT 1

--! masked

SELECT DISTINCT ON (country) country, name, email FROM customers ORDER BY country, id

SELECT c.country, array_agg(c.email ORDER BY c.id) AS mails FROM customers c GROUP BY c.country

SELECT jsonb_build_object('id', id, 'email', email) FROM customers WHERE id < 4

SELECT to_jsonb(c) FROM customers c LIMIT 2

SELECT count(*) FROM customers c JOIN gold_customers g USING (email)

SELECT id, coalesce(email, phone, 'unreachable') AS contact FROM customers ORDER BY id

SELECT c.name, sum(o.amount_cents) AS spent FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name ORDER BY spent DESC, c.id LIMIT 5

SELECT count(DISTINCT (name, email)) FROM staging_customers

--! plain
--! tool: execute

UPDATE orders SET created_at = now() WHERE id = 3

INSERT INTO orders (id, customer_id, amount_cents, status, created_at) VALUES (950, 1, 100, 'open', now()) RETURNING id

INSERT INTO orders AS o (id, amount_cents) VALUES (5, 50) ON CONFLICT (id) DO UPDATE SET amount_cents = o.amount_cents + EXCLUDED.amount_cents WHERE o.status <> 'paid'

UPDATE orders AS o SET note = g.note FROM gold_orders AS g WHERE g.id = o.id AND g.status = 'paid'

DELETE FROM orders USING gold_orders g WHERE orders.id = g.id AND g.status = 'returned'

DELETE FROM orders WHERE created_at < '2026-01-10' AND status = 'returned' RETURNING id

WITH gone AS (DELETE FROM orders WHERE status = 'returned' AND amount_cents < 2000 RETURNING id) SELECT count(*) FROM gone

UPDATE orders SET (status, note) = ('open', 'again') WHERE id = 20

UPDATE orders SET note = (SELECT g.note FROM gold_orders g WHERE g.id = orders.id) WHERE id = ANY (ARRAY[1, 2, 3])

INSERT INTO events (id, kind, payload, at) SELECT 800 + id, 'payment', jsonb_build_object('order', id)::text, created_at FROM orders WHERE id <= 3

DELETE FROM staging_customers a WHERE a.id > 115 AND EXISTS (SELECT 1 FROM staging_customers b WHERE b.name = a.name AND b.id < a.id)

UPDATE events SET payload = jsonb_set(payload::jsonb, '{ok}', 'true')::text WHERE id = 9
