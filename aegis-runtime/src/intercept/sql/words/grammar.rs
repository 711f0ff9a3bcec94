//! A's grammar of SQLite, with what the engine has and the parser does not know of it: a name for the target of an INSERT.

use sqlparser::ast::{DataType, Expr, Statement};
use sqlparser::dialect::{BindPlaceholderStyle, Dialect, Precedence, SQLiteDialect};
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use std::any::TypeId;

/// `SQLiteDialect`, to the parser as well: whatever that says of itself is handed on, and a test holds the two together.
#[derive(Debug)]
pub(in crate::intercept::sql) struct Sqlite(pub(in crate::intercept::sql) SQLiteDialect);

/// Hands methods on.
macro_rules! hand_on {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $out:ty;)*) => {
        $(fn $name(&self, $($argument: $kind),*) -> $out { self.0.$name($($argument),*) })*
    };
}

impl Dialect for Sqlite {
    fn dialect(&self) -> TypeId {
        TypeId::of::<SQLiteDialect>()
    }

    fn supports_insert_table_alias(&self) -> bool {
        true
    }

    hand_on! {
        between_low_bound_precedence() -> u8;
        get_next_precedence(parser: &Parser<'_>) -> Option<Result<u8, ParserError>>;
        identifier_quote_style(identifier: &str) -> Option<char>;
        is_column_alias(keyword: &Keyword, parser: &mut Parser<'_>) -> bool;
        is_delimited_identifier_start(letter: char) -> bool;
        is_identifier_part(letter: char) -> bool;
        is_identifier_start(letter: char) -> bool;
        is_table_alias(keyword: &Keyword, parser: &mut Parser<'_>) -> bool;
        is_table_factor(keyword: &Keyword, parser: &mut Parser<'_>) -> bool;
        ordered_bind_placeholder_style() -> Option<BindPlaceholderStyle>;
        parse_data_type(parser: &mut Parser<'_>) -> Option<Result<DataType, ParserError>>;
        parse_infix(parser: &mut Parser<'_>, expr: &Expr, precedence: u8) -> Option<Result<Expr, ParserError>>;
        parse_statement(parser: &mut Parser<'_>) -> Option<Result<Statement, ParserError>>;
        prec_value(precedence: Precedence) -> u8;
        supports_aggregate_order_by_with_empty_args() -> bool;
        supports_asc_desc_in_column_definition() -> bool;
        supports_bitwise_shift_operators() -> bool;
        supports_cast_empty_data_type_to_unspecified() -> bool;
        supports_comma_join_constraint() -> bool;
        supports_comma_separated_trim() -> bool;
        supports_dollar_placeholder() -> bool;
        supports_double_eq_assignment() -> bool;
        supports_filter_during_aggregation() -> bool;
        supports_in_empty_list() -> bool;
        supports_in_table_expression() -> bool;
        supports_indexed_by() -> bool;
        supports_is_operator() -> bool;
        supports_limit_comma() -> bool;
        supports_national_string_literal() -> bool;
        supports_notnull_operator() -> bool;
        supports_numeric_literal_underscores() -> bool;
        supports_over_keyword_as_column_alias() -> bool;
        supports_parens_around_table_factor() -> bool;
        supports_start_transaction_modifier() -> bool;
        supports_string_literal_column_names() -> bool;
        supports_unterminated_block_comments() -> bool;
    }
}
