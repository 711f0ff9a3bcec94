--! dialect: postgres
--! tool: query

SELECT date_trunc('month', created_at) AS month, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT created_at::date AS day, sum(amount_cents) FROM orders GROUP BY created_at::date

SELECT extract(year FROM created_at) AS y, extract(month FROM created_at) AS m, count(*) FROM orders GROUP BY 1, 2

SELECT id FROM orders WHERE created_at >= now() - interval '30 days'

SELECT id, age(created_at) FROM orders LIMIT 3

SELECT id, created_at + interval '1 day' * 3 AS due FROM orders

SELECT date_part('dow', created_at) AS weekday, count(*) FROM orders GROUP BY 1

SELECT to_char(created_at, 'YYYY-MM') AS month, count(*) FROM orders GROUP BY month

SELECT current_date - 7, current_timestamp, now()

SELECT id FROM orders WHERE created_at::date = DATE '2026-03-01'

SELECT make_date(2026, 3, 1), to_date('2026-03-01', 'YYYY-MM-DD')

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_cents) AS median FROM orders

SELECT status, percentile_disc(array[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY amount_cents) FROM orders GROUP BY status

SELECT mode() WITHIN GROUP (ORDER BY status) FROM orders

SELECT stddev(amount_cents), variance(amount_cents), stddev_pop(amount_cents) FROM orders

SELECT corr(id, amount_cents), regr_slope(amount_cents, id) FROM orders

SELECT payload::jsonb ->> 'ip' AS ip, count(*) FROM events GROUP BY 1

SELECT payload::jsonb #>> '{geo,city}' FROM events

SELECT (payload::jsonb -> 'tags') ->> 0 FROM events

SELECT id FROM events WHERE payload::jsonb @> '{"ok": true}'

SELECT id FROM events WHERE payload::jsonb ? 'ip'

SELECT e.id, t.tag FROM events e CROSS JOIN LATERAL jsonb_array_elements_text(e.payload::jsonb -> 'tags') AS t(tag)

SELECT e.id, kv.key, kv.value FROM events e, jsonb_each_text(e.payload::jsonb) kv

SELECT jsonb_array_length(payload::jsonb -> 'tags') FROM events

SELECT json_build_object('id', id, 'status', status) FROM orders LIMIT 3

SELECT jsonb_agg(id ORDER BY id) FROM orders WHERE status = 'paid'

SELECT json_object_agg(id, status) FROM orders

SELECT jsonb_typeof(payload::jsonb), jsonb_pretty(payload::jsonb) FROM events LIMIT 1

SELECT jsonb_object_keys(payload::jsonb) AS k, count(*) FROM events GROUP BY k

SELECT status, string_agg(id::text, ',' ORDER BY id) FROM orders GROUP BY status

SELECT status, array_agg(id ORDER BY id) FROM orders GROUP BY status

SELECT array_length(array_agg(DISTINCT customer_id), 1) FROM orders

SELECT id FROM orders WHERE status = ANY (ARRAY['paid', 'shipped'])

SELECT id FROM orders WHERE id = ANY ('{1,2,3}'::int[])

SELECT id FROM orders WHERE status <> ALL (ARRAY['open', 'returned'])

SELECT DISTINCT ON (customer_id) customer_id, id, amount_cents FROM orders ORDER BY customer_id, amount_cents DESC

SELECT o.id, x.n FROM orders o, LATERAL (SELECT count(*) AS n FROM events e WHERE e.id <= o.id) x

SELECT o.customer_id, l.id FROM (SELECT DISTINCT customer_id FROM orders) o JOIN LATERAL (SELECT id FROM orders i WHERE i.customer_id = o.customer_id ORDER BY amount_cents DESC LIMIT 2) l ON true

SELECT g.day, count(o.id) FROM generate_series('2026-01-01'::timestamp, '2026-01-31'::timestamp, interval '1 day') AS g(day) LEFT JOIN orders o ON o.created_at::date = g.day::date GROUP BY g.day ORDER BY g.day

SELECT i FROM generate_series(1, 10) AS i

SELECT customer_id, status, sum(amount_cents) FROM orders GROUP BY ROLLUP (customer_id, status)

SELECT customer_id, status, count(*), grouping(status) FROM orders GROUP BY GROUPING SETS ((customer_id), (status), ())

SELECT status, count(*) FROM orders GROUP BY CUBE (status)

SELECT id FROM orders WHERE note ILIKE '%DOOR%'

SELECT id FROM orders WHERE note ~* 'door|gate'

SELECT id FROM orders WHERE status SIMILAR TO '(paid|open)'

SELECT regexp_replace(note, '\s+', ' ', 'g') FROM orders

SELECT split_part(note, ' ', 1), left(note, 5), right(note, 5), initcap(status), lpad(id::text, 6, '0'), rpad(status, 10, '.') FROM orders

SELECT position('door' IN note), strpos(note, 'door'), overlay(status placing 'x' from 1 for 1), reverse(status) FROM orders LIMIT 2

SELECT concat(status, '-', id), concat_ws('/', status, id), format('%s:%s', id, status) FROM orders LIMIT 2

SELECT trim(both ' ' from note), btrim(note), char_length(note), octet_length(note) FROM orders LIMIT 2

SELECT substring(note from 1 for 4), substring(note from '[a-z]+') FROM orders LIMIT 2

SELECT amount_cents::numeric / 100 AS euros, round(amount_cents / 100.0, 2) FROM orders

SELECT greatest(amount_cents, 1000), least(amount_cents, 1000) FROM orders

SELECT width_bucket(amount_cents, 0, 10000, 10) AS bucket, count(*) FROM orders GROUP BY bucket ORDER BY bucket

SELECT trunc(amount_cents / 100.0), ceil(1.2), floor(1.8), mod(7, 3), power(2, 5), sqrt(16), ln(2), log(10), sign(-3), div(7, 2) FROM orders

SELECT id FROM orders ORDER BY amount_cents DESC NULLS LAST FETCH FIRST 5 ROWS ONLY

SELECT id FROM orders LIMIT ALL OFFSET 3

SELECT id FROM public.orders WHERE public.orders.status = 'paid'

SELECT o.id FROM public.orders AS o

EXPLAIN (FORMAT JSON) SELECT id FROM orders

EXPLAIN (COSTS OFF) SELECT status, count(*) FROM orders GROUP BY status

SELECT id FROM orders WHERE amount_cents BETWEEN SYMMETRIC 5000 AND 1000

SELECT bool_and(amount_cents > 0), bool_or(status = 'open'), every(id > 0) FROM orders

SELECT id, status FROM orders WHERE (customer_id, id) > (3, 10) ORDER BY customer_id, id LIMIT 10

SELECT E'line\nbreak', $$dollar $ quoted$$, 'plain'

SELECT v.id, v.label FROM (VALUES (1, 'a'), (2, 'b')) AS v(id, label)

SELECT (ARRAY[1, 2, 3])[2], array[1, 2] || 3, cardinality(array[1, 2])

SELECT unnest(ARRAY['a', 'b', 'c']) AS letter

SELECT u.x, u.n FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u(x, n)

WITH t AS MATERIALIZED (SELECT id FROM orders) SELECT count(*) FROM t

WITH RECURSIVE tree AS (SELECT id, customer_id, 1 AS depth FROM orders WHERE id = 1 UNION ALL SELECT o.id, o.customer_id, t.depth + 1 FROM orders o JOIN tree t ON o.id = t.id + 1 WHERE t.depth < 5) SELECT * FROM tree

SELECT id, count(*) OVER (PARTITION BY date_trunc('month', created_at)) FROM orders

SELECT id, sum(amount_cents) OVER (ORDER BY created_at RANGE BETWEEN interval '7 days' PRECEDING AND CURRENT ROW) FROM orders

SELECT id, count(*) OVER w FROM orders WINDOW w AS (ORDER BY status GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES)

SELECT status IS NULL, (status = 'paid') IS TRUE, NOT (status = 'paid') FROM orders LIMIT 2

SELECT CAST('2026-01-01' AS date) + 5, '5'::int + 1, 'true'::boolean

SELECT to_char(amount_cents / 100.0, 'FM999990.00') FROM orders

SELECT created_at AT TIME ZONE 'UTC' FROM orders LIMIT 2

SELECT count(*) FROM orders TABLESAMPLE SYSTEM (100)

SELECT md5(status), encode('abc'::bytea, 'hex') FROM orders LIMIT 1

SELECT coalesce(sum(amount_cents), 0)::bigint FROM orders WHERE status = 'none'

--! masked

SELECT string_agg(name, ', ' ORDER BY id) FROM customers WHERE country = 'DE'

SELECT json_build_object('name', name, 'email', email) FROM customers WHERE id < 4

SELECT jsonb_agg(jsonb_build_object('id', id, 'email', email)) FROM customers WHERE country = 'FR'

SELECT DISTINCT ON (country) country, name FROM customers ORDER BY country, id

SELECT to_char(created_at, 'YYYY-MM') AS month, count(email) FROM customers GROUP BY 1

SELECT public.customers.name FROM public.customers WHERE public.customers.id = 5

SELECT c.name, l.n FROM customers c, LATERAL (SELECT count(*) AS n FROM orders o WHERE o.customer_id = c.id) l

SELECT array_agg(email) FROM customers WHERE id < 5

SELECT c.name::varchar(10), left(c.email, 3) FROM customers c WHERE c.id < 5

SELECT id, name FROM customers WHERE created_at > now() - interval '1 year'

--! tool: execute
--! plain

UPDATE orders SET status = 'paid' FROM events WHERE events.id = orders.id AND events.kind = 'payment'

UPDATE orders AS o SET amount_cents = n.total FROM (VALUES (3, 100), (4, 200)) AS n(id, total) WHERE o.id = n.id

UPDATE orders SET (status, note) = ('paid', 'x') WHERE id = 18

DELETE FROM staging_customers USING customers WHERE staging_customers.id = customers.id

DELETE FROM events WHERE at < now() - interval '5 years'

INSERT INTO events (id, kind, payload, at) VALUES (960, 'x', jsonb_build_object('a', 1)::text, now())

INSERT INTO events (id, kind, payload, at) SELECT i, 'tick', '{}', now() FROM generate_series(970, 975) AS i

UPDATE events SET payload = jsonb_set(payload::jsonb, '{seen}', 'true')::text WHERE id = 4

DELETE FROM public.events WHERE id = 6

UPDATE public.orders SET status = 'paid' WHERE id = 17

WITH gone AS (DELETE FROM events WHERE id = 8 RETURNING id) SELECT count(*) FROM gone

INSERT INTO orders (id, customer_id, status, created_at) VALUES (961, 1, 'open', current_timestamp)
