//! What stands in the clauses of a query and costs more than its row: queries, functions that give rows, frames, values made of all rows.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here costs nothing"
)]

use super::super::walk::Walked;
use super::products::Products;
use super::series::count_of;
use super::sizes::{GATHERING, listed};
use crate::intercept::sql::parts::folded;
use crate::intercept::sql::reading_a::fold;
use crate::intercept::sql::scope::number;
use sqlparser::ast::{
    Expr, Ident, NamedWindowDefinition, NamedWindowExpr, ObjectName, Query, Select, SelectItem, TableFactor, Visit,
    Visitor, WindowFrameBound, WindowSpec, WindowType,
};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// What a part asks beside the row that it is of.
pub(super) struct Asked {
    pub(super) once: u64,
    pub(super) each: u64,
    /// Rows that functions make of one.
    pub(super) sets: u64,
    /// Rows of the widest frame that moves.
    pub(super) frame: u64,
    /// What is written for each row of a value that is made of all of them.
    pub(super) gathered: Option<u64>,
    /// Such a value is made for each row again, of those before it.
    pub(super) again: bool,
}

impl Asked {
    pub(super) fn of<V: Visit>(part: &V, products: &mut Products<'_>) -> Self {
        let asked = Self { once: 0, each: 0, sets: 1, frame: 1, gathered: None, again: false };
        let mut walk = Walk { products, asked, depth: 0, held: false };
        let _ignored = part.walked(&mut walk);
        walk.asked
    }
}

struct Walk<'walk, 'sql> {
    products: &'walk mut Products<'sql>,
    asked: Asked,
    /// Queries and sources around what is looked at.
    depth: usize,
    /// The next query is one all of whose rows a value is held against.
    held: bool,
}

impl Walk<'_, '_> {
    fn function(&mut self, expr: &Expr) {
        let Expr::Function(function) = expr else { return };
        let (name, given) = (folded(function), listed(&function.args));
        let asked = &mut self.asked;
        if let Some(rows) = self.products.sizes.rows_of(&name, &given) {
            asked.sets = asked.sets.saturating_mul(rows);
        }
        if let Some(WindowType::WindowSpec(spec)) = &function.over {
            asked.frame = asked.frame.max(framed(spec));
        }
        if GATHERING.contains(&name.as_str()) {
            let written = self.products.sizes.written_of(&given);
            asked.gathered = asked.gathered.max(Some(written));
            asked.again |= match &function.over {
                Some(WindowType::WindowSpec(spec)) => !spec.order_by.is_empty(),
                Some(WindowType::NamedWindow(_)) => true,
                None => false,
            };
        }
    }

    fn query(&mut self, query: &Query) {
        let held = std::mem::take(&mut self.held);
        let measure = self.products.query(query);
        let asked = &mut self.asked;
        if self.products.is_asked_again(query) {
            asked.each = asked.each.saturating_add(measure.work);
            return;
        }
        asked.once = asked.once.saturating_add(measure.work);
        if held {
            asked.each = asked.each.saturating_add(measure.rows);
        }
    }
}

/// Rows of a frame that moves with each row.
fn framed(window: &WindowSpec) -> u64 {
    window
        .window_frame
        .as_ref()
        .map_or(1, |frame| width(&frame.start_bound).saturating_add(frame.end_bound.as_ref().map_or(0, width)))
}

/// Rows to one side of a frame; one that grows from the first row is gone through once.
fn width(bound: &WindowFrameBound) -> u64 {
    match bound {
        WindowFrameBound::Preceding(Some(rows)) | WindowFrameBound::Following(Some(rows)) => {
            number(rows).map_or(1, |rows| count_of(rows.max(0.0)))
        }
        WindowFrameBound::CurrentRow | WindowFrameBound::Preceding(None) | WindowFrameBound::Following(None) => 0,
    }
}

/// Parts of a FROM are looked at as sources, with what is asked there.
fn is_source(factor: &TableFactor) -> bool {
    !matches!(factor, TableFactor::NestedJoin { .. } | TableFactor::Table { args: None, .. })
}

impl Visitor for Walk<'_, '_> {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        self.depth = self.depth.saturating_add(usize::from(is_source(factor)));
        ControlFlow::Continue(())
    }

    fn post_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        self.depth = self.depth.saturating_sub(usize::from(is_source(factor)));
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for NamedWindowDefinition(_, window) in select.named_window.iter().filter(|_| self.depth == 0) {
            if let NamedWindowExpr::WindowSpec(window) = window {
                self.asked.frame = self.asked.frame.max(framed(window));
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if self.depth == 0 {
            self.query(query);
        }
        self.depth = self.depth.saturating_add(1);
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _query: &Query) -> ControlFlow<()> {
        self.depth = self.depth.saturating_sub(1);
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if self.depth == 0 {
            self.held |= matches!(expr, Expr::AnyOp { .. } | Expr::AllOp { .. });
            self.function(expr);
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if self.depth == 0 && matches!(expr, Expr::AnyOp { .. } | Expr::AllOp { .. }) {
            self.held = false;
        }
        ControlFlow::Continue(())
    }
}

/// Names that a part gives to sources and columns, and those that it asks for.
#[derive(Default)]
pub(super) struct Names {
    sources: BTreeSet<String>,
    made: BTreeSet<String>,
    qualifiers: BTreeSet<String>,
    bare: BTreeSet<String>,
}

impl Names {
    pub(super) fn of<V: Visit>(part: &V) -> Self {
        let mut names = Self::default();
        let _ignored = part.walked(&mut names);
        names
    }

    fn last(&mut self, name: &ObjectName) {
        self.sources.extend(name.0.last().and_then(|part| part.as_ident()).map(fold));
    }

    fn alias<'part>(&mut self, name: &Ident, columns: impl Iterator<Item = &'part Ident>) {
        self.sources.insert(fold(name));
        self.made.extend(columns.map(fold));
    }
}

/// Whether a query names a source, or a column that some other part makes, and has none of its own of that name.
pub(super) fn reads_outside(query: &Query, around: &Names) -> bool {
    let own = Names::of(query);
    let made = |name: &String| around.made.contains(name) || around.sources.contains(name);
    own.qualifiers.iter().any(|name| !own.sources.contains(name))
        || own.bare.iter().any(|name| made(name) && !own.made.contains(name) && !own.sources.contains(name))
}

impl Visitor for Names {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.alias(&cte.alias.name, cte.alias.columns.iter().map(|column| &column.name));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for item in &select.projection {
            if let SelectItem::ExprWithAlias { alias, .. } = item {
                self.made.insert(fold(alias));
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        let alias = match factor {
            TableFactor::Table { name, alias, .. } | TableFactor::Function { name, alias, .. } => {
                // Behind an alias the name itself is somebody else's.
                if alias.is_none() {
                    self.last(name);
                }
                alias
            }
            TableFactor::Derived { alias, .. }
            | TableFactor::UNNEST { alias, .. }
            | TableFactor::NestedJoin { alias, .. } => alias,
            _ => return ControlFlow::Continue(()),
        };
        if let Some(alias) = alias {
            self.alias(&alias.name, alias.columns.iter().map(|column| &column.name));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(ident) => {
                self.bare.insert(fold(ident));
            }
            Expr::CompoundIdentifier(parts) => {
                self.qualifiers.extend(parts.iter().rev().nth(1).map(fold));
            }
            _ => {} // names nothing
        }
        ControlFlow::Continue(())
    }
}
