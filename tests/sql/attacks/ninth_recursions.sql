-- Under EXPLAIN so that the verdict shows and nothing runs; each was run without it and did not end in its limit.

--! dialect: both
--! tool: query
--! technique: 97
--! must: deny

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < i + 1) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i - 1 < i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i, k) AS (SELECT 1, 2 UNION ALL SELECT i + 1, k + 1 FROM n WHERE i < k) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e6 / 1e-6) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < (SELECT sum(amount_cents) * 1000000 FROM orders)) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, 2) FROM n WHERE s >= '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, 2) FROM n WHERE length(s) >= 0) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, 2) FROM n WHERE '' <= s) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n AS (SELECT 'ab' AS s, 'x' UNION ALL SELECT s, substr(s, 2) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT n.i + 1 FROM n, (SELECT 1 AS i) o WHERE o.i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT o.i + 1 FROM n, (SELECT 1 AS i) o WHERE n.i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT v.b FROM n JOIN (SELECT 1 AS a, 1 AS b) AS v ON v.a = n.i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT v.b FROM n JOIN (SELECT id AS a, id AS b FROM orders) AS v ON v.a = n.i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT o.id FROM n JOIN orders o ON o.id = n.i + 0) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT o.id * 1 FROM n JOIN orders o ON o.id = n.i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT abs(o.id) FROM n JOIN orders o ON o.id = n.i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT coalesce(o.id, 1) FROM n JOIN orders o ON o.id = n.i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT (SELECT n.i) FROM n JOIN orders o ON o.id = n.i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i / 2 FROM n WHERE i >= 0) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(a, b, c, d, e) AS (SELECT 1, 1, 1, 1, 1 UNION SELECT o.id, n.a, n.b, n.c, n.d FROM n JOIN orders o ON o.id = o.id) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(a, b, c, d, e) AS (SELECT 1, 1, 1, 1, 1 UNION SELECT o.id, n.a, n.b, n.c, n.d FROM n JOIN orders o ON o.customer_id = n.a OR o.id > 0) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000), m(i) AS (SELECT i FROM n UNION ALL SELECT i + 1 FROM m WHERE i < 1000000) SELECT count(*) FROM m

EXPLAIN WITH RECURSIVE n(i) AS (SELECT a.id FROM orders a, orders b UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n

EXPLAIN SELECT (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n WHERE n.i <> o.id) FROM orders o

EXPLAIN WITH RECURSIVE n(i, k) AS (SELECT 1, 1 UNION ALL SELECT i + 1, k + 1 FROM n WHERE i < k + 1) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, replace(s, 'y', '') || 'x' FROM n WHERE i < (SELECT count(*) * 100000 FROM orders)) SELECT max(s) FROM n

EXPLAIN WITH RECURSIVE n(i, s, k) AS (SELECT 1, 'x', 999999 UNION ALL SELECT i + 1, coalesce(s, '') || 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', k FROM n WHERE i < k) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT n.i + 1 FROM n LEFT JOIN (SELECT 1 AS k) o ON n.i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT n.i + 1 FROM n LEFT JOIN orders o ON o.id = n.i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT n.i FROM n LEFT JOIN orders o ON o.id = n.i + 1) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n), m(c) AS (SELECT count(*) FROM n) SELECT (SELECT c FROM m) FROM n LIMIT 1

EXPLAIN WITH RECURSIVE n(i, k) AS (SELECT 1, 5 UNION ALL SELECT n.i + 1, n.k + 0 FROM n JOIN orders o ON o.id = n.k) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT n.i + 1 FROM n JOIN (SELECT 1 AS a, 1 AS b) v ON v.a = v.b) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i, j) AS (SELECT 1, 1 UNION ALL SELECT n.j, n.i FROM n JOIN orders o ON o.id = n.i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT v.j FROM n JOIN (SELECT 1 AS i, 1 AS j) v USING (i)) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 61 - o.id FROM n JOIN orders o ON o.id = n.i) SELECT count(*) FROM n

--! dialect: sqlite
--! tool: query
--! technique: 97
--! must: deny

EXPLAIN WITH RECURSIVE n(i) AS (SELECT -1000*1000*1000*1000 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 'a') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i * 2 FROM n WHERE i < 'a') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < x'00') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(d) AS (SELECT '2000-01-01' UNION ALL SELECT datetime(d, '+1 second') FROM n WHERE d < '2030-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(d) AS (SELECT '2000-01-01' UNION ALL SELECT datetime(d, '+1 minute') FROM n WHERE d < '9999-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(d) AS (SELECT '2026-02-01' UNION ALL SELECT date(d, '+1 month', '-28 days') FROM n WHERE d < '2027-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(d) AS (SELECT '2026-01-01' UNION ALL SELECT date(d, '+11 months', '+25 days', 'start of year') FROM n WHERE d < '2028-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(d) AS (SELECT '2026-01-01' UNION ALL SELECT strftime('2026-01-%d', d, '+1 day') FROM n WHERE d < '2028-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(d) AS (SELECT '05' UNION ALL SELECT strftime('%d', d, '+1 day') FROM n WHERE d < '99') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(d) AS (SELECT '2026-01-01' UNION ALL SELECT strftime('2026-%m-01', d, '+1 month') FROM n WHERE d < '2028-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 12 UNION ALL SELECT CAST(substr(s, 2) AS INTEGER) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, instr(s, ',') + 1) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, 2) FROM n WHERE instr(s, '') > 0) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, 2) FROM n WHERE instr(s, '') <> 0) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < unixepoch()) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 0xFFFFFFFFFF) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < strftime('%s', 'now')) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i, s) AS (SELECT 1, '[]' UNION ALL SELECT i + 1, json_insert(s, '$[#]', i) FROM n WHERE i < 200000) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, hex(zeroblob(i)) FROM n WHERE i < 900000) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT CAST(i + 1 AS TEXT) FROM n WHERE CAST(i AS TEXT) < 'a') SELECT count(*) FROM n

--! dialect: postgres
--! tool: query
--! technique: 97
--! must: deny

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT v.b FROM n JOIN (VALUES (1, 2), (2, 1)) AS v(a, b) ON v.a = n.i) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab'::text UNION ALL SELECT substr(s, strpos(s, ',') + 1) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab'::text UNION ALL SELECT right(s, length(s) - strpos(s, 'z')) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab'::text UNION ALL SELECT left(s, length(s) - length(substr(s, 99))) FROM n WHERE s <> '') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(s) AS (SELECT 'ab'::text UNION ALL SELECT substr(s, 2) FROM n WHERE strpos(s, '') > 0) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 'NaN'::float8 UNION ALL SELECT i - 1 FROM n WHERE i > 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 'infinity'::float8 UNION ALL SELECT i - 1 FROM n WHERE i > 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT '-infinity'::float8 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT '-infinity'::timestamp UNION ALL SELECT i + interval '1 day' FROM n WHERE i < '2026-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 'infinity'::float8 UNION ALL SELECT i / 2 FROM n WHERE i > 0) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT '2000-01-01'::timestamp UNION ALL SELECT i + interval '1 second' FROM n WHERE i < '2030-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT '2000-01-01'::timestamp UNION ALL SELECT i + interval '0.000001 second' FROM n WHERE i < '2030-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT '2026-02-01'::timestamp UNION ALL SELECT i + interval '1 month -28 days' FROM n WHERE i < '2027-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT '2026-02-01'::timestamp UNION ALL SELECT i + interval '1 month' - interval '28 days' FROM n WHERE i < '2027-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT '1'::varchar(1) UNION ALL SELECT (i::int + 1)::varchar(1) FROM n WHERE i::int < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT (i + 1)::bit(2)::int FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1::numeric UNION ALL SELECT (i + 0.1)::numeric(10, 0) FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1::numeric UNION ALL SELECT (i + 1)::numeric(10, -2) FROM n WHERE i < 10) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT '2026-01-01'::timestamp UNION ALL SELECT (i + interval '0.1 second')::timestamp(0) FROM n WHERE i < '2027-01-01') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i >> 32 FROM n WHERE i > 0) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i::text < 'a') SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 'infinity'::float8) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1::bigint UNION ALL SELECT i + 1 FROM n WHERE i < extract(epoch FROM now())) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i, a) AS (SELECT 1, ARRAY[1] UNION ALL SELECT i + 1, array_append(a, i) FROM n WHERE i < 300000) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i, s) AS (SELECT 1, 'x'::text UNION ALL SELECT i + 1, repeat('x', i) FROM n WHERE i < 900000) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i, s) AS (SELECT 1, 'x'::text UNION ALL SELECT i + 1, lpad('x', i) FROM n WHERE i < 900000) SELECT count(*) FROM n

EXPLAIN WITH RECURSIVE n(i) AS (SELECT x FROM generate_series(1, 100000) AS x UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n

