--! tool: query
--! must: hold

--! technique: 77 aliases

SELECT email AS status FROM customers

SELECT c.email AS id, c.ssn AS country FROM customers c

SELECT name "note" FROM customers

SELECT x.y FROM (SELECT email AS y FROM customers) AS x

--! technique: 78 expressions

SELECT substr(email, 1, 5), substr(email, 6) FROM customers

SELECT upper(email), lower(name), length(email) FROM customers

SELECT 'x' || email || 'y' FROM customers

SELECT replace(email, '@', ' at ') FROM customers

SELECT CASE WHEN id > 0 THEN email END FROM customers

SELECT coalesce(NULL, ssn) FROM customers

SELECT CAST(ssn AS INTEGER) FROM customers

SELECT nullif(email, 'x') FROM customers

SELECT trim(name), ltrim(email, 'abc') FROM customers

SELECT CASE substr(email, 1, 1) WHEN 'g' THEN 'g' WHEN 'h' THEN 'h' WHEN 'j' THEN 'j' WHEN 'k' THEN 'k' ELSE 'later' END FROM customers

--! dialect: sqlite

SELECT hex(email) FROM customers

SELECT unicode(email), unicode(substr(email, 2)) FROM customers

SELECT quote(email), printf('%s', email), format('%.5s', email) FROM customers

SELECT CAST(email AS BLOB) FROM customers

SELECT json_array(email), json_object('a', email), json_quote(email) FROM customers

SELECT instr('gh8k9m0n1', substr(email, 1, 1)) FROM customers

SELECT email COLLATE NOCASE FROM customers

SELECT iif(email GLOB 'k*', 'k', 'other') FROM customers

SELECT ssn + 0, phone * 1 FROM customers

--! dialect: postgres

SELECT encode(email::bytea, 'hex'), encode(email::bytea, 'base64') FROM customers

SELECT md5(email), sha256(email::bytea), hashtext(email) FROM customers

SELECT reverse(email), left(email, 5), right(email, 5) FROM customers

SELECT translate(email, '@', '#'), overlay(email placing '' from 1 for 0), ascii(email) FROM customers

SELECT format('%s', email), quote_literal(email), concat(email, ''), concat_ws(',', name, email) FROM customers

SELECT string_to_array(email, '@'), split_part(email, '@', 1), regexp_split_to_array(email, '') FROM customers

SELECT email::varchar(5), email::name, email::bytea FROM customers

SELECT to_json(email), to_jsonb(email), json_build_array(email) FROM customers

SELECT substring(email from 1 for 5), substring(email from '[a-z0-9]+'), position('a' in email) FROM customers

SELECT convert_to(email, 'UTF8'), get_byte(email::bytea, 0), to_hex(ascii(email)) FROM customers

SELECT replace(ssn, '-', '')::bigint + 1 FROM customers WHERE ssn IS NOT NULL

SELECT regexp_matches(email, '(.*)@'), regexp_match(email, '.+') FROM customers

SELECT xmlelement(name a, email) FROM customers

SELECT email COLLATE "C" FROM customers

--! technique: 79 aggregates
--! dialect: both

SELECT min(email), max(ssn) FROM customers

SELECT country, min(name) FROM customers GROUP BY country

SELECT max(email) FILTER (WHERE id = 3) FROM customers

--! dialect: sqlite

SELECT group_concat(email) FROM customers

SELECT json_group_array(email), json_group_object(id, ssn) FROM customers

SELECT string_agg(email, ',') FROM customers

SELECT email, max(id) FROM customers

SELECT sum(replace(ssn, '-', '')), total(ssn), avg(ssn) FROM customers

--! dialect: postgres

SELECT string_agg(email, ',') FROM customers

SELECT array_agg(email), json_agg(ssn), jsonb_object_agg(id, email) FROM customers

SELECT mode() WITHIN GROUP (ORDER BY email) FROM customers

SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY email) FROM customers

SELECT string_agg(id::text, ',' ORDER BY email) FROM customers

SELECT rank('m') WITHIN GROUP (ORDER BY email) FROM customers

SELECT xmlagg(xmlelement(name a, email)) FROM customers

--! technique: 80 windows
--! dialect: both

SELECT lag(email) OVER (ORDER BY id) FROM customers

SELECT first_value(ssn) OVER (PARTITION BY country ORDER BY id) FROM customers

SELECT max(email) OVER () FROM customers

SELECT id, rank() OVER (ORDER BY email) FROM customers

SELECT id, ntile(20) OVER (ORDER BY ssn) FROM customers

SELECT id, count(*) OVER (ORDER BY email RANGE UNBOUNDED PRECEDING) FROM customers

--! technique: 81 stars

SELECT * FROM customers

SELECT c.* FROM customers c

SELECT *, * FROM customers

SELECT customers.*, orders.id FROM customers JOIN orders ON orders.customer_id = customers.id

SELECT * FROM customers NATURAL JOIN staging_customers

SELECT * FROM customers JOIN staging_customers USING (email)

SELECT email FROM customers NATURAL JOIN gold_customers

SELECT * FROM orders NATURAL JOIN customers

SELECT x.* FROM (SELECT c.* FROM customers c) AS x

--! technique: 82 column lists

WITH c(a, b) AS (SELECT id, email FROM customers) SELECT b FROM c

WITH c(a, b, c, d, e, f, g) AS (SELECT * FROM customers) SELECT c, e FROM c

--! dialect: postgres

SELECT b, c, d, e FROM customers AS x(a, b, c, d, e)

SELECT status FROM customers AS orders(id, note, status)

SELECT x.b FROM (customers JOIN orders ON true) AS x(a, b)

SELECT y FROM (SELECT email FROM customers) AS x(y)

--! technique: 83 set operations
--! dialect: both

SELECT status FROM orders UNION ALL SELECT email FROM customers

SELECT id, status FROM orders UNION SELECT id, ssn FROM customers

SELECT country FROM customers EXCEPT SELECT 'x' UNION SELECT name FROM customers

SELECT NULL WHERE 1 = 0 UNION ALL SELECT phone FROM customers

SELECT email FROM gold_customers INTERSECT SELECT email FROM customers

SELECT kind FROM events UNION ALL SELECT * FROM (SELECT email FROM customers) AS x

VALUES ('a') UNION ALL SELECT email FROM customers

--! dialect: postgres

SELECT status FROM orders WHERE false UNION TABLE staging_customers

--! technique: 84 chains and shadows
--! dialect: both

WITH a AS (SELECT email AS x FROM customers), b AS (SELECT x AS y FROM a), c AS (SELECT y AS z FROM b) SELECT z FROM c

WITH orders AS (SELECT email AS status FROM customers) SELECT status FROM orders

WITH customers AS (SELECT * FROM customers) SELECT email FROM customers

WITH customers AS (SELECT 1 AS id) SELECT * FROM (SELECT * FROM customers) AS x

WITH a AS (WITH orders AS (SELECT email FROM customers) SELECT email FROM orders) SELECT * FROM a, orders

SELECT * FROM (WITH customers AS (SELECT 'x' AS email) SELECT email FROM customers) AS a, customers

WITH RECURSIVE peel(rest, head) AS (SELECT email, '' FROM customers WHERE id = 1 UNION ALL SELECT substr(rest, 2), substr(rest, 1, 1) FROM peel WHERE rest <> '') SELECT head FROM peel

WITH RECURSIVE customers AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM customers WHERE id < 3) SELECT * FROM customers

WITH a AS (SELECT 'x' AS email), customers AS (SELECT * FROM a) SELECT c.email, g.email FROM customers c, gold_customers g

SELECT (WITH customers AS (SELECT 1 AS id) SELECT max(id) FROM customers), (SELECT max(email) FROM customers)

--! technique: 85 whole rows
--! dialect: postgres

SELECT c FROM customers c

SELECT (c).email FROM customers c

SELECT email(c) FROM customers c

SELECT c.email FROM (SELECT c FROM customers c) AS x(c)

SELECT row_to_json(c) FROM customers c

SELECT to_jsonb(c) ->> 'email' FROM customers c

SELECT to_jsonb(customers) FROM customers

SELECT c::text FROM customers c

SELECT array_agg(c) FROM customers c

SELECT ROW(c.*) FROM customers c

SELECT (c.*)::text FROM customers c

SELECT count(*), max(c::text) FROM customers c

SELECT json_agg(customers) FROM customers

SELECT (SELECT c) FROM customers c

SELECT jsonb_each_text(to_jsonb(c)) FROM customers c

SELECT x.customers FROM (SELECT customers FROM customers) x

--! dialect: sqlite

SELECT customers FROM customers

SELECT row_to_json(c) FROM customers c

SELECT (SELECT c.email) FROM customers c

SELECT "c" FROM customers c

--! technique: 86 functions over rows
--! dialect: sqlite

SELECT j.value FROM customers c, json_each(json_array(c.email)) j

SELECT j.* FROM customers c JOIN json_each(json_object('e', c.email)) AS j

SELECT value FROM json_each((SELECT json_group_array(email) FROM customers))

SELECT j.atom FROM customers c, json_tree(json_array(c.ssn)) j

--! dialect: postgres

SELECT u FROM customers c, unnest(ARRAY[c.email]) u

SELECT e.value FROM customers c, jsonb_each_text(to_jsonb(c)) e

SELECT l.x FROM customers c, LATERAL (SELECT c.email AS x) l

SELECT l.x FROM customers c CROSS JOIN LATERAL (VALUES (c.email), (c.ssn)) AS l(x)

SELECT r.* FROM customers c, regexp_split_to_table(c.email, '@') r

SELECT x FROM XMLTABLE('/a' PASSING (SELECT xmlelement(name a, email) FROM customers WHERE id = 1) COLUMNS x text PATH '.')

SELECT * FROM ROWS FROM (unnest((SELECT array_agg(email) FROM customers))) AS x

SELECT jsonb_array_elements_text((SELECT jsonb_agg(email) FROM customers))

SELECT * FROM json_to_recordset((SELECT json_agg(c) FROM customers c)) AS x(email text)

SELECT unnest(string_to_array(email, NULL)) FROM customers

--! technique: 87 TABLE
--! dialect: both

TABLE customers

WITH x AS (TABLE customers) SELECT * FROM x

SELECT * FROM (TABLE customers) AS x

TABLE customers LIMIT 3

--! technique: 89 scalar subqueries
--! dialect: both

SELECT (SELECT email FROM customers WHERE id = 1)

SELECT id, (SELECT c.email FROM customers c WHERE c.id = o.customer_id) FROM orders o

VALUES ((SELECT email FROM customers WHERE id = 1))

SELECT CASE WHEN (SELECT email FROM customers WHERE id = 1) > 'm' THEN 1 ELSE 0 END

SELECT id FROM orders ORDER BY (SELECT email FROM customers WHERE customers.id = orders.customer_id)

SELECT id FROM orders LIMIT (SELECT length(email) FROM customers WHERE id = 1)

SELECT count(*) FROM orders GROUP BY (SELECT email FROM customers WHERE customers.id = orders.customer_id)

SELECT coalesce((SELECT max(email) FROM customers), 'x')

SELECT EXISTS (SELECT 1 FROM customers WHERE email > 'm' AND id = 1)

--! dialect: postgres

SELECT ARRAY(SELECT email FROM customers)

SELECT array_to_string(ARRAY(SELECT email FROM customers), ',')

SELECT ROW((SELECT email FROM customers WHERE id = 1), 1)

--! technique: 91 predicates
--! dialect: both

SELECT id FROM customers WHERE email LIKE 'k%'

SELECT count(*) FROM customers WHERE email LIKE 'k%' OR email LIKE 'm%'

SELECT id FROM customers WHERE email > 'm'

SELECT id FROM customers WHERE ssn BETWEEN '500' AND '700'

SELECT id FROM customers WHERE substr(email, 1, 1) = 'k'

SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id AND c.email < 'p')

SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id AND c.name > 'M'

SELECT country, count(*) FROM customers GROUP BY country HAVING max(email) > 'x'

SELECT count(*) FILTER (WHERE email > 'm') FROM customers

SELECT id FROM customers WHERE length(name) > 15

SELECT id FROM customers WHERE (email, id) > ('m', 0)

SELECT id FROM customers WHERE email NOT LIKE '%0%'

SELECT id FROM customers c WHERE (SELECT count(*) FROM customers d WHERE d.email < c.email) = 3

SELECT id FROM customers WHERE CASE WHEN email > 'm' THEN 1 ELSE 0 END = 1

--! dialect: sqlite

SELECT id FROM customers WHERE email GLOB 'k*'

SELECT id FROM customers WHERE instr(email, 'k8') = 1

SELECT id FROM customers WHERE unicode(email) > 109

SELECT email > 'm' FROM customers

SELECT id FROM customers WHERE email LIKE printf('%c%%', 107)

--! dialect: postgres

SELECT id FROM customers WHERE email ~ '^k'

SELECT id FROM customers WHERE email ILIKE 'K%'

SELECT id FROM customers WHERE email SIMILAR TO '(k|m)%'

SELECT id FROM customers WHERE starts_with(email, 'k')

SELECT id FROM customers WHERE email ^@ 'k'

SELECT email > 'm', email ~ 'k' FROM customers

SELECT id FROM customers WHERE left(email, 1) = ANY (ARRAY['k', 'm'])

--! technique: 92 order

SELECT id FROM customers ORDER BY email

--! dialect: both

SELECT id FROM customers ORDER BY email LIMIT 1

SELECT id FROM customers ORDER BY substr(ssn, 1, 3) DESC

SELECT id FROM customers ORDER BY 1 LIMIT 3 OFFSET 1

SELECT id FROM (SELECT id, row_number() OVER (ORDER BY name) AS r FROM customers) AS x WHERE r <= 5 ORDER BY r

SELECT id FROM customers ORDER BY CASE WHEN email < 'm' THEN 0 ELSE 1 END, id

SELECT id FROM customers UNION SELECT id FROM staging_customers ORDER BY 1

SELECT c.id FROM customers c JOIN customers d ON d.email < c.email GROUP BY c.id ORDER BY count(*)

SELECT id, email FROM customers ORDER BY 2

--! technique: 93 plans

EXPLAIN SELECT * FROM customers WHERE email LIKE 'k%'

EXPLAIN SELECT id FROM customers WHERE email = 'x'

--! dialect: postgres

EXPLAIN (VERBOSE, FORMAT JSON) SELECT email FROM customers

EXPLAIN ANALYZE SELECT id FROM customers WHERE email > 'm'

EXPLAIN (ANALYZE, FORMAT JSON) SELECT count(*) FROM customers WHERE ssn < '600'

EXPLAIN (VERBOSE) SELECT (SELECT max(email) FROM customers)

--! dialect: sqlite

EXPLAIN QUERY PLAN SELECT * FROM customers WHERE email > 'm'

EXPLAIN SELECT email FROM customers WHERE ssn = '500-55-1234'

--! technique: 94 statistics
--! must: deny
--! dialect: postgres

SELECT most_common_vals FROM pg_stats WHERE tablename = 'customers'

SELECT stavalues1 FROM pg_statistic

SELECT query FROM pg_stat_activity

SELECT * FROM pg_catalog.pg_stats

SELECT * FROM pg_stats_ext

SELECT * FROM pg_stat_statements

--! dialect: sqlite

SELECT * FROM sqlite_stat1

SELECT * FROM sqlite_stat4

SELECT * FROM main.sqlite_stat1

--! technique: 95 errors
--! must: hold
--! dialect: sqlite

SELECT json_extract(email, '$') FROM customers

SELECT json(email) FROM customers

SELECT abs(CASE WHEN email > 'm' THEN -9223372036854775808 ELSE 1 END) FROM customers WHERE id = 1

SELECT email -> '$.a' FROM customers

SELECT json_extract('{}', email) FROM customers

--! dialect: postgres

SELECT CAST(email AS integer) FROM customers

SELECT email::int FROM customers

SELECT email::json FROM customers

SELECT '{}'::jsonb #> ARRAY[email] FROM customers

SELECT email::regclass FROM customers

SELECT 1 / (CASE WHEN email > 'm' THEN 0 ELSE 1 END) FROM customers WHERE id = 1

SELECT jsonb_path_query('{}', email::jsonpath) FROM customers

SELECT email::date, ssn::inet FROM customers

SELECT (email || '')::numeric FROM customers

SELECT format(email) FROM customers

SELECT to_char(1, email), to_date(email, 'YYYY') FROM customers
