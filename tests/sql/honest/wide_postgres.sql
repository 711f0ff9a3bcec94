-- PostgreSQL as people write it: its own functions, forms and MERGE.

--! dialect: postgres
--! tool: query
--! plain

SELECT host((payload::jsonb ->> 'ip')::inet) AS host, masklen((payload::jsonb ->> 'ip')::inet), count(*) FROM events GROUP BY 1, 2 ORDER BY 1

SELECT network(set_masklen((payload::jsonb ->> 'ip')::inet, 24)) AS net, count(*) FROM events GROUP BY 1

SELECT family(ip), abbrev(ip), broadcast(ip), netmask(ip), hostmask(ip) FROM (SELECT (payload::jsonb ->> 'ip')::inet AS ip FROM events WHERE id < 4) AS e

SELECT inet_merge(min(ip), max(ip)), inet_same_family(min(ip), max(ip)) FROM (SELECT (payload::jsonb ->> 'ip')::inet AS ip FROM events) AS e

SELECT id, (payload::jsonb ->> 'ip')::inet << inet '203.0.113.0/24' AS inside FROM events WHERE (payload::jsonb ->> 'ip')::inet <<= '203.0.113.0/28'

SELECT abs(hashtext(status)) % 8 AS bucket, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT id, hashtextextended(id::text, 42) & 1023 AS slot FROM orders WHERE id <= 5

SELECT e.id, x.ip, x.ok, x.geo ->> 'city' AS city FROM events AS e, jsonb_to_record(e.payload::jsonb) AS x(ip text, ok boolean, geo jsonb) WHERE x.ok ORDER BY e.id

SELECT e.id, r.* FROM events e CROSS JOIN LATERAL jsonb_to_record(e.payload::jsonb -> 'geo') AS r(city varchar(40)) WHERE e.id = 4

SELECT r.sku, sum(r.qty) AS qty FROM json_to_recordset('[{"sku":"a","qty":2},{"sku":"b","qty":1},{"sku":"a","qty":5}]') AS r(sku text, qty int) GROUP BY r.sku

SELECT o.id, o.status, s.tag FROM orders o JOIN jsonb_to_recordset('[{"id": 1, "tag": "x"}, {"id": 7, "tag": "y"}]') AS s(id int, tag text) USING (id)

SELECT e.id, t.value AS tag, t.ordinality FROM events e, jsonb_array_elements_text(e.payload::jsonb -> 'tags') WITH ORDINALITY AS t(value, ordinality) WHERE e.id < 3

SELECT c.id FROM customers c WHERE c.id = ANY (ARRAY(SELECT DISTINCT o.customer_id FROM orders o WHERE o.status = 'returned')) ORDER BY c.id

SELECT status, ARRAY(SELECT i.id FROM orders i WHERE i.status = o.status ORDER BY i.id LIMIT 3) AS first_ids FROM orders o GROUP BY status

SELECT array_length(ARRAY(SELECT id FROM orders WHERE status = 'open'), 1) AS open_orders

SELECT count(*) FROM orders WHERE note LIKE ANY (ARRAY['leave%', 'urg%']) AND status NOT LIKE ALL (ARRAY['op%', 're%'])

SELECT id FROM orders WHERE note ILIKE ANY ('{%DOOR%,%card%}') ORDER BY id

SELECT id FROM orders WHERE note ~~ '%paid%' AND note !~~ 'x%' AND note ~~* 'URG%' IS FALSE

SELECT id FROM orders WHERE note ~* '^(leave|urgent)' AND note !~ '[0-9]$'

SELECT id, note FROM orders WHERE note ^@ 'leave' ORDER BY id

SELECT make_interval(days => 10, hours => 2) AS iv, make_date(2026, 2, 28) + 1 AS d, make_timestamptz(2026, 1, 1, 0, 0, 0, 'UTC') AS t

SELECT created_at + make_interval(weeks := 2) AS due FROM orders WHERE id = 1

SELECT jsonb_set_lax(payload::jsonb, '{ok}', NULL, true, 'delete_key') FROM events WHERE id = 1

SELECT jsonb_path_query_array(payload::jsonb, '$.tags[*] ? (@ starts with $p)', vars => '{"p": "a"}') FROM events WHERE id < 4

SELECT jsonb_path_exists(payload::jsonb, '$.geo ? (@.city == "Ulm")', silent => true), count(*) FROM events GROUP BY 1

SELECT id, (payload::jsonb) @? '$.tags[*] ? (@ == "b")' AS has_b, (payload::jsonb) @@ '$.ok == true' AS ok FROM events WHERE id < 5

SELECT key, count(*) FROM events, jsonb_each(payload::jsonb) GROUP BY key ORDER BY key

SELECT (jsonb_each(payload::jsonb)).key AS key, count(*) FROM events GROUP BY 1 ORDER BY 1

SELECT jsonb_object_agg(status, n) FROM (SELECT status, count(*) AS n FROM orders GROUP BY status) AS s

SELECT payload::jsonb #>> '{geo,city}' AS city, payload::jsonb #> '{tags,0}' AS tag, payload::jsonb - 'geo' AS rest FROM events WHERE id = 2

SELECT payload::jsonb ? 'ip' AS has_ip, payload::jsonb ?| ARRAY['x', 'ok'] AS some, payload::jsonb ?& ARRAY['ip', 'ok'] AS both FROM events WHERE id = 2

SELECT id FROM events WHERE payload::jsonb @> '{"ok": true, "tags": ["a"]}' ORDER BY id LIMIT 5

SELECT xmlforest(id AS "orderId", status) FROM orders ORDER BY id LIMIT 2

SELECT xpath('/o/text()', '<o>7</o>'::xml), xml_is_well_formed('<a/>'), xmlconcat('<a/>'::xml, '<b/>'::xml)

SELECT * FROM unnest(ARRAY[1, 2, 3], ARRAY['a', 'b', 'c']) AS t(id, name) WHERE id > 1

SELECT t.id, t.status, o.amount_cents FROM unnest(ARRAY[1, 2], ARRAY['open', 'paid']) WITH ORDINALITY AS t(id, status, place) JOIN orders o ON o.id = t.id ORDER BY t.place

SELECT $$it's$$ AS quoted, $q$a "b" -- c$q$ AS tagged, id FROM orders WHERE id = 3

SELECT id FROM orders WHERE note = $$leave at the door$$ ORDER BY id LIMIT 3

SELECT B'101' | B'010' AS bits, B'1100'::int AS number, bit_count(B'1101'), X'1F'::int, get_bit(B'0101', 1), length(B'00101'), 5::bit(4)

SELECT id, amount_cents & 255 AS low, amount_cents >> 4 AS high, amount_cents # 7 AS x FROM orders WHERE id <= 3

TABLE orders

TABLE orders LIMIT 3

TABLE gold_orders ORDER BY id DESC FETCH FIRST 2 ROWS ONLY

SELECT count(*) FROM (TABLE orders) AS o

WITH paid AS (SELECT * FROM orders WHERE status = 'paid') TABLE paid

SELECT id, status FROM orders WHERE id < 3 UNION ALL (SELECT id, status FROM gold_orders WHERE id < 3) ORDER BY 1

SELECT x.a, x.b, x.a + x.b AS s FROM ROWS FROM (generate_series(1, 3), generate_series(10, 30, 10)) AS x(a, b)

SELECT d.day, n.name FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b', 'c'])) AS n(day, name) JOIN generate_series(1, 3) AS d(day) ON d.day = n.day

SELECT j.id, o.amount_cents - g.amount_cents AS delta FROM orders o JOIN gold_orders g USING (id) AS j WHERE j.id <= 5

SELECT j.id, j.status, count(*) FROM orders JOIN gold_orders USING (id, status) AS j GROUP BY j.id, j.status

SELECT (o).id, (o).status FROM (SELECT o FROM orders o WHERE o.id BETWEEN 5 AND 9) AS x

SELECT (x.o).amount_cents, (x.o).note FROM (SELECT o, row_number() OVER (ORDER BY id) AS n FROM orders o) AS x WHERE x.n <= 3

SELECT (o).* FROM orders o WHERE id = 2

SELECT (max(o.id), min(o.id))::text AS ends, ROW(1, 'a') = ROW(1, 'a') AS same, row_to_json(ROW(o.status, count(*))) FROM orders o GROUP BY o.status

SELECT row_to_json(t) FROM (SELECT id, status FROM orders WHERE id < 3) AS t

WITH RECURSIVE hops(id, nxt) AS (
    SELECT id, (id * 3) % 10 FROM orders WHERE id = 1
    UNION ALL
    SELECT o.id, (o.id * 3) % 10 FROM hops h JOIN orders o ON o.id = h.nxt
) CYCLE id SET is_cycle USING path
SELECT id, nxt, is_cycle, path FROM hops WHERE NOT is_cycle

WITH RECURSIVE tree AS (
    SELECT 1 AS id, 0 AS lvl
    UNION ALL
    SELECT t.id * 2 + b, t.lvl + 1 FROM tree t, (VALUES (0), (1)) AS v(b) WHERE t.lvl < 3
) SEARCH DEPTH FIRST BY id SET ord
SELECT t.lvl, t.id, o.status FROM tree t LEFT JOIN orders o USING (id) ORDER BY t.ord

WITH RECURSIVE tree(id, lvl) AS NOT MATERIALIZED (
    SELECT 1, 0 UNION ALL SELECT id + 1, lvl + 1 FROM tree WHERE lvl < 4
) SEARCH BREADTH FIRST BY lvl, id SET ord CYCLE id SET looped TO 'y' DEFAULT 'n' USING seen
SELECT * FROM tree ORDER BY ord

WITH RECURSIVE peers(id, customer_id) AS (
    SELECT id, customer_id FROM orders WHERE id = 7
    UNION
    SELECT o.id, o.customer_id FROM peers p JOIN orders o ON o.customer_id = p.customer_id OR o.id = p.customer_id
)
SELECT count(*) FROM peers

EXPLAIN VERBOSE SELECT status, sum(amount_cents) FROM orders GROUP BY status

EXPLAIN (COSTS OFF) SELECT o.id FROM orders o JOIN gold_orders g USING (id)

EXPLAIN (COSTS OFF, FORMAT JSON) SELECT * FROM events WHERE id = 1

SELECT to_tsvector('english', note) @@ plainto_tsquery('english', 'door') AS hit, ts_rank(to_tsvector('english', coalesce(note, '')), to_tsquery('english', 'urgent')) FROM orders WHERE id < 6

SELECT tsvector_to_array(strip(to_tsvector('simple', note))), numnode(to_tsquery('simple', 'a & b')) FROM orders WHERE id = 1

SELECT date(created_at) AS day, count(*) FROM orders GROUP BY date(created_at) ORDER BY 1 LIMIT 5

SELECT int4(amount_cents / 100.0) AS euros, text(id), float8(amount_cents) / 3 FROM orders WHERE id < 4

SELECT sind(30), cosd(60), atand(1), sinh(1), tanh(0.5), cot(1), round(asinh(2)::numeric, 4), atan2d(1, 1)

SELECT int4range(1, 10) * int4range(5, 20) AS both, int4range(1, 10) && int4range(9, 12) AS meet, upper(tsrange('2026-01-01', '2026-02-01')), lower_inc(int4range(1, 3))

SELECT int4multirange(int4range(1, 3), int4range(5, 9)), range_agg(int4range(id, id + 2)) FROM orders WHERE id < 6

SELECT id FROM orders WHERE created_at <@ tsrange('2026-01-01', '2026-03-01') ORDER BY id LIMIT 4

SELECT (timestamp '2026-01-01', timestamp '2026-01-10') OVERLAPS (timestamp '2026-01-05', timestamp '2026-02-01')

SELECT (date '2026-01-01', interval '10 days') OVERLAPS (date '2026-01-05', date '2026-02-01') AS meet

SELECT width_bucket(amount_cents, 0, 10000, 5) AS bucket, count(*), repeat('#', count(*)::int) AS bar FROM orders GROUP BY 1 ORDER BY 1

SELECT width_bucket(amount_cents, ARRAY[1000, 3000, 6000]) AS bucket, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY amount_cents), mode() WITHIN GROUP (ORDER BY status) FROM orders

SELECT rank(5000) WITHIN GROUP (ORDER BY amount_cents) AS place, cume_dist(5000) WITHIN GROUP (ORDER BY amount_cents) FROM orders

SELECT status, count(*) FILTER (WHERE amount_cents > 5000) AS big, string_agg(id::text, ',' ORDER BY id DESC) FILTER (WHERE id < 20) FROM orders GROUP BY status

SELECT coalesce(status, 'all') AS status, grouping(status) AS total, sum(amount_cents) FROM orders GROUP BY ROLLUP (status) ORDER BY 2, 1

SELECT status, date_trunc('month', created_at) AS month, count(*) FROM orders GROUP BY GROUPING SETS ((status), (date_trunc('month', created_at)), ())

SELECT id, sum(amount_cents) OVER w AS running, lag(amount_cents, 1, 0) OVER w AS before, ntile(4) OVER (ORDER BY amount_cents) FROM orders WINDOW w AS (PARTITION BY status ORDER BY id) ORDER BY id LIMIT 8

SELECT id, avg(amount_cents) OVER (ORDER BY created_at RANGE BETWEEN '7 days' PRECEDING AND CURRENT ROW) FROM orders ORDER BY id LIMIT 5

SELECT DISTINCT ON (customer_id) customer_id, id, amount_cents FROM orders ORDER BY customer_id, created_at DESC, id

SELECT date_bin('15 days', created_at, TIMESTAMP '2026-01-01') AS bin, count(*) FROM orders GROUP BY 1 ORDER BY 1

SELECT g.day::date, count(o.id) FROM generate_series('2026-01-01'::date, '2026-01-31', '1 day') AS g(day) LEFT JOIN orders o ON o.created_at::date = g.day GROUP BY 1 ORDER BY 1

SELECT age(timestamp '2026-04-10', created_at), justify_interval(interval '40 days 30 hours'), extract(epoch FROM interval '1 hour') FROM orders WHERE id = 1

SELECT created_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin' AS local, to_char(created_at, 'YYYY-"W"IW') FROM orders WHERE id = 1

SELECT isfinite(date 'infinity'), 'epoch'::timestamp, DATE '2026-02-01' - DATE '2026-01-01' AS days, TIME '10:30' + INTERVAL '90 min'

SELECT regexp_replace(note, '\s+', ' ', 'g'), (regexp_match(note, '([a-z]+) at'))[1], regexp_count(note, 'e'), regexp_substr(note, '[0-9]+%') FROM orders WHERE id IN (1, 3, 6)

SELECT id, (string_to_array(note, ' '))[1:2] AS words, cardinality(string_to_array(note, ' ')) FROM orders WHERE note <> '' AND id < 9

SELECT format('%s: %I = %L', id, 'status', status) FROM orders WHERE id < 3

SELECT overlay(status PLACING 'XX' FROM 1 FOR 2), position('a' IN status), trim(BOTH 'o' FROM status), substring(status FROM '[aeiou]') FROM orders WHERE id < 4

SELECT array_agg(DISTINCT status ORDER BY status) @> ARRAY['open'] AS has_open, array_position(ARRAY['a', 'b'], 'b'), ARRAY[1, 2] || 3, array_remove(ARRAY[1, 2, 1], 1) FROM orders

SELECT a.n, b.n FROM unnest(ARRAY[1, 2]) AS a(n) CROSS JOIN LATERAL (SELECT a.n * 10 AS n) AS b

SELECT encode(sha224('x'::bytea), 'hex'), encode(sha384('x'), 'base64'), get_byte('\x01ff'::bytea, 1), set_byte('\x0000', 0, 255), convert_from('\x6162', 'UTF8')

SELECT pg_size_bytes('10 MB'), pg_column_size(1), pg_typeof(amount_cents), num_nulls(note, status) FROM orders WHERE id = 5

SELECT point(1, 2) <-> point(4, 6) AS distance, area(box(point(0, 0), point(2, 3))), center(circle(point(1, 1), 2))

SELECT greatest(1, NULL, 3), nullif(status, 'open'), status IS DISTINCT FROM 'paid', (amount_cents > 100) IS NOT UNKNOWN FROM orders WHERE id = 1

SELECT sum(amount_cents)::numeric(12, 2) / 100, round(avg(amount_cents), 2), trunc(stddev_samp(amount_cents)), scale(1.250), trim_scale(1.250), gcd(12, 18), div(7, 2), 7 % 2, 2 ^ 10, |/ 16, @ -5 FROM orders

SELECT CASE WHEN amount_cents BETWEEN SYMMETRIC 5000 AND 1000 THEN 'mid' ELSE 'out' END AS band, count(*) FROM orders GROUP BY 1

SELECT o.id FROM orders o WHERE (o.status, o.customer_id) IN (SELECT g.status, g.customer_id FROM gold_orders g)

SELECT o.id FROM orders o WHERE ROW(o.amount_cents, o.id) > ROW(5000, 10) ORDER BY o.amount_cents, o.id LIMIT 5

SELECT s.n FROM (VALUES (1, 'a'), (2, 'b')) AS s(n, l) WHERE s.l COLLATE "C" > 'a'

SELECT id FROM orders ORDER BY amount_cents DESC NULLS LAST OFFSET 2 ROWS FETCH NEXT 3 ROWS WITH TIES

SELECT id FROM orders ORDER BY status USING <, id LIMIT 3

SELECT count(*) FROM orders o NATURAL JOIN gold_orders g

SELECT generate_series(1, 3) AS n, regexp_split_to_table('a,b', ',') AS part

SELECT json_build_object('open', count(*) FILTER (WHERE status = 'open'), 'all', count(*)) FROM orders

SELECT jsonb_pretty(jsonb_agg(jsonb_build_object('id', id, 'status', status) ORDER BY id)) FROM orders WHERE id < 3

SELECT to_jsonb(o) - 'note' || '{"seen": true}' FROM orders o WHERE id = 1

SELECT (to_jsonb(o) ->> 'amount_cents')::int + 1, jsonb_typeof(to_jsonb(o) -> 'status') FROM orders o WHERE id = 1

SELECT json_object(ARRAY['a', 'b'], ARRAY['1', '2']), json_object_keys('{"x": 1, "y": 2}')

WITH moved AS MATERIALIZED (SELECT * FROM orders WHERE status = 'shipped'), late AS (SELECT * FROM moved WHERE created_at < '2026-03-01') SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM late)

SELECT lower(status) ~ '^o' AS o, initcap(status), reverse(status), md5(status), ascii(status), chr(65), lpad(id::text, 5, '0'), split_part(note, ' ', 1), left(note, 3), translate(status, 'abc', 'xyz') FROM orders WHERE id < 4

SELECT count(*) FROM ONLY orders

SELECT bool_and(amount_cents > 0), bool_or(note IS NULL), every(id > 0), bit_or(id), corr(id, amount_cents) IS NOT NULL, regr_slope(amount_cents, id) IS NOT NULL, var_pop(amount_cents) > 0 FROM orders

--! masked

TABLE customers

TABLE staging_customers LIMIT 5

SELECT count(DISTINCT email) FROM (TABLE customers) AS c

WITH german AS (SELECT * FROM customers WHERE country = 'DE') TABLE german

SELECT (c).id, (c).email FROM (SELECT c FROM customers c WHERE c.id BETWEEN 5 AND 9) AS x

SELECT (x.c).name, (x.c).country FROM (SELECT c FROM customers AS c) AS x WHERE (x.c).id < 4

SELECT (c).* FROM customers c WHERE c.id = 3

SELECT c.id, ARRAY(SELECT s.email FROM staging_customers s WHERE s.country = c.country ORDER BY s.id LIMIT 2) AS mails FROM customers c WHERE c.id < 4

SELECT j.email, count(*) FROM customers c JOIN gold_customers g USING (email) AS j GROUP BY j.email

SELECT ROW(name, email) AS pair, row_to_json(ROW(id, phone)) FROM customers WHERE id < 3

SELECT jsonb_build_object('id', id, 'email', email) ->> 'id', hashtext(email) IS NULL FROM customers WHERE id < 5

SELECT x.id, x.email FROM customers c, jsonb_to_record(to_jsonb(c)) AS x(id int, email text) WHERE x.id < 4

WITH RECURSIVE linked(root, id, email, phone) AS (
    SELECT id, id, email, phone FROM customers WHERE id = 2
    UNION
    SELECT l.root, c.id, c.email, c.phone FROM linked l JOIN customers c ON c.email = l.email OR c.phone = l.phone
)
SELECT root, array_agg(DISTINCT id) AS cluster FROM linked GROUP BY root

WITH RECURSIVE up AS (
    SELECT id, email FROM customers WHERE id = 1 UNION ALL SELECT c.id, c.email FROM up u JOIN customers c ON c.id = u.id + 1 WHERE u.id < 5
) SEARCH DEPTH FIRST BY id SET ord CYCLE email SET again USING way
SELECT id, email, again FROM up ORDER BY ord

EXPLAIN (COSTS OFF) SELECT c.country, count(*) FROM customers c WHERE c.email IS NOT NULL GROUP BY c.country

EXPLAIN (VERBOSE, COSTS OFF) SELECT c.email, o.id FROM customers c JOIN orders o ON o.customer_id = c.id

EXPLAIN SELECT c.country, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country

SELECT id FROM customers WHERE email LIKE ANY (ARRAY['%@%', '[EMAIL%'])

SELECT count(*) FROM customers WHERE email = ANY (ARRAY(SELECT email FROM gold_customers))

SELECT xmlforest(id, email AS mail) FROM customers WHERE id = 1

--! plain
--! tool: execute

MERGE INTO staging_customers AS t
USING (VALUES (101, 'Erika Musterfrau', 'erika@example.com', 'DE'), (301, 'John Q. Public', 'jqp@example.com', 'US')) AS s(id, name, email, country)
ON t.id = s.id
WHEN MATCHED THEN UPDATE SET name = s.name, email = s.email, country = s.country
WHEN NOT MATCHED THEN INSERT (id, name, email, country, created_at) VALUES (s.id, s.name, s.email, s.country, now())

MERGE INTO orders o
USING (SELECT 60 AS id, 'returned'::text AS status UNION ALL SELECT 900, 'open') src
ON (o.id = src.id)
WHEN MATCHED AND o.status <> src.status THEN UPDATE SET status = src.status
WHEN MATCHED THEN DO NOTHING
WHEN NOT MATCHED THEN INSERT (id, status, created_at) VALUES (src.id, src.status, current_timestamp)

MERGE INTO events e USING (SELECT id FROM events WHERE kind = 'noise' AND at < '2026-01-05') x ON e.id = x.id WHEN MATCHED THEN DELETE

MERGE INTO orders AS o USING (VALUES (5, 'paid'), (6, 'paid')) AS v(id, status) ON o.id = v.id WHEN MATCHED THEN UPDATE SET status = v.status, note = 'synced'

MERGE INTO orders AS t USING (SELECT * FROM gold_orders WHERE id IN (3, 4)) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET amount_cents = s.amount_cents, status = s.status

MERGE INTO orders AS t USING gold_orders AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, customer_id, amount_cents, status) VALUES (s.id, s.customer_id, s.amount_cents, s.status)

WITH late AS (SELECT id FROM orders WHERE status = 'open' AND created_at < '2026-01-10') MERGE INTO orders o USING late l ON o.id = l.id WHEN MATCHED THEN UPDATE SET note = 'late'

MERGE INTO orders o USING jsonb_to_recordset('[{"id": 7, "note": "a"}, {"id": 8, "note": "b"}]') AS s(id int, note text) ON o.id = s.id WHEN MATCHED THEN UPDATE SET note = s.note

MERGE INTO orders o USING unnest(ARRAY[9, 10], ARRAY['x', 'y']) AS s(id, note) ON s.id = o.id WHEN MATCHED THEN UPDATE SET (note, status) = (s.note, 'paid')

MERGE INTO staging_customers t USING (SELECT 101 AS id, 'new@example.com' AS email) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET email = s.email WHEN NOT MATCHED THEN INSERT (id, email) VALUES (s.id, s.email)

INSERT INTO orders (id, customer_id, amount_cents, status, note) SELECT x.id, x.customer_id, x.amount_cents, x.status, x.note FROM json_to_recordset('[{"id":61060,"customer_id":4,"amount_cents":1500,"status":"open","note":"bulk"},{"id":61061,"customer_id":7,"amount_cents":2500,"status":"paid"}]') AS x(id int, customer_id int, amount_cents int, status text, note text)

INSERT INTO orders (id, amount_cents, status) SELECT * FROM unnest(ARRAY[61070, 61071], ARRAY[100, 200], ARRAY['open', 'paid'])

INSERT INTO orders (id, amount_cents, status) SELECT t.* FROM unnest(ARRAY[61072, 61073], ARRAY[100, 200], ARRAY['open', 'paid']) AS t(id, amount_cents, status)

INSERT INTO orders (id, status, note) VALUES (61080, 'open', $$it's urgent$$)

INSERT INTO staging_customers (id, name, email) SELECT * FROM jsonb_to_recordset('[{"id": 961, "name": "A B", "email": "a@example.com"}]') AS x(id int, name text, email text)

UPDATE orders SET status = v.status FROM (VALUES (1, 'paid'), (2, 'open')) AS v(id, status) WHERE orders.id = v.id

UPDATE staging_customers AS t SET email = v.email FROM (VALUES (101, 'x@example.com')) AS v(id, email) WHERE t.id = v.id

UPDATE orders SET note = $$don't$$ WHERE id = ANY ('{1,2,3}'::int[])

UPDATE orders o SET amount_cents = s.total FROM (SELECT customer_id, max(amount_cents) AS total FROM orders WHERE id IN (1, 2) GROUP BY customer_id) AS s WHERE o.customer_id = s.customer_id AND o.id IN (1, 2)

DELETE FROM events WHERE id IN (SELECT id FROM events WHERE kind = 'noise' AND id < 10 UNION SELECT id FROM events WHERE id = 11)

DELETE FROM orders o USING (VALUES (1), (2)) AS v(id) WHERE o.id = v.id RETURNING o.id, o.status

WITH gone AS (DELETE FROM orders WHERE id = 9 RETURNING id, status) SELECT status, count(*) FROM gone GROUP BY status

INSERT INTO orders (id, status) SELECT n, 'open' FROM generate_series(70001, 70005) AS g(n) ON CONFLICT (id) DO NOTHING RETURNING id
