//! Whether a predicate narrows a change: some conjunct compares a column of the target with something that the same row does not give,
//! and in a way that does not hold for all.
//!
//! That is equality, a list, a pattern with a text in it, NULL, a range with ends (see `range`), or rows of another source that leaves
//! some out (see `source`). Everything else is no scope: no predicate, constants, `x = x`, `OR true`, IS NOT NULL, what is only
//! excluded (`<>`, NOT IN, NOT LIKE), patterns that match all, a whole relation in IN.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

mod columns;
mod from;
mod groups;
mod inside;
mod kinds;
mod merge;
mod range;
mod source;
mod subquery;

use super::Catalogue;
use super::parts::{arguments, folded};
use super::walk::expressions;
use crate::spec::TableSpec;
pub(super) use groups::is_aggregate;
use inside::is_pattern;
use range::{Counts, End, GIVING_ROWS};
use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArguments, Ident, InTarget, JoinConstraint, JoinOperator, Query, TableFactor,
    TableWithJoins, UnaryOperator, UpdateTableFromKind, Value, Visit,
};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

pub(super) use merge::merges;
pub(super) use range::{day, days, from_now, number, span, text, written};
pub(super) use source::{Names, leaves_out, takes_by_key};

/// Functions of a column that still tell rows apart.
const TELLING: [&str; 14] = [
    "lower",
    "upper",
    "trim",
    "ltrim",
    "rtrim",
    "btrim",
    "substr",
    "substring",
    "date",
    "datetime",
    "strftime",
    "replace",
    "coalesce",
    "ifnull",
];
/// Those that take characters away, which are blanks where none are named.
const TRIMS: [&str; 4] = ["trim", "ltrim", "rtrim", "btrim"];
/// Those that say what stands for NULL.
const FILLS: [&str; 2] = ["coalesce", "ifnull"];
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
    /// The queries behind names of a WITH that are given once.
    pub(super) given: &'sql BTreeMap<String, Given>,
    /// The relations.
    pub(super) catalogue: &'sql Catalogue,
    /// How many sources may still be passed in looking names up; behind that nothing is known.
    pub(super) left: &'sql Cell<u32>,
}

impl Known<'_> {
    /// One name more is looked up among sources.
    fn spend(&self, sources: usize) -> bool {
        let sources = u32::try_from(sources).unwrap_or(u32::MAX).max(1);
        let left = self.left.get();
        self.left.set(left.saturating_sub(sources));
        left > sources
    }
}

/// What stands behind a name of a WITH.
pub(super) struct Given {
    query: Query,
    /// The names that it gives to its columns.
    columns: Vec<String>,
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

/// What joins a relation to those before it; nothing does in a CROSS JOIN.
pub(super) fn constraint(operator: &JoinOperator) -> Option<&JoinConstraint> {
    match operator {
        JoinOperator::Join(on)
        | JoinOperator::Inner(on)
        | JoinOperator::Left(on)
        | JoinOperator::LeftOuter(on)
        | JoinOperator::Right(on)
        | JoinOperator::RightOuter(on)
        | JoinOperator::FullOuter(on) => Some(on),
        _ => None, // of another dialect
    }
}

/// The relation whose rows are to be told apart. Without a name it is any of a subquery's, and then every column is one of its own.
struct Target<'sql> {
    name: &'sql str,
    alias: Option<&'sql str>,
    known: Known<'sql>,
}

impl Target<'_> {
    fn table(&self) -> Option<&'static TableSpec> {
        self.known.catalogue.table(self.name)
    }

    fn narrowed_by(&self, expr: &Expr) -> bool {
        let parts = conjuncts(expr);
        parts.iter().any(|part| self.is_narrow(part)) || self.is_range(&parts)
    }

    /// One conjunct that narrows by itself.
    fn is_narrow(&self, part: &Expr) -> bool {
        match strip(part) {
            Expr::BinaryOp { left, op: BinaryOperator::Or, right } => {
                // A few rows here and a few there are many.
                let few = |part: &Expr| holds(part, is_limited);
                let (one, other) = (self.open_ends(left), self.open_ends(right));
                // Up to here and from here on are all.
                let whole = one.iter().any(|column| other.contains(column));
                self.narrowed_by(left) && self.narrowed_by(right) && !(few(left) && few(right)) && !whole
            }
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => {
                self.equals(left, right) || self.equals(right, left)
            }
            Expr::BinaryOp { left, op: BinaryOperator::Is, right } | Expr::IsNotDistinctFrom(left, right) => {
                self.is_same(left, right) || self.is_same(right, left)
            }
            Expr::BinaryOp { left, op: BinaryOperator::Glob, right } => {
                self.is_globbed(left, right) && self.tells_times(left, right)
            }
            Expr::BinaryOp { left, op: BinaryOperator::AtArrow, right } => self.contains(left, right),
            Expr::BinaryOp { left, op: BinaryOperator::NotEq, right } => {
                self.is_untrimmed(left, right) || self.is_untrimmed(right, left)
            }
            part @ Expr::BinaryOp { .. } => self.end(part).is_some_and(|end| {
                // Against a text, a number is a text like any other, or below all of them.
                self.fits(end.column, end.at) && range::has_end(&end, self.counts(end.column))
            }),
            Expr::UnaryOp { op: UnaryOperator::Not, expr } => match strip(expr) {
                Expr::IsNotNull(inner) => column_of(inner).is_some() && self.tells(inner),
                Expr::BinaryOp { left, op: BinaryOperator::NotEq, right } => {
                    self.equals(left, right) || self.equals(right, left)
                }
                Expr::In { expr, target: InTarget::Subquery(query), negated: false, .. } => {
                    self.is_without(expr, query)
                }
                Expr::Exists { subquery, negated: false } => self.is_orphan(subquery),
                _ => false, // what is only excluded
            },
            // What a function gives can be NULL for every row.
            Expr::IsNull(inner) => column_of(inner).is_some() && self.tells(inner),
            Expr::In { expr, target: InTarget::List(list), negated: false, .. } => {
                list.iter().all(|item| self.equals(expr, item)) && !list.is_empty()
            }
            Expr::In { expr, target: InTarget::Subquery(query), negated, .. } => {
                if *negated {
                    self.is_without(expr, query)
                } else {
                    // A few values of a column that is no key can be all of them.
                    let few = self.is_key(expr) && subquery::is_few(query);
                    self.tells(expr) && (self.filters_by(query, few) || self.is_copied(expr, query))
                }
            }
            Expr::AnyOp { left, compare_op: BinaryOperator::Eq, right, .. } => {
                self.tells(left) && !is_cut(left) && self.is_listed(right)
            }
            Expr::Between { expr, low, high, negated: false } => {
                self.is_column(expr) && self.is_given(low) && self.is_given(high) && self.is_bounded(expr, low, high)
            }
            Expr::Like { expr, pattern, any: false, negated: false, escape_char }
            | Expr::ILike { expr, pattern, any: false, negated: false, escape_char } => {
                // What a replacement puts in, a pattern finds.
                (self.tells(expr) || self.is_inside(expr))
                    && !holds(expr, |part| matches!(part, Expr::Function(function) if folded(function) == "replace"))
                    && is_pattern(pattern, escape_char.as_deref())
                    && self.tells_times(expr, pattern)
            }
            Expr::Like { expr, pattern, any: false, negated: true, escape_char: None } => {
                self.is_malformed(expr, pattern)
            }
            Expr::Exists { subquery, negated } => {
                if *negated {
                    self.is_orphan(subquery)
                } else {
                    self.is_matched(subquery)
                }
            }
            _ => false, // nothing is known of it
        }
    }

    /// The columns of which a part takes all that is below, or above, something.
    fn open_ends(&self, part: &Expr) -> Vec<String> {
        let all = conjuncts(part);
        if self.is_range(&all) {
            return Vec::new();
        }
        let of = |part: &&Expr| match strip(part) {
            Expr::BinaryOp { left, op: BinaryOperator::Or, right } => {
                [self.open_ends(left), self.open_ends(right)].concat()
            }
            part => self.end(part).and_then(|end| column_of(uncast(end.column))).into_iter().collect(),
        };
        all.iter().flat_map(of).collect()
    }

    /// Two ends of one column among the conjuncts.
    fn is_range(&self, parts: &[&Expr]) -> bool {
        let ends: Vec<_> = parts.iter().filter_map(|part| self.end(part)).collect();
        let meets = |high: &End<'_>, low: &End<'_>| {
            high.below && !low.below && high.column == low.column && self.is_bounded(low.column, low.at, high.at)
        };
        ends.iter().any(|high| ends.iter().any(|low| meets(high, low)))
    }

    /// Whether two ends of a column are near each other.
    fn is_bounded(&self, column: &Expr, low: &Expr, high: &Expr) -> bool {
        let keys = matches!(self.counts(column), Counts::Key);
        self.fits(column, low)
            && self.fits(column, high)
            && range::is_bounded(low, high)
            && (!keys || range::is_near(low, high))
    }

    /// A column, and the one end of a range of it.
    fn end<'part>(&self, part: &'part Expr) -> Option<End<'part>> {
        let Expr::BinaryOp { left, op, right } = strip(part) else { return None };
        let below = match op {
            BinaryOperator::Lt | BinaryOperator::LtEq => true,
            BinaryOperator::Gt | BinaryOperator::GtEq => false,
            _ => return None, // no order
        };
        let strict = matches!(op, BinaryOperator::Lt | BinaryOperator::Gt);
        if self.is_column(left) && self.is_given(right) {
            Some(End { column: strip(left), at: right, below, strict })
        } else if self.is_column(right) && self.is_given(left) {
            Some(End { column: strip(right), at: left, below: !below, strict })
        } else {
            None
        }
    }

    /// A column, or a telling function of one, equals a value. What is cut from a text is empty for every text that is short enough.
    fn equals(&self, column: &Expr, value: &Expr) -> bool {
        (self.tells(column) || self.is_inside(column))
            && self.is_given(value)
            && (!is_cut(column) || is_filled(value) && self.tells_times(column, value))
    }

    /// Values that an array, or a subquery, lists.
    fn is_listed(&self, expr: &Expr) -> bool {
        match strip(expr) {
            Expr::Array(array) => !array.elem.is_empty() && array.elem.iter().all(|item| self.is_given(item)),
            Expr::Cast { expr, .. } => self.is_listed(expr),
            Expr::Value(_) => true,
            Expr::Subquery(query) => self.filters(query),
            _ => false, // computed
        }
    }

    /// A column itself, or its day.
    fn is_column(&self, expr: &Expr) -> bool {
        match strip(expr) {
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => self.tells(expr),
            Expr::Cast { expr, data_type, .. } => self.keeps_apart(data_type, expr) && self.is_column(expr),
            Expr::Function(function) => {
                let name = function.name.to_string().to_ascii_lowercase();
                matches!(name.as_str(), "date" | "datetime")
                    && matches!(arguments(&function.args).as_slice(), [column] if self.is_column(column) && self.is_number(column) != Some(true))
            }
            _ => false, // computed
        }
    }

    /// A column of the target, or a telling function of one.
    fn tells(&self, expr: &Expr) -> bool {
        match strip(expr) {
            // A bare name may be a column of another source.
            Expr::Identifier(ident) => {
                let name = ident.value.to_ascii_lowercase();
                !is_word(ident)
                    && self
                        .known
                        .catalogue
                        .table(self.name)
                        .is_none_or(|table| table.columns.iter().any(|column| column.name == name))
            }
            Expr::CompoundIdentifier(parts) => self.owns(parts),
            Expr::Tuple(items) => items.iter().any(|item| self.tells(item)),
            Expr::Cast { expr, data_type, .. } => self.keeps_texts_apart(data_type) && self.tells(expr),
            Expr::Collate { expr, .. } => self.tells(expr),
            Expr::Trim { expr, trim_what: None, trim_characters: None, .. } => self.tells(expr),
            Expr::Substring { expr, .. } => self.tells(expr),
            Expr::Function(function) => {
                let name = function.name.to_string().to_ascii_lowercase();
                // The column itself comes first, and what follows comes from elsewhere. `strftime` takes its format first.
                let at = usize::from(name == "strftime");
                let arguments = arguments(&function.args);
                let name = name.as_str();
                let plain = |first: &&&Expr| column_of(first).is_some();
                let kept = (!TRIMS.contains(&name) || arguments.len() == 1)
                    && (!FILLS.contains(&name) || arguments.first().as_ref().is_some_and(plain))
                    && (at == 0 || arguments.first().is_some_and(|format| is_format(format)))
                    && !arguments.iter().any(|argument| holds(*argument, is_null));
                // What is moved to the start of something is the same for all.
                let moved =
                    matches!(name, "date" | "datetime") && arguments.len() > 1 || at == 1 && arguments.len() > 2;
                // The day of a number is one of long ago.
                let of_number = || arguments.get(at).is_some_and(|column| self.is_number(column) == Some(true));
                TELLING.contains(&name)
                    && !(matches!(name, "date" | "datetime" | "strftime") && of_number())
                    && kept
                    && !moved
                    && arguments.len() > at
                    && arguments.iter().enumerate().all(|(index, argument)| {
                        if index == at { self.tells(argument) } else { self.is_given(argument) }
                    })
            }
            _ => false, // computed
        }
    }

    /// Whether a qualifier is the target's.
    fn owns(&self, parts: &[Ident]) -> bool {
        parts.iter().rev().nth(1).is_some_and(|ident| self.is_called(&ident.value.to_ascii_lowercase()))
    }

    /// Whether it goes by a name in the statement.
    fn is_called(&self, name: &str) -> bool {
        self.alias.unwrap_or(self.name) == name
    }

    /// A value that no row of the target gives: constants, and pure functions of constants.
    fn is_given(&self, expr: &Expr) -> bool {
        match strip(expr) {
            Expr::Value(_) | Expr::TypedString(_) | Expr::Interval(_) => true,
            Expr::Identifier(ident) => is_word(ident),
            Expr::UnaryOp { expr, .. } | Expr::Cast { expr, .. } => self.is_given(expr),
            Expr::BinaryOp { left, right, .. } => self.is_given(left) && self.is_given(right),
            Expr::Tuple(items) => items.iter().all(|item| self.is_given(item)),
            Expr::Function(function) => {
                let name = function.name.to_string().to_ascii_lowercase();
                let arguments = arguments(&function.args);
                let all = match &function.args {
                    FunctionArguments::None => true,
                    FunctionArguments::List(list) => list.args.len() == arguments.len(),
                    FunctionArguments::Subquery(_) => false,
                };
                all && !GIVING_ROWS.contains(&name.as_str()) && arguments.iter().all(|argument| self.is_given(argument))
            }
            Expr::Subquery(query) => self.filters(query),
            _ => false, // nothing is known of it
        }
    }

    /// Whether a qualified column is the target's; `None` for anything else.
    fn qualified(&self, expr: &Expr) -> Option<bool> {
        match strip(expr) {
            Expr::CompoundIdentifier(parts) => Some(self.owns(parts)),
            _ => None, // no qualified column
        }
    }
}

pub(super) fn strip(expr: &Expr) -> &Expr {
    if let Expr::Nested(inner) = expr { strip(inner) } else { expr }
}

/// What is cast, however often.
fn uncast(expr: &Expr) -> &Expr {
    if let Expr::Cast { expr, .. } = strip(expr) { uncast(expr) } else { strip(expr) }
}

/// Whether rows of a query are limited somewhere in it.
fn is_limited(expr: &Expr) -> bool {
    match expr {
        Expr::Subquery(query)
        | Expr::In { target: InTarget::Subquery(query), .. }
        | Expr::Exists { subquery: query, .. } => query.limit_clause.is_some() || query.fetch.is_some(),
        _ => false, // no query
    }
}

/// Whether a part of a text is taken somewhere in it.
fn is_cut(expr: &Expr) -> bool {
    holds(expr, |part| match part {
        Expr::Substring { .. } => true,
        Expr::Function(function) => {
            let name = function.name.to_string().to_ascii_lowercase();
            name.starts_with("substr") || name == "replace"
        }
        _ => false, // whole
    })
}

/// A number, or a text of more than signs, as it is written down: what dates and JSON are written with stands in all of them.
fn is_filled(value: &Expr) -> bool {
    match strip(value) {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => text.chars().any(char::is_alphanumeric),
            Value::Number(..) => true,
            _ => false, // of another kind
        },
        _ => false, // computed
    }
}

/// A format that shows a part of the date, with nothing but signs between its fields.
fn is_format(format: &Expr) -> bool {
    let Expr::Value(value) = strip(format) else { return false };
    let Value::SingleQuotedString(text) = &value.value else { return false };
    let (mut letters, mut shows) = (text.chars(), false);
    while let Some(letter) = letters.next() {
        match letter {
            '%' => shows |= letters.next().is_some_and(|field| "YmdjWwuFs".contains(field)),
            '-' | '/' | ':' | '.' | ' ' | 'T' => {}
            _ => return false, // a text of its own
        }
    }
    shows
}

fn is_null(expr: &Expr) -> bool {
    matches!(expr, Expr::Value(value) if matches!(value.value, Value::Null))
}

/// Bare words that are values.
fn is_word(ident: &Ident) -> bool {
    ident.quote_style.is_none()
        && matches!(
            ident.value.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "current_date" | "current_time" | "current_timestamp"
        )
}

/// The folded name of a plain column.
pub(super) fn column_of(expr: &Expr) -> Option<String> {
    match strip(expr) {
        Expr::Identifier(ident) if !is_word(ident) => Some(ident.value.to_ascii_lowercase()),
        Expr::CompoundIdentifier(parts) => parts.last().map(|ident| ident.value.to_ascii_lowercase()),
        _ => None, // computed
    }
}

/// Whether a column stands anywhere in it.
pub(super) fn names_column(expr: &Expr) -> bool {
    holds(expr, |expr| column_of(expr).is_some())
}

/// Whether a query stands in it as a value or as what is searched.
pub(super) fn is_query(expr: &Expr) -> bool {
    matches!(expr, Expr::Subquery(_) | Expr::Exists { .. } | Expr::In { target: InTarget::Subquery(_), .. })
}

/// Whether any expression inside of a part, itself included, is one of these.
pub(super) fn holds<P: Visit>(part: &P, is: impl Fn(&Expr) -> bool) -> bool {
    let mut look = |expr: &Expr| if is(expr) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    expressions(part, &mut look).is_break()
}

/// The parts that must all hold.
pub(super) fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match strip(expr) {
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            let mut parts = conjuncts(left);
            parts.extend(conjuncts(right));
            parts
        }
        part => vec![part],
    }
}
