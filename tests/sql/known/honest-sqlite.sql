--! literal
-- masked.sql:75 1 rows instead of 15: SELECT substr(name, 1, 1) AS initial, count(*) FROM temp.aegis_masked_customers AS custo

SELECT substr(name, 1, 1) AS initial, count(*) FROM customers GROUP BY 1

--! literal
-- sqlite.sql:94 "AEG-D208" "a function is not on the allow-list: `zeroblob`"

SELECT substring(status, 2), char(65, 66), unicode('a'), zeroblob(2) FROM orders LIMIT 1

