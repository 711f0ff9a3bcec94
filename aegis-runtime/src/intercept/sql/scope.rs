//! Whether a predicate narrows a change: some conjunct compares a column of the target with something that the same row does not give.
//!
//! Everything else is no scope: no predicate, constants, `x = x`, `OR true`, IS NOT NULL, patterns that match all, a whole relation in IN.
//! Ranges that happen to hold for every row (`id > 0`) are not told apart here.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

use super::Catalogue;
use super::reading_a::bare_name;
use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, Ident, InTarget, Query, Select,
    SelectItem, SetExpr, TableFactor, TableWithJoins, UnaryOperator, UpdateTableFromKind, Value,
};
use std::collections::BTreeSet;

/// Functions of a column that still tell rows apart.
const TELLING: [&str; 14] = [
    "lower",
    "upper",
    "trim",
    "ltrim",
    "rtrim",
    "substr",
    "substring",
    "date",
    "datetime",
    "strftime",
    "length",
    "replace",
    "coalesce",
    "ifnull",
];

/// Whether the predicate narrows a change of the target.
pub(super) fn narrows(
    selection: Option<&Expr>,
    target: &str,
    alias: Option<&str>,
    from: &[TableWithJoins],
    known: Known<'_>,
) -> bool {
    let target = Target { name: target, alias, known };
    selection.is_some_and(|expr| target.narrowed_by(expr) || target.joined_to_some(expr, from))
}

/// What is known of names beside the target's.
#[derive(Clone, Copy)]
pub(super) struct Known<'sql> {
    /// Names of a WITH that leave rows out.
    pub(super) narrow: &'sql BTreeSet<String>,
    /// The relations.
    pub(super) catalogue: &'sql Catalogue,
}

/// The relations of an UPDATE's FROM.
pub(super) fn sources(from: &UpdateTableFromKind) -> &[TableWithJoins] {
    match from {
        UpdateTableFromKind::BeforeSet(tables) | UpdateTableFromKind::AfterSet(tables) => tables,
    }
}

/// Every source of rows in a FROM, joins included.
pub(super) fn factors(from: &[TableWithJoins]) -> impl Iterator<Item = &TableFactor> {
    from.iter().flat_map(|from| std::iter::once(&from.relation).chain(from.joins.iter().map(|join| &join.relation)))
}

/// Whether a query leaves rows out, wherever it stands.
pub(super) fn filters(query: &Query) -> bool {
    let known = Known { narrow: &BTreeSet::new(), catalogue: &Catalogue::NONE };
    (Target { name: "", alias: None, known }).filters(query)
}

struct Target<'sql> {
    name: &'sql str,
    alias: Option<&'sql str>,
    known: Known<'sql>,
}

impl Target<'_> {
    fn narrowed_by(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Nested(inner) => self.narrowed_by(inner),
            Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
                self.narrowed_by(left) || self.narrowed_by(right)
            }
            Expr::BinaryOp { left, op: BinaryOperator::Or, right } => {
                self.narrowed_by(left) && self.narrowed_by(right) && !cover(left, right)
            }
            Expr::BinaryOp { left, op, right } if is_comparison(op) => {
                (self.tells(left) && self.is_given(right)) || (self.tells(right) && self.is_given(left))
            }
            Expr::UnaryOp { op: UnaryOperator::Not, expr } => match strip(expr) {
                Expr::IsNotNull(inner) => self.tells(inner),
                Expr::BinaryOp { op, .. } if is_comparison(op) => self.narrowed_by(expr),
                Expr::In { .. } | Expr::Like { .. } | Expr::Between { .. } => self.narrowed_by(expr),
                Expr::Exists { .. } => self.narrowed_by(expr),
                _ => false,
            },
            Expr::IsNull(inner) => self.tells(inner),
            Expr::In { expr, target: InTarget::List(list), .. } => {
                self.tells(expr) && list.iter().all(|item| self.is_given(item)) && !list.is_empty()
            }
            Expr::In { expr, target: InTarget::Subquery(subquery), .. } => self.tells(expr) && self.filters(subquery),
            Expr::Between { expr, low, high, .. } => {
                self.tells(expr) && is_bound(low) && is_bound(high) && self.is_given(low) && self.is_given(high)
            }
            Expr::Like { expr, pattern, .. } | Expr::ILike { expr, pattern, .. } => {
                self.tells(expr) && is_pattern(pattern, &['%', '_'])
            }
            Expr::Exists { subquery, .. } => self.correlates(subquery),
            _ => false,
        }
    }

    /// A column of the target equals one of another source, and that source leaves rows out: it lists its rows, filters them, or
    /// another conjunct compares one of its columns with a value.
    fn joined_to_some(&self, selection: &Expr, from: &[TableWithJoins]) -> bool {
        let parts = conjuncts(selection);
        factors(from).any(|factor| {
            let (name, listed) = match factor {
                TableFactor::Table { name, alias, args: None, .. } => {
                    let bare = bare_name(name).unwrap_or_default();
                    let listed = self.known.narrow.contains(&bare);
                    (alias.as_ref().map_or(bare, |alias| alias.name.value.to_ascii_lowercase()), listed)
                }
                TableFactor::Derived { subquery, alias: Some(alias), .. } => {
                    (alias.name.value.to_ascii_lowercase(), self.filters(subquery))
                }
                _ => return false, // rows that nothing is known of
            };
            let source = Target { name: &name, alias: None, known: self.known };
            let joined = parts.iter().any(|part| match part {
                Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => {
                    (self.qualified(left) == Some(true) && source.qualified(right) == Some(true))
                        || (self.qualified(right) == Some(true) && source.qualified(left) == Some(true))
                }
                _ => false, // no join
            });
            let filtered = parts.iter().any(|part| match part {
                Expr::BinaryOp { left, op, right } if is_comparison(op) => {
                    (source.qualified(left) == Some(true) && source.is_given(right))
                        || (source.qualified(right) == Some(true) && source.is_given(left))
                }
                Expr::In { expr, target: InTarget::List(list), negated: false, .. } => {
                    source.qualified(expr) == Some(true) && list.iter().all(|item| source.is_given(item))
                }
                _ => false, // leaves nothing out for certain
            });
            name != self.name && joined && (listed || filtered)
        })
    }

    /// A column of the target, or a telling function of one.
    fn tells(&self, expr: &Expr) -> bool {
        match strip(expr) {
            Expr::Identifier(ident) => !is_word(ident),
            Expr::CompoundIdentifier(parts) => self.owns(parts),
            Expr::Cast { expr, .. } | Expr::Collate { expr, .. } => self.tells(expr),
            Expr::Trim { expr, trim_what: None, trim_characters: None, .. } => self.tells(expr),
            Expr::Substring { expr, .. } => self.tells(expr),
            Expr::Function(function) => {
                let name = function.name.to_string().to_ascii_lowercase();
                let FunctionArguments::List(list) = &function.args else { return false };
                // The column itself comes first, and what follows comes from elsewhere. `strftime` takes its format first.
                let at = usize::from(name == "strftime");
                TELLING.contains(&name.as_str())
                    && list.args.iter().enumerate().all(|(index, arg)| match arg {
                        FunctionArg::Unnamed(FunctionArgExpr::Expr(arg)) if index == at => self.tells(arg),
                        FunctionArg::Unnamed(FunctionArgExpr::Expr(arg)) => self.is_given(arg),
                        _ => false,
                    })
                    && list.args.len() > at
            }
            _ => false,
        }
    }

    /// Whether a qualifier is the target's.
    fn owns(&self, parts: &[Ident]) -> bool {
        let qualifier = parts.iter().rev().nth(1).map(|ident| ident.value.to_ascii_lowercase());
        qualifier.is_some_and(|qualifier| match self.alias {
            Some(alias) => alias == qualifier,
            None => self.name == qualifier,
        })
    }

    /// A value that no row of the target gives: constants, and pure functions of constants.
    fn is_given(&self, expr: &Expr) -> bool {
        match strip(expr) {
            Expr::Value(_) | Expr::TypedString(_) | Expr::Interval(_) => true,
            Expr::Identifier(ident) => is_word(ident),
            Expr::UnaryOp { expr, .. } | Expr::Cast { expr, .. } => self.is_given(expr),
            Expr::BinaryOp { left, right, .. } => self.is_given(left) && self.is_given(right),
            Expr::Function(function) => match &function.args {
                FunctionArguments::None => true,
                FunctionArguments::List(list) => list.args.iter().all(|arg| match arg {
                    FunctionArg::Unnamed(FunctionArgExpr::Expr(arg)) => self.is_given(arg),
                    _ => false,
                }),
                FunctionArguments::Subquery(_) => false,
            },
            Expr::Subquery(query) => self.filters(query),
            _ => false,
        }
    }

    /// A subquery that leaves rows out: by a predicate of its own, by groups, or by an aggregate.
    fn filters(&self, query: &Query) -> bool {
        match query.body.as_ref() {
            SetExpr::Select(select) => {
                let grouped = match &select.group_by {
                    GroupByExpr::Expressions(groups, _) => {
                        !groups.is_empty() && groups.iter().all(|group| !is_key(group))
                    }
                    GroupByExpr::All(_) => false,
                };
                let filtered = select.selection.as_ref().is_some_and(|expr| (Anyone).narrowed_by(expr));
                let narrow = select.from.iter().any(|from| match &from.relation {
                    TableFactor::Table { name, .. } => {
                        bare_name(name).is_some_and(|name| self.known.narrow.contains(&name))
                    }
                    _ => false, // nothing is known of it
                });
                if select.from.is_empty() {
                    return self.lists(&select.projection);
                }
                (grouped || filtered || narrow) && !self.hands_back(select)
            }
            SetExpr::Values(values) => values.rows.iter().flat_map(|row| row.iter()).all(|value| self.is_given(value)),
            _ => false,
        }
    }

    /// Whether every item is a value.
    fn lists(&self, items: &[SelectItem]) -> bool {
        items.iter().all(|item| match item {
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => self.is_given(expr),
            SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => false,
        })
    }

    /// Whether a subquery selects what the changed row itself gives: a column that is the target's and of none of its own relations.
    fn hands_back(&self, select: &Select) -> bool {
        let sources: Vec<Option<String>> = factors(&select.from)
            .map(|factor| match factor {
                TableFactor::Table { name, args: None, .. } => bare_name(name),
                _ => None, // its columns are not known here
            })
            .collect();
        let has = |relation: &str, column: &str| {
            self.known
                .catalogue
                .table(relation)
                .is_some_and(|table| table.columns.iter().any(|known| known.name == column))
        };
        select.projection.iter().any(|item| match item {
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => match strip(expr) {
                Expr::CompoundIdentifier(parts) => {
                    self.owns(parts) && !sources.iter().flatten().any(|source| source == self.name)
                }
                Expr::Identifier(ident) => {
                    let column = ident.value.to_ascii_lowercase();
                    let known = sources.iter().all(|source| {
                        source.as_deref().is_some_and(|source| self.known.catalogue.table(source).is_some())
                    });
                    known && has(self.name, &column) && !sources.iter().flatten().any(|source| has(source, &column))
                }
                _ => false, // computed
            },
            SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => false,
        })
    }

    /// A subquery over rows that equal this one in some column. Over the target itself every row matches itself, so there a
    /// comparison of order must tell them apart.
    fn correlates(&self, query: &Query) -> bool {
        let SetExpr::Select(select) = query.body.as_ref() else { return false };
        let Some(expr) = select.selection.as_ref() else { return false };
        let itself = factors(&select.from).any(|factor| match factor {
            TableFactor::Table { name, .. } => bare_name(name).is_none_or(|name| name == self.name),
            _ => true, // a subquery may read the target too
        });
        let ordered = |op: &BinaryOperator| matches!(op, BinaryOperator::Lt | BinaryOperator::Gt);
        self.joined_by(expr, &|op| *op == BinaryOperator::Eq) && (!itself || self.joined_by(expr, &ordered))
    }

    /// Some conjunct compares a column of the target with one of another relation.
    fn joined_by(&self, expr: &Expr, by: &dyn Fn(&BinaryOperator) -> bool) -> bool {
        match strip(expr) {
            Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
                self.joined_by(left, by) || self.joined_by(right, by)
            }
            Expr::BinaryOp { left, op, right } if by(op) => {
                let (left, right) = (self.qualified(left), self.qualified(right));
                left != right && left.is_some() && right.is_some()
            }
            _ => false, // only a comparison of two sides joins
        }
    }

    /// Whether a qualified column is the target's; `None` for anything else.
    fn qualified(&self, expr: &Expr) -> Option<bool> {
        match strip(expr) {
            Expr::CompoundIdentifier(parts) => Some(self.owns(parts)),
            _ => None,
        }
    }
}

/// Inside of a subquery any column may narrow.
struct Anyone;

impl Anyone {
    fn narrowed_by(&self, expr: &Expr) -> bool {
        let known = Known { narrow: &BTreeSet::new(), catalogue: &Catalogue::NONE };
        (Target { name: "", alias: None, known }).narrowed_by(&unqualified(expr))
    }
}

/// The same predicate with qualifiers left out, for a subquery whose relations are not looked at here. Both sides of a join then
/// read as columns, and a column compared with a column narrows nothing.
fn unqualified(expr: &Expr) -> Expr {
    let mut expr = expr.clone();
    let _ignored = sqlparser::ast::visit_expressions_mut(&mut expr, |part: &mut Expr| {
        if let Expr::CompoundIdentifier(parts) = part
            && let Some(last) = parts.last().cloned()
        {
            *part = Expr::Identifier(last);
        }
        std::ops::ControlFlow::<()>::Continue(())
    });
    expr
}

fn strip(expr: &Expr) -> &Expr {
    if let Expr::Nested(inner) = expr { strip(inner) } else { expr }
}

fn is_comparison(op: &BinaryOperator) -> bool {
    matches!(
        op,
        BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq
    )
}

/// Bare words that are values.
fn is_word(ident: &Ident) -> bool {
    ident.quote_style.is_none()
        && matches!(
            ident.value.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "current_date" | "current_time" | "current_timestamp"
        )
}

/// A column that is most likely unique: grouping by it leaves nothing out.
fn is_key(expr: &Expr) -> bool {
    let name = expr.to_string().to_ascii_lowercase();
    name.rsplit('.').next().is_some_and(|name| matches!(name.trim_matches('"'), "id" | "rowid" | "oid" | "_rowid_"))
        || name.parse::<u32>().is_ok()
}

/// The parts that must all hold.
fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match strip(expr) {
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            let mut parts = conjuncts(left);
            parts.extend(conjuncts(right));
            parts
        }
        part => vec![part],
    }
}

/// Two alternatives that between them may leave nothing out: some part of one holds whenever a part of the other does not.
fn cover(left: &Expr, right: &Expr) -> bool {
    let (left, right) = (conjuncts(left), conjuncts(right));
    left.iter().any(|one| right.iter().any(|other| complements(one, other)))
}

/// One side holds whenever the other does not.
fn complements(left: &Expr, right: &Expr) -> bool {
    let (left, right) = (strip(left), strip(right));
    let negated = |op: &BinaryOperator| match op {
        BinaryOperator::Eq => Some(BinaryOperator::NotEq),
        BinaryOperator::NotEq => Some(BinaryOperator::Eq),
        BinaryOperator::Lt => Some(BinaryOperator::GtEq),
        BinaryOperator::GtEq => Some(BinaryOperator::Lt),
        BinaryOperator::Gt => Some(BinaryOperator::LtEq),
        BinaryOperator::LtEq => Some(BinaryOperator::Gt),
        _ => None, // no comparison
    };
    match (left, right) {
        (Expr::IsNull(_), Expr::IsNotNull(_)) | (Expr::IsNotNull(_), Expr::IsNull(_)) => true,
        // Two halves of a range, or two values of one column: whether they cover everything is not worth guessing.
        (Expr::BinaryOp { left: one, op, .. }, Expr::BinaryOp { left: other, op: against, .. }) => {
            one == other
                && (negated(op).as_ref() == Some(against)
                    || (*op == BinaryOperator::NotEq && *against == BinaryOperator::NotEq)
                    || (matches!(op, BinaryOperator::Lt | BinaryOperator::LtEq)
                        && matches!(against, BinaryOperator::Gt | BinaryOperator::GtEq))
                    || (matches!(op, BinaryOperator::Gt | BinaryOperator::GtEq)
                        && matches!(against, BinaryOperator::Lt | BinaryOperator::LtEq)))
        }
        (Expr::Like { negated: one, .. }, Expr::Like { negated: other, .. })
        | (Expr::In { negated: one, .. }, Expr::In { negated: other, .. })
        | (Expr::Between { negated: one, .. }, Expr::Between { negated: other, .. }) => one != other,
        _ => {
            matches!(left, Expr::UnaryOp { op: UnaryOperator::Not, .. })
                || matches!(right, Expr::UnaryOp { op: UnaryOperator::Not, .. })
        } // two unlike predicates; a negation may undo the other
    }
}

/// A bound that is no stand-in for infinity.
fn is_bound(expr: &Expr) -> bool {
    expr.to_string().trim_start_matches('-').parse::<f64>().map_or(true, |number| number < 1e15)
}

/// A pattern that does not match everything.
fn is_pattern(pattern: &Expr, wild: &[char]) -> bool {
    match strip(pattern) {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => text.chars().any(|letter| !wild.contains(&letter)),
            _ => false, // no text
        },
        _ => false, // computed
    }
}
