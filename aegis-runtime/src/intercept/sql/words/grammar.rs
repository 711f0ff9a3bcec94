//! A's grammars, with what the parser lacks of them: SQLite's name for the target of an INSERT, how tightly its operators bind, and a short
//! way to what most expressions are.
//!
//! Before a name or a literal the parser tries whether a type begins there (`DATE '2026-01-01'`) and words an error when none does,
//! which is a quarter of all parsing. Where the tokens leave no doubt, the tree that it would come to is made at once; a test holds the
//! two together over every corpus.

use sqlparser::ast::{DataType, Expr, ObjectName, Statement};
use sqlparser::dialect::{BindPlaceholderStyle, Dialect, Precedence, SQLiteDialect};
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, Word};
use std::any::TypeId;

/// A dialect of the parser, to the parser as well: whatever that says of itself is handed on.
#[derive(Debug)]
pub(in crate::intercept::sql) struct Grammar<D> {
    dialect: D,
    /// Without it, every expression takes the parser's own way: for the test that holds the two together.
    pub(super) short: bool,
}

impl<D> Grammar<D> {
    pub(in crate::intercept::sql) const fn new(dialect: D) -> Self {
        Self { dialect, short: true }
    }
}

/// How tightly SQLite's `->`, `->>` and `||` bind: more than any other operator of two sides.
const JOINING: u8 = 45;

/// Hands methods on.
macro_rules! hand_on {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $out:ty;)*) => {
        $(fn $name(&self, $($argument: $kind),*) -> $out { self.dialect.$name($($argument),*) })*
    };
}

/// Hands on what is yes or no.
macro_rules! hand_on_flags {
    ($($name:ident)*) => {
        $(fn $name(&self) -> bool { self.dialect.$name() })*
    };
}

impl<D: Dialect> Dialect for Grammar<D> {
    fn dialect(&self) -> TypeId {
        self.dialect.dialect()
    }

    fn supports_insert_table_alias(&self) -> bool {
        true
    }

    /// SQLite has IS, LIKE and their kind on the level of `=`, each bound to what is on its left; the parser has them below.
    fn prec_value(&self, precedence: Precedence) -> u8 {
        let level = match precedence {
            Precedence::Is | Precedence::Like if self.is_sqlite() => Precedence::Eq,
            other => other, // as the parser has it
        };
        self.dialect.prec_value(level)
    }

    fn get_next_precedence(&self, parser: &Parser<'_>) -> Option<Result<u8, ParserError>> {
        match &parser.peek_token_ref().token {
            Token::Arrow | Token::LongArrow | Token::StringConcat if self.is_sqlite() => Some(Ok(JOINING)),
            _ => self.dialect.get_next_precedence(parser), // as the parser has it
        }
    }

    fn parse_prefix(&self, parser: &mut Parser<'_>) -> Option<Result<Expr, ParserError>> {
        match &parser.peek_token_ref().token {
            _ if !self.short => None,
            Token::Number(..) | Token::SingleQuotedString(_) => Some(parser.parse_value().map(Expr::Value)),
            Token::Word(word) if word.keyword == Keyword::NoKeyword => plain_name(word.clone(), parser),
            _ => None, // anything else takes the long way
        }
    }

    // All that either of the two dialects says otherwise than the parser's own defaults.
    hand_on! {
        between_low_bound_precedence() -> u8;
        identifier_quote_style(identifier: &str) -> Option<char>;
        is_column_alias(keyword: &Keyword, parser: &mut Parser<'_>) -> bool;
        is_custom_operator_part(letter: char) -> bool;
        is_custom_type_typed_string(first: Keyword, qualified: bool) -> bool;
        is_delimited_identifier_start(letter: char) -> bool;
        is_identifier_part(letter: char) -> bool;
        is_identifier_start(letter: char) -> bool;
        is_interval_qualifier(keyword: Keyword) -> bool;
        is_reserved_for_identifier(keyword: Keyword) -> bool;
        is_table_alias(keyword: &Keyword, parser: &mut Parser<'_>) -> bool;
        is_table_factor(keyword: &Keyword, parser: &mut Parser<'_>) -> bool;
        ordered_bind_placeholder_style() -> Option<BindPlaceholderStyle>;
        parse_data_type(parser: &mut Parser<'_>) -> Option<Result<DataType, ParserError>>;
        parse_infix(parser: &mut Parser<'_>, expr: &Expr, precedence: u8) -> Option<Result<Expr, ParserError>>;
        parse_statement(parser: &mut Parser<'_>) -> Option<Result<Statement, ParserError>>;
        supports_string_literal_column_alias(explicit: bool) -> bool;
        supports_string_literal_table_alias(explicit: bool) -> bool;
    }
    hand_on_flags! {
        allow_extract_custom
        allow_extract_single_quotes
        supports_add_column_if_not_exists
        supports_aggregate_order_by_with_empty_args
        supports_aliased_function_args
        supports_alter_column_type_using
        supports_alter_user_as_alter_role
        supports_array_typedef_with_brackets
        supports_asc_desc_in_column_definition
        supports_attach_partition_of
        supports_bitwise_shift_operators
        supports_cast_empty_data_type_to_unspecified
        supports_column_generic_options
        supports_comma_join_constraint
        supports_comma_separated_trim
        supports_comment_on
        supports_comment_optimizer_hint
        supports_comparison_in_between_low_bound
        supports_copy_from_stdin_data
        supports_create_group
        supports_create_index_with_clause
        supports_create_role_if_not_exists
        supports_create_table_like_parenthesized
        supports_cte_materialization
        supports_detach_partition_of
        supports_dollar_placeholder
        supports_double_eq_assignment
        supports_drop_group
        supports_empty_projections
        supports_exclude_constraint
        supports_explain_with_utility_options
        supports_factorial_operator
        supports_filter_during_aggregation
        supports_geometric_types
        supports_group_by_expr
        supports_in_empty_list
        supports_in_table_expression
        supports_indexed_by
        supports_interval_options
        supports_is_operator
        supports_left_associative_joins_without_parens
        supports_limit_comma
        supports_listen_notify
        supports_load_extension
        supports_named_fn_args_with_assignment_operator
        supports_named_fn_args_with_colon_operator
        supports_named_fn_args_with_expr_name
        supports_national_string_literal
        supports_nested_comments
        supports_non_decimal_integer_literals
        supports_notnull_operator
        supports_numeric_literal_underscores
        supports_order_by_using_operator
        supports_over_keyword_as_column_alias
        supports_parens_around_table_factor
        supports_select_wildcard_with_alias
        supports_set_names
        supports_sql_option_without_value
        supports_start_transaction_modifier
        supports_string_escape_constant
        supports_string_literal_column_names
        supports_table_inheritance_markers
        supports_tilde_like_match_operator
        supports_unicode_string_literal
        supports_unterminated_block_comments
        supports_xml_expressions
    }
}

impl<D: Dialect> Grammar<D> {
    fn is_sqlite(&self) -> bool {
        self.dialect.dialect() == TypeId::of::<SQLiteDialect>()
    }
}

/// A name that no type can begin with, by what follows: a column, a source before a column, or a function that is given something.
fn plain_name(word: Word, parser: &mut Parser<'_>) -> Option<Result<Expr, ParserError>> {
    let next = |place: usize| &parser.peek_nth_token_ref(place).token;
    let calls = match next(1) {
        Token::LParen if *next(2) != Token::RParen => true,
        Token::Period if matches!(next(2), Token::Word(_)) && ends_name(next(3)) => false,
        token if ends_name(token) => false,
        _ => return None,
    };
    let name = word.into_ident(parser.peek_token_ref().span);
    parser.advance_token();
    Some(if calls { parser.parse_function(ObjectName::from(vec![name])) } else { Ok(Expr::Identifier(name)) })
}

/// Signs that stand between expressions, or after the last.
fn ends_name(token: &Token) -> bool {
    matches!(
        token,
        Token::Comma
            | Token::RParen
            | Token::SemiColon
            | Token::EOF
            | Token::Eq
            | Token::Neq
            | Token::Lt
            | Token::LtEq
            | Token::Gt
            | Token::GtEq
            | Token::Plus
            | Token::Minus
            | Token::Mul
            | Token::Div
            | Token::Mod
            | Token::StringConcat
            | Token::DoubleColon
    )
}
