-- The bombs under EXPLAIN, so that the verdict of the screen shows and nothing runs: each runs over 4 s by itself (bombs/).

--! dialect: postgres
--! tool: query
--! technique: 97
--! must: deny

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + abs(0) FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i, k) AS (SELECT 1, 0 UNION ALL SELECT i + k, k FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + CASE WHEN i > 0 THEN 0 ELSE 1 END FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i * 2 FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i / 2 FROM n WHERE i > -1) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT CAST(i * 1.1 AS int) FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, 1, 100) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT ltrim(s) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT trim(s) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s, k) AS (SELECT 'ab', 'z' UNION ALL SELECT replace(s, k, ''), k FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(id) AS (SELECT id FROM orders UNION ALL SELECT o.id FROM n JOIN orders o ON o.id = n.id) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(id) AS (SELECT id FROM orders UNION ALL SELECT id FROM n JOIN orders USING (id)) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(id) AS (SELECT id FROM orders UNION ALL SELECT n.id FROM n JOIN orders o ON o.id = n.id) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT x FROM (SELECT count(*) AS x FROM n) t LIMIT 1

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT (SELECT i FROM n ORDER BY i DESC LIMIT 1) FROM orders LIMIT 1

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n), m(x) AS (SELECT count(*) FROM n) SELECT x FROM m LIMIT 1

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT x FROM (SELECT DISTINCT i AS x FROM n) t LIMIT 2

EXPLAIN SELECT count(*) FROM (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) a JOIN (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) b ON a.k = b.k JOIN (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) c ON c.k = b.k JOIN (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) d ON d.k = c.k JOIN (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) e ON e.k = d.k

EXPLAIN SELECT count(*) FROM (SELECT DISTINCT id, id * 0 AS k FROM orders) a JOIN (SELECT DISTINCT id, id * 0 AS k FROM orders) b ON a.k = b.k JOIN (SELECT DISTINCT id, id * 0 AS k FROM orders) c ON c.k = b.k JOIN (SELECT DISTINCT id, id * 0 AS k FROM orders) d ON d.k = c.k JOIN (SELECT DISTINCT id, id * 0 AS k FROM orders) e ON e.k = d.k

EXPLAIN WITH a AS (SELECT status FROM orders), b AS (SELECT status FROM orders), c AS (SELECT status FROM orders), d AS (SELECT status FROM orders), e AS (SELECT status FROM orders), f AS (SELECT status FROM orders), g AS (SELECT status FROM orders), h AS (SELECT status FROM orders) SELECT count(*) FROM a JOIN b ON a.status = b.status JOIN c ON c.status = b.status JOIN d ON d.status = c.status JOIN e ON e.status = d.status JOIN f ON f.status = e.status JOIN g ON g.status = f.status JOIN h ON h.status = g.status

EXPLAIN WITH v(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)), w(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)), x(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)), y(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)), z(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)) SELECT count(*) FROM v JOIN w ON v.k = w.k JOIN x ON x.k = w.k JOIN y ON y.k = x.k JOIN z ON z.k = y.k

EXPLAIN SELECT sum(m) FROM (SELECT max(a.id) OVER (ORDER BY a.id, b.id, c.id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS m FROM orders a, orders b, orders c) t

EXPLAIN SELECT count(*) FROM orders WHERE amount_cents <> (SELECT count(*) FROM events WHERE length(payload) + amount_cents <> (SELECT count(*) FROM gold_orders x, gold_customers y, customers z WHERE x.id + y.id + z.id <> length(payload) + amount_cents))

EXPLAIN WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, s || 'xxxxxxxxxx' FROM n WHERE i < 1000000) SELECT max(length(s)) FROM n

EXPLAIN SELECT count(*) FROM (SELECT max(id)::text || string_to_table(repeat('x,', 9000), ',') AS x FROM orders) a, (SELECT max(id)::text || string_to_table(repeat('x,', 9000), ',') AS x FROM orders) b, (SELECT max(id)::text || string_to_table(repeat('x,', 9000), ',') AS x FROM orders) c

EXPLAIN SELECT count(*) FROM generate_series(timestamp '2020-01-01', timestamp '2020-01-02', '1 us 0 day')

EXPLAIN SELECT count(*) FROM generate_series(timestamp '2000-01-01', timestamp '2026-01-01', '00:00:01 0 day')

EXPLAIN SELECT count(*) FROM generate_series(timestamp '2020-01-01', timestamp '2020-01-02', interval '1 us 0 day')

EXPLAIN SELECT count(*) FROM generate_series(timestamp '2000-01-01', timestamp '2026-01-01', '1 ms 0 day')

EXPLAIN SELECT count(*) FROM jsonb_path_query((repeat('[', 1000) || repeat(']', 1000))::jsonb, '$.**.**.**.**')

EXPLAIN SELECT jsonb_path_exists((repeat('[', 1000) || repeat(']', 1000))::jsonb, '$.**.**.**.**.x')

EXPLAIN SELECT sum((repeat('9', 60000) || a.id)::numeric * repeat('8', 60000)::numeric) FROM orders a, orders b

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT left(s, 100) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT right(s, 100) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(d) AS (SELECT date '2020-01-01' UNION ALL SELECT (d + (interval '1 day' - interval '24 hours'))::date FROM n WHERE d < date '2021-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(d) AS (SELECT date '2020-01-01' UNION ALL SELECT (d + interval '1 hour')::date FROM n WHERE d < date '2021-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(id) AS (SELECT id FROM orders UNION ALL SELECT o.id FROM orders o JOIN n ON o.id = n.id WHERE o.status = 'open') SELECT count(*) FROM n

--! dialect: sqlite
--! tool: query
--! technique: 97
--! must: deny

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + abs(0) FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(i, k) AS (SELECT 1, 0 UNION ALL SELECT i + k, k FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + CASE WHEN i > 0 THEN 0 ELSE 1 END FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i * 2 FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i / 2 FROM n WHERE i > -1) SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT CAST(i * 1.1 AS int) FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, 1, 100) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT ltrim(s) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT trim(s) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(s, k) AS (SELECT 'ab', 'z' UNION ALL SELECT replace(s, k, ''), k FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(id) AS (SELECT id FROM orders UNION ALL SELECT o.id FROM n JOIN orders o ON o.id = n.id) SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(id) AS (SELECT id FROM orders UNION ALL SELECT id FROM n JOIN orders USING (id)) SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(id) AS (SELECT id FROM orders UNION ALL SELECT n.id FROM n JOIN orders o ON o.id = n.id) SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT x FROM (SELECT count(*) AS x FROM n) t LIMIT 1

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT (SELECT i FROM n ORDER BY i DESC LIMIT 1) FROM orders LIMIT 1

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n), m(x) AS (SELECT count(*) FROM n) SELECT x FROM m LIMIT 1

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT x FROM (SELECT DISTINCT i AS x FROM n) t LIMIT 2

EXPLAIN QUERY PLAN SELECT count(*) FROM (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) a JOIN (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) b ON a.k = b.k JOIN (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) c ON c.k = b.k JOIN (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) d ON d.k = c.k JOIN (SELECT 0 AS k FROM orders UNION ALL SELECT 0 FROM orders) e ON e.k = d.k

EXPLAIN QUERY PLAN SELECT count(*) FROM (SELECT DISTINCT id, id * 0 AS k FROM orders) a JOIN (SELECT DISTINCT id, id * 0 AS k FROM orders) b ON a.k = b.k JOIN (SELECT DISTINCT id, id * 0 AS k FROM orders) c ON c.k = b.k JOIN (SELECT DISTINCT id, id * 0 AS k FROM orders) d ON d.k = c.k JOIN (SELECT DISTINCT id, id * 0 AS k FROM orders) e ON e.k = d.k

EXPLAIN QUERY PLAN WITH a AS (SELECT status FROM orders), b AS (SELECT status FROM orders), c AS (SELECT status FROM orders), d AS (SELECT status FROM orders), e AS (SELECT status FROM orders), f AS (SELECT status FROM orders), g AS (SELECT status FROM orders), h AS (SELECT status FROM orders) SELECT count(*) FROM a JOIN b ON a.status = b.status JOIN c ON c.status = b.status JOIN d ON d.status = c.status JOIN e ON e.status = d.status JOIN f ON f.status = e.status JOIN g ON g.status = f.status JOIN h ON h.status = g.status

EXPLAIN QUERY PLAN WITH v(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)), w(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)), x(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)), y(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)), z(k) AS (VALUES (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0), (0)) SELECT count(*) FROM v JOIN w ON v.k = w.k JOIN x ON x.k = w.k JOIN y ON y.k = x.k JOIN z ON z.k = y.k

EXPLAIN QUERY PLAN SELECT sum(m) FROM (SELECT max(a.id) OVER (ORDER BY a.id, b.id, c.id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS m FROM orders a, orders b, orders c) t

EXPLAIN QUERY PLAN SELECT count(*) FROM orders WHERE amount_cents <> (SELECT count(*) FROM events WHERE length(payload) + amount_cents <> (SELECT count(*) FROM gold_orders x, gold_customers y, customers z WHERE x.id + y.id + z.id <> length(payload) + amount_cents))

EXPLAIN QUERY PLAN WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, s || 'xxxxxxxxxx' FROM n WHERE i < 1000000) SELECT max(length(s)) FROM n

EXPLAIN QUERY PLAN SELECT count(*) FROM (SELECT max(a.id, b.id) AS m FROM orders a, orders b) x, (SELECT max(a.id, b.id) AS m FROM orders a, orders b) y, (SELECT max(a.id, b.id) AS m FROM orders a, orders b) z

EXPLAIN QUERY PLAN WITH j AS (SELECT max(id, id) AS m FROM orders) SELECT count(*) FROM j a, j b, j c, j d, j e, j f, j g

EXPLAIN QUERY PLAN WITH RECURSIVE n(d) AS (SELECT '2020-01-01' UNION ALL SELECT date(d, '+1 day', '-1 day') FROM n WHERE d < '2021-01-01') SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(d) AS (SELECT '2020-01-01' UNION ALL SELECT date(d, 'weekday 1', '-7 day', 'weekday 1') FROM n WHERE d < '2021-01-01') SELECT count(*) FROM n

EXPLAIN QUERY PLAN WITH RECURSIVE n(d) AS (SELECT 1 UNION ALL SELECT julianday(d, '+1 second', '-1 second') FROM n WHERE d < 100) SELECT count(*) FROM n

-- An eighth hand's attacks: each with the assumption that it attacks.

--! dialect: both
--! tool: execute
--! technique: 45
--! must: deny

-- each arm leaves rows out, both together none

DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE id < 20 UNION ALL SELECT id FROM orders WHERE id >= 20) AND id > 8

-- each arm leaves rows out, of a WITH

WITH n AS (SELECT id FROM orders WHERE id < 20 UNION SELECT id FROM orders WHERE id >= 20) DELETE FROM orders WHERE id IN (SELECT id FROM n) AND id > 8

-- limits side by side in arms

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id FROM orders ORDER BY id LIMIT 20) a UNION ALL SELECT id FROM (SELECT id FROM orders ORDER BY id LIMIT 20 OFFSET 20) b UNION ALL SELECT id FROM (SELECT id FROM orders ORDER BY id LIMIT 20 OFFSET 40) c) AND id > 8

-- three arms of an upsert

INSERT INTO orders (id, note) SELECT id, 'gone' FROM (SELECT id FROM orders WHERE id < 20 UNION ALL SELECT id FROM orders WHERE id >= 20) x WHERE id > 8 ON CONFLICT (id) DO UPDATE SET note = excluded.note WHERE orders.id < 20 OR orders.id >= 20

-- sources side by side

UPDATE orders SET note = 'gone' FROM (SELECT id FROM orders WHERE id < 20 UNION ALL SELECT id FROM orders WHERE id >= 20) x WHERE x.id = orders.id AND orders.id > 8

-- equal in a list of scalars

DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE NOT (id <> 20) OR id < 20 OR id > 20) AND id > 8

-- a name of a column of two kinds

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, id AS at FROM orders) t WHERE at >= 2 OR at < 2) AND id > 8

--! dialect: sqlite
--! tool: execute
--! technique: 45
--! must: deny

-- a filled column in the merged column of a FULL JOIN

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN gold_orders g ON g.id = o.id AND g.id < 0 WHERE g.note IS NULL AND o.id = o.id) AND id > 8

-- a filled column beside its partner

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id LEFT JOIN (SELECT id AS k, kind FROM events WHERE id < 0) e ON e.k = o.id WHERE e.kind IS NULL) AND id > 8

--! dialect: both
--! tool: both
--! technique: 97
--! must: deny

-- sums of sums are written out by the planner

EXPLAIN SELECT x + x + x + x + x + x + x + x AS x FROM (SELECT x + x + x + x + x + x + x + x AS x FROM (SELECT x + x + x + x + x + x + x + x AS x FROM (SELECT x + x + x + x + x + x + x + x AS x FROM (SELECT x + x + x + x + x + x + x + x AS x FROM (SELECT id AS x FROM orders) AS t) AS t) AS t) AS t) AS t

-- sums of sums in a write

EXPLAIN UPDATE orders SET amount_cents = 5 WHERE id IN (SELECT x FROM (SELECT x + x + x + x + x + x + x + x AS x FROM (SELECT x + x + x + x + x + x + x + x AS x FROM (SELECT x + x + x + x + x + x + x + x AS x FROM (SELECT x + x + x + x + x + x + x + x AS x FROM (SELECT id AS x FROM orders WHERE id = 1) AS t) AS t) AS t) AS t) AS z WHERE x = 1)

--! dialect: postgres
--! tool: query
--! technique: 97
--! must: deny

-- a running text

EXPLAIN SELECT max(length(s)) FROM (SELECT string_agg(g::text, ',') OVER (ORDER BY g) AS s FROM generate_series(1, 100000) g) t

-- a running list

EXPLAIN SELECT max(length(s::text)) FROM (SELECT jsonb_agg(g) OVER (ORDER BY g) AS s FROM generate_series(1, 100000) g) t

--! dialect: sqlite
--! tool: query
--! technique: 97
--! must: deny

-- a running text

EXPLAIN QUERY PLAN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT max(length(s)) FROM (SELECT group_concat(i) OVER (ORDER BY i) AS s FROM n) t
