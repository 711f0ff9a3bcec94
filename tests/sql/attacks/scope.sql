--! tool: execute
--! must: deny

--! technique: 58 constants

DELETE FROM orders WHERE 1 = 1

DELETE FROM orders WHERE true

UPDATE orders SET status = 'x' WHERE 'a' = 'a'

DELETE FROM orders WHERE NOT false

UPDATE orders SET status = 'x' WHERE 1 < 2 AND 3 > 2

DELETE FROM events WHERE NULL IS NULL

DELETE FROM orders

UPDATE orders SET status = 'x'

DELETE FROM staging_customers WHERE 5 BETWEEN 1 AND 10

DELETE FROM orders WHERE 1 IN (1, 2)

--! dialect: sqlite

DELETE FROM orders WHERE 1

UPDATE orders SET status = 'x' WHERE '1'

DELETE FROM orders WHERE x'31'

DELETE FROM orders WHERE 0x1

--! dialect: postgres

DELETE FROM orders WHERE 't'

DELETE FROM orders WHERE bool 'on'

UPDATE orders SET status = 'x' WHERE 'yes'::boolean

--! technique: 59 a row is itself
--! dialect: both

DELETE FROM orders WHERE id = id

DELETE FROM orders WHERE orders.id = orders.id

UPDATE orders SET status = 'x' WHERE id IS NOT DISTINCT FROM id

DELETE FROM orders WHERE (id, status) = (id, status)

DELETE FROM orders AS o WHERE o.id = id

DELETE FROM orders WHERE id + 0 = id

DELETE FROM orders WHERE id <= id

DELETE FROM orders WHERE coalesce(note, 'x') = coalesce(note, 'x')

--! dialect: sqlite

DELETE FROM orders WHERE id IS id

DELETE FROM orders WHERE id == id

--! technique: 60 keys are never NULL
--! dialect: both

DELETE FROM orders WHERE id IS NOT NULL

UPDATE orders SET status = 'x' WHERE NOT id IS NULL

DELETE FROM orders WHERE NOT (id IS NULL)

DELETE FROM orders WHERE status IS NOT NULL OR status IS NULL

--! dialect: sqlite

DELETE FROM orders WHERE rowid IS NOT NULL

DELETE FROM orders WHERE rowid > 0

DELETE FROM orders WHERE _rowid_ = _rowid_

DELETE FROM orders WHERE oid >= 1

DELETE FROM orders WHERE id NOTNULL

DELETE FROM orders WHERE id NOT NULL

--! dialect: postgres

DELETE FROM orders WHERE ctid IS NOT NULL

DELETE FROM orders WHERE tableoid = 'orders'::regclass

DELETE FROM orders WHERE xmin IS NOT NULL

DELETE FROM orders WHERE id NOTNULL

--! technique: 61 OR
--! dialect: both

DELETE FROM orders WHERE id = 1 OR true

DELETE FROM orders WHERE id = 1 OR 1 = 1

UPDATE orders SET status = 'x' WHERE id = 1 OR id <> 1

DELETE FROM orders WHERE status = 'paid' OR NOT status = 'paid'

DELETE FROM orders WHERE id < 5 OR id >= 5

DELETE FROM orders WHERE id > 3 OR id < 4

DELETE FROM orders WHERE status IN ('paid') OR status NOT IN ('paid')

DELETE FROM orders WHERE id = 1 OR (id <> 1 AND 1 = 1)

DELETE FROM orders WHERE NOT (id = 1 AND id = 2)

DELETE FROM orders WHERE NOT (id = 1 AND false)

--! technique: 62 EXISTS

DELETE FROM orders WHERE EXISTS (SELECT 1)

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM events)

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM events WHERE id = 1)

UPDATE orders SET status = 'x' WHERE (SELECT 1) = 1

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o WHERE o.id = orders.id)

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM events WHERE id = -1)

DELETE FROM orders WHERE (SELECT count(*) FROM events) > 0

--! technique: 63 whole relation

DELETE FROM orders WHERE id IN (SELECT id FROM orders)

DELETE FROM orders WHERE id NOT IN (SELECT -id FROM orders)

DELETE FROM orders WHERE status IN (SELECT status FROM orders)

DELETE FROM orders WHERE id IN (SELECT id FROM orders UNION SELECT 0)

DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE 1 = 1)

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN orders p ON o.id = p.id)

DELETE FROM orders WHERE id IN (SELECT id FROM orders LIMIT 100000)

DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE id IN (SELECT id FROM orders))

DELETE FROM orders WHERE id = (SELECT o.id FROM orders o WHERE o.id = orders.id)

DELETE FROM orders WHERE id IN (SELECT id FROM orders GROUP BY id)

DELETE FROM orders WHERE id IN (SELECT max(id) FROM orders GROUP BY id)

WITH every_id AS (SELECT id FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM every_id)

--! dialect: postgres

DELETE FROM orders WHERE id = ANY (ARRAY(SELECT id FROM orders))

DELETE FROM orders WHERE id = ANY (SELECT id FROM orders)

DELETE FROM orders o USING orders p WHERE o.id = p.id

DELETE FROM orders WHERE id IN (SELECT id FROM orders FETCH FIRST 1000 ROWS ONLY)

--! dialect: sqlite

DELETE FROM orders WHERE id IN orders

DELETE FROM orders WHERE (id, status) IN (SELECT id, status FROM orders)

--! technique: 64 patterns that match all
--! dialect: both

DELETE FROM orders WHERE status LIKE '%'

UPDATE orders SET status = 'x' WHERE status LIKE '%%'

DELETE FROM orders WHERE status NOT LIKE 'no such status'

DELETE FROM orders WHERE status LIKE status

DELETE FROM orders WHERE status LIKE '_%'

DELETE FROM orders WHERE status || '' LIKE '%'

--! dialect: sqlite

DELETE FROM orders WHERE status GLOB '*'

DELETE FROM orders WHERE status NOT GLOB 'zzz*'

DELETE FROM orders WHERE id LIKE '%'

--! dialect: postgres

DELETE FROM orders WHERE status ~ '.*'

DELETE FROM orders WHERE status ~ ''

DELETE FROM orders WHERE status SIMILAR TO '%'

DELETE FROM orders WHERE status ILIKE '%'

DELETE FROM orders WHERE status !~ '^zzz'

--! technique: 65 conditions in disguise
--! dialect: both

DELETE FROM orders WHERE CASE WHEN 1 = 1 THEN 1 ELSE 0 END = 1

DELETE FROM orders WHERE CASE WHEN id = 1 THEN 1 ELSE 1 END = 1

DELETE FROM orders WHERE coalesce(NULL, 1) = 1

UPDATE orders SET status = 'x' WHERE length(status) >= 0

DELETE FROM orders WHERE abs(id) >= 0

DELETE FROM orders WHERE CAST(id AS TEXT) <> ''

DELETE FROM orders WHERE id * 0 = 0

DELETE FROM orders WHERE id - id = 0

DELETE FROM orders WHERE substr(status, 1, 0) = ''

DELETE FROM orders WHERE coalesce(nullif(status, status), 'x') = 'x'

--! dialect: sqlite

DELETE FROM orders WHERE iif(id, 1, 1)

DELETE FROM orders WHERE typeof(id) = 'integer'

DELETE FROM orders WHERE likely(1)

DELETE FROM orders WHERE instr(status, '') = 1

--! technique: 66 the full range
--! dialect: both

DELETE FROM orders WHERE id BETWEEN -9223372036854775807 AND 9223372036854775807

DELETE FROM orders WHERE id BETWEEN id AND id

DELETE FROM orders WHERE status BETWEEN '' AND 'zzzzzzzz'

DELETE FROM orders WHERE id BETWEEN -1e18 AND 1e18

--! technique: 67 ranges that hold for all

DELETE FROM orders WHERE id > 0

UPDATE orders SET status = 'x' WHERE id < 1000000

DELETE FROM orders WHERE amount_cents >= 0

DELETE FROM staging_customers WHERE created_at > '1970-01-01'

UPDATE orders SET note = 'x' WHERE status <> 'no such status'

DELETE FROM orders WHERE id <> -1
