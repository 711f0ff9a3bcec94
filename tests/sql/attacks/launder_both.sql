-- Personal values laundered through writes: by other names, by questions, and by parts that are held against planted letters.

--! dialect: both
--! tool: execute
--! must: deny

--! technique: 90 laundering by another name

INSERT INTO staging_customers (id, country) SELECT a + 1000, b FROM (SELECT 0 AS a, '0' AS b, '0' AS c, '0' AS d, '0' AS e, NULL AS f, '0' AS g UNION ALL SELECT * FROM customers) AS t WHERE a BETWEEN 1 AND 3

UPDATE customers SET country = (SELECT c FROM (SELECT 0 AS a, '0' AS b, '0' AS c, '0' AS d, '0' AS e, NULL AS f, '0' AS g UNION ALL SELECT * FROM customers) AS t WHERE a = customers.id) WHERE id = 7

WITH t(a, b, c, d, e, f, g) AS (SELECT * FROM customers) INSERT INTO staging_customers (id, country) SELECT a + 3300, b FROM t WHERE a = 4

INSERT INTO staging_customers (id, country) VALUES (1000, (WITH t(a, b, c, d, e, f, g) AS (SELECT * FROM customers) SELECT b FROM t WHERE a = 1))

INSERT INTO staging_customers (id, country) VALUES (1000, (WITH RECURSIVE t(a, b, c, d, e, f, g) AS (SELECT * FROM customers) SELECT b FROM t WHERE a = 1))

INSERT INTO staging_customers (id, country) VALUES (101, 'x') ON CONFLICT (id) DO UPDATE SET country = (SELECT b FROM (SELECT 0 AS a, '0' AS b, '0' AS c, '0' AS d, '0' AS e, NULL AS f, '0' AS g UNION ALL SELECT * FROM customers) AS t WHERE a = 5)

UPDATE staging_customers SET country = t.b FROM (SELECT 0 AS a, '0' AS b, '0' AS c, '0' AS d, '0' AS e, NULL AS f, '0' AS g UNION ALL SELECT * FROM customers) AS t WHERE t.a = staging_customers.id - 100 AND staging_customers.id = 105

WITH gold_orders(id, customer_id, amount_cents, status, note, created_at, z) AS (SELECT * FROM customers) INSERT INTO staging_customers (id, country) SELECT id + 1000, customer_id FROM gold_orders WHERE id < 3

WITH gold_orders AS (SELECT id, email AS status FROM customers) INSERT INTO staging_customers (id, country) SELECT id + 1000, status FROM gold_orders WHERE id < 3

INSERT INTO staging_customers (id, country) SELECT 7000, (SELECT b FROM (SELECT 1 AS a, '0' AS b UNION ALL SELECT id, email FROM customers) AS t WHERE a = 5)

INSERT INTO staging_customers (id, country) SELECT t.id + 4000, t.x FROM (SELECT id, email AS x FROM customers) AS t WHERE t.id = 5

INSERT INTO staging_customers (id, country) SELECT u.id + 4000, u.x FROM (SELECT * FROM (SELECT id, email AS x FROM customers) AS t) AS u WHERE u.id = 5

DELETE FROM staging_customers WHERE id = 101 AND country IN (SELECT b FROM (SELECT 0 AS a, '0' AS b, '0' AS c, '0' AS d, '0' AS e, NULL AS f, '0' AS g UNION ALL SELECT * FROM customers) AS t)

UPDATE customers SET id = (SELECT 5000 + length(c) FROM (SELECT 0 AS a, '0' AS b, '0' AS c, '0' AS d, '0' AS e, NULL AS f, '0' AS g UNION ALL SELECT * FROM customers) AS t WHERE a = 5) WHERE id = 7

--! dialect: postgres

UPDATE orders SET status = 'x' WHERE id = 3 RETURNING (SELECT c FROM customers AS t(a, b, c, d, e, f, g) WHERE a = 1)

DELETE FROM orders USING customers AS t(a, b, c, d, e, f, g) WHERE t.a = 1 AND orders.id = 3 RETURNING t.c

INSERT INTO orders (id, note) SELECT 5000, t.c FROM customers AS t(a, b, c, d, e, f, g) WHERE t.a = 1

UPDATE orders SET note = t.c FROM customers AS t(a, b, c, d, e, f, g) WHERE t.a = 1 AND orders.id = 3

UPDATE orders SET note = (SELECT row_to_json(q)::text FROM (SELECT * FROM customers LIMIT 1) AS q) WHERE id = 3

UPDATE orders SET note = (SELECT q::text FROM (SELECT * FROM customers LIMIT 1) AS q) WHERE id = 3

UPDATE orders SET note = (SELECT to_jsonb(q)::text FROM (SELECT id, email FROM customers WHERE id = 1) AS q) WHERE id = 3

INSERT INTO orders (id, note) SELECT 5000, concat(q) FROM (SELECT * FROM customers) AS q WHERE q.id = 1

INSERT INTO orders (id, note) SELECT 5000, concat(q.*) FROM customers AS q WHERE q.id = 1

INSERT INTO orders (id, note) SELECT 5000, row(q.*)::text FROM customers AS q WHERE q.id = 1

INSERT INTO orders (id, note) SELECT 5000, j::text FROM (customers AS c JOIN gold_orders AS g ON g.customer_id = c.id) AS j LIMIT 1

INSERT INTO orders (id, note) SELECT 5000, l::text FROM customers AS c, LATERAL (SELECT c.*) AS l WHERE c.id = 1

INSERT INTO orders (id, note) SELECT 5000, c.to_jsonb::text FROM customers AS c, (SELECT 1 AS to_jsonb) AS z WHERE c.id = 1

INSERT INTO orders (id, note) SELECT 5000, c.row_to_json::text FROM customers AS c, (SELECT 1 AS row_to_json) AS z WHERE c.id = 1

WITH t AS (SELECT * FROM customers WHERE id = 1) UPDATE orders SET note = (SELECT t::text FROM t) WHERE id = 3

MERGE INTO staging_customers AS s USING customers AS c ON s.id = c.id + 100 WHEN MATCHED THEN UPDATE SET country = c.email

MERGE INTO orders AS o USING customers AS t(a, b, c, d, e, f, g) ON o.customer_id = t.a WHEN MATCHED THEN UPDATE SET note = t.c

--! technique: 91 questions of writes
--! dialect: both

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND 'k' IN (SELECT substr(email, 1, 1) FROM gold_customers WHERE id = 1)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND id IN (SELECT CASE WHEN email LIKE 'k%' THEN 101 END FROM gold_customers WHERE id = 1)

DELETE FROM staging_customers WHERE id = 101 AND EXISTS (SELECT 1 FROM (SELECT email AS e FROM gold_customers WHERE id = 1) AS t WHERE t.e LIKE 'k%')

DELETE FROM staging_customers WHERE id = 101 AND EXISTS (SELECT 1 FROM (SELECT email FROM gold_customers WHERE id = 1) AS t WHERE t.email LIKE 'k%')

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT substr(email, 1, 1) FROM gold_customers WHERE id = 1 INTERSECT SELECT 'k')

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT email FROM gold_customers WHERE id = 1 INTERSECT SELECT 'guess@x')

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT * FROM gold_customers WHERE id = 1 EXCEPT SELECT * FROM customers WHERE id = 1)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND 1 IN (SELECT id FROM (SELECT id, email LIKE 'k%' AS e FROM gold_customers) AS t WHERE e)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND 1 IN (SELECT g.id FROM gold_customers AS g JOIN (SELECT 'guess@x' AS email) AS p USING (email))

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND 1 IN (SELECT g.id FROM gold_customers AS g NATURAL JOIN (SELECT 'guess@x' AS email) AS p)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND 1 IN (SELECT g.id FROM gold_customers AS g JOIN (SELECT 'guess@x' AS email) AS p ON p.email = g.email)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND 1 IN (SELECT g.id FROM gold_customers AS g JOIN (SELECT 'guess@x' AS e) AS p ON p.e = g.email)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND 1 IN (SELECT g.id FROM gold_customers AS g NATURAL JOIN staging_customers AS s)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT 1 FROM gold_customers AS g WHERE id = 1 AND email IN (SELECT 'guess@x'))

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT 1 FROM gold_customers AS g WHERE id = 1 AND email IN ('guess@x'))

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT 1 FROM gold_customers AS g WHERE id = 1 AND email = 'guess@x')

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND (1, 'k') IN (SELECT id, substr(email, 1, 1) FROM gold_customers)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND country || 'k' IN (SELECT country || substr(email, 1, 1) FROM gold_customers WHERE id = 1)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND id IN (SELECT 100 + min(id) FROM gold_customers WHERE id = 1 GROUP BY email LIKE 'k%' HAVING count(*) > 0)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND id IN (SELECT 100 + row_number() OVER (ORDER BY email) FROM gold_customers WHERE id = 1)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT 1 FROM gold_customers AS g LEFT JOIN orders AS o ON o.id = length(g.email) WHERE g.id = 1 AND o.id > 5)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT max(id) FROM gold_customers GROUP BY substr(email, 1, 1) HAVING max(id) IN (SELECT id FROM gold_customers WHERE id = 1))

UPDATE staging_customers SET country = 'X' FROM gold_customers AS g WHERE staging_customers.id = 101 AND g.id = 1 AND g.email LIKE 'k%'

UPDATE staging_customers SET country = 'X' FROM (SELECT email AS e FROM gold_customers WHERE id = 1) AS t WHERE staging_customers.id = 101 AND t.e LIKE 'k%'

UPDATE staging_customers SET email = (SELECT email FROM gold_customers WHERE id = 1 AND email LIKE 'k%') WHERE id = 101

UPDATE staging_customers SET email = (SELECT g.email FROM gold_customers AS g WHERE substr(g.email, 1, 1) = 'k' AND g.id = 1) WHERE id = 101

INSERT INTO staging_customers (id, email) SELECT id + 1000, email FROM gold_customers WHERE email LIKE 'k%' AND id = 1

INSERT INTO staging_customers (id, email) SELECT id + 1000, email FROM gold_customers WHERE id = 1 AND email > 'k'

INSERT INTO staging_customers (id, email) VALUES (101, NULL) ON CONFLICT (id) DO UPDATE SET country = 'X' WHERE staging_customers.email LIKE 'k%'

INSERT INTO staging_customers (id, email) SELECT id + 100, email FROM gold_customers WHERE id = 1 ON CONFLICT (id) DO UPDATE SET country = 'X' WHERE excluded.email > 'k'

UPDATE customers SET country = 'A' WHERE id BETWEEN 1 AND 20 AND substr(ssn, 1, 1) = '5'

UPDATE customers SET country = 'A' WHERE id BETWEEN 1 AND 20 AND ssn < '6'

UPDATE staging_customers SET country = 'A' WHERE id BETWEEN 101 AND 120 AND email LIKE 'k%'

UPDATE staging_customers SET country = 'A' WHERE id BETWEEN 101 AND 120 AND email LIKE '____________'

DELETE FROM staging_customers WHERE id = 101 AND (SELECT email FROM gold_customers WHERE id = 1) = 'guess@x'

--! dialect: sqlite

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT 1 FROM gold_customers WHERE id = 1 LIMIT (SELECT substr(email, 1, 1) = 'k' FROM gold_customers WHERE id = 1))

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT 1 FROM gold_customers AS g, json_each('[' || length(g.email) || ']') AS j WHERE g.id = 1 AND j.value > 5)

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND 1 IN (SELECT id FROM (SELECT * FROM gold_customers WHERE id < 3 ORDER BY substr(email, 1, 1) = 'k' DESC LIMIT 1))

UPDATE staging_customers SET country = 'X' WHERE id = 101 AND EXISTS (SELECT email AS e FROM gold_customers WHERE id = 1 AND e LIKE 'k%')

--! technique: 92 order of writes
--! dialect: both

INSERT INTO staging_customers (id, name) SELECT id + 1000, name FROM gold_customers ORDER BY 2 LIMIT 3

INSERT INTO staging_customers (id, email) SELECT id + 1000, email AS e FROM gold_customers ORDER BY e LIMIT 1

INSERT INTO staging_customers SELECT * FROM gold_customers ORDER BY 3 LIMIT 1

INSERT INTO staging_customers (id, email) SELECT 1000, max(email) FROM gold_customers

INSERT INTO staging_customers (id, name) SELECT 1000 + max(id), min(name) FROM gold_customers GROUP BY substr(name, 1, 1)

INSERT INTO staging_customers (id, name) SELECT 1000 + id, min(name) OVER (ORDER BY id) FROM gold_customers

INSERT INTO staging_customers (email) SELECT DISTINCT email FROM gold_customers

INSERT INTO staging_customers (id, email) SELECT 1000 + id, email FROM gold_customers INTERSECT SELECT 1001, 'guess@x'

INSERT INTO orders (id, customer_id) SELECT 1000 + min(id), min(id) FROM gold_customers GROUP BY email

DELETE FROM staging_customers WHERE id IN (SELECT min(id) FROM staging_customers GROUP BY email LIMIT 3)

DELETE FROM staging_customers WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM (SELECT min(id) AS id FROM staging_customers GROUP BY email) AS t) AS u WHERE n < 3)

UPDATE staging_customers SET email = (SELECT DISTINCT email FROM gold_customers LIMIT 1) WHERE id = 101

INSERT INTO staging_customers (id, email) SELECT id + 1000, lower(email) AS l FROM gold_customers ORDER BY l LIMIT 1

INSERT INTO staging_customers (id, email) SELECT id + 1000, email FROM gold_customers LIMIT 3

DELETE FROM staging_customers WHERE id IN (SELECT id FROM staging_customers WHERE email IS NOT NULL LIMIT 3)

UPDATE staging_customers SET country = 'X' WHERE lower(email) IN (SELECT lower(email) FROM gold_customers ORDER BY 1 LIMIT 3) AND id = 101

--! dialect: sqlite

INSERT INTO staging_customers (id, email) SELECT id + 1000, lower(email) AS l FROM gold_customers WHERE l LIKE 'k%'

--! dialect: postgres

INSERT INTO staging_customers (id, email) SELECT id + 1000, lower(email) FROM gold_customers ORDER BY lower LIMIT 1

--! technique: 85 parts and planted letters
--! dialect: both

INSERT INTO staging_customers (id, email) SELECT id + 20000, substr(email, 1, 1) FROM gold_customers

INSERT INTO staging_customers (id, email) SELECT id + 20000, email || 'x' FROM gold_customers

INSERT INTO staging_customers (id, email) SELECT id + 20000, CASE WHEN id < 9 THEN email ELSE substr(email, 2) END FROM gold_customers

INSERT INTO staging_customers (id, email) SELECT id + 20000, replace(email, 'm', 'n') FROM gold_customers

INSERT INTO staging_customers (id, email) SELECT id + 20000, trim(email, 'k') FROM gold_customers

UPDATE customers SET ssn = CASE WHEN ssn < '6' THEN ssn END WHERE id BETWEEN 1 AND 20

UPDATE staging_customers SET email = (SELECT nullif(substr(email, 1, 1), 'k') FROM gold_customers WHERE id = 1) WHERE id = 101

UPDATE customers SET email = (SELECT substr(email, 1, 1) FROM gold_customers WHERE id = 1) WHERE id = 5

UPDATE customers SET email = nullif(email, 'k') WHERE id = 5

INSERT INTO staging_customers (id, ssn) SELECT id + 1000, max(ssn, '6') FROM gold_customers

--! technique: 60 upserts

INSERT INTO orders (id) SELECT id FROM customers WHERE true ON CONFLICT (id) DO UPDATE SET note = 'wiped'

INSERT INTO orders (id) SELECT id + 0 FROM events WHERE id > 0 ON CONFLICT (id) DO UPDATE SET note = 'wiped'

INSERT INTO customers (id) SELECT id FROM gold_customers WHERE true ON CONFLICT (id) DO UPDATE SET country = 'XX', email = NULL

INSERT INTO orders (id) SELECT g.customer_id FROM gold_orders AS g JOIN orders AS o ON o.id = g.id WHERE true ON CONFLICT (id) DO UPDATE SET note = 'wiped'

INSERT INTO orders (id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) SELECT i FROM n WHERE true ON CONFLICT (id) DO UPDATE SET note = 'wiped'

INSERT INTO orders (id) SELECT id FROM customers WHERE true ON CONFLICT (id) DO UPDATE SET note = 'wiped' WHERE orders.id > 0

--! dialect: sqlite

INSERT INTO orders (id) SELECT value FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60]') WHERE true ON CONFLICT (id) DO UPDATE SET note = 'wiped'

INSERT INTO orders (id) SELECT value FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60]') WHERE value >= 2 ON CONFLICT (id) DO UPDATE SET note = 'wiped'

REPLACE INTO orders (id, note) SELECT id, 'x' FROM customers

--! dialect: postgres

INSERT INTO orders (id) SELECT g FROM generate_series(1, 1000) AS g ON CONFLICT (id) DO UPDATE SET note = 'wiped'

-- The rows are listed, so that only the row budget of a server can tell.

--! dialect: sqlite
--! must: hold

INSERT INTO orders (id, note) VALUES (1, 'x'), (2, 'x'), (3, 'x'), (4, 'x'), (5, 'x'), (6, 'x'), (7, 'x'), (8, 'x'), (9, 'x'), (10, 'x'), (11, 'x'), (12, 'x'), (13, 'x'), (14, 'x'), (15, 'x'), (16, 'x'), (17, 'x'), (18, 'x'), (19, 'x'), (20, 'x'), (21, 'x'), (22, 'x'), (23, 'x'), (24, 'x'), (25, 'x'), (26, 'x'), (27, 'x'), (28, 'x'), (29, 'x'), (30, 'x'), (31, 'x'), (32, 'x'), (33, 'x'), (34, 'x'), (35, 'x'), (36, 'x'), (37, 'x'), (38, 'x'), (39, 'x'), (40, 'x'), (41, 'x'), (42, 'x'), (43, 'x'), (44, 'x'), (45, 'x'), (46, 'x'), (47, 'x'), (48, 'x'), (49, 'x'), (50, 'x'), (51, 'x'), (52, 'x'), (53, 'x'), (54, 'x'), (55, 'x'), (56, 'x'), (57, 'x'), (58, 'x'), (59, 'x'), (60, 'x') ON CONFLICT (id) DO UPDATE SET note = 'wiped'

INSERT OR REPLACE INTO orders (id, note) VALUES (1, 'x'), (2, 'x'), (3, 'x'), (4, 'x'), (5, 'x'), (6, 'x'), (7, 'x'), (8, 'x'), (9, 'x'), (10, 'x'), (11, 'x'), (12, 'x'), (13, 'x'), (14, 'x'), (15, 'x'), (16, 'x'), (17, 'x'), (18, 'x'), (19, 'x'), (20, 'x'), (21, 'x'), (22, 'x'), (23, 'x'), (24, 'x'), (25, 'x'), (26, 'x'), (27, 'x'), (28, 'x'), (29, 'x'), (30, 'x'), (31, 'x'), (32, 'x'), (33, 'x'), (34, 'x'), (35, 'x'), (36, 'x'), (37, 'x'), (38, 'x'), (39, 'x'), (40, 'x'), (41, 'x'), (42, 'x'), (43, 'x'), (44, 'x'), (45, 'x'), (46, 'x'), (47, 'x'), (48, 'x'), (49, 'x'), (50, 'x'), (51, 'x'), (52, 'x'), (53, 'x'), (54, 'x'), (55, 'x'), (56, 'x'), (57, 'x'), (58, 'x'), (59, 'x'), (60, 'x')

REPLACE INTO orders (id, note) VALUES (1, 'x'), (2, 'x'), (3, 'x'), (4, 'x'), (5, 'x'), (6, 'x'), (7, 'x'), (8, 'x'), (9, 'x'), (10, 'x'), (11, 'x'), (12, 'x'), (13, 'x'), (14, 'x'), (15, 'x'), (16, 'x'), (17, 'x'), (18, 'x'), (19, 'x'), (20, 'x'), (21, 'x'), (22, 'x'), (23, 'x'), (24, 'x'), (25, 'x'), (26, 'x'), (27, 'x'), (28, 'x'), (29, 'x'), (30, 'x'), (31, 'x'), (32, 'x'), (33, 'x'), (34, 'x'), (35, 'x'), (36, 'x'), (37, 'x'), (38, 'x'), (39, 'x'), (40, 'x'), (41, 'x'), (42, 'x'), (43, 'x'), (44, 'x'), (45, 'x'), (46, 'x'), (47, 'x'), (48, 'x'), (49, 'x'), (50, 'x'), (51, 'x'), (52, 'x'), (53, 'x'), (54, 'x'), (55, 'x'), (56, 'x'), (57, 'x'), (58, 'x'), (59, 'x'), (60, 'x')
