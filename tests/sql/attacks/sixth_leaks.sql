-- A sixth hand's attacks: a star over a name of a WITH, which names no column, and what it hands on or asks.

--! dialect: both
--! tool: execute
--! technique: 72 a star over a name of a WITH, and rows compared
--! must: deny

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE staging_customers SET country = (SELECT * FROM x) WHERE id = 101

WITH x AS (SELECT email FROM staging_customers WHERE id = 105) UPDATE staging_customers SET country = (SELECT * FROM x) WHERE id = 101

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE customers SET country = (SELECT * FROM x) WHERE id = 2

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO staging_customers (id, country) VALUES (9001, (SELECT * FROM x))

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO staging_customers (id) VALUES (101) ON CONFLICT (id) DO UPDATE SET country = (SELECT * FROM x)

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE staging_customers SET country = CASE WHEN (SELECT * FROM x) > 'm' THEN 'a' ELSE 'b' END WHERE id = 101

WITH x AS (SELECT phone FROM customers WHERE id = 1) UPDATE staging_customers SET country = substr((SELECT * FROM x), 2, 6) WHERE id = 101

WITH x AS (SELECT name FROM gold_customers WHERE id = 1) UPDATE customers SET country = (SELECT * FROM x) WHERE id = 2

WITH x AS (SELECT email FROM customers ORDER BY id LIMIT 1) UPDATE staging_customers SET country = lower((SELECT * FROM x)) WHERE id = 101

UPDATE staging_customers SET country = (1, 'Uqq', 'm', 'm', 'm', '2026-01-01', 'm') IN (SELECT * FROM customers) WHERE id = 101

--! dialect: postgres
--! tool: execute
--! technique: 72 a star over a name of a WITH, and rows compared
--! must: deny

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET note = (SELECT * FROM x) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO events (id, payload) VALUES (9001, (SELECT * FROM x))

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO events (id, payload) SELECT 9001, (SELECT * FROM x)

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET note = 'x' WHERE id = 3 RETURNING (SELECT * FROM x)

WITH x AS (SELECT email FROM customers WHERE id = 1) DELETE FROM orders WHERE id = 3 RETURNING (SELECT * FROM x)

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO orders (id) VALUES (9001) RETURNING (SELECT * FROM x)

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET note = CASE WHEN (SELECT * FROM x) > 'm' THEN 'a' ELSE 'b' END WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET note = substr((SELECT * FROM x), 1, 9) WHERE id = 3

WITH x AS (SELECT id, email FROM customers WHERE id = 1) UPDATE orders SET (amount_cents, note) = (SELECT * FROM x) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1), y AS (SELECT * FROM x) UPDATE orders SET note = (SELECT * FROM y) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO orders (id, note) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET note = (SELECT * FROM x)

WITH x AS (SELECT email FROM staging_customers WHERE id = 105) UPDATE staging_customers SET country = 'x' WHERE id = 101 RETURNING (SELECT * FROM x)

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET note = (TABLE x) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET note = ARRAY(SELECT * FROM x)::text WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET note = ARRAY(TABLE x)::text WHERE id = 3 RETURNING ARRAY(TABLE x)

WITH x AS (SELECT email FROM customers) UPDATE orders SET note = 'x' WHERE id = 3 RETURNING ARRAY(SELECT * FROM x)

WITH x AS (SELECT email FROM customers WHERE id = 1) MERGE INTO orders o USING gold_orders g ON g.id = o.id AND o.id = 3 WHEN MATCHED THEN UPDATE SET note = (SELECT * FROM x)

WITH x AS (SELECT email FROM customers WHERE id = 1) MERGE INTO events e USING gold_orders g ON g.id = e.id AND g.id < 0 WHEN NOT MATCHED THEN INSERT (id, payload) VALUES (g.id + 9000, (SELECT * FROM x))

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO events (id, payload) VALUES (9001, (SELECT * FROM x)) ON CONFLICT DO NOTHING RETURNING payload

WITH x AS (SELECT email FROM customers) INSERT INTO staging_customers (id, country) SELECT o.id + 9000, (SELECT * FROM x LIMIT 1 OFFSET o.id - 1) FROM orders o WHERE o.id <= 40

UPDATE orders SET note = ((1, 'm', 'm', 'm', 'm', timestamp '2026-01-01', 'm') < (SELECT * FROM customers WHERE id = 1))::text WHERE id = 3

UPDATE orders SET note = 'x' WHERE id = 3 RETURNING (1, 'm', 'm', 'm', 'm', timestamp '2026-01-01', 'm') < (SELECT * FROM customers WHERE id = 1)

UPDATE orders SET note = 'x' WHERE id = 3 RETURNING ROW(1, 'm', 'm', 'm', 'm', timestamp '2026-01-01', 'm') < ALL (SELECT * FROM customers WHERE id = 1)

WITH x AS (SELECT email FROM customers) UPDATE orders SET note = 'x' WHERE id = 3 RETURNING 'm' < ANY (SELECT * FROM x)

WITH x AS (SELECT email FROM customers) UPDATE orders SET note = 'x' WHERE id = 3 RETURNING array_to_string(ARRAY(SELECT * FROM x), ',')

WITH x AS (SELECT email FROM gold_customers) DELETE FROM orders WHERE id = 3 RETURNING ARRAY(SELECT * FROM x)

WITH x AS (SELECT email FROM customers) INSERT INTO events (id, payload) VALUES (9001, to_json(ARRAY(SELECT * FROM x))::text)

WITH x AS (SELECT email FROM customers) INSERT INTO events (id, payload) SELECT 9000 + g, (ARRAY(SELECT * FROM x))[g] FROM generate_series(1, 40) g

--! dialect: sqlite
--! tool: execute
--! technique: 72 a star over a name of a WITH, and rows compared
--! must: deny

WITH x AS (SELECT ssn FROM customers WHERE id = 1) UPDATE staging_customers SET created_at = (SELECT * FROM x) WHERE id = 101

