-- Changes within a query: an error of the engine may quote the row that is changed.

--! dialect: postgres
--! tool: execute
--! must: hold

WITH a AS (UPDATE customers SET id = ('{}'::jsonb->>'x')::int WHERE id = 1) SELECT 1

WITH a AS (UPDATE staging_customers SET id = ('{}'::jsonb->>'x')::int WHERE id = 101 RETURNING id) SELECT count(*) FROM a

WITH a AS (UPDATE customers SET id = ('{}'::jsonb->>'x')::int WHERE id = 1 RETURNING id) VALUES (1)

WITH a AS (UPDATE customers SET id = ('{}'::jsonb->>'x')::int WHERE id = 1 RETURNING id) SELECT 1 UNION ALL SELECT id FROM a

WITH a AS (INSERT INTO staging_customers (id, country) VALUES (101, 'x') ON CONFLICT (id) DO UPDATE SET id = ('{}'::jsonb->>'x')::int RETURNING id) SELECT count(*) FROM a

WITH a AS (INSERT INTO staging_customers (id, name, email) SELECT o.id, c.name, c.email FROM customers c LEFT JOIN orders o ON o.id = c.id + 5000 RETURNING id) SELECT count(*) FROM a

WITH a AS (DELETE FROM orders WHERE id = 5 RETURNING id), b AS (INSERT INTO staging_customers (id, name) SELECT a.id, c.name FROM customers c LEFT JOIN a ON a.id = c.id + 1000 RETURNING id) SELECT count(*) FROM b

WITH a AS (INSERT INTO staging_customers (id, email) SELECT id + 9000, email FROM customers WHERE id = 1 RETURNING id) SELECT count(*) FROM a

UPDATE staging_customers SET id = ('{}'::jsonb->>'x')::int WHERE id = 101

UPDATE staging_customers s SET id = o.customer_id FROM (SELECT 1 AS one) x LEFT JOIN orders o ON o.id = 50000 WHERE s.id = 101

INSERT INTO staging_customers (id, email) SELECT customer_id, email FROM (SELECT id, email FROM customers WHERE id = 1) c LEFT JOIN (SELECT customer_id FROM orders WHERE id < 0) o ON true

INSERT INTO staging_customers (id, name, email) SELECT g, 'x', 'y' FROM generate_series(9001, 9002) g GROUP BY CUBE (g)

WITH gone AS (DELETE FROM staging_customers WHERE id = 101 RETURNING id) SELECT c.email FROM customers c, gone

WITH gone AS (DELETE FROM staging_customers WHERE id = 101 RETURNING id) SELECT count(*) FROM customers WHERE email LIKE 'a%'

WITH gone AS (DELETE FROM staging_customers WHERE id = 101 RETURNING id), x AS (SELECT email FROM customers) SELECT * FROM x
