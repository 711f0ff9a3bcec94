-- What analysts ask; written by somebody who saw neither the screen nor these lists.

--! dialect: postgres
--! tool: query
--! plain
SELECT count(*) FROM orders

TABLE gold_orders ORDER BY id OFFSET 10 LIMIT 10

SELECT status, count(*) AS n, sum(amount_cents)::numeric / 100 AS total FROM orders GROUP BY status ORDER BY n DESC

SELECT date_trunc('month', created_at) AS month, count(*) AS orders, round(avg(amount_cents) / 100.0, 2) AS aov FROM orders GROUP BY 1 ORDER BY 1

SELECT created_at::date AS day, sum(amount_cents) FILTER (WHERE status = 'paid') AS paid_cents, sum(amount_cents) FILTER (WHERE status = 'returned') AS returned_cents FROM orders GROUP BY created_at::date ORDER BY day

SELECT DISTINCT ON (status) status, id, amount_cents FROM orders ORDER BY status, amount_cents DESC, id

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount_cents) AS median, percentile_disc(0.9) WITHIN GROUP (ORDER BY amount_cents) AS p90 FROM orders

SELECT status, percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY amount_cents) AS quartiles FROM orders GROUP BY status

SELECT customer_id, mode() WITHIN GROUP (ORDER BY status) AS usual_status, count(*) AS n FROM orders GROUP BY customer_id ORDER BY n DESC LIMIT 10

SELECT rank(5000) WITHIN GROUP (ORDER BY amount_cents) AS rank_of_50_eur, percent_rank(5000) WITHIN GROUP (ORDER BY amount_cents) AS pct FROM gold_orders

SELECT country, status, sum(amount_cents) AS cents FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY ROLLUP (country, status) ORDER BY country NULLS LAST, status NULLS LAST

SELECT c.country, o.status, count(*) AS n, grouping(c.country, o.status) AS lvl FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY CUBE (c.country, o.status) ORDER BY lvl, 1, 2

SELECT date_part('year', created_at) AS y, date_part('quarter', created_at) AS q, status, sum(amount_cents) FROM orders GROUP BY GROUPING SETS ((1, 2), (status), ()) ORDER BY 1, 2, 3

SELECT coalesce(kind, 'ALL') AS kind, count(*) AS n, count(DISTINCT at::date) AS days FROM events GROUP BY ROLLUP (kind) HAVING count(*) > 1

SELECT d::date AS day, count(o.id) AS n FROM generate_series('2024-01-01'::date, '2024-01-31'::date, interval '1 day') AS d LEFT JOIN orders o ON o.created_at >= d AND o.created_at < d + interval '1 day' GROUP BY d ORDER BY d

SELECT gs AS month, (SELECT count(*) FROM customers c WHERE c.created_at < gs + interval '1 month') AS cumulative FROM generate_series(timestamp '2024-01-01', timestamp '2024-12-01', '1 month') gs

SELECT g.i AS missing FROM generate_series(1, (SELECT max(id) FROM customers)) AS g(i) LEFT JOIN gold_customers c ON c.id = g.i WHERE c.id IS NULL ORDER BY 1

SELECT h AS hour, count(e.id) AS events FROM generate_series(0, 23) AS h LEFT JOIN events e ON extract(hour FROM e.at) = h GROUP BY h ORDER BY h

SELECT to_char(d, 'IYYY-"W"IW') AS iso_week, coalesce(sum(o.amount_cents), 0) AS cents FROM generate_series('2024-07-01'::timestamp, '2024-09-30', '7 days') d LEFT JOIN orders o ON date_trunc('week', o.created_at) = d GROUP BY d ORDER BY d

SELECT s.status, top.id, top.amount_cents FROM (SELECT DISTINCT status FROM orders) s, LATERAL (SELECT id, amount_cents FROM orders o WHERE o.status = s.status ORDER BY amount_cents DESC LIMIT 3) top ORDER BY 1, 3 DESC

SELECT e.id, x.os, x.ver FROM events e CROSS JOIN LATERAL (SELECT (e.payload::jsonb -> 'device' ->> 'os') AS os, e.payload::jsonb #>> '{device,ver}' AS ver) x WHERE x.os = 'ios' LIMIT 20

SELECT o.id, v.metric, v.val FROM orders o CROSS JOIN LATERAL (VALUES ('cents', o.amount_cents::numeric), ('eur', round(o.amount_cents / 100.0, 2))) AS v(metric, val) WHERE o.id <= 5

SELECT payload::jsonb ->> 'page' AS page, count(*) AS n, avg((payload::jsonb ->> 'ms')::int) AS avg_ms FROM events GROUP BY 1 ORDER BY n DESC

SELECT id, kind FROM events WHERE payload::jsonb @> '{"device": {"os": "android"}}' ORDER BY id LIMIT 20

SELECT id FROM events WHERE payload::jsonb -> 'tags' ? 'promo' ORDER BY id

SELECT count(*) FROM events WHERE payload::jsonb ?& array['session', 'items'] AND jsonb_array_length(payload::jsonb -> 'items') > 0

SELECT tag, count(*) AS n FROM events, jsonb_array_elements_text(payload::jsonb -> 'tags') AS tag GROUP BY tag ORDER BY n DESC

SELECT i ->> 'sku' AS sku, sum((i ->> 'qty')::int * (i ->> 'price')::int) AS revenue FROM events e CROSS JOIN LATERAL jsonb_array_elements(e.payload::jsonb -> 'items') AS i WHERE e.kind = 'purchase' GROUP BY 1 ORDER BY 2 DESC

SELECT r.sku, sum(r.qty) AS units FROM events e, jsonb_to_recordset(e.payload::jsonb -> 'items') AS r(sku text, qty int, price int) GROUP BY r.sku ORDER BY units DESC LIMIT 5

SELECT k, count(*) FROM events, jsonb_object_keys(payload::jsonb) k GROUP BY k ORDER BY k

SELECT key, jsonb_typeof(value) AS t, count(*) FROM events e, jsonb_each(e.payload::jsonb) GROUP BY key, t ORDER BY key

SELECT id, jsonb_path_query_array(payload::jsonb, '$.items[*] ? (@.qty > 2).sku') AS bulk_skus FROM events WHERE jsonb_path_exists(payload::jsonb, '$.items[*] ? (@.qty > 2)')

SELECT jsonb_path_query_first(payload::jsonb, '$.items[0].price') AS p, kind FROM events WHERE kind = 'cart' LIMIT 10

SELECT jsonb_set(payload::jsonb, '{device,os}', '"redacted"') AS doc FROM events WHERE id IN (4, 5, 6)

SELECT id, payload::jsonb - 'items' - 'tags' AS slim, payload::jsonb #- '{device,ver}' AS nover FROM events ORDER BY id LIMIT 3

SELECT jsonb_object_agg(status, n) FROM (SELECT status, count(*) AS n FROM gold_orders GROUP BY status) s

SELECT customer_id, json_agg(json_build_object('id', id, 'cents', amount_cents) ORDER BY created_at) AS history FROM orders GROUP BY customer_id ORDER BY customer_id LIMIT 4

SELECT jsonb_pretty(jsonb_strip_nulls(payload::jsonb)) FROM events WHERE kind = 'signup' ORDER BY at LIMIT 2

SELECT (payload::json -> 'device' ->> 'os') AS os, extract(isodow FROM at) AS dow, count(*) FROM events GROUP BY os, dow ORDER BY os, dow

SELECT x.customer_id, x.session, count(*) FROM events e, jsonb_to_record(e.payload::jsonb) AS x(customer_id int, session text) GROUP BY x.customer_id, x.session HAVING count(*) > 1 ORDER BY 3 DESC LIMIT 10

SELECT customer_id, id, row_number() OVER (PARTITION BY customer_id ORDER BY created_at) AS nth FROM orders ORDER BY customer_id, nth LIMIT 60

SELECT day, cents, round(avg(cents) OVER (ORDER BY day RANGE BETWEEN interval '6 days' PRECEDING AND CURRENT ROW), 1) AS ma7 FROM (SELECT created_at::date AS day, sum(amount_cents) AS cents FROM orders GROUP BY 1) d ORDER BY day

SELECT id, customer_id, sum(amount_cents) OVER (PARTITION BY customer_id ORDER BY created_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM gold_orders ORDER BY customer_id, created_at

SELECT month, rev, rev - lag(rev) OVER w AS delta, round(100.0 * (rev - lag(rev) OVER w) / nullif(lag(rev) OVER w, 0), 1) AS pct FROM (SELECT date_trunc('month', created_at)::date AS month, sum(amount_cents) AS rev FROM orders GROUP BY 1) m WINDOW w AS (ORDER BY month)

SELECT ntile(10) OVER (ORDER BY sum(amount_cents) DESC) AS decile, customer_id, sum(amount_cents) AS spend FROM orders GROUP BY customer_id

SELECT id, amount_cents, count(*) OVER (ORDER BY amount_cents GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) AS near FROM orders ORDER BY amount_cents LIMIT 40

SELECT customer_id, first_value(status) OVER w AS first_status, last_value(status) OVER w AS last_status, id FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY created_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)

SELECT status, amount_cents, cume_dist() OVER (PARTITION BY status ORDER BY amount_cents)::numeric(5, 4) AS cd FROM orders WHERE amount_cents > 100000

SELECT status, round(100.0 * count(*) / sum(count(*)) OVER (), 2) AS pct FROM orders GROUP BY status

SELECT o.id, o.amount_cents - avg(o.amount_cents) OVER (PARTITION BY c.country) AS vs_country FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY 2 DESC LIMIT 15

SELECT nth_value(id, 3) OVER (PARTITION BY kind ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS third_event, kind, at FROM events

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i, i * i AS sq FROM n

WITH RECURSIVE cal AS (SELECT date '2024-02-01' AS d UNION ALL SELECT (d + 1) FROM cal WHERE d < date '2024-02-29') SELECT cal.d, to_char(cal.d, 'Dy') AS dow, count(e.id) AS n FROM cal LEFT JOIN events e ON e.at::date = cal.d GROUP BY cal.d ORDER BY cal.d

WITH RECURSIVE chain AS (SELECT id, customer_id, created_at, 1 AS depth FROM orders WHERE id = 1 UNION ALL SELECT n.id, n.customer_id, n.created_at, c.depth + 1 FROM chain c CROSS JOIN LATERAL (SELECT o.id, o.customer_id, o.created_at FROM orders o WHERE o.customer_id = c.customer_id AND o.created_at > c.created_at ORDER BY o.created_at LIMIT 1) n WHERE c.depth < 20) SELECT * FROM chain ORDER BY depth

WITH RECURSIVE m AS (SELECT timestamp '2024-01-01' AS mon UNION ALL SELECT mon + interval '1 month' FROM m WHERE mon < timestamp '2025-06-01') SELECT m.mon::date, count(o.id) AS n, count(DISTINCT o.customer_id) AS buyers FROM m LEFT JOIN orders o ON date_trunc('month', o.created_at) = m.mon GROUP BY m.mon ORDER BY m.mon

WITH first_order AS (SELECT customer_id, min(created_at) AS first_at FROM orders GROUP BY 1) SELECT date_trunc('month', f.first_at)::date AS cohort, (extract(year FROM age(date_trunc('month', o.created_at), date_trunc('month', f.first_at))) * 12 + extract(month FROM age(date_trunc('month', o.created_at), date_trunc('month', f.first_at))))::int AS month_no, count(DISTINCT o.customer_id) AS active FROM first_order f JOIN orders o USING (customer_id) GROUP BY 1, 2 ORDER BY 1, 2

WITH cohort AS (SELECT id, date_trunc('quarter', created_at) AS q FROM customers), act AS (SELECT DISTINCT customer_id, date_trunc('quarter', created_at) AS q FROM orders) SELECT c.q::date, count(DISTINCT c.id) AS size, count(DISTINCT a.customer_id) FILTER (WHERE a.q = c.q + interval '3 months') AS q1, count(DISTINCT a.customer_id) FILTER (WHERE a.q = c.q + interval '6 months') AS q2 FROM cohort c LEFT JOIN act a ON a.customer_id = c.id GROUP BY c.q ORDER BY c.q

WITH s AS (SELECT payload::jsonb ->> 'session' AS sid, bool_or(kind = 'view') AS v, bool_or(kind = 'cart') AS c, bool_or(kind = 'purchase') AS p FROM events GROUP BY 1) SELECT count(*) FILTER (WHERE v) AS viewed, count(*) FILTER (WHERE v AND c) AS carted, count(*) FILTER (WHERE v AND c AND p) AS bought, round(count(*) FILTER (WHERE v AND c AND p)::numeric / nullif(count(*) FILTER (WHERE v), 0), 3) AS cr FROM s

WITH days AS (SELECT DISTINCT created_at::date AS d FROM orders), g AS (SELECT d, d - (row_number() OVER (ORDER BY d))::int AS grp FROM days) SELECT min(d) AS start_day, max(d) AS end_day, count(*) AS len FROM g GROUP BY grp ORDER BY len DESC LIMIT 10

WITH nxt AS (SELECT id, lead(id) OVER (ORDER BY id) AS nid FROM staging_customers WHERE country <> 'DE') SELECT id + 1 AS from_id, nid - 1 AS to_id FROM nxt WHERE nid > id + 1

WITH t AS (SELECT (payload::jsonb ->> 'customer_id')::int AS cid, at, at - lag(at) OVER (PARTITION BY payload::jsonb ->> 'customer_id' ORDER BY at) > interval '30 days' AS brk FROM events), s AS (SELECT cid, at, count(*) FILTER (WHERE brk) OVER (PARTITION BY cid ORDER BY at) AS sess FROM t) SELECT cid, sess, min(at), max(at), count(*) FROM s GROUP BY cid, sess ORDER BY cid, sess

WITH rfm AS (SELECT customer_id, date '2025-07-01' - max(created_at)::date AS recency, count(*) AS freq, sum(amount_cents) AS money FROM orders GROUP BY customer_id) SELECT ntile(5) OVER (ORDER BY recency DESC) * 100 + ntile(5) OVER (ORDER BY freq) * 10 + ntile(5) OVER (ORDER BY money) AS rfm_code, customer_id FROM rfm

WITH b(label, lo, hi) AS (VALUES ('xs', 0, 1000), ('s', 1000, 5000), ('m', 5000, 50000), ('l', 50000, 10000001)) SELECT b.label, count(o.id) AS n FROM b LEFT JOIN orders o ON o.amount_cents >= b.lo AND o.amount_cents < b.hi GROUP BY b.label, b.lo ORDER BY b.lo

WITH p AS (SELECT customer_id, sum(amount_cents) AS s FROM orders GROUP BY 1), c AS (SELECT s, sum(s) OVER (ORDER BY s DESC) / sum(s) OVER () AS cum FROM p) SELECT count(*) FILTER (WHERE cum <= 0.8) AS vital_few, count(*) AS everyone FROM c

WITH ev AS (SELECT kind, lead(kind) OVER (PARTITION BY payload::jsonb ->> 'session' ORDER BY at, id) AS nxt FROM events) SELECT kind, nxt, count(*) FROM ev WHERE nxt IS NOT NULL GROUP BY kind, nxt ORDER BY count(*) DESC LIMIT 12

WITH stats AS (SELECT avg(amount_cents) AS mu, stddev_samp(amount_cents) AS sd FROM orders) SELECT o.id, o.amount_cents, round((o.amount_cents - mu) / sd, 2) AS z FROM orders o, stats WHERE abs(o.amount_cents - mu) > 1.5 * sd ORDER BY z DESC

WITH q AS (SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY amount_cents) AS q1, percentile_cont(0.75) WITHIN GROUP (ORDER BY amount_cents) AS q3 FROM orders) SELECT count(*) AS outliers FROM orders, q WHERE amount_cents > q3 + 1.5 * (q3 - q1) OR amount_cents < q1 - 1.5 * (q3 - q1)

WITH st AS (SELECT customer_id, status, created_at, row_number() OVER (PARTITION BY customer_id ORDER BY created_at) - row_number() OVER (PARTITION BY customer_id, status ORDER BY created_at) AS isl FROM orders) SELECT customer_id, status, count(*) AS streak, daterange(min(created_at)::date, max(created_at)::date, '[]') AS period FROM st GROUP BY customer_id, status, isl HAVING count(*) > 2

WITH m AS (SELECT DISTINCT customer_id, date_trunc('month', created_at) AS mon FROM orders) SELECT cur.mon::date, count(*) AS mau, count(prev.customer_id) AS retained, round(100.0 * count(prev.customer_id) / count(*), 1) AS pct FROM m cur LEFT JOIN m prev ON prev.customer_id = cur.customer_id AND prev.mon = cur.mon - interval '1 month' GROUP BY cur.mon ORDER BY cur.mon

SELECT width_bucket(amount_cents, 0, 200000, 10) AS bin, count(*) AS n, repeat('#', (count(*) / 4)::int) AS bar FROM orders GROUP BY bin ORDER BY bin

SELECT corr(amount_cents, extract(epoch FROM created_at)) AS r, regr_slope(amount_cents, extract(epoch FROM created_at) / 86400) AS cents_per_day, regr_count(amount_cents, 1) AS n FROM orders

SELECT variance(amount_cents)::numeric(20, 2) AS var, stddev_pop(amount_cents)::numeric(14, 2) AS sd, bit_or(id) AS bits, every(amount_cents > 0) AS all_positive FROM orders

SELECT count(*) FROM orders WHERE created_at >= now() - interval '90 days'

SELECT count(*) AS last_week FROM events WHERE at BETWEEN current_date - 7 AND current_date

SELECT age(max(created_at), min(created_at)) AS span, max(created_at) - min(created_at) AS ival FROM gold_orders

SELECT to_char(created_at, 'YYYY-MM') AS ym, to_char(sum(amount_cents) / 100.0, 'FM999G999G990D00') AS eur FROM orders GROUP BY 1 ORDER BY 1

SELECT extract(dow FROM created_at) IN (0, 6) AS weekend, avg(amount_cents)::int AS avg_cents FROM orders GROUP BY 1

SELECT date_bin('15 minutes', at, timestamp '2024-01-01') AS slot, count(*) FROM events GROUP BY slot HAVING count(*) >= 1 ORDER BY slot LIMIT 20

SELECT id, created_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin' AS berlin FROM orders ORDER BY id LIMIT 5

SELECT (date_trunc('month', created_at) + interval '1 month - 1 day')::date AS month_end, count(DISTINCT customer_id) AS buyers FROM orders GROUP BY 1 ORDER BY 1

SELECT id, make_date(extract(year FROM created_at)::int, 1, 1) AS year_start, created_at::date - make_date(extract(year FROM created_at)::int, 1, 1) AS day_of_year FROM orders LIMIT 5

SELECT count(*) FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id WHERE (a.created_at, a.created_at + interval '2 days') OVERLAPS (b.created_at, b.created_at + interval '2 days')

SELECT o.customer_id, min(o.created_at - c.created_at) AS time_to_first_order FROM orders o JOIN customers c ON c.id = o.customer_id AND o.created_at >= c.created_at GROUP BY o.customer_id ORDER BY 2

SELECT to_timestamp(extract(epoch FROM at))::date AS d, count(*) FROM events WHERE kind = 'error' GROUP BY d ORDER BY d DESC LIMIT 7

EXPLAIN SELECT * FROM orders WHERE customer_id = 7

EXPLAIN (COSTS OFF, FORMAT JSON) SELECT country, count(*) FROM customers GROUP BY country

EXPLAIN (VERBOSE) SELECT c.name, sum(o.amount_cents) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.name

explain with r as (select id, rank() over (order by amount_cents desc) rk from orders) select * from r where rk <= 5

EXPLAIN (FORMAT YAML) SELECT count(*) FROM events WHERE payload::jsonb @> '{"ok": false}'

SELECT id FROM staging_customers EXCEPT SELECT id FROM gold_customers ORDER BY id

SELECT customer_id FROM orders INTERSECT ALL SELECT customer_id FROM gold_orders ORDER BY 1 LIMIT 20

SELECT 'silver' AS layer, count(*) AS n, max(created_at) AS fresh FROM customers UNION ALL SELECT 'gold', count(*), max(created_at) FROM gold_customers UNION ALL SELECT 'bronze', count(*), max(created_at) FROM staging_customers

SELECT id, status, amount_cents FROM orders EXCEPT ALL SELECT id, status, amount_cents FROM gold_orders ORDER BY id LIMIT 30

VALUES ('open', 1), ('paid', 2), ('shipped', 3)

SELECT v.s AS status, v.pos, count(o.*) FROM (VALUES ('open', 1), ('paid', 2), ('shipped', 3), ('returned', 4)) v(s, pos) LEFT JOIN orders o ON o.status = v.s GROUP BY v.s, v.pos ORDER BY v.pos

SELECT coalesce(s.id, g.id) AS id, s.id IS NULL AS only_gold, g.id IS NULL AS only_staging FROM staging_customers s FULL JOIN gold_customers g ON g.id = s.id WHERE s.id IS NULL OR g.id IS NULL ORDER BY 1

SELECT count(*) FILTER (WHERE c.email IS DISTINCT FROM g.email) AS email_diff, count(*) FILTER (WHERE c.phone IS DISTINCT FROM g.phone) AS phone_diff, count(*) AS compared FROM customers c JOIN gold_customers g USING (id)

SELECT count(*) AS n, count(email) AS with_email, count(DISTINCT email) AS distinct_email, count(DISTINCT (name, country)) AS name_country FROM customers

SELECT count(*) AS invalid FROM staging_customers WHERE email !~ '^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$' OR email IS NULL

SELECT o.id, o.amount_cents FROM orders o WHERE o.amount_cents >= ALL (SELECT x.amount_cents FROM orders x WHERE x.customer_id = o.customer_id) ORDER BY o.id LIMIT 20

SELECT count(*) FROM orders o WHERE o.customer_id NOT IN (SELECT id FROM customers)

SELECT status, note, count(*) FROM orders WHERE note ~* '\murgent\M' OR note SIMILAR TO '%(gift|door)%' GROUP BY status, note ORDER BY 3 DESC

SELECT word, count(*) AS n FROM orders, regexp_split_to_table(lower(note), '[^a-z]+') AS word WHERE word <> '' GROUP BY word ORDER BY n DESC

SELECT left(note, 8) AS l, right(note, 4) AS r, char_length(note) AS len, position(' ' IN note) AS sp, overlay(status PLACING 'X' FROM 1 FOR 1) AS ov FROM orders WHERE note IS NOT NULL LIMIT 8

SELECT lpad(id::text, 8, '0') AS code, translate(status, 'aeiou', '*****') AS masked_status, reverse(status) AS rev, md5(status) AS h FROM orders WHERE id <= 4

SELECT customer_id, sum(CASE status WHEN 'open' THEN 1 ELSE 0 END) AS open, sum(CASE status WHEN 'paid' THEN 1 ELSE 0 END) AS paid, sum(CASE status WHEN 'shipped' THEN 1 ELSE 0 END) AS shipped, sum(CASE status WHEN 'returned' THEN 1 ELSE 0 END) AS returned FROM orders GROUP BY customer_id ORDER BY customer_id

SELECT date_trunc('month', at)::date AS m, count(*) FILTER (WHERE kind = 'signup') AS signups, count(*) FILTER (WHERE kind = 'login') AS logins, count(*) FILTER (WHERE kind = 'error')::float / count(*) AS error_rate FROM events GROUP BY m ORDER BY m

SELECT o.id, o.status, count(e.id) AS events FROM orders o LEFT JOIN events e ON (e.payload::jsonb ->> 'order_id')::int = o.id GROUP BY o.id HAVING count(e.id) > 1 ORDER BY events DESC

SELECT num_nonnulls(email, phone, ssn) AS filled, count(*) FROM staging_customers GROUP BY filled ORDER BY filled

SELECT country, count(DISTINCT phone) AS phones, round(100.0 * count(phone) / count(*), 1) AS coverage_pct FROM gold_customers GROUP BY country ORDER BY coverage_pct

SELECT id, kind FROM events TABLESAMPLE SYSTEM (100) WHERE kind LIKE 'check%' LIMIT 5

SELECT array_agg(DISTINCT status ORDER BY status) AS statuses, array_length(array_agg(DISTINCT customer_id), 1) AS buyers FROM orders

SELECT customer_id, array_to_string(array_agg(status ORDER BY created_at), ' > ') AS path FROM orders GROUP BY customer_id HAVING count(*) BETWEEN 3 AND 6

SELECT u.st, u.ord FROM orders o, unnest(string_to_array(o.note, ' ')) WITH ORDINALITY AS u(st, ord) WHERE o.note IS NOT NULL AND o.id < 20

SELECT 'PT36H'::interval AS iv, '2024-02-28'::date + 2 AS leap, cast('12.50' AS numeric) * 100 AS cents, '{1,2,3}'::int[] AS arr, 5::bit(4) AS bits

SELECT greatest(amount_cents, 1000) AS at_least, least(amount_cents, 50000) AS at_most, mod(id, 7) AS shard, trunc(amount_cents / 100.0) AS eur, ceil(amount_cents / 1000.0) AS ceil_k FROM orders ORDER BY id LIMIT 6

SELECT a.day, a.n, b.n AS week_before FROM (SELECT at::date AS day, count(*) AS n FROM events GROUP BY 1) a LEFT JOIN (SELECT at::date AS day, count(*) AS n FROM events GROUP BY 1) b ON b.day = a.day - 7 ORDER BY a.day

SELECT c.country, a.kind, a.n FROM (SELECT (payload::jsonb ->> 'customer_id')::int AS cid, kind, count(*) AS n FROM events GROUP BY 1, 2) a JOIN customers c ON c.id = a.cid WHERE a.n >= 2 ORDER BY c.country, a.n DESC

SELECT count(*) FILTER (WHERE n = 1) AS one, count(*) FILTER (WHERE n BETWEEN 2 AND 4) AS few, count(*) FILTER (WHERE n > 4) AS many FROM (SELECT customer_id, count(*) AS n FROM orders GROUP BY 1) t

SELECT jsonb_build_object('orders', (SELECT count(*) FROM orders), 'events', (SELECT count(*) FROM events), 'customers', (SELECT count(*) FROM customers)) AS counts

WITH o AS (SELECT customer_id, created_at, row_number() OVER (PARTITION BY customer_id ORDER BY created_at) AS k FROM orders) SELECT a.k AS from_order, avg(b.created_at - a.created_at) AS avg_gap, count(*) FROM o a JOIN o b ON b.customer_id = a.customer_id AND b.k = a.k + 1 GROUP BY a.k ORDER BY a.k LIMIT 5

WITH w AS (SELECT at::date AS d, count(*) AS n FROM events GROUP BY 1) SELECT d, n, n > 2 * avg(n) OVER (ORDER BY d RANGE BETWEEN '14 days' PRECEDING AND '1 day' PRECEDING) AS spike FROM w ORDER BY d

WITH chg AS (SELECT s.id, ARRAY_REMOVE(ARRAY[CASE WHEN s.name <> c.name THEN 'name' END, CASE WHEN s.email IS DISTINCT FROM c.email THEN 'email' END, CASE WHEN s.country <> c.country THEN 'country' END], NULL) AS cols FROM staging_customers s JOIN customers c USING (id)) SELECT cardinality(cols) AS changed, count(*) FROM chg GROUP BY 1

SELECT c.country, count(*) AS customers, sum(t.cents) AS cents, sum(t.cents) / count(*) AS per_head FROM customers c JOIN LATERAL (SELECT coalesce(sum(amount_cents), 0) AS cents FROM gold_orders g WHERE g.customer_id = c.id) t ON true GROUP BY c.country ORDER BY per_head DESC

SELECT id, amount_cents, CASE WHEN amount_cents > 100000 AND status = 'open' THEN 'review' WHEN note IS NULL THEN 'plain' ELSE 'noted' END AS queue FROM orders WHERE created_at::date BETWEEN '2024-05-01' AND '2024-05-31'

SELECT o.customer_id, o.id FROM orders o LEFT JOIN gold_orders g ON g.id = o.id AND g.status = o.status WHERE g.id IS NULL AND o.status IN ('paid', 'shipped') ORDER BY o.id

SELECT sum(amount_cents) AS cents, status FROM orders GROUP BY status HAVING sum(amount_cents) > (SELECT sum(amount_cents) / 4 FROM orders)

SELECT a.id AS cart_id, (SELECT min(p.at) FROM events p WHERE p.kind = 'purchase' AND p.at > a.at AND p.payload::jsonb -> 'customer_id' = a.payload::jsonb -> 'customer_id') - a.at AS time_to_buy FROM events a WHERE a.kind = 'cart' ORDER BY 2 NULLS LAST

SELECT int4range(min(id), max(id), '[]') AS ids, kind FROM events GROUP BY kind ORDER BY kind

SELECT m.status, m.month, coalesce(t.n, 0) AS n FROM (SELECT s.status, g::date AS month FROM (SELECT DISTINCT status FROM orders) s CROSS JOIN generate_series(timestamp '2024-01-01', timestamp '2024-06-01', interval '1 month') g) m LEFT JOIN (SELECT status, date_trunc('month', created_at)::date AS month, count(*) AS n FROM orders GROUP BY 1, 2) t USING (status, month) ORDER BY 1, 2

SELECT payload::jsonb #>> '{items,0,sku}' AS first_item, payload::jsonb -> 'items' -> -1 ->> 'sku' AS last_item FROM events WHERE jsonb_array_length(payload::jsonb -> 'items') BETWEEN 2 AND 3 ORDER BY id LIMIT 12

--! masked
SELECT id, name, email, phone FROM customers ORDER BY id LIMIT 20

select * from gold_customers where country in ('DE','FR') order by id desc fetch first 10 rows only

TABLE staging_customers LIMIT 5

SELECT c.name, c.email, o.amount_cents FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.status = 'open' ORDER BY o.amount_cents DESC LIMIT 20

SELECT DISTINCT ON (o.customer_id) o.customer_id, c.name, o.created_at, o.status FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.customer_id, o.created_at DESC

SELECT DISTINCT ON (name) id, name, country, created_at FROM staging_customers ORDER BY name, created_at DESC

SELECT coalesce(name, '(all customers)') AS who, sum(o.amount_cents) AS cents FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY GROUPING SETS ((c.name), ()) ORDER BY cents DESC

SELECT c.id, c.name, last_order.created_at, last_order.amount_cents FROM customers c CROSS JOIN LATERAL (SELECT o.created_at, o.amount_cents FROM orders o WHERE o.customer_id = c.id ORDER BY o.created_at DESC LIMIT 1) AS last_order

SELECT c.country, c.name, t.total, t.n FROM customers c LEFT JOIN LATERAL (SELECT sum(amount_cents) AS total, count(*) AS n FROM orders o WHERE o.customer_id = c.id AND o.status <> 'returned') t ON true ORDER BY t.total DESC NULLS LAST LIMIT 25

SELECT c.id, v.channel, v.address FROM customers c CROSS JOIN LATERAL (VALUES ('email', c.email), ('phone', c.phone)) AS v(channel, address) WHERE v.address IS NOT NULL ORDER BY c.id, v.channel

SELECT row_to_json(t) FROM (SELECT id, name, country FROM customers ORDER BY id LIMIT 5) t

SELECT country, jsonb_agg(jsonb_build_object('name', name, 'email', email) ORDER BY id) AS people FROM gold_customers GROUP BY country

SELECT to_jsonb(c) - 'ssn' AS doc FROM customers c WHERE c.id < 8

SELECT country, name, rank() OVER (PARTITION BY country ORDER BY created_at) AS seniority FROM customers ORDER BY 1, 3

SELECT name, lag(name) OVER (ORDER BY created_at) AS previous_signup, created_at - lag(created_at) OVER (ORDER BY created_at) AS since FROM customers

SELECT * FROM (SELECT c.country, c.name, sum(o.amount_cents) AS spend, dense_rank() OVER (PARTITION BY c.country ORDER BY sum(o.amount_cents) DESC) AS pos FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country, c.id, c.name) r WHERE pos <= 3 ORDER BY country, pos

WITH spend AS MATERIALIZED (SELECT customer_id, sum(amount_cents) AS s FROM orders WHERE status = ANY (ARRAY['paid', 'shipped']) GROUP BY 1) SELECT c.name, c.phone, spend.s, CASE WHEN spend.s > 200000 THEN 'A' WHEN spend.s > 80000 THEN 'B' ELSE 'C' END AS class FROM spend JOIN customers c ON c.id = spend.customer_id ORDER BY spend.s DESC

WITH d AS (SELECT *, row_number() OVER (PARTITION BY lower(name), country ORDER BY created_at DESC, id) AS rn FROM staging_customers) SELECT id, name, email, country FROM d WHERE rn > 1 ORDER BY name

WITH inactive AS (SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.created_at > timestamp '2025-03-15' GROUP BY c.id HAVING count(o.id) = 0) SELECT c.id, c.name, c.email FROM customers c JOIN inactive USING (id) ORDER BY c.id

SELECT name, justify_days(age(timestamp '2025-07-01', created_at)) AS tenure FROM customers ORDER BY created_at LIMIT 10

SELECT name, email FROM customers EXCEPT SELECT name, email FROM gold_customers ORDER BY name

(SELECT name, country FROM customers ORDER BY created_at DESC LIMIT 3) UNION ALL (SELECT name, country FROM customers ORDER BY created_at LIMIT 3)

SELECT phone FROM staging_customers WHERE phone IS NOT NULL INTERSECT SELECT phone FROM customers ORDER BY phone

SELECT s.id, s.name, c.country AS silver_country FROM staging_customers s RIGHT JOIN customers c ON c.id = s.id AND c.country <> 'FR' WHERE s.id IS NOT NULL

SELECT a.id, b.id AS twin, a.name FROM customers a JOIN customers b ON b.name = a.name AND b.country = a.country AND a.id < b.id

SELECT email, count(*) FROM customers GROUP BY email HAVING count(*) >= 1 ORDER BY count(*) DESC, email LIMIT 10

SELECT ssn, array_agg(id ORDER BY id) AS ids FROM staging_customers WHERE ssn IS NOT NULL GROUP BY ssn ORDER BY ssn

SELECT split_part(email, '@', 2) AS domain, count(*) FROM customers GROUP BY 1 ORDER BY 2 DESC

SELECT country, string_agg(name, ', ' ORDER BY name) AS names FROM customers GROUP BY country

SELECT country, (array_agg(name ORDER BY created_at DESC))[1:3] AS newest_three FROM gold_customers GROUP BY country ORDER BY country

SELECT id, upper(name) AS nm, lower(email) AS em FROM customers WHERE id BETWEEN 5 AND 15

SELECT id, concat_ws(' | ', name, phone, country) AS card FROM customers ORDER BY name COLLATE "C" LIMIT 15

SELECT id, format('%s <%s>', name, email) AS addressee FROM customers WHERE email IS NOT NULL ORDER BY id LIMIT 15

SELECT id, name FROM customers WHERE (created_at, id) > (timestamp '2024-03-01', 0) ORDER BY created_at, id LIMIT 10

SELECT id, email FROM gold_customers WHERE id > 15 ORDER BY id FETCH NEXT 10 ROWS ONLY

SELECT name, created_at FROM customers ORDER BY created_at DESC OFFSET 10 ROWS FETCH FIRST 5 ROWS WITH TIES

SELECT c.*, coalesce(o.n, 0) AS orders FROM customers c LEFT JOIN (SELECT customer_id, count(*) AS n FROM orders GROUP BY 1) o ON o.customer_id = c.id ORDER BY orders DESC, c.id LIMIT 10

SELECT c.id, c.name, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS n, EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND o.status = 'returned') AS has_return FROM customers c ORDER BY n DESC

SELECT c.name, c.email FROM customers c WHERE NOT EXISTS (SELECT 1 FROM gold_customers g WHERE g.id = c.id) ORDER BY c.name

SELECT name, phone FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE note ILIKE '%call back%') ORDER BY name

SELECT c.name, sum(o.amount_cents) FILTER (WHERE extract(year FROM o.created_at) = 2024) AS y2024, sum(o.amount_cents) FILTER (WHERE extract(year FROM o.created_at) = 2025) AS y2025 FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name ORDER BY y2025 DESC NULLS LAST

SELECT c.name, count(*) AS events, max(e.at) AS last_seen FROM events e JOIN customers c ON c.id = (e.payload::jsonb ->> 'customer_id')::int GROUP BY c.id, c.name ORDER BY last_seen DESC LIMIT 20

SELECT c.email, e.kind, e.payload::jsonb -> 'device' ->> 'os' AS os FROM customers c JOIN events e ON (e.payload::jsonb ->> 'customer_id')::bigint = c.id WHERE e.kind IN ('error', 'refund') AND c.email IS NOT NULL ORDER BY e.at DESC

SELECT c.name, c.country, e.at AS first_purchase FROM customers c JOIN LATERAL (SELECT at FROM events WHERE kind = 'purchase' AND (payload::jsonb ->> 'customer_id')::int = c.id ORDER BY at FETCH FIRST ROW ONLY) e ON true ORDER BY e.at

SELECT "c"."id", "c"."name" AS "Customer", "c"."country" AS "Country" FROM "public"."customers" AS "c" WHERE "c"."country" <> 'US' ORDER BY "Customer" LIMIT 10

select s.id, s.name as staged, c.name as live from staging_customers s join customers c on c.ssn = s.ssn order by s.id

SELECT g.id, g.email, g.phone FROM gold_customers g WHERE g.country = (SELECT country FROM gold_customers GROUP BY country ORDER BY count(*) DESC, country LIMIT 1)

SELECT o.id, (SELECT c.name FROM customers c WHERE c.id = o.customer_id) AS buyer, o.amount_cents / 100.0 AS eur FROM orders o ORDER BY o.amount_cents DESC LIMIT 10

SELECT min(name) AS alphabetically_first, max(name) AS alphabetically_last, count(DISTINCT name) AS names, country FROM customers GROUP BY country

SELECT id, coalesce(email, phone, '-') AS contact, num_nulls(email, phone, ssn) AS blanks FROM customers ORDER BY blanks DESC, id LIMIT 20

SELECT name, ssn FROM customers WHERE ssn IS NOT NULL ORDER BY ssn DESC LIMIT 5

WITH contact AS (SELECT id, 'staging' AS src, name, phone FROM staging_customers UNION ALL SELECT id, 'gold', name, phone FROM gold_customers) SELECT name, phone, array_agg(DISTINCT src) AS srcs, count(*) FROM contact GROUP BY name, phone HAVING count(*) > 1 ORDER BY name

/* monthly churn list */ WITH l AS (SELECT customer_id, max(created_at) AS last_at FROM orders GROUP BY customer_id) SELECT c.name, c.email, l.last_at FROM l JOIN customers c ON c.id = l.customer_id WHERE l.last_at < timestamp '2025-06-01' - interval '60 days' ORDER BY l.last_at

SELECT name, country, n FROM (SELECT c.name, c.country, count(o.id) AS n, max(count(o.id)) OVER (PARTITION BY c.country) AS best FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id) q WHERE n = best ORDER BY country

SELECT * FROM customers TABLESAMPLE BERNOULLI (60) REPEATABLE (7) ORDER BY id

SELECT id, name, phone FROM staging_customers WHERE phone IS NULL OR phone = ANY (SELECT phone FROM gold_customers) ORDER BY name, id

SELECT c.name, jsonb_object_agg(x.status, x.n) AS by_status FROM customers c JOIN (SELECT customer_id, status, count(*) AS n FROM orders GROUP BY 1, 2) x ON x.customer_id = c.id GROUP BY c.id, c.name ORDER BY c.name

SELECT first_value(email) OVER (PARTITION BY country ORDER BY created_at) AS earliest, country, count(*) OVER (PARTITION BY country) AS n FROM customers

SELECT name, n, sum(n) OVER (ORDER BY n DESC, name ROWS UNBOUNDED PRECEDING) AS running FROM (SELECT name, count(*) AS n FROM staging_customers GROUP BY name) t

SELECT c.name, string_agg(DISTINCT o.status, ',' ORDER BY o.status) AS seen, bool_and(o.amount_cents > 500) AS only_big FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name HAVING bool_or(o.status = 'returned') ORDER BY c.name

--! tool: execute
--! plain
INSERT INTO staging_customers (id, name, created_at, country) VALUES (9001, 'Sample One', now(), 'DE') RETURNING id

INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country) VALUES (9002, 'Sample Two', NULL, NULL, NULL, '2025-01-05 08:00:00', 'AT'), (9003, 'Sample Three', NULL, NULL, NULL, '2025-01-05 08:00:00', 'CH')

INSERT INTO staging_customers (id, name, created_at, country) VALUES (5, 'Dup', current_timestamp, 'FR') ON CONFLICT DO NOTHING

INSERT INTO staging_customers AS s (id, name, created_at, country) VALUES (6, 'Upserted', '2025-02-01', 'US') ON CONFLICT (id) DO UPDATE SET country = EXCLUDED.country, created_at = greatest(s.created_at, EXCLUDED.created_at) RETURNING s.id

INSERT INTO staging_customers (id, name, created_at, country) SELECT g, 'Load test ' || g, timestamp '2025-01-01' + g * interval '1 minute', 'GB' FROM generate_series(9101, 9110) AS g RETURNING id

INSERT INTO staging_customers (id, name, created_at, country) SELECT r.id, r.name, localtimestamp, r.cc FROM jsonb_to_recordset('[{"id": 9201, "name": "Rec A", "cc": "DE"}, {"id": 9202, "name": "Rec B", "cc": "FR"}]'::jsonb) AS r(id int, name text, cc text) ON CONFLICT (id) DO NOTHING

WITH src (id, name, country) AS (VALUES (9301, 'Cte A', 'US'), (9302, 'Cte B', 'GB')) INSERT INTO staging_customers (id, name, created_at, country) SELECT id, name, now(), country FROM src ON CONFLICT (id) DO UPDATE SET country = excluded.country WHERE staging_customers.country IS DISTINCT FROM excluded.country RETURNING id

INSERT INTO staging_customers (id, name, created_at, country) SELECT u.id, u.nm, '2025-04-01', u.cc FROM unnest(ARRAY[9401, 9402], ARRAY['Un A', 'Un B'], ARRAY['DE', 'AT']) AS u(id, nm, cc)

WITH ins AS (INSERT INTO staging_customers (id, name, created_at, country) VALUES (9501, 'Counted', now(), 'CH') RETURNING id) SELECT count(*) AS inserted FROM ins

INSERT INTO staging_customers (id, name, email, created_at, country) VALUES (9601, 'QA Fixture', 'qa.fixture@example.com', now(), 'DE') ON CONFLICT (id) DO NOTHING

UPDATE staging_customers SET country = 'AT' WHERE id = 3

UPDATE staging_customers SET country = upper(btrim(country)) WHERE id = ANY (ARRAY[1, 2, 3]) RETURNING id

update staging_customers set email = lower(email) where id in (4, 5, 6) returning id

UPDATE staging_customers s SET country = v.cc FROM (VALUES (7, 'DE'), (8, 'CH')) AS v(id, cc) WHERE s.id = v.id RETURNING s.id

UPDATE staging_customers SET phone = NULL, ssn = NULL WHERE id = 9

UPDATE staging_customers SET name = initcap(trim(name)) WHERE id IN (10, 11, 12)

UPDATE staging_customers SET created_at = created_at - interval '1 hour' WHERE country IN ('AT', 'CH') AND id IN (2, 3, 8, 9)

UPDATE staging_customers SET (country, created_at) = ROW ('GB', timestamp '2025-01-01 00:00:00') WHERE id = 14

UPDATE staging_customers SET phone = regexp_replace(phone, '[^0-9+]', '', 'g') WHERE id IN (15, 16, 18) RETURNING id, country

WITH fix AS (UPDATE staging_customers SET country = 'US' WHERE id IN (19, 20) RETURNING id) SELECT count(*) AS fixed, array_agg(id) AS ids FROM fix

UPDATE staging_customers SET country = c.country FROM customers c WHERE c.id = staging_customers.id AND staging_customers.id IN (1, 5, 9)

DELETE FROM staging_customers WHERE id = 21

DELETE FROM staging_customers WHERE id IN (22, 23) RETURNING id

DELETE FROM staging_customers WHERE id = ANY ('{24,25,26}'::int[]) RETURNING id, created_at

DELETE FROM staging_customers s USING (VALUES (17), (18)) AS v(id) WHERE s.id = v.id

WITH gone AS (DELETE FROM staging_customers WHERE id IN (1, 2) AND country = 'AT' RETURNING id, country) SELECT country, count(*) FROM gone GROUP BY country

delete from staging_customers where (id, country) in ((3, 'CH'), (4, 'FR'))

DELETE FROM staging_customers WHERE country IN ('XX', 'QQ') RETURNING id

INSERT INTO staging_customers (id, name, created_at, country) VALUES (9701, 'Batch A', date '2025-06-01', 'FR'), (12, 'Batch B', date '2025-06-01', 'GB') ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, country = EXCLUDED.country RETURNING id, country
