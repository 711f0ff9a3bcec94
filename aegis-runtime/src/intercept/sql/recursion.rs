//! Whether a WITH that reads itself ends: some step counts towards a bound, takes a text apart, or follows rows of another relation.
//!
//! A step without an end runs until the server's limits stop it, and a LIMIT around it ends it only where nothing gathers its rows
//! first. Nor may a step make a text longer by a factor, however that is said: a few such steps are too many already.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no end"
)]

mod cuts;
mod growth;
mod motion;
mod steps;

use super::bombs;
use super::parts::taken;
use super::reading_a::bare_name;
use super::scope::{factors, holds, names_column, strip};
use super::walk::Walked;
use growth::{columns, is_growing};
use sqlparser::ast::{
    BinaryOperator, Expr, GroupByExpr, JoinConstraint, JoinOperator, Query, Select, SelectItem, SetExpr, SetOperator,
    SetQuantifier, TableFactor, Visit, Visitor,
};
use std::ops::ControlFlow;
use steps::Step;

/// The furthest that a step may count, and the most rows that it may come to.
const FAR: f64 = 1_000_000.0;

/// Whether the name of a WITH grows without an end.
pub(super) fn is_endless(name: &str, behind: &Query, around: &Query) -> bool {
    let mut arms = Vec::new();
    flatten(&behind.body, &mut arms);
    // One SELECT alone is no recursion: the name is a relation's, or the engine refuses it.
    if matches!(arms.as_slice(), [SetExpr::Select(_)]) {
        return false;
    }
    let columns = columns(name, arms.first().copied(), around);
    let first = match arms.first() {
        Some(SetExpr::Select(select)) => Some(select.as_ref()),
        _ => None, // rows that are written down
    };
    let steps: Vec<&SetExpr> = arms.into_iter().filter(|arm| reads(*arm, name)).collect();
    let doubles = |arm: &&SetExpr| match arm {
        SetExpr::Select(step) => is_growing(step, name, &columns),
        _ => false, // no step that can be looked at
    };
    // No LIMIT is small enough for that.
    if steps.iter().any(doubles) {
        return true;
    }
    if steps.is_empty() || is_near(behind) || is_lazy(around, name) {
        return false;
    }
    let distinct = is_distinct(&behind.body);
    // Each step follows from the rows of all.
    let growth = steps.iter().fold(0_u64, |growth, arm| match arm {
        SetExpr::Select(select) => growth.saturating_add(bombs::growth(select, name)),
        _ => growth, // refused below
    });
    steps.into_iter().any(|arm| match arm {
        SetExpr::Select(select) => {
            let step = Step { name, select, columns: &columns, first, growth };
            !(step.ends() || distinct && is_closed(select))
        }
        _ => true, // no step that can be looked at
    })
}

/// Whether no row is kept twice: every set operation is a plain UNION.
fn is_distinct(body: &SetExpr) -> bool {
    match body {
        SetExpr::SetOperation { op: SetOperator::Union, set_quantifier, left, right } => {
            matches!(set_quantifier, SetQuantifier::None | SetQuantifier::Distinct)
                && is_distinct(left)
                && is_distinct(right)
        }
        SetExpr::SetOperation { .. } => false,
        _ => true, // one arm
    }
}

/// Whether a step computes nothing, so that there are only so many rows: its columns are those of relations, and rows are looked up.
fn is_closed(step: &Select) -> bool {
    let kept = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
            matches!(strip(expr), Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Value(_))
        }
        SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) => true,
        SelectItem::ExprWithAliases { .. } => false,
    };
    let plain = |factor: &TableFactor| matches!(factor, TableFactor::Table { args: None, .. });
    let compares = |expr: &Expr| match expr {
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => names_column(left) && names_column(right),
        _ => false, // nothing is looked up by it
    };
    let joins = step.from.iter().flat_map(|from| &from.joins);
    let looked_up = joins.filter_map(|join| match &join.join_operator {
        JoinOperator::Join(JoinConstraint::On(on)) | JoinOperator::Inner(JoinConstraint::On(on)) => Some(on),
        _ => None, // compares nothing, or keeps rows that meet none
    });
    step.projection.iter().all(kept)
        && factors(&step.from).all(plain)
        && looked_up.chain(&step.selection).any(|on| holds(on, compares))
}

/// The arms of a set operation.
fn flatten<'query>(body: &'query SetExpr, arms: &mut Vec<&'query SetExpr>) {
    match body {
        SetExpr::SetOperation { left, right, .. } => {
            flatten(left, arms);
            flatten(right, arms);
        }
        SetExpr::Query(query) if query.with.is_none() => flatten(&query.body, arms),
        arm => arms.push(arm),
    }
}

/// Whether a part reads rows of a name, however deep.
pub(super) fn reads<V: Visit>(part: &V, name: &str) -> bool {
    let mut names = Names { name, found: false };
    let _ignored = part.walked(&mut names);
    names.found
}

struct Names<'sql> {
    name: &'sql str,
    found: bool,
}

impl Visitor for Names<'_> {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { name, .. } = factor {
            // Behind a schema it is the relation.
            self.found |= name.0.len() == 1 && bare_name(name).as_deref() == Some(self.name);
        }
        ControlFlow::Continue(())
    }
}

/// Whether a LIMIT ends a query after rows that are few enough.
fn is_near(query: &Query) -> bool {
    taken(query).is_some_and(|rows| rows <= FAR)
}

/// Whether a query takes rows of a name one by one until its LIMIT: it sorts, groups and computes nothing of all of them.
fn is_lazy(query: &Query, name: &str) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let plain = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => !calls(expr) && !reads(expr, name),
        SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) => true,
        SelectItem::ExprWithAliases { .. } => false,
    };
    let direct = matches!(factors(&select.from).collect::<Vec<_>>().as_slice(),
        [TableFactor::Table { name: table, args: None, .. }] if bare_name(table).as_deref() == Some(name));
    let ungrouped = matches!(&select.group_by, GroupByExpr::Expressions(groups, _) if groups.is_empty());
    is_near(query)
        && query.order_by.is_none()
        && ungrouped
        && select.distinct.is_none()
        && select.selection.is_none()
        && direct
        && select.projection.iter().all(plain)
}

fn calls(expr: &Expr) -> bool {
    holds(expr, |expr| matches!(expr, Expr::Function(_)))
}

#[cfg(test)]
mod tests {
    use super::is_endless;
    use sqlparser::ast::Statement;
    use sqlparser::dialect::PostgreSqlDialect;
    use sqlparser::parser::Parser;

    fn grows(sql: &str) -> bool {
        let statements = Parser::parse_sql(&PostgreSqlDialect {}, sql).unwrap();
        let Some(Statement::Query(query)) = statements.first() else { return false };
        let mut given = query.with.iter().flat_map(|with| &with.cte_tables);
        given.any(|cte| is_endless(&cte.alias.name.value, &cte.query, query))
    }

    #[test]
    fn a_step_that_doubles_a_text_has_no_end() {
        for step in [
            "i + 1, concat(s, s) FROM n",
            "i + 1, s || lower(s) FROM n",
            "i + 1, s || s FROM n",
            "i + 1, printf('%s%s', s, s) FROM n",
            "i + 1, format('%1$s%1$s', s) FROM n",
            "i + 1, replace(s, 'x', s) FROM n",
            "i + 1, replace(s, 'x', 'xx') FROM n",
            "i + 1, regexp_replace(s, '(.)', '\\1\\1', 'g') FROM n",
            "i + 1, repeat(s, 2) FROM n",
            "i + 1, repeat('x', length(s) * 2) FROM n",
            "i + 1, rpad(s, length(s) * 2) FROM n",
            "i + 1, array_to_string(ARRAY[s, s], '') FROM n",
            "i + 1, concat_ws(s, 'a', 'b', 'c') FROM n",
            "i + 1, overlay(s placing s from 1 for 1) FROM n",
            "i + 1, CASE WHEN true THEN m.s || m.s END FROM n AS m",
            "i + 1, to_json(s)::text || s FROM n",
            "i + 1, s FROM (SELECT i, s || s AS s FROM n) AS q",
            "i + 1, s || s FROM (SELECT * FROM n) AS q",
            "i + 1, a || b FROM n, LATERAL (SELECT s AS a) AS q, LATERAL (SELECT a AS b) AS r",
        ] {
            let sql = format!(
                "WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT {step} WHERE i < 23) SELECT s FROM n"
            );
            assert!(grows(&sql), "{sql}");
        }
        let two = "WITH RECURSIVE n(i, a, b) AS (SELECT 1, 'x', 'y' UNION ALL SELECT i + 1, b, a || b FROM n WHERE i < 60) SELECT a FROM n";
        assert!(grows(two), "{two}");
        let limited = "WITH RECURSIVE n(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM n LIMIT 40) SELECT s FROM n";
        assert!(grows(limited), "{limited}");
        let far = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000 * 100000) SELECT count(*) FROM n";
        assert!(grows(far), "{far}");
        for step in [
            "i + 1 FROM n, (VALUES (1), (2)) AS v(x) WHERE i < 40",
            "i + 1 FROM n JOIN orders AS o ON o.id = o.id WHERE i < 6",
            "i + 1 - 1 FROM n WHERE i < 40",
            "(i + 1) % 10 FROM n WHERE i < 40",
            "i + unnest(ARRAY[1, 1]) FROM n WHERE i < 40",
            "i + 1 FROM n WHERE i < 40 UNION ALL SELECT i + 1 FROM n WHERE i < 40",
            "i + 0.000001 FROM n WHERE i < 1000",
            "i + 1 FROM n LIMIT -1",
            "i + 1 FROM n LIMIT NULL",
            "i + 1 FROM n OFFSET 1",
        ] {
            let sql = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT {step}) SELECT count(*) FROM n");
            assert!(grows(&sql), "{sql}");
        }
    }

    #[test]
    fn honest_steps_end() {
        for sql in [
            "WITH RECURSIVE fib(a, b, n) AS (SELECT 0, 1, 1 UNION ALL SELECT b, a + b, n + 1 FROM fib WHERE n < 12) SELECT a FROM fib",
            "WITH RECURSIVE parts(id, rest, word) AS (SELECT id, note || ' ', ''::text FROM orders WHERE id = 1 UNION ALL SELECT id, substr(rest, strpos(rest, ' ') + 1), left(rest, strpos(rest, ' ') - 1) FROM parts WHERE rest <> '') SELECT word FROM parts",
            "WITH RECURSIVE t AS (SELECT id, name, name AS path, 1 AS depth FROM nodes WHERE id = 1 UNION ALL SELECT c.id, c.name, t.path || '/' || c.name, t.depth + 1 FROM nodes c JOIN t ON c.parent = t.id WHERE t.depth < 5) SELECT path FROM t",
            "WITH RECURSIVE t AS (SELECT n.*, name AS path FROM nodes n WHERE id = 1 UNION ALL SELECT c.*, t.path || '/' || c.name FROM nodes c JOIN t ON c.parent = t.id) SELECT path FROM t",
            "WITH RECURSIVE t(id, label) AS (SELECT 1, 'n' UNION ALL SELECT id + 1, 'n' || id || '/' || id FROM t WHERE id < 9) SELECT label FROM t",
            "WITH RECURSIVE tree AS (SELECT 1 AS id, 0 AS lvl UNION ALL SELECT t.id * 2 + b, t.lvl + 1 FROM tree t, (VALUES (0), (1)) AS v(b) WHERE t.lvl < 3) SELECT id FROM tree",
            "WITH RECURSIVE t(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM t WHERE i < 9) SELECT i FROM t",
            "WITH RECURSIVE n(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, s || ', ' || i FROM n WHERE i < 23) SELECT s FROM n",
        ] {
            assert!(!grows(sql), "{sql}");
        }
    }
}
