--! literal
-- masked.sql:55 65 rows instead of 57: SELECT email FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSON_NAME:' || 

SELECT email FROM customers UNION SELECT email FROM staging_customers

--! literal
-- masked.sql:57 27 rows instead of 19: SELECT email FROM (SELECT id, CASE WHEN name IS NULL THEN NULL ELSE '[PERSON_NAME:' || 

SELECT email FROM staging_customers EXCEPT SELECT email FROM customers

--! literal
-- masked.sql:75 1 rows instead of 15: SELECT substr(name, 1, 1) AS initial, count(*) FROM (SELECT id, CASE WHEN name IS NULL T

SELECT substr(name, 1, 1) AS initial, count(*) FROM customers GROUP BY 1

