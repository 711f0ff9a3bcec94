//! Statements that are small and whose answers are not: texts that a function blows up, series without measure, products of many
//! relations, patterns that take forever.
//!
//! Sizes are estimates from above, from what is written down. A bound that is computed is refused where it could be anything; the
//! limits of the server are what stops the rest.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here counts as the text of a column"
)]

mod asked;
mod copies;
mod joins;
mod lengths;
mod made;
mod patterns;
mod products;
mod searches;
mod series;
mod sizes;
mod sources;

use super::SqlRefusal;
use super::parts::{arguments, folded, value};
use super::place::Lines;
use super::reading_a::bare_name;
use super::scope::{holds, number};
use super::walk::{Together, Walked};
use crate::denial::Code;
use asked::Names;
use copies::Copies;
pub(super) use joins::FAN;
use made::{Made, Maker};
use patterns::{flaw, flaw_of};
use products::Products;
use searches::{is_long_at, is_long_in};
use series::rows;
use sizes::Sizes;
use sqlparser::ast::{BinaryOperator, Cte, DataType, Expr, Select, SetExpr, Spanned, Statement, TableFactor, Visitor};
use std::ops::ControlFlow;

/// Longest text that an expression may come to, in characters.
const LONG: u64 = 1_000_000;
/// Most rows of all series of a statement, multiplied.
const SERIES: u64 = 1_000_000;
/// Most digits of a number that a function made.
const DIGITS: u64 = 10_000;
/// Largest exponent, and the largest number whose factorial is taken.
const EXPONENT: f64 = 1000.0;

const MANY: (&str, &str) = ("a series of too many rows", "ask for fewer rows, with ends that are written down");
const FAR: (&str, &str) = ("a search in too long a text", "look for a shorter part, or in a shorter text");
const WIDE: (&str, &str) =
    ("a text of too many characters", "ask for a shorter one, with a length that is written down");

/// Functions whose second argument is a regular expression.
const MATCHING: [&str; 9] = [
    "regexp_count",
    "regexp_instr",
    "regexp_like",
    "regexp_match",
    "regexp_matches",
    "regexp_replace",
    "regexp_split_to_array",
    "regexp_split_to_table",
    "regexp_substr",
];

/// Refuses what would grow out of measure.
pub(super) fn check(statement: &Statement, sql: &str) -> Result<(), SqlRefusal> {
    let (mut copies, mut maker, mut names) = (Copies::default(), Maker::of(statement), Names::default());
    if statement.walked(&mut Together(&mut [&mut copies, &mut maker, &mut names])).is_break() {
        let remedy = "compute a value once, where it is shown, instead of naming what is computed again and again";
        return Err(
            SqlRefusal::new(Code::SqlTooLarge, "columns of columns, which grow with every level").remedy(remedy)
        );
    }
    let (written, made) = maker.found(statement);
    let sizes = Sizes::of(written, &made);
    let mut walk = Walk { sql, refusal: None, series: 1, sizes };
    let _ignored = statement.walked(&mut walk);
    if let Some(refusal) = walk.refusal {
        return Err(refusal);
    }
    let mut products = Products::new(sql, sizes, names);
    products.statement(statement);
    products.refusal.map_or(Ok(()), Err)
}

/// How many rows follow from one row of a name in a step of its recursion.
pub(super) fn growth(step: &Select, name: &str) -> u64 {
    let made = Made::default();
    Products::new("", Sizes::of(0, &made), Names::default()).growth(step, name)
}

/// How many rows an arm of a recursion begins with, behind the names of a WITH before it.
pub(super) fn rows_of(anchor: &SetExpr, before: &[Cte]) -> u64 {
    let made = Made::default();
    Products::new("", Sizes::of(0, &made), Names::default()).anchor(anchor, before)
}

struct Walk<'sql> {
    sql: &'sql str,
    refusal: Option<SqlRefusal>,
    /// Rows of every series so far, multiplied.
    series: u64,
    sizes: Sizes<'sql>,
}

impl Walk<'_> {
    fn refuse<S: Spanned>(&mut self, part: &S, (what, remedy): (&str, &str)) -> ControlFlow<()> {
        let bytes = Lines::new(self.sql).bytes(part);
        self.refusal = Some(SqlRefusal::new(Code::SqlTooLarge, what).at_part(bytes).remedy(remedy));
        ControlFlow::Break(())
    }

    fn series<S: Spanned>(&mut self, part: &S, ends: &[&Expr]) -> ControlFlow<()> {
        self.series = self.series.saturating_mul(rows(ends, self.sizes).unwrap_or(u64::MAX));
        if self.series > SERIES { self.refuse(part, MANY) } else { ControlFlow::Continue(()) }
    }

    /// A number that is read in a text of so many digits that a product of two of them takes long.
    fn is_long_number(&self, expr: &Expr) -> bool {
        let Expr::Cast { expr, data_type: DataType::Numeric(_) | DataType::Decimal(_) | DataType::Dec(_), .. } = expr
        else {
            return false;
        };
        holds(expr.as_ref(), |part| matches!(part, Expr::Function(_))) && self.sizes.size(expr) > DIGITS
    }

    /// A function in a FROM.
    fn called(&mut self, factor: &TableFactor, name: &str, given: &[&Expr]) -> ControlFlow<()> {
        if let Some(flaw) = flaw_of(name, given) {
            return self.refuse(factor, flaw);
        }
        if is_long_in(self.sizes, name, given) {
            return self.refuse(factor, FAR);
        }
        if self.sizes.called(name, given) > LONG {
            return self.refuse(factor, WIDE);
        }
        if name == "generate_series" { self.series(factor, given) } else { ControlFlow::Continue(()) }
    }
}

impl Visitor for Walk<'_> {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        let (name, listed) = match factor {
            TableFactor::Table { name, args: Some(args), .. } => (name, &args.args),
            TableFactor::Function { name, args, .. } => (name, args),
            _ => return ControlFlow::Continue(()), // no function
        };
        let given: Vec<&Expr> = listed.iter().filter_map(value).collect();
        self.called(factor, &bare_name(name).unwrap_or_default(), &given)
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Function(function) = expr
            && folded(function) == "generate_series"
        {
            return self.series(expr, &arguments(&function.args));
        }
        if is_power(expr) || self.is_long_number(expr) {
            return self.refuse(expr, ("a number of too many digits", "use a smaller exponent"));
        }
        if let Some(flaw) = flaw(expr) {
            return self.refuse(expr, flaw);
        }
        if is_long_at(self.sizes, expr) {
            return self.refuse(expr, FAR);
        }
        if makes_text(expr) && self.sizes.size(expr) > LONG {
            return self.refuse(expr, WIDE);
        }
        ControlFlow::Continue(())
    }
}

/// What may make a text longer.
fn makes_text(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Function(_)
            | Expr::Overlay { .. }
            | Expr::Array(_)
            | Expr::BinaryOp {
                op: BinaryOperator::StringConcat
                    | BinaryOperator::Custom(_)
                    | BinaryOperator::PGCustomBinaryOperator(_),
                ..
            }
    )
}

/// A number whose digits are too many.
fn is_power(expr: &Expr) -> bool {
    match expr {
        Expr::BinaryOp { op: BinaryOperator::PGExp, right, .. } => is_over(right),
        Expr::Function(function) => match (folded(function).as_str(), arguments(&function.args).as_slice()) {
            ("power" | "pow", [_, end, ..]) | ("factorial", [end, ..]) => is_over(end),
            _ => false, // grows no number
        },
        _ => false,
    }
}

fn is_over(expr: &Expr) -> bool {
    number(expr).is_some_and(|number| number > EXPONENT)
}

#[cfg(test)]
mod tests {
    use super::check;
    use sqlparser::dialect::{Dialect, PostgreSqlDialect, SQLiteDialect};
    use sqlparser::parser::Parser;

    fn is_bomb(dialect: &dyn Dialect, sql: &str) -> bool {
        let statements = Parser::parse_sql(dialect, sql).unwrap();
        statements.iter().any(|statement| check(statement, sql).is_err())
    }

    #[test]
    fn bombs_are_refused() {
        for sql in [
            "SELECT length(array_to_string(array_fill(''::text, ARRAY[90]), repeat('y', 900000)))",
            "SELECT array_fill(repeat('y', 90000), ARRAY[90])",
            "SELECT length(string_agg(status, repeat('y', 900000))) FROM orders",
            "SELECT length(string_agg(repeat('x', 900000), '')) FROM orders",
            "SELECT length(jsonb_agg(repeat('x', 900000))::text) FROM orders",
            "SELECT string_agg(x, '') FROM (SELECT repeat('x', 900000) AS x FROM orders) AS t",
            "SELECT x || x FROM (SELECT repeat('x', 900000) AS x FROM orders) AS t",
            "SELECT length(x) FROM (SELECT x || x || x || x AS x FROM (SELECT x || x || x || x AS x FROM (SELECT x || x || x || x AS x FROM (SELECT x || x || x || x AS x FROM (SELECT repeat('x', 9999) AS x) a) b) c) d) e",
            "SELECT x || x FROM (VALUES (repeat('x', 900000))) AS t(x)",
            "SELECT length(overlay(repeat('x', 900000) placing repeat('y', 900000) from 1 for 1))",
            "SELECT concat_ws(repeat('x', 400000), 1, 2, 3, 4)",
            "SELECT format('%1$s%1$s%1$s', repeat('x', 400000))",
            "SELECT regexp_like(repeat('a', 400), '^(a+)+(a+)+\\1\\2b$')",
            "SELECT regexp_match(repeat('a', 300), '^(a+)(a+)(a+)\\1\\2\\3b$')",
            "SELECT regexp_replace(note, '(a+)\\' || '1', '') FROM orders",
            "SELECT note ~ ('(a+)' || chr(92) || '1') FROM orders",
            "SELECT substring(repeat('a', 300) FROM '^(a+)(a+)(a+)\\1\\2\\3b$')",
            "SELECT note ~ ANY (ARRAY['(a+)\\1b']) FROM orders",
            "SELECT note SIMILAR TO '(a+)#1' ESCAPE '#' FROM orders",
            "SELECT w FROM regexp_split_to_table(repeat('a', 300), '(a+)\\1b') AS w",
            "SELECT count(*) FROM (SELECT 1 AS a FROM events a, events b, events c) x, (SELECT 1 AS b FROM orders a, orders b) y WHERE x.a = 2",
            "WITH a AS (SELECT 1 FROM orders x, orders y), b AS (SELECT 1 FROM a x, a y) SELECT count(*) FROM b x, b y",
            "SELECT count(*) FROM (orders a CROSS JOIN orders b CROSS JOIN orders c) CROSS JOIN (orders d CROSS JOIN orders e)",
            "SELECT (SELECT count(*) FROM orders c, orders d, orders e WHERE c.id <> a.id) FROM orders a, orders b",
            "SELECT count(*) FROM orders a, LATERAL (SELECT * FROM orders) b, LATERAL (SELECT * FROM orders) c, LATERAL (SELECT * FROM orders) d, LATERAL (SELECT * FROM orders) e",
            "SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e WHERE a.id <> b.id AND b.id <> c.id",
            "SELECT count(*) FROM generate_series(timestamp '2000-01-01', timestamp '2026-01-01', interval '1 second 0 days')",
            "SELECT count(*) FROM generate_series(now(), 'infinity', interval '1 day')",
            "SELECT count(*) FROM generate_series(now(), '9999-12-31', interval '1 hour')",
            "SELECT count(*) FROM generate_series(now(), now() + interval '9999 years', interval '1 day')",
            "SELECT count(*) FROM orders a JOIN orders b ON b.id = b.id JOIN orders c ON c.id = c.id JOIN orders d ON d.id = d.id",
            "SELECT count(*) FROM orders a, orders b, orders c, orders d WHERE a.id = b.id OR b.id = c.id OR c.id = d.id",
            "SELECT count(*) FROM (SELECT 1 AS k FROM orders) a JOIN (SELECT 1 AS k FROM orders) b USING (k) JOIN (SELECT 1 AS k FROM orders) c USING (k) JOIN (SELECT 1 AS k FROM orders) d USING (k)",
            "SELECT count(*) FROM a WHERE (SELECT count(*) FROM b WHERE b.id <> a.id AND (SELECT count(*) FROM c WHERE c.id <> b.id AND (SELECT count(*) FROM d WHERE d.id <> c.id) > 0) > 0) > 0",
            "UPDATE orders SET note = 'x' FROM orders a, orders b, orders c WHERE orders.id = 1",
            "DELETE FROM orders USING orders a, orders b, orders c WHERE orders.id = 1",
            "SELECT repeat('x', pg_size_bytes('900 MB')::int)",
            "SELECT repeat('x', n) FROM (SELECT 900000000 AS n) t",
            "SELECT length(string_agg(repeat('x', 9000), '')) FROM orders a, orders b",
            "SELECT strpos(repeat('a', 600000), 'b' || repeat('a', 300000))",
            "SELECT position('b' || repeat('a', 300000) IN repeat('a', 600000))",
            "SELECT btrim(repeat('a', 500000), repeat('b', 400000))",
            "SELECT xpath('//x[preceding::x]', note::xml) FROM orders",
            "SELECT repeat('a', 5000) ~ '(a?){250}(a?){250}a{250}b'",
            "SELECT jsonb_path_exists(note::jsonb, '$[*] ? (exists ($[*] ? (exists ($[*] ? (@ < 0)))))') FROM orders",
        ] {
            assert!(is_bomb(&PostgreSqlDialect {}, sql), "{sql}");
        }
        for sql in [
            "SELECT length(group_concat(id, hex(zeroblob(400000)))) FROM orders",
            "SELECT length(json_group_array(hex(zeroblob(400000)))) FROM orders",
            "SELECT printf('%.900000c', 'a') GLOB '*' || printf('%.20000c', 'a') || 'b'",
            "SELECT count(*) FROM (SELECT 1 FROM orders a, orders b, orders c, orders d LIMIT -1) w",
        ] {
            assert!(is_bomb(&SQLiteDialect {}, sql), "{sql}");
        }
    }

    #[test]
    fn honest_sizes_are_served() {
        for sql in [
            "SELECT status, string_agg(DISTINCT note, '; ' ORDER BY note) FROM orders GROUP BY status",
            "SELECT string_agg(repeat('  ', depth) || name, ', ') FROM tree",
            "SELECT json_agg(t) FROM (SELECT json_build_object('id', id, 'name', name, 'note', note, 'status', status) AS o FROM orders) t",
            "SELECT array_to_string(array_agg(DISTINCT status ORDER BY status), ', ') FROM orders",
            "SELECT overlay(status placing 'XX' from 1 for 2), substring(note from '[0-9]+') FROM orders",
            "SELECT regexp_replace(note, '(a)(b)', '\\2\\1', 'g'), regexp_replace(note, '[' || chr(10) || ']', ' ') FROM orders",
            "SELECT repeat('#', count(*)::int) FROM orders",
            "SELECT id FROM orders WHERE status SIMILAR TO '(open|paid)'",
            "SELECT o.id, s.total FROM orders o CROSS JOIN (SELECT count(*) AS total FROM orders) s",
            "SELECT s.status, t.id FROM (SELECT DISTINCT status FROM orders) AS s CROSS JOIN LATERAL (SELECT id FROM orders o WHERE o.status = s.status LIMIT 2) AS t",
            "SELECT (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) FROM customers c",
            "SELECT d FROM generate_series(date_trunc('month', now()) - interval '5 months', now(), '1 month') AS d",
            "SELECT d FROM generate_series((SELECT min(created_at) FROM orders), '2026-12-31', interval '1 day') AS d",
            "SELECT y FROM generate_series(2020, extract(year FROM now())::int) AS y",
            "SELECT count(*) FROM customer, orders, lineitem, nation, region WHERE c_custkey = o_custkey AND l_orderkey = o_orderkey AND c_nationkey = n_nationkey AND n_regionkey = r_regionkey",
            "SELECT count(*) FROM a JOIN b ON b.id = a.b_id JOIN c ON c.id = a.c_id JOIN d ON d.id = a.d_id JOIN e ON e.id = d.e_id LEFT JOIN f ON f.e_id = e.id JOIN g USING (id)",
            "SELECT id FROM a WHERE id IN (SELECT a_id FROM b WHERE c_id IN (SELECT id FROM c WHERE d_id IN (SELECT id FROM d WHERE e_id IN (SELECT id FROM e))))",
            "SELECT DISTINCT c.id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM products p WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.product_id = p.id))",
            "SELECT e.name, m.name, t.name FROM staff e LEFT JOIN staff m ON m.id = e.manager_id LEFT JOIN staff t ON t.id = m.manager_id",
            "SELECT status, repeat('#', (sum(amount_cents) / 1000)::int) FROM orders GROUP BY status",
            "SELECT m.month, count(o.id) FROM months m LEFT JOIN orders o ON o.created_at >= m.month AND o.created_at < m.month + interval '1 month' GROUP BY 1",
            "SELECT xpath('/o/text()', note::xml) FROM orders",
        ] {
            assert!(!is_bomb(&PostgreSqlDialect {}, sql), "{sql}");
        }
    }
}
