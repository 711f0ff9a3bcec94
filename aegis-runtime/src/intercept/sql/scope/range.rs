//! Ranges: which of them leave rows out, as far as a statement alone can tell.
//!
//! A range that holds for every row looks like one that does not: `id > 0`, `created_at < '2999-01-01'`. So a range counts where its
//! two ends are near each other, where it ends well in the past, or where its one end is none that is made up to hold for all. That
//! is a guess on the careful side; it is a server's row budget that counts rows.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no scope"
)]

use super::{holds, strip};
use crate::intercept::sql::parts::arguments;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sqlparser::ast::{BinaryOperator, CastKind, DataType, Expr, UnaryOperator, Value};

/// Widest range of numbers.
const WIDE: f64 = 10_000.0;
/// Longest range of days.
const LONG: f64 = 1830.0;
/// Longest range of days that the clock gives: its end is now, and so no row lies beyond it.
const RECENT: f64 = 366.0;
/// How far behind now a range of these may end: the clocks of two may differ, and so may days.
const AHEAD: f64 = 7.0;
/// How far back a cut lies, so that the newest rows stay.
const BACK: f64 = 30.0;

/// Functions that give rows, so that what is compared with one may be any of many values.
pub(super) const GIVING_ROWS: [&str; 16] = [
    "generate_series",
    "generate_subscripts",
    "unnest",
    "json_array_elements",
    "json_array_elements_text",
    "json_each",
    "json_object_keys",
    "json_tree",
    "jsonb_array_elements",
    "jsonb_array_elements_text",
    "jsonb_object_keys",
    "jsonb_path_query",
    "jsonb_path_query_tz",
    "regexp_matches",
    "regexp_split_to_table",
    "string_to_table",
];

/// Most keys that a range may have: as many rows as our own warehouses let a write change.
const KEYS: f64 = 1000.0;

/// Whether two ends are near each other.
pub(super) fn is_bounded(low: &Expr, high: &Expr) -> bool {
    if let (Some(low), Some(high)) = (number(low), number(high)) {
        return (high - low).abs() <= WIDE;
    }
    let (Some(from), Some(to)) = (moment(low), moment(high)) else { return false };
    let longest = if from.clock { RECENT } else { LONG };
    let ends = !to.clock || from.clock && to.latest <= AHEAD;
    // What SQLite takes for a number lies below every text, and then nothing but the high end holds.
    let begins = is_sure(low) || is_sure_of_days(high) || is_old(high);
    ends && begins && (to.latest - from.earliest).max(from.latest - to.earliest) <= longest
}

/// Whether no more rows than a write may change have keys between two ends.
pub(super) fn is_near(low: &Expr, high: &Expr) -> bool {
    number(low).zip(number(high)).is_none_or(|(low, high)| (high - low).abs() <= KEYS)
}

/// A range of one end.
pub(super) struct End<'sql> {
    pub(super) column: &'sql Expr,
    pub(super) at: &'sql Expr,
    /// Values lie below the end, or else above it.
    pub(super) below: bool,
    /// The end itself is left out.
    pub(super) strict: bool,
}

/// What a column counts, which says how much an end tells.
#[derive(Clone, Copy)]
pub(super) enum Counts {
    /// Rows, from one.
    Key,
    /// Rows of a group, from one: a name that a subquery gives, such as that of a row number.
    Rank,
    /// Anything.
    Amount,
}

/// Whether rows lie beyond the end.
pub(super) fn has_end(end: &End<'_>, counts: Counts) -> bool {
    let (most, least) = match counts {
        Counts::Key => (20.0, 20.0),
        Counts::Rank => (20.0, if end.strict { 1.0 } else { 2.0 }),
        Counts::Amount => (1000.0, 1000.0),
    };
    match number(end.at) {
        Some(number) if end.below => number <= most,
        Some(number) => number >= least,
        None => end.below && is_old(end.at),
    }
}

/// A number that is written down.
pub(in crate::intercept::sql) fn number(expr: &Expr) -> Option<f64> {
    match strip(expr) {
        Expr::Value(value) => match &value.value {
            Value::Number(text, _) => match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
                Some(digits) => u32::from_str_radix(digits, 16).ok().map(f64::from).or(Some(f64::MAX)),
                None => text.parse().ok(),
            },
            // An engine reads a number in a text where it wants one.
            Value::SingleQuotedString(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None, // of another kind
        },
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => number(expr).map(|number| -number),
        Expr::UnaryOp { op: UnaryOperator::Plus, expr } => number(expr),
        Expr::Cast { expr, data_type, .. } if is_number(data_type) || is_text(data_type) => number(expr),
        _ => None, // computed
    }
}

/// A text that is written down.
pub(in crate::intercept::sql) fn text(expr: &Expr) -> Option<&str> {
    let value = match strip(expr) {
        Expr::Value(value) => value,
        Expr::TypedString(typed) => &typed.value,
        Expr::Cast { expr, data_type, .. } if is_time(data_type) || is_text(data_type) => return text(expr),
        _ => return None, // computed
    };
    match &value.value {
        Value::SingleQuotedString(text) => Some(text),
        _ => None, // of another kind
    }
}

/// The day of a date that is written down, in the order of texts.
pub(in crate::intercept::sql) fn day(expr: &Expr) -> Option<Date> {
    let (day, rest) = text(expr)?.split_at_checked(10)?;
    let ordered = day.as_bytes().get(4) == Some(&b'-') && !rest.to_ascii_lowercase().contains("bc");
    day.parse().ok().filter(|_| ordered)
}

pub(in crate::intercept::sql) fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// Whether an end lies before the newest rows, in both engines.
fn is_old(end: &Expr) -> bool {
    let adds = holds(end, |part| matches!(part, Expr::BinaryOp { op: BinaryOperator::Plus, .. }));
    // A number of days that SQLite adds to a year makes it any other.
    moment(end).is_some_and(Moment::is_past) && (!adds || is_sure_of_days(end))
}

/// Whether no engine takes a moment for a number: SQLite does in sums and in casts.
fn is_sure(end: &Expr) -> bool {
    is_sure_of_days(end)
        || !holds(end, |part| match part {
            Expr::BinaryOp { .. } => true,
            Expr::Cast { data_type, .. } => !is_text(data_type),
            _ => false, // a text
        })
}

/// Whether only PostgreSQL reads it.
fn is_sure_of_days(end: &Expr) -> bool {
    holds(end, |part| match part {
        Expr::Interval(_) | Expr::TypedString(_) | Expr::Cast { kind: CastKind::DoubleColon, .. } => true,
        Expr::Function(function) => {
            matches!(function.name.to_string().to_ascii_lowercase().as_str(), "now" | "date_trunc")
        }
        _ => false, // of both
    })
}

/// Where an end lies, in days from now.
#[derive(Clone, Copy)]
struct Moment {
    earliest: f64,
    latest: f64,
    /// Counted from now, and not from a day that is written down.
    clock: bool,
}

impl Moment {
    const NOW: Self = Self { earliest: 0.0, latest: 0.0, clock: true };

    fn on(day: Date) -> Self {
        let at = f64::from(days(Timestamp::now().to_zoned(TimeZone::UTC).date(), day));
        Self { earliest: at, latest: at, clock: false }
    }

    fn moved(self, by: f64) -> Self {
        Self { earliest: self.earliest + by, latest: self.latest + by, ..self }
    }

    /// The beginning of something that is so many days long.
    fn begun(self, long: f64) -> Self {
        Self { earliest: self.earliest - long, ..self }
    }

    fn is_past(self) -> bool {
        self.latest <= if self.clock { -1.0 } else { -BACK }
    }
}

/// How many days from now a moment lies that is written down, no fewer and no more.
pub(in crate::intercept::sql) fn from_now(expr: &Expr) -> Option<(f64, f64)> {
    moment(expr).map(|Moment { earliest, latest, .. }| (earliest, latest))
}

/// A day, or what is counted from now or from a day: `now() - interval '30 days'`, `date('now', '-30 days')`.
fn moment(expr: &Expr) -> Option<Moment> {
    if let Some(day) = day(expr) {
        return Some(Moment::on(day));
    }
    match strip(expr) {
        Expr::Cast { expr, data_type, .. } if is_time(data_type) || is_text(data_type) => moment(expr),
        Expr::BinaryOp { left, op: BinaryOperator::Minus, right } => {
            let back = span(right).or_else(|| number(right).filter(|days| *days >= 0.0))?;
            Some(moment(left)?.moved(-back))
        }
        Expr::BinaryOp { left, op: BinaryOperator::Plus, right } => {
            let (base, on) = if span(left).is_some() { (right, left) } else { (left, right) };
            let on = span(on).or_else(|| number(on).filter(|days| *days >= 0.0))?;
            Some(moment(base)?.moved(on))
        }
        Expr::Identifier(ident) if ident.quote_style.is_none() => {
            is_clock(&ident.value.to_ascii_lowercase()).then_some(Moment::NOW)
        }
        Expr::Function(function) => {
            let name = function.name.to_string().to_ascii_lowercase();
            match (name.as_str(), arguments(&function.args).as_slice()) {
                ("date" | "datetime", [base, modifiers @ ..]) => {
                    let now = text(base).is_some_and(|text| text.trim().eq_ignore_ascii_case("now"));
                    let base = if now { Moment::NOW } else { moment(base)? };
                    modifiers.iter().try_fold(base, |moment, modifier| modified(moment, text(modifier)?))
                }
                ("date_trunc", [unit, moment_of, ..]) => {
                    let long = unit_days(&text(unit)?.to_ascii_lowercase())?;
                    Some(moment(moment_of)?.begun(long + 1.0))
                }
                (name, _) => is_clock(name).then_some(Moment::NOW),
            }
        }
        _ => None, // nothing is known of it
    }
}

fn is_clock(name: &str) -> bool {
    matches!(name, "now" | "current_date" | "current_timestamp" | "localtimestamp")
}

/// What a modifier of SQLite makes of a moment.
fn modified(moment: Moment, modifier: &str) -> Option<Moment> {
    let modifier = modifier.trim().to_ascii_lowercase();
    match modifier.as_str() {
        "localtime" | "utc" | "subsec" | "subsecond" => Some(moment),
        "start of day" => Some(moment.begun(1.0)),
        "start of month" => Some(moment.begun(31.0)),
        "start of year" => Some(moment.begun(366.0)),
        words => Some(moment.moved(days_of(words, None)?)),
    }
}

/// The days of an interval that is written down.
pub(in crate::intercept::sql) fn span(expr: &Expr) -> Option<f64> {
    match strip(expr) {
        Expr::Interval(interval) if interval.last_field.is_none() => {
            let unit = match &interval.leading_field {
                Some(field) => Some(unit_days(&field.to_string().to_ascii_lowercase())?),
                None => None,
            };
            let words = text(&interval.value)?.to_ascii_lowercase();
            // A field cuts off what is finer than it: `'400 days' year` is nothing.
            let bare = unit.is_none() || number(&interval.value).is_some();
            days_of(&words, unit).filter(|_| bare)
        }
        Expr::Cast { expr, data_type: DataType::Interval { fields: None, .. }, .. } => {
            span(expr).or_else(|| days_of(&text(expr)?.to_ascii_lowercase(), None))
        }
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => span(expr).map(|days| -days),
        Expr::BinaryOp { left, op: BinaryOperator::Multiply, right } => {
            let (days, times) = span(left).zip(number(right)).or_else(|| span(right).zip(number(left)))?;
            Some(days * times)
        }
        _ => None, // computed
    }
}

/// The same, also of a text that an engine reads as one.
pub(in crate::intercept::sql) fn written(expr: &Expr) -> Option<f64> {
    span(expr).or_else(|| days_of(&text(expr)?.to_ascii_lowercase(), None))
}

/// The days of `1 year 2 months`, where a number without a unit counts in the one given. What turns them round (`ago`), and any word
/// that is not known, is no number of days.
fn days_of(words: &str, unit: Option<f64>) -> Option<f64> {
    let (mut days, mut number, mut any) = (0.0, None, false);
    for word in words.split_whitespace() {
        if word.contains(':') {
            // Hours, minutes and seconds.
            let hours: f64 = word.split(':').next()?.parse().ok()?;
            days += hours / 24.0;
            any = true;
            continue;
        }
        let letters =
            word.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '-' | '.'));
        let digits = word.strip_suffix(letters)?;
        if !digits.is_empty() {
            if number.is_some() {
                return None;
            }
            number = Some(digits.parse::<f64>().ok()?);
        }
        if !letters.is_empty() {
            days += number.take()? * unit_days(letters)?;
        }
        any = true;
    }
    if let Some(number) = number {
        days += number * unit?;
    }
    any.then_some(days)
}

/// The days of a unit.
fn unit_days(unit: &str) -> Option<f64> {
    Some(match unit {
        "microsecond" | "microseconds" | "millisecond" | "milliseconds" => 0.0,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0 / 86_400.0,
        "min" | "mins" | "minute" | "minutes" => 1.0 / 1440.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 1.0 / 24.0,
        "d" | "day" | "days" => 1.0,
        "w" | "week" | "weeks" => 7.0,
        "mon" | "mons" | "month" | "months" => 30.0,
        "quarter" => 92.0,
        "y" | "yr" | "yrs" | "year" | "years" => 365.25,
        "decade" | "decades" => 3652.5,
        "century" | "centuries" => 36_525.0,
        "millennium" | "millennia" => 365_250.0,
        _ => return None, // of no interval
    })
}

fn is_number(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::BigInt(_)
            | DataType::Decimal(_)
            | DataType::Double(_)
            | DataType::DoublePrecision
            | DataType::Float(_)
            | DataType::Float4
            | DataType::Float8
            | DataType::Int(_)
            | DataType::Int2(_)
            | DataType::Int4(_)
            | DataType::Int8(_)
            | DataType::Integer(_)
            | DataType::Numeric(_)
            | DataType::Real
            | DataType::SmallInt(_)
    )
}

/// A text that nothing is cut from.
fn is_text(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::CharVarying(None) | DataType::CharacterVarying(None) | DataType::Text | DataType::Varchar(None)
    )
}

fn is_time(kind: &DataType) -> bool {
    matches!(kind, DataType::Date | DataType::Datetime(_) | DataType::Timestamp(..))
}

#[cfg(test)]
mod tests {
    use super::{Counts, End, day, has_end, is_bounded, number, span};
    use sqlparser::ast::Expr;
    use sqlparser::dialect::PostgreSqlDialect;
    use sqlparser::parser::Parser;

    fn read(sql: &str) -> Expr {
        Parser::new(&PostgreSqlDialect {}).try_with_sql(sql).unwrap().parse_expr().unwrap()
    }

    #[test]
    fn ends_are_near_each_other() {
        let cases = [
            ("now() - interval '99999 days'", "now() + interval '99999 days'", false),
            ("now() - interval '99999 days'", "now() + interval '9 days'", false),
            ("current_timestamp - interval '4000 days'", "'infinity'", false),
            ("date('now', '-9999 days')", "date('now', '+9999 days')", false),
            ("now() - interval '3 centuries'", "now()", false),
            ("now() - interval '-30 days'", "now() + interval '60 days'", false),
            ("now() - interval '30 days'", "now() + interval '40 days'", false),
            ("now() - interval '30 days ago'", "now()", false),
            ("now() - interval '99999' day", "now()", false),
            ("date_trunc('century', now())", "now()", false),
            ("'2026-01-01 BC'", "'2026-06-01'", false),
            ("'2026-01-01'", "now()", false),
            ("current_date - 30", "current_date", false),
            ("CAST('2999-01-01' AS date)", "'2999-12-31'", false),
            ("'1'::boolean::int", "'2'::boolean::int", false),
            ("now() - interval '30 days'", "now()", true),
            ("now() - '1 week'::interval", "now() + interval '1 day'", true),
            ("date_trunc('month', now() + interval '-1 month')", "date_trunc('month', now())", true),
            ("date('now', '-30 days')", "date('now')", true),
            ("current_date - 30", "now()", true),
            ("'2026-01-01'", "'2026-02-01'", true),
            ("'2024-01-01'::date", "'2024-02-01'::date", true),
            ("date '2024-01-01'", "date '2024-01-01' + interval '3 months'", true),
            ("'5'::int", "9", true),
        ];
        for (low, high, expected) in cases {
            assert_eq!(is_bounded(&read(low), &read(high)), expected, "{low} and {high}");
        }
    }

    #[test]
    fn ends_lie_in_the_past() {
        let column = read("created_at");
        let cases = [
            ("now() - interval '99999 days ago'", false),
            ("current_date - interval '3000 weeks ago'", false),
            ("now() - interval '-5 days'", false),
            ("now() + interval '100 years'", false),
            ("now()", false),
            ("'infinity'", false),
            ("date('1000-01-01') + 300000", false),
            ("current_date - (-99999)", false),
            ("date('now', '+5 years')", false),
            ("date('now', 'start of day', '+1 day')", false),
            ("now() - interval '5 years'", true),
            ("now() - '400 days'::interval", true),
            ("CURRENT_DATE - INTERVAL '20 years'", true),
            ("now() - 30 * interval '1 day'", true),
            ("datetime('now', '-5 years')", true),
            ("date('now', '-1 day')", true),
            ("date('2026-02-01', '-30 days')", true),
            ("datetime('2026-01-05')", true),
            ("timestamp '2023-01-01 00:00:00'", true),
            ("'2026-02-01'", true),
        ];
        for (at, expected) in cases {
            let at_end = read(at);
            let end = End { column: &column, at: &at_end, below: true, strict: true };
            assert_eq!(has_end(&end, Counts::Amount), expected, "{at}");
        }
    }

    #[test]
    fn spans_and_numbers_are_read() {
        for (text, days) in [
            ("interval '2 weeks'", Some(14.0)),
            ("interval '3' day", Some(3.0)),
            ("interval '1 day 12:00'", Some(1.5)),
            ("interval '5d'", Some(5.0)),
            ("interval '1 day ago'", None),
            ("interval 'infinity'", None),
            ("interval '7'", None),
            ("interval '400 days' year", None),
        ] {
            assert_eq!(span(&read(text)), days, "{text}");
        }
        for (text, expected) in
            [("'9'::int", Some(9.0)), ("'infinity'", None), ("'1000'::char(1)", None), ("'9'::boolean::int", None)]
        {
            assert_eq!(number(&read(text)), expected, "{text}");
        }
        assert!(day(&read("'2026-01-01 10:00'")).is_some());
        assert!(day(&read("'20260101xx'")).is_none());
    }
}
