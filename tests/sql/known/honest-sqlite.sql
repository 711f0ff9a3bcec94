--! literal
-- reads.sql:89 "AEG-D203" "the statement cannot be parsed"

SELECT id, count(*) OVER (ORDER BY status GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders

--! literal
-- reads.sql:168 "AEG-D205" "two independent readings of the statement differ: one of them cannot read it"

SELECT id FROM orders WHERE (customer_id, status) = (3, 'paid')

--! literal
-- reads.sql:170 "AEG-D205" "two independent readings of the statement differ: one of them cannot read it"

SELECT id FROM orders WHERE (customer_id, status) IN (SELECT customer_id, status FROM gold_orders)

--! literal
-- sqlite.sql:38 "AEG-D208" "a function is not on the allow-list: `json_set`"

SELECT json_set(payload, '$.seen', 1) FROM events LIMIT 2

--! literal
-- sqlite.sql:84 "AEG-D205" "two independent readings of the statement differ: one of them cannot read it"

EXPLAIN QUERY PLAN SELECT id FROM orders WHERE status = 'paid'

--! literal
-- sqlite.sql:92 "AEG-D203" "the statement cannot be parsed"

SELECT sum(amount_cents) OVER w FROM orders WINDOW w AS (ORDER BY id GROUPS 2 PRECEDING EXCLUDE CURRENT ROW)

--! literal
-- sqlite.sql:94 "AEG-D208" "a function is not on the allow-list: `zeroblob`"

SELECT substring(status, 2), char(65, 66), unicode('a'), zeroblob(2) FROM orders LIMIT 1

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
-- sqlite.sql:131 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

UPDATE orders SET status = 'paid' FROM events WHERE events.id = orders.id AND events.kind = 'payment'

--! literal
-- sqlite.sql:133 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

UPDATE orders SET amount_cents = n.total FROM (SELECT 3 AS id, 100 AS total) AS n WHERE orders.id = n.id

--! literal
-- sqlite.sql:137 "AEG-D208" "a function is not on the allow-list: `json_set`"

UPDATE events SET payload = json_set(payload, '$.seen', 1) WHERE id = 4

--! literal
-- writes.sql:63 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

DELETE FROM staging_customers WHERE id IN (SELECT id FROM customers)

--! literal
-- writes.sql:99 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

WITH late AS (SELECT id FROM orders WHERE status = 'open' AND created_at < '2026-02-01') UPDATE orders SET status = 'overdue' WHERE id IN (SELECT id FROM late)

--! literal
-- writes.sql:101 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

WITH old AS (SELECT id FROM events WHERE at < '2026-01-05') DELETE FROM events WHERE id IN (SELECT id FROM old)

