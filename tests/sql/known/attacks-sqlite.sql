--! literal
-- fourth.sql:358 execute: 9 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT 

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) >= 2)

--! literal
-- fourth.sql:689 execute: 18 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE customer_id IN (SELECT

DELETE FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE country LIKE 'DE%' OR country LIKE 'FR%' OR country LIKE 'IT%' OR country LIKE 'NL%')

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
-- sixth_scopes.sql:350 execute: 5 of 40 rows of events are left as they were; south: DELETE FROM events WHERE json_extract(payload, '

DELETE FROM events WHERE json_extract(payload, '$.tags') IS '["a","b"]' AND id > 5

--! literal
-- sixth_scopes.sql:362 execute: 8 of 60 rows of orders are left as they were; south: REPLACE INTO orders (id, note) SELECT id, 'gone'

REPLACE INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id BETWEEN 9 AND 1000

