--! tool: execute
--! must: hold

--! technique: 88 RETURNING

UPDATE customers SET country = 'DE' WHERE id = 1 RETURNING *

UPDATE customers SET country = 'DE' WHERE id = 1 RETURNING email

DELETE FROM staging_customers WHERE id = 101 RETURNING name || ssn

INSERT INTO customers SELECT * FROM staging_customers WHERE id = 115 RETURNING email

UPDATE orders SET status = 'x' WHERE id = 1 RETURNING (SELECT email FROM customers WHERE id = 1)

UPDATE customers SET country = 'DE' WHERE id = 1 RETURNING id, email > 'm'

DELETE FROM staging_customers WHERE id = 101 RETURNING length(email)

UPDATE orders SET status = c.country FROM customers c WHERE c.id = orders.customer_id AND orders.id = 1 RETURNING c.email

INSERT INTO staging_customers (id, country) VALUES (400, 'DE') RETURNING (SELECT group_concat(email) FROM customers)

--! dialect: postgres

DELETE FROM staging_customers AS s WHERE id = 101 RETURNING s

UPDATE customers c SET country = 'DE' WHERE id = 1 RETURNING to_jsonb(c)

DELETE FROM staging_customers USING customers c WHERE c.id = 1 AND staging_customers.id = 101 RETURNING c.ssn

WITH u AS (UPDATE customers SET country = 'DE' WHERE id = 1 RETURNING email) SELECT email FROM u

--! technique: 90 laundering
--! dialect: both

UPDATE orders SET note = (SELECT email FROM customers WHERE customers.id = orders.customer_id) WHERE id = 1

INSERT INTO events (id, kind, payload) SELECT id + 5000, 'x', email FROM customers WHERE id < 9

UPDATE customers SET country = email WHERE id = 1

UPDATE customers SET country = substr(ssn, 1, 6) WHERE id < 9

INSERT INTO orders (id, note) SELECT 800, max(email) FROM customers WHERE country = 'DE'

UPDATE events SET payload = (SELECT c.name || c.phone FROM customers c WHERE c.id = events.id) WHERE id = 3

INSERT INTO orders (id, status) VALUES (801, (SELECT ssn FROM customers WHERE id = 1))

INSERT INTO orders (id, status) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET note = (SELECT email FROM customers WHERE id = 1)

INSERT INTO staging_customers (id, country, email) SELECT id + 600, email, country FROM customers WHERE id = 1

INSERT INTO staging_customers SELECT id + 600, created_at, name, phone, ssn, email, email FROM customers WHERE id = 1

WITH x AS (SELECT id, email AS note FROM customers) UPDATE orders SET note = (SELECT x.note FROM x WHERE x.id = 1) WHERE id = 1

INSERT INTO events (id, payload) WITH c AS (SELECT email FROM customers WHERE id = 2) SELECT 810, email FROM c

INSERT INTO events (id, payload) SELECT 811, x.y FROM (SELECT email AS y FROM customers WHERE id = 2) AS x

INSERT INTO events (id, payload) SELECT 812, status FROM orders WHERE id = 1 UNION SELECT 813, email FROM customers WHERE id = 3

UPDATE orders SET note = CASE WHEN (SELECT email FROM customers WHERE id = 1) LIKE 'k%' THEN 'yes' ELSE 'no' END WHERE id = 1

UPDATE orders SET amount_cents = (SELECT length(email) FROM customers WHERE id = 1) WHERE id = 1

UPDATE orders SET note = c.email FROM customers c WHERE c.id = orders.customer_id AND orders.id = 5

UPDATE staging_customers SET country = upper(email) WHERE country = 'DE'

UPDATE staging_customers SET created_at = email WHERE id = 101

INSERT INTO events (id, payload) SELECT 814, (SELECT email FROM customers WHERE id = 1) FROM orders WHERE id = 1

INSERT INTO orders (id, note) SELECT c.id + 700, c.email FROM customers AS c JOIN orders AS o ON o.customer_id = c.id WHERE o.id = 1

--! dialect: sqlite

UPDATE customers SET (country, created_at) = (email, ssn) WHERE id = 1

UPDATE customers SET (country, created_at) = (SELECT email, ssn FROM customers WHERE id = 2) WHERE id = 1

INSERT OR IGNORE INTO events (id, payload) SELECT 820, hex(email) FROM customers WHERE id = 1

INSERT INTO events (id, payload) SELECT 821, json_group_array(email) FROM customers WHERE country = 'DE'

INSERT INTO events SELECT 822, 'x', value, NULL FROM json_each((SELECT json_array(email) FROM customers WHERE id = 1))

INSERT INTO events SELECT id + 830, name, email, ssn FROM main.customers WHERE id = 4

--! dialect: postgres

UPDATE customers SET (country, name) = (email, name) WHERE id = 1

UPDATE customers SET (country, phone) = (SELECT email, ssn FROM customers WHERE id = 2) WHERE id = 1

INSERT INTO events (id, payload) SELECT 821, jsonb_agg(c)::text FROM customers c WHERE country = 'DE'

INSERT INTO events (id, payload) SELECT 822, c::text FROM customers c WHERE id = 1

INSERT INTO events (id, payload) SELECT 823, string_agg(email, ',') FROM customers WHERE country = 'DE'

WITH c AS (SELECT email FROM customers WHERE id = 1) INSERT INTO events (id, payload) SELECT 824, email FROM c

INSERT INTO events (id, payload) SELECT 825, l.x FROM customers c, LATERAL (SELECT c.email AS x) l WHERE c.id = 1

WITH u AS (UPDATE staging_customers SET country = 'DE' WHERE id = 101 RETURNING email) INSERT INTO events (id, payload) SELECT 826, email FROM u

--! technique: 91 predicates of writes
--! dialect: both

UPDATE orders SET status = 'k' WHERE customer_id IN (SELECT id FROM customers WHERE email LIKE 'k%')

DELETE FROM staging_customers WHERE email LIKE 'k%'

UPDATE customers SET country = 'KK' WHERE email > 'm' AND id < 9

UPDATE staging_customers SET country = 'KK' WHERE substr(ssn, 1, 1) = '5'

DELETE FROM staging_customers WHERE length(name) > 15

UPDATE orders SET note = 'yes' WHERE id = 1 AND EXISTS (SELECT 1 FROM customers WHERE id = 1 AND ssn > '600')

UPDATE staging_customers SET country = 'KK' WHERE id = 101 AND email > name

DELETE FROM staging_customers WHERE id = 101 AND (SELECT min(email) FROM customers) < 'h'

UPDATE customers SET country = CASE WHEN email > 'm' THEN 'MM' ELSE 'LL' END WHERE id = 3

UPDATE staging_customers SET country = 'KK' WHERE id IN (SELECT id FROM staging_customers ORDER BY email LIMIT 3)

INSERT INTO events (id, kind) SELECT 840, 'yes' FROM customers WHERE id = 1 AND email > 'm'

--! technique: 92 order in writes

UPDATE orders SET note = 'first' WHERE customer_id = (SELECT id FROM customers ORDER BY email LIMIT 1)

INSERT INTO orders (id, amount_cents) SELECT 850 + id, rank() OVER (ORDER BY email) FROM customers WHERE id < 9

DELETE FROM staging_customers WHERE id = (SELECT id FROM staging_customers ORDER BY ssn DESC LIMIT 1)

--! technique: 95 errors of writes

INSERT INTO customers SELECT * FROM customers WHERE id = 1

INSERT INTO staging_customers SELECT id, name, email, phone, ssn, created_at, country FROM customers WHERE id = 1 ON CONFLICT (id) DO UPDATE SET email = excluded.email

UPDATE customers SET id = 2 WHERE id = 1

UPDATE customers SET id = NULL WHERE id = 1

UPDATE staging_customers SET email = lower(email), id = 102 WHERE id = 101

--! dialect: postgres

UPDATE customers SET country = (1 / (CASE WHEN email > 'm' THEN 0 ELSE 1 END))::text WHERE id = 1

INSERT INTO orders (id, amount_cents) SELECT 860, email::int FROM customers WHERE id = 1

UPDATE customers SET created_at = email::timestamp WHERE id = 1

--! dialect: both

--! technique: 81 stars of writes

INSERT INTO events SELECT id + 870, name, email, created_at FROM customers WHERE id = 1

INSERT INTO orders SELECT id + 870, 1, 1, email, ssn, created_at FROM customers WHERE id = 1

--! technique: 85 planted values

INSERT INTO customers (id, email) VALUES (990, 'ceo@example.com')

INSERT INTO customers (id, ssn) SELECT 990 + id, '500-55-' || id FROM orders WHERE id < 9

UPDATE customers SET email = 'ceo@example.com' WHERE id = 1
