//! What is personal in one statement that changes rows: by the names of its columns, and how they may be handed on whole.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that a value is not whole, or no column"
)]

use super::bind::Moves;
use super::parts::{self, arguments};
use super::place::Lines;
use super::reading_a::{bare_name, fold};
use super::scope::{column_of, strip};
use super::walk::Walked;
use super::{Catalogue, class_of, is_personal};
use crate::spec::TableSpec;
use crate::vocabulary::Class;
use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, Query, Select, SelectItem, SetExpr,
    TableFactor, Visit, Visitor,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;

/// Functions of one column that leave a value whole.
pub(super) const CLEANS: [&str; 6] = ["lower", "upper", "trim", "ltrim", "rtrim", "btrim"];

pub(super) struct Personal<'call> {
    pub(super) lines: Lines<'call>,
    pub(super) catalogue: &'call Catalogue,
    pub(super) relations: Vec<&'static TableSpec>,
    /// Names that a WITH gives.
    pub(super) given: &'call BTreeSet<String>,
    /// Those of them that personal values may be behind.
    pub(super) hidden: BTreeSet<String>,
    /// Names that stand for whole rows.
    pub(super) rows: BTreeSet<String>,
    /// Relations behind the names before columns, where functions may be written so too.
    pub(super) columns: BTreeMap<String, Vec<&'static TableSpec>>,
    /// Columns that may stand where they do.
    pub(super) granted: RefCell<HashSet<usize>>,
    /// What goes by a personal name beside the target's own is made up, and may be.
    pub(super) invents: bool,
    /// What is written, by its place.
    pub(super) moves: Moves,
}

/// A node's identity in one statement.
pub(super) fn identity<T>(node: &T) -> usize {
    std::ptr::from_ref(node).addr()
}

/// A whole value: its class, and the columns that it may come from.
type Whole<'sql> = Option<(Class, Vec<&'sql Expr>)>;

impl Personal<'_> {
    /// Whether the statement touches a relation with personal columns.
    pub(super) fn is_there(&self) -> bool {
        self.relations.iter().any(|table| is_personal(table))
    }

    /// The classes that a column of this name may have.
    pub(super) fn named(&self, name: &str) -> BTreeSet<Class> {
        self.relations.iter().filter_map(|table| class_of(table, name)).collect()
    }

    /// Whether a relation of the statement has a column of this name.
    pub(super) fn is_declared(&self, name: &str) -> bool {
        self.relations.iter().flat_map(|table| table.columns).any(|column| column.name == name)
    }

    /// Whether a relation of the statement has a key of this name.
    pub(super) fn is_key(&self, name: &str) -> bool {
        self.relations.iter().flat_map(|table| table.columns).any(|column| column.key && column.name == name)
    }

    /// The classes of every column that a part names, however deep.
    pub(super) fn classes<V: Visit>(&self, part: &V) -> BTreeSet<Class> {
        let mut names = Names::default();
        let _ignored = part.walked(&mut names);
        let mut classes: BTreeSet<Class> = names.found.iter().flat_map(|name| self.named(name)).collect();
        let stars = names.stars && self.is_tainted(part);
        if stars || names.whole || names.alone.iter().any(|name| self.rows.contains(name)) {
            classes.extend(self.relations.iter().flat_map(|table| table.columns).filter_map(|column| column.pii));
        }
        classes
    }

    /// A personal column itself.
    pub(super) fn bare(&self, expr: &Expr) -> Option<Class> {
        let name = column_of(expr)?;
        let mut classes = self.named(&name).into_iter();
        let row = matches!(strip(expr), Expr::Identifier(_)) && self.rows.contains(&name);
        classes.next().filter(|_| classes.next().is_none() && !row)
    }

    /// A personal column, or one in another case, or without the blanks around it.
    pub(super) fn whole<'sql>(&self, expr: &'sql Expr) -> Whole<'sql> {
        match strip(expr) {
            Expr::Trim { expr, trim_what: None, trim_characters: None, .. } => self.whole(expr),
            Expr::Function(function) => match plain_call(function)? {
                (name, values) if CLEANS.contains(&name.as_str()) => match values.as_slice() {
                    [one] => self.whole(one),
                    _ => None, // a part of it
                },
                _ => None, // computed
            },
            column => self.bare(column).map(|class| (class, vec![column])),
        }
    }

    /// A value that is moved as it is: a column, the first that is there of several, or a subquery of one.
    pub(super) fn carried<'sql>(&self, expr: &'sql Expr) -> Whole<'sql> {
        match strip(expr) {
            Expr::Subquery(query) => match query.body.as_ref() {
                SetExpr::Select(select) if !is_sorted(select) => match select.projection.as_slice() {
                    [SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }] => self.carried(expr),
                    _ => None, // no one column
                },
                _ => None, // no plain query
            },
            Expr::Function(function) => match first_there(function) {
                Some(values) => self.alike(values.into_iter()),
                None => self.whole(expr),
            },
            _ => self.whole(expr),
        }
    }

    /// Whole values of one class.
    pub(super) fn alike<'sql>(&self, values: impl Iterator<Item = &'sql Expr>) -> Whole<'sql> {
        let (mut class, mut columns) = (None, Vec::new());
        for value in values {
            let (found, from) = self.carried(value)?;
            if class.is_some_and(|class| class != found) {
                return None;
            }
            class = Some(found);
            columns.extend(from);
        }
        class.map(|class| (class, columns))
    }

    /// These columns may stand where they do.
    pub(super) fn grant(&self, columns: Vec<&Expr>) {
        self.granted.borrow_mut().extend(columns.into_iter().map(identity));
    }

    /// Whether a column may stand where it does.
    pub(super) fn is_granted(&self, column: &Expr) -> bool {
        self.granted.borrow().contains(&identity(column))
    }

    /// Whether personal values may be behind a part: it reads a relation that has some, or names them.
    pub(super) fn is_tainted<V: Visit>(&self, part: &V) -> bool {
        part.walked(&mut Taint(self)).is_break()
    }
}

struct Taint<'call>(&'call Personal<'call>);

impl Visitor for Taint<'_> {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        let TableFactor::Table { name, .. } = factor else { return ControlFlow::Continue(()) };
        let tainted = bare_name(name)
            .is_none_or(|name| self.0.hidden.contains(&name) || self.0.catalogue.table(&name).is_some_and(is_personal));
        if tainted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn pre_visit_ident(&mut self, ident: &Ident) -> ControlFlow<()> {
        if self.0.named(&fold(ident)).is_empty() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

#[derive(Default)]
struct Names {
    found: BTreeSet<String>,
    /// Those that stand alone, without a qualifier.
    alone: BTreeSet<String>,
    /// `*` as a value.
    whole: bool,
    /// `*` of a query, which names none of its columns.
    stars: bool,
    /// Queries that are asked for a row and no more.
    asked: BTreeSet<usize>,
}

impl Visitor for Names {
    type Break = ();

    fn pre_visit_ident(&mut self, ident: &Ident) -> ControlFlow<()> {
        self.found.insert(fold(ident));
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.stars |= matches!(query.body.as_ref(), SetExpr::Table(_));
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        let star = select.projection.iter().any(|item| parts::item(item).is_none());
        self.stars |= star && !self.asked.contains(&identity(select));
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Identifier(ident) = expr {
            self.alone.insert(fold(ident));
        }
        if let Expr::Exists { subquery, .. } = expr
            && let SetExpr::Select(select) = subquery.body.as_ref()
            && !is_sorted(select)
        {
            self.asked.insert(identity(select.as_ref()));
        }
        self.whole |= is_row(expr);
        ControlFlow::Continue(())
    }
}

/// Whether an engine would sort rows by what is selected, so that their order tells of it.
pub(super) fn is_sorted(select: &Select) -> bool {
    parts::is_grouped(select) || select.distinct.is_some()
}

/// A whole row as a value: `*`, but for that of a count.
pub(super) fn is_row(expr: &Expr) -> bool {
    match expr {
        Expr::Wildcard(_) | Expr::QualifiedWildcard(..) => true,
        Expr::Function(Function { name, args: FunctionArguments::List(list), .. }) => {
            let counts = bare_name(name).is_some_and(|name| name == "count");
            list.args.iter().any(|argument| match argument {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(_)) => false,
                FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => !counts,
                FunctionArg::Unnamed(_) => true,
                _ => false, // named: what is given is visited by itself
            })
        }
        _ => false, // visited by itself
    }
}

/// The values of a call that gives the first of them that is there.
pub(super) fn first_there(function: &Function) -> Option<Vec<&Expr>> {
    let (name, values) = plain_call(function)?;
    matches!(name.as_str(), "coalesce" | "ifnull").then_some(values)
}

/// A function's folded name and its arguments, where nothing else is said.
fn plain_call(function: &Function) -> Option<(String, Vec<&Expr>)> {
    let Function { name, args: FunctionArguments::List(list), filter: None, over: None, .. } = function else {
        return None;
    };
    let values = arguments(&function.args);
    let all = values.len() == list.args.len() && function.within_group.is_empty();
    all.then_some((bare_name(name)?, values))
}
