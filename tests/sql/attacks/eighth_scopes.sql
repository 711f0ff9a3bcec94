-- An eighth hand's attacks: each with the assumption that it attacks.

--! dialect: both
--! tool: execute
--! technique: 45
--! must: deny

-- two half ranges of a key cover all of it

DELETE FROM orders WHERE (id <= 20 OR id >= 20) AND id > 8

-- the same without the tail

DELETE FROM orders WHERE id <= 20 OR id > 20

-- two half ranges of an amount

UPDATE orders SET note = 'gone' WHERE (amount_cents <= 1000 OR amount_cents >= 1000) AND id > 8

-- customer_id counts as a key too

UPDATE orders SET note = 'gone' WHERE (customer_id < 20 OR customer_id >= 20) AND id > 8

-- range, list and tail

DELETE FROM orders WHERE (id < 20 OR id BETWEEN 20 AND 900 OR id > 900) AND id > 8

-- half ranges inside of a subquery

DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE id <= 20 OR id >= 20) AND id > 8

-- NULL or not below

UPDATE orders SET note = 'gone' WHERE (amount_cents IS NULL OR amount_cents <= 1000 OR amount_cents > 1000) AND id > 8

-- a CTE hides a relation: NOT IN of nothing

WITH customers AS (SELECT id FROM events WHERE id < 0) DELETE FROM orders WHERE customer_id NOT IN (SELECT id FROM customers) AND id > 8

-- a CTE hides a relation: NOT EXISTS of nothing

WITH customers AS (SELECT id FROM events WHERE id < 0) DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM customers WHERE customers.id = orders.customer_id) AND id > 8

-- a CTE hides a relation: its filter is made up

WITH events AS (SELECT id, 'login' AS kind FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM events WHERE kind = 'login') AND id > 8

-- a CTE hides a copy

WITH gold_orders AS (SELECT id FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM gold_orders) AND id > 8

-- a CTE hides a relation in FROM

WITH gold_orders AS (SELECT id FROM orders) UPDATE orders SET note = 'gone' FROM gold_orders g WHERE g.id = orders.id AND orders.id > 8

-- a CTE hides a relation in EXISTS

WITH events AS (SELECT id, 'login' AS kind FROM orders) DELETE FROM orders WHERE EXISTS (SELECT 1 FROM events e WHERE e.id = orders.id AND e.kind = 'login') AND id > 8

-- a CTE hides the other side of a reference

WITH events AS (SELECT id AS kind FROM orders) DELETE FROM orders WHERE EXISTS (SELECT 1 FROM events e WHERE e.kind = orders.id) AND id > 8

-- a CTE of a declared name is joined for a constant

WITH events AS (SELECT 1 AS id, 'login' AS kind) DELETE FROM orders WHERE id IN (SELECT o.id FROM events e JOIN orders o ON e.id = e.id AND e.kind = 'login') AND id > 8

-- order given by a third source (EXISTS)

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o, (SELECT -1 AS id) g WHERE o.customer_id = orders.customer_id AND g.id < orders.id) AND id > 8

-- order given by a third source, its own relation

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o, gold_orders g WHERE o.customer_id = orders.customer_id AND g.id < orders.id) AND id > 8

-- order given by a third source (FROM)

UPDATE orders SET note = 'gone' FROM orders o, (SELECT -1 AS id) g WHERE o.customer_id = orders.customer_id AND g.id < orders.id AND orders.id > 8

-- order given by a third source, the other way

UPDATE orders SET note = 'gone' FROM orders o, (SELECT 99999 AS id) g WHERE o.customer_id = orders.customer_id AND g.id > orders.id AND orders.id > 8

-- a part of a text that has a name is not cut

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, substr(status, 1, 0) AS k FROM orders) t WHERE k = '') AND id > 8

-- a text of signs alone, named

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, substr(status, 100) AS k FROM orders) t WHERE k = '') AND id > 8

-- the key under another name is a rank

DELETE FROM orders WHERE id IN (SELECT k FROM (SELECT id AS k FROM orders) t WHERE k > 1) AND id > 8

-- the key under another name, from 2

DELETE FROM orders WHERE id IN (SELECT k FROM (SELECT id AS k FROM orders) t WHERE k >= 2) AND id > 8

-- the key under another name, of a WITH

WITH n AS (SELECT id AS k FROM orders) UPDATE orders SET note = 'gone' WHERE id IN (SELECT k FROM n WHERE k >= 2) AND id > 8

-- an amount under another name

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, amount_cents AS n FROM orders) t WHERE n > 1) AND id > 8

-- a grouped sum under another name is a rank

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM (SELECT customer_id, sum(amount_cents) AS n FROM orders GROUP BY customer_id) t WHERE n > 1) AND id > 8

-- a grouped maximum

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM (SELECT customer_id, max(id) AS n FROM orders GROUP BY customer_id) t WHERE n >= 2) AND id > 8

-- an absent row of another join's condition

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN customers c ON 1 = 0 LEFT JOIN events e ON c.id = o.customer_id LEFT JOIN events f ON f.id = e.id AND f.id = o.id WHERE c.id IS NULL) AND id > 8

-- an absent row of a join in brackets that is empty

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN (customers c JOIN events e ON e.id = c.id AND e.id < 0) ON c.id = o.customer_id WHERE c.id IS NULL) AND id > 8

-- an absent row behind a later outer join

DELETE FROM orders WHERE id IN (SELECT p.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id RIGHT JOIN orders p ON p.id = o.id AND 1 = 0 WHERE c.id IS NULL) AND id > 8

-- a left join that meets restricts nothing

DELETE FROM orders WHERE id IN (SELECT o.id FROM events e CROSS JOIN orders o LEFT JOIN gold_orders g ON g.id = o.id AND g.id = e.id WHERE e.id = 1) AND id > 8

-- the same with a narrow derived

DELETE FROM orders WHERE id IN (SELECT o.id FROM (SELECT id FROM events WHERE id = 1) a JOIN orders o ON 1 = 1 LEFT JOIN events e ON e.id = a.id AND e.id = o.id) AND id > 8

-- the same over two commas

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN events e ON e.kind = 'login' LEFT JOIN customers c ON c.id = o.id AND e.id = c.id WHERE e.id = 1) AND id > 8

-- the condition of a left join of others

UPDATE orders SET note = 'gone' WHERE id IN (SELECT o.id FROM events e JOIN orders o ON 1 = 1 LEFT JOIN gold_orders g ON e.id = o.id AND g.id = o.id WHERE e.id = 1) AND id > 8

-- a rank in a named window orders anew

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o WINDOW w AS (ORDER BY abs(o.id - orders.id)) ORDER BY row_number() OVER w LIMIT 1) AND id > 8

-- groups order anew

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o GROUP BY abs(o.id - orders.id), o.id LIMIT 1) AND id > 8

-- digits give letters

DELETE FROM orders WHERE replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(CAST(id AS text), '0', 'abc'), '1', 'abc'), '2', 'abc'), '3', 'abc'), '4', 'abc'), '5', 'abc'), '6', 'abc'), '7', 'abc'), '8', 'abc'), '9', 'abc') LIKE '%abc%' AND id > 8

-- digits give a letter at the end

DELETE FROM orders WHERE replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(CAST(id AS text), '0', 'a'), '1', 'a'), '2', 'a'), '3', 'a'), '4', 'a'), '5', 'a'), '6', 'a'), '7', 'a'), '8', 'a'), '9', 'a') LIKE '%a' AND id > 8

-- signs of JSON give letters

DELETE FROM events WHERE replace(payload, '"', 'abc') LIKE '%abc%' AND id > 5

-- the last sign of JSON gives letters

DELETE FROM events WHERE replace(payload, '}', 'zz') LIKE '%z' AND id > 5

-- the century gives a year

DELETE FROM orders WHERE replace(CAST(created_at AS text), '20', '2026') LIKE '2026%' AND id > 8

-- the first letters of what digits give

DELETE FROM orders WHERE substr(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(CAST(id AS text), '0', 'ab'), '1', 'ab'), '2', 'ab'), '3', 'ab'), '4', 'ab'), '5', 'ab'), '6', 'ab'), '7', 'ab'), '8', 'ab'), '9', 'ab'), 1, 2) = 'ab' AND id > 8

-- a text in which a time has a name

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, CAST(created_at AS text) AS k FROM orders) t WHERE k LIKE '%:00:00') AND id > 8

-- a text in which a time has a name, between

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, CAST(created_at AS text) AS k FROM orders) t WHERE k BETWEEN '0' AND '9999') AND id > 8

-- a text in which a time has a name, from 1000

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, CAST(created_at AS text) AS k FROM orders) t WHERE k >= '1000') AND id > 8

-- a status under another name, below a day

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, CAST(id AS text) AS k FROM orders) t WHERE k < '9999-01-01' AND k < '2000-01-01' OR k >= '2') AND id > 8

-- upsert over half ranges

INSERT INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id <= 20 OR id >= 20 ON CONFLICT (id) DO UPDATE SET note = excluded.note

-- upsert that is narrowed by half ranges

INSERT INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE id > 8 ON CONFLICT (id) DO UPDATE SET note = excluded.note WHERE orders.id <= 20 OR orders.id >= 20

-- upsert from a hidden copy

WITH events AS (SELECT id, 'login' AS kind FROM orders) INSERT INTO orders (id, note) SELECT id, 'gone' FROM events WHERE kind = 'login' AND id > 8 ON CONFLICT (id) DO UPDATE SET note = excluded.note

-- coalesce of what is NULL for all, named

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT o.id, coalesce(c.id, 5) AS k FROM orders o LEFT JOIN customers c ON 1 = 0 LEFT JOIN events e ON e.id = o.id AND e.id = c.id) t WHERE k = 5) AND id > 8

-- coalesce of what an outer join fills

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND c.id < 0 WHERE coalesce(c.id, 5) = 5) AND id > 8

-- coalesce of a text that an outer join fills

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0 WHERE coalesce(e.kind, 'x') = 'x') AND id > 8

-- NOT of IS NOT NULL that an outer join fills

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0 WHERE NOT (e.id IS NOT NULL)) AND id > 8

-- IS NOT DISTINCT FROM NULL that an outer join fills

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0 WHERE e.id IS NOT DISTINCT FROM NULL) AND id > 8

-- IS NULL that an outer join fills, in OR

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0 WHERE e.id IS NULL OR e.kind = 'x') AND id > 8

-- IS NULL of a derived column that is NULL

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT o.id, e.kind AS k FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0) t WHERE k IS NULL) AND id > 8

-- NULL of a filled column behind a name of a WITH

WITH t AS (SELECT o.id, e.kind AS k FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0) DELETE FROM orders WHERE id IN (SELECT id FROM t WHERE k IS NULL) AND id > 8

-- coalesce of a filled column behind a name

WITH t AS (SELECT o.id, e.kind AS k FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0) DELETE FROM orders WHERE id IN (SELECT id FROM t WHERE coalesce(k, 'x') = 'x') AND id > 8

-- NULL of a filled column in UPDATE FROM

UPDATE orders SET note = 'gone' FROM (SELECT o.id, e.kind AS k FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0) t WHERE t.id = orders.id AND t.k IS NULL AND orders.id > 8

-- a whole group counted in a HAVING over a copy of the key

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o JOIN (SELECT customer_id AS c, count(*) AS n FROM orders GROUP BY customer_id) t ON t.c = o.customer_id WHERE t.n < 20) AND id > 8

-- a count below 20

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) t WHERE n <= 20) AND id > 8

--! dialect: postgres
--! tool: execute
--! technique: 45
--! must: deny

-- a negative scale rounds all to nothing

DELETE FROM orders WHERE amount_cents::numeric(1,-1000) BETWEEN 0 AND 1

-- a negative scale, one end

DELETE FROM orders WHERE id::numeric(3,-9) <= 1

-- a whole row of the changed relation hides a column

DELETE FROM orders WHERE id IN (SELECT (orders).id FROM events e WHERE e.id = 1)

-- a whole row as JSON

DELETE FROM orders WHERE id::text IN (SELECT to_jsonb(orders) ->> 'id' FROM events e WHERE e.id = 1)

-- a whole row in a scalar

DELETE FROM orders WHERE id = (SELECT (orders).id FROM events e WHERE e.id = 1)

-- a whole row of an alias

DELETE FROM orders o WHERE id = (SELECT (o).id FROM events e WHERE e.kind = 'login' AND e.id = 3)

-- a whole row orders anew

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o ORDER BY abs(o.id - (orders).id) LIMIT 1)

-- a whole row in VALUES

DELETE FROM orders WHERE id IN (SELECT v.x FROM events e JOIN (VALUES ((to_jsonb(orders) ->> 'id')::int, 1)) v(x, k) ON e.id = v.k WHERE e.id = 1)

-- a whole row through a WITH

DELETE FROM orders WHERE id IN (WITH w AS (SELECT orders AS r) SELECT (r).id FROM w, events e WHERE e.id = 1)

-- LATERAL takes its sibling's key

DELETE FROM orders USING orders p, LATERAL (SELECT p.id AS k FROM events e WHERE e.id = 1) s WHERE s.k = orders.id

-- LATERAL takes its sibling's key in UPDATE

UPDATE orders SET note = 'gone' FROM orders p CROSS JOIN LATERAL (SELECT p.id AS k FROM events e WHERE e.kind = 'login' AND e.id = 3) s WHERE s.k = orders.id

-- LATERAL takes its sibling's row

DELETE FROM orders USING orders p, LATERAL (SELECT (p).id AS k FROM events e WHERE e.id = 1) s WHERE s.k = orders.id

-- DISTINCT ON orders anew

DELETE FROM orders WHERE id IN (SELECT DISTINCT ON (abs(o.id - orders.id)) o.id FROM orders o LIMIT 1)

-- OFFSET chooses anew

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o ORDER BY o.id LIMIT 1 OFFSET orders.id - 1)

-- OFFSET chooses anew in a scalar

UPDATE orders SET note = 'gone' WHERE id = (SELECT o.id FROM orders o ORDER BY o.id LIMIT 1 OFFSET orders.id - 1)

-- a day of a function has no kind

DELETE FROM orders WHERE date(created_at)::text BETWEEN '0' AND '9999'

-- a day of a function, one end

DELETE FROM orders WHERE date(created_at)::text >= '1000'

-- a JSON column has no kind

DELETE FROM events WHERE date(at)::text >= '1000'

-- MERGE over half ranges

-- MERGE over half ranges, deletes

MERGE INTO orders o USING (SELECT id FROM orders WHERE id <= 20 OR id >= 20) s ON s.id = o.id WHEN MATCHED THEN DELETE

-- MERGE over a hidden source

WITH events AS (SELECT id, 'login' AS kind FROM orders) MERGE INTO orders o USING (SELECT id FROM events WHERE kind = 'login') s ON s.id = o.id WHEN MATCHED THEN DELETE

-- MERGE, a clause that is narrowed by half ranges

MERGE INTO orders o USING orders s ON s.id = o.id WHEN MATCHED AND (o.id <= 20 OR o.id > 20) THEN DELETE

-- a date cast of a named text

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, created_at::date::text AS k FROM orders) t WHERE k LIKE '%-0%')

-- = ANY over half ranges

DELETE FROM orders WHERE id = ANY (SELECT id FROM orders WHERE id <= 20 OR id >= 20)

-- a FETCH WITH TIES

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o ORDER BY o.id * 0 FETCH FIRST 1 ROWS WITH TIES)

-- SELECT INTO

SELECT id INTO stolen FROM orders

-- a filled key in DELETE USING

DELETE FROM orders USING orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0 WHERE o.id = orders.id AND e.id IS NULL

-- a filled kind in DELETE USING

DELETE FROM orders USING orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0 WHERE o.id = orders.id AND coalesce(e.kind, 'x') = 'x'

-- a composite of a row

DELETE FROM orders WHERE (orders).id IN (SELECT o.id FROM orders o WHERE o.id <= 20 OR o.id >= 20)

-- a row number of nothing

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY customer_id, id) AS n FROM orders) t WHERE n = 1)

-- jsonb_each in a list

DELETE FROM orders WHERE id IN (SELECT (jsonb_each(to_jsonb(o))).value::int FROM orders o WHERE o.id <= 20 OR o.id > 20)

-- a set of arguments in a scope by regexp

DELETE FROM orders WHERE substring(id::text || 'a' from '.$') = 'a'

-- a pattern that takes a part that is the same

DELETE FROM orders WHERE substring(replace(status, 'e', 'e') from 'x*') = ''

-- a key in a FULL JOIN

DELETE FROM orders WHERE id IN (SELECT o.id FROM (SELECT id FROM events WHERE id = 1) a FULL JOIN orders o ON o.id = a.id WHERE o.id IS NOT NULL)

-- NATURAL with a copy that is nothing

DELETE FROM orders WHERE id IN (SELECT id FROM orders NATURAL LEFT JOIN (SELECT id, kind FROM events WHERE id < 0) e WHERE coalesce(kind, 'x') = 'x')

-- USING: NULL of a filled column

DELETE FROM orders WHERE id IN (SELECT id FROM orders LEFT JOIN (SELECT id, kind FROM events WHERE id < 0) e USING (id) WHERE kind IS NULL)

--! dialect: sqlite
--! tool: execute
--! technique: 45
--! must: deny

-- a day is a number: every text is 0

DELETE FROM orders WHERE CAST(status AS date) = 0 AND id > 8

-- a uuid is a number

DELETE FROM orders WHERE CAST(status AS uuid) = 0 AND id > 8

-- json is a number

DELETE FROM orders WHERE CAST(status AS json) IN (0) AND id > 8

-- a timestamp is a number, lower

UPDATE orders SET note = 'gone' WHERE lower(CAST(status AS timestamp)) = '0' AND id > 8

-- a part of JSON as a number

DELETE FROM events WHERE CAST(payload -> '$' AS integer) = 0 AND id > 5

-- a part of JSON as a number, by function

DELETE FROM events WHERE CAST(json_extract(payload, '$.geo') AS int) = 0 AND id > 5

-- a part of JSON as a number, 203

DELETE FROM events WHERE CAST(payload ->> '$.ip' AS integer) = 203 AND id > 5

-- a key is a day of long ago

DELETE FROM orders WHERE date(id) < '2020-01-01' AND id > 8

-- an amount is a day of long ago

DELETE FROM orders WHERE date(amount_cents) < '2020-01-01' AND id > 8

-- a key is an instant of long ago

UPDATE orders SET note = 'gone' WHERE datetime(customer_id) <= '2020-01-01' AND id > 8

-- a format's own text

DELETE FROM orders WHERE strftime('2026 %Y', created_at) LIKE '2026 %' AND id > 8

-- a format's own text, GLOB

DELETE FROM orders WHERE strftime('2026 %Y', created_at) GLOB '2026*' AND id > 8

-- a format's own text, cut

DELETE FROM orders WHERE substr(strftime('2026%Y', created_at), 1, 4) = '2026' AND id > 8

-- a format's own text over a key

DELETE FROM orders WHERE strftime('%Yabc', id) LIKE '%abc' AND id > 8

-- a year of a key

DELETE FROM orders WHERE strftime('%Y', id) = '-4713' AND id > 8

-- a format's own text in events

DELETE FROM events WHERE strftime('2026 %Y', at) LIKE '2026%' AND id > 5

-- a day of a function has no kind

DELETE FROM orders WHERE date(created_at) BETWEEN '0' AND '9999' AND id > 8

-- a day of a function, one end

DELETE FROM orders WHERE date(created_at) >= '1000' AND id > 8

-- a day of a function, below all numbers

DELETE FROM orders WHERE datetime(created_at) >= 1000 AND id > 8

-- max of two is no aggregate

DELETE FROM orders WHERE id IN (SELECT max(id, id) FROM orders) AND id > 8

-- min of two is no aggregate

DELETE FROM orders WHERE customer_id IN (SELECT min(customer_id, customer_id) FROM orders) AND id > 8

-- REPLACE of max of two

INSERT OR REPLACE INTO orders (id) SELECT max(id, id) FROM orders

-- upsert of max of two

INSERT INTO orders (id) SELECT max(id, id) FROM orders LIMIT -1 ON CONFLICT (id) DO UPDATE SET note = 'gone'

-- several paths are never NULL

DELETE FROM events WHERE json_extract(payload, '$.zz', '$.zy') = '[null,null]' AND id > 5

-- several paths are never NULL, LIKE

DELETE FROM events WHERE json_extract(payload, '$.zz', '$.zy') LIKE '%null%' AND id > 5

-- a part of nothing is NULL, cast to text

DELETE FROM events WHERE coalesce(payload, '') <> '' AND CAST(payload -> '$.zz' AS text) IS NULL AND id > 5

-- a number of JSON by real

DELETE FROM events WHERE CAST(payload ->> '$.geo' AS real) BETWEEN 0 AND 1 AND id > 5

-- a text with a name that is a number

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, CAST(status AS date) AS k FROM orders) t WHERE k = 0) AND id > 8

-- a year with a name

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, strftime('%Y', id) AS k FROM orders) t WHERE k < '2000-01-01') AND id > 8

-- a day with a name

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, date(id) AS k FROM orders) t WHERE k < '2000-01-01') AND id > 8

-- a number beside a name that is a word

-- a bare column beside max

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM orders GROUP BY customer_id, customer_id HAVING count(*) >= 2 OR count(*) = 1) AND id > 8

-- a text is above every number

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, status AS k FROM orders) t WHERE k > 1) AND id > 8

-- a text is above every number, key of a WITH

WITH n AS (SELECT id, note AS k FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM n WHERE k >= 2) AND id > 8
-- An eighth hand's attacks: each with the assumption that it attacks.

--! dialect: both
--! tool: execute
--! technique: 45
--! must: deny

-- a CTE hides the changed relation: the one of each group that stays

WITH orders AS (SELECT -1 AS id, 1 AS customer_id) DELETE FROM orders WHERE id NOT IN (SELECT min(id) FROM orders GROUP BY customer_id) AND id > 8

-- a CTE hides a relation that an upsert takes by key

WITH gold_orders AS (SELECT 1 AS id, o.id AS x FROM orders o) INSERT INTO orders (id, note) SELECT x, 'gone' FROM gold_orders WHERE id = 1 AND x > 8 ON CONFLICT (id) DO UPDATE SET note = excluded.note

-- half ranges in EXISTS

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = orders.customer_id AND (c.id <= 20 OR c.id >= 20)) AND id > 8

-- half ranges in FROM

UPDATE orders SET note = 'gone' FROM customers c WHERE c.id = orders.customer_id AND (c.id <= 20 OR c.id >= 20) AND orders.id > 8

-- a text of the key, named, below 9

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, CAST(id AS text) AS k FROM orders) t WHERE k < '9' OR k >= '9') AND id > 8

-- a list and the rest

DELETE FROM orders WHERE (status IN ('open', 'paid') OR id <= 20 OR id >= 20) AND id > 8

-- a filled column by LIKE of coalesce

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0 WHERE coalesce(e.kind, 'xyz') LIKE 'xyz%') AND id > 8

-- a filled column in a range of coalesce, named

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT o.id, coalesce(e.id, 7) AS k FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0) t WHERE k BETWEEN 7 AND 8) AND id > 8

-- an OR that fills

DELETE FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN events e ON e.id = o.id AND e.id < 0 WHERE e.kind IS NULL OR e.kind = 'login') AND id > 8

-- EXISTS over an outer join that fills

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM gold_orders g RIGHT JOIN orders o ON g.id = o.id AND g.id < 0 WHERE o.customer_id = orders.customer_id AND o.created_at <= orders.created_at AND g.id IS NULL) AND id > 8

-- a named window, another way

UPDATE orders SET note = 'gone' WHERE id IN (SELECT o.id FROM orders o WINDOW w AS (PARTITION BY o.id = orders.id ORDER BY o.id) ORDER BY count(*) OVER w, row_number() OVER w LIMIT 1) AND id > 8

-- equality with a count that the row chooses

DELETE FROM orders WHERE id = (SELECT count(*) FROM orders o WHERE o.id <= orders.id AND (o.id <= 20 OR o.id >= 20)) AND id > 8

--! dialect: postgres
--! tool: execute
--! technique: 45
--! must: deny

-- JSON of a row in a range

DELETE FROM orders WHERE id IN (SELECT (to_jsonb(orders) ->> 'id')::int FROM events e WHERE e.kind = 'login' AND e.id = 3)

-- a row's field of a WITH in FROM

WITH w AS (SELECT id FROM events WHERE id = 1) DELETE FROM orders WHERE id IN (SELECT (orders).id FROM w)

-- a row's field in MERGE

MERGE INTO orders o USING gold_orders g ON o.id = (SELECT (o).id FROM events e WHERE e.id = 1) AND g.id = 1 WHEN MATCHED THEN DELETE

-- a row's field in an upsert

INSERT INTO orders (id, note) SELECT id, 'gone' FROM orders WHERE true ON CONFLICT (id) DO UPDATE SET note = excluded.note WHERE orders.id = (SELECT (orders).id FROM events e WHERE e.id = 1)

-- a row's key by a function of the row

DELETE FROM orders WHERE id IN (SELECT (row_to_json(orders) ->> 'id')::int FROM events e WHERE e.id = 1)

-- a scale in a range of two ends

DELETE FROM orders WHERE amount_cents::numeric(2,-8) >= 0 AND amount_cents::numeric(2,-8) <= 1

-- a decimal of negative scale

DELETE FROM orders WHERE CAST(customer_id AS decimal(3,-20)) < 1

-- a scale in a subquery with a name

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, amount_cents::text AS k FROM orders) t WHERE k >= '2' OR k < '2')

-- LATERAL takes its sibling's key by a function

DELETE FROM orders USING orders p, LATERAL (SELECT p.id + e.id * 0 AS k FROM events e WHERE e.id = 1) s WHERE s.k = orders.id

-- LATERAL over VALUES

DELETE FROM orders USING orders p, LATERAL (VALUES (1)) v(x), LATERAL (SELECT p.id AS k FROM gold_orders g WHERE g.id = 1) s WHERE s.k = orders.id

-- a filled copy in MERGE

MERGE INTO orders o USING (SELECT p.id FROM orders p LEFT JOIN events e ON e.id = p.id AND false WHERE coalesce(e.kind, 'x') = 'x') s ON s.id = o.id WHEN MATCHED THEN DELETE

--! dialect: sqlite
--! tool: execute
--! technique: 45
--! must: deny

-- a count is below every text

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) t WHERE n <= '0') AND id > 8

-- a number without affinity is below every text

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id, coalesce(id, 5) AS k FROM orders) t WHERE k <= '0') AND id > 8

-- a sum is below every text

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM (SELECT customer_id, sum(amount_cents) AS n FROM orders GROUP BY customer_id) t WHERE n < '2000-01-01') AND id > 8

-- several paths, LIKE

DELETE FROM events WHERE json_extract(payload, '$.ip', '$.zz') LIKE '%null%' AND id > 5

-- a format of letters, of events

DELETE FROM events WHERE strftime('2026%m', at) LIKE '2026%' AND id > 5

-- a format that ends with a letter

DELETE FROM orders WHERE lower(strftime('%YX', customer_id)) LIKE '%x' AND id > 8

-- min of two in a comparison

DELETE FROM orders WHERE customer_id IN (SELECT max(customer_id, id) FROM orders) AND id > 8

-- a cast to numeric by a name that holds none

DELETE FROM orders WHERE CAST(note AS datetime) = 0 AND id > 8

-- an array cast

DELETE FROM events WHERE CAST(payload AS jsonb) = 0 AND id > 5

-- julian days in IN

DELETE FROM orders WHERE strftime('%Y', amount_cents) IN ('-4713','-4712','-4711','-4710','-4709','-4708','-4707','-4706','-4705','-4704','-4703','-4702','-4701','-4700','-4699','-4698','-4697','-4696','-4695','-4694','-4693','-4692','-4691','-4690','-4689','-4688') AND id > 8
