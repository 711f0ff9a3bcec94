--! dialect: sqlite
--! tool: query

SELECT strftime('%Y-%m', created_at) AS month, count(*) FROM orders GROUP BY month ORDER BY month

SELECT date(created_at, 'start of month') AS month, sum(amount_cents) FROM orders GROUP BY 1

SELECT date('now'), datetime('now', '-7 days'), time('12:00'), julianday('now') - julianday('2026-01-01')

SELECT id, CAST(julianday('2026-06-01') - julianday(created_at) AS INTEGER) AS age_days FROM orders

SELECT id, unixepoch(created_at) FROM orders

SELECT strftime('%w', created_at) AS weekday, count(*) FROM orders GROUP BY weekday

SELECT json_extract(payload, '$.ip') AS ip, count(*) FROM events GROUP BY ip

SELECT payload ->> '$.ip' AS ip, payload -> '$.tags' AS tags FROM events

SELECT payload ->> 'ip' FROM events WHERE payload ->> 'ok' = 1

SELECT e.id, j.value FROM events e, json_each(e.payload, '$.tags') j

SELECT j.key, count(*) FROM events e JOIN json_each(e.payload) AS j GROUP BY j.key

SELECT json_array_length(payload, '$.tags') FROM events

SELECT json_valid(payload), json_type(payload), json_type(payload, '$.tags') FROM events

SELECT json_group_array(id) FROM orders WHERE status = 'paid'

SELECT json_object('id', id, 'status', status) FROM orders LIMIT 3

SELECT status, json_group_object(id, amount_cents) FROM orders GROUP BY status

SELECT json_array(1, 2, id) FROM orders LIMIT 1

SELECT json_set(payload, '$.seen', 1) FROM events LIMIT 2

SELECT status, group_concat(id, ',') FROM orders GROUP BY status

SELECT group_concat(DISTINCT status) FROM orders

SELECT printf('%05d', id), format('%.2f', amount_cents / 100.0) FROM orders

SELECT instr(note, 'door'), ltrim(note), rtrim(note), hex(id), quote(status), typeof(amount_cents) FROM orders

SELECT iif(amount_cents > 1000, 'big', 'small') FROM orders

SELECT ifnull(note, '-') FROM orders

SELECT total(amount_cents), round(avg(amount_cents), 2) FROM orders

SELECT max(amount_cents, 1000), min(amount_cents, 1000) FROM orders

SELECT id FROM orders WHERE status GLOB 'p*'

SELECT id FROM orders WHERE note IS NOT 'leave at the door'

SELECT [id], `status` FROM [orders]

SELECT id FROM orders WHERE id IN (VALUES (1), (2), (3))

SELECT id FROM orders NOT INDEXED WHERE status = 'open'

SELECT id FROM orders ORDER BY status COLLATE NOCASE, id

SELECT DISTINCT status COLLATE NOCASE FROM orders

SELECT main.orders.id FROM main.orders WHERE main.orders.status = 'paid'

SELECT id FROM orders LIMIT 5, 10

SELECT id, status FROM orders WHERE id == 3

SELECT id & 3, id | 1, id << 2, ~id FROM orders LIMIT 4

SELECT count() FROM orders

SELECT random() % 10, abs(random()) FROM orders LIMIT 1

SELECT id FROM orders ORDER BY random() LIMIT 5

EXPLAIN QUERY PLAN SELECT id FROM orders WHERE status = 'paid'

SELECT current_date, current_timestamp

SELECT x'0aff', 0x1F, 1e3, 1_000

SELECT status, amount_cents, count(*) FROM orders GROUP BY status, amount_cents > 1000

SELECT sum(amount_cents) OVER w FROM orders WINDOW w AS (ORDER BY id GROUPS 2 PRECEDING EXCLUDE CURRENT ROW)

SELECT substring(status, 2), char(65, 66), unicode('a'), zeroblob(2) FROM orders LIMIT 1

SELECT sign(amount_cents - 100), round(amount_cents / 3.0, 1), abs(id - 30) FROM orders

WITH t AS MATERIALIZED (SELECT id FROM orders) SELECT count(*) FROM t

WITH t AS NOT MATERIALIZED (SELECT id FROM orders) SELECT count(*) FROM t

SELECT id FROM orders WHERE status IS DISTINCT FROM 'paid'

--! masked

SELECT group_concat(name, ', ') FROM customers WHERE country = 'DE'

SELECT json_object('name', name, 'email', email) FROM customers WHERE id < 4

SELECT json_group_array(json_object('id', id, 'email', email)) FROM customers WHERE country = 'FR'

SELECT printf('%s <%s>', name, email) FROM customers WHERE id < 4

SELECT [name], `email` FROM [customers] WHERE id = 2

SELECT strftime('%Y-%m', created_at) AS month, count(email) FROM customers GROUP BY month

SELECT main.customers.name FROM main.customers WHERE main.customers.id = 5

SELECT ifnull(email, 'none') FROM customers

SELECT typeof(email), count(*) FROM customers GROUP BY 1

SELECT instr(email, '@') > 0 AS has_at, count(*) FROM staging_customers GROUP BY 1

--! tool: execute
--! plain

INSERT OR IGNORE INTO events (id, kind) VALUES (1, 'x')

UPDATE orders SET status = 'paid' FROM events WHERE events.id = orders.id AND events.kind = 'payment'

UPDATE orders SET amount_cents = n.total FROM (SELECT 3 AS id, 100 AS total) AS n WHERE orders.id = n.id

DELETE FROM staging_customers WHERE created_at < date('2026-02-01', '-30 days')

UPDATE events SET payload = json_set(payload, '$.seen', 1) WHERE id = 4

UPDATE OR IGNORE orders SET status = 'paid' WHERE id = 16

INSERT INTO events (id, kind, payload, at) VALUES (960, 'x', json_object('a', 1), datetime('now'))

DELETE FROM main.events WHERE id = 6

INSERT INTO orders (id, customer_id, status, created_at) VALUES (961, 1, 'open', current_timestamp)

UPDATE main.orders SET status = 'paid' WHERE id = 17

--! tool: query
--! plain

SELECT ceil(count(*) / 50.0) AS pages, floor(avg(amount_cents)) FROM orders

SELECT round(sqrt(avg(amount_cents * amount_cents * 1.0) - avg(amount_cents) * avg(amount_cents)), 2) FROM orders

SELECT power(2, 10), mod(sum(id), 7), ln(count(*) + 1), log(2, 8), log10(100), trunc(1.7), pi() FROM orders

SELECT count(*) FROM events WHERE kind NOT GLOB 'debug*' AND kind IS NOT NULL

SELECT floor(amount_cents / 1000.0) * 10 AS bucket, count(*) FROM orders GROUP BY 1 ORDER BY 1
