-- Under EXPLAIN so that the verdict shows and nothing runs; each was run without it and did not end in its limit.

--! dialect: both
--! tool: query
--! technique: 97
--! must: deny

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n WHERE EXISTS (SELECT 1 FROM n m WHERE m.i = n.i + 2000000)

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT (SELECT count(*) FROM n WHERE n.i > o.id) FROM orders o

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n, orders

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT n.i + 1 FROM n JOIN orders o ON o.customer_id = n.i % 3 + 1 WHERE n.i < 60) SELECT count(*) FROM n

--! dialect: postgres
--! tool: query
--! technique: 97
--! must: deny

EXPLAIN WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n JOIN orders o ON o.id = n.i % 10

