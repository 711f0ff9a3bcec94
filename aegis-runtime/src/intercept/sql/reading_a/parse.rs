//! From the text to the tree: the words are taken as the engine has them, and nothing but semicolons may follow the statement.

use super::Edit;
use crate::denial::Code;
use crate::intercept::sql::caps::Quotes;
use crate::intercept::sql::forms::{self, Generated};
use crate::intercept::sql::place::{Lines, place_of};
use crate::intercept::sql::reading_b::differ;
use crate::intercept::sql::words::{self, Grammar};
use crate::intercept::sql::{Catalogue, SqlRefusal, exact, names};
use crate::spec::Dialect;
use sqlparser::ast::Statement;
use sqlparser::dialect::{PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Span, Token, Tokenizer};

/// Deepest nesting the parser follows.
const RECURSION: usize = 96;

/// A statement, and what of its text is other than the tree says.
pub(super) struct Parsed {
    pub(super) statement: Statement,
    pub(super) edits: Vec<Edit>,
    pub(super) idle: Vec<(usize, usize)>,
    pub(super) generated: Vec<Generated>,
}

pub(super) fn parse(quotes: &Quotes<'_>, dialect: Dialect, catalogue: &Catalogue) -> Result<Parsed, SqlRefusal> {
    let sql = &*quotes.plain;
    let (sqlite, postgres) = (Grammar::new(SQLiteDialect {}), Grammar::new(PostgreSqlDialect {}));
    let grammar: &dyn sqlparser::dialect::Dialect = match dialect {
        Dialect::Sqlite => &sqlite,
        Dialect::Postgres => &postgres,
    };
    let unreadable =
        |error: ParserError| unreadable_at(sql, place_of(&error).map(|place| Lines::new(sql).byte_of(place)));
    // A token takes about three bytes of text; each is large, and moving them is felt.
    let mut tokens = Vec::with_capacity(sql.len() / 2);
    Tokenizer::new(grammar, sql)
        .tokenize_with_location_into_buf(&mut tokens)
        .map_err(|error| unreadable(error.into()))?;
    let lines = Lines::new(sql);
    if !quotes.are_those_of(&tokens, &lines) {
        return Err(differ("in where a quote begins or ends"));
    }
    if dialect == Dialect::Postgres {
        exact::names(&mut tokens).map_err(|span| {
            differ("in what a quote is").at(lines.bytes_of(span)).remedy("leave a blank before the quote of a name")
        })?;
    }
    let forms = forms::for_reading_a(tokens, dialect);
    let words = words::for_reading_a(forms.tokens, dialect, catalogue);
    let mut parser = Parser::new(grammar).with_recursion_limit(RECURSION).with_tokens_with_locations(words.tokens);
    if matches!(parser.peek_token().token, Token::EOF | Token::SemiColon) {
        return Err(SqlRefusal::new(Code::SqlMultiple, "it is empty, or begins with nothing")
            .remedy("send one statement a call"));
    }
    let statement = parser.parse_statement().map_err(unreadable)?;
    let mut ended = false;
    while parser.consume_token(&Token::SemiColon) {
        ended = true;
    }
    let next = parser.peek_token();
    if next.token == Token::EOF {
        let edit = |text: &'static str| move |span: &Span| (*span, text);
        let edits = words.row_ids.iter().map(edit(words.key)).chain(forms.tables.iter().map(edit("SELECT * FROM")));
        let edits = edits.map(|(span, text)| Edit { bytes: lines.bytes_of(span), text: text.into() }).collect();
        let idle = words.idle.iter().chain(&forms.idle).map(|span| lines.bytes_of(*span)).collect();
        return Ok(Parsed { statement, edits, idle, generated: forms.generated });
    }
    let at = lines.byte_of(next.span.start);
    let rest = sql.get(at..).unwrap_or_default().trim_end_matches([';', ' ', '\n', '\t', '\r']);
    if ended || rest.contains(';') {
        return Err(SqlRefusal::new(Code::SqlMultiple, "").at((at, sql.len())).remedy("send one statement a call"));
    }
    Err(unreadable_at(sql, Some(at)))
}

/// Says near which word the grammar ended, and what is often meant by such a statement.
fn unreadable_at(sql: &str, at: Option<usize>) -> SqlRefusal {
    let word = |from: &str| -> String {
        from.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').take(32).collect()
    };
    let near = at.and_then(|at| sql.get(at..)).map(word).unwrap_or_default();
    let first = word(sql.trim_start()).to_ascii_uppercase();
    let remedy = match (first.as_str(), near.to_ascii_uppercase().as_str()) {
        ("PRAGMA" | "SHOW" | "DESCRIBE" | "DESC", _) => names::ASK_THE_SERVER,
        _ => {
            "write one plain statement in the server's dialect; put an alias that is a word of SQL elsewhere in double quotes"
        }
    };
    let detail = if near.is_empty() { String::new() } else { format!("near `{near}`") };
    let bytes = at.map(|at| (at, at.saturating_add(near.len().max(1)).min(sql.len())));
    SqlRefusal::new(Code::SqlUnreadable, detail).at_part(bytes.filter(|(from, to)| from < to)).remedy(remedy)
}
