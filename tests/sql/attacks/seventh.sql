-- A seventh hand's attacks on writes: stars that name no column, windows that have a name, rows that functions make, samples, and groups
-- that are sorted by what they hold.

--! dialect: both
--! tool: execute
--! technique: 72 what a write tells of values that it does not name
--! must: deny

UPDATE customers SET country = 'DE' WHERE id = 1 AND 'm' < (SELECT * FROM (SELECT customers.email) z)

UPDATE customers SET country = 'DE' WHERE id = 1 AND (SELECT * FROM (SELECT customers.email) z) LIKE 'k%'

UPDATE customers SET country = 'DE' WHERE id = 1 AND substr((WITH z AS (SELECT customers.email) SELECT * FROM z), 1, 1) = 'k'

DELETE FROM staging_customers WHERE id = 105 AND (SELECT * FROM (SELECT staging_customers.email) z) > 'm'

INSERT INTO staging_customers (id) VALUES (105) ON CONFLICT (id) DO UPDATE SET country = 'x' WHERE (SELECT * FROM (SELECT staging_customers.ssn) z) > '6'

WITH x AS (SELECT email, id FROM customers) UPDATE staging_customers SET country = (SELECT id FROM (SELECT * FROM x GROUP BY 1, 2 LIMIT 1) z) WHERE id = 101

WITH x AS (SELECT email, id + 9000 AS id FROM customers) INSERT INTO staging_customers (email, id) SELECT * FROM x GROUP BY 1, 2 LIMIT 1

WITH x AS (SELECT email, id FROM customers) INSERT INTO staging_customers (email, id) SELECT * FROM x GROUP BY 1, 2 LIMIT 1

WITH x AS (SELECT email, id FROM customers) INSERT INTO staging_customers (email, id) SELECT DISTINCT * FROM x LIMIT 1

WITH x AS (SELECT email, id FROM customers) INSERT INTO staging_customers (id, country) SELECT id + 9000, 'x' FROM (SELECT * FROM x GROUP BY 1, 2 LIMIT 1) z

WITH x AS (SELECT email, id FROM customers) UPDATE staging_customers SET country = z.id FROM (SELECT * FROM x GROUP BY 1, 2) z WHERE staging_customers.id = 101

WITH x AS (SELECT email, id FROM customers) UPDATE staging_customers SET country = (SELECT string_agg(id, ',') FROM (SELECT * FROM x GROUP BY 1, 2) z) WHERE id = 101

WITH x AS (SELECT email, id FROM customers) UPDATE staging_customers SET country = (SELECT r FROM (SELECT id, row_number() OVER () AS r FROM (SELECT * FROM x GROUP BY 1, 2) z) w WHERE w.id = 3) WHERE staging_customers.id = 101

UPDATE staging_customers SET country = (SELECT r FROM (SELECT id, row_number() OVER w AS r FROM gold_orders o WINDOW w AS (ORDER BY (WITH y AS (SELECT email FROM customers c WHERE c.id = o.id) SELECT * FROM y))) z WHERE z.id = 3) WHERE id = 101

INSERT INTO staging_customers (id, country) SELECT id + 9000, rank() OVER w FROM customers o WINDOW w AS (ORDER BY (WITH y AS (SELECT email FROM customers c WHERE c.id = o.id) SELECT * FROM y))

INSERT INTO staging_customers (id, country) SELECT id + 9000, row_number() OVER w FROM gold_orders o WINDOW w AS (PARTITION BY (WITH y AS (SELECT email FROM customers c WHERE c.id = o.id) SELECT * FROM y) > 'm')

--! dialect: sqlite

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE staging_customers SET country = (SELECT count(*) FROM json_each(CASE WHEN (SELECT * FROM x) > 'm' THEN '[1]' ELSE '[]' END)) WHERE id = 101

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE staging_customers SET country = 'x' WHERE id = 101 AND EXISTS (SELECT 1 FROM json_each(CASE WHEN (SELECT * FROM x) > 'm' THEN '[1]' ELSE '[]' END))

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO staging_customers (id, country) SELECT 9001, 'a' FROM json_each(CASE WHEN (SELECT * FROM x) > 'm' THEN '[1]' ELSE '[]' END)

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET amount_cents = (SELECT count(*) FROM json_each('[' || substr('1,1,1,1,1,1', 1, 2 * instr('ghijk', substr((SELECT * FROM x), 1, 1)) + 1) || ']')) WHERE id = 3

WITH x AS (SELECT email, id FROM customers) UPDATE orders SET note = (SELECT group_concat(id) FROM (SELECT * FROM x GROUP BY 1, 2) z) WHERE id = 3

WITH x AS (SELECT email, id FROM customers) UPDATE orders SET amount_cents = (SELECT id FROM (SELECT * FROM x GROUP BY 1, 2) z) WHERE id = 3

WITH x AS (SELECT email, id FROM customers) DELETE FROM orders WHERE id = 3 AND EXISTS (SELECT 1 FROM (SELECT * FROM x GROUP BY 1, 2 LIMIT 1) z WHERE z.id = 5)

--! dialect: postgres

UPDATE customers SET country = 'DE' WHERE id = 1 AND ARRAY(SELECT * FROM (SELECT customers.email) z) < ARRAY['m']

UPDATE customers SET country = 'DE' WHERE id = 1 AND (TABLE customers) IS NULL

UPDATE customers SET country = 'DE' WHERE id = 1 AND 'm' < ANY (SELECT * FROM (SELECT customers.email) z)

UPDATE customers SET country = 'DE' WHERE id = 1 AND CAST((SELECT * FROM (SELECT customers.email) z) AS int) = 1

MERGE INTO customers c USING orders o ON c.id = o.id AND o.id = 1 WHEN MATCHED AND (SELECT * FROM (SELECT c.email) z) > 'm' THEN UPDATE SET country = 'DE'

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET amount_cents = (SELECT count(*) FROM generate_series(1, ascii((SELECT * FROM x)))) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET amount_cents = (SELECT count(*) FROM string_to_table((SELECT * FROM x), NULL)) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET amount_cents = (SELECT count(*) FROM unnest(ARRAY(SELECT * FROM x)) u) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET amount_cents = (SELECT count(*) FROM json_array_elements(CASE WHEN (SELECT * FROM x) > 'm' THEN '[1]' ELSE '[]' END::json)) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET note = 'x' WHERE id = 3 AND EXISTS (SELECT 1 FROM json_array_elements(CASE WHEN (SELECT * FROM x) > 'm' THEN '[1]' ELSE '[]' END::json))

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO events (id, payload) SELECT 9001, 'a' FROM json_array_elements(CASE WHEN (SELECT * FROM x) > 'm' THEN '[1]' ELSE '[]' END::json)

WITH x AS (SELECT email FROM customers WHERE id = 1) INSERT INTO events (id, payload) SELECT 9001, 'a' FROM orders o TABLESAMPLE BERNOULLI (CASE WHEN (SELECT * FROM x) > 'm' THEN 100 ELSE 0 END) WHERE o.id = 3

WITH x AS (SELECT email FROM customers WHERE id = 1) UPDATE orders SET amount_cents = (SELECT count(*) FROM gold_orders TABLESAMPLE BERNOULLI (ascii((SELECT * FROM x)) - 30)) WHERE id = 3

UPDATE orders SET amount_cents = (SELECT r FROM (SELECT id, row_number() OVER w AS r FROM gold_orders o WINDOW w AS (ORDER BY (WITH y AS (SELECT email FROM customers c WHERE c.id = o.id) SELECT * FROM y))) z WHERE z.id = 3) WHERE id = 3

UPDATE orders SET amount_cents = (SELECT r FROM (SELECT o.id, row_number() OVER w AS r FROM gold_orders o WINDOW w AS (ORDER BY (SELECT * FROM (SELECT c.email FROM customers c WHERE c.id = o.id) y))) z WHERE z.id = 3) WHERE id = 3

WITH x AS (SELECT email, id FROM customers) UPDATE orders SET note = (SELECT string_agg(id::text, ',') FROM (SELECT * FROM x GROUP BY 1, 2) z) WHERE id = 3

WITH x AS (SELECT email, id FROM customers) UPDATE orders SET amount_cents = (SELECT id FROM (SELECT DISTINCT * FROM x LIMIT 1) z) WHERE id = 3

WITH x AS (SELECT email, id FROM customers) UPDATE orders SET amount_cents = (SELECT id FROM (SELECT DISTINCT * FROM x FETCH FIRST 1 ROW ONLY) z) WHERE id = 3

WITH x AS (SELECT email, id FROM customers) DELETE FROM orders USING (SELECT * FROM x GROUP BY 1, 2 LIMIT 1) z WHERE orders.id = 3 AND z.id = 5

--! dialect: both
--! tool: execute
--! technique: 72 what a write tells of values that it does not name
--! must: deny

WITH x AS (SELECT email, country FROM customers) UPDATE staging_customers SET country = (SELECT country || ' ' || r FROM (SELECT country, row_number() OVER () AS r FROM (SELECT * FROM x GROUP BY 1, 2) z) w WHERE w.r = 20) WHERE staging_customers.id = 101

WITH x AS (SELECT email, id + 9000 AS id FROM customers) INSERT INTO staging_customers (email, id) SELECT * FROM x GROUP BY 1, 2 LIMIT 1 OFFSET 7

WITH x AS (SELECT email, country, id FROM customers) INSERT INTO staging_customers (email, country, id) SELECT * FROM x GROUP BY 1, 2, 3 LIMIT 1 OFFSET 7

UPDATE customers SET country = 'DE' WHERE id = 2 AND 'm' < (SELECT * FROM (SELECT customers.email) z)

UPDATE customers SET country = (SELECT * FROM (SELECT customers.email) z) WHERE id = 2

UPDATE customers SET country = CASE WHEN EXISTS (SELECT * FROM (SELECT customers.email) z WHERE z.email > 'm') THEN 'a' ELSE 'b' END WHERE id = 2

UPDATE customers SET country = CASE WHEN EXISTS (SELECT 1 FROM (SELECT 'm') q WHERE (SELECT * FROM q) < (SELECT * FROM (SELECT customers.email) z)) THEN 'a' ELSE 'b' END WHERE id = 2

UPDATE staging_customers SET country = 'x' WHERE id = 101 AND (SELECT * FROM (SELECT customers.email FROM customers WHERE id = 2) z) > 'm'

UPDATE customers SET country = 'DE' WHERE id IN (2, 3, 4, 5) AND (SELECT * FROM (SELECT customers.name) z) BETWEEN 'M' AND 'Z'

UPDATE customers SET country = 'DE' WHERE id = 2 AND (SELECT * FROM (SELECT customers.ssn) z) > '600'

UPDATE customers SET country = 'DE' WHERE id = 2 AND length((SELECT * FROM (SELECT customers.name) z)) = 15

DELETE FROM staging_customers WHERE staging_customers.id = 110 AND (SELECT * FROM (SELECT staging_customers.ssn) z) > '650'

WITH x AS (SELECT email, id FROM customers) UPDATE staging_customers SET country = (SELECT count(*) FROM (SELECT * FROM x GROUP BY 1, 2 LIMIT 3 OFFSET 10) z WHERE z.id < 20) WHERE staging_customers.id = 101

INSERT INTO staging_customers (id, country) SELECT o.id + 9000, dense_rank() OVER w FROM customers o WINDOW w AS (ORDER BY o.email)

INSERT INTO staging_customers (id, country) SELECT id + 9000, lag(id) OVER w FROM customers o WINDOW w AS (ORDER BY (SELECT * FROM (SELECT o.email) y))

INSERT INTO staging_customers (id, country) SELECT id + 9000, row_number() OVER (ORDER BY (SELECT * FROM (SELECT o.email) y)) FROM customers o

INSERT INTO staging_customers (id, country) SELECT id + 9000, row_number() OVER (w ROWS CURRENT ROW) FROM customers o WINDOW w AS (ORDER BY (SELECT * FROM (SELECT substr(o.email, 1, 2)) y))

UPDATE staging_customers SET country = coalesce((SELECT 'a' FROM (SELECT staging_customers.email) z WHERE z.email > 'm'), 'b') WHERE id = 105

UPDATE staging_customers SET email = coalesce((SELECT email FROM customers WHERE customers.id = 2 AND (SELECT * FROM (SELECT customers.email) z) > 'm'), staging_customers.email) WHERE id = 105

UPDATE staging_customers SET email = coalesce((SELECT email FROM customers WHERE customers.id = 2), 'x') WHERE id = 105

UPDATE staging_customers SET email = coalesce((SELECT name FROM customers WHERE customers.id = 2), email) WHERE id = 105

UPDATE customers SET email = coalesce(NULL, 'x') WHERE id = 2

UPDATE customers SET email = coalesce(email, (SELECT 'x')) WHERE id = 2

UPDATE customers SET email = (SELECT max(email) FROM customers) WHERE id = 2

UPDATE customers SET email = (SELECT email FROM customers c WHERE c.country = 'DE' ORDER BY 1 LIMIT 1) WHERE id = 2

UPDATE staging_customers SET email = (SELECT email FROM (SELECT * FROM customers GROUP BY 3, 2, 1, 4, 5, 6, 7 LIMIT 1 OFFSET 9) z) WHERE id = 105

INSERT INTO staging_customers SELECT * FROM customers LIMIT 1

WITH x AS (SELECT email FROM customers WHERE id = 2) INSERT INTO staging_customers (id, country) SELECT o.id + 9000, 'a' FROM gold_orders o JOIN gold_orders p ON p.id = o.id AND 'm' < (SELECT * FROM x)

WITH x AS (SELECT email FROM customers WHERE id = 2) INSERT INTO staging_customers (id, country) SELECT o.id + 9000, 'a' FROM gold_orders o LIMIT length((SELECT * FROM x))

--! dialect: sqlite

WITH x AS (SELECT email, id FROM customers) UPDATE staging_customers SET country = (SELECT group_concat(country) FROM (SELECT * FROM (SELECT email, country FROM customers) GROUP BY 1, 2) z) WHERE id = 101

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE staging_customers SET country = (SELECT count(*) FROM json_each('[1' || replace(substr('                    ', 1, instr('0123456789ghijklmnopqrstuvwxyz', substr((SELECT * FROM x), 1, 1))), ' ', ',1') || ']')) WHERE id = 101

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE staging_customers SET country = (SELECT count(*) FROM json_each(json_array((SELECT * FROM x))) j) WHERE id = 101

UPDATE customers SET country = 'DE' WHERE id = 2 AND unicode((SELECT * FROM (SELECT customers.email) z)) > 110

UPDATE customers SET country = 'DE' WHERE id = 2 AND json_extract((SELECT * FROM (SELECT customers.email) z), '$') = 1

UPDATE customers SET country = 'DE' WHERE id = 2 AND (SELECT * FROM (SELECT customers.email, customers.ssn) z) > ('m', 'm')

--! dialect: postgres

WITH RECURSIVE r AS (SELECT id, email FROM customers UNION ALL SELECT id, email FROM r WHERE false) SEARCH BREADTH FIRST BY email SET ord INSERT INTO staging_customers (id, country) SELECT id + 9000, (rank() OVER w)::text FROM r WINDOW w AS (ORDER BY ord)

WITH RECURSIVE r AS (SELECT id, email FROM customers UNION ALL SELECT id, email FROM r WHERE false) SEARCH BREADTH FIRST BY email SET ord UPDATE orders SET amount_cents = (SELECT k FROM (SELECT id, rank() OVER w AS k FROM r WINDOW w AS (ORDER BY ord)) z WHERE z.id = 3) WHERE orders.id = 3

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE orders SET note = 'x' WHERE id = 3 AND EXISTS (SELECT 1 / CASE WHEN (SELECT * FROM x) > 'm' THEN 1 ELSE 0 END FROM gold_orders WHERE id = 3 OFFSET 0)

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE orders SET note = 'x' WHERE id = 3 AND EXISTS (SELECT string_to_table((SELECT * FROM x), NULL) OFFSET 17)

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE orders SET amount_cents = (SELECT count(*) FROM (SELECT string_to_table((SELECT * FROM x), NULL) AS g) q) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE orders SET amount_cents = (SELECT count(*) FROM string_to_table(repeat('a,', ascii((SELECT * FROM x))), ',')) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE orders SET amount_cents = (SELECT count(*) FROM generate_series(1, ascii((SELECT * FROM x)) % 128)) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE orders SET amount_cents = (SELECT count(*) FROM gold_orders TABLESAMPLE BERNOULLI (100) REPEATABLE (ascii((SELECT * FROM x)))) WHERE id = 3

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE orders SET note = 'x' FROM gold_orders g TABLESAMPLE SYSTEM (CASE WHEN (SELECT * FROM x) LIKE 'k%' THEN 100 ELSE 0 END) WHERE orders.id = 3 AND g.id = 3 RETURNING orders.id

MERGE INTO customers c USING (SELECT 2 AS id) o ON c.id = o.id WHEN MATCHED AND (SELECT * FROM (SELECT c.email) z) > 'm' THEN UPDATE SET country = 'DE'

MERGE INTO customers c USING gold_orders o ON c.id = o.id AND o.id = 2 AND (SELECT * FROM (SELECT c.email) z) > 'm' WHEN MATCHED THEN UPDATE SET country = 'DE'

MERGE INTO staging_customers c USING gold_orders o ON c.id = o.id + 100 WHEN MATCHED AND o.id = 2 AND (SELECT * FROM (SELECT c.email) z) > 'm' THEN UPDATE SET country = 'DE'

UPDATE customers SET country = 'DE' WHERE id = 2 AND (SELECT * FROM (SELECT customers.email) z) ~ '^[g-n]'

UPDATE customers SET country = 'DE' WHERE id = 2 AND (SELECT * FROM (SELECT customers.email, customers.ssn) z) IS NOT DISTINCT FROM ('m', 'm')

UPDATE customers SET country = 'DE' WHERE id = 2 AND EXISTS (SELECT 1 FROM string_to_table((SELECT * FROM (SELECT customers.email) z), NULL) t WHERE t = 'k')

UPDATE customers SET country = 'DE' WHERE id = 2 AND (TABLE customers ORDER BY id LIMIT 1) IS NOT NULL

WITH x AS (SELECT email, id FROM customers) UPDATE orders SET note = (SELECT string_agg(z.id::text, ',') FROM (SELECT DISTINCT * FROM x OFFSET 0) z) WHERE orders.id = 3

WITH x AS (SELECT email, id FROM customers) UPDATE orders SET note = (SELECT string_agg(z.id::text, ',') FROM (SELECT * FROM x GROUP BY ROLLUP (1, 2)) z) WHERE orders.id = 3

WITH x AS (SELECT email, id FROM customers), y AS (SELECT * FROM x GROUP BY 1, 2 LIMIT 100) UPDATE orders SET note = (SELECT string_agg(y.id::text, ',') FROM y) WHERE orders.id = 3

WITH x AS (SELECT email, id FROM customers) UPDATE orders SET note = (SELECT string_agg(z.id::text, ',') FROM (SELECT DISTINCT ON (1) * FROM x) z) WHERE orders.id = 3

WITH x AS (SELECT email, id FROM customers) UPDATE orders SET note = (SELECT string_agg(z.id::text, ',') FROM (SELECT DISTINCT ON (email) * FROM x) z) WHERE orders.id = 3

UPDATE orders SET note = (SELECT string_agg(z.id::text, ',') FROM (SELECT id FROM customers c GROUP BY (SELECT * FROM (SELECT c.email) y), id) z) WHERE orders.id = 3

UPDATE orders SET note = (SELECT string_agg(id::text, ',' ORDER BY (SELECT * FROM (SELECT c.email) y)) FROM customers c) WHERE orders.id = 3

UPDATE orders SET note = (SELECT mode() WITHIN GROUP (ORDER BY id) FILTER (WHERE (SELECT * FROM (SELECT c.email) y) > 'm') FROM customers c) WHERE orders.id = 3

--! dialect: both
--! tool: execute
--! technique: 72 what a write tells of values that it does not name
--! must: deny

UPDATE orders SET note = (SELECT string_agg(id, ',') FROM customers WHERE email IN (SELECT email FROM staging_customers)) WHERE id = 3

UPDATE customers SET country = 'DE' WHERE id = 2 AND customers.'email' > 'm'

UPDATE customers SET country = 'DE' WHERE id = 2 AND 'kqz' IN (SELECT * FROM (SELECT lower(customers.email)) z)

UPDATE customers SET country = 'DE' WHERE id = 2 AND (SELECT * FROM (SELECT customers.email) z) IS NOT NULL

UPDATE customers SET country = 'DE' WHERE id = 2 AND (SELECT z.email FROM (SELECT customers.email) z) > 'm'

UPDATE customers SET country = 'DE' WHERE id = 2 AND (SELECT * FROM (SELECT substr(customers.email, 1, 1)) z) = 'm'

UPDATE customers SET country = 'DE' WHERE id = 2 AND (SELECT * FROM (SELECT customers.email) z UNION ALL SELECT 'm' LIMIT 1) > 'm'

UPDATE customers SET country = 'DE' WHERE id = 2 AND EXISTS (SELECT 1 FROM (SELECT customers.email) z, (SELECT 'm') q WHERE (SELECT * FROM q) IS NOT NULL GROUP BY z.email HAVING z.email > 'm')

WITH x AS (SELECT email, id FROM customers) INSERT INTO staging_customers (email, id) SELECT * FROM x GROUP BY 1, 2

WITH x AS (SELECT email, id + 9000 AS id FROM customers WHERE id <> 11) INSERT INTO staging_customers (email, id) SELECT * FROM x WHERE true GROUP BY 1, 2 ON CONFLICT (id) DO NOTHING RETURNING id

WITH x AS (SELECT email, 9001 AS id, country FROM customers) INSERT INTO staging_customers (email, id, country) SELECT * FROM x WHERE true GROUP BY 1, 2, 3 ON CONFLICT (id) DO NOTHING

WITH x AS (SELECT email, country FROM customers) INSERT INTO staging_customers (id, country) SELECT 9001, country FROM (SELECT * FROM x GROUP BY 1, 2) z WHERE true ON CONFLICT (id) DO NOTHING

WITH x AS (SELECT email, country FROM customers) INSERT INTO staging_customers (id, country) SELECT 101, country FROM (SELECT DISTINCT * FROM x LIMIT 10 OFFSET 20) z WHERE true ON CONFLICT (id) DO NOTHING

WITH x AS (SELECT email, country FROM customers GROUP BY email, country) INSERT INTO staging_customers (id, country) SELECT 9001, country FROM x WHERE true ON CONFLICT (id) DO NOTHING

WITH x AS (SELECT email, country, name FROM customers), y AS (SELECT * FROM x GROUP BY 1, 2, 3) UPDATE staging_customers SET country = (SELECT string_agg(y.country, ',') FROM y) WHERE staging_customers.id = 101

UPDATE staging_customers SET country = (SELECT sum(k) FROM (SELECT count(*) OVER w AS k FROM customers o WHERE o.id < 9 WINDOW w AS (PARTITION BY (SELECT * FROM (SELECT o.email) y) > 'm')) z) WHERE id = 101

--! dialect: sqlite

--! dialect: postgres

WITH RECURSIVE r AS (SELECT c.id AS cid, email, 1 AS n FROM customers c UNION ALL SELECT cid, email, n + 1 FROM r WHERE n < 1) SEARCH BREADTH FIRST BY email SET ord UPDATE orders SET amount_cents = (SELECT k FROM (SELECT cid, rank() OVER w AS k FROM r WINDOW w AS (ORDER BY ord)) z WHERE z.cid = 3) WHERE orders.id = 3

WITH RECURSIVE r AS (SELECT c.id AS cid, email, 1 AS n FROM customers c UNION ALL SELECT cid, email, n + 1 FROM r WHERE n < 1) SEARCH BREADTH FIRST BY email SET ord UPDATE orders SET amount_cents = (SELECT count(*) FROM r) WHERE orders.id = 3

WITH RECURSIVE r AS (SELECT c.id AS cid, email, 1 AS n FROM customers c UNION ALL SELECT cid, email, n + 1 FROM r WHERE n < 1) CYCLE email SET cyc TO (SELECT * FROM r) DEFAULT 'a' USING path UPDATE orders SET amount_cents = (SELECT count(*) FROM r) WHERE orders.id = 3

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE orders SET note = 'x' WHERE id = 3 AND EXISTS (SELECT 1 FROM unnest(ARRAY(SELECT * FROM x)) u WHERE u > 'm')

WITH x AS (SELECT email FROM customers WHERE id = 2) UPDATE orders SET amount_cents = (SELECT count(*) FROM generate_series(1, ascii(right((SELECT * FROM x), 1)) % 128)) WHERE id = 3

WITH x AS (SELECT email, id FROM customers), y AS MATERIALIZED (SELECT DISTINCT ON (1) * FROM x) INSERT INTO events (id, kind, payload) SELECT 9001, 'k', string_agg(y.id::text, ',') FROM y

WITH x AS (SELECT email, id FROM customers), d AS (DELETE FROM orders USING (SELECT DISTINCT * FROM x LIMIT 1) z WHERE orders.id = 3 AND z.id < 20 RETURNING orders.id) UPDATE orders SET note = (SELECT count(*)::text FROM d) WHERE id = 4

--! dialect: postgres
--! tool: execute
--! technique: 72 what a write tells of values that it does not name
--! must: deny

WITH x AS (SELECT email FROM customers WHERE id = 2), y AS (SELECT count(*) AS n FROM generate_series(1, ascii((SELECT * FROM x)) % 128)) UPDATE orders SET note = 'x' WHERE id = 3 RETURNING (SELECT n FROM y)

WITH x AS (SELECT email FROM customers WHERE id = 2), y AS (SELECT count(*) AS n FROM generate_series(1, ascii(substr((SELECT * FROM x), 2, 1)) % 128)) UPDATE orders SET note = 'x' FROM y WHERE orders.id = 3 RETURNING y.n

WITH x AS (SELECT email FROM customers), y AS (SELECT count(*) AS n FROM string_to_table((SELECT string_agg(q, ' ') FROM unnest(ARRAY(SELECT * FROM x)) q), NULL)) UPDATE orders SET note = 'x' FROM y WHERE orders.id = 3 RETURNING y.n

WITH x AS (SELECT email, id FROM customers), y AS (SELECT string_agg(z.id::text, ',') AS n FROM (SELECT DISTINCT ON (1) * FROM x) z) DELETE FROM orders USING y WHERE orders.id = 3 RETURNING y.n

WITH y AS (SELECT id, rank() OVER w AS k FROM customers c WINDOW w AS (ORDER BY (SELECT * FROM (SELECT c.ssn) q))) UPDATE orders SET note = 'x' FROM y WHERE orders.id = y.id RETURNING y.id, y.k

WITH y AS (SELECT c.id, n FROM customers c, LATERAL (SELECT count(*) AS n FROM generate_series(1, ascii((SELECT * FROM (SELECT c.email) q)) % 128)) z) UPDATE orders SET note = 'x' FROM y WHERE orders.id = y.id RETURNING y.id, y.n

WITH y AS (SELECT c.id, (SELECT count(*) FROM generate_series(1, ascii((SELECT * FROM (SELECT c.email) q)) % 128)) AS n FROM customers c) INSERT INTO staging_customers (id, country) SELECT y.id + 9000, y.n::text FROM y

--! dialect: sqlite

WITH y AS (SELECT c.id AS cid, (SELECT count(*) FROM json_each('[1' || replace(substr('                    ', 1, instr('0123456789ghijklmnopqrstuvwxyz', substr((SELECT * FROM (SELECT c.email) q), 1, 1))), ' ', ',1') || ']')) AS n FROM customers c) INSERT INTO staging_customers (id, country) SELECT y.cid + 9000, y.n FROM y

WITH y AS (SELECT id AS cid, rank() OVER w AS k FROM staging_customers c WINDOW w AS (ORDER BY (SELECT * FROM (SELECT c.ssn) q))) UPDATE staging_customers SET country = y.k FROM y WHERE staging_customers.id = y.cid AND staging_customers.id = 105 RETURNING staging_customers.id

WITH y AS (SELECT id AS cid, rank() OVER w AS k FROM staging_customers c WINDOW w AS (ORDER BY (SELECT * FROM (SELECT c.ssn) q))) UPDATE staging_customers SET country = (SELECT k FROM y WHERE y.cid = 105) WHERE id = 105 RETURNING id, country

--! dialect: postgres
--! tool: execute
--! technique: 72 what a write tells of values that it does not name
--! must: deny

WITH RECURSIVE r AS (SELECT c.id AS cid, email, 1 AS n FROM customers c UNION ALL SELECT r.cid, r.email, r.n + 1 FROM r WHERE r.n < 2) UPDATE orders SET amount_cents = (SELECT count(*) FROM r) WHERE orders.id = 3

WITH RECURSIVE r AS (SELECT c.id AS cid, email, 1 AS n FROM customers c UNION ALL SELECT r.cid, r.email, r.n + 1 FROM r WHERE r.n < 2) SEARCH BREADTH FIRST BY email SET ord UPDATE orders SET amount_cents = (SELECT count(*) FROM r) WHERE orders.id = 3

WITH RECURSIVE r AS (SELECT c.id AS cid, email, 1 AS n FROM customers c UNION ALL SELECT r.cid, r.email, r.n + 1 FROM r WHERE r.n < 2) SEARCH BREADTH FIRST BY email SET ord UPDATE orders SET amount_cents = (SELECT k FROM (SELECT r.cid, rank() OVER w AS k FROM r WINDOW w AS (ORDER BY r.ord)) z WHERE z.cid = 3 LIMIT 1) WHERE orders.id = 3

WITH RECURSIVE r AS (SELECT c.id AS cid, email FROM customers c UNION ALL SELECT r.cid, r.email FROM r WHERE r.cid < 0) SEARCH BREADTH FIRST BY email SET ord UPDATE staging_customers SET country = (SELECT k FROM (SELECT r.cid, rank() OVER w AS k FROM r WINDOW w AS (ORDER BY ord)) z WHERE z.cid = 3) WHERE id = 101

WITH RECURSIVE r AS (SELECT * FROM (SELECT c.id AS cid, email FROM customers c) b UNION ALL SELECT * FROM r WHERE r.cid < 0) SEARCH BREADTH FIRST BY email SET ord UPDATE staging_customers SET country = (SELECT k FROM (SELECT r.cid, rank() OVER w AS k FROM r WINDOW w AS (ORDER BY ord)) z WHERE z.cid = 3) WHERE id = 101

WITH x AS (SELECT email FROM customers WHERE id = 2), y AS (SELECT 1 AS a FROM string_to_table((SELECT * FROM x), NULL)) UPDATE orders SET note = CASE WHEN EXISTS (SELECT * FROM y OFFSET 15) THEN 'a' ELSE 'b' END WHERE id = 3

WITH x AS (SELECT email, id FROM customers), y AS (SELECT DISTINCT ON (1) * FROM x) UPDATE orders SET amount_cents = (SELECT max(id) FROM y) WHERE id = 3

UPDATE orders SET note = (SELECT string_agg(z.id::text, ',') FROM (SELECT c.id FROM customers c JOIN gold_customers g USING (email) ORDER BY c.country LIMIT 5) z) WHERE id = 3

INSERT INTO staging_customers (id, country) SELECT c.id + 9000, 'x' FROM customers c JOIN staging_customers s USING (email) ORDER BY c.country LIMIT 1

INSERT INTO staging_customers (id, email) SELECT o.id + 9000, c.email FROM customers c JOIN gold_customers g ON g.email = c.email, orders o WHERE o.id = 3 ORDER BY o.id LIMIT 1

WITH z AS (SELECT * FROM (SELECT c.id AS cid, c.email, g.id AS gid FROM customers c JOIN gold_customers g USING (email)) q LIMIT 1) UPDATE orders SET amount_cents = (SELECT cid FROM z) WHERE id = 3

--! dialect: both
--! tool: execute
--! technique: 72 what a write tells of values that it does not name
--! must: deny

INSERT INTO staging_customers (id, email, country) SELECT 9001, email, country FROM customers WHERE true GROUP BY 1, 2, 3 ON CONFLICT (id) DO NOTHING

INSERT INTO staging_customers (id, email, country) SELECT DISTINCT 9001, email, country FROM customers WHERE true ON CONFLICT (id) DO NOTHING

INSERT INTO staging_customers (id, email, country) SELECT id + 9000, email, country FROM customers WHERE true GROUP BY 2, 3, 1 ON CONFLICT (id) DO NOTHING RETURNING id

INSERT INTO staging_customers (id, email, country) SELECT id % 2 + 9000, email, country FROM customers WHERE true GROUP BY 2, 3, 1 ON CONFLICT (id) DO UPDATE SET country = excluded.country

INSERT INTO staging_customers (id, email, country) SELECT DISTINCT o.id, c.email, c.country FROM customers c, gold_orders o WHERE o.id = 3 ORDER BY o.id LIMIT 1 OFFSET 5

INSERT INTO staging_customers (id, email, country) SELECT o.id, c.email, c.country FROM customers c, gold_orders o WHERE o.id = 3 GROUP BY 1, 2, 3 ORDER BY o.id LIMIT 1 OFFSET 5

INSERT INTO staging_customers (id, email, country) SELECT DISTINCT 9000, email, country FROM customers ORDER BY id LIMIT 1

INSERT INTO staging_customers (id, email) SELECT o.id, c.email FROM customers c JOIN gold_customers g ON g.email = c.email, gold_orders o WHERE o.id = 3 ORDER BY o.id LIMIT 1

UPDATE staging_customers SET email = (SELECT c.email FROM customers c, gold_orders o WHERE o.id = 3 ORDER BY o.id LIMIT 1) WHERE id = 101

UPDATE staging_customers SET email = c.email, country = c.country FROM (SELECT email, country FROM customers GROUP BY 1, 2) c WHERE staging_customers.id = 101

UPDATE staging_customers SET email = c.email, country = c.country FROM (SELECT DISTINCT email, country FROM customers) c WHERE staging_customers.id = 101

INSERT INTO staging_customers (id, email, country) SELECT row_number() OVER () + 9000, email, country FROM customers GROUP BY 2, 3

INSERT INTO staging_customers (id, email, country) SELECT row_number() OVER () + 9000, z.email, z.country FROM (SELECT email, country FROM customers GROUP BY 1, 2) z

INSERT INTO staging_customers (id, email, country) SELECT DISTINCT count(*) OVER (ROWS UNBOUNDED PRECEDING) + 9000, email, country FROM customers

INSERT INTO staging_customers (id, email, country) SELECT 9001, email, country FROM customers UNION ALL SELECT 9001, email, country FROM customers WHERE true GROUP BY 1, 2, 3 ON CONFLICT (id) DO NOTHING

INSERT INTO customers (id, email, country) SELECT 901, email, country FROM customers WHERE true GROUP BY 1, 2, 3 ON CONFLICT (id) DO NOTHING

--! dialect: sqlite

INSERT OR IGNORE INTO staging_customers (id, email, country) SELECT 9001, email, country FROM customers GROUP BY 1, 2, 3

INSERT OR REPLACE INTO staging_customers (id, email, country) SELECT 9001, email, country FROM customers GROUP BY 1, 2, 3

--! dialect: both
--! tool: execute
--! technique: 72 what a write tells of values that it does not name
--! must: deny

INSERT INTO staging_customers (id, email, country) SELECT id + 9000, email, row_number() OVER () FROM customers GROUP BY 2, 1

INSERT INTO staging_customers (id, email, country) SELECT DISTINCT id + 9000, email, count(*) OVER (ROWS UNBOUNDED PRECEDING) FROM customers GROUP BY 2, 1

INSERT INTO staging_customers (email, id) SELECT email, id + 9000 FROM customers GROUP BY 1, 2 LIMIT 1

INSERT INTO staging_customers (email, id) SELECT DISTINCT email, id + 9000 FROM customers RETURNING id

INSERT INTO staging_customers (ssn, id) SELECT DISTINCT ssn, id + 9000 FROM customers ORDER BY customers.id LIMIT 1

--! dialect: postgres

INSERT INTO staging_customers (id, email, country) SELECT DISTINCT ON (2) id + 9000, email, country FROM customers RETURNING id

INSERT INTO staging_customers (id, email, country) SELECT DISTINCT ON (2) 9001, email, country FROM customers ON CONFLICT (id) DO NOTHING

INSERT INTO staging_customers (email, id) SELECT email, id + 9000 FROM customers GROUP BY ROLLUP (1, 2) HAVING count(id) > 0 RETURNING id

WITH n AS (INSERT INTO staging_customers (id, email) SELECT DISTINCT ON (2) id + 9000, email FROM customers RETURNING id) UPDATE orders SET note = (SELECT string_agg(n.id::text, ',') FROM n) WHERE id = 3

WITH n AS (INSERT INTO staging_customers (id, email) SELECT DISTINCT ON (2) id + 9000, email FROM staging_customers RETURNING id) UPDATE orders SET note = (SELECT string_agg(n.id::text, ',') FROM n) WHERE id = 3
