--! tool: query
--! must: hold

--! technique: 96 depth

SELECT ((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))

SELECT 1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1

SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT email FROM customers

SELECT * FROM (SELECT * FROM (SELECT * FROM (SELECT * FROM (SELECT * FROM (SELECT email FROM customers) a) b) c) d) e

SELECT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT true

SELECT CASE WHEN CASE WHEN CASE WHEN CASE WHEN id = 1 THEN true ELSE false END THEN true ELSE false END THEN true ELSE false END THEN 1 ELSE 0 END FROM orders

--! technique: 97 bombs
--! must: deny

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n

SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e, orders f, orders g, orders h

SELECT count(*) FROM events a CROSS JOIN events b CROSS JOIN events c CROSS JOIN events d CROSS JOIN events e CROSS JOIN events f

--! dialect: sqlite

SELECT length(randomblob(500000000))

SELECT zeroblob(1000000000)

SELECT hex(zeroblob(30000000)) FROM orders

SELECT replace(printf('%.20000000c', 'x'), 'x', 'xxxxxxxxxx')

SELECT printf('%.500000000c', 'x')

--! dialect: postgres

SELECT repeat('x', 1000000000)

SELECT count(*) FROM generate_series(1, 100000000000)

SELECT lpad('x', 1000000000, 'y')

SELECT 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ~ '(a*)*(a*)*(a*)*(a*)*b' FROM generate_series(1, 1000000000)

SELECT array_fill(0, ARRAY[100000000])

--! technique: 98 printers
--! must: hold
--! dialect: both

SELECT email, '\' FROM customers

SELECT email, 'it''s', '\''' FROM customers

SELECT email AS "a""b", '''' FROM customers

SELECT email, '''; DELETE FROM orders; --' FROM customers

SELECT email, ';--', '/*', '*/' FROM customers

SELECT email, - - 1, -(-1) FROM customers

SELECT c.email AS "x; DROP TABLE orders; --" FROM customers AS c

SELECT email, 'customers', '(SELECT 1)' FROM customers

SELECT email /* FROM customers */ FROM customers -- FROM customers

SELECT email, 'customers' AS "customers" FROM customers "customers"

--! escaped

SELECT email, '\u{e9}\u{1f600}' FROM customers WHERE id = 1

SELECT '\u{1f600}\u{1f600}\u{1f600}\u{1f600}', email FROM customers c WHERE id = 1

SELECT email, '\u{202e}' FROM /*\u{1f600}*/ customers

SELECT '\u{2028}\n\u{1f600}', c.email\nFROM customers c,\n/* \u{e9} */ staging_customers s

SELECT '\u{a0}', email FROM customers "\u{e9}"

--! literal
--! dialect: sqlite

SELECT email AS [a'b], `c` FROM (SELECT email, 1 AS `c` FROM customers)

SELECT email AS [x; DELETE FROM orders; --] FROM [customers]

SELECT email FROM `customers` AS [c]]

--! dialect: postgres

SELECT email, E'\'', E'\\' FROM customers

SELECT email, $$'; DELETE FROM orders; --$$ FROM customers

SELECT email, $q$customers$q$, U&'\0027' FROM customers
