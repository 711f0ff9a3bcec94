-- What analysts ask; written by somebody who saw neither the screen nor these lists.

--! dialect: sqlite
--! tool: query
--! plain
SELECT count(*) FROM customers

SELECT status, COUNT(*) AS n, SUM(amount_cents) / 100.0 AS total FROM orders GROUP BY status ORDER BY n DESC

SELECT id, amount_cents, note FROM orders WHERE status = 'open' AND amount_cents BETWEEN 1000 AND 50000 ORDER BY amount_cents DESC LIMIT 25

SELECT COUNT(DISTINCT email) AS emails, COUNT(email) AS filled, COUNT(*) AS total FROM customers

SELECT COUNT(*) AS missing_phone, country FROM customers WHERE phone IS NULL OR trim(phone) = '' GROUP BY country

SELECT kind, count(*) FROM events GROUP BY kind ORDER BY 2 DESC

SELECT date(created_at) AS day, count(*) AS orders, sum(amount_cents) AS cents FROM orders GROUP BY day ORDER BY day

SELECT strftime('%Y-%m', created_at) AS month, round(avg(amount_cents) / 100.0, 2) AS aov FROM orders WHERE status <> 'returned' GROUP BY 1 ORDER BY 1

SELECT CASE WHEN amount_cents < 1000 THEN 'small' WHEN amount_cents < 10000 THEN 'medium' ELSE 'large' END AS bucket, COUNT(*) AS n FROM orders GROUP BY bucket ORDER BY min(amount_cents)

SELECT min(created_at) AS first_order, max(created_at) AS last_order, julianday(max(created_at)) - julianday(min(created_at)) AS span_days FROM orders

SELECT count(*) FILTER (WHERE status = 'paid') AS paid, count(*) FILTER (WHERE status = 'shipped') AS shipped, count(*) FILTER (WHERE status = 'returned') AS returned FROM orders

SELECT country, group_concat(DISTINCT substr(created_at, 1, 4)) AS years FROM customers GROUP BY country

SELECT count(*) AS orphans FROM orders o WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id)

SELECT o.id, o.amount_cents FROM orders o WHERE o.amount_cents > (SELECT avg(x.amount_cents) * 2 FROM orders x WHERE x.status = o.status)

SELECT customer_id, amount_cents, created_at FROM (SELECT o.*, row_number() OVER (PARTITION BY customer_id ORDER BY created_at DESC) AS rn FROM orders o) WHERE rn = 1 ORDER BY customer_id

SELECT customer_id, id, amount_cents FROM (SELECT id, customer_id, amount_cents, rank() OVER (PARTITION BY customer_id ORDER BY amount_cents DESC) AS r FROM orders) t WHERE r <= 3 ORDER BY customer_id, r

SELECT day, cents, avg(cents) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS ma7 FROM (SELECT date(created_at) AS day, sum(amount_cents) AS cents FROM orders GROUP BY 1)

SELECT id, created_at, sum(amount_cents) OVER (PARTITION BY customer_id ORDER BY created_at, id ROWS UNBOUNDED PRECEDING) AS running_cents FROM orders WHERE customer_id IN (3, 4, 5)

SELECT customer_id, created_at, lag(created_at) OVER w AS prev_at, round(julianday(created_at) - julianday(lag(created_at) OVER w), 1) AS gap_days FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY created_at)

SELECT ntile(4) OVER (ORDER BY spend) AS quartile, customer_id, spend FROM (SELECT customer_id, sum(amount_cents) AS spend FROM orders GROUP BY customer_id)

SELECT id, status, amount_cents, percent_rank() OVER (PARTITION BY status ORDER BY amount_cents) AS pr, cume_dist() OVER (PARTITION BY status ORDER BY amount_cents) AS cd FROM orders LIMIT 100

SELECT customer_id, id, first_value(amount_cents) OVER w AS first_amount, last_value(amount_cents) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last_amount FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY created_at) ORDER BY 1, 2

SELECT id, amount_cents, avg(amount_cents) OVER (ORDER BY amount_cents RANGE BETWEEN 500 PRECEDING AND 500 FOLLOWING EXCLUDE CURRENT ROW) AS neighbours FROM orders WHERE status = 'paid'

SELECT id, status, count(*) OVER (ORDER BY status GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS two_groups FROM orders

SELECT status, amount_cents, nth_value(amount_cents, 2) OVER (PARTITION BY status ORDER BY amount_cents DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second_best FROM orders

SELECT month, revenue, revenue - lag(revenue, 1, 0) OVER (ORDER BY month) AS delta, round(100.0 * revenue / sum(revenue) OVER (), 2) AS pct FROM (SELECT strftime('%Y-%m', created_at) AS month, sum(amount_cents) AS revenue FROM gold_orders GROUP BY month)

SELECT status, count(*) AS n, round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS share FROM gold_orders GROUP BY status

SELECT avg(amount_cents) AS median FROM (SELECT amount_cents, row_number() OVER (ORDER BY amount_cents) AS rn, count(*) OVER () AS n FROM orders) WHERE rn IN ((n + 1) / 2, (n + 2) / 2)

SELECT customer_id, count(*) FILTER (WHERE status = 'returned') OVER (PARTITION BY customer_id ORDER BY created_at ROWS 4 PRECEDING) AS recent_returns, id FROM orders

WITH RECURSIVE cal(d) AS (SELECT date('2024-01-01') UNION ALL SELECT date(d, '+1 day') FROM cal WHERE d < '2024-01-31') SELECT cal.d, count(o.id) AS orders FROM cal LEFT JOIN orders o ON date(o.created_at) = cal.d GROUP BY cal.d ORDER BY cal.d

WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT printf('2024-%02d', i) AS month, (SELECT count(*) FROM customers WHERE strftime('%Y-%m', created_at) = printf('2024-%02d', i)) AS signups FROM n

WITH RECURSIVE weeks(w) AS (SELECT date('2024-01-01', 'weekday 1') UNION ALL SELECT date(w, '+7 days') FROM weeks LIMIT 26) SELECT w, coalesce(sum(o.amount_cents), 0) AS cents FROM weeks LEFT JOIN orders o ON o.created_at >= w AND o.created_at < date(w, '+7 days') GROUP BY w

WITH RECURSIVE seq AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM seq WHERE n < (SELECT max(id) FROM staging_customers)) SELECT n AS missing_id FROM seq WHERE n NOT IN (SELECT id FROM gold_customers) ORDER BY n

WITH RECURSIVE hours(h) AS (SELECT 0 UNION ALL SELECT h + 1 FROM hours WHERE h < 23) SELECT printf('%02d:00', h) AS hour, count(e.id) AS n FROM hours LEFT JOIN events e ON cast(strftime('%H', e.at) AS INTEGER) = h GROUP BY h

WITH RECURSIVE split(id, word, rest) AS (SELECT id, '', note || ' ' FROM orders WHERE note IS NOT NULL AND id <= 50 UNION ALL SELECT id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM split WHERE rest <> '') SELECT lower(word) AS word, count(*) AS n FROM split WHERE word <> '' GROUP BY 1 ORDER BY n DESC

WITH first_orders AS (SELECT customer_id, min(created_at) AS first_at FROM orders GROUP BY customer_id), cohorts AS (SELECT f.customer_id, strftime('%Y-%m', f.first_at) AS cohort, (strftime('%Y', o.created_at) - strftime('%Y', f.first_at)) * 12 + strftime('%m', o.created_at) - strftime('%m', f.first_at) AS month_no FROM first_orders f JOIN orders o USING (customer_id)) SELECT cohort, month_no, count(DISTINCT customer_id) AS active FROM cohorts GROUP BY cohort, month_no ORDER BY cohort, month_no

WITH c AS (SELECT id, strftime('%Y-%m', created_at) AS cohort FROM customers), a AS (SELECT DISTINCT customer_id, strftime('%Y-%m', created_at) AS active_month FROM orders) SELECT c.cohort, count(DISTINCT c.id) AS size, count(DISTINCT CASE WHEN a.active_month > c.cohort THEN c.id END) AS retained FROM c LEFT JOIN a ON a.customer_id = c.id GROUP BY c.cohort

WITH steps AS (SELECT json_extract(payload, '$.session') AS sid, max(kind = 'view') AS viewed, max(kind = 'cart') AS carted, max(kind = 'checkout') AS checked, max(kind = 'purchase') AS bought FROM events GROUP BY sid) SELECT sum(viewed) AS s1, sum(viewed AND carted) AS s2, sum(viewed AND carted AND checked) AS s3, sum(viewed AND carted AND checked AND bought) AS s4 FROM steps

WITH d AS (SELECT DISTINCT date(created_at) AS day FROM orders), g AS (SELECT day, julianday(day) - row_number() OVER (ORDER BY day) AS grp FROM d) SELECT min(day) AS from_day, max(day) AS to_day, count(*) AS days FROM g GROUP BY grp HAVING count(*) > 1 ORDER BY days DESC

WITH x AS (SELECT id, lead(id) OVER (ORDER BY id) AS next_id FROM gold_orders WHERE status <> 'open') SELECT id + 1 AS gap_start, next_id - 1 AS gap_end FROM x WHERE next_id - id > 1

WITH marked AS (SELECT id, at, json_extract(payload, '$.customer_id') AS cid, CASE WHEN julianday(at) - julianday(lag(at) OVER (PARTITION BY json_extract(payload, '$.customer_id') ORDER BY at)) < 0.0208 THEN 0 ELSE 1 END AS is_new FROM events) SELECT cid, sum(is_new) AS sessions, count(*) AS events FROM marked GROUP BY cid ORDER BY sessions DESC

WITH rfm AS (SELECT customer_id, cast(julianday('2025-07-01') - julianday(max(created_at)) AS INTEGER) AS recency, count(*) AS frequency, sum(amount_cents) AS monetary FROM orders GROUP BY customer_id) SELECT customer_id, ntile(5) OVER (ORDER BY recency DESC) AS r, ntile(5) OVER (ORDER BY frequency) AS f, ntile(5) OVER (ORDER BY monetary) AS m FROM rfm ORDER BY customer_id

WITH tot AS NOT MATERIALIZED (SELECT country, count(*) AS n FROM customers GROUP BY country) SELECT a.country, b.country AS other, a.n - b.n AS diff FROM tot a JOIN tot b ON a.country < b.country ORDER BY abs(a.n - b.n) DESC

WITH limits(label, lo, hi) AS (VALUES ('low', 0, 999), ('mid', 1000, 9999), ('high', 10000, 10000000)) SELECT l.label, count(o.id) AS n, coalesce(sum(o.amount_cents), 0) AS cents FROM limits l LEFT JOIN orders o ON o.amount_cents BETWEEN l.lo AND l.hi GROUP BY l.label

SELECT id, json_extract(payload, '$.page') AS page, json_extract(payload, '$.ms') AS ms FROM events WHERE kind = 'view' ORDER BY ms DESC LIMIT 20

SELECT payload ->> '$.device.os' AS os, count(*) AS n, avg(payload ->> '$.ms') AS avg_ms FROM events GROUP BY os

SELECT payload -> 'tags' AS tags, count(*) FROM events GROUP BY tags ORDER BY 2 DESC LIMIT 10

SELECT j.value AS tag, count(*) AS n FROM events e, json_each(e.payload, '$.tags') j GROUP BY j.value ORDER BY n DESC

SELECT e.id, t.fullkey, t.type, t.atom FROM events e, json_tree(e.payload) t WHERE t.type NOT IN ('object', 'array') AND e.id <= 3

SELECT i.value ->> 'sku' AS sku, sum(i.value ->> 'qty') AS qty, sum((i.value ->> 'qty') * (i.value ->> 'price')) AS revenue FROM events AS e JOIN json_each(e.payload, '$.items') AS i WHERE e.kind = 'purchase' GROUP BY sku ORDER BY revenue DESC

SELECT json_valid(payload) AS ok, count(*) FROM events GROUP BY 1

SELECT id, json_type(payload, '$.tags') AS t, json_array_length(payload, '$.tags') AS n_tags FROM events WHERE json_array_length(payload, '$.tags') > 1

SELECT json_group_object(status, n) AS by_status FROM (SELECT status, count(*) AS n FROM orders GROUP BY status)

SELECT customer_id, json_group_array(json_object('id', id, 'cents', amount_cents) ORDER BY created_at) AS orders_json FROM orders WHERE customer_id < 6 GROUP BY customer_id

SELECT k.key, count(*) AS n, min(k.type) AS a_type FROM events e CROSS JOIN json_each(e.payload) k GROUP BY k.key ORDER BY n DESC, k.key

SELECT id, json_set(payload, '$.seen', json('true')) AS patched FROM events WHERE id IN (1, 2, 3)

SELECT json_remove(payload, '$.device', '$.items') AS slim FROM events WHERE kind = 'error' LIMIT 5

SELECT json_patch(payload, '{"ok": null, "reviewed": 1}') FROM events WHERE kind = 'refund' ORDER BY id LIMIT 5

SELECT id, json_error_position(payload) AS pos FROM events WHERE json_error_position(payload) <> 0 UNION ALL SELECT 0, 0

SELECT json(jsonb_extract(jsonb(payload), '$.device')) AS device, count(*) AS n FROM events GROUP BY 1

SELECT o.id, o.status, e.kind, e.at FROM orders o JOIN events e ON cast(json_extract(e.payload, '$.order_id') AS INTEGER) = o.id WHERE e.kind IN ('purchase', 'refund') ORDER BY o.id, e.at

SELECT date(at, 'start of month') AS month, sum(CASE WHEN json_extract(payload, '$.ok') = 1 THEN 0 ELSE 1 END) * 1.0 / count(*) AS failure_rate FROM events GROUP BY month

SELECT strftime('%w', created_at) AS dow, strftime('%H', created_at) AS hr, count(*) AS n FROM orders GROUP BY dow, hr ORDER BY dow, hr

SELECT date(created_at, 'start of month', '+1 month', '-1 day') AS month_end, count(*) FROM orders GROUP BY 1

SELECT id, datetime(created_at, '+2 hours') AS local_time, unixepoch(created_at) AS epoch FROM orders ORDER BY epoch DESC LIMIT 5

SELECT count(*) FROM orders WHERE created_at >= date('now', '-90 days') AND created_at < date('now')

SELECT timediff(max(created_at), min(created_at)) AS span, status FROM orders GROUP BY status

SELECT CASE strftime('%w', at) WHEN '0' THEN 'weekend' WHEN '6' THEN 'weekend' ELSE 'weekday' END AS part, kind, count(*) AS n FROM events GROUP BY part, kind ORDER BY n DESC

SELECT (strftime('%m', created_at) + 2) / 3 AS quarter, strftime('%Y', created_at) AS yr, sum(amount_cents) / 100 AS eur FROM gold_orders GROUP BY yr, quarter

SELECT o.customer_id, min(julianday(o.created_at) - julianday(c.created_at)) AS days_to_first FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.created_at > c.created_at GROUP BY o.customer_id

SELECT strftime('%j', created_at) AS yday, total(amount_cents) AS t FROM orders WHERE strftime('%Y', created_at) = '2024' GROUP BY yday HAVING t > 0 ORDER BY t DESC LIMIT 5

EXPLAIN QUERY PLAN SELECT * FROM orders WHERE customer_id = 5 ORDER BY created_at

EXPLAIN SELECT count(*) FROM customers WHERE country = 'DE'

EXPLAIN QUERY PLAN SELECT c.name, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.name

explain query plan with t as (select customer_id, sum(amount_cents) s from orders group by 1) select * from t where s > 1000

SELECT id FROM staging_customers EXCEPT SELECT id FROM gold_customers ORDER BY 1

SELECT id FROM customers INTERSECT SELECT customer_id FROM orders

SELECT 'customers' AS tbl, count(*) AS n FROM customers UNION ALL SELECT 'orders', count(*) FROM orders UNION ALL SELECT 'events', count(*) FROM events

SELECT id, amount_cents, status FROM orders EXCEPT SELECT id, amount_cents, status FROM gold_orders ORDER BY id LIMIT 50

VALUES (1, 'one'), (2, 'two'), (3, 'three')

SELECT 1 + 1 AS two, 7 / 2 AS int_div, 7 / 2.0 AS real_div, 7 % 2 AS rest

SELECT v.column1 AS status, count(o.id) AS n FROM (VALUES ('open'), ('paid'), ('shipped'), ('returned'), ('lost')) v LEFT JOIN orders o ON o.status = v.column1 GROUP BY v.column1

SELECT coalesce(g.id, s.id) AS id, CASE WHEN g.id IS NULL THEN 'new' WHEN s.id IS NULL THEN 'gone' ELSE 'both' END AS state FROM gold_customers g FULL OUTER JOIN staging_customers s ON s.id = g.id ORDER BY 1

SELECT count(*) AS changed FROM customers c JOIN gold_customers g USING (id) WHERE c.email IS DISTINCT FROM g.email OR c.phone IS DISTINCT FROM g.phone OR c.country <> g.country

SELECT count(*) - count(DISTINCT ssn) AS repeated_or_null FROM customers

SELECT count(*) AS bad FROM staging_customers WHERE email IS NULL OR email NOT LIKE '%_@_%._%'

SELECT length(name) AS len, count(*) AS n FROM customers GROUP BY len ORDER BY len

SELECT id, created_at FROM orders ORDER BY created_at DESC, id DESC LIMIT 20 OFFSET 40

SELECT country, sum(iif(status = 'paid', amount_cents, 0)) AS paid, sum(iif(status = 'returned', amount_cents, 0)) AS returned, sum(iif(status NOT IN ('paid', 'returned'), amount_cents, 0)) AS other FROM customers JOIN orders ON orders.customer_id = customers.id GROUP BY country

SELECT strftime('%Y-%m', at) AS month, count(*) FILTER (WHERE kind = 'view') AS views, count(*) FILTER (WHERE kind = 'purchase') AS buys, round(1.0 * count(*) FILTER (WHERE kind = 'purchase') / nullif(count(*) FILTER (WHERE kind = 'view'), 0), 3) AS conv FROM events GROUP BY month ORDER BY month

SELECT note, count(*) AS n FROM orders WHERE note LIKE '%call%' OR note GLOB 'urgent*' GROUP BY note

SELECT id, substr(note, 1, 12) || CASE WHEN length(note) > 12 THEN '...' ELSE '' END AS preview FROM orders WHERE note IS NOT NULL ORDER BY length(note) DESC LIMIT 10

SELECT round(avg(amount_cents), 2) AS mean, round(sqrt(avg(amount_cents * amount_cents * 1.0) - avg(amount_cents) * avg(amount_cents)), 2) AS sd FROM orders

SELECT 10000 * (amount_cents / 10000) AS bin, count(*) AS n, substr('##############################', 1, count(*) / 5) AS bar FROM orders GROUP BY bin ORDER BY bin

SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id HAVING sum(status = 'returned') > count(*) / 3 AND n > 3

SELECT cast(amount_cents AS REAL) / 100 AS eur, cast(amount_cents AS TEXT) AS txt, printf('%.2f EUR', amount_cents / 100.0) AS pretty, format('%08d', id) AS code FROM orders LIMIT 8

SELECT hex(id) AS hx, abs(amount_cents - 5000) AS dist, sign(amount_cents - 5000) AS side, max(amount_cents, 5000) AS floor5k FROM orders WHERE id < 12

SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM events e WHERE e.kind = 'refund' AND e.payload ->> 'order_id' = o.id) AND o.status <> 'returned'

SELECT avg(n) AS avg_orders, max(n) AS max_orders, sum(n = 1) AS one_timers FROM (SELECT count(*) AS n FROM orders GROUP BY customer_id)

WITH o AS (SELECT customer_id, created_at, row_number() OVER (PARTITION BY customer_id ORDER BY created_at) AS k FROM orders) SELECT avg(julianday(b.created_at) - julianday(a.created_at)) AS avg_days_to_second FROM o a JOIN o b ON a.customer_id = b.customer_id AND a.k = 1 AND b.k = 2

WITH cum AS (SELECT customer_id, sum(amount_cents) AS s FROM orders GROUP BY 1), p AS (SELECT customer_id, s, sum(s) OVER (ORDER BY s DESC ROWS UNBOUNDED PRECEDING) * 1.0 / sum(s) OVER () AS share FROM cum) SELECT count(*) AS customers_for_80pct FROM p WHERE share <= 0.8

WITH m AS (SELECT date(created_at, 'start of month') AS mon, customer_id FROM orders GROUP BY 1, 2) SELECT m.mon, count(*) AS active, count(p.customer_id) AS retained, count(*) - count(p.customer_id) AS new_or_back FROM m LEFT JOIN m AS p ON p.customer_id = m.customer_id AND p.mon = date(m.mon, '-1 month') GROUP BY m.mon

WITH s AS (SELECT customer_id, status, created_at, row_number() OVER (PARTITION BY customer_id ORDER BY created_at) - row_number() OVER (PARTITION BY customer_id, status ORDER BY created_at) AS island FROM orders) SELECT customer_id, status, count(*) AS streak, min(created_at) AS since FROM s GROUP BY customer_id, status, island HAVING streak >= 3

WITH e AS (SELECT kind, at, lead(kind) OVER (PARTITION BY payload ->> 'session' ORDER BY at) AS next_kind FROM events) SELECT kind, next_kind, count(*) AS n FROM e WHERE next_kind IS NOT NULL GROUP BY 1, 2 ORDER BY n DESC LIMIT 15

WITH bounds AS (SELECT min(amount_cents) AS lo, max(amount_cents) AS hi FROM orders) SELECT min(9, cast((amount_cents - lo) * 10.0 / (hi - lo) AS INTEGER)) AS decile, count(*) FROM orders, bounds GROUP BY decile

WITH prev AS (SELECT id, amount_cents FROM gold_orders), cur AS (SELECT id, amount_cents FROM orders) SELECT (SELECT count(*) FROM cur) AS silver_rows, (SELECT count(*) FROM prev) AS gold_rows, (SELECT count(*) FROM cur WHERE id NOT IN (SELECT id FROM prev)) AS to_promote

WITH flagged AS (SELECT o.*, avg(amount_cents) OVER () AS mu, (SELECT sqrt(avg(amount_cents * 1.0 * amount_cents) - pow(avg(amount_cents), 2)) FROM orders) AS sd FROM orders o) SELECT id, customer_id, round((amount_cents - mu) / sd, 2) AS z FROM flagged WHERE abs(amount_cents - mu) > 1.5 * sd

WITH RECURSIVE months(m) AS (SELECT '2024-01-01' UNION ALL SELECT date(m, '+1 month') FROM months WHERE m < '2025-06-01'), rev AS (SELECT date(created_at, 'start of month') AS m, sum(amount_cents) AS cents FROM orders GROUP BY 1) SELECT months.m, ifnull(rev.cents, 0) AS cents, sum(ifnull(rev.cents, 0)) OVER (ORDER BY months.m) AS ytd FROM months LEFT JOIN rev USING (m)

SELECT max(rowid) AS top, count(*) AS n FROM events

SELECT id, kind FROM events WHERE id NOT IN (SELECT id FROM events WHERE kind IN ('view', 'cart')) ORDER BY at LIMIT 10

SELECT sum(email IS NULL) AS no_email, sum(phone IS NULL) AS no_phone, sum(ssn IS NULL) AS no_ssn, round(100.0 * sum(email IS NULL AND phone IS NULL) / count(*), 1) AS unreachable_pct FROM customers

SELECT string_agg(status, '|') AS statuses FROM (SELECT DISTINCT status FROM orders ORDER BY status)

SELECT likely(status = 'paid') AS is_paid, count(*) FROM orders GROUP BY 1

SELECT ltrim(cast(id AS TEXT), '1') AS l, rtrim(status, 'd') AS r, replace(status, 'e', '3') AS x, unicode(status) AS u, instr(status, 'p') AS pos FROM orders LIMIT 6

SELECT country, count(DISTINCT phone) AS phones, count(DISTINCT email) AS mails, count(DISTINCT ssn) AS ssns FROM staging_customers GROUP BY country ORDER BY phones DESC

SELECT n_orders, count(*) AS customers FROM (SELECT c.id, count(o.id) AS n_orders FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id) GROUP BY n_orders ORDER BY n_orders

SELECT e.kind, avg(json_extract(e.payload, '$.ms')) FILTER (WHERE json_extract(e.payload, '$.device.os') = 'ios') AS ios_ms, avg(json_extract(e.payload, '$.ms')) FILTER (WHERE json_extract(e.payload, '$.device.os') = 'web') AS web_ms FROM events e GROUP BY e.kind

SELECT a.id, a.at, b.id AS next_purchase, b.at AS bought_at FROM events a JOIN events b ON b.id = (SELECT x.id FROM events x WHERE x.kind = 'purchase' AND x.at > a.at AND x.payload ->> 'customer_id' = a.payload ->> 'customer_id' ORDER BY x.at LIMIT 1) WHERE a.kind = 'cart'

SELECT c.country, o.status, count(*) AS n FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country, o.status UNION ALL SELECT 'ALL', status, count(*) FROM orders GROUP BY status ORDER BY 1, 2

SELECT CASE WHEN (SELECT count(*) FROM staging_customers) > (SELECT count(*) FROM gold_customers) THEN 'staging is larger' ELSE 'gold is larger or equal' END AS verdict

SELECT kind, at, payload ->> '$.items[0].sku' AS first_sku, payload ->> '$.items[#-1].sku' AS last_sku FROM events WHERE json_array_length(payload -> 'items') >= 2 LIMIT 15

SELECT julianday(date(max(at))) - julianday(date(min(at))) + 1 AS days, count(DISTINCT date(at)) AS days_with_events FROM events

WITH daily AS (SELECT date(at) AS d, count(*) AS n FROM events GROUP BY 1) SELECT d, n, n > 2 * avg(n) OVER (ORDER BY d ROWS BETWEEN 14 PRECEDING AND 1 PRECEDING) AS spike FROM daily

WITH changes AS (SELECT s.id, (s.name IS NOT c.name) + (s.email IS NOT c.email) + (s.phone IS NOT c.phone) AS diffs FROM staging_customers s JOIN customers c ON c.id = s.id) SELECT diffs, count(*) AS n FROM changes GROUP BY diffs

SELECT status, sum(amount_cents) AS s FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE country = 'FR') GROUP BY status HAVING s > (SELECT avg(amount_cents) FROM orders) ORDER BY s

SELECT o.customer_id, count(*) AS n, group_concat(DISTINCT o.status) AS seen, sum(o.amount_cents) FILTER (WHERE o.note IS NOT NULL) AS noted_cents FROM orders o GROUP BY o.customer_id ORDER BY n DESC, o.customer_id LIMIT 20 OFFSET 10

SELECT weekday, round(avg(n), 2) AS avg_orders FROM (SELECT date(created_at) AS d, strftime('%w', created_at) AS weekday, count(*) AS n FROM orders GROUP BY d) GROUP BY weekday ORDER BY weekday

--! masked
SELECT id, name, email, country FROM customers ORDER BY id LIMIT 20

select * from customers where country = 'DE' order by created_at desc limit 10

SELECT c.id, c.name, o.id AS order_id, o.amount_cents FROM customers AS c JOIN orders AS o ON o.customer_id = c.id WHERE o.status = 'returned' ORDER BY o.created_at DESC LIMIT 50

SELECT name, count(*) AS n FROM customers GROUP BY name HAVING count(*) > 1 ORDER BY n DESC, name

SELECT s.id, s.email FROM staging_customers s LEFT JOIN customers c ON c.email = s.email WHERE c.id IS NULL OR c.id = s.id ORDER BY s.id

SELECT id, phone FROM gold_customers WHERE phone IS NOT NULL ORDER BY phone LIMIT 15 OFFSET 5

SELECT c.name, c.country, sum(o.amount_cents) AS spend FROM customers c INNER JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name, c.country ORDER BY spend DESC LIMIT 10

SELECT country, group_concat(name, ', ' ORDER BY name) AS names FROM gold_customers GROUP BY country

SELECT id, coalesce(email, phone, 'no contact') AS contact FROM customers WHERE id <= 20

SELECT c.id, c.name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.created_at > '2025-02-01') ORDER BY c.id

SELECT c.id, c.name, (SELECT max(o.created_at) FROM orders o WHERE o.customer_id = c.id) AS last_order FROM customers c ORDER BY last_order DESC NULLS LAST LIMIT 30

SELECT id, name, email FROM customers WHERE id IN (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) >= 8)

SELECT id, name, country, dense_rank() OVER (PARTITION BY country ORDER BY created_at) AS seniority FROM customers ORDER BY country, seniority

SELECT name, email, row_number() OVER (PARTITION BY lower(email) ORDER BY created_at DESC, id DESC) AS dup_no FROM staging_customers

WITH big AS MATERIALIZED (SELECT customer_id, sum(amount_cents) AS total FROM orders WHERE status IN ('paid', 'shipped') GROUP BY 1 HAVING total > 100000) SELECT c.name, c.email, big.total FROM big JOIN customers c ON c.id = big.customer_id ORDER BY big.total DESC

WITH ranked AS (SELECT c.id, c.name, c.country, sum(o.amount_cents) AS spend, row_number() OVER (PARTITION BY c.country ORDER BY sum(o.amount_cents) DESC) AS rn FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id) SELECT country, rn, name, spend FROM ranked WHERE rn <= 2 ORDER BY country, rn

SELECT c.name, count(*) AS logins, max(e.at) AS last_login FROM events e JOIN customers c ON c.id = e.payload ->> 'customer_id' WHERE e.kind = 'login' GROUP BY c.id ORDER BY logins DESC

SELECT c.email, e.payload ->> '$.device.os' AS os FROM customers c JOIN events e ON json_extract(e.payload, '$.customer_id') = c.id WHERE e.kind = 'signup' AND c.email IS NOT NULL ORDER BY e.at LIMIT 40

SELECT json_object('id', id, 'name', name, 'country', country) AS doc FROM gold_customers ORDER BY id LIMIT 10

SELECT country, json_group_array(name) AS members FROM customers GROUP BY country ORDER BY country

SELECT name, created_at, cast((julianday('2025-07-01') - julianday(created_at)) / 30.44 AS INTEGER) AS tenure_months FROM customers ORDER BY tenure_months DESC LIMIT 12

SELECT email FROM customers INTERSECT SELECT email FROM staging_customers ORDER BY email

SELECT name, country FROM customers UNION SELECT name, country FROM staging_customers ORDER BY country, name

SELECT id, name, email, phone, ssn FROM customers EXCEPT SELECT id, name, email, phone, ssn FROM gold_customers

SELECT s.id, s.name, g.name AS gold_name FROM staging_customers s RIGHT JOIN gold_customers g ON g.id = s.id ORDER BY g.id

SELECT a.id, b.id AS twin_id, a.name FROM customers a JOIN customers b ON a.name = b.name AND a.id < b.id ORDER BY a.name, a.id

SELECT phone, count(*) AS n, min(id) AS keep_id FROM staging_customers WHERE phone IS NOT NULL GROUP BY phone ORDER BY n DESC, phone LIMIT 20

SELECT ssn, group_concat(id) AS ids FROM customers WHERE ssn IS NOT NULL GROUP BY ssn HAVING count(*) >= 1 ORDER BY ssn LIMIT 10

SELECT substr(email, instr(email, '@') + 1) AS domain, count(*) AS n FROM customers WHERE email IS NOT NULL GROUP BY lower(substr(email, instr(email, '@') + 1)) ORDER BY n DESC

SELECT upper(name) AS shout, lower(email) AS mail FROM staging_customers WHERE id BETWEEN 1 AND 10

SELECT id, name || ' (' || country || ')' AS label FROM customers ORDER BY name COLLATE NOCASE LIMIT 25

SELECT concat_ws(' / ', name, email, phone) AS card FROM gold_customers WHERE country IN ('DE', 'AT', 'CH') ORDER BY id

SELECT c.*, ifnull(t.n, 0) AS order_count FROM customers c LEFT JOIN (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) t ON t.customer_id = c.id ORDER BY order_count DESC LIMIT 15

SELECT id, name FROM customers WHERE (created_at, id) < ('2024-09-01', 30) ORDER BY created_at DESC, id DESC LIMIT 10

SELECT id, name, email FROM customers WHERE id > 20 ORDER BY id LIMIT 10

SELECT name, max(created_at) AS newest, id FROM customers GROUP BY name

SELECT c.name, o.status, count(*) AS n FROM customers c CROSS JOIN (SELECT DISTINCT status FROM orders) st LEFT JOIN orders o ON o.customer_id = c.id AND o.status = st.status WHERE c.country = 'US' GROUP BY c.name, o.status

SELECT name, sum(CASE WHEN strftime('%Y', o.created_at) = '2024' THEN amount_cents END) AS y2024, sum(CASE WHEN strftime('%Y', o.created_at) = '2025' THEN amount_cents END) AS y2025 FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY y2025 DESC NULLS LAST

SELECT c.name, c.phone FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.note LIKE 'call back%') ORDER BY c.name

SELECT DISTINCT c.email FROM customers c JOIN orders o ON o.customer_id = c.id AND o.status = 'open' WHERE c.email IS NOT NULL ORDER BY c.email

WITH dup AS (SELECT id, name, email, count(*) OVER (PARTITION BY lower(trim(name)), country) AS copies FROM staging_customers) SELECT * FROM dup WHERE copies > 1 ORDER BY name, id

WITH newest AS (SELECT *, row_number() OVER (PARTITION BY name ORDER BY created_at DESC) AS rn FROM customers) SELECT id, name, email, phone, country FROM newest WHERE rn = 1

WITH RECURSIVE pages(p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM pages WHERE p < 3) SELECT p AS page, c.id, c.name FROM pages JOIN customers c ON (c.id - 1) / 10 = p ORDER BY p, c.id

SELECT id, name, nullif(trim(phone), '') AS phone FROM staging_customers ORDER BY phone IS NULL, phone

SELECT "id", "name" AS "Customer Name", "country" AS "Country" FROM "customers" WHERE "country" != 'US' ORDER BY "Customer Name"

SELECT s.id, s.name AS staged, c.name AS current, s.country || '->' || c.country AS move FROM staging_customers s JOIN customers c ON c.ssn = s.ssn WHERE s.ssn IS NOT NULL

SELECT o.id, o.created_at, (SELECT name FROM customers WHERE id = o.customer_id) AS buyer, (SELECT country FROM customers WHERE id = o.customer_id) AS cc FROM orders o ORDER BY o.amount_cents DESC LIMIT 12

SELECT name, email, CASE WHEN total >= 300000 THEN 'gold' WHEN total >= 100000 THEN 'silver' ELSE 'bronze' END AS tier FROM (SELECT c.name, c.email, sum(o.amount_cents) AS total FROM customers c JOIN gold_orders o ON o.customer_id = c.id GROUP BY c.id) ORDER BY total DESC

SELECT first_value(name) OVER (PARTITION BY country ORDER BY created_at) AS first_customer, country, id FROM gold_customers

SELECT id, name, lag(name) OVER (ORDER BY id) AS before, lead(name) OVER (ORDER BY id) AS after FROM customers ORDER BY id LIMIT 10

SELECT min(name) AS first_name, max(name) AS last_name, count(DISTINCT name) AS n, country FROM customers GROUP BY country

SELECT c.name, e.kind, e.at FROM customers c JOIN (SELECT payload ->> 'customer_id' AS cid, kind, at, row_number() OVER (PARTITION BY payload ->> 'customer_id' ORDER BY at DESC) AS rn FROM events) e ON e.cid = c.id AND e.rn = 1 ORDER BY e.at DESC

SELECT g.email, c.email AS silver_email FROM gold_customers g JOIN customers c USING (id) WHERE g.email IS c.email ORDER BY id LIMIT 30

SELECT name, phone FROM customers WHERE country IN (SELECT country FROM customers GROUP BY country ORDER BY count(*) DESC, country LIMIT 2) ORDER BY name, phone

SELECT * FROM staging_customers ORDER BY random() LIMIT 5

SELECT c.id, c.name, c.email, count(o.id) FILTER (WHERE o.status = 'open') AS open_orders, count(o.id) AS all_orders FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id HAVING open_orders > 0 ORDER BY open_orders DESC, c.id

SELECT t.name, t.n FROM (SELECT c.name, count(DISTINCT date(o.created_at)) AS n FROM customers c, orders o WHERE c.id = o.customer_id GROUP BY c.name) AS t WHERE t.n > 5 ORDER BY t.n DESC

/* weekly contact sheet */ SELECT c.name, c.email, c.phone FROM customers c WHERE c.created_at >= date('2024-06-30', '-7 days') ORDER BY c.created_at

WITH contacts(id, kind, value) AS (SELECT id, 'email', email FROM customers UNION ALL SELECT id, 'phone', phone FROM customers) SELECT id, kind, value FROM contacts WHERE value IS NOT NULL ORDER BY id, kind

SELECT id, name, ssn FROM customers WHERE ssn IS NOT NULL ORDER BY substr(created_at, 1, 7), name LIMIT 18

SELECT name, country, n, rank() OVER (ORDER BY n DESC) AS pos FROM (SELECT c.name, c.country, count(e.id) AS n FROM customers c LEFT JOIN events e ON json_extract(e.payload, '$.customer_id') = c.id GROUP BY c.id) ORDER BY pos, name LIMIT 20

SELECT c.id, c.email, x.last_status FROM customers c JOIN (SELECT DISTINCT customer_id, last_value(status) OVER (PARTITION BY customer_id ORDER BY created_at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS last_status FROM orders) x ON x.customer_id = c.id WHERE c.email IS NOT NULL

WITH lapsed AS (SELECT customer_id FROM orders GROUP BY customer_id HAVING max(created_at) < '2025-03-01') SELECT c.name, c.phone, c.country FROM customers c WHERE c.id IN lapsed ORDER BY c.name

--! tool: execute
--! plain
INSERT INTO staging_customers (id, name, email, phone, ssn, created_at, country) VALUES (1001, 'Test Person', NULL, NULL, NULL, '2025-01-01 00:00:00', 'DE')

INSERT INTO staging_customers (id, name, created_at, country) VALUES (1002, 'Sample A', datetime('now'), 'AT'), (1003, 'Sample B', datetime('now'), 'CH') RETURNING id

INSERT INTO staging_customers (id, name, created_at, country) VALUES (3, 'Placeholder', CURRENT_TIMESTAMP, 'FR') ON CONFLICT (id) DO NOTHING

INSERT INTO staging_customers (id, name, created_at, country) VALUES (4, 'Placeholder', '2025-03-01', 'US') ON CONFLICT (id) DO UPDATE SET country = excluded.country, created_at = excluded.created_at RETURNING id

INSERT INTO staging_customers (id, name, created_at, country) VALUES (5, 'Row five', '2025-03-02', 'GB'), (2005, 'Row new', '2025-03-02', 'GB') ON CONFLICT (id) DO UPDATE SET country = excluded.country WHERE excluded.country <> staging_customers.country

insert or ignore into staging_customers (id, name, created_at, country) values (6, 'dummy', '2025-04-04 10:00:00', 'DE')

WITH src(id, name, country) AS (VALUES (3001, 'Load one', 'DE'), (3002, 'Load two', 'FR')) INSERT INTO staging_customers (id, name, created_at, country) SELECT id, name, datetime('now'), country FROM src RETURNING id

INSERT INTO staging_customers (id, name, created_at, country) SELECT v.column1, 'Imported ' || v.column1, '2025-05-01', v.column2 FROM (VALUES (4001, 'CH'), (4002, 'AT')) AS v WHERE true ON CONFLICT (id) DO UPDATE SET country = excluded.country

INSERT INTO staging_customers (id, name, created_at, country) SELECT json_extract(value, '$.id'), json_extract(value, '$.name'), '2025-05-05', json_extract(value, '$.cc') FROM json_each('[{"id": 5001, "name": "Json One", "cc": "DE"}, {"id": 5002, "name": "Json Two", "cc": "US"}]')

UPDATE staging_customers SET country = 'DE' WHERE id = 7

UPDATE staging_customers SET country = upper(trim(country)) WHERE id IN (8, 9, 10) RETURNING id, country

UPDATE staging_customers SET email = lower(trim(email)) WHERE id IN (1, 2, 3, 4)

update staging_customers set phone = null where id = 11 returning id

UPDATE staging_customers SET name = trim(name), country = CASE country WHEN 'UK' THEN 'GB' ELSE country END WHERE id IN (12, 14, 16)

UPDATE staging_customers SET created_at = datetime(created_at, '-1 hour') WHERE id = 13 AND country = 'AT'

UPDATE staging_customers SET ssn = NULL WHERE country IN ('FR', 'CH') RETURNING id

UPDATE staging_customers AS s SET country = v.cc FROM (SELECT column1 AS id, column2 AS cc FROM (VALUES (15, 'DE'), (17, 'US'))) AS v WHERE s.id = v.id

UPDATE staging_customers SET (country, created_at) = ('GB', '2025-02-02 00:00:00') WHERE id = 18

UPDATE staging_customers SET country = coalesce((SELECT g.country FROM gold_customers g WHERE g.id = staging_customers.id), country) WHERE id IN (19, 20, 21)

DELETE FROM staging_customers WHERE id = 22

DELETE FROM staging_customers WHERE id IN (23, 24, 25) RETURNING id

delete from staging_customers where id in (1001, 1002) and country = 'DE'

DELETE FROM staging_customers WHERE country IN ('XX', 'ZZ') AND id IN (3, 6, 9, 12) RETURNING id, country

WITH doomed(id) AS (VALUES (2001), (2002), (2003)) DELETE FROM staging_customers WHERE id IN (SELECT id FROM doomed)

DELETE FROM staging_customers AS s WHERE s.id = 5 AND s.created_at < '2025-01-01' RETURNING id AS removed_id

INSERT INTO staging_customers VALUES (6001, 'Full Row', NULL, NULL, NULL, '2025-06-01 12:30:00', 'AT') RETURNING id, created_at

UPDATE staging_customers SET phone = replace(replace(phone, ' ', ''), '-', '') WHERE id IN (2, 4, 6, 8)

INSERT INTO staging_customers (id, name, email, created_at, country) VALUES (7001, 'QA Fixture', 'qa-fixture@example.com', '2025-06-10 09:00:00', 'DE') RETURNING id

UPDATE staging_customers SET created_at = date('2025-01-15') WHERE id IN (SELECT value FROM json_each('[2, 3, 5, 7]')) RETURNING id

DELETE FROM staging_customers WHERE (id, country) IN (VALUES (3, 'FR'), (4, 'US'), (10, 'US'))
