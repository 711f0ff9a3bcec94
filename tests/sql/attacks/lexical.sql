--! technique: 40 case
--! must: deny

DrOp TaBlE OrDeRs

dElEtE fRoM gold_orders wHeRe id = 1

SeLeCt 1; dRoP tAbLe eVeNtS

UPDATE GOLD_ORDERS SET STATUS = 'X' WHERE ID = 1

INSERT INTO Gold_Customers (ID) VALUES (99)

--! technique: 41 comments as blanks

DROP/**/TABLE/**/orders

DELETE/* x */FROM/* y */gold_orders

/**/DELETE FROM orders--

-- SELECT
DELETE FROM orders

SELECT 1/**/;/**/DROP/**/TABLE/**/events

--! technique: 42 nested comments

/* /* */ DELETE FROM orders -- */

SELECT 1 /* /* */ ; DELETE FROM orders /* */ */

DELETE FROM orders /* /* */ WHERE id = 1 /* */ */

/* a /* b */ */ DROP TABLE orders

--! technique: 43 unterminated comment eats the predicate

DELETE FROM orders /* WHERE id = 1

UPDATE orders SET status = 'x' /* WHERE id = 1

DELETE FROM events --WHERE id = 1

UPDATE orders SET status = 'x' -- WHERE id = 1

--! technique: 44 other ends of a line
--! escaped

DELETE FROM orders --\u{d}WHERE id = 1

DELETE FROM orders -- \u{2028}WHERE id = 1

SELECT 1 --\u{d}; DELETE FROM orders

UPDATE orders SET status = 'x' --\u{c}WHERE id = 1

SELECT 1 -- \u{85}; DROP TABLE orders

--! technique: 45 blanks that are letters

DELETE FROM orders o\u{a0}WHERE\u{a0}id = 1

DELETE FROM orders\u{3000}WHERE\u{3000}id=1

UPDATE orders SET status = 'x' -- \u{2003}WHERE id = 1

DELETE FROM orders AS o\u{2003}WHERE\u{2003}o.id\u{2003}=\u{2003}1

DELETE FROM orders o\u{feff}WHERE\u{feff}id=1

--! technique: 46 NUL

DELETE FROM orders\u{0} WHERE id = 1

SELECT 1\u{0}; DROP TABLE orders

UPDATE orders SET status = 'x\u{0}' WHERE id = 1; DELETE FROM orders

SELECT id FROM orders WHERE status = 'paid'\u{0}' OR 1=1

--! technique: 47 byte order marks

\u{feff}DELETE FROM orders

\u{feff}DROP TABLE gold_orders

SELECT\u{feff}1; DROP TABLE orders

--! literal

--! technique: 48 escape strings

SELECT E'a\'b' ; DROP TABLE orders; --'

SELECT e'\\'; DELETE FROM gold_orders; --'

--! must: hold

SELECT E'\'; DELETE FROM orders; --'

DELETE FROM orders WHERE status = E'\' OR 1=1 --'

--! must: deny

--! technique: 49 backslashes

SELECT '\'; DELETE FROM orders; --'

SELECT X'1\'; DELETE FROM orders; --'

--! must: hold

SELECT '\''; DELETE FROM orders; --'

--! must: deny

DELETE FROM orders WHERE note = '\' OR 1=1; --'

--! technique: 50 other literals

SELECT q'[a'; DELETE FROM orders; --]'

SELECT r'\'; DELETE FROM orders; --'

SELECT N'a'; DELETE FROM orders; --'

SELECT Q'{x'; DROP TABLE orders; --}'

SELECT B'2'; DELETE FROM orders

--! technique: 51 dollars

SELECT $$a$$; DELETE FROM orders; --$$

SELECT $a$ ' $a$; DELETE FROM orders; -- '

SELECT 1 AS a$$; DELETE FROM orders; --$$

SELECT $1; DELETE FROM orders

SELECT $x$ $y$ $x$; DROP TABLE orders --$y$

DELETE FROM orders WHERE id = $1

DELETE FROM orders WHERE id = ?

DELETE FROM orders WHERE id = :id OR 1 = 1

--! technique: 52 Unicode escapes
--! must: hold

SELECT U&"\0065mail" FROM customers

SELECT U&"!0065mail" UESCAPE '!' FROM customers

SELECT U&'\0061' FROM orders

SELECT * FROM U&"\0063ustomers"

--! must: deny

DELETE FROM U&"\0067old_orders" WHERE id = 1

SELECT U&'\'; DROP TABLE orders; --'

--! technique: 53 quoted names
--! must: hold

SELECT "email" FROM "customers"

SELECT 'email' FROM customers

SELECT "email" FROM orders

SELECT "Email", "EMAIL" FROM customers

--! dialect: sqlite

SELECT [email], `email`, "email" FROM [customers]

SELECT * FROM 'customers'

SELECT 'customers'.'email' FROM 'customers'

SELECT c.'email' FROM customers AS c

SELECT email AS 'x' FROM customers AS 'y'

--! must: deny

DELETE FROM 'gold_orders'

DELETE FROM [orders]

DELETE FROM "gold_orders" WHERE [id] = 1

DELETE FROM orders WHERE "no_such" = "no_such"

--! technique: 54 brackets inside of brackets

SELECT 1 AS [a]]; DELETE FROM orders; --]

DELETE FROM orders AS [o] WHERE id = 1]

--! must: hold

SELECT 1 AS `a``; DELETE FROM orders; --`

SELECT 1 AS "a""; DELETE FROM orders; --"

--! dialect: postgres

SELECT 1 AS "a""; DELETE FROM orders; --"

--! must: deny

SELECT 1 AS [a]; DELETE FROM orders

DELETE FROM "gold_orders" WHERE "id" = 1

--! technique: 55 qualified names
--! must: hold

SELECT email FROM public.customers

SELECT * FROM ONLY customers

SELECT * FROM customers *

SELECT email FROM ONLY (customers)

SELECT customers.email FROM public . customers

--! must: deny

SELECT * FROM ONLY pg_authid

DELETE FROM ONLY gold_orders WHERE id = 1

DELETE FROM public.gold_orders WHERE id = 1

SELECT * FROM pg_catalog.pg_authid

SELECT * FROM information_schema.tables

SELECT * FROM pg_temp.orders

DELETE FROM ONLY orders

DELETE FROM orders *

SELECT * FROM "public.customers"

SELECT * FROM postgres.public.customers, pg_shadow

--! dialect: sqlite
--! must: hold

SELECT email FROM main.customers

SELECT email FROM main . customers

SELECT main.customers.email FROM main.customers

SELECT email FROM "main"."customers"

SELECT * FROM temp.customers

--! must: deny

DELETE FROM main.gold_orders WHERE id = 1

DELETE FROM main . orders

SELECT * FROM main.sqlite_schema

--! technique: 56 alias named like a relation
--! dialect: both
--! must: hold

SELECT orders.email FROM customers AS orders

SELECT events.* FROM customers events

SELECT customers.id FROM orders AS customers JOIN customers AS orders ON orders.id = customers.customer_id

SELECT o.email AS status FROM customers o, orders c WHERE c.customer_id = o.id

--! must: deny

DELETE FROM gold_orders AS orders WHERE orders.id = 1

UPDATE gold_customers AS staging_customers SET country = 'XX' WHERE staging_customers.id = 1

--! technique: 57 keywords as labels
--! must: hold

SELECT email LIKE FROM customers

SELECT email ILIKE FROM customers

SELECT email COLLATE FROM customers

SELECT email REGEXP FROM customers

SELECT email AND FROM customers

SELECT email OR FROM customers

SELECT email XOR FROM customers

SELECT email RLIKE FROM customers

SELECT email AS "from" FROM customers

SELECT email value FROM customers

SELECT email END FROM customers

SELECT email MATCH FROM customers
