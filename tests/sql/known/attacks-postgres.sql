--! literal
-- eighth_bombs.sql:50 query: served

EXPLAIN SELECT sum(m) FROM (SELECT max(a.id) OVER (ORDER BY a.id, b.id, c.id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS m FROM orders a, orders b, orders c) t

--! literal
-- eighth_bombs.sql:52 query: served

EXPLAIN SELECT count(*) FROM orders WHERE amount_cents <> (SELECT count(*) FROM events WHERE length(payload) + amount_cents <> (SELECT count(*) FROM gold_orders x, gold_customers y, customers z WHERE x.id + y.id + z.id <> length(payload) + amount_cents))

--! literal
-- eighth_bombs.sql:56 query: served

EXPLAIN SELECT count(*) FROM (SELECT max(id)::text || string_to_table(repeat('x,', 9000), ',') AS x FROM orders) a, (SELECT max(id)::text || string_to_table(repeat('x,', 9000), ',') AS x FROM orders) b, (SELECT max(id)::text || string_to_table(repeat('x,', 9000), ',') AS x FROM orders) c

--! literal
-- ninth_bombs.sql:10 query: served

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT (SELECT count(*) FROM n WHERE n.i > o.id) FROM orders o

--! literal
-- ninth_bombs.sql:12 query: served

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n, orders

--! literal
-- ninth_bombs.sql:21 query: served

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n JOIN orders o ON o.id = n.i % 10

--! literal
-- eighth_bombs.sql:162 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT id FROM (

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id FROM orders ORDER BY id LIMIT 20) a UNION ALL SELECT id FROM (SELECT id FROM orders ORDER BY id LIMIT 20 OFFSET 20) b UNION ALL SELECT id FROM (SELECT id FROM orders ORDER BY id LIMIT 20 OFFSET 40) c) AND id > 8

--! literal
-- eighth_scopes.sql:86 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT id FROM (

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, substr(status, 1, 0) AS k FROM orders) t WHERE k = '') AND id > 8

--! literal
-- eighth_scopes.sql:90 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT id FROM (

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, substr(status, 100) AS k FROM orders) t WHERE k = '') AND id > 8

--! literal
-- eighth_scopes.sql:110 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT 

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM (SELECT customer_id, sum(amount_cents) AS n FROM orders GROUP BY customer_id) t WHERE n > 1) AND id > 8

--! literal
-- eighth_scopes.sql:114 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT 

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM (SELECT customer_id, max(id) AS n FROM orders GROUP BY customer_id) t WHERE n >= 2) AND id > 8

--! literal
-- eighth_scopes.sql:118 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT o.id FROM

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN customers c ON 1 = 0 LEFT JOIN events e ON c.id = o.customer_id LEFT JOIN events f ON f.id = e.id AND f.id = o.id WHERE c.id IS NULL) AND id > 8

--! literal
-- eighth_scopes.sql:122 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT o.id FROM

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN (customers c JOIN events e ON e.id = c.id AND e.id < 0) ON c.id = o.customer_id WHERE c.id IS NULL) AND id > 8

--! literal
-- eighth_scopes.sql:126 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT p.id FROM

DELETE FROM orders WHERE id IN (SELECT p.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id RIGHT JOIN orders p ON p.id = o.id AND 1 = 0 WHERE c.id IS NULL) AND id > 8

--! literal
-- eighth_scopes.sql:130 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT o.id FROM

DELETE FROM orders WHERE id IN (SELECT o.id FROM events e CROSS JOIN orders o LEFT JOIN gold_orders g ON g.id = o.id AND g.id = e.id WHERE e.id = 1) AND id > 8

--! literal
-- eighth_scopes.sql:134 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT o.id FROM

DELETE FROM orders WHERE id IN (SELECT o.id FROM (SELECT id FROM events WHERE id = 1) a JOIN orders o ON 1 = 1 LEFT JOIN events e ON e.id = a.id AND e.id = o.id) AND id > 8

--! literal
-- eighth_scopes.sql:138 execute: served

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN events e ON e.kind = 'login' LEFT JOIN customers c ON c.id = o.id AND e.id = c.id WHERE e.id = 1) AND id > 8

--! literal
-- eighth_scopes.sql:142 execute: 8 of 60 rows of orders are left as they were; south: UPDATE orders SET note = 'gone' WHERE id IN (SEL

UPDATE orders SET note = 'gone' WHERE id IN (SELECT o.id FROM events e JOIN orders o ON 1 = 1 LEFT JOIN gold_orders g ON e.id = o.id AND g.id = o.id WHERE e.id = 1) AND id > 8

--! literal
-- eighth_scopes.sql:178 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT id FROM (

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, CAST(created_at AS text) AS k FROM orders) t WHERE k LIKE '%:00:00') AND id > 8

--! literal
-- eighth_scopes.sql:182 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT id FROM (

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, CAST(created_at AS text) AS k FROM orders) t WHERE k BETWEEN '0' AND '9999') AND id > 8

--! literal
-- eighth_scopes.sql:206 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT id FROM (

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT o.id, coalesce(c.id, 5) AS k FROM orders o LEFT JOIN customers c ON 1 = 0 LEFT JOIN events e ON e.id = o.id AND e.id = c.id) t WHERE k = 5) AND id > 8

--! literal
-- eighth_scopes.sql:242 execute: 8 of 60 rows of orders are left as they were; south: UPDATE orders SET note = 'gone' FROM (SELECT o.i

UPDATE orders SET note = 'gone' FROM (SELECT o.id, e.kind AS k FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0) t WHERE t.id = orders.id AND t.k IS NULL AND orders.id > 8

--! literal
-- eighth_scopes.sql:246 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT o.id FROM

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN (SELECT customer_id AS c, count(*) AS n FROM orders GROUP BY customer_id) t ON t.c = o.customer_id WHERE t.n < 20) AND id > 8

--! literal
-- eighth_scopes.sql:250 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT 

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) t WHERE n <= 20) AND id > 8

--! literal
-- eighth_scopes.sql:574 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT id FROM (

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT o.id, coalesce(e.id, 7) AS k FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0) t WHERE k BETWEEN 7 AND 8) AND id > 8

--! literal
-- fourth.sql:358 execute: 9 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT 

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) >= 2)

--! literal
-- fourth.sql:382 execute: 1 of 40 rows of customers are left as they were; south: UPDATE customers SET country = 'x' WHERE id N

UPDATE customers SET country = 'x' WHERE id NOT IN (SELECT id FROM staging_customers) AND id <> 1

--! literal
-- fourth.sql:414 execute: 1 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id BETWEEN 2 AND 1000

DELETE FROM orders WHERE id BETWEEN 2 AND 1000

--! literal
-- fourth.sql:438 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE created_at < '2026-10-0

DELETE FROM orders WHERE created_at < '2026-10-01'

--! literal
-- fourth.sql:470 execute: 0 of 60 rows of orders are left as they were; south: UPDATE orders SET note = 'gone' FROM (VALUES (1)

UPDATE orders SET note = 'gone' FROM (VALUES (1)) v(x), orders o2 WHERE o2.id = orders.id AND o2.status IN (SELECT 'open' UNION SELECT status FROM orders WHERE id < 20)

--! literal
-- fourth.sql:474 execute: 0 of 40 rows of events are left as they were; south: DELETE FROM events WHERE payload::jsonb -> 'geo'

DELETE FROM events WHERE payload::jsonb -> 'geo' ->> 'city' = 'Ulm'

--! literal
-- fourth.sql:476 execute: 0 of 40 rows of events are left as they were; south: DELETE FROM events WHERE payload::jsonb @> '{"ge

DELETE FROM events WHERE payload::jsonb @> '{"geo": {"city": "Ulm"}}'

--! literal
-- fourth.sql:482 execute: 0 of 40 rows of events are left as they were; south: DELETE FROM events WHERE payload::jsonb #>> '{ge

DELETE FROM events WHERE payload::jsonb #>> '{geo,city}' LIKE 'Ulm%'

--! literal
-- fourth.sql:685 execute: 1 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT o.id FROM

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM events e WHERE e.id = 1) AND o.status IN (SELECT p.status FROM orders p WHERE p.id <= 20)) AND id <> 1

--! literal
-- fourth.sql:687 execute: 1 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status IN (SELECT statu

DELETE FROM orders WHERE status IN (SELECT status FROM orders WHERE id <= 20) AND id <> 1

--! literal
-- fourth.sql:689 execute: 18 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT

DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE country LIKE 'DE%' OR country LIKE 'FR%' OR country LIKE 'IT%' OR country LIKE 'NL%')

--! literal
-- fourth.sql:691 execute: 1 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE coalesce(note, 'x') IN 

DELETE FROM orders WHERE coalesce(note, 'x') IN ('x', '', 'urgent', 'leave at the door', '100% paid by card') AND id <> 1

--! literal
-- second_both.sql:73 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status = 'open' OR stat

DELETE FROM orders WHERE status = 'open' OR status = 'paid' OR status = 'shipped' OR status = 'returned'

--! literal
-- second_both.sql:75 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status IN ('open', 'pai

DELETE FROM orders WHERE status IN ('open', 'paid', 'shipped', 'returned')

--! literal
-- sixth_scopes.sql:96 execute: 5 of 40 rows of events are left as they were; south: DELETE FROM events WHERE payload LIKE '%ip%ok%ta

DELETE FROM events WHERE payload LIKE '%ip%ok%tags%' AND id > 5

--! literal
-- sixth_scopes.sql:98 execute: 15 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT id FROM 

DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE amount_cents > 1000) AND id > 8

--! literal
-- sixth_scopes.sql:102 execute: 8 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id BETWEEN 0 A

DELETE FROM orders WHERE customer_id BETWEEN 0 AND 1000 AND id > 8

--! literal
-- sixth_scopes.sql:104 execute: 15 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (1, 2, 3, 4) OR 

DELETE FROM orders WHERE id IN (1, 2, 3, 4) OR id >= 20

--! literal
-- sixth_scopes.sql:106 execute: 8 of 60 rows of orders are left as they were; south: UPDATE orders SET note = 'gone' WHERE id BETWEEN

UPDATE orders SET note = 'gone' WHERE id BETWEEN 9 AND 1000

--! literal
-- sixth_scopes.sql:118 execute: 8 of 60 rows of orders are left as they were; south: INSERT INTO orders (id, note) SELECT id, 'gone' 

INSERT INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id BETWEEN 9 AND 1000 ON CONFLICT (id) DO UPDATE SET note = excluded.note

--! literal
-- sixth_scopes.sql:122 execute: 11 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE EXISTS (SELECT 1 FROM 

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = orders.customer_id AND o.created_at < orders.created_at) OR id >= 20

--! literal
-- sixth_scopes.sql:124 execute: 15 of 40 rows of customers are left as they were; south: DELETE FROM customers WHERE EXISTS (SELECT 1

DELETE FROM customers WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = customers.id)

--! literal
-- sixth_scopes.sql:126 execute: 15 of 40 rows of customers are left as they were; south: UPDATE customers SET country = 'x' WHERE id 

UPDATE customers SET country = 'x' WHERE id IN (SELECT customer_id FROM orders WHERE amount_cents >= 1000)

--! literal
-- sixth_scopes.sql:143 execute: 1 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id >= 20 OR amount_cent

DELETE FROM orders WHERE id >= 20 OR amount_cents >= 1000

--! literal
-- sixth_scopes.sql:175 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id = ANY ((SELECT array

DELETE FROM orders WHERE id = ANY ((SELECT array_agg(id) FROM orders WHERE customer_id BETWEEN 0 AND 1000)::int[])

--! literal
-- sixth_scopes.sql:199 execute: 0 of 40 rows of events are left as they were; south: DELETE FROM events WHERE payload::json ->> 'ip' 

DELETE FROM events WHERE payload::json ->> 'ip' LIKE '203%'

--! literal
-- sixth_scopes.sql:201 execute: 0 of 40 rows of events are left as they were; south: DELETE FROM events WHERE payload::jsonb -> 'tags

DELETE FROM events WHERE payload::jsonb -> 'tags' @> '["a"]'

--! literal
-- sixth_scopes.sql:239 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE created_at BETWEEN '202

DELETE FROM orders WHERE created_at BETWEEN '2024-01-01' AND '2026-12-31'

--! literal
-- sixth_scopes.sql:241 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE amount_cents IN (SELECT

DELETE FROM orders WHERE amount_cents IN (SELECT amount_cents FROM orders WHERE created_at BETWEEN '2026-01-01' AND '2026-06-30')

--! literal
-- sixth_scopes.sql:289 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT 

DELETE FROM orders WHERE customer_id IN (SELECT c.id FROM customers c WHERE c.created_at < '2026-10-01')

--! literal
-- sixth_scopes.sql:291 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT 

DELETE FROM orders WHERE customer_id IN (SELECT c.id FROM customers c JOIN gold_customers g ON g.country = c.country WHERE g.id <= 20)

--! literal
-- sixth_scopes.sql:293 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT 

DELETE FROM orders WHERE customer_id IN (SELECT c.id FROM customers c WHERE c.country IN (SELECT g.country FROM gold_customers g WHERE g.id <= 20))

--! literal
-- sixth_scopes.sql:295 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders o USING customers c WHERE c.i

DELETE FROM orders o USING customers c WHERE c.id = o.customer_id AND c.created_at < '2026-10-01'

--! literal
-- sixth_scopes.sql:297 execute: 4 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id IN (SELECT o.id FROM

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.email IS NOT NULL AND c.created_at < '2026-10-01')

--! literal
-- sixth_scopes.sql:309 execute: 0 of 60 rows of orders are left as they were; south: UPDATE orders SET note = 'gone' WHERE customer_i

UPDATE orders SET note = 'gone' WHERE customer_id = ANY ((SELECT array_agg(customer_id) FROM orders WHERE created_at < '2026-10-01')::int[])

--! literal
-- sixth_scopes.sql:313 execute: 0 of 60 rows of orders are left as they were; south: UPDATE orders SET note = 'gone' WHERE id IN (SEL

UPDATE orders SET note = 'gone' WHERE id IN (SELECT o.id FROM orders o JOIN gold_orders g ON g.status = o.status WHERE g.id <= 20)

--! literal
-- third.sql:77 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status IN (SELECT statu

DELETE FROM orders WHERE status IN (SELECT status FROM orders GROUP BY status HAVING count(*) > 1)

--! literal
-- third.sql:127 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE amount_cents BETWEEN 0 

DELETE FROM orders WHERE amount_cents BETWEEN 0 AND 10000

