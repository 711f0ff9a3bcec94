-- Statements that were served and hurt the engine: searches that no timeout stops, products, lengths and recursions.

--! dialect: postgres
--! tool: query
--! technique: 97 bombs
--! must: deny

SELECT strpos(repeat('a', 600000), 'b' || repeat('a', 300000))

SELECT position('b' || repeat('a', 300000) IN repeat('a', 600000))

SELECT split_part(repeat('a', 600000), 'b' || repeat('a', 300000), 2)

SELECT replace(repeat('a', 600000), 'b' || repeat('a', 300000), '')

SELECT string_to_array(repeat('a', 600000), 'b' || repeat('a', 300000))

SELECT length(translate(repeat('a', 500000), repeat('b', 400000), ''))

SELECT length(btrim(repeat('a', 500000), repeat('b', 400000) || 'a'))

SELECT xpath('count(//x[count(//x[count(//x) > 0]) > 0])', ('<r>' || repeat('<x/>', 20000) || '</r>')::xml)

SELECT xpath('//x[preceding::x[preceding::x]]', ('<r>' || repeat('<x/>', 20000) || '</r>')::xml)

--! dialect: sqlite

SELECT instr(printf('%.600000c', 'a'), printf('%.300000c', 'a') || 'b')

SELECT instr(hex(zeroblob('300' || '00000')), hex(zeroblob('90' || '00000')) || 'b')

SELECT replace(printf('%.600000c', 'a'), printf('%.300000c', 'a') || 'b', '')

SELECT trim(printf('%.500000c', 'a'), printf('%.400000c', 'b') || 'a')

SELECT ltrim(printf('%.500000c', 'a'), printf('%.400000c', 'b') || 'a') FROM orders

SELECT printf('%.900000c', 'a') GLOB '*' || printf('%.20000c', 'a') || 'b'

SELECT trim(printf('%.500000c', 'a'), printf('%.80000c', 'b') || 'a')

--! dialect: postgres

SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e, orders f WHERE a.id = a.id AND b.id = b.id AND c.id = c.id AND d.id = d.id AND e.id = e.id

SELECT count(*) FROM orders a JOIN orders b ON b.id = b.id JOIN orders c ON c.id = c.id JOIN orders d ON d.id = d.id JOIN orders e ON e.id = e.id JOIN orders f ON f.id = f.id

SELECT count(*) FROM orders a JOIN orders b ON a.id >= b.id - 1000 JOIN orders c ON c.id >= b.id - 1000 JOIN orders d ON d.id >= c.id - 1000 JOIN orders e ON e.id >= d.id - 1000 JOIN orders f ON f.id >= e.id - 1000

SELECT count(*) FROM orders a JOIN orders b USING (status) JOIN orders c USING (status) JOIN orders d USING (status) JOIN orders e USING (status) JOIN orders f USING (status) JOIN orders g USING (status) JOIN orders h USING (status) JOIN orders i USING (status)

SELECT count(*) FROM (SELECT id AS a1 FROM orders) a NATURAL JOIN (SELECT id AS b1 FROM orders) b NATURAL JOIN (SELECT id AS c1 FROM orders) c NATURAL JOIN (SELECT id AS d1 FROM orders) d NATURAL JOIN (SELECT id AS e1 FROM orders) e NATURAL JOIN (SELECT id AS f1 FROM orders) f

SELECT count(*) FROM generate_series(1, 1000000) g, orders a, orders b, orders c

SELECT count(*) FROM string_to_table(repeat('x,', 400000), ',') a, string_to_table(repeat('x,', 400000), ',') b

SELECT count(*) FROM unnest(array_fill(0, ARRAY[900000])) a, unnest(array_fill(0, ARRAY[900000])) b

SELECT count(*) FROM regexp_split_to_table(repeat('x,', 400000), ',') a, orders b, orders c, orders d

SELECT count(*) FROM (SELECT 1 FROM orders a, orders b, orders c LIMIT 10000) w, (SELECT 1 FROM orders a, orders b, orders c LIMIT 10000) x, (SELECT 1 FROM orders a, orders b, orders c LIMIT 10000) y, (SELECT 1 FROM orders a, orders b, orders c LIMIT 10000) z

WITH j AS (SELECT 1 FROM orders a, orders b, orders c, orders d LIMIT 10000) SELECT count(*) FROM j a, j b, j c, j d

SELECT (SELECT count((SELECT count((SELECT count((SELECT count((SELECT count(*) FROM orders f WHERE f.id <> e.id)) FROM orders e WHERE e.id <> d.id)) FROM orders d WHERE d.id <> c.id)) FROM orders c WHERE c.id <> b.id)) FROM orders b WHERE b.id <> a.id) FROM orders a

SELECT a.id FROM orders a, orders b, orders c ORDER BY (SELECT count(*) FROM orders e, orders f, orders g, orders h WHERE e.id <> a.id + b.id + c.id) LIMIT 1

SELECT count(*) FROM orders a, orders b, orders c GROUP BY a.id HAVING (SELECT count(*) FROM orders e, orders f, orders g, orders h WHERE e.id <> a.id) > 0

SELECT count(*) FROM orders a JOIN orders b ON (SELECT count(*) FROM orders e, orders f, orders g, orders h WHERE e.id <> a.id + b.id) > 0

SELECT count(*) FROM orders a WHERE (SELECT count(*) FROM orders b WHERE b.id <> a.id AND (SELECT count(*) FROM orders c WHERE c.id <> b.id AND (SELECT count(*) FROM orders d WHERE d.id <> c.id AND (SELECT count(*) FROM orders e WHERE e.id <> d.id AND (SELECT count(*) FROM orders f WHERE f.id <> e.id) > 0) > 0) > 0) > 0) > 0

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n, (VALUES (1), (2)) v(x) WHERE i < 40) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n, orders WHERE i < 6) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n JOIN orders o ON o.id = o.id WHERE i < 6) SELECT count(*) FROM n

WITH RECURSIVE n(i, k) AS (SELECT 1, 1 UNION ALL SELECT i + 1, n.k FROM n JOIN (SELECT 1 AS k, id FROM orders) o USING (k) WHERE i < 1000) SELECT count(*) FROM n

SELECT length(repeat('x', (SELECT sum(a.amount_cents) FROM orders a, orders b, orders c)::int))

SELECT length(repeat('x', extract(epoch FROM now())::int / 2))

SELECT length(repeat('x', ('9' || '9' || '9' || '9' || '9' || '9' || '9' || '9' || '9')::int))

SELECT length(repeat('x', x'2b9aca00'::int))

SELECT length(repeat('x', cosh(20)::int))

SELECT length(repeat('x', lcm(lcm(999, 998), 997)::int))

SELECT length(repeat('x', pg_size_bytes('900 MB')::int))

SELECT length(string_agg(repeat('x', 9000), '')) FROM orders a, orders b, events c WHERE c.id <= 20

SELECT array_length(array_agg(a.created_at::text), 1) FROM orders a, orders b, orders c, orders d

SELECT count(DISTINCT (a.id, b.id, c.id, d.id)) FROM orders a, orders b, orders c, orders d

SELECT repeat('a', 5000) ~ '(a?){250}(a?){250}(a?){250}a{250}a{250}a{250}b'

SELECT count(*) FROM regexp_matches(repeat('a', 100000), '(?=(a+)b)', 'g')

SELECT regexp_replace(repeat('a', 100000), 'a(?=.+b)', '', 'g')

SELECT jsonb_path_exists(jsonb_agg(g), '$[*] ? (exists ($[*] ? (exists ($[*] ? (@ < 0)))))') FROM generate_series(1, 3000) g

SELECT count(*) FROM generate_series(1, pg_size_bytes('900 MB'))

SELECT count(*) FROM generate_series((SELECT min(id) FROM orders), (SELECT sum(a.amount_cents) FROM orders a, orders b, orders c))

SELECT sum((SELECT count(*) FROM generate_series(1, 5000) g WHERE g <> h)) FROM generate_series(1, 200) h, orders a, orders b, orders c

SELECT count(*) FROM orders a, LATERAL (SELECT id FROM orders LIMIT 10000) b, LATERAL (SELECT id FROM orders LIMIT 10000) c, LATERAL (SELECT id FROM orders LIMIT 10000) d, LATERAL (SELECT id FROM orders LIMIT 10000) e, LATERAL (SELECT id FROM orders LIMIT 10000) f

SELECT sum(n) FROM (SELECT count(*) OVER (ORDER BY a.id ROWS BETWEEN 100000 PRECEDING AND 100000 FOLLOWING) + max(b.id) OVER (ORDER BY a.id, b.id ROWS BETWEEN 90000 PRECEDING AND 90000 FOLLOWING EXCLUDE CURRENT ROW) AS n FROM orders a, orders b, orders c) t

SELECT count(*) FROM (VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(10)) a(x) JOIN (VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(10)) b(x) ON a.x > b.x - 100 JOIN (VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(10)) c(x) ON c.x > b.x - 100 JOIN orders o ON o.id > c.x - 1000 JOIN orders p ON p.id > o.id - 1000 JOIN orders q ON q.id > p.id - 1000 JOIN orders r ON r.id > q.id - 1000

SELECT count(*) FROM orders a JOIN orders b ON a.id IS NOT DISTINCT FROM a.id OR a.id = b.id JOIN orders c ON a.id = b.id OR c.id = c.id JOIN orders d ON d.id = d.id OR d.id = a.id JOIN orders e ON e.id = e.id JOIN orders f ON f.id = f.id

SELECT count(*) FROM orders a CROSS JOIN orders b CROSS JOIN orders c CROSS JOIN orders d CROSS JOIN orders e WHERE a.id BETWEEN b.id - 1000 AND 1000 AND a.id BETWEEN a.id AND a.id

SELECT count(*) FROM generate_series(1, 1000) a, generate_series(1, 1000) b, orders c, orders d

SELECT count(*) FROM (SELECT generate_series(1, 1000000)) a, orders b, orders c, orders d

SELECT count(*) FROM orders a, orders b, orders c, orders d, json_array_elements((SELECT json_agg(o.id) FROM orders o)) e, json_array_elements((SELECT json_agg(o.id) FROM orders o)) f, json_array_elements((SELECT json_agg(o.id) FROM orders o)) g

SELECT count(*) FROM orders a, unnest(ARRAY(SELECT id FROM orders)) b, unnest(ARRAY(SELECT id FROM orders)) c, unnest(ARRAY(SELECT id FROM orders)) d, unnest(ARRAY(SELECT id FROM orders)) e, unnest(ARRAY(SELECT id FROM orders)) f

WITH RECURSIVE n(i) AS (SELECT 1::bigint UNION ALL SELECT i + 1 FROM n) SELECT i FROM n OFFSET 1

WITH RECURSIVE n(i) AS (SELECT 1::bigint UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 9999999999

WITH RECURSIVE n(i) AS (SELECT 1::bigint UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT ALL OFFSET 99999999

WITH RECURSIVE n(i) AS (SELECT 1::bigint UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT NULL

--! dialect: both
--! tool: execute

UPDATE orders SET note = 'x' FROM orders a, orders b, orders c, orders d, orders e, orders f WHERE orders.id = 1 AND a.id + b.id + c.id + d.id + e.id + f.id <> 0

UPDATE orders SET note = (SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e WHERE a.id = a.id AND b.id = b.id AND c.id = c.id) WHERE id = 1

INSERT INTO events (id, kind) SELECT 9000 + a.id, 'x' FROM orders a, orders b, orders c, orders d, orders e WHERE a.id = a.id AND b.id = b.id AND a.id + b.id + c.id + d.id + e.id < 0

INSERT INTO orders (id, note) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET note = (SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e, orders f WHERE a.id = a.id AND b.id = b.id AND c.id = c.id)

--! dialect: postgres

DELETE FROM orders USING orders a, orders b, orders c, orders d, orders e, orders f WHERE orders.id = 1 AND a.id + b.id + c.id + d.id + e.id + f.id <> 0

MERGE INTO orders o USING (SELECT a.id FROM orders a, orders b, orders c, orders d, orders e WHERE a.id = 1 AND b.id = b.id AND c.id = c.id) s ON s.id = o.id WHEN MATCHED THEN DO NOTHING

UPDATE orders SET (note, status) = (SELECT 'a', count(*)::text FROM orders a, orders b, orders c, orders d, orders e WHERE a.id = a.id) WHERE id = 1

--! dialect: sqlite
--! tool: query

SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e, orders f WHERE a.id = a.id AND b.id = b.id AND c.id = c.id AND d.id = d.id AND e.id = e.id

SELECT count(*) FROM (SELECT id AS a1 FROM orders) a NATURAL JOIN (SELECT id AS b1 FROM orders) b NATURAL JOIN (SELECT id AS c1 FROM orders) c NATURAL JOIN (SELECT id AS d1 FROM orders) d NATURAL JOIN (SELECT id AS e1 FROM orders) e NATURAL JOIN (SELECT id AS f1 FROM orders) f

WITH j AS (SELECT value FROM json_each('[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]')) SELECT count(*) FROM j a, j b, j c, j d

SELECT count(*) FROM json_each('[' || replace(hex(zeroblob(100000)), '0', '1,') || '1]') a, json_each('[' || replace(hex(zeroblob(100000)), '0', '1,') || '1]') b

SELECT count(*) FROM (SELECT 1 FROM orders a, orders b, orders c LIMIT 10000) w, (SELECT 1 FROM orders a, orders b, orders c LIMIT 10000) x, (SELECT 1 FROM orders a, orders b, orders c LIMIT 10000) y

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n, (SELECT 1 UNION ALL SELECT 2) WHERE i < 40) SELECT count(*) FROM n

SELECT (SELECT count((SELECT count((SELECT count((SELECT count((SELECT count(*) FROM orders f WHERE f.id <> e.id)) FROM orders e WHERE e.id <> d.id)) FROM orders d WHERE d.id <> c.id)) FROM orders c WHERE c.id <> b.id)) FROM orders b WHERE b.id <> a.id) FROM orders a

SELECT count(*) FROM json_tree('[' || replace(hex(zeroblob(100000)), '0', '1,') || '1]') a, json_tree('[' || replace(hex(zeroblob(100000)), '0', '1,') || '1]') b WHERE a.fullkey <> b.fullkey

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT -1) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 99999999999) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT -1

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 9999999999 OFFSET 9999999

SELECT count(*) FROM (SELECT 1 FROM orders a, orders b, orders c, orders d LIMIT -1) w, (SELECT 1 FROM orders a, orders b, orders c LIMIT -1) x

--! dialect: postgres

SELECT string_agg(n::text, '') FROM (SELECT 900000000 AS n) t, LATERAL (SELECT repeat('x', t.n)) u

SELECT length(repeat('x', n)) FROM (SELECT 900000000 AS n) t

WITH a(n) AS (SELECT 900000000), b AS (SELECT n AS m FROM a) SELECT length(repeat('x', m)) FROM b

SELECT length(repeat('x', n)) FROM (VALUES (900000000)) v(n)

SELECT length(repeat('x', sum(a.amount_cents)::int)) FROM orders a, orders b, orders c

SELECT count(*) FROM orders a, orders b, orders c, orders d WHERE a.id - a.id = b.id - b.id AND c.id * 0 = d.id * 0

SELECT count(*) FROM orders a WHERE a.id <> ALL (SELECT b.id FROM orders b, orders c, orders d WHERE b.id > c.id)

SELECT count(*) FROM orders a CROSS JOIN LATERAL (SELECT b.id FROM orders b CROSS JOIN LATERAL (SELECT c.id FROM orders c CROSS JOIN LATERAL (SELECT d.id FROM orders d CROSS JOIN orders e WHERE d.id <> c.id) w) x) y

SELECT array_fill(0, ARRAY[900000]) && array_fill(1, ARRAY[900000])

SELECT repeat('a', 100000) OPERATOR(pg_catalog.~) 'a+b'

SELECT max(a.id) OVER w FROM orders a, orders b WINDOW w AS (ORDER BY a.id ROWS BETWEEN 90000 PRECEDING AND 90000 FOLLOWING)

SELECT repeat('a', 900000) ~~ ('%' || repeat('a', 20000) || 'b')

SELECT regexp_replace(repeat('a', 100000), 'a+b', '', 'g')

SELECT count(*) FROM generate_series(date '2020-01-01', date '2020-01-02', interval '1 microsecond' * 100)

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 0.000001 FROM n WHERE i < 100000) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 - 1 FROM n WHERE i < 100) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + unnest(ARRAY[1, 1]) FROM n WHERE i < 40) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT (i + 1) % 10 FROM n WHERE i < 40) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT CASE WHEN i > 5 THEN 1 ELSE i + 1 END FROM n WHERE i < 40) SELECT count(*) FROM n

WITH RECURSIVE n(d) AS (SELECT date '2020-01-01' UNION ALL SELECT (d + interval '0 days')::date FROM n WHERE d < date '2021-01-01') SELECT count(*) FROM n

WITH n AS (SELECT g FROM generate_series(1, 100000) g) SELECT count(*) FROM n a JOIN n b ON a.g > b.g

SELECT length(repeat('x', value::int)) FROM json_array_elements_text('[900000000]')

WITH RECURSIVE n(i, k) AS (SELECT 1, 1 UNION ALL SELECT i + 1, k FROM n WHERE k < 10) SELECT count(*) FROM n

WITH RECURSIVE n(i, s) AS (SELECT 1, status FROM orders WHERE id = 1 UNION ALL SELECT i + 1, o.status FROM n JOIN orders o ON o.status = n.s WHERE i < 1000) SELECT count(*) FROM n

--! dialect: both

WITH RECURSIVE n(i) AS (SELECT -1000000000000 UNION ALL SELECT i + 1 FROM n WHERE i < 0) SELECT count(*) FROM n

SELECT count(*) FROM orders a, orders b, orders c, orders d

SELECT a.id FROM orders a JOIN orders b ON a.id = a.id JOIN orders c ON c.id > b.id JOIN orders d ON d.id BETWEEN c.id AND c.id + 1000

--! dialect: sqlite

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT min(i + 1, 5) FROM n WHERE i < 10) SELECT count(*) FROM n

WITH RECURSIVE n(d) AS (SELECT '2020-01-01' UNION ALL SELECT date(d, '+0 day') FROM n WHERE d < '2021-01-01') SELECT count(*) FROM n

WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, 1) FROM n WHERE s <> '') SELECT count(*) FROM n

WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT replace(s, 'z', '') FROM n WHERE s <> '') SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT (SELECT 99999999999)) SELECT count(*) FROM n

SELECT zeroblob(n) FROM (SELECT 600000000 AS n)

SELECT zeroblob(strftime('%s', 'now'))

SELECT count(*) FROM (SELECT id AS a1 FROM orders) JOIN (SELECT id AS b1 FROM orders) ON a1 = a1 JOIN (SELECT id AS c1 FROM orders) ON b1 = b1 JOIN (SELECT id AS d1 FROM orders) ON c1 = c1
