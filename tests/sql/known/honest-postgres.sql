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
-- postgres.sql:20 "AEG-D208" "a function is not on the allow-list: `current_date`"

SELECT current_date - 7, current_timestamp, now()

--! literal
-- postgres.sql:32 "AEG-D208" "a function is not on the allow-list: `stddev_pop`"

SELECT stddev(amount_cents), variance(amount_cents), stddev_pop(amount_cents) FROM orders

--! literal
-- postgres.sql:34 "AEG-D208" "a function is not on the allow-list: `corr`"

SELECT corr(id, amount_cents), regr_slope(amount_cents, id) FROM orders

--! literal
-- postgres.sql:48 "AEG-D207" "a column is not declared in the estate, or is ambiguous: `key`"

SELECT e.id, kv.key, kv.value FROM events e, jsonb_each_text(e.payload::jsonb) kv

--! literal
-- postgres.sql:58 "AEG-D208" "a function is not on the allow-list: `jsonb_pretty`"

SELECT jsonb_typeof(payload::jsonb), jsonb_pretty(payload::jsonb) FROM events LIMIT 1

--! literal
-- postgres.sql:60 "AEG-D208" "a function is not on the allow-list: `jsonb_object_keys`"

SELECT jsonb_object_keys(payload::jsonb) AS k, count(*) FROM events GROUP BY k

--! literal
-- postgres.sql:86 "AEG-D208" "a function is not on the allow-list: `grouping`"

SELECT customer_id, status, count(*), grouping(status) FROM orders GROUP BY GROUPING SETS ((customer_id), (status), ())

--! literal
-- postgres.sql:100 "AEG-D208" "a function is not on the allow-list: `reverse`"

SELECT position('door' IN note), strpos(note, 'door'), overlay(status placing 'x' from 1 for 1), reverse(status) FROM orders LIMIT 2

--! literal
-- postgres.sql:104 "AEG-D208" "a function is not on the allow-list: `octet_length`"

SELECT trim(both ' ' from note), btrim(note), char_length(note), octet_length(note) FROM orders LIMIT 2

--! literal
-- postgres.sql:112 "AEG-D208" "a function is not on the allow-list: `width_bucket`"

SELECT width_bucket(amount_cents, 0, 10000, 10) AS bucket, count(*) FROM orders GROUP BY bucket ORDER BY bucket

--! literal
-- postgres.sql:114 "AEG-D208" "a function is not on the allow-list: `div`"

SELECT trunc(amount_cents / 100.0), ceil(1.2), floor(1.8), mod(7, 3), power(2, 5), sqrt(16), ln(2), log(10), sign(-3), div(7, 2) FROM orders

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
-- postgres.sql:138 "AEG-D208" "a function is not on the allow-list: `cardinality`"

SELECT (ARRAY[1, 2, 3])[2], array[1, 2] || 3, cardinality(array[1, 2])

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
-- postgres.sql:164 "AEG-D208" "a function is not on the allow-list: `encode`"

SELECT md5(status), encode('abc'::bytea, 'hex') FROM orders LIMIT 1

--! literal
-- postgres.sql:180 fails south: invalid reference to FROM-clause entry for table "customers" | There is an entry for table "custo

SELECT public.customers.name FROM public.customers WHERE public.customers.id = 5

--! literal
-- postgres.sql:193 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

UPDATE orders SET status = 'paid' FROM events WHERE events.id = orders.id AND events.kind = 'payment'

--! literal
-- postgres.sql:195 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

UPDATE orders AS o SET amount_cents = n.total FROM (VALUES (3, 100), (4, 200)) AS n(id, total) WHERE o.id = n.id

--! literal
-- postgres.sql:199 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

DELETE FROM staging_customers USING customers WHERE staging_customers.id = customers.id

--! literal
-- postgres.sql:207 "AEG-D208" "a function is not on the allow-list: `jsonb_set`"

UPDATE events SET payload = jsonb_set(payload::jsonb, '{seen}', 'true')::text WHERE id = 4

--! literal
-- postgres.sql:215 "AEG-D208" "a function is not on the allow-list: `current_timestamp`"

INSERT INTO orders (id, customer_id, status, created_at) VALUES (961, 1, 'open', current_timestamp)

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
-- writes.sql:99 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

WITH late AS (SELECT id FROM orders WHERE status = 'open' AND created_at < '2026-02-01') UPDATE orders SET status = 'overdue' WHERE id IN (SELECT id FROM late)

--! literal
-- writes.sql:101 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

WITH old AS (SELECT id FROM events WHERE at < '2026-01-05') DELETE FROM events WHERE id IN (SELECT id FROM old)

