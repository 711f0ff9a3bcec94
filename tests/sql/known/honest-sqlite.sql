--! literal
-- masked.sql:55 65 rows instead of 57: SELECT email FROM temp.aegis_masked_customers AS customers UNION SELECT email FROM temp

SELECT email FROM customers UNION SELECT email FROM staging_customers

--! literal
-- masked.sql:57 27 rows instead of 19: SELECT email FROM temp.aegis_masked_staging_customers AS staging_customers EXCEPT SELEC

SELECT email FROM staging_customers EXCEPT SELECT email FROM customers

--! literal
-- masked.sql:75 1 rows instead of 15: SELECT substr(name, 1, 1) AS initial, count(*) FROM temp.aegis_masked_customers AS custo

SELECT substr(name, 1, 1) AS initial, count(*) FROM customers GROUP BY 1

--! literal
-- reads.sql:89 "AEG-D203" "the statement cannot be parsed"

SELECT id, count(*) OVER (ORDER BY status GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders

--! literal
-- sqlite.sql:92 "AEG-D203" "the statement cannot be parsed"

SELECT sum(amount_cents) OVER w FROM orders WINDOW w AS (ORDER BY id GROUPS 2 PRECEDING EXCLUDE CURRENT ROW)

--! literal
-- sqlite.sql:98 "AEG-D203" "the statement cannot be parsed"

WITH t AS MATERIALIZED (SELECT id FROM orders) SELECT count(*) FROM t

--! literal
-- sqlite.sql:100 "AEG-D203" "the statement cannot be parsed"

WITH t AS NOT MATERIALIZED (SELECT id FROM orders) SELECT count(*) FROM t

--! literal
-- sqlite.sql:118 "AEG-D300" "a personal column cannot be masked inside the statement: `main.customers.name`"

SELECT main.customers.name FROM main.customers WHERE main.customers.id = 5

--! literal
-- writes.sql:63 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

DELETE FROM staging_customers WHERE id IN (SELECT id FROM customers)

--! literal
-- writes.sql:67 fails south: not authorized: a personal column of `customers` is read outside of its masked view: DELETE FROM 

DELETE FROM staging_customers WHERE EXISTS (SELECT 1 FROM customers c WHERE c.email = staging_customers.email)

--! literal
-- writes.sql:87 fails south: not authorized: a personal column of `staging_customers` is read outside of its masked view: INSE

INSERT INTO customers (id, name, email, phone, ssn, created_at, country) SELECT id, name, email, phone, ssn, created_at, country FROM staging_customers WHERE id = 103

--! literal
-- writes.sql:89 fails south: not authorized: a personal column of `staging_customers` is read outside of its masked view: INSE

INSERT INTO customers SELECT * FROM staging_customers WHERE id = 104

--! literal
-- writes.sql:91 fails south: not authorized: a personal column of `staging_customers` is read outside of its masked view: INSE

INSERT INTO customers (id, name, email, country) SELECT s.id, s.name, s.email, s.country FROM staging_customers s WHERE s.email IS NOT NULL AND s.id BETWEEN 101 AND 110 AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = s.id)

