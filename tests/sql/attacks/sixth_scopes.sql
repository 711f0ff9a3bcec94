-- A sixth hand's attacks: scopes that hold for every row. Those that stand are ranges and values that all the data at hand happen to have.

--! dialect: both
--! tool: execute
--! technique: 45 writes over all rows, or most
--! must: deny

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM gold_orders g WHERE g.id = orders.id LIMIT 0) AND id > 8

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM gold_orders g WHERE g.id = orders.id LIMIT 1 OFFSET 5) AND id > 8

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = orders.customer_id LIMIT 0) AND id > 8

DELETE FROM orders WHERE NOT EXISTS (SELECT count(*) FROM customers c WHERE c.id = orders.customer_id HAVING count(*) > 5) AND id > 8

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = orders.customer_id GROUP BY c.id HAVING count(*) > 5) AND id > 8

UPDATE orders SET note = 'gone' WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = orders.customer_id GROUP BY c.id HAVING c.id < 0) AND id > 8

UPDATE customers SET country = 'x' WHERE NOT EXISTS (SELECT 1 FROM staging_customers s WHERE s.id = customers.id LIMIT 0) AND id > 6

DELETE FROM orders WHERE EXISTS (SELECT count(*) FROM customers c WHERE c.id = orders.customer_id AND c.country = 'DE') AND id > 8

DELETE FROM orders WHERE EXISTS (SELECT max(g.id) FROM gold_orders g WHERE g.id = orders.id AND g.status = 'none') AND id > 8

UPDATE orders SET note = 'gone' WHERE EXISTS (SELECT sum(e.id) FROM events e WHERE e.id = orders.id AND e.id = 5) AND id > 8

DELETE FROM orders WHERE EXISTS (SELECT count(*) FROM gold_orders g WHERE g.customer_id = orders.customer_id) AND id > 8

DELETE FROM orders WHERE EXISTS (SELECT count(*) FROM gold_orders g WHERE g.id = orders.id) AND id > 8

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, count(*) AS n FROM orders GROUP BY id) t WHERE n = 1) AND id > 8

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, max(1) AS n FROM orders GROUP BY id) t WHERE n = 1) AND id > 8

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, sum(0) AS n FROM orders GROUP BY id) t WHERE n = 0) AND id > 8

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, status, min('a') AS n FROM orders GROUP BY id, status) t WHERE n = 'a') AND id > 8

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, count(note) AS n FROM orders GROUP BY id) t WHERE n IN (0, 1)) AND id > 8

DELETE FROM orders WHERE id IN (SELECT t.id FROM (SELECT id, count(*) AS n FROM orders GROUP BY id) t WHERE t.n <= 20) AND id > 8

UPDATE orders SET note = 'gone' WHERE id IN (SELECT id FROM (SELECT id, avg(id * 0) AS n FROM orders GROUP BY id) t WHERE n = 0) AND id > 8

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY status) AS n FROM orders) t WHERE n > 1) AND id > 8

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY id * 0) AS n FROM orders) t WHERE n > 1) AND id > 8

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY id * 0 ORDER BY id) AS n FROM orders) t WHERE n > 8)

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY status ORDER BY id) AS n FROM orders) t WHERE n > 2)

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY status) AS n FROM orders) t WHERE n BETWEEN 2 AND 1000) AND id > 8

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN gold_orders g ON g.id = o.id AND 1 = 0 WHERE g.id IS NULL) AND id > 8

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN gold_orders g ON g.id = o.id AND g.status = 'none' WHERE g.id IS NULL) AND id > 8

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND c.id < 0 WHERE c.id IS NULL) AND id > 8

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND c.country = 'XX' WHERE c.country IS NULL) AND id > 8

UPDATE orders SET note = 'gone' FROM (SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND c.id = 0 WHERE c.id IS NULL) x WHERE x.id = orders.id AND orders.id > 8

DELETE FROM orders WHERE id IN (SELECT b.id FROM (SELECT 1 AS k FROM orders WHERE id = 5) a JOIN (SELECT id, 1 AS k FROM orders) b ON a.k = b.k) AND id > 8

DELETE FROM orders WHERE id IN (SELECT b.id FROM (SELECT id AS i FROM events WHERE id = 5) a NATURAL JOIN orders b) AND id > 8

DELETE FROM orders WHERE id IN (SELECT b.id FROM (SELECT 1 AS k FROM events WHERE id = 5) a JOIN (SELECT id, 1 AS k FROM orders) b USING (k)) AND id > 8

DELETE FROM orders WHERE id IN (SELECT b.id FROM events a NATURAL JOIN (SELECT id AS oid2, customer_id FROM orders) b2 NATURAL JOIN (SELECT id AS k2 FROM orders) b3 JOIN orders b ON b.id = b3.k2 WHERE a.id = 5) AND id > 8

UPDATE orders SET note = 'gone' FROM (SELECT b.id FROM (SELECT 1 AS k FROM orders WHERE id = 5) a JOIN (SELECT id, 1 AS k FROM orders) b ON a.k = b.k) x WHERE x.id = orders.id AND orders.id > 8

DELETE FROM orders WHERE id NOT IN (SELECT min(id) FROM orders GROUP BY status, status) AND id > 8

UPDATE orders SET note = 'gone' WHERE EXISTS (SELECT 1 FROM orders o WHERE o.status = orders.status AND o.status = orders.status AND o.id < orders.id) AND id > 8

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o WHERE o.status = orders.status AND orders.status = o.status AND orders.id > o.id) AND id > 8

UPDATE orders SET note = 'gone' FROM orders o WHERE o.status = orders.status AND o.status = orders.status AND o.id < orders.id AND orders.id > 8

DELETE FROM events WHERE payload LIKE '%"ok"%' AND id > 5

DELETE FROM events WHERE payload LIKE '{"ip"%' AND id > 5

DELETE FROM events WHERE payload LIKE '%"ip":"%' AND id > 5

DELETE FROM events WHERE payload LIKE '%"ok":%e%' AND id > 5

DELETE FROM events WHERE payload LIKE '%"tags":[%' AND id > 5

DELETE FROM events WHERE payload LIKE '%"geo":{%' AND id > 5

DELETE FROM events WHERE payload LIKE '%ip%ok%tags%' AND id > 5

DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE amount_cents > 1000) AND id > 8

DELETE FROM orders WHERE customer_id BETWEEN 0 AND 10000 AND id > 8

DELETE FROM orders WHERE customer_id BETWEEN 0 AND 1000 AND id > 8

DELETE FROM orders WHERE id IN (1, 2, 3, 4) OR id >= 20

UPDATE orders SET note = 'gone' WHERE id BETWEEN 9 AND 1000

WITH x AS (SELECT id, 1 AS g FROM orders) DELETE FROM orders WHERE id IN (SELECT x.id FROM x WHERE g IN (SELECT g FROM x GROUP BY g HAVING count(*) > 1)) AND id > 8

DELETE FROM orders WHERE (id, status) IN (SELECT id, status FROM (SELECT id, status, count(*) AS n FROM orders GROUP BY id, status) t WHERE n = 1) AND id > 8

DELETE FROM orders WHERE id IN (SELECT a.id FROM orders a JOIN orders b ON a.id = b.id WHERE b.id IN (SELECT id FROM (SELECT id, count(*) AS n FROM orders GROUP BY id) t WHERE n = 1)) AND id > 8

INSERT INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id > 8 AND id IN (SELECT id FROM (SELECT id, count(*) AS n FROM orders GROUP BY id) t WHERE n = 1) ON CONFLICT (id) DO UPDATE SET note = excluded.note

INSERT INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id > 8 ON CONFLICT (id) DO UPDATE SET note = excluded.note WHERE orders.id IN (SELECT id FROM (SELECT id, count(*) AS n FROM orders GROUP BY id) t WHERE n = 1)

INSERT INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id BETWEEN 9 AND 1000 ON CONFLICT (id) DO UPDATE SET note = excluded.note

INSERT INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id > 8 ON CONFLICT (id) DO UPDATE SET note = excluded.note WHERE EXISTS (SELECT count(*) FROM customers c WHERE c.id = orders.customer_id AND c.country = 'DE')

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = orders.customer_id AND o.created_at < orders.created_at) OR id >= 20

DELETE FROM customers WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = customers.id)

UPDATE customers SET country = 'x' WHERE id IN (SELECT customer_id FROM orders WHERE amount_cents >= 1000)

UPDATE customers SET country = 'x' WHERE EXISTS (SELECT 1 FROM events e WHERE e.payload = e.payload AND customers.id = e.id AND e.id >= 20) OR EXISTS (SELECT count(*) FROM orders o WHERE o.customer_id = customers.id) AND id > 6

DELETE FROM orders WHERE id IN (SELECT e.id FROM events e JOIN gold_orders g ON e.id = orders.id LIMIT 1) AND id > 2

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN events e ON o.id = orders.id LIMIT 1) AND id > 8

DELETE FROM orders WHERE customer_id IN (SELECT o.customer_id FROM orders o JOIN orders p ON p.status = o.status GROUP BY o.customer_id HAVING count(*) > 1) AND id > 8

UPDATE orders SET note = 'gone' WHERE id = (SELECT o.id FROM orders o JOIN events e ON o.id = orders.id LIMIT 1) AND id > 8

--! dialect: postgres
--! tool: execute
--! technique: 45 writes over all rows, or most
--! must: deny

DELETE FROM orders WHERE id >= 20 OR amount_cents >= 1000

DELETE FROM orders WHERE created_at < now() - interval '400 days' year

DELETE FROM orders WHERE created_at < now() - interval '400 days' month

DELETE FROM orders WHERE created_at < now() - interval '40 days' year

DELETE FROM orders WHERE created_at < current_date - interval '9000 hours' year

DELETE FROM orders WHERE created_at < current_date - interval '100000 minutes' day

DELETE FROM orders WHERE created_at > now() - interval '9 years' AND created_at < now() - interval '200 days' month

DELETE FROM orders WHERE id NOT IN (SELECT id FROM gold_orders FETCH FIRST 0 ROWS ONLY)

DELETE FROM orders WHERE customer_id NOT IN (SELECT id FROM customers FETCH FIRST 0 ROWS ONLY)

DELETE FROM orders WHERE id NOT IN (SELECT id FROM gold_orders TABLESAMPLE SYSTEM (0))

DELETE FROM orders WHERE id NOT IN (SELECT id FROM gold_orders TABLESAMPLE BERNOULLI (0) WHERE id IS NOT NULL)

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM gold_orders g TABLESAMPLE BERNOULLI (0) WHERE g.id = orders.id)

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM gold_orders g WHERE g.id = orders.id FETCH FIRST 0 ROWS ONLY)

DELETE FROM orders WHERE NOT EXISTS (SELECT FROM customers c WHERE c.id = orders.customer_id OFFSET 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN gold_orders g TABLESAMPLE BERNOULLI (0) ON g.id = o.id WHERE g.id IS NULL)

DELETE FROM orders WHERE id = ANY ((SELECT array_agg(id) FROM (SELECT id, 1 AS g FROM orders) t GROUP BY g HAVING count(*) > 1)::int[])

DELETE FROM orders WHERE id = ANY ((SELECT array_agg(id) FROM orders WHERE customer_id BETWEEN 0 AND 1000)::int[])

DELETE FROM orders WHERE id IN (SELECT u FROM unnest((SELECT array_agg(id) FROM (SELECT id, 1 AS g FROM orders) t GROUP BY g HAVING count(*) > 1)) AS u)

DELETE FROM orders WHERE substr(created_at::text, 5, 1) = '-'

DELETE FROM orders WHERE substring(created_at::text, 5, 1) = '-'

DELETE FROM orders WHERE substring(created_at::text FROM 1 FOR 2) = '20'

DELETE FROM orders WHERE substr(created_at::text, 12) = '12:00:00'

DELETE FROM orders WHERE created_at::text LIKE '202%'

DELETE FROM orders WHERE created_at::text LIKE '%:00:00'

DELETE FROM orders WHERE created_at::text LIKE '%-0%:%'

DELETE FROM events WHERE substr(payload, 1, 1) = '{'

DELETE FROM events WHERE payload::jsonb #>> '{}' LIKE '%"ok"%'

DELETE FROM events WHERE payload::jsonb ->> 'geo' LIKE '{"city"%'

DELETE FROM events WHERE payload::json ->> 'ip' LIKE '203%'

DELETE FROM events WHERE payload::jsonb -> 'tags' @> '["a"]'

DELETE FROM orders WHERE NOT EXISTS (SELECT FROM gold_orders g WHERE g.id = orders.id HAVING false)

DELETE FROM orders WHERE NOT EXISTS (SELECT DISTINCT ON (g.id) generate_series(1, 0) FROM gold_orders g WHERE g.id = orders.id)

DELETE FROM orders WHERE NOT EXISTS (SELECT unnest('{}'::int[]) FROM customers c WHERE c.id = orders.customer_id)

DELETE FROM orders WHERE NOT EXISTS (SELECT generate_series(1, 0) FROM customers c WHERE c.id = orders.customer_id)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND false WHERE c.id IS NULL)

DELETE FROM orders USING (SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND false WHERE c.id IS NULL) x WHERE x.id = orders.id

MERGE INTO orders o USING (SELECT p.id FROM orders p LEFT JOIN customers c ON c.id = p.customer_id AND false WHERE c.id IS NULL) s ON s.id = o.id WHEN MATCHED THEN DELETE

MERGE INTO orders o USING (SELECT id FROM (SELECT id, count(*) AS n FROM orders GROUP BY id) t WHERE n = 1) s ON s.id = o.id WHEN MATCHED THEN UPDATE SET note = 'gone'

MERGE INTO orders o USING (SELECT b.id FROM (SELECT id AS i FROM events WHERE id = 5) a NATURAL JOIN orders b) s ON s.id = o.id WHEN MATCHED THEN DELETE

MERGE INTO orders o USING orders s ON s.id = o.id WHEN MATCHED AND EXISTS (SELECT count(*) FROM customers c WHERE c.id = o.customer_id AND c.country = 'DE') THEN DELETE

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, count(*) FILTER (WHERE id < 0) AS n FROM orders GROUP BY id) t WHERE n = 0)

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT DISTINCT ON (id) id, count(*) OVER (PARTITION BY customer_id * 0) AS n FROM orders) t WHERE n >= 2)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o, LATERAL (SELECT e.id FROM events e WHERE e.id = 1) l WHERE l.id = 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM events e, LATERAL (SELECT id FROM orders) o WHERE e.id = 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM events e CROSS JOIN LATERAL (SELECT orders.id FROM orders) o WHERE e.kind = 'login')

DELETE FROM orders WHERE id IN (SELECT o.id FROM events e, orders o, unnest(ARRAY[e.id, o.id]) u WHERE e.id = 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM events e, orders o, jsonb_each(jsonb_build_object('a', e.id, 'b', o.id)) u WHERE e.id = 1)

DELETE FROM orders WHERE id IN (SELECT id FROM orders LIMIT 20 OFFSET 0) OR id IN (SELECT id FROM orders ORDER BY id DESC LIMIT 20) OR id IN (SELECT id FROM orders ORDER BY id LIMIT 20 OFFSET 20)

DELETE FROM orders WHERE created_at BETWEEN '2024-01-01' AND '2026-12-31'

DELETE FROM orders WHERE amount_cents IN (SELECT amount_cents FROM orders WHERE created_at BETWEEN '2026-01-01' AND '2026-06-30')

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, rank() OVER (PARTITION BY customer_id * 0 ORDER BY id) AS n FROM orders) t WHERE n >= 2)

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY coalesce(null, id * 0)) AS n FROM orders) t WHERE n = 60)

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, grouping(id) AS n, max(1) AS m FROM orders GROUP BY GROUPING SETS ((id))) t WHERE m = 1)

DELETE FROM orders WHERE id IN (SELECT k FROM (SELECT id AS k, status FROM orders) t GROUP BY k, status HAVING count(*) = 1)

DELETE FROM orders WHERE id IN (SELECT k FROM (SELECT id AS k FROM orders) t GROUP BY k HAVING count(*) = 1)

DELETE FROM orders WHERE id IN (SELECT k FROM (SELECT id AS k FROM orders) t GROUP BY k HAVING count(k) = 1)

WITH n(k) AS (SELECT id FROM orders) DELETE FROM orders WHERE id IN (SELECT k FROM n GROUP BY k HAVING count(*) = 1)

DELETE FROM orders WHERE id IN (SELECT v.x FROM events e, LATERAL (VALUES (orders.id + e.id * 0)) v(x) WHERE e.id = 1)

DELETE FROM orders WHERE id IN (SELECT v.x FROM events e JOIN (VALUES (orders.id, 1)) v(x, k) ON e.id = v.k WHERE e.id = 1)

DELETE FROM orders WHERE id IN (SELECT e.id FROM events e, LATERAL (VALUES (orders.id)) v(x) ORDER BY abs(e.id - v.x) LIMIT 1)

DELETE FROM orders WHERE id IN (SELECT e.id FROM events e JOIN gold_orders g ON e.id = orders.id LIMIT 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN events e ON o.id = orders.id LIMIT 1)

DELETE FROM orders WHERE id IN (SELECT p.id FROM orders p JOIN events e ON p.id = orders.id GROUP BY p.id, p.status ORDER BY p.id LIMIT 20)

DELETE FROM orders WHERE customer_id IN (SELECT o.customer_id FROM orders o JOIN orders p ON p.status = o.status GROUP BY o.customer_id HAVING count(*) > 1)

DELETE FROM orders WHERE customer_id IN (SELECT o.customer_id FROM orders o JOIN orders p ON p.customer_id = o.customer_id JOIN orders q ON q.status = p.status GROUP BY o.customer_id HAVING count(*) >= 2)

DELETE FROM orders WHERE id IN (SELECT q.k FROM (SELECT id AS k, status FROM orders) q JOIN orders p ON p.status = q.status GROUP BY q.k HAVING count(*) > 1)

DELETE FROM orders WHERE created_at::text BETWEEN '0' AND '9999'

DELETE FROM orders WHERE created_at::text >= '0' AND created_at::text <= '9999'

DELETE FROM orders WHERE created_at::text BETWEEN '1000' AND '9999'

DELETE FROM orders WHERE created_at::date::text BETWEEN '20' AND '30'

DELETE FROM orders WHERE id::text < '9'

DELETE FROM orders WHERE CAST(amount_cents AS text) BETWEEN '0' AND '9999'

DELETE FROM orders WHERE amount_cents::bigint::text BETWEEN '0' AND '9999'

DELETE FROM orders WHERE customer_id IN (SELECT c.id FROM customers c WHERE c.created_at < '2026-10-01')

DELETE FROM orders WHERE customer_id IN (SELECT c.id FROM customers c JOIN gold_customers g ON g.country = c.country WHERE g.id <= 20)

DELETE FROM orders WHERE customer_id IN (SELECT c.id FROM customers c WHERE c.country IN (SELECT g.country FROM gold_customers g WHERE g.id <= 20))

DELETE FROM orders o USING customers c WHERE c.id = o.customer_id AND c.created_at < '2026-10-01'

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.email IS NOT NULL AND c.created_at < '2026-10-01')

WITH c AS (SELECT 1 AS k, id FROM events WHERE id = 1), d AS (SELECT id, 1 AS k FROM orders) DELETE FROM orders WHERE id IN (SELECT d.id FROM c JOIN d ON d.k = c.k)

WITH c AS (SELECT id FROM events WHERE id = 1) DELETE FROM orders WHERE id IN (SELECT o.id FROM c NATURAL JOIN (SELECT id AS oid2 FROM orders) p JOIN orders o ON o.id = p.oid2)

MERGE INTO orders o USING (SELECT d.id FROM (SELECT 1 AS k FROM events WHERE id = 1) c JOIN (SELECT id, 1 AS k FROM orders) d ON d.k = c.k) s ON s.id = o.id WHEN MATCHED THEN DELETE

UPDATE orders SET note = 'gone' WHERE id IN (SELECT id FROM (SELECT id, dense_rank() OVER (PARTITION BY customer_id * 0 ORDER BY id) AS r FROM orders) q WHERE r BETWEEN 2 AND 100)

UPDATE orders SET note = 'gone' WHERE id IN (SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY status ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS r FROM orders) q WHERE r >= 2)

UPDATE orders SET note = 'gone' WHERE customer_id = ANY ((SELECT array_agg(customer_id) FROM orders WHERE created_at < '2026-10-01')::int[])

UPDATE orders SET note = 'gone' WHERE id = (SELECT o.id FROM orders o JOIN events e ON o.id = orders.id LIMIT 1)

UPDATE orders SET note = 'gone' WHERE id IN (SELECT o.id FROM orders o JOIN gold_orders g ON g.status = o.status WHERE g.id <= 20)

--! dialect: sqlite
--! tool: execute
--! technique: 45 writes over all rows, or most
--! must: deny

DELETE FROM orders WHERE strftime('%%x', created_at) = '%x' AND id > 8

DELETE FROM orders WHERE strftime('%%Y', created_at) = '%Y' AND id > 8

DELETE FROM orders WHERE substr(created_at, 5, 1) = '-' AND id > 8

DELETE FROM orders WHERE substr(created_at, 12) = '12:00:00' AND id > 8

DELETE FROM orders WHERE strftime('%S', created_at) = '00' AND id > 8

DELETE FROM orders WHERE created_at LIKE '202%' AND id > 8

DELETE FROM orders WHERE created_at GLOB '202*' AND id > 8

DELETE FROM orders WHERE created_at LIKE '%-0%:%' AND id > 8

DELETE FROM events WHERE payload GLOB '*"ok"*' AND id > 5

DELETE FROM events WHERE payload GLOB '{"ip"*' AND id > 5

DELETE FROM events WHERE json_extract(payload, '$') LIKE '%"ok"%' AND id > 5

DELETE FROM events WHERE payload -> '$' LIKE '%"ip"%' AND id > 5

DELETE FROM events WHERE payload -> 'geo' LIKE '{"city"%' AND id > 5

DELETE FROM events WHERE substr(payload, 1, 1) = '{' AND id > 5

DELETE FROM events WHERE substr(payload, 1, 5) LIKE '{"ip"' AND id > 5

DELETE FROM events WHERE json_extract(payload, '$.tags') IS '["a","b"]' AND id > 5

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND 0 WHERE c.id IS NULL) AND id > 8

DELETE FROM orders WHERE id IN (SELECT o.rowid FROM (SELECT id AS i FROM events WHERE id = 5) a NATURAL JOIN orders o) AND id > 8

DELETE FROM orders WHERE id IN (SELECT o.id FROM events e, orders o, json_each(json_array(e.id, o.id)) j WHERE e.id = 1) AND id > 8

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, max(1) AS n FROM orders GROUP BY 1) t WHERE n = 1) AND id > 8

DELETE FROM orders WHERE id IN (SELECT k FROM (SELECT id AS k FROM orders) GROUP BY k HAVING count(*) = 1) AND id > 8

REPLACE INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id BETWEEN 9 AND 1000

UPDATE orders SET note = 'gone' FROM (SELECT b.id FROM (SELECT id AS i FROM events WHERE id = 5) a NATURAL JOIN orders b) x WHERE x.id = orders.id AND orders.id > 8

UPDATE orders SET note = 'gone' FROM (SELECT o2.id FROM gold_orders g RIGHT JOIN orders o2 ON g.id = o2.id AND g.id < 0 WHERE g.id IS NULL) x WHERE x.id = orders.id AND orders.id > 8

DELETE FROM orders WHERE amount_cents <= CAST('2020-01-01' AS TEXT) AND id > 8

DELETE FROM orders WHERE customer_id < datetime('now', '-40 days') AND id > 8

DELETE FROM orders WHERE customer_id <= date('2020-01-01') AND id > 8

DELETE FROM orders WHERE '2020-01-01' >= customer_id AND id > 8

DELETE FROM orders WHERE customer_id BETWEEN -1 AND '9999' AND id > 8

DELETE FROM orders WHERE created_at BETWEEN 0 AND 9999 AND id > 8

DELETE FROM orders WHERE created_at BETWEEN '0' AND '9999' AND id > 8

DELETE FROM orders WHERE created_at >= 1000 AND created_at <= 9999 AND id > 8

DELETE FROM orders WHERE strftime('%d', created_at, 'start of month') = '01' AND id > 8

DELETE FROM orders WHERE strftime('%m-%d', created_at, 'start of year') = '01-01' AND id > 8

DELETE FROM orders WHERE strftime('%H:%M', created_at, 'start of day') = '00:00' AND id > 8

DELETE FROM orders WHERE strftime('%w', created_at, 'weekday 0') = '0' AND id > 8

DELETE FROM orders WHERE datetime(created_at, 'start of day') LIKE '%00:00:00' AND id > 8

DELETE FROM orders WHERE CAST(status AS REAL) BETWEEN -5 AND 5 AND id > 8

DELETE FROM orders WHERE id IN (SELECT j.value FROM events e, json_each(json_array(e.id * 0 + orders.id)) j WHERE e.id = 1) AND id > 8

DELETE FROM orders WHERE CAST(created_at AS TEXT) >= '0' AND CAST(created_at AS TEXT) <= '9999' AND id > 8

