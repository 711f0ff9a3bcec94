-- An eighth hand's attacks: each with the assumption that it attacks.

--! dialect: both
--! tool: execute
--! technique: 72
--! must: deny

-- a key that is selected is not the key that is written

INSERT INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers WHERE true GROUP BY 2, 3 ON CONFLICT (id) DO NOTHING

-- a key that is selected is the same in all rows

WITH x AS (SELECT c.email, c.country, o.id FROM customers c, orders o WHERE o.id = 3) INSERT INTO staging_customers (id, email, country) SELECT id, email, country FROM x WHERE true GROUP BY 2, 3, 1 ON CONFLICT (id) DO NOTHING

-- a key that is selected, upsert keeps the last

INSERT INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers WHERE true GROUP BY 2, 3 ON CONFLICT (id) DO UPDATE SET country = excluded.country

-- of a phone

INSERT INTO staging_customers (id, phone, country) SELECT 9001, phone, id FROM gold_customers WHERE true GROUP BY 2, 3 ON CONFLICT (id) DO NOTHING

-- of an ssn, with DISTINCT

INSERT INTO staging_customers (ssn, id, country) SELECT DISTINCT ssn, 9001, id FROM customers WHERE true ON CONFLICT (id) DO NOTHING

-- of two customers only

INSERT INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers WHERE id IN (2, 3) GROUP BY 2, 3 ON CONFLICT (id) DO NOTHING

-- a group in a write, into customers

INSERT INTO customers (id, email, country) SELECT 901, email, id FROM customers WHERE true GROUP BY 2, 3 ON CONFLICT (id) DO NOTHING

-- id as the source of orders' key through a join

WITH x AS (SELECT c.email, c.country, o.id FROM customers c, orders o WHERE o.id = 3) INSERT INTO staging_customers (id, email, country) SELECT id + 9000, email, country FROM x WHERE true GROUP BY 1, 2, 3 ON CONFLICT (id) DO NOTHING

-- windows by whole values, whose order a sum shows

UPDATE staging_customers SET country = (SELECT sum(v * r) FROM (SELECT CASE id WHEN 2 THEN 1e308 WHEN 3 THEN -1e308 WHEN 4 THEN 1e308 ELSE 0 END AS v, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (2, 3, 4)) z) WHERE id = 101

-- count of what is equal, for control

UPDATE staging_customers SET country = (SELECT count(DISTINCT email) FROM customers WHERE customers.email > 'm') WHERE id = 101

-- a union by names that lie

WITH x AS (SELECT country FROM customers WHERE id = 2 UNION ALL SELECT email FROM customers WHERE id = 2) UPDATE staging_customers SET country = (SELECT max(country) FROM x) WHERE id = 101

-- a union by names that lie, of the target

UPDATE customers SET country = 'DE' WHERE id = 2 AND 'm' < (SELECT max(country) FROM (SELECT customers.country UNION ALL SELECT customers.email) z)

-- USING of the target's value

UPDATE staging_customers SET country = 'x' WHERE id = 105 AND EXISTS (SELECT 1 FROM (SELECT staging_customers.email) z JOIN (SELECT 'm' AS email) w USING (email))

-- a value held against a part that was planted

UPDATE staging_customers SET country = 'x' WHERE id = 105 AND staging_customers.email BETWEEN (SELECT s.email FROM staging_customers s WHERE s.id = 106) AND (SELECT s.email FROM staging_customers s WHERE s.id = 107)

-- a value between values of its class

UPDATE staging_customers SET country = 'x' WHERE id = 105 AND nullif(email, 'm') IS NULL

-- greatest of two

UPDATE customers SET email = (SELECT c.email FROM customers c WHERE c.id = 3 AND c.email = max(c.email)) WHERE id = 2

-- a tuple of the target's values

UPDATE customers SET country = 'DE' WHERE id = 2 AND (email, 1) > ('m', 0)

-- a form that is a letter by COLLATE

UPDATE customers SET country = 'DE' WHERE id = 2 AND email LIKE '%@%' ESCAPE '@'

-- IN a list of parts

UPDATE customers SET country = 'DE' WHERE id = 2 AND email IN ('m', substr(email, 1, 3))

-- NOT IN with the target's own part

--! dialect: sqlite
--! tool: execute
--! technique: 72
--! must: deny

-- last_insert_rowid tells who came before

INSERT INTO staging_customers (id, email, country) SELECT id, email, last_insert_rowid() FROM customers GROUP BY 2, 1

-- last_insert_rowid, DISTINCT

INSERT INTO staging_customers (email, id, country) SELECT DISTINCT email, id, last_insert_rowid() FROM customers

-- last_insert_rowid of two

INSERT INTO staging_customers (id, email, country) SELECT id, email, last_insert_rowid() FROM customers WHERE id IN (2, 3) GROUP BY 2, 1

-- last_insert_rowid in a CASE

INSERT INTO staging_customers (id, phone, country) SELECT id, phone, 'after ' || last_insert_rowid() FROM gold_customers GROUP BY 2, 1

-- OR IGNORE keeps the first of the groups

INSERT OR IGNORE INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers GROUP BY 2, 3

-- OR REPLACE keeps the last of the groups

INSERT OR REPLACE INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers WHERE id IN (2, 3) GROUP BY 2, 3

-- REPLACE keeps the last of the groups

REPLACE INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers WHERE id BETWEEN 2 AND 9 GROUP BY 2, 3

-- a bare column beside a count is that of the first row

UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, count(*) AS n FROM (SELECT id FROM customers GROUP BY email) y) z) WHERE id = 101

-- of two customers

UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, count(*) AS n FROM (SELECT id FROM customers WHERE id IN (2, 3) GROUP BY email) y) z) WHERE id = 101

-- a bare column, DELETE

DELETE FROM staging_customers WHERE id = (SELECT max(k) FROM (SELECT id AS k, count(*) AS n FROM (SELECT id FROM staging_customers GROUP BY email) y) z)

-- a bare column beside a maximum that all rows share

UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, max(1) AS n FROM (SELECT id FROM customers GROUP BY email) y) z) WHERE id = 101

-- a bare column over a window's rows

UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, max(r) AS n FROM (SELECT id, count(*) OVER (PARTITION BY ssn) AS r FROM customers WHERE ssn IS NOT NULL) y) z) WHERE id = 101

-- an overflow tells the order of groups

UPDATE staging_customers SET country = (SELECT sum(v) FROM (SELECT max(CASE id WHEN 2 THEN 9223372036854775807 WHEN 3 THEN 1 ELSE -1 END) AS v FROM customers WHERE id IN (2, 3, 4) GROUP BY email) z) WHERE id = 101

-- a sum of floats tells the order of groups

UPDATE staging_customers SET country = (SELECT sum(v) FROM (SELECT max(CASE id WHEN 2 THEN 1e308 WHEN 3 THEN 1e308 ELSE -1e308 END) AS v FROM customers WHERE id IN (2, 3, 4) GROUP BY email) z) WHERE id = 101

-- an average of floats

UPDATE staging_customers SET country = (SELECT avg(v) FROM (SELECT max(CASE id WHEN 2 THEN 1e308 WHEN 3 THEN 1e308 ELSE -1e308 END) AS v FROM customers WHERE id IN (2, 3, 4) GROUP BY phone) z) WHERE id = 101

-- a bare column in EXISTS

UPDATE staging_customers SET country = 'x' WHERE id = 101 AND EXISTS (SELECT 1 FROM (SELECT id AS k, count(*) AS n FROM (SELECT id FROM customers GROUP BY email) y) z WHERE z.k < 20)

-- a bare column by a name

WITH y AS (SELECT id FROM customers WHERE email IS NOT NULL GROUP BY email), z AS (SELECT id AS k, count(*) AS n FROM y) UPDATE staging_customers SET country = (SELECT max(k) FROM z) WHERE id = 101

-- a bare column of a group over sorted rows

UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, country AS c, count(*) AS n FROM (SELECT id, country FROM customers WHERE email IS NOT NULL GROUP BY email) y GROUP BY c) z) WHERE id = 101

-- total_changes while rows are written

-- changes while rows are written

-- a union that sorts

UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, count(*) AS n FROM (SELECT id FROM customers UNION SELECT id FROM customers GROUP BY email) y) z) WHERE id = 101

-- a count over rows in order of a window, by country

UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, count(*) AS n FROM (SELECT id, row_number() OVER (PARTITION BY email) AS r FROM customers WHERE email IS NOT NULL) y WHERE r = 1) z) WHERE id = 101

--! dialect: postgres
--! tool: execute
--! technique: 72
--! must: deny

-- a sum of floats tells the order of groups

UPDATE staging_customers SET country = (SELECT sum(v) FROM (SELECT max(CASE id WHEN 2 THEN 1e16::float8 WHEN 3 THEN -1e16::float8 ELSE 1::float8 END) AS v FROM customers WHERE id IN (2, 3, 4) GROUP BY email) z) WHERE id = 101

-- sorted groups

UPDATE staging_customers SET country = (SELECT sum(v) FROM (SELECT max(CASE id WHEN 2 THEN 1e16::float8 WHEN 3 THEN -1e16::float8 ELSE 1::float8 END) AS v, count(DISTINCT id) AS n FROM customers WHERE id IN (2, 3, 4) GROUP BY email) z WHERE n > 0) WHERE id = 101

-- a sum of floats over a window's rows

UPDATE staging_customers SET country = (SELECT sum(v * r) FROM (SELECT CASE id WHEN 2 THEN 1e16::float8 WHEN 3 THEN -1e16::float8 ELSE 1::float8 END AS v, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (2, 3, 4)) z) WHERE id = 101

-- an average of floats over a window's rows

UPDATE staging_customers SET country = (SELECT avg(v * r) FROM (SELECT CASE id WHEN 2 THEN 1e16::float8 WHEN 3 THEN -1e16::float8 ELSE 1::float8 END AS v, count(*) OVER (PARTITION BY ssn) AS r FROM customers WHERE id IN (2, 3, 4)) z) WHERE id = 101

-- the same of a relation without personal columns

UPDATE orders SET amount_cents = (SELECT sum(v * r) FROM (SELECT CASE id WHEN 2 THEN 1e16::float8 WHEN 3 THEN -1e16::float8 ELSE 1::float8 END AS v, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (2, 3, 4)) z) WHERE id = 3

-- money overflows in some order

UPDATE orders SET note = (SELECT sum(v * r) FROM (SELECT CASE id WHEN 2 THEN 92233720368547758.07::numeric::money WHEN 3 THEN 1::money ELSE (-1)::money END AS v, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (2, 3, 4)) z)::text WHERE id = 3

-- DISTINCT ON, whose order a sum shows

UPDATE staging_customers SET country = (SELECT sum(v) FROM (SELECT DISTINCT ON (email) CASE id WHEN 2 THEN 1e16::float8 WHEN 3 THEN -1e16::float8 ELSE 1::float8 END AS v FROM customers WHERE id IN (2, 3, 4)) z) WHERE id = 101

-- clock_timestamp tells who came before

WITH x AS MATERIALIZED (SELECT id, email, country FROM customers) INSERT INTO staging_customers (id, email, country, created_at) SELECT id, email, count(DISTINCT country)::text, clock_timestamp() FROM x GROUP BY 2, 1

-- the order of rows in the heap

WITH x AS MATERIALIZED (SELECT id, email, country FROM customers) INSERT INTO staging_customers (id, email, country) SELECT id, email, count(DISTINCT country)::text FROM x GROUP BY 2, 1

-- a key that is selected, sorted

INSERT INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers WHERE true GROUP BY 2, 3 HAVING count(DISTINCT country) > 0 ON CONFLICT (id) DO NOTHING

-- a key of a name, sorted

WITH x AS MATERIALIZED (SELECT id, email, country FROM customers) INSERT INTO staging_customers (id, email, country) SELECT 9001, email, id FROM x GROUP BY 2, 3 HAVING count(DISTINCT country) > 0 ON CONFLICT (id) DO NOTHING

-- two keys in one insert raise an error that names none

WITH x AS MATERIALIZED (SELECT id, email, country FROM customers) INSERT INTO staging_customers (id, email, country) SELECT 9001, email, id FROM x GROUP BY 2, 3 ON CONFLICT (id) DO UPDATE SET country = excluded.country

-- a field of the changed row

UPDATE customers SET country = 'DE' WHERE id = 2 AND (SELECT (customers).email) > 'm'

-- a row as JSON

UPDATE customers SET country = 'DE' WHERE id = 2 AND to_jsonb(customers)::text LIKE '%k%'

-- a row through a WITH

UPDATE customers SET country = 'DE' WHERE id = 2 AND EXISTS (WITH w AS (SELECT customers AS r) SELECT 1 FROM w WHERE r::text > '(m')

-- a column in functional notation

UPDATE customers SET country = (customers.to_jsonb) ->> 'email' WHERE id = 2

-- NATURAL of a value list

UPDATE staging_customers SET country = 'x' WHERE id = 105 AND EXISTS (SELECT 1 FROM (SELECT staging_customers.email) z NATURAL JOIN (VALUES ('m')) w(email))

-- a form of a letter in another collation

UPDATE customers SET country = 'DE' WHERE id = 2 AND email ILIKE '%.%x%'

-- SIMILAR TO of signs

UPDATE customers SET country = 'DE' WHERE id = 2 AND email SIMILAR TO '%'

-- SET of a ROW

UPDATE staging_customers SET (email, country) = ROW(customers.email, customers.email) FROM customers WHERE customers.id = 2 AND staging_customers.id = 101

-- json_to_recordset names

UPDATE staging_customers SET country = x.country FROM customers c, json_to_record(json_build_object('country', c.email)) AS x(country text) WHERE c.id = 2 AND staging_customers.id = 101

-- an error over a value in a HAVING

UPDATE staging_customers SET country = (SELECT count(*) FROM customers HAVING 1 / (CASE WHEN max(customers.email) > 'm' THEN 1 ELSE 0 END) = 1) WHERE id = 101

-- a plan that is bare over a name

EXPLAIN (COSTS OFF) UPDATE customers SET country = 'x' WHERE name > 'M'

-- ROLLUP by place

INSERT INTO staging_customers (id, email, country) SELECT id, email, grouping(email)::text FROM customers GROUP BY ROLLUP (1, 2)
-- An eighth hand's attacks: each with the assumption that it attacks.

--! dialect: both
--! tool: execute
--! technique: 72
--! must: deny

-- the first of the groups, of values that are there

INSERT INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers WHERE email IS NOT NULL GROUP BY 2, 3 ON CONFLICT (id) DO NOTHING

-- the first of the groups by the value alone

INSERT INTO staging_customers (id, ssn, country) SELECT 9001, ssn, min(id) FROM customers WHERE ssn IS NOT NULL GROUP BY 2 ON CONFLICT (id) DO NOTHING

-- a name of a WITH with one key

WITH x AS (SELECT c.email, c.country, o.id FROM customers c, orders o WHERE o.id = 3 AND c.email IS NOT NULL) INSERT INTO staging_customers (id, email, country) SELECT id, email, country FROM x WHERE true GROUP BY 2, 3, 1 ON CONFLICT (id) DO NOTHING

-- the first of few planted beside one that is real

INSERT INTO staging_customers (id, email, country) SELECT 9001, email, id FROM staging_customers WHERE id BETWEEN 105 AND 119 AND email IS NOT NULL GROUP BY 2, 3 ON CONFLICT (id) DO NOTHING

-- a window whose rows are kept in order and summed

UPDATE staging_customers SET country = (SELECT sum(v * r) FROM (SELECT CASE id WHEN 20 THEN 1e308 WHEN 31 THEN -1e308 WHEN 17 THEN 1e308 ELSE 0 END AS v, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (20, 31, 17)) z) WHERE id = 101

-- a nested aggregate over the order of groups

DELETE FROM staging_customers WHERE id IN (SELECT 100 + coalesce(avg(v), 1) FROM (SELECT max(CASE id WHEN 2 THEN 1e308 WHEN 3 THEN 1e308 ELSE -1e308 END) AS v FROM customers WHERE id IN (2, 3, 4) GROUP BY email) z)

-- by lower

UPDATE staging_customers SET country = (SELECT sum(v * r) FROM (SELECT CASE id WHEN 2 THEN 1e308 WHEN 3 THEN -1e308 WHEN 4 THEN 1e308 ELSE 0 END AS v, count(*) OVER (PARTITION BY lower(name)) AS r FROM customers WHERE id IN (2, 3, 4)) z) WHERE id = 101

-- an order of gold

UPDATE customers SET country = (SELECT sum(v * r) FROM (SELECT CASE id WHEN 2 THEN 1e308 WHEN 3 THEN -1e308 WHEN 4 THEN 1e308 ELSE 0 END AS v, count(*) OVER (PARTITION BY phone) AS r FROM gold_customers WHERE id IN (2, 3, 4)) z) WHERE id = 2

--! dialect: sqlite
--! tool: execute
--! technique: 72
--! must: deny

-- last_insert_rowid by the value alone

INSERT INTO staging_customers (id, email, country) SELECT id, email, last_insert_rowid() FROM customers WHERE email IS NOT NULL GROUP BY 2

-- last_insert_rowid, materialized

WITH x AS MATERIALIZED (SELECT id, phone FROM customers WHERE phone IS NOT NULL) INSERT INTO staging_customers (id, phone, country) SELECT id, phone, last_insert_rowid() FROM x GROUP BY 2, 1

-- OR IGNORE

INSERT OR IGNORE INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers WHERE email IS NOT NULL GROUP BY 2

-- OR REPLACE

INSERT OR REPLACE INTO staging_customers (id, email, country) SELECT 9001, email, id FROM customers WHERE id BETWEEN 2 AND 9 GROUP BY 2

-- a bare column beside a count

UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, count(*) AS n FROM (SELECT id FROM customers WHERE email IS NOT NULL GROUP BY email) y) z) WHERE id = 101

-- a bare column beside a maximum of all

UPDATE staging_customers SET country = (SELECT max(k) FROM (SELECT id AS k, max(1) AS n FROM (SELECT id FROM customers WHERE email IS NOT NULL GROUP BY email) y) z) WHERE id = 101

-- a bare column, DELETE of the least

DELETE FROM staging_customers WHERE id = (SELECT max(k) FROM (SELECT id AS k, count(*) AS n FROM (SELECT id FROM staging_customers WHERE email IS NOT NULL GROUP BY email) y) z)

-- two errors, whichever comes first

-- an error that an inner limit of rows hides

UPDATE staging_customers SET country = (SELECT sum(CASE id WHEN 2 THEN 9223372036854775807 WHEN 3 THEN 9223372036854775807 ELSE -9223372036854775807 END) FROM (SELECT id FROM customers WHERE id IN (2, 3, 4) GROUP BY email) z) WHERE id = 101

-- bare column in a HAVING

UPDATE staging_customers SET country = 'x' WHERE id = 101 AND EXISTS (SELECT 1 FROM (SELECT id AS k, count(*) AS n FROM (SELECT id FROM customers WHERE email IS NOT NULL GROUP BY email) y) z WHERE z.k BETWEEN 15 AND 25)

--! dialect: postgres
--! tool: execute
--! technique: 72
--! must: deny

-- clock_timestamp, sorted by a window of nothing

WITH x AS MATERIALIZED (SELECT id, phone, country FROM customers WHERE phone IS NOT NULL) INSERT INTO staging_customers (id, phone, created_at) SELECT id, phone, clock_timestamp() FROM x GROUP BY 2, 1 HAVING count(DISTINCT country) > 0

-- timeofday

WITH x AS MATERIALIZED (SELECT id, phone, country FROM customers WHERE phone IS NOT NULL) INSERT INTO staging_customers (id, phone, country) SELECT id, phone, timeofday() FROM x GROUP BY 2, 1 HAVING count(DISTINCT country) > 0

-- two errors, whichever comes first

UPDATE orders SET amount_cents = (SELECT count(CASE id WHEN 2 THEN 1 / (r - 1) WHEN 3 THEN ('x' || r)::int END) FROM (SELECT id, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (2, 3)) z) WHERE id = 3

-- two errors, of others

UPDATE orders SET amount_cents = (SELECT count(CASE id WHEN 20 THEN 1 / (r - 1) WHEN 17 THEN ('x' || r)::int END) FROM (SELECT id, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (20, 17)) z) WHERE id = 3

-- two errors over sorted groups

UPDATE orders SET amount_cents = (SELECT count(CASE k WHEN 2 THEN 1 / (n - 1) WHEN 3 THEN ('x' || n)::int END) FROM (SELECT max(id) AS k, count(DISTINCT id) AS n FROM customers WHERE id IN (2, 3) GROUP BY email) z) WHERE id = 3

-- two errors in an insert by key

WITH x AS MATERIALIZED (SELECT id, email FROM customers WHERE id IN (2, 3)) INSERT INTO staging_customers (id, email, country) SELECT id, email, CASE id WHEN 2 THEN 1 / (count(DISTINCT id) - 1) WHEN 3 THEN ('x' || id)::int END FROM x GROUP BY 2, 1

-- DELETE by a sum of floats

DELETE FROM orders WHERE id = (SELECT 3 + sum(v * r)::int FROM (SELECT CASE id WHEN 2 THEN 1e16::float8 WHEN 3 THEN -1e16::float8 ELSE 1::float8 END AS v, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (2, 3, 4)) z)

-- variance by another name

UPDATE orders SET amount_cents = (SELECT sum(v * r) FROM (SELECT CASE id WHEN 2 THEN 1e16::float8 WHEN 3 THEN -1e16::float8 ELSE 1::float8 END AS v, dense_rank() OVER (PARTITION BY ssn ORDER BY country) AS r FROM customers WHERE id IN (2, 3, 4)) z) WHERE id = 3
-- An eighth hand's attacks: each with the assumption that it attacks.

--! dialect: postgres
--! tool: execute
--! technique: 72
--! must: deny

-- two errors, whichever comes first: 2 3

UPDATE orders SET amount_cents = (SELECT count(CASE id WHEN 2 THEN 1 / (r - 1) WHEN 3 THEN ('x' || r)::int END) FROM (SELECT id, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (2, 3)) z) WHERE id = 3

-- two errors, whichever comes first: 4 5

UPDATE orders SET amount_cents = (SELECT count(CASE id WHEN 4 THEN 1 / (r - 1) WHEN 5 THEN ('x' || r)::int END) FROM (SELECT id, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (4, 5)) z) WHERE id = 3

-- two errors, whichever comes first: 6 8

UPDATE orders SET amount_cents = (SELECT count(CASE id WHEN 6 THEN 1 / (r - 1) WHEN 8 THEN ('x' || r)::int END) FROM (SELECT id, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (6, 8)) z) WHERE id = 3

-- two errors, whichever comes first: 12 13

UPDATE orders SET amount_cents = (SELECT count(CASE id WHEN 12 THEN 1 / (r - 1) WHEN 13 THEN ('x' || r)::int END) FROM (SELECT id, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (12, 13)) z) WHERE id = 3

-- two errors, whichever comes first: 20 17

UPDATE orders SET amount_cents = (SELECT count(CASE id WHEN 20 THEN 1 / (r - 1) WHEN 17 THEN ('x' || r)::int END) FROM (SELECT id, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (20, 17)) z) WHERE id = 3

-- two errors, whichever comes first: 9 14

UPDATE orders SET amount_cents = (SELECT count(CASE id WHEN 9 THEN 1 / (r - 1) WHEN 14 THEN ('x' || r)::int END) FROM (SELECT id, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (9, 14)) z) WHERE id = 3

-- the same, explained, for the screen's verdict

EXPLAIN (COSTS OFF) UPDATE orders SET amount_cents = (SELECT count(CASE id WHEN 2 THEN 1 / (r - 1) WHEN 3 THEN ('x' || r)::int END) FROM (SELECT id, count(*) OVER (PARTITION BY email) AS r FROM customers WHERE id IN (2, 3)) z) WHERE id = 3

-- two errors over sorted groups

UPDATE orders SET amount_cents = (SELECT count(CASE k WHEN 4 THEN 1 / (n - 1) WHEN 5 THEN ('x' || n)::int END) FROM (SELECT max(id) AS k, count(DISTINCT id) AS n FROM customers WHERE id IN (4, 5) GROUP BY email) z) WHERE id = 3

-- two errors over sorted groups

UPDATE orders SET amount_cents = (SELECT count(CASE k WHEN 6 THEN 1 / (n - 1) WHEN 8 THEN ('x' || n)::int END) FROM (SELECT max(id) AS k, count(DISTINCT id) AS n FROM customers WHERE id IN (6, 8) GROUP BY email) z) WHERE id = 3

-- two errors over sorted groups

UPDATE orders SET amount_cents = (SELECT count(CASE k WHEN 12 THEN 1 / (n - 1) WHEN 13 THEN ('x' || n)::int END) FROM (SELECT max(id) AS k, count(DISTINCT id) AS n FROM customers WHERE id IN (12, 13) GROUP BY email) z) WHERE id = 3

-- two errors over sorted groups

UPDATE orders SET amount_cents = (SELECT count(CASE k WHEN 20 THEN 1 / (n - 1) WHEN 17 THEN ('x' || n)::int END) FROM (SELECT max(id) AS k, count(DISTINCT id) AS n FROM customers WHERE id IN (20, 17) GROUP BY email) z) WHERE id = 3

-- keys of a name in one insert: whose key is there already

WITH x AS MATERIALIZED (SELECT id, email FROM customers WHERE id IN (4, 5)) INSERT INTO staging_customers (id, email, country) SELECT id, email, CASE id WHEN 4 THEN 1 / (count(DISTINCT id) - 1) WHEN 5 THEN ('x' || id)::int END FROM x GROUP BY 2, 1

-- keys of a name in one insert: whose key is there already

WITH x AS MATERIALIZED (SELECT id, email FROM customers WHERE id IN (6, 8)) INSERT INTO staging_customers (id, email, country) SELECT id, email, CASE id WHEN 6 THEN 1 / (count(DISTINCT id) - 1) WHEN 8 THEN ('x' || id)::int END FROM x GROUP BY 2, 1

-- keys of a name in one insert: whose key is there already

WITH x AS MATERIALIZED (SELECT id, email FROM customers WHERE id IN (12, 13)) INSERT INTO staging_customers (id, email, country) SELECT id, email, CASE id WHEN 12 THEN 1 / (count(DISTINCT id) - 1) WHEN 13 THEN ('x' || id)::int END FROM x GROUP BY 2, 1

-- keys of a name in one insert: whose key is there already

WITH x AS MATERIALIZED (SELECT id, email FROM customers WHERE id IN (20, 17)) INSERT INTO staging_customers (id, email, country) SELECT id, email, CASE id WHEN 20 THEN 1 / (count(DISTINCT id) - 1) WHEN 17 THEN ('x' || id)::int END FROM x GROUP BY 2, 1
