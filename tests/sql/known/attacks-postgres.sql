--! literal
-- personal.sql:16 query: tells personal values apart: substr substr [EMAI L:jahjba2ibh44hejb] [EMAI L:didejde4ff2i7cih] [EMAI L:

SELECT substr(email, 1, 5), substr(email, 6) FROM customers

--! literal
-- personal.sql:28 query: tells personal values apart: invalid input syntax for type integer: "[SSN:ij7d5g42jd6f574b]" | invalid 

SELECT CAST(ssn AS INTEGER) FROM customers

--! literal
-- personal.sql:58 query: tells personal values apart: encode encode 5b454d41494c3a623534323565686367673335616a636a5d W0VNQUlMOmI

SELECT encode(email::bytea, 'hex'), encode(email::bytea, 'base64') FROM customers

--! literal
-- personal.sql:62 query: tells personal values apart: reverse left right ]2g4bjdfdja355ij6:LIAME[ [EMAI b4g2] ]2g4gijh472fe3e6i:

SELECT reverse(email), left(email, 5), right(email, 5) FROM customers

--! literal
-- personal.sql:70 query: tells personal values apart: email email email [EMAI <0> \x5b454d41494c3a36373261333366616362636437366a

SELECT email::varchar(5), email::name, email::bytea FROM customers

--! literal
-- personal.sql:74 query: tells personal values apart: substring substring position [EMAI gjgegdjifc4bdgjg 0 [EMAI g7i2d6a3fijfa5

SELECT substring(email from 1 for 5), substring(email from '[a-z0-9]+'), position('a' in email) FROM customers

--! literal
-- personal.sql:78 query: tells personal values apart: invalid input syntax for type bigint: "[SSN:ffcb7i2b3g5hh53b]" | invalid i

SELECT replace(ssn, '-', '')::bigint + 1 FROM customers WHERE ssn IS NOT NULL

--! literal
-- personal.sql:117 query: tells personal values apart: string_agg 21,12,7,16,34,5,26,8,3,37,4,29,9,13,36,10,35,18,23,38,2,40,14,2

SELECT string_agg(id::text, ',' ORDER BY email) FROM customers

--! literal
-- personal.sql:132 query: tells personal values apart: id rank 29 1 8 2 34 3 25 4 13 5 10 6 28 7 17 8 7 9 4 10 14 11 40 12 30 13 

SELECT id, rank() OVER (ORDER BY email) FROM customers

--! literal
-- personal.sql:134 query: tells personal values apart: id ntile 10 1 40 1 16 2 22 2 14 3 29 3 23 4 34 4 28 5 19 5 33 6 11 6 4 7 3

SELECT id, ntile(20) OVER (ORDER BY ssn) FROM customers

--! literal
-- personal.sql:136 query: tells personal values apart: id count 18 1 34 2 25 3 10 4 20 5 30 6 6 7 36 8 28 9 16 10 27 11 19 12 15 

SELECT id, count(*) OVER (ORDER BY email RANGE UNBOUNDED PRECEDING) FROM customers

--! literal
-- personal.sql:179 query: tells personal values apart: id status 38 paid 23 <0> 2 <1> 22 <2> 20 shipped 37 shipped 38 <3> 24 <4> 

SELECT id, status FROM orders UNION SELECT id, ssn FROM customers

--! literal
-- personal.sql:181 query: tells personal values apart: country <0> DE <1> <2> <3> <4> <5> <6> <7> <8> US FR <9> <10> <11> <12> <1

SELECT country FROM customers EXCEPT SELECT 'x' UNION SELECT name FROM customers

--! literal
-- personal.sql:185 query: tells personal values apart: email <0> <1> <2> <3> <4> <5> <6> <7> <8> <9> <10> <11> <12> <13> <14> <15

SELECT email FROM gold_customers INTERSECT SELECT email FROM customers

--! literal
-- personal.sql:210 query: tells personal values apart: head  [ E M A I L : j 7 a f h 3 j 7 h 3 g 6 b a h 7 ] | head  [ E M A I L 

WITH RECURSIVE peel(rest, head) AS (SELECT email, '' FROM customers WHERE id = 1 UNION ALL SELECT substr(rest, 2), substr(rest, 1, 1) FROM peel WHERE rest <> '') SELECT head FROM peel

--! literal
-- personal.sql:294 query: tells personal values apart: unnest [ E M A I L : h 7 c 7 2 6 b 4 e 2 b i 4 e 2 3 ] [ E M A I L : c d i

SELECT unnest(string_to_array(email, NULL)) FROM customers

--! literal
-- personal.sql:318 query: tells personal values apart: id 21 8 54 58 14 6 5 38 22 29 36 46 50 35 28 40 59 57 11 45 32 9 18 31 30 

SELECT id FROM orders ORDER BY (SELECT email FROM customers WHERE customers.id = orders.customer_id)

--! literal
-- personal.sql:322 query: tells personal values apart: count 1 2 3 2 1 7 4 1 1 1 4 1 4 4 5 1 2 2 2 2 6 1 2 1 | count 1 1 4 5 1 4 

SELECT count(*) FROM orders GROUP BY (SELECT email FROM customers WHERE customers.id = orders.customer_id)

--! literal
-- personal.sql:363 query: tells personal values apart: id 16 | id 35; south: SELECT id FROM (SELECT id, CASE WHEN name IS NULL TH

SELECT id FROM customers c WHERE (SELECT count(*) FROM customers d WHERE d.email < c.email) = 3

--! literal
-- personal.sql:397 query: tells personal values apart: id 37 31 40 17 16 28 23 32 7 15 29 14 36 9 12 18 4 39 5 24 10 2 21 26 35 8

SELECT id FROM customers ORDER BY email

--! literal
-- personal.sql:401 query: tells personal values apart: id 32 | id 15; south: SELECT id FROM (SELECT id, CASE WHEN name IS NULL TH

SELECT id FROM customers ORDER BY email LIMIT 1

--! literal
-- personal.sql:407 query: tells personal values apart: id 37 33 17 8 9 | id 27 13 3 14 15; south: SELECT id FROM (SELECT id, row_

SELECT id FROM (SELECT id, row_number() OVER (ORDER BY name) AS r FROM customers) AS x WHERE r <= 5 ORDER BY r

--! literal
-- personal.sql:413 query: tells personal values apart: id 39 21 23 17 37 8 12 26 5 34 4 13 10 38 15 29 24 1 19 31 9 27 7 20 35 3 

SELECT c.id FROM customers c JOIN customers d ON d.email < c.email GROUP BY c.id ORDER BY count(*)

--! literal
-- personal.sql:415 query: tells personal values apart: id email 39 <0> 31 <1> 3 <2> 15 <3> 34 <4> 37 <5> 2 <6> 6 <7> 27 <8> 1 <9>

SELECT id, email FROM customers ORDER BY 2

--! literal
-- personal.sql:479 query: tells personal values apart: invalid input syntax for type integer: "[EMAIL:6ahj36cg6a72d243]" | invali

SELECT CAST(email AS integer) FROM customers

--! literal
-- personal.sql:481 query: tells personal values apart: invalid input syntax for type integer: "[EMAIL:jhg7de66g475h62b]" | invali

SELECT email::int FROM customers

--! literal
-- personal.sql:487 query: tells personal values apart: relation "[email:dgij6a22fdfc335g]" does not exist | relation "[email:4cjj

SELECT email::regclass FROM customers

--! literal
-- personal.sql:493 query: tells personal values apart: invalid input syntax for type date: "[EMAIL:5f363ie7635hacjc]" | invalid i

SELECT email::date, ssn::inet FROM customers

--! literal
-- personal.sql:495 query: tells personal values apart: invalid input syntax for type numeric: "[EMAIL:acbbjdb2ideg3g3a]" | invali

SELECT (email || '')::numeric FROM customers

--! literal
-- scope.sql:192 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status NOT LIKE 'no suc

DELETE FROM orders WHERE status NOT LIKE 'no such status'

--! literal
-- scope.sql:229 execute: 0 of 60 rows of orders are left as they were; south: UPDATE orders SET status = 'x' WHERE length(stat

UPDATE orders SET status = 'x' WHERE length(status) >= 0

--! literal
-- scope.sql:233 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE CAST(id AS TEXT) <> ''

DELETE FROM orders WHERE CAST(id AS TEXT) <> ''

--! literal
-- scope.sql:239 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE substr(status, 1, 0) = 

DELETE FROM orders WHERE substr(status, 1, 0) = ''

--! literal
-- scope.sql:260 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status BETWEEN '' AND '

DELETE FROM orders WHERE status BETWEEN '' AND 'zzzzzzzz'

--! literal
-- scope.sql:266 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id > 0

DELETE FROM orders WHERE id > 0

--! literal
-- scope.sql:268 execute: 0 of 60 rows of orders are left as they were; south: UPDATE orders SET status = 'x' WHERE id < 100000

UPDATE orders SET status = 'x' WHERE id < 1000000

--! literal
-- scope.sql:270 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE amount_cents >= 0

DELETE FROM orders WHERE amount_cents >= 0

--! literal
-- scope.sql:272 execute: 0 of 30 rows of staging_customers are left as they were; south: DELETE FROM staging_customers WHERE c

DELETE FROM staging_customers WHERE created_at > '1970-01-01'

--! literal
-- scope.sql:274 execute: 0 of 60 rows of orders are left as they were; south: UPDATE orders SET note = 'x' WHERE status <> 'no

UPDATE orders SET note = 'x' WHERE status <> 'no such status'

--! literal
-- scope.sql:276 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE id <> -1

DELETE FROM orders WHERE id <> -1

