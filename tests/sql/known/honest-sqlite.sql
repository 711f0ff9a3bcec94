--! literal
-- fifth_sqlite.sql:309 "AEG-D206" "a relation is not declared in the estate: `sqlite_master`"

SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name;

--! literal
-- fifth_sqlite.sql:311 "AEG-D206" "a relation is not declared in the estate: `sqlite_master`"

SELECT m.name AS table_name, p.cid, p.name AS column_name, p.type, p."notnull", p.pk
FROM sqlite_master AS m
JOIN pragma_table_info(m.name) AS p
WHERE m.type = 'table'
ORDER BY m.name, p.cid;

--! literal
-- masked.sql:75 1 rows instead of 15: SELECT substr(name, 1, 1) AS initial, count(*) FROM temp.aegis_masked_customers AS custo

SELECT substr(name, 1, 1) AS initial, count(*) FROM customers GROUP BY 1

--! literal
-- seventh_sqlite.sql:385 "AEG-D209" "the statement uses a construct that the screen cannot bind: a relation after IN"

WITH lapsed AS (SELECT customer_id FROM orders GROUP BY customer_id HAVING max(created_at) < '2025-03-01') SELECT c.name, c.phone, c.country FROM customers c WHERE c.id IN lapsed ORDER BY c.name

--! literal
-- sixth_sqlite.sql:347 "AEG-D201" "the statement is over a size, token or depth limit: a text of too many characters"

SELECT (amount_cents / 1000) * 10 AS bucket_eur, COUNT(*) AS n, printf('%.*c', COUNT(*), '#') AS bar
FROM orders
GROUP BY bucket_eur
ORDER BY bucket_eur

--! literal
-- sixth_sqlite.sql:563 "AEG-D209" "the statement uses a construct that the screen cannot bind: a recursion without an end"

WITH RECURSIVE chain AS (
  SELECT id, customer_id, created_at, 1 AS depth
  FROM orders o
  WHERE NOT EXISTS (SELECT 1 FROM orders p WHERE p.customer_id = o.customer_id AND p.id < o.id)
  UNION ALL
  SELECT o.id, o.customer_id, o.created_at, chain.depth + 1
  FROM chain
  JOIN orders o ON o.id = (SELECT MIN(n.id) FROM orders n WHERE n.customer_id = chain.customer_id AND n.id > chain.id)
  WHERE chain.depth < 20
)
SELECT customer_id, MAX(depth) AS chain_length FROM chain GROUP BY customer_id ORDER BY 2 DESC

--! literal
-- retail_sqlite.sql:640 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

UPDATE staging_customers SET country = UPPER(TRIM(country)) WHERE created_at >= '2024-10-01' AND country IS NOT NULL

--! literal
-- retail_sqlite.sql:683 "AEG-D110" "an agent never drops, truncates or deletes without a scope"

INSERT INTO orders (id, customer_id, amount_cents, status, note, created_at)
SELECT id, customer_id, amount_cents, status, note, created_at FROM gold_orders WHERE created_at >= '2024-11-01'
ON CONFLICT (id) DO UPDATE SET status = excluded.status, amount_cents = excluded.amount_cents

--! literal
-- seventh_sqlite.sql:405 "AEG-D209" "the statement uses a construct that the screen cannot bind: a key that may become NULL"

INSERT INTO staging_customers (id, name, created_at, country) SELECT json_extract(value, '$.id'), json_extract(value, '$.name'), '2025-05-05', json_extract(value, '$.cc') FROM json_each('[{"id": 5001, "name": "Json One", "cc": "DE"}, {"id": 5002, "name": "Json Two", "cc": "US"}]')

--! literal
-- seventh_sqlite.sql:441 "AEG-D210" "a personal value would be copied to where it is not declared"

UPDATE staging_customers SET phone = replace(replace(phone, ' ', ''), '-', '') WHERE id IN (2, 4, 6, 8)

