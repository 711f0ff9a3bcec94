--! must: deny
--! dialect: postgres

--! technique: 68 server files

SELECT pg_read_file('/etc/passwd')

SELECT pg_read_binary_file('/etc/passwd')

SELECT * FROM pg_read_file('/etc/passwd')

SELECT * FROM pg_ls_dir('/')

SELECT * FROM ROWS FROM (pg_ls_dir('/'), generate_series(1, 2)) AS x

SELECT x FROM orders o, LATERAL pg_read_file('/etc/passwd') AS x

SELECT id FROM orders ORDER BY pg_read_file('/etc/passwd')

SELECT id FROM orders LIMIT length(pg_read_file('/etc/passwd'))

SELECT count(*) FILTER (WHERE pg_read_file('/etc/passwd') IS NOT NULL) FROM orders

SELECT count(*) OVER (ORDER BY pg_read_file('/etc/passwd')) FROM orders

VALUES (pg_read_file('/etc/passwd'))

SELECT * FROM pg_stat_file('/etc/passwd')

SELECT pg_catalog.pg_read_file('/etc/passwd')

SELECT "pg_read_file"('/etc/passwd')

SELECT id FROM orders GROUP BY id, pg_read_file('/etc/passwd')

SELECT id FROM orders WHERE id IN (SELECT length(pg_read_file('/etc/passwd')))

UPDATE orders SET note = pg_read_file('/etc/passwd') WHERE id = 1

INSERT INTO events (id, payload) VALUES (900, pg_read_file('/etc/passwd'))

SELECT CASE WHEN true THEN pg_read_file('/etc/passwd') END

SELECT ARRAY[pg_read_file('/etc/passwd')]

SELECT pg_ls_logdir(), pg_current_logfile()

--! technique: 69 large objects

SELECT lo_import('/etc/passwd')

SELECT lo_export(1, '/tmp/aegis-x')

SELECT lo_from_bytea(0, 'x')

SELECT lo_unlink(1), lo_get(1)

--! technique: 70 dblink

SELECT * FROM dblink('host=evil', 'SELECT 1') AS x(a int)

SELECT dblink_exec('host=evil', 'x')

SELECT dblink_connect('host=evil')

--! technique: 71 SQL in strings

SELECT query_to_xml('SELECT email FROM customers', true, true, '')

SELECT table_to_xml('customers', true, true, '')

SELECT * FROM ts_stat('SELECT to_tsvector(email) FROM customers')

SELECT ts_rewrite('a'::tsquery, 'SELECT 1')

SELECT * FROM crosstab('SELECT 1, 2, 3') AS x(a int, b int)

SELECT cursor_to_xml('c', 1, true, true, '')

SELECT database_to_xml(true, true, '')

SELECT query_to_xml_and_xmlschema('DELETE FROM orders', true, true, '')

SELECT schema_to_xml('public', true, true, '')

--! technique: 72 set_config

SELECT set_config('search_path', 'pg_temp', false)

SELECT set_config('aegis.key', 'x', true)

SELECT id FROM orders WHERE set_config('role', 'postgres', false) IS NOT NULL

SELECT current_setting('aegis.key')

SELECT current_setting('data_directory')

--! technique: 73 sequences

SELECT nextval('orders_id_seq')

SELECT setval('orders_id_seq', 1)

SELECT lastval(), currval('x')

--! technique: 74 control

SELECT pg_terminate_backend(1)

SELECT pg_cancel_backend(1)

SELECT pg_reload_conf()

SELECT pg_promote()

SELECT pg_advisory_lock(1)

SELECT pg_sleep(10)

SELECT pg_sleep_for('10 seconds'), pg_rotate_logfile()

SELECT id FROM orders WHERE pg_sleep(1) IS NULL

SELECT pg_stat_reset()

SELECT pg_notify('a', 'b')

--! technique: 75 internals

SELECT pg_switch_wal()

SELECT pg_create_physical_replication_slot('x')

SELECT * FROM pg_logical_slot_get_changes('x', NULL, NULL)

SELECT get_raw_page('customers', 0)

SELECT heap_page_items(get_raw_page('customers', 0))

SELECT pg_logical_emit_message(true, 'a', 'b')

SELECT pg_relation_filepath('customers')

SELECT pg_export_snapshot(), txid_current()

SELECT pg_get_viewdef('x'::regclass), pg_get_functiondef(1)

SELECT has_table_privilege('customers', 'SELECT'), pg_backend_pid(), inet_server_addr(), version()

--! technique: 76 unknown functions
--! dialect: both

SELECT leak(id) FROM orders

SELECT my_schema.leak(id) FROM orders

SELECT * FROM leak(1)

SELECT aegis_token('email', 'x')

SELECT aegis_mask(email) FROM customers

SELECT id FROM orders WHERE leak(id)

UPDATE orders SET note = leak(note) WHERE id = 1

--! dialect: postgres

SELECT aegis.token('email', 'x')

SELECT aegis_masked.token('email', 'x')

SELECT * FROM aegis_masked.customers

--! dialect: sqlite

--! technique: 68 server files

SELECT readfile('/etc/passwd') FROM orders

SELECT id FROM orders ORDER BY readfile('/etc/passwd')

SELECT count(*) FILTER (WHERE readfile('/etc/passwd') IS NOT NULL) FROM orders

VALUES (readfile('/etc/passwd'))

SELECT count(*) OVER (ORDER BY writefile('x', 'y')) FROM orders

SELECT id FROM orders LIMIT length(readfile('/etc/passwd'))

UPDATE orders SET note = readfile('/etc/passwd') WHERE id = 1

--! technique: 69 blobs by name

SELECT * FROM sqlite_blob('customers', 'email', 1)

SELECT zipfile('a', 'b')

SELECT * FROM zipfile('x.zip')

--! technique: 70 other databases

SELECT * FROM other.customers

SELECT * FROM s.sqlite_master

INSERT INTO other.orders (id) VALUES (1)

--! technique: 71 SQL in strings

SELECT eval('DELETE FROM orders')

SELECT * FROM csv('x.csv')

SELECT fts5(?1)

--! technique: 72 settings by function

SELECT sqlite_compileoption_used('x'), sqlite_compileoption_get(1)

SELECT sqlite_log(1, 'x')

SELECT sqlite_source_id(), sqlite_version()

SELECT sqlite_offset(email) FROM customers

--! technique: 73 sequences

UPDATE sqlite_sequence SET seq = 0 WHERE name = 'orders'

SELECT seq FROM sqlite_sequence

--! technique: 74 control

SELECT shell('x')

SELECT sqlite3_interrupt()

--! technique: 75 internals

SELECT * FROM sqlite_dbdata

SELECT data FROM sqlite_dbpage WHERE pgno = 1

SELECT * FROM tables_used('SELECT 1')

SELECT rowid, email FROM customers WHERE fts5_api_from_db(1)
