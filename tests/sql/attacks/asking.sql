--! dialect: both
--! tool: execute
--! technique: 91 predicates of writes over personal values of other relations: the number of changed rows is the answer
--! must: deny

UPDATE orders SET status = 'k' WHERE id = 5 AND (SELECT email FROM customers WHERE customers.id = 1) LIKE 'k%'

UPDATE orders SET status = 'k' WHERE id = 5 AND note LIKE (SELECT email FROM customers WHERE customers.id = 1)

UPDATE orders SET status = 'k' WHERE id = 5 AND (SELECT email FROM customers WHERE customers.id = 1) > 'k'

UPDATE orders SET status = 'k' WHERE id = 5 AND 'kurt@example.com' IN (SELECT email FROM customers)

UPDATE orders SET status = 'k' WHERE id = 5 AND note IN (SELECT email FROM customers)

UPDATE orders SET status = 'k' WHERE id = 5 AND note = (SELECT email FROM customers WHERE customers.id = 1)

UPDATE orders SET status = 'k' WHERE id = (SELECT length(email) FROM customers WHERE customers.id = 1)

UPDATE orders SET status = 'k' FROM customers c WHERE c.id = orders.customer_id AND orders.id = 5 AND c.email LIKE 'k%'

UPDATE orders SET status = 'k' FROM (SELECT id, email AS e FROM customers) c WHERE c.id = orders.customer_id AND orders.id = 5 AND e LIKE 'k%'

WITH c AS (SELECT id, email AS e FROM customers) UPDATE orders SET status = 'k' WHERE id = 5 AND EXISTS (SELECT 1 FROM c WHERE e LIKE 'k%')

DELETE FROM orders WHERE id = 5 AND EXISTS (SELECT email FROM customers WHERE id = 1 INTERSECT SELECT 'x')

DELETE FROM orders WHERE id = 5 AND (SELECT count(nullif(email, 'x')) FROM customers WHERE customers.id = 1) = 0

DELETE FROM orders WHERE id = 5 AND (SELECT nullif(email, 'x') FROM customers WHERE customers.id = 1) IS NULL

DELETE FROM orders WHERE id = 5 AND (SELECT count(*) FROM (SELECT email FROM customers WHERE id = 1 UNION SELECT 'x') t) = 1

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY email) AS n FROM customers) t WHERE n = 1)

DELETE FROM orders WHERE id IN (SELECT id FROM orders ORDER BY id LIMIT (SELECT length(email) FROM customers WHERE customers.id = 1))

DELETE FROM staging_customers WHERE email = (SELECT substr(c.email, 1, 1) FROM customers c WHERE c.id = 1)

DELETE FROM staging_customers WHERE email IN (SELECT e FROM (SELECT substr(email, 1, 1) AS e FROM customers) t)

DELETE FROM staging_customers WHERE name IN (SELECT email FROM customers)

INSERT INTO events (id, kind) SELECT 9001 + count(*), 'x' FROM customers GROUP BY substr(email, 1, 1)

INSERT INTO staging_customers (id, email) SELECT 5, email FROM customers WHERE id = 1 ON CONFLICT (id) DO UPDATE SET country = 'DE' WHERE excluded.email LIKE 'k%'
