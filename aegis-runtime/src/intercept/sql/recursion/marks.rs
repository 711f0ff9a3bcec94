//! Where a counter begins, and where it ends: what is written down, and what is read in a relation.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here is no end"
)]

use crate::intercept::sql::parts::{arguments, folded, is_grouped, item};
use crate::intercept::sql::reading_a::bare_name;
use crate::intercept::sql::scope::{column_of, factors, from_now, holds, names_column, strip, text};
use crate::spec::Dialect;
use sqlparser::ast::{
    BinaryOperator, DataType, ExactNumberInfo, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, Query, Select,
    SetExpr, TableFactor, TimezoneInfo, UnaryOperator, Value,
};

/// A value that a counter begins or ends at.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Number(f64),
    /// Days from now, no earlier and no later.
    Day(f64, f64),
    /// Of rows of a relation; of texts, where it is declared so.
    Read {
        text: bool,
    },
}

/// What a name stands for, where a mark is read.
#[derive(Clone, Copy)]
pub(super) struct Marks<'sql> {
    pub(super) dialect: Dialect,
    /// Whether a WITH gives a name: what it holds may be anything.
    pub(super) given: &'sql dyn Fn(&str) -> bool,
    /// Whether a column of a relation holds texts.
    pub(super) texts: &'sql dyn Fn(&str, &str) -> bool,
}

impl Marks<'_> {
    /// Where something begins that an anchor gives.
    pub(super) fn start(self, expr: &Expr, anchor: Option<&Select>) -> Option<Mark> {
        let plain = || anchor.is_some_and(|anchor| factors(&anchor.from).all(|factor| self.is_plain(factor)));
        self.written(expr).or_else(|| self.is_read(expr, true).filter(|_| plain()))
    }

    /// Where something ends.
    pub(super) fn end(self, expr: &Expr) -> Option<Mark> {
        match strip(expr) {
            Expr::Subquery(query) => self.gathered(query),
            expr => self.written(expr),
        }
    }

    fn written(self, expr: &Expr) -> Option<Mark> {
        self.number(expr).map(Mark::Number).or_else(|| self.day(expr))
    }

    fn number(self, expr: &Expr) -> Option<f64> {
        let read = |expr: &Expr| text(expr)?.trim().parse().ok().filter(|number: &f64| number.is_finite());
        // PostgreSQL reads a number in a text where it wants one; SQLite holds every text to be more.
        literal(expr).or_else(|| read(expr).filter(|_| self.dialect == Dialect::Postgres))
    }

    fn day(self, expr: &Expr) -> Option<Mark> {
        // What is a sum or a cast to SQLite is a number, and no text is below one.
        let counts = |part: &Expr| matches!(part, Expr::BinaryOp { .. } | Expr::Cast { .. });
        // `now` is a column, and `now()` is none.
        if names_column(expr) || self.dialect == Dialect::Sqlite && holds(expr, counts) {
            return None;
        }
        let month = || {
            let day = format!("{}-01", text(expr).filter(|month| month.len() == 7)?);
            from_now(&Expr::Value(Value::SingleQuotedString(day).into()))
        };
        from_now(expr).or_else(month).map(|(earliest, latest)| Mark::Day(earliest, latest))
    }

    /// A column, the least or most of one, or the day, month or year of such.
    fn is_read(self, expr: &Expr, deep: bool) -> Option<Mark> {
        match strip(expr) {
            Expr::Subquery(query) => self.gathered(query),
            Expr::Cast { expr, data_type, .. } => Grain::of(data_type).and_then(|_| self.is_read(expr, deep)),
            Expr::Function(function) => match (folded(function).as_str(), arguments(&function.args).as_slice()) {
                ("min" | "max", [of]) if function.over.is_none() => self.is_read(of, deep),
                ("count", _) if function.over.is_none() => Some(Mark::Read { text: false }),
                ("date" | "datetime", [of, words @ ..]) if words.iter().all(|word| text(word).is_some()) => {
                    self.is_read(of, deep)
                }
                ("date_trunc" | "strftime", [word, of]) if text(word).is_some() => self.is_read(of, deep),
                _ => None,
            },
            expr => column_of(expr).filter(|_| deep).map(|_| Mark::Read { text: false }),
        }
    }

    /// The least, most or number of a relation's rows, as a value.
    fn gathered(self, query: &Query) -> Option<Mark> {
        let SetExpr::Select(select) = query.body.as_ref() else { return None };
        let [only] = select.projection.as_slice() else { return None };
        let [from] = select.from.as_slice() else { return None };
        let plain =
            query.with.is_none() && !is_grouped(select) && from.joins.is_empty() && self.is_plain(&from.relation);
        let gathered = item(only).filter(|only| plain && gathers(only))?;
        let texts = |part: &Expr| {
            let name = match &from.relation {
                TableFactor::Table { name, .. } => bare_name(name),
                _ => None, // no relation
            };
            column_of(part).zip(name).is_some_and(|(column, name)| (self.texts)(&name, &column))
        };
        let counted = holds(gathered, |part| matches!(part, Expr::Function(function) if folded(function) == "count"));
        Some(Mark::Read { text: !counted && holds(gathered, texts) })
    }

    /// A relation as it is.
    pub(super) fn is_plain(self, factor: &TableFactor) -> bool {
        matches!(factor, TableFactor::Table { name, args: None, .. }
            if name.0.len() > 1 || bare_name(name).is_some_and(|name| !(self.given)(&name)))
    }
}

/// A bare least, most or number of a column, cast or not.
fn gathers(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Cast { expr, data_type, .. } => Grain::of(data_type).is_some() && gathers(expr),
        Expr::Function(function) => match (folded(function).as_str(), arguments(&function.args).as_slice()) {
            ("min" | "max", [of]) => function.over.is_none() && column_of(uncast(of)).is_some(),
            ("count", [of]) => function.over.is_none() && column_of(of).is_some(),
            ("count", []) => function.over.is_none() && is_star(&function.args),
            ("date", [of]) => gathers(of),
            ("date_trunc", [word, of]) => text(word).is_some() && gathers(of),
            _ => false,
        },
        _ => false,
    }
}

fn is_star(arguments: &FunctionArguments) -> bool {
    matches!(arguments, FunctionArguments::List(list)
        if matches!(list.args.as_slice(), [FunctionArg::Unnamed(FunctionArgExpr::Wildcard)]))
}

fn uncast(expr: &Expr) -> &Expr {
    match strip(expr) {
        Expr::Cast { expr, data_type, .. } if Grain::of(data_type).is_some() => uncast(expr),
        expr => expr,
    }
}

/// A number that is written down, and that no cast changes. Digits alone: `0x1` is a nothing that is called `x1` to PostgreSQL 15.
pub(super) fn literal(expr: &Expr) -> Option<f64> {
    match strip(expr) {
        Expr::Value(value) => match &value.value {
            Value::Number(digits, _) => {
                let plain = digits.chars().all(|letter| letter.is_ascii_digit() || "eE.+-".contains(letter));
                digits.parse().ok().filter(|number: &f64| plain && number.is_finite())
            }
            _ => None, // of another kind
        },
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => literal(expr).map(|number| -number),
        Expr::UnaryOp { op: UnaryOperator::Plus, expr } => literal(expr),
        Expr::Cast { expr, data_type, .. } => {
            let grain = Grain::of(data_type)?;
            let read = || text(expr)?.trim().parse().ok().filter(|number: &f64| number.is_finite());
            let number = literal(expr).or_else(read)?;
            match grain {
                Grain::Whole => Some(number).filter(|number| number.fract() == 0.0),
                Grain::Fine => Some(number),
                Grain::Day | Grain::Moment => None,
            }
        }
        _ => None, // computed
    }
}

/// A number of whole ones, as it is written down.
pub(super) fn is_whole(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Value(value) => {
            matches!(&value.value, Value::Number(digits, _) if digits.chars().all(|letter| letter.is_ascii_digit()))
        }
        _ => false, // of another type, perhaps
    }
}

/// Whether a plain sign stands between two.
pub(super) fn turned(op: &BinaryOperator) -> Option<BinaryOperator> {
    Some(match op {
        BinaryOperator::Lt => BinaryOperator::Gt,
        BinaryOperator::LtEq => BinaryOperator::GtEq,
        BinaryOperator::Gt => BinaryOperator::Lt,
        BinaryOperator::GtEq => BinaryOperator::LtEq,
        BinaryOperator::NotEq => BinaryOperator::NotEq,
        BinaryOperator::Eq => BinaryOperator::Eq,
        _ => return None, // no comparison
    })
}

/// What a cast keeps of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Whole,
    Fine,
    Day,
    Moment,
}

impl Grain {
    /// Nothing where a cast has a length or a precision, or is to anything that does not count.
    pub(super) fn of(kind: &DataType) -> Option<Self> {
        Some(match kind {
            DataType::BigInt(None)
            | DataType::Int(None)
            | DataType::Int2(None)
            | DataType::Int4(None)
            | DataType::Int8(None)
            | DataType::Integer(None)
            | DataType::SmallInt(None) => Self::Whole,
            DataType::Numeric(ExactNumberInfo::None)
            | DataType::Decimal(ExactNumberInfo::None)
            | DataType::Double(ExactNumberInfo::None)
            | DataType::DoublePrecision
            | DataType::Float8 => Self::Fine,
            DataType::Date => Self::Day,
            DataType::Datetime(None)
            | DataType::Timestamp(
                None,
                TimezoneInfo::None | TimezoneInfo::WithTimeZone | TimezoneInfo::WithoutTimeZone | TimezoneInfo::Tz,
            ) => Self::Moment,
            _ => return None,
        })
    }
}
