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

