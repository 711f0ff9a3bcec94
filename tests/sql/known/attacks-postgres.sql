--! literal
-- second_both.sql:73 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status = 'open' OR stat

DELETE FROM orders WHERE status = 'open' OR status = 'paid' OR status = 'shipped' OR status = 'returned'

--! literal
-- second_both.sql:75 execute: 0 of 60 rows of orders are left as they were; south: DELETE FROM orders WHERE status IN ('open', 'pai

DELETE FROM orders WHERE status IN ('open', 'paid', 'shipped', 'returned')

