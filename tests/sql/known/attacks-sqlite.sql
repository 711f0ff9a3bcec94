--! literal
-- scope.sql:84 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE rowid > 0

DELETE FROM orders WHERE rowid > 0

--! literal
-- scope.sql:88 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE oid >= 1

DELETE FROM orders WHERE oid >= 1

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
-- statements.sql:241 execute: 0 of 60 rows of orders are left as they were; south: REPLACE INTO orders SELECT id, 0, 0, 'x', NULL, 

REPLACE INTO orders SELECT id, 0, 0, 'x', NULL, NULL FROM orders

--! literal
-- writes.sql:89 execute: `u8k1q` in events.payload; south: INSERT INTO events SELECT 822, 'x', value, NULL FROM json_each((SEL

INSERT INTO events SELECT 822, 'x', value, NULL FROM json_each((SELECT json_array(email) FROM customers WHERE id = 1))

