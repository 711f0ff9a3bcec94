//! What is looked up inside of a column's JSON, and what else tells rows apart by a text that is written down.
//!
//! What is not there is NULL in every row, so nothing of this narrows where NULL is asked for.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no scope"
)]

use super::{Target, column_of, conjuncts, factors, range, strip};
use crate::intercept::sql::class_of;
use crate::intercept::sql::reading_a::{bare_name, fold};
use serde_json::Value as Json;
use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArg, FunctionArgExpr, JoinConstraint, JoinOperator, Select, SelectItem, TableAlias,
    TableFactor, Value,
};

/// Functions that look up a path in their first argument.
const PATHS: [&str; 6] = [
    "json_extract",
    "json_extract_path",
    "json_extract_path_text",
    "jsonb_extract",
    "jsonb_extract_path",
    "jsonb_extract_path_text",
];

/// Functions that give the elements of a list.
const LISTS: [&str; 7] = [
    "json_array_elements",
    "json_array_elements_text",
    "json_each",
    "jsonb_array_elements",
    "jsonb_array_elements_text",
    "jsonb_each",
    "unnest",
];

impl Target<'_> {
    /// A part of the JSON of a column of the target, by a path that is written down.
    pub(super) fn is_inside(&self, expr: &Expr) -> bool {
        use BinaryOperator::{Arrow, HashArrow, HashLongArrow, LongArrow};
        let holds = |whole: &Expr| self.tells(whole) || self.is_inside(whole);
        match strip(expr) {
            Expr::BinaryOp { left, op: Arrow | LongArrow | HashArrow | HashLongArrow, right } => {
                holds(left) && self.is_given(right)
            }
            Expr::Cast { expr, .. } => self.is_inside(expr),
            Expr::Function(function) => {
                let name = function.name.to_string().to_ascii_lowercase();
                match range::arguments(&function.args).as_slice() {
                    [whole, path @ ..] if !path.is_empty() => {
                        PATHS.contains(&name.as_str()) && holds(whole) && path.iter().all(|part| self.is_given(part))
                    }
                    _ => false, // no path
                }
            }
            _ => false, // computed
        }
    }

    /// `IS`, that holds of NULL too: what is looked up has to be a text or a number then.
    pub(super) fn is_same(&self, column: &Expr, value: &Expr) -> bool {
        let is_there = match strip(value) {
            Expr::Value(value) => matches!(value.value, Value::SingleQuotedString(_) | Value::Number(..)),
            _ => false, // computed, or NULL
        };
        self.equals(column, value) && (is_there || self.tells(column))
    }

    /// JSON that holds something: `payload::jsonb @> '{"ip": "…"}'`. An empty list or object is in every other.
    pub(super) fn contains(&self, whole: &Expr, part: &Expr) -> bool {
        let is_json = text(part).and_then(|part| serde_json::from_str(part).ok()).is_some_and(|part| is_there(&part));
        is_json && (self.tells(whole) || self.is_inside(whole))
    }

    /// A pattern of GLOB with a text in it.
    pub(super) fn is_globbed(&self, column: &Expr, pattern: &Expr) -> bool {
        let plain = text(pattern).is_some_and(|text| !text.contains('['));
        plain && is_pattern(pattern, ['*', '?']) && (self.tells(column) || self.is_inside(column))
    }

    /// Rows of a list that is written down, `SELECT value FROM json_each('[1, 2]')`: what is selected is an element, and no column
    /// of the target.
    pub(super) fn is_list(&self, select: &Select) -> bool {
        let mut sources = factors(&select.from);
        let (Some(source), None) = (sources.next(), sources.next()) else { return false };
        let (given, alias) = match source {
            TableFactor::Table { name, alias, args: Some(args), .. } => (self.are_listed(name, &args.args), alias),
            TableFactor::Function { name, alias, args, .. } => (self.are_listed(name, args), alias),
            TableFactor::UNNEST { array_exprs, alias, .. } => {
                (array_exprs.iter().all(|list| self.is_listed(list)), alias)
            }
            _ => return false, // no list
        };
        given && select.projection.iter().all(|item| self.is_element(item, alias.as_ref()))
    }

    fn are_listed(&self, name: &sqlparser::ast::ObjectName, arguments: &[FunctionArg]) -> bool {
        let written = |argument: &FunctionArg| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(list)) => text(list).is_some() || self.is_listed(list),
            _ => false, // named
        };
        bare_name(name).is_some_and(|name| LISTS.contains(&name.as_str())) && arguments.iter().all(written)
    }

    fn is_element(&self, item: &SelectItem, alias: Option<&TableAlias>) -> bool {
        let (SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) = item else { return false };
        let Some(name) = column_of(expr) else { return false };
        let named = |alias: &TableAlias| {
            fold(&alias.name) == name || alias.columns.iter().any(|column| fold(&column.name) == name)
        };
        let own = self.known.catalogue.table(self.name).into_iter().flat_map(|table| table.columns);
        (name == "value" || alias.is_some_and(named)) && own.into_iter().all(|column| column.name != name)
    }

    /// A text that blanks stand around: `note <> trim(note)`.
    pub(super) fn is_untrimmed(&self, column: &Expr, trimmed: &Expr) -> bool {
        let of = match strip(trimmed) {
            Expr::Trim { expr, trim_what: None, trim_characters: None, .. } => Some(expr.as_ref()),
            Expr::Function(function) => match range::arguments(&function.args).as_slice() {
                [of] if matches!(
                    bare_name(&function.name).unwrap_or_default().as_str(),
                    "trim" | "ltrim" | "rtrim" | "btrim"
                ) =>
                {
                    Some(*of)
                }
                _ => None, // of another kind
            },
            _ => None, // no blanks taken
        };
        of.is_some_and(|of| strip(of) == strip(column)) && column_of(column).is_some() && self.tells(column)
    }

    /// Whether one of a query's relations meets another by a personal column of the same class: by that people are told apart.
    pub(super) fn meets(&self, select: &Select) -> bool {
        let relation = |qualifier: &str| {
            factors(&select.from).find_map(|factor| match factor {
                TableFactor::Table { name, alias, args: None, .. } => {
                    let bare = bare_name(name)?;
                    let called = alias.as_ref().map_or_else(|| bare.clone(), |alias| fold(&alias.name));
                    (called == qualifier && !self.known.narrow.contains(&bare)).then_some(bare)
                }
                _ => None, // no relation
            })
        };
        let class = |side: &Expr| match strip(side) {
            Expr::CompoundIdentifier(parts) => {
                let [.., qualifier, column] = parts.as_slice() else { return None };
                let relation = relation(&fold(qualifier))?;
                let class = class_of(self.known.catalogue.table(&relation)?, &fold(column))?;
                Some((relation, class))
            }
            _ => None, // computed
        };
        let told = |part: &&Expr| match strip(part) {
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => match (class(left), class(right)) {
                (Some((one, class)), Some((other, same))) => one != other && class == same,
                _ => false, // of no class
            },
            _ => false, // no equality
        };
        let met = |on: &JoinOperator| match on {
            JoinOperator::Join(JoinConstraint::On(on)) | JoinOperator::Inner(JoinConstraint::On(on)) => {
                conjuncts(on).iter().any(told)
            }
            _ => false, // rows without a match stay
        };
        select.from.iter().flat_map(|from| &from.joins).any(|join| met(&join.join_operator))
    }

    /// `unnest(ARRAY[1, 2])`, selected.
    pub(super) fn is_unnested(&self, expr: &Expr) -> bool {
        let Expr::Function(function) = strip(expr) else { return false };
        let lists = range::arguments(&function.args);
        bare_name(&function.name).as_deref() == Some("unnest")
            && matches!(lists.as_slice(), [list] if self.is_listed(list))
    }
}

/// A text that is written down, whatever it is cast to.
fn text(expr: &Expr) -> Option<&str> {
    match strip(expr) {
        Expr::Cast { expr, .. } => text(expr),
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => Some(text),
            _ => None, // of another kind
        },
        _ => None, // computed
    }
}

/// Whether a value stands anywhere in it.
fn is_there(json: &Json) -> bool {
    match json {
        Json::Null | Json::Bool(_) => false,
        Json::Number(_) | Json::String(_) => true,
        Json::Array(items) => items.iter().any(is_there),
        Json::Object(fields) => fields.values().any(is_there),
    }
}

/// The empty text.
pub(super) fn is_empty(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Value(value) => matches!(&value.value, Value::SingleQuotedString(text) if text.is_empty()),
        _ => false, // no text
    }
}

/// A pattern with a text in it: at an end of the value, or long enough to be looked for anywhere. One letter stands in too
/// many, and a sign or a digit at the end of every one.
pub(super) fn is_pattern(pattern: &Expr, wild: [char; 2]) -> bool {
    let Expr::Value(value) = strip(pattern) else { return false };
    let Value::SingleQuotedString(text) = &value.value else { return false };
    let is_wild = |letter: char| wild.contains(&letter);
    let literal = text.chars().filter(|letter| !is_wild(*letter)).count();
    let anchored = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphabetic() || letter == ' ');
    literal >= 3 || anchored(text.chars().next()) || anchored(text.chars().next_back())
}

/// A pattern of signs only, wherever they stand: no value is one of signs alone.
pub(super) fn is_form(pattern: &Expr) -> bool {
    let Expr::Value(value) = strip(pattern) else { return false };
    let Value::SingleQuotedString(text) = &value.value else { return false };
    let mut signs = text.chars().filter(|letter| *letter != '%').peekable();
    let anywhere = text.starts_with('%') && text.ends_with('%');
    anywhere && signs.peek().is_some() && signs.all(|letter| letter.is_ascii_punctuation() && letter != '_')
}
