--! tool: query
--! masked

SELECT * FROM customers LIMIT 10

SELECT name, email FROM customers WHERE id = 7

SELECT count(*) FROM customers

SELECT country, count(*) AS n FROM customers GROUP BY country ORDER BY n DESC

SELECT count(email) AS with_email, count(*) - count(email) AS without FROM customers

SELECT count(DISTINCT email) FROM customers

SELECT c.* FROM customers c WHERE c.country = 'DE' ORDER BY c.id

SELECT c.id, c.name, o.amount_cents FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.status = 'paid'

SELECT c.country, sum(o.amount_cents) AS revenue FROM customers AS c LEFT JOIN orders AS o ON o.customer_id = c.id GROUP BY c.country HAVING sum(o.amount_cents) > 0

SELECT email, count(*) FROM staging_customers GROUP BY email HAVING count(*) > 1

SELECT DISTINCT name FROM customers

SELECT id FROM customers WHERE email IS NULL

SELECT id, name FROM customers WHERE phone IS NOT NULL AND country IN ('FR', 'IT')

SELECT s.id FROM staging_customers s JOIN staging_customers t ON t.email = s.email AND t.id <> s.id

WITH c AS (SELECT id, email, country FROM customers) SELECT country, count(email) FROM c GROUP BY country

WITH top AS (SELECT customer_id, sum(amount_cents) AS total FROM orders GROUP BY customer_id ORDER BY total DESC LIMIT 5)
SELECT c.name, c.email, top.total FROM top JOIN customers c ON c.id = top.customer_id

SELECT name, row_number() OVER (PARTITION BY country ORDER BY id) AS nth FROM customers

SELECT id, email, count(*) OVER (PARTITION BY email) AS shared FROM staging_customers

SELECT upper(name), lower(email) FROM customers WHERE id < 5

SELECT name || ' <' || email || '>' AS address FROM customers WHERE id <= 3

SELECT COALESCE(email, phone, 'unreachable') AS contact FROM customers

SELECT CASE WHEN email IS NULL THEN 'missing' ELSE 'present' END AS state, count(*) FROM customers GROUP BY 1

SELECT (SELECT c.name FROM customers c WHERE c.id = o.customer_id) AS who, o.amount_cents FROM orders o WHERE o.id < 6

SELECT id, name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE amount_cents > 5000)

SELECT c.id, c.name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)

SELECT email FROM customers UNION SELECT email FROM staging_customers

SELECT email FROM staging_customers EXCEPT SELECT email FROM customers

SELECT id, email FROM gold_customers ORDER BY id

SELECT g.id, g.name FROM gold_customers g JOIN customers c ON c.id = g.id

SELECT * FROM (SELECT id, name, country FROM customers) AS t WHERE t.country <> 'US'

SELECT t.* FROM staging_customers t WHERE t.email IS NULL OR t.country = ''

SELECT customers.name, customers.email FROM customers WHERE customers.id BETWEEN 10 AND 12

SELECT id, name FROM customers ORDER BY created_at DESC LIMIT 10

SELECT max(created_at) AS newest, count(ssn) AS with_ssn FROM customers

SELECT c.id, length(c.phone) AS n FROM customers c ORDER BY c.id

SELECT substr(name, 1, 1) AS initial, count(*) FROM customers GROUP BY 1

SELECT count(*) FROM customers c JOIN gold_customers g ON g.email = c.email

SELECT count(*) FILTER (WHERE phone IS NULL) AS no_phone, count(*) AS n FROM customers

SELECT c1.id, c2.id FROM customers c1 JOIN customers c2 ON c1.phone = c2.phone AND c1.id < c2.id

SELECT country, min(name), max(name) FROM customers GROUP BY country

SELECT "name", "email" FROM "customers" WHERE "id" = 4

SELECT c.id, c.email FROM customers c -- who wrote
WHERE c.id > 30 /* recent */ ORDER BY c.id;

SELECT id, name, email, phone, ssn, created_at, country FROM customers WHERE country = 'NL'

SELECT c.name, s.name FROM customers c CROSS JOIN staging_customers s WHERE c.id = 1 AND s.id < 105

SELECT c.country, count(DISTINCT c.email) AS people, count(DISTINCT o.id) AS orders FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.country

SELECT id FROM customers WHERE email IN (SELECT email FROM gold_customers)

WITH dup AS (SELECT email FROM staging_customers WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1)
SELECT s.id, s.country FROM staging_customers s JOIN dup ON dup.email = s.email ORDER BY s.id

SELECT c.id FROM customers c LEFT JOIN gold_customers g USING (id) WHERE g.id IS NULL

SELECT 'customers' AS t, count(*), count(email), count(phone), count(ssn) FROM customers UNION ALL SELECT 'staging', count(*), count(email), count(phone), count(ssn) FROM staging_customers

SELECT EMAIL, Name FROM CUSTOMERS WHERE ID = 2
