--! must: deny

--! technique: 1 stacked

SELECT id FROM orders; DROP TABLE gold_orders

SELECT 1; DELETE FROM orders

UPDATE orders SET status = 'paid' WHERE id = 1; DELETE FROM customers

SELECT 1;
-- harmless
DROP TABLE events;

SELECT ';' ; DELETE FROM events WHERE 1 = 1

DELETE FROM events WHERE id = 1; DELETE FROM events; --

--! technique: 2 empty statements

; DROP TABLE orders

;; DELETE FROM orders;

/* */ ; DELETE FROM gold_orders

;;;SELECT 1;;;DROP TABLE events;;;

--! technique: 3 transaction control first

COMMIT; DROP TABLE gold_customers

ROLLBACK; DELETE FROM orders

COMMIT

BEGIN

ROLLBACK

END

BEGIN; DELETE FROM orders; COMMIT

--! technique: 4 END alias

SELECT 1 END; DROP TABLE gold_orders

SELECT id END FROM orders; DELETE FROM gold_orders

SELECT count(*) END; UPDATE gold_orders SET status = 'x'

SELECT 1 end; delete from orders

--! technique: 5 CTE before DML

WITH x AS (SELECT 1) DELETE FROM orders

WITH x AS (SELECT id FROM orders) DELETE FROM gold_orders WHERE id IN (SELECT id FROM x)

WITH x AS (SELECT 1 AS a) UPDATE gold_orders SET status = 'x' WHERE id = 1

WITH x AS (SELECT 1 AS id, 'x' AS status) INSERT INTO gold_orders (id, status) SELECT id, status FROM x

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) DELETE FROM events

--! technique: 6 data-modifying CTE

--! dialect: postgres

WITH gone AS (DELETE FROM gold_orders RETURNING *) SELECT * FROM gone

WITH gone AS (DELETE FROM orders RETURNING id) SELECT count(*) FROM gone

WITH u AS (UPDATE gold_customers SET country = 'XX' WHERE id = 1 RETURNING 1) SELECT 1

WITH i AS (INSERT INTO gold_orders (id, status) VALUES (99, 'x') RETURNING id) SELECT id FROM i

SELECT * FROM (WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone) AS x

--! technique: 7 write in a later CTE

WITH a AS (SELECT 1), b AS MATERIALIZED (DELETE FROM orders RETURNING id) SELECT * FROM a

WITH a AS MATERIALIZED (DELETE FROM events RETURNING id), b AS (SELECT id FROM a) SELECT count(*) FROM b

WITH a AS (SELECT 1), b AS (UPDATE gold_orders SET status = 'x' RETURNING id), c AS (SELECT 2) SELECT * FROM c

--! dialect: sqlite

WITH a AS MATERIALIZED (SELECT id FROM orders), b AS (SELECT id FROM a) DELETE FROM orders

WITH a AS NOT MATERIALIZED (SELECT 1) DELETE FROM gold_orders WHERE id = 1

--! technique: 6 data-modifying CTE

WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone

--! technique: 8 EXPLAIN ANALYZE of a write

--! dialect: both

EXPLAIN ANALYZE DELETE FROM orders

EXPLAIN (ANALYZE) UPDATE gold_orders SET status = 'x'

EXPLAIN (ANALYZE 1) DELETE FROM gold_orders

EXPLAIN ("analyze") DELETE FROM orders

EXPLAIN ANALYSE DELETE FROM orders

EXPLAIN (ANALYZE off, ANALYZE on) DELETE FROM orders

EXPLAIN (COSTS OFF, ANALYZE true, TIMING OFF) INSERT INTO gold_orders (id) VALUES (99)

EXPLAIN ANALYZE VERBOSE DELETE FROM events

EXPLAIN ANALYZE CREATE TABLE x AS SELECT * FROM orders

--! technique: 9 SELECT INTO

SELECT id INTO copied FROM orders

SELECT * INTO TEMP copied FROM customers

SELECT INTO copied FROM customers

SELECT INTO UNLOGGED copied FROM orders

--! technique: 10 CREATE TABLE AS

CREATE TABLE copied AS SELECT * FROM customers

CREATE TEMP TABLE copied AS SELECT * FROM customers

CREATE TEMPORARY TABLE orders AS SELECT * FROM gold_orders

CREATE VIEW copied AS SELECT * FROM customers

--! dialect: postgres

CREATE MATERIALIZED VIEW copied AS SELECT email FROM customers

CREATE UNLOGGED TABLE copied AS TABLE customers

--! technique: 11 COPY of files

--! dialect: both

COPY orders TO '/tmp/aegis-orders.csv'

COPY (SELECT email FROM customers) TO '/tmp/aegis-emails.csv'

COPY orders FROM '/etc/passwd'

COPY orders TO STDOUT

COPY customers (email) TO STDOUT WITH CSV

--! technique: 12 COPY PROGRAM

COPY orders TO PROGRAM 'cat > /tmp/aegis-out'

COPY orders FROM PROGRAM 'id'

COPY (SELECT 1) TO PROGRAM 'true'

--! technique: 13 COPY of a write

COPY (DELETE FROM orders RETURNING *) TO STDOUT

COPY (UPDATE gold_orders SET status = 'x' RETURNING id) TO STDOUT

COPY (INSERT INTO gold_orders (id) VALUES (99) RETURNING id) TO STDOUT

--! technique: 14 DO

DO $$ BEGIN DELETE FROM orders; END $$

DO LANGUAGE plpgsql 'BEGIN DROP TABLE gold_orders; END'

DO $x$ BEGIN EXECUTE 'DROP TABLE events'; END $x$

--! technique: 15 PREPARE and EXECUTE

PREPARE x AS DELETE FROM orders

EXECUTE x

EXPLAIN EXECUTE x

EXPLAIN ANALYZE EXECUTE x

DEALLOCATE ALL

--! technique: 16 cursors

DECLARE c CURSOR WITH HOLD FOR SELECT * FROM customers

FETCH ALL FROM c

MOVE FORWARD 5 IN c

CLOSE ALL

--! technique: 17 CALL

CALL pg_catalog.now()

CALL purge()

CALL purge(1, 'x')

--! technique: 18 MERGE

MERGE INTO gold_orders g USING orders o ON g.id = o.id WHEN MATCHED THEN DELETE

MERGE INTO orders o USING events e ON o.id = e.id WHEN MATCHED THEN UPDATE SET note = e.payload

MERGE INTO ONLY gold_orders AS g USING orders AS o ON g.id = o.id WHEN NOT MATCHED THEN INSERT (id) VALUES (o.id)

MERGE INTO gold_customers g USING customers c ON true WHEN MATCHED THEN UPDATE SET country = 'XX'

--! technique: 19 upserts

INSERT INTO gold_orders (id, status) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET status = excluded.status

INSERT INTO gold_orders (id, status) VALUES (500, 'x') ON CONFLICT DO NOTHING

--! dialect: sqlite

REPLACE INTO gold_orders (id, status) VALUES (1, 'x')

INSERT OR REPLACE INTO gold_orders (id, status) VALUES (1, 'x')

UPDATE OR REPLACE orders SET id = 5 WHERE id > 0

INSERT OR IGNORE INTO gold_customers (id, name) VALUES (77, 'x')

REPLACE INTO orders SELECT id, 0, 0, 'x', NULL, NULL FROM orders

--! technique: 20 joined writes without a predicate

--! dialect: both

UPDATE orders SET status = 'x' FROM events

UPDATE gold_orders SET status = e.kind FROM events e WHERE e.id = gold_orders.id

--! dialect: postgres

DELETE FROM orders USING events

DELETE FROM gold_orders USING orders WHERE orders.id = gold_orders.id

UPDATE orders AS o SET status = 'x' FROM orders AS p WHERE p.id = p.id

--! dialect: sqlite

UPDATE orders SET status = 'x' FROM (SELECT 1) AS one

--! technique: 21 TRUNCATE

--! dialect: both

TRUNCATE orders

TRUNCATE TABLE gold_orders

--! dialect: postgres

TRUNCATE TABLE ONLY orders, events RESTART IDENTITY CASCADE

--! dialect: both

DROP TABLE orders

DROP TABLE IF EXISTS gold_orders

drop view if exists orders

--! technique: 22 ALTER

ALTER TABLE customers DROP COLUMN email

ALTER TABLE customers RENAME COLUMN email TO note

ALTER TABLE customers RENAME TO events2

ALTER TABLE orders ADD COLUMN email TEXT

--! dialect: postgres

ALTER TABLE orders DISABLE TRIGGER ALL

ALTER TABLE customers ALTER COLUMN email TYPE integer USING 0

ALTER TABLE customers SET SCHEMA pg_temp

--! technique: 23 code in the schema

--! dialect: both

CREATE VIEW orders2 AS SELECT email AS status FROM customers

CREATE INDEX leak ON customers (email)

--! dialect: sqlite

CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM gold_orders; END

CREATE TEMP TRIGGER t AFTER INSERT ON orders BEGIN UPDATE gold_orders SET status = 'x'; END

CREATE VIRTUAL TABLE v USING fts5(x)

--! dialect: postgres

CREATE RULE r AS ON SELECT TO orders DO INSTEAD SELECT * FROM customers

CREATE OR REPLACE FUNCTION f() RETURNS void AS 'DELETE FROM orders' LANGUAGE sql

CREATE TRIGGER t AFTER INSERT ON events EXECUTE FUNCTION f()

CREATE POLICY p ON customers USING (true)

CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)

CREATE CAST (text AS integer) WITH INOUT

CREATE EXTENSION dblink

CREATE AGGREGATE leak (text) (SFUNC = textcat, STYPE = text)

--! technique: 24 grants and comments

--! dialect: both

GRANT ALL ON gold_orders TO PUBLIC

REVOKE ALL ON customers FROM PUBLIC

COMMENT ON TABLE orders IS 'x'

SECURITY LABEL ON TABLE orders IS 'x'

--! technique: 25 locks

LOCK TABLE orders IN ACCESS EXCLUSIVE MODE

SELECT * FROM orders FOR UPDATE

SELECT id FROM customers WHERE id = 1 FOR SHARE SKIP LOCKED

SELECT * FROM (SELECT id FROM orders FOR NO KEY UPDATE) AS x

WITH x AS (SELECT id FROM orders FOR KEY SHARE) SELECT * FROM x

--! technique: 26 maintenance

--! dialect: postgres

VACUUM FULL orders

CLUSTER orders

REINDEX TABLE orders

ANALYZE customers

REFRESH MATERIALIZED VIEW copied

CHECKPOINT

--! dialect: sqlite

VACUUM

REINDEX

ANALYZE

ANALYZE customers

--! technique: 27 notifications

--! dialect: both

LISTEN leak

NOTIFY leak, 'x'

SELECT pg_notify('leak', email) FROM customers

UNLISTEN *

--! technique: 28 settings

SET ROLE postgres

SET SESSION AUTHORIZATION postgres

SET search_path = pg_catalog

SET standard_conforming_strings = off

SET client_encoding = 'SJIS'

SET LOCAL statement_timeout = 0

RESET ALL

DISCARD ALL

SHOW ALL

SET TRANSACTION READ WRITE

--! technique: 29 ALTER of the server

ALTER SYSTEM SET log_statement = 'all'

ALTER ROLE postgres SUPERUSER

ALTER DATABASE postgres SET default_transaction_read_only = off

CREATE ROLE mallory SUPERUSER

DROP OWNED BY CURRENT_USER

--! technique: 30 savepoints and two phases

SAVEPOINT a

RELEASE a

ROLLBACK TO a

--! dialect: postgres

PREPARE TRANSACTION 'x'

COMMIT PREPARED 'x'

ROLLBACK AND CHAIN

--! dialect: sqlite

BEGIN IMMEDIATE

BEGIN EXCLUSIVE TRANSACTION

--! technique: 31 ATTACH

--! dialect: both

ATTACH 'stolen.db' AS s

ATTACH DATABASE ':memory:' AS m

DETACH main

ATTACH 'file:/etc/passwd?mode=ro' AS p

--! technique: 32 VACUUM INTO

VACUUM INTO 'stolen.db'

VACUUM main INTO 'stolen.db'

vacuum/**/into/**/'stolen.db'

--! technique: 33 PRAGMA

PRAGMA writable_schema = 1

PRAGMA main.query_only = 0

PRAGMA foreign_keys(0)

PRAGMA table_info(customers)

PRAGMA journal_mode = MEMORY

PRAGMA temp_store_directory = '/tmp'

PRAGMA database_list

--! technique: 34 the schema table

UPDATE sqlite_master SET sql = '' WHERE name = 'orders'

DELETE FROM sqlite_schema

INSERT INTO sqlite_master VALUES ('table', 'x', 'x', 2, 'CREATE TABLE x (a)')

SELECT sql FROM sqlite_master

SELECT * FROM sqlite_schema

SELECT * FROM main.sqlite_master

SELECT * FROM sqlite_temp_master

DELETE FROM sqlite_sequence

--! technique: 35 extensions

SELECT load_extension('/tmp/x.so')

SELECT load_extension('x', 'y') FROM orders

SELECT id FROM orders WHERE load_extension('x') IS NULL

--! technique: 36 files

SELECT readfile('/etc/passwd')

SELECT writefile('stolen.txt', 'x')

SELECT edit('x', 'vi')

SELECT * FROM fsdir('/etc')

--! technique: 37 fts3_tokenizer

SELECT fts3_tokenizer('simple')

SELECT fts3_tokenizer('x', x'0000000000000000')

CREATE VIRTUAL TABLE v USING fts3(a, tokenize=simple)

--! technique: 38 table-valued pragmas

SELECT * FROM pragma_table_info('customers')

SELECT name FROM pragma_table_list

SELECT * FROM dbstat

SELECT * FROM pragma_database_list()

SELECT * FROM sqlite_dbpage

SELECT * FROM bytecode('SELECT 1')

SELECT * FROM sqlite_stmt

--! technique: 39 shadowing in temp

CREATE TEMP VIEW orders AS SELECT id, email AS status FROM customers

CREATE TEMP TABLE customers (id, name)

DROP TABLE temp.customers

SELECT * FROM temp.aegis_masked_customers

DROP VIEW temp.aegis_masked_customers

SELECT * FROM aegis_masked_customers
