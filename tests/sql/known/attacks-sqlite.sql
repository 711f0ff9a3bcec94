--! literal
-- abuse.sql:23 query: served

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n

