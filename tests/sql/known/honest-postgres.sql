--! literal
-- agent_postgres.sql:368 30 rows instead of 22: SELECT s.id, s.name, s.email FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[P

SELECT s.id, s.name, s.email
FROM staging_customers s
WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.email = s.email)
ORDER BY s.id

--! literal
-- fifth_postgres.sql:330 "AEG-D209" "the statement uses a construct that the screen cannot bind: a qualified relation"

-- let me see what tables there are
SELECT table_schema, table_name, table_type
FROM information_schema.tables
WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
ORDER BY 1, 2;

--! literal
-- fifth_postgres.sql:336 "AEG-D209" "the statement uses a construct that the screen cannot bind: a qualified relation"

SELECT column_name, data_type, is_nullable, ordinal_position
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = 'orders'
ORDER BY ordinal_position;

--! literal
-- fifth_postgres.sql:359 "AEG-D209" "the statement uses a construct that the screen cannot bind: a qualified relation"

SELECT c.relname, c.reltuples::bigint AS est_rows, pg_size_pretty(pg_total_relation_size(c.oid)) AS size
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r'
ORDER BY pg_total_relation_size(c.oid) DESC;

--! literal
-- fifth_postgres.sql:692 1 rows instead of 9: SELECT email FROM (SELECT id, CASE WHEN email IS NULL THEN NULL ELSE '[EMAIL:' || transla

SELECT email FROM staging_customers
INTERSECT
SELECT email FROM gold_customers;

--! literal
-- fifth_postgres.sql:717 27 rows instead of 20: -- the rows of the staging load that would be new people SELECT s.id, s.name, s.email, 

-- the rows of the staging load that would be new people
SELECT s.id, s.name, s.email, s.country
FROM staging_customers s
WHERE s.ssn NOT IN (SELECT c.ssn FROM customers c WHERE c.ssn IS NOT NULL)
ORDER BY s.id;

--! literal
-- masked.sql:55 65 rows instead of 57: SELECT email FROM (SELECT id, CASE WHEN email IS NULL THEN NULL ELSE '[EMAIL:' || trans

SELECT email FROM customers UNION SELECT email FROM staging_customers

--! literal
-- masked.sql:57 27 rows instead of 19: SELECT email FROM (SELECT id, CASE WHEN email IS NULL THEN NULL ELSE '[EMAIL:' || trans

SELECT email FROM staging_customers EXCEPT SELECT email FROM customers

--! literal
-- masked.sql:75 1 rows instead of 15: SELECT substr(name, 1, 1) AS initial, count(*) FROM (SELECT id, CASE WHEN name IS NULL T

SELECT substr(name, 1, 1) AS initial, count(*) FROM customers GROUP BY 1

--! literal
-- retail_postgres.sql:516 30 rows instead of 22: SELECT s.id, s.name, s.email FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[P

SELECT s.id, s.name, s.email
FROM staging_customers s
LEFT JOIN gold_customers g ON g.email = s.email
WHERE g.id IS NULL

--! literal
-- retail_postgres.sql:596 1 rows instead of 9: SELECT email FROM (SELECT id, CASE WHEN email IS NULL THEN NULL ELSE '[EMAIL:' || transla

SELECT email FROM staging_customers INTERSECT SELECT email FROM customers

--! literal
-- seventh_postgres.sql:313 0 rows instead of 6: SELECT phone FROM (SELECT id, CASE WHEN phone IS NULL THEN NULL ELSE '[PHONE:' || transla

SELECT phone FROM staging_customers WHERE phone IS NOT NULL INTERSECT SELECT phone FROM customers ORDER BY phone

--! literal
-- seventh_postgres.sql:323 2 rows instead of 38: SELECT split_part(email, '@', 2) AS domain, count(*) FROM (SELECT id, CASE WHEN email IS

SELECT split_part(email, '@', 2) AS domain, count(*) FROM customers GROUP BY 1 ORDER BY 2 DESC

--! literal
-- seventh_postgres.sql:359 0 rows instead of 7: select s.id, s.name as staged, c.name as live from (SELECT id, CASE WHEN name IS NULL THE

select s.id, s.name as staged, c.name as live from staging_customers s join customers c on c.ssn = s.ssn order by s.id

--! literal
-- seventh_postgres.sql:371 1 rows instead of 7: WITH contact AS (SELECT id, 'staging' AS src, name, phone FROM (SELECT id, CASE WHEN name

WITH contact AS (SELECT id, 'staging' AS src, name, phone FROM staging_customers UNION ALL SELECT id, 'gold', name, phone FROM gold_customers) SELECT name, phone, array_agg(DISTINCT src) AS srcs, count(*) FROM contact GROUP BY name, phone HAVING count(*) > 1 ORDER BY name

--! literal
-- seventh_postgres.sql:377 "AEG-D209" "the statement uses a construct that the screen cannot bind: a source of rows that is no relation, 

SELECT * FROM customers TABLESAMPLE BERNOULLI (60) REPEATABLE (7) ORDER BY id

--! literal
-- seventh_postgres.sql:379 4 rows instead of 10: SELECT id, name, phone FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSON_N

SELECT id, name, phone FROM staging_customers WHERE phone IS NULL OR phone = ANY (SELECT phone FROM gold_customers) ORDER BY name, id

--! literal
-- sixth_postgres.sql:487 "AEG-D202" "the statement holds a character outside of what is read alike everywhere: a comment is nested or n

/* agent: kpi /* nested comment */ still comment */ SELECT count(*) AS orders, sum(amount_cents) AS gross FROM orders WHERE created_at::date = '2025-02-14'

--! literal
-- sixth_postgres.sql:561 0 rows instead of 8: SELECT s.id, s.email, c.id AS customer_id FROM (SELECT id, CASE WHEN email IS NULL THEN N

SELECT s.id, s.email, c.id AS customer_id FROM staging_customers s JOIN customers c ON c.email = s.email ORDER BY s.id

--! literal
-- sixth_postgres.sql:563 30 rows instead of 22: SELECT s.id, s.email FROM (SELECT id, CASE WHEN email IS NULL THEN NULL ELSE '[EMAIL:' 

SELECT s.id, s.email FROM staging_customers s WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.email = s.email)

--! literal
-- sixth_postgres.sql:610 1 rows instead of 9: SELECT email FROM (SELECT id, CASE WHEN email IS NULL THEN NULL ELSE '[EMAIL:' || transla

SELECT email FROM customers INTERSECT SELECT email FROM staging_customers

--! literal
-- sixth_postgres.sql:612 65 rows instead of 57: SELECT email FROM (SELECT id, CASE WHEN email IS NULL THEN NULL ELSE '[EMAIL:' || trans

SELECT email FROM customers UNION SELECT email FROM staging_customers UNION SELECT email FROM gold_customers ORDER BY 1

--! literal
-- agent_postgres.sql:555 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

UPDATE orders SET note = regexp_replace(trim(note), '\s+', ' ', 'g') WHERE note ~ '\s{2,}' AND created_at >= '2024-01-01'

--! literal
-- retail_postgres.sql:677 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

UPDATE staging_customers SET country = upper(trim(country)) WHERE created_at >= '2024-10-01'::date AND country IS NOT NULL

--! literal
-- retail_postgres.sql:727 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

INSERT INTO orders AS t (id, customer_id, amount_cents, status, note, created_at)
SELECT id, customer_id, amount_cents, status, note, created_at
FROM gold_orders
WHERE created_at >= '2024-11-01'
ON CONFLICT (id) DO UPDATE
SET status = excluded.status, amount_cents = excluded.amount_cents
WHERE t.status IS DISTINCT FROM excluded.status

--! literal
-- seventh_postgres.sql:405 "AEG-D209" "the statement uses a construct that the screen cannot bind: a key that may become NULL"

INSERT INTO staging_customers (id, name, created_at, country) SELECT u.id, u.nm, '2025-04-01', u.cc FROM unnest(ARRAY[9401, 9402], ARRAY['Un A', 'Un B'], ARRAY['DE', 'AT']) AS u(id, nm, cc)

--! literal
-- seventh_postgres.sql:421 "AEG-D210" "a personal value would be copied to where it is not declared"

UPDATE staging_customers SET name = initcap(trim(name)) WHERE id IN (10, 11, 12)

--! literal
-- seventh_postgres.sql:427 "AEG-D210" "a personal value would be copied to where it is not declared"

UPDATE staging_customers SET phone = regexp_replace(phone, '[^0-9+]', '', 'g') WHERE id IN (15, 16, 18) RETURNING id, country

