--! tool: execute

UPDATE orders SET status = 'shipped' WHERE id = 3

UPDATE orders SET status = 'paid', note = 'paid by card' WHERE id = 4 AND status = 'open'

UPDATE orders SET amount_cents = amount_cents + 100 WHERE customer_id = 3

UPDATE orders SET note = NULL WHERE note = ''

UPDATE orders SET status = CASE WHEN amount_cents > 5000 THEN 'review' ELSE status END WHERE status = 'open'

UPDATE orders SET note = upper(note) WHERE id IN (1, 2, 3)

UPDATE orders SET status = 'returned' WHERE id BETWEEN 10 AND 12

UPDATE orders SET status = 'shipped' WHERE created_at < '2026-02-01' AND status = 'paid'

UPDATE orders SET status = 'open' WHERE customer_id IN (SELECT id FROM customers WHERE country = 'NL')

UPDATE orders SET note = 'checked' WHERE id = (SELECT max(id) FROM orders WHERE status = 'returned')

UPDATE orders SET status = 'paid' WHERE id = 5 RETURNING id, status

UPDATE orders SET status = 'paid' WHERE note LIKE '%paid by%'

UPDATE events SET kind = 'signin' WHERE kind = 'login' AND id < 20

UPDATE staging_customers SET country = 'DE' WHERE country = 'GERMANY'

UPDATE staging_customers SET country = upper(trim(country)) WHERE id = 104

UPDATE staging_customers SET country = 'FR' WHERE country IN ('F', 'FRA')

UPDATE staging_customers SET email = NULL WHERE id = 105

UPDATE staging_customers SET email = NULL, phone = NULL WHERE email = ''

UPDATE staging_customers SET phone = NULL WHERE phone IS NULL AND country = 'US'

UPDATE customers SET country = 'IT' WHERE id = 9

UPDATE "orders" SET "status" = 'paid' WHERE "id" = 8

DELETE FROM orders WHERE id = 7

DELETE FROM orders WHERE status = 'returned' AND created_at < '2026-02-01'

DELETE FROM orders WHERE id IN (11, 12, 13)

DELETE FROM orders WHERE customer_id = 4 AND amount_cents < 1000

DELETE FROM events WHERE at < '2026-01-10'

DELETE FROM events WHERE id BETWEEN 5 AND 9

DELETE FROM events WHERE kind = 'noise' RETURNING id

DELETE FROM staging_customers WHERE email IS NULL

DELETE FROM staging_customers WHERE country = ''

DELETE FROM staging_customers WHERE id IN (SELECT id FROM customers)

DELETE FROM staging_customers WHERE id NOT IN (SELECT min(id) FROM staging_customers GROUP BY email)

DELETE FROM staging_customers WHERE EXISTS (SELECT 1 FROM customers c WHERE c.email = staging_customers.email)

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = orders.customer_id)

INSERT INTO orders (id, customer_id, amount_cents, status, note, created_at) VALUES (901, 1, 1999, 'open', 'leave at the door', '2026-05-01')

INSERT INTO orders (id, customer_id, amount_cents, status) VALUES (902, 2, 500, 'open'), (903, 3, 750, 'open'), (904, 3, 0, 'open')

INSERT INTO events VALUES (901, 'import', '{"rows":600}', '2026-05-01')

INSERT INTO events (id, kind, payload, at) SELECT id + 2000, 'order', status, created_at FROM orders WHERE id < 5

INSERT INTO orders (id, status) VALUES (905, 'open') ON CONFLICT (id) DO UPDATE SET status = excluded.status

INSERT INTO orders (id, status) VALUES (1, 'open') ON CONFLICT DO NOTHING

INSERT INTO orders (id, customer_id, status) VALUES (1, 1, 'open') ON CONFLICT (id) DO UPDATE SET status = excluded.status, customer_id = excluded.customer_id WHERE orders.status <> 'paid'

INSERT INTO orders (id, status) VALUES (906, 'open') RETURNING id

INSERT INTO customers (id, name, email, phone, ssn, created_at, country) SELECT id, name, email, phone, ssn, created_at, country FROM staging_customers WHERE id = 103

INSERT INTO customers SELECT * FROM staging_customers WHERE id = 104

INSERT INTO customers (id, name, email, country) SELECT s.id, s.name, s.email, s.country FROM staging_customers s WHERE s.email IS NOT NULL AND s.id BETWEEN 101 AND 110 AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = s.id)

INSERT INTO staging_customers (id, name, email, created_at, country) VALUES (950, 'Nora Neu', 'nora.neu@example.org', '2026-05-02', 'DE')

INSERT INTO staging_customers (id, country) VALUES (951, 'IT')

INSERT INTO events (id, kind, at) SELECT 3000 + count(*), 'audit', max(created_at) FROM orders WHERE status = 'paid'

WITH late AS (SELECT id FROM orders WHERE status = 'open' AND created_at < '2026-02-01') UPDATE orders SET status = 'overdue' WHERE id IN (SELECT id FROM late)

WITH old AS (SELECT id FROM events WHERE at < '2026-01-05') DELETE FROM events WHERE id IN (SELECT id FROM old)

/* fix */ UPDATE orders SET status = 'paid' -- was open
WHERE id = 14;

update ORDERS set STATUS = 'paid' where ID = 15

UPDATE staging_customers SET email = lower(trim(email)) WHERE id = 103

UPDATE customers SET phone = coalesce(phone, (SELECT s.phone FROM staging_customers AS s WHERE s.email = customers.email AND s.id = 101)) WHERE id = 3

UPDATE customers SET email = s.email, country = s.country FROM staging_customers AS s WHERE customers.id = 3 AND s.id = 103

UPDATE staging_customers SET country = 'XX' WHERE email = 'nora.neu@example.org'

DELETE FROM staging_customers WHERE email NOT LIKE '%@%'

INSERT INTO customers (id, name, email) SELECT id, name, lower(email) FROM staging_customers WHERE id = 106 ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = coalesce(excluded.email, customers.email)

INSERT INTO staging_customers (id, email) SELECT id + 2000, 'user' || id || '@example.org' FROM orders WHERE id < 4

DELETE FROM staging_customers WHERE email IN (SELECT email FROM customers WHERE country = 'DE')
