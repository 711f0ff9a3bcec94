-- PostgreSQL from day to day: reports, checks of quality, repairs and loads.

--! dialect: postgres
--! tool: query
--! plain

VALUES (1, 'a'), (2, 'b')

SELECT * FROM (VALUES (1, 'low'), (2, 'high')) AS levels (id, label) ORDER BY id DESC

SELECT "o"."id" AS "Order No", "o"."status" FROM "public"."orders" AS "o" WHERE "o"."id" < 4

SELECT o.id, w.word FROM orders o, LATERAL unnest(string_to_array(o.note, ' ')) AS w(word) WHERE o.id < 8

SELECT w.word, count(*) FROM orders o CROSS JOIN LATERAL regexp_split_to_table(o.note, '\s+') AS w(word) WHERE w.word <> '' GROUP BY w.word ORDER BY 2 DESC, 1

SELECT status, count(*), round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS pct FROM orders GROUP BY status ORDER BY pct DESC

WITH monthly AS (SELECT date_trunc('month', created_at) AS m, sum(amount_cents) AS cents FROM orders GROUP BY 1) SELECT m::date, cents, cents - lag(cents) OVER (ORDER BY m) AS change, sum(cents) OVER (ORDER BY m ROWS UNBOUNDED PRECEDING) AS total FROM monthly ORDER BY m

SELECT id, amount_cents, amount_cents > ALL (SELECT amount_cents FROM gold_orders) AS top, amount_cents = SOME (SELECT amount_cents FROM gold_orders) AS known FROM orders WHERE id < 5

SELECT id FROM orders WHERE status SIMILAR TO '(open|paid)' AND note LIKE '100!%%' ESCAPE '!'

SELECT id, note IS NORMALIZED, E'tab\there' AS escaped, U&'\0041' AS letter FROM orders WHERE id = 1

SELECT ARRAY[[1, 2], [3, 4]] AS grid, (ARRAY[1, 2, 3])[2:3] AS part, '{1,2}'::int[] || ARRAY[3], array_dims(ARRAY[[1], [2]]), ARRAY[1, 2] && ARRAY[2]

SELECT CAST(ARRAY['1.5', '2'] AS numeric(6, 2)[]), '12'::text::int, CAST('2026-01-01' AS timestamptz) AT TIME ZONE INTERVAL '+02:00', 1e3, .5, 7 / 2, 7 / 2.0

SELECT EXTRACT(quarter FROM created_at) AS q, EXTRACT(isodow FROM created_at) AS dow, date_part('week', created_at) AS w, count(*) FROM orders GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 6

SELECT created_at::date + 7 AS due, created_at + interval '1' year, created_at - interval '2 hours 30 minutes', (created_at + '1 mon'::interval)::date FROM orders WHERE id = 2

SELECT max(created_at) - min(created_at) AS span, now() - max(created_at) > interval '0' AS past FROM orders

SELECT id FROM orders EXCEPT ALL SELECT id FROM gold_orders ORDER BY 1 LIMIT 5

(SELECT id, 'o' AS src FROM orders ORDER BY id LIMIT 2) UNION ALL (SELECT id, 'g' FROM gold_orders ORDER BY id DESC LIMIT 2) ORDER BY src, id

SELECT o.id, g.id FROM orders o FULL JOIN gold_orders g ON g.id = o.id + 50 ORDER BY 1 NULLS FIRST, 2 LIMIT 12

SELECT count(*) FROM orders NATURAL LEFT JOIN (SELECT id, amount_cents AS gold_cents FROM gold_orders) AS g WHERE gold_cents IS NULL

SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id HAVING count(*) > 2 AND bool_or(status = 'open') ORDER BY n DESC, customer_id

SELECT status, note, count(*) FROM orders GROUP BY CUBE (status, note) HAVING count(*) > 3 ORDER BY 3 DESC, 1, 2

SELECT id, first_value(id) OVER w, last_value(id) OVER w, nth_value(id, 2) OVER w, percent_rank() OVER (ORDER BY amount_cents) FROM orders WINDOW w AS (PARTITION BY status ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) ORDER BY id LIMIT 5

SELECT id, sum(amount_cents) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM orders ORDER BY id LIMIT 3

SELECT s.status, t.id, t.amount_cents FROM (SELECT DISTINCT status FROM orders) AS s CROSS JOIN LATERAL (SELECT id, amount_cents FROM orders o WHERE o.status = s.status ORDER BY amount_cents DESC, id LIMIT 2) AS t ORDER BY 1, 3 DESC

SELECT gs::date AS day, coalesce(n, 0) AS n FROM generate_series(date '2026-01-01', date '2026-01-14', interval '1 day') AS gs LEFT JOIN (SELECT created_at::date AS d, count(*) AS n FROM orders GROUP BY 1) AS c ON c.d = gs::date ORDER BY 1

WITH RECURSIVE months(m) AS (SELECT date '2026-01-01' UNION ALL SELECT (m + interval '1 month')::date FROM months WHERE m < date '2026-06-01') SELECT m, (SELECT count(*) FROM orders WHERE date_trunc('month', created_at) = m) FROM months

WITH RECURSIVE parts(id, rest, word) AS (SELECT id, note || ' ', ''::text FROM orders WHERE id = 1 UNION ALL SELECT id, substr(rest, strpos(rest, ' ') + 1), left(rest, strpos(rest, ' ') - 1) FROM parts WHERE rest <> '') SELECT word FROM parts WHERE word <> ''

SELECT e.kind, jsonb_agg(DISTINCT tag) FROM events e CROSS JOIN LATERAL jsonb_array_elements_text(e.payload::jsonb -> 'tags') AS tag GROUP BY e.kind ORDER BY 1

SELECT e.id, k AS key, jsonb_typeof(v) AS kind FROM events e, jsonb_each(e.payload::jsonb) AS j(k, v) WHERE e.id = 1 ORDER BY k

SELECT kind, count(*) FILTER (WHERE (payload::jsonb ->> 'ok')::boolean) AS ok, count(*) FILTER (WHERE NOT (payload::jsonb ->> 'ok')::boolean) AS failed FROM events GROUP BY kind

SELECT DISTINCT payload::json -> 'geo' ->> 'city' AS city FROM events

SELECT jsonb_path_query_first(payload::jsonb, '$.tags[last]') #>> '{}' AS last_tag, count(*) FROM events GROUP BY 1

SELECT id, payload::jsonb || jsonb_build_object('seen', true) - 'tags' #- '{geo,city}' FROM events WHERE id = 3

SELECT a.id, b.id FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id AND b.created_at BETWEEN a.created_at AND a.created_at + interval '60 days' ORDER BY 1, 2 LIMIT 5

SELECT 'orders' AS relation, count(*), count(*) - count(note) AS no_note, count(DISTINCT customer_id) FROM orders UNION ALL SELECT 'gold', count(*), count(*) - count(note), count(DISTINCT customer_id) FROM gold_orders

SELECT o.id FROM orders o WHERE NOT EXISTS (SELECT FROM gold_orders g WHERE g.id = o.id) ORDER BY o.id LIMIT 3

SELECT count(*) FROM orders o LEFT JOIN gold_orders g ON g.id = o.id WHERE (o.*) IS NOT NULL AND g.id IS NULL

SELECT o.id, o.amount_cents IS DISTINCT FROM g.amount_cents AS moved FROM orders o JOIN gold_orders g USING (id) WHERE (o.status, o.note) IS DISTINCT FROM (g.status, g.note) ORDER BY 1

SELECT md5(string_agg(o::text, '|' ORDER BY o.id)) AS digest FROM gold_orders o

SELECT id, CASE status WHEN 'open' THEN 1 WHEN 'paid' THEN 2 ELSE 0 END AS rank, CASE WHEN amount_cents > 5000 THEN 'big' END FROM orders ORDER BY 2, id LIMIT 4

SELECT random() < 2 AS yes, gen_random_uuid() IS NOT NULL, clock_timestamp() >= statement_timestamp() AS later

SELECT to_number('1,234.5', '9G999D9'), to_char(1234.5, 'FM9,999.00'), to_char(interval '90 min', 'HH24:MI'), to_date('20260131', 'YYYYMMDD'), to_timestamp('2026-01-31 10:00', 'YYYY-MM-DD HH24:MI')

SELECT count(*) FROM orders WHERE created_at >= date_trunc('quarter', timestamp '2026-02-15') AND created_at < date_trunc('quarter', timestamp '2026-02-15') + interval '3 months'

SELECT id FROM orders WHERE id = ANY (string_to_array('1,2,3', ',')::int[]) OR id IN (VALUES (7), (8)) ORDER BY id

SELECT array_to_string(ARRAY(SELECT DISTINCT status FROM orders ORDER BY 1), ', ') AS statuses

SELECT json_agg(row_to_json(t)) FROM (SELECT status, count(*) AS n FROM orders GROUP BY status ORDER BY status) AS t

SELECT coalesce(json_agg(json_build_object('id', o.id, 'lines', (SELECT json_agg(g.id) FROM gold_orders g WHERE g.customer_id = o.customer_id))), '[]'::json) FROM orders o WHERE o.id < 3

SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY amount_cents DESC) AS p90, avg(amount_cents) FILTER (WHERE status <> 'open')::int FROM orders

--! masked

SELECT country, count(*) AS n, count(email) AS with_email, count(DISTINCT phone) AS phones, count(*) FILTER (WHERE ssn IS NULL) AS no_ssn FROM customers GROUP BY country ORDER BY 2 DESC, 1

SELECT c.name, o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.status = 'open' ORDER BY o.id LIMIT 5

SELECT email, count(*) FROM customers GROUP BY email HAVING count(*) > 1

SELECT DISTINCT ON (country) country, name, created_at FROM customers ORDER BY country, created_at DESC, id

SELECT id, row_number() OVER (PARTITION BY email ORDER BY id) AS n FROM customers WHERE email IS NOT NULL ORDER BY id LIMIT 5

SELECT json_agg(json_build_object('id', c.id, 'mail', c.email) ORDER BY c.id) FROM customers c WHERE c.country = 'DE'

SELECT c.id, c.email IS NOT NULL AS reachable, g.email = c.email AS same FROM customers c LEFT JOIN gold_customers g USING (id) ORDER BY c.id LIMIT 5

SELECT count(*) FROM customers c WHERE EXISTS (SELECT 1 FROM gold_customers g WHERE g.email = c.email AND g.phone IS NOT DISTINCT FROM c.phone)

SELECT coalesce(email, phone, 'none') AS contact FROM customers WHERE id < 12

SELECT string_agg(name, ', ' ORDER BY id) FILTER (WHERE country = 'FR') FROM customers

WITH d AS (SELECT country, array_agg(email ORDER BY id) AS mails FROM customers GROUP BY country) SELECT country, cardinality(mails), mails[1] FROM d ORDER BY 1

SELECT to_jsonb(c) ->> 'name' AS name, to_jsonb(c) - 'ssn' AS rest FROM customers c WHERE c.id = 2

SELECT c.* FROM customers c WHERE (c.id, c.country) IN ((1, 'FR'), (2, 'IT'), (5, 'DE'))

SELECT id, email FROM customers ORDER BY id OFFSET 3 FETCH NEXT 2 ROWS ONLY

SELECT p.email FROM (SELECT email FROM customers UNION ALL SELECT email FROM gold_customers) AS p GROUP BY p.email HAVING count(*) = 2 ORDER BY count(*)

--! plain
--! tool: execute

INSERT INTO orders (id, customer_id, amount_cents, status) VALUES (701, 1, 100, 'open'), (702, 2, 250, 'paid') ON CONFLICT (id) DO UPDATE SET (amount_cents, status) = (excluded.amount_cents, excluded.status) RETURNING id

UPDATE orders SET (status, note) = (SELECT g.status, 'from gold' FROM gold_orders g WHERE g.id = orders.id) WHERE id IN (1, 2, 3)

UPDATE orders AS o SET amount_cents = o.amount_cents + v.delta FROM (VALUES (1, 10), (2, -5)) AS v(id, delta) WHERE v.id = o.id RETURNING o.id, o.amount_cents

UPDATE events SET payload = jsonb_set(payload::jsonb, '{geo,city}', '"Bonn"')::text WHERE id BETWEEN 3 AND 6

UPDATE orders SET note = concat_ws(' / ', note, 'checked ' || to_char(now(), 'YYYY-MM-DD')) WHERE id = 4 RETURNING *

DELETE FROM events WHERE at < timestamp '2026-01-03' AND kind = 'noise' RETURNING id

DELETE FROM orders WHERE id = ANY (ARRAY[58, 59]) AND status <> 'shipped'

WITH doomed AS (SELECT id FROM events WHERE kind = 'noise' ORDER BY at LIMIT 3) DELETE FROM events e USING doomed d WHERE e.id = d.id RETURNING e.id

WITH src AS (SELECT id, amount_cents FROM gold_orders WHERE status = 'paid'), done AS (UPDATE orders o SET amount_cents = s.amount_cents FROM src s WHERE s.id = o.id RETURNING o.id) SELECT count(*) FROM done

INSERT INTO events (id, kind, payload, at) SELECT 9000 + o.id, 'payment', json_build_object('order', o.id, 'cents', o.amount_cents)::text, now() FROM orders o WHERE o.status = 'paid' AND o.id <= 10

INSERT INTO staging_customers (id, name, email, phone, country) VALUES (970, 'Test Person', 'test@example.com', NULL, 'DE') ON CONFLICT (id) DO NOTHING

INSERT INTO staging_customers (id, name, email, country, created_at) SELECT c.id + 1000, c.name, c.email, c.country, c.created_at FROM customers c WHERE c.country = 'DE'

UPDATE staging_customers s SET country = upper(trim(country)) WHERE s.id IN (101, 102)

UPDATE customers SET email = NULL WHERE id = 7

UPDATE customers c SET country = v.country FROM (VALUES (13, 'DE'), (26, 'FR')) AS v(id, country) WHERE v.id = c.id AND c.country = ''

MERGE INTO customers c USING (VALUES (13, 'DE'), (26, 'FR')) AS v(id, country) ON v.id = c.id WHEN MATCHED AND c.country = '' THEN UPDATE SET country = v.country WHEN NOT MATCHED THEN DO NOTHING
