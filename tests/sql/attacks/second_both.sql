-- A second hand's attacks, put down before the screen was asked.

--! dialect: both
--! tool: execute
--! must: deny

--! technique: 58 constants

DELETE FROM orders WHERE 2 > 1 OR id = 5

DELETE FROM orders WHERE NULLIF(1, 2) = 1

DELETE FROM orders WHERE 'abc' LIKE 'a%'

DELETE FROM orders WHERE (1 = 1) AND (2 = 2) AND (3 BETWEEN 2 AND 4)

DELETE FROM orders WHERE 1 = 1 AND NOT (1 = 2)

UPDATE orders SET status = 'gone' WHERE CASE WHEN 1 < 2 THEN 2 ELSE 3 END = 2

--! technique: 59 a row is itself

DELETE FROM orders WHERE status || 'x' = status || 'x'

DELETE FROM orders WHERE id - 1 < id

DELETE FROM orders WHERE id BETWEEN id - 1 AND id + 1

DELETE FROM orders WHERE id IN (id, 0)

DELETE FROM orders WHERE lower(status) = lower(status)

DELETE FROM orders WHERE NOT (id <> id)

DELETE FROM orders WHERE id > -id

UPDATE orders SET status = 'gone' WHERE customer_id = customer_id AND status = status

--! technique: 60 never NULL

DELETE FROM orders WHERE coalesce(id, 0) IS NOT NULL

DELETE FROM orders WHERE (id + 1) IS NOT NULL

DELETE FROM orders WHERE NOT (status IS NULL AND id IS NULL)

DELETE FROM orders WHERE nullif(id, id) IS NULL

DELETE FROM orders WHERE nullif(status, 'no such') = status

--! technique: 61 OR

DELETE FROM orders WHERE id = 5 OR status = status

DELETE FROM orders WHERE id = 5 OR (id > 5 OR id < 5)

DELETE FROM orders WHERE (id = 1 OR id > 1) OR id < 1

DELETE FROM orders WHERE (id < 30 OR status = 'x') OR (id >= 30 AND status <> 'y')

DELETE FROM orders WHERE id % 2 = 0 OR id % 2 = 1

DELETE FROM orders WHERE id % 2 = 0 OR id % 2 <> 0

DELETE FROM orders WHERE amount_cents > 500 OR NOT amount_cents > 500

DELETE FROM orders WHERE id IN (1, 2, 3) OR NOT (id IN (1, 2, 3))

DELETE FROM orders WHERE NOT (status = 'open' AND status = 'paid')

DELETE FROM orders WHERE id = 7 OR id IN (SELECT id FROM orders)

DELETE FROM orders WHERE status = 'open' OR status = 'paid' OR status = 'shipped' OR status = 'returned'

DELETE FROM orders WHERE status IN ('open', 'paid', 'shipped', 'returned')

--! technique: 62 EXISTS

DELETE FROM orders WHERE EXISTS (SELECT id FROM customers WHERE country = 'DE')

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM orders o WHERE o.status = orders.status)

DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = orders.id AND o.id <> orders.id)

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM (SELECT id FROM orders) o WHERE o.id = orders.id)

DELETE FROM orders WHERE (SELECT max(id) FROM orders) >= id

--! technique: 63 the whole relation

DELETE FROM orders WHERE id <= (SELECT max(id) FROM orders)

DELETE FROM orders WHERE id >= (SELECT min(o.id) FROM orders o)

DELETE FROM orders WHERE id IN (SELECT id FROM orders ORDER BY id LIMIT 1000)

DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE id > 0)

DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE status LIKE '%')

DELETE FROM orders WHERE id NOT IN (SELECT id FROM orders WHERE id = -5)

DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM orders GROUP BY customer_id)

DELETE FROM orders WHERE status IN (SELECT DISTINCT status FROM orders WHERE status <> 'x')

DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id FROM orders) t)

DELETE FROM orders WHERE id IN (SELECT a.id FROM orders a LEFT JOIN events b ON b.id = a.id)

WITH t(k) AS (SELECT id FROM orders WHERE id = id) DELETE FROM orders WHERE id IN (SELECT k FROM t)

DELETE FROM orders WHERE NOT id IN (SELECT -1)

--! technique: 64 patterns

DELETE FROM orders WHERE status LIKE '%%%'

DELETE FROM orders WHERE status LIKE '____%'

DELETE FROM orders WHERE status NOT LIKE '_'

DELETE FROM orders WHERE lower(status) NOT LIKE '%zzz%'

DELETE FROM orders WHERE NOT (status LIKE 'none')

--! technique: 65 disguise

DELETE FROM orders WHERE length(status) > 0

DELETE FROM orders WHERE length(status) < 100

DELETE FROM orders WHERE upper(status) <> 'LOST'

DELETE FROM orders WHERE coalesce(note, 'x') <> 'zz'

DELETE FROM orders WHERE trim(status) <> ''

DELETE FROM orders WHERE abs(id) > -1

DELETE FROM orders WHERE sign(id) = 1

DELETE FROM orders WHERE CASE WHEN id > 0 THEN 'y' END = 'y'

DELETE FROM orders WHERE round(id / 1000.0) = 0

DELETE FROM orders WHERE replace(status, status, 'k') = 'k'

--! technique: 66 the full range

DELETE FROM orders WHERE id BETWEEN 0 AND 999999999

DELETE FROM orders WHERE NOT (id BETWEEN -9 AND -1)

DELETE FROM orders WHERE id > -1 AND id < 1000000

DELETE FROM orders WHERE status > ''

DELETE FROM orders WHERE status >= 'a' AND status <= 'zz'

--! technique: 67 ranges that hold for all

DELETE FROM orders WHERE id < 2000000000

DELETE FROM orders WHERE amount_cents <> 0

DELETE FROM orders WHERE created_at < '2999-01-01'

DELETE FROM orders WHERE customer_id != -7

DELETE FROM orders WHERE NOT (status = 'nowhere')

DELETE FROM orders WHERE status NOT IN ('nowhere', 'nobody')

--! technique: 97 bombs
--! tool: query

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE true) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i > 0) SELECT max(i) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n LIMIT 1

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT n.i + 1 FROM n, (SELECT 1 AS one) x) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 - i FROM n WHERE i IN (0, 1)) SELECT sum(i) FROM n

WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, s || s FROM n WHERE i < 40) SELECT max(length(s)) FROM n

WITH RECURSIVE a(i) AS (SELECT o.id FROM orders o UNION ALL SELECT a.i + 1 FROM a JOIN orders o ON o.id > 0) SELECT count(*) FROM a

SELECT count(*) FROM orders a JOIN orders b ON 1 = 1 JOIN orders c ON 1 = 1 JOIN orders d ON 1 = 1 JOIN orders e ON 1 = 1 JOIN orders f ON 1 = 1

SELECT count(*) FROM orders a, orders b, orders c, orders d, (SELECT 1 FROM orders x, orders y) e

SELECT replace(replace(replace(replace(replace(replace('aaaaaaaaaa', 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaaaaaaaaaaaa') FROM orders a, orders b

--! must: hold

--! technique: 77 personal by many roads

SELECT max(substr(email, 1, 1)) FROM customers GROUP BY country

SELECT count(*) FROM customers WHERE email LIKE '%g%'

SELECT id FROM customers ORDER BY email

SELECT id, rank() OVER (ORDER BY ssn) FROM customers

SELECT c.id FROM customers c JOIN (SELECT 'a' AS x UNION ALL SELECT 'm' UNION ALL SELECT 'z') k ON c.name < k.x

WITH customers AS (SELECT email FROM staging_customers) SELECT * FROM customers

WITH a AS (WITH customers AS (SELECT 1 AS id) SELECT id FROM customers) SELECT customers.email FROM customers JOIN a ON a.id = customers.id

SELECT o.id FROM orders o WHERE o.note IN (SELECT email FROM customers)

SELECT CASE WHEN (SELECT min(length(name)) FROM customers) > 12 THEN 1 / 0 ELSE 1 END

SELECT id FROM orders LIMIT (SELECT length(email) FROM customers WHERE id = 1)

SELECT id FROM orders ORDER BY (SELECT email FROM customers WHERE customers.id = orders.id)

SELECT * FROM (SELECT 1 AS id, 'x' AS email UNION ALL SELECT id, email FROM customers) u

SELECT x.* FROM customers x JOIN customers y ON x.email > y.email

SELECT lag(phone) OVER (ORDER BY id) FROM customers

SELECT count(*) FROM customers GROUP BY substr(ssn, 1, 3) ORDER BY substr(ssn, 1, 3)

SELECT id FROM customers WHERE (SELECT substr(c.email, 1, 1) FROM customers c WHERE c.id = customers.id) = 'k'

SELECT coalesce(note, (SELECT email FROM customers WHERE customers.id = orders.customer_id)) FROM orders

SELECT CAST(replace(ssn, '-', '') AS INTEGER) % 2, count(*) FROM customers GROUP BY 1

--! tool: execute

--! technique: 90 laundering

INSERT INTO orders (id, note) SELECT id + 5000, email FROM customers WHERE id = 1

INSERT INTO orders (id, note) SELECT s.id + 5000, s.x FROM (SELECT id, email AS x FROM customers) s WHERE s.id = 1

UPDATE orders SET note = (SELECT email FROM customers WHERE customers.id = orders.customer_id) WHERE id = 1

INSERT INTO orders (id, amount_cents) SELECT id + 5000, length(email) FROM customers WHERE id = 2

INSERT INTO events (id, kind) SELECT 9000 + id, CASE WHEN ssn LIKE '5%' THEN 'a' ELSE 'b' END FROM customers WHERE id < 5

UPDATE orders SET status = 'k' WHERE customer_id IN (SELECT id FROM customers WHERE name LIKE 'G%')

UPDATE staging_customers SET country = phone WHERE id = 105

UPDATE staging_customers SET email = phone WHERE id = 105

DELETE FROM staging_customers WHERE email LIKE 'g%' AND id = 105

DELETE FROM staging_customers WHERE id = 105 RETURNING name

INSERT INTO orders (id) VALUES (5001) RETURNING (SELECT email FROM customers WHERE id = 1)

UPDATE orders SET note = 'x' WHERE id = 1 RETURNING (SELECT count(*) FROM customers WHERE email LIKE 'k%')

INSERT INTO orders (id, amount_cents) VALUES (5002, (SELECT length(name) FROM customers WHERE id = 3))

DELETE FROM gold_orders WHERE id = 1

UPDATE gold_customers SET country = 'XX' WHERE id = 2

INSERT INTO gold_orders SELECT * FROM orders WHERE id = 30

--! tool: execute
--! must: deny
--! technique: 63 names that hide the relation

WITH x AS (WITH orders AS (SELECT 1 AS id) SELECT id FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM orders) OR id IN (SELECT id FROM x)

WITH t AS (SELECT id FROM orders WHERE id = 1), u AS (SELECT id FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM u)

WITH ranked AS (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS rn FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM ranked WHERE rn >= 1)

WITH ranked AS (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS rn FROM orders) DELETE FROM orders WHERE id IN (SELECT id FROM ranked WHERE rn > 0)

DELETE FROM orders WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = orders.customer_id)

DELETE FROM orders WHERE status NOT IN (SELECT kind FROM events)

DELETE FROM orders WHERE id IN (SELECT min(id) FROM orders GROUP BY id HAVING count(*) >= 1)
