--! literal
-- masked.sql:75 1 rows instead of 15: SELECT substr(name, 1, 1) AS initial, count(*) FROM temp.aegis_masked_customers AS custo

SELECT substr(name, 1, 1) AS initial, count(*) FROM customers GROUP BY 1

