--! literal
-- personal.sql:202 query: `u8k1q` in the answer; south: WITH customers AS (SELECT * FROM customers) SELECT email FROM customers

WITH customers AS (SELECT * FROM customers) SELECT email FROM customers

--! literal
-- personal.sql:208 query: `x0y8i` in the answer; south: SELECT * FROM (WITH customers AS (SELECT 'x' AS email) SELECT email FROM 

SELECT * FROM (WITH customers AS (SELECT 'x' AS email) SELECT email FROM customers) AS a, customers

--! literal
-- personal.sql:216 query: `z9t8x` in the answer; south: SELECT (WITH customers AS (SELECT 1 AS id) SELECT max(id) FROM customers)

SELECT (WITH customers AS (SELECT 1 AS id) SELECT max(id) FROM customers), (SELECT max(email) FROM customers)

--! literal
-- scope.sql:121 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id = 1 OR (id <> 1 AND 

DELETE FROM orders WHERE id = 1 OR (id <> 1 AND 1 = 1)

--! literal
-- scope.sql:192 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status NOT LIKE 'no suc

DELETE FROM orders WHERE status NOT LIKE 'no such status'

--! literal
-- scope.sql:229 execute: 0 of 60 rows of orders are left as they were; south: UPDATE orders SET status = 'x' WHERE length(stat

UPDATE orders SET status = 'x' WHERE length(status) >= 0

--! literal
-- scope.sql:233 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE CAST(id AS TEXT) <> ''

DELETE FROM orders WHERE CAST(id AS TEXT) <> ''

--! literal
-- scope.sql:239 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE substr(status, 1, 0) = 

DELETE FROM orders WHERE substr(status, 1, 0) = ''

--! literal
-- scope.sql:260 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status BETWEEN '' AND '

DELETE FROM orders WHERE status BETWEEN '' AND 'zzzzzzzz'

--! literal
-- scope.sql:266 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id > 0

DELETE FROM orders WHERE id > 0

--! literal
-- scope.sql:268 execute: 0 of 60 rows of orders are left as they were; south: UPDATE orders SET status = 'x' WHERE id < 100000

UPDATE orders SET status = 'x' WHERE id < 1000000

--! literal
-- scope.sql:270 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE amount_cents >= 0

DELETE FROM orders WHERE amount_cents >= 0

--! literal
-- scope.sql:272 execute: 0 of 30 rows of staging_customers are left as they were; south: DELETE FROM staging_customers WHERE c

DELETE FROM staging_customers WHERE created_at > '1970-01-01'

--! literal
-- scope.sql:274 execute: 0 of 60 rows of orders are left as they were; south: UPDATE orders SET note = 'x' WHERE status <> 'no

UPDATE orders SET note = 'x' WHERE status <> 'no such status'

--! literal
-- scope.sql:276 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id <> -1

DELETE FROM orders WHERE id <> -1

--! literal
-- writes.sql:26 execute: `x0y8i` in the answer; south: DELETE FROM staging_customers AS s WHERE id = 101 RETURNING s

DELETE FROM staging_customers AS s WHERE id = 101 RETURNING s

--! literal
-- writes.sql:99 execute: `672-6` in events.payload; south: INSERT INTO events (id, payload) SELECT 821, jsonb_agg(c)::text FRO

INSERT INTO events (id, payload) SELECT 821, jsonb_agg(c)::text FROM customers c WHERE country = 'DE'

--! literal
-- writes.sql:101 execute: `x0y8i` in events.payload; south: INSERT INTO events (id, payload) SELECT 822, c::text FROM customers

INSERT INTO events (id, payload) SELECT 822, c::text FROM customers c WHERE id = 1

--! literal
-- writes.sql:152 execute: `x0y8i` in the answer; south: UPDATE customers SET id = NULL WHERE id = 1

UPDATE customers SET id = NULL WHERE id = 1

