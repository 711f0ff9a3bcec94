//! What is looked up inside of a column's JSON, and what else tells rows apart by a text that is written down.
//!
//! What is not there is NULL in every row, so nothing of this narrows where NULL is asked for.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no scope"
)]

use super::{Target, column_of, conjuncts, factors, strip};
use crate::intercept::sql::class_of;
use crate::intercept::sql::parts::arguments;
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::vocabulary::Class;
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
            Expr::Cast { expr, data_type, .. } => self.keeps_apart(data_type, expr) && self.is_inside(expr),
            Expr::Function(function) => {
                let name = function.name.to_string().to_ascii_lowercase();
                match arguments(&function.args).as_slice() {
                    // Of several paths SQLite makes a list, which there always is.
                    [whole, path @ ..] if path.len() == 1 || !path.is_empty() && name.ends_with("_path") => {
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
        self.equals(column, value) && (is_there || column_of(column).is_some() && self.tells(column))
    }

    /// JSON that holds something: `payload::jsonb @> '{"ip": "…"}'`. An empty list or object is in every other.
    pub(super) fn contains(&self, whole: &Expr, part: &Expr) -> bool {
        let is_json = text(part).and_then(|part| serde_json::from_str(part).ok()).is_some_and(|part| is_there(&part));
        is_json && (self.tells(whole) || self.is_inside(whole))
    }

    /// A pattern of GLOB with a text in it.
    pub(super) fn is_globbed(&self, column: &Expr, pattern: &Expr) -> bool {
        let plain = text(pattern).filter(|text| !text.contains('['));
        plain.is_some_and(|text| is_telling(&pieces(text, ['*', '?'], None)))
            && (self.tells(column) || self.is_inside(column))
    }

    /// What has no `@` is no address: a check of the form of personal values, which holds for few rows. Signs that most values of
    /// another class lack, or that no address has, hold for all.
    pub(super) fn is_malformed(&self, column: &Expr, pattern: &Expr) -> bool {
        let table = self.known.catalogue.table(self.name);
        let class = column_of(column).zip(table).and_then(|(name, table)| class_of(table, &name));
        class == Some(Class::Email) && self.tells(column) && is_form(pattern)
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
            Expr::Function(function) => match arguments(&function.args).as_slice() {
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
        let lists = arguments(&function.args);
        bare_name(&function.name).as_deref() == Some("unnest")
            && matches!(lists.as_slice(), [list] if self.is_listed(list))
    }
}

/// A text that is written down, whatever it is cast to.
pub(super) fn text(expr: &Expr) -> Option<&str> {
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

/// A pattern of LIKE with a text in it. What an escape character stands before is looked for, and that character itself is not.
pub(super) fn is_pattern(pattern: &Expr, escape: Option<&Expr>) -> bool {
    let escape = match escape {
        // PostgreSQL's own; in SQLite it is looked for itself, and the text is longer by it.
        None => Some('\\'),
        Some(escape) => {
            let Some(escape) = text(escape) else { return false };
            let mut letters = escape.chars();
            let letter = letters.next(); // none in PostgreSQL, where it is empty
            if letters.next().is_some() {
                return false;
            }
            letter
        }
    };
    let Expr::Value(value) = strip(pattern) else { return false };
    let Value::SingleQuotedString(text) = &value.value else { return false };
    is_telling(&pieces(text, ['%', '_'], escape))
}

/// The letters of a pattern, and `None` where any may stand.
fn pieces(text: &str, wild: [char; 2], escape: Option<char>) -> Vec<Option<char>> {
    let mut letters = text.chars();
    let mut pieces = Vec::new();
    while let Some(letter) = letters.next() {
        if Some(letter) == escape {
            pieces.extend(letters.next().map(Some));
        } else {
            pieces.push(Some(letter).filter(|letter| !wild.contains(letter)));
        }
    }
    pieces
}

/// A text at an end of the value, or long enough to be looked for anywhere. One letter stands in too many, and a sign or a digit at
/// the end of every one. So does the name of a part of JSON that is all: `"ok":`, `"ok"`, `{"ok"`.
fn is_telling(pieces: &[Option<char>]) -> bool {
    let letters: String = pieces.iter().flatten().collect();
    let anchored = |piece: Option<&Option<char>>| {
        piece.copied().flatten().is_some_and(|letter| letter.is_alphabetic() || letter == ' ')
    };
    let value = letters.rsplit_once("\":").map_or("", |(_, value)| value);
    let is_name = letters.contains('"') && value.chars().filter(|letter| letter.is_alphanumeric()).count() < 2;
    let named = letters.chars().count() >= 3 && letters.chars().any(char::is_alphanumeric) && !is_name;
    named || anchored(pieces.first()) || anchored(pieces.last())
}

/// What every address has: one sign, and maybe a dot behind it. Any other pattern holds for few addresses, or for none.
fn is_form(pattern: &Expr) -> bool {
    text(pattern).is_some_and(|text| matches!(text, "%@%" | "%@%.%"))
}

#[cfg(test)]
mod tests {
    use super::{is_form, is_pattern};
    use sqlparser::ast::{Expr, Value};

    fn written(text: &str) -> Expr {
        Expr::Value(Value::SingleQuotedString(text.to_owned()).into())
    }

    #[test]
    fn patterns_are_judged_without_their_escapes() {
        let cases = [
            ("a{%", Some("a"), false),
            ("%a\"a:%", Some("a"), false),
            ("%aa\"%", Some("a"), false),
            ("%\"ok\":%", None, false),
            ("%\"ok\"%", None, false),
            ("{\"ip\"%", None, false),
            ("%\"tags\":[%", None, false),
            ("%", None, false),
            ("%%_%", None, false),
            ("{%", None, false),
            ("%urgent%", Some("ab"), false),
            ("%urgent%", Some(""), true),
            ("%urgent%", None, true),
            ("100\\%%", Some("\\"), true),
            ("100!%%", Some("!"), true),
            (" %", None, true),
            ("%\"path\": \"/index.html\"%", None, true),
            ("203.0.113.1%", None, true),
        ];
        for (pattern, escape, expected) in cases {
            let escape = escape.map(written);
            assert_eq!(is_pattern(&written(pattern), escape.as_ref()), expected, "{pattern}");
        }
    }

    #[test]
    fn the_form_of_an_address_is_known() {
        for (pattern, expected) in
            [("%@%", true), ("%@%.%", true), ("%#%", false), ("%@%@%", false), ("%.%", false), ("%", false)]
        {
            assert_eq!(is_form(&written(pattern)), expected, "{pattern}");
        }
    }
}
