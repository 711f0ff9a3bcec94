-- What tools and people write to SQLite, put down before the screen was asked: mappers, models, dashboards, notebooks.
--! dialect: sqlite
--! tool: query
--! plain

SELECT min(created_at) AS start, max(created_at) AS end FROM orders

SELECT status, count(*) AS top FROM orders GROUP BY status ORDER BY top DESC

SELECT amount_cents value, id sample FROM orders ORDER BY value, sample

SELECT status AS open, count(*) AS qualify FROM orders GROUP BY open ORDER BY qualify

SELECT interval.id, interval.kind FROM events AS interval WHERE interval.kind = 'login'

SELECT top.id FROM orders top WHERE top.amount_cents > 100 ORDER BY top.id

SELECT start.id, stop.id FROM orders start JOIN orders stop ON stop.customer_id = start.customer_id AND stop.id > start.id

SELECT count(*) format FROM orders

SELECT id AS date, status AS state, created_at AS time, amount_cents AS number FROM orders ORDER BY date, time

SELECT id AS "from", status AS "to" FROM orders ORDER BY "from"

SELECT id FROM orders WHERE note ISNULL

SELECT id FROM orders WHERE note NOTNULL AND status = 'paid'

SELECT id FROM orders WHERE note NOT NULL

SELECT note ISNULL AS missing, count(*) FROM orders GROUP BY missing

SELECT rowid, status FROM orders WHERE rowid <= 5

SELECT count(*) FROM orders WHERE rowid % 10 = 0

SELECT o._rowid_, e.oid FROM orders o JOIN events e ON e.rowid = o.rowid

SELECT "orders"."id" AS "orders_id", "orders"."status" AS "orders_status" FROM "orders" WHERE "orders"."status" = 'paid' ORDER BY "orders"."id" LIMIT 20 OFFSET 0

SELECT orders.id AS orders_id, orders.customer_id AS orders_customer_id, anon_1.total AS anon_1_total FROM orders JOIN (SELECT orders.customer_id AS customer_id, sum(orders.amount_cents) AS total FROM orders GROUP BY orders.customer_id) AS anon_1 ON orders.customer_id = anon_1.customer_id

SELECT COUNT(*) AS "__count" FROM "orders" WHERE "orders"."created_at" >= '2026-02-01 00:00:00'

SELECT "orders"."status", COUNT("orders"."id") AS "id__count" FROM "orders" GROUP BY "orders"."status" HAVING COUNT("orders"."id") > 2 ORDER BY "id__count" DESC

SELECT EXISTS(SELECT 1 AS "a" FROM "orders" WHERE "orders"."id" = 3 LIMIT 1) AS "found"

SELECT 1 AS one FROM "orders" WHERE "orders"."status" = 'open' LIMIT 1

SELECT `main`.`orders`.`id`, `main`.`orders`.`status` FROM `main`.`orders` WHERE (`main`.`orders`.`status` = 'paid' AND 1=1) ORDER BY `main`.`orders`.`id` ASC LIMIT 10 OFFSET 0

SELECT COUNT(*) FROM (SELECT `main`.`orders`.`id` FROM `main`.`orders` WHERE 1=1 LIMIT -1 OFFSET 0) AS `sub`

SELECT "source"."status" AS "status", COUNT(*) AS "count" FROM (SELECT "orders"."status" AS "status" FROM "orders" WHERE "orders"."amount_cents" > 100) AS "source" GROUP BY "source"."status" ORDER BY "source"."status" ASC

SELECT DATE("orders"."created_at", 'start of month') AS "created_at", SUM("orders"."amount_cents") AS "sum" FROM "orders" GROUP BY DATE("orders"."created_at", 'start of month') ORDER BY 1 ASC

select strftime('%Y-%m', datetime(created_at)) as month, count(distinct customer_id) as active from orders group by 1 order by 1

with source as (select * from orders), renamed as (select id as order_id, customer_id, amount_cents / 100.0 as amount, status from source) select * from renamed

with final as (select status, count(*) as n from orders group by 1) select final.status, final.n from final order by final.n desc

SELECT printf('%.2f %%', 100.0 * sum(status = 'paid') / count(*)) AS paid FROM orders

SELECT printf('%-10s|%8.2f|%05d', status, amount_cents / 100.0, id) FROM orders LIMIT 3

SELECT format('%s: %d of %d', status, count(*), 60) FROM orders GROUP BY status

SELECT printf('%,d', sum(amount_cents)) FROM orders

SELECT sqlite_version()

SELECT last_insert_rowid(), changes(), total_changes()

SELECT soundex(status) FROM orders LIMIT 2

SELECT hex(randomblob(16)) AS token

SELECT length(zeroblob(10)), hex(zeroblob(4))

SELECT concat(status, '-', id), concat_ws('/', status, note, id) FROM orders LIMIT 3

SELECT iif(note IS NULL, 'none', note) AS note, iif(id % 2, 'odd', 'even') FROM orders

SELECT group_concat(status, '') FROM (SELECT DISTINCT status FROM orders ORDER BY status)

SELECT group_concat(id ORDER BY id DESC) FROM orders WHERE customer_id = 3

SELECT string_agg(status, ', ') FROM orders WHERE id < 5

SELECT total(amount_cents) FILTER (WHERE status = 'paid') / count(*) FROM orders

SELECT count(*) AS name FROM orders

SELECT max(id) AS phone, status AS email FROM orders GROUP BY status

SELECT 'Grand total' AS label, sum(amount_cents) AS cents FROM orders UNION ALL SELECT status, sum(amount_cents) FROM orders GROUP BY status ORDER BY cents DESC

SELECT id, lag(status) OVER prev AS before, lead(status) OVER prev AS after FROM orders WINDOW prev AS (PARTITION BY customer_id ORDER BY created_at, id)

SELECT id, percent_rank() OVER (ORDER BY amount_cents) AS pr, cume_dist() OVER (ORDER BY amount_cents) AS cd FROM orders

SELECT id, sum(amount_cents) OVER (ORDER BY id RANGE BETWEEN 5 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders

SELECT id, count(*) OVER (ORDER BY status GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM orders

SELECT id, nth_value(amount_cents, 2) OVER (PARTITION BY status ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM orders

WITH RECURSIVE dates(d) AS (VALUES ('2026-01-01') UNION ALL SELECT date(d, '+1 day') FROM dates WHERE d < '2026-01-31') SELECT d, (SELECT count(*) FROM orders WHERE date(created_at) = d) AS n FROM dates

WITH RECURSIVE t(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM t WHERE i < 9) SELECT i, count(o.id) FROM t LEFT JOIN orders o ON o.amount_cents / 1000 = t.i GROUP BY i

SELECT value FROM json_each('[1, 2, 3]')

SELECT key, value, type FROM json_each('{"a": 1, "b": [2]}')

SELECT events.id, tag.value FROM events, json_each(events.payload, '$.tags') AS tag WHERE tag.value = 'a'

SELECT id FROM events WHERE EXISTS (SELECT 1 FROM json_each(payload, '$.tags') WHERE value = 'b')

SELECT t.fullkey, t.value FROM events, json_tree(events.payload) AS t WHERE events.id = 1 AND t.type NOT IN ('object', 'array')

SELECT json_extract(payload, '$.geo.city', '$.ip') FROM events LIMIT 2

SELECT payload -> 'geo' ->> 'city' AS city, count(*) FROM events GROUP BY city

SELECT json_group_object(status, n) FROM (SELECT status, count(*) AS n FROM orders GROUP BY status)

SELECT json_group_array(json_object('status', status, 'n', n)) FROM (SELECT status, count(*) AS n FROM orders GROUP BY status)

SELECT json_patch(payload, '{"ok": null}') FROM events WHERE id = 1

SELECT * FROM orders WHERE (customer_id, status) IN (VALUES (3, 'paid'), (4, 'open'))

SELECT * FROM orders WHERE id IN (1, 2, 3) ORDER BY CASE id WHEN 3 THEN 0 WHEN 1 THEN 1 ELSE 2 END

SELECT * FROM orders ORDER BY amount_cents DESC NULLS LAST LIMIT 3 OFFSET 2

SELECT DISTINCT substr(created_at, 1, 7) AS ym FROM orders ORDER BY ym

SELECT strftime('%H', created_at) AS hour, strftime('%d', created_at) AS day, strftime('%j', created_at) AS doy FROM orders LIMIT 5

SELECT julianday('now') - julianday(max(created_at)) AS days_since FROM orders

SELECT CAST(strftime('%s', created_at) AS INTEGER) AS ts, unixepoch(created_at, 'utc') FROM orders LIMIT 2

SELECT date(created_at, 'weekday 0', '-6 days') AS week, count(*) FROM orders GROUP BY week

SELECT time(created_at), datetime(created_at, '+2 hours'), timediff('2026-05-01', created_at) FROM orders LIMIT 1

SELECT id, amount_cents, amount_cents * 1.19 AS gross, round(amount_cents * 0.19) AS tax FROM orders WHERE status IS 'paid'

SELECT id FROM orders WHERE status IS NOT 'paid' AND note IS NOT NULL

SELECT id FROM orders WHERE note GLOB '*door*' OR status GLOB '[po]*'

SELECT id FROM orders WHERE note LIKE '100\%%' ESCAPE '\'

SELECT id FROM orders WHERE lower(note) LIKE '%urgent%' COLLATE NOCASE

SELECT a.customer_id, a.n - b.n AS diff FROM (SELECT customer_id, count(*) n FROM orders GROUP BY 1) a LEFT JOIN (SELECT customer_id, count(*) n FROM gold_orders GROUP BY 1) b USING (customer_id)

SELECT o.id FROM orders o LEFT JOIN gold_orders g ON g.id = o.id AND g.status IS o.status WHERE g.id IS NULL

SELECT * FROM orders NATURAL JOIN gold_orders

SELECT o.id, g.id FROM orders o RIGHT JOIN gold_orders g ON g.id = o.id

SELECT abs(random() % 100) AS dice, random() AS r

SELECT typeof(id), typeof(note), typeof(amount_cents / 2.0) FROM orders LIMIT 1

SELECT likely(status = 'paid'), unlikely(id > 100) FROM orders LIMIT 1

SELECT unhex('6162'), hex('ab'), quote('it''s'), char(72, 105), unicode('H')

SELECT max(0, min(10, id)) FROM orders LIMIT 5

SELECT ltrim('007', '0'), rtrim('abcxx', 'x'), trim('  a  '), replace(status, 'p', 'P'), instr(status, 'i'), substr(status, -2) FROM orders LIMIT 2

SELECT sum(CASE WHEN status = 'paid' THEN amount_cents END) AS paid, sum(CASE WHEN status = 'open' THEN amount_cents END) AS open FROM orders

SELECT (SELECT count(*) FROM orders WHERE status = 'open') AS open, (SELECT count(*) FROM orders WHERE status = 'paid') AS paid

EXPLAIN QUERY PLAN SELECT o.id FROM orders o JOIN events e ON e.id = o.id WHERE o.status = 'paid'

VALUES (1, 'a'), (2, 'b')

SELECT column1 AS id, column2 AS label FROM (VALUES (1, 'one'), (2, 'two'))

SELECT 1 WHERE EXISTS (SELECT 1 FROM orders WHERE amount_cents < 0)

SELECT ALL status FROM orders LIMIT 2

--! masked

SELECT c.name customer, c.email contact, count(o.id) orders FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY orders DESC LIMIT 10

SELECT rowid, email FROM customers WHERE rowid IN (1, 2, 3)

SELECT c.rowid AS id, c.country FROM customers AS c ORDER BY c.rowid LIMIT 4

SELECT "customers"."id", "customers"."name", "customers"."email" FROM "customers" WHERE "customers"."country" = 'DE' ORDER BY "customers"."id" ASC LIMIT 21

SELECT country AS start, count(email) AS value FROM customers GROUP BY start

SELECT name AS open, email AS top FROM customers top WHERE top.id < 5

SELECT email FROM customers WHERE email NOTNULL ORDER BY id

SELECT id, phone ISNULL AS no_phone FROM customers

SELECT max(name) AS last, min(name) AS first FROM customers

SELECT count(*) AS name, country FROM customers GROUP BY country

WITH dup AS (SELECT email, count(*) AS n FROM staging_customers GROUP BY email HAVING n > 1) SELECT s.id, s.email FROM staging_customers s JOIN dup ON dup.email = s.email

SELECT * FROM (SELECT c.*, row_number() OVER (PARTITION BY country ORDER BY id DESC) AS rn FROM customers c) WHERE rn = 1

SELECT printf('%-20s %s', name, email) FROM customers WHERE id = 3

SELECT coalesce(phone, email, 'nothing') AS contact FROM customers

--! plain
--! tool: execute

INSERT INTO orders AS o (id, customer_id, status) VALUES (5, 2, 'paid') ON CONFLICT (id) DO UPDATE SET status = excluded.status WHERE o.status <> 'paid'

INSERT INTO orders AS target (id, status, amount_cents) VALUES (3, 'open', 10) ON CONFLICT (id) DO UPDATE SET amount_cents = target.amount_cents + excluded.amount_cents

INSERT OR REPLACE INTO events (id, kind, payload, at) VALUES (3, 'login', '{}', '2026-02-02')

REPLACE INTO events (id, kind) VALUES (4, 'login')

REPLACE INTO orders (id, customer_id, amount_cents, status) SELECT id, customer_id, amount_cents, 'paid' FROM orders WHERE id = 12

INSERT OR REPLACE INTO orders SELECT * FROM gold_orders WHERE id IN (3, 4)

INSERT OR IGNORE INTO orders SELECT * FROM gold_orders WHERE id = 4

UPDATE events SET kind = 'seen' WHERE json_extract(payload, '$.ip') = '203.0.113.4'

UPDATE events SET kind = 'seen' WHERE payload ->> '$.ip' = '203.0.113.5'

UPDATE events SET kind = 'seen' WHERE payload ->> 'ip' IN ('203.0.113.6', '203.0.113.7')

DELETE FROM events WHERE json_extract(payload, '$.ip') = '203.0.113.8' AND kind = 'noise'

UPDATE orders SET note = NULL WHERE note IS 'urgent' AND status IS 'paid'

DELETE FROM orders WHERE status IS 'returned' AND id < 20

DELETE FROM orders WHERE note GLOB 'urgent*' AND id < 20

UPDATE events SET kind = 'tagged' WHERE id IN (SELECT e.id FROM events e, json_each(e.payload, '$.tags') t WHERE t.value = 'a' AND e.id < 5)

DELETE FROM orders WHERE id IN (SELECT value FROM json_each('[3, 4, 5]'))

UPDATE orders SET note = 'x' WHERE rowid = 7

DELETE FROM orders WHERE rowid IN (3, 4)

DELETE FROM staging_customers WHERE rowid NOT IN (SELECT min(rowid) FROM staging_customers GROUP BY email)

DELETE FROM orders WHERE rowid NOT IN (SELECT max(rowid) FROM orders GROUP BY customer_id, status, amount_cents)

UPDATE orders SET note = printf('%05d', id) WHERE id = 5

UPDATE orders SET (status, note) = ('paid', 'late') WHERE id = 9

UPDATE orders SET amount_cents = (SELECT sum(amount_cents) FROM gold_orders g WHERE g.customer_id = orders.customer_id) WHERE id = 4

UPDATE "orders" SET "status" = 'paid' WHERE "orders"."id" = 4

UPDATE orders AS o SET note = 'vip' WHERE o.customer_id = 3

DELETE FROM orders AS o WHERE o.id = 10

WITH top AS (SELECT id FROM orders ORDER BY amount_cents DESC LIMIT 3) UPDATE orders SET note = 'top' WHERE id IN (SELECT id FROM top)

INSERT INTO events (id, kind, payload, at) SELECT 4000 + id, 'copy', payload, at FROM events WHERE json_extract(payload, '$.ok') = 1 AND id < 6

WITH fresh AS (SELECT id, name, email, phone, ssn, created_at, country FROM staging_customers WHERE id = 111) INSERT INTO customers (id, name, email, phone, ssn, created_at, country) SELECT id, name, email, phone, ssn, created_at, country FROM fresh

INSERT INTO customers (id, name, email, country) SELECT s.id, s.name, s.email, s.country FROM (SELECT * FROM staging_customers WHERE country = 'DE') s WHERE s.id < 110

DELETE FROM staging_customers WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY email ORDER BY id) AS rn FROM staging_customers WHERE email IS NOT NULL) WHERE rn > 1)

WITH ranked AS (SELECT id, row_number() OVER (PARTITION BY email ORDER BY created_at DESC, id) AS n FROM staging_customers) DELETE FROM staging_customers WHERE id IN (SELECT id FROM ranked WHERE n > 1)

INSERT INTO customers (id, email) SELECT id, email FROM staging_customers WHERE id = 112 ON CONFLICT (id) DO UPDATE SET email = excluded.email

UPDATE customers SET email = (SELECT s.email FROM staging_customers s WHERE s.id = 103) WHERE id = 3

UPDATE staging_customers SET name = trim(name) WHERE id IN (103, 104)

DELETE FROM staging_customers WHERE email ISNULL AND phone ISNULL

--! tool: query
--! plain

with orders as (
    select * from main.orders
),
final as (
    select customer_id, min(created_at) as first_order_date, count(id) as number_of_orders from orders group by 1
)
select * from final where number_of_orders >= 2 limit 500
