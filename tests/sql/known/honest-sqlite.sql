--! literal
-- masked.sql:55 65 rows instead of 57: SELECT email FROM temp.aegis_masked_customers AS customers UNION SELECT email FROM temp

SELECT email FROM customers UNION SELECT email FROM staging_customers

--! literal
-- masked.sql:57 27 rows instead of 19: SELECT email FROM temp.aegis_masked_staging_customers AS staging_customers EXCEPT SELEC

SELECT email FROM staging_customers EXCEPT SELECT email FROM customers

--! literal
-- masked.sql:75 1 rows instead of 15: SELECT substr(name, 1, 1) AS initial, count(*) FROM temp.aegis_masked_customers AS custo

SELECT substr(name, 1, 1) AS initial, count(*) FROM customers GROUP BY 1

