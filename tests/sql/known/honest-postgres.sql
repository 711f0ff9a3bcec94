--! literal
-- masked.sql:24 1 rows instead of 40: SELECT DISTINCT name FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSON_NAM

SELECT DISTINCT name FROM customers

--! literal
-- masked.sql:30 756 rows instead of 2: SELECT s.id FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSON_NAME]' END 

SELECT s.id FROM staging_customers s JOIN staging_customers t ON t.email = s.email AND t.id <> s.id

--! literal
-- masked.sql:55 2 rows instead of 57: SELECT email FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSON_NAME]' END 

SELECT email FROM customers UNION SELECT email FROM staging_customers

--! literal
-- masked.sql:57 0 rows instead of 19: SELECT email FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSON_NAME]' END 

SELECT email FROM staging_customers EXCEPT SELECT email FROM customers

--! literal
-- masked.sql:75 1 rows instead of 15: SELECT substr(name, 1, 1) AS initial, count(*) FROM (SELECT id, CASE WHEN name IS NULL T

SELECT substr(name, 1, 1) AS initial, count(*) FROM customers GROUP BY 1

--! literal
-- masked.sql:81 595 rows instead of 0: SELECT c1.id, c2.id FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSON_NAM

SELECT c1.id, c2.id FROM customers c1 JOIN customers c2 ON c1.phone = c2.phone AND c1.id < c2.id

--! literal
-- masked.sql:96 37 rows instead of 19: SELECT id FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSON_NAME]' END AS

SELECT id FROM customers WHERE email IN (SELECT email FROM gold_customers)

--! literal
-- masked.sql:98 28 rows instead of 2: WITH dup AS (SELECT email FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSO

WITH dup AS (SELECT email FROM staging_customers WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1)
SELECT s.id, s.country FROM staging_customers s JOIN dup ON dup.email = s.email ORDER BY s.id

--! literal
-- postgres.sql:48 "AEG-D207" "a column is not declared in the estate, or is ambiguous: `key`"

SELECT e.id, kv.key, kv.value FROM events e, jsonb_each_text(e.payload::jsonb) kv

--! literal
-- postgres.sql:118 "AEG-D205" "two independent readings of the statement differ: one of them cannot read it"

SELECT id FROM orders LIMIT ALL OFFSET 3

--! literal
-- postgres.sql:124 "AEG-D207" "a column is not declared in the estate, or is ambiguous: `json`"

EXPLAIN (FORMAT JSON) SELECT id FROM orders

--! literal
-- postgres.sql:126 "AEG-D207" "a column is not declared in the estate, or is ambiguous: `off`"

EXPLAIN (COSTS OFF) SELECT status, count(*) FROM orders GROUP BY status

--! literal
-- postgres.sql:128 "AEG-D203" "the statement cannot be parsed"

SELECT id FROM orders WHERE amount_cents BETWEEN SYMMETRIC 5000 AND 1000

--! literal
-- postgres.sql:142 "AEG-D209" "the statement uses a construct that the screen cannot bind: a source of rows that is no relation, 

SELECT u.x, u.n FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u(x, n)

--! literal
-- postgres.sql:152 "AEG-D203" "the statement cannot be parsed"

SELECT id, count(*) OVER w FROM orders WINDOW w AS (ORDER BY status GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES)

--! literal
-- postgres.sql:162 "AEG-D209" "the statement uses a construct that the screen cannot bind: a source of rows that is no relation, 

SELECT count(*) FROM orders TABLESAMPLE SYSTEM (100)

--! literal
-- postgres.sql:180 fails south: invalid reference to FROM-clause entry for table "customers" | There is an entry for table "custo

SELECT public.customers.name FROM public.customers WHERE public.customers.id = 5

--! literal
-- postgres.sql:199 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

DELETE FROM staging_customers USING customers WHERE staging_customers.id = customers.id

--! literal
-- reads.sql:89 "AEG-D203" "the statement cannot be parsed"

SELECT id, count(*) OVER (ORDER BY status GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders

--! literal
-- reads.sql:133 "AEG-D207" "a column is not declared in the estate, or is ambiguous: `column1`"

SELECT v.column1 FROM (VALUES (1), (2)) AS v

--! literal
-- writes.sql:63 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

DELETE FROM staging_customers WHERE id IN (SELECT id FROM customers)

--! literal
-- writes.sql:93 "AEG-D212" "a constant would become a personal value where the policy does not permit it: `staging_customers` 

INSERT INTO staging_customers (id, name, email, created_at, country) VALUES (950, 'Nora Neu', 'nora.neu@example.org', '2026-05-02', 'DE')

